//! What stands at the foot of a page, where its number goes, and whether it has words.
//!
//! Nothing is rendered: what is drawn is followed as areas that are rather too large than too small. White is
//! no ink; a clip makes areas smaller; everything that is not understood is ink.

use std::collections::{HashMap, HashSet};

use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::xref::XRef;

use super::Foot;
use super::source::{Budget, SourcePage, fetch, rectangle};
use super::tokens::{Bracket, Token, Tokens};

/// Points to a millimetre.
const MM: f64 = 72.0 / 25.4;
/// Forms inside one another.
const MAX_LEVELS: usize = 12;
/// Operators followed on one page with all its forms; beyond, there is ink.
const MAX_OPERATORS: usize = 2_000_000;
/// States inside one another that are remembered; beyond, there is ink.
const MAX_STATES: usize = 1_000;
/// A page with fewer letters than this has no words to speak of: a scan with a stamp.
const WORDS: usize = 8;

/// The band of the number, the corner that stays white, its lowest 3 mm.
const BAND: u8 = 1;
const CORNER: u8 = 2;
const LOW: u8 = 4;
const ALL: u8 = BAND | CORNER | LOW;

/// Left, bottom, right, top.
type Area = [f64; 4];
type Matrix = [f64; 6];

/// The foot of a page and whether it has words. `annotations` are the areas of those that show something, in the
/// page's own space.
pub(super) fn look<'a>(
    xref: &'a XRef,
    page: &SourcePage<'a>,
    content: &[u8],
    annotations: &[Area],
    budget: &mut Budget,
) -> (Foot, bool) {
    let (width, height) = page.size();
    // The number is at most some 40 mm wide, however narrow the page.
    let half = (width / 6.0).max(20.0 * MM);
    let regions = [
        (BAND, [width / 2.0 - half, 0.0, width / 2.0 + half, 17.0 * MM]),
        (CORNER, [width - 30.0 * MM, 0.0, width, 15.0 * MM]),
        (LOW, [width - 30.0 * MM, 0.0, width, 3.0 * MM]),
    ];
    let mut ink =
        Ink { xref, regions, hits: 0, letters: 0, operators: 0, seen: HashSet::new(), inside: Vec::new(), budget };
    let upright = page.upright();
    for area in annotations {
        ink.hit(bounds(upright, *area));
    }
    let state = State {
        matrix: upright,
        clip: [0.0, 0.0, width, height],
        fill: Colour::ink(),
        stroke: Colour::ink(),
        line: 1.0,
        blends: false,
        text: Text::default(),
    };
    ink.content(content, &page.resources, state);
    let foot = match ink.hits {
        0 => Foot::Blank,
        hits if hits & LOW != 0 => Foot::CornerInk,
        _ => Foot::Ink,
    };
    (foot, ink.letters >= WORDS)
}

/// A colour, as far as it is white.
#[derive(Debug, Clone, Copy)]
struct Colour {
    white: bool,
    /// How many figures its space has, and the figure that is white; `None`: not known.
    space: Option<(usize, f64)>,
}

impl Colour {
    fn ink() -> Self {
        Colour { white: false, space: Some((1, 1.0)) }
    }

    fn device(figures: &[f64], white: f64) -> Self {
        let is_white = !figures.is_empty() && figures.iter().all(|figure| (figure - white).abs() < 0.001);
        Colour { white: is_white, space: Some((figures.len(), white)) }
    }
}

#[derive(Debug, Clone, Copy)]
struct Text {
    size: f64,
    leading: f64,
    scale: f64,
    rise: f64,
    /// Extra for every letter, in text space.
    spacing: f64,
    hidden: bool,
    /// Their outlines are drawn.
    outlined: bool,
    /// Widest letter, lowest and highest point, as parts of the size; bytes of a letter.
    font: Font,
}

impl Default for Text {
    fn default() -> Self {
        let font = Font { widest: 1.0, low: -0.4, high: 1.1, bytes: 1 };
        Text { size: 0.0, leading: 0.0, scale: 1.0, rise: 0.0, spacing: 0.0, hidden: false, outlined: false, font }
    }
}

