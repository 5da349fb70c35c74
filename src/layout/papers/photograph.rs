//! A photograph: as wide as the text or 165 mm high at most, never enlarged past 100 dots an inch. A scan has
//! a page for each of its own. A picture of a screen that is longer than a page is cut into parts that overlap.

use crate::bundle::{Field, PhotographPage, PictureFrame, Span};
use crate::layout::flow::Slab;
use crate::layout::galley::{Galley, LIGHT, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

/// No picture is drawn coarser than this, in dots an inch.
const COARSEST: f32 = 100.0;
/// How fine a picture that is cut into parts is drawn, where it is wide enough.
const FINENESS_OF_PARTS: f32 = 300.0;
/// Above a caption.
const HIGHEST: f32 = mm(165.0);
/// Where the caption stands on a later page.
const HIGHEST_ALONE: f32 = mm(195.0);
/// A telephone's screen (19.5 to 22 high, 9 or 10 wide) is shown whole: its words stay as large as print in a newspaper. What
/// would become narrower than this is cut into parts.
const NARROWEST: f32 = mm(70.0);
/// The least width of what is cut into parts, where it has the pixels for it.
const WIDTH_OF_PARTS: f32 = mm(84.0);
/// How much of a part is repeated by the next.
const OVERLAP: f32 = mm(8.0);
/// For its caption a picture gives way down to this.
const LOWEST: f32 = mm(135.0);
const ABOVE_PICTURE: f32 = 12.0;
/// The line above a part.
const ABOVE_WORDS: f32 = 18.0;
/// More parts than this help nobody: the picture is shown whole and small.
const MOST_PARTS: usize = 40;

pub(super) fn fill(galley: &mut Galley<'_>, page: &PhotographPage) {
    galley.title(&page.title);
    if !page.subtitle.is_empty() {
        galley.space(6.0);
        let subtitle = galley.rich(&page.subtitle, Style::WORDS);
        galley.paragraph(&subtitle, 18.0);
    }
    galley.keep_all();
    let head = std::mem::take(&mut galley.slabs);
    let parts = all_parts(page, galley.width());
    fill_below(galley, page, &parts);
    let below = std::mem::take(&mut galley.slabs);
    let tall = |slabs: &[Slab]| slabs.iter().map(|slab| slab.above + slab.height).sum::<f32>();
    let title = if parts.len() > 1 { 0.0 } else { tall(&head) };
    let room = galley.geometry.bottom - galley.geometry.top - title - tall(&below) - ABOVE_PICTURE - ABOVE_WORDS;
    galley.slabs = head;
    galley.space(ABOVE_PICTURE);
    let count = parts.len();
    for (index, part) in parts.into_iter().enumerate() {
        let last = index + 1 == count;
        let part = if last { part.in_room(room) } else { part };
        let first_slab = galley.slabs.len();
        if let Some(words) = &part.words {
            galley.paragraph(&[Piece::plain(words.clone(), Style::SANS)], 12.0);
            galley.slabs[first_slab..].iter_mut().for_each(|slab| slab.keep = true);
            galley.space(6.0);
        }
        picture(galley, page, &part);
        if index > 0 {
            galley.slabs[first_slab].begins_page = true;
        }
        if last {
            galley.keep();
        }
    }
    galley.slabs.extend(below);
}

/// Caption, fields and source: what stands below the last picture.
fn fill_below(galley: &mut Galley<'_>, page: &PhotographPage, parts: &[Part]) {
    if !page.caption.is_empty() {
        galley.space(9.0);
        let caption = galley.rich(&page.caption, Style::WORDS);
        galley.paragraph(&caption, 15.0);
    }
    galley.space(10.5);
    galley.fields(&page.fields, mm(38.0), 1.5);
    let value = vec![vec![Span::Text(shown(page, parts))]];
    galley.fields(&[Field { label: "Shown here".to_owned(), value, small: None }], mm(38.0), 1.5);
    let source = galley.rich(&page.source, Style::SANS);
    galley.bottom_note(vec![(source, 12.0)]);
}

/// What was done to the copy, with what was done here.
fn shown(page: &PhotographPage, parts: &[Part]) -> String {
    let mut shown = page.shown.clone();
    let overlaps = parts.iter().filter(|part| part.window.is_some()).count();
    if overlaps > 0 {
        shown.push_str(&format!(
            " It is longer than a page and is shown in {overlaps} parts; each repeats the last 8 mm of the one before."
        ));
    }
    if let Some(dots) = page.finest.filter(|_| parts.iter().any(|part| part.finest(page.finest).is_some())) {
        shown.push_str(&format!(" Printed at {dots} dots an inch; the kept file is finer."));
    }
    shown
}

/// A picture, or the part of one that stands on one page.
#[derive(Debug, Clone, PartialEq)]
struct Part {
    frame: PictureFrame,
    /// Of the whole picture, in points.
    whole: (f32, f32),
    /// From where and how much of its height is seen, in points. `None`: all.
    window: Option<(f32, f32)>,
    /// Above it.
    words: Option<String>,
}

impl Part {
    fn height(&self) -> f32 {
        self.window.map_or(self.whole.1, |(_, height)| height)
    }

    /// The same, lower where that lets the caption stand on its page. A part of a picture stays as it is.
    fn in_room(self, room: f32) -> Part {
        let (width, height) = self.whole;
        if self.window.is_some() || height <= room || room < LOWEST {
            return self;
        }
        Part { whole: (width * room / height, room), ..self }
    }

    /// See [`finest`].
    fn finest(&self, dots: Option<u32>) -> Option<(u32, u32)> {
        finest(&self.frame, self.whole, dots)
    }
}

/// The pixels that so many dots an inch make of a picture of this size in points, where it has more of them; of the
/// picture as stored.
pub(super) fn finest(frame: &PictureFrame, size: (f32, f32), dots: Option<u32>) -> Option<(u32, u32)> {
    let dots = dots? as f32;
    let (width, height) = frame.pixels;
    let most = |points: f32| (points / 72.0 * dots).round().max(1.0) as u32;
    let (widest, highest) = (most(size.0), most(size.1));
    // A few pixels more are not worth a new picture.
    let finer = width > widest.saturating_add(widest / 50) && height > highest;
    let turned = frame.orientation >= 5;
    (finer && !frame.as_it_is).then_some(if turned { (highest, widest) } else { (widest, highest) })
}

fn all_parts(page: &PhotographPage, widest: f32) -> Vec<Part> {
    let frames = page.frames.len();
    let mut all = Vec::new();
    for (index, frame) in page.frames.iter().enumerate() {
        let last = index + 1 == frames;
        for mut part in parts(*frame, widest, last) {
            if frames > 1 {
                let words = part.words.map_or(String::new(), |words| format!(" {words}"));
                part.words = Some(format!("Page {} of {frames}.{words}", index + 1));
            }
            all.push(part);
        }
    }
    all
}

/// The parts of one picture; after the `last` the caption follows.
fn parts(frame: PictureFrame, widest: f32, last: bool) -> Vec<Part> {
    let highest = if last { HIGHEST } else { HIGHEST_ALONE };
    let whole = size(frame.pixels, widest, highest);
    let one = Part { frame, whole, window: None, words: None };
    // At its own size, or as wide as parts would be, it has to be too long for a page.
    let unbounded = size(frame.pixels, widest, f32::INFINITY);
    let width = (frame.pixels.0 as f32 / FINENESS_OF_PARTS * 72.0).max(WIDTH_OF_PARTS).min(unbounded.0);
    let height = width * unbounded.1 / unbounded.0;
    if whole.0 >= NARROWEST.min(unbounded.0) || height <= highest {
        return vec![one];
    }
    let heights = heights(height, last);
    if heights.len() < 2 || heights.len() > MOST_PARTS {
        return vec![one];
    }
    let count = heights.len();
    let mut from = 0.0;
    let mut parts = Vec::new();
    for (index, part) in heights.into_iter().enumerate() {
        let repeats = if index > 0 { " The top 8 mm repeat the end of the part before." } else { "" };
        let words = Some(format!("Part {} of {count}.{repeats}", index + 1));
        parts.push(Part { frame, whole: (width, height), window: Some((from, part)), words });
        from += part - OVERLAP;
    }
    parts
}

/// How high the parts of a picture are that is `height` points high: as few as can be, alike as far as the caption allows.
fn heights(height: f32, last: bool) -> Vec<f32> {
    let last_highest = if last { HIGHEST } else { HIGHEST_ALONE };
    let before = ((height - last_highest) / (HIGHEST_ALONE - OVERLAP)).ceil().max(0.0);
    if before > MOST_PARTS as f32 {
        return Vec::new();
    }
    let alike = (height + before * OVERLAP) / (before + 1.0);
    let last_height = alike.min(last_highest);
    let other = if before > 0.0 { (height - last_height) / before + OVERLAP } else { 0.0 };
    let mut heights = vec![other; before as usize];
    heights.push(last_height);
    heights
}

fn picture(galley: &mut Galley<'_>, page: &PhotographPage, part: &Part) {
    let (width, height) = (part.whole.0, part.height());
    let (left, right) = (galley.geometry.left, galley.geometry.left + width);
    let mut slab = Slab { height, ..Slab::default() };
    let from = part.window.map_or(0.0, |(from, _)| from);
    slab.items.push(Item::Picture {
        image: page.image,
        frame: part.frame.number,
        finest: part.finest(page.finest),
        orientation: part.frame.orientation,
        area: (left, -from, width, part.whole.1),
        window: part.window.map(|(_, height)| (left, 0.0, width, height)),
    });
    slab.items.extend(frame(left, right, height));
    galley.push(slab);
}

/// The size in points of a picture that may be `widest` and `highest` points.
pub(super) fn size(pixels: (u32, u32), widest: f32, highest: f32) -> (f32, f32) {
    let (width, height) = (pixels.0.max(1) as f32, pixels.1.max(1) as f32);
    let natural = 72.0 / COARSEST;
    let scale = natural.min(widest / width).min(highest / height);
    (width * scale, height * scale)
}

/// A light rule round a picture `height` points high with its top at 0.
pub(super) fn frame(left: f32, right: f32, height: f32) -> Vec<Item> {
    // Outside the picture, which is drawn over everything else.
    let out = LIGHT / 2.0;
    let (left, top, right, bottom) = (left - out, -out, right + out, height + out);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let side =
        |i: usize| Item::Line { from: corners[i], to: corners[(i + 1) % 4], width: LIGHT, dash: None, ink: Ink::Black };
    (0..4).map(side).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_picture_is_not_blown_up_and_a_tall_one_not_cut() {
        let (widest, highest) = (mm(160.0), HIGHEST);
        for (pixels, expected) in [
            ((4032, 3024), (mm(160.0), mm(120.0))),
            ((100, 50), (72.0, 36.0)),
            ((3024, 4032), (mm(123.75), mm(165.0))),
            ((0, 0), (0.72, 0.72)),
        ] {
            let (width, height) = size(pixels, widest, highest);
            assert!((width - expected.0).abs() < 0.01 && (height - expected.1).abs() < 0.01, "{pixels:?}");
        }
    }

    fn cut(pixels: (u32, u32)) -> Vec<Part> {
        parts(PictureFrame { number: 0, pixels, orientation: 1, as_it_is: false }, mm(160.0), true)
    }

    #[test]
    fn the_screen_of_a_telephone_is_shown_whole_and_a_long_one_in_parts() {
        // iPhone, Pixel, Galaxy, Xperia, an old telephone, a tablet, a desk.
        for pixels in [(1170, 2532), (1080, 2400), (1440, 3088), (1644, 3840), (640, 1136), (1640, 2360), (1920, 1080)]
        {
            let parts = cut(pixels);
            assert_eq!(parts.len(), 1, "{pixels:?}");
            assert!(parts[0].whole.0 >= NARROWEST, "{pixels:?} is {} wide", parts[0].whole.0);
        }
        // A strip of few pixels is no screen.
        assert_eq!(cut((40, 400)).len(), 1);
        for (pixels, count) in [((1170, 3400), 2), ((1080, 9000), 5), ((1170, 20_000), 10), ((1920, 12_000), 6)] {
            let parts = cut(pixels);
            assert_eq!(parts.len(), count, "{pixels:?}");
            assert!(parts.iter().all(|part| part.whole.0 >= WIDTH_OF_PARTS - 0.01));
        }
        assert_eq!(cut((1000, 2_000_000)).len(), 1, "thousands of pages help nobody");
    }

    #[test]
    fn parts_repeat_eight_millimetres_and_leave_nothing_out() {
        for height in [3400, 5000, 9000, 12_345, 20_000] {
            let parts = cut((1170, height));
            let windows: Vec<(f32, f32)> = parts.iter().filter_map(|part| part.window).collect();
            assert_eq!(windows.len(), parts.len());
            assert!(windows[0].0.abs() < 0.01);
            for pair in windows.windows(2) {
                assert!((pair[0].0 + pair[0].1 - pair[1].0 - OVERLAP).abs() < 0.05, "{height}");
                assert!(pair[0].1 <= HIGHEST_ALONE + 0.05);
            }
            let (from, last) = windows[windows.len() - 1];
            assert!((from + last - parts[0].whole.1).abs() < 0.1, "the end of {height} is shown");
            assert!(last <= HIGHEST + 0.05, "there is room for the caption");
        }
    }

    #[test]
    fn no_finer_than_paper_shows_and_as_stored() {
        let part = |orientation, as_it_is| Part {
            frame: PictureFrame { number: 0, pixels: (6000, 3000), orientation, as_it_is },
            whole: (144.0, 72.0),
            window: None,
            words: None,
        };
        assert_eq!(part(1, false).finest(Some(300)), Some((600, 300)));
        assert_eq!(part(6, false).finest(Some(300)), Some((300, 600)), "the stored picture lies on its side");
        assert_eq!(part(1, true).finest(Some(300)), None);
        let coarse = Part { whole: (1440.0, 720.0), ..part(1, false) };
        assert_eq!(coarse.finest(Some(300)), None);
        assert_eq!(part(1, false).finest(None), None, "no limit, no loss");
    }
}
