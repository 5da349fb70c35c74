//! What a worker can be asked, and what it gives back.

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::confine::Confined;
use super::frame::Line;
use crate::intake;
use crate::model::{FileWords, WordsIn};
use crate::pdf;
use crate::pdf::exhibit::{self, CopiedPage, ExhibitError, ExhibitSink, Layers, Survey, Unshown};
use crate::pdf::photo::{self, PictureFacts, Prepared, Wanted};

/// Changed with whatever changes between the two sides.
pub(super) const VERSION: u32 = 2;

/// As many bytes of the original as are handed over at once: a chunk of the book.
const RANGE: usize = 1 << 20;

/// A job. The file it is about is not named: its bytes are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Job {
    /// What a foreign PDF is.
    Survey,
    /// Pages of a foreign PDF, or all, their objects numbered from here.
    Copy { first_free: u32, pages: Option<Vec<u32>> },
    /// What a picture says of itself.
    Look,
    /// When a picture says it was taken.
    Taken,
    /// A picture as a paper holds it.
    Prepare(Wanted),
    /// What stands written in a file.
    Words(WordsIn),
    /// What the tests of this room ask for.
    #[cfg(debug_assertions)]
    Trial(super::trial::Trial),
}

/// From the parent to its worker.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Request {
    /// Do this, with a file of so many bytes, in so many seconds.
    Begin { job: Job, bytes: u64, seconds: u64 },
    /// The range asked for, in the data; shorter only at the end of the file.
    Range,
    /// The range cannot be had.
    NoRange,
}

/// From a worker to its parent.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// The first word of a worker: what it speaks, and what it is confined to.
    Ready { version: u32, program: String, confined: Confined },
    /// Bytes of the original, please.
    Ask { at: u64, length: u32 },
    /// A part of what was asked for.
    Piece(Piece),
    /// The end of the job.
    Done(Done),
    /// The job's reader fell, but not its process.
    Fell,
}

/// A part of what a job gives, its bytes in the data of the frame.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Piece {
    /// The bytes of an object.
    Object { number: u32 },
    /// A stream: so many bytes of entries, then its data.
    Stream { number: u32, entries: usize },
    /// A page.
    Page(CopiedPage),
    /// The layers of the file.
    Layers(Layers),
    /// The bytes of a prepared picture.
    Picture,
    /// The words of a page, or of a file without pages.
    Words,
}

/// How a job ended.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Done {
    /// Of a survey.
    Survey(Result<Survey, Unshown>),
    /// Of a copy: the next free number.
    Copied(Result<u32, Unshown>),
    /// Of a look at a picture.
    Looked(Result<PictureFacts, photo::Unshown>),
    /// When a picture says it was taken, in its own words.
    Taken(Option<String>),
    /// Of preparing a picture; its bytes came before, as a piece.
    Prepared(Result<Prepared, photo::Unshown>),
    /// Of reading what stands written; the words came before, as pieces.
    Words(Result<FileWords, Unshown>),
    /// Of a trial: what happened.
    #[cfg(debug_assertions)]
    Trial(String),
}

/// A worker's side of the line, as a job sees it.
pub(super) type Home<'a> = RefCell<&'a mut dyn Line<Answer, Request>>;

/// Does a job.
///
/// # Errors
/// The line is broken.
pub(super) fn run(job: &Job, home: &Home<'_>, bytes: u64) -> io::Result<Done> {
    let mut original = Original { home, bytes, position: 0, held: Vec::new(), held_from: 0 };
    match job {
        Job::Survey => Ok(Done::Survey(exhibit::survey(original.whole()?))),
        Job::Copy { first_free, pages } => {
            let whole = original.whole()?;
            match exhibit::copy(whole, *first_free, pages.as_deref(), &mut Sent { home }) {
                Ok(next) => Ok(Done::Copied(Ok(next))),
                Err(ExhibitError::Source(why)) => Ok(Done::Copied(Err(why))),
                Err(ExhibitError::Sink(error)) => Err(error),
            }
        }
        Job::Taken => Ok(Done::Taken(photo::taken(&original.whole()?))),
        Job::Look => Ok(Done::Looked(photo::look(&original.whole()?))),
        Job::Prepare(wanted) => {
            let mut prepared = photo::prepare(&original.whole()?, *wanted);
            if let Ok(picture) = &mut prepared {
                let bytes = std::mem::take(&mut picture.bytes);
                home.borrow_mut().send(Answer::Piece(Piece::Picture), &[&bytes])?;
            }
            Ok(Done::Prepared(prepared))
        }
        Job::Words(wording) => {
            let mut read = words(original.whole()?, *wording);
            for page in read.iter_mut().flat_map(|words| words.pages.drain(..)) {
                home.borrow_mut().send(Answer::Piece(Piece::Words), &[page.as_bytes()])?;
            }
            Ok(Done::Words(read))
        }
        #[cfg(debug_assertions)]
        Job::Trial(trial) => Ok(Done::Trial(super::trial::run(trial, home, &mut original)?)),
    }
}

