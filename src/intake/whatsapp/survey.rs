//! The first reading of an export: where messages begin, in which form, by whom, and which number of a
//! date is the day.

use std::collections::HashMap;
use std::io::{self, Read};

use super::body;
use super::header::{self, Form, Kind};
use super::lines::{Line, Lines};
use super::speaker::{NOBODY, Names};
use crate::intake::DateOrder;
use crate::intake::date_order::{self as order, Decision, Numbers, Why, Year};
use crate::model::when::Pass;
use crate::model::{Date, TimeOfDay, Zone};

/// The most headers that are read of one export. WhatsApp itself stops at 40,000.
const MOST: usize = 2_000_000;

/// How many lines of another form in a row are a change of form rather than a quoted chat.
const RUN: usize = 5;

/// A line that looks like the beginning of a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    pub(super) offset: u64,
    form: Form,
    stamp: Numbers,
    american: bool,
    pub(super) speaker: u32,
    /// Not marked as a line of the program.
    person: bool,
    order: DateOrder,
    /// Its date has two readings, and nothing tells which.
    undecided: bool,
    /// Which of two hours it is, where the clocks went back and the order of the chat tells.
    pub(super) pass: Option<Pass>,
}

impl Start {
    pub(super) fn date(&self) -> Option<Date> {
        if self.undecided {
            return None;
        }
        order::date(self.stamp.numbers, self.form.year, self.order)
    }
}

/// What the first reading found.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "findings about the file, each on its own")]
pub(super) struct Survey {
    pub(super) starts: Vec<Start>,
    pub(super) names: Names,
    /// Offsets of the messages whose files have a date in their name.
    named: Vec<(u64, Date)>,
    /// Lines that look like headers of another form.
    pub(super) quoted: usize,
    pub(super) segments: usize,
    /// More headers than are read.
    pub(super) too_many: bool,
    /// The export marks what the program wrote.
    pub(super) marks: bool,
    pub(super) group: bool,
    pub(super) why: Vec<(DateOrder, Why)>,
    pub(super) order_changes: bool,
    /// Steps back of more than a day.
    pub(super) steps_back: usize,
    /// Names of persons who wrote, in the order they first did.
    pub(super) people: Vec<u32>,
    /// The name on the first line that is marked as the program's: on an iPhone that of the chat.
    pub(super) program_name: Option<u32>,
}

/// Looks through the whole export once.
pub(super) fn look(reader: impl Read) -> io::Result<Survey> {
    let mut survey = Survey::default();
    let mut lines = Lines::new(reader);
    let mut line = Line::default();
    while lines.next(&mut line)? {
        let text = line.text();
        let Some(found) = header::read(&text) else {
            continue;
        };
        if survey.starts.len() >= MOST {
            survey.too_many = true;
            break;
        }
        let speaker = survey.names.take(found.rest);
        let words = found.rest.split_once(": ").map_or(found.rest, |(_, words)| words);
        let marked = found.form.kind == Kind::Bracket && words.starts_with('\u{200e}');
        survey.marks |= found.form.kind == Kind::Bracket && words.contains('\u{200e}');
        let person = speaker != NOBODY && (!marked || body::by_a_person(words));
        if (speaker == NOBODY || marked) && !survey.group {
            survey.group = body::tells_of_a_group(found.rest);
        }
        if let Some(date) = body::date_in_name(words) {
            survey.named.push((line.start, date));
        }
        survey.starts.push(Start {
            offset: line.start,
            form: found.form,
            stamp: Numbers { numbers: found.numbers, seconds: found.seconds_of_day() },
            american: found.american,
            speaker,
            person,
            order: DateOrder::DayFirst,
            undecided: false,
            pass: None,
        });
    }
    Ok(survey)
}

/// What only a person can say: first and last date under either reading, and what habit says.
pub(super) struct Undecided {
    pub(super) day_first: (Date, Date),
    pub(super) month_first: (Date, Date),
    pub(super) habit: DateOrder,
}

impl Survey {
    /// Keeps the headers of the export's own form and decides the order of their dates.
    pub(super) fn settle(&mut self, latest: Option<Date>, answer: Option<DateOrder>, zone: Zone) -> Option<Undecided> {
        let segments = self.segments();
        self.segments = segments.len();
        for (from, until) in segments {
            if let Some(undecided) = self.decide(from, until, latest, answer) {
                return Some(undecided);
            }
        }
        self.people_who_wrote();
        self.passes(zone);
        self.count_steps_back();
        None
    }

    /// Drops headers of other forms; gives the stretches of one form.
    fn segments(&mut self) -> Vec<(usize, usize)> {
        let Some(mut current) = self.first_form() else { return Vec::new() };
        let mut last_of: HashMap<Form, usize> = HashMap::new();
        for (at, start) in self.starts.iter().enumerate() {
            last_of.insert(start.form, at);
        }
        let mut kept: Vec<Start> = Vec::with_capacity(self.starts.len());
        let mut segments = Vec::new();
        let (mut from, mut at) = (0, 0);
        while let Some(start) = self.starts.get(at) {
            if start.form == current {
                kept.push(*start);
                at += 1;
                continue;
            }
            let run = self.starts.iter().skip(at).take_while(|other| other.form == start.form).count();
            let returns = last_of.get(&current).is_some_and(|last| *last > at);
            if run >= 50 || (run >= RUN && !returns) {
                current = start.form;
                if kept.len() > from {
                    segments.push((from, kept.len()));
                }
                from = kept.len();
            } else {
                self.quoted += run;
                at += run;
            }
        }
        if kept.len() > from {
            segments.push((from, kept.len()));
        }
        self.starts = kept;
        segments
    }

