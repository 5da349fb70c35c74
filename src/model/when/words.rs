//! Reading dates and times as British people write them.

use super::{Instant, When, Zone};

/// Why words could not be read as a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{words}” could not be read as a date: {why}")]
pub struct WhenError {
    /// What was given.
    pub words: String,
    /// Why it was not taken, as a sentence without a full stop.
    pub why: String,
    /// What to write instead.
    pub next: String,
}

/// Reads a date or time as a person writes it, with `now` for "yesterday".
///
/// # Errors
/// A date that does not exist, or words that are no date.
pub fn read_when(words: &str, _now: Instant, _zone: Zone) -> Result<When, WhenError> {
    Err(WhenError { words: words.to_owned(), why: "not written yet".into(), next: String::new() })
}
