//! Pages of others and pictures: what each page of the file shows against what it should, and against
//! the kept files themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::Proof;
use crate::bundle::{Manifest, ManifestExhibit, Observed};
use crate::model::Digest;

/// What the pages of each kept PDF show now, read from its bytes once more; or why they cannot be read.
pub type SeenNow = BTreeMap<Digest, Result<Vec<Digest>, String>>;

/// Names of files and pages for people.
struct Names<'m> {
    manifest: &'m Manifest,
    /// The first page of a kept file that shows this.
    home: BTreeMap<Digest, ManifestExhibit>,
}

impl<'m> Names<'m> {
    fn of(manifest: &'m Manifest) -> Self {
        let mut home = BTreeMap::new();
        for exhibit in manifest.pages.iter().filter_map(|page| page.exhibit) {
            home.entry(exhibit.fingerprint).or_insert(exhibit);
        }
        Names { manifest, home }
    }

    fn file(&self, source: &Digest) -> String {
        let known = self.manifest.sources.iter().find(|known| known.sha256 == *source);
        known.map_or_else(|| format!("a file of SHA-256 {}", source.short()), |known| format!("“{}”", known.name))
    }

    /// `page 3 of “School letter.pdf”`.
    fn page(&self, exhibit: &ManifestExhibit) -> String {
        format!("page {} of {}", exhibit.page, self.file(&exhibit.source))
    }

    /// What a page shows instead of what it should.
    fn instead(&self, expected: &ManifestExhibit, found: Option<Digest>) -> String {
        match found.and_then(|found| self.home.get(&found)) {
            Some(other) if other.source == expected.source => format!("shows page {} of it", other.page),
            Some(other) => format!("shows {}", self.page(other)),
            None => "shows something else, or something was changed on it".to_owned(),
        }
    }
}

impl Proof {
    /// Every page of others shows what it should: none swapped, missing, doubled, shifted or changed.
    pub(super) fn compare_exhibits(&mut self, manifest: &Manifest, observed: &Observed) {
        let names = Names::of(manifest);
        let present: BTreeSet<Digest> = observed.pages.iter().filter_map(|page| page.fingerprint).collect();
        for (at, planned) in manifest.pages.iter().enumerate() {
            let Some(expected) = planned.exhibit else { continue };
            self.checks.exhibit_pages += 1;
            let found = observed.pages.get(at).and_then(|page| page.fingerprint);
            if found == Some(expected.fingerprint) {
                continue;
            }
            let place = format!("page {}", planned.label);
            let should = names.page(&expected);
            let what = match observed.pages.get(at) {
                Some(_) => {
                    format!("Page {} should be {should} and {}.", planned.label, names.instead(&expected, found))
                }
                None => format!("Page {}, which should be {should}, is not in the file.", planned.label),
            };
            self.found("exhibit-page", None, &place, what);
            if !present.contains(&expected.fingerprint) {
                self.found("exhibit-missing", None, place, format!("{} is nowhere in the file.", first_upper(&should)));
            }
        }
    }

    /// The data of every picture is that of the kept picture as it was prepared.
    pub(super) fn compare_pictures(&mut self, manifest: &Manifest, observed: &Observed) {
        let names = Names::of(manifest);
        for (planned, read) in manifest.pages.iter().zip(&observed.pages) {
            if planned.exhibit.is_some() || planned.pictures.is_empty() && read.picture_data.is_empty() {
                continue;
            }
            let place = format!("page {}", planned.label);
            if planned.pictures.len() != read.picture_data.len() {
                let (should, is) = (planned.pictures.len(), read.picture_data.len());
                let what = format!("Page {} should show {should} pictures and shows {is}.", planned.label);
                self.found("picture-count", None, place, what);
                continue;
            }
            for (picture, found) in planned.pictures.iter().zip(&read.picture_data) {
                self.checks.pictures += 1;
                if picture.shown_sha256 != *found {
                    let file = names.file(&picture.source);
                    let what = format!("The picture on page {} is not the one from {file}.", planned.label);
                    self.found("picture", None, &place, what);
                }
            }
        }
    }

    /// Compares with the kept files themselves, read once more: not with what was remembered of them when the
    /// paper was planned.
    pub fn compare_with(&mut self, manifest: &Manifest, seen: &SeenNow) {
        let names = Names::of(manifest);
        let mut unread: BTreeSet<Digest> = BTreeSet::new();
        for planned in &manifest.pages {
            let Some(expected) = planned.exhibit else { continue };
            let place = format!("page {}", planned.label);
            match seen.get(&expected.source) {
                Some(Ok(pages)) => {
                    let index = expected.page.checked_sub(1).map(|index| index as usize);
                    if index.and_then(|index| pages.get(index)) != Some(&expected.fingerprint) {
                        let page = names.page(&expected);
                        let what = match pages.iter().position(|page| *page == expected.fingerprint) {
                            Some(other) => {
                                format!(
                                    "Page {} is named as {page}; in the kept file it is page {}.",
                                    planned.label,
                                    other + 1
                                )
                            }
                            None => format!("Page {} does not show what {page} shows in the kept file.", planned.label),
                        };
                        self.found("exhibit-source", None, place, what);
                    }
                }
                Some(Err(why)) if unread.insert(expected.source) => {
                    let what = format!("{} cannot be compared with the paper: {why}.", names.file(&expected.source));
                    self.found("exhibit-source", None, place, what);
                }
                None if unread.insert(expected.source) => {
                    let what = format!("{} was not compared with the paper.", names.file(&expected.source));
                    self.found("exhibit-source", None, place, what);
                }
                _ => {}
            }
        }
    }
}

fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
