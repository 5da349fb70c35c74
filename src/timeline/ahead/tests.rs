use super::*;
use crate::model::when::Precision;
use crate::model::{Directed, Hearing, Noun, OrderParagraph, ParagraphKind, Role, StepKind, Track, Zone};

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn at(day: &str, hour: u32) -> When {
    let time = TimeOfDay::new(hour, 0, 0).unwrap();
    When::assumed(day, date(day), time, Precision::Minute, Zone::LONDON)
}

fn on(day: &str) -> When {
    When::day(day, date(day))
}

fn id(noun: Noun, number: u32) -> RecordId {
    RecordId::new(noun, number)
}

/// What was found, one line each: date, time, rule, done.
fn lines(case: &Case, orders: &[Order], steps: &[Step], today: &str) -> Vec<String> {
    let rules = Rules::england_and_wales();
    let looking = Looking {
        rules: &rules,
        today: date(today),
        case: Some((id(Noun::Case, 1), case)),
        orders: orders.iter().zip(1..).map(|(order, number)| (id(Noun::Order, number), order)).collect(),
        steps: steps.iter().zip(1..).map(|(step, number)| (id(Noun::Step, number), step)).collect(),
        children: Vec::new(),
        sessions: Vec::new(),
    };
    let all = looking.all();
    let mut lines: Vec<String> = all
        .dates
        .iter()
        .map(|ahead| {
            let time = ahead.time.map(|time| format!(" {}", time.clock())).unwrap_or_default();
            let done = if ahead.done { " done" } else { "" };
            format!("{}{time} {} {}{done}", ahead.date, ahead.key, ahead.rule.unwrap_or("-"))
        })
        .collect();
    lines.extend(all.findings.into_iter().map(|finding| format!("{}: {}", finding.kind, finding.next)));
    lines
}

fn heard(day: &str, kind: Option<&str>) -> Case {
    let hearing = Hearing { kind: kind.map(str::to_owned), ..Hearing::at(at(day, 10)) };
    Case { hearing: Some(Box::new(hearing)), ..Case::default() }
}

#[test]
fn what_hangs_on_a_first_hearing() {
    // Thursday 14 January 2027; New Year's Day is a Friday.
    assert_eq!(
        lines(&heard("2027-01-14", Some("FHDRA")), &[], &[], "2026-12-01"),
        [
            "2027-01-05 hearing/2027-01-14/bundle 27A-90",
            "2027-01-05 hearing/2027-01-14/fm5 MED-10",
            "2027-01-07 hearing/2027-01-14/court-task 27A-83",
            "2027-01-13 11.00 am hearing/2027-01-14/preliminary 27A-80",
            "2027-01-14 10.00 am hearing/2027-01-14 -",
        ]
    );
}

#[test]
fn working_days_step_over_easter() {
    let found = lines(&heard("2027-03-30", Some("directions")), &[], &[], "2027-03-01");
    assert!(found.contains(&"2027-03-25 11.00 am hearing/2027-03-30/preliminary 27A-80".to_owned()), "{found:?}");
    assert!(!found.iter().any(|line| line.contains("fm5")), "not the first hearing: {found:?}");
}

#[test]
fn form_fm5_belongs_to_the_first_hearing_and_is_done_once_filed() {
    let fm5 = Step { when: Some(on("2027-01-04")), ..Step::of(StepKind::Fm5) };
    let found = lines(&heard("2027-01-14", None), &[], &[fm5], "2026-12-01");
    assert!(found.contains(&"2027-01-05 hearing/2027-01-14/fm5 MED-10 done".to_owned()), "{found:?}");
    let earlier = Step { when: Some(on("2026-11-02")), ..Step::of(StepKind::Hearing) };
    let found = lines(&heard("2027-01-14", None), &[], &[earlier], "2026-12-01");
    assert!(!found.iter().any(|line| line.contains("fm5")), "{found:?}");
    let found = lines(&heard("2027-01-14", Some("final hearing")), &[], &[], "2026-12-01");
    assert!(!found.iter().any(|line| line.contains("fm5")), "{found:?}");
}

#[test]
fn words_follow_the_procedure() {
    let rules = Rules::england_and_wales();
    for (track, kind) in [(Track::Unknown, None), (Track::Ordinary, None), (Track::ChildFocused, None)] {
        let case = Case { track, ..heard("2027-01-14", kind) };
        let looking = Looking {
            rules: &rules,
            today: date("2026-12-01"),
            case: Some((id(Noun::Case, 1), &case)),
            orders: Vec::new(),
            steps: Vec::new(),
            children: Vec::new(),
            sessions: Vec::new(),
        };
        let words: Vec<String> = looking.all().dates.into_iter().map(|ahead| ahead.what).collect();
        let words = words.join(" ");
        // Unless the court said so, no word of one procedure is printed (CFC-07).
        for narrow in ["FHDRA", "Decision Hearing", "DRA"] {
            assert!(!words.contains(narrow), "{words}");
        }
        assert_eq!(words.contains("Child-Focused"), track == Track::ChildFocused, "{words}");
    }
}

