//! One record, with everything that belongs to it.

use crate::model::{
    Address, BundleRecord, CallFacts, Channel, ChatDifference, ChatPlace, Content, DecodeQuality, Digest, Direction,
    ImportRecord, ImportTotals, Instant, LinkKind, Locator, MessageState, Noun, OrderParagraph, Record, RecordId,
    ThreadKeys,
};
use crate::protect::Marked;
use crate::store::Book;

use super::entry::{self, Entry, Lookup};
use super::fields::{self, Fact};
use super::thread::{self, Conversation};
use super::words::{self, Findable};
use super::{ActionError, SentLine};

/// A record in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// As the timeline shows it.
    pub entry: Entry,
    /// What it says, field by field.
    pub facts: Vec<Fact>,
    /// The words of a message or note.
    pub text: Option<String>,
    /// Who sent a message.
    pub from: Vec<Address>,
    /// To whom.
    pub to: Vec<Address>,
    /// Copied to.
    pub cc: Vec<Address>,
    /// How a message was sent.
    pub channel: Option<Channel>,
    /// Which way a message went, where its source says so by itself.
    pub direction: Option<Direction>,
    /// The chat a message stands in.
    pub chat: Option<ChatPlace>,
    /// What its source says became of a message.
    pub states: Vec<MessageState>,
    /// What a call was.
    pub call: Option<CallFacts>,
    /// What a message names and its source does not hold, as the source has it.
    pub missing: Vec<String>,
    /// What ties a message to others.
    pub thread: Option<ThreadKeys>,
    /// Files that came with it.
    pub attachments: Vec<AttachmentRef>,
    /// The paragraphs of an order.
    pub paragraphs: Vec<OrderParagraph>,
    /// Its versions, first to last.
    pub history: Vec<HistoryLine>,
    /// Records joined to it.
    pub links: Vec<LinkLine>,
    /// Papers it stands in.
    pub cited_in: Vec<(RecordId, String)>,
    /// What its marks add up to.
    pub marks: Marked,
    /// The messages around a message that is part of a conversation.
    pub conversation: Option<Conversation>,
    /// The person this one was joined to.
    pub joined_to: Option<(RecordId, String)>,
    /// Of a paper: what was made, and to whom it went.
    pub paper: Option<Paper>,
    /// Where a message stands besides the place it was first read from.
    pub also_in: Vec<FoundIn>,
    /// What two exports of its chat have differently about this message.
    pub differences: Vec<(RecordId, ChatDifference)>,
    /// Whether its files that may hold words are found by them.
    pub findable: Vec<(Digest, Findable)>,
    /// The report of an import; of one that was interrupted, what its parts brought so far.
    pub import: Option<ImportRecord>,
}

/// A paper that was made.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The edition.
    pub bundle: BundleRecord,
    /// The book keeps its file, so that it can be written out again.
    pub kept: bool,
    /// To whom it went.
    pub sent: Vec<SentLine>,
}

/// A further place of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundIn {
    /// The import that met it there.
    pub import: RecordId,
    /// The file: a label.
    pub path: String,
    /// The original. `None`: the file itself was not kept.
    pub original: Option<Digest>,
    /// Where in it.
    pub locator: Locator,
}

/// How many messages before and after a message are shown with it.
const AROUND: usize = 3;

/// A file that came with a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentRef {
    /// The SHA-256 of its bytes.
    pub sha256: Digest,
    /// Its name: a label.
    pub name: Option<String>,
    /// How many bytes.
    pub bytes: u64,
    /// As declared, or by content.
    pub media_type: String,
    /// Whether the bytes are what was sent.
    pub quality: DecodeQuality,
}

/// One version of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// From 1.
    pub version: u32,
    /// When it was written down.
    pub written_at: Instant,
    /// Why it was corrected.
    pub why: Option<String>,
    /// What changed in it, as field, before and after. Empty for the first version.
    pub changes: Vec<(String, String, String)>,
}

/// A link as one of its two records sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkLine {
    /// The link's record.
    pub id: RecordId,
    /// The one that supports and so on.
    pub from: RecordId,
    /// The one that is supported and so on.
    pub to: RecordId,
    /// How.
    pub kind: LinkKind,
    /// The title of the other of the two.
    pub title: String,
}

