//! Requests and bytes of a sync: only what changed, and several requests at a time.

use std::fs;
use std::time::{Duration, Instant};

use chrono::{Days, Local};
use serde_json::{Value, json};

use crate::limits::error;
use crate::proxy::{Asked, Fault};
use crate::servers::Kind;
use crate::{Learner, Result};

on_each_server! {
    a_sync_without_changes_is_small,
    a_new_calendar_costs_few_requests,
    four_requests_at_a_time,
    a_person_is_heard_through_the_changes,
}

/// The most bytes of a sync without changes, of its requests and answers with their heads.
const SMALL: usize = 2048;
/// The most requests at a time.
const AT_ONCE: usize = 4;
const NOTHING: &str = "0 new, 0 moved, 0 removed";
const FORGOTTEN: &str = "The server no longer knows which changes Waymark has read";
const WRONG: &str = "The server doesn't name all changes";

/// Whether it is a request for the changes since a token.
fn asks_for_changes(asked: &Asked) -> bool {
    asked.body.contains("sync-collection") && asked.method == "REPORT"
}

/// Right after a push, and ever after.
fn a_sync_without_changes_is_small(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    for hours in [10, 20] {
        learner.plans(hours)?;
        learner.syncs(&[])?;
        for _ in 0..2 {
            learner.proxy.traffic();
            let said = learner.syncs(&[])?;
            assert!(said.starts_with(NOTHING), "{said}");
            let traffic = learner.proxy.traffic();
            assert_eq!(traffic.requests, 1, "{traffic:?}");
            assert!(traffic.bytes < SMALL, "{traffic:?}");
        }
    }
    Ok(())
}

/// Three find the user's calendars, one makes the new one, and two see that nothing is in it. After
/// the push, the server says what it has now.
fn a_new_calendar_costs_few_requests(kind: Kind) -> Result {
    let learner = Learner::new(kind)?;
    learner.syncs(&["--create"])?;
    let puts = learner.proxy.passed("PUT").len();
    assert_eq!(puts, learner.wanted()?.len());
    assert_eq!(learner.proxy.passed("MKCALENDAR").len(), 1);
    let after = if kind == Kind::SabreDav { 2 } else { 1 };
    assert_eq!(learner.proxy.traffic().requests, 3 + 1 + 2 + puts + after);
    Ok(())
}

/// A push waits for a quarter of its answers only.
fn four_requests_at_a_time(kind: Kind) -> Result {
    let learner = Learner::new(kind)?;
    let slow = || Fault::Slow(Duration::from_millis(50));
    learner.proxy.rule(move |asked| match &*asked.method {
        "PUT" | "DELETE" => slow(),
        _ => Fault::None,
    });
    learner.syncs(&["--create"])?;
    assert_eq!(learner.proxy.traffic().at_once, AT_ONCE);
    learner.holds_the_plan()?;
    learner.plans(20)?;
    learner.syncs(&[])?;
    assert_eq!(learner.proxy.traffic().at_once, AT_ONCE);
    learner.holds_the_plan()
}

/// From the first objection on, one request at a time.
#[test]
fn a_server_that_objects_to_several_requests() -> Result {
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
        let learner = Learner::synced(Kind::Radicale)?;
        learner.plans(20)?;
        let mut is_first = true;
        learner.proxy.rule(move |asked| {
            if std::mem::take(&mut is_first) {
                return Fault::Answer(status, String::new());
            }
            match &*asked.method {
                "PUT" | "DELETE" => Fault::Slow(Duration::from_millis(20)),
                _ => Fault::None,
            }
        });
        learner.proxy.traffic();
        learner.syncs(&[])?;
        assert_eq!(learner.proxy.traffic().at_once, 1);
        learner.holds_the_plan()?;
    }
    Ok(())
}

