//! `daybook wording`, and the remarks beside what was just typed.

use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::actions::{self, Checked, Set, WordingRemark};
use crate::model::{Noun, RecordId};

use super::desk::Desk;
use super::error::Fault;
use super::output::{display_line, wrapped};
use super::reply::Reply;

/// How many remarks are said beside an entry; the rest can be looked up.
const MOST_SAID: usize = 6;

/// What could be put more plainly in your own words; nothing is changed
///
/// Example: daybook wording INC-3; daybook wording --all; daybook wording draft.txt
///
/// It looks, on this computer alone, for words that guess at motives, judge, shout, or say what was heard without from whom,
/// and for words of other countries' law. It suggests; what to write is yours. Quotations (“…”, "…", lines that begin with >)
/// and what follows “said” in a sentence are somebody's own words and are left alone.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// A record, a text file, or - for standard input
    what: Option<String>,
    /// Every contact event, step and conversation typed in
    #[arg(long, conflicts_with = "what")]
    all: bool,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let Some(what) = self.what else {
            if !self.all {
                let example = "daybook wording INC-3, or daybook wording --all";
                return Err(Fault::missing("ID", "what to look at: a record, a file, - or --all", example));
            }
            let (book, _) = desk.open()?;
            let found = actions::wording_of_all(&book)?;
            return Ok(records(&found, desk.terminal.width()));
        };
        if what == "-" {
            let text = super::fields::typed_in(desk)?;
            return draft("standard input", &text, desk.terminal.width());
        }
        if let Ok(id) = what.parse::<RecordId>() {
            let (book, _) = desk.open()?;
            let found = actions::wording_of_record(&book, id)?;
            return Ok(records(&[found], desk.terminal.width()));
        }
        let text = read(&PathBuf::from(&what))?;
        draft(&what, &text, desk.terminal.width())
    }
}

fn read(path: &PathBuf) -> Result<String, Fault> {
    let fail = |why: String| {
        let what = format!("The draft {} could not be read", path.display());
        Fault::failed("draft", what, why, "Give a text file, or the words themselves by: daybook wording -")
    };
    let file = File::open(path).map_err(|error| fail(error.to_string()))?;
    let mut bytes = Vec::new();
    let most = actions::LONGEST_DRAFT as u64 + 1;
    file.take(most).read_to_end(&mut bytes).map_err(|error| fail(error.to_string()))?;
    String::from_utf8(bytes).map_err(|_| fail("it is not plain text; save it as text first".to_owned()))
}

fn draft(name: &str, text: &str, width: usize) -> Result<Reply, Fault> {
    let remarks = actions::wording_of_draft(text)?;
    let lines = remarks.iter().map(|remark| line(remark, &format!("line {}: ", remark.line), width));
    let human = or_nothing(lines.collect());
    let object = json!({"draft": name, "remarks": remarks.iter().map(shape).collect::<Vec<_>>()});
    Ok(Reply::new(human, object))
}

fn records(found: &[Checked], width: usize) -> Reply {
    let mut human = String::new();
    for checked in found.iter().filter(|checked| !checked.remarks.is_empty()) {
        human.push_str(&format!("{}  {}\n", checked.id, display_line(&checked.title)));
        for remark in &checked.remarks {
            human.push_str(&line(remark, "", width));
        }
        human.push_str(&format!(
            "  To put it in other words: daybook amend {} --set {}=- --why \"…\"\n",
            checked.id, checked.remarks[0].field
        ));
    }
    let list: Vec<Value> = found
        .iter()
        .map(|checked| {
            json!({
                "id": checked.id,
                "title": checked.title,
                "remarks": checked.remarks.iter().map(shape).collect::<Vec<_>>(),
            })
        })
        .collect();
    Reply::new(or_nothing(human), json!({"records": list}))
}

fn or_nothing(lines: String) -> String {
    if lines.is_empty() { "Nothing to remark on.\n".to_owned() } else { lines }
}

fn line(remark: &WordingRemark, place: &str, width: usize) -> String {
    let text = format!("{place}“{}”: {}", display_line(&remark.words), remark.suggestion);
    format!("{}\n", wrapped(&text, width, "  ", "    "))
}

fn shape(remark: &WordingRemark) -> Value {
    json!({
        "field": remark.field,
        "words": remark.words,
        "start": remark.start,
        "end": remark.end,
        "line": remark.line,
        "kind": remark.kind,
        "rule": remark.rule,
        "suggestion": remark.suggestion,
    })
}

/// Remarks on what was just typed, beside it: it was kept as it is (LOG-08).
pub(super) fn remark_on(desk: &mut Desk<'_>, noun: Noun, sets: &[Set], id: RecordId) {
    let remarks = actions::wording_of_sets(noun, sets);
    for remark in remarks.iter().take(MOST_SAID) {
        desk.say(&format!("A remark on “{}”: {}", display_line(&remark.words), remark.suggestion));
    }
    if remarks.len() > MOST_SAID {
        desk.say(&format!("There are {} more: daybook wording {id}", remarks.len() - MOST_SAID));
    }
}
