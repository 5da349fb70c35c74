//! (room to be built)

use crate::model::Digest;

/// The head after an entry: SHA-256 of `<head before> <leaf>\n`, both in hexadecimal.
#[must_use]
pub fn next_head(prev: &Digest, leaf: &Digest) -> Digest {
    Digest::of(format!("{prev} {leaf}\n").as_bytes())
}
