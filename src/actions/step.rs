//! A step on the road.

use std::path::PathBuf;

use crate::model::{Content, HearingSort, Instant, Link, LinkKind, Noun, RecordId, Step, StepKind, Track, Zone};
use crate::rules::{Fee, Rules};
use crate::store::Book;

use super::fields::{self, Reading, Set};
use super::log::{keep_all, receive_all};
use super::{ActionError, People, Stored, case, entry};

/// A step as typed.
#[derive(Debug, Clone)]
pub struct Stepping {
    /// What it was.
    pub kind: StepKind,
    /// Its fields.
    pub sets: Vec<Set>,
    /// Files to attach.
    pub attach: Vec<PathBuf>,
}

impl Stepping {
    /// The step these fields make, as far as the words alone can be checked.
    ///
    /// # Errors
    /// A field that cannot be read, an end before its start, or a ground that is none.
    pub fn step(&self, reading: &Reading<'_>) -> Result<Step, ActionError> {
        let mut content = Content::Step(Box::new(Step::of(self.kind)));
        // The day is read first, so that "until Friday" knows its week.
        let mut sets = self.sets.clone();
        sets.sort_by_key(|set| set.field != "on");
        fields::set(&mut content, &sets, reading)?;
        let Content::Step(step) = content else { unreachable!("setting fields keeps the noun") };
        check_words(&step)?;
        Ok(*step)
    }
}

/// Keeps a step.
///
/// # Errors
/// A field that cannot be read, a record that is not there, an unreadable file, or writing failed.
pub fn keep_step(book: &mut Book, now: Instant, stepping: &Stepping) -> Result<Stored, ActionError> {
    let people = People::load(book)?;
    let mut step = stepping.step(&Reading { now, zone: Zone::LONDON, people: &people })?;
    check(book, &step, None)?;
    let attaching = receive_all(book, &stepping.attach)?;
    let written = book.write::<_, ActionError>(now, |writing| {
        step.attachments = keep_all(writing, &attaching)?;
        let day = step.when.as_ref().map(|when| format!(", {}", when.london_date().long())).unwrap_or_default();
        let sentence = format!("Wrote down a step: {}{day}", step.kind.plain());
        let answers = step.answers;
        let id = writing.add(Content::Step(Box::new(step)))?;
        // So that the step that was answered leads to its answer as well.
        if let Some(to) = answers {
            writing.add(Content::Link(Link { from: id, to, kind: LinkKind::Replies, withdrawn: false }))?;
        }
        Ok((id, sentence))
    })?;
    entry::stored(book, written)
}

/// What a step names must be there; a ground must be one of the list.
///
/// # Errors
/// It is not, or reading failed.
pub fn check_step(book: &Book, step: &Step) -> Result<(), ActionError> {
    check(book, step, None)
}

/// The same of a step that is in the book already: it cannot answer itself.
pub(super) fn check(book: &Book, step: &Step, itself: Option<RecordId>) -> Result<(), ActionError> {
    check_words(step)?;
    if let Some(id) = step.answers {
        if id.noun != Noun::Step || Some(id) == itself {
            return Err(ActionError::WrongNoun { id, wanted: "another step, which this one could answer" });
        }
        entry::require(book, id)?;
    }
    if let Some(id) = step.about {
        entry::require(book, id)?;
    }
    Ok(())
}

fn check_words(step: &Step) -> Result<(), ActionError> {
    fields::in_order(step.when.as_ref(), step.until.as_ref())?;
    let Some(which) = step.which.as_deref().filter(|_| step.kind == StepKind::MiamExempt) else { return Ok(()) };
    let rules = Rules::england_and_wales();
    if rules.exemptions().iter().any(|ground| ground.word == which) {
        return Ok(());
    }
    // The grounds are a closed list of the rules (MED-05): another one would be no exemption.
    let grounds: Vec<&str> = rules.exemptions().iter().map(|ground| ground.word.as_str()).collect();
    Err(ActionError::Refused {
        kind: "unknown-ground",
        what: format!("“{which}” is not one of the grounds on which no MIAM is needed"),
        why: format!("they are, since 29 April 2024: {}", grounds.join(", ")),
        next: "Give one of them with --which, and the rest in your words with --what".into(),
    })
}

