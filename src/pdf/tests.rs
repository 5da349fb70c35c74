//! A small paper laid out by hand, written, read back and proved; and what the proof says of a file
//! that was tampered with. The page drawing here is the tests' own, so that nothing but this room is tested.

use std::collections::BTreeMap;

use super::given::{Given, shown};
use super::writer::{Output, byte_string};
use super::{FileFacts, PdfError, manifest_of, observe, photo, write};
use crate::bundle::{
    Anchor, BundlePlan, Cover, EventPage, Heading, HowToCheck, MadeFrom, Manifest, Numbering, Observed, Paper,
    PlannedEntry, Proof, Section, SourceFile, prove,
};
use crate::layout::{Bookmark, FontIndex, Ink, Item, Laid, LinkArea, Page, Position, TextRun};
use crate::model::{Digest, Instant, Noun, Profile, Reader, RecordId};

/// A letter is half as wide as it is high, in the font of these tests.
const ADVANCE: f32 = 0.5;
const WIDTH: f32 = 595.28;
const HEIGHT: f32 = 841.89;

fn text(words: &str, at: (f32, f32)) -> Item {
    let (font, ink) = (FontIndex(0), Ink::Black);
    Item::Text(TextRun { font, size: 12.0, at, ink, text: words.to_owned(), glyphs: Vec::new() })
}

fn page(label: &str, lines: &[&str]) -> Page {
    let mut items: Vec<Item> =
        lines.iter().enumerate().map(|(row, words)| text(words, (70.0, 100.0 + 20.0 * row as f32))).collect();
    let wide = 12.0 * ADVANCE * label.len() as f32;
    items.push(text(label, ((WIDTH - wide) / 2.0, HEIGHT - 28.35)));
    Page { width: WIDTH, height: HEIGHT, label: label.to_owned(), items, links: Vec::new(), foreign: None }
}

fn link(page: &mut Page, row: usize, to: &str) {
    let area = (68.0, 88.0 + 20.0 * row as f32, 460.0, 16.0);
    page.links.push(LinkArea { area, to: Anchor::named(to) });
}

/// What a `HowToCheck` page prints, in four lines.
fn digest_lines(digest: Digest) -> [String; 2] {
    let eights = digest.in_eights();
    [eights[..36].to_owned(), eights[36..].to_owned()]
}

fn laid(manifest: Digest) -> Laid {
    let digest = digest_lines(manifest);
    let mut pages = vec![
        page("A1", &["Chronological bundle of evidence", "Alex Reed"]),
        page("A2", &["Index", "Nobody came to the handover B1", "A call that was kept B2", "How to check C1"]),
        page("B1", &["Friday 18 September 2026", "Nobody came (see B2)", "Index A2"]),
        page("B2", &["Saturday 19 September 2026", "Café “Zoë”: a call was kept (so said)", "Index A2"]),
        page("C1", &["How to check", &digest[0], &digest[1]]),
    ];
    link(&mut pages[1], 1, "INC-1");
    link(&mut pages[1], 2, "INC-2");
    link(&mut pages[1], 3, "check");
    link(&mut pages[2], 1, "INC-2");
    link(&mut pages[2], 2, "index");
    link(&mut pages[3], 2, "index");
    let anchors = ["cover", "index", "INC-1", "INC-2", "check"];
    let anchored = || anchors.iter().enumerate().map(|(page, name)| (Anchor::named(*name), page));
    let bookmark = |title: &str, page, children| Bookmark { title: title.to_owned(), page, children };
    Laid {
        pages,
        places: anchored().map(|(anchor, page)| (anchor, Position { page, y: 72.0 })).collect(),
        extents: anchored().map(|(anchor, page)| (anchor, (page, page))).collect(),
        outline: vec![
            bookmark("A. Introduction, A1", 0, vec![bookmark("Index, A2", 1, vec![])]),
            bookmark("B. What happened, B1", 2, vec![bookmark("Zoë’s call, B2", 3, vec![])]),
            bookmark("C. How to check, C1", 4, vec![]),
        ],
        findings: Vec::new(),
    }
}

fn entry(anchor: &str, title: &str, paper: Paper) -> PlannedEntry {
    PlannedEntry {
        anchor: Anchor::named(anchor),
        id: anchor.parse().ok(),
        version: None,
        date: "18 Sep 2026".to_owned(),
        title: title.to_owned(),
        head_right: String::new(),
        sources: if anchor == "INC-1" { vec![Digest::of(b"mail")] } else { Vec::new() },
        paper,
    }
}

