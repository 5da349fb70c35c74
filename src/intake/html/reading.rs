//! What each element means for a text.
//!
//! Only elements that change how lines look are remembered while they are open: quotes, lists, tables, headings. Their
//! ends may be missing or stand in the wrong place; the rules for that are the browser's (WHATWG HTML, 13.2.6.4.7).

use std::borrow::Cow;

use super::lines::{Lines, MarkKind};
use super::references;
use super::tag::Tag;
use super::tokens::{Token, Tokens};

/// Deeper nesting than any program writes. Words of more are read, but not laid out.
const DEEPEST: usize = 400;

/// A page being read.
#[derive(Debug, Default)]
pub(super) struct Reading {
    lines: Lines,
    open: Vec<Open>,
    /// Open templates: nothing in them is shown.
    templates: usize,
    /// Open elements in which spaces and lines are kept.
    kept: usize,
    /// Open raised words.
    raised: usize,
    /// The first line end after `<pre>` is not part of its text.
    after_kept: bool,
    depth: usize,
    deepest: usize,
}

/// An element that is open.
#[derive(Debug)]
struct Open {
    kind: Kind,
    /// Where the box around it begins.
    outer: usize,
    /// Marks that were open when it began.
    marks: usize,
    prefixed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Quote,
    Heading,
    Kept,
    List,
    Numbered(i64),
    Terms,
    Item,
    Term,
    Definition,
    Table,
    Cell,
}

impl Reading {
    /// With stars around bold words, `>` before quotes and the like.
    pub(super) fn marked() -> Self {
        Self { lines: Lines::marked(), ..Self::default() }
    }

    /// The words alone.
    pub(super) fn unmarked() -> Self {
        Self::default()
    }

    /// The text of a page, and whether it could be laid out whole.
    pub(super) fn of(mut self, tokens: Tokens) -> (String, bool) {
        for token in tokens {
            match token {
                Token::Text(text) => self.text(&references::resolved(text)),
                Token::Verbatim(text) => self.text(text),
                Token::Start(tag) => self.start(&tag),
                Token::End(name) => self.end(name.as_str()),
            }
        }
        self.close_to(0);
        let whole = self.deepest <= DEEPEST && !self.lines.is_full();
        (self.lines.finish(), whole)
    }

