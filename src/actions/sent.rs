//! Writing down that a paper was handed over, and keeping exactly what was.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use crate::model::{
    BundleRecord, Content, DeviceOwner, Digest, Instant, Mark, Noun, Privilege, Profile, Reader, RecordId, Role, Step,
    StepKind, When, Zone,
};
use crate::store::{Arrival, Book, Received};

use super::bundle::{check_folder_of, digest_of};
use super::fields::Reading;
use super::{ActionError, People, Stored, entry};

/// A paper handed over.
#[derive(Debug, Clone)]
pub struct Sending {
    /// Which paper.
    pub bundle: RecordId,
    /// To whom, in the user's words or by name.
    pub to: String,
    /// How: by hand, by e-mail, on the court's portal.
    pub how: String,
    /// When, as typed; now if not given.
    pub on: Option<String>,
    /// The file that was found, to be kept. `None`: it is kept already, or is to be done without.
    pub file: Option<PathBuf>,
}

/// Whether the file of an edition is at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EditionFile {
    /// The book keeps it already.
    Kept,
    /// Here, and exactly as it was made.
    Found(PathBuf),
    /// Here, and other bytes than were made.
    Differs(PathBuf),
    /// Not here.
    Missing(PathBuf),
}

/// One handing over, as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentLine {
    /// The step.
    pub step: RecordId,
    /// The edition.
    pub edition: RecordId,
    /// The name of its file.
    pub file: String,
    /// The book keeps that file.
    pub kept: bool,
    /// When.
    pub when: Option<When>,
    /// To whom and how, as written down.
    pub words: String,
    /// People of the book it went to.
    pub people: Vec<RecordId>,
}

/// The paper of this id.
fn edition(book: &Book, id: RecordId) -> Result<BundleRecord, ActionError> {
    match entry::require(book, id)?.content {
        Content::Bundle(bundle) => Ok(*bundle),
        _ => Err(ActionError::WrongNoun { id, wanted: "a paper that was made" }),
    }
}

/// The edition a step tells the sending of.
#[must_use]
pub fn edition_of(step: &Step) -> Option<RecordId> {
    let reference = step.reference.as_deref().filter(|_| step.kind == StepKind::Sent)?;
    reference.parse().ok().filter(|id: &RecordId| id.noun == Noun::Bundle)
}

/// Looks for the file of an edition: where it was said to be, else by its name in these folders.
///
/// # Errors
/// It is no paper, or reading failed.
pub fn find_edition_file(
    book: &Book,
    id: RecordId,
    given: Option<&Path>,
    folders: &[&Path],
) -> Result<EditionFile, ActionError> {
    let bundle = edition(book, id)?;
    if book.kept(&bundle.sha256)?.is_some() && given.is_none() {
        return Ok(EditionFile::Kept);
    }
    // The name in the book is a label: only its last part is looked for.
    let name = PathBuf::from(&bundle.file).file_name().map(ToOwned::to_owned);
    let candidates: Vec<PathBuf> = match given {
        Some(given) => vec![given.to_owned()],
        None => name.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).collect(),
    };
    let mut differs = None;
    for path in &candidates {
        if !fs::metadata(path).is_ok_and(|facts| facts.is_file()) {
            continue;
        }
        if digest_of(path)? == bundle.sha256 {
            return Ok(EditionFile::Found(path.clone()));
        }
        differs = differs.or(Some(path.clone()));
    }
    let looked = candidates.into_iter().next().unwrap_or_else(|| PathBuf::from(&bundle.file));
    Ok(differs.map_or(EditionFile::Missing(looked), EditionFile::Differs))
}

/// What one should know before this paper goes to this person, each in one sentence.
///
/// # Errors
/// It is no paper, or reading failed.
pub fn cautions(book: &Book, id: RecordId, to: &str) -> Result<Vec<String>, ActionError> {
    let bundle = edition(book, id)?;
    let people = People::load(book)?;
    let role = people.find(to).ok().and_then(|id| people.get(id)).map(|person| person.role);
    let mut said = Vec::new();
    if role != Some(Role::Me) {
        said.extend(unfit(&bundle, role));
    }
    Ok(said)
}

/// Why a paper made for one kind of reader may not be fit for another.
fn unfit(bundle: &BundleRecord, role: Option<Role>) -> Option<String> {
    if bundle.to == Reader::Myself {
        let why = "It was made for yourself alone: private, confidential and privileged words were not held back.";
        return Some(why.to_owned());
    }
    let reader = match role? {
        Role::Mediator => Reader::Mediator,
        Role::Solicitor => Reader::Solicitor,
        Role::Cafcass => Reader::Cafcass,
        Role::OtherParent => Reader::OtherParty,
        _ => return None,
    };
    // What a court gets, the other side, the lawyers and Cafcass get too.
    let served = bundle.to == Reader::Court && reader != Reader::Mediator;
    if bundle.to == reader || served {
        return None;
    }
    Some(format!("It was made for {}, and this goes to {}.", plain_reader(bundle.to), plain_reader(reader)))
}

