//! Findings of one computation: only of the time asked for, and each once.

use crate::model::{Date, Finding, Severity};

/// What was found so far.
pub(super) struct Noted {
    from: Date,
    until: Date,
    pub findings: Vec<Finding>,
}

/// At most so many findings of one kind: the first ones say enough.
const MOST_OF_A_KIND: usize = 40;

impl Noted {
    pub fn new(from: Date, until: Date) -> Self {
        Noted { from, until, findings: Vec::new() }
    }

    /// A finding about a day; nothing is said of days nobody asked for.
    pub fn on(&mut self, date: Date, finding: Finding) {
        if self.from <= date && date <= self.until {
            self.push(finding);
        }
    }

    /// There is nothing more to say of this kind.
    pub fn has_enough(&self, kind: &str) -> bool {
        self.findings.iter().filter(|known| known.kind == kind).count() >= MOST_OF_A_KIND
    }

    pub fn push(&mut self, finding: Finding) {
        if !self.has_enough(&finding.kind) && !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    pub fn all(&mut self, findings: &[Finding]) {
        for finding in findings {
            self.push(finding.clone());
        }
    }

    /// The part of a time that was asked for.
    pub fn asked(&self, from: Date, until: Date) -> Option<(Date, Date)> {
        let (from, until) = (from.max(self.from), until.min(self.until));
        (from <= until).then_some((from, until))
    }

    /// The time asked for ends here instead.
    pub fn too_long(&mut self, last: Date) -> Date {
        let what = format!("The time asked for is very long; sessions were computed until {}.", last.plain());
        self.push(Finding::new(Severity::Warn, "period-too-long", "sessions", what, "Ask for a shorter time"));
        self.until = last;
        last
    }
}
