//! The guard: for every record, whether this reader may see it in this paper, and why not.

use std::collections::{BTreeMap, BTreeSet};

use super::marks::{Marked, Marks};
use crate::model::{
    Address, Content, Digest, Document, DocumentKind, Message, Person, Privilege, Profile, Reader, Record, RecordId,
    Role, Step, StepKind, Whose,
};
use crate::rules::Rules;

/// For which paper and reader the guard is asked, and what it needs to know.
#[derive(Debug, Clone, Copy)]
pub struct Guarding<'a> {
    /// Which paper.
    pub profile: Profile,
    /// For whom.
    pub reader: Reader,
    /// The people of the book, so that a lawyer's or mediator's messages are known.
    pub people: &'a [(RecordId, &'a Person)],
    /// The word lists.
    pub rules: &'a Rules,
    /// Kept files that came from a child's device or account.
    pub child_devices: &'a BTreeSet<Digest>,
}

/// What the guard says of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Shown or not.
    pub verdict: Verdict,
    /// Why it is held back, or why it is let in all the same; in the user's language. Empty: nothing
    /// speaks against it.
    pub why: String,
    /// The rule applied, where there is one.
    pub rule: Option<&'static str>,
}

/// Whether a record is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing speaks against it.
    Shown,
    /// Let in for a typed reason.
    LetIn,
    /// It looks privileged and nobody has said whether it is; held back until somebody does.
    Undecided,
    /// Held back.
    HeldBack,
}

impl Decision {
    /// It may be shown.
    #[must_use]
    pub fn shown(&self) -> bool {
        matches!(self.verdict, Verdict::Shown | Verdict::LetIn)
    }

    fn open() -> Self {
        Decision { verdict: Verdict::Shown, why: String::new(), rule: None }
    }

    fn held(rule: Option<&'static str>, why: impl Into<String>) -> Self {
        Decision { verdict: Verdict::HeldBack, why: why.into(), rule }
    }
}

/// Decides on every record.
#[must_use]
pub fn guard(records: &[&Record], marks: &Marks, asked: &Guarding<'_>) -> BTreeMap<RecordId, Decision> {
    let mut decisions: BTreeMap<RecordId, Decision> =
        records.iter().map(|record| (record.id, decide(record, &marks.on(record.id), asked))).collect();
    hold_what_came_with_it(records, &mut decisions);
    decisions
}

fn decide(record: &Record, marked: &Marked, asked: &Guarding<'_>) -> Decision {
    if matches!(record.content, Content::Note(_)) {
        return Decision::held(None, "a note is for you only and goes into no paper");
    }
    if let Some(why) = marked.kept_out_of.get(&asked.profile) {
        let why = why.as_deref().map_or(String::new(), |why| format!(": {why}"));
        return Decision::held(None, format!("you marked it to be kept out of this paper{why}"));
    }
    if asked.reader == Reader::Myself {
        return Decision::open();
    }
    if marked.confidential {
        return Decision::held(Some("PRI-11"), "you marked it confidential: only you see it");
    }
    let Some(against) = speaks_against(record, marked, asked) else { return Decision::open() };
    match marked.let_into.get(&asked.profile) {
        Some(why) => Decision { verdict: Verdict::LetIn, why: format!("let in by you: {why}"), rule: against.rule },
        None => against,
    }
}

/// What speaks against showing it, which a typed reason may override.
fn speaks_against(record: &Record, marked: &Marked, asked: &Guarding<'_>) -> Option<Decision> {
    let privileged = |rule, what: &str| Some(Decision::held(Some(rule), format!("it is marked as {what}")));
    match marked.privilege {
        Some(Privilege::LegalAdvice) => return privileged("PRI-16", "legal advice"),
        Some(Privilege::WithoutPrejudice) => return privileged("MED-16", "without prejudice"),
        Some(Privilege::Mediation) => return privileged("MED-12", "from mediation, which is confidential"),
        Some(Privilege::None) | None => {}
    }
    if let Some(against) = by_nature(&record.content, asked.reader) {
        return Some(against);
    }
    if from_a_child(&record.content, asked) {
        let (id, profile) = (record.id, asked.profile.word());
        let why = format!(
            "it came from a child’s device or account, and nobody has said that it may be shown; \
             daybook mark {id} --let-into {profile} --why \"…\" lets it in"
        );
        return Some(Decision::held(None, why));
    }
    // A paper made for one's own lawyer is passed on as readily as any other, so what looks like mediation
    // waits for a word there too.
    if marked.privilege.is_none() {
        return looks_privileged(record.id, &record.content, asked);
    }
    None
}

/// Whether it stands on a file that came from a child's device.
fn from_a_child(content: &Content, asked: &Guarding<'_>) -> bool {
    let original = match content {
        Content::Message(message) => message.place.as_ref().map(|place| place.original),
        Content::Document(document) => Some(document.original),
        _ => None,
    };
    original.is_some_and(|original| asked.child_devices.contains(&original))
}

