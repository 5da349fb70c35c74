//! What could be put more plainly: in what was just typed, in a record, in a draft. It suggests; no word is changed, and
//! nobody is scored.

use crate::model::{Content, Noun, Record, RecordId};
use crate::rules::{Rules, ToneKind};
use crate::store::Book;

use super::fields::Set;
use super::{ActionError, entry};

/// One remark on wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordingRemark {
    /// The field; `text` of a draft.
    pub field: String,
    /// The words remarked on.
    pub words: String,
    /// Where they begin in the field, in characters.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The line they stand on, from 1.
    pub line: usize,
    /// What sort of wording it is.
    pub kind: ToneKind,
    /// The rule it is remarked on under.
    pub rule: String,
    /// What to write instead, as a clause.
    pub suggestion: String,
}

/// A record and what was remarked on in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The record.
    pub id: RecordId,
    /// One line that names it.
    pub title: String,
    /// The remarks, in the order of its fields.
    pub remarks: Vec<WordingRemark>,
}

/// The longest draft that is read, in bytes: a statement has some ten thousand words.
pub const LONGEST_DRAFT: usize = 1024 * 1024;

/// The fields of a kind of record that hold its writer's own words. Exact words, reasons given by others and the words of
/// an order are not among them: they are somebody else's.
#[must_use]
pub fn checked_fields(noun: Noun) -> &'static [&'static str] {
    match noun {
        Noun::Incident => &["what", "child-observed", "also-known", "agreed", "offered"],
        Noun::Step => &["what", "outcome"],
        Noun::Message | Noun::Note => &["text"],
        _ => &[],
    }
}

/// Remarks on what was just typed.
#[must_use]
pub fn wording_of_sets(noun: Noun, sets: &[Set]) -> Vec<WordingRemark> {
    let rules = Rules::england_and_wales();
    let own = sets.iter().filter(|set| checked_fields(noun).contains(&set.field.as_str()));
    own.flat_map(|set| remarks(&rules, &set.field, &set.text)).collect()
}

/// Remarks on a draft.
///
/// # Errors
/// It is longer than any draft.
pub fn wording_of_draft(text: &str) -> Result<Vec<WordingRemark>, ActionError> {
    if text.len() > LONGEST_DRAFT {
        return Err(ActionError::Refused {
            kind: "too-long",
            what: "The draft is too long to be looked through".into(),
            why: format!("it has {} bytes; a draft may have {LONGEST_DRAFT}", text.len()),
            next: "Give it in parts".into(),
        });
    }
    Ok(remarks(&Rules::england_and_wales(), "text", text))
}

/// Remarks on a record as it stands.
///
/// # Errors
/// There is none of this id, it holds no words of its keeper's, or reading failed.
pub fn wording_of_record(book: &Book, id: RecordId) -> Result<Checked, ActionError> {
    let record = entry::require(book, id)?;
    if own_words(&record).is_empty() && (checked_fields(id.noun).is_empty() || is_from_a_file(&record)) {
        return Err(ActionError::Refused {
            kind: "not-own-words",
            what: format!("{id} holds no words of your own to look at"),
            why: "what others wrote is shown exactly as it is".into(),
            next: "Contact events, steps, notes and conversations typed in can be looked at: daybook wording --all"
                .into(),
        });
    }
    Ok(check(&Rules::england_and_wales(), &record))
}

/// Every record of one's own words with a remark, in order of time. Notes are for oneself and left alone.
///
/// # Errors
/// Reading failed.
pub fn wording_of_all(book: &Book) -> Result<Vec<Checked>, ActionError> {
    let rules = Rules::england_and_wales();
    let mut found: Vec<(i64, Checked)> = Vec::new();
    for noun in [Noun::Incident, Noun::Step, Noun::Message] {
        for record in book.all(noun)? {
            let checked = check(&rules, &record);
            if !checked.remarks.is_empty() {
                let at = record.content.when().map_or(i64::MAX, crate::model::When::sort_key);
                found.push((at, checked));
            }
        }
    }
    found.sort_by_key(|(at, checked)| (*at, checked.id));
    Ok(found.into_iter().map(|(_, checked)| checked).collect())
}

fn check(rules: &Rules, record: &Record) -> Checked {
    let remarks = own_words(record).into_iter().flat_map(|(field, text)| remarks(rules, field, text)).collect();
    Checked { id: record.id, title: record.content.title(), remarks }
}

fn is_from_a_file(record: &Record) -> bool {
    matches!(&record.content, Content::Message(message) if message.place.is_some())
}

/// The words of its keeper's in a record, by field.
fn own_words(record: &Record) -> Vec<(&'static str, &str)> {
    fn filled<'a>(field: &'static str, text: Option<&'a String>) -> Option<(&'static str, &'a str)> {
        text.filter(|text| !text.is_empty()).map(|text| (field, text.as_str()))
    }
    match &record.content {
        Content::Incident(event) => [
            filled("what", Some(&event.what)),
            filled("child-observed", event.child_observed.as_ref()),
            filled("also-known", event.also_known.as_ref()),
            filled("agreed", event.agreed.as_ref()),
            filled("offered", event.offered.as_ref()),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Content::Step(step) => {
            [filled("what", Some(&step.what)), filled("outcome", step.outcome.as_ref())].into_iter().flatten().collect()
        }
        Content::Message(message) if message.place.is_none() => {
            filled("text", Some(&message.text)).into_iter().collect()
        }
        Content::Note(note) => filled("text", Some(&note.text)).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn remarks(rules: &Rules, field: &str, text: &str) -> Vec<WordingRemark> {
    let found = rules.tone_of(text).into_iter().map(|remark| {
        let before = &text[..remark.at.start];
        let words = &text[remark.at.clone()];
        let start = before.chars().count();
        WordingRemark {
            field: field.to_owned(),
            words: words.to_owned(),
            start,
            end: start + words.chars().count(),
            line: before.matches('\n').count() + 1,
            kind: remark.kind,
            rule: remark.rule,
            suggestion: remark.suggestion,
        }
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ones_own_words_are_looked_at() {
        let sets = [
            Set::new("what", "He is always late."),
            Set::new("said", "Sam: you are always late, liar"),
            Set::new("reason", "she never told me"),
            Set::new("place", "NEVER LAND"),
        ];
        let found = wording_of_sets(Noun::Incident, &sets);
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].field.as_str(), found[0].words.as_str(), found[0].start, found[0].line),
            ("what", "always", 6, 1)
        );
    }

    #[test]
    fn places_are_counted_in_characters_and_lines() {
        let found = wording_of_draft("Zoë was there.\nHe never came.").unwrap();
        assert_eq!((found[0].start, found[0].end, found[0].line), (18, 23, 2));
        assert!(wording_of_draft(&"a".repeat(LONGEST_DRAFT + 1)).is_err());
    }
}
