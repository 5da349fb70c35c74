//! Page and size budgets, once it is known how long everything is: limits by kind of paper, a split
//! plan, and what moved since the edition that was sent.

use std::collections::BTreeMap;

use super::super::plan::{Anchor, BundlePlan, Paper, PlannedEntry, Section};
use super::book::Book;
use super::editions;
use crate::bundle::input::PlanInput;
use crate::model::{Content, DocumentKind, Finding, Profile, Severity};
use crate::rules::Rules;

/// About what a page of ours weighs in a file, in bytes, above the files it is made of.
const PAGE_OF_OURS: u64 = 6_000;

/// First and last page of each entry, by its place, as laid out; pages count from 0.
type Extents = BTreeMap<Anchor, (usize, usize)>;

/// What can only be said once every entry has its pages: lengths by kind (27A-40 to 27A-44), a split
/// plan where a budget is exceeded (27A-51, EF-04), and page references that moved since the edition
/// that was sent (27A-69). `labels` are the printed page numbers in order.
#[must_use]
pub fn after_pages(plan: &BundlePlan, input: &PlanInput, extents: &Extents, labels: &[String]) -> Vec<Finding> {
    let limited = [Profile::Hearing, Profile::Chronology, Profile::Mediation, Profile::Crib];
    if !limited.contains(&plan.profile) {
        return Vec::new();
    }
    let book = Book::of(input);
    let mut findings: Vec<Finding> =
        plan.entries().flat_map(|entry| about_length(&book, plan, entry, pages_of(entry, extents))).collect();
    if plan.profile == Profile::Hearing {
        findings.extend(split_plan(plan, extents, labels, &input.rules));
        findings.extend(moved(&book, plan, extents, labels));
    }
    findings
}

fn pages_of(entry: &PlannedEntry, extents: &Extents) -> u64 {
    extents.get(&entry.anchor).map_or(0, |(first, last)| (last - first + 1) as u64)
}

fn about_length(book: &Book<'_>, plan: &BundlePlan, entry: &PlannedEntry, pages: u64) -> Vec<Finding> {
    let rules = &book.input.rules;
    let mut findings = Vec::new();
    let mut over = |rule: &str, kind: &str, what: &str, next: &str| {
        if let Some(limit) = rules.limit(rule).filter(|limit| pages > *limit) {
            let source = rules.rule(rule).map_or("", |rule| rule.source.as_str());
            let what = format!("{what} has {pages} pages; the usual limit is {limit} ({source}).");
            let finding = Finding::new(Severity::Warn, kind, entry.title.clone(), what, next);
            findings.push(rules.finding(rule, Severity::Warn, finding));
            return true;
        }
        false
    };
    match &entry.paper {
        Paper::HearingFront(_) => {
            let next = "Shorten what is to be decided, agreed and not agreed, or name fewer papers as essential: daybook \
                        case. The type stays as it is.";
            over("27A-40", "first-page-too-long", "The first page", next);
        }
        Paper::Sheet(_) if plan.profile == Profile::Mediation => {
            let next = "Say less: a mediator reads the future first. The type stays as it is. daybook case --propose and \
                        its sisters take the place of the lines before.";
            over("MED-18", "mediation-too-long", "The paper", next);
        }
        Paper::Sheet(_) => {
            let next = "Say less: what fits on one page is found during a call. The type stays as it is.";
            over("LOG-09", "call-too-long", "The page", next);
        }
        Paper::Chronology(_) => {
            let next = if plan.profile == Profile::Chronology {
                "Give fewer days (--from, --until), or choose the events that matter: daybook choose INC-1 STP-2 --for \
                 chronology. Then only these have a line."
            } else {
                "Choose the events that matter: daybook choose INC-1 STP-2 --for chronology. Then only these have a line."
            };
            over("27A-42", "chronology-too-long", "The chronology", next);
        }
        _ => {
            let document = entry.id.and_then(|id| book.record(id)).and_then(|record| match &record.content {
                Content::Document(document) => Some(document),
                _ => None,
            });
            let Some(document) = document else { return findings };
            let name = format!("“{}”", entry.title);
            let next = "If the court allowed more, keep the order at hand. A paper that was filed already is not to be \
                        changed; ask before you file a long one.";
            if document.title.to_lowercase().contains("position statement") {
                over("27A-41", "position-statement-long", &name, next);
            } else if document.kind == DocumentKind::Statement && !over("27A-43", "statement-long", &name, next) {
                over("27A-44", "statement-long", &name, next);
            }
        }
    }
    findings
}

/// One part of a split: sections, pages, bytes.
struct Part<'a> {
    sections: Vec<&'a Section>,
    pages: u64,
    bytes: u64,
}

