//! What stands on a page beside its content: of links, notes, marks, signatures and form fields the look
//! is kept, and nothing else.
//!
//! A fresh annotation is written from the entries that show something. So no action, script, file, filled
//! value or comment can come along by a way that was forgotten. Reading a kept annotation again gives the
//! same one, which the fingerprint relies on.

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};

use super::Unshown;
use super::field::{self, Form};
use super::source;
use super::value::{self, Entries, Value};

/// Annotations of one page.
pub(super) const MAX_ANNOTATIONS: usize = 50_000;
/// The flags that keep it from being seen on the screen: hidden, no view (ISO 32000-1, 12.5.3).
const UNSEEN: i32 = 2 | 32;
/// What begins the name of an annotation that the assembler adds.
const OURS: &[u8] = b"Daybook";

/// An annotation that comes along.
pub(super) struct Kept<'a> {
    /// All its entries but a link's destination.
    pub entries: Entries,
    /// It shows something; a link without a frame shows nothing and still leads somewhere.
    pub shows: bool,
    /// As a link, what it was read from.
    pub link: Option<Dict<'a>>,
    /// Its corners in the page's own space.
    pub area: [f64; 4],
}

/// What became of an annotation, for the notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Change {
    /// Its comment is not shown on the page, and left out.
    Comment,
    /// The file hides it on the screen.
    Hidden,
    /// A form field: its look is kept.
    Field,
    /// The same, and the look was made here from its value.
    FieldDrawn,
    /// A field with a value that shows none and for which none could be made.
    FieldUnseen,
    /// A signature: its look is kept.
    Signature,
    /// A file hangs on it.
    File,
    /// Sound, film, a model.
    Media,
}

/// The annotations of a page, direct ones too.
pub(super) fn all<'a>(page: &Dict<'a>) -> Vec<Dict<'a>> {
    let listed = page.get::<Array<'a>>(b"Annots");
    let items = listed.iter().flat_map(Array::iter::<Object<'a>>).take(MAX_ANNOTATIONS);
    items.filter_map(Object::into_dict).collect()
}

/// Is it one that the assembler added?
pub(in crate::pdf) fn is_ours(dict: &Dict<'_>) -> bool {
    let name = dict.get::<hayro_syntax::object::String<'_>>(b"NM");
    kind(dict) == b"Link" && name.is_some_and(|name| name.as_bytes().starts_with(OURS))
}

fn kind(dict: &Dict<'_>) -> Vec<u8> {
    dict.get::<Name<'_>>(b"Subtype").map(|kind| kind.to_vec()).unwrap_or_default()
}

/// The annotation as it comes along; `None` where nothing of it does.
pub(super) fn keep<'a>(
    dict: &Dict<'a>,
    form: Option<&Form<'a>>,
    change: &mut dyn FnMut(Change),
) -> Result<Option<Kept<'a>>, Unshown> {
    let kind = kind(dict);
    if kind == b"Popup" {
        return Ok(None);
    }
    let flags = dict.get::<i32>(b"F").unwrap_or(0);
    let Some(area) = source::rectangle(dict, b"Rect") else { return Ok(None) };
    if flags & UNSEEN != 0 {
        if kind != b"Widget" || field::has_value(dict) {
            change(Change::Hidden);
        }
        return Ok(None);
    }
    let look = look(dict);
    match &kind[..] {
        b"Widget" => return Ok(widget(dict, look, area, flags, form, change)),
        b"FileAttachment" => change(Change::File),
        b"Screen" | b"Movie" | b"Sound" | b"RichMedia" | b"3D" => change(Change::Media),
        _ => {}
    }
    let carrier = matches!(&kind[..], b"FileAttachment" | b"Screen" | b"Movie" | b"Sound" | b"RichMedia" | b"3D");
    if carrier {
        return Ok(look.map(|look| stamp(look, dict, area, flags)));
    }
    let link = kind == b"Link";
    let shows_words = kind == b"FreeText" || dict.get::<bool>(b"Cap") == Some(true);
    let told = link || kind == b"FreeText" || shows_words && look.is_none();
    if !told && has_words(dict) {
        change(Change::Comment);
    }
    let mut entries = vec![(b"Type".to_vec(), name(b"Annot")), (b"Subtype".to_vec(), Value::Name(kind.clone()))];
    entries.push((b"Rect".to_vec(), corners(area)));
    if flags != 0 {
        entries.push((b"F".to_vec(), Value::Number(f64::from(flags))));
    }
    for (key, value) in dict.entries() {
        let words = shows_words && look.is_none() && matches!(&key[..], b"Contents" | b"DA" | b"Q");
        if words || is_shown(&key) {
            entries.push((key.to_vec(), value::read(value)?));
        }
    }
    let shows = !link || look.is_some() || has_frame(dict);
    if let Some(look) = look {
        entries.push((b"AP".to_vec(), Value::Dict(vec![(b"N".to_vec(), look)])));
    }
    Ok(Some(Kept { entries, shows, link: link.then(|| dict.clone()), area }))
}

