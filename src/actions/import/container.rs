//! A zip: kept as one original, its entries read in place.

use std::io::{self, Read as _, Seek as _, SeekFrom};

use crate::intake::zip::{EntryKind, OddName, Zip, ZipEntry, is_zip};
use crate::intake::{self, About, ReadSeek};
use crate::model::{Digest, ImportSource, Locator, LocatorStep};
use crate::store::{Arrival, Writing};

use super::super::walk;
use super::super::{ActionError, media};
use super::Watching;
use super::run::Run;
use super::take::{self, HEAD};
use super::taking::Surroundings;
use super::words;

/// Reads every entry somebody knows; lists the others.
pub(super) fn read(
    writing: &mut Writing<'_>,
    run: &mut Run,
    watching: &mut dyn Watching,
    mut source: ImportSource,
    arrival: &Arrival,
    original: (Digest, u64),
    bytes: &mut dyn ReadSeek,
) -> Result<(), ActionError> {
    let zip = match Zip::open(bytes) {
        Ok(Ok(zip)) => zip,
        Ok(Err(refusal)) => {
            source.counts.not_understood = 1;
            source.find(words::zip_refused(&source.path, &refusal));
            run.add(source);
            return Ok(());
        }
        Err(error) => {
            source.counts.not_understood = 1;
            source.find(words::not_readable(&source.path, &walk::reason(&error)));
            run.add(source);
            return Ok(());
        }
    };
    let mut unclaimed = Vec::new();
    for entry in &zip.entries {
        let label = label(&source.path, &zip, entry);
        if let Some(odd) = entry.odd {
            about_name(&mut source, &label, odd);
        }
        if let Some((kind, why, next)) = unreadable(entry.kind) {
            source.counts.not_understood += 1;
            source.find(words::inside(kind, &label, why, next));
            continue;
        }
        if entry.kind == EntryKind::Folder || entry.bytes == 0 {
            continue;
        }
        match head(entry, bytes) {
            Err(error) => {
                source.counts.not_understood += 1;
                source.find(words::not_readable(&label, &walk::reason(&error)));
            }
            Ok(head) if is_zip(&head) => {
                source.counts.not_understood += 1;
                let why = "is a zip inside a zip, which is not opened";
                source.find(words::inside("zip-in-zip", &label, why, "Take it out and import it by itself."));
            }
            Ok(head) => {
                let claimed = read_entry(
                    (&mut *writing, &mut *run, &mut *watching),
                    &source,
                    arrival,
                    original,
                    bytes,
                    (&zip, entry, &label, &head),
                )?;
                if run.stopped {
                    return Ok(());
                }
                if !claimed {
                    let kind = intake::elsewhere(&head, entry.name.rsplit('/').next().unwrap_or(&entry.name));
                    unclaimed.push((entry.number, label, kind));
                }
            }
        }
    }
    for (number, label, kind) in unclaimed {
        if !run.named_in_zip(original.0, number) {
            source.counts.not_understood += 1;
            source.find(match kind {
                Some(kind) => words::read_elsewhere(&label, kind, "and is kept with its zip"),
                None => words::not_claimed_inside(&label),
            });
        }
    }
    run.add(source);
    Ok(())
}

/// Reads one entry with whoever knows it. `false`: nobody does.
fn read_entry(
    (writing, run, watching): (&mut Writing<'_>, &mut Run, &mut dyn Watching),
    zip_source: &ImportSource,
    arrival: &Arrival,
    original: (Digest, u64),
    bytes: &mut dyn ReadSeek,
    (zip, entry, label, head): (&Zip, &ZipEntry, &str, &[u8]),
) -> Result<bool, ActionError> {
    let within = Locator(vec![LocatorStep::ZipEntry(entry.number)]);
    let name = entry.name.rsplit('/').next().unwrap_or(&entry.name);
    let about = About { digest: original.0, name, bytes: entry.bytes, written: None, within: &within };
    let Some(reader) = intake::detect(head, &about) else { return Ok(false) };
    let source = ImportSource {
        path: label.to_owned(),
        format: Some(reader.name().to_owned()),
        original: zip_source.original,
        whole: zip_source.whole.clone(),
        within: Some(entry.number),
        ..ImportSource::default()
    };
    let digest = source.original.or_else(|| source.whole.as_ref().map(|whole| whole.sha256));
    if run.before(label, digest).is_some_and(|before| before.read_to.is_none()) {
        return Ok(true);
    }
    let inner = Arrival {
        name: name.to_owned(),
        media_type: media::media_type(head, name).to_owned(),
        from_device: arrival.from_device,
    };
    let mut opened = match entry.open(bytes) {
        Ok(opened) => opened,
        Err(error) => {
            run.add(take::only_finding(label, words::not_readable(label, &walk::reason(&error))));
            return Ok(true);
        }
    };
    let beside = Surroundings::Zip(zip, &entry.name);
    take::read_by(reader, (writing, run, watching), source, inner, original, &mut opened, &about, beside)?;
    Ok(true)
}

fn head(entry: &ZipEntry, bytes: &mut dyn ReadSeek) -> io::Result<Vec<u8>> {
    let mut opened = entry.open(bytes)?;
    opened.seek(SeekFrom::Start(0))?;
    let mut head = Vec::new();
    opened.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// Two entries of one name are told apart by their number.
fn label(zip_label: &str, zip: &Zip, entry: &ZipEntry) -> String {
    let first = zip.first_of(&entry.name);
    if first == Some(entry.number) {
        format!("{zip_label}/{}", entry.name)
    } else {
        format!("{zip_label}/{} (entry {})", entry.name, entry.number + 1)
    }
}

fn unreadable(kind: EntryKind) -> Option<(&'static str, &'static str, &'static str)> {
    match kind {
        EntryKind::File | EntryKind::Folder => None,
        EntryKind::Link => Some(("link", "is a link to somewhere else, and was not followed", "")),
        EntryKind::Locked => {
            Some(("locked", "is locked with a password", "Unlock the zip where it came from and import it again."))
        }
        EntryKind::Method => Some((
            "packed",
            "is packed in a way that this version does not undo",
            "Unpack the zip and import the folder.",
        )),
    }
}

fn about_name(source: &mut ImportSource, label: &str, odd: OddName) {
    let why = match odd {
        OddName::Climbs => "has a name that would lead out of its folder; the name is only shown, and leads nowhere",
        OddName::Hidden => "has a name with signs that are not shown as they are",
    };
    source.find(words::inside("odd-name", label, why, ""));
}
