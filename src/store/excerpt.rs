//! The words of a hit in their context, as they were written.

use super::fold::fold;

/// How many words stand around the first that matched.
const BEFORE: usize = 9;
const AFTER: usize = 14;

/// A phrase that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wanted {
    words: Vec<String>,
    /// The last word may go on.
    beginning: bool,
}

impl Wanted {
    pub(super) fn of(phrase: &str, beginning: bool) -> Self {
        Wanted { words: tokens(phrase).map(|token| fold(&phrase[token.0..token.1])).collect(), beginning }
    }

    /// How many of these words are the phrase, from the first.
    fn matches(&self, found: &[String]) -> Option<usize> {
        let (last, before) = self.words.split_last()?;
        let there = found.get(before.len())?;
        let ends = there == last || self.beginning && there.starts_with(last.as_str());
        (ends && found[..before.len()] == *before).then_some(self.words.len())
    }
}

/// The words around the first place where one of the phrases stands, on one line, `\u{1}` and `\u{2}` around
/// what matched. `None`: none of them stands in it.
pub(super) fn of(text: &str, wanted: &[Wanted]) -> Option<String> {
    let places: Vec<(usize, usize)> = tokens(text).collect();
    let words: Vec<String> = places.iter().map(|(start, end)| fold(&text[*start..*end])).collect();
    let longest = |from: usize| wanted.iter().filter_map(|one| one.matches(&words[from..])).max();
    let first = (0..words.len()).find(|from| longest(*from).is_some())?;
    let (begin, end) = (first.saturating_sub(BEFORE), (first + AFTER).min(words.len()));
    let mut shown = String::from(if begin > 0 { "…" } else { "" });
    // What stands before the first word and after the last belongs to them.
    let mut written = if begin > 0 { places[begin].0 } else { 0 };
    let mut at = begin;
    while at < end {
        match longest(at) {
            Some(length) => {
                let last = (at + length - 1).min(words.len() - 1);
                push_line(&mut shown, &text[written..places[at].0]);
                shown.push('\u{1}');
                push_line(&mut shown, &text[places[at].0..places[last].1]);
                shown.push('\u{2}');
                written = places[last].1;
                at = last + 1;
            }
            None => at += 1,
        }
    }
    let done = at.max(end);
    let until = if done < words.len() { places[done - 1].1 } else { text.len() };
    push_line(&mut shown, text.get(written..until).unwrap_or_default());
    if done < words.len() {
        shown.push('…');
    }
    Some(shown.trim().to_owned())
}

/// Adds text with its line ends and blanks as single blanks; what would be taken for a mark is left out.
fn push_line(shown: &mut String, text: &str) {
    for letter in text.chars().filter(|c| !matches!(c, '\u{1}' | '\u{2}')) {
        if !letter.is_whitespace() {
            shown.push(letter);
        } else if !shown.ends_with(' ') {
            shown.push(' ');
        }
    }
}

/// Where each word begins and ends, in bytes: as FTS5's tokenizer sees words.
fn tokens(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let of_word = |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = letters.find(|(_, c)| of_word(*c))?;
        let mut end = start + first.len_utf8();
        while let Some((at, letter)) = letters.next_if(|(_, c)| of_word(*c)) {
            end = at + letter.len_utf8();
        }
        Some((start, end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, phrases: &[(&str, bool)]) -> Option<String> {
        let wanted: Vec<_> = phrases.iter().map(|(phrase, beginning)| Wanted::of(phrase, *beginning)).collect();
        of(text, &wanted).map(|text| text.replace('\u{1}', "[").replace('\u{2}', "]"))
    }

    #[test]
    fn words_in_their_context_as_they_were_written() {
        let text = "Dear Alex,\n\nwe met in Łódź, at the café. Łódź again.";
        assert_eq!(shown(text, &[("lodz", false)]).unwrap(), "Dear Alex, we met in [Łódź], at the café. [Łódź] again.");
        assert_eq!(
            shown(text, &[("the cafe", false)]).unwrap(),
            "Dear Alex, we met in Łódź, at [the café]. Łódź again."
        );
        assert_eq!(shown(text, &[("me", false)]), None);
        assert_eq!(shown(text, &[("me", true)]).unwrap(), "Dear Alex, we [met] in Łódź, at the café. Łódź again.");
        let long = format!("{}library{}", "a ".repeat(50), " b".repeat(50));
        assert_eq!(
            shown(&long, &[("library", false)]).unwrap(),
            format!("…{}[library]{}…", "a ".repeat(9), " b".repeat(13))
        );
    }

    proptest! {
        #[test]
        fn any_text_and_words_are_safe(text in "\\PC{0,200}", phrase in "\\PC{0,20}", beginning: bool) {
            let wanted = [Wanted::of(&phrase, beginning), Wanted::of("a", true)];
            if let Some(excerpt) = of(&text, &wanted) {
                prop_assert_eq!(excerpt.matches(['\u{1}', '\u{2}']).count() % 2, 0, "every mark is closed");
            }
        }
    }
}
