//! Where one message of a mailbox ends and the next begins, in constant memory but for the message itself.

use std::io::{self, Read};

use memchr::memmem;

/// How much is read at a time.
const PIECE: usize = 1024 * 1024;
/// A separator and the line behind it are looked at this far, in bytes.
const LINES: usize = 4 * 1024;

/// One message of a mailbox, without its `From ` line and without the blank line behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice<'a> {
    /// Where it begins in the mailbox.
    pub start: u64,
    /// How many bytes it has.
    pub length: u64,
    /// Its bytes; `None` where they are more than the limit.
    pub bytes: Option<&'a [u8]>,
}

/// Goes through a mailbox from its first byte.
pub struct Splitter<R> {
    reader: R,
    /// Bytes of the mailbox from `base` on.
    buffer: Vec<u8>,
    base: u64,
    /// Where the message begins in the buffer.
    message: usize,
    /// How far it was searched for a separator.
    searched: usize,
    /// The message is longer than the limit: its bytes were let go, and it began here.
    dropped: Option<u64>,
    largest: usize,
    ended: bool,
    begun: bool,
    finder: memmem::Finder<'static>,
    /// Whether the last message ended at the end of a line.
    pub whole_line_at_end: bool,
}

impl<R: Read> Splitter<R> {
    /// Splits what `reader` gives. Messages of more than `largest` bytes are passed over without holding them.
    pub fn new(reader: R, largest: usize) -> Self {
        Splitter {
            reader,
            buffer: Vec::new(),
            base: 0,
            message: 0,
            searched: 0,
            dropped: None,
            largest,
            ended: false,
            begun: false,
            finder: memmem::Finder::new(b"\nFrom ").into_owned(),
            whole_line_at_end: true,
        }
    }

    /// The next message.
    ///
    /// # Errors
    /// Reading failed.
    pub fn next_message(&mut self) -> io::Result<Option<Slice<'_>>> {
        if !self.begun && !self.begin()? {
            return Ok(None);
        }
        if self.message >= self.buffer.len() && self.dropped.is_none() && !self.more()? {
            return Ok(None);
        }
        let (end, next) = self.find_end()?;
        let start = self.dropped.take().unwrap_or(self.base + self.message as u64);
        let from = self.message;
        let to = without_blank_line(&self.buffer, from, end, next.is_some());
        let length = self.base + to as u64 - start;
        self.message = next.unwrap_or(self.buffer.len());
        self.searched = self.message;
        let held = length == (to - from) as u64 && to - from <= self.largest;
        Ok(Some(Slice { start, length, bytes: held.then(|| &self.buffer[from..to]) }))
    }

    /// Passes over a byte order mark, blank lines and the first separator. `false`: there is nothing.
    fn begin(&mut self) -> io::Result<bool> {
        self.begun = true;
        self.more()?;
        while self.buffer.len() < LINES && self.more()? {}
        let mut at = if self.buffer.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        while matches!(self.buffer.get(at), Some(b'\r' | b'\n')) {
            at += 1;
        }
        if self.buffer[at..].starts_with(b"From ") {
            at = line_end(&self.buffer, at);
        }
        self.message = at;
        self.searched = at;
        Ok(at < self.buffer.len() || !self.ended)
    }

    /// Where the message ends, and where the next one begins if there is one.
    fn find_end(&mut self) -> io::Result<(usize, Option<usize>)> {
        // A separator may stand right at the start of an empty message.
        let mut line = (self.searched == self.message && self.buffer[self.message..].starts_with(b"From "))
            .then_some(self.message);
        loop {
            let found = match line.take() {
                Some(line) => Some(line),
                None => self.finder.find(&self.buffer[self.searched..]).map(|at| self.searched + at + 1),
            };
            let Some(at) = found else {
                // The last bytes may be the first of `\nFrom `.
                self.searched = self.buffer.len().saturating_sub(5).max(self.message);
                self.let_go();
                if !self.more()? {
                    self.whole_line_at_end = self.buffer.last().is_none_or(|byte| *byte == b'\n');
                    return Ok((self.buffer.len(), None));
                }
                continue;
            };
            while self.buffer.len() - at < LINES && self.more()? {}
            let first = line_end(&self.buffer, at);
            let second = line_end(&self.buffer, first);
            if is_separator(&self.buffer[at..first], &self.buffer[first..second]) {
                return Ok((at, Some(first)));
            }
            self.searched = at;
        }
    }

    /// Lets go of the bytes of a message that is too long.
    fn let_go(&mut self) {
        if self.searched - self.message > self.largest || self.dropped.is_some() {
            self.dropped.get_or_insert(self.base + self.message as u64);
            self.message = self.searched;
        }
    }

    /// Reads a further piece; `false` at the end. Bytes before the message are let go first.
    fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        let before = self.buffer.len();
        (&mut self.reader).take(PIECE as u64).read_to_end(&mut self.buffer)?;
        self.ended = self.buffer.len() == before;
        Ok(!self.ended)
    }

    /// Forgets the messages already given. To be called between messages.
    pub fn forget(&mut self) {
        if self.message > PIECE {
            self.buffer.drain(..self.message);
            self.base += self.message as u64;
            self.searched -= self.message;
            self.message = 0;
        }
    }
}

