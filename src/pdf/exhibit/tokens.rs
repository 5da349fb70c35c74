//! The words of a content stream, read as forgivingly as viewers do: nothing here can fail, and what is
//! broken is passed over where a viewer would pass over it.

/// A word of a content stream.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Token<'c> {
    Number(f64),
    Name(&'c [u8]),
    /// A string as it is stored, without its brackets.
    Text(&'c [u8]),
    /// The same in hexadecimal.
    Hex(&'c [u8]),
    Open(Bracket),
    Close(Bracket),
    /// An operator, and where it starts.
    Word(&'c [u8], usize),
    /// A picture inside the content, with its dictionary and its data.
    Picture,
}

/// Which kind of value is opened or closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bracket {
    Array,
    Dict,
}

/// What the content was in the middle of when it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Plain,
    Comment,
    Text(usize),
    Hex,
}

/// Reads token after token.
pub(super) struct Tokens<'c> {
    content: &'c [u8],
    at: usize,
    pub end: End,
    /// It ended inside a picture.
    pub in_picture: bool,
}

/// White space (ISO 32000-1, 7.2.2).
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ')
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'c> Tokens<'c> {
    pub(super) fn new(content: &'c [u8]) -> Self {
        Tokens { content, at: 0, end: End::Plain, in_picture: false }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.content.get(self.at + ahead).copied()
    }

    fn between(&self, start: usize, end: usize) -> &'c [u8] {
        self.content.get(start..end).unwrap_or_default()
    }

    fn run(&mut self, keep: impl Fn(u8) -> bool) -> &'c [u8] {
        let start = self.at;
        while self.peek(0).is_some_and(&keep) {
            self.at += 1;
        }
        self.between(start, self.at)
    }

    /// A string, after its first bracket.
    fn text(&mut self) -> &'c [u8] {
        let start = self.at;
        let mut depth = 1;
        while let Some(byte) = self.peek(0) {
            self.at += 1;
            match byte {
                b'\\' => self.at += 1,
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        return self.between(start, self.at - 1);
                    }
                }
                _ => {}
            }
        }
        self.end = End::Text(depth);
        self.at = self.content.len();
        self.between(start, self.at)
    }

    /// The data of a picture, after `ID`: up to an `EI` of its own with something readable behind it.
    fn picture_data(&mut self) {
        self.at += 1;
        while let Some(rest) = self.content.get(self.at..) {
            let Some(found) = rest.windows(2).position(|pair| pair == b"EI") else { break };
            let (start, after) = (self.at + found, self.at + found + 2);
            let alone = start.checked_sub(1).and_then(|before| self.content.get(before)).is_none_or(|b| is_space(*b))
                && self.content.get(after).is_none_or(|byte| !is_regular(*byte));
            let behind = self.between(after, (after + 12).min(self.content.len()));
            let readable = behind.iter().all(|byte| is_space(*byte) && *byte != 0 || (b' '..=b'~').contains(byte));
            self.at = after;
            if alone && readable {
                return;
            }
        }
        self.at = self.content.len();
        self.in_picture = true;
    }

    fn picture(&mut self) {
        loop {
            match self.plain() {
                None => {
                    self.in_picture = true;
                    return;
                }
                Some(Token::Word(b"ID", _)) => return self.picture_data(),
                Some(Token::Word(b"EI", _)) => return,
                Some(_) => {}
            }
        }
    }

    fn plain(&mut self) -> Option<Token<'c>> {
        loop {
            let first = self.peek(0)?;
            let start = self.at;
            self.at += 1;
            return Some(match first {
                byte if is_space(byte) => continue,
                b'%' => {
                    self.run(|byte| byte != b'\n' && byte != b'\r');
                    if self.peek(0).is_none() {
                        self.end = End::Comment;
                    }
                    continue;
                }
                b'(' => Token::Text(self.text()),
                b'/' => Token::Name(self.run(is_regular)),
                b'[' => Token::Open(Bracket::Array),
                b']' => Token::Close(Bracket::Array),
                b'<' if self.peek(0) == Some(b'<') => {
                    self.at += 1;
                    Token::Open(Bracket::Dict)
                }
                b'>' if self.peek(0) == Some(b'>') => {
                    self.at += 1;
                    Token::Close(Bracket::Dict)
                }
                b'<' => {
                    let hex = self.run(|byte| byte != b'>');
                    if self.peek(0).is_none() {
                        self.end = End::Hex;
                    }
                    self.at += 1;
                    Token::Hex(hex)
                }
                b'>' | b')' | b'{' | b'}' => continue,
                _ => {
                    self.run(is_regular);
                    let word = self.between(start, self.at);
                    number(word).map_or(Token::Word(word, start), Token::Number)
                }
            });
        }
    }
}

impl<'c> Iterator for Tokens<'c> {
    type Item = Token<'c>;

    fn next(&mut self) -> Option<Token<'c>> {
        match self.plain()? {
            Token::Word(b"BI", _) => {
                self.picture();
                Some(Token::Picture)
            }
            token => Some(token),
        }
    }
}

fn number(word: &[u8]) -> Option<f64> {
    if !matches!(word.first()?, b'0'..=b'9' | b'+' | b'-' | b'.') {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    // Viewers read `--5` and `1.5-2` in ways of their own: their figures up to what is odd.
    let trimmed = text.trim_start_matches(['-', '+']);
    let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
    let end = trimmed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(trimmed.len());
    let (figures, rest) = trimmed.split_at(end);
    if !rest.is_empty() && !rest.starts_with('-') {
        return None;
    }
    if figures.is_empty() || figures == "." {
        return Some(0.0);
    }
    Some(sign * figures.parse::<f64>().unwrap_or(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(content: &str) -> (Vec<String>, End) {
        let mut tokens = Tokens::new(content.as_bytes());
        let words = tokens.by_ref().map(|token| match token {
            Token::Word(word, _) => String::from_utf8_lossy(word).into_owned(),
            Token::Number(number) => number.to_string(),
            other => format!("{other:?}").chars().take(4).collect(),
        });
        (words.collect(), tokens.end)
    }

    #[test]
    fn a_string_with_brackets_is_one_word() {
        assert_eq!(words("(a (q) \\) Q) Tj q"), (vec!["Text".into(), "Tj".into(), "q".into()], End::Plain));
    }

    #[test]
    fn a_picture_inside_is_passed_over_with_its_data() {
        let content = "q BI /W 1 /H 1 ID Q EI\u{1}Q EI Q";
        assert_eq!(words(content).0, ["q", "Pict", "Q"]);
        let mut cut = Tokens::new(b"q BI /W 1 ID xx");
        assert_eq!((cut.by_ref().count(), cut.in_picture), (2, true));
    }

    #[test]
    fn what_is_not_ended_is_known() {
        assert_eq!(words("q (a (b").1, End::Text(2));
        assert_eq!(words("q <41").1, End::Hex);
        assert_eq!(words("q % Q").1, End::Comment);
        assert_eq!(words("q % Q\nQ").1, End::Plain);
        assert_eq!(words("--5 .5 1-2").0, ["-5", "0.5", "1"]);
    }
}
