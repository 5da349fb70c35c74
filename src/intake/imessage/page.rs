//! A chat as `imessage-exporter` writes it to a web page. The class of an element says what it is.

use std::collections::{HashMap, HashSet};
use std::io::{self, SeekFrom};

use super::elements::{Element, Elements, Met};
use super::text::LONGEST_MESSAGE;
use super::{Chat, Senders};
use crate::intake::{About, Beside, ReadSeek, Settings, Sink};
use crate::model::{Channel, Digest, Finding, Message, MessageState, MissingMedia, Severity};

/// The most replies shown below one message again, and the most elements within one another.
const MOST_REPLIES: usize = 1_000;
const DEEPEST: usize = 200;
/// The most answers whose message is remembered.
const MOST: usize = 1_000_000;

/// By the classes of its elements, or by the styles it begins with.
pub(super) fn claims(head: &[u8]) -> Option<u8> {
    let begins = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let with = |words: &[u8]| begins.get(..words.len()).is_some_and(|first| first.eq_ignore_ascii_case(words));
    if !with(b"<html") && !with(b"<!doctype html") {
        return None;
    }
    let page = String::from_utf8_lossy(begins).to_lowercase();
    let has = |words: &str| page.contains(words);
    let body =
        has("class=\"message\"") && has("class=\"timestamp\"") && (has("class=\"sent") || has("class=\"received"));
    let styles = has(".message .sent") && has(".message .received") || has(".sent.imessage");
    (body || styles || has("imessage-exporter")).then_some(85)
}

/// Reads a chat written as a page.
pub(super) fn read(
    original: &mut dyn ReadSeek,
    about: &About<'_>,
    settings: &Settings,
    sink: &mut dyn Sink,
) -> io::Result<()> {
    let mut senders = Senders::default();
    let mut own = Own::default();
    walk(original, |piece| {
        senders.met(Some(piece.sender.clone()).filter(|sender| !sender.is_empty()));
        own.met(&piece);
        Ok(())
    })?;
    original.seek(SeekFrom::Start(0))?;
    let mut chat = Chat::new(about, settings, senders.other());
    let end = walk(original, |piece| {
        let answers = piece.guid.as_ref().and_then(|guid| own.answers.get(guid)).cloned();
        let replies: Vec<Piece> = piece.replies.iter().filter(|reply| !own.has(reply)).cloned().collect();
        give(&mut chat, piece, answers, sink)?;
        for reply in replies {
            let answers = reply.answers.clone();
            give(&mut chat, reply, answers, sink)?;
        }
        Ok(())
    })?;
    if end.missing {
        let what = "The page ends in the middle of a message, or an element in it has no end; what could be read was.";
        let next = "Export the chat again with imessage-exporter.";
        sink.finding(Finding::new(Severity::Warn, "end-missing", about.name, what, next));
    }
    if end.lost > 0 {
        let what = format!("{} replies shown below their message are more than are read there.", end.lost);
        sink.finding(Finding::new(Severity::Warn, "replies-left-out", about.name, what, "They are in the file."));
    }
    if chat.number == 0 {
        let next = "The file is kept. Export the chat again with imessage-exporter.";
        let what = "No messages could be read from it.";
        sink.finding(Finding::new(Severity::Warn, "no-messages", about.name, what, next));
    }
    chat.report(0, sink);
    Ok(())
}

/// The messages that stand by themselves, and which message each answers: that is only told where a reply is shown
/// a second time, below its message.
#[derive(Debug, Default)]
struct Own {
    keys: HashSet<Digest>,
    answers: HashMap<String, String>,
}

impl Own {
    fn met(&mut self, piece: &Piece) {
        self.keys.insert(piece.key());
        for reply in &piece.replies {
            if let (Some(guid), Some(answers)) = (&reply.guid, &reply.answers)
                && self.answers.len() < MOST
            {
                self.answers.insert(guid.clone(), answers.clone());
            }
        }
    }

    fn has(&self, piece: &Piece) -> bool {
        self.keys.contains(&piece.key())
    }
}

