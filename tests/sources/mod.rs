//! The readers against samples: our own, each beside its expected JSON, and public ones where they are.

mod chats;
mod eml_corpus;
mod eml_mutated;
mod eml_samples;
pub mod msg_samples;
mod mutated;
mod others;
mod samples;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use daybook::intake::{ItemDraft, MessageDraft, Sink, attachment_bytes, read_email};
use daybook::model::{Digest, Finding, Locator, Place};

/// Reads one saved e-mail and asks of it what every one must keep: an answer, and attachments whose
/// bytes can be found again.
fn read(bytes: &[u8], label: &str) -> (Option<MessageDraft>, Vec<Finding>) {
    let place = Place { original: Digest::of(bytes), locator: Locator::whole() };
    let (draft, findings) = read_email(bytes, place, label);
    assert!(draft.is_some() || !findings.is_empty(), "{label}: neither read nor accounted for");
    for finding in &findings {
        assert!(!finding.kind.is_empty() && finding.what.ends_with('.') && finding.place == label, "{finding:?}");
    }
    if let Some(draft) = &draft {
        for attachment in &draft.message.attachments {
            if draft.loose.iter().any(|(digest, _)| *digest == attachment.sha256) {
                continue;
            }
            let again =
                attachment_bytes(bytes, &attachment.place).unwrap_or_else(|| panic!("{label}: not found again"));
            assert_eq!(Digest::of(&again), attachment.sha256, "{label}: {:?}", attachment.name);
            assert_eq!(again.len() as u64, attachment.bytes, "{label}");
        }
    }
    (draft, findings)
}

/// Everything one reading gave.
#[derive(Default)]
struct Collect {
    drafts: Vec<MessageDraft>,
    items: Vec<ItemDraft>,
    findings: Vec<Finding>,
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

/// All files below `folder` with this ending, in order.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The folder of our own samples of saved e-mails.
fn eml_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources/eml")
}

/// The public samples, if `DAYBOOK_CORPUS` says where they are.
pub fn corpus() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    let named = std::env::var_os("DAYBOOK_CORPUS");
    named.map(PathBuf::from).filter(|folder| folder.is_dir())
}
