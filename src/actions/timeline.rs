//! Reading the record in order, and searching it.

use crate::model::when::read_when;
use crate::model::{Date, Instant, Noun, Zone};
use crate::store::{Book, Filter, Listed};

use super::entry::{Entry, Lookup};
use super::{ActionError, People, fields};

/// What to show.
#[derive(Debug, Clone, Default)]
pub struct TimelineQuery {
    /// From this day, as typed.
    pub from: Option<String>,
    /// Until this day, as typed.
    pub until: Option<String>,
    /// Only these kinds of record.
    pub nouns: Vec<Noun>,
    /// Only records that name these people, as typed.
    pub with: Vec<String>,
    /// Only records with all of these words.
    pub matching: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// One line of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The record.
    pub entry: Entry,
    /// The words around a hit, with `\u{1}` and `\u{2}` around what matched.
    pub excerpt: Option<String>,
}

impl TimelineQuery {
    fn filter(&self, now: Instant, people: &People) -> Result<Filter, ActionError> {
        let (from, until) = read_range(self.from.as_deref(), self.until.as_deref(), now)?;
        let with = self.with.iter().map(|name| people.find(name)).collect::<Result<_, _>>()?;
        let matching = self.matching.clone();
        Ok(Filter { from, until, nouns: self.nouns.clone(), with, matching, limit: self.limit })
    }
}

/// Reads a range of days, both included.
///
/// # Errors
/// No date, or an end before the start.
pub fn read_range(
    from: Option<&str>,
    until: Option<&str>,
    now: Instant,
) -> Result<(Option<Date>, Option<Date>), ActionError> {
    let read = |words: Option<&str>| words.map(|words| read_when(words, now, Zone::LONDON)).transpose();
    let (from, until) = (read(from)?, read(until)?);
    fields::in_order(from.as_ref(), until.as_ref())?;
    Ok((from.map(|when| when.london_date()), until.map(|when| when.london_date())))
}

/// The timeline.
///
/// # Errors
/// A filter that cannot be read, or reading failed.
pub fn timeline(book: &Book, now: Instant, query: &TimelineQuery) -> Result<Vec<Line>, ActionError> {
    let lookup = Lookup::load(book)?;
    let listed = book.list(&query.filter(now, &lookup.people)?)?;
    lines(book, &lookup, listed)
}

/// Records whose words match, best first.
///
/// # Errors
/// A filter that cannot be read, or reading failed.
pub fn search(book: &Book, now: Instant, words: &str, query: &TimelineQuery) -> Result<Vec<Line>, ActionError> {
    let lookup = Lookup::load(book)?;
    let listed = book.search(words, &query.filter(now, &lookup.people)?)?;
    lines(book, &lookup, listed)
}

fn lines(book: &Book, lookup: &Lookup, listed: Vec<Listed>) -> Result<Vec<Line>, ActionError> {
    let mut lines = Vec::with_capacity(listed.len());
    for listed in listed {
        let Some(record) = book.record(listed.id)? else { continue };
        let entry = lookup.entry(book, &record, listed.written_at)?;
        lines.push(Line { entry, excerpt: listed.excerpt });
    }
    Ok(lines)
}
