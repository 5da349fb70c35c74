//! Saved e-mails (`.eml`): one RFC 5322 message a file. `docs/formats/eml.md` has the traps.

use std::io::{self, Read as _};

use super::body::{self, Body, Placing, Trouble};
use super::charset::CharsetDoubt;
use super::header::{self, Headers};
use super::mime::{self, Defect, Part};
use super::transfer::{self, TransferEncoding};
use super::{About, MessageDraft, Outcome, ReadSeek, Settings, Sink, Source, fingerprint, outlook};
use crate::model::when::{Doubt, ZoneSource, read_mail_date};
use crate::model::{
    Attachment, Channel, DecodeQuality, Digest, Finding, Locator, LocatorStep, Message, MessageState, Place, Severity,
    ThreadKeys, When,
};

/// The largest message that is read, in bytes. Decoding only makes parts smaller, so it bounds them too.
const LARGEST: u64 = 512 * 1024 * 1024;

/// The reader of saved e-mails.
#[derive(Debug, Clone, Copy)]
pub struct EmlSource;

impl Source for EmlSource {
    fn name(&self) -> &'static str {
        "eml"
    }

    fn title(&self) -> &'static str {
        "a saved e-mail (.eml)"
    }

    /// By its first lines: fields that only mail has. The name only tips the balance where there is one such field.
    fn claims(&self, head: &[u8], about: &About<'_>) -> Option<u8> {
        let head = mime::with_line_feeds(head);
        let start = mime::start(&head);
        let (headers, _) = header::split(&head[start..]);
        let mut known: Vec<&str> = headers.names().filter(|name| header::is_known(name)).collect();
        known.sort_unstable();
        known.dedup();
        let named = about.name.rsplit('.').next().is_some_and(|ending| ending.eq_ignore_ascii_case("eml"));
        // A `From ` line is how a mailbox begins; its reader goes first where there is one.
        let envelope = head[..start].windows(5).any(|window| window == b"From ");
        match known.len() {
            0 => None,
            1 if !named => None,
            1 => Some(40),
            _ if envelope => Some(50),
            _ => Some(90),
        }
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        _settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        if about.bytes > LARGEST {
            sink.finding(too_large(about));
            return Ok(Outcome::Read);
        }
        let mut bytes = Vec::new();
        original.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            sink.finding(too_large(about));
            return Ok(Outcome::Read);
        }
        let place = Place { original: about.digest, locator: about.within.clone() };
        let (draft, findings) = read_email(&bytes, place, about.name);
        for finding in findings {
            sink.finding(finding);
        }
        if let Some(mut draft) = draft {
            draft.message.states.extend(maildir_states(about.name));
            sink.raw(&bytes);
            sink.message(draft)?;
        }
        Ok(Outcome::Read)
    }
}

fn too_large(about: &About<'_>) -> Finding {
    let what = format!("The file has {} bytes; an e-mail of more than {LARGEST} bytes is not read.", about.bytes);
    Finding::new(
        Severity::Warn,
        "too-large",
        about.name,
        what,
        "The file is kept. Export the message again without its largest attachment to have it read.",
    )
}

/// Reads one message that stands at `place` of an original, called `label` in findings. Also for a
/// message that came as an attachment of another: its bytes are those of [`attachment_bytes`].
///
/// No draft: the bytes are no e-mail at all, and a finding says so.
#[must_use]
pub fn read_email(bytes: &[u8], place: Place, label: &str) -> (Option<MessageDraft>, Vec<Finding>) {
    let walked = mime::with_line_feeds(bytes);
    let mut notes = Notes { label, findings: Vec::new(), partly: false };
    let root = mime::walk(&walked);
    if root.headers.names().all(|name| !header::is_known(name)) {
        let next =
            "The file is kept. If it is a message, open it in the program it came from and save it again as an e-mail.";
        notes.warn("not-an-email", "It does not begin as an e-mail does, so no message could be read from it.", next);
        return (None, notes.findings);
    }
    if matches!(walked, std::borrow::Cow::Owned(_)) {
        notes.info("line-ends-repaired", "Its lines end with carriage returns only; it was read as if they ended as usual. The original is kept as it is.");
    }
    before_the_header(&walked, &mut notes);
    about_headers(&root.headers, &mut notes);
    about_parts(&root, &mut notes);
    let body = body::sort(&root, &walked);
    for trouble in &body.troubles {
        about_trouble(trouble, &mut notes);
    }
    let mut body = body;
    let attachments = attachments(&mut body, bytes, &place.locator, &mut notes);
    let message = message(&root.headers, body, attachments, place, &mut notes);
    (Some(MessageDraft { message, loose: Vec::new(), beside: Vec::new(), partly: notes.partly }), notes.findings)
}

