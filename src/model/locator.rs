//! Where in an original something stands, from the outside in.

use serde::{Deserialize, Serialize};

/// One step from a container to what it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LocatorStep {
    /// These bytes of what the step before gave.
    Bytes {
        /// Offset of the first byte.
        start: u64,
        /// How many bytes.
        length: u64,
    },
    /// A MIME part, counted from 0 at each level: `[1, 0]` is the first part of the second part.
    Part(Vec<u32>),
    /// An entry of a zip, by its place in the directory (a name is a label, never a path).
    ZipEntry(u32),
    /// A stream of a compound file (a message saved from Outlook), by its path there.
    Stream(String),
    /// What the step before gave is base64 in an attribute of an XML file; this is what it stands for.
    XmlBase64,
    /// A line of text, counted from 1.
    Line(u64),
}

/// The way from an original to one thing in it; empty means the whole original.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Locator(pub Vec<LocatorStep>);

impl Locator {
    /// The whole original.
    #[must_use]
    pub fn whole() -> Self {
        Locator(Vec::new())
    }
}
