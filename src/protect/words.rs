//! Confidential words, found in whatever spelling (PRI-14): case, accents, spaces, punctuation and
//! line breaks do not hide them, nor do the ways of writing a telephone number.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::{Content, Record, RecordId, WordKind};

/// The confidential words of a case, ready to be looked for. It never shows them again: what it finds
/// is told by the record that holds the word.
#[derive(Clone, Default)]
pub struct ConfidentialWords {
    words: Vec<Needle>,
}

#[derive(Clone)]
struct Needle {
    id: RecordId,
    kind: WordKind,
    shape: Shape,
}

#[derive(Clone)]
enum Shape {
    /// Letters and digits, folded, without what stands between them.
    Folded(String),
    /// A telephone number's digits without its trunk zero or country code.
    Phone(String),
}

/// A confidential word stands in a text. It says which, never what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WordFound {
    /// The record that holds the word: `CNF-3`.
    pub word: RecordId,
    /// What kind of word it is.
    pub kind: WordKind,
}

/// Fewer digits than this and a number is only found standing alone: part of a year or a sum must not
/// look like a telephone number.
const SHORTEST_PHONE: usize = 7;

impl ConfidentialWords {
    /// The words among these records that are not withdrawn.
    #[must_use]
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let words = records.into_iter().filter_map(|record| match &record.content {
            Content::Word(word) if !word.withdrawn => Some((record.id, word.kind, word.words.as_str())),
            _ => None,
        });
        Self::from_words(words)
    }

    /// These words.
    #[must_use]
    pub fn from_words<'a>(words: impl IntoIterator<Item = (RecordId, WordKind, &'a str)>) -> Self {
        let needle = |(id, kind, words): (RecordId, WordKind, &str)| {
            let phone = phone_core(words);
            let shape = if kind == WordKind::Phone && phone.len() >= SHORTEST_PHONE {
                Shape::Phone(phone)
            } else {
                Shape::Folded(Folded::of(words).letters)
            };
            Needle { id, kind, shape }
        };
        let words = words.into_iter().map(needle).filter(|needle| !needle.shape.is_empty()).collect();
        ConfidentialWords { words }
    }

    /// There is nothing to look for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words that stand in this text, each once, in the order of the list. Text of several lines
    /// may be given whole: a word broken over two lines is found.
    #[must_use]
    pub fn find_in(&self, text: &str) -> Vec<WordFound> {
        if self.words.is_empty() {
            return Vec::new();
        }
        let folded = Folded::of(text);
        let numbers = digit_runs(text);
        self.words
            .iter()
            .filter(|needle| match &needle.shape {
                Shape::Folded(word) => folded.holds(word),
                Shape::Phone(core) => numbers.iter().any(|run| run.contains(core.as_str())),
            })
            .map(|needle| WordFound { word: needle.id, kind: needle.kind })
            .collect()
    }
}

impl std::fmt::Debug for ConfidentialWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ConfidentialWords({} words)", self.words.len())
    }
}

impl Shape {
    fn is_empty(&self) -> bool {
        match self {
            Shape::Folded(text) | Shape::Phone(text) => text.is_empty(),
        }
    }
}

/// Whether a text holds a phrase, in whatever case and spacing.
pub(super) fn holds_phrase(text: &str, phrase: &str) -> bool {
    Folded::of(text).holds(&Folded::of(phrase).letters)
}

/// A text's letters and digits without anything between, and where words begin and end in it.
struct Folded {
    letters: String,
    /// Byte places in `letters` where a word begins; its length is one too.
    edges: std::collections::BTreeSet<usize>,
}

impl Folded {
    fn of(text: &str) -> Self {
        let mut letters = String::new();
        let mut edges = std::collections::BTreeSet::from([0]);
        for c in text.nfkd() {
            if c.is_alphanumeric() {
                letters.extend(c.to_lowercase());
            } else if !is_combining_mark(c) && !is_invisible(c) {
                edges.insert(letters.len());
            }
        }
        edges.insert(letters.len());
        Folded { letters, edges }
    }

