//! `daybook link`

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions;
use crate::model::{LinkKind, RecordId};

use super::desk::Desk;
use super::error::Fault;
use super::json;
use super::reply::Reply;

/// Join two records: the first supports, admits, contradicts, replies to or cites the second
///
/// Example: daybook link MSG-4 INC-2 --as supports
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The record that supports, admits, contradicts, replies or cites
    from: RecordId,
    /// The record that is supported and so on
    to: RecordId,
    /// How
    #[arg(long = "as", value_parser = kinds())]
    kind: LinkKind,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = LinkKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(LinkKind::ALL.map(LinkKind::word))
        .map(|word| LinkKind::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let written = actions::link(&mut book, now, self.from, self.to, self.kind)?;
        let human = format!("{}  {} {} {}\n", written.value, self.from, self.kind.word(), self.to);
        let object = json!({
            "id": written.value,
            "from": self.from,
            "to": self.to,
            "as": self.kind.word(),
            "journal": json::journal(&written.journal),
        });
        Ok(Reply::new(human, object))
    }
}