fn plan() -> BundlePlan {
    let heading = Heading { court: None, case_number: None, statute: None, children: Vec::new(), parties: Vec::new() };
    let cover = Cover {
        heading,
        title: String::new(),
        subtitle: String::new(),
        fields: Vec::new(),
        do_not_copy: Vec::new(),
        shows: Vec::new(),
        checked: Vec::new(),
    };
    let event = EventPage {
        title: String::new(),
        subtitle: Vec::new(),
        table: Vec::new(),
        fields: Vec::new(),
        supported_by: Vec::new(),
        says_otherwise: Vec::new(),
    };
    let check = HowToCheck {
        folder: String::new(),
        manifest: Digest::of(b""),
        journal: (3, Digest::of(b"head")),
        steps: Vec::new(),
        chapters: Vec::new(),
        source: Vec::new(),
    };
    let section = |letter, title: &str, entries| Section {
        letter: Some(letter),
        title: title.to_owned(),
        described: String::new(),
        entries,
    };
    let events = vec![
        entry("INC-1", "Nobody came to the handover", Paper::Event(event.clone())),
        entry("INC-2", "A call that was kept", Paper::Event(event)),
    ];
    let file = SourceFile { name: "this-weekend.eml".to_owned(), bytes: 4, media_type: "message/rfc822".to_owned() };
    BundlePlan {
        edition: RecordId::new(Noun::Bundle, 7),
        profile: Profile::Evidence,
        reader: Reader::Court,
        practice: false,
        title: "Chronological bundle of evidence".to_owned(),
        head_left: String::new(),
        numbering: Numbering::Sections,
        made: Instant::from_unix_seconds(1_795_000_000),
        sections: vec![
            section(
                'A',
                "Introduction",
                vec![entry("cover", "Cover", Paper::Cover(cover)), entry("index", "Index", Paper::Index)],
            ),
            section('B', "What happened", events),
            section('C', "How to check", vec![entry("check", "How to check", Paper::HowToCheck(check))]),
        ],
        findings: Vec::new(),
        left_out: Vec::new(),
        sources: BTreeMap::from([(Digest::of(b"mail"), file)]),
    }
}

fn manifest(laid: &Laid) -> Manifest {
    let journal = (3, Digest::of(b"head"));
    manifest_of(
        &plan(),
        laid,
        &MadeFrom { book: "b-1".to_owned(), tool: "Daybook 0.1.0".to_owned(), journal },
        &shown(laid),
    )
}

/// The laid-out paper with the manifest's own digest on its last page, and the manifest.
fn paper() -> (Laid, Manifest) {
    paper_with(|_| ())
}

/// The same after something was added to its pages.
fn paper_with(add: impl Fn(&mut Laid)) -> (Laid, Manifest) {
    let added = |digest| {
        let mut laid = laid(digest);
        add(&mut laid);
        laid
    };
    let first = manifest(&added(Digest::of(b"")));
    let laid = added(first.digest());
    let manifest = manifest(&laid);
    assert_eq!(manifest, first, "the manifest does not depend on its own digest");
    (laid, manifest)
}

/// Draws the words of pages in one PDF, one page each, every letter half as wide as high.
fn compose(pages: &[Page]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut out = Output::begin(&mut bytes).expect("memory can be written");
    let (catalog, tree) = (out.reserve(), out.reserve());
    let widths = "500 ".repeat(224);
    let font = format!(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 255 \
         /Widths [{widths}] >>"
    );
    let font = out.add(font.as_bytes()).expect("memory can be written");
    let mut kids = String::new();
    for page in pages {
        let content = out.reserve();
        out.stream(content, b"", &drawing(page)).expect("memory can be written");
        // Fonts and size are inherited from the page tree: copying must bring them to the page.
        let body = format!("<< /Type /Page /Parent {} /Contents {} >>", tree.reference(), content.reference());
        kids.push_str(&out.add(body.as_bytes()).expect("memory can be written").reference());
        kids.push(' ');
    }
    let body = format!(
        "<< /Type /Pages /Count {} /Kids [{kids}] /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << /F1 {} >> >> >>",
        pages.len(),
        font.reference()
    );
    out.object(tree, body.as_bytes()).expect("memory can be written");
    out.object(catalog, format!("<< /Type /Catalog /Pages {} >>", tree.reference()).as_bytes())
        .expect("memory can be written");
    let info = out.add(b"<< >>").expect("memory can be written");
    out.finish(catalog, info).expect("memory can be written");
    bytes
}

