//! The papers, pictures and exports of the worked case that lie in a folder as files, the way they would on a
//! computer. Everybody and everything in them is invented; none of them bears a signature.

use std::fs;
use std::path::{Path, PathBuf};

use super::story;
use crate::actions::Set;
use crate::actions::{ActionError, Importing, Unwatched, import};
use crate::actions::{Adding, add};
use crate::model::{DeviceOwner, DocumentKind, Instant, RecordId};
use crate::store::Book;

/// One file and what was said when it was added.
struct Paper {
    name: &'static str,
    bytes: &'static [u8],
    kind: DocumentKind,
    title: &'static str,
    /// As typed. Empty: the clock of the camera says it.
    dated: &'static str,
    by: &'static str,
    added: fn() -> Instant,
}

const PAPERS: [Paper; 7] = [
    Paper {
        name: "2026-02-18 letter of the family court adviser.pdf",
        bytes: include_bytes!("adviser-letter.pdf"),
        kind: DocumentKind::Report,
        title: "Family court adviser’s report on safeguarding",
        dated: "18 February 2026",
        by: "Rowan Ellery",
        added: story::begun,
    },
    Paper {
        name: "2026-09-09 school, swimming.pdf",
        bytes: include_bytes!("school-letter.pdf"),
        kind: DocumentKind::Letter,
        title: "Letter about swimming lessons, with its form filled in",
        dated: "9 September 2026",
        by: "The Year 5 team",
        added: story::photographs_kept,
    },
    Paper {
        name: "IMG_2293.jpg",
        bytes: include_bytes!("clock.jpg"),
        kind: DocumentKind::Photo,
        title: "Clock over the entrance of Elmgrove Library",
        dated: "",
        by: "Alex Reed",
        added: story::photographs_kept,
    },
    Paper {
        name: "2026-10-26 application.pdf",
        bytes: include_bytes!("application.pdf"),
        kind: DocumentKind::Application,
        title: "Application to vary the order",
        dated: "26 October 2026",
        by: "Alex Reed",
        added: story::application_kept,
    },
    Paper {
        name: "Screenshot_20261101.png",
        bytes: include_bytes!("telephone.png"),
        kind: DocumentKind::Screenshot,
        title: "Text messages with Sam Reed",
        dated: "1 November 2026",
        by: "Alex Reed",
        added: story::screenshot_kept,
    },
    Paper {
        name: "scan0007.pdf",
        bytes: include_bytes!("directions-scan.pdf"),
        kind: DocumentKind::Directions,
        title: "Directions order, District Judge Marlow",
        dated: "9 November 2026",
        by: "District Judge Marlow",
        added: story::directions_kept,
    },
    Paper {
        name: "Alex Reed statement 1, not signed.pdf",
        bytes: include_bytes!("statement.pdf"),
        kind: DocumentKind::Statement,
        title: "First witness statement of Alex Reed (not yet signed)",
        dated: "20 November 2026",
        by: "Alex Reed",
        added: story::statement_kept,
    },
];

const WHATSAPP: (&str, &[u8]) = ("WhatsApp Chat with Sam Reed.zip", include_bytes!("whatsapp.zip"));
const MAILBOX: (&str, &[u8]) = ("Wednesday calls.mbox", include_bytes!("mailbox.mbox"));

/// What of it the story comes back to.
pub(super) struct Kept {
    pub adviser: RecordId,
    pub clock: RecordId,
    pub application: RecordId,
    pub screenshot: RecordId,
    pub directions: RecordId,
    pub statement: RecordId,
}

/// Writes the files into a folder of their own and adds each with what a person would say of it.
pub(super) fn keep(book: &mut Book, folder: &Path) -> Result<Kept, ActionError> {
    let papers = folder.join("other papers");
    fs::create_dir_all(&papers).map_err(ActionError::file(&papers))?;
    let mut ids = Vec::new();
    for paper in &PAPERS {
        let path = papers.join(paper.name);
        fs::write(&path, paper.bytes).map_err(ActionError::file(&path))?;
        let mut sets = vec![Set::new("title", paper.title), Set::new("by", paper.by)];
        if !paper.dated.is_empty() {
            sets.push(Set::new("dated", paper.dated));
        }
        let adding = Adding { paths: vec![path], kind: paper.kind, sets };
        let added = add(book, (paper.added)(), &adding, &mut |_, _| {})?;
        ids.extend(added.stored.first().map(|stored| stored.entry.id));
    }
    let [adviser, _school, clock, application, screenshot, directions, statement] =
        ids.try_into().expect("every paper of the story is kept");
    Ok(Kept { adviser, clock, application, screenshot, directions, statement })
}

/// Reads the exported chat and the mailbox; how many messages they gave.
pub(super) fn read_exports(book: &mut Book, folder: &Path) -> Result<u64, ActionError> {
    let exports = folder.join("exports");
    fs::create_dir_all(&exports).map_err(ActionError::file(&exports))?;
    let mut paths: Vec<PathBuf> = Vec::new();
    for (name, bytes) in [WHATSAPP, MAILBOX] {
        let path = exports.join(name);
        fs::write(&path, bytes).map_err(ActionError::file(&path))?;
        paths.push(path);
    }
    let importing = Importing { paths, from_device: Some(DeviceOwner::Mine), ..Importing::default() };
    let report = import(book, story::mails_read(), &importing, &mut Unwatched)?;
    Ok(report.record.totals.new)
}
