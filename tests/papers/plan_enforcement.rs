//! The schedule for an enforcement application: its words, which events are rows, and what is found.

use daybook::bundle::{Anchor, BundlePlan, Options, Override, Paper, PlanError, Schedule, for_a_word_processor, plan};
use daybook::layout::{Item, lay_out};
use daybook::model::*;

use super::plan_evidence::dump;
use super::plan_family::*;

fn options() -> Options {
    Options::new(Profile::Enforcement, Reader::Court)
}

fn planned(family: &Family) -> BundlePlan {
    plan(&family.input(options())).expect("the schedule can be planned")
}

fn schedule(plan: &BundlePlan) -> &Schedule {
    let Some(Paper::Schedule(schedule)) = plan.entries().next().map(|entry| &entry.paper) else {
        panic!("the schedule comes first")
    };
    schedule
}

fn rows(plan: &BundlePlan) -> Vec<RecordId> {
    schedule(plan).groups.iter().flat_map(|group| group.rows.iter().map(|row| row.id)).collect()
}

/// An order with a notice that was served, in the exact words of two paragraphs.
fn order() -> Order {
    let paragraph = |number: &str, words: &str, duty: &str| OrderParagraph {
        number: number.into(),
        words: words.into(),
        duty_of: Some("respondent".into()),
        duty: Some(duty.into()),
        ..OrderParagraph::default()
    };
    Order {
        kind: Some(OrderKind::ChildArrangements),
        title: "Child arrangements order".into(),
        court: Some("The Family Court at Bristol".into()),
        case_number: Some("BS26P70940".into()),
        made: Some(When::day("27 February 2026", day("2026-02-27"))),
        by: Some("District Judge Marlow".into()),
        served: Some(When::day("2 March 2026", day("2026-03-02"))),
        warning_notice: Some(true),
        paragraphs: vec![
            OrderParagraph { kind: ParagraphKind::Recital, ..paragraph("1", "The parents agree to write.", "write") },
            paragraph(
                "3",
                "Robin shall spend time with the applicant on alternate weekends.",
                "make available (paragraph 4)",
            ),
            paragraph("4", "The respondent shall make Robin available at the library.", "make available"),
            paragraph("5", "The respondent shall make Robin available for a call each Wednesday.", "make available"),
            OrderParagraph { kind: ParagraphKind::Direction, ..paragraph("6", "File a statement by 4 pm.", "file") },
        ],
        ..Order::default()
    }
}

/// That order, a weekend to which nobody came, one held, one cancelled by each parent.
fn usual() -> Family {
    usual_with(|_| (), |_| ())
}

/// The same, with changes to the order and to the weekend to which nobody came (`INC-1`).
fn usual_with(change: impl FnOnce(&mut Order), event: impl FnOnce(&mut Incident)) -> Family {
    let mut family = Family::with_case();
    let mut first = order();
    change(&mut first);
    family.add(Content::Order(Box::new(first)));
    let mut missed = Incident {
        arrived: Some(at("2026-09-18 16:45")),
        left: Some(at("2026-09-18 17:50")),
        place: Some("Elmgrove Library, front entrance".into()),
        what: "I was at the front entrance.".into(),
        knowledge: Some(Knowledge::Own),
        ..weekend("2026-09-18", IncidentKind::NobodyThere)
    };
    event(&mut missed);
    family.event(missed);
    family.event(weekend("2026-09-04", IncidentKind::Kept));
    family.event(weekend("2026-10-02", IncidentKind::CancelledByMe));
    family.event(Incident {
        reason: Some("A party.".into()),
        reason_by: Some("Sam Reed".into()),
        knowledge: Some(Knowledge::Own),
        ..weekend("2026-06-26", IncidentKind::CancelledByOther)
    });
    family
}