    /// The form the export begins with: that of its first lines if they keep it, else the commonest of the first 50.
    fn first_form(&self) -> Option<Form> {
        let first = self.starts.first()?.form;
        if self.starts.iter().take(RUN).filter(|start| start.form == first).count() >= RUN {
            return Some(first);
        }
        let head = self.starts.get(..self.starts.len().min(50))?;
        let count = |form: Form| head.iter().filter(|start| start.form == form).count();
        // Of two equally common ones the first.
        head.iter().rev().map(|start| start.form).max_by_key(|form| count(*form))
    }

    fn decide(
        &mut self,
        from: usize,
        until: usize,
        latest: Option<Date>,
        answer: Option<DateOrder>,
    ) -> Option<Undecided> {
        let stretch = self.starts.get(from..until)?;
        let form = stretch.first()?.form;
        let stamps: Vec<Numbers> = stretch.iter().map(|start| start.stamp).collect();
        let american = stretch.iter().any(|start| start.american);
        let named: Vec<(usize, Date)> = self
            .named
            .iter()
            .filter_map(|(offset, date)| {
                stretch.binary_search_by_key(offset, |start| start.offset).ok().map(|at| (at, *date))
            })
            .collect();
        match order::decide(&stamps, form.shape(), american, &named, latest, answer) {
            Decision::Is(order, why) => self.set(from, until, order, why),
            Decision::Habit(habit) => {
                let ends = |order| {
                    let mut dates = stamps.iter().filter_map(|stamp| order::date(stamp.numbers, form.year, order));
                    let first = dates.next()?;
                    Some((first, dates.next_back().unwrap_or(first)))
                };
                return Some(Undecided {
                    day_first: ends(DateOrder::DayFirst)?,
                    month_first: ends(DateOrder::MonthFirst)?,
                    habit,
                });
            }
            Decision::Both => {
                self.order_changes = true;
                if let Some((first, last, [before, after])) = order::change(&stamps, form.shape()) {
                    self.set(from, from + first, before, Why::NumberAboveTwelve);
                    self.set(from + last, until, after, Why::NumberAboveTwelve);
                    for start in self.starts.iter_mut().take(from + last).skip(from + first) {
                        start.undecided = start.stamp.numbers[0] != start.stamp.numbers[1];
                    }
                    return None;
                }
                // No one place of change: what most lines need; the others stay without a reading.
                let day = stamps.iter().filter(|stamp| stamp.numbers[0] > 12).count();
                let month = stamps.iter().filter(|stamp| stamp.numbers[1] > 12).count();
                let order = if day >= month { DateOrder::DayFirst } else { DateOrder::MonthFirst };
                self.set(from, until, order, Why::NumberAboveTwelve);
            }
        }
        None
    }

    fn set(&mut self, from: usize, until: usize, order: DateOrder, why: Why) {
        for start in self.starts.iter_mut().take(until).skip(from) {
            start.order = order;
        }
        if !self.why.contains(&(order, why)) {
            self.why.push((order, why));
        }
    }

    fn people_who_wrote(&mut self) {
        let mut seen = std::collections::HashSet::new();
        for start in &self.starts {
            if start.person && seen.insert(start.speaker) {
                self.people.push(start.speaker);
            }
            if !start.person && start.speaker != NOBODY && self.program_name.is_none() {
                self.program_name = Some(start.speaker);
            }
        }
    }

    fn clock(start: &Start) -> Option<(Date, TimeOfDay)> {
        let seconds = start.stamp.seconds;
        Some((start.date()?, TimeOfDay::new(seconds / 3600, seconds / 60 % 60, seconds % 60)?))
    }

    /// In the hour that happens twice, one clear step back of the chat's order tells the first from the second.
    fn passes(&mut self, zone: Zone) {
        // Steps of a few minutes also come from slow networks.
        const CLEAR: u32 = 5 * 60;
        let mut at = 0;
        while at < self.starts.len() {
            let night = |start: &Start| {
                let (date, time) = Self::clock(start).filter(|(_, time)| time.hour < 4)?;
                zone.is_repeated(date, time).then_some(date)
            };
            let Some(date) = self.starts.get(at).and_then(night) else {
                at += 1;
                continue;
            };
            let run = self.starts.iter().skip(at).take_while(|start| night(start) == Some(date)).count();
            let Some(hour) = self.starts.get_mut(at..at + run) else { return };
            let mut steps = (1..hour.len()).filter(|next| {
                let (Some(before), Some(after)) = (hour.get(next - 1), hour.get(*next)) else { return false };
                after.stamp.seconds + CLEAR <= before.stamp.seconds
            });
            if let (Some(step), None) = (steps.next(), steps.next()) {
                for (place, start) in hour.iter_mut().enumerate() {
                    start.pass = Some(if place < step { Pass::First } else { Pass::Second });
                }
            }
            at += run;
        }
    }

    fn count_steps_back(&mut self) {
        let mut before: Option<Date> = None;
        for start in &self.starts {
            let Some(date) = start.date() else { continue };
            if before.is_some_and(|before| before.days_since(date) > 1) {
                self.steps_back += 1;
            }
            before = Some(date);
        }
    }

    /// Whether its dates have two figures for the year.
    pub(super) fn short_years(&self) -> bool {
        self.starts.iter().any(|start| start.form.year == Year::LastTwo)
    }
}
