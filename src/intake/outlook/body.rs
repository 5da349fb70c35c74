//! The words of a message that may be kept in three forms: plain, as a web page, as rich text.

use super::super::html;
use super::codepage;
use super::lzfu;
use super::rtf::{self, Unwrapped};

/// Forms of a body, whichever are there.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// Plain words.
    pub plain: Option<String>,
    /// A web page, as bytes.
    pub html: Option<Vec<u8>>,
    /// Rich text, compressed.
    pub rich: Option<Vec<u8>>,
    /// The code pages the message names, best first.
    pub pages: Vec<u32>,
}

/// The words, and whether they were made from a web page.
pub(super) fn words(forms: Forms) -> (String, bool) {
    if let Some(plain) = forms.plain.filter(|plain| !plain.trim().is_empty()) {
        return (lines(&plain), false);
    }
    if let Some(html) = forms.html.filter(|html| !html.is_empty()) {
        let (page, _) = match std::str::from_utf8(&html) {
            Ok(page) => (page.trim_end_matches('\0').to_owned(), false),
            Err(_) => codepage::decode(&html, &forms.pages),
        };
        return (html::to_text(&page).0, true);
    }
    let Some(rich) = forms.rich else { return (String::new(), false) };
    let text = if rich.starts_with(b"{\\rtf") { Some(rich) } else { lzfu::unpacked(&rich) };
    match rtf::unwrap(&text.unwrap_or_default()) {
        Unwrapped::Text(text) => (lines(&text), false),
        Unwrapped::Html(page) => (html::to_text(&page).0, true),
    }
}

fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").trim_end_matches(['\0', '\n', ' ']).to_owned()
}
