//! A small scanner of XML tags for backups of telephones: no tree, bounded memory, and the place of
//! every attribute in its file. A picture is one attribute of many megabytes there, and emoji are
//! written as pairs of surrogate references, which XML forbids and these files hold.

use std::io::{self, BufRead};

/// The longest value that is kept as text, in bytes; a longer one is cut and said to be.
const LONGEST_TEXT: usize = 4 * 1024 * 1024;
/// The longest name of a tag or an attribute.
const LONGEST_NAME: usize = 256;
/// The most attributes of one tag that are looked at.
const MOST_ATTRIBUTES: usize = 256;
/// The longest reference, such as `&#x1F600;`.
const LONGEST_REFERENCE: usize = 32;

/// A tag with what it says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Tag {
    /// `sms`; empty for what is no element (comments, instructions, a document type).
    pub name: String,
    /// `</sms>`.
    pub closes: bool,
    /// `<sms …/>`: opens and closes at once.
    pub empty: bool,
    /// Its attributes, in order.
    pub attributes: Vec<(String, Value)>,
    /// Offset of its first byte.
    pub start: u64,
    /// Offset after its last byte.
    pub end: u64,
    /// Something of it was cut or is no XML.
    pub damaged: bool,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// Its words.
    Text(String),
    /// The place of its bytes, not read into memory.
    Far {
        /// Offset of the first byte.
        start: u64,
        /// How many bytes.
        length: u64,
    },
}

/// What the scanner met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Met {
    /// A tag.
    Tag(Tag),
    /// A document type: entities could be declared there. None are followed.
    DocumentType,
    /// The file ends inside a tag that begins here.
    CutOff(u64),
    /// The file ends where it should.
    End,
}

/// Takes the bytes of a far value as they pass.
pub(super) trait Far {
    /// Whether this attribute of this tag is to pass by instead of being kept as text.
    fn wants(&self, tag: &str, attribute: &str) -> bool;
    /// A byte of it, as it stands in the file.
    fn byte(&mut self, byte: u8);
    /// It has ended.
    fn ended(&mut self, start: u64, length: u64);
}

/// The scanner.
pub(super) struct Tags<R> {
    input: R,
    at: u64,
}

impl<R: BufRead> Tags<R> {
    pub(super) fn new(input: R) -> Self {
        Tags { input, at: 0 }
    }

