//! Where the links of a foreign file lead: to a page of its own, written out; or nowhere any more.

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object};

use super::source::Source;
use super::value::{self, Value};

/// Names of places inside names of places, and levels of a tree of names.
const MAX_LEVELS: usize = 32;
/// Entries of one node of a tree of names.
const MAX_ENTRIES: usize = 200_000;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Leads {
    /// To a page of the same file: its index, and the view of it.
    Inside(usize, Vec<Value>),
    /// To the web, to another file, to a program, or to a page that is not there.
    Away,
    /// Nowhere: it has neither destination nor action.
    Nowhere,
}

impl<'a> Source<'a> {
    /// Where this link leads.
    pub(super) fn leads(&self, link: &Dict<'a>) -> Leads {
        let destination = match link.get::<Object<'a>>(b"Dest") {
            Some(destination) => Some(destination),
            None => match link.get::<Dict<'a>>(b"A") {
                None => return Leads::Nowhere,
                Some(action) if action.get::<Name<'_>>(b"S").is_some_and(|kind| &kind[..] == b"GoTo") => {
                    action.get::<Object<'a>>(b"D")
                }
                Some(action) => return self.named_page(&action),
            },
        };
        destination.and_then(|place| self.destination(place, 0)).unwrap_or(Leads::Away)
    }

    /// The actions that lead to the first and the last page say so by name (ISO 32000-1, 12.6.4.11).
    fn named_page(&self, action: &Dict<'a>) -> Leads {
        let name = action.get::<Name<'_>>(b"N");
        let is_named = action.get::<Name<'_>>(b"S").is_some_and(|kind| &kind[..] == b"Named");
        let fit = vec![Value::Name(b"Fit".to_vec())];
        match name.as_ref().filter(|_| is_named).map(|name| &name[..]) {
            Some(b"FirstPage") => Leads::Inside(0, fit),
            Some(b"LastPage") => Leads::Inside(self.pages.len() - 1, fit),
            _ => Leads::Away,
        }
    }

    fn destination(&self, place: Object<'a>, depth: usize) -> Option<Leads> {
        if depth > 4 {
            return None;
        }
        match place {
            Object::Array(array) => self.explicit(&array),
            Object::Dict(dict) => self.destination(dict.get::<Object<'a>>(b"D")?, depth + 1),
            Object::Name(name) => {
                let named = self.catalog.get::<Dict<'a>>(b"Dests").and_then(|names| names.get::<Object<'a>>(&name[..]));
                self.destination(named.or_else(|| self.find(&name))?, depth + 1)
            }
            Object::String(name) => self.destination(self.find(&name)?, depth + 1),
            _ => None,
        }
    }

    fn explicit(&self, array: &Array<'a>) -> Option<Leads> {
        let mut items = array.raw_iter();
        let page = match items.next()? {
            MaybeRef::Ref(reference) => self.by_id.get(&reference.into()).copied()?,
            // Some programs write the page's index, which the rules keep for links to other files.
            MaybeRef::NotRef(Object::Number(index)) => usize::try_from(index.as_i64()).ok()?,
            MaybeRef::NotRef(_) => return None,
        };
        if page >= self.pages.len() {
            return None;
        }
        let view = items.take(6).map(|item| match value::read(item) {
            Ok(value @ (Value::Number(_) | Value::Name(_) | Value::Null)) => value,
            _ => Value::Null,
        });
        let mut view: Vec<Value> = view.collect();
        if !matches!(view.first(), Some(Value::Name(_))) {
            view = vec![Value::Name(b"Fit".to_vec())];
        }
        Some(Leads::Inside(page, view))
    }

    fn find(&self, name: &[u8]) -> Option<Object<'a>> {
        let tree = self.catalog.get::<Dict<'a>>(b"Names")?.get::<Dict<'a>>(b"Dests")?;
        let mut seen = 0;
        find(&tree, name, 0, &mut seen)
    }
}

fn find<'a>(node: &Dict<'a>, name: &[u8], depth: usize, seen: &mut usize) -> Option<Object<'a>> {
    *seen += 1;
    if depth > MAX_LEVELS || *seen > MAX_ENTRIES || is_outside(node, name) {
        return None;
    }
    if let Some(names) = node.get::<Array<'a>>(b"Names") {
        let mut items = names.iter::<Object<'a>>().take(MAX_ENTRIES);
        while let (Some(key), Some(value)) = (items.next(), items.next()) {
            *seen += 1;
            if key.into_string().is_some_and(|key| key.as_bytes() == name) {
                return Some(value);
            }
        }
    }
    let kids = node.get::<Array<'a>>(b"Kids")?;
    kids.iter::<Dict<'a>>().take(MAX_ENTRIES).find_map(|kid| find(&kid, name, depth + 1, seen))
}

/// A node says the first and last of its names, so that others need not be looked through.
fn is_outside(node: &Dict<'_>, name: &[u8]) -> bool {
    let Some(limits) = node.get::<Array<'_>>(b"Limits") else { return false };
    let mut ends = limits.iter::<Object<'_>>().filter_map(Object::into_string);
    match (ends.next(), ends.next()) {
        (Some(first), Some(last)) => name < first.as_bytes() || name > last.as_bytes(),
        _ => false,
    }
}
