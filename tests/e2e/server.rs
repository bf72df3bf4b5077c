//! A calendar on a server that is not ours: connected to, filled, and heard.

use chrono::{DateTime, NaiveDate, Utc};
use serde_json::Value;
use thirtyfour::prelude::*;
use waymark_core::zone::Zone;

use crate::availability::says;
use crate::calendars::{closes, kept, opens};
use crate::expected::{self, ZONE};
use crate::seen;
use crate::servers::{PASSWORD, Server, USER, python};
use crate::window::{Home, Result, Window};

const LAST_DAY: &str = "2027-02-14";

/// Another program's view of the calendar, and its changes.
pub fn person(home: &Home, arguments: &[&str]) -> Result<Vec<Value>> {
    let kept = kept(home)?;
    let calendar = kept.last().ok_or("no calendar is kept")?;
    let address = calendar["way"]["calendar"].as_str().ok_or("no address")?;
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/caldav/person.py");
    let output = python()?
        .args([script, address, USER, PASSWORD])
        .args(arguments)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    if output.stdout.is_empty() {
        return Ok(Vec::new());
    }
    let mut events: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    events.sort_by_key(|event| event["start"].to_string());
    Ok(events)
}

pub fn uid(events: &[Value], place: usize) -> Result<&str> {
    let event = events.get(place).ok_or("too few events")?;
    Ok(event["uid"].as_str().ok_or("an event without a UID")?)
}

/// Presses one of the buttons that ask the server for something, and waits for what comes of it.
async fn asks(window: &Window, button: &str) -> Result {
    window.find(button).await?.click().await?;
    window
        .until("the server has answered", async || {
            window
                .is("document.querySelector('#sync-now:not(:disabled)')")
                .await
        })
        .await
}

pub async fn connects(window: &Window, home: &Home, radicale: &Server) -> Result {
    opens(window).await?;
    window.find("#add-calendar").await?.click().await?;
    window
        .find("[name='way'][value='server']")
        .await?
        .click()
        .await?;
    signs_in(window, home).await?;
    window
        .find("[name='provider'][value='other']")
        .await?
        .click()
        .await?;
    let address = format!("http://{}", radicale.address);
    window.type_over("#server-address", &address).await?;
    window.type_over("#server-user", USER).await?;
    seen::is_accessible(window, "a server to connect to").await?;
    window.picture("63-connect").await?;

    window.fill("#server-password", "wrong").await?;
    says(
        window,
        "#connect-problem",
        "rejected this user name or password",
    )
    .await?;
    window
        .until("the password is to be typed again", async || {
            window
                .is("document.activeElement.id === 'server-password' && document.activeElement.value === ''")
                .await
        })
        .await?;
    seen::is_accessible(window, "a wrong password").await?;
    window.picture("64-wrong-password").await?;
    window.fill("#server-password", PASSWORD).await?;
    says(window, "#server-calendars", "A new calendar").await?;
    assert!(
        window
            .is("!document.querySelector('[type=password]')")
            .await?,
        "the password stays in the page"
    );
    window.type_over("#new-server-name", "Study").await?;
    seen::is_accessible(window, "which calendar").await?;
    window.find("#add-it").await?.click().await?;
    says(window, "#calendar-title", "Study").await?;
    says(window, "#calendar-notice", "keyring cannot keep").await?;
    assert_eq!(person(home, &["list"])?.len(), 0);
    seen::is_accessible(window, "a calendar on a server").await?;
    // The first weeks of it, so that each sync is soon over.
    window.find("#more-contents summary").await?.click().await?;
    window.fill("#contents-to", LAST_DAY).await?;
    window.find("#more-contents summary").await?.click().await?;
    window
        .until("the last date is kept", async || {
            let calendars = kept(home)?;
            let last = calendars.last().map(|it| &it["options"]["to"]);
            Ok(last.is_some_and(|to| to == LAST_DAY))
        })
        .await
}

/// A sign-in to Google that is cancelled, and one from which the browser never comes back.
async fn signs_in(window: &Window, home: &Home) -> Result {
    window
        .find("[name='provider'][value='google']")
        .await?
        .click()
        .await?;
    says(window, "#google-hint", "after seven days").await?;
    window.type_over("#google-user", "ana@gmail.com").await?;
    window
        .type_over("#google-client", "1-a.apps.googleusercontent.com")
        .await?;
    window.type_over("#google-secret", "GOCSPX-1").await?;
    seen::is_accessible(window, "a sign-in to Google").await?;
    window.picture("63-sign-in").await?;
    window.find("#sign-in").await?.click().await?;
    says(
        window,
        "#waiting-for-browser",
        "Sign in to Google in your browser",
    )
    .await?;
    seen::is_accessible(window, "waiting for the browser").await?;
    window
        .until("the browser is opened", async || {
            let shown = std::fs::read_to_string(home.path("shown")).unwrap_or_default();
            Ok(shown.contains("code_challenge_method=S256"))
        })
        .await?;
    window.find("#cancel-sign-in").await?.click().await?;
    says(window, "#sign-in-problem", "was cancelled").await?;
    window.find("#sign-in").await?.click().await?;
    says(
        window,
        "#sign-in-problem",
        "didn't come back from Google in time",
    )
    .await
}