    /// How far it has read.
    pub(super) fn position(&self) -> u64 {
        self.at
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.input.fill_buf()?.first().copied())
    }

    fn take(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        if byte.is_some() {
            self.input.consume(1);
            self.at += 1;
        }
        Ok(byte)
    }

    /// Passes over everything up to the first of `end`, which is taken too. `false`: the file ended.
    fn skip_past(&mut self, end: u8) -> io::Result<bool> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let found = buffer.iter().position(|byte| *byte == end);
            let used = found.map_or(buffer.len(), |at| at + 1);
            self.input.consume(used);
            self.at += used as u64;
            if found.is_some() {
                return Ok(true);
            }
        }
    }

    /// Passes over everything up to and with `end`, a few bytes that do not begin anew within themselves
    /// but for their first (`-->`, `]]>`, `?>`).
    fn skip_past_all(&mut self, end: &[u8]) -> io::Result<bool> {
        let mut matched = 0;
        while let Some(byte) = self.take()? {
            if byte == end[matched] {
                matched += 1;
                if matched == end.len() {
                    return Ok(true);
                }
            } else if !(matched > 0 && byte == end[matched - 1] && end[..matched].iter().all(|b| *b == byte)) {
                // `--->` still ends a comment: a run of the same byte keeps what matched.
                matched = usize::from(byte == end[0]);
            }
        }
        Ok(false)
    }

    /// The next tag; `far` is shown the values it wants.
    pub(super) fn next(&mut self, far: &mut dyn Far) -> io::Result<Met> {
        loop {
            if !self.skip_past(b'<')? {
                return Ok(Met::End);
            }
            let start = self.at - 1;
            let whole = match self.peek()? {
                None => false,
                Some(b'?') => self.skip_past_all(b"?>")?,
                Some(b'!') => {
                    self.take()?;
                    match self.peek()? {
                        Some(b'-') => self.skip_past_all(b"-->")?,
                        Some(b'[') => self.skip_past_all(b"]]>")?,
                        _ => return if self.document_type()? { Ok(Met::DocumentType) } else { Ok(Met::CutOff(start)) },
                    }
                }
                Some(_) => {
                    return Ok(match self.tag(start, far)? {
                        Some(tag) => Met::Tag(tag),
                        None => Met::CutOff(start),
                    });
                }
            };
            if !whole {
                return Ok(Met::CutOff(start));
            }
        }
    }

    /// A document type with its inner part in brackets.
    fn document_type(&mut self) -> io::Result<bool> {
        let mut inside = false;
        while let Some(byte) = self.take()? {
            match byte {
                b'[' => inside = true,
                b']' => inside = false,
                b'>' if !inside => return Ok(true),
                _ => {}
            }
        }
        Ok(false)
    }

    fn name(&mut self, damaged: &mut bool) -> io::Result<String> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek()? {
            if byte.is_ascii_whitespace() || matches!(byte, b'=' | b'/' | b'>' | b'<' | b'"' | b'\'') {
                break;
            }
            self.take()?;
            if name.len() < LONGEST_NAME {
                name.push(byte);
            } else {
                *damaged = true;
            }
        }
        Ok(String::from_utf8_lossy(&name).into_owned())
    }

    fn spaces(&mut self) -> io::Result<()> {
        while self.peek()?.is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.take()?;
        }
        Ok(())
    }

    fn tag(&mut self, start: u64, far: &mut dyn Far) -> io::Result<Option<Tag>> {
        let mut tag = Tag { start, ..Tag::default() };
        if self.peek()? == Some(b'/') {
            self.take()?;
            tag.closes = true;
        }
        tag.name = self.name(&mut tag.damaged)?;
        loop {
            self.spaces()?;
            match self.peek()? {
                None => return Ok(None),
                Some(b'>') => {
                    self.take()?;
                    tag.end = self.at;
                    return Ok(Some(tag));
                }
                Some(b'/') => {
                    self.take()?;
                    tag.empty = true;
                }
                // A new tag begins before this one has ended: what was read counts, and is said to be damaged.
                Some(b'<') => {
                    tag.damaged = true;
                    tag.end = self.at;
                    return Ok(Some(tag));
                }
                Some(b'=' | b'"' | b'\'') => {
                    self.take()?;
                    tag.damaged = true;
                }
                Some(_) => {
                    let name = self.name(&mut tag.damaged)?;
                    let Some(value) = self.value(&tag.name, &name, far, &mut tag.damaged)? else { return Ok(None) };
                    if tag.attributes.len() < MOST_ATTRIBUTES {
                        tag.attributes.push((name, value));
                    } else {
                        tag.damaged = true;
                    }
                }
            }
        }
    }

    fn value(&mut self, tag: &str, name: &str, far: &mut dyn Far, damaged: &mut bool) -> io::Result<Option<Value>> {
        self.spaces()?;
        if self.peek()? != Some(b'=') {
            *damaged = true;
            return Ok(Some(Value::Text(String::new())));
        }
        self.take()?;
        self.spaces()?;
        let quote = match self.peek()? {
            None => return Ok(None),
            Some(quote @ (b'"' | b'\'')) => quote,
            Some(_) => {
                *damaged = true;
                return Ok(Some(Value::Text(String::new())));
            }
        };
        self.take()?;
        if far.wants(tag, name) { self.far(quote, far) } else { self.text(quote, damaged) }
    }

    fn far(&mut self, quote: u8, far: &mut dyn Far) -> io::Result<Option<Value>> {
        let start = self.at;
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            let found = buffer.iter().position(|byte| *byte == quote);
            for byte in &buffer[..found.unwrap_or(buffer.len())] {
                far.byte(*byte);
            }
            let used = found.map_or(buffer.len(), |at| at + 1);
            self.input.consume(used);
            self.at += used as u64;
            if found.is_some() {
                let length = self.at - start - 1;
                far.ended(start, length);
                return Ok(Some(Value::Far { start, length }));
            }
        }
    }

    fn text(&mut self, quote: u8, damaged: &mut bool) -> io::Result<Option<Value>> {
        let mut raw = Vec::new();
        loop {
            let Some(byte) = self.take()? else { return Ok(None) };
            if byte == quote {
                break;
            }
            if raw.len() < LONGEST_TEXT {
                raw.push(byte);
            } else {
                *damaged = true;
            }
        }
        let text = String::from_utf8_lossy(&raw);
        *damaged |= matches!(text, std::borrow::Cow::Owned(_));
        Ok(Some(Value::Text(resolve(&text))))
    }
}

