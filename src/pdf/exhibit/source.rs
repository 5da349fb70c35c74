//! A foreign file, opened: its pages in order with what they inherit, and its content, unfolded within bounds.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::Read as _;

use hayro_syntax::object::stream::Stream;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier};
use hayro_syntax::page::{Page, Rotation};
use hayro_syntax::xref::XRef;
use hayro_syntax::{DecryptionError, Filter, LoadPdfError, Pdf};

use super::Unshown;

/// Pages of one file.
const MAX_PAGES: usize = 5_000;
/// Nodes of a page tree, each as often as it is reached.
const MAX_NODES: usize = 100_000;
/// Nodes of a page tree inside one another.
const MAX_LEVELS: usize = 200;
/// Objects of one file.
const MAX_OBJECTS: usize = 2_000_000;
/// Bytes one content stream may unfold to.
const MAX_CONTENT: u64 = 128 << 20;
/// Bytes all content that is looked at may unfold to.
const MAX_UNFOLDED: u64 = 1 << 30;
/// What readers take for a page that does not say its size: US Letter.
const LETTER: [f64; 4] = [0.0, 0.0, 612.0, 792.0];

/// Opens a file.
pub(super) fn open(bytes: Vec<u8>) -> Result<Pdf, Unshown> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Unshown::Locked,
        LoadPdfError::Decryption(_) => Unshown::Broken { why: "it is locked in a way that cannot be read".to_owned() },
        LoadPdfError::Invalid => Unshown::Broken { why: "its parts cannot be found".to_owned() },
    })?;
    if pdf.len() > MAX_OBJECTS {
        return Err(limit("objects", MAX_OBJECTS as u64));
    }
    Ok(pdf)
}

pub(super) fn limit(what: &str, limit: u64) -> Unshown {
    Unshown::Limit { what: what.to_owned(), limit }
}

/// A file that was opened.
pub(super) struct Source<'a> {
    pub xref: &'a XRef,
    pub catalog: Dict<'a>,
    pub pages: Vec<SourcePage<'a>>,
    /// The first place of each page object.
    pub by_id: BTreeMap<ObjectIdentifier, usize>,
    /// The page tree says another number of pages than it has.
    pub miscounted: bool,
}

/// A page, with what it inherits.
pub(super) struct SourcePage<'a> {
    pub dict: Dict<'a>,
    /// Left, bottom, right, top.
    pub media: [f64; 4],
    /// The part of the media box that is shown.
    pub visible: [f64; 4],
    pub rotate: u16,
    pub user_unit: f64,
    pub resources: Dict<'a>,
}

impl<'a> Source<'a> {
    pub(super) fn read(pdf: &'a Pdf) -> Result<Self, Unshown> {
        let xref = pdf.xref();
        let catalog = xref.get::<Dict<'a>>(xref.root_id()).unwrap_or_default();
        let mut tree = Tree { xref, pages: Vec::new(), by_id: BTreeMap::new(), seen: 0 };
        let mut declared = None;
        if let Some(root) = catalog.get::<Dict<'a>>(b"Pages") {
            declared = root.get::<i32>(b"Count");
            tree.walk(&root)?;
        }
        let Tree { mut pages, mut by_id, .. } = tree;
        if pages.is_empty() {
            // The tree leads nowhere: pages that were found by looking at every object.
            for (index, page) in pdf.pages().iter().take(MAX_PAGES + 1).enumerate() {
                by_id.extend(page.raw().obj_id().map(|id| (id, index)));
                pages.push(SourcePage::of(page));
            }
            declared = None;
        }
        if pages.is_empty() {
            return Err(Unshown::NoPages);
        }
        if pages.len() > MAX_PAGES {
            return Err(limit("pages", MAX_PAGES as u64));
        }
        let miscounted = declared.and_then(|count| usize::try_from(count).ok()) != Some(pages.len());
        Ok(Source { xref, catalog, pages, by_id, miscounted })
    }
}

