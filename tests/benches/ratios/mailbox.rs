//! A mailbox of 50,000 e-mails against `sha256sum` of it and `mu index` of the same mails.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::measure::cost;
use super::{Mails, daybook, invented, new_book, row};

/// How many mails.
const MAILS: usize = 50_000;

/// The mails of the samples, which are short, and a mailbox whose mails are as long as real ones: every other one is
/// a page of 9 KB, so that they have 6 KB on average.
pub fn imported(desk: &Path, report: &mut String) {
    let mails = Mails::of_the_corpus();
    of_these(&desk.join("usual"), report, "usual", |number| {
        if number % 2 == 0 { invented(number, 130).into_bytes() } else { mails.another(number / 2) }
    });
    of_these(&desk.join("short"), report, "short", |number| mails.another(number));
}

fn of_these(desk: &Path, report: &mut String, length: &str, mail: impl Fn(usize) -> Vec<u8>) {
    fs::create_dir_all(desk).expect("a folder");
    let mailbox = desk.join("all.mbox");
    let maildir = desk.join("maildir");
    let has_mu = Command::new("mu").arg("--version").stdout(Stdio::null()).status().is_ok_and(|done| done.success());
    for folder in ["cur", "new", "tmp"].iter().filter(|_| has_mu) {
        fs::create_dir_all(maildir.join(folder)).expect("a folder");
    }
    let mut file = std::io::BufWriter::new(fs::File::create(&mailbox).expect("a file"));
    for number in 0..MAILS {
        let mail = mail(number);
        write_as_mbox(&mut file, &mail).expect("a file takes mail");
        if has_mu {
            fs::write(maildir.join("cur").join(format!("{number}.bench:2,S")), &mail).expect("a file");
        }
    }
    file.flush().expect("a file takes mail");
    drop(file);
    let megabytes = mailbox.metadata().map_or(0, |facts| facts.len()) / 1_000_000;

    let book = new_book(desk, "mailbox.daybook");
    let first = cost(daybook(&book).args(["import", "--from-device", "mine"]).arg(&mailbox));
    let again = cost(daybook(&book).args(["import", "--from-device", "mine"]).arg(&mailbox));
    let (read, new) = read_of(&book, &mailbox);
    if read < MAILS as u64 || new > 0 {
        writeln!(
            report,
            "**{read} of {MAILS} mails were read, and {new} were new at the third time: the rows say nothing** | | | |"
        )
        .expect("a string takes text");
    }
    let hash = cost(Command::new("sha256sum").arg(&mailbox));
    row(
        report,
        &format!("import a mailbox of {MAILS} {length} mails ({megabytes} MB)"),
        first.cpu,
        "sha256sum",
        hash.cpu,
    );
    row(report, "import it again", again.cpu, "first import", first.cpu);
    writeln!(
        report,
        "its anonymous memory | {:.0} MB | bar | 256 MB | {:.2}",
        first.anonymous,
        first.anonymous / 256.0
    )
    .expect("a string takes text");
    if has_mu {
        let home = desk.join("mu");
        let mu = |words: &[&str]| {
            let mut command = Command::new("mu");
            command.args(words).arg("--muhome").arg(&home).stderr(Stdio::null());
            command
        };
        let folder = format!("--maildir={}", maildir.display());
        assert!(
            mu(&["init", &folder]).stdout(Stdio::null()).status().expect("mu runs").success(),
            "mu takes the folder"
        );
        let index = cost(&mut mu(&["index", "--quiet"]));
        row(report, &format!("import the mailbox of {length} mails"), first.cpu, "mu index", index.cpu);
    } else {
        report.push_str("import the mailbox | | mu index | not installed | \n");
    }
}

/// How many mails an import reads, and how many it finds new.
pub fn read_of(book: &Path, mailbox: &Path) -> (u64, u64) {
    let mut import = daybook(book);
    import.args(["--json", "import", "--from-device", "mine"]).arg(mailbox).stdout(Stdio::piped());
    let said = import.output().expect("daybook runs");
    let report: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap_or_default();
    let total = |name: &str| report["totals"][name].as_u64().unwrap_or(0);
    (total("read"), total("new"))
}

/// The mail as `mboxrd`: a line before it, and a `>` before lines of its own that would look like one.
fn write_as_mbox(file: &mut impl std::io::Write, mail: &[u8]) -> std::io::Result<()> {
    file.write_all(b"From bench@bench.example Mon Mar  2 00:00:00 2026\n")?;
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        let behind = line.iter().position(|byte| *byte != b'>').unwrap_or(line.len());
        if line[behind..].starts_with(b"From ") {
            file.write_all(b">")?;
        }
        file.write_all(line)?;
    }
    file.write_all(if mail.ends_with(b"\n") { b"\n" } else { b"\n\n" })
}
