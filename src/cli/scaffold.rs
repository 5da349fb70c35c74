//! `daybook scaffold`

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{ScaffoldRequest, make_scaffold, read_range};
use crate::bundle::{Scaffold, ScaffoldKind};

use super::desk::Desk;
use super::error::Fault;
use super::output::{display, display_line};
use super::reply::Reply;

/// Begin a statement: heading, dates, orders and pages filled in, the words left to you
///
/// Examples:
///   daybook scaffold witness-statement --statement 1 -o statement.rtf
///   daybook scaffold position-statement
///
/// With -o it writes rich text, which any word processor opens; without, the text is printed. What is
/// yours to write stands in square brackets. The statement of truth is never signed or dated for you.
/// Make exhibits first (daybook bundle --for exhibit), so that their pages can be named.
#[derive(ClapArgs, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Which text
    #[arg(value_parser = kinds(), value_name = "TEXT")]
    kind: ScaffoldKind,
    /// Where to write it, as rich text
    #[arg(short, long, value_name = "FILE.rtf")]
    out: Option<PathBuf>,
    /// Replace a file of that name
    #[arg(long)]
    replace: bool,
    /// Only events on or after this day
    #[arg(long, value_name = "D")]
    from: Option<String>,
    /// Only events on or before this day
    #[arg(long, value_name = "D")]
    until: Option<String>,
    /// Who makes the statement, if not you
    #[arg(long, value_name = "NAME")]
    maker: Option<String>,
    /// Which statement by that person it is: 1, 2, …
    #[arg(long, value_name = "N")]
    statement: Option<u32>,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = ScaffoldKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(ScaffoldKind::ALL.map(ScaffoldKind::word))
        .map(|word| ScaffoldKind::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (book, now) = desk.open()?;
        let (from, until) = read_range(self.from.as_deref(), self.until.as_deref(), now)?;
        let asked = ScaffoldRequest {
            kind: self.kind,
            out: self.out.map(|out| desk.environment.folder.join(out)),
            replace: self.replace,
            from,
            until,
            maker: self.maker,
            statement: self.statement,
        };
        let text = make_scaffold(&book, now, &asked)?;
        desk.terminal.say(&super::bundle::findings_lines(&text.findings));
        Ok(reply(&text, asked.out.as_ref()))
    }
}

fn reply(text: &Scaffold, out: Option<&PathBuf>) -> Reply {
    let plain = text.to_text();
    let human = match out {
        Some(out) => format!(
            "{}\n       {}, {} numbered paragraphs. Go on from it: what is in [square brackets] is yours to write.\n",
            display_line(&out.display().to_string()),
            display_line(&text.title),
            text.paragraphs()
        ),
        None => display(&plain),
    };
    let object = json!({
        "kind": text.kind.word(), "file": out, "title": text.title, "paragraphs": text.paragraphs(), "text": plain,
        "findings": text.findings,
    });
    Reply::new(human, object)
}
