//! A calendar on a server that syncs automatically: switched on, with a question that waits, and
//! with a server that is away.

use thirtyfour::prelude::*;

use crate::availability::says;
use crate::calendars::{closes, opens};
use crate::seen;
use crate::server::{person, planned, uid};
use crate::servers::{PASSWORD, Server};
use crate::window::{Home, Result, Window};

const STATE: &str = "#calendars-state";

/// Waits until the calendar has the plan of these hours a week, as another program reads it.
async fn has_the_plan(window: &Window, home: &Home, hours: &str) -> Result {
    let planned = planned(hours)?;
    let starts: Vec<String> = planned
        .iter()
        .map(|(start, _)| start.to_rfc3339())
        .collect();
    window
        .until(
            &format!("the calendar has the plan of {hours} hours"),
            async || {
                // An event may go while they are read one by one.
                let Ok(held) = person(home, &["list"]) else {
                    return Ok(false);
                };
                let held: Vec<String> = held
                    .iter()
                    .map(|event| event["start"].as_str().unwrap_or_default())
                    .filter_map(|start| chrono::DateTime::parse_from_rfc3339(start).ok())
                    .map(|start| start.to_utc().to_rfc3339())
                    .collect();
                Ok(held == starts)
            },
        )
        .await
}

pub async fn is_switched_on(window: &Window, home: &Home) -> Result {
    assert!(window.text(STATE).await?.is_none());
    window.find("#auto-sync").await?.click().await?;
    has_the_plan(window, home, "10").await?;
    says(window, STATE, "In step").await?;
    seen::is_accessible(window, "a calendar that syncs automatically").await?;
    window.picture("72-auto-sync").await?;
    closes(window).await?;
    seen::is_accessible(window, "calendars in step").await?;

    window.fill("#hours-field", "12").await?;
    has_the_plan(window, home, "12").await?;
    says(window, STATE, "In step").await
}

/// It is asked once the calendar is read, and still there after a restart. Nothing is sent twice.
pub async fn keeps_a_question(window: &Window, home: &Home) -> Result {
    let held = person(home, &["list"])?;
    person(home, &["delete", uid(&held, 5)?])?;
    window.fill("#hours-field", "10").await?;
    window.fill("#hours-field", "12").await?;
    says(window, STATE, "1 question for you").await?;
    seen::is_accessible(window, "a question in the bar").await?;
    window.picture("73-a-question-waits").await?;
    assert_eq!(person(home, &["list"])?.len(), held.len() - 1);
    Ok(())
}

/// There is no keyring here, so a start asks for the password too.
pub async fn asks_again_after_a_restart(window: &Window, home: &Home) -> Result {
    says(window, STATE, "Waits for you").await?;
    let before = person(home, &["list"])?.len();
    window.find(STATE).await?.click().await?;
    window.find("#calendars[open] #calendar-title").await?;
    says(window, "#sync-problem", "Enter the password").await?;
    says(window, "#questions", "You deleted these").await?;
    seen::is_accessible(window, "what waits for an answer").await?;
    window.picture("74-waits-for-an-answer").await?;
    window.fill("#server-password", PASSWORD).await?;
    says(window, STATE, "1 question for you").await?;
    // Once the sync is over: the bar knows of the question before the page has drawn the plan.
    let restore = "#questions li button[aria-disabled='false']";
    window.find(restore).await?.click().await?;
    window
        .until("the event is there again", async || {
            Ok(person(home, &["list"]).is_ok_and(|held| held.len() == before + 1))
        })
        .await?;
    has_the_plan(window, home, "12").await?;
    says(window, STATE, "In step").await?;
    closes_from_the_bar(window).await
}

async fn closes_from_the_bar(window: &Window) -> Result {
    let escape = Key::Escape.value().to_string();
    let keys = window.page.action_chain().send_keys(escape);
    keys.perform().await?;
    window
        .until("the dialog is closed", async || {
            window.is("!document.querySelector('#calendars')").await
        })
        .await
}

/// Unsent changes wait, and are sent once the server is there again.
pub async fn waits_for_a_server(window: &Window, home: &Home, server: Server) -> Result<Server> {
    let stopped = server.stop();
    window.fill("#hours-field", "11").await?;
    says(window, STATE, "Can't reach since").await?;
    seen::is_accessible(window, "a server that is away").await?;
    window.picture("75-server-away").await?;
    let server = stopped.start()?;
    opens(window).await?;
    says(window, "#sync-problem", "doesn't answer").await?;
    window.find("#sync-now").await?.click().await?;
    has_the_plan(window, home, "11").await?;
    says(window, STATE, "In step").await?;
    closes(window).await?;
    Ok(server)
}
