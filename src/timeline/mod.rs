//! Records become one ordered sequence, and each becomes a line that says only what was written down.
//!
//! In: records, people, marks, links. Out: [`Entry`] values in order of time, the wording of a
//! chronology, delays, and what supports a line. Deliberately absent: choice of what a reader sees
//! (`protect`, `bundle`), and any word of our own about why something happened.

mod entry;
mod people;
mod support;
mod words;

pub use entry::{Entry, EntryFile, EntryPerson, entry, timeline};
pub use people::People;
pub use support::{Links, Support};
pub(crate) use words::with_remark;
pub use words::{contact_noun, delay_in_writing, event_title, first_words, line, says_none};