/// A person moves, deletes and renames, and another program adds its own: all of it is heard
/// without a list of the calendar, but for what is gone.
fn a_person_is_heard_through_the_changes(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    learner.in_calendar(&["add", "theirs@example.org", "Theirs"])?;
    let uid = learner.uid("writing-1.1")?;
    learner.in_calendar(&["move", &uid, "75", "America/New_York"])?;
    let said = learner.syncs(&[])?;
    assert!(
        said.contains("Moved there: ") && said.contains("; moved here too"),
        "{said}"
    );
    learner.in_calendar(&["rename", &learner.uid("writing-2.1")?])?;
    let said = learner.syncs(&[])?;
    assert!(!said.contains("Deleted there"), "{said}");
    learner.in_calendar(&["delete", &learner.uid("writing-3.1")?])?;
    let said = learner.syncs(&[])?;
    assert!(said.contains("Deleted there: "), "{said}");
    learner.syncs(&["--deleted", "restore"])?;
    assert!(learner.syncs(&[])?.starts_with(NOTHING));
    assert_eq!(learner.held()?.len(), learner.wanted()?.len() + 1);
    Ok(())
}

/// However a server refuses the token: the whole calendar is read, a sentence says so, and what a
/// person did in the meantime is heard.
#[test]
fn a_token_that_is_refused() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let answers: [fn() -> Fault; 7] = [
        || error("403 Forbidden", "valid-sync-token"),
        || error("409 Conflict", "valid-sync-token"),
        || {
            error(
                "507 Insufficient Storage",
                "number-of-matches-within-limits",
            )
        },
        || Fault::Answer("410 Gone", String::new()),
        || Fault::Answer("400 Bad Request", String::new()),
        || Fault::Answer("501 Not Implemented", String::new()),
        || {
            Fault::Say(
                "207 Multi-Status",
                "<multistatus xmlns=\"DAV:\"/>".to_owned(),
            )
        },
    ];
    for answer in answers {
        let uid = learner.uid("writing-1.1")?;
        learner.in_calendar(&["move", &uid, "15", "UTC"])?;
        learner
            .proxy
            .rule(move |asked| match asks_for_changes(asked) {
                true => answer(),
                false => Fault::None,
            });
        let said = learner.syncs(&[])?;
        assert!(said.contains(FORGOTTEN), "{said}");
        assert!(said.contains("; moved here too"), "{said}");
        learner.holds_the_plan()?;
        learner.proxy.mend();
        let said = learner.syncs(&[])?;
        assert!(said.starts_with(NOTHING), "{said}");
    }
    Ok(())
}

/// The server always says that nothing has changed: after the first push, it is not believed.
#[test]
fn a_server_that_lies_about_changes() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    learner.proxy.rule(|asked| {
        if !asks_for_changes(asked) {
            return Fault::None;
        }
        Fault::Edit(Box::new(|head, body| {
            let token = body.find("<sync-token>").map_or("", |at| &body[at..]);
            let token = token.split("</sync-token>").next().unwrap_or_default();
            let body = format!("<multistatus xmlns=\"DAV:\">{token}</sync-token></multistatus>");
            (head.to_owned(), body)
        }))
    });
    learner.syncs(&["--create"])?;
    for _ in 0..3 {
        let uid = learner.uid("writing-1.1")?;
        learner.in_calendar(&["move", &uid, "15", "UTC"])?;
        let said = learner.syncs(&[])?;
        assert!(said.contains(WRONG), "{said}");
        assert!(said.contains("; moved here too"), "{said}");
        learner.holds_the_plan()?;
    }
    learner.in_calendar(&["delete", &learner.uid("writing-2.1")?])?;
    assert!(learner.syncs(&[])?.contains("Deleted there: "));
    Ok(())
}

/// A server that begins to lie later is found out within a day.
#[test]
fn everything_is_listed_once_a_day_and_after_a_wrong_clock() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let mut now = chrono::Utc::now();
    for (days, is_listed) in [(0, false), (1, true), (0, false), (-1, true), (0, false)] {
        now += chrono::TimeDelta::days(days);
        let uid = learner.uid("writing-1.1")?;
        learner.in_calendar(&["move", &uid, "15", "UTC"])?;
        learner.proxy.passed("PROPFIND");
        let output = learner
            .command(&[])?
            .env("WAYMARK_NOW", now.to_rfc3339())
            .output()?;
        let said = String::from_utf8(output.stdout)?;
        assert!(said.contains("; moved here too"), "{days}: {said}");
        assert!(!said.contains(WRONG), "{days}: {said}");
        assert_eq!(!learner.proxy.passed("PROPFIND").is_empty(), is_listed);
        learner.holds_the_plan()?;
    }
    Ok(())
}

