//! Which parts of a message are its words and which came with it.

use super::charset::{self, CharsetDoubt};
use super::html;
use super::mime::{Disposition, Part};
use super::transfer;
use crate::model::DecodeQuality;

/// The words of a message and the parts that are attachments.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    pub text: String,
    pub from_html: bool,
    pub attachments: Vec<(&'a Part, Placing)>,
    /// What was wrong with the words, for findings.
    pub troubles: Vec<Trouble>,
}

/// Whether the sender's program shows an attachment inside the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placing {
    Beside,
    Inline,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    Charset(CharsetDoubt),
    /// The transfer encoding of the words was damaged.
    Encoding(DecodeQuality),
    /// The HTML could not be laid out or was too long; what could be read was.
    Html,
}

/// A run of words to be shown, in its place.
#[derive(Debug)]
struct Words {
    text: String,
    from_html: bool,
}

#[derive(Debug, Default)]
struct Gathered<'a> {
    words: Vec<Words>,
    attachments: Vec<(&'a Part, Placing)>,
    troubles: Vec<Trouble>,
}

/// Sorts the parts of the message `root` in `bytes`.
pub(super) fn sort<'a>(root: &'a Part, bytes: &[u8]) -> Body<'a> {
    let gathered = gather(root, bytes, Placing::Beside, Reading::All);
    let words = gathered.words.iter().filter(|words| !words.text.trim().is_empty());
    let texts: Vec<&str> = words.clone().map(|words| words.text.trim_end()).collect();
    Body {
        text: texts.join("\n\n"),
        from_html: words.into_iter().any(|words| words.from_html),
        attachments: gathered.attachments,
        troubles: gathered.troubles,
    }
}

/// What of a part is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    All,
    /// Its words stand elsewhere too, and are taken there.
    OnlyFiles,
}

fn gather<'a>(part: &'a Part, bytes: &[u8], placing: Placing, reading: Reading) -> Gathered<'a> {
    if part.children.is_empty() {
        return leaf(part, bytes, placing, reading);
    }
    match part.media_type.as_str() {
        "multipart/alternative" => alternative(part, bytes, reading),
        "multipart/related" => related(part, bytes, reading),
        _ => {
            let mut all = Gathered::default();
            for child in &part.children {
                all.append(gather(child, bytes, Placing::Beside, reading));
            }
            all
        }
    }
}

/// The same words several times over: the plain ones are taken, else the last, which its writer's
/// program held to be the best (RFC 2046, section 5.1.4). Files among them are attachments all the same.
fn alternative<'a>(part: &'a Part, bytes: &[u8], reading: Reading) -> Gathered<'a> {
    let has_words = |version: &Gathered<'_>| version.words.iter().any(|words| !words.text.trim().is_empty());
    let is_plain = |version: &Gathered<'_>| has_words(version) && version.words.iter().all(|words| !words.from_html);
    let mut versions: Vec<Option<Gathered<'a>>> = part.children.iter().map(|_| None).collect();
    let mut chosen = None;
    if reading == Reading::All {
        // Laying out HTML costs more than all else: that of a message whose plain words are there is left.
        let candidates = part.children.iter().enumerate().rev().filter(|(_, child)| !is_surely_html(child));
        for (index, child) in candidates {
            let version = versions[index].insert(gather(child, bytes, Placing::Beside, reading));
            if is_plain(version) {
                chosen = Some(index);
                break;
            }
        }
    }
    let others = if chosen.is_some() { Reading::OnlyFiles } else { reading };
    let mut versions: Vec<Gathered<'a>> = versions
        .into_iter()
        .zip(&part.children)
        .map(|(version, child)| version.unwrap_or_else(|| gather(child, bytes, Placing::Beside, others)))
        .collect();
    let chosen = chosen.or_else(|| versions.iter().rposition(has_words));
    let mut all = Gathered::default();
    if let Some(chosen) = chosen {
        all.words = std::mem::take(&mut versions[chosen].words);
        all.troubles = std::mem::take(&mut versions[chosen].troubles);
    }
    for version in versions {
        all.attachments.extend(version.attachments);
    }
    all
}