/// What a maildir writes behind the name of a file: `:2,FLAGS`, with `;` or `_` for the colon on disks that
/// cannot have one.
fn maildir_states(name: &str) -> Vec<MessageState> {
    let flags = [":2,", ";2,", "_2,"].iter().find_map(|mark| name.rsplit_once(mark)).map(|(_, flags)| flags);
    let flags = flags.filter(|flags| flags.bytes().all(|flag| flag.is_ascii_alphabetic())).unwrap_or_default();
    let states = [('D', MessageState::Draft), ('T', MessageState::DeletedInMailbox)];
    states.into_iter().filter(|(flag, _)| flags.contains(*flag)).map(|(_, state)| state).collect()
}

fn message(
    headers: &Headers,
    body: Body<'_>,
    attachments: Vec<Attachment>,
    place: Place,
    notes: &mut Notes<'_>,
) -> Message {
    let mut message = Message {
        sent: sent(headers, notes),
        from: headers.addresses("from"),
        to: headers.addresses("to"),
        cc: headers.addresses("cc"),
        subject: headers.text("subject"),
        text: body.text,
        text_from_html: body.from_html,
        thread: ThreadKeys {
            message_id: headers.ids("message-id").into_iter().next(),
            in_reply_to: headers.ids("in-reply-to"),
            references: headers.ids("references"),
        },
        attachments,
        place: Some(place),
        ..Message::blank(Channel::Email)
    };
    if message.from.is_empty() {
        notes.warn(
            "sender-missing",
            "It does not say who sent it.",
            "Look at the message in the program it came from.",
        );
    }
    message.fingerprint = Some(fingerprint::of(&message));
    message
}

/// When it was sent: its Date, else when a server handled it.
fn sent(headers: &Headers, notes: &mut Notes<'_>) -> Option<When> {
    let date = headers.raw("date").filter(|words| !words.is_empty());
    let unfolded = date.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    if let Some(when) = unfolded.as_deref().and_then(read_mail_date) {
        if when.zone_source == ZoneSource::Unknown {
            let what = format!("Its date “{}” names no time zone that is known.", when.words);
            notes.note("zone-missing", &what, "The time is shown as written.");
        }
        if when.doubt == Some(Doubt::WeekdayDiffers) {
            let what = format!("Its date “{}” names a weekday that does not belong to the date.", when.words);
            notes.note("weekday-differs", &what, "The date was taken.");
        }
        return Some(when);
    }
    let why = match &unfolded {
        Some(words) => format!("its date “{}” could not be read", shortened(words)),
        None => "it has no date of its own".to_owned(),
    };
    // The top one was written last, by the server nearest to the reader.
    let received = headers.raw("received").and_then(|words| words.rsplit_once(';')).map(|(_, date)| date);
    let received = received.map(|words| words.split_whitespace().collect::<Vec<_>>().join(" "));
    let handled = received.as_deref().and_then(read_mail_date);
    let next = "Look at the message in the program it came from.";
    let Some(when) = handled else {
        notes.warn("date-missing", &format!("When it was sent is not known: {why}."), next);
        return None;
    };
    let what = format!("When it was sent is not known: {why}. The time a mail server handled it is shown instead.");
    notes.warn("date-from-server", &what, next);
    Some(When { doubt: Some(Doubt::SecondHand), ..when })
}

