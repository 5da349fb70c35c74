//! What goes into a paper, in which order and with what said about it; and the proof that the file
//! made of it is the paper that was planned.
//!
//! In: records, marks and choices. Out: a [`BundlePlan`], a manifest, and findings. Deliberately
//! absent: fonts, measures, files.

mod manifest;
mod observed;
mod plan;
mod proof;

pub use manifest::{
    JournalPoint, MANIFEST_FORMAT, MadeFrom, Manifest, ManifestBookmark, ManifestEntry, ManifestLink, ManifestPage,
    ManifestSection, ManifestSource, fingerprint,
};
pub use observed::{Observed, ObservedBookmark, ObservedLink, ObservedPage, ObservedRun};
pub use plan::*;
pub use proof::{Checks, Proof, prove};
