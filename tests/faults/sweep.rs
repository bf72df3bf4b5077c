//! Strikes every system call of a command: kills it there, and makes the call fail.

use crate::programs::Home;
use crate::strace::{Call, Fault, Traced};

/// The errors of a disk that is full, broken, or not to be written.
const ERRORS: [&str; 4] = ["ENOSPC", "EIO", "EROFS", "EACCES"];

/// If set, each call fails with every error. Otherwise with one of them, another in each commit.
const ALL: &str = "WAYMARK_ALL_ERRORS";

/// The seed of the laws, which differs with the commit.
const SEED: &str = "PROPTEST_RNG_SEED";

/// The errors for the call at this place among the calls.
fn errors_at(place: usize) -> Vec<&'static str> {
    if std::env::var_os(ALL).is_some() {
        return ERRORS.to_vec();
    }
    let seed = std::env::var(SEED).unwrap_or_default();
    let shift: usize = seed.parse().unwrap_or_default();
    vec![ERRORS[shift.wrapping_add(place) % ERRORS.len()]]
}

/// The calls that ask the file system for something, and so can fail with such an error. Others,
/// such as `mmap` for memory, have nothing to do with the plan.
const OF_FILES: [&str; 22] = [
    "openat",
    "open",
    "read",
    "pread64",
    "write",
    "pwrite64",
    "fsync",
    "fdatasync",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "ftruncate",
    "fchmod",
    "fchmodat",
    "statx",
    "newfstatat",
    "flock",
    "lseek",
    "readlink",
];

/// The state of a home after a command was struck.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum State {
    Before,
    After,
    Lost,
}

/// A command to strike.
pub struct Subject<'a> {
    pub traced: Traced<'a>,
    /// Whether to kill it also at calls that don't concern files. The files are then as they are at
    /// the next call that does.
    pub everywhere: bool,
    /// Part of the call with which the save begins.
    pub from: &'a str,
    /// A home before the command.
    pub home: &'a Home,
    pub state: &'a dyn Fn(&Home) -> State,
}

/// The number of points, and how many of them lost the former and the new content.
#[derive(Debug, Default)]
pub struct Count {
    pub points: usize,
    pub lost: usize,
}

/// Strikes every call of the command, and counts the losses.
pub fn sweep(name: &str, subject: &Subject) -> Count {
    let Subject {
        traced,
        everywhere,
        from,
        home,
        state,
    } = subject;
    let whole = home.copy();
    let calls = traced.calls(&whole, from);
    assert_eq!(state(&whole), State::After, "{name}: a whole run");
    let mut count = Count::default();
    let mut strike = |call: &Call, fault: Fault| {
        let home = home.copy();
        let is_success = traced.struck(&home, call, fault);
        let found = state(&home);
        count.points += 1;
        count.lost += usize::from(found == State::Lost);
        // Saved is what was reported as saved.
        let is_true = !is_success || found == State::After;
        (found, is_true)
    };
    let mut wrong = Vec::new();
    for (place, call) in calls.iter().enumerate() {
        let faults = match call.name.as_str() {
            "exit_group" => Vec::new(),
            name if OF_FILES.contains(&name) => {
                let errors = errors_at(place).into_iter().map(Fault::Error);
                std::iter::once(Fault::Kill).chain(errors).collect()
            }
            _ if *everywhere => vec![Fault::Kill],
            _ => Vec::new(),
        };
        for fault in faults {
            let (found, is_true) = strike(call, fault);
            if !is_true || found == State::Lost {
                wrong.push(format!(
                    "{call:?} {fault:?}: {found:?}, reported truly: {is_true}"
                ));
            }
        }
    }
    println!(
        "{name}: {} calls, {} points, {} lost",
        calls.len(),
        count.points,
        count.lost
    );
    if name != CONTROL {
        assert!(wrong.is_empty(), "{name}: {wrong:#?}");
    }
    count
}

/// The name of the sweep that must lose.
pub const CONTROL: &str = "a plain overwrite";

/// The state of a plan with these minutes logged: an hour before the command, 90 more after it.
pub fn of_minutes(minutes: &[u32]) -> State {
    match minutes {
        [60] => State::Before,
        [60, 90] => State::After,
        _ => State::Lost,
    }
}
