//! Whether a book still is what it was: recorded facts against observed facts.
//!
//! In: what the journal says, and what was found when everything was read and hashed again, streamed
//! entry by entry. Out: findings. Deliberately absent: files, SQL, the clock, and any claim beyond
//! this: the bytes are, or are not, the ones that were chained. A chain on the owner's own computer
//! proves nothing against its owner; heads given to others add to it, and can be compared here.

mod chain;
mod checker;
mod entry;

pub use chain::next_head;
pub use checker::{Checker, EntryFacts, KeyFacts, RowFacts};
pub use entry::{EntryLines, Item, NotAnEntry};

#[cfg(test)]
mod tests;
