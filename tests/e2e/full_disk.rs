//! A disk that has no room left when the plan is saved.

use std::fs;
use std::path::PathBuf;

use crate::offline::write_script;
use crate::window::{Home, Result, Window, application};

const TRACE: &str = "full-disk.log";

/// Runs the app on a disk that is full: each file that is to be on it for certain fails.
pub fn program(home: &Home) -> Result<PathBuf> {
    let program = home.path("on-a-full-disk");
    let (log, app) = (home.path(TRACE), application());
    let script = format!(
        "#!/bin/sh\n\
         exec strace -D -f --seccomp-bpf -o '{}' -e trace=fsync -e inject=fsync:error=ENOSPC \
         '{}' \"$@\"\n",
        log.display(),
        app.display()
    );
    write_script(&program, &script)?;
    Ok(program)
}

pub async fn says_so(window: &Window, home: &Home) -> Result {
    let before = fs::read(home.plan_file())?;
    window.fill("#hours-field", "20").await?;
    let words = "There's no space left on the disk. Your change wasn't saved.";
    window
        .until("the window says that the disk is full", async || {
            let problem = window.text("#problem").await?.unwrap_or_default();
            Ok(problem.contains(words))
        })
        .await?;
    assert_eq!(fs::read(home.plan_file())?, before, "the plan");
    let trace = fs::read_to_string(home.path(TRACE))?;
    assert!(trace.contains("(INJECTED)"), "{trace}");
    window.picture("71-full-disk").await
}
