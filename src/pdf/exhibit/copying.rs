//! The pages of a foreign file, handed over object by object under numbers of the file that is written.
//! What pages share is handed over once.

use std::collections::{HashMap, VecDeque};

use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

use super::annotation::{self, Kept};
use super::field::Form;
use super::link::Leads;
use super::prepare::Prepared;
use super::source::{self, Budget, Source, SourcePage, limit};
use super::value::{self, Entries, Made, Target, Value};
use super::{CopiedPage, ExhibitError, ExhibitSink, Layers, Unshown};

/// Objects copied from one file.
const MAX_OBJECTS: usize = 2_000_000;

/// Hands over pages of a foreign PDF: all, or those of `pages` (from 0) in that order. The page at place i of
/// them gets the number `first_free` + i, so that links inside the exhibit stay alive. Gives the next free number.
///
/// # Errors
/// [`ExhibitError::Source`] as [`super::survey`], [`ExhibitError::Sink`] with what the receiver gave.
pub fn copy(
    bytes: Vec<u8>,
    first_free: u32,
    pages: Option<&[u32]>,
    sink: &mut dyn ExhibitSink,
) -> Result<u32, ExhibitError> {
    let pdf = source::open(bytes)?;
    let source = Source::read(&pdf)?;
    let chosen: Vec<usize> = match pages {
        Some(pages) => pages.iter().map(|page| *page as usize).collect(),
        None => (0..source.pages.len()).collect(),
    };
    if let Some(missing) = chosen.iter().find(|index| **index >= source.pages.len()) {
        return Err(Unshown::Broken { why: format!("it has no page {}", missing + 1) }.into());
    }
    let mut places = HashMap::new();
    let mut next = first_free;
    for index in &chosen {
        places.entry(*index).or_insert(next);
        next = next.checked_add(1).ok_or_else(too_many)?;
    }
    let form = Form::of(&source.catalog);
    let mut copier = Copier {
        source: &source,
        sink,
        next,
        places,
        numbers: HashMap::new(),
        queue: VecDeque::new(),
        tails: HashMap::new(),
    };
    let mut budget = Budget::new();
    for (place, index) in (first_free..).zip(&chosen) {
        if let Some(page) = source.pages.get(*index) {
            copier.page(page, *index, place, form.as_ref(), &mut budget)?;
        }
    }
    copier.layers()?;
    Ok(copier.next)
}

fn too_many() -> Unshown {
    limit("objects", MAX_OBJECTS as u64)
}

struct Copier<'s, 'a> {
    source: &'s Source<'a>,
    sink: &'s mut dyn ExhibitSink,
    next: u32,
    /// The numbers of the pages that come along, by their index.
    places: HashMap<usize, u32>,
    numbers: HashMap<ObjectIdentifier, u32>,
    queue: VecDeque<(Waiting, u32)>,
    /// Streams that close what a page leaves open; many pages of a file leave the same open.
    tails: HashMap<Vec<u8>, u32>,
}

/// Something that has its number and was not yet handed over.
enum Waiting {
    Object(ObjectIdentifier),
    Made(Made),
}

