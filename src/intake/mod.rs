//! Bytes become drafts: one reader a format, one table of all of them.
//!
//! In: an original that is already hashed and kept, opened for reading. Out: a stream of
//! [`MessageDraft`]s and findings, each pointing back into its original. Deliberately absent: files
//! by name, the store, the clock. A bad message costs one finding; it neither stops the rest nor
//! vanishes.
//!
//! [`SOURCES`] is the table, [`detect`] asks it. Besides: [`quotes`] folds quoted replies for display
//! and changes nothing of what is kept.

mod body;
mod charset;
mod eml;
mod fingerprint;
mod header;
mod html;
mod mime;
pub mod quotes;
mod transfer;

pub use eml::{EmlSource, attachment_bytes, read_email};

use std::io::{self, Read, Seek};

use crate::model::{Digest, Finding, Message, Zone};

/// Something that can be read and wound back.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// What is known of an original before it is read.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// Its SHA-256.
    pub digest: Digest,
    /// Its name: a label.
    pub name: &'a str,
    /// How many bytes.
    pub bytes: u64,
}

/// What the user was asked, or said beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// The zone of times that state none.
    pub zone: Zone,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { zone: Zone::LONDON }
    }
}

/// A message as read, before it is a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageDraft {
    /// What was read. Its `place` points into the original.
    pub message: Message,
    /// Attachment bytes that cannot be decoded exactly again from the original, to be kept apart.
    pub loose: Vec<(Digest, Vec<u8>)>,
    /// Something of it could not be read; a finding says what.
    pub partly: bool,
}

/// Takes what a reader finds.
pub trait Sink {
    /// Takes a message.
    ///
    /// # Errors
    /// The receiver failed (a full disk); the reader stops and passes it on.
    fn message(&mut self, draft: MessageDraft) -> io::Result<()>;

    /// Takes a finding about the original or one of its messages.
    fn finding(&mut self, finding: Finding);
}

/// A reader of one format.
pub trait Source: Sync {
    /// A short stable word: `eml`.
    fn name(&self) -> &'static str;

    /// In plain English, for help and reports: `a saved e-mail (.eml)`.
    fn title(&self) -> &'static str;

    /// How sure it is that this original is of its format, from its first bytes (at most 8 KiB) and
    /// its name; `None` declines. The highest claim reads.
    fn claims(&self, head: &[u8], about: &About<'_>) -> Option<u8>;

    /// Reads the original.
    ///
    /// # Errors
    /// Reading the bytes failed, or the sink did. Damage in the content is a finding, never an error.
    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<()>;
}

/// All readers.
pub static SOURCES: &[&dyn Source] = &[&EmlSource];

/// How many first bytes of an original the readers are shown.
pub const HEAD: usize = 8 * 1024;

/// The reader of an original, by its first bytes ([`HEAD`] of them, or all there are) and only then its
/// name. `None`: no reader knows the format.
#[must_use]
pub fn detect(head: &[u8], about: &About<'_>) -> Option<&'static dyn Source> {
    let head = &head[..head.len().min(HEAD)];
    let claims = SOURCES.iter().filter_map(|source| source.claims(head, about).map(|claim| (claim, *source)));
    claims.max_by_key(|(claim, _)| *claim).map(|(_, source)| source)
}
