//! What a check found: one shape everywhere.

use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Worth a look before going on.
    Warn,
    /// Stops a paper from being made, unless overridden with a reason.
    Block,
}

/// One thing a check, a reader or a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// A short stable word for programs: `attachment-repaired`, `page-limit`.
    pub kind: String,
    /// The id of the rule applied (27A-51), where one was.
    #[serde(default)]
    pub rule: Option<String>,
    /// How grave it is.
    pub severity: Severity,
    /// What it is about: a record, a file, a page.
    #[serde(rename = "where")]
    pub place: String,
    /// What was found, in one calm sentence.
    pub what: String,
    /// What to do next. Empty when there is nothing to do.
    pub next: String,
}

impl Finding {
    /// A finding without a rule.
    #[must_use]
    pub fn new(
        severity: Severity,
        kind: &str,
        place: impl Into<String>,
        what: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Finding {
            kind: kind.to_owned(),
            rule: None,
            severity,
            place: place.into(),
            what: what.into(),
            next: next.into(),
        }
    }

    /// The same finding, made under this rule.
    #[must_use]
    pub fn under(mut self, rule: &str) -> Self {
        self.rule = Some(rule.to_owned());
        self
    }
}
