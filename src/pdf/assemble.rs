//! The assembler: composed pages and pictures become one file.

use std::io::Write;

use super::PdfError;
use crate::layout::Laid;
use crate::model::{Digest, Instant};

/// What a file says of itself, apart from its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    /// The title property, and what the window shows.
    pub title: String,
    /// Language of the document: `en-GB`.
    pub language: String,
    /// The one clock reading of the edition; both dates of the file.
    pub made: Instant,
    /// The name of the edition: `BND-7`.
    pub edition: String,
    /// Index of the page it opens at, from 0: the first page of the index.
    pub opens_at: usize,
}

/// Gives the kept bytes of a photograph.
pub type Pictures<'a> = dyn FnMut(&Digest) -> Result<Vec<u8>, PdfError> + 'a;

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many pages.
    pub pages: usize,
    /// How many bytes.
    pub bytes: u64,
    /// The SHA-256 of the file, taken while writing.
    pub sha256: Digest,
}

/// Writes the finished file. `composed` is one PDF with exactly one page for each of `laid`, in order,
/// without links, labels, outline or pictures. The same input gives the same bytes.
///
/// # Errors
/// [`PdfError::Pages`] when `composed` and `laid` do not fit together or a link leads nowhere,
/// [`PdfError::Picture`] for a photograph that is no JPEG, and what `pictures` and writing give.
pub fn write(
    laid: &Laid,
    facts: &FileFacts,
    composed: Vec<u8>,
    pictures: &mut Pictures<'_>,
    out: &mut dyn Write,
) -> Result<Written, PdfError> {
    let _ = (laid, facts, composed, pictures, out);
    unimplemented!()
}
