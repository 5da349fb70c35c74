//! The check of a book: reads and hashes everything again, and lets `integrity` conclude.

use std::collections::BTreeSet;

use rusqlite::Row;
use serde::Serialize;

use super::count::Count;
use super::{Book, StoreError, originals, records};
use crate::integrity::{Checker, EntryFacts, KeyFacts, RowFacts};
use crate::model::{Digest, Finding, Severity};

/// What a check looked at, and what it found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// How many of each were read and hashed again.
    pub checked: Checked,
    /// What does not agree, and what is worth knowing.
    pub findings: Vec<Finding>,
}

/// Counts of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Checked {
    /// Kept originals.
    pub originals: u64,
    /// Record versions.
    pub records: u64,
    /// Journal entries.
    pub journal: u64,
}

impl Check {
    /// Nothing was found but what is merely worth knowing.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity == Severity::Info)
    }
}

const RECORDS: &str = "SELECT r.noun, r.number, r.version, r.body, r.sha256,
    EXISTS (SELECT 1 FROM erasure AS e WHERE e.sha256 = r.sha256) FROM record AS r";
const ORIGINALS: &str = "SELECT o.sha256, o.bytes, o.receiving, NULL, o.sha256,
    EXISTS (SELECT 1 FROM erasure AS e WHERE e.sha256 = o.sha256) FROM original AS o";
const ARRIVALS: &str = "SELECT a.number, NULL, NULL, a.body, a.sha256, 0 FROM arrival AS a";
const ERASURES: &str = "SELECT e.sha256, NULL, NULL, NULL, e.sha256, 0 FROM erasure AS e";

impl Book {
    /// Reads and hashes everything again: every entry of the journal, every record version, every
    /// original, and SQLite's own check of the file. `given` are heads that others hold, as entry number
    /// and head; they show whether the journal was cut or written anew since.
    ///
    /// # Errors
    /// Reading failed in a way that damage does not explain.
    pub fn check(&self, given: &[(u64, Digest)]) -> Result<Check, StoreError> {
        // One reading transaction: another window may go on writing meanwhile.
        self.connection.execute_batch("BEGIN")?;
        let mut check = Checking {
            book: self,
            checker: Checker::new(&self.info.id, self.info.practice, given),
            checked: Checked::default(),
        };
        let parts: [Part<'_>; 5] =
            [Checking::pages, Checking::journal, Checking::strays, Checking::keys, Checking::listing];
        let mut result = Ok(());
        for part in parts {
            match part(&mut check) {
                Err(StoreError::Damaged { what }) => check.damage(&what),
                Err(StoreError::Sqlite(error @ rusqlite::Error::SqliteFailure(..))) => check.damage(&error.to_string()),
                Err(StoreError::Sqlite(
                    error @ (rusqlite::Error::InvalidColumnType(..) | rusqlite::Error::Utf8Error(..)),
                )) => {
                    check.damage(&error.to_string());
                }
                Err(error) => result = Err(error),
                Ok(()) => {}
            }
        }
        let _ = self.connection.execute_batch("ROLLBACK");
        result?;
        Ok(Check { checked: check.checked, findings: check.checker.finish() })
    }
}

/// One part of a check.
type Part<'book> = fn(&mut Checking<'book>) -> Result<(), StoreError>;

struct Checking<'book> {
    book: &'book Book,
    checker: Checker,
    checked: Checked,
}