/// The sessions up to that day of the plan of these hours a week.
pub fn planned(hours: &str) -> Result<Vec<(DateTime<Utc>, DateTime<Utc>)>> {
    let mut sessions = expected::with_hours(hours)?.sessions;
    let zone = Zone::bundled(ZONE).ok_or("no such zone")?;
    let last: NaiveDate = LAST_DAY.parse()?;
    sessions.retain(|(start, _)| start.with_timezone(&zone).date_naive() <= last);
    Ok(sessions)
}

pub async fn fills_it(window: &Window, home: &Home) -> Result {
    asks(window, "#try-sync").await?;
    says(window, "#sync-report", "Preview of the sync").await?;
    assert_eq!(person(home, &["list"])?.len(), 0, "a trial sent something");

    // Stopped half-way, it goes on from there.
    window.find("#sync-now").await?.click().await?;
    // The page presses it: a server this near takes all events before WebDriver could.
    let stops = "const [done] = arguments;
         const look = () => {
           const isUnderWay = document.querySelector('#sync-progress')?.value > 0;
           if (!isUnderWay) return requestAnimationFrame(look);
           document.querySelector('#stop-sync').click();
           done();
         };
         look();";
    window.page.execute_async(stops, vec![]).await?;
    says(window, "#sync-problem", "The sync was stopped.").await?;
    window.picture("65-stopped").await?;
    let planned = planned("10")?;
    let sent = person(home, &["list"])?.len();
    assert!(sent > 0 && sent < planned.len(), "{sent} were sent");
    asks(window, "#sync-now").await?;
    says(window, "#sync-report", "Last sync").await?;
    window.picture("66-synced").await?;

    holds_the_plan(home)?;
    asks(window, "#sync-now").await?;
    says(window, "#sync-report", "0 new, 0 moved, 0 removed").await
}

/// Event by event, as another program reads them.
fn holds_the_plan(home: &Home) -> Result {
    let instants = |event: &Value| -> Result<_> {
        let at = |key: &str| event[key].as_str().unwrap_or_default().parse();
        Ok((at("start")?, at("end")?))
    };
    let held = person(home, &["list"])?;
    let held: Vec<_> = held.iter().map(instants).collect::<Result<_>>()?;
    assert_eq!(held, planned("10")?);
    Ok(())
}

/// Moved there, it moves here, and that can be undone.
pub async fn hears_what_was_moved(window: &Window, home: &Home) -> Result {
    let held = person(home, &["list"])?;
    person(home, &["move", uid(&held, 2)?, "30", "Asia/Tokyo"])?;
    asks(window, "#try-sync").await?;
    says(window, "#sync-report", "; moved here too").await?;
    assert!(window.text("#undo-pins").await?.is_none());
    asks(window, "#sync-now").await?;
    says(window, "#sync-report", "; moved here too").await?;
    says(window, "#undo-pins", "Moved in the calendar").await?;
    seen::is_accessible(window, "moved there").await?;
    window.picture("67-moved-there").await?;
    closes(window).await?;
    window.find("#open-setup").await?.click().await?;
    says(window, "#moved", "Wed 6 Jan 2027, 19:30").await?;
    window.find("#open-setup").await?.click().await?;

    // The sync is told of when the dialog opens again, and undone from there.
    opens(window).await?;
    window.find("#undo-pins").await?.click().await?;
    window
        .until("the pin is undone", async || {
            window
                .is("!document.querySelector('#undo-pins') && document.querySelector('#redo').disabled === false")
                .await
        })
        .await?;
    asks(window, "#sync-now").await?;
    holds_the_plan(home)
}

