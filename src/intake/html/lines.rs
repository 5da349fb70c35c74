//! Words as they come, laid out in lines as a plain e-mail has them: gaps, quotes and lists before the lines, marks
//! around words. What stands between words is written only when the next word comes, so nothing empty leaves a trace.

use std::borrow::Cow;

use super::tag::{is_space, position};

/// Deeper quotes and lists look like the deepest; a page of short lines must not become a page of `>`.
const DEEPEST_PREFIX: usize = 20;
/// More marks at one time than any program opens.
const MOST_MARKS: usize = 100;
/// Longest text that is made of one page, in bytes. It may be longer than the page: each line repeats its quotes.
const LONGEST_TEXT: usize = 8 * 1024 * 1024;

/// A text that grows.
#[derive(Debug, Default)]
pub(super) struct Lines {
    out: String,
    /// Marks, quotes, bullets and numbers of links are written too, not the words alone.
    marked: bool,
    /// What comes before the next word.
    gap: Gap,
    /// How many of the prefixes stand before the blank line of the gap.
    blank_depth: usize,
    /// No-break spaces at the beginning of a line that has no word yet.
    indent: String,
    /// Where the text of the innermost box begins. A box begins without a blank line.
    box_start: usize,
    prefixes: Vec<Prefix>,
    marks: Vec<Mark>,
    links: Vec<String>,
    full: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Space,
    Line,
    Blank,
}

/// What stands before the lines of a quote, an item or a heading.
#[derive(Debug)]
struct Prefix {
    first: Cow<'static, str>,
    others: Cow<'static, str>,
    used: bool,
}

/// Marks around words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkKind {
    Strong,
    Emphasis,
    Code,
    Struck,
    Link,
}

#[derive(Debug)]
struct Mark {
    kind: MarkKind,
    /// A mark within its like shows nothing.
    shows: bool,
    written: bool,
    /// Where a link leads, and its number once it has words.
    address: String,
    number: usize,
}

impl Lines {
    /// A text with marks, not of words alone.
    pub(super) fn marked() -> Self {
        Self { marked: true, ..Self::default() }
    }

    /// Whether marks are written.
    pub(super) fn is_marked(&self) -> bool {
        self.marked
    }

    /// Whether the text reached its longest, and words were left out.
    pub(super) fn is_full(&self) -> bool {
        self.full
    }

