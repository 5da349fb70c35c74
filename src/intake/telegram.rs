//! Telegram Desktop's export as JSON: `result.json` of one chat, or of all. `docs/formats/telegram.md` has the traps.

use std::collections::BTreeSet;
use std::io::{self, SeekFrom};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::chats::Known;
use super::json_items::{self, Item};
use super::{About, Beside, MessageDraft, Outcome, ReadSeek, Settings, Sink, Source};
use crate::model::when::Precision;
use crate::model::{
    Address, CallFacts, Channel, ChatPlace, Direction, Finding, Instant, LocatorStep, Message, MessageState,
    MissingMedia, Place, Severity, Stamp, When,
};

/// The reader of Telegram Desktop's exports.
#[derive(Debug, Clone, Copy)]
pub struct TelegramSource;

impl Source for TelegramSource {
    fn name(&self) -> &'static str {
        "telegram"
    }

    fn title(&self) -> &'static str {
        "a Telegram export (result.json)"
    }

    fn claims(&self, head: &[u8], _about: &About<'_>) -> Option<u8> {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if !text.starts_with('{') {
            return None;
        }
        let has = |key: &str| text.contains(&format!("\"{key}\""));
        if has("sender_name") || has("timestamp_ms") {
            return None;
        }
        let dated = has("date_unixtime") || has("date") && (has("from_id") || has("actor_id"));
        let all = has("chats") && has("list") || has("personal_information");
        (has("messages") && dated || all).then_some(85)
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        let begin = original.stream_position()?;
        let mut writers: Vec<Writers> = Vec::new();
        let frame = json_items::scan(&mut *original, |item| {
            if writers.len() <= item.array.min(MOST_CHATS) {
                writers.resize_with(item.array.min(MOST_CHATS) + 1, Writers::default);
            }
            if let (Some(of_chat), Ok(who)) = (writers.get_mut(item.array), serde_json::from_slice::<Who>(item.bytes)) {
                of_chat.met(&who, settings);
            }
            Ok(())
        })?;
        original.seek(SeekFrom::Start(begin))?;
        let text = frame.text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&frame.text);
        let root: Value = serde_json::from_slice(text).unwrap_or_default();
        let mut chats = Vec::new();
        find_chats(&root, 0, &mut chats);
        let me = root.pointer("/personal_information/user_id").and_then(Value::as_u64);
        let mut reader = Reader {
            about,
            settings,
            chats,
            writers,
            me,
            array: None,
            known: Known::new("", None),
            by_names: Known::new("", None),
            number: 0,
            count: 0,
            unread: 0,
            local: 0,
        };
        json_items::scan(&mut *original, |item| reader.message(item, sink))?;
        reader.report(frame.damaged, sink);
        Ok(Outcome::Read)
    }
}

/// Of more chats, and of more who write in one, it is not noted who they are: a chat of two has two.
const MOST_CHATS: usize = 100_000;
const MOST_WRITERS: usize = 3;

/// Who writes in a chat, up to [`MOST_WRITERS`].
#[derive(Default)]
struct Writers {
    all: BTreeSet<u64>,
    /// Those that go by a name of the user's.
    named_as_me: BTreeSet<u64>,
}

impl Writers {
    fn met(&mut self, who: &Who, settings: &Settings) {
        let Some(number) = who.number() else { return };
        if self.all.len() < MOST_WRITERS {
            self.all.insert(number);
        }
        if self.named_as_me.len() < MOST_WRITERS && who.name().is_some_and(|name| is_me(name, settings)) {
            self.named_as_me.insert(number);
        }
    }
}

/// Of a message, who sent it.
#[derive(Deserialize)]
struct Who {
    from_id: Option<Value>,
    actor_id: Option<Value>,
    from: Option<Value>,
    actor: Option<Value>,
}

impl Who {
    fn number(&self) -> Option<u64> {
        user_number(self.from_id.as_ref().or(self.actor_id.as_ref())?)
    }

    fn name(&self) -> Option<&str> {
        self.from.as_ref().or(self.actor.as_ref())?.as_str()
    }
}

