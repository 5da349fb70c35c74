//! The main ways through the program.

use super::{Desk, mail};

const EVENT: &[&str] = &[
    "log",
    "--kind",
    "nobody-there",
    "--due",
    "6 March 2026 5pm",
    "--until",
    "8 March 6pm",
    "--arrived",
    "4.50pm",
    "--left",
    "5.45pm",
    "--place",
    "Elmgrove Library",
    "--child",
    "Robin",
    "--with",
    "Sam",
    "--loss",
    "£12.40 train",
    "--what",
    "I waited at the main door. Nobody came.",
];

#[test]
fn writing_down_and_reading() {
    let desk = Desk::with_book();
    insta::assert_snapshot!(desk.transcript(&[
        EVENT,
        &["message", "--from", "Sam", "--to", "me", "--on", "6 March 5.20pm", "--text", "Robin is not ready"],
        &["note", "Ask for the term dates", "--about", "INC-1"],
        &["step", "miam", "--on", "2 February 2026", "--what", "Attended with Jo Lambert"],
        &["link", "MSG-1", "INC-1", "--as", "supports"],
        &["timeline"],
        &["timeline", "--kind", "incident", "--from", "1 March 2026"],
        &["search", "library"],
        &["show", "INC-1"],
        &["contact"],
        &[],
    ]));
}

#[test]
fn correcting_keeps_the_first_words() {
    let desk = Desk::with_book();
    insta::assert_snapshot!(desk.transcript(&[
        &["log", "--what", "They came, I have the time on my phone."],
        &[
            "amend",
            "INC-1",
            "--set",
            "kind=late",
            "--set",
            "due=7 March 8am",
            "--set",
            "started=8.40am",
            "--why",
            "Finished"
        ],
        &["show", "INC-1"],
        &["amend", "INC-1", "--set", "kind=late", "--why", "again"],
        &["amend", "INC-1", "--set", "colour=red", "--why", "x"],
    ]));
}

#[test]
fn an_order_and_its_words() {
    let desk = Desk::with_book();
    desk.write("order.pdf", "%PDF-1.4\n");
    insta::assert_snapshot!(desk.transcript(&[
        &[
            "order",
            "add",
            "order.pdf",
            "--title",
            "Child arrangements order",
            "--court",
            "Bristol",
            "--number",
            "BS26P70940",
            "--made",
            "27 February 2026",
            "--by",
            "District Judge Marlow",
            "--warning-notice",
            "yes",
        ],
        &["order", "para", "ORD-1", "3a", "--words", "The child shall spend time with the father."],
        &["order", "para", "ORD-1", "4", "--words", "The parents agree to be kind.", "--recital"],
        &["show", "ORD-1"],
        &["log", "--kind", "kept", "--due", "6 March 5pm", "--order", "ORD-1", "--para", "3a"],
        &["log", "--kind", "kept", "--due", "6 March 5pm", "--order", "ORD-1", "--para", "9"],
        &[
            "case",
            "--court",
            "Bristol",
            "--number",
            "BS26 P7",
            "--hearing",
            "14 January 10am",
            "--hearing-kind",
            "FHDRA"
        ],
    ]));
}

#[test]
fn guarding_and_choosing() {
    let desk = Desk::with_book();
    desk.ok(EVENT);
    insta::assert_snapshot!(desk.transcript(&[
        &["people", "add", "Priya Nair", "--role", "solicitor", "--email", "Priya@example.com"],
        &["people", "add", "Priya Nair", "--role", "solicitor"],
        &["people"],
        &["mark", "INC-1", "--keep-out-of", "mediation", "--why", "not for this"],
        &["mark", "INC-1", "--confidential"],
        &["mark", "INC-1", "--not-confidential"],
        &["confidential", "add", "12 Elm Road", "--kind", "address"],
        &["confidential", "add", "a"],
        &["confidential", "list"],
        &["choose", "INC-1", "--for", "exhibit", "--exhibit", "AR1"],
        &["choose", "--list"],
        &["timeline"],
    ]));
}

