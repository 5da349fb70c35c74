//! `daybook bundle`

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use crate::actions::bundle::{
    Again, AgainRequest, BundleRequest, Drafted, Made, check_folder_of, draft_bundle, make_bundle, write_again,
};
use crate::actions::{read_range, usual_reader};
use crate::bundle::{ExhibitOptions, LeftOut, Manifest, Options, Override};
use crate::model::{Finding, Profile, Reader, RecordId, Severity};

use super::desk::Desk;
use super::error::Fault;
use super::mark::profiles;
use super::reply::Reply;
use super::{display_line, fields};

/// Make a paper: plan it, check it, draw it, read it back
///
/// Examples:
///   daybook bundle --for evidence --to solicitor --reader "Priya Nair" -o reed.pdf
///   daybook bundle --for exhibit --to court --exhibit AR1 --statement 1
///   daybook bundle --for enforcement --dry-run
///   daybook bundle --for evidence --to self --dry-run
///   daybook bundle --again BND-1 -o copy.pdf
///
/// Beside PAPER.pdf a folder PAPER.check is made, with which anybody can check it. What is privileged,
/// private or confidential is held back for the reader you name; nobody named means the court. A
/// finding that blocks stops the paper; --override KIND=WHY goes on in spite of it, and the reason is
/// kept in the book. --again writes out once more the very bytes of a paper that was sent.
#[derive(ClapArgs, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Which paper
    #[arg(long = "for", value_parser = profiles(), value_name = "PROFILE", required_unless_present = "again")]
    profile: Option<Profile>,
    /// Write out again, byte for byte, a paper that was sent
    #[arg(long, value_name = "BND-1", conflicts_with_all = ["profile", "to", "from", "until", "reader", "purpose",
        "exhibit", "maker", "statement", "overrides", "dry_run"])]
    again: Option<RecordId>,
    /// For what kind of reader
    #[arg(long, value_parser = readers(), value_name = "READER")]
    to: Option<Reader>,
    /// Where to write it
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Only what happened on or after this day
    #[arg(long, value_name = "D")]
    from: Option<String>,
    /// Only what happened on or before this day
    #[arg(long, value_name = "D")]
    until: Option<String>,
    /// The reader's name, for the cover
    #[arg(long, value_name = "NAME")]
    reader: Option<String>,
    /// What it is for, for the cover
    #[arg(long, value_name = "TEXT")]
    purpose: Option<String>,
    /// The mark of the exhibit, such as AR1
    #[arg(long, value_name = "MARK")]
    exhibit: Option<String>,
    /// Who makes the statement the exhibit belongs to, if not you
    #[arg(long, value_name = "NAME")]
    maker: Option<String>,
    /// Which statement by that person it is: 1, 2, …
    #[arg(long, value_name = "N")]
    statement: Option<u32>,
    /// Go on in spite of this kind of finding, for this reason
    #[arg(long = "override", value_parser = override_of, value_name = "KIND=WHY")]
    overrides: Vec<Override>,
    /// Only say what would be made and what was found
    #[arg(long)]
    dry_run: bool,
    /// Replace a file of that name
    #[arg(long)]
    replace: bool,
}

fn readers() -> impl clap::builder::TypedValueParser<Value = Reader> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Reader::ALL.map(Reader::word))
        .map(|word| Reader::from_word(&word).expect("clap lets only these words through"))
}

fn override_of(text: &str) -> Result<Override, String> {
    match text.split_once('=') {
        Some((kind, why)) if !kind.trim().is_empty() && !why.trim().is_empty() => {
            Ok(Override { kind: kind.trim().to_owned(), why: why.trim().to_owned() })
        }
        _ => {
            Err("write the kind of finding, =, and your reason: page-limit=\"allowed by order of 3 March\"".to_owned())
        }
    }
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        if let Some(edition) = self.again {
            let folder = desk.environment.folder.clone();
            let asked = AgainRequest { edition, out: self.out, folder, replace: self.replace };
            return Ok(written_again(edition, &write_again(&book, &asked)?));
        }
        let dry_run = self.dry_run;
        let request = self.request(desk, now)?;
        desk.say("Planning and laying out the paper …");
        let drafted = draft_bundle(&book, now, &request)?;
        if dry_run {
            return Ok(planned(&drafted));
        }
        let made = make_bundle(&mut book, now, &request, drafted)?;
        Ok(finished(&made))
    }

    fn request(self, desk: &mut Desk<'_>, now: crate::model::Instant) -> Result<BundleRequest, Fault> {
        let Some(profile) = self.profile else {
            return Err(Fault::missing("--for", "which paper", "daybook bundle --for evidence"));
        };
        let (from, until) = read_range(self.from.as_deref(), self.until.as_deref(), now)?;
        let mut options = Options::new(profile, self.to.unwrap_or_else(|| usual_reader(profile)));
        options.reader_name = self.reader;
        options.purpose = self.purpose.map(|text| fields::text(desk, text)).transpose()?;
        options.from = from;
        options.until = until;
        options.overrides = self.overrides;
        options.exhibit = ExhibitOptions {
            maker: self.maker,
            statement: self.statement,
            mark: self.exhibit,
            ..ExhibitOptions::default()
        };
        Ok(BundleRequest { options, out: self.out, folder: desk.environment.folder.clone(), replace: self.replace })
    }
}

