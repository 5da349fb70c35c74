//! Lists of telephone calls: what apps write of a telephone's call log, and itemised bills (`.csv`).
//! `docs/formats/call-log.md` has the traps.

mod columns;
mod kind;
mod moment;
mod report;
mod rows;

use std::collections::HashMap;
use std::io::{self, Read as _, SeekFrom};

use self::columns::Columns;
use self::kind::Kind;
use self::moment::{Calendar, Written};
use self::report::Report;
use self::rows::{Letters, Row, Rows};
use super::date_order::{self, Decision, Numbers, Shape};
use super::telephone::Chats;
use super::{About, DateOrder, HEAD, MessageDraft, Outcome, Question, ReadSeek, Settings, Sink, Source, fingerprint};
use crate::model::when::Precision;
use crate::model::{
    Address, CallFacts, Channel, Date, Digest, Direction, LocatorStep, Message, MessageState, Place, When, Zone,
};

/// The headings stand in one of the first rows: bills begin with whose bill it is.
const MOST_BEFORE: usize = 30;
/// The most dates that are looked at to find their order, and the most equal calls that are counted apart.
const MOST: usize = 2_000_000;

/// The reader of lists of calls.
#[derive(Debug, Clone, Copy)]
pub struct CallsSource;

impl Source for CallsSource {
    fn name(&self) -> &'static str {
        "call-log"
    }

    fn title(&self) -> &'static str {
        "a list of telephone calls: a call log or an itemised bill (.csv)"
    }

    fn claims(&self, head: &[u8], _about: &About<'_>) -> Option<u8> {
        let table = Table::of(head)?;
        // A row below the headings has a date, or there is none.
        let skip = usize::try_from(table.data).ok()?;
        let mut rows = Rows::new(head.get(skip..)?, table.data, table.letters, table.delimiter);
        let mut below = std::iter::from_fn(|| rows.next().ok().flatten()).take(5).peekable();
        let empty = below.peek().is_none();
        (empty || below.any(|row| table.moment(&row).is_some())).then_some(75)
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
        let mut head = Vec::new();
        original.seek(SeekFrom::Start(0))?;
        (&mut *original).take(HEAD as u64).read_to_end(&mut head)?;
        let Some(table) = Table::of(&head) else { return Ok(Outcome::Read) };
        let dates = match table.survey(original, about, settings)? {
            Ok(dates) => dates,
            Err(question) => return Ok(Outcome::Ask(question)),
        };
        let mut reader = Reader {
            about,
            zone: settings.zone,
            table: &table,
            chats: Chats::default(),
            seen: HashMap::new(),
            report: Report::default(),
            dates,
        };
        table.each(original, |row| reader.row(&row, sink))?;
        reader.report.finish(about.name, settings, &reader.dates, sink);
        Ok(Outcome::Read)
    }
}

/// How the table is written.
#[derive(Debug)]
struct Table {
    letters: Letters,
    delimiter: char,
    headings: Vec<String>,
    columns: Columns,
    /// Where the first row below the headings begins.
    data: u64,
}

impl Table {
    /// By the headings among the first rows.
    fn of(head: &[u8]) -> Option<Table> {
        let (letters, skip) = Letters::of(head);
        let mut start = usize::try_from(skip).ok()?;
        for _ in 0..MOST_BEFORE {
            let line = letters.line(head.get(start..).filter(|rest| !rest.is_empty())?);
            let end = start + line.len();
            let text = if letters == Letters::Bytes && !columns::may_speak_of_calls(line) {
                // Most files are something else, and every one of them is asked.
                String::new()
            } else {
                letters.words(line)
            };
            if let Some(delimiter) = rows::delimiter_of(&text) {
                let (headings, _) = rows::split(&text, delimiter, true);
                if let Some(columns) = columns::of(&headings) {
                    return Some(Table { letters, delimiter, headings, columns, data: end as u64 });
                }
            }
            start = end;
        }
        None
    }

    fn each(&self, original: &mut dyn ReadSeek, mut take: impl FnMut(Row) -> io::Result<()>) -> io::Result<()> {
        original.seek(SeekFrom::Start(self.data))?;
        let mut rows = Rows::new(original, self.data, self.letters, self.delimiter);
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        Ok(())
    }

