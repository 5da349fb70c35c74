//! A page as a plain value: text, rules, fills and pictures at their positions, in points from the
//! top left corner. It can be tested as text without any PDF.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::bundle::Anchor;
use crate::model::Digest;

/// Points to a millimetre.
pub const POINTS_PER_MM: f32 = 72.0 / 25.4;

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// The printed number, which is the page label of the file too (27A-54).
    pub label: String,
    /// In the order they are drawn.
    pub items: Vec<Item>,
    /// Areas that lead somewhere.
    pub links: Vec<LinkArea>,
    /// The foreign page it shows. Its items are then only what is put onto that page.
    pub foreign: Option<ForeignRef>,
}

/// A page of a foreign PDF, as it stands in the paper: never scaled, at the top and in the middle of the sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ForeignRef {
    /// The kept bytes.
    pub source: Digest,
    /// Which page of it, from 0.
    pub index: u32,
    /// By how many points the page is taller at its foot, as it is read.
    pub growth: f32,
    /// By how many points it is wider, half on either side.
    pub wider: f32,
    /// What it shows in its source.
    pub fingerprint: Digest,
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Shaped text on one baseline.
    Text(TextRun),
    /// A straight line.
    Line {
        /// Start.
        from: (f32, f32),
        /// End.
        to: (f32, f32),
        /// Thickness in points.
        width: f32,
        /// Dash and gap in points, for gap lines and unknown marks.
        dash: Option<(f32, f32)>,
        /// Colour.
        ink: Ink,
    },
    /// A filled polygon (a bar, a square, half a square).
    Fill {
        /// Corners in order.
        corners: Vec<(f32, f32)>,
        /// Colour.
        ink: Ink,
    },
    /// A photograph, or one page of a scan, from its kept bytes.
    Picture {
        /// Which bytes.
        image: Digest,
        /// Which picture of them, from 0: scans have many.
        frame: u32,
        /// Width and height in stored pixels beyond which this paper shows no more. `None`: every pixel is wanted.
        finest: Option<(u32, u32)>,
        /// EXIF orientation, 1 to 8; the area is that of the upright picture.
        orientation: u8,
        /// Left, top, width, height of the whole picture.
        area: (f32, f32, f32, f32),
        /// The part of the page inside which it is seen, where not all of it is: left, top, width, height.
        window: Option<(f32, f32, f32, f32)>,
    },
}

/// Colours of our own drawing. There are no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// 100 % K.
    Black,
    /// 75 % K.
    Secondary,
    /// 8 % K, for fills.
    Tint,
    /// White, for letters on black.
    White,
    /// #17357C.
    Link,
}

/// Which bundled font, by its index in the layout's font list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FontIndex(pub u16);

/// Glyphs of one font and size on one baseline, with the text they stand for.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRun {
    /// Which font.
    pub font: FontIndex,
    /// Size in points.
    pub size: f32,
    /// Where the baseline starts.
    pub at: (f32, f32),
    /// Colour.
    pub ink: Ink,
    /// What it says: what copying and searching give.
    pub text: String,
    /// In drawing order.
    pub glyphs: Vec<Glyph>,
}

/// One glyph of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// Advance in points.
    pub advance: f32,
    /// Offset from the pen, in points.
    pub offset: (f32, f32),
    /// The bytes of the run's text it stands for.
    pub text: Range<usize>,
}

/// An area that leads to a place.
#[derive(Debug, Clone, PartialEq)]
pub struct LinkArea {
    /// Left, top, width, height in points.
    pub area: (f32, f32, f32, f32),
    /// Where to.
    pub to: Anchor,
}

/// Where a place is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// Index into the pages, from 0.
    pub page: usize,
    /// Points from the top of that page.
    pub y: f32,
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    /// Short description and page: `Friday 18 September 2026: nobody came, B20` (27A-56).
    pub title: String,
    /// Index into the pages, from 0.
    pub page: usize,
    /// Those beneath it.
    pub children: Vec<Bookmark>,
}

/// Laid-out pages: all that drawing needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Laid {
    /// In order.
    pub pages: Vec<Page>,
    /// Where each place of the plan is.
    pub places: BTreeMap<Anchor, Position>,
    /// First and last page index of each entry, by its anchor.
    pub extents: BTreeMap<Anchor, (usize, usize)>,
    /// The outline.
    pub outline: Vec<Bookmark>,
    /// What could not be set as wished: a character no font has, with its code point and place.
    pub findings: Vec<crate::model::Finding>,
}

impl Laid {
    /// The label of the page each place is on.
    #[must_use]
    pub fn page_labels(&self) -> BTreeMap<Anchor, String> {
        let label = |place: &Position| self.pages.get(place.page).map(|page| page.label.clone());
        self.places.iter().filter_map(|(anchor, place)| Some((anchor.clone(), label(place)?))).collect()
    }
}
