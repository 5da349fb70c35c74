//! The few EXIF facts a paper needs, read within bounds (EXIF 2.3; TIFF 6.0 directories).

/// What was found. All of it may be wrong; none of it can do harm.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Exif {
    /// Tag 274, 1 to 8.
    pub orientation: Option<u8>,
    /// A directory with a place is there, or cannot be read.
    pub has_place: bool,
    /// Tag 36867, when it looks like a time; with the offset of tag 36881 where that is there.
    pub taken: Option<String>,
}

/// Entries read of one directory.
const MAX_ENTRIES: u16 = 1024;

/// Reads the TIFF structure of an EXIF segment.
pub(super) fn read(tiff: &[u8]) -> Exif {
    let mut exif = Exif::default();
    let little = match tiff.get(..4) {
        Some(b"II*\0") => true,
        Some(b"MM\0*") => false,
        _ => return exif,
    };
    let tiff = Tiff { bytes: tiff, little };
    let Some(first) = tiff.u32(4) else { return exif };
    for (tag, at) in tiff.directory(first).unwrap_or_default() {
        match tag {
            274 => {
                exif.orientation = tiff.u16(at + 8).and_then(|n| u8::try_from(n).ok()).filter(|n| (1..=8).contains(n));
            }
            // The directory of the place: its tags 1 to 4 are latitude and longitude.
            34853 => {
                let place = tiff.u32(at + 8).and_then(|offset| tiff.directory(offset));
                exif.has_place = place.is_none_or(|tags| tags.iter().any(|(tag, _)| (1..=4).contains(tag)));
            }
            34665 => {
                let inner = tiff.u32(at + 8).and_then(|offset| tiff.directory(offset)).unwrap_or_default();
                let entry = |wanted| inner.iter().find(|(tag, _)| *tag == wanted).map(|(_, at)| *at);
                let offset = entry(36881).and_then(|at| tiff.offset(at));
                exif.taken = entry(36867).and_then(|at| tiff.time(at));
                if let (Some(taken), Some(offset)) = (&mut exif.taken, offset) {
                    taken.extend([" ", &offset]);
                }
            }
            _ => {}
        }
    }
    exif
}

struct Tiff<'a> {
    bytes: &'a [u8],
    little: bool,
}

impl Tiff<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        let pair: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let four: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
    }

    /// The tags of a directory and where their entries start.
    fn directory(&self, offset: u32) -> Option<Vec<(u16, usize)>> {
        let offset = usize::try_from(offset).ok()?;
        let count = self.u16(offset)?.min(MAX_ENTRIES);
        (0..usize::from(count))
            .map(|index| {
                let at = offset.checked_add(2 + 12 * index)?;
                self.bytes.get(at..at.checked_add(12)?)?;
                Some((self.u16(at)?, at))
            })
            .collect()
    }

    /// `+01:00`, exactly in this form (EXIF 2.31).
    fn offset(&self, entry: usize) -> Option<String> {
        let start = usize::try_from(self.u32(entry + 8)?).ok()?;
        let text = std::str::from_utf8(self.bytes.get(start..start.checked_add(6)?)?).ok()?;
        let shaped = text.bytes().enumerate().all(|(index, byte)| match index {
            0 => matches!(byte, b'+' | b'-'),
            3 => byte == b':',
            _ => byte.is_ascii_digit(),
        });
        shaped.then(|| text.to_owned())
    }

    /// `2026:09:18 17:04:10`, exactly in this form.
    fn time(&self, entry: usize) -> Option<String> {
        let start = usize::try_from(self.u32(entry + 8)?).ok()?;
        let text = std::str::from_utf8(self.bytes.get(start..start.checked_add(19)?)?).ok()?;
        let shaped = text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 | 13 | 16 => byte == b':',
            10 => byte == b' ',
            _ => byte.is_ascii_digit(),
        });
        (shaped && !text.starts_with("0000")).then(|| text.to_owned())
    }
}