/// Words with their character references resolved: the five named ones, numbers, and pairs of
/// surrogates. Anything else stays as it stands: no entity is ever declared or followed.
pub(super) fn resolve(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut high: Option<u16> = None;
    while let Some(at) = rest.find('&') {
        if at > 0 {
            lone(&mut out, &mut high);
        }
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST_REFERENCE).position(|byte| byte == b';');
        let Some((reference, after)) = end.map(|end| (&rest[1..end], &rest[end + 1..])) else {
            lone(&mut out, &mut high);
            out.push('&');
            rest = &rest[1..];
            continue;
        };
        match number(reference) {
            Some(code @ 0xD800..=0xDBFF) => {
                lone(&mut out, &mut high);
                high = u16::try_from(code).ok();
            }
            Some(code @ 0xDC00..=0xDFFF) => {
                let pair = [high.take().unwrap_or_default(), u16::try_from(code).unwrap_or_default()];
                out.push(
                    char::decode_utf16(pair).next().and_then(Result::ok).filter(|_| pair[0] != 0).unwrap_or('\u{FFFD}'),
                );
            }
            code => {
                lone(&mut out, &mut high);
                match code.and_then(char::from_u32).or_else(|| named(reference)) {
                    Some(char) => out.push(char),
                    None => out.extend(["&", reference, ";"]),
                }
            }
        }
        rest = after;
    }
    if !rest.is_empty() {
        lone(&mut out, &mut high);
    }
    out.push_str(rest);
    lone(&mut out, &mut high);
    out
}

/// Half of a pair without the other half is a character that cannot be known.
fn lone(out: &mut String, high: &mut Option<u16>) {
    if high.take().is_some() {
        out.push('\u{FFFD}');
    }
}

fn number(reference: &str) -> Option<u32> {
    let digits = reference.strip_prefix('#')?;
    match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}

fn named(reference: &str) -> Option<char> {
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Far for Nothing {
        fn wants(&self, _: &str, attribute: &str) -> bool {
            attribute == "data"
        }
        fn byte(&mut self, _: u8) {}
        fn ended(&mut self, _: u64, _: u64) {}
    }

    fn all(text: &str) -> Vec<Met> {
        let mut tags = Tags::new(text.as_bytes());
        let mut met = Vec::new();
        loop {
            let next = tags.next(&mut Nothing).expect("memory can be read");
            let last = matches!(next, Met::End | Met::CutOff(_));
            met.push(next);
            if last {
                return met;
            }
        }
    }

    #[test]
    fn emoji_written_as_surrogates_come_out_whole() {
        assert_eq!(resolve("ok &#55357;&#56832;!"), "ok 😀!");
        assert_eq!(resolve("&#xD83D;&#xDE00;"), "😀");
        assert_eq!(resolve("&#55357; &#56832;"), "\u{FFFD} \u{FFFD}", "halves that are not beside each other");
        assert_eq!(resolve("&#55357;"), "\u{FFFD}");
        assert_eq!(resolve("fish &amp; chips &unknown; &"), "fish & chips &unknown; &");
        assert_eq!(resolve("a&#10;b"), "a\nb");
    }

    #[test]
    fn a_large_value_is_a_place_and_not_words() {
        let text = r#"<part ct='image/png' data="aGVsbG8=" />"#;
        let met = all(text);
        let Met::Tag(tag) = &met[0] else { panic!("{met:?}") };
        assert!(tag.empty && !tag.damaged);
        let Value::Far { start, length } = tag.attributes[1].1 else { panic!("{tag:?}") };
        assert_eq!(&text[start as usize..(start + length) as usize], "aGVsbG8=");
    }

    #[test]
    fn comments_instructions_and_types_are_passed_over() {
        let met = all("<?xml version='1.0'?><!-- <sms/> ---><!DOCTYPE a [<!ENTITY b 'c'>]><smses></smses>");
        assert!(matches!(met[0], Met::DocumentType));
        assert!(matches!(&met[1], Met::Tag(tag) if tag.name == "smses" && !tag.closes));
        assert!(matches!(&met[2], Met::Tag(tag) if tag.closes));
        assert_eq!(met[3], Met::End);
    }

    #[test]
    fn a_file_cut_off_says_where() {
        assert_eq!(all("<a/><sms body=\"half").pop(), Some(Met::CutOff(4)));
        assert_eq!(all("<!-- never").pop(), Some(Met::CutOff(0)));
    }

    #[test]
    fn a_tag_without_its_end_costs_only_itself() {
        let met = all("<sms body=\"a\" <sms body=\"b\"/>");
        assert!(matches!(&met[0], Met::Tag(tag) if tag.damaged));
        assert!(matches!(&met[1], Met::Tag(tag) if !tag.damaged));
    }
}
