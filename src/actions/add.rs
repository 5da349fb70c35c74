//! Keeping documents, photographs and recordings.

use std::path::PathBuf;

use crate::model::{Content, Document, DocumentKind, Finding, Instant, RecordId, Recording, Severity, Zone};
use crate::store::Book;

use super::entry::{self, Stored};
use super::fields::{self, Reading, Set};
use super::log::receive_paper;
use super::walk::{self, Met};
use super::{ActionError, People, media};

/// Files to keep, as asked.
#[derive(Debug, Clone)]
pub struct Adding {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// What they are.
    pub kind: DocumentKind,
    /// Fields set on each.
    pub sets: Vec<Set>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Added {
    /// What was kept.
    pub stored: Vec<Stored>,
    /// Files that were in the book already, with the record that has them.
    pub known: Vec<(String, RecordId)>,
    /// What is to be said.
    pub findings: Vec<Finding>,
}

/// Keeps files as documents, each in a transaction of its own: one unreadable file stops no other.
///
/// # Errors
/// A field that cannot be read, or writing failed.
pub fn add(book: &mut Book, now: Instant, adding: &Adding) -> Result<Added, ActionError> {
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let mut added = Added::default();
    let mut known = documents(book)?;
    for met in walk::walk(&adding.paths) {
        let (path, label) = match met {
            Met::File { path, label, .. } => (path, label),
            Met::PassedOver { label, why } => {
                added.findings.push(unreadable(&label, why));
                continue;
            }
            Met::Unreadable { label, why } => {
                added.findings.push(unreadable(&label, &why));
                continue;
            }
        };
        let paper = match receive_paper(book, &path) {
            Ok(paper) => paper,
            Err(ActionError::File { source, .. }) => {
                added.findings.push(unreadable(&label, &walk::reason(&source)));
                continue;
            }
            Err(error) => return Err(error),
        };
        if let Some((_, id)) = known.iter().find(|(digest, _)| *digest == paper.digest()) {
            added.known.push((label, *id));
            continue;
        }
        if paper.bytes() == 0 {
            let what = format!("{label} is empty (0 bytes)");
            added.findings.push(Finding::new(
                Severity::Warn,
                "empty-file",
                &label,
                what,
                "It is kept as it is. If it should not be empty, look for the file it came from.",
            ));
        }
        let mut content = Content::Document(Box::new(blank(adding.kind, &label, &paper)));
        fields::set(&mut content, &adding.sets, &reading)?;
        let sentence = format!("Kept a document: {}", content.title());
        let digest = paper.digest();
        let written = book.write::<_, ActionError>(now, |writing| {
            paper.keep(writing)?;
            Ok((writing.add(content)?, sentence))
        })?;
        known.push((digest, written.value));
        added.stored.push(entry::stored(book, written)?);
    }
    Ok(added)
}

fn documents(book: &Book) -> Result<Vec<(crate::model::Digest, RecordId)>, ActionError> {
    let all = book.all(crate::model::Noun::Document)?;
    let of = |record: crate::model::Record| match record.content {
        Content::Document(document) => Some((document.original, record.id)),
        _ => None,
    };
    Ok(all.into_iter().filter_map(of).collect())
}

fn blank(kind: DocumentKind, label: &str, paper: &super::log::Attaching) -> Document {
    let name = label.rsplit('/').next().unwrap_or(label).to_owned();
    let recording = kind == DocumentKind::Recording || media::is_recording(paper.media_type());
    Document {
        kind,
        title: title(&name),
        dated: None,
        by: None,
        received: None,
        original: paper.digest(),
        name,
        bytes: paper.bytes(),
        media_type: paper.media_type().to_owned(),
        from_message: None,
        recording: recording.then(Recording::default),
    }
}

/// A title from a file's name, where none was given: without its extension.
fn title(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 5 => stem.to_owned(),
        _ => name.to_owned(),
    }
}

fn unreadable(label: &str, why: &str) -> Finding {
    Finding::new(
        Severity::Warn,
        "not-readable",
        label,
        format!("{label} could not be read: {why}"),
        "It was not kept. Mend this and add it again.",
    )
}
