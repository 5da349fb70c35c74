//! One import under way: what it has brought so far, and where an interrupted one goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use crate::intake;
use crate::model::{
    Content, Digest, IdentityKind, ImportRecord, ImportSource, Instant, Locator, Noun, RecordId, RecordRuns, Zone,
};
use crate::store::{Book, Writing};

use super::super::suggest::Suggesting;
use super::super::walk::{self, Met};
use super::super::{ActionError, People};
use super::beside::Folders;
use super::only::Wanted;
use super::words::{count, without_paths};
use super::{Importing, Progress, Report, Watching};

/// A part is at most so many messages and files …
const PART_RECORDS: usize = 4_000;
/// … and about so many bytes of words, so that memory stays bounded.
const PART_BYTES: u64 = 16 * 1024 * 1024;

/// One import under way.
pub(super) struct Run {
    pub(super) id: RecordId,
    /// Everything so far; its sources in the order they were first met.
    pub(super) record: ImportRecord,
    /// The place of each source in `record`, by what it is called and holds.
    known_sources: BTreeMap<(String, Option<Digest>), usize>,
    /// What the transaction under way adds.
    part: Vec<ImportSource>,
    part_size: (usize, u64),
    /// Originals that were read whole, in this import or before, with what they gave.
    complete: BTreeMap<Digest, Whole>,
    pub(super) people: People,
    pub(super) suggesting: Suggesting,
    pub(super) settings: intake::Settings,
    pub(super) importing: Importing,
    pub(super) wanted: Wanted,
    pub(super) folders: Folders,
    /// Calendar entries and the like in the book, by what they say; looked up when the first one is met.
    pub(super) items: Option<BTreeMap<Digest, Vec<RecordId>>>,
    /// Files no reader knows, until it is clear that no message names them.
    pub(super) unclaimed: Vec<(PathBuf, String)>,
    /// Entries of zips that a message named.
    named_entries: BTreeSet<(Digest, u32)>,
    /// Chats in which nobody is known to be the user: the file, and who writes in it.
    pub(super) unclear: Vec<(String, Option<Digest>, Vec<super::me::MayBeMe>)>,
    /// An original that was read before, with its messages by where they stand.
    pub(super) read_before: Option<(Digest, super::correct::Known)>,
    /// How many chats were read.
    pub(super) chats: usize,
    pub(super) progress: Progress,
    pub(super) stopped: bool,
}

/// What an original gave that was read whole.
#[derive(Debug, Clone, Default)]
pub(super) struct Whole {
    pub(super) messages: u64,
    pub(super) records: RecordRuns,
}

impl Run {
    /// Writes down that the import has begun; one of the same names that was interrupted is gone on with.
    pub(super) fn begin(
        book: &mut Book,
        now: Instant,
        importing: &Importing,
        met: &[Met],
    ) -> Result<Self, ActionError> {
        let people = People::load(book)?;
        super::me::check(&people, importing.me.as_deref())?;
        let zone = importing.zone.unwrap_or(Zone::LONDON);
        let me: Option<Vec<String>> = people.me().and_then(|id| people.get(id)).map(|person| {
            let spellings = person.identities.iter().filter(|identity| identity.kind == IdentityKind::Name);
            std::iter::once(person.name.clone()).chain(spellings.map(|identity| identity.value.clone())).collect()
        });
        let record = as_begun(now, importing, zone);
        let (complete, gone_on) = earlier(book, &record)?;
        let mut run = Run {
            id: RecordId::new(Noun::Import, 1),
            record,
            known_sources: BTreeMap::new(),
            part: Vec::new(),
            part_size: (0, 0),
            complete,
            wanted: Wanted::new(&importing.only_with, &people),
            people,
            suggesting: Suggesting::default(),
            settings: intake::Settings {
                zone,
                date_order: importing.date_order,
                me: me.unwrap_or_default().into_iter().chain(importing.me.clone()).collect::<Vec<String>>(),
            },
            importing: importing.clone(),
            folders: Folders::inside(&importing.paths),
            items: None,
            unclaimed: Vec::new(),
            named_entries: BTreeSet::new(),
            unclear: Vec::new(),
            read_before: None,
            chats: 0,
            progress: Progress { of: met.len(), of_bytes: met.iter().map(Met::bytes).sum(), ..Progress::default() },
            stopped: false,
        };
        if let Some((id, begun, parts)) = gone_on {
            (run.id, run.record.begun) = (id, begun);
            run.record.sources.clear();
            run.record.assumptions.push("This import was interrupted and gone on with where it was.".to_owned());
            for source in parts {
                run.merge(source);
            }
            return Ok(run);
        }
        let labels: Vec<&str> = run.record.sources.iter().map(|source| source.path.as_str()).collect();
        let sentence = format!("Began an import of {}", labels.join(", "));
        let content = Content::Import(Box::new(run.record.clone()));
        run.id = book.write::<_, ActionError>(now, |writing| Ok((writing.add(content)?, sentence)))?.value;
        // The names it began with make way for the files found.
        run.record.sources.clear();
        Ok(run)
    }

