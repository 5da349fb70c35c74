//! Words become shaped lines: the only file that knows the shaping library.
//!
//! Shaping, direction and line breaking are `parley`'s, with bundled fonts only, so the same words
//! give the same lines on every computer. What has been set once is remembered for the life of a
//! [`Setter`]: the fix-point of numbers sets most words more than once.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{
    FontContext, FontFamily, FontFamilyName, FontWeight, GenericFamily, Layout, LayoutContext, LineBreakContext,
    OverflowWrap, StyleProperty,
};

use unicode_segmentation::UnicodeSegmentation;

use super::emoji;
use super::fonts::{EMOJI, families_after, fonts};
use super::page::{FontIndex, Glyph, TextRun};
use super::scripts;
use super::shown::{Shown, code_point, needs_no_glyph, shown};
use super::style::{Face, Style};
use super::ties::{self, Styled};
use crate::bundle::Anchor;

/// Some words in one style, perhaps leading somewhere.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// The words.
    pub(super) text: String,
    /// How they look.
    pub(super) style: Style,
    /// Where they lead.
    pub(super) link: Option<Anchor>,
}

impl Piece {
    /// Words that lead nowhere.
    pub(super) fn plain(text: impl Into<String>, style: Style) -> Self {
        Piece { text: text.into(), style, link: None }
    }
}

/// Words as set: lines, and what no font had.
#[derive(Debug, Default)]
pub(super) struct Set {
    /// In order, top to bottom.
    pub(super) lines: Vec<Line>,
    /// Characters no bundled font has; each is drawn as its code point.
    pub(super) missing: Vec<char>,
}

/// One line; its runs start at x = 0 and stand on the baseline y = 0.
#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    /// Left to right.
    pub(super) runs: Vec<TextRun>,
    /// Without the space at its end.
    pub(super) width: f32,
    /// From and to, in points from the start of the line, and where to.
    pub(super) links: Vec<(f32, f32, Anchor)>,
    /// The paragraph reads from right to left, so the line stands at the right of its column.
    pub(super) from_right: bool,
}

/// Sets words.
pub(super) struct Setter {
    fonts: FontContext,
    layouts: LayoutContext<u16>,
    /// Which bundled font a loaded one is.
    indices: HashMap<u64, FontIndex>,
    stacks: HashMap<Face, FontFamily<'static>>,
    done: HashMap<String, Rc<Set>>,
}

impl Setter {
    /// A setter that knows the bundled fonts and no others.
    pub(super) fn new() -> Self {
        let options = CollectionOptions { shared: false, system_fonts: false };
        let mut collection = Collection::new(options);
        let mut indices = HashMap::new();
        for (index, font) in fonts().iter().enumerate() {
            let blob = Blob::new(Arc::new(font.bytes));
            indices.insert(blob.id(), FontIndex(index as u16));
            let weight = if font.bold { FontWeight::BOLD } else { FontWeight::NORMAL };
            // Our own names, whatever a file calls itself inside.
            let named = FontInfoOverride {
                family_name: Some(font.family),
                weight: Some(weight),
                ..FontInfoOverride::default()
            };
            collection.register_fonts(blob, Some(named));
        }
        let emoji = collection.family_id(EMOJI);
        collection.set_generic_families(GenericFamily::Emoji, emoji.into_iter());
        let stack = |face: Face| {
            let names = families_after(face.family()).into_iter().map(FontFamilyName::named);
            (face, FontFamily::List(names.collect::<Vec<_>>().into()))
        };
        let faces = [Face::Serif, Face::SerifBold, Face::Sans, Face::SansBold, Face::Mono];
        Setter {
            fonts: FontContext { collection, source_cache: SourceCache::default() },
            layouts: LayoutContext::new(),
            indices,
            stacks: faces.into_iter().map(stack).collect(),
            done: HashMap::new(),
        }
    }

