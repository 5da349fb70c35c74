//! The tree of parts in a message (RFC 2046), each with its range of bytes in the original.
//!
//! We walk it ourselves, so that each part has exact bytes that can be found again, and depth and
//! count are bounded before anything else looks inside. Messages inside messages are leaves here: they
//! are attachments, read on their own.

use std::borrow::Cow;
use std::ops::Range;

use super::header::{self, Headers, decode_words, is_blank, line_end};
use super::transfer::TransferEncoding;

/// Deepest nesting that is followed; what lies deeper is kept whole as an attachment.
const DEEPEST: usize = 50;
/// Most parts of one message.
const MOST_PARTS: usize = 10_000;
/// Longest boundary: RFC 2046 allows 70; real ones go a little over.
const LONGEST_BOUNDARY: usize = 500;

/// A part and those inside it.
#[derive(Debug, Clone)]
pub(super) struct Part {
    /// Its place, counted from 0 at each level; empty for the message itself.
    pub path: Vec<u32>,
    pub headers: Headers,
    /// Lower case; what RFC 2046 takes where none is named.
    pub media_type: String,
    pub charset: Option<String>,
    /// What stands in the lines between its parts; taken when they are looked for.
    boundary: Option<Vec<u8>>,
    /// A label, never a path.
    pub name: Option<String>,
    pub disposition: Disposition,
    pub encoding: TransferEncoding,
    /// Its body in the bytes that were walked, still encoded.
    pub body: Range<usize>,
    pub children: Vec<Part>,
    pub defects: Vec<Defect>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disposition {
    None,
    Inline,
    Attachment,
}

/// What was wrong with the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Defect {
    /// It says it has parts and names no line between them, or the line never comes.
    BoundaryMissing,
    /// The line that ends the last part never comes: the message may have been cut off.
    EndMissing,
    TooDeep,
    TooManyParts,
    /// Words stand behind the last part, where no program shows them.
    WordsOutside,
}

/// The bytes to walk: where the first 8 KiB have carriage returns and no line feeds, a copy with line
/// feeds. Both have the same length, so every range holds in the original too.
pub(super) fn with_line_feeds(original: &[u8]) -> Cow<'_, [u8]> {
    let head = &original[..original.len().min(8 * 1024)];
    if !head.contains(&b'\r') || head.contains(&b'\n') {
        return Cow::Borrowed(original);
    }
    Cow::Owned(original.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

/// Where the header block begins: behind a byte order mark, blank lines and the `From ` line that a
/// mailbox puts before a message.
pub(super) fn start(bytes: &[u8]) -> usize {
    let mut at = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let mut envelope_seen = false;
    while at < bytes.len() {
        let end = line_end(bytes, at);
        let line = &bytes[at..end];
        let envelope = line.starts_with(b"From ") || line.starts_with(b">From ");
        if !is_blank(line) && (!envelope || envelope_seen) {
            break;
        }
        envelope_seen |= envelope;
        at = end;
    }
    at
}

/// The parts of the message in `bytes`.
pub(super) fn walk(bytes: &[u8]) -> Part {
    let mut walker = Walker { bytes, parts: 0 };
    let start = start(bytes);
    walker.part(start..bytes.len(), Vec::new(), "text/plain")
}

/// The part at `path`, if the message has one there.
pub(super) fn find<'a>(root: &'a Part, path: &[u32]) -> Option<&'a Part> {
    path.iter().try_fold(root, |part, index| part.children.get(*index as usize))
}

struct Walker<'a> {
    bytes: &'a [u8],
    parts: usize,
}

