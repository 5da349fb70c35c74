//! The manifest of laid-out pages: what the file must show.

use crate::bundle::{BundlePlan, MadeFrom, Manifest};
use crate::layout::Laid;

/// The manifest of these pages. (It stands here because `bundle` knows nothing of laid-out pages.)
///
/// Its digest does not depend on the digest that a [`HowToCheck`](crate::bundle::HowToCheck) page prints: lay out with
/// any digest there, take the manifest, put its digest into the plan and lay out again; the manifest stays the same.
#[must_use]
pub fn manifest_of(plan: &BundlePlan, laid: &Laid, from: &MadeFrom) -> Manifest {
    let _ = (plan, laid, from);
    unimplemented!()
}
