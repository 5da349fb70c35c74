//! The words of a pattern, each with its place in the text.

use std::ops::Range;

/// The longest pattern that is read, in bytes; orders are shorter.
pub(super) const LONGEST: usize = 20_000;

/// A word, a comma, or words in quotation marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In small letters, with plain apostrophes, without what stands around it.
    pub text: String,
    /// As typed.
    pub typed: String,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
    /// It stood in quotation marks.
    pub quoted: bool,
}

impl Word {
    pub fn is_comma(&self) -> bool {
        !self.quoted && self.text == ","
    }
}

/// The words of each clause: clauses stand on lines of their own, or after a `;`. A line that begins with `#` is
/// a remark.
pub(super) fn clauses(text: &str) -> Vec<Vec<Word>> {
    let mut clauses = Vec::new();
    let mut words = Vec::new();
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        if !line.trim_start().starts_with('#') {
            scan(line, line_start, &mut words, &mut clauses);
        }
        end_clause(&mut words, &mut clauses);
        line_start += line.len();
    }
    clauses
}

fn end_clause(words: &mut Vec<Word>, clauses: &mut Vec<Vec<Word>>) {
    while words.last().is_some_and(Word::is_comma) {
        words.pop();
    }
    if !words.is_empty() {
        clauses.push(std::mem::take(words));
    }
}

fn scan(line: &str, offset: usize, words: &mut Vec<Word>, clauses: &mut Vec<Vec<Word>>) {
    let mut start: Option<usize> = None;
    let mut quote: Option<usize> = None;
    for (i, c) in line.char_indices().chain([(line.len(), '\n')]) {
        if let Some(from) = quote {
            if matches!(c, '"' | '”' | '\n') {
                let typed = line[from..i.min(line.len())].trim();
                push(words, typed, offset + from, true);
                quote = None;
            }
            continue;
        }
        let breaks = c.is_whitespace() || matches!(c, ',' | ';' | '"' | '“' | '(' | ')');
        if !breaks {
            start = start.or(Some(i));
            continue;
        }
        if let Some(from) = start.take() {
            push(words, &line[from..i], offset + from, false);
        }
        match c {
            ',' if words.last().is_some_and(|word| !word.is_comma()) => {
                words.push(Word { text: ",".into(), typed: ",".into(), at: offset + i..offset + i + 1, quoted: false });
            }
            ';' => end_clause(words, clauses),
            '"' | '“' => quote = Some(i + c.len_utf8()),
            _ => {}
        }
    }
}

fn push(words: &mut Vec<Word>, typed: &str, start: usize, quoted: bool) {
    let at = start..start + typed.len();
    if quoted {
        words.push(Word { text: typed.to_owned(), typed: typed.to_owned(), at, quoted });
        return;
    }
    let mut text: String = typed.replace('’', "'").to_lowercase();
    let kept = text.trim_end_matches([':', '.', '!']).len();
    text.truncate(kept);
    let text = match text.as_str() {
        "a.m" => "am".to_owned(),
        "p.m" => "pm".to_owned(),
        "–" | "—" | "-" => "to".to_owned(),
        _ => text,
    };
    if !text.is_empty() {
        words.push(Word { text, typed: typed.trim_end_matches([':', '.', '!']).to_owned(), at, quoted });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_stand_on_lines_or_after_a_semicolon() {
        let text = "Alternate weekends, 5 p.m. to 6pm;\n# a remark; not read\nMother’s Day – handover at \"1, High Street\",\n";
        let clauses = clauses(text);
        let shown: Vec<Vec<&str>> =
            clauses.iter().map(|words| words.iter().map(|word| word.text.as_str()).collect()).collect();
        assert_eq!(
            shown,
            [
                vec!["alternate", "weekends", ",", "5", "pm", "to", "6pm"],
                vec!["mother's", "day", "to", "handover", "at", "1, High Street"],
            ]
        );
        for word in clauses.iter().flatten() {
            assert!(text[word.at.clone()].contains(&word.typed), "{word:?}");
        }
    }
}
