//! Two plans of one roadmap in one calendar, each with a ledger of its own (case 191 of the files
//! that failed once).

use std::fs;
use std::path::Path;
use std::process::Output;

use crate::servers::Kind;
use crate::{Events, LONGEST_RUN, Learner, Result};

/// Before both plans begin.
const NOW: &str = "2026-12-01T12:00:00Z";

/// Syncs a plan file with its own ledger.
fn sync(learner: &Learner, plan: &Path) -> Result<Output> {
    let ledger = plan.with_extension("ledger");
    if ledger.exists() {
        fs::rename(&ledger, learner.path("ledger"))?;
    }
    fs::copy(plan, learner.path("plan.json"))?;
    let mut command =
        learner.command(&["--calendar", "French", "--create", "--to", "2027-03-14"])?;
    let output = command.env("WAYMARK_NOW", NOW).output()?;
    if learner.path("ledger").exists() {
        fs::rename(learner.path("ledger"), &ledger)?;
    }
    Ok(output)
}

fn synced(learner: &Learner, plan: &Path) -> Result<String> {
    let output = sync(learner, plan)?;
    assert!(output.status.success(), "{output:?}");
    Ok(String::from_utf8(output.stdout)?)
}

fn case(learner: &Learner, name: &str) -> Result<std::path::PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/caldav/cases");
    let copy = learner.path(name);
    fs::copy(here.join(name), &copy)?;
    Ok(copy)
}

#[test]
fn the_second_plan_leaves_the_first_ones_events_alone() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    let first = case(&learner, "191-a.json")?;
    synced(&learner, &first)?;
    let of_first = learner.held()?;
    assert!(of_first.len() > 30, "{}", of_first.len());

    // Both files have the id of their roadmap, as earlier terminals gave it.
    let shared = case(&learner, "191-b.json")?;
    let output = sync(&learner, &shared)?;
    let said = String::from_utf8(output.stderr)?;
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("id mlops-2026"), "{said}");
    assert_eq!(learner.held()?, of_first, "nothing was changed");

    // Saved by this terminal, the same plan has an id of its own.
    let second = learner.path("second.json");
    let plan = ["plan", "--start", "2027-02-01", "--zone", "Europe/Berlin"];
    assert_cmd::Command::cargo_bin("waymark")?
        .env("WAYMARK_NOW", NOW)
        .args(plan)
        .args(["--hours", "4", "--days", "sat,sun", "--save"])
        .arg(&second)
        .timeout(LONGEST_RUN)
        .assert()
        .success();
    let told = synced(&learner, &second)?;
    let (of_second, kept): (Events, Events) = learner
        .held()?
        .into_iter()
        .partition(|(uid, _)| !of_first.contains_key(uid));
    assert_eq!(kept, of_first, "the first one's are as they were");
    let count = of_second.len();
    assert!(count > 10, "{count}");
    assert!(
        told.starts_with(&format!("{count} new, 0 moved, 0 removed")),
        "{told}"
    );

    // From then on neither touches the other's.
    for plan in [&first, &second] {
        let told = synced(&learner, plan)?;
        assert!(told.starts_with("0 new, 0 moved, 0 removed"), "{told}");
    }
    assert_eq!(learner.held()?.len(), of_first.len() + count);
    Ok(())
}
