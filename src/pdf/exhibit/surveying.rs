//! A foreign file looked through, without copying it.

use super::annotation;
use super::field::Form;
use super::fingerprint::Fingerprints;
use super::ink;
use super::notes::Notes;
use super::prepare::Prepared;
use super::source::{self, Budget, Source};
use super::{Survey, SurveyPage, Unshown, trial};

/// What a foreign PDF is: its pages, what stands at their foot, a fingerprint of each, and what does not come along.
///
/// # Errors
/// [`Unshown`] for what cannot be shown. It gives up beyond its limits instead of reading for ever; a file made to
/// be harmful can still cost its reader time and memory, so it runs where both are bounded.
pub fn survey(bytes: Vec<u8>) -> Result<Survey, Unshown> {
    let pdf = source::open(bytes)?;
    let source = Source::read(&pdf)?;
    let form = Form::of(&source.catalog);
    let mut notes = Notes::default();
    let mut budget = Budget::new();
    let mut fingerprints = Fingerprints::new(source.xref);
    let mut pages = Vec::with_capacity(source.pages.len());
    for (index, page) in source.pages.iter().enumerate() {
        let prepared = Prepared::of(source.xref, page, &mut budget)?;
        let mut areas = Vec::new();
        for dict in annotation::all(&page.dict) {
            let kept = annotation::keep(&dict, form.as_ref(), &mut |change| notes.changed(change, index))?;
            notes.annotation(&source, &dict, index);
            areas.extend(kept.filter(|kept| kept.shows).map(|kept| kept.area));
        }
        notes.page(page, &prepared.content, index);
        let fingerprint = fingerprints.own(page, &prepared, form.as_ref())?;
        // A page of ours is shown as one picture that the page's own resources do not have.
        let drawn = prepared.drawn.as_deref().unwrap_or(&prepared.content.bytes);
        let (foot, has_words) = ink::look(source.xref, page, drawn, &areas, &mut budget);
        let (width, height) = page.size();
        pages.push(SurveyPage { width: width as f32, height: height as f32, foot, fingerprint, has_words });
    }
    let rebuilt = source::was_rebuilt(&pdf);
    notes.file(&source, form.as_ref(), rebuilt);
    if rebuilt {
        let copied = trial::as_copied(pdf.data().as_ref().to_vec())?;
        if copied.len() != pages.len() {
            return Err(Unshown::Broken { why: "its pages cannot be told apart".to_owned() });
        }
        for (page, fingerprint) in pages.iter_mut().zip(copied) {
            page.fingerprint = fingerprint;
        }
    }
    Ok(Survey { pages, notes: notes.told() })
}
