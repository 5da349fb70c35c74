//! What courts and law ask, as dated data with sources.
//!
//! In: the data file beside this one, and what a judge allowed in this case. Out: [`Rules`]: limits
//! and word lists by id, each with its source and how sure it is; business days; help lines.
//! Deliberately absent: any number in code, and any rule stated as law that nobody could read
//! ([`Rule::said`]).

mod days;
pub mod feasts;
mod said;
mod table;
mod tone;

pub use days::NotCovered;
pub use said::Said;
pub use table::{Certainty, Exemption, Fee, HelpLine, Rule, RuleOverride, Rules, UnknownRule, Value};
pub use tone::{ToneKind, ToneRemark};

#[cfg(test)]
mod index;
