//! Papers with other people's pages: what they cost against `qpdf`, and how that grows.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::measure::{Cost, cost};
use super::scans;
use super::{daybook, new_book, row, write_invented};

/// 30 PDFs of 302 pages together become an exhibit; `qpdf` only puts them behind each other.
pub fn merged(desk: &Path, report: &mut String) {
    let parts = thirty_pdfs(desk);
    let book = new_book(desk, "thirty.daybook");
    add_and_choose(&book, &parts, "letter");
    let out = desk.join("exhibit.pdf");
    let ours = exhibit(&book, &out);
    let together = desk.join("together.pdf");
    let theirs = cost(Command::new("qpdf").arg("--empty").arg("--pages").args(&parts).arg("--").arg(&together));
    let (made, merged) = (pages(&out), pages(&together));
    row(
        report,
        &format!("exhibit of 30 PDFs, {merged} pages (paper: {made})"),
        ours.cpu,
        "qpdf merging them",
        theirs.cpu,
    );
    memory(report, "the same, memory", ours, 100.0);
    if made < merged {
        writeln!(
            report,
            "**the paper has fewer pages than its PDFs: they are not all shown, so the row says nothing** | | | |"
        )
        .expect("a string takes text");
    }
}

/// 2,000 pages with 200 photographs against 300 pages with 30.
pub fn growth(desk: &Path, report: &mut String) {
    let mut costs = Vec::new();
    for (name, mails, photographs) in [("small", 260, 30), ("large", 1_740, 200)] {
        let book = new_book(desk, &format!("{name}.daybook"));
        let letters = desk.join(format!("{name}-letters"));
        write_invented(&letters, mails, 25);
        assert!(
            daybook(&book).args(["import", "--from-device", "mine"]).arg(&letters).status().expect("runs").success()
        );
        let folder = desk.join(format!("{name}-photographs"));
        let files = scans::photographs(&folder, photographs, 3_000_000);
        assert!(daybook(&book).args(["add", "--as", "photo"]).args(&files).status().expect("runs").success());
        let out = desk.join(format!("{name}.pdf"));
        let made = cost(daybook(&book).args(["bundle", "--for", "evidence", "--to", "self", "-o"]).arg(&out));
        costs.push((pages(&out), made));
        fs::remove_dir_all(&folder).expect("our own folder");
    }
    let [(few, small), (many, large)] = costs[..] else { return };
    let times = f64::from(many) / f64::from(few.max(1));
    row(
        report,
        &format!("{many} pages with 200 photographs: {times:.1} times the pages"),
        large.cpu,
        &format!("{few} pages with 30"),
        small.cpu,
    );
    memory(report, &format!("the {few} pages, memory"), small, 300.0);
    memory(report, &format!("the {many} pages, memory"), large, 300.0);
}

/// 700 MB of scans.
pub fn scanned(desk: &Path, report: &mut String) {
    let files = scans::scanned_pdfs(&desk.join("scans"), 70, 5, 2_000_000);
    let bytes: u64 = files.iter().filter_map(|file| file.metadata().ok()).map(|facts| facts.len()).sum();
    let book = new_book(desk, "scans.daybook");
    add_and_choose(&book, &files, "report");
    let out = desk.join("scans.pdf");
    let ours = exhibit(&book, &out);
    let hash = cost(Command::new("sha256sum").args(&files));
    let size = out.metadata().map_or(0, |facts| facts.len()) / 1_000_000;
    let work = format!("exhibit of {} MB of scans ({} pages, {size} MB)", bytes / 1_000_000, pages(&out));
    row(report, &work, ours.cpu, "sha256sum of them", hash.cpu);
    memory(report, "the same, memory", ours, 200.0);
}

fn memory(report: &mut String, work: &str, cost: Cost, bar: f64) {
    writeln!(
        report,
        "{work} | {:.0} MB (anonymous {:.0}) | bar | {bar:.0} MB | {:.2}",
        cost.peak,
        cost.anonymous,
        cost.peak / bar
    )
    .expect("a string takes text");
}

fn exhibit(book: &Path, out: &Path) -> Cost {
    cost(daybook(book).args(["bundle", "--for", "exhibit", "--to", "court", "--exhibit", "AR1", "-o"]).arg(out))
}

/// Keeps files and chooses all of them for the exhibit.
fn add_and_choose(book: &Path, files: &[PathBuf], kind: &str) {
    let added = daybook(book).args(["add", "--dated", "3 March 2026", "--as", kind]).args(files).status();
    assert!(added.expect("daybook runs").success(), "files can be kept");
    let ids: Vec<String> = (1..=files.len()).map(|number| format!("DOC-{number}")).collect();
    let chosen = daybook(book).arg("choose").args(&ids).args(["--for", "exhibit", "--exhibit", "AR1"]).status();
    assert!(chosen.expect("daybook runs").success(), "documents can be chosen");
}

pub fn pages(pdf: &Path) -> u32 {
    let said = Command::new("qpdf").arg("--show-npages").arg(pdf).output().expect("qpdf is installed");
    String::from_utf8_lossy(&said.stdout).trim().parse().unwrap_or(0)
}

/// A paper of ours of more than 302 pages, cut into 29 files of 10 pages and one of 12.
fn thirty_pdfs(desk: &Path) -> Vec<PathBuf> {
    let letters = desk.join("to-cut");
    write_invented(&letters, 320, 25);
    let book = new_book(desk, "to-cut.daybook");
    assert!(daybook(&book).args(["import", "--from-device", "mine"]).arg(&letters).status().expect("runs").success());
    let whole = desk.join("to-cut.pdf");
    let made = daybook(&book).args(["bundle", "--for", "evidence", "--to", "self", "-o"]).arg(&whole).status();
    assert!(made.expect("daybook runs").success());
    assert!(pages(&whole) >= 302, "there is enough to cut");
    (0..30_u32)
        .map(|number| {
            let part = desk.join(format!("part-{:02}.pdf", number + 1));
            let last = if number == 29 { 302 } else { number * 10 + 10 };
            let range = format!("{}-{last}", number * 10 + 1);
            let cut = Command::new("qpdf").arg(&whole).args(["--pages", ".", &range, "--"]).arg(&part).status();
            assert!(cut.expect("qpdf is installed").success());
            part
        })
        .collect()
}
