//! What supports a line, and what says otherwise.

use std::collections::BTreeSet;

use crate::model::{Content, LinkKind, Noun, Record, RecordId};

/// The links in force.
#[derive(Debug, Clone, Default)]
pub struct Links {
    all: BTreeSet<(RecordId, LinkKind, RecordId)>,
}

/// What bears on one record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Support {
    /// Papers and messages that support it, in order of name.
    pub supported_by: Vec<RecordId>,
    /// Records that say otherwise.
    pub contradicted_by: Vec<RecordId>,
}

impl Links {
    /// The links among these records that are not withdrawn.
    #[must_use]
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let all = records
            .into_iter()
            .filter_map(|record| match &record.content {
                Content::Link(link) if !link.withdrawn => Some((link.from, link.kind, link.to)),
                _ => None,
            })
            .collect();
        Links { all }
    }

    /// What bears on this record. A message or paper cited by an event supports it; another event of
    /// one's own never does, whatever the link says.
    #[must_use]
    pub fn bearing_on(&self, id: RecordId) -> Support {
        let mut supported = BTreeSet::new();
        let mut contradicted = BTreeSet::new();
        for &(from, kind, to) in &self.all {
            match kind {
                LinkKind::Supports | LinkKind::Admits if to == id && is_paper(from) => {
                    supported.insert(from);
                }
                LinkKind::Cites if from == id && is_paper(to) => {
                    supported.insert(to);
                }
                LinkKind::Contradicts if to == id => {
                    contradicted.insert(from);
                }
                LinkKind::Contradicts if from == id => {
                    contradicted.insert(to);
                }
                _ => {}
            }
        }
        // What says otherwise is not printed as support as well.
        let supported_by = supported.difference(&contradicted).copied().collect();
        Support { supported_by, contradicted_by: contradicted.into_iter().collect() }
    }

    /// What this record is said to support.
    #[must_use]
    pub fn supports(&self, id: RecordId) -> Vec<RecordId> {
        let found: BTreeSet<RecordId> = self
            .all
            .iter()
            .filter_map(|&(from, kind, to)| match kind {
                LinkKind::Supports | LinkKind::Admits if from == id => Some(to),
                LinkKind::Cites if to == id => Some(from),
                _ => None,
            })
            .collect();
        found.into_iter().collect()
    }
}

fn is_paper(id: RecordId) -> bool {
    matches!(id.noun, Noun::Message | Noun::Document | Noun::Order)
}
