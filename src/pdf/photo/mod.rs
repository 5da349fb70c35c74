//! Photographs, scans and pictures of screens: what can be read from them, and the picture in the file.
//!
//! In: the bytes of a picture. Out: [`PictureFacts`] before a paper is planned and [`Prepared`] when it is made, both plain
//! values; or [`Unshown`], why a paper must carry a page in its place. JPEG data is never decoded, scaled or written anew:
//! its copy only loses what a device wrote beside the picture. Other formats are unpacked and packed again
//! without loss, at most as fine as paper shows (300 dots an inch). No note, place, preview, name or
//! profile is ever copied into a paper (PRI-13). Deliberately absent: files, the clock, and any choice of size.

mod draw;
mod exif;
mod gif;
mod heic;
mod jpeg;
mod png;
mod raster;
mod tiff;
mod webp;

use serde::{Deserialize, Serialize};

pub(super) use draw::{clip, placement, write_image};
#[cfg(test)]
pub(super) use jpeg::without_place;

/// The most pixels of a picture that must be unpacked: an A3 page scanned with 600 dots an inch has 70 million.
pub const MAX_PIXELS: u64 = 100_000_000;
/// The most bytes a picture may unpack to.
pub const MAX_UNPACKED: u64 = 320 * 1024 * 1024;
/// The most pages of one scan.
pub const MAX_FRAMES: usize = 200;

/// What kind of picture, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// JPEG, and the first picture of a multi-picture file.
    Jpeg,
    /// Portable network graphics.
    Png,
    /// TIFF: scans, often of many pages.
    Tiff,
    /// WebP.
    WebP,
    /// GIF.
    Gif,
    /// HEIC and HEIF, as iPhones keep photographs.
    Heic,
}

/// One picture of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameFacts {
    /// Its number in the file, from 0.
    pub number: u32,
    /// Width and height as stored, before turning.
    pub stored: (u32, u32),
    /// EXIF orientation, 1 to 8; 1 where none is given.
    pub orientation: u8,
    /// It goes into a paper with every pixel, however fine it is printed: JPEG, and scans in black and white.
    pub as_it_is: bool,
}

impl FrameFacts {
    /// Width and height of the upright picture.
    #[must_use]
    pub fn upright(&self) -> (u32, u32) {
        let (width, height) = self.stored;
        if self.orientation >= 5 { (height, width) } else { (width, height) }
    }
}

/// Something that must be said of the copy in a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remark {
    /// The file ends before the picture does.
    BreaksOff,
    /// A second picture, a film or other data follows the picture.
    More,
    /// It moves; one picture of it is shown.
    Moves,
    /// See-through parts are printed white.
    SeeThrough,
    /// More than 256 steps a colour are printed as 256.
    FinerColours,
    /// Small previews in the file are left out.
    Previews,
}

impl Remark {
    /// A sentence for the caption.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Remark::BreaksOff => "The file breaks off before the picture is complete: what is there is shown.",
            Remark::More => "What the file holds after the picture (a film or a second picture) is not in this copy.",
            Remark::Moves => "The picture moves: its first moment is shown.",
            Remark::SeeThrough => "See-through parts are printed white.",
            Remark::FinerColours => "Colours are printed in 256 steps; the kept file has more.",
            Remark::Previews => "Small previews in the file are left out.",
        }
    }
}

/// What a picture says of itself. All of it is the file's own word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureFacts {
    /// What kind.
    pub format: Format,
    /// Its pictures: more than one only for scans of many pages.
    pub frames: Vec<FrameFacts>,
    /// It says where it was taken.
    pub has_place: bool,
    /// When it says it was taken, in its own words: `2026:09:18 17:04:10`, with `+01:00` where it gives that. A camera's clock, no more.
    pub taken: Option<String>,
    /// What must be said of the copy.
    pub remarks: Vec<Remark>,
}

/// Why a picture cannot be shown in a paper: the end of a sentence that begins with the file's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Unshown {
    /// No picture of a kind known here.
    #[error("it is not a picture of a kind that papers can show (JPEG, PNG, TIFF, WebP, GIF, HEIC)")]
    NotAPicture,
    /// A kind or a coding that is known but not shown.
    #[error("{what}")]
    Kind {
        /// The end of the sentence.
        what: String,
    },
    /// Larger than what is opened.
    #[error("it has {pixels} pixels, more than the {MAX_PIXELS} that are opened")]
    TooLarge {
        /// How many pixels it announces.
        pixels: u64,
    },
    /// It would take too much room.
    #[error("it would need more than {} MB of memory to be opened", MAX_UNPACKED / 1024 / 1024)]
    TooHeavy,
    /// More pages than are shown.
    #[error("it has more than {MAX_FRAMES} pages")]
    TooManyPages,
    /// It cannot be read.
    #[error("it is damaged or breaks off: {why}")]
    Damaged {
        /// What the reader found.
        why: String,
    },
    /// A HEIC that this version cannot open.
    #[error(
        "this HEIC picture cannot be opened here ({why}). A copy as JPEG can be shown: on an iPhone, send the picture by e-mail \
         or choose Settings > Camera > Formats > Most Compatible before the next one"
    )]
    Heic {
        /// What the reader found.
        why: String,
    },
}

impl Unshown {
    fn kind(what: &str) -> Self {
        Unshown::Kind { what: what.to_owned() }
    }

