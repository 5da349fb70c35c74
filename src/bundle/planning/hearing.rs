//! The hearing bundle: what was chosen, in lettered sections, statements with their exhibits
//! (PD27A; 27A-01, 27A-30, 27A-31, 27A-84).

use super::super::PlanError;
use super::super::plan::{Anchor, Field, ForeignPages, Paper, Placeholder, PlannedEntry, Rich, Section, Span};
use super::book::Book;
use super::exclusions::{self, Barred};
use super::{
    chronology, chronology_alone, documents, editions, files, hearing_chronology, hearing_front, messages, order,
    select, words,
};
use crate::model::{
    BundleRecord, Content, DocumentKind, Finding, Noun, Person, Profile, Record, RecordId, Role, Severity, When,
};

/// One record chosen for the bundle, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    pub id: RecordId,
    pub section: Option<String>,
    pub exhibit: Option<String>,
    pub directed: Option<String>,
    pub context: u32,
}

/// What was chosen, each record once: a later choice speaks for it, and an order kept as a paper stands
/// for the words taken from it.
pub(super) fn wanted(book: &Book<'_>) -> Vec<Wanted> {
    let mut all: Vec<Wanted> = Vec::new();
    for record in book.all(Noun::Choice) {
        let Content::Choice(choice) = &record.content else { continue };
        if choice.profile != Profile::Hearing || choice.withdrawn {
            continue;
        }
        for chosen in &choice.records {
            let id = as_printed(book, *chosen);
            let one = Wanted {
                id,
                section: choice.section.clone(),
                exhibit: choice.exhibit.as_ref().map(|mark| mark.trim().to_uppercase()),
                directed: choice.directed.clone().filter(|words| !words.trim().is_empty()),
                context: choice.context,
            };
            match all.iter_mut().find(|known| known.id == id) {
                Some(known) => *known = one,
                None => all.push(one),
            }
        }
    }
    all
}

/// The order itself, where it is kept and may be shown, in place of the words taken from it.
pub(super) fn as_printed(book: &Book<'_>, id: RecordId) -> RecordId {
    match book.record(id).map(|record| &record.content) {
        Some(Content::Order(order)) => order.document.filter(|paper| book.may_show(*paper)).unwrap_or(id),
        _ => id,
    }
}

fn is_own_record(id: RecordId) -> bool {
    matches!(id.noun, Noun::Incident | Noun::Step)
}

/// Selects what has pages, and what has a line in the chronology.
pub(super) fn select(book: &mut Book<'_>) -> Result<(), PlanError> {
    let wanted = wanted(book);
    if wanted.is_empty() {
        return Err(PlanError::Empty {
            why: "nothing is chosen for the hearing bundle".to_owned(),
            next: "Choose what the court must read: daybook choose ORD-1 DOC-2 --for hearing".to_owned(),
        });
    }
    for one in &wanted {
        let Some(record) = book.record(one.id) else { continue };
        if is_own_record(one.id) {
            book.select(one.id);
            continue;
        }
        let lawful = one.directed.is_some() || one.exhibit.is_some();
        match Barred::of(record) {
            Some(barred) if !lawful && !barred.overridden(book) => book.leave_out(one.id, barred.why()),
            _ => {
                book.select(one.id);
                book.without_row.insert(one.id);
            }
        }
    }
    with_context(book, &wanted);
    for noun in [Noun::Message, Noun::Document, Noun::Order, Noun::Bundle] {
        let ids: Vec<RecordId> = book.chosen(noun).map(|record| record.id).collect();
        for id in ids {
            book.add_place(Anchor::record(id));
        }
    }
    select::files_shown(book);
    select_rows(book);
    for name in ["front", "index"] {
        book.add_place(Anchor::named(name));
    }
    if !chronology::rows_of(book).is_empty() {
        book.add_place(Anchor::named("chronology"));
        for id in chronology::rows_of(book) {
            book.add_place(chronology::row_anchor(id));
        }
    }
    Ok(())
}

/// Messages around a chosen one, as far as it is in the bundle itself.
fn with_context(book: &mut Book<'_>, wanted: &[Wanted]) {
    for one in wanted.iter().filter(|one| one.context > 0 && book.is_selected(one.id)).cloned().collect::<Vec<_>>() {
        let choice = crate::model::Choice {
            records: vec![one.id],
            profile: Profile::Hearing,
            exhibit: one.exhibit,
            section: one.section,
            directed: one.directed,
            context: one.context,
            withdrawn: false,
        };
        select::select_context(book, &choice);
    }
}

