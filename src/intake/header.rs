//! The header block of a message or part: found by ourselves, each field read by `mail-parser`.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mail_parser::parsers::MessageStream;
use mail_parser::{Address as Parsed, ContentType, HeaderValue};

use super::charset::utf8_or_windows;
use crate::model::Address;

/// More fields than any real message has; the rest is passed over, and said.
const MOST_FIELDS: usize = 2_000;
/// Longer than any real field, in bytes.
const LONGEST_FIELD: usize = 256 * 1024;

/// The fields of a block in their order, and what was wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Headers {
    fields: Vec<Field>,
    /// A field held bytes beyond ASCII that were not UTF-8.
    pub eight_bit: bool,
    /// Lines that are no fields stood among the fields.
    pub stray_lines: usize,
    /// No blank line came before the body.
    pub end_missing: bool,
    /// Fields left out because of their number or length.
    pub left_out: usize,
}

#[derive(Debug, Clone)]
struct Field {
    /// Lower case.
    name: String,
    /// As it stands, folded.
    value: String,
}

/// Finds the block at the start of `bytes`; gives it and where the body begins.
pub(super) fn split(bytes: &[u8]) -> (Headers, usize) {
    let mut headers = Headers::default();
    let mut field: Option<(String, Vec<u8>)> = None;
    let mut at = 0;
    let mut ended = false;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        let line = &bytes[at..end];
        let folded = line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t'));
        if is_blank(line) && !(folded && blank_line_folds(bytes, end)) {
            at = end;
            ended = true;
            break;
        }
        if folded && let Some((_, value)) = &mut field {
            value.extend_from_slice(line);
        } else if let Some((name, value)) = field_start(line) {
            headers.push(field.replace((name, value.to_vec())));
        } else if (field.is_some() || !headers.is_empty()) && fields_follow(bytes, end) {
            headers.stray_lines += 1;
        } else {
            break;
        }
        at = end;
    }
    headers.push(field);
    headers.end_missing = !ended && at < bytes.len();
    (headers, at)
}

impl Headers {
    fn push(&mut self, field: Option<(String, Vec<u8>)>) {
        let Some((name, value)) = field else { return };
        if self.fields.len() >= MOST_FIELDS || value.len() > LONGEST_FIELD {
            self.left_out += 1;
            return;
        }
        if let Ok(value) = std::str::from_utf8(&value)
            && value.is_ascii()
        {
            self.fields.push(Field { name, value: value.trim().to_owned() });
            return;
        }
        let (value, taken) = utf8_or_windows(&escaped_in_words(&value));
        self.eight_bit |= taken != "UTF-8";
        self.fields.push(Field { name, value: value.trim().to_owned() });
    }

    /// No field at all.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// The names of the fields, lower case.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|field| field.name.as_str())
    }

    /// The first field of this name as it stands: the first was written last, by the sender's own
    /// program or nearest to it, and other readers take it too.
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|field| field.name == name).map(|field| field.value.as_str())
    }

    /// How often the field stands there with different words.
    pub fn different(&self, name: &str) -> usize {
        let mut values: Vec<&str> =
            self.fields.iter().filter(|field| field.name == name).map(|field| field.value.as_str()).collect();
        values.sort_unstable();
        values.dedup();
        values.len()
    }

    /// The decoded words of a field of free text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.raw(name).map(decode_words)
    }

    /// The people a field names.
    pub fn addresses(&self, name: &str) -> Vec<Address> {
        let Some(raw) = self.raw(name).filter(|raw| !raw.is_empty()) else { return Vec::new() };
        let found = read(raw, |value| match value.parse_address() {
            HeaderValue::Address(list) => flatten(&list),
            _ => Vec::new(),
        });
        if found.is_empty() {
            // No address in it that could be told apart: its words are kept as a name.
            return vec![Address { name: Some(decode_words(raw)), address: None }];
        }
        found
    }

    /// The ids a field names, without their angle brackets, in its order.
    pub fn ids(&self, name: &str) -> Vec<String> {
        let Some(raw) = self.raw(name) else { return Vec::new() };
        let own = |id: &str| Some(id.trim()).filter(|id| !id.is_empty()).map(str::to_owned);
        read(raw, |value| match value.parse_id() {
            HeaderValue::Text(id) => own(&id).into_iter().collect(),
            HeaderValue::TextList(ids) => ids.iter().filter_map(|id| own(id)).collect(),
            _ => Vec::new(),
        })
    }

    /// A field of a value with attributes: Content-Type, Content-Disposition.
    pub fn content(&self, name: &str) -> Option<ContentType<'static>> {
        read(self.raw(name)?, |value| match value.parse_content_type().into_owned() {
            HeaderValue::ContentType(content) => Some(content),
            _ => None,
        })
    }
}

/// RFC 2047 words become letters, wherever they stand.
pub(super) fn decode_words(raw: &str) -> String {
    read(raw, |value| match value.parse_unstructured() {
        HeaderValue::Text(text) => text.trim().to_owned(),
        HeaderValue::TextList(texts) => texts.join(" ").trim().to_owned(),
        _ => String::new(),
    })
}

/// Letters beyond ASCII inside an RFC 2047 word, where they may not stand and do, as escapes of it: they
/// are in the word's own charset, not in that of the header.
fn escaped_in_words(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let mut in_word = false;
    for (at, byte) in value.iter().enumerate() {
        match (byte, value.get(at + 1)) {
            (b'=', Some(b'?')) => in_word = true,
            // The `?=` that ends a word is followed by white space or the end.
            (b'?', Some(b'=')) if value.get(at + 2).is_none_or(u8::is_ascii_whitespace) => in_word = false,
            _ => {}
        }
        if in_word && !byte.is_ascii() {
            out.extend_from_slice(format!("={byte:02X}").as_bytes());
        } else {
            out.push(*byte);
        }
    }
    out
}

