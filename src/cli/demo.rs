//! `daybook demo`

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::demo::{Demonstration, demonstrate};

use super::desk::Desk;
use super::display_line;
use super::error::Fault;
use super::reply::Reply;

/// Make a worked, invented case, from nothing to finished papers
///
/// Example: daybook demo ~/daybook-demo
///
/// It is a practice book: every page of its papers is marked PRACTICE. Everybody in it is invented.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The folder to make it in
    #[arg(value_name = "DIR", default_value = "daybook-demo")]
    folder: PathBuf,
    /// Make it anew where one is already
    #[arg(long)]
    replace: bool,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        desk.say("Making an invented case: a record of nine months, its e-mails, orders, and seven papers …");
        let folder = desk.environment.folder.join(&self.folder);
        // Without a name the folder is ours: a second try makes it anew instead of complaining.
        let ours = self.folder == Path::new("daybook-demo");
        let made = demonstrate(&folder, self.replace || ours)?;
        Ok(reply(&made))
    }
}

/// What each paper is, in the order they are made.
const WHAT_THEY_SHOW: [&str; 7] = [
    "For the solicitor: everything in order of time, every line with the page that supports it.",
    "For the witness statement: the messages and photographs it refers to, from AR1-1 on.",
    "For the judge: a case summary on one page, then orders, statement, exhibit, report.",
    "One line an event, own cancellations with the rest; the same as text for a word processor (.rtf).",
    "For Form C79: each alleged failure under the order’s exact words, with room for the reply and the finding.",
    "For the mediator: the future first, in Alex’s own words; kept out of every paper for the court.",
    "For Alex alone: one page to have at hand when Cafcass rings.",
];

fn pages(count: usize) -> String {
    if count == 1 { "1 page".to_owned() } else { format!("{count} pages") }
}

fn reply(made: &Demonstration) -> Reply {
    let ok = made.checks.iter().all(crate::actions::verify::Verified::ok);
    let shown = |path: &Path| display_line(&path.display().to_string());
    let mut human = String::from("Open these, and look at the first pages:\n\n");
    for (paper, words) in made.papers.iter().zip(WHAT_THEY_SHOW) {
        human.push_str(&format!("  {}  ({})\n", shown(&paper.file), pages(paper.manifest.pages.len())));
        human.push_str(&format!("      {words}\n"));
    }
    let verdict = if ok {
        "The book and all the papers were checked: all agree."
    } else {
        "A check found a fault; see: daybook verify"
    };
    human.push_str(&format!(
        "\n{verdict} {} e-mails were read, and {} messages of a mailbox and an\nexported chat. The mediator’s and the \
         solicitor’s are in the book and held back from papers for others.\nWhat went in lies beside the papers: “saved \
         e-mails”, “other papers”, “exports”.\n\n\
         The book, to try things on (nothing in it is real):\n\n  \
         export DAYBOOK=\"{}\"\n  daybook timeline\n  daybook search swimming\n  daybook contact\n  daybook show INC-16\n  \
         daybook sent --list\n  daybook verify \"{}\"\n",
        made.messages,
        made.exported,
        shown(&made.book),
        shown(&made.papers[0].file),
    ));
    let papers: Vec<_> = made.papers.iter().map(|paper| json!({"id": paper.id, "file": paper.file, "sha256": paper.sha256, "pages": paper.manifest.pages.len()})).collect();
    let object = json!({"folder": made.folder, "book": made.book, "papers": papers, "ok": ok});
    Reply { fault: !ok, ..Reply::new(human, object) }
}
