//! Search: words in, records out. No input is ever an FTS5 expression: every word is quoted.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::count::Count;
use super::excerpt::{self, Wanted};
use super::file_words::WordsRead;
use super::fold::fold;
use super::index::Said;
use super::listing::{Conditions, LISTED, StandsIn, read_listed};
use super::{Book, Filter, Listed, StoreError};
use crate::model::phone;

/// Up to so many hits, the best come first by how well they match. A word that stands in more
/// records than that tells little about any of them, and the latest written down come first.
const RANKED: u64 = 2000;

/// Hits are counted as far as this.
const COUNTED: u64 = 10_000;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The hits that were asked for, each with its words in context.
    pub listed: Vec<Listed>,
    /// How many there are.
    pub total: u64,
    /// There are more than `total`: they were not counted further.
    pub at_least: bool,
}

/// What somebody typed, as phrases that must all occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    phrases: Vec<Phrase>,
}

/// Ways to write one phrase, any of which will do.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    ways: Vec<String>,
    /// The last word may go on.
    beginning: bool,
}

impl Asked {
    /// Every word must occur, `"words in quotes"` together, and a trailing `*` finds words that begin so.
    /// `None`: there is no word in it.
    pub(super) fn of(typed: &str) -> Option<Self> {
        let mut phrases = Vec::new();
        // Odd pieces between quotation marks stood inside them. An unclosed quotation ends with the text.
        for (place, piece) in typed.replace(['“', '”', '„'], "\"").replace('\0', " ").split('"').enumerate() {
            if place % 2 == 1 {
                phrases.extend(Phrase::of(piece));
            } else {
                let words: Vec<&str> = piece.split_whitespace().collect();
                let mut next = 0;
                while next < words.len() {
                    let end = end_of_number(&words, next).unwrap_or(next + 1);
                    phrases.extend(Phrase::of(&words[next..end].join(" ")));
                    next = end;
                }
            }
        }
        (!phrases.is_empty()).then_some(Asked { phrases })
    }

    /// The MATCH expression.
    pub(super) fn expression(&self) -> String {
        let phrases = self.phrases.iter().map(|phrase| {
            let star = if phrase.beginning { "*" } else { "" };
            let ways: Vec<String> = phrase.ways.iter().map(|way| format!("\"{way}\"{star}")).collect();
            if ways.len() == 1 { ways.concat() } else { format!("({})", ways.join(" OR ")) }
        });
        phrases.collect::<Vec<_>>().join(" AND ")
    }

    /// The same for whoever marks the words in a text.
    fn wanted(&self) -> Vec<Wanted> {
        let ways = self.phrases.iter().flat_map(|phrase| phrase.ways.iter().map(|way| (way, phrase.beginning)));
        ways.map(|(way, beginning)| Wanted::of(way, beginning)).collect()
    }
}

impl Phrase {
    /// `None`: the tokenizer sees no word in it; it would match nothing and hide everything else.
    fn of(typed: &str) -> Option<Self> {
        if !typed.chars().any(char::is_alphanumeric) {
            return None;
        }
        let beginning = typed.ends_with('*');
        let typed = typed.trim_end_matches('*').to_owned();
        let mut ways = vec![typed.clone()];
        ways.push(fold(&typed));
        if let Some(number) = phone::e164(&typed) {
            ways.extend(spellings(&number));
        }
        let mut seen = Vec::new();
        for way in ways {
            if way.chars().any(char::is_alphanumeric) && !seen.contains(&way) {
                seen.push(way);
            }
        }
        // What folding left without a letter is found as it was typed or not at all.
        (!seen.is_empty()).then_some(Phrase { ways: seen, beginning })
    }
}

/// Where a telephone number that begins here ends, if it is written in several groups.
fn end_of_number(words: &[&str], start: usize) -> Option<usize> {
    let of_number = |word: &&&str| word.chars().all(|c| c.is_ascii_digit() || "+()-./".contains(c)) && !word.is_empty();
    let groups = words[start..].iter().take_while(of_number).take(6).count();
    (1..=groups).rev().find(|length| phone::e164(&words[start..start + length].join(" ")).is_some()).map(|l| start + l)
}

/// How many digits stand together where a British number is written in groups, after the first 0 or +44
/// (Ofcom's National Telephone Numbering Plan and common usage).
const GROUPS: [&[usize]; 5] = [&[4, 6], &[4, 3, 3], &[3, 3, 4], &[2, 4, 4], &[3, 7]];

