//! Copies objects of a PDF that was read into the file that is written: whatever can be reached from
//! a page, each object once, under new numbers. It works the same for our own pages and for pages of others.

use std::collections::{BTreeMap, VecDeque};

use hayro_syntax::Pdf;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;

use super::PdfError;
use super::writer::{self, Number, Output};

/// Objects nested inside one another deeper than this are not read.
const MAX_DEPTH: usize = 200;
/// Objects copied from one file.
const MAX_OBJECTS: usize = 2_000_000;

/// Copies from one file.
pub(super) struct Copier<'a> {
    source: &'a Pdf,
    numbers: BTreeMap<ObjectIdentifier, Number>,
    queue: VecDeque<(ObjectIdentifier, Number)>,
}

/// What becomes of the annotations a page brings with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Annotations {
    /// They are left behind: our own pages have none but those the assembler writes.
    Drop,
    /// They come along, for the pages of others.
    Keep,
}

/// What the assembler adds to a page.
#[derive(Debug, Default)]
pub(super) struct Additions {
    /// Annotations, already written.
    pub annotations: Vec<Number>,
    /// Pictures under their resource names, already written.
    pub pictures: Vec<(String, Number)>,
    /// Drawn before the page's own content.
    pub before: Option<Number>,
    /// Drawn after it.
    pub after: Option<Number>,
}

impl<'a> Copier<'a> {
    /// A copier that has copied nothing. Pages that are pointed at become the given ones.
    pub(super) fn new(source: &'a Pdf, pages: &[Number]) -> Self {
        let known = source.pages().iter().zip(pages);
        let numbers = known.filter_map(|(page, number)| Some((page.raw().obj_id()?, *number))).collect();
        Copier { source, numbers, queue: VecDeque::new() }
    }

    /// Writes one page and all it needs.
    pub(super) fn page(
        &mut self,
        out: &mut Output<'_>,
        page: &Page<'a>,
        number: Number,
        parent: Number,
        annotations: Annotations,
        additions: &Additions,
    ) -> Result<(), PdfError> {
        let mut body = format!("<< /Type /Page /Parent {}", parent.reference()).into_bytes();
        let raw = page.raw();
        for (key, value) in raw.entries() {
            let left_out: &[&[u8]] = &[
                b"Type",
                b"Parent",
                b"Annots",
                b"Contents",
                b"Resources",
                b"MediaBox",
                b"CropBox",
                b"Rotate",
                b"StructParents",
                b"Tabs",
                b"B",
                b"AA",
                b"Metadata",
                b"PieceInfo",
                b"Thumb",
            ];
            if !left_out.contains(&key.as_ref()) {
                self.entry(&mut body, out, &key, value)?;
            }
        }
        for key in [&b"MediaBox"[..], b"CropBox", b"Rotate"] {
            if let Some(value) = inherited(raw, key) {
                self.entry(&mut body, out, &Name::new_unescaped(key), MaybeRef::NotRef(value))?;
            } else if key == b"MediaBox" {
                let area = page.media_box();
                let corners = [area.x0, area.y0, area.x1, area.y1].map(writer::number).join(" ");
                body.extend(format!(" /MediaBox [{corners}]").bytes());
            }
        }
        self.resources(&mut body, out, raw, &additions.pictures)?;
        self.contents(&mut body, out, raw, additions)?;
        self.annotations(&mut body, out, raw, annotations, &additions.annotations)?;
        body.extend(b" >>");
        out.object(number, &body)?;
        self.drain(out)
    }

    /// Writes a page as a drawing that can be put onto another page; gives its number.
    pub(super) fn form(&mut self, out: &mut Output<'_>, page: &Page<'a>) -> Result<Number, PdfError> {
        let area = page.media_box();
        let corners = [area.x0, area.y0, area.x1, area.y1].map(writer::number).join(" ");
        let mut entries = format!("/Type /XObject /Subtype /Form /BBox [{corners}]").into_bytes();
        self.resources(&mut entries, out, page.raw(), &[])?;
        let number = out.reserve();
        out.stream(number, &entries, page.page_stream().unwrap_or_default())?;
        self.drain(out)?;
        Ok(number)
    }

    /// Copies one stream and what it needs; gives its number.
    pub(super) fn stream(&mut self, out: &mut Output<'_>, id: ObjectIdentifier) -> Result<Number, PdfError> {
        let number = self.number(out, id)?;
        self.drain(out)?;
        Ok(number)
    }

