//! How Daybook's costs compare with stock tools, in one run on one machine: `cargo bench`, or only some of it:
//! `cargo bench -- mails papers`.
//!
//! - `mails`: importing 10,000 saved e-mails, and importing them again, against `sha256sum` of the same files;
//! - `bundle`: an `evidence` bundle of about 300 pages of messages, against `qpdf --check` of the finished file;
//! - `reading`: one month of `timeline`, one `show` and one `search` in a book of 100,000 messages, against an empty book;
//! - `papers`: an exhibit of 30 PDFs, 302 pages, against `qpdf` merging the same files;
//! - `growth`: 2,000 pages with 200 photographs of 3 MB against 300 pages with 30;
//! - `scans`: an exhibit of 700 MB of scans;
//! - `mailbox`: 50,000 e-mails in one mailbox, of usual length and short, against `sha256sum` of it and `mu index` of the same mails;
//! - `whatsapp`: a chat of 100,000 messages, against `sha256sum` of it;
//! - `texts`: a backup of text messages of 300 MB, most of it pictures, against `sha256sum` of it;
//! - `sessions`: ten years of three overlapping orders, against a loop over the same days in Python;
//! - `sizes`: the memory that imports of 5 MB and of 500 MB hold; `huge`, only when it is named: of a mailbox of 5 GB.
//!
//! The e-mails are the `.eml` files below `DAYBOOK_CORPUS`, each many times over with a Message-ID and
//! a Date of its own; without that folder, invented ones. CPU seconds are those the system counts for child
//! processes (`/proc/self/stat`, hundredths of a second), so this runs on Linux.

#[path = "ratios/chats.rs"]
mod chats;
#[path = "ratios/mailbox.rs"]
mod mailbox;
#[path = "ratios/measure.rs"]
mod measure;
#[path = "ratios/papers.rs"]
mod papers;
#[path = "ratios/scans.rs"]
mod scans;
#[path = "ratios/sessions.rs"]
mod sessions;
#[path = "ratios/sizes.rs"]
mod sizes;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use measure::cpu;

const DAYBOOK: &str = env!("CARGO_BIN_EXE_daybook");

type Part = fn(&Path, &mut String);

const PARTS: [(&str, Part); 12] = [
    ("mails", mails),
    ("bundle", bundle),
    ("reading", reading),
    ("papers", papers::merged),
    ("growth", papers::growth),
    ("scans", papers::scanned),
    ("mailbox", mailbox::imported),
    ("whatsapp", chats::whatsapp),
    ("texts", chats::texts),
    ("sessions", sessions::ten_years),
    ("sizes", sizes::measured),
    ("huge", sizes::huge),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // `cargo test --benches` and `cargo clippy` pass flags; only a real `cargo bench` measures.
    if !arguments.iter().any(|argument| argument == "--bench") {
        return;
    }
    let asked: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    let mut report = String::from("work | CPU s | against | CPU s | ratio\n--- | --- | --- | --- | ---\n");
    for (name, part) in PARTS {
        if (asked.is_empty() && name != "huge") || asked.iter().any(|word| *word == name) {
            let desk = tempfile::tempdir().expect("a temporary folder");
            part(desk.path(), &mut report);
        }
    }
    writeln!(std::io::stdout(), "\n{report}").expect("standard output");
}

fn mails(desk: &Path, report: &mut String) {
    let folder = desk.join("mails");
    let (files, bytes) = write_mails(&folder, 10_000);
    let book = new_book(desk, "mails.daybook");
    let hash = cpu(Command::new("sh")
        .arg("-c")
        .arg(format!("find '{}' -type f -print0 | xargs -0 sha256sum", folder.display())));
    let first = cpu(daybook(&book).args(["import", "--from-device", "mine"]).arg(&folder));
    let again = cpu(daybook(&book).args(["import", "--from-device", "mine"]).arg(&folder));
    row(report, &format!("import {files} e-mails ({} MB)", bytes / 1_000_000), first, "sha256sum", hash);
    row(report, "import them again", again, "first import", first);
}

fn bundle(desk: &Path, report: &mut String) {
    let folder = desk.join("letters");
    write_invented(&folder, 290, 25);
    let book = new_book(desk, "letters.daybook");
    cpu(daybook(&book).args(["import", "--from-device", "mine"]).arg(&folder));
    let pdf = desk.join("evidence.pdf");
    let made = cpu(daybook(&book).args(["bundle", "--for", "evidence", "--to", "self", "-o"]).arg(&pdf));
    let check = cpu(Command::new("qpdf").arg("--check").arg(&pdf));
    let pages = papers::pages(&pdf);
    row(report, &format!("`evidence` bundle, {pages} pages, made and read back"), made, "qpdf --check", check);
}

fn reading(desk: &Path, report: &mut String) {
    let folder = desk.join("many");
    write_invented(&folder, 100_000, 3);
    let (empty, full) = (new_book(desk, "empty.daybook"), new_book(desk, "full.daybook"));
    cpu(daybook(&full).args(["import", "--from-device", "mine"]).arg(&folder));
    let commands: [&[&str]; 3] = [
        &["timeline", "--from", "2026-03-01", "--until", "2026-03-31"],
        &["show", "MSG-50000"],
        &["search", "library"],
    ];
    for command in commands {
        let (many, none) = (wall(&full, command), wall(&empty, command));
        writeln!(
            report,
            "`{}` in 100,000 messages | {:.0} ms | empty book | {:.0} ms | {:+.0} ms",
            command.join(" "),
            many,
            none,
            many - none
        )
        .expect("a string takes text");
    }
}