fn written_again(edition: RecordId, again: &Again) -> Reply {
    let check_folder = again.check_folder.then(|| check_folder_of(&again.file));
    let mut human = format!(
        "{edition}  {}\n       the file that was sent, byte for byte ({} pages)\n       SHA-256 {}\n",
        display_line(&again.file.display().to_string()),
        again.pages,
        again.sha256
    );
    human.push_str(&match &check_folder {
        Some(folder) => format!("       to check it: {}\n", display_line(&folder.display().to_string())),
        None => "       its check folder is not here: it was not beside the file when that was kept\n".to_owned(),
    });
    let object = json!({
        "id": edition, "file": again.file, "sha256": again.sha256, "pages": again.pages, "check_folder": check_folder,
    });
    Reply::new(human, object)
}

fn planned(drafted: &Drafted) -> Reply {
    let mut human = format!("Would be made: {}\n\n", display_line(&drafted.out.display().to_string()));
    human.push_str(&contents(&drafted.manifest));
    human.push_str(&left_out_lines(&drafted.plan.left_out));
    human.push_str(&findings_lines(&drafted.findings));
    let mut object = manifest_object(&drafted.manifest);
    object["file"] = json!(drafted.out);
    object["sha256"] = Value::Null;
    object["left_out"] = left_out_object(&drafted.plan.left_out);
    object["findings"] = json!(drafted.findings);
    object["proof"] = Value::Null;
    Reply { fault: drafted.blocks().next().is_some(), ..Reply::new(human, object) }
}

pub(super) fn finished(made: &Made) -> Reply {
    let mut human = contents(&made.manifest);
    human.push_str(&left_out_lines(&made.left_out));
    human.push_str(&findings_lines(&made.findings));
    let checks = &made.checks;
    human.push_str(&format!(
        "\n{}  {}\n      read back and compared: {} page numbers, {} index lines, {} links, {} bookmarks\n      \
         SHA-256 {}\n      to check it: {}\n",
        made.id,
        display_line(&made.file.display().to_string()),
        checks.page_numbers,
        checks.index_lines,
        checks.links,
        checks.bookmarks,
        made.sha256,
        display_line(&check_folder_of(&made.file).display().to_string()),
    ));
    let mut object = manifest_object(&made.manifest);
    object["id"] = json!(made.id);
    object["file"] = json!(made.file);
    object["sha256"] = json!(made.sha256);
    object["left_out"] = left_out_object(&made.left_out);
    object["findings"] = json!(made.findings);
    object["proof"] = json!({"ok": true, "checks": made.checks});
    object["journal"] = super::json::journal(&made.journal);
    Reply::new(human, object)
}

fn contents(manifest: &Manifest) -> String {
    let mut lines = String::new();
    for section in &manifest.sections {
        let letter = section.letter.map_or_else(String::new, |letter| format!("{letter}  "));
        lines.push_str(&format!(
            "{letter}{}  {} to {}\n",
            display_line(&section.title),
            section.first_page,
            section.last_page
        ));
    }
    lines.push_str(&format!("{} pages\n", manifest.pages.len()));
    lines
}

pub(super) fn left_out_lines(left_out: &[LeftOut]) -> String {
    if left_out.is_empty() {
        return String::new();
    }
    let mut lines = format!("\nNot in this paper ({}; only you see this list):\n", left_out.len());
    for one in left_out.iter().take(20) {
        lines.push_str(&format!("  {}  {}\n", one.id, display_line(&one.why)));
    }
    if left_out.len() > 20 {
        lines.push_str(&format!("  … and {} more (all of them: --json)\n", left_out.len() - 20));
    }
    lines
}

/// Findings, worst first, for people.
pub(super) fn findings_lines(findings: &[Finding]) -> String {
    let mut lines = String::new();
    for finding in findings {
        let mark = match finding.severity {
            Severity::Block => "stops",
            Severity::Warn => "look ",
            Severity::Info => "note ",
        };
        let rule = finding.rule.as_deref().map(|rule| format!(" [{rule}]")).unwrap_or_default();
        lines.push_str(&format!("\n{mark}  {}: {}{rule}\n", display_line(&finding.place), display_line(&finding.what)));
        if !finding.next.is_empty() {
            lines.push_str(&format!("       {}\n", display_line(&finding.next)));
        }
    }
    lines
}

fn left_out_object(left_out: &[LeftOut]) -> Value {
    left_out.iter().map(|one| json!({"id": one.id, "why": one.why})).collect()
}

fn manifest_object(manifest: &Manifest) -> Value {
    let sections: Vec<Value> = manifest
        .sections
        .iter()
        .map(|section| json!({"letter": section.letter, "title": section.title, "first": section.first_page, "last": section.last_page}))
        .collect();
    let entries: Vec<Value> = manifest
        .entries
        .iter()
        .map(|entry| {
            json!({
                "id": entry.id, "mark": entry.mark, "title": entry.title, "date": entry.date,
                "first_page": entry.first_page, "last_page": entry.last_page, "pdf_page": entry.pdf_page,
                "sha256": entry.sources,
            })
        })
        .collect();
    json!({"pages": manifest.pages.len(), "sections": sections, "entries": entries})
}
