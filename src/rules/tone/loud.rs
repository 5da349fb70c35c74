//! A raised voice on paper: words in capitals, exclamation marks.

use std::ops::Range;

use super::sentences::quoted;
use super::{Rules, ToneKind, ToneRemark};

/// A single word in capitals is remarked on from this length on; shorter ones are mostly initials.
const LONG_ENOUGH: usize = 4;

impl Rules {
    pub(super) fn loud(&self, text: &str, remarks: &mut Vec<ToneRemark>) {
        let quoted = quoted(text);
        let own = |at: &Range<usize>| !quoted.iter().any(|range| range.contains(&at.start));
        let remark = |at, kind, suggestion: &str| ToneRemark {
            at,
            kind,
            rule: "LOG-08".to_owned(),
            suggestion: suggestion.to_owned(),
        };
        for at in self.capitals(text).into_iter().filter(own) {
            remarks.push(remark(at, ToneKind::Capitals, "small letters are read as calmly as they were written"));
        }
        for at in runs(text, |c| c == '!').into_iter().filter(own) {
            remarks.push(remark(at, ToneKind::Exclamation, "a full stop says it as well"));
        }
    }

    /// Runs of words in capitals that are not names of things.
    fn capitals(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut run: Vec<Range<usize>> = Vec::new();
        let words = runs(text, |c| c.is_alphanumeric() || matches!(c, '\'' | '’'));
        for word in words.into_iter().chain(std::iter::once(text.len()..text.len())) {
            let written = &text[word.clone()];
            let alone =
                run.last().is_some_and(|before| text[before.end..word.start].contains(['.', '\n', '"', '“', '”']));
            if alone || !is_loud(written) {
                found.extend(self.one_run(text, &run));
                run.clear();
            }
            if is_loud(written) {
                run.push(word);
            }
        }
        found
    }

    fn one_run(&self, text: &str, run: &[Range<usize>]) -> Option<Range<usize>> {
        let telling: Vec<&Range<usize>> = run
            .iter()
            .filter(|word| !self.wording.capitals.iter().any(|known| *known == text[(*word).clone()]))
            .collect();
        let letters: usize = telling.iter().map(|word| text[(*word).clone()].chars().count()).sum();
        let pressed = |word: &&&Range<usize>| self.wording.pressed.iter().any(|known| *known == text[(**word).clone()]);
        let loud = match telling.as_slice() {
            [] => false,
            [only] => letters >= LONG_ENOUGH || pressed(&only),
            // Two or three initials beside each other (GP, DJ) are not a raised voice.
            several => letters >= 2 * LONG_ENOUGH - 2 || several.iter().any(|word| pressed(&word)),
        };
        loud.then(|| telling[0].start..telling[telling.len() - 1].end)
    }
}

/// Two letters or more, all capitals; what has a figure in it is a number of something.
fn is_loud(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && word.chars().all(|c| !c.is_alphanumeric() || (c.is_uppercase() && !c.is_numeric()))
}

fn runs(text: &str, is_part: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\u{0}')]) {
        match (is_part(c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            _ => {}
        }
    }
    found
}