fn row(report: &mut String, work: &str, ours: f64, against: &str, theirs: f64) {
    let ratio = ours / theirs.max(0.01);
    writeln!(report, "{work} | {ours:.2} | {against} | {theirs:.2} | {ratio:.1}").expect("a string takes text");
}

fn new_book(desk: &Path, name: &str) -> PathBuf {
    let book = desk.join(name);
    let made = daybook(&book)
        .arg("new")
        .arg(&book)
        .args(["--me", "Alex Reed", "--other", "Sam Reed", "--child", "Robin Reed"])
        .status()
        .expect("daybook runs");
    assert!(made.success(), "a new book could be made");
    book
}

fn daybook(book: &Path) -> Command {
    let mut command = Command::new(DAYBOOK);
    command.arg("--no-input").arg("--book").arg(book).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The best of five, in milliseconds of wall clock, as a whole process.
fn wall(book: &Path, command: &[&str]) -> f64 {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            let done = daybook(book).args(command).status().expect("daybook runs");
            // An empty book has no MSG-50000; everything else must be answered.
            assert!(done.success() || command[0] == "show", "{command:?} is answered");
            start.elapsed().as_secs_f64() * 1000.0
        })
        .fold(f64::INFINITY, f64::min)
}

/// Real e-mails many times over, each copy with its own Message-ID; invented ones without a corpus.
fn write_mails(folder: &Path, count: usize) -> (usize, u64) {
    let mails = Mails::of_the_corpus();
    fs::create_dir_all(folder).expect("a folder");
    for number in 0..count {
        fs::write(folder.join(format!("{number:05}.eml")), mails.another(number)).expect("a file");
    }
    (count, folder_bytes(folder))
}

/// E-mails to be repeated.
struct Mails {
    samples: Vec<Vec<u8>>,
}

impl Mails {
    fn of_the_corpus() -> Self {
        #[expect(clippy::disallowed_methods, reason = "a benchmark is an edge of its own")]
        let corpus = std::env::var_os("DAYBOOK_CORPUS").map(PathBuf::from);
        let mut samples = Vec::new();
        if let Some(corpus) = corpus {
            collect(&corpus, &mut samples);
        }
        if samples.is_empty() {
            samples = (0..500).map(|number| invented(number, 12).into_bytes()).collect();
        }
        Mails { samples }
    }

    fn another(&self, number: usize) -> Vec<u8> {
        as_another(&self.samples[number % self.samples.len()], number)
    }
}

/// The same mail with a Message-ID and a Date of its own, so that no two copies are one message.
fn as_another(mail: &[u8], number: usize) -> Vec<u8> {
    let (days, seconds) = (number / 86_400, number % 86_400);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let date = format!("Date: {} Mar 2026 {hour:02}:{minute:02}:{second:02} +0000", 2 + days);
    let mut copy = format!("Message-ID: <copy-{number}@bench.example>\n").into_bytes();
    let own = mail.windows(6).position(|window| window == b"\nDate:");
    if let Some(start) = own {
        let end = mail[start + 1..].iter().position(|byte| *byte == b'\n').map_or(mail.len(), |at| start + 1 + at);
        copy.extend_from_slice(&mail[..=start]);
        copy.extend_from_slice(date.as_bytes());
        copy.extend_from_slice(&mail[end..]);
    } else {
        copy.extend_from_slice(date.as_bytes());
        copy.push(b'\n');
        copy.extend_from_slice(mail);
    }
    copy
}

fn collect(folder: &Path, samples: &mut Vec<Vec<u8>>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, samples);
        } else if path.extension().is_some_and(|ending| ending == "eml") {
            samples.extend(fs::read(&path));
        }
    }
}

fn write_invented(folder: &Path, count: usize, lines: usize) {
    fs::create_dir_all(folder).expect("a folder");
    for number in 0..count {
        fs::write(folder.join(format!("{number:06}.eml")), invented(number, lines)).expect("a file");
    }
}

fn invented(number: usize, lines: usize) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const WORDS: [&str; 16] = [
        "handover",
        "library",
        "Friday",
        "weekend",
        "Robin",
        "swimming",
        "goggles",
        "train",
        "school",
        "half-term",
        "collect",
        "return",
        "birthday",
        "holiday",
        "tomorrow",
        "evening",
    ];
    let (from, to) = if number.is_multiple_of(2) {
        ("Alex Reed <alex@example.com>", "Sam Reed <sam@example.org>")
    } else {
        ("Sam Reed <sam@example.org>", "Alex Reed <alex@example.com>")
    };
    let (month, day, hour) = (1 + number / 28 % 12, 1 + number % 28, number % 24);
    let year = 2016 + number / 10_000;
    let mut mail = format!(
        "From: {from}\nTo: {to}\nDate: {day} {} {year} {hour:02}:15:00 +0000\nSubject: About number {number}\nMessage-ID: <invented-{number}@bench.example>\n\n",
        MONTHS[month - 1]
    );
    for line in 0..lines {
        for word in 0..10 {
            let pick = (number * 7 + line * 13 + word * 5 + number / 16) % WORDS.len();
            mail.push_str(WORDS[pick]);
            mail.push(' ');
        }
        mail.push('\n');
    }
    mail
}

fn folder_bytes(folder: &Path) -> u64 {
    fs::read_dir(folder)
        .expect("a folder")
        .filter_map(Result::ok)
        .filter_map(|entry| entry.metadata().ok())
        .map(|m| m.len())
        .sum()
}
