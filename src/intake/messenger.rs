//! Facebook Messenger and Instagram: `message_1.json` of a download of one's information, and the separate
//! download of end-to-end encrypted chats. `docs/formats/messenger.md` has the traps.

use std::collections::BTreeSet;
use std::io::{self, SeekFrom};

use serde_json::{Map, Value};

use super::chats::Known;
use super::json_items::{self, Item, repaired};
use super::{About, Beside, MessageDraft, Outcome, ReadSeek, Settings, Sink, Source};
use crate::model::{
    Address, CallFacts, Channel, ChatPlace, Direction, Finding, Instant, LocatorStep, Message, MessageState, Place,
    Severity, When, name_key,
};

/// The most messages of one file that are put in order. A file of such a download has at most 10,000.
const MOST: usize = 2_000_000;

/// Of more who write, it is not looked for who was renamed.
const MOST_WRITERS: usize = 1_000;

/// The reader of Messenger's and Instagram's downloads.
#[derive(Debug, Clone, Copy)]
pub struct MessengerSource;

impl Source for MessengerSource {
    fn name(&self) -> &'static str {
        "messenger"
    }

    fn title(&self) -> &'static str {
        "a downloaded Messenger or Instagram chat (message_1.json)"
    }

    fn claims(&self, head: &[u8], _about: &About<'_>) -> Option<u8> {
        let text = String::from_utf8_lossy(head);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if !text.starts_with('{') {
            return None;
        }
        let has = |key: &str| text.contains(&format!("\"{key}\""));
        if has("sender_name") && has("timestamp_ms") || has("participants") && has("senderName") {
            return Some(90);
        }
        // The list of those who take part may fill all that is seen of the file.
        (has("participants") && (has("threadName") || has("messages") || text.len() > 7000)).then_some(50)
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        let begin = original.stream_position()?;
        let mut writers = BTreeSet::new();
        let (mut times, mut instagram, mut facebook) = (Vec::new(), false, false);
        let frame = json_items::scan(&mut *original, |item| {
            let text = String::from_utf8_lossy(item.bytes);
            instagram |= text.contains("instagram_activity/") || text.contains("instagram.com/stories");
            facebook |= text.contains("facebook_activity/") || text.contains("across_facebook/");
            let message = object(item);
            if times.len() < MOST {
                times.push(message.as_ref().and_then(time).unwrap_or(i64::MIN));
            }
            if writers.len() < MOST_WRITERS {
                writers.extend(message.as_ref().and_then(sender));
            }
            Ok(())
        })?;
        original.seek(SeekFrom::Start(begin))?;
        let frame_damaged = frame.damaged;
        let text = frame.text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&frame.text);
        let head: Map<String, Value> = serde_json::from_slice(text).unwrap_or_default();
        let name = about.name.to_lowercase();
        let sure = instagram
            || facebook
            || name.contains("instagram")
            || name.contains("facebook")
            || name.contains("messenger")
            || head.contains_key("threadName");
        let channel = if !facebook && (instagram || name.contains("instagram")) {
            Channel::Instagram
        } else {
            Channel::Messenger
        };
        let people = participants(&head);
        let title = ["title", "threadName"].iter().find_map(|key| words(head.get(*key)?));
        let chat = title.map_or_else(|| people.join(" and "), |(title, _)| title);
        let chat = if chat.is_empty() { about.name.to_owned() } else { chat };
        let two = match &people[..] {
            [first, second] => Some([first.as_str(), second.as_str()]),
            _ => None,
        };
        let id = head.get("thread_path").and_then(Value::as_str).and_then(number_of_thread);
        let place = ChatPlace { id, ..ChatPlace::named(&*chat, 0) };
        let known = match &place.id {
            // A group is known by its own number, whatever it is called.
            Some(id) if two.is_none() => Known::new(&format!("#{id}"), None),
            _ => Known::new(&chat, two),
        };
        let by_name = (two.is_none() && place.id.is_some()).then(|| Known::new(&chat, None));
        let mut reader = Reader {
            channel,
            about,
            settings,
            known,
            by_name,
            renamed: renamed(channel, &place, (&people, &writers), sink),
            chat: place,
            numbers: ranks(&times),
            at: 0,
            me_writes: people.iter().filter(|name| is_me(name, settings)).count() == 1,
            people: people.clone(),
            reactions: 0,
            repaired: 0,
            unread: 0,
            lacking: 0,
        };
        json_items::scan(&mut *original, |item| reader.message(item, sink))?;
        reader.report(sure, frame_damaged, sink);
        Ok(Outcome::Read)
    }
}

