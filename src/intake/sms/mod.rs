//! Backups of text messages and calls by the Android app "SMS Backup & Restore" (`.xml`).
//! `docs/formats/sms.md` has the traps.

mod base64;
mod tags;

use std::collections::HashMap;
use std::io::{self, BufReader, SeekFrom};

use super::notes::Notes;
use super::telephone::Chats;
use super::{About, MessageDraft, Outcome, ReadSeek, Settings, Sink, Source, fingerprint};
use crate::model::{
    Address, Attachment, CallFacts, Channel, DecodeQuality, Digest, Direction, Instant, LocatorStep, Message,
    MessageState, MissingMedia, Place, When, phone,
};
use base64::Passing;
use tags::{Far, Met, Tag, Tags, Value};

/// How much of the file is in memory at once.
const BUFFER: usize = 256 * 1024;
/// The most parts and addresses of one picture message.
const MOST_INSIDE: usize = 1_000;
/// Repetitions are counted among so many different messages.
const MOST_DIFFERENT: usize = 4_000_000;

/// The reader of such backups.
#[derive(Debug, Clone, Copy)]
pub struct SmsSource;

impl Source for SmsSource {
    fn name(&self) -> &'static str {
        "sms-backup"
    }

    fn title(&self) -> &'static str {
        "a backup of text messages or calls (SMS Backup & Restore, .xml)"
    }

    fn claims(&self, head: &[u8], _about: &About<'_>) -> Option<u8> {
        let text = String::from_utf8_lossy(head);
        let root = text.split('<').find(|piece| {
            let first = piece.chars().next();
            first.is_some_and(|first| first.is_ascii_alphabetic())
        })?;
        let name = root.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next()?;
        matches!(name, "smses" | "calls" | "allsms").then_some(95)
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        _settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        original.seek(SeekFrom::Start(0))?;
        let mut reading = Reading {
            about,
            notes: Notes::new(about.name),
            chats: Chats::default(),
            passing: PassingBy::default(),
            stated: None,
            read: 0,
            repeats: Repeats::default(),
        };
        reading.all(&mut Tags::new(BufReader::with_capacity(BUFFER, original)), sink)?;
        if reading.repeats.count > 0 {
            let what = match reading.repeats.count {
                1 => {
                    "One message stands in the backup exactly as another does, to the second; both are kept.".to_owned()
                }
                count => {
                    format!("{count} messages stand in the backup exactly as others do, to the second; all are kept.")
                }
            };
            reading.notes.info("repeated", &what, "A backup that was restored may hold messages twice.");
        }
        for finding in reading.notes.finish() {
            sink.finding(finding);
        }
        Ok(Outcome::Read)
    }
}

/// Pictures and sound of the message that is being read.
#[derive(Default)]
struct PassingBy {
    now: Passing,
    ended: Vec<Passed>,
}

/// Decoded bytes that passed by, and where they stand in the file.
#[derive(Clone, Copy)]
struct Passed {
    start: u64,
    length: u64,
    sha256: Digest,
    bytes: u64,
    quality: DecodeQuality,
}

impl Far for PassingBy {
    fn wants(&self, tag: &str, attribute: &str) -> bool {
        tag == "part" && attribute == "data"
    }

    fn byte(&mut self, byte: u8) {
        self.now.byte(byte);
    }

    fn ended(&mut self, start: u64, length: u64) {
        let (sha256, bytes, quality) = std::mem::take(&mut self.now).finish();
        if self.ended.len() < MOST_INSIDE {
            self.ended.push(Passed { start, length, sha256, bytes, quality });
        }
    }
}

/// A picture message between its opening and its closing tag.
struct Open {
    tag: Tag,
    parts: Vec<Tag>,
    addresses: Vec<Tag>,
}

struct Reading<'a> {
    about: &'a About<'a>,
    notes: Notes<'a>,
    /// The next number in each chat.
    chats: Chats,
    passing: PassingBy,
    /// How many the file says it holds.
    stated: Option<u64>,
    read: u64,
    repeats: Repeats,
}

/// Messages that stand in the file more than once, exactly alike: each is kept as it stands, like the second of two
/// equal lines of a chat.
#[derive(Default)]
struct Repeats {
    seen: HashMap<Digest, u32>,
    count: usize,
}

