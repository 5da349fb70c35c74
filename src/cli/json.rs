//! The shapes that `--json` writes, documented in `docs/json.md`. Their meaning never changes within a
//! version.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::actions::{
    AttachmentRef, Conversation, Entry, Fact, Findable, NamedPerson, NextThing, OriginalRef, Paper, PeopleChange,
    SentLine, Shown, Stored, TwoNames,
};
use crate::model::when::{Precision, ZoneSource};
use crate::model::{Address, Digest, RecordId, When};
use crate::store::JournalEntry;
use crate::timeline::{Delay, Gap};

use super::error::Fault;

/// The version of all shapes.
pub const VERSION: u32 = 1;

/// An object of this version with these members.
#[must_use]
pub fn object(members: Value) -> Value {
    let mut object = Map::new();
    object.insert("version".into(), json!(VERSION));
    if let Value::Object(members) = members {
        object.extend(members);
    }
    Value::Object(object)
}

/// An error.
#[must_use]
pub fn error(fault: &Fault) -> Value {
    object(json!({"error": {"kind": fault.kind, "what": fault.what, "why": fault.why, "next": fault.next}}))
}

/// What a writing command gives.
#[must_use]
pub fn written(stored: &Stored) -> Value {
    json!({
        "id": stored.entry.id,
        "entry": entry(&stored.entry),
        "journal": journal(&stored.journal),
    })
}

/// A journal entry.
#[must_use]
pub fn journal(entry: &JournalEntry) -> Value {
    json!({"seq": entry.seq, "head": entry.head})
}

#[derive(Serialize)]
struct WhenShape<'a> {
    words: &'a str,
    start: String,
    end: Option<String>,
    precision: Precision,
    zone: Option<&'static str>,
    zone_source: ZoneSource,
    remark: Option<&'static str>,
}

/// A time.
#[must_use]
pub fn when(when: &When) -> Value {
    json!(WhenShape {
        words: &when.words,
        start: when.start.to_string(),
        end: when.end.map(|end| end.to_string()),
        precision: when.precision,
        zone: when.zone.map(crate::model::Zone::name),
        zone_source: when.zone_source,
        remark: when.remark(),
    })
}

/// A record as the timeline shows it.
#[must_use]
pub fn entry(entry: &Entry) -> Value {
    json!({
        "id": entry.id,
        "kind": entry.id.noun.word(),
        "when": entry.when.as_ref().map(when),
        "written_at": entry.written_at,
        "title": entry.title,
        "people": entry.people.iter().map(person).collect::<Vec<_>>(),
        "originals": entry.originals.iter().map(original).collect::<Vec<_>>(),
        "privilege": entry.privilege.word(),
        "confidential": entry.confidential,
        "amended": entry.amended,
        "written_after": entry.delay.map(|delay| match delay {
            Delay::Minutes(minutes) => json!({"words": delay.words(), "minutes": minutes}),
            Delay::Days(days) => json!({"words": delay.words(), "days": days}),
        }),
    })
}

fn person(person: &NamedPerson) -> Value {
    json!({"id": person.id, "name": person.name})
}

fn original(file: &OriginalRef) -> Value {
    json!({"sha256": file.sha256, "name": file.name, "bytes": file.bytes, "media_type": file.media_type})
}

fn attachment(file: &AttachmentRef) -> Value {
    json!({
        "sha256": file.sha256,
        "name": file.name,
        "bytes": file.bytes,
        "media_type": file.media_type,
        "quality": file.quality,
    })
}

/// Fields by name.
#[must_use]
pub fn facts(facts: &[Fact]) -> Value {
    Value::Object(facts.iter().map(|fact| (fact.name.to_owned(), fact.value.clone())).collect())
}

fn addresses(list: &[Address]) -> Value {
    json!(list.iter().map(|one| json!({"name": one.name, "address": one.address})).collect::<Vec<_>>())
}

fn found_by((sha256, findable): &(Digest, Findable)) -> Value {
    let (words, pages, cut, why) = match findable {
        Findable::ByWords { pages, cut } => ("read", *pages, *cut, None),
        Findable::NoWords => ("none", None, false, None),
        Findable::Unreadable(why) => ("unreadable", None, false, Some(why)),
        Findable::NotReadYet => ("not-read", None, false, None),
    };
    json!({"sha256": sha256, "words": words, "pages": pages, "cut": cut, "why": why})
}