/// Reads one value with a parser of `mail-parser`, which wants the line end behind it.
fn read<T: Default>(raw: &str, how: impl FnOnce(&mut MessageStream<'_>) -> T) -> T {
    let mut line = String::with_capacity(raw.len() + 5);
    line.extend([" ", raw, "\r\n\r\n"]);
    // The parser promises not to panic; this field is not worth the whole message if it does.
    catch_unwind(AssertUnwindSafe(|| how(&mut MessageStream::new(line.as_bytes())))).unwrap_or_default()
}

fn flatten(list: &Parsed<'_>) -> Vec<Address> {
    let one = |name: Option<&str>, address: Option<&str>| Address {
        name: name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()),
        address: address.map(|address| address.trim().to_owned()).filter(|address| !address.is_empty()),
    };
    let mut found = Vec::new();
    match list {
        Parsed::List(list) => found.extend(list.iter().map(|addr| one(addr.name(), addr.address()))),
        Parsed::Group(groups) => {
            for group in groups {
                if group.addresses.is_empty() {
                    found.push(one(group.name.as_deref(), None));
                }
                found.extend(group.addresses.iter().map(|addr| one(addr.name(), addr.address())));
            }
        }
    }
    found.retain(|address| address.name.is_some() || address.address.is_some());
    found
}

/// Just behind the line that starts at `at`.
pub(super) fn line_end(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).and_then(|rest| memchr::memchr(b'\n', rest)).map_or(bytes.len(), |length| at + length + 1)
}

pub(super) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(u8::is_ascii_whitespace)
}

/// A line of blanks ends the block, except where the value goes on behind it: some programs fold an
/// empty value so, and everything after it would be lost.
fn blank_line_folds(bytes: &[u8], next: usize) -> bool {
    let line = &bytes[next..line_end(bytes, next)];
    field_start(line).is_some_and(|(name, _)| is_known(&name))
}

/// `Name: value` at the start of a line; the indented first line of a few programs as well.
fn field_start(line: &[u8]) -> Option<(String, &[u8])> {
    let line = line.trim_ascii_start();
    let colon = line.iter().take(80).position(|byte| *byte == b':')?;
    let name = line[..colon].trim_ascii_end();
    let printable = !name.is_empty() && name.iter().all(|byte| (33..127).contains(byte));
    let name = std::str::from_utf8(name).ok().filter(|_| printable)?;
    Some((name.to_ascii_lowercase(), &line[colon + 1..]))
}

/// Whether a line that is no field only interrupts the block: a field known to us comes before the
/// next blank line.
fn fields_follow(bytes: &[u8], mut at: usize) -> bool {
    for _ in 0..20 {
        if at >= bytes.len() {
            return false;
        }
        let end = line_end(bytes, at);
        let line = &bytes[at..end];
        if is_blank(line) {
            return false;
        }
        if field_start(line).is_some_and(|(name, _)| is_known(&name)) {
            return true;
        }
        at = end;
    }
    false
}

/// Fields that only mail has. `Subject` and the like alone could be a form somebody filled in.
pub(super) fn is_known(name: &str) -> bool {
    const KNOWN: [&str; 22] = [
        "from",
        "to",
        "cc",
        "bcc",
        "date",
        "subject",
        "sender",
        "reply-to",
        "message-id",
        "in-reply-to",
        "references",
        "received",
        "return-path",
        "delivered-to",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
        "dkim-signature",
        "x-mailer",
        "x-gm-thrid",
        "thread-index",
    ];
    KNOWN.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks() {
        let (headers, body) = split(b"From: a@example.com\r\nSubject: one\r\n two\r\n\r\nHello");
        assert_eq!((headers.text("subject").as_deref(), body), (Some("one two"), 43));
        let (headers, body) = split(b"Subject: x\nHello: there\nnot a field\nmore\n");
        assert_eq!((headers.names().count(), body, headers.end_missing), (2, 24, true));
        let (headers, _) = split(b"Subject: x\na stray line\nFrom: a@example.com\n\nHello");
        assert_eq!((headers.stray_lines, headers.addresses("from").len()), (1, 1));
    }

    #[test]
    fn people() {
        let (headers, _) = split(
            b"From: =?utf-8?Q?Se=C3=A1n?= Reed <sean@example.com>\nTo: undisclosed-recipients:;\nCc: nobody in particular\n\n",
        );
        let from = headers.addresses("from");
        assert_eq!(
            (from[0].name.as_deref(), from[0].address.as_deref()),
            (Some("Seán Reed"), Some("sean@example.com"))
        );
        assert_eq!(headers.addresses("to")[0].name.as_deref(), Some("undisclosed-recipients"));
        assert_eq!(headers.addresses("cc").len(), 1);
    }

    #[test]
    fn raw_letters_in_an_encoded_word_are_in_its_charset() {
        let (headers, _) = split(b"Subject: =?iso-8859-1?Q?caf\xe9?=\nFrom: caf\xe9 <a@example.com>\n\n");
        assert_eq!(headers.text("subject").as_deref(), Some("café"));
        assert_eq!(headers.addresses("from")[0].name.as_deref(), Some("café"));
    }

    #[test]
    fn the_first_of_two_is_taken() {
        let (headers, _) = split(b"Subject: first\nSubject: second\n\n");
        assert_eq!((headers.text("subject").as_deref(), headers.different("subject")), (Some("first"), 2));
    }
}
