//! The road: steps of every kind, the dates they lead to, what is unfinished, and the wording check.

use daybook::model::StepKind;

use super::Desk;

/// What was said, as one line: where it was wrapped is not what is looked at.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn steps_by_flags() {
    let desk = Desk::with_book();
    insta::assert_snapshot!(desk.transcript(&[
        &[
            "step",
            "proposal",
            "--on",
            "2 March",
            "--with",
            "Sam",
            "--how",
            "by e-mail",
            "--in-writing",
            "yes",
            "--until",
            "16 March",
            "--what",
            "I proposed Sundays from 10 am to 4 pm."
        ],
        &["step", "reply", "--answers", "STP-1", "--on", "4 March", "--outcome", "Sam would rather wait"],
        &["show", "STP-1"],
        &["step", "miam-exempt", "--which", "no-mediator", "--on", "3 March"],
        &["step", "miam-exempt", "--which", "too-far", "--on", "3 March"],
        &["step", "mediation", "--on", "3 March", "--what", "Sam offered Sundays and I always said no"],
        &["step", "c100", "--on", "5 March", "--place", "Bristol", "--fee", "£263"],
        &["step", "c100", "--fee", "a lot"],
        &["step", "reply", "--answers", "INC-1"],
        &["timeline"],
    ]));
}

#[test]
fn where_a_child_may_be_in_danger_help_comes_first() {
    let desk = Desk::with_book();
    let answered =
        desk.run(&["step", "child-not-returned", "--on", "6 March 2026 5pm", "--what", "Robin was not brought back."]);
    assert_eq!(answered.exit, 0);
    let ring = answered.err.find("ring 999").expect("999 is said");
    assert!(answered.err.find("Time:").is_some_and(|time| ring < time), "{}", answered.err);
    let next = desk.json(&["next"]);
    assert_eq!(next["next"][0]["kind"], "child-not-back");
    let (terminal, exit) = desk.typing(&["step"], &["1", "2", "", "", "", "", "", "Robin said a thing", "", "."]);
    assert_eq!(exit, 0);
    insta::assert_snapshot!(terminal.said);
}

#[test]
fn before_a_letter_it_is_asked_whether_somebody_says_no() {
    let desk = Desk::with_book();
    // With nobody to ask, a remark; with somebody, a question; with an order in the book, its name.
    let answered = desk.run(&["step", "letter", "--on", "2 March", "--what", "I wrote about the weekend."]);
    assert!(flowing(&answered.err).contains("if an order, a bail condition or an adviser says no"), "{}", answered.err);
    let (terminal, _) = desk.typing(&["step", "asked"], &["yes", "no"]);
    assert!(flowing(&terminal.said).contains("an adviser that says you should not write"), "{}", terminal.said);
    assert!(terminal.printed.contains("Nothing was written down"), "{}", terminal.printed);
    desk.ok(&[
        "order",
        "add",
        "--title",
        "Non-molestation order",
        "--kind",
        "non-molestation",
        "--against",
        "me",
        "--made",
        "1 March 2026",
    ]);
    let answered = desk.run(&["step", "asked", "--on", "5 March"]);
    assert!(
        flowing(&answered.err).contains("ORD-1 (non-molestation order of 1 March 2026) binds you"),
        "{}",
        answered.err
    );
    desk.ok(&[
        "order",
        "add",
        "--title",
        "Bail conditions",
        "--kind",
        "bail-conditions",
        "--against",
        "Sam",
        "--until",
        "5 March 2026",
        "--from",
        "1 March 2026",
    ]);
    let answered = desk.run(&["step", "proposal", "--on", "5 March"]);
    assert!(!flowing(&answered.err).contains("ORD-2"), "it is no longer in force: {}", answered.err);
}

#[test]
fn questions_are_those_of_the_kind() {
    let desk = Desk::with_book();
    let (terminal, exit) =
        desk.typing(&["step"], &["4", "3", "3 March", "Jo", "", "9", "DOC-1", "", "They had no date before May.", ""]);
    assert_eq!(exit, 0, "{}", terminal.said);
    insta::assert_snapshot!(terminal.said);
}

/// Every kind can be written down with every flag it takes, and shown again.
#[test]
fn every_kind_of_step_keeps_what_it_takes() {
    let desk = Desk::with_book();
    desk.ok(&["step", "proposal", "--on", "1 March 2026"]);
    for kind in StepKind::ALL {
        let mut command = vec!["step", kind.word(), "--on", "2 March 2026", "--what", "words"];
        for need in kind.stop().needs {
            let value = match need.field {
                "until" | "done" => "5 March 2026",
                "in-writing" => "yes",
                "answers" | "about" => "STP-1",
                "fee" => "£12.40",
                "which" if *kind == StepKind::MiamExempt => "urgent",
                _ => "some words",
            };
            command.push(match need.field {
                "until" => "--until",
                "done" => "--done",
                "in-writing" => "--in-writing",
                "answers" => "--answers",
                "about" => "--about",
                "fee" => "--fee",
                "which" => "--which",
                "how" => "--how",
                "outcome" => "--outcome",
                "place" => "--place",
                "reference" => "--reference",
                other => panic!("no flag for {other}"),
            });
            command.push(value);
        }
        let answered = desk.json(&command);
        let id = answered["id"].as_str().unwrap_or_else(|| panic!("{kind:?}: {answered}")).to_owned();
        let shown = desk.json(&["show", &id]);
        for need in kind.stop().needs {
            assert!(!shown["facts"][need.field].is_null(), "{kind:?} {}", need.field);
        }
    }
}

