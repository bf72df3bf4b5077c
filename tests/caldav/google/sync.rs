//! The calendar at Google follows the plan, through whatever tokens and server do.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{AGAIN, AtGoogle, SECRET, access_token, valid};
use crate::Result;
use crate::limits::error;
use crate::proxy::{Asked, Fault};
use crate::servers::Kind;

/// The token in a request for changes; `None` in a first or another request.
fn known_state(asked: &Asked) -> Option<&str> {
    let (_, rest) = asked.body.split_once("<sync-token>")?;
    let (token, _) = rest.split_once('<')?;
    Some(token).filter(|token| !token.is_empty())
}

on_both! {
    the_calendar_at_google_follows_the_plan,
    a_token_that_expires_in_mid_push,
    a_sign_in_that_was_revoked,
}

fn the_calendar_at_google_follows_the_plan(kind: Kind) -> Result {
    let it = AtGoogle::new(kind)?;
    let learner = &it.learner;
    it.syncs(&[])?;
    learner.holds_the_plan()?;
    for hours in [20, 6] {
        learner.plans(hours)?;
        it.syncs(&[])?;
        learner.holds_the_plan()?;
        // No line of an earlier description stays.
        let shown: serde_json::Value = serde_json::from_slice(&learner.in_calendar(&["parts"])?)?;
        let lines = shown.to_string();
        assert!(!lines.contains("X-WAYMARK"), "{lines}");
    }
    let uid = learner.uid("writing-1.1")?;
    learner.in_calendar(&["move", &uid, "75", "UTC"])?;
    assert!(it.syncs(&[])?.contains("; moved here too"));
    learner.holds_the_plan()?;
    assert!(it.syncs(&[])?.starts_with("0 new, 0 moved, 0 removed"));
    for path in ["ledger", "plan.json"] {
        let text = fs::read_to_string(learner.path(path))?;
        let mut tokens = valid(&it.tokens).clone().into_iter();
        assert!(!text.contains(SECRET) && !tokens.any(|token| text.contains(&token)));
    }
    Ok(())
}

/// All requests that are under way get a new one, once each.
fn a_token_that_expires_in_mid_push(kind: Kind) -> Result {
    let it = AtGoogle::new(kind)?;
    let tokens = Arc::clone(&it.tokens);
    let mut puts = 0;
    it.is_google(move |asked| {
        puts += usize::from(asked.method == "PUT");
        if asked.method == "PUT" && puts % 7 == 0 {
            valid(&tokens).clear();
            return Fault::Answer("401 Unauthorized", String::new());
        }
        Fault::None
    });
    let said = it.syncs(&[])?;
    assert!(!said.contains("during the sync"), "{said}");
    it.learner.holds_the_plan()?;
    it.is_google(|_| Fault::None);
    assert!(it.syncs(&[])?.starts_with("0 new, 0 moved, 0 removed"));
    Ok(())
}

/// In the middle of a push too: what was sent is noted, and the rest follows after a new sign-in.
fn a_sign_in_that_was_revoked(kind: Kind) -> Result {
    let it = AtGoogle::new(kind)?;
    let all = it.learner.wanted()?.len();
    let tokens = Arc::clone(&it.tokens);
    let is_revoked = Arc::new(AtomicBool::new(false));
    let revokes = Arc::clone(&is_revoked);
    let mut puts = 0;
    it.is_google(move |asked| {
        puts += usize::from(asked.method == "PUT");
        if puts > 5 {
            revokes.store(true, Ordering::SeqCst);
            valid(&tokens).clear();
            return Fault::Answer("401 Unauthorized", String::new());
        }
        Fault::None
    });
    let issued = Arc::clone(&it.tokens);
    it.tokens_from.rule(move |asked| {
        if asked.body.contains("grant_type=refresh_token") && is_revoked.load(Ordering::SeqCst) {
            let body = r#"{"error":"invalid_grant","error_description":"revoked"}"#;
            return Fault::Say("400 Bad Request", body.to_owned());
        }
        let issued = Arc::clone(&issued);
        Fault::Edit(Box::new(move |head, body| {
            valid(&issued).extend(access_token(body));
            (head.to_owned(), body.to_owned())
        }))
    });
    let said = it.fails(&[])?;
    assert!(said.contains(AGAIN), "{said}");
    it.issues();
    it.is_google(|_| Fault::None);
    it.learner.proxy.passed("PUT");
    it.syncs(&[])?;
    assert!(it.learner.proxy.passed("PUT").len() < all);
    it.learner.holds_the_plan()
}

