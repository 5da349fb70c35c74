//! What an import says about files.

use std::path::Path;

use super::super::TwoNames;
use super::me::MayBeMe;
use crate::intake::zip::ZipRefusal;
use crate::intake::{Elsewhere, Question};
use crate::model::{Finding, ImportRecord, RecordId, Severity};

/// The format of a zip in reports.
pub(super) const ZIP: &str = "zip";
/// The finding on a file no reader knows.
const NOT_A_MESSAGE: &str = "not-a-message";

pub(super) fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn warn(kind: &str, label: &str, what: String, next: &str) -> Finding {
    Finding::new(Severity::Warn, kind, label, what, next)
}

pub(super) fn differs(label: &str, id: RecordId, other: RecordId) -> Finding {
    let what = format!("{id} has the same Message-ID as {other} and other words; both are kept");
    warn("differing", label, what, &format!("Compare them: daybook show {id}"))
}

pub(super) fn not_readable(label: &str, why: &str) -> Finding {
    let what = format!("{label} could not be read: {why}");
    warn("not-readable", label, what, "The rest was brought in. Mend this and import it again.")
}

/// The finding on a file whose dates only a person can read.
pub(super) const UNDECIDED: &str = "date-order-undecided";

pub(super) fn undecided(label: &str, question: &Question) -> Finding {
    let Question::DateOrder { day_first, month_first, .. } = question;
    let what = format!(
        "{label} writes its dates in numbers alone. With the day first they run from {} to {}; with the month first from {} to {}",
        day_first.0, day_first.1, month_first.0, month_first.1
    );
    let next = "The file is kept. Say which is right and import it again: --date-order dmy, or --date-order mdy";
    warn(UNDECIDED, label, what, next)
}

/// The finding on a chat in which two names write that are one person's in this book.
pub(super) fn two_names(doubt: &TwoNames) -> Finding {
    let kind = if doubt.me { "two-names-of-mine" } else { "two-names-of-one" };
    warn(kind, &doubt.called, doubt.what(), &doubt.next())
}

/// The finding on a message that, its date put right, is the same as one that came from another file.
pub(super) fn corrected_double(label: &str, id: RecordId, other: RecordId) -> Finding {
    let what =
        format!("{id} of {label}, its date put right, is the same message as {other}, which came from another file");
    let next = format!("Choose only one of them for a paper: daybook show {other}");
    warn("corrected-double", label, what, &next)
}

pub(super) fn empty(label: &str) -> Finding {
    let what = format!("{label} is empty (0 bytes) and was not kept");
    warn("empty-file", label, what, "If it should not be empty, save it again from where it came.")
}

pub(super) fn not_claimed(label: &str, path: &Path) -> Finding {
    let what = format!("{label} is not a message that this version can read, and was not kept");
    let next = format!("To keep it as a document: daybook add \"{}\" --as other", path.display());
    Finding::new(Severity::Info, NOT_A_MESSAGE, label, what, next)
}

pub(super) fn not_claimed_inside(label: &str) -> Finding {
    let what = format!("{label} is not a message that this version can read; it is kept with its zip and nothing more");
    let next = "To keep it as a document: take it out of the zip, then daybook add FILE --as other";
    Finding::new(Severity::Info, NOT_A_MESSAGE, label, what, next)
}

pub(super) fn read_elsewhere(label: &str, kind: &Elsewhere, kept: &str) -> Finding {
    warn("not-read", label, format!("{label} is {}, {kept}", kind.what), kind.next)
}

pub(super) fn passed_over(label: &str, why: &str) -> Finding {
    Finding::new(Severity::Info, "passed-over", label, format!("{label} was passed over: {why}"), "")
}

pub(super) fn zip_refused(label: &str, refusal: &ZipRefusal) -> Finding {
    let what = format!("{label} was not opened: {}", refusal.why());
    let next = "The zip is kept as it is. If you trust it, unpack it and import the folder, or fetch it again.";
    warn("zip-refused", label, what, next)
}

pub(super) fn changed(label: &str) -> Finding {
    let what = format!("{label} changed while it was copied into the book; what was there at that time is kept");
    warn("changed-while-read", label, what, "Close the program it belongs to and import it again.")
}

pub(super) fn not_for_only_with(label: &str) -> Finding {
    let what = format!("{label} is no e-mail, and --only-with keeps single e-mails; nothing of it was kept");
    warn("only-with", label, what, "Import it without --only-with.")
}

pub(super) fn nothing_in_it(label: &str) -> Finding {
    let what = format!("No message was found in {label}; the file itself is kept");
    warn("no-message", label, what, "Open it with the program it came from, and save it again.")
}

/// What two exports of one chat have differently, with the words of both.
pub(super) fn between_exports(
    kind: &str,
    label: &str,
    (before, after, reaches_further): (&str, &str, bool),
    (old, old_words): (RecordId, &str),
    new: Option<(RecordId, &str)>,
) -> Finding {
    let what = match new {
        None => {
            let until = if reaches_further { "goes on longer" } else { "ends with the same minute" };
            format!("{old} stands in {before} and not in {after}, which {until}: “{old_words}”")
        }
        Some((new, words)) if kind == "edited-since" => {
            format!(
                "{old} reads “{old_words}” in {before}; in {after} it is marked as edited and reads “{words}” ({new})"
            )
        }
        Some((new, words)) => {
            format!("{old} reads “{old_words}” in {before}; in {after} there stands in its place “{words}” ({new})")
        }
    };
    let next = format!(
        "Both exports are kept. An export does not say who removed or changed a message. See: daybook show {old}"
    );
    Finding::new(Severity::Info, kind, label, what, next)
}

pub(super) fn who_is_me(label: &str, people: &[MayBeMe]) -> Finding {
    let names: Vec<&str> = people.iter().map(|one| one.name.as_str()).collect();
    let what = format!("{label} does not say which of its people is you: {}", names.join(", "));
    let accounts: Vec<&str> = people.iter().filter_map(|one| one.address.as_deref()).collect();
    let next = if accounts.is_empty() {
        "Say which, and import it again: daybook import FILE --me \"NAME\"; nothing is doubled.".to_owned()
    } else {
        format!("Say which account is yours: daybook people attach me ACCOUNT, with one of {}", accounts.join(", "))
    };
    Finding::new(Severity::Info, "which-is-me", label, what, next)
}

pub(super) fn too_long_to_compare(label: &str) -> Finding {
    let what = format!(
        "{label} is too long to be compared with the earlier export of the same chat; what is new in it was added"
    );
    Finding::new(Severity::Info, "not-compared", label, what, "")
}

pub(super) fn inside(kind: &str, label: &str, why: &str, next: &str) -> Finding {
    warn(kind, label, format!("{label} {why}"), next)
}

/// What the book remembers names no place on this computer: a path may hold the user's name, and an
/// import report may be printed. The report on the screen keeps the path, for the command to be typed.
pub(super) fn without_paths(mut record: ImportRecord) -> ImportRecord {
    let findings = record.sources.iter_mut().flat_map(|source| &mut source.findings);
    for finding in findings.filter(|finding| finding.kind == NOT_A_MESSAGE && finding.next.contains("daybook add \"")) {
        "To keep it as a document: daybook add FILE --as other".clone_into(&mut finding.next);
    }
    record
}
