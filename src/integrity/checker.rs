//! Takes facts as they are read, in order, and says what does not agree.

use std::collections::BTreeMap;

use super::{EntryLines, next_head};
use crate::model::{Digest, Finding, Instant, Severity};

/// Milliseconds that a command may wait for another that is writing. Its time is read before it waits,
/// so an entry may be that much older than the one before without any clock having gone back.
const WAITING: i64 = 60_000;

/// A journal row as it stands in the book.
#[derive(Debug, Clone, Copy)]
pub struct EntryFacts<'a> {
    /// Its number.
    pub seq: u64,
    /// Its text.
    pub text: &'a str,
    /// The head before it, as stated.
    pub prev: Digest,
    /// Its leaf, as stated.
    pub leaf: Digest,
    /// The head after it, as stated.
    pub head: Digest,
    /// Whether the row says that it changed evidence.
    pub evidence: bool,
}

/// A row of evidence as it stands in the book, read and hashed again.
#[derive(Debug, Clone)]
pub struct RowFacts {
    /// As the journal would list it; see [`super::Item`].
    pub name: String,
    /// The SHA-256 the row states.
    pub stated: Digest,
    /// The SHA-256 of the bytes that are there. `None`: no bytes are there.
    pub found: Option<Digest>,
    /// A recorded erasure names it.
    pub erased: bool,
}

/// The key of a record version, in the order of noun, number, version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFacts {
    /// `INC`.
    pub noun: String,
    /// From 1.
    pub number: u32,
    /// From 1.
    pub version: u32,
}

/// The check of one book. Feed it [`Checker::entry`] and, after each, the rows of that entry through
/// [`Checker::row`]; the keys of all records in order; then [`Checker::finish`].
#[derive(Debug)]
pub struct Checker {
    /// The book, as its entries name it.
    book: String,
    /// Heads that others hold: entry number and head.
    given: BTreeMap<u64, Digest>,
    last: Option<(u64, Digest, Instant)>,
    open: Option<Open>,
    key: Option<KeyFacts>,
    findings: Vec<Finding>,
}

/// The entry whose rows are coming in.
#[derive(Debug)]
struct Open {
    place: String,
    /// What the entry lists and has not been seen yet. Empty if the entry cannot be read.
    awaited: BTreeMap<String, Digest>,
    readable: bool,
}

impl Checker {
    /// A check of the book of this name (its 32 digits), against heads that others hold.
    #[must_use]
    pub fn new(book: &str, practice: bool, given: &[(u64, Digest)]) -> Self {
        Checker {
            book: if practice { format!("{book} practice") } else { book.to_owned() },
            given: given.iter().copied().collect(),
            last: None,
            open: None,
            key: None,
            findings: Vec::new(),
        }
    }

    /// Takes the next journal row.
    pub fn entry(&mut self, facts: &EntryFacts<'_>) {
        self.close();
        let place = format!("journal entry {}", facts.seq);
        self.chain(facts, &place);
        if let Some(head) = self.given.remove(&facts.seq)
            && head != facts.head
        {
            let what =
                format!("The head you compare with is {}, but the book has {}.", head.short(), facts.head.short());
            self.fault("head-differs", &place, what);
        }
        let lines = EntryLines::read(facts.text);
        let at = lines.as_ref().map_or_else(|_| self.last.map_or(Instant(0), |(_, _, at)| at), |lines| lines.at);
        if let Some((_, _, before)) = self.last
            && before.0 - at.0 > WAITING
        {
            self.findings.push(Finding::new(
                Severity::Info,
                "clock-went-back",
                &place,
                format!("The computer's clock said {at}, earlier than the {before} of the entry before."),
                "Nothing needs doing. The order of the entries stands whatever the clock said.",
            ));
        }
        self.last = Some((facts.seq, facts.head, at));
        let (awaited, readable) = match lines {
            Ok(lines) => (self.lines(facts, &place, lines), true),
            Err(error) => {
                self.fault("entry-unreadable", &place, format!("The entry cannot be read: {error}."));
                (BTreeMap::new(), false)
            }
        };
        self.open = Some(Open { place, awaited, readable });
    }

    fn chain(&mut self, facts: &EntryFacts<'_>, place: &str) {
        let (before, head) = self.last.map_or((0, Digest([0; 32])), |(seq, head, _)| (seq, head));
        if facts.seq != before + 1 {
            let what = format!("Entry {} follows entry {before}; what stood between is not there.", facts.seq);
            self.fault("journal-gap", place, what);
        } else if facts.prev != head {
            self.fault("chain-broken", place, "It does not follow from the entry before.".to_owned());
        }
        let leaf = Digest::of(facts.text.as_bytes());
        if leaf != facts.leaf {
            self.fault("entry-changed", place, "Its words are not the ones that were chained.".to_owned());
        }
        if next_head(&facts.prev, &facts.leaf) != facts.head {
            self.fault("chain-broken", place, "Its head does not follow from its words.".to_owned());
        }
    }

