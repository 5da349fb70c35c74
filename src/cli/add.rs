//! `daybook add`

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{self, Added, Adding, Set};
use crate::model::DocumentKind;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::fields::Given;
use super::json;
use super::output::{columns, counted, display_line, size, wrapped};
use super::reply::Reply;

/// Keep documents, photographs, recordings: files and folders
///
/// Example: daybook add letter.pdf --as letter --dated "3 March 2026" --by "Elm School"
///
/// Every file is kept byte for byte. What it is is told by its content, not its name.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// What they are
    #[arg(long = "as", value_parser = kinds(), value_name = "KIND")]
    kind: Option<DocumentKind>,
    /// The date they bear
    #[arg(long, value_name = "D")]
    dated: Option<String>,
    /// As an index should name it; the file's name if not given
    #[arg(long, value_name = "T")]
    title: Option<String>,
    /// Who made it
    #[arg(long, value_name = "N")]
    by: Option<String>,
    /// When you received it
    #[arg(long, value_name = "T")]
    received: Option<String>,
    /// For a recording: did those recorded know and agree? yes, no or unknown
    #[arg(long, value_name = "YES/NO")]
    agreed: Option<String>,
    /// For a recording: who is heard
    #[arg(long, value_name = "TEXT")]
    heard: Option<String>,
    /// For a recording: is a child heard? yes, no or unknown
    #[arg(long, value_name = "YES/NO")]
    child_heard: Option<String>,
    /// For a recording: the court's permission to rely on it, in your words
    #[arg(long, value_name = "TEXT")]
    permission: Option<String>,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = DocumentKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(DocumentKind::ALL.map(DocumentKind::word))
        .map(|word| DocumentKind::from_word(&word).expect("clap lets only these words through"))
}

/// What to know of recordings before one is kept (REC-01 to REC-09).
const RECORDINGS: [&str; 4] = [
    "A recording stays out of every court paper unless the court gives permission to rely on it (Form C2).",
    "Recording a child, or anybody who does not know of it, may count against the one who records.",
    "A court hearing must never be recorded.",
    "The whole file is kept, unedited. The court's portal takes no sound or video.",
];

/// Progress, once a second, after the first second.
struct Shown {
    next: Instant,
    any: bool,
}

impl Default for Shown {
    fn default() -> Self {
        Shown { next: Instant::now() + Duration::from_secs(1), any: false }
    }
}

impl Shown {
    fn line(&mut self, done: usize, of: usize) -> Option<String> {
        if Instant::now() < self.next && !(self.any && done == of) {
            return None;
        }
        self.next = Instant::now() + Duration::from_secs(1);
        self.any = true;
        Some(format!("\r{done} of {of} files "))
    }
}

/// How many were kept, known and unreadable, where there were several; and where dates came from.
fn summary(added: &Added, width: usize) -> String {
    let unread = added.findings.iter().filter(|finding| finding.kind == "not-readable").count();
    let mut lines = Vec::new();
    if added.stored.len() + added.known.len() + unread > 1 {
        let counts =
            [(added.stored.len(), "kept"), (added.known.len(), "in the book already"), (unread, "could not be read")];
        let counts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        lines.push(format!("{}.", counts.join(", ")));
    }
    if added.camera_dates > 0 {
        let pictures = counted(added.camera_dates as u64, "picture");
        lines.push(format!(
            "The date of {pictures} is what the camera’s clock said. If that was wrong: daybook amend ID --set dated=\"…\" --why \"…\""
        ));
    }
    lines.iter().flat_map(|line| [wrapped(line, width, "", ""), "\n".to_owned()]).collect()
}

impl Args {
    pub fn run(mut self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let kind = match self.kind {
            Some(kind) => kind,
            None if desk.asks() => {
                let offered = DocumentKind::ALL.map(|kind| (kind.word(), kind.plain()));
                match ask::choice(desk, "What is it?", &offered)? {
                    Answer::Given(index) => DocumentKind::ALL[index],
                    _ => return Ok(Reply::new("Nothing was kept.\n", json!({"entries": []}))),
                }
            }
            None => return Err(Fault::missing("--as", "what it is", "daybook add letter.pdf --as letter")),
        };
        let recording = kind == DocumentKind::Recording;
        if recording {
            for point in RECORDINGS {
                desk.terminal.say(&format!("{}\n", wrapped(point, 78, "- ", "  ")));
            }
            if desk.asks() {
                self.ask_of_recording(desk)?;
            }
        }
        if self.title.is_some() && (self.paths.len() > 1 || self.paths[0].is_dir()) {
            return Err(Fault::usage(
                "--title was given for several files",
                "one title cannot name them all",
                "Leave it out, or add the files one by one",
            ));
        }
        let mut given = Given::at(desk);
        given
            .take("dated", self.dated)?
            .take("title", self.title)?
            .take("by", self.by)?
            .take("received", self.received)?
            .take("agreed", self.agreed)?
            .take("heard", self.heard)?
            .take("child-heard", self.child_heard)?
            .take("permission", self.permission)?;
        let sets: Vec<Set> = given.sets();
        let mut shown = Shown::default();
        let mut progress = |done: usize, of: usize| {
            if let Some(line) = shown.line(done, of) {
                desk.terminal.say(&line);
            }
        };
        let added = actions::add(&mut book, now, &Adding { paths: self.paths, kind, sets }, &mut progress)?;
        if shown.any {
            desk.terminal.say("\n");
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        for stored in &added.stored {
            let file = stored.entry.originals.first();
            let about = file.map(|file| format!(" ({}, {})", file.media_type, size(file.bytes))).unwrap_or_default();
            rows.push(vec![stored.entry.id.to_string(), display_line(&format!("{}{about}", stored.entry.title))]);
        }
        for (label, id) in &added.known {
            rows.push(vec![id.to_string(), display_line(&format!("{label} is in the book already"))]);
        }
        let width = desk.terminal.width();
        let mut human = columns(&rows, width);
        for finding in &added.findings {
            let line = format!("{}. {}", finding.what.trim_end_matches('.'), finding.next);
            human.push_str(&wrapped(&display_line(&line), width, "  - ", "    "));
            human.push('\n');
        }
        human.push_str(&summary(&added, width));
        if rows.is_empty() && added.findings.is_empty() {
            human.push_str("No file was found there.\n");
        }
        let object = json!({
            "id": added.stored.first().map(|stored| stored.entry.id),
            "entry": added.stored.first().map(|stored| json::entry(&stored.entry)),
            "entries": added.stored.iter().map(|stored| json::entry(&stored.entry)).collect::<Vec<_>>(),
            "known": added.known.iter().map(|(path, id)| json!({"path": path, "id": id})).collect::<Vec<_>>(),
            "findings": added.findings,
            "journal": added.stored.last().map(|stored| json::journal(&stored.journal)),
        });
        let nothing_kept = added.stored.is_empty() && added.known.is_empty();
        Ok(Reply { human, json: object, fault: nothing_kept })
    }

    fn ask_of_recording(&mut self, desk: &mut Desk<'_>) -> Result<(), Fault> {
        for (question, slot) in [
            ("Did those recorded know and agree (yes, no, unknown)?", &mut self.agreed),
            ("Who is heard?", &mut self.heard),
            ("Is a child heard (yes, no, unknown)?", &mut self.child_heard),
        ] {
            if slot.is_none() {
                match ask::line(desk, question)? {
                    Answer::Given(text) => *slot = Some(text),
                    Answer::Skipped => {}
                    Answer::Enough | Answer::Stopped => break,
                }
            }
        }
        Ok(())
    }
}
