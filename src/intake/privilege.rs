//! Words that suggest a message is privileged (MED-16). A suggestion only: a person sets the mark.

use crate::model::{Message, Privilege};

/// Words, and the privilege they suggest. The list comes from the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrivilegePhrase<'a> {
    /// The words, in any case and spacing.
    pub words: &'a str,
    /// What they suggest.
    pub suggests: Privilege,
}

/// What the words of a message suggest, and why in a sentence. The first phrase of the list that is
/// found decides. What is said at the first hearing is not privileged (MED-26), so a list must not
/// hold words of that hearing.
#[must_use]
pub fn privilege_hint(message: &Message, phrases: &[PrivilegePhrase<'_>]) -> Option<(Privilege, String)> {
    let subject = message.subject.as_deref().unwrap_or_default();
    let words = plain(&format!("{subject} {}", message.text));
    let found = phrases.iter().find(|phrase| contains_words(&words, &plain(phrase.words)))?;
    let of = match found.suggests {
        Privilege::None => return None,
        Privilege::LegalAdvice => "legal advice",
        Privilege::WithoutPrejudice => "without prejudice",
        Privilege::Mediation => "part of mediation",
    };
    Some((
        found.suggests,
        format!("It has the words “{}”; such a message may be {of} and stay out of court papers.", found.words),
    ))
}

/// Lower case, one space between words, hyphens and marks as spaces.
fn plain(text: &str) -> String {
    let letters: String = text
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect::<String>()
        .to_lowercase();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whole words, so that "without prejudiced" is not found.
fn contains_words(text: &str, words: &str) -> bool {
    !words.is_empty() && format!(" {text} ").contains(&format!(" {words} "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Channel, ThreadKeys};

    const PHRASES: [PrivilegePhrase<'_>; 3] = [
        PrivilegePhrase { words: "without prejudice", suggests: Privilege::WithoutPrejudice },
        PrivilegePhrase { words: "mediation summary", suggests: Privilege::Mediation },
        PrivilegePhrase { words: "memorandum of understanding", suggests: Privilege::Mediation },
    ];

    fn check(subject: &str, text: &str, expected: Option<Privilege>) {
        let message = Message {
            channel: Channel::Email,
            sent: None,
            from: Vec::new(),
            to: Vec::new(),
            cc: Vec::new(),
            subject: Some(subject.to_owned()),
            text: text.to_owned(),
            text_from_html: false,
            thread: ThreadKeys::default(),
            attachments: Vec::new(),
            place: None,
            with: Vec::new(),
            fingerprint: None,
        };
        let hint = privilege_hint(&message, &PHRASES);
        assert_eq!(hint.as_ref().map(|(privilege, _)| *privilege), expected, "{subject} / {text}");
        assert!(hint.is_none_or(|(_, why)| why.contains('“')));
    }

    #[test]
    fn phrases_suggest() {
        check("WITHOUT PREJUDICE: Robin's holidays", "Dear Sam", Some(Privilege::WithoutPrejudice));
        check("Holidays", "This letter is\nwithout-prejudice save as to costs.", Some(Privilege::WithoutPrejudice));
        check(
            "Our session",
            "I attach the Mediation Summary and Memorandum of Understanding.",
            Some(Privilege::Mediation),
        );
        check("Holidays", "We prejudiced nobody without reason.", None);
        check("Hearing", "At the FHDRA the judge asked about the holidays.", None);
    }
}