/// What a node of the page tree hands down.
#[derive(Clone)]
struct Inherited<'a> {
    media: Option<[f64; 4]>,
    crop: Option<[f64; 4]>,
    rotate: Option<i32>,
    resources: Dict<'a>,
}

impl<'a> Inherited<'a> {
    fn with(mut self, node: &Dict<'a>) -> Self {
        self.media = rectangle(node, b"MediaBox").or(self.media);
        self.crop = rectangle(node, b"CropBox").or(self.crop);
        self.rotate = node.get::<i32>(b"Rotate").or(self.rotate);
        if let Some(resources) = node.get::<Dict<'a>>(b"Resources") {
            self.resources = resources;
        }
        self
    }
}

struct Tree<'a> {
    xref: &'a XRef,
    pages: Vec<SourcePage<'a>>,
    by_id: BTreeMap<ObjectIdentifier, usize>,
    seen: usize,
}

impl<'a> Tree<'a> {
    fn walk(&mut self, root: &Dict<'a>) -> Result<(), Unshown> {
        let nothing = Inherited { media: None, crop: None, rotate: None, resources: Dict::empty() };
        let kids = |node: &Dict<'a>| node.get::<Array<'a>>(b"Kids").map(|kids| kids.raw_iter());
        let Some(first) = kids(root) else { return Ok(()) };
        let mut stack = vec![(root.obj_id(), first, nothing.with(root))];
        while let Some((_, kids_left, inherited)) = stack.last_mut() {
            let Some(kid) = kids_left.next() else {
                stack.pop();
                continue;
            };
            let inherited = inherited.clone();
            self.seen += 1;
            if self.seen > MAX_NODES {
                return Err(limit("parts of its page tree", MAX_NODES as u64));
            }
            let id = kid.as_obj_ref().map(ObjectIdentifier::from);
            let dict = match kid {
                MaybeRef::Ref(reference) => self.xref.get::<Dict<'a>>(reference.into()),
                MaybeRef::NotRef(Object::Dict(dict)) => Some(dict),
                MaybeRef::NotRef(_) => None,
            };
            let Some(dict) = dict else { continue };
            let is_page = dict.get::<Name<'_>>(b"Type").is_some_and(|kind| &kind[..] == b"Page");
            if let Some(below) = kids(&dict).filter(|_| !is_page) {
                // A node that stands above itself would never end.
                let again = id.is_some() && stack.iter().any(|(above, ..)| *above == id);
                if !again && stack.len() < MAX_LEVELS {
                    let inherited = inherited.with(&dict);
                    stack.push((id, below, inherited));
                }
                continue;
            }
            if let Some(id) = id {
                self.by_id.entry(id).or_insert(self.pages.len());
            }
            self.pages.push(SourcePage::new(&dict, inherited));
            if self.pages.len() > MAX_PAGES {
                return Err(limit("pages", MAX_PAGES as u64));
            }
        }
        Ok(())
    }
}

impl<'a> SourcePage<'a> {
    fn new(dict: &Dict<'a>, inherited: Inherited<'a>) -> Self {
        let Inherited { media, crop, rotate, resources } = inherited.with(dict);
        SourcePage::with(dict, media, crop, rotate.unwrap_or(0), resources)
    }

    /// A page as another reader of page trees found it.
    pub(super) fn of(page: &Page<'a>) -> Self {
        let rotate = match page.rotation() {
            Rotation::None => 0,
            Rotation::Horizontal => 90,
            Rotation::Flipped => 180,
            Rotation::FlippedHorizontal => 270,
        };
        let inherited = super::super::copy::inherited(page.raw(), b"Resources");
        let resources = inherited.and_then(Object::into_dict).unwrap_or_default();
        // Its boxes are read again: this reader keeps them less exactly than they are written.
        let area = |key| super::super::copy::inherited(page.raw(), key).and_then(edges);
        let (media, crop) = (area(b"MediaBox"), area(b"CropBox"));
        SourcePage::with(page.raw(), media, crop, rotate, resources)
    }

