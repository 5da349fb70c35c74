//! The beginning of a message in an exported chat: its stamp, in one of three forms, then the rest.

use crate::intake::date_order::{Shape, Year};

/// Which of the three forms a header has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// `[18/09/2026, 17:04:05] Sam: words` (iPhone).
    Bracket,
    /// `18/09/2026, 17:04 - Sam: words` (Android).
    Dash,
    /// `13.06.18 21.25.15: Sam: words` (old iPhones).
    Old,
}

/// What all headers of one export have in common. A line of another form is a line somebody quoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Form {
    pub(super) kind: Kind,
    pub(super) twelve: bool,
    pub(super) seconds: bool,
    pub(super) comma: bool,
    pub(super) between: char,
    pub(super) year: Year,
}

impl Form {
    /// How its dates are written.
    pub(super) fn shape(self) -> Shape {
        Shape { between: self.between, twelve: self.twelve, year: self.year, either_way: false }
    }
}

/// A header and what follows it on its line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header<'a> {
    pub(super) form: Form,
    /// The three numbers of the date, as they stand.
    pub(super) numbers: [u16; 3],
    /// Written as Americans do: `AM` or `PM` in capitals, and a day or month without its nought.
    pub(super) american: bool,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: Option<u32>,
    /// Date and time exactly as exported.
    pub(super) stamp: &'a str,
    /// Behind the header, exactly as exported.
    pub(super) rest: &'a str,
}

impl Header<'_> {
    pub(super) fn seconds_of_day(&self) -> u32 {
        self.hour * 3600 + self.minute * 60 + self.second.unwrap_or(0)
    }
}

/// Characters that only steer the direction of writing, or mark the beginning of a file. They are passed
/// over in matching; what is stored is decided elsewhere.
pub(in crate::intake) fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Western, Arabic and Urdu figures.
fn figure(letter: char) -> Option<u32> {
    letter.to_digit(10).or_else(|| {
        let code = u32::from(letter);
        match letter {
            '\u{660}'..='\u{669}' => Some(code - 0x660),
            '\u{6f0}'..='\u{6f9}' => Some(code - 0x6f0),
            _ => None,
        }
    })
}

struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.line.get(self.at..)?.chars().next()
    }

    fn marks(&mut self) {
        while let Some(letter) = self.peek().filter(|letter| is_mark(*letter)) {
            self.at += letter.len_utf8();
        }
    }

    fn take(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        self.marks();
        let letter = self.peek().filter(|letter| wanted(*letter))?;
        self.at += letter.len_utf8();
        Some(letter)
    }

    fn spaces(&mut self) -> bool {
        let mut any = false;
        while self.take(is_space).is_some() {
            any = true;
        }
        any
    }

    /// A number of at most `most` figures, and how many it has.
    fn number(&mut self, most: usize) -> Option<(u32, usize)> {
        let (mut number, mut width) = (0, 0);
        while let Some(digit) = self.take(|letter| figure(letter).is_some()).and_then(figure) {
            width += 1;
            if width > most {
                return None;
            }
            number = number * 10 + digit;
        }
        (width > 0).then_some((number, width))
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.line.get(self.at..).is_some_and(|rest| rest.starts_with(word));
        if found {
            self.at += word.len();
        }
        found
    }
}

/// The header a line begins with, if it does.
pub(super) fn read(line: &str) -> Option<Header<'_>> {
    let mut cursor = Cursor { line, at: 0 };
    cursor.marks();
    // Most lines of a chat are refused here.
    let bracket = match cursor.peek()? {
        '[' => cursor.take(|letter| letter == '[').is_some(),
        letter if figure(letter).is_some() => false,
        _ => return None,
    };
    cursor.marks();
    let start = cursor.at;
    let (first, first_width) = cursor.number(4)?;
    let between = cursor.take(|letter| matches!(letter, '/' | '.' | '-'))?;
    cursor.take(|letter| letter == ' ');
    let (second, second_width) = cursor.number(2)?;
    cursor.take(|letter| letter == between)?;
    cursor.take(|letter| letter == ' ');
    let (third, third_width) = cursor.number(4)?;
    let year = match (first_width, third_width) {
        (4, 1 | 2) => Year::First,
        (1 | 2, 4) => Year::LastFour,
        (1 | 2, 2) => Year::LastTwo,
        _ => return None,
    };
    cursor.take(|letter| letter == '.' && between == '.');
    let comma = cursor.take(|letter| matches!(letter, ',' | '\u{60c}')).is_some();
    if !cursor.spaces() {
        return None;
    }
    for word in ["um ", "klo ", "kl. ", "at "] {
        if cursor.word(word) {
            break;
        }
    }
    let (hour, _) = cursor.number(2)?;
    let colon = cursor.take(|letter| matches!(letter, ':' | '.'))?;
    let minute = two(&mut cursor)?;
    let before = cursor.at;
    let seconds = match cursor.take(|letter| letter == colon).map(|_| two(&mut cursor)) {
        Some(Some(seconds)) => Some(seconds),
        Some(None) => {
            cursor.at = before;
            None
        }
        None => None,
    };
    let mut end = cursor.at;
    let half = half(&mut cursor);
    match half {
        Some(_) => end = cursor.at,
        None => cursor.at = end,
    }
    let stamp = line.get(start..end)?;
    let kind = ending(&mut cursor, bracket, seconds.is_some())?;
    let rest = line.get(cursor.at..)?;
    if kind == Kind::Old && !rest.contains(": ") {
        return None;
    }
    let hour = match half {
        Some((_, _)) if hour > 12 => return None,
        Some((true, _)) => hour % 12 + 12,
        Some((false, _)) => hour % 12,
        None => hour,
    };
    let days = if year == Year::First { [second, third] } else { [first, second] };
    if hour > 23
        || minute > 59
        || seconds.is_some_and(|second| second > 59)
        || !days.iter().all(|n| (1..=31).contains(n))
    {
        return None;
    }
    let widths = if year == Year::First { [second_width, third_width] } else { [first_width, second_width] };
    let american = widths.contains(&1) && half.is_some_and(|(_, upper)| upper);
    let form = Form { kind, twelve: half.is_some(), seconds: seconds.is_some(), comma, between, year };
    let numbers = [first, second, third].map(|number| u16::try_from(number).unwrap_or(u16::MAX));
    Some(Header { form, numbers, american, hour, minute, second: seconds, stamp, rest })
}

