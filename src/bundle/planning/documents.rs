//! Photographs, and an honest page in place of what is not shown.

use super::super::Rich;
use super::super::input::{KeptFile, Picture};
use super::super::plan::{Anchor, Field, ForeignPages, Paper, PhotographPage, Placeholder, PlannedEntry, Span};
use super::book::Book;
use super::{files, messages, text, words};
use crate::model::{Content, Document, DocumentKind, Noun, Record, When, Zone};

pub(super) fn entries(book: &Book<'_>) -> Vec<PlannedEntry> {
    let with_orders = super::order::papers(book);
    let others = book.chosen(Noun::Document).filter(|record| !with_orders.contains(&record.id));
    others.filter_map(|record| entry(book, record)).collect()
}

/// Whether the pages of a document show the file itself.
pub(super) fn is_shown(book: &Book<'_>, document: &Document) -> bool {
    !sound(document) && book.kept(&document.original).is_some_and(can_be_shown)
}

/// Whether a kept file can stand in a paper as it is.
pub(super) fn can_be_shown(kept: &KeptFile) -> bool {
    kept.picture.is_some() || kept.pdf.as_ref().is_some_and(|pages| !pages.is_empty())
}

/// The entry of one document.
pub(super) fn entry(book: &Book<'_>, record: &Record) -> Option<PlannedEntry> {
    let Content::Document(document) = &record.content else { return None };
    let kept = book.kept(&document.original);
    let shown = kept.filter(|_| is_shown(book, document));
    let elsewhere = book.home_of(&document.original).filter(|home| **home != Anchor::record(record.id));
    let picture = shown.and_then(|kept| kept.picture.as_ref());
    let pages = shown.and_then(|kept| kept.pdf.as_ref()).filter(|pages| !pages.is_empty());
    let (paper, shown) = match (elsewhere, picture, pages) {
        (Some(home), _, _) => (Paper::Placeholder(same_file(document, home)), " (the same file as another entry)"),
        (None, Some(picture), _) => (Paper::Photograph(photograph(book, record, document, picture)), ""),
        (None, None, Some(pages)) => {
            (Paper::Foreign(ForeignPages { source: document.original, pages: pages.clone() }), "")
        }
        (None, None, None) => (Paper::Placeholder(placeholder(book, record, document, kept)), " (page in its place)"),
    };
    Some(PlannedEntry {
        anchor: Anchor::record(record.id),
        id: Some(record.id),
        version: Some(record.version),
        date: record.content.when().map_or(String::new(), |when| when.london_date().index()),
        title: format!("{}{shown}", title(document)),
        head_right: format!("{} {}", document.kind.plain(), record.id),
        sources: vec![document.original],
        paper,
    })
}

/// `Photograph, front entrance of Elmgrove Library`; the kind is not said twice.
pub(super) fn title(document: &Document) -> String {
    let kind = document.kind.plain();
    if document.kind == DocumentKind::Other || document.title.to_lowercase().contains(&kind.to_lowercase()) {
        document.title.clone()
    } else {
        format!("{kind}, {}", document.title)
    }
}

fn sound(document: &Document) -> bool {
    document.kind == DocumentKind::Recording
        || document.media_type.starts_with("audio/")
        || document.media_type.starts_with("video/")
}

fn field(label: &str, value: impl Into<String>) -> Field {
    Field { label: label.to_owned(), value: vec![words(value)], small: None }
}

fn photograph(book: &Book<'_>, record: &Record, document: &Document, picture: &Picture) -> PhotographPage {
    let mut fields = Vec::new();
    if let Some(taken) = &picture.taken {
        let small = Some(format!("as recorded: {}", taken.words));
        fields.push(Field { small, ..field("Taken", format!("{} (camera’s clock)", taken.long())) });
    }
    fields.push(field("By", document.by.clone().unwrap_or_else(|| "Not written down".to_owned())));
    fields.push(field("Received", received(book, document)));
    fields.extend(supports(book, record));
    let label = if document.kind == DocumentKind::Screenshot { "Screenshot" } else { "Photograph" };
    let pages = if let [frame] = picture.frames[..] {
        format!("{} × {} pixels", thousands(frame.pixels.0), thousands(frame.pixels.1))
    } else {
        format!("{} pages", picture.frames.len())
    };
    let mut source =
        vec![text(format!("Source: “{}”, {}, {pages}. ", files::label(&document.name), files::size(document.bytes)))];
    source.extend(messages::hash_note(book, &document.original));
    let title = match document.kind {
        DocumentKind::Photo | DocumentKind::Screenshot => format!("{label}: {}", document.title),
        _ => title(document),
    };
    PhotographPage {
        title,
        subtitle: words(document.dated.as_ref().map_or_else(|| "Date not known".to_owned(), When::long)),
        image: document.original,
        frames: picture.frames.clone(),
        finest: book.input.rules.limit("27A-60").and_then(|dots| u32::try_from(dots).ok()),
        caption: words(document.title.clone()),
        fields,
        shown: shown(picture),
        source,
    }
}

/// What was done to the copy.
pub(super) fn shown(picture: &Picture) -> String {
    let whole = match picture.frames.len() {
        1 => "The whole picture".to_owned(),
        pages => format!("All {pages} pages"),
    };
    // What was unpacked or is said to differ is not “not changed”, though nobody touched what it shows.
    let as_it_is = picture.remarks.is_empty() && picture.frames.iter().all(|frame| frame.as_it_is);
    let turned = picture.frames.iter().any(|frame| frame.orientation > 1);
    let how = match (turned, as_it_is) {
        (true, true) => "turned upright, not otherwise changed.",
        (true, false) => "turned upright, not retouched.",
        (false, true) => "not changed.",
        (false, false) => "not retouched.",
    };
    let mut sentences = vec![format!("{whole}, {how}")];
    if picture.has_place {
        sentences.push("The place recorded by the camera is left out of this copy.".to_owned());
    }
    sentences.extend(picture.remarks.iter().cloned());
    sentences.join(" ")
}

