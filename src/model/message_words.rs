//! What a message is in words: one place says it for lists, chronologies and transcripts alike, so that a draft, a
//! failed text, a call, a deleted message or a line of a program is nowhere told as something somebody wrote.

use super::{CallFacts, Channel, Direction, Message, MessageState};

impl CallFacts {
    /// `Missed call`, `Declined video call`, `Call, 5 minutes`.
    #[must_use]
    pub fn words(&self) -> String {
        let length = self.length().map_or(String::new(), |length| format!(", {length}"));
        format!("{}{length}", self.name())
    }

    /// What it was, without its length: `Missed call`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match (self.missed, self.declined, self.video) {
            (true, _, false) => "Missed call",
            (true, _, true) => "Missed video call",
            (_, true, false) => "Declined call",
            (_, true, true) => "Declined video call",
            (false, false, false) => "Call",
            (false, false, true) => "Video call",
        }
    }

    /// `5 minutes`, `2 min 10 s`. `None`: not known, or nobody answered.
    #[must_use]
    pub fn length(&self) -> Option<String> {
        let seconds = self.seconds.filter(|_| !self.missed && !self.declined)?;
        Some(match (seconds / 60, seconds % 60) {
            (0, 1) => "1 second".to_owned(),
            (0, seconds) => format!("{seconds} seconds"),
            (1, 0) => "1 minute".to_owned(),
            (minutes, 0) => format!("{minutes} minutes"),
            (minutes, seconds) => format!("{minutes} min {seconds} s"),
        })
    }
}

impl Channel {
    /// Who writes the lines of a chat that no person wrote: `WhatsApp`, `the telephone`.
    #[must_use]
    pub fn program(self) -> &'static str {
        match self {
            Channel::Sms | Channel::Call => "the telephone",
            Channel::Other => "the program",
            other => other.plain(),
        }
    }
}

impl MessageState {
    /// In a few words, as a list has them: `draft, not sent`.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            MessageState::Edited => "edited",
            MessageState::Deleted => "deleted",
            MessageState::Program => "line of the program",
            MessageState::ViewOnce => "to be viewed once",
            MessageState::Forwarded => "forwarded",
            MessageState::Draft => "draft, not sent",
            MessageState::NotSent => "not sent, sending failed",
            MessageState::Undelivered => "not delivered",
            MessageState::DeletedInMailbox => "deleted in its mailbox",
            MessageState::Spam => "kept as spam",
        }
    }
}

impl Message {
    /// Whether its source says this of it.
    #[must_use]
    pub fn is(&self, state: MessageState) -> bool {
        self.states.contains(&state)
    }

    /// What it is as a call; `None`: it is none, or one typed in by the keeper.
    #[must_use]
    pub fn as_call(&self) -> Option<CallFacts> {
        let read = self.channel == Channel::Call && self.place.is_some();
        self.call.clone().or_else(|| read.then(CallFacts::default))
    }

    /// What its source says became of it, in a few words each.
    #[must_use]
    pub fn states_in_words(&self) -> Vec<&'static str> {
        self.states.iter().map(|state| state.plain()).collect()
    }

    /// `a file`, `3 files`, `a file that is not in the export`: what came with it. `None`: nothing did.
    #[must_use]
    pub fn files_in_words(&self) -> Option<String> {
        let all_pictures = self.attachments.iter().all(|file| file.media_type.starts_with("image/"));
        let noun = if all_pictures { "picture" } else { "file" };
        match (self.attachments.len(), self.missing.len()) {
            (0, 0) => None,
            (0, 1) => Some("a file that is not in the export".to_owned()),
            (0, many) => Some(format!("{many} files that are not in the export")),
            (1, _) => Some(format!("a {noun}")),
            (many, _) => Some(format!("{many} {noun}s")),
        }
    }

    /// The text without what the program wrote in it: of a file (`IMG-1.jpg (file attached)`, `image omitted`), of
    /// an edit, of a deleted message, or the line of a program itself.
    #[must_use]
    pub fn words_of_sender(&self) -> String {
        let whatsapp = self.channel == Channel::Whatsapp;
        let gone = self.is(MessageState::Deleted) || self.is(MessageState::Undelivered);
        if self.call.is_some() || self.is(MessageState::Program) || whatsapp && gone {
            return String::new();
        }
        self.text_without_markers()
    }

    /// The text without what the program wrote in it of a file or of an edit; a line that is the program's from end
    /// to end stays.
    #[must_use]
    pub fn text_without_markers(&self) -> String {
        let mut text = self.text.as_str();
        if self.channel == Channel::Whatsapp && self.is(MessageState::Edited) {
            text = without_edited(text);
        }
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let Some(first) = lines.first_mut() else { return String::new() };
        let attached = self.attachments.iter().filter_map(|file| file.name.as_deref());
        let missing = self.missing.iter().map(|missing| missing.words.trim()).filter(|words| !words.is_empty());
        if missing.clone().any(|words| words == first.trim()) {
            first.clear();
        } else if self.channel == Channel::Whatsapp {
            for name in attached.chain(missing.clone()).filter(|name| !name.trim().is_empty()) {
                if let Some(rest) = without_file(first, name.trim()) {
                    *first = rest;
                }
            }
            // `Look at this image omitted`
            for words in missing {
                if let Some(said) = first.strip_suffix(words).filter(|said| said.ends_with(' ')) {
                    *first = said.trim_end().to_owned();
                }
            }
        }
        if first.trim().is_empty() {
            lines.remove(0);
        }
        lines.join("\n")
    }

    /// One line that names it in lists: `E-mail from Sam Reed: “This weekend”`, `Text message to Sam Reed (draft,
    /// not sent): “…”`, `Missed call from Sam Reed`.
    pub(super) fn title(&self) -> String {
        let who = self.who();
        if let Some(call) = self.as_call() {
            let service = match self.channel {
                Channel::Call | Channel::Sms => String::new(),
                other => format!("{}: ", other.plain()),
            };
            let length = call.length().map_or(String::new(), |length| format!(", {length}"));
            return format!("{service}{} {who}{length}", call.name());
        }
        let subject = self.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
        let program = self.is(MessageState::Program);
        let words = match subject {
            Some(subject) => super::record::first_line(subject),
            None if program => super::record::first_line(&self.text),
            None => {
                let own = self.words_of_sender();
                // WhatsApp has the question of a poll on the line below.
                match own.strip_prefix("POLL:\n") {
                    Some(poll) => super::record::first_line(&format!("POLL: {poll}")),
                    None => super::record::first_line(&own),
                }
            }
        };
        let mut said = self.states_in_words();
        let files = self.files_in_words().filter(|_| words.is_empty());
        said.extend(files.as_deref());
        let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) };
        let who = if program && self.from.is_empty() { String::new() } else { format!(" {who}") };
        let words = if words.is_empty() { String::new() } else { format!(": “{words}”") };
        format!("{}{who}{said}{words}", self.channel.plain())
    }

    /// `from Sam Reed`, `to Sam Reed`: what was sent from a telephone may not say from whom; it says to whom.
    fn who(&self) -> String {
        match (self.from.first(), self.to.first()) {
            (None, Some(to)) if self.direction == Some(Direction::Sent) => format!("to {}", to.shown()),
            (from, _) => format!("from {}", from.map_or("not known", |from| from.shown())),
        }
    }
}

