//! A finished file, read back without any knowledge of how it was written: labels, outline, links,
//! the words of every page and their places, and whatever a paper must not have.
//!
//! Reading is bounded in depth and number. It is not bounded in time and memory against a file made to
//! be harmful (a stream may unfold a thousandfold): files of others are observed in the worker.

mod cmap;
mod font;
mod forbidden;
mod guests;
mod text;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use filebuffer::FileBuffer;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as PdfString};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf, PdfData};

use super::PdfError;
use super::exhibit::Fingerprints;
use super::exhibit::is_ours;
use crate::bundle::{Manifest, Observed, ObservedBookmark, ObservedLink, ObservedPage};

use guests::Guests;

pub use words::words;

/// How much of a file on the disk is looked at before its memory is given back, in bytes.
const WINDOW: u64 = 32 << 20;
/// Pages read of one file.
const MAX_PAGES: usize = 50_000;
/// Bookmarks, label ranges and named places read of one file.
const MAX_ENTRIES: usize = 200_000;
/// Trees inside one another.
const MAX_DEPTH: usize = 32;

/// Reads a finished file back.
///
/// # Errors
/// [`PdfError::Unreadable`] or [`PdfError::Limit`].
pub fn observe(bytes: &[u8]) -> Result<Observed, PdfError> {
    observe_owned(bytes.to_vec())
}

/// The same for bytes that need not be copied.
///
/// # Errors
/// As [`observe`].
pub fn observe_owned<B: AsRef<[u8]> + Send + Sync + 'static>(bytes: B) -> Result<Observed, PdfError> {
    observe_with(bytes, &Guests::default())
}

/// The same for a paper of which it is known on which pages others should be shown: what they show is read without
/// what was put onto them.
///
/// # Errors
/// As [`observe`].
pub fn observe_paper<B: AsRef<[u8]> + Send + Sync + 'static>(
    bytes: B,
    manifest: &Manifest,
) -> Result<Observed, PdfError> {
    observe_with(bytes, &Guests::of(manifest))
}

/// The same for a paper on the disk. A large one is looked at through a window at a time, so that what is held does
/// not grow with it.
///
/// # Errors
/// As [`observe`]; [`PdfError::ReadBack`] where the file cannot be read.
pub fn observe_file(paper: &Path, manifest: &Manifest) -> Result<Observed, PdfError> {
    let length = std::fs::metadata(paper).map_err(PdfError::ReadBack)?.len();
    let guests = Guests::of(manifest);
    if length <= WINDOW {
        return observe_with(std::fs::read(paper).map_err(PdfError::ReadBack)?, &guests);
    }
    observe_through(
        &|| Ok(PdfData::from(Arc::new(FileBuffer::open(paper).map_err(PdfError::ReadBack)?))),
        &guests,
        WINDOW,
    )
}

fn observe_with<B: AsRef<[u8]> + Send + Sync + 'static>(bytes: B, guests: &Guests) -> Result<Observed, PdfError> {
    let bytes = PdfData::from(Arc::new(bytes));
    observe_through(&|| Ok(bytes.clone()), guests, u64::MAX)
}

/// [`observe_file`] of a file so large that a window holds one page of pictures at most.
#[cfg(test)]
pub(super) fn observe_page_by_page(bytes: Vec<u8>, manifest: &Manifest) -> Result<Observed, PdfError> {
    let bytes = PdfData::from(Arc::new(bytes));
    observe_through(&|| Ok(bytes.clone()), &Guests::of(manifest), 1)
}

/// Observes what `opened` gives, opening it anew whenever about `window` bytes of pictures and guests' pages were
/// looked at.
fn observe_through(
    opened: &dyn Fn() -> Result<PdfData, PdfError>,
    guests: &Guests,
    window: u64,
) -> Result<Observed, PdfError> {
    let mut observed = Observed { forbidden: forbidden::find(opened, window)?, ..Observed::default() };
    let first = open(opened()?)?;
    let count = first.pages().len();
    if count > MAX_PAGES {
        return Err(PdfError::Limit { what: "pages", limit: MAX_PAGES as u64 });
    }
    let file = File::open(&first);
    let labels = file.labels();
    observed.outline = file.outline();
    observed.language = file.catalog.get::<PdfString<'_>>(b"Lang").map(|text| decode_text(&text));
    observed.opens_at = file.opens_at();
    file.properties(&mut observed);
    let mut labels = labels.into_iter();
    some_pages(&file, &mut labels, guests, window, &mut observed.pages);
    drop(first);
    while observed.pages.len() < count {
        let pdf = open(opened()?)?;
        if pdf.pages().len() != count {
            return Err(PdfError::Unreadable { why: "it was changed while it was read".to_owned() });
        }
        some_pages(&File::open(&pdf), &mut labels, guests, window, &mut observed.pages);
    }
    Ok(observed)
}

