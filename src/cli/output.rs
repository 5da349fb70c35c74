//! All that is printed goes through here: text that came from outside is escaped where it leaves, a
//! closed pipe is no fault, and lines fit the terminal.

use std::fmt::Write as _;
#[cfg(not(unix))]
use std::io::BufRead;
use std::io::{self, IsTerminal, Read, Write};

use unicode_width::UnicodeWidthStr;
use zeroize::Zeroizing;

use super::terminal::{Heard, Terminal};

/// The widest a line of text gets, however wide the terminal: longer lines are hard to read.
const WIDEST: usize = 100;

/// How many bytes a typed line may have. A pasted letter fits; a stuck key does not fill the memory.
const LONGEST_LINE: u64 = 1024 * 1024;

/// The real terminal.
pub struct Console {
    width: usize,
}

impl Console {
    /// The terminal this process was started on; `columns` is what the environment says of its width.
    #[must_use]
    pub fn new(columns: Option<usize>) -> Self {
        let measured = columns.or_else(measured_width).unwrap_or(80);
        Console { width: measured.clamp(40, WIDEST) }
    }
}

#[cfg(unix)]
fn measured_width() -> Option<usize> {
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok()?;
    (size.ws_col > 0).then_some(usize::from(size.ws_col))
}

#[cfg(not(unix))]
fn measured_width() -> Option<usize> {
    None
}

