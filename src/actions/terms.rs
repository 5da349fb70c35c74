//! School terms: written down by hand or read from a calendar of the user's own, into the case.

use std::io::Read as _;
use std::path::Path;

use crate::contact::{HolidayName, School};
use crate::intake::{CalendarDays, calendar_days};
use crate::model::{
    Case, Content, Date, Document, DocumentKind, Finding, Instant, RecordId, SchoolTerm, Severity, When,
};
use crate::rules::Rules;
use crate::store::{Book, JournalEntry};

use super::log::receive_paper;
use super::{ActionError, case, walk};

/// A calendar of terms has no more bytes than this.
const LARGEST: u64 = 8 * 1024 * 1024;
/// An entry that lasts so many days and is called a term is one; a shorter one is a day in it.
const SHORTEST_TERM: i64 = 20;

/// The terms of the case, and what stands out in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// In order of time.
    pub terms: Vec<SchoolTerm>,
    /// Holidays and half-terms they make, as lines.
    pub holidays: Vec<String>,
    /// Overlaps, holes, and what was passed over.
    pub findings: Vec<Finding>,
    /// The entry of the journal, where something was written.
    pub journal: Option<JournalEntry>,
    /// The kept file they were read from.
    pub document: Option<RecordId>,
}

/// `Autumn term 2026: 2 September 2026 to 18 December 2026, half-term 26 October 2026 to 30 October 2026`.
#[must_use]
pub fn said(term: &SchoolTerm) -> String {
    let half = term
        .half_term
        .map(|(from, until)| format!(", half-term {} to {}", from.plain(), until.plain()))
        .unwrap_or_default();
    let name = &term.name;
    format!("{name}: {} to {}{half}", term.from.plain(), term.until.plain())
}

/// The terms of the case.
///
/// # Errors
/// Reading failed.
pub fn terms(book: &Book) -> Result<Terms, ActionError> {
    let case = case::current_case(book)?.map(|(_, case)| case).unwrap_or_default();
    Ok(described(case.terms, Vec::new()))
}

fn described(terms: Vec<SchoolTerm>, mut findings: Vec<Finding>) -> Terms {
    let rules = Rules::england_and_wales();
    let (mut holidays, mut seen) = (Vec::new(), Vec::new());
    {
        let school = School::new(&terms, &rules);
        for found in school.breaks() {
            let name = found.name.map_or("a time without school that has no name", HolidayName::plain);
            holidays.push(format!("{name} {}: {} to {}", found.year(), found.first.plain(), found.last.plain()));
        }
        seen.extend_from_slice(school.findings());
    }
    findings.extend(seen);
    Terms { terms, holidays, findings, journal: None, document: None }
}

/// Adds a term, or takes the place of the one of that name.
///
/// # Errors
/// Dates in the wrong order, or writing failed.
pub fn add_term(book: &mut Book, now: Instant, term: SchoolTerm) -> Result<Terms, ActionError> {
    let backwards = |from: Date, until: Date| ActionError::EndBeforeStart { start: from.long(), end: until.long() };
    if term.until < term.from {
        return Err(backwards(term.from, term.until));
    }
    if let Some((from, until)) = term.half_term.filter(|(from, until)| until < from) {
        return Err(backwards(from, until));
    }
    let sentence = format!("Wrote down a school term: {}", said(&term));
    let why = format!("The school term {} was written down", term.name);
    write(book, now, vec![term], None, &sentence, &why, Vec::new())
}

/// Takes a term away.
///
/// # Errors
/// No term of this name, or writing failed.
pub fn remove_term(book: &mut Book, now: Instant, name: &str, why: &str) -> Result<Terms, ActionError> {
    let known = case::current_case(book)?;
    let Some((id, mut case)) = known.filter(|(_, case)| case.terms.iter().any(|term| same_name(&term.name, name)))
    else {
        return Err(ActionError::Refused {
            kind: "unknown-term",
            what: format!("There is no school term called “{name}”"),
            why: "a term is taken away by its name".into(),
            next: "See their names with: daybook terms".into(),
        });
    };
    case.terms.retain(|term| !same_name(&term.name, name));
    let terms = case.terms.clone();
    let written = book.write::<_, ActionError>(now, |writing| {
        writing.amend(id, Content::Case(case), why)?;
        Ok(((), format!("Took away the school term {name}")))
    })?;
    Ok(Terms { journal: Some(written.journal), ..described(terms, Vec::new()) })
}

