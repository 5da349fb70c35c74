//! Where a paper goes: what may stand there already, and how paper and check folder take their names
//! together, or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use crate::actions::ActionError;
use crate::model::{Content, Digest, Hasher, Noun, RecordId};
use crate::store::Book;

use super::check_folder::{self, check_folder_of};

/// What a check folder holds. A folder with anything else in it is somebody's, and stays.
const OWN_FILES: [&str; 4] = ["manifest.json", "journal.txt", "how-to-check.txt", "SHA256SUMS"];

/// Whether a paper may be written there. An existing file is never overwritten unasked; the file of an
/// edition that was sent is never overwritten at all, and nor is a book.
pub(super) fn check(book: &Book, out: &Path, replace: bool) -> Result<(), ActionError> {
    let folder = folder_of(out);
    match fs::metadata(folder) {
        Ok(facts) if facts.is_dir() => {}
        Ok(_) => return Err(refused("no-folder", out, &format!("{} is not a folder", folder.display()), OTHER_PLACE)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let why = format!("the folder {} does not exist", folder.display());
            return Err(refused("no-folder", out, &why, "make the folder first, or choose another place with -o"));
        }
        Err(source) => return Err(ActionError::File { path: folder.to_owned(), source }),
    }
    if is_the_book(book, out) {
        let why = "that is the book itself, or a file beside it that belongs to it";
        return Err(refused("place-taken", out, why, OTHER_NAME));
    }
    match fs::symlink_metadata(out) {
        Ok(facts) if facts.is_dir() => {
            return Err(refused("place-taken", out, "a folder has that name", OTHER_NAME));
        }
        Ok(facts) if facts.is_symlink() => {
            let why = "it is a link to another place, and a paper never goes where a link points";
            return Err(refused("place-taken", out, why, "give the name of the place itself with -o"));
        }
        Ok(facts) if !facts.is_file() => {
            return Err(refused("place-taken", out, "it is no ordinary file", OTHER_NAME));
        }
        Ok(_) if !replace => {
            return Err(ActionError::Refused {
                kind: "file-exists",
                what: format!("{} is there already", out.display()),
                why: "an earlier edition is never overwritten unasked".to_owned(),
                next: "choose another name with -o, or say --replace".to_owned(),
            });
        }
        Ok(_) => replaceable(book, out)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(source) => return Err(ActionError::File { path: out.to_owned(), source }),
    }
    check_folder_is_free(out, replace)
}

/// Whether a file that belongs to a paper (its text for a word processor) may be written beside it.
pub(super) fn check_beside(out: &Path, replace: bool) -> Result<(), ActionError> {
    match fs::symlink_metadata(out) {
        Ok(facts) if !facts.is_file() => Err(refused("place-taken", out, "it is no ordinary file", OTHER_NAME)),
        Ok(_) if !replace => Err(ActionError::Refused {
            kind: "file-exists",
            what: format!("{} is there already", out.display()),
            why: "it may be a text you went on writing in, and is never overwritten unasked".to_owned(),
            next: "choose another name with -o, or say --replace".to_owned(),
        }),
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(ActionError::File { path: out.to_owned(), source }),
    }
}

/// Writes a text that is no paper where it was asked for, whole or not at all.
pub(in crate::actions) fn put_text(
    book: &Book,
    out: &Path,
    replace: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<(), ActionError>,
) -> Result<(), ActionError> {
    if is_the_book(book, out) {
        return Err(refused("place-taken", out, "that is the book itself, or a file beside it", OTHER_NAME));
    }
    check_beside(out, replace)?;
    let (file, ()) = write_beside(out, write)?;
    file.persist(out).map_err(|error| ActionError::File { path: out.to_owned(), source: error.error })?;
    Ok(())
}

const OTHER_NAME: &str = "choose another name with -o";
const OTHER_PLACE: &str = "choose another place with -o";

fn refused(kind: &'static str, out: &Path, why: &str, next: &str) -> ActionError {
    ActionError::Refused {
        kind,
        what: format!("the paper was not written to {}", out.display()),
        why: why.to_owned(),
        next: next.to_owned(),
    }
}

