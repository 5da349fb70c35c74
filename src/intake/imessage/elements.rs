//! The elements of a web page that a program wrote, with where each stands, without a tree and in bounded memory.

use std::io::{self, BufRead, BufReader, Read};

/// How many bytes between two elements are kept.
const LONGEST_WORDS: usize = 4 * 1024 * 1024;
/// How many bytes of one element are kept; pictures written into a page are longer.
const LONGEST_TAG: usize = 64 * 1024;

/// What was met.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Met {
    /// Words, their references resolved.
    Words(String),
    /// An element begins.
    Open(Element),
    /// An element of this name ends; the number is the offset behind it.
    Close(String, u64),
    /// The end of the file.
    End,
}

/// The beginning of an element.
#[derive(Debug, PartialEq, Eq, Default)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// Offset of its `<`.
    pub(super) start: u64,
}

impl Element {
    /// An attribute's words.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether it is of this class.
    pub(super) fn is(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split_whitespace().any(|one| one.eq_ignore_ascii_case(class)))
    }

    /// Whether it has no end of its own.
    pub(super) fn is_void(&self) -> bool {
        matches!(
            self.name.as_str(),
            "br" | "img" | "hr" | "meta" | "link" | "input" | "source" | "wbr" | "area" | "col"
        )
    }
}

/// Reads element after element.
pub(super) struct Elements<R> {
    reader: BufReader<R>,
    /// The offset behind what was met last.
    pub(super) at: u64,
    /// Inside an element whose content is no words: its name.
    raw: Option<&'static str>,
    /// More bytes stood between two elements than are kept.
    pub(super) cut: bool,
}

impl<R: Read> Elements<R> {
    pub(super) fn new(reader: R) -> Self {
        Elements { reader: BufReader::with_capacity(64 * 1024, reader), at: 0, raw: None, cut: false }
    }

