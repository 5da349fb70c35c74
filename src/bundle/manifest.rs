//! The manifest: what an edition holds, as a value with one canonical form.

use crate::model::{Digest, Instant, Profile, Reader, RecordId};

/// What of the book and the program a manifest names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MadeFrom {
    /// The book's own id.
    pub book: String,
    /// The version of Daybook.
    pub tool: String,
    /// The journal entry the paper was made from, and the head there.
    pub journal: (u64, Digest),
}

/// What an edition holds and what its file must show.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// Made from.
    pub from: MadeFrom,
    /// `BND-7`.
    pub edition: RecordId,
    /// What kind of paper.
    pub profile: Profile,
    /// For what kind of reader.
    pub reader: Reader,
    /// When it was made.
    pub made: Instant,
}

impl Manifest {
    /// The canonical JSON, ending in a newline: the bytes of `manifest.json`.
    #[must_use]
    pub fn to_json(&self) -> String {
        unimplemented!()
    }

    /// The SHA-256 of [`Self::to_json`].
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(self.to_json().as_bytes())
    }

    /// Reads `manifest.json`.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it.
    pub fn from_json(bytes: &[u8]) -> Result<Self, String> {
        let _ = bytes;
        unimplemented!()
    }
}
