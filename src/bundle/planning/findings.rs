//! What is to be said of a plan before it is drawn, and of its pages after.

use std::collections::BTreeMap;

use super::super::plan::{BundlePlan, Paper};
use super::book::Book;
use super::{contact, crib, enforcement, exhibit, files, hearing, mediation, select, unchosen};
use crate::model::{Content, DocumentKind, Finding, Noun, Profile, Reader, RecordId, Severity};
use crate::protect::{Verdict, WordFound};
use crate::rules::Rules;

/// Everything found while planning, worst first, with overrides applied.
pub(super) fn of_plan(book: &Book<'_>, plan: &BundlePlan) -> Vec<Finding> {
    let mut findings = confidential_words(book, plan);
    // A paper of own words stands on no message, so none waits for a word.
    if !matches!(plan.profile, Profile::Mediation | Profile::Crib) {
        findings.extend(guarded(book));
    }
    findings.extend(for_the_court(book, plan));
    findings.extend(about_the_exhibit(book, plan));
    if plan.profile == Profile::Hearing {
        findings.extend(hearing::findings(book, plan));
    }
    match plan.profile {
        Profile::Enforcement => findings.extend(enforcement::findings(book)),
        Profile::Mediation => findings.extend(mediation::findings(book)),
        Profile::Crib => findings.extend(crib::findings(book)),
        _ => {}
    }
    findings.extend(about_the_figures(book, plan));
    findings.extend(unchosen::finding(book));
    findings.extend(about_the_reader(book));
    findings.extend(missing_files(book, plan));
    findings.extend(about_foreign_files(book, plan));
    findings.extend(contact_details(book, plan));
    findings.extend(about_lines(book));
    let name = book.input.options.file_name.clone().unwrap_or_else(|| files::suggested_file_name(book.input));
    findings.extend(files::check_file_name(&name, book.input));
    overridden(book, &mut findings);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings
}

/// Contact that could not be computed is in no figure of the paper; what would mend that is said before it is made.
fn about_the_figures(book: &Book<'_>, plan: &BundlePlan) -> Vec<Finding> {
    let counts = [Profile::Evidence, Profile::Enforcement, Profile::Mediation, Profile::Crib, Profile::Archive];
    if !counts.contains(&plan.profile) {
        return Vec::new();
    }
    contact::figures_of(book).not_computed().cloned().collect()
}

/// What can only be said once it is known how many pages the paper has and how many bytes the file
/// (`None` while it is not made): the page limit (27A-51), the size limit (EF-04).
#[must_use]
pub fn after_layout(plan: &BundlePlan, pages: u32, bytes: Option<u64>, rules: &Rules) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(limit) = rules.limit("27A-51")
        && u64::from(pages) > limit
        && plan.reader == Reader::Court
        && plan.profile != Profile::Chronology
    {
        let what =
            format!("The paper has {pages} pages; a hearing bundle has at most {limit} unless the court allows more.");
        let next = "Narrow the dates, choose fewer papers, or note the court's permission with its date and paragraph.";
        findings.push(rules.finding(
            "27A-51",
            Severity::Warn,
            Finding::new(Severity::Warn, "page-limit", "paper", what, next),
        ));
    }
    if let (Some(limit), Some(bytes)) = (rules.limit("EF-04"), bytes)
        && bytes > limit
        && !files::not_filed(plan.profile)
    {
        let what = format!("The file has {bytes} bytes; the court service's portal takes at most {limit}.");
        let next = "Make two papers, each for part of the dates, or leave out photographs.";
        findings.push(rules.finding(
            "EF-04",
            Severity::Warn,
            Finding::new(Severity::Warn, "file-size", "paper", what, next),
        ));
    }
    if let (Some(limit), Some(bytes)) = (rules.limit("27A-66"), bytes)
        && bytes > limit
        && plan.reader == Reader::Court
    {
        let what = format!("The file has {bytes} bytes; an e-mail to a court office is said to take about {limit}.");
        let next = "Ask the court office how it wants a file of this size before you send it.";
        findings.push(rules.finding(
            "27A-66",
            Severity::Info,
            Finding::new(Severity::Info, "mail-size", "paper", what, next),
        ));
    }
    findings
}

