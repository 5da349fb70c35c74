//! The words of the rows: only what was written down; what was not is said to be so.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::picked::{Picked, Row};
use super::{filled, other_role, row_anchor, words};
use crate::bundle::plan::{Rich, Span};
use crate::bundle::planning::book::Book;
use crate::bundle::planning::chronology::supporting;
use crate::bundle::planning::editions::Printed;
use crate::bundle::planning::{contact, event, order, text};
use crate::bundle::schedule::{ScheduleGroup, SchedulePage, ScheduleRow};
use crate::contact::Session;
use crate::model::{
    Content, Incident, IncidentKind, Knowledge, Noun, Order, OrderParagraph, Person, RecordId, Stamp, TimeOfDay, When,
};

/// What stands for a page where the paper is kept and none made so far prints it.
pub(super) const KEPT: &str = "kept";

/// What wording needs besides the rows.
pub(super) struct Wording<'a, 'b> {
    pub book: &'b Book<'a>,
    pub printed: &'b Printed,
    /// The sessions that were due, by the event that tells of each.
    sessions: BTreeMap<RecordId, Session>,
    /// Which event was held in the place of another, by the name or key of that one.
    instead: BTreeMap<String, (RecordId, &'a Incident)>,
}

impl<'a, 'b> Wording<'a, 'b> {
    pub fn of(book: &'b Book<'a>, printed: &'b Printed) -> Self {
        let told = |session: Session| Some((session.incident?, session));
        let instead = book.all(Noun::Incident).into_iter().filter_map(|record| match &record.content {
            Content::Incident(event) => Some((event.instead_of.clone()?, (record.id, &**event))),
            _ => None,
        });
        Wording {
            book,
            printed,
            sessions: contact::figures_of(book).sessions.into_iter().filter_map(told).collect(),
            instead: instead.collect(),
        }
    }

    /// Where a paper or message is: in this file, in one made earlier, or kept.
    pub fn place_of(&self, id: RecordId) -> SchedulePage {
        match self.book.page_of(id) {
            Some(anchor) => SchedulePage::Here(anchor),
            None => SchedulePage::Elsewhere(self.printed.label(id).unwrap_or(KEPT).to_owned()),
        }
    }

    /// The places of what stands behind a record, each once.
    pub fn pages_behind(&self, id: RecordId) -> Vec<SchedulePage> {
        let Some(record) = self.book.record(id) else { return Vec::new() };
        self.places_of(&supporting(self.book, record))
    }

    fn places_of(&self, ids: &[RecordId]) -> Vec<SchedulePage> {
        let mut pages = Vec::new();
        for id in ids.iter().filter(|id| self.book.may_show(**id)) {
            let page = self.place_of(*id);
            if !pages.contains(&page) {
                pages.push(page);
            }
        }
        pages
    }
}

/// The same pages in running text.
pub(super) fn in_words(pages: &[SchedulePage]) -> Rich {
    let mut rich = Vec::new();
    for (i, page) in pages.iter().enumerate() {
        if i > 0 {
            rich.push(text(", "));
        }
        rich.push(match page {
            SchedulePage::Here(anchor) => Span::Reference(anchor.clone()),
            SchedulePage::Elsewhere(label) => text(label.clone()),
        });
    }
    rich
}

/// Rows under the words of their paragraph: by the date of the order, then as the order has its paragraphs.
pub(super) fn groups(wording: &Wording<'_, '_>, picked: &Picked<'_>) -> Vec<ScheduleGroup> {
    let mut groups: BTreeMap<GroupKey, Vec<&Row<'_>>> = BTreeMap::new();
    for row in &picked.rows {
        groups.entry(GroupKey::of(wording.book, row.event)).or_default().push(row);
    }
    let told = told_apart(picked);
    let mut number = 0;
    let mut rows_of = |rows: Vec<&Row<'_>>| {
        let rows = rows.into_iter().map(|row| {
            number += 1;
            wording.row(row, number, told)
        });
        rows.collect::<Vec<_>>()
    };
    groups
        .into_iter()
        .map(|(key, rows)| ScheduleGroup { under: under(wording.book, &key), rows: rows_of(rows) })
        .collect()
}

/// What rows stand together under.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct GroupKey {
    made: i64,
    order: Option<RecordId>,
    place: usize,
    number: Option<String>,
}

impl GroupKey {
    fn of(book: &Book<'_>, event: &Incident) -> Self {
        let number = filled(event.paragraph.as_ref()).map(str::to_lowercase);
        let Some((id, order)) = event.order.and_then(|id| Some((id, order_of(book, id)?))) else {
            return GroupKey { made: i64::MAX, order: None, place: usize::MAX, number: None };
        };
        let place = order.paragraphs.iter().position(|one| number.as_deref() == Some(&one.number.to_lowercase()));
        let made = order.made.as_ref().map_or(i64::MAX, When::sort_key);
        GroupKey { made, order: Some(id), place: place.unwrap_or(usize::MAX), number }
    }
}

