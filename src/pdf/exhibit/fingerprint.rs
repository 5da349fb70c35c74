//! What a page shows, as one digest that does not depend on how its objects are numbered and stored: the
//! same page has it in its own file and in the paper it was copied into.
//!
//! It covers the visible area, the turn and unit of the page, its group, its unfolded content, its
//! resources and everything they lead to, and the annotations that come along. It does not cover where links lead
//! (`observe` compares those one by one) nor anything that is never copied.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use hayro_syntax::object::{Dict, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::xref::XRef;

use super::Unshown;
use super::annotation;
use super::content::Content;
use super::field::Form;
use super::ours;
use super::prepare::Prepared;
use super::source::{Budget, SourcePage, fetch, limit, round};
use super::value::{self, Entries, Made, Value};
use crate::model::{Digest, Hasher};

/// Steps from object to object, for all pages of one file.
const MAX_STEPS: usize = 20_000_000;

/// By what a page of a paper may differ from the page it was copied from, without being another. Exactly:
///
/// - one stream before its content that says `q`, and nothing else or only a clip to the page's former
///   visible area (`x y w h re W n`);
/// - streams after its content, the first of them beginning with `Q`, that draw nothing but text in
///   fonts and pictures whose names begin with `Daybook`;
/// - resources whose names begin with `Daybook`;
/// - link annotations with `/NM (Daybook…)`;
/// - the lower edge, as the page is read, lower by `growth`, and the edges at its sides by half of `wider` each.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Exceptions {
    /// Something of ours was drawn on it: the streams before and after are looked for, and must be there.
    pub stamped: bool,
    /// By how many points it grew at the bottom.
    pub growth: f32,
    /// By how many points it grew in width, half on either side as the page is read.
    pub wider: f32,
}

/// The fingerprints of pages of a finished paper: for each page that has exceptions, the one it had in its own
/// file if nothing else was done to it; `None` for pages that have none and those that are not there.
///
/// # Errors
/// [`Unshown`] where the paper cannot be read.
pub fn fingerprints_in(paper: Vec<u8>, except: &[Option<Exceptions>]) -> Result<Vec<Option<Digest>>, Unshown> {
    let pdf = super::source::open(paper)?;
    let mut fingerprints = Fingerprints::new(pdf.xref());
    let pages = pdf.pages().iter().zip(except);
    pages.map(|(page, except)| except.map(|except| fingerprints.of(page, except)).transpose()).collect()
}

/// Takes fingerprints of the pages of one file; what pages share is read once.
pub(in crate::pdf) struct Fingerprints<'a> {
    xref: &'a XRef,
    known: HashMap<ObjectIdentifier, Rc<Known>>,
    budget: Budget,
    steps: usize,
    /// Bytes of streams gone through so far.
    pub(in crate::pdf) looked_at: u64,
}

/// An object by itself: what it says, and what it points to in order.
struct Known {
    says: Digest,
    leads_to: Vec<ObjectIdentifier>,
}

impl<'a> Fingerprints<'a> {
    pub(in crate::pdf) fn new(xref: &'a XRef) -> Self {
        Fingerprints { xref, known: HashMap::new(), budget: Budget::new(), steps: 0, looked_at: 0 }
    }

    /// The fingerprint of a page of a finished paper, as the page had it in its own file; another one where more
    /// was changed than what `except` says.
    ///
    /// # Errors
    /// [`Unshown::Limit`].
    pub(in crate::pdf) fn of(&mut self, page: &Page<'a>, except: Exceptions) -> Result<Digest, Unshown> {
        let mut page = SourcePage::of(page);
        let growth = f64::from(except.growth) / page.user_unit;
        let side = f64::from(except.wider) / 2.0 / page.user_unit;
        let [x0, y0, x1, y1] = page.visible;
        let [x0, y0, x1, y1] = match page.rotate {
            _ if side == 0.0 => page.visible,
            90 | 270 => [x0, round(y0 + side), x1, round(y1 - side)],
            _ => [round(x0 + side), y0, round(x1 - side), y1],
        };
        page.visible = match page.rotate {
            90 => [x0, y0, round(x1 - growth), y1],
            180 => [x0, y0, x1, round(y1 - growth)],
            270 => [round(x0 + growth), y0, x1, y1],
            _ => [x0, round(y0 + growth), x1, y1],
        };
        let mut streams = page.contents();
        if except.stamped {
            streams = match ours::without(streams, page.visible, &mut self.budget)? {
                Some(streams) => streams,
                // What should be ours is not: this is no page that was copied and stamped.
                None => return Ok(Digest::of(b"not the stamp of a copied page")),
            };
        }
        let content = Content::read(&streams, &mut self.budget)?;
        let resources = resources(self.xref, &page.resources, true)?;
        self.page(&page, &content, &resources, None, true)
    }

