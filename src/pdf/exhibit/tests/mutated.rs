//! Valid files with bytes changed, cut and doubled: there is always an answer, and never a panic.

use proptest::prelude::*;

use super::super::survey;
use super::super::trial::{Stamp, fingerprints, paper_of};
use super::files::{FONT, one_page, stream};

/// A file with something of everything.
fn rich() -> Vec<u8> {
    let page = "/Rotate 90 /Group << /S /Transparency >> /Resources << /Font << /F 6 0 R >> /XObject << /A 5 0 R >> \
                /Properties << /L 7 0 R >> >> /Annots [<< /Subtype /Link /Rect [0 0 9 9] /Dest (x) >> 8 0 R]";
    let catalog = "/Names << /Dests << /Names [(x) [3 0 R /Fit]] >> >> /AcroForm << /Fields [8 0 R] /NeedAppearances true >> \
                   /OCProperties << /OCGs [7 0 R] /D << /OFF [7 0 R] >> >>";
    one_page(
        page,
        catalog,
        "q BT /F 12 Tf (Words) Tj ET /A Do /OC /L BDC 0 0 9 9 re f EMC Q",
        &[
            &stream("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 5 0 R >> >>", "/A Do 0 0 9 9 re f"),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Widths [500 600] >>",
            "<< /Type /OCG /Name (layer) >>",
            "<< /Subtype /Widget /FT /Tx /V (value) /DA (/Helv 9 Tf 0 g) /Rect [9 9 99 29] >>",
        ],
    )
}

fn answers(bytes: &[u8]) {
    let found = survey(bytes.to_vec());
    let stamp = Stamp { on: true, growth: 34.0 };
    let paper = paper_of(bytes, None, stamp);
    assert_eq!(found.is_ok(), paper.is_ok(), "survey and copy agree");
    if let (Ok(found), Ok(paper)) = (found, paper) {
        let own: Vec<_> = found.pages.iter().map(|page| page.fingerprint).collect();
        assert_eq!(fingerprints(&paper, stamp), Ok(own));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_bytes(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = rich();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        answers(&bytes);
    }

    #[test]
    fn cut_and_doubled(from in any::<prop::sample::Index>(), length in 1_usize..200, doubled in any::<bool>()) {
        let mut bytes = rich();
        let from = from.index(bytes.len());
        let to = (from + length).min(bytes.len());
        let part = bytes[from..to].to_vec();
        if doubled {
            bytes.splice(to..to, part);
        } else {
            bytes.drain(from..to);
        }
        answers(&bytes);
    }

    #[test]
    fn content_of_any_kind(content in "[qQBTEIDJ()<>\\[\\]/%a0-9 .'\"#\\\\\n-]{0,60}") {
        answers(&one_page(FONT, "", &content, &[]));
    }
}

/// A reader finds the content of such a file in passing and shows it differently from the whole copy of it:
/// the finished paper did not agree with its source, and could not be made at all.
#[test]
fn objects_that_run_into_one_another() {
    let mut bytes = rich();
    let broken =
        [(&b"endobj\n4 0 obj"[..], 6), (b"<< /XObject << /A 5 0 R >> >> /Length", 12), (b"/Subtype /Type1", 11)];
    for (words, at) in broken {
        let start = bytes.windows(words.len()).position(|window| window == words).expect("it stands in the file");
        bytes[start + at] = b'y';
    }
    answers(&bytes);
}
