//! Each record becomes a line of the story that says only what was written down.
//!
//! In: records, people, marks, links. Out: the wording of a chronology, delays, and what supports
//! a line. Deliberately absent: choice of what a reader sees
//! (`protect`, `bundle`), and any word of our own about why something happened.

pub mod ahead;
mod calendar;
mod contact;
mod delay;
mod message_line;
mod people;
mod support;
mod threads;
mod words;

pub use calendar::{CalendarEvent, calendar};
pub use contact::{contact, contact_ahead, due_between};
pub use delay::{Delay, delay};
pub use people::{People, Sender, looks_like_an_address};
pub use support::{Links, Support};
pub use threads::{Gap, Shelf, Thread, ThreadLine, conversation, gaps};
pub(crate) use words::with_remark;
pub use words::{call_line, call_title, contact_noun, delay_in_writing, event_title, first_words, line, says_none};
