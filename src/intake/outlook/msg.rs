//! Messages saved from Outlook (`.msg`, [MS-OXMSG]): properties in a compound file, the header lines as
//! they travelled where the message came from outside.

use std::io::{self, Read as _, SeekFrom};

use cfb::CompoundFile;

use super::super::notes::Notes;
use super::super::{About, ItemDraft, MessageDraft, Outcome, ReadSeek, Settings, Sink, Source, fingerprint, header};
use super::body::{self, Forms};
use super::properties::{File, Properties};
use crate::model::when::{Doubt, read_mail_date};
use crate::model::{
    Address, Attachment, Channel, DecodeQuality, Digest, Hasher, Locator, LocatorStep, Message, MissingMedia, Place,
    ThreadKeys, When,
};

/// The largest file that is read, and the largest attachment, in bytes.
const LARGEST: u64 = 512 * 1024 * 1024;
/// Messages inside messages deeper than this are not read.
const MAX_DEPTH: usize = 10;
/// The most recipients and attachments of one message.
const MOST: usize = 5_000;

/// The reader of saved Outlook messages.
#[derive(Debug, Clone, Copy)]
pub struct MsgSource;

impl Source for MsgSource {
    fn name(&self) -> &'static str {
        "msg"
    }

    fn title(&self) -> &'static str {
        "a message saved from Outlook (.msg)"
    }

    /// A compound file is also a Word document of old; the names of its streams are those of a message
    /// only in a message, and they stand early in small files, late in large ones.
    fn claims(&self, head: &[u8], about: &About<'_>) -> Option<u8> {
        if !head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return None;
        }
        let wanted: Vec<u8> = "__substg1.0_".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let seen = head.windows(wanted.len()).any(|window| window == wanted);
        let named = about.name.to_ascii_lowercase().ends_with(".msg");
        match (seen, named) {
            (true, _) => Some(95),
            (false, true) => Some(80),
            (false, false) => None,
        }
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        _settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        let mut notes = Notes::new(about.name);
        original.seek(SeekFrom::Start(0))?;
        if about.bytes > LARGEST {
            notes.partly("too-large", "The file is larger than any message that is read.", "The file is kept.");
        } else {
            match CompoundFile::open(original) {
                Ok(mut file) if file.is_stream("/__properties_version1.0") => {
                    Reading { about, notes: &mut notes }.message(&mut file, "/", 32, 0, sink)?;
                }
                Ok(_) => notes.partly(
                    "not-a-saved-message",
                    "It is a file of Microsoft Office, and no saved message.",
                    "The file is kept. To keep it as a document, add it.",
                ),
                Err(error) => notes.partly(
                    "damaged",
                    &format!("The file is damaged and could not be opened as a saved message ({error})."),
                    "The file is kept. Save the message from Outlook again.",
                ),
            }
        }
        notes.finish().into_iter().for_each(|finding| sink.finding(finding));
        Ok(Outcome::Read)
    }
}

/// The bytes of a stream of a compound file. `None`: it is none, or has no such stream.
pub(in super::super) fn stream_bytes(original: &[u8], path: &str) -> Option<Vec<u8>> {
    let mut file = CompoundFile::open(io::Cursor::new(original)).ok()?;
    super::properties::bytes_at(&mut file, path, LARGEST)
}

struct Reading<'a, 'n> {
    about: &'a About<'a>,
    notes: &'n mut Notes<'a>,
}

impl Reading<'_, '_> {
    /// Reads the message in the storage at `path`, then those inside it.
    fn message(
        &mut self,
        file: &mut File<'_>,
        path: &str,
        header_length: usize,
        depth: usize,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        let properties = Properties::read(file, path, header_length, &[]);
        let class = self.words(file, &properties, 0x001A).unwrap_or_default();
        let (text, text_from_html) = self.body(file, &properties);
        let subject = self.words(file, &properties, 0x0037);
        if !is_mail(&class) {
            let kind = class.trim_start_matches("IPM.").split('.').next().unwrap_or("entry").to_owned();
            self.notes.info(
                "not-a-message",
                &format!("It is an Outlook {}, not a message; it was kept as a document.", kind.to_lowercase()),
                "",
            );
            return sink.item(ItemDraft {
                title: format!("Outlook {}: {}", kind.to_lowercase(), subject.as_deref().unwrap_or("without a title")),
                when: None,
                text,
                place: self.place(path),
            });
        }
        let mut message = Message::blank(Channel::Email);
        (message.subject, message.text, message.text_from_html) = (subject, text, text_from_html);
        self.envelope(file, &properties, &mut message);
        let inside = self.attachments(file, &properties, &mut message);
        message.place = Some(self.place(path));
        message.fingerprint = Some(fingerprint::of(&message));
        let partly = message.sent.is_none()
            || !message.missing.is_empty()
            || message.attachments.iter().any(|file| file.quality != DecodeQuality::Exact);
        sink.message(MessageDraft { message, loose: Vec::new(), beside: Vec::new(), partly })?;
        for path in inside {
            if depth >= MAX_DEPTH {
                self.notes.partly(
                    "too-deep",
                    "Messages inside messages go deeper than is read.",
                    "Open the message in Outlook.",
                );
                break;
            }
            self.notes.info(
                "message-inside",
                "Another message is attached to it; it was read as a message of its own.",
                "",
            );
            self.message(file, &path, 24, depth + 1, sink)?;
        }
        Ok(())
    }