pub async fn asks_about_what_was_deleted(window: &Window, home: &Home) -> Result {
    let held = person(home, &["list"])?;
    for place in [5, 6] {
        person(home, &["delete", uid(&held, place)?])?;
    }
    asks(window, "#sync-now").await?;
    let questions = "document.querySelectorAll('#questions li').length";
    assert!(window.is(&format!("{questions} === 2")).await?);
    says(window, "#calendar-list", "2 questions for you").await?;
    seen::is_accessible(window, "questions").await?;
    seen::scrolls_to(window, "#questions").await?;
    window.picture("68-questions").await?;

    // With the keyboard alone: the focus goes on to the next question.
    let first = window.find("#questions li button").await?;
    first.send_keys(Key::Enter + "").await?;
    window
        .until("one question is left, and has the focus", async || {
            window
                .is(&format!(
                    "{questions} === 1 && document.activeElement.closest('#questions li')"
                ))
                .await
        })
        .await?;
    let leave = window.find("#questions li button + button").await?;
    leave.send_keys(Key::Enter + "").await?;
    window
        .until("no question is left", async || {
            window.is(&format!("{questions} === 0")).await
        })
        .await?;
    says(window, "#decided", "The next sync").await?;
    asks(window, "#sync-now").await?;
    window
        .until("all is done that was decided", async || {
            Ok(window.text("#decided").await?.is_none())
        })
        .await?;
    let now = person(home, &["list"])?;
    assert_eq!(now.len(), held.len() - 1, "one was put back");
    assert_eq!(now[5]["start"], held[5]["start"]);
    assert_ne!(now[5]["uid"], held[5]["uid"], "a UID was used again");
    Ok(())
}

pub async fn does_not_take_an_emptied_calendar_for_an_answer(
    window: &Window,
    home: &Home,
) -> Result {
    person(home, &["empty"])?;
    asks(window, "#sync-now").await?;
    says(window, "#sync-problem", "no longer has any of the plan").await?;
    assert!(window.text("#questions li").await?.is_none());
    seen::is_accessible(window, "an emptied calendar").await?;
    window.picture("69-emptied").await?;
    // It goes on while nobody looks, and tells how it ended.
    window.find("#send-again").await?.click().await?;
    closes(window).await?;
    says(window, "#notice", "Study: 43 new, 0 moved").await?;
    assert_eq!(person(home, &["list"])?.len(), 43);
    window
        .find("#notice ~ .buttons button:last-child")
        .await?
        .click()
        .await?;
    opens(window).await?;
    says(window, "#sync-report", "Last sync").await?;
    Ok(())
}

pub async fn fits_a_small_dark_window(window: &Window) -> Result {
    closes(window).await?;
    seen::darkens(window).await?;
    for (width, height) in [(800, 600), (720, 480)] {
        window.page.set_window_rect(0, 0, width, height).await?;
        window
            .until("the window is small", async || {
                window
                    .is(&format!(
                        "innerWidth === {width} && innerHeight === {height}"
                    ))
                    .await
            })
            .await?;
        opens(window).await?;
        for part in [
            "#calendar-list button",
            "#close-calendars",
            "#calendar-title",
        ] {
            assert!(
                seen::is_in_view(window, part).await?,
                "{part} cannot be seen"
            );
        }
        for part in ["#sync-now", "#add-calendar", "#advice-title"] {
            seen::scrolls_to(window, part).await?;
        }
        let wide = "[...document.querySelectorAll('#calendars, #calendars .pane')].some((part) => part.scrollWidth > part.clientWidth)";
        assert!(!window.is(wide).await?, "the dialog is wider than it is");
        seen::is_accessible(window, "calendars, small and dark").await?;
        window.picture(&format!("70-calendars-{width}")).await?;
        closes(window).await?;
    }
    Ok(())
}

/// There is no keyring here: the password is asked for after a restart, and stands nowhere.
pub async fn asks_for_the_password_again(window: &Window, home: &Home) -> Result {
    opens(window).await?;
    says(window, "#calendar-title", "Study").await?;
    window.find("#sync-now").await?.click().await?;
    says(window, "#sync-problem", "Enter the password").await?;
    window
        .until("the focus is where the password goes", async || {
            window
                .is("document.activeElement.id === 'server-password'")
                .await
        })
        .await?;
    seen::is_accessible(window, "a password is needed").await?;
    window.picture("71-password-needed").await?;
    window.fill("#server-password", PASSWORD).await?;
    says(window, "#sync-report", "0 new, 0 moved, 0 removed").await?;
    says(window, "#sync-report", "keyring cannot keep").await?;
    closes(window).await?;

    let secret = PASSWORD.split(' ').next_back().unwrap_or(PASSWORD);
    for (path, bytes) in home.files()? {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(secret), "the password is in {path:?}");
    }
    assert!(!home.said().contains(secret), "the password is in the log");
    Ok(())
}
