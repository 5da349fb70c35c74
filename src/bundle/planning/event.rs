//! Contact events and steps: what was due, what took place, fields in their fixed order, support.

use super::super::Rich;
use super::super::plan::{Anchor, EventPage, EventRow, Field, Paper, PlannedEntry, Span, SupportRow};
use super::book::Book;
use super::chronology::{NOTHING_DUE, row_anchor, supporting};
use super::{contact, order, text, words};
use crate::contact::Why;
use crate::model::when::duration_in_words;
use crate::model::{
    Basis, Content, Incident, IncidentKind, Knowledge, Noun, Order, Outcome, Record, RecordId, Stamp, Step, When, Zone,
};
use crate::timeline::{self, delay_in_writing, first_words, line, says_none};

/// A step longer than this has a page of its own; a shorter one is a line of the chronology.
const A_LINE: usize = 160;

/// Whether a selected record has a page of its own. Steps of mediation never have (MED-17).
pub(super) fn has_page(book: &Book<'_>, record: &Record) -> bool {
    match &record.content {
        Content::Step(step) => {
            let fact_only = step.kind.fact_only();
            let told = step.until.is_some() || step.outcome.is_some() || step.how.is_some() || step.done.is_some();
            let more = told || step.what.chars().count() > A_LINE || step.what.trim().contains('\n');
            !fact_only && (more || !supporting(book, record).is_empty())
        }
        _ => true,
    }
}

pub(super) fn entries(book: &Book<'_>) -> Vec<PlannedEntry> {
    let mut records: Vec<&Record> = book.chosen(Noun::Incident).chain(book.chosen(Noun::Step)).collect();
    records.retain(|record| has_page(book, record));
    records.sort_by_key(|record| (record.content.when().map_or(i64::MAX, When::sort_key), record.id));
    records
        .into_iter()
        .filter_map(|record| match &record.content {
            Content::Incident(event) => Some(event_entry(book, record, event)),
            Content::Step(step) => Some(step_entry(book, record, step)),
            _ => None,
        })
        .collect()
}

fn event_entry(book: &Book<'_>, record: &Record, event: &Incident) -> PlannedEntry {
    let outcome = book.event_title(record.id, event);
    let apart = not_due(book, record.id);
    let outcome = if apart.is_some() { format!("{outcome}; nothing was due then") } else { outcome };
    let date = event.when().map(When::london_date);
    let day = date.map_or_else(|| "Date not known".to_owned(), crate::model::Date::long);
    let mut otherwise = book.links.bearing_on(record.id).contradicted_by;
    otherwise.extend(book.contact().otherwise(record.id).into_iter().filter(|id| book.may_show(*id)));
    otherwise.dedup();
    let page = EventPage {
        title: format!("{day}: {}", uncapitalised(&outcome)),
        subtitle: subtitle(book, record, event),
        table: table(book, record.id, event),
        fields: event_fields(book, record, event),
        supported_by: support_rows(book, &supporting(book, record)),
        says_otherwise: support_rows(book, &otherwise),
    };
    PlannedEntry {
        anchor: Anchor::record(record.id),
        id: Some(record.id),
        version: Some(record.version),
        date: date.map_or(String::new(), crate::model::Date::index),
        title: outcome,
        head_right: format!("Contact event {}", record.id),
        sources: event.attachments.clone(),
        paper: Paper::Event(page),
    }
}

fn step_entry(book: &Book<'_>, record: &Record, step: &Step) -> PlannedEntry {
    let date = step.when.as_ref().map(When::london_date);
    let day = date.map_or_else(|| "Date not known".to_owned(), crate::model::Date::long);
    let mut fields = vec![field("What happened", paragraphs(&step.what))];
    let with: Vec<String> = step.with.iter().filter_map(|id| book.people.get(*id)).map(|p| p.name.clone()).collect();
    if !with.is_empty() {
        fields.push(field("With", vec![words(with.join(", "))]));
    }
    fields.extend(step_fields(book, step));
    fields.push(field("Written down", written_down(book, record, None)));
    let page = EventPage {
        title: format!("{day}: {}", step.named()),
        subtitle: chronology_reference(book, record.id),
        table: Vec::new(),
        fields,
        supported_by: support_rows(book, &supporting(book, record)),
        says_otherwise: support_rows(book, &book.links.bearing_on(record.id).contradicted_by),
    };
    PlannedEntry {
        anchor: Anchor::record(record.id),
        id: Some(record.id),
        version: Some(record.version),
        date: date.map_or(String::new(), crate::model::Date::index),
        title: first_words(line(record, &book.people).trim_end_matches('.'), 90),
        head_right: format!("Step {}", record.id),
        sources: step.attachments.clone(),
        paper: Paper::Event(page),
    }
}