/// Reads the terms of a calendar file, keeps the file, and adds them.
///
/// # Errors
/// A file that is no calendar, or in which no term is found; or writing failed.
pub fn import_terms(book: &mut Book, now: Instant, path: &Path) -> Result<Terms, ActionError> {
    let refused = |what: String, why: String| ActionError::Refused {
        kind: "no-terms",
        what,
        why,
        next: "Type the terms in instead: daybook terms add \"Autumn term 2026\" --from … --until …".into(),
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut bytes = Vec::new();
    let file = walk::open(path).map_err(ActionError::file(path))?;
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(ActionError::file(path))?;
    if bytes.len() as u64 > LARGEST {
        return Err(refused(format!("{name} was not read"), "it is larger than a calendar of school terms".into()));
    }
    let (days, mut findings) =
        calendar_days(&bytes, &name).map_err(|why| refused(format!("{name} was not read"), why.to_owned()))?;
    let found = terms_of(&days, &name, &mut findings);
    if found.is_empty() {
        let why =
            "no entry of it says when a term starts and ends, such as “Autumn term starts” and “Autumn term ends”";
        return Err(refused(format!("No school term was found in {name}"), why.into()));
    }
    let paper = receive_paper(book, path)?;
    let sentence = format!("Read {} from {name}", counted(found.len()));
    let why = format!("School terms were read from {name}");
    write(book, now, found, Some((&paper, &name)), &sentence, &why, findings)
}

fn counted(count: usize) -> String {
    if count == 1 { "a school term".to_owned() } else { format!("{count} school terms") }
}

fn same_name(a: &str, b: &str) -> bool {
    a.trim().eq_ignore_ascii_case(b.trim())
}

fn write(
    book: &mut Book,
    now: Instant,
    new: Vec<SchoolTerm>,
    paper: Option<(&super::log::Attaching, &str)>,
    sentence: &str,
    why: &str,
    findings: Vec<Finding>,
) -> Result<Terms, ActionError> {
    let known = case::current_case(book)?;
    let mut case = known.as_ref().map_or_else(Case::default, |(_, case)| case.clone());
    let before = case.terms.clone();
    for term in new {
        case.terms.retain(|known| {
            !same_name(&known.name, &term.name) && (known.from, known.until) != (term.from, term.until)
        });
        case.terms.push(term);
    }
    case.terms.sort();
    if case.terms == before {
        return Err(ActionError::Refused {
            kind: "no-change",
            what: "These terms are in the book already".into(),
            why: "nothing would change".into(),
            next: "See them with: daybook terms".into(),
        });
    }
    let terms = case.terms.clone();
    let mut document = None;
    let written = book.write::<_, ActionError>(now, |writing| {
        if let Some((paper, name)) = paper {
            let kept = paper.keep(writing)?;
            document = Some(writing.add(Content::Document(Box::new(Document {
                kind: DocumentKind::School,
                title: format!("School terms: {name}"),
                dated: None,
                by: None,
                received: Some(When::seen(now)),
                original: kept.sha256,
                name: kept.arrival.name,
                bytes: kept.bytes,
                media_type: kept.arrival.media_type,
                from_message: None,
                recording: None,
                words: None,
                place: None,
            })))?);
        }
        match &known {
            Some((id, _)) => {
                writing.amend(*id, Content::Case(case), why)?;
            }
            None => {
                writing.add(Content::Case(case))?;
            }
        }
        Ok(((), sentence.to_owned()))
    })?;
    Ok(Terms { journal: Some(written.journal), document, ..described(terms, findings) })
}

/// What a calendar says of terms: an entry as long as a term, or two that say when it starts and ends; half-terms
/// beside them. Nothing is made of entries that say anything else.
fn terms_of(days: &[CalendarDays], source: &str, findings: &mut Vec<Finding>) -> Vec<SchoolTerm> {
    let mut terms: Vec<SchoolTerm> = Vec::new();
    let mut starts: Option<(Date, &str)> = None;
    let mut halves = Vec::new();
    let mut passed_over = 0_usize;
    let term = |from: Date, until: Date, title: &str| SchoolTerm {
        from,
        until,
        name: term_name(title, from),
        half_term: None,
        source: Some(source.to_owned()),
    };
    for entry in days {
        let title = entry.title.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| title.contains(word));
        let length = entry.last.days_since(entry.first) + 1;
        if has(&["half term", "half-term"]) && !has(&["start", "begin", "end", "open", "close"]) {
            halves.push((entry.first, entry.last));
        } else if has(&["inset", "training", "staff"]) || !title.contains("term") {
            passed_over += 1;
        } else if length >= SHORTEST_TERM && !has(&["holiday"]) {
            terms.push(term(entry.first, entry.last, &entry.title));
        } else if has(&["start", "begin", "open", "first day"]) {
            starts = Some((entry.first, &entry.title));
        } else if has(&["end", "finish", "close", "last day", "break"])
            && let Some((from, name)) = starts.take()
        {
            terms.push(term(from, entry.last, name));
        } else {
            passed_over += 1;
        }
    }
    for (first, last) in halves {
        match terms.iter_mut().find(|term| term.from < first && last < term.until) {
            Some(term) => term.half_term = Some((first, last)),
            None => passed_over += 1,
        }
    }
    if passed_over > 0 {
        let entries = if passed_over == 1 { "entry" } else { "entries" };
        let what = format!(
            "{passed_over} {entries} of {source} say nothing of when a term starts or ends and were passed over."
        );
        findings.push(Finding::new(
            Severity::Info,
            "entries-passed-over",
            source,
            what,
            "Compare the terms with the school's list",
        ));
    }
    terms
}

