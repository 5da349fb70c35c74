//! Pages of others in a paper: planned, laid out, written, read back and proved; and what the proof says when one
//! of them is not what it should be. The foreign files are made here, so that every kind of box is among them.

use std::io::Write;

use super::exhibit;
use super::given::{Given, shown};
use super::observe::observe_page_by_page;
use super::writer::Output;
use super::{FileFacts, PdfError, compose, manifest_of, observe_paper, write};
use crate::bundle::{
    Anchor, BundlePlan, ForeignPage, ForeignPages, MadeFrom, Manifest, Paper, PlannedEntry, Proof, SeenNow, SourceFile,
    prove,
};
use crate::layout::{Laid, lay_out, sample};
use crate::model::Digest;

/// A page to be made: its boxes and entries, what it draws, and annotations.
struct Made {
    entries: String,
    content: String,
}

/// A page of this size with a line of words at a height.
fn words(entries: &str, words: &str, (x, y): (i32, i32)) -> Made {
    Made { entries: entries.to_owned(), content: format!("BT /F1 12 Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET") }
}

/// A foreign PDF of these pages.
fn foreign(pages: &[Made]) -> Vec<u8> {
    const MEMORY: &str = "memory can be written";
    let mut bytes = Vec::new();
    let mut out = Output::begin(&mut bytes).expect(MEMORY);
    let (catalog, tree) = (out.reserve(), out.reserve());
    let font = out.add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>").expect(MEMORY);
    let mut kids = String::new();
    for page in pages {
        let content = out.reserve();
        out.stream(content, b"", page.content.as_bytes()).expect(MEMORY);
        let body = format!(
            "<< /Type /Page /Parent {} {} /Contents {} /Resources << /Font << /F1 {} >> >> >>",
            tree.reference(),
            page.entries,
            content.reference(),
            font.reference()
        );
        kids += &format!("{} ", out.add(body.as_bytes()).expect(MEMORY).reference());
    }
    out.object(tree, format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", pages.len()).as_bytes()).expect(MEMORY);
    out.object(catalog, format!("<< /Type /Catalog /Pages {} >>", tree.reference()).as_bytes()).expect(MEMORY);
    let info = out.add(b"<< >>").expect(MEMORY);
    out.finish(catalog, info).expect(MEMORY);
    bytes
}

/// A letter of four pages of A4 without anything at their feet.
fn letter() -> Vec<u8> {
    let page = |number: i32| words("/MediaBox [0 0 595 842]", &format!("Letter, page {number} of 4"), (70, 700));
    foreign(&[page(1), page(2), page(3), page(4)])
}

/// One page of every awkward kind.
fn awkward() -> Vec<u8> {
    let foot = |entries: &str, text: &str| words(entries, text, (60, 22));
    foreign(&[
        foot("/MediaBox [0 0 595 842]", "Ink at the foot of an upright page"),
        foot("/MediaBox [0 0 842 595] /CropBox [20 10 800 560]", "Ink at the foot of a cropped page"),
        words("/MediaBox [0 0 595 842] /Rotate 90", "Turned by a quarter", (60, 400)),
        words("/MediaBox [0 0 595 842] /Rotate 180", "Turned by a half", (60, 800)),
        words("/MediaBox [0 0 595 842] /Rotate 270 /CropBox [10 20 500 700]", "Turned by three quarters", (30, 300)),
        words("/MediaBox [0 0 300 420] /UserUnit 2", "In large units", (60, 380)),
        words("/MediaBox [-100 -50 200 370]", "Its corner is not at nought", (-80, 300)),
        words("/MediaBox [0 0 60 40]", "Tiny", (5, 20)),
        words("/MediaBox [0 0 3.84 10]", ".", (1, 5)),
    ])
}

fn survey(file: &[u8]) -> exhibit::Survey {
    exhibit::survey(file.to_vec()).expect("the file can be shown")
}

fn entry(file: &[u8], name: &str, number: u32) -> PlannedEntry {
    let thousandths = |points: f32| (points * 1000.0).round() as u32;
    let pages = survey(file).pages.into_iter().map(|page| ForeignPage {
        width: thousandths(page.width),
        height: thousandths(page.height),
        growth: thousandths(page.foot.growth()),
        fingerprint: page.fingerprint,
    });
    PlannedEntry {
        anchor: Anchor::named(format!("DOC-{number}")),
        id: None,
        version: None,
        date: "18 Sep 2026".to_owned(),
        title: name.to_owned(),
        head_right: String::new(),
        sources: vec![Digest::of(file)],
        paper: Paper::Foreign(ForeignPages { source: Digest::of(file), pages: pages.collect() }),
    }
}

/// The sample paper with these files at the end of its second section.
fn plan(files: &[(&[u8], &str)]) -> BundlePlan {
    let mut plan = sample::evidence();
    for (number, (file, name)) in (90_u32..).zip(files) {
        plan.sections[1].entries.push(entry(file, name, number));
        let source =
            SourceFile { name: (*name).to_owned(), bytes: file.len() as u64, media_type: "application/pdf".to_owned() };
        plan.sources.insert(Digest::of(file), source);
    }
    plan
}

/// A paper with files of others, and all that is needed to prove it.
struct Stand {
    laid: Laid,
    manifest: Manifest,
    given: Given,
    /// The index of the first page of others.
    first: usize,
}

impl Stand {
    fn of(plan: BundlePlan, files: &[&[u8]]) -> Self {
        let from = MadeFrom { book: "b-1".into(), tool: "Daybook 0.1.0".into(), journal: (412, Digest::of(b"head")) };
        let laid = lay_out(&plan).expect("it can be laid out");
        let manifest = manifest_of(&plan, &laid, &from, &shown(&laid));
        let plan = plan.with_manifest(manifest.digest());
        let laid = lay_out(&plan).expect("it can be laid out");
        let first = laid.pages.iter().position(|page| page.foreign.is_some()).expect("there are pages of others");
        Stand { laid, manifest, given: Given::files(files), first }
    }

    fn letter() -> Self {
        Stand::of(plan(&[(&letter(), "School letter.pdf")]), &[&letter()])
    }

    fn bytes_of(&mut self, laid: &Laid) -> Vec<u8> {
        let facts = FileFacts {
            title: self.manifest.title.clone(),
            language: "en-GB".to_owned(),
            made: self.manifest.made,
            edition: self.manifest.edition.to_string(),
            opens_at: self.manifest.index.map_or(0, |(first, _)| first - 1),
        };
        let composed = compose(&laid.pages).expect("it can be drawn");
        let mut bytes = Vec::new();
        write(laid, &facts, composed, &mut self.given, &mut bytes).expect("it can be written");
        bytes
    }

    fn bytes(&mut self) -> Vec<u8> {
        let laid = self.laid.clone();
        self.bytes_of(&laid)
    }

    fn proof(&self, bytes: Vec<u8>, confidential: &[&str]) -> Proof {
        let observed = observe_paper(bytes, &self.manifest).expect("it can be read back");
        let confidential: Vec<String> = confidential.iter().map(|word| (*word).to_owned()).collect();
        let mut proof = prove(&self.manifest, &observed, &confidential);
        let seen: SeenNow = self
            .given
            .files
            .iter()
            .map(|(digest, file)| (*digest, Ok(survey(file).pages.iter().map(|page| page.fingerprint).collect())))
            .collect();
        proof.compare_with(&self.manifest, &seen);
        proof
    }

    /// What is said of a file, about pages of others.
    fn said(&self, bytes: Vec<u8>) -> Vec<String> {
        let about = |kind: &str| kind.starts_with("exhibit") || kind.starts_with("page-extra") || kind == "page-count";
        let findings = self.proof(bytes, &[]).findings;
        findings.into_iter().filter(|finding| about(&finding.kind)).map(|finding| finding.what).collect()
    }

    fn label(&self, page: usize) -> &str {
        &self.manifest.pages[self.first + page].label
    }
}

/// Writes a paper into the folder `DAYBOOK_WRITE_SAMPLE` names, for looking at.
fn look_at(bytes: &[u8], name: &str) {
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    if let Some(folder) = std::env::var_os("DAYBOOK_WRITE_SAMPLE") {
        std::fs::write(std::path::Path::new(&folder).join(name), bytes).expect("the folder can be written to");
    }
}

#[test]
fn pages_of_every_kind_stand_in_a_paper_and_are_read_back() {
    let files = [awkward(), letter()];
    let mut stand = Stand::of(plan(&[(&files[0], "Awkward.pdf"), (&files[1], "Letter.pdf")]), &[&files[0], &files[1]]);
    let bytes = stand.bytes();
    look_at(&bytes, "strangers.pdf");
    assert_eq!(bytes, stand.bytes(), "the same paper is the same bytes");
    super::tests::check_with_qpdf(&bytes);
    let proof = stand.proof(bytes, &["not in the paper"]);
    assert_eq!(proof.findings, []);
    assert_eq!(proof.checks.exhibit_pages, 13);
}

#[test]
fn every_page_of_a_practice_book_is_marked() {
    let file = awkward();
    let mut practice = plan(&[(&file, "Awkward.pdf")]);
    practice.practice = true;
    let mut stand = Stand::of(practice, &[&file]);
    let bytes = stand.bytes();
    look_at(&bytes, "strangers-practice.pdf");
    let observed = observe_paper(bytes.clone(), &stand.manifest).expect("it can be read back");
    // A large paper is read through a window at a time, and found the same.
    let by_page = observe_page_by_page(bytes.clone(), &stand.manifest).expect("it can be read back");
    assert_eq!(by_page, observed);
    for page in &observed.pages[stand.first..stand.first + 9] {
        let put_on: Vec<&str> = page.put_on.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(put_on, ["PRACTICE", &page.label]);
        let [mark, number] = &page.put_on[..] else { unreachable!() };
        assert!((number.at.1 - mark.at.1).abs() > 14.0, "they do not touch: {:?}", page.put_on);
        assert!(page.put_on.iter().all(|run| run.at.0 > 0.0 && run.end.0 < page.size.0 && run.at.1 > 8.0));
    }
    assert_eq!(stand.proof(bytes, &[]).findings, []);
}

#[test]
fn a_page_too_small_for_its_number_grows_and_it_is_said() {
    let file = awkward();
    let stand = Stand::of(plan(&[(&file, "Awkward.pdf")]), &[&file]);
    let grown: Vec<&str> = stand
        .laid
        .findings
        .iter()
        .filter(|finding| finding.kind == "page-too-small")
        .map(|finding| finding.place.as_str())
        .collect();
    // The page of 60 by 40 points has ink at its foot and grows for that; it is wide enough.
    assert_eq!(grown, [format!("page {}", stand.label(8))]);
    let tiny = &stand.laid.pages[stand.first + 8];
    assert!(tiny.width > 20.0 && tiny.width < 40.0 && tiny.height >= 44.0, "{} {}", tiny.width, tiny.height);
}

#[test]
fn a_file_shown_in_several_places_is_copied_once() {
    let file = letter();
    let mut plan = plan(&[(&file, "School letter.pdf")]);
    let mut again = entry(&file, "The same letter", 95);
    again.anchor = Anchor::named("DOC-95");
    plan.sections[2].entries.push(again);
    let mut stand = Stand::of(plan, &[&file]);
    let bytes = stand.bytes();
    assert_eq!(stand.given.exhibits, 1);
    super::tests::check_with_qpdf(&bytes);
    assert_eq!(stand.proof(bytes.clone(), &[]).findings, []);
    let content = b"(Letter, page 3 of 4)";
    assert!(bytes.windows(content.len()).filter(|window| window == content).count() <= 1);
}

#[test]
fn swapped_pages_are_found_and_named() {
    let mut stand = Stand::letter();
    let (third, fourth) = (stand.first + 2, stand.first + 3);
    let mut laid = stand.laid.clone();
    let foreign = (laid.pages[third].foreign, laid.pages[fourth].foreign);
    (laid.pages[fourth].foreign, laid.pages[third].foreign) = foreign;
    let bytes = stand.bytes_of(&laid);
    let (one, other) = (stand.label(2), stand.label(3));
    assert_eq!(
        stand.said(bytes),
        [
            format!("Page {one} should be page 3 of “School letter.pdf” and shows page 4 of it."),
            format!("Page {other} should be page 4 of “School letter.pdf” and shows page 3 of it."),
        ]
    );
}

#[test]
fn a_doubled_page_is_found_and_the_one_it_covers_is_missed() {
    let mut stand = Stand::letter();
    let mut laid = stand.laid.clone();
    laid.pages[stand.first + 1].foreign = laid.pages[stand.first].foreign;
    let bytes = stand.bytes_of(&laid);
    let label = stand.label(1);
    assert_eq!(
        stand.said(bytes),
        [
            format!("Page {label} should be page 2 of “School letter.pdf” and shows page 1 of it."),
            "Page 2 of “School letter.pdf” is nowhere in the file.".to_owned(),
        ]
    );
}

#[test]
fn a_dropped_page_is_found_and_those_behind_it_are_named() {
    let mut stand = Stand::letter();
    let mut laid = stand.laid.clone();
    laid.outline.clear();
    laid.pages.remove(stand.first + 3);
    let places = laid.places.values_mut().filter(|place| place.page > stand.first);
    places.for_each(|place| place.page -= 1);
    let bytes = stand.bytes_of(&laid);
    let said = stand.said(bytes);
    assert!(said[0].starts_with("The file has "), "{said:?}");
    assert!(said.contains(&"Page 4 of “School letter.pdf” is nowhere in the file.".to_owned()), "{said:?}");
}

#[test]
fn a_shifted_box_a_changed_word_and_a_covered_page_are_found() {
    let mut stand = Stand::letter();
    let bytes = stand.bytes();
    let label = stand.label(0).to_owned();
    let changed = format!(
        "Page {label} should be page 1 of “School letter.pdf” and shows something else, or something was changed on it."
    );
    for (from, to) in [
        (&b"/CropBox [0 0 595 842]"[..], &b"/CropBox [9 0 595 842]"[..]),
        (b"(Letter, page 1 of 4)", b"(Letter, page 7 of 4)"),
        // What is put onto a page draws the number and nothing else.
        (b"/DaybookNumber Do Q\n", b"0 0 99 99 re f     \n"),
    ] {
        let said = stand.said(replaced(&bytes, from, to));
        assert!(said.contains(&changed), "{}: {said:?}", String::from_utf8_lossy(from));
    }
}

/// The first place where `from` stands, with `to` in its stead: both of one length, so that nothing moves.
fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = bytes.windows(from.len()).position(|window| window == from);
    let at = at.unwrap_or_else(|| panic!("{} is in the file", String::from_utf8_lossy(from)));
    let mut changed = bytes.to_vec();
    changed[at..at + to.len()].copy_from_slice(to);
    changed
}

