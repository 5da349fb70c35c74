//! Chats: messages of WhatsApp, texts and the like, set as transcripts of their chat.
//!
//! A message that says little by itself is read in its chat, so the messages of one chat stand together. An
//! exhibit has one transcript a chat: it is read from front to back and cited by its page. An evidence bundle has
//! one a chat and month: a chat of years would be one row of the index with hundreds of pages behind it.

mod message;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::Rich;
use super::super::plan::{Anchor, Paper, PlannedEntry, Span, Transcript, TranscriptRow};
use super::book::Book;
use super::{messages, text};
use crate::model::when::ZoneSource;
use crate::model::{
    Channel, Content, Date, DeviceOwner, Digest, Direction, Message, Noun, Profile, Record, RecordId, When,
};

/// The chats of a book, each in its own order.
#[derive(Debug, Default)]
pub(super) struct Chats {
    threads: Vec<Thread>,
    /// In which thread a message stands, and where in it.
    places: HashMap<RecordId, (usize, usize)>,
    /// Files of documents that are not for this reader; their pictures are not drawn in a chat either.
    held_back: BTreeSet<Digest>,
}

/// The messages of one chat.
#[derive(Debug)]
struct Thread {
    /// In the order of the chat.
    messages: Vec<RecordId>,
    /// The exports they come from, the one that was brought in first before the others. Of one alone, all numbers
    /// count one thing.
    exports: Vec<Digest>,
    /// They stand as their export has them; else in order of time, and their numbers are in no order.
    as_exported: bool,
}

impl Thread {
    fn one_export(&self) -> bool {
        self.exports.len() == 1
    }

    /// The number of the export a message was read from, from 1.
    fn export_of(&self, message: &Message) -> Option<usize> {
        let original = message.place.as_ref()?.original;
        self.exports.iter().position(|export| *export == original).map(|at| at + 1)
    }

    /// The number of a message in its export: `12`, and `2/12` in the second export of the chat.
    fn number(&self, message: &Message) -> String {
        let Some(chat) = &message.chat else { return String::new() };
        match self.export_of(message) {
            Some(export) if export > 1 => format!("{export}/{}", chat.number),
            _ => chat.number.to_string(),
        }
    }
}

/// The messages of one chat by the export they were read from, each with its number there.
type Exports<'a> = BTreeMap<Digest, Vec<(u64, &'a Record)>>;

/// What makes two messages part of one chat: the service, what it calls the chat by itself, else the chat's name, and whose device it was exported from.
/// Two exports of one chat are one chat; the same chat from the other side is another, with its own numbers.
type Key<'a> = (Channel, Option<&'a str>, &'a str, Option<DeviceOwner>);

/// Whether a message stands in a chat that was read from a file.
pub(super) fn is_chat(message: &Message) -> bool {
    message.chat.is_some() && message.place.is_some() && message.channel != Channel::Email
}

/// The message, where it is one of a chat.
fn of_chat(record: &Record) -> Option<&Message> {
    match &record.content {
        Content::Message(message) if is_chat(message) => Some(message),
        _ => None,
    }
}

impl Chats {
    pub(super) fn of(book: &Book<'_>) -> Self {
        let mut threads: BTreeMap<Key<'_>, Exports<'_>> = BTreeMap::new();
        for record in book.all(Noun::Message) {
            let Some(message) = of_chat(record) else { continue };
            let (Some(chat), Some(place)) = (&message.chat, &message.place) else { continue };
            let device = book.kept(&place.original).and_then(|kept| kept.from_device);
            let name = if chat.id.is_some() { "" } else { chat.name.as_str() };
            let key = (message.channel, chat.id.as_deref(), name, device);
            threads.entry(key).or_default().entry(place.original).or_default().push((chat.number, record));
        }
        let mut chats = Chats::default();
        for exports in threads.into_values() {
            let mut exports: Vec<_> = exports.into_iter().collect();
            // Records are numbered as they come.
            exports.sort_by_key(|(_, messages)| messages.iter().map(|(_, record)| record.id).min());
            let digests: Vec<Digest> = exports.iter().map(|(digest, _)| *digest).collect();
            let (messages, as_exported) = one_after_the_other(exports.into_iter().map(|(_, messages)| messages));
            let messages = with_their_later_words(book, messages);
            let number = chats.threads.len();
            chats.places.extend(messages.iter().enumerate().map(|(at, id)| (*id, (number, at))));
            chats.threads.push(Thread { messages, exports: digests, as_exported });
        }
        chats.held_back = book
            .all(Noun::Document)
            .into_iter()
            .filter(|record| !book.may_show(record.id))
            .filter_map(|record| match &record.content {
                Content::Document(document) => Some(document.original),
                _ => None,
            })
            .collect();
        chats
    }