/// Entries that say how an annotation looks.
fn is_shown(key: &[u8]) -> bool {
    const KEYS: [&[u8]; 26] = [
        b"OC",
        b"C",
        b"CA",
        b"ca",
        b"BM",
        b"Border",
        b"BS",
        b"BE",
        b"QuadPoints",
        b"L",
        b"LE",
        b"LL",
        b"LLE",
        b"LLO",
        b"Cap",
        b"CO",
        b"CP",
        b"CL",
        b"Vertices",
        b"IC",
        b"InkList",
        b"Name",
        b"RD",
        b"IT",
        b"Sy",
        b"H",
    ];
    KEYS.contains(&key)
}

/// A frame is drawn round a link unless it says otherwise (ISO 32000-1, 12.5.4).
fn has_frame(dict: &Dict<'_>) -> bool {
    if let Some(style) = dict.get::<Dict<'_>>(b"BS") {
        return style.get::<f32>(b"W").is_none_or(|width| width > 0.0);
    }
    match dict.get::<Array<'_>>(b"Border") {
        Some(border) => border.iter::<Object<'_>>().nth(2).and_then(Object::into_f32).is_none_or(|width| width > 0.0),
        None => true,
    }
}

fn has_words(dict: &Dict<'_>) -> bool {
    let words = |key: &[u8]| {
        let text = dict.get::<hayro_syntax::object::String<'_>>(key);
        text.is_some_and(|text| text.iter().any(|byte| !byte.is_ascii_whitespace() && *byte != 0))
    };
    words(b"Contents") || words(b"RC")
}

fn widget<'a>(
    dict: &Dict<'a>,
    look: Option<Value>,
    area: [f64; 4],
    flags: i32,
    form: Option<&Form<'a>>,
    change: &mut dyn FnMut(Change),
) -> Option<Kept<'a>> {
    let made = match form {
        Some(form) if look.is_none() || form.needs_looks() => field::look(dict, area, form),
        _ => field::Look::None,
    };
    let look = match (made, look) {
        (field::Look::Made(made), _) => {
            change(Change::FieldDrawn);
            Some(Value::Made(made))
        }
        (field::Look::Impossible, None) => {
            change(Change::FieldUnseen);
            None
        }
        (_, look) => look,
    };
    let look = look?;
    change(if field::is_signed(dict) { Change::Signature } else { Change::Field });
    Some(stamp(look, dict, area, flags))
}

/// A look that does nothing: a stamp that cannot be moved.
fn stamp<'a>(look: Value, dict: &Dict<'a>, area: [f64; 4], flags: i32) -> Kept<'a> {
    const READ_ONLY_AND_LOCKED: i32 = 64 | 128;
    let flags = f64::from(flags | READ_ONLY_AND_LOCKED);
    let mut entries = vec![
        (b"Type".to_vec(), name(b"Annot")),
        (b"Subtype".to_vec(), name(b"Stamp")),
        (b"Rect".to_vec(), corners(area)),
        (b"F".to_vec(), Value::Number(flags)),
    ];
    if let Some(Ok(layer)) = dict.get_raw::<Object<'_>>(b"OC").map(value::read) {
        entries.push((b"OC".to_vec(), layer));
    }
    entries.push((b"AP".to_vec(), Value::Dict(vec![(b"N".to_vec(), look)])));
    Kept { entries, shows: true, link: None, area }
}

/// The appearance a reader sees: of several states, the one that is set.
fn look(dict: &Dict<'_>) -> Option<Value> {
    let appearances = dict.get::<Dict<'_>>(b"AP")?;
    match appearances.get::<Object<'_>>(b"N")? {
        Object::Stream(_) => appearances.get_ref(b"N").map(|id| Value::Ref(id.into())),
        Object::Dict(states) => {
            let set = dict.get::<Name<'_>>(b"AS");
            let only = || states.keys().next().filter(|_| states.len() == 1);
            let state = set.or_else(only)?;
            states.get::<Stream<'_>>(&state[..])?;
            match states.get_raw::<Object<'_>>(&state[..])? {
                MaybeRef::Ref(id) => Some(Value::Ref(id.into())),
                MaybeRef::NotRef(_) => None,
            }
        }
        _ => None,
    }
}

fn name(text: &[u8]) -> Value {
    Value::Name(text.to_vec())
}

fn corners(area: [f64; 4]) -> Value {
    Value::Array(area.into_iter().map(Value::Number).collect())
}