#[test]
fn another_picture_is_found() {
    let mut stand = Stand::letter();
    let bytes = stand.bytes();
    let picture = super::photo::tests::picture().bytes;
    let mut other = picture.clone();
    let last = other.len() - 4;
    other[last] ^= 1;
    let proof = stand.proof(replaced(&bytes, &picture, &other), &[]);
    let kinds: Vec<&str> = proof.findings.iter().map(|finding| finding.kind.as_str()).collect();
    assert!(!kinds.is_empty() && kinds.iter().all(|kind| *kind == "picture"), "{kinds:?}");
}

#[test]
fn the_kept_file_itself_is_compared_not_what_was_remembered_of_it() {
    let mut stand = Stand::letter();
    let bytes = stand.bytes();
    // The pages of the kept file have changed places since the paper was planned.
    let page = |number: i32| words("/MediaBox [0 0 595 842]", &format!("Letter, page {number} of 4"), (70, 700));
    let turned = foreign(&[page(2), page(1), page(3), page(4)]);
    stand.given.files.insert(Digest::of(&letter()), turned);
    let (one, two) = (stand.label(0), stand.label(1));
    assert_eq!(
        stand.said(bytes),
        [
            format!("Page {one} is named as page 1 of “School letter.pdf”; in the kept file it is page 2."),
            format!("Page {two} is named as page 2 of “School letter.pdf”; in the kept file it is page 1."),
        ]
    );
}

