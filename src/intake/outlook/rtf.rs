//! Words out of rich text, as Outlook keeps them when it keeps nothing else. Where the rich text only
//! wraps a web page ([MS-OXRTFEX]) the page comes out, else the plain words.

use super::codepage;

/// What comes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unwrapped {
    /// Plain words.
    Text(String),
    /// A web page.
    Html(String),
}

/// Groups inside one another deeper than this are read as if they were not there.
const MAX_DEPTH: usize = 500;
/// The most characters that come out.
const LONGEST: usize = 32 * 1024 * 1024;

/// What holds within a group.
#[derive(Debug, Clone, Copy)]
struct Group {
    /// Its words are no words of the message (tables of fonts, pictures).
    aside: bool,
    /// Its words are a piece of the web page.
    tag: bool,
    /// Words that stand only in the rich form are passed over.
    rich_only: bool,
    /// How many characters stand for a letter that follows in Unicode.
    skip: usize,
}

struct Reading<'a> {
    rest: &'a [u8],
    groups: Vec<Group>,
    now: Group,
    html: bool,
    page: u32,
    out: String,
    /// Bytes of the code page, not yet letters.
    bytes: Vec<u8>,
    /// Characters to be passed over after a letter in Unicode.
    passing: usize,
    high: Option<u16>,
    too_deep: usize,
}

/// Reads rich text.
pub(super) fn unwrap(rtf: &[u8]) -> Unwrapped {
    let head = &rtf[..rtf.len().min(4096)];
    let html = head.windows(9).any(|window| window == b"\\fromhtml");
    let mut reading = Reading {
        rest: rtf,
        groups: Vec::new(),
        now: Group { aside: false, tag: false, rich_only: false, skip: 1 },
        html,
        page: 1252,
        out: String::new(),
        bytes: Vec::new(),
        passing: 0,
        high: None,
        too_deep: 0,
    };
    while !reading.rest.is_empty() && reading.out.len() < LONGEST {
        reading.step();
    }
    reading.letters();
    if html { Unwrapped::Html(reading.out) } else { Unwrapped::Text(reading.out.trim().to_owned()) }
}

