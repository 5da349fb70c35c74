//! How a sceptic checks the paper: numbered steps, commands, values in eights; then what it shows
//! and what it does not, at equal weight.

use crate::bundle::{CheckStep, HowToCheck};
use crate::layout::galley::{Align, Galley, LIGHT, Row, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::setting::Piece;
use crate::layout::style::Style;
use crate::model::Digest;

const STEP: f32 = mm(8.0);

pub(super) fn fill(galley: &mut Galley<'_>, check: &HowToCheck) {
    galley.title("How to check this paper");
    galley.space(6.0);
    let needs = "This needs only tools that are already on the computer.";
    galley.paragraph(&[Piece::plain(needs, Style::WORDS)], 18.0);
    galley.space(3.0);
    for (i, step) in check.steps.iter().enumerate() {
        galley.space(9.0);
        numbered(galley, i + 1, step, check.manifest);
    }
    values(galley, check);
    galley.space(3.0);
    for (heading, words) in &check.chapters {
        galley.space(12.0);
        galley.paragraph(&[Piece::plain(&**heading, Style::HEADING)], 18.0);
        galley.keep();
        galley.space(3.0);
        let words = galley.rich(words, Style::WORDS);
        galley.paragraph(&words, 15.0);
    }
    let source = galley.rich(&check.source, Style::SANS);
    galley.bottom_note(vec![(source, 12.0)]);
}

/// The manifest's value and the journal's head, where no step has printed them.
fn values(galley: &mut Galley<'_>, check: &HowToCheck) {
    let (entry, head) = check.journal;
    let printed = |value: Digest| {
        let lines = check.steps.iter().flat_map(|step| &step.mono);
        lines.map(|line| filled(line, check.manifest)).any(|line| line == value.in_eights())
    };
    let values = [("The manifest".to_owned(), check.manifest), (format!("The journal’s head, at entry {entry}"), head)];
    for (words, value) in values.into_iter().filter(|(_, value)| !printed(*value)) {
        galley.space(9.0);
        galley.paragraph_at(STEP, galley.width() - STEP, Align::Left, 15.0, &[Piece::plain(words, Style::WORDS)]);
        galley.keep();
        galley.space(3.0);
        let lines = in_fours(&value.in_eights());
        for (i, line) in lines.iter().enumerate() {
            mono(galley, line, i + 1 < lines.len());
        }
    }
}

/// A line with the manifest's value in it: the plan is made before the manifest, and holds the hash
/// of no bytes until then.
fn filled(line: &str, manifest: Digest) -> String {
    let none = Digest::of(b"");
    line.replace(&none.in_eights(), &manifest.in_eights()).replace(&none.to_string(), &manifest.in_eights())
}

fn numbered(galley: &mut Galley<'_>, number: usize, step: &CheckStep, manifest: Digest) {
    let width = galley.width() - STEP;
    let words = galley.rich(&step.words, Style::WORDS);
    let cells = [
        galley.text(0.0, STEP, Align::Left, &format!("{number}."), Style::WORDS),
        galley.cell(STEP, width, Align::Left, 15.0, &words),
    ];
    galley.row(&cells, &Row { keep: !step.mono.is_empty(), ..Row::default() });
    let lines: Vec<String> = step.mono.iter().flat_map(|line| in_fours(&filled(line, manifest))).collect();
    for (i, line) in lines.iter().enumerate() {
        galley.space(if i == 0 { 3.0 } else { 0.0 });
        mono(galley, line, i + 1 < lines.len() || step.after.is_some());
    }
    if let Some(after) = &step.after {
        galley.space(3.0);
        let after = galley.rich(after, Style::WORDS);
        galley.paragraph_at(STEP, width, Align::Left, 15.0, &after);
    }
}

/// A line of Mono beside a light rule.
fn mono(galley: &mut Galley<'_>, line: &str, keep: bool) {
    let x = STEP + mm(3.0);
    let width = galley.width() - x;
    let cell = galley.cell(x, width, Align::Left, 15.0, &[Piece::plain(line, Style::COMMAND)]);
    let first = galley.slabs.len();
    galley.row(&[cell], &Row { keep, ..Row::default() });
    let left = galley.geometry.left + STEP;
    for slab in &mut galley.slabs[first..] {
        let (from, to) = ((left, 0.0), (left, slab.height));
        slab.items.push(Item::Line { from, to, width: LIGHT, dash: None, ink: Ink::Black });
    }
}

/// A whole hash in eights stands four a line.
fn in_fours(line: &str) -> Vec<String> {
    let groups: Vec<&str> = line.split(' ').collect();
    let is_hash = groups.len() == 8 && groups.iter().all(|group| group.len() == 8);
    if is_hash { groups.chunks(4).map(|four| four.join(" ")).collect() } else { vec![line.to_owned()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_hash_is_two_lines() {
        assert_eq!(in_fours(&Digest::of(b"").in_eights()).len(), 2);
        assert_eq!(in_fours("sha256sum -c SHA256SUMS"), ["sha256sum -c SHA256SUMS"]);
    }
}