pub(super) fn folder_of(out: &Path) -> &Path {
    out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// The book, by whatever name, or one of the files SQLite keeps beside it.
fn is_the_book(book: &Book, out: &Path) -> bool {
    let Ok(known) = fs::canonicalize(book.path()) else { return false };
    let Ok(folder) = fs::canonicalize(folder_of(out)) else { return false };
    let Some(name) = out.file_name() else { return true };
    let meant = fs::canonicalize(out).unwrap_or_else(|_| folder.join(name));
    ["", "-wal", "-shm", "-journal"].iter().any(|end| {
        let mut file = known.as_os_str().to_owned();
        file.push(end);
        meant == Path::new(&file)
    })
}

/// An existing file may give way, unless it is a book or an edition that was sent.
fn replaceable(book: &Book, out: &Path) -> Result<(), ActionError> {
    let mut file = File::open(out).map_err(ActionError::file(out))?;
    let mut head = Vec::new();
    Read::by_ref(&mut file).take(16).read_to_end(&mut head).map_err(ActionError::file(out))?;
    if head == b"SQLite format 3\0" || out.extension().is_some_and(|end| end == "daybook") {
        return Err(refused("place-taken", out, "that is a book, and a paper never takes its place", OTHER_NAME));
    }
    let sha256 = digest_of(out)?;
    if let Some(id) = sent_edition(book, &sha256)? {
        return Err(ActionError::Refused {
            kind: "sent-edition",
            what: format!("{} is {id}, which was sent", out.display()),
            why: "what somebody has been given stays as it is, so that you can show exactly what they have".to_owned(),
            next: "choose another name with -o; the new paper is a new edition".to_owned(),
        });
    }
    Ok(())
}

/// The edition with these bytes, if it was written down as sent.
fn sent_edition(book: &Book, sha256: &Digest) -> Result<Option<RecordId>, ActionError> {
    let steps = book.all(Noun::Step)?;
    let was_sent = |id: RecordId| {
        steps.iter().any(|record| match &record.content {
            Content::Step(step) => crate::actions::sent::edition_of(step) == Some(id),
            _ => false,
        })
    };
    let edition = book.all(Noun::Bundle)?.into_iter().find(|record| {
        matches!(&record.content, Content::Bundle(bundle) if bundle.sha256 == *sha256) && was_sent(record.id)
    });
    Ok(edition.map(|record| record.id))
}

/// The SHA-256 of a file, in bounded memory.
pub(in crate::actions) fn digest_of(path: &Path) -> Result<Digest, ActionError> {
    let mut file = File::open(path).map_err(ActionError::file(path))?;
    let mut hasher = Hasher::new();
    let mut block = vec![0; 1024 * 1024];
    loop {
        match file.read(&mut block).map_err(ActionError::file(path))? {
            0 => return Ok(hasher.finish()),
            read => hasher.update(block.get(..read).unwrap_or_default()),
        }
    }
}

/// A check folder gives way only together with its paper, and only if nothing else lies in it.
fn check_folder_is_free(out: &Path, replace: bool) -> Result<(), ActionError> {
    let folder = check_folder_of(out);
    let facts = match fs::symlink_metadata(&folder) {
        Ok(facts) => facts,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(ActionError::File { path: folder, source }),
    };
    if !facts.is_dir() {
        let why = format!("{} is there, and is not a check folder", folder.display());
        return Err(refused("place-taken", out, &why, OTHER_NAME));
    }
    if !replace {
        return Err(ActionError::Refused {
            kind: "file-exists",
            what: format!("{} is there already", folder.display()),
            why: "it may belong to an earlier edition, and is never overwritten unasked".to_owned(),
            next: "choose another name with -o, or say --replace".to_owned(),
        });
    }
    for item in fs::read_dir(&folder).map_err(ActionError::file(&folder))? {
        let name = item.map_err(ActionError::file(&folder))?.file_name();
        if !OWN_FILES.iter().any(|own| name == *own) {
            let why = format!("{} holds “{}”, which is not Daybook's", folder.display(), name.to_string_lossy());
            return Err(refused("place-taken", out, &why, "move that file away, or choose another name with -o"));
        }
    }
    Ok(())
}

/// A paper, what belongs to it and its folder, all under their names. What they took the place of comes back
/// when this is dropped before [`Placed::keep`].
pub(super) struct Placed {
    /// The paper first, then what belongs to it.
    files: Vec<PathBuf>,
    /// How many of them are there under their names.
    there: usize,
    /// The check folder, and whether it is there.
    folder: PathBuf,
    folder_is_there: bool,
    /// The earlier edition, under passing names.
    before: Option<TempDir>,
    kept: bool,
}

/// Gives all of them their names.
pub(super) fn place(
    out: &Path,
    files: Vec<(PathBuf, NamedTempFile)>,
    folder: Option<TempDir>,
) -> Result<Placed, ActionError> {
    let aside = || tempfile::Builder::new().prefix(".daybook-").tempdir_in(folder_of(out));
    let mut placed = Placed {
        files: files.iter().map(|(name, _)| name.clone()).collect(),
        there: 0,
        folder: check_folder_of(out),
        folder_is_there: false,
        before: None,
        kept: false,
    };
    for earlier in placed.names() {
        if fs::symlink_metadata(&earlier).is_err() {
            continue;
        }
        if placed.before.is_none() {
            placed.before = Some(aside().map_err(ActionError::file(folder_of(out)))?);
        }
        if let Some(name) = placed.aside_of(&earlier) {
            fs::rename(&earlier, name).map_err(ActionError::file(&earlier))?;
        }
    }
    if let Some(folder) = folder {
        check_folder::put(folder, out)?;
        placed.folder_is_there = true;
    }
    for (name, file) in files {
        // Whatever took that name in the meantime is somebody's and stays.
        file.persist_noclobber(&name).map_err(|error| ActionError::File { path: name, source: error.error })?;
        placed.there += 1;
    }
    Ok(placed)
}

impl Placed {
    /// The files and the folder.
    fn names(&self) -> Vec<PathBuf> {
        self.files.iter().chain([&self.folder]).cloned().collect()
    }

    fn aside_of(&self, earlier: &Path) -> Option<PathBuf> {
        Some(self.before.as_ref()?.path().join(earlier.file_name()?))
    }

    /// The book remembers the edition: the earlier one may go.
    pub(super) fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        // Nobody hears of an error here; the earlier edition is then left under its passing name.
        for file in self.files.iter().take(self.there) {
            drop(fs::remove_file(file));
        }
        if self.folder_is_there {
            drop(fs::remove_dir_all(&self.folder));
        }
        let mut all_back = true;
        for earlier in self.names() {
            if let Some(aside) = self.aside_of(&earlier).filter(|aside| aside.exists()) {
                all_back &= fs::symlink_metadata(&earlier).is_err() && fs::rename(aside, &earlier).is_ok();
            }
        }
        if !all_back && let Some(before) = self.before.take() {
            let _left = before.keep();
        }
    }
}

