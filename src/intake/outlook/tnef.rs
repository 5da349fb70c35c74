//! `winmail.dat`: what Outlook sends instead of a body and attachments to programs that do not know it
//! ([MS-OXTNEF]). Files inside it are found where they stand, so that nothing has to be kept twice.

use super::body::{self, Forms};
use super::codepage;

/// The first four bytes.
const SIGNATURE: [u8; 4] = [0x78, 0x9F, 0x3E, 0x22];
/// The most attributes, properties and files that are looked at.
const MOST: usize = 20_000;

/// What stands inside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) struct Inside {
    /// Files, in order.
    pub files: Vec<Held>,
    /// The words of the message, where it has its own, and whether they were made from a web page.
    pub words: Option<(String, bool)>,
    /// It ends too soon, or something in it is not as it should be.
    pub damaged: bool,
}

/// A file inside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in super::super) struct Held {
    /// Its name.
    pub name: Option<String>,
    /// As Outlook noted it.
    pub media_type: Option<String>,
    /// Offset of its bytes.
    pub start: usize,
    /// How many.
    pub length: usize,
}

/// Opens it. `None`: it is none.
pub(in super::super) fn open(bytes: &[u8]) -> Option<Inside> {
    bytes.starts_with(&SIGNATURE).then_some(())?;
    let mut inside = Inside::default();
    let mut forms = Forms::default();
    let mut held: Option<Held> = None;
    let mut at = 6;
    for _ in 0..MOST {
        let Some(front) = bytes.get(at..at + 9) else { break };
        let tag = number(front, 1);
        let length = number(front, 5) as usize;
        let start = at + 9;
        let Some(data) = start.checked_add(length).and_then(|end| bytes.get(start..end)) else {
            inside.damaged = true;
            break;
        };
        match tag {
            // A new attachment begins.
            0x0006_9002 => {
                close(&mut inside, held.take());
                held = Some(Held::default());
            }
            0x0001_8010 => {
                let name = codepage::decode(data, &forms.pages).0;
                let one = held.get_or_insert_with(Held::default);
                if one.name.is_none() && !name.is_empty() {
                    one.name = Some(name);
                }
            }
            0x0006_800F => {
                let one = held.get_or_insert_with(Held::default);
                (one.start, one.length) = (start, length);
            }
            0x0006_9005 => {
                let one = held.get_or_insert_with(Held::default);
                properties(data, start, &forms.pages, &mut |found| match found {
                    Found::Words(0x3707, name) => one.name = Some(name),
                    Found::Words(0x370E, kind) => one.media_type = Some(kind),
                    Found::Bytes(0x3701, at, length) if one.length == 0 => (one.start, one.length) = (at, length),
                    _ => {}
                });
            }
            0x0006_9003 => properties(data, start, &forms.pages.clone(), &mut |found| match found {
                Found::Words(0x1000, words) => forms.plain = Some(words),
                Found::Words(0x1013, page) => forms.html = Some(page.into_bytes()),
                Found::Bytes(0x1013, at, length) => forms.html = bytes.get(at..at + length).map(<[u8]>::to_vec),
                Found::Bytes(0x1009, at, length) => forms.rich = bytes.get(at..at + length).map(<[u8]>::to_vec),
                _ => {}
            }),
            0x0002_800C => forms.plain = Some(codepage::decode(data, &forms.pages).0),
            0x0006_9007 => forms.pages = vec![number(data, 0)],
            _ => {}
        }
        // A wrong checksum is no reason to lose a file; two bytes, passed over.
        at = start + length + 2;
    }
    close(&mut inside, held);
    let (words, from_html) = body::words(forms);
    inside.words = (!words.trim().is_empty()).then_some((words, from_html));
    Some(inside)
}

fn close(inside: &mut Inside, held: Option<Held>) {
    if let Some(held) = held.filter(|held| held.length > 0 || held.name.is_some()) {
        inside.files.push(held);
    }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes)
}

/// A property of interest.
enum Found {
    Words(u16, String),
    /// Offset in the whole file and length.
    Bytes(u16, usize, usize),
}

