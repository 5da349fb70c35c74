//! Papers of others in whole papers, made by the program: a filled form, an attachment, and files that cannot be shown.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::Desk;

/// Objects of a PDF, the first being its catalog, with a table that finds them.
fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", bytes.len());
        bytes.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let start = bytes.len();
    let size = objects.len() + 1;
    bytes.extend(format!("{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    bytes
}

fn stream(entries: &str, content: &str) -> String {
    format!("<< {entries} /Length {} >>\nstream\n{content}\nendstream", content.len())
}

/// Two pages; the first has a form field with a value and its look, the second is turned and has ink at its foot.
fn filled_form() -> Vec<u8> {
    let font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    let one = stream("", "BT /F1 14 Tf 70 700 Td (Form C100, page one) Tj ET");
    let two = stream("", "BT /F1 14 Tf 0 1 -1 0 570 60 Tm (Foot of page two) Tj ET");
    let look = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 7 0 R >> >>",
        "BT /F1 12 Tf 2 5 Td (Filled in by hand) Tj ET",
    );
    let page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 7 0 R >> >>";
    pdf(&[
        "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [8 0 R] >> >>",
        "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
        &format!("<< {page} /Contents 5 0 R /Annots [8 0 R] >>"),
        &format!("<< {page} /Contents 6 0 R /Rotate 90 >>"),
        &one,
        &two,
        font,
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Filled in by hand) /Rect [70 600 270 620] /F 4 /P 3 0 R \
         /AP << /N 9 0 R >> >>",
        &look,
    ])
}

fn one_page(words: &str) -> Vec<u8> {
    pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        &stream("", &format!("BT /F1 14 Tf 70 700 Td ({words}) Tj ET")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ])
}

fn mail_with(attachment: &[u8]) -> Vec<u8> {
    let mut mail = b"From: Sam Reed <sam@example.org>\r\nTo: Alex Reed <alex@example.com>\r\n\
        Date: Fri, 6 Mar 2026 17:20:00 +0000\r\nMessage-ID: <letter@example.org>\r\nSubject: The letter\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\
        Content-Type: text/plain\r\n\r\nThe letter is attached.\r\n--b\r\n\
        Content-Type: application/octet-stream; name=\"letter.pdf\"\r\n\
        Content-Disposition: attachment; filename=\"letter.pdf\"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        .to_vec();
    mail.extend(attachment);
    mail.extend(b"\r\n--b--\r\n");
    mail
}

fn desk() -> Desk {
    let desk = Desk::with_book();
    desk.write("form.pdf", filled_form());
    desk.write("broken.pdf", b"%PDF-1.7\nnothing that can be read");
    desk.write("letter.eml", mail_with(&one_page("The attached letter")));
    desk.ok(&["add", "form.pdf", "--as", "application", "--title", "Application", "--dated", "5 March 2026"]);
    desk.ok(&["add", "broken.pdf", "--as", "letter", "--title", "Broken letter", "--dated", "7 March 2026"]);
    desk.ok(&["import", "letter.eml"]);
    desk
}

const PAPER: &str = "paper.pdf";

fn make(desk: &Desk) -> String {
    desk.ok(&["bundle", "--for", "evidence", "--to", "solicitor", "-o", PAPER])
}

fn manifest(desk: &Desk) -> serde_json::Value {
    let bytes = fs::read(desk.path("paper.check/manifest.json")).expect("the manifest is there");
    serde_json::from_slice(&bytes).expect("it is JSON")
}

