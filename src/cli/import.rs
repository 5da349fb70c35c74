//! `daybook import`

use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant as Clock};

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::actions::{self, Importing, MarkSuggestion, PersonSuggestion, Progress, Report};
use crate::model::{DeviceOwner, Finding, ImportTotals, Zone};

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::json;
use super::output::{counted, display, display_line, wrapped};
use super::reply::Reply;

/// Bring in saved e-mails: files and folders; every original is kept byte for byte
///
/// Example: daybook import ~/mails/ --from-device mine
///
/// What is in the book already is known again and not doubled. What no reader knows is listed, with how
/// to keep it. An import that is stopped half way keeps what it read; run it again to go on.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Whose device or account they came from: mine, theirs-shared (theirs, which you may use) or given
    #[arg(long, value_parser = owners(), value_name = "WHOSE")]
    from_device: Option<DeviceOwner>,
    /// The zone of times that state none
    #[arg(long, value_name = "Z", default_value = "Europe/London")]
    zone: String,
}

const OWNERS: [(&str, DeviceOwner, &str); 3] = [
    ("mine", DeviceOwner::Mine, "my own device or account"),
    ("theirs-shared", DeviceOwner::TheirsShared, "the other parent's, which I am allowed to use"),
    ("given", DeviceOwner::Given, "somebody gave them to me"),
];

fn owners() -> impl clap::builder::TypedValueParser<Value = DeviceOwner> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(OWNERS.map(|(word, _, _)| word))
        .map(|word| OWNERS.iter().find(|(known, _, _)| *known == word).expect("clap lets only these words through").1)
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let zone = Zone::named(&self.zone).ok_or_else(|| {
            Fault::usage(
                format!("“{}” is not a time zone this version knows", self.zone),
                "zones have names such as Europe/London or Europe/Paris",
                "Leave --zone out for London time",
            )
        })?;
        let (mut book, now) = desk.open()?;
        let from_device = match self.from_device {
            None if desk.asks() => ask_owner(desk)?,
            given => given,
        };
        let importing = Importing { paths: self.paths, from_device, zone };
        let mut shown = Shown { since: Clock::now(), last: None };
        let terminal = &mut desk.terminal;
        let report = actions::import(&mut book, now, &importing, &mut |progress| {
            if let Some(line) = shown.line(progress) {
                terminal.say(&line);
            }
        })?;
        if shown.last.is_some() {
            desk.terminal.say("\n");
        }
        Ok(Reply::new(human(&report, desk.terminal.width()), object(&report)))
    }
}

/// Messages taken from somebody else's device without leave can be an offence; the answer is kept (MSG-09).
fn ask_owner(desk: &mut Desk<'_>) -> Result<Option<DeviceOwner>, Fault> {
    desk.say(
        "Whose device or account do these come from? Taking messages from another person's without their leave can \
         be an offence, and a court may ask.",
    );
    let offered = OWNERS.map(|(word, _, plain)| (word, plain));
    Ok(match ask::choice(desk, "They come from", &offered)? {
        Answer::Given(index) => Some(OWNERS[index].1),
        Answer::Stopped => {
            return Err(Fault::failed(
                "stopped",
                "Nothing was brought in",
                "you stopped",
                "Run it again when you like",
            ));
        }
        _ => None,
    })
}

/// Progress, once a second, after the first second.
struct Shown {
    since: Clock,
    last: Option<Clock>,
}

impl Shown {
    fn line(&mut self, progress: Progress) -> Option<String> {
        let due = self.last.unwrap_or(self.since).elapsed() >= Duration::from_secs(1);
        if !due {
            return None;
        }
        self.last = Some(Clock::now());
        Some(format!("\r{} of {} files, {} new messages ", progress.done, progress.of, progress.new))
    }
}

fn human(report: &Report, width: usize) -> String {
    let totals = &report.record.totals;
    let mut text = format!(
        "{}  {}: {}\n",
        report.id,
        counted(report.record.sources.len() as u64, "file"),
        counted(totals.read, "message")
    );
    let rows = [
        (totals.new, "new"),
        (totals.duplicate, "in the book already"),
        (totals.differing, "with a known Message-ID and other words; kept too"),
        (totals.partly_read, "read in part"),
        (totals.not_understood, "not understood or not read"),
        (totals.media_missing, "media named and not there"),
    ];
    for (count, what) in rows.into_iter().filter(|(count, _)| *count > 0) {
        let _ = writeln!(text, "  {count:>7}  {what}");
    }
    let mut findings: Vec<&Finding> = report.record.sources.iter().flat_map(|source| &source.findings).collect();
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    list(&mut text, "\nTo look at:\n", &findings, 20, width, |finding| {
        let place = if finding.what.contains(&finding.place) { String::new() } else { format!("{}: ", finding.place) };
        format!("{place}{}. {}", finding.what.trim_end_matches('.'), finding.next)
    });
    list(&mut text, "\nWhose addresses are these?\n", &report.people, 8, width, |one| {
        format!("{} ({}): {}", one.address, counted(one.messages, "message"), one.next)
    });
    list(&mut text, "\nThese may be privileged; nothing was marked:\n", &report.marks, 8, width, |one| {
        format!("{}: {}. {}", one.id, one.why, one.next)
    });
    for assumption in &report.record.assumptions {
        let _ = writeln!(text, "\n{}", wrapped(&display(assumption), width, "", ""));
    }
    text
}

fn list<T>(text: &mut String, heading: &str, all: &[T], most: usize, width: usize, line: impl Fn(&T) -> String) {
    if all.is_empty() {
        return;
    }
    text.push_str(heading);
    for one in all.iter().take(most) {
        text.push_str(&wrapped(&display_line(&line(one)), width, "  - ", "    "));
        text.push('\n');
    }
    if all.len() > most {
        let _ = writeln!(text, "    and {} more; --json lists all", all.len() - most);
    }
}

fn object(report: &Report) -> Value {
    let sources: Vec<Value> = report
        .record
        .sources
        .iter()
        .map(|source| {
            let mut object = counts(&source.counts);
            if let Some(members) = object.as_object_mut() {
                members.insert("path".into(), json!(source.path));
                members.insert("format".into(), json!(source.format));
                members.insert("original".into(), json!(source.original));
                members.insert("records".into(), json!(source.records));
                members.insert("findings".into(), json!(source.findings));
            }
            object
        })
        .collect();
    json!({
        "id": report.id,
        "sources": sources,
        "totals": counts(&report.record.totals),
        "assumptions": report.record.assumptions,
        "from_device": report.record.from_device,
        "suggestions": {
            "people": report.people.iter().map(person_suggestion).collect::<Vec<_>>(),
            "marks": report.marks.iter().map(mark_suggestion).collect::<Vec<_>>(),
        },
        "journal": json::journal(&report.journal),
    })
}

fn counts(totals: &ImportTotals) -> Value {
    json!(totals)
}

/// An address that belongs to nobody yet.
pub fn person_suggestion(one: &PersonSuggestion) -> Value {
    json!({
        "address": one.address,
        "name": one.name,
        "messages": one.messages,
        "by_name": one.by_name,
        "first": one.first,
        "last": one.last,
        "next": one.next,
    })
}

fn mark_suggestion(one: &MarkSuggestion) -> Value {
    json!({"id": one.id, "privilege": one.privilege.word(), "why": one.why, "next": one.next})
}