    /// The messages of the chat this one stands in, itself among them, at most `around` before and after it.
    pub(super) fn near(&self, id: RecordId, around: usize) -> Option<&[RecordId]> {
        let (thread, at) = *self.places.get(&id)?;
        let thread = &self.threads.get(thread)?.messages;
        thread.get(at.saturating_sub(around)..(at + around + 1).min(thread.len()))
    }
}

/// Messages of several exports of one chat in one order, and whether it is the order of their exports. The order of
/// an export is not changed: a message whose time is earlier than that of the one before it, or has none, stands at the
/// latest time so far. A telephone's backup is in no order of a chat (texts come first, then those with pictures): it
/// is read by time.
fn one_after_the_other<'a>(exports: impl Iterator<Item = Vec<(u64, &'a Record)>>) -> (Vec<RecordId>, bool) {
    let mut all = Vec::new();
    let mut as_exported = true;
    for (rank, mut messages) in exports.enumerate() {
        messages.sort_by_key(|(number, record)| (*number, record.id));
        let mut latest = i64::MIN;
        for (number, record) in messages {
            let own = record.content.when().map_or(i64::MIN, When::sort_key);
            let by_time = own != i64::MIN && of_chat(record).is_some_and(|message| message.channel == Channel::Sms);
            as_exported &= !by_time || own >= latest;
            latest = latest.max(own);
            all.push((if by_time { own } else { latest }, rank, number, record.id));
        }
    }
    all.sort_unstable();
    (all.into_iter().map(|(_, _, _, id)| id).collect(), as_exported)
}

/// What a later export has in the place of a message stands right below it: they are one message.
fn with_their_later_words(book: &Book<'_>, messages: Vec<RecordId>) -> Vec<RecordId> {
    let all: HashSet<RecordId> = messages.iter().copied().collect();
    let below = |id: RecordId| book.in_other_exports(id).1.is_some_and(|earlier| all.contains(&earlier.id));
    let mut ordered = Vec::with_capacity(messages.len());
    let mut placed = HashSet::new();
    for first in messages.iter().copied().filter(|id| !below(*id)) {
        let mut next = Some(first);
        while let Some(id) = next.filter(|id| all.contains(id) && placed.insert(*id)) {
            ordered.push(id);
            next = book.in_other_exports(id).0.map(|later| later.id);
        }
    }
    // What stands below nothing after all (two exports that each call the other the later one) is not lost.
    ordered.extend(messages.into_iter().filter(|id| !placed.contains(id)));
    ordered
}

/// The transcripts of everything selected of chats, each with the record it begins with.
pub(super) fn entries<'a>(book: &Book<'a>) -> Vec<(&'a Record, PlannedEntry)> {
    let chats = book.chats();
    let by_month = book.input.options.profile != Profile::Exhibit;
    let mut entries = Vec::new();
    for thread in &chats.threads {
        let mut runs: BTreeMap<Option<(i32, u32)>, Vec<usize>> = BTreeMap::new();
        for (at, id) in thread.messages.iter().enumerate().filter(|(_, id)| book.is_selected(**id)) {
            let when = book.record(*id).and_then(|record| record.content.when());
            let month = when.filter(|_| by_month).map(When::london_date).map(|date| (date.year(), date.month()));
            runs.entry(month).or_default().push(at);
        }
        for places in runs.into_values() {
            let Some(first) = places.first().and_then(|at| book.record(*thread.messages.get(*at)?)) else { continue };
            let anchor = Anchor::named(format!("chat/{}", first.id));
            entries.extend(entry(book, &Run { thread, places }, anchor, None).map(|entry| (first, entry)));
        }
    }
    entries.sort_by_key(|(first, _)| (first.content.when().map_or(i64::MAX, When::sort_key), first.id));
    entries
}

/// A transcript of one message, with a page of its own.
pub(super) fn single(book: &Book<'_>, record: &Record) -> Option<PlannedEntry> {
    let chats = book.chats();
    let (thread, at) = *chats.places.get(&record.id)?;
    let run = Run { thread: chats.threads.get(thread)?, places: vec![at] };
    entry(book, &run, Anchor::record(record.id), Some(record))
}

