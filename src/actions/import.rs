//! Bringing in saved messages. An import is begun, taken in by parts, and finished; each part is a
//! transaction of its own, so that one stopped half way loses nothing and can be run again.
//!
//! Of each file: its bytes are received and kept, then read from the book, never from the disk. What
//! no reader knows is listed, and not kept.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::intake::{self, About, ItemDraft, MessageDraft, Outcome, Question, Sink, Source};
use crate::model::{
    Content, DeviceOwner, Digest, Document, DocumentKind, Finding, ImportRecord, ImportSource, Instant, Locator,
    Message, Noun, RecordId, Severity, Zone,
};
use crate::store::{Arrival, Book, JournalEntry, Received, Writing};

use super::suggest::{MarkSuggestion, PersonSuggestion, Suggesting};
use super::walk::{self, Met};
use super::{ActionError, People, media};

/// A part is at most so many files …
const PART_FILES: usize = 1_000;
/// … and at most about so many bytes, so that memory stays bounded.
const PART_BYTES: u64 = 32 * 1024 * 1024;
/// The finding on a file no reader knows.
const NOT_A_MESSAGE: &str = "not-a-message";
/// A file up to this size goes in with its messages, in one transaction.
const SMALL: u64 = 1024 * 1024;
/// How much of a file its readers see before one is chosen.
const HEAD: u64 = intake::HEAD as u64;
/// A single saved message larger than this is listed and not read: real mail servers stop far below it.
const LARGEST: u64 = 512 * 1024 * 1024;

/// What to bring in.
#[derive(Debug, Clone)]
pub struct Importing {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Whose device or account they came from (MSG-09), where that was asked.
    pub from_device: Option<DeviceOwner>,
    /// The zone of times that state none.
    pub zone: Zone,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Files looked at.
    pub done: usize,
    /// Files found.
    pub of: usize,
    /// New messages so far.
    pub new: u64,
}

/// The report of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its record.
    pub id: RecordId,
    /// What the book remembers of it.
    pub record: ImportRecord,
    /// Addresses that belong to nobody yet.
    pub people: Vec<PersonSuggestion>,
    /// Messages that may be privileged.
    pub marks: Vec<MarkSuggestion>,
    /// The last journal entry.
    pub journal: JournalEntry,
}