/// Whether a line that begins with `From ` stands between two messages. There is no standard for it: RFC 4155
/// describes one form, and mail programs write others. Two rules, (a) a time and a year, and (b) the bare forms:
/// `docs/formats/mbox.md`.
pub fn is_separator(line: &[u8], next: &[u8]) -> bool {
    if line.len() > 1_000 {
        return false;
    }
    let rest = line.strip_prefix(b"From ").map(<[u8]>::trim_ascii);
    let Some(rest) = rest else { return false };
    let field = is_field(next) || next.starts_with(b">From ");
    if has_time_and_year(rest) {
        return field || (next.trim_ascii().is_empty() && has_day_and_month(rest));
    }
    let bare = rest.is_empty()
        || rest == b"-"
        || rest.starts_with(b"- ")
        || (rest.contains(&b'@') && !rest.contains(&b' ') && !rest.contains(&b'\t'));
    bare && is_field(next)
}

/// `Name:` at the start of a line.
fn is_field(line: &[u8]) -> bool {
    let Some(colon) = line.iter().take(80).position(|byte| *byte == b':') else { return false };
    colon > 0 && line[..colon].iter().all(|byte| (33..127).contains(byte))
}

fn has_time_and_year(words: &[u8]) -> bool {
    let time = words.windows(3).any(|w| w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit());
    let year = words
        .split(|byte| !byte.is_ascii_digit())
        .any(|number| number.len() == 4 && (number.starts_with(b"19") || number.starts_with(b"20")));
    time && year
}

