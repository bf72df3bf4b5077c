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
