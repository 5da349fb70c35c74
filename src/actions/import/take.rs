//! Of each file met: who reads it, its bytes into the book, and what is in it.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::intake::zip::is_zip;
use crate::intake::{self, About, Outcome, ReadSeek, Source};
use crate::model::{Digest, ImportSource, Instant, Locator, Noun, WholeFile};
use crate::store::{Arrival, Book, Received, Writing};

use super::super::walk::{self, Met};
use super::super::{ActionError, media};
use super::run::Run;
use super::taking::{Surroundings, Taking};
use super::words::{self, ZIP};
use super::{Going, Watching};
use super::{again, container, correct};

/// Small files of one transaction are at most so many …
const PART_FILES: usize = 1_000;
/// … and so many bytes.
const PART_BYTES: u64 = 32 * 1024 * 1024;
/// A file up to this size goes in with its messages, in one transaction.
const SMALL: u64 = 1024 * 1024;
/// How much of a file its readers see before one is chosen.
pub(super) const HEAD: u64 = intake::HEAD as u64;

/// Who reads a file.
#[derive(Clone, Copy)]
pub(super) enum Reading {
    By(&'static dyn Source),
    Container,
}

impl Reading {
    pub(super) fn name(self) -> &'static str {
        match self {
            Reading::By(reader) => reader.name(),
            Reading::Container => ZIP,
        }
    }
}

/// A file somebody reads.
pub(super) struct Claimed {
    pub(super) path: PathBuf,
    pub(super) label: String,
    pub(super) reading: Reading,
    pub(super) arrival: Arrival,
    bytes: Taken,
    changed: bool,
}

/// The bytes of a file, on their way into the book.
enum Taken {
    /// Few: they go in with the messages, in one transaction.
    Small(Vec<u8>),
    /// Many: they went in by themselves, in bounded memory.
    Received(Received),
    /// They stay where they are, and only some of what is in them is kept.
    Whole(File, Digest, u64),
}

/// Goes through everything met.
pub(super) fn take_all(
    book: &mut Book,
    now: Instant,
    met: Vec<Met>,
    run: &mut Run,
    watching: &mut dyn Watching,
) -> Result<(), ActionError> {
    let mut small: Vec<Claimed> = Vec::new();
    let mut held = 0;
    for (index, met) in met.into_iter().enumerate() {
        run.progress.done = index;
        if run.tell(watching) == Going::Stop {
            break;
        }
        let bytes = met.bytes();
        match met {
            Met::Unreadable { label, why } => run.add(only_finding(&label, words::not_readable(&label, &why))),
            Met::PassedOver { label, why } => run.add(passed_over(&label, why)),
            Met::File { path, label, .. } => {
                if let Some(claimed) = claim(book, path, label, run)? {
                    if let Taken::Small(bytes) = &claimed.bytes {
                        held += bytes.len() as u64;
                        small.push(claimed);
                    } else {
                        keep(book, now, run, watching, std::mem::take(&mut small))?;
                        held = 0;
                        keep(book, now, run, watching, vec![claimed])?;
                    }
                } else {
                    run.progress.bytes += bytes;
                }
            }
        }
        if small.len() >= PART_FILES || held >= PART_BYTES {
            keep(book, now, run, watching, std::mem::take(&mut small))?;
            held = 0;
        }
    }
    keep(book, now, run, watching, small)?;
    if !run.stopped {
        for (path, label) in std::mem::take(&mut run.unclaimed) {
            if !run.folders.used.contains(&path) && !is_kept(book, &path) {
                run.add(only_finding(&label, words::not_claimed(&label, &path)));
            }
        }
    }
    end_part(book, now, run)
}

/// Whether the book keeps these very bytes: the picture of a chat that was read before is no stranger.
fn is_kept(book: &Book, path: &Path) -> bool {
    let kept = walk::open(path).ok().map(|mut file| book.keeps(&mut file));
    matches!(kept, Some(Ok(true)))
}

/// What was only said and not kept becomes a part too.
fn end_part(book: &mut Book, now: Instant, run: &mut Run) -> Result<(), ActionError> {
    if !run.part_is_empty() && run.record.sources.is_empty() && run.stopped {
        return Ok(());
    }
    if run.part_is_empty() {
        return Ok(());
    }
    book.write::<_, ActionError>(now, |writing| Ok(((), run.write_part(writing)?)))?;
    Ok(())
}

pub(super) fn only_finding(label: &str, finding: crate::model::Finding) -> ImportSource {
    let mut source = ImportSource { path: label.to_owned(), findings: vec![finding], ..ImportSource::default() };
    source.counts.not_understood = 1;
    source
}

fn passed_over(label: &str, why: &str) -> ImportSource {
    let finding = words::passed_over(label, why);
    ImportSource { path: label.to_owned(), findings: vec![finding], ..ImportSource::default() }
}

