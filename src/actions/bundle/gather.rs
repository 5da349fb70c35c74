//! Everything a plan needs to be told, read from the book.

use std::collections::{BTreeMap, BTreeSet};

use crate::actions::ActionError;
use crate::actions::media::media_type;
use crate::bundle::{
    ExhibitOptions, FileNote, ForeignPage, History, JournalHead, JournalLine, KeptFile, Options, Paper, Picture,
    PictureFrame, PlanInput, TextPart, plan,
};
use crate::model::quotes::{self, Piece};
use crate::model::{Attachment, Content, Digest, Instant, Noun, Profile, Record, RecordId, When};
use crate::pdf::exhibit::{Note, SurveyPage};
use crate::pdf::photo::{self, PictureFacts};
use crate::rules::Rules;
use crate::store::{Book, JournalEntry, Kept};

use super::originals::{Originals, may_be_shown};

/// A photograph larger than this is not opened to be drawn; the paper carries a page in its place.
const LARGEST_PICTURE: u64 = 64 * 1024 * 1024;

pub(super) fn gather(book: &Book, now: Instant, options: &Options) -> Result<PlanInput, ActionError> {
    let mut input = gather_records(book, now, options)?;
    look_into_files(book, &mut input)?;
    Ok(input)
}

/// The same without a look into any kept file: for a text, which shows none.
pub(in crate::actions) fn gather_records(
    book: &Book,
    now: Instant,
    options: &Options,
) -> Result<PlanInput, ActionError> {
    let mut records = Vec::new();
    for noun in Noun::ALL {
        for record in book.all(noun)? {
            let history =
                if record.version == 1 { History::of(record) } else { History { versions: book.versions(record.id)? } };
            records.push(history);
        }
    }
    let kept = kept_files(book, &records)?;
    let head = match book.evidence_head()? {
        Some(entry) => JournalHead { seq: entry.seq, head: entry.head },
        None => JournalHead { seq: 0, head: Digest([0; 32]) },
    };
    let mut options = options.clone();
    options.practice = book.info().practice;
    if options.exhibit.last_number_used.is_none() {
        options.exhibit.last_number_used = last_exhibit_number(&records, &options.exhibit);
    }
    Ok(PlanInput {
        edition: next_edition(&records),
        made: now,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        records,
        kept,
        head,
        journal: journal_lines(book, options.profile)?,
        head_given: None,
        rules: Rules::england_and_wales(),
        options,
        quotes: split_quotes,
    })
}

/// The journal, where the paper prints it.
fn journal_lines(book: &Book, profile: Profile) -> Result<Vec<JournalLine>, ActionError> {
    if profile != Profile::Archive {
        return Ok(Vec::new());
    }
    let line =
        |entry: JournalEntry| JournalLine { seq: entry.seq, at: entry.at, sentence: entry.sentence, head: entry.head };
    Ok(book.journal()?.into_iter().map(line).collect())
}

/// The name the next edition will have: ids are never given twice.
fn next_edition(records: &[History]) -> RecordId {
    let last = current(records).filter(|record| record.id.noun == Noun::Bundle).map(|record| record.id.number).max();
    RecordId::new(Noun::Bundle, last.unwrap_or(0) + 1)
}

/// The last exhibit number used in the editions made (22A-11). An exhibit of the same mark to the same
/// statement is that exhibit made anew, and takes its own number again.
fn last_exhibit_number(records: &[History], asked: &ExhibitOptions) -> Option<u32> {
    let mut last = None;
    for record in current(records) {
        let Content::Bundle(made) = &record.content else { continue };
        let Some(mark) = &made.exhibit else { continue };
        let number: Option<u32> = mark.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok();
        if asked.mark.as_deref() == Some(mark) && asked.statement == made.statement {
            return number.map(|number| number.saturating_sub(1)).filter(|number| *number > 0);
        }
        last = last.max(number);
    }
    last
}

fn current(records: &[History]) -> impl Iterator<Item = &Record> {
    records.iter().filter_map(History::current)
}

/// What the book says of every kept file a record names. None is opened.
fn kept_files(book: &Book, records: &[History]) -> Result<BTreeMap<Digest, KeptFile>, ActionError> {
    let mut files = BTreeMap::new();
    for record in current(records) {
        for digest in named_by(&record.content) {
            if files.contains_key(&digest) {
                continue;
            }
            if let Some(kept) = book.kept(&digest)? {
                files.insert(digest, facts_of(&kept));
            }
        }
    }
    Ok(files)
}

fn named_by(content: &Content) -> Vec<Digest> {
    match content {
        Content::Incident(incident) => incident.attachments.clone(),
        Content::Step(step) => step.attachments.clone(),
        Content::Document(document) => vec![document.original],
        Content::Bundle(made) => vec![made.sha256],
        Content::Message(message) => message.place.iter().map(|place| place.original).collect(),
        _ => Vec::new(),
    }
}

fn facts_of(kept: &Kept) -> KeptFile {
    KeptFile {
        name: kept.arrival.name.clone(),
        bytes: kept.bytes,
        media_type: kept.arrival.media_type.clone(),
        kept_at: kept.kept_at,
        from_device: kept.arrival.from_device,
        picture: None,
        pdf: None,
        not_shown: None,
        notes: Vec::new(),
        seconds: None,
    }
}