/// As after a week without a sync.
#[test]
fn a_stale_token_of_the_calendar() -> Result {
    let it = AtGoogle::new(Kind::Radicale)?;
    it.syncs(&[])?;
    let uid = it.learner.uid("writing-1.1")?;
    it.learner.in_calendar(&["move", &uid, "75", "UTC"])?;
    it.is_google(|asked| match asked.body.contains("sync-collection") {
        true => error("403 Forbidden", "valid-sync-token"),
        false => Fault::None,
    });
    let said = it.syncs(&[])?;
    assert!(
        said.contains("The server no longer knows which changes"),
        "{said}"
    );
    assert!(said.contains("; moved here too"), "{said}");
    it.learner.holds_the_plan()
}

/// The server always says that nothing has changed: after the first push, it is not believed.
#[test]
fn a_calendar_that_lies_about_changes() -> Result {
    let it = AtGoogle::new(Kind::Radicale)?;
    it.is_google(|asked| match known_state(asked) {
        Some(token) => Fault::Say(
            "207 Multi-Status",
            format!("<multistatus xmlns=\"DAV:\"><sync-token>{token}</sync-token></multistatus>"),
        ),
        None => Fault::None,
    });
    it.syncs(&[])?;
    for _ in 0..2 {
        let uid = it.learner.uid("writing-1.1")?;
        it.learner.in_calendar(&["move", &uid, "15", "UTC"])?;
        let said = it.syncs(&[])?;
        assert!(said.contains("; moved here too"), "{said}");
        it.learner.holds_the_plan()?;
    }
    Ok(())
}

/// Neither the sign-in nor the changes depend on this computer's clock.
#[test]
fn a_clock_that_is_wrong_by_a_day() -> Result {
    let mut it = AtGoogle::new(Kind::Radicale)?;
    for days in [0, 1, -1] {
        let now = chrono::Utc::now() + chrono::TimeDelta::days(days);
        it.variables = vec![("WAYMARK_NOW", now.to_rfc3339())];
        it.syncs(&[])?;
        it.learner.holds_the_plan()?;
        let uid = it.learner.uid("writing-1.1")?;
        it.learner.in_calendar(&["move", &uid, "15", "UTC"])?;
        let said = it.syncs(&[])?;
        assert!(said.contains("; moved here too"), "{days}: {said}");
        it.learner.holds_the_plan()?;
    }
    Ok(())
}

/// Each of two tokens is refused: the learner signs in again, instead of Waymark asking for more.
#[test]
fn tokens_that_are_always_refused() -> Result {
    let it = AtGoogle::new(Kind::Radicale)?;
    it.learner
        .proxy
        .rule(|_| Fault::Answer("401 Unauthorized", String::new()));
    let said = it.fails(&[])?;
    assert!(said.contains(AGAIN), "{said}");
    let asked = it.tokens_from.asked();
    let renewed = asked.iter().filter(|it| it.body.contains("refresh_token"));
    assert_eq!(renewed.count(), 2);
    it.is_google(|_| Fault::None);
    it.syncs(&[])?;
    it.learner.holds_the_plan()
}

/// An event with the same address that is not in the record, because another run was interrupted,
/// is not replaced unread.
#[test]
fn without_if_none_match_nothing_is_replaced_unread() -> Result {
    let it = AtGoogle::new(Kind::Radicale)?;
    it.syncs(&[])?;
    let uid = it.learner.uid("writing-1.1")?;
    let added = "STATUS:CONFIRMED\nLOCATION:Library";
    it.learner
        .in_calendar(&["edit", &uid, "STATUS:CONFIRMED", added])?;
    fs::remove_file(it.learner.path("ledger"))?;
    it.learner.plans(20)?;
    it.syncs(&[])?;
    it.learner.holds_the_plan()?;
    let shown = it.learner.in_calendar(&["show", &uid])?;
    assert!(String::from_utf8(shown)?.contains("LOCATION:Library"));
    Ok(())
}

#[test]
fn google_makes_no_calendars() -> Result {
    let mut it = AtGoogle::new(Kind::Radicale)?;
    it.calendar = "Other";
    let said = it.fails(&["--create"])?;
    assert!(said.contains("Create one at calendar.google.com"), "{said}");
    assert!(it.learner.proxy.passed("MKCALENDAR").is_empty());
    Ok(())
}
