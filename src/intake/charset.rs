//! Bytes of text become words.

use encoding_rs::Encoding;

/// Text, and what had to be supposed to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    pub text: String,
    pub doubt: Option<CharsetDoubt>,
}

/// Why the letters may not be those that were sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum CharsetDoubt {
    /// The charset named is not known; this one was taken.
    Unknown { named: String, taken: &'static str },
    /// None was named, or one that these bytes are not in; this one was taken.
    Supposed { taken: &'static str },
    /// Some bytes stand for no letter; each became the replacement character.
    Damaged,
}

/// Reads `bytes` in the charset a part names.
pub(super) fn decode(named: Option<&str>, bytes: &[u8]) -> Decoded {
    let label = named.map(|name| name.trim().trim_matches(['"', '\'']).to_ascii_lowercase());
    let label = label.as_deref().filter(|label| !label.is_empty());
    match label {
        // US-ASCII says that there is nothing beyond it; where there is, it says nothing.
        None | Some("us-ascii" | "ascii" | "ansi_x3.4-1968" | "binary" | "7bit" | "8bit") => suppose(bytes),
        Some("utf-7" | "unicode-1-1-utf-7" | "csutf7") => utf7(bytes),
        Some(label) => labelled(label, bytes),
    }
}

fn labelled(label: &str, bytes: &[u8]) -> Decoded {
    if let Some(encoding) = Encoding::for_label_no_replacement(label.as_bytes()) {
        let (text, damaged) = encoding.decode_with_bom_removal(bytes);
        return Decoded { text: text.into_owned(), doubt: damaged.then_some(CharsetDoubt::Damaged) };
    }
    let (text, taken) = utf8_or_windows(bytes);
    // Plain ASCII reads the same in nearly all of them.
    let doubt = (!bytes.is_ascii()).then(|| CharsetDoubt::Unknown { named: label.to_owned(), taken });
    Decoded { text, doubt }
}

fn suppose(bytes: &[u8]) -> Decoded {
    let (text, taken) = utf8_or_windows(bytes);
    let doubt = (taken != "UTF-8").then_some(CharsetDoubt::Supposed { taken });
    Decoded { text, doubt }
}

/// UTF-8 if the bytes are, else Windows-1252, in which every byte is a letter.
pub(super) fn utf8_or_windows(bytes: &[u8]) -> (String, &'static str) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), "UTF-8"),
        Err(_) => (encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), "Windows-1252"),
    }
}

/// UTF-7 (RFC 2152), which browsers' encodings leave out and old mail has.
fn utf7(bytes: &[u8]) -> Decoded {
    let mut text = String::with_capacity(bytes.len());
    let mut damaged = false;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        at += 1;
        if byte != b'+' {
            damaged |= !byte.is_ascii();
            text.push(if byte.is_ascii() { char::from(byte) } else { char::REPLACEMENT_CHARACTER });
            continue;
        }
        let run = bytes[at..].iter().take_while(|byte| sextet(**byte).is_some()).count();
        let closed = bytes.get(at + run) == Some(&b'-');
        if run == 0 {
            // "+-" is a plus sign.
            damaged |= !closed;
            text.push('+');
        } else {
            damaged |= !utf16_run(&bytes[at..at + run], &mut text);
        }
        at += run + usize::from(closed);
    }
    Decoded { text, doubt: damaged.then_some(CharsetDoubt::Damaged) }
}

/// Appends the UTF-16 that a run of sextets holds; whether it was whole.
fn utf16_run(run: &[u8], text: &mut String) -> bool {
    let (mut bits, mut count) = (0_u32, 0_u32);
    let mut units = Vec::with_capacity(run.len() * 6 / 16);
    for value in run.iter().filter_map(|byte| sextet(*byte)) {
        bits = (bits << 6 | u32::from(value)) & 0x003f_ffff;
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push((bits >> count) as u16);
        }
    }
    let mut whole = count < 6 && bits & ((1 << count) - 1) == 0;
    for letter in char::decode_utf16(units) {
        whole &= letter.is_ok();
        text.push(letter.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    whole
}

fn sextet(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets() {
        for (named, bytes, expected, doubtful) in [
            (Some("utf-8"), &b"caf\xc3\xa9"[..], "café", false),
            (Some("UTF-8"), b"caf\xe9", "caf\u{fffd}", true),
            (Some("iso-8859-1"), b"\xa320", "£20", false),
            (Some("\"windows-1252\""), b"\x93so\x94", "“so”", false),
            (Some("koi8-r"), b"\xf0\xf2", "ПР", false),
            (Some("iso-2022-jp"), b"\x1b$B4A\x1b(B", "漢", false),
            (Some("us-ascii"), b"caf\xc3\xa9", "café", false),
            (Some("us-ascii"), b"\xa320", "£20", true),
            (None, b"plain", "plain", false),
            (None, b"\xef\xbb\xbfmark", "mark", false),
            (Some("x-nobody-knows"), b"plain", "plain", false),
            (Some("x-nobody-knows"), b"\xa320", "£20", true),
            (Some("utf-7"), b"Hi Mom -+Jjo--!", "Hi Mom -☺-!", false),
            (Some("utf-7"), b"1 +- 1 +AKM-20", "1 + 1 £20", false),
            (Some("utf-7"), b"+2D3cCg-", "\u{1f40a}", false),
            (Some("utf-7"), b"+2D3-x", "\u{fffd}x", true),
        ] {
            let decoded = decode(named, bytes);
            assert_eq!(decoded.text, expected, "{named:?}");
            assert_eq!(decoded.doubt.is_some(), doubtful, "{named:?} {bytes:?}");
        }
    }
}