/// Brings in messages.
///
/// # Errors
/// None of the paths is there, or writing failed. A file that cannot be read or understood is a
/// finding.
pub fn import(
    book: &mut Book,
    now: Instant,
    importing: &Importing,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, ActionError> {
    if let Some(path) = importing.paths.iter().find(|path| !path.exists()) {
        let source = io::Error::from(io::ErrorKind::NotFound);
        return Err(ActionError::File { path: path.clone(), source });
    }
    let met = walk::walk(&importing.paths);
    let of = met.len();
    let mut run = begin(book, now, importing)?;
    let mut part = Part::default();
    for (index, met) in met.into_iter().enumerate() {
        progress(Progress { done: index, of, new: run.record.totals.new });
        match met {
            Met::Unreadable { label, why } => part.files.push(PartFile::only_finding(label, not_readable, &why)),
            Met::File { path, label } => take_in(book, &path, label, &mut part)?,
        }
        if part.files.len() >= PART_FILES || part.bytes >= PART_BYTES {
            run.keep_part(book, now, importing, std::mem::take(&mut part))?;
        }
    }
    run.keep_part(book, now, importing, part)?;
    progress(Progress { done: of, of, new: run.record.totals.new });
    run.finish(book, now)
}

/// One import under way.
struct Run {
    id: RecordId,
    record: ImportRecord,
    people: People,
    suggesting: Suggesting,
}

/// Files taken in and not yet kept.
#[derive(Default)]
struct Part {
    files: Vec<PartFile>,
    bytes: u64,
}

struct PartFile {
    source: ImportSource,
    claimed: Option<Claimed>,
}

/// A file somebody reads.
struct Claimed {
    reader: &'static dyn Source,
    bytes: Taken,
    arrival: Arrival,
}

/// The bytes of a file, on their way into the book.
enum Taken {
    /// Few: they go in with the messages, in one transaction.
    Small(Vec<u8>),
    /// Many: they went in by themselves, in bounded memory.
    Received(Received),
}

/// Takes what a reader finds in one file.
#[derive(Default)]
struct Collect {
    drafts: Vec<MessageDraft>,
    items: Vec<ItemDraft>,
    findings: Vec<Finding>,
}

impl Sink for Collect {
    fn message(&mut self, draft: MessageDraft) -> io::Result<()> {
        self.drafts.push(draft);
        Ok(())
    }

    fn item(&mut self, item: ItemDraft) -> io::Result<()> {
        self.items.push(item);
        Ok(())
    }

    fn finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}

/// Writes down that the import has begun; one of the same names that was interrupted is gone on with.
fn begin(book: &mut Book, now: Instant, importing: &Importing) -> Result<Run, ActionError> {
    let people = People::load(book)?;
    let named: Vec<ImportSource> = importing
        .paths
        .iter()
        .map(|path| ImportSource { path: walk::label(path), ..ImportSource::default() })
        .collect();
    let mut assumptions = vec![format!("Times that state no zone were read in the zone {}.", importing.zone.name())];
    if importing.from_device.is_none() {
        assumptions.push("Whose device or account these came from was not asked.".to_owned());
    }
    let mut record = ImportRecord {
        sources: named,
        from_device: importing.from_device,
        begun: Some(now),
        assumptions,
        ..ImportRecord::default()
    };
    let gone_on = interrupted(book, &record)?;
    if let Some((id, begun)) = gone_on {
        record.begun = begun;
        record.assumptions.push(
            "This import was interrupted and run again; what was read before counts as already in the book.".to_owned(),
        );
        record.sources.clear();
        return Ok(Run { id, record, people, suggesting: Suggesting::default() });
    }
    let labels: Vec<&str> = record.sources.iter().map(|source| source.path.as_str()).collect();
    let sentence = format!("Began an import of {}", labels.join(", "));
    let content = Content::Import(Box::new(record.clone()));
    let begun = book.write::<_, ActionError>(now, |writing| Ok((writing.add(content)?, sentence)))?;
    // The names it began with make way for the files found.
    record.sources.clear();
    Ok(Run { id: begun.value, record, people, suggesting: Suggesting::default() })
}

fn interrupted(book: &Book, wanted: &ImportRecord) -> Result<Option<(RecordId, Option<Instant>)>, ActionError> {
    let found = book.all(Noun::Import)?.into_iter().rev().find_map(|record| match record.content {
        Content::Import(import) if import.finished.is_none() && import.sources == wanted.sources => {
            Some((record.id, import.begun))
        }
        _ => None,
    });
    Ok(found)
}

/// Looks who reads a file, and takes its bytes in.
fn take_in(book: &mut Book, path: &Path, label: String, part: &mut Part) -> Result<(), ActionError> {
    let (mut file, head, length) = match open_and_peek(path) {
        Ok(opened) => opened,
        Err(error) => {
            part.files.push(PartFile::only_finding(label, not_readable, &walk::reason(&error)));
            return Ok(());
        }
    };
    if length == 0 {
        part.files.push(PartFile::only_finding(label, |label, _| empty(label), ""));
        return Ok(());
    }
    let whole = Locator::whole();
    let about = About { digest: Digest::of(&head), name: &label, bytes: length, written: None, within: &whole };
    let Some(reader) = intake::detect(&head, &about) else {
        part.files.push(PartFile::only_finding(label, |label, _| not_claimed(label, path), ""));
        return Ok(());
    };
    if length > LARGEST {
        part.files.push(PartFile::only_finding(label, |label, _| too_large(label), ""));
        return Ok(());
    }
    let arrival = Arrival {
        name: label.rsplit('/').next().unwrap_or(&label).to_owned(),
        media_type: media::media_type(&head, &label).to_owned(),
        from_device: None,
    };
    let mut whole = io::Cursor::new(head).chain(&mut file);
    let mut bytes = Vec::new();
    if let Err(error) = whole.by_ref().take(SMALL + 1).read_to_end(&mut bytes) {
        part.files.push(PartFile::only_finding(label, not_readable, &walk::reason(&error)));
        return Ok(());
    }
    let (bytes, digest) = if bytes.len() as u64 > SMALL {
        let received = book.receive(&mut io::Cursor::new(bytes).chain(whole))?;
        let digest = received.sha256;
        (Taken::Received(received), digest)
    } else {
        let digest = Digest::of(&bytes);
        part.bytes += bytes.len() as u64;
        (Taken::Small(bytes), digest)
    };
    let source = ImportSource {
        path: label,
        format: Some(reader.name().to_owned()),
        original: Some(digest),
        ..ImportSource::default()
    };
    part.files.push(PartFile { source, claimed: Some(Claimed { reader, bytes, arrival }) });
    Ok(())
}

fn open_and_peek(path: &Path) -> io::Result<(File, Vec<u8>, u64)> {
    let mut file = walk::open(path)?;
    let length = file.metadata()?.len();
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    // A file may report no length and still give bytes; what it gives counts.
    Ok((file, head.clone(), length.max(head.len() as u64)))
}

impl PartFile {
    fn only_finding(label: String, make: impl FnOnce(&str, &str) -> Finding, why: &str) -> Self {
        let finding = make(&label, why);
        let mut source = ImportSource { path: label, findings: vec![finding], ..ImportSource::default() };
        source.counts.not_understood = 1;
        PartFile { source, claimed: None }
    }
}

impl Run {
    /// Keeps one part: originals first, then, read from the book, what is in them.
    fn keep_part(
        &mut self,
        book: &mut Book,
        now: Instant,
        importing: &Importing,
        part: Part,
    ) -> Result<(), ActionError> {
        if part.files.iter().all(|file| file.claimed.is_none()) {
            self.take(part.files.into_iter().map(|file| file.source));
            return Ok(());
        }
        let people = &self.people;
        let suggesting = &mut self.suggesting;
        let written = book.write::<_, ActionError>(now, |writing| {
            let mut sources = Vec::with_capacity(part.files.len());
            for file in part.files {
                sources.push(keep_file(writing, importing, file, people, suggesting)?);
            }
            let new = sources.iter().map(|source| source.counts.new).sum();
            let kept = sources.iter().filter(|source: &&ImportSource| source.original.is_some()).count();
            let sentence =
                format!("Took in {} of an import: {}", count(kept as u64, "file"), count(new, "new message"));
            Ok((sources, sentence))
        })?;
        self.take(written.value.into_iter());
        Ok(())
    }

    fn take(&mut self, sources: impl Iterator<Item = ImportSource>) {
        for source in sources {
            self.record.totals.add(&source.counts);
            self.record.sources.push(source);
        }
    }

    fn finish(mut self, book: &mut Book, now: Instant) -> Result<Report, ActionError> {
        self.record.finished = Some(now);
        let totals = self.record.totals;
        let sentence = format!(
            "Imported {}: {}, {} already in the book, {} with a known name and other words",
            count(self.record.sources.len() as u64, "file"),
            count(totals.new, "new message"),
            totals.duplicate,
            totals.differing
        );
        let content = Content::Import(Box::new(without_paths(self.record.clone())));
        let id = self.id;
        let written = book.write::<_, ActionError>(now, |writing| {
            writing.amend(id, content, "The import was finished")?;
            Ok(((), sentence))
        })?;
        let (people, marks) = self.suggesting.finish(&self.people);
        Ok(Report { id, record: self.record, people, marks, journal: written.journal })
    }
}

fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Keeps one file's bytes, then reads them from the book, unless the book has read the same before.
fn keep_file(
    writing: &mut Writing<'_>,
    importing: &Importing,
    file: PartFile,
    people: &People,
    suggesting: &mut Suggesting,
) -> Result<ImportSource, ActionError> {
    let PartFile { mut source, claimed } = file;
    let Some(claimed) = claimed else { return Ok(source) };
    let received = match claimed.bytes {
        Taken::Small(bytes) => writing.receive(&mut bytes.as_slice())?,
        Taken::Received(received) => received,
    };
    let arrival = Arrival { from_device: importing.from_device, ..claimed.arrival };
    writing.keep(&received, &arrival)?;
    let known = writing.book().messages_of(&received.sha256)?;
    if !known.is_empty() {
        let all = known.len() as u64;
        (source.counts.claimed, source.counts.read, source.counts.duplicate) = (all, all, all);
        source.records = known;
        return Ok(source);
    }
    let mut collect = Collect::default();
    {
        let mut original = writing.book().open_kept(&received.sha256)?;
        let whole = Locator::whole();
        let about = About {
            digest: received.sha256,
            name: &arrival.name,
            bytes: received.bytes,
            written: None,
            within: &whole,
        };
        let settings = intake::Settings { zone: importing.zone, ..intake::Settings::default() };
        match claimed.reader.read(&mut original, &about, &settings, &mut collect) {
            Ok(Outcome::Read) => {}
            Ok(Outcome::Ask(question)) => collect.findings.push(undecided(&source.path, &question)),
            Err(error) => collect.findings.push(not_readable(&source.path, &walk::reason(&error))),
        }
    }
    source.findings.append(&mut collect.findings);
    source.counts.claimed = collect.drafts.len() as u64;
    if collect.drafts.is_empty() && collect.items.is_empty() {
        source.counts.not_understood = 1;
        if source.findings.is_empty() {
            source.findings.push(nothing_in_it(&source.path));
        }
    }
    for item in collect.items {
        let document = document_of(item, &received, &arrival);
        source.records.push(writing.add(Content::Document(Box::new(document)))?);
    }
    for draft in collect.drafts {
        keep_draft(writing, importing, draft, &mut source, people, suggesting)?;
    }
    Ok(source)
}

/// Something in a file that is not a message, as a document that stands on that file.
fn document_of(item: ItemDraft, received: &Received, arrival: &Arrival) -> Document {
    Document {
        kind: DocumentKind::Other,
        title: item.title,
        dated: item.when,
        by: None,
        received: None,
        original: received.sha256,
        name: arrival.name.clone(),
        bytes: received.bytes,
        media_type: arrival.media_type.clone(),
        from_message: None,
        recording: None,
    }
}

/// Keeps one message: new, known already, or of a known Message-ID with other words.
fn keep_draft(
    writing: &mut Writing<'_>,
    importing: &Importing,
    draft: MessageDraft,
    source: &mut ImportSource,
    people: &People,
    suggesting: &mut Suggesting,
) -> Result<(), ActionError> {
    let message = draft.message;
    source.counts.read += 1;
    source.counts.partly_read += u64::from(draft.partly);
    let alike = alike(writing.book(), &message)?;
    if let Some((id, _)) = alike.iter().find(|(_, print)| print.is_some() && *print == message.fingerprint) {
        source.counts.duplicate += 1;
        source.records.push(*id);
        return Ok(());
    }
    for (digest, bytes) in draft.loose {
        let attachment = message.attachments.iter().find(|attachment| attachment.sha256 == digest);
        let arrival = Arrival {
            name: attachment.and_then(|file| file.name.clone()).unwrap_or_else(|| "attachment".to_owned()),
            media_type: attachment
                .map_or_else(|| "application/octet-stream".to_owned(), |file| file.media_type.clone()),
            from_device: importing.from_device,
        };
        let received = writing.receive(&mut bytes.as_slice())?;
        writing.keep(&received, &arrival)?;
    }
    let id = writing.add(Content::Message(Box::new(message.clone())))?;
    source.records.push(id);
    match alike.first() {
        Some((other, _)) => {
            source.counts.differing += 1;
            source.findings.push(differs(&source.path, id, *other));
        }
        None => source.counts.new += 1,
    }
    suggesting.look(id, &message, people);
    Ok(())
}

fn alike(book: &Book, message: &Message) -> Result<Vec<(RecordId, Option<Digest>)>, ActionError> {
    Ok(book.messages_like(message.fingerprint.as_ref(), message.thread.message_id.as_deref())?)
}

fn differs(label: &str, id: RecordId, other: RecordId) -> Finding {
    let what = format!("{id} has the same Message-ID as {other} and other words; both are kept");
    Finding::new(Severity::Warn, "differing", label, what, format!("Compare them: daybook show {id}"))
}

fn not_readable(label: &str, why: &str) -> Finding {
    let what = format!("{label} could not be read: {why}");
    Finding::new(Severity::Warn, "not-readable", label, what, "The rest was brought in. Mend this and import it again.")
}

fn undecided(label: &str, question: &Question) -> Finding {
    let Question::DateOrder { day_first, month_first, .. } = question;
    let what = format!(
        "{label} writes its dates in numbers alone. With the day first they run from {} to {}; with the month first from {} to {}",
        day_first.0, day_first.1, month_first.0, month_first.1
    );
    let next = "The file is kept. Say which is right and import it again: --date-order dmy, or --date-order mdy";
    Finding::new(Severity::Warn, "date-order", label, what, next)
}

fn empty(label: &str) -> Finding {
    let what = format!("{label} is empty (0 bytes) and was not kept");
    Finding::new(
        Severity::Warn,
        "empty-file",
        label,
        what,
        "If it should not be empty, save it again from where it came.",
    )
}

fn not_claimed(label: &str, path: &Path) -> Finding {
    let what = format!("{label} is not a message that this version can read, and was not kept");
    let next = format!("To keep it as a document: daybook add \"{}\" --as other", path.display());
    Finding::new(Severity::Info, NOT_A_MESSAGE, label, what, next)
}

/// What the book remembers names no place on this computer: a path may hold the user's name, and an
/// import report may be printed. The report on the screen keeps the path, for the command to be typed.
fn without_paths(mut record: ImportRecord) -> ImportRecord {
    let findings = record.sources.iter_mut().flat_map(|source| &mut source.findings);
    for finding in findings.filter(|finding| finding.kind == NOT_A_MESSAGE) {
        "To keep it as a document: daybook add FILE --as other".clone_into(&mut finding.next);
    }
    record
}

fn too_large(label: &str) -> Finding {
    let what = format!("{label} is larger than 512 MB, which no single saved message is; it was not kept");
    Finding::new(Severity::Warn, "too-large", label, what, "To keep it as a document: daybook add FILE --as other")
}

fn nothing_in_it(label: &str) -> Finding {
    let what = format!("No message was found in {label}; the file itself is kept");
    Finding::new(Severity::Warn, "no-message", label, what, "Open it with the program it came from, and save it again.")
}