/// What this kind of step needs, as far as it was written down, in the order of the road's table.
fn step_fields(book: &Book<'_>, step: &Step) -> Vec<Field> {
    let record = |id: Option<RecordId>| {
        let id = id.filter(|id| book.is_selected(*id))?;
        let mut rich = words(support_title(book, book.record(id)?));
        rich.extend(book.page_of(id).map(|page| book.in_brackets(page)).unwrap_or_default());
        Some(rich)
    };
    let when = |when: Option<&When>| when.map(|when| words(when.long()));
    let said = |text: Option<&String>| filled(text).map(words);
    let values = [
        ("answers", record(step.answers)),
        ("place", said(step.place.as_ref())),
        ("how", said(step.how.as_ref())),
        ("in-writing", step.in_writing.map(|yes| words(if yes { "Yes" } else { "No" }))),
        ("until", when(step.until.as_ref())),
        ("about", record(step.about)),
        ("reference", said(step.reference.as_ref())),
        ("outcome", said(step.outcome.as_ref())),
        ("done", when(step.done.as_ref())),
        ("fee", step.fee.map(|pence| words(format!("£{}.{:02}", pence / 100, pence % 100)))),
    ];
    values.into_iter().filter_map(|(name, value)| Some(field(step.kind.label(name)?, vec![value?]))).collect()
}

/// `Due under paragraph 3 of the order of 27 February 2026 (B2). Chronology: A4. Figures: A6.`
fn subtitle(book: &Book<'_>, record: &Record, event: &Incident) -> Rich {
    let mut rich: Rich = Vec::new();
    let due = Due::of(book, record.id, event);
    if let Some(apart) = not_due(book, record.id) {
        rich.push(text(format!("{apart}. ")));
        rich.extend(chronology_reference(book, record.id));
        return rich;
    }
    let ordered = due.order.and_then(|id| shown_order(book, id)).zip(due.order);
    match (ordered, due.basis) {
        (Some((order, id)), _) => {
            let paragraph = due.paragraph;
            let under = paragraph.map_or(String::new(), |number| format!("paragraph {number} of "));
            rich.push(text(format!("Due under {under}{}", order::named(order))));
            let place = paragraph.map(|number| order::paragraph_anchor(id, number));
            let place = place.and_then(|anchor| book.place(anchor)).unwrap_or_else(|| Anchor::record(id));
            rich.extend(book.in_brackets(place));
            rich.push(text(". "));
        }
        (None, Some(Basis::Order)) => rich.push(text("Due under a court order. ")),
        (None, Some(Basis::Agreement)) => rich.push(text("Due by agreement. ")),
        (None, Some(Basis::Pattern)) => rich.push(text("Due as had become usual. ")),
        (None, Some(Basis::Asked)) => rich.push(text("Asked for by me. ")),
        (None, None) => {}
    }
    rich.extend(chronology_reference(book, record.id));
    let figures = Anchor::named(if book.is_call(record.id) { contact::CALLS } else { "contact" });
    if let Some(contact) = book.place(figures)
        && book.in_range(record)
    {
        rich.extend([text(" Figures: "), Span::Reference(contact), text(".")]);
    }
    rich
}

fn chronology_reference(book: &Book<'_>, id: RecordId) -> Rich {
    match book.place(row_anchor(id)) {
        Some(anchor) => vec![text("Chronology: "), Span::Reference(anchor), text(".")],
        None => Vec::new(),
    }
}

/// What to say of an event that the reckoning lists apart because nothing was due at its time.
fn not_due(book: &Book<'_>, id: RecordId) -> Option<String> {
    match book.contact().apart(id)? {
        Why::NothingDue => Some(capitalised(NOTHING_DUE)),
        Why::OtherTime => Some("The orders in this record make contact due then at another time than this".to_owned()),
        _ => None,
    }
}

/// What was due: by the computed session that the event tells of, else by the event itself.
struct Due<'a> {
    start: Option<String>,
    end: Option<String>,
    order: Option<RecordId>,
    paragraph: Option<&'a str>,
    basis: Option<Basis>,
    place: Option<&'a str>,
    reckoning: Option<&'a str>,
}

