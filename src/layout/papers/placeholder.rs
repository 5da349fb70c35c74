//! An honest page for what is not shown: no empty frame, no icon.

use crate::bundle::{BundlePlan, Placeholder};
use crate::layout::galley::{Galley, HEAVY, mm};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

pub(super) fn fill(galley: &mut Galley<'_>, plan: &BundlePlan, page: &Placeholder) {
    galley.title(&page.title);
    galley.space(6.0);
    let subtitle = galley.rich(&page.subtitle, Style::WORDS);
    galley.paragraph(&subtitle, 18.0);
    galley.space(18.0);
    galley.rule(HEAVY, true);
    galley.space(8.25);
    galley.fields(&page.fields, mm(44.0), 3.75);
    galley.keep();
    galley.space(8.25);
    galley.rule(HEAVY, false);
    if !page.closing.is_empty() {
        galley.space(18.0);
        let closing = galley.rich(&page.closing, Style::WORDS);
        galley.paragraph(&closing, 18.0);
    }
    let source = galley.rich(&page.source, Style::SANS);
    if plan.profile == crate::model::Profile::Hearing {
        // A hearing bundle prints no hashes; the check folder has them.
        if !page.source.is_empty() {
            galley.bottom_note(vec![(source, 12.0)]);
        }
        return;
    }
    let hash = vec![Piece::plain(page.hash.in_eights(), Style::HASH)];
    galley.bottom_note(vec![(source, 12.0), (hash, 12.0)]);
}
