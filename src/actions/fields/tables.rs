//! The tables themselves: for each field, what it says and how its words are read.

use serde_json::{Value, json};

use crate::model::{
    Basis, Case, Channel, Document, DocumentKind, Hearing, Identity, IdentityKind, Incident, IncidentKind, Knowledge,
    Loss, Message, NameInChat, Note, Order, OrderKind, ParentalResponsibility, Person, RecordId, Role, Side, Step,
    StepKind, Track, When, Whose,
};

use super::super::{ActionError, People};
use super::{Field, Reading, SetContext, shown_when};

type Got = Option<(String, Value)>;

fn text_of(value: Option<&String>) -> Got {
    value.filter(|text| !text.is_empty()).map(|text| (text.clone(), json!(text)))
}

fn words_of(value: &str) -> Got {
    (!value.is_empty()).then(|| (value.to_owned(), json!(value)))
}

fn when_of(value: Option<&When>) -> Got {
    value.map(|when| (shown_when(when), json!(when)))
}

fn id_of(value: Option<RecordId>) -> Got {
    value.map(|id| (id.to_string(), json!(id)))
}

fn people_of(ids: &[RecordId], people: &People) -> Got {
    let names: Vec<String> = ids.iter().map(|id| people.name(*id)).collect();
    (!ids.is_empty()).then(|| (names.join(", "), json!(ids)))
}

fn yes_no_of(value: Option<bool>) -> Got {
    value.map(|yes| (if yes { "yes" } else { "no" }.to_owned(), json!(yes)))
}

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn optional_when(text: &str, reading: &Reading<'_>, context: &SetContext<'_>) -> Result<Option<When>, ActionError> {
    if text.is_empty() {
        return Ok(None);
    }
    reading.when_beside(text, context.beside).map(Some)
}

fn optional_id(text: &str) -> Result<Option<RecordId>, ActionError> {
    if text.is_empty() { Ok(None) } else { Ok(Some(text.parse()?)) }
}

fn several(text: &str, find: impl Fn(&str) -> Result<RecordId, ActionError>) -> Result<Vec<RecordId>, ActionError> {
    let mut ids = Vec::new();
    for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
        let id = find(name)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

fn optional_yes_no(text: &str) -> Result<Option<bool>, ActionError> {
    match text.to_ascii_lowercase().as_str() {
        "" | "unknown" | "not known" => Ok(None),
        "yes" | "y" => Ok(Some(true)),
        "no" | "n" => Ok(Some(false)),
        _ => Err(unknown("yes or no", text, vec!["yes", "no", "unknown"])),
    }
}

fn unknown(what: &'static str, given: &str, words: Vec<&'static str>) -> ActionError {
    ActionError::UnknownWord { what, given: given.to_owned(), words }
}

fn optional_word<T>(
    what: &'static str,
    text: &str,
    from: impl Fn(&str) -> Option<T>,
    words: Vec<&'static str>,
) -> Result<Option<T>, ActionError> {
    if text.is_empty() {
        return Ok(None);
    }
    from(&text.to_ascii_lowercase()).map(Some).ok_or_else(|| unknown(what, text, words))
}

fn word<T>(
    what: &'static str,
    text: &str,
    from: impl Fn(&str) -> Option<T>,
    words: Vec<&'static str>,
) -> Result<T, ActionError> {
    from(&text.to_ascii_lowercase()).ok_or_else(|| unknown(what, text, words))
}

const BASES: [(&str, Basis); 4] =
    [("order", Basis::Order), ("agreement", Basis::Agreement), ("pattern", Basis::Pattern), ("asked", Basis::Asked)];
const KNOWLEDGES: [(&str, Knowledge); 3] =
    [("own", Knowledge::Own), ("told", Knowledge::Told), ("read", Knowledge::Read)];

/// The roles and their words, in the order forms offer them.
pub const ROLES: [(&str, Role); 11] = [
    ("me", Role::Me),
    ("other-parent", Role::OtherParent),
    ("child", Role::Child),
    ("relative", Role::Relative),
    ("mediator", Role::Mediator),
    ("solicitor", Role::Solicitor),
    ("cafcass", Role::Cafcass),
    ("contact-centre", Role::ContactCentre),
    ("witness", Role::Witness),
    ("professional", Role::Professional),
    ("other", Role::Other),
];
const SIDES: [(&str, Side); 2] = [("me", Side::Me), ("other", Side::Other)];
const TRACKS: [(&str, Track); 3] =
    [("ordinary", Track::Ordinary), ("child-focused", Track::ChildFocused), ("unknown", Track::Unknown)];

fn in_table<T: Copy>(table: &'static [(&'static str, T)]) -> impl Fn(&str) -> Option<T> {
    move |word| table.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
}