#[derive(Debug, Clone, Copy)]
struct Font {
    widest: f64,
    low: f64,
    high: f64,
    bytes: usize,
}

#[derive(Debug, Clone, Copy)]
struct State {
    matrix: Matrix,
    clip: Area,
    fill: Colour,
    stroke: Colour,
    line: f64,
    /// Drawn in a way in which white may leave ink.
    blends: bool,
    text: Text,
}

/// The path being made.
#[derive(Debug, Clone, Copy)]
struct Path {
    /// What drawing its line, or filling it, would hit.
    line: u8,
    fill: u8,
    /// The point a part begins at, the point reached, and the area of the part begun last and of all.
    begin: (f64, f64),
    at: (f64, f64),
    part: Area,
    all: Area,
    clips: bool,
}

const NOTHING: Area = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];

impl Path {
    fn new() -> Self {
        Path { line: 0, fill: 0, begin: (0.0, 0.0), at: (0.0, 0.0), part: NOTHING, all: NOTHING, clips: false }
    }
}

/// A line of text being set.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// Where it starts, and where the line began.
    matrix: Matrix,
    /// How far its letters reach to either side at most.
    left: f64,
    right: f64,
}

impl Line {
    fn at(matrix: Matrix) -> Self {
        Line { matrix, left: 0.0, right: 0.0 }
    }
}

struct Ink<'b, 'a> {
    xref: &'a XRef,
    regions: [(u8, Area); 3],
    hits: u8,
    letters: usize,
    operators: usize,
    /// Forms that were looked through for words.
    seen: HashSet<ObjectIdentifier>,
    /// Forms that are being looked through.
    inside: Vec<ObjectIdentifier>,
    budget: &'b mut Budget,
}

