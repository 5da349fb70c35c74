//! A page as it is copied: its content and its resources, the same for the copy and for the fingerprint.

use hayro_syntax::object::ObjectIdentifier;
use hayro_syntax::xref::XRef;

use super::Unshown;
use super::content::Content;
use super::fingerprint::resources;
use super::source::{Budget, SourcePage};
use super::value::{Entries, Made, Value};

/// What of a page does not stand in its dictionary.
pub(super) struct Prepared {
    pub content: Content,
    /// What the page draws, by its own names, where `content` only shows it as one picture.
    pub drawn: Option<Vec<u8>>,
    /// Its streams as they are stored, where they do as they are.
    pub streams: Option<Vec<ObjectIdentifier>>,
    /// Its resources by category.
    pub resources: Entries,
}

impl Prepared {
    pub(super) fn of<'a>(xref: &'a XRef, page: &SourcePage<'a>, budget: &mut Budget) -> Result<Self, Unshown> {
        let streams = page.contents();
        let content = Content::read(&streams, budget)?;
        let resources = resources(xref, &page.resources, false)?;
        if uses_our_names(&resources) {
            return Ok(wrapped(page, &content, resources));
        }
        let streams = (!content.rewritten).then(|| streams.iter().map(hayro_syntax::object::Stream::obj_id).collect());
        Ok(Prepared { content, drawn: None, streams, resources })
    }
}

/// A paper of ours as an exhibit in another: its names would meet those that are added now.
fn uses_our_names(resources: &Entries) -> bool {
    resources.iter().any(|(_, names)| match names {
        Value::Dict(names) => names.iter().any(|(name, _)| name.starts_with(b"Daybook")),
        _ => false,
    })
}

/// The page as one picture that has its names to itself.
fn wrapped(page: &SourcePage<'_>, content: &Content, resources: Entries) -> Prepared {
    let name = |text: &[u8]| Value::Name(text.to_vec());
    let mut data = content.bytes.clone();
    data.push(b'\n');
    data.extend(&content.tail);
    let entries = vec![
        (b"BBox".to_vec(), Value::Array(page.media.map(Value::Number).to_vec())),
        (b"Resources".to_vec(), Value::Dict(resources)),
        (b"Subtype".to_vec(), name(b"Form")),
        (b"Type".to_vec(), name(b"XObject")),
    ];
    let drawn = Some(data.clone());
    let picture = Value::Made(Box::new(Made { entries, data }));
    let pictures = Value::Dict(vec![(b"ExhibitPage".to_vec(), picture)]);
    Prepared {
        content: Content { bytes: b"/ExhibitPage Do".to_vec(), tail: Vec::new(), open_states: 0, rewritten: true },
        drawn,
        streams: None,
        resources: vec![(b"XObject".to_vec(), pictures)],
    }
}
