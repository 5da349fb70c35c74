//! Errors in a few calm lines: what, why, and what to do next.

use std::error::Error;
use std::io;

use crate::actions::ActionError;
use crate::model::Noun;
use crate::store::StoreError;

/// Why a command ended without doing what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// A short stable word for programs.
    pub kind: &'static str,
    /// What could not be done.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do next.
    pub next: String,
    /// 1: it failed. 2: it was asked for wrongly.
    pub exit: u8,
}

impl Fault {
    /// Something failed.
    #[must_use]
    pub fn failed(
        kind: &'static str,
        what: impl Into<String>,
        why: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Fault { kind, what: what.into(), why: why.into(), next: next.into(), exit: 1 }
    }

    /// The command was used wrongly.
    #[must_use]
    pub fn usage(what: impl Into<String>, why: impl Into<String>, next: impl Into<String>) -> Self {
        Fault { kind: "usage", what: what.into(), why: why.into(), next: next.into(), exit: 2 }
    }

    /// Something that has to be given was not, and nobody is there to be asked.
    #[must_use]
    pub fn missing(flag: &str, meaning: &str, example: &str) -> Self {
        Fault::usage(
            format!("{flag} is missing ({meaning})"),
            "nobody can be asked for it here",
            format!("Add it, for example: {example}"),
        )
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        from_store(&error)
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::failed("input", "The terminal could not be read", reason(&error), "Try again")
    }
}

fn from_store(error: &StoreError) -> Fault {
    // The store says what and why in one sentence, with the causes below it.
    let said = error.to_string();
    let mut causes = Vec::new();
    let mut cause = error.source();
    while let Some(error) = cause {
        causes.push(error.to_string());
        cause = error.source();
    }
    let (what, why) = match said.split_once([':', ';']) {
        Some((what, why)) if causes.is_empty() && !what.contains('(') => (what.to_owned(), why.trim().to_owned()),
        _ if causes.is_empty() => (said, "nothing was changed".to_owned()),
        _ => (said, causes.join(": ")),
    };
    Fault::failed(error.kind(), sentence(&what), why, error.advice())
}

impl From<ActionError> for Fault {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Store(error) => error.into(),
            ActionError::File { path, source } => {
                let what = format!("{} could not be used", path.display());
                if no_room(&source) {
                    let next = "Make room, or choose another disk, and do it again. Nothing half-made was left behind, \
                                and what was there before is as it was";
                    return Fault::failed("disk-full", what, reason(&source), next);
                }
                if source.kind() == std::io::ErrorKind::IsADirectory {
                    let next = "Name a file, not a folder";
                    return Fault::failed("file", what, "it is a folder, and a file is needed", next);
                }
                Fault::failed("file", what, reason(&source), "Check its name and your rights to it, and try again")
            }
            ActionError::When(error) => Fault {
                kind: "date",
                what: format!("“{}” was not taken as a date", error.words),
                why: error.why,
                next: error.next,
                exit: 2,
            },
            ActionError::NotAnId(error) => Fault {
                kind: "not-an-id",
                what: format!("“{}” is not the name of a record", error.text),
                why: "a name looks like INC-1, MSG-12 or DOC-3".into(),
                next: "Find it with: daybook timeline, or daybook search WORDS".into(),
                exit: 2,
            },
            ActionError::UnknownId { id } => Fault::failed(
                "unknown-id",
                format!("There is no {id} in this book"),
                "nothing of that name was ever written down here",
                "Find what you look for with: daybook timeline, or daybook search WORDS",
            ),
            ActionError::WrongNoun { id, wanted } => Fault {
                kind: "wrong-kind",
                what: format!("{id} is not {wanted}"),
                why: format!("{id} is {}", with_article(id.noun)),
                next: "Find the right one with: daybook timeline".into(),
                exit: 2,
            },
            ActionError::UnknownPerson { name, known, child } => unknown_person(&name, &known, child),
            ActionError::SeveralPeople { name, candidates } => Fault {
                kind: "several-people",
                what: format!("“{name}” may be several people"),
                why: format!("it could be {}", candidates.join(" or ")),
                next: "Give the whole name, or the PER number".into(),
                exit: 2,
            },
            ActionError::EndBeforeStart { start, end } => Fault {
                kind: "end-before-start",
                what: "The end is before the start".into(),
                why: format!("it starts {start} and ends {end}"),
                next: "Check both, and write them with their days, for example \"6 March 2026 5pm\"".into(),
                exit: 2,
            },
            ActionError::UnknownField { noun, name, known } => Fault {
                kind: "unknown-field",
                what: format!("{} has no field “{name}”", capitalised(with_article(noun))),
                why: format!("its fields are {}", known.join(", ")),
                next: format!("For what each takes: daybook amend --fields {}", noun.word()),
                exit: 2,
            },
            ActionError::UnknownWord { what, given, words } => Fault {
                kind: "unknown-word",
                what: format!("“{given}” is not one of the words for {what}"),
                why: format!("the words are {}", words.join(", ")),
                next: "Give one of these".into(),
                exit: 2,
            },
            ActionError::CannotAmend { id, next } => Fault {
                kind: "cannot-amend",
                what: format!("{id} is not corrected with amend"),
                why: format!("it is {}", with_article(id.noun)),
                next: next.into(),
                exit: 2,
            },
            ActionError::Plan(error) => paper_fault("plan", &error.to_string()),
            ActionError::Layout(error) => paper_fault("layout", &error.to_string()),
            ActionError::Compose(error) => paper_fault("draw", &error.to_string()),
            ActionError::Pdf(error) => paper_fault("pdf", &error.to_string()),
            ActionError::Blocked { mut finding, more } => {
                let anyway = format!(" To go on all the same: --override {}=\"your reason\"", finding.kind);
                finding.next.push_str(&anyway);
                stopped(&finding, more, "this stops the paper")
            }
            ActionError::NotAsPlanned { finding, more } => {
                stopped(&finding, more, "the finished file does not agree with its plan, so it was not handed over")
            }
            ActionError::Refused { kind, what, why, next } => Fault { kind, what, why, next, exit: 2 },
        }
    }
}

