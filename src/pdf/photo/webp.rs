//! WebP, lossy and lossless, still or the first picture of a moving one.

use std::io::Cursor;

use image_webp::WebPDecoder;

use super::exif::{self, Exif};
use super::raster::Raster;
use super::{Format, FrameFacts, MAX_UNPACKED, PictureFacts, Remark, Unshown, check_size, names_a_place};

/// What is said beside the picture.
#[derive(Default)]
pub(super) struct Notes {
    pub(super) exif: Exif,
}

pub(super) fn notes(bytes: &[u8]) -> Notes {
    let mut notes = Notes::default();
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((kind, after)) = rest.split_first_chunk::<4>() {
        let Some((length, after)) = after.split_first_chunk::<4>() else { break };
        let length = usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let Some(data) = after.get(..length) else { break };
        match kind {
            b"EXIF" => {
                // Some programs leave JPEG's own mark before the directory.
                let tiff = data.strip_prefix(b"Exif\0\0").unwrap_or(data);
                let has_place = notes.exif.has_place;
                notes.exif = exif::read(tiff);
                notes.exif.has_place |= has_place;
            }
            b"XMP " => notes.exif.has_place |= names_a_place(data),
            _ => {}
        }
        // Chunks are filled up to an even length.
        rest = after.get(length + (length & 1)..).unwrap_or_default();
    }
    notes
}

pub(super) fn look(bytes: &[u8]) -> Result<PictureFacts, Unshown> {
    let Exif { orientation, has_place, taken } = notes(bytes).exif;
    let (raster, see_through, moves) = decode(bytes)?;
    let mut remarks = Vec::new();
    remarks.extend(see_through.then_some(Remark::SeeThrough));
    remarks.extend(moves.then_some(Remark::Moves));
    let frame = FrameFacts {
        number: 0,
        stored: (raster.width, raster.height),
        orientation: orientation.unwrap_or(1),
        as_it_is: false,
    };
    Ok(PictureFacts { format: Format::WebP, frames: vec![frame], has_place, taken, remarks })
}

pub(super) fn unpack(bytes: &[u8]) -> Result<Raster, Unshown> {
    Ok(decode(bytes)?.0)
}

fn decode(bytes: &[u8]) -> Result<(Raster, bool, bool), Unshown> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(Unshown::damaged)?;
    decoder.set_memory_limit(usize::try_from(MAX_UNPACKED).unwrap_or(usize::MAX));
    let (width, height) = decoder.dimensions();
    check_size(width, height, 4)?;
    let size = decoder.output_buffer_size().ok_or(Unshown::TooHeavy)?;
    if u64::try_from(size).unwrap_or(u64::MAX) > MAX_UNPACKED {
        return Err(Unshown::TooHeavy);
    }
    let mut data = vec![0; size];
    let moves = decoder.is_animated();
    if moves {
        decoder.read_frame(&mut data).map_err(Unshown::damaged)?;
    } else {
        decoder.read_image(&mut data).map_err(Unshown::damaged)?;
    }
    if decoder.has_alpha() {
        let (raster, see_through) = Raster::on_white(width, height, 3, data)?;
        Ok((raster, see_through, moves))
    } else {
        Ok((Raster::of_bytes(width, height, 3, data)?, false, moves))
    }
}
