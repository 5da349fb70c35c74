//! `daybook` alone: where things stand, and what one would do next.

use serde_json::json;
use std::fmt::Write as _;

use crate::actions::{self, Status};
use crate::model::Zone;

use super::desk::{Desk, NO_BOOK};
use super::error::Fault;
use super::json;
use super::output::{counted, display_line, wrapped};
use super::reply::Reply;

const BEGIN: &str = "\
Daybook keeps a private record of contact between you and your child, and makes
papers from it. There is no book here yet.

  daybook demo                    shows a worked, invented case
  daybook new NAME.daybook        begins your own book
  daybook --help                  lists everything it does

If a child is in danger now, ring 999.
";

/// Where things stand; without a book, how to begin.
///
/// # Errors
/// Several books may be meant, or the book does not open.
pub fn run(desk: &mut Desk<'_>) -> Result<Reply, Fault> {
    let (book, now) = match desk.open() {
        Ok(opened) => opened,
        Err(fault) if fault.kind == NO_BOOK && fault.exit == 2 => {
            return Ok(Reply::new(BEGIN, json!({"book": null, "next": []})));
        }
        Err(fault) => return Err(fault),
    };
    let status = actions::status(&book, now)?;
    let name = book.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let human = human(&name, book.info().practice, &status, desk.terminal.width());
    let object = json!({
        "book": book.path().display().to_string(),
        "practice": book.info().practice,
        "encrypted": book.info().encrypted,
        "counts": status.counts.iter().map(|(noun, count)| (noun.word().to_owned(), json!(count)))
            .collect::<serde_json::Map<_, _>>(),
        "case_number": status.case_number,
        "hearing": status.hearing.as_ref().map(json::when),
        "next": status.next.iter().map(json::next_thing).collect::<Vec<_>>(),
    });
    Ok(Reply::new(human, object))
}

fn human(name: &str, practice: bool, status: &Status, width: usize) -> String {
    let practice = if practice { " (a practice book)" } else { "" };
    let mut text = format!("{}{practice}\n", display_line(name));
    let counts: Vec<String> =
        status.counts.iter().map(|(noun, count)| counted(*count as u64, plain(noun.word()))).collect();
    let held = if counts.is_empty() { "nothing yet".to_owned() } else { counts.join(", ") };
    let mut lines = vec![format!("Holds {held}.")];
    if let Some((first, last)) = &status.span {
        lines.push(format!("From {} to {}.", first.london_date().plain(), last.london_date().plain()));
    }
    if let Some(hearing) = &status.hearing {
        let mut facts = vec![hearing.long()];
        facts.extend(status.hearing_facts.iter().cloned());
        lines.push(format!("The coming hearing: {}.", facts.join("; ")));
    }
    if let Some((sentence, at)) = &status.last {
        lines.push(format!("Last: {}, {}.", sentence.trim_end_matches('.'), at.in_zone(Zone::LONDON).long()));
    }
    for line in lines {
        text.push_str(&wrapped(&display_line(&line), width, "  ", "  "));
        text.push('\n');
    }
    if !status.next.is_empty() {
        text.push_str("\nWhat one would do next:\n");
        for (index, one) in status.next.iter().enumerate() {
            text.push_str(&wrapped(&display_line(&one.why), width, &format!("  {}. ", index + 1), "     "));
            let _ = writeln!(text, "\n     {}", display_line(&one.command));
        }
    }
    text
}

fn plain(word: &str) -> &str {
    match word {
        "incident" => "contact event",
        "bundle" => "paper",
        other => other,
    }
}
