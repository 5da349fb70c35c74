//! What stands behind a header: words, or something the program wrote in their place.

use std::sync::LazyLock;

use serde::Deserialize;

use super::header::is_mark;
use crate::model::{CallFacts, Date, MessageState};

/// The phrases of one language; see `phrases.toml`.
#[derive(Debug, Deserialize)]
struct Phrases {
    attached: Vec<String>,
    omitted: Vec<String>,
    view_once: Vec<String>,
    deleted: Vec<String>,
    deleted_by: Vec<String>,
    edited: Vec<String>,
    waiting: Vec<String>,
    voice: Vec<String>,
    video: Vec<String>,
    missed_voice: Vec<String>,
    missed_video: Vec<String>,
    no_answer: Vec<String>,
    declined: Vec<String>,
    program: Vec<String>,
    group: Vec<String>,
    chat: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Table {
    language: Vec<Phrases>,
}

static TABLE: LazyLock<Vec<Phrases>> = LazyLock::new(|| {
    let table = toml::from_str::<Table>(include_str!("phrases.toml"));
    debug_assert!(table.is_ok(), "{table:?}");
    table.map(|table| table.language).unwrap_or_default()
});

fn any(of: fn(&Phrases) -> &Vec<String>, holds: impl Fn(&str) -> bool) -> bool {
    TABLE.iter().flat_map(of).any(|phrase| holds(phrase))
}

/// What was read of the words behind a header.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Body {
    pub(super) states: Vec<MessageState>,
    /// Files it names that lie beside the export.
    pub(super) attached: Vec<String>,
    /// What it says was left out.
    pub(super) missing: Option<String>,
    pub(super) call: Option<CallFacts>,
    /// The words a person wrote besides: what is left for knowing the same message again.
    pub(super) bare: Option<String>,
}

/// The words without the marks the program puts among them. Overrides somebody typed stay: they are shown
/// where the words leave.
pub(super) fn readable(text: &str) -> String {
    let steering = |letter: char| matches!(letter, '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{2068}' | '\u{2069}');
    if text.is_ascii() || !text.contains(steering) {
        return text.to_owned();
    }
    text.chars().filter(|letter| !steering(*letter)).collect()
}

/// For comparing: no marks, plain spaces, small letters.
fn plain(text: &str) -> String {
    let spaces = |letter: char| if matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2009}') { ' ' } else { letter };
    let kept: String = text.chars().filter(|letter| !is_mark(*letter)).map(spaces).collect();
    kept.trim().replace('’', "'").to_lowercase()
}

/// Reads the words of a message with an author. `marks`: the export marks what the program wrote
/// (U+200E), so unmarked words are a person's whatever they say.
pub(super) fn read(text: &str, marks: bool) -> Body {
    let mut body = Body::default();
    let (first, rest) = text.split_once('\n').map_or((text, ""), |(first, rest)| (first, rest));
    // A person's plain words: nearly all of a chat.
    if marks && !text.contains('\u{200e}') {
        return body;
    }
    if first.len() > 2000 {
        edited(text, &mut body);
        return body;
    }
    let line = plain(first);
    if let Some(name) = attachment(first) {
        body.bare = Some(caption(first, &name, rest));
        body.attached.push(name);
    } else if any(|p| &p.view_once, |phrase| line == phrase) {
        body.states.push(MessageState::ViewOnce);
        body.missing = Some(readable(first).trim().to_owned());
        body.bare = Some(rest.to_owned());
    } else if any(|p| &p.omitted, |phrase| line == phrase) || left_out_document(&line) || line == "null" {
        body.missing = Some(readable(first).trim().to_owned());
        body.bare = Some(rest.to_owned());
    } else if let Some((said, words)) = left_out_behind_words(first) {
        body.missing = Some(words);
        body.bare = Some(format!("{said}\n{rest}").trim().to_owned());
    } else if rest.trim().is_empty() {
        whole_line(&line, &mut body);
    }
    edited(text, &mut body);
    body
}

/// Whether words marked as the program's tell of something a person sent: a file, a poll, a place, a call.
pub(super) fn by_a_person(text: &str) -> bool {
    let body = read(text, true);
    let poll = || {
        let first = readable(text.lines().next().unwrap_or_default());
        let word = first.trim().strip_suffix(':').map(str::trim_end).unwrap_or_default();
        !word.is_empty() && word.chars().all(char::is_uppercase)
    };
    let place = || text.contains("https://") || plain(text).starts_with("live location");
    !body.states.is_empty()
        || !body.attached.is_empty()
        || body.missing.is_some()
        || body.call.is_some()
        || poll()
        || place()
}

