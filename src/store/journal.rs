//! The journal: every transaction that adds evidence ends in one entry, and each entry is chained to
//! the one before it in a way `sha256sum` and a shell can re-check.
//!
//! An entry is these lines, each ended by a newline, exactly as hashed:
//!
//! ```text
//! daybook journal 1
//! book 0123456789abcdef0123456789abcdef
//! seq 12
//! at 2026-11-23T14:05:00Z
//! salt <64 hexadecimal digits of chance>
//! sentence Wrote down a contact event (INC-1)
//! record INC-1 1 <sha256>
//! original <sha256> <bytes>
//! arrival 3 <sha256 of the receipt>
//! erased <sha256>
//! ```

use rusqlite::{OptionalExtension, Row};

use super::book::salt;
use super::count::Count;
use super::{Book, BookInfo, StoreError};
use crate::integrity;
use crate::model::{Digest, Instant, RecordId};

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// From 1.
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// In the user's words: `Wrote down a contact event (INC-1)`.
    pub sentence: String,
    /// The head after this entry.
    pub head: Digest,
    /// Whether it changed evidence (an export of a paper does not).
    pub evidence: bool,
}

/// One line of the journal's skeleton: enough to re-check the chain, and telling nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JournalLink {
    /// From 1.
    pub seq: u64,
    /// SHA-256 of the entry's bytes.
    pub leaf: Digest,
    /// SHA-256 of `<head before> <leaf>\n`, both in hexadecimal.
    pub head: Digest,
}

/// What a transaction adds, gathered while it runs.
#[derive(Debug, Default)]
pub(super) struct Draft {
    lines: String,
    evidence: bool,
}

impl Draft {
    pub(super) fn record(&mut self, id: RecordId, version: u32, sha256: &Digest) {
        self.line(&format!("record {id} {version} {sha256}"));
        // An edition of a paper is listed and chained like all else, but does not move the head that
        // papers print: otherwise printing a paper would change the next one.
        self.evidence |= id.noun != crate::model::Noun::Bundle;
    }

    pub(super) fn original(&mut self, sha256: &Digest, bytes: u64) {
        self.line(&format!("original {sha256} {bytes}"));
        self.evidence = true;
    }

    pub(super) fn arrival(&mut self, number: i64, sha256: &Digest) {
        self.line(&format!("arrival {number} {sha256}"));
        self.evidence = true;
    }

    fn line(&mut self, line: &str) {
        self.lines.push_str(line);
        self.lines.push('\n');
    }
}

/// Writes the entry a transaction ends in.
pub(super) fn append(
    book: &Book,
    seq: u64,
    at: Instant,
    sentence: &str,
    draft: &Draft,
) -> Result<JournalEntry, StoreError> {
    let prev: Option<[u8; 32]> = book
        .connection
        .query_row("SELECT head FROM journal ORDER BY seq DESC LIMIT 1", [], |row| row.get(0))
        .optional()?;
    let prev = Digest(prev.unwrap_or_default());
    let sentence = on_one_line(sentence);
    let entry = entry_text(&book.info, seq, at, &sentence, &draft.lines);
    let leaf = Digest::of(entry.as_bytes());
    let head = integrity::next_head(&prev, &leaf);
    book.connection
        .prepare_cached("INSERT INTO journal (seq, entry, prev, leaf, head, evidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute((Count(seq), &entry, prev.0, leaf.0, head.0, draft.evidence))?;
    Ok(JournalEntry { seq, at, sentence, head, evidence: draft.evidence })
}

fn entry_text(info: &BookInfo, seq: u64, at: Instant, sentence: &str, lines: &str) -> String {
    let practice = if info.practice { " practice" } else { "" };
    format!(
        "daybook journal 1\nbook {}{practice}\nseq {seq}\nat {at}\nsalt {}\nsentence {sentence}\n{lines}",
        info.id,
        salt(),
    )
}

/// A sentence is one line: control characters (also those that break lines elsewhere) become spaces.
fn on_one_line(sentence: &str) -> String {
    let spaced: String = sentence
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    spaced.trim().to_owned()
}

/// The number the next entry will have.
pub(super) fn next_seq(book: &Book) -> Result<u64, StoreError> {
    let Count(seq) =
        book.connection.query_row("SELECT coalesce(max(seq), 0) + 1 FROM journal", [], |row| row.get(0))?;
    Ok(seq)
}

const COLUMNS: &str = "SELECT seq, entry, head, evidence FROM journal";

fn read_entry(row: &Row<'_>) -> rusqlite::Result<JournalEntry> {
    let entry: String = row.get(1)?;
    let field = |name: &str| {
        entry
            .lines()
            .find_map(|line| line.strip_prefix(name).and_then(|rest| rest.strip_prefix(' ')))
            .unwrap_or_default()
    };
    Ok(JournalEntry {
        seq: row.get::<_, Count>(0)?.0,
        // An entry whose time does not read is shown at the epoch; the check names it.
        at: Instant::from_rfc3339(field("at")).unwrap_or(Instant(0)),
        sentence: field("sentence").to_owned(),
        head: Digest(row.get(2)?),
        evidence: row.get(3)?,
    })
}

impl Book {
    /// The whole journal, first to last.
    ///
    /// # Errors
    /// Reading failed.
    pub fn journal(&self) -> Result<Vec<JournalEntry>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!("{COLUMNS} ORDER BY seq"))?;
        let entries = statement.query_map([], read_entry)?;
        Ok(entries.collect::<Result<_, _>>()?)
    }

    /// The last entry. `None` in an empty book.
    ///
    /// # Errors
    /// Reading failed.
    pub fn journal_last(&self) -> Result<Option<JournalEntry>, StoreError> {
        let sql = format!("{COLUMNS} ORDER BY seq DESC LIMIT 1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([], read_entry).optional()?)
    }

    /// The last entry that changed evidence: what papers print. `None` in an empty book.
    ///
    /// # Errors
    /// Reading failed.
    pub fn evidence_head(&self) -> Result<Option<JournalEntry>, StoreError> {
        let sql = format!("{COLUMNS} WHERE evidence = 1 ORDER BY seq DESC LIMIT 1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([], read_entry).optional()?)
    }

    /// The chain alone, first to last, up to and with entry `until` (all of it where that is `None`).
    ///
    /// # Errors
    /// Reading failed.
    pub fn journal_skeleton(&self, until: Option<u64>) -> Result<Vec<JournalLink>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT seq, leaf, head FROM journal WHERE seq <= coalesce(?1, seq) ORDER BY seq")?;
        let links = statement.query_map([until.map(Count)], |row| {
            Ok(JournalLink { seq: row.get::<_, Count>(0)?.0, leaf: Digest(row.get(1)?), head: Digest(row.get(2)?) })
        })?;
        Ok(links.collect::<Result<_, _>>()?)
    }

    /// The bytes of one entry exactly as hashed: what `sha256sum` takes to give its leaf.
    ///
    /// # Errors
    /// Reading failed.
    pub fn journal_entry_text(&self, seq: u64) -> Result<Option<String>, StoreError> {
        Ok(self
            .connection
            .prepare_cached("SELECT entry FROM journal WHERE seq = ?1")?
            .query_row([Count(seq)], |row| row.get(0))
            .optional()?)
    }
}
