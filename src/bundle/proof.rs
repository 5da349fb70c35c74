//! The proof: what was planned against what was read back.

use crate::bundle::{Manifest, Observed};
use crate::model::Finding;

/// What was compared, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// How many of each were compared.
    pub checks: Checks,
    /// What does not agree. Empty: the file is the paper that was planned.
    pub findings: Vec<Finding>,
}

impl Proof {
    /// Nothing disagrees.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.findings.is_empty()
    }
}

/// How many of each were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Checks {
    /// Page numbers: label and print.
    pub page_numbers: usize,
    /// Rows of the index.
    pub index_lines: usize,
    /// Links inside the paper.
    pub links: usize,
    /// Bookmarks.
    pub bookmarks: usize,
    /// Kept files by hash.
    pub sources: usize,
    /// Pages whose words were compared.
    pub page_texts: usize,
    /// Confidential words looked for.
    pub confidential: usize,
}

/// Compares a finished file with its manifest, and looks for confidential words in every part of it.
#[must_use]
pub fn prove(manifest: &Manifest, observed: &Observed, confidential: &[String]) -> Proof {
    let _ = (manifest, observed, confidential);
    unimplemented!()
}
