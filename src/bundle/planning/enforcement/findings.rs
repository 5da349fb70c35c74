//! What is to be said before the schedule is made: of each row, of what is no row, and of the application.

use std::collections::BTreeMap;

use super::doubts::Doubt;
use super::picked::{Picked, picked};
use super::{chosen, doubts, head, letter, orders_shown};
use crate::bundle::planning::book::Book;
use crate::bundle::planning::chronology::supporting;
use crate::bundle::planning::editions;
use crate::model::{Finding, IncidentKind, Noun, RecordId, Severity, Track};

/// So many names are written out; the rest is counted.
const NAMED: usize = 6;

/// All of it.
pub(in crate::bundle::planning) fn findings(book: &Book<'_>) -> Vec<Finding> {
    let picked = picked(book);
    let mut findings = about_rows(book, &picked);
    findings.extend(about_what_is_no_row(book, &picked));
    findings.extend(about_orders(book, &picked));
    findings.extend(about_the_application(book, &picked));
    findings.extend(about_the_choice(book, &picked));
    findings.extend(not_printed(book, &picked));
    findings
}

/// One finding for each block, since each is settled by itself; else one for all rows of which the same is said.
fn about_rows(book: &Book<'_>, picked: &Picked<'_>) -> Vec<Finding> {
    let rules = &book.input.rules;
    let mut findings = Vec::new();
    let mut said: BTreeMap<&Doubt, Vec<RecordId>> = BTreeMap::new();
    let mut same: BTreeMap<(&str, &str), &Doubt> = BTreeMap::new();
    for row in &picked.rows {
        for doubt in &row.doubts {
            if doubt.severity == Severity::Block {
                let what = format!("{}: {}", row.id, doubt.what);
                let next =
                    format!("{} Or leave it out: daybook choose {} --for enforcement --withdraw.", doubt.next, row.id);
                let finding = Finding::new(doubt.severity, doubt.kind, row.id.to_string(), what, next);
                findings.push(rules.finding(doubt.rule, doubt.severity, finding));
            } else {
                let first = *same.entry((doubt.kind, &doubt.what)).or_insert(doubt);
                said.entry(first).or_default().push(row.id);
            }
        }
    }
    findings.extend(said.into_iter().map(|(doubt, ids)| {
        let what = format!("{}: {}", named(&ids), doubt.what);
        let finding = Finding::new(doubt.severity, doubt.kind, ids[0].to_string(), what, &*doubt.next);
        rules.finding(doubt.rule, doubt.severity, finding)
    }));
    findings
}

fn about_what_is_no_row(book: &Book<'_>, picked: &Picked<'_>) -> Vec<Finding> {
    let rules = &book.input.rules;
    let mut findings = Vec::new();
    let mut said: BTreeMap<(&str, &str), (&Doubt, Vec<RecordId>)> = BTreeMap::new();
    for (id, doubt) in &picked.out {
        said.entry((doubt.kind, &doubt.what)).or_insert_with(|| (doubt, Vec::new())).1.push(*id);
    }
    for (doubt, ids) in said.into_values() {
        let what = format!("{} is no row: {}", named(&ids), doubt.what);
        let next = if picked.by_hand {
            doubt.next.clone()
        } else {
            format!(
                "{} To put it in all the same, choose the rows by name: daybook choose {} --for enforcement.",
                doubt.next, ids[0]
            )
        };
        let severity = Severity::Warn;
        let finding = Finding::new(severity, doubt.kind, ids[0].to_string(), what, next);
        findings.push(rules.finding(doubt.rule, severity, finding));
    }
    if let Some(first) = picked.without_paragraph.first() {
        let what = format!(
            "{} was not held and is no row: it does not say under which “it is ordered” paragraph it was due.",
            named(&picked.without_paragraph)
        );
        let next = format!("Say it, where it is so: daybook amend {first} --set order=ORD-1 --set para=3 --why \"…\".");
        let finding = Finding::new(Severity::Warn, "not-under-a-paragraph", first.to_string(), what, next);
        findings.push(rules.finding("ENF-10", Severity::Warn, finding));
    }
    if let Some(first) = picked.older.first() {
        let most = rules.limit("SCH-05").unwrap_or_default();
        let what = format!(
            "{} earlier events are no rows: a schedule is kept to the latest {most}. They are in the figures.",
            picked.older.len()
        );
        let next = "To choose other rows: daybook choose INC-1 INC-2 --for enforcement.";
        let finding = Finding::new(Severity::Info, "older-rows", first.to_string(), what, next);
        findings.push(rules.finding("SCH-05", Severity::Info, finding));
    }
    findings
}

