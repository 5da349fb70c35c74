//! Mailboxes, zips and folders as a person brings them in.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::Desk;

fn mail(number: usize, from: &str, text: &str) -> String {
    format!(
        "From: {from}\nTo: Alex Reed <alex.reed@example.com>\nDate: Mon, {} Mar 2026 10:{:02}:{:02} +0000\n\
         Subject: Number {number}\nMessage-ID: <n{number}@example.com>\n\n{text}\n",
        1 + number % 28,
        number / 60 % 60,
        number % 60
    )
}

fn mailbox(mails: &[String]) -> String {
    mails.iter().fold(String::new(), |mailbox, mail| mailbox + "From - Mon Mar 02 10:00:00 2026\n" + mail + "\n")
}

pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = rawzip::ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in entries {
        let (mut entry, config) = zip
            .new_file(rawzip::path::EntryPath::verbatim(name.as_bytes()))
            .compression_method(rawzip::CompressionMethod::DEFLATE)
            .start()
            .expect("it begins");
        let packed = flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::default());
        let mut writer = config.wrap(packed);
        writer.write_all(bytes).expect("memory takes it");
        let (packed, descriptor) = writer.finish().expect("memory takes it");
        packed.finish().expect("memory takes it");
        entry.finish(descriptor).expect("memory takes it");
    }
    zip.finish().expect("memory takes it")
}

fn source<'a>(report: &'a Value, path: &str) -> &'a Value {
    let sources = report["sources"].as_array().expect("sources are a list");
    sources.iter().find(|source| source["path"] == path).unwrap_or_else(|| panic!("{path} is not in {report:#}"))
}

fn kinds(source: &Value) -> Vec<&str> {
    source["findings"].as_array().into_iter().flatten().filter_map(|finding| finding["kind"].as_str()).collect()
}

#[test]
fn a_mailbox_and_the_same_mails_elsewhere_are_the_same_messages() {
    let desk = Desk::with_book();
    let mails: Vec<String> = (0..30).map(|n| mail(n, "Sam Reed <sam@example.org>", &format!("Words {n}"))).collect();
    desk.write("Inbox", mailbox(&mails));
    let first = desk.json(&["import", "Inbox", "--from-device", "mine"]);
    assert_eq!((&first["totals"]["new"], &first["totals"]["read"]), (&30.into(), &30.into()), "{first:#}");
    assert_eq!(first["sources"][0]["format"], "mbox");
    let again = desk.json(&["import", "Inbox"]);
    assert_eq!((&again["totals"]["new"], &again["totals"]["duplicate"]), (&0.into(), &30.into()), "{again:#}");
    let copies =
        zip(&[("Takeout/Mail/All mail.mbox", mailbox(&mails).as_bytes()), ("saved/seven.eml", mails[7].as_bytes())]);
    desk.write("takeout.zip", copies);
    let report = desk.json(&["import", "takeout.zip"]);
    assert_eq!((&report["totals"]["new"], &report["totals"]["duplicate"]), (&0.into(), &31.into()), "{report:#}");
    let shown = desk.json(&["show", "MSG-8"]);
    let also = shown["also_in"].as_array().expect("it says where else it stands");
    let places: Vec<&str> = also.iter().filter_map(|one| one["path"].as_str()).collect();
    assert_eq!(places, ["takeout.zip/Takeout/Mail/All mail.mbox", "takeout.zip/saved/seven.eml"], "{shown:#}");
    assert_eq!(desk.json(&["verify"])["ok"], true);
}

#[test]
fn everything_in_a_zip_is_accounted_for_and_names_lead_nowhere() {
    let desk = Desk::with_book();
    let one = mail(1, "Sam Reed <sam@example.org>", "In a zip");
    let inner = zip(&[("a.eml", one.as_bytes())]);
    desk.write(
        "all.zip",
        zip(&[
            ("../../outside.eml", one.as_bytes()),
            ("C:\\mail\\two.eml", mail(2, "Sam Reed <sam@example.org>", "Two").as_bytes()),
            ("notes.txt", b"a list"),
            ("inner.zip", &inner),
            ("same.eml", mail(3, "s@example.org", "Three").as_bytes()),
            ("same.eml", mail(4, "s@example.org", "Four").as_bytes()),
        ]),
    );
    let report = desk.json(&["import", "all.zip", "--from-device", "mine"]);
    assert_eq!(report["totals"]["new"], 4, "{report:#}");
    assert_eq!(report["totals"]["not_understood"], 2, "{report:#}");
    let zip = source(&report, "all.zip");
    let mut found = kinds(zip);
    found.sort_unstable();
    assert_eq!(found, ["not-a-message", "odd-name", "odd-name", "zip-in-zip"]);
    for path in ["all.zip/outside.eml", "all.zip/mail/two.eml", "all.zip/same.eml", "all.zip/same.eml (entry 6)"] {
        source(&report, path);
    }
    assert!(!desk.path("../../outside.eml").exists());
    let again = desk.json(&["import", "all.zip"]);
    assert_eq!((&again["totals"]["new"], &again["totals"]["duplicate"]), (&0.into(), &4.into()), "{again:#}");
}

