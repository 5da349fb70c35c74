//! What becomes of each feature of a foreign file.

use super::super::trial::{Stamp, fingerprints, paper_of};
use super::super::{Foot, Survey, Unshown, survey};
use super::files::{FONT, one_page, pdf, pdf_of, stream};
use crate::model::Digest;
use crate::pdf::observe;
use crate::pdf::tests::check_with_qpdf;

const PLAIN: Stamp = Stamp { on: false, growth: 0.0 };

fn looked(file: Vec<u8>) -> Survey {
    survey(file).expect("it can be shown")
}

fn kinds(file: Vec<u8>) -> Vec<String> {
    looked(file).notes.into_iter().map(|note| note.kind).collect()
}

/// The paper made of it, and that as words.
fn copied(file: &[u8]) -> (Vec<u8>, String) {
    let paper = paper_of(file, None, PLAIN).expect("it can be copied");
    check_with_qpdf(&paper);
    let words = String::from_utf8_lossy(&paper).into_owned();
    (paper, words)
}

/// The fingerprint in the file and in the paper, which must be one.
fn one_fingerprint(file: &[u8]) -> Digest {
    let own = looked(file.to_vec()).pages[0].fingerprint;
    for stamp in [PLAIN, Stamp { on: true, growth: 0.0 }, Stamp { on: true, growth: 34.0 }] {
        let paper = paper_of(file, None, stamp).expect("it can be copied");
        check_with_qpdf(&paper);
        assert_eq!(fingerprints(&paper, stamp).expect("a paper")[0], own, "grown by {}", stamp.growth);
    }
    own
}

#[test]
fn a_page_has_what_it_inherits() {
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 2 /Kids [3 0 R 5 0 R] /MediaBox [10 20 610 860] /CropBox [0 40 600 900] /Rotate 90 /Resources << /Font << /F 6 0 R >> >> >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /UserUnit 2 >>",
        &stream("", "BT /F 12 Tf 100 100 Td (Words that are words) Tj ET"),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Rotate 0 >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]);
    let found = looked(file.clone());
    assert_eq!((found.pages[0].width, found.pages[0].height), (1640.0, 1180.0));
    assert_eq!((found.pages[1].width, found.pages[1].height), (590.0, 820.0));
    assert!(found.pages[0].has_words);
    assert_eq!(found.notes, []);
    let (paper, words) = copied(&file);
    assert!(words.contains("/MediaBox [10 20 610 860] /CropBox [10 40 600 860] /Rotate 90 /UserUnit 2"));
    assert_eq!(words.matches("/BaseFont /Helvetica").count(), 1, "what pages share is there once");
    assert!(words.contains("(Words that are words) Tj"));
    assert_eq!(observe(&paper).expect("a paper").pages.len(), 2);
    one_fingerprint(&file);
}

#[test]
fn links_inside_stay_alive_and_others_lead_nowhere() {
    let link = |rest: &str| format!("<< /Subtype /Link /Rect [0 0 9 9] {rest} >>");
    let page = format!(
        "/Annots [{} {} {} {} {} {} 8 0 R]",
        link("/Border [0 0 0] /Dest [5 0 R /XYZ 1 2 null]"),
        link("/Border [0 0 0] /A << /S /GoTo /D (second) >>"),
        link("/Border [0 0 0] /A << /S /GoTo /D /old >>"),
        link("/Border [0 0 0] /A << /S /URI /URI (https://example.org/) >>"),
        link("/A << /S /Launch /F (x.exe) >>"),
        link("/Border [0 0 0] /Dest [99 0 R /Fit]"),
    );
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R /Dests << /old [5 0 R /Fit] >> /Names << /Dests << /Kids [7 0 R] >> >> >>",
        "<< /Type /Pages /Count 2 /Kids [3 0 R 5 0 R] /MediaBox [0 0 600 840] >>",
        &format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R {page} >>"),
        &stream("", ""),
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        "null",
        "<< /Limits [(a) (z)] /Names [(second) << /D [5 0 R /Fit] >>] >>",
        "<< /Subtype /Link /Rect [0 0 9 9] /Border [0 0 0] /A << /S /Named /N /LastPage >> >>",
    ]);
    let (paper, words) = copied(&file);
    let observed = observe(&paper).expect("a paper");
    let leads: Vec<Option<usize>> = observed.pages[0].links.iter().map(|link| link.page).collect();
    assert_eq!(leads, [Some(1), Some(1), Some(1), None, Some(1)], "the fourth has a frame that is seen");
    assert!(!words.contains("example.org") && !words.contains("Launch"), "{words}");
    assert_eq!(kinds(file.clone()), ["action-removed", "link-removed"]);

    let first_only = paper_of(&file, Some(&[0]), PLAIN).expect("it can be copied");
    let observed = observe(&first_only).expect("a paper");
    assert!(observed.pages[0].links.iter().all(|link| link.page.is_none()), "the other page is not there");
    one_fingerprint(&file);
}

