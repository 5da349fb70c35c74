//! PNG: unpacked with its palette, its transparency and its interlacing undone. Black and white stays so.

use std::io::Cursor;

use ::png::{BitDepth, ColorType, Decoder, Limits, Transformations};

use super::exif::{self, Exif};
use super::raster::Raster;
use super::{Format, FrameFacts, MAX_UNPACKED, PictureFacts, Remark, Unshown, check_size, names_a_place};

/// One chunk of the file.
pub(super) struct Chunk<'a> {
    pub(super) kind: [u8; 4],
    pub(super) data: &'a [u8],
}

/// The chunks after the signature, as far as the file goes. Check sums are left to the decoder.
pub(super) fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let (length, after) = rest.split_first_chunk::<4>()?;
        let (kind, after) = after.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let data = after.get(..length)?;
        rest = after.get(length + 4..).unwrap_or_default();
        Some(Chunk { kind: *kind, data })
    })
}

/// What is said beside the picture.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) exif: Exif,
    moves: bool,
}

pub(super) fn notes(bytes: &[u8]) -> Notes {
    let mut notes = Notes::default();
    for chunk in chunks(bytes) {
        match &chunk.kind {
            b"eXIf" => {
                let has_place = notes.exif.has_place;
                notes.exif = exif::read(chunk.data);
                notes.exif.has_place |= has_place;
            }
            b"iTXt" | b"tEXt" => notes.exif.has_place |= names_a_place(chunk.data),
            // Packed notes are not opened: whatever they say, they are not copied.
            b"acTL" => notes.moves = true,
            _ => {}
        }
    }
    notes
}

pub(super) fn look(bytes: &[u8]) -> Result<PictureFacts, Unshown> {
    let notes = notes(bytes);
    let (raster, mut remarks) = unpack(bytes)?;
    if notes.moves {
        remarks.push(Remark::Moves);
    }
    let frame = FrameFacts {
        number: 0,
        stored: (raster.width, raster.height),
        orientation: notes.exif.orientation.unwrap_or(1),
        as_it_is: raster.bits == 1,
    };
    let Exif { has_place, taken, .. } = notes.exif;
    Ok(PictureFacts { format: Format::Png, frames: vec![frame], has_place, taken, remarks })
}

pub(super) fn unpack(bytes: &[u8]) -> Result<(Raster, Vec<Remark>), Unshown> {
    let limits = Limits { bytes: usize::try_from(MAX_UNPACKED).unwrap_or(usize::MAX) };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(Unshown::damaged)?;
    let (width, height, depth) = (header.width, header.height, header.bit_depth);
    check_size(width, height, if depth == BitDepth::Sixteen { 5 } else { 4 })?;
    let palette_or_more = header.color_type != ColorType::Grayscale || depth != BitDepth::One;
    let finer = depth == BitDepth::Sixteen;
    let see_through_black =
        chunks(bytes).take_while(|chunk| chunk.kind != *b"IDAT").any(|chunk| chunk.kind == *b"tRNS");
    if palette_or_more || see_through_black {
        decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    } else {
        decoder.set_transformations(Transformations::IDENTITY);
    }
    let mut reader = decoder.read_info().map_err(Unshown::damaged)?;
    let size = reader.output_buffer_size().ok_or(Unshown::TooHeavy)?;
    if u64::try_from(size).unwrap_or(u64::MAX) > MAX_UNPACKED {
        return Err(Unshown::TooHeavy);
    }
    let mut data = vec![0; size];
    let frame = reader.next_frame(&mut data).map_err(Unshown::damaged)?;
    data.truncate(frame.buffer_size());
    let mut remarks = if finer { vec![Remark::FinerColours] } else { Vec::new() };
    let raster = match (frame.color_type, frame.bit_depth) {
        (ColorType::Grayscale, BitDepth::One) => Raster { width, height, components: 1, bits: 1, data }.checked()?,
        (ColorType::Grayscale, BitDepth::Eight) => Raster::of_bytes(width, height, 1, data)?,
        (ColorType::Rgb, BitDepth::Eight) => Raster::of_bytes(width, height, 3, data)?,
        (ColorType::GrayscaleAlpha, BitDepth::Eight) => on_white(width, height, 1, data, &mut remarks)?,
        (ColorType::Rgba, BitDepth::Eight) => on_white(width, height, 3, data, &mut remarks)?,
        _ => return Err(Unshown::kind("its colours are stored in a way that papers cannot show")),
    };
    Ok((raster, remarks))
}

fn on_white(width: u32, height: u32, colours: u8, data: Vec<u8>, remarks: &mut Vec<Remark>) -> Result<Raster, Unshown> {
    let (raster, see_through) = Raster::on_white(width, height, colours, data)?;
    if see_through {
        remarks.push(Remark::SeeThrough);
    }
    Ok(raster)
}
