//! The input, sorted out: who, what, what may be shown, what was chosen.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::super::input::{History, KeptFile, PlanInput};
use super::super::plan::{Anchor, LeftOut, Span};
use super::chats::Chats;
use crate::contact::{Period, Reconciled};
use crate::model::{Case, Content, Date, DeviceOwner, Digest, Incident, Instant, Noun, Record, RecordId, When, Zone};
use crate::protect::{ConfidentialWords, Decision, Guarding, Marks, guard};
use crate::timeline::{self, Links, People};

/// What another export of a chat has in the place of a message.
#[derive(Debug, Clone, Copy)]
pub(super) struct InPlace {
    pub id: RecordId,
    /// The later export says that the message was deleted; else it marks it as edited.
    pub deleted: bool,
}

type Places = BTreeMap<RecordId, InPlace>;

/// Everything planning asks of the input.
pub(super) struct Book<'a> {
    pub input: &'a PlanInput,
    pub people: People<'a>,
    pub links: Links,
    pub secret: ConfidentialWords,
    pub decisions: BTreeMap<RecordId, Decision>,
    records: BTreeMap<RecordId, &'a History>,
    /// What has pages or lines in the paper.
    selected: BTreeSet<RecordId>,
    /// Selected only because it stands near a chosen message.
    pub context: BTreeSet<RecordId>,
    /// Selected as pages only: no row of the chronology is made of them.
    pub without_row: BTreeSet<RecordId>,
    /// Why a record is not in the paper.
    reasons: BTreeMap<RecordId, String>,
    /// Places of the edition a reference may lead to.
    places: BTreeSet<Anchor>,
    /// Where each file that is shown is printed: once (27A-25).
    homes: BTreeMap<Digest, Anchor>,
    /// The user chose what is shown; else everything in the dates is.
    pub by_hand: bool,
    /// Found when first asked for: it walks through every message.
    chats: OnceCell<Chats>,
    /// What a later and what an earlier export has in the place of a message. Found when first asked for.
    in_place: OnceCell<(Places, Places)>,
    /// Counted when first asked for.
    contact: OnceCell<Reconciled>,
}

impl<'a> Book<'a> {
    pub fn of(input: &'a PlanInput) -> Self {
        let records: BTreeMap<RecordId, &History> =
            input.records.iter().filter_map(|history| Some((history.current()?.id, history))).collect();
        let current: Vec<&Record> = records.values().filter_map(|history| history.current()).collect();
        let people = People::of(current.iter().copied());
        let from_child = |kept: &&KeptFile| kept.from_device == Some(DeviceOwner::Child);
        let child_devices = input.kept.iter().filter(|(_, kept)| from_child(kept)).map(|(digest, _)| *digest).collect();
        let asked = Guarding {
            profile: input.options.profile,
            reader: input.options.reader,
            people: people.all(),
            rules: &input.rules,
            child_devices: &child_devices,
        };
        let decisions = guard(&current, &Marks::of(current.iter().copied()), &asked);
        Book {
            input,
            links: Links::of(current.iter().copied()),
            secret: ConfidentialWords::of(current.iter().copied()),
            people,
            decisions,
            records,
            selected: BTreeSet::new(),
            context: BTreeSet::new(),
            without_row: BTreeSet::new(),
            reasons: BTreeMap::new(),
            places: BTreeSet::new(),
            homes: BTreeMap::new(),
            by_hand: true,
            chats: OnceCell::new(),
            in_place: OnceCell::new(),
            contact: OnceCell::new(),
        }
    }

    /// The chats of the book.
    pub fn chats(&self) -> &Chats {
        self.chats.get_or_init(|| Chats::of(self))
    }

    /// The record that an earlier export of the chat has in the place of this one, which a later export marks as edited.
    pub fn edited_from(&self, id: RecordId) -> Option<RecordId> {
        self.in_place_of().1.get(&id).filter(|other| !other.deleted).map(|other| other.id)
    }

    /// The record that a later export of the chat, which marks it as edited, has in the place of this one.
    pub fn edited_to(&self, id: RecordId) -> Option<RecordId> {
        self.in_place_of().0.get(&id).filter(|other| !other.deleted).map(|other| other.id)
    }

    /// What a later and what an earlier export of its chat have in the place of a message.
    pub fn in_other_exports(&self, id: RecordId) -> (Option<InPlace>, Option<InPlace>) {
        let (later, earlier) = self.in_place_of();
        (later.get(&id).copied(), earlier.get(&id).copied())
    }

    fn in_place_of(&self) -> &(Places, Places) {
        self.in_place.get_or_init(|| {
            let imports = self.all(Noun::Import).into_iter().filter_map(|record| match &record.content {
                Content::Import(import) => Some(import),
                _ => None,
            });
            let (mut later, mut earlier) = (Places::new(), Places::new());
            for one in imports.flat_map(|import| &import.sources).flat_map(|source| &source.differences) {
                let Some(new) = one.later else { continue };
                let deleted = one.kind == "deleted-since";
                later.insert(one.earlier, InPlace { id: new, deleted });
                earlier.insert(new, InPlace { id: one.earlier, deleted });
            }
            (later, earlier)
        })
    }

    /// What was due by the whole record when this paper was made, and what became of it.
    pub fn contact(&self) -> &Reconciled {
        let records = || self.records.values().filter_map(|history| history.current());
        self.contact.get_or_init(|| timeline::contact(records(), &self.input.rules, self.input.made))
    }

