//! Whose a name is in one chat, where that is not what it is elsewhere.

use serde::{Deserialize, Serialize};

use super::{Message, ThreadKey, name_key};

/// What a person says of a name in one chat. Names are anybody's: that `Alex` is the keeper of the book in one chat
/// says nothing of an Alex in another, least of all where the keeper writes there under a name of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameInChat {
    /// The name, as the chat has it.
    pub name: String,
    /// The chat, as its messages are found by it: [`Message::chat_words`].
    pub chat: String,
    /// The chat as its source names it: what people are shown.
    pub called: String,
    /// Whose the name is there.
    pub whose: Whose,
}

/// Whose a name is in a chat, as far as the person is concerned who has it elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// This person's.
    Theirs,
    /// Somebody else's.
    NotTheirs,
    /// Nobody has said yet.
    NotKnown,
}

impl NameInChat {
    /// Whether it speaks of this name in this chat.
    #[must_use]
    pub fn is(&self, name: &str, chat: &str) -> bool {
        self.chat == chat && name_key(&self.name) == name_key(name)
    }
}

impl Message {
    /// The chat it stands in, as one word for all its messages.
    #[must_use]
    pub fn chat_words(&self) -> Option<String> {
        match self.chat_key()? {
            ThreadKey::Chat(words) => Some(words),
            ThreadKey::MessageId(_) | ThreadKey::Subject(_) => None,
        }
    }
}
