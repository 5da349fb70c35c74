//! A worked, invented case: a practice book from nothing to finished papers.
//!
//! Everybody in it is invented. The story is told in `story`; here it is written into a book the way
//! a parent would have, with the clock set to each evening, and its papers are made and checked.

mod hearing;
mod own_words;
mod papers;
mod story;

use std::fs;
use std::path::{Path, PathBuf};

use crate::actions::bundle::{BundleRequest, Made, draft_bundle, make_bundle};
use crate::actions::verify::{Verified, verify_book, verify_paper};
use crate::actions::{ActionError, Importing, Unwatched, import};
use crate::bundle::{ExhibitOptions, Options};
use crate::model::{
    Channel, Choice, Content, Date, DeviceOwner, Document, DocumentKind, Incident, Instant, Link, LinkKind, Mark, Noun,
    Privilege, Profile, Reader, RecordId, StepKind,
};
use crate::store::{Arrival, Book, Received};

/// What the demonstration made.
pub struct Demonstration {
    /// The folder.
    pub folder: PathBuf,
    /// The practice book.
    pub book: PathBuf,
    /// The bundle, the exhibit, the hearing bundle, the chronology, the schedule, the summary for mediation and the
    /// notes for the call with Cafcass, in that order.
    pub papers: Vec<Made>,
    /// The checks of the book and of each paper, in that order.
    pub checks: Vec<Verified>,
    /// How many messages were read from the saved e-mails.
    pub messages: u64,
    /// How many were read from an exported chat and a mailbox.
    pub exported: u64,
}

/// Makes the worked case in `folder`, which must not hold one yet.
///
/// # Errors
/// The folder is not empty or cannot be written; anything a person doing the same by hand could meet.
pub fn demonstrate(folder: &Path, replace: bool) -> Result<Demonstration, ActionError> {
    let book_path = folder.join("reed-practice.daybook");
    prepare_folder(folder, &book_path, replace)?;
    let mut book = Book::create(&book_path, true, None, story::begun())?;
    let people = write_people(&mut book)?;
    let order = write_order(&mut book)?;
    let weekends = write_weekends(&mut book, &people, order)?;
    write_steps(&mut book, &people)?;
    let papers_kept = write_documents(&mut book)?;
    let kept = papers::keep(&mut book, folder)?;
    let messages = read_mails(&mut book, folder)?;
    let exported = papers::read_exports(&mut book, folder)?;
    join(&mut book, &weekends, &papers_kept, &kept)?;
    guard(&mut book)?;
    choose(&mut book, &papers_kept, &kept)?;
    choose_evidence(&mut book)?;
    let mut papers = vec![make_evidence(&mut book, folder)?, make_exhibit(&mut book, folder)?];
    hearing::send(&mut book, &papers[1])?;
    hearing::prepare(&mut book, order, &kept, papers[1].id)?;
    papers.push(hearing::make_bundle(&mut book, folder)?);
    papers.push(hearing::make_chronology(&mut book, folder)?);
    papers.push(hearing::make_schedule(&mut book, folder, &weekends)?);
    own_words::write(&mut book)?;
    papers.push(own_words::make_mediation(&mut book, folder)?);
    papers.push(own_words::make_call(&mut book, folder)?);
    let mut checks = vec![verify_book(&book)?];
    for paper in &papers {
        checks.push(verify_paper(&paper.file, Some(&book))?);
    }
    Ok(Demonstration { folder: folder.to_owned(), book: book_path, papers, checks, messages, exported })
}

/// Makes the folder, and clears away an earlier demonstration if that was asked for: only files that
/// a demonstration makes, nothing else.
fn prepare_folder(folder: &Path, book: &Path, replace: bool) -> Result<(), ActionError> {
    fs::create_dir_all(folder).map_err(ActionError::file(folder))?;
    if !book.exists() {
        return Ok(());
    }
    if !replace {
        return Err(ActionError::Refused {
            kind: "file-exists",
            what: format!("{} holds a demonstration already", folder.display()),
            why: "nothing is overwritten unasked".to_owned(),
            next: "name another folder, or say --replace".to_owned(),
        });
    }
    for ending in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{ending}", book.display()));
        if file.exists() {
            fs::remove_file(&file).map_err(ActionError::file(&file))?;
        }
    }
    Ok(())
}

