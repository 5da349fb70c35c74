//! A text as sentences of its writer's own words: what is quoted is not among them.

use std::ops::Range;

/// One sentence's own words.
pub(super) struct Sentence {
    /// Where each word stands, in bytes.
    pub(super) words: Vec<Range<usize>>,
    /// From this word on it is somebody's account: it follows “said” and the like.
    reported_from: Option<usize>,
}

impl Sentence {
    /// Whether this word is part of what somebody is reported to have said.
    pub(super) fn is_reported(&self, word: usize) -> bool {
        self.reported_from.is_some_and(|from| word > from)
    }

    /// Whether the nearest person named before this word is the writer: they know their own mind.
    pub(super) fn is_about_the_writer(&self, text: &str, word: usize, who: &[String]) -> bool {
        let nearest = self.words[..word].iter().rev().map(|at| text[at.clone()].to_lowercase());
        let mut nearest = nearest.filter(|word| matches!(word.as_str(), "i" | "we") || who.contains(word));
        nearest.next().is_some_and(|word| matches!(word.as_str(), "i" | "we"))
    }

    /// Whether somebody is named as the one who said it: `Sam told me`, `the teacher said`. “I was told” names nobody.
    pub(super) fn names_a_speaker(&self, text: &str) -> bool {
        let Some(verb) = self.reported_from else { return false };
        let before =
            verb.checked_sub(1).and_then(|before| self.words.get(before)).map(|at| text[at.clone()].to_lowercase());
        before.is_some_and(|before| {
            !matches!(
                before.as_str(),
                "was"
                    | "been"
                    | "is"
                    | "are"
                    | "i"
                    | "someone"
                    | "somebody"
                    | "everyone"
                    | "everybody"
                    | "people"
                    | "were"
            )
        })
    }
}

/// The sentences of a text, without what is quoted.
pub(super) fn sentences(text: &str, reporting: &[String]) -> Vec<Sentence> {
    let quoted = quoted(text);
    let mut found = Vec::new();
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        let own = !is_within(&quoted, at);
        let in_word = own && at < text.len() && (c.is_alphanumeric() || joins(text, at, c));
        match (in_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push(from..at);
                start = None;
            }
            _ => {}
        }
        if own && ends_a_sentence(text, at, c) && !words.is_empty() {
            found.push(sentence(text, std::mem::take(&mut words), reporting));
        }
    }
    found
}

fn sentence(text: &str, words: Vec<Range<usize>>, reporting: &[String]) -> Sentence {
    let reported_from = words.iter().position(|at| reporting.contains(&text[at.clone()].to_lowercase()));
    Sentence { words, reported_from }
}

/// An apostrophe or a hyphen between two letters is part of a word.
fn joins(text: &str, at: usize, c: char) -> bool {
    let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    let after = text[at + c.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric);
    matches!(c, '\'' | '’' | '-') && before && after
}

/// A full stop between figures (5.20 pm) ends nothing.
fn ends_a_sentence(text: &str, at: usize, c: char) -> bool {
    match c {
        '!' | '?' | ';' | '\n' => true,
        '.' => !text[at + 1..].starts_with(|next: char| next.is_alphanumeric()),
        ',' => text[at + 1..].trim_start().starts_with("but "),
        _ => false,
    }
}

fn is_within(quoted: &[Range<usize>], at: usize) -> bool {
    let after = quoted.partition_point(|range| range.end <= at);
    quoted.get(after).is_some_and(|range| range.contains(&at))
}

/// What is quoted: in “…”, "…", ‘…’ or «…», and lines that begin with `>`. A quotation that is not closed goes on to the
/// end: rather too much is left alone than one quoted word remarked on.
pub(super) fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut line_start = true;
    let mut line_quoted = None;
    for (at, c) in text.char_indices() {
        if c == '\n' {
            ranges.extend(line_quoted.take().map(|from| from..at));
            line_start = true;
            continue;
        }
        if line_start && !c.is_whitespace() {
            line_start = false;
            if c == '>' && open.is_none() {
                line_quoted = Some(at);
            }
        }
        if line_quoted.is_some() {
            continue;
        }
        match open {
            Some((from, close)) if c == close && closes(text, at, c) => {
                ranges.push(from..at + c.len_utf8());
                open = None;
            }
            Some(_) => {}
            None => open = opens(text, at, c).map(|close| (at, close)),
        }
    }
    ranges.extend(line_quoted.map(|from| from..text.len()));
    ranges.extend(open.map(|(from, _)| from..text.len()));
    ranges.sort_by_key(|range| range.start);
    ranges
}

fn opens(text: &str, at: usize, c: char) -> Option<char> {
    let after_a_word = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
    match c {
        '“' => Some('”'),
        '"' => Some('"'),
        '«' => Some('»'),
        '‘' if !after_a_word => Some('’'),
        _ => None,
    }
}

/// ’ is an apostrophe where a letter follows.
fn closes(text: &str, at: usize, c: char) -> bool {
    c != '’' || !text[at + c.len_utf8()..].starts_with(|next: char| next.is_alphanumeric())
}
