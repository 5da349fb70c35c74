//! The paper for mediation: the future first, one to two pages, in the user's own words (MED-18). No
//! heading of an action, no message, no hash, no support marks: it is no paper of proceedings.

use super::super::PlanError;
use super::super::plan::{Anchor, Paper, PlannedEntry, Rich, Section};
use super::super::sheet::{Pace, Sheet, SheetPart, TotalRow};
use super::book::Book;
use super::{contact, words};
use crate::contact::Figures;
use crate::model::{Content, Date, Finding, MediationWords, Noun, Profile, Reader, RecordId, Severity, StepKind};

/// What the paper calls itself.
pub(super) const TITLE: &str = "Summary for mediation";

/// At the left of the running head, in place of a case number.
pub(super) const HEAD_LEFT: &str = "For mediation";

/// Proposals that were written down as steps and chosen for this paper. Nothing else of the record is shown.
///
/// # Errors
/// The reader is one to whom what is for mediation does not go.
pub(super) fn select(book: &mut Book<'_>) -> Result<(), PlanError> {
    if matches!(book.input.options.reader, Reader::Court | Reader::Cafcass) {
        // MED-12: it stays in mediation.
        let why = "is for mediation, and what is for mediation does not go to a court or to Cafcass";
        return Err(PlanError::Reader { profile: Profile::Mediation, why, instead: Reader::Mediator });
    }
    for id in chosen(book) {
        let proposal = match book.record(id).map(|record| &record.content) {
            Some(Content::Step(step)) => step.kind == StepKind::Proposal,
            _ => false,
        };
        if proposal {
            book.select(id);
        } else {
            book.leave_out(id, "a paper for mediation shows only steps of the kind “proposal”");
        }
    }
    Ok(())
}

/// The records chosen for this paper.
pub(super) fn chosen(book: &Book<'_>) -> Vec<RecordId> {
    let choices = book.all(Noun::Choice).into_iter().filter_map(|record| match &record.content {
        Content::Choice(choice) if choice.profile == Profile::Mediation && !choice.withdrawn => Some(choice),
        _ => None,
    });
    choices.flat_map(|choice| choice.records.iter().copied()).collect()
}

/// One section without a letter: its pages are 1 and 2.
pub(super) fn sections(book: &Book<'_>) -> Vec<Section> {
    let entry = PlannedEntry {
        anchor: Anchor::named("mediation"),
        id: None,
        version: None,
        date: book.made_date().index(),
        title: TITLE.to_owned(),
        head_right: format!("{}, {}", book.people.my_name(), book.made_date().plain()),
        sources: Vec::new(),
        paper: Paper::Sheet(sheet(book)),
    };
    vec![Section { letter: None, title: TITLE.to_owned(), described: TITLE.to_owned(), entries: vec![entry] }]
}

fn own(book: &Book<'_>) -> MediationWords {
    book.case().and_then(|case| case.mediation.as_deref().cloned()).unwrap_or_default()
}

fn sheet(book: &Book<'_>) -> Sheet {
    let own = own(book);
    let mut parts = Vec::new();
    let about = about_the_children(book, &own.child);
    parts.extend(under(&children_named(book), &about));
    parts.extend(under("Now", &own.now));
    let proposals = proposals(book, &own);
    if !proposals.is_empty() {
        parts.push(SheetPart::Heading("What I propose".to_owned()));
        parts.push(SheetPart::Numbered(proposals));
    }
    if !own.agreed.is_empty() || !own.not_agreed.is_empty() {
        parts.push(SheetPart::SideBySide([
            ("Agreed, as I understand it".to_owned(), own.agreed),
            ("Not agreed, as I understand it".to_owned(), own.not_agreed),
        ]));
    }
    parts.extend(totals(book));
    Sheet { title: TITLE.to_owned(), subtitle: subtitle(book), pace: Pace::Running, parts }
}

/// A heading and paragraphs beneath it; nothing where there are no words.
fn under(heading: &str, lines: &[String]) -> Vec<SheetPart> {
    if lines.is_empty() {
        return Vec::new();
    }
    let words = lines.iter().map(|line| SheetPart::Words(words(line.clone())));
    std::iter::once(SheetPart::Heading(heading.to_owned())).chain(words).collect()
}

/// Everything sent to a mediator may be shown to both parents (MED-18); who reads it knows.
fn subtitle(book: &Book<'_>) -> Rich {
    let options = &book.input.options;
    let named = options.reader_name.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let reader = match (named, options.reader) {
        (Some(name), _) => name.to_owned(),
        (None, Reader::Myself) => "own use".to_owned(),
        (None, Reader::OtherParty) => book.people.other_name().to_owned(),
        (None, Reader::Solicitor) => "my solicitor".to_owned(),
        (None, _) => "the mediator".to_owned(),
    };
    let other = match options.reader {
        Reader::OtherParty => String::new(),
        _ => format!(" It may be shown to {}.", book.people.other().map_or("the other parent", |it| it.name.as_str())),
    };
    words(format!(
        "For {reader}. Written by {}.{other} It is for mediation only and is not for use in court.",
        book.people.my_name()
    ))
}

/// `Robin`, `Robin and Max`.
pub(super) fn children_named(book: &Book<'_>) -> String {
    let names: Vec<&str> = book.people.children().into_iter().map(crate::model::Person::short_name).collect();
    match names.split_last() {
        None => "The child".to_owned(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, first)) => format!("{} and {last}", first.join(", ")),
    }
}