pub(super) fn thousands(number: u32) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", thousands(number / 1000), number % 1000) }
}

fn received(book: &Book<'_>, document: &Document) -> String {
    let kept = book.kept(&document.original);
    let whose = kept.map_or(String::new(), |kept| messages::whose(book, kept.from_device));
    match (&document.received, kept) {
        (Some(received), _) => format!("{}{whose}", received.long()),
        (None, Some(kept)) => format!("Into the record on {}{whose}", kept.kept_at.in_zone(Zone::LONDON).date.plain()),
        (None, None) => "Not known".to_owned(),
    }
}

/// What it supports, as far as that is in the paper.
fn supports(book: &Book<'_>, record: &Record) -> Option<Field> {
    let mut value: Rich = Vec::new();
    for id in book.links.supports(record.id) {
        let (Some(page), Some(other)) = (book.page_of(id), book.record(id)) else { continue };
        if !value.is_empty() {
            value.push(text("; "));
        }
        let day = other.content.when().map_or(String::new(), |when| format!(" of {}", when.london_date().plain()));
        let name = match &other.content {
            Content::Incident(event) => format!("Contact event{day}: {}", book.event_title(record.id, event)),
            content => format!("{}{day}", content.title()),
        };
        value.extend([text(format!("{name} (")), Span::Reference(page), text(")")]);
    }
    (!value.is_empty()).then(|| Field { label: "Supports".to_owned(), value: vec![value], small: None })
}

fn placeholder(book: &Book<'_>, record: &Record, document: &Document, kept: Option<&KeptFile>) -> Placeholder {
    let recording = sound(document);
    let (title, subtitle) = if recording {
        (
            "Recording: not shown in this paper".to_owned(),
            format!(
                "{}. Sound and moving pictures cannot be printed. This page stands in their place.",
                document.title
            ),
        )
    } else {
        (
            format!("{}: not shown in this paper", document.kind.plain()),
            match kept.and_then(|kept| kept.not_shown.as_deref()) {
                Some(why) => format!(
                    "{}. The file is kept, but its pages cannot be shown here: {}. This page stands in their place.",
                    document.title,
                    why.trim_end_matches('.')
                ),
                None => format!(
                    "{}. The file is kept but its pages are not printed here. This page stands in its place.",
                    document.title
                ),
            },
        )
    };
    let mut fields = vec![field("What it is", what_it_is(document, kept))];
    if let Some(seconds) = kept.and_then(|kept| kept.seconds) {
        fields.push(field("Length", length(seconds)));
    } else if recording {
        fields.push(field("Length", "Not known"));
    }
    fields.push(field("Dated", document.dated.as_ref().map_or_else(|| "Not known".to_owned(), When::long)));
    fields.push(field("Made by", document.by.clone().unwrap_or_else(|| "Not written down".to_owned())));
    if recording {
        fields.extend(recording_fields(document));
    }
    fields.push(field("Received", received(book, document)));
    fields.extend(supports(book, record));
    fields.push(field("Kept", "The whole file, not edited, as received"));
    Placeholder {
        title,
        subtitle: words(subtitle),
        fields,
        closing: words("The file can be produced whole if it is asked for."),
        source: words(format!("Source: “{}”, {}. SHA-256:", files::label(&document.name), files::size(document.bytes))),
        hash: document.original,
    }
}

/// The page of a file of which the paper shows another copy, byte for byte the same (27A-25).
fn same_file(document: &Document, home: &Anchor) -> Placeholder {
    Placeholder {
        title: format!("{}: printed once in this paper", document.kind.plain()),
        subtitle: vec![
            text(format!("{}. The same file, byte for byte, is printed at ", document.title)),
            Span::Reference(home.clone()),
            text("."),
        ],
        fields: vec![
            field("Dated", document.dated.as_ref().map_or_else(|| "Not known".to_owned(), When::long)),
            field("Made by", document.by.clone().unwrap_or_else(|| "Not written down".to_owned())),
        ],
        closing: Vec::new(),
        source: words(format!("Source: “{}”, {}. SHA-256:", files::label(&document.name), files::size(document.bytes))),
        hash: document.original,
    }
}

fn what_it_is(document: &Document, kept: Option<&KeptFile>) -> String {
    let pages = kept.and_then(|kept| kept.pdf.as_ref()).map_or(String::new(), |pages| match pages.len() {
        1 => ", 1 page".to_owned(),
        pages => format!(", {pages} pages"),
    });
    format!("{}, {}{pages}", document.kind.plain(), files::kind(&document.media_type))
}

fn length(seconds: u32) -> String {
    let count = |n: u32, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
    match (seconds / 60, seconds % 60) {
        (0, seconds) => count(seconds, "second"),
        (minutes, 0) => count(minutes, "minute"),
        (minutes, seconds) => format!("{} {}", count(minutes, "minute"), count(seconds, "second")),
    }
}

/// What must be said of a recording (REC-07); "not known" is said too.
fn recording_fields(document: &Document) -> Vec<Field> {
    let facts = document.recording.clone().unwrap_or_default();
    let known = |fact: Option<bool>| match fact {
        Some(true) => "Yes",
        Some(false) => "No",
        None => "Not known",
    };
    vec![
        field("Known to those recorded", known(facts.known_to_those_recorded)),
        field("Who is heard", facts.heard.unwrap_or_else(|| "Not written down".to_owned())),
        field("Is a child heard", known(facts.child_heard)),
        field("Permission to rely on it", facts.permission.unwrap_or_else(|| "None noted".to_owned())),
    ]
}