/// Walks a list of properties that begins at `start` of the file.
fn properties(data: &[u8], start: usize, pages: &[u32], found: &mut dyn FnMut(Found)) {
    let mut at = 4;
    let count = number(data, 0) as usize;
    for _ in 0..count.min(MOST) {
        let Some(head) = data.get(at..at + 4) else { return };
        let (kind, id) = (u16::from_le_bytes([head[0], head[1]]), u16::from_le_bytes([head[2], head[3]]));
        at += 4;
        if id >= 0x8000 {
            // A named property: who named it, and its number or its name.
            let named = number(data, at + 16);
            at += 20;
            at += if named == 0 { 4 } else { 4 + padded(number(data, at) as usize) };
        }
        let several = kind & 0x1000 != 0;
        let kind = kind & 0x0FFF;
        let variable = matches!(kind, 0x001E | 0x001F | 0x0102 | 0x000D);
        let values = if several || variable {
            let values = number(data, at) as usize;
            at += 4;
            values
        } else {
            1
        };
        for _ in 0..values.min(MOST) {
            let length = match kind {
                0x001E | 0x001F | 0x0102 | 0x000D => {
                    let length = number(data, at) as usize;
                    at += 4;
                    length
                }
                0x0005 | 0x0006 | 0x0007 | 0x0014 | 0x0040 => 8,
                0x0048 => 16,
                _ => 4,
            };
            let Some(value) = at.checked_add(length).and_then(|end| data.get(at..end)) else { return };
            match kind {
                0x001F => {
                    let text = encoding_rs::UTF_16LE.decode_without_bom_handling(value).0;
                    found(Found::Words(id, text.trim_end_matches('\0').to_owned()));
                }
                0x001E => found(Found::Words(id, codepage::decode(value, pages).0)),
                0x0102 => found(Found::Bytes(id, start + at, length)),
                // An object: sixteen bytes say of what kind, then its own bytes.
                0x000D => found(Found::Bytes(id, start + at + 16.min(length), length.saturating_sub(16))),
                _ => {}
            }
            at += padded(length);
        }
    }
}

fn padded(length: usize) -> usize {
    length.saturating_add(3) & !3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(level: u8, tag: u32, data: &[u8]) -> Vec<u8> {
        let mut out = vec![level];
        out.extend(tag.to_le_bytes());
        out.extend((data.len() as u32).to_le_bytes());
        out.extend(data);
        out.extend([0, 0]);
        out
    }

    fn words(id: u16, text: &str) -> Vec<u8> {
        let mut value: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        value.extend([0, 0]);
        let mut out = vec![0x1F, 0];
        out.extend(id.to_le_bytes());
        out.extend(1_u32.to_le_bytes());
        out.extend((value.len() as u32).to_le_bytes());
        out.extend(&value);
        out.resize(out.len().next_multiple_of(4), 0);
        out
    }

    fn container(attributes: &[Vec<u8>]) -> Vec<u8> {
        let mut out = SIGNATURE.to_vec();
        out.extend([1, 0]);
        out.extend(attributes.concat());
        out
    }

    fn properties_of(list: &[Vec<u8>]) -> Vec<u8> {
        let mut out = (list.len() as u32).to_le_bytes().to_vec();
        out.extend(list.concat());
        out
    }

    #[test]
    fn a_file_with_a_long_name_and_the_words() {
        let bytes = container(&[
            attribute(1, 0x0006_9007, &1252_u64.to_le_bytes()),
            attribute(1, 0x0006_9003, &properties_of(&[words(0x1000, "See the letter.")])),
            attribute(2, 0x0006_9002, &[0; 14]),
            attribute(2, 0x0001_8010, b"LETTER~1.PDF\0"),
            attribute(2, 0x0006_800F, b"%PDF-"),
            attribute(2, 0x0006_9005, &properties_of(&[words(0x3707, "letter of 3 March.pdf")])),
        ]);
        let inside = open(&bytes).expect("a container");
        assert!(!inside.damaged);
        assert_eq!(inside.words, Some(("See the letter.".to_owned(), false)));
        let file = &inside.files[0];
        assert_eq!(file.name.as_deref(), Some("letter of 3 March.pdf"));
        assert_eq!(&bytes[file.start..file.start + file.length], b"%PDF-");
    }

    #[test]
    fn a_container_cut_off_gives_what_it_has() {
        let mut bytes = container(&[attribute(2, 0x0006_9002, &[0; 14]), attribute(2, 0x0006_800F, b"whole")]);
        bytes.extend([2, 0x0F, 0x80, 6, 0, 0xFF, 0xFF, 0xFF, 0x7F, 1]);
        let inside = open(&bytes).expect("a container");
        assert!(inside.damaged);
        assert_eq!(inside.files[0].length, 5);
        assert_eq!(open(b"no"), None);
        // Lengths and counts that no file has room for.
        let _ = open(&container(&[attribute(1, 0x0006_9003, &[0xFF; 64])]));
    }
}
