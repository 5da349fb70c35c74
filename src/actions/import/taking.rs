//! Takes what a reader finds in one file, and keeps it part by part.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

use crate::intake::zip::Zip;
use crate::intake::{self, Beside, ItemDraft, MessageDraft, ReadSeek, Sink};
use crate::model::{
    Attachment, Content, DecodeQuality, Digest, Document, DocumentKind, Finding, ImportSource, Locator, LocatorStep,
    Message, MissingMedia, Noun, Place, RecordId, RecordPlace, When, WholeFile,
};
use crate::store::{Arrival, Book, Like, Received, StoreError, Writing};

use super::super::{ActionError, media, walk};
use super::again::Chat;
use super::correct::{self, Again};
use super::me::Writers;
use super::run::Run;
use super::words::{corrected_double, differs, not_for_only_with};
use super::{Going, Watching};

/// One file being read.
pub(super) struct Taking<'a, 'book> {
    pub(super) run: &'a mut Run,
    pub(super) writing: &'a mut Writing<'book>,
    pub(super) watching: &'a mut dyn Watching,
    /// What it brought since the last part.
    pub(super) source: ImportSource,
    /// How the original came, for what is made of it.
    pub(super) arrival: Arrival,
    pub(super) original: (Digest, u64),
    /// Everything up to and with this was dealt with before the import was interrupted.
    pub(super) done_to: Option<Locator>,
    /// Where files lie that messages name.
    pub(super) beside: Surroundings<'a>,
    /// The bytes of the message that comes next.
    raw: Option<Vec<u8>>,
    /// What the message that comes next would be known by, had its people been written under their other names.
    under_other_names: Vec<Digest>,
    /// How often each calendar entry has stood in this file so far.
    items: BTreeMap<Digest, usize>,
    /// Bytes gone through before this file.
    base: u64,
    /// What an earlier reading of this original gave, where its dates may have been read in the wrong order.
    read_before: Option<correct::Known>,
    /// The chat it is, to be compared with an earlier export.
    pub(super) chat: Chat,
    pub(super) writers: Writers,
    pub(super) failed: Option<ActionError>,
}

/// What lies beside an original.
pub(super) enum Surroundings<'a> {
    /// The folder it was in.
    Folder(&'a Path),
    /// The zip it is an entry of, and its name there.
    Zip(&'a Zip, &'a str),
}

impl<'a, 'book> Taking<'a, 'book> {
    pub(super) fn new(
        (run, writing, watching): (&'a mut Run, &'a mut Writing<'book>, &'a mut dyn Watching),
        source: ImportSource,
        arrival: Arrival,
        original: (Digest, u64),
        beside: Surroundings<'a>,
    ) -> Result<Self, ActionError> {
        let done_to = run.read_to(&source.path, original.0);
        let base = run.progress.bytes;
        let format = source.format.as_deref().unwrap_or_default();
        let read_before = correct::known(writing.book(), run, &original.0, format)?;
        Ok(Taking {
            run,
            writing,
            watching,
            source,
            arrival,
            original,
            done_to,
            beside,
            raw: None,
            under_other_names: Vec::new(),
            items: BTreeMap::new(),
            base,
            read_before,
            chat: Chat::default(),
            writers: Writers::default(),
            failed: None,
        })
    }

    fn dealt_with(&self, locator: &Locator) -> bool {
        match (self.done_to.as_ref().and_then(position), position(locator)) {
            (Some(done), Some(at)) => at <= done,
            _ => false,
        }
    }

