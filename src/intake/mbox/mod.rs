//! Mailboxes (`.mbox`): many messages in one file, as Thunderbird keeps them and Google Takeout hands them out.
//! `docs/formats/mbox.md` has the variants and traps.

mod split;

use std::io::{self, Read as _, SeekFrom};

use memchr::memmem;

use self::split::{Splitter, is_separator};
use super::header::{self, Headers};
use super::{About, Outcome, ReadSeek, Settings, Sink, Source, eml};
use crate::model::{Direction, Finding, LocatorStep, Message, MessageState, Place, Severity};

/// The largest message that is read, in bytes. Mail servers stop far below it.
const LARGEST: usize = 96 * 1024 * 1024;

/// The reader of mailboxes.
#[derive(Debug, Clone, Copy)]
pub struct MboxSource;

impl Source for MboxSource {
    fn name(&self) -> &'static str {
        "mbox"
    }

    fn title(&self) -> &'static str {
        "a mailbox of many e-mails (.mbox; Thunderbird, Google Takeout)"
    }

    /// By its first line, which stands between messages and so before the first.
    fn claims(&self, head: &[u8], _about: &About<'_>) -> Option<u8> {
        let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
        while let [b'\r' | b'\n', after @ ..] = rest {
            rest = after;
        }
        let first = header::line_end(rest, 0);
        let second = header::line_end(rest, first);
        is_separator(&rest[..first], &rest[first..second]).then_some(95)
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        _settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        original.seek(SeekFrom::Start(0))?;
        let mut quoting = Quoting::NotLookedAt;
        let mut splitter = Splitter::new(&mut *original, LARGEST);
        // A message that has quoted lines waits until it is known how this mailbox quotes; that is looked up
        // in the mailbox once, between two readings of it.
        let mut number = 0_u64;
        let mut pass_over = 0_u64;
        loop {
            splitter.forget();
            let Some(slice) = splitter.next_message()? else { break };
            number += 1;
            if number <= pass_over {
                continue;
            }
            let mut locator = about.within.clone();
            locator.0.push(LocatorStep::Bytes { start: slice.start, length: slice.length });
            if !sink.wants(&locator) {
                continue;
            }
            let label = format!("{}, message {number}", about.name);
            let Some(bytes) = slice.bytes else {
                sink.unread();
                sink.finding(too_large(&label, slice.length));
                continue;
            };
            let quoted = memmem::find(bytes, b"\n>From ").is_some() || memmem::find(bytes, b"\n>>From ").is_some();
            if quoted && quoting == Quoting::NotLookedAt {
                drop(splitter);
                quoting = look_for_quoting(original)?;
                original.seek(SeekFrom::Start(0))?;
                splitter = Splitter::new(&mut *original, LARGEST);
                (pass_over, number) = (number - 1, 0);
                continue;
            }
            let place = Place { original: about.digest, locator };
            let quoting = if quoted { quoting } else { Quoting::NotLookedAt };
            one(bytes, place, &label, quoting, sink)?;
        }
        if !splitter.whole_line_at_end {
            sink.finding(Finding::new(
                Severity::Info,
                "end-inside-a-line",
                about.name,
                "The mailbox ends inside a line; its last message may have been cut off.",
                "If the mail program was open, close it and import the mailbox again.",
            ));
        }
        Ok(Outcome::Read)
    }
}

/// How a mailbox writes lines of messages that begin with `From `.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quoting {
    NotLookedAt,
    /// A `>From ` among lines that are quoted is a quotation; one that stands alone got its `>` from the mailbox's
    /// program (mboxo).
    Unknown,
    /// There is a `>>From `: every quoted line has one `>` too many (mboxrd).
    Rd,
}

fn look_for_quoting(original: &mut dyn ReadSeek) -> io::Result<Quoting> {
    original.seek(SeekFrom::Start(0))?;
    let finder = memmem::Finder::new(b"\n>>From ");
    let mut buffer = Vec::new();
    loop {
        let kept = buffer.len().min(8);
        buffer.drain(..buffer.len() - kept);
        let before = buffer.len();
        (&mut *original).take(1024 * 1024).read_to_end(&mut buffer)?;
        if finder.find(&buffer).is_some() {
            return Ok(Quoting::Rd);
        }
        if buffer.len() == before {
            return Ok(Quoting::Unknown);
        }
    }
}