/// Looks who reads a file, and takes its bytes in. `None`: nobody, which is noted.
fn claim(book: &mut Book, path: PathBuf, label: String, run: &mut Run) -> Result<Option<Claimed>, ActionError> {
    let (mut file, head, length) = match open_and_peek(&path) {
        Ok(opened) => opened,
        Err(error) => {
            run.add(only_finding(&label, words::not_readable(&label, &walk::reason(&error))));
            return Ok(None);
        }
    };
    if length == 0 {
        run.add(only_finding(&label, words::empty(&label)));
        return Ok(None);
    }
    let Some(reading) = who_reads(&head, &path, &label, length) else {
        let name = label.rsplit('/').next().unwrap_or(&label);
        if let Some(kind) = intake::elsewhere(&head, name) {
            run.add(only_finding(&label, words::read_elsewhere(&label, kind, "and was not kept")));
        } else {
            run.unclaimed.push((path, label));
        }
        return Ok(None);
    };
    let arrival = Arrival {
        name: label.rsplit('/').next().unwrap_or(&label).to_owned(),
        media_type: media_type(reading, &head, &label),
        from_device: run.importing.from_device,
    };
    let written = |file: &File| file.metadata().ok().map(|about| (about.len(), about.modified().ok()));
    let before = written(&file);
    let bytes = if !run.wanted.everything() {
        let hashed = file.seek(SeekFrom::Start(0)).and_then(|_| Digest::of_reader(&mut file));
        hashed.map(|(digest, length)| Ok(Taken::Whole(file.try_clone()?, digest, length))).and_then(|taken| taken)
    } else if length > SMALL {
        match file.seek(SeekFrom::Start(0)) {
            Ok(_) => Ok(Taken::Received(book.receive_file(&mut file)?)),
            Err(error) => Err(error),
        }
    } else {
        let mut bytes = head;
        file.by_ref().take(SMALL * 16).read_to_end(&mut bytes).map(|_| Taken::Small(bytes))
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => {
            run.add(only_finding(&label, words::not_readable(&label, &walk::reason(&error))));
            return Ok(None);
        }
    };
    let changed = written(&file) != before
        || fs::metadata(&path).is_ok_and(|about| Some(about.len()) != before.map(|(length, _)| length));
    Ok(Some(Claimed { path, label, reading, arrival, bytes, changed }))
}

fn media_type(reading: Reading, head: &[u8], label: &str) -> String {
    match reading.name() {
        "mbox" => "application/mbox".to_owned(),
        ZIP => "application/zip".to_owned(),
        _ => media::media_type(head, label).to_owned(),
    }
}

fn who_reads(head: &[u8], path: &Path, label: &str, length: u64) -> Option<Reading> {
    if is_zip(head) {
        return Some(Reading::Container);
    }
    let whole = Locator::whole();
    let about = About {
        digest: Digest::of(head),
        name: label.rsplit('/').next().unwrap_or(label),
        bytes: length,
        written: written_at(path),
        within: &whole,
    };
    intake::detect(head, &about).map(Reading::By)
}

fn written_at(path: &Path) -> Option<Instant> {
    let modified = fs::metadata(path).ok()?.modified().ok()?;
    let since = modified.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(Instant)
}

fn open_and_peek(path: &Path) -> io::Result<(File, Vec<u8>, u64)> {
    let mut file = walk::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    // A file may report no length and still give bytes; what it gives counts.
    let length = length.max(head.len() as u64);
    Ok((file, head, length))
}

/// Keeps files: originals first, then, read from the book, what is in them.
fn keep(
    book: &mut Book,
    now: Instant,
    run: &mut Run,
    watching: &mut dyn Watching,
    files: Vec<Claimed>,
) -> Result<(), ActionError> {
    if files.is_empty() {
        return Ok(());
    }
    book.write::<_, ActionError>(now, |writing| {
        for file in files {
            keep_file(writing, run, watching, file)?;
            if run.stopped {
                break;
            }
        }
        Ok(((), run.write_part(writing)?))
    })?;
    Ok(())
}

