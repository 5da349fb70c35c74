//! A text somebody goes on writing: the parts a record can fill in are filled in, the words are left to the
//! person. It is no paper: nothing is laid out, signed or dated.

use std::fmt::Write as _;

use super::plan::Heading;
use super::rtf::Rtf;
use crate::model::Finding;

/// Which text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaffoldKind {
    /// For one hearing: no new facts, no exhibits (27A-26).
    PositionStatement,
    /// A party's evidence, with a statement of truth to be signed by hand.
    WitnessStatement,
}

impl ScaffoldKind {
    /// All kinds.
    pub const ALL: [ScaffoldKind; 2] = [ScaffoldKind::PositionStatement, ScaffoldKind::WitnessStatement];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ScaffoldKind::PositionStatement => "position-statement",
            ScaffoldKind::WitnessStatement => "witness-statement",
        }
    }

    /// The kind a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// The text, in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaffold {
    /// Which text.
    pub kind: ScaffoldKind,
    /// It is of a practice book, and says so on every page.
    pub practice: bool,
    /// At the top of every page: case number and maker (22A-05).
    pub running_head: String,
    /// The block at top right of a statement (22A-03): label and value; empty values are filled in by hand.
    pub corner: Vec<(String, String)>,
    /// The heading of the action.
    pub heading: Heading,
    /// `First witness statement of Alex Reed`.
    pub title: String,
    /// Its own date and the hearing it is for (27A-33); empty where it is dated by hand.
    pub dated: String,
    /// In order; paragraphs are numbered through.
    pub parts: Vec<ScaffoldPart>,
    /// After the numbered paragraphs: the statement of truth, blanks to sign.
    pub closing: Vec<String>,
    /// What must be known before it is used.
    pub findings: Vec<Finding>,
}

/// A part of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScaffoldPart {
    /// A heading.
    Heading(String),
    /// A numbered paragraph.
    Paragraph(String),
}

impl Scaffold {
    /// How many numbered paragraphs it has.
    #[must_use]
    pub fn paragraphs(&self) -> usize {
        self.parts.iter().filter(|part| matches!(part, ScaffoldPart::Paragraph(_))).count()
    }

    /// As plain text.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut line = |words: &str| writeln!(text, "{words}").expect("a string takes text");
        if self.practice {
            line("PRACTICE\n");
        }
        for (label, value) in &self.corner {
            line(&format!("{label}: {value}"));
        }
        if !self.corner.is_empty() {
            line("");
        }
        self.heading.lines().iter().for_each(|words| line(words));
        line(&format!("\n{}", self.title));
        if !self.dated.is_empty() {
            line(&self.dated);
        }
        let mut number = 0;
        for part in &self.parts {
            match part {
                ScaffoldPart::Heading(words) => line(&format!("\n{words}")),
                ScaffoldPart::Paragraph(words) => {
                    number += 1;
                    line(&format!("\n{number}. {words}"));
                }
            }
        }
        self.closing.iter().for_each(|words| line(&format!("\n{words}")));
        text
    }

    /// As rich text, which any word processor opens: a left margin of 3.5 cm (22A-05), 12 point on one and a half
    /// lines (27A-61, 27A-62), page numbers at the foot.
    #[must_use]
    pub fn to_rich_text(&self) -> String {
        let mut rtf = Rtf::statement(&self.running_head, self.practice);
        for (label, value) in &self.corner {
            rtf.right(&format!("{label}: {value}"));
        }
        self.heading.lines().iter().for_each(|words| rtf.left(words));
        rtf.left("");
        rtf.centred(&self.title);
        if !self.dated.is_empty() {
            rtf.centred_plain(&self.dated);
        }
        rtf.left("");
        let mut number = 0;
        for part in &self.parts {
            match part {
                ScaffoldPart::Heading(words) => rtf.heading(words),
                ScaffoldPart::Paragraph(words) => {
                    number += 1;
                    rtf.numbered(number, words);
                }
            }
        }
        for words in &self.closing {
            rtf.spaced(words);
        }
        rtf.finish()
    }
}

impl Heading {
    /// Its lines, as a text has them.
    fn lines(&self) -> Vec<String> {
        let named = |(name, role): &(String, String)| {
            if role.is_empty() { name.clone() } else { format!("{name}, {role}") }
        };
        let top = [&self.court, &self.case_number, &self.statute].into_iter().flatten();
        top.chain(&self.children).cloned().chain(self.parties.iter().map(named)).collect()
    }
}
