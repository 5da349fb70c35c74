//! The chain: text lines that `sha256sum` and a shell can re-check.

use crate::model::Digest;

/// The head after an entry: SHA-256 of `<head before> <leaf>\n`, both in hexadecimal. Before the first
/// entry the head is 64 zeros.
#[must_use]
pub fn next_head(prev: &Digest, leaf: &Digest) -> Digest {
    Digest::of(format!("{prev} {leaf}\n").as_bytes())
}