fn names<T>(table: &'static [(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(name, _)| *name).collect()
}

fn name_in<T: PartialEq>(table: &'static [(&'static str, T)], wanted: &T) -> &'static str {
    table.iter().find(|(_, value)| value == wanted).map_or("unknown", |(name, _)| name)
}

fn named<T: PartialEq>(table: &'static [(&'static str, T)], value: Option<&T>) -> Got {
    value.map(|value| name_in(table, value)).map(|name| (name.to_owned(), json!(name)))
}

/// The word of a role.
#[must_use]
pub fn role_word(role: Role) -> &'static str {
    name_in(&ROLES, &role)
}

macro_rules! text_field {
    ($name:literal, $takes:literal, $field:ident) => {
        Field {
            name: $name,
            takes: $takes,
            get: |it, _| text_of(it.$field.as_ref()),
            set: |it, text, _, _| {
                it.$field = optional(text);
                Ok(())
            },
        }
    };
}

macro_rules! words_field {
    ($name:literal, $takes:literal, $field:ident) => {
        Field {
            name: $name,
            takes: $takes,
            get: |it, _| words_of(&it.$field),
            set: |it, text, _, _| {
                it.$field = text.to_owned();
                Ok(())
            },
        }
    };
}

macro_rules! when_field {
    ($name:literal, $takes:literal, $field:ident) => {
        Field {
            name: $name,
            takes: $takes,
            get: |it, _| when_of(it.$field.as_ref()),
            set: |it, text, reading, context| {
                it.$field = optional_when(text, reading, context)?;
                Ok(())
            },
        }
    };
}

macro_rules! yes_no_field {
    ($name:literal, $takes:literal, $field:ident) => {
        Field {
            name: $name,
            takes: $takes,
            get: |it, _| yes_no_of(it.$field),
            set: |it, text, _, _| {
                it.$field = optional_yes_no(text)?;
                Ok(())
            },
        }
    };
}

macro_rules! identity_field {
    ($name:literal, $takes:literal, $kind:ident) => {
        Field {
            name: $name,
            takes: $takes,
            get: |it, _| identities_of(it, IdentityKind::$kind),
            set: |it, text, _, _| {
                set_identity(it, IdentityKind::$kind, text);
                Ok(())
            },
        }
    };
}

