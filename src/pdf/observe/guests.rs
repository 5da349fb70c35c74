//! Pages of others in a paper that is read back: what each shows without what was put onto it.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::page::Page;

use crate::bundle::Manifest;
use crate::model::Digest;
use crate::pdf::exhibit::{Exceptions, Fingerprints};

/// Ways of growing tried on one page that is not what it should be.
const MAX_TRIED: usize = 16;

/// Where pages of others are expected, and what they may show.
#[derive(Default)]
pub(super) struct Guests {
    expected: BTreeMap<usize, Expected>,
    known: BTreeSet<Digest>,
    ways: BTreeSet<Way>,
}

/// By how many thousandths of a point a page is taller and wider than in its file.
type Way = (u32, u32);

/// What a page should show.
pub(super) struct Expected {
    fingerprint: Digest,
    way: Way,
}

impl Guests {
    pub(super) fn of(manifest: &Manifest) -> Self {
        let mut guests = Guests::default();
        for (at, page) in manifest.pages.iter().enumerate() {
            if let Some(exhibit) = &page.exhibit {
                let way = (exhibit.growth, exhibit.wider);
                guests.expected.insert(at, Expected { fingerprint: exhibit.fingerprint, way });
                guests.known.insert(exhibit.fingerprint);
                guests.ways.insert(way);
            }
        }
        guests
    }

    pub(super) fn at(&self, page: usize) -> Option<&Expected> {
        self.expected.get(&page)
    }

    /// What the page shows. Where it is not what it should be, the other ways of growing are tried too, so that a
    /// page that stands in the wrong place is known again. `None`: it cannot be read within the limits.
    pub(super) fn fingerprint<'a>(
        &self,
        prints: &mut Fingerprints<'a>,
        page: &Page<'a>,
        expected: &Expected,
    ) -> Option<Digest> {
        let mut shown = |way: Way| prints.of(page, exceptions(way)).ok();
        let found = shown(expected.way)?;
        if found == expected.fingerprint {
            return Some(found);
        }
        let others = self.ways.iter().filter(|way| **way != expected.way).take(MAX_TRIED);
        let known = others.filter_map(|way| shown(*way)).find(|other| self.known.contains(other));
        Some(known.unwrap_or(found))
    }
}

fn exceptions((growth, wider): Way) -> Exceptions {
    let points = |thousandths: u32| thousandths as f32 / 1000.0;
    Exceptions { stamped: true, growth: points(growth), wider: points(wider) }
}
