//! What goes into a paper, in which order and with what said about it; and the proof that the file
//! made of it is the paper that was planned.
//!
//! In: records, marks and choices. Out: a [`BundlePlan`], a manifest, and findings. Deliberately
//! absent: fonts, measures, files.

mod manifest;
mod observed;
mod plan;
mod proof;

pub use manifest::{MadeFrom, Manifest};
pub use observed::{Observed, ObservedBookmark, ObservedLink, ObservedPage, ObservedRun};
pub use plan::*;
pub use proof::{Checks, Proof, prove};
