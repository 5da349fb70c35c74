//! Content-Transfer-Encoding (RFC 2045, section 6) undone by ourselves, byte for byte.
//!
//! A general mail reader hands out text parts already turned into Unicode, so the bytes of an attached
//! `.csv` or `.ics`, and with them its SHA-256, are not those that were sent. Here nothing is transcoded.

use crate::model::DecodeQuality;

/// How the bytes of a part were made fit for the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TransferEncoding {
    /// Not at all: 7bit, 8bit, binary, or nothing said.
    Identity,
    Base64,
    QuotedPrintable,
    /// Named, and not known: kept as it stands.
    Unknown,
}

impl TransferEncoding {
    /// What a header field means by its words.
    pub fn named(words: &str) -> Self {
        let word = words.split([';', '(']).next().unwrap_or_default().trim().trim_matches(['"', '.', ',']);
        match word.to_ascii_lowercase().as_str() {
            "" | "7bit" | "8bit" | "binary" | "7-bit" | "8-bit" | "none" => TransferEncoding::Identity,
            "base64" => TransferEncoding::Base64,
            "quoted-printable" => TransferEncoding::QuotedPrintable,
            _ => TransferEncoding::Unknown,
        }
    }
}

/// The decoded bytes, and whether they are what was sent.
pub(super) fn decode(encoding: TransferEncoding, raw: &[u8]) -> (Vec<u8>, DecodeQuality) {
    match encoding {
        TransferEncoding::Identity | TransferEncoding::Unknown => (raw.to_vec(), DecodeQuality::Exact),
        TransferEncoding::Base64 => base64(raw),
        TransferEncoding::QuotedPrintable => quoted_printable(raw),
    }
}

/// Base64 as it stands in an attribute of an XML file: character references (`&#10;`) are passed over.
pub(super) fn base64_in_xml(raw: &[u8]) -> (Vec<u8>, DecodeQuality) {
    let mut inside = false;
    let letters: Vec<u8> = raw
        .iter()
        .copied()
        .filter(|byte| {
            let keep = !inside && *byte != b'&';
            inside = if inside { *byte != b';' } else { *byte == b'&' };
            keep
        })
        .collect();
    base64(&letters)
}

/// Base64 as mail has it: anything that is no letter of the alphabet is passed over, and said.
fn base64(raw: &[u8]) -> (Vec<u8>, DecodeQuality) {
    let mut out = Vec::with_capacity(raw.len() / 4 * 3);
    let mut quality = DecodeQuality::Exact;
    let (mut group, mut letters, mut padding) = (0_u32, 0_u32, 0_u32);
    let mut at = 0;
    while let Some(&byte) = raw.get(at) {
        if letters == 0 && padding == 0 {
            // Whole groups of plain letters, which is nearly everything.
            at += whole_groups(&raw[at..], &mut out);
            if at >= raw.len() {
                break;
            }
        }
        let byte = raw.get(at).copied().unwrap_or(byte);
        at += 1;
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                padding += 1;
                continue;
            }
            byte if byte.is_ascii_whitespace() => continue,
            _ => {
                quality = quality.max(DecodeQuality::Repaired);
                continue;
            }
        };
        if padding > 0 {
            // A second run of base64 behind the end of the first: read on from a fresh group.
            quality = quality.max(close(&mut out, group, letters, padding)).max(DecodeQuality::Repaired);
            (group, letters, padding) = (0, 0, 0);
        }
        group = group << 6 | u32::from(value);
        letters += 1;
        if letters == 4 {
            out.extend_from_slice(&group.to_be_bytes()[1..]);
            (group, letters) = (0, 0);
        }
    }
    let end = close(&mut out, group, letters, padding);
    (out, quality.max(end))
}

/// What each letter of the alphabet stands for; 255: it is none.
const LETTERS: [u8; 256] = {
    let mut table = [255; 256];
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut at = 0;
    while at < alphabet.len() {
        table[alphabet[at] as usize] = at as u8;
        at += 1;
    }
    table
};

/// Decodes groups of four letters up to the first that is not one; gives how many bytes those were.
fn whole_groups(raw: &[u8], out: &mut Vec<u8>) -> usize {
    let mut done = 0;
    for four in raw.chunks_exact(4) {
        let [a, b, c, d] = [four[0], four[1], four[2], four[3]].map(|byte| LETTERS[usize::from(byte)]);
        // A letter stands for less than 64; only what is none has the highest bit.
        if (a | b | c | d) & 0x80 != 0 {
            break;
        }
        out.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d]);
        done += 4;
    }
    done
}

