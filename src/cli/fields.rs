//! Flags that set fields of a record: turned into the sets that actions take.

use std::io;

use crate::actions::Set;

use super::desk::Desk;
use super::error::Fault;

/// Collects fields from flags; `-` reads standard input, once.
pub struct Given<'d, 't> {
    desk: &'d mut Desk<'t>,
    sets: Vec<Set>,
    input_used: bool,
}

impl<'d, 't> Given<'d, 't> {
    /// Nothing given yet.
    pub fn at(desk: &'d mut Desk<'t>) -> Self {
        Given { desk, sets: Vec::new(), input_used: false }
    }

    /// Takes a flag of this field.
    ///
    /// # Errors
    /// `-` was given twice, or standard input could not be read.
    pub fn take(&mut self, field: &str, value: Option<String>) -> Result<&mut Self, Fault> {
        let Some(value) = value else { return Ok(self) };
        let text = if value == "-" { self.input()? } else { value };
        self.sets.push(Set::new(field, text));
        Ok(self)
    }

    /// Takes several names as one field.
    ///
    /// # Errors
    /// As [`Given::take`].
    pub fn take_all(&mut self, field: &str, values: &[String]) -> Result<&mut Self, Fault> {
        if values.is_empty() { Ok(self) } else { self.take(field, Some(values.join(", "))) }
    }

    /// Takes several lines as one field; `-` stands for lines from standard input, one each.
    ///
    /// # Errors
    /// As [`Given::take`].
    pub fn take_lines(&mut self, field: &str, values: Vec<String>) -> Result<&mut Self, Fault> {
        if values.is_empty() {
            return Ok(self);
        }
        let mut lines = Vec::new();
        for value in values {
            lines.push(if value == "-" { self.input()? } else { value });
        }
        self.sets.push(Set::new(field, lines.join("\n")));
        Ok(self)
    }

    /// What was given.
    pub fn sets(self) -> Vec<Set> {
        self.sets
    }

    fn input(&mut self) -> Result<String, Fault> {
        if self.input_used {
            return Err(Fault::usage(
                "- was given twice",
                "standard input can be read once only",
                "Give one of the two in words",
            ));
        }
        self.input_used = true;
        Ok(typed_in(self.desk)?)
    }
}

/// What comes by standard input, for `-`.
///
/// # Errors
/// Reading failed.
pub fn typed_in(desk: &mut Desk<'_>) -> io::Result<String> {
    if desk.terminal.interactive() {
        desk.say("Type the words. Ctrl-D on a line of its own ends them.");
    }
    Ok(desk.terminal.all_input()?.trim_end_matches(['\n', '\r']).to_owned())
}

/// A text flag: `-` reads standard input.
///
/// # Errors
/// Reading failed.
pub fn text(desk: &mut Desk<'_>, value: String) -> io::Result<String> {
    if value == "-" { typed_in(desk) } else { Ok(value) }
}
