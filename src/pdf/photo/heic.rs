//! HEIC and HEIF stills, as iPhones keep photographs. The decoder turns them upright itself. It is young and
//! reads hostile bytes: whoever calls this with a stranger's file does it in the worker.

use super::exif::{self, Exif};
use super::raster::Raster;
use super::{Format, FrameFacts, PictureFacts, Remark, Unshown, names_a_place};

/// The most pixels of a HEIC: its decoder needs some 30 bytes for each, and a telephone takes 12 to 48 million.
const MAX_PIXELS: u64 = 50_000_000;

/// The first box says a still picture in HEVC, in its brand or among those it is compatible with.
pub(super) fn is_still(bytes: &[u8]) -> bool {
    let length = bytes.first_chunk::<4>().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    let brands = bytes.get(8..length.min(bytes.len()).min(256)).unwrap_or_default();
    let still = |brand: &[u8]| matches!(brand, b"heic" | b"heix" | b"heim" | b"heis" | b"heif");
    let other = |brand: &[u8]| matches!(brand, b"avif" | b"avis");
    let major = brands.get(..4).unwrap_or_default();
    let mut compatible = brands.get(8..).unwrap_or_default().chunks_exact(4);
    still(major) || matches!(major, b"mif1" | b"msf1") && compatible.clone().all(|b| !other(b)) && compatible.any(still)
}

fn fail(error: &heic_decoder::HeifError) -> Unshown {
    Unshown::Heic { why: error.to_string().chars().filter(|c| !c.is_control()).take(120).collect() }
}

pub(super) fn notes(bytes: &[u8]) -> Exif {
    let Ok(metadata) = heic_decoder::read_metadata(bytes) else { return Exif::default() };
    let mut exif = metadata.exif.as_deref().map(exif::read).unwrap_or_default();
    exif.has_place |= metadata.xmp.as_deref().is_some_and(names_a_place);
    exif
}

pub(super) fn look(bytes: &[u8]) -> Result<PictureFacts, Unshown> {
    let (raster, remarks) = decode(bytes)?;
    let Exif { has_place, taken, .. } = notes(bytes);
    // The container's own turning was applied; the camera's note of it would turn the picture twice.
    let frame = FrameFacts { number: 0, stored: (raster.width, raster.height), orientation: 1, as_it_is: false };
    Ok(PictureFacts { format: Format::Heic, frames: vec![frame], has_place, taken, remarks })
}

pub(super) fn unpack(bytes: &[u8]) -> Result<Raster, Unshown> {
    Ok(decode(bytes)?.0)
}

fn decode(bytes: &[u8]) -> Result<(Raster, Vec<Remark>), Unshown> {
    let info = heic_decoder::probe(bytes).map_err(|error| fail(&error))?;
    for (width, height) in [(info.width, info.height), (info.coded_width, info.coded_height)] {
        let pixels = u64::try_from(width).unwrap_or(u64::MAX).saturating_mul(u64::try_from(height).unwrap_or(u64::MAX));
        if pixels > MAX_PIXELS {
            return Err(Unshown::TooLarge { pixels });
        }
    }
    let image = heic_decoder::decode(bytes).map_err(|error| fail(&error))?;
    let side = |length: usize| u32::try_from(length).map_err(|_| Unshown::damaged("its size is not known"));
    let (width, height) = (side(image.width)?, side(image.height)?);
    let mut remarks = Vec::new();
    remarks.extend((image.bit_depth_luma > 8).then_some(Remark::FinerColours));
    if image.alpha.is_some() {
        let pixels = image.to_rgba8().map_err(|error| fail(&error))?;
        let (raster, see_through) = Raster::on_white(width, height, 3, pixels.data)?;
        remarks.extend(see_through.then_some(Remark::SeeThrough));
        return Ok((raster, remarks));
    }
    let pixels = image.to_rgb8().map_err(|error| fail(&error))?;
    Ok((Raster::of_bytes(width, height, 3, pixels.data)?, remarks))
}