impl Walker<'_> {
    fn part(&mut self, range: Range<usize>, path: Vec<u32>, default_type: &str) -> Part {
        self.parts += 1;
        let (headers, body) = header::split(&self.bytes[range.clone()]);
        let body = range.start + body..range.end;
        let mut part = describe(headers, body, path, default_type);
        if part.media_type.starts_with("multipart/") {
            self.open(&mut part);
        }
        part
    }

    fn open(&mut self, part: &mut Part) {
        if part.path.len() >= DEEPEST {
            part.defects.push(Defect::TooDeep);
            return;
        }
        let named = part.boundary.take();
        let named = named.filter(|boundary| !boundary.is_empty() && boundary.len() <= LONGEST_BOUNDARY);
        let body = &self.bytes[part.body.clone()];
        let mut sections = named.as_ref().map(|boundary| sections(body, boundary, false)).unwrap_or_default();
        if sections.ranges.is_empty() {
            part.defects.push(Defect::BoundaryMissing);
            // Some programs write the line differently from what they announce; take the line itself.
            sections = guessed_boundary(body).map(|boundary| self::sections(body, &boundary, true)).unwrap_or_default();
        }
        if sections.ranges.is_empty() {
            "text/plain".clone_into(&mut part.media_type);
            return;
        }
        if !sections.ended {
            part.defects.push(Defect::EndMissing);
        }
        if sections.words_outside {
            part.defects.push(Defect::WordsOutside);
        }
        self.children(part, sections.ranges);
    }

    fn children(&mut self, part: &mut Part, ranges: Vec<Range<usize>>) {
        let default_type = if part.media_type == "multipart/digest" { "message/rfc822" } else { "text/plain" };
        for (index, range) in (0..).zip(ranges) {
            if self.parts >= MOST_PARTS {
                part.defects.push(Defect::TooManyParts);
                break;
            }
            let mut path = part.path.clone();
            path.push(index);
            let range = part.body.start + range.start..part.body.start + range.end;
            let child = self.part(range, path, default_type);
            part.children.push(child);
        }
    }
}

fn describe(headers: Headers, body: Range<usize>, path: Vec<u32>, default_type: &str) -> Part {
    let content = headers.content("content-type");
    let disposition = headers.content("content-disposition");
    let attribute = |content: &Option<mail_parser::ContentType<'static>>, name: &str| {
        content.as_ref().and_then(|content| content.attribute(name).map(str::to_owned))
    };
    let media_type = match &content {
        Some(content) if !content.ctype().is_empty() => {
            let subtype = content.subtype().unwrap_or(if content.ctype() == "text" { "plain" } else { "x-unknown" });
            format!("{}/{subtype}", content.ctype()).to_ascii_lowercase()
        }
        _ => default_type.to_owned(),
    };
    let encoding = headers.raw("content-transfer-encoding").unwrap_or_default();
    let encoding = TransferEncoding::named(encoding);
    let name = attribute(&disposition, "filename").or_else(|| attribute(&content, "name"));
    let kind = match &disposition {
        Some(kind) if kind.ctype().eq_ignore_ascii_case("inline") => Disposition::Inline,
        Some(kind) if kind.ctype().is_empty() => Disposition::None,
        // RFC 2183, section 2.8: what is not known is an attachment.
        Some(_) => Disposition::Attachment,
        None => Disposition::None,
    };
    Part {
        path,
        charset: attribute(&content, "charset"),
        boundary: attribute(&content, "boundary").map(|boundary| boundary.trim_end().as_bytes().to_vec()),
        name: name.map(|name| label(&name)).filter(|name| !name.is_empty()),
        disposition: kind,
        headers,
        media_type,
        encoding,
        body,
        children: Vec::new(),
        defects: Vec::new(),
    }
}

