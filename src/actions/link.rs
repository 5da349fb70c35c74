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
