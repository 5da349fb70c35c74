//! Papers that are not for the court: mediation, the call with Cafcass, the archive; and texts to go on writing.

use daybook::bundle::{
    BundlePlan, Options, Paper, PlanInput, ScaffoldKind, Sheet, after_layout, after_pages, plan, scaffold,
    suggested_file_name,
};
use daybook::layout::lay_out;
use daybook::model::*;

use super::plan_family::*;

fn lines(words: &[&str]) -> Vec<String> {
    words.iter().map(|words| (*words).to_owned()).collect()
}

/// The family with own words, an event that was missed and one cancelled by the keeper, a message and a note.
fn family() -> Family {
    let mut family = Family::with_case();
    family.order();
    family.nobody_came();
    family.event(weekend("2026-10-02", IncidentKind::CancelledByMe));
    family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "You always do this.");
    family.add(Content::Note(Note { text: "Bring the goggles.".into(), about: None, when: None }));
    family.amend(id("CAS-1"), "own words", "2026-11-20T20:00:00Z", |content| {
        let Content::Case(case) = content else { return };
        case.mediation = Some(Box::new(MediationWords {
            now: lines(&["Robin lives with Sam."]),
            proposals: lines(&["Handover at school.", "A shared calendar."]),
            agreed: lines(&["Robin lives with Sam."]),
            ..MediationWords::default()
        }));
        case.call =
            Some(Box::new(CallWords { worries: lines(&["Nobody came on 18 September."]), ..CallWords::default() }));
    });
    family
}

fn input(family: &Family, profile: Profile, reader: Reader) -> PlanInput {
    family.input(Options::new(profile, reader))
}

fn sheet(plan: &BundlePlan) -> &Sheet {
    match plan.entries().next().map(|entry| &entry.paper) {
        Some(Paper::Sheet(sheet)) => sheet,
        other => panic!("one sheet comes first, not {other:?}"),
    }
}

fn words(plan: &BundlePlan) -> String {
    plan.texts().into_iter().map(|text| text.text).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_paper_for_mediation_has_the_future_first_and_nothing_of_the_proceedings() {
    let plan = plan(&input(&family(), Profile::Mediation, Reader::Mediator)).expect("it can be planned");
    let all = words(&plan);
    for never in ["BS26P70940", "FAMILY COURT", "You always", "goggles", "SHA-256", "INC-"] {
        assert!(!all.contains(never), "{never} has no place in it");
    }
    let at = |words: &str| all.find(words).expect("it is there");
    assert!(at("Handover at school.") < at("Contact was due"));
    assert!(all.contains("cancelled by me: 1"), "own cancellations are counted");
    assert_eq!(lay_out(&plan).expect("it can be laid out").pages.len(), 1);
}

#[test]
fn too_many_words_for_a_mediator_are_a_finding_and_the_type_stays() {
    let mut family = family();
    family.amend(id("CAS-1"), "more", "2026-11-21T20:00:00Z", |content| {
        let Content::Case(case) = content else { return };
        case.mediation = Some(Box::new(MediationWords {
            proposals: (0..120).map(|number| format!("Proposal {number}, in a sentence.")).collect(),
            ..MediationWords::default()
        }));
    });
    let input = input(&family, Profile::Mediation, Reader::Mediator);
    let plan = plan(&input).expect("it can be planned");
    let laid = lay_out(&plan).expect("it can be laid out");
    let labels: Vec<String> = laid.pages.iter().map(|page| page.label.clone()).collect();
    let kinds: Vec<String> =
        after_pages(&plan, &input, &laid.extents, &labels).into_iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, ["mediation-too-long"]);
    let left: Vec<&str> = plan.findings.iter().map(|finding| finding.kind.as_str()).collect();
    assert!(left.contains(&"not-written"), "{left:?}");
    assert!(after_layout(&plan, labels.len() as u32, None, &input.rules).is_empty());
}