/// How a number may be written: in one, and a British one with the prefix of the country and without, in the
/// groups it was typed in and in the usual ones.
fn spellings(number: &str) -> Vec<String> {
    let mut ways = vec![number.to_owned()];
    let Some(national) = number.strip_prefix("+44") else { return ways };
    ways.push(format!("0{national}"));
    for groups in GROUPS.iter().filter(|groups| groups.iter().sum::<usize>() == national.len()) {
        let mut rest = national;
        let mut written = Vec::new();
        for length in *groups {
            let (group, after) = rest.split_at(*length);
            written.push(group);
            rest = after;
        }
        let written = written.join(" ");
        // `+44 (0)161 …` has a word more.
        ways.extend([format!("0{written}"), format!("44 {written}"), format!("44 0 {written}")]);
    }
    ways
}

impl Book {
    /// Records and the names of files that belong to them whose words match, best first, with the words in
    /// context. Any input is safe.
    ///
    /// # Errors
    /// Reading failed.
    pub fn search(&self, words: &str, filter: &Filter) -> Result<Found, StoreError> {
        let (Some(asked), Some(conditions)) = (Asked::of(words), Conditions::of(self, filter)?) else {
            return Ok(Found::default());
        };
        let query = asked.expression();
        let order = if self.few_match(&query)? { "words.rank" } else { "words.rowid DESC" };
        let sql = format!(
            "SELECT {LISTED}
             FROM words CROSS JOIN listing AS l ON l.row = words.rowid
             WHERE words MATCH ? AND words.rank MATCH 'bm25(4.0, 1.0, 2.0, 2.0, 2.0, 1.0)' AND {}
             ORDER BY {order} LIMIT {}",
            conditions.sql(),
            filter.limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX)),
        );
        let total = self.count_matches(&query, &conditions)?;
        let values = std::iter::once(Value::from(query)).chain(conditions.values);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(values))?;
        let wanted = asked.wanted();
        let mut listed = Vec::new();
        while let Some(row) = rows.next()? {
            let line = read_listed(row)?;
            let (excerpt, stands_in) = self.excerpt(&line, &wanted)?;
            listed.push(Listed { excerpt, stands_in, ..line });
        }
        drop(rows);
        drop(statement);
        let total = total.max(listed.len() as u64);
        Ok(Found { listed, at_least: total == COUNTED, total })
    }

    /// The words in context, and the file and page they stand in where that is not the record itself.
    fn excerpt(&self, line: &Listed, wanted: &[Wanted]) -> Result<(Option<String>, Option<StandsIn>), StoreError> {
        let Some(record) = self.record(line.id)? else { return Ok((None, None)) };
        let mut said = Said::default();
        said.take(self, &record.content)?;
        if let Some(excerpt) = excerpt::of(&said.text, wanted) {
            return Ok((Some(excerpt), None));
        }
        for sha256 in said.papers {
            let Some(WordsRead::Words(words)) = self.written_in(&sha256)? else { continue };
            for (number, page) in (1..).zip(&words.pages) {
                if let Some(excerpt) = excerpt::of(page, wanted) {
                    return Ok((Some(excerpt), Some(StandsIn { sha256, page: words.paged.then_some(number) })));
                }
            }
        }
        let texts = [&line.title, &said.files, &said.names, &said.addresses];
        Ok((texts.into_iter().find_map(|text| excerpt::of(text, wanted)), None))
    }

    fn count_matches(&self, query: &str, conditions: &Conditions) -> Result<u64, StoreError> {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM words CROSS JOIN listing AS l ON l.row = words.rowid
             WHERE words MATCH ? AND {} LIMIT {COUNTED})",
            conditions.sql()
        );
        let values = std::iter::once(Value::from(query.to_owned())).chain(conditions.values.iter().cloned());
        let Count(counted) =
            self.connection.prepare_cached(&sql)?.query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(counted)
    }

    fn few_match(&self, query: &str) -> Result<bool, StoreError> {
        let Count(counted) = self
            .connection
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?1 LIMIT ?2)")?
            .query_row((query, Count(RANKED + 1)), |row| row.get(0))?;
        Ok(counted <= RANKED)
    }
}
