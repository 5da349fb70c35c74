//! Wording that could be plainer (LOG-01, LOG-08): remarked on, never changed, never counted up into a score.
//!
//! In: somebody's own words. Out: [`ToneRemark`]s, each with a place and a suggestion. What stands in quotation marks, or
//! in a line that begins with `>`, is somebody's exact words and is left alone. So is what follows a word such as “said”
//! in the same sentence: “he said he never received it” is an account of his words, not a claim of the writer's.

mod loud;
mod sentences;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Rules;
use sentences::{Sentence, sentences};

/// Wording that could be plainer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToneRemark {
    /// Where in the text, in bytes.
    pub at: Range<usize>,
    /// What sort of wording it is.
    pub kind: ToneKind,
    /// The rule it is remarked on under.
    pub rule: String,
    /// What to write instead, as a clause.
    pub suggestion: String,
}

/// What sort of wording a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToneKind {
    /// Always, never.
    Absolute,
    /// Why somebody acted, or what they felt or knew.
    MindReading,
    /// That somebody meant to.
    Intention,
    /// A name for a person.
    Insult,
    /// An illness only a doctor can name.
    Diagnosis,
    /// That a child was turned against a parent (WRD-01).
    Alienation,
    /// A word of another country's law, or one that courts here have given up.
    Term,
    /// What only a court or the police can find.
    Verdict,
    /// A parent's rights, where the child's day would say more.
    Rights,
    /// Something heard, without from whom.
    Hearsay,
    /// Words in capitals.
    Capitals,
    /// Exclamation marks.
    Exclamation,
}

impl ToneKind {
    /// What follows “said” is somebody's account: which sorts of wording it silences. Raised voices and hearsay are
    /// the writer's own wherever they stand.
    fn silenced_by_reports(self) -> bool {
        !matches!(self, ToneKind::Hearsay | ToneKind::Capitals | ToneKind::Exclamation)
    }
}

impl Rules {
    /// What could be put more plainly in the user's own words, in the order of the text.
    #[must_use]
    pub fn tone_of(&self, text: &str) -> Vec<ToneRemark> {
        let mut remarks = Vec::new();
        for sentence in sentences(text, &self.wording.reporting) {
            for start in 0..sentence.words.len() {
                remarks.extend(self.remark_at(text, &sentence, start));
            }
        }
        self.loud(text, &mut remarks);
        remarks.sort_by_key(|remark| (remark.at.start, std::cmp::Reverse(remark.at.end)));
        // Of two remarks on the same words the longer phrase says more.
        remarks.dedup_by(|later, earlier| later.at.end <= earlier.at.end && later.kind == earlier.kind);
        remarks
    }

    fn remark_at(&self, text: &str, sentence: &Sentence, start: usize) -> Vec<ToneRemark> {
        let mut found = Vec::new();
        for tone in &self.tone {
            if tone.kind.silenced_by_reports() && sentence.is_reported(start) {
                continue;
            }
            let longest = tone.words.iter().filter_map(|phrase| self.length_of(phrase, text, sentence, start)).max();
            let Some(length) = longest else { continue };
            let span = start..start + length;
            let innocent = self.is_innocent(tone, text, sentence, &span)
                || (tone.kind == super::ToneKind::Intention
                    && sentence.is_about_the_writer(text, start, &self.wording.who))
                || (tone.kind == super::ToneKind::Hearsay && self.has_a_source(text, sentence));
            if !innocent {
                let at = sentence.words[span.start].start..sentence.words[span.end - 1].end;
                let (kind, rule) = (tone.kind, tone.rule.clone());
                found.push(ToneRemark { at, kind, rule, suggestion: tone.suggestion.clone() });
            }
        }
        found
    }

    /// How many words the phrase takes from `start` on; `None`: it does not stand there.
    fn length_of(&self, phrase: &str, text: &str, sentence: &Sentence, start: usize) -> Option<usize> {
        let mut at = start;
        for part in phrase.split(' ') {
            let word = sentence.words.get(at)?;
            let written = &text[word.clone()];
            if !self.is(part, written, at == 0) {
                return None;
            }
            at += 1;
        }
        Some(at - start)
    }

    fn is(&self, part: &str, written: &str, begins: bool) -> bool {
        let lower = written.to_lowercase().replace('’', "'");
        let name = || !begins && written.chars().next().is_some_and(char::is_uppercase) && lower != "i";
        match part {
            "<who>" => self.wording.who.contains(&lower) || name() || (begins && looks_like_a_name(written)),
            "<child>" => self.wording.child.contains(&lower) || name(),
            part => part.split('|').any(|word| word == lower),
        }
    }

    /// The words stand within a phrase in which they are innocent.
    fn is_innocent(&self, tone: &super::table::Tone, text: &str, sentence: &Sentence, span: &Range<usize>) -> bool {
        tone.except.iter().any(|phrase| {
            let most = phrase.split(' ').count();
            (span.start.saturating_sub(most)..=span.start).any(|from| {
                let end = self.length_of(phrase, text, sentence, from).map(|length| from + length);
                end.is_some_and(|end| end > span.start)
            })
        })
    }

    fn has_a_source(&self, text: &str, sentence: &Sentence) -> bool {
        let stands = |phrase: &String| {
            (0..sentence.words.len()).any(|start| self.length_of(phrase, text, sentence, start).is_some())
        };
        // “I was told on Monday by Ms Shah”: by whom may come later.
        let by = sentence.words.windows(2).any(|pair| {
            text[pair[0].clone()].eq_ignore_ascii_case("by")
                && text[pair[1].clone()].starts_with(|c: char| c.is_uppercase())
        });
        by || self.wording.sources.iter().any(stands) || sentence.names_a_speaker(text)
    }
}

/// At the beginning of a sentence every word has a capital; these are no names.
fn looks_like_a_name(written: &str) -> bool {
    const NO_NAMES: [&str; 24] = [
        "i",
        "we",
        "you",
        "it",
        "nobody",
        "everybody",
        "somebody",
        "someone",
        "everyone",
        "anybody",
        "who",
        "what",
        "this",
        "that",
        "there",
        "then",
        "and",
        "but",
        "so",
        "the",
        "no",
        "if",
        "as",
        "one",
    ];
    let lower = written.to_lowercase();
    written.chars().next().is_some_and(char::is_uppercase) && !NO_NAMES.contains(&lower.as_str())
}

#[cfg(test)]
mod tests;
