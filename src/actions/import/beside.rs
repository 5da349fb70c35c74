//! Files a message names that lie beside its original: in the same folder, or in the same folder of a zip.
//! A name from outside never becomes a path: it is only compared with the names that are there.
//!
//! Some exports name a file by its way from the top of the whole download (Messenger's
//! `your_facebook_activity/messages/inbox/sam_1/photos/1.jpg`): see [`ways`].

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization as _;

use crate::intake::zip::{EntryKind, Zip};

/// What lies in folders, read once each.
#[derive(Debug, Default)]
pub(super) struct Folders {
    listed: BTreeMap<PathBuf, Vec<String>>,
    /// What the user named to be brought in: nothing outside of it is looked at.
    roots: Vec<PathBuf>,
    /// Files that a message named.
    pub(super) used: BTreeSet<PathBuf>,
}

impl Folders {
    /// Nothing outside of these is looked at, but for what lies beside one that is a file.
    pub(super) fn inside(roots: &[PathBuf]) -> Self {
        Folders { roots: roots.to_vec(), ..Folders::default() }
    }

    /// The file of this name below `folder`, or below the top of the download it lies in.
    pub(super) fn find(&mut self, folder: &Path, name: &str) -> Option<PathBuf> {
        let parts = parts(name)?;
        let above: Vec<&str> = folder.iter().map(|part| part.to_str().unwrap_or_default()).collect();
        ways(&above, &parts).into_iter().find_map(|(up, from)| {
            let base = folder.ancestors().nth(up)?;
            let within = |root: &PathBuf| base.join(parts[0]).starts_with(root);
            (up == 0 || self.roots.iter().any(within)).then(|| self.below(base, &parts[from..]))?
        })
    }

    fn below(&mut self, folder: &Path, parts: &[&str]) -> Option<PathBuf> {
        let mut at = folder.to_owned();
        for part in parts {
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
    let parts = parts(name)?;
    let above: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    ways(&above, &parts).into_iter().find_map(|(up, from)| {
        let base = above.get(..above.len() - up)?.join("/");
        entry_below(zip, &base, &parts[from..].join("/"))
    })
}

fn entry_below(zip: &Zip, folder: &str, wanted: &str) -> Option<u32> {
    let files = || zip.entries.iter().filter(|entry| entry.kind == EntryKind::File);
    let below = |entry: &'_ str| -> Option<String> {
        if folder.is_empty() {
            Some(entry.to_owned())
        } else {
            Some(entry.strip_prefix(folder)?.strip_prefix('/')?.to_owned())
        }
    };
    let names: Vec<(u32, String)> = files().filter_map(|entry| Some((entry.number, below(&entry.name)?))).collect();
    let found = best(&names.iter().map(|(_, name)| name.as_str()), wanted)?.to_owned();
    names.into_iter().find(|(_, name)| *name == found).map(|(number, _)| number)
}

/// Where a file of this way may lie, seen from the folder of the original: so many folders up, and from which part of
/// the way on. As it is; below the original's own folder, where the way leads through a folder of that name; and below
/// the folder in which the way's first folder stands, if the original stands in that too.
fn ways(above: &[&str], parts: &[&str]) -> Vec<(usize, usize)> {
    let mut ways = vec![(0, 0)];
    if let Some(own) = above.last() {
        let inside = parts.iter().rposition(|part| part == own).map(|at| at + 1);
        ways.extend(inside.filter(|from| *from < parts.len()).map(|from| (0, from)));
    }
    if let Some(at) = above.iter().rposition(|part| part == &parts[0]).filter(|_| parts.len() > 1) {
        ways.push((above.len() - at, 0));
    }
    ways
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

    /// Messenger names its files from the top of the download, of which the user may bring in any part.
    #[test]
    fn a_way_from_the_top_of_a_download_is_followed_inside_what_was_brought_in() {
        let desk = tempfile::tempdir().unwrap();
        let top = desk.path().join("facebook-alex");
        let chat = top.join("activity/messages/inbox/sam_1");
        fs::create_dir_all(chat.join("photos")).unwrap();
        fs::create_dir_all(top.join("activity/messages/stickers_used")).unwrap();
        let (photo, sticker) = (chat.join("photos/1.jpg"), top.join("activity/messages/stickers_used/2.png"));
        for file in [&photo, &sticker, &desk.path().join("activity.txt")] {
            fs::write(file, "x").unwrap();
        }
        let find = |root: &Path, name: &str| {
            let mut folders = Folders::inside(&[root.to_owned()]);
            folders.find(&chat, name)
        };
        for root in [&top, &top.join("activity"), &chat, &chat.join("message_1.json")] {
            assert_eq!(
                find(root, "activity/messages/inbox/sam_1/photos/1.jpg"),
                Some(photo.clone()),
                "{}",
                root.display()
            );
            assert_eq!(find(root, "activity/messages/inbox/tom_2/photos/1.jpg"), None);
        }
        for (root, expected) in [(&top, Some(&sticker)), (&top.join("activity"), Some(&sticker)), (&chat, None)] {
            assert_eq!(find(root, "activity/messages/stickers_used/2.png").as_ref(), expected, "{}", root.display());
        }
        // A folder above what was brought in is never looked at, whatever it is called.
        let outer = desk.path().file_name().and_then(|name| name.to_str()).unwrap();
        assert_eq!(find(&top, &format!("{outer}/activity.txt")), None);
    }
}