/// Writes the whole file under a passing name beside its place; it is on the disk before it gets its own
/// name, and gone if anything fails.
pub(super) fn write_beside<T>(
    out: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, ActionError>,
) -> Result<(NamedTempFile, T), ActionError> {
    let folder = folder_of(out);
    let mut file = NamedTempFile::new_in(folder).map_err(ActionError::file(folder))?;
    let mut buffered = BufWriter::with_capacity(1 << 16, file.as_file_mut());
    let written = write(&mut buffered)?;
    buffered.flush().map_err(ActionError::file(out))?;
    drop(buffered);
    file.as_file().sync_all().map_err(ActionError::file(out))?;
    Ok((file, written))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(folder: &Path, words: &str) -> (NamedTempFile, TempDir) {
        let write = |out: &mut dyn Write| out.write_all(words.as_bytes()).map_err(ActionError::file(folder));
        let (file, ()) = write_beside(&folder.join("x.pdf"), write).expect("a file can be written");
        let check = tempfile::tempdir_in(folder).expect("a folder can be made");
        fs::write(check.path().join("manifest.json"), words).expect("a file can be written");
        (file, check)
    }

    fn read(folder: &Path) -> (String, String) {
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        (read("x.pdf"), read("x.check/manifest.json"))
    }

    /// A disk that was full when the book wrote its entry left the new paper, and the earlier edition's
    /// check folder was gone.
    #[test]
    fn the_earlier_edition_comes_back_when_the_book_cannot_take_the_new_one() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let out = folder.path().join("x.pdf");
        let (file, check) = edition(folder.path(), "first");
        place(&out, vec![(out.clone(), file)], Some(check)).expect("nothing is in the way").keep();
        let (file, check) = edition(folder.path(), "second");
        drop(place(&out, vec![(out.clone(), file)], Some(check)).expect("the first gives way"));
        assert_eq!(read(folder.path()), ("first".into(), "first".into()));
        let (file, check) = edition(folder.path(), "third");
        place(&out, vec![(out.clone(), file)], Some(check)).expect("the first gives way").keep();
        assert_eq!(read(folder.path()), ("third".into(), "third".into()));
        assert_eq!(fs::read_dir(folder.path()).expect("it can be read").count(), 2, "nothing else is left");
    }

    #[test]
    fn nothing_is_left_where_nothing_was() {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let (file, check) = edition(folder.path(), "first");
        let out = folder.path().join("x.pdf");
        drop(place(&out, vec![(out.clone(), file)], Some(check)).expect("nothing is in the way"));
        assert_eq!(fs::read_dir(folder.path()).expect("it can be read").count(), 0);
    }

    #[test]
    fn a_paper_that_cannot_be_finished_leaves_nothing_and_touches_nothing() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("paper.pdf");
        std::fs::write(&out, b"the earlier edition").expect("it can be written");
        let full = write_beside(&out, |beside| {
            beside.write_all(&vec![0; 1 << 20]).expect("there is room for a part");
            Err::<(), _>(crate::pdf::PdfError::Write(std::io::ErrorKind::StorageFull.into()).into())
        });
        assert!(full.is_err());
        let left: Vec<_> = std::fs::read_dir(folder.path()).expect("the folder").filter_map(Result::ok).collect();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(std::fs::read(&out).expect("it is there"), b"the earlier edition");
    }
}