    fn damaged(why: impl std::fmt::Display) -> Self {
        // A decoder's own words, cut: they may hold what the file says.
        Unshown::Damaged { why: why.to_string().chars().filter(|c| !c.is_control()).take(120).collect() }
    }
}

/// A picture ready for a file: plain bytes, and how they are to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// Width in pixels as stored, before turning.
    pub width: u32,
    /// Height in pixels as stored, before turning.
    pub height: u32,
    /// Colours: 1 grey, 3 red green blue, 4 cyan magenta yellow black.
    pub components: u8,
    /// Bits a colour: 1 or 8.
    pub bits: u8,
    /// 0 is full ink: Adobe's way to write CMYK.
    pub turned_round: bool,
    /// How the bytes are packed.
    pub packing: Packing,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// How the bytes of a picture are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Packing {
    /// A JPEG, its picture data untouched.
    Jpeg,
    /// Rows with PNG's predictors, deflated: without loss.
    Rows,
}

/// Which picture, and how fine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Wanted {
    /// Its number in the file, from 0.
    pub frame: u32,
    /// Width and height in stored pixels beyond which paper shows no more. `None`: all of them.
    pub finest: Option<(u32, u32)>,
}

/// Which kind of picture this is, by its first bytes.
#[must_use]
pub fn format(bytes: &[u8]) -> Option<Format> {
    let at = |offset: usize, magic: &[u8]| bytes.get(offset..offset + magic.len()) == Some(magic);
    if at(0, b"\xFF\xD8\xFF") {
        Some(Format::Jpeg)
    } else if at(0, b"\x89PNG\r\n\x1a\n") {
        Some(Format::Png)
    } else if at(0, b"II*\0") || at(0, b"MM\0*") {
        Some(Format::Tiff)
    } else if at(0, b"RIFF") && at(8, b"WEBP") {
        Some(Format::WebP)
    } else if at(0, b"GIF87a") || at(0, b"GIF89a") {
        Some(Format::Gif)
    } else if at(4, b"ftyp") && heic::is_still(bytes) {
        Some(Format::Heic)
    } else {
        None
    }
}

fn format_or_why(bytes: &[u8]) -> Result<Format, Unshown> {
    if let Some(format) = format(bytes) {
        return Ok(format);
    }
    if bytes.starts_with(b"II+\0") || bytes.starts_with(b"MM\0+") {
        return Err(Unshown::kind("it is a BigTIFF, which papers cannot show; save it as an ordinary TIFF or a PDF"));
    }
    if bytes.get(4..12) == Some(b"ftypavif") || bytes.get(4..12) == Some(b"ftypavis") {
        return Err(Unshown::kind("it is an AVIF picture, which papers cannot show; save it as JPEG or PNG"));
    }
    if bytes.starts_with(b"BM") {
        return Err(Unshown::kind("it is a BMP picture, which papers cannot show; save it as PNG"));
    }
    Err(Unshown::NotAPicture)
}

/// What a picture says of itself. Pictures that must be unpacked are unpacked once, so that what is
/// promised here can be drawn later; JPEG is not.
///
/// # Errors
/// [`Unshown`]: why a paper needs a page in its place.
pub fn look(bytes: &[u8]) -> Result<PictureFacts, Unshown> {
    match format_or_why(bytes)? {
        Format::Jpeg => jpeg::look(bytes),
        Format::Png => png::look(bytes),
        Format::Tiff => tiff::look(bytes),
        Format::WebP => webp::look(bytes),
        Format::Gif => gif::look(bytes),
        Format::Heic => heic::look(bytes),
    }
}

/// When a picture says it was taken, read without unpacking it.
#[must_use]
pub fn taken(bytes: &[u8]) -> Option<String> {
    match format(bytes)? {
        Format::Jpeg => jpeg::notes(bytes).taken,
        Format::Png => png::notes(bytes).exif.taken,
        Format::Tiff => exif::read(bytes).taken,
        Format::WebP => webp::notes(bytes).exif.taken,
        Format::Heic => heic::notes(bytes).taken,
        Format::Gif => None,
    }
}

/// The picture as a paper holds it, without any note of its device. The same bytes give the same result.
///
/// # Errors
/// [`Unshown`]: why it cannot be shown.
pub fn prepare(bytes: &[u8], wanted: Wanted) -> Result<Prepared, Unshown> {
    let raster = match format_or_why(bytes)? {
        Format::Jpeg => return jpeg::prepare(bytes),
        Format::Png => png::unpack(bytes)?.0,
        Format::Tiff => tiff::unpack(bytes, wanted.frame)?,
        Format::WebP => webp::unpack(bytes)?,
        Format::Gif => gif::unpack(bytes)?,
        Format::Heic => heic::unpack(bytes)?,
    };
    raster.at_most(wanted.finest).packed()
}

/// Refuses what is announced too large, before any room is taken for it.
fn check_size(width: u32, height: u32, bytes_a_pixel: u64) -> Result<(), Unshown> {
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MAX_PIXELS {
        return Err(Unshown::TooLarge { pixels });
    }
    if pixels.saturating_mul(bytes_a_pixel) > MAX_UNPACKED {
        return Err(Unshown::TooHeavy);
    }
    if pixels == 0 { Err(Unshown::damaged("it has no pixels")) } else { Ok(()) }
}

/// XMP: the names are enough to know that a place may be given.
fn names_a_place(xmp: &[u8]) -> bool {
    xmp.windows(4).any(|window| window == b"GPSL")
}

#[cfg(test)]
pub(in crate::pdf) mod tests;

#[cfg(test)]
mod kinds;
