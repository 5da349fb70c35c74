//! The lines of a journal entry.

use crate::model::{Digest, Instant};

/// A journal entry, read. Its first six lines are fixed; then one line for each thing it added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryLines<'a> {
    /// The book it belongs to, with ` practice` after it in a practice book.
    pub book: &'a str,
    /// Its number.
    pub seq: u64,
    /// When it was written.
    pub at: Instant,
    /// What was done, in the user's words.
    pub sentence: &'a str,
    /// What it added.
    pub items: Vec<Item>,
}

/// One thing an entry added, or an erasure it records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Item {
    /// `record INC-1 2`, `original <sha256> <bytes>`, `arrival 3`, `erased <sha256>`.
    pub name: String,
    /// Its SHA-256.
    pub sha256: Digest,
}

/// The text is not a journal entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line} does not read as a journal entry")]
pub struct NotAnEntry {
    /// Counted from 1.
    pub line: usize,
}

impl<'a> EntryLines<'a> {
    /// Reads an entry.
    ///
    /// # Errors
    /// A line is missing or is not what stands in an entry.
    pub fn read(text: &'a str) -> Result<Self, NotAnEntry> {
        let body = text.strip_suffix('\n').ok_or(NotAnEntry { line: text.lines().count() })?;
        let mut lines = body.split('\n').zip(1..);
        let mut field = |name: &str| match lines.next() {
            Some((line, number)) => match line.strip_prefix(name).and_then(|rest| rest.strip_prefix(' ')) {
                Some(value) => Ok((value, number)),
                None => Err(NotAnEntry { line: number }),
            },
            None => Err(NotAnEntry { line: 0 }),
        };
        let (version, line) = field("daybook journal")?;
        if version != "1" {
            return Err(NotAnEntry { line });
        }
        let (book, _) = field("book")?;
        let (seq, line) = field("seq")?;
        let seq = seq.parse().map_err(|_| NotAnEntry { line })?;
        let (at, line) = field("at")?;
        let at = Instant::from_rfc3339(at).ok_or(NotAnEntry { line })?;
        field("salt")?;
        let (sentence, _) = field("sentence")?;
        let items = lines.map(|(line, number)| Item::read(line).ok_or(NotAnEntry { line: number }));
        Ok(EntryLines { book, seq, at, sentence, items: items.collect::<Result<_, _>>()? })
    }

    /// Whether it changed evidence: it added something other than an edition of a paper.
    #[must_use]
    pub fn changes_evidence(&self) -> bool {
        self.items.iter().any(|item| !item.name.starts_with("record BND-"))
    }
}

impl Item {
    fn read(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        let sha256 = match words.as_slice() {
            ["record", _, _, sha256] | ["arrival", _, sha256] => sha256,
            ["original", sha256, _] | ["erased", sha256] => {
                return Some(Item { name: line.to_owned(), sha256: sha256.parse().ok()? });
            }
            _ => return None,
        };
        let name = line.strip_suffix(sha256)?.trim_end();
        Some(Item { name: name.to_owned(), sha256: sha256.parse().ok()? })
    }
}
