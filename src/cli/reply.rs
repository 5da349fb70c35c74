//! What a command answers: words for people, an object for programs, and whether a check found a fault.

use serde_json::Value;

use crate::actions::Stored;

use super::json;
use super::output::display_line;
use super::terminal::Terminal;

/// What a command answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// For people: whole lines, already fit for a terminal.
    pub human: String,
    /// For programs, without its version.
    pub json: Value,
    /// A check found a fault: the exit code is 1.
    pub fault: bool,
}

impl Reply {
    /// An answer.
    #[must_use]
    pub fn new(human: impl Into<String>, json: Value) -> Self {
        Reply { human: human.into(), json, fault: false }
    }

    /// The answer of a command that wrote a record.
    #[must_use]
    pub fn written(stored: &Stored) -> Self {
        Reply::new(kept_line(stored), json::written(stored))
    }

    /// Prints it. Gives the exit code.
    pub fn print(self, as_json: bool, terminal: &mut dyn Terminal) -> u8 {
        if as_json {
            terminal.print(&format!("{:#}\n", json::object(self.json)));
        } else {
            terminal.print(&self.human);
        }
        u8::from(self.fault)
    }
}

/// `INC-1  Nobody came to the handover, Friday 6 March 2026, 5.00 pm`
fn kept_line(stored: &Stored) -> String {
    let when = stored.entry.when.as_ref().map(|when| format!(", {}", when.long())).unwrap_or_default();
    format!("{}  {}{when}\n", stored.entry.id, display_line(&stored.entry.title))
}
