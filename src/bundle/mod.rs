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
mod manifest;
mod observed;
mod plan;
mod planning;
mod proof;
mod rich_text;
mod rtf;
mod scaffold;
mod schedule;
mod sheet;
mod words;

pub use error::PlanError;
pub use input::{
    ExhibitOptions, FileNote, HeadGiven, History, JournalHead, JournalLine, KeptFile, Options, Override, Picture,
    PlanInput, SplitQuotes, TextPart,
};
pub use manifest::{
    JournalPoint, MANIFEST_FORMAT, MadeFrom, Manifest, ManifestBookmark, ManifestEntry, ManifestExhibit, ManifestLink,
    ManifestPage, ManifestPicture, ManifestSection, ManifestSource, fingerprint,
};
pub use observed::{Observed, ObservedBookmark, ObservedLink, ObservedPage, ObservedRun};
pub use plan::*;
pub use planning::{after_layout, after_pages, check_file_name, plan, scaffold, suggested_file_name};
pub use proof::{Checks, Proof, SeenNow, prove};
pub use rich_text::{for_a_word_processor, has_text};
pub use scaffold::{Scaffold, ScaffoldKind, ScaffoldPart};
pub use schedule::{Schedule, ScheduleCounts, ScheduleGroup, SchedulePage, ScheduleRow};
pub use sheet::{Holds, Pace, Sheet, SheetColumn, SheetPart, SheetTable, TotalRow};
pub use words::PlacedText;
