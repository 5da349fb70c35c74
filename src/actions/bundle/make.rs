//! From a plan to a file that was read back.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::actions::ActionError;
use crate::bundle::{
    Anchor, BundlePlan, MadeFrom, Manifest, Numbering, Paper, PlanInput, Proof, SeenNow, Transcript, after_layout,
    after_pages, check_file_name, for_a_word_processor, has_text, plan, prove, suggested_file_name,
};
use crate::layout::{Laid, lay_out};
use crate::model::{BundleRecord, Content, Digest, Finding, Instant, PrintedEntry, Profile, RecordId, Severity};
use crate::pdf::{self, FileFacts, ShownPictures, Written};
use crate::store::Book;

use super::{BundleRequest, Drafted, Made, Originals, check_folder, place};

pub(super) fn draft(book: &Book, input: PlanInput, request: &BundleRequest) -> Result<Drafted, ActionError> {
    let out = where_to(&input, request);
    let mut input = input;
    input.options.file_name = out.file_name().map(|name| name.to_string_lossy().into_owned());
    let plan = plan(&input)?;
    let from = MadeFrom {
        book: book.info().id.clone(),
        tool: input.program.clone(),
        journal: (input.head.seq, input.head.head),
    };
    let originals = Originals::of_book(book)?;
    let (plan, laid, manifest) = with_its_manifest(plan, &from, &originals)?;
    let mut findings = plan.findings.clone();
    findings.extend(laid.findings.iter().cloned());
    findings.extend(after_layout(&plan, laid.pages.len() as u32, None, &input.rules));
    let labels: Vec<String> = laid.pages.iter().map(|page| page.label.clone()).collect();
    findings.extend(after_pages(&plan, &input, &laid.extents, &labels));
    if has_text(&plan) {
        let (what, next) = if plan.profile == Profile::Enforcement {
            (
                "The same schedule is written as text for a word processor beside the PDF, with the ending rtf.",
                "Give it to the other party or the court if they ask for one in which they can write.",
            )
        } else {
            (
                "The same chronology is written as text for a word processor beside the PDF, with the ending rtf.",
                "Go on from it if you are asked for an agreed chronology.",
            )
        };
        findings.push(Finding::new(Severity::Info, "also-as-text", "paper", what, next));
    }
    if let Some(name) = &input.options.file_name {
        findings.extend(check_file_name(name, &input));
    }
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let confidential = confidential_words(&input);
    Ok(Drafted { plan, laid, manifest, findings, out, options: input.options, confidential })
}

/// Where the paper goes: what was asked for, else a name of our own in the folder.
fn where_to(input: &PlanInput, request: &BundleRequest) -> PathBuf {
    match &request.out {
        Some(out) => out.clone(),
        None => request.folder.join(suggested_file_name(input)),
    }
}

/// Lays the plan out; the manifest needs the pages, and the last page prints the manifest's hash.
/// The hash has the same width whatever it is, so the second layout moves nothing.
fn with_its_manifest(
    plan: BundlePlan,
    from: &MadeFrom,
    originals: &Originals<'_>,
) -> Result<(BundlePlan, Laid, Manifest), ActionError> {
    let first = lay_out(&plan)?;
    let shown = shown_pictures(&first, originals)?;
    let manifest = pdf::manifest_of(&plan, &first, from, &shown);
    let plan = plan.with_manifest(manifest.digest());
    let laid = lay_out(&plan)?;
    let again = pdf::manifest_of(&plan, &laid, from, &shown);
    assert!(again.digest() == manifest.digest(), "printing the manifest's hash moves nothing");
    Ok((plan, laid, manifest))
}

/// The hash of every picture's data as the paper will hold it: the manifest names it before the paper is drawn.
fn shown_pictures(laid: &Laid, originals: &Originals<'_>) -> Result<ShownPictures, ActionError> {
    let mut shown = ShownPictures::new();
    for (image, wanted) in laid.pages.iter().flat_map(pdf::pictures_on) {
        if let Entry::Vacant(vacant) = shown.entry((image, wanted)) {
            vacant.insert(Digest::of(&originals.prepared(&image, wanted)?.bytes));
        }
    }
    Ok(shown)
}