/// A message or an announcement of the page.
#[derive(Debug, Clone, Default)]
struct Piece {
    start: u64,
    end: u64,
    announcement: bool,
    mine: bool,
    stamp: String,
    sender: String,
    subject: Option<String>,
    /// Apple's own name of the message.
    guid: Option<String>,
    /// That of the message it is shown below.
    answers: Option<String>,
    lines: Vec<String>,
    files: Vec<String>,
    missing: Vec<String>,
    edited: bool,
    deleted: bool,
    /// What the line of an edited message says of when.
    edit: String,
    reactions: usize,
    bytes: usize,
    partly: bool,
    replies: Vec<Piece>,
}

impl Piece {
    fn key(&self) -> Digest {
        match &self.guid {
            Some(guid) => Digest::of(guid.as_bytes()),
            None => {
                let stamp = self.stamp.split('(').next().unwrap_or_default().trim();
                Digest::of(format!("{stamp}\n{}", self.sender).as_bytes())
            }
        }
    }

    fn line(&mut self, text: &str) {
        let line = if self.edit.is_empty() { text.to_owned() } else { format!("{}: {text}", self.edit) };
        self.bytes += line.len() + 1;
        self.partly |= self.bytes > LONGEST_MESSAGE;
        if self.bytes <= LONGEST_MESSAGE {
            self.lines.push(line);
        }
    }

    fn has_only_a_head(&self) -> bool {
        !self.sender.is_empty() && self.lines.is_empty() && self.files.is_empty() && self.missing.is_empty()
    }

    fn is_empty(&self) -> bool {
        self.stamp.is_empty() && self.lines.is_empty() && self.files.is_empty()
    }
}

/// What an element is for the chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Message,
    Announcement,
    Stamp,
    Sender,
    Subject,
    /// Its words are a line: a bubble, an effect, a game.
    Line,
    Deleted,
    /// A part of a message: words outside a bubble are the program's about a file.
    Part,
    App,
    /// A way to a file; its words are not the message's.
    File,
    Lost,
    Edited,
    Row,
    Cell,
    Reactions,
    Reaction,
    Replies,
    Reply,
    /// Words that only lead around the page.
    Signpost,
    Plain,
}

struct Frame {
    name: String,
    role: Role,
    words: String,
}

/// How the page ended.
#[derive(Debug, Default)]
struct Ending {
    missing: bool,
    lost: usize,
}

/// Gives one message after the other, each with the replies shown below it.
fn walk(original: &mut dyn ReadSeek, mut take: impl FnMut(Piece) -> io::Result<()>) -> io::Result<Ending> {
    let mut elements = Elements::new(original);
    let mut walk = Walk::default();
    loop {
        match elements.next()? {
            Met::End => {
                walk.at = elements.at;
                break;
            }
            Met::Words(words) => walk.words(&words),
            Met::Open(element) => walk.open(element),
            Met::Close(name, at) => walk.close(&name, at),
        }
        if std::mem::take(&mut elements.cut)
            && let Some(piece) = walk.pieces.last_mut()
        {
            piece.partly = true;
        }
        for done in walk.done.drain(..) {
            take(done)?;
        }
    }
    if !walk.pieces.is_empty() {
        walk.give_up(walk.at);
        walk.done.drain(..).try_for_each(take)?;
    }
    Ok(walk.ending)
}

#[derive(Default)]
struct Walk {
    frames: Vec<Frame>,
    /// Open messages: one, and the replies within it.
    pieces: Vec<Piece>,
    done: Vec<Piece>,
    ending: Ending,
    at: u64,
}

impl Walk {
    fn words(&mut self, words: &str) {
        let taking = |frame: &&mut Frame| !matches!(frame.role, Role::Plain);
        if let Some(frame) = self.frames.iter_mut().rev().find(taking)
            && frame.words.len() <= LONGEST_MESSAGE
        {
            frame.words.push_str(words);
        }
    }

    fn within(&self, role: Role) -> bool {
        self.frames
            .iter()
            .rev()
            .take_while(|frame| !matches!(frame.role, Role::Message | Role::Announcement))
            .any(|frame| frame.role == role)
    }

    fn open(&mut self, element: Element) {
        self.at = element.start;
        let role = self.role(&element);
        match role {
            Role::Message | Role::Announcement => self.begin(&element, role),
            Role::Row => self.piece(|piece| piece.edit.clear()),
            Role::Reaction => self.piece(|piece| piece.reactions += 1),
            _ => {}
        }
        if element.name == "div" && element.is("sent") {
            self.piece(|piece| piece.mine = true);
        }
        self.file(&element);
        if element.name == "br" {
            self.words("\n");
        }
        if !element.is_void() && self.frames.len() < DEEPEST {
            self.frames.push(Frame { name: element.name, role, words: String::new() });
        }
    }

