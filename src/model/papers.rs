//! What the book remembers of imports and of the papers it made.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Digest, Finding, Instant, Locator, Profile, Reader, RecordId, RecordPlace, RecordRuns, Severity};

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
    /// When it was finished. `None`: it was interrupted. The versions before the last one each hold what one part
    /// of the import brought, so that it can go on from there.
    pub finished: Option<Instant>,
    /// Only e-mails from or to these people were kept. Empty: all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_with: Vec<String>,
}

/// Whose device or account a source came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeviceOwner {
    /// My own.
    Mine,
    /// The other's, which I am allowed to use.
    TheirsShared,
    /// Somebody gave it to me.
    Given,
    /// A child's. What came from it is held back from papers for others until its owner decides.
    Child,
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
    pub records: RecordRuns,
    /// Where in this original messages stand that the book has from elsewhere; where only some messages were kept,
    /// where those stood in the whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<RecordPlace>,
    /// The entry of a zip it is, whose original is the zip; counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<u32>,
    /// Only a part of it was read: up to and with what stands here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_to: Option<Locator>,
    /// The file that only some messages of were kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole: Option<WholeFile>,
    /// What an earlier and a later export of the same chat have differently.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<ChatDifference>,
    /// The numbers.
    #[serde(flatten)]
    pub counts: ImportTotals,
    /// What is to be said about it: of each kind the first [`ImportSource::MOST_OF_A_KIND`].
    pub findings: Vec<Finding>,
    /// How many more findings of a kind there were.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub more: BTreeMap<String, u64>,
}

/// One thing that two exports of a chat have differently. Who changed or removed something, no export says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChatDifference {
    /// `gone-since`, `edited-since` or `deleted-since`.
    pub kind: String,
    /// The message of the earlier export.
    pub earlier: RecordId,
    /// What stands in its place in the later one. `None`: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub later: Option<RecordId>,
    /// The earlier export: a label.
    pub before: String,
    /// The later export: a label.
    pub after: String,
}

/// A file that is not in the book, because only some messages of it were kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WholeFile {
    /// Its SHA-256.
    pub sha256: Digest,
    /// How many bytes.
    pub bytes: u64,
    /// Messages in it that were not kept.
    pub passed_over: u64,
}

impl ImportSource {
    /// More findings of one kind about one file say nothing more; they are counted.
    pub const MOST_OF_A_KIND: usize = 100;

    /// Adds a finding, or counts it.
    pub fn find(&mut self, finding: Finding) {
        if let Some(more) = self.more.get_mut(&finding.kind) {
            *more += 1;
            return;
        }
        let alike = self.findings.iter().filter(|found| found.kind == finding.kind).count();
        if alike < Self::MOST_OF_A_KIND {
            self.findings.push(finding);
        } else {
            *self.more.entry(finding.kind).or_default() += 1;
        }
    }

    /// Adds what a later part of the import brought of the same file.
    pub fn append(&mut self, later: ImportSource) {
        self.records.extend(&later.records);
        self.places.extend(later.places);
        self.differences.extend(later.differences);
        self.read_to = later.read_to;
        self.counts.add(&later.counts);
        later.findings.into_iter().for_each(|finding| self.find(finding));
        for (kind, count) in later.more {
            *self.more.entry(kind).or_default() += count;
        }
        match (&mut self.whole, later.whole) {
            (Some(whole), Some(later)) => whole.passed_over += later.passed_over,
            (whole, later) => *whole = whole.take().or(later),
        }
    }

    /// What is to be said about it, with a line for what was only counted.
    #[must_use]
    pub fn all_findings(&self) -> Vec<Finding> {
        let mut all = self.findings.clone();
        for (kind, count) in &self.more {
            let alike = self.findings.iter().find(|finding| finding.kind == *kind);
            let severity = alike.map_or(Severity::Info, |finding| finding.severity);
            let what = format!("The same was found {count} more times in this file.");
            all.push(Finding::new(severity, kind, self.path.as_str(), what, ""));
        }
        all
    }
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
    /// Messages in the book that got a file which an earlier export had left out.
    #[serde(skip_serializing_if = "none")]
    pub media_brought: u64,
    /// Messages in the book whose date was read in another order before; they are among those already in the book.
    #[serde(skip_serializing_if = "none")]
    pub corrected: u64,
    /// Entries that are not messages (of a calendar), not in the book before.
    #[serde(skip_serializing_if = "none")]
    pub items: u64,
    /// Entries that are not messages, already in the book.
    #[serde(skip_serializing_if = "none")]
    pub items_known: u64,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
fn none(count: &u64) -> bool {
    *count == 0
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
        self.media_brought += other.media_brought;
        self.corrected += other.corrected;
        self.items += other.items;
        self.items_known += other.items_known;
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
