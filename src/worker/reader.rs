//! What the rest of the program sees: jobs done apart, each ending in a value or in a sentence why not.

use std::io::{self, Read, SeekFrom};
use std::path::PathBuf;
use std::time::Duration;

use super::confine::{Confined, Limits};
use super::frame::Line;
use super::inside::Inside;
use super::job::{self, Answer, Done, Job, Piece, Request, VERSION};
use super::process::{self, Process};
use crate::intake::ReadSeek;
use crate::model::{FileWords, WordsIn};
use crate::pdf::exhibit::{ExhibitSink, Survey, Unshown};
use crate::pdf::photo::{self, PictureFacts, Prepared, Wanted};

/// How long a worker may take to say that it is ready, on a machine that is busy with other things.
const TO_BE_READY: Duration = Duration::from_secs(30);

/// The longest range a worker may ask for.
const LONGEST_RANGE: u32 = 1 << 20;

/// What a job may hand over: so many times the bytes of its file, and so many bytes more.
const MOST_GIVEN: (u64, u64) = (32, 64 << 20);

/// Why a job gave no value.
#[derive(Debug, thiserror::Error)]
pub enum Failed {
    /// The file cannot be shown; another may.
    #[error(transparent)]
    Unshown(#[from] Unshown),
    /// The picture cannot be shown; another may.
    #[error(transparent)]
    Picture(#[from] photo::Unshown),
    /// Reading the original from the book, or writing what was copied, failed on our side.
    #[error("the file could not be handed over")]
    Ours(#[source] io::Error),
}

/// Reads hostile files apart. One for a batch: its worker is kept from job to job while it stands.
pub struct Reader {
    program: Option<PathBuf>,
    limits: Limits,
    worker: Option<Box<dyn Worker>>,
    confined: Option<Confined>,
}

/// A worker as its parent sees it.
pub(super) trait Worker: Line<Request, Answer> {
    /// From now on it has so long; `None`: nothing is expected of it.
    fn allow(&mut self, time: Option<Duration>);

    /// Ends it, and says in plain words what was the matter.
    fn why_it_fell(&mut self) -> String;
}

/// How a conversation about a job broke off.
enum Broken {
    /// The worker fell, or makes no sense.
    Worker,
    /// The worker gives more than its file can hold.
    TooMuch(u64),
    /// Our own side failed.
    Ours(io::Error),
}

impl Default for Reader {
    fn default() -> Self {
        Reader::with_limits(Limits::default())
    }
}

impl Reader {
    /// With other limits than usual.
    #[must_use]
    pub fn with_limits(limits: Limits) -> Self {
        Reader { program: process::this_program(), limits, worker: None, confined: None }
    }

    /// With workers of a given `daybook` program, for a program that is another.
    #[must_use]
    pub fn of_program(program: PathBuf, limits: Limits) -> Self {
        Reader { program: Some(program), limits, worker: None, confined: None }
    }

    /// What the worker that was started last is confined to; `None` before the first job.
    #[must_use]
    pub fn confined(&self) -> Option<&Confined> {
        self.confined.as_ref()
    }

    /// What a foreign PDF is.
    ///
    /// # Errors
    /// It cannot be shown, or cannot be read from where it is kept.
    pub fn survey(&mut self, original: &mut dyn ReadSeek) -> Result<Survey, Failed> {
        match self.run(&Job::Survey, original, &mut nothing_is_given)? {
            Done::Survey(survey) => Ok(survey?),
            _ => Err(self.makes_no_sense()),
        }
    }

    /// Copies pages of a foreign PDF (from 0, or all), its objects numbered from `first_free`. Gives the next free number.
    ///
    /// # Errors
    /// It cannot be shown (what the sink was given until then is of no use), the sink failed, or it cannot be read from
    /// where it is kept.
    pub fn copy(
        &mut self,
        original: &mut dyn ReadSeek,
        first_free: u32,
        pages: Option<&[u32]>,
        sink: &mut dyn ExhibitSink,
    ) -> Result<u32, Failed> {
        let job = Job::Copy { first_free, pages: pages.map(<[u32]>::to_vec) };
        let mut give = |piece, data: &[u8]| job::replay(piece, data, sink);
        match self.run(&job, original, &mut give)? {
            Done::Copied(copied) => Ok(copied?),
            _ => Err(self.makes_no_sense()),
        }
    }

    /// What a picture says of itself.
    ///
    /// # Errors
    /// It cannot be shown, or cannot be read from where it is kept.
    pub fn look(&mut self, original: &mut dyn ReadSeek) -> Result<PictureFacts, Failed> {
        match self.run(&Job::Look, original, &mut nothing_is_given)? {
            Done::Looked(facts) => Ok(facts?),
            _ => Err(self.makes_no_sense()),
        }
    }

    /// When a picture says it was taken, in its own words; it need not be one that can be shown.
    ///
    /// # Errors
    /// Reading it was stopped, or it cannot be read from where it is.
    pub fn taken(&mut self, original: &mut dyn ReadSeek) -> Result<Option<String>, Failed> {
        match self.run(&Job::Taken, original, &mut nothing_is_given)? {
            Done::Taken(words) => Ok(words),
            _ => Err(self.makes_no_sense()),
        }
    }

    /// A picture as a paper holds it.
    ///
    /// # Errors
    /// It cannot be shown, or cannot be read from where it is kept.
    pub fn prepare(&mut self, original: &mut dyn ReadSeek, wanted: Wanted) -> Result<Prepared, Failed> {
        let mut given = Vec::new();
        let mut take = |piece, data: &[u8]| match piece {
            Piece::Picture => {
                given = data.to_vec();
                Ok(())
            }
            _ => Err(io::ErrorKind::InvalidData.into()),
        };
        match self.run(&Job::Prepare(wanted), original, &mut take)? {
            Done::Prepared(prepared) => Ok(Prepared { bytes: given, ..prepared? }),
            _ => Err(self.makes_no_sense()),
        }
    }

    /// What stands written in a file.
    ///
    /// # Errors
    /// It is no such file, or cannot be read from where it is kept.
    pub fn words(&mut self, original: &mut dyn ReadSeek, wording: WordsIn) -> Result<FileWords, Failed> {
        let mut pages = Vec::new();
        let mut take = |piece, data: &[u8]| match piece {
            Piece::Words => {
                pages.push(String::from_utf8(data.to_vec()).map_err(|_| io::ErrorKind::InvalidData)?);
                Ok(())
            }
            _ => Err(io::ErrorKind::InvalidData.into()),
        };
        match self.run(&Job::Words(wording), original, &mut take)? {
            Done::Words(words) => Ok(FileWords { pages, ..words? }),
            _ => Err(self.makes_no_sense()),
        }
    }

    /// Does something hostile on purpose; what came of it.
    ///
    /// # Errors
    /// As of every job.
    #[cfg(debug_assertions)]
    #[doc(hidden)]
    pub fn trial(&mut self, trial: super::trial::Trial, original: &mut dyn ReadSeek) -> Result<String, Failed> {
        match self.run(&Job::Trial(trial), original, &mut |_, _| Ok(()))? {
            Done::Trial(what) => Ok(what),
            _ => Err(self.makes_no_sense()),
        }
    }

    fn run(
        &mut self,
        job: &Job,
        original: &mut dyn ReadSeek,
        give: &mut dyn FnMut(Piece, &[u8]) -> io::Result<()>,
    ) -> Result<Done, Failed> {
        let bytes = original.seek(SeekFrom::End(0)).map_err(Failed::Ours)?;
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => self.start()?,
        };
        let time = self.limits.time_for(bytes);
        worker.allow(Some(time));
        let begin = Request::Begin { job: job.clone(), bytes, seconds: time.as_secs() };
        match converse(&mut *worker, begin, original, bytes, give) {
            Ok(done) => {
                worker.allow(None);
                self.worker = Some(worker);
                Ok(done)
            }
            Err(Broken::Worker) => Err(stopped(worker.why_it_fell())),
            Err(Broken::TooMuch(limit)) => Err(Unshown::Limit { what: "bytes of its pages".to_owned(), limit }.into()),
            Err(Broken::Ours(error)) => Err(Failed::Ours(error)),
        }
    }

    /// A fresh worker that has said it is ready. Where none can be started nothing is read: never here instead.
    fn start(&mut self) -> Result<Box<dyn Worker>, Failed> {
        let cannot = |_| stopped("its reader could not be started".to_owned());
        let mut worker: Box<dyn Worker> = match &self.program {
            Some(program) => Box::new(Process::start(program, self.limits).map_err(cannot)?),
            None => Box::new(Inside::start().map_err(cannot)?),
        };
        worker.allow(Some(TO_BE_READY));
        match worker.receive(&mut Vec::new()) {
            Ok(Some(Answer::Ready { version: VERSION, program, confined })) if program == env!("CARGO_PKG_VERSION") => {
                self.confined = Some(confined);
                Ok(worker)
            }
            _ => Err(stopped("its reader could not be started".to_owned())),
        }
    }

    fn makes_no_sense(&mut self) -> Failed {
        self.worker = None;
        stopped("its reader came to grief".to_owned())
    }
}

fn converse(
    worker: &mut dyn Worker,
    begin: Request,
    original: &mut dyn ReadSeek,
    bytes: u64,
    give: &mut dyn FnMut(Piece, &[u8]) -> io::Result<()>,
) -> Result<Done, Broken> {
    let most = bytes.saturating_mul(MOST_GIVEN.0).saturating_add(MOST_GIVEN.1);
    let mut given = 0_u64;
    let mut data = Vec::new();
    worker.send(begin, &[]).map_err(|_| Broken::Worker)?;
    loop {
        worker.flush().map_err(|_| Broken::Worker)?;
        match worker.receive(&mut data) {
            Ok(Some(Answer::Done(done))) => return Ok(done),
            Ok(Some(Answer::Ask { at, length })) if length <= LONGEST_RANGE => {
                if let Err(error) = range(original, at, length, &mut data) {
                    let _ = worker.send(Request::NoRange, &[]);
                    return Err(Broken::Ours(error));
                }
                worker.send(Request::Range, &[&data]).map_err(|_| Broken::Worker)?;
            }
            Ok(Some(Answer::Piece(piece))) => {
                // A head counts as well: a page without end is all head.
                given = given.saturating_add(data.len() as u64).saturating_add(64);
                if given > most {
                    return Err(Broken::TooMuch(most));
                }
                give(piece, &data).map_err(|error| match error.kind() {
                    io::ErrorKind::InvalidData => Broken::Worker,
                    _ => Broken::Ours(error),
                })?;
            }
            Ok(Some(Answer::Ask { .. } | Answer::Ready { .. } | Answer::Fell) | None) | Err(_) => {
                return Err(Broken::Worker);
            }
        }
    }
}

fn range(original: &mut dyn ReadSeek, at: u64, length: u32, into: &mut Vec<u8>) -> io::Result<()> {
    into.clear();
    original.seek(SeekFrom::Start(at))?;
    original.take(u64::from(length)).read_to_end(into)?;
    Ok(())
}

fn nothing_is_given(_: Piece, _: &[u8]) -> io::Result<()> {
    Err(io::ErrorKind::InvalidData.into())
}

fn stopped(why: String) -> Failed {
    Failed::Unshown(Unshown::Stopped { why })
}

/// `it took longer than 60 seconds to read`.
pub(super) fn took_too_long(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("it took longer than {seconds} second{} to read", if seconds == 1 { "" } else { "s" })
}