fn order_of<'a>(book: &Book<'a>, id: RecordId) -> Option<&'a Order> {
    match book.record(id).map(|record| &record.content) {
        Some(Content::Order(order)) if book.may_show(id) => Some(order),
        _ => None,
    }
}

/// The paragraph in its exact words, and whose duty it is (C79-02, C79-03).
fn under(book: &Book<'_>, key: &GroupKey) -> Rich {
    let Some((id, order)) = key.order.and_then(|id| Some((id, order_of(book, id)?))) else {
        return words("Under which order contact was due is not written down.");
    };
    let named = order::named(order);
    let Some(number) = &key.number else {
        return words(format!("Which paragraph of {named} these are about is not written down."));
    };
    let Some(paragraph) = order.paragraph(number) else {
        return vec![
            Span::Bold(format!("Paragraph {number}")),
            text(format!(" of {named}. Its exact words are not in the record.")),
        ];
    };
    let mut rich = vec![Span::Bold(format!("Paragraph {}", paragraph.number)), text(format!(" of {named}"))];
    if let Some(place) = book.place(order::paragraph_anchor(id, &paragraph.number)) {
        rich.extend([text(" (page "), Span::Reference(place), text(")")]);
    }
    rich.push(text(format!(": “{}”", paragraph.words.trim())));
    if let Some(other) = named_by(order, paragraph) {
        rich.extend([text("  "), Span::Bold(format!("Paragraph {}", other.number))]);
        rich.push(text(format!(": “{}”", other.words.trim())));
    }
    rich.extend([text("  "), Span::Bold("Duty:".to_owned()), text(format!(" {}.", duty(paragraph)))]);
    rich
}

/// Another paragraph that the duty names: `make available (paragraph 4)`.
fn named_by<'o>(order: &'o Order, paragraph: &OrderParagraph) -> Option<&'o OrderParagraph> {
    let duty = paragraph.duty.as_deref()?.to_lowercase();
    let (_, number) = duty.split_once("paragraph ")?;
    let number: String = number.chars().take_while(char::is_ascii_alphanumeric).collect();
    order.paragraph(&number).filter(|other| other.number != paragraph.number)
}

fn duty(paragraph: &OrderParagraph) -> String {
    let of = filled(paragraph.duty_of.as_ref());
    let what = filled(paragraph.duty.as_ref()).map(|duty| duty.trim_end_matches('.'));
    match (of, what) {
        (Some(of), Some(what)) => format!("{}, to {}", with_article(of), what.trim_start_matches("to ")),
        (Some(of), None) => format!("{}; what the duty is, is not written down", with_article(of)),
        (None, Some(what)) => format!("to {}; whose it is, is not written down", what.trim_start_matches("to ")),
        (None, None) => "not written down".to_owned(),
    }
}

/// `the respondent`; names have none.
fn with_article(who: &str) -> String {
    if who.starts_with("applicant") || who.starts_with("respondent") { format!("the {who}") } else { who.to_owned() }
}

/// How the keeper knows is told once, where it is the same for all.
fn told_apart(picked: &Picked<'_>) -> bool {
    picked.rows.iter().any(|row| row.event.knowledge != picked.rows[0].event.knowledge)
}

impl Wording<'_, '_> {
    fn row(&self, row: &Row<'_>, number: u32, told: bool) -> ScheduleRow {
        let event = row.event;
        let date = event.when().map_or_else(|| "Date not known".to_owned(), |when| when.london_date().table());
        ScheduleRow {
            anchor: row_anchor(row.id),
            id: row.id,
            number,
            date,
            due: self.due(row.id, event),
            did: self.did(row.id, event),
            happened: self.happened(row.id, event),
            reason: self.reason(row.id, event),
            known: self.known(row.id, event, told),
            pages: self.pages_behind(row.id),
        }
    }

    /// Start, end, place, handover (C79-04). How the session was reckoned stands in the widest column.
    fn due(&self, id: RecordId, event: &Incident) -> String {
        let session = self.sessions.get(&id);
        // Where a session is reckoned its own times are told: two times are not mixed in one row.
        let reckoned = session.filter(|session| session.reckoning.is_some()).and_then(|session| session.due_start);
        let mut words = match (reckoned, &event.due, &event.until) {
            (Some(start), ..) => from_to(&start, session.and_then(|session| session.due_end).as_ref()),
            (None, None, _) => "Not written down when it was due".to_owned(),
            (None, Some(due), None) => from_to(&due.london(), None),
            (None, Some(due), Some(until)) => from_to(&due.london(), Some(&until.london())),
        };
        let of = |what: fn(&Session) -> &Option<String>| session.and_then(|session| filled(what(session).as_ref()));
        let place = filled(event.place.as_ref()).or_else(|| of(|session| &session.place));
        for part in [place, of(|session| &session.handover)].into_iter().flatten() {
            let _ = write!(words, ". {}", super::head::capitalised(part.trim_end_matches('.')));
        }
        format!("{words}.")
    }