impl Checking<'_> {
    fn damage(&mut self, what: &str) {
        self.checker.note(Finding::new(
            Severity::Block,
            "file-damaged",
            "the file",
            format!("Part of the file cannot be read: {what}."),
            "Make no changes. Keep a copy of the file as it is, and open your last backup to compare.",
        ));
    }

    /// SQLite's own check of its pages, indexes and constraints.
    fn pages(&mut self) -> Result<(), StoreError> {
        let mut statement = self.book.connection.prepare("PRAGMA integrity_check(20)")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let said: String = row.get(0)?;
            if said != "ok" {
                self.damage(&said);
            }
        }
        Ok(())
    }

    fn journal(&mut self) -> Result<(), StoreError> {
        let connection = &self.book.connection;
        let mut journal =
            connection.prepare("SELECT seq, entry, prev, leaf, head, evidence FROM journal ORDER BY seq")?;
        let of_entry = [
            (format!("{RECORDS} WHERE r.entry = ?1 ORDER BY r.row"), "record"),
            (format!("{ORIGINALS} WHERE o.entry = ?1"), "original"),
            (format!("{ARRIVALS} WHERE a.entry = ?1"), "arrival"),
            (format!("{ERASURES} WHERE e.entry = ?1"), "erased"),
        ];
        let mut entries = journal.query([])?;
        while let Some(row) = entries.next()? {
            let seq: Count = row.get(0)?;
            let text = row.get_ref(1)?;
            self.checker.entry(&EntryFacts {
                seq: seq.0,
                text: text.as_str().map_err(rusqlite::Error::from)?,
                prev: Digest(row.get(2)?),
                leaf: Digest(row.get(3)?),
                head: Digest(row.get(4)?),
                evidence: row.get(5)?,
            });
            self.checked.journal += 1;
            for (sql, kind) in &of_entry {
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query([seq])?;
                while let Some(row) = rows.next()? {
                    let facts = self.facts(kind, row)?;
                    self.checker.row(&facts);
                }
            }
        }
        Ok(())
    }

    /// Rows of evidence that name an entry the journal does not have.
    fn strays(&mut self) -> Result<(), StoreError> {
        for (sql, alias, kind) in [
            (RECORDS, "r", "record"),
            (ORIGINALS, "o", "original"),
            (ARRIVALS, "a", "arrival"),
            (ERASURES, "e", "erased"),
        ] {
            let sql = format!("{sql} WHERE NOT EXISTS (SELECT 1 FROM journal WHERE seq = {alias}.entry)");
            let mut statement = self.book.connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let facts = self.facts(kind, row)?;
                self.checker.stray(&facts);
            }
        }
        Ok(())
    }

    /// Hashes what a row holds.
    fn facts(&mut self, kind: &str, row: &Row<'_>) -> Result<RowFacts, StoreError> {
        let stated = Digest(row.get(4)?);
        let erased: bool = row.get(5)?;
        let body = || -> Result<Option<Digest>, StoreError> {
            Ok(row.get_ref(3)?.as_bytes_or_null().map_err(rusqlite::Error::from)?.map(Digest::of))
        };
        let (name, found) = match kind {
            "record" => {
                self.checked.records += 1;
                let (noun, number, version): (String, u32, u32) = (row.get(0)?, row.get(1)?, row.get(2)?);
                (format!("record {noun}-{number} {version}"), body()?)
            }
            "original" => {
                self.checked.originals += 1;
                let Count(bytes) = row.get(1)?;
                let (digest, length) = originals::read_back(&self.book.connection, row.get(2)?)?;
                let gone = length == 0 && bytes > 0;
                (format!("original {stated} {bytes}"), (!gone).then_some(digest))
            }
            "arrival" => (format!("arrival {}", row.get::<_, i64>(0)?), body()?),
            _ => (format!("erased {stated}"), Some(stated)),
        };
        Ok(RowFacts { name, stated, found, erased })
    }

    fn keys(&mut self) -> Result<(), StoreError> {
        let mut statement =
            self.book.connection.prepare("SELECT noun, number, version FROM record ORDER BY noun, number, version")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            self.checker.key(KeyFacts { noun: row.get(0)?, number: row.get(1)?, version: row.get(2)? });
        }
        Ok(())
    }

    /// What lists show against what the records say.
    fn listing(&mut self) -> Result<(), StoreError> {
        let mut wrong = BTreeSet::new();
        let mut statement = self.book.connection.prepare(
            "SELECT r.noun, r.number, r.version, r.body, l.title, l.day, l.current IS r.row FROM record AS r
             LEFT JOIN listing AS l ON l.noun = r.noun AND l.number = r.number
             WHERE r.body IS NOT NULL AND r.version = (SELECT max(version) FROM record AS later
                 WHERE later.noun = r.noun AND later.number = r.number AND later.body IS NOT NULL)",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            // A changed body has a finding of its own.
            let Ok(record) = records::read_body(row)?.read() else { continue };
            let (title, day): (Option<String>, Option<String>) = (row.get(4)?, row.get(5)?);
            let current: bool = row.get(6)?;
            let happened = record.content.when().map(|when| when.london_date().to_string());
            if title != Some(record.content.title()) || day != happened || !current {
                wrong.insert(record.id);
            }
        }
        if let Some(first) = wrong.first() {
            let what = format!("Lists show {} records otherwise than they are, first {first}.", wrong.len());
            let next = "No record is harmed. Lists and search can be made again from the records.";
            self.checker.note(Finding::new(Severity::Warn, "listing-differs", "lists and search", what, next));
        }
        Ok(())
    }
}