/// `Thu Apr`, as in every date a program writes and few sentences have.
fn has_day_and_month(words: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: [&[u8]; 12] =
        [b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec"];
    let words: Vec<&[u8]> =
        words.split(u8::is_ascii_whitespace).map(|word| word.strip_suffix(b",").unwrap_or(word)).collect();
    words.windows(2).any(|pair| DAYS.contains(&pair[0]) && MONTHS.contains(&pair[1]))
}

/// The blank line before a separator belongs to the mailbox, not to the message.
fn without_blank_line(buffer: &[u8], from: usize, end: usize, separator_follows: bool) -> usize {
    if !separator_follows {
        return end;
    }
    let body = &buffer[from..end];
    if body.ends_with(b"\n\r\n") {
        end - 2
    } else if body.ends_with(b"\n\n") || body == b"\n" {
        end - 1
    } else {
        end
    }
}

fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(mailbox: &[u8]) -> Vec<String> {
        let mut splitter = Splitter::new(mailbox, 1024 * 1024);
        let mut found = Vec::new();
        loop {
            splitter.forget();
            match splitter.next_message().unwrap() {
                Some(slice) => {
                    assert_eq!(
                        &mailbox[slice.start as usize..(slice.start + slice.length) as usize],
                        slice.bytes.unwrap()
                    );
                    found.push(String::from_utf8_lossy(slice.bytes.unwrap()).into_owned());
                }
                None => return found,
            }
        }
    }

    #[test]
    fn separators() {
        let yes = [
            ("From sender Thu Apr 16 09:53:04 2015", "Return-Path: x"),
            ("From 28668125511680@xxx Thu Apr 16 09:53:04 +0000 2015", "X-GM-THRID: 1"),
            ("From - Mon Jan 01 00:00:00 1965", "X-Mozilla-Status: 0001"),
            ("From -", "X-Mozilla-Status: 0001"),
            ("From ", "From: a@example.com"),
            ("From 1844347792267117879@xxx", "X-GM-THRID: 1"),
            ("From a@example.com Thu Apr 16 09:53:04 2015", ">From somebody"),
            ("From a@example.com Thu Apr 16 09:53:04 2015", ""),
        ];
        for (line, next) in yes {
            assert!(is_separator(format!("{line}\r\n").as_bytes(), format!("{next}\r\n").as_bytes()), "{line}");
        }
        let no = [
            ("From Russia with love", "Year: 1963"),
            ("From 5:30 on 4 March 2019 we waited", "outside the school."),
            ("From 5:30 on 4 March 2019 we waited.", ""),
            ("From now on", "Subject: x"),
            ("From: a@example.com", "To: b"),
            ("From a@example.com", "no field"),
        ];
        for (line, next) in no {
            assert!(!is_separator(format!("{line}\n").as_bytes(), format!("{next}\n").as_bytes()), "{line}");
        }
    }

    #[test]
    fn mailboxes_of_every_shape() {
        const ONE: &str = "Subject: one\n\nFirst\n";
        for (mailbox, expected) in [
            (String::new(), vec![]),
            (format!("From a@b Thu Apr 16 09:53:04 2015\n{ONE}"), vec![ONE]),
            (format!("\u{feff}From a@b Thu Apr 16 09:53:04 2015\n{ONE}\nFrom -\n{ONE}"), vec![ONE, ONE]),
            (format!("From \n{ONE}From \n{ONE}"), vec![ONE, ONE]),
            (format!("From a@b\r\nSubject: x\r\n\r\nHi\r\n\r\nFrom -\n{ONE}"), vec!["Subject: x\r\n\r\nHi\r\n", ONE]),
            (
                "From a Thu Apr 16 09:53:04 2015\n\nFrom b Thu Apr 16 09:53:04 2015\nX: y\n\n".into(),
                vec!["", "X: y\n\n"],
            ),
            (
                format!("From -\nSubject: one\n\nFrom Russia\nYear: 1963\n\nFrom -\n{ONE}"),
                vec!["Subject: one\n\nFrom Russia\nYear: 1963\n", ONE],
            ),
        ] {
            assert_eq!(split(mailbox.as_bytes()), expected, "{mailbox:?}");
        }
    }

    #[test]
    fn a_message_beyond_the_limit_is_passed_over_and_the_next_one_found() {
        let long = format!("Subject: long\n\n{}", "x".repeat(70).repeat(200_000));
        let mailbox = format!("From -\n{long}\n\nFrom -\nSubject: next\n\nHello\n");
        let mut splitter = Splitter::new(mailbox.as_bytes(), 100_000);
        let first = splitter.next_message().unwrap().unwrap();
        assert_eq!((first.start, first.length, first.bytes), (7, long.len() as u64 + 1, None));
        splitter.forget();
        let second = splitter.next_message().unwrap().unwrap();
        assert_eq!(second.bytes, Some(&b"Subject: next\n\nHello\n"[..]));
    }

    proptest! {
        #[test]
        fn what_was_joined_is_split_again(
            bodies in proptest::collection::vec("([ -~]{0,30}\n){0,6}", 1..12),
            crlf in proptest::bool::ANY,
        ) {
            let messages: Vec<String> = bodies.iter().enumerate().map(|(number, body)| {
                // As every writer of mailboxes does: a line that looks like a separator is quoted.
                let body = body.lines().fold(String::new(), |body, line| {
                    let quote = if line.starts_with("From ") { ">" } else { "" };
                    body + quote + line + "\n"
                });
                let message = format!("Subject: {number}\n\n{body}.\n");
                if crlf { message.replace('\n', "\r\n") } else { message }
            }).collect();
            let end = if crlf { "\r\n" } else { "\n" };
            let mailbox = messages.iter().fold(String::new(), |mailbox, message| {
                mailbox + "From a@example.com Thu Apr 16 09:53:04 2015" + end + message + end
            });
            let mut expected = messages;
            // Behind the last message no separator says whose the blank line is.
            if let Some(last) = expected.last_mut() { last.push_str(end); }
            prop_assert_eq!(split(mailbox.as_bytes()), expected);
        }
    }
}