fn open(bytes: PdfData) -> Result<Pdf, PdfError> {
    Pdf::new(bytes).map_err(|error| PdfError::Unreadable {
        why: match error {
            LoadPdfError::Decryption(_) => "it is locked with a password".to_owned(),
            LoadPdfError::Invalid => "its parts cannot be found".to_owned(),
        },
    })
}

/// Goes on with the pages that are not yet observed: at least one, until a window's worth was looked at.
fn some_pages(
    file: &File<'_>,
    labels: &mut impl Iterator<Item = String>,
    guests: &Guests,
    window: u64,
    pages: &mut Vec<ObservedPage>,
) {
    let mut words = text::Reader::default();
    let mut prints = Fingerprints::new(file.pdf.xref());
    for (at, page) in file.pdf.pages().iter().enumerate().skip(pages.len()) {
        let mut observed = file.page(page, labels.next().unwrap_or_default(), &mut words, guests, at);
        if let Some(expected) = guests.at(at) {
            observed.fingerprint = guests.fingerprint(&mut prints, page, expected);
        }
        pages.push(observed);
        if words.looked_at.saturating_add(prints.looked_at) >= window {
            return;
        }
    }
}

/// A file and where its pages are.
struct File<'a> {
    pdf: &'a Pdf,
    catalog: Dict<'a>,
    pages: BTreeMap<ObjectIdentifier, usize>,
}

impl<'a> File<'a> {
    fn open(pdf: &'a Pdf) -> Self {
        let catalog = pdf.xref().get::<Dict<'a>>(pdf.xref().root_id()).unwrap_or_default();
        let numbered = pdf.pages().iter().enumerate();
        let pages = numbered.filter_map(|(index, page)| Some((page.raw().obj_id()?, index))).collect();
        File { pdf, catalog, pages }
    }

