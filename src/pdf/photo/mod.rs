//! Photographs: what can be read from a JPEG, a copy of it without the place, and the picture in the
//! file. The picture data itself is never touched, scaled or written anew.

mod exif;

use std::collections::BTreeMap;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, Stream};
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Mm, Op, PdfDocument, PdfPage, PdfSaveOptions, XObject, XObjectId,
    XObjectTransform,
};

use super::PdfError;
use super::copy::Copier;
use super::writer::{Number, Output};
use crate::model::Digest;

/// What a JPEG says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoFacts {
    /// Stored width in pixels, before turning.
    pub width: u32,
    /// Stored height in pixels, before turning.
    pub height: u32,
    /// EXIF orientation, 1 to 8; 1 where none is given.
    pub orientation: u8,
    /// It says where it was taken.
    pub has_place: bool,
    /// When it says it was taken, in its own words: `2026:09:18 17:04:10`. A camera's clock, no more.
    pub taken: Option<String>,
}

impl PhotoFacts {
    /// Width and height of the upright picture.
    #[must_use]
    pub fn upright(&self) -> (u32, u32) {
        if self.orientation >= 5 { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// What a JPEG says of itself; `None`: not a JPEG that a paper can show (other formats, lossless or
/// arithmetic coding, more than 8 bits a colour, broken off before the picture).
#[must_use]
pub fn photo_facts(bytes: &[u8]) -> Option<PhotoFacts> {
    let (segments, _) = segments(bytes)?;
    let frame = frame(&segments)?;
    let mut facts =
        PhotoFacts { width: frame.width, height: frame.height, orientation: 1, has_place: false, taken: None };
    for segment in segments.iter().filter(|segment| segment.marker == 0xE1) {
        if let Some(tiff) = segment.payload.strip_prefix(b"Exif\0\0") {
            let exif = exif::read(tiff);
            facts.orientation = exif.orientation.unwrap_or(facts.orientation);
            facts.has_place |= exif.has_place;
            facts.taken = facts.taken.or(exif.taken);
        } else {
            // XMP and its extension: the names are enough to know that a place may be given.
            facts.has_place |= segment.payload.windows(4).any(|window| window == b"GPSL");
        }
    }
    Some(facts)
}

/// A copy without what could give away a place, a device or a name: only what a decoder needs is kept, and nothing
/// after the picture's end. The picture data is untouched. `None`: not a JPEG.
#[must_use]
pub fn without_place(bytes: &[u8]) -> Option<Vec<u8>> {
    let (segments, scans) = segments(bytes)?;
    frame(&segments)?;
    let mut copy = vec![0xFF, 0xD8];
    for segment in segments.iter().filter(|segment| segment.is_needed()) {
        copy.extend(segment.whole);
    }
    for part in without_notes(scans) {
        copy.extend(part);
    }
    Some(copy)
}

/// Writes a photograph as a picture of the output file.
pub(super) fn write_image(out: &mut Output<'_>, image: &Digest, bytes: &[u8]) -> Result<Number, PdfError> {
    let fail = |why: &str| PdfError::Picture { image: *image, why: why.to_owned() };
    let stripped = without_place(bytes).ok_or_else(|| fail("it is not a JPEG that a paper can show"))?;
    let (segments, _) = segments(&stripped).ok_or_else(|| fail("its parts cannot be told apart"))?;
    let frame = frame(&segments).ok_or_else(|| fail("its size is not known"))?;
    let adobe = segments.iter().any(|segment| segment.marker == 0xEE && segment.payload.starts_with(b"Adobe"));
    let pdf = Pdf::new(one_picture(&frame, adobe, stripped)).map_err(|_| fail("its page cannot be read back"))?;
    let page = pdf.pages().first().ok_or_else(|| fail("its page cannot be read back"))?;
    let pictures: &Dict<'_> = &page.resources().x_objects;
    let name = pictures.keys().next().ok_or_else(|| fail("its page cannot be read back"))?;
    let picture = pictures.get::<Stream<'_>>(&name).ok_or_else(|| fail("its page cannot be read back"))?;
    Copier::new(&pdf, &[]).stream(out, picture.obj_id())
}

/// The six numbers that put the picture, as stored, upright into its area (left, top, width, height).
pub(super) fn placement(
    orientation: u8,
    (left, top, width, height): (f32, f32, f32, f32),
    page_height: f32,
) -> [f64; 6] {
    // Where the picture's own right and up point, and where its corner comes to lie (EXIF 2.3, tag 274).
    let unit: [f64; 6] = match orientation {
        2 => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
        3 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
        4 => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
        5 => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
        6 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
        7 => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
        8 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        _ => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
    };
    let (width, height) = (f64::from(width), f64::from(height));
    let bottom = f64::from(page_height) - f64::from(top) - height;
    [
        unit[0] * width,
        unit[1] * height,
        unit[2] * width,
        unit[3] * height,
        f64::from(left) + unit[4] * width,
        bottom + unit[5] * height,
    ]
}

/// One small PDF with the JPEG in it as it is.
fn one_picture(frame: &Frame, adobe: bool, jpeg: Vec<u8>) -> Vec<u8> {
    let named = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let space = match frame.components {
        1 => "DeviceGray",
        3 => "DeviceRGB",
        _ => "DeviceCMYK",
    };
    let mut dict = BTreeMap::from([
        ("Type".to_owned(), named("XObject")),
        ("Subtype".to_owned(), named("Image")),
        ("Width".to_owned(), DictItem::Int(i64::from(frame.width))),
        ("Height".to_owned(), DictItem::Int(i64::from(frame.height))),
        ("BitsPerComponent".to_owned(), DictItem::Int(8)),
        ("ColorSpace".to_owned(), named(space)),
        ("Filter".to_owned(), named("DCTDecode")),
    ]);
    if frame.components == 4 && adobe {
        // Adobe's programs store CMYK turned round: 0 is full ink.
        let turned = [1, 0, 1, 0, 1, 0, 1, 0].map(DictItem::Int).to_vec();
        dict.insert("Decode".to_owned(), DictItem::Array(turned));
    }
    let mut document = PdfDocument::new("");
    let id = XObjectId("Photograph".to_owned());
    let stream = ExternalStream { dict, content: jpeg, compress: false };
    let picture = ExternalXObject { stream, width: None, height: None, dpi: None };
    document.resources.xobjects.map.insert(id.clone(), XObject::External(picture));
    let draw = Op::UseXobject { id, transform: XObjectTransform::default() };
    document.with_pages(vec![PdfPage::new(Mm(210.0), Mm(297.0), vec![draw])]);
    let options = PdfSaveOptions { optimize: false, ..PdfSaveOptions::default() };
    document.save(&options, &mut Vec::new())
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

/// The segments before the picture data, and the picture data from its first scan header to the end marker.
fn segments(bytes: &[u8]) -> Option<(Vec<Segment<'_>>, &[u8])> {
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
            0xDA => return Some((segments, &bytes[at..end_of_picture(bytes, at)])),
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
fn frame(segments: &[Segment<'_>]) -> Option<Frame> {
    let mut frames = segments
        .iter()
        .filter(|segment| matches!(segment.marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF));
    let (Some(frame), None) = (frames.next(), frames.next()) else { return None };
    let [8, height_high, height_low, width_high, width_low, components, ..] = *frame.payload else { return None };
    if !matches!(frame.marker, 0xC0..=0xC2) || !matches!(components, 1 | 3 | 4) {
        return None;
    }
    let width = u32::from(u16::from_be_bytes([width_high, width_low]));
    let height = u32::from(u16::from_be_bytes([height_high, height_low]));
    (width > 0 && height > 0).then_some(Frame { width, height, components })
}

#[cfg(test)]
pub(in crate::pdf) mod tests;