/// The whole schedule as text. What it must not hold is looked for as well.
#[test]
fn the_schedule_as_text() {
    let mut family = usual_with(
        |_| (),
        |event| {
            event.reason = Some("I had mixed up the dates.".into());
            event.reason_by = Some("Sam Reed".into());
            event.offered = Some("26 September, by Sam, on 19 September".into());
            event.loss = Some(Loss { pence: 1240, what: "rail ticket".into() });
        },
    );
    let mail = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "I had mixed up the dates.");
    let ticket = family.document(DocumentKind::Photo, "Rail ticket", "2026-09-18", "image/jpeg");
    family.link(mail, id("INC-1"), LinkKind::Admits);
    family.link(ticket, id("INC-1"), LinkKind::Supports);
    family.add(Content::Bundle(Box::new(BundleRecord {
        profile: Profile::Exhibit,
        to: Reader::Court,
        reader: None,
        purpose: None,
        file: "AR1.pdf".into(),
        sha256: Digest::of(b"x"),
        manifest: Digest::of(b"y"),
        pages: 4,
        entries: vec![PrintedEntry { id: mail, version: 1, first_page: "AR1-2".into(), last_page: "AR1-2".into() }],
        exhibit: Some("AR1".into()),
        statement: Some(1),
        overrides: Vec::new(),
    })));
    family.choose(&[id("INC-1"), id("INC-4"), ticket], Profile::Enforcement, 0);
    let plan = planned(&family);
    let dump = dump(&plan);
    for line in [
        "schedule: Prepared by Alex Reed, applicant, not directed by the court. Each row is an allegation for the respondent \
         to answer and the court to decide.",
        "schedule: Order: Child arrangements order, 27 February 2026, BS26P70940",
        "schedule: Made by: District Judge Marlow; its words are at page [ORD-1]",
        "schedule: Warning notice: Attached; the order was served on 2 March 2026",
        "schedule: Penal notice: Not known",
        "schedule: Letter before applying: None written down",
        "schedule: Under: Children Act 1989, sections 11J (enforcement order) and 11O (financial loss)",
        "schedule: Due under paragraph 3, 26 Jun to 2 Oct 2026: 4 due",
        "schedule: Not held: cancelled by me: 1",
        "schedule: Respondent’s reply | Court’s finding",
        "schedule: Paragraph 3 of the order of 27 February 2026 (page [ORD-1/3]): “Robin shall spend time with the applicant on \
         alternate weekends.”  Paragraph 4: “The respondent shall make Robin available at the library.”  Duty: the respondent, \
         to make available (paragraph 4).",
        "schedule/INC-4: 1 Fri 26 Jun 2026 INC-4 | 5.00 pm to Sun 28 Jun, 5.00 pm. | Nothing written down. | Cancelled by the \
         respondent. | In my words: A party. Given by Sam Reed. | Excuse known: none; Robin refused: not known; Agreed change: \
         none; Offered: nothing; Loss: none | –",
        "schedule/INC-1: 2 Fri 18 Sep 2026 INC-1 | 5.00 pm to Sun 20 Sep, 5.00 pm. Elmgrove Library, front entrance. | Arrived \
         4.45 pm, waited until 5.50 pm. Photograph. | Nobody came. I was at the front entrance. | “I had mixed up the dates.” \
         Given by Sam Reed. | Excuse known: none; Robin refused: not known; Agreed change: none; Offered: 26 September, by Sam, \
         on 19 September; Loss: £12.40, rail ticket | [DOC-1] AR1-2",
        "Loss in all: £12.40. Pages are those of exhibit AR1 (AR1-1 and on).",
    ] {
        assert!(dump.contains(line), "{line:?} is not in\n{dump}");
    }
    let lower = dump.to_lowercase();
    // No standard of proof (ENF-26), nothing claimed, no accusation.
    for never in
        ["breach", "proved", "proof", "beyond reasonable doubt", "balance of probabilities", "admissible", "certified"]
    {
        assert!(!lower.contains(never), "{never}");
    }
    // The reply and the finding stay empty; the same words go to a word processor.
    let labels = lay_out(&plan).unwrap().page_labels();
    let rtf = for_a_word_processor(&plan, &labels).expect("a schedule is handed over as text too");
    assert!(rtf.contains("\\landscape") && rtf.contains("AR1-2"), "{rtf}");
    let ticket = &labels[&Anchor::record(ticket)];
    assert!(rtf.contains(&format!(" {ticket}\\line AR1-2\\cell")), "{rtf}");
    assert!(rtf.contains("Also known; change agreed; offered; loss") && !rtf.contains("in the PDF"), "{rtf}");
    assert_eq!(rtf.matches('{').count(), rtf.matches('}').count());
}

