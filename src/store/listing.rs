//! Lists: the timeline, and messages by what makes them the same.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::naming::NamingKeys;
use super::{Book, StoreError, gathered, index, records, search};
use crate::model::{Channel, Content, Date, Digest, Instant, Noun, RecordId, ThreadKey, When};

/// A line of a listing, read from the rebuildable chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The record.
    pub id: RecordId,
    /// Its current version; more than 1 means corrected.
    pub version: u32,
    /// When it happened.
    pub when: Option<When>,
    /// When its first version was written down.
    pub written_at: Instant,
    /// See [`Content::title`].
    pub title: String,
    /// For search: the words around the hit, with `\u{1}` and `\u{2}` around what matched.
    pub excerpt: Option<String>,
    /// For search: where the words stand, if that is a file of the record.
    pub stands_in: Option<StandsIn>,
}

/// A place in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandsIn {
    /// The file.
    pub sha256: Digest,
    /// Its page, from 1. `None`: it has no pages.
    pub page: Option<u32>,
}

/// A message that may be the same as another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Like {
    /// The message.
    pub id: RecordId,
    /// See [`crate::model::Message::fingerprint`].
    pub fingerprint: Option<Digest>,
    /// Its Message-ID.
    pub message_id: Option<String>,
}

/// What a listing is narrowed to. Everything `None` or empty lists everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// London dates, both included. Records without a time fall outside any range.
    pub from: Option<Date>,
    /// See `from`.
    pub until: Option<Date>,
    /// Only these nouns.
    pub nouns: Vec<Noun>,
    /// Only records that name one of these people (by id, identities or name).
    pub with: Vec<RecordId>,
    /// Only records whose words match all of these words. Any input is safe.
    pub matching: Option<String>,
    /// Only messages sent in one of these ways.
    pub channels: Vec<Channel>,
    /// Only messages read from what one of these imports read.
    pub imports: Vec<RecordId>,
    /// Only what has one of these keys of a conversation.
    pub threads: Vec<ThreadKey>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// Conditions on `listing AS l`, each with its values.
pub(super) struct Conditions {
    sql: String,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    /// The conditions of a filter, but for its limit. `None`: nothing can match.
    pub(super) fn of(book: &Book, filter: &Filter) -> Result<Option<Self>, StoreError> {
        gathered::write(book)?;
        let mut conditions = Conditions { sql: String::from("1"), values: Vec::new() };
        if !filter.nouns.is_empty() {
            let nouns = filter.nouns.iter().map(|noun| Value::from(noun.prefix().to_owned()));
            conditions.add_list("l.noun IN", nouns.collect());
        }
        if let Some(from) = filter.from {
            conditions.add("l.day >= ?", from.to_string().into());
        }
        if let Some(until) = filter.until {
            conditions.add("l.day <= ?", until.to_string().into());
        }
        if !filter.with.is_empty() {
            let mut keys = NamingKeys::default();
            for asked in &filter.with {
                for id in book.ids_of_person(*asked)? {
                    let record = book.record(id)?;
                    let person = record.as_ref().and_then(|record| match &record.content {
                        Content::Person(person) => Some(person),
                        _ => None,
                    });
                    // Of somebody joined to another only the id counts: what is theirs was given to that one.
                    let person = person.filter(|person| person.merged.is_none());
                    keys.person(id, person);
                }
            }
            let (sql, values) =
                keys.condition(("EXISTS (SELECT 1 FROM named AS n WHERE n.listing = l.row AND n.key IN", ")"));
            conditions.sql.extend([" AND ", &sql]);
            conditions.values.extend(values);
        }
        if !filter.threads.is_empty() {
            let keys = filter.threads.iter().map(|key| Value::from(index::thread_key(key)));
            conditions.add_named(keys.collect());
        }
        if !filter.channels.is_empty() {
            let words = filter.channels.iter().map(|channel| Value::from(channel.word().to_owned()));
            conditions.add_list(
                "EXISTS (SELECT 1 FROM message_key AS k WHERE k.listing = l.row AND k.channel IN",
                words.collect(),
            );
            conditions.sql.push(')');
        }
        for import in &filter.imports {
            // Every version of an import tells of a part of it.
            conditions.add(
                "l.row IN (SELECT k.listing FROM message_key AS k WHERE k.original IN
                   (SELECT unhex(s.value ->> '$.original') FROM record AS i, json_each(i.body, '$.content.import.sources') AS s
                    WHERE i.noun = 'IMP' AND i.body IS NOT NULL AND i.number = ?))",
                i64::from(import.number).into(),
            );
        }
        if let Some(words) = &filter.matching {
            let Some(asked) = search::Asked::of(words) else { return Ok(None) };
            conditions.add("l.row IN (SELECT rowid FROM words WHERE words MATCH ?)", asked.expression().into());
        }
        Ok(Some(conditions))
    }

    fn add(&mut self, condition: &str, value: Value) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.push(value);
    }

    fn add_named(&mut self, keys: Vec<Value>) {
        self.add_list("EXISTS (SELECT 1 FROM named AS n WHERE n.listing = l.row AND n.key IN", keys);
        self.sql.push(')');
    }

    fn add_list(&mut self, condition: &str, values: Vec<Value>) {
        let marks = vec!["?"; values.len()].join(", ");
        self.sql.extend([" AND ", condition, " (", &marks, ")"]);
        self.values.extend(values);
    }

    pub(super) fn sql(&self) -> &str {
        &self.sql
    }
}

