//! `daybook order para`

use std::fmt::Write as _;

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{self, DirectedWords, Understood};
use crate::contact::{DueSession, Pattern};
use crate::model::{OrderParagraph, RecordId};

use super::super::ask::{self, Answer};
use super::super::bundle::findings_lines;
use super::super::desk::Desk;
use super::super::error::{Fault, capitalised};
use super::super::output::{columns, display, display_line, wrapped};
use super::super::reply::Reply;
use super::super::{fields, json};

/// The longest pattern file that is read, in bytes.
const LARGEST: usize = 64 * 1024;

/// Type in a paragraph of an order, in its exact words
///
/// Example: daybook order para ORD-1 3 --words "Robin shall spend time with the father on alternate weekends …"
/// --pattern "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026"
///
/// The pattern says when contact is due, in words near the order's own; docs/patterns.md has an example of
/// every kind. It is read at once, said back in full, and its first sessions are listed.
#[derive(ClapArgs, Debug)]
pub struct ParaArgs {
    /// The order
    order: RecordId,
    /// The number of the paragraph, as the order has it: 3a
    number: String,
    /// Its exact words (- reads them from standard input)
    #[arg(long, value_name = "TEXT")]
    words: Option<String>,
    /// It records an agreement or a fact, and orders nothing
    #[arg(long, conflicts_with = "direction")]
    recital: bool,
    /// It tells a party to do something for the proceedings
    #[arg(long)]
    direction: bool,
    /// Who has to do it, in the order's own terms
    #[arg(long, value_name = "TEXT")]
    duty_of: Option<String>,
    /// What the duty is, as a verb of the order: make available, collect, return
    #[arg(long, value_name = "TEXT")]
    duty: Option<String>,
    /// It counts from this day, where that is not the order's own first day
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// It counts until this day
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// For a direction: what is to be filed or done ("statement")
    #[arg(long, value_name = "TEXT")]
    direct: Option<String>,
    /// By when: "4 pm on 12 January 2027"
    #[arg(long, value_name = "T")]
    by: Option<String>,
    /// At most so many sides
    #[arg(long, value_name = "N")]
    sides: Option<u64>,
    /// When it was done
    #[arg(long, value_name = "DATE")]
    done: Option<String>,
    /// The pattern its sessions follow, in words near the order's (- reads it from standard input)
    #[arg(long, value_name = "P", conflicts_with_all = ["pattern_file", "every"])]
    pattern: Option<String>,
    /// The pattern, from a small text file (- for standard input)
    #[arg(long, value_name = "F", conflicts_with = "every")]
    pattern_file: Option<String>,
    #[command(flatten)]
    composed: Composed,
    /// Why the words are typed again, where the paragraph is there already
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

/// The pattern by flags: they are put together to the same text.
#[derive(ClapArgs, Debug)]
struct Composed {
    /// The pattern by flags: on which days ("alternate weekends", "Wednesday")
    #[arg(long, value_name = "DAYS")]
    every: Option<String>,
    /// Its start: "Friday 5pm"
    #[arg(long, value_name = "T", requires = "every")]
    start: Option<String>,
    /// Its end: "Sunday 5pm"
    #[arg(long, value_name = "T", requires = "every")]
    end: Option<String>,
    /// The first one, which counting starts from: "6 March 2026"
    #[arg(long, value_name = "DATE", requires = "every")]
    first: Option<String>,
    /// In which years: odd or even
    #[arg(long, value_name = "WORD", requires = "every")]
    years: Option<String>,
    /// Where the handover is
    #[arg(long, value_name = "PLACE", requires = "every")]
    handover: Option<String>,
    /// So many minutes late are in time
    #[arg(long, value_name = "MINUTES", requires = "every")]
    grace: Option<u32>,
    /// Another part of the pattern, as in the text: "in term time" (may be given again)
    #[arg(long, value_name = "WORDS", requires = "every")]
    also: Vec<String>,
}

impl Composed {
    /// The text the flags make.
    fn text(&self) -> Option<String> {
        let every = self.every.as_deref()?.trim();
        let bare = every.to_lowercase();
        let known = ["every", "each", "alternate", "first", "second", "the", "video", "call", "telephone", "no "];
        let single = bare.split(' ').next().is_some_and(|word| word.ends_with("day") && !bare.contains("birthday"));
        let mut parts =
            vec![if single && !known.iter().any(|word| bare.starts_with(word)) && !bare.contains("'s day") {
                format!("every {every}")
            } else {
                every.to_owned()
            }];
        match (&self.start, &self.end) {
            (Some(start), Some(end)) => parts.push(format!("{} to {}", start.trim(), end.trim())),
            (Some(time), None) | (None, Some(time)) => parts.push(time.trim().to_owned()),
            (None, None) => {}
        }
        parts.extend(self.first.as_ref().map(|first| format!("first {}", first.trim())));
        parts.extend(self.years.as_ref().map(|years| format!("in {} years", years.trim())));
        parts.extend(self.handover.as_ref().map(|place| format!("handover at “{}”", place.trim())));
        parts.extend(self.grace.map(|minutes| format!("grace {minutes} minutes")));
        parts.extend(self.also.iter().map(|also| also.trim().to_owned()));
        Some(parts.join(", "))
    }
}

impl ParaArgs {
    pub(super) fn run(mut self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let mut pattern = self.take_pattern(desk)?;
        // What is typed again takes the place of what was; the rest of a known paragraph stays.
        let known = actions::known_paragraph(&book, self.order, &self.number)?;
        let by_questions = known.is_none() && self.words.is_none() && desk.asks();
        let words = match &known {
            Some(known) if self.words.is_none() => Some(known.words.clone()),
            _ => self.take_words(desk)?,
        };
        let Some(words) = words else {
            return Ok(Reply::new("Nothing was written down.\n", json!({"id": null})));
        };
        let orders = !self.recital && !self.direction && self.direct.is_none();
        if by_questions && orders && pattern.is_none() {
            pattern = ask_for_pattern(desk)?;
        }
        let known = known.unwrap_or_default();
        let mut paragraph = OrderParagraph {
            number: self.number.trim().to_owned(),
            words,
            kind: actions::paragraph_kind(self.recital, self.direction || self.direct.is_some(), known.kind),
            duty_of: self.duty_of.or(known.duty_of),
            duty: self.duty.or(known.duty),
            pattern: pattern.or(known.pattern),
            from: known.from,
            until: known.until,
            to_do: known.to_do,
        };
        let directed = DirectedWords {
            from: self.from,
            until: self.until,
            what: self.direct,
            by: self.by,
            sides: self.sides,
            done: self.done,
        };
        actions::read_directed(now, &directed, &mut paragraph)?;
        point_at(desk, &paragraph);
        let understood = actions::understand(&book, now, self.order, &paragraph)?;
        if let Some(understood) = &understood {
            let shown = preview(understood, desk.terminal.width());
            desk.terminal.say(&format!("{shown}\n"));
            if desk.asks() && ask::yes_no(desk, "Is this what the paragraph says?")?.given() != Some(true) {
                // The exact words of an order cost more to type than anything else here.
                let pattern = paragraph.pattern.as_deref().unwrap_or_default();
                let back = format!("Your words, to copy:\n\n{}\n\n{pattern}\n", paragraph.words);
                desk.terminal.say(&display(&back));
                return Ok(Reply::new("Nothing was kept.\n", json!({"id": null})));
            }
        }
        let shown = display_line(&paragraph.number);
        let written = actions::add_paragraph(&mut book, now, self.order, paragraph.clone(), self.why.as_deref())?;
        let mut object = json!({
            "id": written.value,
            "paragraph": paragraph,
            "journal": json::journal(&written.journal),
        });
        let mut human = format!("{}  Paragraph {shown} is kept.\n", written.value);
        if let Some(understood) = understood {
            human.push_str(&wrapped(&display_line(&understood.said), desk.terminal.width(), "  ", "  "));
            human.push('\n');
            object["pattern_said"] = json!(understood.said);
            object["sessions"] = json!(understood.sessions);
            object["findings"] = json!(understood.findings);
        }
        Ok(Reply::new(human, object))
    }

