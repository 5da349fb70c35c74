//! TIFF: scans, often of many pages; each becomes a page of paper.

use std::io::Cursor;

use ::tiff::ColorType;
use ::tiff::decoder::{Decoder, DecodingResult, Limits};
use ::tiff::tags::Tag;

use super::exif::{self, Exif};
use super::raster::Raster;
use super::{Format, FrameFacts, MAX_FRAMES, MAX_UNPACKED, PictureFacts, Remark, Unshown, check_size, names_a_place};

type Reader<'a> = Decoder<Cursor<&'a [u8]>>;

fn open(bytes: &[u8]) -> Result<Reader<'_>, Unshown> {
    let mut limits = Limits::default();
    limits.decoding_buffer_size = usize::try_from(MAX_UNPACKED).unwrap_or(usize::MAX);
    limits.intermediate_buffer_size = limits.decoding_buffer_size;
    Ok(Decoder::new(Cursor::new(bytes)).map_err(Unshown::damaged)?.with_limits(limits))
}

pub(super) fn look(bytes: &[u8]) -> Result<PictureFacts, Unshown> {
    let mut reader = open(bytes)?;
    let (mut frames, mut remarks) = (Vec::new(), Vec::new());
    let mut has_place = false;
    for number in 0.. {
        // The subfile tag's first bit: a smaller copy of another page (TIFF 6.0, tag 254).
        let kind: u32 = tag(&mut reader, Tag::NewSubfileType).unwrap_or(0);
        if kind & 1 == 1 {
            remarks.push(Remark::Previews);
        } else if frames.len() == MAX_FRAMES {
            return Err(Unshown::TooManyPages);
        } else {
            let (raster, remark) = page(&mut reader)?;
            remarks.extend(remark);
            let orientation: Option<u8> = tag(&mut reader, Tag::Orientation);
            frames.push(FrameFacts {
                number,
                stored: (raster.width, raster.height),
                orientation: orientation.filter(|n| (1..=8).contains(n)).unwrap_or(1),
                as_it_is: raster.bits == 1,
            });
            has_place |= xmp(&mut reader).is_some_and(|xmp| names_a_place(&xmp));
        }
        if !reader.more_images() {
            break;
        }
        if number as usize >= 2 * MAX_FRAMES {
            return Err(Unshown::TooManyPages);
        }
        reader.next_image().map_err(Unshown::damaged)?;
    }
    if frames.is_empty() {
        return Err(Unshown::damaged("it has no page of full size"));
    }
    remarks.sort_unstable();
    remarks.dedup();
    let Exif { has_place: place, taken, .. } = exif::read(bytes);
    Ok(PictureFacts { format: Format::Tiff, frames, has_place: has_place || place, taken, remarks })
}

pub(super) fn unpack(bytes: &[u8], frame: u32) -> Result<Raster, Unshown> {
    let mut reader = open(bytes)?;
    for _ in 0..frame {
        reader.next_image().map_err(Unshown::damaged)?;
    }
    Ok(page(&mut reader)?.0)
}

fn tag<T: TryFrom<u64>>(reader: &mut Reader<'_>, tag: Tag) -> Option<T> {
    reader.find_tag_unsigned(tag).ok().flatten()
}

fn xmp(reader: &mut Reader<'_>) -> Option<Vec<u8>> {
    reader.get_tag_u8_vec(Tag::Unknown(700)).ok()
}

/// The page the reader stands at.
fn page(reader: &mut Reader<'_>) -> Result<(Raster, Option<Remark>), Unshown> {
    let (width, height) = reader.dimensions().map_err(Unshown::damaged)?;
    let colours = reader.colortype().map_err(Unshown::damaged)?;
    let bytes_a_pixel = (u64::from(colours.bit_depth()) * u64::from(colours.num_samples())).div_ceil(8);
    check_size(width, height, bytes_a_pixel)?;
    let unknown = || Unshown::kind("its colours are stored in a way that papers cannot show; save it as PNG or PDF");
    let separate: Option<u16> = tag(reader, Tag::PlanarConfiguration);
    if separate == Some(2) && colours.num_samples() > 1 {
        return Err(unknown());
    }
    let data = reader.read_image().map_err(Unshown::damaged)?;
    let (data, finer) = match data {
        DecodingResult::U8(data) => (data, None),
        // The upper byte of each: 256 steps of 65,536.
        DecodingResult::U16(data) => {
            (data.into_iter().map(|value| (value >> 8) as u8).collect(), Some(Remark::FinerColours))
        }
        _ => return Err(unknown()),
    };
    let raster = match colours {
        ColorType::Gray(1) => Raster { width, height, components: 1, bits: 1, data }.checked()?,
        ColorType::Gray(bits @ (2 | 4)) => {
            let top = (1_u16 << bits) - 1;
            let grey = |value: u8| (u16::from(value) * 255 / top) as u8;
            Raster::of_bytes(width, height, 1, single(&data, width, bits).map(grey).collect())?
        }
        ColorType::Gray(8 | 16) => Raster::of_bytes(width, height, 1, data)?,
        // A JPEG inside comes as red, green and blue.
        ColorType::RGB(8 | 16) => Raster::of_bytes(width, height, 3, data)?,
        ColorType::YCbCr(8) if matches!(tag(reader, Tag::Compression), Some(6_u16 | 7)) => {
            Raster::of_bytes(width, height, 3, data)?
        }
        ColorType::CMYK(8 | 16) => Raster::of_bytes(width, height, 4, data)?,
        ColorType::RGBA(8 | 16) => {
            let (raster, see_through) = Raster::on_white(width, height, 3, data)?;
            return Ok((raster, see_through.then_some(Remark::SeeThrough).or(finer)));
        }
        ColorType::Palette(bits @ (1 | 2 | 4 | 8)) => {
            let palette = reader.get_tag_u16_vec(Tag::ColorMap).map_err(Unshown::damaged)?;
            let size = palette.len() / 3;
            let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
            for index in single(&data, width, bits) {
                for colour in 0..3 {
                    let value = palette.get(colour * size + usize::from(index)).filter(|_| usize::from(index) < size);
                    pixels.push(value.map_or(0, |value| (value >> 8) as u8));
                }
            }
            Raster::of_bytes(width, height, 3, pixels)?
        }
        _ => return Err(unknown()),
    };
    Ok((raster, finer))
}

/// The samples of rows that are packed `bits` a sample and filled up to whole bytes.
fn single(data: &[u8], width: u32, bits: u8) -> impl Iterator<Item = u8> {
    let in_byte = usize::from(8 / bits);
    let width = width as usize;
    let mask = ((1_u16 << bits) - 1) as u8;
    data.chunks(width.div_ceil(in_byte).max(1)).flat_map(move |row| {
        (0..width).filter_map(move |x| {
            let shift = 8 - usize::from(bits) * (x % in_byte + 1);
            Some(row.get(x / in_byte)? >> shift & mask)
        })
    })
}
