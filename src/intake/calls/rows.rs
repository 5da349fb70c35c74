//! The rows of a table in a text file, with where each stands, in bounded memory.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

use crate::intake::charset::utf8_or_windows;

/// How many bytes of one line are kept. A call is told in a few dozen.
const LONGEST_LINE: usize = 64 * 1024;
/// Over how many lines a cell in quotes may go.
const MOST_LINES: usize = 20;
/// The most cells of a row.
const MOST_CELLS: usize = 200;

/// How letters are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// UTF-8, or a Windows alphabet where it is none.
    Bytes,
    /// UTF-16, as spreadsheets save "Unicode text".
    Wide { big_endian: bool },
}

impl Letters {
    /// By the mark at the beginning of the file, and how long that is.
    pub(super) fn of(head: &[u8]) -> (Self, u64) {
        match head {
            [0xff, 0xfe, ..] => (Letters::Wide { big_endian: false }, 2),
            [0xfe, 0xff, ..] => (Letters::Wide { big_endian: true }, 2),
            [0xef, 0xbb, 0xbf, ..] => (Letters::Bytes, 3),
            _ => (Letters::Bytes, 0),
        }
    }

    /// The words, without the line end.
    pub(super) fn words(self, bytes: &[u8]) -> String {
        let text = match self {
            Letters::Bytes => utf8_or_windows(bytes).0,
            Letters::Wide { big_endian: true } => {
                encoding_rs::UTF_16BE.decode_without_bom_handling(bytes).0.into_owned()
            }
            Letters::Wide { big_endian: false } => {
                encoding_rs::UTF_16LE.decode_without_bom_handling(bytes).0.into_owned()
            }
        };
        text.trim_end_matches(['\n', '\r']).to_owned()
    }

    /// The first line of these bytes, with its end.
    pub(super) fn line(self, bytes: &[u8]) -> &[u8] {
        let end = match self {
            Letters::Bytes => memchr::memchr(b'\n', bytes).map(|at| at + 1),
            Letters::Wide { .. } => {
                bytes.chunks_exact(2).position(|unit| self.ends(2, [unit[0], unit[1]])).map(|unit| (unit + 1) * 2)
            }
        };
        &bytes[..end.unwrap_or(bytes.len())]
    }

    /// Whether the bytes of a line so far end with a line feed.
    fn ends(self, bytes: u64, last: [u8; 2]) -> bool {
        match self {
            Letters::Bytes => last[1] == b'\n',
            Letters::Wide { big_endian } => {
                bytes.is_multiple_of(2) && last == if big_endian { [0, b'\n'] } else { [b'\n', 0] }
            }
        }
    }
}

/// One row.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// Offset of its first byte.
    pub(super) start: u64,
    /// How many bytes, with its line end.
    pub(super) length: u64,
    /// Its cells without their quotes, trimmed.
    pub(super) cells: Vec<String>,
    /// It is longer than is read, or a cell in quotes has no end.
    pub(super) damaged: bool,
}

#[derive(Debug)]
struct Line {
    start: u64,
    length: u64,
    text: String,
    cut: bool,
}

/// Reads row after row.
pub(super) struct Rows<R> {
    reader: BufReader<R>,
    letters: Letters,
    delimiter: char,
    at: u64,
    ahead: VecDeque<Line>,
}

impl<R: Read> Rows<R> {
    /// `reader` stands at `at`, behind the mark of the file.
    pub(super) fn new(reader: R, at: u64, letters: Letters, delimiter: char) -> Self {
        let reader = BufReader::with_capacity(64 * 1024, reader);
        Rows { reader, letters, delimiter, at, ahead: VecDeque::new() }
    }

    /// The next row; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Row>> {
        let Some(first) = self.take()? else { return Ok(None) };
        let (cells, mut open) = split(&first.text, self.delimiter, true);
        let mut row = Row { start: first.start, length: first.length, cells, damaged: first.cut };
        if !open || first.cut {
            return Ok(Some(row));
        }
        let mut text = first.text.clone();
        let mut more = VecDeque::new();
        while open && more.len() < MOST_LINES && text.len() < LONGEST_LINE {
            let Some(line) = self.take()? else { break };
            text.push('\n');
            text.push_str(&line.text);
            let (cells, still) = split(&text, self.delimiter, true);
            (row.cells, open) = (cells, still);
            row.length += line.length;
            row.damaged |= line.cut;
            more.push_back(line);
        }
        if open {
            // The quote has no end: it costs this line, and not what stands below it.
            let (cells, _) = split(&first.text, self.delimiter, false);
            row = Row { start: first.start, length: first.length, cells, damaged: true };
            while let Some(line) = more.pop_back() {
                self.ahead.push_front(line);
            }
        }
        Ok(Some(row))
    }

    fn take(&mut self) -> io::Result<Option<Line>> {
        match self.ahead.pop_front() {
            Some(line) => Ok(Some(line)),
            None => self.line(),
        }
    }

    fn line(&mut self) -> io::Result<Option<Line>> {
        let start = self.at;
        let mut kept = Vec::new();
        let mut length = 0_u64;
        let mut last = [0_u8; 2];
        'line: loop {
            let buffer = match self.reader.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                break;
            }
            for (used, byte) in (1..).zip(buffer) {
                if kept.len() < LONGEST_LINE {
                    kept.push(*byte);
                }
                length += 1;
                last = [last[1], *byte];
                if self.letters.ends(length, last) {
                    self.reader.consume(used);
                    break 'line;
                }
            }
            let used = buffer.len();
            self.reader.consume(used);
        }
        self.at += length;
        let cut = length > kept.len() as u64;
        Ok((length > 0).then(|| Line { start, length, text: self.letters.words(&kept), cut }))
    }
}