fn a_hearing(desk: &Desk, track: &str, kind: &str) {
    desk.ok(&[
        "case",
        "--court",
        "Bristol",
        "--number",
        "BS26P70940",
        "--hearing",
        "14 April 2026 10am",
        "--hearing-kind",
        kind,
        "--track",
        track,
    ]);
}

#[test]
fn dates_ahead_with_their_rules() {
    let desk = Desk::with_book();
    a_hearing(&desk, "ordinary", "FHDRA");
    desk.ok(&["step", "miam", "--on", "11 November 2025"]);
    desk.ok(&["step", "proposal", "--on", "2 March", "--until", "16 March"]);
    desk.ok(&["step", "cafcass-call", "--on", "30 March 2026 2pm"]);
    insta::assert_snapshot!(
        desk.transcript(&[&["dates"], &["dates", "--from", "1 May 2026", "--until", "31 May 2026"]])
    );
    let json = desk.json(&["dates"]);
    let fm5 = json["dates"].as_array().unwrap().iter().find(|date| date["key"] == "hearing/2026-04-14/fm5").unwrap();
    assert_eq!(
        (fm5["date"].as_str(), fm5["rule"]["id"].as_str(), fm5["rule"]["certainty"].as_str()),
        (Some("2026-04-01"), Some("MED-10"), Some("D"))
    );
}

#[test]
fn a_calendar_of_them_is_the_same_twice_and_read_back_by_our_own_reader() {
    let desk = Desk::with_book();
    a_hearing(&desk, "unknown", "directions");
    let first = desk.ok(&["dates", "--ics", "-"]);
    assert_eq!(first, desk.ok(&["dates", "--ics", "-"]));
    assert!(first.split("\r\n").all(|line| line.len() <= 75), "{first}");
    assert!(first.contains("DTSTART:20260414T090000Z"), "10 am in summer: {first}");
    desk.ok(&["dates", "--ics", "dates.ics"]);
    assert_eq!(std::fs::read_to_string(desk.path("dates.ics")).unwrap(), first);
    assert_eq!(desk.run(&["dates", "--ics", "dates.ics"]).exit, 1, "a file that is there is not written over");
    desk.ok(&["dates", "--ics", "dates.ics", "--replace"]);
    #[cfg(unix)]
    assert!(super::private(&desk.path("dates.ics")));
    let read = desk.json(&["import", "dates.ics"]);
    let events = first.matches("BEGIN:VEVENT").count() as u64;
    assert_eq!(read["totals"]["not_understood"].as_u64(), Some(0), "{read}");
    assert!(events >= 4, "{first}");
}

#[test]
fn words_follow_the_procedure() {
    let desk = Desk::with_book();
    a_hearing(&desk, "child-focused", "FHDRA");
    let answered = desk.run(&["case", "--track", "child-focused"]);
    assert!(flowing(&answered.err).contains("is a word of the ordinary procedure"), "{}", answered.err);
    let answered = desk.run(&["step", "hearing", "--which", "decision", "--on", "2 March"]);
    assert!(!flowing(&answered.err).contains("is a word of"), "{}", answered.err);
    assert!(answered.out.contains("Decision Hearing"), "{}", answered.out);
}

#[test]
fn what_is_unfinished() {
    let desk = Desk::with_book();
    desk.ok(&["log", "--what", "Something happened", "--happened", "6 March 2026 5pm"]);
    desk.ok(&["log", "--kind", "nobody-there", "--due", "6 March 2026 5pm"]);
    desk.ok(&["order", "add", "--title", "Child arrangements order", "--made", "27 February 2026"]);
    desk.ok(&["step", "proposal", "--on", "2 February 2026", "--until", "16 February 2026"]);
    desk.ok(&["case", "--court", "Bristol", "--hearing", "2 March 2026 10am"]);
    insta::assert_snapshot!(desk.transcript(&[&["next"], &[], &["next", "--json"]]));
}

#[test]
fn wording_is_looked_at_and_nothing_is_changed() {
    let desk = Desk::with_book();
    desk.ok(&[
        "log",
        "--kind",
        "late",
        "--due",
        "6 March 2026 5pm",
        "--what",
        "Sam is ALWAYS late! Sam said: “You always wait.”",
    ]);
    desk.ok(&[
        "message",
        "--channel",
        "call",
        "--from",
        "Sam",
        "--to",
        "me",
        "--on",
        "6 March 5.20pm",
        "--text",
        "Sam said that he never got it. He did it deliberately.",
    ]);
    desk.write("draft.txt", "I was told that she moved.\nHe said he never received it.\n");
    desk.write("picture.bin", [0xff, 0xfe, 0x00]);
    insta::assert_snapshot!(desk.transcript(&[
        &["wording", "--all"],
        &["wording", "INC-1"],
        &["wording", "draft.txt"],
        &["wording", "draft.txt", "--json"],
        &["wording", "picture.bin"],
        &["wording", "PER-1"],
        &["wording"],
        &["show", "INC-1"],
    ]));
}
