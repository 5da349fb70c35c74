//! `daybook verify`

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::verify::{Verified, verify_book, verify_paper};
use crate::model::Severity;

use super::bundle::findings_lines;
use super::desk::Desk;
use super::display_line;
use super::error::Fault;
use super::reply::Reply;

/// Check the book, or papers made from it
///
/// Examples:
///   daybook verify              every original, every record, and the journal
///   daybook verify reed.pdf     the paper, against its manifest and its own pages
///
/// A paper needs the folder PAPER.check beside it. What a check shows, and what it does not, is said on
/// the last page of every bundle.
#[derive(ClapArgs, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Papers (or another book); nothing means the book
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        if self.files.is_empty() {
            let (book, _) = desk.open()?;
            let verified = verify_book(&book)?;
            return Ok(reply(&[("the book".to_owned(), verified)]));
        }
        // A paper can be checked without its book; with it, the edition the book remembers is compared too.
        let book = desk.open().ok().map(|(book, _)| book);
        let mut checked = Vec::new();
        for file in self.files {
            let name = display_line(&file.display().to_string());
            let verified = if file.extension().is_some_and(|ending| ending == "daybook") {
                desk.book = Some(file);
                verify_book(&desk.open()?.0)?
            } else {
                verify_paper(&file, book.as_ref())?
            };
            checked.push((name, verified));
        }
        Ok(reply(&checked))
    }
}

fn reply(checked: &[(String, Verified)]) -> Reply {
    let mut human = String::new();
    let mut all = Verified::default();
    for (name, verified) in checked {
        let verdict = if verified.ok() { "all as it was written" } else { "something does not agree" };
        let counts = if verified.bundles > 0 {
            "labels, printed numbers, index, links, bookmarks, words and hashes compared".to_owned()
        } else {
            format!(
                "{} originals, {} records, {} journal entries",
                verified.originals, verified.records, verified.journal
            )
        };
        human.push_str(&format!("{name}: {verdict} ({counts})\n"));
        human.push_str(&findings_lines(&verified.findings));
        all.originals += verified.originals;
        all.records += verified.records;
        all.journal += verified.journal;
        all.bundles += verified.bundles;
        all.findings.extend(verified.findings.iter().cloned());
    }
    if all.journal > 0 {
        human.push_str(
            "A check on this computer shows that nothing was damaged or changed by accident. It says nothing\n\
             against whoever keeps the book; a head given to somebody else does (daybook checkpoint).\n",
        );
    }
    let ok = all.findings.iter().all(|finding| finding.severity == Severity::Info);
    let object = json!({
        "ok": ok,
        "checked": {
            "originals": all.originals, "records": all.records, "journal": all.journal, "bundles": all.bundles,
        },
        "findings": all.findings,
    });
    Reply { fault: !ok, ..Reply::new(human, object) }
}
