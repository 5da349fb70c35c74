//! What courts and law ask, as dated data with sources.
//!
//! In: the data file beside this one. Out: [`Rules`], limits and word lists by id, each with its
//! certainty. Deliberately absent: any number in code.

/// The rules of one jurisdiction, with the overrides of a book in them.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {}

impl Rules {
    /// The rules of England and Wales, as this version of the program knows them.
    #[must_use]
    pub fn england_and_wales() -> Self {
        Rules {}
    }
}
