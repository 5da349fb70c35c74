//! Orders and their exact words.

use std::path::PathBuf;

use crate::model::when::{read_when, read_when_ahead};
use crate::model::{
    Content, Directed, Document, DocumentKind, Instant, Order, OrderParagraph, ParagraphKind, RecordId, Zone,
};
use crate::store::{Book, Written};

use super::entry::{self, Stored};
use super::fields::{self, Reading, Set};
use super::log::receive_paper;
use super::{ActionError, People};

/// The paper of an order.
#[derive(Debug, Clone)]
pub enum OrderPaper {
    /// Kept already.
    Kept(RecordId),
    /// A file to be kept with it.
    File(PathBuf),
    /// None at hand.
    None,
}

/// An order as typed.
#[derive(Debug, Clone)]
pub struct AddingOrder {
    /// Its paper.
    pub paper: OrderPaper,
    /// Its fields.
    pub sets: Vec<Set>,
}

/// Adds an order; a file given with it is kept as a document in the same transaction.
///
/// # Errors
/// An unknown document, an unreadable file, a field that cannot be read, or writing failed.
pub fn add_order(book: &mut Book, now: Instant, adding: &AddingOrder) -> Result<Stored, ActionError> {
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let mut order = Order { title: "Order".into(), ..Order::default() };
    if let OrderPaper::Kept(id) = adding.paper {
        let Content::Document(document) = entry::require(book, id)?.content else {
            return Err(ActionError::WrongNoun { id, wanted: "a kept document" });
        };
        order.document = Some(id);
        document.title.clone_into(&mut order.title);
        order.made = document.dated;
    }
    let mut content = Content::Order(Box::new(order));
    fields::set(&mut content, &adding.sets, &reading)?;
    let paper = match &adding.paper {
        OrderPaper::File(path) => Some(receive_paper(book, path)?),
        _ => None,
    };
    let written = book.write::<_, ActionError>(now, |writing| {
        let Content::Order(order) = &mut content else { unreachable!("setting fields keeps the noun") };
        if let Some(paper) = &paper {
            let kept = paper.keep(writing)?;
            let document = Document {
                kind: DocumentKind::Order,
                title: order.title.clone(),
                dated: order.made.clone(),
                by: order.by.clone(),
                received: None,
                original: kept.sha256,
                name: kept.arrival.name,
                bytes: kept.bytes,
                media_type: kept.arrival.media_type,
                from_message: None,
                recording: None,
                words: None,
                place: None,
            };
            order.document = Some(writing.add(Content::Document(Box::new(document)))?);
        }
        let made = order.made.as_ref().map(|made| format!(", made {}", made.london_date().long())).unwrap_or_default();
        let sentence = format!("Added an order: {}{made}", order.title);
        Ok((writing.add(content)?, sentence))
    })?;
    entry::stored(book, written)
}