    /// Sets `pieces` as one paragraph `width` points wide.
    pub(super) fn set(&mut self, pieces: &[Piece], width: f32) -> Rc<Set> {
        let key = key(pieces, width);
        if let Some(set) = self.done.get(&key) {
            return Rc::clone(set);
        }
        let set = Rc::new(self.shape(pieces, width));
        self.done.insert(key, Rc::clone(&set));
        set
    }

    /// How wide `pieces` are on one line.
    pub(super) fn width(&mut self, pieces: &[Piece]) -> f32 {
        self.set(pieces, 10_000.0).lines.iter().map(|line| line.width).fold(0.0, f32::max)
    }

    fn shape(&mut self, pieces: &[Piece], width: f32) -> Set {
        let mut paragraph = Paragraph::prepare(pieces, width);
        let mut missing = Vec::new();
        // Once to learn what no font has, once with code points in its place.
        for _ in 0..3 {
            let layout = self.lay(&paragraph, width);
            let without_glyph = without_glyph(&layout, &paragraph);
            if without_glyph.is_empty() {
                return Set { lines: self.lines(&layout, &paragraph), missing };
            }
            missing.extend(paragraph.show_code_points(&without_glyph));
        }
        let layout = self.lay(&paragraph, width);
        Set { lines: self.lines(&layout, &paragraph), missing }
    }

    fn lay(&mut self, paragraph: &Paragraph, width: f32) -> Layout<u16> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, &paragraph.text, 1.0, false);
        builder.set_line_break_override(Some(&keep_email_whole));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        for (range, number) in &paragraph.ranges {
            let style = paragraph.pieces[usize::from(*number)].style;
            let weight = if style.face.is_bold() { FontWeight::BOLD } else { FontWeight::NORMAL };
            builder.push(StyleProperty::FontFamily(self.stacks[&style.face].clone()), range.clone());
            builder.push(StyleProperty::FontWeight(weight), range.clone());
            builder.push(StyleProperty::FontSize(style.size), range.clone());
            builder.push(StyleProperty::Brush(*number), range.clone());
        }
        for (range, family) in scripts::stretches(&paragraph.text) {
            let names = families_after(family).into_iter().map(FontFamilyName::named);
            let stack = FontFamily::List(names.collect::<Vec<_>>().into());
            builder.push(StyleProperty::FontFamily(stack), range);
        }
        for range in emoji_ranges(&paragraph.text) {
            builder.push(StyleProperty::FontFamily(emoji_family()), range);
        }
        let mut layout = builder.build(&paragraph.text);
        // A hair of tolerance, so that words measured once fit the column made for them.
        layout.break_all_lines(Some(width + 0.01));
        layout
    }

    fn lines(&self, layout: &Layout<u16>, paragraph: &Paragraph) -> Vec<Line> {
        let from_right = layout.is_rtl();
        layout.lines().map(|line| self.line(&line, paragraph, from_right)).collect()
    }

    fn line(&self, line: &parley::Line<'_, u16>, paragraph: &Paragraph, from_right: bool) -> Line {
        let range = line.text_range();
        let end = range.start + paragraph.text[range].trim_end().len();
        let mut out = Line { from_right, ..Line::default() };
        // The shaper parts runs at every change of script, a comma included: those that look and read
        // alike are joined, so that a sentence is one piece of text in the file.
        let mut spans: Vec<(FontIndex, f32, bool, Vec<Atom>)> = Vec::new();
        for run in line.runs() {
            let font = self.indices.get(&run.font().data.id()).copied().unwrap_or(FontIndex(0));
            let (size, is_rtl) = (run.font_size(), run.is_rtl());
            let mut atoms = atoms(&run);
            atoms.retain(|atom| atom.text.start < end);
            match spans.last_mut() {
                Some((f, s, r, before)) if *f == font && (*s - size).abs() < 0.001 && *r == is_rtl => {
                    before.extend(atoms);
                }
                _ => spans.push((font, size, is_rtl, atoms)),
            }
        }
        for (font, size, is_rtl, atoms) in &spans {
            for group in atoms.chunk_by(|a, b| a.style == b.style) {
                out.push(group, *font, *size, *is_rtl, paragraph);
            }
        }
        out
    }
}

