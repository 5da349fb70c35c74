//! Exported WhatsApp chats, and text exports of Signal in the same shape. `docs/formats/whatsapp.md` has the traps.
//!
//! Two readings: [`survey`] finds where messages begin and what their dates mean, then each message is read.

pub(super) mod body;
pub(super) mod header;
pub(super) mod lines;
mod report;
mod speaker;
mod survey;

use std::collections::BTreeSet;
use std::io::{self, SeekFrom};

use self::header::{Kind, is_mark};
use self::lines::{Line, Lines};
use self::report::Report;
use self::speaker::NOBODY;
use self::survey::{Start, Survey};
use super::chats::Known;
use super::date_order::Year;
use super::{About, Beside, MessageDraft, Outcome, Question, ReadSeek, Settings, Sink, Source};
use crate::model::when::Precision;
use crate::model::{
    Address, Channel, ChatPlace, Date, Direction, LocatorStep, Message, MessageState, MissingMedia, Place, TimeOfDay,
    When, name_key,
};

/// How many bytes of one message's words are kept.
const LONGEST_MESSAGE: usize = 4 * 1024 * 1024;

/// The reader of exported WhatsApp chats.
#[derive(Debug, Clone, Copy)]
pub struct WhatsappSource;

/// The reader of text exports of Signal made with common tools.
#[derive(Debug, Clone, Copy)]
pub struct SignalTextSource;

impl Source for WhatsappSource {
    fn name(&self) -> &'static str {
        "whatsapp"
    }

    fn title(&self) -> &'static str {
        "an exported WhatsApp chat (.txt)"
    }

    fn claims(&self, head: &[u8], about: &About<'_>) -> Option<u8> {
        let looks = Looks::at(head, about)?;
        (!looks.signal).then_some(looks.claim)
    }

    fn asks_date_order(&self) -> bool {
        true
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        read(Channel::Whatsapp, original, about, settings, sink)
    }
}

impl Source for SignalTextSource {
    fn name(&self) -> &'static str {
        "signal-text"
    }

    fn title(&self) -> &'static str {
        "a Signal chat exported as text (.txt)"
    }

    fn claims(&self, head: &[u8], about: &About<'_>) -> Option<u8> {
        let looks = Looks::at(head, about)?;
        looks.signal.then_some(looks.claim)
    }

    fn asks_date_order(&self) -> bool {
        true
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        read(Channel::Signal, original, about, settings, sink)
    }
}

/// What the first bytes look like.
struct Looks {
    claim: u8,
    signal: bool,
}

impl Looks {
    /// By the headers its lines begin with; its name only tips the balance where there is one.
    fn at(head: &[u8], about: &About<'_>) -> Option<Self> {
        if head.contains(&0) {
            return None;
        }
        let text = String::from_utf8_lossy(head);
        let all: Vec<_> = text.lines().filter_map(header::read).collect();
        let first =
            text.lines().find(|line| !line.trim_matches(|c: char| is_mark(c) || c.is_whitespace()).is_empty())?;
        let begins = header::read(first).is_some();
        let form = all.first()?.form;
        let said = all.iter().filter(|header| header.rest.contains(": ")).count();
        let lower = about.name.to_lowercase();
        let named = lower.contains("whatsapp") || lower.ends_with("_chat.txt");
        // Signal's exporters write the year first, between brackets, without seconds; WhatsApp has seconds there.
        let signal = form.kind == Kind::Bracket
            && form.year == Year::First
            && form.between == '-'
            && !form.seconds
            && !lower.contains("whatsapp");
        let claim = match (begins, all.len()) {
            (true, 2..) if said > 0 || named => 85,
            (true, 1) if named || (said > 0 && form.kind == Kind::Bracket && form.seconds) => 70,
            (false, 3..) if said >= 3 || named => 60,
            _ => return None,
        };
        Some(Looks { claim, signal })
    }
}

