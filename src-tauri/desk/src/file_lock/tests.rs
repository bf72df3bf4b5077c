#![allow(clippy::unwrap_used)]
use super::*;

const SHORT: Wait = Wait {
    patience: Duration::from_millis(700),
    notice: |_| {},
};

#[test]
fn the_second_waits_names_the_first_and_gives_up() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    let first = FileLock::acquire(&path, SHORT).unwrap();
    let start = Instant::now();
    let Err(LockError::InUse(holder)) = FileLock::acquire(&path, SHORT) else {
        panic!("two hold the lock");
    };
    assert!(start.elapsed() >= SHORT.patience);
    let process = format!("(process {})", std::process::id());
    assert!(holder.ends_with(&process), "{holder}");
    drop(first);
    FileLock::acquire(&path, SHORT).unwrap();
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn all_names_of_a_file_have_one_lock() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::os::unix::fs::symlink("plan.json", path("link")).unwrap();
    let _first = FileLock::acquire(&path("plan.json"), SHORT).unwrap();
    let second = FileLock::acquire(&path("link"), SHORT);
    assert!(matches!(second, Err(LockError::InUse(_))));
}

/// Many threads, each with a file descriptor of its own, as programs have: no two at the same time.
#[test]
fn no_two_hold_it_at_the_same_time() {
    use std::sync::atomic::{AtomicU32, Ordering};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.json");
    let (holders, taken) = (AtomicU32::new(0), AtomicU32::new(0));
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    let lock = FileLock::acquire(&path, Wait::default()).unwrap();
                    assert_eq!(holders.fetch_add(1, Ordering::SeqCst), 0);
                    taken.fetch_add(1, Ordering::SeqCst);
                    holders.fetch_sub(1, Ordering::SeqCst);
                    drop(lock);
                }
            });
        }
    });
    assert_eq!(taken.load(Ordering::SeqCst), 160);
}