/// Lines of the chronology: what was chosen for it, and the orders. None of them gets a page by that.
fn select_rows(book: &mut Book<'_>) {
    let chosen = chronology_alone::chosen(book);
    for id in &chosen {
        if matches!(id.noun, Noun::Incident | Noun::Step | Noun::Order) {
            book.select(*id);
        }
    }
    if chosen.is_empty() {
        let orders: Vec<RecordId> = book.all(Noun::Order).into_iter().map(|record| record.id).collect();
        for id in orders {
            book.select(id);
        }
    }
}

/// `Bundle for the hearing on 14 December 2026`.
pub(super) fn title(book: &Book<'_>) -> String {
    match book.case().and_then(|case| case.hearing.as_ref()) {
        Some(hearing) => format!("Bundle for the hearing on {}", hearing.when.london_date().plain()),
        None => "Bundle for a hearing".to_owned(),
    }
}

/// `Dated 7 December 2026, for the hearing on Monday 14 December 2026` (27A-33).
pub(super) fn dated(book: &Book<'_>) -> String {
    let made = book.made_date().plain();
    match book.case().and_then(|case| case.hearing.as_ref()) {
        Some(hearing) => format!("Dated {made}, for the hearing on {}", hearing.when.london_date().long()),
        None => format!("Dated {made}"),
    }
}

fn running_head(book: &Book<'_>) -> String {
    match book.case().and_then(|case| case.hearing.as_ref()) {
        Some(hearing) => format!("Hearing on {}", hearing.when.london_date().plain()),
        None => "Bundle for a hearing".to_owned(),
    }
}

/// The standard sections by number from 0: preliminary, applications and orders, statements, reports, other.
const PRELIMINARY: usize = 0;
const COURT: usize = 1;
const STATEMENTS: usize = 2;
const REPORTS: usize = 3;
const OTHER: usize = 4;

/// A section being filled.
struct Draft {
    title: String,
    letter: Option<char>,
    entries: Vec<PlannedEntry>,
}

/// The section titles: those of the rules, then those the user named.
fn titles(book: &Book<'_>, wanted: &[Wanted]) -> Vec<String> {
    let mut titles: Vec<String> = book.input.rules.list("27A-84").to_vec();
    for one in wanted {
        if let Some(words) = &one.section
            && section_named(words, &titles).is_none()
        {
            titles.push(words.trim().to_owned());
        }
    }
    titles
}

/// Which section the user's words name: a letter, or the beginning of a title.
fn section_named(words: &str, titles: &[String]) -> Option<usize> {
    let words = words.trim().to_lowercase();
    let mut chars = words.chars();
    if let (Some(letter @ 'a'..='z'), None) = (chars.next(), chars.next()) {
        let number = letter as usize - 'a' as usize;
        return Some(number).filter(|number| *number < titles.len());
    }
    titles.iter().position(|title| !words.is_empty() && title.to_lowercase().starts_with(&words))
}

fn section_of(one: &Wanted, record: &Record, titles: &[String]) -> usize {
    let named = one.section.as_deref().and_then(|words| section_named(words, titles));
    named.unwrap_or(match &record.content {
        Content::Order(_) => COURT,
        Content::Bundle(_) => STATEMENTS,
        _ if one.exhibit.is_some() => STATEMENTS,
        Content::Document(document) => match document.kind {
            DocumentKind::Order | DocumentKind::Application | DocumentKind::Directions | DocumentKind::Certificate => {
                COURT
            }
            DocumentKind::Statement => STATEMENTS,
            DocumentKind::Report => REPORTS,
            _ => OTHER,
        },
        _ => OTHER,
    })
}

fn is_statement(record: &Record) -> bool {
    matches!(&record.content, Content::Document(document) if document.kind == DocumentKind::Statement)
}

/// The mark of an exhibit a chosen record belongs to, or is.
fn mark_of(one: &Wanted, record: &Record) -> Option<String> {
    one.exhibit.clone().or_else(|| match &record.content {
        Content::Bundle(made) => made.exhibit.clone(),
        _ => None,
    })
}