/// Messages of one chat that are shown together.
struct Run<'t> {
    thread: &'t Thread,
    /// Where they stand in the chat, in order.
    places: Vec<usize>,
}

fn entry(book: &Book<'_>, run: &Run<'_>, anchor: Anchor, alone: Option<&Record>) -> Option<PlannedEntry> {
    let get = |at: usize| {
        let record = book.record(*run.thread.messages.get(at)?)?;
        Some((record, of_chat(record)?))
    };
    let shown: Vec<(&Record, &Message)> = run.places.iter().filter_map(|at| get(*at)).collect();
    let (first, message) = *shown.first()?;
    let dates: BTreeSet<Date> =
        shown.iter().filter_map(|(_, message)| message.sent.as_ref()).map(When::london_date).collect();
    let days = words::days(&dates);
    let title = format!("{}: {}", words::service(message.channel), words::between(book, &shown));
    let originals: Vec<(Digest, &Message)> = originals(&shown);
    let mut rows = Vec::new();
    let mut day = None;
    let mut before: Option<usize> = None;
    for (at, (record, message)) in run.places.iter().zip(&shown) {
        if let Some(before) = before {
            let between: Vec<&Message> = (before..=*at).filter_map(|at| Some(get(at)?.1)).collect();
            rows.extend(words::gaps(&between, run.thread).into_iter().map(TranscriptRow::Gap));
        }
        let today = message.sent.as_ref().map(When::london_date);
        if day != Some(today) {
            let words = today.map_or_else(|| "Date not known".to_owned(), Date::long);
            rows.push(TranscriptRow::Day(words));
            day = Some(today);
        }
        rows.push(message::row(book, record, (message, run.thread), alone.is_some()));
        before = Some(*at);
    }
    let context = shown.iter().filter(|(record, _)| book.context.contains(&record.id)).count();
    let unbroken = run.places.first().zip(run.places.last()).is_some_and(|(a, b)| b - a + 1 == shown.len());
    let (of, by_hand) = (run.thread.messages.len(), book.by_hand);
    let count = Count { shown: shown.len(), of, context, by_hand, unbroken };
    let mut source: Rich = Vec::new();
    for (_, message) in &originals {
        if !source.is_empty() {
            source.push(text(" "));
        }
        source.extend(numbered(messages::source_note(book, message), message, run.thread));
    }
    if let Some(record) = alone {
        source = messages::with_back_links(book, record.id, source);
    }
    let mut sources: Vec<Digest> = originals.iter().map(|(digest, _)| *digest).collect();
    sources.extend(pictures(&rows));
    Some(PlannedEntry {
        anchor,
        id: alone.map(|record| record.id),
        version: alone.map(|record| record.version),
        date: dates.first().map_or(String::new(), |date| date.index()),
        title: if days.is_empty() { title.clone() } else { format!("{title}, {days}") },
        head_right: format!("{} transcript from {}", message.channel.plain(), first.id),
        sources,
        paper: Paper::Transcript(Transcript {
            title,
            subtitle: count.subtitle(&days),
            times_note: times_note(book, &shown, run.thread),
            rows,
            source,
            marks_chosen: count.marks_chosen(),
            messages: shown.iter().map(|(record, _)| (record.id, record.version)).collect(),
        }),
    })
}

/// The source as that of the second export, where a chat has several.
fn numbered(note: Rich, message: &Message, thread: &Thread) -> Rich {
    let Some(export) = thread.export_of(message).filter(|_| !thread.one_export()) else { return note };
    let mut note = note.into_iter();
    let first = note.next().map(|span| match span {
        Span::Text(words) => text(words.replacen("Source:", &format!("Export {export}:"), 1)),
        other => other,
    });
    first.into_iter().chain(note).collect()
}

/// The kept files shown messages come from, each with its first message.
fn originals<'m>(shown: &[(&Record, &'m Message)]) -> Vec<(Digest, &'m Message)> {
    let mut seen = BTreeSet::new();
    let of = |message: &'m Message| Some((message.place.as_ref()?.original, message));
    shown.iter().filter_map(|(_, message)| of(message)).filter(|(digest, _)| seen.insert(*digest)).collect()
}

fn pictures(rows: &[TranscriptRow]) -> BTreeSet<Digest> {
    let files = rows.iter().filter_map(|row| match row {
        TranscriptRow::Message { files, .. } => Some(files),
        _ => None,
    });
    files.flatten().filter_map(|file| Some(file.picture.as_ref()?.image)).collect()
}

