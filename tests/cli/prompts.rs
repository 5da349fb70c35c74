//! Questions at the terminal, with scripted answers.

use super::Desk;

fn session(desk: &Desk, arguments: &[&str], answers: &[&str]) -> String {
    let (terminal, exit) = desk.typing(arguments, answers);
    format!("{}--- printed\n{}[exit {exit}]\n", terminal.said, terminal.printed)
}

#[test]
fn a_good_contact_is_written_down_in_few_lines() {
    let desk = Desk::with_book();
    insta::assert_snapshot!(session(
        &desk,
        &["log"],
        &["no", "Robin came at five and we baked.", "", "1", "6 March 5pm", "."]
    ));
}

#[test]
fn a_child_in_danger_comes_before_any_form() {
    let desk = Desk::with_book();
    insta::assert_snapshot!(session(&desk, &["log"], &["yes", "no"]));
    assert!(desk.json(&["timeline"])["entries"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn a_slip_is_asked_again_and_a_stop_keeps_what_there_is() {
    let desk = Desk::with_book();
    let answers = ["", "I waited.", "", "nobody-there", "31/2/2026", "6 March 5pm", "5 March", "7pm", "4.50pm^C"];
    insta::assert_snapshot!(session(&desk, &["log"], &answers));
}

#[test]
fn half_an_entry_is_kept() {
    let desk = Desk::with_book();
    insta::assert_snapshot!(session(&desk, &["log"], &["no", "I waited at the", "main do^C"]));
    let shown = desk.json(&["show", "INC-1"]);
    assert_eq!(shown["text"], "I waited at the\nmain do");
    assert_eq!(shown["facts"]["kind"], serde_json::Value::Null);
}

#[test]
fn stopping_before_a_word_writes_nothing() {
    let desk = Desk::with_book();
    let said = session(&desk, &["log"], &[]);
    assert!(said.ends_with("[exit 0]\n"), "{said}");
    assert!(desk.json(&["timeline"])["entries"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn beginning_a_book() {
    let desk = Desk::bare();
    let path = desk.path("robin.daybook");
    let answers =
        ["Alex Reed", "Sam Reed", "Robin Reed", "", "my sister", "two words", "two word", "two words", "two words"];
    let (terminal, exit) = desk.typing(&["new", &path.display().to_string(), "--practice"], &answers);
    let said = terminal.said + "--- printed\n" + &terminal.printed;
    insta::assert_snapshot!(said.replace(&path.display().to_string(), "[BOOK]"));
    assert_eq!(exit, 0);
    let (terminal, exit) = desk.typing(&["people"], &["two words"]);
    assert_eq!(exit, 0, "{}", terminal.said);
    assert!(terminal.printed.contains("Robin Reed"));
}
