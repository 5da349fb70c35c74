//! Events as paragraphs of a statement, and the pages of exhibits and of the hearing bundle that it may name.

use std::collections::{BTreeMap, BTreeSet};

use super::book::Book;
use super::{chronology, chronology_alone, documents, exhibit};
use crate::model::{BundleRecord, Content, Incident, Knowledge, Message, Noun, Profile, Record, RecordId, When};

/// The last edition of each exhibit of this maker, and where it prints what.
pub(super) struct Exhibits {
    /// The marks, in order.
    pub marks: Vec<String>,
    /// The first page of each record.
    pub pages: BTreeMap<RecordId, String>,
}

/// Pages of the last hearing bundle, and in words which one.
#[derive(Default)]
pub(super) struct BundlePages {
    /// The first page of each record.
    pub labels: BTreeMap<RecordId, String>,
    /// `Page references are to the bundle made on …`
    pub words: String,
}

fn editions<'a>(book: &Book<'a>, profile: Profile) -> Vec<(&'a Record, &'a BundleRecord)> {
    let made = book.all(Noun::Bundle).into_iter().filter_map(|record| match &record.content {
        Content::Bundle(made) if made.profile == profile => Some((record, made.as_ref())),
        _ => None,
    });
    let mut made: Vec<_> = made.collect();
    made.sort_by_key(|(record, _)| record.id);
    made
}

/// Exhibits made for this statement; where its number is not known, all of them. Those of other statements
/// belong to them.
pub(super) fn exhibits(book: &Book<'_>) -> Exhibits {
    let wanted = book.input.options.exhibit.statement;
    let letters = exhibit::initials(book);
    let mut last: BTreeMap<String, &BundleRecord> = BTreeMap::new();
    for (_, made) in editions(book, Profile::Exhibit) {
        let Some(mark) = &made.exhibit else { continue };
        let this_maker = mark.trim_end_matches(|c: char| c.is_ascii_digit()).eq_ignore_ascii_case(&letters);
        let this_statement = wanted.is_none() || made.statement.is_none() || made.statement == wanted;
        if this_maker && this_statement {
            last.insert(mark.clone(), made);
        }
    }
    let mut pages = BTreeMap::new();
    for entry in last.values().flat_map(|made| &made.entries) {
        pages.entry(entry.id).or_insert_with(|| entry.first_page.clone());
    }
    Exhibits { marks: last.into_keys().collect(), pages }
}

/// The last hearing bundle.
pub(super) fn pages_of_the_bundle(book: &Book<'_>) -> BundlePages {
    let editions = editions(book, Profile::Hearing);
    let Some((record, made)) = editions.last() else { return BundlePages::default() };
    let day = record.written_at.in_zone(crate::model::Zone::LONDON).date;
    BundlePages {
        labels: made.entries.iter().map(|entry| (entry.id, entry.first_page.clone())).collect(),
        words: format!("Page references are to the hearing bundle made on {}.", day.plain()),
    }
}

/// One paragraph an event, earliest first, each with how it is known and the pages that support it; and the
/// records those pages print.
pub(super) fn paragraphs(book: &Book<'_>, exhibits: &Exhibits) -> (Vec<String>, BTreeSet<RecordId>) {
    let chosen = chronology_alone::chosen(book);
    let mut used = BTreeSet::new();
    let mut paragraphs = Vec::new();
    for record in book.all(Noun::Incident) {
        let Content::Incident(event) = &record.content else { continue };
        let wanted = chosen.is_empty() || chosen.contains(&record.id);
        if !wanted || !book.may_show(record.id) || !book.in_range(record) {
            continue;
        }
        let mut said = vec![format!("On {}: {}", day(record), book.line(record))];
        said.extend(chronology::beside(book, record.id));
        if let Some(reference) = due_under(book, event) {
            said.push(reference);
        }
        said.push("[in your own words: what you saw and heard]".to_owned());
        said.push(knowledge(event).to_owned());
        for id in chronology::supporting(book, record) {
            if let Some(page) = exhibits.pages.get(&id)
                && let Some(sentence) = introduced(book, id, page)
            {
                used.insert(id);
                said.push(sentence);
            }
        }
        paragraphs.push(said.join(" "));
    }
    (paragraphs, used)
}

/// What the exhibits hold besides, one sentence each.
pub(super) fn other_exhibits(book: &Book<'_>, exhibits: &Exhibits, used: &BTreeSet<RecordId>) -> Vec<String> {
    let mut others: Vec<(&RecordId, &String)> = exhibits.pages.iter().filter(|(id, _)| !used.contains(id)).collect();
    let when =
        |id: &RecordId| book.record(*id).and_then(|record| record.content.when()).map_or(i64::MAX, When::sort_key);
    others.sort_by_key(|(id, _)| (when(id), **id));
    others.into_iter().filter_map(|(id, page)| introduced(book, *id, page)).collect()
}

fn day(record: &Record) -> String {
    record.content.when().map_or_else(|| "[date]".to_owned(), |when| when.london_date().plain())
}

fn due_under(book: &Book<'_>, event: &Incident) -> Option<String> {
    let order = book.record(event.order?)?;
    let Content::Order(order) = &order.content else { return None };
    let made = order.made.as_ref().map_or_else(|| "[date]".to_owned(), |made| made.london_date().plain());
    let paragraph = event.paragraph.as_deref().map_or(String::new(), |number| format!("paragraph {number} of "));
    Some(format!("Contact was due under {paragraph}the order of {made}."))
}

/// How the maker knows (22A-07).
fn knowledge(event: &Incident) -> &'static str {
    match event.knowledge {
        Some(Knowledge::Own) => "I know this myself.",
        Some(Knowledge::Told) => "I was told this by [who told you, and when].",
        Some(Knowledge::Read) => "I read this in [where, and when].",
        None => "[Say how you know this: you were there; or who told you, and when; or where you read it.]",
    }
}

/// `At AR1-14 is an e-mail of 3 May 2026 from Sam Reed, in which […]`: what it is, then why it matters (22A-31).
fn introduced(book: &Book<'_>, id: RecordId, page: &str) -> Option<String> {
    let record = book.record(id).filter(|record| book.may_show(record.id))?;
    let of = record.content.when().map_or_else(String::new, |when| format!(" of {}", when.london_date().plain()));
    let what = match &record.content {
        Content::Message(message) => format!("{}{of}{}", message_noun(message), from(book, message)),
        Content::Document(document) => {
            let by = document.by.as_deref().map_or(String::new(), |by| format!(", by {by}"));
            format!("a copy of “{}”{of}{by}", documents::title(document))
        }
        _ => return None,
    };
    let prompt = match &record.content {
        Content::Message(_) => "in which [in your own words: what it says, and why it matters]",
        _ => "which shows [in your own words: what it shows, and why it matters]",
    };
    Some(format!("At {page} is {what}, {prompt}."))
}

fn message_noun(message: &Message) -> &'static str {
    match message.channel {
        crate::model::Channel::Email => "an e-mail",
        crate::model::Channel::Call => "my note of a call",
        crate::model::Channel::Conversation => "my note of a conversation",
        _ => "a message",
    }
}

fn from(book: &Book<'_>, message: &Message) -> String {
    book.people.printed_sender(message).map_or(String::new(), |name| format!(" from {name}"))
}
