//! The manifest: what an edition holds and what its file must show, as a value with one canonical form.
//!
//! It is complete before the file is: the paper prints the manifest's SHA-256, so the manifest holds
//! no hash of the file. It holds nothing of what was left out.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::model::{Digest, Instant, Profile, Reader, RecordId};

/// The form of `manifest.json`; its meaning never changes under one name.
pub const MANIFEST_FORMAT: &str = "daybook-manifest-1";

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

/// What an edition holds and what its file must show. Pages of the file are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`MANIFEST_FORMAT`].
    pub format: String,
    /// The book's own id.
    pub book: String,
    /// `BND-7`.
    pub edition: RecordId,
    /// What kind of paper.
    pub profile: Profile,
    /// For what kind of reader.
    pub reader: Reader,
    /// Every page is marked PRACTICE.
    pub practice: bool,
    /// The title property of the file.
    pub title: String,
    /// When it was made.
    pub made: Instant,
    /// The version of Daybook.
    pub tool: String,
    /// Where the book stood.
    pub journal: JournalPoint,
    /// First and last page of the index; `None`: the paper has none.
    pub index: Option<(usize, usize)>,
    /// The sections.
    pub sections: Vec<ManifestSection>,
    /// What is printed where.
    pub entries: Vec<ManifestEntry>,
    /// Every page.
    pub pages: Vec<ManifestPage>,
    /// Every link, page by page.
    pub links: Vec<ManifestLink>,
    /// The bookmarks in reading order.
    pub outline: Vec<ManifestBookmark>,
    /// The kept files it stands on.
    pub sources: Vec<ManifestSource>,
}

/// A point in the book's journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalPoint {
    /// The number of the entry.
    pub entry: u64,
    /// The head there.
    pub head: Digest,
}

/// A section of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestSection {
    /// `A`; `None` in an exhibit.
    pub letter: Option<char>,
    /// As the index names it.
    pub title: String,
    /// Label of its first page.
    pub first_page: String,
    /// Label of its last page.
    pub last_page: String,
}

/// An entry of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestEntry {
    /// The record it prints.
    pub id: Option<RecordId>,
    /// Which version of it.
    pub version: Option<u32>,
    /// The exhibit's mark.
    pub mark: Option<String>,
    /// As the index has it.
    pub title: String,
    /// As the index has it; empty: not known.
    pub date: String,
    /// The index has a row for it.
    pub indexed: bool,
    /// Label of its first page.
    pub first_page: String,
    /// Label of its last page.
    pub last_page: String,
    /// Where its first page is in the file, from 1.
    pub pdf_page: usize,
    /// The kept files it shows or stands for.
    pub sources: Vec<Digest>,
}

/// A page of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestPage {
    /// The printed number and the page label.
    pub label: String,
    /// The [`fingerprint`] of its words. `None` on the pages that print this manifest's own SHA-256, which cannot
    /// be known here, and on pages of others.
    pub text_sha256: Option<Digest>,
    /// The page of a kept PDF that it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exhibit: Option<ManifestExhibit>,
    /// The pictures it shows, in the order they are drawn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<ManifestPicture>,
}

/// A page of a kept PDF as a page of the paper shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestExhibit {
    /// The SHA-256 of the kept PDF.
    pub source: Digest,
    /// Which page of it, from 1.
    pub page: u32,
    /// What that page shows, independent of how its file is stored.
    pub fingerprint: Digest,
    /// By how many thousandths of a point the page is taller at its foot than in its file, for its number.
    pub growth: u32,
    /// By how many thousandths of a point it is wider.
    pub wider: u32,
}

/// A picture of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestPicture {
    /// The SHA-256 of the kept file.
    pub source: Digest,
    /// Which picture of it, from 1: a scan may have many.
    pub picture: u32,
    /// The SHA-256 of the picture's data as it stands in the paper.
    pub shown_sha256: Digest,
}

/// A link of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestLink {
    /// The page it is on, from 1.
    pub page: usize,
    /// The page it leads to, from 1.
    pub to: usize,
}

/// A bookmark of the paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestBookmark {
    /// Its words.
    pub title: String,
    /// How deep: 0 for the outermost.
    pub depth: usize,
    /// The page it leads to, from 1.
    pub page: usize,
}

/// A kept file the paper stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManifestSource {
    /// Its SHA-256.
    pub sha256: Digest,
    /// How many bytes.
    pub bytes: u64,
    /// By its content.
    pub media_type: String,
    /// Its name as received: a label.
    pub name: String,
}

impl Manifest {
    /// The canonical JSON, ending in a newline: the bytes of `manifest.json`. Fields stand in the order
    /// of the type, lists in the order of the paper.
    ///
    /// # Panics
    /// Never: every field can be written as JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).expect("a manifest has only text, numbers and lists");
        json.push('\n');
        json
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
        let manifest: Manifest =
            serde_json::from_slice(bytes).map_err(|error| format!("the manifest cannot be read: {error}"))?;
        if manifest.format != MANIFEST_FORMAT {
            return Err(format!(
                "the manifest has the form “{}”, which this version of Daybook does not know",
                manifest.format
            ));
        }
        Ok(manifest)
    }
}

/// A digest of a page's words that does not depend on how a program cuts a line into pieces: spaces
/// and control characters are left out, characters are brought to one form (NFKC), and a passage in a
/// script that runs from right to left is taken without regard to its order, since programs read it
/// back in either.
#[must_use]
pub fn fingerprint(text: &str) -> Digest {
    let mut canonical = String::with_capacity(text.len());
    // Characters since the last letter that runs from left to right, and whether one of them runs the other way.
    let mut passage: Vec<char> = Vec::new();
    let mut backwards = false;
    for character in text.nfkc().filter(|c| is_word(*c)) {
        if character.is_alphabetic() && !runs_backwards(character) {
            finish_passage(&mut passage, &mut backwards, &mut canonical);
            canonical.push(character);
        } else {
            backwards |= runs_backwards(character);
            passage.push(character);
        }
    }
    finish_passage(&mut passage, &mut backwards, &mut canonical);
    Digest::of(canonical.as_bytes())
}

fn finish_passage(passage: &mut Vec<char>, backwards: &mut bool, canonical: &mut String) {
    if std::mem::take(backwards) {
        passage.sort_unstable();
    }
    canonical.extend(passage.drain(..));
}

/// Not a space, a control or an invisible mark of direction.
pub(super) fn is_word(character: char) -> bool {
    !character.is_whitespace()
        && !character.is_control()
        && !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// Hebrew, Arabic and the other scripts that run from right to left, as blocks.
pub(super) fn runs_backwards(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_sees_words_and_not_how_they_are_cut() {
        let check = |one: &str, other: &str, same: bool| {
            assert_eq!(fingerprint(one) == fingerprint(other), same, "{one:?} and {other:?}");
        };
        check("Nobody came", "Nobody\ncame ", true);
        check("ﬁnal", "final", true);
        check("Zażółć", "Zaz\u{307}o\u{301}łc\u{301}", true);
        check("Reed مرحبا بك Reed", "Reed كب ابحرم Reed", true);
        check("Nobody came", "Nobody cane", false);
        check("18:04", "18:40", false);
        check("مرحبا", "مرحب", false);
        check("Reed مرحبا Lambert", "Lambert مرحبا Reed", false);
    }
}