/// The attachments, with those inside a `winmail.dat`; its words become the message's where it has none.
fn attachments(body: &mut Body<'_>, original: &[u8], at: &Locator, notes: &mut Notes<'_>) -> Vec<Attachment> {
    let mut all = Vec::new();
    for (part, placing) in &body.attachments {
        let container = attachment(part, *placing, original, at, notes);
        let named = container.name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case("winmail.dat"));
        let inside = if named || container.media_type.ends_with("ms-tnef") {
            let bytes = transfer::decode(part.encoding, &original[part.body.clone()]).0;
            outlook::open(&bytes).map(|inside| (inside, bytes))
        } else {
            None
        };
        let place = container.place.clone();
        all.push(container);
        let Some((inside, bytes)) = inside else { continue };
        if inside.damaged {
            let what = "The container of Microsoft Outlook in it is damaged; what could be found in it was taken out.";
            notes.warn("container-damaged", what, "Ask for the files again, sent as ordinary attachments.");
        }
        for file in &inside.files {
            let Some(held) = bytes.get(file.start..file.start + file.length) else { continue };
            let mut place = place.clone();
            place.0.push(LocatorStep::Bytes { start: file.start as u64, length: file.length as u64 });
            all.push(Attachment {
                sha256: Digest::of(held),
                name: file.name.clone(),
                bytes: held.len() as u64,
                media_type: file.media_type.clone().unwrap_or_else(|| "application/octet-stream".to_owned()),
                quality: DecodeQuality::Exact,
                place,
                inline: false,
            });
        }
        if body.text.trim().is_empty()
            && let Some((words, from_html)) = inside.words
        {
            (body.text, body.from_html) = (words, from_html);
        }
    }
    all
}

fn attachment(part: &Part, placing: Placing, original: &[u8], at: &Locator, notes: &mut Notes<'_>) -> Attachment {
    let (bytes, mut quality) = transfer::decode(part.encoding, &original[part.body.clone()]);
    let called = part
        .name
        .as_deref()
        .map_or_else(|| format!("without a name ({})", part.media_type), |name| format!("“{name}”"));
    let next = "Ask for the file again if it matters, or open the message in the program it came from.";
    match (quality, part.encoding) {
        (DecodeQuality::Lossy, _) => {
            notes.warn(
                "attachment-lossy",
                &format!("The attachment {called} is cut off; what is left of it was kept."),
                next,
            );
        }
        (DecodeQuality::Repaired, _) => {
            notes.warn(
                "attachment-repaired",
                &format!("The encoding of the attachment {called} is damaged; what could be read of it was kept."),
                next,
            );
        }
        (DecodeQuality::Exact, TransferEncoding::Unknown) => {
            quality = DecodeQuality::Repaired;
            notes.warn("encoding-unknown", &format!("The attachment {called} is written in an encoding that is not known; its bytes were kept undecoded."), next);
        }
        (DecodeQuality::Exact, _) => {}
    }
    about_kind(part, &called, notes);
    let mut place = at.clone();
    place.0.push(LocatorStep::Part(part.path.clone()));
    Attachment {
        sha256: Digest::of(&bytes),
        name: part.name.clone(),
        bytes: bytes.len() as u64,
        media_type: part.media_type.clone(),
        quality,
        place,
        inline: placing == Placing::Inline,
    }
}

/// Attachments that hold more than we look into.
fn about_kind(part: &Part, called: &str, notes: &mut Notes<'_>) {
    match part.media_type.as_str() {
        "application/ms-tnef" | "application/vnd.ms-tnef" => notes.info(
            "holds-more",
            &format!("The attachment {called} is a container of Microsoft Outlook; the files inside it are listed beside it."),
        ),
        "application/pkcs7-mime" | "application/x-pkcs7-mime" | "application/pgp-encrypted" => notes.warn(
            "sealed",
            "The message, or part of it, is encrypted or signed in a sealed form; the words inside are not read.",
            "Open it in the program it came from and save the readable message too.",
        ),
        "message/rfc822" | "message/global" => notes.note(
            "message-inside",
            &format!("The attachment {called} is a message itself; it is kept whole, and its words are not those of this message."),
            "",
        ),
        "message/external-body" | "message/partial" => notes.warn(
            "stands-elsewhere",
            &format!("The attachment {called} only points to something that did not come with the message."),
            "Ask for what it points to.",
        ),
        _ => {}
    }
}