/// A confidential word in a text stops the paper. The place is named, the word is not repeated (PRI-14).
fn confidential_words(book: &Book<'_>, plan: &BundlePlan) -> Vec<Finding> {
    if book.input.options.reader == Reader::Myself {
        return Vec::new();
    }
    let mut places: BTreeMap<(String, WordFound), u32> = BTreeMap::new();
    for text in plan.texts() {
        for found in book.secret.find_in(&text.text) {
            *places.entry((text.place.clone(), found)).or_default() += 1;
        }
    }
    places
        .into_keys()
        .map(|(place, found)| {
            let what = format!(
                "A confidential word of the kind “{}” ({}) stands in the text at {place}.",
                found.kind.word(),
                found.word
            );
            let next = remedy(&place, plan);
            let finding = Finding::new(Severity::Block, "confidential-word", place, what, next);
            book.input.rules.finding("PRI-14", Severity::Block, finding)
        })
        .collect()
}

/// What looks like an e-mail address or a telephone number in a paper for others: worth a look, since
/// the user must take out the details they want kept private (PRI-11).
fn contact_details(book: &Book<'_>, plan: &BundlePlan) -> Vec<Finding> {
    if book.input.options.reader == Reader::Myself {
        return Vec::new();
    }
    let mut places: Vec<String> = Vec::new();
    for text in plan.texts() {
        let found = text.text.split_whitespace().any(looks_like_address) || looks_like_telephone(&text.text);
        if found && !places.contains(&text.place) {
            places.push(text.place.clone());
        }
    }
    places
        .into_iter()
        .map(|place| {
            let what = format!("The text at {place} holds what looks like an e-mail address or a telephone number.");
            let next = "Read it. To stop papers with it: daybook confidential add, and let it ask for the words.";
            let finding = Finding::new(Severity::Warn, "contact-details", place, what, next);
            book.input.rules.finding("PRI-11", Severity::Warn, finding)
        })
        .collect()
}

fn looks_like_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
}

/// A run of 10 to 13 digits that begins like a British number, spaces and brackets between them allowed.
fn looks_like_telephone(text: &str) -> bool {
    let mut digits = String::new();
    for c in text.chars().chain(['.']) {
        match c {
            '0'..='9' | '+' => digits.push(c),
            ' ' | '(' | ')' | '-' | '\u{a0}' | '\u{2011}' if !digits.is_empty() => {}
            _ => {
                let national = digits.strip_prefix("+44").or_else(|| digits.strip_prefix('0'));
                if national.is_some_and(|rest| (9..=11).contains(&rest.len()) && !rest.contains('+')) {
                    return true;
                }
                digits.clear();
            }
        }
    }
    false
}

/// What to do about a word at a place: the record behind it is named, where there is one.
fn remedy(place: &str, plan: &BundlePlan) -> String {
    let record = place.rsplit('/').next().and_then(|name| name.parse::<RecordId>().ok());
    match record {
        Some(id) => {
            let profile = plan.profile.word();
            format!("Leave the record out (daybook mark {id} --keep-out-of {profile}), or amend its words.")
        }
        None => "Change what was given for this page, or the record it is taken from.".to_owned(),
    }
}

/// What looks privileged and waits for a word, and what was let in for a reason (MED-16).
fn guarded(book: &Book<'_>) -> Vec<Finding> {
    let rules = &book.input.rules;
    let about = |id: &RecordId, severity, kind: &str, what: String, next: String| {
        rules.finding("MED-16", severity, Finding::new(severity, kind, id.to_string(), what, next))
    };
    book.decisions
        .iter()
        .filter_map(|(id, decision)| match decision.verdict {
            Verdict::Undecided => Some(about(
                id,
                Severity::Warn,
                "looks-privileged",
                format!("{id} is held back: {}.", decision.why),
                format!(
                    "Say what it is: daybook mark {id} --privilege none, or mediation, without-prejudice, legal-advice."
                ),
            )),
            Verdict::LetIn if book.is_selected(*id) => Some(about(
                id,
                Severity::Warn,
                "let-in",
                format!("{id} is in the paper although the guard would hold it back; {}.", decision.why),
                "Look once more whether this reader should see it.".to_owned(),
            )),
            _ => None,
        })
        .collect()
}

/// An evidence paper is no hearing bundle (27A-22).
fn for_the_court(book: &Book<'_>, plan: &BundlePlan) -> Vec<Finding> {
    if book.input.options.reader != Reader::Court || plan.profile != Profile::Evidence {
        return Vec::new();
    }
    let loose = plan.entries().any(|entry| {
        matches!(entry.paper, Paper::Email(_) | Paper::Transcript(_) | Paper::Photograph(_) | Paper::Event(_))
    });
    let what = "This is not a hearing bundle. Loose messages, photographs and notes of contact are kept out of hearing bundles.";
    let next = "Exhibit them to a witness statement the court has asked for (daybook bundle --for exhibit), or ask for directions.";
    let finding = Finding::new(Severity::Warn, "not-a-hearing-bundle", "paper", what, next);
    loose.then(|| book.input.rules.finding("27A-22", Severity::Warn, finding)).into_iter().collect()
}