/// Whose statement it is: who made it, else the person its title names.
fn maker_initials(book: &Book<'_>, record: &Record) -> String {
    let Content::Document(document) = &record.content else { return String::new() };
    if let Some(by) = document.by.as_deref().map(str::trim).filter(|by| !by.is_empty()) {
        return Person::named(by, Role::Other).initials();
    }
    let people = book.people.all();
    let named = people.iter().find(|(_, person)| !person.name.is_empty() && document.title.contains(&person.name));
    named.map_or(String::new(), |(_, person)| person.initials())
}

/// The statement an exhibit of this mark belongs to, among those in the bundle, which are in order of date.
fn statement_of<'a>(book: &Book<'_>, mark: &str, number: Option<u32>, statements: &[&'a Record]) -> Option<&'a Record> {
    let letters = mark.trim_end_matches(|c: char| c.is_ascii_digit());
    let by_maker: Vec<&Record> = statements
        .iter()
        .copied()
        .filter(|record| maker_initials(book, record).eq_ignore_ascii_case(letters))
        .collect();
    let nth = number.and_then(|number| by_maker.get((number as usize).saturating_sub(1)).copied());
    nth.or(by_maker.last().copied()).or(match statements {
        [only] if maker_initials(book, only).is_empty() => Some(only),
        _ => None,
    })
}

/// All sections: letters without gaps, unless an earlier edition of the same hearing was sent, whose
/// letters and order then hold (27A-30, 27A-68, 27A-69).
pub(super) fn sections(book: &Book<'_>) -> Vec<Section> {
    let wanted = wanted(book);
    let titles = titles(book, &wanted);
    let mut drafts: Vec<Draft> =
        titles.iter().map(|title| Draft { title: title.clone(), letter: None, entries: Vec::new() }).collect();
    let sent = editions::last_sent(book);
    let label_before = |id: RecordId| {
        let made = sent.as_ref().map(|sent| sent.made)?;
        made.entries.iter().find(|entry| entry.id == id).map(|entry| entry.first_page.clone())
    };
    let place_before = |id: RecordId| {
        let made = sent.as_ref().map(|sent| sent.made);
        made.and_then(|made| made.entries.iter().position(|entry| entry.id == id)).unwrap_or(usize::MAX)
    };
    let mut items: Vec<(usize, &Wanted, &Record)> = wanted
        .iter()
        .filter(|one| book.is_selected(one.id) && !is_own_record(one.id))
        .filter_map(|one| book.record(one.id).map(|record| (section_of(one, record, &titles), one, record)))
        .collect();
    // What was in the edition that was sent keeps its order; what is new comes after it, earliest first.
    items.sort_by_key(|(section, _, record)| {
        let date = record.content.when().map_or(i64::MAX, When::sort_key);
        (*section, place_before(record.id), date, record.id)
    });
    let items = with_exhibits(book, items);
    for (number, one, record, to_that_statement) in items {
        if let Some(label) = label_before(record.id) {
            drafts[number].letter = label.chars().next().filter(char::is_ascii_uppercase);
        }
        drafts[number].entries.extend(entries_of(book, one, record, to_that_statement));
    }
    let mut preliminary = own_pages(book, &drafts);
    preliminary.append(&mut drafts[PRELIMINARY].entries);
    drafts[PRELIMINARY].entries = preliminary;
    lettered(drafts, sent.is_some())
}

/// Exhibits behind their statements: each item with whether it follows the statement it belongs to.
fn with_exhibits<'a>(
    book: &Book<'_>,
    items: Vec<(usize, &'a Wanted, &'a Record)>,
) -> Vec<(usize, &'a Wanted, &'a Record, bool)> {
    let statements: Vec<&Record> = {
        let mut found: Vec<&Record> =
            items.iter().map(|(_, _, record)| *record).filter(|record| is_statement(record)).collect();
        found.sort_by_key(|record| (record.content.when().map_or(i64::MAX, When::sort_key), record.id));
        found
    };
    let owner = |one: &Wanted, record: &Record| {
        let number = match &record.content {
            Content::Bundle(made) => made.statement,
            _ => None,
        };
        mark_of(one, record).and_then(|mark| statement_of(book, &mark, number, &statements)).map(|record| record.id)
    };
    let (mut exhibits, others): (Vec<_>, Vec<_>) =
        items.into_iter().partition(|(_, one, record)| owner(one, record).is_some());
    exhibits.sort_by_key(|(_, one, record)| mark_of(one, record));
    let mut all = Vec::new();
    for (section, one, record) in others {
        all.push((section, one, record, false));
        for (_, exhibit, of) in exhibits.iter().filter(|(_, exhibit, of)| owner(exhibit, of) == Some(record.id)) {
            all.push((section, *exhibit, *of, true));
        }
    }
    all
}