impl Repeats {
    fn fingerprint(&mut self, print: Digest) -> Digest {
        if self.seen.len() >= MOST_DIFFERENT && !self.seen.contains_key(&print) {
            return print;
        }
        let before = self.seen.entry(print).or_insert(0);
        let ordinal = *before;
        *before = before.saturating_add(1);
        if ordinal == 0 {
            return print;
        }
        self.count += 1;
        Digest::of(format!("{print} {ordinal}").as_bytes())
    }
}

impl Reading<'_> {
    fn all<R: io::BufRead>(&mut self, tags: &mut Tags<R>, sink: &mut dyn Sink) -> io::Result<()> {
        let mut open: Option<Open> = None;
        loop {
            match tags.next(&mut self.passing)? {
                Met::End => break,
                Met::DocumentType => self.notes.info(
                    "document-type",
                    "The file declares a document type, which these backups do not have; nothing declared there was used.",
                    "",
                ),
                Met::CutOff(at) => {
                    self.notes.partly(
                        "cut-off",
                        &format!("The file ends in the middle of a message, at byte {at} of {}.", tags.position()),
                        "What stands before it was read. Make the backup again if the telephone still has the messages.",
                    );
                    break;
                }
                Met::Tag(tag) => self.tag(tag, &mut open, sink)?,
            }
        }
        if let Some(unclosed) = open.take() {
            self.notes.partly("cut-off", "A picture message has no end; it was read as far as it goes.", "");
            self.picture_message(unclosed, tags.position(), sink)?;
        }
        if self.read == 0 {
            self.notes.info("no-message", "The backup holds no message and no call.", "");
        }
        if let Some(stated) = self.stated.filter(|stated| *stated != self.read) {
            let what = format!("The file says it holds {stated} and {} were found in it.", self.read);
            self.notes.info(
                "count-differs",
                &what,
                "These files often say so wrongly; compare with the telephone if in doubt.",
            );
        }
        Ok(())
    }

    fn tag(&mut self, tag: Tag, open: &mut Option<Open>, sink: &mut dyn Sink) -> io::Result<()> {
        match (tag.name.as_str(), tag.closes) {
            ("smses" | "calls" | "allsms", false) => {
                self.stated = attribute(&tag, "count").and_then(|n| n.parse().ok());
            }
            ("sms", false) => {
                let message = self.text_message(&tag);
                self.give(message, &tag, tag.end, Vec::new(), sink)?;
            }
            ("call", false) => {
                let message = self.call(&tag);
                self.give(message, &tag, tag.end, Vec::new(), sink)?;
            }
            ("mms", false) => {
                if let Some(unclosed) = open.take() {
                    self.picture_message(unclosed, tag.start, sink)?;
                }
                self.passing.ended.clear();
                let end = tag.end;
                let begun = Open { tag, parts: Vec::new(), addresses: Vec::new() };
                if begun.tag.empty { self.picture_message(begun, end, sink)? } else { *open = Some(begun) }
            }
            ("mms", true) => {
                if let Some(whole) = open.take() {
                    self.picture_message(whole, tag.end, sink)?;
                }
            }
            ("part", false) => {
                if let Some(open) = open.as_mut().filter(|open| open.parts.len() < MOST_INSIDE) {
                    open.parts.push(tag);
                }
            }
            ("addr", false) => {
                if let Some(open) = open.as_mut().filter(|open| open.addresses.len() < MOST_INSIDE) {
                    open.addresses.push(tag);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text_message(&mut self, tag: &Tag) -> Message {
        let mut message = Message::blank(Channel::Sms);
        message.sent = self.moment(tag);
        // A text may consist of the word “null”; only the other fields mean nothing by it.
        raw(tag, "body").unwrap_or_default().clone_into(&mut message.text);
        message.subject = attribute(tag, "subject").map(str::to_owned);
        let (direction, state) = way(attribute(tag, "type"));
        message.direction = direction;
        message.states.extend(state);
        self.chats.place(&mut message, vec![party(tag, "address")]);
        message
    }

    fn call(&mut self, tag: &Tag) -> Message {
        let mut message = Message::blank(Channel::Call);
        message.sent = self.moment(tag);
        let kind = attribute(tag, "type").unwrap_or_default();
        message.direction = match kind {
            "2" => Some(Direction::Sent),
            "1" | "3" | "4" | "5" | "6" => Some(Direction::Received),
            _ => None,
        };
        let seconds = attribute(tag, "duration").and_then(|seconds| seconds.parse().ok());
        let (missed, declined) = (kind == "3", matches!(kind, "5" | "6"));
        message.call = Some(CallFacts {
            // A call nobody answered has no length, whatever the file counts.
            seconds: seconds.filter(|_| !missed && !declined),
            missed: missed || (kind == "2" && seconds == Some(0)),
            declined,
            video: false,
        });
        if kind == "4" {
            "Voicemail".clone_into(&mut message.text);
            message.states.push(MessageState::Program);
        }
        self.chats.place(&mut message, vec![party(tag, "number")]);
        message
    }

    fn picture_message(&mut self, open: Open, end: u64, sink: &mut dyn Sink) -> io::Result<()> {
        let tag = &open.tag;
        let mut message = Message::blank(Channel::Sms);
        message.sent = self.moment(tag);
        message.subject = attribute(tag, "sub").map(str::to_owned);
        let (direction, state) = way(attribute(tag, "msg_box"));
        message.direction = direction.or_else(|| match attribute(tag, "m_type") {
            Some("128") => Some(Direction::Sent),
            Some("130" | "132") => Some(Direction::Received),
            _ => None,
        });
        message.states.extend(state);
        if attribute(tag, "m_type") == Some("130") {
            message.states.push(MessageState::Undelivered);
            message.missing.push(MissingMedia { words: "picture message that was never downloaded".to_owned() });
        }
        let mut texts = Vec::new();
        let mut far = std::mem::take(&mut self.passing.ended).into_iter().peekable();
        for part in &open.parts {
            let data = far.next_if(|passed| passed.start >= part.start && passed.start < part.end);
            let kind = attribute(part, "ct").unwrap_or("application/octet-stream").to_ascii_lowercase();
            if kind == "application/smil" {
                continue;
            }
            let words = raw(part, "text").filter(|words| kind == "text/plain" || *words != "null");
            match (data.filter(|data| data.bytes > 0 || data.length > 0), words) {
                (Some(data), words) => {
                    texts.extend(words.filter(|words| *words != "null").map(str::to_owned));
                    self.attached(&mut message, part, &kind, data);
                }
                (None, Some(words)) if kind.starts_with("text/") => texts.push(words.to_owned()),
                (None, words) => {
                    texts.extend(words.filter(|words| !words.is_empty()).map(str::to_owned));
                    let name = label(part).unwrap_or(&kind).to_owned();
                    message.missing.push(MissingMedia { words: name });
                }
            }
        }
        message.text = texts.join("\n");
        let parties = Self::parties(&mut message, &open);
        self.chats.place(&mut message, parties);
        let tag = open.tag;
        self.give(message, &tag, end, Vec::new(), sink)
    }

    /// Who a picture message was between, by its own list and, where that has none, by its address.
    fn parties(message: &mut Message, open: &Open) -> Vec<Address> {
        let named = |kind: &str| -> Vec<Address> {
            let of = open.addresses.iter().filter(|tag| attribute(tag, "type") == Some(kind));
            let known = of.filter(|tag| attribute(tag, "address").is_some_and(|it| it != "insert-address-token"));
            known.map(|tag| Address { name: None, address: attribute(tag, "address").map(str::to_owned) }).collect()
        };
        let (from, to) = (named("137"), named("151"));
        message.cc = named("130");
        message.cc.extend(named("129"));
        let joined = attribute(&open.tag, "address").unwrap_or_default();
        let called = attribute(&open.tag, "contact_name").filter(|name| *name != "(Unknown)").unwrap_or_default();
        let addresses: Vec<&str> = joined.split('~').filter(|address| !address.is_empty()).collect();
        let split: Vec<&str> = called.split(", ").filter(|name| !name.is_empty()).collect();
        let mut all: Vec<Address> = addresses
            .iter()
            .enumerate()
            .map(|(index, address)| Address {
                name: (split.len() == addresses.len()).then(|| split[index].to_owned()),
                address: Some((*address).to_owned()),
            })
            .collect();
        // The list says who sent it; in a group that is one of several.
        if message.direction == Some(Direction::Received)
            && let Some(sender) = from.first()
        {
            let known = all.iter().position(|one| same(one, sender));
            let sender = known.map_or_else(|| sender.clone(), |at| all.remove(at));
            message.to = all;
            message.from = vec![sender.clone()];
            return vec![sender];
        }
        if all.is_empty() {
            all = to;
        }
        all
    }

    fn attached(&mut self, message: &mut Message, part: &Tag, kind: &str, data: Passed) {
        if data.quality != DecodeQuality::Exact {
            let what = format!(
                "The file “{}” in a message {} is damaged in the backup; what could be read of it is kept.",
                label(part).unwrap_or(kind),
                message.sent.as_ref().map_or_else(|| "without a date".to_owned(), |when| format!("of {}", when.long()))
            );
            self.notes.partly(
                "attachment-damaged",
                &what,
                "Look for the picture on the telephone and add it by itself.",
            );
        }
        let mut place = self.about.within.clone();
        place.0.extend([LocatorStep::Bytes { start: data.start, length: data.length }, LocatorStep::XmlBase64]);
        message.attachments.push(Attachment {
            sha256: data.sha256,
            name: label(part).map(str::to_owned),
            bytes: data.bytes,
            media_type: kind.to_owned(),
            quality: data.quality,
            place,
            inline: false,
        });
    }

    fn moment(&mut self, tag: &Tag) -> Option<When> {
        let written = attribute(tag, "date").unwrap_or_default();
        let at = written.parse::<i64>().ok().filter(|at| *at > 0);
        let words = attribute(tag, "readable_date").unwrap_or(written);
        let Some(at) = at else {
            let what = format!("A message at byte {} has no date that can be read (“{written}”).", tag.start);
            self.notes.partly("date-missing", &what, "It is kept without a date.");
            return None;
        };
        // The file counts milliseconds in UTC, by the telephone's own clock.
        Some(When::stated(words, Instant(at), 0))
    }

    fn give(
        &mut self,
        mut message: Message,
        tag: &Tag,
        end: u64,
        loose: Vec<(Digest, Vec<u8>)>,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        self.read += 1;
        let mut locator = self.about.within.clone();
        locator.0.push(LocatorStep::Bytes { start: tag.start, length: end.saturating_sub(tag.start) });
        message.place = Some(Place { original: self.about.digest, locator });
        message.fingerprint = Some(self.repeats.fingerprint(fingerprint::of_telephone(&message)));
        let damaged = tag.damaged;
        if damaged {
            self.notes.partly(
                "message-damaged",
                &format!(
                    "A message at byte {} is not written as it should be; what could be read of it is kept.",
                    tag.start
                ),
                "",
            );
        }
        let partly = damaged
            || message.sent.is_none()
            || message.attachments.iter().any(|file| file.quality != DecodeQuality::Exact);
        sink.message(MessageDraft { message, loose, beside: Vec::new(), partly })
    }
}

/// An attribute's words. The literal `null` stands for nothing in these files.
fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    raw(tag, name).map(str::trim).filter(|value| !value.is_empty() && *value != "null")
}

/// An attribute's words as they stand.
fn raw<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attributes.iter().find_map(|(key, value)| match value {
        Value::Text(text) if key == name => Some(text.as_str()),
        _ => None,
    })
}

/// A file's name in a picture message.
fn label(part: &Tag) -> Option<&str> {
    attribute(part, "cl").or_else(|| attribute(part, "fn")).or_else(|| attribute(part, "name"))
}

fn party(tag: &Tag, key: &str) -> Address {
    Address {
        name: attribute(tag, "contact_name").filter(|name| *name != "(Unknown)").map(str::to_owned),
        address: attribute(tag, key).map(str::to_owned),
    }
}

fn same(one: &Address, other: &Address) -> bool {
    match (&one.address, &other.address) {
        (Some(one), Some(other)) => phone::key(one) == phone::key(other),
        _ => false,
    }
}

/// Which way a message went and what became of it, from the number the telephone gives.
fn way(kind: Option<&str>) -> (Option<Direction>, Option<MessageState>) {
    match kind {
        Some("1") => (Some(Direction::Received), None),
        Some("2") => (Some(Direction::Sent), None),
        Some("3") => (Some(Direction::Sent), Some(MessageState::Draft)),
        Some("4" | "5" | "6") => (Some(Direction::Sent), Some(MessageState::NotSent)),
        _ => (None, None),
    }
}

#[cfg(test)]
mod tests;
