//! The two voices and the type scale: Serif for words, Sans for apparatus, Mono for hashes.

use super::page::Ink;

/// A face of the papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Face {
    /// What somebody says; titles.
    Serif,
    /// Titles and headings.
    SerifBold,
    /// Labels, numbers, references: what is ours.
    Sans,
    /// Heads of tables, totals.
    SansBold,
    /// Hashes and commands only.
    Mono,
}

impl Face {
    /// The name of its family.
    pub(super) fn family(self) -> &'static str {
        match self {
            Face::Serif | Face::SerifBold => "Liberation Serif",
            Face::Sans | Face::SansBold => "Liberation Sans",
            Face::Mono => "Liberation Mono",
        }
    }

    /// Whether it is bold.
    pub(super) fn is_bold(self) -> bool {
        matches!(self, Face::SerifBold | Face::SansBold)
    }

    /// The bold face of the same family.
    pub(super) fn bold(self) -> Face {
        match self {
            Face::Serif | Face::SerifBold => Face::SerifBold,
            Face::Sans | Face::SansBold => Face::SansBold,
            Face::Mono => Face::Mono,
        }
    }
}

/// Face, size and colour of some words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Which face.
    pub(super) face: Face,
    /// Size in points.
    pub(super) size: f32,
    /// Colour.
    pub(super) ink: Ink,
}

impl Style {
    const fn new(face: Face, size: f32, ink: Ink) -> Self {
        Style { face, size, ink }
    }

    /// The title of a cover, 24 on 30.
    pub(super) const COVER_TITLE: Style = Style::new(Face::SerifBold, 24.0, Ink::Black);
    /// The title of a page, 18 on 24.
    pub(super) const TITLE: Style = Style::new(Face::SerifBold, 18.0, Ink::Black);
    /// A heading, 14 on 18.
    pub(super) const HEADING: Style = Style::new(Face::SerifBold, 14.0, Ink::Black);
    /// Words at 12.
    pub(super) const WORDS: Style = Style::new(Face::Serif, 12.0, Ink::Black);
    /// Words of ours that carry weight, at 12.
    pub(super) const STRONG: Style = Style::new(Face::SerifBold, 12.0, Ink::Black);
    /// Table apparatus, references, notes, at 10.
    pub(super) const SANS: Style = Style::new(Face::Sans, 10.0, Ink::Black);
    /// Heads of tables and small headings, at 10.
    pub(super) const HEAD: Style = Style::new(Face::SansBold, 10.0, Ink::Black);
    /// A field's label, at 10.
    pub(super) const LABEL: Style = Style::new(Face::Sans, 10.0, Ink::Secondary);
    /// Running head, line numbers, a time as exported, at 9.
    pub(super) const SMALL: Style = Style::new(Face::Sans, 9.0, Ink::Secondary);
    /// A note of ours inside a message, at 9.
    pub(super) const MESSAGE_NOTE: Style = Style::new(Face::Sans, 9.0, Ink::Black);
    /// The page number and the practice mark, at 12.
    pub(super) const NUMBER: Style = Style::new(Face::SansBold, 12.0, Ink::Black);
    /// Commands and whole hashes in running text.
    pub(super) const COMMAND: Style = Style::new(Face::Mono, 9.5, Ink::Black);
    /// A hash in a note.
    pub(super) const HASH: Style = Style::new(Face::Mono, 9.0, Ink::Black);

    /// The same in this colour.
    pub(super) fn in_ink(self, ink: Ink) -> Self {
        Style { ink, ..self }
    }

    /// The same in bold.
    pub(super) fn in_bold(self) -> Self {
        Style { face: self.face.bold(), ..self }
    }
}

/// Where the baseline lies below the top of a line of this leading, whatever the size of the type:
/// so type of different sizes in one row shares its baseline.
pub(super) fn baseline(leading: f32) -> f32 {
    0.74 * leading
}
