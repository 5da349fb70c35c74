//! What a command costs: processor, clock and memory of it and everything it starts.

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The cost of one command.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cost {
    /// CPU seconds of it and its children, as the system counts them (hundredths).
    pub cpu: f64,
    /// Wall clock, in seconds.
    pub wall: f64,
    /// The most memory in use at once, in MB: what is resident of it and its children together, looked at every 5 ms. Pages
    /// they share count for each.
    pub peak: f64,
    /// The same of memory that is nobody's file.
    pub anonymous: f64,
}

/// Runs a command and measures it. Standard input and output are closed.
pub fn cost(command: &mut Command) -> Cost {
    let before = children_cpu();
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().expect("the command starts");
    let mut cost = Cost::default();
    let done = loop {
        if let Some(done) = child.try_wait().expect("a child can be asked") {
            break done;
        }
        let (resident, anonymous) = memory_of(child.id());
        cost.peak = cost.peak.max(resident);
        cost.anonymous = cost.anonymous.max(anonymous);
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(done.success(), "{command:?} does its work");
    cost.wall = start.elapsed().as_secs_f64();
    cost.cpu = children_cpu() - before;
    cost
}

/// CPU seconds of a command and its children.
pub fn cpu(command: &mut Command) -> f64 {
    let before = children_cpu();
    let done = command.stdin(Stdio::null()).stdout(Stdio::null()).status().expect("the command runs");
    assert!(done.success(), "{command:?} does its work");
    children_cpu() - before
}

fn children_cpu() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux tells what children cost");
    let ticks = |index| field(&stat, index).unwrap_or(0.0);
    (ticks(13) + ticks(14)) / 100.0
}

/// A field of a `stat` line, counted behind the process's name.
fn field(stat: &str, index: usize) -> Option<f64> {
    stat.rsplit(") ").next()?.split(' ').nth(index)?.parse().ok()
}

/// MB resident and anonymous of a process and all that come from it.
fn memory_of(process: u32) -> (f64, f64) {
    let mut parents = BTreeMap::new();
    for entry in fs::read_dir("/proc").into_iter().flatten().filter_map(Result::ok) {
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        let Ok(stat) = fs::read_to_string(entry.path().join("stat")) else { continue };
        if let Some(parent) = field(&stat, 1) {
            parents.insert(id, parent as u32);
        }
    }
    let is_of = |id: u32| {
        let mut id = id;
        loop {
            match parents.get(&id) {
                _ if id == process => return true,
                Some(parent) if *parent != id => id = *parent,
                _ => return false,
            }
        }
    };
    let mut sum = (0.0, 0.0);
    for id in parents.keys().copied().filter(|id| is_of(*id)) {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let of = |name: &str| -> f64 {
            let line = status.lines().find_map(|line| line.strip_prefix(name));
            let kilobytes = line.and_then(|line| line.split_whitespace().next()).and_then(|word| word.parse().ok());
            kilobytes.unwrap_or(0.0) * 1024.0 / 1_000_000.0
        };
        sum.0 += of("VmRSS:");
        sum.1 += of("RssAnon:");
    }
    sum
}
