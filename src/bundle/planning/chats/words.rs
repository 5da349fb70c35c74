//! What a transcript says around its messages: between whom, which days, what is not shown.

use std::collections::BTreeSet;

use super::super::book::Book;
use super::Thread;
use crate::model::{Channel, Date, DeviceOwner, Digest, Message, Record, TimeOfDay, When, Zone};

/// More names than this are counted.
const MOST_NAMES: usize = 4;

/// `Text messages`, `WhatsApp`.
pub(super) fn service(channel: Channel) -> &'static str {
    match channel {
        Channel::Sms => "Text messages",
        Channel::Call => "Calls",
        other => other.plain(),
    }
}

/// `Alex Reed and Sam Reed`: who wrote what is shown and to whom, as papers name people, the keeper first. A group
/// is named besides, unless its name is a number or an address.
pub(super) fn between(book: &Book<'_>, shown: &[(&Record, &Message)]) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |name: String, first: bool| {
        if seen.insert(name.clone()) {
            names.insert(if first { 0 } else { names.len() }, name);
        }
    };
    let mut nameless = false;
    for (_, message) in shown {
        for address in message.from.iter().chain(&message.to) {
            let name = book.people.printed(message, address);
            if name == NOT_NAMED {
                nameless = true;
            } else {
                add(name, book.people.is_me(message, address));
            }
        }
        // A telephone's backup names only the other side.
        if (message.from.is_empty() || message.to.is_empty()) && message.direction.is_some() && is_mine(book, message) {
            add(book.people.my_name().to_owned(), true);
        }
    }
    if nameless {
        names.push(NOT_NAMED.to_owned());
    }
    let people = match names.as_slice() {
        [] => "sender not known".to_owned(),
        [one] => one.clone(),
        [most @ .., last] if names.len() <= MOST_NAMES => format!("{} and {last}", most.join(", ")),
        many => format!("{} and {} others", many[..MOST_NAMES - 1].join(", "), many.len() + 1 - MOST_NAMES),
    };
    match shown.first().and_then(|(_, message)| group_name(book, message)) {
        Some(group) if names.len() > 2 => format!("“{group}”, {people}"),
        _ => people,
    }
}

/// What `People::printed` says where there is no name.
pub(super) const NOT_NAMED: &str = "a person not named in this record";

fn group_name(book: &Book<'_>, message: &Message) -> Option<String> {
    let name = message.chat.as_ref()?.name.trim();
    let named = crate::model::Address { name: Some(name.to_owned()), address: None };
    let printed = book.people.printed(message, &named);
    (!name.is_empty() && printed != NOT_NAMED).then(|| crate::timeline::first_words(name, 60))
}

/// Whether the message was taken from the keeper's own telephone or account.
pub(super) fn is_mine(book: &Book<'_>, message: &Message) -> bool {
    let kept = message.place.as_ref().and_then(|place| book.kept(&place.original));
    kept.is_some_and(|kept| kept.from_device == Some(DeviceOwner::Mine))
}

/// `17 and 18 September 2026`, `3 to 28 September 2026`, `30 December 2025 to 2 January 2026`.
pub(super) fn days(dates: &BTreeSet<Date>) -> String {
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else { return String::new() };
    let joint = if dates.len() == 2 { "and" } else { "to" };
    if first == last {
        first.plain()
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} {joint} {}", first.day(), last.plain())
    } else if first.year() == last.year() {
        format!("{} {} {joint} {}", first.day(), first.month_name(), last.plain())
    } else {
        format!("{} {joint} {}", first.plain(), last.plain())
    }
}

/// `12`, `12 and 13`, `12, 13 and 20 others`.
pub(super) fn numbers(numbers: &[&str]) -> String {
    match numbers {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, second] => format!("{first} and {second}"),
        [first, second, rest @ ..] => format!("{first}, {second} and {} more", rest.len()),
    }
}

