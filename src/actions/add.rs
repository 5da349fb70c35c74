//! Keeping documents, photographs and recordings.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::model::{
    Content, Digest, Document, DocumentKind, Finding, Instant, RecordId, Recording, Severity, When, Zone,
};
use crate::store::Book;
use crate::worker::Reader;

use super::entry::{self, Stored};
use super::fields::{self, Reading, Set};
use super::log::{Attaching, receive_paper};
use super::walk::{self, Met};
use super::words::{self, read_words};
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
    /// How many pictures are dated by the clock of their camera.
    pub camera_dates: usize,
    /// What is to be said.
    pub findings: Vec<Finding>,
}

/// A picture larger than this is not searched for a date.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

/// So many files that came earlier and were not read for their words are read as well.
const WORDS_LEFT: usize = 20;

/// Keeps files as documents, each in a transaction of its own: one unreadable file stops no other, and what was
/// kept before an interruption stays; the same command then adds the rest. `progress` hears how many of how many are done.
///
/// # Errors
/// A field that cannot be read, or writing failed.
pub fn add(
    book: &mut Book,
    now: Instant,
    adding: &Adding,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Added, ActionError> {
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let mut added = Added::default();
    let mut known = documents(book)?;
    let (all, passed_over) = sorted(&adding.paths);
    let of = all.len();
    let mut not_pictures = Vec::new();
    let mut reader = Reader::default();
    for (done, met) in all.into_iter().enumerate() {
        progress(done, of);
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
        let mut document = blank(adding.kind, &label, &paper);
        document.dated = camera_clock(&mut reader, &path, &paper);
        let from_camera = document.dated.clone();
        let mut content = Content::Document(Box::new(document));
        fields::set(&mut content, &adding.sets, &reading)?;
        added.camera_dates += usize::from(from_camera.is_some() && dated(&content) == from_camera.as_ref());
        if pictures_wanted(adding.kind) && !paper.media_type().starts_with("image/") {
            not_pictures.push(label);
        }
        let sentence = format!("Kept a document: {}", content.title());
        let digest = paper.digest();
        let written = book.write::<_, ActionError>(now, |writing| {
            paper.keep(writing)?;
            Ok((writing.add(content)?, sentence))
        })?;
        known.push((digest, written.value));
        added.stored.push(entry::stored(book, written)?);
    }
    progress(of, of);
    // What was left from before is the business of whoever searches.
    read_words(book, added.stored.len().saturating_add(WORDS_LEFT), &mut |_| ())?;
    for stored in &added.stored {
        for file in &stored.entry.originals {
            let findable = words::findable(book, &file.sha256, &file.media_type, &file.name)?;
            added.findings.extend(findable.and_then(|findable| words::finding(&stored.entry.title, &findable)));
        }
    }
    added.findings.extend(other_kinds(adding.kind, &not_pictures));
    added.findings.extend(left_alone(&passed_over));
    Ok(added)
}

/// All that was met, in the order a person counts: `2.png` before `10.png`. Files that computers write for
/// themselves, met in a folder, are named apart.
fn sorted(paths: &[PathBuf]) -> (Vec<Met>, Vec<String>) {
    let label = |met: &Met| match met {
        Met::File { label, .. } | Met::Unreadable { label, .. } | Met::PassedOver { label, .. } => label.clone(),
    };
    let (mut all, mut passed_over) = (Vec::new(), Vec::new());
    for path in paths {
        let mut below = walk::walk(std::slice::from_ref(path));
        below.sort_by_cached_key(|met| counted(&label(met)));
        for met in below {
            let label = label(&met);
            // What a person names is kept, whatever its name.
            let in_folder = label.split_once('/').map(|(_, inside)| inside);
            if in_folder.is_some_and(|inside| inside.split('/').any(is_a_computers_own)) {
                passed_over.push(label);
            } else {
                all.push(met);
            }
        }
    }
    (all, passed_over)
}

fn is_a_computers_own(name: &str) -> bool {
    name.starts_with('.') || matches!(name.to_ascii_lowercase().as_str(), "thumbs.db" | "desktop.ini" | "__macosx")
}

/// A label in pieces that sort as a person counts: runs of digits by their number, all else by its small letters.
fn counted(label: &str) -> (Vec<(u128, String)>, String) {
    let mut pieces = Vec::new();
    let mut rest = label;
    while !rest.is_empty() {
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (before, after) = rest.split_at(words);
        let digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(digits);
        pieces.push((0, before.to_lowercase()));
        if !number.is_empty() {
            // More digits than any count has: by their letters.
            pieces.push(number.parse().map_or((u128::MAX, number.to_owned()), |number| (number, String::new())));
        }
        rest = after;
    }
    (pieces, label.to_owned())
}

/// When a camera's clock says a picture was taken: the only date a picture brings with it. The time of a file is
/// when it was copied, and its name may say anything.
fn camera_clock(reader: &mut Reader, path: &Path, paper: &Attaching) -> Option<When> {
    if !paper.media_type().starts_with("image/") || paper.bytes() > LARGEST_PICTURE {
        return None;
    }
    let mut bytes = Vec::new();
    walk::open(path).ok()?.take(LARGEST_PICTURE).read_to_end(&mut bytes).ok()?;
    // The file may have changed since it was kept: then these are not its words.
    let same = Digest::of(&bytes) == paper.digest();
    if !same {
        return None;
    }
    reader.taken(&mut io::Cursor::new(bytes)).ok().flatten().as_deref().and_then(When::camera)
}

fn dated(content: &Content) -> Option<&When> {
    match content {
        Content::Document(document) => document.dated.as_ref(),
        _ => None,
    }
}

fn pictures_wanted(kind: DocumentKind) -> bool {
    matches!(kind, DocumentKind::Photo | DocumentKind::Screenshot)
}

fn other_kinds(kind: DocumentKind, labels: &[String]) -> Option<Finding> {
    let first = labels.first()?;
    let what = match labels.len() {
        1 => format!("{first} is not a picture. It was kept as a {} all the same", kind.plain().to_lowercase()),
        count => format!("{count} files are not pictures: {}. They were kept all the same", some_of(labels)),
    };
    let next = "If it is something else, say so: daybook amend ID --set kind=letter --why \"not a picture\"";
    Some(Finding::new(Severity::Warn, "not-a-picture", first, what, next))
}

fn left_alone(labels: &[String]) -> Option<Finding> {
    let first = labels.first()?;
    let what = match labels.len() {
        1 => format!("{first} was passed over: it is a file that computers write for themselves"),
        count => format!("{count} files that computers write for themselves were passed over: {}", some_of(labels)),
    };
    Some(Finding::new(Severity::Info, "passed-over", first, what, "To keep one, name it by itself."))
}

fn some_of(labels: &[String]) -> String {
    let shown = labels.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
    match labels.len().saturating_sub(5) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

fn documents(book: &Book) -> Result<Vec<(Digest, RecordId)>, ActionError> {
    let all = book.all(crate::model::Noun::Document)?;
    let of = |record: crate::model::Record| match record.content {
        Content::Document(document) => Some((document.original, record.id)),
        _ => None,
    };
    Ok(all.into_iter().filter_map(of).collect())
}

fn blank(kind: DocumentKind, label: &str, paper: &Attaching) -> Document {
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
        words: None,
        place: None,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_in_the_order_a_person_counts() {
        let mut names = ["s/10.png", "s/9.png", "S/1.png", "s/1b.png", "s/a 2.png", "s/a 10.png", "s/007.png", "s"];
        names.sort_by_cached_key(|name| counted(name));
        assert_eq!(names, ["s", "S/1.png", "s/1b.png", "s/007.png", "s/9.png", "s/10.png", "s/a 2.png", "s/a 10.png"]);
        let long = format!("IMG_{}.jpg", "9".repeat(200));
        assert!(counted("IMG_2.jpg") < counted(&long));
    }

    #[test]
    fn what_computers_write_for_themselves_is_known() {
        for name in [".DS_Store", "Thumbs.db", "desktop.ini", "._IMG_1.jpg", "__MACOSX"] {
            assert!(is_a_computers_own(name), "{name}");
        }
        assert!(!is_a_computers_own("thumbs up.jpg"));
    }
}
