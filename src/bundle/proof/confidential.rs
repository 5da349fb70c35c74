//! Confidential words looked for in a finished file: on every page, in labels, bookmarks and
//! properties, and in the manifest that goes with it.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::bundle::{Manifest, Observed, ObservedPage, ObservedRun};
use crate::model::{Finding, Severity};

/// Letters a word needs to be looked for inside other words; shorter ones must stand alone, or
/// every “Ash” would be found in “washing”.
const LONG: usize = 8;
/// Digits a number needs to be looked for as digits alone.
const DIGITS: usize = 7;

/// One finding for each word and place; the word itself is not repeated.
pub(super) fn find(manifest: &Manifest, observed: &Observed, words: &[String]) -> Vec<Finding> {
    let sought: Vec<Sought> = words.iter().map(|word| Sought::new(word)).collect();
    let mut findings = Vec::new();
    let exhibits: BTreeSet<String> = manifest
        .pages
        .iter()
        .zip(&observed.pages)
        .filter(|(planned, _)| planned.exhibit.is_some())
        .map(|(_, page)| place_of(page))
        .collect();
    for (place, texts) in places(manifest, observed) {
        let folded: Vec<Folded> = texts.iter().map(|text| Folded::new(text)).collect();
        for (number, sought) in sought.iter().enumerate() {
            if folded.iter().any(|text| text.has(sought)) {
                let what = format!("A word of the confidential list (number {}) stands here.", number + 1);
                let next = if exhibits.contains(place.as_str()) {
                    "It stands on a page of somebody else's file, which is shown whole. Leave that file out, or cover the \
                     word in a copy of it and add the copy; then make the paper again."
                } else {
                    "Redact it or leave the page out, then make the paper again."
                };
                findings.push(Finding::new(Severity::Block, "confidential-word", place.clone(), what, next));
            }
        }
    }
    findings
}

fn place_of(page: &ObservedPage) -> String {
    format!("page {}", page.label)
}

/// Every place of a file where words can stand, each with the readings to be searched.
fn places(manifest: &Manifest, observed: &Observed) -> Vec<(String, Vec<String>)> {
    let mut places = Vec::new();
    for page in &observed.pages {
        let mut texts = vec![page.text.clone(), in_columns(page), in_lines(page)];
        texts.extend(page.notes.iter().cloned());
        texts.push(page.label.clone());
        places.push((place_of(page), texts));
    }
    let bookmarks = observed.outline.iter().map(|bookmark| bookmark.title.clone());
    places.push(("the outline".to_owned(), bookmarks.collect()));
    let properties = observed.properties.iter().map(|(_, value)| value.clone());
    places.push(("the properties".to_owned(), properties.chain(observed.title.clone()).collect()));
    let names = manifest.entries.iter().map(|entry| entry.title.clone());
    let names = names.chain(manifest.sources.iter().map(|source| source.name.clone()));
    places.push(("the manifest".to_owned(), names.chain([manifest.title.clone()]).collect()));
    places
}

/// The runs column by column: words of a narrow column that go on in the next line stand together.
fn in_columns(page: &ObservedPage) -> String {
    in_order(page, |run| (run.at.0.round() as i64, run.at.1.round() as i64))
}

/// The runs line by line.
fn in_lines(page: &ObservedPage) -> String {
    in_order(page, |run| (run.at.1.round() as i64, run.at.0.round() as i64))
}

fn in_order(page: &ObservedPage, key: impl Fn(&ObservedRun) -> (i64, i64)) -> String {
    let mut runs: Vec<&ObservedRun> = page.runs.iter().collect();
    runs.sort_by_key(|run| key(run));
    runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join("\n")
}

/// A word as it is looked for.
struct Sought {
    letters: Vec<char>,
    /// As read in the other direction, for scripts that run from right to left.
    backwards: Option<Vec<char>>,
    /// A telephone number: its digits without the country or the leading 0.
    number: Option<String>,
}

