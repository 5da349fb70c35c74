//! The smallest paper that takes an exhibit: what the assembler does, without its own pages. A damaged file is
//! tried in it before a real paper is made, and the tests look at every page of it.

use std::io;

use super::{CopiedPage, Exceptions, ExhibitError, ExhibitSink, Layers, Unshown, copy, fingerprints_in};
use crate::model::Digest;
use crate::pdf::writer::{Number, Output, number};

/// How a paper is made of an exhibit.
#[derive(Clone, Copy, Default)]
pub(super) struct Stamp {
    /// A number is drawn on every page.
    pub on: bool,
    /// The pages grow at the bottom.
    pub growth: f32,
}

/// Numbers of the catalog, the tree and the properties; the pages begin behind them.
const FIRST_FREE: u32 = 4;

struct Paper<'o, 'w> {
    out: &'o mut Output<'w>,
    reserved: u32,
    pages: Vec<u32>,
    layers: Option<Layers>,
    stamp: Stamp,
    /// Pages wait until all numbers are given out, for the streams that are added to them.
    waiting: Vec<CopiedPage>,
}

impl Paper<'_, '_> {
    fn reserve_to(&mut self, number: u32) {
        while self.reserved < number {
            self.reserved = self.out.reserve().0;
        }
    }
}

fn failed(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(error.to_string())
}

impl ExhibitSink for Paper<'_, '_> {
    fn object(&mut self, number: u32, body: &[u8]) -> io::Result<()> {
        self.reserve_to(number);
        self.out.object(Number(number), body).map_err(failed)
    }

    fn stream(&mut self, number: u32, entries: &[u8], data: &[u8]) -> io::Result<()> {
        self.reserve_to(number);
        self.out.stream(Number(number), entries, data).map_err(failed)
    }

    fn page(&mut self, page: CopiedPage) -> io::Result<()> {
        self.waiting.push(page);
        Ok(())
    }

    fn layers(&mut self, layers: Layers) -> io::Result<()> {
        self.layers = Some(layers);
        Ok(())
    }
}

/// Pages of a file in a paper of their own.
pub(super) fn paper_of(bytes: &[u8], pages: Option<&[u32]>, stamp: Stamp) -> Result<Vec<u8>, ExhibitError> {
    let mut written = Vec::new();
    let mut out = Output::begin(&mut written).map_err(failed)?;
    let mut paper = Paper { out: &mut out, reserved: 0, pages: Vec::new(), layers: None, stamp, waiting: Vec::new() };
    paper.reserve_to(FIRST_FREE - 1);
    let next = copy(bytes.to_vec(), FIRST_FREE, pages, &mut paper)?;
    paper.reserve_to(next - 1);
    for page in std::mem::take(&mut paper.waiting) {
        paper.write_page(&page)?;
    }
    let kids = paper.pages.iter().map(|page| format!("{page} 0 R")).collect::<Vec<_>>().join(" ");
    let count = paper.pages.len();
    let catalog = match &paper.layers {
        Some(layers) => {
            let list = |numbers: &[u32]| numbers.iter().map(|n| format!("{n} 0 R")).collect::<Vec<_>>().join(" ");
            format!(
                "<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [{}] /D << /OFF [{}] /AS [{}] /RBGroups [{}] >> >> >>",
                list(&layers.all),
                list(&layers.hidden),
                String::from_utf8_lossy(&layers.automatic),
                String::from_utf8_lossy(&layers.groups)
            )
        }
        None => "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
    };
    out.object(Number(1), catalog.as_bytes()).map_err(failed)?;
    out.object(Number(2), format!("<< /Type /Pages /Count {count} /Kids [{kids}] >>").as_bytes()).map_err(failed)?;
    out.object(Number(3), b"<< >>").map_err(failed)?;
    out.finish(Number(1), Number(3)).map_err(failed)?;
    Ok(written)
}

impl Paper<'_, '_> {
    fn write_page(&mut self, page: &CopiedPage) -> Result<(), ExhibitError> {
        let growth = f64::from(self.stamp.growth) / page.user_unit;
        let grow = |[x0, y0, x1, y1]: [f64; 4]| match page.rotate {
            90 => [x0, y0, x1 + growth, y1],
            180 => [x0, y0, x1, y1 + growth],
            270 => [x0 - growth, y0, x1, y1],
            _ => [x0, y0 - growth, x1, y1],
        };
        let edges = |area: [f64; 4]| area.map(number).join(" ");
        let mut contents = page.contents.clone();
        let mut pictures = page.pictures.clone();
        let mut annotations = page.annotations.clone();
        if self.stamp.on {
            let before = self.out.reserve();
            self.out.stream(before, b"", b"q\n").map_err(failed)?;
            let after = self.out.reserve();
            let closing = "Q ".repeat(page.open_states as usize + 1);
            let drawing = format!("{closing}\nq 1 0 0 1 50 20 cm /DaybookNumber Do Q\n");
            self.out.stream(after, b"", drawing.as_bytes()).map_err(failed)?;
            let form = self.out.reserve();
            let entries = b"/Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >> >>";
            self.out.stream(form, entries, b"BT /F 12 Tf (A1 7) Tj ET").map_err(failed)?;
            contents.insert(0, before.0);
            contents.push(after.0);
            pictures.extend(format!(" /DaybookNumber {} 0 R", form.0).bytes());
            let link = self.out.reserve();
            let body =
                b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Border [0 0 0] /NM (Daybook 1) /Dest [4 0 R /Fit] >>";
            self.out.object(link, body).map_err(failed)?;
            annotations.push(link.0);
        }
        let list = |numbers: &[u32]| numbers.iter().map(|n| format!("{n} 0 R")).collect::<Vec<_>>().join(" ");
        let mut body = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [{}] /CropBox [{}] /Rotate {} /UserUnit {}",
            edges(grow(page.media_box)),
            edges(grow(page.crop_box)),
            page.rotate,
            number(page.user_unit),
        )
        .into_bytes();
        body.extend(&page.entries);
        body.extend(b" /Resources <<");
        body.extend(&page.resources);
        body.extend(b" /XObject <<");
        body.extend(&pictures);
        body.extend(format!(" >> >> /Contents [{}] /Annots [{}] >>", list(&contents), list(&annotations)).bytes());
        self.out.object(Number(page.number), &body).map_err(failed)?;
        self.pages.push(page.number);
        Ok(())
    }
}

/// The fingerprints the pages of a damaged file have once they are copied: what a reader mends in passing (a
/// stream that is not where it should be) can differ from what it makes of the copy, which is whole.
pub(super) fn as_copied(bytes: Vec<u8>) -> Result<Vec<Digest>, Unshown> {
    let stamp = Stamp { on: true, growth: 34.0 };
    let paper = paper_of(&bytes, None, stamp).map_err(|error| match error {
        ExhibitError::Source(unshown) => unshown,
        ExhibitError::Sink(error) => Unshown::Broken { why: error.to_string() },
    })?;
    drop(bytes);
    fingerprints(&paper, stamp)
}

/// The fingerprints of all pages of a finished paper, with what was added to it excepted.
pub(super) fn fingerprints(paper: &[u8], stamp: Stamp) -> Result<Vec<Digest>, Unshown> {
    let except = Exceptions { stamped: stamp.on, growth: stamp.growth, wider: 0.0 };
    let found = fingerprints_in(paper.to_vec(), &vec![Some(except); 5_000])?;
    Ok(found.into_iter().flatten().collect())
}
