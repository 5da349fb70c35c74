//! Words that judge (LOG-08): remarked on, never changed.

use std::ops::Range;

use super::Rules;

/// A word that could be put more plainly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToneRemark {
    /// Where in the text, in bytes.
    pub at: Range<usize>,
    /// The word, as written; what to write instead, as a clause.
    pub suggestion: String,
}

impl Rules {
    /// What could be put more plainly in the user's own words. Quoted words (“…”) are left alone:
    /// they are somebody's exact words.
    #[must_use]
    pub fn tone_of(&self, text: &str) -> Vec<ToneRemark> {
        let mut remarks = Vec::new();
        let words = words_outside_quotes(text);
        for start in 0..words.len() {
            for tone in &self.tone {
                for phrase in &tone.words {
                    let parts: Vec<&str> = phrase.split(' ').collect();
                    let Some(run) = words.get(start..start + parts.len()) else { continue };
                    let same = run.iter().zip(&parts).all(|(at, part)| text[at.clone()].to_lowercase() == **part);
                    if same {
                        let at = run[0].start..run[run.len() - 1].end;
                        remarks.push(ToneRemark { at, suggestion: tone.suggestion.clone() });
                    }
                }
            }
        }
        remarks
    }
}

fn words_outside_quotes(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    let mut quoted = false;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                if !quoted {
                    words.push(from..at);
                }
                start = None;
            }
            _ => {}
        }
        quoted = match c {
            '“' => true,
            '”' => false,
            '"' => !quoted,
            _ => quoted,
        };
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn judging_words_are_remarked_on_and_quoted_ones_are_not() {
        let rules = Rules::england_and_wales();
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = rules.tone_of(text).into_iter().map(|remark| &text[remark.at]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("Nobody came. I waited until 5.45 pm.", &[]);
        check("Sam is ALWAYS late and a liar", &["ALWAYS", "liar"]);
        check("Sam said: “You always do this”", &[]);
        check("it happens every single time!", &["every single time"]);
        check("nevertheless, sideways", &[]);
        check("“unclosed always", &[]);
        check("\"a\" never", &["never"]);
    }
}