fn is_me(name: &str, settings: &Settings) -> bool {
    settings.me.iter().any(|me| me.trim().to_lowercase() == name.trim().to_lowercase())
}

/// `user123` or `123`.
fn user_number(id: &Value) -> Option<u64> {
    id.as_u64().or_else(|| id.as_str()?.trim_start_matches("user").parse().ok())
}

/// A chat as the export heads it.
#[derive(Debug, Clone, Default)]
struct Chat {
    name: String,
    personal: bool,
    id: Option<u64>,
}

/// The chats in the order of their `messages`.
fn find_chats(value: &Value, depth: usize, chats: &mut Vec<Chat>) {
    match value {
        Value::Object(object) => {
            for (key, inner) in object {
                if key == "messages" && inner.is_array() {
                    chats.push(chat(object));
                } else if depth < 8 {
                    find_chats(inner, depth + 1, chats);
                }
            }
        }
        Value::Array(list) if depth < 8 => list.iter().for_each(|inner| find_chats(inner, depth + 1, chats)),
        _ => {}
    }
}

fn chat(object: &Map<String, Value>) -> Chat {
    let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
    let name = object.get("name").and_then(Value::as_str).map(str::to_owned);
    let name = name.unwrap_or_else(|| if kind == "saved_messages" { "Saved messages".into() } else { String::new() });
    Chat { name, personal: kind == "personal_chat", id: object.get("id").and_then(Value::as_u64) }
}

struct Reader<'a> {
    about: &'a About<'a>,
    settings: &'a Settings,
    chats: Vec<Chat>,
    /// Of each chat.
    writers: Vec<Writers>,
    me: Option<u64>,
    array: Option<usize>,
    known: Known,
    /// As it was known by the names alone: so books have it that an earlier version of this program wrote.
    by_names: Known,
    number: u64,
    count: u64,
    unread: usize,
    local: usize,
}

