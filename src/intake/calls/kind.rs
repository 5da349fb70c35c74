//! Which way a call went, what became of it, and how long it was, in the words of the many tables of calls.

use crate::model::Direction;

/// What the words of one row say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "facts about a call, each on its own")]
pub(super) struct Kind {
    pub(super) direction: Option<Direction>,
    pub(super) missed: bool,
    pub(super) declined: bool,
    pub(super) voicemail: bool,
    pub(super) video: bool,
    /// The row is about a text message, data or a charge, and not about a call.
    pub(super) no_call: bool,
    /// The words say nothing that is known.
    pub(super) unknown: bool,
}

/// Reads the words of the columns that say it.
pub(super) fn read<'a>(cells: impl Iterator<Item = &'a str>) -> Kind {
    let mut kind = Kind::default();
    let (mut any, mut known) = (false, false);
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty() && *cell != "null") {
        any = true;
        known |= kind.take(cell);
    }
    kind.unknown = any && !known;
    kind
}

impl Kind {
    fn take(&mut self, cell: &str) -> bool {
        // The numbers of Android's own list of calls.
        match cell {
            "1" => self.direction = Some(Direction::Received),
            "2" => self.direction = Some(Direction::Sent),
            "3" => self.missed = true,
            "4" => self.voicemail = true,
            "5" | "6" => self.declined = true,
            "7" => self.direction = Some(Direction::Received),
            _ => return self.words(&cell.to_lowercase()),
        }
        if matches!(cell, "3" | "4" | "5" | "6") {
            self.direction.get_or_insert(Direction::Received);
        }
        true
    }

    fn words(&mut self, cell: &str) -> bool {
        let squeezed: String = cell.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let has = |words: &[&str]| words.iter().any(|word| squeezed.contains(word));
        let is = |words: &[&str]| words.contains(&squeezed.as_str());
        let mut known = false;
        let mut note = |found: bool, what: &mut bool| {
            *what |= found;
            known |= found;
        };
        note(has(&["missed", "unanswered", "notanswered", "noanswer", "cancelled", "canceled"]), &mut self.missed);
        note(has(&["reject", "declined", "refused", "blocked", "busy"]), &mut self.declined);
        note(has(&["voicemail", "voicemessage"]), &mut self.voicemail);
        note(has(&["video", "facetime"]), &mut self.video);
        let about_else = ["sms", "mms", "text", "gprs", "internet", "picturemessage", "subscription", "topup"];
        note(has(&about_else) || is(&["data", "mobiledata", "dataroaming", "datausage", "charge"]), &mut self.no_call);
        let received = has(&["incoming", "inbound", "received"]) || is(&["in", "answered", "answeredexternally"]);
        let sent = has(&["outgoing", "outbound", "dialled", "dialed"]) || is(&["out", "made", "placed", "sent"]);
        match (received, sent) {
            (true, false) => self.direction = Some(Direction::Received),
            (false, true) => self.direction = Some(Direction::Sent),
            // Only calls that came in are missed or declined. One nobody answered may have gone out.
            _ if has(&["missed", "reject", "declined", "refused", "blocked", "voicemail"]) => {
                self.direction.get_or_insert(Direction::Received);
            }
            _ => {}
        }
        // Words that only say that it was a call.
        known | received | sent | has(&["voice", "call", "minute", "mobile", "landline", "national", "answered"])
    }
}

/// A length in seconds: `192`, `3:12`, `0:03:12`, `3m 12s`, `3 minutes, 12 seconds`. `unit`: the seconds of one, where the
/// heading says so. `None`: it cannot be read.
pub(super) fn seconds(cell: &str, unit: Option<u64>) -> Option<u64> {
    let cell = cell.trim().to_lowercase();
    if cell.len() > 40 {
        return None;
    }
    if cell.contains(':') {
        return by_colons(&cell);
    }
    if let Ok(number) = cell.parse::<u64>() {
        return number.checked_mul(unit.unwrap_or(1));
    }
    // `2.5` minutes; a comma is how some write it.
    if let Some((whole, part)) = cell.split_once(['.', ',']).filter(|(_, part)| (1..=3).contains(&part.len())) {
        let scale = 10_u64.pow(u32::try_from(part.len()).ok()?);
        let (whole, part): (u64, u64) = (whole.parse().ok()?, part.parse().ok()?);
        let unit = unit.unwrap_or(1);
        return whole.checked_mul(unit)?.checked_add(part * unit / scale);
    }
    by_words(&cell)
}