    /// The label of every page (ISO 32000-1, 12.4.2); its place in the file, from 1, where none is given.
    fn labels(&self) -> Vec<String> {
        let mut ranges: BTreeMap<usize, Dict<'a>> = BTreeMap::new();
        if let Some(tree) = self.catalog.get::<Dict<'a>>(b"PageLabels") {
            collect_ranges(&tree, 0, &mut ranges);
        }
        (0..self.pdf.pages().len())
            .map(|index| match ranges.range(..=index).next_back() {
                Some((start, range)) => label(range, index - start),
                None => (index + 1).to_string(),
            })
            .collect()
    }

    fn page(
        &self,
        page: &Page<'a>,
        label: String,
        words: &mut text::Reader<'a>,
        guests: &Guests,
        at: usize,
    ) -> ObservedPage {
        let guest = guests.at(at).is_some();
        let view = View::of(page);
        let mut observed = ObservedPage { label, size: page.render_dimensions(), ..ObservedPage::default() };
        words.read(page, &view, guest, &mut observed);
        let annotations = page.raw().get::<Array<'a>>(b"Annots");
        for annotation in annotations.iter().flat_map(Array::iter::<Dict<'a>>).take(MAX_ENTRIES) {
            for key in [&b"Contents"[..], b"T", b"Subj"] {
                observed.notes.extend(annotation.get::<PdfString<'_>>(key).map(|text| decode_text(&text)));
            }
            // What a filled field shows is not in the page's own content.
            observed.notes.extend(looks(&annotation).iter().map(|look| words.look(look, &view)));
            observed.additions.extend(forbidden::addition(&annotation).map(str::to_owned));
            let kind = annotation.get::<Name<'_>>(b"Subtype");
            if kind.is_none_or(|kind| &kind[..] != b"Link") {
                continue;
            }
            let Some(corners) = annotation.get::<[f32; 4]>(b"Rect") else { continue };
            let to = self.leads_to(&annotation);
            // A link that a copied page brought with it, to a page copied as well, is part of its look: an exhibit
            // made earlier has its own list of contents. The fingerprint sees that it is the same annotation.
            let brought = guest && !is_ours(&annotation);
            let stays = match to {
                Some(to) => guests.at(to).is_some(),
                None => !annotation.contains_key(b"Dest") && !annotation.contains_key(b"A"),
            };
            if brought && stays {
                continue;
            }
            observed.links.push(ObservedLink { area: view.area(corners), page: to });
        }
        observed
    }

    /// The page a link or a bookmark leads to, by its destination or its action.
    fn leads_to(&self, dict: &Dict<'a>) -> Option<usize> {
        if let Some(destination) = dict.get::<Object<'a>>(b"Dest") {
            return self.destination(destination, 0);
        }
        let action = dict.get::<Dict<'a>>(b"A")?;
        if &action.get::<Name<'_>>(b"S")?[..] != b"GoTo" {
            return None;
        }
        self.destination(action.get::<Object<'a>>(b"D")?, 0)
    }

    fn destination(&self, destination: Object<'a>, depth: usize) -> Option<usize> {
        if depth > 4 {
            return None;
        }
        match destination {
            Object::Array(array) => match array.raw_iter().next()? {
                MaybeRef::Ref(reference) => self.pages.get(&reference.into()).copied(),
                MaybeRef::NotRef(Object::Number(number)) => {
                    usize::try_from(number.as_i64()).ok().filter(|index| *index < self.pdf.pages().len())
                }
                MaybeRef::NotRef(_) => None,
            },
            Object::Dict(dict) => self.destination(dict.get::<Object<'a>>(b"D")?, depth + 1),
            Object::Name(name) => {
                let named = self.catalog.get::<Dict<'a>>(b"Dests")?.get::<Object<'a>>(&name[..])?;
                self.destination(named, depth + 1)
            }
            Object::String(name) => {
                let tree = self.catalog.get::<Dict<'a>>(b"Names")?.get::<Dict<'a>>(b"Dests")?;
                self.destination(find_name(&tree, &name, 0)?, depth + 1)
            }
            _ => None,
        }
    }

    fn opens_at(&self) -> Option<usize> {
        match self.catalog.get::<Object<'a>>(b"OpenAction")? {
            Object::Dict(action) => self.destination(action.get::<Object<'a>>(b"D")?, 0),
            destination => self.destination(destination, 0),
        }
    }

    fn outline(&self) -> Vec<ObservedBookmark> {
        let mut bookmarks = Vec::new();
        let mut seen = BTreeSet::new();
        if let Some(root) = self.catalog.get::<Dict<'a>>(b"Outlines") {
            self.collect_bookmarks(&root, 0, &mut seen, &mut bookmarks);
        }
        bookmarks
    }

    fn collect_bookmarks(
        &self,
        parent: &Dict<'a>,
        depth: usize,
        seen: &mut BTreeSet<ObjectIdentifier>,
        bookmarks: &mut Vec<ObservedBookmark>,
    ) {
        let mut next = parent.get::<Dict<'a>>(b"First");
        while let Some(item) = next {
            // A bookmark that follows itself would never end.
            let new = item.obj_id().is_some_and(|id| seen.insert(id));
            if !new || depth > MAX_DEPTH || bookmarks.len() >= MAX_ENTRIES {
                return;
            }
            let title = item.get::<PdfString<'_>>(b"Title").map(|text| decode_text(&text)).unwrap_or_default();
            bookmarks.push(ObservedBookmark { title, depth, page: self.leads_to(&item) });
            self.collect_bookmarks(&item, depth + 1, seen, bookmarks);
            next = item.get::<Dict<'a>>(b"Next");
        }
    }

    fn properties(&self, observed: &mut Observed) {
        let metadata = self.pdf.metadata();
        observed.title = metadata.title.as_deref().map(decode_text);
        let others = [
            ("Author", &metadata.author),
            ("Subject", &metadata.subject),
            ("Keywords", &metadata.keywords),
            ("Creator", &metadata.creator),
            ("Producer", &metadata.producer),
        ];
        for (name, value) in others {
            observed.properties.extend(value.as_deref().map(|value| (name.to_owned(), decode_text(value))));
        }
        let xml = self.catalog.get::<Stream<'_>>(b"Metadata");
        if let Some(Ok(xml)) = xml.map(|stream| stream.decoded_data().map(std::borrow::Cow::into_owned)) {
            let end = xml.len().min(1 << 20);
            observed.properties.push(("XMP".to_owned(), String::from_utf8_lossy(&xml[..end]).into_owned()));
        }
        for (name, value) in &observed.properties {
            if names_a_path(value) {
                observed.forbidden.push(format!("a property that gives away a folder ({name})"));
            }
            if name == "Author" && !value.trim().is_empty() {
                observed.forbidden.push("a property that names an author".to_owned());
            }
        }
    }
}

/// The looks of an annotation: the one it has, or one for each of its states (ISO 32000-1, 12.5.5).
fn looks<'a>(annotation: &Dict<'a>) -> Vec<Stream<'a>> {
    let Some(appearance) = annotation.get::<Dict<'a>>(b"AP") else { return Vec::new() };
    if let Some(look) = appearance.get::<Stream<'a>>(b"N") {
        return vec![look];
    }
    let states = appearance.get::<Dict<'a>>(b"N").unwrap_or_default();
    states.keys().take(64).filter_map(|state| states.get::<Stream<'a>>(&state[..])).collect()
}

