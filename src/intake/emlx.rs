//! Apple Mail's own files (`.emlx`, `.partial.emlx`): a count, the message, a property list.
//! `docs/formats/emlx.md` has the traps.

use std::io::{self, Read as _, SeekFrom};

use super::notes::Notes;
use super::{About, Beside, MessageDraft, Outcome, ReadSeek, Settings, Sink, Source, header, mime, read_email};
use crate::model::{LocatorStep, MessageState, Place};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 512 * 1024 * 1024;
/// Bits of the property list's `flags`.
const DELETED: u64 = 1 << 1;
const DRAFT: u64 = 1 << 6;

/// The reader of Apple Mail's files.
#[derive(Debug, Clone, Copy)]
pub struct EmlxSource;

impl Source for EmlxSource {
    fn name(&self) -> &'static str {
        "emlx"
    }

    fn title(&self) -> &'static str {
        "a message of Apple Mail (.emlx)"
    }

    fn claims(&self, head: &[u8], about: &About<'_>) -> Option<u8> {
        let named = about.name.to_ascii_lowercase().ends_with(".emlx");
        let after = count_line(head).map(|(_, after)| after);
        let (headers, _) = header::split(&head[after.unwrap_or(0)..]);
        let known = headers.names().filter(|name| header::is_known(name)).count();
        match (after, known) {
            (Some(_), 1..) => Some(95),
            (None, 1..) if named => Some(92),
            _ => None,
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
        let mut bytes = Vec::new();
        original.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            notes.partly("too-large", "The file is larger than any message that is read.", "The file is kept.");
        } else {
            let parts = Parts::of(&bytes, &mut notes);
            let mut locator = about.within.clone();
            let (start, length) = (parts.start as u64, (parts.end - parts.start) as u64);
            locator.0.push(LocatorStep::Bytes { start, length });
            let place = Place { original: about.digest, locator };
            let slice = &bytes[parts.start..parts.end];
            let (draft, findings) = read_email(slice, place, about.name);
            for finding in findings {
                sink.finding(finding);
            }
            if let Some(mut draft) = draft {
                stand_ins(slice, about.name, &mut draft, &mut notes);
                let flags = parts.flags.unwrap_or_default();
                if flags & DELETED != 0 {
                    draft.message.states.push(MessageState::DeletedInMailbox);
                }
                if flags & DRAFT != 0 {
                    draft.message.states.push(MessageState::Draft);
                }
                sink.message(draft)?;
            }
        }
        notes.finish().into_iter().for_each(|finding| sink.finding(finding));
        Ok(Outcome::Read)
    }
}

/// The parts of a file.
struct Parts {
    start: usize,
    end: usize,
    flags: Option<u64>,
}

impl Parts {
    fn of(bytes: &[u8], notes: &mut Notes<'_>) -> Self {
        let list = property_list(bytes);
        let (start, end) = if let Some((count, start)) = count_line(bytes) {
            let stated = usize::try_from(count).ok().and_then(|count| start.checked_add(count));
            match (stated.filter(|end| *end <= bytes.len()), list) {
                (Some(end), _) => (start, end),
                (None, list) => {
                    notes.info(
                        "length-repaired",
                        "The file says its message is longer than the file; it was read up to where its property list begins.",
                        "",
                    );
                    (start, list.unwrap_or(bytes.len()))
                }
            }
        } else {
            notes.info(
                "length-missing",
                "The file does not say how long its message is; it was read up to where its property list begins.",
                "",
            );
            (0, list.unwrap_or(bytes.len()))
        };
        let flags = bytes.get(end.min(bytes.len())..).and_then(flags);
        if flags.is_none() && !bytes[end.min(bytes.len())..].starts_with(b"bplist") {
            notes.info(
                "property-list-missing",
                "The property list of Apple Mail behind the message could not be read.",
                "",
            );
        }
        Parts { start, end: end.max(start), flags }
    }
}

/// The number on the first line and where the message begins.
fn count_line(bytes: &[u8]) -> Option<(u64, usize)> {
    let end = bytes.iter().take(32).position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&bytes[..end]).ok()?.trim();
    (!line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())).then_some(())?;
    Some((line.parse().ok()?, end + 1))
}

/// Where the property list begins: the last one, for a message may hold one of its own.
fn property_list(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.len().saturating_sub(256 * 1024);
    let last = |needle: &[u8]| {
        let mut places = bytes[tail..].windows(needle.len()).enumerate().filter(|(_, window)| *window == needle);
        places.next_back().map(|(at, _)| at + tail)
    };
    last(b"<?xml").filter(|at| bytes[*at..].windows(6).any(|window| window == b"<plist")).or_else(|| last(b"bplist00"))
}

