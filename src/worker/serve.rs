//! The worker's side: confined first, then one job after the other until its parent hangs up.

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{self, BufWriter};
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::confine::{self, Confined, Limits};
use super::frame::{Line, Pipes};
use super::job::{self, Answer, Home, Request, VERSION};

/// The hidden word by which the program calls itself. Not a command: it is in no help.
const WORD: &str = "__worker";

/// Deep enough for any honest nesting; what is deeper falls.
pub(super) const STACK: usize = 64 << 20;

/// How a worker is called.
pub(super) fn call(limits: &Limits) -> [String; 3] {
    [WORD.to_owned(), limits.memory.to_string(), limits.files.to_string()]
}

/// The beginning of `main`. Where this process was started as a worker, confines it, does what it is asked, and gives
/// its exit code; otherwise remembers that this program is one that can be called so, and gives `None`.
///
/// # Panics
/// Never: what goes wrong is an exit code.
pub fn called() -> Option<u8> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).take(4).collect();
    let number = |at: usize| arguments.get(at).and_then(|word| word.to_str()).and_then(|word| word.parse().ok());
    let asked = arguments.first().is_some_and(|word| word == WORD) && arguments.len() == 3;
    let (true, Some(memory), Some(files)) = (asked, number(1), number(2)) else {
        super::process::this_program_can_be_called();
        return None;
    };
    let confined = confine::confine(memory, files);
    // A thread of its own for the size of its stack; started after Landlock, it inherits it.
    let reading = std::thread::Builder::new().stack_size(STACK).spawn(move || {
        confine::no_more_processes();
        let mut line = Pipes { from: io::stdin().lock(), to: BufWriter::with_capacity(1 << 16, io::stdout().lock()) };
        serve(&mut line, confined, confine::compute_at_most)
    });
    let ended = reading.map(std::thread::JoinHandle::join);
    Some(u8::from(!matches!(ended, Ok(Ok(Ok(()))))))
}

/// Does jobs until the other side ends the conversation. `bound` is told how many seconds each may compute: a thread of
/// somebody else's process must not bind that process.
///
/// # Errors
/// The line is broken.
pub(super) fn serve(line: &mut impl Line<Answer, Request>, confined: Confined, bound: fn(u64)) -> io::Result<()> {
    let program = env!("CARGO_PKG_VERSION").to_owned();
    line.send(Answer::Ready { version: VERSION, program, confined }, &[])?;
    line.flush()?;
    let mut none = Vec::new();
    loop {
        let (job, bytes, seconds) = match line.receive(&mut none)? {
            Some(Request::Begin { job, bytes, seconds }) => (job, bytes, seconds),
            Some(Request::Range | Request::NoRange) => return Err(io::ErrorKind::InvalidData.into()),
            None => return Ok(()),
        };
        bound(seconds);
        let done = {
            let home: Home<'_> = RefCell::new(&mut *line);
            catch_unwind(AssertUnwindSafe(|| job::run(&job, &home, bytes)))
        };
        let Ok(done) = done else {
            line.send(Answer::Fell, &[])?;
            line.flush()?;
            // Whatever the fall left behind is not met by the next job.
            return Ok(());
        };
        line.send(Answer::Done(done?), &[])?;
        line.flush()?;
    }
}