    fn resources(
        &mut self,
        body: &mut Vec<u8>,
        out: &mut Output<'_>,
        raw: &Dict<'a>,
        pictures: &[(String, Number)],
    ) -> Result<(), PdfError> {
        let resources = match inherited(raw, b"Resources") {
            Some(Object::Dict(dict)) => dict,
            _ => Dict::empty(),
        };
        body.extend(b" /Resources <<");
        for (key, value) in resources.entries() {
            if key.as_ref() != b"XObject" || pictures.is_empty() {
                self.entry(body, out, &key, value)?;
            }
        }
        if !pictures.is_empty() {
            body.extend(b" /XObject <<");
            for (key, value) in resources.get::<Dict<'a>>(b"XObject").unwrap_or_default().entries() {
                self.entry(body, out, &key, value)?;
            }
            for (name, number) in pictures {
                body.extend(format!(" /{name} {}", number.reference()).bytes());
            }
            body.extend(b" >>");
        }
        body.extend(b" >>");
        Ok(())
    }

    fn contents(
        &mut self,
        body: &mut Vec<u8>,
        out: &mut Output<'_>,
        raw: &Dict<'a>,
        additions: &Additions,
    ) -> Result<(), PdfError> {
        let mut parts: Vec<String> = additions.before.iter().map(|number| number.reference()).collect();
        if raw.get::<Stream<'a>>(b"Contents").is_some() {
            if let Some(reference) = raw.get_ref(b"Contents") {
                parts.push(self.number(out, reference.into())?.reference());
            }
        } else if let Some(array) = raw.get::<Array<'a>>(b"Contents") {
            for item in array.raw_iter().take(MAX_OBJECTS) {
                if let MaybeRef::Ref(reference) = item {
                    parts.push(self.number(out, reference.into())?.reference());
                }
            }
        }
        parts.extend(additions.after.iter().map(|number| number.reference()));
        body.extend(format!(" /Contents [{}]", parts.join(" ")).bytes());
        Ok(())
    }

    fn annotations(
        &mut self,
        body: &mut Vec<u8>,
        out: &mut Output<'_>,
        raw: &Dict<'a>,
        annotations: Annotations,
        added: &[Number],
    ) -> Result<(), PdfError> {
        let mut parts = Vec::new();
        if annotations == Annotations::Keep
            && let Some(array) = raw.get::<Array<'a>>(b"Annots")
        {
            for item in array.raw_iter().take(MAX_OBJECTS) {
                if let MaybeRef::Ref(reference) = item {
                    parts.push(self.number(out, reference.into())?.reference());
                }
            }
        }
        parts.extend(added.iter().map(|number| number.reference()));
        if !parts.is_empty() {
            body.extend(format!(" /Annots [{}]", parts.join(" ")).bytes());
        }
        Ok(())
    }

    /// Writes everything that was pointed at and not yet written.
    fn drain(&mut self, out: &mut Output<'_>) -> Result<(), PdfError> {
        while let Some((id, number)) = self.queue.pop_front() {
            match self.source.xref().get::<Object<'a>>(id) {
                Some(Object::Stream(stream)) => self.copy_stream(out, number, &stream)?,
                Some(object) if !leads_away(&object) => {
                    let mut body = Vec::new();
                    self.value(&mut body, out, object, 0)?;
                    out.object(number, &body)?;
                }
                // A page that is not part of this paper, or an object that the file does not have.
                _ => out.object(number, b"null")?,
            }
        }
        Ok(())
    }

    fn copy_stream(&mut self, out: &mut Output<'_>, number: Number, stream: &Stream<'a>) -> Result<(), PdfError> {
        let encrypted = has_crypt_filter(stream.dict());
        let mut entries = Vec::new();
        for (key, value) in stream.dict().entries() {
            let unfiltered = encrypted && matches!(key.as_ref(), b"Filter" | b"DecodeParms");
            if key.as_ref() != b"Length" && !unfiltered {
                self.entry(&mut entries, out, &key, value)?;
            }
        }
        if encrypted {
            let data = stream.decoded_data().map_err(|failure| unreadable(&format!("{failure:?}")))?;
            return out.stream(number, &entries, &data);
        }
        out.stream(number, &entries, &stream.raw_data())
    }

    fn entry(
        &mut self,
        body: &mut Vec<u8>,
        out: &mut Output<'_>,
        key: &Name<'_>,
        value: MaybeRef<Object<'a>>,
    ) -> Result<(), PdfError> {
        body.push(b' ');
        body.extend(writer::name(key));
        body.push(b' ');
        self.maybe_reference(body, out, value, 0)
    }

    fn maybe_reference(
        &mut self,
        body: &mut Vec<u8>,
        out: &mut Output<'_>,
        value: MaybeRef<Object<'a>>,
        depth: usize,
    ) -> Result<(), PdfError> {
        match value {
            MaybeRef::Ref(reference) => {
                let number = self.number(out, reference.into())?;
                body.extend(number.reference().bytes());
                Ok(())
            }
            MaybeRef::NotRef(object) => self.value(body, out, object, depth),
        }
    }

    fn value(
        &mut self,
        body: &mut Vec<u8>,
        out: &mut Output<'_>,
        object: Object<'a>,
        depth: usize,
    ) -> Result<(), PdfError> {
        if depth > MAX_DEPTH {
            return Err(PdfError::Limit { what: "values inside values", limit: MAX_DEPTH as u64 });
        }
        match object {
            Object::Boolean(value) => body.extend(value.to_string().bytes()),
            Object::Number(value) => body.extend(writer::number(value.as_f64()).bytes()),
            Object::String(value) => body.extend(writer::byte_string(value.as_bytes())),
            Object::Name(value) => body.extend(writer::name(&value)),
            Object::Array(array) => {
                body.push(b'[');
                for (index, item) in array.raw_iter().enumerate() {
                    if index > 0 {
                        body.push(b' ');
                    }
                    self.maybe_reference(body, out, item, depth + 1)?;
                }
                body.push(b']');
            }
            Object::Dict(dict) => {
                body.extend(b"<<");
                for (key, value) in dict.entries() {
                    body.push(b' ');
                    body.extend(writer::name(&key));
                    body.push(b' ');
                    self.maybe_reference(body, out, value, depth + 1)?;
                }
                body.extend(b" >>");
            }
            // A stream cannot stand inside another value; where one seems to, the file is damaged.
            Object::Null(_) | Object::Stream(_) => body.extend(b"null"),
        }
        Ok(())
    }

    fn number(&mut self, out: &mut Output<'_>, id: ObjectIdentifier) -> Result<Number, PdfError> {
        if let Some(number) = self.numbers.get(&id) {
            return Ok(*number);
        }
        if self.numbers.len() >= MAX_OBJECTS {
            return Err(PdfError::Limit { what: "objects", limit: MAX_OBJECTS as u64 });
        }
        let number = out.reserve();
        self.numbers.insert(id, number);
        self.queue.push_back((id, number));
        Ok(number)
    }
}

