//! Pages become the bytes of a file, and a finished file is read back.

mod compose;

pub use compose::{ComposeError, compose};
