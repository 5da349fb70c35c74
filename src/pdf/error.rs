//! What can go wrong between pages and a file.

use crate::model::Digest;

/// Why a file could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The bytes are not a PDF that can be read.
    #[error("this is not a PDF that can be read: {why}. Keep the file and try another copy of it")]
    Unreadable {
        /// What reading found.
        why: String,
    },
    /// The file is larger or deeper than what is read in one go.
    #[error("the PDF goes beyond the limit of {limit} for {what}; nothing of it was used")]
    Limit {
        /// What there is too much of.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// A photograph cannot be shown as it is.
    #[error(
        "the photograph {image} cannot be shown: {why}. The kept file is unchanged; the paper can carry a page in its place"
    )]
    Picture {
        /// Which bytes.
        image: Digest,
        /// What is wrong with it.
        why: String,
    },
    /// The pages handed in do not belong together.
    #[error("the pages do not fit together: {why}")]
    Pages {
        /// What does not fit.
        why: String,
    },
    /// A foreign PDF cannot be put into the paper as it was found when the paper was planned.
    #[error(
        "“{source_file}” cannot be put into the paper: {why}. The kept file is unchanged; run daybook verify, and make the paper again"
    )]
    Exhibit {
        /// The SHA-256 of its bytes.
        source_file: Digest,
        /// What is wrong.
        why: String,
    },
    /// The finished file cannot be read from the disk.
    #[error("the finished PDF could not be read back: {0}. Check the disk and try again")]
    ReadBack(#[source] std::io::Error),
    /// Writing failed.
    #[error("the PDF could not be written: {0}. Check the space on the disk and try again")]
    Write(#[from] std::io::Error),
}
