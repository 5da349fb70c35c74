//! The sample paper with every kind of page: laid out, composed, assembled, read back and proved.

use super::given::{Given, shown};
use super::{FileFacts, compose, manifest_of, observe, write};
use crate::bundle::{BundlePlan, MadeFrom, Manifest, Observed, Paper, TranscriptRow, prove};
use crate::layout::{Laid, lay_out, sample};
use crate::model::Digest;

fn from() -> MadeFrom {
    MadeFrom { book: "b-1".to_owned(), tool: "Daybook 0.1.0".to_owned(), journal: (412, Digest::of(b"head")) }
}

/// Lays out twice, as makers of papers do: first for the manifest, then with its digest on the last page.
fn made(mut plan: BundlePlan) -> (Laid, Manifest) {
    let laid = lay_out(&plan).expect("the sample can be laid out");
    let first = manifest_of(&plan, &laid, &from(), &shown(&laid));
    for entry in plan.sections.iter_mut().flat_map(|section| &mut section.entries) {
        if let Paper::HowToCheck(check) = &mut entry.paper {
            let (old, new) = (check.manifest.in_eights(), first.digest().in_eights());
            check.manifest = first.digest();
            for line in check.steps.iter_mut().flat_map(|step| &mut step.mono) {
                *line = line.replace(&old, &new);
            }
        }
    }
    let laid = lay_out(&plan).expect("the sample can be laid out");
    let manifest = manifest_of(&plan, &laid, &from(), &shown(&laid));
    assert_eq!(manifest, first, "the manifest does not depend on its own digest");
    (laid, manifest)
}

fn file_of(laid: &Laid, manifest: &Manifest) -> Vec<u8> {
    let facts = FileFacts {
        title: manifest.title.clone(),
        language: "en-GB".to_owned(),
        made: manifest.made,
        edition: manifest.edition.to_string(),
        opens_at: manifest.index.map_or(0, |(first, _)| first - 1),
    };
    let mut bytes = Vec::new();
    let composed = compose(&laid.pages).expect("the sample can be drawn");
    write(laid, &facts, composed, &mut Given::picture(), &mut bytes).expect("the pages fit together");
    bytes
}

fn check(plan: BundlePlan) -> Observed {
    let (laid, manifest) = made(plan);
    let bytes = file_of(&laid, &manifest);
    assert_eq!(bytes, file_of(&laid, &manifest), "the same paper is the same bytes");
    super::tests::check_with_qpdf(&bytes);
    let observed = observe(&bytes).expect("our own file can be read");
    let proof = prove(&manifest, &observed, &["not in the paper".to_owned()]);
    assert_eq!(proof.findings, []);
    assert!(proof.checks.links > 0 || manifest.links.is_empty());
    observed
}

#[test]
fn every_kind_of_page_is_read_back_as_laid_out() {
    let observed = check(sample::evidence());
    assert!(observed.pages.len() > 10);
}

#[test]
fn words_in_any_script_are_read_back() {
    let mut plan = sample::evidence();
    let rows =
        plan.sections.iter_mut().flat_map(|section| &mut section.entries).find_map(|entry| match &mut entry.paper {
            Paper::Transcript(transcript) => Some(&mut transcript.rows),
            _ => None,
        });
    let message = rows.expect("the sample has messages").iter_mut().find_map(|row| match row {
        TranscriptRow::Message { words, .. } => Some(words),
        _ => None,
    });
    *message.expect("the sample has messages") =
        "Zażółć gęślą jaźń. Llŷr, tŷ. مرحبا بك (12:30) Robin שלום ไทย ff fi".to_owned();
    let observed = check(plan);
    let all: String = observed.pages.iter().map(|page| page.text.as_str()).collect();
    assert!(all.contains("Zażółć gęślą jaźń"), "Polish");
}

#[test]
fn an_exhibit_is_read_back_as_laid_out() {
    let observed = check(sample::exhibit());
    assert!(observed.pages[0].label.ends_with("-1"), "{}", observed.pages[0].label);
}
