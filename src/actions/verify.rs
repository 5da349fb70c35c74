//! Checks the book against itself, and papers against their manifests and their own pages.

use std::fs;
use std::path::Path;

use crate::bundle::{Manifest, prove};
use crate::model::{Content, Digest, Finding, Noun, Reader, Severity};
use crate::pdf;
use crate::store::Book;

use super::ActionError;
use super::bundle::{check_folder_of, seen_now};

/// What was checked, and what was found.
#[derive(Debug, Clone, Default)]
pub struct Verified {
    /// Kept originals hashed again.
    pub originals: u64,
    /// Record versions hashed again.
    pub records: u64,
    /// Journal entries reckoned again.
    pub journal: u64,
    /// Papers read back.
    pub bundles: u64,
    /// What does not agree, worst first. Information is no fault.
    pub findings: Vec<Finding>,
}

impl Verified {
    /// Nothing disagrees.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity == Severity::Info)
    }
}

/// Checks every original, record and journal entry of the book.
///
/// # Errors
/// Reading failed.
pub fn verify_book(book: &Book) -> Result<Verified, ActionError> {
    let checked = book.check(&[])?;
    let mut findings = checked.findings;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(Verified {
        originals: checked.checked.originals,
        records: checked.checked.records,
        journal: checked.checked.journal,
        bundles: 0,
        findings,
    })
}

/// Checks a finished paper against the manifest beside it, the hashes beside it, its own pages, and,
/// where a book is open, the edition the book remembers.
///
/// # Errors
/// The paper cannot be read, or it has no check folder beside it.
pub fn verify_paper(paper: &Path, book: Option<&Book>) -> Result<Verified, ActionError> {
    let whole = fs::File::open(paper).and_then(|mut file| Digest::of_reader(&mut file));
    let (digest, _) = whole.map_err(ActionError::file(paper))?;
    let folder = check_folder_of(paper);
    let manifest_file = folder.join("manifest.json");
    let manifest_bytes = fs::read(&manifest_file).map_err(|source| no_manifest(paper, &folder, source))?;
    let manifest = Manifest::from_json(&manifest_bytes).map_err(|why| ActionError::Refused {
        kind: "manifest",
        what: format!("{} is not a manifest of Daybook", manifest_file.display()),
        why,
        next: "ask for the folder that was made together with the paper".to_owned(),
    })?;
    let mut findings = compare_sums(paper, digest, &folder);
    let mut confidential = Vec::new();
    if let Some(book) = book {
        findings.extend(compare_edition(book, &manifest, digest)?);
        if manifest.reader != Reader::Myself && !words_were_allowed(book, &manifest)? {
            confidential = words_of(book)?;
        }
    }
    let observed = pdf::observe_file(paper, &manifest)?;
    let mut proof = prove(&manifest, &observed, &confidential);
    if let Some(book) = book.filter(|book| book.info().id == manifest.book) {
        proof.compare_with(&manifest, &seen_now(book, &manifest)?);
    }
    let mut differences = proof.findings;
    for finding in &mut differences {
        let next = match finding.kind.as_str() {
            // The word may have come on the list after the paper was made.
            "confidential-word" => "Do not hand this copy on; make the paper again.",
            // Whoever checks a paper may not be the one who can make it again.
            _ => "Do not rely on this copy; ask for it again from whoever made it.",
        };
        next.clone_into(&mut finding.next);
    }
    findings.append(&mut differences);
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    Ok(Verified { bundles: 1, findings, ..Verified::default() })
}

fn no_manifest(paper: &Path, folder: &Path, source: std::io::Error) -> ActionError {
    if source.kind() == std::io::ErrorKind::NotFound {
        return ActionError::Refused {
            kind: "no-manifest",
            what: format!("{} has no manifest beside it", paper.display()),
            why: format!("the folder {} is missing or incomplete", folder.display()),
            next: "put the folder that was made together with the paper beside it, and check again".to_owned(),
        };
    }
    ActionError::File { path: folder.to_owned(), source }
}

/// Compares the files named in `SHA256SUMS` with their hashes.
fn compare_sums(paper: &Path, digest: Digest, folder: &Path) -> Vec<Finding> {
    let sums = folder.join("SHA256SUMS");
    let Ok(text) = fs::read_to_string(&sums) else {
        return vec![warn("no-sums", &sums, "the list of hashes is missing", "ask for the whole folder again")];
    };
    let mut findings = Vec::new();
    for line in text.lines() {
        let Some((hash, name)) = line.split_once("  ") else { continue };
        let Ok(expected) = hash.parse::<Digest>() else { continue };
        let found = match name.strip_prefix("../") {
            Some(_) => Some(digest),
            None if name.contains(['/', '\\']) => None,
            None => fs::read(folder.join(name)).ok().map(|bytes| Digest::of(&bytes)),
        };
        let place = if name.starts_with("../") { paper.to_owned() } else { folder.join(name) };
        match found {
            Some(found) if found == expected => {}
            Some(_) => findings.push(block("hash-differs", &place, "its bytes are not those that were made")),
            None => findings.push(block("file-missing", &place, "it is listed and cannot be read")),
        }
    }
    findings
}

fn compare_edition(book: &Book, manifest: &Manifest, digest: Digest) -> Result<Vec<Finding>, ActionError> {
    if manifest.book != book.info().id {
        return Ok(vec![Finding::new(
            Severity::Info,
            "other-book",
            manifest.edition.to_string(),
            "the paper was made from another book; it was compared with its manifest only",
            "",
        )]);
    }
    let record = book.record(manifest.edition)?;
    let known = match record.map(|record| record.content) {
        Some(Content::Bundle(bundle)) => bundle.sha256 == digest,
        _ => false,
    };
    if known {
        return Ok(Vec::new());
    }
    Ok(vec![Finding::new(
        Severity::Warn,
        "edition-differs",
        manifest.edition.to_string(),
        "the book remembers this edition with other bytes, or not at all",
        "compare it with the file that was handed over",
    )])
}

/// Whether the user said, with a reason that is kept, that confidential words may stand in this edition.
fn words_were_allowed(book: &Book, manifest: &Manifest) -> Result<bool, ActionError> {
    let record = book.record(manifest.edition)?;
    Ok(match record.map(|record| record.content) {
        Some(Content::Bundle(bundle)) => bundle.overrides.iter().any(|one| one.starts_with("confidential-word:")),
        _ => false,
    })
}

fn words_of(book: &Book) -> Result<Vec<String>, ActionError> {
    Ok(book
        .all(Noun::Word)?
        .into_iter()
        .filter_map(|record| match record.content {
            Content::Word(word) if !word.withdrawn => Some(word.words),
            _ => None,
        })
        .collect())
}

fn warn(kind: &str, place: &Path, what: &str, next: &str) -> Finding {
    Finding::new(Severity::Warn, kind, place.display().to_string(), what, next)
}

fn block(kind: &str, place: &Path, what: &str) -> Finding {
    Finding::new(
        Severity::Block,
        kind,
        place.display().to_string(),
        what,
        "do not rely on this copy; ask for it again from whoever made it",
    )
}