    fn with(
        dict: &Dict<'a>,
        media: Option<[f64; 4]>,
        crop: Option<[f64; 4]>,
        rotate: i32,
        resources: Dict<'a>,
    ) -> Self {
        let media = media.map(|area| area.map(round)).filter(|area| has_area(*area)).unwrap_or(LETTER);
        let crop = crop.map_or(media, |area| area.map(round));
        let shown = [crop[0].max(media[0]), crop[1].max(media[1]), crop[2].min(media[2]), crop[3].min(media[3])];
        let visible = if has_area(shown) { shown } else { media };
        let unit = dict.get::<f32>(b"UserUnit").map(f64::from);
        let rotate = rotate.rem_euclid(360);
        SourcePage {
            dict: dict.clone(),
            media,
            visible,
            rotate: if rotate % 90 == 0 { rotate as u16 } else { 0 },
            user_unit: unit.filter(|unit| unit.is_finite() && (0.01..=1000.0).contains(unit)).unwrap_or(1.0),
            resources,
        }
    }

    /// Width and height in points as the page is read.
    pub(super) fn size(&self) -> (f64, f64) {
        let [x0, y0, x1, y1] = self.visible;
        let (width, height) = ((x1 - x0) * self.user_unit, (y1 - y0) * self.user_unit);
        if self.rotate.is_multiple_of(180) { (width, height) } else { (height, width) }
    }

    /// From the page's own space to points from the bottom left corner of the page as it is read.
    pub(super) fn upright(&self) -> [f64; 6] {
        let [x0, y0, x1, y1] = self.visible;
        let u = self.user_unit;
        match self.rotate {
            90 => [0.0, -u, u, 0.0, -y0 * u, x1 * u],
            180 => [-u, 0.0, 0.0, -u, x1 * u, y1 * u],
            270 => [0.0, u, -u, 0.0, y1 * u, -x0 * u],
            _ => [u, 0.0, 0.0, u, -x0 * u, -y0 * u],
        }
    }

    /// Its content streams, in order.
    pub(super) fn contents(&self) -> Vec<Stream<'a>> {
        match self.dict.get::<Object<'a>>(b"Contents") {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(array)) => array.iter::<Object<'a>>().filter_map(Object::into_stream).collect(),
            _ => Vec::new(),
        }
    }
}

