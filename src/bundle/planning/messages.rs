//! Messages: an e-mail on its own pages, anything typed in as a transcript. Names, never addresses.

use super::super::Rich;
use super::super::input::TextPart;
use super::super::plan::{Anchor, BodyPart, EmailPage, Field, Paper, PlannedEntry, Span, Transcript, TranscriptRow};
use super::book::Book;
use super::chronology::row_anchor;
use super::{attachments, chats, files, text, words};
use crate::model::{Address, Channel, Content, DeviceOwner, Message, Noun, Record, RecordId, When, Zone};
use crate::timeline::{delay, first_words};

pub(super) fn entries(book: &Book<'_>) -> Vec<PlannedEntry> {
    in_order(book).into_iter().flat_map(|(_, entries)| entries).collect()
}

/// Every message selected, with its attachments, earliest first; those of chats stand where their transcript
/// begins.
pub(super) fn in_order<'a>(book: &Book<'a>) -> Vec<(&'a Record, Vec<PlannedEntry>)> {
    let chats = chats::entries(book).into_iter().map(|(first, entry)| (first, vec![entry]));
    let others = book
        .chosen(Noun::Message)
        .filter(|record| !matches!(&record.content, Content::Message(message) if chats::is_chat(message)));
    let mut all: Vec<_> = chats.chain(others.map(|record| (record, with_attachments(book, record)))).collect();
    all.sort_by_key(|(record, _)| (record.content.when().map_or(i64::MAX, When::sort_key), record.id));
    all
}

/// The entry of one message and those of its attachments.
pub(super) fn with_attachments(book: &Book<'_>, record: &Record) -> Vec<PlannedEntry> {
    entry(book, record).into_iter().chain(attachments::entries(book, record)).collect()
}

/// The entry of one message.
pub(super) fn entry(book: &Book<'_>, record: &Record) -> Option<PlannedEntry> {
    let Content::Message(message) = &record.content else { return None };
    if chats::is_chat(message) {
        return chats::single(book, record);
    }
    let paper = if message.channel == Channel::Email {
        Paper::Email(email(book, record, message))
    } else {
        Paper::Transcript(transcript(book, record, message))
    };
    Some(PlannedEntry {
        anchor: Anchor::record(record.id),
        id: Some(record.id),
        version: Some(record.version),
        date: message.sent.as_ref().map_or(String::new(), |sent| sent.london_date().index()),
        title: index_title(book, message),
        head_right: format!("{} {}", message.channel.plain(), record.id),
        sources: message.place.iter().map(|place| place.original).collect(),
        paper,
    })
}

/// `E-mail, Sam Reed to Alex Reed: “This weekend”`.
fn index_title(book: &Book<'_>, message: &Message) -> String {
    let between = between(book, message);
    // A draft, and a mail the mailbox took for spam, is not told as a letter that was sent and read.
    let states = message.states_in_words();
    let between = if states.is_empty() { between } else { format!("{between} ({})", states.join("; ")) };
    match subject(message) {
        Some(subject) => format!("{}, {between}: “{}”", message.channel.plain(), first_words(subject, 90)),
        None => format!("{}, {between}", message.channel.plain()),
    }
}

/// `E-mail from Sam Reed, “This weekend”`: as support.
pub(super) fn short_title(book: &Book<'_>, message: &Message) -> String {
    let from = book.people.printed_sender(message).unwrap_or_else(|| "a sender not known".to_owned());
    match subject(message) {
        Some(subject) => format!("{} from {from}, “{}”", message.channel.plain(), first_words(subject, 60)),
        None => format!("{} from {from}", message.channel.plain()),
    }
}

fn between(book: &Book<'_>, message: &Message) -> String {
    let from = sender(book, message).unwrap_or_else(|| "sender not known".to_owned());
    let with: Vec<&str> = message.with.iter().filter_map(|id| book.people.get(*id)).map(|p| p.name.as_str()).collect();
    let to = book.people.printed_receivers(message);
    match ((!to.is_empty()).then(|| to.join(", ")), message.channel) {
        (Some(to), _) => format!("{from} to {to}"),
        (None, Channel::Conversation | Channel::Call) if !with.is_empty() => with.join(", "),
        (None, _) => from,
    }
}

fn sender(book: &Book<'_>, message: &Message) -> Option<String> {
    names(book, message, &message.from).or_else(|| book.people.printed_sender(message))
}

fn names(book: &Book<'_>, message: &Message, addresses: &[Address]) -> Option<String> {
    if addresses.is_empty() {
        return None;
    }
    Some(addresses.iter().map(|address| book.people.printed(message, address)).collect::<Vec<_>>().join(", "))
}

fn subject(message: &Message) -> Option<&str> {
    message.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty())
}

