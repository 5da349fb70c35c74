//! Under which keys records name a person, and in which chats a name is not, or only, theirs.

use std::collections::BTreeMap;

use rusqlite::types::Value;

use super::count::Count;
use super::index::{self, NAME};
use super::{Book, StoreError, gathered};
use crate::model::{Digest, Noun, Person, RecordId, Whose, name_key};

/// The keys of people who are asked for together.
#[derive(Debug, Default)]
pub(super) struct NamingKeys {
    /// These name one of them wherever they stand.
    plain: Vec<String>,
    /// These name one of them but in these chats.
    not_in: BTreeMap<String, Vec<String>>,
    /// A name, and the chat in which it names one of them.
    only_in: Vec<(String, String)>,
}

impl NamingKeys {
    /// Adds what names this person.
    pub(super) fn person(&mut self, id: RecordId, person: Option<&Person>) {
        let mut keys = index::keys_of_person(id, person);
        for said in person.iter().flat_map(|person| &person.in_chats) {
            let key = format!("{NAME}{}", name_key(&said.name));
            let chat = format!("chat:{}", said.chat);
            match said.whose {
                Whose::Theirs if keys.contains(&key) || self.not_in.contains_key(&key) => {}
                Whose::Theirs => self.only_in.push((key, chat)),
                Whose::NotTheirs | Whose::NotKnown => {
                    if let Some(at) = keys.iter().position(|other| *other == key) {
                        keys.remove(at);
                        self.not_in.entry(key).or_default().push(chat);
                    } else if let Some(chats) = self.not_in.get_mut(&key) {
                        chats.push(chat);
                    }
                }
            }
        }
        self.plain.extend(keys);
    }

    /// Adds a record that is the same person.
    pub(super) fn same(&mut self, id: RecordId) {
        self.plain.push(id.to_string());
    }

    /// The condition on `l.row` that one of them is named; `plain` is the form for the keys without exceptions, up to
    /// the opening bracket, with what closes it.
    pub(super) fn condition(self, plain: (&str, &str)) -> (String, Vec<Value>) {
        let marks = |count: usize| vec!["?"; count].join(", ");
        let has = "EXISTS (SELECT 1 FROM named AS n WHERE n.listing = l.row AND n.key";
        let mut sql = format!("({} ({}){}", plain.0, marks(self.plain.len()), plain.1);
        let mut values: Vec<Value> = self.plain.into_iter().map(Value::from).collect();
        for (name, chats) in self.not_in {
            sql.push_str(&format!(" OR ({has} = ?) AND NOT {has} IN ({})))", marks(chats.len())));
            values.push(name.into());
            values.extend(chats.into_iter().map(Value::from));
        }
        for (name, chat) in self.only_in {
            sql.push_str(&format!(" OR ({has} = ?) AND {has} = ?))"));
            values.extend([Value::from(name), Value::from(chat)]);
        }
        sql.push(')');
        (sql, values)
    }
}

/// A name in an export of a chat.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameInExport {
    /// The chat ([`crate::model::Message::chat_words`]).
    pub chat: String,
    /// The export: the kept file it was read from.
    pub original: Digest,
    /// The name, as names are compared.
    pub name: String,
    /// In how many messages it stands there.
    pub messages: u64,
    /// The first of them.
    pub example: RecordId,
}

impl Book {
    /// The names that stand in a chat with no address beside them, as names are compared.
    ///
    /// # Errors
    /// Reading failed.
    pub fn names_in_chat(&self, chat: &str) -> Result<Vec<String>, StoreError> {
        gathered::write(self)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT n.key FROM named AS c
             JOIN named AS n ON n.listing = c.listing AND n.key >= 'name:' AND n.key < 'name;'
             WHERE c.key = ?1",
        )?;
        let found = statement.query_map([format!("chat:{chat}")], |row| row.get::<_, String>(0))?;
        let keys: Vec<String> = found.collect::<Result<_, _>>()?;
        Ok(keys.into_iter().map(|key| key.strip_prefix(NAME).unwrap_or(&key).to_owned()).collect())
    }

    /// In which exports of which chats these names stand with no address beside them.
    ///
    /// # Errors
    /// Reading failed.
    pub fn chats_naming(&self, names: &[&str]) -> Result<Vec<NameInExport>, StoreError> {
        gathered::write(self)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT c.key, k.original, count(*), min(l.number) FROM named AS n
             JOIN named AS c ON c.listing = n.listing AND c.key >= 'chat:' AND c.key < 'chat;'
             JOIN message_key AS k ON k.listing = n.listing AND k.original IS NOT NULL
             JOIN listing AS l ON l.row = n.listing AND l.noun = 'MSG'
             WHERE n.key = ?1 GROUP BY c.key, k.original",
        )?;
        let mut found = Vec::new();
        for name in names {
            let name = name_key(name);
            let mut rows = statement.query([format!("{NAME}{name}")])?;
            while let Some(row) = rows.next()? {
                let chat: String = row.get(0)?;
                found.push(NameInExport {
                    chat: chat.strip_prefix("chat:").unwrap_or(&chat).to_owned(),
                    original: Digest(row.get(1)?),
                    name: name.clone(),
                    messages: row.get::<_, Count>(2)?.0,
                    example: RecordId::new(Noun::Message, row.get(3)?),
                });
            }
        }
        found.sort_unstable();
        Ok(found)
    }
}
