//! What was due and what became of it, in numbers that add up.
//!
//! In: contact events as written down. Out: [`Figures`]: the buckets of a period sum to what was due
//! in it, the months of a period sum to the period. Deliberately absent: percentages, scores, whose
//! fault. Sessions computed from the pattern of an order come later; until then what is due is what
//! was written down with a time at which it was due.

mod due;
mod figures;
mod pattern;
mod school;
mod sessions;

pub use due::{Arrangement, Calendar, Child, Due, DueSession, due};
pub use figures::{Buckets, ContactEvent, Figures, Month, Nights, Period, Session, Time, figures};
pub use pattern::{HolidayName, Pattern, PatternError};
pub use school::{Break, School};
pub use sessions::examine;

/// The longest session, in days: a long summer and no more. What lasts longer is where a child lives.
pub(crate) const LONGEST_DAYS: i64 = 100;
