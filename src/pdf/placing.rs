//! Where a foreign page lies on its sheet: its boxes after it grew, and the way from the sheet as it is
//! read to the page's own space.

use super::exhibit::CopiedPage;
use super::writer;

/// A foreign page on its sheet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placing {
    /// Left, bottom, right, top in the page's own units, large enough for the sheet.
    pub media_box: [f64; 4],
    /// The sheet.
    pub crop_box: [f64; 4],
    /// From points of the sheet as it is read, from its bottom left corner, to the page's own space.
    pub matrix: [f64; 6],
    /// Width and height of the sheet as it is read, in points.
    pub size: (f64, f64),
}

impl Placing {
    /// The page, taller by `growth` at its foot and wider by `wider`, half on either side; both in points as it is read.
    pub(super) fn of(page: &CopiedPage, growth: f32, wider: f32) -> Self {
        let unit = if page.user_unit > 0.0 && page.user_unit.is_finite() { page.user_unit } else { 1.0 };
        let (growth, flank) = (f64::from(growth) / unit, f64::from(wider) / 2.0 / unit);
        let [left, bottom, right, top] = page.crop_box;
        let turned = page.rotate % 360;
        // Where the foot is, as the page is read: turning is clockwise.
        let [l, b, r, t] = match turned {
            90 => [left, bottom - flank, right + growth, top + flank],
            180 => [left - flank, bottom, right + flank, top + growth],
            270 => [left - growth, bottom - flank, right, top + flank],
            _ => [left - flank, bottom - growth, right + flank, top],
        };
        let (one, size) = (1.0 / unit, ((r - l) * unit, (t - b) * unit));
        let (matrix, size) = match turned {
            90 => ([0.0, one, -one, 0.0, r, b], (size.1, size.0)),
            180 => ([-one, 0.0, 0.0, -one, r, t], size),
            270 => ([0.0, -one, one, 0.0, l, t], (size.1, size.0)),
            _ => ([one, 0.0, 0.0, one, l, b], size),
        };
        let media = page.media_box;
        let media_box = [media[0].min(l), media[1].min(b), media[2].max(r), media[3].max(t)];
        Placing { media_box, crop_box: [l, b, r, t], matrix, size }
    }

    /// A place of the sheet, in points from its top left corner as it is read, in the page's own space.
    pub(super) fn point(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (x, y, m) = (x, self.size.1 - y, self.matrix);
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }
}

/// Four or six numbers as they stand in a file.
pub(super) fn written<const N: usize>(numbers: [f64; N]) -> String {
    numbers.map(writer::number).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(rotate: u16, user_unit: f64) -> CopiedPage {
        CopiedPage {
            index: 0,
            number: 1,
            media_box: [0.0, 0.0, 200.0, 300.0],
            crop_box: [10.0, 20.0, 190.0, 280.0],
            rotate,
            user_unit,
            entries: Vec::new(),
            resources: Vec::new(),
            pictures: Vec::new(),
            contents: Vec::new(),
            open_states: 0,
            annotations: Vec::new(),
        }
    }

    #[test]
    fn the_foot_is_where_it_is_as_the_page_is_read() {
        for (rotate, crop_box, size) in [
            (0, [10.0, -14.0, 190.0, 280.0], (180.0, 294.0)),
            (90, [10.0, 20.0, 224.0, 280.0], (260.0, 214.0)),
            (180, [10.0, 20.0, 190.0, 314.0], (180.0, 294.0)),
            (270, [-24.0, 20.0, 190.0, 280.0], (260.0, 214.0)),
        ] {
            let placing = Placing::of(&page(rotate, 1.0), 34.0, 0.0);
            assert_eq!((placing.crop_box, placing.size), (crop_box, size), "turned by {rotate}");
        }
    }

    #[test]
    fn corners_of_the_sheet_are_corners_of_the_box() {
        for unit in [1.0, 2.0] {
            for (rotate, top_left) in
                [(0, (10.0, 280.0)), (90, (10.0, 20.0)), (180, (190.0, 20.0)), (270, (190.0, 280.0))]
            {
                let placing = Placing::of(&page(rotate, unit), 0.0, 0.0);
                assert_eq!(placing.point((0.0, 0.0)), top_left, "turned by {rotate}");
                let (x, y) = placing.point(placing.size);
                let edges = placing.crop_box;
                let both = (edges[0] + edges[2], edges[1] + edges[3]);
                assert_eq!((x + top_left.0, y + top_left.1), both, "the opposite corner, turned by {rotate}");
            }
        }
    }

    /// The corners here are whole numbers.
    fn whole(corner: f64) -> i64 {
        corner.round() as i64
    }

    #[test]
    fn a_sheet_grows_in_points_whatever_the_unit_and_stays_inside_its_medium() {
        let placing = Placing::of(&page(0, 2.0), 34.0, 20.0);
        assert_eq!(placing.crop_box.map(whole), [5, 3, 195, 280]);
        assert_eq!(placing.size, (380.0, 554.0));
        assert_eq!(placing.media_box.map(whole), [0, 0, 200, 300]);
        let low = Placing::of(&page(0, 1.0), 34.0, 0.0);
        assert_eq!(low.media_box.map(whole), [0, -14, 200, 300]);
    }
}