impl<'a> Ink<'_, 'a> {
    fn hits_of(&self, area: Area) -> u8 {
        if area.iter().any(|edge| edge.is_nan()) {
            return ALL;
        }
        let meets = |other: &Area| area[0] < other[2] && area[2] > other[0] && area[1] < other[3] && area[3] > other[1];
        self.regions.iter().filter(|(_, region)| meets(region)).fold(0, |hits, (bit, _)| hits | bit)
    }

    fn hit(&mut self, area: Area) {
        self.hits |= self.hits_of(area);
    }

    fn is_done(&self) -> bool {
        self.operators > MAX_OPERATORS || self.hits == ALL && self.letters >= WORDS
    }

    #[expect(clippy::too_many_lines, reason = "one arm an operator")]
    fn content(&mut self, content: &[u8], resources: &Dict<'a>, start: State) {
        let mut states: Vec<State> = Vec::new();
        let mut state = start;
        let mut path = Path::new();
        let mut line = Line::at(IDENTITY);
        let mut figures: Vec<f64> = Vec::new();
        let mut name: Vec<u8> = Vec::new();
        let mut shown: Vec<Shown> = Vec::new();
        let mut depth = 0_usize;
        // A page sets the same few fonts thousands of times.
        let mut fonts: HashMap<Vec<u8>, Font> = HashMap::new();
        for token in Tokens::new(content) {
            match token {
                Token::Number(value) => {
                    if depth > 0 {
                        shown.push(Shown::Shift(value));
                    }
                    figures.push(value);
                }
                Token::Name(found) => name = unescaped(found),
                Token::Text(text) => shown.push(Shown::Bytes(text.len())),
                Token::Hex(text) => shown.push(Shown::Bytes(text.len().div_ceil(2))),
                Token::Open(Bracket::Array) => depth += 1,
                Token::Close(Bracket::Array) => depth = depth.saturating_sub(1),
                Token::Open(Bracket::Dict) | Token::Close(Bracket::Dict) => {}
                Token::Picture => {
                    self.hit(within(bounds(state.matrix, [0.0, 0.0, 1.0, 1.0]), state.clip));
                    (figures, name, shown) = Default::default();
                }
                Token::Word(word, _) => {
                    self.operators += 1;
                    if self.operators > MAX_OPERATORS {
                        // Beyond what is followed there may be anything.
                        self.hits = ALL;
                        return;
                    }
                    if self.is_done() {
                        return;
                    }
                    let last = |count: usize| -> Option<&[f64]> { figures.get(figures.len().checked_sub(count)?..) };
                    let one = last(1).and_then(|figures| figures.first()).copied();
                    match word {
                        b"q" if states.len() < MAX_STATES => states.push(state),
                        b"q" => self.hits = ALL,
                        b"Q" => state = states.pop().unwrap_or(state),
                        b"cm" => {
                            if let Some(matrix) = matrix(last(6)) {
                                state.matrix = times(matrix, state.matrix);
                            }
                        }
                        b"w" => state.line = one.unwrap_or(state.line).abs(),
                        b"gs" => self.graphics_state(resources, &name, &mut state),
                        b"m" | b"l" => self.points(&mut path, &state, last(2), word == b"m"),
                        b"c" => self.points(&mut path, &state, last(6), false),
                        b"v" | b"y" => self.points(&mut path, &state, last(4), false),
                        b"re" => {
                            if let Some([x, y, w, h]) = last(4) {
                                let corners = [*x, *y, x + w, *y, x + w, y + h, *x, y + h, *x, *y];
                                self.points(&mut path, &state, corners.get(..2), true);
                                self.points(&mut path, &state, corners.get(2..), false);
                            }
                        }
                        b"h" => self.close(&mut path, &state),
                        b"W" | b"W*" => path.clips = true,
                        b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*" | b"n" => {
                            if matches!(word, b"s" | b"b" | b"b*") {
                                self.close(&mut path, &state);
                            }
                            path.fill |= self.hits_of(within(path.part, state.clip));
                            let (fills, draws) = match word {
                                b"n" => (false, false),
                                b"S" | b"s" => (false, true),
                                b"f" | b"F" | b"f*" => (true, false),
                                _ => (true, true),
                            };
                            if fills && (!state.fill.white || state.blends) {
                                self.hits |= path.fill;
                            }
                            if draws && (!state.stroke.white || state.blends) {
                                self.hits |= path.line;
                            }
                            if path.clips {
                                state.clip = within(path.all, state.clip);
                            }
                            path = Path::new();
                        }
                        b"sh" => self.hit(state.clip),
                        b"g" => state.fill = Colour::device(last(1).unwrap_or_default(), 1.0),
                        b"G" => state.stroke = Colour::device(last(1).unwrap_or_default(), 1.0),
                        b"rg" => state.fill = Colour::device(last(3).unwrap_or_default(), 1.0),
                        b"RG" => state.stroke = Colour::device(last(3).unwrap_or_default(), 1.0),
                        b"k" => state.fill = Colour::device(last(4).unwrap_or_default(), 0.0),
                        b"K" => state.stroke = Colour::device(last(4).unwrap_or_default(), 0.0),
                        b"cs" => state.fill = space(self.xref, resources, &name),
                        b"CS" => state.stroke = space(self.xref, resources, &name),
                        b"sc" | b"scn" => state.fill = set(state.fill, &figures),
                        b"SC" | b"SCN" => state.stroke = set(state.stroke, &figures),
                        b"BT" => line = Line::at(IDENTITY),
                        b"Tf" => {
                            state.text.size = one.unwrap_or(state.text.size);
                            state.text.font = match fonts.get(&name) {
                                Some(known) => *known,
                                None => *fonts.entry(name.clone()).or_insert_with(|| font(self.xref, resources, &name)),
                            };
                        }
                        b"TL" => state.text.leading = one.unwrap_or(0.0),
                        b"Tz" => state.text.scale = one.unwrap_or(100.0) / 100.0,
                        b"Ts" => state.text.rise = one.unwrap_or(0.0),
                        b"Tc" | b"Tw" => state.text.spacing = state.text.spacing.max(one.unwrap_or(0.0)),
                        b"Tr" => {
                            state.text.hidden = matches!(one.map(|mode| mode as i32), Some(3 | 7));
                            state.text.outlined = !matches!(one.map(|mode| mode as i32), None | Some(0 | 4));
                        }
                        b"Tm" => {
                            if let Some(matrix) = matrix(last(6)) {
                                line = Line::at(matrix);
                            }
                        }
                        b"Td" | b"TD" => {
                            if let Some([x, y]) = last(2) {
                                if word == b"TD" {
                                    state.text.leading = -y;
                                }
                                line = Line::at(times([1.0, 0.0, 0.0, 1.0, *x, *y], line.matrix));
                            }
                        }
                        b"T*" => line = next(line, &state),
                        b"Tj" | b"TJ" => self.text(&mut line, &state, &shown),
                        b"'" | b"\"" => {
                            line = next(line, &state);
                            shown.retain(|shown| matches!(shown, Shown::Bytes(_)));
                            self.text(&mut line, &state, &shown);
                        }
                        b"Do" => self.picture(resources, &name, &state),
                        _ => {}
                    }
                    figures.clear();
                    name.clear();
                    shown.clear();
                    depth = 0;
                }
            }
            if figures.len() > 100_000 || shown.len() > 1_000_000 {
                self.hits = ALL;
                return;
            }
        }
    }

    /// Adds points to a path; the first of a part begins it.
    fn points(&self, path: &mut Path, state: &State, figures: Option<&[f64]>, begins: bool) {
        if begins {
            path.fill |= self.hits_of(within(path.part, state.clip));
            path.part = NOTHING;
        }
        let Some(figures) = figures else { return };
        let mut piece = if begins { NOTHING } else { [path.at.0, path.at.1, path.at.0, path.at.1] };
        for pair in figures.chunks_exact(2) {
            let [x, y] = pair else { continue };
            let point = apply(state.matrix, (*x, *y));
            piece = around(piece, point);
            path.at = point;
        }
        path.part = union(path.part, piece);
        path.all = union(path.all, piece);
        if begins {
            path.begin = path.at;
        } else {
            path.line |= self.line(piece, state);
        }
    }

    fn close(&self, path: &mut Path, state: &State) {
        path.line |= self.line(around(around(NOTHING, path.at), path.begin), state);
        path.at = path.begin;
    }

    /// What a line through this area hits.
    fn line(&self, piece: Area, state: &State) -> u8 {
        // Half the line to either side, and more where lines meet in a point.
        let m = state.matrix;
        let stretch = (m[0].abs() + m[1].abs()).max(m[2].abs() + m[3].abs());
        let wide = (state.line * stretch).max(0.5);
        self.hits_of(within([piece[0] - wide, piece[1] - wide, piece[2] + wide, piece[3] + wide], state.clip))
    }

    fn text(&mut self, line: &mut Line, state: &State, shown: &[Shown]) {
        let Text { size, scale, rise, spacing, font, hidden, outlined, .. } = state.text;
        for part in shown {
            match part {
                Shown::Bytes(count) => {
                    let letters = count.div_ceil(font.bytes);
                    self.letters += letters;
                    let each = (font.widest * size.abs() + spacing.max(0.0)) * scale.abs();
                    if size * scale < 0.0 {
                        line.left -= letters as f64 * each;
                    } else {
                        line.right += letters as f64 * each;
                    }
                }
                Shown::Shift(value) => {
                    let by = -value / 1000.0 * size * scale;
                    if by > 0.0 {
                        line.right += by;
                    } else {
                        line.left += by;
                    }
                }
            }
        }
        if hidden || state.fill.white && (!outlined || state.stroke.white) && !state.blends {
            return;
        }
        let (low, high) = (font.low * size, font.high * size);
        let area = [line.left, low.min(high) + rise, line.right, low.max(high) + rise];
        self.hit(within(bounds(times(line.matrix, state.matrix), area), state.clip));
    }

    fn graphics_state(&mut self, resources: &Dict<'a>, name: &[u8], state: &mut State) {
        let states = fetch::<Dict<'a>>(self.xref, resources, b"ExtGState").unwrap_or_default();
        let Some(set) = fetch::<Dict<'a>>(self.xref, &states, name) else { return };
        if let Some(width) = set.get::<f32>(b"LW") {
            state.line = f64::from(width).abs();
        }
        if set.contains_key(b"Font") {
            // A font set in this rare way: letters of any shape.
            state.text.font = Font { widest: 2.0, low: -2.0, high: 2.0, bytes: 1 };
            state.text.size = state.text.size.max(24.0);
        }
        match set.get::<Object<'_>>(b"BM") {
            Some(Object::Name(mode)) => {
                state.blends = !matches!(&mode[..], b"Normal" | b"Compatible" | b"Multiply" | b"Darken");
            }
            Some(_) => state.blends = true,
            None => {}
        }
    }

    fn picture(&mut self, resources: &Dict<'a>, name: &[u8], state: &State) {
        let pictures = fetch::<Dict<'a>>(self.xref, resources, b"XObject").unwrap_or_default();
        let Some(stream) = fetch::<Stream<'a>>(self.xref, &pictures, name) else { return };
        let dict = stream.dict();
        let is_form = dict.get::<Name<'_>>(b"Subtype").is_some_and(|kind| &kind[..] == b"Form");
        if !is_form {
            let mask = dict.get::<bool>(b"ImageMask") == Some(true);
            if !(mask && state.fill.white && !state.blends) {
                self.hit(within(bounds(state.matrix, [0.0, 0.0, 1.0, 1.0]), state.clip));
            }
            return;
        }
        let mut inner = *state;
        if let Some(array) = dict.get::<Array<'_>>(b"Matrix") {
            let figures: Vec<f64> =
                array.iter::<Object<'_>>().filter_map(Object::into_number).map(|n| n.as_f64()).collect();
            if let Some(matrix) = matrix(Some(&figures)) {
                inner.matrix = times(matrix, inner.matrix);
            }
        }
        if let Some(area) = rectangle(dict, b"BBox") {
            inner.clip = within(bounds(inner.matrix, area), inner.clip);
        }
        let id = stream.obj_id();
        let matters = self.hits_of(inner.clip) & !self.hits != 0;
        if !matters && (self.letters >= WORDS || self.seen.contains(&id)) {
            return;
        }
        if self.inside.contains(&id) {
            return;
        }
        if self.inside.len() >= MAX_LEVELS {
            self.hit(inner.clip);
            return;
        }
        let Ok(content) = self.budget.unfold(&stream) else {
            self.hit(inner.clip);
            return;
        };
        self.seen.insert(id);
        self.inside.push(id);
        let own = fetch::<Dict<'a>>(self.xref, dict, b"Resources");
        self.content(&content.data, own.as_ref().unwrap_or(resources), inner);
        self.inside.pop();
    }
}

