//! The fields of each kind of record: one table that `log`, `amend`, `show` and the help all read.

mod tables;

use serde_json::Value;

use crate::model::when::{ZoneSource, read_time_near, read_when, read_when_ahead};
use crate::model::{Content, Incident, Instant, Noun, When, Zone};

use super::{ActionError, People};
use tables::{CASE, DOCUMENT, INCIDENT, MESSAGE, NOTE, ORDER, PERSON, STEP};

pub use tables::{ROLES, role_word};

/// What is needed to read what was typed.
pub struct Reading<'a> {
    /// Now, for "yesterday".
    pub now: Instant,
    /// The zone of times that state none.
    pub zone: Zone,
    /// Who is in the book.
    pub people: &'a People,
}

/// One field set: its name and the words for it. Empty words take the field away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// As in the table of its noun.
    pub field: String,
    /// As typed.
    pub text: String,
}

impl Set {
    /// This field set to these words.
    #[must_use]
    pub fn new(field: &str, text: impl Into<String>) -> Self {
        Set { field: field.to_owned(), text: text.into() }
    }
}

/// What a record says in one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The field's name, as `amend --set` takes it.
    pub name: &'static str,
    /// For people.
    pub shown: String,
    /// For programs.
    pub value: Value,
}

/// A field's name and what may be typed for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldHelp {
    /// As `amend --set` takes it.
    pub name: &'static str,
    /// What it takes.
    pub takes: &'static str,
}

struct Field<T: 'static> {
    name: &'static str,
    takes: &'static str,
    get: fn(&T, &People) -> Option<(String, Value)>,
    set: fn(&mut T, &str, &Reading<'_>, &SetContext<'_>) -> Result<(), ActionError>,
}

/// What else was set together with a field.
struct SetContext<'a> {
    /// A date that a bare time of day belongs to.
    beside: Option<&'a When>,
}

/// The time as shown back before it is kept: in full, with whose time it is.
#[must_use]
pub fn shown_when(when: &When) -> String {
    let mut text = when.long();
    if when.start.time.is_some() {
        text.push_str(if when.zone_source == ZoneSource::Unknown { ", time zone not known" } else { ", London time" });
    }
    if let Some(remark) = when.remark() {
        text.push_str(" (");
        text.push_str(remark);
        text.push(')');
    }
    text
}

impl Reading<'_> {
    /// Reads a time as a person types it.
    ///
    /// # Errors
    /// No date, or one that does not exist.
    pub fn when(&self, words: &str) -> Result<When, ActionError> {
        Ok(read_when(words, self.now, self.zone)?)
    }

    /// The same; what the words leave open is taken from `beside`.
    ///
    /// # Errors
    /// No date, or one that does not exist.
    pub fn when_beside(&self, words: &str, beside: Option<&When>) -> Result<When, ActionError> {
        match beside {
            Some(beside) => Ok(read_time_near(words, beside, self.now, self.zone)?),
            None => self.when(words),
        }
    }

    /// Reads the date of something to come.
    ///
    /// # Errors
    /// No date, or one that does not exist.
    pub fn when_ahead(&self, words: &str) -> Result<When, ActionError> {
        Ok(read_when_ahead(words, self.now, self.zone)?)
    }
}

/// The fields of a kind of record, for help.
#[must_use]
pub fn field_help(noun: Noun) -> Vec<FieldHelp> {
    fn of<T>(table: &[Field<T>]) -> Vec<FieldHelp> {
        table.iter().map(|field| FieldHelp { name: field.name, takes: field.takes }).collect()
    }
    match noun {
        Noun::Incident => of(INCIDENT),
        Noun::Message => of(MESSAGE),
        Noun::Document => of(DOCUMENT),
        Noun::Order => of(ORDER),
        Noun::Step => of(STEP),
        Noun::Person => of(PERSON),
        Noun::Case => of(CASE),
        Noun::Note => of(NOTE),
        _ => Vec::new(),
    }
}

