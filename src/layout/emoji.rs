//! Names for emoji, printed beneath a message: in copies the yellow goes, and a reader who only
//! hears the page should know what was sent.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use super::shown::code_point;

/// The names of the emoji in `text`, in order, or `None` when there are none:
/// `thumbs up, medium skin tone; slightly smiling face`. A run of the same one is counted.
pub(super) fn names_of(text: &str) -> Option<String> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for name in text.graphemes(true).filter_map(name) {
        match found.last_mut() {
            Some((last, count)) if *last == name => *count += 1,
            _ => found.push((name, 1)),
        }
    }
    let words =
        found.into_iter().map(|(name, count)| if count == 1 { name } else { format!("{name} ({count} times)") });
    let words: Vec<String> = words.collect();
    (!words.is_empty()).then(|| words.join("; "))
}

/// Whether a grapheme is drawn as a picture.
pub(super) fn is_emoji(grapheme: &str) -> bool {
    name(grapheme).is_some()
}

/// The name of one emoji, a sequence of several code points included.
fn name(grapheme: &str) -> Option<String> {
    let first = grapheme.chars().next()?;
    if let Some(flag) = flag(grapheme) {
        return Some(flag);
    }
    let asks_for_colour = grapheme.contains('\u{fe0f}');
    if !(is_pictured(first) || asks_for_colour && names().contains_key(&first)) {
        return None;
    }
    let parts: Vec<String> = grapheme.split('\u{200d}').map(part_name).filter(|part| !part.is_empty()).collect();
    Some(parts.join(" with "))
}

fn part_name(part: &str) -> String {
    let visible = part.chars().filter(|c| !matches!(c, '\u{fe0f}' | '\u{20e3}'));
    let words = visible.map(|c| names().get(&c).map_or_else(|| code_point(c), |name| (*name).to_owned()));
    words.collect::<Vec<_>>().join(", ")
}

fn flag(grapheme: &str) -> Option<String> {
    if grapheme.contains('\u{e007f}') {
        let letters = grapheme.chars().filter_map(|c| char::from_u32(u32::from(c).checked_sub(0xe0000)?));
        return match letters.filter(char::is_ascii_lowercase).collect::<String>().as_str() {
            "gbwls" => Some("flag of Wales".into()),
            "gbeng" => Some("flag of England".into()),
            "gbsct" => Some("flag of Scotland".into()),
            other => Some(format!("flag {other}")),
        };
    }
    let letter = |c: char| {
        let offset = u32::from(c).checked_sub(0x1f1e6).filter(|n| *n < 26)?;
        char::from_u32(u32::from('A') + offset)
    };
    let letters: String = grapheme.chars().map_while(letter).collect();
    (!letters.is_empty()).then(|| format!("flag {letters}"))
}

/// Whether a character is drawn as a picture without being asked to.
fn is_pictured(c: char) -> bool {
    let by_default = matches!(c,
        '\u{231a}' | '\u{231b}' | '\u{23e9}'..='\u{23ec}' | '\u{23f0}' | '\u{23f3}' | '\u{2614}' | '\u{2615}'
        | '\u{2648}'..='\u{2653}' | '\u{267f}' | '\u{2693}' | '\u{26a1}' | '\u{26bd}' | '\u{26be}' | '\u{26c4}'
        | '\u{26ce}' | '\u{26d4}' | '\u{26ea}' | '\u{26f2}' | '\u{26f5}' | '\u{26fa}' | '\u{26fd}' | '\u{2705}'
        | '\u{270a}' | '\u{270b}' | '\u{2728}' | '\u{274c}' | '\u{274e}' | '\u{2753}'..='\u{2757}'
        | '\u{2795}'..='\u{2797}' | '\u{2b50}' | '\u{2b55}' | '\u{1f004}' | '\u{1f0cf}' | '\u{1f300}'..='\u{1faff}');
    by_default && names().contains_key(&c)
}

/// From the Unicode Character Database, with everyday words where those read oddly.
fn names() -> &'static BTreeMap<char, &'static str> {
    static NAMES: OnceLock<BTreeMap<char, &'static str>> = OnceLock::new();
    NAMES.get_or_init(|| {
        let line = |line: &'static str| {
            let (code, name) = line.split_once(' ')?;
            Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, name))
        };
        include_str!("emoji_names.txt").lines().filter_map(line).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_named() {
        for (text, expected) in [
            ("Ok", None),
            ("Call 0117 or #1", None),
            ("👍🏽🙂", Some("thumbs up, medium skin tone; slightly smiling face")),
            ("😂😂😂", Some("face with tears of joy (3 times)")),
            ("❤️", Some("red heart")),
            ("👩‍👧", Some("woman with girl")),
            ("🏴󠁧󠁢󠁷󠁬󠁳󠁿 and 🇵🇱", Some("flag of Wales; flag PL")),
        ] {
            assert_eq!(names_of(text).as_deref(), expected, "{text}");
        }
    }
}