/// Lines that say one thing and nothing else.
fn whole_line(line: &str, body: &mut Body) {
    let ended = line.trim_end_matches('.');
    if any(|p| &p.deleted, |phrase| ended == phrase) || any(|p| &p.deleted_by, |phrase| line.starts_with(phrase)) {
        body.states.push(MessageState::Deleted);
    } else if any(|p| &p.waiting, |phrase| ended == phrase) {
        body.states.push(MessageState::Undelivered);
    } else {
        body.call = call(line);
    }
}

fn edited(text: &str, body: &mut Body) {
    let last = text.rsplit('\n').next().unwrap_or(text);
    let Some(open) = last.rfind('<') else { return };
    let Some(suffix) = last.get(open..) else { return };
    if any(|p| &p.edited, |phrase| plain(suffix) == phrase) {
        body.states.push(MessageState::Edited);
        let whole = text.len() - suffix.len();
        body.bare = text.get(..whole).map(|text| readable(text).trim_end().to_owned());
    }
}

/// `A PDF.pdf • 1 page document omitted`: a document's name before the phrase.
fn left_out_document(line: &str) -> bool {
    line.contains('•') && any(|p| &p.omitted, |phrase| line.ends_with(phrase))
}

/// `Look at this ‎image omitted`: what a person wrote, and behind the program's mark what was left out.
fn left_out_behind_words(line: &str) -> Option<(String, String)> {
    let (said, words) = line.rsplit_once('\u{200e}')?;
    let said = readable(said);
    let left_out = any(|p| &p.omitted, |phrase| plain(words) == phrase);
    (left_out && !said.trim().is_empty()).then(|| (said.trim().to_owned(), readable(words).trim().to_owned()))
}

/// The file a line names: `<attached: 00000009-PHOTO-2026-09-18-17-04-05.jpg>`, `IMG-20260918-WA0001.jpg
/// (file attached)`. Known by its phrase, or in any language by the shape of the name.
fn attachment(line: &str) -> Option<String> {
    let line = readable(line);
    let line = line.trim();
    if let Some(inside) = line.strip_suffix('>').and_then(|line| line.rfind('<').and_then(|at| line.get(at + 1..))) {
        if let Some((word, name)) = inside.split_once(':')
            && !name.trim().is_empty()
            && (any(|p| &p.attached, |phrase| plain(word) == phrase) || is_apple_name(name.trim()))
        {
            return Some(name.trim().to_owned());
        }
        // The oldest form: `2015-08-04-PHOTO-00004762.jpg <attached>`.
        let before = line.split('<').next().unwrap_or_default().trim();
        if any(|p| &p.attached, |phrase| plain(inside) == phrase) && !before.is_empty() {
            return Some(before.to_owned());
        }
        return None;
    }
    let (name, note) = line.strip_suffix(')')?.rsplit_once(" (")?;
    let named = any(|p| &p.attached, |phrase| plain(note) == phrase) || is_android_name(name);
    (named && name.contains('.')).then(|| name.to_owned())
}

/// What a person wrote beside a file: before its mention, or below it.
fn caption(first: &str, name: &str, rest: &str) -> String {
    let first = readable(first);
    let before = first.split('<').next().filter(|before| before.len() < first.len()).unwrap_or_default().trim();
    let before = if before == name { "" } else { before };
    format!("{before}\n{rest}").trim().to_owned()
}

/// `00000009-PHOTO-2026-09-18-17-04-05.jpg`
fn is_apple_name(name: &str) -> bool {
    let (number, kind) = name.split_once('-').unwrap_or_default();
    number.len() >= 8
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && kind
            .split('-')
            .next()
            .is_some_and(|kind| !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_uppercase()))
}

/// `IMG-20260918-WA0001.jpg`
fn is_android_name(name: &str) -> bool {
    let mut parts = name.splitn(3, '-');
    let (Some(kind), Some(day), Some(last)) = (parts.next(), parts.next(), parts.next()) else { return false };
    kind.len() == 3 && day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) && last.starts_with("WA")
}

/// The date in the name of a file, if its name has one in a form WhatsApp writes.
pub(super) fn date_in_name(line: &str) -> Option<Date> {
    if !line.contains('.') || line.len() > 500 {
        return None;
    }
    let name = attachment(line)?;
    let digits = |text: Option<&str>| text.and_then(|text| text.parse::<u32>().ok());
    if is_apple_name(&name) {
        let mut parts = name.split('-').skip(2);
        let (year, month) = (digits(parts.next())?, digits(parts.next())?);
        return Date::new(i32::try_from(year).ok()?, month, digits(parts.next())?);
    }
    if is_android_name(&name) {
        let day = name.split('-').nth(1)?;
        let year = i32::try_from(digits(day.get(..4))?).ok()?;
        return Date::new(year, digits(day.get(4..6))?, digits(day.get(6..8))?);
    }
    None
}