pub(super) static INCIDENT: &[Field<Incident>] = &[
    Field {
        name: "kind",
        takes: "what became of it: kept, late, nobody-there …",
        get: |it, _| it.kind.map(|kind| (kind.plain().to_owned(), json!(kind.word()))),
        set: |it, text, _, _| {
            let words = IncidentKind::ALL.iter().map(|kind| kind.word()).collect();
            it.kind = optional_word("the kind of contact event", text, IncidentKind::from_word, words)?;
            Ok(())
        },
    },
    Field {
        name: "basis",
        takes: "order, agreement, pattern or asked",
        get: |it, _| named(&BASES, it.basis.as_ref()),
        set: |it, text, _, _| {
            it.basis = optional_word("why it was due", text, in_table(&BASES), names(&BASES))?;
            Ok(())
        },
    },
    Field {
        name: "order",
        takes: "the order it was due under: ORD-1",
        get: |it, _| id_of(it.order),
        set: |it, text, _, _| {
            it.order = optional_id(text)?;
            Ok(())
        },
    },
    text_field!("para", "the paragraph of that order: 3a", paragraph),
    text_field!("session", "the key of the session, from `daybook contact`", session),
    when_field!("due", "when it was due to start", due),
    when_field!("until", "when it was due to end", until),
    when_field!("happened", "when it happened, if it was not due at a set time", happened),
    when_field!("arrived", "when you were there", arrived),
    when_field!("left", "when you left, or until when you waited", left),
    when_field!("started", "when contact really started", started),
    when_field!("ended", "when contact really ended", ended),
    text_field!("place", "where the handover was due", place),
    words_field!("what", "what happened, in your words", what),
    text_field!("said", "exact words, with who said them", said),
    text_field!("reason", "the reason given", reason),
    text_field!("reason-by", "who gave the reason", reason_by),
    text_field!("child-observed", "the child as you saw them, and words said unprompted", child_observed),
    Field {
        name: "children",
        takes: "which children, with commas between",
        get: |it, people| people_of(&it.children, people),
        set: |it, text, reading, _| {
            it.children = several(text, |name| reading.people.find_child(name))?;
            Ok(())
        },
    },
    Field {
        name: "with",
        takes: "who else was there, with commas between",
        get: |it, people| people_of(&it.with, people),
        set: |it, text, reading, _| {
            it.with = several(text, |name| reading.people.find(name))?;
            Ok(())
        },
    },
    Field {
        name: "knowledge",
        takes: "how you know: own, told or read",
        get: |it, _| named(&KNOWLEDGES, it.knowledge.as_ref()),
        set: |it, text, _, _| {
            it.knowledge = Some(word("how you know", text, in_table(&KNOWLEDGES), names(&KNOWLEDGES))?);
            Ok(())
        },
    },
    text_field!("also-known", "what is also known, even where it helps the other parent", also_known),
    text_field!("instead-of", "the session or event this took the place of: INC-3", instead_of),
    text_field!("agreed", "a change both agreed to: by whom, when", agreed),
    text_field!("offered", "other time that was offered: by whom, when", offered),
    yes_no_field!("for-safety", "was it cancelled or ended for somebody's safety? yes, no or unknown", for_safety),
    yes_no_field!("child-refused", "did the child not want to go? yes, no or unknown", child_refused),
    yes_no_field!("in-their-power", "was it in the other person's power that day? yes, no or unknown", in_their_power),
    text_field!("cared-for-by", "who else looked after the child in this time", cared_for_by),
    when_field!("cared-from", "from when they did", cared_from),
    when_field!("cared-until", "until when they did", cared_until),
    Field {
        name: "loss",
        takes: "money lost, and on what: \"£12.40 train\"",
        get: |it, _| {
            it.loss.as_ref().map(|loss| {
                let shown = format!("£{}.{:02} {}", loss.pence / 100, loss.pence % 100, loss.what);
                (shown.trim_end().to_owned(), json!({"pence": loss.pence, "what": loss.what}))
            })
        },
        set: |it, text, _, _| {
            it.loss = if text.is_empty() { None } else { Some(read_loss(text)?) };
            Ok(())
        },
    },
];

pub(super) static MESSAGE: &[Field<Message>] = &[
    Field {
        name: "channel",
        takes: "conversation, call, letter, sms, whatsapp, email, parenting-app or other",
        get: |it, _| Some((it.channel.plain().to_owned(), json!(it.channel.word()))),
        set: |it, text, _, _| {
            let words = Channel::ALL.iter().map(|channel| channel.word()).collect();
            it.channel = word("how it was sent", text, Channel::from_word, words)?;
            Ok(())
        },
    },
    when_field!("sent", "when it was said or sent", sent),
    text_field!("subject", "the subject", subject),
    words_field!("text", "the words", text),
    Field {
        name: "with",
        takes: "who else was there, with commas between",
        get: |it, people| people_of(&it.with, people),
        set: |it, text, reading, _| {
            it.with = several(text, |name| reading.people.find(name))?;
            Ok(())
        },
    },
];

