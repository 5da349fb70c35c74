//! HTML cut into words and tags, as a browser cuts it (WHATWG HTML, 13.2.5), without copying anything.
//!
//! What nobody sees is left out here: comments, also those of Outlook (`<!--[if mso]>`), declarations, and what
//! stands in `style`, `script` and `title`. A browser shows an `iframe`, `noembed` or `noframes` instead of what
//! stands in it; no mail program does, so their words are read like all others.

use super::tag::{Name, Tag, is_space};

/// One piece of HTML.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Words, in which references (`&amp;`) stand for letters.
    Text(&'a str),
    /// Words that mean what they say.
    Verbatim(&'a str),
    /// An element begins.
    Start(Tag<'a>),
    /// An element ends, or should.
    End(Name),
}

/// The tokens of a page, one after another.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose end is looked for before anything else, and nothing in it is a tag.
    raw: Option<&'static str>,
    /// Inside a drawing or a formula, where other rules hold (13.2.6.5).
    foreign: bool,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(html: &'a str) -> Self {
        Self { rest: html, raw: None, foreign: false }
    }

    /// What stands in an element that holds no tags. Only some of it is ever shown.
    fn raw_text(&mut self, element: &str) -> Option<Token<'a>> {
        let end = match element {
            "script" => script_end(self.rest),
            "plaintext" => self.rest.len(),
            _ => end_tags(self.rest, element).next().unwrap_or(self.rest.len()),
        };
        let text = self.take(end);
        match element {
            "textarea" => Some(Token::Text(text)),
            "xmp" | "plaintext" => Some(Token::Verbatim(text)),
            _ => None,
        }
    }

    /// What begins with this `<`: a tag, or something nobody sees.
    fn markup(&mut self) -> Option<Token<'a>> {
        let bytes = self.rest.as_bytes();
        match (bytes.get(1), bytes.get(2)) {
            (Some(b'!'), _) => self.declaration(),
            (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => {
                let tag = self.tag(2)?.0;
                if matches!(tag.name.as_str(), "svg" | "math") {
                    self.foreign = false;
                }
                Some(Token::End(tag.name))
            }
            (Some(b'/' | b'?'), _) => {
                self.skip_past(">");
                None
            }
            _ => {
                let (tag, closes_itself) = self.tag(1)?;
                self.enter(tag.name.as_str(), closes_itself);
                Some(Token::Start(tag))
            }
        }
    }

    /// How the text behind a start tag is to be read.
    fn enter(&mut self, name: &str, closes_itself: bool) {
        const RAW: [&str; 6] = ["style", "script", "title", "textarea", "xmp", "plaintext"];
        if matches!(name, "svg" | "math") {
            self.foreign = !closes_itself;
        } else if self.foreign && LEAVES_A_DRAWING.contains(&name) {
            self.foreign = false;
        }
        if self.foreign && (closes_itself || !matches!(name, "style" | "script")) {
            return;
        }
        self.raw = RAW.into_iter().find(|raw| *raw == name);
    }

    /// Takes a tag whose name begins at this place, and says whether it closes itself. `None`: it is cut off at the
    /// end of the page, and a browser drops it too.
    fn tag(&mut self, name_at: usize) -> Option<(Tag<'a>, bool)> {
        let (tag, closes_itself, rest) = Tag::read(&self.rest[name_at..]);
        self.rest = rest;
        Some((tag?, closes_itself))
    }

    /// Comments and declarations (13.2.5.42).
    fn declaration(&mut self) -> Option<Token<'a>> {
        if let Some(comment) = self.rest.strip_prefix("<!--") {
            self.rest = &comment[comment_end(comment)..];
        } else if self.foreign && self.rest.starts_with("<![CDATA[") {
            self.take("<![CDATA[".len());
            let text = self.take(self.rest.find("]]>").unwrap_or(self.rest.len()));
            self.skip_past("]]>");
            return Some(Token::Verbatim(text));
        } else {
            self.skip_past(">");
        }
        None
    }

    fn skip_past(&mut self, end: &str) {
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        while !self.rest.is_empty() {
            let token = match self.raw.take() {
                Some(element) => self.raw_text(element),
                None => match text_end(self.rest) {
                    0 => self.markup(),
                    end => Some(Token::Text(self.take(end))),
                },
            };
            if token.is_some() {
                return token;
            }
        }
        None
    }
}