    fn role(&self, element: &Element) -> Role {
        const BY_CLASS: [(&str, Role); 21] = [
            ("announcement", Role::Announcement),
            ("sender", Role::Sender),
            ("subject", Role::Subject),
            ("bubble", Role::Line),
            ("expressive", Role::Line),
            ("shareplay", Role::Line),
            ("shared_location", Role::Line),
            ("transcription", Role::Line),
            ("unsent", Role::Deleted),
            ("deleted", Role::Deleted),
            ("message_part", Role::Part),
            ("app", Role::App),
            ("attachment_error", Role::Lost),
            ("edited", Role::Edited),
            ("tapbacks", Role::Reactions),
            ("reactions", Role::Reactions),
            ("replies", Role::Replies),
            ("reply", Role::Reply),
            ("reply_context", Role::Signpost),
            ("reply_anchor", Role::Signpost),
            ("timestamp", Role::Stamp),
        ];
        if element.is("message") && element.name == "div" {
            return Role::Message;
        }
        if self.within(Role::Reactions) {
            let one = (element.is("tapback") || element.is("reaction")) && !self.within(Role::Reaction);
            return if one { Role::Reaction } else { Role::Plain };
        }
        if let Some((_, role)) = BY_CLASS.iter().find(|(class, _)| element.is(class)) {
            // A message that was taken back whole is an announcement within its own frame.
            let taken_back = *role == Role::Announcement && self.pieces.last().is_some_and(Piece::has_only_a_head);
            return if taken_back { Role::Deleted } else { *role };
        }
        match element.name.as_str() {
            "tr" if self.within(Role::Edited) => Role::Row,
            "td" if self.within(Role::Edited) => Role::Cell,
            "a" if self.within(Role::Part) && !self.within(Role::Line) && !self.within(Role::App) => Role::File,
            _ => Role::Plain,
        }
    }

    fn begin(&mut self, element: &Element, role: Role) {
        if self.frames.len() >= DEEPEST {
            self.ending.lost += 1;
            return;
        }
        let structural =
            |frame: &&Frame| matches!(frame.role, Role::Message | Role::Announcement | Role::Reply | Role::Replies);
        let below = self.frames.iter().rev().find(structural).map(|frame| frame.role);
        let reply = below == Some(Role::Reply) && role == Role::Message && !self.pieces.is_empty();
        if !self.pieces.is_empty() && !reply {
            // The message above has no end: it costs that message, and not this one.
            self.give_up(element.start);
        }
        let answers = self.pieces.last().filter(|_| reply).and_then(|piece| piece.guid.clone());
        let announcement = role == Role::Announcement;
        self.pieces.push(Piece { start: element.start, announcement, answers, ..Piece::default() });
    }

    /// Ends all open messages where they stand.
    fn give_up(&mut self, at: u64) {
        self.ending.missing = true;
        while let Some(frame) = self.frames.pop() {
            self.piece(|piece| piece.partly = true);
            self.ended(&frame, at);
        }
        self.pieces.clear();
    }

    fn piece(&mut self, change: impl FnOnce(&mut Piece)) {
        if let Some(piece) = self.pieces.last_mut() {
            change(piece);
        }
    }

    /// A picture, a recording, a link to a file.
    fn file(&mut self, element: &Element) {
        let key = match element.name.as_str() {
            "img" | "video" | "audio" | "source" => "src",
            "a" => "href",
            _ => return,
        };
        let Some(way) = element.attribute(key).filter(|way| !way.is_empty()) else { return };
        if element.name == "a" {
            if let Some(guid) = way.strip_prefix("sms://open?message-guid=").filter(|guid| !guid.is_empty()) {
                self.piece(|piece| piece.guid = Some(guid.to_owned()));
                return;
            }
            let file = way.starts_with("file://") || way.starts_with("attachments/") || way.contains("/Attachments/");
            if !file {
                return;
            }
        }
        if !self.within(Role::Part) || self.within(Role::Reactions) || way.starts_with("data:") {
            return;
        }
        let way = way.strip_prefix("file://").unwrap_or(way).to_owned();
        self.piece(|piece| {
            if !piece.files.contains(&way) && piece.files.len() < MOST_REPLIES {
                piece.files.push(way);
            }
        });
    }

