//! Attachments of e-mails: PDFs and pictures are printed behind their e-mail, the others are named.

use super::super::plan::{Anchor, AttachmentRow, Field, ForeignPages, Paper, PhotographPage, PlannedEntry, Span};
use super::book::Book;
use super::{documents, files, messages, text, words};
use crate::model::{Attachment, Channel, Content, DecodeQuality, Message, Record, RecordId};

/// A picture inside a text with fewer pixels than this on a side belongs to its sender's letterhead.
const SMALLEST: u32 = 200;

/// The place of an attachment, by its number from 0.
pub(super) fn anchor(message: RecordId, number: usize) -> Anchor {
    Anchor::named(format!("{message}#att-{number}"))
}

/// Whether an attachment can be printed and is worth a page of its own.
pub(super) fn is_shown(book: &Book<'_>, file: &Attachment) -> bool {
    book.kept(&file.sha256).is_some_and(|kept| documents::can_be_shown(kept) && !is_letterhead(book, file))
}

/// A small picture that the sender's program shows inside the text.
fn is_letterhead(book: &Book<'_>, file: &Attachment) -> bool {
    let picture = book.kept(&file.sha256).and_then(|kept| kept.picture.as_ref());
    file.inline
        && picture
            .is_some_and(|picture| picture.frames.iter().all(|frame| frame.pixels.0.min(frame.pixels.1) < SMALLEST))
}

/// The entries of the attachments that are printed behind this e-mail.
pub(super) fn entries(book: &Book<'_>, record: &Record) -> Vec<PlannedEntry> {
    let Content::Message(message) = &record.content else { return Vec::new() };
    if message.channel != Channel::Email {
        return Vec::new();
    }
    let numbered = message.attachments.iter().enumerate();
    numbered.filter_map(|(number, file)| entry(book, record, message, number, file)).collect()
}

fn entry(
    book: &Book<'_>,
    record: &Record,
    message: &Message,
    number: usize,
    file: &Attachment,
) -> Option<PlannedEntry> {
    let anchor = anchor(record.id, number);
    let kept = book.kept(&file.sha256).filter(|_| book.home_of(&file.sha256) == Some(&anchor))?;
    let title = title(message, number, file);
    let paper = match (&kept.picture, &kept.pdf) {
        (Some(picture), _) => Paper::Photograph(PhotographPage {
            title: title.clone(),
            subtitle: words("A picture that came with the e-mail."),
            image: file.sha256,
            frames: picture.frames.clone(),
            finest: book.input.rules.limit("27A-60").and_then(|dots| u32::try_from(dots).ok()),
            caption: Vec::new(),
            fields: vec![Field {
                label: "Came".to_owned(),
                value: vec![vec![text("With the e-mail at "), Span::Reference(Anchor::record(record.id))]],
                small: None,
            }],
            shown: documents::shown(picture),
            source: source(book, file),
        }),
        (None, Some(pages)) if !pages.is_empty() => {
            Paper::Foreign(ForeignPages { source: file.sha256, pages: pages.clone() })
        }
        _ => return None,
    };
    Some(PlannedEntry {
        anchor,
        // The record it belongs to is printed by the e-mail's own entry.
        id: None,
        version: None,
        date: message.sent.as_ref().map_or(String::new(), |sent| sent.london_date().index()),
        title,
        head_right: format!("{} {}, attachment {}", message.channel.plain(), record.id, number + 1),
        sources: vec![file.sha256],
        paper,
    })
}

/// `Attachment 1 to the e-mail of 18 September 2026: letter.pdf`.
fn title(message: &Message, number: usize, file: &Attachment) -> String {
    let of = match &message.sent {
        Some(sent) => format!("the e-mail of {}", sent.london_date().plain()),
        None => "an e-mail whose date is not known".to_owned(),
    };
    format!("Attachment {} to {of}: {}", number + 1, label(file))
}

fn label(file: &Attachment) -> String {
    file.name.as_deref().map_or_else(|| "a file without a name".to_owned(), files::label)
}

fn source(book: &Book<'_>, file: &Attachment) -> super::super::Rich {
    let mut source = vec![text(format!("Source: “{}”, {}. ", label(file), files::size(file.bytes)))];
    source.extend(messages::hash_note(book, &file.sha256));
    source
}

/// Its line in the table under the e-mail.
pub(super) fn row(book: &Book<'_>, file: &Attachment) -> AttachmentRow {
    let kept = book.kept(&file.sha256);
    let pages = kept.and_then(|kept| kept.pdf.as_ref()).map_or(String::new(), |pages| match pages.len() {
        1 => ", 1 page".to_owned(),
        pages => format!(", {pages} pages"),
    });
    let quality = match file.quality {
        DecodeQuality::Exact => "",
        DecodeQuality::Repaired => " (its encoding was damaged; what could be read was)",
        DecodeQuality::Lossy => " (damaged: bytes were lost)",
    };
    AttachmentRow {
        name: label(file),
        kind: format!("{}{pages}{quality}", files::kind(&file.media_type)),
        size: files::size(file.bytes),
        page: printed_at(book, file),
    }
}

/// Where the file is printed: behind this e-mail or another, or as a document of its own.
fn printed_at(book: &Book<'_>, file: &Attachment) -> Option<Anchor> {
    let home = book.home_of(&file.sha256).and_then(|home| book.place(home.clone()));
    home.or_else(|| book.document_with(&file.sha256).filter(|id| book.is_selected(*id)).and_then(|id| book.page_of(id)))
}

/// Why attachments have a dash: each reason once, with the files it is of where there are several.
pub(super) fn note(book: &Book<'_>, record: &Record, message: &Message) -> Option<String> {
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    for file in message.attachments.iter().filter(|file| printed_at(book, file).is_none()) {
        let why = why_not(book, record, file);
        match reasons.iter_mut().find(|(known, _)| *known == why) {
            Some((_, names)) => names.push(label(file)),
            None => reasons.push((why, vec![label(file)])),
        }
    }
    let all = message.attachments.len();
    match reasons.as_slice() {
        [] => None,
        [(why, _)] if all == 1 => {
            Some(format!("The attachment is not printed in this paper: {why}. It is kept and can be shown."))
        }
        [(why, names)] if names.len() == all => {
            Some(format!("A dash: the attachment is not printed in this paper: {why}. It is kept and can be shown."))
        }
        several => {
            let each: Vec<String> = several.iter().map(|(why, names)| format!("{}: {why}", names.join(", "))).collect();
            Some(format!(
                "A dash: the attachment is not printed in this paper ({}). It is kept and can be shown.",
                each.join("; ")
            ))
        }
    }
}

fn why_not(book: &Book<'_>, record: &Record, file: &Attachment) -> String {
    let kept = book.kept(&file.sha256);
    if let Some(why) = kept.and_then(|kept| kept.not_shown.as_deref()) {
        return why.trim_end_matches('.').to_owned();
    }
    if is_letterhead(book, file) {
        return "it is a small picture inside the text".to_owned();
    }
    if kept.is_some_and(documents::can_be_shown) && book.context.contains(&record.id) {
        return "the e-mail is shown for context".to_owned();
    }
    "only PDFs and pictures can be printed".to_owned()
}
