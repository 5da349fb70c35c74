//! The values of a foreign file as they come along: read once, without what never belongs to the look of a
//! page, and written or digested from there. Copying and fingerprint see the same, so what is left behind
//! cannot make them differ.

use std::borrow::Cow;

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};

use super::super::writer;
use super::Unshown;

/// Values inside one another.
const MAX_DEPTH: usize = 200;

/// Entries of a dictionary, by key.
pub(super) type Entries = Vec<(Vec<u8>, Value)>;

/// A value that comes along.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Value>),
    Dict(Entries),
    /// An object of the source.
    Ref(ObjectIdentifier),
    /// A page of the source, by its index.
    Page(usize),
    /// A stream made here.
    Made(Box<Made>),
}

/// A stream that the source does not have: what a field shows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Made {
    pub entries: Entries,
    pub data: Vec<u8>,
}

/// Actions that start something, or lead elsewhere. None belongs to the look of a page.
const ACTIONS: [&[u8]; 18] = [
    b"JavaScript",
    b"Launch",
    b"URI",
    b"GoTo",
    b"GoToR",
    b"GoToE",
    b"SubmitForm",
    b"ImportData",
    b"ResetForm",
    b"Rendition",
    b"Movie",
    b"Sound",
    b"RichMediaExecute",
    b"GoTo3DView",
    b"Hide",
    b"SetOCGState",
    b"Thread",
    b"Named",
];

/// What is never part of a look: another page, a file, an action.
pub(super) fn is_barred(dict: &Dict<'_>) -> bool {
    const KINDS: [&[u8]; 9] =
        [b"Page", b"Pages", b"Catalog", b"Annot", b"Filespec", b"EmbeddedFile", b"Metadata", b"Action", b"Sig"];
    dict.contains_key(b"EF")
        || dict.get::<Name<'_>>(b"Type").is_some_and(|kind| KINDS.contains(&&kind[..]))
        || dict.get::<Name<'_>>(b"S").is_some_and(|action| ACTIONS.contains(&&action[..]))
}

/// Entries that say something about an object and show nothing. Only objects that say what they are
/// have them: in others any word can be a name (`/Font << /AF 5 0 R >>`).
fn is_left_out(key: &[u8]) -> bool {
    const KEYS: [&[u8]; 12] = [
        b"Metadata",
        b"PieceInfo",
        b"AF",
        b"AA",
        b"JS",
        b"LastModified",
        b"StructParent",
        b"StructParents",
        b"OPI",
        b"Ref",
        b"Alternates",
        b"OpenAction",
    ];
    KEYS.contains(&key)
}

/// Entries of a stream that say how its bytes are stored; those of bytes stored in another file come along no more.
fn is_storage(key: &[u8]) -> bool {
    matches!(key, b"Length" | b"F" | b"FFilter" | b"FDecodeParms" | b"DL")
}

/// Reads a value as it stands.
pub(super) fn read(value: MaybeRef<Object<'_>>) -> Result<Value, Unshown> {
    maybe(value, 0)
}

fn maybe(value: MaybeRef<Object<'_>>, depth: usize) -> Result<Value, Unshown> {
    match value {
        MaybeRef::Ref(reference) => Ok(Value::Ref(reference.into())),
        MaybeRef::NotRef(object) => plain(object, depth),
    }
}

/// Reads an object that is no stream.
pub(super) fn plain(object: Object<'_>, depth: usize) -> Result<Value, Unshown> {
    if depth > MAX_DEPTH {
        return Err(Unshown::Limit { what: "values inside values".to_owned(), limit: MAX_DEPTH as u64 });
    }
    Ok(match object {
        Object::Boolean(value) => Value::Bool(value),
        Object::Number(value) => Value::Number(value.as_f64()),
        Object::String(value) => Value::Text(value.as_bytes().to_vec()),
        Object::Name(value) => Value::Name(value.to_vec()),
        Object::Array(array) => {
            Value::Array(array.raw_iter().map(|item| maybe(item, depth + 1)).collect::<Result<_, _>>()?)
        }
        Object::Dict(dict) if is_barred(&dict) => Value::Null,
        Object::Dict(dict) => {
            let typed = dict.contains_key(b"Type");
            Value::Dict(entries(&dict, depth, |key| typed && is_left_out(key))?)
        }
        // A stream cannot stand inside another value; where one seems to, the file is damaged.
        Object::Null(_) | Object::Stream(_) => Value::Null,
    })
}

fn entries(dict: &Dict<'_>, depth: usize, left_out: impl Fn(&[u8]) -> bool) -> Result<Entries, Unshown> {
    let kept = dict.entries().filter(|(key, _)| !left_out(key));
    kept.map(|(key, value)| Ok((key.to_vec(), maybe(value, depth + 1)?))).collect()
}

/// The entries of a stream and its bytes.
pub(super) type Stored<'a> = (Entries, Cow<'a, [u8]>);

/// A stream as it comes along: its entries and its bytes, decrypted, in the filters they were stored in.
pub(super) fn stream<'a>(stream: &Stream<'a>) -> Result<Option<Stored<'a>>, Unshown> {
    let dict = stream.dict();
    if is_barred(dict) {
        return Ok(None);
    }
    let mut kept = entries(dict, 0, |key| is_left_out(key) || is_storage(key))?;
    without_crypt_filter(&mut kept, dict);
    Ok(Some((kept, stored(stream))))
}

