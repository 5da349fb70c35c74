//! The program as a person meets it, on a desk of its own: an empty environment, a temporary home, the
//! fixed clock of a practice book, 80 columns.

mod contact;
mod errors;
pub mod exports;
mod flows;
mod found;
mod help;
mod hostile;
mod imports;
pub mod mailbox;
mod names;
mod orders;
mod papers;
mod people;
mod prompts;
mod road;
mod schedule;
mod shapes;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use daybook::cli::{Environment, Scripted, run};
use daybook::model::Instant;
use serde_json::Value;

/// When it is, on every desk.
const NOW: &str = "2026-03-07T09:00:00Z";

/// A desk with a practice book on it.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// What a command answered.
pub struct Answered {
    pub out: String,
    pub err: String,
    pub exit: i32,
}

impl Desk {
    /// A desk without a book.
    pub fn bare() -> Self {
        Desk { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    /// A desk with the invented family's practice book.
    pub fn with_book() -> Self {
        let desk = Desk::bare();
        desk.ok(&["new", "robin", "--practice", "--me", "Alex Reed", "--other", "Sam Reed", "--child", "Robin Reed"]);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).expect("a folder can be made");
        }
        fs::write(&path, bytes).expect("a file can be written");
        path
    }

    /// Runs the program itself.
    pub fn run(&self, arguments: &[&str]) -> Answered {
        let output = Command::new(env!("CARGO_BIN_EXE_daybook"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .env("HOME", self.folder.path())
            .env("COLUMNS", "80")
            .env("DAYBOOK_NOW", NOW)
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        Answered {
            out: self.settled(&output.stdout),
            err: self.settled(&output.stderr),
            exit: output.status.code().expect("it ends by itself"),
        }
    }

    /// Runs the program and expects it to do what was asked.
    pub fn ok(&self, arguments: &[&str]) -> String {
        let answered = self.run(arguments);
        assert_eq!(answered.exit, 0, "{arguments:?}: {}", answered.err);
        answered.out
    }

    /// Runs the program with `--json` and gives what it answered.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let mut all = vec!["--json"];
        all.extend(arguments);
        serde_json::from_str(&self.run(&all).out).expect("--json answers with one object")
    }

    /// Runs the command line at a terminal at which these lines are typed.
    pub fn typing(&self, arguments: &[&str], answers: &[&str]) -> (Scripted, u8) {
        let mut terminal = Scripted::typing(answers);
        let environment = Environment {
            now: Some(NOW.to_owned()),
            folder: self.folder.path().to_owned(),
            columns: Some(80),
            ..Environment::default()
        };
        let clock = Instant::from_rfc3339(NOW).expect("NOW is a time");
        let arguments = ["daybook"].iter().chain(arguments).map(|text| (*text).into()).collect::<Vec<_>>();
        let exit = run(arguments, environment, clock, &mut terminal);
        (terminal, exit)
    }

    /// A transcript of commands, one after another.
    pub fn transcript(&self, commands: &[&[&str]]) -> String {
        let mut text = String::new();
        for command in commands {
            let answered = self.run(command);
            let _ = writeln!(text, "$ daybook {}", shell(command));
            text.push_str(&answered.out);
            for line in answered.err.lines() {
                let _ = writeln!(text, "! {line}");
            }
            let _ = writeln!(text, "[exit {}]\n", answered.exit);
        }
        text
    }

    /// What differs from run to run, put in brackets.
    fn settled(&self, bytes: &[u8]) -> String {
        let text = String::from_utf8(bytes.to_vec()).expect("the program writes UTF-8");
        text.replace(&self.folder.path().display().to_string(), "[DESK]")
    }
}

fn shell(command: &[&str]) -> String {
    let quoted =
        |word: &&str| if word.contains([' ', '“', '"']) { format!("\"{word}\"") } else { (*word).to_owned() };
    command.iter().map(quoted).collect::<Vec<_>>().join(" ")
}

/// A saved e-mail.
pub fn mail(id: &str, subject: &str, text: &str) -> String {
    format!(
        "From: Sam Reed <sam@example.org>\r\nTo: Alex Reed <alex@example.com>\r\nDate: Fri, 6 Mar 2026 17:20:00 +0000\r\n\
         Message-ID: <{id}@example.org>\r\nSubject: {subject}\r\n\r\n{text}\r\n"
    )
}

/// The heads of the chain depend on chance (salts); programs are told only that they are there.
pub fn without_chance(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                if ["head", "book"].contains(&name.as_str()) && member.is_string() {
                    *member = Value::String(format!("[{name}]"));
                } else {
                    without_chance(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(without_chance),
        _ => {}
    }
}

/// Whether everything in a folder is for its owner alone.
#[cfg(unix)]
pub fn private(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).expect("the file is there").permissions().mode().trailing_zeros() >= 6
}
