//! Limits and oddities of servers that the ones here do not have: the proxy plays their part.

use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use crate::proxy::{Asked, Fault, lines_without};
use crate::servers::Kind;
use crate::{Learner, Result};

on_each_server! { a_server_without_states }

/// All answers, with one text replaced in the head and another in the body.
fn edited(
    edit: impl Fn(&str) -> String + Send + Clone + 'static,
) -> impl FnMut(&Asked) -> Fault + Send {
    move |_| {
        let edit = edit.clone();
        Fault::Edit(Box::new(move |head, body| (edit(head), edit(body))))
    }
}

pub fn error(status: &'static str, condition: &str) -> Fault {
    let body = format!(
        "<error xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><{condition}/></error>"
    );
    Fault::Say(status, body)
}

/// The others are sent, and the next sync starts with those that were not.
#[test]
fn an_event_that_is_not_taken() -> Result {
    for (condition, sentence) in [
        ("C:min-date-time", "too far in the past or future"),
        ("C:max-resource-size", "too large for the server"),
        ("C:valid-calendar-data", "as invalid"),
    ] {
        let learner = Learner::new(Kind::Radicale)?;
        learner.proxy.rule(move |asked| {
            if asked.method == "PUT" && asked.path.contains("writing-2.1.") {
                error("403 Forbidden", condition)
            } else {
                Fault::None
            }
        });
        let all = learner.wanted()?.len();
        let (code, said) = learner.fails(&["--create"])?;
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(sentence), "{said}");
        let told = format!("{} of {all} changes were sent and noted", all - 1);
        assert!(said.contains(&told), "{said}");
        assert_eq!(learner.held()?.len(), all - 1);
        learner.proxy.passed("PUT");
        learner.proxy.mend();
        learner.syncs(&[])?;
        assert_eq!(learner.proxy.passed("PUT").len(), 1);
        learner.holds_the_plan()?;
    }
    Ok(())
}

#[test]
fn refusals_are_told() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    learner.plans(20)?;
    for (status, condition, sentence) in [
        ("403 Forbidden", "need-privileges", "read-only"),
        ("403 Forbidden", "quota-not-exceeded", "no space left"),
        (
            "403 Forbidden",
            "C:supported-calendar-component",
            "doesn't accept events",
        ),
        ("413 Content Too Large", "x", "too large for the server"),
        ("303 See Other", "x", "303 See Other"),
    ] {
        learner
            .proxy
            .rule(move |asked| match asked.method.as_str() {
                "PUT" | "DELETE" => error(status, condition),
                _ => Fault::None,
            });
        let (code, said) = learner.fails(&[])?;
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(sentence), "{status} {condition}: {said}");
    }
    learner.proxy.mend();
    learner.syncs(&[])?;
    learner.holds_the_plan()
}

/// If a server asks for a longer pause than Waymark waits, the sync stops, and the learner is told
/// how long.
#[test]
fn a_server_that_is_being_looked_after() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    learner.plans(20)?;
    let later = (chrono::Utc::now() + Duration::from_secs(7000)).to_rfc2822();
    for (status, after, sentence) in [
        ("503 Service Unavailable", "600".to_owned(), "in 10 minutes"),
        ("429 Too Many Requests", "3600".to_owned(), "in 60 minutes"),
        (
            "503 Service Unavailable",
            later.replace("+0000", "GMT"),
            "in 2 hours",
        ),
    ] {
        let header = format!("Retry-After: {after}\r\n");
        let begun = Instant::now();
        learner
            .proxy
            .rule(move |_| Fault::Answer(status, header.clone()));
        let before = learner.proxy.asked().len();
        let (code, said) = learner.fails(&[])?;
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(sentence), "{said}");
        assert_eq!(learner.proxy.asked().len(), before + 1);
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
    learner.proxy.mend();
    learner.syncs(&[])?;
    learner.holds_the_plan()
}

/// As nginx changes them when it compresses answers.
#[test]
fn weak_states() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    learner.proxy.rule(edited(|text| {
        let text = text.replace("ETag: \"", "ETag: W/\"");
        text.replace("<getetag>", "<getetag>W/")
    }));
    states_are_kept(&learner)
}

