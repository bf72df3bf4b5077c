//! The Progress view: pictures of a learner's record, read by pointer and by keys, and saved.

use chrono::{TimeDelta, Utc};
use thirtyfour::prelude::*;
use waymark_core::plan::change::LogWork;
use waymark_core::plan::{Change, Plan};
use waymark_core::progress::progress;

use crate::availability::says;
use crate::dialog;
use crate::expected;
use crate::seen;
use crate::window::{Home, Result, Window};

/// After three weeks.
pub const THREE_WEEKS_LATER: &str = "2027-01-25T12:00:00Z";

/// A plan with its first three weeks done, except every fourth session.
pub fn studied() -> Result<Plan> {
    let plan = expected::plan(&[])?;
    let now: chrono::DateTime<Utc> = THREE_WEEKS_LATER.parse()?;
    let sessions = progress(&plan, plan.start_instant()).sessions;
    let past = sessions
        .iter()
        .filter(|session| session.end().instant() + TimeDelta::hours(1) <= now)
        .enumerate()
        .filter(|(number, _)| number % 4 != 3);
    let done: Vec<Change> = past
        .map(|(_, session)| {
            let start = session.start.local().format("%Y-%m-%dT%H:%M");
            Change::Log(LogWork {
                item: plan.roadmap().items[session.item].id.clone(),
                start: start.to_string(),
                minutes: session.minutes.to_string(),
                note: String::new(),
                entry: None,
                again: false,
            })
        })
        .collect();
    Ok(plan.changed(&done, now)?)
}

pub async fn shows_the_record_in_pictures(window: &Window) -> Result {
    window.find("#view-progress").await?.click().await?;
    for kind in ["burnUp", "studyDays", "hours"] {
        window.find(&format!("[data-picture={kind}] svg")).await?;
    }
    says(window, "[data-picture=burnUp] figcaption", "First plan").await?;
    // Two weeks of record are no forecast: real schedules are in its place.
    says(window, "[data-picture=burnUp] figcaption", "Keep all").await?;
    assert!(
        window
            .is("!document.querySelector('[data-picture=burnUp] .mark-fanNear')")
            .await?
    );
    seen::is_accessible(window, "progress view").await?;
    window.picture("80-progress").await
}

pub async fn reads_hours_by_pointer_and_keys(window: &Window) -> Result {
    let days = "[data-picture=studyDays]";
    seen::scrolls_to(window, &format!("{days} .look")).await?;
    let look = window.find(&format!("{days} .look")).await?;
    let pointer = window.page.action_chain();
    // The first Monday is in the first column and row.
    pointer
        .move_to_element_with_offset(&look, 0, 0)
        .perform()
        .await?;
    let first = "(() => { const box = document.querySelector(\"[data-picture=studyDays] .look\").getBoundingClientRect(); return [Math.round(box.left + 38), Math.round(box.top + 24)]; })()";
    let (x, y): (i64, i64) = window.get(first).await?;
    window.page.action_chain().move_to(x, y).perform().await?;
    says(
        window,
        &format!("{days} .reading"),
        "Mon 4 Jan 2027: 1 h 30 min done",
    )
    .await?;

    let focus = format!("document.querySelector(\"{days} .look\").focus({{ focusVisible: true }})");
    window.page.execute(&focus, vec![]).await?;
    for key in [Key::Home, Key::Down] {
        let keys = window.page.action_chain();
        keys.send_keys(key.value().to_string()).perform().await?;
    }
    says(window, &format!("{days} .reading"), "Tue 5 Jan 2027").await
}

pub async fn filters_the_log(window: &Window) -> Result {
    seen::scrolls_to(window, "#log-words").await?;
    let all: usize = window
        .get("document.querySelectorAll('#worklog [data-entry]').length")
        .await?;
    window.type_over("#log-words", "5 jan").await?;
    says(window, "#log-sum", &format!("of {all}")).await?;
    window.picture("81-log").await
}

pub async fn saves_a_picture_of_it(window: &Window, home: &Home) -> Result {
    let path = home.path("burn-up.svg");
    let button = "[data-picture=burnUp] button";
    seen::scrolls_to(window, button).await?;
    window.find(button).await?.click().await?;
    dialog::save_as(window, "Save picture", &path).await?;
    window
        .until("the picture is written", async || Ok(path.exists()))
        .await?;
    let picture = std::fs::read_to_string(&path)?;
    assert!(picture.starts_with("<svg"), "no SVG: {picture:.80}");
    assert!(picture.contains("Work done over time"));
    Ok(())
}
