//! Which bundled family a script of its own is set in: its words and the spaces between them
//! together, so that a sentence stays one piece of text.

use std::ops::Range;

/// The family of a character's script; `None` for Latin, Greek, Cyrillic and signs, which stay in
/// the face of the sentence.
fn family(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{530}'..='\u{58f}' => "Noto Sans Armenian",
        '\u{590}'..='\u{5ff}' | '\u{fb1d}'..='\u{fb4f}' => "Noto Sans Hebrew",
        '\u{600}'..='\u{6ff}'
        | '\u{750}'..='\u{77f}'
        | '\u{8a0}'..='\u{8ff}'
        | '\u{fb50}'..='\u{fdff}'
        | '\u{fe70}'..='\u{fefc}' => "Noto Sans Arabic",
        '\u{900}'..='\u{97f}' => "Noto Sans Devanagari",
        '\u{980}'..='\u{9ff}' => "Noto Sans Bengali",
        '\u{a00}'..='\u{a7f}' => "Noto Sans Gurmukhi",
        '\u{a80}'..='\u{aff}' => "Noto Sans Gujarati",
        '\u{b80}'..='\u{bff}' => "Noto Sans Tamil",
        '\u{e00}'..='\u{e7f}' => "Noto Sans Thai",
        '\u{10a0}'..='\u{10ff}' | '\u{1c90}'..='\u{1cbf}' | '\u{2d00}'..='\u{2d2f}' => "Noto Sans Georgian",
        '\u{1200}'..='\u{139f}' | '\u{2d80}'..='\u{2ddf}' => "Noto Sans Ethiopic",
        _ => return None,
    })
}

/// The stretches of `text` in one script, with the spaces inside them.
pub(super) fn stretches(text: &str) -> Vec<(Range<usize>, &'static str)> {
    let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
    let mut only_spaces_since = false;
    for (i, c) in text.char_indices() {
        let end = i + c.len_utf8();
        match (family(c), found.last_mut()) {
            (Some(name), Some((range, last))) if *last == name && only_spaces_since => range.end = end,
            (Some(name), _) => {
                found.push((i..end, name));
                only_spaces_since = true;
            }
            (None, _) => only_spaces_since &= matches!(c, ' ' | '\u{a0}' | '\u{200c}' | '\u{200d}'),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_holds_its_spaces_and_ends_with_its_script() {
        let text = "the word سلام عليكم here";
        let [(range, family)] = &stretches(text)[..] else { panic!("one stretch") };
        assert_eq!((&text[range.clone()], *family), ("سلام عليكم", "Noto Sans Arabic"));
        assert!(stretches("Zażółć, Γειά, Привет").is_empty());
    }
}
