//! An evidence bundle for which nothing was chosen takes every message of its dates. What its maker may not have meant
//! to hand over is counted before it is made: letters of strangers, drafts, what a mailbox kept as spam.

use super::book::Book;
use crate::model::{Content, Finding, Message, MessageState, Noun, Profile, RecordId, Severity};

/// So many are named.
const NAMED: usize = 3;

/// What to look at before everything is taken. `None`: something was chosen, or nothing of the kind is in it.
pub(super) fn finding(book: &Book<'_>) -> Option<Finding> {
    if book.input.options.profile != Profile::Evidence || book.by_hand {
        return None;
    }
    let messages: Vec<(RecordId, &Message)> = book
        .all(Noun::Message)
        .into_iter()
        .filter(|record| book.is_selected(record.id))
        .filter_map(|record| match &record.content {
            // What was typed in was meant.
            Content::Message(message) if message.place.is_some() => Some((record.id, message.as_ref())),
            _ => None,
        })
        .collect();
    let of = |is: &dyn Fn(&Message) -> bool| -> Vec<RecordId> {
        messages.iter().filter(|(_, message)| is(message)).map(|(id, _)| *id).collect()
    };
    let parts: Vec<String> = [
        (of(&|message| with_strangers(book, message)), "name nobody this book knows but you"),
        (of(&|message| message.is(MessageState::Spam)), "were kept as spam by their mailbox"),
        (of(&|message| message.is(MessageState::Draft)), "are drafts that were not sent"),
    ]
    .into_iter()
    .filter_map(|(ids, what)| part(&ids, what))
    .collect();
    if parts.is_empty() {
        return None;
    }
    let what = format!(
        "Nothing was chosen for this paper, so it takes every message of its dates. Of {} messages {}.",
        messages.len(),
        parts.join("; ")
    );
    let next = "Say whose addresses these are (daybook people); choose what belongs in it (daybook choose MSG-… --for evidence); \
                or keep one out: daybook mark MSG-… --keep-out-of evidence --why \"…\".";
    Some(Finding::new(Severity::Warn, "unchosen-messages", "paper", what, next))
}

/// `2 are drafts that were not sent (MSG-4, MSG-9)`.
fn part(ids: &[RecordId], what: &str) -> Option<String> {
    let named: Vec<String> = ids.iter().take(NAMED).map(RecordId::to_string).collect();
    let more = if ids.len() > NAMED { ", …" } else { "" };
    (!ids.is_empty()).then(|| format!("{} {what} ({}{more})", ids.len(), named.join(", ")))
}

/// Whether a message is from or to nobody of the book but its keeper.
fn with_strangers(book: &Book<'_>, message: &Message) -> bool {
    let mut all = message.from.iter().chain(&message.to).chain(&message.cc);
    !all.any(|one| book.people.of_address(message, one).is_some() && !book.people.is_me(message, one))
}
