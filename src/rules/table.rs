//! The table of rules, parsed into types.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::tone::ToneKind;
use crate::model::{Date, Finding, Severity};

/// The rules of one jurisdiction, with the overrides of a book in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    pub(super) jurisdiction: String,
    pub(super) by_id: BTreeMap<String, Rule>,
    pub(super) tone: Vec<Tone>,
    pub(super) wording: Wording,
    pub(super) exemptions: Vec<Exemption>,
    pub(super) help_lines: Vec<HelpLine>,
    pub(super) fees: Vec<Fee>,
    pub(super) holidays: BankHolidays,
}

/// One rule: what it asks, where that stands, and how sure we are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// For ever: `27A-51`.
    pub id: String,
    /// In one sentence, without a full stop.
    pub what: String,
    /// Its number, words or list, where it has one.
    pub value: Option<Value>,
    /// What the value counts.
    pub unit: Option<String>,
    /// Where it stands.
    pub source: String,
    /// When that was last looked at.
    pub checked: Date,
    /// How sure we are.
    pub certainty: Certainty,
    /// Where the program applies it.
    pub applied: String,
    /// What this book put in its place, and why.
    pub overridden: Option<RuleOverride>,
}

/// What a rule's value is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A number, in the rule's unit.
    Number(u64),
    /// Words.
    Words(String),
    /// A list of words.
    List(Vec<String>),
}

/// Another value in this case: "the judge allowed 420 pages, order of 3 March 2026 paragraph 4".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleOverride {
    /// The rule.
    pub id: String,
    /// Its value here.
    pub value: u64,
    /// Who allowed it, when and where that stands. Papers and checks print it.
    pub why: String,
}

/// How sure we are of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Certainty {
    /// The text of the primary source was read.
    #[serde(rename = "D")]
    Read,
    /// Its wording was read in a print.
    #[serde(rename = "D-copy")]
    ReadInPrint,
    /// Read in the court service's own source: what its system does.
    #[serde(rename = "DH")]
    CourtService,
    /// A named secondary source says so.
    #[serde(rename = "S")]
    Secondary,
    /// From memory. Never stated as law.
    #[serde(rename = "M")]
    Memory,
    /// Not found. Never stated as law.
    #[serde(rename = "U")]
    Unknown,
}

/// Somebody to ring (SAFE-07).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct HelpLine {
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// For what.
    pub help: String,
    /// When it answers.
    pub hours: String,
    /// Where the number stands.
    pub source: String,
    /// How sure we are.
    pub certainty: Certainty,
    /// When that was last looked at.
    pub checked: Date,
}

/// A fee, as a fact with a date. Nothing is reckoned with it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Fee {
    /// The form.
    pub form: String,
    /// For what.
    pub what: String,
    /// How much.
    pub pence: u64,
    /// The date of the list it was found in.
    pub as_of: Date,
    /// Where it stands.
    pub source: String,
    /// How sure we are.
    pub certainty: Certainty,
}

/// A ground on which no MIAM is needed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemption {
    /// As typed: `no-mediator`.
    pub word: String,
    /// In plain words.
    pub plain: String,
    /// What is to be kept to show it; empty where nothing was found.
    pub proof: String,
    /// The rule it stands in.
    pub rule: String,
    /// How sure we are.
    pub certainty: Certainty,
}

/// Words and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tone {
    pub(super) kind: ToneKind,
    pub(super) rule: String,
    pub(super) words: Vec<String>,
    #[serde(default)]
    pub(super) except: Vec<String>,
    pub(super) suggestion: String,
}

/// What the wording check goes by besides its phrases.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wording {
    pub(super) reporting: Vec<String>,
    pub(super) sources: Vec<String>,
    pub(super) who: Vec<String>,
    pub(super) child: Vec<String>,
    pub(super) capitals: Vec<String>,
    pub(super) pressed: Vec<String>,
}

/// The bank holidays of some years.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct BankHolidays {
    pub(super) source: String,
    pub(super) certainty: Certainty,
    pub(super) first_year: i32,
    pub(super) last_year: i32,
    pub(super) days: BTreeSet<Date>,
}

/// There is no rule of this id, or it has no number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{id}” is not a rule with a number that could be changed; docs/rules.md lists them")]
pub struct UnknownRule {
    /// As given.
    pub id: String,
}

