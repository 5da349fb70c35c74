//! The limits a worker sets itself before it reads a byte, and those its parent keeps.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// What a job may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Address space of the worker, in bytes.
    pub memory: u64,
    /// How long a job of an empty file may take.
    pub time: Duration,
    /// How much longer for each megabyte of the file.
    pub time_per_megabyte: Duration,
    /// How many open files the worker may have; three are its pipes, so that it can open none.
    pub files: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            memory: 1_500_000_000,
            time: Duration::from_mins(1),
            time_per_megabyte: Duration::from_secs(1),
            files: 3,
        }
    }
}

impl Limits {
    /// How long a job on a file of so many bytes may take.
    #[must_use]
    pub fn time_for(&self, bytes: u64) -> Duration {
        let megabytes = u32::try_from(bytes / 1_000_000).unwrap_or(u32::MAX);
        self.time.saturating_add(self.time_per_megabyte.saturating_mul(megabytes))
    }
}

/// What a worker says is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confined {
    /// Memory, files written, open files, core dumps: each as asked.
    pub limits: bool,
    /// The version of Landlock's rules in force; `None`: this system has none, and only the limits hold.
    pub landlock: Option<i32>,
}

/// Confines this process, for good: threads it starts afterwards as well. Called before a byte of anybody is read.
///
/// What cannot be set on this system is left and said; the limits kept by the parent (time) hold everywhere.
pub(super) fn confine(memory: u64, files: u64) -> Confined {
    let landlock = landlock();
    Confined { limits: limits(memory, files), landlock }
}

#[cfg(unix)]
fn limits(memory: u64, files: u64) -> bool {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let never_more = |resource, most| {
        let done = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) }).is_ok();
        // macOS knows no limit of address space; the deadline ends a bomb there.
        done || (cfg!(not(target_os = "linux")) && resource == Resource::As)
    };
    let all = [
        never_more(Resource::Core, 0),
        never_more(Resource::Fsize, 0),
        never_more(Resource::As, memory),
        never_more(Resource::Nofile, files),
        nobody_looks_in(),
    ];
    all.into_iter().all(|done| done)
}

#[cfg(not(unix))]
fn limits(_memory: u64, _files: u64) -> bool {
    false
}

/// Neither another process of the same user nor a core dump sees what is being read; nothing it could start has more rights.
#[cfg(target_os = "linux")]
fn nobody_looks_in() -> bool {
    use rustix::process::{DumpableBehavior, set_dumpable_behavior};
    set_dumpable_behavior(DumpableBehavior::NotDumpable).is_ok() && rustix::thread::set_no_new_privs(true).is_ok()
}

#[cfg(all(unix, not(target_os = "linux")))]
fn nobody_looks_in() -> bool {
    true
}

/// No further process, nor thread. The last limit to be set, by the thread that reads: on Linux threads count as processes.
/// The system's administrator is not bound by it.
pub(super) fn no_more_processes() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let _ = setrlimit(Resource::Nproc, Rlimit { current: Some(0), maximum: Some(0) });
    }
}

/// From now on at most so many seconds of computing: ends a worker whose parent is gone, or cannot end it.
pub(super) fn compute_at_most(seconds: u64) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        use rustix::time::{ClockId, clock_gettime};
        let so_far = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or(0);
        let most = Some(so_far.saturating_add(seconds).saturating_add(1));
        let _ = setrlimit(Resource::Cpu, Rlimit { current: most, maximum: None });
    }
    #[cfg(not(unix))]
    let _ = seconds;
}

/// Takes away every right Landlock knows: files, network (from version 4), signals and sockets of others (from version 6).
#[cfg(target_os = "linux")]
fn landlock() -> Option<i32> {
    use landlock::{
        ABI, Access, AccessFs, AccessNet, LandlockStatus, Ruleset, RulesetAttr, RulesetError, RulesetStatus, Scope,
    };
    // The newest rules this crate knows; an older kernel keeps those it has.
    let newest = ABI::V6;
    let confine = || -> Result<_, RulesetError> {
        Ruleset::default()
            .handle_access(AccessFs::from_all(newest))?
            .handle_access(AccessNet::from_all(newest))?
            .scope(Scope::from_all(newest))?
            .create()?
            .restrict_self()
    };
    let status = confine().ok()?;
    match (status.ruleset, status.landlock) {
        (RulesetStatus::NotEnforced, _) => None,
        (_, LandlockStatus::Available { effective_abi, .. }) => Some(effective_abi as i32),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn landlock() -> Option<i32> {
    None
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Limits;

    #[test]
    fn a_larger_file_may_take_longer() {
        let limits = Limits::default();
        assert_eq!(limits.time_for(0), Duration::from_mins(1));
        assert_eq!(limits.time_for(30_000_000), Duration::from_secs(90));
        assert!(limits.time_for(u64::MAX) > limits.time_for(30_000_000));
    }
}