impl Reader<'_> {
    fn message(&mut self, item: &Item<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let chat = self.chats.get(item.array).cloned().unwrap_or_default();
        let name = if chat.name.is_empty() { self.about.name.to_owned() } else { chat.name.clone() };
        if self.array != Some(item.array) {
            self.array = Some(item.array);
            self.number = 0;
            let key = chat.id.map_or_else(|| name.clone(), |id| format!("{id} {name}"));
            self.by_names = Known::new(&key, None);
            self.known = Known::new(&chat.id.map_or(key, |id| format!("#{id}")), None);
        }
        self.number += 1;
        let Ok(source) = serde_json::from_slice::<Map<String, Value>>(item.bytes) else {
            self.unread += 1;
            return Ok(());
        };
        self.count += 1;
        let mut message = Message::blank(Channel::Telegram);
        message.sent = self.sent(&source);
        self.who(&source, (&chat, item.array), &mut message);
        what(&source, &mut message);
        // How a poll stands differs from one export to the next; it is the same message.
        let words = message.text.clone();
        besides(&source, &mut message);
        let beside = files(&source, &mut message);
        let id = chat.id.map(|id| id.to_string());
        message.chat = Some(ChatPlace { id, ..ChatPlace::named(name, self.number) });
        let mut locator = self.about.within.clone();
        locator.0.push(LocatorStep::Bytes { start: item.start, length: item.length });
        message.place = Some(Place { original: self.about.digest, locator });
        let bare = format!("{words}\u{1}{}", message.thread.message_id.as_deref().unwrap_or_default());
        // Contacts and chats are renamed; Telegram's own numbers stay.
        let writer = message.from.first().and_then(|from| from.address.as_deref()).unwrap_or_default().to_owned();
        let by_names = self.by_names.fingerprint(&message, &bare);
        message.fingerprint = Some(if chat.id.is_some() && !writer.is_empty() {
            sink.under_other_names(vec![by_names]);
            self.known.fingerprint_by(&writer, &message, &bare)
        } else {
            by_names
        });
        let partly = message.sent.is_none();
        sink.message(MessageDraft { message, loose: Vec::new(), beside, partly })
    }

    /// The moment in UTC where the export has it; older ones have the computer's wall clock only.
    fn sent(&mut self, source: &Map<String, Value>) -> Option<When> {
        let local = source.get("date").and_then(Value::as_str);
        let unix = source.get("date_unixtime");
        let unix = unix.and_then(|unix| unix.as_i64().or_else(|| unix.as_str()?.parse().ok()));
        if let Some(unix) = unix.filter(|unix| (1..253_402_300_800).contains(unix)) {
            let words = local.map_or_else(|| unix.to_string(), str::to_owned);
            return Some(When::stated(words, Instant::from_unix_seconds(unix), 0));
        }
        let stamp: Stamp = local?.parse().ok()?;
        self.local += 1;
        Some(When::assumed(local?, stamp.date, stamp.time?, Precision::Second, self.settings.zone))
    }

    fn who(&self, source: &Map<String, Value>, (chat, array): (&Chat, usize), message: &mut Message) {
        let text = |key: &str| source.get(key).and_then(Value::as_str).map(str::to_owned);
        let name = text("from").or_else(|| text("actor"));
        let id = source.get("from_id").or_else(|| source.get("actor_id"));
        let number = id.and_then(user_number);
        let id = id.map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
        if name.is_some() || id.is_some() {
            message.from = vec![Address { name: name.clone(), address: id }];
        }
        let writers = self.writers.get(array);
        // Two accounts that go by names of the user's cannot both be theirs, and a name does not say which is.
        let one = writers.is_none_or(|writers| writers.named_as_me.len() <= 1);
        let said = one && name.is_some_and(|name| is_me(&name, self.settings));
        // A chat with one person has that person's number. Where that number writes in it, the only other who does is
        // the account's owner; where it does not, nothing says who of them is.
        let one_of_two = |other: &u64| writers.is_some_and(|them| them.all.contains(other) && them.all.len() <= 2);
        let other = chat.id.filter(|_| chat.personal).filter(one_of_two);
        let sent = match (number, self.me, other) {
            (Some(number), Some(me), _) => Some(number == me),
            (Some(number), None, Some(other)) => Some(number != other),
            _ => said.then_some(true),
        };
        message.direction = sent.map(|sent| if sent { Direction::Sent } else { Direction::Received });
        if sent == Some(true) && chat.personal && !chat.name.is_empty() {
            message.to =
                vec![Address { name: Some(chat.name.clone()), address: chat.id.map(|id| format!("user{id}")) }];
        }
    }

    fn report(&self, damaged: bool, sink: &mut dyn Sink) {
        let mut say = |severity, kind: &str, what: String, next: &str| {
            sink.finding(Finding::new(severity, kind, self.about.name, what, next));
        };
        if damaged {
            say(
                Severity::Warn,
                "end-missing",
                "The file ends before it is complete, or is not well formed; what could be read was.".into(),
                "Export it again from Telegram Desktop.",
            );
        }
        if self.count == 0 {
            say(
                Severity::Warn,
                "no-messages",
                "No messages could be read from it.".into(),
                "The file is kept. Export the chat again, as JSON.",
            );
        }
        if self.unread > 0 {
            say(
                Severity::Warn,
                "message-unread",
                format!("{} of its entries could not be read.", self.unread),
                "They are in the file, which is kept.",
            );
        }
        if self.local > 0 {
            say(
                Severity::Info,
                "zone-assumed",
                format!(
                    "{} of its times name no time zone; the time of {} was taken.",
                    self.local,
                    self.settings.zone.name()
                ),
                "",
            );
        }
    }
}