#[test]
fn the_schedule_lies_on_its_side_and_what_stands_behind_it_does_not() {
    let plan = planned(&usual());
    let laid = lay_out(&plan).unwrap();
    let lies: Vec<bool> = laid.pages.iter().map(|page| page.width > page.height).collect();
    assert!(lies[0] && !lies[lies.len() - 1], "{lies:?}");
    assert!(lies.is_sorted_by(|before, after| before >= after), "the schedule first, then the order: {lies:?}");
    let labels: Vec<&str> = laid.pages.iter().map(|page| page.label.as_str()).collect();
    assert!(labels.starts_with(&["1", "2"]), "{labels:?}");
}

#[test]
fn without_a_choice_the_latest_that_were_not_held_have_a_row() {
    let mut family = usual();
    assert_eq!(rows(&planned(&family)), [id("INC-4"), id("INC-1")]);
    for week in 0..25 {
        let friday = day("2025-01-03").plus_days(7 * week).to_string();
        // Before the order: no rows, and said so, since the order was not there yet.
        family.event(weekend(&friday, IncidentKind::NobodyThere));
    }
    let first = planned(&family);
    assert_eq!(rows(&first), [id("INC-4"), id("INC-1")]);
    let finding = first.findings.iter().find(|finding| finding.kind == "order-after-event").expect("it is said");
    assert!(finding.severity == Severity::Warn && finding.what.contains("is no row"), "{}", finding.what);
    for week in 0..25 {
        // Saturdays: two events told of one session would be counted once.
        let friday = day("2026-03-07").plus_days(7 * week).to_string();
        family.event(weekend(&friday, IncidentKind::NobodyThere));
    }
    let many = planned(&family);
    assert_eq!(rows(&many).len(), 20, "SCH-05");
    let older = many.findings.iter().find(|finding| finding.kind == "older-rows").expect("the others are counted");
    assert!(older.what.starts_with("7 earlier events"), "{}", older.what);
    assert_eq!(schedule(&many).counts.due, 54, "the figures leave nothing out");
}

#[test]
fn own_cancellations_are_counted_and_never_alleged() {
    let mut family = usual();
    family.choose(&[id("INC-1"), id("INC-2"), id("INC-3")], Profile::Enforcement, 0);
    let plan = planned(&family);
    assert_eq!(rows(&plan), [id("INC-1")]);
    for (kind, rule) in [("own-cancellation", "ENF-17"), ("held-in-full", "C79-06")] {
        let finding = plan.findings.iter().find(|finding| finding.kind == kind).expect(kind);
        assert_eq!((finding.rule.as_deref(), finding.severity), (Some(rule), Severity::Warn));
    }
    let counts = &schedule(&plan).counts;
    assert_eq!(counts.due, 4);
    assert_eq!(counts.rows.iter().map(|(_, count)| count).sum::<u32>(), counts.due);
    assert!(counts.rows.contains(&("Not held: cancelled by me".to_owned(), 1)), "{counts:?}");
}

/// A change to the order and the event, and the one finding it makes.
struct Case {
    kind: &'static str,
    rule: &'static str,
    severity: Severity,
    order: fn(&mut Order),
    event: fn(&mut Incident),
    /// Without a choice the event is no row.
    bars: bool,
}

fn case(kind: &'static str, rule: &'static str, severity: Severity, bars: bool) -> Case {
    Case { kind, rule, severity, order: |_| (), event: |_| (), bars }
}