    /// The fingerprint of a page of its own file.
    pub(super) fn own(
        &mut self,
        page: &SourcePage<'a>,
        prepared: &Prepared,
        form: Option<&Form<'a>>,
    ) -> Result<Digest, Unshown> {
        self.page(page, &prepared.content, &prepared.resources, form, false)
    }

    fn page(
        &mut self,
        page: &SourcePage<'a>,
        content: &Content,
        resources: &Entries,
        form: Option<&Form<'a>>,
        copied: bool,
    ) -> Result<Digest, Unshown> {
        let mut walk = Walk { hasher: Hasher::new(), numbers: HashMap::new(), queue: VecDeque::new(), made: 0 };
        walk.hasher.update(b"page 1\n");
        for edge in page.visible {
            walk.word(&value::number(edge));
        }
        walk.word(&page.rotate.to_string());
        walk.word(&value::number(page.user_unit));
        walk.hasher.update(Digest::of(&content_bytes(content)).0.as_slice());
        if let Some(group) = page.dict.get_raw::<Object<'_>>(b"Group") {
            walk.hasher.update(b"group");
            walk.value(&value::read(group)?);
        }
        for (category, value) in resources {
            walk.hasher.update(b"resource");
            walk.value(&Value::Name(category.clone()));
            walk.value(value);
        }
        for dict in annotation::all(&page.dict) {
            if copied && annotation::is_ours(&dict) {
                continue;
            }
            let kept = annotation::keep(&dict, form, &mut |_| ())?;
            if let Some(kept) = kept.filter(|kept| kept.shows) {
                walk.hasher.update(b"annotation");
                walk.value(&Value::Dict(kept.entries));
            }
        }
        while let Some(node) = walk.queue.pop_front() {
            self.steps += 1;
            let known = match node {
                Node::Object(id) => self.known(id)?,
                Node::Made(made) => Rc::new(of_made(&made)),
            };
            self.steps += known.leads_to.len();
            if self.steps > MAX_STEPS {
                return Err(limit("steps from object to object", MAX_STEPS as u64));
            }
            walk.hasher.update(&known.says.0);
            for id in &known.leads_to {
                walk.reference(*id);
            }
        }
        Ok(walk.hasher.finish())
    }

    fn known(&mut self, id: ObjectIdentifier) -> Result<Rc<Known>, Unshown> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let mut text = Canonical::default();
        match self.xref.get::<Object<'a>>(id) {
            Some(Object::Stream(stream)) => match value::stream(&stream)? {
                Some((entries, data)) => {
                    self.looked_at += data.len() as u64;
                    text.stream(&entries, &data);
                }
                None => text.value(&Value::Null),
            },
            Some(object) => text.value(&value::plain(object, 0)?),
            None => text.value(&Value::Null),
        }
        let known = Rc::new(text.finish());
        self.known.insert(id, known.clone());
        Ok(known)
    }
}

/// A stream made here; none has another such stream inside.
fn of_made(made: &Made) -> Known {
    let mut text = Canonical::default();
    text.stream(&made.entries, &made.data);
    text.finish()
}

fn content_bytes(content: &Content) -> Vec<u8> {
    let mut bytes = content.bytes.clone();
    if !content.tail.is_empty() {
        bytes.push(b'\n');
        bytes.extend(&content.tail);
    }
    bytes
}