pub(super) const LISTED: &str = "l.noun, l.number, l.version, l.happened, l.written_at, l.title";

pub(super) fn read_listed(row: &Row<'_>) -> Result<Listed, StoreError> {
    let happened: Option<String> = row.get(3)?;
    let when = happened.map(|json| serde_json::from_str(&json)).transpose().map_err(|error| StoreError::Damaged {
        what: format!("a line of the listing cannot be read ({error}); it can be made again from the records"),
    })?;
    Ok(Listed {
        id: records::record_id(&row.get::<_, String>(0)?, row.get(1)?)?,
        version: row.get(2)?,
        when,
        written_at: Instant(row.get(4)?),
        title: row.get(5)?,
        excerpt: None,
        stands_in: None,
    })
}

impl Book {
    /// The timeline: records of timeline nouns in order of time (those without a time last). With
    /// `nouns` in the filter, records of exactly those nouns.
    ///
    /// # Errors
    /// Reading failed.
    pub fn list(&self, filter: &Filter) -> Result<Vec<Listed>, StoreError> {
        let Some(conditions) = Conditions::of(self, filter)? else { return Ok(Vec::new()) };
        let mut listed = Vec::new();
        // Two readings, because an index has what has no time first and a timeline has it last.
        let dated = filter.from.is_some() || filter.until.is_some();
        for part in ["l.day IS NOT NULL", "l.day IS NULL"] {
            let left = filter.limit.map(|limit| limit.saturating_sub(listed.len()));
            if left == Some(0) || (dated && part == "l.day IS NULL") {
                break;
            }
            let timeline = if filter.nouns.is_empty() || filter.nouns.iter().all(|noun| noun.in_timeline()) {
                "l.timeline = 1"
            } else {
                "1"
            };
            let sql = format!(
                "SELECT {LISTED} FROM listing AS l WHERE {timeline} AND {part} AND {}
                 ORDER BY l.day, l.moment, l.precedence, l.number LIMIT {}",
                conditions.sql(),
                left.map_or(-1, |left| i64::try_from(left).unwrap_or(i64::MAX)),
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(&conditions.values))?;
            while let Some(row) = rows.next()? {
                listed.push(read_listed(row)?);
            }
        }
        Ok(listed)
    }