#[test]
fn states_without_quotes() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    learner.proxy.rule(edited(|text| {
        let lines = text
            .split("\r\n")
            .map(|line| match line.strip_prefix("ETag: ") {
                Some(etag) => format!("ETag: {}", etag.replace('"', "")),
                None => line.to_owned(),
            });
        let text = lines.collect::<Vec<_>>().join("\r\n");
        text.replace("<getetag>&quot;", "<getetag>")
            .replace("&quot;</getetag>", "</getetag>")
            .replace("<getetag>\"", "<getetag>")
            .replace("\"</getetag>", "</getetag>")
    }));
    states_are_kept(&learner)
}

fn states_are_kept(learner: &Learner) -> Result {
    learner.syncs(&["--create"])?;
    learner.holds_the_plan()?;
    for hours in [20, 6] {
        learner.plans(hours)?;
        let said = learner.syncs(&[])?;
        assert!(!said.contains("during the sync"), "{said}");
        learner.holds_the_plan()?;
    }
    let reads = |learner: &Learner| {
        let asked = learner.proxy.asked().into_iter();
        asked
            .filter(|asked| asked.body.contains("calendar-multiget"))
            .count()
    };
    let before = reads(learner);
    learner.syncs(&[])?;
    assert_eq!(reads(learner), before, "what is known was fetched again");
    Ok(())
}

/// A listed resource that is gone, and one that cannot be fetched: the rest continues.
#[test]
fn resources_that_are_listed_and_not_had() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    std::fs::remove_file(learner.path("ledger"))?;
    learner.plans(20)?;
    learner.proxy.rule(|asked| {
        let more = match asked.method.as_str() {
            "PROPFIND" => {
                "<response><href>/ana/french/gone.ics</href><status>HTTP/1.1 404 Not Found</status></response>\
                 <response><href>/ana/french/theirs.ics</href><propstat><prop><getetag>\"1\"</getetag></prop>\
                 <status>HTTP/1.1 200 OK</status></propstat></response>"
            }
            "REPORT" => {
                "<response><href>/ana/french/theirs.ics</href><status>HTTP/1.1 403 Forbidden</status></response>\
                 <response><href>/ana/french/</href><status>HTTP/1.1 507 Insufficient Storage</status></response>"
            }
            _ => return Fault::None,
        };
        Fault::Edit(Box::new(move |head, body| {
            let body = body.replace("</multistatus>", &format!("{more}</multistatus>"));
            (head.to_owned(), body)
        }))
    });
    learner.syncs(&[])?;
    learner.proxy.mend();
    learner.holds_the_plan()
}

/// Calendars for tasks are not offered, and read-only ones are rejected before anything is sent.
#[test]
fn calendars_that_cannot_be_used() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    for name in ["Tasks", "Shared", "Study"] {
        learner.syncs(&["--create", "--calendar", name, "--pull-only"])?;
        std::fs::remove_file(learner.path("ledger"))?;
    }
    learner.proxy.rule(|asked| {
        if asked.method != "PROPFIND" {
            return Fault::None;
        }
        Fault::Edit(Box::new(|head, body| {
            let of = |name: &str, from: &str, to: &str, body: &str| {
                let responses = body.split("<response>").map(|it| {
                    let is_it = it.starts_with(&format!("<href>/ana/{name}/"));
                    if is_it {
                        it.replace(from, to)
                    } else {
                        it.to_owned()
                    }
                });
                responses.collect::<Vec<_>>().join("<response>")
            };
            let body = of("tasks", "name=\"VEVENT\"", "name=\"VTODO\"", body);
            let body = of("shared", "<privilege><all /></privilege>", "", &body);
            let body = of("shared", "<privilege><write /></privilege>", "", &body);
            let body = of(
                "shared",
                "<privilege><write-content /></privilege>",
                "",
                &body,
            );
            (head.to_owned(), body)
        }))
    });
    let (code, said) = learner.fails(&[])?;
    assert_eq!(code, Some(2));
    assert!(said.contains("--calendar: Study"), "{said}");
    let (code, said) = learner.fails(&["--calendar", "Shared"])?;
    assert_eq!(code, Some(2));
    assert!(said.contains("is read-only"), "{said}");
    assert!(learner.proxy.passed("PUT").is_empty());
    Ok(())
}

