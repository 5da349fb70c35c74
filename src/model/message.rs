//! Messages: read from files, or a conversation typed in.

use serde::{Deserialize, Serialize};

use super::{Digest, Locator, RecordId, When};

/// One message between people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// How it was sent.
    pub channel: Channel,
    /// When it was sent. `None`: its source does not say.
    #[serde(default)]
    pub sent: Option<When>,
    /// Who sent it. Empty: its source does not say.
    #[serde(default)]
    pub from: Vec<Address>,
    /// To whom.
    #[serde(default)]
    pub to: Vec<Address>,
    /// Copied to.
    #[serde(default)]
    pub cc: Vec<Address>,
    /// The subject, decoded.
    #[serde(default)]
    pub subject: Option<String>,
    /// The words, as plain text.
    #[serde(default)]
    pub text: String,
    /// The text was made from HTML, for want of a plain part.
    #[serde(default)]
    pub text_from_html: bool,
    /// What ties it to other messages.
    #[serde(default)]
    pub thread: ThreadKeys,
    /// Files that came with it.
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// Where in which original it stands. `None`: typed in.
    #[serde(default)]
    pub place: Option<Place>,
    /// For a conversation typed in: who was there besides, and how the writer knows.
    #[serde(default)]
    pub with: Vec<RecordId>,
    /// The SHA-256 over what makes two copies the same message (sender, moment, subject, text and
    /// attachments), so that the same mail under another name is known again.
    #[serde(default)]
    pub fingerprint: Option<Digest>,
    /// The chat it stands in, for messages that come as part of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chat: Option<ChatPlace>,
    /// Which way it went, where the source says so by itself (a telephone's backup does).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direction: Option<Direction>,
    /// What the source says became of it. Never guessed from the words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<MessageState>,
    /// Pictures, sound and files the source names and does not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<MissingMedia>,
    /// What a call was, for a line of a call log or of a chat that tells of a call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<CallFacts>,
    /// The words exactly as the source has them, where reading had to repair their characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_as_exported: Option<String>,
}

/// Where in which chat a message stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChatPlace {
    /// The chat as its source names it: a person, a group, a number.
    pub name: String,
    /// Its number in the export, from 1, in the order of the chat: what a transcript prints.
    pub number: u64,
    /// What the service itself calls the chat, where the export says it. It stays when the chat or a contact is renamed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

impl ChatPlace {
    /// A place in a chat that is known by its name alone.
    #[must_use]
    pub fn named(name: impl Into<String>, number: u64) -> Self {
        ChatPlace { name: name.into(), number, id: None }
    }
}

/// Which way a message went, seen from the telephone or account it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// It was sent from there.
    Sent,
    /// It was received there.
    Received,
}

/// What its source says became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MessageState {
    /// Changed after it was sent; the words before are not in the source.
    Edited,
    /// Deleted; its words are not in the source, or the source keeps them and says so.
    Deleted,
    /// A line of the program, not of a person: somebody joined, a number changed, encryption.
    Program,
    /// Could be opened once only.
    ViewOnce,
    /// Passed on from another chat.
    Forwarded,
    /// Written and never sent.
    Draft,
    /// Sending it failed.
    NotSent,
    /// It waited to be decrypted and never was.
    Undelivered,
    /// Deleted in the mailbox it comes from, and still standing in its file.
    DeletedInMailbox,
    /// Its mailbox kept it among the unwanted mail.
    Spam,
}

/// Something a message names and its source does not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MissingMedia {
    /// What the source calls it: `image omitted`, `IMG-20260918-WA0001.jpg`.
    pub words: String,
}

/// What is known of a call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct CallFacts {
    /// How long it lasted, in seconds. `None`: not known, or nobody answered.
    pub seconds: Option<u64>,
    /// Nobody answered.
    pub missed: bool,
    /// It was declined.
    pub declined: bool,
    /// With a picture.
    pub video: bool,
}

/// How a message was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// E-mail.
    Email,
    /// Text message.
    Sms,
    /// WhatsApp.
    Whatsapp,
    /// A conversation face to face.
    Conversation,
    /// A telephone or video call.
    Call,
    /// A letter or note on paper.
    Letter,
    /// A parenting app.
    ParentingApp,
    /// Facebook Messenger.
    Messenger,
    /// Instagram.
    Instagram,
    /// Telegram.
    Telegram,
    /// Apple's Messages.
    Imessage,
    /// Signal.
    Signal,
    /// Anything else.
    Other,
}

