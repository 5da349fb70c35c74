//! Why a paper could not be planned at all. What only needs a look is a finding, not an error.

use crate::model::{Profile, Reader};

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// This version does not make that paper.
    #[error("this version does not make the “{}” paper yet; it makes “evidence”, “exhibit”, “hearing”, “chronology” and “enforcement”", profile.word())]
    NotMade {
        /// The paper asked for.
        profile: Profile,
    },
    /// The paper does not go to that reader.
    #[error("the “{}” paper {why}; say --to {}, or leave --to out", profile.word(), instead.word())]
    Reader {
        /// The paper asked for.
        profile: Profile,
        /// Why, as the rest of a sentence.
        why: &'static str,
        /// For whom it is.
        instead: Reader,
    },
    /// The range ends before it begins.
    #[error("the range ends ({until}) before it begins ({from}); give an earlier --from or a later --until")]
    Range {
        /// As given.
        from: crate::model::Date,
        /// As given.
        until: crate::model::Date,
    },
    /// Nothing is left that this reader may see.
    #[error("there is nothing to put in this paper: {why}. {next}")]
    Empty {
        /// Why, as a clause.
        why: String,
        /// What to do next, as a sentence.
        next: String,
    },
    /// The mark of the exhibit is no mark.
    #[error("“{mark}” is not an exhibit mark; a mark is the maker's initials and a number, such as AR1 (22A-12)")]
    Mark {
        /// As given.
        mark: String,
    },
}