/// The cells of a row, and whether a cell in quotes is still open at its end.
pub(super) fn split(text: &str, delimiter: char, quotes: bool) -> (Vec<String>, bool) {
    let mut cells = Vec::new();
    let mut cell = String::new();
    let mut open = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if open && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if open => open = false,
            // `="0770"`: how a spreadsheet is told that a number is words.
            '"' if quotes && matches!(cell.trim(), "" | "=") => {
                open = true;
                cell.clear();
            }
            letter if letter == delimiter && !open && cells.len() < MOST_CELLS => {
                cells.push(std::mem::take(&mut cell).trim().to_owned());
            }
            letter => cell.push(letter),
        }
    }
    cells.push(cell.trim().to_owned());
    (cells, open)
}

/// What stands between the cells of this line, by what there is most of outside quotes.
pub(super) fn delimiter_of(line: &str) -> Option<char> {
    let count = |delimiter| split(line, delimiter, true).0.len();
    let best = [',', ';', '\t', '|'].into_iter().rev().max_by_key(|delimiter| count(*delimiter))?;
    (count(best) > 1).then_some(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Row> {
        let (letters, skip) = Letters::of(bytes);
        let mut rows = Rows::new(&bytes[skip as usize..], skip, letters, ',');
        std::iter::from_fn(|| rows.next().unwrap()).collect()
    }

    #[test]
    fn cells() {
        for (line, expected) in [
            ("a,b,,c", vec!["a", "b", "", "c"]),
            ("\"a, b\",c", vec!["a, b", "c"]),
            ("\"say \"\"so\"\"\",x", vec!["say \"so\"", "x"]),
            ("=\"07700900123\",x", vec!["07700900123", "x"]),
            ("5\" nail, b", vec!["5\" nail", "b"]),
            ("", vec![""]),
        ] {
            assert_eq!(
                split(line, ',', true),
                (expected.iter().map(|cell| (*cell).to_owned()).collect(), false),
                "{line}"
            );
        }
        for (line, expected) in [
            ("a,b;c,d", Some(',')),
            ("a;b;c", Some(';')),
            ("a\tb", Some('\t')),
            ("words", None),
            ("\"a,b\"|c", Some('|')),
        ] {
            assert_eq!(delimiter_of(line), expected, "{line}");
        }
    }

    #[test]
    fn rows_know_their_place_in_every_alphabet() {
        let text = "a,b\r\n\"two\nlines\",c\nend";
        let check = |bytes: &[u8], unit: u64, skip: u64| {
            let found = rows(bytes);
            let cells: Vec<&str> = found.iter().flat_map(|row| row.cells.iter().map(String::as_str)).collect();
            assert_eq!(cells, ["a", "b", "two\nlines", "c", "end"]);
            let places: Vec<(u64, u64)> = found.iter().map(|row| (row.start, row.length)).collect();
            let expected = [(0, 5), (5, 14), (19, 3)].map(|(start, length)| (skip + start * unit, length * unit));
            assert_eq!(places, expected);
        };
        check(text.as_bytes(), 1, 0);
        check(&[b"\xef\xbb\xbf", text.as_bytes()].concat(), 1, 3);
        let little: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        check(&little, 2, 2);
        let big: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        check(&big, 2, 2);
    }

    #[test]
    fn a_quote_without_its_end_costs_one_line() {
        let mut text = "x,\"open\n".to_owned();
        for number in 0..30 {
            text.push_str(&format!("row {number},y\n"));
        }
        let found = rows(text.as_bytes());
        assert_eq!(found.len(), 31);
        assert!(found[0].damaged && !found[1].damaged);
        assert_eq!(found[30].cells, ["row 29", "y"]);
    }

    #[test]
    fn a_line_without_end_is_bounded() {
        let text = format!("{}\nnext,row\n", "x".repeat(LONGEST_LINE * 3));
        let found = rows(text.as_bytes());
        assert_eq!((found.len(), found[0].damaged, found[0].cells[0].len()), (2, true, LONGEST_LINE));
        assert_eq!(found[1].start, LONGEST_LINE as u64 * 3 + 1);
    }
}
