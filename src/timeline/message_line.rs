//! A message as a line of a chronology: as its sender's words only where they are words that were sent.

use super::people::{People, Sender};
use super::words::{QUOTED, first_words};
use crate::model::{CallFacts, Message, MessageState, quotes};

/// One message read from a file, or typed in as written by somebody.
pub(super) fn line(message: &Message, people: &People<'_>) -> String {
    let sender = people.sender(message);
    if let Some(call) = message.as_call() {
        return call_line(message, &call, &sender, people);
    }
    if message.is(MessageState::Program) {
        let words = first_words(&message.text, QUOTED);
        return format!("A line written by {}: “{words}”", message.channel.program());
    }
    let to = receiver(message, people).map_or(String::new(), |to| format!(" to {to}"));
    let line = match not_said(message) {
        Some(what) => {
            let by = by(message, &sender, people);
            let by = if sender == Sender::Me { format!("{by}{to}") } else { by };
            what.line(&by, &body(message))
        }
        None => said_line(message, &sender, &if sender == Sender::Me { to } else { String::new() }, people),
    };
    let mut line = line;
    for (state, words) in [
        (MessageState::Edited, " (Edited after it was sent.)"),
        (MessageState::DeletedInMailbox, " (Deleted in the mailbox it comes from.)"),
        (MessageState::Spam, " (Kept as spam in the mailbox it comes from.)"),
    ] {
        if message.is(state) {
            line.push_str(words);
        }
    }
    line
}

/// Why nobody can be said to have said it.
enum NotSaid {
    Deleted,
    Undelivered,
    Draft,
    NotSent,
}

fn not_said(message: &Message) -> Option<NotSaid> {
    [
        (MessageState::Draft, NotSaid::Draft),
        (MessageState::NotSent, NotSaid::NotSent),
        (MessageState::Deleted, NotSaid::Deleted),
        (MessageState::Undelivered, NotSaid::Undelivered),
    ]
    .into_iter()
    .find_map(|(state, what)| message.is(state).then_some(what))
}

impl NotSaid {
    /// `by`: ` of mine to Sam Reed`; `body`: what it holds, empty where it holds nothing.
    fn line(&self, by: &str, body: &str) -> String {
        let colon = if body.is_empty() { ".".to_owned() } else { format!(": {body}") };
        match self {
            NotSaid::Draft => format!("A draft{by}, not sent{colon}"),
            NotSaid::NotSent => format!("A message{by}, not sent (sending it failed){colon}"),
            NotSaid::Undelivered if body.is_empty() => format!("A message{by} was not delivered."),
            NotSaid::Undelivered => format!("A message{by} was not delivered; the export holds its words: {body}"),
            NotSaid::Deleted if body.is_empty() => format!("A message{by} was deleted."),
            NotSaid::Deleted => format!("A message{by} was deleted; the export still holds its words: {body}"),
        }
    }
}

fn by(message: &Message, sender: &Sender<'_>, people: &People<'_>) -> String {
    match sender {
        Sender::Me => " of mine".to_owned(),
        Sender::Person(..) | Sender::Named(_) => {
            people.printed_sender(message).map_or(String::new(), |name| format!(" from {name}"))
        }
        Sender::ThisDevice => " on the telephone or account it was read from".to_owned(),
        Sender::NotKnown => " from a sender not known".to_owned(),
    }
}

fn receiver(message: &Message, people: &People<'_>) -> Option<String> {
    people.printed_receivers(message).into_iter().next()
}

/// The words in quotation marks, else the subject; empty where there is neither.
fn body(message: &Message) -> String {
    match (own_first_lines(message), subject(message)) {
        (words, _) if !words.is_empty() => format!("“{words}”"),
        (_, Some(subject)) => format!("with the subject “{}” and no text.", first_words(subject, QUOTED)),
        _ => String::new(),
    }
}

fn subject(message: &Message) -> Option<&str> {
    message.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty())
}

fn said_line(message: &Message, sender: &Sender<'_>, to: &str, people: &People<'_>) -> String {
    let forwarded = message.is(MessageState::Forwarded);
    let somebody = match sender {
        Sender::Me => Ok("I".to_owned()),
        Sender::Person(..) | Sender::Named(_) => Ok(people.printed_sender(message).unwrap_or_default()),
        Sender::NotKnown => Err("The sender is not known"),
        Sender::ThisDevice => Err("Sent from the telephone or account it was read from"),
    };
    let words = own_first_lines(message);
    let opening = match (&somebody, forwarded) {
        (Ok(who), false) => format!("{who} wrote{to}"),
        (Ok(who), true) => format!("{who} passed on a message{to}"),
        (Err(who), false) => format!("{who}; the message says"),
        (Err(who), true) => format!("{who}; the message, passed on, says"),
    };
    if !words.is_empty() {
        return format!("{opening}: “{words}”");
    }
    if let Some(subject) = subject(message) {
        return format!("{opening}, with the subject “{}” and no text.", first_words(subject, QUOTED));
    }
    match (message.files_in_words(), somebody) {
        (Some(files), Ok(who)) => format!("{who} sent{to} {files}."),
        (Some(files), Err(who)) => format!("{who}; the message is {files}."),
        (None, Ok(who)) => format!("{who} wrote{to}; the message has no text."),
        (None, Err(who)) => format!("{who}; the message has no text."),
    }
}