/// The resources by category, each with its names; what is ours and what says nothing left out.
pub(super) fn resources<'a>(xref: &'a XRef, resources: &Dict<'a>, copied: bool) -> Result<Entries, Unshown> {
    let mut all = Vec::new();
    for (category, raw) in resources.entries() {
        if &category[..] == b"ProcSet" {
            continue;
        }
        let value = match fetch::<Dict<'a>>(xref, resources, &category) {
            Some(names) => {
                let kept = names.entries().filter(|(name, _)| !(copied && name.starts_with(b"Daybook")));
                let kept = kept.map(|(name, value)| Ok((name.to_vec(), value::read(value)?)));
                let kept = kept.collect::<Result<Entries, Unshown>>()?;
                if kept.is_empty() {
                    continue;
                }
                Value::Dict(kept)
            }
            None => value::read(raw)?,
        };
        all.push((category.to_vec(), value));
    }
    Ok(all)
}

/// The way through a page: everything it leads to gets a number when it is first met.
struct Walk {
    hasher: Hasher,
    numbers: HashMap<ObjectIdentifier, usize>,
    queue: VecDeque<Node>,
    made: usize,
}

enum Node {
    Object(ObjectIdentifier),
    Made(Box<Made>),
}

impl Walk {
    fn word(&mut self, word: &str) {
        self.hasher.update(word.as_bytes());
        self.hasher.update(b" ");
    }

    fn value(&mut self, value: &Value) {
        let mut text = Canonical::default();
        text.value(value);
        self.hasher.update(&text.bytes);
        for target in text.targets {
            match target {
                Node::Object(id) => self.reference(id),
                Node::Made(made) => {
                    // In the paper it is an object like others, met here for the first time.
                    let number = self.numbers.len() + self.made;
                    self.made += 1;
                    self.hasher.update(&(number as u64).to_be_bytes());
                    self.queue.push_back(Node::Made(made));
                }
            }
        }
    }

    fn reference(&mut self, id: ObjectIdentifier) {
        let next = self.numbers.len() + self.made;
        let queue = &mut self.queue;
        let number = *self.numbers.entry(id).or_insert_with(|| {
            queue.push_back(Node::Object(id));
            next
        });
        self.hasher.update(&(number as u64).to_be_bytes());
    }
}

/// A value in one way of writing it, and what it points to.
#[derive(Default)]
struct Canonical {
    bytes: Vec<u8>,
    targets: Vec<Node>,
}

impl Canonical {
    fn sized(&mut self, kind: u8, bytes: &[u8]) {
        self.bytes.push(kind);
        self.bytes.extend((bytes.len() as u64).to_be_bytes());
        self.bytes.extend(bytes);
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Null => self.bytes.push(b'0'),
            Value::Bool(value) => self.bytes.push(if *value { b't' } else { b'f' }),
            Value::Number(value) => self.sized(b'n', value::number(*value).as_bytes()),
            Value::Text(bytes) => self.sized(b's', bytes),
            Value::Name(bytes) => self.sized(b'/', bytes),
            Value::Array(items) => {
                self.sized(b'[', &(items.len() as u64).to_be_bytes());
                for item in items {
                    self.value(item);
                }
            }
            Value::Dict(entries) => self.entries(entries),
            Value::Ref(id) => {
                self.bytes.push(b'R');
                self.targets.push(Node::Object(*id));
            }
            Value::Made(made) => {
                self.bytes.push(b'R');
                self.targets.push(Node::Made(made.clone()));
            }
            Value::Page(_) => self.bytes.push(b'P'),
        }
    }

    fn entries(&mut self, entries: &Entries) {
        let mut sorted: Vec<&(Vec<u8>, Value)> = entries.iter().collect();
        sorted.sort_by(|a, b| a.0.cmp(&b.0));
        self.sized(b'<', &(sorted.len() as u64).to_be_bytes());
        for (key, value) in sorted {
            self.sized(b'/', key);
            self.value(value);
        }
    }

    fn stream(&mut self, entries: &Entries, data: &[u8]) {
        self.bytes.push(b'S');
        self.entries(entries);
        self.bytes.extend(Digest::of(data).0);
    }

    fn finish(self) -> Known {
        let leads_to = self.targets.into_iter().filter_map(|target| match target {
            Node::Object(id) => Some(id),
            Node::Made(_) => None,
        });
        Known { says: Digest::of(&self.bytes), leads_to: leads_to.collect() }
    }
}

/// A stream of the page, for those that look at streams one by one.
pub(super) type Streams<'a> = Vec<Stream<'a>>;