impl<'a> Due<'a> {
    fn of(book: &'a Book<'_>, id: RecordId, event: &'a Incident) -> Self {
        let table = |when: Option<&When>| when.map(When::table);
        let place = filled(event.place.as_ref());
        if not_due(book, id).is_some() {
            let said = event.due.as_ref().map(|due| format!("Nothing was due; written down as due {}", due.table()));
            return Due { start: said, end: None, order: None, paragraph: None, basis: None, place, reckoning: None };
        }
        match book.contact().told_by(id).filter(|session| session.reckoning.is_some()) {
            Some(session) => Due {
                start: session.due_start.map(|start| start.table()),
                end: session.due_end.map(|end| end.table()),
                order: session.order,
                paragraph: session.paragraph.as_deref(),
                basis: session.basis,
                place: place.or(filled(session.place.as_ref())),
                reckoning: session.reckoning.as_deref().filter(|_| session.order.is_some_and(|id| book.may_show(id))),
            },
            None => Due {
                start: table(event.due.as_ref()),
                end: table(event.until.as_ref()),
                order: event.order,
                paragraph: event.paragraph.as_deref(),
                basis: event.basis,
                place,
                reckoning: None,
            },
        }
    }
}

/// An order that this paper shows.
fn shown_order<'a>(book: &Book<'a>, id: RecordId) -> Option<&'a Order> {
    match book.record(id).map(|record| &record.content) {
        Some(Content::Order(order)) if book.is_selected(id) => Some(order),
        _ => None,
    }
}

/// Due and what took place; nothing where nothing was due.
fn table(book: &Book<'_>, id: RecordId, event: &Incident) -> Vec<EventRow> {
    let due = Due::of(book, id, event);
    if due.start.is_none() {
        return Vec::new();
    }
    let (start, end) = took_place(event);
    let row = |label: &str, due: String, actual: Option<String>| EventRow {
        label: label.to_owned(),
        due: words(due),
        actual: actual.map(words),
    };
    let told = |time: Option<String>| time.unwrap_or_else(|| "Not written down".to_owned());
    let until = if not_due(book, id).is_some() { "–".to_owned() } else { told(due.end) };
    let mut rows = vec![row("Start", told(due.start), Some(start)), row("End", until, Some(end))];
    if due.place.is_some() || event.arrived.is_some() || event.left.is_some() {
        let place = due.place.unwrap_or("Not written down").to_owned();
        rows.push(row("Handover", place, Some(at_the_handover(event))));
    }
    let paragraph = due.order.and_then(|id| shown_order(book, id)).zip(due.paragraph);
    if let Some(paragraph) = paragraph.and_then(|(order, number)| order.paragraph(number)) {
        rows.push(row(&format!("Order, paragraph {}", paragraph.number), format!("“{}”", paragraph.words), None));
    }
    // How the words make it due on this day (C79-04).
    rows.extend(due.reckoning.map(|reckoning| row("Reckoned", reckoning.to_owned(), None)));
    rows
}

/// Start and end as they took place, by what was written down alone.
fn took_place(event: &Incident) -> (String, String) {
    let given = |when: Option<&When>, otherwise: &str| when.map_or_else(|| otherwise.to_owned(), When::table);
    let Some(kind) = event.kind else { return ("Not known".to_owned(), "Not known".to_owned()) };
    match kind.outcome() {
        Outcome::Kept if kind == IncidentKind::NotReturned => (
            given(event.started.as_ref(), "As due"),
            given(event.ended.as_ref(), "Later than due; time not written down"),
        ),
        Outcome::Kept => (given(event.started.as_ref(), "As due"), given(event.ended.as_ref(), "As due")),
        Outcome::Late => {
            (given(event.started.as_ref(), "Late; time not written down"), given(event.ended.as_ref(), "As due"))
        }
        Outcome::EndedEarly => {
            (given(event.started.as_ref(), "As due"), given(event.ended.as_ref(), "Early; time not written down"))
        }
        Outcome::AgreedChange | Outcome::MadeUp => ("Changed by agreement".to_owned(), "–".to_owned()),
        Outcome::NotKnown => ("Not known".to_owned(), "Not known".to_owned()),
        _ => (given(event.started.as_ref(), "Did not start"), "–".to_owned()),
    }
}

fn at_the_handover(event: &Incident) -> String {
    let clock = |when: &When| when.london().time.map_or_else(|| when.table(), crate::model::TimeOfDay::clock);
    let mut said = match (&event.arrived, &event.left) {
        (Some(arrived), Some(left)) => format!("I arrived at {} and left at {}.", clock(arrived), clock(left)),
        (Some(arrived), None) => format!("I arrived at {}.", clock(arrived)),
        (None, Some(left)) => format!("I waited until {}.", clock(left)),
        (None, None) => String::new(),
    };
    if event.kind == Some(IncidentKind::NobodyThere) {
        if let (Some(arrived), Some(left)) = (&event.arrived, &event.left) {
            said = format!("I arrived at {} and waited until {}.", clock(arrived), clock(left));
        }
        format!("{said} Nobody came.").trim().clone_into(&mut said);
    }
    if said.is_empty() { "–".to_owned() } else { said }
}