fn cases() -> Vec<Case> {
    use Severity::{Block, Warn};
    vec![
        Case { event: |event| event.order = None, ..case("no-order", "ENF-01", Block, true) },
        Case {
            order: |order| order.kind = Some(OrderKind::ParentingPlan),
            ..case("not-an-order", "ENF-01", Block, true)
        },
        Case {
            order: |order| order.kind = Some(OrderKind::ProhibitedSteps),
            ..case("not-child-arrangements", "ENF-01", Block, true)
        },
        Case {
            order: |order| order.made = Some(When::day("later", day("2026-09-25"))),
            ..case("order-after-event", "ENF-01", Block, true)
        },
        Case {
            order: |order| order.in_force_until = Some(When::day("until", day("2026-09-01"))),
            ..case("order-not-in-force", "ENF-01", Block, true)
        },
        Case {
            order: |order| order.superseded_by = Some(id("ORD-2")),
            ..case("order-not-in-force", "ENF-01", Block, true)
        },
        Case { order: |order| order.warning_notice = Some(false), ..case("no-warning-notice", "ENF-20", Block, true) },
        Case {
            order: |order| order.notice_known = Some(When::day("late", day("2026-09-20"))),
            ..case("notice-too-late", "ENF-20", Block, true)
        },
        Case {
            order: |order| order.notice_known = Some(When::day("that day", day("2026-09-18"))),
            ..case("notice-same-day", "ENF-20", Warn, false)
        },
        Case { order: |order| order.served = None, ..case("notice-known-when", "ENF-20", Warn, false) },
        Case { order: |order| order.warning_notice = None, ..case("notice-not-known", "ENF-20", Warn, false) },
        Case { event: |event| event.paragraph = None, ..case("no-paragraph", "C79-02", Warn, true) },
        Case { event: |event| event.paragraph = Some("9".into()), ..case("no-exact-words", "C79-02", Warn, false) },
        Case { event: |event| event.paragraph = Some("1".into()), ..case("recital-only", "ENF-34", Warn, true) },
        Case { event: |event| event.paragraph = Some("6".into()), ..case("direction-only", "ENF-10", Warn, true) },
        Case { order: |order| order.paragraphs[1].duty = None, ..case("no-duty", "C79-03", Warn, false) },
        Case {
            order: |order| order.paragraphs[1].duty_of = Some("applicant".into()),
            ..case("duty-of-mine", "ENF-09", Warn, true)
        },
        Case {
            event: |event| event.agreed = Some("By both, on 1 September".into()),
            ..case("agreed-change", "C79-09", Warn, true)
        },
        Case { event: |event| event.in_their_power = Some(false), ..case("not-in-their-power", "ENF-09", Warn, true) },
        Case { event: |event| event.child_refused = Some(true), ..case("child-refused", "ENF-31", Warn, true) },
        Case {
            event: |event| event.kind = Some(IncidentKind::ChildReluctant),
            ..case("child-refused", "ENF-31", Warn, true)
        },
        Case { event: |event| event.for_safety = Some(true), ..case("for-safety", "ENF-09", Warn, true) },
        Case {
            event: |event| event.kind = Some(IncidentKind::CancelledByThird),
            ..case("third-party-cause", "ENF-09", Warn, true)
        },
        Case {
            event: |event| (event.arrived, event.left) = (None, None),
            ..case("no-own-attendance", "C79-05", Warn, false)
        },
        Case {
            event: |event| event.loss = Some(Loss { pence: 500, what: "bus".into() }),
            ..case("loss-without-receipt", "C79-12", Warn, false)
        },
        Case {
            event: |event| event.knowledge = Some(Knowledge::Told),
            ..case("own-knowledge", "C79-13", Severity::Info, false)
        },
    ]
}

