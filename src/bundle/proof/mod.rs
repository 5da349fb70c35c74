//! The proof: what was planned against what was read back from the finished file.
//!
//! It says whether the file is the paper that was planned, and nothing of whether what the paper says is true.

mod confidential;
mod exhibits;

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

use super::manifest::{is_word, runs_backwards};
use crate::bundle::{Manifest, ManifestEntry, Observed, ObservedPage, ObservedRun, fingerprint};
use crate::model::{Digest, Finding, Severity};

pub use exhibits::SeenNow;

/// What was compared, and what was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Proof {
    /// How many of each were compared.
    pub checks: Checks,
    /// What does not agree. Empty: the file is the paper that was planned.
    pub findings: Vec<Finding>,
}

impl Proof {
    /// Nothing disagrees.
    #[must_use]
    pub fn ok(&self) -> bool {
        self.findings.is_empty()
    }
}

/// How many of each were compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Checks {
    /// Page numbers: label and print.
    pub page_numbers: usize,
    /// Rows of the index.
    pub index_lines: usize,
    /// Links inside the paper.
    pub links: usize,
    /// Bookmarks.
    pub bookmarks: usize,
    /// Kept files by hash.
    pub sources: usize,
    /// Pages whose words were compared.
    pub page_texts: usize,
    /// Pages of others compared with what they show in their own file.
    pub exhibit_pages: usize,
    /// Pictures whose data was compared.
    pub pictures: usize,
    /// Confidential words looked for.
    pub confidential: usize,
}

/// What [`Observed::forbidden`] calls layers.
const LAYERS: &str = "layers that can be hidden";
/// Points to a millimetre.
const MM: f32 = 72.0 / 25.4;

/// Compares a finished file with its manifest, and looks for confidential words in every part of it.
/// Findings name the page and do not repeat a confidential word.
#[must_use]
pub fn prove(manifest: &Manifest, observed: &Observed, confidential: &[String]) -> Proof {
    let mut proof = Proof::default();
    proof.compare_page_count(manifest, observed);
    proof.compare_page_numbers(manifest, observed);
    proof.compare_words(manifest, observed);
    proof.compare_own_digest(manifest, observed);
    proof.compare_exhibits(manifest, observed);
    proof.compare_pictures(manifest, observed);
    proof.compare_links(manifest, observed);
    proof.compare_index(manifest, observed);
    proof.compare_outline(manifest, observed);
    proof.compare_properties(manifest, observed);
    proof.compare_sources(manifest);
    proof.checks.confidential = confidential.len();
    proof.findings.extend(confidential::find(manifest, observed, confidential));
    proof
}

impl Proof {
    fn found(&mut self, kind: &str, rule: Option<&str>, place: impl Into<String>, what: String) {
        let next = "Make the paper again; do not hand this file over.";
        let finding = Finding::new(Severity::Block, kind, place, what, next);
        self.findings.push(match rule {
            Some(rule) => finding.under(rule),
            None => finding,
        });
    }

    fn compare_page_count(&mut self, manifest: &Manifest, observed: &Observed) {
        let (planned, read) = (manifest.pages.len(), observed.pages.len());
        if planned != read {
            let what = format!("The file has {read} pages; the paper was planned with {planned}.");
            self.found("page-count", None, "the file", what);
        }
    }

