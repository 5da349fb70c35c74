//! What goes wrong is told in three calm lines: what, why, what to do next.

use super::Desk;

#[test]
fn what_was_typed_wrongly() {
    let desk = Desk::with_book();
    insta::assert_snapshot!(desk.transcript(&[
        &["log"],
        &["log", "--kind", "kept"],
        &["log", "--kind", "kept", "--due", "31/2/2026"],
        &["log", "--kind", "kept", "--due", "29/2/2025"],
        &["log", "--kind", "kept", "--due", "25 October 2026 01:30"],
        &["log", "--kind", "kept", "--due", "6 March 5pm", "--until", "5 March 5pm"],
        &["log", "--kind", "kept", "--due", "6 March 5pm", "--child", "Kim"],
        &["log", "--kind", "kept", "--due", "6 March 5pm", "--with", "Nobody Known"],
        &["log", "--kind", "wonderful", "--due", "6 March 5pm"],
        &["show", "INC-99"],
        &["show", "A1"],
        &["step"],
        &["note"],
        &["amend", "INC-1", "--set", "kind=kept"],
        &["import", "nowhere"],
        &["sent", "INC-1", "--to", "Jo", "--how", "by hand"],
    ]));
    let after = desk.json(&["timeline"]);
    assert_eq!(after["entries"].as_array().map(Vec::len), Some(0), "nothing was written by any of these");
}

#[test]
fn books_that_do_not_open() {
    let desk = Desk::bare();
    desk.write("words.daybook", "these are words\n");
    desk.write("empty.daybook", "");
    desk.write("pass", "correct horse\n");
    insta::assert_snapshot!(desk.transcript(&[
        &["--book", "missing.daybook", "timeline"],
        &["--book", "words.daybook", "timeline"],
        &["timeline"],
        &["new", "words.daybook", "--me", "Alex Reed"],
        &["new", "far/away.daybook", "--me", "Alex Reed"],
        &["new", "second.daybook"],
        &["new", "secret.daybook", "--me", "Alex Reed", "--passphrase-file", "pass"],
        &["--book", "secret.daybook", "timeline"],
        &["--book", "secret.daybook", "--passphrase-file", "pass", "timeline"],
        &["--book", "secret.daybook", "--passphrase-file", "none", "timeline"],
    ]));
}

#[test]
fn without_a_book() {
    let desk = Desk::bare();
    insta::assert_snapshot!(desk.transcript(&[&[], &["timeline"], &["--json", "timeline"], &["--json", "nonsense"]]));
}

/// `DAYBOOK_NOW` must never set the clock of a real record.
#[test]
fn the_clock_of_a_real_book_cannot_be_set() {
    let desk = Desk::bare();
    desk.ok(&["new", "real", "--me", "Alex Reed"]);
    desk.ok(&["note", "now"]);
    let shown = desk.json(&["show", "NOT-1"]);
    let written = shown["written_at"].as_str().expect("it was written down");
    assert_ne!(written, super::NOW);
}
