//! Choosing what goes in a paper, and taking it back.

use std::collections::BTreeMap;

use crate::bundle::Options;
use crate::model::{Choice, Content, Instant, Noun, Profile, Reader, RecordId};
use crate::store::{Book, Written};

use super::{ActionError, bundle, entry};

/// A choice and the titles of what was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its record.
    pub id: RecordId,
    /// The choice.
    pub choice: Choice,
    /// The titles of its records, in its order.
    pub titles: Vec<String>,
}

/// What is to be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawing {
    /// The records.
    pub records: Vec<RecordId>,
    /// From which kind of paper.
    pub profile: Profile,
    /// From this exhibit only.
    pub exhibit: Option<String>,
    /// Why, in the user's words.
    pub why: String,
}

/// Chooses records for a kind of paper.
///
/// # Errors
/// An unknown record, a private note, a paper that is not frozen yet, nothing chosen, or writing failed.
pub fn choose(book: &mut Book, now: Instant, choice: Choice) -> Result<Written<RecordId>, ActionError> {
    for id in &choice.records {
        may_be_chosen(book, *id, choice.profile)?;
    }
    if choice.directed.is_some() && !matches!(choice.profile, Profile::Hearing | Profile::Enforcement) {
        return Err(ActionError::Refused {
            kind: "directed-elsewhere",
            what: "A direction was given for a paper that needs none".into(),
            why: "only a hearing bundle asks which order lets a message or a photograph in (27A-22), and a schedule which \
                  order asked for it"
                .into(),
            next: "Leave out --directed, or choose with --for hearing or --for enforcement".into(),
        });
    }
    let names: Vec<String> = choice.records.iter().map(RecordId::to_string).collect();
    let exhibit = choice.exhibit.as_ref().map(|mark| format!(", exhibit {mark}")).unwrap_or_default();
    let section = choice.section.as_ref().map(|letter| format!(", section {letter}")).unwrap_or_default();
    let sentence = format!("Chose {} for the {} paper{exhibit}{section}", names.join(", "), choice.profile.word());
    book.write(now, |writing| Ok((writing.add(Content::Choice(choice))?, sentence)))
}

fn may_be_chosen(book: &Book, id: RecordId, profile: Profile) -> Result<(), ActionError> {
    let record = entry::require(book, id)?;
    match record.content {
        Content::Note(_) => Err(ActionError::Refused {
            kind: "private-note",
            what: format!("{id} is a private note and goes into no paper"),
            why: "notes are for their writer only".into(),
            next: "Leave it out, or write it down as a record: daybook log, or daybook message".into(),
        }),
        // A finished paper goes in as the file it is, so the book has to hold that file.
        Content::Bundle(_) if profile != Profile::Hearing => Err(ActionError::Refused {
            kind: "paper-in-paper",
            what: format!("{id} is a finished paper"),
            why: "only a hearing bundle takes in a finished paper, such as an exhibit, with its own page numbers".into(),
            next: format!("Choose the records in it, or: daybook choose {id} --for hearing --section C"),
        }),
        Content::Bundle(bundle) if book.kept(&bundle.sha256)?.is_none() => Err(ActionError::Refused {
            kind: "not-frozen",
            what: format!("{id} is not frozen yet"),
            why: "a hearing bundle holds an exhibit exactly as it was handed over, and the book keeps that file once it is sent".into(),
            next: format!("First: daybook sent {id} --to NAME --how \"by e-mail\""),
        }),
        Content::Bundle(_) => Ok(()),
        _ if !id.noun.in_timeline() || id.noun == Noun::Import => {
            Err(ActionError::WrongNoun { id, wanted: "something a paper can show" })
        }
        _ => Ok(()),
    }
}

