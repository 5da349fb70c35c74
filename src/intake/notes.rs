//! Findings of one file, counted: a fault that stands in ten thousand messages is told a few times and
//! then summed up, so that a report stays one that can be read.

use std::collections::BTreeMap;

use crate::model::{Finding, Severity};

/// How many findings of one kind are told in full.
const TOLD: usize = 20;

/// The findings of a file.
pub(super) struct Notes<'a> {
    label: &'a str,
    told: Vec<Finding>,
    count: BTreeMap<(String, Severity), usize>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(label: &'a str) -> Self {
        Notes { label, told: Vec::new(), count: BTreeMap::new() }
    }

    /// Something worth knowing.
    pub(super) fn info(&mut self, kind: &str, what: &str, next: &str) {
        self.add(Severity::Info, kind, what, next);
    }

    /// Something that could not be read as it should.
    pub(super) fn partly(&mut self, kind: &str, what: &str, next: &str) {
        self.add(Severity::Warn, kind, what, next);
    }

    fn add(&mut self, severity: Severity, kind: &str, what: &str, next: &str) {
        let count = self.count.entry((kind.to_owned(), severity)).or_insert(0);
        *count += 1;
        if *count <= TOLD {
            self.told.push(Finding::new(severity, kind, self.label, what, next));
        }
    }

    /// All of them, with a line for what was not told one by one.
    pub(super) fn finish(self) -> Vec<Finding> {
        let mut all = self.told;
        for ((kind, severity), count) in self.count {
            if count > TOLD {
                let what = format!("The same was found {} more times in this file.", count - TOLD);
                all.push(Finding::new(severity, &kind, self.label, what, ""));
            }
        }
        all
    }
}