/// Nothing can be written into it, so it is left alone, and all others are sent.
#[test]
fn a_resource_that_cannot_be_read_any_more() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let uid = learner.uid("writing-1.1")?;
    let before = learner.held()?.remove(&uid);
    learner.plans(20)?;
    let line = format!("UID:{uid}");
    learner.proxy.rule(move |_| {
        let line = line.clone();
        Fault::Edit(Box::new(move |head, body| {
            (head.to_owned(), body.replace(&line, "X-DAMAGED:1"))
        }))
    });
    let (code, said) = learner.fails(&[])?;
    assert_eq!(code, Some(1));
    assert!(
        said.contains("can't be read on the server any more. It was left as it is"),
        "{said}"
    );
    assert_eq!(learner.held()?.remove(&uid), before);
    learner.proxy.mend();
    learner.proxy.passed("PUT");
    learner.syncs(&[])?;
    assert_eq!(learner.proxy.passed("PUT").len(), 1);
    learner.holds_the_plan()
}

/// Removes what names a state from an answer: the header, and the property in any spelling.
fn without_states(head: &str, body: &str) -> (String, String) {
    let mut rest = body;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("getetag") {
        let Some((before, _)) = before.rsplit_once('<') else {
            break;
        };
        out += before;
        // Empty, or up to the end of the closing tag.
        let end = match after.find('>') {
            Some(at) if after[..at].ends_with('/') => at,
            _ => after.find("getetag>").map_or(0, |at| at + "getetag".len()),
        };
        rest = after.get(end + 1..).unwrap_or_default();
    }
    (lines_without(head, &["etag:"]), out + rest)
}

/// A server without ETags: everything is read each time, what a person changed is noticed and
/// stays, and one sentence tells the limit.
fn a_server_without_states(kind: Kind) -> Result {
    let learner = Arc::new(Learner::new(kind)?);
    let strip = || Fault::Edit(Box::new(without_states));
    learner.proxy.rule(move |_| strip());
    let stateless = "The server doesn't say which events have changed";
    let said = learner.syncs(&["--create"])?;
    assert!(said.contains(stateless), "{said}");
    learner.holds_the_plan()?;
    learner.proxy.passed("PUT");

    let said = learner.syncs(&[])?;
    assert!(said.contains("0 new, 0 moved, 0 removed"), "{said}");
    assert_eq!(said.lines().count(), 2, "{said}");
    assert!(learner.proxy.passed("PUT").is_empty());

    let uid = learner.uid("writing-1.1")?;
    learner.in_calendar(&["adorn", &uid])?;
    let said = learner.syncs(&[])?;
    assert!(
        said.contains("1 event with another text there; left so"),
        "{said}"
    );
    assert!(!learner.syncs(&[])?.contains("another text"));
    let moved = learner.uid("writing-2.1")?;
    learner.in_calendar(&["move", &moved, "75", "America/New_York"])?;
    let said = learner.syncs(&[])?;
    assert!(
        said.contains("Moved there: ") && said.contains("; moved here too"),
        "{said}"
    );
    learner.holds_the_plan()?;

    // Somebody moves an event after the pull, before Waymark reads it once more.
    learner.plans(20)?;
    let late = learner.uid("writing-4.1")?;
    let (theirs, their_uid) = (Arc::downgrade(&learner), late.clone());
    let (tell, failed) = mpsc::channel();
    let mut is_first = true;
    learner.proxy.rule(move |asked| {
        if matches!(asked.method.as_str(), "PUT" | "DELETE") && std::mem::take(&mut is_first) {
            let it = theirs.upgrade();
            let done = it.map(|it| it.in_calendar(&["move", &their_uid, "1440", "UTC"]));
            if let Some(Err(error)) = done {
                let _ = tell.send(error.to_string());
            }
        }
        strip()
    });
    let said = learner.syncs(&[])?;
    assert_eq!(failed.try_recv().ok(), None);
    assert!(
        said.contains("1 event changed on the server during the sync"),
        "{said}"
    );
    assert!(said.contains("; moved here too"), "{said}");
    learner.holds_the_plan()?;
    let shown: Vec<String> = serde_json::from_slice(&learner.in_calendar(&["show", &uid])?)?;
    assert!(
        shown
            .iter()
            .any(|line| line.starts_with("LOCATION:Library")),
        "{shown:#?}"
    );
    assert!(!learner.syncs(&[])?.contains("there: "));
    Ok(())
}