#[test]
fn nothing_that_acts_comes_along() {
    let page = "/AA << /O << /S /JavaScript /JS (app.alert\\(1\\)) >> >> /PieceInfo << /X << /Private (hidden) >> >> \
                /Thumb 5 0 R /Metadata 5 0 R /Annots [<< /Subtype /Widget /FT /Btn /Rect [0 0 9 9] /AP << /N 6 0 R >> \
                /A << /S /SubmitForm /F (https://example.com/) >> /AA << /D << /S /JavaScript /JS (run) >> >> >> \
                << /Subtype /FileAttachment /Rect [20 20 29 29] /FS << /Type /Filespec /F (secret.doc) /EF << /F 5 0 R >> >> /AP << /N 6 0 R >> >> \
                << /Subtype /Screen /Rect [40 40 49 49] /A << /S /Rendition /R << >> >> >>] \
                /Resources << /XObject << /A1 6 0 R >> >>";
    let catalog = "/OpenAction << /S /JavaScript /JS (open) >> /AA << /WC << /S /JavaScript /JS (close) >> >> /Metadata 5 0 R \
                   /AcroForm << /XFA 5 0 R /Fields [] >> /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (x) >>] >> \
                   /EmbeddedFiles << /Names [(f) << /EF << /F 5 0 R >> >>] >> >>";
    let form = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /PieceInfo << /A (hidden) >> /Metadata 5 0 R /AF [<< /EF << >> >>]",
        "0 0 9 9 re f",
    );
    let file = one_page(page, catalog, "/A1 Do", &[&stream("/Type /EmbeddedFile", "secret words"), &form]);
    let (paper, words) = copied(&file);
    for trace in [
        "JavaScript",
        "/JS",
        "/AA <<",
        "SubmitForm",
        "secret",
        "example.com",
        "hidden",
        "XFA",
        "AcroForm",
        "Rendition",
        "/EF",
        "Metadata",
    ] {
        assert!(!words.contains(trace), "{trace}: {words}");
    }
    assert_eq!(words.matches("/Subtype /Stamp").count(), 2, "what the button and the file look like");
    let forbidden = observe(&paper).expect("a paper").forbidden;
    assert!(forbidden.is_empty(), "only what shows their look is left: {forbidden:?}");
    assert_eq!(
        kinds(file.clone()),
        [
            "action-removed",
            "files-inside-left-out",
            "form-flattened",
            "media-left-out",
            "properties-left-out",
            "script-removed",
            "second-form-left-out",
        ]
    );
    one_fingerprint(&file);
}

#[test]
fn a_name_is_only_a_name() {
    let form = stream("/Subtype /Form /BBox [0 0 9 9]", "0 0 9 9 re f");
    let names = "/AA 5 0 R /JS 5 0 R /AF 5 0 R /Metadata 5 0 R";
    let file = one_page(&format!("/Resources << /XObject << {names} >> >>"), "", "/AA Do /JS Do", &[&form]);
    let (_, words) = copied(&file);
    for name in ["/AA ", "/JS ", "/AF ", "/Metadata "] {
        assert!(words.contains(name), "{name}: {words}");
    }
    one_fingerprint(&file);
}

