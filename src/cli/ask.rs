//! Questions at the terminal. Each has its reason on the line above, an Enter that skips it, and a
//! full stop that ends the asking and keeps what there is.

use std::io;

use crate::actions::{ActionError, Reading, shown_when};
use crate::model::When;

use super::desk::Desk;
use super::error::Fault;
use super::output::display_line;
use super::terminal::Heard;

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer<T> {
    /// Answered.
    Given(T),
    /// Enter alone: not now.
    Skipped,
    /// A full stop: enough, keep what there is.
    Enough,
    /// Ctrl-C or the end of input.
    Stopped,
}

impl<T> Answer<T> {
    /// The answer, if one was given.
    pub fn given(self) -> Option<T> {
        match self {
            Answer::Given(value) => Some(value),
            _ => None,
        }
    }
}

/// Asks for one line.
///
/// # Errors
/// The terminal could not be read.
pub fn line(desk: &mut Desk<'_>, question: &str) -> io::Result<Answer<String>> {
    if desk.stopped {
        return Ok(Answer::Stopped);
    }
    desk.terminal.say(&format!("{question} "));
    Ok(match desk.terminal.line()? {
        // Half a date or number may be another date or number: it is not taken.
        Heard::Stopped(_) => {
            desk.stopped = true;
            desk.terminal.say("\n");
            Answer::Stopped
        }
        Heard::Line(text) => match text.trim() {
            "" => Answer::Skipped,
            "." => Answer::Enough,
            text => Answer::Given(text.to_owned()),
        },
    })
}

/// Asks for lines until an empty one.
///
/// # Errors
/// The terminal could not be read.
pub fn lines(desk: &mut Desk<'_>, question: &str) -> io::Result<Answer<String>> {
    if desk.stopped {
        return Ok(Answer::Stopped);
    }
    desk.say(&format!("{question} (an empty line ends it)"));
    let mut text = String::new();
    loop {
        desk.terminal.say("> ");
        match desk.terminal.line()? {
            Heard::Stopped(half) => {
                desk.terminal.say("\n");
                // What was typed before the end is the answer; the next question hears of the end.
                desk.stopped = true;
                if !half.trim().is_empty() {
                    text.push_str(if text.is_empty() { "" } else { "\n" });
                    text.push_str(half.trim_end());
                }
                return Ok(if text.is_empty() { Answer::Stopped } else { Answer::Given(text) });
            }
            Heard::Line(line) if line.trim().is_empty() && text.is_empty() => return Ok(Answer::Skipped),
            Heard::Line(line) if line.trim().is_empty() => return Ok(Answer::Given(text)),
            Heard::Line(line) if line.trim() == "." && text.is_empty() => return Ok(Answer::Enough),
            Heard::Line(line) => {
                if !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(line.trim_end());
            }
        }
    }
}

/// Asks for one of several things by number or word.
///
/// # Errors
/// The terminal could not be read.
pub fn choice(desk: &mut Desk<'_>, question: &str, offered: &[(&str, &str)]) -> io::Result<Answer<usize>> {
    if desk.stopped {
        return Ok(Answer::Stopped);
    }
    desk.say(question);
    for (index, (_, plain)) in offered.iter().enumerate() {
        desk.terminal.say(&format!("  {:>2}  {plain}\n", index + 1));
    }
    loop {
        let answer = line(desk, "Number:")?;
        let Answer::Given(text) = answer else {
            return Ok(match answer {
                Answer::Enough => Answer::Enough,
                Answer::Stopped => Answer::Stopped,
                _ => Answer::Skipped,
            });
        };
        let by_number = text.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let found = by_number
            .filter(|index| *index < offered.len())
            .or_else(|| offered.iter().position(|(word, plain)| text == *word || text.eq_ignore_ascii_case(plain)));
        match found {
            Some(index) => return Ok(Answer::Given(index)),
            None => desk.say(&format!("Please give a number from 1 to {}, or press Enter to skip.", offered.len())),
        }
    }
}

/// Asks for yes or no.
///
/// # Errors
/// The terminal could not be read.
pub fn yes_no(desk: &mut Desk<'_>, question: &str) -> io::Result<Answer<bool>> {
    loop {
        let answer = line(desk, &format!("{question} (yes/no)"))?;
        let Answer::Given(text) = answer else {
            return Ok(match answer {
                Answer::Enough => Answer::Enough,
                Answer::Stopped => Answer::Stopped,
                _ => Answer::Skipped,
            });
        };
        match text.to_lowercase().as_str() {
            "y" | "yes" => return Ok(Answer::Given(true)),
            "n" | "no" => return Ok(Answer::Given(false)),
            _ => desk.say("Please answer yes or no, or press Enter to skip."),
        }
    }
}

/// Asks for a time until it can be read, and shows the reading in full.
///
/// # Errors
/// The terminal could not be read.
pub fn when(
    desk: &mut Desk<'_>,
    question: &str,
    reading: &Reading<'_>,
    beside: Option<&When>,
) -> Result<Answer<(String, When)>, Fault> {
    loop {
        let answer = line(desk, question)?;
        let Answer::Given(text) = answer else {
            return Ok(match answer {
                Answer::Enough => Answer::Enough,
                Answer::Stopped => Answer::Stopped,
                _ => Answer::Skipped,
            });
        };
        match reading.when_beside(&text, beside) {
            Ok(when) => {
                desk.terminal.say(&format!("  = {}\n", display_line(&shown_when(&when))));
                return Ok(Answer::Given((text, when)));
            }
            Err(error) => say_again(desk, error),
        }
    }
}

/// Says why an answer was not taken, before it is asked for again.
pub fn say_again(desk: &mut Desk<'_>, error: ActionError) {
    let fault = Fault::from(error);
    let text = format!("{}: {}. {}.", fault.what, fault.why, fault.next.trim_end_matches('.'));
    desk.say(&super::output::display(&text));
}