impl Channel {
    /// All channels.
    pub const ALL: [Channel; 13] = [
        Channel::Email,
        Channel::Sms,
        Channel::Whatsapp,
        Channel::Conversation,
        Channel::Call,
        Channel::Letter,
        Channel::ParentingApp,
        Channel::Messenger,
        Channel::Instagram,
        Channel::Telegram,
        Channel::Imessage,
        Channel::Signal,
        Channel::Other,
    ];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Channel::Email => "email",
            Channel::Sms => "sms",
            Channel::Whatsapp => "whatsapp",
            Channel::Conversation => "conversation",
            Channel::Call => "call",
            Channel::Letter => "letter",
            Channel::ParentingApp => "parenting-app",
            Channel::Messenger => "messenger",
            Channel::Instagram => "instagram",
            Channel::Telegram => "telegram",
            Channel::Imessage => "imessage",
            Channel::Signal => "signal",
            Channel::Other => "other",
        }
    }

    /// As papers print it: `E-mail`, `WhatsApp`.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Channel::Email => "E-mail",
            Channel::Sms => "Text message",
            Channel::Whatsapp => "WhatsApp",
            Channel::Conversation => "Conversation",
            Channel::Call => "Call",
            Channel::Letter => "Letter",
            Channel::ParentingApp => "Parenting app",
            Channel::Messenger => "Messenger",
            Channel::Instagram => "Instagram",
            Channel::Telegram => "Telegram",
            Channel::Imessage => "iMessage",
            Channel::Signal => "Signal",
            Channel::Other => "Message",
        }
    }

    /// The channel a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }
}

/// Somebody as a message names them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Address {
    /// The display name.
    #[serde(default)]
    pub name: Option<String>,
    /// The e-mail address, telephone number or handle, as written.
    #[serde(default)]
    pub address: Option<String>,
}

/// What ties a message to others.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ThreadKeys {
    /// The Message-ID without its angle brackets. Never identity by itself.
    pub message_id: Option<String>,
    /// The Message-IDs it answers.
    pub in_reply_to: Vec<String>,
    /// The Message-IDs of its thread, oldest first.
    pub references: Vec<String>,
}

/// A file that came with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The SHA-256 of its decoded bytes.
    pub sha256: Digest,
    /// Its name: a label, never a path. `None`: it had none.
    #[serde(default)]
    pub name: Option<String>,
    /// How many bytes, decoded.
    pub bytes: u64,
    /// As the message declares it: `application/pdf`.
    pub media_type: String,
    /// Whether the bytes are what was sent.
    pub quality: DecodeQuality,
    /// Where it stands in the message's original.
    #[serde(default)]
    pub place: Locator,
    /// Shown inside the text by the sender's program (a picture in a signature).
    #[serde(default)]
    pub inline: bool,
}

/// Whether decoded bytes are what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DecodeQuality {
    /// Byte for byte.
    Exact,
    /// The encoding was damaged; what could be read was.
    Repaired,
    /// Bytes were lost.
    Lossy,
}

/// Where a message stands in an original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The original.
    pub original: Digest,
    /// Where in it.
    #[serde(default)]
    pub locator: Locator,
}

impl Message {
    /// A message nothing is known of but how it was sent.
    #[must_use]
    pub fn blank(channel: Channel) -> Self {
        Message {
            channel,
            sent: None,
            from: Vec::new(),
            to: Vec::new(),
            cc: Vec::new(),
            subject: None,
            text: String::new(),
            text_from_html: false,
            thread: ThreadKeys::default(),
            attachments: Vec::new(),
            place: None,
            with: Vec::new(),
            fingerprint: None,
            chat: None,
            direction: None,
            states: Vec::new(),
            missing: Vec::new(),
            call: None,
            text_as_exported: None,
        }
    }
}

impl Address {
    /// The name if there is one, else the address, else "not known".
    #[must_use]
    pub fn shown(&self) -> &str {
        self.name.as_deref().or(self.address.as_deref()).unwrap_or("not known")
    }
}