    /// When the keeper came and went, and what shows it (C79-05).
    fn did(&self, id: RecordId, event: &Incident) -> String {
        let mut words = match (&event.arrived, &event.left) {
            (Some(arrived), Some(left)) if waited(event) => {
                format!("Arrived {}, waited until {}.", clock(arrived), clock(left))
            }
            (Some(arrived), Some(left)) => format!("Arrived {}, left {}.", clock(arrived), clock(left)),
            (Some(arrived), None) => format!("Arrived {}.", clock(arrived)),
            (None, Some(left)) => format!("Waited until {}.", clock(left)),
            (None, None) => "Nothing written down.".to_owned(),
        };
        let mut kinds: Vec<&str> = Vec::new();
        for paper in self.book.record(id).map(|record| supporting(self.book, record)).unwrap_or_default() {
            if let Some(Content::Document(document)) = self.book.record(paper).map(|record| &record.content)
                && self.book.may_show(paper)
                && !kinds.contains(&document.kind.plain())
            {
                kinds.push(document.kind.plain());
            }
        }
        for kind in kinds {
            let _ = write!(words, " {kind}.");
        }
        words
    }

    /// The plain outcome, then the keeper's own words (C79-06).
    fn happened(&self, id: RecordId, event: &Incident) -> String {
        let title = match event.kind {
            Some(IncidentKind::NobodyThere) => "Nobody came".to_owned(),
            Some(IncidentKind::CancelledByOther) => format!("Cancelled by the {}", other_role(self.book)),
            _ => self.book.event_title(id, event),
        };
        match event.what.trim() {
            "" => format!("{title}."),
            what => format!("{title}. {what}"),
        }
    }

    /// The reason in its exact words, by whom; and other exact words (C79-07).
    fn reason(&self, id: RecordId, event: &Incident) -> String {
        let Some(record) = self.book.record(id) else { return String::new() };
        let mut words = event::reason(self.book, record, event);
        if !words.ends_with(['.', '”']) {
            words.push('.');
        }
        if let Some(said) = filled(event.said.as_ref()) {
            let _ = write!(words, " {said}");
        }
        words
    }

    /// Excuse, refusal, agreed change, offer, loss: each named, even where nothing is written down (C79-08 to 10, 12).
    fn known(&self, id: RecordId, event: &Incident, told: bool) -> Vec<(String, Rich)> {
        let none = || "none".to_owned();
        let yes_no = |known: Option<bool>| known.map_or("not known", |yes| if yes { "yes" } else { "no" });
        let mut known: Vec<(String, Rich)> = Vec::new();
        let mut say = |name: &str, value: String| known.push((name.to_owned(), words(value)));
        if let Some(reckoned) = self.sessions.get(&id).and_then(|session| filled(session.reckoning.as_ref())) {
            say("Reckoned", reckoned.to_owned());
        }
        say("Excuse known", filled(event.also_known.as_ref()).map_or_else(none, str::to_owned));
        if event.in_their_power.is_some() {
            say("In their power", yes_no(event.in_their_power).to_owned());
        }
        if event.for_safety == Some(true) {
            say("For safety", "said to be".to_owned());
        }
        say(&format!("{} refused", self.child(event)), yes_no(self.child_refused(event)).to_owned());
        let agreed = match (filled(event.agreed.as_ref()), event.kind) {
            (Some(agreed), _) => agreed.to_owned(),
            (None, Some(IncidentKind::AgreedChange)) => "yes; by whom is not written down".to_owned(),
            _ => none(),
        };
        say("Agreed change", agreed);
        say("Offered", self.offered(id, event));
        if let Some(by) = filled(event.cared_for_by.as_ref()) {
            say("Cared for by", by.to_owned());
        }
        let loss = event.loss.as_ref().map_or_else(none, |loss| match loss.what.trim() {
            "" => pounds(loss.pence),
            what => format!("{}, {what}", pounds(loss.pence)),
        });
        say("Loss", loss);
        if told {
            say("How I know", know(event.knowledge).to_owned());
        }
        let otherwise = self.places_of(&self.book.links.bearing_on(id).contradicted_by);
        if !otherwise.is_empty() {
            known.push(("Says otherwise".to_owned(), in_words(&otherwise)));
        }
        known
    }

    fn child_refused(&self, event: &Incident) -> Option<bool> {
        let _ = self;
        event.child_refused.or((event.kind == Some(IncidentKind::ChildReluctant)).then_some(true))
    }

