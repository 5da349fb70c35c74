//! Whether the book may have a message like another, told without looking: a long import asks for each of its messages, and
//! nearly all of them are new.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};

use super::{Book, StoreError};
use crate::model::Digest;

/// So many are looked up before everything the book has is read once.
const FEW: u32 = 500;

/// What the book has, as numbers: eight bytes of each fingerprint, and a hash of each Message-ID. Two that share one only
/// cost a look.
#[derive(Default)]
pub(super) struct Likeness {
    asked: u32,
    known: Option<HashSet<u64>>,
    hashing: RandomState,
    /// SQLite's count of what other processes wrote.
    others: Option<i64>,
}

impl Likeness {
    /// `false`: the book has no message of this fingerprint or this Message-ID. Asked inside a transaction, where nobody
    /// else adds any.
    pub(super) fn may_have(
        &mut self,
        book: &Book,
        fingerprint: Option<&Digest>,
        message_id: Option<&str>,
    ) -> Result<bool, StoreError> {
        self.asked = self.asked.saturating_add(1);
        if self.asked <= FEW || book.connection.is_autocommit() {
            return Ok(true);
        }
        if self.known.is_none() {
            self.load(book)?;
        }
        let known = self.known.get_or_insert_default();
        Ok(fingerprint.is_some_and(|digest| known.contains(&short(digest)))
            || message_id.is_some_and(|id| known.contains(&self.hashing.hash_one(id))))
    }

    /// Takes note of a message that was written.
    pub(super) fn add(&mut self, fingerprint: Option<&Digest>, message_id: Option<&str>) {
        if let Some(known) = &mut self.known {
            known.extend(fingerprint.map(short));
            known.extend(message_id.map(|id| self.hashing.hash_one(id)));
        }
    }

    /// Forgets what it knows if another process wrote to the book since.
    pub(super) fn transaction_begins(&mut self, others: i64) {
        if self.others.replace(others) != Some(others) {
            self.known = None;
        }
    }

    fn load(&mut self, book: &Book) -> Result<(), StoreError> {
        let mut known = HashSet::new();
        let mut statement = book.connection.prepare("SELECT fingerprint, message_id FROM message_key")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            known.extend(row.get::<_, Option<[u8; 32]>>(0)?.map(|digest| short(&Digest(digest))));
            known.extend(row.get::<_, Option<String>>(1)?.map(|id| self.hashing.hash_one(id.as_str())));
        }
        self.known = Some(known);
        Ok(())
    }
}

fn short(digest: &Digest) -> u64 {
    digest.0.first_chunk().map_or(0, |eight| u64::from_le_bytes(*eight))
}
