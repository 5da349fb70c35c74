//! What must be known before a scaffold becomes a statement: how long it may be, when it may be filed at all, and
//! what it cannot be used for.

use super::super::scaffold::{Scaffold, ScaffoldKind, ScaffoldPart};
use super::book::Book;
use crate::model::{Content, Directed, Finding, Noun, OrderParagraph, RecordId, Severity};

pub(super) fn findings(book: &Book<'_>, text: &Scaffold) -> Vec<Finding> {
    let mut findings = confidential(book, text);
    let directed = directed(book, text.kind);
    findings.push(limit(book, text.kind, directed.as_ref()));
    match text.kind {
        ScaffoldKind::PositionStatement => {
            let what =
                "A position statement brings no new facts and has no exhibits: it argues from what is in the bundle.";
            findings.push(about(
                book,
                "27A-26",
                Severity::Info,
                "no-new-facts",
                what,
                "New facts belong in a statement.",
            ));
        }
        ScaffoldKind::WitnessStatement => findings.extend(about_a_statement(book, directed.is_some())),
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

fn about(book: &Book<'_>, rule: &str, severity: Severity, kind: &str, what: impl Into<String>, next: &str) -> Finding {
    book.input.rules.finding(rule, severity, Finding::new(severity, kind, "text", what, next))
}

/// A direction to file such a text, the latest one.
fn directed(book: &Book<'_>, kind: ScaffoldKind) -> Option<(RecordId, String, Directed)> {
    let wanted = |what: &str| {
        let what = what.to_lowercase();
        let position = what.contains("position");
        match kind {
            ScaffoldKind::PositionStatement => position,
            ScaffoldKind::WitnessStatement => what.contains("statement") && !position,
        }
    };
    let of = |id: RecordId, paragraph: &OrderParagraph| {
        let to_do = paragraph.to_do.as_deref().filter(|to_do| wanted(&to_do.what))?;
        Some((id, paragraph.number.clone(), to_do.clone()))
    };
    let orders = book.all(Noun::Order).into_iter().filter(|record| book.may_show(record.id));
    let mut found = orders.filter_map(|record| match &record.content {
        Content::Order(order) => order.paragraphs.iter().rev().find_map(|paragraph| of(record.id, paragraph)),
        _ => None,
    });
    found.next_back()
}

/// How many sides: as a direction says, else the general limit (27A-41, 27A-43).
fn limit(book: &Book<'_>, kind: ScaffoldKind, directed: Option<&(RecordId, String, Directed)>) -> Finding {
    let (rule, without) = match kind {
        ScaffoldKind::PositionStatement => ("27A-41", ""),
        ScaffoldKind::WitnessStatement => ("27A-43", ", exhibits not counted"),
    };
    let usual = book.input.rules.limit(rule).unwrap_or_default();
    let sides = directed.and_then(|(id, number, to_do)| Some((id, number, to_do.sides?)));
    let mut what = match sides {
        Some((id, number, sides)) => format!("At most {sides} sides, as {id} paragraph {number} directs."),
        None => format!("At most {usual} sides{without}, unless the court says another number."),
    };
    if let Some(by) = directed.and_then(|(_, _, to_do)| to_do.by.as_ref()) {
        what.push_str(&format!(" It is to be filed by {}.", by.long()));
    }
    about(book, rule, Severity::Info, "length", what, "Look at the last order: what it says goes first.")
}

fn about_a_statement(book: &Book<'_>, directed: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let hearing = book.case().and_then(|case| case.hearing.as_deref());
    let first = hearing
        .is_some_and(|hearing| hearing.kind.as_deref().is_some_and(|kind| kind.to_lowercase().contains("fhdra")));
    if !directed {
        let when = if first { "The coming hearing is a first hearing. " } else { "" };
        let what = format!(
            "{when}No direction to file a statement is noted in the book. Before the first hearing no evidence is filed \
             unless the court directs it, and later it is filed as the court directs."
        );
        let next =
            "If an order says so, note it as a direction: daybook order para ORD-1 NUMBER --direction --words \"…\"";
        findings.push(about(book, "22A-01", Severity::Warn, "not-directed", what, next));
    }
    let what = "An application for contempt of court needs an affidavit, unless the court directs otherwise: a statement \
                like this one does not do for it.";
    findings.push(about(book, "22A-26", Severity::Info, "affidavit", what, "Take advice before such an application."));
    let what = "The statement of truth is left for you: read all of it, sign, write your full name and the date. Nobody, and \
                no program, does that for you.";
    let next = "If somebody else has to read it to you or sign for you, ask a court office or an adviser first.";
    findings.push(about(book, "22A-23", Severity::Info, "statement-of-truth", what, next));
    findings
}

/// Confidential words of the case: the text goes to the other party (PRI-11). The place is named, not the word.
fn confidential(book: &Book<'_>, text: &Scaffold) -> Vec<Finding> {
    let mut number = 0;
    let mut findings = Vec::new();
    for part in &text.parts {
        let ScaffoldPart::Paragraph(words) = part else { continue };
        number += 1;
        if let Some(found) = book.secret.find_in(words).into_iter().next() {
            let what = format!("A confidential word of the kind “{}” stands in paragraph {number}.", found.kind.word());
            let next = "Take it out before you hand the text to anybody.";
            findings.push(about(book, "PRI-11", Severity::Warn, "confidential-word", what, next));
        }
    }
    findings
}