    /// The line of a file this very import has dealt with before it was interrupted: as far as it came.
    pub(super) fn before(&self, label: &str, digest: Option<Digest>) -> Option<&ImportSource> {
        self.known_sources.get(&(label.to_owned(), digest)).map(|index| &self.record.sources[*index])
    }

    /// What this original gave when it was read whole.
    pub(super) fn complete(&self, digest: &Digest) -> Option<&Whole> {
        self.complete.get(digest)
    }

    /// Adds what was brought of one file to the part under way.
    pub(super) fn add(&mut self, source: ImportSource) {
        self.part_size.0 += 1;
        if source.format.as_deref() != Some(super::words::ZIP) {
            remember(&mut self.complete, std::slice::from_ref(&source));
        }
        self.part.push(source);
    }

    /// Counts a message of the part under way; whether the part is full.
    pub(super) fn part_is_full(&mut self, bytes: u64) -> bool {
        self.part_size.0 += 1;
        self.part_size.1 += bytes;
        self.part_size.0 >= PART_RECORDS || self.part_size.1 >= PART_BYTES
    }

    /// The part under way becomes a version of the import's record; gives the sentence of its entry.
    pub(super) fn write_part(&mut self, writing: &mut Writing<'_>) -> Result<String, ActionError> {
        let sources = std::mem::take(&mut self.part);
        self.part_size = (0, 0);
        let mut part = ImportRecord {
            begun: self.record.begun,
            from_device: self.record.from_device,
            only_with: self.record.only_with.clone(),
            ..ImportRecord::default()
        };
        for source in &sources {
            part.totals.add(&source.counts);
        }
        let kept = sources.iter().filter(|source| source.original.is_some()).count();
        let sentence =
            format!("Took in {} of an import: {}", count(kept as u64, "file"), count(part.totals.new, "new message"));
        part.sources.clone_from(&sources);
        writing.amend(self.id, Content::Import(Box::new(without_paths(part))), "A part of the import")?;
        for source in sources {
            self.merge(source);
        }
        Ok(sentence)
    }

    /// The files of this import so far, in the order they came.
    pub(super) fn sources_so_far(&self) -> impl DoubleEndedIterator<Item = &ImportSource> {
        self.record.sources.iter().chain(&self.part)
    }

    /// Adds a finding about a file that a part has brought already.
    pub(super) fn find(&mut self, source: &ImportSource, finding: crate::model::Finding) {
        let found = self.known_sources.get(&(source.path.clone(), source.original));
        if let Some(known) = found.and_then(|index| self.record.sources.get_mut(*index)) {
            known.find(finding);
        }
    }

    /// Whether this import has met this message.
    pub(super) fn brought(&self, id: RecordId) -> bool {
        self.record.sources.iter().any(|source| source.records.iter().any(|one| one == id))
    }