    /// The pattern, however it was given.
    fn take_pattern(&mut self, desk: &mut Desk<'_>) -> Result<Option<String>, Fault> {
        let dash = |flag: &Option<String>| flag.as_deref() == Some("-");
        if dash(&self.words) && (dash(&self.pattern) || dash(&self.pattern_file)) {
            return Err(Fault::usage(
                "- was given twice",
                "standard input can be read once only",
                "Give one of the two in words",
            ));
        }
        if let Some(file) = self.pattern_file.take() {
            if file == "-" {
                return Ok(Some(fields::typed_in(desk)?));
            }
            return Ok(Some(actions::read_small_text(std::path::Path::new(&file), LARGEST)?));
        }
        if let Some(pattern) = self.pattern.take() {
            return Ok(Some(fields::text(desk, pattern)?));
        }
        Ok(self.composed.text())
    }

    fn take_words(&mut self, desk: &mut Desk<'_>) -> Result<Option<String>, Fault> {
        match self.words.take() {
            Some(words) => Ok(Some(fields::text(desk, words)?)),
            None if desk.asks() => {
                let question = format!("The exact words of paragraph {}:", display_line(&self.number));
                Ok(match ask::lines(desk, &question)? {
                    Answer::Given(words) => Some(words),
                    _ => None,
                })
            }
            None => {
                let example = "daybook order para ORD-1 3 --words -";
                Err(Fault::missing("--words", "the exact words of the paragraph", example))
            }
        }
    }
}

/// Asks on which days contact is due, until it is understood. `None`: by these words none is, or it can wait.
fn ask_for_pattern(desk: &mut Desk<'_>) -> Result<Option<String>, Fault> {
    desk.say(
        "On which days is contact due by these words? Write it much as the order does: alternate weekends, Friday 5 pm \
         to Sunday 5 pm, first Friday 6 March 2026. Enter: on none, or later.",
    );
    loop {
        let Answer::Given(text) = ask::line(desk, "On which days?")? else { return Ok(None) };
        match Pattern::read(&text) {
            Ok(_) => return Ok(Some(text)),
            Err(error) => {
                let (line, marks) = error.pointed(&text);
                desk.terminal.say(&format!("  {}\n  {marks}\n", display_line(&line)));
                desk.say(&display(&format!("{}. {}.", capitalised(&error.why), error.next.trim_end_matches('.'))));
            }
        }
    }
}

/// Shows the word at which a pattern is not understood, below its line.
fn point_at(desk: &mut Desk<'_>, paragraph: &OrderParagraph) {
    let Some(text) = paragraph.pattern.as_deref() else { return };
    if let Err(error) = Pattern::read(text)
        && !error.word.is_empty()
    {
        let (line, marks) = error.pointed(text);
        desk.terminal.say(&format!("  {}\n  {marks}\n", display_line(&line)));
    }
}

/// What was understood, and the first sessions it makes.
fn preview(understood: &Understood, width: usize) -> String {
    let mut text = wrapped(&format!("Understood: {}", display_line(&understood.said)), width, "", "  ");
    text.push('\n');
    if !understood.sessions.is_empty() {
        text.push_str("Its first sessions:\n");
        let rows: Vec<Vec<String>> = understood.sessions.iter().map(row).collect();
        text.push_str(&columns(&rows, width));
    }
    let _ = write!(text, "{}", findings_lines(&understood.findings));
    text.trim_end().to_owned()
}

fn row(session: &DueSession) -> Vec<String> {
    let end = match session.end.time {
        Some(time) if session.end.date == session.start.date => time.clock(),
        _ => session.end.table(),
    };
    let call = if session.call { "call: " } else { "" };
    vec![
        format!("  {}", session.start.table()),
        format!("to {end}"),
        format!("{call}{}", display_line(&session.reckoning)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_make_the_text_that_could_have_been_typed() {
        let flags = Composed {
            every: Some("alternate weekends".into()),
            start: Some("Friday 5pm".into()),
            end: Some("Sunday 5pm".into()),
            first: Some("6 March 2026".into()),
            years: None,
            handover: Some("the library, front door".into()),
            grace: Some(15),
            also: vec!["in term time".into()],
        };
        let text = flags.text().unwrap();
        assert_eq!(
            text,
            "alternate weekends, Friday 5pm to Sunday 5pm, first 6 March 2026, handover at “the library, front door”, grace 15 \
             minutes, in term time"
        );
        assert!(Pattern::read(&text).is_ok());
        let call = Composed {
            every: Some("Wednesday".into()),
            start: Some("4pm".into()),
            end: Some("7pm".into()),
            first: None,
            ..flags
        };
        assert!(call.text().unwrap().starts_with("every Wednesday, 4pm to 7pm"));
    }
}
