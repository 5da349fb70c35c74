//! What was due and what became of it, in numbers that add up.
//!
//! In: sessions computed from the words of orders and agreements, and contact events as written down.
//! Out: [`Reconciled`], in which each session has met what was written of it, and [`Figures`] of any part
//! of it: the buckets of a period sum to what was due in it, the months of a period sum to the period.
//! Where no pattern was in force, due is what was written down with a time at which it was due.
//! Deliberately absent: percentages, scores, whose fault.

mod coverage;
mod csv;
mod due;
mod figures;
mod held;
mod ics;
mod joining;
mod matching;
mod outcome;
mod pattern;
mod reconcile;
mod remarks;
mod school;
mod session;
mod sessions;
mod tally;
#[cfg(test)]
mod tests;

pub use csv::csv;
pub use due::{Arrangement, Calendar, Child, Due, DueSession, due};
pub use figures::{Asked, BasisFigures, Because, ContactEvent, Counting, Figures, Month, Period};
pub use ics::ics;
pub use pattern::{HolidayName, Pattern, PatternError};
pub use reconcile::{Reconciled, reconcile};
pub use school::{Break, School};
pub use session::{Act, Instead, Matched, Minutes, Outside, Session, Why};
pub use sessions::examine;
pub use tally::{Buckets, Nights, Tally, Time};

/// The longest session, in days: a long summer and no more. What lasts longer is where a child lives.
pub(crate) const LONGEST_DAYS: i64 = 100;