/// Shows a record.
///
/// # Errors
/// There is none of this id, or reading failed.
pub fn show(book: &Book, id: RecordId) -> Result<Shown, ActionError> {
    let record = entry::require(book, id)?;
    let lookup = Lookup::load(book)?;
    let versions = book.versions(id)?;
    let written_at = versions.first().map_or(record.written_at, |first| first.written_at);
    let mut history = Vec::with_capacity(versions.len());
    for (index, version) in versions.iter().enumerate() {
        let changes = match index.checked_sub(1) {
            Some(before) => changes(&versions[before].content, &version.content, &lookup),
            None => Vec::new(),
        };
        let why = version.why.clone();
        history.push(HistoryLine { version: version.version, written_at: version.written_at, why, changes });
    }
    let mut shown = Shown {
        entry: lookup.entry(book, &record, written_at)?,
        facts: fields::facts(&record.content, &lookup.people),
        text: None,
        from: Vec::new(),
        to: Vec::new(),
        cc: Vec::new(),
        channel: None,
        direction: None,
        chat: None,
        states: Vec::new(),
        call: None,
        missing: Vec::new(),
        thread: None,
        attachments: Vec::new(),
        paragraphs: Vec::new(),
        history,
        links: links(book, id)?,
        cited_in: cited_in(book, id)?,
        marks: lookup.marks.on(id),
        conversation: around(book, &lookup, id)?,
        joined_to: joined_to(&record.content, &lookup),
        paper: None,
        also_in: Vec::new(),
        differences: Vec::new(),
        findable: Vec::new(),
        import: import_so_far(&versions),
    };
    in_imports(book, id, &mut shown)?;
    if let Content::Bundle(bundle) = &record.content {
        let sent = super::sendings(book)?.into_iter().filter(|line| line.edition == id).collect();
        let kept = book.kept(&bundle.sha256)?.is_some();
        shown.paper = Some(Paper { bundle: bundle.as_ref().clone(), kept, sent });
    }
    shown.take_particulars(record.content);
    if shown.attachments.is_empty() && matches!(id.noun, Noun::Incident | Noun::Step) {
        shown.attachments = shown.entry.originals.iter().map(kept_as_attachment).collect();
    }
    shown.findable = findable(book, &shown)?;
    Ok(shown)
}

fn findable(book: &Book, shown: &Shown) -> Result<Vec<(Digest, Findable)>, ActionError> {
    let mut files: Vec<(Digest, String, &str)> = Vec::new();
    if shown.entry.id.noun == Noun::Document {
        files.extend(shown.entry.originals.iter().map(|file| (file.sha256, file.name.clone(), &*file.media_type)));
    }
    let name = |file: &AttachmentRef| file.name.clone().unwrap_or_default();
    files.extend(shown.attachments.iter().map(|file| (file.sha256, name(file), &*file.media_type)));
    let mut all = Vec::new();
    for (sha256, name, media_type) in files {
        all.extend(words::findable(book, &sha256, media_type, &name)?.map(|findable| (sha256, findable)));
    }
    Ok(all)
}

/// `None` for a message that stands alone.
fn around(book: &Book, lookup: &Lookup, id: RecordId) -> Result<Option<Conversation>, ActionError> {
    if id.noun != Noun::Message {
        return Ok(None);
    }
    let found = thread::conversation_with(book, lookup, id, Some(AROUND))?;
    Ok(Some(found).filter(|found| found.messages > 1))
}

fn joined_to(content: &Content, lookup: &Lookup) -> Option<(RecordId, String)> {
    let Content::Person(person) = content else { return None };
    person.merged.as_ref().map(|merged| (merged.into, lookup.people.name(merged.into)))
}