/// The order as the court's own paper, and its penal notice.
fn about_orders(book: &Book<'_>, picked: &Picked<'_>) -> Vec<Finding> {
    let rules = &book.input.rules;
    let orders = doubts::orders(book);
    let mut findings = Vec::new();
    for id in orders_shown(book, picked) {
        let Some(order) = orders.get(&id) else { continue };
        if order.document.is_none_or(|paper| book.page_of(paper).is_none()) {
            let what = format!(
                "{id} stands in the paper as words typed into the record; the court’s own sealed paper is not there."
            );
            let next = format!(
                "Add the sealed order as a PDF (daybook add FILE --as order) and join it: daybook amend {id} --set document=DOC-1 --why \"…\"."
            );
            let finding = Finding::new(Severity::Warn, "order-not-the-paper", id.to_string(), what, next);
            findings.push(rules.finding("C79-02", Severity::Warn, finding));
        }
        if order.penal_notice != Some(true) {
            let known =
                if order.penal_notice.is_none() { "whether one is attached is not known" } else { "none is attached" };
            let what = format!(
                "A penal notice is another thing than the warning notice: to {id} {known}. Committal needs one; this schedule does not."
            );
            let next = "Nothing for this schedule. Ask for advice before you ask for committal.";
            let finding = Finding::new(Severity::Info, "penal-notice", id.to_string(), what, next);
            findings.push(rules.finding("ENF-35", Severity::Info, finding));
        }
    }
    for record in chosen(book, Noun::Incident).into_iter().filter_map(|id| book.record(id)) {
        let decision = book.decisions.get(&record.id).filter(|decision| !decision.shown());
        if let Some(decision) = decision {
            let what = format!("{} was chosen and is held back: {}.", record.id, decision.why);
            let next = format!("If that is right, take it off the choice; to see it: daybook show {}.", record.id);
            findings.push(Finding::new(Severity::Warn, "chosen-held-back", record.id.to_string(), what, next));
        }
    }
    findings
}

/// What to know before Form C79 goes in.
fn about_the_application(book: &Book<'_>, picked: &Picked<'_>) -> Vec<Finding> {
    let rules = &book.input.rules;
    let mut findings = Vec::new();
    let mut say = |severity, kind: &str, rule: &str, what: &str, next: &str| {
        let finding = Finding::new(severity, kind, "application", what, next);
        findings.push(rules.finding(rule, severity, finding));
    };
    if letter(book).is_none() {
        let what = "No letter before applying is written down. One that names the order and its warning notice is advised first.";
        let next = "Is there an order, bail condition or adviser that says no? If not: write, and note it: daybook step letter.";
        say(Severity::Warn, "no-letter", "ENF-16", what, next);
    }
    let what = "No enforcement order can be made on an excepted order (some after adoption), or against somebody who does not \
                habitually live in England and Wales; neither is in the book.";
    say(Severity::Info, "bars-not-known", "ENF-21", what, "Look whether either could be so, before you apply.");
    let what = "The portal has no questions for Form C79: the form is filled in as a PDF and uploaded in the case; this paper is \
                added to it.";
    say(
        Severity::Info,
        "c79-by-upload",
        "C79-15",
        what,
        "Take the form from gov.uk; keep this file’s plain name when you upload it (C79-18).",
    );
    let what = "Cafcass is sent a copy of the application and makes fresh checks with police and local authority.";
    say(Severity::Info, "cafcass-told", "ENF-36", what, "Nothing; so that it comes as no surprise.");
    let what = "No MIAM is needed for an application on Form C79.";
    say(Severity::Info, "no-miam", "ENF-37", what, "Nothing.");
    let track = book.case().map_or(Track::Unknown, |case| case.track);
    if track != Track::Ordinary {
        let (rule, what) = match track {
            Track::ChildFocused => ("CFC-02", "In a Child-Focused court enforcement has a route of its own."),
            _ => (
                "CFC-01",
                "Some courts are Child-Focused courts, where enforcement has a route of its own; which yours is, is not in the book.",
            ),
        };
        say(
            Severity::Info,
            "own-route",
            rule,
            what,
            "Ask the court office how it deals with Form C79; then: daybook case --track.",
        );
    }
    if picked.rows.iter().any(|row| row.event.loss.is_some()) {
        let what = "Compensation is for financial loss only, and for no more than the loss.";
        say(Severity::Info, "financial-loss", "ENF-27", what, "Leave out what is no money that was lost.");
    }
    if book.case().is_none_or(|case| case.number.is_none() || case.court.is_none()) {
        let what = "Court or case number is not in the book, so the heading is not whole.";
        say(Severity::Warn, "heading", "22A-04", what, "Give them with daybook case.");
    }
    findings
}