    /// Label and printed number of every page, and the corner that must stay white (27A-54, EF-11).
    fn compare_page_numbers(&mut self, manifest: &Manifest, observed: &Observed) {
        for (planned, read) in manifest.pages.iter().zip(&observed.pages) {
            self.checks.page_numbers += 1;
            let place = format!("page {}", planned.label);
            if read.label != planned.label {
                let what = format!("The page label is “{}” and should be “{}”.", read.label, planned.label);
                self.found("page-label", Some("27A-54"), &place, what);
            }
            let exhibit = planned.exhibit.is_some();
            // On a page of others only what was put onto it is ours: the page may have a number of its own.
            let numbers = if exhibit { put_on(read, &planned.label) } else { printed_numbers(read, &planned.label) };
            match numbers.as_slice() {
                [run] if is_centred(run, read) => {}
                [_] => {
                    let what = "The printed page number is not centred at the foot of the page.".to_owned();
                    self.found("page-number-place", Some("27A-54"), &place, what);
                }
                [] => {
                    let what = format!("The number “{}” is not printed at the foot of the page.", planned.label);
                    self.found("page-number-missing", Some("27A-54"), &place, what);
                }
                _ => {
                    let what = format!("The number “{}” is printed more than once at the foot.", planned.label);
                    self.found("page-number-doubled", Some("27A-54"), &place, what);
                }
            }
            if !exhibit && touches_corner(read) {
                let what = "Something stands in the bottom right corner of 30 by 15 mm.".to_owned();
                self.found("corner", Some("EF-11"), &place, what);
            }
        }
    }

    /// The words of every page, so that a page that was swapped, doubled, shifted or changed is named.
    fn compare_words(&mut self, manifest: &Manifest, observed: &Observed) {
        let read: Vec<Digest> = observed.pages.iter().map(|page| fingerprint(&page.text)).collect();
        let mut home: BTreeMap<Digest, &str> = BTreeMap::new();
        for page in &manifest.pages {
            if let Some(digest) = page.text_sha256 {
                home.entry(digest).or_insert(&page.label);
            }
        }
        for (planned, read) in manifest.pages.iter().zip(&read) {
            let Some(expected) = planned.text_sha256 else { continue };
            self.checks.page_texts += 1;
            if *read == expected {
                continue;
            }
            let what = match home.get(read) {
                Some(other) => format!("This page holds the words of page {other}."),
                None => "The words of this page are not those that were laid out.".to_owned(),
            };
            self.found("page-words", None, format!("page {}", planned.label), what);
        }
        let present: BTreeSet<Digest> = read.iter().copied().collect();
        for page in &manifest.pages {
            if page.text_sha256.is_some_and(|expected| !present.contains(&expected)) {
                let what = "The words of this page are nowhere in the file.".to_owned();
                self.found("page-missing", None, format!("page {}", page.label), what);
            }
        }
        for page in observed.pages.iter().skip(manifest.pages.len()) {
            let what = match home.get(&fingerprint(&page.text)) {
                Some(other) => format!("The file has a page too many, with the words of page {other}."),
                None => "The file has a page too many.".to_owned(),
            };
            self.found("page-extra", None, format!("page {}", page.label), what);
        }
    }

    /// The pages whose words cannot be in the manifest print its SHA-256.
    fn compare_own_digest(&mut self, manifest: &Manifest, observed: &Observed) {
        let pages = manifest.pages.iter().enumerate();
        let checking: Vec<_> =
            pages.filter(|(_, planned)| planned.text_sha256.is_none() && planned.exhibit.is_none()).collect();
        let Some((_, first)) = checking.first() else { return };
        self.checks.page_texts += checking.len();
        // A page that is gone prints nothing: that is found here too.
        let read = checking.iter().filter_map(|(at, _)| observed.pages.get(*at));
        let text: String = read.map(|page| squeeze(&page.text)).collect();
        if !text.contains(&manifest.digest().to_string()) {
            let what = "The SHA-256 of the manifest is not printed here.".to_owned();
            self.found("manifest-digest", None, format!("page {}", first.label), what);
        }
    }