fn about_the_exhibit(book: &Book<'_>, plan: &BundlePlan) -> Vec<Finding> {
    let super::super::Numbering::Exhibit { mark } = &plan.numbering else { return Vec::new() };
    let (rules, options) = (&book.input.rules, &book.input.options.exhibit);
    let mut findings = Vec::new();
    let number = exhibit::number_of(mark);
    if let Some(last) = options.last_number_used
        && number <= last
    {
        let what = format!("The mark {mark} is used already, or a later one is: the last number used is {last}.");
        let next =
            format!("Use the next number, {}: exhibit numbers run on across all statements by one maker.", last + 1);
        let finding = Finding::new(Severity::Block, "exhibit-mark-used", mark, what, next);
        findings.push(rules.finding("22A-12", Severity::Block, finding));
    } else if number > options.last_number_used.unwrap_or(0) + 1 {
        let what = format!(
            "The mark {mark} leaves a gap after the last number used ({}).",
            options.last_number_used.unwrap_or(0)
        );
        let finding = Finding::new(
            Severity::Warn,
            "exhibit-mark-gap",
            mark,
            what,
            "Use the next number, unless the others are elsewhere.",
        );
        findings.push(rules.finding("22A-11", Severity::Warn, finding));
    }
    for left in &plan.left_out {
        if left.why == exhibit::COURT_DOCUMENT {
            let what = format!("{} is a court document and is not in the exhibit: a statement refers to it.", left.id);
            let next = "Refer to it in the statement by its date, and take it off the choice.";
            let finding = Finding::new(Severity::Warn, "court-document", left.id.to_string(), what, next);
            findings.push(rules.finding("22A-17", Severity::Warn, finding));
        }
    }
    if options.statement.is_none() {
        let what = "The number of the statement is not given; its line on the front sheet is empty.";
        let finding =
            Finding::new(Severity::Warn, "statement-number", "front sheet", what, "Give it with --statement.");
        findings.push(rules.finding("22A-03", Severity::Warn, finding));
    }
    if book.case().is_none_or(|case| case.number.is_none() || case.court.is_none()) {
        let what = "Court or case number is not in the book, so the heading is not whole.";
        let finding = Finding::new(Severity::Warn, "heading", "front sheet", what, "Give them with daybook case.");
        findings.push(rules.finding("22A-04", Severity::Warn, finding));
    }
    let undated = plan.entries().filter(|entry| entry.id.is_some() && entry.date.is_empty());
    findings.extend(undated.map(|entry| {
        let what = format!("{} has no date; the list on the front sheet gives dates.", entry.anchor.0);
        let finding =
            Finding::new(Severity::Warn, "no-date", entry.anchor.0.clone(), what, "Add its date with daybook amend.");
        rules.finding("22A-14", Severity::Warn, finding)
    }));
    findings
}

fn about_the_reader(book: &Book<'_>) -> Vec<Finding> {
    let options = &book.input.options;
    let rules = &book.input.rules;
    let mut findings = Vec::new();
    let empty = |text: &Option<String>| text.as_deref().is_none_or(|text| text.trim().is_empty());
    if options.profile == Profile::Evidence
        && options.reader != Reader::Myself
        && (empty(&options.reader_name) || empty(&options.purpose))
    {
        let (what, next) = match (empty(&options.reader_name), empty(&options.purpose)) {
            (true, true) => {
                ("The cover does not say by name who the paper is for, or for what.", "Give --reader and --purpose.")
            }
            (true, false) => ("The cover does not say by name who the paper is for.", "Give --reader."),
            _ => ("The cover does not say what the paper is for.", "Give --purpose."),
        };
        let finding = Finding::new(Severity::Info, "reader", "cover", what, next);
        findings.push(rules.finding("PRI-08", Severity::Info, finding));
    }
    if let Some(number) = book.case().and_then(|case| case.number.as_deref())
        && !rules.is_case_number(number)
    {
        let what = format!("The case number “{number}” does not have the usual shape, such as BS26P70940.");
        let finding = Finding::new(
            Severity::Info,
            "case-number",
            "case",
            what,
            "Compare it with the court's letters; older numbers look different.",
        );
        findings.push(rules.finding("EF-15", Severity::Info, finding));
    }
    findings
}