    /// What comes next.
    pub(super) fn next(&mut self) -> io::Result<Met> {
        loop {
            let Some(byte) = self.peek()? else { return Ok(Met::End) };
            if byte != b'<' {
                let words = self.until(b'<', LONGEST_WORDS)?;
                if self.raw.is_none() {
                    return Ok(Met::Words(resolved(&String::from_utf8_lossy(&words))));
                }
                continue;
            }
            let start = self.at;
            let (tag, closed) = self.tag()?;
            if let Some(raw) = self.raw {
                if tag.get(1..).is_some_and(|rest| rest.trim_end().eq_ignore_ascii_case(raw)) && tag.starts_with('/') {
                    self.raw = None;
                }
                continue;
            }
            if let Some(name) = tag.strip_prefix('/') {
                let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
                return Ok(Met::Close(name.to_ascii_lowercase(), self.at));
            }
            if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
                // A declaration or a comment; or a `<` somebody's program did not write as it should.
                if tag.starts_with(['!', '?']) {
                    continue;
                }
                return Ok(Met::Words(resolved(&format!("<{tag}{}", if closed { ">" } else { "" }))));
            }
            let element = element(&tag, start);
            self.raw = ["style", "script", "title"].into_iter().find(|raw| *raw == element.name);
            return Ok(Met::Open(element));
        }
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.reader.fill_buf() {
                Ok(buffer) => return Ok(buffer.first().copied()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn take(&mut self) -> io::Result<Option<u8>> {
        let byte = self.peek()?;
        if byte.is_some() {
            self.reader.consume(1);
            self.at += 1;
        }
        Ok(byte)
    }

    /// The bytes before the next `end`, at most so many of them.
    fn until(&mut self, end: u8, most: usize) -> io::Result<Vec<u8>> {
        let mut kept = Vec::new();
        loop {
            if self.peek()?.is_none() {
                return Ok(kept);
            }
            let buffer = self.reader.buffer();
            let length = memchr::memchr(end, buffer).unwrap_or(buffer.len());
            let room = most - kept.len();
            kept.extend_from_slice(&buffer[..length.min(room)]);
            self.cut |= length > room;
            let found = length < buffer.len();
            self.reader.consume(length);
            self.at += length as u64;
            if found {
                return Ok(kept);
            }
        }
    }

    /// What stands between `<` and its `>`, and whether that is there. A `>` in quotes does not count; outside them a
    /// `<` ends it too, but for comments.
    fn tag(&mut self) -> io::Result<(String, bool)> {
        let mut kept = Vec::new();
        let mut quote: Option<u8> = None;
        let mut closed = false;
        self.take()?;
        while let Some(byte) = self.peek()? {
            let comment = kept.starts_with(b"!--");
            if quote.is_none() && byte == b'<' && !comment {
                break;
            }
            self.take()?;
            match quote {
                None if byte == b'>' && (!comment || kept.ends_with(b"--")) => {
                    closed = true;
                    break;
                }
                None if !comment && matches!(byte, b'"' | b'\'') && kept.last() == Some(&b'=') => quote = Some(byte),
                Some(open) if open == byte => quote = None,
                _ => {}
            }
            if kept.len() < LONGEST_TAG {
                kept.push(byte);
            } else if comment {
                // Only its last two bytes tell where it ends.
                kept.truncate(3);
                kept.push(byte);
            } else if quote.is_some() {
                // A quote without its end costs this element, not the file.
                self.cut = true;
                self.until(b'>', 0)?;
                self.take()?;
                break;
            }
        }
        Ok((String::from_utf8_lossy(&kept).into_owned(), closed))
    }
}

fn element(tag: &str, start: u64) -> Element {
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
    let mut rest = &tag[name.len()..];
    let mut attributes = Vec::new();
    while attributes.len() < 50 {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let Some(length) =
            rest.find(|c: char| c.is_whitespace() || c == '=').or((!rest.is_empty()).then_some(rest.len()))
        else {
            break;
        };
        let key = rest[..length].to_ascii_lowercase();
        let after = rest[length..].trim_start();
        let Some(after) = after.strip_prefix('=').map(str::trim_start) else {
            rest = if length == 0 { rest.get(1..).unwrap_or_default() } else { &rest[length..] };
            continue;
        };
        let (value, left) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        attributes.push((key, resolved(value)));
        rest = left;
    }
    Element { name: name.to_ascii_lowercase(), attributes, start }
}

/// The references that such pages have; anything else stays as it stands.
fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(12).position(|byte| byte == b';');
        let found = end.and_then(|end| Some((letter(&rest[1..end])?, end)));
        let (letter, used) = found.map_or(('&', 1), |(letter, end)| (letter, end + 1));
        out.push(letter);
        rest = &rest[used..];
    }
    out.push_str(rest);
    out
}

fn letter(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|letter| *letter != '\0');
    }
    Some(match reference {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(page: &str) -> Vec<String> {
        let mut elements = Elements::new(page.as_bytes());
        let mut found = Vec::new();
        loop {
            found.push(match elements.next().unwrap() {
                Met::End => return found,
                Met::Words(words) => words,
                Met::Open(element) => format!("<{} {:?} @{}>", element.name, element.attributes, element.start),
                Met::Close(name, at) => format!("</{name} @{at}>"),
            });
        }
    }

    #[test]
    fn elements_and_words() {
        let page =
            "<p class=\"a b\">x &lt;y&gt; &amp;amp; &#x1F600;&copy;</P><!-- > no --><br/>1 < 2<style>p > a { }</style>";
        let expected = [
            "<p [(\"class\", \"a b\")] @0>",
            "x <y> &amp; \u{1F600}&copy;",
            "</p @56>",
            "<br [] @69>",
            "1 ",
            "< 2",
            "<style [] @79>",
        ];
        assert_eq!(all(page), expected);
    }

    #[test]
    fn what_old_pages_write_wrongly() {
        // The end of the element before it is missing.
        let page = "<audio controls src=\"a.caf\" type=\"x\" </audio><a href=\"x>y\">z</a>";
        let found = all(page);
        assert!(found[0].starts_with("<audio") && found[0].contains("a.caf"), "{found:?}");
        assert_eq!(found[1], "</audio @45>");
        assert!(found[2].contains("x>y"), "{found:?}");
    }

    #[test]
    fn a_quote_without_end_is_bounded() {
        let page = format!("<img src=\"{}", "x".repeat(LONGEST_TAG * 2));
        let page = format!("{page}>after");
        let found = all(&page);
        assert_eq!((found.len(), found[1].as_str()), (2, "after"));
    }
}