impl Reading<'_> {
    fn step(&mut self) {
        let Some((&byte, after)) = self.rest.split_first() else { return };
        match byte {
            b'{' => {
                self.rest = after;
                if self.groups.len() < MAX_DEPTH { self.groups.push(self.now) } else { self.too_deep += 1 }
            }
            b'}' => {
                self.letters();
                self.rest = after;
                if self.too_deep > 0 {
                    self.too_deep -= 1;
                } else if let Some(before) = self.groups.pop() {
                    self.now = before;
                }
            }
            b'\\' => {
                self.rest = after;
                self.control();
            }
            b'\r' | b'\n' => self.rest = after,
            byte => {
                self.rest = after;
                self.byte(byte);
            }
        }
    }

    fn control(&mut self) {
        let Some((&first, after)) = self.rest.split_first() else { return };
        if !first.is_ascii_alphabetic() {
            self.rest = after;
            match first {
                b'\'' => {
                    let hex = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
                    if let Some(byte) = hex.and_then(|two| u8::from_str_radix(two, 16).ok()) {
                        self.rest = &after[2..];
                        self.byte(byte);
                    }
                }
                b'~' => self.words("\u{a0}"),
                b'_' => self.words("\u{2011}"),
                b'*' => self.now.aside = true,
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.words("\n"),
                _ => {}
            }
            return;
        }
        let length = self.rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let (word, rest) = self.rest.split_at(length);
        let digits =
            rest.iter().take(11).enumerate().take_while(|(i, b)| b.is_ascii_digit() || (*i == 0 && **b == b'-'));
        let digits = digits.count();
        let number = std::str::from_utf8(&rest[..digits]).ok().and_then(|digits| digits.parse::<i64>().ok());
        self.rest = &rest[digits..];
        if let Some((b' ', after)) = self.rest.split_first() {
            self.rest = after;
        }
        let word = word.to_vec();
        self.word(&word, number);
    }

    fn word(&mut self, word: &[u8], number: Option<i64>) {
        match word {
            b"ansicpg" => self.page = number.and_then(|page| u32::try_from(page).ok()).unwrap_or(1252),
            b"uc" => self.now.skip = number.and_then(|skip| usize::try_from(skip).ok()).unwrap_or(1).min(8),
            b"u" => {
                self.letters();
                // Written as a signed number of sixteen bits.
                let unit = (number.unwrap_or(0) & 0xFFFF) as u16;
                self.unit(unit);
                self.passing = self.now.skip;
            }
            b"htmltag" => {
                self.now.aside = !self.html;
                self.now.tag = true;
            }
            b"htmlrtf" => {
                self.letters();
                self.now.rich_only = number != Some(0);
            }
            b"mhtmltag" | b"fonttbl" | b"colortbl" | b"stylesheet" | b"pict" | b"info" | b"object" | b"header"
            | b"footer" | b"fldinst" | b"listtable" | b"listoverridetable" | b"generator" | b"themedata"
            | b"datastore" => self.now.aside = true,
            b"par" | b"line" | b"row" | b"sect" | b"page" => self.words("\n"),
            b"tab" | b"cell" => self.words("\t"),
            b"lquote" => self.words("‘"),
            b"rquote" => self.words("’"),
            b"ldblquote" => self.words("“"),
            b"rdblquote" => self.words("”"),
            b"bullet" => self.words("•"),
            b"endash" => self.words("–"),
            b"emdash" => self.words("—"),
            b"bin" => {
                let length = number.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
                self.rest = &self.rest[length.min(self.rest.len())..];
            }
            _ => {}
        }
    }

    fn shown(&self) -> bool {
        let within = if self.html { self.now.tag || !self.now.rich_only } else { true };
        within && !self.now.aside
    }

    fn byte(&mut self, byte: u8) {
        if self.passing > 0 {
            self.passing -= 1;
        } else if self.shown() {
            self.bytes.push(byte);
        }
    }

    fn words(&mut self, words: &str) {
        self.letters();
        if self.shown() {
            self.out.push_str(words);
        }
    }

    fn unit(&mut self, unit: u16) {
        if !self.shown() {
            return;
        }
        match (self.high.take(), unit) {
            (None, 0xD800..=0xDBFF) => self.high = Some(unit),
            (high, unit) => {
                let units: Vec<u16> = high.into_iter().chain([unit]).collect();
                self.out.extend(char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')));
            }
        }
    }

    /// The bytes collected become letters.
    fn letters(&mut self) {
        if !self.bytes.is_empty() {
            let bytes = std::mem::take(&mut self.bytes);
            self.out.push_str(&codepage::decode(&bytes, &[self.page]).0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words() {
        let rtf = br"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\pard Caf\'e9 at five.\par \u8211- and \u-10179?\u-8704? {\*\generator x}end}";
        assert_eq!(unwrap(rtf), Unwrapped::Text("Café at five.\n– and 😀 end".to_owned()));
    }

    #[test]
    fn a_page_in_disguise() {
        let rtf = br"{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\*\htmltag19 <html>}{\*\htmltag34 <p>}\htmlrtf {\htmlrtf0 Not today\htmlrtf\par}\htmlrtf0{\*\htmltag42 </p>}{\*\htmltag27 </html>}}";
        assert_eq!(unwrap(rtf), Unwrapped::Html("<html><p>Not today</p></html>".to_owned()));
    }

    #[test]
    fn damage_ends_and_does_not_hurt() {
        let mut deep = vec![b'{'; 100_000];
        deep.extend(b"\\u");
        for rtf in [&b"{\\rtf1 \\'"[..], b"\\", b"{\\bin99999999999 x", &deep, b"}}}}", b"\\uc99999\\u-1"] {
            let _ = unwrap(rtf);
        }
    }
}