#[test]
fn importing_a_folder() {
    let desk = Desk::with_book();
    let plain = mail("a1", "This weekend", "Robin is not ready.");
    desk.write("mails/a.eml", &plain);
    desk.write("mails/copy.eml", &plain);
    desk.write("mails/line-ends.eml", plain.replace("\r\n", "\n"));
    desk.write("mails/other-words.eml", mail("a1", "This weekend", "Robin is unwell."));
    desk.write("mails/inner/b.eml", mail("b1", "Without prejudice", "An offer."));
    desk.write("mails/empty.eml", "");
    desk.write("mails/notes.txt", "a list\n");
    insta::assert_snapshot!(desk.transcript(&[
        &["import", "mails"],
        &["import", "mails", "--from-device", "mine"],
        &["people"]
    ]));
}

#[test]
fn a_second_import_adds_nothing() {
    let desk = Desk::with_book();
    for number in 0..7 {
        desk.write(&format!("mails/{number}.eml"), mail(&number.to_string(), "Subject", &format!("Words {number}")));
    }
    let first = desk.json(&["import", "mails"]);
    assert_eq!((first["totals"]["new"].as_u64(), first["totals"]["read"].as_u64()), (Some(7), Some(7)));
    let second = desk.json(&["import", "mails"]);
    assert_eq!((second["totals"]["new"].as_u64(), second["totals"]["duplicate"].as_u64()), (Some(0), Some(7)));
    let messages = desk.json(&["timeline", "--kind", "message"]);
    assert_eq!(messages["entries"].as_array().map(Vec::len), Some(7));
}

/// Where a file lay on this computer is said on the screen and never kept: a path may name its user.
#[test]
fn a_path_is_never_kept() {
    let desk = Desk::with_book();
    let folder = desk.write("private-name/mails/notes.txt", "a list\n");
    let mails = folder.parent().expect("it is in a folder").display().to_string();
    let report = desk.json(&["import", &mails]);
    assert!(report.to_string().contains("private-name"), "the command to type has the path");
    let book = rusqlite::Connection::open(desk.path("robin.daybook")).expect("a book is a SQLite file");
    book.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("it can be read");
    let bytes = std::fs::read(desk.path("robin.daybook")).expect("it can be read");
    assert!(!bytes.windows(12).any(|window| window == b"private-name"));
}

#[test]
fn documents_are_known_by_their_bytes() {
    let desk = Desk::with_book();
    desk.write("papers/letter.pdf", "%PDF-1.4\nletter");
    desk.write("papers/photo.pdf", b"\xFF\xD8\xFF\xE0photo");
    desk.write("again.pdf", "%PDF-1.4\nletter");
    insta::assert_snapshot!(desk.transcript(&[
        &["add", "papers", "--as", "letter", "--dated", "3 March 2026", "--by", "Elm School"],
        &["add", "again.pdf", "--as", "other"],
        &["show", "DOC-1"],
        &["add", "nothing-here.pdf", "--as", "letter"],
    ]));
}

#[test]
fn hostile_words_stay_words() {
    let desk = Desk::with_book();
    desk.write("a.eml", mail("a1", "red \u{1b}[31m and \u{202E}txt.exe", "bell \u{7} and \u{9b}2J"));
    desk.ok(&["import", "a.eml"]);
    for arguments in [&["timeline"][..], &["show", "MSG-1"], &["search", "bell"]] {
        let out = desk.ok(arguments);
        let commands = out.chars().any(|c| (c.is_control() && c != '\n') || c == '\u{202E}');
        assert!(!commands, "{arguments:?}: {out:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_book_is_for_its_owner_alone() {
    let desk = Desk::with_book();
    assert!(super::private(&desk.path("robin.daybook")));
}

/// Six processes write a note each, at once: none is lost, and nobody is told to wait.
#[test]
fn several_at_once() {
    let desk = Desk::with_book();
    std::thread::scope(|scope| {
        for number in 0..6 {
            let desk = &desk;
            scope.spawn(move || desk.ok(&["note", &format!("note {number}")]));
        }
    });
    let notes = desk.json(&["timeline", "--kind", "note"]);
    assert_eq!(notes["entries"].as_array().map(Vec::len), Some(6));
}
