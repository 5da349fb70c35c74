//! How a rule may be put into words: only as surely as it is known.

use super::table::{Certainty, Rule, Rules};

/// A rule in words that claim no more than is known of it. It can only be had from a [`Rule`], so
/// nothing can print a rule as law that nobody could read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    words: String,
    certainty: Certainty,
}

impl Said {
    /// The sentence, with its source and date.
    #[must_use]
    pub fn words(&self) -> &str {
        &self.words
    }

    /// It was put as a rule, not as a reminder.
    #[must_use]
    pub fn as_rule(&self) -> bool {
        self.certainty.may_be_stated()
    }
}

impl Rule {
    /// The rule in words, with its source, the day it was checked, and how sure that is.
    #[must_use]
    pub fn said(&self) -> Said {
        let Rule { id, what, source, checked, .. } = self;
        let checked = checked.plain();
        let words = match self.certainty {
            Certainty::Read | Certainty::ReadInPrint => format!("{what} ({id}: {source}; checked {checked})."),
            Certainty::CourtService => {
                format!("{what} ({id}: how the court's own system works, from {source}; checked {checked}).")
            }
            Certainty::Secondary => format!("{what} ({id}: according to {source}; checked {checked})."),
            Certainty::Memory | Certainty::Unknown => {
                format!("Planning reminder, not a rule: {what} ({id}; checked {checked}).")
            }
        };
        let words = match &self.overridden {
            Some(instead) => format!("{words} In this case: {}.", instead.why.trim_end_matches('.')),
            None => words,
        };
        Said { words, certainty: self.certainty }
    }
}

impl Rules {
    /// [`Rule::said`] of the rule of this id.
    #[must_use]
    pub fn said(&self, id: &str) -> Option<Said> {
        self.rule(id).map(Rule::said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_claim_no_more_than_is_known() {
        let rules = Rules::england_and_wales();
        let check = |id: &str, start: &str, as_rule: bool| {
            let said = rules.said(id).unwrap();
            assert!(said.words().starts_with(start), "{}", said.words());
            assert_eq!(said.as_rule(), as_rule, "{id}");
        };
        check("27A-90", "Planning reminder, not a rule: Have the papers ready 7 working days", false);
        check("27A-64", "Planning reminder, not a rule: No password", false);
        check("27A-51", "An electronic hearing bundle has at most 350", true);
        for rule in rules.all() {
            let said = rule.said();
            let reminder = said.words().starts_with("Planning reminder, not a rule: ");
            assert_eq!(reminder, !rule.certainty.may_be_stated(), "{}", said.words());
        }
    }
}
