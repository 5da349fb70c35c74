//! What was seen in a finished file, as plain facts: `pdf` fills it, the proof compares it.

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
    /// Links to pages of this file.
    pub links: Vec<ObservedLink>,
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
