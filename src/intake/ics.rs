//! Calendars (`.ics`, RFC 5545): each entry becomes an item with its date and words; a date is read only
//! as far as the file states it. `docs/formats/ics.md` has the traps.

use std::io::{self, Read as _, SeekFrom};

use super::charset::utf8_or_windows;
use super::notes::Notes;
use super::{About, ItemDraft, Outcome, ReadSeek, Settings, Sink, Source};
use crate::model::when::{Precision, TimeOfDay, ZoneSource};
use crate::model::{Date, Finding, Instant, LocatorStep, Place, When, Zone};

/// The largest calendar that is read, in bytes.
const LARGEST: u64 = 64 * 1024 * 1024;
/// The most entries of one calendar.
const MOST_ENTRIES: usize = 100_000;
/// The longest text of an entry, in characters.
const LONGEST_TEXT: usize = 100_000;

/// The reader of calendars.
#[derive(Debug, Clone, Copy)]
pub struct IcsSource;

impl Source for IcsSource {
    fn name(&self) -> &'static str {
        "ics"
    }

    fn title(&self) -> &'static str {
        "a calendar (.ics)"
    }

    fn claims(&self, head: &[u8], _about: &About<'_>) -> Option<u8> {
        let text = decode(head);
        let first = text.trim_start_matches('\u{feff}').trim_start();
        first.get(..15).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:VCALENDAR")).then_some(95)
    }

    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome> {
        let mut notes = Notes::new(about.name);
        original.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        original.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            notes.partly("too-large", "The calendar is larger than any that is read.", "The file is kept.");
        } else {
            let text = decode(&bytes);
            let mut count = 0;
            for entry in entries(&text, &mut notes) {
                count += 1;
                sink.item(entry.item(about, settings.zone, &mut notes))?;
            }
            if count == 0 {
                notes.partly("no-entry", "No entry was found in the calendar.", "The file itself is kept.");
            }
        }
        notes.finish().into_iter().for_each(|finding| sink.finding(finding));
        Ok(Outcome::Read)
    }
}

fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xFF, 0xFE, ..] => encoding_rs::UTF_16LE.decode(bytes).0.into_owned(),
        [0xFE, 0xFF, ..] => encoding_rs::UTF_16BE.decode(bytes).0.into_owned(),
        _ => utf8_or_windows(bytes).0,
    }
}

/// A property: its name, its parameters and its value.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Property {
    name: String,
    parameters: Vec<(String, String)>,
    value: String,
}

impl Property {
    fn of(line: &str) -> Option<Self> {
        let mut quoted = false;
        let colon = line.char_indices().find(|(_, c)| {
            quoted ^= *c == '"';
            *c == ':' && !quoted
        })?;
        let (head, value) = (&line[..colon.0], &line[colon.0 + 1..]);
        let mut parts = Vec::new();
        let mut part = String::new();
        let mut quoted = false;
        for c in head.chars() {
            match c {
                '"' => quoted = !quoted,
                ';' if !quoted => parts.push(std::mem::take(&mut part)),
                c => part.push(c),
            }
        }
        parts.push(part);
        let mut parts = parts.into_iter();
        let name = parts.next()?.trim().to_ascii_uppercase();
        let parameters = parts.filter_map(|part| {
            let (key, value) = part.split_once('=')?;
            Some((key.trim().to_ascii_uppercase(), value.trim().to_owned()))
        });
        Some(Property { name, parameters: parameters.collect(), value: value.to_owned() })
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Its words, with `\n`, `\,` and the rest resolved.
    fn words(&self) -> String {
        let mut out = String::new();
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(other) => out.push(other),
                    None => out.push('\\'),
                },
                c => out.push(c),
            }
        }
        out.chars().take(LONGEST_TEXT).collect::<String>().trim().to_owned()
    }
}

/// An entry of a calendar as it stands there.
#[derive(Debug, Default)]
struct Entry {
    kind: String,
    properties: Vec<Property>,
    /// The whole calendar says that it takes its entries back.
    withdrawn: bool,
    /// The lines it stands on, from 1.
    line: u64,
}

