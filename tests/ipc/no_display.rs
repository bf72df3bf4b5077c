//! A start without a display: it says so on standard error and ends.

use std::process::Command;

use crate::at_home;

/// The program's exit code, and what it wrote to standard error.
fn started(home: &crate::Home) -> (Option<i32>, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_waymark-desktop"));
    program.env("XDG_DATA_HOME", home.0.path());
    program.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
    let output = program.output().unwrap();
    (
        output.status.code(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[test]
#[cfg(target_os = "linux")]
fn a_start_without_a_display_ends_with_code_2() {
    at_home(|home| {
        let (code, said) = started(home);
        assert_eq!(code, Some(2), "{said}");
        assert!(said.contains("no display"), "{said}");
    });
}

#[test]
#[cfg(target_os = "linux")]
fn a_refused_start_without_a_display_says_why() {
    at_home(|home| {
        drop(home.open());
        let plan = home.file("plan.json");
        std::fs::remove_file(&plan).unwrap();
        std::fs::create_dir(&plan).unwrap();
        let (code, said) = started(home);
        assert_eq!(code, Some(2), "{said}");
        assert!(
            said.contains(&format!("File: {}\n", plan.display())),
            "{said}"
        );
        assert!(said.contains("it's a folder"), "{said}");
        assert!(said.contains("Move or rename the folder"), "{said}");
    });
}