/// Who is who, and the case.
struct People {
    robin: RecordId,
}

fn write_people(book: &mut Book) -> Result<People, ActionError> {
    let written = book.write(story::begun(), |writing| -> Result<_, ActionError> {
        let mut ids = Vec::new();
        for person in story::people() {
            ids.push(writing.add(Content::Person(person))?);
        }
        let case = story::case(ids[0], ids[1], ids[2]);
        writing.add(Content::Case(case))?;
        Ok((People { robin: ids[2] }, "Began the record: who is who, and the case".to_owned()))
    })?;
    Ok(written.value)
}

fn write_order(book: &mut Book) -> Result<RecordId, ActionError> {
    let at = story::order_kept();
    let written = book.write(at, |writing| -> Result<_, ActionError> {
        let paper = keep_file(writing, "order-2026-02-27.pdf", "application/pdf", story::ORDER_PDF)?;
        let document = writing.add(Content::Document(Box::new(Document {
            kind: DocumentKind::Order,
            title: "Child arrangements order, District Judge Marlow".to_owned(),
            dated: Some(story::day(2026, 2, 27)),
            by: Some("District Judge Marlow".to_owned()),
            received: Some(story::day(2026, 3, 2)),
            original: paper.sha256,
            name: "order-2026-02-27.pdf".to_owned(),
            bytes: paper.bytes,
            media_type: "application/pdf".to_owned(),
            from_message: None,
            recording: None,
            words: None,
            place: None,
        })))?;
        let order = writing.add(Content::Order(Box::new(story::order(document))))?;
        Ok((order, "Kept the order of 27 February 2026 and the words of its paragraphs".to_owned()))
    })?;
    Ok(written.value)
}

/// The contact events, each written down on its evening, by the Friday they were due.
fn write_weekends(
    book: &mut Book,
    people: &People,
    order: RecordId,
) -> Result<Vec<(story::Friday, RecordId)>, ActionError> {
    let mut kept = Vec::new();
    for weekend in story::weekends() {
        let incident: Incident = weekend.incident(order, people.robin);
        let sentence = format!("Wrote down a contact event: {}", weekend.kind.plain());
        let written = book.write(weekend.written, |writing| -> Result<_, ActionError> {
            Ok((writing.add(Content::Incident(Box::new(incident)))?, sentence))
        })?;
        kept.push((weekend.friday, written.value));
        if let Some((at, amended, why)) = weekend.amendment(order, people.robin) {
            book.write(at, |writing| -> Result<_, ActionError> {
                writing.amend(written.value, Content::Incident(Box::new(amended)), why)?;
                Ok(((), format!("Added to {}: {why}", written.value)))
            })?;
        }
    }
    Ok(kept)
}

fn write_steps(book: &mut Book, people: &People) -> Result<(), ActionError> {
    let _ = people;
    for (at, step) in story::steps() {
        let sentence = format!("Wrote down a step: {}", step.kind.plain());
        book.write(at, |writing| -> Result<_, ActionError> {
            Ok((writing.add(Content::Step(Box::new(step)))?, sentence))
        })?;
    }
    let (at, note) = story::note();
    book.write(at, |writing| -> Result<_, ActionError> {
        Ok((writing.add(Content::Note(note))?, "Wrote a private note".to_owned()))
    })?;
    let (at, call) = story::call();
    book.write(at, |writing| -> Result<_, ActionError> {
        Ok((writing.add(Content::Message(Box::new(call)))?, "Wrote down a call".to_owned()))
    })?;
    Ok(())
}

/// The photograph and the ticket.
struct PapersKept {
    photograph: RecordId,
    ticket: RecordId,
}

