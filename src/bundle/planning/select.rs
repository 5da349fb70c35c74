//! What goes in: choices, links, dates and the guard.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::PlanError;
use super::super::plan::Anchor;
use super::book::Book;
use super::event::has_page;
use crate::model::{Channel, Choice, Content, DocumentKind, Message, Noun, Profile, Record, RecordId, ThreadKey};
use crate::timeline::{self, Thread};

/// Every event, step and order of the range; messages and documents as chosen, linked or, without any
/// choice, all of the range.
pub(super) fn for_evidence(book: &mut Book<'_>) -> Result<(), PlanError> {
    let choices = choices(book, None);
    book.by_hand = !choices.is_empty();
    let named: BTreeSet<RecordId> = choices.iter().flat_map(|choice| choice.records.iter().copied()).collect();
    for noun in [Noun::Incident, Noun::Step, Noun::Order, Noun::Document, Noun::Message] {
        let free = choices.is_empty() || matches!(noun, Noun::Incident | Noun::Step | Noun::Order);
        for record in book.all(noun) {
            if named.contains(&record.id) || (free && book.in_range(record)) {
                book.select(record.id);
            } else if !book.in_range(record) {
                book.leave_out(record.id, "outside the dates of this paper");
            }
        }
    }
    select_what_belongs(book);
    for choice in &choices {
        select_context(book, choice);
    }
    if ![Noun::Incident, Noun::Step, Noun::Order, Noun::Document, Noun::Message]
        .iter()
        .any(|n| book.chosen(*n).next().is_some())
    {
        return Err(nothing(book));
    }
    evidence_places(book);
    Ok(())
}

/// Chosen messages and documents; nothing of our own, and no court documents (22A-17).
pub(super) fn for_exhibit(book: &mut Book<'_>, mark: &str) -> Result<(), PlanError> {
    let choices = choices(book, Some(mark));
    for choice in &choices {
        for id in &choice.records {
            match book.record(*id).map(|record| &record.content) {
                Some(Content::Document(document)) if is_court_document(document.kind) => {
                    book.leave_out(*id, super::exhibit::COURT_DOCUMENT);
                }
                Some(Content::Order(_)) => book.leave_out(*id, super::exhibit::COURT_DOCUMENT),
                Some(Content::Message(_) | Content::Document(_)) => {
                    book.select(*id);
                }
                _ => book
                    .leave_out(*id, "an exhibit holds messages and documents; your own account goes in the statement"),
            }
        }
        select_context(book, choice);
    }
    let chosen: Vec<RecordId> = ids(book, &[Noun::Message, Noun::Document]);
    if chosen.is_empty() {
        return Err(PlanError::Empty {
            why: format!("nothing that may be exhibited is chosen for the exhibit {mark}"),
            next: "Choose messages or documents: daybook choose MSG-1 DOC-2 --for exhibit".to_owned(),
        });
    }
    for id in chosen {
        book.add_place(Anchor::record(id));
    }
    files_shown(book);
    Ok(())
}

/// Orders that events were due under, what supports or contradicts, and the papers of the orders, whenever they
/// were made.
pub(super) fn select_what_belongs(book: &mut Book<'_>) {
    select_orders_in_use(book);
    select_support(book);
    select_papers_of_orders(book);
}

/// The order itself, where it is kept, stands behind the words taken from it.
fn select_papers_of_orders(book: &mut Book<'_>) {
    let papers: Vec<RecordId> = book
        .chosen(Noun::Order)
        .filter_map(|record| match &record.content {
            Content::Order(order) => order.document,
            _ => None,
        })
        .collect();
    for id in papers {
        book.select(id);
    }
}

/// Where every file that is shown is printed. A document is printed for itself; an attachment that is no chosen
/// document is printed behind its e-mail. The second copy of a file refers to the first.
pub(super) fn files_shown(book: &mut Book<'_>) {
    for id in ids(book, &[Noun::Document]) {
        let Some(Content::Document(document)) = book.record(id).map(|record| &record.content) else { continue };
        if super::documents::is_shown(book, document) && book.page_of(id).is_some() {
            book.add_home(document.original, Anchor::record(id));
        }
    }
    for id in ids(book, &[Noun::Message]) {
        let Some(Content::Message(message)) = book.record(id).map(|record| &record.content) else { continue };
        if message.channel != Channel::Email || book.context.contains(&id) {
            continue;
        }
        for (number, file) in message.attachments.iter().enumerate() {
            if super::attachments::is_shown(book, file) && book.home_of(&file.sha256).is_none() {
                let anchor = super::attachments::anchor(id, number);
                book.add_home(file.sha256, anchor.clone());
                book.add_place(anchor);
            }
        }
    }
}

/// Orders, applications and directions are the court's own papers.
pub(super) fn is_court_document(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Order | DocumentKind::Application | DocumentKind::Directions)
}

/// The choices in force for this paper; for an exhibit those of its mark and those of none.
fn choices(book: &Book<'_>, mark: Option<&str>) -> Vec<Choice> {
    let profile = if mark.is_some() { Profile::Exhibit } else { Profile::Evidence };
    book.all(Noun::Choice)
        .into_iter()
        .filter_map(|record| match &record.content {
            Content::Choice(choice) if choice.profile == profile && !choice.withdrawn => Some(choice.clone()),
            _ => None,
        })
        .filter(|choice| match (mark, &choice.exhibit) {
            (Some(mark), Some(other)) => other.eq_ignore_ascii_case(mark),
            _ => true,
        })
        .collect()
}

/// The order an event was due under belongs to it, whenever it was made.
fn select_orders_in_use(book: &mut Book<'_>) {
    let orders: BTreeSet<RecordId> = book
        .chosen(Noun::Incident)
        .filter_map(|record| match &record.content {
            Content::Incident(event) => event.order,
            _ => None,
        })
        .collect();
    for id in orders {
        book.select(id);
    }
}