/// `Missed voice call`, `Video call, 5 min`, `Voice call, No answer`. Only where the whole line says it.
fn call(line: &str) -> Option<CallFacts> {
    let find = |of: fn(&Phrases) -> &Vec<String>| {
        TABLE.iter().flat_map(of).filter_map(|phrase| line.strip_prefix(phrase.as_str())).min_by_key(|rest| rest.len())
    };
    let missed_voice = find(|p| &p.missed_voice);
    let missed_video = find(|p| &p.missed_video);
    let missed = missed_voice.is_some() || missed_video.is_some();
    let video = missed_video.or(if missed { None } else { find(|p| &p.video) });
    let voice = missed_voice.or(if missed { None } else { find(|p| &p.voice) });
    let rest = match (voice, video) {
        (Some(voice), Some(video)) if video.len() < voice.len() => video,
        (Some(rest), _) | (None, Some(rest)) => rest,
        (None, None) => return None,
    };
    let is_video = video == Some(rest);
    let mut facts = CallFacts { missed, video: is_video, ..CallFacts::default() };
    if rest.is_empty() || rest == "." {
        // `Voice call` by itself is too short to be told from words; a missed one is not.
        return missed.then_some(facts);
    }
    let details = rest.strip_prefix([',', '.'])?;
    for detail in details.split('•').map(|detail| detail.trim().trim_end_matches('.')) {
        if any(|p| &p.no_answer, |phrase| detail == phrase) {
            facts.missed = true;
        } else if any(|p| &p.declined, |phrase| detail == phrase) {
            facts.declined = true;
        } else if let Some(seconds) = seconds(detail) {
            facts.seconds = Some(seconds);
        } else if !(detail.contains("tap to call back") || detail.ends_with(" joined") || detail.is_empty()) {
            return None;
        }
    }
    Some(facts)
}

/// `5 min`, `1 hr 2 min`, `12 sec`.
fn seconds(detail: &str) -> Option<u64> {
    let mut words = detail.split_whitespace();
    let mut total: Option<u64> = None;
    while let Some(number) = words.next() {
        let number: u64 = number.parse().ok().filter(|number| *number < 10_000)?;
        let unit = match words.next()?.trim_end_matches(['.', ',']) {
            "sec" | "secs" | "s" | "second" | "seconds" | "sek" | "seg" => 1,
            "min" | "mins" | "m" | "minute" | "minutes" => 60,
            "hr" | "hrs" | "h" | "hour" | "hours" | "std" => 3600,
            _ => return None,
        };
        total = Some(total.unwrap_or(0) + number * unit);
    }
    total
}

/// What a line of the program says of a call, where it has no author.
pub(super) fn program_call(text: &str) -> Option<CallFacts> {
    call(&plain(text))
}

/// Something before a colon that is part of a sentence of the program, not a name.
pub(super) fn is_program_sentence(before_colon: &str) -> bool {
    let line = plain(before_colon) + " ";
    any(|p| &p.program, |phrase| line.contains(phrase))
}

/// A line of the program that only groups have.
pub(super) fn tells_of_a_group(text: &str) -> bool {
    let line = plain(text) + " ";
    any(|p| &p.group, |phrase| line.contains(phrase))
}

