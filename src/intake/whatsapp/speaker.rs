//! Who wrote a line: the name before the colon, which may itself hold a colon.

use std::collections::HashMap;

use super::body;
use super::header::is_mark;

/// The most names that are kept apart; nobody's chat has as many people.
const MOST: usize = 20_000;

/// No name.
pub(super) const NOBODY: u32 = u32::MAX;

/// The names before the first colon of all headers.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: HashMap<String, u32>,
    names: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    short: String,
    count: u32,
    /// What stands up to the second colon, as long as it is the same in all lines.
    longer: Option<String>,
}

impl Names {
    /// Takes what stands behind a header; the number of its name, or [`NOBODY`].
    pub(super) fn take(&mut self, rest: &str) -> u32 {
        let Some((name, text)) = first_colon(rest) else { return NOBODY };
        let longer = first_colon(text).map(|(more, _)| format!("{name}: {more}"));
        if let Some(number) = self.known.get(name) {
            let Some(known) = self.names.get_mut(*number as usize) else { return NOBODY };
            known.count = known.count.saturating_add(1);
            if known.longer != longer {
                known.longer = None;
            }
            return *number;
        }
        if self.names.len() >= MOST {
            return NOBODY;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(NOBODY);
        self.known.insert(name.to_owned(), number);
        self.names.push(Name { short: name.to_owned(), count: 1, longer });
        number
    }

    /// The name and the words of what stands behind a header. `None`: a line of the program. `said` are names
    /// known beforehand (the chat's, the user's own).
    pub(super) fn split<'a>(&self, rest: &'a str, said: &[String]) -> Option<(&'a str, &'a str)> {
        let known = |name: &str| self.known.get(name).and_then(|number| self.names.get(*number as usize));
        for name in said.iter().filter(|name| name.contains(": ")) {
            if let Some(text) = rest.strip_prefix(name.as_str()).and_then(|text| text.strip_prefix(": ")) {
                return rest.get(..name.len()).map(|name| (name, text));
            }
        }
        let Some((name, text)) = first_colon(rest) else {
            // A colon without its space, behind a name that is known: `Sam:` with nothing behind it.
            let (name, text) = rest.split_once(':')?;
            return (text.is_empty() || known(name).is_some())
                .then_some((name, text))
                .filter(|(name, _)| !name.is_empty());
        };
        let found = known(name);
        // The same words up to a second colon in every line of somebody belong to the name.
        if let Some(longer) = found.filter(|found| found.count >= 3).and_then(|found| found.longer.as_deref())
            && let Some(text) = rest.strip_prefix(longer).and_then(|text| text.strip_prefix(": "))
        {
            return rest.get(..longer.len()).map(|name| (name, text));
        }
        if found.is_none_or(|found| found.count < 2) && body::is_program_sentence(name) {
            return None;
        }
        Some((name, text))
    }

    /// The name of this number, as it stands.
    pub(super) fn name(&self, number: u32) -> Option<&str> {
        let name = self.names.get(number as usize)?;
        Some(name.longer.as_deref().filter(|_| name.count >= 3).unwrap_or(&name.short))
    }
}

/// What stands before and behind the first colon with a space.
fn first_colon(rest: &str) -> Option<(&str, &str)> {
    let at = rest.find(": ")?;
    // Names have at most some dozens of letters; sentences with a colon far behind are none.
    if at == 0 || at > 256 {
        return None;
    }
    Some((rest.get(..at)?, rest.get(at + 2..)?))
}

/// A name as it can be read: without marks of direction, with plain spaces.
pub(super) fn readable(name: &str) -> String {
    let spaces = |letter: char| if matches!(letter, '\u{a0}' | '\u{202f}' | '\u{2009}') { ' ' } else { letter };
    let kept: String = name.chars().filter(|letter| !is_mark(*letter)).map(spaces).collect();
    kept.trim().to_owned()
}

/// Whether a name is a telephone number.
pub(super) fn is_number(name: &str) -> bool {
    let digits = name.chars().filter(char::is_ascii_digit).count();
    digits >= 7 && name.chars().all(|letter| letter.is_ascii_digit() || " +-()\u{2011}\u{2010}".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words() {
        let mut names = Names::default();
        for text in ["Mum: work: hi", "Mum: work: 5: yes", "Mum: work: ok", "Sam: note: x", "Sam: y", "Sam: z"] {
            names.take(text);
        }
        for (rest, expected) in [
            ("Mum: work: hi", Some(("Mum: work", "hi"))),
            ("Sam: note: x", Some(("Sam", "note: x"))),
            ("Sam:", Some(("Sam", ""))),
            ("Sam:.", Some(("Sam", "."))),
            ("🐤: hi", Some(("🐤", "hi"))),
            ("Sam created group \"Trip: May\"", None),
            ("Sam changed the group name to \"a: b\"", None),
            ("You were added", None),
            ("at 5:30", None),
        ] {
            assert_eq!(names.split(rest, &[]), expected, "{rest}");
        }
        let said = ["Al: home".to_owned()];
        assert_eq!(names.split("Al: home: hi", &said), Some(("Al: home", "hi")));
    }

    #[test]
    fn numbers() {
        assert!(is_number("+44 7700 900123") && is_number("+44 7700\u{2011}900123"));
        assert!(!is_number("Sam 2") && !is_number("12"));
    }
}