fn drawing(page: &Page) -> Vec<u8> {
    // One state is left open on purpose: what is drawn after the page must not depend on it.
    let mut drawing = b"q 0.5 0 0 0.5 0 0 cm Q q 1 0 0 1 0 0 cm\n".to_vec();
    for item in &page.items {
        let Item::Text(run) = item else { continue };
        let latin: Vec<u8> = run.text.chars().map(latin).collect();
        let (x, y) = (run.at.0, page.height - run.at.1);
        drawing.extend(format!("BT /F1 {} Tf 1 0 0 1 {x} {y} Tm ", run.size).bytes());
        drawing.extend(byte_string(&latin));
        drawing.extend(b" Tj ET\n");
    }
    drawing
}

fn latin(character: char) -> u8 {
    match character {
        '“' => 0x93,
        '”' => 0x94,
        other => u8::try_from(u32::from(other)).expect("these tests draw Latin letters"),
    }
}

fn facts() -> FileFacts {
    FileFacts {
        title: plan().title,
        language: "en-GB".to_owned(),
        made: plan().made,
        edition: "BND-7".to_owned(),
        opens_at: 1,
    }
}

fn file_of(laid: &Laid) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(laid, &facts(), compose(&laid.pages), &mut Given::default(), &mut bytes).expect("the paper is whole");
    bytes
}

fn proof_of(bytes: &[u8], manifest: &Manifest, words: &[&str]) -> (Observed, Proof) {
    let observed = observe(bytes).expect("our own file can be read");
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let proof = prove(manifest, &observed, &words);
    (observed, proof)
}

fn kinds(proof: &Proof) -> Vec<(&str, &str)> {
    proof.findings.iter().map(|finding| (finding.kind.as_str(), finding.place.as_str())).collect()
}

#[test]
fn a_paper_is_read_back_as_it_was_planned() {
    let (laid, manifest) = paper();
    let bytes = file_of(&laid);
    let (observed, proof) = proof_of(&bytes, &manifest, &["12 Elm Row"]);
    assert_eq!(kinds(&proof), []);
    assert!(proof.ok());
    let checks = proof.checks;
    assert_eq!((checks.page_numbers, checks.index_lines, checks.links, checks.bookmarks), (5, 3, 6, 5));
    assert_eq!((checks.sources, checks.page_texts, checks.confidential), (1, 5, 1));
    let labels: Vec<_> = observed.pages.iter().map(|page| page.label.as_str()).collect();
    assert_eq!(labels, ["A1", "A2", "B1", "B2", "C1"]);
    assert_eq!(
        observed.pages[3].text,
        "Saturday 19 September 2026\nCafé “Zoë”: a call was kept (so said)\nIndex A2\nB2"
    );
    assert_eq!(observed.outline[3].title, "Zoë’s call, B2");
    assert_eq!((observed.outline[3].depth, observed.outline[3].page), (1, Some(3)));
    assert_eq!(observed.opens_at, Some(1));
    assert_eq!(observed.language.as_deref(), Some("en-GB"));
    assert_eq!(observed.pages[0].size, (WIDTH, HEIGHT));
    let run = &observed.pages[0].runs[0];
    assert!((run.at.0 - 70.0).abs() < 0.01 && (run.at.1 - 100.0).abs() < 0.01, "{run:?}");
    let (left, top, width, height) = observed.pages[1].links[0].area;
    assert!((left - 68.0).abs() < 0.01 && (top - 108.0).abs() < 0.01, "{left} {top}");
    assert!((width - 460.0).abs() < 0.01 && (height - 16.0).abs() < 0.01, "{width} {height}");
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    let (laid, _) = paper();
    let mut bytes = Vec::new();
    let written = write(&laid, &facts(), compose(&laid.pages), &mut Given::default(), &mut bytes).expect("whole");
    assert_eq!(bytes, file_of(&laid));
    assert_eq!(written.sha256, Digest::of(&bytes));
    assert_eq!(written.bytes, bytes.len() as u64);
}

#[test]
fn the_file_says_nothing_of_the_machine() {
    let (laid, _) = paper();
    let bytes = file_of(&laid);
    let all = String::from_utf8_lossy(&bytes);
    assert!(all.contains("/Producer (Daybook "));
    for word in ["/home", "/root", "/tmp", "Helvetica-Oblique", "krilla", "printpdf"] {
        assert!(!all.contains(word), "{word}");
    }
}

#[test]
fn qpdf_finds_no_fault() {
    let (mut laid, _) = paper();
    add_picture(&mut laid);
    let mut bytes = Vec::new();
    write(&laid, &facts(), compose(&laid.pages), &mut Given::picture(), &mut bytes).expect("whole");
    check_with_qpdf(&bytes);
}