    fn take(&mut self, mut draft: MessageDraft) -> Result<(), ActionError> {
        let raw = self.raw.take();
        let under_other_names = std::mem::take(&mut self.under_other_names);
        self.writers.met(&draft.message);
        let at = draft.message.place.as_ref().map(|place| place.locator.clone()).unwrap_or_default();
        if self.dealt_with(&at) {
            if draft.message.chat.is_some() {
                let known = self.writing.book().messages_like(draft.message.fingerprint.as_ref(), None)?;
                if let Some(known) = known.first() {
                    self.chat.met(&draft.message, known.id, true, &self.run.people);
                }
            }
            return Ok(());
        }
        self.source.counts.claimed += 1;
        let size = raw.as_ref().map_or(draft.message.text.len() as u64, |raw| raw.len() as u64);
        if self.run.wanted.everything() || self.keep_slice(&mut draft, raw.as_deref(), &at)? {
            self.keep(draft, &under_other_names, &at)?;
        }
        self.run.progress.messages += 1;
        self.run.progress.bytes = self.base + position(&at).map_or(0, |(_, offset)| offset).min(self.original.1);
        let full = self.run.part_is_full(size);
        let going = self.run.tell(self.watching);
        if full || going == Going::Stop {
            self.source.read_to = Some(at);
            let mut next = self.empty_source();
            std::mem::swap(&mut next, &mut self.source);
            self.run.add(next);
            let sentence = self.run.write_part(self.writing)?;
            self.writing.next_part(&sentence)?;
        }
        Ok(())
    }

    fn empty_source(&self) -> ImportSource {
        ImportSource {
            path: self.source.path.clone(),
            format: self.source.format.clone(),
            original: self.source.original,
            within: self.source.within,
            whole: self.source.whole.as_ref().map(|whole| WholeFile { passed_over: 0, ..whole.clone() }),
            ..ImportSource::default()
        }
    }

    /// With `--only-with`: keeps the bytes of a message that is wanted as an original of its own. `false`: it is
    /// not wanted.
    fn keep_slice(&mut self, draft: &mut MessageDraft, raw: Option<&[u8]>, at: &Locator) -> Result<bool, ActionError> {
        let Some(raw) = raw else {
            self.source.counts.not_understood = 1;
            self.source.counts.claimed -= 1;
            if !self.source.findings.iter().any(|finding| finding.kind == "only-with") {
                self.source.find(not_for_only_with(&self.source.path));
            }
            return Ok(false);
        };
        if !self.run.wanted.has(&draft.message) {
            self.source.counts.claimed -= 1;
            if let Some(whole) = &mut self.source.whole {
                whole.passed_over += 1;
            }
            return Ok(false);
        }
        let received = self.writing.receive(&mut &*raw)?;
        let arrival = Arrival {
            name: self.arrival.name.clone(),
            media_type: "message/rfc822".to_owned(),
            from_device: self.run.importing.from_device,
        };
        self.writing.keep(&received, &arrival)?;
        for attachment in &mut draft.message.attachments {
            attachment.place.0.drain(..at.0.len().min(attachment.place.0.len()));
        }
        draft.message.place = Some(Place { original: received.sha256, locator: Locator::whole() });
        Ok(true)
    }

    /// Keeps one message: new, known already, or of a known Message-ID with other words.
    fn keep(&mut self, draft: MessageDraft, other_names: &[Digest], at: &Locator) -> Result<(), ActionError> {
        let MessageDraft { mut message, loose, beside, partly } = draft;
        self.source.counts.read += 1;
        self.source.counts.partly_read += u64::from(partly);
        let sliced = !self.run.wanted.everything();
        if let Some(id) = self.read_before.as_ref().and_then(|known| known.get(at)).copied() {
            return self.keep_again(id, &message);
        }
        let book = self.writing.book();
        // Numbers of messages in a chat are no names of them anywhere else.
        let own_id = message.thread.message_id.as_deref().filter(|_| message.chat.is_none());
        let alike = book.messages_like(message.fingerprint.as_ref(), own_id)?;
        let same = |like: &&Like| like.fingerprint.is_some() && like.fingerprint == message.fingerprint;
        // Two e-mails of one second and the same words were sent twice where each has a Message-ID of its own.
        let agrees = |like: &&Like| own_id.zip(like.message_id.as_deref()).is_none_or(|(own, other)| own == other);
        let mut known = alike.iter().filter(same).find(agrees).map(|like| like.id);
        for print in other_names {
            if known.is_some() {
                break;
            }
            known = book.messages_like(Some(print), None)?.first().map(|like| like.id);
        }
        if let Some(id) = known {
            self.source.counts.duplicate += 1;
            self.chat.met(&message, id, true, &self.run.people);
            self.source.records.push(id);
            self.source.places.push(RecordPlace { record: id, locator: at.clone() });
            return self.bring_files(id, &message, &beside);
        }
        let of_this_id = alike.iter().find(|like| own_id.is_some() && like.message_id.as_deref() == own_id);
        let of_this_id = of_this_id.map(|like| like.id);
        for (digest, bytes) in loose {
            self.keep_loose(&message, digest, &bytes)?;
        }
        for file in beside {
            self.keep_beside(&mut message, file)?;
        }
        self.source.counts.media_missing += message.missing.len() as u64;
        let id = self.add(message)?;
        if sliced {
            self.source.places.push(RecordPlace { record: id, locator: at.clone() });
        }
        match of_this_id {
            Some(other) => {
                self.source.counts.differing += 1;
                self.source.find(differs(&self.source.path, id, other));
            }
            None => self.source.counts.new += 1,
        }
        Ok(())
    }