impl Line {
    /// Adds glyphs of one font and one piece, in drawing order.
    fn push(&mut self, group: &[Atom], font: FontIndex, size: f32, from_right: bool, paragraph: &Paragraph) {
        let Some(first) = group.first() else { return };
        let piece = &paragraph.pieces[usize::from(first.style)];
        let (text, ranges) = read(group, from_right, &paragraph.text);
        let mut run = TextRun { font, size, at: (self.width, 0.0), ink: piece.style.ink, text, glyphs: Vec::new() };
        let start = self.width;
        for (atom, range) in group.iter().zip(ranges) {
            for glyph in atom.glyphs.iter().filter(|_| !range.is_empty()) {
                let offset = (glyph.x, glyph.y);
                run.glyphs.push(Glyph { id: glyph.id, advance: glyph.advance, offset, text: range.clone() });
                self.width += glyph.advance;
            }
        }
        if let Some(to) = &piece.link {
            match self.links.last_mut() {
                Some((_, end, last)) if *last == *to && (*end - start).abs() < 0.01 => *end = self.width,
                _ => self.links.push((start, self.width, to.clone())),
            }
        }
        if !run.glyphs.is_empty() {
            self.runs.push(run);
        }
    }
}

/// What the atoms of a group say, in the order of reading, and which part of it each one is.
fn read(group: &[Atom], from_right: bool, text: &str) -> (String, Vec<Range<usize>>) {
    let mut words = String::new();
    let mut ranges = vec![0..0; group.len()];
    let mut take = |i: usize| {
        let start = words.len();
        let drawn = text[group[i].text.clone()].chars().filter(|c| !matches!(c, '\u{200b}' | '\n'));
        words.extend(drawn.map(|c| if c == '\u{a0}' { ' ' } else { c }));
        ranges[i] = start..words.len();
    };
    if from_right {
        (0..group.len()).rev().for_each(&mut take);
    } else {
        (0..group.len()).for_each(&mut take);
    }
    (words, ranges)
}

/// Glyphs that cannot be taken apart, and the text they stand for: a letter, a ligature, an emoji.
struct Atom {
    text: Range<usize>,
    style: u16,
    glyphs: Vec<parley::layout::Glyph>,
}

/// The atoms of a run, left to right.
fn atoms(run: &parley::layout::Run<'_, u16>) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    for cluster in run.clusters() {
        match atoms.last_mut() {
            Some(atom) if cluster.is_ligature_continuation() => atom.text.end = cluster.text_range().end,
            _ => atoms.push(Atom {
                text: cluster.text_range(),
                style: cluster.style().brush,
                glyphs: cluster.glyphs().collect(),
            }),
        }
    }
    if run.is_rtl() {
        atoms.reverse();
    }
    atoms
}

/// Where in the text of a paragraph the shaper found no glyph.
fn without_glyph(layout: &Layout<u16>, paragraph: &Paragraph) -> Vec<Range<usize>> {
    let clusters = layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>());
    let clusters = clusters.flat_map(|run| run.clusters().collect::<Vec<_>>());
    let missing = clusters.filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0));
    let ranges = missing.map(|cluster| cluster.text_range());
    ranges.filter(|range| !paragraph.text[range.clone()].chars().all(needs_no_glyph)).collect()
}

/// Words made ready for shaping: controls shown, ties tied, joints of long words opened.
struct Paragraph {
    pieces: Vec<Piece>,
    styled: Vec<Styled>,
    text: String,
    ranges: Vec<(Range<usize>, u16)>,
}