/// What stands between two messages that are shown: how many the record has and does not show here, and which
/// numbers of the export it does not have; of messages that do not stand as exported, the numbers tell nothing. `run` begins and ends with a message that is shown.
pub(super) fn gaps(run: &[&Message], thread: &Thread) -> Vec<String> {
    let mut gaps = Vec::new();
    if let [_, hidden @ .., _] = run
        && let (Some(first), Some(last)) = (hidden.first(), hidden.last())
    {
        gaps.push(not_shown(hidden.len(), first, last, thread));
    }
    if thread.one_export() && thread.as_exported {
        gaps.extend(not_in_the_record(run));
    }
    gaps
}

/// `3 messages not shown, 191 to 193: 17 Sep, 7.31 pm to 18 Sep 2026, 11.06 am`.
fn not_shown(count: usize, first: &Message, last: &Message, thread: &Thread) -> String {
    let number = |message: &Message| thread.number(message);
    let same_export = thread.as_exported && original(first) == original(last);
    let mut gap = match count {
        1 => "1 message not shown".to_owned(),
        count => format!("{count} messages not shown"),
    };
    match (number(first), number(last)) {
        (first, last) if first == last => gap.push_str(&format!(", {first}")),
        (first, last) if same_export && count == 2 => gap.push_str(&format!(", {first} and {last}")),
        (first, last) if same_export => gap.push_str(&format!(", {first} to {last}")),
        _ => {}
    }
    match (&first.sent, &last.sent) {
        (Some(first), Some(last)) => gap.push_str(&format!(": {}", span(first, last))),
        (Some(only), None) | (None, Some(only)) => gap.push_str(&format!(": about {}", only.london().table())),
        (None, None) => {}
    }
    gap
}

fn original(message: &Message) -> Option<Digest> {
    message.place.as_ref().map(|place| place.original)
}

fn span(first: &When, last: &When) -> String {
    let (from, until) = (first.london(), last.london());
    match until.time {
        _ if from == until => from.table(),
        Some(time) if from.date == until.date => format!("{} to {}", from.table(), time.clock()),
        _ => {
            // In one line as a rule: the year once, and no weekdays.
            let (begins, ends) = (from.date.index(), until.date.index());
            let year = format!(" {}", until.date.year());
            let begins = begins.strip_suffix(&year).unwrap_or(&begins);
            let at = |time: Option<TimeOfDay>| time.map_or(String::new(), |time| format!(", {}", time.clock()));
            format!("{begins}{} to {ends}{}", at(from.time), at(until.time))
        }
    }
}

/// Which of the two hours of the night the clocks go back, where the source says it.
pub(super) fn which_hour(sent: &When) -> Option<String> {
    let stamp = sent.london();
    let time = stamp.time?;
    if sent.doubt.is_some() || !Zone::LONDON.is_repeated(stamp.date, time) {
        return None;
    }
    let (pass, season) = if stamp.offset_minutes? == 0 { ("second", "winter") } else { ("first", "summer") };
    Some(format!("The clocks went back that night: this is the {pass} {} ({season} time).", time.clock()))
}

/// Numbers of the export that the book has no message for, at most a few runs of them in words.
fn not_in_the_record(run: &[&Message]) -> Option<String> {
    let numbers: Vec<u64> = run.iter().filter_map(|message| Some(message.chat.as_ref()?.number)).collect();
    let jumps: Vec<(u64, u64)> = numbers
        .windows(2)
        .filter_map(|pair| match pair {
            [before, after] if *after > before.saturating_add(1) => Some((before + 1, after - 1)),
            _ => None,
        })
        .collect();
    let one = |(from, to): &(u64, u64)| match to - from {
        0 => from.to_string(),
        1 => format!("{from} and {to}"),
        _ => format!("{from} to {to}"),
    };
    match jumps.as_slice() {
        [] => None,
        [(from, to)] if from == to => Some(format!("Number {from} of the export is not in the record")),
        few if few.len() <= 3 => {
            let all: Vec<String> = few.iter().map(one).collect();
            Some(format!("Numbers {} of the export are not in the record", all.join(", ")))
        }
        many => {
            let count: u64 = many.iter().map(|(from, to)| to - from + 1).sum();
            Some(format!("{count} numbers of the export are not in the record"))
        }
    }
}