/// Where a budget is exceeded: which sections go in which file, cut only between sections.
fn split_plan(plan: &BundlePlan, extents: &Extents, labels: &[String], rules: &Rules) -> Option<Finding> {
    let bytes_of = |section: &Section| -> u64 {
        let sources = section.entries.iter().flat_map(|entry| &entry.sources);
        let files: u64 = sources.filter_map(|digest| plan.sources.get(digest)).map(|file| file.bytes).sum();
        let pages: u64 = section.entries.iter().map(|entry| pages_of(entry, extents)).sum();
        files + pages * PAGE_OF_OURS
    };
    let most_pages = rules.limit("27A-51")?;
    let most_bytes = rules.limit("EF-04")?;
    let all_bytes: u64 = plan.sections.iter().map(bytes_of).sum();
    let pages_over = labels.len() as u64 > most_pages;
    if !pages_over && all_bytes <= most_bytes {
        return None;
    }
    let mut parts: Vec<Part<'_>> = Vec::new();
    for section in &plan.sections {
        let pages: u64 = section.entries.iter().map(|entry| pages_of(entry, extents)).sum();
        let bytes = bytes_of(section);
        match parts.last_mut() {
            Some(part) if part.pages + pages <= most_pages && part.bytes + bytes <= most_bytes => {
                part.sections.push(section);
                part.pages += pages;
                part.bytes += bytes;
            }
            _ => parts.push(Part { sections: vec![section], pages, bytes }),
        }
    }
    let named: Vec<String> = parts.iter().enumerate().map(|(number, part)| part_in_words(number + 1, part)).collect();
    let still_over: Vec<String> = parts
        .iter()
        .filter(|part| part.pages > most_pages || part.bytes > most_bytes)
        .filter_map(|part| part.sections.first().and_then(|section| section.letter).map(String::from))
        .collect();
    let about = if pages_over {
        format!("The bundle has {} pages, over the limit of {most_pages}.", labels.len())
    } else {
        format!("The bundle may weigh about {}, more than the {} the portal takes.", mega(all_bytes), mega(most_bytes))
    };
    let mut what =
        format!("{about} Cut between sections, with the page numbers as they are, it would be: {}.", named.join("; "));
    if !still_over.is_empty() {
        what.push_str(&format!(" Section {} is too large for one file by itself.", still_over.join(", ")));
    }
    let next = "First leave out what the court need not read. If all of it is needed, ask the court how it wants it, and \
                keep the page numbers when it is divided.";
    let rule = if pages_over { "27A-51" } else { "EF-04" };
    let finding = Finding::new(Severity::Warn, "split-plan", "paper", what, next);
    Some(rules.finding(rule, Severity::Warn, finding))
}

fn part_in_words(number: usize, part: &Part<'_>) -> String {
    let letters: Vec<String> = part.sections.iter().filter_map(|section| section.letter).map(String::from).collect();
    let sections = match letters.as_slice() {
        [] => String::new(),
        [one] => format!("section {one}, "),
        [first, .., last] => format!("sections {first} to {last}, "),
    };
    format!("part {number}, {sections}{} pages, about {}", part.pages, mega(part.bytes))
}

/// `12.4 MB`; decimal, as the portal counts (EF-04).
fn mega(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

/// What has another page number than in the edition that was sent, and what is no longer there.
fn moved(book: &Book<'_>, plan: &BundlePlan, extents: &Extents, labels: &[String]) -> Option<Finding> {
    let sent = editions::last_sent(book)?;
    let mut changes = Vec::new();
    for before in &sent.made.entries {
        let entry = plan.entries().find(|entry| entry.id == Some(before.id));
        let now = entry.and_then(|entry| extents.get(&entry.anchor)).and_then(|(first, _)| labels.get(*first));
        match now {
            None => changes.push(format!("{} was {} and is not in this edition", before.id, before.first_page)),
            Some(now) if *now != before.first_page => {
                changes.push(format!("{} was {}, now {now}", before.id, before.first_page));
            }
            Some(_) => {}
        }
    }
    if changes.is_empty() {
        return None;
    }
    let on = sent.on.map_or(String::new(), |on| format!(" on {}", on.plain()));
    let what = format!("Page references changed since {}, which was sent{on}: {}.", sent.id, changes.join("; "));
    let next = "Whoever has the earlier edition may have noted its pages. Choose again what was in it, so that numbers \
                stay; or give this list with the new edition.";
    let finding = Finding::new(Severity::Warn, "page-references-moved", "paper", what, next);
    Some(book.input.rules.finding("27A-69", Severity::Warn, finding))
}