/// Keeps one file's bytes, then reads them from the book, unless the book has read the same before.
fn keep_file(
    writing: &mut Writing<'_>,
    run: &mut Run,
    watching: &mut dyn Watching,
    file: Claimed,
) -> Result<(), ActionError> {
    let Claimed { path, label, reading, arrival, bytes, changed } = file;
    let mut source = ImportSource { path: label, format: Some(reading.name().to_owned()), ..ImportSource::default() };
    if changed {
        source.find(words::changed(&source.path));
    }
    let base = run.progress.bytes;
    let received = match bytes {
        Taken::Small(bytes) => writing.receive(&mut bytes.as_slice())?,
        Taken::Received(received) => received,
        Taken::Whole(mut file, sha256, bytes) => {
            source.whole = Some(WholeFile { sha256, bytes, passed_over: 0 });
            read_one(writing, run, watching, (source, arrival, reading), (sha256, bytes), &mut file, &path)?;
            run.progress.bytes = base + bytes;
            return Ok(());
        }
    };
    writing.keep(&received, &arrival)?;
    source.original = Some(received.sha256);
    let original = (received.sha256, received.bytes);
    let finished = run.before(&source.path, source.original).is_some_and(|before| before.read_to.is_none());
    if finished {
        // This very import dealt with it before it was interrupted.
    } else if let Some(whole) = known(run, &source.path, &received.sha256)
        && !correct::reads_again(reading.name(), run.importing.date_order)
    {
        source.counts.claimed = whole.messages;
        source.counts.read = whole.messages;
        source.counts.duplicate = whole.messages;
        let items = whole.records.iter().filter(|id| id.noun == Noun::Document).count();
        source.counts.items_known = items as u64;
        source.records.clone_from(&whole.records);
        run.add(source);
    } else {
        let book = writing.book();
        let mut kept = book.open_kept(&received.sha256)?;
        read_one(writing, run, watching, (source, arrival, reading), original, &mut kept, &path)?;
    }
    run.progress.bytes = base + received.bytes;
    Ok(())
}

fn known<'a>(run: &'a Run, label: &str, digest: &Digest) -> Option<&'a super::run::Whole> {
    let begun = run.before(label, Some(*digest)).is_some();
    run.complete(digest).filter(|_| !begun)
}

fn read_one(
    writing: &mut Writing<'_>,
    run: &mut Run,
    watching: &mut dyn Watching,
    (source, arrival, reading): (ImportSource, Arrival, Reading),
    original: (Digest, u64),
    bytes: &mut dyn ReadSeek,
    path: &Path,
) -> Result<(), ActionError> {
    match reading {
        Reading::Container => container::read(writing, run, watching, source, &arrival, original, bytes),
        Reading::By(reader) => {
            let whole = Locator::whole();
            let name = arrival.name.clone();
            let about =
                About { digest: original.0, name: &name, bytes: original.1, written: written_at(path), within: &whole };
            let folder = path.parent().unwrap_or(Path::new("."));
            let beside = Surroundings::Folder(folder);
            read_by(reader, (writing, run, watching), source, arrival, original, bytes, &about, beside)
        }
    }
}

/// Reads one original, or one entry of a zip, with its reader.
#[expect(clippy::too_many_arguments, reason = "everything that one reading needs, and nothing keeps it together")]
pub(super) fn read_by(
    reader: &'static dyn Source,
    (writing, run, watching): (&mut Writing<'_>, &mut Run, &mut dyn Watching),
    source: ImportSource,
    arrival: Arrival,
    original: (Digest, u64),
    bytes: &mut dyn ReadSeek,
    about: &About<'_>,
    beside: Surroundings<'_>,
) -> Result<(), ActionError> {
    let mut taking = Taking::new((run, writing, watching), source, arrival, original, beside)?;
    let mut outcome = taking.read(reader, bytes, about)?;
    if let Ok(Outcome::Ask(question)) = &outcome
        && let Some(order) = taking.watching.ask(&taking.source.path, question)
    {
        // The question came of a reading to the end; the answer is for one from the beginning.
        bytes.seek(SeekFrom::Start(0)).map_err(|source| ActionError::File { path: about.name.into(), source })?;
        let before = taking.run.settings.date_order.replace(order);
        outcome = taking.read(reader, bytes, about)?;
        taking.run.settings.date_order = before;
    }
    let Taking { run, writing, mut source, done_to, chat, writers, .. } = taking;
    match outcome {
        Ok(Outcome::Read) => again::compare(writing.book(), run, &chat, &mut source)?,
        Ok(Outcome::Ask(question)) => {
            source.counts.not_understood = 1;
            source.find(words::undecided(&source.path, &question));
        }
        // The part before the stop is kept, and says how far it came.
        Err(_) if run.stopped => return Ok(()),
        Err(error) => source.find(words::not_readable(&source.path, &walk::reason(&error))),
    }
    let begun = done_to.is_some() || run.part_has(&source);
    let nothing = source.counts.claimed == 0 && source.records.count() == 0 && source.whole.is_none() && !begun;
    if nothing {
        source.counts.not_understood = 1;
        if source.findings.is_empty() {
            source.find(words::nothing_in_it(&source.path));
        }
    } else if source.counts.claimed > 0
        && source.counts.read == 0
        && source.records.count() == 0
        && !begun
        && source.whole.is_none()
    {
        source.counts.not_understood = 1;
    }
    run.chats += usize::from(writers.any());
    let names = writers.may_be_me(&run.people);
    if !names.is_empty() {
        run.unclear.push((source.path.clone(), source.original, names));
    }
    run.add(source);
    Ok(())
}