fn before_the_header(bytes: &[u8], notes: &mut Notes<'_>) {
    let start = mime::start(bytes);
    if start > 0 {
        notes.info(
            "lines-before-header",
            "Blank lines or a mailbox line stand before the message; they were passed over.",
        );
    }
    if !bytes[..start].windows(5).any(|window| window == b"From ") {
        return;
    }
    let mut at = start;
    while let Some(found) = bytes[at..].windows(6).position(|window| window == b"\nFrom ") {
        at += found + 1;
        let next = header::line_end(bytes, at);
        let (headers, _) = header::split(&bytes[next..bytes.len().min(next + 4096)]);
        if headers.names().filter(|name| header::is_known(name)).count() >= 2 {
            let what =
                "It looks like a mailbox of several messages; only the first was read, the others stand in its text.";
            notes.warn("several-messages", what, "Save each message of it as a file of its own and import those.");
            return;
        }
    }
}

fn about_headers(headers: &Headers, notes: &mut Notes<'_>) {
    for name in ["date", "from", "to", "cc", "subject", "message-id", "in-reply-to", "references"] {
        let count = headers.different(name);
        if count > 1 {
            let what = format!("Its header has {count} different lines “{}”; the first was taken.", written(name));
            notes.note("header-repeated", &what, "Look at the original if it matters which is right.");
        }
    }
    if headers.eight_bit {
        notes.info(
            "header-letters-supposed",
            "Letters in its header do not say in which alphabet they are; Windows-1252 was taken.",
        );
    }
    if headers.stray_lines > 0 {
        notes.info("header-stray-lines", "Its header has lines that belong to no field; they were passed over.");
    }
    if headers.end_missing {
        notes.info("header-end-missing", "No blank line stands between its header and its text; the text was taken to begin at the first line that is no field.");
    }
    if headers.left_out > 0 {
        let what = format!("{} fields of its header are too many or too long and were passed over.", headers.left_out);
        notes.warn("header-cut", &what, "");
    }
}

/// A field's name as mails write it: `Message-Id`.
fn written(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect::<String>())
    });
    words.collect::<Vec<_>>().join("-")
}

fn about_parts(part: &Part, notes: &mut Notes<'_>) {
    let again = "Save the message again from the program it came from, if that still has it.";
    for defect in &part.defects {
        match defect {
            Defect::BoundaryMissing => notes.warn("boundary-missing", "The line that should stand between its parts is missing or another one; it was read as well as that allows.", again),
            Defect::EndMissing => notes.warn("end-missing", "The line that ends its last part is missing; the message may have been cut off.", again),
            Defect::TooDeep => notes.warn("too-deep", "Its parts are nested more than 50 deep; the rest was kept as one attachment.", ""),
            Defect::TooManyParts => notes.warn("too-many-parts", "It has more than 10,000 parts; those behind were not read.", ""),
            Defect::WordsOutside => notes.note("words-outside", "Words stand behind its last part, where mail programs do not show them.", "Look at the original if it matters."),
        }
    }
    for child in &part.children {
        about_parts(child, notes);
    }
}