/// A file the paper stands on, of which nothing is known.
fn missing_files(book: &Book<'_>, plan: &BundlePlan) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in plan.entries() {
        for digest in entry.sources.iter().filter(|digest| book.kept(digest).is_none()) {
            let what = format!(
                "A file of {} ({}) is named in the record and was not found among the kept files.",
                entry.anchor.0,
                digest.short()
            );
            findings.push(Finding::new(
                Severity::Warn,
                "file-missing",
                entry.anchor.0.clone(),
                what,
                "Run daybook verify; add the file again if it is lost.",
            ));
        }
    }
    for record in book.chosen(Noun::Document) {
        if let Content::Document(document) = &record.content
            && matches!(document.kind, DocumentKind::Medical | DocumentKind::Police)
            && book.input.options.reader == Reader::Court
            && plan.profile != Profile::Hearing
            && !select::is_court_document(document.kind)
        {
            let what = format!(
                "{} is a {}; such papers go to a court when it asks for them.",
                record.id,
                document.kind.plain().to_lowercase()
            );
            let finding = Finding::new(
                Severity::Warn,
                "by-direction",
                record.id.to_string(),
                what,
                "Note the direction that asks for it, or leave it out.",
            );
            findings.push(book.input.rules.finding("27A-23", Severity::Warn, finding));
        }
    }
    findings
}

/// What of other people's files is not as it was, is not shown, or is printed at another place.
fn about_foreign_files(book: &Book<'_>, plan: &BundlePlan) -> Vec<Finding> {
    let mut findings = Vec::new();
    for entry in plan.entries() {
        let Some(kept) = entry.sources.first().and_then(|digest| book.kept(digest)) else { continue };
        let place = &entry.anchor.0;
        match &entry.paper {
            Paper::Foreign(_) => findings.extend(kept.notes.iter().map(|note| {
                let page = note.page.map_or(String::new(), |page| format!(", page {page}"));
                let what = format!("{place}, “{}”{page}: {}", files::label(&kept.name), note.what);
                // What was mended may look different, and what was left out is not read; the rest shows as it did.
                let severity = match note.kind.as_str() {
                    "form-flattened" | "script-removed" => Severity::Info,
                    _ => Severity::Warn,
                };
                Finding::new(severity, &note.kind, place, what, "Compare the printed pages with the file once.")
            })),
            Paper::Placeholder(page) => {
                if book.home_of(&page.hash).is_some_and(|home| home != &entry.anchor) {
                    let what = format!("{place} is the same file as another entry; it is printed once.");
                    let next = "Nothing, unless both copies matter: then say so in your own words.";
                    let finding = Finding::new(Severity::Info, "printed-once", place, what, next);
                    findings.push(book.input.rules.finding("27A-25", Severity::Info, finding));
                } else if let Some(why) = &kept.not_shown {
                    let what = format!("{place}, “{}”, has a page in its place: {why}.", files::label(&kept.name));
                    let next = "Open the file yourself, save or print it as an unlocked PDF, and add that copy too.";
                    findings.push(Finding::new(Severity::Warn, "not-shown", place, what, next));
                }
            }
            _ => {}
        }
    }
    findings
}

/// What is unfinished or without a date.
fn about_lines(book: &Book<'_>) -> Vec<Finding> {
    book.chosen(Noun::Incident)
        .filter_map(|record| match &record.content {
            Content::Incident(event) if event.kind.is_none() => {
                let what = format!("{} is unfinished and counts as not known.", record.id);
                let next = format!("Finish it: daybook amend {} --set kind=… --why …", record.id);
                Some(Finding::new(Severity::Info, "unfinished", record.id.to_string(), what, next))
            }
            Content::Incident(event) if event.when().is_none() => {
                let what = format!("{} has no date.", record.id);
                Some(Finding::new(
                    Severity::Warn,
                    "no-date",
                    record.id.to_string(),
                    what,
                    "Add when it was due or happened.",
                ))
            }
            _ => None,
        })
        .collect()
}

/// A `block` the user overrode, with a reason, warns and says the reason.
fn overridden(book: &Book<'_>, findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Block) {
        let by = book.input.options.overrides.iter().find(|by| by.kind == finding.kind && !by.why.trim().is_empty());
        if let Some(by) = by {
            finding.severity = Severity::Warn;
            finding.what = format!("{} You went on all the same: {}", finding.what, by.why.trim());
        }
    }
}