/// The user's words; without any, only the year of birth, which is all a paper says of it (PRI-15).
pub(super) fn about_the_children(book: &Book<'_>, own: &[String]) -> Vec<String> {
    if !own.is_empty() {
        return own.to_vec();
    }
    let born = book.people.children().into_iter().filter_map(|child| Some((child.short_name(), child.born?.year())));
    born.map(|(name, year)| format!("{name} was born in {year}.")).collect()
}

/// The user's lines, then the proposals chosen among the steps.
fn proposals(book: &Book<'_>, own: &MediationWords) -> Vec<String> {
    let steps = book.chosen(Noun::Step).filter_map(|record| match &record.content {
        Content::Step(step) => Some(step.what.trim().to_owned()),
        _ => None,
    });
    own.proposals.iter().cloned().chain(steps).filter(|words| !words.is_empty()).collect()
}

fn totals(book: &Book<'_>) -> Vec<SheetPart> {
    let figures = contact::figures_of(book);
    if figures.due == 0 {
        return Vec::new();
    }
    let range = range(&figures).map_or_else(String::new, |range| format!(", {range}"));
    let row = |(label, count): (String, u32)| TotalRow {
        label,
        figure: if count == 0 { "–".to_owned() } else { count.to_string() },
        denominator: false,
    };
    let due = TotalRow { label: "Contact was due".to_owned(), figure: figures.due.to_string(), denominator: true };
    let rows = std::iter::once(due).chain(outcomes(book, &figures).into_iter().map(row)).collect();
    let mut parts = vec![SheetPart::Heading(format!("Totals{range}")), SheetPart::Totals(rows)];
    parts.extend(contact::not_whole(&figures).map(|note| SheetPart::Remark(words(note))));
    parts
}

/// What became of what was due, in softer words; own cancellations and “not known” always with the rest.
pub(super) fn outcomes(book: &Book<'_>, figures: &Figures) -> Vec<(String, u32)> {
    let b = &figures.buckets;
    let other = book.people.other().map_or("the other parent", |person| person.short_name());
    let held = match (b.kept, b.in_part()) {
        (_, 0) => "Held".to_owned(),
        (full, part) => format!("Held, {full} in full and {part} in part"),
    };
    let missed = if contact::only_nobody_came(book, &figures.sessions) {
        "Not held: no word beforehand"
    } else {
        "Not held: no word beforehand, or declined on the day"
    };
    let rows = [
        (held, b.held(), true),
        (format!("Not held: cancelled by {other}"), b.cancelled_by_other, false),
        ("Not held: cancelled by me".to_owned(), b.cancelled_by_me, true),
        (missed.to_owned(), b.missed_by_other, false),
        ("Not held: by neither parent’s act".to_owned(), b.cancelled_by_third, false),
        ("Moved by agreement".to_owned(), b.agreed_change, false),
        ("Held at another time instead".to_owned(), b.made_up, false),
        ("Not known".to_owned(), b.not_known, true),
    ];
    rows.into_iter().filter(|(_, count, stays)| *stays || *count > 0).map(|(label, count, _)| (label, count)).collect()
}

/// `6 March to 20 November 2026`.
pub(super) fn range(figures: &Figures) -> Option<String> {
    let dates: Vec<Date> =
        figures.sessions.iter().filter_map(|session| session.due_start.map(|stamp| stamp.date)).collect();
    let (first, last) = (dates.iter().min()?, dates.iter().max()?);
    Some(if first == last {
        first.plain()
    } else if first.year() == last.year() {
        format!("{} {} to {}", first.day(), first.month_name(), last.plain())
    } else {
        format!("{} to {}", first.plain(), last.plain())
    })
}

/// What is not written yet, and words that judge (LOG-08): a mediator's paper is best without them.
pub(super) fn findings(book: &Book<'_>) -> Vec<Finding> {
    let own = own(book);
    let rules = &book.input.rules;
    let mut findings = Vec::new();
    let mut missing = |empty: bool, what: &str, flag: &str| {
        if empty {
            let what = format!("{what} is not written down; the paper has no part for it.");
            let finding =
                Finding::new(Severity::Warn, "not-written", "case", what, format!("daybook case {flag} \"…\""));
            findings.push(rules.finding("MED-18", Severity::Warn, finding));
        }
    };
    missing(proposals(book, &own).is_empty(), "What you propose", "--propose");
    missing(own.now.is_empty(), "How things are now", "--mediation-now");
    missing(own.agreed.is_empty() && own.not_agreed.is_empty(), "What is agreed and not agreed", "--mediation-agreed");
    let lines = own.child.iter().chain(&own.now).chain(&own.proposals).chain(&own.agreed).chain(&own.not_agreed);
    findings.extend(lines.flat_map(|line| judging(book, line)));
    findings
}

/// A remark on each word of a line that judges.
pub(super) fn judging(book: &Book<'_>, line: &str) -> Vec<Finding> {
    let rules = &book.input.rules;
    let remark = |remark: crate::rules::ToneRemark| {
        let word = line.get(remark.at).unwrap_or_default();
        let what = format!("“{word}” judges; the plain fact says more.");
        let finding = Finding::new(Severity::Info, "wording", "case", what, remark.suggestion);
        rules.finding("LOG-08", Severity::Info, finding)
    };
    rules.tone_of(line).into_iter().map(remark).collect()
}
