//! Files a message names that lie beside its original: in the same folder, or in the same folder of a zip.
//! A name from outside never becomes a path: it is only compared with the names that are there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

use crate::intake::zip::{EntryKind, Zip};

/// What lies in folders, read once each.
#[derive(Debug, Default)]
pub(super) struct Folders {
    listed: BTreeMap<PathBuf, Vec<String>>,
    /// Files that a message named.
    pub(super) used: BTreeSet<PathBuf>,
}

impl Folders {
    /// The file of this name below `folder`.
    pub(super) fn find(&mut self, folder: &Path, name: &str) -> Option<PathBuf> {
        let mut at = folder.to_owned();
        for part in parts(name)? {
            let names = self.listed.entry(at.clone()).or_insert_with(|| list(&at));
            let found = best(&names.iter().map(String::as_str), part)?.to_owned();
            at.push(found);
        }
        let about = fs::symlink_metadata(&at).ok()?;
        about.is_file().then(|| {
            self.used.insert(at.clone());
            at
        })
    }
}

fn list(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_ok_and(|kind| !kind.is_symlink()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// The entry of this name in the folder of a zip in which `beside` stands.
pub(super) fn find_entry(zip: &Zip, beside: &str, name: &str) -> Option<u32> {
    let folder = beside.rsplit_once('/').map_or("", |(folder, _)| folder);
    let wanted = parts(name)?.join("/");
    let files = || zip.entries.iter().filter(|entry| entry.kind == EntryKind::File);
    let below = |entry: &'_ str| -> Option<String> {
        if folder.is_empty() {
            Some(entry.to_owned())
        } else {
            Some(entry.strip_prefix(folder)?.strip_prefix('/')?.to_owned())
        }
    };
    let names: Vec<(u32, String)> = files().filter_map(|entry| Some((entry.number, below(&entry.name)?))).collect();
    let found = best(&names.iter().map(|(_, name)| name.as_str()), &wanted)?.to_owned();
    names.into_iter().find(|(_, name)| *name == found).map(|(number, _)| number)
}

/// The parts of a way below a folder; `None` where it would lead out of it.
fn parts(name: &str) -> Option<Vec<&str>> {
    let parts: Vec<&str> = name.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".").collect();
    let leads_out = parts.is_empty() || parts.contains(&"..") || name.starts_with(['/', '\\']) || name.contains('\0');
    (!leads_out).then_some(parts)
}

/// Exactly so; else but for capitals; else but for how accents are written (a Mac's zip has them apart).
fn best<'a>(names: &(impl Iterator<Item = &'a str> + Clone), wanted: &str) -> Option<&'a str> {
    let composed = |text: &str| text.nfc().collect::<String>().to_lowercase();
    let (lower, plain) = (wanted.to_lowercase(), composed(wanted));
    let mut all = names.clone();
    all.find(|name| *name == wanted)
        .or_else(|| names.clone().find(|name| name.to_lowercase() == lower))
        .or_else(|| names.clone().find(|name| composed(name) == plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_and_never_followed() {
        let desk = tempfile::tempdir().unwrap();
        let chat = desk.path().join("chat");
        fs::create_dir_all(chat.join("media")).unwrap();
        for name in ["IMG-1.jpg", "media/a.opus", "Zoe\u{308}.pdf"] {
            fs::write(chat.join(name), "x").unwrap();
        }
        fs::write(desk.path().join("secret.txt"), "x").unwrap();
        let mut folders = Folders::default();
        let mut check = |name: &str, expected: Option<&str>| {
            assert_eq!(folders.find(&chat, name), expected.map(|name| chat.join(name)), "{name}");
        };
        check("IMG-1.jpg", Some("IMG-1.jpg"));
        check("img-1.JPG", Some("IMG-1.jpg"));
        check("./media/a.opus", Some("media/a.opus"));
        check("zo\u{eb}.pdf", Some("Zoe\u{308}.pdf"));
        for name in ["../secret.txt", "/etc/passwd", "media", "", "nothing.jpg", "..\\secret.txt"] {
            check(name, None);
        }
    }
}