/// What a record says, field by field, leaving out what is not known.
#[must_use]
pub fn facts(content: &Content, people: &People) -> Vec<Fact> {
    fn of<T>(table: &[Field<T>], value: &T, people: &People) -> Vec<Fact> {
        let fact =
            |field: &Field<T>| (field.get)(value, people).map(|(shown, value)| Fact { name: field.name, shown, value });
        table.iter().filter_map(fact).collect()
    }
    match content {
        Content::Incident(it) => of(INCIDENT, it.as_ref(), people),
        Content::Message(it) => of(MESSAGE, it.as_ref(), people),
        Content::Document(it) => of(DOCUMENT, it.as_ref(), people),
        Content::Order(it) => of(ORDER, it.as_ref(), people),
        Content::Step(it) => of(STEP, it.as_ref(), people),
        Content::Person(it) => of(PERSON, it, people),
        Content::Case(it) => of(CASE, it, people),
        Content::Note(it) => of(NOTE, it, people),
        _ => Vec::new(),
    }
}

/// Sets fields of a record.
///
/// # Errors
/// No such field, or words it does not take.
pub(super) fn set(content: &mut Content, sets: &[Set], reading: &Reading<'_>) -> Result<(), ActionError> {
    match content {
        Content::Incident(it) => set_incident(it, sets, reading),
        Content::Message(it) => set_each(MESSAGE, Noun::Message, it.as_mut(), sets, reading, |it| it.sent.clone()),
        Content::Document(it) => set_each(DOCUMENT, Noun::Document, it.as_mut(), sets, reading, |_| None),
        Content::Order(it) => set_each(ORDER, Noun::Order, it.as_mut(), sets, reading, |_| None),
        Content::Step(it) => set_each(STEP, Noun::Step, it.as_mut(), sets, reading, |it| it.when.clone()),
        Content::Person(it) => set_each(PERSON, Noun::Person, it, sets, reading, |_| None),
        Content::Case(it) => set_each(CASE, Noun::Case, it, sets, reading, |_| None),
        Content::Note(it) => set_each(NOTE, Noun::Note, it, sets, reading, |it| it.when.clone()),
        other => Err(ActionError::UnknownField {
            noun: other.noun(),
            name: sets.first().map_or_else(String::new, |set| set.field.clone()),
            known: Vec::new(),
        }),
    }
}

fn set_incident(incident: &mut Incident, sets: &[Set], reading: &Reading<'_>) -> Result<(), ActionError> {
    // The times that carry a date are read first, so that "--left 5.15pm" knows its day.
    let rank = |set: &Set| match set.field.as_str() {
        "due" => 0,
        "happened" => 1,
        _ => 2,
    };
    let mut ordered = sets.to_vec();
    ordered.sort_by_key(rank);
    set_each(INCIDENT, Noun::Incident, incident, &ordered, reading, |it| it.when().cloned())?;
    in_order(incident.due.as_ref(), incident.until.as_ref())?;
    in_order(incident.arrived.as_ref(), incident.left.as_ref())?;
    in_order(incident.started.as_ref(), incident.ended.as_ref())
}

/// Refuses an end before its start, as far as both are known to the minute, or by their days.
pub(super) fn in_order(start: Option<&When>, end: Option<&When>) -> Result<(), ActionError> {
    let (Some(start), Some(end)) = (start, end) else { return Ok(()) };
    let timed = start.start.time.is_some() && end.start.time.is_some();
    let wrong = if timed { end.sort_key() < start.sort_key() } else { end.london_date() < start.london_date() };
    if wrong {
        return Err(ActionError::EndBeforeStart { start: start.long(), end: end.long() });
    }
    Ok(())
}

fn set_each<T>(
    table: &[Field<T>],
    noun: Noun,
    value: &mut T,
    sets: &[Set],
    reading: &Reading<'_>,
    day: fn(&T) -> Option<When>,
) -> Result<(), ActionError> {
    for set in sets {
        let field = table.iter().find(|field| field.name == set.field).ok_or_else(|| ActionError::UnknownField {
            noun,
            name: set.field.clone(),
            known: table.iter().map(|field| field.name).collect(),
        })?;
        let beside = day(value);
        (field.set)(value, set.text.trim(), reading, &SetContext { beside: beside.as_ref() })?;
    }
    Ok(())
}