fn what(source: &Map<String, Value>, message: &mut Message) {
    message.text = source.get("text").map(text).unwrap_or_default();
    let id = |key: &str| source.get(key).and_then(Value::as_i64).map(|id| id.to_string());
    message.thread.message_id = id("id");
    message.thread.in_reply_to = id("reply_to_message_id").into_iter().collect();
    if source.contains_key("edited") || source.contains_key("edited_unixtime") {
        message.states.push(MessageState::Edited);
    }
    if source.get("forwarded_from").is_some() {
        message.states.push(MessageState::Forwarded);
    }
    if source.get("type").and_then(Value::as_str) != Some("service") {
        return;
    }
    let word = |key: &str| source.get(key).and_then(Value::as_str).unwrap_or_default();
    let action = word("action");
    if action == "phone_call" {
        let reason = word("discard_reason");
        let seconds = source.get("duration_seconds").and_then(Value::as_u64);
        message.call =
            Some(CallFacts { seconds, missed: reason == "missed", declined: reason == "busy", video: false });
    }
    if message.call.is_none() {
        message.states.push(MessageState::Program);
    }
    if message.text.is_empty() {
        let members = source.get("members").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let details: Vec<&str> =
            [word("title"), word("discard_reason")].into_iter().filter(|w| !w.is_empty()).chain(members).collect();
        message.text = if details.is_empty() { action.to_owned() } else { format!("{action}: {}", details.join(", ")) };
    }
}

/// What a message says without words: a poll, a place, a card with somebody's number.
fn besides(source: &Map<String, Value>, message: &mut Message) {
    let mut lines = Vec::new();
    if let Some(poll) = source.get("poll") {
        lines.push(format!("POLL: {}", poll.get("question").map(text).unwrap_or_default()));
        for answer in poll.get("answers").and_then(Value::as_array).into_iter().flatten().take(MOST_ANSWERS) {
            let votes = answer.get("voters").and_then(Value::as_u64).unwrap_or(0);
            let mine = if answer.get("chosen").and_then(Value::as_bool) == Some(true) { ", one from here" } else { "" };
            let plural = if votes == 1 { "" } else { "s" };
            let words = answer.get("text").map(text).unwrap_or_default();
            lines.push(format!("OPTION: {words} ({votes} vote{plural}{mine})"));
        }
        if poll.get("closed").and_then(Value::as_bool) == Some(true) {
            lines.push("The poll is closed.".to_owned());
        }
    }
    if let Some(place) = source.get("location_information") {
        let number = |key: &str| place.get(key).and_then(Value::as_f64);
        if let (Some(latitude), Some(longitude)) = (number("latitude"), number("longitude")) {
            let name = |key: &str| source.get(key).and_then(Value::as_str);
            let named = [name("place_name"), name("address")].into_iter().flatten().collect::<Vec<_>>().join(", ");
            let named = if named.is_empty() { named } else { format!("{named}, ") };
            lines.push(format!("Location: {named}{latitude}, {longitude}"));
        }
    }
    if let Some(card) = source.get("contact_information") {
        let part = |key: &str| card.get(key).and_then(Value::as_str).filter(|part| !part.is_empty());
        let parts: Vec<&str> = ["first_name", "last_name", "phone_number"].into_iter().filter_map(part).collect();
        lines.push(format!("Contact: {}", parts.join(" ")));
    }
    if message.text.is_empty() {
        let sticker = source.get("sticker_emoji").and_then(Value::as_str).filter(|emoji| !emoji.is_empty());
        lines.extend(sticker.map(|emoji| format!("Sticker: {emoji}")));
    }
    for line in lines {
        if !message.text.is_empty() {
            message.text.push('\n');
        }
        message.text.push_str(&line);
    }
}

/// Of more answers of a poll, the rest is in the file.
const MOST_ANSWERS: usize = 100;

/// Words in one string, or in pieces with their look.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(pieces) => {
            pieces.iter().filter_map(|piece| piece.as_str().or_else(|| piece.get("text")?.as_str())).collect()
        }
        _ => String::new(),
    }
}

/// The files it names; those the export left out are said instead.
fn files(source: &Map<String, Value>, message: &mut Message) -> Vec<Beside> {
    let mut beside = Vec::new();
    for key in ["photo", "file"] {
        let Some(name) = source.get(key).and_then(Value::as_str).filter(|name| !name.is_empty()) else { continue };
        if name.starts_with('(') {
            message.missing.push(MissingMedia { words: name.to_owned() });
        } else {
            let media_type =
                source.get("mime_type").and_then(Value::as_str).map(str::to_owned).filter(|_| key == "file");
            beside.push(Beside { name: name.to_owned(), media_type, inline: false });
        }
    }
    beside
}
