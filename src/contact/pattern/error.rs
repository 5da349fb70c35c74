//! Why a pattern could not be read: the word, and what would be understood.

use std::ops::Range;

/// Why a pattern could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” in the pattern: {why}")]
pub struct PatternError {
    /// The word it is about, as typed.
    pub word: String,
    /// Where that stands in the text, in bytes.
    pub at: Range<usize>,
    /// Why, as a sentence without a full stop.
    pub why: String,
    /// What is understood, with an example.
    pub next: String,
}

impl PatternError {
    /// The line of the text with the word, and a line below that points at it.
    #[must_use]
    pub fn pointed(&self, text: &str) -> (String, String) {
        let start = text[..self.at.start.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or_default().to_owned();
        let before = text.get(start..self.at.start).map_or(0, |before| before.chars().count());
        let marks = self.word.chars().count().max(1);
        (line, format!("{}{}", " ".repeat(before), "^".repeat(marks)))
    }
}