    fn text(&mut self, text: &str) {
        if self.templates > 0 {
            return;
        }
        let after_kept = std::mem::take(&mut self.after_kept);
        if self.kept > 0 {
            let first_line_end = ["\r\n", "\n", "\r"].into_iter().find(|end| after_kept && text.starts_with(end));
            self.lines.kept(&text[first_line_end.map_or(0, str::len)..]);
        } else if self.raised > 0 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            self.lines.words(&text.bytes().map(raised).collect::<String>());
        } else {
            self.lines.words(text);
        }
    }

    fn start(&mut self, tag: &Tag) {
        let name = tag.name.as_str();
        if name == "template" {
            self.templates += 1;
        }
        if self.templates > 0 {
            return;
        }
        self.after_kept = false;
        if !has_no_end(name) {
            self.depth += 1;
            self.deepest = self.deepest.max(self.depth);
        }
        match name {
            "br" => self.lines.line_break(),
            "p" | "hr" => self.lines.new_block(),
            "a" => self.link(tag),
            "img" | "image" => self.picture(tag),
            "sup" => self.raised += 1,
            "blockquote" => self.begin(Kind::Quote, "> ", "> "),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(name),
            "pre" | "listing" | "xmp" | "plaintext" => {
                self.begin(Kind::Kept, "", "");
                self.after_kept = true;
            }
            "ul" | "menu" | "dir" => self.begin(Kind::List, "", ""),
            "ol" => {
                let first = tag.attribute("start").and_then(|start| start.trim().parse().ok());
                self.begin(Kind::Numbered(first.unwrap_or(1)), "", "");
            }
            "dl" => self.begin(Kind::Terms, "", ""),
            "li" => self.item(tag),
            "dt" | "dd" => self.term(name),
            "table" => self.begin(Kind::Table, "", ""),
            "td" | "th" => self.cell(),
            _ if is_row(name) => self.leave_cell(),
            _ if is_block(name) => self.lines.new_line(),
            _ => {
                if let Some(kind) = mark(name) {
                    self.lines.open_mark(kind, String::new());
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        if self.templates > 0 {
            self.templates -= usize::from(name == "template");
            return;
        }
        self.after_kept = false;
        if !has_no_end(name) {
            self.depth = self.depth.saturating_sub(1);
        }
        match name {
            "br" => self.lines.line_break(),
            "p" => self.lines.new_block(),
            "a" => self.lines.close_mark(MarkKind::Link, self.marks_of_cell()),
            "sup" => self.raised = self.raised.saturating_sub(1),
            "blockquote" => self.leave(|kind| kind == Kind::Quote, in_cell),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.leave(|kind| kind == Kind::Heading, in_cell),
            "pre" | "listing" | "xmp" => self.leave(|kind| kind == Kind::Kept, in_cell),
            "ul" | "menu" | "dir" => self.leave(|kind| kind == Kind::List, in_cell),
            "ol" => self.leave(|kind| matches!(kind, Kind::Numbered(_)), in_cell),
            "dl" => self.leave(|kind| kind == Kind::Terms, in_cell),
            "li" => self.leave(|kind| kind == Kind::Item, in_list),
            "dt" | "dd" => self.leave(|kind| matches!(kind, Kind::Term | Kind::Definition), in_list),
            "table" => self.leave(|kind| kind == Kind::Table, |_| false),
            "td" | "th" => self.leave(|kind| kind == Kind::Cell, |kind| kind == Kind::Table),
            _ if is_row(name) => self.leave_cell(),
            _ if is_block(name) => self.lines.new_line(),
            _ => {
                if let Some(kind) = mark(name) {
                    self.lines.close_mark(kind, self.marks_of_cell());
                }
            }
        }
    }

    /// Opens an element that is remembered.
    fn begin(&mut self, kind: Kind, first: impl Into<Cow<'static, str>>, others: impl Into<Cow<'static, str>>) {
        self.set_apart(kind);
        if self.open.len() >= DEEPEST {
            return;
        }
        let (first, others) = (first.into(), others.into());
        let prefixed = !first.is_empty() && self.lines.begin_prefix(first, others);
        let outer = self.lines.begin_box();
        self.open.push(Open { kind, outer, marks: self.lines.open_marks(), prefixed });
        self.kept += usize::from(kind == Kind::Kept);
    }

    /// Closes all elements from this place on.
    fn close_to(&mut self, place: usize) {
        while self.open.len() > place {
            let Some(Open { kind, outer, marks, prefixed }) = self.open.pop() else { return };
            match kind {
                Kind::Cell => self.lines.close_marks(marks),
                Kind::Term => self.lines.close_mark(MarkKind::Emphasis, marks),
                _ => {}
            }
            self.lines.end_box(outer, matches!(kind, Kind::Item | Kind::Definition | Kind::Cell | Kind::Term));
            if prefixed {
                self.lines.end_prefix();
            }
            self.kept -= usize::from(kind == Kind::Kept);
            self.set_apart(kind);
        }
    }

    /// Lists in lists, and tables in tables, are not set apart: newsletters are tables in tables.
    fn set_apart(&mut self, kind: Kind) {
        let inner = match kind {
            Kind::Item | Kind::Term | Kind::Definition | Kind::Cell => true,
            Kind::List | Kind::Numbered(_) | Kind::Terms => self.innermost(in_list).is_some_and(is_list),
            Kind::Table => self.open.iter().any(|open| open.kind == Kind::Table),
            Kind::Quote | Kind::Heading | Kind::Kept => false,
        };
        if inner { self.lines.new_line() } else { self.lines.new_block() }
    }

    fn innermost(&self, wanted: fn(Kind) -> bool) -> Option<Kind> {
        self.open.iter().rev().map(|open| open.kind).find(|kind| wanted(*kind))
    }

    /// Closes the last element that is `wanted`, unless a `border` stands before it.
    fn leave(&mut self, wanted: fn(Kind) -> bool, border: fn(Kind) -> bool) {
        let place = self.open.iter().rposition(|open| wanted(open.kind) || border(open.kind));
        if let Some(place) = place.filter(|place| wanted(self.open[*place].kind)) {
            self.close_to(place);
        }
    }

    fn leave_cell(&mut self) {
        self.leave(|kind| kind == Kind::Cell, |kind| kind == Kind::Table);
        self.lines.new_line();
    }

    fn cell(&mut self) {
        self.leave_cell();
        if self.innermost(|kind| kind == Kind::Table).is_some() {
            self.begin(Kind::Cell, "", "");
        }
    }

    /// Marks that were open when the innermost cell began: nothing in the cell closes them.
    fn marks_of_cell(&self) -> usize {
        self.open.iter().rev().find(|open| open.kind == Kind::Cell).map_or(0, |cell| cell.marks)
    }

    fn heading(&mut self, name: &str) {
        if self.open.last().is_some_and(|open| open.kind == Kind::Heading) {
            self.close_to(self.open.len() - 1);
        }
        let level = usize::from(name.as_bytes()[1] - b'0');
        let prefix = &"###### "[6 - level..];
        self.begin(Kind::Heading, prefix, prefix);
    }

    fn item(&mut self, tag: &Tag) {
        self.leave(|kind| kind == Kind::Item, |kind| in_list(kind) || kind == Kind::Quote);
        let list = self.open.iter_mut().rev().find(|open| in_list(open.kind));
        let Some(Open { kind: Kind::Numbered(next), .. }) = list else { return self.begin(Kind::Item, "* ", "  ") };
        let given = tag.attribute("value").and_then(|value| value.trim().parse().ok());
        let number = given.unwrap_or(*next);
        *next = number.saturating_add(1);
        let prefix = format!("{number}. ");
        let others = " ".repeat(prefix.len());
        self.begin(Kind::Item, prefix, others);
    }

    fn term(&mut self, name: &str) {
        self.leave(|kind| matches!(kind, Kind::Term | Kind::Definition), |kind| in_list(kind) || kind == Kind::Quote);
        if name == "dt" {
            self.begin(Kind::Term, "", "");
            self.lines.open_mark(MarkKind::Emphasis, String::new());
        } else {
            self.begin(Kind::Definition, "  ", "  ");
        }
    }

    fn link(&mut self, tag: &Tag) {
        self.lines.close_mark(MarkKind::Link, self.marks_of_cell());
        let address = tag.attribute("href").unwrap_or_default();
        let address: String = address.trim().chars().filter(|c| !c.is_control()).collect();
        if !address.is_empty() {
            self.lines.open_mark(MarkKind::Link, address);
        }
    }

    /// The words that stand for a picture.
    fn picture(&mut self, tag: &Tag) {
        let words = tag.attribute("alt").unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if !words.is_empty() {
            self.lines.words(&if self.lines.is_marked() { format!("[{words}]") } else { format!(" {words} ") });
        }
    }
}

fn is_list(kind: Kind) -> bool {
    matches!(kind, Kind::List | Kind::Numbered(_) | Kind::Terms)
}

/// What the end of something in a cell does not reach beyond.
fn in_cell(kind: Kind) -> bool {
    matches!(kind, Kind::Cell | Kind::Table)
}

/// What the end of something in a list does not reach beyond.
fn in_list(kind: Kind) -> bool {
    is_list(kind) || in_cell(kind)
}

fn mark(name: &str) -> Option<MarkKind> {
    match name {
        "b" | "strong" => Some(MarkKind::Strong),
        "em" => Some(MarkKind::Emphasis),
        "code" => Some(MarkKind::Code),
        "s" | "strike" | "del" => Some(MarkKind::Struck),
        _ => None,
    }
}

fn is_row(name: &str) -> bool {
    matches!(name, "tr" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup")
}

/// Elements that stand on lines of their own.
fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 29] = [
        "address",
        "article",
        "aside",
        "body",
        "center",
        "details",
        "dialog",
        "div",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "header",
        "hgroup",
        "legend",
        "main",
        "nav",
        "noframes",
        "optgroup",
        "option",
        "search",
        "section",
        "select",
        "summary",
        "text",
        "textarea",
        "title",
    ];
    BLOCKS.contains(&name)
}

/// Elements that have no end, and ones whose end people leave away.
fn has_no_end(name: &str) -> bool {
    const NO_END: [&str; 15] =
        ["br", "img", "hr", "meta", "link", "input", "p", "li", "td", "tr", "th", "dd", "dt", "col", "option"];
    NO_END.contains(&name) || name.contains(':')
}

fn raised(digit: u8) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    RAISED[usize::from(digit - b'0')]
}