#[test]
fn a_direction_with_its_time_and_its_sides() {
    let to_do = Directed { what: "statement".into(), by: Some(at("2027-01-12", 16)), sides: Some(8), done: None };
    let paragraph = OrderParagraph {
        number: "5".into(),
        words: "The mother shall file …".into(),
        kind: ParagraphKind::Direction,
        duty_of: Some("the mother".into()),
        to_do: Some(Box::new(to_do)),
        ..OrderParagraph::default()
    };
    let order = Order {
        title: "Directions order".into(),
        paragraphs: vec![paragraph],
        in_force_until: Some(on("2027-06-30")),
        ..Order::default()
    };
    let rules = Rules::england_and_wales();
    let mut looking = Looking {
        rules: &rules,
        today: date("2026-12-01"),
        case: None,
        orders: vec![(id(Noun::Order, 1), &order)],
        steps: Vec::new(),
        children: Vec::new(),
        sessions: Vec::new(),
    };
    let all = looking.all();
    assert_eq!(all.dates[0].what, "Statement, by the mother, at most 8 sides.");
    assert_eq!((all.dates[0].date, all.dates[0].time), (date("2027-01-12"), TimeOfDay::new(16, 0, 0)));
    assert_eq!(all.dates[1].key, "ORD-1/ends");
    let mut done = order.clone();
    done.paragraphs[0].to_do.as_mut().unwrap().done = Some(on("2027-01-08"));
    looking.orders = vec![(id(Noun::Order, 1), &done)];
    assert!(looking.all().dates[0].done);
}

#[test]
fn the_miam_and_its_four_months() {
    let booked =
        Step { when: Some(on("2026-11-02")), until: Some(at("2026-11-12", 14)), ..Step::of(StepKind::MiamBooked) };
    let attended = Step { when: Some(on("2026-11-12")), ..Step::of(StepKind::Miam) };
    let applied = Step { when: Some(on("2026-12-01")), ..Step::of(StepKind::C100) };
    let none = Case::default();
    assert_eq!(
        lines(&none, &[], std::slice::from_ref(&booked), "2026-11-03"),
        ["2026-11-12 2.00 pm STP-1/until -", "2026-11-23 STP-1/in-time MED-02"]
    );
    let found = lines(&none, &[], &[booked, attended.clone()], "2026-11-20");
    assert!(found.contains(&"2026-11-23 STP-1/in-time MED-02 done".to_owned()), "{found:?}");
    assert!(found.contains(&"2027-03-12 STP-2/four-months MED-04".to_owned()), "{found:?}");
    let found = lines(&none, &[], &[attended, applied], "2026-12-02");
    assert_eq!(found, ["2027-03-12 STP-1/four-months MED-04 done"]);
}

#[test]
fn a_proposal_is_open_until_it_is_answered() {
    let proposal = Step { when: Some(on("2026-11-02")), until: Some(on("2026-11-16")), ..Step::of(StepKind::Proposal) };
    let reply = Step { when: Some(on("2026-11-10")), answers: Some(id(Noun::Step, 1)), ..Step::of(StepKind::Reply) };
    assert_eq!(
        lines(&Case::default(), &[], std::slice::from_ref(&proposal), "2026-11-03"),
        ["2026-11-16 STP-1/until -"]
    );
    assert_eq!(lines(&Case::default(), &[], &[proposal, reply], "2026-11-12"), ["2026-11-16 STP-1/until - done"]);
}

#[test]
fn sixteen_and_living_together_matter_where_there_is_an_order() {
    let rules = Rules::england_and_wales();
    let mut robin = Person::named("Robin Reed", Role::Child);
    robin.born = Some(date("2016-02-29"));
    let together = Step { when: Some(on("2026-08-31")), ..Step::of(StepKind::LivingTogether) };
    let order = Order { title: "Child arrangements order".into(), made: Some(on("2026-02-27")), ..Order::default() };
    let mut looking = Looking {
        rules: &rules,
        today: date("2026-12-01"),
        case: None,
        orders: vec![(id(Noun::Order, 1), &order)],
        steps: vec![(id(Noun::Step, 1), &together)],
        children: vec![(id(Noun::Person, 3), &robin)],
        sessions: Vec::new(),
    };
    let keys: Vec<(String, String)> =
        looking.all().dates.into_iter().map(|ahead| (ahead.date.to_string(), ahead.key)).collect();
    assert_eq!(
        keys,
        [("2027-02-28".to_owned(), "STP-1/six-months".to_owned()), ("2032-02-29".to_owned(), "PER-3/16".to_owned())]
    );
    looking.orders.clear();
    assert!(looking.all().dates.is_empty());
}

#[test]
fn a_year_without_bank_holidays_is_said_and_not_guessed() {
    let found = lines(&heard("2029-03-06", Some("FHDRA")), &[], &[], "2028-12-01");
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        found[2].starts_with("bank-holidays-not-covered") && found[2].contains("the last day for Form FM5"),
        "{}",
        found[2]
    );
    assert!(found[1].contains("hearing/2029-03-06 -"), "{found:?}");
}
