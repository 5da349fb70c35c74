//! `daybook dates`

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::actions::{self, Dated, DatesAhead};
use crate::model::{Date, Finding};

use super::desk::Desk;
use super::error::Fault;
use super::output::{display_line, wrapped};
use super::reply::Reply;

/// Dates ahead and just passed, each with its rule, how sure that is, and how it was counted
///
/// Example: daybook dates --until "31 March 2027" --ics dates.ics
///
/// The hearing and what hangs on it, what orders direct, meetings booked, proposals open, a MIAM's four months, contact in the
/// next two weeks. Working days are counted as the family court's rules count them. Nothing is guessed: what cannot be counted
/// is said. These are reminders; the order or notice you were given counts.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// From this day on (else two weeks back)
    #[arg(long, value_name = "D")]
    from: Option<String>,
    /// Until this day, included (else a year ahead)
    #[arg(long, value_name = "D")]
    until: Option<String>,
    /// Write them as a calendar file, or to standard output with -
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    /// Write over a calendar file that is there
    #[arg(long, requires = "ics")]
    replace: bool,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (book, now) = desk.open()?;
        let found = actions::dates(&book, now, self.from.as_deref(), self.until.as_deref())?;
        let object = object(&found);
        let Some(path) = &self.ics else {
            return Ok(Reply::new(human(&found, desk.terminal.width()), object));
        };
        let calendar = actions::as_calendar(&book, now, &found);
        if path.as_os_str() == "-" {
            if desk.json {
                return Err(Fault::usage(
                    "--ics - and --json both write to standard output",
                    "one of the two can have it",
                    "Give the calendar a file: --ics dates.ics",
                ));
            }
            for finding in &found.findings {
                desk.say(&display_line(&finding.what));
            }
            return Ok(Reply::new(calendar, object));
        }
        write(path, &calendar, self.replace)?;
        desk.say(
            "A calendar that is shared, or kept by a service, shows these words to whoever can look at it: a telephone's screen, a \
             family calendar.",
        );
        Ok(Reply::new(format!("{} is written.\n", path.display()), object))
    }
}

/// For its owner alone, as everything this program writes.
fn write(path: &Path, calendar: &str, replace: bool) -> Result<(), Fault> {
    let fail = |error: &std::io::Error| {
        let what = format!("{} could not be written", path.display());
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => Fault::failed(
                "file-there",
                what,
                "a file of this name is there already",
                "Choose another name, or add --replace",
            ),
            _ => Fault::failed("file", what, error.to_string(), "Choose another place, and try again"),
        }
    };
    let mut options = fs::OpenOptions::new();
    options.write(true);
    if replace {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let mut file = options.open(path).map_err(|error| fail(&error))?;
    file.write_all(calendar.as_bytes()).map_err(|error| fail(&error))
}

fn human(found: &DatesAhead, width: usize) -> String {
    let mut text = String::new();
    if found.dates.is_empty() {
        text.push_str(&format!("No dates are known from {} to {}.\n", found.from.plain(), found.until.plain()));
    }
    let mut today_said = false;
    for dated in &found.dates {
        if !today_said && dated.ahead.date >= found.today && found.dates[0].ahead.date < found.today {
            text.push_str(&format!("Today is {}.\n\n", found.today.long()));
            today_said = true;
        }
        text.push_str(&one(dated, found.today, width));
        text.push('\n');
    }
    if found.later > 0 {
        let those = if found.later == 1 { "1 later date".to_owned() } else { format!("{} later dates", found.later) };
        text.push_str(&format!("{those}: daybook dates --until \"31 December {}\"\n", found.until.year() + 10));
    }
    for Finding { what, next, .. } in &found.findings {
        text.push_str(&wrapped(&display_line(&format!("{what} {next}")), width, "", ""));
        text.push('\n');
    }
    text
}

fn one(dated: &Dated, today: Date, width: usize) -> String {
    let ahead = &dated.ahead;
    let time = ahead.time.map(|time| format!(", {}", time.clock())).unwrap_or_default();
    let state = if ahead.done { "done".to_owned() } else { away(ahead.date.days_since(today)) };
    let mut text = format!("{}{time} ({state})\n", ahead.date.long());
    let mut say = |words: &str| {
        text.push_str(&wrapped(&display_line(words), width, "  ", "    "));
        text.push('\n');
    };
    say(&ahead.what);
    say(&ahead.counted);
    if let Some(rule) = &dated.rule {
        say(&format!("{}.", rule.words));
    }
    text
}

fn away(days: i64) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days < 0 => format!("{} days ago", -days),
        days => format!("in {days} days"),
    }
}

fn object(found: &DatesAhead) -> Value {
    let dates: Vec<Value> = found
        .dates
        .iter()
        .map(|dated| {
            let ahead = &dated.ahead;
            json!({
                "key": ahead.key,
                "kind": ahead.kind,
                "date": ahead.date,
                "time": ahead.time.map(|time| format!("{:02}:{:02}", time.hour, time.minute)),
                "what": ahead.what,
                "counted": ahead.counted,
                "rule": dated.rule.as_ref().map(|rule| json!({
                    "id": rule.id, "words": rule.words, "certainty": rule.certainty, "sure": rule.sure,
                })),
                "about": ahead.about,
                "done": ahead.done,
                "passed": dated.passed,
            })
        })
        .collect();
    json!({
        "today": found.today,
        "from": found.from,
        "until": found.until,
        "dates": dates,
        "later": found.later,
        "findings": found.findings,
    })
}
