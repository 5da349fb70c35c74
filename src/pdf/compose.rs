//! Draws laid-out pages: text, rules and fills, with subset fonts and nothing else.
//!
//! Links, labels, outline, metadata and pictures are the assembler's, which alone knows the finished
//! file. The same pages give the same bytes.

use std::collections::BTreeMap;

use krilla::color::{luma, rgb};
use krilla::geom::{Path, PathBuilder, Point};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Paint, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use crate::layout::{FontIndex, Ink, Item, Page, TextRun, font};

/// Why pages were not drawn.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A page has no size a sheet can have.
    #[error("page {label} is {width} by {height} points, which is no sheet of paper")]
    Size {
        /// Its label.
        label: String,
        /// Points.
        width: f32,
        /// Points.
        height: f32,
    },
    /// A run names a font that is not bundled, or a bundled font cannot be read.
    #[error("font {index} of the papers cannot be read; this copy of the program is damaged, install it again")]
    Font {
        /// Which one.
        index: u16,
    },
    /// The writer gave up.
    #[error("the pages could not be written as PDF: {reason}")]
    Writing {
        /// Its words.
        reason: String,
    },
}

/// Draws `pages` into one PDF file, in order, one sheet each.
///
/// # Errors
/// A page without a size, a font that is not bundled, or what the PDF writer refuses.
pub fn compose(pages: &[Page]) -> Result<Vec<u8>, ComposeError> {
    let settings = SerializeSettings { xmp_metadata: false, enable_tagging: false, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    let mut fonts = Fonts::default();
    for page in pages {
        let size = PageSettings::from_wh(page.width, page.height);
        let size = size.ok_or_else(|| ComposeError::Size {
            label: page.label.clone(),
            width: page.width,
            height: page.height,
        })?;
        let mut sheet = document.start_page_with(size);
        let mut surface = sheet.surface();
        for item in &page.items {
            draw(&mut surface, &mut fonts, item)?;
        }
        surface.finish();
        sheet.finish();
    }
    document.finish().map_err(|error| ComposeError::Writing { reason: format!("{error:?}") })
}

/// Fonts as the writer knows them, each read once.
#[derive(Default)]
struct Fonts(BTreeMap<FontIndex, Font>);

impl Fonts {
    fn get(&mut self, index: FontIndex) -> Result<Font, ComposeError> {
        if let Some(font) = self.0.get(&index) {
            return Ok(font.clone());
        }
        let bundled = font(index).and_then(|font| Font::new(font.bytes.into(), 0));
        let font = bundled.ok_or(ComposeError::Font { index: index.0 })?;
        self.0.insert(index, font.clone());
        Ok(font)
    }
}

fn draw(surface: &mut Surface<'_>, fonts: &mut Fonts, item: &Item) -> Result<(), ComposeError> {
    match item {
        Item::Text(run) => text(surface, &fonts.get(run.font)?, run),
        Item::Line { from, to, width, dash, ink } => {
            if let Some(path) = polygon(&[*from, *to], false) {
                let dash = dash.map(|(on, off)| StrokeDash { array: vec![on, off], offset: 0.0 });
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke { paint: paint(*ink), width: *width, dash, ..Stroke::default() }));
                surface.draw_path(&path);
            }
        }
        Item::Fill { corners, ink } => fill(surface, corners, *ink),
        // The assembler puts the photograph's own page there, its bytes untouched.
        Item::Picture { .. } => {}
    }
    Ok(())
}

fn fill(surface: &mut Surface<'_>, corners: &[(f32, f32)], ink: Ink) {
    if let Some(path) = polygon(corners, true) {
        surface.set_stroke(None);
        surface.set_fill(Some(Fill { paint: paint(ink), ..Fill::default() }));
        surface.draw_path(&path);
    }
}

fn text(surface: &mut Surface<'_>, font: &Font, run: &TextRun) {
    let glyphs: Vec<KrillaGlyph> = run
        .glyphs
        .iter()
        .map(|glyph| KrillaGlyph {
            glyph_id: GlyphId::new(glyph.id),
            text_range: glyph.text.clone(),
            x_advance: glyph.advance / run.size,
            x_offset: glyph.offset.0 / run.size,
            // Ours point down the page, those of a font up.
            y_offset: -glyph.offset.1 / run.size,
            y_advance: 0.0,
            location: None,
        })
        .collect();
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: paint(run.ink), ..Fill::default() }));
    let start = Point::from_xy(run.at.0, run.at.1);
    surface.draw_glyphs(start, &glyphs, font.clone(), &run.text, run.size, false);
}

fn polygon(corners: &[(f32, f32)], closed: bool) -> Option<Path> {
    let mut path = PathBuilder::new();
    let (first, others) = corners.split_first()?;
    path.move_to(first.0, first.1);
    for (x, y) in others {
        path.line_to(*x, *y);
    }
    if closed {
        path.close();
    }
    path.finish()
}

/// Greys are greys in the file, so that no printer mixes them from colours.
fn paint(ink: Ink) -> Paint {
    match ink {
        Ink::Black => luma::Color::black().into(),
        Ink::Secondary => luma::Color::new(64).into(),
        Ink::Tint => luma::Color::new(235).into(),
        Ink::White => luma::Color::white().into(),
        Ink::Link => rgb::Color::new(0x17, 0x35, 0x7c).into(),
    }
}
