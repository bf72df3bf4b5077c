//! `waymark busy --server`: the busy times of a calendar on a server.

use crate::servers::{Kind, PASSWORD};
use crate::{LONGEST_RUN, Learner, Result};

on_each_server! { a_calendar_on_a_server_makes_busy }

/// An event of another program makes busy, the plan's own don't, and reading again adds nothing.
fn a_calendar_on_a_server_makes_busy(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    learner.in_calendar(&["add", "choir", "Choir"])?;
    let busy = |calendar: &str| -> Result<(Option<i32>, String)> {
        let output = assert_cmd::Command::cargo_bin("waymark")?
            .arg("busy")
            .args(["--server", &learner.address, "--user", learner.user])
            .args(["--calendar", calendar])
            .args(["--from", "2030-01-01", "--until", "2030-01-02", "--plan"])
            .arg(learner.path("plan.json"))
            .env("WAYMARK_PASSWORD", PASSWORD)
            .env("WAYMARK_DNS", "off")
            .timeout(LONGEST_RUN)
            .output()?;
        let said = [output.stdout, output.stderr].concat();
        Ok((output.status.code(), String::from_utf8(said)?))
    };
    let (code, said) = busy("french")?;
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("Busy: 1 event with 1 time"), "{said}");
    let (code, said) = busy("spanish")?;
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("isn't on the server") && said.contains("French"),
        "{said}"
    );
    Ok(())
}