#[test]
fn a_confidential_word_on_a_page_of_others_stops_the_paper_and_says_what_to_do() {
    let mut stand = Stand::letter();
    let bytes = stand.bytes();
    let proof = stand.proof(bytes, &["Letter, page 2"]);
    let [finding] = &proof.findings[..] else { panic!("{:?}", proof.findings) };
    assert_eq!((finding.kind.as_str(), &*finding.place), ("confidential-word", &*format!("page {}", stand.label(1))));
    assert!(finding.next.contains("Leave that file out"), "{}", finding.next);
}

#[test]
fn a_file_that_changed_since_the_plan_is_refused_before_anything_is_handed_over() {
    let mut stand = Stand::letter();
    let small = words("/MediaBox [0 0 300 300]", "Other", (70, 100));
    stand.given.files.insert(Digest::of(&letter()), foreign(&[small]));
    let facts = FileFacts {
        title: String::new(),
        language: "en-GB".into(),
        made: stand.manifest.made,
        edition: "BND-7".into(),
        opens_at: 0,
    };
    let composed = compose(&stand.laid.pages).expect("it can be drawn");
    let result = write(&stand.laid, &facts, composed, &mut stand.given, &mut Vec::new());
    assert!(matches!(result, Err(PdfError::Exhibit { .. })), "{result:?}");
}

/// A disk with room for so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0 == 0 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_said_wherever_it_fills() {
    let mut stand = Stand::letter();
    let whole = stand.bytes().len();
    for room in [0, 1, 20, whole / 4, whole / 2, whole - 1] {
        let facts = FileFacts {
            title: stand.manifest.title.clone(),
            language: "en-GB".into(),
            made: stand.manifest.made,
            edition: "BND-7".into(),
            opens_at: 0,
        };
        let composed = compose(&stand.laid.pages).expect("it can be drawn");
        let result = write(&stand.laid, &facts, composed, &mut stand.given, &mut Full(room));
        assert!(matches!(result, Err(PdfError::Write(_))), "room for {room}: {result:?}");
    }
}