/// Lines joined where they are folded, each with the number of its first.
fn unfolded(text: &str) -> Vec<(u64, String)> {
    let mut lines: Vec<(u64, String)> = Vec::new();
    let normal = text.replace("\r\n", "\n").replace('\r', "\n");
    for (number, line) in normal.split('\n').enumerate() {
        match line.strip_prefix([' ', '\t']) {
            Some(rest) if !lines.is_empty() => {
                if let Some((_, last)) = lines.last_mut() {
                    last.push_str(rest);
                }
            }
            _ => lines.push((number as u64 + 1, line.to_owned())),
        }
    }
    lines
}

fn entries(text: &str, notes: &mut Notes<'_>) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    let mut open: Option<Entry> = None;
    // What stands inside an entry (an alarm) is not the entry's own.
    let mut inside = 0_u32;
    let mut withdrawn = false;
    for (number, line) in unfolded(text) {
        let Some(property) = Property::of(line.trim_start_matches('\u{feff}')) else {
            if !line.trim().is_empty() {
                notes.info(
                    "line-not-read",
                    &format!("Line {number} is not written as calendars are; it was passed over."),
                    "",
                );
            }
            continue;
        };
        let value = property.value.trim().to_ascii_uppercase();
        match (property.name.as_str(), value.as_str()) {
            ("BEGIN", "VEVENT" | "VTODO" | "VJOURNAL") => {
                if let Some(unclosed) = open.take() {
                    notes.partly(
                        "entry-without-end",
                        &format!("The entry at line {} has no end.", unclosed.line),
                        "It was read as far as it goes.",
                    );
                    found.push(unclosed);
                }
                open = Some(Entry { kind: value, properties: Vec::new(), withdrawn, line: number });
                inside = 0;
            }
            ("METHOD", method) if open.is_none() => withdrawn = method == "CANCEL",
            ("BEGIN", _) if open.is_some() => inside += 1,
            ("END", "VEVENT" | "VTODO" | "VJOURNAL") => found.extend(open.take()),
            ("END", _) => inside = inside.saturating_sub(1),
            _ if inside == 0 => {
                if let Some(entry) = open.as_mut().filter(|entry| entry.properties.len() < 1_000) {
                    entry.properties.push(property);
                }
            }
            _ => {}
        }
        if found.len() >= MOST_ENTRIES {
            notes.partly(
                "too-many",
                &format!("More than {MOST_ENTRIES} entries; the rest was not read."),
                "The file is kept.",
            );
            return found;
        }
    }
    if let Some(unclosed) = open {
        notes.partly(
            "entry-without-end",
            &format!("The entry at line {} has no end.", unclosed.line),
            "It was read as far as it goes.",
        );
        found.push(unclosed);
    }
    found
}

impl Entry {
    fn get(&self, name: &str) -> Option<&Property> {
        self.properties.iter().find(|property| property.name == name)
    }

    fn words(&self, name: &str) -> Option<String> {
        self.get(name).map(Property::words).filter(|words| !words.is_empty())
    }

    fn item(&self, about: &About<'_>, zone: Zone, notes: &mut Notes<'_>) -> ItemDraft {
        let summary = self.words("SUMMARY").unwrap_or_else(|| "without a title".to_owned());
        let cancelled = self.words("STATUS").is_some_and(|status| status.eq_ignore_ascii_case("CANCELLED"));
        let cancelled = cancelled || self.withdrawn;
        let kind = match self.kind.as_str() {
            "VTODO" => "Task",
            "VJOURNAL" => "Calendar note",
            _ => "Calendar entry",
        };
        let begins = ["DTSTART", "DUE", "DTSTAMP"].iter().find_map(|name| self.get(name));
        let mut when = begins.and_then(|property| moment(property, zone));
        if let (Some(property), None) = (begins, &when) {
            let what =
                format!("The entry at line {} has a date that could not be read: “{}”.", self.line, property.value);
            notes.partly("date-missing", &what, "It is kept without a date.");
        }
        let ends = self.get("DTEND").and_then(|property| moment(property, zone));
        if let (Some(when), Some(ends)) = (&mut when, ends)
            && ends.sort_key() > when.sort_key()
        {
            when.end = Some(ends.start);
        }
        let mut text = Vec::new();
        for (name, label) in [
            ("LOCATION", "Place"),
            ("STATUS", "Status"),
            ("ORGANIZER", "Organiser"),
            ("RRULE", "Repeats (as written)"),
            ("RECURRENCE-ID", "Instead of the one of"),
            ("DESCRIPTION", "Words"),
        ] {
            text.extend(self.words(name).map(|words| format!("{label}: {words}")));
        }
        if self.withdrawn {
            text.insert(0, "The calendar takes it back (METHOD:CANCEL)".to_owned());
        }
        let except: Vec<String> =
            self.properties.iter().filter(|property| property.name == "EXDATE").map(Property::words).collect();
        if !except.is_empty() {
            text.push(format!("Not on (as written): {}", except.join(", ")));
        }
        if self.get("RRULE").is_some() {
            notes.info(
                "repeats",
                "The calendar holds entries that repeat; each was kept once, with its rule as written.",
                "",
            );
        }
        let mut locator = about.within.clone();
        locator.0.push(LocatorStep::Line(self.line));
        ItemDraft {
            title: format!("{kind}: {summary}{}", if cancelled { " (cancelled)" } else { "" }),
            when,
            text: text.join("\n"),
            place: Place { original: about.digest, locator },
        }
    }
}