/// How many are shown, and as what.
struct Count {
    shown: usize,
    of: usize,
    context: usize,
    /// Somebody chose; else everything in the dates of the paper is shown.
    by_hand: bool,
    /// Nothing of the chat stands between what is shown.
    unbroken: bool,
}

impl Count {
    /// A bar on every message would mark nothing.
    fn marks_chosen(&self) -> bool {
        self.by_hand && (self.shown < self.of || self.context > 0)
    }

    fn subtitle(&self, days: &str) -> Rich {
        let mut subtitle = Vec::new();
        if !days.is_empty() {
            subtitle.push(text(format!("{days}. ")));
        }
        let (shown, of, context) = (self.shown, self.of, self.context);
        let messages = if of == 1 { "message" } else { "messages" };
        if shown == of {
            let all = match of {
                1 => "The one message of this chat in the record.".to_owned(),
                of => format!("All {of} messages of this chat in the record."),
            };
            subtitle.push(Span::Bold(all));
        }
        if self.marks_chosen() {
            let chosen = shown - context;
            let counts = format!("{chosen} chosen, {context} for context.");
            if shown < of {
                subtitle.push(Span::Bold(format!("Excerpt: {shown} of {of} {messages} shown")));
                subtitle.push(text(format!(", {counts}")));
            } else {
                subtitle.push(text(format!(" {counts}")));
            }
            subtitle.push(text(match (chosen, context) {
                (_, 0) => " Those chosen are in black with a bar.",
                (0, _) => " Those for context are in grey.",
                _ => " Those chosen are in black with a bar, those for context in grey.",
            }));
        } else if shown < of && self.unbroken {
            subtitle.push(Span::Bold(format!("{shown} of the {of} messages of this chat in the record")));
            subtitle.push(text(", none left out between them."));
        } else if shown < of {
            subtitle.push(Span::Bold(format!("Excerpt: {shown} of {of} {messages} shown.")));
        }
        subtitle
    }
}

/// Whose times these are, what is not certain about them, and whose names the names are (MSG-03).
fn times_note(book: &Book<'_>, shown: &[(&Record, &Message)], thread: &Thread) -> String {
    let sent: Vec<(String, &When)> =
        shown.iter().filter_map(|(_, message)| Some((thread.number(message), message.sent.as_ref()?))).collect();
    let offsets: BTreeSet<i32> = sent.iter().filter_map(|(_, when)| when.london().offset_minutes).collect();
    let zone = match offsets.iter().copied().collect::<Vec<_>>().as_slice() {
        [0] => " (winter time, UTC)",
        [60] => " (summer time, UTC+1)",
        [_, _] => " (winter time, UTC, or summer time, UTC+1, as each day has it)",
        _ => "",
    };
    let mut note = format!("Upper time: London{zone}. Lower time: exactly as exported.");
    note.push_str(if thread.one_export() {
        " Numbers count from the first message in the export."
    } else {
        " The record has more than one export of this chat. Each number is that of the export the message was read from: 12 is number \
         12 of the first, 2/12 is number 12 of the second."
    });
    if !thread.as_exported {
        note.push_str(" The file has these messages in another order; here they stand in order of time.");
    }
    if sent.iter().any(|(_, when)| when.zone_source == ZoneSource::Assumed) {
        note.push_str(" The export names no time zone; its times were read as London time.");
    }
    let mut doubts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (number, when) in &sent {
        if let Some(remark) = when.remark() {
            doubts.entry(remark).or_default().push(number);
        }
    }
    for (remark, numbers) in doubts {
        let all = numbers.len() == shown.len() && numbers.len() > 1;
        let which = if all { "All of these".to_owned() } else { format!("Number {}", words::numbers(&numbers)) };
        note.push_str(&format!(" {which}: {remark}."));
    }
    let mut names: BTreeSet<(String, String)> = BTreeSet::new();
    for (message, from) in shown.iter().filter_map(|(_, message)| Some((*message, message.from.first()?))) {
        let (exported, person) = (message::exported_name(book, message, from), book.people.printed(message, from));
        if exported != person {
            names.insert((exported, person));
        }
    }
    for (exported, person) in names {
        note.push_str(&format!(" “{exported}” in the export is {person}."));
    }
    if shown.iter().any(|(_, message)| message.from.is_empty() && message.direction == Some(Direction::Sent)) {
        note.push_str(" What was sent from the telephone carries no sender in the file.");
    }
    note
}
