//! A chat as `imessage-exporter` writes it to text.

use std::collections::HashSet;
use std::io::{self, SeekFrom};

use super::{Chat, Senders, stamp};
use crate::intake::whatsapp::lines::{Line, Lines};
use crate::intake::{About, Beside, ReadSeek, Settings, Sink};
use crate::model::{Channel, Digest, Message, MessageState};

/// How many bytes of one message's words are kept.
pub(super) const LONGEST_MESSAGE: usize = 4 * 1024 * 1024;

/// Whether a text begins with a stamp of this shape to the second, at the very beginning: that is written by nothing else
/// we know; a diary has no seconds.
pub(super) fn claims(head: &[u8]) -> Option<u8> {
    let text = String::from_utf8_lossy(head);
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    stamp(first.trim_start_matches('\u{feff}'))?;
    Some(80)
}

/// Reads a chat written as text.
pub(super) fn read(
    original: &mut dyn ReadSeek,
    about: &About<'_>,
    settings: &Settings,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let begin = original.stream_position()?;
    let mut own = HashSet::new();
    let mut senders = Senders::default();
    blocks(original, |block| {
        if !block.indented {
            own.insert(block.key());
        }
        senders.met(block.sender());
        Ok(())
    })?;
    original.seek(SeekFrom::Start(begin))?;
    let mut reader = Reader { chat: Chat::new(about, settings, senders.other()), own };
    let before = blocks(original, |block| reader.message(block, sink))?;
    reader.chat.report(before, sink);
    Ok(())
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

struct Reader<'a> {
    chat: Chat<'a>,
    /// Messages that stand by themselves: a reply shown below its message again is not read twice.
    own: HashSet<Digest>,
}

impl Reader<'_> {
    fn message(&mut self, block: &Block, sink: &mut dyn Sink) -> io::Result<()> {
        if block.indented && self.own.contains(&block.key()) {
            return Ok(());
        }
        if stamp(&block.first).is_none() {
            return Ok(());
        }
        let mut message = Message::blank(Channel::Imessage);
        // The whole line: it also says when the message was read.
        message.sent = self.chat.when(block.first.trim_end());
        let mut beside = Vec::new();
        if block.is_announcement() {
            message.states.push(MessageState::Program);
            let more = block.lines.iter().map(String::as_str);
            let all: Vec<&str> = std::iter::once(block.rest().trim()).chain(more).collect();
            all.join("\n").trim_end().clone_into(&mut message.text);
        } else {
            self.words(block, &mut message, &mut beside);
        }
        self.chat.give(message, beside, (block.start, block.length), block.cut, sink)
    }

    fn words(&mut self, block: &Block, message: &mut Message, beside: &mut Vec<Beside>) {
        if let Some(sender) = block.sender() {
            self.chat.from(message, &sender, sender == "Me");
        }
        let mut kept: Vec<&str> = Vec::new();
        let mut tapbacks = false;
        for line in block.lines.iter().skip(1) {
            let bare = line.trim();
            let indent = line.len() - line.trim_start().len();
            if bare == "Tapbacks:" || bare == "Reactions:" {
                tapbacks = true;
            } else if tapbacks && indent > 0 && !bare.is_empty() {
                self.chat.reactions += 1;
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
