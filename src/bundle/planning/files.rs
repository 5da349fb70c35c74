//! Names of files: ours, and those received.

use super::book::Book;
use crate::bundle::input::PlanInput;
use crate::model::{Finding, Profile, Reader, Severity};

/// A name for the file: case number, initials, kind and date; no child's name (27A-65), and no word
/// that makes a court's system drop it (EF-10).
#[must_use]
pub fn suggested_file_name(input: &PlanInput) -> String {
    let book = Book::of(input);
    let number: String = book.case_number().chars().filter(char::is_ascii_alphanumeric).collect();
    let initials: String =
        book.people.me().map(crate::model::Person::initials).unwrap_or_default().chars().take(6).collect();
    let what = match input.options.profile {
        Profile::Exhibit => match super::exhibit::mark(&book) {
            Ok(mark) => format!("exhibit {mark}"),
            Err(_) => "exhibit".to_owned(),
        },
        // The hearing date last (27A-65).
        Profile::Hearing => "bundle for hearing".to_owned(),
        Profile::Enforcement => "C79 schedule".to_owned(),
        other => other.word().to_owned(),
    };
    let hearing = book.case().and_then(|case| case.hearing.as_ref()).map(|hearing| hearing.when.london_date());
    let date = hearing.filter(|_| input.options.profile == Profile::Hearing).unwrap_or_else(|| book.made_date());
    let parts = [number, initials, what, date.to_string()];
    let name: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    format!("{}{}.pdf", if not_filed(input.options.profile) { NOT_FILED } else { "" }, name.join(" "))
}

/// What the name of a paper begins with that is never to be filed: the court service's bundle builder leaves
/// such files out (EF-10).
const NOT_FILED: &str = "Confidential_";

/// Papers that are never to be filed with a court.
pub(super) fn not_filed(profile: Profile) -> bool {
    matches!(profile, Profile::Archive | Profile::Mediation | Profile::Crib)
}

/// What is to be said of a file name meant for this paper (EF-10, 27A-65).
#[must_use]
pub fn check_file_name(name: &str, input: &PlanInput) -> Vec<Finding> {
    let rules = &input.rules;
    let mut findings = Vec::new();
    let filed = matches!(input.options.reader, Reader::Court)
        || matches!(
            input.options.profile,
            Profile::Exhibit | Profile::Hearing | Profile::Chronology | Profile::Enforcement
        );
    findings.extend(plain_name(name, input).filter(|_| filed));
    for word in rules.list("EF-10").iter().filter(|word| filed && name.contains(word.as_str())) {
        let what =
            format!("The file name holds “{word}”; the court service's system leaves such files out of its bundle.");
        let finding =
            Finding::new(Severity::Block, "file-name-dropped", "file name", what, "Choose another name with -o.");
        findings.push(rules.finding("EF-10", Severity::Block, finding));
    }
    if not_filed(input.options.profile) && !rules.list("EF-10").iter().any(|word| name.contains(word.as_str())) {
        let what = format!(
            "This paper is never to be filed, and its name does not hold “{NOT_FILED}”, which would keep it out of a \
             court's bundle if it were uploaded by mistake."
        );
        let next = format!("A name such as “{}” is safer.", suggested_file_name(input));
        let finding = Finding::new(Severity::Info, "file-name-not-filed", "file name", what, next);
        findings.push(rules.finding("EF-10", Severity::Info, finding));
    }
    let book = Book::of(input);
    let folded = name.to_lowercase();
    let named = book.people.children().into_iter().any(|child| {
        let full = child.name.to_lowercase();
        !full.is_empty() && folded.contains(&full)
    });
    if named {
        let what = "The file name holds a child's full name; anybody who sees the file listed would read it.";
        let next = format!("Use initials, such as “{}”.", suggested_file_name(input));
        let finding = Finding::new(Severity::Warn, "file-name-child", "file name", what, next);
        findings.push(rules.finding("27A-65", Severity::Warn, finding));
    }
    findings
}

/// Letters, digits and a few signs stay what they are in every system a file passes through (EF-14).
fn plain_name(name: &str, input: &PlanInput) -> Option<Finding> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '(' | ')' | ',');
    let odd: String = name.chars().filter(|c| !plain(*c)).take(5).map(|c| c.escape_debug().to_string()).collect();
    let ends = name.to_ascii_lowercase().ends_with(".pdf");
    let what = if !odd.is_empty() {
        format!("The file name has signs that do not survive everywhere: {odd}")
    } else if name.chars().count() > 100 {
        "The file name is longer than 100 signs and may be cut off where it is uploaded.".to_owned()
    } else if !ends || name.trim_end_matches(|c: char| c != '.').matches('.').count() > 1 {
        "The file name should have one full stop, before pdf at its end; else it may be taken for another kind of file."
            .to_owned()
    } else {
        return None;
    };
    let next = format!("A plain name is safest, such as “{}”.", suggested_file_name(input));
    let finding = Finding::new(Severity::Warn, "file-name-plain", "file name", what, next);
    Some(input.rules.finding("EF-14", Severity::Warn, finding))
}

/// A name as received, as a label: what follows the last slash, without control characters.
pub(super) fn label(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clean: String = last.chars().filter(|c| !c.is_control()).take(200).collect();
    if clean.trim().is_empty() { "a file without a name".to_owned() } else { clean }
}

/// `84 kB`, `3.1 MB`.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..=999 => format!("{bytes} bytes"),
        1_000..=999_499 => format!("{} kB", (bytes + 500) / 1000),
        _ => format!("{}.{} MB", (bytes + 50_000) / 1_000_000, (bytes + 50_000) / 100_000 % 10),
    }
}

/// `PDF`, `JPEG photograph`, in a word or two.
pub(super) fn kind(media_type: &str) -> String {
    let media = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match media.as_str() {
        "application/pdf" => "PDF".to_owned(),
        "image/jpeg" => "JPEG picture".to_owned(),
        "image/png" => "PNG picture".to_owned(),
        "message/rfc822" => "e-mail".to_owned(),
        "text/plain" => "text".to_owned(),
        other if other.starts_with("audio/") => "sound".to_owned(),
        other if other.starts_with("video/") => "video".to_owned(),
        other if other.starts_with("image/") => "picture".to_owned(),
        _ => "file".to_owned(),
    }
}
