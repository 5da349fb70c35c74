//! Large JSON exports, one message at a time: where each element of a `messages` array stands, and all that
//! stands around those arrays. Nothing is held but one message and the frame.

use std::io::{self, BufRead, BufReader, Read};

/// The largest message, and the largest frame, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// How deep the frame may nest before its keys are no longer followed.
const DEEPEST: usize = 200;

/// One element of a `messages` array.
pub(super) struct Item<'a> {
    /// Which of the file's `messages` arrays, from 0.
    pub(super) array: usize,
    /// Offset of its first byte.
    pub(super) start: u64,
    /// How many bytes.
    pub(super) length: u64,
    /// Its bytes. Empty: it is too large.
    pub(super) bytes: &'a [u8],
}

/// What was found besides.
pub(super) struct Frame {
    /// The JSON with its `messages` arrays emptied.
    pub(super) text: Vec<u8>,
    /// The file ends before its JSON does, or nests deeper than is followed.
    pub(super) damaged: bool,
}

/// Goes through the file once.
pub(super) fn scan(reader: impl Read, mut take: impl FnMut(&Item<'_>) -> io::Result<()>) -> io::Result<Frame> {
    let mut reader = BufReader::with_capacity(64 * 1024, reader);
    let mut walk = Walk::default();
    let mut at = 0_u64;
    loop {
        let buffer = match reader.fill_buf() {
            Ok(buffer) => buffer,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if buffer.is_empty() {
            break;
        }
        let count = buffer.len();
        for byte in buffer {
            if walk.byte(*byte, at) {
                let large = walk.item.len() > LARGEST;
                let bytes = if large { &[][..] } else { &walk.item };
                take(&Item {
                    array: walk.arrays.saturating_sub(1),
                    start: walk.start,
                    length: at + 1 - walk.start,
                    bytes,
                })?;
                walk.item.clear();
            }
            at += 1;
        }
        reader.consume(count);
    }
    let damaged = walk.too_deep || walk.in_string || !walk.open.is_empty() || walk.frame.len() >= LARGEST;
    Ok(Frame { text: walk.frame, damaged })
}

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "where the walk stands, each on its own")]
struct Walk {
    open: Vec<u8>,
    in_string: bool,
    escaped: bool,
    string: Vec<u8>,
    key_is_messages: bool,
    /// How many brackets are open inside a `messages` array, its own counted.
    messages: Option<usize>,
    arrays: usize,
    in_item: bool,
    start: u64,
    item: Vec<u8>,
    frame: Vec<u8>,
    too_deep: bool,
}

impl Walk {
    /// Takes a byte; `true`: it ended an item.
    fn byte(&mut self, byte: u8, at: u64) -> bool {
        if self.in_string {
            self.in_the_string(byte);
            self.keep(byte);
            return false;
        }
        match byte {
            b'"' => {
                self.in_string = true;
                self.string.clear();
                self.keep(byte);
            }
            b':' => {
                self.key_is_messages = self.string == b"messages";
                self.keep(byte);
            }
            b'{' | b'[' => {
                let messages = byte == b'[' && self.key_is_messages && self.messages.is_none();
                if byte == b'{' && !self.in_item && self.messages == Some(self.open.len()) {
                    self.in_item = true;
                    self.start = at;
                    self.item.clear();
                }
                if self.open.len() >= DEEPEST {
                    self.too_deep = true;
                }
                self.keep(byte);
                self.open.push(byte);
                if messages {
                    self.messages = Some(self.open.len());
                    self.arrays += 1;
                }
                self.key_is_messages = false;
            }
            b'}' | b']' => {
                let ends_array = self.messages == Some(self.open.len());
                if ends_array {
                    self.messages = None;
                }
                self.open.pop();
                self.keep(byte);
                self.key_is_messages = false;
                if self.in_item && self.messages == Some(self.open.len()) {
                    self.in_item = false;
                    return true;
                }
            }
            b',' => {
                self.key_is_messages = false;
                self.string.clear();
                self.keep(byte);
            }
            _ => self.keep(byte),
        }
        false
    }

    fn in_the_string(&mut self, byte: u8) {
        if self.escaped {
            self.escaped = false;
        } else if byte == b'\\' {
            self.escaped = true;
        } else if byte == b'"' {
            self.in_string = false;
            return;
        }
        if self.string.len() < 32 {
            self.string.push(byte);
        }
    }

    fn keep(&mut self, byte: u8) {
        let into = if self.in_item {
            &mut self.item
        } else if self.messages.is_none() {
            &mut self.frame
        } else {
            return;
        };
        if into.len() <= LARGEST {
            into.push(byte);
        }
    }
}

/// Text that was written as UTF-8 and exported letter by letter as if each byte were one: put right, or `None`
/// where nothing is to be put right. Only where every letter can be such a byte and the bytes are UTF-8.
pub(super) fn repaired(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|letter| u8::try_from(u32::from(letter)).ok()).collect();
    String::from_utf8(bytes?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_and_the_frame_around_them() {
        let json =
            br#"{"name":"a","messages":[{"text":"}]\"{","list":[{"messages":[1]}]}, {"b":2}],"x":[{"messages":[{}]}]}"#;
        let mut found = Vec::new();
        let frame = scan(&json[..], |item| {
            assert_eq!(&json[item.start as usize..(item.start + item.length) as usize], item.bytes);
            found.push((item.array, String::from_utf8(item.bytes.to_vec()).unwrap()));
            Ok(())
        })
        .unwrap();
        let items: Vec<(usize, &str)> = found.iter().map(|(array, item)| (*array, item.as_str())).collect();
        assert_eq!(items, [(0, r#"{"text":"}]\"{","list":[{"messages":[1]}]}"#), (0, r#"{"b":2}"#), (1, "{}")]);
        assert_eq!(String::from_utf8(frame.text).unwrap(), r#"{"name":"a","messages":[],"x":[{"messages":[]}]}"#);
        assert!(!frame.damaged);
        assert!(scan(&json[..50], |_| Ok(())).unwrap().damaged);
    }

    #[test]
    fn letters_are_put_right_only_where_they_are_wrong() {
        assert_eq!(repaired("caf\u{c3}\u{a9}").as_deref(), Some("café"));
        assert_eq!(repaired("\u{f0}\u{9f}\u{98}\u{80}").as_deref(), Some("😀"));
        for right in ["plain", "café", "“quoted”", "😀", "caf\u{c3}\u{a9} “"] {
            assert_eq!(repaired(right), None, "{right}");
        }
    }
}