    /// Whether the words of which an event tells made a call due.
    pub fn is_call(&self, id: RecordId) -> bool {
        self.contact().told_by(id).is_some_and(|session| session.call)
    }

    /// The plain outcome of an event, by what was due.
    pub fn event_title(&self, id: RecordId, event: &Incident) -> String {
        if self.is_call(id) {
            timeline::call_title(event, &self.people)
        } else {
            timeline::event_title(event, &self.people)
        }
    }

    /// One record as a line of a chronology, by what was due.
    pub fn line(&self, record: &Record) -> String {
        match &record.content {
            Content::Incident(event) if self.is_call(record.id) => timeline::call_line(event, &self.people),
            _ => timeline::line(record, &self.people),
        }
    }

    pub fn case(&self) -> Option<&'a Case> {
        self.people.case()
    }

    pub fn case_number(&self) -> String {
        self.case().and_then(|case| case.number.clone()).unwrap_or_default()
    }

    pub fn made_date(&self) -> Date {
        self.input.made.in_zone(Zone::LONDON).date
    }

    pub fn period(&self) -> Period {
        Period { from: self.input.options.from, until: self.input.options.until }
    }

    /// The current versions of all records of a noun, in order of time.
    pub fn all(&self, noun: Noun) -> Vec<&'a Record> {
        let mut found: Vec<&Record> = self
            .records
            .iter()
            .filter(|(id, _)| id.noun == noun)
            .filter_map(|(_, history)| history.current())
            .collect();
        found.sort_by_key(|record| (record.content.when().map_or(i64::MAX, When::sort_key), record.id));
        found
    }

    pub fn record(&self, id: RecordId) -> Option<&'a Record> {
        self.records.get(&id).and_then(|history| history.current())
    }

    pub fn history(&self, id: RecordId) -> Option<&'a History> {
        self.records.get(&id).copied()
    }

    pub fn first_written(&self, record: &Record) -> Instant {
        self.history(record.id).and_then(History::first).map_or(record.written_at, |first| first.written_at)
    }

    pub fn kept(&self, digest: &Digest) -> Option<&'a KeptFile> {
        self.input.kept.get(digest)
    }

    /// May be shown to this reader.
    pub fn may_show(&self, id: RecordId) -> bool {
        self.decisions.get(&id).is_some_and(Decision::shown)
    }

    pub fn in_range(&self, record: &Record) -> bool {
        self.period().holds(record.content.when())
    }

    pub fn select(&mut self, id: RecordId) -> bool {
        self.may_show(id) && self.selected.insert(id)
    }

    pub fn is_selected(&self, id: RecordId) -> bool {
        self.selected.contains(&id)
    }

    /// The selected records of a noun, in order of time.
    pub fn chosen(&self, noun: Noun) -> impl Iterator<Item = &'a Record> {
        self.all(noun).into_iter().filter(|record| self.selected.contains(&record.id))
    }

    pub fn leave_out(&mut self, id: RecordId, why: impl Into<String>) {
        self.reasons.entry(id).or_insert_with(|| why.into());
    }

    pub fn add_place(&mut self, anchor: Anchor) {
        self.places.insert(anchor);
    }

    /// A file is shown at this place, unless it is shown already.
    pub fn add_home(&mut self, file: Digest, at: Anchor) {
        self.homes.entry(file).or_insert(at);
    }

    /// Where a file is shown, if it is.
    pub fn home_of(&self, file: &Digest) -> Option<&Anchor> {
        self.homes.get(file)
    }

    /// The place, if the edition has it.
    pub fn place(&self, anchor: Anchor) -> Option<Anchor> {
        self.places.contains(&anchor).then_some(anchor)
    }

    pub fn page_of(&self, id: RecordId) -> Option<Anchor> {
        self.place(Anchor::record(id))
    }

    /// ` (B2)`, or nothing where the edition has no such place.
    pub fn in_brackets(&self, anchor: Anchor) -> Vec<Span> {
        match self.place(anchor) {
            Some(anchor) => vec![Span::Text(" (".into()), Span::Reference(anchor), Span::Text(")".into())],
            None => Vec::new(),
        }
    }

    /// Whether the kept document with this hash has a page, and which.
    pub fn document_with(&self, digest: &Digest) -> Option<RecordId> {
        self.all(Noun::Document).into_iter().find_map(|record| match &record.content {
            Content::Document(document) if document.original == *digest && self.may_show(record.id) => Some(record.id),
            _ => None,
        })
    }

    /// What is not in the paper, and why; for the user only.
    pub fn left_out(&self) -> Vec<LeftOut> {
        let nouns = [Noun::Incident, Noun::Message, Noun::Document, Noun::Order, Noun::Step, Noun::Note];
        self.records
            .keys()
            .filter(|id| nouns.contains(&id.noun) && !self.selected.contains(id))
            .map(|id| {
                let guarded = self.decisions.get(id).filter(|decision| !decision.shown());
                let why = match (guarded, self.reasons.get(id)) {
                    (Some(decision), _) => decision.why.clone(),
                    (None, Some(why)) => why.clone(),
                    (None, None) => "not chosen for this paper".to_owned(),
                };
                LeftOut { id: *id, why }
            })
            .collect()
    }
}
