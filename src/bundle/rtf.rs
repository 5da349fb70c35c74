//! Rich text, written by hand: paragraphs and headings of a statement. Any word processor opens it.

use std::fmt::Write as _;

use super::rich_text::escaped;

/// 3.5 cm in twentieths of a point (22A-05).
const LEFT_MARGIN: u32 = 1_985;
/// 2.5 cm.
const MARGIN: u32 = 1_417;
/// One and a half lines (27A-62).
const SPACED: &str = "\\sl360\\slmult1\\sa120";

/// A text being written.
pub(super) struct Rtf(String);

impl Rtf {
    /// A statement: case number and maker at the head of every page, the page's number at its foot.
    pub fn statement(running_head: &str, practice: bool) -> Self {
        let practice = if practice { "PRACTICE    " } else { "" };
        let mut rtf = String::from(
            "{\\rtf1\\ansi\\deff0\\uc1{\\fonttbl{\\f0\\froman Times New Roman;}}\\paperw11906\\paperh16838",
        );
        let head = escaped(&format!("{practice}{running_head}"));
        write!(
            rtf,
            "\\margl{LEFT_MARGIN}\\margr{MARGIN}\\margt{MARGIN}\\margb{MARGIN}\n{{\\header\\pard\\fs20 {head}\\par}}\n"
        )
        .expect("a string takes text");
        rtf.push_str("{\\footer\\pard\\qc\\fs24 \\chpgn\\par}\n");
        Rtf(rtf)
    }

    fn paragraph(&mut self, form: &str, words: &str) {
        writeln!(self.0, "\\pard{form}\\fs24 {}\\par", escaped(words)).expect("a string takes text");
    }

    pub fn right(&mut self, words: &str) {
        self.paragraph("\\qr", words);
    }

    pub fn left(&mut self, words: &str) {
        self.paragraph("", words);
    }

    pub fn centred(&mut self, words: &str) {
        writeln!(self.0, "\\pard\\qc\\fs28\\b {}\\b0\\par", escaped(words)).expect("a string takes text");
    }

    pub fn centred_plain(&mut self, words: &str) {
        self.paragraph("\\qc", words);
    }

    pub fn heading(&mut self, words: &str) {
        writeln!(self.0, "\\pard\\keepn\\sb120\\sa60\\fs24\\b {}\\b0\\par", escaped(words))
            .expect("a string takes text");
    }

    pub fn spaced(&mut self, words: &str) {
        self.paragraph(SPACED, words);
    }

    /// A numbered paragraph, its number hanging.
    pub fn numbered(&mut self, number: usize, words: &str) {
        writeln!(self.0, "\\pard{SPACED}\\fi-567\\li567\\tx567\\fs24 {number}.\\tab {}\\par", escaped(words))
            .expect("a string takes text");
    }

    pub fn finish(mut self) -> String {
        self.0.push_str("}\n");
        self.0
    }
}
