//! What stays out of a hearing bundle unless it is exhibited to a statement in it or let in by a
//! direction (27A-22 to 27A-24).

use super::super::plan::LeftOut;
use super::book::Book;
use super::hearing::Wanted;
use crate::model::{Channel, Content, DocumentKind, Finding, Profile, Record, Severity};

/// A kind of paper that is kept out when it is loose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Barred {
    Correspondence,
    Screenshot,
    Photograph,
    Medical,
    Police,
    Recording,
    /// What its keeper wrote of a call or a conversation.
    Note,
}

impl Barred {
    /// The kind of paper a record is, where that kind is kept out.
    pub(super) fn of(record: &Record) -> Option<Self> {
        match &record.content {
            // Spoken words somebody typed in are that person's note, not a letter from anybody.
            Content::Message(message)
                if message.place.is_none() && matches!(message.channel, Channel::Call | Channel::Conversation) =>
            {
                Some(Barred::Note)
            }
            Content::Message(_) => Some(Barred::Correspondence),
            Content::Document(document) => match document.kind {
                DocumentKind::Letter => Some(Barred::Correspondence),
                DocumentKind::Screenshot => Some(Barred::Screenshot),
                DocumentKind::Photo => Some(Barred::Photograph),
                DocumentKind::Medical => Some(Barred::Medical),
                DocumentKind::Police => Some(Barred::Police),
                DocumentKind::Recording => Some(Barred::Recording),
                _ => None,
            },
            _ => None,
        }
    }

    /// The kind of its finding, by which it is overridden.
    fn finding(self) -> &'static str {
        match self {
            Barred::Correspondence => "loose-correspondence",
            Barred::Screenshot => "loose-screenshot",
            Barred::Photograph => "loose-photograph",
            Barred::Medical => "loose-medical",
            Barred::Police => "loose-police",
            Barred::Recording => "loose-recording",
            Barred::Note => "loose-note",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Barred::Correspondence => "correspondence",
            Barred::Screenshot => "a screenshot",
            Barred::Photograph => "a photograph",
            Barred::Medical => "a medical paper",
            Barred::Police => "a police paper",
            Barred::Recording => "a recording",
            Barred::Note => "a note of contact",
        }
    }

    /// Where it says so, and how sure we are of it, in words.
    fn basis(self) -> (&'static str, &'static str) {
        match self {
            Barred::Correspondence | Barred::Screenshot | Barred::Photograph => (
                "27A-22",
                "The practice direction keeps it out of bundles unless an exception applies, as described by Albion \
                 Chambers; the text of one exception was not seen.",
            ),
            Barred::Medical | Barred::Police | Barred::Note => (
                "27A-23",
                "Such papers were kept out before March 2026, as a published text of that time says; the wording now \
                 in force was not seen.",
            ),
            Barred::Recording => {
                ("27A-24", "A page cannot play it, and the court decides first whether it may be relied on.")
            }
        }
    }

    /// Whether the user went on in spite of the finding.
    pub(super) fn overridden(self, book: &Book<'_>) -> bool {
        let kind = self.finding();
        book.input.options.overrides.iter().any(|by| by.kind == kind && !by.why.trim().is_empty())
    }

    /// Why it is not in the paper, for the list of what was left out.
    pub(super) fn why(self) -> String {
        format!("{} is kept out of a hearing bundle when it stands loose (27A-24)", self.words())
    }
}

/// The two lawful routes, as commands.
fn routes(book: &Book<'_>, wanted: &Wanted) -> String {
    let id = wanted.id;
    let mark = exhibit_holding(book, wanted).or_else(|| book.people.me().map(|me| format!("{}1", me.initials())));
    let mark = mark.unwrap_or_else(|| "AB1".to_owned());
    format!(
        "Two ways in. Exhibit it to a statement that is in the bundle: daybook choose {id} --for hearing --exhibit {mark}. \
         Or name the direction that allows it: daybook choose {id} --for hearing --directed \"order of (date), paragraph (n)\"."
    )
}

/// The mark of the last exhibit made that holds this record.
pub(super) fn exhibit_holding(book: &Book<'_>, wanted: &Wanted) -> Option<String> {
    book.all(crate::model::Noun::Bundle).into_iter().rev().find_map(|record| match &record.content {
        Content::Bundle(made) if made.profile == Profile::Exhibit => {
            made.exhibit.clone().filter(|_| made.entries.iter().any(|entry| entry.id == wanted.id))
        }
        _ => None,
    })
}

/// Whether an exhibit of this mark was made, and none of its editions holds the record.
fn made_without_it(book: &Book<'_>, wanted: &Wanted, mark: &str) -> bool {
    let mut made = false;
    for record in book.all(crate::model::Noun::Bundle) {
        let Content::Bundle(edition) = &record.content else { continue };
        if edition.exhibit.as_deref().is_some_and(|other| other.eq_ignore_ascii_case(mark)) {
            made = true;
            if edition.entries.iter().any(|entry| entry.id == wanted.id) {
                return false;
            }
        }
    }
    made
}

/// A finding for each record that stands loose, and for each that is said to be of an exhibit it is not of.
pub(super) fn findings(book: &Book<'_>, wanted: &[Wanted], statements: bool, left_out: &[LeftOut]) -> Vec<Finding> {
    let rules = &book.input.rules;
    let mut findings = Vec::new();
    for one in wanted {
        let Some(record) = book.record(one.id).filter(|_| book.may_show(one.id)) else { continue };
        let Some(barred) = Barred::of(record) else { continue };
        let id = one.id;
        if one.directed.is_some() {
            continue;
        }
        if let Some(mark) = &one.exhibit {
            if !statements {
                let what = format!("{id} is put forward as part of exhibit {mark}, and no statement is in the bundle.");
                let next = "Add the statement as it was signed (daybook add FILE --as statement), and choose it: daybook \
                            choose DOC-n --for hearing.";
                let finding = Finding::new(Severity::Block, "exhibit-without-statement", id.to_string(), what, next);
                findings.push(rules.finding("27A-24", Severity::Block, finding));
            } else if made_without_it(book, one, mark) {
                let what = format!("{id} is put forward as part of exhibit {mark}, and no edition of {mark} holds it.");
                let next = format!(
                    "Look at the exhibit as it was handed over. To choose under another mark, take this choice back and \
                     choose {id} again with its mark."
                );
                let finding = Finding::new(Severity::Block, "not-in-that-exhibit", id.to_string(), what, next);
                findings.push(rules.finding("27A-24", Severity::Block, finding));
            }
            continue;
        }
        let (rule, basis) = barred.basis();
        let is_out = left_out.iter().any(|left| left.id == id);
        let stands = if is_out { "is not in the bundle" } else { "stands loose in the bundle" };
        let what = format!("{id} is {} and {stands}. {basis}", barred.words());
        let finding = Finding::new(Severity::Block, barred.finding(), id.to_string(), what, routes(book, one));
        findings.push(rules.finding(rule, Severity::Block, finding));
    }
    findings
}