    /// A message that an earlier reading of this very file has brought: its date may have been read in another order.
    fn keep_again(&mut self, id: RecordId, message: &Message) -> Result<(), ActionError> {
        self.source.counts.duplicate += 1;
        self.source.records.push(id);
        if let Some(order) = self.run.importing.date_order
            && let Again::Corrected { also } = correct::correct(self.writing, id, message, order)?
        {
            self.source.counts.corrected += 1;
            if let Some(other) = also {
                self.source.find(corrected_double(&self.source.path, id, other));
            }
        }
        self.chat.met(message, id, true, &self.run.people);
        Ok(())
    }

    fn add(&mut self, message: Message) -> Result<RecordId, ActionError> {
        let (id, content) = self.writing.add_kept(Content::Message(Box::new(message)))?;
        self.source.records.push(id);
        if let Content::Message(message) = &content {
            self.chat.met(message, id, false, &self.run.people);
            self.run.suggesting.look(id, message, &self.run.people);
        }
        Ok(id)
    }

    fn keep_loose(&mut self, message: &Message, digest: Digest, bytes: &[u8]) -> Result<(), ActionError> {
        let attachment = message.attachments.iter().find(|attachment| attachment.sha256 == digest);
        let arrival = Arrival {
            name: attachment.and_then(|file| file.name.clone()).unwrap_or_else(|| "attachment".to_owned()),
            media_type: attachment
                .map_or_else(|| "application/octet-stream".to_owned(), |file| file.media_type.clone()),
            from_device: self.run.importing.from_device,
        };
        let received = self.writing.receive(&mut &*bytes)?;
        self.writing.keep(&received, &arrival)?;
        Ok(())
    }