/// `Autumn term starts` → `Autumn term 2026`.
fn term_name(title: &str, from: Date) -> String {
    let mut name = title.trim();
    let lower = name.to_lowercase();
    for word in [" starts", " start", " begins", " begin", " opens", ": first day", " first day", " - first day"] {
        if let Some(at) = lower.find(word).filter(|at| name.is_char_boundary(*at)) {
            name = name.get(..at).unwrap_or(name);
            break;
        }
    }
    let name = name.trim_end_matches([':', '-', ' ']);
    let name = if name.is_empty() { "Term" } else { name };
    let year = from.year().to_string();
    if name.contains(&year) { name.to_owned() } else { format!("{name} {year}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(entries: &[(&str, &str, &str)]) -> Vec<CalendarDays> {
        let date = |text: &str| text.parse().unwrap();
        entries
            .iter()
            .map(|(title, from, until)| CalendarDays { title: (*title).into(), first: date(from), last: date(until) })
            .collect()
    }

    #[test]
    fn calendars_of_councils_name_terms_in_two_ways() {
        let mut findings = Vec::new();
        let found = terms_of(
            &days(&[
                ("Autumn Term starts", "2026-09-02", "2026-09-02"),
                ("INSET day", "2026-09-03", "2026-09-03"),
                ("Half term", "2026-10-26", "2026-10-30"),
                ("Autumn term ends", "2026-12-18", "2026-12-18"),
                ("Christmas holidays", "2026-12-21", "2027-01-01"),
                ("Spring term 2027", "2027-01-04", "2027-03-25"),
            ]),
            "terms.ics",
            &mut findings,
        );
        let said: Vec<String> = found.iter().map(said).collect();
        assert_eq!(
            said,
            [
                "Autumn Term 2026: 2 September 2026 to 18 December 2026, half-term 26 October 2026 to 30 October 2026",
                "Spring term 2027: 4 January 2027 to 25 March 2027",
            ]
        );
        assert!(findings[0].what.starts_with("2 entries"), "{findings:?}");
    }
}
