//! The marks of chart and calendar, and what the outcomes are called.

use super::super::super::plan::{OutcomeRow, Square};
use super::super::book::Book;
use crate::contact::{Figures, Session};
use crate::model::{Content, IncidentKind, Outcome};

/// How outcomes are marked and named in one part.
pub(super) struct Marking {
    /// The other parent, as running text names them.
    pub(super) other: String,
    pub(super) missed: Missed,
    letter: char,
}

/// How sessions are called that were not held and not cancelled: nobody came to all of them, or some
/// were declined or were calls that did not come about.
pub(super) struct Missed {
    label: &'static str,
    pub(super) head: &'static str,
    pub(super) words: &'static str,
}

fn missed(book: &Book<'_>, figures: &Figures) -> Missed {
    if only_nobody_came(book, &figures.sessions) {
        Missed { label: "Not held: nobody came", head: "nobody", words: "nobody came to" }
    } else {
        Missed { label: "Not held: missed, declined", head: "missed", words: "missed or declined were" }
    }
}

/// Whether nobody came to any of the sessions that were not held and not cancelled.
pub(in super::super) fn only_nobody_came<'s>(book: &Book<'_>, sessions: impl IntoIterator<Item = &'s Session>) -> bool {
    let kind = |id| match book.record(id).map(|record| &record.content) {
        Some(Content::Incident(event)) => event.kind,
        _ => None,
    };
    let missed = sessions.into_iter().filter_map(|session| kind(session.incident?));
    let mut missed = missed.filter(|kind| kind.outcome() == Outcome::MissedByOther);
    missed.all(|kind| kind == IncidentKind::NobodyThere)
}

impl Marking {
    pub(super) fn of(book: &Book<'_>, figures: &Figures) -> Self {
        let other = book.people.other().map_or("the other parent", |person| person.short_name());
        Marking { other: other.to_owned(), missed: missed(book, figures), letter: other_letter(other) }
    }

    pub(super) fn mark(&self, outcome: Outcome) -> Square {
        match outcome {
            Outcome::Kept => Square::Full,
            Outcome::Late | Outcome::EndedEarly => Square::Half,
            Outcome::MissedByOther => Square::Letter('N'),
            Outcome::CancelledByOther => Square::Letter(self.letter),
            Outcome::CancelledByMe => Square::Letter('M'),
            Outcome::CancelledByThird => Square::Letter('C'),
            Outcome::AgreedChange => Square::Letter('A'),
            Outcome::MadeUp => Square::Letter('L'),
            Outcome::NotKnown => Square::Unknown,
        }
    }

    /// The row of an outcome, and whether it stands where there are none of it.
    pub(super) fn label(&self, outcome: Outcome) -> (String, bool) {
        match outcome {
            Outcome::Kept => ("Held, in full".to_owned(), true),
            Outcome::Late | Outcome::EndedEarly => ("Held, in part".to_owned(), false),
            Outcome::MissedByOther => (self.missed.label.to_owned(), false),
            Outcome::CancelledByOther => (format!("Not held: cancelled by {}", self.other), false),
            Outcome::CancelledByMe => ("Not held: cancelled by me".to_owned(), true),
            Outcome::CancelledByThird => ("Not held: by neither parent".to_owned(), false),
            Outcome::AgreedChange => ("Moved by agreement".to_owned(), false),
            Outcome::MadeUp => ("Held later instead".to_owned(), false),
            Outcome::NotKnown => ("Not known".to_owned(), true),
        }
    }

    /// Due, and what it was used up by.
    pub(super) fn outcomes(&self, figures: &Figures) -> Vec<OutcomeRow> {
        let due = OutcomeRow { label: "Due".to_owned(), count: figures.due, square: Square::Empty, bold: true };
        let rows = ROWS.into_iter().filter_map(|outcomes| {
            let count = outcomes.iter().map(|outcome| figures.buckets.of(*outcome)).sum();
            let (label, stays) = self.label(outcomes[0]);
            let square = self.mark(outcomes[0]);
            let bold = matches!(square, Square::Full | Square::Half);
            (stays || count > 0).then_some(OutcomeRow { label, count, square, bold })
        });
        std::iter::once(due).chain(rows).collect()
    }
}

/// The outcomes as chart and lists have them, held first.
pub(super) const ROWS: [&[Outcome]; 9] = [
    &[Outcome::Kept],
    &[Outcome::Late, Outcome::EndedEarly],
    &[Outcome::MissedByOther],
    &[Outcome::CancelledByOther],
    &[Outcome::CancelledByMe],
    &[Outcome::CancelledByThird],
    &[Outcome::AgreedChange],
    &[Outcome::MadeUp],
    &[Outcome::NotKnown],
];

/// The other parent's initial, where it cannot be mistaken for another mark.
fn other_letter(other: &str) -> char {
    match other.chars().next().map(|c| c.to_ascii_uppercase()) {
        Some(letter) if letter.is_ascii_uppercase() && !"NMCAL".contains(letter) && other != "the other parent" => {
            letter
        }
        _ => 'O',
    }
}