/// A part of what a text operator shows.
enum Shown {
    Bytes(usize),
    Shift(f64),
}

/// The next line, as far down as the leading says.
fn next(line: Line, state: &State) -> Line {
    Line::at(times([1.0, 0.0, 0.0, 1.0, 0.0, -state.text.leading], line.matrix))
}

/// A name with `#20` and the like undone.
fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'#');
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        plain.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    plain
}

/// The colour a space starts with, and what is white in it.
fn space<'a>(xref: &'a XRef, resources: &Dict<'a>, name: &[u8]) -> Colour {
    let known = |name: &[u8]| match name {
        b"DeviceGray" | b"CalGray" | b"G" => Some((1, 1.0)),
        b"DeviceRGB" | b"CalRGB" | b"RGB" => Some((3, 1.0)),
        b"DeviceCMYK" | b"CMYK" => Some((4, 0.0)),
        _ => None,
    };
    let spaces = fetch::<Dict<'a>>(xref, resources, b"ColorSpace").unwrap_or_default();
    let found = known(name).or_else(|| match fetch::<Object<'a>>(xref, &spaces, name)? {
        Object::Name(other) => known(&other),
        Object::Array(array) => {
            let mut items = array.iter::<Object<'_>>();
            let kind = items.next()?.into_name()?;
            match &kind[..] {
                b"ICCBased" => match items.next()?.into_stream()?.dict().get::<i32>(b"N")? {
                    1 => Some((1, 1.0)),
                    3 => Some((3, 1.0)),
                    4 => Some((4, 0.0)),
                    _ => None,
                },
                other => known(other),
            }
        }
        _ => None,
    });
    Colour { white: false, space: found }
}