/// A day or days of a calendar, as an entry names them: for term dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDays {
    /// Its title.
    pub title: String,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
}

/// The entries of a calendar by their days, with what could not be read of it.
///
/// # Errors
/// The bytes are no calendar, or more than any that is read.
pub fn calendar_days(bytes: &[u8], name: &str) -> Result<(Vec<CalendarDays>, Vec<Finding>), &'static str> {
    if bytes.len() as u64 > LARGEST {
        return Err("it is larger than any calendar that is read");
    }
    let text = decode(bytes);
    if !text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .get(..15)
        .is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:VCALENDAR"))
    {
        return Err("it does not begin as a calendar does (BEGIN:VCALENDAR)");
    }
    let mut notes = Notes::new(name);
    let mut days = Vec::new();
    for entry in entries(&text, &mut notes) {
        let title = entry.words("SUMMARY").unwrap_or_default();
        let Some(begins) = entry.get("DTSTART").and_then(|property| moment(property, Zone::LONDON)) else {
            let what = format!("The entry at line {} has no date that could be read.", entry.line);
            notes.partly("date-missing", &what, "It is passed over.");
            continue;
        };
        let first = begins.london_date();
        let last = entry.get("DTEND").and_then(|property| moment(property, Zone::LONDON)).map_or(first, |ends| {
            // A calendar gives the day after the last one, where it gives days without times.
            if ends.start.time.is_none() { ends.london_date().plus_days(-1) } else { ends.london_date() }
        });
        days.push(CalendarDays { title, first, last: last.max(first) });
    }
    days.sort_by(|a, b| (a.first, a.last, &a.title).cmp(&(b.first, b.last, &b.title)));
    Ok((days, notes.finish()))
}

/// A date or time as the property gives it: UTC with `Z`, in the zone named, floating in `zone`, or a day.
fn moment(property: &Property, zone: Zone) -> Option<When> {
    let words = property.value.trim();
    let digits = words.trim_end_matches(['Z', 'z']);
    let (day, clock) = match digits.split_once(['T', 't']) {
        Some((day, clock)) => (day, Some(clock)),
        None => (digits, None),
    };
    let number = |text: &str, from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let year = i32::try_from(number(day, 0, 4)?).ok()?;
    let date = Date::new(year, number(day, 4, 6)?, number(day, 6, 8)?)?;
    let Some(clock) = clock else { return Some(When::day(words, date)) };
    let time = TimeOfDay::new(number(clock, 0, 2)?, number(clock, 2, 4)?, number(clock, 4, 6).unwrap_or(0))?;
    if words.ends_with(['Z', 'z']) {
        let at = format!("{date}T{}:{}:{}Z", &clock[..2], &clock[2..4], clock.get(4..6).unwrap_or("00"));
        return Instant::from_rfc3339(&at).map(|at| When::stated(words, at, 0));
    }
    let named = property.parameter("TZID").and_then(zone_named);
    let mut when = When::assumed(words, date, time, Precision::Minute, named.unwrap_or(zone));
    if named.is_some() {
        when.zone_source = ZoneSource::Stated;
    }
    Some(when)
}

