//! What a paper must not have, looked for in every object of the file, wherever it hides.

use std::collections::BTreeSet;

use hayro_syntax::Pdf;
use hayro_syntax::object::{Dict, FromBytes, MaybeRef, Name, Object};

/// Values inside one another looked through in one object.
const MAX_DEPTH: usize = 64;

/// Everything found, in words, each once.
pub(super) fn find(pdf: &Pdf) -> Vec<String> {
    let mut found = BTreeSet::new();
    for object in pdf.objects() {
        look(&object, 0, &mut found);
    }
    if trailers(pdf.data().as_ref()).any(|trailer| trailer.contains_key(b"Encrypt")) {
        found.insert("encryption");
    }
    found.into_iter().map(str::to_owned).collect()
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

/// The dictionaries after the word `trailer`; those of cross-reference streams are objects and looked at with them.
fn trailers(bytes: &[u8]) -> impl Iterator<Item = Dict<'_>> {
    const WORD: &[u8] = b"trailer";
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = bytes.get(at..)?;
            let position = rest.windows(WORD.len()).position(|window| window == WORD)?;
            let after = &rest[position + WORD.len()..];
            at += position + WORD.len();
            let after = after.trim_ascii_start();
            if after.starts_with(b"<<")
                && let Some(dict) = Dict::from_bytes(after)
            {
                return Some(dict);
            }
        }
    })
}