    /// Adds a finding about the chat a message stands in, at the file of this import it stands in; about one of another
    /// import, at the first.
    pub(super) fn find_in(
        &mut self,
        book: &Book,
        message: RecordId,
        finding: crate::model::Finding,
    ) -> Result<(), ActionError> {
        let original = book.record(message)?.and_then(|record| match record.content {
            Content::Message(message) => Some(message.place?.original),
            _ => None,
        });
        let here =
            |source: &ImportSource| source.original == original && source.format.as_deref() != Some(super::words::ZIP);
        let sources = &mut self.record.sources;
        let holds = |source: &ImportSource| source.records.iter().any(|one| one == message);
        let at = sources.iter().position(holds).or_else(|| sources.iter().position(here)).unwrap_or(0);
        if let Some(source) = sources.get_mut(at) {
            source.find(finding);
        }
        Ok(())
    }

    /// Notes that a message names this entry of a zip.
    pub(super) fn name_in_zip(&mut self, zip: Digest, entry: u32) {
        self.named_entries.insert((zip, entry));
    }

    pub(super) fn named_in_zip(&self, zip: Digest, entry: u32) -> bool {
        self.named_entries.contains(&(zip, entry))
    }

    /// Whether an earlier part, or the part under way, has brought something of this file.
    pub(super) fn part_has(&self, source: &ImportSource) -> bool {
        self.before(&source.path, source.original.or_else(|| source.whole.as_ref().map(|whole| whole.sha256))).is_some()
    }

    pub(super) fn part_is_empty(&self) -> bool {
        self.part.is_empty()
    }

    fn merge(&mut self, source: ImportSource) {
        if source.format.as_deref() != Some(super::words::ZIP) {
            remember(&mut self.complete, std::slice::from_ref(&source));
        }
        let digest = source.original.or_else(|| source.whole.as_ref().map(|whole| whole.sha256));
        let key = (source.path.clone(), digest);
        if let Some(index) = self.known_sources.get(&key) {
            self.record.sources[*index].append(source);
        } else {
            self.known_sources.insert(key, self.record.sources.len());
            self.record.sources.push(source);
        }
    }

    /// The import is finished, or stopped between two parts.
    pub(super) fn finish(mut self, book: &mut Book, now: Instant) -> Result<Report, ActionError> {
        let mut totals = crate::model::ImportTotals::default();
        self.record.sources.sort_by(|a, b| a.path.cmp(&b.path));
        self.record.sources.iter().for_each(|source| totals.add(&source.counts));
        self.record.totals = totals;
        let journal = if self.stopped {
            book.journal_last()?
        } else {
            self.record.finished = Some(now);
            let sentence = format!(
                "Imported {}: {}, {} already in the book, {} with a known name and other words",
                count(self.record.sources.len() as u64, "file"),
                count(totals.new, "new message"),
                totals.duplicate,
                totals.differing
            );
            let content = Content::Import(Box::new(without_paths(self.record.clone())));
            let id = self.id;
            Some(
                book.write::<_, ActionError>(now, |writing| {
                    writing.amend(id, content, "The import was finished")?;
                    Ok(((), sentence))
                })?
                .journal,
            )
        };
        let journal = journal.expect("an import that was begun has its entry");
        let (people, marks) = self.suggesting.finish(&self.people);
        Ok(Report { id: self.id, record: self.record, people, marks, journal })
    }
}

fn as_begun(now: Instant, importing: &Importing, zone: Zone) -> ImportRecord {
    let named = importing
        .paths
        .iter()
        .map(|path| ImportSource { path: walk::label(path), ..ImportSource::default() })
        .collect();
    let mut assumptions = vec![format!("Times that state no zone were read in the zone {}.", zone.name())];
    if importing.from_device.is_none() {
        assumptions.push("Whose device or account these came from was not asked.".to_owned());
    }
    if !importing.only_with.is_empty() {
        assumptions.push(format!(
            "Only e-mails from or to {} were kept; of the files they stood in the book keeps the SHA-256 and the size.",
            importing.only_with.join(", ")
        ));
    }
    ImportRecord {
        sources: named,
        from_device: importing.from_device,
        begun: Some(now),
        assumptions,
        only_with: importing.only_with.clone(),
        ..ImportRecord::default()
    }
}

