//! Bytes become drafts: one reader a format, one table of all of them.
//!
//! In: an original that is already hashed and kept, opened for reading. Out: a stream of
//! [`MessageDraft`]s and findings, each pointing back into its original. Deliberately absent: files
//! by name, the store, the clock. A bad message costs one finding; it neither stops the rest nor
//! vanishes.
//!
//! [`SOURCES`] is the table, [`detect`] asks it.

mod body;
mod calls;
mod charset;
pub mod chats;
mod date_order;
mod elsewhere;
mod eml;
mod emlx;
mod file_words;
mod fingerprint;
mod header;
mod html;
mod ics;
mod imessage;
mod json_items;
mod locate;
mod mbox;
mod messenger;
mod mime;
mod notes;
mod outlook;
#[cfg(test)]
mod samples;
mod sms;
mod telegram;
mod telephone;
mod transfer;
mod whatsapp;

pub mod zip;

pub use calls::CallsSource;
pub use elsewhere::{Elsewhere, elsewhere};
pub use eml::{EmlSource, read_email};
pub use emlx::EmlxSource;
pub use file_words::words_of;
pub use ics::{CalendarDays, IcsSource, calendar_days};
pub use imessage::ImessageSource;
pub use locate::{attachment_bytes, bytes_at};
pub use mbox::MboxSource;
pub use messenger::MessengerSource;
pub use outlook::MsgSource;
pub use sms::SmsSource;
pub use telegram::TelegramSource;
pub use whatsapp::{SignalTextSource, WhatsappSource};

use std::io::{self, Read, Seek};

use crate::model::{Digest, Finding, Instant, Locator, Message, Place, When, Zone};

/// Something that can be read and wound back.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// What is known of an original before it is read.
#[derive(Debug, Clone)]
pub struct About<'a> {
    /// Its SHA-256.
    pub digest: Digest,
    /// Its name: a label.
    pub name: &'a str,
    /// How many bytes.
    pub bytes: u64,
    /// When its container or its folder says it was last written; only a bound, never a date of
    /// anything in it.
    pub written: Option<Instant>,
    /// The way to it inside the kept original, where it is an entry of a zip or a slice of a mailbox.
    pub within: &'a Locator,
}

/// What the user was asked, or said beforehand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The zone of times that state none.
    pub zone: Zone,
    /// The order of day and month in numeric dates. `None`: the reader finds it, or asks.
    pub date_order: Option<DateOrder>,
    /// The names the user goes by in chats, where that is known: for sources that say "Me" or "You".
    pub me: Vec<String>,
}

/// The order of day and month in dates that are all numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateOrder {
    /// 03/04 is 3 April.
    DayFirst,
    /// 03/04 is 4 March.
    MonthFirst,
    /// The year stands first, then the month.
    YearFirst,
}

/// How reading an original ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Everything that could be read went to the sink.
    Read,
    /// Nothing went to the sink: only habit would decide, so a person must. Reading it again with the answer in [`Settings`] goes on.
    Ask(Question),
}

/// What only the user can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Which number of a date is the day. First and last message under either reading, in words.
    DateOrder {
        /// First and last date if the day stands first.
        day_first: (String, String),
        /// First and last date if the month stands first.
        month_first: (String, String),
        /// What habit would say, to be shown as a suggestion only.
        habit: DateOrder,
    },
}

impl Default for Settings {
    fn default() -> Self {
        Settings { zone: Zone::LONDON, date_order: None, me: Vec::new() }
    }
}

/// A message as read, before it is a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageDraft {
    /// What was read. Its `place` points into the original.
    pub message: Message,
    /// Attachment bytes that cannot be decoded exactly again from the original, to be kept apart.
    pub loose: Vec<(Digest, Vec<u8>)>,
    /// Files the message names that lie beside its original (the media of a chat's export). The importer
    /// finds them there; what it does not find becomes [`Message::missing`].
    pub beside: Vec<Beside>,
    /// Something of it could not be read; a finding says what.
    pub partly: bool,
}