fn read(
    channel: Channel,
    original: &mut dyn ReadSeek,
    about: &About<'_>,
    settings: &Settings,
    sink: &mut dyn Sink,
) -> io::Result<Outcome> {
    let start = original.stream_position()?;
    let mut survey = survey::look(&mut *original)?;
    let latest = about.written.map(|written| written.in_zone(settings.zone).date.plus_days(1));
    if let Some(undecided) = survey.settle(latest, settings.date_order, settings.zone) {
        let words = |(first, last): (Date, Date)| (first.long(), last.long());
        return Ok(Outcome::Ask(Question::DateOrder {
            day_first: words(undecided.day_first),
            month_first: words(undecided.month_first),
            habit: undecided.habit,
        }));
    }
    original.seek(SeekFrom::Start(start))?;
    let mut reader = Reader::new(channel, survey, about, settings, latest);
    reader.all(original, sink)?;
    reader.report.finish(&reader.survey, settings, sink);
    Ok(Outcome::Read)
}

/// A message whose lines are still coming.
struct Open {
    start: Start,
    at: u64,
    length: u64,
    first: String,
    text: String,
    cut: bool,
}

struct Reader<'a> {
    channel: Channel,
    survey: Survey,
    about: &'a About<'a>,
    settings: &'a Settings,
    latest: Option<Date>,
    chat: String,
    /// Who wrote, where the chat is between two.
    two: Option<[Address; 2]>,
    said: Vec<String>,
    me_writes: bool,
    /// Everybody who writes, as names are compared.
    writers: BTreeSet<String>,
    known: Known,
    number: u64,
    report: Report,
}

impl<'a> Reader<'a> {
    fn new(
        channel: Channel,
        survey: Survey,
        about: &'a About<'a>,
        settings: &'a Settings,
        latest: Option<Date>,
    ) -> Self {
        let people: Vec<String> = survey
            .people
            .iter()
            .take(3)
            .filter_map(|number| survey.names.name(*number))
            .map(speaker::readable)
            .collect();
        let named = body::chat_in_name(about.name);
        let program =
            survey.program_name.filter(|number| *number != NOBODY).and_then(|number| survey.names.name(number));
        let chat = named.clone().or_else(|| program.map(speaker::readable)).unwrap_or_else(|| match people.len() {
            0 => about.name.to_owned(),
            1 | 2 => people.join(" and "),
            _ => "group chat".to_owned(),
        });
        let pair = match &people[..] {
            [first, second] if !survey.group => Some([first.as_str(), second.as_str()]),
            _ => None,
        };
        let known = Known::new(&chat, pair);
        let two = pair.map(|pair| pair.map(address));
        let said: Vec<String> = settings.me.iter().cloned().chain(named).collect();
        let writers: BTreeSet<String> = survey
            .people
            .iter()
            .filter_map(|number| survey.names.name(*number))
            .map(|name| name_key(&speaker::readable(name)))
            .collect();
        // Where two of the user's names write, one of them is somebody else's here, and which is not for us to say.
        let me_writes = writers.iter().filter(|name| is_me(name, settings)).count() == 1;
        let report = Report::new(about.name);
        let number = 0;
        Reader { channel, survey, about, settings, latest, chat, two, said, me_writes, writers, known, number, report }
    }

    fn all(&mut self, original: &mut dyn ReadSeek, sink: &mut dyn Sink) -> io::Result<()> {
        let starts = std::mem::take(&mut self.survey.starts);
        let mut starts = starts.into_iter().peekable();
        let mut lines = Lines::new(&mut *original);
        let mut line = Line::default();
        let mut open: Option<Open> = None;
        while lines.next(&mut line)? {
            let text = line.text();
            self.report.damaged += usize::from(text.contains('\u{fffd}') && std::str::from_utf8(&line.bytes).is_err());
            let header = starts.next_if(|start| start.offset == line.start);
            if let Some(start) = header {
                if let Some(done) = open.take() {
                    self.message(&done, sink)?;
                }
                let rest = header::read(&text).map(|header| header.rest.to_owned()).unwrap_or_default();
                open = Some(Open {
                    start,
                    at: line.start,
                    length: line.length,
                    first: text.get(..text.len() - rest.len()).unwrap_or_default().to_owned(),
                    text: rest,
                    cut: line.cut,
                });
            } else if let Some(open) = &mut open {
                open.length += line.length;
                let fits = open.text.len() + text.len() < LONGEST_MESSAGE;
                open.cut |= line.cut || !fits;
                if fits {
                    open.text.push('\n');
                    open.text.push_str(&text);
                }
            } else if !text.trim_matches(|letter: char| is_mark(letter) || letter.is_whitespace()).is_empty() {
                self.report.before_first += 1;
            }
        }
        match open {
            Some(mut done) => {
                // The line end of the last line is no line of the message.
                if done.text.ends_with('\n') {
                    done.text.pop();
                }
                self.message(&done, sink)
            }
            None => Ok(()),
        }
    }

