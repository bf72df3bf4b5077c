//! Several plans, ledgers and calendars beside each other.

use std::collections::BTreeSet;
use std::fs;

use crate::servers::Kind;
use crate::{Learner, Result};

/// The learner with another plan, in the same folder and on the same server.
fn with_plan(learner: &Learner, id: &str, hours: u32) -> Result {
    learner.plans(hours)?;
    let path = learner.path("plan.json");
    let other = fs::read_to_string(&path)?.replace("sync-test", id);
    Ok(fs::write(path, other)?)
}

on_each_server! { two_plans_in_one_calendar_leave_each_other_alone }

/// Each changes and removes its own events only, also without its ledger.
fn two_plans_in_one_calendar_leave_each_other_alone(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    let first = learner.held()?;
    let ledger = learner.path("ledger");
    fs::rename(&ledger, learner.path("ledger of the first"))?;

    for hours in [10, 20, 6] {
        with_plan(&learner, "another-plan", hours)?;
        learner.syncs(&[])?;
        let (ours, theirs): (Vec<_>, Vec<_>) = learner
            .held()?
            .into_iter()
            .partition(|(uid, _)| uid.starts_with("another-plan."));
        assert_eq!(theirs.into_iter().collect::<crate::Events>(), first);
        let mut ours: Vec<_> = ours.into_iter().map(|(_, event)| event).collect();
        ours.sort();
        assert_eq!(ours, learner.wanted()?);
        if hours == 20 {
            fs::remove_file(&ledger)?;
        }
    }

    let second: Vec<_> = learner
        .held()?
        .into_iter()
        .filter(|(uid, _)| !first.contains_key(uid))
        .collect();
    fs::rename(learner.path("ledger of the first"), &ledger)?;
    learner.plans(20)?;
    learner.syncs(&[])?;
    let held = learner.held()?;
    for (uid, event) in &second {
        assert_eq!(held.get(uid), Some(event));
    }
    assert_eq!(held.len(), second.len() + learner.wanted()?.len());
    Ok(())
}

#[test]
fn a_ledger_of_another_plan_is_rejected_before_anything_is_sent() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let (held, ledger) = (learner.held()?, fs::read(learner.path("ledger"))?);
    // Moved and deleted there: the other plan takes over neither.
    let uid = learner.uid("writing-1.1")?;
    learner.in_calendar(&["move", &uid, "60", "UTC"])?;
    with_plan(&learner, "another-plan", 20)?;
    for arguments in [&[][..], &["--dry-run"], &["--pull-only"], &["--adopt"]] {
        let (code, said) = learner.fails(arguments)?;
        assert_eq!(code, Some(2));
        assert!(
            said.contains("Give each plan a ledger of its own"),
            "{said}"
        );
    }
    assert!(learner.proxy.passed("PUT").is_empty());
    assert_eq!(fs::read(learner.path("ledger"))?, ledger);
    learner.plans(10)?;
    let said = learner.syncs(&[])?;
    assert!(said.contains("; moved here too"), "{said}");
    assert_eq!(learner.held()?.len(), held.len());
    Ok(())
}

/// Three calendars on two servers and two files, of one plan with a ledger for each.
#[test]
fn each_calendar_of_a_plan_has_uids_of_its_own() -> Result {
    let one = Learner::synced(Kind::Radicale)?;
    let other = Learner::synced(Kind::Xandikos)?;
    let mut calendars: Vec<BTreeSet<String>> = Vec::new();
    for learner in [&one, &other] {
        calendars.push(learner.held()?.into_keys().collect());
    }
    // A second calendar on the same server.
    fs::rename(one.path("ledger"), one.path("ledger of the first"))?;
    one.syncs(&["--calendar", "Second", "--create"])?;
    let names = one.proxy.passed("PUT").into_iter().filter_map(|path| {
        let (_, name) = path.strip_suffix(".ics")?.rsplit_once('/')?;
        Some(name.replace("%40", "@"))
    });
    calendars.push(names.collect());
    let exported = |name: &str| -> Result<BTreeSet<String>> {
        let ics = one.path(&format!("{name}.ics"));
        assert_cmd::Command::cargo_bin("waymark")?
            .args(["export", "--plan"])
            .arg(one.path("plan.json"))
            .arg("--ics")
            .arg(&ics)
            .arg("--ledger")
            .arg(one.path(&format!("{name}.ledger")))
            .assert()
            .success();
        let text = fs::read_to_string(&ics)?.replace("\r\n ", "");
        let uids = text.lines().filter_map(|line| line.strip_prefix("UID:"));
        Ok(uids.map(str::to_owned).collect())
    };
    calendars.push(exported("one")?);
    calendars.push(exported("two")?);
    // The same ledger again is the same calendar.
    assert_eq!(exported("one")?, calendars[3]);

    let events = one.wanted()?.len();
    assert!(calendars.iter().all(|uids| uids.len() == events));
    let all: BTreeSet<&String> = calendars.iter().flatten().collect();
    assert_eq!(
        all.len(),
        calendars.len() * events,
        "a UID is in two calendars"
    );
    Ok(())
}