#[test]
fn comments_keep_their_mark_and_lose_their_words() {
    let page = "/Annots [<< /Subtype /Text /Rect [0 0 20 20] /Contents (He was late) /T (A. Reed) /Name /Note /Popup 5 0 R >> \
                5 0 R << /Subtype /Highlight /Rect [30 30 90 40] /QuadPoints [30 40 90 40 30 30 90 30] /C [1 1 0] /Contents (see) >> \
                << /Subtype /FreeText /Rect [0 100 90 120] /DA (/Helv 10 Tf) /Contents (Written on the page) >> \
                << /Subtype /Text /F 2 /Rect [0 0 9 9] /Contents (never shown) >>]";
    let popup = "<< /Type /Annot /Subtype /Popup /Rect [0 0 9 9] /Contents (He was late) /Parent 3 0 R >>";
    let file = one_page(page, "", "", &[popup]);
    let (_, words) = copied(&file);
    assert!(!words.contains("He was late") && !words.contains("A. Reed") && !words.contains("never shown"), "{words}");
    assert!(words.contains("(Written on the page)") && words.contains("/QuadPoints") && words.contains("/Name /Note"));
    assert_eq!(words.matches("/Subtype /Popup").count(), 0);
    let notes = looked(file.clone()).notes;
    assert_eq!(
        notes.iter().map(|note| note.kind.as_str()).collect::<Vec<_>>(),
        ["comments-not-printed", "hidden-left-out"]
    );
    assert!(notes[0].what.starts_with("2 comments"), "{}", notes[0].what);
    assert_eq!(notes[0].page, Some(1));
    one_fingerprint(&file);
}

#[test]
fn a_filled_form_shows_what_was_filled_in() {
    let page = "/Annots [5 0 R 6 0 R 7 0 R 8 0 R]";
    let catalog = "/AcroForm << /Fields [5 0 R 6 0 R 7 0 R 8 0 R] /DA (/Helv 0 Tf 0 0 1 rg) >>";
    let file = one_page(
        page,
        catalog,
        "",
        &[
            "<< /Subtype /Widget /FT /Tx /V (Zo\\353 \\(7\\)) /Rect [50 700 250 720] >>",
            "<< /Subtype /Widget /FT /Btn /V /Yes /AS /Yes /Rect [50 650 60 660] /AP << /N << /Yes 9 0 R >> /D << /Yes 9 0 R >> >> >>",
            "<< /Subtype /Widget /FT /Btn /V /Yes /AS /Yes /Rect [50 600 60 610] >>",
            "<< /Subtype /Widget /FT /Tx /V <FEFF0645> /Rect [50 500 250 520] >>",
            &stream("/Subtype /Form /BBox [0 0 10 10]", "0 0 10 10 re f"),
        ],
    );
    let (paper, words) = copied(&file);
    assert!(words.contains("/BaseFont /Helvetica") && words.contains("0 0 1 rg"), "{words}");
    assert!(!words.contains("/Widget") && !words.contains("/V ("));
    assert_eq!(words.matches("/Subtype /Stamp").count(), 2);
    assert!(paper.windows(8).any(|window| window == b"(Zo\xEB \\(7"), "the words are drawn");
    let notes = kinds(file.clone());
    assert_eq!(notes, ["form-flattened", "form-value-drawn", "form-value-not-shown"]);
    one_fingerprint(&file);
}

#[test]
fn hidden_layers_stay_hidden_and_are_told() {
    let file = one_page(
        "/Resources << /Properties << /L 5 0 R /M 6 0 R >> >>",
        "/OCProperties << /OCGs [5 0 R 6 0 R] /D << /BaseState /OFF /ON [6 0 R] /AS [<< /Event /View /OCGs [6 0 R] /Category [/View] >>] >> >>",
        "/OC /L BDC 0 0 9 9 re f EMC",
        &["<< /Type /OCG /Name (one) >>", "<< /Type /OCG /Name (two) >>"],
    );
    let (_, words) = copied(&file);
    let at = words.find("/OCProperties").expect("they come along");
    let said: String = words[at..].chars().take(150).collect();
    let (one, two) = (number_of(&words, "(one)"), number_of(&words, "(two)"));
    assert!(said.contains(&format!("/OCGs [{one} 0 R {two} 0 R] /D << /OFF [{one} 0 R]")), "{said}");
    assert!(said.contains(&format!("/AS [<< /Category [/View] /Event /View /OCGs [{two} 0 R] >>]")), "{said}");
    assert_eq!(kinds(file.clone()), ["hidden-layers"]);
    one_fingerprint(&file);
}