/// Adds or replaces a paragraph of an order, in its exact words.
///
/// # Errors
/// An unknown order, no words, or writing failed.
pub fn add_paragraph(
    book: &mut Book,
    now: Instant,
    id: RecordId,
    paragraph: OrderParagraph,
    why: Option<&str>,
) -> Result<Written<RecordId>, ActionError> {
    let Content::Order(mut order) = entry::require(book, id)?.content else {
        return Err(ActionError::WrongNoun { id, wanted: "an order" });
    };
    if paragraph.words.trim().is_empty() || paragraph.number.trim().is_empty() {
        return Err(ActionError::Refused {
            kind: "no-words",
            what: "The paragraph has no words".into(),
            why: "what an order says is kept in its exact words".into(),
            next: format!("Give them: daybook order para {id} 3 --words \"…\", or --words - to type them in"),
        });
    }
    super::pattern::check_pattern(order.basis(), &paragraph)?;
    let number = paragraph.number.clone();
    let known = order.paragraphs.iter_mut().find(|known| known.number.eq_ignore_ascii_case(&number));
    let (why, replaced) = match known {
        Some(known) if *known == paragraph => {
            return Err(ActionError::Refused {
                kind: "no-change",
                what: format!("Paragraph {number} of {id} says that already"),
                why: "nothing would change".into(),
                next: format!("Look at it: daybook show {id}"),
            });
        }
        Some(known) => {
            let Some(why) = why.map(str::trim).filter(|why| !why.is_empty()) else {
                return Err(ActionError::Refused {
                    kind: "paragraph-there",
                    what: format!("Paragraph {number} of {id} is typed in already"),
                    why: format!("its words are “{}”", known.words),
                    next: "To correct them, say why: --why \"a word was missing\". The first words stay".into(),
                });
            };
            let before = std::mem::replace(known, paragraph);
            let pattern = before.pattern.filter(|pattern| known.pattern.as_ref() != Some(pattern));
            let pattern = pattern.map(|pattern| format!("; its pattern: “{pattern}”")).unwrap_or_default();
            (format!("Paragraph {number}: {why} (before: “{}”{pattern})", before.words), true)
        }
        None => {
            order.paragraphs.push(paragraph);
            (format!("Paragraph {number} was added"), false)
        }
    };
    let sentence =
        format!("{} paragraph {number} of {id}", if replaced { "Typed again the words of" } else { "Typed in" });
    book.write(now, |writing| {
        writing.amend(id, Content::Order(order), &why)?;
        Ok((id, sentence))
    })
}

/// When a paragraph counts and what it directs, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DirectedWords {
    /// It counts from this day.
    pub from: Option<String>,
    /// It counts until this day.
    pub until: Option<String>,
    /// What is to be filed or done.
    pub what: Option<String>,
    /// By when.
    pub by: Option<String>,
    /// At most so many sides.
    pub sides: Option<u64>,
    /// When it was done.
    pub done: Option<String>,
}

/// Reads the times of a paragraph, and what it directs (27A-94).
///
/// # Errors
/// A date that cannot be read.
pub fn read_directed(now: Instant, words: &DirectedWords, paragraph: &mut OrderParagraph) -> Result<(), ActionError> {
    let past = |text: &Option<String>| text.as_deref().map(|text| read_when(text, now, Zone::LONDON)).transpose();
    let ahead =
        |text: &Option<String>| text.as_deref().map(|text| read_when_ahead(text, now, Zone::LONDON)).transpose();
    paragraph.from = past(&words.from)?.or(paragraph.from.take());
    paragraph.until = ahead(&words.until)?.or(paragraph.until.take());
    fields::in_order(paragraph.from.as_ref(), paragraph.until.as_ref())?;
    let (by, done) = (ahead(&words.by)?, past(&words.done)?);
    let mut to_do = paragraph.to_do.take().map_or_else(Directed::default, |known| *known);
    to_do.what = words.what.clone().unwrap_or(to_do.what);
    to_do.by = by.or(to_do.by);
    to_do.sides = words.sides.or(to_do.sides);
    to_do.done = done.or(to_do.done);
    if to_do.what.is_empty() && to_do != Directed::default() {
        return Err(ActionError::Refused {
            kind: "nothing-directed",
            what: "What is to be filed or done is not said".into(),
            why: "a date, a length and “done” belong to something".into(),
            next: "Say what it is: --direct statement".into(),
        });
    }
    paragraph.to_do = (!to_do.what.is_empty()).then(|| Box::new(to_do));
    Ok(())
}

/// A paragraph as it is kept, where it is.
///
/// # Errors
/// An unknown order, or reading failed.
pub fn known_paragraph(book: &Book, id: RecordId, number: &str) -> Result<Option<OrderParagraph>, ActionError> {
    let Content::Order(order) = entry::require(book, id)?.content else {
        return Err(ActionError::WrongNoun { id, wanted: "an order" });
    };
    Ok(order.paragraph(number.trim()).cloned())
}

/// The kind of paragraph two flags ask for; without them it stays what it was.
#[must_use]
pub fn paragraph_kind(recital: bool, direction: bool, was: ParagraphKind) -> ParagraphKind {
    match (recital, direction) {
        (true, _) => ParagraphKind::Recital,
        (_, true) => ParagraphKind::Direction,
        _ => was,
    }
}
