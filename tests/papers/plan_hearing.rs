//! Plans of hearing bundles and of chronologies that are papers of their own.

use daybook::bundle::{BundlePlan, ForeignPage, Options, Override, PlanError, after_pages, for_a_word_processor, plan};
use daybook::layout::lay_out;
use daybook::model::*;

use super::plan_evidence::dump;
use super::plan_family::*;

fn options(profile: Profile) -> Options {
    Options::new(profile, Reader::Court)
}

fn choose(family: &mut Family, records: &[RecordId], change: impl FnOnce(&mut Choice)) {
    let mut choice = Choice {
        records: records.to_vec(),
        profile: Profile::Hearing,
        exhibit: None,
        section: None,
        directed: None,
        context: 0,
        withdrawn: false,
    };
    change(&mut choice);
    family.add(Content::Choice(choice));
}

/// A statement by Alex and one by Sam, an application, a report, a school paper, the order; the hearing.
fn family() -> Family {
    let mut family = Family::with_case();
    let order = family.order();
    let application = family.document(DocumentKind::Application, "Form C79", "2026-10-26", "application/pdf");
    let mine = family.document(
        DocumentKind::Statement,
        "First witness statement of Alex Reed",
        "2026-11-20",
        "application/pdf",
    );
    let theirs = family.document(
        DocumentKind::Statement,
        "First witness statement of Sam Reed",
        "2026-11-22",
        "application/pdf",
    );
    let report = family.document(DocumentKind::Report, "Cafcass letter", "2026-11-21", "application/pdf");
    let school = family.document(DocumentKind::School, "Term dates", "2026-09-01", "application/pdf");
    choose(&mut family, &[school, report, theirs, mine, application, order], |_| {});
    family.amend(id("CAS-1"), "the hearing", "2026-11-01T10:00:00Z", |content| {
        let Content::Case(case) = content else { panic!("the case") };
        let mut hearing = Hearing::at(at("2026-12-14 10:00"));
        hearing.time_estimate = Some("1 hour".into());
        hearing.to_decide = vec!["Whether handovers should move to school.".into()];
        hearing.agreed = vec!["Robin lives with Sam.".into()];
        hearing.not_agreed = vec!["Where handovers should be.".into()];
        hearing.essential = vec![order, mine];
        hearing.prepares = Some(true);
        case.hearing = Some(Box::new(hearing));
    });
    family
}

fn places(family: &Family) -> Vec<String> {
    let plan = plan(&family.input(options(Profile::Hearing))).unwrap();
    let section = |part: &daybook::bundle::Section| {
        let names: Vec<&str> = part.entries.iter().map(|entry| entry.anchor.0.as_str()).collect();
        format!("{} {}: {}", part.letter.unwrap(), part.title, names.join(" "))
    };
    plan.sections.iter().map(section).collect()
}

#[test]
fn sections_stand_in_order_with_letters_without_gaps() {
    assert_eq!(
        places(&family()),
        [
            "A Preliminary documents: front index chronology",
            "B Applications and orders: ORD-1 DOC-1",
            "C Statements: DOC-2 DOC-3",
            "D Cafcass and expert reports: DOC-4",
            "E Other documents: DOC-5",
        ]
    );
}

#[test]
fn the_first_page_says_what_a_court_looks_for_in_the_users_words() {
    let plan = plan(&family().input(options(Profile::Hearing))).unwrap();
    let dump = dump(&plan);
    for line in [
        "front: Case summary",
        "front: Dated 23 November 2026, for the hearing on Monday 14 December 2026",
        "front: Time estimate: 1 hour",
        "front: To decide: Whether handovers should move to school.",
        "front: Agreed: Robin lives with Sam.",
        "front: Not agreed: Where handovers should be.",
        "front: Order in force: Child arrangements order of 27 February 2026 ([ORD-1]), with warning notice",
        "front: Essential reading: First witness statement of Alex Reed (page in its place) | DOC-2",
    ] {
        assert!(dump.contains(line), "{line} in\n{dump}");
    }
    // CFC-07: no kind was given, so the page says when the hearing is and nothing narrower; and no hash is printed.
    assert!(dump.contains("front: Hearing: Monday 14 December 2026"), "{dump}");
    assert!(!dump.contains("SHA-256") && !dump.contains("[check]"), "{dump}");
    let laid = lay_out(&plan).unwrap();
    assert_eq!(laid.extents.values().next().map(|_| laid.pages[0].label.as_str()), Some("A1"));
}