fn words(bytes: Vec<u8>, wording: WordsIn) -> Result<FileWords, Unshown> {
    if wording == WordsIn::Pdf {
        return pdf::words(bytes);
    }
    intake::words_of(&bytes, wording)
        .ok_or_else(|| Unshown::Broken { why: "it is not the kind of file it says it is".to_owned() })
}

/// The original, far away.
pub(super) struct Original<'a, 'b> {
    home: &'a Home<'b>,
    bytes: u64,
    position: u64,
    held: Vec<u8>,
    held_from: u64,
}

impl Original<'_, '_> {
    /// All of it.
    pub(super) fn whole(&mut self) -> io::Result<Vec<u8>> {
        let mut whole = Vec::new();
        // As much as the parent said there is: a file that cannot be held ends as one that needs too much memory.
        whole.reserve_exact(usize::try_from(self.bytes).unwrap_or(usize::MAX / 2));
        self.rewind()?;
        self.read_to_end(&mut whole)?;
        Ok(whole)
    }

    fn fetch(&mut self) -> io::Result<()> {
        let mut line = self.home.borrow_mut();
        line.send(Answer::Ask { at: self.position, length: RANGE as u32 }, &[])?;
        line.flush()?;
        match line.receive(&mut self.held)? {
            Some(Request::Range) => {
                self.held_from = self.position;
                Ok(())
            }
            Some(Request::NoRange) => Err(io::Error::other("the original cannot be read")),
            Some(Request::Begin { .. }) | None => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl Read for Original<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.position >= self.bytes || into.is_empty() {
            return Ok(0);
        }
        let behind = self.position.checked_sub(self.held_from).and_then(|behind| usize::try_from(behind).ok());
        if behind.is_none_or(|behind| behind >= self.held.len()) {
            self.fetch()?;
        }
        let behind = usize::try_from(self.position - self.held_from).unwrap_or(usize::MAX);
        let here = self.held.get(behind..).unwrap_or_default();
        let length = here.len().min(into.len());
        into[..length].copy_from_slice(&here[..length]);
        self.position += length as u64;
        Ok(length)
    }
}

impl Seek for Original<'_, '_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = target.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.position)
    }
}

/// Sends what a copy hands over.
struct Sent<'a, 'b> {
    home: &'a Home<'b>,
}

impl Sent<'_, '_> {
    fn send(&self, piece: Piece, data: &[&[u8]]) -> io::Result<()> {
        self.home.borrow_mut().send(Answer::Piece(piece), data)
    }
}

impl ExhibitSink for Sent<'_, '_> {
    fn object(&mut self, number: u32, body: &[u8]) -> io::Result<()> {
        self.send(Piece::Object { number }, &[body])
    }

    fn stream(&mut self, number: u32, entries: &[u8], data: &[u8]) -> io::Result<()> {
        self.send(Piece::Stream { number, entries: entries.len() }, &[entries, data])
    }

    fn page(&mut self, page: CopiedPage) -> io::Result<()> {
        self.send(Piece::Page(page), &[])
    }

    fn layers(&mut self, layers: Layers) -> io::Result<()> {
        self.send(Piece::Layers(layers), &[])
    }
}

/// Hands a piece that arrived to the sink of whoever asked.
///
/// # Errors
/// `InvalidData` if the piece contradicts itself; otherwise the sink failed.
pub(super) fn replay(piece: Piece, data: &[u8], sink: &mut dyn ExhibitSink) -> io::Result<()> {
    match piece {
        Piece::Object { number } => sink.object(number, data),
        Piece::Stream { number, entries } => {
            let (entries, data) = data.split_at_checked(entries).ok_or(io::ErrorKind::InvalidData)?;
            sink.stream(number, entries, data)
        }
        Piece::Page(page) => sink.page(page),
        Piece::Layers(layers) => sink.layers(layers),
        Piece::Picture | Piece::Words => Err(io::ErrorKind::InvalidData.into()),
    }
}