/// The number of the object with these words.
fn number_of(paper: &str, words: &str) -> String {
    let before = &paper[..paper.find(words).expect("it is there")];
    let start = before.rfind(" 0 obj").expect("an object");
    before[..start].rsplit('\n').next().expect("a line").to_owned()
}

#[test]
fn a_page_used_twice_is_there_twice() {
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 2 /Kids [3 0 R 3 0 R] /MediaBox [0 0 600 840] >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>",
        &stream("", "0 400 9 9 re f"),
    ]);
    assert_eq!(looked(file.clone()).pages.len(), 2);
    let (paper, _) = copied(&file);
    assert_eq!(observe(&paper).expect("a paper").pages.len(), 2);
}

#[test]
fn pages_are_chosen_and_put_in_order() {
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]);
    let paper = paper_of(&file, Some(&[1, 0, 1]), PLAIN).expect("it can be copied");
    let sizes: Vec<f32> = observe(&paper).expect("a paper").pages.iter().map(|page| page.size.0).collect();
    assert_eq!(sizes, [200.0, 100.0, 200.0]);
    assert!(paper_of(&file, Some(&[2]), PLAIN).is_err(), "there is no third");
}

#[test]
fn what_content_leaves_open_does_not_swallow_the_number() {
    for content in [
        "q q BT (a) Tj",
        "BT (a",
        "[ (a)",
        "/OC /MC BDC",
        "Q 2 0 0 2 0 0 cm Q",
        "0 0 9 9 re W",
        "BI /W 1 ID ab",
        "% end",
    ] {
        let file = one_page(FONT, "", content, &[]);
        let paper = paper_of(&file, None, Stamp { on: true, growth: 0.0 }).expect("it can be copied");
        let text = observe(&paper).expect("a paper").pages[0].text.clone();
        assert!(text.contains("A1 7"), "{content}: {text}");
        one_fingerprint(&file);
    }
}

#[test]
fn a_changed_page_has_another_fingerprint() {
    let with = |page: &str, content: &str, form: &str| {
        let page = format!("/Resources << /XObject << /A 5 0 R >> >> {page}");
        looked(one_page(&page, "", content, &[&stream("/Subtype /Form /BBox [0 0 9 9]", form)])).pages[0].fingerprint
    };
    let own = with("", "/A Do", "0 0 1 1 re f");
    assert_eq!(own, with("", "/A Do", "0 0 1 1 re f"));
    assert_ne!(own, with("", "/A Do ", "0 0 2 1 re f"), "a part of a part");
    assert_ne!(own, with("", "/A  Do", "0 0 1 1 re f"), "the content");
    assert_ne!(own, with("/CropBox [0 1 600 840]", "/A Do", "0 0 1 1 re f"), "shifted");
    assert_ne!(own, with("/Rotate 180", "/A Do", "0 0 1 1 re f"), "turned");
    let mark = "/Annots [<< /Subtype /Square /Rect [0 0 9 9] >>]";
    assert_ne!(own, with(mark, "/A Do", "0 0 1 1 re f"), "marked");
}

#[test]
fn only_what_the_assembler_adds_is_excepted() {
    let file = one_page(FONT, "", "BT /F 12 Tf (Words) Tj ET", &[]);
    let own = looked(file.clone()).pages[0].fingerprint;
    let stamp = Stamp { on: true, growth: 34.0 };
    let paper = paper_of(&file, None, stamp).expect("it can be copied");
    assert_eq!(fingerprints(&paper, stamp).expect("a paper"), [own]);
    let not = |what: &str, changed: Vec<u8>| {
        assert_ne!(fingerprints(&changed, stamp).expect("a paper"), [own], "{what}");
    };
    let replaced = |from: &[u8], to: &[u8]| {
        assert_eq!(from.len(), to.len());
        let at = paper.windows(from.len()).position(|window| window == from).expect("it is there");
        let mut changed = paper.clone();
        changed[at..at + to.len()].copy_from_slice(to);
        changed
    };
    not("drawn over by something else", replaced(b"/DaybookNumber Do Q\n", b"0 0 600 800 re f Q \n"));
    not("hidden by a clip", replaced(b"stream\nq\n\nendstream", b"stream\nn\n\nendstream"));
    not("a word changed", replaced(b"(Words)", b"(Wards)"));
    not("grown by another length", paper_of(&file, None, Stamp { on: true, growth: 43.0 }).expect("it can be copied"));
    assert_ne!(fingerprints(&paper, PLAIN).expect("a paper"), [own], "a stamp that should not be there");
}

