//! One message of a transcript: its words, and apart from them what programs and we say of it.

use super::super::super::plan::{Anchor, ChatFile, ChatPicture, Span, TranscriptRow};
use super::super::book::{Book, InPlace};
use super::super::{files, text};
use super::Thread;
use super::words::{NOT_NAMED, is_mine, which_hour};
use crate::model::{
    Address, Attachment, CallFacts, Channel, DecodeQuality, Direction, Message, MessageState, Record, TimeOfDay,
};

/// `alone`: it has an entry of its own, which has the record's place already.
pub(super) fn row(
    book: &Book<'_>,
    record: &Record,
    (message, thread): (&Message, &Thread),
    alone: bool,
) -> TranscriptRow {
    let mut said = Said::of(message);
    said.notes.extend(message.sent.as_ref().and_then(which_hour));
    let two = in_two_exports(book, record, thread);
    if !two.is_empty() {
        said.notes.retain(|note| note != LAST_WORDING);
    }
    said.notes.extend(two);
    let context = book.context.contains(&record.id);
    TranscriptRow::Message {
        anchor: if alone { Anchor::named(format!("{}#1", record.id)) } else { Anchor::record(record.id) },
        number: thread.number(message),
        time: message
            .sent
            .as_ref()
            .and_then(|sent| sent.london().time)
            .map_or_else(|| "not known".to_owned(), TimeOfDay::clock),
        as_exported: message.sent.as_ref().map_or(String::new(), |sent| sent.words.trim().to_owned()),
        sender: sender(book, message),
        words: said.words,
        notes: said.notes,
        files: message.attachments.iter().map(|attachment| file(book, attachment, context)).collect(),
        chosen: !context,
    }
}

/// That two rows are one message in two exports.
fn in_two_exports(book: &Book<'_>, record: &Record, thread: &Thread) -> Vec<String> {
    let (later, earlier) = book.in_other_exports(record.id);
    let number = |other: &InPlace| {
        let record = book.record(other.id).filter(|_| book.is_selected(other.id))?;
        super::of_chat(record).map(|message| thread.number(message))
    };
    let mut notes = Vec::new();
    if let Some(earlier) = earlier {
        let there = number(&earlier).map_or_else(|| "not shown here".to_owned(), |number| format!("number {number}"));
        notes.push(if earlier.deleted {
            format!("One message in two exports: the later one has this line where the earlier one has its words ({there}).")
        } else {
            format!(
                "One message in two exports: these are its words in the later one, which marks it as edited. The earlier one \
                 has it as it read before ({there})."
            )
        });
    }
    if let Some(later) = later {
        let there = number(&later).map_or_else(|| "not shown here".to_owned(), |number| format!("number {number}"));
        let what = if later.deleted { "says that it was deleted" } else { "marks it as edited" };
        notes.push(format!(
            "One message in two exports: these are its words in the earlier one. The later one {what} ({there})."
        ));
    }
    notes
}

fn sender(book: &Book<'_>, message: &Message) -> String {
    if !message.from.is_empty() {
        let names = message.from.iter().map(|from| exported_name(book, message, from)).collect::<Vec<_>>().join(", ");
        // A telephone's own number is its keeper's, whether or not the book knows it.
        if names != NOT_NAMED || message.direction != Some(Direction::Sent) || !is_mine(book, message) {
            return names;
        }
        return book.people.my_name().to_owned();
    }
    match message.direction {
        _ if message.states.contains(&MessageState::Program) => message.channel.plain().to_owned(),
        Some(Direction::Sent) if is_mine(book, message) => book.people.my_name().to_owned(),
        Some(Direction::Sent) => "sent from this telephone".to_owned(),
        _ => "not known".to_owned(),
    }
}

/// The name in the export; where that is an address or a number, the person's name (no paper prints the other).
pub(super) fn exported_name(book: &Book<'_>, message: &Message, from: &Address) -> String {
    let bare = Address { name: from.name.clone(), address: None };
    match from.name.as_deref().map(str::trim) {
        // The name alone would say that it is somebody of the book.
        Some(_) if book.people.not_surely(message, from).is_some() => book.people.printed(message, from),
        Some(name) if !name.is_empty() && !crate::timeline::looks_like_an_address(name) => name.to_owned(),
        _ => match book.people.printed(message, from) {
            // The name may be a person's number written as a name.
            printed if printed == NOT_NAMED => book.people.printed(message, &bare),
            printed => printed,
        },
    }
}

const LAST_WORDING: &str = "Edited. The export holds only the last wording.";

/// What somebody wrote, parted from what a program put beside it.
struct Said {
    words: String,
    notes: Vec<String>,
}

