//! Everything a plan needs to be told, read from the book.

use std::collections::BTreeMap;
use std::io::Read;

use crate::actions::ActionError;
use crate::bundle::{ExhibitOptions, History, JournalHead, KeptFile, Options, Picture, PlanInput, TextPart};
use crate::intake::quotes::{self, Piece};
use crate::model::{Content, Digest, Instant, Noun, Record, RecordId, When};
use crate::pdf::photo_facts;
use crate::rules::Rules;
use crate::store::{Book, Kept};

/// A photograph larger than this is not opened to be drawn; the paper carries a page in its place.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

pub(super) fn gather(book: &Book, now: Instant, options: &Options) -> Result<PlanInput, ActionError> {
    let mut records = Vec::new();
    for noun in Noun::ALL {
        for record in book.all(noun)? {
            let history =
                if record.version == 1 { History::of(record) } else { History { versions: book.versions(record.id)? } };
            records.push(history);
        }
    }
    let kept = kept_files(book, &records)?;
    let head = match book.evidence_head()? {
        Some(entry) => JournalHead { seq: entry.seq, head: entry.head },
        None => JournalHead { seq: 0, head: Digest([0; 32]) },
    };
    let mut options = options.clone();
    options.practice = book.info().practice;
    if options.exhibit.last_number_used.is_none() {
        options.exhibit.last_number_used = last_exhibit_number(&records, &options.exhibit);
    }
    Ok(PlanInput {
        edition: next_edition(&records),
        made: now,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        records,
        kept,
        head,
        head_given: None,
        rules: Rules::england_and_wales(),
        options,
        quotes: split_quotes,
    })
}

/// The name the next edition will have: ids are never given twice.
fn next_edition(records: &[History]) -> RecordId {
    let last = current(records).filter(|record| record.id.noun == Noun::Bundle).map(|record| record.id.number).max();
    RecordId::new(Noun::Bundle, last.unwrap_or(0) + 1)
}

/// The last exhibit number used in the editions made (22A-11). An exhibit of the same mark to the same
/// statement is that exhibit made anew, and takes its own number again.
fn last_exhibit_number(records: &[History], asked: &ExhibitOptions) -> Option<u32> {
    let mut last = None;
    for record in current(records) {
        let Content::Bundle(made) = &record.content else { continue };
        let Some(mark) = &made.exhibit else { continue };
        let number: Option<u32> = mark.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok();
        if asked.mark.as_deref() == Some(mark) && asked.statement == made.statement {
            return number.map(|number| number.saturating_sub(1)).filter(|number| *number > 0);
        }
        last = last.max(number);
    }
    last
}

fn current(records: &[History]) -> impl Iterator<Item = &Record> {
    records.iter().filter_map(History::current)
}

/// The facts of every kept file a record names, photographs looked into.
fn kept_files(book: &Book, records: &[History]) -> Result<BTreeMap<Digest, KeptFile>, ActionError> {
    let mut files = BTreeMap::new();
    for record in current(records) {
        for digest in named_by(&record.content) {
            if files.contains_key(&digest) {
                continue;
            }
            if let Some(kept) = book.kept(&digest)? {
                files.insert(digest, facts_of(book, &kept)?);
            }
        }
    }
    Ok(files)
}

fn named_by(content: &Content) -> Vec<Digest> {
    match content {
        Content::Incident(incident) => incident.attachments.clone(),
        Content::Step(step) => step.attachments.clone(),
        Content::Document(document) => vec![document.original],
        Content::Bundle(made) => vec![made.sha256],
        Content::Message(message) => message.place.iter().map(|place| place.original).collect(),
        _ => Vec::new(),
    }
}

fn facts_of(book: &Book, kept: &Kept) -> Result<KeptFile, ActionError> {
    let picture = if kept.arrival.media_type == "image/jpeg" && kept.bytes <= LARGEST_PICTURE {
        photo_facts(&kept_bytes(book, &kept.sha256)?).map(|facts| Picture {
            pixels: facts.upright(),
            orientation: facts.orientation,
            taken: facts.taken.as_deref().and_then(When::camera),
            has_place: facts.has_place,
        })
    } else {
        None
    };
    Ok(KeptFile {
        name: kept.arrival.name.clone(),
        bytes: kept.bytes,
        media_type: kept.arrival.media_type.clone(),
        kept_at: kept.kept_at,
        from_device: kept.arrival.from_device,
        picture,
        pdf: None,
        not_shown: None,
        notes: Vec::new(),
        seconds: None,
    })
}

/// A message's own lines and what it quotes, as the readers of messages tell them apart. A signature is the sender's own.
#[must_use]
pub fn split_quotes(text: &str) -> Vec<TextPart> {
    let own = |text: &str, parts: &mut Vec<TextPart>| {
        parts.extend(text.lines().map(|line| TextPart::Own(line.to_owned())));
    };
    let mut parts = Vec::new();
    for piece in quotes::fold(text) {
        match piece {
            Piece::Own(text) | Piece::Signature(text) => own(text, &mut parts),
            Piece::Quoted { text, .. } => {
                parts.push(TextPart::Quoted(text.lines().map(str::to_owned).collect()));
            }
        }
    }
    parts
}

/// The bytes of a kept original, whole.
pub(super) fn kept_bytes(book: &Book, digest: &Digest) -> Result<Vec<u8>, ActionError> {
    let mut bytes = Vec::new();
    book.open_kept(digest)?.read_to_end(&mut bytes).map_err(ActionError::file(digest.to_string()))?;
    Ok(bytes)
}
