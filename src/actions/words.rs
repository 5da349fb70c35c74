//! Reading what stands written in kept files and attachments, so that `search` finds them by it.

use crate::model::{Content, Digest, Finding, Record, Severity, WordsIn};
use crate::store::{Book, WordsRead};

use super::ActionError;
use super::bundle::Originals;

/// So many files are read before the words are kept, and memory let go.
const TOGETHER: usize = 20;
/// A longer file is not read for its words, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// How far reading words has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadingWords {
    /// Files read now.
    pub read: u64,
    /// Files that wait.
    pub left: u64,
}

/// Reads the words of files that nobody has read yet, apart, at most `most` of them. `progress` hears how far it is.
/// In a book that can only be read nothing is done.
///
/// # Errors
/// Reading the book or writing failed. A file that cannot be read is written down as such.
pub fn read_words(
    book: &mut Book,
    most: usize,
    progress: &mut dyn FnMut(ReadingWords),
) -> Result<ReadingWords, ActionError> {
    let mut done = ReadingWords { read: 0, left: book.count_unread()? };
    while !book.read_only() && done.left > 0 && done.read < most as u64 {
        let wanted = TOGETHER.min(most - usize::try_from(done.read).unwrap_or(most));
        let unread = book.unread(wanted)?;
        let mut records = Vec::with_capacity(unread.len());
        for (_, id) in &unread {
            records.extend(book.record(*id)?);
        }
        let read = of_files(book, &unread.iter().map(|(sha256, _)| *sha256).collect::<Vec<_>>(), &records)?;
        if read.is_empty() {
            break;
        }
        book.take_written(&read)?;
        done.read += read.len() as u64;
        done.left = book.count_unread()?;
        progress(done);
    }
    Ok(done)
}

fn of_files(book: &Book, files: &[Digest], records: &[Record]) -> Result<Vec<(Digest, WordsRead)>, ActionError> {
    let originals = Originals::of(book, records.iter());
    let mut read = Vec::new();
    for sha256 in files {
        let mut found = None;
        for record in records {
            if found.is_none() {
                found = wording(book, record, sha256)?;
            }
        }
        let words = match found {
            None => WordsRead::Unreadable("it is no file that holds words".to_owned()),
            Some((_, bytes)) if bytes > LARGEST => {
                WordsRead::Unreadable(format!("it has more than {} MB", LARGEST / 1024 / 1024))
            }
            Some((wording, _)) => match originals.words(sha256, wording)? {
                Ok(words) => WordsRead::Words(words),
                Err(why) => WordsRead::Unreadable(why),
            },
        };
        read.push((*sha256, words));
    }
    Ok(read)
}

/// How the file of this digest that belongs to a record holds words, and its size.
fn wording(book: &Book, record: &Record, sha256: &Digest) -> Result<Option<(WordsIn, u64)>, ActionError> {
    let named = |media_type: &str, name: &str, bytes: u64| WordsIn::of(media_type, name).map(|it| (it, bytes));
    Ok(match &record.content {
        Content::Document(document) if document.original == *sha256 => {
            named(&document.media_type, &document.name, document.bytes)
        }
        Content::Message(message) => message
            .attachments
            .iter()
            .filter(|file| file.sha256 == *sha256)
            .find_map(|file| named(&file.media_type, file.name.as_deref().unwrap_or_default(), file.bytes)),
        Content::Incident(_) | Content::Step(_) => {
            let kept = book.kept(sha256)?;
            kept.and_then(|kept| named(&kept.arrival.media_type, &kept.arrival.name, kept.bytes))
        }
        _ => None,
    })
}

/// What `search` can know of a file by its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Findable {
    /// By its words: of so many pages, or of a file without pages; `cut`: it has more than was read.
    ByWords {
        /// How many pages were read.
        pages: Option<u32>,
        /// It has more than was read.
        cut: bool,
    },
    /// Nothing is written in it that a program could read: a scan, or pictures of a page.
    NoWords,
    /// Its words could not be read, for this reason.
    Unreadable(String),
    /// It waits to be read.
    NotReadYet,
}

/// Whether a file can be found by its words. `None`: it is none that holds words.
///
/// # Errors
/// Reading failed.
pub(super) fn findable(
    book: &Book,
    sha256: &Digest,
    media_type: &str,
    name: &str,
) -> Result<Option<Findable>, ActionError> {
    if WordsIn::of(media_type, name).is_none() {
        return Ok(None);
    }
    Ok(Some(match book.written_in(sha256)? {
        None => Findable::NotReadYet,
        Some(WordsRead::Unreadable(why)) => Findable::Unreadable(why),
        Some(WordsRead::Words(words)) if words.is_empty() => Findable::NoWords,
        Some(WordsRead::Words(words)) => {
            Findable::ByWords { pages: words.paged.then_some(words.pages.len() as u32), cut: words.cut }
        }
    }))
}

/// What is to be said of a document just kept that cannot be found by its words.
pub(super) fn finding(title: &str, findable: &Findable) -> Option<Finding> {
    let (kind, what) = match findable {
        Findable::NoWords => (
            "no-words",
            format!("{title} has no words that a program can read: it holds pictures of pages, or nothing"),
        ),
        Findable::Unreadable(why) => ("words-not-read", format!("The words of {title} could not be read: {why}")),
        Findable::ByWords { .. } | Findable::NotReadYet => return None,
    };
    let next =
        "It is kept as it is. `search` finds it by its title and its name; a --title that says what it is helps.";
    Some(Finding::new(Severity::Info, kind, title, what, next))
}