fn about_trouble(trouble: &Trouble, notes: &mut Notes<'_>) {
    match trouble {
        Trouble::Charset(CharsetDoubt::Supposed { taken }) => {
            notes.info(
                "letters-supposed",
                &format!("Its text does not say, or says wrongly, in which alphabet it is; {taken} was taken."),
            );
        }
        Trouble::Charset(CharsetDoubt::Unknown { named, taken }) => {
            let what =
                format!("Its text is in the alphabet “{}”, which is not known; {taken} was taken.", shortened(named));
            notes.warn("charset-unknown", &what, "Compare it with the message in the program it came from.");
        }
        Trouble::Charset(CharsetDoubt::Damaged) => {
            notes.warn(
                "text-damaged",
                "Some letters of its text could not be read; each is shown as \u{fffd}.",
                "Compare it with the message in the program it came from.",
            );
        }
        Trouble::Encoding(DecodeQuality::Lossy) => {
            notes.warn(
                "text-lossy",
                "Its text is cut off; what is left of it was read.",
                "Save the message again from the program it came from, if that still has it.",
            );
        }
        Trouble::Encoding(_) => {
            notes.warn(
                "text-repaired",
                "The encoding of its text is damaged; what could be read was.",
                "Compare it with the message in the program it came from.",
            );
        }
        Trouble::Html => {
            notes.warn(
                "html-simplified",
                "Its text is HTML too long or too tangled to be laid out; its words were taken as they come.",
                "Compare it with the message in the program it came from.",
            );
        }
    }
}

fn shortened(words: &str) -> String {
    words.chars().take(80).collect()
}

/// Findings about one message.
struct Notes<'a> {
    label: &'a str,
    findings: Vec<Finding>,
    partly: bool,
}

impl Notes<'_> {
    /// Something of the message could not be read.
    fn warn(&mut self, kind: &str, what: &str, next: &str) {
        self.partly = true;
        self.push(Severity::Warn, kind, what, next);
    }

    /// All was read; something is worth knowing, and perhaps a look.
    fn note(&mut self, kind: &str, what: &str, next: &str) {
        self.push(Severity::Info, kind, what, next);
    }

    fn info(&mut self, kind: &str, what: &str) {
        self.push(Severity::Info, kind, what, "");
    }

    fn push(&mut self, severity: Severity, kind: &str, what: &str, next: &str) {
        let finding = Finding::new(severity, kind, self.label, what, next);
        // The same of several parts is said once.
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::detect;

    fn claimed(name: &str, head: &[u8]) -> bool {
        let whole = Locator::whole();
        let about = About { digest: Digest::of(head), name, bytes: head.len() as u64, written: None, within: &whole };
        detect(head, &about).is_some_and(|source| source.name() == "eml")
    }

    #[test]
    fn emails_are_known_by_their_first_lines() {
        for (name, head) in [
            ("a.eml", &b"From: Sam Reed <sam@example.org>\r\nTo: alex@example.com\r\n\r\nHello"[..]),
            ("no-ending", b"Received: by mail.example.net\nDate: Fri, 18 Sep 2026 17:04:05 +0100\n\n"),
            ("a.eml", b"\r\n\r\nFrom: a@example.com\r\nSubject: x\r\n\r\n"),
            ("a.eml", b"\xef\xbb\xbfFrom: a@example.com\r\nSubject: x\r\n\r\n"),
            ("a.eml", b">From a@example.com\nFrom: a@example.com\nSubject: x\n\n"),
            ("a.eml", b"From: a@example.com\rSubject: x\r\rHello\r"),
            ("A.EML", b"Content-Type: text/plain\n\nHello"),
        ] {
            assert!(claimed(name, head), "{name} {}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn other_files_are_declined() {
        for (name, head) in [
            ("a.eml", &b""[..]),
            ("a.eml", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
            ("a.eml", b"PK\x03\x04\x14\x00"),
            ("a.eml", b"<!DOCTYPE html><html><head><title>From: x</title>"),
            ("a.eml", b"{\"From\": \"a@example.com\", \"To\": \"b@example.com\"}"),
            ("notes.txt", b"Friday\nFrom: five to six nobody came.\nTo: nobody\n"),
            ("notes.txt", b"Subject: my notes\n\nNobody came."),
            ("chat.txt", b"18/09/2026, 17:04 - Sam: running late\n"),
            ("card.vcf", b"BEGIN:VCARD\nVERSION:3.0\nFN:Sam Reed\n"),
            ("a.eml", b"\x00\x01\x02\x03"),
        ] {
            assert!(!claimed(name, head), "{name} {}", String::from_utf8_lossy(head));
        }
    }
}
