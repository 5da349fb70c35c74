//! `ToUnicode` maps (ISO 32000-1, 9.10.3): which characters a code stands for.

use std::collections::BTreeMap;

/// Entries read of one map.
const MAX_ENTRIES: usize = 200_000;

/// What codes stand for.
#[derive(Debug, Default)]
pub(super) struct Map {
    characters: BTreeMap<u32, String>,
    /// Bytes of a code, from the code space; 0: the map does not say.
    pub code_length: usize,
}

impl Map {
    /// The characters of a code; `None`: the map has none.
    pub(super) fn get(&self, code: u32) -> Option<&str> {
        self.characters.get(&code).map(String::as_str)
    }

    /// Reads a map, as far as it can be read.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut map = Map::default();
        let mut tokens = Tokens { bytes, at: 0 };
        while let Some(token) = tokens.next() {
            let Token::Word(word) = token else { continue };
            match word {
                b"begincodespacerange" => map.read_code_space(&mut tokens),
                b"beginbfchar" => map.read_characters(&mut tokens),
                b"beginbfrange" => map.read_ranges(&mut tokens),
                _ => {}
            }
        }
        map
    }

    fn read_code_space(&mut self, tokens: &mut Tokens<'_>) {
        while let (Some(Token::Hex(low)), Some(Token::Hex(_))) = (tokens.next(), tokens.next()) {
            self.code_length = self.code_length.max(low.len().min(2));
        }
    }

    fn read_characters(&mut self, tokens: &mut Tokens<'_>) {
        while let Some(Token::Hex(code)) = tokens.next() {
            if let Some(Token::Hex(text)) = tokens.next() {
                self.insert(number(&code), utf16(&text));
            }
        }
    }

    fn read_ranges(&mut self, tokens: &mut Tokens<'_>) {
        while let Some(Token::Hex(first)) = tokens.next() {
            let Some(Token::Hex(last)) = tokens.next() else { return };
            let (first, last) = (number(&first), number(&last).min(0xFFFF));
            match tokens.next() {
                Some(Token::Hex(start)) => {
                    for code in first..=last {
                        self.insert(code, utf16(&plus(&start, code - first)));
                    }
                }
                Some(Token::Word(b"[")) => {
                    let mut code = first;
                    while let Some(Token::Hex(text)) = tokens.next() {
                        if code <= last {
                            self.insert(code, utf16(&text));
                        }
                        code = code.saturating_add(1);
                    }
                }
                _ => return,
            }
        }
    }

    fn insert(&mut self, code: u32, text: String) {
        if self.characters.len() < MAX_ENTRIES {
            self.characters.insert(code, text);
        }
    }
}

/// A code as a number; what is longer than four bytes is no code.
fn number(bytes: &[u8]) -> u32 {
    bytes.iter().take(4).fold(0, |number, byte| (number << 8) | u32::from(*byte))
}

/// The text of a range's start, this much later: the last unit counts up.
fn plus(start: &[u8], offset: u32) -> Vec<u8> {
    let mut text = start.to_vec();
    if let [.., high, low] = text.as_mut_slice() {
        let unit = u32::from(u16::from_be_bytes([*high, *low])) + offset;
        [*high, *low] = (unit as u16).to_be_bytes();
    } else if let [only] = text.as_mut_slice() {
        *only = (u32::from(*only) + offset) as u8;
    }
    text
}

fn utf16(bytes: &[u8]) -> String {
    if let [only] = bytes {
        return char::from(*only).to_string();
    }
    let units = bytes.chunks_exact(2).take(256).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

enum Token<'a> {
    /// `<0041>`.
    Hex(Vec<u8>),
    /// Anything else that stands alone.
    Word(&'a [u8]),
}

struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    fn next(&mut self) -> Option<Token<'a>> {
        while self.bytes.get(self.at)?.is_ascii_whitespace() || self.bytes[self.at] == 0 {
            self.at += 1;
        }
        let start = self.at;
        let rest = &self.bytes[start..];
        match rest[0] {
            b'%' => {
                self.at += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
                self.next_after_comment()
            }
            b'<' if rest.get(1) != Some(&b'<') => {
                let length = rest.iter().position(|byte| *byte == b'>').unwrap_or(rest.len() - 1);
                self.at += length + 1;
                Some(Token::Hex(hex(&rest[1..length.max(1)])))
            }
            b'[' | b']' | b'<' | b'>' | b'(' | b')' => {
                self.at += 1;
                Some(Token::Word(&rest[..1]))
            }
            _ => {
                let end = |byte: &u8| byte.is_ascii_whitespace() || b"<>[]()%".contains(byte);
                let length = rest.iter().skip(1).position(end).map_or(rest.len(), |position| position + 1);
                self.at += length;
                Some(Token::Word(&rest[..length]))
            }
        }
    }

    /// Comments follow one another at most as often as there are bytes; a loop, not a chain of calls.
    fn next_after_comment(&mut self) -> Option<Token<'a>> {
        loop {
            match self.bytes.get(self.at)? {
                b'%' => {
                    while !matches!(self.bytes.get(self.at)?, b'\n' | b'\r') {
                        self.at += 1;
                    }
                }
                byte if byte.is_ascii_whitespace() => self.at += 1,
                _ => return self.next(),
            }
        }
    }
}

fn hex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits.iter().filter_map(|digit| char::from(*digit).to_digit(16)).map(|d| d as u8).collect();
    digits.chunks(2).map(|pair| (pair[0] << 4) | pair.get(1).unwrap_or(&0)).collect()
}

#[cfg(test)]
mod tests {
    use super::Map;

    #[test]
    fn characters_and_ranges_are_read() {
        let map = Map::read(
            b"/CIDInit /ProcSet findresource begin % a comment\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
              2 beginbfchar <0003> <0041> <0004> <D83DDC76> endbfchar\n\
              2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<00660069> <0142>] endbfrange",
        );
        let read: Vec<_> = [3, 4, 0x10, 0x12, 0x20, 0x21, 0x22].iter().map(|code| map.get(*code)).collect();
        assert_eq!(read, [Some("A"), Some("\u{1F476}"), Some("a"), Some("c"), Some("fi"), Some("ł"), None]);
        assert_eq!(map.code_length, 2);
    }

    #[test]
    fn damaged_maps_end() {
        for bytes in
            [&b"beginbfrange <0000> <FFFFFFFF> <0000>"[..], b"beginbfchar <", b"%%%%%", b"beginbfchar <00", b"<"]
        {
            let _ = Map::read(bytes);
        }
    }
}