    fn close(&mut self, name: &str, at: u64) {
        self.at = at;
        if matches!(name, "p" | "div") && self.within(Role::App) {
            self.words("\n");
        }
        let Some(from) = self.frames.iter().rposition(|frame| frame.name == name) else { return };
        while self.frames.len() > from {
            let Some(frame) = self.frames.pop() else { return };
            self.ended(&frame, at);
        }
    }

    /// An element ended: what its words are for the message.
    fn ended(&mut self, frame: &Frame, at: u64) {
        let lines: Vec<&str> = frame.words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let edit = self.within(Role::Edited);
        match frame.role {
            Role::Stamp if edit => self.piece(|piece| piece.edit = lines.join(" ")),
            Role::Stamp => self.piece(|piece| {
                if piece.stamp.is_empty() {
                    piece.stamp = lines.join(" ");
                }
            }),
            Role::Sender => self.piece(|piece| piece.sender = lines.join(" ")),
            Role::Subject => {
                self.piece(|piece| piece.subject = Some(lines.join(" ")).filter(|words| !words.is_empty()))
            }
            Role::Line if !lines.is_empty() => {
                self.piece(|piece| piece.line(frame.words.trim_matches(['\n', '\r'])));
            }
            Role::Cell if !lines.is_empty() => self.piece(|piece| piece.line(frame.words.trim())),
            Role::Deleted => self.piece(|piece| {
                piece.deleted = true;
                piece.line(&lines.join(" "));
            }),
            Role::Part | Role::App if !lines.is_empty() => self.piece(|piece| piece.line(&lines.join("\n"))),
            Role::Lost => self.piece(|piece| piece.missing.push(lines.join(" "))),
            Role::Edited => self.piece(|piece| {
                piece.edited = true;
                piece.edit.clear();
            }),
            Role::Row => self.piece(|piece| piece.edit.clear()),
            Role::Announcement => {
                self.piece(|piece| piece.line(&lines.join(" ")));
                self.finish(at);
            }
            Role::Message => self.finish(at),
            _ => {}
        }
    }

    fn finish(&mut self, at: u64) {
        let Some(mut piece) = self.pieces.pop() else { return };
        piece.end = at.max(piece.start);
        let replies = std::mem::take(&mut piece.replies);
        match self.pieces.last_mut() {
            None => self.done.push(Piece { replies, ..piece }),
            Some(above) => {
                for reply in std::iter::once(piece).chain(replies) {
                    above.bytes += reply.bytes;
                    if above.replies.len() < MOST_REPLIES && above.bytes <= 4 * LONGEST_MESSAGE {
                        above.replies.push(reply);
                    } else {
                        self.ending.lost += 1;
                    }
                }
            }
        }
    }
}

fn give(chat: &mut Chat<'_>, piece: Piece, answers: Option<String>, sink: &mut dyn Sink) -> io::Result<()> {
    if piece.is_empty() {
        return Ok(());
    }
    let mut message = Message::blank(Channel::Imessage);
    message.sent = chat.when(&piece.stamp);
    if piece.announcement {
        message.states.push(MessageState::Program);
    } else if !piece.sender.is_empty() {
        chat.from(&mut message, &piece.sender, piece.mine);
    }
    if piece.deleted {
        message.states.push(MessageState::Deleted);
    }
    if piece.edited {
        message.states.push(MessageState::Edited);
    }
    chat.reactions += piece.reactions;
    message.subject = piece.subject;
    message.text = piece.lines.join("\n").trim_end_matches('\n').to_owned();
    message.missing = piece.missing.into_iter().map(|words| MissingMedia { words }).collect();
    message.thread.message_id = piece.guid;
    message.thread.in_reply_to = answers.into_iter().collect();
    let beside = piece.files.into_iter().map(|name| Beside { name, media_type: None, inline: false }).collect();
    let partly = piece.partly || message.sent.is_none();
    let length = piece.end.saturating_sub(piece.start).max(1);
    chat.give(message, beside, (piece.start, length), partly, sink)
}
