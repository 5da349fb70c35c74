//! Files below what a person named, always in the same order.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// How deep folders are followed. Real mail folders stay far below it.
const DEPTH: usize = 32;

/// Something met on the way.
pub(super) enum Met {
    /// A file: where it is, and its label below what was given.
    File { path: PathBuf, label: String, bytes: u64 },
    /// Something that could not be read, or was not followed.
    Unreadable { label: String, why: String },
    /// Something that holds no messages, by the custom of its mailbox.
    PassedOver { label: String, why: &'static str },
}

impl Met {
    /// How many bytes it has.
    pub(super) fn bytes(&self) -> u64 {
        match self {
            Met::File { bytes, .. } => *bytes,
            _ => 0,
        }
    }
}

/// Everything below the given paths, sorted by name within each folder. Links are not followed:
/// a link could lead out of what the person named, or round in a circle.
pub(super) fn walk(given: &[PathBuf]) -> Vec<Met> {
    let mut met = Vec::new();
    for path in given {
        let label = label(path);
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => folder(path, &label, DEPTH, &mut met),
            Ok(about) if about.is_file() => met.push(Met::File { path: path.clone(), label, bytes: about.len() }),
            Ok(_) => met.push(Met::Unreadable { label, why: "it is not a file or a folder".into() }),
            Err(error) => met.push(Met::Unreadable { label, why: reason(&error) }),
        }
    }
    met
}

fn folder(path: &Path, label: &str, depth: usize, met: &mut Vec<Met>) {
    let unreadable = |why: String| Met::Unreadable { label: label.to_owned(), why };
    if depth == 0 {
        met.push(unreadable(format!("folders are nested more than {DEPTH} deep")));
        return;
    }
    let listed = match fs::read_dir(path) {
        Ok(listed) => listed,
        Err(error) => {
            met.push(unreadable(reason(&error)));
            return;
        }
    };
    let mut inside = Vec::new();
    for item in listed {
        match item {
            Ok(item) => inside.push(item.path()),
            Err(error) => met.push(unreadable(reason(&error))),
        }
    }
    inside.sort();
    let maildir = ["cur", "new"].iter().all(|name| inside.iter().any(|path| name_of(path) == *name));
    for path in inside {
        let name = name_of(&path);
        let label = format!("{label}/{name}");
        if let Some(why) = maildir.then(|| of_maildir(&name)).flatten() {
            met.push(Met::PassedOver { label, why });
            continue;
        }
        match fs::symlink_metadata(&path) {
            Ok(about) if about.is_dir() => folder(&path, &label, depth - 1, met),
            Ok(about) if about.is_file() => met.push(Met::File { path, label, bytes: about.len() }),
            Ok(about) if about.is_symlink() => {
                met.push(Met::Unreadable { label, why: "it is a link to somewhere else, and was not followed".into() });
            }
            Ok(_) => met.push(Met::Unreadable { label, why: "it is not a file or a folder".into() }),
            Err(error) => met.push(Met::Unreadable { label, why: reason(&error) }),
        }
    }
}

/// What a maildir has beside its messages.
fn of_maildir(name: &str) -> Option<&'static str> {
    match name {
        "tmp" => Some("a maildir keeps only unfinished deliveries there"),
        ".mbsyncstate" => Some("it is the note of a mail program, not a message"),
        name if name.starts_with("dovecot") => Some("it is the note of a mail server, not a message"),
        _ => None,
    }
}

/// Opens a file for reading, refusing a folder or a pipe, which would hang or make no sense.
pub(super) fn open(path: &Path) -> io::Result<File> {
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"));
    }
    File::open(path)
}

/// The name of a file as a label: its last part only, never a path.
pub(super) fn label(path: &Path) -> String {
    let named = name_of(path);
    if !named.is_empty() {
        return named;
    }
    // `.` and `..` have no name of their own until they are resolved.
    path.canonicalize().map_or_else(|_| path.display().to_string(), |path| name_of(&path))
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// An I/O error as the end of a sentence.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is nothing of that name".into(),
        io::ErrorKind::PermissionDenied => "you do not have the right to read it".into(),
        io::ErrorKind::StorageFull => "the disk is full".into(),
        _ => error.to_string(),
    }
}
