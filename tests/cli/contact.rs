//! What was due by an order's own words, and what became of it.

use serde_json::{Value, json};

use super::Desk;

/// A desk with an order: every other weekend from 9 January 2026, ten minutes of grace.
fn desk_with_an_order() -> Desk {
    let desk = Desk::with_book();
    desk.ok(&["order", "add", "--title", "Child arrangements order", "--made", "2 January 2026"]);
    desk.ok(&[
        "order",
        "para",
        "ORD-1",
        "3",
        "--words",
        "Robin shall spend alternate weekends with the applicant, from Friday at 5 pm to Sunday at 5 pm.",
        "--pattern",
        "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 9 January 2026",
    ]);
    desk
}

fn outcomes(contact: &Value) -> Vec<String> {
    let sessions = contact["sessions"].as_array().expect("sessions are listed");
    let word = |session: &Value, name: &str| session[name].as_str().unwrap_or("-").to_owned();
    sessions
        .iter()
        .map(|session| {
            format!("{} {} {}", &word(session, "due_start")[..10], word(session, "outcome"), word(session, "incident"))
        })
        .collect()
}

#[test]
fn what_was_due_by_the_words_meets_what_was_written_down() {
    let desk = desk_with_an_order();
    desk.ok(&["log", "--session", "ORD-1/3/2026-01-09T17:00", "--kind", "kept"]);
    desk.ok(&["log", "--kind", "nobody-there", "--due", "23 January 2026 5pm", "--what", "I waited at the door."]);
    desk.ok(&[
        "log",
        "--kind",
        "cancelled-by-me",
        "--due",
        "6 February 2026 5pm",
        "--for-safety",
        "yes",
        "--reason",
        "=chickenpox",
    ]);
    desk.ok(&[
        "log",
        "--kind",
        "kept",
        "--due",
        "11 February 2026 4pm",
        "--basis",
        "agreement",
        "--until",
        "11 February 2026 6pm",
    ]);
    desk.ok(&["log", "--kind", "kept", "--due", "14 February 2026 4pm"]);
    desk.ok(&["log", "--kind", "refused", "--due", "15 February 2026 4pm", "--basis", "asked"]);
    let contact = desk.json(&["contact"]);
    let expected = [
        "2026-01-09 kept INC-1",
        "2026-01-23 missed_by_other INC-2",
        "2026-02-06 cancelled_by_me INC-3",
        "2026-02-11 kept INC-4",
        "2026-02-20 not_known -",
    ];
    // The weekend of 6 March still goes on: it counts from its end.
    assert_eq!(outcomes(&contact), expected);
    assert_eq!((&contact["due"], &contact["asked"]["count"]), (&json!(5), &json!(1)));
    assert_eq!(contact["by_basis"].as_array().map(Vec::len), Some(2));
    assert_eq!(contact["outside"][0]["why"], "nothing_due");
    assert_eq!(desk.json(&["contact", "--basis", "agreement"])["due"], 1);
    assert_eq!(desk.json(&["contact", "--order", "ORD-1", "--para", "3"])["due"], 4);
    assert_eq!(desk.json(&["contact", "--until", "31 January 2026"])["due"], 2);
    insta::assert_snapshot!(desk.ok(&["contact"]));
}

#[test]
fn a_key_fills_in_when_where_and_under_what() {
    let desk = desk_with_an_order();
    desk.ok(&["log", "--session", "ORD-1/3/2026-02-20T17:00", "--kind", "late", "--started", "5.30pm"]);
    let facts = desk.json(&["show", "INC-1"])["facts"].clone();
    assert_eq!((&facts["order"], &facts["para"], &facts["basis"]), (&json!("ORD-1"), &json!("3"), &json!("order")));
    assert_eq!(facts["due"]["start"], "2026-02-20T17:00:00+00:00");
    assert_eq!(facts["until"]["start"], "2026-02-22T17:00:00+00:00");
    assert_eq!(
        desk.json(&["contact"])["minutes"],
        json!({"due": 2880, "held": 2850, "held_instead": 0, "third_party": 0, "not_reckoned": 3})
    );
    // A key that is none is refused; what lies ahead can be cancelled by its key.
    let refused = desk.json(&["log", "--session", "ORD-1/3/2026-02-21T17:00", "--kind", "kept"]);
    assert_eq!(refused["error"]["kind"], "unknown-session");
    desk.ok(&["log", "--session", "ORD-1/3/2026-03-20T17:00", "--kind", "cancelled-by-other"]);
    let contact = desk.json(&["contact"]);
    assert_eq!((&contact["due"], &contact["ahead"]), (&json!(5), &json!(1)));
}