/// A zip that is built to harm, cut off or damaged is kept and said, never a failure.
#[test]
fn hostile_zips_cost_one_finding() {
    let desk = Desk::with_book();
    let bomb = zip(&[("zeros.mbox", &vec![b'\n'; 12 * 1024 * 1024][..])]);
    desk.write("z/bomb.zip", &bomb);
    let good = zip(&[("a.eml", mail(1, "s@example.org", &"words ".repeat(2_000)).as_bytes())]);
    desk.write("z/cut.zip", &good[..good.len() - 10]);
    let mut damaged = good.clone();
    damaged[80] ^= 0x55;
    desk.write("z/damaged.zip", &damaged);
    let mut locked = good.clone();
    let directory = locked.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").expect("it has a directory");
    locked[directory + 8] |= 1;
    desk.write("z/locked.zip", &locked);
    desk.write("z/empty.zip", zip(&[]));
    desk.write("z/takeout.tgz", b"\x1f\x8b\x08\0\0\0\0\0");
    let report = desk.json(&["import", "z", "--from-device", "mine"]);
    let check = |path: &str, expected: &[&str]| assert_eq!(kinds(source(&report, path)), expected, "{path} {report:#}");
    check("z/bomb.zip", &["zip-refused"]);
    check("z/cut.zip", &["zip-refused"]);
    check("z/locked.zip", &["locked"]);
    check("z/takeout.tgz", &["not-read"]);
    check("z/empty.zip", &[]);
    let text = report.to_string();
    assert!(text.contains("damaged inside its zip"), "{report:#}");
    assert_eq!(desk.json(&["verify"])["ok"], true);
}

#[test]
fn only_with_keeps_the_matching_mails_and_the_hash_of_the_whole() {
    let desk = Desk::with_book();
    let mails: Vec<String> = (0..20)
        .map(|n| {
            mail(n, if n % 4 == 0 { "Sam Reed <sam@example.org>" } else { "Shop <shop@example.net>" }, "private words")
        })
        .collect();
    desk.write("Inbox.mbox", mailbox(&mails));
    let report = desk.json(&["import", "Inbox.mbox", "--only-with", "Sam Reed"]);
    assert_eq!(
        (&report["totals"]["new"], &report["sources"][0]["whole"]["passed_over"]),
        (&5.into(), &15.into()),
        "{report:#}"
    );
    let whole = fs::read(desk.path("Inbox.mbox")).expect("it is there");
    assert_eq!(report["sources"][0]["whole"]["sha256"], daybook::model::Digest::of(&whole).to_string());
    assert_eq!(report["sources"][0]["whole"]["bytes"], whole.len());
    let shown = desk.json(&["show", "MSG-1"]);
    let original = &shown["originals"][0];
    assert_eq!(original["sha256"], daybook::model::Digest::of(mails[0].as_bytes()).to_string(), "{shown:#}");
    let book = fs::read(desk.path("robin.daybook")).expect("it is there");
    assert!(!book.windows(16).any(|window| window == b"shop@example.net"), "nothing of the others is kept");
}

#[test]
fn a_maildir_is_read_and_its_notes_are_passed_over() {
    let desk = Desk::with_book();
    desk.write("Maildir/cur/1.host:2,S", mail(1, "s@example.org", "One"));
    desk.write("Maildir/cur/2.host_2,DT", mail(2, "s@example.org", "Two"));
    desk.write("Maildir/new/3.host", mail(3, "s@example.org", "Three"));
    desk.write("Maildir/tmp/4.host", mail(4, "s@example.org", "Four"));
    desk.write("Maildir/dovecot-uidlist", "3 V1\n");
    let report = desk.json(&["import", "Maildir", "--from-device", "mine"]);
    assert_eq!(report["totals"]["new"], 3, "{report:#}");
    assert_eq!(kinds(source(&report, "Maildir/tmp")), ["passed-over"]);
    assert_eq!(kinds(source(&report, "Maildir/dovecot-uidlist")), ["passed-over"]);
}

