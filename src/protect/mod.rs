//! What may be shown to whom: privilege, marks, recordings and the confidential words of the case.
//!
//! In: records, marks, the paper and its reader. Out: a [`Decision`] for every record, each with its
//! reason, and places where a confidential word stands. Deliberately absent: what a paper looks like.
//! `bundle` asks here for every record; nobody goes round it.

mod guard;
mod marks;
mod words;

pub use guard::{Decision, Guarding, Verdict, guard};
pub use marks::{Marked, Marks};
pub use words::{ConfidentialWords, WordFound};
