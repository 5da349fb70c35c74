//! Files as they really come: cut, changing, twice, of a kind that is not read. One bad item costs one warning.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

use super::Desk;

fn source<'a>(report: &'a Value, path: &str) -> &'a Value {
    let all = report["sources"].as_array().expect("sources are a list");
    all.iter().find(|source| source["path"] == path).unwrap_or_else(|| panic!("{path} is accounted for: {report:#}"))
}

fn kinds(source: &Value) -> Vec<&str> {
    source["findings"].as_array().into_iter().flatten().filter_map(|finding| finding["kind"].as_str()).collect()
}

/// A mailbox that a mail program still writes to while it is read.
#[test]
fn a_file_that_changes_while_it_is_read_is_said() {
    let desk = Desk::with_book();
    let mail = "From s@example.org Fri Sep 18 17:00:00 2026\nFrom: s@example.org\nDate: Fri, 18 Sep 2026 17:00:00 +0100\n\nwords\n\n";
    let path = desk.write("live.mbox", [mail, &"filler of a long mail\n".repeat(120_000)].concat());
    let stop = Arc::new(AtomicBool::new(false));
    let writer = std::thread::spawn({
        let stop = Arc::clone(&stop);
        move || {
            let mut file = OpenOptions::new().append(true).open(path).expect("the mailbox can be written");
            while !stop.load(Ordering::Relaxed) {
                file.write_all(b"more\n").expect("the mailbox can be written");
                std::thread::sleep(Duration::from_millis(1));
            }
        }
    });
    let report = desk.json(&["import", "live.mbox", "--from-device", "mine"]);
    stop.store(true, Ordering::Relaxed);
    writer.join().expect("the writer ends");
    assert_eq!(kinds(source(&report, "live.mbox")), ["changed-while-read"], "{report:#}");
    assert_eq!(report["totals"]["new"], 1, "what was there at that time is kept");
    assert_eq!(desk.json(&["verify"])["ok"], true);
}

/// A disk that takes nothing: the import leaves what it reads as it was, and a book there is refused in plain words.
#[test]
fn a_disk_that_cannot_be_written() {
    let desk = Desk::with_book();
    let path = desk.write("stick/calls.csv", "Number,Type,Date,Duration\n07700 900123,Missed,2026-03-01 17:04:05,0\n");
    let folder = path.parent().expect("it is in a folder").to_owned();
    for (path, mode) in [(&path, 0o444), (&folder, 0o555)] {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
        fs::set_permissions(path, mode).expect("permissions can be set");
    }
    let before = fs::metadata(&folder).and_then(|about| about.modified()).expect("it has a time");
    let report = desk.json(&["import", "stick", "--from-device", "mine"]);
    assert_eq!(report["totals"]["new"], 1, "{report:#}");
    let listed = fs::read_dir(&folder).expect("it can be listed").count();
    let after = fs::metadata(&folder).and_then(|about| about.modified()).expect("it has a time");
    assert_eq!((listed, after), (1, before));
    fs::set_permissions(&folder, std::os::unix::fs::PermissionsExt::from_mode(0o755)).expect("permissions can be set");
    // Nothing can be written there, whoever asks.
    let refused = desk.run(&[
        "new",
        "/proc/robin",
        "--practice",
        "--me",
        "Alex Reed",
        "--other",
        "Sam Reed",
        "--child",
        "Robin Reed",
    ]);
    assert_eq!(refused.exit, 1, "{}", refused.err);
    assert!(refused.err.contains("/proc/robin") && !refused.err.contains("panicked"), "{}", refused.err);
}

#[test]
fn the_same_file_under_two_names_is_one() {
    let desk = Desk::with_book();
    let chat = "13/09/2026, 17:02 - Sam Reed: Handover at five?\n13/09/2026, 17:03 - Alex Reed: Five is fine\n";
    let calls = "Number,Type,Date,Duration\n07700 900123,Missed,2026-03-01 17:04:05,0\n07700 900123,Missed,2026-03-01 17:04:05,0\n";
    for (name, bytes) in
        [("a/chat.txt", chat), ("b/copy of chat.txt", chat), ("a/calls.csv", calls), ("b/calls (1).csv", calls)]
    {
        desk.write(&format!("all/{name}"), bytes);
    }
    let report = desk.json(&["import", "all", "--from-device", "mine"]);
    let totals = &report["totals"];
    assert_eq!((&totals["new"], &totals["duplicate"]), (&4.into(), &4.into()), "{report:#}");
    assert_eq!(desk.json(&["verify"])["ok"], true);
}

/// A chat pasted into a message, and lines that look like the beginning of a mail.
#[test]
fn what_is_quoted_is_no_message() {
    let desk = Desk::with_book();
    desk.write(
        "chat.txt",
        "13/09/2026, 17:02 - Sam Reed: look what she wrote\n[12/09/2026, 08:00:01] Jo Lambert: I will be late\n\
         [12/09/2026, 08:00:05] Sam Reed: fine\nFrom: somebody\nDate: 1 Jan 2026\n\n13/09/2026, 17:03 - Alex Reed: Five is fine\n",
    );
    let report = desk.json(&["import", "chat.txt", "--from-device", "mine"]);
    assert_eq!(report["totals"]["new"], 2, "{report:#}");
    assert!(kinds(source(&report, "chat.txt")).contains(&"quoted-headers"), "{report:#}");
    let first = desk.json(&["show", "MSG-1"]);
    assert!(
        first["text"].as_str().is_some_and(|text| text.contains("I will be late\n") && text.contains("From: somebody"))
    );
}