/// A paper that could not be made: what, and after the first colon or semicolon why.
fn paper_fault(kind: &'static str, said: &str) -> Fault {
    let (what, why) = said.split_once([':', ';']).unwrap_or((said, "the book and earlier papers are unchanged"));
    Fault::failed(kind, sentence(what), why.trim(), "Nothing was made, and the book is as it was")
}

/// A finding that stops a paper.
fn stopped(finding: &crate::model::Finding, more: usize, why: &str) -> Fault {
    let rule = finding.rule.as_deref().map(|rule| format!(" (rule {rule})")).unwrap_or_default();
    let others = match more {
        0 => String::new(),
        1 => "; one more finding stops it too".to_owned(),
        more => format!("; {more} more findings stop it too"),
    };
    Fault::failed(
        "blocked",
        format!("{}: {}", finding.place, finding.what),
        format!("{why}{rule}{others}"),
        finding.next.clone(),
    )
}

fn unknown_person(name: &str, known: &[String], child: bool) -> Fault {
    let who = if child { "No child" } else { "Nobody" };
    let role = if child { "child" } else { "relative" };
    let why = match (known.is_empty(), child) {
        (true, true) => "no child is in this book yet".to_owned(),
        (true, false) => "nobody is in this book yet".to_owned(),
        (false, true) => format!("the children in it are {}", known.join(", ")),
        (false, false) => format!("the people in it are {}", known.join(", ")),
    };
    let quoted = name.replace(['"', '\\', '$', '`'], "");
    Fault {
        kind: "unknown-person",
        what: format!("{who} called “{name}” is in this book"),
        why,
        next: format!("Check the spelling, or add them: daybook people add \"{quoted}\" --role {role}"),
        exit: 2,
    }
}

fn with_article(noun: Noun) -> &'static str {
    match noun {
        Noun::Case => "the case",
        Noun::Person => "a person",
        Noun::Incident => "a contact event",
        Noun::Message => "a message",
        Noun::Document => "a document",
        Noun::Order => "an order",
        Noun::Step => "a step",
        Noun::Note => "a private note",
        Noun::Bundle => "a paper that was made",
        Noun::Import => "an import",
        Noun::Link => "a link",
        Noun::Mark => "a mark",
        Noun::Choice => "a choice for a paper",
        Noun::Word => "a confidential word",
    }
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is nothing of that name".into(),
        io::ErrorKind::PermissionDenied => "you do not have the right to use it".into(),
        io::ErrorKind::AlreadyExists => "there is something of that name already".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        io::ErrorKind::QuotaExceeded => "there is no room left for you on that disk".into(),
        io::ErrorKind::FileTooLarge => "that disk does not take a file so large".into(),
        io::ErrorKind::ReadOnlyFilesystem => "that disk can only be read".into(),
        _ => error.to_string(),
    }
}

fn no_room(error: &io::Error) -> bool {
    use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

fn sentence(text: &str) -> String {
    capitalised(text.trim_end_matches('.'))
}

/// With a capital, unless it begins with a file's name, which stays as it is.
pub(super) fn capitalised(text: &str) -> String {
    let first_word = text.split_whitespace().next().unwrap_or_default();
    if first_word.trim_end_matches(['.', ',']).contains(['/', '\\', '.', '-']) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether a book opens with a passphrase only.
pub(super) fn needs_passphrase(error: &StoreError) -> bool {
    matches!(error, StoreError::PassphraseNeeded { .. })
}
