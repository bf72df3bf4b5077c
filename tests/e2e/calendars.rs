//! The learner's calendars: what each holds, and a file that is kept up to date.

use serde_json::Value;
use thirtyfour::prelude::*;

use crate::availability::says;
use crate::dialog;
use crate::expected;
use crate::seen;
use crate::window::{Home, Result, Window};

const PATTERN: &str = "{item}, {phase}";

pub async fn opens(window: &Window) -> Result {
    window.find("#export-calendar").await?.click().await?;
    window.find("#calendars[open] #calendar-title").await?;
    Ok(())
}

/// By the keyboard; the focus is where it was before.
pub async fn closes(window: &Window) -> Result {
    let escape = Key::Escape.value().to_string();
    let keys = window.page.action_chain().send_keys(escape);
    keys.perform().await?;
    window
        .until("the dialog is closed and the focus is back", async || {
            window
                .is("!document.querySelector('#calendars') && document.activeElement.id === 'export-calendar'")
                .await
        })
        .await
}

/// The calendars as they are kept.
pub fn kept(home: &Home) -> Result<Vec<Value>> {
    let files = home.files()?;
    let list = files
        .iter()
        .find(|(path, _)| path.ends_with("calendars.json"));
    let Some((_, bytes)) = list else {
        return Ok(Vec::new());
    };
    let stored: Value = serde_json::from_slice(bytes)?;
    Ok(stored["document"]["calendars"]
        .as_array()
        .cloned()
        .unwrap_or_default())
}

pub async fn chooses_what_a_calendar_holds(window: &Window, home: &Home) -> Result {
    opens(window).await?;
    seen::is_accessible(window, "calendars").await?;
    window.find("#holds-weeks").await?.click().await?;
    window.type_over("#reminders", "60, soon").await?;
    says(window, "#contents-problem", "in minutes").await?;
    window.type_over("#reminders", "60, 10").await?;

    window.find("#more-contents summary").await?.click().await?;
    window.type_over("#contents-from", "2027-02-").await?;
    says(window, "#contents-problem", "“2027-02-” isn’t a date").await?;
    let cannot = "document.querySelector('#write-calendar').disabled";
    assert!(window.is(cannot).await?, "half a date can be written");
    window.type_over("#contents-from", "2027-02-01").await?;
    window.type_over("#contents-to", "2027-01-01").await?;
    says(window, "#contents-problem", "on or after the first").await?;
    window.type_over("#contents-to", "2027-03-31").await?;
    window
        .type_over("#contents-pattern", "{phase}: {topic}")
        .await?;
    says(window, "#contents-problem", "no {topic}").await?;
    seen::is_accessible(window, "a refused title").await?;
    window.picture("60-contents").await?;
    picks_a_date(window).await?;
    window.type_over("#contents-pattern", PATTERN).await?;
    says(window, "#pattern-preview", "Example: Python, ").await?;
    is_kept(window, home).await?;
    window.find("#file-per-phase").await?.click().await?;
    says(window, "#export-preview", " files in all.").await?;
    window.find("#file-per-phase").await?.click().await?;

    window.find("#rename-calendar").await?.click().await?;
    window.fill("#calendar-name", " ").await?;
    says(window, "#calendars .rejected", "1 to 80 characters").await?;
    window.fill("#calendar-name", "Google").await?;
    says(window, "#calendar-title", "Google").await?;
    // The last change is saved too, however soon the dialog closes.
    window
        .type_over("#contents-link", "https://example.org/{item}")
        .await?;
    closes(window).await?;
    window
        .until("the link is kept", async || {
            let kept = kept(home)?;
            Ok(kept
                .first()
                .is_some_and(|it| it["options"]["link"] == "https://example.org/{item}"))
        })
        .await
}

/// Escape leaves the month, and not the dialog around it.
async fn picks_a_date(window: &Window) -> Result {
    window
        .find("[title='Choose the last date']")
        .await?
        .click()
        .await?;
    let day = "[data-day][tabindex='0']";
    window.find(day).await?;
    assert!(
        seen::is_in_view(window, day).await?,
        "the month cannot be seen"
    );
    window.find(day).await?.send_keys(Key::Escape + "").await?;
    assert!(window.is("document.querySelector('#calendars[open]') && !document.querySelector('[data-day]')").await?);
    Ok(())
}

