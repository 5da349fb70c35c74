//! What tests of the readers share: a sink that keeps everything.

use std::io;

use super::{ItemDraft, MessageDraft, Sink};
use crate::model::Finding;

/// Keeps all that a reader gives.
#[derive(Debug, Default)]
pub(super) struct Collect {
    pub drafts: Vec<MessageDraft>,
    pub items: Vec<ItemDraft>,
    pub findings: Vec<Finding>,
}

impl Sink for Collect {
    fn message(&mut self, draft: MessageDraft) -> io::Result<()> {
        self.drafts.push(draft);
        Ok(())
    }

    fn item(&mut self, item: ItemDraft) -> io::Result<()> {
        self.items.push(item);
        Ok(())
    }

    fn finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}