/// The zone a calendar names, by the world's names or by Windows's.
fn zone_named(name: &str) -> Option<Zone> {
    let bare = name.trim().trim_matches('"');
    let windows = match bare {
        "GMT Standard Time" | "Greenwich Standard Time" => "Europe/London",
        "W. Europe Standard Time" => "Europe/Berlin",
        "Romance Standard Time" => "Europe/Paris",
        "Central European Standard Time" => "Europe/Warsaw",
        "Central Europe Standard Time" => "Europe/Budapest",
        "GTB Standard Time" => "Europe/Bucharest",
        "FLE Standard Time" => "Europe/Kyiv",
        "India Standard Time" => "Asia/Kolkata",
        "Pakistan Standard Time" => "Asia/Karachi",
        "Eastern Standard Time" => "America/New_York",
        "UTC" => "Etc/UTC",
        other => other,
    };
    // `/freeassociation.sourceforge.net/Europe/London` and the like: the last two names count.
    let last: Vec<&str> = windows.rsplitn(3, '/').collect();
    Zone::named(windows).or_else(|| match last[..] {
        [city, area, ..] => Zone::named(&format!("{area}/{city}")),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::intake::detect;
    use crate::intake::samples::Collect;
    use crate::model::{Digest, Locator};

    fn read(text: &[u8]) -> Collect {
        let whole = Locator::whole();
        let about = About {
            digest: Digest::of(text),
            name: "terms.ics",
            bytes: text.len() as u64,
            written: None,
            within: &whole,
        };
        assert_eq!(detect(text, &about).map(Source::name), Some("ics"));
        let mut collect = Collect::default();
        IcsSource.read(&mut Cursor::new(text), &about, &Settings::default(), &mut collect).expect("memory can be read");
        collect
    }

    #[test]
    fn days_times_and_zones() {
        let read = read(
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n\
              BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261026\r\nDTEND;VALUE=DATE:20261031\r\nSUMMARY:Half-term\\, all\r\n  schools\r\nEND:VEVENT\r\n\
              BEGIN:VEVENT\r\nDTSTART;TZID=\"GMT Standard Time\":20260918T170000\r\nSUMMARY:Handover\r\nLOCATION:Library\r\nSTATUS:CANCELLED\r\n\
              BEGIN:VALARM\r\nTRIGGER:-PT15M\r\nDESCRIPTION:not the entry's own\r\nEND:VALARM\r\nEND:VEVENT\r\n\
              BEGIN:VEVENT\r\nDTSTART:20260918T160000Z\r\nSUMMARY:Call\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        );
        assert!(read.findings.is_empty(), "{:?}", read.findings);
        let told: Vec<(String, String)> = read
            .items
            .iter()
            .map(|item| (item.title.clone(), item.when.as_ref().map_or_else(String::new, When::long)))
            .collect();
        assert_eq!(told[0].0, "Calendar entry: Half-term, all schools");
        assert_eq!(told[1].0, "Calendar entry: Handover (cancelled)");
        assert_eq!(read.items[1].text, "Place: Library\nStatus: CANCELLED");
        let starts: Vec<String> =
            read.items.iter().filter_map(|item| Some(item.when.as_ref()?.london().to_string())).collect();
        assert_eq!(starts, ["2026-10-26", "2026-09-18T17:00:00+01:00", "2026-09-18T17:00:00+01:00"]);
    }

    #[test]
    fn broken_entries_cost_a_finding_each_and_not_the_rest() {
        let read = read(
            b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:tomorrow\nSUMMARY:One\nBEGIN:VEVENT\nDTSTART:20261340T000000\nEND:VEVENT\nnonsense\nBEGIN:VEVENT\nSUMMARY:Cut",
        );
        let kinds: Vec<&str> = read.findings.iter().map(|finding| finding.kind.as_str()).collect();
        assert_eq!(read.items.len(), 3);
        assert_eq!(kinds, ["entry-without-end", "line-not-read", "entry-without-end", "date-missing", "date-missing"]);
    }

    #[test]
    fn a_calendar_in_utf16_is_read() {
        let text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260918T160000Z\nSUMMARY:Zoë\nEND:VEVENT\nEND:VCALENDAR\n";
        let mut bytes = vec![0xFF, 0xFE];
        bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(read(&bytes).items[0].title, "Calendar entry: Zoë");
    }
}