/// The fields in their fixed order. An empty optional one is left out; reason, child and written down
/// always print.
fn event_fields(book: &Book<'_>, record: &Record, event: &Incident) -> Vec<Field> {
    let mut fields = Vec::new();
    if event.kind.is_none() {
        let unfinished =
            "This entry is unfinished: what became of it was not written down, so it is counted as not known.";
        fields.push(field("State", vec![words(unfinished)]));
    }
    if !event.what.trim().is_empty() {
        fields.push(field("What happened", paragraphs(&event.what)));
    }
    if let Some(said) = filled(event.said.as_ref()) {
        fields.push(field("Exact words", paragraphs(said)));
    }
    if event.for_safety == Some(true) {
        fields.push(field("For safety", vec![words("It was cancelled, or ended, for somebody’s safety.")]));
    }
    fields.push(field("Reason given", vec![words(reason(book, record, event))]));
    fields.push(field(
        &child_label(book, event),
        paragraphs(filled(event.child_observed.as_ref()).unwrap_or("Nothing written down")),
    ));
    let there: Vec<&str> = event.with.iter().filter_map(|id| book.people.get(*id)).map(|p| p.name.as_str()).collect();
    if !there.is_empty() {
        fields.push(field("Who was there", vec![words(there.join(", "))]));
    }
    let know = match event.knowledge {
        Some(Knowledge::Own) => "My own knowledge.",
        Some(Knowledge::Told) => "I was told.",
        Some(Knowledge::Read) => "I read it.",
        None => "Not written down",
    };
    fields.push(field("How I know", vec![words(know)]));
    if let Some(also) = filled(event.also_known.as_ref()) {
        fields.push(field("Also known to me", paragraphs(also)));
    }
    for (label, value) in [("Change agreed", &event.agreed), ("Other time offered", &event.offered)] {
        if let Some(value) = filled(value.as_ref()) {
            fields.push(field(label, paragraphs(value)));
        }
    }
    fields.extend(another_time(book, record.id));
    if let Some(loss) = &event.loss {
        let what = if loss.what.trim().is_empty() { String::new() } else { format!(", {}", loss.what.trim()) };
        fields.push(field("Loss", vec![words(format!("£{}.{:02}{what}.", loss.pence / 100, loss.pence % 100))]));
    }
    fields.push(field("Written down", written_down(book, record, Some(event))));
    fields
}

/// When a session was held instead, or in the place of which session this stands.
fn another_time(book: &Book<'_>, id: RecordId) -> Vec<Field> {
    let contact = book.contact();
    let on = |stamp: Option<Stamp>| stamp.map_or_else(|| "another day".to_owned(), |start| start.long());
    let instead = contact.told_by(id).map_or(&[][..], |session| &session.instead);
    let mut fields: Vec<Field> = instead
        .iter()
        .filter(|instead| book.may_show(instead.incident))
        .map(|instead| {
            let mut rich = words(format!("{} ({}): {}", on(instead.start), instead.incident, instead.outcome.plain()));
            rich.extend(book.page_of(instead.incident).map(|page| book.in_brackets(page)).unwrap_or_default());
            field("Instead, at another time", vec![rich])
        })
        .collect();
    if let Some(session) = contact.in_place_of(id) {
        let mut rich = words(format!("What was due on {}", on(session.due_start)));
        let page = session.incident.and_then(|incident| book.page_of(incident));
        rich.extend(page.map(|page| book.in_brackets(page)).unwrap_or_default());
        fields.push(field("In the place of", vec![rich]));
    }
    fields
}

/// The reason in its own words, and by whom; "None given" is an answer (C79-07).
pub(super) fn reason(book: &Book<'_>, record: &Record, event: &Incident) -> String {
    let by = filled(event.reason_by.as_ref()).map_or(String::new(), |by| format!(" Given by {by}."));
    match filled(event.reason.as_ref()) {
        Some(reason) if says_none(reason) => "None given".to_owned(),
        Some(reason) if reason.contains(['“', '"']) => format!("{reason}{by}"),
        Some(reason) if stands_in_a_message(book, record, reason) => format!("“{reason}”{by}"),
        // Words that no message behind the event holds are the keeper's, and not shown as a quotation.
        Some(reason) => format!("In my words: {reason}{by}"),
        // That nothing was written down does not say that nothing was given.
        None => "None written down".to_owned(),
    }
}