impl Rules {
    /// The rules of England and Wales, as this version of the program knows them.
    ///
    /// # Panics
    /// Never: the data is part of the program, and a test reads it.
    #[must_use]
    pub fn england_and_wales() -> Self {
        let file: File =
            toml::from_str(include_str!("england-and-wales.toml")).expect("the data file of the rules can be read");
        let checked = file.checked;
        let by_id = file.rule.into_iter().map(|row| (row.id.clone(), row.rule(checked))).collect();
        Rules {
            jurisdiction: file.jurisdiction,
            by_id,
            tone: file.tone,
            wording: file.wording,
            exemptions: file.exemption,
            help_lines: file.help_line,
            fees: file.fee,
            holidays: file.bank_holidays,
        }
    }

    /// `England and Wales`.
    #[must_use]
    pub fn jurisdiction(&self) -> &str {
        &self.jurisdiction
    }

    /// The rule of this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.by_id.get(id)
    }

    /// All rules, by id.
    pub fn all(&self) -> impl Iterator<Item = &Rule> {
        self.by_id.values()
    }

    /// The number of a rule, with this book's override in its place.
    ///
    /// ```
    /// assert_eq!(daybook::rules::Rules::england_and_wales().limit("27A-51"), Some(350));
    /// ```
    #[must_use]
    pub fn limit(&self, id: &str) -> Option<u64> {
        let rule = self.by_id.get(id)?;
        match (&rule.overridden, &rule.value) {
            (Some(instead), _) => Some(instead.value),
            (None, Some(Value::Number(number))) => Some(*number),
            _ => None,
        }
    }

    /// The list of a rule; empty where it has none.
    #[must_use]
    pub fn list(&self, id: &str) -> &[String] {
        match self.by_id.get(id).and_then(|rule| rule.value.as_ref()) {
            Some(Value::List(words)) => words,
            _ => &[],
        }
    }

    /// Help lines, the first first.
    #[must_use]
    pub fn help_lines(&self) -> &[HelpLine] {
        &self.help_lines
    }

    /// The grounds on which no MIAM is needed (MED-05), as a dated list.
    #[must_use]
    pub fn exemptions(&self) -> &[Exemption] {
        &self.exemptions
    }

    /// Fees, as dated facts.
    #[must_use]
    pub fn fees(&self) -> &[Fee] {
        &self.fees
    }

    /// The same rules with another value for one of them, as allowed in this case.
    ///
    /// # Errors
    /// There is no such rule, or it has no number.
    pub fn with_override(mut self, instead: RuleOverride) -> Result<Self, UnknownRule> {
        let unknown = || UnknownRule { id: instead.id.clone() };
        let rule = self.by_id.get_mut(&instead.id).ok_or_else(unknown)?;
        if !matches!(rule.value, Some(Value::Number(_))) {
            return Err(unknown());
        }
        rule.overridden = Some(instead);
        Ok(self)
    }

    /// A finding made under a rule. A rule nobody could read never stops a paper and says that it is
    /// a reminder; an override is told with its reason.
    ///
    /// # Panics
    /// When there is no rule of this id: a slip of the program's, and a test looks for it.
    #[must_use]
    pub fn finding(&self, id: &str, severity: Severity, mut finding: Finding) -> Finding {
        let rule = self.by_id.get(id).expect("the program cites rules that its table holds");
        finding.severity = severity;
        if !rule.certainty.may_be_stated() {
            finding.severity = severity.min(Severity::Warn);
            finding.what.push_str(" (a planning reminder, not a rule)");
        }
        if let Some(instead) = &rule.overridden {
            finding.what = format!("{} In this case: {}.", finding.what, instead.why.trim_end_matches('.'));
        }
        finding.under(id)
    }

    /// Whether these words have the shape of a family case number (EF-15).
    #[must_use]
    pub fn is_case_number(&self, words: &str) -> bool {
        let Some(Value::Words(shape)) = self.by_id.get("EF-15").and_then(|rule| rule.value.as_ref()) else {
            return false;
        };
        words.chars().count() == shape.chars().count()
            && words.chars().zip(shape.chars()).all(|(c, kind)| match kind {
                'L' => c.is_ascii_uppercase(),
                _ => c.is_ascii_digit(),
            })
    }
}

impl Certainty {
    /// Whether a rule of this certainty may be worded as one.
    #[must_use]
    pub fn may_be_stated(self) -> bool {
        !matches!(self, Certainty::Memory | Certainty::Unknown)
    }

