//! The marks on records, folded: on each matter the latest counts.

use std::collections::BTreeMap;

use crate::model::{Content, Privilege, Profile, Record, RecordId};

/// What is marked on every record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    on: BTreeMap<RecordId, Marked>,
}

/// What is marked on one record.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    /// The privilege. `None`: nobody said anything about it, which is not the same as "open".
    pub privilege: Option<Privilege>,
    /// Kept from everyone but its writer.
    pub confidential: bool,
    /// For each paper it is kept out of: why.
    pub kept_out_of: BTreeMap<Profile, Option<String>>,
    /// For each paper it is let into in spite of its privilege: the reason.
    pub let_into: BTreeMap<Profile, String>,
    /// Why the last mark was put on it.
    pub why: Option<String>,
}

impl Marks {
    /// Folds the current versions of all marks, in whatever order they come.
    #[must_use]
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut marks: Vec<&Record> =
            records.into_iter().filter(|record| matches!(record.content, Content::Mark(_))).collect();
        marks.sort_by_key(|record| (record.written_at, record.id));
        let mut folded = Marks::default();
        for record in marks {
            if let Content::Mark(mark) = &record.content {
                folded.on.entry(mark.on).or_default().put(mark);
            }
        }
        folded
    }

    /// What is marked on this record.
    #[must_use]
    pub fn on(&self, id: RecordId) -> Marked {
        self.on.get(&id).cloned().unwrap_or_default()
    }

    /// The privilege of a record and whether it is confidential, as listings show them.
    #[must_use]
    pub fn shown(&self, id: RecordId) -> (Privilege, bool) {
        let marked = self.on(id);
        (marked.privilege.unwrap_or_default(), marked.confidential)
    }
}

impl Marked {
    fn put(&mut self, mark: &crate::model::Mark) {
        if let Some(privilege) = mark.privilege {
            self.privilege = Some(privilege);
            if privilege != Privilege::None {
                // Closing a record again closes it everywhere: an earlier leave was given for what it was then.
                self.let_into.clear();
            }
        }
        if let Some(confidential) = mark.confidential {
            self.confidential = confidential;
        }
        if let Some(profile) = mark.keep_out_of {
            self.kept_out_of.insert(profile, mark.why.clone());
            self.let_into.remove(&profile);
        }
        // Without a typed reason nothing is let in (MED-16).
        if let (Some(profile), Some(why)) = (mark.let_into, mark.why.as_deref().map(str::trim))
            && !why.is_empty()
        {
            self.kept_out_of.remove(&profile);
            self.let_into.insert(profile, why.to_owned());
        }
        self.why.clone_from(&mark.why);
    }
}