#[test]
fn by_questions_the_latest_sessions_without_a_word_are_offered() {
    let desk = desk_with_an_order();
    let (terminal, exit) = desk.typing(&["log"], &["no", "They came at five.", "", "1", "1", "."]);
    assert_eq!(exit, 0);
    assert!(terminal.said.contains("Which session was it? Enter: another time"), "{}", terminal.said);
    assert!(terminal.said.contains("   1  Fri 20 Feb 2026, 5.00 pm, ORD-1 paragraph 3\n"), "{}", terminal.said);
    assert_eq!(desk.json(&["show", "INC-1"])["facts"]["session"], "ORD-1/3/2026-02-20T17:00");
}

#[test]
fn sessions_go_out_as_a_table_and_as_a_calendar() {
    let desk = desk_with_an_order();
    desk.ok(&["log", "--session", "ORD-1/3/2026-01-09T17:00", "--kind", "cancelled-by-me", "--reason", "=1+1, ill"]);
    let table = desk.ok(&["contact", "--csv", "-"]);
    assert!(table.starts_with("counted,session,due_start,"), "{table}");
    assert!(table.contains("\"'=1+1, ill\""), "{table}");
    assert_eq!(table.matches("\r\n").count(), 5, "{table}");
    let calendar = desk.ok(&["contact", "--ics", "-"]);
    assert_eq!(calendar.matches("BEGIN:VEVENT\r\n").count(), 4);
    assert!(calendar.contains("UID:ORD-1/3/2026-01-09T17:00@daybook\r\n"), "{calendar}");
    assert!(calendar.contains("DTSTART:20260109T170000Z\r\n"), "{calendar}");
    desk.ok(&["contact", "--csv", "figures.csv"]);
    assert!(super::private(&desk.path("figures.csv")));
    let again = desk.json(&["contact", "--csv", "figures.csv"]);
    assert!(again["error"]["kind"].is_string(), "a file that is there is not written over: {again}");
}

#[test]
fn entries_that_contradict_are_told_when_they_are_typed_and_come_first() {
    let desk = desk_with_an_order();
    desk.ok(&["log", "--session", "ORD-1/3/2026-01-09T17:00", "--kind", "nobody-there"]);
    let told = desk.run(&["log", "--session", "ORD-1/3/2026-01-09T17:00", "--kind", "kept"]);
    assert!(told.err.contains("INC-1 says something else of the same session"), "{}", told.err);
    let next = desk.json(&["next"]);
    assert!(next.to_string().contains("entries-contradict"), "{next}");
    let first = &next["next"][0];
    assert!(first.is_null() || first["kind"] == "entries-contradict", "{next}");
}

#[test]
fn what_could_not_be_computed_is_said_and_an_unknown_order_is_refused() {
    let desk = Desk::with_book();
    desk.ok(&["order", "add", "--title", "Child arrangements order", "--made", "2 January 2026"]);
    let words = "Robin shall spend alternate weekends in term time with the applicant.";
    let pattern = "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 9 January 2026, in term time";
    desk.ok(&["order", "para", "ORD-1", "3", "--words", words, "--pattern", pattern]);
    let said = desk.ok(&["contact"]);
    assert!(!said.contains("No contact was due"), "{said}");
    assert!(said.contains("Some contact could not be computed. ORD-1 paragraph 3: "), "{said}");
    let refused = desk.json(&["contact", "--order", "ORD-9"]);
    assert!(refused["error"]["kind"].is_string(), "{refused}");
}

#[test]
fn a_table_holds_what_was_held_in_the_place_of_a_session() {
    let desk = desk_with_an_order();
    let key = "ORD-1/3/2026-01-09T17:00";
    desk.ok(&["log", "--session", key, "--kind", "cancelled-by-me"]);
    let later = ["--due", "16 January 2026 5pm", "--until", "18 January 2026 5pm", "--instead-of", key];
    desk.ok(&[&["log", "--kind", "kept"][..], &later].concat());
    let table = desk.ok(&["contact", "--csv", "-"]);
    let line = table.lines().find(|line| line.contains("INC-2")).expect("the make-up is in it");
    assert!(line.starts_with("no: in the place of the session above,ORD-1/3/2026-01-09T17:00,2026-01-16"), "{line}");
}
