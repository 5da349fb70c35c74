//! The words of a page and their places, from its content streams (ISO 32000-1, 9.4).

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream, String as PdfString};
use hayro_syntax::page::{Page, Resources};

use super::font::Font;
use super::{View, bounds, decode_text};
use crate::bundle::{ObservedPage, ObservedRun};
use crate::model::Digest;

/// Instructions read of one page, those of the forms on it included.
const MAX_INSTRUCTIONS: usize = 5_000_000;
/// Bytes of text kept of one page.
const MAX_TEXT: usize = 8 << 20;
/// Forms inside forms.
const MAX_FORMS: usize = 12;
/// Saved states and marked passages inside one another.
const MAX_STATES: usize = 512;
/// A gap of more than this, in sizes of the letters, stands between two words; letters are moved by less.
const SPACE: f32 = 0.15;

/// Reads pages of one file; fonts are read once.
#[derive(Default)]
pub(super) struct Reader<'a> {
    fonts: BTreeMap<ObjectIdentifier, Rc<Font>>,
    /// Bytes of pictures gone through so far.
    pub(super) looked_at: u64,
    /// Words that stand a little apart get a blank between them: many programs set none.
    spaced: bool,
    file: std::marker::PhantomData<&'a ()>,
}

impl<'a> Reader<'a> {
    /// For words that are looked for, not compared.
    pub(super) fn for_search() -> Self {
        Reader { spaced: true, ..Reader::default() }
    }

    /// Fills in runs, text and pictures of a page.
    ///
    /// On a page of others (`guest`) what was put onto it is told apart: the last drawing of the page itself.
    pub(super) fn read(&mut self, page: &Page<'a>, view: &View, guest: bool, observed: &mut ObservedPage) {
        let Some(content) = page.page_stream() else { return };
        let mut reading = Reading {
            fonts: &mut self.fonts,
            looked_at: &mut self.looked_at,
            view: *view,
            observed,
            left: MAX_INSTRUCTIONS,
            kept: 0,
            open: None,
            marked: Vec::new(),
            guest,
            spaced: self.spaced,
            last_drawing: None,
        };
        reading.content(content, page.resources(), &State::default(), 0);
        reading.close();
        if let Some(start) = reading.last_drawing {
            let runs = observed.runs.get(start..).unwrap_or_default();
            observed.put_on = runs.to_vec();
        }
        observed.text = observed.runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>().join("\n");
    }
}

impl Reader<'_> {
    /// The words that the look of an annotation shows.
    pub(super) fn look(&mut self, look: &Stream<'_>, view: &View) -> String {
        let mut observed = ObservedPage::default();
        let mut reading = Reading {
            fonts: &mut self.fonts,
            looked_at: &mut self.looked_at,
            view: *view,
            observed: &mut observed,
            left: MAX_INSTRUCTIONS,
            kept: 0,
            open: None,
            marked: Vec::new(),
            guest: true,
            spaced: self.spaced,
            last_drawing: None,
        };
        reading.form(look, &Resources::new(Dict::empty()), &State::default(), 0);
        reading.close();
        observed.runs.into_iter().map(|run| run.text).collect::<Vec<_>>().join("\n")
    }
}

/// A matrix of six numbers.
type Matrix = [f32; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `inner`, then `outer`.
fn concat(inner: Matrix, outer: Matrix) -> Matrix {
    [
        inner[0] * outer[0] + inner[1] * outer[2],
        inner[0] * outer[1] + inner[1] * outer[3],
        inner[2] * outer[0] + inner[3] * outer[2],
        inner[2] * outer[1] + inner[3] * outer[3],
        inner[4] * outer[0] + inner[5] * outer[2] + outer[4],
        inner[4] * outer[1] + inner[5] * outer[3] + outer[5],
    ]
}

fn apply(matrix: Matrix, (x, y): (f32, f32)) -> (f32, f32) {
    (matrix[0] * x + matrix[2] * y + matrix[4], matrix[1] * x + matrix[3] * y + matrix[5])
}

/// What `q` saves and `Q` brings back.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    character_spacing: f32,
    word_spacing: f32,
    scale: f32,
    leading: f32,
    rise: f32,
}

impl Default for State {
    fn default() -> Self {
        State {
            matrix: IDENTITY,
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        }
    }
}

/// A passage between `BDC` and `EMC`.
enum Marked {
    /// Text is read from its glyphs.
    Plain,
    /// These words stand for its glyphs; `None` once they were taken.
    Words(Option<String>),
}