#[test]
fn a_loose_message_is_kept_out_with_both_lawful_routes() {
    let mut family = family();
    let message = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "Sorry.");
    let photo = family.document(DocumentKind::Photo, "Front entrance", "2026-09-18", "image/jpeg");
    choose(&mut family, &[message, photo], |_| {});
    let loose = plan(&family.input(options(Profile::Hearing))).unwrap();
    let blocks: Vec<(&str, &str)> =
        loose.blocking().map(|finding| (finding.kind.as_str(), finding.place.as_str())).collect();
    assert_eq!(blocks, [("loose-correspondence", "MSG-1"), ("loose-photograph", "DOC-6")]);
    let finding = loose.blocking().next().unwrap();
    assert_eq!(finding.rule.as_deref(), Some("27A-22"));
    assert!(finding.what.contains("as described by"), "{}", finding.what);
    assert!(finding.next.contains("daybook choose MSG-1 --for hearing --exhibit AR1"), "{}", finding.next);
    assert!(finding.next.contains("--directed"), "{}", finding.next);
    assert!(loose.entries().all(|entry| entry.id != Some(message)));
    assert!(loose.left_out.iter().any(|left| left.id == message && left.why.contains("27A-24")));

    // Route one: exhibited to a statement in the bundle, it stands behind that statement.
    choose(&mut family, &[message], |choice| choice.exhibit = Some("AR1".into()));
    // Route two: directed, in the user's words.
    choose(&mut family, &[photo], |choice| choice.directed = Some("order of 9 November 2026, paragraph 6".into()));
    let lawful = plan(&family.input(options(Profile::Hearing))).unwrap();
    assert_eq!(lawful.blocking().count(), 0, "{:?}", lawful.findings);
    assert!(places(&family).contains(&"C Statements: DOC-2 MSG-1 DOC-3".to_owned()), "{:?}", places(&family));
    let directed = lawful.entries().find(|entry| entry.id == Some(photo)).unwrap();
    assert!(directed.title.ends_with("directed by order of 9 November 2026, paragraph 6"), "{}", directed.title);
}

#[test]
fn an_override_lets_it_in_and_says_why() {
    let mut family = family();
    let message = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "Sorry.");
    choose(&mut family, &[message], |_| {});
    let mut options = options(Profile::Hearing);
    options.overrides.push(Override { kind: "loose-correspondence".into(), why: "the usher asked for it".into() });
    let plan = plan(&family.input(options)).unwrap();
    assert_eq!(plan.blocking().count(), 0);
    assert!(plan.entries().any(|entry| entry.id == Some(message)));
    assert!(plan.findings.iter().any(|finding| finding.what.contains("the usher asked for it")));
}

/// What its keeper typed in of a call is a note of contact, and is not called somebody's letter.
#[test]
fn a_typed_in_call_is_a_note_of_contact_and_not_correspondence() {
    let mut family = family();
    let call = family.add(Content::Message(Box::new(Message {
        sent: Some(at("2026-09-18 18:20")),
        text: "Robin rang for four minutes.".into(),
        ..typed(Channel::Call)
    })));
    choose(&mut family, &[call], |_| {});
    let plan = plan(&family.input(options(Profile::Hearing))).unwrap();
    let finding = plan.blocking().next().expect("it does not stand loose in the bundle");
    assert_eq!((finding.kind.as_str(), finding.rule.as_deref()), ("loose-note", Some("27A-23")));
    assert!(finding.what.contains("a note of contact") && !finding.what.contains("correspondence"), "{}", finding.what);
}

#[test]
fn own_notes_of_contact_have_a_line_and_no_page() {
    let mut family = family();
    let event = family.nobody_came();
    choose(&mut family, &[event], |_| {});
    let plan = plan(&family.input(options(Profile::Hearing))).unwrap();
    assert!(plan.entries().all(|entry| entry.id != Some(event)));
    assert!(dump(&plan).contains("chronology/INC-1: Fri 18 Sep 2026"));
    assert!(plan.findings.iter().any(|finding| finding.kind == "line-only"));
}

#[test]
fn who_prepares_is_asked_and_nothing_chosen_is_an_error() {
    let mut family = Family::with_case();
    let order = family.order();
    assert!(matches!(plan(&family.input(options(Profile::Hearing))), Err(PlanError::Empty { .. })));
    choose(&mut family, &[order], |_| {});
    let plan = plan(&family.input(options(Profile::Hearing))).unwrap();
    let asked = plan.findings.iter().find(|finding| finding.kind == "who-prepares").unwrap();
    assert_eq!(asked.rule.as_deref(), Some("27A-09"));
}