impl Said {
    fn of(message: &Message) -> Self {
        let program = message.channel.program();
        let has = |state| message.states.contains(&state);
        let mut words = message.text_without_markers();
        let mut notes = Vec::new();
        if let Some(subject) = message.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty()) {
            notes.push(format!("Subject: “{subject}”"));
        }
        if let Some(call) = &message.call {
            notes.push(format!("{} (line written by {program})", call_in_words(call)));
            words.clear();
        } else if has(MessageState::Program) {
            // A line of a program is no person's: it never stands in Serif.
            let line = std::mem::take(&mut words);
            notes.push(format!("{} (line written by {program})", line.trim()));
        }
        // WhatsApp writes its own line in the place of these; elsewhere what is left are the sender's words.
        let replaced = message.channel == Channel::Whatsapp;
        for (state, said, kept) in [
            (MessageState::Deleted, "Deleted", "Deleted. The export still holds these words."),
            (MessageState::Undelivered, "Not delivered", "Not delivered, as the export says."),
        ] {
            if has(state) {
                let line = words.trim();
                if line.is_empty() {
                    notes.push(format!("{said}. The export does not hold its words."));
                } else if replaced {
                    notes.push(format!("{said}. The export says: “{line}”"));
                    words.clear();
                } else {
                    notes.push(kept.to_owned());
                }
            }
        }
        if has(MessageState::ViewOnce) {
            notes.push("Sent to be viewed once.".to_owned());
        }
        notes.extend(message.missing.iter().map(|missing| format!("Not in the export: “{}”", missing.words.trim())));
        for (state, said) in [
            (MessageState::Edited, LAST_WORDING),
            (MessageState::Forwarded, "Forwarded, as the export says."),
            (MessageState::Draft, "A draft: written and not sent."),
            (MessageState::NotSent, "Not sent: sending it failed."),
            (MessageState::DeletedInMailbox, "Deleted where it was kept, and still in the file."),
            (MessageState::Spam, "Kept as spam, as the mailbox says."),
        ] {
            if has(state) {
                notes.push(said.to_owned());
            }
        }
        if message.text_as_exported.is_some() {
            notes.push("Its characters were repaired in reading; the file has them as exported.".to_owned());
        }
        if words.trim().is_empty() && notes.is_empty() && message.attachments.is_empty() {
            notes.push("The message has no words.".to_owned());
        }
        Said { words, notes }
    }
}

/// `Missed voice call`, `Video call, 5 minutes`.
fn call_in_words(call: &CallFacts) -> String {
    let kind = if call.video { "video call" } else { "voice call" };
    let kind_first = if call.video { "Video call" } else { "Voice call" };
    match call {
        _ if call.missed => format!("Missed {kind}"),
        _ if call.declined => format!("Declined {kind}"),
        _ => call.length().map_or_else(|| kind_first.to_owned(), |length| format!("{kind_first}, {length}")),
    }
}

/// A file that came with the message.
fn file(book: &Book<'_>, attachment: &Attachment, context: bool) -> ChatFile {
    let kept = book.kept(&attachment.sha256);
    let held_back = book.chats().held_back.contains(&attachment.sha256);
    let name = attachment.name.as_deref().map_or_else(|| "A file without a name".to_owned(), files::label);
    let media_type = kept.map_or(attachment.media_type.as_str(), |kept| kept.media_type.as_str());
    let quality = match attachment.quality {
        DecodeQuality::Exact => "",
        DecodeQuality::Repaired => ", its encoding was damaged; what could be read was",
        DecodeQuality::Lossy => ", damaged: bytes were lost",
    };
    let kind = files::kind(media_type);
    let mut about = vec![text(format!("{kind}, {}{quality}. ", files::size(attachment.bytes)))];
    let picture = kept
        .filter(|_| !held_back && !context)
        .and_then(|kept| kept.picture.as_ref())
        .and_then(|picture| Some((picture, *picture.frames.first()?)));
    let home = book.home_of(&attachment.sha256).and_then(|home| book.place(home.clone()));
    match (home, &picture) {
        (Some(home), _) => about.extend([text("Printed in full at "), Span::Reference(home)]),
        (None, Some((picture, _))) if picture.frames.len() > 1 => {
            about.push(text(format!(
                "The first of its {} pages; the others are kept and can be shown.",
                picture.frames.len()
            )));
        }
        (None, Some(_)) => {
            about.pop();
            about.push(text(format!("{kind}, {}{quality}", files::size(attachment.bytes))));
        }
        (None, None) => {
            let why = match kept.and_then(|kept| kept.not_shown.as_deref()) {
                _ if held_back => "it is not for this paper",
                Some(why) => why.trim_end_matches('.'),
                None if !(media_type.starts_with("image/") || media_type == "application/pdf") => {
                    "only pictures and PDFs can be printed"
                }
                None if context => "the message is shown for context",
                None => "it is not among the papers chosen",
            };
            about.push(text(format!("Not printed: {why}. It is kept and can be shown.")));
        }
    }
    let picture = picture.map(|(_, frame)| ChatPicture {
        image: attachment.sha256,
        frame,
        finest: book.input.rules.limit("27A-60").and_then(|dots| u32::try_from(dots).ok()),
    });
    ChatFile { name, about, picture }
}
