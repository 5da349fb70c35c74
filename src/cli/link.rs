//! `daybook link`

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions;
use crate::model::{LinkKind, RecordId};

use super::desk::Desk;
use super::error::Fault;
use super::reply::Reply;
use super::{display_line, fields, json};

/// Join two records: the first supports, admits, contradicts, replies to or cites the second
///
/// Example: daybook link MSG-4 INC-2 --as supports
///
/// With --withdraw a link is taken back: it stays readable, and papers no longer go by it.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The record that supports, admits, contradicts, replies or cites
    from: RecordId,
    /// The record that is supported and so on
    to: RecordId,
    /// How
    #[arg(long = "as", value_parser = kinds(), required_unless_present = "withdraw")]
    kind: Option<LinkKind>,
    /// Take the link back
    #[arg(long)]
    withdraw: bool,
    /// Why it is taken back, in your words (- reads them from standard input)
    #[arg(long, value_name = "TEXT", requires = "withdraw")]
    why: Option<String>,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = LinkKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(LinkKind::ALL.map(LinkKind::word))
        .map(|word| LinkKind::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        if self.withdraw {
            let why = self.why.map(|why| fields::text(desk, why)).transpose()?;
            let written = actions::withdraw_link(&mut book, now, (self.from, self.to), self.kind, why.as_deref())?;
            let human = format!("{}\n", display_line(&written.journal.sentence));
            let object = json!({"withdrawn": written.value, "journal": json::journal(&written.journal)});
            return Ok(Reply::new(human, object));
        }
        let Some(kind) = self.kind else {
            return Err(Fault::missing("--as", "how they are joined", "daybook link MSG-4 INC-2 --as supports"));
        };
        let written = actions::link(&mut book, now, self.from, self.to, kind)?;
        let human = format!("{}  {} {} {}\n", written.value, self.from, kind.word(), self.to);
        let object = json!({
            "id": written.value,
            "from": self.from,
            "to": self.to,
            "as": kind.word(),
            "journal": json::journal(&written.journal),
        });
        Ok(Reply::new(human, object))
    }
}
