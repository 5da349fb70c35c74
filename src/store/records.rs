//! Records: a version is one row, its body the JSON exactly as hashed.

use rusqlite::{OptionalExtension, Row};

use super::book::salt;
use super::gathered::{self, Version};
use super::{Book, StoreError, Writing, index};
use crate::model::{Content, Digest, Noun, Record, RecordId};

impl Book {
    /// The current version of a record.
    ///
    /// # Errors
    /// Reading failed.
    pub fn record(&self, id: RecordId) -> Result<Option<Record>, StoreError> {
        gathered::write_versions(self)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT noun, number, version, body FROM record
             WHERE noun = ?1 AND number = ?2 AND body IS NOT NULL ORDER BY version DESC LIMIT 1",
        )?;
        let body = statement.query_row((id.noun.prefix(), id.number), read_body).optional()?;
        body.map(Body::read).transpose()
    }

    /// All versions, first to last. An erased version is left out.
    ///
    /// # Errors
    /// Reading failed.
    pub fn versions(&self, id: RecordId) -> Result<Vec<Record>, StoreError> {
        gathered::write_versions(self)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT noun, number, version, body FROM record
             WHERE noun = ?1 AND number = ?2 AND body IS NOT NULL ORDER BY version",
        )?;
        let bodies = statement.query_map((id.noun.prefix(), id.number), read_body)?;
        bodies.map(|body| body?.read()).collect()
    }

    /// The current versions of all records of a noun, by number.
    ///
    /// # Errors
    /// Reading failed.
    pub fn all(&self, noun: Noun) -> Result<Vec<Record>, StoreError> {
        gathered::write_versions(self)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT r.noun, r.number, r.version, r.body FROM listing AS l JOIN record AS r ON r.row = l.current
             WHERE l.noun = ?1 AND r.body IS NOT NULL ORDER BY l.number",
        )?;
        let bodies = statement.query_map([noun.prefix()], read_body)?;
        bodies.map(|body| body?.read()).collect()
    }
}

/// A body with the key it stands under.
pub(super) struct Body {
    noun: String,
    number: u32,
    version: u32,
    text: String,
}

/// Reads `noun, number, version, body`.
pub(super) fn read_body(row: &Row<'_>) -> rusqlite::Result<Body> {
    Ok(Body { noun: row.get(0)?, number: row.get(1)?, version: row.get(2)?, text: row.get(3)? })
}

impl Body {
    pub(super) fn read(self) -> Result<Record, StoreError> {
        let id = record_id(&self.noun, self.number)?;
        let record: Record = serde_json::from_str(&self.text).map_err(|source| StoreError::Unreadable {
            id,
            version: self.version,
            source,
        })?;
        if record.id != id || record.version != self.version {
            let what = format!("what stands under {id} version {} names itself otherwise", self.version);
            return Err(StoreError::Damaged { what });
        }
        Ok(record)
    }
}

pub(super) fn record_id(prefix: &str, number: u32) -> Result<RecordId, StoreError> {
    let noun = Noun::ALL.into_iter().find(|noun| noun.prefix() == prefix);
    let noun =
        noun.ok_or_else(|| StoreError::Damaged { what: format!("there is no kind of record “{prefix}”") })?;
    Ok(RecordId::new(noun, number))
}

impl Writing<'_> {
    /// Adds a record.
    ///
    /// # Errors
    /// Writing failed.
    pub fn add(&mut self, content: Content) -> Result<RecordId, StoreError> {
        self.add_kept(content).map(|(id, _)| id)
    }

    /// Adds a record, and gives its content back.
    ///
    /// # Errors
    /// Writing failed.
    pub fn add_kept(&mut self, content: Content) -> Result<(RecordId, Content), StoreError> {
        let noun = content.noun();
        let number: u32 = if let Some(number) = self.next.numbers.get(&noun) {
            *number
        } else {
            gathered::write_versions(self.book)?;
            self.book
                .connection
                .prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM record WHERE noun = ?1")?
                .query_row([noun.prefix()], |row| row.get(0))?
        };
        let id = RecordId::new(noun, number);
        let content = self.put(id, 1, None, content)?;
        self.next.numbers.insert(noun, number + 1);
        Ok((id, content))
    }

    /// Adds the next version of a record, with the reason. The first words stay.
    ///
    /// # Errors
    /// There is no such record, the noun differs, or writing failed.
    pub fn amend(&mut self, id: RecordId, content: Content, why: &str) -> Result<u32, StoreError> {
        if content.noun() != id.noun {
            return Err(StoreError::OtherNoun { id, to: content.noun() });
        }
        gathered::write_versions(self.book)?;
        let last: Option<u32> = self
            .book
            .connection
            .prepare_cached("SELECT max(version) FROM record WHERE noun = ?1 AND number = ?2")?
            .query_row((id.noun.prefix(), id.number), |row| row.get(0))?;
        let version = last.ok_or(StoreError::NoSuchRecord { id })? + 1;
        self.put(id, version, Some(why.to_owned()), content)?;
        Ok(version)
    }

    fn put(
        &mut self,
        id: RecordId,
        version: u32,
        why: Option<String>,
        content: Content,
    ) -> Result<Content, StoreError> {
        let record = Record { id, version, written_at: self.now, why, salt: salt(), content };
        let body = serde_json::to_string(&record).expect("a record is plain data");
        let sha256 = Digest::of(body.as_bytes());
        let row: i64 = match self.next.row {
            Some(row) => row,
            None => self
                .book
                .connection
                .prepare_cached("SELECT coalesce(max(row), 0) + 1 FROM record")?
                .query_row([], |row| row.get(0))?,
        };
        gathered::put_version(self.book, Version { row, id, number: version, body, sha256, entry: self.seq })?;
        self.draft.record(id, version, &sha256);
        self.next.row = Some(row + 1);
        index::put(self.book, &record, row)?;
        Ok(record.content)
    }
}