/// The bytes of a stream as they are stored, decrypted. Where the word that ends it is damaged, its reader goes on to
/// the end of another one; then its own length is believed.
pub(super) fn stored<'a>(stream: &Stream<'a>) -> Cow<'a, [u8]> {
    let data = stream.raw_data();
    let length = stream.dict().get::<u32>(b"Length").map_or(usize::MAX, |length| length as usize);
    let beyond = data.get(length..).unwrap_or_default();
    if !beyond.windows(6).take(64).any(|word| word == b"endobj") {
        return data;
    }
    match data {
        Cow::Borrowed(data) => Cow::Borrowed(&data[..length]),
        Cow::Owned(mut data) => {
            data.truncate(length);
            Cow::Owned(data)
        }
    }
}

/// The bytes are written decrypted, so the filter that says how they were encrypted goes.
fn without_crypt_filter(kept: &mut Entries, dict: &Dict<'_>) {
    let is_crypt = |name: &Name<'_>| &name[..] == b"Crypt";
    match dict.get::<Object<'_>>(b"Filter") {
        Some(Object::Name(name)) if is_crypt(&name) => {
            kept.retain(|(key, _)| !matches!(&key[..], b"Filter" | b"DecodeParms"));
        }
        Some(Object::Array(names)) => {
            let Some(at) = names.iter::<Name<'_>>().position(|name| is_crypt(&name)) else { return };
            let shorter = |array: Array<'_>| -> Vec<Value> {
                let items = array.iter::<Object<'_>>().enumerate().filter(|(index, _)| *index != at);
                items.map(|(_, item)| plain(item, 0).unwrap_or(Value::Null)).collect()
            };
            for (key, value) in kept.iter_mut() {
                if matches!(&key[..], b"Filter" | b"DecodeParms")
                    && let Some(array) = dict.get::<Array<'_>>(&key[..])
                {
                    *value = Value::Array(shorter(array));
                }
            }
        }
        _ => {}
    }
}

/// A number as it is written: read back it is the same number, and written again the same words.
pub(super) fn number(value: f64) -> String {
    if !value.is_finite() {
        return "0".to_owned();
    }
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{}", value as i64);
    }
    // Twelve figures are read back exactly; no exponent, which PDF does not know.
    let before = value.abs().log10().floor().max(0.0) as usize + 1;
    let text = format!("{value:.*}", 12_usize.saturating_sub(before));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" || text.is_empty() { "0".to_owned() } else { text.to_owned() }
}

/// Something a value points to.
pub(super) enum Target<'v> {
    Object(ObjectIdentifier),
    Page(usize),
    Made(&'v Made),
}

/// Writes a value; `number_of` gives the number of what it points to, `None` where that is not in the paper.
pub(super) fn write<E>(
    value: &Value,
    body: &mut Vec<u8>,
    number_of: &mut dyn FnMut(Target<'_>) -> Result<Option<u32>, E>,
) -> Result<(), E> {
    let target = match value {
        Value::Null => {
            body.extend(b"null");
            return Ok(());
        }
        Value::Bool(value) => {
            body.extend(value.to_string().bytes());
            return Ok(());
        }
        Value::Number(value) => {
            body.extend(number(*value).bytes());
            return Ok(());
        }
        Value::Text(bytes) => {
            body.extend(writer::byte_string(bytes));
            return Ok(());
        }
        Value::Name(bytes) => {
            body.extend(writer::name(bytes));
            return Ok(());
        }
        Value::Array(items) => {
            body.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    body.push(b' ');
                }
                write(item, body, number_of)?;
            }
            body.push(b']');
            return Ok(());
        }
        Value::Dict(entries) => {
            body.extend(b"<<");
            write_entries(entries, body, number_of)?;
            body.extend(b" >>");
            return Ok(());
        }
        Value::Ref(id) => Target::Object(*id),
        Value::Page(index) => Target::Page(*index),
        Value::Made(made) => Target::Made(made),
    };
    match number_of(target)? {
        Some(number) => body.extend(format!("{number} 0 R").bytes()),
        None => body.extend(b"null"),
    }
    Ok(())
}

/// Writes the entries of a dictionary, each after a space.
pub(super) fn write_entries<E>(
    entries: &Entries,
    body: &mut Vec<u8>,
    number_of: &mut dyn FnMut(Target<'_>) -> Result<Option<u32>, E>,
) -> Result<(), E> {
    for (key, value) in entries {
        body.push(b' ');
        body.extend(writer::name(key));
        body.push(b' ');
        write(value, body, number_of)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_survive_being_written_and_read() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (595.28, "595.28"),
            (-0.001, "-0.001"),
            (1e-9, "0.000000001"),
            (1e-13, "0"),
            (1e7, "10000000"),
            (123_456.789_012_3, "123456.789012"),
            (f64::NAN, "0"),
        ] {
            assert_eq!(number(value), text);
            assert_eq!(number(text.parse().expect("a number")), text);
        }
    }
}