/// Whether the words of a part are HTML, or some of them, whatever stands in it.
fn is_surely_html(part: &Part) -> bool {
    if part.children.is_empty() {
        return part.media_type == "text/html" && is_words(part);
    }
    match part.media_type.as_str() {
        "multipart/alternative" => false,
        "multipart/related" => part.children.get(root_of(part)).is_some_and(is_surely_html),
        _ => part.children.iter().any(is_surely_html),
    }
}

/// A text and the pictures it shows (RFC 2387): the first part is the text, or the one `start` names.
fn related<'a>(part: &'a Part, bytes: &[u8], reading: Reading) -> Gathered<'a> {
    let root = root_of(part);
    let mut all = Gathered::default();
    for (index, child) in part.children.iter().enumerate() {
        if index == root {
            all.append(gather(child, bytes, Placing::Inline, reading));
        } else if child.children.is_empty() {
            all.attachments.push((child, inline_unless_attachment(child)));
        } else {
            all.append(gather(child, bytes, Placing::Inline, reading));
        }
    }
    all
}

/// The place of the part that is the text of such a part.
fn root_of(part: &Part) -> usize {
    let start = part.headers.content("content-type").and_then(|content| content.attribute("start").map(str::to_owned));
    let id = |child: &Part| child.headers.ids("content-id").first().cloned();
    let named = start.and_then(|start| {
        let start = start.trim_matches(['<', '>']);
        part.children.iter().position(|child| id(child).as_deref() == Some(start))
    });
    named.unwrap_or(0)
}

fn leaf<'a>(part: &'a Part, bytes: &[u8], placing: Placing, reading: Reading) -> Gathered<'a> {
    let mut all = Gathered::default();
    if !is_words(part) {
        let picture = part.media_type.starts_with("image/") && part.disposition != Disposition::Attachment;
        let inline = placing == Placing::Inline || part.disposition == Disposition::Inline || (picture && has_id(part));
        let placing = if inline { inline_unless_attachment(part) } else { Placing::Beside };
        all.attachments.push((part, placing));
        return all;
    }
    if reading == Reading::OnlyFiles {
        return all;
    }
    let raw = &bytes[part.body.clone()];
    let (decoded, quality) = transfer::decode(part.encoding, raw);
    if quality != DecodeQuality::Exact {
        all.troubles.push(Trouble::Encoding(quality));
    }
    let read = charset::decode(part.charset.as_deref(), &decoded);
    all.troubles.extend(read.doubt.map(Trouble::Charset));
    let from_html = part.media_type == "text/html";
    let text = if from_html {
        let (text, whole) = html::to_text(&read.text);
        if !whole {
            all.troubles.push(Trouble::Html);
        }
        text
    } else {
        with_one_kind_of_line_end(&read.text)
    };
    all.words.push(Words { text, from_html });
    all
}

/// Text that a mail program shows as the message: not a file, and of a kind it can show.
fn is_words(part: &Part) -> bool {
    if part.disposition == Disposition::Attachment {
        return false;
    }
    match part.media_type.as_str() {
        "text/plain" | "text/html" => part.name.is_none() || part.path.is_empty(),
        // The whole message is of a kind of text we do not know: its letters are better than nothing.
        kind => part.path.is_empty() && kind.starts_with("text/") && kind != "text/calendar",
    }
}

fn has_id(part: &Part) -> bool {
    part.headers.raw("content-id").is_some()
}

fn inline_unless_attachment(part: &Part) -> Placing {
    if part.disposition == Disposition::Attachment { Placing::Beside } else { Placing::Inline }
}

fn with_one_kind_of_line_end(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

impl<'a> Gathered<'a> {
    fn append(&mut self, other: Gathered<'a>) {
        self.words.extend(other.words);
        self.attachments.extend(other.attachments);
        self.troubles.extend(other.troubles);
    }
}
