//! Failures on the way, or on the server, leave ledger and calendar consistent.

use std::net::TcpListener;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::proxy::{Asked, Fault, lines_without};
use crate::servers::{Kind, PASSWORD, USER, free_address};
use crate::{Learner, Result};

on_each_server! {
    a_concurrent_change_is_received_first,
    a_calendar_is_made_once,
    a_run_that_is_killed,
}

type MakeFault = fn() -> Fault;

/// From the nth request with this method on, counted from 1.
fn from(
    wanted: &'static str,
    first: usize,
    fault: MakeFault,
) -> impl FnMut(&Asked) -> Fault + Send {
    let mut seen = 0;
    move |asked| {
        seen += usize::from(asked.method == wanted);
        if asked.method == wanted && seen >= first {
            fault()
        } else {
            Fault::None
        }
    }
}

/// Only the nth request with this method.
fn at(wanted: &'static str, place: usize, fault: MakeFault) -> impl FnMut(&Asked) -> Fault + Send {
    let mut seen = 0;
    move |asked| {
        seen += usize::from(asked.method == wanted);
        if asked.method == wanted && seen == place {
            fault()
        } else {
            Fault::None
        }
    }
}

fn answer(status: &'static str) -> Fault {
    Fault::Answer(status, String::new())
}

fn no_etag() -> Fault {
    Fault::Edit(Box::new(|head, body| {
        (lines_without(head, &["etag:"]), body.to_owned())
    }))
}

/// Stops at the fault with this in its message, does the rest later, and sends nothing twice.
fn stops_and_goes_on(learner: &Learner, fault: MakeFault, sentence: &str) -> Result {
    let all = learner.wanted()?.len();
    learner.proxy.rule(from("PUT", 6, fault));
    let (code, said) = learner.fails(&[])?;
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains(sentence), "{said}");
    assert!(said.contains("the next sync goes on from there"), "{said}");
    learner.proxy.mend();
    assert_eq!(learner.proxy.passed("PUT").len(), 5);
    learner.syncs(&[])?;
    assert!(learner.proxy.passed("PUT").len() <= all - 5);
    learner.holds_the_plan()
}

#[test]
fn a_server_that_goes_down_half_way() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    learner.proxy.rule(from("PUT", 1, || Fault::Cut));
    learner.fails(&["--create"])?;
    stops_and_goes_on(&learner, || Fault::Cut, "doesn't answer")
}

/// The server creates it, its answer is lost, and it gets the same request again.
fn a_calendar_is_made_once(kind: Kind) -> Result {
    let learner = Learner::new(kind)?;
    learner.proxy.rule(at("MKCALENDAR", 1, || Fault::Deaf));
    let said = learner.syncs(&["--create"])?;
    assert!(said.starts_with("Created the calendar"), "{said}");
    assert_eq!(learner.proxy.passed("MKCALENDAR").len(), 2);
    learner.holds_the_plan()
}

#[test]
fn a_server_that_is_full() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    learner.plans(20)?;
    stops_and_goes_on(
        &learner,
        || answer("507 Insufficient Storage"),
        "no space left",
    )
}

#[test]
fn a_server_that_is_not_there() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let nowhere = format!("http://{}", free_address()?);
    let output = assert_cmd::Command::cargo_bin("waymark")?
        .args(["sync", "--user", USER, "--address", &nowhere, "--plan"])
        .arg(learner.path("plan.json"))
        .arg("--ledger")
        .arg(learner.path("other"))
        .env("WAYMARK_PASSWORD", PASSWORD)
        .timeout(crate::LONGEST_RUN)
        .output()?;
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8(output.stderr)?.contains("doesn't answer"));
    Ok(())
}

/// Busy once, slow once, a reply lost once: retried, all succeed in one run.
#[test]
fn what_passes_is_waited_for() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let faults: [(&str, MakeFault); 5] = [
        ("busy", || {
            Fault::Answer("503 Service Unavailable", "Retry-After: 1\r\n".to_owned())
        }),
        ("failing", || answer("500 Internal Server Error")),
        ("slow", || Fault::Slow(Duration::from_secs(2))),
        ("cut", || Fault::Cut),
        ("not heard", || Fault::Deaf),
    ];
    for ((name, fault), hours) in faults.into_iter().zip([20, 10, 20, 10, 20]) {
        for method in ["PUT", "DELETE", "REPORT"] {
            learner.plans(if method == "DELETE" {
                30 - hours
            } else {
                hours
            })?;
            learner.proxy.rule(at(method, 1, fault));
            let said = learner.syncs(&["--timeout", "1"]);
            said.map_err(|error| format!("{name} at {method}: {error}"))?;
            learner.proxy.mend();
            learner.holds_the_plan()?;
        }
    }
    Ok(())
}

