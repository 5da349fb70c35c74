//! The bytes of a picture in a backup, looked at as they pass: how many, and their hash.

use crate::model::{DecodeQuality, Digest, Hasher};

/// Decodes base64 as it stands in an attribute, byte by byte, and keeps only what is known of the result.
/// Character references (`&#10;`) are passed over, as reading it again does.
#[derive(Default)]
pub(super) struct Passing {
    hasher: Hasher,
    bytes: u64,
    group: u32,
    letters: u32,
    padding: u32,
    in_reference: bool,
    quality: Option<DecodeQuality>,
}

impl Passing {
    pub(super) fn byte(&mut self, byte: u8) {
        if self.in_reference {
            self.in_reference = byte != b';';
            return;
        }
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => {
                self.padding += 1;
                return;
            }
            b'&' => {
                self.in_reference = true;
                return;
            }
            byte if byte.is_ascii_whitespace() => return,
            _ => {
                self.doubt(DecodeQuality::Repaired);
                return;
            }
        };
        if self.padding > 0 {
            // Letters behind the end: a run of its own.
            self.close();
            self.doubt(DecodeQuality::Repaired);
        }
        self.group = self.group << 6 | u32::from(value);
        self.letters += 1;
        if self.letters == 4 {
            let group = self.group.to_be_bytes();
            self.put(&group[1..]);
            (self.group, self.letters) = (0, 0);
        }
    }

    /// The hash, how many bytes, and whether they are what was sent.
    pub(super) fn finish(mut self) -> (Digest, u64, DecodeQuality) {
        self.close();
        (self.hasher.finish(), self.bytes, self.quality.unwrap_or(DecodeQuality::Exact))
    }

    fn put(&mut self, bytes: &[u8]) {
        self.hasher.update(bytes);
        self.bytes += bytes.len() as u64;
    }

    fn doubt(&mut self, quality: DecodeQuality) {
        self.quality = Some(self.quality.map_or(quality, |before| before.max(quality)));
    }

    fn close(&mut self) {
        let short = |padding: u32| if padding == 0 { DecodeQuality::Lossy } else { DecodeQuality::Repaired };
        match (self.letters, self.padding) {
            (0, 0) | (2, 2) | (3, 1) => {}
            (0, _) => self.doubt(DecodeQuality::Repaired),
            (1, _) => self.doubt(DecodeQuality::Lossy),
            (_, padding) => self.doubt(short(padding)),
        }
        match self.letters {
            2 => self.put(&[(self.group >> 4) as u8]),
            3 => {
                let two = ((self.group >> 2) as u16).to_be_bytes();
                self.put(&two);
            }
            _ => {}
        }
        (self.group, self.letters, self.padding) = (0, 0, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::transfer;
    use super::*;

    #[test]
    fn passing_by_and_reading_again_agree() {
        for text in
            ["aGVsbG8=", "aGVs\nbG8=", "aGVs&#10;bG8=", "aGVsbG8", "aGVsb", "not-valid!!", "", "aGVsbG8=aGVsbG8="]
        {
            let mut passing = Passing::default();
            text.bytes().for_each(|byte| passing.byte(byte));
            let (digest, bytes, quality) = passing.finish();
            let (again, quality_again) = transfer::base64_in_xml(text.as_bytes());
            assert_eq!((digest, bytes), (Digest::of(&again), again.len() as u64), "{text}");
            assert_eq!(quality, quality_again, "{text}");
        }
    }
}