/// What supports an event in the paper, or says otherwise, is in the paper too.
fn select_support(book: &mut Book<'_>) {
    let mut wanted = BTreeSet::new();
    for id in ids(book, &[Noun::Incident, Noun::Step, Noun::Order]) {
        let support = book.links.bearing_on(id);
        wanted.extend(support.supported_by.into_iter().chain(support.contradicted_by));
        let attached = match book.record(id).map(|record| &record.content) {
            Some(Content::Incident(event)) => event.attachments.clone(),
            Some(Content::Step(step)) => step.attachments.clone(),
            _ => Vec::new(),
        };
        wanted.extend(attached.iter().filter_map(|digest| book.document_with(digest)));
    }
    for id in wanted {
        if matches!(id.noun, Noun::Message | Noun::Document | Noun::Order | Noun::Incident) {
            book.select(id);
        }
    }
}

/// Messages before and after a chosen one in its thread (MSG-06).
pub(super) fn select_context(book: &mut Book<'_>, choice: &Choice) {
    let around = usize::try_from(choice.context.min(1000)).unwrap_or(0);
    if around == 0 {
        return;
    }
    for id in &choice.records {
        let Some(Content::Message(message)) = book.record(*id).map(|record| &record.content) else { continue };
        if let Some(near) = book.chats().near(*id, around).map(<[RecordId]>::to_vec) {
            show_for_context(book, &near);
            continue;
        }
        let thread = thread_of(book, *id, message);
        let Some(place) = thread.iter().position(|other| other == id) else { continue };
        show_for_context(book, &thread[place.saturating_sub(around)..(place + around + 1).min(thread.len())]);
    }
}

fn show_for_context(book: &mut Book<'_>, near: &[RecordId]) {
    for id in near {
        if book.select(*id) {
            book.context.insert(*id);
        }
    }
}

/// The messages of a conversation, earliest first.
fn thread_of(book: &Book<'_>, id: RecordId, message: &Message) -> Vec<RecordId> {
    let shelf = Messages::of(book);
    let Ok(thread) = timeline::conversation(&shelf, id, message);
    let in_it = |record: &&Record| match (&thread, &record.content) {
        (Thread::Letters(letters), _) => letters.contains(&record.id),
        (Thread::Chat(chat), Content::Message(other)) => other.chat_key().as_ref() == Some(chat),
        _ => false,
    };
    book.all(Noun::Message).into_iter().filter(in_it).map(|record| record.id).collect()
}

/// The messages of the book, found by what joins them.
struct Messages<'a> {
    under: BTreeMap<ThreadKey, Vec<RecordId>>,
    all: BTreeMap<RecordId, &'a Message>,
}

impl<'a> Messages<'a> {
    fn of(book: &Book<'a>) -> Self {
        let mut messages = Messages { under: BTreeMap::new(), all: BTreeMap::new() };
        for record in book.all(Noun::Message) {
            let Content::Message(message) = &record.content else { continue };
            let named = message.answers().into_iter().chain(message.thread.message_id.as_deref());
            let named = named.map(|id| ThreadKey::MessageId(id.to_owned()));
            for key in named.chain(message.subject_key()) {
                messages.under.entry(key).or_default().push(record.id);
            }
            messages.all.insert(record.id, message);
        }
        messages
    }
}

impl timeline::Shelf for Messages<'_> {
    type Error = std::convert::Infallible;

    fn under(&self, key: &ThreadKey) -> Result<Vec<RecordId>, Self::Error> {
        Ok(self.under.get(key).cloned().unwrap_or_default())
    }

    fn message(&self, id: RecordId) -> Result<Option<Cow<'_, Message>>, Self::Error> {
        Ok(self.all.get(&id).map(|message| Cow::Borrowed(*message)))
    }
}

fn ids(book: &Book<'_>, nouns: &[Noun]) -> Vec<RecordId> {
    nouns.iter().flat_map(|noun| book.chosen(*noun).map(|record| record.id).collect::<Vec<_>>()).collect()
}

/// Every place a reference may lead to in the evidence paper.
pub(super) fn evidence_places(book: &mut Book<'_>) {
    for name in ["cover", "index", "chronology", "check"] {
        book.add_place(Anchor::named(name));
    }
    if super::contact::figures_of(book).due > 0 {
        book.add_place(Anchor::named("contact"));
    }
    if super::contact::figures_of(book).calls.due > 0 {
        book.add_place(Anchor::named(super::contact::CALLS));
    }
    for id in ids(book, &[Noun::Incident, Noun::Step, Noun::Order, Noun::Document, Noun::Message]) {
        let Some(record) = book.record(id) else { continue };
        if has_page(book, record) {
            book.add_place(Anchor::record(id));
        }
        if let Content::Order(order) = &record.content {
            for paragraph in &order.paragraphs {
                book.add_place(super::order::paragraph_anchor(id, &paragraph.number));
            }
        }
    }
    for id in super::chronology::rows_of(book) {
        book.add_place(super::chronology::row_anchor(id));
    }
    files_shown(book);
}

pub(super) fn nothing(book: &Book<'_>) -> PlanError {
    let held = book.decisions.values().filter(|decision| !decision.shown()).count();
    let why = if held > 0 {
        format!("of what the book holds, nothing in these dates may be shown to this reader ({held} held back)")
    } else {
        "the book holds no event, message or document in these dates".to_owned()
    };
    let next =
        "Write down an event (daybook log), add papers (daybook add, daybook import), or widen the dates".to_owned();
    PlanError::Empty { why, next }
}