    /// One record as lists show it.
    ///
    /// # Errors
    /// Reading failed.
    pub fn listed(&self, id: RecordId) -> Result<Option<Listed>, StoreError> {
        let sql = format!("SELECT {LISTED} FROM listing AS l WHERE l.noun = ?1 AND l.number = ?2");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query((id.noun.prefix(), id.number))?;
        rows.next()?.map(read_listed).transpose()
    }

    /// Messages with this fingerprint or this Message-ID.
    ///
    /// # Errors
    /// Reading failed.
    pub fn messages_like(
        &self,
        fingerprint: Option<&Digest>,
        message_id: Option<&str>,
    ) -> Result<Vec<Like>, StoreError> {
        if !self.likeness.borrow_mut().may_have(self, fingerprint, message_id)? {
            return Ok(Vec::new());
        }
        let mut statement = self.connection.prepare_cached(
            "SELECT l.number, m.fingerprint, m.message_id FROM message_key AS m JOIN listing AS l ON l.row = m.listing
             WHERE m.listing IN (SELECT listing FROM message_key WHERE fingerprint = ?1
                                 UNION SELECT listing FROM message_key WHERE message_id = ?2)
             ORDER BY l.number",
        )?;
        let found = statement.query_map((fingerprint.map(|digest| digest.0), message_id), |row| {
            let fingerprint: Option<[u8; 32]> = row.get(1)?;
            let (id, fingerprint) = (RecordId::new(Noun::Message, row.get(0)?), fingerprint.map(Digest));
            Ok(Like { id, fingerprint, message_id: row.get(2)? })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The messages that have one of these keys of a conversation; a Message-ID finds its own message and
    /// those that answer it.
    ///
    /// # Errors
    /// Reading failed.
    pub fn messages_under(&self, key: &ThreadKey) -> Result<Vec<RecordId>, StoreError> {
        gathered::write(self)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT l.number FROM listing AS l WHERE l.noun = 'MSG' AND l.row IN
               (SELECT listing FROM named WHERE key = ?1 UNION SELECT listing FROM message_key WHERE message_id = ?2)
             ORDER BY l.number",
        )?;
        let own = match key {
            ThreadKey::MessageId(id) => Some(id),
            _ => None,
        };
        let found =
            statement.query_map((index::thread_key(key), own), |row| Ok(RecordId::new(Noun::Message, row.get(0)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The messages under a key of a conversation, each with the time it sorts by ([`When::sort_key`]; `None`: not known),
    /// and nothing else of them, so that the place of one in a very long chat is told without reading the chat.
    ///
    /// # Errors
    /// Reading failed.
    pub fn moments_under(&self, key: &ThreadKey) -> Result<Vec<(Option<i64>, RecordId)>, StoreError> {
        gathered::write(self)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT l.moment, l.number FROM named AS n JOIN listing AS l ON l.row = n.listing
             WHERE n.key = ?1 AND l.noun = 'MSG'",
        )?;
        let found = statement
            .query_map([index::thread_key(key)], |row| Ok((row.get(0)?, RecordId::new(Noun::Message, row.get(1)?))))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The imports that met this record again: where it stands besides its own place is in them.
    ///
    /// # Errors
    /// Reading failed.
    pub fn imports_naming(&self, id: RecordId) -> Result<Vec<RecordId>, StoreError> {
        gathered::write(self)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT l.number FROM named AS n JOIN listing AS l ON l.row = n.listing
             WHERE n.key = ?1 AND l.noun = 'IMP' ORDER BY l.number",
        )?;
        let found = statement.query_map([id.to_string()], |row| Ok(RecordId::new(Noun::Import, row.get(0)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The messages read from this original.
    ///
    /// # Errors
    /// Reading failed.
    pub fn messages_of(&self, original: &Digest) -> Result<Vec<RecordId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT l.number FROM message_key AS m JOIN listing AS l ON l.row = m.listing
             WHERE m.original = ?1 ORDER BY l.number",
        )?;
        let found = statement.query_map([original.0], |row| Ok(RecordId::new(Noun::Message, row.get(0)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }
}
