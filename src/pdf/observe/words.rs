//! The words of a PDF of others, page by page, so that it can be found by them.

use std::sync::Arc;

use hayro_syntax::object::Array;
use hayro_syntax::object::Dict;
use hayro_syntax::{LoadPdfError, Pdf, PdfData};

use super::{MAX_ENTRIES, View, looks, text};
use crate::bundle::ObservedPage;
use crate::model::FileWords;
use crate::pdf::exhibit::Unshown;

/// Pages read of one file.
const MAX_PAGES: usize = 2_000;
/// Bytes of words kept of one file.
const MAX_WORDS: usize = 4 << 20;

/// The words that stand on the pages of a PDF, filled fields included. A scan has none.
///
/// # Errors
/// It is locked, damaged, or has no pages.
pub fn words(bytes: Vec<u8>) -> Result<FileWords, Unshown> {
    let pdf = Pdf::new(PdfData::from(Arc::new(bytes))).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Unshown::Locked,
        LoadPdfError::Invalid => Unshown::Broken { why: "its parts cannot be found".to_owned() },
    })?;
    let all = pdf.pages();
    if all.is_empty() {
        return Err(Unshown::NoPages);
    }
    let mut reader = text::Reader::for_search();
    let mut found = FileWords { paged: true, cut: all.len() > MAX_PAGES, pages: Vec::new() };
    let mut left = MAX_WORDS;
    for page in all.iter().take(MAX_PAGES) {
        let view = View::of(page);
        let mut observed = ObservedPage::default();
        reader.read(page, &view, true, &mut observed);
        let annotations = page.raw().get::<Array<'_>>(b"Annots");
        for annotation in annotations.iter().flat_map(Array::iter::<Dict<'_>>).take(MAX_ENTRIES) {
            for look in looks(&annotation) {
                observed.text.push('\n');
                observed.text.push_str(&reader.look(&look, &view));
            }
        }
        let mut words = as_typed(&observed.text);
        if words.len() > left {
            let end = (0..=left).rev().find(|end| words.is_char_boundary(*end)).unwrap_or(0);
            words.truncate(end);
            found.cut = true;
        }
        left -= words.len();
        found.pages.push(words);
        if left == 0 {
            break;
        }
    }
    Ok(found)
}

/// Letters as they are typed: printers' joined letters taken apart, without glyphs that stand for no letter.
fn as_typed(text: &str) -> String {
    let mut typed = String::with_capacity(text.len());
    for letter in text.trim().chars() {
        match letter {
            'ﬀ' => typed.push_str("ff"),
            'ﬁ' => typed.push_str("fi"),
            'ﬂ' => typed.push_str("fl"),
            'ﬃ' => typed.push_str("ffi"),
            'ﬄ' => typed.push_str("ffl"),
            'ﬅ' | 'ﬆ' => typed.push_str("st"),
            // A soft hyphen stands inside a word.
            '\u{ad}' | char::REPLACEMENT_CHARACTER => {}
            letter if letter.is_control() => typed.push('\n'),
            letter => typed.push(letter),
        }
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_letters_are_taken_apart() {
        assert_eq!(as_typed(" o\u{fb03}ce hand\u{ad}over\u{fffd}\u{c}next "), "office handover\nnext");
    }

    #[test]
    fn what_is_no_pdf_says_so() {
        assert!(matches!(words(b"no PDF".to_vec()), Err(Unshown::Broken { .. } | Unshown::NoPages)));
    }
}
