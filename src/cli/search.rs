//! `daybook search`

use clap::Args as ClapArgs;
use serde_json::{Value, json};
use std::fmt::Write as _;

use crate::actions::{self, Hits, InFile};
use crate::store::Book;

use super::desk::Desk;
use super::error::Fault;
use super::output::{columns, counted, display_line, wrapped};
use super::reply::Reply;
use super::timeline::{Filters, row};
use super::{fields, json};

/// Find records by their words, best first
///
/// Example: daybook search library "at the handover" medi* --kind message --with Sam
///
/// Every word must occur; words in quotation marks must stand together; a star at the end finds words
/// that begin so. Accents do not count (lodz finds Łódź), nor how a telephone number is written. What stands
/// written in PDFs, Word documents and the like is searched too, and the page is told; a scan has no words.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The words (- reads them from standard input)
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    filters: Filters,
}

/// How many hits are shown to people where no limit is given.
const MOST: usize = 50;

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let words = fields::text(desk, as_typed(&self.words))?;
        let (mut book, now) = desk.open()?;
        let left = read_first(desk, &mut book)?;
        let mut query = self.filters.query(None);
        query.limit = query.limit.or(Some(MOST));
        let hits = actions::search(&book, now, &words, &query)?;
        let width = desk.terminal.width();
        let mut human = String::new();
        for line in &hits.lines {
            human.push_str(&columns(&[row(line)], width));
            if let Some(excerpt) = &line.excerpt {
                let shown = excerpt.replace('\u{1}', "[").replace('\u{2}', "]");
                let place = line.stands_in.as_ref().map(where_it_stands).unwrap_or_default();
                human.push_str(&wrapped(&display_line(&format!("{place}{shown}")), width, "    ", "    "));
                human.push('\n');
            }
        }
        let _ = writeln!(human, "{}", how_many(&hits));
        let entries: Vec<Value> = hits
            .lines
            .iter()
            .map(|line| {
                let mut entry = json::entry(&line.entry);
                if let Some(members) = entry.as_object_mut() {
                    let plain = line.excerpt.as_ref().map(|text| text.replace(['\u{1}', '\u{2}'], ""));
                    members.insert("excerpt".into(), json!(plain));
                    members.insert("stands_in".into(), json!(line.stands_in.as_ref().map(in_json)));
                    members.insert("marked".into(), json!(line.excerpt.as_deref().map(marked).unwrap_or_default()));
                }
                entry
            })
            .collect();
        if left > 0 {
            let waiting = counted(left, "file");
            let line = format!("What stands written in {waiting} was not read yet. Search again to have more read.");
            human.push_str(&wrapped(&line, width, "", ""));
            human.push('\n');
        }
        let object = json!({"entries": entries, "total": hits.total, "at_least": hits.at_least, "not_read": left});
        Ok(Reply::new(human, object))
    }
}

/// At most so many files are read for their words before a search.
const FILES: usize = 400;

/// Reads the words of files that came since the last search; gives how many still wait.
fn read_first(desk: &mut Desk<'_>, book: &mut Book) -> Result<u64, Fault> {
    let mut any = false;
    let done = actions::read_words(book, FILES, &mut |so_far| {
        if so_far.left > 0 {
            any = true;
            desk.terminal
                .say(&format!("\rReading what stands written in files: {} done, {} left ", so_far.read, so_far.left));
        }
    })?;
    if any {
        desk.terminal.say("\n");
    }
    Ok(done.left)
}

/// `letter.pdf, page 2: `.
fn where_it_stands(place: &InFile) -> String {
    let name = place.name.as_deref().unwrap_or("a file that came with it");
    match place.page {
        Some(page) => format!("{name}, page {page}: "),
        None => format!("{name}: "),
    }
}

fn in_json(place: &InFile) -> Value {
    json!({"sha256": place.sha256, "name": place.name, "page": place.page})
}

/// Words the shell kept together stand together: what was typed in quotation marks is a phrase.
fn as_typed(words: &[String]) -> String {
    let word = |word: &String| {
        if words.len() > 1 && word.contains(char::is_whitespace) && !word.contains('"') {
            format!("\"{word}\"")
        } else {
            word.clone()
        }
    };
    words.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// `first 50 of 312 records (more: --limit 312)`.
fn how_many(hits: &Hits) -> String {
    let shown = hits.lines.len() as u64;
    let all = counted(hits.total, "record");
    match (hits.at_least, hits.total > shown) {
        (true, _) => {
            format!("first {shown} of more than {all} (more: --limit N, or narrow it with --with, --from, --kind)")
        }
        (false, true) => format!("first {shown} of {all} (more: --limit {})", hits.total),
        (false, false) => all,
    }
}

/// Where what matched stands in the excerpt without its marks, as `[start, end]` in characters.
fn marked(excerpt: &str) -> Vec<[usize; 2]> {
    let (mut places, mut at) = (Vec::new(), 0);
    for letter in excerpt.chars() {
        match letter {
            '\u{1}' => places.push([at, at]),
            '\u{2}' => {
                if let Some(last) = places.last_mut() {
                    last[1] = at;
                }
            }
            _ => at += 1,
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_matched_is_told_by_its_place() {
        assert_eq!(marked("at \u{1}Łódź\u{2} and \u{1}b\u{2}"), [[3, 7], [12, 13]]);
        assert_eq!(marked("plain"), [[0; 2]; 0]);
    }

    #[test]
    fn quotation_marks_the_shell_took_away_still_make_a_phrase() {
        let typed = |words: &[&str]| as_typed(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(typed(&["library", "at the handover"]), "library \"at the handover\"");
        assert_eq!(typed(&["\"at the\" x*"]), "\"at the\" x*");
        assert_eq!(typed(&["library handover"]), "library handover");
    }
}
