//! Files that may be hostile are read here, apart: our own program, started again behind limits.
//!
//! In: the bytes of an original, handed over in ranges as they are asked for. Out: plain values ([`Survey`](crate::pdf::exhibit::Survey)),
//! objects of pages, or one sentence why it could not be read. Deliberately absent: the book, its key, and any file's name:
//! a worker is given none of them and can open nothing.
//!
//! [`Reader`] is what the rest of the program sees. It starts a worker when the first job comes and keeps it for the next; a
//! worker that falls (a loop, a bomb, a stack that overflows, an answer that makes no sense) costs its job alone, and the
//! next job gets a fresh one. [`called`] is the worker's own beginning: the limits are set before a byte is read.
//!
//! - `frame`: how the two speak: heads in JSON, data as it is, every length bounded.
//! - `job`: what can be asked, and what comes back.
//! - `confine`: the limits a worker sets itself.
//! - `serve`: the worker's side. `process`: its parent's side, with the deadline and the cause of a fall.
//! - `inside`: where this process is not our program (tests of the library), a thread reads instead: with a deadline and
//!   a large stack, but without limits on memory and without Landlock.

mod confine;
mod frame;
mod inside;
mod job;
mod process;
mod reader;
mod serve;
#[cfg(debug_assertions)]
pub mod trial;

pub use confine::{Confined, Limits};
pub use reader::{Failed, Reader};
pub use serve::called;
