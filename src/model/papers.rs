//! What the book remembers of imports and of the papers it made.

use serde::{Deserialize, Serialize};

use super::{Digest, Finding, Instant, Profile, Reader, RecordId};

/// One import and its report.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportRecord {
    /// What was looked at, one line a file.
    pub sources: Vec<ImportSource>,
    /// The sums.
    pub totals: ImportTotals,
    /// What had to be assumed, as sentences ("times without a zone were read as London time").
    pub assumptions: Vec<String>,
    /// Whose device or account it came from (MSG-09).
    pub from_device: Option<DeviceOwner>,
    /// When it began.
    pub begun: Option<Instant>,
    /// When it was finished. `None`: it was interrupted.
    pub finished: Option<Instant>,
}

/// Whose device or account a source came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceOwner {
    /// My own.
    Mine,
    /// The other's, which I am allowed to use.
    TheirsShared,
    /// Somebody gave it to me.
    Given,
}

/// One file of an import. Counts are messages; `read = new + duplicate + differing`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportSource {
    /// Its name below what was given: a label.
    pub path: String,
    /// The format it was read as; `None`: not claimed by any.
    pub format: Option<String>,
    /// The kept original.
    pub original: Option<Digest>,
    /// The records it gave, new ones and ones known before.
    pub records: Vec<RecordId>,
    /// The numbers.
    #[serde(flatten)]
    pub counts: ImportTotals,
    /// What is to be said about it.
    pub findings: Vec<Finding>,
}

/// The numbers of an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportTotals {
    /// Messages the file seemed to hold.
    pub claimed: u64,
    /// Messages read.
    pub read: u64,
    /// Messages not in the book before.
    pub new: u64,
    /// Messages already in the book.
    pub duplicate: u64,
    /// Messages with a known Message-ID and other words; kept as well.
    pub differing: u64,
    /// Messages read in part, with a finding each.
    pub partly_read: u64,
    /// Files no reader knows: listed with the command that keeps them, and not kept by an import.
    pub not_understood: u64,
    /// Media named and not there.
    pub media_missing: u64,
}

impl ImportTotals {
    /// Adds the numbers of another file.
    pub fn add(&mut self, other: &ImportTotals) {
        self.claimed += other.claimed;
        self.read += other.read;
        self.new += other.new;
        self.duplicate += other.duplicate;
        self.differing += other.differing;
        self.partly_read += other.partly_read;
        self.not_understood += other.not_understood;
        self.media_missing += other.media_missing;
    }
}

/// An edition of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BundleRecord {
    /// What kind of paper.
    pub profile: Profile,
    /// For what kind of reader.
    pub to: Reader,
    /// The reader's name, as the cover prints it.
    #[serde(default)]
    pub reader: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub purpose: Option<String>,
    /// The name of the file: a label.
    pub file: String,
    /// The SHA-256 of the file.
    pub sha256: Digest,
    /// The SHA-256 of its manifest.
    pub manifest: Digest,
    /// How many pages.
    pub pages: u32,
    /// What stands where.
    pub entries: Vec<PrintedEntry>,
    /// The mark of an exhibit: `AR1` (22A-12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exhibit: Option<String>,
    /// The statement it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<u32>,
    /// Findings that were overridden, and why.
    #[serde(default)]
    pub overrides: Vec<String>,
}

/// One record printed in an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedEntry {
    /// The record.
    pub id: RecordId,
    /// Which version of it.
    pub version: u32,
    /// The first page's label.
    pub first_page: String,
    /// The last page's label.
    pub last_page: String,
}