    /// The moment of a row. Where it stands twice, the one with its zone counts, in the words that people read.
    fn moment(&self, row: &Row) -> Option<Moment> {
        let cell = |at: usize| row.cells.get(at).map(String::as_str).unwrap_or_default();
        let mut best: Option<(Written, String)> = None;
        let mut people_read: Option<(Written, String)> = None;
        for at in &self.columns.dates {
            let mut text = cell(*at).to_owned();
            let mut found = moment::read(&text);
            if let (Some(Written::Calendar { clock: None, .. }), Some(time)) = (found, self.columns.time) {
                let whole = format!("{text} {}", cell(time)).trim().to_owned();
                if let Some(with_time) = moment::read(&whole) {
                    (found, text) = (Some(with_time), whole);
                }
            }
            let Some(found) = found else { continue };
            if !matches!(found, Written::Counted(_)) && people_read.is_none() {
                people_read = Some((found, text.clone()));
            }
            let sure = |one: &Written| match one {
                Written::Counted(_) | Written::Calendar { offset: Some(_), .. } => 2,
                Written::Calendar { clock: Some(_), .. } => 1,
                Written::Calendar { .. } => 0,
            };
            if best.as_ref().is_none_or(|(before, _)| sure(&found) > sure(before)) {
                best = Some((found, text));
            }
        }
        let (written, text) = best?;
        let beside = people_read.as_ref().map(|(beside, _)| *beside).filter(|beside| *beside != written);
        Some(Moment { written, beside, words: people_read.map_or(text, |(_, words)| words) })
    }

    /// Goes through all rows once, to find which number of a date is the day.
    fn survey(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
    ) -> io::Result<Result<Dates, Question>> {
        let mut all: Vec<Numbers> = Vec::new();
        let mut first: Option<Shape> = None;
        let mut american = false;
        self.each(original, |row| {
            let written = self.moment(&row).map(|moment| moment.written);
            if let Some(Written::Calendar { date: Calendar::Numbers { numbers, shape, american: so }, clock, .. }) =
                written
                && all.len() < MOST
            {
                let seconds = clock.map_or(0, |(time, _)| time.hour * 3600 + time.minute * 60 + time.second);
                let kept = first.get_or_insert(shape);
                kept.twelve |= shape.twelve;
                american |= so;
                if kept.year == shape.year {
                    all.push(Numbers { numbers, seconds });
                }
            }
            Ok(())
        })?;
        let Some(shape) = first else { return Ok(Ok(Dates::default())) };
        let latest = about.written.map(|at| at.in_zone(settings.zone).date.plus_days(1));
        let decided = date_order::decide(&all, shape, american, &[], latest, settings.date_order);
        let dates = Dates { decided: Some(decided), short: shape.year == date_order::Year::LastTwo, latest };
        let Decision::Habit(habit) = decided else { return Ok(Ok(dates)) };
        let ends = |order| {
            let all = all.iter().filter_map(|stamp| date_order::date(stamp.numbers, shape.year, order));
            let (first, last) = all.fold((None, None), |(first, last): (Option<Date>, Option<Date>), date| {
                (first.into_iter().chain([date]).min(), last.into_iter().chain([date]).max())
            });
            Some((first?.long(), last?.long()))
        };
        let question = ends(DateOrder::DayFirst).zip(ends(DateOrder::MonthFirst));
        Ok(match question {
            Some((day_first, month_first)) => Err(Question::DateOrder { day_first, month_first, habit }),
            None => Ok(dates),
        })
    }
}

/// When a call was, as its row has it.
struct Moment {
    written: Written,
    /// The same a second time, in other figures.
    beside: Option<Written>,
    words: String,
}

/// What was found about the dates of the table.
#[derive(Debug, Default)]
struct Dates {
    /// `None`: no date is all numbers.
    decided: Option<Decision>,
    /// Years have two figures.
    short: bool,
    /// No call is later than the day after the file was written.
    latest: Option<Date>,
}

impl Dates {
    /// The date of these numbers. Where days above twelve stand in both places, only what has one reading is read.
    fn date(&self, numbers: [u16; 3], shape: Shape) -> Option<Date> {
        let order = match self.decided? {
            Decision::Is(order, _) | Decision::Habit(order) => order,
            Decision::Both if numbers[1] > 12 => DateOrder::MonthFirst,
            Decision::Both if numbers[0] > 12 || numbers[0] == numbers[1] => DateOrder::DayFirst,
            Decision::Both => return None,
        };
        date_order::date(numbers, shape.year, order)
    }
}

struct Reader<'a> {
    about: &'a About<'a>,
    zone: Zone,
    table: &'a Table,
    chats: Chats,
    /// How many equal calls stand above: three missed calls in one minute are three.
    seen: HashMap<Digest, u32>,
    report: Report,
    dates: Dates,
}

