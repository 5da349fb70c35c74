//! Letters as one types them on a British keyboard: `lodz` for Łódź, `strasse` for Straße.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Letters that are no letter with an accent, so that no table of accents takes them apart.
const APART: [(char, &str); 12] = [
    ('ł', "l"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('ħ', "h"),
    ('ŧ', "t"),
    ('ı', "i"),
    ('ŋ', "n"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('þ', "th"),
];

/// Whether a letter, small or capital, is one of those, or becomes one as a small letter.
fn is_apart(letter: char) -> bool {
    !letter.is_ascii() && letter.to_lowercase().any(|small| apart(small).is_some())
}

fn apart(letter: char) -> Option<&'static str> {
    APART.iter().find(|(from, _)| *from == letter).map(|(_, to)| *to)
}

/// In small letters, without accents, with such letters taken apart.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
            continue;
        }
        // One by one is as good as all together: what would change places between letters is left out.
        for small in letter.to_lowercase().nfd().filter(|letter| !is_combining_mark(*letter)) {
            match apart(small) {
                Some(letters) => folded.push_str(letters),
                None => folded.push(small),
            }
        }
    }
    folded
}

/// What the column `folded` holds for these texts: those with letters that the index would keep as they are.
pub(super) fn folded_apart(texts: &[&str]) -> String {
    let has_any = |text: &&&str| !text.is_ascii() && text.chars().any(is_apart);
    texts.iter().filter(has_any).map(|text| fold(text)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_as_they_are_typed() {
        for (written, typed) in [
            ("Łódź", "lodz"),
            ("Straße", "strasse"),
            ("Zoë", "zoe"),
            ("SØREN Ærø", "soren aero"),
            ("İstanbul", "istanbul"),
        ] {
            assert_eq!(fold(written), typed);
        }
        assert_eq!(folded_apart(&["Zoë", "w Łodzi", "plain"]), "w lodzi");
    }
}