#[test]
fn each_doubt_about_a_row_is_a_finding_of_its_own() {
    // The usual book makes none of them.
    let mut usual = usual();
    usual.choose(&[id("INC-1")], Profile::Enforcement, 0);
    let without = planned(&usual).findings;
    for case in cases() {
        assert!(!without.iter().any(|finding| finding.kind == case.kind), "{} without a cause", case.kind);
        let mut family = usual_with(case.order, case.event);
        let mut later = order();
        later.made = Some(When::day("1 September 2026", day("2026-09-01")));
        family.add(Content::Order(Box::new(later)));
        let barred = match plan(&family.input(options())) {
            Ok(plan) => !rows(&plan).contains(&id("INC-1")),
            Err(PlanError::Empty { .. }) => true,
            Err(error) => panic!("{error}"),
        };
        assert_eq!(barred, case.bars, "{}: a row without being chosen", case.kind);
        family.choose(&[id("INC-1")], Profile::Enforcement, 0);
        let plan = planned(&family);
        assert_eq!(rows(&plan), [id("INC-1")], "{}: chosen by name it is a row", case.kind);
        let found: Vec<_> = plan.findings.iter().filter(|finding| finding.kind == case.kind).collect();
        let [finding] = found[..] else { panic!("{}: {found:?}", case.kind) };
        assert_eq!((finding.rule.as_deref(), finding.severity), (Some(case.rule), case.severity), "{}", case.kind);
        assert!(finding.place == "INC-1" && finding.what.contains("INC-1") && !finding.next.is_empty(), "{finding:?}");
        assert!(!finding.next.contains("{id}"), "{finding:?}");
    }
}

#[test]
fn what_stops_the_paper_goes_on_with_a_reason() {
    let mut family = usual_with(|order| order.warning_notice = Some(false), |_| ());
    family.choose(&[id("INC-1")], Profile::Enforcement, 0);
    assert_eq!(planned(&family).blocking().count(), 1);
    let mut options = options();
    options.overrides.push(Override { kind: "no-warning-notice".into(), why: "read out in court".into() });
    let plan = plan(&family.input(options)).unwrap();
    assert_eq!(plan.blocking().count(), 0);
    assert!(plan.findings.iter().any(|finding| finding.what.contains("You went on all the same: read out in court")));
}

/// The notice on the last varying order before the failure counts; rows before and after it have different ones.
#[test]
fn the_notice_on_the_varying_order_counts_for_what_came_after_it() {
    let mut family = usual();
    let mut varying = order();
    varying.title = "Order varying contact".into();
    varying.made = Some(When::day("3 July 2026", day("2026-07-03")));
    varying.served = None;
    varying.warning_notice = None;
    varying.varies = Some(id("ORD-1"));
    family.add(Content::Order(Box::new(varying)));
    let plan = planned(&family);
    let finding = plan.findings.iter().find(|finding| finding.kind == "notice-not-known").expect("it is said");
    assert!(finding.place == "INC-1" && finding.what.contains("that on ORD-2"), "{}", finding.what);
    let dump = dump(&plan);
    assert!(
        dump.contains("On the order of 27 February 2026: attached; the order was served on 2 March 2026 (INC-4)"),
        "{dump}"
    );
    assert!(dump.contains("On the order of 3 July 2026: not known (INC-1)"), "{dump}");
}

#[test]
fn ages_on_the_day_are_looked_at() {
    let born = |family: &mut Family, person: &str, born: &str| {
        let date = day(born);
        family.amend(id(person), "date of birth", "2026-09-20T10:00:00Z", |content| {
            let Content::Person(person) = content else { unreachable!() };
            person.born = Some(date);
        });
    };
    for (person, date, kind, found) in [
        ("PER-2", "2008-09-19", "under-18", true),
        ("PER-2", "2008-09-18", "under-18", false),
        ("PER-3", "2010-09-18", "child-16", true),
        ("PER-3", "2010-09-19", "child-16", false),
    ] {
        let mut family = usual();
        family.choose(&[id("INC-1")], Profile::Enforcement, 0);
        born(&mut family, person, date);
        assert_eq!(planned(&family).findings.iter().any(|finding| finding.kind == kind), found, "{person} {date}");
    }
}