fn write_documents(book: &mut Book) -> Result<PapersKept, ActionError> {
    let written = book.write(story::photographs_kept(), |writing| -> Result<_, ActionError> {
        let mut ids = Vec::new();
        for (kind, title, dated, name, bytes) in story::documents() {
            let received = keep_file(writing, name, "image/jpeg", bytes)?;
            ids.push(writing.add(Content::Document(Box::new(Document {
                kind,
                title: title.to_owned(),
                dated: Some(dated),
                by: Some("Alex Reed".to_owned()),
                received: None,
                original: received.sha256,
                name: name.to_owned(),
                bytes: received.bytes,
                media_type: "image/jpeg".to_owned(),
                from_message: None,
                recording: None,
                words: None,
                place: None,
            })))?);
        }
        let kept = PapersKept { photograph: ids[0], ticket: ids[1] };
        Ok((kept, "Kept a photograph and a rail ticket".to_owned()))
    })?;
    Ok(written.value)
}

fn keep_file(
    writing: &mut crate::store::Writing<'_>,
    name: &str,
    media_type: &str,
    mut bytes: &[u8],
) -> Result<Received, ActionError> {
    let received = writing.receive(&mut bytes)?;
    let arrival =
        Arrival { name: name.to_owned(), media_type: media_type.to_owned(), from_device: Some(DeviceOwner::Mine) };
    writing.keep(&received, &arrival)?;
    Ok(received)
}

/// Writes the saved e-mails as files, as they would lie in a folder, and imports that folder.
fn read_mails(book: &mut Book, folder: &Path) -> Result<u64, ActionError> {
    let mails = folder.join("saved e-mails");
    fs::create_dir_all(&mails).map_err(ActionError::file(&mails))?;
    for (name, bytes) in story::MAILS {
        let path = mails.join(name);
        fs::write(&path, bytes).map_err(ActionError::file(&path))?;
    }
    let importing = Importing { paths: vec![mails], from_device: Some(DeviceOwner::Mine), ..Importing::default() };
    let report = import(book, story::mails_read(), &importing, &mut Unwatched)?;
    Ok(report.record.totals.new)
}

/// Joins messages and papers to the events they bear on.
fn join(
    book: &mut Book,
    weekends: &[(story::Friday, RecordId)],
    papers: &PapersKept,
    kept: &papers::Kept,
) -> Result<(), ActionError> {
    let message = |subject: &str| -> Result<RecordId, ActionError> { find_message(book, subject) };
    let event = |friday: story::Friday| {
        weekends.iter().find(|(date, _)| *date == friday).map(|(_, id)| *id).expect("the story has this weekend")
    };
    let mut links = Vec::new();
    for (subject, friday, kind) in story::LINKS {
        links.push(Link { from: message(subject)?, to: event(*friday), kind: *kind, withdrawn: false });
    }
    for (subject, kind) in story::STEP_LINKS {
        links.push(Link {
            from: message(subject)?,
            to: find_step(book, *kind, None)?,
            kind: LinkKind::Supports,
            withdrawn: false,
        });
    }
    for (paper, friday) in
        [(papers.photograph, (9, 18)), (kept.clock, (9, 18)), (papers.ticket, (9, 18)), (kept.screenshot, (10, 30))]
    {
        links.push(Link { from: paper, to: event(friday), kind: LinkKind::Supports, withdrawn: false });
    }
    links.push(Link {
        from: kept.application,
        to: find_step(book, StepKind::C100, Some(story::application_day()))?,
        kind: LinkKind::Supports,
        withdrawn: false,
    });
    book.write(story::joined(), |writing| -> Result<_, ActionError> {
        for link in links {
            writing.add(Content::Link(link))?;
        }
        Ok(((), "Joined messages and papers to the events they bear on".to_owned()))
    })?;
    Ok(())
}

/// The step of this kind, on this day where one is named.
fn find_step(book: &Book, kind: StepKind, day: Option<Date>) -> Result<RecordId, ActionError> {
    let found = book.all(Noun::Step)?.into_iter().find(|record| match &record.content {
        Content::Step(step) => {
            step.kind == kind && day.is_none_or(|day| step.when.as_ref().is_some_and(|when| when.london_date() == day))
        }
        _ => false,
    });
    Ok(found.map(|record| record.id).expect("the story has this step"))
}

