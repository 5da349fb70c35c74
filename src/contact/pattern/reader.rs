//! A place in the words of a clause, and the small steps of reading on from it.

use super::error::PatternError;
use super::words::Word;

/// The words of one clause, and how far they are read.
pub(super) struct Reader<'a> {
    pub words: &'a [Word],
    pub at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(words: &'a [Word]) -> Self {
        Reader { words, at: 0 }
    }

    pub fn is_done(&self) -> bool {
        self.at >= self.words.len()
    }

    /// The word so many places ahead; a quoted one is no word of the language.
    pub fn peek(&self, ahead: usize) -> &'a str {
        self.words.get(self.at + ahead).filter(|word| !word.quoted).map_or("", |word| word.text.as_str())
    }

    pub fn word(&self) -> Option<&'a Word> {
        self.words.get(self.at)
    }

    /// Reads on over the phrase, if it stands here.
    pub fn took(&mut self, phrase: &str) -> bool {
        let mut ahead = 0;
        for wanted in phrase.split(' ') {
            if self.peek(ahead) != wanted {
                return false;
            }
            ahead += 1;
        }
        self.at += ahead;
        true
    }

    pub fn took_any(&mut self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.took(phrase))
    }

    /// The first of the phrases that stands here, with what it means.
    pub fn took_one<T: Copy>(&mut self, table: &[(&str, T)]) -> Option<T> {
        table.iter().find(|(phrase, _)| self.took(phrase)).map(|(_, meaning)| *meaning)
    }

    pub fn skip(&mut self, phrases: &[&str]) {
        while self.took_any(phrases) {}
    }

    /// The words up to the next comma, as typed.
    pub fn words_to_comma(&mut self) -> String {
        let rest = &self.words[self.at..];
        let count = rest.iter().position(Word::is_comma).unwrap_or(rest.len());
        self.at += count;
        rest[..count].iter().map(|word| word.typed.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// An error about the word here, or about the end of the clause.
    pub fn error(&self, why: impl Into<String>, next: impl Into<String>) -> PatternError {
        self.error_at(self.at, why, next)
    }

    pub fn error_at(&self, at: usize, why: impl Into<String>, next: impl Into<String>) -> PatternError {
        let word = self.words.get(at).or(self.words.last());
        PatternError {
            word: word.map_or_else(String::new, |word| word.typed.clone()),
            at: word.map_or(0..0, |word| word.at.clone()),
            why: why.into(),
            next: next.into(),
        }
    }
}
