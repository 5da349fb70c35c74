//! One question of `prepare`: `?` explains, `back` goes back, Enter keeps what is suggested.

use crate::cli::desk::Desk;
use crate::cli::error::Fault;
use crate::cli::output::display_line;
use crate::cli::terminal::Heard;

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said<T> {
    /// This; for words, Enter alone gives empty ones.
    Given(T),
    /// To the question before.
    Back,
    /// Ctrl-C or the end of input.
    Stopped,
}

/// Asks for words. Enter alone gives empty ones.
///
/// # Errors
/// The terminal could not be read.
pub fn ask(desk: &mut Desk<'_>, question: &str, help: &str) -> Result<Said<String>, Fault> {
    loop {
        if desk.stopped {
            return Ok(Said::Stopped);
        }
        let text = crate::cli::output::wrapped(question, desk.terminal.width(), "", "");
        desk.terminal.say(&format!("\n{text} "));
        match desk.terminal.line()? {
            Heard::Stopped(_) => {
                desk.stopped = true;
                desk.terminal.say("\n");
                return Ok(Said::Stopped);
            }
            Heard::Line(line) => match line.trim() {
                "?" => desk.say(help),
                word if word.eq_ignore_ascii_case("back") => return Ok(Said::Back),
                text => return Ok(Said::Given(text.to_owned())),
            },
        }
    }
}

/// Asks for yes or no. Without a suggestion, Enter asks again.
///
/// # Errors
/// The terminal could not be read.
pub fn yes_no(desk: &mut Desk<'_>, question: &str, suggested: Option<bool>, help: &str) -> Result<Said<bool>, Fault> {
    let offered = match suggested {
        Some(true) => "yes/no [yes]",
        Some(false) => "yes/no [no]",
        None => "yes/no",
    };
    loop {
        let answer = match ask(desk, &format!("{question} ({offered})"), help)? {
            Said::Given(text) => text,
            Said::Back => return Ok(Said::Back),
            Said::Stopped => return Ok(Said::Stopped),
        };
        match (answer.to_lowercase().as_str(), suggested) {
            ("y" | "yes", _) => return Ok(Said::Given(true)),
            ("n" | "no", _) => return Ok(Said::Given(false)),
            ("", Some(suggested)) => return Ok(Said::Given(suggested)),
            _ => desk.say("Please answer yes or no. ? explains, back goes back."),
        }
    }
}

/// Asks for one of several things, by its number. Enter keeps the suggested one.
///
/// # Errors
/// The terminal could not be read.
pub fn one_of(
    desk: &mut Desk<'_>,
    question: &str,
    offered: &[&str],
    suggested: Option<usize>,
    help: &str,
) -> Result<Said<usize>, Fault> {
    desk.terminal.say("\n");
    desk.say(question);
    for (index, plain) in offered.iter().enumerate() {
        let first = format!("  {:>2}  ", index + 1);
        let text = crate::cli::output::wrapped(&display_line(plain), desk.terminal.width(), &first, "      ");
        desk.terminal.say(&format!("{text}\n"));
    }
    let prompt = match suggested {
        Some(index) => format!("Number [{}]:", index + 1),
        None => "Number:".to_owned(),
    };
    loop {
        let answer = match ask(desk, &prompt, help)? {
            Said::Given(text) => text,
            Said::Back => return Ok(Said::Back),
            Said::Stopped => return Ok(Said::Stopped),
        };
        let by_number = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let found = by_number
            .filter(|index| *index < offered.len())
            .or_else(|| offered.iter().position(|plain| plain.eq_ignore_ascii_case(&answer)))
            .or(suggested.filter(|_| answer.is_empty()));
        match found {
            Some(index) => return Ok(Said::Given(index)),
            None => desk.say(&format!("Please give a number from 1 to {}. ? explains, back goes back.", offered.len())),
        }
    }
}
