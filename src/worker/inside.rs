//! A thread in place of a process, for programs that are not ours (tests of the library): the same jobs, answers and
//! deadline, a large stack, but no limit on memory and no Landlock. A thread that is too late is left behind.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use super::confine::Confined;
use super::frame::Line;
use super::job::{Answer, Request};
use super::reader::{Worker, took_too_long};
use super::serve;

/// A worker that is a thread.
pub(super) struct Inside {
    line: Channels<Request, Answer>,
    time: Option<Duration>,
}

struct Channels<Out, In> {
    to: SyncSender<(Out, Vec<u8>)>,
    from: Receiver<(In, Vec<u8>)>,
    until: Option<Instant>,
    late: bool,
}

impl Inside {
    pub(super) fn start() -> io::Result<Self> {
        let (to, heard) = sync_channel(4);
        let (answers, from) = sync_channel(4);
        std::thread::Builder::new().stack_size(serve::STACK).spawn(move || {
            let mut line = Channels { to: answers, from: heard, until: None, late: false };
            let _ = serve::serve(&mut line, Confined { limits: false, landlock: None }, |_| ());
        })?;
        Ok(Inside { line: Channels { to, from, until: None, late: false }, time: None })
    }
}

impl<Out, In> Line<Out, In> for Channels<Out, In> {
    fn send(&mut self, head: Out, data: &[&[u8]]) -> io::Result<()> {
        self.to.send((head, data.concat())).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn receive(&mut self, data: &mut Vec<u8>) -> io::Result<Option<In>> {
        let frame = match self.until {
            None => self.from.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(until) => self.from.recv_timeout(until.saturating_duration_since(Instant::now())),
        };
        match frame {
            Ok((head, sent)) => {
                *data = sent;
                Ok(Some(head))
            }
            Err(RecvTimeoutError::Disconnected) => Ok(None),
            Err(RecvTimeoutError::Timeout) => {
                self.late = true;
                Err(io::ErrorKind::TimedOut.into())
            }
        }
    }
}

impl Line<Request, Answer> for Inside {
    fn send(&mut self, head: Request, data: &[&[u8]]) -> io::Result<()> {
        self.line.send(head, data)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.line.flush()
    }

    fn receive(&mut self, data: &mut Vec<u8>) -> io::Result<Option<Answer>> {
        self.line.receive(data)
    }
}

impl Worker for Inside {
    fn allow(&mut self, time: Option<Duration>) {
        self.line.until = time.map(|time| Instant::now() + time);
        self.time = time;
    }

    fn why_it_fell(&mut self) -> String {
        match self.time {
            Some(time) if self.line.late => took_too_long(time),
            _ => "its reader came to grief".to_owned(),
        }
    }
}
