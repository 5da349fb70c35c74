//! JPEG: what it says of itself, and a copy of it without notes. The picture data is never touched, scaled or written anew.

use super::exif::{self, Exif};
use super::{Format, FrameFacts, Packing, PictureFacts, Prepared, Remark, Unshown, names_a_place};

/// What a JPEG says of itself, without opening the picture.
pub(super) fn look(bytes: &[u8]) -> Result<PictureFacts, Unshown> {
    let (segments, scans, after) = segments(bytes).ok_or_else(broken)?;
    let frame = frame(&segments)?;
    let Exif { orientation, has_place, taken } = notes_of(&segments);
    let mut remarks = Vec::new();
    remarks.extend((!scans.ends_with(&END)).then_some(Remark::BreaksOff));
    // Some cameras fill up with zeros; that is nothing anyone would miss.
    remarks.extend(after.iter().any(|byte| *byte != 0).then_some(Remark::More));
    let stored = (frame.width, frame.height);
    let orientation = orientation.unwrap_or(1);
    let frame = FrameFacts { number: 0, stored, orientation, as_it_is: true };
    Ok(PictureFacts { format: Format::Jpeg, frames: vec![frame], has_place, taken, remarks })
}

/// What is noted beside the picture.
pub(super) fn notes(bytes: &[u8]) -> Exif {
    segments(bytes).map(|(segments, ..)| notes_of(&segments)).unwrap_or_default()
}

fn notes_of(segments: &[Segment<'_>]) -> Exif {
    let mut notes = Exif::default();
    for segment in segments.iter().filter(|segment| segment.marker == 0xE1) {
        if let Some(tiff) = segment.payload.strip_prefix(b"Exif\0\0") {
            let exif = exif::read(tiff);
            notes.orientation = exif.orientation.or(notes.orientation);
            notes.has_place |= exif.has_place;
            notes.taken = notes.taken.or(exif.taken);
        } else {
            // XMP and its extension.
            notes.has_place |= names_a_place(segment.payload);
        }
    }
    notes
}

/// The JPEG as a paper holds it.
pub(super) fn prepare(bytes: &[u8]) -> Result<Prepared, Unshown> {
    let (segments, ..) = segments(bytes).ok_or_else(broken)?;
    let frame = frame(&segments)?;
    let adobe = segments.iter().any(|segment| segment.marker == 0xEE && segment.payload.starts_with(b"Adobe"));
    Ok(Prepared {
        width: frame.width,
        height: frame.height,
        components: frame.components,
        bits: 8,
        // Adobe's programs store CMYK turned round: 0 is full ink.
        turned_round: frame.components == 4 && adobe,
        packing: Packing::Jpeg,
        bytes: without_place(bytes).ok_or_else(broken)?,
    })
}

fn broken() -> Unshown {
    Unshown::damaged("the parts of the JPEG before the picture cannot be told apart")
}

/// The end of a picture.
const END: [u8; 2] = [0xFF, 0xD9];

/// A copy without what could give away a place, a device or a name: only what a decoder needs is kept, and nothing
/// after the picture's end. The picture data is untouched. `None`: not a JPEG.
/// A picture that breaks off is given its end, so that readers stop there.
#[must_use]
pub(in crate::pdf) fn without_place(bytes: &[u8]) -> Option<Vec<u8>> {
    let (segments, scans, _) = segments(bytes)?;
    frame(&segments).ok()?;
    let mut copy = vec![0xFF, 0xD8];
    for segment in segments.iter().filter(|segment| segment.is_needed()) {
        copy.extend(segment.whole);
    }
    for part in without_notes(scans) {
        copy.extend(part);
    }
    if !copy.ends_with(&END) {
        copy.extend(END);
    }
    Some(copy)
}

/// A marker segment before the picture data.
struct Segment<'a> {
    marker: u8,
    /// Without marker and length.
    payload: &'a [u8],
    /// With them.
    whole: &'a [u8],
}

impl Segment<'_> {
    /// A decoder needs it: tables, the frame, the JFIF and Adobe marks. Notes, previews, colour
    /// profiles and whatever else a device writes are not needed.
    fn is_needed(&self) -> bool {
        match self.marker {
            0xE0 => self.payload.starts_with(b"JFIF\0"),
            0xEE => self.payload.starts_with(b"Adobe"),
            0xE1..=0xEF | 0xFE => false,
            _ => true,
        }
    }
}

