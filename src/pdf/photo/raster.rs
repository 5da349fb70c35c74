//! An unpacked picture: on white, as fine as paper shows, packed again without loss.

use super::{Packing, Prepared, Unshown};

/// Rows of samples, each row filled up to a whole byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raster {
    pub(super) width: u32,
    pub(super) height: u32,
    /// 1 grey, 3 red green blue, 4 cyan magenta yellow black.
    pub(super) components: u8,
    /// 1 or 8; 1 only for grey.
    pub(super) bits: u8,
    pub(super) data: Vec<u8>,
}

impl Raster {
    /// A picture of 8-bit samples, if there are as many as its size asks for.
    pub(super) fn of_bytes(width: u32, height: u32, components: u8, data: Vec<u8>) -> Result<Self, Unshown> {
        let raster = Raster { width, height, components, bits: 8, data };
        raster.checked()
    }

    /// The picture, if its data has the size it says.
    pub(super) fn checked(self) -> Result<Self, Unshown> {
        let row = (u64::from(self.width) * u64::from(self.components) * u64::from(self.bits)).div_ceil(8);
        if u64::try_from(self.data.len()).ok() == Some(row * u64::from(self.height)) && row > 0 {
            Ok(self)
        } else {
            Err(Unshown::damaged("its data does not have the size it says"))
        }
    }

    /// Pixels of `colours` samples and one of opacity, laid on white. Gives the picture and whether
    /// anything shone through.
    pub(super) fn on_white(width: u32, height: u32, colours: u8, mut data: Vec<u8>) -> Result<(Self, bool), Unshown> {
        let (step, colours_a_pixel) = (usize::from(colours) + 1, usize::from(colours));
        let (mut see_through, mut to) = (false, 0);
        for from in (0..data.len() / step).map(|pixel| pixel * step) {
            let opacity = u32::from(data[from + colours_a_pixel]);
            see_through |= opacity < 255;
            for colour in 0..colours_a_pixel {
                let value = u32::from(data[from + colour]) * opacity + 255 * (255 - opacity);
                data[to] = ((value + 127) / 255) as u8;
                to += 1;
            }
        }
        data.truncate(to);
        Ok((Raster::of_bytes(width, height, colours, data)?, see_through))
    }

    /// The picture with at most so many pixels. Each new pixel is the mean of those it covers, by how much it covers of
    /// each. Black and white stays as it is: a mean of it would be grey, larger and harder to read.
    pub(super) fn at_most(self, finest: Option<(u32, u32)>) -> Self {
        let Some((width, height)) = finest else { return self };
        let (width, height) = (width.clamp(1, self.width), height.clamp(1, self.height));
        if self.bits != 8 || (width == self.width && height == self.height) {
            return self;
        }
        let components = usize::from(self.components);
        let across = Shares::of(self.width, width);
        let down = Shares::of(self.height, height);
        let row_bytes = self.width as usize * components;
        let mut data = Vec::with_capacity(width as usize * height as usize * components);
        let mut sums = vec![0_u64; row_bytes];
        for (first, shares) in &down.0 {
            sums.fill(0);
            for (row, share) in self.data.chunks_exact(row_bytes).skip(*first).zip(shares) {
                for (sum, value) in sums.iter_mut().zip(row) {
                    *sum += u64::from(*value) * share;
                }
            }
            for (first, shares) in &across.0 {
                for component in 0..components {
                    let pixels = sums.iter().skip(first * components + component).step_by(components);
                    let sum: u64 = pixels.zip(shares).map(|(sum, share)| sum * share).sum();
                    let all = u64::from(self.width) * u64::from(self.height);
                    data.push(((sum + all / 2) / all).min(255) as u8);
                }
            }
        }
        Raster { width, height, data, ..self }
    }

    /// Packed for a file: deflated rows with PNG's predictors, which PDF readers know as they are.
    pub(super) fn packed(self) -> Result<Prepared, Unshown> {
        let colour = match self.components {
            1 => ::png::ColorType::Grayscale,
            3 => ::png::ColorType::Rgb,
            // Four samples a pixel: what they stand for does not matter here.
            _ => ::png::ColorType::Rgba,
        };
        let mut file = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(colour);
        encoder.set_depth(if self.bits == 1 { ::png::BitDepth::One } else { ::png::BitDepth::Eight });
        let written = encoder.write_header().and_then(|mut writer| {
            writer.write_image_data(&self.data)?;
            writer.finish()
        });
        written.map_err(Unshown::damaged)?;
        let bytes =
            super::png::chunks(&file).filter(|chunk| chunk.kind == *b"IDAT").flat_map(|chunk| chunk.data).copied();
        Ok(Prepared {
            width: self.width,
            height: self.height,
            components: self.components,
            bits: self.bits,
            turned_round: false,
            packing: Packing::Rows,
            bytes: bytes.collect(),
        })
    }
}

/// For each new pixel of a row: the first old pixel under it, and how much of each it covers. An old pixel is as many
/// parts long as there are new ones, a new one as many as there are old ones: whole numbers throughout.
struct Shares(Vec<(usize, Vec<u64>)>);

impl Shares {
    fn of(old: u32, new: u32) -> Self {
        let (old, new) = (u64::from(old), u64::from(new));
        let one = |index: u64| {
            let (from, to) = (index * old, (index + 1) * old);
            let (first, last) = (from / new, (to - 1) / new);
            let share = |pixel: u64| (to.min((pixel + 1) * new)) - from.max(pixel * new);
            (first as usize, (first..=last).map(share).collect())
        };
        Shares((0..new).map(one).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finer_picture_is_the_mean_of_what_it_covers() {
        let picture = Raster::of_bytes(4, 2, 1, vec![0, 100, 200, 200, 100, 200, 200, 200]).unwrap();
        let half = picture.clone().at_most(Some((2, 1)));
        assert_eq!((half.width, half.height, half.data), (2, 1, vec![100, 200]));
        let thirds = picture.clone().at_most(Some((3, 2)));
        // The first new pixel covers one old one and a third of the next.
        assert_eq!(thirds.data[0], 25);
        assert_eq!(picture.clone().at_most(Some((40, 20))), picture, "never made larger");
        let white = Raster::of_bytes(301, 299, 3, vec![255; 301 * 299 * 3]).unwrap();
        assert!(white.at_most(Some((97, 101))).data.iter().all(|value| *value == 255));
    }

    #[test]
    fn black_and_white_keeps_every_dot() {
        let scan = Raster { width: 10, height: 2, components: 1, bits: 1, data: vec![0xAA, 0x80, 0x55, 0x40] };
        let scan = scan.checked().unwrap().at_most(Some((5, 1)));
        assert_eq!((scan.width, scan.height), (10, 2));
        assert_eq!(scan.packed().unwrap().bits, 1);
    }

    #[test]
    fn what_shines_through_becomes_white() {
        let (picture, see_through) = Raster::on_white(2, 1, 3, vec![10, 20, 30, 255, 10, 20, 30, 0]).unwrap();
        assert_eq!(picture.data, [10, 20, 30, 255, 255, 255]);
        assert!(see_through);
        assert!(!Raster::on_white(1, 1, 1, vec![7, 255]).unwrap().1);
    }

    #[test]
    fn a_size_the_data_does_not_have_is_refused() {
        assert!(Raster::of_bytes(2, 2, 3, vec![0; 11]).is_err());
        assert!(Raster::of_bytes(0, 0, 3, Vec::new()).is_err());
    }
}