/// Servers may name many changes in parts (RFC 6578, 3.6). If there is always one more, the
/// calendar is listed.
#[test]
fn changes_that_never_end() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let uid = learner.uid("writing-1.1")?;
    learner.in_calendar(&["move", &uid, "15", "UTC"])?;
    for is_same in [true, false] {
        let mut number = 0;
        learner.proxy.rule(move |asked| {
            if !asks_for_changes(asked) {
                return Fault::None;
            }
            let token = asked.body.split("sync-token>").nth(1).unwrap_or_default();
            let token = token.split('<').next().unwrap_or_default();
            number += 1;
            let next = if is_same {
                token.to_owned()
            } else {
                number.to_string()
            };
            Fault::Say(
                "207 Multi-Status",
                format!(
                    "<multistatus xmlns=\"DAV:\"><response><href>/ana/french/</href>\
                     <status>HTTP/1.1 507 Insufficient Storage</status></response>\
                     <sync-token>{next}</sync-token></multistatus>"
                ),
            )
        });
        let said = learner.syncs(&[])?;
        assert!(said.contains(FORGOTTEN), "{said}");
        learner.holds_the_plan()?;
    }
    Ok(())
}

/// A plan of this number of sessions, each of an item of its own. It begins `days` days later.
fn plan_of(learner: &Learner, sessions: usize, days: u64) -> Result {
    let start = Local::now().date_naive() + Days::new(40 + days);
    let item = |number| {
        let id = format!("item-{number}");
        json!({"id": id, "title": format!("Topic {number}"), "kind": "topic", "effort_hours": 1})
    };
    let items: Vec<Value> = (0..sessions).map(item).collect();
    let outcome = json!({"id": "done", "title": "Done"});
    let phase = json!({"id": "all", "title": "All", "outcome": outcome, "items": items});
    let plan = json!({
        "id": "sync-test",
        "start": start.to_string(),
        "zone": "Europe/Berlin",
        "week_minutes": 2400,
        "roadmap": {
            "id": "french", "title": "French", "nominal_hours_per_week": 6, "phases": [phase],
        },
    });
    Ok(fs::write(learner.path("plan.json"), plan.to_string())?)
}

/// Prints requests and bytes for docs/caldav.md.
fn figures(kind: Kind) -> Result {
    for (sessions, delay) in [(60, 0), (60, 100), (2000, 0), (2000, 100)] {
        let learner = Learner::new(kind)?;
        let late = Duration::from_millis(delay);
        learner.proxy.rule(move |_| Fault::Slow(late));
        let measure = |name: &str, arguments: &[&str]| -> Result {
            learner.proxy.traffic();
            let begun = Instant::now();
            let output = learner
                .command(arguments)?
                .timeout(Duration::from_secs(1200))
                .output()?;
            assert!(output.status.success(), "{output:?}");
            let took = begun.elapsed().as_secs_f64();
            let traffic = learner.proxy.traffic();
            let (requests, at_once) = (traffic.requests, traffic.at_once);
            println!(
                "{kind:?}, {sessions} events, {delay} ms, {name}: {requests} requests, \
                 {at_once} at once, {} bytes, {took:.1} s",
                traffic.bytes
            );
            Ok(())
        };
        plan_of(&learner, sessions, 0)?;
        measure("first push", &["--create"])?;
        measure("no change", &[])?;
        if sessions == 60 {
            plan_of(&learner, sessions, 1)?;
            measure("all moved", &[])?;
        }
    }
    Ok(())
}

#[test]
#[ignore = "measures: see docs/caldav.md"]
fn figures_of_radicale() -> Result {
    figures(Kind::Radicale)
}

#[test]
#[ignore = "measures: see docs/caldav.md"]
fn figures_of_xandikos() -> Result {
    figures(Kind::Xandikos)
}

#[test]
#[ignore = "measures: see docs/caldav.md"]
fn figures_of_sabredav() -> Result {
    figures(Kind::SabreDav)
}