impl Shown {
    fn take_particulars(&mut self, content: Content) {
        match content {
            Content::Message(message) => {
                let message = *message;
                self.call = message.as_call();
                self.states = message.states;
                self.missing = message.missing.into_iter().map(|missing| missing.words).collect();
                self.text = Some(message.text);
                (self.from, self.to, self.cc) = (message.from, message.to, message.cc);
                self.channel = Some(message.channel);
                (self.direction, self.chat) = (message.direction, message.chat);
                self.thread = Some(message.thread);
                self.attachments = message
                    .attachments
                    .into_iter()
                    .map(|file| AttachmentRef {
                        sha256: file.sha256,
                        name: file.name,
                        bytes: file.bytes,
                        media_type: file.media_type,
                        quality: file.quality,
                    })
                    .collect();
            }
            Content::Note(note) => self.text = Some(note.text),
            Content::Document(document) => self.text = document.words,
            Content::Incident(incident) => self.text = Some(incident.what).filter(|text| !text.is_empty()),
            Content::Step(step) => self.text = Some(step.what).filter(|text| !text.is_empty()),
            Content::Order(order) => self.paragraphs = order.paragraphs,
            _ => {}
        }
    }
}

/// Where the imports that met a message again say it stands, and what they say of it besides.
fn in_imports(book: &Book, id: RecordId, shown: &mut Shown) -> Result<(), ActionError> {
    if id.noun != Noun::Message {
        return Ok(());
    }
    for import in book.imports_naming(id)? {
        let versions = book.versions(import)?;
        let Some(record) = import_so_far(&versions) else { continue };
        for source in record.sources {
            let places = source.places.into_iter().filter(|place| place.record == id);
            shown.also_in.extend(places.map(|place| FoundIn {
                import,
                path: source.path.clone(),
                original: source.original,
                locator: place.locator,
            }));
            let about = source.differences.into_iter().filter(|one| one.earlier == id || one.later == Some(id));
            shown.differences.extend(about.map(|one| (import, one)));
        }
    }
    Ok(())
}

/// The last version of a finished import is its report; before that each version holds one part.
fn import_so_far(versions: &[Record]) -> Option<ImportRecord> {
    let Content::Import(last) = &versions.last()?.content else { return None };
    let mut whole = last.as_ref().clone();
    if whole.finished.is_none() && versions.len() > 1 {
        whole.sources.clear();
        whole.totals = ImportTotals::default();
        for version in &versions[1..] {
            if let Content::Import(part) = &version.content {
                whole.totals.add(&part.totals);
                whole.sources.extend(part.sources.iter().cloned());
            }
        }
    }
    Some(whole)
}

fn kept_as_attachment(file: &super::OriginalRef) -> AttachmentRef {
    AttachmentRef {
        sha256: file.sha256,
        name: Some(file.name.clone()),
        bytes: file.bytes,
        media_type: file.media_type.clone(),
        quality: DecodeQuality::Exact,
    }
}

/// What differs between two versions: field, before, after.
pub(super) fn changes(before: &Content, after: &Content, lookup: &Lookup) -> Vec<(String, String, String)> {
    const NOTHING: &str = "(not given)";
    let before = fields::facts(before, &lookup.people);
    let after_facts = fields::facts(after, &lookup.people);
    let shown = |facts: &[Fact], name: &str| {
        facts.iter().find(|fact| fact.name == name).map_or_else(|| NOTHING.to_owned(), |fact| fact.shown.clone())
    };
    fields::field_help(after.noun())
        .into_iter()
        .map(|field| (field.name.to_owned(), shown(&before, field.name), shown(&after_facts, field.name)))
        .filter(|(_, before, after)| before != after)
        .collect()
}

fn links(book: &Book, id: RecordId) -> Result<Vec<LinkLine>, ActionError> {
    let mut lines = Vec::new();
    for record in book.all(Noun::Link)? {
        let Content::Link(link) = record.content else { continue };
        if link.withdrawn || (link.from != id && link.to != id) {
            continue;
        }
        let other = if link.from == id { link.to } else { link.from };
        let title = book.record(other)?.map(|record| record.content.title()).unwrap_or_default();
        lines.push(LinkLine { id: record.id, from: link.from, to: link.to, kind: link.kind, title });
    }
    Ok(lines)
}

fn cited_in(book: &Book, id: RecordId) -> Result<Vec<(RecordId, String)>, ActionError> {
    let mut papers = Vec::new();
    for record in book.all(Noun::Bundle)? {
        let Content::Bundle(bundle) = record.content else { continue };
        for printed in bundle.entries.iter().filter(|printed| printed.id == id) {
            papers.push((record.id, printed.first_page.clone()));
        }
    }
    Ok(papers)
}