/// What the finished file is searched for: the book's list, unless the paper is for oneself, or the user
/// has said, with a reason that is kept, that these words may stand in it.
fn confidential_words(input: &PlanInput) -> Vec<String> {
    let overridden = input.options.overrides.iter().any(|one| one.kind == "confidential-word");
    if overridden || input.options.reader == crate::model::Reader::Myself {
        return Vec::new();
    }
    input
        .records
        .iter()
        .filter_map(|history| history.current())
        .filter_map(|record| match &record.content {
            Content::Word(word) if !word.withdrawn => Some(word.words.clone()),
            _ => None,
        })
        .collect()
}

pub(super) fn make(
    book: &mut Book,
    now: Instant,
    request: &BundleRequest,
    drafted: Drafted,
) -> Result<Made, ActionError> {
    if let Some(block) = drafted.blocks().next() {
        return Err(ActionError::Blocked { finding: Box::new(block.clone()), more: drafted.blocks().count() - 1 });
    }
    place::check(book, &drafted.out, request.replace)?;
    let text =
        for_a_word_processor(&drafted.plan, &drafted.laid.page_labels()).map(|text| (text_of(&drafted.out), text));
    if let Some((to, _)) = &text {
        place::check_beside(to, request.replace)?;
    }
    let (file, drawn) = place::write_beside(&drafted.out, |out| draw(book, &drafted, out))?;
    let proof = read_back(file.path(), book, &drafted)?;
    let sha256 = drawn.sha256;
    let mut files = vec![(drafted.out.clone(), file)];
    // A chronology or a schedule is handed over as text too, which a person can go on writing in.
    if let Some((to, text)) = text {
        let (file, ()) =
            place::write_beside(&to, |out| out.write_all(text.as_bytes()).map_err(ActionError::file(&to)))?;
        files.push((to, file));
    }
    let skeleton = book.journal_skeleton(Some(drafted.manifest.journal.entry))?;
    let folder = check_folder::write(&drafted.out, &drafted.manifest, sha256, &skeleton)?;
    let mut placed = None;
    let written = book.write(now, |writing| -> Result<_, ActionError> {
        let id = writing.add(Content::Bundle(Box::new(record_of(&drafted, sha256))))?;
        if id != drafted.plan.edition {
            return Err(ActionError::Refused {
                kind: "edition-taken",
                what: format!("the name {} was given to another paper in the meantime", drafted.plan.edition),
                why: "another window of Daybook made a paper at the same moment".to_owned(),
                next: "make this one again".to_owned(),
            });
        }
        // The last thing before the entry: if the book cannot take it, the earlier edition comes back.
        placed = Some(place::place(&drafted.out, files, Some(folder))?);
        Ok((id, made_in_words(&drafted, id)))
    })?;
    if let Some(placed) = placed {
        placed.keep();
    }
    let mut findings = drafted.findings;
    findings.extend(after_layout(
        &drafted.plan,
        drafted.laid.pages.len() as u32,
        Some(drawn.bytes),
        &crate::rules::Rules::england_and_wales(),
    ));
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    findings.dedup();
    Ok(Made {
        id: written.value,
        file: drafted.out,
        sha256,
        manifest: drafted.manifest,
        findings,
        left_out: drafted.plan.left_out,
        checks: proof.checks,
        journal: written.journal,
    })
}

fn made_in_words(drafted: &Drafted, id: RecordId) -> String {
    let pages = match drafted.laid.pages.len() {
        1 => "1 page".to_owned(),
        pages => format!("{pages} pages"),
    };
    format!("Made a paper: {}, {pages} ({id})", drafted.plan.title)
}

/// Where the same paper is as text for a word processor: `X.rtf` beside `X.pdf`.
#[must_use]
pub fn text_of(paper: &Path) -> PathBuf {
    paper.with_extension("rtf")
}

