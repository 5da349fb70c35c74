//! Hostile jobs on purpose, for the tests of this room. Not in a release: neither the code nor the word for it.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::job::{Answer, Home, Original, Piece};

/// What a worker is asked to do in a test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trial {
    /// Read the original to its end, then backwards from its end, and say how many bytes and their sum.
    Sum,
    /// Call itself without end.
    OverflowTheStack,
    /// Take memory without end.
    TakeMemory,
    /// Compute without end.
    Loop,
    /// Say nothing, for ever.
    Hang,
    /// Panic.
    Panic,
    /// Leave without a word.
    Leave,
    /// Open this file for reading; what the system says.
    Open(String),
    /// Make this file; what the system says.
    Make(String),
    /// Connect to this port of this machine; what the system says.
    Connect(u16),
    /// Send a datagram to this machine; what the system says.
    Datagram,
    /// Start this program; what the system says.
    Start(String),
    /// Write bytes that are no frame.
    Garbage,
    /// Write a part of a frame and leave.
    Cut,
    /// Ask for ranges far beyond the file, and too long ones.
    AskTooMuch,
    /// Hand over objects without end.
    Flood,
}

/// Does it.
#[expect(unconditional_recursion, reason = "that is the trial")]
fn deeper(depth: u64) -> u64 {
    let room = std::hint::black_box([depth; 64]);
    deeper(depth + 1) + room[3]
}

pub(super) fn run(trial: &Trial, home: &Home<'_>, original: &mut Original<'_, '_>) -> io::Result<String> {
    let said = |result: io::Result<()>| match result {
        Ok(()) => "done".to_owned(),
        Err(error) => format!("{:?}: {error}", error.kind()),
    };
    Ok(match trial {
        Trial::Sum => sum(original)?,
        Trial::OverflowTheStack => deeper(0).to_string(),
        Trial::TakeMemory => {
            let mut all: Vec<Vec<u8>> = Vec::new();
            loop {
                all.push(vec![1; 1 << 20]);
                std::hint::black_box(&all);
            }
        }
        Trial::Loop => loop {
            std::hint::spin_loop();
        },
        Trial::Hang => loop {
            std::thread::park();
        },
        #[expect(clippy::panic, reason = "that is the trial")]
        Trial::Panic => panic!("on purpose"),
        Trial::Leave => std::process::exit(0),
        Trial::Open(path) => said(std::fs::File::open(path).map(drop)),
        Trial::Make(path) => said(std::fs::File::create(path).map(drop)),
        Trial::Connect(port) => said(std::net::TcpStream::connect(("127.0.0.1", *port)).map(drop)),
        Trial::Datagram => said(std::net::UdpSocket::bind("127.0.0.1:0").map(drop)),
        Trial::Start(program) => said(std::process::Command::new(program).spawn().map(drop)),
        Trial::Garbage => {
            io::stdout().write_all(&[0xAB; 64])?;
            io::stdout().flush()?;
            "written".to_owned()
        }
        Trial::Cut => {
            io::stdout().write_all(&[9, 0, 0, 0, 0])?;
            io::stdout().flush()?;
            std::process::exit(0)
        }
        Trial::AskTooMuch => {
            let mut line = home.borrow_mut();
            line.send(Answer::Ask { at: u64::MAX, length: u32::MAX }, &[])?;
            line.flush()?;
            format!("{:?}", line.receive(&mut Vec::new())?)
        }
        Trial::Flood => loop {
            home.borrow_mut().send(Answer::Piece(Piece::Object { number: 1 }), &[&[0; 4096]])?;
        },
    })
}

fn sum(original: &mut Original<'_, '_>) -> io::Result<String> {
    use std::io::{Read, Seek, SeekFrom};
    let mut whole = Vec::new();
    original.read_to_end(&mut whole)?;
    let forward: u64 = whole.iter().map(|byte| u64::from(*byte)).sum();
    let length = whole.len() as u64;
    let mut backward = 0;
    let mut at = length;
    let mut piece = vec![0; 300_000];
    while at > 0 {
        let from = at.saturating_sub(300_000);
        let piece = &mut piece[..usize::try_from(at - from).unwrap_or(0)];
        original.seek(SeekFrom::Start(from))?;
        original.read_exact(piece)?;
        backward += piece.iter().map(|byte| u64::from(*byte)).sum::<u64>();
        at = from;
    }
    Ok(format!("{length} bytes, {forward} forward, {backward} backward"))
}