impl<'a> Copier<'_, 'a> {
    fn page(
        &mut self,
        page: &SourcePage<'a>,
        index: usize,
        number: u32,
        form: Option<&Form<'a>>,
        budget: &mut Budget,
    ) -> Result<(), ExhibitError> {
        let prepared = Prepared::of(self.source.xref, page, budget)?;
        let mut copied = CopiedPage {
            index: index as u32,
            number,
            media_box: page.media,
            crop_box: page.visible,
            rotate: page.rotate,
            user_unit: page.user_unit,
            entries: Vec::new(),
            resources: Vec::new(),
            pictures: Vec::new(),
            contents: Vec::new(),
            open_states: prepared.content.open_states,
            annotations: Vec::new(),
        };
        if let Some(group) = page.dict.get_raw::<Object<'_>>(b"Group") {
            copied.entries = self.entries(&vec![(b"Group".to_vec(), value::read(group)?)])?;
        }
        let (pictures, others): (Entries, Entries) =
            prepared.resources.into_iter().partition(|(category, _)| category == b"XObject");
        copied.resources = self.entries(&others)?;
        if let Some((_, Value::Dict(pictures))) = pictures.first() {
            copied.pictures = self.entries(pictures)?;
        }
        if let Some(streams) = prepared.streams {
            for id in streams {
                copied.contents.push(self.number(id)?);
            }
        } else {
            let stream = self.reserve()?;
            self.sink.stream(stream, b"", &prepared.content.bytes)?;
            copied.contents.push(stream);
        }
        if !prepared.content.tail.is_empty() {
            copied.contents.push(self.tail(prepared.content.tail)?);
        }
        for dict in annotation::all(&page.dict) {
            if let Some(kept) = annotation::keep(&dict, form, &mut |_| ())? {
                copied.annotations.extend(self.annotation(kept)?);
            }
        }
        self.sink.page(copied)?;
        self.drain()
    }

    fn annotation(&mut self, kept: Kept<'a>) -> Result<Option<u32>, ExhibitError> {
        let Kept { mut entries, shows, link, .. } = kept;
        let leads = link.map(|link| self.source.leads(&link));
        match leads {
            Some(Leads::Inside(page, view)) if self.places.contains_key(&page) => {
                let place = std::iter::once(Value::Page(page)).chain(view).collect();
                entries.push((b"Dest".to_vec(), Value::Array(place)));
            }
            // A link that shows nothing and leads nowhere any more is nothing.
            Some(_) if !shows => return Ok(None),
            _ => {}
        }
        let body = self.value(&Value::Dict(entries))?;
        let number = self.reserve()?;
        self.sink.object(number, &body)?;
        Ok(Some(number))
    }

    fn tail(&mut self, tail: Vec<u8>) -> Result<u32, ExhibitError> {
        if let Some(number) = self.tails.get(&tail) {
            return Ok(*number);
        }
        let number = self.reserve()?;
        self.sink.stream(number, b"", &tail)?;
        self.tails.insert(tail, number);
        Ok(number)
    }

    /// The layers of the file, whatever pages come along: which are shown is said of all of them together.
    fn layers(&mut self) -> Result<(), ExhibitError> {
        let Some(properties) = self.source.catalog.get::<Dict<'a>>(b"OCProperties") else { return Ok(()) };
        let listed = references(&properties, b"OCGs");
        if listed.is_empty() {
            return Ok(());
        }
        let state = properties.get::<Dict<'a>>(b"D").unwrap_or_default();
        let (on, off) = (references(&state, b"ON"), references(&state, b"OFF"));
        let all_off = state.get::<Name<'_>>(b"BaseState").is_some_and(|base| &base[..] == b"OFF");
        let is_hidden = |id: &ObjectIdentifier| if all_off { !on.contains(id) } else { off.contains(id) };
        let mut layers = Layers::default();
        for id in &listed {
            let number = self.number(*id)?;
            layers.all.push(number);
            if is_hidden(id) {
                layers.hidden.push(number);
            }
        }
        layers.automatic = self.items(&state, b"AS")?;
        layers.groups = self.items(&state, b"RBGroups")?;
        self.drain()?;
        self.sink.layers(layers)?;
        Ok(())
    }

    /// The items of an array, written out.
    fn items(&mut self, dict: &Dict<'a>, key: &[u8]) -> Result<Vec<u8>, ExhibitError> {
        let mut written = Vec::new();
        let Some(array) = dict.get::<Array<'a>>(key) else { return Ok(written) };
        for item in array.raw_iter() {
            if !written.is_empty() {
                written.push(b' ');
            }
            written.extend(self.value(&value::read(item)?)?);
        }
        Ok(written)
    }

    /// Hands over everything that was pointed at.
    fn drain(&mut self) -> Result<(), ExhibitError> {
        while let Some((waiting, number)) = self.queue.pop_front() {
            let id = match waiting {
                Waiting::Made(made) => {
                    let entries = self.entries(&made.entries)?;
                    self.sink.stream(number, &entries, &made.data)?;
                    continue;
                }
                Waiting::Object(id) => id,
            };
            let body = match self.source.xref.get::<Object<'a>>(id) {
                Some(Object::Stream(stream)) => {
                    if let Some((entries, data)) = value::stream(&stream)? {
                        let entries = self.entries(&entries)?;
                        self.sink.stream(number, &entries, &data)?;
                        continue;
                    }
                    b"null".to_vec()
                }
                Some(object) => self.value(&value::plain(object, 0)?)?,
                None => b"null".to_vec(),
            };
            self.sink.object(number, &body)?;
        }
        Ok(())
    }

    fn entries(&mut self, entries: &Entries) -> Result<Vec<u8>, ExhibitError> {
        let mut body = Vec::new();
        value::write_entries(entries, &mut body, &mut |target| self.target(&target))?;
        Ok(body)
    }

    fn value(&mut self, value: &Value) -> Result<Vec<u8>, ExhibitError> {
        let mut body = Vec::new();
        value::write(value, &mut body, &mut |target| self.target(&target))?;
        Ok(body)
    }

    fn target(&mut self, target: &Target<'_>) -> Result<Option<u32>, ExhibitError> {
        match target {
            Target::Object(id) => self.number(*id).map(Some),
            Target::Page(index) => Ok(self.places.get(index).copied()),
            Target::Made(made) => {
                let number = self.reserve()?;
                self.queue.push_back((Waiting::Made((*made).clone()), number));
                Ok(Some(number))
            }
        }
    }

    fn number(&mut self, id: ObjectIdentifier) -> Result<u32, ExhibitError> {
        if let Some(number) = self.numbers.get(&id) {
            return Ok(*number);
        }
        if self.numbers.len() >= MAX_OBJECTS {
            return Err(too_many().into());
        }
        let number = self.reserve()?;
        self.numbers.insert(id, number);
        self.queue.push_back((Waiting::Object(id), number));
        Ok(number)
    }

    fn reserve(&mut self) -> Result<u32, ExhibitError> {
        let number = self.next;
        self.next = number.checked_add(1).ok_or_else(too_many)?;
        Ok(number)
    }
}

/// The references of an array.
pub(super) fn references(dict: &Dict<'_>, key: &[u8]) -> Vec<ObjectIdentifier> {
    let Some(array) = dict.get::<Array<'_>>(key) else { return Vec::new() };
    let mut seen = std::collections::HashSet::new();
    let items = array.raw_iter().take(100_000).filter_map(|item| item.as_obj_ref());
    items.map(ObjectIdentifier::from).filter(|id| seen.insert(*id)).collect()
}
