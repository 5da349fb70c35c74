//! PDFs of others: what they are, and their pages copied so that nothing of their look changes.
//!
//! In: the bytes of a foreign PDF. Out: a [`Survey`] (how many pages, how large, what stands at their
//! foot, a fingerprint of each), or their objects, numbered for the file that is being written, handed to an
//! [`ExhibitSink`]. Both are meant to run apart from the program's own process, so everything here is
//! a plain value that can be sent. Deliberately absent: stamps, labels and links of ours.
//!
//! `source` opens a file and finds its pages, `tokens` and `content` read what is drawn, `value` reads objects
//! without what never belongs to a look; `annotation`, `field` and `link` say what becomes of what
//! stands beside the content; `ink` looks at the foot, `fingerprint` digests a page and `ours` knows what of
//! a finished page is the assembler's; `survey` and `copying` use them all. `docs/formats/pdf.md` says what
//! happens to each feature.

mod annotation;
mod content;
mod copying;
mod field;
mod fingerprint;
mod ink;
mod link;
mod notes;
mod ours;
mod prepare;
mod source;
mod surveying;
mod tokens;
mod trial;
mod value;

#[cfg(test)]
mod tests;

pub(in crate::pdf) use annotation::is_ours;
pub use copying::copy;
pub(in crate::pdf) use fingerprint::Fingerprints;
pub use fingerprint::{Exceptions, fingerprints_in};
pub use surveying::survey;

use serde::{Deserialize, Serialize};

use crate::model::Digest;

/// What a foreign PDF is, found without copying it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    /// Its pages in order; never empty.
    pub pages: Vec<SurveyPage>,
    /// What was left behind or mended so that it can stand in a paper.
    pub notes: Vec<Note>,
}

/// A page of a foreign PDF.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SurveyPage {
    /// Width in points as a reader sees it: cropped, turned, in the page's own unit.
    pub width: f32,
    /// Height, likewise.
    pub height: f32,
    /// What stands where the number goes.
    pub foot: Foot,
    /// What it shows and all that belongs to it, independent of how its objects are numbered and
    /// stored: the same page has it before and after it was copied.
    pub fingerprint: Digest,
    /// It has words that can be searched; a scan has none.
    pub has_words: bool,
}

/// What stands at the foot of a page, where its number goes. When in doubt there is ink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Foot {
    /// Nothing in the band of the number nor in the corner that stays white: the number fits the page as it is.
    Blank,
    /// Ink in the band; nothing in the lowest 3 mm at bottom right.
    Ink,
    /// Ink in the band and in the lowest 3 mm at bottom right.
    CornerInk,
}

impl Foot {
    /// By how many points the page grows at the bottom, so that the number stands on white and the
    /// corner stays free (EF-11; the lengths are those of `docs/architecture.md`).
    #[must_use]
    pub fn growth(self) -> f32 {
        match self {
            Foot::Blank => 0.0,
            Foot::Ink => 34.0,
            Foot::CornerInk => 43.0,
        }
    }
}

/// Something of a foreign PDF that is not in the paper as it was in the file, in words for a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// A stable word: `script-removed`, `form-flattened`, `repaired`, `files-inside-left-out`.
    pub kind: String,
    /// Its page, from 1, where it is of one page.
    pub page: Option<u32>,
    /// What and why, as a sentence.
    pub what: String,
}

/// Why a foreign PDF cannot be shown. It gets its honest page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Unshown {
    /// It asks for a password that is not the empty one.
    #[error("it is locked with a password")]
    Locked,
    /// It is not a PDF, or so damaged that no page can be reached.
    #[error("it is damaged: {why}")]
    Broken {
        /// What reading found.
        why: String,
    },
    /// It has no page.
    #[error("it has no pages")]
    NoPages,
    /// It goes beyond what is read.
    #[error("it goes beyond the limit of {limit} for {what}")]
    Limit {
        /// What there is too much of.
        what: String,
        /// The limit.
        limit: u64,
    },
    /// Reading it was stopped: it took too long, too much memory, or brought its reader down.
    #[error("reading it was stopped: {why}")]
    Stopped {
        /// Why, in plain words.
        why: String,
    },
}

/// Why pages of a foreign PDF were not handed over.
#[derive(Debug, thiserror::Error)]
pub enum ExhibitError {
    /// The file cannot be shown.
    #[error(transparent)]
    Source(#[from] Unshown),
    /// The receiver failed.
    #[error("a page could not be handed over: {0}")]
    Sink(#[from] std::io::Error),
}

/// Takes the objects of a foreign PDF, already numbered for the file that is written.
pub trait ExhibitSink {
    /// An object's bytes, as they stand between `obj` and `endobj`.
    ///
    /// # Errors
    /// The receiver failed.
    fn object(&mut self, number: u32, body: &[u8]) -> std::io::Result<()>;

    /// A stream: the entries of its dictionary without `Length`, and its data.
    ///
    /// # Errors
    /// The receiver failed.
    fn stream(&mut self, number: u32, entries: &[u8], data: &[u8]) -> std::io::Result<()>;

    /// A page; everything it names was or will be handed over under the numbers it uses.
    ///
    /// # Errors
    /// The receiver failed.
    fn page(&mut self, page: CopiedPage) -> std::io::Result<()>;

    /// The layers of the file (`OCGs` with their numbers, and how they are switched), for the catalog,
    /// which merges those of all exhibits.
    ///
    /// # Errors
    /// The receiver failed.
    fn layers(&mut self, layers: Layers) -> std::io::Result<()>;
}

/// A copied page, before anything of ours is put on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopiedPage {
    /// Which page of its file, from 0.
    pub index: u32,
    /// Its object's number: the first free number and its index, so that links inside the exhibit lead to it.
    pub number: u32,
    /// Left, bottom, right, top in the page's own units.
    pub media_box: [f64; 4],
    /// The box a reader sees, inside the media box; equal to it where the page has none.
    pub crop_box: [f64; 4],
    /// Turned clockwise by 0, 90, 180 or 270 degrees.
    pub rotate: u16,
    /// Points to a unit of the page, 1 as a rule.
    pub user_unit: f64,
    /// The other entries of the page's dictionary, written out (`/Group 12 0 R …`), without the boxes,
    /// `Rotate`, `UserUnit`, `Type`, `Parent`, `Resources`, `Contents` and `Annots`.
    pub entries: Vec<u8>,
    /// The entries of its resource dictionary except `XObject`, written out.
    pub resources: Vec<u8>,
    /// The entries of its `XObject` resources, written out.
    pub pictures: Vec<u8>,
    /// Its content streams, in order.
    pub contents: Vec<u32>,
    /// How many graphics states its content leaves open.
    pub open_states: u32,
    /// Its annotations that come along.
    pub annotations: Vec<u32>,
}

/// The layers of a foreign PDF.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Layers {
    /// Every layer.
    pub all: Vec<u32>,
    /// Those that are hidden when the file opens.
    pub hidden: Vec<u32>,
    /// Those that are shown or hidden by what a reader does (printing, viewing), written out as the
    /// entries of `AS`; empty as a rule.
    pub automatic: Vec<u8>,
    /// Radio-button groups of layers, written out as the entries of `RBGroups`; empty as a rule.
    pub groups: Vec<u8>,
}
