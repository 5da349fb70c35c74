//! Preparing a paper by questions: what fits which reader, what may be picked, and what was typed to
//! pick it. The asking itself is the shell's.

use std::collections::BTreeSet;

use crate::model::when::month_named;
use crate::model::{Content, Date, Finding, IncidentKind, Instant, Note, Noun, Profile, Reader, RecordId, When};
use crate::store::{Book, Filter, Written};

use super::{ActionError, Chosen, chosen};

/// Something that may be picked for a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The record.
    pub id: RecordId,
    /// Its day.
    pub date: Option<Date>,
    /// One line.
    pub title: String,
    /// It is chosen for this paper already.
    pub chosen: bool,
}

/// What was typed at the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// These, by their place in the whole list.
    Take(Vec<usize>),
    /// These are taken back.
    Drop(Vec<usize>),
    /// Only show those with these words.
    Find(String),
    /// Show the whole list again.
    ShowAll,
}

/// The papers that fit a reader, the most fitting first. Who was not told to prepare the bundle makes
/// papers of their own that can be uploaded one by one (27A-09).
#[must_use]
pub fn papers_for(reader: Reader, prepares: Option<bool>) -> Vec<Profile> {
    use Profile::{Archive, Chronology, Crib, Enforcement, Evidence, Exhibit, Hearing, Mediation};
    match (reader, prepares) {
        (Reader::Court, Some(true)) => vec![Hearing, Exhibit, Chronology, Enforcement, Evidence],
        (Reader::Court, _) => vec![Exhibit, Chronology, Enforcement, Evidence],
        (Reader::Mediator, _) => vec![Mediation, Evidence],
        (Reader::Solicitor, _) => vec![Evidence, Chronology, Exhibit],
        (Reader::Cafcass, _) => vec![Chronology, Crib, Evidence],
        (Reader::OtherParty, Some(true)) => vec![Hearing, Exhibit, Chronology],
        (Reader::OtherParty, _) => vec![Exhibit, Chronology],
        (Reader::Myself, _) => vec![Evidence, Archive, Chronology, Crib],
    }
}

/// A paper in plain words.
#[must_use]
pub fn plain_paper(profile: Profile) -> &'static str {
    match profile {
        Profile::Evidence => "everything in order of time, with the messages and papers behind it",
        Profile::Exhibit => "an exhibit to your witness statement: chosen messages, photographs, papers",
        Profile::Hearing => "the hearing bundle, in sections A to E",
        Profile::Mediation => "one or two pages for mediation: now, and what is proposed",
        Profile::Chronology => "a chronology: one line for each event, at most ten pages",
        Profile::Enforcement => "a schedule for Form C79: what an order said, what happened, room for the reply",
        Profile::Archive => "everything there is, for yourself",
        Profile::Crib => "one page of notes to have at hand during the call with Cafcass, for yourself",
    }
}

/// Whether a paper holds only what is picked for it.
#[must_use]
pub fn is_picked(profile: Profile) -> bool {
    matches!(profile, Profile::Exhibit | Profile::Hearing)
}

/// What may be picked for a paper, in order of time, without a date last.
///
/// # Errors
/// Reading failed.
pub fn candidates(book: &Book, profile: Profile, mark: Option<&str>) -> Result<Vec<Candidate>, ActionError> {
    let nouns: &[Noun] = match profile {
        Profile::Hearing => &[Noun::Order, Noun::Document, Noun::Message, Noun::Bundle],
        Profile::Enforcement => &[Noun::Incident],
        _ => &[Noun::Document, Noun::Message],
    };
    let taken: BTreeSet<RecordId> = chosen(book)?
        .iter()
        .filter(|one| is_for(one, profile, mark))
        .flat_map(|one| one.choice.records.clone())
        .collect();
    let mut list = Vec::new();
    for line in book.list(&Filter { nouns: nouns.to_vec(), ..Filter::default() })? {
        let fits = match line.id.noun {
            Noun::Bundle => is_frozen_exhibit(book, line.id)?,
            Noun::Incident => may_be_a_row(book, line.id)?,
            _ => true,
        };
        if !fits {
            continue;
        }
        let date = line.when.as_ref().map(When::london_date);
        list.push(Candidate { id: line.id, date, title: line.title, chosen: taken.contains(&line.id) });
    }
    Ok(list)
}

fn is_for(one: &Chosen, profile: Profile, mark: Option<&str>) -> bool {
    let same_mark = match (&one.choice.exhibit, mark) {
        (Some(chosen), Some(mark)) => chosen.eq_ignore_ascii_case(mark),
        _ => true,
    };
    one.choice.profile == profile && same_mark
}