fn by_colons(cell: &str) -> Option<u64> {
    let parts: Vec<u64> = cell
        .split(':')
        .map(|part| part.parse().ok().filter(|_| part.len() <= 4 && !part.starts_with('+')))
        .collect::<Option<_>>()?;
    match parts[..] {
        [minutes, seconds] if seconds < 60 => Some(minutes * 60 + seconds),
        [hours, minutes, seconds] if minutes < 60 && seconds < 60 => Some((hours * 60 + minutes) * 60 + seconds),
        _ => None,
    }
}

fn by_words(cell: &str) -> Option<u64> {
    let mut total = 0_u64;
    let mut number: Option<u64> = None;
    let mut any = false;
    let mut rest = cell;
    while let Some(first) = rest.chars().next() {
        let digits = rest.chars().take_while(char::is_ascii_digit).count();
        if digits > 0 {
            if number.is_some() {
                return None;
            }
            number = Some(rest.get(..digits)?.parse().ok()?);
            rest = rest.get(digits..)?;
            continue;
        }
        let letters: usize = rest.chars().take_while(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        if letters == 0 {
            rest = rest.get(first.len_utf8()..)?;
            if !matches!(first, ' ' | ',' | '.' | '\u{a0}') {
                return None;
            }
            continue;
        }
        let unit = match rest.get(..letters)? {
            "h" | "hr" | "hrs" | "hour" | "hours" => 3600,
            "m" | "min" | "mins" | "minute" | "minutes" => 60,
            "s" | "sec" | "secs" | "second" | "seconds" => 1,
            "and" if number.is_none() => {
                rest = rest.get(letters..)?;
                continue;
            }
            _ => return None,
        };
        total = total.checked_add(number.take()?.checked_mul(unit)?)?;
        any = true;
        rest = rest.get(letters..)?;
    }
    (any && number.is_none()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_in_many_spellings() {
        for (cell, unit, expected) in [
            ("192", None, Some(192)),
            ("3", Some(60), Some(180)),
            ("2.5", Some(60), Some(150)),
            ("3:12", None, Some(192)),
            ("00:03:12", None, Some(192)),
            ("1:00:00", None, Some(3600)),
            ("3m 12s", None, Some(192)),
            ("1h2m3s", None, Some(3723)),
            ("3 minutes, 12 seconds", None, Some(192)),
            ("1 hr and 2 min", None, Some(3720)),
            ("0", None, Some(0)),
            ("", None, None),
            ("3:72", None, None),
            ("1:2:3:4", None, None),
            ("12 MB", None, None),
            ("five", None, None),
            ("99999999999999999999", None, None),
            ("18446744073709551615", Some(60), None),
            ("3 4 s", None, None),
        ] {
            assert_eq!(seconds(cell, unit), expected, "{cell} {unit:?}");
        }
    }

    #[test]
    fn kinds_in_many_spellings() {
        let kind = |cells: &[&str]| {
            let found = read(cells.iter().copied());
            let mut words = match found.direction {
                Some(Direction::Sent) => "sent".to_owned(),
                Some(Direction::Received) => "received".to_owned(),
                None => String::new(),
            };
            for (is, word) in [
                (found.missed, " missed"),
                (found.declined, " declined"),
                (found.voicemail, " voicemail"),
                (found.video, " video"),
                (found.no_call, " none"),
                (found.unknown, " unknown"),
            ] {
                words.push_str(if is { word } else { "" });
            }
            words
        };
        for (cells, expected) in [
            (&["Incoming"][..], "received"),
            (&["OUTGOING CALL"], "sent"),
            (&["Missed call"], "received missed"),
            (&["Outgoing", "No answer"], "sent missed"),
            (&["Rejected"], "received declined"),
            (&["5"], "received declined"),
            (&["2"], "sent"),
            (&["In"], "received"),
            (&["No answer"], " missed"),
            (&["Outbound", "Missed"], "sent missed"),
            (&["Voice"], ""),
            (&["Incoming video call"], "received video"),
            (&["SMS"], " none"),
            (&["Data"], " none"),
            (&["Przychodzące"], " unknown"),
            (&["", "null"], ""),
        ] {
            assert_eq!(kind(cells), expected, "{cells:?}");
        }
    }
}
