//! The content of a page as a whole: what it leaves open, so that something can be drawn after it.
//!
//! The number must appear however broken the content before it is. What is left open and cannot be
//! counted in graphics states (a string, a text object, hidden marked content) is closed by a stream added
//! behind it; a state closed that was never opened is struck out, as viewers ignore it.

use hayro_syntax::object::Stream;

use super::Unshown;
use super::source::{Budget, limit};
use super::tokens::{Bracket, End, Token, Tokens};

/// Closings without an opening, in one page.
const MAX_STRAY: usize = 1_000_000;
/// Brackets left open inside one another.
const MAX_BRACKETS: usize = 10_000;

/// The content of a page.
pub(super) struct Content {
    /// All of it, unfolded, its streams on lines of their own, without stray closings.
    pub bytes: Vec<u8>,
    /// Closes what is left open, apart from graphics states; empty as a rule.
    pub tail: Vec<u8>,
    /// Graphics states left open.
    pub open_states: u32,
    /// Stray closings were struck out, or a packing is damaged: its streams as they are stored do not do.
    pub rewritten: bool,
}

impl Content {
    pub(super) fn read(streams: &[Stream<'_>], budget: &mut Budget) -> Result<Self, Unshown> {
        let mut bytes = Vec::new();
        let mut damaged = false;
        for (index, stream) in streams.iter().enumerate() {
            if index > 0 {
                bytes.push(b'\n');
            }
            let unfolded = budget.unfold(stream)?;
            bytes.extend(unfolded.data);
            damaged |= unfolded.damaged;
        }
        let mut content = Content::of(bytes)?;
        content.rewritten |= damaged;
        Ok(content)
    }

    fn of(mut bytes: Vec<u8>) -> Result<Self, Unshown> {
        let balance = Balance::of(&bytes)?;
        for at in &balance.stray {
            if let Some(byte) = bytes.get_mut(*at) {
                *byte = b' ';
            }
        }
        Ok(Content {
            tail: balance.tail(),
            open_states: u32::try_from(balance.open).unwrap_or(u32::MAX),
            rewritten: !balance.stray.is_empty(),
            bytes,
        })
    }
}

struct Balance {
    open: usize,
    /// Where a state is closed that was never opened.
    stray: Vec<usize>,
    /// A text object is open.
    text: bool,
    /// A path is begun and not drawn.
    path: bool,
    /// Marked content is open.
    marked: usize,
    brackets: Vec<Bracket>,
    end: End,
    in_picture: bool,
}

impl Balance {
    fn of(content: &[u8]) -> Result<Self, Unshown> {
        let mut tokens = Tokens::new(content);
        let mut balance = Balance {
            open: 0,
            stray: Vec::new(),
            text: false,
            path: false,
            marked: 0,
            brackets: Vec::new(),
            end: End::Plain,
            in_picture: false,
        };
        for token in tokens.by_ref() {
            match token {
                Token::Open(bracket) => {
                    balance.brackets.push(bracket);
                    if balance.brackets.len() > MAX_BRACKETS {
                        return Err(limit("values inside values", MAX_BRACKETS as u64));
                    }
                }
                Token::Close(bracket) => {
                    if let Some(at) = balance.brackets.iter().rposition(|open| *open == bracket) {
                        balance.brackets.truncate(at);
                    }
                }
                // A word inside a value is none.
                Token::Word(word, at) if balance.brackets.is_empty() => balance.word(word, at),
                _ => {}
            }
            if balance.stray.len() > MAX_STRAY {
                return Err(limit("states closed and never opened", MAX_STRAY as u64));
            }
        }
        (balance.end, balance.in_picture) = (tokens.end, tokens.in_picture);
        Ok(balance)
    }

    fn word(&mut self, word: &[u8], at: usize) {
        match word {
            b"q" => self.open += 1,
            b"Q" if self.open == 0 => self.stray.push(at),
            b"Q" => self.open -= 1,
            b"BT" => self.text = true,
            b"ET" => self.text = false,
            b"BMC" | b"BDC" => self.marked += 1,
            b"EMC" => self.marked = self.marked.saturating_sub(1),
            b"m" | b"l" | b"c" | b"v" | b"y" | b"re" | b"h" | b"W" | b"W*" => self.path = true,
            b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" => self.path = false,
            _ => {}
        }
    }

    fn tail(&self) -> Vec<u8> {
        let mut tail = Vec::new();
        match self.end {
            End::Plain => {}
            End::Comment => tail.push(b'\n'),
            End::Text(depth) => tail.extend(std::iter::repeat_n(b')', depth)),
            End::Hex => tail.push(b'>'),
        }
        if self.in_picture {
            // In its data, or in the middle of its dictionary: both end with this.
            tail.extend(b"\nID \nEI");
        }
        for bracket in self.brackets.iter().rev() {
            tail.extend(if *bracket == Bracket::Array { &b"]"[..] } else { b">>" });
        }
        if self.path {
            tail.extend(b"\nn");
        }
        if self.text {
            tail.extend(b"\nET");
        }
        for _ in 0..self.marked {
            tail.extend(b"\nEMC");
        }
        if !tail.is_empty() {
            tail.push(b'\n');
        }
        tail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(content: &str) -> (String, String, u32) {
        let content = Content::of(content.as_bytes().to_vec()).expect("small");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (text(&content.bytes), text(&content.tail), content.open_states)
    }

    #[test]
    fn open_states_are_counted_and_strings_are_not() {
        assert_eq!(of("q q (Q Q) Tj Q").2, 1);
        assert_eq!(of("q Q").2, 0);
    }

    #[test]
    fn a_closing_without_an_opening_is_struck_out() {
        // Behind our own `q` it would undo that one, and leave the page's scale on the number.
        assert_eq!(of("2 0 0 2 0 0 cm Q q Q Q"), ("2 0 0 2 0 0 cm   q Q  ".to_owned(), String::new(), 0));
    }

    #[test]
    fn what_is_left_open_is_closed_once() {
        for (content, tail) in [
            ("BT (a) Tj", "\nET\n"),
            ("BT (a", ")\nET\n"),
            ("BT <4", ">\nET\n"),
            ("[ (a) << /A", ">>]\n"),
            ("/OC /M BDC q", "\nEMC\n"),
            ("0 0 9 9 re W", "\nn\n"),
            ("q % and so on", "\n\n"),
            ("BI /W 1 /H 1 ID abc", "\nID \nEI\n"),
            ("BI <", ">\nID \nEI\n"),
        ] {
            assert_eq!(of(content).1, tail, "{content}");
            let again = of(&format!("{content}\n{tail}"));
            assert_eq!(again.1, "", "closed: {content}");
        }
    }
}