#[test]
fn what_to_know_before_the_form_goes_in() {
    let kinds = |family: &Family| -> Vec<String> { planned(family).findings.into_iter().map(|one| one.kind).collect() };
    let family = usual();
    let found = kinds(&family);
    for kind in [
        "no-letter",
        "bars-not-known",
        "c79-by-upload",
        "cafcass-told",
        "no-miam",
        "own-route",
        "not-directed",
        "penal-notice",
        "order-not-the-paper",
    ] {
        assert!(found.iter().any(|one| one == kind), "{kind}: {found:?}");
    }
    let mut directed = usual();
    let step = Step {
        kind: StepKind::Letter,
        when: Some(When::day("2 October 2026", day("2026-10-02"))),
        how: Some("by post".into()),
        what: "I wrote to Sam.".into(),
        ..Step::default()
    };
    let letter = directed.add(Content::Step(Box::new(step)));
    let reply = directed.email("Sam Reed", "Alex Reed", "2026-10-04 09:00", "Your letter", "I have read it.");
    directed.link(reply, letter, LinkKind::Replies);
    directed.add(Content::Choice(Choice {
        records: vec![id("INC-1")],
        profile: Profile::Enforcement,
        exhibit: None,
        section: None,
        directed: Some("the order of 9 November 2026, paragraph 6".into()),
        context: 0,
        withdrawn: false,
    }));
    let found = kinds(&directed);
    assert!(!found.iter().any(|one| one == "no-letter" || one == "not-directed"), "{found:?}");
    let dump = dump(&planned(&directed));
    assert!(dump.contains("as directed by the order of 9 November 2026, paragraph 6"), "{dump}");
    assert!(dump.contains("Letter before applying: 2 October 2026, by post; reply 4 October 2026"), "{dump}");
    // A direction that is kept in the book says it as well.
    let family = usual_with(
        |order| {
            order.paragraphs[4].to_do =
                Some(Box::new(Directed { what: "schedule of failures".into(), ..Directed::default() }));
        },
        |_| (),
    );
    let dump = super::plan_evidence::dump(&planned(&family));
    assert!(dump.contains("under paragraph 6 of the order of 27 February 2026"), "{dump}");
}

#[test]
fn the_route_of_the_court_follows_the_track() {
    for (track, expected) in
        [(Track::Unknown, Some("CFC-01")), (Track::ChildFocused, Some("CFC-02")), (Track::Ordinary, None)]
    {
        let mut family = usual();
        family.amend(id("CAS-1"), "the court's letter", "2026-09-20T10:00:00Z", |content| {
            let Content::Case(case) = content else { unreachable!() };
            case.track = track;
        });
        let plan = planned(&family);
        let found = plan.findings.iter().find(|finding| finding.kind == "own-route");
        assert_eq!(found.and_then(|finding| finding.rule.as_deref()), expected, "{track:?}");
    }
}

#[test]
fn many_rows_chosen_by_name_warn() {
    let mut family = usual();
    let ids: Vec<RecordId> = (0..21)
        .map(|week| {
            let friday = day("2026-03-06").plus_days(7 * week).to_string();
            family.event(weekend(&friday, IncidentKind::NobodyThere))
        })
        .collect();
    family.choose(&ids, Profile::Enforcement, 0);
    let plan = planned(&family);
    let finding = plan.findings.iter().find(|finding| finding.kind == "many-rows").expect("21 rows are many");
    assert_eq!((finding.rule.as_deref(), finding.severity), (Some("SCH-05"), Severity::Warn));
    let laid = lay_out(&plan).unwrap();
    let on_its_side = laid.pages.iter().filter(|page| page.width > page.height).count();
    assert!(on_its_side > 2, "the grid goes on");
}

#[test]
fn nothing_to_put_in_says_what_to_do() {
    let mut family = Family::with_case();
    family.order();
    family.event(weekend("2026-09-04", IncidentKind::Kept));
    let Err(PlanError::Empty { why, next }) = plan(&family.input(options())) else { panic!("there is no row") };
    assert!(
        why.contains("no contact that was not held") && next.contains("daybook choose INC-1 --for enforcement"),
        "{why} {next}"
    );
    family.choose(&[id("INC-1")], Profile::Enforcement, 0);
    let Err(PlanError::Empty { why, .. }) = plan(&family.input(options())) else { panic!("there is no row") };
    assert!(why.contains("INC-1: contact was held in full"), "{why}");
}