/// A record in full.
#[must_use]
pub fn shown(shown: &Shown) -> Value {
    let mut object = match entry(&shown.entry) {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    let more = json!({
        "facts": facts(&shown.facts),
        "text": shown.text,
        "from": addresses(&shown.from),
        "to": addresses(&shown.to),
        "cc": addresses(&shown.cc),
        "channel": shown.channel.map(crate::model::Channel::word),
        "direction": shown.direction,
        "chat": shown.chat.as_ref().map(|chat| json!({"name": chat.name, "number": chat.number})),
        "states": shown.states,
        "call": shown.call,
        "missing": shown.missing,
        "thread": shown.thread.as_ref().map(|thread| json!({
            "message_id": thread.message_id,
            "in_reply_to": thread.in_reply_to,
            "references": thread.references,
        })),
        "attachments": shown.attachments.iter().map(attachment).collect::<Vec<_>>(),
        "paragraphs": shown.paragraphs,
        "history": shown.history.iter().map(|line| json!({
            "version": line.version,
            "written_at": line.written_at,
            "why": line.why,
            "changes": line.changes.iter().map(change).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "links": shown.links.iter().map(|link| json!({
            "id": link.id, "from": link.from, "to": link.to, "as": link.kind.word(), "title": link.title,
        })).collect::<Vec<_>>(),
        "cited_in": shown.cited_in.iter().map(cited).collect::<Vec<_>>(),
        "kept_out_of": shown.marks.kept_out_of.keys().collect::<Vec<_>>(),
        "let_into": shown.marks.let_into.keys().collect::<Vec<_>>(),
        "differences": shown.differences.iter().map(|(import, one)| {
            let mut object = json!(one);
            object["import"] = json!(import);
            object
        }).collect::<Vec<_>>(),
        "found_by": shown.findable.iter().map(found_by).collect::<Vec<_>>(),
        "conversation": shown.conversation.as_ref().map(conversation),
        "joined_to": shown.joined_to.as_ref().map(|(id, name)| json!({"id": id, "name": name})),
        "also_in": shown.also_in.iter().map(|found| json!({
            "import": found.import, "path": found.path, "original": found.original, "place": found.locator,
        })).collect::<Vec<_>>(),
    });
    if let Value::Object(more) = more {
        object.extend(more);
    }
    if let Some(paper) = &shown.paper {
        object.insert("paper".into(), self::paper(paper));
    }
    if let Some(import) = &shown.import {
        object.insert("import".into(), super::import::record_object(import));
    }
    Value::Object(object)
}

/// The messages of a conversation, or those around one.
#[must_use]
pub fn conversation(conversation: &Conversation) -> Value {
    let lines = conversation.lines.iter().map(|line| {
        let mut shown = entry(&line.entry);
        if let Some(members) = shown.as_object_mut() {
            members.insert("gaps_before".into(), line.before.iter().map(|gap| gap_shape(*gap)).collect());
            let instead_of = line.instead_of.map(|other| json!({"id": other.id, "deleted": other.deleted}));
            members.insert("instead_of".into(), json!(instead_of));
        }
        shown
    });
    json!({
        "messages": conversation.messages,
        "place": conversation.place,
        "chat": conversation.chat,
        "entries": lines.collect::<Vec<_>>(),
    })
}

fn gap_shape(gap: Gap) -> Value {
    match gap {
        Gap::Days(days) => json!({"days": days, "words": gap.words()}),
        Gap::Numbers(from, to) => json!({"numbers": [from, to], "words": gap.words()}),
    }
}

/// One thing to do next.
#[must_use]
pub fn next_thing(thing: &NextThing) -> Value {
    json!({"kind": thing.kind, "why": thing.why, "command": thing.command, "about": thing.about})
}

/// What a change among people gives.
#[must_use]
pub fn people_change(change: &PeopleChange) -> Value {
    json!({
        "id": change.people.first().map(|entry| entry.id),
        "people": change.people.iter().map(entry).collect::<Vec<_>>(),
        "two_names": change.unsettled.iter().map(two_names).collect::<Vec<_>>(),
        "journal": journal(&change.journal),
    })
}

/// A chat in which two names write that are one person's elsewhere.
fn two_names(one: &TwoNames) -> Value {
    json!({
        "person": one.person,
        "chat": one.called,
        "names": one.names,
        "not_known": one.doubtful,
        "example": one.example,
        "what": one.what(),
        "next": one.next(),
    })
}

/// A paper that was made, and to whom it went.
fn paper(paper: &Paper) -> Value {
    let bundle = &paper.bundle;
    json!({
        "for": bundle.profile.word(),
        "to": bundle.to.word(),
        "reader": bundle.reader,
        "purpose": bundle.purpose,
        "file": bundle.file,
        "sha256": bundle.sha256,
        "pages": bundle.pages,
        "overrides": bundle.overrides,
        "kept": paper.kept,
        "sent": paper.sent.iter().map(sent_line).collect::<Vec<_>>(),
    })
}

/// One handing over.
#[must_use]
pub fn sent_line(line: &SentLine) -> Value {
    json!({
        "id": line.step,
        "edition": line.edition,
        "file": line.file,
        "kept": line.kept,
        "when": line.when.as_ref().map(when),
        "words": line.words,
        "people": line.people,
    })
}

/// A field before and after.
fn change((field, before, after): &(String, String, String)) -> Value {
    json!({"field": field, "before": before, "after": after})
}

fn cited((id, page): &(RecordId, String)) -> Value {
    json!({"id": id, "page": page})
}