/// Whether a court asked for it, how many rows there are, and which of them only the rows tell of.
fn about_the_choice(book: &Book<'_>, picked: &Picked<'_>) -> Vec<Finding> {
    let rules = &book.input.rules;
    let mut findings = Vec::new();
    if head::directed(book).is_none() {
        let what = "The schedule says that the court has not directed one. Whether one is wanted is for the court.";
        let next = "If it was directed: daybook choose INC-1 --for enforcement --directed \"order of 9 November 2026, paragraph 6\".";
        let finding = Finding::new(Severity::Info, "not-directed", "schedule", what, next);
        findings.push(rules.finding("SCH-06", Severity::Info, finding));
    }
    let count = picked.rows.len() as u64;
    if let Some(most) = rules.limit("SCH-05").filter(|most| picked.by_hand && count > *most) {
        let what =
            format!("The schedule has {count} rows; {most} or fewer, with the totals, say the same and are read.");
        let next = "Keep the clearest and the latest: daybook choose INC-1 --for enforcement --withdraw.";
        let finding = Finding::new(Severity::Warn, "many-rows", "schedule", what, next);
        findings.push(rules.finding("SCH-05", Severity::Warn, finding));
    }
    let told: Vec<RecordId> =
        picked.rows.iter().filter(|row| needs_more(row.event.knowledge)).map(|row| row.id).collect();
    if let Some(first) = told.first() {
        let what = format!("{}: how you know is not written down, or you were told.", named(&told));
        let next = format!("Say how you know, and who saw it: daybook amend {first} --set knowledge=own --why \"…\".");
        let finding = Finding::new(Severity::Info, "own-knowledge", first.to_string(), what, next);
        findings.push(rules.finding("C79-13", Severity::Info, finding));
    }
    let in_part =
        |kind| matches!(kind, Some(IncidentKind::Late | IncidentKind::EndedEarly | IncidentKind::NotReturned));
    if picked.rows.iter().all(|row| in_part(row.event.kind)) {
        let what = "Every row is about contact that was held in part.";
        let next = "Consider whether an application is in proportion; the figures show what was held.";
        let finding = Finding::new(Severity::Info, "held-in-part-only", "schedule", what, next);
        findings.push(rules.finding("C79-06", Severity::Info, finding));
    }
    findings
}

fn needs_more(knowledge: Option<crate::model::Knowledge>) -> bool {
    !matches!(knowledge, Some(crate::model::Knowledge::Own))
}

/// What stands behind rows and is printed neither here nor in an exhibit (EF-12).
fn not_printed(book: &Book<'_>, picked: &Picked<'_>) -> Option<Finding> {
    let printed = editions::exhibits_first(book);
    let mut missing: Vec<RecordId> = Vec::new();
    for record in picked.rows.iter().filter_map(|row| book.record(row.id)) {
        for id in supporting(book, record) {
            let elsewhere = printed.label(id).is_some() || book.page_of(id).is_some();
            if book.may_show(id) && !elsewhere && !missing.contains(&id) {
                missing.push(id);
            }
        }
    }
    let first = missing.first()?;
    let what = format!("{} stands behind a row, and no page shows it: the schedule says “kept”.", named(&missing));
    let next = format!(
        "Exhibit it to a statement (daybook choose {first} --for exhibit, and make the exhibit first), or print it behind the \
         schedule: daybook choose {first} --for enforcement."
    );
    let finding = Finding::new(Severity::Info, "support-not-printed", first.to_string(), what, next);
    Some(book.input.rules.finding("EF-12", Severity::Info, finding))
}

/// `INC-1, INC-2 and 4 more`.
fn named(ids: &[RecordId]) -> String {
    let names: Vec<String> = ids.iter().take(NAMED).map(RecordId::to_string).collect();
    match ids.len().checked_sub(NAMED).filter(|more| *more > 0) {
        Some(more) => format!("{} and {more} more", names.join(", ")),
        None => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_names_are_counted() {
        let ids: Vec<RecordId> = (1..=9).map(|number| RecordId::new(Noun::Incident, number)).collect();
        assert_eq!(named(&ids[..2]), "INC-1, INC-2");
        assert_eq!(named(&ids), "INC-1, INC-2, INC-3, INC-4, INC-5, INC-6 and 3 more");
    }
}
