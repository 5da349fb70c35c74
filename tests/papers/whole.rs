//! Whole papers, as files, made by the program and looked at with readers that are not ours.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::Desk;

const BUNDLE: &str = "demo/Reed evidence 2026-11-23.pdf";
const EXHIBIT: &str = "demo/Exhibit AR1 2026-11-23.pdf";
const HEARING: &str = "demo/Hearing bundle 2026-12-14.pdf";
const CHRONOLOGY: &str = "demo/Chronology 2026-11-23.pdf";
const SCHEDULE: &str = "demo/C79 schedule 2026-11-23.pdf";
const MEDIATION: &str = "demo/Confidential_Mediation 2026-11-23.pdf";
const CALL: &str = "demo/Confidential_Call 2026-11-23.pdf";
const BOOK: &str = "demo/reed-practice.daybook";

fn demonstrated() -> Desk {
    let desk = Desk::bare();
    desk.ok(&["demo", "demo"]);
    desk
}

/// Says which outside reader is not there, so that a test that looked at nothing does not pass in silence.
fn skipped(tool: &str) {
    let mut err = std::io::stderr();
    writeln!(err, "skipped: {tool} is not installed").expect("standard error");
}

/// Runs an outside reader; `None` where it is not installed, and says so.
fn outside(tool: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let Ok(output) = Command::new(tool).args(arguments).arg(file).output() else {
        skipped(tool);
        return None;
    };
    assert!(output.status.success(), "{tool} finds a fault in {}: {output:?}", file.display());
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn outside_readers_find_no_fault_and_every_script() {
    let desk = demonstrated();
    for paper in [BUNDLE, EXHIBIT, HEARING, CHRONOLOGY, MEDIATION, CALL] {
        outside("qpdf", &["--check"], &desk.path(paper));
    }
    let text = Command::new("pdftotext").arg(desk.path(BUNDLE)).arg("-").output();
    let Ok(text) = text else {
        skipped("pdftotext");
        return;
    };
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    for words in [
        "Kochany Aleksie",
        "żółtej łódce",
        "tŷ yn barod",
        "\u{1F642}",
        "\u{1F44D}\u{1F3FD}",
        "Friday 18 September 2026",
    ] {
        assert!(text.contains(words), "{words} is found by pdftotext");
    }
    // Readers differ in how they order a passage from right to left; a word is a word in all of them.
    assert!(text.contains("الخامسة") || text.contains("ةسماخلا"), "the Arabic words are found by pdftotext");
}

/// An exhibit that was handed over keeps its own numbers in the hearing bundle, and those of the bundle stand below
/// them: once they were printed over each other on a page that had been copied into the exhibit.
#[test]
fn an_exhibit_in_the_hearing_bundle_keeps_its_numbers_above_those_of_the_bundle() {
    let desk = demonstrated();
    let bytes = fs::read(desk.path(HEARING)).expect("the paper is there");
    let observed = daybook::pdf::observe(&bytes).expect("it can be read back");
    let pages: Vec<_> = observed.pages.iter().filter(|page| page.label.starts_with('C')).collect();
    let mut seen = 0;
    for page in &pages {
        let down =
            |text: &str| page.runs.iter().filter(|run| run.text.trim() == text).map(|run| run.at.1).reduce(f32::max);
        let Some(own) = (1..=10).rev().filter_map(|number| down(&format!("AR1-{number}"))).reduce(f32::max) else {
            continue;
        };
        let ours = down(&page.label).expect("the bundle's number is printed");
        assert!(ours - own > 12.0, "{}: the exhibit's number stands above the bundle's, {own} and {ours}", page.label);
        seen += 1;
    }
    assert_eq!(seen, 10, "every page of the exhibit is there");
}

/// The front sheet of that exhibit leads to its pages, in the bundle as well.
#[test]
fn the_contents_of_an_exhibit_still_lead_to_its_pages_in_the_hearing_bundle() {
    let desk = demonstrated();
    let bytes = fs::read(desk.path(HEARING)).expect("the paper is there");
    let observed = daybook::pdf::observe(&bytes).expect("it can be read back");
    let front = observed.pages.iter().position(|page| page.text.contains("This is the exhibit marked")).expect("it");
    let to: Vec<usize> = observed.pages[front].links.iter().filter_map(|link| link.page).collect();
    assert!(to.contains(&(front + 1)) && to.contains(&(front + 9)), "{to:?}");
    assert_eq!(desk.run(&["verify", HEARING]).exit, 0);
}

#[test]
fn labels_outline_and_links_are_there_for_a_reader_that_is_not_ours() {
    let desk = demonstrated();
    let Some(json) = outside("qpdf", &["--json", "--json-key=pagelabels", "--json-key=outlines"], &desk.path(BUNDLE))
    else {
        return;
    };
    let json: serde_json::Value = serde_json::from_str(&json).expect("qpdf writes JSON");
    let labels: Vec<String> = json["pagelabels"]
        .as_array()
        .expect("there are labels")
        .iter()
        .filter_map(|label| label["label"]["/P"].as_str().map(|prefix| prefix.trim_start_matches("u:").to_owned()))
        .collect();
    for letter in ["A", "B", "C", "D", "E"] {
        assert!(labels.iter().any(|prefix| prefix.starts_with(letter)), "section {letter} has its labels: {labels:?}");
    }
    let sections = json["outlines"].as_array().expect("there is an outline");
    assert_eq!(sections.len(), 5, "a bookmark a section");
    assert!(sections.iter().all(|section| !section["kids"].as_array().expect("nested").is_empty()));
}

#[test]
fn nothing_privileged_or_private_is_in_a_paper_for_others_or_beside_it() {
    let desk = demonstrated();
    let mut texts = Vec::new();
    for paper in [BUNDLE, EXHIBIT, HEARING, CHRONOLOGY, SCHEDULE] {
        let bytes = fs::read(desk.path(paper)).expect("the paper is there");
        let observed = daybook::pdf::observe(&bytes).expect("it can be read back");
        assert_eq!(observed.forbidden, Vec::<String>::new());
        texts.extend(observed.pages.into_iter().map(|page| page.text));
        texts.extend(observed.outline.into_iter().map(|bookmark| bookmark.title));
        for file in fs::read_dir(desk.path(paper).with_extension("check")).expect("the check folder is there") {
            texts.push(fs::read_to_string(file.expect("a file").path()).expect("it is text"));
        }
        // The photograph's place, as EXIF writes it, is not in the file.
        assert!(!bytes.windows(6).any(|window| window == b"Exif\0\0"), "{paper} carries no EXIF");
    }
    let all = texts.join("\n");
    for word in ["Wednesdays after school", "Jo Lambert", "my advice", "goggles next time", "@example", "Larch Close"] {
        assert!(!all.contains(word), "“{word}” must not be in a paper for others");
    }
}

#[test]
fn the_same_book_and_clock_give_the_same_bytes() {
    let desk = demonstrated();
    let make = |book: &str, paper: &str| {
        desk.ok(&["--book", book, "bundle", "--for", "evidence", "--to", "solicitor", "-o", paper]);
        fs::read(desk.path(paper)).expect("the paper is there")
    };
    fs::copy(desk.path(BOOK), desk.path("copy.daybook")).expect("a closed book is one file");
    fs::create_dir(desk.path("one")).expect("a folder");
    fs::create_dir(desk.path("two")).expect("a folder");
    let one = make(BOOK, "one/paper.pdf");
    let two = make("copy.daybook", "two/paper.pdf");
    assert!(one == two, "two papers of the same book at the same moment are the same bytes");
}

#[test]
fn a_changed_paper_is_found_and_the_page_is_named() {
    let desk = demonstrated();
    let paper = desk.path(BUNDLE);
    assert_eq!(desk.run(&["verify", BUNDLE]).exit, 0);
    let mut bytes = fs::read(&paper).expect("the paper is there");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&paper, &bytes).expect("it can be written");
    let checked = desk.json(&["verify", BUNDLE]);
    assert_eq!(checked["ok"], false);
    assert!(checked["findings"].as_array().is_some_and(|findings| !findings.is_empty()));
}

