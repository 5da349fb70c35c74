//! Each record becomes a line of the story that says only what was written down.
//!
//! In: records, people, marks, links. Out: the wording of a chronology, delays, and what supports
//! a line. Deliberately absent: choice of what a reader sees
//! (`protect`, `bundle`), and any word of our own about why something happened.

mod contact;
mod people;
mod support;
mod threads;
mod words;

pub use contact::{contact, due_between};
pub use people::{People, Sender, looks_like_an_address};
pub use support::{Links, Support};
pub use threads::{Gap, Shelf, Thread, ThreadLine, conversation, gaps};
pub(crate) use words::with_remark;
pub use words::{contact_noun, delay_in_writing, event_title, first_words, line, says_none};