/// The number of each message in time, from 1. Such files have the newest first; of one moment the later line is older.
fn ranks(times: &[i64]) -> Vec<u64> {
    let newest_first = times.first() >= times.last();
    let mut order: Vec<usize> = (0..times.len()).collect();
    if newest_first {
        order.reverse();
    }
    order.sort_by_key(|at| times.get(*at).copied());
    let mut ranks = vec![0; times.len()];
    for (rank, at) in (1..).zip(order) {
        if let Some(place) = ranks.get_mut(at) {
            *place = rank;
        }
    }
    ranks
}

fn object(item: &Item<'_>) -> Option<Map<String, Value>> {
    serde_json::from_slice(item.bytes).ok()
}

/// Milliseconds since 1970.
fn time(message: &Map<String, Value>) -> Option<i64> {
    let stamp = message.get("timestamp_ms").or_else(|| message.get("timestamp"))?;
    stamp.as_i64().or_else(|| stamp.as_str()?.parse().ok()).filter(|stamp| (1..253_402_300_800_000).contains(stamp))
}

/// A string put right, and as it was exported where that differs.
fn words(value: &Value) -> Option<(String, Option<String>)> {
    let text = value.as_str()?;
    Some(match repaired(text) {
        Some(right) => (right, Some(text.to_owned())),
        None => (text.to_owned(), None),
    })
}

fn participants(head: &Map<String, Value>) -> Vec<String> {
    let list = head.get("participants").and_then(Value::as_array);
    let name = |value: &Value| words(value.get("name").unwrap_or(value)).map(|(name, _)| name);
    list.into_iter().flatten().filter_map(name).collect()
}

fn sender(message: &Map<String, Value>) -> Option<String> {
    let sender = message.get("sender_name").or_else(|| message.get("senderName"))?;
    words(sender).map(|(name, _)| name)
}

/// Messenger's own number of a chat, which is the end of its folder's name: `inbox/samreed_10203`.
fn number_of_thread(path: &str) -> Option<String> {
    let (_, number) = path.rsplit('/').next()?.rsplit_once('_')?;
    (!number.is_empty()).then(|| number.to_owned())
}

/// Who of those who take part has another name in what the book has of the same chat: one name is new, one is gone.
fn renamed(
    channel: Channel,
    chat: &ChatPlace,
    (people, writers): (&[String], &BTreeSet<String>),
    sink: &dyn Sink,
) -> Option<(String, String)> {
    chat.id.as_ref()?;
    let mut message = Message::blank(channel);
    message.chat = Some(chat.clone());
    let before = sink.names_in_chat(&message);
    let everybody: BTreeSet<&String> = people.iter().chain(writers).collect();
    // Of a group, the book has only those who wrote; of two people it has both.
    let named = |name: &&String| people.len() == 2 || writers.contains(*name);
    let mut new = everybody.iter().copied().filter(named).filter(|name| !before.contains(&name_key(name)));
    let mut gone = before.iter().filter(|name| !everybody.iter().any(|one| name_key(one) == **name));
    match (new.next(), new.next(), gone.next(), gone.next()) {
        (Some(new), None, Some(gone), None) => Some((new.clone(), gone.clone())),
        _ => None,
    }
}

fn is_me(name: &str, settings: &Settings) -> bool {
    settings.me.iter().any(|me| me.trim().to_lowercase() == name.trim().to_lowercase())
}

struct Reader<'a> {
    channel: Channel,
    about: &'a About<'a>,
    settings: &'a Settings,
    /// The chat, for its messages to be numbered.
    chat: ChatPlace,
    /// A group as it was known by its name alone.
    by_name: Option<Known>,
    /// Who is called otherwise in what the book has of this chat, and how.
    renamed: Option<(String, String)>,
    people: Vec<String>,
    me_writes: bool,
    known: Known,
    numbers: Vec<u64>,
    at: usize,
    reactions: usize,
    repaired: usize,
    unread: usize,
    lacking: usize,
}