    fn place(&self, path: &str) -> Place {
        let mut locator: Locator = self.about.within.clone();
        if path != "/" {
            locator.0.push(LocatorStep::Stream(path.to_owned()));
        }
        Place { original: self.about.digest, locator }
    }

    fn words(&mut self, file: &mut File<'_>, properties: &Properties, id: u16) -> Option<String> {
        let (words, supposed) = properties.words(file, id)?;
        if supposed {
            self.notes.info(
                "letters-supposed",
                "Letters in it do not say in which alphabet they are; Windows-1252 was taken.",
                "",
            );
        }
        let words = words.trim().to_owned();
        (!words.is_empty()).then_some(words)
    }

    fn body(&mut self, file: &mut File<'_>, properties: &Properties) -> (String, bool) {
        let plain = properties.words(file, 0x1000).map(|(words, _)| words);
        let html = properties
            .binary(file, 0x1013)
            .or_else(|| properties.words(file, 0x1013).map(|(page, _)| page.into_bytes()));
        let rich = properties.binary(file, 0x1009);
        let mut pages: Vec<u32> = properties.number(0x3FDE).into_iter().collect();
        pages.extend(properties.pages());
        let there = plain.is_some() || html.is_some() || rich.is_some();
        let (words, from_html) = body::words(Forms { plain, html, rich, pages });
        if there && words.is_empty() {
            self.notes.info(
                "no-words",
                "No words could be read in its text.",
                "Open it in Outlook to see whether it has any.",
            );
        }
        (words, from_html)
    }

    /// From, to, date and what ties it to others: from the header lines as they travelled, else from what
    /// Outlook noted.
    fn envelope(&mut self, file: &mut File<'_>, properties: &Properties, message: &mut Message) {
        let travelled = properties.words(file, 0x007D).map(|(text, _)| text).unwrap_or_default();
        let (headers, _) = header::split(travelled.as_bytes());
        message.from = headers.addresses("from");
        if message.from.is_empty() {
            let name = [0x0042, 0x0C1A].iter().find_map(|id| self.words(file, properties, *id));
            let smtp = [0x5D02, 0x5D01, 0x0065, 0x0C1F].iter().filter_map(|id| self.words(file, properties, *id));
            let address = smtp.into_iter().find(|address| address.contains('@'));
            if name.is_some() || address.is_some() {
                message.from = vec![Address { name, address }];
            } else {
                self.notes.partly("sender-missing", "It does not say who sent it.", "Look at the message in Outlook.");
            }
        }
        (message.to, message.cc) = (headers.addresses("to"), headers.addresses("cc"));
        if message.to.is_empty() && message.cc.is_empty() {
            self.recipients(file, properties, message);
        }
        message.thread = ThreadKeys {
            message_id: headers.ids("message-id").into_iter().next().or_else(|| self.id(file, properties, 0x1035)),
            in_reply_to: headers.ids("in-reply-to"),
            references: headers.ids("references"),
        };
        if message.thread.in_reply_to.is_empty() {
            message.thread.in_reply_to.extend(self.id(file, properties, 0x1042));
        }
        let date = headers.raw("date").map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
        let noted = |id: u16| properties.time(id).map(|at| When::stated(at.to_string(), at, 0));
        message.sent = date
            .as_deref()
            .and_then(read_mail_date)
            .or_else(|| noted(0x0039))
            .or_else(|| noted(0x0E06).map(|when| When { doubt: Some(Doubt::SecondHand), ..when }));
        if message.sent.is_none() {
            self.notes.partly(
                "date-missing",
                "When it was sent is not known: it has no date.",
                "Look at the message in Outlook.",
            );
        }
    }

