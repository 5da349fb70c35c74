//! What becomes of characters that have no ink of their own: controls and direction overrides are
//! shown as `[U+202E]`, never obeyed, so no message can make the paper say something else.

/// What to do with one character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Set as it is.
    AsIs,
    /// A new line.
    NewLine,
    /// A space of this many places (a tab).
    Spaces(usize),
    /// No ink and no effect (soft hyphen, zero-width space): left out of the line.
    Nothing,
    /// As its code point in brackets.
    Mark,
}

/// What to do with `c`.
pub(super) fn shown(c: char) -> Shown {
    match c {
        '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Shown::NewLine,
        '\t' => Shown::Spaces(4),
        '\r' | '\u{ad}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{34f}' => Shown::Nothing,
        // Embeddings, overrides and forced isolates turn words round; the plain marks U+200E, U+200F,
        // U+061C and first-strong isolates (which chat programs put round names) cannot.
        '\u{202a}'..='\u{202e}' | '\u{2066}' | '\u{2067}' | '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' => {
            Shown::Mark
        }
        c if c.is_control() => Shown::Mark,
        _ => Shown::AsIs,
    }
}

/// Marks that are set for their effect on direction and shaping, but never need a glyph.
pub(super) fn needs_no_glyph(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{2068}' | '\u{2069}' | '\u{fe00}'..='\u{fe0f}')
        || matches!(c, '\u{e0020}'..='\u{e007f}')
        || c.is_whitespace()
}

/// `U+202E`.
pub(super) fn code_point(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_are_shown_and_controls_too() {
        assert_eq!(shown('\u{202e}'), Shown::Mark);
        assert_eq!(shown('\u{1b}'), Shown::Mark);
        assert_eq!(shown('\n'), Shown::NewLine);
        assert_eq!(shown('ا'), Shown::AsIs);
        assert_eq!(code_point('\u{202e}'), "U+202E");
    }
}
