//! Every system call of a save, killed and failed.

use std::fs;
use std::path::Path;

use crate::programs::{Home, LOG, program};
use crate::strace::{Call, Fault, Traced};

/// The errors of a disk that is full, broken, or not to be written.
const ERRORS: [&str; 4] = ["ENOSPC", "EIO", "EROFS", "EACCES"];

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
enum State {
    Before,
    After,
    Lost,
}

/// A command to strike.
struct Subject<'a> {
    traced: Traced<'a>,
    /// Part of the call with which the save begins.
    from: &'a str,
    /// A home before the command.
    home: &'a Home,
    state: &'a dyn Fn(&Home) -> State,
}

/// The number of points, and how many of them lost the former and the new content.
#[derive(Debug, Default)]
struct Count {
    points: usize,
    lost: usize,
}

/// Strikes every call of the command, and counts the losses.
fn sweep(name: &str, subject: &Subject) -> Count {
    let Subject {
        traced,
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
    for call in &calls {
        let faults = match call.name.as_str() {
            "exit_group" => Vec::new(),
            name if OF_FILES.contains(&name) => {
                let errors = ERRORS.map(Fault::Error);
                [&[Fault::Kill], &errors[..]].concat()
            }
            _ => vec![Fault::Kill],
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

const CONTROL: &str = "a plain overwrite";

fn of_minutes(minutes: &[u32]) -> State {
    match minutes {
        [60] => State::Before,
        [60, 90] => State::After,
        _ => State::Lost,
    }
}

#[test]
fn the_apps_plan_survives_every_fault_of_a_save() {
    let home = Home::new();
    let subject = Subject {
        traced: Traced {
            program: &program(),
            arguments: &LOG,
        },
        from: ".plan.json.lock",
        home: &home,
        state: &|home| {
            let found = of_minutes(&home.logged());
            // And the next change succeeds, whatever was left behind.
            home.run(&["log", "add", "git", "30"]);
            assert_eq!(home.logged().last(), Some(&30));
            found
        },
    };
    let count = sweep("log in the app's plan", &subject);
    assert!(count.points > 50, "{count:?}");
}

#[test]
fn a_plan_file_survives_every_fault_of_a_save() {
    let home = Home::new();
    let path = home.path().join("mine.json");
    fs::copy(home.storage().document_path("plan"), &path).unwrap();
    let subject = Subject {
        traced: Traced {
            program: &program(),
            arguments: &["log", "mine.json", "add", "python", "90"],
        },
        from: ".mine.json.lock",
        home: &home,
        state: &|home| of_minutes(&home.logged_in("mine.json")),
    };
    let count = sweep("log in a plan file", &subject);
    assert!(count.points > 50, "{count:?}");
}

#[test]
fn a_ledger_and_its_calendar_survive_every_fault_of_an_export() {
    let export = [
        "export", "--ics", "plan.ics", "--ledger", "ledger", "--kind",
    ];
    let home = Home::new();
    home.run(&[&export[..], &["fresh"]].concat());
    let ledger = ["ledger", "ledger.json"]
        .into_iter()
        .find(|name| home.path().join(name).is_file());
    let ledger = ledger.expect("the ledger's file");
    let first = home.exports(ledger);
    let subject = Subject {
        traced: Traced {
            program: &program(),
            arguments: &[&export[..], &["fresh"]].concat(),
        },
        from: ".lock",
        home: &home,
        state: &|home| {
            let calendar = fs::read_to_string(home.path().join("plan.ics")).unwrap();
            let is_whole =
                calendar.starts_with("BEGIN:VCALENDAR") && calendar.ends_with("END:VCALENDAR\r\n");
            match home.exports(ledger) {
                _ if !is_whole => State::Lost,
                exports if exports == first => State::Before,
                exports if exports == first + 1 => State::After,
                _ => State::Lost,
            }
        },
    };
    let count = sweep("export with a ledger", &subject);
    assert!(count.points > 50, "{count:?}");
}

/// The sweep must see a loss where there is one.
#[test]
fn a_plain_overwrite_loses() {
    let home = Home::new();
    fs::write(home.path().join("mine"), "before").unwrap();
    fs::write(home.path().join("new"), "after").unwrap();
    let subject = Subject {
        traced: Traced {
            program: Path::new("/bin/cp"),
            arguments: &["new", "mine"],
        },
        from: "O_TRUNC",
        home: &home,
        state: &|home| match fs::read_to_string(home.path().join("mine"))
            .unwrap()
            .as_str()
        {
            "before" => State::Before,
            "after" => State::After,
            _ => State::Lost,
        },
    };
    let count = sweep(CONTROL, &subject);
    assert!(count.lost > 0, "{count:?}");
}
