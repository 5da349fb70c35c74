//! Takes what a reader finds in one file, and keeps it part by part.

use std::io;
use std::path::Path;

use crate::intake::zip::Zip;
use crate::intake::{self, Beside, ItemDraft, MessageDraft, ReadSeek, Sink};
use crate::model::{
    Attachment, Content, DecodeQuality, Digest, Document, DocumentKind, Finding, ImportSource, Locator, LocatorStep,
    Message, MissingMedia, Place, RecordId, RecordPlace, WholeFile,
};
use crate::store::{Arrival, Writing};

use super::super::{ActionError, media};
use super::again::Chat;
use super::me::Writers;
use super::run::Run;
use super::words::{differs, not_for_only_with};
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
    /// Bytes gone through before this file.
    base: u64,
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
    ) -> Self {
        let done_to = run.read_to(&source.path, original.0);
        let base = run.progress.bytes;
        Taking {
            run,
            writing,
            watching,
            source,
            arrival,
            original,
            done_to,
            beside,
            raw: None,
            base,
            chat: Chat::default(),
            writers: Writers::default(),
            failed: None,
        }
    }

    fn dealt_with(&self, locator: &Locator) -> bool {
        match (self.done_to.as_ref().and_then(position), position(locator)) {
            (Some(done), Some(at)) => at <= done,
            _ => false,
        }
    }

    fn take(&mut self, mut draft: MessageDraft) -> Result<(), ActionError> {
        let raw = self.raw.take();
        self.writers.met(&draft.message);
        let at = draft.message.place.as_ref().map(|place| place.locator.clone()).unwrap_or_default();
        if self.dealt_with(&at) {
            if draft.message.chat.is_some() {
                let known = self.writing.book().messages_like(draft.message.fingerprint.as_ref(), None)?;
                known.first().into_iter().for_each(|(id, _)| self.chat.met(&draft.message, *id, true));
            }
            return Ok(());
        }
        self.source.counts.claimed += 1;
        let size = raw.as_ref().map_or(draft.message.text.len() as u64, |raw| raw.len() as u64);
        if self.run.wanted.everything() || self.keep_slice(&mut draft, raw.as_deref(), &at)? {
            self.keep(draft, &at)?;
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
    fn keep(&mut self, draft: MessageDraft, at: &Locator) -> Result<(), ActionError> {
        let MessageDraft { mut message, loose, beside, partly } = draft;
        self.source.counts.read += 1;
        self.source.counts.partly_read += u64::from(partly);
        let sliced = !self.run.wanted.everything();
        let alike =
            self.writing.book().messages_like(message.fingerprint.as_ref(), message.thread.message_id.as_deref())?;
        if let Some((id, _)) = alike.iter().find(|(_, print)| print.is_some() && *print == message.fingerprint) {
            self.source.counts.duplicate += 1;
            self.chat.met(&message, *id, true);
            self.source.records.push(*id);
            self.source.places.push(RecordPlace { record: *id, locator: at.clone() });
            return Ok(());
        }
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
        match alike.first() {
            Some((other, _)) => {
                self.source.counts.differing += 1;
                self.source.find(differs(&self.source.path, id, *other));
            }
            None => self.source.counts.new += 1,
        }
        Ok(())
    }

    fn add(&mut self, message: Message) -> Result<RecordId, ActionError> {
        let (id, content) = self.writing.add_kept(Content::Message(Box::new(message)))?;
        self.source.records.push(id);
        if let Content::Message(message) = &content {
            self.chat.met(message, id, false);
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

    /// Finds a file a message names. In a folder it becomes an original of its own; in a zip it stays where it is.
    fn keep_beside(&mut self, message: &mut Message, file: Beside) -> Result<(), ActionError> {
        let found = match &self.beside {
            Surroundings::Folder(folder) => self.run.folders.find(folder, &file.name).map(|path| {
                let mut reader = std::io::BufReader::new(super::super::walk::open(&path)?);
                let (head, mut whole) = media::peek(&mut reader)?;
                let media_type =
                    file.media_type.clone().unwrap_or_else(|| media::media_type(&head, &file.name).to_owned());
                Ok((self.writing.receive(&mut whole), media_type, Locator::whole()))
            }),
            Surroundings::Zip(zip, name) => super::beside::find_entry(zip, name, &file.name).map(|number| {
                let mut original = self.writing.book().open_kept(&self.original.0).map_err(io::Error::other)?;
                let mut entry = zip.entries[number as usize].open(&mut original)?;
                let (head, mut whole) = media::peek(&mut entry)?;
                let media_type =
                    file.media_type.clone().unwrap_or_else(|| media::media_type(&head, &file.name).to_owned());
                let (sha256, bytes) = Digest::of_reader(&mut whole)?;
                let received = crate::store::Received { sha256, bytes, known: true };
                Ok((Ok(received), media_type, Locator(vec![LocatorStep::ZipEntry(number)])))
            }),
        };
        let found: Option<Result<_, io::Error>> = found;
        // What cannot be read is as good as not there, and said so.
        let Some(Ok((received, media_type, place))) = found else {
            message.missing.push(MissingMedia { words: file.name });
            return Ok(());
        };
        let received = received?;
        if let Some(LocatorStep::ZipEntry(number)) = place.0.first() {
            self.run.name_in_zip(self.original.0, *number);
        }
        let name = file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name).to_owned();
        if place == Locator::whole() {
            let from_device = self.run.importing.from_device;
            let arrival = Arrival { name: name.clone(), media_type: media_type.clone(), from_device };
            self.writing.keep(&received, &arrival)?;
        }
        message.attachments.push(Attachment {
            sha256: received.sha256,
            name: Some(name),
            bytes: received.bytes,
            media_type,
            quality: DecodeQuality::Exact,
            place,
            inline: file.inline,
        });
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
        };
        let id = self.writing.add(Content::Document(Box::new(document)))?;
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

    fn raw(&mut self, bytes: &[u8]) {
        if !self.run.wanted.everything() {
            self.raw = Some(bytes.to_vec());
        }
    }

    fn unread(&mut self) {
        self.source.counts.claimed += 1;
    }
}