#[test]
fn pages_of_an_edition_that_was_sent_stay_or_are_told() {
    let mut family = family();
    let printed =
        |id: RecordId, page: &str| PrintedEntry { id, version: 1, first_page: page.into(), last_page: page.into() };
    let edition = family.add_at(
        Content::Bundle(Box::new(BundleRecord {
            profile: Profile::Hearing,
            to: Reader::Court,
            reader: None,
            purpose: None,
            file: "bundle.pdf".into(),
            sha256: Digest::of(b"x"),
            manifest: Digest::of(b"y"),
            pages: 9,
            entries: vec![printed(id("DOC-2"), "C1"), printed(id("DOC-3"), "C7")],
            exhibit: None,
            statement: None,
            overrides: Vec::new(),
        })),
        "2026-11-10T10:00:00Z",
    );
    family.add(Content::Step(Box::new(Step {
        kind: StepKind::Sent,
        when: Some(at("2026-11-10 11:00")),
        reference: Some(edition.to_string()),
        ..Step::default()
    })));
    // A statement dated before the others comes after them: what was sent keeps its place (27A-68).
    let early = family.document(DocumentKind::Statement, "Statement of a neighbour", "2026-01-02", "application/pdf");
    choose(&mut family, &[early], |_| {});
    assert!(places(&family).contains(&"C Statements: DOC-2 DOC-3 DOC-6".to_owned()), "{:?}", places(&family));
    let input = family.input(options(Profile::Hearing));
    let plan = plan(&input).unwrap();
    let laid = lay_out(&plan).unwrap();
    let labels: Vec<String> = laid.pages.iter().map(|page| page.label.clone()).collect();
    let findings = after_pages(&plan, &input, &laid.extents, &labels);
    let moved = findings.iter().find(|finding| finding.kind == "page-references-moved").unwrap();
    assert!(moved.what.contains("DOC-3 was C7, now C2"), "{}", moved.what);
    assert!(!moved.what.contains("DOC-2 was"), "{}", moved.what);
}

#[test]
fn over_the_limit_a_split_between_sections_is_proposed_and_350_passes() {
    let input = family().input(options(Profile::Hearing));
    let plan = plan(&input).unwrap();
    let mut page = 0;
    let mut extents = std::collections::BTreeMap::new();
    for entry in plan.entries() {
        let pages = if entry.anchor.0 == "DOC-5" { 350 - 9 } else { 1 };
        extents.insert(entry.anchor.clone(), (page, page + pages - 1));
        page += pages;
    }
    let split = |count: usize| {
        let labels = vec![String::new(); count];
        let found = after_pages(&plan, &input, &extents, &labels);
        found.into_iter().find(|finding| finding.kind == "split-plan")
    };
    assert_eq!(split(350), None);
    let over = split(351).expect("351 pages are over the limit");
    assert_eq!((over.rule.as_deref(), over.severity), (Some("27A-51"), Severity::Warn));
    assert!(over.what.contains("part 1, section"), "{}", over.what);
}

#[test]
fn a_chronology_alone_names_the_edition_its_pages_are_of() {
    let mut family = family();
    family.nobody_came();
    family.add(Content::Bundle(Box::new(BundleRecord {
        profile: Profile::Hearing,
        to: Reader::Court,
        reader: None,
        purpose: None,
        file: "bundle.pdf".into(),
        sha256: Digest::of(b"x"),
        manifest: Digest::of(b"y"),
        pages: 9,
        entries: vec![PrintedEntry { id: id("ORD-1"), version: 1, first_page: "B1".into(), last_page: "B1".into() }],
        exhibit: None,
        statement: None,
        overrides: Vec::new(),
    })));
    let plan = plan(&family.input(options(Profile::Chronology))).unwrap();
    let dump = dump(&plan);
    assert!(dump.contains("chronology: Pages are those of the hearing bundle made on 19 September 2026."), "{dump}");
    assert!(dump.lines().any(|line| line.starts_with("chronology/ORD-1:") && line.ends_with("| B1")), "{dump}");
    let laid = lay_out(&plan).unwrap();
    assert_eq!(laid.pages[0].label, "1");
    let text = for_a_word_processor(&plan, &laid.page_labels()).unwrap();
    assert!(text.contains("\\b Support\\b0\\cell") && !text.contains("PRACTICE"), "{text}");
    let practice = for_a_word_processor(&BundlePlan { practice: true, ..plan }, &laid.page_labels()).unwrap();
    assert!(practice.contains("{\\header") && practice.contains("PRACTICE"), "{practice}");
    assert!(text.starts_with("{\\rtf1") && text.contains("Fri 18 Sep 2026"), "{text}");
    assert_eq!(text.matches('{').count(), text.matches('}').count());
}

