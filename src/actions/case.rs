//! The case: what covers and headings need.

use crate::model::{Case, Content, Instant, Noun, RecordId, Zone};
use crate::rules::Rules;
use crate::store::{Book, JournalEntry};

use super::fields::{self, Fact, Reading, Set};
use super::{ActionError, People, entry};

/// The case after a change.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseChange {
    /// Its record.
    pub id: RecordId,
    /// What it says now.
    pub facts: Vec<Fact>,
    /// The journal entry.
    pub journal: JournalEntry,
    /// The number is not of the usual shape (EF-15); it is kept as given.
    pub unusual_number: Option<String>,
}

/// The case of the book, where one has been written down.
///
/// # Errors
/// Reading failed.
pub fn current_case(book: &Book) -> Result<Option<(RecordId, Case)>, ActionError> {
    let records = book.all(Noun::Case)?;
    Ok(records.into_iter().find_map(|record| match record.content {
        Content::Case(case) => Some((record.id, case)),
        _ => None,
    }))
}

/// Sets fields of the case, making its record if there is none.
///
/// # Errors
/// A field that cannot be read, or writing failed.
pub fn change_case(book: &mut Book, now: Instant, sets: &[Set]) -> Result<CaseChange, ActionError> {
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let known = current_case(book)?;
    let mut content = Content::Case(known.as_ref().map_or_else(Case::default, |(_, case)| case.clone()));
    fields::set(&mut content, sets, &reading)?;
    let facts = fields::facts(&content, &people);
    if let Content::Case(Case { hearing: Some(hearing), .. }) = &content {
        for id in &hearing.essential {
            entry::require(book, *id)?;
        }
    }
    let Content::Case(case) = &content else { unreachable!("setting fields keeps the noun") };
    let unusual_number = case.number.clone().filter(|number| !number_has_usual_shape(number));
    let names: Vec<&str> = sets.iter().map(|set| set.field.as_str()).collect();
    let sentence = format!("Set the {} of the case", names.join(", ").replace('-', " "));
    let written = book.write::<_, ActionError>(now, |writing| {
        let id = match known {
            Some((id, _)) => {
                writing.amend(id, content, "The case was brought up to date")?;
                id
            }
            None => writing.add(content)?,
        };
        Ok((id, sentence))
    })?;
    Ok(CaseChange { id: written.value, facts, journal: written.journal, unusual_number })
}

/// Whether a case number looks as the court writes it: two letters of the court, two digits of the
/// year, a letter of the case type, five digits (EF-15); or the sixteen digits of an online reference.
#[must_use]
pub fn number_has_usual_shape(number: &str) -> bool {
    let online: String = number.chars().filter(|c| !matches!(c, '-' | ' ')).collect();
    Rules::england_and_wales().is_case_number(number)
        || (online.len() == 16 && online.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shapes_of_case_numbers() {
        for number in ["BS26P70940", "1234-5678-1234-5678", "1234567812345678"] {
            assert!(number_has_usual_shape(number), "{number}");
        }
        for number in ["BS26 P70940", "bs26p70940", "BS26P7094", "BS26P709401", "", "FD09P01234X", "1234-5678"] {
            assert!(!number_has_usual_shape(number), "{number}");
        }
    }
}