fn draw(book: &Book, drafted: &Drafted, out: &mut dyn Write) -> Result<Written, ActionError> {
    let composed = pdf::compose(&drafted.laid.pages)?;
    let facts = FileFacts {
        title: drafted.plan.title.clone(),
        language: "en-GB".to_owned(),
        made: drafted.plan.made,
        edition: drafted.plan.edition.to_string(),
        opens_at: opens_at(drafted),
    };
    let mut originals = Originals::of_book(book)?;
    Ok(pdf::write(&drafted.laid, &facts, composed, &mut originals, out)?)
}

/// A paper opens at its index, or at its first page where it has none.
fn opens_at(drafted: &Drafted) -> usize {
    let index = drafted
        .plan
        .sections
        .iter()
        .flat_map(|section| &section.entries)
        .find(|entry| matches!(entry.paper, crate::bundle::Paper::Index));
    index.and_then(|entry| drafted.laid.extents.get(&entry.anchor)).map_or(0, |(first, _)| *first)
}

/// Reads the file from the disk as it was written, and compares it with what was planned and with the kept files.
fn read_back(file: &Path, book: &Book, drafted: &Drafted) -> Result<Proof, ActionError> {
    let observed = pdf::observe_file(file, &drafted.manifest)?;
    let mut proof = prove(&drafted.manifest, &observed, &drafted.confidential);
    drop(observed);
    proof.compare_with(&drafted.manifest, &seen_now(book, &drafted.manifest)?);
    if proof.ok() {
        return Ok(proof);
    }
    let mut findings = proof.findings;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    let more = findings.len() - 1;
    let finding = Box::new(findings.swap_remove(0));
    Err(if finding.kind == "confidential-word" {
        ActionError::Blocked { finding, more }
    } else {
        ActionError::NotAsPlanned { finding, more }
    })
}

/// What the kept files that a paper shows pages of show now.
pub(crate) fn seen_now(book: &Book, manifest: &Manifest) -> Result<SeenNow, ActionError> {
    let originals = Originals::of_book(book)?;
    let shown: BTreeSet<Digest> = manifest.pages.iter().filter_map(|page| Some(page.exhibit?.source)).collect();
    shown.into_iter().map(|source| Ok((source, originals.fingerprints(&source)?))).collect()
}

/// The messages of a transcript, each with the page its row begins on.
fn printed_messages(laid: &Laid, transcript: &Transcript) -> Vec<PrintedEntry> {
    let of = |(id, version): &(RecordId, u32)| {
        let page = laid.pages.get(laid.places.get(&Anchor::record(*id))?.page)?.label.clone();
        Some(PrintedEntry { id: *id, version: *version, first_page: page.clone(), last_page: page })
    };
    transcript.messages.iter().filter_map(of).collect()
}

fn record_of(drafted: &Drafted, sha256: Digest) -> BundleRecord {
    let plan = &drafted.plan;
    let labels = &drafted.laid.pages;
    let entries = plan
        .sections
        .iter()
        .flat_map(|section| &section.entries)
        .flat_map(|entry| match (&entry.paper, entry.id) {
            (Paper::Transcript(transcript), None) => printed_messages(&drafted.laid, transcript),
            _ => drafted
                .laid
                .extents
                .get(&entry.anchor)
                .and_then(|(first, last)| {
                    Some(PrintedEntry {
                        id: entry.id?,
                        version: entry.version?,
                        first_page: labels[*first].label.clone(),
                        last_page: labels[*last].label.clone(),
                    })
                })
                .into_iter()
                .collect(),
        })
        .collect();
    BundleRecord {
        profile: plan.profile,
        to: plan.reader,
        reader: drafted.options.reader_name.clone(),
        purpose: drafted.options.purpose.clone(),
        file: drafted.out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        sha256,
        manifest: drafted.manifest.digest(),
        pages: labels.len() as u32,
        entries,
        exhibit: match &plan.numbering {
            Numbering::Exhibit { mark } => Some(mark.clone()),
            Numbering::Sections => None,
        },
        statement: drafted.options.exhibit.statement,
        overrides: drafted.options.overrides.iter().map(|one| format!("{}: {}", one.kind, one.why)).collect(),
    }
}