fn email(book: &Book<'_>, record: &Record, message: &Message) -> EmailPage {
    let field = |label: &str, value: String, small: Option<String>| Field {
        label: label.to_owned(),
        value: vec![words(value)],
        small,
    };
    let not_known = || "not known".to_owned();
    let mut fields = vec![
        field("From", names(book, message, &message.from).unwrap_or_else(not_known), None),
        field("To", names(book, message, &message.to).unwrap_or_else(not_known), None),
    ];
    fields.extend(names(book, message, &message.cc).map(|cc| field("Copied to", cc, None)));
    fields.push(match &message.sent {
        Some(sent) => {
            let london = if sent.start.time.is_some() { " (London time)" } else { "" };
            field("Date", format!("{}{london}", sent.long()), Some(format!("as sent: {}", sent.words)))
        }
        None => field("Date", not_known(), None),
    });
    fields.push(field("Subject", subject(message).unwrap_or("(no subject)").to_owned(), None));
    EmailPage {
        title: subject(message)
            .map_or_else(|| "E-mail without a subject".to_owned(), |s| format!("E-mail: “{}”", first_words(s, 90))),
        fields,
        body: body(book, record, message),
        attachments: message.attachments.iter().map(|file| attachments::row(book, file)).collect(),
        attachments_note: attachments::note(book, record, message),
        source: with_back_links(book, record.id, source_note(book, message)),
        remarks: remarks(book, record, message),
    }
}

fn remarks(book: &Book<'_>, record: &Record, message: &Message) -> Vec<String> {
    let mut remarks = Vec::new();
    if book.context.contains(&record.id) {
        remarks.push("Shown for context: it stands beside a chosen message of the same conversation.".to_owned());
    }
    if let Some(remark) = message.sent.as_ref().and_then(When::remark) {
        remarks.push(format!("Its time: {remark}."));
    }
    if !message.states.is_empty() {
        remarks.push(format!("As the mailbox says: {}.", message.states_in_words().join("; ")));
    }
    if message.text_from_html {
        remarks.push("The message has no plain text; these words were taken from its formatted text.".to_owned());
    }
    if message.text.trim().is_empty() {
        remarks.push("The message has no text.".to_owned());
    }
    remarks
}

/// The lines as written; quoted text is folded only where the message it quotes is printed here and
/// holds every quoted line, so that nothing is lost.
fn body(book: &Book<'_>, record: &Record, message: &Message) -> Vec<BodyPart> {
    let mut body = Vec::new();
    for part in (book.input.quotes)(&message.text) {
        match part {
            TextPart::Own(line) => body.push(BodyPart::Line(line)),
            TextPart::Quoted(lines) => match quoted_from(book, record.id, message, &lines) {
                Some((id, quoted)) => body.push(BodyPart::Folded(folded(book, id, quoted, lines.len()))),
                None => body.extend(lines.into_iter().map(BodyPart::Line)),
            },
        }
    }
    body
}

fn folded(book: &Book<'_>, id: RecordId, quoted: &Message, lines: usize) -> Rich {
    let count = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
    let sent = quoted.sent.as_ref().map_or_else(|| "date not known".to_owned(), When::long);
    vec![
        text(format!(
            "Quoted text not repeated here: {count}, the e-mail {} of {sent}. It is printed in full at ",
            between(book, quoted)
        )),
        Span::Reference(Anchor::record(id)),
        text("."),
    ]
}

fn quoted_from<'a>(
    book: &Book<'a>,
    own: RecordId,
    message: &Message,
    lines: &[String],
) -> Option<(RecordId, &'a Message)> {
    let answered: Vec<&String> = message.thread.in_reply_to.iter().chain(&message.thread.references).collect();
    let squeeze = |text: &str| text.split_whitespace().collect::<String>();
    let unquoted = |line: &String| squeeze(line.trim_start_matches(['>', ' ']));
    let wanted: Vec<String> = lines
        .iter()
        .filter(|line| line.trim_start().starts_with('>'))
        .map(unquoted)
        .filter(|l| !l.is_empty())
        .collect();
    if wanted.is_empty() {
        return None;
    }
    book.chosen(Noun::Message).find_map(|record| {
        let Content::Message(other) = &record.content else { return None };
        let named = other.thread.message_id.as_ref().is_some_and(|id| answered.contains(&id));
        if record.id == own || !named || book.page_of(record.id).is_none() {
            return None;
        }
        let whole = squeeze(&other.text);
        wanted.iter().all(|line| whole.contains(line.as_str())).then_some((record.id, other.as_ref()))
    })
}