    /// Opens the file a message names and does something with its bytes; with where it lies. `None`: it is not there.
    fn at_file<T>(
        &mut self,
        file: &Beside,
        work: impl FnOnce(&mut Writing<'_>, &mut dyn Read) -> io::Result<T>,
    ) -> Option<(io::Result<T>, Locator)> {
        match &self.beside {
            Surroundings::Folder(folder) => {
                let path = self.run.folders.find(folder, &file.name)?;
                let done = walk::open(&path).and_then(|file| work(self.writing, &mut io::BufReader::new(file)));
                Some((done, Locator::whole()))
            }
            Surroundings::Zip(zip, name) => {
                let number = super::beside::find_entry(zip, name, &file.name)?;
                let book = self.writing.book();
                let done = book.open_kept(&self.original.0).map_err(io::Error::other).and_then(|mut original| {
                    let mut entry = zip.entries[number as usize].open(&mut original)?;
                    work(self.writing, &mut entry)
                });
                if done.is_ok() {
                    self.run.name_in_zip(self.original.0, number);
                }
                Some((done, Locator(vec![LocatorStep::ZipEntry(number)])))
            }
        }
    }

    /// Finds a file a message names. In a folder it becomes an original of its own; in a zip it stays where it is,
    /// unless it is to be kept `apart` because the message stands in another original.
    fn find_file(&mut self, file: &Beside, apart: bool) -> Result<Option<Attachment>, ActionError> {
        let apart = apart || matches!(self.beside, Surroundings::Folder(_));
        let found = self.at_file(file, |writing, bytes| {
            let (head, mut whole) = media::peek(bytes)?;
            let by_content = || media::media_type(&head, &file.name).to_owned();
            let media_type = file.media_type.clone().unwrap_or_else(by_content);
            let received: Result<Received, StoreError> = if apart {
                writing.receive(&mut whole)
            } else {
                let (sha256, bytes) = Digest::of_reader(&mut whole)?;
                Ok(Received { sha256, bytes, known: true })
            };
            Ok((received, media_type))
        });
        // What cannot be read is as good as not there, and said so.
        let Some((Ok((received, media_type)), place)) = found else { return Ok(None) };
        let received = received?;
        let name = last_part(&file.name).to_owned();
        let place = if apart { Locator::whole() } else { place };
        if apart {
            let from_device = self.run.importing.from_device;
            self.writing
                .keep(&received, &Arrival { name: name.clone(), media_type: media_type.clone(), from_device })?;
        }
        let (sha256, bytes, quality) = (received.sha256, received.bytes, DecodeQuality::Exact);
        let (name, inline) = (Some(name), file.inline);
        Ok(Some(Attachment { sha256, name, bytes, media_type, quality, place, inline }))
    }

    fn keep_beside(&mut self, message: &mut Message, file: Beside) -> Result<(), ActionError> {
        match self.find_file(&file, false)? {
            Some(attachment) => message.attachments.push(attachment),
            None => message.missing.push(MissingMedia { words: file.name }),
        }
        Ok(())
    }

    /// Gives a message that the book has the files this export brings of it: an earlier one may have left them out.
    fn bring_files(&mut self, id: RecordId, here: &Message, files: &[Beside]) -> Result<(), ActionError> {
        if files.is_empty() {
            return Ok(());
        }
        let Some(record) = self.writing.book().record(id)? else { return Ok(()) };
        let Content::Message(mut message) = record.content else { return Ok(()) };
        let mut brought = false;
        for file in files {
            let Some((Ok((sha256, _)), _)) = self.at_file(file, |_, mut bytes| Digest::of_reader(&mut bytes)) else {
                continue;
            };
            if message.attachments.iter().any(|attachment| attachment.sha256 == sha256) {
                continue;
            }
            let Some(attachment) = self.find_file(file, true)? else { continue };
            message.attachments.push(attachment);
            brought = true;
            // By its name, or the first that was only said to be left out (`image omitted`).
            let is = |wanted: &dyn Fn(&str) -> bool| message.missing.iter().position(|missing| wanted(&missing.words));
            let unnamed = || is(&|words| !files.iter().any(|file| file.name == words));
            if let Some(at) = is(&|words| words == file.name).or_else(unnamed) {
                message.missing.remove(at);
            }
        }
        if brought {
            // `image omitted` is no longer so: the words are those of the export that has the file.
            message.text.clone_from(&here.text);
            message.text_as_exported.clone_from(&here.text_as_exported);
            self.writing.amend(id, Content::Message(message), "Another export of the chat has the files it names")?;
            self.source.counts.media_brought += 1;
        }
        Ok(())
    }

    fn take_item(&mut self, item: ItemDraft) -> Result<(), ActionError> {
        if self.dealt_with(&item.place.locator) {
            return Ok(());
        }
        if !self.run.wanted.everything() {
            self.source.find(not_for_only_with(&self.source.path));
            return Ok(());
        }
        let said = item_key(&item.title, item.when.as_ref(), &item.text);
        let nth = self.items.entry(said).or_insert(0);
        let place = *nth;
        *nth += 1;
        if self.run.items.is_none() {
            self.run.items = Some(items_of(self.writing.book())?);
        }
        let known = self.run.items.get_or_insert_default().entry(said).or_default();
        if let Some(id) = known.get(place) {
            self.source.counts.items_known += 1;
            self.source.records.push(*id);
            return Ok(());
        }
        // Something in a file that is not a message, as a document that stands on that file.
        let document = Document {
            kind: DocumentKind::Other,
            title: item.title,
            dated: item.when,
            by: None,
            received: None,
            original: self.original.0,
            name: self.arrival.name.clone(),
            bytes: self.original.1,
            media_type: self.arrival.media_type.clone(),
            from_message: None,
            recording: None,
            words: Some(item.text).filter(|words| !words.is_empty()),
            place: Some(item.place.locator),
        };
        let id = self.writing.add(Content::Document(Box::new(document)))?;
        known.push(id);
        self.source.counts.items += 1;
        self.source.records.push(id);
        Ok(())
    }

    fn pass(&mut self, done: Result<(), ActionError>) -> io::Result<()> {
        match done {
            Err(error) => {
                self.failed = Some(error);
                Err(io::Error::other("the import failed"))
            }
            Ok(()) if self.run.stopped => Err(io::Error::new(io::ErrorKind::Interrupted, "stopped")),
            Ok(()) => Ok(()),
        }
    }

    /// Reads the original with this reader, and answers what became of it.
    pub(super) fn read(
        &mut self,
        reader: &dyn intake::Source,
        original: &mut dyn ReadSeek,
        about: &intake::About<'_>,
    ) -> Result<io::Result<intake::Outcome>, ActionError> {
        let settings = self.run.settings.clone();
        let outcome = reader.read(original, about, &settings, self);
        match self.failed.take() {
            Some(error) => Err(error),
            None => Ok(outcome),
        }
    }
}

/// What makes two calendar entries the same, in whatever file: what they say and when it is.
fn item_key(title: &str, when: Option<&When>, words: &str) -> Digest {
    let when = when.map(|when| format!("{} {}", when.sort_key(), when.long())).unwrap_or_default();
    Digest::of(format!("{title}\n{when}\n{words}").as_bytes())
}

/// The entries the book has from files such as calendars.
fn items_of(book: &Book) -> Result<BTreeMap<Digest, Vec<RecordId>>, ActionError> {
    let mut items: BTreeMap<Digest, Vec<RecordId>> = BTreeMap::new();
    for record in book.all(Noun::Document)? {
        // As it was read; a title may have been corrected since.
        let first = book.versions(record.id)?.into_iter().next();
        let Some(Content::Document(document)) = first.map(|first| first.content) else { continue };
        if document.place.is_some() {
            let key = item_key(&document.title, document.dated.as_ref(), document.words.as_deref().unwrap_or_default());
            items.entry(key).or_default().push(record.id);
        }
    }
    Ok(items)
}

fn last_part(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// Where something stands, for going on behind it: the entry and the offset or line in it.
fn position(locator: &Locator) -> Option<(u32, u64)> {
    let entry = match locator.0.first() {
        Some(LocatorStep::ZipEntry(number)) => *number,
        _ => 0,
    };
    match locator.0.last() {
        Some(LocatorStep::Bytes { start, .. }) => Some((entry, *start)),
        Some(LocatorStep::Line(line)) => Some((entry, *line)),
        _ => None,
    }
}

impl Sink for Taking<'_, '_> {
    fn message(&mut self, draft: MessageDraft) -> io::Result<()> {
        let done = self.take(draft);
        self.pass(done)
    }

    fn item(&mut self, item: ItemDraft) -> io::Result<()> {
        let done = self.take_item(item);
        self.pass(done)
    }

    fn finding(&mut self, finding: Finding) {
        self.source.find(finding);
    }

    fn wants(&mut self, place: &Locator) -> bool {
        !self.dealt_with(place)
    }

    fn other_names(&self, name: &str) -> Vec<String> {
        self.run.people.other_names(name)
    }

    fn names_in_chat(&self, message: &Message) -> Vec<String> {
        // What cannot be read is as good as not known: then a message may be new that is not.
        message.chat_words().and_then(|chat| self.writing.book().names_in_chat(&chat).ok()).unwrap_or_default()
    }

    fn under_other_names(&mut self, fingerprints: Vec<Digest>) {
        self.under_other_names = fingerprints;
    }

    fn raw(&mut self, bytes: &[u8]) {
        if !self.run.wanted.everything() {
            self.raw = Some(bytes.to_vec());
        }
    }

    fn unread(&mut self) {
        self.source.counts.claimed += 1;
    }
}
