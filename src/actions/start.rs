//! Starting a book.

use std::path::{Path, PathBuf};

use crate::model::{Case, Content, Instant, Person, RecordId, Role};
use crate::store::{Book, Passphrase};

use super::ActionError;

/// A book to be made.
pub struct Start<'a> {
    /// Where.
    pub path: &'a Path,
    /// The parent who keeps it.
    pub me: String,
    /// The other parent.
    pub other: Option<String>,
    /// The children.
    pub children: Vec<String>,
    /// A practice book.
    pub practice: bool,
    /// Protects it; `None` leaves it readable by whoever has the file.
    pub passphrase: Option<&'a Passphrase>,
}

/// A book made.
pub struct Started {
    /// The open book.
    pub book: Book,
    /// Who was added, in order: me, the other parent, the children.
    pub people: Vec<(RecordId, String, Role)>,
    /// The case record.
    pub case: RecordId,
}

/// Makes a book, with its people and an empty case.
///
/// # Errors
/// The file exists, its folder does not, two people have one name, or writing failed.
pub fn start(start: &Start<'_>, now: Instant) -> Result<Started, ActionError> {
    let mut people = vec![(start.me.trim().to_owned(), Role::Me)];
    people.extend(start.other.iter().map(|name| (name.trim().to_owned(), Role::OtherParent)));
    people.extend(start.children.iter().map(|name| (name.trim().to_owned(), Role::Child)));
    check_names(&people)?;
    let mut book = Book::create(start.path, start.practice, start.passphrase, now)?;
    let written = book.write::<_, ActionError>(now, |writing| {
        let mut case = Case::default();
        let mut added = Vec::with_capacity(people.len());
        for (name, role) in people {
            let id = writing.add(Content::Person(Person::named(name.clone(), role)))?;
            match role {
                Role::Me => case.me = Some(id),
                Role::OtherParent => case.other = Some(id),
                _ => case.children.push(id),
            }
            added.push((id, name, role));
        }
        let case = writing.add(Content::Case(case))?;
        Ok(((added, case), "Started this book".to_owned()))
    })?;
    let (people, case) = written.value;
    Ok(Started { book, people, case })
}

fn check_names(people: &[(String, Role)]) -> Result<(), ActionError> {
    for (index, (name, _)) in people.iter().enumerate() {
        if name.is_empty() {
            return Err(ActionError::Refused {
                kind: "no-name",
                what: "A name is empty".into(),
                why: "records and papers name people".into(),
                next: "Give each name in full, for example --child \"Robin Reed\"".into(),
            });
        }
        if people[..index].iter().any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            return Err(ActionError::Refused {
                kind: "same-name",
                what: format!("{name} was given twice"),
                why: "two people of one name could not be told apart in a paper".into(),
                next: "Add something to one of them, such as a middle name".into(),
            });
        }
    }
    Ok(())
}

/// Services that copy what is in a folder to other machines, as their folders are named by default
/// (SAFE-05).
const SYNCED: [(&str, &str); 8] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("mobile documents", "iCloud"),
    ("icloud", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("pcloud", "pCloud"),
];

/// The service that would copy a file at this path elsewhere, as far as its folders' names tell.
#[must_use]
pub fn synced_by(path: &Path) -> Option<&'static str> {
    let full: PathBuf = path.canonicalize().unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => parent.canonicalize().unwrap_or_else(|_| parent.to_owned()).join(name),
        _ => path.to_owned(),
    });
    let folders = full.parent()?;
    folders.components().find_map(|part| {
        let name = part.as_os_str().to_string_lossy().to_lowercase();
        SYNCED.iter().find(|(mark, _)| name.starts_with(mark)).map(|(_, service)| *service)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synced_folders_are_known_by_name() {
        let check = |path: &str, expected: Option<&str>| assert_eq!(synced_by(Path::new(path)), expected, "{path}");
        check("/home/alex/OneDrive - Home/robin.daybook", Some("OneDrive"));
        check("/home/alex/Dropbox/papers/robin.daybook", Some("Dropbox"));
        check("/Users/alex/Library/Mobile Documents/robin.daybook", Some("iCloud"));
        check("/home/alex/papers/dropbox.daybook", None);
        check("robin.daybook", None);
    }
}