    /// Words of running text; white space between them is one space.
    pub(super) fn words(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let words = &rest[position(rest.as_bytes(), |byte| !is_space(byte))..];
            if words.len() < rest.len() {
                self.space();
            }
            if words.is_empty() {
                return;
            }
            let (word, after) = words.split_at(position(words.as_bytes(), is_space));
            self.word(word);
            rest = after;
        }
    }

    /// Words whose spaces and lines are kept.
    pub(super) fn kept(&mut self, text: &str) {
        let text = if text.contains('\r') {
            Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Cow::Borrowed(text)
        };
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.line_break();
            }
            self.word(line);
        }
    }

    fn space(&mut self) {
        if !self.is_fresh() {
            self.gap = self.gap.max(Gap::Space);
        } else if !self.indent.is_empty() && !self.indent.ends_with(' ') {
            self.indent.push(' ');
        }
    }

    /// Letters that belong together. Invisible ones alone make no line.
    fn word(&mut self, word: &str) {
        let word = visible(word);
        if self.is_fresh() && word.chars().all(is_blank) {
            self.indent.push_str(&word);
        } else if !word.is_empty() && self.settle() {
            self.out.push_str(&word);
        }
    }

    /// Whether the next word begins a line.
    fn is_fresh(&self) -> bool {
        self.gap >= Gap::Line || self.out.is_empty()
    }

    /// Writes what comes before a word. `false`: there is room for no more.
    fn settle(&mut self) -> bool {
        if self.out.len() >= LONGEST_TEXT {
            self.full = true;
            return false;
        }
        if self.is_fresh() {
            self.begin_line();
            self.out.push_str(&self.indent);
            self.indent.clear();
        } else if self.gap == Gap::Space {
            self.out.push(' ');
        }
        self.gap = Gap::Nothing;
        if self.marks.last().is_some_and(|mark| !mark.written) {
            self.write_marks();
        }
        true
    }

    fn begin_line(&mut self) {
        if !self.out.is_empty() {
            self.end_line();
            if self.gap == Gap::Blank {
                for prefix in self.prefixes.iter().take(self.blank_depth) {
                    self.out.push_str(if prefix.used { &prefix.others } else { "" });
                }
                self.end_line();
            }
        }
        for prefix in &mut self.prefixes {
            self.out.push_str(if prefix.used { &prefix.others } else { &prefix.first });
            prefix.used = true;
        }
    }

    fn end_line(&mut self) {
        self.trim_line();
        self.out.push('\n');
    }

    fn trim_line(&mut self) {
        let end = self.out.trim_end_matches(|c| c != '\n' && char::is_whitespace(c)).len();
        self.out.truncate(end);
    }

    fn write_marks(&mut self) {
        let first = self.marks.iter().rposition(|mark| mark.written).map_or(0, |last| last + 1);
        for mark in &mut self.marks[first..] {
            mark.written = true;
            if mark.kind == MarkKind::Link {
                self.links.push(std::mem::take(&mut mark.address));
                mark.number = self.links.len();
            }
            if mark.shows && self.marked {
                self.out.push_str(mark.kind.opening());
            }
        }
    }

    /// `<br>`: the line ends, or another blank one follows.
    pub(super) fn line_break(&mut self) {
        if self.is_fresh() {
            self.blank_line();
        } else {
            self.gap = Gap::Line;
        }
    }

    /// What follows begins a line.
    pub(super) fn new_line(&mut self) {
        if !self.indent.is_empty() {
            self.blank_line();
        }
        self.gap = self.gap.max(Gap::Line);
    }

    /// What follows stands apart.
    pub(super) fn new_block(&mut self) {
        self.gap = self.gap.max(Gap::Line);
        self.blank_line();
    }

    fn blank_line(&mut self) {
        self.indent.clear();
        if self.out.len() > self.box_start {
            let depth = if self.gap == Gap::Blank { self.blank_depth } else { usize::MAX };
            self.blank_depth = depth.min(self.prefixes.len());
            self.gap = Gap::Blank;
        }
    }

    /// A box begins: a quote, an item, a cell. Gives where the one around it begins.
    pub(super) fn begin_box(&mut self) -> usize {
        if self.is_fresh() {
            self.trim_line();
        }
        std::mem::replace(&mut self.box_start, self.out.len())
    }

    /// The box ends; `outer` is where the one around it begins. A `tight` one leaves no blank line behind.
    pub(super) fn end_box(&mut self, outer: usize, tight: bool) {
        if tight {
            self.indent.clear();
            if self.out.len() > self.box_start {
                self.gap = Gap::Line;
            }
        }
        self.box_start = outer;
    }

    /// Lines that follow have this before them, the first line the first. `false`: they are deep enough already.
    pub(super) fn begin_prefix(&mut self, first: Cow<'static, str>, others: Cow<'static, str>) -> bool {
        let fits = self.marked && self.prefixes.len() < DEEPEST_PREFIX;
        if fits {
            self.prefixes.push(Prefix { first, others, used: false });
        }
        fits
    }

    /// The last prefix is no longer written.
    pub(super) fn end_prefix(&mut self) {
        self.prefixes.pop();
        self.blank_depth = self.blank_depth.min(self.prefixes.len());
    }

    /// The number of marks that are open, for [`Lines::close_marks`].
    pub(super) fn open_marks(&self) -> usize {
        self.marks.len()
    }

    /// Words that follow have this mark.
    pub(super) fn open_mark(&mut self, kind: MarkKind, address: String) {
        if self.marks.len() < MOST_MARKS {
            let shows = kind == MarkKind::Link || self.marks.iter().all(|mark| mark.kind != kind);
            self.marks.push(Mark { kind, shows, written: false, address, number: 0 });
        }
    }

    /// Closes the last mark of this kind, unless it was opened before `base`.
    pub(super) fn close_mark(&mut self, kind: MarkKind, base: usize) {
        let Some(at) = self.marks.iter().rposition(|mark| mark.kind == kind).filter(|at| *at >= base) else { return };
        let mark = self.marks.remove(at);
        if mark.written && mark.shows && self.marked {
            self.out.push_str(mark.kind.closing());
            if kind == MarkKind::Link {
                self.out.push_str(&format!("[{}]", mark.number));
            }
        }
    }

    /// Closes all marks that were opened after `base`.
    pub(super) fn close_marks(&mut self, base: usize) {
        while let Some(kind) = self.marks.get(base..).and_then(|marks| marks.last()).map(|mark| mark.kind) {
            self.close_mark(kind, base);
        }
    }

    /// The text, with the addresses of its links below it.
    pub(super) fn finish(mut self) -> String {
        self.close_marks(0);
        self.trim_line();
        for (number, address) in self.links.iter().enumerate() {
            self.out.push_str(if number == 0 { "\n\n" } else { "\n" });
            if self.marked {
                self.out.push_str(&format!("[{}]: ", number + 1));
            }
            self.out.push_str(address);
        }
        self.out
    }
}

impl MarkKind {
    fn opening(self) -> &'static str {
        match self {
            Self::Strong => "**",
            Self::Emphasis => "*",
            Self::Code => "`",
            Self::Struck => "~~",
            Self::Link => "[",
        }
    }

    fn closing(self) -> &'static str {
        match self {
            Self::Link => "]",
            other => other.opening(),
        }
    }
}

/// Without letters that only steer a terminal, and with spaces for those that break lines.
fn visible(word: &str) -> Cow<'_, str> {
    let suspect = |byte: u8| byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xe2);
    let steers = |c: char| (c.is_control() && c != '\t') || matches!(c, '\u{200b}' | '\u{2028}' | '\u{2029}');
    if !word.bytes().any(suspect) || !word.contains(steers) {
        return Cow::Borrowed(word);
    }
    word.chars().filter_map(|c| if steers(c) { c.is_whitespace().then_some(' ') } else { Some(c) }).collect()
}

/// A letter that leaves no ink.
fn is_blank(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '\u{ad}' | '\u{34f}' | '\u{180e}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}')
}
