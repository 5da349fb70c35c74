//! Files made to bring their reader down: each gets an answer, and soon.

use super::super::trial::{Stamp, fingerprints, paper_of};
use super::super::{Foot, Unshown, survey};
use super::files::{one_page, pdf, stream};

/// Survey and copy both answer, and alike.
fn answer(file: &[u8]) -> Result<usize, Unshown> {
    let found = survey(file.to_vec());
    let paper = paper_of(file, None, Stamp::default());
    match found {
        Ok(found) => {
            let prints: Vec<_> = found.pages.iter().map(|page| page.fingerprint).collect();
            let paper = paper.expect("what can be looked through can be copied");
            assert_eq!(fingerprints(&paper, Stamp::default()), Ok(prints));
            Ok(found.pages.len())
        }
        Err(why) => {
            assert!(paper.is_err());
            Err(why)
        }
    }
}

fn limited(file: &[u8]) -> bool {
    matches!(answer(file), Err(Unshown::Limit { .. }))
}

#[test]
fn page_trees_that_lead_back() {
    let own_kid = pdf(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [2 0 R] >>"]);
    assert_eq!(answer(&own_kid), Err(Unshown::NoPages));
    let page = "<< /Type /Page /Parent 2 0 R >>";
    let back = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R 4 0 R] >>",
        "<< /Type /Pages /Count 1 /Kids [2 0 R 3 0 R] >>",
        page,
    ]);
    assert_eq!(answer(&back), Ok(1));
}

#[test]
fn page_trees_that_multiply() {
    // Thirty levels, each with the next one twice: a thousand million pages in two kilobytes.
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    for level in 3..33 {
        objects.push(format!("<< /Type /Pages /Count 9 /Kids [{level} 0 R {level} 0 R] >>"));
    }
    objects.push("<< /Type /Page /MediaBox [0 0 9 9] >>".to_owned());
    assert!(limited(&pdf(&objects.iter().map(String::as_str).collect::<Vec<_>>())));
}

#[test]
fn forms_that_call_themselves_and_each_other() {
    let calls = |other: u32| {
        stream(
            &format!("/Subtype /Form /BBox [0 0 600 840] /Resources << /XObject << /A {other} 0 R /B 5 0 R >> >>"),
            "/A Do /B Do 0 100 9 9 re f",
        )
    };
    let file = one_page("/Resources << /XObject << /A 5 0 R >> >>", "", "/A Do", &[&calls(6), &calls(5)]);
    assert_eq!(answer(&file), Ok(1));

    // Each level calls the next ten times: more than can be followed, so there may be ink.
    let forms: Vec<String> = (6..17)
        .map(|next| {
            let entries = format!("/Subtype /Form /BBox [0 0 600 840] /Resources << /XObject << /A {next} 0 R >> >>");
            stream(&entries, &"/A Do ".repeat(10))
        })
        .collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    let file = one_page("/Resources << /XObject << /A 5 0 R >> >>", "", "/A Do", &forms);
    assert_eq!(survey(file.clone()).expect("it is looked through").pages[0].foot, Foot::CornerInk);
    assert_eq!(answer(&file), Ok(1));
}

#[test]
fn values_inside_values_without_end() {
    for depth in [100, 400, 10_000] {
        let deep = format!("<< /Type /Font /X {}{} >>", "[".repeat(depth), "]".repeat(depth));
        let file = one_page("/Resources << /Font << /F 5 0 R >> >>", "", "", &[&deep]);
        let found = answer(&file);
        assert!(matches!(found, Ok(1) | Err(Unshown::Limit { .. })), "{depth}: {found:?}");
        let content = format!("{} 0 0 9 9 re f", "[".repeat(depth));
        let found = answer(&one_page("", "", &content, &[]));
        assert!(matches!(found, Ok(1)), "{depth}: {found:?}");
    }
    assert!(limited(&one_page("", "", &"<<".repeat(20_000), &[])));
}

#[test]
fn resources_that_lead_back() {
    let file = one_page(
        "/Resources 5 0 R",
        "",
        "/A Do",
        &[
            "<< /XObject << /A 6 0 R >> /Font 5 0 R >>",
            &stream("/Subtype /Form /BBox [0 0 9 9] /Resources 5 0 R", "/A Do"),
        ],
    );
    assert_eq!(answer(&file), Ok(1));
}

#[test]
fn content_that_unfolds_beyond_measure() {
    use std::io::Write as _;
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..200 {
        packed.write_all(&zeros).expect("in memory");
    }
    let packed = packed.finish().expect("in memory");
    let mut content = format!("<< /Filter /FlateDecode /Length {} >>\nstream\n", packed.len()).into_bytes();
    content.extend(&packed);
    content.extend(b"\nendstream");
    let file = super::files::pdf_of(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec(),
        content,
    ]);
    assert!(file.len() < 1 << 20);
    assert!(limited(&file));
}

#[test]
fn more_pages_than_anyone_reads() {
    let kids = "3 0 R ".repeat(5_001);
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        &format!("<< /Type /Pages /Count 5001 /Kids [{kids}] >>"),
        "<< /Type /Page >>",
    ]);
    assert!(limited(&file));
}

#[test]
fn numbers_that_are_none() {
    for area in ["[0 0 0 0]", "[0 0 99999999999999999999 9]", "[5 5]", "(no)", "[/a /b /c /d]"] {
        let file =
            one_page(&format!("/MediaBox {area} /Rotate 45 /UserUnit -3"), "", "1 0 0 0 0 0 cm 0 0 1 1 re f", &[]);
        assert_eq!(answer(&file), Ok(1), "{area}");
    }
}

#[test]
fn fields_and_places_that_lead_back() {
    let page =
        "/Annots [5 0 R << /Subtype /Link /Rect [0 0 9 9] /Dest (x) >> << /Subtype /Link /Rect [0 0 9 9] /Dest /y >>]";
    let catalog = "/AcroForm << /NeedAppearances true >> /Names << /Dests 6 0 R >> /Dests << /y /y >>";
    let field = "<< /Subtype /Widget /Rect [0 0 90 90] /Parent 5 0 R >>";
    let file = one_page(page, catalog, "", &[field, "<< /Kids [6 0 R 6 0 R] >>"]);
    assert_eq!(answer(&file), Ok(1));
}
