//! The worker, through the real program: what falls costs its job alone, and nothing can be reached from inside.

mod pages;

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use daybook::pdf::exhibit::Unshown;
use daybook::pdf::photo::{self, Wanted};
use daybook::worker::trial::Trial;
use daybook::worker::{Failed, Limits, Reader};

const DAYBOOK: &str = env!("CARGO_BIN_EXE_daybook");

fn reader(limits: Limits) -> Reader {
    Reader::of_program(PathBuf::from(DAYBOOK), limits)
}

fn short() -> Limits {
    Limits { time: Duration::from_secs(2), ..Limits::default() }
}

/// Room for open files, so that what is refused is refused by Landlock alone.
fn with_files() -> Limits {
    Limits { files: 64, ..Limits::default() }
}

fn ask(reader: &mut Reader, trial: Trial) -> Result<String, Failed> {
    reader.trial(trial, &mut Cursor::new(b"abc"))
}

/// The job ends with this sentence, and the next one is done as if nothing had been.
fn falls(limits: Limits, trial: Trial, expected: &str) {
    let mut reader = reader(limits);
    let asked = format!("{trial:?}");
    match ask(&mut reader, trial) {
        Err(Failed::Unshown(Unshown::Stopped { why })) => assert_eq!(why, expected, "{asked}"),
        other => panic!("{asked}: {other:?}"),
    }
    assert_eq!(ask(&mut reader, Trial::Sum).unwrap(), "3 bytes, 294 forward, 294 backward", "after {asked}");
}

#[test]
fn a_job_reads_its_original_in_ranges_forwards_and_backwards() {
    let bytes: Vec<u8> = (0..3_500_000_u32).map(|number| (number % 251) as u8).collect();
    let sum: u64 = bytes.iter().map(|byte| u64::from(*byte)).sum();
    let mut reader = reader(Limits::default());
    for _ in 0..2 {
        let said = reader.trial(Trial::Sum, &mut Cursor::new(&bytes)).unwrap();
        assert_eq!(said, format!("3500000 bytes, {sum} forward, {sum} backward"));
    }
    assert!(reader.confined().unwrap().limits, "every limit asked for is in force: {:?}", reader.confined());
}

#[test]
fn a_stack_that_overflows_costs_one_job() {
    falls(Limits::default(), Trial::OverflowTheStack, "it is nested more deeply than can be read");
}

#[test]
fn memory_without_end_costs_one_job() {
    let limits = Limits { memory: 700_000_000, ..Limits::default() };
    falls(limits, Trial::TakeMemory, "it needed more than 0.7 GB of memory");
}

#[test]
fn a_loop_and_a_silence_cost_one_job_and_their_time() {
    falls(short(), Trial::Loop, "it took longer than 2 seconds to read");
    falls(short(), Trial::Hang, "it took longer than 2 seconds to read");
}

#[test]
fn what_makes_no_sense_costs_one_job() {
    for trial in [Trial::Panic, Trial::Leave, Trial::Garbage, Trial::Cut, Trial::AskTooMuch] {
        falls(short(), trial, "its reader came to grief");
    }
}

#[test]
fn more_than_a_file_can_hold_is_not_taken() {
    let mut reader = reader(Limits::default());
    match ask(&mut reader, Trial::Flood) {
        Err(Failed::Unshown(Unshown::Limit { .. })) => {}
        other => panic!("{other:?}"),
    }
    assert!(ask(&mut reader, Trial::Sum).is_ok());
}

#[test]
fn nothing_can_be_opened_made_or_reached_from_inside() {
    let desk = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let file = desk.path().join("made").display().to_string();
    let mut reader = reader(Limits::default());
    let trials = [
        Trial::Open("/etc/passwd".to_owned()),
        Trial::Open(DAYBOOK.to_owned()),
        Trial::Make(file.clone()),
        Trial::Connect(port),
        Trial::Datagram,
        Trial::Start("/bin/true".to_owned()),
    ];
    for trial in trials {
        let asked = format!("{trial:?}");
        let said = ask(&mut reader, trial).unwrap();
        assert_ne!(said, "done", "{asked}");
    }
    assert!(!PathBuf::from(file).exists());
}