/// The program is killed again and again, as by a power cut, at moments spread over a whole import; run again it
/// goes on, and the book is in the end what one uninterrupted import makes.
#[test]
fn a_killed_import_goes_on_where_it_was() {
    const MAILS: usize = 9_000;
    let desk = Desk::with_book();
    let text = "Some words that take a little time to read and to index. ".repeat(8);
    let mut mails: Vec<String> = (0..MAILS).map(|n| mail(n, "Sam Reed <sam@example.org>", &text)).collect();
    // Some are twice in the mailbox, which must not be counted otherwise when the import goes on.
    mails.extend((0..200).map(|n| mail(n * 40, "Sam Reed <sam@example.org>", &text)));
    let inbox = desk.write("Inbox.mbox", mailbox(&mails));
    let whole = desk.write("apart/empty", "").with_file_name("whole.daybook");
    fs::copy(desk.path("robin.daybook"), &whole).expect("a book is a file");
    let began = std::time::Instant::now();
    let expected = import_to_its_end(&whole, &inbox);
    let takes = began.elapsed();
    let of = |name: &str| expected["totals"][name].as_u64().expect("a number");
    assert_eq!((of("new"), of("duplicate")), (MAILS as u64, 200));
    // Each book is killed more than once, at other moments; the shorter the whole takes, the sooner.
    for (round, parts) in [[0.15, 0.45, 0.6], [0.3, 0.55, 0.35]].into_iter().enumerate() {
        let mut times = 1.0;
        let book = (0..)
            .map(|attempt| {
                let book = desk.path(&format!("apart/killed-{round}-{attempt}.daybook"));
                fs::copy(desk.path("robin.daybook"), &book).expect("a book is a file");
                let killed = parts.iter().all(|part| killed_after(&book, &inbox, takes.mul_f64(part * times)));
                // A machine that is quicker this time ended before it was killed: then sooner, in another copy.
                times /= 2.0;
                (book, killed)
            })
            .find_map(|(book, killed)| killed.then_some(book))
            .expect("in the end it is killed");
        gone_on_to_its_end(&desk, &book, &inbox, (&whole, &expected));
    }
}

/// Imports the rest into a book whose import was killed, and holds it against one that was not.
fn gone_on_to_its_end(desk: &Desk, book: &Path, inbox: &Path, (whole, expected): (&Path, &Value)) {
    let last = import_to_its_end(book, inbox);
    assert_eq!(last["totals"], expected["totals"]);
    assert_eq!(last["sources"], expected["sources"]);
    assert!(messages(book) == messages(whole), "the messages are the same");
    let name = book.display().to_string();
    let verified = desk.json(&["--book", &name, "verify"]);
    assert_eq!(verified["ok"], true, "{verified:#}");
    let connection = rusqlite::Connection::open(book).expect("a book is a SQLite file");
    let received = connection.query_row("SELECT count(*) FROM receiving", [], |row| row.get::<_, i64>(0));
    assert_eq!(received.expect("it answers"), 1, "nothing half received is left");
}

fn importing(book: &Path, what: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_daybook"));
    command.arg("--no-input").arg("--json").arg("--book").arg(book).arg("import").arg(what);
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

fn import_to_its_end(book: &Path, what: &Path) -> Value {
    let done = importing(book, what).output().expect("the program runs");
    let report: Value = serde_json::from_slice(&done.stdout).expect("a report");
    assert!(report["totals"].is_object(), "{report:#}");
    report
}

/// Whether the program was still at work when it was killed.
fn killed_after(book: &Path, what: &Path, after: Duration) -> bool {
    let mut child = importing(book, what).stdout(Stdio::null()).spawn().expect("the program runs");
    std::thread::sleep(after);
    let at_work = child.try_wait().expect("it can be waited for").is_none();
    if at_work {
        child.kill().expect("it can be killed");
    }
    child.wait().expect("it ends");
    at_work
}

/// Every message of a book, without what depends on chance.
fn messages(book: &Path) -> Vec<(i64, String)> {
    let connection = rusqlite::Connection::open(book).expect("a book is a SQLite file");
    let mut statement =
        connection.prepare("SELECT number, body FROM record WHERE noun = 'MSG' ORDER BY row").expect("a query");
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("it answers");
    let all: Vec<(i64, String)> = rows.collect::<Result<_, _>>().expect("rows");
    let bare = |body: String| {
        let mut body: Value = serde_json::from_str(&body).expect("a body is JSON");
        for by_chance in ["salt", "written_at"] {
            body.as_object_mut().expect("an object").remove(by_chance);
        }
        body.to_string()
    };
    all.into_iter().map(|(id, body)| (id, bare(body))).collect()
}
