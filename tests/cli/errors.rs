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

/// A book of a later format is refused politely and left as it is.
#[test]
fn a_newer_book() {
    let desk = Desk::with_book();
    let book = rusqlite::Connection::open(desk.path("robin.daybook")).expect("a book is a SQLite file");
    book.execute_batch("PRAGMA user_version = 999; PRAGMA wal_checkpoint(TRUNCATE)").expect("it can be written");
    drop(book);
    let before = std::fs::read(desk.path("robin.daybook")).expect("it can be read");
    insta::assert_snapshot!(desk.transcript(&[&["timeline"], &["note", "words"]]));
    assert_eq!(std::fs::read(desk.path("robin.daybook")).expect("it can be read"), before);
}

/// One file without rights is told of, and the rest goes on. (Whoever may read everything sees nothing of this.)
#[cfg(unix)]
#[test]
fn a_folder_without_rights() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::with_book();
    desk.write("mails/a.eml", super::mail("a1", "Subject", "Words"));
    desk.write("mails/locked/b.eml", super::mail("b1", "Subject", "Other words"));
    let locked = desk.path("mails/locked");
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o000)).expect("rights can be taken");
    let refused = std::fs::read_dir(&locked).is_err();
    let report = desk.json(&["import", "mails"]);
    std::fs::set_permissions(&locked, std::fs::Permissions::from_mode(0o700)).expect("rights can be given back");
    assert_eq!(report["totals"]["new"].as_u64(), Some(if refused { 1 } else { 2 }));
    let text = report.to_string();
    assert_eq!(text.contains("you do not have the right to read it"), refused);
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