/// The first page, the index and, where it has lines, the chronology.
fn own_pages(book: &Book<'_>, drafts: &[Draft]) -> Vec<PlannedEntry> {
    let head = running_head(book);
    let page = |anchor: &str, title: &str, paper| PlannedEntry {
        anchor: Anchor::named(anchor),
        id: None,
        version: None,
        date: book.made_date().index(),
        title: title.to_owned(),
        head_right: head.clone(),
        sources: Vec::new(),
        paper,
    };
    let entries: Vec<&PlannedEntry> = drafts.iter().flat_map(|draft| &draft.entries).collect();
    let front = hearing_front::front(book, &entries);
    let mut pages =
        vec![page("front", &front.title.clone(), Paper::HearingFront(front)), page("index", "Index", Paper::Index)];
    let chronology = hearing_chronology::page(book, &entries);
    if !chronology.rows.is_empty() {
        pages.push(page("chronology", "Chronology", Paper::Chronology(chronology)));
    }
    pages
}

/// Gives the letters. Those of an edition that was sent stay; new sections take the letters after them.
fn lettered(drafts: Vec<Draft>, was_sent: bool) -> Vec<Section> {
    let mut drafts: Vec<Draft> = drafts.into_iter().filter(|draft| !draft.entries.is_empty()).collect();
    if was_sent {
        if let Some(first) = drafts.first_mut() {
            first.letter = Some('A');
        }
        let mut next = drafts.iter().filter_map(|draft| draft.letter).max().map_or(b'A', |letter| letter as u8 + 1);
        for draft in drafts.iter_mut().filter(|draft| draft.letter.is_none()) {
            draft.letter = Some(char::from(next.min(b'Z')));
            next = next.saturating_add(1);
        }
        drafts.sort_by_key(|draft| draft.letter);
    } else {
        for (draft, letter) in drafts.iter_mut().zip('A'..='Z') {
            draft.letter = Some(letter);
        }
    }
    let section = |draft: Draft| Section {
        letter: draft.letter,
        described: draft.title.clone(),
        title: draft.title,
        entries: draft.entries,
    };
    drafts.into_iter().map(section).collect()
}

fn entries_of(book: &Book<'_>, one: &Wanted, record: &Record, to_that_statement: bool) -> Vec<PlannedEntry> {
    let mut entries = match &record.content {
        Content::Message(_) => messages::with_attachments(book, record),
        Content::Document(_) => documents::entry(book, record).into_iter().collect(),
        Content::Order(words) => vec![order::entry(book, record, words)],
        Content::Bundle(made) => vec![finished_paper(book, record, made)],
        _ => Vec::new(),
    };
    if let Some(first) = entries.first_mut() {
        if let Content::Bundle(made) = &record.content
            && let Some(mark) = &made.exhibit
        {
            let to = if to_that_statement { " to that statement" } else { "" };
            first.title = format!("Exhibit {mark}{to}");
        } else if let Some(mark) = &one.exhibit
            && !first.title.to_uppercase().contains(&format!("EXHIBIT {mark}"))
        {
            first.title = format!("Exhibit {mark}: {}", first.title);
        }
        if let Some(words) = &one.directed {
            first.title = format!("{}, directed by {}", first.title, words.trim().trim_end_matches('.'));
        }
    }
    for entry in &mut entries {
        without_hashes(&mut entry.paper);
    }
    entries
}