    fn compare_links(&mut self, manifest: &Manifest, observed: &Observed) {
        let name = |page: usize| manifest.pages.get(page - 1).map_or("of no number", |page| page.label.as_str());
        let mut planned: BTreeMap<(usize, usize), i64> = BTreeMap::new();
        for link in &manifest.links {
            self.checks.links += 1;
            *planned.entry((link.page, link.to)).or_default() += 1;
        }
        let mut findings = Vec::new();
        let source =
            |at: usize| manifest.pages.get(at).and_then(|page| page.exhibit.as_ref()).map(|exhibit| exhibit.source);
        for (at, page) in observed.pages.iter().enumerate() {
            let guest = source(at);
            for link in &page.links {
                match link.page {
                    // A file of somebody else's may lead about within itself; what leads out of it was taken off, and
                    // what is left of such a link is its look.
                    Some(to) if guest.is_some() && source(to) == guest => {}
                    None if guest.is_some() => {}
                    Some(to) => *planned.entry((at + 1, to + 1)).or_default() -= 1,
                    None => findings.push(("link-dead", at + 1, "A link leads nowhere.".to_owned())),
                }
            }
        }
        for ((page, to), count) in planned {
            let to = name(to);
            match count {
                1.. => findings.push(("link-missing", page, format!("A link to page {to} is missing."))),
                ..0 => findings.push(("link-extra", page, format!("A link leads to page {to}, and none should."))),
                0 => {}
            }
        }
        for (kind, page, what) in findings {
            self.found(kind, None, format!("page {}", name(page)), what);
        }
    }

    /// Every row of the index: its words are there, and its link leads to the right page.
    fn compare_index(&mut self, manifest: &Manifest, observed: &Observed) {
        let Some((first, last)) = manifest.index else { return };
        let pages = observed.pages.get(first - 1..last.min(observed.pages.len())).unwrap_or_default();
        let all: String = pages.iter().map(|page| squeeze(&page.text)).collect();
        for entry in manifest.entries.iter().filter(|entry| entry.indexed) {
            self.checks.index_lines += 1;
            let linked = linked_words(pages, entry);
            let place = format!("index, {}", entry.first_page);
            let Some(linked) = linked else {
                let what = format!("The index has no link to page {}.", entry.first_page);
                self.found("index-link", Some("27A-57"), place, what);
                continue;
            };
            let title = squeeze(&entry.title);
            let title = as_printed(&title, &linked);
            if !all.contains(&title) && !linked.contains(&title) && !holds_turned(&linked, &title) {
                let what = format!("The title of the entry at page {} is not in the index.", entry.first_page);
                self.found("index-title", None, &place, what);
            }
            if !linked.contains(&squeeze(&entry.first_page)) {
                let what = format!("The index does not print {} where its link is.", entry.first_page);
                self.found("index-page", None, place, what);
            }
        }
    }

    fn compare_outline(&mut self, manifest: &Manifest, observed: &Observed) {
        let (planned, read) = (&manifest.outline, &observed.outline);
        if planned.len() != read.len() {
            let what = format!("The file has {} bookmarks and should have {}.", read.len(), planned.len());
            self.found("bookmark-count", Some("27A-56"), "the outline", what);
        }
        for (planned, read) in planned.iter().zip(read) {
            self.checks.bookmarks += 1;
            let leads = read.page.map(|page| page + 1) == Some(planned.page);
            if !leads || read.title != planned.title || read.depth != planned.depth {
                let what = if leads {
                    "A bookmark has other words or another rank."
                } else {
                    "A bookmark leads to the wrong page."
                };
                self.found("bookmark", Some("27A-56"), format!("bookmark {}", self.checks.bookmarks), what.to_owned());
            }
        }
    }

    fn compare_properties(&mut self, manifest: &Manifest, observed: &Observed) {
        if observed.title.as_deref() != Some(&manifest.title) {
            self.found("title", None, "the file", "The title property is not that of the paper.".to_owned());
        }
        if observed.language.is_none() {
            self.found("language", None, "the file", "The file does not say its language.".to_owned());
        }
        if let Some((first, _)) = manifest.index
            && observed.opens_at != Some(first - 1)
        {
            self.found("opens-at", None, "the file", "The file does not open at the index.".to_owned());
        }
        let exhibits = manifest.pages.iter().any(|page| page.exhibit.is_some());
        for what in &observed.forbidden {
            // Papers of others may have layers; they are shown and hidden as in their own file.
            if what != LAYERS || !exhibits {
                self.found("forbidden", None, "the file", format!("The file holds what a paper must not: {what}."));
            }
        }
        for (planned, page) in manifest.pages.iter().zip(&observed.pages) {
            let on_ours = page.additions.iter().filter(|_| planned.exhibit.is_none());
            for what in on_ours.collect::<BTreeSet<_>>() {
                let what = format!("The file holds what a paper must not: {what}.");
                self.found("forbidden", None, format!("page {}", planned.label), what);
            }
        }
    }