#[test]
fn a_server_that_is_always_slow_is_given_up() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    learner
        .proxy
        .rule(from("REPORT", 1, || Fault::Slow(Duration::from_secs(3))));
    let begun = Instant::now();
    let (code, said) = learner.fails(&["--timeout", "1"])?;
    assert_eq!(code, Some(1));
    assert!(said.contains("doesn't answer"), "{said}");
    assert!(begun.elapsed() < Duration::from_secs(30));
    Ok(())
}

#[test]
fn a_server_that_names_no_state() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    learner.proxy.rule(from("PUT", 1, no_etag));
    learner.syncs(&["--create"])?;
    learner.holds_the_plan()?;
    learner.proxy.passed("PUT");
    learner.syncs(&[])?;
    assert!(learner.proxy.passed("PUT").is_empty());
    learner.plans(20)?;
    learner.syncs(&[])?;
    learner.holds_the_plan()
}

/// Somebody moves an event between our read and our write: it is read again, and their change wins
/// (412).
fn a_concurrent_change_is_received_first(kind: Kind) -> Result {
    let learner = Arc::new(Learner::synced(kind)?);
    learner.plans(20)?;
    let uid = learner.uid("writing-4.1")?;
    let (theirs, mut is_first) = (Arc::downgrade(&learner), true);
    let their_uid = uid.clone();
    let (tell, failed) = mpsc::channel();
    learner.proxy.rule(move |asked| {
        if asked.method == "PUT" && std::mem::take(&mut is_first) {
            let done = theirs
                .upgrade()
                .map(|it| it.in_calendar(&["move", &their_uid, "1440", "UTC"]));
            if let Some(Err(error)) = done {
                let _ = tell.send(error.to_string());
            }
        }
        Fault::None
    });
    let said = learner.syncs(&[])?;
    assert_eq!(failed.try_recv().ok(), None);
    assert!(
        said.contains("1 event changed on the server during the sync"),
        "{said}"
    );
    assert!(
        said.contains("Moved there: ") && said.contains("; moved here too"),
        "{said}"
    );
    learner.holds_the_plan()
}

/// Killed in the middle of a re-plan, with answers missing: none of our own writes is taken for a
/// person's edit.
fn a_run_that_is_killed(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    for (hours, place) in [(20, 3), (10, 9), (6, 60)] {
        learner.plans(hours)?;
        let is_there = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&is_there);
        let mut seen = 0;
        learner.proxy.rule(move |asked| {
            seen += usize::from(matches!(asked.method.as_str(), "PUT" | "DELETE"));
            if seen < place {
                return Fault::None;
            }
            theirs.store(true, Ordering::SeqCst);
            // The server executes the last one, and its answer is lost.
            if seen == place {
                Fault::Deaf
            } else {
                Fault::Cut
            }
        });
        let command = learner.command(&[])?;
        let mut process = Command::new(command.get_program())
            .args(command.get_args())
            .env("WAYMARK_PASSWORD", PASSWORD)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let begun = Instant::now();
        while !is_there.load(Ordering::SeqCst) && process.try_wait()?.is_none() {
            assert!(begun.elapsed() < crate::LONGEST_RUN);
            thread::sleep(Duration::from_millis(2));
        }
        process.kill()?;
        process.wait()?;
        learner.proxy.mend();
        let said = learner.syncs(&[])?;
        assert!(
            !said.contains("there: ") && !said.contains("another text"),
            "{said}"
        );
        learner.holds_the_plan()?;
    }
    Ok(())
}

#[test]
fn a_wrong_password() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let output = learner
        .command(&["--dry-run"])?
        .env("WAYMARK_PASSWORD", "hunter2")
        .output()?;
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8([output.stdout, output.stderr].concat())?;
    assert!(
        said.contains("rejected this user name or password"),
        "{said}"
    );
    assert!(!said.contains("hunter2"), "{said}");
    Ok(())
}

/// Neither ledger nor plan contains it.
#[test]
fn the_password_is_in_no_file() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    let mut command = learner.command(&["--create", "--password-stdin"])?;
    let output = command
        .env_remove("WAYMARK_PASSWORD")
        .write_stdin(format!("{PASSWORD}\n"))
        .output()?;
    assert!(output.status.success(), "{output:?}");
    for name in ["ledger", "plan.json"] {
        let text = std::fs::read_to_string(learner.path(name))?;
        assert!(!text.contains("ss-word"), "{name}");
    }
    Ok(())
}

/// A redirect to another server is not followed, and nothing is sent to that server.
#[test]
fn a_password_goes_to_no_other_server() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let other = TcpListener::bind("127.0.0.1:0")?;
    other.set_nonblocking(true)?;
    let location = format!("Location: http://{}/\r\n", other.local_addr()?);
    learner
        .proxy
        .rule(move |_| Fault::Answer("307 Temporary Redirect", location.clone()));
    let (code, said) = learner.fails(&[])?;
    assert_eq!(code, Some(1));
    assert!(said.contains("The server redirects to "), "{said}");
    assert!(other.accept().is_err(), "the other server was asked");
    Ok(())
}
