//! Every system call of a save, killed and failed.

use std::fs;
use std::path::Path;

use waymark_desk::ring::Ring;

use crate::programs::{Home, LOG, program};
use crate::strace::Traced;
use crate::sweep::{CONTROL, State, Subject, of_minutes, sweep};

#[test]
fn the_apps_plan_survives_every_fault_of_a_save() {
    let home = Home::new();
    let subject = Subject {
        traced: Traced {
            program: &program(),
            arguments: &LOG,
        },
        everywhere: true,
        from: ".plan.json.lock",
        home: &home,
        state: &|home| {
            let found = of_minutes(&home.logged());
            // The ring has what it had.
            assert_eq!(earlier(home).last(), Some(&1));
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
        everywhere: true,
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
        everywhere: true,
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
        everywhere: true,
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

/// The generations of the earlier plans, the latest first. The latest can be read.
fn earlier(home: &Home) -> Vec<u64> {
    let ring = Ring::of(home.storage().folder());
    let kept = ring.kept().unwrap();
    assert!(ring.latest().is_some());
    kept.iter().map(|kept| kept.generation).collect()
}

/// A ring that is full, so that each change also removes an earlier plan. Of those that it had, a
/// fault costs at most the one that is due to go.
#[test]
fn a_restore_and_a_full_ring_survive_every_fault() {
    let home = Home::new();
    for minutes in 1..=21 {
        home.run(&["log", "add", "git", &minutes.to_string(), "--again"]);
    }
    let before = earlier(&home);
    assert_eq!(before.len(), 20, "the ring is full: {before:?}");
    let (latest, logged) = (before[0], home.logged().len());
    let subject = Subject {
        traced: Traced {
            program: &program(),
            arguments: &["restore", &latest.to_string()],
        },
        everywhere: false,
        from: ".plan.json.lock",
        home: &home,
        state: &|home| {
            let found = match home.logged().len() {
                count if count == logged => State::Before,
                count if count + 1 == logged => State::After,
                _ => State::Lost,
            };
            let left = earlier(home);
            let is_whole = before[..before.len() - 1]
                .iter()
                .all(|plan| left.contains(plan));
            if is_whole { found } else { State::Lost }
        },
    };
    let count = sweep("restore with a full ring", &subject);
    assert!(count.points > 50, "{count:?}");
}