#[test]
fn a_proposal_chosen_among_the_steps_is_one_of_the_proposals() {
    let mut family = family();
    let step = |kind, what: &str| Content::Step(Box::new(Step { what: what.into(), ..Step::of(kind) }));
    let proposal = family.add(step(StepKind::Proposal, "Half-term in turns."));
    let police = family.add(step(StepKind::Police, "I rang the police."));
    family.choose(&[proposal, police], Profile::Mediation, 0);
    let plan = plan(&input(&family, Profile::Mediation, Reader::Mediator)).expect("it can be planned");
    let all = words(&plan);
    assert!(all.contains("Half-term in turns.") && !all.contains("police"));
    let left: Vec<RecordId> = plan.left_out.iter().map(|one| one.id).collect();
    assert_eq!(left, [police], "only what was chosen and is not shown is told");
}

#[test]
fn a_confidential_word_stops_the_paper_for_mediation() {
    let mut family = family();
    family.add(Content::Word(ConfidentialWord {
        words: "shared calendar".into(),
        kind: WordKind::Other,
        withdrawn: false,
    }));
    let plan = plan(&input(&family, Profile::Mediation, Reader::Mediator)).expect("it can be planned");
    assert!(plan.blocking().any(|finding| finding.kind == "confidential-word"));
}

/// A record with a police step must not give notes for the call that pass over it in silence.
#[test]
fn steps_about_safety_are_named_to_their_keeper_before_the_call() {
    let found = |family: &Family| {
        let plan = plan(&input(family, Profile::Crib, Reader::Myself)).expect("it can be planned");
        plan.findings
            .iter()
            .filter(|finding| finding.kind == "safety-steps")
            .map(|f| f.what.clone())
            .collect::<Vec<_>>()
    };
    let mut family = family();
    assert!(found(&family).is_empty());
    let step = Step { kind: StepKind::Police, what: "I rang 101.".into(), ..Step::default() };
    let id = family.add(Content::Step(Box::new(step)));
    let what = found(&family);
    assert!(matches!(&what[..], [one] if one.contains(&id.to_string())), "{what:?}");
}

#[test]
fn notes_for_the_call_hold_on_one_page_and_say_what_is_left_to_write() {
    let mut family = family();
    family.add(Content::Step(Box::new(Step { when: Some(at("2026-12-03 11:30")), ..Step::of(StepKind::Cafcass) })));
    let plan = plan(&input(&family, Profile::Crib, Reader::Myself)).expect("it can be planned");
    assert!(!sheet(&plan).parts.is_empty());
    let all = words(&plan);
    assert!(all.contains("Thursday 3 December 2026, 11.30 am"), "the call that lies ahead");
    assert!(!all.contains("recommended") && !all.contains("goggles"));
    assert!(!all.contains("Handover at school."), "what is proposed in mediation stays there");
    assert_eq!(lay_out(&plan).expect("it can be laid out").pages.len(), 1);
}

#[test]
fn the_archive_has_everything_but_private_notes() {
    let mut family = family();
    let mail = family.email("Priya Nair", "Alex Reed", "2026-10-21 09:00", "Your order", "My advice is to wait.");
    family.mark(mail, |mark| {
        mark.privilege = Some(Privilege::LegalAdvice);
        mark.why = Some("advice".into());
    });
    family.amend(id("INC-2"), "I had mistyped it", "2026-11-22T20:00:00Z", |content| {
        let Content::Incident(event) = content else { return };
        event.reason = Some("A shift I could not change.".into());
    });
    family.choose(&[id("MSG-1")], Profile::Evidence, 0);
    let plan = plan(&input(&family, Profile::Archive, Reader::Myself)).expect("it can be planned");
    let all = words(&plan);
    for there in [
        "My advice is to wait.",
        "You always do this.",
        "privilege: legal-advice",
        "reason: nothing, now “A shift I could not change.”",
        "I had mistyped it",
        "alex@example.com",
        "evidence | MSG-1",
    ] {
        assert!(all.contains(there), "{there} is in the archive");
    }
    assert!(!all.contains("goggles"));
    let left: Vec<RecordId> = plan.left_out.iter().map(|one| one.id).collect();
    assert_eq!(left, [id("NOT-1")]);
    lay_out(&plan).expect("every reference leads somewhere");
}