pub(super) static DOCUMENT: &[Field<Document>] = &[
    Field {
        name: "kind",
        takes: "what it is: order, letter, photo …",
        get: |it, _| Some((it.kind.plain().to_owned(), json!(it.kind.word()))),
        set: |it, text, _, _| {
            let words = DocumentKind::ALL.iter().map(|kind| kind.word()).collect();
            it.kind = word("the kind of document", text, DocumentKind::from_word, words)?;
            Ok(())
        },
    },
    words_field!("title", "as an index names it", title),
    when_field!("dated", "the date it bears", dated),
    text_field!("by", "who made it", by),
    when_field!("received", "when you received it", received),
    Field {
        name: "agreed",
        takes: "for a recording: did those recorded know and agree? yes, no or unknown",
        get: |it, _| yes_no_of(it.recording.as_ref().and_then(|r| r.known_to_those_recorded)),
        set: |it, text, _, _| {
            let value = optional_yes_no(text)?;
            it.recording.get_or_insert_default().known_to_those_recorded = value;
            Ok(())
        },
    },
    Field {
        name: "heard",
        takes: "for a recording: who is heard",
        get: |it, _| text_of(it.recording.as_ref().and_then(|r| r.heard.as_ref())),
        set: |it, text, _, _| {
            it.recording.get_or_insert_default().heard = optional(text);
            Ok(())
        },
    },
    Field {
        name: "child-heard",
        takes: "for a recording: is a child heard? yes, no or unknown",
        get: |it, _| yes_no_of(it.recording.as_ref().and_then(|r| r.child_heard)),
        set: |it, text, _, _| {
            let value = optional_yes_no(text)?;
            it.recording.get_or_insert_default().child_heard = value;
            Ok(())
        },
    },
    Field {
        name: "permission",
        takes: "for a recording: the court's permission to rely on it, in your words",
        get: |it, _| text_of(it.recording.as_ref().and_then(|r| r.permission.as_ref())),
        set: |it, text, _, _| {
            it.recording.get_or_insert_default().permission = optional(text);
            Ok(())
        },
    },
];

pub(super) static ORDER: &[Field<Order>] = &[
    words_field!("title", "as an index names it", title),
    Field {
        name: "kind",
        takes: "what it is: child-arrangements, undertaking, parenting-plan, agreement …",
        get: |it, _| it.kind.map(|kind| (kind.plain().to_owned(), json!(kind.word()))),
        set: |it, text, _, _| {
            let words = OrderKind::ALL.iter().map(|row| row.1).collect();
            it.kind = optional_word("the kind of order", text, OrderKind::from_word, words)?;
            Ok(())
        },
    },
    Field {
        name: "document",
        takes: "the kept paper: DOC-3",
        get: |it, _| id_of(it.document),
        set: |it, text, _, _| {
            it.document = optional_id(text)?;
            Ok(())
        },
    },
    text_field!("court", "which court", court),
    text_field!("number", "its case number", case_number),
    when_field!("made", "when it was made", made),
    text_field!("by", "who made it: a judge, magistrates, a legal adviser", by),
    when_field!("served", "when it was served on the other party", served),
    Field {
        name: "warning-notice",
        takes: "is a warning notice attached (section 11I)? yes, no or unknown",
        get: |it, _| yes_no_of(it.warning_notice),
        set: |it, text, _, _| {
            it.warning_notice = optional_yes_no(text)?;
            Ok(())
        },
    },
    Field {
        name: "penal-notice",
        takes: "is a penal notice attached? yes, no or unknown",
        get: |it, _| yes_no_of(it.penal_notice),
        set: |it, text, _, _| {
            it.penal_notice = optional_yes_no(text)?;
            Ok(())
        },
    },
    when_field!("notice-known", "when the warning notice was given to the person it binds, or told them", notice_known),
    Field {
        name: "interim",
        takes: "does it stand only until a final order? yes, no or unknown",
        get: |it, _| yes_no_of(it.interim),
        set: |it, text, _, _| {
            it.interim = optional_yes_no(text)?;
            Ok(())
        },
    },
    Field {
        name: "against",
        takes: "whom it binds, by name, with commas between",
        get: |it, people| people_of(&it.against, people),
        set: |it, text, reading, _| {
            it.against = several(text, |name| reading.people.find(name))?;
            Ok(())
        },
    },
    Field {
        name: "varies",
        takes: "the earlier order it varies: ORD-1",
        get: |it, _| id_of(it.varies),
        set: |it, text, _, _| {
            it.varies = optional_id(text)?;
            Ok(())
        },
    },
    Field {
        name: "superseded-by",
        takes: "the later order that took its place: ORD-2",
        get: |it, _| id_of(it.superseded_by),
        set: |it, text, _, _| {
            it.superseded_by = optional_id(text)?;
            Ok(())
        },
    },
    when_field!("from", "in force from", in_force_from),
    when_field!("until", "in force until", in_force_until),
];