/// A file a message names that should lie beside its original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beside {
    /// Its name, or its way below the folder of the original, as the message writes it.
    pub name: String,
    /// As the source declares it; `None`: by its content.
    pub media_type: Option<String>,
    /// Shown inside the text.
    pub inline: bool,
}

/// Takes what a reader finds.
pub trait Sink {
    /// Takes a message.
    ///
    /// # Errors
    /// The receiver failed (a full disk); the reader stops and passes it on.
    fn message(&mut self, draft: MessageDraft) -> io::Result<()>;

    /// Takes something that is not a message: an appointment, a contact. It becomes a document of its own,
    /// which cites its place in the original.
    ///
    /// # Errors
    /// As for a message.
    fn item(&mut self, item: ItemDraft) -> io::Result<()>;

    /// Takes a finding about the original or one of its messages.
    fn finding(&mut self, finding: Finding);

    /// Whether what stands there is still wanted. Asked by readers of large originals before a message is
    /// read, so that an interrupted import goes on where it was.
    fn wants(&mut self, _place: &Locator) -> bool {
        true
    }

    /// The bytes of the message that comes next, exactly as they stand, from readers whose messages are
    /// slices of their original and can stand alone (e-mails).
    fn raw(&mut self, _bytes: &[u8]) {}

    /// What else the owner of this name is called, where that is known: a chat exported after its contact was renamed
    /// is the same chat.
    fn other_names(&self, _name: &str) -> Vec<String> {
        Vec::new()
    }

    /// The names that messages known already carry in the chat of this message, as names are compared.
    fn names_in_chat(&self, _message: &Message) -> Vec<String> {
        Vec::new()
    }

    /// The fingerprints that the message which comes next would have if its people stood there under their other names.
    fn under_other_names(&mut self, _fingerprints: Vec<Digest>) {}

    /// A message was met and could not be read; a finding says why.
    fn unread(&mut self) {}
}

/// Something in an original that is not a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemDraft {
    /// As an index would name it: `Calendar entry: School concert`.
    pub title: String,
    /// When it is or was.
    pub when: Option<When>,
    /// Its words, as plain text.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// A reader of one format.
pub trait Source: Sync {
    /// A short stable word: `eml`.
    fn name(&self) -> &'static str;

    /// In plain English, for help and reports: `a saved e-mail (.eml)`.
    fn title(&self) -> &'static str;

    /// How sure it is that this original is of its format, from its first bytes (at most 8 KiB) and
    /// its name; `None` declines. The highest claim reads.
    fn claims(&self, head: &[u8], about: &About<'_>) -> Option<u8>;

    /// Whether its dates may be all numbers, so that it may have to be said which of them is the day.
    fn asks_date_order(&self) -> bool {
        false
    }

    /// Reads the original.
    ///
    /// # Errors
    /// Reading the bytes failed, or the sink did. Damage in the content is a finding, never an error.
    fn read(
        &self,
        original: &mut dyn ReadSeek,
        about: &About<'_>,
        settings: &Settings,
        sink: &mut dyn Sink,
    ) -> io::Result<Outcome>;
}

/// All readers.
pub static SOURCES: &[&dyn Source] = &[
    &EmlSource,
    &MboxSource,
    &EmlxSource,
    &SmsSource,
    &MsgSource,
    &IcsSource,
    &WhatsappSource,
    &SignalTextSource,
    &MessengerSource,
    &TelegramSource,
    &ImessageSource,
    &CallsSource,
];

/// How many first bytes of an original the readers are shown.
pub const HEAD: usize = 8 * 1024;

/// The reader of an original, by its first bytes ([`HEAD`] of them, or all there are) and only then its
/// name. `None`: no reader knows the format.
#[must_use]
pub fn detect(head: &[u8], about: &About<'_>) -> Option<&'static dyn Source> {
    let head = &head[..head.len().min(HEAD)];
    let claims = SOURCES.iter().filter_map(|source| source.claims(head, about).map(|claim| (claim, *source)));
    claims.max_by_key(|(claim, _)| *claim).map(|(_, source)| source)
}