/// Recordings (REC-07) and confidential contact details (PRI-10).
fn by_nature(content: &Content, reader: Reader) -> Option<Decision> {
    let own_lawyer_reads = reader == Reader::Solicitor;
    match content {
        Content::Document(document) if is_recording(document) && !own_lawyer_reads => {
            let allowed = document.recording.as_ref().is_some_and(|recording| recording.permission.is_some());
            let why = "a recording: the court's permission to rely on it is not noted, so it is not named here";
            (!allowed).then(|| Decision::held(Some("REC-07"), why))
        }
        Content::Document(document) if names_form_c8(document) && !own_lawyer_reads => Some(Decision::held(
            Some("PRI-10"),
            "Form C8 holds confidential contact details: it goes to the court alone",
        )),
        Content::Step(step) if step.kind == StepKind::C8 && !own_lawyer_reads => {
            Some(Decision::held(Some("PRI-10"), "a step about Form C8, which is between you and the court"))
        }
        // What a court gets the other party gets too, and such evidence goes to the court alone (MED-20).
        Content::Step(step) if is_abuse_exemption(step) && !own_lawyer_reads => Some(Decision::held(
            Some("MED-20"),
            "an exemption from the MIAM for domestic abuse: its evidence goes to the court with the application and need not go \
             to the other party",
        )),
        Content::Step(step) if matches!(step.kind, StepKind::Advice | StepKind::LegalAid) && !own_lawyer_reads => {
            Some(Decision::held(Some("PRI-16"), "a step about your own legal advice"))
        }
        _ => None,
    }
}

fn is_abuse_exemption(step: &Step) -> bool {
    step.kind == StepKind::MiamExempt && step.which.as_deref() == Some("domestic-abuse")
}

/// Sound and video, by kind or by content.
fn is_recording(document: &Document) -> bool {
    let media = document.media_type.to_ascii_lowercase();
    document.kind == DocumentKind::Recording || media.starts_with("audio/") || media.starts_with("video/")
}

fn names_form_c8(document: &Document) -> bool {
    [&document.title, &document.name]
        .into_iter()
        .any(|text| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("c8")))
}

/// Words and correspondents that suggest privilege (MED-16). Steps and events are left alone: that
/// mediation was offered may be told (MED-17), and talks at court are not privileged (MED-26).
fn looks_privileged(id: RecordId, content: &Content, asked: &Guarding<'_>) -> Option<Decision> {
    let (texts, correspondent) = match content {
        Content::Message(message) => {
            let texts = vec![message.subject.clone().unwrap_or_default(), message.text.clone()];
            (texts, privileged_correspondent(message, asked.people))
        }
        Content::Document(document) => (vec![document.title.clone(), document.name.clone()], None),
        _ => return None,
    };
    let phrase = asked
        .rules
        .list("MED-16")
        .iter()
        .find(|phrase| texts.iter().any(|text| super::words::holds_phrase(text, phrase)));
    let what = match (phrase, correspondent) {
        (Some(phrase), _) => format!("it has the words “{phrase}”"),
        (None, Some(Role::Mediator)) => "it is to or from a mediator".to_owned(),
        (None, Some(_)) if asked.reader == Reader::Solicitor => return None,
        (None, Some(_)) => "it is between you and a lawyer".to_owned(),
        (None, None) => return None,
    };
    let why =
        format!("{what} and nobody has said whether it is privileged; daybook mark {id} --privilege none lets it in");
    Some(Decision { verdict: Verdict::Undecided, why, rule: Some("MED-16") })
}

/// A mediator or lawyer among those a message is between. Where the other party is one of them too,
/// a lawyer's message is open correspondence.
fn privileged_correspondent(message: &Message, people: &[(RecordId, &Person)]) -> Option<Role> {
    let roles: BTreeSet<Role> = message
        .from
        .iter()
        .chain(&message.to)
        .chain(&message.cc)
        .filter_map(|address| person_of(message, address, people))
        .chain(message.with.iter().filter_map(|id| people.iter().find(|(other, _)| other == id).map(|(_, p)| *p)))
        .map(|person| person.role)
        .collect();
    if roles.contains(&Role::Mediator) {
        return Some(Role::Mediator);
    }
    let open = roles.contains(&Role::OtherParent);
    (roles.contains(&Role::Solicitor) && !open).then_some(Role::Solicitor)
}

/// Whose address this is. A name somebody displays beside an address says nothing; where nothing but a name
/// stands, as in a chat, one the keeper said is theirs does.
fn person_of<'a>(message: &Message, address: &Address, people: &[(RecordId, &'a Person)]) -> Option<&'a Person> {
    people.iter().map(|(_, person)| *person).find(|person| {
        // Until it is said that somebody else writes under that name, what may be a lawyer's is held back.
        let may_be = || person.said_in(message, address).is_some_and(|said| said.whose == Whose::NotKnown);
        person.is_named_in(message, address) || matches!(person.role, Role::Solicitor | Role::Mediator) && may_be()
    })
}

/// A file that came with a record that is held back is held back with it, and so are an order's words
/// where its paper is.
fn hold_what_came_with_it(records: &[&Record], decisions: &mut BTreeMap<RecordId, Decision>) {
    let mut files: BTreeMap<Digest, RecordId> = BTreeMap::new();
    for record in records {
        if decisions.get(&record.id).is_some_and(|decision| !decision.shown())
            && let Content::Message(message) = &record.content
        {
            files.extend(message.attachments.iter().map(|attachment| (attachment.sha256, record.id)));
        }
    }
    for record in records {
        let source = match &record.content {
            Content::Document(document) => document
                .from_message
                .filter(|id| decisions.get(id).is_some_and(|decision| !decision.shown()))
                .or_else(|| files.get(&document.original).copied()),
            Content::Order(order) => {
                order.document.filter(|id| decisions.get(id).is_some_and(|decision| !decision.shown()))
            }
            _ => None,
        };
        let Some(source) = source else { continue };
        let rule = decisions.get(&source).and_then(|decision| decision.rule);
        if let Some(decision) = decisions.get_mut(&record.id)
            && decision.verdict == Verdict::Shown
        {
            *decision = Decision::held(rule, format!("it came with {source}, which is held back"));
        }
    }
}