pub(super) static STEP: &[Field<Step>] = &[
    Field {
        name: "kind",
        takes: "what it was: asked, proposal, miam, c100 …",
        get: |it, _| Some((it.kind.plain().to_owned(), json!(it.kind.word()))),
        set: |it, text, _, _| {
            let words = StepKind::ALL.iter().map(|kind| kind.word()).collect();
            it.kind = word("the kind of step", text, StepKind::from_word, words)?;
            Ok(())
        },
    },
    when_field!("on", "when", when),
    Field {
        name: "with",
        takes: "with whom, with commas between",
        get: |it, people| people_of(&it.with, people),
        set: |it, text, reading, _| {
            it.with = several(text, |name| reading.people.find(name))?;
            Ok(())
        },
    },
    words_field!("what", "in your words", what),
    text_field!("reference", "a reference: a form's, a police log's", reference),
    text_field!("which", "which one: the sort of hearing, the ground of an exemption, the basis", which),
    when_field!("until", "until when it is open, booked, valid or lasts", until),
    text_field!("how", "how it was sent or done, and by or to whom", how),
    yes_no_field!("in-writing", "was it in writing? yes, no or unknown", in_writing),
    Field {
        name: "answers",
        takes: "the step it answers: STP-1",
        get: |it, _| id_of(it.answers),
        set: |it, text, _, _| {
            it.answers = optional_id(text)?;
            Ok(())
        },
    },
    Field {
        name: "about",
        takes: "the record it is about: ORD-1, DOC-3",
        get: |it, _| id_of(it.about),
        set: |it, text, _, _| {
            it.about = optional_id(text)?;
            Ok(())
        },
    },
    text_field!("outcome", "what came of it", outcome),
    text_field!("place", "where: a contact centre, a court", place),
    Field {
        name: "fee",
        takes: "what it cost: £263",
        get: |it, _| it.fee.map(|pence| (pounds(pence), json!({"pence": pence}))),
        set: |it, text, _, _| {
            it.fee = if text.is_empty() { None } else { Some(read_fee(text)?) };
            Ok(())
        },
    },
    when_field!("done", "when it was done", done),
];

pub(super) static NOTE: &[Field<Note>] = &[
    words_field!("text", "the words", text),
    Field {
        name: "about",
        takes: "the record it is about: INC-3",
        get: |it, _| id_of(it.about),
        set: |it, text, _, _| {
            it.about = optional_id(text)?;
            Ok(())
        },
    },
    when_field!("on", "when what it tells of happened", when),
];

pub(super) static PERSON: &[Field<Person>] = &[
    words_field!("name", "as papers name them", name),
    Field {
        name: "role",
        takes: "me, other-parent, child, relative, mediator, solicitor …",
        get: |it, _| named(&ROLES, Some(&it.role)),
        set: |it, text, _, _| {
            it.role = word("the role of a person", text, in_table(&ROLES), names(&ROLES))?;
            Ok(())
        },
    },
    text_field!("described", "in your words: \"Alex's mother\"", described),
    identity_field!("email", "one more e-mail address (a leading - takes one away)", Email),
    identity_field!("phone", "one more telephone number (a leading - takes one away)", Phone),
    identity_field!("handle", "one more user name (a leading - takes one away)", Handle),
    identity_field!("also-known-as", "another spelling of the name (a leading - takes one away)", Name),
    Field {
        name: "names-in-chats",
        takes: "whose a name is in one chat: say it with daybook people attach PERSON NAME --name --chat MSG",
        get: |it, _| names_in_chats(it),
        set: |_, _, _, _| {
            Err(ActionError::Refused {
                kind: "not-a-field",
                what: "Whose a name is in one chat is not said so".into(),
                why: "it takes a name, a chat and a person".into(),
                next: "daybook people attach PERSON \"NAME\" --name --chat MSG, with a message of that chat".into(),
            })
        },
    },
    Field {
        name: "born",
        takes: "date of birth",
        get: |it, _| it.born.map(|date| (date.plain(), json!(date))),
        set: |it, text, reading, _| {
            it.born = if text.is_empty() { None } else { Some(reading.when(text)?.start.date) };
            Ok(())
        },
    },
    Field {
        name: "parental-responsibility",
        takes: "no, unknown, or yes and on what basis: \"yes: birth certificate\"",
        get: |it, _| match &it.parental_responsibility {
            ParentalResponsibility::Yes { basis } => Some((format!("yes: {basis}"), json!({"yes": basis}))),
            ParentalResponsibility::No => Some(("no".into(), json!("no"))),
            ParentalResponsibility::Unknown => None,
        },
        set: |it, text, _, _| {
            it.parental_responsibility = read_responsibility(text)?;
            Ok(())
        },
    },
];

