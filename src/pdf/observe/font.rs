//! A font as far as reading text needs it: what codes stand for, and how wide they are.

use std::collections::BTreeMap;

use hayro_syntax::object::{Array, Dict, Name, Object, Stream};

use super::cmap::Map;

/// A font of a page.
#[derive(Debug)]
pub(super) struct Font {
    map: Map,
    /// Bytes of a code: 1 or 2.
    code_length: usize,
    widths: BTreeMap<u32, f32>,
    default_width: f32,
    /// Units of a width to one of text space: 0.001, or what a Type 3 font says.
    unit: f32,
    /// Without a map a code of one byte stands for a character of its own.
    simple: bool,
}

/// One code of a shown string.
pub(super) struct Shown<'f> {
    /// What it stands for; `None`: nobody can tell.
    pub text: Option<std::borrow::Cow<'f, str>>,
    /// Advance in text space at size 1.
    pub width: f32,
    /// It is the one-byte code 32, to which word spacing applies.
    pub is_space: bool,
}

impl Font {
    /// Reads a font's dictionary.
    pub(super) fn read(dict: &Dict<'_>) -> Self {
        let kind = dict.get::<Name<'_>>(b"Subtype");
        let kind = kind.as_ref().map_or(&b""[..], |kind| &kind[..]);
        let map = dict.get::<Stream<'_>>(b"ToUnicode").and_then(|stream| Some(Map::read(&stream.decoded_data().ok()?)));
        let composite = kind == b"Type0";
        let map = map.unwrap_or_default();
        let mut font = Font {
            code_length: if composite { if map.code_length == 1 { 1 } else { 2 } } else { 1 },
            simple: !composite,
            unit: 0.001,
            default_width: if composite { 1000.0 } else { 500.0 },
            widths: BTreeMap::new(),
            map,
        };
        if composite {
            let descendants = dict.get::<Array<'_>>(b"DescendantFonts");
            if let Some(descendant) = descendants.and_then(|array| array.iter::<Dict<'_>>().next()) {
                font.read_composite_widths(&descendant);
            }
        } else {
            font.read_simple_widths(dict);
            if kind == b"Type3" {
                font.unit = dict.get::<[f32; 6]>(b"FontMatrix").map_or(0.001, |matrix| matrix[0]);
            }
        }
        font
    }

    /// The codes of a shown string.
    pub(super) fn codes<'f>(&'f self, bytes: &'f [u8]) -> impl Iterator<Item = Shown<'f>> {
        bytes.chunks(self.code_length).map(move |code| {
            let number = code.iter().fold(0, |number, byte| (number << 8) | u32::from(*byte));
            let text = match self.map.get(number) {
                Some(text) => Some(text.into()),
                None if self.simple => Some(String::from(latin(code[0])).into()),
                None => None,
            };
            let width = self.widths.get(&number).copied().unwrap_or(self.default_width) * self.unit;
            Shown { text, width, is_space: code == b" " }
        })
    }

    fn read_simple_widths(&mut self, dict: &Dict<'_>) {
        let first = dict.get::<u32>(b"FirstChar").unwrap_or(0);
        let widths = dict.get::<Array<'_>>(b"Widths");
        for (code, width) in (first..).zip(widths.iter().flat_map(Array::iter::<f32>).take(256)) {
            self.widths.insert(code, width);
        }
    }

    /// `W` (ISO 32000-1, 9.7.4.3): `first [w1 w2 …]` or `first last w`. Codes are taken for glyph numbers
    /// (`Identity-H`), as all fonts of ours have them.
    fn read_composite_widths(&mut self, descendant: &Dict<'_>) {
        self.default_width = descendant.get::<f32>(b"DW").unwrap_or(1000.0);
        let Some(widths) = descendant.get::<Array<'_>>(b"W") else { return };
        let mut items = widths.iter::<Object<'_>>().take(400_000);
        while let Some(first) = items.next().and_then(whole) {
            match items.next() {
                Some(Object::Array(list)) => {
                    for (code, width) in (first..).zip(list.iter::<f32>().take(0x1_0000)) {
                        self.widths.insert(code, width);
                    }
                }
                Some(last) => {
                    let (Some(last), Some(width)) = (whole(last), items.next().and_then(Object::into_f32)) else {
                        return;
                    };
                    for code in first..=last.min(0xFFFF) {
                        self.widths.insert(code, width);
                    }
                }
                None => return,
            }
        }
    }
}

fn whole(object: Object<'_>) -> Option<u32> {
    u32::try_from(object.into_number()?.as_i64()).ok()
}

/// A byte of a simple font or a text string, read as Windows Latin, which most such fonts have.
pub(super) fn latin(byte: u8) -> char {
    const UPPER: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => UPPER[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