/// Where the words end that stand here: at a `<` that begins something.
fn text_end(html: &str) -> usize {
    let bytes = html.as_bytes();
    let begins = |at: &usize| match bytes.get(at + 1) {
        Some(b'/') => at + 2 < bytes.len(),
        Some(next) => next.is_ascii_alphabetic() || matches!(next, b'!' | b'?'),
        None => false,
    };
    memchr::memchr_iter(b'<', bytes).find(begins).unwrap_or(bytes.len())
}

/// The places of `</element` with something behind it that ends a name.
fn end_tags<'a>(html: &'a str, element: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_end = move |at: &usize| {
        html.as_bytes().get(at + 1) == Some(&b'/') && begins_with_name(&html.as_bytes()[at + 2..], element)
    };
    memchr::memchr_iter(b'<', html.as_bytes()).filter(is_end)
}

fn begins_with_name(bytes: &[u8], name: &str) -> bool {
    let written = bytes.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
    written && bytes.get(name.len()).is_some_and(|next| is_space(*next) || matches!(next, b'/' | b'>'))
}

/// Where a script ends. Inside `<!--` it may name scripts without ending (13.2.5.15 to 31).
fn script_end(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut in_comment, mut named) = (false, false);
    for at in memchr::memchr2_iter(b'<', b'-', bytes) {
        let here = &bytes[at..];
        if here.starts_with(b"<!--") {
            in_comment = true;
        } else if in_comment && here.starts_with(b"-->") {
            (in_comment, named) = (false, false);
        } else if here.starts_with(b"</") && begins_with_name(&here[2..], "script") {
            if !named {
                return at;
            }
            named = false;
        } else if in_comment && here[0] == b'<' && begins_with_name(&here[1..], "script") {
            named = true;
        }
    }
    bytes.len()
}

/// Where a comment ends whose beginning has been read (13.2.5.43 to 51).
fn comment_end(comment: &str) -> usize {
    for short in [">", "->"] {
        if comment.starts_with(short) {
            return short.len();
        }
    }
    let bytes = comment.as_bytes();
    for at in memchr::memchr_iter(b'>', bytes) {
        if bytes[..at].ends_with(b"--") || bytes[..at].ends_with(b"--!") {
            return at + 1;
        }
    }
    bytes.len()
}

/// Elements no drawing can hold: where one begins, the drawing has ended.
const LEAVES_A_DRAWING: [&str; 44] = [
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "strike",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens as they would be written plainly.
    fn written(html: &str) -> String {
        let mut out = String::new();
        for token in Tokens::of(html) {
            match token {
                Token::Text(text) => out.push_str(text),
                Token::Verbatim(text) => out.push_str(&format!("“{text}”")),
                Token::End(name) => out.push_str(&format!("</{}>", name.as_str())),
                Token::Start(tag) => {
                    let href = tag.attribute("href").map(|href| format!(" href={href}")).unwrap_or_default();
                    out.push_str(&format!("<{}{href}>", tag.name.as_str()));
                }
            }
        }
        out
    }

    #[test]
    fn pages_are_cut_as_browsers_cut_them() {
        let cases = [
            ("a<B>c</B >d", "a<b>c</b>d"),
            ("< b><3 </ x>y</>z<", "< b><3 yz<"),
            ("<a HREF = 'x>y' href=z>t", "<a href=x>y>t"),
            ("<a href=x/y/>t", "<a href=x/y/>t"),
            ("<a =b href>t<a href=>u", "<a href=>t<a href=>u"),
            ("<a title=\"'\"href=\"&lt;&copy=1\">t", "<a href=<&copy=1>t"),
            ("t<a href='x", "t"),
            ("a<!-->b<!--->c<!-- > -- -->d<!--x--!>e<!-", "abcde"),
            ("a<!-- no end", "a"),
            ("a<!doctype x>b<?php ?>c<![CDATA[d]]>e", "abce"),
            ("<style></p></style >b", "<style></style>b"),
            ("<script>'</scripts>'<!--<script></script>--></SCRIPT>b", "<script></script>b"),
            ("<title><b></title>c<textarea><b></textarea>d", "<title></title>c<textarea><b></textarea>d"),
            ("<xmp><b></xmp><plaintext></plaintext>", "<xmp>“<b>”</xmp><plaintext>“</plaintext>”"),
            ("<svg><title/><![CDATA[<d>]]></svg>e", "<svg><title>“<d>”</svg>e"),
            ("<svg><p><![CDATA[d]]>e", "<svg><p>e"),
            ("<averyveryverylongname>x", "<>x"),
        ];
        for (html, expected) in cases {
            assert_eq!(written(html), expected, "{html}");
        }
    }
}