#[test]
fn pages_of_another_edition_do_not_pass_as_this_one() {
    let desk = demonstrated();
    let other = "demo/other.pdf";
    desk.ok(&[
        "--book",
        BOOK,
        "bundle",
        "--for",
        "evidence",
        "--to",
        "solicitor",
        "--until",
        "1 July 2026",
        "-o",
        other,
    ]);
    fs::copy(desk.path(other), desk.path(BUNDLE)).expect("it can be put in its place");
    let answered = desk.run(&["--book", BOOK, "verify", BUNDLE]);
    assert_eq!(answered.exit, 1, "{}", answered.out);
}

#[test]
fn a_confidential_word_stops_the_paper_and_nothing_is_left() {
    let desk = demonstrated();
    desk.ok(&["--book", BOOK, "confidential", "add", "Elmgrove Library", "--kind", "other"]);
    let answered = desk.run(&["--book", BOOK, "bundle", "--for", "evidence", "--to", "court", "-o", "stopped.pdf"]);
    assert_eq!(answered.exit, 1);
    assert!(!answered.err.contains("Elmgrove"), "the word itself is not repeated: {}", answered.err);
    assert!(!desk.path("stopped.pdf").exists() && !desk.path("stopped.check").exists());
    // For oneself nothing is held back.
    desk.ok(&["--book", BOOK, "bundle", "--for", "evidence", "--to", "self", "-o", "own.pdf"]);
}

