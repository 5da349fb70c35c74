//! What of a foreign file does not come along as it was, each kind said once.

use std::collections::{BTreeMap, BTreeSet};

use hayro_syntax::object::{Dict, Name, Object};

use super::Note;
use super::annotation::Change;
use super::content::Content;
use super::copying::references;
use super::field::Form;
use super::link::Leads;
use super::source::{Source, SourcePage};

/// Counts, and where.
#[derive(Default)]
pub(super) struct Notes {
    found: BTreeMap<&'static str, Found>,
}

#[derive(Default)]
struct Found {
    count: usize,
    pages: BTreeSet<usize>,
    of_file: bool,
}

impl Notes {
    fn add(&mut self, kind: &'static str, page: Option<usize>) {
        let found = self.found.entry(kind).or_default();
        found.count += 1;
        match page {
            Some(page) => {
                found.pages.insert(page);
            }
            None => found.of_file = true,
        }
    }

    pub(super) fn changed(&mut self, change: Change, page: usize) {
        let kind = match change {
            Change::Comment => "comments-not-printed",
            Change::Hidden => "hidden-left-out",
            Change::Field => "form-flattened",
            Change::FieldDrawn => "form-value-drawn",
            Change::FieldUnseen => "form-value-not-shown",
            Change::Signature => "signature-look-only",
            Change::File => "files-inside-left-out",
            Change::Media => "media-left-out",
        };
        self.add(kind, Some(page));
    }

    /// What an annotation would do.
    pub(super) fn annotation<'a>(&mut self, source: &Source<'a>, dict: &Dict<'a>, page: usize) {
        if dict.contains_key(b"AA") {
            self.add("script-removed", Some(page));
        }
        let is_link = dict.get::<Name<'_>>(b"Subtype").is_some_and(|kind| &kind[..] == b"Link");
        if is_link && source.leads(dict) == Leads::Away {
            self.add("link-removed", Some(page));
        }
        if let Some(action) = dict.get::<Dict<'_>>(b"A") {
            self.action(&action, Some(page));
        }
    }

    fn action(&mut self, action: &Dict<'_>, page: Option<usize>) {
        let kind = action.get::<Name<'_>>(b"S");
        match kind.as_ref().map(|kind| &kind[..]) {
            Some(b"JavaScript") => self.add("script-removed", page),
            Some(b"Launch" | b"SubmitForm" | b"ImportData" | b"ResetForm") => self.add("action-removed", page),
            Some(b"Rendition" | b"Movie" | b"Sound" | b"RichMediaExecute" | b"GoTo3DView") => {
                self.add("media-left-out", page);
            }
            _ => {}
        }
    }

    pub(super) fn page(&mut self, page: &SourcePage<'_>, content: &Content, index: usize) {
        if page.dict.contains_key(b"AA") {
            self.add("script-removed", Some(index));
        }
        if [&b"Metadata"[..], b"PieceInfo", b"Thumb"].iter().any(|key| page.dict.contains_key(key)) {
            self.add("properties-left-out", Some(index));
        }
        if !content.tail.is_empty() || content.rewritten && !content.bytes.starts_with(b"/ExhibitPage") {
            self.add("content-mended", Some(index));
        }
    }

    pub(super) fn file(&mut self, source: &Source<'_>, form: Option<&Form<'_>>, rebuilt: bool) {
        let catalog = &source.catalog;
        if let Some(Object::Dict(action)) = catalog.get::<Object<'_>>(b"OpenAction") {
            self.action(&action, None);
        }
        if catalog.contains_key(b"AA") {
            self.add("script-removed", None);
        }
        let names = catalog.get::<Dict<'_>>(b"Names").unwrap_or_default();
        if names.contains_key(b"JavaScript") {
            self.add("script-removed", None);
        }
        if names.contains_key(b"EmbeddedFiles") || catalog.contains_key(b"AF") {
            self.add("files-inside-left-out", None);
        }
        if [&b"Metadata"[..], b"PieceInfo"].iter().any(|key| catalog.contains_key(key)) {
            self.add("properties-left-out", None);
        }
        if form.is_some_and(Form::has_xfa) {
            self.add("second-form-left-out", None);
        }
        if rebuilt || source.miscounted {
            self.add("repaired", None);
        }
        if let Some(layers) = catalog.get::<Dict<'_>>(b"OCProperties") {
            let state = layers.get::<Dict<'_>>(b"D").unwrap_or_default();
            let all_off = state.get::<Name<'_>>(b"BaseState").is_some_and(|base| &base[..] == b"OFF");
            if all_off || !references(&state, b"OFF").is_empty() {
                self.add("hidden-layers", None);
            }
        }
    }

    /// One note a kind, with its page where it is of one.
    pub(super) fn told(self) -> Vec<Note> {
        let told = self.found.into_iter().map(|(kind, found)| {
            let page = match (found.of_file, found.pages.len()) {
                (false, 1) => found.pages.first().and_then(|page| u32::try_from(page + 1).ok()),
                _ => None,
            };
            Note { kind: kind.to_owned(), page, what: sentence(kind, found.count) }
        });
        told.collect()
    }
}

fn sentence(kind: &str, count: usize) -> String {
    let number = |one: &str, many: &str| if count == 1 { format!("1 {one}") } else { format!("{count} {many}") };
    match kind {
        "comments-not-printed" => format!(
            "{} in it can be read only by opening it in the file: the mark stays on the page, the words are not in the paper",
            number("comment", "comments")
        ),
        "hidden-left-out" => {
            format!("{} that the file does not show on the screen is left out", number("addition", "additions"))
        }
        "form-flattened" => format!(
            "{} of its form can no longer be filled in: what they show stays",
            number("field", "fields")
        ),
        "form-value-drawn" => format!(
            "{} of its form held words without saying how they look: they are drawn in Helvetica",
            number("field", "fields")
        ),
        "form-value-not-shown" => format!(
            "{} of its form is filled in and does not say how it looks: it is empty in the paper. Print the form to a PDF and use that",
            number("field", "fields")
        ),
        "signature-look-only" => format!(
            "{}: what it shows stays; whether it is valid can be checked only in the original file",
            number("digital signature", "digital signatures")
        ),
        "files-inside-left-out" => "files inside it are left out; they stay in the original".to_owned(),
        "media-left-out" => "sound, film or a model in it is left out; it stays in the original".to_owned(),
        "script-removed" => "small programs in it are left out; they show nothing on the page".to_owned(),
        "action-removed" => "actions that start something or send something are left out".to_owned(),
        "link-removed" => format!(
            "{} to the web, to another file or to a page that is not there no longer leads anywhere; the page looks the same",
            number("link", "links")
        ),
        "properties-left-out" => "what the file says of itself (its maker, its history) is left out".to_owned(),
        "content-mended" => "the drawing of a page is damaged or ends in the middle of something; it was mended, so that the number can follow".to_owned(),
        "second-form-left-out" => {
            "it has a second form inside that most programs do not show; check that its pages show what was filled in".to_owned()
        }
        "repaired" => "it is damaged and was repaired for reading; check that its pages are all there".to_owned(),
        "hidden-layers" => {
            "it has layers that are hidden when it opens; they stay hidden, but a reader can switch them on".to_owned()
        }
        _ => String::new(),
    }
}
