//! A tag: its name and what its attributes say (WHATWG HTML, 13.2.5.8 and 13.2.5.32 to 40).

use std::borrow::Cow;

use super::references;

/// A start tag.
#[derive(Debug, PartialEq)]
pub(super) struct Tag<'a> {
    pub name: Name,
    /// Everything between the name and the end of the tag.
    attributes: &'a str,
}

/// The name of an element in small letters; empty if it is longer than any name we know.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Name {
    letters: [u8; 12],
    length: usize,
}

impl<'a> Tag<'a> {
    /// Reads a tag from its name on. Gives it, whether it closes itself, and what follows. No tag: it is cut off at the
    /// end of the page.
    pub(super) fn read(html: &'a str) -> (Option<Self>, bool, &'a str) {
        let length = position(html.as_bytes(), |byte| is_space(byte) || matches!(byte, b'/' | b'>'));
        let from = &html[length..];
        let mut all = Attributes { rest: from, closes_itself: false };
        loop {
            match all.step() {
                Step::Attribute(..) => {}
                Step::End => break,
                Step::CutOff => return (None, false, ""),
            }
        }
        let attributes = &from[..from.len() - all.rest.len()];
        (Some(Tag { name: Name::of(&html[..length]), attributes }), all.closes_itself, all.rest)
    }

    /// What an attribute says: the first of this name, as in a browser.
    pub(super) fn attribute(&self, wanted: &str) -> Option<Cow<'a, str>> {
        let mut all = Attributes { rest: self.attributes, closes_itself: false };
        while let Step::Attribute(name, value) = all.step() {
            if name.eq_ignore_ascii_case(wanted) {
                return Some(references::resolved_in_attribute(value));
            }
        }
        None
    }
}

impl Name {
    fn of(written: &str) -> Self {
        let mut name = Self::default();
        if let Some(letters) = name.letters.get_mut(..written.len()) {
            letters.copy_from_slice(written.as_bytes());
            letters.make_ascii_lowercase();
            name.length = written.len();
        }
        name
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.letters[..self.length]).unwrap_or_default()
    }
}

struct Attributes<'a> {
    rest: &'a str,
    closes_itself: bool,
}

enum Step<'a> {
    Attribute(&'a str, &'a str),
    End,
    CutOff,
}

impl<'a> Attributes<'a> {
    /// The next attribute, or the end of the tag (13.2.5.32 to 40).
    fn step(&mut self) -> Step<'a> {
        let bytes = self.rest.as_bytes();
        let until = |from: usize, stops: fn(u8) -> bool| from + position(&bytes[from..], stops);
        let name_at = until(0, |byte| !is_space(byte) && byte != b'/');
        match bytes.get(name_at) {
            None => return Step::CutOff,
            Some(b'>') => {
                self.closes_itself = name_at > 0 && bytes[name_at - 1] == b'/';
                self.rest = &self.rest[name_at + 1..];
                return Step::End;
            }
            Some(_) => {}
        }
        // The first letter belongs to the name whatever it is, even `=`.
        let name_end = until(name_at + 1, |byte| is_space(byte) || matches!(byte, b'/' | b'>' | b'='));
        let name = &self.rest[name_at..name_end];
        let equals = until(name_end, |byte| !is_space(byte));
        if bytes.get(equals) != Some(&b'=') {
            self.rest = &self.rest[equals..];
            return Step::Attribute(name, "");
        }
        let from = until(equals + 1, |byte| !is_space(byte));
        let (value, end) = match bytes.get(from) {
            None => return Step::CutOff,
            Some(quote @ (b'"' | b'\'')) => match memchr::memchr(*quote, &bytes[from + 1..]) {
                Some(length) => (&self.rest[from + 1..from + 1 + length], from + length + 2),
                None => return Step::CutOff,
            },
            Some(_) => {
                let end = until(from, |byte| is_space(byte) || byte == b'>');
                (&self.rest[from..end], end)
            }
        };
        self.rest = &self.rest[end..];
        Step::Attribute(name, value)
    }
}

/// White space of HTML. A no-break space is none of it.
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// The place of the first byte of this kind, or the end.
pub(super) fn position(bytes: &[u8], kind: fn(u8) -> bool) -> usize {
    bytes.iter().position(|byte| kind(*byte)).unwrap_or(bytes.len())
}
