//! A pattern as it will be kept: read, said back, and its first sessions listed.

use std::io::Read as _;
use std::path::Path;

use crate::contact::{Arrangement, DueSession, Pattern, PatternError, examine};
use crate::model::{
    Basis, Content, Date, Finding, Instant, Noun, Order, OrderParagraph, ParagraphKind, Record, RecordId, Severity,
    When, Zone,
};
use crate::rules::Rules;
use crate::store::Book;
use crate::timeline;

use super::{ActionError, entry, walk};

/// So many sessions are listed before a pattern is kept.
const LISTED: usize = 6;
/// Sessions are looked for so many days from the first day on.
const LOOKED_AHEAD: i64 = 2 * 366;

/// A pattern as understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    /// In one full sentence.
    pub said: String,
    /// Its first sessions.
    pub sessions: Vec<DueSession>,
    /// What stands out in the order and in its sessions of that time.
    pub findings: Vec<Finding>,
}

/// Reads a pattern as a paragraph would hold it. A paragraph that makes nothing due has none.
///
/// # Errors
/// A recital or a direction of an order, or words that are not understood.
pub fn check_pattern(basis: Basis, paragraph: &OrderParagraph) -> Result<Option<Pattern>, ActionError> {
    let Some(text) = paragraph.pattern.as_deref().filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    if basis == Basis::Order && paragraph.kind != ParagraphKind::Ordered {
        let (what, why) = match paragraph.kind {
            ParagraphKind::Direction => ("A direction", "it tells a party what to do for the proceedings"),
            _ => ("A recital", "it records an agreement or a fact, and orders nothing (ENF-10)"),
        };
        return Err(ActionError::Refused {
            kind: "pattern-on-recital",
            what: format!("{what} makes no session due, so it takes no pattern"),
            why: why.into(),
            next: "Keep the paragraph without a pattern. An agreement is kept as one: daybook order add --kind agreement --title \
                   \"What we agreed\""
                .into(),
        });
    }
    Pattern::read(text).map(Some).map_err(|error| unreadable(&error))
}

/// The error with its word, and what would be understood.
fn unreadable(error: &PatternError) -> ActionError {
    let what = if error.word.is_empty() {
        "The pattern is not understood".to_owned()
    } else {
        format!("The pattern is not understood at “{}”", error.word)
    };
    ActionError::Refused { kind: "pattern", what, why: error.why.clone(), next: error.next.clone() }
}

/// What a paragraph with this pattern would make due, before it is kept.
///
/// # Errors
/// An unknown order, a pattern that is not understood, or reading failed.
pub fn understand(
    book: &Book,
    now: Instant,
    id: RecordId,
    paragraph: &OrderParagraph,
) -> Result<Option<Understood>, ActionError> {
    let mut record = entry::require(book, id)?;
    let Content::Order(order) = &mut record.content else {
        return Err(ActionError::WrongNoun { id, wanted: "an order" });
    };
    let Some(pattern) = check_pattern(order.basis(), paragraph)? else { return Ok(None) };
    order.paragraphs.retain(|known| !known.number.eq_ignore_ascii_case(&paragraph.number));
    order.paragraphs.push(paragraph.clone());
    let rules = Rules::england_and_wales();
    let today = now.in_zone(Zone::LONDON).date;
    let first = first_day(order, paragraph, &pattern).unwrap_or(today);
    let mut findings = examine(&Arrangement { id, version: record.version, order }, &rules, today);
    let mut records: Vec<Record> = Vec::new();
    for noun in [Noun::Case, Noun::Person, Noun::Order, Noun::Step] {
        records.extend(book.all(noun)?.into_iter().filter(|known| known.id != id));
    }
    records.push(record);
    let due = timeline::due_between(&records, &rules, first, first.plus_days(LOOKED_AHEAD));
    let of_paragraph =
        |session: &DueSession| session.order == id && session.paragraph.eq_ignore_ascii_case(&paragraph.number);
    let sessions: Vec<DueSession> = due.sessions.into_iter().filter(of_paragraph).take(LISTED).collect();
    let about = format!("{id} paragraph {}", paragraph.number);
    for finding in due.findings {
        let own =
            finding.place == about || finding.place == id.to_string() || finding.rule.as_deref() == Some("ORD-03");
        if own && !findings.contains(&finding) {
            findings.push(finding);
        }
    }
    // Said whatever else was found: a person at night must not take other remarks for the reason.
    if sessions.is_empty() && !findings.iter().any(|finding| finding.kind == "never-due") {
        let what = "As far as can be computed, nothing would be due by this pattern in its first two years.";
        let next = "Look at the dates of the order and of the pattern again";
        findings.push(Finding::new(Severity::Warn, "never-due", about, what, next));
    }
    Ok(Some(Understood { said: pattern.said(), sessions, findings }))
}

/// The first day on which a session can be due.
fn first_day(order: &Order, paragraph: &OrderParagraph, pattern: &Pattern) -> Option<Date> {
    let day = |when: &Option<When>| when.as_ref().map(When::london_date);
    let own = day(&paragraph.from).max(day(&order.in_force_from).or(day(&order.made)));
    own.max(pattern.clauses.iter().filter_map(|clause| clause.first.or(clause.starting)).min())
}

/// What stands out in an order as it is kept: its date, its number, its paragraphs.
///
/// # Errors
/// An unknown order, or reading failed.
pub fn order_findings(book: &Book, now: Instant, id: RecordId) -> Result<Vec<Finding>, ActionError> {
    let record = entry::require(book, id)?;
    let Content::Order(order) = &record.content else {
        return Err(ActionError::WrongNoun { id, wanted: "an order" });
    };
    let today = now.in_zone(Zone::LONDON).date;
    Ok(examine(&Arrangement { id, version: record.version, order }, &Rules::england_and_wales(), today))
}

/// A small text file, as it is.
///
/// # Errors
/// A file that cannot be read, is no text, or is too large.
pub fn read_small_text(path: &Path, largest: usize) -> Result<String, ActionError> {
    let mut bytes = Vec::new();
    let file = walk::open(path).map_err(ActionError::file(path))?;
    file.take(largest as u64 + 1).read_to_end(&mut bytes).map_err(ActionError::file(path))?;
    if bytes.len() > largest {
        return Err(ActionError::Refused {
            kind: "too-large",
            what: format!("{} is too large for a pattern", path.display()),
            why: format!("at most {largest} bytes are read"),
            next: "Give each paragraph of the order its own pattern".into(),
        });
    }
    Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())
}
