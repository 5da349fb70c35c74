//! The confidential words of the case.

use crate::model::{ConfidentialWord, Content, Instant, Noun, RecordId, WordKind};
use crate::store::{Book, Written};

use super::ActionError;

/// A word on the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfidentialEntry {
    /// Its record.
    pub id: RecordId,
    /// The word.
    pub word: ConfidentialWord,
}

/// Puts a word on the list. The journal names its kind and not the word: a journal may be shown.
///
/// # Errors
/// No word, a word on the list already, or writing failed.
pub fn add_word(book: &mut Book, now: Instant, words: &str, kind: WordKind) -> Result<Written<RecordId>, ActionError> {
    let words = words.trim();
    if words.chars().filter(|c| c.is_alphanumeric()).count() < 3 {
        return Err(ActionError::Refused {
            kind: "too-short",
            what: "That is too short to look for".into(),
            why: "every finished paper is searched for these words, and it would be found everywhere".into(),
            next: "Give at least three letters or digits".into(),
        });
    }
    if let Some(entry) = self::words(book)?.into_iter().find(|entry| entry.word.words == words) {
        return Err(ActionError::Refused {
            kind: "known-word",
            what: format!("That is on the list already ({})", entry.id),
            why: "once is enough".into(),
            next: "Nothing needs doing. To see the list: daybook confidential list".into(),
        });
    }
    let word = ConfidentialWord { words: words.to_owned(), kind, withdrawn: false };
    let sentence = format!("Put a confidential {} on the list of words that papers must not hold", kind.word());
    book.write(now, |writing| Ok((writing.add(Content::Word(word))?, sentence)))
}

/// The words on the list.
///
/// # Errors
/// Reading failed.
pub fn words(book: &Book) -> Result<Vec<ConfidentialEntry>, ActionError> {
    let list = book.all(Noun::Word)?.into_iter().filter_map(|record| match record.content {
        Content::Word(word) if !word.withdrawn => Some(ConfidentialEntry { id: record.id, word }),
        _ => None,
    });
    Ok(list.collect())
}

/// Takes a word off the list. Neither the journal nor the answer names the word.
///
/// # Errors
/// It is not on the list, no reason, or writing failed.
pub fn remove_word(book: &mut Book, now: Instant, which: &str, why: &str) -> Result<Written<RecordId>, ActionError> {
    let which = which.trim();
    let on_list = self::words(book)?;
    let found = on_list
        .into_iter()
        .find(|entry| entry.id.to_string().eq_ignore_ascii_case(which) || entry.word.words.eq_ignore_ascii_case(which));
    let Some(entry) = found else {
        return Err(ActionError::Refused {
            kind: "unknown-word",
            what: "That is not on the list of confidential words".into(),
            why: "it has to be its number, or the words exactly as they stand there".into(),
            next: "To see the list: daybook confidential list".into(),
        });
    };
    let why = super::choose::reason_given(why)?;
    let word = ConfidentialWord { withdrawn: true, ..entry.word };
    let sentence = format!("Took a confidential {} off the list: {why}", word.kind.word());
    book.write(now, |writing| {
        writing.amend(entry.id, Content::Word(word), why)?;
        Ok((entry.id, sentence))
    })
}