/// Looks into the files that have a place in the paper, and into no others: pictures, PDFs, and the attachments
/// of its messages.
fn look_into_files(book: &Book, input: &mut PlanInput) -> Result<(), ActionError> {
    let first = plan(input)?;
    let shown: BTreeSet<Digest> = first.entries().flat_map(|entry| entry.sources.iter().copied()).collect();
    let mut printed: BTreeSet<RecordId> = first.entries().filter_map(|entry| entry.id).collect();
    for entry in first.entries() {
        if let Paper::Transcript(transcript) = &entry.paper {
            printed.extend(transcript.messages.iter().map(|(id, _)| *id));
        }
    }
    let originals = Originals::of(book, current(&input.records));
    for (digest, file) in &mut input.kept {
        if shown.contains(digest) {
            look_into(&originals, digest, file)?;
        }
    }
    let mut attached: BTreeMap<Digest, KeptFile> = BTreeMap::new();
    for record in current(&input.records).filter(|record| printed.contains(&record.id)) {
        let Content::Message(message) = &record.content else { continue };
        let Some(place) = &message.place else { continue };
        for file in message.attachments.iter().filter(|file| may_be_shown(file)) {
            if input.kept.contains_key(&file.sha256) || attached.contains_key(&file.sha256) {
                continue;
            }
            let Some(original) = input.kept.get(&place.original) else { continue };
            attached.insert(file.sha256, facts_of_attachment(&originals, file, original)?);
        }
    }
    input.kept.extend(attached);
    Ok(())
}

/// An attachment came when its e-mail did, from the same device.
fn facts_of_attachment(
    originals: &Originals<'_>,
    file: &Attachment,
    original: &KeptFile,
) -> Result<KeptFile, ActionError> {
    let mut facts = KeptFile {
        name: file.name.clone().unwrap_or_default(),
        bytes: file.bytes,
        media_type: file.media_type.clone(),
        ..original.clone()
    };
    match originals.bytes(&file.sha256)? {
        // By its content: an e-mail may call anything “application/octet-stream”.
        Some(bytes) => facts.media_type = media_type(&bytes, &facts.name).to_owned(),
        None => facts.not_shown = Some("its bytes cannot be taken out of the e-mail again".to_owned()),
    }
    look_into(originals, &file.sha256, &mut facts)?;
    Ok(facts)
}

fn look_into(originals: &Originals<'_>, digest: &Digest, file: &mut KeptFile) -> Result<(), ActionError> {
    if file.not_shown.is_some() {
        return Ok(());
    }
    if file.media_type.starts_with("image/") {
        (file.picture, file.not_shown) = picture_of(originals, digest, file.bytes)?;
    } else if file.media_type == "application/pdf" {
        match originals.survey(digest)? {
            Ok(survey) => {
                file.pdf = Some(survey.pages.iter().map(foreign_page).collect());
                let note = |note: Note| FileNote { kind: note.kind, page: note.page, what: note.what };
                file.notes = survey.notes.into_iter().map(note).collect();
            }
            Err(why) => file.not_shown = Some(why.to_string()),
        }
    }
    Ok(())
}

fn foreign_page(page: &SurveyPage) -> ForeignPage {
    // A page that no number can measure is caught by the survey; nothing here is larger than 2^32 / 1000 points.
    let thousandths = |points: f32| (f64::from(points) * 1000.0).round().clamp(0.0, f64::from(u32::MAX)) as u32;
    ForeignPage {
        width: thousandths(page.width),
        height: thousandths(page.height),
        growth: thousandths(page.foot.growth()),
        fingerprint: page.fingerprint,
    }
}

/// What is known of a picture, or why it cannot be shown.
fn picture_of(
    originals: &Originals<'_>,
    digest: &Digest,
    bytes: u64,
) -> Result<(Option<Picture>, Option<String>), ActionError> {
    if bytes > LARGEST_PICTURE {
        let limit = LARGEST_PICTURE / 1024 / 1024;
        return Ok((None, Some(format!("it is larger than the {limit} MB up to which pictures are opened"))));
    }
    Ok(match originals.look(digest)? {
        Ok(facts) => (Some(picture_from(&facts)), None),
        Err(why) => (None, Some(why)),
    })
}

fn picture_from(facts: &PictureFacts) -> Picture {
    let frame = |frame: &photo::FrameFacts| PictureFrame {
        number: frame.number,
        pixels: frame.upright(),
        orientation: frame.orientation,
        as_it_is: frame.as_it_is,
    };
    Picture {
        frames: facts.frames.iter().map(frame).collect(),
        taken: facts.taken.as_deref().and_then(When::camera),
        has_place: facts.has_place,
        remarks: facts.remarks.iter().map(|remark| remark.words().to_owned()).collect(),
    }
}

/// A message's own lines and what it quotes, as the readers of messages tell them apart. A signature is the sender's own.
#[must_use]
pub fn split_quotes(text: &str) -> Vec<TextPart> {
    let own = |text: &str, parts: &mut Vec<TextPart>| {
        parts.extend(text.lines().map(|line| TextPart::Own(line.to_owned())));
    };
    let mut parts = Vec::new();
    for piece in quotes::fold(text) {
        match piece {
            Piece::Own(text) | Piece::Signature(text) => own(text, &mut parts),
            Piece::Quoted { text, .. } => {
                parts.push(TextPart::Quoted(text.lines().map(str::to_owned).collect()));
            }
        }
    }
    parts
}