impl Sought {
    fn new(word: &str) -> Self {
        let folded = Folded::new(word);
        let letters = folded.letters;
        let other_way = letters.iter().any(|c| matches!(c, '\u{590}'..='\u{8ff}'));
        let backwards = other_way.then(|| letters.iter().rev().copied().collect());
        let is_number = !letters.is_empty() && letters.iter().all(char::is_ascii_digit);
        let number = is_number.then(|| national(&letters.iter().collect::<String>()));
        Sought { letters, backwards, number: number.filter(|digits| digits.len() >= DIGITS) }
    }
}

/// A telephone number as dialled within the country, without the leading 0.
fn national(digits: &str) -> String {
    let rest = digits.strip_prefix("0044").or_else(|| digits.strip_prefix("44")).unwrap_or(digits);
    // “+44 (0)117” keeps a 0 behind the country.
    rest.strip_prefix('0').unwrap_or(rest).to_owned()
}

/// Text without case, accents, spaces and punctuation, with the places where words begin and end.
struct Folded {
    letters: Vec<char>,
    /// For each letter: the text before it was no letter.
    begins: Vec<bool>,
    /// Groups of digits with only separators between them, joined.
    numbers: Vec<String>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let (mut letters, mut begins) = (Vec::new(), Vec::new());
        let (mut numbers, mut number) = (Vec::new(), String::new());
        let mut between = true;
        for character in text.nfkd().filter(|c| !is_combining_mark(*c)) {
            if !character.is_alphanumeric() {
                between |= !is_invisible(character);
                continue;
            }
            if let Some(digit) = character.to_digit(10) {
                number.extend(char::from_digit(digit, 10));
            } else if !number.is_empty() {
                numbers.push(std::mem::take(&mut number));
            }
            for lower in character.to_lowercase().filter(|c| !is_combining_mark(*c)) {
                letters.push(plain(lower));
                begins.push(std::mem::take(&mut between));
            }
        }
        numbers.push(number);
        Folded { letters, begins, numbers }
    }

    fn has(&self, sought: &Sought) -> bool {
        if let Some(number) = &sought.number {
            return self.numbers.iter().any(|digits| {
                digits.contains(number.as_str()) || digits.replacen("440", "44", 1).contains(number.as_str())
            });
        }
        self.has_letters(&sought.letters) || sought.backwards.as_ref().is_some_and(|letters| self.has_letters(letters))
    }

    fn has_letters(&self, sought: &[char]) -> bool {
        if sought.is_empty() || sought.len() > self.letters.len() {
            return false;
        }
        let anywhere = sought.len() >= LONG;
        self.letters.windows(sought.len()).enumerate().any(|(start, window)| {
            window == sought
                && (anywhere || (self.begins[start] && *self.begins.get(start + sought.len()).unwrap_or(&true)))
        })
    }
}

/// Soft hyphens and the like, which are no end of a word.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Letters that stay apart from their plain form when accents are taken off.
fn plain(letter: char) -> char {
    match letter {
        'ł' => 'l',
        'ø' => 'o',
        'đ' => 'd',
        'ı' => 'i',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Folded, Sought};

    #[test]
    fn words_are_found_however_they_are_written() {
        let check = |word: &str, text: &str, found: bool| {
            assert_eq!(Folded::new(text).has(&Sought::new(word)), found, "{word:?} in {text:?}");
        };
        check("12 Elm Row, Bristol BS6 5QT", "at 12 ELM ROW\nBristol, bs65qt today", true);
        check("Elmgrove Primary", "Elm-\ngrove Prim\u{ad}ary School", true);
        check("Łukasz", "lukasz", true);
        check("Zoë Ash", "ZOE ASH's", true);
        check("Ash", "the washing", false);
        check("Ash", "to Ash, then", true);
        check("Ash", "was here", false);
        check("0117 496 0123", "+44 (0)117 4960123", true);
        check("0117 496 0123", "+44 117 496-\n0123", true);
        check("+44 7700 900123", "call 07700 900 123", true);
        check("07700 900123", "07700 900124", false);
        check("sam.reed@example.com", "Sam.Reed@example.com", true);
        check("مدرسة", "في ةسردم", true);
        check("", "anything", false);
    }
}
