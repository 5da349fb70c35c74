//! Pages become the bytes of a file, and a finished file is read back.
//!
//! In: [`Laid`](crate::layout::Laid) pages and the kept bytes of photographs; or the bytes of any finished PDF.
//! Out: one PDF 1.7 file, written as a stream; or [`Observed`](crate::bundle::Observed) facts. Deliberately absent: any
//! decision about what belongs in a paper, the clock, and claims (PDF/A) that a paper with other people's pages cannot keep.
//!
//! `compose` draws every page with our own text (krilla). `photo` makes a photograph a picture of a
//! page (printpdf). `copy` reads a PDF and copies what is reachable; `writer` is the output
//! file; `assemble` puts it together and alone writes labels, outline, links and properties; `guests` completes the
//! pages of others that `exhibit` copies, `placing` says where they lie on their sheets, `tree` balances the page tree.
//! `observe` knows nothing of how the file was made.

mod assemble;
mod compose;
mod copy;
mod error;
pub mod exhibit;
mod expected;
mod guests;
mod observe;
pub mod photo;
mod placing;
mod tree;
mod writer;

pub use assemble::{FileFacts, Sources, Written, write};
pub use compose::{ComposeError, compose};
pub use error::PdfError;
pub use expected::{ShownPictures, manifest_of, pictures_on};
pub use observe::{observe, observe_file, observe_owned, observe_paper, words};
pub use photo::{PictureFacts, Prepared, Unshown, Wanted, look, prepare};

#[cfg(test)]
mod given;
#[cfg(test)]
mod strangers;
#[cfg(test)]
mod tests;

#[cfg(test)]
mod whole;