/// What the guard holds back is neither a row nor behind one.
#[test]
fn the_guard_is_asked_about_rows_and_what_stands_behind_them() {
    let mut family = usual();
    let mail = family.email("Sam Reed", "Alex Reed", "2026-09-18 20:41", "This weekend", "Sorry.");
    family.link(mail, id("INC-1"), LinkKind::Supports);
    family.mark(mail, |mark| mark.privilege = Some(Privilege::LegalAdvice));
    family.mark(id("INC-4"), |mark| mark.confidential = Some(true));
    family.choose(&[id("INC-1"), id("INC-4"), mail], Profile::Enforcement, 0);
    let plan = planned(&family);
    assert_eq!(rows(&plan), [id("INC-1")]);
    assert!(schedule(&plan).groups[0].rows[0].pages.is_empty());
    assert_eq!(plan.entries().count(), 2, "the schedule and the order");
    assert!(plan.findings.iter().any(|finding| finding.kind == "chosen-held-back" && finding.place == "INC-4"));
    assert_eq!(schedule(&plan).counts.due, 4, "no number improves because a row is kept back");
}

/// Pages that lie on their side: number in the middle of the sheet as it is read, white below the bottom margin,
/// nothing outside the margins, and no cell that spills into its neighbour.
#[test]
fn pages_on_their_side_keep_their_measures() {
    let mut family = usual_with(
        |order| order.paragraphs[1].words = "Robin shall spend time with the applicant. ".repeat(12),
        |event| {
            event.what =
                format!("I waited. {} {}", "Unbrokenword".repeat(12), "And then some more happened. ".repeat(30));
            event.reason = Some("https://example.com/a/very/long/path/that/nobody/can/break/anywhere".into());
            event.also_known = Some("School trip. ".repeat(20));
        },
    );
    family.event(weekend("2026-07-10", IncidentKind::NobodyThere));
    let laid = lay_out(&planned(&family)).unwrap();
    let mm = |millimetres: f32| millimetres * 72.0 / 25.4;
    let mut seen = 0;
    for page in laid.pages.iter().filter(|page| page.width > page.height) {
        seen += 1;
        let runs: Vec<_> = page
            .items
            .iter()
            .filter_map(|item| if let Item::Text(run) = item { Some(run) } else { None })
            .map(|run| (run.at, run.glyphs.iter().map(|glyph| glyph.advance).sum::<f32>(), run))
            .collect();
        let lowest = page.height - mm(22.0);
        let below: Vec<_> = runs.iter().filter(|(at, _, _)| at.1 > lowest).collect();
        let [(at, width, number)] = below[..] else { panic!("only the number stands below the margin: {below:?}") };
        assert_eq!(number.text, page.label);
        assert!((at.0 + width / 2.0 - page.width / 2.0).abs() < 0.1, "in the middle of the sheet");
        for (i, (at, width, run)) in runs.iter().enumerate() {
            assert!(at.0 >= mm(20.0) - 0.1 && at.0 + width <= page.width - mm(20.0) + 0.1, "{}", run.text);
            assert!(run.size >= 8.99, "{}", run.text);
            for (other_at, other_width, other) in &runs[i + 1..] {
                let apart = at.0 + width <= other_at.0 + 0.1 || other_at.0 + other_width <= at.0 + 0.1;
                assert!((at.1 - other_at.1).abs() >= 0.5 || apart, "{} meets {}", run.text, other.text);
            }
        }
        for item in &page.items {
            if let Item::Line { from, to, .. } = item {
                assert!(from.1.max(to.1) <= lowest + 0.1, "no rule below the margin");
            }
        }
        let says = |words: &str| runs.iter().any(|(_, _, run)| run.text.contains(words));
        assert!(says("Court’s finding") && says("Paragraph 3"), "head and words are on page {}", page.label);
    }
    assert!(seen >= 2, "the grid goes on to a second page");
}