fn set(colour: Colour, figures: &[f64]) -> Colour {
    match colour.space {
        Some((count, white)) if figures.len() == count => Colour::device(figures, white),
        _ => Colour { white: false, ..colour },
    }
}

/// How large the letters of a font can be.
fn font<'a>(xref: &'a XRef, resources: &Dict<'a>, name: &[u8]) -> Font {
    let mut found = Text::default().font;
    let fonts = fetch::<Dict<'a>>(xref, resources, b"Font").unwrap_or_default();
    let Some(font) = fetch::<Dict<'a>>(xref, &fonts, name) else { return found };
    let kind = font.get::<Name<'_>>(b"Subtype");
    match kind.as_ref().map(|kind| &kind[..]) {
        Some(b"Type3") => {
            let unit = font.get::<Array<'_>>(b"FontMatrix");
            let unit: Vec<f64> = unit
                .iter()
                .flat_map(Array::iter::<Object<'_>>)
                .filter_map(Object::into_number)
                .map(|n| n.as_f64())
                .collect();
            let unit = matrix(Some(&unit)).unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
            let area = rectangle(&font, b"FontBBox").unwrap_or(NOTHING);
            // A box of no size says nothing; letters drawn by hand may then be of any size.
            let area = if area[2] > area[0] && area[3] > area[1] { bounds(unit, area) } else { [0.0, -1.0, 2.0, 2.0] };
            let wide = widest(&font).map_or(0.0, |widest| widest * unit[0].abs());
            found.widest = wide.max(area[2]).max(0.1);
            found.low = area[1].min(-0.4);
            found.high = area[3].max(1.1);
        }
        Some(b"Type0") => found.bytes = 2,
        _ => {
            if let Some(widest) = widest(&font) {
                found.widest = (widest / 1000.0).clamp(0.2, 4.0);
            }
        }
    }
    found
}