fn is_frozen_exhibit(book: &Book, id: RecordId) -> Result<bool, ActionError> {
    Ok(match book.record(id)?.map(|record| record.content) {
        Some(Content::Bundle(bundle)) => bundle.profile == Profile::Exhibit && book.kept(&bundle.sha256)?.is_some(),
        _ => false,
    })
}

/// What was held in full, cancelled by oneself or not finished is no row of a schedule.
fn may_be_a_row(book: &Book, id: RecordId) -> Result<bool, ActionError> {
    Ok(match book.record(id)?.map(|record| record.content) {
        Some(Content::Incident(event)) => {
            !matches!(event.kind, None | Some(IncidentKind::Kept | IncidentKind::CancelledByMe))
        }
        _ => false,
    })
}

/// Reads what was typed at the list: `1-5, 8`, `not 3`, `all`, `all of September`, or words to look for.
///
/// # Errors
/// What is wrong with it, as a sentence.
pub fn read_pick(text: &str, list: &[Candidate], shown: &[usize]) -> Result<Pick, String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if lower == "list" {
        return Ok(Pick::ShowAll);
    }
    for word in ["not ", "without ", "drop "] {
        if let Some(rest) = lower.strip_prefix(word) {
            return which(rest, list, shown).map(Pick::Drop);
        }
    }
    if lower == "none" {
        return Ok(Pick::Drop((0..list.len()).collect()));
    }
    if lower == "all" || lower.starts_with("all ") || lower.starts_with(|c: char| c.is_ascii_digit()) {
        return which(&lower, list, shown).map(Pick::Take);
    }
    Ok(Pick::Find(text.to_owned()))
}

/// `all` means all that is shown; numbers are places in the whole list, from 1.
fn which(text: &str, list: &[Candidate], shown: &[usize]) -> Result<Vec<usize>, String> {
    let text = text.trim();
    if text == "all" {
        return Ok(shown.to_vec());
    }
    if let Some(when) = text.strip_prefix("all of ").or_else(|| text.strip_prefix("all ")) {
        let (month, year) = month_and_year(when)
            .ok_or_else(|| format!("“{when}” is no month or year. For example: all of September 2026"))?;
        let fits =
            |date: Date| month.is_none_or(|month| date.month() == month) && year.is_none_or(|year| date.year() == year);
        let found: Vec<usize> =
            list.iter().enumerate().filter(|(_, one)| one.date.is_some_and(fits)).map(|(index, _)| index).collect();
        return if found.is_empty() { Err(format!("Nothing on the list is of {when}.")) } else { Ok(found) };
    }
    let mut found = BTreeSet::new();
    for part in text.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (Ok(from), Ok(to)) = (from.trim().parse::<usize>(), to.trim().parse::<usize>()) else {
            return Err(format!("“{part}” is not a number or a range. For example: 1-5, 8"));
        };
        if from < 1 || to > list.len() || from > to {
            return Err(format!("“{part}” is not on the list; it goes from 1 to {}.", list.len()));
        }
        found.extend(from - 1..to);
    }
    Ok(found.into_iter().collect())
}

fn month_and_year(text: &str) -> Option<(Option<u32>, Option<i32>)> {
    let (mut month, mut year) = (None, None);
    for word in text.split_whitespace() {
        match (month_named(word), word.parse::<i32>()) {
            (named @ Some(_), _) if month.is_none() => month = named,
            (None, Ok(number)) if year.is_none() && (1900..=9999).contains(&number) => year = Some(number),
            _ => return None,
        }
    }
    (month.is_some() || year.is_some()).then_some((month, year))
}

/// The record a finding is about, where it is about one.
#[must_use]
pub fn about(finding: &Finding) -> Option<RecordId> {
    finding.place.split_whitespace().next()?.trim_end_matches([',', ':']).parse().ok()
}

/// What stays to be done by hand with a paper.
#[must_use]
pub fn by_hand(profile: Profile) -> &'static [&'static str] {
    match profile {
        Profile::Exhibit => &[
            "In your statement, cite pages by their printed numbers, such as “AR1 page 3”.",
            "Sign and date the statement; whoever witnesses it signs the front sheet.",
        ],
        Profile::Hearing => &[
            "Read the first page once more: it speaks for you.",
            "In statements and letters, cite pages by their printed numbers, such as C4.",
        ],
        Profile::Enforcement => &[
            "Fill in Form C79 from gov.uk yourself, and add this paper to it; sign and date the form only when it is true.",
            "Leave the last two columns empty: the other party writes the reply, the court its finding.",
        ],
        Profile::Mediation => &["Read it once as the mediator will. What is said in mediation stays there."],
        Profile::Crib => &["Print it, and write on it during the call. It is not for handing over."],
        Profile::Archive => &["Keep it where nobody else reads it: nothing but your private notes is held back in it."],
        _ => &["Read it through once as its reader will, before you hand it over."],
    }
}