/// A name with its RFC 2047 words decoded (they may not stand in a quoted attribute, and do), on one
/// line and of a length that can be shown.
fn label(name: &str) -> String {
    let name = if name.contains("=?") { decode_words(name) } else { name.to_owned() };
    name.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

#[derive(Debug, Default)]
struct Sections {
    /// In the body of the multipart.
    ranges: Vec<Range<usize>>,
    ended: bool,
    words_outside: bool,
}

/// The ranges between the lines `--boundary`. The line break before such a line belongs to it.
fn sections(body: &[u8], boundary: &[u8], whole_line: bool) -> Sections {
    let mut found = Sections::default();
    let mut open: Option<usize> = None;
    let mut at = 0;
    let finder = memchr::memmem::Finder::new(boundary);
    while let Some(next) = finder.find(&body[at..]) {
        // The line it stands in; those before it are none of ours.
        at += memchr::memrchr(b'\n', &body[at..at + next]).map_or(0, |before| before + 1);
        let end = line_end(body, at);
        if let Some(last) = is_boundary(&body[at..end], boundary, whole_line) {
            if let Some(start) = open {
                found.ranges.push(start..before_line_break(body, start, at));
            }
            open = (!last).then_some(end);
            if last {
                found.ended = true;
                found.words_outside = !is_blank(&body[end..]);
                return found;
            }
        }
        at = end;
    }
    if let Some(start) = open {
        found.ranges.push(start..body.len());
    }
    found
}

/// Whether the line is the boundary, and whether it is the last one.
fn is_boundary(line: &[u8], boundary: &[u8], whole_line: bool) -> Option<bool> {
    let rest = line.strip_prefix(b"--")?.strip_prefix(boundary)?;
    if is_blank(rest) {
        return Some(false);
    }
    let rest = rest.strip_prefix(b"--")?;
    (!whole_line || is_blank(rest)).then_some(true)
}

fn before_line_break(body: &[u8], start: usize, at: usize) -> usize {
    let mut end = at;
    if end > start && body[end - 1] == b'\n' {
        end -= 1;
        if end > start && body[end - 1] == b'\r' {
            end -= 1;
        }
    }
    end
}

/// The first line that starts with `--` and has a field of a part behind it.
fn guessed_boundary(body: &[u8]) -> Option<Vec<u8>> {
    let mut at = 0;
    while at < body.len() {
        let end = line_end(body, at);
        let line = body[at..end].trim_ascii_end();
        let next = &body[end..line_end(body, end)];
        let field = next.len() >= 8 && next[..8].eq_ignore_ascii_case(b"content-");
        if field && line.len() > 2 && line.len() <= LONGEST_BOUNDARY && line.starts_with(b"--") {
            return Some(line[2..].to_vec());
        }
        at = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(part: &Part) -> String {
        let children: Vec<String> = part.children.iter().map(outline).collect();
        if children.is_empty() {
            part.media_type.clone()
        } else {
            format!("{}({})", part.media_type, children.join(" "))
        }
    }

    fn check(message: &str, expected: &str, defects: &[Defect]) {
        let root = walk(message.as_bytes());
        assert_eq!((outline(&root).as_str(), &root.defects[..]), (expected, defects), "{message}");
    }

    const TOP: &str = "From: a@example.com\nContent-Type: multipart/mixed; boundary=x\n\n";

    #[test]
    fn trees() {
        check("Subject: x\n\nHello", "text/plain", &[]);
        check(
            &format!("{TOP}--x\n\none\n--x\nContent-Type: image/png\n\ntwo\n--x--\n"),
            "multipart/mixed(text/plain image/png)",
            &[],
        );
        check(&format!("{TOP}--x\n\none\n--x\n\ntwo"), "multipart/mixed(text/plain text/plain)", &[Defect::EndMissing]);
        check(&format!("{TOP}--x\n\none\n--x--\nfoot\n"), "multipart/mixed(text/plain)", &[Defect::WordsOutside]);
        check(&format!("{TOP}no parts at all"), "text/plain", &[Defect::BoundaryMissing]);
        check(
            &format!("{TOP}--y\nContent-Type: text/html\n\none\n--y--\n"),
            "multipart/mixed(text/html)",
            &[Defect::BoundaryMissing],
        );
        // A longer boundary that begins like ours is another one.
        check(&format!("{TOP}--x\n\none\n--xy\nstill one\n--x--\n"), "multipart/mixed(text/plain)", &[]);
    }

    #[test]
    fn ranges_leave_out_the_break_before_the_line() {
        let message = format!("{TOP}--x\r\n\r\none\r\n\r\n--x--\r\n");
        let root = walk(message.as_bytes());
        assert_eq!(&message[root.children[0].body.clone()], "one\r\n");
    }

    #[test]
    fn depth_and_number_are_bounded() {
        let mut deep = String::from("From: a@example.com\n");
        for level in 0..500 {
            let level = format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n");
            deep.push_str(&level);
        }
        let mut part = &walk(deep.as_bytes());
        let mut depth = 0;
        while let Some(child) = part.children.first() {
            part = child;
            depth += 1;
        }
        assert_eq!((depth, part.defects.contains(&Defect::TooDeep)), (DEEPEST, true));
        let many = format!("{TOP}{}", "--x\n\n".repeat(MOST_PARTS + 5));
        let root = walk(many.as_bytes());
        assert_eq!((root.children.len(), root.defects.contains(&Defect::TooManyParts)), (MOST_PARTS - 1, true));
    }

    #[test]
    fn what_stands_before_the_header() {
        for (message, expected) in [
            ("From: a", 0),
            ("\u{feff}From: a", 3),
            ("\n\r\nFrom: a", 3),
            ("From a@example.com Thu Apr 16 09:53:04 2015\nFrom: a", 44),
            (">From a\nFrom: a", 8),
        ] {
            assert_eq!(start(message.as_bytes()), expected, "{message:?}");
        }
    }
}