impl Reader<'_> {
    fn message(&mut self, item: &Item<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let number = self.numbers.get(self.at).copied().unwrap_or(self.at as u64 + 1);
        self.at += 1;
        let Some(source) = object(item) else {
            self.unread += 1;
            return Ok(());
        };
        let mut message = Message::blank(self.channel);
        message.sent = time(&source).map(|at| {
            let words = source.get("timestamp_ms").or_else(|| source.get("timestamp")).map(Value::to_string);
            When::stated(words.unwrap_or_default().trim_matches('"'), Instant(at), 0)
        });
        self.who(&source, &mut message);
        self.what(&source, &mut message);
        let beside = beside(&source);
        message.chat = Some(ChatPlace { number, ..self.chat.clone() });
        let mut locator = self.about.within.clone();
        locator.0.push(LocatorStep::Bytes { start: item.start, length: item.length });
        message.place = Some(Place { original: self.about.digest, locator });
        let files = beside.iter().map(|file| file.name.rsplit('/').next().unwrap_or_default()).collect::<Vec<_>>();
        let bare = format!("{}\u{1}{}", message.text, files.join("\u{1}"));
        message.fingerprint = Some(self.known.fingerprint(&message, &bare));
        let mut others =
            self.by_name.as_mut().map(|known| known.fingerprint(&message, &bare)).into_iter().collect::<Vec<_>>();
        let (people, renamed) = (&self.people, &self.renamed);
        others.extend(self.known.under_other_names(&message, &bare, |name| {
            // A name that takes part too is not another name of the same person.
            let here = |other: &String| people.iter().any(|one| name_key(one) == name_key(other));
            let before = renamed.iter().filter(|(now, _)| now == name).map(|(_, before)| before.clone());
            before.chain(sink.other_names(name)).filter(|other| !here(other)).collect()
        }));
        if !others.is_empty() {
            sink.under_other_names(others);
        }
        let partly = message.sent.is_none() || message.from.is_empty();
        self.lacking += usize::from(partly);
        sink.message(MessageDraft { message, loose: Vec::new(), beside, partly })
    }

    fn who(&mut self, source: &Map<String, Value>, message: &mut Message) {
        let Some(name) = sender(source) else { return };
        if self.me_writes {
            message.direction = Some(if is_me(&name, self.settings) { Direction::Sent } else { Direction::Received });
        }
        if let [first, second] = &self.people[..] {
            let other = if *first == name {
                Some(second)
            } else if *second == name {
                Some(first)
            } else {
                None
            };
            message.to = other.into_iter().map(|name| Address { name: Some(name.clone()), address: None }).collect();
        }
        message.from = vec![Address { name: Some(name), address: None }];
    }

    fn what(&mut self, source: &Map<String, Value>, message: &mut Message) {
        let content = source.get("content").or_else(|| source.get("text")).and_then(words);
        if let Some((text, exported)) = content {
            self.repaired += usize::from(exported.is_some());
            message.text = text;
            message.text_as_exported = exported;
        }
        for key in ["link", "share_text"] {
            let shared = source.get("share").and_then(|share| share.get(key)).and_then(words);
            if let Some((shared, _)) = shared.filter(|(shared, _)| !shared.is_empty() && !message.text.contains(shared))
            {
                if !message.text.is_empty() {
                    message.text.push('\n');
                }
                message.text.push_str(&shared);
            }
        }
        let yes = |key: &str| source.get(key).and_then(Value::as_bool) == Some(true);
        if yes("is_unsent") || yes("isUnsent") {
            message.states.push(MessageState::Deleted);
        }
        let seconds = source.get("call_duration").and_then(Value::as_u64);
        if seconds.is_some() || source.get("type").and_then(Value::as_str) == Some("Call") {
            let missed = yes("missed");
            message.call = Some(CallFacts { seconds: seconds.filter(|_| !missed), missed, ..CallFacts::default() });
        }
        self.reactions += source.get("reactions").and_then(Value::as_array).map_or(0, Vec::len);
    }

    fn report(&self, sure: bool, damaged: bool, sink: &mut dyn Sink) {
        let mut say = |severity, kind: &str, what: String, next: &str| {
            sink.finding(Finding::new(severity, kind, self.about.name, what, next));
        };
        if damaged {
            say(
                Severity::Warn,
                "end-missing",
                "The file ends before it is complete, or is not well formed; what could be read was.".into(),
                "Download it again.",
            );
        }
        if self.at == 0 {
            say(
                Severity::Warn,
                "no-messages",
                "No messages could be read from it.".into(),
                "The file is kept. Download it again, as JSON.",
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
        if self.lacking > 0 {
            let what = format!("{} of its messages do not say who sent them or when.", self.lacking);
            say(Severity::Warn, "sender-or-time-missing", what, "Look at them in the app.");
        }
        if !sure {
            say(
                Severity::Info,
                "channel-unknown",
                "The file does not say whether it comes from Messenger or Instagram; Messenger was taken.".into(),
                "Import the whole folder of the download; its names tell.",
            );
        }
        if self.repaired > 0 {
            say(
                Severity::Info,
                "letters-repaired",
                format!(
                    "Letters of {} messages were exported wrongly and put right; what was exported is kept beside each.",
                    self.repaired
                ),
                "",
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

/// The files a message names.
fn beside(source: &Map<String, Value>) -> Vec<Beside> {
    let lists = ["photos", "videos", "audio_files", "files", "gifs", "media"];
    let mut uris: Vec<&Value> = lists
        .iter()
        .filter_map(|key| source.get(*key).and_then(Value::as_array))
        .flatten()
        .filter_map(|file| file.get("uri"))
        .collect();
    uris.extend(source.get("sticker").and_then(|sticker| sticker.get("uri")));
    let names = uris.into_iter().filter_map(words).map(|(name, _)| name).filter(|name| !name.is_empty());
    names.map(|name| Beside { name, media_type: None, inline: false }).collect()
}