/// How many graphics states the page leaves open: so many must be closed before anything is drawn after it.
pub(super) fn open_states(page: &Page<'_>) -> usize {
    let Some(content) = page.page_stream() else { return 0 };
    let mut instructions = UntypedIter::new(content);
    let mut open = 0_usize;
    while let Some(instruction) = instructions.next() {
        match &instruction.operator[..] {
            b"q" => open += 1,
            b"Q" => open = open.saturating_sub(1),
            _ => {}
        }
    }
    open
}

/// The value of a key on the page or above it in the page tree.
pub(super) fn inherited<'a>(page: &Dict<'a>, key: &[u8]) -> Option<Object<'a>> {
    let mut node = page.clone();
    for _ in 0..64 {
        if let Some(value) = node.get::<Object<'a>>(key) {
            return Some(value);
        }
        node = node.get::<Dict<'a>>(b"Parent")?;
    }
    None
}

fn unreadable(why: &str) -> PdfError {
    PdfError::Unreadable { why: why.to_owned() }
}

/// A node of a page tree or the root of a file: following it would drag in what was not chosen.
fn leads_away(object: &Object<'_>) -> bool {
    let Object::Dict(dict) = object else { return false };
    dict.get::<Name<'_>>(b"Type").is_some_and(|kind| matches!(&kind[..], b"Page" | b"Pages" | b"Catalog"))
}

fn has_crypt_filter(dict: &Dict<'_>) -> bool {
    match dict.get::<Object<'_>>(b"Filter") {
        Some(Object::Name(name)) => &name[..] == b"Crypt",
        Some(Object::Array(names)) => names.iter::<Name<'_>>().any(|name| &name[..] == b"Crypt"),
        _ => false,
    }
}
