//! Apple's Messages as `imessage-exporter` writes them to text. `docs/formats/imessage.md` has the traps.

use std::collections::HashSet;
use std::io::{self, SeekFrom};

use super::chats::Known;
use super::whatsapp::lines::{Line, Lines};
use super::{About, Beside, MessageDraft, Outcome, ReadSeek, Settings, Sink, Source};
use crate::model::when::Precision;
use crate::model::{
    Address, Channel, ChatPlace, Date, Digest, Direction, Finding, LocatorStep, Message, MessageState, Place, Severity,
    TimeOfDay, When,
};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// How many bytes of one message's words are kept.
const LONGEST_MESSAGE: usize = 4 * 1024 * 1024;

/// The reader of imessage-exporter's text files.
#[derive(Debug, Clone, Copy)]
pub struct ImessageSource;

impl Source for ImessageSource {
    fn name(&self) -> &'static str {
        "imessage"
    }

    fn title(&self) -> &'static str {
        "an iMessage chat exported with imessage-exporter (.txt)"
    }

    fn claims(&self, head: &[u8], _about: &About<'_>) -> Option<u8> {
        let text = String::from_utf8_lossy(head);
        let first = text.lines().find(|line| !line.trim().is_empty())?;
        // A stamp of this shape to the second, at the very beginning, is written by nothing else we know;
        // a diary has no seconds.
        stamp(first.trim_start_matches('\u{feff}'))?;
        Some(80)
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        let begin = original.stream_position()?;
        let mut own = HashSet::new();
        let mut senders: Vec<String> = Vec::new();
        blocks(original, |block| {
            if !block.indented {
                own.insert(block.key());
            }
            if let Some(sender) = block.sender().filter(|sender| senders.len() < 3 && !senders.contains(sender)) {
                senders.push(sender);
            }
            Ok(())
        })?;
        original.seek(SeekFrom::Start(begin))?;
        let chat = about.name.rsplit('/').next().unwrap_or(about.name);
        let chat = chat.strip_suffix(".txt").unwrap_or(chat).to_owned();
        let mut reader = Reader {
            about,
            settings,
            known: Known::new(&chat, None),
            chat,
            other: match &senders[..] {
                [one, two] if one == "Me" => Some(two.clone()),
                [one, two] if two == "Me" => Some(one.clone()),
                _ => None,
            },
            number: 0,
            reactions: 0,
            own,
        };
        let before = blocks(original, |block| reader.message(block, sink))?;
        reader.report(before, sink);
        Ok(Outcome::Read)
    }
}

/// A stamp and the lines below it, up to the next.
struct Block {
    start: u64,
    length: u64,
    indented: bool,
    /// The first line without its indent.
    first: String,
    lines: Vec<String>,
    bytes: usize,
    cut: bool,
}

impl Block {
    fn rest(&self) -> &str {
        stamp(&self.first).map_or("", |(_, _, rest)| rest)
    }

    /// Announcements stand on the line of the stamp; receipts there are in brackets.
    fn is_announcement(&self) -> bool {
        let rest = self.rest().trim();
        !rest.is_empty() && !rest.starts_with('(')
    }

    fn sender(&self) -> Option<String> {
        if self.is_announcement() {
            return None;
        }
        self.lines.first().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty())
    }

    fn key(&self) -> Digest {
        let stamp = self.first.split('(').next().unwrap_or_default().trim();
        Digest::of(format!("{stamp}\n{}", self.sender().unwrap_or_default()).as_bytes())
    }
}

/// Gives one block after the other; how many lines stand before the first.
fn blocks(original: &mut dyn ReadSeek, mut take: impl FnMut(&Block) -> io::Result<()>) -> io::Result<usize> {
    let mut lines = Lines::new(original);
    let mut line = Line::default();
    let mut open: Option<Block> = None;
    let mut before = 0;
    while lines.next(&mut line)? {
        let text = line.text();
        let bare = text.trim_start_matches(['\u{feff}', ' ', '\t']);
        if stamp(bare).is_some() {
            if let Some(done) = open.take() {
                take(&done)?;
            }
            open = Some(Block {
                start: line.start,
                length: line.length,
                indented: text.starts_with([' ', '\t']),
                first: bare.to_owned(),
                lines: Vec::new(),
                bytes: 0,
                cut: line.cut,
            });
        } else if let Some(open) = &mut open {
            open.length += line.length;
            open.bytes += text.len() + 1;
            open.cut |= line.cut || open.bytes > LONGEST_MESSAGE;
            if open.bytes <= LONGEST_MESSAGE {
                open.lines.push(text.into_owned());
            }
        } else if !text.trim().is_empty() {
            before += 1;
        }
    }
    if let Some(done) = open {
        take(&done)?;
    }
    Ok(before)
}

/// `May 17, 2022  5:29:42 PM` and what stands behind it.
fn stamp(line: &str) -> Option<(Date, TimeOfDay, &str)> {
    let month = (1..).zip(MONTHS).find(|(_, name)| line.starts_with(name)).map(|(number, _)| number)?;
    let (day, rest) = line.get(3..)?.strip_prefix(' ')?.split_once(", ")?;
    let (year, rest) = rest.split_at_checked(4)?;
    let rest = rest.strip_prefix(' ')?.trim_start_matches(' ');
    let (clock, rest) = rest.split_once(' ')?;
    let mut parts = clock.split(':').map(|part| part.parse::<u32>().ok().filter(|_| part.len() <= 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next()??);
    let (half, rest) = rest.split_at_checked(2)?;
    let afternoon = match half {
        "AM" => 0,
        "PM" => 12,
        _ => return None,
    };
    if parts.next().is_some() || !(1..=12).contains(&hour) || !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month, day.trim().parse().ok()?)?;
    Some((date, TimeOfDay::new(hour % 12 + afternoon, minute, second)?, rest))
}

