//! Writing down a contact event.

use std::path::{Path, PathBuf};

use crate::model::{Content, Digest, Incident, Instant, Link, LinkKind, RecordId};
use crate::store::{Arrival, Book, Kept, Received, Writing};

use super::fields::{self, Reading, Set};
use super::{ActionError, People, Stored, entry, media, walk};

/// A contact event as typed.
#[derive(Debug, Clone, Default)]
pub struct Logging {
    /// Its fields.
    pub sets: Vec<Set>,
    /// Files to attach.
    pub attach: Vec<PathBuf>,
    /// Records that support it.
    pub cite: Vec<RecordId>,
}

/// A file received for a record that is about to be written.
#[derive(Debug, Clone)]
pub(super) struct Attaching {
    received: Received,
    arrival: Arrival,
}

impl Logging {
    /// The event these fields make, checked but not kept.
    ///
    /// # Errors
    /// A field that cannot be read, or an end before its start.
    pub fn incident(&self, reading: &Reading<'_>) -> Result<Incident, ActionError> {
        let mut content = Content::Incident(Box::default());
        fields::set(&mut content, &self.sets, reading)?;
        match content {
            Content::Incident(incident) => Ok(*incident),
            _ => unreachable!("setting fields keeps the noun"),
        }
    }
}

/// Writes down a contact event. One without a kind is unfinished, and is kept as it stands.
///
/// # Errors
/// A field that cannot be read, an unknown order or record, an unreadable file, or writing failed.
pub fn log(book: &mut Book, now: Instant, logging: &Logging) -> Result<Stored, ActionError> {
    let people = People::load(book)?;
    let reading = Reading { now, zone: crate::model::Zone::LONDON, people: &people };
    let mut incident = logging.incident(&reading)?;
    check_order(book, &incident)?;
    check_has_been(&incident, now)?;
    for id in &logging.cite {
        entry::require(book, *id)?;
    }
    let attaching = receive_all(book, &logging.attach)?;
    let written = book.write::<_, ActionError>(now, |writing| {
        incident.attachments = keep_all(writing, &attaching)?;
        let sentence = sentence(&incident);
        let id = writing.add(Content::Incident(Box::new(incident)))?;
        for from in &logging.cite {
            let link = Link { from: *from, to: id, kind: LinkKind::Supports, withdrawn: false };
            writing.add(Content::Link(link))?;
        }
        Ok((id, sentence))
    })?;
    entry::stored(book, written)
}

/// What became of contact is known when it was due: before, only a cancellation or a change is.
pub(super) fn check_has_been(incident: &Incident, now: Instant) -> Result<(), ActionError> {
    use crate::model::Outcome::{AgreedChange, CancelledByMe, CancelledByOther, CancelledByThird};
    let (Some(kind), Some(due)) = (incident.kind, incident.when()) else { return Ok(()) };
    // Time that has not run yet cannot have been held: neither a figure nor a court could rely on it.
    let to_its_end = matches!(kind, crate::model::IncidentKind::Kept | crate::model::IncidentKind::Late);
    let still = incident.until.as_ref().filter(|until| to_its_end && until.sort_key() > now.0);
    if let Some(until) = still.filter(|_| incident.ended.is_none() && due.sort_key() <= now.0) {
        return Err(ActionError::Refused {
            kind: "not-over",
            what: format!("It lasts until {}", until.long()),
            why: format!("“{}” can only be written down once it is over", kind.plain()),
            next: "Write it down then; or give when it ended (--ended), or only what happened so far (--what)".into(),
        });
    }
    let beforehand = matches!(kind.outcome(), CancelledByOther | CancelledByMe | CancelledByThird | AgreedChange);
    if beforehand || due.sort_key() <= now.0 {
        return Ok(());
    }
    Err(ActionError::Refused {
        kind: "not-yet",
        what: format!("{} is still to come", due.long()),
        why: format!("“{}” can only be written down once it has been", kind.plain()),
        next: "Check the date; a contact that lies ahead can be written down as cancelled or changed".into(),
    })
}

/// An order named by a contact event must be there, and have the paragraph named.
pub(super) fn check_order(book: &Book, incident: &Incident) -> Result<(), ActionError> {
    let Some(id) = incident.order else { return Ok(()) };
    let Content::Order(order) = entry::require(book, id)?.content else {
        return Err(ActionError::WrongNoun { id, wanted: "an order" });
    };
    match &incident.paragraph {
        Some(number) if order.paragraph(number).is_none() => Err(ActionError::Refused {
            kind: "unknown-paragraph",
            what: format!("{id} has no paragraph {number} in this book"),
            why: if order.paragraphs.is_empty() {
                "none of its paragraphs has been typed in yet".into()
            } else {
                let known: Vec<&str> = order.paragraphs.iter().map(|p| p.number.as_str()).collect();
                format!("the paragraphs typed in so far are {}", known.join(", "))
            },
            next: format!("Add its exact words first: daybook order para {id} {number} --words -"),
        }),
        _ => Ok(()),
    }
}

fn sentence(incident: &Incident) -> String {
    let what = incident.kind.map_or("unfinished", |kind| kind.plain());
    match incident.when() {
        Some(when) => format!("Wrote down a contact event: {what}, {}", when.london_date().long()),
        None => format!("Wrote down a contact event: {what}"),
    }
}

/// Takes files in before the transaction that keeps them.
pub(super) fn receive_all(book: &mut Book, paths: &[PathBuf]) -> Result<Vec<Attaching>, ActionError> {
    paths.iter().map(|path| receive_paper(book, path)).collect()
}

/// Takes one file in.
pub(super) fn receive_paper(book: &mut Book, path: &Path) -> Result<Attaching, ActionError> {
    let mut file = walk::open(path).map_err(ActionError::file(path))?;
    let (head, mut whole) = media::peek(&mut file).map_err(ActionError::file(path))?;
    let name = walk::label(path);
    let media_type = media::media_type(&head, &name).to_owned();
    let received = book.receive(&mut whole)?;
    Ok(Attaching { received, arrival: Arrival { name, media_type, from_device: None } })
}

impl Attaching {
    /// Keeps it for good.
    pub(super) fn keep(&self, writing: &mut Writing<'_>) -> Result<Kept, ActionError> {
        Ok(writing.keep(&self.received, &self.arrival)?)
    }

    /// The digest of its bytes.
    pub(super) fn digest(&self) -> Digest {
        self.received.sha256
    }

    /// How many bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.received.bytes
    }

    /// By its content.
    pub(super) fn media_type(&self) -> &str {
        &self.arrival.media_type
    }
}

pub(super) fn keep_all(writing: &mut Writing<'_>, attaching: &[Attaching]) -> Result<Vec<Digest>, ActionError> {
    let mut digests: Vec<Digest> = Vec::new();
    for file in attaching {
        let kept = file.keep(writing)?;
        if !digests.contains(&kept.sha256) {
            digests.push(kept.sha256);
        }
    }
    Ok(digests)
}
