//! What goes into a paper, in which order and with what said about it; and the proof that the file
//! made of it is the paper that was planned.
//!
//! In: a [`PlanInput`]. Out: a [`BundlePlan`], a manifest, and findings. Deliberately absent: fonts,
//! measures, files, the clock.
//!
//! ```text
//! PlanInput ──plan──▶ BundlePlan ──with_manifest──▶ layout ──▶ pages ──after_layout──▶ findings
//! ```

mod error;
mod input;
mod observed;
mod plan;
mod planning;
mod quotes;
mod words;

pub use error::PlanError;
pub use input::{
    ExhibitOptions, HeadGiven, History, JournalHead, KeptFile, Options, Override, Picture, PlanInput, SplitQuotes,
    TextPart,
};
pub use observed::{Observed, ObservedBookmark, ObservedLink, ObservedPage};
pub use plan::*;
pub use planning::{after_layout, check_file_name, plan, suggested_file_name};
pub use quotes::split_quotes;
pub use words::PlacedText;
