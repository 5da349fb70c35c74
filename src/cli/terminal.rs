//! The terminal, behind a trait, so that questions can be tested with scripted answers.

use std::collections::VecDeque;
use std::io;

use zeroize::Zeroizing;

/// What came of waiting for a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// A line, without its end.
    Line(String),
    /// The end of input, or Ctrl-C: the person stops here, with this half-typed line.
    Stopped(String),
}

/// Where a command talks, listens and prints.
pub trait Terminal {
    /// Somebody is there to answer: standard input and standard error are terminals.
    fn interactive(&self) -> bool;

    /// Columns.
    fn width(&self) -> usize;

    /// Data, to standard output.
    fn print(&mut self, text: &str);

    /// Talk, to standard error.
    fn say(&mut self, text: &str);

    /// Waits for a line.
    ///
    /// # Errors
    /// Reading failed.
    fn line(&mut self) -> io::Result<Heard>;

    /// Waits for a line that is not shown.
    ///
    /// # Errors
    /// Reading failed.
    fn secret(&mut self, question: &str) -> io::Result<Zeroizing<String>>;

    /// All of standard input, for `-`.
    ///
    /// # Errors
    /// Reading failed.
    fn all_input(&mut self) -> io::Result<String>;
}

/// A terminal with answers written beforehand.
#[derive(Debug, Default)]
pub struct Scripted {
    /// What will be typed. When it is used up, input ends.
    pub answers: VecDeque<String>,
    /// What was said.
    pub said: String,
    /// What was printed.
    pub printed: String,
}

impl Scripted {
    /// A terminal at which these lines will be typed.
    #[must_use]
    pub fn typing(answers: &[&str]) -> Self {
        Scripted { answers: answers.iter().map(|line| (*line).to_owned()).collect(), ..Scripted::default() }
    }
}

impl Terminal for Scripted {
    fn interactive(&self) -> bool {
        true
    }

    fn width(&self) -> usize {
        80
    }

    fn print(&mut self, text: &str) {
        self.printed.push_str(text);
    }

    fn say(&mut self, text: &str) {
        self.said.push_str(text);
    }

    fn line(&mut self) -> io::Result<Heard> {
        let line = self.answers.pop_front();
        // What a real terminal would show: the line as typed.
        self.said.push_str(line.as_deref().unwrap_or("^D"));
        self.said.push('\n');
        Ok(match line {
            // A scripted ^C ends the line as the key does.
            Some(line) => match line.strip_suffix("^C") {
                Some(half) => Heard::Stopped(half.to_owned()),
                None => Heard::Line(line),
            },
            None => Heard::Stopped(String::new()),
        })
    }

    fn secret(&mut self, question: &str) -> io::Result<Zeroizing<String>> {
        self.say(question);
        self.said.push('\n');
        Ok(Zeroizing::new(self.answers.pop_front().unwrap_or_default()))
    }

    fn all_input(&mut self) -> io::Result<String> {
        Ok(self.answers.drain(..).collect::<Vec<_>>().join("\n"))
    }
}