/// Takes records back from a kind of paper. What was chosen before stays readable in the history.
///
/// # Errors
/// No reason, nothing of it was chosen, or writing failed.
pub fn withdraw_choice(
    book: &mut Book,
    now: Instant,
    asked: &Withdrawing,
) -> Result<Written<Vec<RecordId>>, ActionError> {
    let why = reason_given(&asked.why)?;
    let of_mark = |choice: &Choice| match (&asked.exhibit, &choice.exhibit) {
        (Some(asked), Some(mark)) => asked.eq_ignore_ascii_case(mark),
        (Some(_), None) => false,
        (None, _) => true,
    };
    let mut changed: Vec<(RecordId, Choice)> = Vec::new();
    for one in chosen(book)? {
        let mut choice = one.choice;
        if choice.profile != asked.profile || !of_mark(&choice) {
            continue;
        }
        let before = choice.records.len();
        let left: Vec<RecordId> = choice.records.iter().copied().filter(|id| !asked.records.contains(id)).collect();
        if left.len() == before {
            continue;
        }
        // A choice of nothing is a choice taken back; what it held stays in it to be read.
        if left.is_empty() {
            choice.withdrawn = true;
        } else {
            choice.records = left;
        }
        changed.push((one.id, choice));
    }
    let names: Vec<String> = asked.records.iter().map(RecordId::to_string).collect();
    if changed.is_empty() {
        return Err(ActionError::Refused {
            kind: "not-chosen",
            what: format!("{} was not chosen for the {} paper", names.join(", "), asked.profile.word()),
            why: "there is nothing to take back".into(),
            next: "To see what is chosen: daybook choose --list".into(),
        });
    }
    let sentence = format!("Took {} back from the {} paper: {why}", names.join(", "), asked.profile.word());
    book.write(now, |writing| {
        let mut ids = Vec::with_capacity(changed.len());
        for (id, choice) in changed {
            writing.amend(id, Content::Choice(choice), why)?;
            ids.push(id);
        }
        Ok((ids, sentence))
    })
}

/// The reason for taking something back.
pub(super) fn reason_given(why: &str) -> Result<&str, ActionError> {
    match why.trim() {
        "" => Err(ActionError::Refused {
            kind: "no-reason",
            what: "No reason was given".into(),
            why: "what is taken back stays readable, and later you may want to know why".into(),
            next: "Add --why \"…\"".into(),
        }),
        why => Ok(why),
    }
}

/// What has been chosen and not taken back.
///
/// # Errors
/// Reading failed.
pub fn chosen(book: &Book) -> Result<Vec<Chosen>, ActionError> {
    let mut list = Vec::new();
    for record in book.all(Noun::Choice)? {
        let Content::Choice(choice) = record.content else { continue };
        if choice.withdrawn {
            continue;
        }
        let mut titles = Vec::with_capacity(choice.records.len());
        for id in &choice.records {
            titles.push(book.record(*id)?.map_or_else(|| "(no longer in the book)".to_owned(), |r| r.content.title()));
        }
        list.push(Chosen { id: record.id, choice, titles });
    }
    Ok(list)
}

/// By paper and exhibit mark: what is held back, and why.
pub type NotShown = BTreeMap<(Profile, Option<String>), Vec<(RecordId, String)>>;

/// Of what was chosen: what its paper will not show to its usual reader, and why. By paper and mark.
///
/// # Errors
/// Reading failed.
pub fn not_shown(book: &Book, now: Instant, chosen: &[Chosen]) -> Result<NotShown, ActionError> {
    let mut papers: BTreeMap<(Profile, Option<String>), Vec<RecordId>> = BTreeMap::new();
    for one in chosen {
        let paper = (one.choice.profile, one.choice.exhibit.clone());
        papers.entry(paper).or_default().extend(&one.choice.records);
    }
    let mut answer = BTreeMap::new();
    for ((profile, mark), ids) in papers {
        let mut options = Options::new(profile, usual_reader(profile));
        options.exhibit.mark.clone_from(&mark);
        let held: Vec<(RecordId, String)> = match bundle::left_out(book, now, &options) {
            Ok(left_out) => {
                left_out.into_iter().filter(|one| ids.contains(&one.id)).map(|one| (one.id, one.why)).collect()
            }
            // A paper that cannot be planned yet holds nothing back; making it says what is wrong.
            Err(ActionError::Plan(_)) => Vec::new(),
            Err(error) => return Err(error),
        };
        answer.insert((profile, mark), held);
    }
    Ok(answer)
}

/// For whom a kind of paper usually is.
#[must_use]
pub fn usual_reader(profile: Profile) -> Reader {
    match profile {
        Profile::Mediation => Reader::Mediator,
        Profile::Archive | Profile::Crib => Reader::Myself,
        Profile::Evidence | Profile::Exhibit | Profile::Hearing | Profile::Chronology | Profile::Enforcement => {
            Reader::Court
        }
    }
}
