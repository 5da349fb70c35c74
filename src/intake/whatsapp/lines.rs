//! The lines of a large file, with where each stands, in bounded memory.

use std::io::{self, BufRead, BufReader, Read};

/// How many bytes of one line are kept. WhatsApp's longest message has about 65,000 letters.
pub(in crate::intake) const LONGEST_LINE: usize = 1024 * 1024;

/// One line.
#[derive(Debug, Default)]
pub(in crate::intake) struct Line {
    /// Offset of its first byte.
    pub(in crate::intake) start: u64,
    /// How many bytes, with its line end.
    pub(in crate::intake) length: u64,
    /// Its bytes without the line end, at most [`LONGEST_LINE`] of them.
    pub(in crate::intake) bytes: Vec<u8>,
    /// It was longer.
    pub(in crate::intake) cut: bool,
}

impl Line {
    /// Its words; letters that are no UTF-8 become `\u{fffd}`.
    pub(in crate::intake) fn text(&self) -> std::borrow::Cow<'_, str> {
        let bytes = self.bytes.strip_suffix(b"\r").unwrap_or(&self.bytes);
        String::from_utf8_lossy(bytes)
    }
}

/// Reads line after line.
pub(in crate::intake) struct Lines<R> {
    reader: BufReader<R>,
    at: u64,
}

impl<R: Read> Lines<R> {
    pub(in crate::intake) fn new(reader: R) -> Self {
        Lines { reader: BufReader::with_capacity(64 * 1024, reader), at: 0 }
    }

    /// The next line into `line`; `false` at the end.
    pub(in crate::intake) fn next(&mut self, line: &mut Line) -> io::Result<bool> {
        line.start = self.at;
        line.bytes.clear();
        line.cut = false;
        loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break;
            }
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let content = &buffer[..end.unwrap_or(buffer.len())];
            let room = LONGEST_LINE - line.bytes.len();
            line.cut |= content.len() > room;
            line.bytes.extend_from_slice(&content[..content.len().min(room)]);
            let used = content.len() + usize::from(end.is_some());
            self.reader.consume(used);
            self.at += used as u64;
            if end.is_some() {
                break;
            }
        }
        line.length = self.at - line.start;
        Ok(line.length > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_bounded_and_their_places_hold() {
        let long = "x".repeat(LONGEST_LINE + 10);
        let text = format!("a\r\n{long}\nend");
        let mut lines = Lines::new(text.as_bytes());
        let mut line = Line::default();
        let mut found = Vec::new();
        while lines.next(&mut line).unwrap() {
            found.push((line.start, line.length, line.bytes.len(), line.cut));
        }
        let length = long.len() as u64 + 1;
        assert_eq!(found, [(0, 3, 2, false), (3, length, LONGEST_LINE, true), (3 + length, 3, 3, false)]);
    }
}