    fn message(&mut self, open: &Open, sink: &mut dyn Sink) -> io::Result<()> {
        self.number += 1;
        let split = self.survey.names.split(&open.text, &self.said);
        let marks = self.survey.marks;
        let (author, raw) = split.unwrap_or(("", &open.text));
        let body = body::read(raw, marks);
        let marked = marks && raw.starts_with('\u{200e}');
        let program = split.is_none() || (marked && !body::by_a_person(raw));
        let mut message = Message::blank(self.channel);
        message.sent = self.sent(open);
        message.text = body::readable(raw);
        let mut bare = body.bare.clone().unwrap_or_else(|| message.text.clone());
        if program {
            message.states.push(MessageState::Program);
            message.call = body::program_call(raw);
        } else {
            let author = speaker::readable(author);
            if let Some([first, second]) = &self.two {
                message.to = match address(&author) {
                    from if from == *first => vec![second.clone()],
                    from if from == *second => vec![first.clone()],
                    _ => Vec::new(),
                };
            }
            if self.me_writes {
                message.direction =
                    Some(if is_me(&author, self.settings) { Direction::Sent } else { Direction::Received });
            }
            message.from = vec![address(&author)];
            message.states = body.states;
            message.call = body.call;
            if let Some(words) = body.missing {
                self.report.media_left_out += 1;
                bare = format!("\u{1}{}", bare.trim());
                message.missing.push(MissingMedia { words });
            }
            if !body.attached.is_empty() {
                bare = format!("\u{1}{}", bare.trim());
            }
        }
        message.chat = Some(ChatPlace::named(&*self.chat, self.number));
        let mut locator = self.about.within.clone();
        locator.0.push(LocatorStep::Bytes { start: open.at, length: open.length });
        message.place = Some(Place { original: self.about.digest, locator });
        message.fingerprint = Some(self.known.fingerprint(&message, &bare));
        // A name that writes here too is not another name of the same writer.
        let elsewhere = |names: Vec<String>| -> Vec<String> {
            names.into_iter().filter(|other| !self.writers.contains(&name_key(other))).collect()
        };
        let others = self.known.under_other_names(&message, &bare, |name| elsewhere(sink.other_names(name)));
        if !others.is_empty() {
            sink.under_other_names(others);
        }
        let attached = if program { Vec::new() } else { body.attached };
        let beside =
            attached.into_iter().map(|name| Beside { name, media_type: None, inline: false }).collect::<Vec<_>>();
        self.report.with_media |= !beside.is_empty();
        self.report.cut += usize::from(open.cut);
        self.report.count += 1;
        sink.message(MessageDraft { message, loose: Vec::new(), beside, partly: open.cut })
    }

    fn sent(&mut self, open: &Open) -> Option<When> {
        let header = header::read(&open.first);
        let date = open.start.date();
        let (Some(header), Some(date)) = (header, date) else {
            self.report.without_date += 1;
            return None;
        };
        let time = TimeOfDay::new(header.hour, header.minute, header.second.unwrap_or(0))?;
        let precision = if header.second.is_some() { Precision::Second } else { Precision::Minute };
        let when = When::in_order(header.stamp, date, time, precision, self.settings.zone, open.start.pass);
        self.report.when(&when, open.start.pass.is_some(), self.latest);
        Some(when)
    }
}

fn address(name: &str) -> Address {
    if speaker::is_number(name) {
        return Address { name: None, address: Some(name.to_owned()) };
    }
    Address { name: Some(name.to_owned()), address: None }
}

fn is_me(name: &str, settings: &Settings) -> bool {
    settings.me.iter().any(|me| me.trim().to_lowercase() == name.trim().to_lowercase())
}