    fn id(&mut self, file: &mut File<'_>, properties: &Properties, id: u16) -> Option<String> {
        let words = self.words(file, properties, id)?;
        let bare = words.trim().trim_start_matches('<').trim_end_matches('>').trim();
        (!bare.is_empty()).then(|| bare.to_owned())
    }

    fn recipients(&mut self, file: &mut File<'_>, of: &Properties, message: &mut Message) {
        for path in children(file, &of.path, "__recip_version1.0_#") {
            let one = Properties::read(file, &path, 8, of.pages());
            let name = self.words(file, &one, 0x3001);
            let address =
                [0x39FE, 0x3003].iter().find_map(|id| self.words(file, &one, *id).filter(|it| it.contains('@')));
            if name.is_none() && address.is_none() {
                continue;
            }
            let who = Address { name: name.filter(|name| Some(name) != address.as_ref()), address };
            match one.number(0x0C15) {
                Some(2 | 3) => message.cc.push(who),
                _ => message.to.push(who),
            }
        }
    }

    /// Fills in the attachments; gives the paths of messages attached.
    fn attachments(&mut self, file: &mut File<'_>, of: &Properties, message: &mut Message) -> Vec<String> {
        let mut inside = Vec::new();
        for path in children(file, &of.path, "__attach_version1.0_#") {
            let one = Properties::read(file, &path, 8, of.pages());
            if let Some(path) = one.storage(file, 0x3701).filter(|_| one.number(0x3705) == Some(5)) {
                inside.push(path);
                continue;
            }
            let name = [0x3707, 0x3704, 0x3001].iter().find_map(|id| self.words(file, &one, *id));
            let Some(stream) = one.stream(file, 0x3701) else {
                let called = name.unwrap_or_else(|| "an attachment without a name".to_owned());
                let what =
                    format!("“{called}” is an object of another program inside the message; it was not taken out.");
                self.notes.partly("object-inside", &what, "Open the message in Outlook and save that file by itself.");
                message.missing.push(MissingMedia { words: called });
                continue;
            };
            let Some((sha256, bytes)) = hashed(file, &stream) else {
                let called = name.unwrap_or_else(|| "An attachment without a name".to_owned());
                self.notes.partly(
                    "attachment-damaged",
                    &format!("“{called}” is damaged and could not be read."),
                    "Save the message from Outlook again.",
                );
                message.missing.push(MissingMedia { words: called });
                continue;
            };
            let media_type = self.words(file, &one, 0x370E).unwrap_or_else(|| "application/octet-stream".to_owned());
            let hidden = one.number(0x7FFE).is_some_and(|hidden| hidden & 0xFF != 0);
            let cited =
                self.words(file, &one, 0x3712).is_some() && one.number(0x3714).is_some_and(|flags| flags & 4 != 0);
            let mut place = self.about.within.clone();
            place.0.push(LocatorStep::Stream(stream));
            message.attachments.push(Attachment {
                sha256,
                name,
                bytes,
                media_type,
                quality: DecodeQuality::Exact,
                place,
                inline: hidden || cited,
            });
        }
        inside
    }
}

fn is_mail(class: &str) -> bool {
    let class = class.to_ascii_uppercase();
    class.is_empty() || ["IPM.NOTE", "REPORT.", "IPM.SCHEDULE", "IPM.POST"].iter().any(|start| class.starts_with(start))
}

/// The storages of this name directly below `path`, in order, each ending in `/`.
fn children(file: &File<'_>, path: &str, name: &str) -> Vec<String> {
    let Ok(entries) = file.read_storage(path) else { return Vec::new() };
    let mut found: Vec<String> = entries
        .filter(|entry| entry.is_storage() && entry.name().starts_with(name))
        .map(|entry| format!("{path}{}/", entry.name()))
        .take(MOST)
        .collect();
    found.sort();
    found
}

/// The hash and length of a stream, read piece by piece.
fn hashed(file: &mut File<'_>, path: &str) -> Option<(Digest, u64)> {
    let mut stream = file.open_stream(path).ok()?.take(LARGEST);
    let (mut hasher, mut bytes) = (Hasher::new(), 0_u64);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let read = stream.read(&mut buffer).ok()?;
        if read == 0 {
            return Some((hasher.finish(), bytes));
        }
        hasher.update(&buffer[..read]);
        bytes += read as u64;
    }
}

#[cfg(test)]
mod tests;