fn widest(font: &Dict<'_>) -> Option<f64> {
    let widths = font.get::<Array<'_>>(b"Widths")?;
    let widths = widths.iter::<Object<'_>>().filter_map(Object::into_number).take(1_000);
    widths.map(|width| width.as_f64().abs()).reduce(f64::max).filter(|widest| *widest > 0.0)
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn matrix(figures: Option<&[f64]>) -> Option<Matrix> {
    figures?.try_into().ok()
}

/// First `a`, then `b`.
fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

fn apply(m: Matrix, (x, y): (f64, f64)) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

fn around(area: Area, (x, y): (f64, f64)) -> Area {
    if x.is_nan() || y.is_nan() {
        return [f64::NAN; 4];
    }
    [area[0].min(x), area[1].min(y), area[2].max(x), area[3].max(y)]
}

fn union(a: Area, b: Area) -> Area {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// The upright area that an area becomes.
fn bounds(matrix: Matrix, [x0, y0, x1, y1]: Area) -> Area {
    let corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)];
    corners.into_iter().fold(NOTHING, |area, corner| around(area, apply(matrix, corner)))
}

/// What of an area is inside a clip.
fn within(area: Area, clip: Area) -> Area {
    if area.iter().any(|edge| edge.is_nan()) {
        return clip;
    }
    [area[0].max(clip[0]), area[1].max(clip[1]), area[2].min(clip[2]), area[3].min(clip[3])]
}