struct Reading<'r> {
    fonts: &'r mut BTreeMap<ObjectIdentifier, Rc<Font>>,
    looked_at: &'r mut u64,
    view: View,
    observed: &'r mut ObservedPage,
    left: usize,
    kept: usize,
    /// The run that is still being added to.
    open: Option<ObservedRun>,
    marked: Vec<Marked>,
    /// It is a page of others: its pictures are compared with all else that it shows.
    guest: bool,
    /// See [`Reader`].
    spaced: bool,
    /// Where the runs of the drawing begin that was put onto the page last.
    last_drawing: Option<usize>,
}

impl Reading<'_> {
    fn content(&mut self, content: &[u8], resources: &Resources<'_>, start: &State, depth: usize) {
        let mut state = start.clone();
        let mut saved: Vec<State> = Vec::new();
        let (mut line, mut text) = (IDENTITY, IDENTITY);
        let marked_before = self.marked.len();
        let mut instructions = TypedIter::new(content);
        while let Some(instruction) = instructions.next() {
            if self.left == 0 {
                break;
            }
            self.left -= 1;
            match instruction {
                TypedInstruction::SaveState(_) if saved.len() < MAX_STATES => saved.push(state.clone()),
                TypedInstruction::RestoreState(_) => state = saved.pop().unwrap_or(state),
                TypedInstruction::Transform(m) => {
                    let matrix = [m.0, m.1, m.2, m.3, m.4, m.5].map(|value| value.as_f32());
                    state.matrix = concat(matrix, state.matrix);
                }
                TypedInstruction::BeginText(_) => (line, text) = (IDENTITY, IDENTITY),
                TypedInstruction::CharacterSpacing(value) => state.character_spacing = value.0.as_f32(),
                TypedInstruction::WordSpacing(value) => state.word_spacing = value.0.as_f32(),
                TypedInstruction::HorizontalScaling(value) => state.scale = value.0.as_f32() / 100.0,
                TypedInstruction::TextLeading(value) => state.leading = value.0.as_f32(),
                TypedInstruction::TextRise(value) => state.rise = value.0.as_f32(),
                TypedInstruction::TextFont(value) => {
                    state.font = self.font(resources, value.0);
                    state.size = value.1.as_f32();
                }
                TypedInstruction::SetTextMatrix(m) => {
                    line = [m.0, m.1, m.2, m.3, m.4, m.5].map(|value| value.as_f32());
                    text = line;
                }
                TypedInstruction::NextLine(by) => {
                    line = concat([1.0, 0.0, 0.0, 1.0, by.0.as_f32(), by.1.as_f32()], line);
                    text = line;
                }
                TypedInstruction::NextLineAndSetLeading(by) => {
                    state.leading = -by.1.as_f32();
                    line = concat([1.0, 0.0, 0.0, 1.0, by.0.as_f32(), by.1.as_f32()], line);
                    text = line;
                }
                TypedInstruction::NextLineUsingLeading(_) => next_line(&state, &mut line, &mut text),
                TypedInstruction::ShowText(shown) => self.show(&state, &mut text, shown.0.as_bytes()),
                TypedInstruction::NextLineAndShowText(shown) => {
                    next_line(&state, &mut line, &mut text);
                    self.show(&state, &mut text, shown.0.as_bytes());
                }
                TypedInstruction::ShowTextWithParameters(shown) => {
                    (state.word_spacing, state.character_spacing) = (shown.0.as_f32(), shown.1.as_f32());
                    next_line(&state, &mut line, &mut text);
                    self.show(&state, &mut text, shown.2.as_bytes());
                }
                TypedInstruction::ShowTexts(shown) => {
                    for item in shown.0.iter::<Object<'_>>() {
                        match item {
                            Object::String(shown) => self.show(&state, &mut text, shown.as_bytes()),
                            Object::Number(by) => {
                                let by = -by.as_f32() / 1000.0 * state.size * state.scale;
                                text = concat([1.0, 0.0, 0.0, 1.0, by, 0.0], text);
                            }
                            _ => {}
                        }
                    }
                }
                TypedInstruction::BeginMarkedContent(_) => self.begin_marked(None, resources),
                TypedInstruction::BeginMarkedContentWithProperties(marked) => {
                    self.begin_marked(Some(marked.1), resources);
                }
                TypedInstruction::EndMarkedContent(_) if self.marked.len() > marked_before => {
                    self.marked.pop();
                }
                TypedInstruction::XObject(object) => self.object(resources, object.0, &state, depth),
                _ => {}
            }
        }
        self.marked.truncate(marked_before);
    }

    fn font(&mut self, resources: &Resources<'_>, name: &Name<'_>) -> Option<Rc<Font>> {
        let id = resources.fonts.get_ref(&name[..]).map(ObjectIdentifier::from);
        if let Some(font) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(font));
        }
        let font = Rc::new(Font::read(&resources.get_font(name)?));
        if let Some(id) = id
            && self.fonts.len() < 4096
        {
            self.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    fn begin_marked(&mut self, properties: Option<&Object<'_>>, resources: &Resources<'_>) {
        let words = match properties {
            Some(Object::Dict(dict)) => actual_text(dict),
            Some(Object::Name(name)) => {
                resources.properties.get::<Dict<'_>>(&name[..]).and_then(|dict| actual_text(&dict))
            }
            _ => None,
        };
        if self.marked.len() < MAX_STATES {
            self.marked.push(words.map_or(Marked::Plain, |words| Marked::Words(Some(words))));
        }
    }

    fn show(&mut self, state: &State, text: &mut Matrix, bytes: &[u8]) {
        let Some(font) = &state.font else { return };
        for code in font.codes(bytes) {
            let advance = code.width * state.size + state.character_spacing;
            let advance = (advance + if code.is_space { state.word_spacing } else { 0.0 }) * state.scale;
            let whole = concat(*text, state.matrix);
            let start = self.view.point(apply(whole, (0.0, state.rise)));
            let end = self.view.point(apply(whole, (advance, state.rise)));
            let above = self.view.point(apply(whole, (0.0, state.rise + state.size)));
            let size = (above.0 - start.0).hypot(above.1 - start.1);
            *text = concat([1.0, 0.0, 0.0, 1.0, advance, 0.0], *text);
            let words = match self.marked.iter_mut().find_map(|marked| match marked {
                Marked::Words(words) => Some(words.take().unwrap_or_default()),
                Marked::Plain => None,
            }) {
                Some(words) => words,
                None => code.text.map_or_else(|| char::REPLACEMENT_CHARACTER.to_string(), std::borrow::Cow::into_owned),
            };
            self.put(&words, start, end, size);
        }
    }

    /// Adds words to the run that is open, or starts another where they do not go on from it.
    fn put(&mut self, words: &str, start: (f32, f32), end: (f32, f32), size: f32) {
        self.kept += words.len();
        if self.kept > MAX_TEXT {
            return;
        }
        if let Some(run) = &mut self.open {
            let apart = (start.0 - run.end.0).hypot(start.1 - run.end.1);
            if apart <= 0.3 * size.max(run.size) && (start.1 - run.at.1).abs() <= 0.1 * size {
                if self.spaced && apart > SPACE * size && !run.text.ends_with(' ') && !words.starts_with(' ') {
                    run.text.push(' ');
                }
                run.text.push_str(words);
                run.end = end;
                run.size = run.size.max(size);
                return;
            }
        }
        self.close();
        self.open = Some(ObservedRun { text: words.to_owned(), at: start, end, size });
    }

    fn close(&mut self) {
        self.observed.runs.extend(self.open.take().filter(|run| !run.text.trim().is_empty()));
    }

    fn object(&mut self, resources: &Resources<'_>, name: &Name<'_>, state: &State, depth: usize) {
        let Some(stream) = resources.get_x_object(name) else { return };
        let kind = stream.dict().get::<Name<'_>>(b"Subtype");
        match kind.as_ref().map(|kind| &kind[..]) {
            Some(b"Image") => {
                let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)];
                let corners = corners.map(|corner| self.view.point(apply(state.matrix, corner)));
                if self.observed.pictures.len() < 10_000 {
                    self.observed.pictures.push(bounds(corners.into_iter()));
                    if !self.guest {
                        let data = stream.raw_data();
                        *self.looked_at += data.len() as u64;
                        self.observed.picture_data.push(Digest::of(&data));
                    }
                }
            }
            Some(b"Form") if depth < MAX_FORMS => {
                if self.guest && depth == 0 {
                    self.close();
                    let ours = name.starts_with(b"Daybook");
                    self.last_drawing = ours.then_some(self.observed.runs.len());
                }
                self.form(&stream, resources, state, depth);
            }
            _ => {}
        }
    }

    fn form(&mut self, stream: &Stream<'_>, resources: &Resources<'_>, state: &State, depth: usize) {
        let Ok(content) = stream.decoded_data() else { return };
        let mut inner = state.clone();
        if let Some(matrix) = stream.dict().get::<Matrix>(b"Matrix") {
            inner.matrix = concat(matrix, state.matrix);
        }
        match stream.dict().get::<Dict<'_>>(b"Resources") {
            Some(own) => self.content(&content, &Resources::new(own), &inner, depth + 1),
            None => self.content(&content, resources, &inner, depth + 1),
        }
    }
}

fn next_line(state: &State, line: &mut Matrix, text: &mut Matrix) {
    *line = concat([1.0, 0.0, 0.0, 1.0, 0.0, -state.leading], *line);
    *text = *line;
}

fn actual_text(properties: &Dict<'_>) -> Option<String> {
    properties.get::<PdfString<'_>>(b"ActualText").map(|text| decode_text(&text))
}