/// Whether a message behind the event holds exactly these words, but for spaces and line ends.
fn stands_in_a_message(book: &Book<'_>, record: &Record, said: &str) -> bool {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = squeeze(said);
    supporting(book, record).iter().any(|id| match book.record(*id).map(|record| &record.content) {
        Some(Content::Message(message)) => message.place.is_some() && squeeze(&message.text).contains(&said),
        _ => false,
    })
}

fn child_label(book: &Book<'_>, event: &Incident) -> String {
    let named: Vec<&str> =
        event.children.iter().filter_map(|id| book.people.get(*id)).map(crate::model::Person::short_name).collect();
    let all: Vec<&str> = book.people.children().into_iter().map(crate::model::Person::short_name).collect();
    match if named.is_empty() { all } else { named }.as_slice() {
        [one] => format!("{one}, as observed"),
        [] => "Child, as observed".to_owned(),
        _ => "Children, as observed".to_owned(),
    }
}

/// When it was written down, how long after, and every amendment with its reason (MSG-08).
fn written_down(book: &Book<'_>, record: &Record, event: Option<&Incident>) -> Vec<Rich> {
    let first = book.first_written(record);
    let moment = first.in_zone(Zone::LONDON).long();
    let original = book.history(record.id).and_then(|history| history.first());
    let told_first = match original.map(|record| &record.content) {
        Some(Content::Incident(first)) => Some(first.as_ref()),
        _ => event,
    };
    let delay = told_first.and_then(|event| {
        let minutes = delay_in_writing(event, first)?;
        if minutes < 0 {
            return Some(format!(": {} before it was due to start", duration_in_words(minutes)));
        }
        let last = match event.last_moment() {
            last if last == event.left.as_ref() => "after I left",
            last if last == event.ended.as_ref() || last == event.until.as_ref() => "after it ended",
            last if last == event.due.as_ref() => "after it was due to start",
            _ => "after the last time it tells of",
        };
        Some(format!(": {} {last}", duration_in_words(minutes)))
    });
    // A step, or an event of which the day alone is known.
    let delay = delay.or_else(|| {
        let told_first = original.map_or(&record.content, |record| &record.content);
        timeline::delay(told_first, first).map(|delay| format!(": {}", delay.words()))
    });
    let mut said = vec![words(format!("{moment}{}.", delay.unwrap_or_default()))];
    let later = book.history(record.id).map_or(&[][..], |history| history.versions.get(1..).unwrap_or_default());
    for version in later {
        let date = version.written_at.in_zone(Zone::LONDON).date.plain();
        let why = version.why.as_deref().map_or(String::new(), |why| format!(": {}", why.trim_end_matches('.')));
        said.push(words(format!("Amended on {date}{why}. The first words are kept.")));
    }
    said
}

fn support_rows(book: &Book<'_>, ids: &[RecordId]) -> Vec<SupportRow> {
    ids.iter()
        .filter(|id| book.is_selected(**id))
        .filter_map(|id| Some(SupportRow { title: support_title(book, book.record(*id)?), page: book.page_of(*id) }))
        .collect()
}

fn support_title(book: &Book<'_>, record: &Record) -> String {
    let day = record.content.when().map_or(String::new(), |when| format!(", {}", when.london_date().plain()));
    match &record.content {
        Content::Message(message) => format!("{}{day}", super::messages::short_title(book, message)),
        Content::Document(document) => format!("{}{day}", super::documents::title(document)),
        Content::Incident(event) => format!("{}{day}", book.event_title(record.id, event)),
        other => format!("{}{day}", other.title()),
    }
}

fn field(label: &str, value: Vec<Rich>) -> Field {
    Field { label: label.to_owned(), value, small: None }
}

fn paragraphs(text: &str) -> Vec<Rich> {
    let found: Vec<Rich> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(words).collect();
    if found.is_empty() { vec![words("Nothing was written here.")] } else { found }
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Lower case after the colon, unless the first word is a name.
fn uncapitalised(words: &str) -> String {
    const STARTS: [&str; 6] = ["Nobody ", "Weekend ", "Contact ", "Call ", "What ", "A "];
    if !STARTS.iter().any(|start| words.starts_with(start)) {
        return words.to_owned();
    }
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_lowercase().chain(chars).collect())
}