/// Minutes that the order's own words allow are no failure, and the reckoning of the session stands in its row.
#[test]
fn what_the_order_itself_allows_is_no_failure() {
    let pattern = "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026, handover at “the library, front door”, \
         grace 15 minutes";
    let mut family = usual_with(
        |order| order.paragraphs[1].pattern = Some(pattern.into()),
        |event| {
            event.kind = Some(IncidentKind::Late);
            event.started = Some(at("2026-09-18 17:10"));
        },
    );
    family.choose(&[id("INC-1")], Profile::Enforcement, 0);
    let plan = planned(&family);
    let finding = plan.findings.iter().find(|finding| finding.kind == "within-grace").expect("it is said");
    assert_eq!((finding.rule.as_deref(), finding.severity), (Some("C79-06"), Severity::Warn));
    let row = &schedule(&plan).groups[0].rows[0];
    assert!(row.due.contains("front entrance."), "{}", row.due);
    assert_eq!(row.known[0].0, "Reckoned", "how the session was reckoned comes first: {:?}", row.known);
    let counts = &schedule(&plan).counts;
    assert_eq!(counts.rows.iter().map(|(_, count)| count).sum::<u32>(), counts.due);
    assert!(counts.due > 4, "every session the order's words make is counted: {counts:?}");
}

/// What another entry of the same session says otherwise alleges nothing, unless it is chosen by name; then it stops
/// the paper until a reason is typed.
#[test]
fn entries_that_contradict_are_no_row_and_both_are_named() {
    let mut family = usual();
    family.event(weekend("2026-09-18", IncidentKind::Kept));
    let contradict = |plan: &BundlePlan| {
        let finding = plan.findings.iter().find(|finding| finding.kind == "entries-contradict").expect("it is said");
        assert!(finding.what.contains("INC-1") && finding.what.contains("INC-5"), "{finding:?}");
        finding.severity
    };
    let plan = planned(&family);
    assert_eq!(rows(&plan), [id("INC-4")]);
    assert_eq!(contradict(&plan), Severity::Warn);
    family.choose(&[id("INC-1")], Profile::Enforcement, 0);
    let plan = planned(&family);
    assert_eq!(rows(&plan), [id("INC-1")]);
    assert_eq!(contradict(&plan), Severity::Block);
}

/// By the pattern nothing was due that day, or contact was due at another time: no row, and no two times in one.
#[test]
fn what_the_reckoning_lists_apart_is_no_row_by_itself() {
    let mut first = order();
    first.paragraphs[1].pattern =
        Some("alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 4 September 2026".into());
    let mut family = Family::with_case();
    family.add(Content::Order(Box::new(first)));
    family.event(weekend("2026-09-18", IncidentKind::NobodyThere));
    family.event(Incident { until: None, ..weekend("2026-09-11", IncidentKind::NobodyThere) });
    family.event(Incident { due: Some(at("2026-10-03 10:00")), ..weekend("2026-10-02", IncidentKind::NobodyThere) });
    let plan = planned(&family);
    assert_eq!(rows(&plan), [id("INC-1")]);
    let out: Vec<&str> =
        plan.findings.iter().filter(|finding| finding.kind == "nothing-due").map(|f| f.what.as_str()).collect();
    assert_eq!(out.len(), 2, "{out:?}");
}

/// Some sessions have no row: the paper says how many have one, and that the rows were chosen. A label says of missed
/// sessions what is true of all of them.
#[test]
fn the_figures_say_how_many_have_a_row() {
    let mut family = usual();
    family.event(weekend("2026-08-21", IncidentKind::EndedEarly));
    family.choose(&[id("INC-1"), id("INC-4")], Profile::Enforcement, 0);
    let plan = planned(&family);
    let counts = &schedule(&plan).counts;
    let said = "Of the 3 counted as held in part, nobody came or cancelled by the respondent, 2 have a row (the rows were chosen).";
    assert!(counts.note.ends_with(said), "{}", counts.note);
    assert!(counts.rows.contains(&("Not held: nobody came".to_owned(), 1)), "{:?}", counts.rows);
    family.event(weekend("2026-08-07", IncidentKind::Refused));
    family.choose(&[id("INC-5"), id("INC-6")], Profile::Enforcement, 0);
    let plan = planned(&family);
    let counts = &schedule(&plan).counts;
    assert!(!counts.note.contains("have a row"), "{}", counts.note);
    assert!(counts.rows.iter().any(|(label, _)| label == "Not held: missed or declined"), "{:?}", counts.rows);
}
