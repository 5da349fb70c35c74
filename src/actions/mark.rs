//! Marks: privilege, confidentiality, and what stays out of which paper.

use crate::model::{Content, Instant, Mark, Noun, Privilege, Profile, RecordId};
use crate::store::{Book, Written};

use super::{ActionError, entry};

/// What is to be marked, as asked.
#[derive(Debug, Clone, Default)]
pub struct Marking {
    /// Sets the privilege.
    pub privilege: Option<Privilege>,
    /// Sets or lifts confidentiality.
    pub confidential: Option<bool>,
    /// Keeps it out of this kind of paper.
    pub keep_out_of: Option<Profile>,
    /// Lets it into this kind of paper.
    pub let_into: Option<Profile>,
    /// Why.
    pub why: Option<String>,
}

/// Marks a record.
///
/// # Errors
/// An unknown record, nothing to mark, a reason missing where one is needed, or writing failed.
pub fn mark(book: &mut Book, now: Instant, on: RecordId, marking: Marking) -> Result<Written<RecordId>, ActionError> {
    let record = entry::require(book, on)?;
    let why = marking.why.filter(|why| !why.trim().is_empty());
    if record.content.noun() == Noun::Note && marking.let_into.is_some() {
        return Err(ActionError::Refused {
            kind: "private-note",
            what: format!("{on} is a private note and goes into no paper"),
            why: "notes are for their writer only".into(),
            next: "Write it down as a record instead: daybook log, or daybook message".into(),
        });
    }
    // Taking a guard away needs a typed reason, which papers can be asked for (MED-16).
    let loosens =
        marking.let_into.is_some() || marking.confidential == Some(false) || marking.privilege == Some(Privilege::None);
    if loosens && why.is_none() {
        return Err(ActionError::Refused {
            kind: "no-reason",
            what: "No reason was given".into(),
            why: "letting something held back be shown needs a reason in your words, kept with it".into(),
            next: "Add --why \"…\"".into(),
        });
    }
    let mut said = Vec::new();
    said.extend(marking.privilege.map(|privilege| format!("privilege {}", privilege.word())));
    said.extend(marking.confidential.map(|yes| if yes { "confidential" } else { "no longer confidential" }.to_owned()));
    said.extend(marking.keep_out_of.map(|profile| format!("kept out of {} papers", profile.word())));
    said.extend(marking.let_into.map(|profile| format!("let into {} papers", profile.word())));
    if said.is_empty() {
        return Err(ActionError::Refused {
            kind: "nothing-to-mark",
            what: "No mark was given".into(),
            why: "there are four: --privilege, --confidential, --keep-out-of and --let-into".into(),
            next: format!("For example: daybook mark {on} --privilege legal-advice --why \"From my solicitor\""),
        });
    }
    let sentence = format!("Marked {on}: {}", said.join(", "));
    let mark = Mark {
        on,
        privilege: marking.privilege,
        confidential: marking.confidential,
        keep_out_of: marking.keep_out_of,
        let_into: marking.let_into,
        why,
    };
    book.write(now, |writing| Ok((writing.add(Content::Mark(mark))?, sentence)))
}