type GoneOn = (RecordId, Option<Instant>, Vec<ImportSource>);

/// What earlier imports read whole, and the interrupted import of the same names, with its parts.
fn earlier(book: &Book, wanted: &ImportRecord) -> Result<(BTreeMap<Digest, Whole>, Option<GoneOn>), ActionError> {
    let mut complete = BTreeMap::new();
    let mut gone_on = None;
    for record in book.all(Noun::Import)? {
        let Content::Import(import) = record.content else { continue };
        if import.finished.is_some() {
            remember(&mut complete, &import.sources);
            continue;
        }
        let mut parts = Vec::new();
        let mut same = false;
        for version in book.versions(record.id)? {
            let Content::Import(part) = version.content else { continue };
            if version.version == 1 {
                same = part.sources == wanted.sources
                    && part.only_with == wanted.only_with
                    && part.assumptions == wanted.assumptions;
                continue;
            }
            parts.extend(part.sources);
        }
        remember(&mut complete, &parts);
        if same {
            gone_on = Some((record.id, import.begun, parts));
        }
    }
    Ok((complete, gone_on))
}

/// Notes the originals of an import that were read to their end and gave something. A zip is read to its end when
/// its own line is there and nothing in it waits for an answer or gave nothing (an earlier version read nothing
/// after its question was answered); what it gave is what its entries gave.
fn remember(complete: &mut BTreeMap<Digest, Whole>, sources: &[ImportSource]) {
    let undecided = |source: &&ImportSource| {
        let nothing =
            inside(source) && source.format.is_some() && source.counts.claimed == 0 && source.records.count() == 0;
        nothing || source.findings.iter().any(|it| it.kind == super::words::UNDECIDED)
    };
    let waiting: BTreeSet<Digest> = sources.iter().filter(undecided).filter_map(|source| source.original).collect();
    let mut entries: BTreeMap<Digest, Vec<&ImportSource>> = BTreeMap::new();
    for entry in sources.iter().filter(|source| inside(source)) {
        entry.original.into_iter().for_each(|digest| entries.entry(digest).or_default().push(entry));
    }
    for source in sources.iter().filter(|source| !inside(source)) {
        let Some((digest, format)) = source.original.zip(source.format.as_ref()) else { continue };
        let zip = format == super::words::ZIP;
        let empty = source.counts.claimed == 0 && source.records.count() == 0;
        let unread = source.read_to.is_some() || source.whole.is_some() || (empty && !zip);
        if unread || waiting.contains(&digest) || complete.contains_key(&digest) {
            continue;
        }
        let mut whole = Whole { messages: source.counts.read, records: source.records.clone() };
        if zip {
            for entry in entries.get(&digest).into_iter().flatten() {
                whole.messages += entry.counts.read;
                for id in entry.records.iter() {
                    whole.records.push(id);
                }
            }
        }
        complete.insert(digest, whole);
    }
}

/// The line of an entry of a zip: its zip is the original, and may not have been read to its end.
fn inside(source: &ImportSource) -> bool {
    source.within.is_some()
}

impl Run {
    /// Where in an original an earlier part of this import came to.
    pub(super) fn read_to(&self, label: &str, digest: Digest) -> Option<Locator> {
        self.before(label, Some(digest)).and_then(|source| source.read_to.clone())
    }

    /// Tells the watcher, and hears whether to go on.
    pub(super) fn tell(&mut self, watching: &mut dyn Watching) -> super::Going {
        let going = watching.progress(self.progress);
        self.stopped |= going == super::Going::Stop;
        going
    }
}
