//! Makes a paper: gather, plan, check, lay out, draw, read back, and only then hand over.
//!
//! A paper that does not agree with its plan is not handed over, and an earlier edition of the same
//! name is left as it was.

mod again;
mod check_folder;
mod gather;
mod make;
mod originals;
mod place;

use std::path::PathBuf;

use crate::bundle::{BundlePlan, Checks, LeftOut, Manifest, Options};
use crate::layout::Laid;
use crate::model::{Digest, Finding, Instant, RecordId, Severity};
use crate::store::{Book, JournalEntry};

use super::ActionError;

pub use again::{Again, AgainRequest, write_again};
pub use check_folder::check_folder_of;
pub(super) use gather::gather_records;
pub use gather::split_quotes;
pub(super) use make::seen_now;
pub(super) use originals::Originals;
pub(super) use place::{digest_of, put_text};

/// What the user asked for.
#[derive(Debug, Clone)]
pub struct BundleRequest {
    /// The paper, its reader, range and marks.
    pub options: Options,
    /// Where to write it. `None`: a name of our own in this folder.
    pub out: Option<PathBuf>,
    /// The folder for a name of our own.
    pub folder: PathBuf,
    /// An existing file of that name may be replaced.
    pub replace: bool,
}

/// A paper that could be made: planned and laid out, not yet drawn.
pub struct Drafted {
    /// The plan.
    pub plan: BundlePlan,
    /// Its pages.
    pub laid: Laid,
    /// What its file must show.
    pub manifest: Manifest,
    /// All findings, worst first.
    pub findings: Vec<Finding>,
    /// Where it would be written.
    pub out: PathBuf,
    /// What was asked for, with what was filled in.
    options: Options,
    /// Words that may not stand in it.
    confidential: Vec<String>,
}

impl Drafted {
    /// The findings that stop it.
    pub fn blocks(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Block)
    }
}

/// A paper that was made and read back.
#[derive(Debug, Clone)]
pub struct Made {
    /// Its edition.
    pub id: RecordId,
    /// Where it is.
    pub file: PathBuf,
    /// Its SHA-256.
    pub sha256: Digest,
    /// Its manifest: pages, sections, entries.
    pub manifest: Manifest,
    /// What was found on the way, worst first.
    pub findings: Vec<Finding>,
    /// What is not in it, and why. For the user only.
    pub left_out: Vec<LeftOut>,
    /// How many of each were compared when it was read back.
    pub checks: Checks,
    /// The entry that remembers the edition.
    pub journal: JournalEntry,
}

/// Plans a paper and lays it out, without writing anything.
///
/// # Errors
/// There is nothing to put in it, this version does not make it, or reading the book failed.
pub fn draft_bundle(book: &Book, now: Instant, request: &BundleRequest) -> Result<Drafted, ActionError> {
    let input = gather::gather(book, now, &request.options)?;
    make::draft(book, input, request)
}

/// What a paper would not show, and why, without laying it out. For the user only.
///
/// # Errors
/// There is nothing to put in it, this version does not make it, or reading the book failed.
pub fn left_out(book: &Book, now: Instant, options: &Options) -> Result<Vec<LeftOut>, ActionError> {
    let input = gather::gather(book, now, options)?;
    Ok(crate::bundle::plan(&input)?.left_out)
}

/// Draws, reads back and hands over a drafted paper, and remembers the edition in the book.
///
/// # Errors
/// A finding blocks it, the place to write is taken or refuses, or the finished file does not agree
/// with its plan. Nothing is left behind then.
pub fn make_bundle(
    book: &mut Book,
    now: Instant,
    request: &BundleRequest,
    drafted: Drafted,
) -> Result<Made, ActionError> {
    make::make(book, now, request, drafted)
}