    /// How sure that is, in words for a screen.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Certainty::Read => "the text of the rule was read",
            Certainty::ReadInPrint => "the wording was read in a print of the rule",
            Certainty::CourtService => "how the court's own system works, not a rule",
            Certainty::Secondary => "as a named source describes it",
            Certainty::Memory | Certainty::Unknown => "a planning reminder, not a rule",
        }
    }

    /// The mark in the table: `D-copy`.
    #[must_use]
    pub fn mark(self) -> &'static str {
        match self {
            Certainty::Read => "D",
            Certainty::ReadInPrint => "D-copy",
            Certainty::CourtService => "DH",
            Certainty::Secondary => "S",
            Certainty::Memory => "M",
            Certainty::Unknown => "U",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    jurisdiction: String,
    checked: Date,
    rule: Vec<Row>,
    exemption: Vec<Exemption>,
    tone: Vec<Tone>,
    wording: Wording,
    help_line: Vec<HelpLine>,
    fee: Vec<Fee>,
    bank_holidays: BankHolidays,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    what: String,
    value: Option<Value>,
    unit: Option<String>,
    source: String,
    checked: Option<Date>,
    certainty: Certainty,
    applied: String,
}

impl Row {
    fn rule(self, checked: Date) -> Rule {
        Rule {
            id: self.id,
            what: self.what,
            value: self.value,
            unit: self.unit,
            source: self.source,
            checked: self.checked.unwrap_or(checked),
            certainty: self.certainty,
            applied: self.applied,
            overridden: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_and_overridden_with_a_reason() {
        let rules = Rules::england_and_wales();
        assert_eq!(rules.limit("27A-51"), Some(350));
        assert_eq!(rules.limit("EF-04"), Some(20_000_000));
        assert_eq!(rules.limit("27A-01"), None);
        assert_eq!(rules.list("EF-10"), ["Draft", "Confidential_"]);
        let why = "the judge allowed 420 pages, order of 3 March 2026 paragraph 4".to_owned();
        let rules = rules.with_override(RuleOverride { id: "27A-51".into(), value: 420, why: why.clone() }).unwrap();
        assert_eq!(rules.limit("27A-51"), Some(420));
        let finding = Finding::new(Severity::Warn, "page-limit", "paper", "421 pages; 420 are allowed.", "");
        let finding = rules.finding("27A-51", Severity::Warn, finding);
        assert_eq!(finding.what, format!("421 pages; 420 are allowed. In this case: {why}."));
        assert!(rules.with_override(RuleOverride { id: "27A-01".into(), value: 1, why }).is_err());
    }

    #[test]
    fn a_rule_nobody_could_read_never_stops_a_paper() {
        let rules = Rules::england_and_wales();
        for rule in rules.all() {
            let finding = Finding::new(Severity::Info, "test", "here", "Something.", "");
            let finding = rules.finding(&rule.id, Severity::Block, finding);
            assert_eq!(finding.severity == Severity::Block, rule.certainty.may_be_stated(), "{}", rule.id);
            assert_eq!(finding.what.contains("not a rule"), !rule.certainty.may_be_stated(), "{}", rule.id);
        }
    }

    #[test]
    fn every_row_says_what_whence_and_where() {
        let text = include_str!("england-and-wales.toml");
        let file: File = toml::from_str(text).unwrap();
        let rules = Rules::england_and_wales();
        assert_eq!(file.rule.len(), rules.all().count(), "an id stands twice");
        for rule in rules.all() {
            assert!(!rule.what.is_empty() && !rule.what.ends_with('.'), "{}", rule.id);
            assert!(!rule.source.is_empty() && !rule.applied.is_empty(), "{}", rule.id);
            assert_eq!(rule.value.is_some(), rule.unit.is_some(), "{}: a value needs a unit", rule.id);
        }
        assert_eq!(rules.help_lines()[0].number, "999");
    }

    #[test]
    fn case_numbers() {
        let rules = Rules::england_and_wales();
        assert!(rules.is_case_number("BS26P70940"));
        for other in ["", "BS26P7094", "bs26p70940", "FM12345/2024", "BS26P7094O", "B\u{c9}26P70940"] {
            assert!(!rules.is_case_number(other), "{other}");
        }
    }
}