fn one(bytes: &[u8], place: Place, label: &str, quoting: Quoting, sink: &mut dyn Sink) -> io::Result<()> {
    let (draft, findings) = eml::read_email(bytes, place, label);
    let Some(mut draft) = draft else {
        sink.unread();
        sink.finding(Finding::new(
            Severity::Warn,
            "not-an-email",
            label,
            "What stands here between two separators does not begin as an e-mail does; it may belong to the message before it.",
            "It is kept with the mailbox. Compare the message before it with your mail program.",
        ));
        return Ok(());
    };
    for finding in findings {
        sink.finding(finding);
    }
    if draft.message.from.is_empty() && draft.message.sent.is_none() {
        sink.finding(Finding::new(
            Severity::Warn,
            "split-doubtful",
            label,
            "It has neither a sender nor a date; it may be a part of the message before it.",
            "Compare the message before it with your mail program.",
        ));
    }
    let head = &bytes[..bytes.len().min(256 * 1024)];
    if [&b"X-Mozilla-Status:"[..], b"X-Gmail-Labels:"].into_iter().any(|field| memmem::find(head, field).is_some()) {
        standing(&header::split(head).0, &mut draft.message);
    }
    if quoting != Quoting::NotLookedAt && !draft.message.text_from_html {
        unquote(&mut draft.message, quoting);
    }
    sink.raw(bytes);
    sink.message(draft)
}

/// What the mailbox's program wrote into the header about the message.
fn standing(headers: &Headers, message: &mut Message) {
    let status = headers.raw("x-mozilla-status").and_then(|status| u32::from_str_radix(status.trim(), 16).ok());
    if status.is_some_and(|status| status & 0x0008 != 0) {
        message.states.push(MessageState::DeletedInMailbox);
    }
    let Some(labels) = headers.text("x-gmail-labels") else { return };
    let has = |wanted: &[&str]| labels.split(',').any(|label| wanted.contains(&label.trim().trim_matches('"')));
    // Labels are in the language of the account; only what is certain is taken.
    if has(&["Drafts", "Draft"]) {
        message.states.push(MessageState::Draft);
    }
    if has(&["Trash", "Bin"]) {
        message.states.push(MessageState::DeletedInMailbox);
    }
    if has(&["Spam"]) {
        message.states.push(MessageState::Spam);
    }
    if has(&["Sent", "Sent Mail"]) {
        message.direction = Some(Direction::Sent);
    }
}

/// Takes the `>` away that the mailbox's writer put before lines which begin with `From `.
fn unquote(message: &mut Message, quoting: Quoting) {
    let quoted = |line: &str| line.starts_with('>') && line.trim_start_matches('>').starts_with("From ");
    if !message.text.lines().any(quoted) {
        return;
    }
    let lines: Vec<&str> = message.text.split_inclusive('\n').collect();
    let by_program = |at: usize| quoted(lines[at]) && (quoting == Quoting::Rd || stands_alone(&lines, at, quoted));
    let text: String =
        lines.iter().enumerate().map(|(at, line)| if by_program(at) { &line[1..] } else { line }).collect();
    if text != message.text {
        message.text_as_exported = Some(std::mem::replace(&mut message.text, text));
    }
}

/// Whether no line beside it is quoted, and none above introduces a quotation (`On Monday Sam wrote:`).
fn stands_alone(lines: &[&str], at: usize, from: impl Fn(&str) -> bool) -> bool {
    let quotes = |line: Option<&&str>| line.is_some_and(|line| line.starts_with('>') && !from(line));
    let above = lines[..at].iter().rev().map(|line| line.trim()).find(|line| !line.is_empty());
    let beside = [at.checked_sub(1).and_then(|above| lines.get(above)), lines.get(at + 1)];
    !beside.into_iter().any(quotes) && !above.is_some_and(|line| line.ends_with(':'))
}

fn too_large(label: &str, length: u64) -> Finding {
    Finding::new(
        Severity::Warn,
        "too-large",
        label,
        format!("The message has {length} bytes; one of more than {LARGEST} bytes is not read."),
        "It is kept with the mailbox. Save it in your mail program as a file of its own, without its largest attachment.",
    )
}
