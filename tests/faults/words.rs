//! The words about a full disk, and the number of times that a save waits for the disk.

use std::fs;

use crate::programs::{Home, LOG, program};
use crate::strace::Traced;

/// A full disk is told in words, and so is that the change is not saved.
#[test]
fn a_full_disk_is_told_in_words() {
    let home = Home::new();
    fs::copy(
        home.storage().document_path("plan"),
        home.path().join("mine.json"),
    )
    .unwrap();
    for arguments in [&LOG[..], &["log", "mine.json", "add", "python", "90"]] {
        let traced = Traced {
            program: &program(),
            arguments,
        };
        for call in ["fsync", "rename,renameat,renameat2"] {
            let inject = format!("inject={call}:error=ENOSPC");
            let (output, trace) = traced.trace(&home, &["-e", &inject]);
            assert!(trace.contains("(INJECTED)"), "{call}: {trace}");
            assert_eq!(output.status.code(), Some(1), "{call}: {output:?}");
            let said = String::from_utf8(output.stderr).unwrap();
            let expected = "waymark: There's no space left on the disk. \
                            Your change wasn't saved. Free some space and try again.\n";
            assert_eq!(said, expected, "{call}");
            assert_eq!(home.logged(), [60]);
            assert_eq!(home.logged_in("mine.json"), [60]);
        }
    }
}

/// The file of the plan, that of the copy before it, and the folder of both: once each.
#[test]
fn a_save_waits_for_the_disk_no_more_than_it_must() {
    let home = Home::new();
    fs::copy(
        home.storage().document_path("plan"),
        home.path().join("mine.json"),
    )
    .unwrap();
    for (arguments, expected) in [
        (&LOG[..], 3),
        (&["log", "mine.json", "add", "python", "90"], 2),
    ] {
        let traced = Traced {
            program: &program(),
            arguments,
        };
        let calls = "trace=fsync,fdatasync,sync_file_range,syncfs,sync,msync";
        let (output, trace) = traced.trace(&home, &["-y", "-e", calls]);
        assert!(output.status.success(), "{output:?}");
        let waits = trace.lines().filter(|line| line.contains("sync(")).count();
        assert_eq!(waits, expected, "{trace}");
    }
}
