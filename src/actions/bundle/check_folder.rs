//! The folder beside a paper with which a sceptic checks it: manifest, hashes, journal, and how.
//!
//! It holds no originals: a message's original names addresses, and a photograph's may name a place.
//! They stay in the book and can be produced.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::actions::ActionError;
use crate::bundle::Manifest;
use crate::model::Digest;
use crate::store::JournalLink;

use super::place::folder_of;

/// The folder that belongs to this paper: `X.check` beside `X.pdf`.
#[must_use]
pub fn check_folder_of(paper: &Path) -> PathBuf {
    paper.with_extension("check")
}

/// Writes the folder under a passing name.
pub(super) fn write(
    out: &Path,
    manifest: &Manifest,
    paper: Digest,
    journal: &[JournalLink],
) -> Result<TempDir, ActionError> {
    let beside = folder_of(out);
    let folder = tempfile::Builder::new().prefix(".daybook-").tempdir_in(beside).map_err(ActionError::file(beside))?;
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let point = (manifest.journal.entry, manifest.journal.head);
    let how = how_to_check(&name, manifest.digest(), point, paper);
    let manifest = manifest.to_json();
    let journal = journal_text(journal, point.0);
    let mut sums = String::new();
    for (file, text) in [("manifest.json", &manifest), ("journal.txt", &journal), ("how-to-check.txt", &how)] {
        writeln!(sums, "{}  {file}", Digest::of(text.as_bytes())).expect("a string takes text");
    }
    writeln!(sums, "{paper}  ../{name}").expect("a string takes text");
    for (file, text) in
        [("manifest.json", &manifest), ("journal.txt", &journal), ("how-to-check.txt", &how), ("SHA256SUMS", &sums)]
    {
        let path = folder.path().join(file);
        fs::write(&path, text).map_err(ActionError::file(&path))?;
    }
    Ok(folder)
}

/// Gives the folder its own name.
pub(super) fn put(folder: TempDir, paper: &Path) -> Result<(), ActionError> {
    let to = check_folder_of(paper);
    fs::rename(folder.path(), &to).map_err(ActionError::file(&to))?;
    // It has its own name now; there is nothing left to clear away under the passing one.
    let _passing = folder.keep();
    Ok(())
}

/// One line an entry, up to the one the paper was made from: its number, the hash of its text, and
/// the head after it. `head = SHA-256("<head before> <hash>\n")`, the first head before being zeros.
fn journal_text(journal: &[JournalLink], until: u64) -> String {
    let mut text = String::new();
    for entry in journal.iter().filter(|entry| entry.seq <= until) {
        writeln!(text, "{} {} {}", entry.seq, entry.leaf, entry.head).expect("a string takes text");
    }
    text
}

fn how_to_check(name: &str, manifest: Digest, (seq, head): (u64, Digest), paper: Digest) -> String {
    format!(
        "How to check “{name}”\n\
         \n\
         1. In this folder, compare the list of hashes.\n\
         \n\
         \x20  Linux    sha256sum -c SHA256SUMS\n\
         \x20  Mac      shasum -a 256 -c SHA256SUMS\n\
         \x20  Windows  certutil -hashfile manifest.json SHA256   (one file at a time)\n\
         \n\
         \x20  Each line should end in OK. The paper itself is\n\
         \x20  {paper}\n\
         \n\
         2. The paper prints the SHA-256 of manifest.json on its last page (an exhibit does not). It is\n\
         \x20  {manifest}\n\
         \n\
         3. Reckon the journal again. Each line of journal.txt holds a number, a hash and a head; each head\n\
         \x20  is the SHA-256 of the head before, a space, the hash and a line end. With a shell:\n\
         \n\
         \x20  h=$(printf '0%.0s' $(seq 64)); while read n l e; do\n\
         \x20    h=$(printf '%s %s\\n' \"$h\" \"$l\" | sha256sum | cut -c1-64)\n\
         \x20    [ \"$h\" = \"$e\" ] || echo \"entry $n differs\"; done < journal.txt; echo \"$h\"\n\
         \n\
         \x20  At entry {seq} it should print\n\
         \x20  {head}\n\
         \n\
         What this shows: that the paper and these files are the ones that were made together, and that the\n\
         journal has not changed since its head was given to somebody else.\n\
         What it does not show: who wrote a message, whether what it says is true, or whether the record is\n\
         complete. Whoever keeps a record alone could write it again from the start; only a head given to\n\
         someone else on an earlier day speaks against that.\n"
    )
}