impl Paragraph {
    fn prepare(pieces: &[Piece], width: f32) -> Self {
        let mut styled = Vec::new();
        // Marks are ours, so they stand in Sans: a second style for each piece, after the first ones.
        let mut all = pieces.to_vec();
        all.extend(pieces.iter().map(|piece| {
            let face = if piece.style.face.is_bold() { Face::SansBold } else { Face::Sans };
            // As large as apparatus is beside words of this size.
            let size = (piece.style.size * 10.0 / 12.0).max(9.0);
            Piece { style: Style { face, size, ..piece.style }, ..piece.clone() }
        }));
        for (number, piece) in pieces.iter().enumerate() {
            push_shown(&mut styled, piece, number as u16, pieces.len() as u16);
        }
        let size = pieces.iter().map(|piece| piece.style.size).fold(9.0, f32::max);
        let characters = (width / (size * 0.5)).max(1.0) as usize;
        ties::tie(&mut styled, (characters / 2).max(8));
        let styled = ties::let_long_words_break(styled, (characters * 4 / 5).max(6));
        let mut paragraph = Paragraph { pieces: all, styled, text: String::new(), ranges: Vec::new() };
        paragraph.write();
        paragraph
    }

    /// Writes text and style ranges anew from the styled characters.
    fn write(&mut self) {
        self.text.clear();
        self.ranges.clear();
        for (c, number) in &self.styled {
            let start = self.text.len();
            self.text.push(*c);
            let end = self.text.len();
            match self.ranges.last_mut() {
                Some((range, last)) if last == number => range.end = end,
                _ => self.ranges.push((start..end, *number)),
            }
        }
    }

    /// Replaces what has no glyph by code points; gives the characters replaced.
    fn show_code_points(&mut self, places: &[Range<usize>]) -> Vec<char> {
        let mut missing = Vec::new();
        let mut styled = Vec::with_capacity(self.styled.len() + 8);
        let mut at = 0;
        let originals = self.pieces.len() as u16 / 2;
        for (c, number) in std::mem::take(&mut self.styled) {
            if places.iter().any(|range| range.contains(&at)) && !needs_no_glyph(c) {
                missing.push(c);
                push_mark(&mut styled, c, number % originals + originals);
            } else {
                styled.push((c, number));
            }
            at += c.len_utf8();
        }
        self.styled = styled;
        self.write();
        missing
    }
}

fn push_shown(styled: &mut Vec<Styled>, piece: &Piece, number: u16, pieces: u16) {
    // A short hash is never broken over a line.
    let is_short_hash = piece.style.face == Face::Mono && piece.text.len() < 24;
    for c in piece.text.chars() {
        match shown(c) {
            Shown::AsIs if is_short_hash && c == ' ' => styled.push(('\u{a0}', number)),
            Shown::AsIs => styled.push((c, number)),
            Shown::NewLine => styled.push(('\n', number)),
            Shown::Spaces(count) => styled.extend(std::iter::repeat_n((' ', number), count)),
            Shown::Nothing => {}
            Shown::Mark => push_mark(styled, c, number + pieces),
        }
    }
}

fn push_mark(styled: &mut Vec<Styled>, c: char, number: u16) {
    styled.extend(format!("[{}]", code_point(c)).chars().map(|c| (c, number)));
}

/// The emoji of a text, which are drawn in colour even where a text font has the same sign.
fn emoji_ranges(text: &str) -> Vec<Range<usize>> {
    if text.chars().all(|c| c < '\u{231a}') {
        return Vec::new();
    }
    let graphemes = text.grapheme_indices(true).filter(|(_, grapheme)| emoji::is_emoji(grapheme));
    graphemes.map(|(start, grapheme)| start..start + grapheme.len()).collect()
}

fn emoji_family() -> FontFamily<'static> {
    FontFamily::Single(FontFamilyName::named(EMOJI))
}

/// “e-mail” is one word.
fn keep_email_whole(place: LineBreakContext) -> Option<bool> {
    let is_email = matches!(place.before_before, Some('e' | 'E')) && place.before == '-' && place.after == 'm';
    is_email.then_some(false)
}

fn key(pieces: &[Piece], width: f32) -> String {
    let mut key = format!("{width:.3}");
    for piece in pieces {
        let style = piece.style;
        let link = piece.link.as_ref().map_or("", |to| to.0.as_str());
        write!(key, "\u{1}{:?} {} {:?} {link}\u{2}{}", style.face, style.size, style.ink, piece.text)
            .expect("writing to a string cannot fail");
    }
    key
}
