//! Search: words in, records out. No input is ever an FTS5 expression: every word is quoted.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::count::Count;
use super::listing::{Conditions, LISTED, read_listed};
use super::{Book, Filter, Listed, StoreError};

/// Up to so many hits, the best come first by how well they match. A word that stands in more
/// records than that tells little about any of them, and the latest written down come first.
const RANKED: u64 = 2000;

/// The MATCH expression for what somebody typed: every word must occur, `"words in quotes"` together,
/// and a trailing `*` finds words that begin so. `None`: there is no word in it.
pub(super) fn as_query(typed: &str) -> Option<String> {
    let mut parts = Vec::new();
    // Odd pieces between quotation marks stood inside them. An unclosed quotation ends with the text.
    for (place, piece) in typed.replace(['“', '”', '„'], "\"").split('"').enumerate() {
        let phrases: Vec<&str> = if place % 2 == 1 { vec![piece] } else { piece.split_whitespace().collect() };
        for phrase in phrases {
            // What the tokenizer sees no word in would match nothing and hide everything else.
            if phrase.chars().any(char::is_alphanumeric) {
                let phrase: String = phrase.chars().map(|c| if c == '\0' { ' ' } else { c }).collect();
                match phrase.strip_suffix('*') {
                    Some(beginning) => parts.push(format!("\"{beginning}\"*")),
                    None => parts.push(format!("\"{phrase}\"")),
                }
            }
        }
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}

impl Book {
    /// Records and the names of files that belong to them whose words match, best first, with excerpts.
    ///
    /// # Errors
    /// Reading failed.
    pub fn search(&self, words: &str, filter: &Filter) -> Result<Vec<Listed>, StoreError> {
        let (Some(query), Some(conditions)) = (as_query(words), Conditions::of(self, filter)?) else {
            return Ok(Vec::new());
        };
        let order = if self.few_match(&query)? { "words.rank" } else { "words.rowid DESC" };
        let sql = format!(
            "SELECT {LISTED}, snippet(words, -1, char(1), char(2), '…', 16)
             FROM words CROSS JOIN listing AS l ON l.row = words.rowid
             WHERE words MATCH ? AND words.rank MATCH 'bm25(4.0, 1.0, 2.0, 2.0, 2.0)' AND {}
             ORDER BY {order} LIMIT {}",
            conditions.sql(),
            filter.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX)),
        );
        let values = std::iter::once(Value::from(query)).chain(conditions.values);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(Listed { excerpt: row.get(6)?, ..read_listed(row)? });
        }
        Ok(found)
    }

    fn few_match(&self, query: &str) -> Result<bool, StoreError> {
        let Count(counted) = self
            .connection
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2)")?
            .query_row((query, Count(RANKED + 1)), |row| row.get(0))?;
        Ok(counted <= RANKED)
    }
}
