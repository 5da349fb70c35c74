//! What makes two copies the same message, whatever file they came in.

use crate::model::{Digest, Message, When, phone};

/// The SHA-256 over the sender's address, the moment, the subject without its `Re:`, the words without
/// their spacing and the attachments. Line ends, headers a server added and the file's name do not count.
pub(super) fn of(message: &Message) -> Digest {
    let from = message.from.first().and_then(|from| from.address.as_deref().or(from.name.as_deref()));
    let mut hashes: Vec<String> = message.attachments.iter().map(|attachment| attachment.sha256.to_string()).collect();
    hashes.sort_unstable();
    let fields = [
        from.unwrap_or_default().trim().to_lowercase(),
        message.sent.as_ref().map(moment).unwrap_or_default(),
        bare_subject(message.subject.as_deref().unwrap_or_default()),
        words_of(&message.text),
        hashes.join(" "),
    ];
    // One field a line; none of them can hold a line break.
    Digest::of(fields.join("\n").as_bytes())
}

/// A message of a chat: the channel, the chat, who wrote, the minute, the words without their spacing, and
/// how many equal ones stand before it in that minute. The number in the export, seconds and the form of the
/// clock do not count, so a longer export, or one from the other kind of telephone, gives the same.
pub(super) fn of_chat(from: &str, chat: &str, message: &Message, bare: &str, ordinal: u32) -> Digest {
    let minute = message.sent.as_ref().map(|sent| {
        let at = sent.start.instant().map(|at| at.unix_seconds().div_euclid(60).to_string());
        at.unwrap_or_else(|| sent.start.to_string().chars().take(16).collect())
    });
    let fields = [
        message.channel.word().to_owned(),
        chat.replace('\n', "\t"),
        from.trim().to_lowercase(),
        minute.unwrap_or_default(),
        bare.split_whitespace().collect::<Vec<_>>().join(" "),
        ordinal.to_string(),
    ];
    Digest::of(fields.join("\n").as_bytes())
}

/// The words without their spacing. A line that begins with `From ` may have got a `>` in a mailbox, which its
/// copy as a file of its own has not.
fn words_of(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for line in text.lines() {
        let bare = line.trim_start_matches('>');
        let line = if line.starts_with('>') && bare.starts_with("From ") { bare } else { line };
        let mut add = |word: &str| {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        };
        if line.is_ascii() {
            // The same for plain letters, several times as quick: all that `char::is_whitespace` holds of ASCII.
            let blank = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
            let mut start = 0;
            for end in line.bytes().enumerate().filter(|(_, byte)| blank(byte)).map(|(at, _)| at).chain([line.len()]) {
                if end > start {
                    add(&line[start..end]);
                }
                start = end + 1;
            }
        } else {
            line.split_whitespace().for_each(add);
        }
    }
    words
}

/// For a text message, a picture message or a call: the other telephones, the direction, the second, the
/// words and the files. Two backups of one telephone, made on different days, agree in all of it.
pub(super) fn of_telephone(message: &Message) -> Digest {
    let mut others: Vec<String> = message
        .from
        .iter()
        .chain(&message.to)
        .map(|one| phone::key(one.address.as_deref().unwrap_or(one.shown())))
        .collect();
    others.sort_unstable();
    others.dedup();
    let mut hashes: Vec<String> = message.attachments.iter().map(|attachment| attachment.sha256.to_string()).collect();
    hashes.sort_unstable();
    let direction = message.direction.map_or("", |direction| match direction {
        crate::model::Direction::Sent => "sent",
        crate::model::Direction::Received => "received",
    });
    let fields = [
        message.channel.word().to_owned(),
        others.join(" "),
        direction.to_owned(),
        message.sent.as_ref().map(moment).unwrap_or_default(),
        bare_subject(message.subject.as_deref().unwrap_or_default()),
        message.text.split_whitespace().collect::<Vec<_>>().join(" "),
        hashes.join(" "),
        message.call.as_ref().and_then(|call| call.seconds).map(|seconds| seconds.to_string()).unwrap_or_default(),
    ];
    Digest::of(fields.join("\n").as_bytes())
}

/// The second in UTC, or the wall clock as it stands where the zone is not known.
fn moment(sent: &When) -> String {
    sent.start.instant().map_or_else(|| sent.start.to_string(), |at| at.unix_seconds().to_string())
}

/// The subject without the marks of replies and forwards, in lower case.
pub(super) fn bare_subject(subject: &str) -> String {
    const MARKS: [&str; 7] = ["re", "fw", "fwd", "aw", "wg", "sv", "antw"];
    let spaced = subject.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut rest = spaced.as_str();
    while let Some((mark, after)) = rest.split_once(':') {
        // `Re[2]:` counts the replies.
        let mark = mark.split('[').next().unwrap_or(mark).trim();
        if !MARKS.contains(&mark) {
            break;
        }
        rest = after.trim_start();
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{bare_subject, words_of};

    proptest! {
        /// What a book has stored must be known again: the quick way gives what the plain one gives.
        #[test]
        fn words_are_those_that_blanks_part(text in "[a\u{e9}>F \t\n\r\x0b\x0c\x1c\u{a0}\u{85}]{0,40}") {
            let plain: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(words_of(&text), plain.join(" "));
        }
    }

    #[test]
    fn subjects_without_their_marks() {
        for (subject, expected) in [
            ("Re: Fwd:  RE: This   weekend", "this weekend"),
            ("Re[2]: This weekend", "this weekend"),
            ("Result: 3-1", "result: 3-1"),
            ("re:", ""),
            ("", ""),
        ] {
            assert_eq!(bare_subject(subject), expected, "{subject}");
        }
    }
}