/// A paper made earlier, exactly as it was handed over: an exhibit with its own numbers.
fn finished_paper(book: &Book<'_>, record: &Record, made: &BundleRecord) -> PlannedEntry {
    let pages = book.kept(&made.sha256).and_then(|kept| kept.pdf.as_ref()).filter(|pages| !pages.is_empty());
    let name = files::label(&made.file);
    let paper = match pages {
        Some(pages) => Paper::Foreign(ForeignPages { source: made.sha256, pages: pages.clone() }),
        None => Paper::Placeholder(Placeholder {
            title: "A paper handed over earlier: not shown here".to_owned(),
            subtitle: words(format!("{name}, {} pages. This page stands in its place.", made.pages)),
            fields: vec![Field { label: "Edition".into(), value: vec![words(record.id.to_string())], small: None }],
            closing: words("The file can be produced whole if it is asked for."),
            source: words(""),
            hash: made.sha256,
        }),
    };
    PlannedEntry {
        anchor: Anchor::record(record.id),
        id: Some(record.id),
        version: Some(record.version),
        date: record.written_at.in_zone(crate::model::Zone::LONDON).date.index(),
        title: name,
        head_right: format!("Paper {}", record.id),
        sources: vec![made.sha256],
        paper,
    }
}

/// No hash stands on a page of a hearing bundle; the check folder has them.
pub(super) fn without_hashes(paper: &mut Paper) {
    let cut = |source: &mut Rich| {
        if let Some(at) = source.iter().position(|span| matches!(span, Span::Mono(_))) {
            source.truncate(at);
        }
        for span in source.iter_mut() {
            if let Span::Text(words) = span
                && let Some(at) = words.find("SHA-256")
            {
                words.truncate(at);
                let kept = words.trim_end().len();
                words.truncate(kept);
            }
        }
        source.retain(|span| !matches!(span, Span::Text(words) if words.is_empty()));
    };
    match paper {
        Paper::Email(page) => cut(&mut page.source),
        Paper::Transcript(page) => cut(&mut page.source),
        Paper::Photograph(page) => cut(&mut page.source),
        Paper::Placeholder(page) => cut(&mut page.source),
        _ => {}
    }
}

/// What is to be said of a hearing bundle before it is laid out.
pub(super) fn findings(book: &Book<'_>, plan: &super::super::plan::BundlePlan) -> Vec<Finding> {
    let wanted = wanted(book);
    let statements = wanted.iter().any(|one| book.is_selected(one.id) && book.record(one.id).is_some_and(is_statement));
    let mut findings = exclusions::findings(book, &wanted, statements, &plan.left_out);
    findings.extend(who_prepares(book));
    findings.extend(about_the_front(book, plan));
    let rules = &book.input.rules;
    for one in &wanted {
        let id = one.id;
        if let Some(decision) = book.decisions.get(&id).filter(|decision| !decision.shown()) {
            let what = format!("{id} was chosen for the bundle and is held back: {}.", decision.why);
            let next = format!("If that is right, take it off the choice; to see it: daybook show {id}.");
            findings.push(Finding::new(Severity::Warn, "chosen-held-back", id.to_string(), what, next));
        } else if is_own_record(id) {
            let what = format!(
                "{id} has a line in the chronology and no page: notes of contact are kept out of hearing bundles."
            );
            let next = "What the court should read of it goes in a statement.";
            let finding = Finding::new(Severity::Info, "line-only", id.to_string(), what, next);
            findings.push(rules.finding("27A-23", Severity::Info, finding));
        }
        let Some(record) = book.record(id).filter(|_| book.is_selected(id)) else { continue };
        if matches!(record.content, Content::Order(_)) {
            let what =
                format!("{id} stands in the bundle as words typed into the record, not as the court's own paper.");
            let next = "Add the sealed order as a PDF (daybook add FILE --as order) and join it to the order.";
            findings.push(Finding::new(Severity::Warn, "order-not-the-paper", id.to_string(), what, next));
        }
        let owned = mark_of(one, record).filter(|_| !follows_a_statement(book, plan, id));
        if let Some(mark) = owned.filter(|_| statements || matches!(record.content, Content::Bundle(_))) {
            let what = format!("It is not clear to which statement in the bundle {id}, exhibit {mark}, belongs.");
            let next =
                "Choose that statement too, and say who made it: daybook amend DOC-n --set by=\"…\" --why \"…\".";
            let finding = Finding::new(Severity::Warn, "exhibit-of-whom", id.to_string(), what, next);
            findings.push(rules.finding("27A-24", Severity::Warn, finding));
        }
    }
    findings
}