#[test]
fn what_is_never_filed_has_a_name_that_a_court_s_bundle_leaves_out() {
    for (profile, reader) in
        [(Profile::Archive, Reader::Myself), (Profile::Mediation, Reader::Mediator), (Profile::Crib, Reader::Myself)]
    {
        let name = suggested_file_name(&input(&family(), profile, reader));
        assert!(name.starts_with("Confidential_"), "{name}");
    }
    let name = suggested_file_name(&input(&family(), Profile::Chronology, Reader::Court));
    assert!(!name.contains("Confidential"), "{name}");
}

/// The family after exhibit AR1 was made: the e-mail is its second page.
fn with_exhibit() -> Family {
    let mut family = family();
    family.link(id("MSG-1"), id("INC-1"), LinkKind::Supports);
    let printed =
        |page: &str| PrintedEntry { id: id("MSG-1"), version: 1, first_page: page.into(), last_page: page.into() };
    family.add(Content::Bundle(Box::new(BundleRecord {
        profile: Profile::Exhibit,
        to: Reader::Court,
        reader: None,
        purpose: None,
        file: "ar1.pdf".into(),
        sha256: Digest::of(b"file"),
        manifest: Digest::of(b"manifest"),
        pages: 2,
        entries: vec![printed("AR1-2")],
        exhibit: Some("AR1".into()),
        statement: Some(1),
        overrides: Vec::new(),
    })));
    family
}

#[test]
fn a_witness_statement_is_begun_with_pages_and_never_signed() {
    let mut input = input(&with_exhibit(), Profile::Exhibit, Reader::Court);
    input.options.exhibit.statement = Some(1);
    let text = scaffold(&input, ScaffoldKind::WitnessStatement);
    let plain = text.to_text();
    assert!(plain.contains("At AR1-2 is an e-mail of 18 September 2026 from Sam Reed"));
    assert!(
        plain.find("contempt of court").expect("it is there") < plain.find("I believe that the facts").expect("too")
    );
    assert!(plain.ends_with("Date: ________________\n"), "the date is left blank");
    let kinds: Vec<&str> = text.findings.iter().map(|finding| finding.kind.as_str()).collect();
    for kind in ["not-directed", "affidavit", "length", "statement-of-truth"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    let rich = text.to_rich_text();
    assert!(rich.starts_with("{\\rtf1") && rich.contains("\\margl1985") && rich.contains("AR1-2"));
    assert_eq!(rich.matches('{').count(), rich.matches('}').count());
}

#[test]
fn a_direction_sets_the_length_of_a_statement() {
    let mut family = with_exhibit();
    family.amend(id("ORD-1"), "the direction", "2026-11-22T20:00:00Z", |content| {
        let Content::Order(order) = content else { return };
        order.paragraphs.push(OrderParagraph {
            number: "7".into(),
            words: "Each party shall file a statement of at most 8 sides.".into(),
            kind: ParagraphKind::Direction,
            to_do: Some(Box::new(Directed { what: "statement".into(), sides: Some(8), ..Directed::default() })),
            ..OrderParagraph::default()
        });
    });
    let input = input(&family, Profile::Exhibit, Reader::Court);
    let text = scaffold(&input, ScaffoldKind::WitnessStatement);
    let length = text.findings.iter().find(|finding| finding.kind == "length").expect("a remark on length");
    assert_eq!(length.what, "At most 8 sides, as ORD-1 paragraph 7 directs.");
    assert!(!text.findings.iter().any(|finding| finding.kind == "not-directed"));
    let position = scaffold(&input, ScaffoldKind::PositionStatement);
    let length = position.findings.iter().find(|finding| finding.kind == "length").expect("a remark on length");
    assert!(length.what.starts_with("At most 3 sides"), "{}", length.what);
}

#[test]
fn a_position_statement_brings_no_event_and_no_exhibit() {
    let text = scaffold(&input(&with_exhibit(), Profile::Hearing, Reader::Court), ScaffoldKind::PositionStatement);
    let plain = text.to_text();
    for never in ["AR1", "Nobody came", "contempt", "Signed"] {
        assert!(!plain.contains(never), "{never}: {plain}");
    }
    assert!(text.findings.iter().any(|finding| finding.rule.as_deref() == Some("27A-26")));
}