/// Changes what is known of the coming hearing; without one there is nothing it could be said of.
fn on_hearing(case: &mut Case, text: &str, change: impl FnOnce(&mut Hearing)) -> Result<(), ActionError> {
    match &mut case.hearing {
        Some(hearing) => {
            change(hearing);
            Ok(())
        }
        None if text.is_empty() => Ok(()),
        None => Err(ActionError::Refused {
            kind: "no-hearing",
            what: "Something was said of a hearing, and no date for it".into(),
            why: "the book has no coming hearing yet".into(),
            next: "Give the date too: daybook case --hearing \"14 January 2027 10am\" --hearing-kind FHDRA".into(),
        }),
    }
}

/// Words one a line, in their order.
fn lines_in(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A list of the coming hearing, one a line.
macro_rules! lines_field {
    ($name:literal, $takes:literal, $field:ident) => {
        Field {
            name: $name,
            takes: $takes,
            get: |it, _| {
                let lines = &it.hearing.as_ref()?.$field;
                (!lines.is_empty()).then(|| (lines.join("; "), json!(lines)))
            },
            set: |it, text, _, _| on_hearing(it, text, |hearing| hearing.$field = lines_in(text)),
        }
    };
}

/// A list of what is to be said in mediation or in a call, one a line. Without any words nothing is kept.
macro_rules! own_words_field {
    ($name:literal, $takes:literal, $of:ident, $field:ident) => {
        Field {
            name: $name,
            takes: $takes,
            get: |it, _| {
                let lines = &it.$of.as_ref()?.$field;
                (!lines.is_empty()).then(|| (lines.join("; "), json!(lines)))
            },
            set: |it, text, _, _| {
                let mut words = it.$of.take().unwrap_or_default();
                words.$field = lines_in(text);
                it.$of = Some(words).filter(|words| **words != Default::default());
                Ok(())
            },
        }
    };
}

pub(super) static CASE: &[Field<Case>] = &[
    text_field!("court", "which court, as after \"In the Family Court at\"", court),
    text_field!("number", "the case number: BS26P70940", number),
    Field {
        name: "applicant",
        takes: "who applied: me or other",
        get: |it, _| named(&SIDES, it.applicant.as_ref()),
        set: |it, text, _, _| {
            it.applicant = optional_word("who applied", text, in_table(&SIDES), names(&SIDES))?;
            Ok(())
        },
    },
    Field {
        name: "hearing",
        takes: "date and time of the coming hearing",
        get: |it, _| when_of(it.hearing.as_ref().map(|hearing| &hearing.when)),
        set: |it, text, reading, _| {
            let before = it.hearing.take();
            if !text.is_empty() {
                let when = reading.when_ahead(text)?;
                let kept = before.map(|hearing| Hearing { when: when.clone(), ..*hearing });
                it.hearing = Some(Box::new(kept.unwrap_or_else(|| Hearing::at(when))));
            }
            Ok(())
        },
    },
    Field {
        name: "hearing-kind",
        takes: "what kind of hearing, in the court's words: FHDRA",
        get: |it, _| text_of(it.hearing.as_ref().and_then(|hearing| hearing.kind.as_ref())),
        set: |it, text, _, _| on_hearing(it, text, |hearing| hearing.kind = optional(text)),
    },
    Field {
        name: "time-estimate",
        takes: "how long it will take, as the notice or order says: 1 hour",
        get: |it, _| text_of(it.hearing.as_ref().and_then(|hearing| hearing.time_estimate.as_ref())),
        set: |it, text, _, _| on_hearing(it, text, |hearing| hearing.time_estimate = optional(text)),
    },
    lines_field!("decide", "what the court is asked to decide, one a line", to_decide),
    lines_field!("agreed", "what is agreed, one a line", agreed),
    lines_field!("not-agreed", "what is not agreed, one a line", not_agreed),
    Field {
        name: "essential",
        takes: "essential reading, in order: DOC-1, MSG-4",
        get: |it, _| {
            let ids = &it.hearing.as_ref()?.essential;
            let names: Vec<String> = ids.iter().map(RecordId::to_string).collect();
            (!ids.is_empty()).then(|| (names.join(", "), json!(ids)))
        },
        set: |it, text, _, _| {
            let ids = several(text, |id| Ok(id.parse()?))?;
            on_hearing(it, text, |hearing| hearing.essential = ids)
        },
    },
    Field {
        name: "prepares",
        takes: "whether you were told to prepare the bundle: yes, no or unknown",
        get: |it, _| yes_no_of(it.hearing.as_ref().and_then(|hearing| hearing.prepares)),
        set: |it, text, _, _| {
            let prepares = optional_yes_no(text)?;
            on_hearing(it, text, |hearing| hearing.prepares = prepares)
        },
    },
    Field {
        name: "terms",
        takes: "the school terms; they are set with: daybook terms",
        get: |it, _| {
            let lines: Vec<String> = it.terms.iter().map(crate::actions::terms::said).collect();
            (!lines.is_empty()).then(|| (lines.join("\n"), json!(it.terms)))
        },
        set: |_, _, _, _| {
            Err(ActionError::Refused {
                kind: "not-here",
                what: "School terms are not set this way".into(),
                why: "each has several dates".into(),
                next: "Use: daybook terms add \"Autumn term 2026\" --from … --until …".into(),
            })
        },
    },
    Field {
        name: "track",
        takes: "which procedure the court follows: ordinary, child-focused or unknown",
        get: |it, _| named(&TRACKS, Some(&it.track)),
        set: |it, text, _, _| {
            it.track = word("the court's procedure", text, in_table(&TRACKS), names(&TRACKS))?;
            Ok(())
        },
    },
    Field {
        name: "me",
        takes: "you, by name",
        get: |it, people| it.me.map(|id| (people.name(id), json!(id))),
        set: |it, text, reading, _| {
            it.me = if text.is_empty() { None } else { Some(reading.people.find(text)?) };
            Ok(())
        },
    },
    Field {
        name: "other",
        takes: "the other party, by name",
        get: |it, people| it.other.map(|id| (people.name(id), json!(id))),
        set: |it, text, reading, _| {
            it.other = if text.is_empty() { None } else { Some(reading.people.find(text)?) };
            Ok(())
        },
    },
    Field {
        name: "children",
        takes: "the children, with commas between",
        get: |it, people| people_of(&it.children, people),
        set: |it, text, reading, _| {
            it.children = several(text, |name| reading.people.find_child(name))?;
            Ok(())
        },
    },
    own_words_field!("about-child", "for mediation and the call: about the child, one a line", mediation, child),
    own_words_field!("mediation-now", "for mediation and the call: the arrangements now, one a line", mediation, now),
    own_words_field!("propose", "for mediation: what is proposed, one a line", mediation, proposals),
    own_words_field!("mediation-agreed", "for mediation: what is agreed, as you understand it", mediation, agreed),
    own_words_field!("mediation-not-agreed", "for mediation: what is not agreed", mediation, not_agreed),
    own_words_field!("call-safety", "for the call with Cafcass: what concerns safety, one a line", call, safety),
    own_words_field!("call-wish", "for the call with Cafcass: what you would like, one a line", call, wishes),
    own_words_field!("call-worry", "for the call with Cafcass: a worry, with its dates, one a line", call, worries),
];

fn set_identity(person: &mut Person, kind: IdentityKind, text: &str) {
    if let Some(gone) = text.strip_prefix('-') {
        let gone = identity(kind, gone);
        person.identities.retain(|known| *known != gone);
    } else if !text.is_empty() {
        let new = identity(kind, text);
        if !person.identities.contains(&new) {
            person.identities.push(new);
        }
    }
}

/// E-mail addresses are lower-cased, as mail servers in practice compare them; the rest stays as given.
fn identity(kind: IdentityKind, text: &str) -> Identity {
    let text = text.trim();
    let value = if kind == IdentityKind::Email { text.to_lowercase() } else { text.to_owned() };
    Identity { kind, value }
}

fn identities_of(person: &Person, kind: IdentityKind) -> Got {
    let values: Vec<&str> = person.identities.iter().filter(|i| i.kind == kind).map(|i| i.value.as_str()).collect();
    (!values.is_empty()).then(|| (values.join(", "), json!(values)))
}

fn names_in_chats(person: &Person) -> Got {
    let said = |one: &NameInChat| {
        let whose = match one.whose {
            Whose::Theirs => format!("is {}", person.name),
            Whose::NotTheirs => format!("is not {}", person.name),
            Whose::NotKnown => "not known who this is".to_owned(),
        };
        format!("“{}” in the chat “{}”: {whose}", one.name, one.called)
    };
    let all: Vec<String> = person.in_chats.iter().map(said).collect();
    (!all.is_empty()).then(|| (all.join("; "), json!(person.in_chats)))
}

fn read_responsibility(text: &str) -> Result<ParentalResponsibility, ActionError> {
    let lower = text.to_ascii_lowercase();
    match lower.as_str() {
        "" | "unknown" | "not known" => Ok(ParentalResponsibility::Unknown),
        "no" => Ok(ParentalResponsibility::No),
        _ => match lower.strip_prefix("yes") {
            Some(rest) if !rest.is_empty() => {
                let basis = text[3..].trim_start_matches([':', ',', ' ']).trim().to_owned();
                Ok(ParentalResponsibility::Yes { basis })
            }
            _ => Err(ActionError::UnknownWord {
                what: "parental responsibility",
                given: text.to_owned(),
                words: vec!["yes: BASIS (birth certificate, marriage, order, agreement)", "no", "unknown"],
            }),
        },
    }
}

/// `£263`, `£12.40`.
fn pounds(pence: u64) -> String {
    if pence.is_multiple_of(100) {
        format!("£{}", pence / 100)
    } else {
        format!("£{}.{:02}", pence / 100, pence % 100)
    }
}

/// A sum and nothing else.
fn read_fee(text: &str) -> Result<u64, ActionError> {
    match read_loss(text) {
        Ok(loss) if loss.what.is_empty() => Ok(loss.pence),
        _ => Err(ActionError::Refused {
            kind: "not-a-sum",
            what: format!("“{text}” could not be read as a sum of money"),
            why: "it has to be pounds, or pounds and pence".into(),
            next: "Write it like this: --fee £263".into(),
        }),
    }
}

/// `£12.40 train`: pence and what for. A loss without a sum is no loss that could be claimed.
fn read_loss(text: &str) -> Result<Loss, ActionError> {
    let fail = || ActionError::Refused {
        kind: "not-a-sum",
        what: format!("“{text}” could not be read as money lost"),
        why: "it has to begin with a sum in pounds".into(),
        next: "Write it like this: --loss \"£12.40 train\"".into(),
    };
    let rest = text.trim().trim_start_matches('£');
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
    let (sum, what) = rest.split_at(end);
    let sum = sum.replace(',', "");
    let (pounds, pence) = sum.split_once('.').unwrap_or((&sum, "00"));
    if pounds.is_empty() || pence.len() != 2 || !pence.bytes().all(|b| b.is_ascii_digit()) {
        return Err(fail());
    }
    let pounds: u64 = pounds.parse().map_err(|_| fail())?;
    let pence: u64 = pence.parse().map_err(|_| fail())?;
    let total = pounds.checked_mul(100).and_then(|p| p.checked_add(pence)).ok_or_else(fail)?;
    Ok(Loss { pence: total, what: what.trim().to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_exactly_or_not_at_all() {
        let check = |text: &str, pence: u64, what: &str| {
            assert_eq!(read_loss(text).unwrap(), Loss { pence, what: what.into() }, "{text}");
        };
        check("£12.40 train", 1240, "train");
        check("£1,020 two flights", 102_000, "two flights");
        check("7 bus", 700, "bus");
        for text in ["train", "£", "£12.4 train", "12.400", "£99999999999999999999 x"] {
            assert!(read_loss(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_fee_is_a_sum_and_nothing_else() {
        assert_eq!((read_fee("£263").unwrap(), pounds(26_300)), (26_300, "£263".to_owned()));
        assert_eq!((read_fee("12.40").unwrap(), pounds(1240)), (1240, "£12.40".to_owned()));
        assert!(read_fee("£263 court fee").is_err() && read_fee("a lot").is_err());
    }

    #[test]
    fn responsibility_needs_its_basis() {
        let basis = |text: &str| read_responsibility(text).unwrap();
        assert_eq!(basis("yes: birth certificate"), ParentalResponsibility::Yes { basis: "birth certificate".into() });
        assert_eq!(basis("no"), ParentalResponsibility::No);
        assert!(read_responsibility("yes").is_err());
        assert!(read_responsibility("perhaps").is_err());
    }
}