fn find_message(book: &Book, subject: &str) -> Result<RecordId, ActionError> {
    let found = book.all(Noun::Message)?.into_iter().find(|record| match &record.content {
        Content::Message(message) => message.subject.as_deref() == Some(subject),
        _ => false,
    });
    Ok(found.map(|record| record.id).expect("every mail of the story was read"))
}

/// Marks what must stay out, and lists the confidential words.
fn guard(book: &mut Book) -> Result<(), ActionError> {
    let mediation = find_message(book, "Mediation summary, without prejudice")?;
    let advice = find_message(book, "Your order: my advice")?;
    book.write(story::joined(), |writing| -> Result<_, ActionError> {
        for (on, privilege, why) in [
            (mediation, Privilege::Mediation, "said in mediation"),
            (advice, Privilege::LegalAdvice, "advice from my solicitor"),
        ] {
            writing.add(Content::Mark(Mark {
                on,
                privilege: Some(privilege),
                confidential: None,
                keep_out_of: None,
                let_into: None,
                why: Some(why.to_owned()),
            }))?;
        }
        for word in story::confidential_words() {
            writing.add(Content::Word(word))?;
        }
        Ok(((), "Marked what must stay out of papers, and listed confidential words".to_owned()))
    })?;
    Ok(())
}

fn choose(book: &mut Book, papers: &PapersKept, kept: &papers::Kept) -> Result<(), ActionError> {
    let mut records = Vec::new();
    for subject in story::EXHIBITED {
        records.push(find_message(book, subject)?);
    }
    records.extend([papers.photograph, kept.clock, papers.ticket]);
    book.write(story::joined(), |writing| -> Result<_, ActionError> {
        writing.add(Content::Choice(Choice {
            records,
            profile: Profile::Exhibit,
            exhibit: Some("AR1".to_owned()),
            section: None,
            directed: None,
            context: 0,
            withdrawn: false,
        }))?;
        Ok(((), "Chose what goes into exhibit AR1".to_owned()))
    })?;
    Ok(())
}

/// Everything goes into the evidence, but of the exported chat only what bears on something.
fn choose_evidence(book: &mut Book) -> Result<(), ActionError> {
    let mut records = Vec::new();
    for noun in [Noun::Message, Noun::Document] {
        for record in book.all(noun)? {
            match &record.content {
                Content::Message(message) if message.channel == Channel::Whatsapp => {
                    if story::IN_THE_CHAT.iter().any(|words| message.text.contains(words)) {
                        records.push(record.id);
                    }
                }
                _ => records.push(record.id),
            }
        }
    }
    book.write(story::joined(), |writing| -> Result<_, ActionError> {
        writing.add(Content::Choice(Choice {
            records,
            profile: Profile::Evidence,
            exhibit: None,
            section: None,
            directed: None,
            context: 0,
            withdrawn: false,
        }))?;
        Ok(((), "Chose what goes into the evidence".to_owned()))
    })?;
    Ok(())
}

fn make_evidence(book: &mut Book, folder: &Path) -> Result<Made, ActionError> {
    let mut options = Options::new(Profile::Evidence, Reader::Solicitor);
    options.reader_name = Some("Priya Nair, solicitor".to_owned());
    options.purpose = Some("Advice before the hearing on Monday 14 December 2026".to_owned());
    make(book, folder, options, "Reed evidence 2026-11-23.pdf", story::papers_made())
}

fn make_exhibit(book: &mut Book, folder: &Path) -> Result<Made, ActionError> {
    let mut options = Options::new(Profile::Exhibit, Reader::Court);
    options.exhibit = ExhibitOptions { statement: Some(1), mark: Some("AR1".to_owned()), ..ExhibitOptions::default() };
    make(book, folder, options, "Exhibit AR1 2026-11-23.pdf", story::papers_made())
}

fn make(book: &mut Book, folder: &Path, options: Options, name: &str, at: Instant) -> Result<Made, ActionError> {
    let request = BundleRequest { options, out: Some(folder.join(name)), folder: folder.to_owned(), replace: true };
    let drafted = draft_bundle(book, at, &request)?;
    make_bundle(book, at, &request, drafted)
}
