//! Joining two records.

use crate::model::{Content, Instant, Link, LinkKind, Noun, RecordId};
use crate::store::{Book, Written};

use super::{ActionError, entry};

/// Joins two records: `from` supports, admits, contradicts, replies to or cites `to`.
///
/// # Errors
/// An unknown record, a record joined to itself, the same link twice, or writing failed.
pub fn link(
    book: &mut Book,
    now: Instant,
    from: RecordId,
    to: RecordId,
    kind: LinkKind,
) -> Result<Written<RecordId>, ActionError> {
    entry::require(book, from)?;
    entry::require(book, to)?;
    if from == to {
        return Err(ActionError::Refused {
            kind: "same-record",
            what: format!("{from} cannot be joined to itself"),
            why: "a link says how one record bears on another".into(),
            next: "Name two records: daybook link MSG-4 INC-2 --as supports".into(),
        });
    }
    let link = Link { from, to, kind, withdrawn: false };
    let known = book.all(Noun::Link)?;
    if let Some(record) = known.iter().find(|record| record.content == Content::Link(link.clone())) {
        return Err(ActionError::Refused {
            kind: "known-link",
            what: format!("{from} is joined to {to} already ({})", record.id),
            why: "the same link twice would count twice".into(),
            next: format!("Nothing needs doing. To see it: daybook show {to}"),
        });
    }
    let sentence = format!("Joined {from} to {to}: {}", kind.word());
    book.write(now, |writing| Ok((writing.add(Content::Link(link))?, sentence)))
}

/// Takes a link back. It stays readable in the book; papers no longer go by it.
///
/// # Errors
/// The two are not joined (so), or writing failed.
pub fn withdraw_link(
    book: &mut Book,
    now: Instant,
    (from, to): (RecordId, RecordId),
    kind: Option<LinkKind>,
    why: Option<&str>,
) -> Result<Written<Vec<RecordId>>, ActionError> {
    let mut taken: Vec<(RecordId, Link)> = Vec::new();
    for record in book.all(Noun::Link)? {
        let Content::Link(link) = record.content else { continue };
        if !link.withdrawn && link.from == from && link.to == to && kind.is_none_or(|kind| kind == link.kind) {
            taken.push((record.id, Link { withdrawn: true, ..link }));
        }
    }
    if taken.is_empty() {
        return Err(ActionError::Refused {
            kind: "not-joined",
            what: format!("{from} is not joined to {to}"),
            why: "there is no such link to take back; the order of the two counts".into(),
            next: format!("To see what {to} is joined to: daybook show {to}"),
        });
    }
    let why = why.map(str::trim).filter(|why| !why.is_empty()).unwrap_or("taken back");
    let sentence = format!("Took back the link from {from} to {to}: {why}");
    book.write(now, |writing| {
        let mut ids = Vec::with_capacity(taken.len());
        for (id, link) in taken {
            writing.amend(id, Content::Link(link), why)?;
            ids.push(id);
        }
        Ok((ids, sentence))
    })
}