/// Ends a run: what is left in the group, and whether its padding is right.
fn close(out: &mut Vec<u8>, group: u32, letters: u32, padding: u32) -> DecodeQuality {
    match letters {
        0 if padding == 0 => DecodeQuality::Exact,
        0 => DecodeQuality::Repaired,
        1 => DecodeQuality::Lossy,
        2 => {
            out.push((group >> 4) as u8);
            if padding == 2 { DecodeQuality::Exact } else { short(padding) }
        }
        _ => {
            out.extend_from_slice(&((group >> 2) as u16).to_be_bytes());
            if padding == 1 { DecodeQuality::Exact } else { short(padding) }
        }
    }
}

/// Without any padding the run may have been cut off; with the wrong one it was only written wrongly.
fn short(padding: u32) -> DecodeQuality {
    if padding == 0 { DecodeQuality::Lossy } else { DecodeQuality::Repaired }
}

/// Quoted-printable. White space at the end of a line is kept: it is more likely the writer's than a
/// server's, and dropping it would change bytes that were sent.
fn quoted_printable(raw: &[u8]) -> (Vec<u8>, DecodeQuality) {
    let mut out = Vec::with_capacity(raw.len());
    let mut quality = DecodeQuality::Exact;
    let mut at = 0;
    while at < raw.len() {
        let plain = memchr::memchr(b'=', &raw[at..]).unwrap_or(raw.len() - at);
        if plain > 0 {
            out.extend_from_slice(&raw[at..at + plain]);
            at += plain;
            continue;
        }
        let rest = &raw[at + 1..];
        if let Some(byte) = hex_pair(rest) {
            out.push(byte);
            at += 3;
        } else if let Some(length) = soft_break(rest) {
            at += 1 + length;
        } else {
            // Not an escape: the sign stands for itself.
            quality = DecodeQuality::Repaired;
            out.push(b'=');
            at += 1;
        }
    }
    (out, quality)
}

fn hex_pair(rest: &[u8]) -> Option<u8> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16).map(|digit| digit as u8);
    Some(digit(rest.first()?)? << 4 | digit(rest.get(1)?)?)
}

/// The length of the line break that a `=` at the end of a line hides, with white space before it.
fn soft_break(rest: &[u8]) -> Option<usize> {
    let blank = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match &rest[blank..] {
        [] => Some(blank),
        [b'\r', b'\n', ..] => Some(blank + 2),
        [b'\n', ..] | [b'\r'] => Some(blank + 1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(encoding: TransferEncoding, raw: &str, expected: &[u8], quality: DecodeQuality) {
        assert_eq!(decode(encoding, raw.as_bytes()), (expected.to_vec(), quality), "{raw:?}");
    }

    #[test]
    fn base64_whole_and_damaged() {
        use DecodeQuality::{Exact, Lossy, Repaired};
        for (raw, expected, quality) in [
            ("", "", Exact),
            ("SGVsbG8=", "Hello", Exact),
            ("SGVs\r\nbG8=\r\n", "Hello", Exact),
            ("SGVsbA==", "Hell", Exact),
            ("SGVs", "Hel", Exact),
            ("SGVs*bG8=", "Hello", Repaired),
            ("SGVsbG8", "Hello", Lossy),
            ("SGVsb", "Hel", Lossy),
            ("SGVsbA=", "Hell", Repaired),
            ("SGVsbG8=SGVsbG8=", "HelloHello", Repaired),
            ("=", "", Repaired),
        ] {
            check(TransferEncoding::Base64, raw, expected.as_bytes(), quality);
        }
    }

    #[test]
    fn quoted_printable_whole_and_damaged() {
        use DecodeQuality::{Exact, Repaired};
        for (raw, expected, quality) in [
            ("caf=C3=A9", "caf\u{e9}", Exact),
            ("caf=c3=a9", "caf\u{e9}", Exact),
            ("one =\r\ntwo", "one two", Exact),
            ("one = \t\ntwo", "one two", Exact),
            ("one=", "one", Exact),
            ("line \r\n", "line \r\n", Exact),
            ("1+1=2", "1+1=2", Repaired),
            ("=ZZ", "=ZZ", Repaired),
        ] {
            check(TransferEncoding::QuotedPrintable, raw, expected.as_bytes(), quality);
        }
    }

    #[test]
    fn names_of_encodings() {
        for (words, expected) in [
            ("BASE64", TransferEncoding::Base64),
            (" quoted-printable ; x=y", TransferEncoding::QuotedPrintable),
            ("\"7bit\"", TransferEncoding::Identity),
            ("8bit (not really)", TransferEncoding::Identity),
            ("x-uuencode", TransferEncoding::Unknown),
        ] {
            assert_eq!(TransferEncoding::named(words), expected, "{words}");
        }
    }
}