impl Reader<'_> {
    fn row(&mut self, row: &Row, sink: &mut dyn Sink) -> io::Result<()> {
        let columns = &self.table.columns;
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).map(String::as_str).unwrap_or_default();
        let filled = row.cells.iter().filter(|cell| !cell.is_empty()).count();
        if filled == 0 || row.cells == self.table.headings {
            return Ok(());
        }
        let written = self.table.moment(row);
        let parties = [columns.number, columns.caller, columns.called, columns.name];
        let somebody = parties.iter().any(|at| !cell(*at).is_empty());
        let kind = kind::read(columns.kinds.iter().map(|at| cell(Some(*at))));
        if kind.no_call || filled == 1 || (written.is_none() && (!somebody || kind.unknown)) {
            self.report.no_call += 1;
            return Ok(());
        }
        if kind.unknown {
            self.report.unknown_kind(columns.kinds.iter().map(|at| cell(Some(*at))));
        }
        let length = cell(columns.length);
        let seconds = kind::seconds(length, columns.unit);
        self.report.length(length, seconds);
        let mut message = self.call(kind, seconds);
        message.sent = written.and_then(|moment| {
            let when = self.when(moment.written, moment.words)?;
            self.report.differs(&when, moment.beside, self.zone);
            Some(when)
        });
        self.parties(row, &mut message);
        let mut locator = self.about.within.clone();
        locator.0.push(LocatorStep::Bytes { start: row.start, length: row.length });
        message.place = Some(Place { original: self.about.digest, locator });
        message.fingerprint = Some(self.fingerprint(&message));
        let partly = row.damaged || message.sent.is_none();
        self.report.row(row, &message, self.dates.latest);
        sink.message(MessageDraft { message, loose: Vec::new(), beside: Vec::new(), partly })
    }

    fn call(&self, kind: Kind, seconds: Option<u64>) -> Message {
        let mut message = Message::blank(Channel::Call);
        let made = self.table.columns.only_made.then_some(Direction::Sent);
        message.direction = kind.direction.or(made);
        // Nobody answered a call that went out and lasted no time at all.
        let missed = kind.missed || (message.direction == Some(Direction::Sent) && seconds == Some(0));
        message.call = Some(CallFacts {
            // A call nobody answered has no length, whatever the file counts.
            seconds: seconds.filter(|_| !kind.missed && !kind.declined),
            missed,
            declined: kind.declined,
            video: kind.video,
        });
        if kind.voicemail {
            "Voicemail".clone_into(&mut message.text);
            message.states.push(MessageState::Program);
        }
        message
    }

    fn when(&self, written: Written, words: String) -> Option<When> {
        let (date, clock, offset) = match written {
            Written::Counted(at) => return Some(When::stated(words, at, 0)),
            Written::Calendar { date: Calendar::Sure(date), clock, offset } => (date, clock, offset),
            Written::Calendar { date: Calendar::Numbers { numbers, shape, .. }, clock, offset } => {
                (self.dates.date(numbers, shape)?, clock, offset)
            }
        };
        let Some((time, precision)) = clock else { return Some(When::day(words, date)) };
        match offset {
            Some(offset) => {
                let bare = crate::model::Stamp { date, time: Some(time), offset_minutes: Some(offset) };
                Some(When { precision, ..When::stated(words, bare.instant()?, offset) })
            }
            None => Some(When::assumed(words, date, time, precision, self.zone)),
        }
    }

    fn parties(&mut self, row: &Row, message: &mut Message) {
        let columns = &self.table.columns;
        let cell = |at: Option<usize>| at.and_then(|at| row.cells.get(at)).and_then(|cell| known(cell));
        let party = |number: Option<String>, name: Option<String>| Address { name, address: number };
        let (from, to, name) = (cell(columns.caller), cell(columns.called), cell(columns.name));
        let other = match message.direction {
            Some(Direction::Received) => cell(columns.number).or_else(|| from.clone()),
            Some(Direction::Sent) => cell(columns.number).or_else(|| to.clone()),
            None => cell(columns.number),
        };
        if columns.number.is_none() && message.direction.is_none() {
            // Who called whom is said, and not which of them this telephone is.
            message.from = from.into_iter().map(|number| party(Some(number), None)).collect();
            message.to = to.into_iter().map(|number| party(Some(number), None)).collect();
            self.chats.place(message, vec![party(None, name)]);
        } else {
            self.report.number(other.as_deref());
            self.chats.place(message, vec![party(other, name)]);
        }
    }

    fn fingerprint(&mut self, message: &Message) -> Digest {
        let first = fingerprint::of_telephone(message);
        if self.seen.len() >= MOST && !self.seen.contains_key(&first) {
            return first;
        }
        let count = self.seen.entry(first).or_insert(0);
        let ordinal = *count;
        *count = count.saturating_add(1);
        if ordinal == 0 { first } else { Digest::of(format!("{first}\n{ordinal}").as_bytes()) }
    }
}

/// What a cell says of somebody. Lists write several words for nobody.
fn known(cell: &str) -> Option<String> {
    const NOBODY: [&str; 9] = ["null", "(unknown)", "unknown", "-1", "-2", "-3", "n/a", "private number", "withheld"];
    let cell = cell.trim().trim_start_matches('\'').trim();
    (!cell.is_empty() && !NOBODY.contains(&cell.to_lowercase().as_str())).then(|| cell.to_owned())
}

/// Whether a time of day was written at all.
fn has_clock(when: &When) -> bool {
    when.precision != Precision::Day
}

#[cfg(test)]
mod tests;