/// The rectangle of a key: left, bottom, right, top, whatever order they stand in.
pub(super) fn rectangle(dict: &Dict<'_>, key: &[u8]) -> Option<[f64; 4]> {
    edges(dict.get::<Object<'_>>(key)?)
}

fn edges(area: Object<'_>) -> Option<[f64; 4]> {
    let figures: Vec<f64> = area
        .into_array()?
        .iter::<Object<'_>>()
        .take(5)
        .filter_map(Object::into_number)
        .map(|figure| figure.as_f64())
        .collect();
    let [x0, y0, x1, y1] = figures.try_into().ok()?;
    Some([f64::min(x0, x1), f64::min(y0, y1), f64::max(x0, x1), f64::max(y0, y1)])
}

/// A length of a box in six decimals: a sum with the growth of the page can then be undone exactly.
pub(super) fn round(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

fn has_area([x0, y0, x1, y1]: [f64; 4]) -> bool {
    let finite = [x0, y0, x1, y1].iter().all(|value| value.is_finite() && value.abs() < 1e7);
    finite && x1 - x0 > 0.01 && y1 - y0 > 0.01
}

/// What a key holds, found afresh. A dictionary's own reader refuses whatever it was itself reached through, so
/// that a form drawn with the resources that name it would have none.
pub(super) fn fetch<'a, T: TryFrom<Object<'a>>>(xref: &'a XRef, dict: &Dict<'a>, key: &[u8]) -> Option<T> {
    let object = match dict.get_raw::<Object<'a>>(key)? {
        MaybeRef::Ref(reference) => xref.get::<Object<'a>>(reference.into())?,
        MaybeRef::NotRef(object) => object,
    };
    T::try_from(object).ok()
}

/// How much may still be unfolded of one file.
pub(super) struct Budget {
    left: u64,
}

impl Budget {
    pub(super) fn new() -> Self {
        Budget { left: MAX_UNFOLDED }
    }

    /// The unfolded bytes of a content stream; where they cannot be unfolded as a whole, what viewers get out of it.
    pub(super) fn unfold(&mut self, stream: &Stream<'_>) -> Result<Unfolded, Unshown> {
        let stored = super::value::stored(stream);
        let filters = stream.filters();
        let most = MAX_CONTENT.min(self.left);
        let mut data = None;
        if filters[..] == [Filter::FlateDecode] && !stream.dict().contains_key(b"DecodeParms") {
            // One packing, the usual case: never more than `most` is unfolded.
            data = unpack(&stored, most)?;
        }
        let damaged = data.is_none() && !filters.is_empty();
        let data = match data {
            Some(data) => data,
            None if filters.is_empty() => stored.into_owned(),
            None => {
                if at_most(&filters, stored.len() as u64) > most && measure(&stored, &filters, most) > most {
                    return Err(limit("unfolded content, in bytes", MAX_CONTENT));
                }
                stream.decoded_data().map_or_else(|_| stored.into_owned(), std::borrow::Cow::into_owned)
            }
        };
        if data.len() as u64 > most {
            return Err(limit("unfolded content, in bytes", MAX_CONTENT));
        }
        self.left -= data.len() as u64;
        Ok(Unfolded { data, damaged: damaged && filters[..] == [Filter::FlateDecode] })
    }
}

/// A content stream, unfolded.
pub(super) struct Unfolded {
    pub data: Vec<u8>,
    /// Its packing is damaged, and what is here is a part of it.
    pub damaged: bool,
}

/// How long it can be at most by what the filters can do.
fn at_most(filters: &[Filter], stored: u64) -> u64 {
    filters.iter().fold(stored, |length, filter| {
        length.saturating_mul(match filter {
            Filter::FlateDecode => 1033,
            Filter::LzwDecode => 2731,
            Filter::RunLengthDecode => 64,
            _ => 4,
        })
    })
}

/// A packed stream, whole; `None` where it is damaged.
fn unpack(packed: &[u8], most: u64) -> Result<Option<Vec<u8>>, Unshown> {
    let mut data = Vec::new();
    let mut reader = flate2::read::ZlibDecoder::new(packed).take(most + 1);
    match reader.read_to_end(&mut data) {
        Ok(_) if data.len() as u64 > most => Err(limit("unfolded content, in bytes", MAX_CONTENT)),
        Ok(_) => Ok(Some(data)),
        Err(_) => Ok(None),
    }
}

/// How many bytes a stream of one packing unfolds to, up to a little over `most`; of several, too many.
fn measure(packed: &[u8], filters: &[Filter], most: u64) -> u64 {
    if filters != [Filter::FlateDecode] {
        return u64::MAX;
    }
    let mut reader = flate2::read::ZlibDecoder::new(packed).take(most + 1);
    // Where it is damaged, as much as could be unfolded counts.
    let mut buffer = [0; 16 * 1024];
    let mut length = 0;
    while let Ok(count) = reader.read(&mut buffer) {
        if count == 0 {
            break;
        }
        length += count as u64;
    }
    length
}

/// The reader had to rebuild the table that finds the objects. It does not say so in its interface,
/// only where it shows its state to programmers; a test holds it to that.
pub(super) fn was_rebuilt(pdf: &Pdf) -> bool {
    /// Remembers the end of what was written, not all of it.
    struct Tail(String, bool);
    impl fmt::Write for Tail {
        fn write_str(&mut self, text: &str) -> fmt::Result {
            self.0.push_str(text);
            self.1 |= self.0.contains("repaired: true");
            let keep = self.0.len().saturating_sub(16);
            if self.0.is_char_boundary(keep) {
                self.0.drain(..keep);
            }
            Ok(())
        }
    }
    let mut tail = Tail(String::new(), false);
    let _ = write!(tail, "{:?}", pdf.xref());
    tail.1
}