/// Turns positions of a page's own space into points from the top left corner as the page is read.
#[derive(Clone, Copy)]
pub(super) struct View {
    matrix: [f32; 6],
}

impl View {
    fn of(page: &Page<'_>) -> Self {
        View { matrix: page.initial_transform(true).as_coeffs().map(|value| value as f32) }
    }

    pub(super) fn point(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let m = self.matrix;
        (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
    }

    /// The area between two corners: left, top, width, height.
    fn area(&self, [x0, y0, x1, y1]: [f32; 4]) -> (f32, f32, f32, f32) {
        bounds([self.point((x0, y0)), self.point((x1, y1))].into_iter())
    }
}

/// The smallest upright area with all these points: left, top, width, height.
pub(super) fn bounds(points: impl Iterator<Item = (f32, f32)>) -> (f32, f32, f32, f32) {
    let start = (f32::INFINITY, f32::INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY);
    let (left, top, right, bottom) =
        points.fold(start, |area, (x, y)| (area.0.min(x), area.1.min(y), area.2.max(x), area.3.max(y)));
    (left, top, right - left, bottom - top)
}

fn collect_ranges<'a>(node: &Dict<'a>, depth: usize, ranges: &mut BTreeMap<usize, Dict<'a>>) {
    if depth > MAX_DEPTH || ranges.len() > MAX_ENTRIES {
        return;
    }
    if let Some(numbers) = node.get::<Array<'a>>(b"Nums") {
        let mut items = numbers.iter::<Object<'a>>();
        while let (Some(start), Some(range)) = (items.next(), items.next()) {
            if let (Object::Number(start), Object::Dict(range)) = (start, range)
                && let Ok(start) = usize::try_from(start.as_i64())
                && ranges.len() <= MAX_ENTRIES
            {
                ranges.insert(start, range);
            }
        }
    }
    for kid in node.get::<Array<'a>>(b"Kids").iter().flat_map(Array::iter::<Dict<'a>>).take(MAX_ENTRIES) {
        collect_ranges(&kid, depth + 1, ranges);
    }
}

fn find_name<'a>(node: &Dict<'a>, name: &[u8], depth: usize) -> Option<Object<'a>> {
    if depth > MAX_DEPTH {
        return None;
    }
    if let Some(names) = node.get::<Array<'a>>(b"Names") {
        let mut items = names.iter::<Object<'a>>();
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            if key.into_string().is_some_and(|key| key.as_bytes() == name) {
                return Some(value);
            }
        }
    }
    let kids = node.get::<Array<'a>>(b"Kids")?;
    kids.iter::<Dict<'a>>().take(4096).find_map(|kid| find_name(&kid, name, depth + 1))
}

/// The label of the page this many pages after the start of its range.
fn label(range: &Dict<'_>, offset: usize) -> String {
    let prefix = range.get::<PdfString<'_>>(b"P").map(|text| decode_text(&text)).unwrap_or_default();
    let start = range.get::<i32>(b"St").and_then(|start| usize::try_from(start).ok()).unwrap_or(1);
    let number = start.saturating_add(offset);
    let style = range.get::<Name<'_>>(b"S");
    let number = match style.as_ref().map(|style| &style[..]) {
        Some(b"D") => number.to_string(),
        Some(b"R") => roman(number).to_uppercase(),
        Some(b"r") => roman(number),
        Some(b"A") => letters(number).to_uppercase(),
        Some(b"a") => letters(number),
        _ => String::new(),
    };
    prefix + &number
}

fn roman(mut number: usize) -> String {
    const DIGITS: [(usize, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut text = String::new();
    number = number.min(10_000);
    for (value, digits) in DIGITS {
        while number >= value {
            text.push_str(digits);
            number -= value;
        }
    }
    text
}

/// a to z, then aa to zz, and so on (ISO 32000-1, table 159).
fn letters(number: usize) -> String {
    let index = number.saturating_sub(1);
    let letter = char::from(b'a' + (index % 26) as u8);
    std::iter::repeat_n(letter, (index / 26 + 1).min(100)).collect()
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16, UTF-8, or one byte a character.
pub(super) fn decode_text(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks(2).map(|pair| u16::from_be_bytes([pair[0], *pair.get(1).unwrap_or(&0)]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| font::latin(*byte)).collect(),
    }
}

fn names_a_path(value: &str) -> bool {
    ["/home/", "/Users/", "/tmp/", ":\\", "file:"].iter().any(|part| value.contains(part))
}
