//! What a paper must not have, looked for in every object of the file, wherever it hides.

use std::collections::BTreeSet;

use hayro_syntax::PdfData;
use hayro_syntax::object::{Dict, FromBytes, MaybeRef, Name, Object};
use memchr::memmem;

use crate::pdf::PdfError;

/// Values inside one another looked through in one object.
const MAX_DEPTH: usize = 64;

/// Everything found, in words, each once.
pub(super) fn find(opened: &dyn Fn() -> Result<PdfData, PdfError>, window: u64) -> Result<Vec<String>, PdfError> {
    let mut found = BTreeSet::new();
    let pdf = super::open(opened()?)?;
    for object in pdf.objects() {
        look(&object, 0, &mut found);
    }
    drop(pdf);
    let window = usize::try_from(window).unwrap_or(usize::MAX);
    let mut from: usize = 0;
    loop {
        let data = opened()?;
        let bytes = data.as_ref();
        let to = from.saturating_add(window).min(bytes.len());
        if trailers(bytes, from, to).any(|trailer| trailer.contains_key(b"Encrypt")) {
            found.insert("encryption");
        }
        if to == bytes.len() {
            break;
        }
        from = to;
    }
    Ok(found.into_iter().map(str::to_owned).collect())
}

fn look(object: &Object<'_>, depth: usize, found: &mut BTreeSet<&'static str>) {
    if depth > MAX_DEPTH {
        found.insert("values too deep to be looked through");
        return;
    }
    match object {
        Object::Dict(dict) => look_at(dict, depth, found),
        Object::Stream(stream) => look_at(stream.dict(), depth, found),
        Object::Array(array) => {
            for item in array.raw_iter() {
                if let MaybeRef::NotRef(item) = item {
                    look(&item, depth + 1, found);
                }
            }
        }
        _ => {}
    }
}

fn look_at(dict: &Dict<'_>, depth: usize, found: &mut BTreeSet<&'static str>) {
    let named = |key: &[u8]| dict.get::<Name<'_>>(key);
    if let Some(action) = named(b"S") {
        found.extend(match &action[..] {
            b"JavaScript" => Some("a script"),
            b"Launch" => Some("an action that starts a program"),
            b"URI" => Some("a link to the web"),
            b"GoToR" | b"GoToE" => Some("a link to another file"),
            b"SubmitForm" | b"ImportData" | b"ResetForm" => Some("a form that sends or takes data"),
            b"Rendition" | b"Movie" | b"Sound" => Some("sound or film"),
            _ => None,
        });
    }
    for (key, what) in [
        (&b"JS"[..], "a script"),
        (b"JavaScript", "a script"),
        (b"EmbeddedFiles", "an embedded file"),
        (b"EF", "an embedded file"),
        (b"AA", "an action that starts by itself"),
        (b"AcroForm", "a form to be filled in"),
        (b"Encrypt", "encryption"),
        (b"OCProperties", "layers that can be hidden"),
    ] {
        if dict.contains_key(key) {
            found.insert(what);
        }
    }
    if named(b"Type").is_some_and(|kind| &kind[..] == b"EmbeddedFile") {
        found.insert("an embedded file");
    }
    for (_, value) in dict.entries() {
        if let MaybeRef::NotRef(value) = value {
            look(&value, depth + 1, found);
        }
    }
}

/// What an annotation adds to its page. Links add nothing, but must not be hidden (ISO 32000-1, 12.5.3: 2 hidden, 32 no view).
pub(super) fn addition(dict: &Dict<'_>) -> Option<&'static str> {
    let kind = dict.get::<Name<'_>>(b"Subtype")?;
    if dict.get::<i32>(b"F").unwrap_or(0) & (2 | 32) != 0 {
        return Some("a hidden addition on a page");
    }
    (&kind[..] != b"Link").then_some("a note, form field or other addition on a page")
}

/// The dictionaries after each word `trailer` that begins between two places; those of cross-reference streams are
/// objects and looked at with them.
fn trailers(bytes: &[u8], from: usize, to: usize) -> impl Iterator<Item = Dict<'_>> {
    const WORD: &[u8] = b"trailer";
    // A word may begin in one window and end in the next.
    let end = to.saturating_add(WORD.len() - 1).min(bytes.len());
    let window = bytes.get(from..end).unwrap_or_default();
    memmem::find_iter(window, WORD).filter_map(move |at| {
        let after = bytes.get(from + at + WORD.len()..)?.trim_ascii_start();
        after.starts_with(b"<<").then(|| Dict::from_bytes(after)).flatten()
    })
}