    /// What was offered instead, and what was held in its place (C79-10).
    fn offered(&self, id: RecordId, event: &Incident) -> String {
        let offered = filled(event.offered.as_ref()).map(str::to_owned);
        let key = event.session.as_deref();
        let held = self.instead.get(&id.to_string()).or_else(|| self.instead.get(key?));
        let taken = held.map(|(other, held)| {
            let day = held.when().map_or(String::new(), |when| format!(" on {}", when.london_date().plain()));
            format!("{other} stood in its place{day}")
        });
        match (offered, taken) {
            (Some(offered), Some(taken)) => format!("{}; {taken}", offered.trim_end_matches('.')),
            (Some(one), None) | (None, Some(one)) => one,
            (None, None) => "nothing".to_owned(),
        }
    }

    fn child(&self, event: &Incident) -> String {
        let named: Vec<&str> =
            event.children.iter().filter_map(|id| self.book.people.get(*id)).map(Person::short_name).collect();
        let all: Vec<&str> = self.book.people.children().into_iter().map(Person::short_name).collect();
        match if named.is_empty() { all } else { named }.as_slice() {
            [one] => (*one).to_owned(),
            [] => "Child".to_owned(),
            _ => "Children".to_owned(),
        }
    }
}

/// Whether staying was waiting for a child who did not come, or came late.
fn waited(event: &Incident) -> bool {
    matches!(event.kind, Some(IncidentKind::NobodyThere | IncidentKind::Refused | IncidentKind::Late))
}

/// `5.00 pm to Sun 17 May, 5.00 pm`.
fn from_to(due: &Stamp, until: Option<&Stamp>) -> String {
    let from = due.time.map_or_else(|| "Time not written down".to_owned(), TimeOfDay::clock);
    let Some(until) = until else { return from };
    let end = until.time.map(TimeOfDay::clock);
    if until.date == due.date {
        return end.map_or_else(|| from.clone(), |end| format!("{from} to {end}"));
    }
    let year = format!(" {}", due.date.year());
    let day = until.date.table();
    let day = day.strip_suffix(&year).unwrap_or(&day);
    format!("{from} to {day}{}", end.map_or(String::new(), |end| format!(", {end}")))
}

fn clock(when: &When) -> String {
    when.london().time.map_or_else(|| when.table(), TimeOfDay::clock)
}

/// `£12.40`.
pub(super) fn pounds(pence: u64) -> String {
    format!("£{}.{:02}", pence / 100, pence % 100)
}

fn know(knowledge: Option<Knowledge>) -> &'static str {
    match knowledge {
        Some(Knowledge::Own) => "my own knowledge",
        Some(Knowledge::Told) => "I was told",
        Some(Knowledge::Read) => "I read it",
        None => "not written down",
    }
}

/// What is true of all rows (C79-13), the loss in all, and whose page numbers are printed (EF-12).
pub(super) fn note(wording: &Wording<'_, '_>, picked: &Picked<'_>) -> String {
    let book = wording.book;
    let who = book.people.my_side().map_or_else(|| book.people.my_name().to_owned(), |side| format!("the {side}"));
    let other = other_role(book);
    let mut note = format!("“I” is {who}.");
    if !told_apart(picked) {
        let known = match picked.rows.first().and_then(|row| row.event.knowledge) {
            Some(Knowledge::Own) => {
                format!("All rows are my own knowledge, except reasons, which are what the {other} said or wrote.")
            }
            Some(Knowledge::Told) => "All rows are what I was told.".to_owned(),
            Some(Knowledge::Read) => "All rows are what I read.".to_owned(),
            None => "How I know is not written down.".to_owned(),
        };
        let _ = write!(note, " {known}");
    }
    let losses: Vec<u64> = picked.rows.iter().filter_map(|row| Some(row.event.loss.as_ref()?.pence)).collect();
    if !losses.is_empty() {
        let _ = write!(note, " Loss in all: {}.", pounds(losses.iter().sum()));
    }
    let mut behind: Vec<RecordId> = Vec::new();
    for row in &picked.rows {
        if let Some(record) = book.record(row.id) {
            behind.extend(supporting(book, record));
            behind.extend(book.links.bearing_on(row.id).contradicted_by);
        }
    }
    behind.retain(|id| book.may_show(*id) && book.page_of(*id).is_none());
    let references = wording.printed.in_words(&behind);
    if !references.is_empty() {
        let _ = write!(note, " {references}");
    }
    if behind.iter().any(|id| wording.printed.label(*id).is_none()) {
        note.push_str(" “Kept”: the paper or message is kept and can be produced.");
    }
    note.push_str(" “None” and “nothing” say that none is written down.");
    let _ = write!(
        note,
        " Names such as {} are those of my record and stay when rows are numbered anew. The last two columns are left blank \
         for the {other} and the court.",
        picked.rows.first().map_or_else(String::new, |row| row.id.to_string())
    );
    note
}