    /// The word stands here, beginning and ending where words do.
    fn holds(&self, word: &str) -> bool {
        !word.is_empty()
            && self
                .edges
                .iter()
                .any(|&start| self.letters[start..].starts_with(word) && self.edges.contains(&(start + word.len())))
    }
}

/// Characters that take no room and part no word: soft hyphens, joiners, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Runs of digits with nothing but the marks of a telephone number between them.
fn digit_runs(text: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    for c in text.nfkd() {
        let last = runs.last_mut().expect("there is a run at all times");
        match c.to_digit(10) {
            Some(_) => last.push(c),
            None if c.is_whitespace()
                || is_invisible(c)
                || matches!(c, '+' | '-' | '.' | '(' | ')' | '/' | '‐'..='–') => {}
            None if !last.is_empty() => runs.push(String::new()),
            None => {}
        }
    }
    // "+44 (0)7700" writes both the country code and the trunk zero; the core follows either.
    runs.retain(|run| run.len() >= SHORTEST_PHONE);
    runs
}

/// A number without its country code and trunk zero.
fn phone_core(number: &str) -> String {
    let digits: String = number.nfkd().filter(char::is_ascii_digit).collect();
    let digits = digits.strip_prefix("00").unwrap_or(&digits);
    let national = if number.trim_start().starts_with('+') || digits.len() > 11 {
        digits.strip_prefix("44").unwrap_or(digits)
    } else {
        digits
    };
    national.trim_start_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Noun;

    fn found(kind: WordKind, word: &str, text: &str) -> bool {
        let words = ConfidentialWords::from_words([(RecordId::new(Noun::Word, 1), kind, word)]);
        !words.find_in(text).is_empty()
    }

    #[test]
    fn words_are_found_in_any_spelling() {
        let check = |kind, word: &str, text: &str, expected: bool| {
            assert_eq!(found(kind, word, text), expected, "{word:?} in {text:?}");
        };
        check(WordKind::Address, "14 Elm Road", "we met at 14, ELM\n road.", true);
        check(WordKind::Address, "14 Elm Road", "we met at 114 Elm Road", false);
        check(WordKind::Address, "BS1 4DJ", "postcode bs14dj", true);
        check(WordKind::School, "École Saint-Luc", "ecole st luc, ECOLE SAINT LUC", true);
        check(WordKind::School, "Hill", "Chill on the hillside", false);
        check(WordKind::School, "St Anne’s", "near St Anne's school", true);
        check(WordKind::School, "Oakfield", "Oak\u{ad}field", true);
        check(WordKind::School, "Oakfield", "Oak-\nfield", true);
        check(WordKind::Email, "robin@example.com", "<Robin@Example.com>", true);
        check(WordKind::Plate, "AB12 CDE", "a car, ab12cde, stood there", true);
        check(WordKind::Other, "  ", "anything", false);
    }

    #[test]
    fn telephone_numbers_are_found_by_their_digits() {
        let check = |word: &str, text: &str, expected: bool| {
            assert_eq!(found(WordKind::Phone, word, text), expected, "{word:?} in {text:?}");
        };
        for written in ["07700 900123", "+44 7700 900 123", "+44 (0)7700-900123", "0044 7700 900123", "07700900\n123"] {
            check("07700 900123", written, true);
            check("+44 7700 900123", written, true);
        }
        check("07700 900123", "07700 900124", false);
        check("07700 900123", "on 7 October, 700 people, 900 of 123", false);
        check("999", "ring 999", true);
        check("999", "in 1999, or 9990 of them", false);
    }

    #[test]
    fn printing_the_list_shows_no_word() {
        let words = ConfidentialWords::from_words([(RecordId::new(Noun::Word, 1), WordKind::School, "Oakfield")]);
        assert_eq!(format!("{words:?}"), "ConfidentialWords(1 words)");
    }
}