/// Runs `qpdf --check` where it is installed, and says so where it is not.
#[expect(clippy::print_stderr, reason = "a test that could not look says so")]
pub(super) fn check_with_qpdf(bytes: &[u8]) {
    let file = tempfile::NamedTempFile::new().expect("a test can write a file");
    std::fs::write(file.path(), bytes).expect("a test can write a file");
    match std::process::Command::new("qpdf").arg("--check").arg(file.path()).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(error) => eprintln!("skipped: qpdf is not installed ({error})"),
    }
}

fn add_picture(laid: &mut Laid) {
    let area = (100.0, 200.0, 90.0, 120.0);
    let picture =
        Item::Picture { image: Digest::of(b"photo"), frame: 0, finest: None, orientation: 6, area, window: None };
    laid.pages[2].items.push(picture.clone());
    laid.pages[3].items.push(picture);
}

#[test]
fn a_picture_is_placed_upright_and_kept_once() {
    let (laid, manifest) = paper_with(add_picture);
    let mut bytes = Vec::new();
    let mut given = Given::picture();
    write(&laid, &facts(), compose(&laid.pages), &mut given, &mut bytes).expect("whole");
    assert_eq!(given.pictures, 1);
    let (observed, proof) = proof_of(&bytes, &manifest, &[]);
    assert_eq!(kinds(&proof), []);
    for page in &observed.pages[2..4] {
        let [(left, top, width, height)] = page.pictures[..] else { panic!("{:?}", page.pictures) };
        let near = |value: f32, expected: f32| assert!((value - expected).abs() < 0.01, "{value} {expected}");
        near(left, 100.0);
        near(top, 200.0);
        near(width, 90.0);
        near(height, 120.0);
    }
    let stored = photo::without_place(&photo::tests::jpeg()).expect("a JPEG");
    let count = bytes.windows(stored.len()).filter(|window| *window == stored).count();
    assert_eq!(count, 1, "the JPEG is in the file as it is, once");
}

#[test]
fn what_does_not_fit_together_is_refused() {
    let (laid, _) = paper();
    let refused = |laid: &Laid, composed: Vec<u8>| {
        let result = write(laid, &facts(), composed, &mut Given::default(), &mut Vec::new());
        assert!(matches!(result, Err(PdfError::Pages { .. })), "{result:?}");
    };
    refused(&laid, compose(&laid.pages[1..]));
    refused(&laid, b"no PDF".to_vec());
    let mut dead = laid.clone();
    link(&mut dead.pages[0], 0, "nowhere");
    refused(&dead, compose(&dead.pages));
}

/// What the proof says of a file made of other pages than those planned.
fn check_tampered(change: impl FnOnce(&mut Laid), expected: &[(&str, &str)]) {
    let (mut laid, manifest) = paper();
    change(&mut laid);
    let (_, proof) = proof_of(&file_of(&laid), &manifest, &[]);
    let found = kinds(&proof);
    for finding in expected {
        assert!(found.contains(finding), "{finding:?} should be in {found:?}");
    }
    if expected.is_empty() {
        assert_eq!(found, []);
    }
}

#[test]
fn tampering_is_found_and_named() {
    check_tampered(|_| (), &[]);
    // Two pages changed places, with everything on them.
    check_tampered(
        |laid| laid.pages.swap(2, 3),
        &[("page-label", "page B1"), ("page-words", "page B1"), ("page-words", "page B2"), ("link-missing", "page B1")],
    );
    // Their contents changed places under the right labels.
    check_tampered(
        |laid| {
            let (one, two) = laid.pages.split_at_mut(3);
            std::mem::swap(&mut one[2].items, &mut two[0].items);
        },
        &[("page-number-missing", "page B1"), ("page-words", "page B2")],
    );
    check_tampered(
        |laid| {
            laid.pages.pop();
            laid.pages[1].links.pop();
            laid.outline.pop();
        },
        &[
            ("page-count", "the file"),
            ("link-missing", "page A2"),
            ("bookmark-count", "the outline"),
            ("manifest-digest", "page C1"),
        ],
    );
    check_tampered(
        |laid| laid.pages.push(laid.pages[2].clone()),
        &[("page-count", "the file"), ("page-extra", "page B1")],
    );
    check_tampered(|laid| laid.pages[3].label = "B3".to_owned(), &[("page-label", "page B2")]);
    check_tampered(
        |laid| laid.pages[1].links[0].to = Anchor::named("INC-2"),
        &[("link-missing", "page A2"), ("link-extra", "page A2"), ("index-link", "index, B1")],
    );
    check_tampered(|laid| laid.pages[2].links.clear(), &[("link-missing", "page B1")]);
    check_tampered(|laid| laid.outline[1].page = 0, &[("bookmark", "bookmark 3")]);
    check_tampered(|laid| laid.outline[1].title.push('!'), &[("bookmark", "bookmark 3")]);
    check_tampered(
        |laid| laid.pages[2].items.push(text("B1", (100.0, HEIGHT - 28.0))),
        &[("page-number-doubled", "page B1")],
    );
    check_tampered(|laid| laid.pages[0].items.push(text("x", (570.0, 835.0))), &[("corner", "page A1")]);
    check_tampered(|laid| laid.pages[4] = page("C1", &["How to check", "0000"]), &[("manifest-digest", "page C1")]);
    check_tampered(
        |laid| drop(laid.pages[1].items.remove(1)),
        &[("index-title", "index, B1"), ("page-words", "page A2"), ("page-missing", "page A2")],
    );
}