#[test]
fn an_earlier_edition_is_never_overwritten_unasked() {
    let desk = demonstrated();
    let before = fs::read(desk.path(BUNDLE)).expect("the paper is there");
    let answered = desk.run(&["--book", BOOK, "bundle", "--for", "evidence", "--to", "self", "-o", BUNDLE]);
    assert_ne!(answered.exit, 0);
    assert!(fs::read(desk.path(BUNDLE)).expect("it is still there") == before);
    desk.ok(&["--book", BOOK, "bundle", "--for", "evidence", "--to", "self", "-o", BUNDLE, "--replace"]);
    assert!(fs::read(desk.path(BUNDLE)).expect("it is there") != before);
    let leftovers: Vec<PathBuf> = fs::read_dir(desk.path("demo"))
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')))
        .collect();
    assert_eq!(leftovers, Vec::<PathBuf>::new(), "nothing passing is left behind");
}

#[test]
fn the_steps_that_a_check_folder_tells_work_as_they_are_written() {
    let desk = demonstrated();
    let folder = desk.path(BUNDLE).with_extension("check");
    let sums = Command::new("sha256sum").args(["-c", "SHA256SUMS"]).current_dir(&folder).output();
    let Ok(sums) = sums else {
        skipped("sha256sum");
        return;
    };
    assert!(sums.status.success(), "{}", String::from_utf8_lossy(&sums.stdout));
    let how = fs::read_to_string(folder.join("how-to-check.txt")).expect("it is there");
    let start = how.find("h=$(printf").expect("the shell lines are there");
    let end = how[start..].find("\n\n").expect("they end") + start;
    let output = Command::new("sh").arg("-c").arg(&how[start..end]).current_dir(&folder).output().expect("sh is there");
    let printed = String::from_utf8_lossy(&output.stdout);
    let head = printed.lines().last().expect("it prints the head");
    assert!(how.contains(&format!("  {head}\n")), "{printed}");
}

#[test]
fn a_word_let_stand_with_a_reason_does_not_fail_the_check_later() {
    let desk = demonstrated();
    desk.ok(&["--book", BOOK, "confidential", "add", "Elmgrove Library", "--kind", "other"]);
    let allowed = "confidential-word=the handover place is known to everybody";
    desk.ok(&["--book", BOOK, "bundle", "--for", "evidence", "--to", "court", "-o", "c.pdf", "--override", allowed]);
    desk.ok(&["--book", BOOK, "verify", "c.pdf"]);
}
