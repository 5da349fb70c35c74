//! What a command works at: the terminal, the environment, the clock, and the book that is meant.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::model::Instant;
use crate::store::{Book, Passphrase};

use super::error::Fault;
use super::terminal::Terminal;

/// What the program was started in, read once.
#[derive(Debug, Clone, Default)]
pub struct Environment {
    /// `DAYBOOK`: the book.
    pub book: Option<PathBuf>,
    /// `DAYBOOK_NOW`: the clock of practice books, RFC 3339.
    pub now: Option<String>,
    /// Where this user's data is kept, by the customs of the system.
    pub data_folder: Option<PathBuf>,
    /// The folder it was started in.
    pub folder: PathBuf,
    /// `COLUMNS`.
    pub columns: Option<usize>,
}

impl Environment {
    /// Reads the environment of this process.
    #[must_use]
    pub fn of_this_process() -> Self {
        #[expect(clippy::disallowed_methods, reason = "this is where the environment is read, once")]
        let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
        let text = |name: &str| var(name).and_then(|value: OsString| value.into_string().ok());
        Environment {
            book: var("DAYBOOK").map(PathBuf::from),
            now: text("DAYBOOK_NOW"),
            data_folder: data_folder(&var),
            folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            columns: text("COLUMNS").and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0),
        }
    }
}

/// `$XDG_DATA_HOME/daybook` or `~/.local/share/daybook`; `~/Library/Application Support/daybook` on a
/// Mac; `%LOCALAPPDATA%\daybook` on Windows (not the roaming folder, which is copied to servers).
fn data_folder(var: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let home = || var("HOME").map(PathBuf::from);
    let base = if cfg!(windows) {
        var("LOCALAPPDATA").map(PathBuf::from)
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library").join("Application Support"))
    } else {
        var("XDG_DATA_HOME").map(PathBuf::from).or_else(|| home().map(|home| home.join(".local").join("share")))
    };
    base.map(|base| base.join("daybook"))
}

/// What a command works at.
pub struct Desk<'t> {
    /// Talks, listens and prints.
    pub terminal: &'t mut dyn Terminal,
    /// What the program was started in.
    pub environment: Environment,
    /// The real clock, read once.
    pub clock: Instant,
    /// When it was read, on a clock that only goes forward.
    pub started: std::time::Instant,
    /// `--book`.
    pub book: Option<PathBuf>,
    /// `--json`.
    pub json: bool,
    /// `--no-input`.
    pub no_input: bool,
    /// `--passphrase-file`.
    pub passphrase_file: Option<PathBuf>,
    /// The person stopped the questions, with Ctrl-C or the end of input.
    pub stopped: bool,
}

impl Desk<'_> {
    /// Somebody is there to be asked.
    #[must_use]
    pub fn asks(&self) -> bool {
        !self.no_input && self.terminal.interactive()
    }

    /// Talk: one paragraph, wrapped.
    pub fn say(&mut self, text: &str) {
        let text = super::output::wrapped(text, self.terminal.width(), "", "");
        self.terminal.say(&format!("{text}\n"));
    }

    /// Opens the book that is meant, and gives the time it goes by.
    ///
    /// # Errors
    /// There is none, several may be meant, or it does not open.
    pub fn open(&mut self) -> Result<(Book, Instant), Fault> {
        let path = self.find()?;
        let book = self.open_at(&path)?;
        let now = self.now_for(book.info().practice)?;
        Ok((book, now))
    }

    /// The real clock: as it was read at the start, and the time gone by since.
    fn clock_now(&self) -> Instant {
        let gone_by = i64::try_from(self.started.elapsed().as_millis()).unwrap_or(0);
        Instant(self.clock.0.saturating_add(gone_by))
    }

    /// The clock: `DAYBOOK_NOW` counts in practice books only.
    ///
    /// # Errors
    /// `DAYBOOK_NOW` is set for a practice book and cannot be read.
    pub fn now_for(&self, practice: bool) -> Result<Instant, Fault> {
        let Some(text) = self.environment.now.as_deref().filter(|_| practice) else {
            return Ok(self.clock_now());
        };
        Instant::from_rfc3339(text).ok_or_else(|| {
            Fault::usage(
                format!("DAYBOOK_NOW is “{text}”"),
                "it has to be a time such as 2026-03-06T17:00:00Z",
                "Set it so, or take it out of the environment",
            )
        })
    }

    fn open_at(&mut self, path: &Path) -> Result<Book, Fault> {
        let given = self.passphrase_from_file()?;
        match Book::open(path, given.as_ref()) {
            Err(error) if given.is_none() && super::error::needs_passphrase(&error) && self.asks() => {
                let typed = self.terminal.secret("Passphrase: ")?;
                Ok(Book::open(path, Some(&Passphrase(typed)))?)
            }
            opened => Ok(opened?),
        }
    }

    /// The passphrase in the file of `--passphrase-file`: its first line.
    ///
    /// # Errors
    /// The file cannot be read, or is empty.
    pub fn passphrase_from_file(&self) -> Result<Option<Passphrase>, Fault> {
        let Some(path) = &self.passphrase_file else { return Ok(None) };
        let text = fs::read_to_string(path).map(Zeroizing::new).map_err(|error| {
            let what = format!("The passphrase file {} could not be read", path.display());
            Fault::failed("passphrase-file", what, error.to_string(), "Check its name and your rights to it")
        })?;
        let line = text.lines().next().unwrap_or_default();
        if line.is_empty() {
            let what = format!("The passphrase file {} is empty", path.display());
            return Err(Fault::failed("passphrase-file", what, "its first line is the passphrase", "Write it there"));
        }
        Ok(Some(Passphrase(Zeroizing::new(line.to_owned()))))
    }

    /// The book that is meant: `--book`, `DAYBOOK`, the only one in this folder, the only one in the
    /// user's data folder.
    ///
    /// # Errors
    /// There is none, or there are several.
    pub fn find(&self) -> Result<PathBuf, Fault> {
        if let Some(path) = self.book.as_ref().or(self.environment.book.as_ref()) {
            return Ok(path.clone());
        }
        let here = books_in(&self.environment.folder);
        let found = if here.is_empty() {
            self.environment.data_folder.as_deref().map(books_in).unwrap_or_default()
        } else {
            here
        };
        match found.as_slice() {
            [] => Err(no_book()),
            [only] => Ok(only.clone()),
            several => Err(several_books(several)),
        }
    }
}

/// The fault of having no book, which the bare program answers with how to begin.
pub(super) const NO_BOOK: &str = "no-book";

fn no_book() -> Fault {
    Fault {
        kind: NO_BOOK,
        what: "There is no book here".into(),
        why: "no file ending in .daybook is in this folder or in your data folder".into(),
        next: "Begin one: daybook new NAME.daybook. Or say where yours is: --book FILE".into(),
        exit: 2,
    }
}

fn several_books(books: &[PathBuf]) -> Fault {
    let names: Vec<String> = books.iter().map(|path| path.display().to_string()).collect();
    Fault {
        kind: "several-books",
        what: "Several books are here".into(),
        why: format!("it could be {}", names.join(" or ")),
        next: "Say which one: --book FILE".into(),
        exit: 2,
    }
}

fn books_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(listed) = fs::read_dir(folder) else { return Vec::new() };
    let mut books: Vec<PathBuf> = listed
        .filter_map(Result::ok)
        .map(|item| item.path())
        .filter(|path| path.extension().is_some_and(|end| end == "daybook") && path.is_file())
        .collect();
    books.sort();
    books
}