/// A kind of reader in plain words.
#[must_use]
pub fn plain_reader(reader: Reader) -> &'static str {
    match reader {
        Reader::Court => "the court",
        Reader::Mediator => "a mediator",
        Reader::Solicitor => "your solicitor",
        Reader::Cafcass => "Cafcass",
        Reader::OtherParty => "the other parent",
        Reader::Myself => "yourself",
    }
}

/// Writes down who got which edition, when and how, and keeps its file in the book.
///
/// # Errors
/// It is not a paper, nobody is named, a date that cannot be read, the file changed meanwhile, or
/// writing failed.
pub fn sent(book: &mut Book, now: Instant, sending: &Sending) -> Result<Stored, ActionError> {
    let bundle = edition(book, sending.bundle)?;
    let (to, how) = (sending.to.trim(), sending.how.trim());
    if to.is_empty() || how.is_empty() {
        return Err(ActionError::Refused {
            kind: "nobody",
            what: "It was not said to whom the paper went, or how".into(),
            why: "the log of who got what needs both".into(),
            next: format!("For example: daybook sent {} --to \"Jo Lambert\" --how \"by e-mail\"", sending.bundle),
        });
    }
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let when = match &sending.on {
        Some(words) => reading.when(words)?,
        None => When::seen(now),
    };
    // A name nobody in the book has is still who got it: an office, a court.
    let with: Vec<RecordId> = people.find(to).into_iter().collect();
    let what = format!("{}{to}, {how}", beginning(sending.bundle, &bundle));
    let sentence = format!("Sent {} to {to}, {}", sending.bundle, when.london_date().long());
    let step = Step {
        kind: StepKind::Sent,
        when: Some(when),
        with,
        what,
        reference: Some(sending.bundle.to_string()),
        ..Step::default()
    };
    let received = match &sending.file {
        Some(path) => receive(book, path, &bundle)?,
        None => Vec::new(),
    };
    let written = book.write::<_, ActionError>(now, |writing| {
        for (received, arrival) in &received {
            writing.keep(received, arrival)?;
        }
        let id = writing.add(Content::Step(Box::new(step)))?;
        if bundle.profile == Profile::Mediation {
            for on in [sending.bundle, id] {
                writing.add(Content::Mark(mediation(on)))?;
            }
        }
        Ok((id, sentence))
    })?;
    entry::stored(book, written)
}

fn beginning(id: RecordId, bundle: &BundleRecord) -> String {
    format!("{id} ({}, {} pages, SHA-256 {}) to ", bundle.file, bundle.pages, bundle.sha256)
}

/// What was said to a mediator stays there (MED-16).
fn mediation(on: RecordId) -> Mark {
    Mark {
        on,
        privilege: Some(Privilege::Mediation),
        confidential: None,
        keep_out_of: None,
        let_into: None,
        why: Some("a paper for mediation, sent".to_owned()),
    }
}

/// Takes the file in, and its manifest where it lies beside it, so that both can be written out again.
fn receive(book: &mut Book, path: &Path, bundle: &BundleRecord) -> Result<Vec<(Received, Arrival)>, ActionError> {
    let mut kept = vec![receive_one(book, path, bundle.sha256, &bundle.file, "application/pdf")?.ok_or_else(|| {
        ActionError::Refused {
            kind: "file-differs",
            what: format!("{} is not the file that was made", path.display()),
            why: "its SHA-256 is another than the book remembers".into(),
            next: "Name the right file with --file".into(),
        }
    })?];
    let manifest = check_folder_of(path).join("manifest.json");
    if manifest.is_file() {
        let name = format!("{} manifest.json", bundle.file);
        kept.extend(receive_one(book, &manifest, bundle.manifest, &name, "application/json")?);
    }
    Ok(kept)
}

fn receive_one(
    book: &mut Book,
    path: &Path,
    expected: Digest,
    name: &str,
    media_type: &str,
) -> Result<Option<(Received, Arrival)>, ActionError> {
    if digest_of(path)? != expected {
        return Ok(None);
    }
    let mut file = File::open(path).map_err(ActionError::file(path))?;
    let received = book.receive_file(&mut file)?;
    let arrival =
        Arrival { name: name.to_owned(), media_type: media_type.to_owned(), from_device: Some(DeviceOwner::Mine) };
    Ok((received.sha256 == expected).then_some((received, arrival)))
}

/// Who got what, when: first to last.
///
/// # Errors
/// Reading failed.
pub fn sendings(book: &Book) -> Result<Vec<SentLine>, ActionError> {
    let mut lines = Vec::new();
    for record in book.all(Noun::Step)? {
        let Content::Step(step) = record.content else { continue };
        let Some(id) = edition_of(&step) else { continue };
        let Ok(bundle) = edition(book, id) else { continue };
        let words = step.what.strip_prefix(&beginning(id, &bundle)).unwrap_or(&step.what).to_owned();
        lines.push(SentLine {
            step: record.id,
            edition: id,
            file: bundle.file,
            kept: book.kept(&bundle.sha256)?.is_some(),
            when: step.when,
            words,
            people: step.with,
        });
    }
    lines.sort_by_key(|line| (line.when.as_ref().map(When::sort_key), line.step));
    Ok(lines)
}
