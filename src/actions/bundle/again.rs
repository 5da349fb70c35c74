//! A sent edition written out again: the exact bytes the book keeps, and its check folder.

use std::io::{self, Read};
use std::path::PathBuf;

use crate::actions::{ActionError, entry};
use crate::bundle::Manifest;
use crate::model::{Content, Digest, RecordId};
use crate::store::Book;

use super::{check_folder, place};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct AgainRequest {
    /// The edition.
    pub edition: RecordId,
    /// Where to write it. `None`: its own name, in this folder.
    pub out: Option<PathBuf>,
    /// The folder for its own name.
    pub folder: PathBuf,
    /// An existing file of that name may be replaced.
    pub replace: bool,
}

/// An edition written out again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Again {
    /// Where it is.
    pub file: PathBuf,
    /// Its SHA-256: that of the file that was sent.
    pub sha256: Digest,
    /// How many pages.
    pub pages: u32,
    /// Its check folder was written too. Not where its manifest was not found when it was sent.
    pub check_folder: bool,
}

/// Writes the kept bytes of a sent edition.
///
/// # Errors
/// It is no paper, the book does not hold its file, or the place to write is taken or refuses.
pub fn write_again(book: &Book, asked: &AgainRequest) -> Result<Again, ActionError> {
    let id = asked.edition;
    let Content::Bundle(bundle) = entry::require(book, id)?.content else {
        return Err(ActionError::WrongNoun { id, wanted: "a paper that was made" });
    };
    if book.kept(&bundle.sha256)?.is_none() {
        return Err(ActionError::Refused {
            kind: "not-frozen",
            what: format!("the book does not hold the file of {id}"),
            why: "a paper's file is kept in the book when it is written down as sent".into(),
            next: format!("if you still have the file: daybook sent {id} --to NAME --how TEXT --file PATH"),
        });
    }
    // The name is a label from the book: only its last part is ever a name on this disk.
    let name = PathBuf::from(&bundle.file).file_name().map_or_else(|| format!("{id}.pdf").into(), ToOwned::to_owned);
    let out = asked.out.clone().unwrap_or_else(|| asked.folder.join(name));
    place::check(book, &out, asked.replace)?;
    let mut kept = book.open_kept(&bundle.sha256)?;
    let (file, _) = place::write_beside(&out, |beside| io::copy(&mut kept, beside).map_err(ActionError::file(&out)))?;
    let written = place::digest_of(file.path())?;
    if written != bundle.sha256 {
        return Err(ActionError::Refused {
            kind: "read-back",
            what: format!("what was written is not {id}"),
            why: "its SHA-256 is another, so it was not handed over".into(),
            next: "the disk may be failing: try another place with -o, and run daybook verify".into(),
        });
    }
    let folder = match kept_manifest(book, &bundle.manifest)? {
        Some(manifest) => {
            let journal = book.journal_skeleton(Some(manifest.journal.entry))?;
            Some(check_folder::write(&out, &manifest, bundle.sha256, &journal)?)
        }
        None => None,
    };
    let check_folder = folder.is_some();
    place::place(&out, vec![(out.clone(), file)], folder)?.keep();
    Ok(Again { file: out, sha256: bundle.sha256, pages: bundle.pages, check_folder })
}

fn kept_manifest(book: &Book, digest: &Digest) -> Result<Option<Manifest>, ActionError> {
    if book.kept(digest)?.is_none() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    book.open_kept(digest)?.read_to_end(&mut bytes).map_err(ActionError::file("manifest.json"))?;
    Ok(Manifest::from_json(&bytes).ok())
}
