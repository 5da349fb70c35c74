//! The parent's side of a worker that is a process: started, watched, ended, and the cause of its fall in plain words.

use std::io::{self, BufReader, BufWriter, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::confine::Limits;
use super::frame::{Line, Pipes};
use super::job::{Answer, Request};
use super::reader::{Worker, took_too_long};
use super::serve;

/// Set once `main` has shown that this program answers when it is called as a worker.
static CAN_BE_CALLED: OnceLock<()> = OnceLock::new();

/// As much of a worker's standard error as is looked at to find out why it fell. It is never shown.
const LAST_WORDS: u64 = 8 << 10;

pub(super) fn this_program_can_be_called() {
    let _ = CAN_BE_CALLED.set(());
}

/// Where this program is, if it can be called as a worker.
pub(super) fn this_program() -> Option<PathBuf> {
    CAN_BE_CALLED.get()?;
    // On Linux this is the very program that runs, even if its file was replaced meanwhile.
    let running = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && running.exists() { Some(running) } else { std::env::current_exe().ok() }
}

/// A worker in a process of its own.
pub(super) struct Process {
    pipes: Pipes<BufReader<ChildStdout>, BufWriter<ChildStdin>>,
    watch: Arc<Watch>,
    watcher: Option<JoinHandle<()>>,
    last_words: Option<JoinHandle<Vec<u8>>>,
    limits: Limits,
}

/// What the watching thread and the asking one share.
struct Watch {
    child: Mutex<Child>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    /// When the job's time is over, and how long it had.
    until: Option<(Instant, Duration)>,
    /// The job that was ended by the watch had so long.
    ended: Option<Duration>,
    over: bool,
}

impl Process {
    pub(super) fn start(program: &PathBuf, limits: Limits) -> io::Result<Self> {
        let mut command = Command::new(program);
        // No environment, no folder of the user's, no terminal's signals: nothing but the pipes.
        command
            .args(serve::call(&limits))
            .env_clear()
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            command.arg0("daybook").process_group(0);
        }
        let mut child = command.spawn()?;
        let (Some(to), Some(from), Some(errors)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(io::Error::other("a pipe is missing"));
        };
        let last_words = std::thread::spawn(move || listen(errors));
        let watch = Arc::new(Watch { child: Mutex::new(child), state: Mutex::default(), changed: Condvar::new() });
        let shared = Arc::clone(&watch);
        let watcher = std::thread::spawn(move || shared.keep());
        let to = BufWriter::with_capacity(1 << 16, to);
        let pipes = Pipes { from: BufReader::with_capacity(1 << 16, from), to };
        Ok(Process { pipes, watch, watcher: Some(watcher), last_words: Some(last_words), limits })
    }

    /// Ends it, whatever it does. How it had ended by itself, if it had.
    fn end(&mut self) -> Option<ExitStatus> {
        self.watch.state().over = true;
        self.watch.changed.notify_all();
        if let Some(watcher) = self.watcher.take() {
            let _ = watcher.join();
        }
        let mut child = self.watch.child();
        // One that is falling already keeps the cause of its own.
        let _ = child.kill();
        child.wait().ok()
    }
}

impl Line<Request, Answer> for Process {
    fn send(&mut self, head: Request, data: &[&[u8]]) -> io::Result<()> {
        Line::<Request, Answer>::send(&mut self.pipes, head, data)
    }

    fn flush(&mut self) -> io::Result<()> {
        Line::<Request, Answer>::flush(&mut self.pipes)
    }

    fn receive(&mut self, data: &mut Vec<u8>) -> io::Result<Option<Answer>> {
        Line::<Request, Answer>::receive(&mut self.pipes, data)
    }
}

impl Worker for Process {
    fn allow(&mut self, time: Option<Duration>) {
        self.watch.state().until = time.map(|time| (Instant::now() + time, time));
        self.watch.changed.notify_all();
    }

    fn why_it_fell(&mut self) -> String {
        let status = self.end();
        let last_words = self.last_words.take().and_then(|words| words.join().ok()).unwrap_or_default();
        let last_words = String::from_utf8_lossy(&last_words);
        if let Some(time) = self.watch.state().ended {
            return took_too_long(time);
        }
        if status.is_some_and(out_of_computing_time) {
            return "it took too long to read".to_owned();
        }
        if last_words.contains("memory allocation of") {
            return format!("it needed more than {} of memory", gigabytes(self.limits.memory));
        }
        if last_words.contains("overflowed its stack") {
            return "it is nested more deeply than can be read".to_owned();
        }
        "its reader came to grief".to_owned()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.end();
    }
}

impl Watch {
    /// Ends the worker when its time is over.
    fn keep(&self) {
        let mut state = self.state();
        while !state.over {
            let Some((until, time)) = state.until else {
                state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                state.ended = Some(time);
                let _ = self.child().kill();
                return;
            }
            (state, _) = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn child(&self) -> MutexGuard<'_, Child> {
        self.child.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The beginning of what it says; the rest is heard, so that it does not wait, and forgotten.
fn listen(mut errors: impl Read) -> Vec<u8> {
    let mut words = Vec::new();
    let _ = errors.by_ref().take(LAST_WORDS).read_to_end(&mut words);
    let _ = io::copy(&mut errors, &mut io::sink());
    words
}

fn out_of_computing_time(status: ExitStatus) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        status.signal() == Some(rustix::process::Signal::XCPU.as_raw())
    }
    #[cfg(not(unix))]
    {
        let _ = status;
        false
    }
}

/// `1.5 GB`.
fn gigabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000_000;
    if tenths.is_multiple_of(10) {
        format!("{} GB", tenths / 10)
    } else {
        format!("{}.{} GB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn memory_is_said_as_people_say_it() {
        assert_eq!(super::gigabytes(1_500_000_000), "1.5 GB");
        assert_eq!(super::gigabytes(2_000_000_000), "2 GB");
        assert_eq!(super::gigabytes(300_000_000), "0.3 GB");
    }
}