#[test]
fn a_paper_of_ours_can_be_an_exhibit_in_another() {
    let file = one_page(FONT, "", "BT /F 12 Tf (Words) Tj ET", &[]);
    let paper = paper_of(&file, None, Stamp { on: true, growth: 0.0 }).expect("it can be copied");
    one_fingerprint(&paper);
    let again = paper_of(&paper, None, Stamp { on: true, growth: 34.0 }).expect("it can be copied");
    let text = observe(&again).expect("a paper").pages[0].text.clone();
    assert_eq!(text.matches("A1 7").count(), 2, "its own number and the new one: {text}");
}

fn foot(page: &str, content: &str) -> Foot {
    looked(one_page(page, "", content, &[])).pages[0].foot
}

#[test]
fn the_foot_is_blank_only_where_nothing_is_drawn() {
    for (content, expected) in [
        ("", Foot::Blank),
        ("0 100 600 700 re f", Foot::Blank),
        ("290 20 20 20 re f", Foot::Ink),
        ("1 g 290 20 20 20 re f", Foot::Blank),
        ("1 1 1 rg 0 0 600 840 re f 0 g 20 200 9 9 re f", Foot::Blank),
        ("1 g /GS gs 0 g 290 20 20 20 re f", Foot::Ink),
        ("580 30 9 9 re f", Foot::Ink),
        ("580 2 9 3 re f", Foot::CornerInk),
        ("50 20 20 20 re f", Foot::Blank),
        ("50 50 500 700 re S", Foot::Blank),
        ("10 10 580 820 re S", Foot::Ink),
        ("0 100 600 700 re W n 0 0 600 840 re f", Foot::Blank),
        ("q 600 0 0 840 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID a EI Q", Foot::CornerInk),
        ("BT /F 12 Tf 250 30 Td (Page 7 of 9) Tj ET", Foot::Ink),
        ("BT /F 12 Tf 250 60 Td (Page 7 of 9) Tj ET", Foot::Blank),
        ("BT /F 12 Tf 3 Tr 250 30 Td (Page 7 of 9) Tj ET", Foot::Blank),
        ("BT /F 12 Tf 1 g 250 30 Td (Page 7 of 9) Tj ET", Foot::Blank),
        (
            "BT /F 12 Tf 1 0 0 1 50 60 Tm 30 TL (a) Tj T* (the last line of this page is a long one indeed) Tj ET",
            Foot::Ink,
        ),
        ("/Pattern cs /P scn 0 0 600 840 re f", Foot::CornerInk),
        ("0 0 600 40 re f q 1 g Q", Foot::CornerInk),
        ("100 100 m 300 20 l 500 100 l h S", Foot::Ink),
        ("/Sh sh", Foot::CornerInk),
    ] {
        assert_eq!(foot(FONT, content), expected, "{content}");
    }
    assert_eq!(foot("/Annots [<< /Subtype /Square /Rect [290 20 310 40] >>]", ""), Foot::Ink);
    assert_eq!(foot("/Annots [<< /Subtype /Link /Border [0 0 0] /Rect [290 20 310 40] >>]", ""), Foot::Blank);
}

#[test]
fn the_foot_is_that_of_the_page_as_it_is_read() {
    // The middle of each edge of the sheet as it lies; only the one that becomes the foot counts.
    let edges =
        [("290 10 20 20 re f", 0), ("570 410 20 20 re f", 90), ("290 810 20 20 re f", 180), ("10 410 20 20 re f", 270)];
    for (content, at_foot) in edges {
        for rotate in [0, 90, 180, 270] {
            let expected = if rotate == at_foot { Foot::Ink } else { Foot::Blank };
            assert_eq!(foot(&format!("/Rotate {rotate}"), content), expected, "{content}, turned by {rotate}");
        }
    }
    assert_eq!(foot("/CropBox [0 400 600 840]", "290 10 20 20 re f"), Foot::Blank, "it is cropped away");
    assert_eq!(foot("/CropBox [0 400 600 840]", "290 410 20 20 re f"), Foot::Ink);
}