/// The order's line has the filled mark where its paper is kept; where no paper made so far prints it, the line
/// says that it is kept. What this reader may not see supports nothing.
#[test]
fn a_chronology_alone_counts_only_support_its_reader_may_see() {
    let mut family = family();
    let event = family.nobody_came();
    let message = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "Sorry.");
    family.add(Content::Link(Link { from: message, to: event, kind: LinkKind::Supports, withdrawn: false }));
    let line = |family: &Family| {
        let plan = plan(&family.input(options(Profile::Chronology))).unwrap();
        let dump = dump(&plan);
        dump.lines().find(|line| line.starts_with(&format!("chronology/{event}:"))).expect("its line").to_owned()
    };
    assert!(line(&family).ends_with("| kept"), "{}", line(&family));
    family.add(Content::Mark(Mark {
        on: message,
        privilege: Some(Privilege::LegalAdvice),
        confidential: None,
        keep_out_of: None,
        let_into: None,
        why: Some("advice".into()),
    }));
    assert!(!line(&family).contains("kept"), "{}", line(&family));
}

/// An exhibit of Alex's made earlier: front sheet, an e-mail of the day before, two photographs, the e-mail of the day.
fn with_exhibit(family: &mut Family) -> (RecordId, [RecordId; 3]) {
    let event = family.nobody_came();
    let before = family.email("Alex Reed", "Sam Reed", "2026-09-17 20:00", "Tomorrow", "See you there.");
    let photo = family.document(DocumentKind::Photo, "Front entrance", "2026-09-18", "image/jpeg");
    let mail = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "Sorry.");
    for id in [before, photo, mail] {
        family.link(id, event, LinkKind::Supports);
    }
    let printed = |id, page: &str| PrintedEntry { id, version: 1, first_page: page.into(), last_page: page.into() };
    let file = family.keep("AR1.pdf", "application/pdf");
    let page = ForeignPage { width: 595_000, height: 842_000, growth: 0, fingerprint: Digest::of(b"page") };
    family.kept.get_mut(&file).expect("kept").pdf = Some(vec![page; 5]);
    let exhibit = family.add(Content::Bundle(Box::new(BundleRecord {
        profile: Profile::Exhibit,
        to: Reader::Court,
        reader: None,
        purpose: None,
        file: "AR1.pdf".into(),
        sha256: file,
        manifest: Digest::of(b"y"),
        pages: 5,
        entries: vec![printed(before, "AR1-2"), printed(photo, "AR1-3"), printed(mail, "AR1-5")],
        exhibit: Some("AR1".into()),
        statement: Some(1),
        overrides: Vec::new(),
    })));
    (exhibit, [before, photo, mail])
}

/// What supports a line may be a page of an exhibit in the same bundle: the line names that page by the bundle's own
/// number. What is kept and not in the bundle is said to be kept, as in the chronology that is a paper of its own.
#[test]
fn a_line_names_the_pages_of_the_exhibit_in_the_same_bundle() {
    let mut family = family();
    let (exhibit, _) = with_exhibit(&mut family);
    let apart = family.event(weekend("2026-10-02", IncidentKind::CancelledByMe));
    let kept = family.email("Alex Reed", "Sam Reed", "2026-10-01 20:41", "Work", "I have to work.");
    family.link(kept, apart, LinkKind::Supports);
    choose(&mut family, &[exhibit, id("INC-1"), apart], |_| {});
    let plan = plan(&family.input(options(Profile::Hearing))).unwrap();
    let dump = dump(&plan);
    let line = |id: &str| dump.lines().find(|line| line.starts_with(&format!("chronology/{id}:"))).expect("its line");
    assert!(line("INC-1").ends_with("| ● | BND-1/page-2, BND-1/page-3, BND-1/page-5"), "{}", line("INC-1"));
    assert!(line("INC-2").ends_with("| ● | kept"), "{}", line("INC-2"));
    assert!(dump.contains("“Kept”: the paper or message is kept and can be produced."), "{dump}");
    let labels = lay_out(&plan).unwrap().page_labels();
    let front = &labels[&daybook::bundle::Anchor::record(exhibit)];
    let number = |label: &str| label[1..].parse::<u32>().expect("a number");
    let fifth = &labels[&daybook::bundle::Anchor::named("BND-1/page-5")];
    assert_eq!((number(fifth), &fifth[..1]), (number(front) + 4, &front[..1]));
}

/// All pages behind a line are named, not the first alone; what follows one another is one run.
#[test]
fn a_chronology_alone_names_every_page_behind_a_line() {
    let mut family = family();
    with_exhibit(&mut family);
    let plan = plan(&family.input(options(Profile::Chronology))).unwrap();
    let dump = dump(&plan);
    let line = dump.lines().find(|line| line.starts_with("chronology/INC-1:")).expect("its line");
    assert!(line.ends_with("| ● | AR1-2 to AR1-3, AR1-5"), "{line}");
}
