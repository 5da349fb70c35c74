//! What was seen in a finished file, as plain facts: `pdf` fills it, the proof compares it.

use crate::model::Digest;

/// A finished PDF as read back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Observed {
    /// The pages in order.
    pub pages: Vec<ObservedPage>,
    /// The outline, flattened in reading order.
    pub outline: Vec<ObservedBookmark>,
    /// The title property.
    pub title: Option<String>,
    /// The language of the document.
    pub language: Option<String>,
    /// Index of the page it opens at, from 0.
    pub opens_at: Option<usize>,
    /// Every other word the file says of itself: name of the property and its value.
    pub properties: Vec<(String, String)>,
    /// What a paper must not have and this file has: encryption, scripts, embedded files, remote links.
    pub forbidden: Vec<String>,
}

/// A page as read back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ObservedPage {
    /// The page label.
    pub label: String,
    /// Width and height in points, as shown.
    pub size: (f32, f32),
    /// The text that copying and searching give, in content order, one line for each text run.
    pub text: String,
    /// The same text by its place.
    pub runs: Vec<ObservedRun>,
    /// Links to pages of this file.
    pub links: Vec<ObservedLink>,
    /// Where pictures are: left, top, width, height in points from the top left corner.
    pub pictures: Vec<(f32, f32, f32, f32)>,
    /// The SHA-256 of the data of each of them, in the same order. Empty on pages of others.
    pub picture_data: Vec<Digest>,
    /// Words of annotations, which a reader may be shown.
    pub notes: Vec<String>,
    /// Additions on the page other than links, in words.
    pub additions: Vec<String>,
    /// Where a page of others was expected: what it shows without what was put onto it.
    pub fingerprint: Option<Digest>,
    /// Where a page of others was expected: what was put onto it, by its place.
    pub put_on: Vec<ObservedRun>,
}

/// Text on one baseline as read back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ObservedRun {
    /// What copying gives.
    pub text: String,
    /// Where the baseline starts, in points from the top left corner.
    pub at: (f32, f32),
    /// Where it ends.
    pub end: (f32, f32),
    /// Size in points.
    pub size: f32,
}

/// A link as read back.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservedLink {
    /// Left, top, width, height in points from the top left corner.
    pub area: (f32, f32, f32, f32),
    /// Index of the page it leads to, from 0; `None`: it leads nowhere.
    pub page: Option<usize>,
}

/// A bookmark as read back.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservedBookmark {
    /// Its words.
    pub title: String,
    /// How deep: 0 for the outermost.
    pub depth: usize,
    /// Index of the page it leads to, from 0; `None`: nowhere.
    pub page: Option<usize>,
}