/// The chat's name in a file's name: `WhatsApp Chat with Sam (2).txt` is `Sam`.
pub(in crate::intake) fn chat_in_name(name: &str) -> Option<String> {
    name.rsplit(['/', '\\']).find_map(|piece| {
        let lower = piece.to_lowercase();
        // Small letters may be longer than capitals; then positions do not carry over.
        if lower.len() != piece.len() {
            return None;
        }
        let start =
            TABLE.iter().flat_map(|p| &p.chat).find_map(|phrase| lower.find(phrase).map(|at| at + phrase.len()))?;
        let name = piece.get(start..)?;
        let name = ["txt", "zip"].iter().find_map(|ending| {
            let (stem, found) = name.rsplit_once('.')?;
            found.eq_ignore_ascii_case(ending).then_some(stem)
        });
        let name = name.unwrap_or_else(|| piece.get(start..).unwrap_or_default()).trim();
        // A second download has a number behind its name.
        let name = match name.strip_suffix(')').and_then(|name| name.rsplit_once('(')) {
            Some((stem, number)) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
                stem.trim()
            }
            _ => name,
        };
        (!name.is_empty()).then(|| readable(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrases_can_be_read() {
        assert!(TABLE.len() >= 6);
        for phrase in TABLE.iter().flat_map(|p| p.omitted.iter().chain(&p.deleted).chain(&p.edited)) {
            assert_eq!(&plain(phrase), phrase, "phrases are kept as they are compared");
        }
    }

    #[test]
    fn files_are_named() {
        for (line, name) in [
            ("\u{200e}<attached: 00000009-PHOTO-2026-09-18-17-04-05.jpg>", "00000009-PHOTO-2026-09-18-17-04-05.jpg"),
            ("\u{200e}<ekli: 00000009-PHOTO-2026-09-18-17-04-05.jpg>", "00000009-PHOTO-2026-09-18-17-04-05.jpg"),
            ("A PDF.pdf • \u{200e}1 page \u{200e}<attached: 00000002-A PDF.pdf>", "00000002-A PDF.pdf"),
            ("<Anhang: 00000009-AUDIO-2026-09-18-17-04-05.opus>", "00000009-AUDIO-2026-09-18-17-04-05.opus"),
            ("IMG-20260918-WA0001.jpg (file attached)", "IMG-20260918-WA0001.jpg"),
            ("IMG-20260918-WA0001.jpg (dosya ekli)", "IMG-20260918-WA0001.jpg"),
            ("School letter (1).pdf (file attached)", "School letter (1).pdf"),
            ("2015-08-04-PHOTO-00004762.jpg <attached>", "2015-08-04-PHOTO-00004762.jpg"),
        ] {
            assert_eq!(read(line, false).attached, [name], "{line}");
        }
        for line in ["see you (maybe)", "<attached>", "<3", "a < b: c>", "<: >", "()", "I like it (file attached)"] {
            assert_eq!(read(line, false).attached, [""; 0], "{line}");
        }
    }

    #[test]
    fn what_the_program_writes_instead_of_words() {
        use MessageState::{Deleted, Edited, Undelivered, ViewOnce};
        for (text, states, missing) in [
            ("This message was deleted", vec![Deleted], None),
            ("You deleted this message.", vec![Deleted], None),
            ("This message was deleted by admin Sam", vec![Deleted], None),
            ("Diese Nachricht wurde gelöscht.", vec![Deleted], None),
            ("Yes, 5 pm \u{200e}<This message was edited>", vec![Edited], None),
            ("Waiting for this message. This may take a while.", vec![Undelivered], None),
            ("<View once voice message omitted>", vec![ViewOnce], Some("<View once voice message omitted>")),
            ("<Media omitted>", vec![], Some("<Media omitted>")),
            ("\u{200e}image omitted", vec![], Some("image omitted")),
            (
                "Letter.pdf • \u{200e}2 pages \u{200e}document omitted",
                vec![],
                Some("Letter.pdf • 2 pages document omitted"),
            ),
            ("null", vec![], Some("null")),
            ("Reading list \u{200e}document omitted", vec![], Some("document omitted")),
            ("I think the picture: image omitted", vec![], None),
            ("I saw that this message was deleted", vec![], None),
            ("This message was deleted\nwhy?", vec![], None),
        ] {
            let body = read(text, false);
            assert_eq!((body.states, body.missing.as_deref()), (states, missing), "{text}");
        }
        // Where the export marks what the program wrote, the same words unmarked are a person's.
        assert_eq!(read("This message was deleted.", true), Body::default());
        assert_eq!(read("\u{200e}This message was deleted.", true).states, [Deleted]);
    }

    #[test]
    fn calls() {
        let call = |text| read(text, false).call;
        let facts = |seconds, missed, video| Some(CallFacts { seconds, missed, declined: false, video });
        assert_eq!(call("Missed voice call"), facts(None, true, false));
        assert_eq!(call("\u{200e}Missed video call, \u{200e}Tap to call back"), facts(None, true, true));
        assert_eq!(call("Video call, 5 min"), facts(Some(300), false, true));
        assert_eq!(call("Voice call, \u{200e}1 hr 2 min"), facts(Some(3720), false, false));
        assert_eq!(call("Voice call, No answer"), facts(None, true, false));
        assert_eq!(call("Missed voice call. 2 min • 3 joined"), facts(Some(120), true, false));
        for words in ["Voice call", "Video call me please", "voice call, when you can", "Missed voice call from you"] {
            assert_eq!(call(words), None, "{words}");
        }
    }

    #[test]
    fn names_of_chats() {
        for (file, chat) in [
            ("WhatsApp Chat with Sam Reed.txt", Some("Sam Reed")),
            ("WhatsApp Chat with Sam Reed (2).txt", Some("Sam Reed")),
            ("WhatsApp Chat - Sam.zip/_chat.txt", Some("Sam")),
            ("WhatsApp-Chat mit Sam.txt", Some("Sam")),
            ("_chat.txt", None),
            ("notes.txt", None),
        ] {
            assert_eq!(chat_in_name(file).as_deref(), chat, "{file}");
        }
    }
}