/// Text of one page, by a reader that is not ours; `None` where it is not installed.
fn text_of(file: &Path, page: usize) -> Option<String> {
    let page = page.to_string();
    let output = Command::new("pdftotext").args(["-f", &page, "-l", &page]).arg(file).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_filled_form_and_an_attachment_are_printed_numbered_linked_and_proved() {
    let desk = desk();
    make(&desk);
    if let Ok(checked) = Command::new("qpdf").arg("--check").arg(desk.path(PAPER)).output() {
        assert!(checked.status.success(), "{checked:?}");
    }
    let manifest = manifest(&desk);
    let pages = manifest["pages"].as_array().expect("pages");
    let exhibits: Vec<(usize, &serde_json::Value)> =
        pages.iter().enumerate().filter(|(_, page)| page["exhibit"].is_object()).collect();
    assert_eq!(exhibits.len(), 3, "{manifest:#}");
    let entries = manifest["entries"].as_array().expect("entries");
    let titled = |part: &str| entries.iter().find(|entry| entry["title"].as_str().is_some_and(|t| t.contains(part)));
    let attached = titled("Attachment 1 to the e-mail of 6 March 2026: letter.pdf").expect("its own entry");
    let form = titled("Application").expect("its own entry");
    assert!(titled("Broken letter").expect("an entry")["title"].as_str().expect("text").contains("page in its place"));
    for (entry, words) in [(attached, "The attached letter"), (form, "Filled in by hand")] {
        let at = entry["pdf_page"].as_u64().expect("a number") as usize;
        let label = entry["first_page"].as_str().expect("a label");
        assert_eq!(pages[at - 1]["label"], label);
        if let Some(text) = text_of(&desk.path(PAPER), at) {
            assert!(text.contains(words) && text.contains(label), "{text}");
        }
        // The index leads there.
        let links = manifest["links"].as_array().expect("links");
        assert!(links.iter().any(|link| link["to"].as_u64() == Some(at as u64)), "{entry}");
    }
    let verified = desk.run(&["verify", PAPER]);
    assert_eq!(verified.exit, 0, "{} {}", verified.out, verified.err);
}

#[test]
fn pages_that_changed_places_are_found_by_verify_and_named() {
    let desk = desk();
    make(&desk);
    let bytes = fs::read(desk.path(PAPER)).expect("the paper");
    // The two pages of the form in the page tree, one after the other.
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let manifest = manifest(&desk);
    let pages = manifest["pages"].as_array().expect("pages");
    let entry = manifest["entries"]
        .as_array()
        .expect("entries")
        .iter()
        .find(|entry| entry["title"].as_str().is_some_and(|title| title.contains("Application")));
    let at = entry.expect("the form")["pdf_page"].as_u64().expect("a number") as usize - 1;
    let kids = text.find("/Kids [").expect("a page tree") + "/Kids [".len();
    let kids = &text[kids..kids + text[kids..].find(']').expect("an end")];
    let mut order: Vec<&str> = kids.split(" 0 R").map(str::trim).filter(|kid| !kid.is_empty()).collect();
    order.swap(at, at + 1);
    let swapped = order.iter().map(|kid| format!("{kid} 0 R")).collect::<Vec<_>>().join(" ");
    assert_eq!(swapped.len(), kids.len());
    let start = bytes.windows(kids.len()).position(|window| window == kids.as_bytes()).expect("the kids");
    let mut changed = bytes.clone();
    changed[start..start + swapped.len()].copy_from_slice(swapped.as_bytes());
    fs::write(desk.path(PAPER), changed).expect("the paper is written");
    let verified = desk.run(&["verify", PAPER]);
    assert_ne!(verified.exit, 0);
    let label = pages[at]["label"].as_str().expect("a label");
    let said = format!("{} {}", verified.out, verified.err).split_whitespace().collect::<Vec<_>>().join(" ");
    let expected = format!("Page {label} should be page 1 of “form.pdf” and shows page 2 of it.");
    assert!(said.contains(&expected), "{expected} is not in {said}");
}

#[test]
fn a_confidential_word_on_a_page_of_others_stops_the_paper_and_an_earlier_edition_stays() {
    let desk = desk();
    make(&desk);
    let before = fs::read(desk.path(PAPER)).expect("the paper");
    desk.ok(&["confidential", "add", "Filled in by hand"]);
    let refused = desk.run(&["bundle", "--for", "evidence", "--to", "solicitor", "-o", PAPER, "--replace"]);
    assert_ne!(refused.exit, 0);
    let said = refused.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Leave that file out"), "{said}");
    assert!(!said.contains("Filled in by hand"), "the word itself is not repeated");
    assert_eq!(fs::read(desk.path(PAPER)).expect("the paper"), before);
    let left: Vec<_> = fs::read_dir(desk.path("")).expect("the desk").filter_map(Result::ok).collect();
    let names: Vec<String> = left.iter().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    assert!(!names.iter().any(|name| name.starts_with(".tmp") || name.starts_with(".daybook-")), "{names:?}");
}

/// A file that leads about within itself, or to a page it does not have, was taken for a paper with wrong links, and
/// no paper could be made of it.
#[test]
fn a_file_with_links_of_its_own_is_no_hindrance() {
    let desk = Desk::with_book();
    let page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842]";
    let link = "/Type /Annot /Subtype /Link /Rect [70 600 270 620] /Border [0 0 1]";
    let linked = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
        &format!("<< {page} /Annots [<< {link} /Dest [4 0 R /Fit] >> << {link} /Dest [99 0 R /Fit] >>] >>"),
        &format!("<< {page} /Annots [<< {link} /A << /S /URI /URI (https://example.com/) >> >>] >>"),
    ]);
    let file = desk.write("contents.pdf", linked);
    desk.ok(&["add", &file.display().to_string(), "--as", "report"]);
    let made = desk.json(&["bundle", "--for", "evidence", "--to", "self", "-o", "paper.pdf"]);
    assert_eq!(made["proof"]["ok"], true, "{made}");
    let bytes = fs::read(desk.path("paper.pdf")).expect("the paper");
    assert!(!bytes.windows(11).any(|window| window == b"example.com"), "nothing leads out of it");
}

/// All the public PDFs in one paper: made, read back and compared page by page with their sources.
#[test]
#[expect(clippy::print_stderr, reason = "a test says what it passed over")]
fn every_public_file_in_one_paper() {
    let Some(corpus) = crate::sources::corpus() else {
        eprintln!("skipped: the public samples are not here");
        return;
    };
    let desk = Desk::with_book();
    desk.ok(&["add", &corpus.join("pdf").display().to_string(), "--as", "other"]);
    let made = desk.json(&["bundle", "--for", "evidence", "--to", "self", "-o", "paper.pdf"]);
    assert_eq!(made["proof"]["ok"], true, "{made}");
    let in_their_place: Vec<&str> = made["entries"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry["title"].as_str()?.strip_suffix(" (page in its place)"))
        .collect();
    let locked = [
        "pypdf_encrypted-file",
        "pypdf_r4-aes-user-password",
        "pypdf_r6-both-passwords",
        "sample-files_libreoffice-writer-password",
    ];
    assert_eq!(in_their_place, [&locked[..], &["SOURCES"]].concat(), "these ask for a password; the last is no PDF");
}