/// The note in which the words of a direction are kept: for its writer only, and in no paper.
const TOLD_TO_FILE: &str = "What I was told to file";

/// What was told to file, as written down last.
///
/// # Errors
/// Reading failed.
pub fn told_to_file(book: &Book) -> Result<Option<String>, ActionError> {
    let notes = book.all(Noun::Note)?.into_iter().filter_map(|record| match record.content {
        Content::Note(note) => {
            note.text.strip_prefix(TOLD_TO_FILE).map(|rest| rest.trim_start_matches(':').trim().to_owned())
        }
        _ => None,
    });
    Ok(notes.collect::<Vec<_>>().pop())
}

/// Keeps the exact words of a direction, with the day it is due by.
///
/// # Errors
/// Writing failed.
pub fn keep_told_to_file(
    book: &mut Book,
    now: Instant,
    words: &str,
    by: Option<When>,
) -> Result<Written<RecordId>, ActionError> {
    let due = by.as_ref().map(|by| format!(" (by {})", by.long())).unwrap_or_default();
    let note = Note { text: format!("{TOLD_TO_FILE}: {}{due}", words.trim()), about: None, when: by };
    book.write(now, |writing| {
        Ok((writing.add(Content::Note(note))?, "Wrote down what the court told me to file".to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> Vec<Candidate> {
        let one = |number, year, month| Candidate {
            id: RecordId::new(Noun::Message, number),
            date: Date::new(year, month, 3),
            title: format!("Message {number}"),
            chosen: false,
        };
        vec![one(1, 2025, 9), one(2, 2026, 8), one(3, 2026, 9), one(4, 2026, 9), one(5, 2026, 10)]
    }

    #[test]
    fn what_is_typed_at_the_list() {
        let list = list();
        let shown = [1, 2];
        for (typed, expected) in [
            ("1-3, 5", Ok(Pick::Take(vec![0, 1, 2, 4]))),
            ("5 1", Ok(Pick::Take(vec![0, 4]))),
            ("2–3", Ok(Pick::Take(vec![1, 2]))),
            ("all", Ok(Pick::Take(vec![1, 2]))),
            ("All of September", Ok(Pick::Take(vec![0, 2, 3]))),
            ("all of sept 2026", Ok(Pick::Take(vec![2, 3]))),
            ("all of 2025", Ok(Pick::Take(vec![0]))),
            ("not 2", Ok(Pick::Drop(vec![1]))),
            ("none", Ok(Pick::Drop(vec![0, 1, 2, 3, 4]))),
            ("list", Ok(Pick::ShowAll)),
            ("pick him up", Ok(Pick::Find("pick him up".into()))),
            ("6", Err("“6” is not on the list; it goes from 1 to 5.".into())),
            ("0", Err("“0” is not on the list; it goes from 1 to 5.".into())),
            ("3-2", Err("“3-2” is not on the list; it goes from 1 to 5.".into())),
            ("1-", Err("“1-” is not a number or a range. For example: 1-5, 8".into())),
            (
                "99999999999999999999",
                Err("“99999999999999999999” is not a number or a range. For example: 1-5, 8".into()),
            ),
            ("all of it", Err("“it” is no month or year. For example: all of September 2026".into())),
            ("all of may", Err("Nothing on the list is of may.".into())),
        ] {
            assert_eq!(read_pick(typed, &list, &shown), expected, "{typed}");
        }
    }

    #[test]
    fn who_was_not_told_to_prepare_the_bundle_is_not_offered_one() {
        for prepares in [None, Some(false)] {
            assert!(!papers_for(Reader::Court, prepares).contains(&Profile::Hearing));
        }
        assert_eq!(papers_for(Reader::Court, Some(true)).first(), Some(&Profile::Hearing));
    }

    #[test]
    fn a_finding_names_its_record() {
        let finding = |place: &str| Finding::new(crate::model::Severity::Block, "x", place, "", "");
        assert_eq!(about(&finding("MSG-4")), Some(RecordId::new(Noun::Message, 4)));
        assert_eq!(about(&finding("MSG-4, page 3")), Some(RecordId::new(Noun::Message, 4)));
        assert_eq!(about(&finding("paper")), None);
    }
}