fn call_line(message: &Message, call: &CallFacts, sender: &Sender<'_>, people: &People<'_>) -> String {
    let length = call.length();
    if *sender == Sender::Me {
        let kind = if call.video { " by video" } else { "" };
        let to = receiver(message, people).map_or_else(|| "I made a call".to_owned(), |to| format!("I called {to}"));
        return match (call.missed, call.declined, length) {
            (true, _, _) => format!("{to}{kind}; the call was not answered."),
            (_, true, _) => format!("{to}{kind}; the call was declined."),
            (_, _, Some(length)) => format!("{to}{kind}; the call lasted {length}."),
            _ => format!("{to}{kind}."),
        };
    }
    let name = call.name();
    let length = length.map_or(String::new(), |length| format!(", {length}"));
    match sender {
        Sender::ThisDevice => format!("{name} made from the telephone or account it was read from{length}."),
        Sender::NotKnown => format!("{name}{length}; who called is not known."),
        _ => format!("{name} from {}{length}.", people.printed_sender(message).unwrap_or_default()),
    }
}

/// What a sender wrote, without what it quotes, the line that introduces that (it may hold an address), what a
/// program wrote of files, and the greeting, which says nothing of what happened.
fn own_first_lines(message: &Message) -> String {
    let own = quotes::own_words(&message.words_of_sender());
    let greets =
        |line: &&str| line.trim().is_empty() || line.trim_end().ends_with(',') && line.split_whitespace().count() <= 4;
    let rest = own.lines().skip_while(greets).collect::<Vec<_>>().join("\n");
    first_words(if rest.trim().is_empty() { &own } else { &rest }, QUOTED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Address, Channel, Digest, Locator, MissingMedia, Place};

    fn from_sam(channel: Channel, text: &str) -> Message {
        let mut message = Message::blank(channel);
        message.from = vec![Address { name: Some("Sam Reed".into()), address: None }];
        message.text = text.to_owned();
        message.place = Some(Place { original: Digest::of(b"export"), locator: Locator::whole() });
        message
    }

    fn told(message: &Message) -> String {
        line(message, &People::default())
    }

    #[test]
    fn only_words_that_were_sent_are_told_as_written() {
        for (state, expected) in [
            (MessageState::Draft, "A draft from Sam Reed, not sent: “words”"),
            (MessageState::NotSent, "A message from Sam Reed, not sent (sending it failed): “words”"),
            (MessageState::Deleted, "A message from Sam Reed was deleted."),
            (MessageState::Undelivered, "A message from Sam Reed was not delivered."),
            (MessageState::Program, "A line written by WhatsApp: “words”"),
            (MessageState::Forwarded, "Sam Reed passed on a message: “words”"),
            (MessageState::Edited, "Sam Reed wrote: “words” (Edited after it was sent.)"),
        ] {
            let mut message = from_sam(Channel::Whatsapp, "words");
            message.states = vec![state];
            assert_eq!(told(&message), expected);
        }
        let mut unsent = from_sam(Channel::Messenger, "words");
        unsent.states = vec![MessageState::Deleted];
        assert_eq!(told(&unsent), "A message from Sam Reed was deleted; the export still holds its words: “words”");
    }

    #[test]
    fn a_call_is_told_as_a_call() {
        for (missed, declined, seconds, expected) in [
            (true, false, None, "Missed call from Sam Reed."),
            (false, true, None, "Declined call from Sam Reed."),
            (false, false, Some(300), "Call from Sam Reed, 5 minutes."),
        ] {
            let mut message = from_sam(Channel::Telegram, "phone_call");
            message.call = Some(CallFacts { missed, declined, seconds, video: false });
            assert_eq!(told(&message), expected);
        }
    }

    #[test]
    fn no_marker_of_an_export_and_no_address_of_a_quoted_reply_stands_in_a_line() {
        let mut photo = from_sam(Channel::Whatsapp, "<Media omitted>");
        photo.missing = vec![MissingMedia { words: "<Media omitted>".into() }];
        assert_eq!(told(&photo), "Sam Reed sent a file that is not in the export.");
        let reply = "No.\n\nOn Mon, 2 Mar 2026 at 17:20, Alex Reed <alex@mail.example> wrote:\n> Can we swap?\n";
        assert_eq!(told(&from_sam(Channel::Email, reply)), "Sam Reed wrote: “No.”");
    }
}
