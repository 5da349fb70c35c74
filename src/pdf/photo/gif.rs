//! GIF: its first picture.

use std::io::Cursor;
use std::num::NonZeroU64;

use ::gif::{ColorOutput, DecodeOptions, MemoryLimit};

use super::raster::Raster;
use super::{Format, FrameFacts, MAX_UNPACKED, PictureFacts, Remark, Unshown, check_size};

pub(super) fn look(bytes: &[u8]) -> Result<PictureFacts, Unshown> {
    let (raster, mut remarks) = decode(bytes)?;
    remarks.sort_unstable();
    let frame = FrameFacts { number: 0, stored: (raster.width, raster.height), orientation: 1, as_it_is: false };
    Ok(PictureFacts { format: Format::Gif, frames: vec![frame], has_place: false, taken: None, remarks })
}

pub(super) fn unpack(bytes: &[u8]) -> Result<Raster, Unshown> {
    Ok(decode(bytes)?.0)
}

fn decode(bytes: &[u8]) -> Result<(Raster, Vec<Remark>), Unshown> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::RGBA);
    if let Some(limit) = NonZeroU64::new(MAX_UNPACKED) {
        options.set_memory_limit(MemoryLimit::Bytes(limit));
    }
    let mut decoder = options.read_info(Cursor::new(bytes)).map_err(Unshown::damaged)?;
    let (width, height) = (u32::from(decoder.width()), u32::from(decoder.height()));
    check_size(width, height, 8)?;
    let (screen_width, screen_height) = (width as usize, height as usize);
    let mut canvas = vec![0_u8; screen_width * screen_height * 4];
    let first = decoder.read_next_frame().map_err(Unshown::damaged)?.ok_or_else(|| Unshown::damaged("it is empty"))?;
    let (left, top) = (usize::from(first.left), usize::from(first.top));
    let row_bytes = usize::from(first.width) * 4;
    if row_bytes > 0 {
        // A frame may reach beyond its screen: only what lies on it is shown.
        let shown = (row_bytes / 4).min(screen_width.saturating_sub(left)) * 4;
        let rows = canvas.chunks_exact_mut(screen_width * 4).skip(top);
        for (to, from) in rows.zip(first.buffer.chunks_exact(row_bytes)) {
            if let (Some(to), Some(from)) = (to.get_mut(left * 4..left * 4 + shown), from.get(..shown)) {
                to.copy_from_slice(from);
            }
        }
    }
    let (raster, see_through) = Raster::on_white(width, height, 3, canvas)?;
    let mut remarks = Vec::new();
    remarks.extend(see_through.then_some(Remark::SeeThrough));
    if matches!(decoder.next_frame_info(), Ok(Some(_))) {
        remarks.push(Remark::Moves);
    }
    Ok((raster, remarks))
}