/// `Goggles` of `Goggles <This message was edited>`, in whatever language. Other endings stay as they are.
fn without_edited(text: &str) -> &str {
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{200e}' | '\u{200f}');
    let trimmed = text.trim_end_matches(invisible);
    match trimmed.rfind('<') {
        Some(at) if trimmed.ends_with('>') => trimmed.get(..at).unwrap_or(text).trim_end_matches(invisible),
        _ => text,
    }
}

/// `caption` of `caption <attached: NAME>`, nothing of `NAME (file attached)`. `None`: the line has another form and
/// stays as it is.
fn without_file(line: &str, name: &str) -> Option<String> {
    let at = line.find(name)?;
    let (before, after) = (line.get(..at)?, line.get(at + name.len()..)?);
    if let (Some(open), Some(close)) = (before.rfind('<'), after.find('>')) {
        let (before, after) = (before.get(..open)?, after.get(close + 1..)?);
        return Some(format!("{}{}", before.trim_end(), after));
    }
    let bare =
        |text: &str| text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{200e}').to_owned();
    let after = bare(after);
    (bare(before).is_empty() && after.starts_with('(') && after.ends_with(')')).then(String::new)
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Content};
    use super::*;

    #[test]
    fn a_list_tells_a_call_a_draft_and_a_deleted_message_as_what_it_is() {
        let of = |channel, change: &dyn Fn(&mut Message)| {
            let mut message = Message::blank(channel);
            message.from = vec![Address { name: Some("Sam Reed".into()), address: None }];
            message.text = "words".into();
            change(&mut message);
            Content::Message(Box::new(message)).title()
        };
        let call = |missed, seconds| Some(CallFacts { seconds, missed, ..CallFacts::default() });
        assert_eq!(of(Channel::Call, &|m| m.call = call(true, None)), "Missed call from Sam Reed");
        assert_eq!(
            of(Channel::Whatsapp, &|m| m.call = call(false, Some(130))),
            "WhatsApp: Call from Sam Reed, 2 min 10 s"
        );
        for (state, channel, title) in [
            (MessageState::Draft, Channel::Sms, "Text message from Sam Reed (draft, not sent): “words”"),
            (MessageState::Deleted, Channel::Whatsapp, "WhatsApp from Sam Reed (deleted)"),
            (MessageState::Deleted, Channel::Messenger, "Messenger from Sam Reed (deleted): “words”"),
            (MessageState::Program, Channel::Whatsapp, "WhatsApp from Sam Reed (line of the program): “words”"),
        ] {
            let mut message = Message::blank(channel);
            message.from = vec![Address { name: Some("Sam Reed".into()), address: None }];
            message.text = "words".into();
            message.states = vec![state];
            assert_eq!(message.title(), title);
        }
        let poll = of(Channel::Whatsapp, &|m| m.text = "POLL:\nWhich day?\nOPTION: Monday (1 vote)".into());
        assert_eq!(poll, "WhatsApp from Sam Reed: “POLL: Which day?”");
        assert_eq!(
            of(Channel::Email, &|m| m.subject = Some("This weekend".into())),
            "E-mail from Sam Reed: “This weekend”"
        );
    }
}