#[test]
fn a_dead_link_is_found() {
    let (laid, manifest) = paper();
    let bytes = file_of(&laid);
    // The same length, so that every offset stays true.
    let needle = b"/Dest [";
    let at = bytes.windows(needle.len()).position(|window| window == needle).expect("the paper has links");
    let mut dead = bytes.clone();
    dead[at..at + 5].copy_from_slice(b"/Dexx");
    let (_, proof) = proof_of(&dead, &manifest, &[]);
    assert!(kinds(&proof).contains(&("link-dead", "page A2")), "{:?}", kinds(&proof));
}

#[test]
fn confidential_words_are_found_and_not_repeated() {
    let (mut laid, _) = paper();
    laid.pages[3].items.push(text("at 12 Elm", (70.0, 300.0)));
    laid.pages[3].items.push(text("Row, call 0117 496-0123", (70.0, 320.0)));
    laid.outline[2].title = "Elmgrove Primary, C1".to_owned();
    let manifest = manifest(&laid);
    let words = ["12 Elm Row", "+44 117 4960123", "elmgrove primary", "not there"];
    let (_, proof) = proof_of(&file_of(&laid), &manifest, &words);
    let found: Vec<_> = proof.findings.iter().filter(|finding| finding.kind == "confidential-word").collect();
    let places: Vec<_> = found.iter().map(|finding| finding.place.as_str()).collect();
    assert_eq!(places, ["page B2", "page B2", "the outline"]);
    assert!(found.iter().all(|finding| !finding.what.contains("Elm")));
}

#[test]
fn what_a_paper_must_not_have_is_found_wherever_it_hides() {
    let (laid, manifest) = paper();
    let bytes = file_of(&laid);
    let check = |entry: &str, expected: &str| {
        let mut other = bytes.clone();
        let at = other.windows(12).position(|window| window == b"/PageMode /U").expect("our own catalog");
        let room = "/PageMode /UseOutlines".len();
        assert!(entry.len() <= room, "{entry}");
        other[at..at + room].copy_from_slice(format!("{entry:room$}").as_bytes());
        let (observed, proof) = proof_of(&other, &manifest, &[]);
        assert!(observed.forbidden.iter().any(|what| what == expected), "{entry}: {:?}", observed.forbidden);
        assert!(!proof.ok());
    };
    check("/AA << >>", "an action that starts by itself");
    check("/X << /S /Launch >>", "an action that starts a program");
    check("/X [<</S/JavaScript>>]", "a script");
    check("/X << /S /URI >>", "a link to the web");
    check("/EmbeddedFiles << >>", "an embedded file");
    check("/AcroForm << >>", "a form to be filled in");
}

#[test]
fn damaged_files_give_an_error_or_facts_and_never_a_panic() {
    let (laid, manifest) = paper();
    let bytes = file_of(&laid);
    assert!(observe(b"").is_err());
    assert!(observe(b"%PDF-1.7").is_err());
    for length in (0..bytes.len()).step_by(211) {
        let _ = observe(&bytes[..length]).map(|observed| prove(&manifest, &observed, &[]));
    }
    for at in (0..bytes.len()).step_by(97) {
        let mut other = bytes.clone();
        other[at] ^= 0x15;
        let _ = observe(&other).map(|observed| prove(&manifest, &observed, &[]));
    }
}

#[test]
fn a_manifest_reads_back_as_itself() {
    let (_, manifest) = paper();
    let json = manifest.to_json();
    assert_eq!(Manifest::from_json(json.as_bytes()), Ok(manifest));
    assert!(Manifest::from_json(json.replace("daybook-manifest-1", "daybook-manifest-9").as_bytes()).is_err());
    assert!(Manifest::from_json(b"{}").is_err());
    assert!(!json.contains("left_out"));
}