#[test]
fn forms_are_looked_into() {
    let form = |content: &str| {
        let form = stream("/Subtype /Form /Matrix [1 0 0 1 0 -300] /BBox [0 0 600 840]", content);
        looked(one_page("/Resources << /XObject << /A 5 0 R >> >>", "", "/A Do", &[&form])).pages[0].clone()
    };
    assert_eq!(form("290 320 20 20 re f").foot, Foot::Ink);
    assert_eq!(form("290 420 20 20 re f").foot, Foot::Blank);
    assert!(form("BT 12 0 0 12 0 700 Tm (eight or more) Tj ET").has_words);
    assert!(!form("BT 12 0 0 12 0 700 Tm (few) Tj ET").has_words);
}

#[test]
fn a_locked_file_says_so_and_one_without_a_password_opens() {
    let folder = tempfile::tempdir().expect("a test can write a file");
    let (plain, locked) = (folder.path().join("plain.pdf"), folder.path().join("locked.pdf"));
    let page = format!(
        "{FONT} /Annots [<< /Subtype /FreeText /Rect [0 0 90 20] /DA (/F 9 Tf) /Contents (a note in words) >>]"
    );
    std::fs::write(&plain, one_page(&page, "", "BT /F 12 Tf (Words) Tj ET", &[])).expect("a test can write a file");
    for (password, bits) in [("", "256"), ("", "128"), ("sesame", "256")] {
        let made = std::process::Command::new("qpdf")
            .args(["--allow-weak-crypto", "--encrypt", password, "owner", bits, "--"])
            .args([&plain, &locked])
            .status();
        if made.is_err() {
            return;
        }
        let bytes = std::fs::read(&locked).expect("qpdf has written it");
        if password.is_empty() {
            let (paper, words) = copied(&bytes);
            assert!(words.contains("(a note in words)") && !words.contains("/Encrypt"));
            assert!(observe(&paper).expect("a paper").pages[0].text.contains("Words"));
            one_fingerprint(&bytes);
        } else {
            assert_eq!(survey(bytes), Err(Unshown::Locked));
        }
    }
}

#[test]
fn a_damaged_file_is_repaired_and_says_so() {
    let whole = one_page(FONT, "", "BT /F 12 Tf (Words) Tj ET", &[]);
    assert_eq!(kinds(whole.clone()), [""; 0]);
    let text = String::from_utf8_lossy(&whole).into_owned();
    let table = text.find("xref\n").expect("a table");
    assert_eq!(kinds(whole[..table].to_vec()), ["repaired"], "without its table");
    assert_eq!(kinds(text.replace("/Count 1", "/Count 5").into_bytes()), ["repaired"], "another number of pages");
    let shifted = text.replace("%PDF-1.7\n", "%PDF-1.7\n%%%%%\n");
    assert_eq!(kinds(shifted.into_bytes()), ["repaired"], "its table points beside");
}

#[test]
fn what_has_no_page_says_so() {
    let empty = pdf(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 0 /Kids [] >>"]);
    assert_eq!(survey(empty), Err(Unshown::NoPages));
    for bytes in [&b""[..], b"not a PDF", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n"] {
        assert!(matches!(survey(bytes.to_vec()), Err(Unshown::Broken { .. })), "{bytes:?}");
    }
}

#[test]
fn a_stream_keeps_its_bytes() {
    let data: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    let mut picture = format!(
        "<< /Subtype /Image /Width 50 /Height 100 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length {} >>\nstream\n",
        data.len()
    )
    .into_bytes();
    picture.extend(&data);
    picture.extend(b"\nendstream");
    let objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 600 840] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>".to_vec(),
        stream("", "q 50 0 0 100 0 400 cm /I Do Q").into_bytes(),
        picture,
    ];
    let file = pdf_of(&objects);
    let (paper, _) = copied(&file);
    assert!(paper.windows(data.len()).any(|window| window == data));
    one_fingerprint(&file);
}