/// Whether the entry stands behind a statement, other exhibits between them allowed.
fn follows_a_statement(book: &Book<'_>, plan: &super::super::plan::BundlePlan, id: RecordId) -> bool {
    let wanted = wanted(book);
    let Some(section) = plan.sections.iter().find(|part| part.entries.iter().any(|entry| entry.id == Some(id))) else {
        return false;
    };
    let before = section.entries.iter().take_while(|entry| entry.id != Some(id)).filter_map(|entry| entry.id);
    let mut follows = false;
    for record in before.filter_map(|id| book.record(id)) {
        let exhibit = wanted.iter().any(|one| one.id == record.id && mark_of(one, record).is_some());
        follows = is_statement(record) || follows && exhibit;
    }
    follows
}

/// Who prepares the bundle is asked before it is made (27A-06 to 27A-09).
fn who_prepares(book: &Book<'_>) -> Option<Finding> {
    let prepares = book.case().and_then(|case| case.hearing.as_ref()).and_then(|hearing| hearing.prepares);
    let usual = "Usually the applicant does (27A-06); a respondent with a lawyer where the applicant has none (27A-07); \
                 where nobody has a lawyer the court may ask its own service (27A-08). So it is described; the order or \
                 notice you have decides.";
    let (kind, what, next) = match prepares {
        Some(true) => return None,
        Some(false) => (
            "not-yours-to-prepare",
            format!("The book says that you were not told to prepare the bundle. {usual}"),
            "Send each paper as a PDF of its own: daybook bundle --for exhibit, daybook bundle --for chronology. If you \
             were told since: daybook case --prepares yes.",
        ),
        None => (
            "who-prepares",
            format!("The book does not say whether you were told to prepare the bundle. {usual}"),
            "Say which: daybook case --prepares yes, or --prepares no. If it is not yours, send each paper as a PDF of \
             its own.",
        ),
    };
    let finding = Finding::new(Severity::Warn, kind, "case", what, next);
    Some(book.input.rules.finding("27A-09", Severity::Warn, finding))
}

fn about_the_front(book: &Book<'_>, plan: &super::super::plan::BundlePlan) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rules = &book.input.rules;
    let mut say = |kind: &str, rule: Option<&str>, severity, what: String, next: &str| {
        let finding = Finding::new(severity, kind, "first page", what, next);
        findings.push(match rule {
            Some(rule) => rules.finding(rule, severity, finding),
            None => finding,
        });
    };
    let Some(case) = book.case() else {
        say(
            "heading",
            Some("22A-04"),
            Severity::Warn,
            "The book has no case: the heading is not whole.".into(),
            "daybook case",
        );
        return findings;
    };
    if case.number.is_none() || case.court.is_none() {
        let what = "Court or case number is not in the book, so the heading is not whole.".to_owned();
        say("heading", Some("22A-04"), Severity::Warn, what, "Give them with daybook case.");
    }
    let Some(hearing) = &case.hearing else {
        let what = "The book does not say when the hearing is; the first page and the index name no day.".to_owned();
        say(
            "no-hearing",
            Some("27A-33"),
            Severity::Warn,
            what,
            "Give it: daybook case --hearing \"14 December 2026 10.00\".",
        );
        return findings;
    };
    if hearing.to_decide.is_empty() {
        let what = "The first page does not say what is to be decided.".to_owned();
        say("to-decide", None, Severity::Info, what, "Give it in your words: daybook case --decide \"…\".");
    }
    if hearing.agreed.is_empty() != hearing.not_agreed.is_empty() {
        let what = "The first page says only one of what is agreed and what is not agreed.".to_owned();
        say("one-sided", None, Severity::Info, what, "Give both: daybook case --agreed \"…\" --not-agreed \"…\".");
    }
    for id in &hearing.essential {
        if book.page_of(as_printed(book, *id)).is_none() {
            let what = format!("{id} is named as essential reading and is not in the bundle.");
            let next = format!("Choose it: daybook choose {id} --for hearing.");
            say("essential-missing", Some("27A-70"), Severity::Warn, what, &next);
        }
    }
    for (record, order) in hearing_front::in_force(book) {
        if book.page_of(as_printed(book, record.id)).is_none() {
            let what = format!("{}, in force as far as the book knows, is not in the bundle.", order::named(order));
            let next = format!("Choose it: daybook choose {} --for hearing.", record.id);
            say("order-missing", None, Severity::Warn, what, &next);
        }
    }
    let _ = plan;
    findings
}