    fn lines(&mut self, facts: &EntryFacts<'_>, place: &str, lines: EntryLines<'_>) -> BTreeMap<String, Digest> {
        if lines.book != self.book {
            self.fault(
                "other-book",
                place,
                "It was written for another book, or the book's own name was changed.".to_owned(),
            );
        }
        if lines.seq != facts.seq {
            self.fault("entry-moved", place, format!("It was chained as entry {}.", lines.seq));
        }
        if lines.changes_evidence() != facts.evidence {
            self.fault("entry-mislabelled", place, "Whether it changed evidence is wrongly stated.".to_owned());
        }
        let mut awaited = BTreeMap::new();
        for item in lines.items {
            if let Some(twice) = awaited.insert(item.name.clone(), item.sha256) {
                let what = format!("It lists {} twice ({}, {}).", item.name, twice.short(), item.sha256.short());
                self.fault("listed-twice", place, what);
            }
        }
        awaited
    }

    /// Takes a row of evidence that says it belongs to the entry last taken.
    pub fn row(&mut self, facts: &RowFacts) {
        let Some(open) = &mut self.open else {
            self.stray(facts);
            return;
        };
        let Some(listed) = open.awaited.remove(&facts.name) else {
            // An entry that cannot be read has its own finding; its rows cannot be compared.
            if open.readable {
                self.stray(facts);
            }
            return;
        };
        match facts.found {
            Some(found) if found != listed => {
                let what = format!("Its bytes were changed: kept as {}, now {}.", listed.short(), found.short());
                self.fault("changed", plain(&facts.name), what);
            }
            None if facts.erased => self.findings.push(Finding::new(
                Severity::Info,
                "erased",
                plain(&facts.name),
                "Its bytes were erased, and the journal says so. Its SHA-256 stays.",
                "",
            )),
            None => self.fault(
                "bytes-missing",
                plain(&facts.name),
                "Its bytes are gone, and no erasure is recorded.".to_owned(),
            ),
            Some(_) if facts.stated != listed => {
                let what = "The SHA-256 beside it was changed; its bytes are the ones that were kept.".to_owned();
                self.fault("digest-changed", plain(&facts.name), what);
            }
            Some(_) => {}
        }
    }

    /// Takes a row of evidence that belongs to no entry of the journal.
    pub fn stray(&mut self, facts: &RowFacts) {
        let what = "The journal does not list it: it was added or moved by other means, or the journal was cut.";
        self.fault("not-in-journal", plain(&facts.name), what.to_owned());
    }

    /// Takes the key of the next record version, in the order of noun, number, version.
    pub fn key(&mut self, key: KeyFacts) {
        let follows = match &self.key {
            Some(last) if last.noun == key.noun && last.number == key.number => key.version == last.version + 1,
            Some(last) if last.noun == key.noun => key.number == last.number + 1 && key.version == 1,
            _ => key.number == 1 && key.version == 1,
        };
        if !follows {
            let what = "What should stand before it is not there.".to_owned();
            self.fault("version-gap", format!("{}-{} version {}", key.noun, key.number, key.version), what);
        }
        self.key = Some(key);
    }

    /// Adds what was seen elsewhere.
    pub fn note(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// All findings, in the order of the book.
    #[must_use]
    pub fn finish(mut self) -> Vec<Finding> {
        self.close();
        for (seq, head) in std::mem::take(&mut self.given) {
            let what = format!("You compare with head {} of entry {seq}, which the book no longer has.", head.short());
            self.fault("journal-cut", format!("journal entry {seq}"), what);
        }
        self.findings
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        for name in open.awaited.into_keys() {
            let what = format!("{} lists it, but it is not there.", capital(&open.place));
            self.fault("missing", plain(&name), what);
        }
    }

    fn fault(&mut self, kind: &str, place: impl Into<String>, what: String) {
        let next = "Make no changes. Keep a copy of the file as it is, and open your last backup to compare.";
        self.findings.push(Finding::new(Severity::Block, kind, place, what, next));
    }
}

/// `record INC-1 2` as people say it.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    match words.as_slice() {
        ["record", id, version] => format!("{id} version {version}"),
        ["original", sha256, ..] => format!("original {sha256}"),
        ["arrival", number] => format!("receipt {number}"),
        _ => name.to_owned(),
    }
}

fn capital(place: &str) -> String {
    place.replacen("journal", "Journal", 1)
}