impl Terminal for Console {
    fn interactive(&self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    fn width(&self) -> usize {
        self.width
    }

    fn print(&mut self, text: &str) {
        put(&mut io::stdout().lock(), text);
    }

    fn say(&mut self, text: &str) {
        put(&mut io::stderr().lock(), text);
    }

    fn line(&mut self) -> io::Result<Heard> {
        typed_line()
    }

    fn secret(&mut self, question: &str) -> io::Result<Zeroizing<String>> {
        rpassword::prompt_password(question).map(Zeroizing::new)
    }

    fn all_input(&mut self) -> io::Result<String> {
        let mut text = String::new();
        io::stdin().lock().take(16 * LONGEST_LINE).read_to_string(&mut text)?;
        Ok(text)
    }
}

/// Writes and forgives a reader that has gone (`daybook timeline | head`). Anything else that keeps
/// words from being printed has nowhere to be told; the exit code stays that of the work itself.
fn put(stream: &mut dyn Write, text: &str) {
    let written = stream.write_all(text.as_bytes()).and_then(|()| stream.flush());
    drop(written);
}

/// A line from the keyboard. While it is waited for, Ctrl-C ends the line instead of the program, so
/// that what was typed before is not lost.
#[cfg(unix)]
fn typed_line() -> io::Result<Heard> {
    const CTRL_C: u8 = 3;
    let ended = Ended::watch();
    let input = io::stdin();
    let _quiet = CtrlC::as_line_end(&input);
    let mut input = input.lock();
    let mut line = Vec::new();
    loop {
        let mut byte = [0];
        match input.read(&mut byte) {
            Ok(0) if line.is_empty() => return Ok(Heard::Stopped(String::new())),
            Ok(0) => break,
            Ok(_) if byte[0] == CTRL_C => return Ok(Heard::Stopped(String::from_utf8_lossy(&line).into_owned())),
            Ok(_) if byte[0] == b'\n' => break,
            Ok(_) if line.len() as u64 >= LONGEST_LINE => {}
            Ok(_) => line.push(byte[0]),
            // The window was closed: what was typed is still to be kept.
            Err(_) if ended.yes() => return Ok(Heard::Stopped(String::from_utf8_lossy(&line).into_owned())),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(Heard::Line(String::from_utf8_lossy(&line).trim_end_matches('\r').to_owned()))
}

#[cfg(not(unix))]
fn typed_line() -> io::Result<Heard> {
    let mut line = String::new();
    let count = io::stdin().lock().take(LONGEST_LINE).read_line(&mut line)?;
    Ok(if count == 0 {
        Heard::Stopped(String::new())
    } else {
        Heard::Line(line.trim_end_matches(['\n', '\r']).to_owned())
    })
}

/// Whether the window was closed (SIGHUP). It would end the program at once and lose what was typed;
/// watched for, it only ends the waiting for a line.
#[cfg(unix)]
struct Ended(std::sync::Arc<std::sync::atomic::AtomicBool>);

#[cfg(unix)]
impl Ended {
    fn watch() -> Self {
        static FLAG: std::sync::OnceLock<std::sync::Arc<std::sync::atomic::AtomicBool>> = std::sync::OnceLock::new();
        let flag = FLAG.get_or_init(|| {
            let flag = std::sync::Arc::default();
            // Where it cannot be watched for, the program ends as it always did. SIGTERM is left alone: a
            // terminal that is still there goes on waiting, and the program must end when told to.
            let _watched = signal_hook::flag::register(signal_hook::consts::SIGHUP, std::sync::Arc::clone(&flag));
            flag
        });
        Ended(std::sync::Arc::clone(flag))
    }

    fn yes(&self) -> bool {
        self.0.load(std::sync::atomic::Ordering::Relaxed)
    }
}

/// Makes the terminal hand over Ctrl-C as the end of a line, until dropped.
#[cfg(unix)]
struct CtrlC {
    before: Option<rustix::termios::Termios>,
}

#[cfg(unix)]
impl CtrlC {
    fn as_line_end(input: &io::Stdin) -> Self {
        use rustix::termios::{OptionalActions, SpecialCodeIndex, tcgetattr, tcsetattr};
        let Ok(before) = tcgetattr(input) else { return CtrlC { before: None } };
        let mut mode = before.clone();
        // VEOL is a second end-of-line character (POSIX.1 termios, canonical mode). 0 disables VINTR.
        mode.special_codes[SpecialCodeIndex::VEOL] = mode.special_codes[SpecialCodeIndex::VINTR];
        mode.special_codes[SpecialCodeIndex::VINTR] = 0;
        let set = tcsetattr(input, OptionalActions::Now, &mode);
        CtrlC { before: set.is_ok().then_some(before) }
    }
}

#[cfg(unix)]
impl Drop for CtrlC {
    fn drop(&mut self) {
        if let Some(before) = &self.before {
            // If the terminal is gone there is nothing to put back.
            let _ = rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Now, before);
        }
    }
}

/// Text from outside, fit for a terminal: what would move the cursor, change colours, turn the
/// direction of writing or hide is shown by its code point instead. Line ends and tabs stay.
#[must_use]
pub fn display(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' => shown.push(c),
            '\r' => {}
            c if is_hidden(c) => {
                // Writing to a String cannot fail.
                let _ = write!(shown, "<U+{:04X}>", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    shown
}

/// The same on one line: line ends and tabs become spaces.
#[must_use]
pub fn display_line(text: &str) -> String {
    display(text).split(['\n', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Bidirectional marks, embeddings, overrides and isolates (Unicode Standard Annex 9).
            '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            // Of no width. U+200C and U+200D shape Persian, Indic words and emoji, and hide nothing there.
            | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{00AD}' | '\u{180E}'
            // Line and paragraph separators, interlinear marks, tags.
            | '\u{2028}' | '\u{2029}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// Running text, wrapped to `width`, every line after the first indented.
#[must_use]
pub fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> String {
    let options = textwrap::Options::new(width.max(20)).initial_indent(first).subsequent_indent(rest);
    // Commands, paths and `MSG-12` are copied as they stand: a line ends between words, never at a hyphen or a stroke.
    let options = options
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::AsciiSpace);
    let mut lines: Vec<String> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let options = if index == 0 { options.clone() } else { options.clone().initial_indent(rest) };
        let folded = textwrap::wrap(line, options);
        if folded.is_empty() {
            lines.push(String::new());
        }
        lines.extend(folded.into_iter().map(|line| line.trim_end().to_owned()));
    }
    lines.join("\n")
}

/// Names and values in two columns, wrapped.
#[must_use]
pub fn facts(rows: &[(String, String)], width: usize) -> String {
    let widest = rows.iter().map(|(name, _)| name.width()).max().unwrap_or(0).min(24);
    let mut text = String::new();
    for (name, value) in rows {
        let first = format!("  {name}{}  ", " ".repeat(widest.saturating_sub(name.width())));
        let rest = " ".repeat(widest + 4);
        text.push_str(&wrapped(&display(value), width, &first, &rest));
        text.push('\n');
    }
    text
}

/// Rows in columns, each as wide as its widest cell; the last column takes what is left and wraps.
#[must_use]
pub fn columns(rows: &[Vec<String>], width: usize) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count.saturating_sub(1))
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut first = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            first.push_str(cell);
            first.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
        }
        let rest = " ".repeat(widths.iter().map(|width| width + 2).sum());
        let last = row.get(count.saturating_sub(1)).map_or("", String::as_str);
        let line = wrapped(last, width, &first, &rest);
        text.push_str(if last.is_empty() { first.trim_end() } else { &line });
        text.push('\n');
    }
    text
}

/// Bytes as people count them.
#[must_use]
pub fn size(bytes: u64) -> String {
    match bytes {
        0..=999 => format!("{bytes} bytes"),
        1_000..=999_999 => format!("{:.1} kB", bytes as f64 / 1e3),
        1_000_000..=999_999_999 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// `1 message`, `2 messages`, `1,204 messages`.
#[must_use]
pub fn counted(count: u64, what: &str) -> String {
    let digits = count.to_string();
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    format!("{shown} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_from_outside_commands_the_terminal() {
        let check = |text: &str, expected: &str| assert_eq!(display(text), expected);
        check("plain, Zoë, 日本, 👩‍👧", "plain, Zoë, 日本, 👩‍👧");
        check("\u{1b}[2J\u{7}", "<U+001B>[2J<U+0007>");
        check("\u{9b}31m", "<U+009B>31m");
        check("txt.\u{202E}fdp", "txt.<U+202E>fdp");
        check("a\u{200B}b\u{FEFF}", "a<U+200B>b<U+FEFF>");
        check("two\r\nlines", "two\nlines");
        assert_eq!(display_line("two\r\n  lines\there"), "two lines here");
    }

    #[test]
    fn columns_line_up_and_wrap() {
        let rows = vec![vec!["INC-1".to_owned(), "a title that is long enough to wrap here".to_owned()]];
        assert_eq!(columns(&rows, 30), "INC-1  a title that is long\n       enough to wrap here\n");
    }

    #[test]
    fn numbers_as_people_read_them() {
        assert_eq!(counted(1, "message"), "1 message");
        assert_eq!(counted(1204, "message"), "1,204 messages");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(1_234_000), "1.2 MB");
    }
}