/// Which file it came from, whose, when, and the start of its hash (MSG-02).
pub(super) fn source_note(book: &Book<'_>, message: &Message) -> Rich {
    let Some(place) = &message.place else {
        return words("Source: typed into the record by its keeper; there is no file.");
    };
    let mut rich = match book.kept(&place.original) {
        Some(kept) => {
            let received = kept.kept_at.in_zone(Zone::LONDON).date.plain();
            vec![text(format!(
                "Source: “{}”{}, received into the record on {received}. ",
                files::label(&kept.name),
                whose(book, kept.from_device)
            ))]
        }
        None => words("Source: a kept file of which nothing more is known here. "),
    };
    rich.extend(hash_note(book, &place.original));
    rich
}

/// The way back: the row of the chronology, and what it bears on.
pub(super) fn with_back_links(book: &Book<'_>, id: RecordId, mut note: Rich) -> Rich {
    let bears_on: Vec<RecordId> =
        book.links.supports(id).into_iter().filter(|other| book.page_of(*other).is_some()).collect();
    let own_row = book.place(row_anchor(id)).into_iter();
    let rows: Vec<Anchor> = own_row.chain(bears_on.iter().filter_map(|other| book.place(row_anchor(*other)))).collect();
    let pages: Vec<Anchor> = bears_on.into_iter().filter_map(|other| book.page_of(other)).collect();
    for (label, places) in [("Chronology", rows), ("Bears on", pages)] {
        let last = places.len();
        for (i, place) in places.into_iter().enumerate() {
            note.extend([text(if i == 0 { format!(" {label}: ") } else { ", ".to_owned() }), Span::Reference(place)]);
            if i + 1 == last {
                note.push(text("."));
            }
        }
    }
    note
}

/// `, from Alex Reed's own account`.
pub(super) fn whose(book: &Book<'_>, device: Option<DeviceOwner>) -> String {
    match device {
        Some(DeviceOwner::Mine) => format!(", from {}’s own device or account", book.people.my_name()),
        Some(DeviceOwner::TheirsShared) => ", from a shared device or account".to_owned(),
        Some(DeviceOwner::Given) => ", given to the keeper of the record".to_owned(),
        Some(DeviceOwner::Child) => ", from a child’s device or account".to_owned(),
        None => String::new(),
    }
}

/// `SHA-256 begins 7c1e 90b4 5d2a f683 (whole value: manifest, E1).`
pub(super) fn hash_note(book: &Book<'_>, digest: &crate::model::Digest) -> Rich {
    let mut rich = vec![text("SHA-256 begins "), Span::Mono(digest.short()), text(" (whole value: manifest")];
    if let Some(check) = book.place(Anchor::named("check")) {
        rich.extend([text(", "), Span::Reference(check)]);
    }
    rich.push(text(")."));
    rich
}

fn transcript(book: &Book<'_>, record: &Record, message: &Message) -> Transcript {
    let typed = message.place.is_none();
    let day = message.sent.as_ref().map_or_else(|| "Date not known".to_owned(), |sent| sent.london_date().long());
    let time = message.sent.as_ref().and_then(|sent| sent.london().time);
    // A call or conversation typed in is its keeper's account: nobody else is shown as having written it.
    let account = typed && matches!(message.channel, Channel::Call | Channel::Conversation);
    let sender = match names(book, message, &message.from) {
        _ if account => format!("{}, own note", book.people.my_name()),
        Some(names) => names,
        None if typed => book.people.my_name().to_owned(),
        None => "not known".to_owned(),
    };
    let mut notes: Vec<String> = remarks(book, record, message);
    if typed {
        let first = book.first_written(record);
        let written = first.in_zone(Zone::LONDON).long();
        let after = delay(&record.content, first).map_or(String::new(), |delay| format!(" ({})", delay.words()));
        notes.push(format!("Typed in by {} on {written}{after}.", book.people.my_name()));
    }
    let as_exported = match &message.sent {
        Some(sent) if sent.words.trim().is_empty() => String::new(),
        Some(sent) => sent.words.clone(),
        None => String::new(),
    };
    let times = if typed {
        "Upper time: London. Lower time: as it was typed in."
    } else {
        "Upper time: London. Lower time: exactly as in the source."
    };
    Transcript {
        title: format!("{}: {}", message.channel.plain(), between(book, message)),
        subtitle: words(format!("{day}.")),
        times_note: times.to_owned(),
        rows: vec![
            TranscriptRow::Day(day),
            TranscriptRow::Message {
                // The first page of an entry has the entry's anchor; the row has one of its own.
                anchor: Anchor::named(format!("{}#1", record.id)),
                number: "1".to_owned(),
                time: time.map_or_else(|| "not known".to_owned(), crate::model::TimeOfDay::clock),
                as_exported,
                sender,
                words: message.text.clone(),
                notes,
                files: Vec::new(),
                chosen: !book.context.contains(&record.id),
            },
        ],
        source: with_back_links(book, record.id, source_note(book, message)),
        marks_chosen: true,
        messages: vec![(record.id, record.version)],
    }
}