    fn compare_sources(&mut self, manifest: &Manifest) {
        let known: BTreeSet<Digest> = manifest.sources.iter().map(|source| source.sha256).collect();
        self.checks.sources = known.len();
        for entry in &manifest.entries {
            if entry.sources.iter().any(|source| !known.contains(source)) {
                let what = "An entry shows a kept file that the manifest does not list.".to_owned();
                self.found("source", None, format!("page {}", entry.first_page), what);
            }
        }
    }
}

/// Text without spaces and in one form, for finding words however lines were broken.
fn squeeze(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).collect()
}

/// The title as a page prints it: a character that no font has stands there as its code point.
fn as_printed(title: &str, words: &str) -> String {
    let mut printed = String::with_capacity(title.len());
    for c in title.chars() {
        let code_point = format!("[U+{:04X}]", u32::from(c));
        if !words.contains(c) && words.contains(&code_point) {
            printed.push_str(&code_point);
        } else {
            printed.push(c);
        }
    }
    printed
}

/// Whether `words` hold a title with a passage that runs from right to left: programs read such a
/// passage back in pieces and in either order, so its characters are counted instead.
fn holds_turned(words: &str, title: &str) -> bool {
    let counted = |text: &str| {
        let mut counts: BTreeMap<char, usize> = BTreeMap::new();
        text.chars().filter(|c| is_word(*c)).for_each(|c| *counts.entry(c).or_default() += 1);
        counts
    };
    let there = counted(words);
    title.chars().any(runs_backwards)
        && counted(title).iter().all(|(c, count)| there.get(c).is_some_and(|found| found >= count))
}

/// Runs at the foot that say exactly this.
fn printed_numbers<'p>(page: &'p ObservedPage, label: &str) -> Vec<&'p ObservedRun> {
    let foot = page.size.1 - 22.0 * MM;
    page.runs.iter().filter(|run| run.at.1 > foot && run.text.trim() == label).collect()
}

/// What was put onto a page of others and says exactly this.
fn put_on<'p>(page: &'p ObservedPage, label: &str) -> Vec<&'p ObservedRun> {
    page.put_on.iter().filter(|run| run.text.trim() == label).collect()
}

fn is_centred(run: &ObservedRun, page: &ObservedPage) -> bool {
    (f32::midpoint(run.at.0, run.end.0) - page.size.0 / 2.0).abs() < 2.0 * MM
}

/// Text or a picture in the corner that courts keep for their own stamp.
fn touches_corner(page: &ObservedPage) -> bool {
    let (left, top) = (page.size.0 - 30.0 * MM, page.size.1 - 15.0 * MM);
    let text = page.runs.iter().any(|run| run.at.0.max(run.end.0) > left + 0.5 && run.at.1 > top + 0.5);
    let picture = page.pictures.iter().any(|(x, y, width, height)| x + width > left + 0.5 && y + height > top + 0.5);
    text || picture
}

/// The words under all links of the index that lead to this entry; `None`: no link does.
fn linked_words(pages: &[ObservedPage], entry: &ManifestEntry) -> Option<String> {
    let mut words = None;
    for page in pages {
        for link in page.links.iter().filter(|link| link.page == Some(entry.pdf_page - 1)) {
            let words: &mut String = words.get_or_insert_default();
            let (left, top, width, height) = link.area;
            let under = |run: &&ObservedRun| {
                let middle = f32::midpoint(run.at.0, run.end.0);
                (left - 2.0..=left + width + 2.0).contains(&middle)
                    && (top - 2.0..=top + height + 2.0).contains(&run.at.1)
            };
            words.extend(page.runs.iter().filter(under).map(|run| squeeze(&run.text)));
        }
    }
    words
}
