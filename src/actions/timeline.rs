//! Reading the record in order, and searching it.

use crate::model::when::read_when;
use crate::model::{Channel, Content, Date, Digest, Instant, Noun, RecordId, Zone};
use crate::store::{Book, Filter, Listed, StandsIn};

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
    /// Only messages sent in one of these ways.
    pub channels: Vec<Channel>,
    /// Only messages read by one of these imports.
    pub imports: Vec<RecordId>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hits {
    /// Those that were asked for, best first.
    pub lines: Vec<Line>,
    /// How many there are.
    pub total: u64,
    /// There are more than `total`; they were not counted further.
    pub at_least: bool,
}

/// One line of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The record.
    pub entry: Entry,
    /// The words around a hit, with `\u{1}` and `\u{2}` around what matched.
    pub excerpt: Option<String>,
    /// Where the hit stands, if that is a file of the record and not the record itself.
    pub stands_in: Option<InFile>,
}

/// A place in a kept file or an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InFile {
    /// The file.
    pub sha256: Digest,
    /// Its name: a label.
    pub name: Option<String>,
    /// Its page, from 1. `None`: it has no pages.
    pub page: Option<u32>,
}

impl TimelineQuery {
    fn filter(&self, now: Instant, people: &People) -> Result<Filter, ActionError> {
        let (from, until) = read_range(self.from.as_deref(), self.until.as_deref(), now)?;
        let with = self.with.iter().map(|name| people.find(name)).collect::<Result<_, _>>()?;
        let matching = self.matching.clone();
        for id in &self.imports {
            if id.noun != Noun::Import {
                return Err(ActionError::WrongNoun { id: *id, wanted: "an import" });
            }
        }
        Ok(Filter {
            from,
            until,
            nouns: self.nouns.clone(),
            with,
            matching,
            channels: self.channels.clone(),
            imports: self.imports.clone(),
            threads: Vec::new(),
            limit: self.limit,
        })
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
pub fn search(book: &Book, now: Instant, words: &str, query: &TimelineQuery) -> Result<Hits, ActionError> {
    let lookup = Lookup::load(book)?;
    let found = book.search(words, &query.filter(now, &lookup.people)?)?;
    Ok(Hits { lines: lines(book, &lookup, found.listed)?, total: found.total, at_least: found.at_least })
}

pub(super) fn lines(book: &Book, lookup: &Lookup, listed: Vec<Listed>) -> Result<Vec<Line>, ActionError> {
    let mut lines = Vec::with_capacity(listed.len());
    for listed in listed {
        let Some(record) = book.record(listed.id)? else { continue };
        let entry = lookup.entry(book, &record, listed.written_at)?;
        let stands_in = listed.stands_in.map(|place| in_file(&record.content, &entry, place));
        lines.push(Line { entry, excerpt: listed.excerpt, stands_in });
    }
    Ok(lines)
}

fn in_file(content: &Content, entry: &Entry, place: StandsIn) -> InFile {
    let attached = match content {
        Content::Message(message) => message.attachments.iter().find(|file| file.sha256 == place.sha256),
        _ => None,
    };
    let kept = entry.originals.iter().find(|file| file.sha256 == place.sha256).map(|file| file.name.clone());
    InFile { sha256: place.sha256, name: attached.and_then(|file| file.name.clone()).or(kept), page: place.page }
}
