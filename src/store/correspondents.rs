//! Whom messages are from and to, counted without reading a single message.

use rusqlite::params_from_iter;

use super::count::Count;
use super::index::{ADDRESS, NAME};
use super::naming::NamingKeys;
use super::{Book, StoreError, gathered};
use crate::model::{Content, Date, Noun, Person, RecordId};

/// One address, number or name in the messages of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correspondent {
    /// As it is compared (`model::address_key`, `model::name_key`).
    pub key: String,
    /// A name with no address beside it, as chats have it.
    pub by_name: bool,
    /// In how many messages.
    pub messages: u64,
    /// The London date of the first of them. `None`: not known of any.
    pub first: Option<Date>,
    /// Of the last.
    pub last: Option<Date>,
    /// The latest written down of them.
    pub example: RecordId,
}

impl Book {
    /// Everybody the messages name by an address or, where there is none, by a name: the most frequent first.
    ///
    /// # Errors
    /// Reading failed.
    pub fn correspondents(&self) -> Result<Vec<Correspondent>, StoreError> {
        gathered::write(self)?;
        let mut found = Vec::new();
        for prefix in [ADDRESS, NAME] {
            // The next letter after the colon ends the range of keys that begin so.
            let end = prefix.replace(':', ";");
            let mut statement = self.connection.prepare_cached(
                "SELECT n.key, count(*), min(l.day), max(l.day), max(l.number) FROM named AS n
                 JOIN listing AS l ON l.row = n.listing
                 WHERE n.key >= ?1 AND n.key < ?2 AND l.noun = 'MSG' GROUP BY n.key",
            )?;
            let mut rows = statement.query((prefix, &end))?;
            while let Some(row) = rows.next()? {
                let key: String = row.get(0)?;
                found.push(Correspondent {
                    key: key.get(prefix.len()..).unwrap_or_default().to_owned(),
                    by_name: prefix == NAME,
                    messages: row.get::<_, Count>(1)?.0,
                    first: day(row.get(2)?),
                    last: day(row.get(3)?),
                    example: RecordId::new(Noun::Message, row.get(4)?),
                });
            }
        }
        found.sort_by(|a, b| b.messages.cmp(&a.messages).then_with(|| a.key.cmp(&b.key)));
        Ok(found)
    }

    /// How many messages name somebody by one of these ids or by what is theirs, and the first and last day of
    /// them.
    ///
    /// # Errors
    /// Reading failed.
    pub fn messages_with(
        &self,
        ids: &[RecordId],
        person: Option<&Person>,
    ) -> Result<(u64, Option<Date>, Option<Date>), StoreError> {
        let Some(first) = ids.first() else { return Ok((0, None, None)) };
        let mut keys = NamingKeys::default();
        keys.person(*first, person);
        ids.iter().skip(1).for_each(|id| keys.same(*id));
        let (named, values) = keys.condition(("l.row IN (SELECT listing FROM named WHERE key IN", ")"));
        let sql = format!("SELECT count(*), min(l.day), max(l.day) FROM listing AS l WHERE l.noun = 'MSG' AND {named}");
        Ok(self.connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| {
            Ok((row.get::<_, Count>(0)?.0, day(row.get(1)?), day(row.get(2)?)))
        })?)
    }

    /// This person with everybody joined to them, directly or not: the ids that mean them.
    pub(super) fn ids_of_person(&self, id: RecordId) -> Result<Vec<RecordId>, StoreError> {
        let people = self.all(Noun::Person)?;
        let mut ids = vec![id];
        let mut known = 0;
        while known < ids.len() {
            let one = ids[known];
            known += 1;
            for record in &people {
                let Content::Person(person) = &record.content else { continue };
                let joined = person.merged.as_ref().is_some_and(|merged| merged.into == one);
                let over = record.id == one;
                if joined && !ids.contains(&record.id) {
                    ids.push(record.id);
                }
                if over
                    && let Some(merged) = &person.merged
                    && !ids.contains(&merged.into)
                {
                    ids.push(merged.into);
                }
            }
        }
        Ok(ids)
    }
}

fn day(text: Option<String>) -> Option<Date> {
    text?.parse().ok()
}
