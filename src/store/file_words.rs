//! What stands written in files: which of them nobody has read yet, and the words of those that were read.
//!
//! The words are of the rebuildable chapter. The store cannot read a PDF; it says what is unread, and takes the words
//! from whoever can.

use rusqlite::OptionalExtension;

use super::count::Count;
use super::{Book, StoreError, gathered, index, records};
use crate::model::{Digest, FileWords, RecordId};

/// What stands between two pages in the table.
const NEXT_PAGE: char = '\u{c}';

/// What became of reading a file's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WordsRead {
    /// These stand in it; none in a scan.
    Words(FileWords),
    /// They could not be read, for this reason.
    Unreadable(String),
}

impl Book {
    /// Files that may hold words and were not read yet, each with a record it belongs to; at most so many.
    ///
    /// # Errors
    /// Reading failed.
    pub fn unread(&self, most: usize) -> Result<Vec<(Digest, RecordId)>, StoreError> {
        gathered::write(self)?;
        let mut statement = self.connection.prepare_cached(
            "SELECT f.sha256, l.noun, l.number FROM file_words AS f
             JOIN listing AS l ON l.row = (SELECT min(listing) FROM named WHERE key = ?1 || lower(hex(f.sha256)))
             WHERE f.text IS NULL AND f.why IS NULL LIMIT ?2",
        )?;
        let mut rows = statement.query((index::FILE, Count::from(most)))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let id = records::record_id(&row.get::<_, String>(1)?, row.get(2)?)?;
            found.push((Digest(row.get(0)?), id));
        }
        Ok(found)
    }

    /// How many files were not read yet.
    ///
    /// # Errors
    /// Reading failed.
    pub fn count_unread(&self) -> Result<u64, StoreError> {
        let sql = "SELECT count(*) FROM file_words WHERE text IS NULL AND why IS NULL";
        let Count(count) = self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        Ok(count)
    }

    /// What stands written in a file. `None`: it was not read, or holds no words that are read.
    ///
    /// # Errors
    /// Reading failed.
    pub fn written_in(&self, sha256: &Digest) -> Result<Option<WordsRead>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT text, pages IS NOT NULL, cut, why FROM file_words WHERE sha256 = ?1")?;
        let found = statement.query_row([sha256.0], |row| {
            let text: Option<String> = row.get(0)?;
            Ok((text, row.get::<_, bool>(1)?, row.get::<_, bool>(2)?, row.get::<_, Option<String>>(3)?))
        });
        Ok(found.optional()?.and_then(|(text, paged, cut, why)| match (text, why) {
            (Some(text), _) => {
                let pages = text.split(NEXT_PAGE).map(str::to_owned).collect();
                Some(WordsRead::Words(FileWords { pages, paged, cut }))
            }
            (None, why) => why.map(WordsRead::Unreadable),
        }))
    }

    /// Takes what was read, and makes every record that has these files found by it. Evidence is not touched, so the
    /// journal has nothing to say.
    ///
    /// # Errors
    /// Writing failed; then nothing was taken.
    pub fn take_written(&mut self, read: &[(Digest, WordsRead)]) -> Result<(), StoreError> {
        self.begin()?;
        let done = self.take_within(read).and_then(|()| Ok(self.connection.execute_batch("COMMIT")?));
        if done.is_err() {
            self.roll_back();
        }
        done
    }

    fn take_within(&self, read: &[(Digest, WordsRead)]) -> Result<(), StoreError> {
        let mut take = self.connection.prepare_cached(
            "INSERT OR REPLACE INTO file_words (sha256, text, pages, cut, why) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        for (sha256, written) in read {
            match written {
                WordsRead::Words(words) => {
                    let text = words.pages.iter().map(|page| page.replace([NEXT_PAGE, '\0'], "\n")).collect::<Vec<_>>();
                    let pages = words.paged.then(|| Count::from(words.pages.len()));
                    let text = text.join(&NEXT_PAGE.to_string());
                    take.execute((sha256.0, Some(text), pages, words.cut, None::<&str>))?;
                }
                WordsRead::Unreadable(why) => {
                    take.execute((sha256.0, None::<&str>, None::<Count>, false, Some(why)))?;
                }
            }
            if matches!(written, WordsRead::Words(words) if !words.is_empty()) {
                index::refresh_those_under(self, &format!("{}{sha256}", index::FILE))?;
            }
        }
        gathered::write(self)
    }

    /// Notes that a file may hold words; gives those it was read to have, page by page as [`NEXT_PAGE`] parts them.
    pub(super) fn expect_words(&self, sha256: &Digest) -> Result<Option<String>, StoreError> {
        let text = self
            .connection
            .prepare_cached("SELECT text FROM file_words WHERE sha256 = ?1")?
            .query_row([sha256.0], |row| row.get::<_, Option<String>>(0))
            .optional()?;
        if text.is_none() {
            self.connection
                .prepare_cached("INSERT OR IGNORE INTO file_words (sha256) VALUES (?1)")?
                .execute([sha256.0])?;
        }
        Ok(text.flatten())
    }
}
