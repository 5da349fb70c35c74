//! The page tree: balanced, so that a reader finds any page of a long paper in a few steps.

use super::PdfError;
use super::writer::{Number, Output};

/// Kids of one node.
const KIDS: usize = 32;

/// The nodes over all pages, numbered before the pages are written.
pub(super) struct PageTree {
    /// From the nodes right over the pages up to the root, which stands alone.
    levels: Vec<Vec<Number>>,
    pages: usize,
}

impl PageTree {
    /// The nodes over so many pages.
    pub(super) fn reserve(out: &mut Output<'_>, pages: usize) -> Self {
        let mut levels: Vec<Vec<Number>> = Vec::new();
        let mut below = pages;
        loop {
            let count = below.div_ceil(KIDS).max(1);
            levels.push((0..count).map(|_| out.reserve()).collect());
            if count == 1 {
                return PageTree { levels, pages };
            }
            below = count;
        }
    }

    /// The root.
    pub(super) fn root(&self) -> Number {
        self.levels[self.levels.len() - 1][0]
    }

    /// The node right over a page.
    pub(super) fn over(&self, page: usize) -> Number {
        self.levels[0][page / KIDS]
    }

    /// Writes all nodes.
    pub(super) fn write(&self, out: &mut Output<'_>, pages: &[Number]) -> Result<(), PdfError> {
        let mut kids = pages;
        // Pages beneath one kid of this level.
        let mut span = 1;
        for (depth, level) in self.levels.iter().enumerate() {
            for (at, (node, kids)) in level.iter().zip(kids.chunks(KIDS)).enumerate() {
                let first = at * KIDS * span;
                let count = self.pages.min(first + kids.len() * span) - first;
                let kids = kids.iter().map(|kid| kid.reference()).collect::<Vec<_>>().join(" ");
                let parent = self
                    .levels
                    .get(depth + 1)
                    .map_or(String::new(), |above| format!(" /Parent {}", above[at / KIDS].reference()));
                out.object(*node, format!("<< /Type /Pages{parent} /Count {count} /Kids [{kids}] >>").as_bytes())?;
            }
            kids = level;
            span *= KIDS;
        }
        Ok(())
    }
}