/// Databases, locked backups and Outlook's own files: each is named, with what to export instead.
#[test]
fn what_is_not_read_says_what_to_do_instead() {
    let desk = Desk::with_book();
    let schema =
        |table: &str| [&b"SQLite format 3\0"[..], &[0; 84], b"CREATE TABLE ", table.as_bytes(), b" (a)"].concat();
    let signal = [&b"\0\0\0\x36\x0a\x34\x0a\x10"[..], &[7; 16], b"\x12\x20", &[7; 32]].concat();
    let files: [(&str, Vec<u8>, &str); 6] = [
        ("one", schema("message_attachment_join"), "imessage-exporter"),
        ("two", schema("jid_row_id"), "Export chat"),
        ("msgstore.db.crypt15", b"\x44\x01\x08\x01\x1a".to_vec(), "Export chat"),
        ("three", b"!BDN\0\0\0\0SM".to_vec(), ".msg"),
        ("four", b"!BDN\0\0\0\0SO".to_vec(), ".msg"),
        ("five", signal, "screenshot"),
    ];
    for (name, bytes, _) in &files {
        desk.write(&format!("phone/{name}"), bytes);
    }
    let report = desk.json(&["import", "phone", "--from-device", "mine"]);
    for (name, _, next) in &files {
        let finding = &source(&report, &format!("phone/{name}"))["findings"][0];
        assert_eq!(finding["kind"], "not-read", "{name}: {report:#}");
        assert!(finding["next"].as_str().is_some_and(|words| words.contains(next)), "{name}: {finding:#}");
    }
    assert_eq!(report["totals"]["not_understood"], 6, "{report:#}");
}

/// A call in the hour that happens twice says so wherever it is shown.
#[test]
fn a_call_in_a_doubtful_hour_says_so() {
    let desk = Desk::with_book();
    desk.write(
        "calls.csv",
        "Name,Number,Type,Date,Duration\nSam Reed,07700 900123,Missed,25/10/2025 01:30,0\nSam Reed,07700 900123,Missed,26/10/2025 01:30,0\n",
    );
    let report = desk.json(&["import", "calls.csv", "--from-device", "mine"]);
    assert!(kinds(source(&report, "calls.csv")).contains(&"repeated-hour"), "{report:#}");
    let sure = desk.json(&["show", "MSG-1"]);
    let doubtful = desk.json(&["show", "MSG-2"]);
    let remark = |shown: &Value| shown["when"]["remark"].as_str().map(str::to_owned);
    assert_eq!(remark(&sure), None, "{sure:#}");
    assert!(remark(&doubtful).is_some_and(|remark| remark.contains("which of the two hours")), "{doubtful:#}");
    let shown = desk.ok(&["show", "MSG-2"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(shown.contains("which of the two hours"), "{shown}");
}

/// Habit alone does not decide the dates of a list of calls: at a terminal it is asked.
#[test]
fn the_order_of_dates_in_calls_is_asked() {
    let desk = Desk::with_book();
    let calls =
        "Number,Type,Date,Duration\n07700 900123,Missed,03/04/2025 17:04,0\n07700 900123,Missed,05/06/2025 17:04,0\n";
    let path = desk.write("calls.csv", calls).display().to_string();
    let unsaid = desk.json(&["import", "calls.csv", "--from-device", "mine"]);
    assert_eq!(kinds(source(&unsaid, "calls.csv")), ["date-order-undecided"], "{unsaid:#}");
    let (terminal, exit) = desk.typing(&["import", &path, "--from-device", "mine"], &["1"]);
    assert_eq!(exit, 0, "{} {}", terminal.said, terminal.printed);
    assert!(terminal.said.contains("from Thursday 3 April 2025 to Thursday 5 June 2025"), "{}", terminal.said);
    let shown = desk.json(&["show", "MSG-1"]);
    assert!(shown["when"]["start"].as_str().is_some_and(|start| start.starts_with("2025-04-03T17:04")), "{shown:#}");
}

/// Which address is the user's is asked once, where e-mails come and none of theirs is known.
#[test]
fn which_address_is_mine_is_asked_once() {
    let mail = |number: usize, from: &str, to: &str| {
        format!(
            "From: {from}\nTo: {to}\nDate: Fri, {number} Jan 2026 17:00:00 +0000\nMessage-ID: <{number}@x>\n\nwords {number}\n"
        )
    };
    let desk = Desk::with_book();
    desk.write("mail/1.eml", mail(2, "Sam <sam@example.org>", "alex@example.com"));
    desk.write("mail/2.eml", mail(9, "alex@example.com", "Jo <jo@example.org>"));
    let path = desk.path("mail").display().to_string();
    let (terminal, exit) = desk.typing(&["import", &path, "--from-device", "mine"], &["1"]);
    assert_eq!(exit, 0, "{} {}", terminal.said, terminal.printed);
    assert!(terminal.said.contains("Which of these is you in these e-mails?"), "{}", terminal.said);
    assert!(!terminal.printed.contains("alex@example.com (2"), "it is nobody's no longer: {}", terminal.printed);
    assert!(desk.ok(&["show", "PER-1"]).contains("alex@example.com"));
    desk.write("mail/3.eml", mail(16, "Sam <sam@example.org>", "alex@example.com"));
    let (terminal, _) = desk.typing(&["import", &path, "--from-device", "mine"], &[]);
    assert!(!terminal.said.contains("Which of these is you"), "{}", terminal.said);
    // Without questions the flag says it.
    let quiet = Desk::with_book();
    quiet.write("mail/1.eml", mail(2, "Sam <sam@example.org>", "alex@example.com"));
    quiet.json(&["import", "mail", "--from-device", "mine", "--me", "alex@example.com"]);
    assert!(quiet.ok(&["show", "PER-1"]).contains("alex@example.com"));
}