#[test]
#[expect(clippy::print_stderr, reason = "a test says what it passed over")]
fn landlock_alone_refuses_files_and_the_network() {
    let desk = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let mut reader = reader(with_files());
    let open = ask(&mut reader, Trial::Open("/etc/passwd".to_owned())).unwrap();
    let Some(version) = reader.confined().and_then(|confined| confined.landlock) else {
        eprintln!("skipped: this kernel has no Landlock, so only the limits hold");
        return;
    };
    assert!(open.starts_with("PermissionDenied"), "{open}");
    let make = ask(&mut reader, Trial::Make(desk.path().join("made").display().to_string())).unwrap();
    assert!(make.starts_with("PermissionDenied"), "{make}");
    let start = ask(&mut reader, Trial::Start("/bin/true".to_owned())).unwrap();
    assert_ne!(start, "done");
    let connect = ask(&mut reader, Trial::Connect(port)).unwrap();
    if version >= 4 {
        assert!(connect.starts_with("PermissionDenied"), "{connect}");
    } else {
        eprintln!("skipped: Landlock {version} has no rules for the network; the limit on open files keeps it out");
    }
}

/// One white dot.
const GIF: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\xFF\xFF\xFF\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

#[test]
fn a_picture_read_apart_is_the_picture_read_here() {
    let mut reader = reader(Limits::default());
    let wanted = Wanted { frame: 0, finest: None };
    assert_eq!(reader.look(&mut Cursor::new(GIF)).unwrap(), photo::look(GIF).unwrap());
    let apart = reader.prepare(&mut Cursor::new(GIF), wanted).unwrap();
    assert_eq!(apart, photo::prepare(GIF, wanted).unwrap());
    assert!(!apart.bytes.is_empty());
    for cut in 0..GIF.len() {
        let cut = &GIF[..cut];
        match (reader.look(&mut Cursor::new(cut)), photo::look(cut)) {
            (Ok(apart), Ok(here)) => assert_eq!(apart, here),
            (Err(Failed::Picture(apart)), Err(here)) => assert_eq!(apart, here),
            (apart, here) => panic!("{} bytes: {apart:?}, {here:?}", cut.len()),
        }
    }
}

#[test]
fn a_worker_that_cannot_be_started_reads_nothing() {
    for program in ["/nowhere/daybook", "/bin/true", "/bin/cat"] {
        let mut reader = Reader::of_program(PathBuf::from(program), short());
        match ask(&mut reader, Trial::Sum) {
            Err(Failed::Unshown(Unshown::Stopped { why })) => assert_eq!(why, "its reader could not be started"),
            other => panic!("{program}: {other:?}"),
        }
    }
}

#[test]
fn an_original_that_cannot_be_read_is_our_own_fault_not_the_files() {
    struct Torn;
    impl Read for Torn {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("torn"))
        }
    }
    impl Seek for Torn {
        fn seek(&mut self, _: SeekFrom) -> io::Result<u64> {
            Ok(10)
        }
    }
    let mut reader = reader(Limits::default());
    assert!(matches!(reader.trial(Trial::Sum, &mut Torn), Err(Failed::Ours(_))));
    assert!(ask(&mut reader, Trial::Sum).is_ok());
}

#[test]
fn without_our_program_a_thread_reads_with_the_same_answers() {
    let mut reader = Reader::with_limits(short());
    assert_eq!(ask(&mut reader, Trial::Sum).unwrap(), "3 bytes, 294 forward, 294 backward");
    for (trial, expected) in
        [(Trial::Panic, "its reader came to grief"), (Trial::Hang, "it took longer than 2 seconds to read")]
    {
        match ask(&mut reader, trial) {
            Err(Failed::Unshown(Unshown::Stopped { why })) => assert_eq!(why, expected),
            other => panic!("{other:?}"),
        }
        assert!(ask(&mut reader, Trial::Sum).is_ok());
    }
    // The limit on computing was once set on the process the thread was in, and ended it.
    assert!(rustix::process::getrlimit(rustix::process::Resource::Cpu).current.is_none());
    assert!(!reader.confined().unwrap().limits, "a thread has no limits, and says so");
}

#[test]
fn the_word_for_it_is_in_no_help_and_is_no_command() {
    let help = Command::new(DAYBOOK).arg("--help").output().unwrap();
    assert!(help.status.success());
    assert!(!String::from_utf8_lossy(&help.stdout).contains("worker"));
    let alone = Command::new(DAYBOOK).arg("__worker").output().unwrap();
    assert_eq!(alone.status.code(), Some(2));
}