async fn is_kept(window: &Window, home: &Home) -> Result {
    window
        .until("what was chosen is kept", async || {
            let kept = kept(home)?;
            let Some(options) = kept.first().map(|calendar| &calendar["options"]) else {
                return Ok(false);
            };
            Ok(options["title"] == PATTERN
                && options["weeks"] == true
                && options["reminders"] == serde_json::json!([60, 10])
                && options["from"] == "2027-02-01"
                && options["to"] == "2027-03-31")
        })
        .await
}

pub async fn are_as_they_were_left(window: &Window) -> Result {
    opens(window).await?;
    says(window, "#calendar-title", "Google").await?;
    seen::has_value(window, "#contents-pattern", PATTERN).await?;
    seen::has_value(window, "#reminders", "60, 10").await?;
    assert!(
        window
            .is("document.querySelector('#holds-weeks').checked")
            .await?
    );
    Ok(())
}

pub async fn keeps_a_live_file(window: &Window, home: &Home) -> Result {
    let path = home.path("study.ics");
    window.find("#add-calendar").await?.click().await?;
    window
        .find("[name='way'][value='live']")
        .await?
        .click()
        .await?;
    seen::is_accessible(window, "a calendar to add").await?;
    window.type_over("#new-name", "Google").await?;
    window.find("#add-it").await?.click().await?;
    says(window, "#add-problem", "Another calendar has this name").await?;
    window.type_over("#new-name", "Thunderbird").await?;
    window.find("#add-it").await?.click().await?;
    dialog::save_as(window, "Keep a calendar file", &path).await?;
    says(window, "#live-path", &path.display().to_string()).await?;
    seen::is_accessible(window, "a live file").await?;
    window.picture("61-live-file").await?;
    let before = std::fs::read(&path)?;
    assert!(before.starts_with(b"BEGIN:VCALENDAR"));

    // The next weeks at first, the whole plan if that is wanted.
    seen::has_value(window, "#weeks-ahead", "8").await?;
    says(window, "#export-preview", "come later").await?;
    window.type_over("#weeks-ahead", "eight").await?;
    says(window, "#contents-problem", "such as 8").await?;
    window.type_over("#weeks-ahead", "0").await?;
    says(window, "#contents-problem", "1 to 260").await?;
    window.type_over("#weeks-ahead", "3").await?;
    window
        .until("the file holds fewer weeks", async || {
            Ok(std::fs::read(&path)?.len() < before.len())
        })
        .await?;
    let before = std::fs::read(&path)?;

    // It follows the plan, and says so where it cannot.
    closes(window).await?;
    window.fill("#hours-field", "12").await?;
    window
        .until("the file follows the plan", async || {
            Ok(std::fs::read(&path)? != before)
        })
        .await?;
    std::fs::remove_file(&path)?;
    std::fs::create_dir(&path)?;
    window.fill("#hours-field", "10").await?;
    seen::shows(window, &expected::with_hours("10")?).await?;
    opens(window).await?;
    says(window, "#live-problem", "study.ics").await?;
    says(window, "#calendar-list", "Not up to date").await?;
    seen::is_accessible(window, "a stale live file").await?;
    window.picture("62-live-file-stale").await?;
    std::fs::remove_dir(&path)?;
    window.find("#holds-milestones").await?.click().await?;
    window
        .until("the file is written after all", async || {
            Ok(path.is_file() && window.text("#live-problem").await?.is_none())
        })
        .await?;

    // Removed only when that is said twice, and the file stays.
    window.find("#remove-calendar").await?.click().await?;
    says(window, "#what-stays", "study.ics stays").await?;
    let escape = Key::Escape + "";
    window
        .find("#cancel-removal")
        .await?
        .send_keys(escape)
        .await?;
    window.find("#remove-calendar").await?.click().await?;
    window.find("#remove-it").await?.click().await?;
    says(window, "#calendar-title", "Google").await?;
    assert!(path.is_file() && kept(home)?.len() == 1);
    closes(window).await
}
