//! The manifest of laid-out pages: what the file must show.

use std::collections::BTreeMap;

use super::photo::Wanted;
use crate::bundle::{
    Anchor, BundlePlan, JournalPoint, MANIFEST_FORMAT, MadeFrom, Manifest, ManifestBookmark, ManifestEntry,
    ManifestExhibit, ManifestLink, ManifestPage, ManifestPicture, ManifestSection, ManifestSource, Numbering, Paper,
    PlannedEntry, fingerprint,
};
use crate::layout::{Bookmark, Item, Laid, Page};
use crate::model::Digest;

/// The manifest of these pages. (It stands here because `bundle` knows nothing of laid-out pages.)
///
/// Its digest does not depend on the digest that a [`HowToCheck`](crate::bundle::HowToCheck) page prints: lay out with
/// any digest there, take the manifest, put its digest into the plan and lay out again; the manifest stays the same.
#[must_use]
pub fn manifest_of(plan: &BundlePlan, laid: &Laid, from: &MadeFrom, shown: &ShownPictures) -> Manifest {
    let entries: Vec<&PlannedEntry> = plan.sections.iter().flat_map(|section| &section.entries).collect();
    let extent = |anchor: &Anchor| laid.extents.get(anchor).copied();
    let of_kind = |wanted: fn(&Paper) -> bool| {
        entries.iter().filter(move |entry| wanted(&entry.paper)).find_map(|entry| extent(&entry.anchor))
    };
    let checking = of_kind(|paper| matches!(paper, Paper::HowToCheck(_)));
    let index = of_kind(|paper| matches!(paper, Paper::Index));
    Manifest {
        format: MANIFEST_FORMAT.to_owned(),
        book: from.book.clone(),
        edition: plan.edition,
        profile: plan.profile,
        reader: plan.reader,
        practice: plan.practice,
        title: plan.title.clone(),
        made: plan.made,
        tool: from.tool.clone(),
        journal: JournalPoint { entry: from.journal.0, head: from.journal.1 },
        index: index.map(|(first, last)| (first + 1, last + 1)),
        sections: sections(plan, laid),
        entries: entries.iter().filter_map(|entry| planned(plan, laid, entry, index.is_some())).collect(),
        pages: laid.pages.iter().enumerate().map(|(at, page)| page_of(page, at, checking, shown)).collect(),
        links: links(laid),
        outline: outline(&laid.outline),
        sources: sources(plan),
    }
}

/// The words of a page in the order they are drawn.
fn words(page: &Page) -> String {
    let runs = page.items.iter().filter_map(|item| match item {
        Item::Text(run) => Some(run.text.as_str()),
        _ => None,
    });
    runs.collect::<Vec<_>>().join("\n")
}

fn page_of(page: &Page, at: usize, checking: Option<(usize, usize)>, shown: &ShownPictures) -> ManifestPage {
    let prints_this_manifest = checking.is_some_and(|(first, last)| (first..=last).contains(&at));
    let text_sha256 = (!prints_this_manifest && page.foreign.is_none()).then(|| fingerprint(&words(page)));
    let thousandths = |points: f32| (f64::from(points) * 1000.0).round() as u32;
    let exhibit = page.foreign.map(|foreign| ManifestExhibit {
        source: foreign.source,
        page: foreign.index + 1,
        fingerprint: foreign.fingerprint,
        growth: thousandths(foreign.growth),
        wider: thousandths(foreign.wider),
    });
    let picture = |(source, wanted): (Digest, Wanted)| {
        let shown_sha256 = *shown.get(&(source, wanted))?;
        Some(ManifestPicture { source, picture: wanted.frame + 1, shown_sha256 })
    };
    let pictures = pictures_on(page).filter_map(picture).collect();
    ManifestPage { label: page.label.clone(), text_sha256, exhibit, pictures }
}

/// The SHA-256 of the data of every picture of a paper, as the paper holds it.
pub type ShownPictures = BTreeMap<(Digest, Wanted), Digest>;

/// The pictures of a page, in the order they are drawn.
pub fn pictures_on(page: &Page) -> impl Iterator<Item = (Digest, Wanted)> {
    page.items.iter().filter_map(|item| match item {
        Item::Picture { image, frame, finest, .. } => Some((*image, Wanted { frame: *frame, finest: *finest })),
        _ => None,
    })
}

fn label(laid: &Laid, page: usize) -> String {
    laid.pages.get(page).map(|page| page.label.clone()).unwrap_or_default()
}

fn sections(plan: &BundlePlan, laid: &Laid) -> Vec<ManifestSection> {
    let of = |section: &crate::bundle::Section| {
        let extents: Vec<_> =
            section.entries.iter().filter_map(|entry| laid.extents.get(&entry.anchor).copied()).collect();
        let first = extents.iter().map(|(first, _)| *first).min()?;
        let last = extents.iter().map(|(_, last)| *last).max()?;
        Some(ManifestSection {
            letter: section.letter,
            title: section.title.clone(),
            first_page: label(laid, first),
            last_page: label(laid, last),
        })
    };
    plan.sections.iter().filter_map(of).collect()
}

fn planned(plan: &BundlePlan, laid: &Laid, entry: &PlannedEntry, has_index: bool) -> Option<ManifestEntry> {
    let (first, last) = *laid.extents.get(&entry.anchor)?;
    let mark = match &plan.numbering {
        Numbering::Exhibit { mark } => Some(mark.clone()),
        Numbering::Sections => None,
    };
    Some(ManifestEntry {
        id: entry.id,
        version: entry.version,
        mark,
        title: entry.title.clone(),
        date: entry.date.clone(),
        // Covers, front sheets and the index itself are not rows of the index.
        indexed: has_index && !matches!(entry.paper, Paper::Cover(_) | Paper::Index | Paper::ExhibitFront(_)),
        first_page: label(laid, first),
        last_page: label(laid, last),
        pdf_page: first + 1,
        sources: entry.sources.clone(),
    })
}

fn links(laid: &Laid) -> Vec<ManifestLink> {
    let on_page = |(at, page): (usize, &Page)| {
        let targets = page.links.iter().filter_map(|link| laid.places.get(&link.to));
        targets.map(|place| ManifestLink { page: at + 1, to: place.page + 1 }).collect::<Vec<_>>()
    };
    laid.pages.iter().enumerate().flat_map(on_page).collect()
}

fn outline(bookmarks: &[Bookmark]) -> Vec<ManifestBookmark> {
    fn flatten(bookmarks: &[Bookmark], depth: usize, flat: &mut Vec<ManifestBookmark>) {
        for bookmark in bookmarks {
            flat.push(ManifestBookmark { title: bookmark.title.clone(), depth, page: bookmark.page + 1 });
            flatten(&bookmark.children, depth + 1, flat);
        }
    }
    let mut flat = Vec::new();
    flatten(bookmarks, 0, &mut flat);
    flat
}

fn sources(plan: &BundlePlan) -> Vec<ManifestSource> {
    let of = |(sha256, file): (&Digest, &crate::bundle::SourceFile)| ManifestSource {
        sha256: *sha256,
        bytes: file.bytes,
        media_type: file.media_type.clone(),
        name: file.name.clone(),
    };
    plan.sources.iter().map(of).collect()
}
