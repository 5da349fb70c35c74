//! Apple's Messages as the program `imessage-exporter` writes them: as text, or as web pages. `docs/formats/imessage.md`
//! has the traps.

mod elements;
mod page;
mod text;

use std::io::{self, Read as _, SeekFrom};

use super::chats::Known;
use super::{About, Beside, HEAD, MessageDraft, Outcome, ReadSeek, Settings, Sink, Source};
use crate::model::when::{Doubt, Precision};
use crate::model::{
    Address, ChatPlace, Date, Direction, Finding, LocatorStep, Message, Place, Severity, TimeOfDay, When,
};

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The reader of imessage-exporter's files.
#[derive(Debug, Clone, Copy)]
pub struct ImessageSource;

impl Source for ImessageSource {
    fn name(&self) -> &'static str {
        "imessage"
    }

    fn title(&self) -> &'static str {
        "an iMessage chat exported with imessage-exporter (.txt or .html)"
    }

    fn claims(&self, head: &[u8], _about: &About<'_>) -> Option<u8> {
        page::claims(head).or_else(|| text::claims(head))
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        let mut head = Vec::new();
        original.seek(SeekFrom::Start(0))?;
        (&mut *original).take(HEAD as u64).read_to_end(&mut head)?;
        original.seek(SeekFrom::Start(0))?;
        if page::claims(&head).is_some() {
            page::read(original, about, settings, sink)?;
        } else {
            text::read(original, about, settings, sink)?;
        }
        Ok(Outcome::Read)
    }
}

/// The first few who wrote, to know the other one where there are two.
#[derive(Debug, Default)]
struct Senders(Vec<String>);

impl Senders {
    fn met(&mut self, sender: Option<String>) {
        if let Some(sender) = sender.filter(|sender| self.0.len() < 3 && !self.0.contains(sender)) {
            self.0.push(sender);
        }
    }

    fn other(&self) -> Option<String> {
        match &self.0[..] {
            [one, two] if one == "Me" => Some(two.clone()),
            [one, two] if two == "Me" => Some(one.clone()),
            _ => None,
        }
    }
}

/// The chat being read.
struct Chat<'a> {
    about: &'a About<'a>,
    settings: &'a Settings,
    name: String,
    other: Option<String>,
    known: Known,
    number: u64,
    reactions: usize,
    repeated: usize,
    missing_hour: usize,
}

impl<'a> Chat<'a> {
    fn new(about: &'a About<'a>, settings: &'a Settings, other: Option<String>) -> Self {
        let name = about.name.rsplit('/').next().unwrap_or(about.name);
        let name = [".txt", ".html", ".htm"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name);
        Chat {
            about,
            settings,
            name: name.to_owned(),
            other,
            known: Known::new(name, None),
            number: 0,
            reactions: 0,
            repeated: 0,
            missing_hour: 0,
        }
    }

    /// The moment of a line that begins with a stamp; the whole line are its words.
    fn when(&mut self, words: &str) -> Option<When> {
        let (date, time, _) = stamp(words)?;
        let when = When::assumed(words, date, time, Precision::Second, self.settings.zone);
        self.repeated += usize::from(when.doubt == Some(Doubt::RepeatedHour));
        self.missing_hour += usize::from(when.doubt == Some(Doubt::MissingHour));
        Some(when)
    }

    fn from(&self, message: &mut Message, sender: &str, me: bool) {
        let person = |name: &str| Address { name: Some(name.to_owned()), address: None };
        message.direction = Some(if me { Direction::Sent } else { Direction::Received });
        message.to = if me { self.other.iter().map(|other| person(other)).collect() } else { Vec::new() };
        message.from = vec![person(sender)];
    }

    /// Gives a message on. Exported as text or as a page, it is the same one.
    fn give(
        &mut self,
        mut message: Message,
        beside: Vec<Beside>,
        (start, length): (u64, u64),
        partly: bool,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        self.number += 1;
        message.chat = Some(ChatPlace::named(&*self.name, self.number));
        let mut locator = self.about.within.clone();
        locator.0.push(LocatorStep::Bytes { start, length });
        message.place = Some(Place { original: self.about.digest, locator });
        let names: Vec<&str> = beside.iter().map(|file| file.name.as_str()).collect();
        let subject = message.subject.as_deref().unwrap_or_default();
        let bare = format!("{subject} {}\u{1}{}", message.text, names.join("\u{1}"));
        message.fingerprint = Some(self.known.fingerprint(&message, &bare));
        sink.message(MessageDraft { message, loose: Vec::new(), beside, partly })
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
        if self.repeated > 0 {
            let what = "Of its messages, {} fell in the hour that happened twice when the clocks went back; which it was is not known.";
            say(Severity::Info, "repeated-hour", what.replace("{}", &self.repeated.to_string()), "");
        }
        if self.missing_hour > 0 {
            let what = "Of its messages, {} fell in an hour the clocks skipped; the computer that exported them may stand in another zone.";
            say(Severity::Info, "missing-hour", what.replace("{}", &self.missing_hour.to_string()), "");
        }
    }
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