/// The number under the key `flags`, in a list written as XML.
fn flags(list: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(list).ok()?;
    let after = text.split_once("<key>flags</key>")?.1;
    let value = after.split_once("<integer>")?.1.split_once("</integer>")?.0;
    value.trim().parse().ok()
}

/// In a partial file attachments are only named: their bytes lie in a folder of Apple Mail beside it.
fn stand_ins(slice: &[u8], label: &str, draft: &mut MessageDraft, notes: &mut Notes<'_>) {
    let walked = mime::with_line_feeds(slice);
    let root = mime::walk(&walked);
    let number = label.rsplit('/').next().unwrap_or(label).split('.').next().unwrap_or_default().to_owned();
    let mut kept = Vec::new();
    for attachment in std::mem::take(&mut draft.message.attachments) {
        let part = match attachment.place.0.last() {
            Some(LocatorStep::Part(path)) if attachment.bytes == 0 => mime::find(&root, path),
            _ => None,
        };
        let Some(part) = part.filter(|part| part.headers.raw("x-apple-content-length").is_some()) else {
            kept.push(attachment);
            continue;
        };
        let name = attachment.name.clone().unwrap_or_else(|| "attachment".to_owned());
        let path = part.path.iter().map(|step| (step + 1).to_string()).collect::<Vec<_>>().join(".");
        draft.beside.push(Beside {
            name: format!("../Attachments/{number}/{path}/{name}"),
            media_type: Some(attachment.media_type.clone()),
            inline: attachment.inline,
        });
        draft.partly = true;
    }
    draft.message.attachments = kept;
    if draft.partly && !draft.beside.is_empty() {
        notes.partly(
            "partial-message",
            "Apple Mail keeps the attachments of this message in a folder of its own; they are not in this file.",
            "Import the whole mailbox folder, or save the message from Apple Mail (File, Save As, Raw Message Source).",
        );
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::intake::detect;
    use crate::intake::samples::Collect;
    use crate::model::{Digest, Locator};

    const MAIL: &str = "From: sam@example.org\nTo: alex@example.org\nDate: Fri, 18 Sep 2026 17:02:11 +0100\nSubject: Today\n\nNot coming.\n";
    const LIST: &str =
        "<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict><key>flags</key><integer>2</integer></dict></plist>\n";

    fn read(text: &str) -> Collect {
        let whole = Locator::whole();
        let about = About {
            digest: Digest::of(text.as_bytes()),
            name: "50758.partial.emlx",
            bytes: text.len() as u64,
            written: None,
            within: &whole,
        };
        assert_eq!(detect(text.as_bytes(), &about).map(Source::name), Some("emlx"));
        let mut collect = Collect::default();
        EmlxSource
            .read(&mut Cursor::new(text), &about, &Settings::default(), &mut collect)
            .expect("memory can be read");
        collect
    }

    #[test]
    fn a_message_with_its_list() {
        let read = read(&format!("{}      \n{MAIL}{LIST}", MAIL.len()));
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        assert_eq!(read.drafts[0].message.text.trim(), "Not coming.");
        assert_eq!(read.drafts[0].message.states, [MessageState::DeletedInMailbox]);
    }

    #[test]
    fn a_wrong_or_missing_length_loses_nothing() {
        for (first, kind) in [("99999\n", "length-repaired"), ("", "length-missing")] {
            let read = read(&format!("{first}{MAIL}{LIST}"));
            assert_eq!(read.findings[0].kind, kind);
            assert_eq!(read.drafts[0].message.text.trim(), "Not coming.", "{kind}: the list is no part of the words");
        }
    }

    #[test]
    fn an_attachment_that_lies_elsewhere_is_named_and_not_taken_for_an_empty_one() {
        let mail = "From: sam@example.org\nDate: Fri, 18 Sep 2026 17:02:11 +0100\nContent-Type: multipart/mixed; boundary=b\n\n\
            --b\nContent-Type: text/plain\n\nSee the letter.\n--b\nContent-Type: application/pdf; name=letter.pdf\n\
            Content-Disposition: attachment; filename=letter.pdf\nContent-Transfer-Encoding: base64\nX-Apple-Content-Length: 4711\n\n\n--b--\n";
        let read = read(&format!("{}\n{mail}{LIST}", mail.len()));
        let draft = &read.drafts[0];
        assert!(draft.message.attachments.is_empty() && draft.partly);
        assert_eq!(draft.beside[0].name, "../Attachments/50758/2/letter.pdf");
        assert!(read.findings.iter().any(|finding| finding.kind == "partial-message"));
    }
}
