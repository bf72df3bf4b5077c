#![allow(clippy::unwrap_used)]
use std::os::unix::fs::{PermissionsExt, symlink};

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

use std::fs::Permissions;

#[test]
fn a_symbolic_link_stays_and_the_file_at_its_end_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("real")).unwrap();
    symlink("real", path("folder")).unwrap();
    symlink("folder/plan.json", path("second")).unwrap();
    symlink(path("second"), path("first")).unwrap();
    // The file need not exist yet.
    for text in ["one", "two"] {
        write(&path("first"), text.as_bytes(), Audience::Owner).unwrap();
        assert_eq!(fs::read_to_string(path("real/plan.json")).unwrap(), text);
        assert_eq!(mode(&path("real/plan.json")), 0o600);
    }
    for link in ["first", "second", "folder"] {
        assert!(fs::symlink_metadata(path(link)).unwrap().is_symlink());
    }
    symlink("b", path("a")).unwrap();
    symlink("a", path("b")).unwrap();
    assert!(write(&path("a"), b"", Audience::Owner).is_err());
}

#[test]
fn folders_devices_and_pipes_are_rejected_for_reading_and_writing() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let link = folder.path().join("link");
    symlink("/dev/null", &link).unwrap();
    for path in [folder.path(), &pipe, Path::new("/dev/null"), &link] {
        let error = write(path, b"", Audience::Default).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{path:?}");
        assert_eq!(read(path).unwrap_err().kind(), ErrorKind::InvalidInput);
    }
}

#[test]
fn a_plan_is_readable_by_its_owner_only_and_another_file_by_whom_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    write(&path, b"", Audience::Owner).unwrap();
    assert_eq!(mode(&path), 0o600);
    for before in [0o777, 0o644, 0o640] {
        set_mode(&path, before);
        write(&path, b"", Audience::Default).unwrap();
        assert_eq!(mode(&path), before);
        write(&path, b"", Audience::Owner).unwrap();
        assert_eq!(mode(&path), 0o600);
    }
}

#[test]
fn what_a_killed_run_left_is_swept_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let left = [".plan.json.AbC123.waymark-tmp", ".plan.json.x.waymark-tmp"];
    let kept = ["plan.json", ".plan.json.swp", ".other.AbC123.waymark-tmp"];
    for name in left.iter().chain(&kept) {
        fs::write(path(name), "").unwrap();
    }
    sweep(&path("plan.json"));
    assert!(left.iter().all(|name| !path(name).exists()));
    assert!(kept.iter().all(|name| path(name).exists()));
}

/// A sparse file: none of its 4 GB is read.
#[test]
fn a_huge_file_is_rejected_before_it_is_parsed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    File::create(&path).unwrap().set_len(4 << 30).unwrap();
    let error = read(&path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::FileTooLarge);
}

#[test]
fn the_systems_errors_are_told_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("file"), "").unwrap();
    let read = |path: &Path| unread(path, &super::read(path).unwrap_err()).to_string();
    let written = |path: &Path| {
        let error = write(path, b"", Audience::Default).unwrap_err();
        unwritten(path, &error).to_string()
    };
    let long = path(&"a".repeat(300));
    for (said, end) in [
        (read(&path("none")), "there's no such file."),
        (
            read(&path("file/none")),
            "a part of its path isn't a folder.",
        ),
        (read(&long), "its name is too long, or not allowed here."),
        (written(&path("none/file")), "its folder doesn't exist."),
        (written(&long), "its name is too long, or not allowed here."),
    ] {
        assert!(
            said.starts_with("Couldn't ") && said.ends_with(end),
            "{said}"
        );
    }
    let odd = io::Error::from_raw_os_error(5);
    let said = unsaved(&path("file"), &odd).to_string();
    assert!(
        said.ends_with(": the system reports “Input/output error”."),
        "{said}"
    );
}

#[test]
fn each_kind_of_fault_has_its_words() {
    let own = InputError::sentence(ErrorCode::PlanEdited, "the plan was edited");
    let kind = io::Error::from;
    for (error, words) in [
        (
            kind(ErrorKind::PermissionDenied),
            "you don't have permission",
        ),
        (kind(ErrorKind::ReadOnlyFilesystem), "the disk is read-only"),
        (
            kind(ErrorKind::StorageFull),
            "there's no space left on the disk. Free some space and try again",
        ),
        (
            kind(ErrorKind::QuotaExceeded),
            "there's no space left on the disk. Free some space and try again",
        ),
        // A sentence of our own, whatever the kind.
        (
            io::Error::new(ErrorKind::NotFound, own.clone()),
            &own.to_string(),
        ),
    ] {
        assert_eq!(read_fault(&error), words);
        assert_eq!(write_fault(&error), words);
    }
}

/// Three at one time have three names, in order.
#[test]
fn files_that_are_set_aside_at_one_time_stay_apart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    let now = "2027-01-04T12:00:00Z".parse().unwrap();
    let names = ["", "-2", "-3"].map(|number| {
        fs::write(&path, number).unwrap();
        let aside = set_aside(&path, "damaged", now).unwrap();
        assert_eq!(fs::read_to_string(&aside).unwrap(), number);
        aside.file_name().unwrap().to_str().unwrap().to_owned()
    });
    let start = "plan.json.damaged-20270104T120000000Z";
    assert_eq!(
        names,
        ["", "-2", "-3"].map(|number| format!("{start}{number}"))
    );
}

/// Its owner's own restrictions stay.
#[test]
fn a_private_folder_is_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b");
    private_folder(&path).unwrap();
    assert_eq!(mode(&path) & 0o077, 0);
    for (before, after) in [(0o755, 0o700), (0o700, 0o700), (0o550, 0o500)] {
        set_mode(&path, before);
        private_folder(&path).unwrap();
        assert_eq!(mode(&path), after);
    }
}

#[test]
fn a_path_through_a_file_leads_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    fs::write(&path, "").unwrap();
    let error = resolved(&path.join("none")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotADirectory);
}