/// What is worth knowing beside a step of this kind, each in one sentence: the dated fee, what is to be kept for an
/// exemption, a word that belongs to another procedure.
///
/// # Errors
/// Reading failed.
pub fn step_remarks(book: &Book, step: &Step) -> Result<Vec<String>, ActionError> {
    let rules = Rules::england_and_wales();
    let mut remarks = Vec::new();
    if step.kind == StepKind::MiamExempt
        && let Some(ground) =
            rules.exemptions().iter().find(|ground| Some(ground.word.as_str()) == step.which.as_deref())
        && !ground.proof.is_empty()
    {
        remarks.push(format!("{}: {} ({}, {}).", ground.plain, ground.proof, ground.rule, ground.certainty.words()));
    }
    if step.kind == StepKind::Hearing
        && let Some(which) = &step.which
    {
        let track = case::current_case(book)?.map(|(_, case)| case.track).unwrap_or_default();
        remarks.extend(other_procedure(which, track));
    }
    if let Some(fee) = step.kind.stop().fee_of.and_then(|form| rules.fees().iter().find(|fee| fee.form == form)) {
        remarks.push(fee_in_words(step.kind, fee));
    }
    Ok(remarks)
}

/// A word for a hearing that belongs to the other procedure than the case's (CFC-07). It is kept as typed: the court's
/// own word counts.
#[must_use]
pub fn other_procedure(words: &str, track: Track) -> Option<String> {
    let sort = HearingSort::from_word(words)?;
    let (here, theirs) = match (track, sort.track) {
        (Track::ChildFocused, Track::Ordinary) => ("Child-Focused", "the ordinary procedure"),
        (Track::Ordinary, Track::ChildFocused) => ("ordinary", "the Child-Focused courts"),
        _ => return None,
    };
    Some(format!(
        "“{}” is a word of {theirs}, and the case is set down as {here}. It is kept as typed; please compare it with the notice \
         of the hearing (daybook case --track says which procedure the court follows).",
        sort.plain
    ))
}

/// A fee as a fact with its date; nothing is reckoned with it, and help with fees is looked up elsewhere (FEE-01).
fn fee_in_words(kind: StepKind, fee: &Fee) -> String {
    let sum = format!("£{}", fee.pence / 100);
    let list = format!("as of {}, {} ({})", fee.as_of.plain(), fee.source, fee.certainty.words());
    if kind == StepKind::Voucher {
        return format!(
            "The voucher: up to {sum}, {}; {list}. Ask the mediator whether it is still offered.",
            fee.what
        );
    }
    format!(
        "The fee of Form {}: {sum}, {list}. It may have changed. Whether you can have help with it: look for “get help paying court \
         and tribunal fees” on GOV.UK (form EX160); nothing is reckoned here.",
        fee.form
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_other_procedure_are_remarked_on_and_no_others() {
        let check = |words: &str, track, remarked: bool| {
            assert_eq!(other_procedure(words, track).is_some(), remarked, "{words} {track:?}");
        };
        check("FHDRA", Track::ChildFocused, true);
        check("final hearing", Track::ChildFocused, true);
        check("Decision Hearing", Track::Ordinary, true);
        check("FHDRA", Track::Ordinary, false);
        check("FHDRA", Track::Unknown, false);
        check("decision", Track::ChildFocused, false);
        check("directions", Track::ChildFocused, false);
        check("hearing of the application", Track::Ordinary, false);
    }

    #[test]
    fn every_fee_named_on_the_road_is_in_the_dated_list() {
        let rules = Rules::england_and_wales();
        for kind in StepKind::ALL {
            let Some(form) = kind.stop().fee_of else { continue };
            let fee = rules.fees().iter().find(|fee| fee.form == form).expect("the fee is listed");
            let words = fee_in_words(*kind, fee);
            assert!(words.contains(&fee.as_of.plain()), "{words}");
        }
    }
}