struct Reader<'a> {
    about: &'a About<'a>,
    settings: &'a Settings,
    chat: String,
    other: Option<String>,
    known: Known,
    number: u64,
    reactions: usize,
    /// Messages that stand by themselves: a reply shown below its message again is not read twice.
    own: HashSet<Digest>,
}

impl Reader<'_> {
    fn message(&mut self, block: &Block, sink: &mut dyn Sink) -> io::Result<()> {
        if block.indented && self.own.contains(&block.key()) {
            return Ok(());
        }
        let Some((date, time, _)) = stamp(&block.first) else { return Ok(()) };
        self.number += 1;
        let mut message = Message::blank(Channel::Imessage);
        // The whole line: it also says when the message was read.
        message.sent = Some(When::assumed(block.first.trim_end(), date, time, Precision::Second, self.settings.zone));
        let mut beside = Vec::new();
        if block.is_announcement() {
            message.states.push(MessageState::Program);
            let more = block.lines.iter().map(String::as_str);
            let all: Vec<&str> = std::iter::once(block.rest().trim()).chain(more).collect();
            all.join("\n").trim_end().clone_into(&mut message.text);
        } else {
            self.words(block, &mut message, &mut beside);
        }
        message.chat = Some(ChatPlace { name: self.chat.clone(), number: self.number });
        let mut locator = self.about.within.clone();
        locator.0.push(LocatorStep::Bytes { start: block.start, length: block.length });
        message.place = Some(Place { original: self.about.digest, locator });
        let names: Vec<&str> = beside.iter().map(|file: &Beside| file.name.as_str()).collect();
        let bare = format!("{}\u{1}{}", message.text, names.join("\u{1}"));
        message.fingerprint = Some(self.known.fingerprint(&message, &bare));
        sink.message(MessageDraft { message, loose: Vec::new(), beside, partly: block.cut })
    }

    fn words(&mut self, block: &Block, message: &mut Message, beside: &mut Vec<Beside>) {
        let person = |name: &str| Address { name: Some(name.to_owned()), address: None };
        if let Some(sender) = block.sender() {
            let me = sender == "Me";
            message.direction = Some(if me { Direction::Sent } else { Direction::Received });
            message.to = if me { self.other.iter().map(|other| person(other)).collect() } else { Vec::new() };
            message.from = vec![person(&sender)];
        }
        let mut kept: Vec<&str> = Vec::new();
        let mut tapbacks = false;
        for line in block.lines.iter().skip(1) {
            let bare = line.trim();
            let indent = line.len() - line.trim_start().len();
            if bare == "Tapbacks:" || bare == "Reactions:" {
                tapbacks = true;
            } else if tapbacks && indent > 0 && !bare.is_empty() {
                self.reactions += 1;
            } else {
                tapbacks = false;
                if is_file(bare) {
                    beside.push(Beside { name: bare.to_owned(), media_type: None, inline: false });
                } else if bare != "This message responded to an earlier message." {
                    state(bare, message);
                    kept.push(if block.indented { line.trim_start() } else { line });
                }
            }
        }
        kept.join("\n").trim_end_matches('\n').clone_into(&mut message.text);
    }

    fn report(&self, before: usize, sink: &mut dyn Sink) {
        let mut say = |severity, kind: &str, what: String, next: &str| {
            sink.finding(Finding::new(severity, kind, self.about.name, what, next));
        };
        let zone = self.settings.zone.name();
        say(
            Severity::Info,
            "zone-assumed",
            format!(
                "Its times are those of the computer that exported it and name no time zone; the time of {zone} was taken."
            ),
            "",
        );
        if before > 0 {
            say(
                Severity::Warn,
                "lines-before-first",
                format!("{before} lines at its beginning belong to no message."),
                "Look at the beginning of the file; it may have been cut or edited.",
            );
        }
        if self.reactions > 0 {
            say(
                Severity::Info,
                "reactions",
                format!("It has {} reactions; they are in the file and not shown with the messages.", self.reactions),
                "",
            );
        }
    }
}

fn state(line: &str, message: &mut Message) {
    let deleted = line == "This message was deleted from the conversation!"
        || line.ends_with(" after sending!") && line.contains(" unsent ");
    let edited = line.strip_prefix("Edited ").is_some_and(|rest| rest.contains(" later: "));
    for (found, state) in [(deleted, MessageState::Deleted), (edited, MessageState::Edited)] {
        if found && !message.states.contains(&state) {
            message.states.push(state);
        }
    }
}

/// A line that is nothing but the way to an attachment.
fn is_file(line: &str) -> bool {
    line.starts_with("attachments/") || (line.starts_with(['/', '~']) && line.contains("/Attachments/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps() {
        let read = |line| {
            stamp(line).map(|(date, time, rest)| {
                (format!("{date} {:02}:{:02}:{:02}", time.hour, time.minute, time.second), rest)
            })
        };
        assert_eq!(read("May 17, 2022  5:29:42 PM"), Some(("2022-05-17 17:29:42".into(), "")));
        assert_eq!(
            read("Sep 18, 2026 12:04:05 AM (Read by them after 1 hour)"),
            Some(("2026-09-18 00:04:05".into(), " (Read by them after 1 hour)"))
        );
        for line in [
            "May 17, 2022",
            "May 17, 2022 5:29 PM",
            "Maybe 17, 2022  5:29:42 PM",
            "May 32, 2022  5:29:42 PM",
            "Sep 18, 2026 13:04:05 PM",
            "",
            "May é",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}