fn two(cursor: &mut Cursor<'_>) -> Option<u32> {
    cursor.number(2).filter(|(_, width)| *width == 2).map(|(number, _)| number)
}

/// `am`, `p.m.`, `a. m.`: whether it is afternoon, and whether in capitals.
fn half(cursor: &mut Cursor<'_>) -> Option<(bool, bool)> {
    cursor.take(is_space);
    let letter = cursor.take(|letter| matches!(letter, 'a' | 'p' | 'A' | 'P'))?;
    cursor.take(|letter| letter == '.');
    cursor.take(is_space);
    cursor.take(|letter| matches!(letter, 'm' | 'M'))?;
    cursor.take(|letter| letter == '.');
    Some((matches!(letter, 'p' | 'P'), letter.is_ascii_uppercase()))
}

/// What ends the header: `] `, ` - `, or for the oldest form `: `.
fn ending(cursor: &mut Cursor<'_>, bracket: bool, seconds: bool) -> Option<Kind> {
    if bracket {
        cursor.take(|letter| letter == ']')?;
        // The marks behind the space belong to the words.
        if cursor.peek().is_some() {
            cursor.take(is_space)?;
        }
        return Some(Kind::Bracket);
    }
    let old = cursor.at;
    if cursor.take(is_space).is_some() && cursor.take(|letter| matches!(letter, '-' | '–')).is_some() {
        if cursor.peek().is_some() {
            cursor.take(is_space)?;
        }
        return Some(Kind::Dash);
    }
    cursor.at = old;
    cursor.take(|letter| letter == ':')?;
    cursor.take(is_space)?;
    seconds.then_some(Kind::Old)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_many_phones() {
        for (line, stamp, numbers, clock, rest) in [
            ("[18/09/2026, 17:04:05] Sam: Hi", "18/09/2026, 17:04:05", [18, 9, 2026], (17, 4), "Sam: Hi"),
            (
                "\u{200e}[18/09/2026, 5:04:05\u{202f}pm] Sam: \u{200e}image omitted",
                "18/09/2026, 5:04:05\u{202f}pm",
                [18, 9, 2026],
                (17, 4),
                "Sam: \u{200e}image omitted",
            ),
            ("18/09/2026, 17:04 - Sam: Hi", "18/09/2026, 17:04", [18, 9, 2026], (17, 4), "Sam: Hi"),
            ("9/18/26, 12:04 AM - Sam: Hi", "9/18/26, 12:04 AM", [9, 18, 26], (0, 4), "Sam: Hi"),
            ("18.09.26, 17:04 – Sam: Hi", "18.09.26, 17:04", [18, 9, 26], (17, 4), "Sam: Hi"),
            ("2026-09-18 17:04 - Sam: Hi", "2026-09-18 17:04", [2026, 9, 18], (17, 4), "Sam: Hi"),
            ("18. 9. 2026 17:04 - Sam: Hi", "18. 9. 2026 17:04", [18, 9, 2026], (17, 4), "Sam: Hi"),
            ("18.9.2026 klo 17.04 - Sam: Hi", "18.9.2026 klo 17.04", [18, 9, 2026], (17, 4), "Sam: Hi"),
            ("18.09.26 um 17:04 - Sam: Hi", "18.09.26 um 17:04", [18, 9, 26], (17, 4), "Sam: Hi"),
            ("01/20/2019, 08:49 p. m. - Sam: Hi", "01/20/2019, 08:49 p. m.", [1, 20, 2019], (20, 49), "Sam: Hi"),
            ("13.06.18 21.25.15: a: m", "13.06.18 21.25.15", [13, 6, 18], (21, 25), "a: m"),
            ("۱۸/۰۹/۲۰۲۶, ۱۷:۰۴ - Sam: Hi", "۱۸/۰۹/۲۰۲۶, ۱۷:۰۴", [18, 9, 2026], (17, 4), "Sam: Hi"),
        ] {
            let header = read(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(
                (header.stamp, header.numbers, (header.hour, header.minute), header.rest),
                (stamp, numbers, clock, rest),
                "{line}"
            );
        }
    }

    #[test]
    fn lines_that_only_look_alike() {
        for line in [
            "",
            "Hello",
            "18/09/2026",
            "18/09/2026 is the day",
            "17:04 - Sam: Hi",
            "[18/09, 17:04] Sam: Hi",
            "[18/09/2026] Sam: Hi",
            "18/09/2026, 17:04 Sam: Hi",
            "45/09/2026, 17:04 - Sam: Hi",
            "18/09/2026, 25:04 - Sam: Hi",
            "1.2.3 4:55",
            "192.168.0.1 10:30:00 - up",
            "[x] Sam: Hi",
            "18/09/2026, 17:4 - Sam: Hi",
            "18/9-2026, 17:04 - Sam: Hi",
        ] {
            assert!(read(line).is_none(), "{line}");
        }
    }
}
