//! Page labels, and what is known of them while pages are still being laid.

use std::collections::BTreeMap;

use crate::bundle::{Anchor, Numbering};

/// Where everything is, by printed label: what the last pass found, and the next pass prints.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Numbers {
    /// The label of the page each place is on. Empty before the first pass.
    pub(super) labels: BTreeMap<Anchor, String>,
    /// First and last label of each section.
    pub(super) sections: Vec<(String, String)>,
    /// How many pages each entry has, by its place.
    pub(super) lengths: BTreeMap<Anchor, usize>,
    /// How many pages there are.
    pub(super) pages: usize,
}

impl Numbers {
    /// The first and the last label of all.
    pub(super) fn ends(&self) -> (&str, &str) {
        let first = self.sections.first().map_or("", |(first, _)| first);
        let last = self.sections.last().map_or("", |(_, last)| last);
        (first, last)
    }

    /// `B1 to B23`, or `E1` alone.
    pub(super) fn range(&self, section: usize) -> String {
        match self.sections.get(section) {
            Some((first, last)) if first == last => first.clone(),
            Some((first, last)) => format!("{first} to {last}"),
            None => String::new(),
        }
    }
}

/// Gives out labels in order (27A-30: a letter a section, each from 1; 22A-30: one run in an exhibit).
pub(super) struct Labeller<'a> {
    numbering: &'a Numbering,
    letter: Option<char>,
    next: usize,
}

impl<'a> Labeller<'a> {
    pub(super) fn new(numbering: &'a Numbering) -> Self {
        Labeller { numbering, letter: None, next: 1 }
    }

    /// A section begins.
    pub(super) fn section(&mut self, letter: Option<char>) {
        if matches!(self.numbering, Numbering::Sections) {
            self.letter = letter;
            self.next = 1;
        }
    }

    /// The label of the next page.
    pub(super) fn label(&mut self) -> String {
        let number = self.next;
        self.next += 1;
        match (self.numbering, self.letter) {
            (Numbering::Exhibit { mark }, _) => format!("{mark}-{number}"),
            (Numbering::Sections, Some(letter)) => format!("{letter}{number}"),
            (Numbering::Sections, None) => number.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_start_again_and_exhibits_do_not() {
        let mut labels = Labeller::new(&Numbering::Sections);
        labels.section(Some('A'));
        assert_eq!([labels.label(), labels.label()], ["A1", "A2"]);
        labels.section(Some('B'));
        assert_eq!(labels.label(), "B1");
        let exhibit = Numbering::Exhibit { mark: "AR1".into() };
        let mut labels = Labeller::new(&exhibit);
        labels.section(None);
        assert_eq!(labels.label(), "AR1-1");
        labels.section(None);
        assert_eq!(labels.label(), "AR1-2");
    }
}
