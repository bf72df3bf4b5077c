//! The window's way to the disk, struck at each system call: a change, and a start over a damaged
//! plan.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::time::Instant;

use serde_json::json;
use waymark_core::plan::Change;
use waymark_desk::data_folder::{DataFolder, IDENTIFIER};
use waymark_desk::desk::Desk;

use crate::programs::Home;
use crate::strace::Traced;
use crate::sweep::{State, Subject, of_minutes, sweep};

/// The test's name, as cargo and nextest select it.
const NAME: &str = "window_storage";
/// The argument that makes this program act as the window.
const START: &str = "--start";
const CHANGE: &str = "--change";

pub fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |argument: &str| arguments.iter().any(|given| given == argument);
    if has(START) || has(CHANGE) {
        return as_the_window(has(CHANGE));
    }
    if has("--list") {
        if !has("--ignored") {
            println!("{NAME}: test");
        }
        return ExitCode::SUCCESS;
    }
    let mut filters = arguments
        .iter()
        .filter(|argument| !argument.starts_with('-'));
    let is_meant =
        filters.clone().count() == 0 || filters.any(|filter| NAME.contains(filter.as_str()));
    if is_meant {
        thread::scope(|scope| {
            scope.spawn(a_change_of_the_window_survives_every_fault);
            scope.spawn(a_start_over_a_damaged_plan_survives_every_fault);
        });
    }
    ExitCode::SUCCESS
}

/// Opens the plan, and changes it if so asked. The code says whether it is saved.
fn as_the_window(changes: bool) -> ExitCode {
    let data = PathBuf::from(std::env::var_os("XDG_DATA_HOME").expect("a home"));
    let folder = DataFolder::new(data.join(IDENTIFIER));
    let done = Desk::open(&folder, Instant::now()).and_then(|desk| {
        if changes {
            let change: Change = serde_json::from_value(json!({
                "kind": "log", "item": "python", "start": "2027-01-05T18:00", "minutes": "90",
                "note": "", "entry": null, "again": true,
            }))
            .expect("a change");
            desk.keep(|document, now| document.changed(&[change], now))?;
        }
        Ok(())
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn a_change_of_the_window_survives_every_fault() {
    let home = Home::new();
    let count = sweep(
        "a change of the window",
        &Subject {
            traced: Traced {
                program: &std::env::current_exe().unwrap(),
                arguments: &[CHANGE],
            },
            everywhere: false,
            from: ".plan.json.lock",
            home: &home,
            state: &|home| {
                let found = of_minutes(&home.logged());
                home.run(&["log", "add", "git", "30"]);
                assert_eq!(home.logged().last(), Some(&30));
                found
            },
        },
    );
    assert!(count.points > 50, "{count:?}");
}

/// The damaged plan is set aside and the copy before it opened, or both are as before.
fn a_start_over_a_damaged_plan_survives_every_fault() {
    let home = Home::new();
    let plan = home.storage().document_path("plan");
    let mut damaged = fs::read(&plan).unwrap();
    damaged[200] ^= 1;
    fs::write(&plan, &damaged).unwrap();
    let program = std::env::current_exe().unwrap();
    let count = sweep(
        "a start over a damaged plan",
        &Subject {
            traced: Traced {
                program: &program,
                arguments: &[START],
            },
            everywhere: false,
            from: ".plan.json.lock",
            home: &home,
            state: &|home| {
                let has_damaged = |name: &Path| fs::read(name).is_ok_and(|bytes| bytes == damaged);
                let is_before = has_damaged(&home.storage().document_path("plan"));
                // The next start opens what is left.
                let next = home.command(&program).arg(START).output().unwrap();
                assert!(next.status.success(), "{next:?}");
                let mut files = fs::read_dir(home.storage().folder()).unwrap();
                let is_kept = files.any(|entry| has_damaged(&entry.unwrap().path()));
                match home.logged()[..] {
                    [] if is_kept && is_before => State::Before,
                    [] if is_kept => State::After,
                    _ => State::Lost,
                }
            },
        },
    );
    assert!(count.points > 20, "{count:?}");
}