/// Size and colours.
struct Frame {
    width: u32,
    height: u32,
    components: u8,
}

/// A file in three parts: the segments before the picture data; the picture data from its first scan header to the end
/// marker; what follows.
type Parts<'a> = (Vec<Segment<'a>>, &'a [u8], &'a [u8]);

fn segments(bytes: &[u8]) -> Option<Parts<'_>> {
    let mut at = bytes.starts_with(&[0xFF, 0xD8]).then_some(2_usize)?;
    let mut segments = Vec::new();
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // Fill bytes.
            0xFF => at += 1,
            0xDA => {
                let (before, after) = bytes.split_at(end_of_picture(bytes, at));
                return Some((segments, &before[at..], after));
            }
            0x00 | 0x01 | 0xD0..=0xD9 => return None,
            _ => {
                let length = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
                let whole = bytes.get(at..at + 2 + length)?;
                segments.push(Segment { marker, payload: whole.get(4..)?, whole });
                at += 2 + length;
            }
        }
    }
}

/// Where the picture ends: after its end marker, or where the bytes do.
fn end_of_picture(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some((position, marker)) = next_marker(bytes, at) {
        if marker == 0xD9 {
            return position + 2;
        }
        at = after_segment(bytes, position);
    }
    bytes.len()
}

/// The picture data in pieces, without notes that stand between scans.
fn without_notes(scans: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let (mut kept, mut at) = (0, 0);
    while let Some((position, marker)) = next_marker(scans, at) {
        at = after_segment(scans, position);
        if matches!(marker, 0xE0..=0xEF | 0xFE) {
            parts.push(&scans[kept..position]);
            kept = at;
        }
    }
    parts.push(&scans[kept..]);
    parts
}

/// The next marker that is neither data nor a restart.
fn next_marker(bytes: &[u8], from: usize) -> Option<(usize, u8)> {
    let rest = bytes.get(from..)?;
    rest.windows(2).enumerate().find_map(|(index, pair)| match pair {
        [0xFF, 0x00 | 0x01 | 0xD0..=0xD7 | 0xFF] => None,
        [0xFF, marker] => Some((from + index, *marker)),
        _ => None,
    })
}

/// The place after the segment whose marker stands here.
fn after_segment(bytes: &[u8], position: usize) -> usize {
    let length = bytes.get(position + 2..position + 4).map_or(0, |pair| u16::from_be_bytes([pair[0], pair[1]]));
    (position + 2 + usize::from(length)).min(bytes.len())
}

/// Size and colours, for a picture that PDF readers can show (ISO 32000-1, 7.4.8): baseline, extended
/// and progressive coding with 8 bits; 1, 3 or 4 colours.
fn frame(segments: &[Segment<'_>]) -> Result<Frame, Unshown> {
    let mut frames = segments
        .iter()
        .filter(|segment| matches!(segment.marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF));
    let (Some(frame), None) = (frames.next(), frames.next()) else { return Err(broken()) };
    let [bits, height_high, height_low, width_high, width_low, components, ..] = *frame.payload else {
        return Err(broken());
    };
    let declined = |what: &str| {
        Err(Unshown::kind(&format!(
            "it is a JPEG {what}, which PDF readers cannot show; save a copy as an ordinary JPEG"
        )))
    };
    match frame.marker {
        0xC0..=0xC2 => {}
        0xC9..=0xCB | 0xCD..=0xCF => return declined("in arithmetic coding"),
        _ => return declined("in lossless or layered coding"),
    }
    if bits != 8 {
        return declined(&format!("of {bits} bits a colour"));
    }
    if !matches!(components, 1 | 3 | 4) {
        return declined(&format!("of {components} colours"));
    }
    let width = u32::from(u16::from_be_bytes([width_high, width_low]));
    let height = u32::from(u16::from_be_bytes([height_high, height_low]));
    if width > 0 && height > 0 { Ok(Frame { width, height, components }) } else { declined("whose size is not known") }
}
