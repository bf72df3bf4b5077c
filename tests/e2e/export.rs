//! Files for elsewhere: the calendar and the picture, through the system's save dialog.

use std::path::Path;

mod calendar;

use calendar::Times;

use crate::dialog;
use crate::expected;
use crate::seen;
use crate::window::{Home, Result, Window};

pub async fn exports_the_calendar(window: &Window, home: &Home) -> Result {
    let path = home.path("plan.ics");
    window.find("#export-calendar").await?.click().await?;
    window
        .until("the panel says what the export would do", async || {
            let said = window.text("#export-preview").await?.unwrap_or_default();
            Ok(said.contains(" new, 0 moved, 0 removed, 0 unchanged."))
        })
        .await?;
    seen::is_accessible(window, "export").await?;
    window.picture("08-export-panel").await?;
    window.find("#write-calendar").await?.click().await?;
    dialog::save_as(window, "Export to calendar", &path).await?;
    tells_of(window, &path, "08-exported").await?;

    let planned = expected::with_hours("20")?.sessions;
    check(&calendar::read_with_rust(&path)?, &planned, "read by Rust");
    check(
        &calendar::read_with_python(&path)?,
        &planned,
        "read by Python",
    );
    Ok(())
}

fn check(read: &Times, planned: &Times, by: &str) {
    assert_eq!(read.len(), planned.len(), "events, {by}");
    for (event, session) in read.iter().zip(planned) {
        assert_eq!(event, session, "{by}");
    }
}

pub async fn saves_the_picture(window: &Window, home: &Home) -> Result {
    let path = home.path("plan.svg");
    window.find("#save-picture").await?.click().await?;
    dialog::save_as(window, "Save picture", &path).await?;
    tells_of(window, &path, "09-picture-saved").await?;

    let picture = std::fs::read_to_string(&path)?;
    assert!(picture.contains("<svg"), "no SVG: {picture:.80}");
    for (_, title) in expected::phases()? {
        let title = title.replace('&', "&amp;");
        assert!(picture.contains(&title), "the picture lacks {title}");
    }
    Ok(())
}

/// Waits for the notice that names the file, and dismisses it.
async fn tells_of(window: &Window, path: &Path, picture: &str) -> Result {
    window
        .until("a notice names the file", async || {
            let notice = window.text("#notice").await?.unwrap_or_default();
            Ok(notice.contains(&path.display().to_string()))
        })
        .await?;
    window.picture(picture).await?;
    window
        .find("#notice ~ .buttons button:last-child")
        .await?
        .click()
        .await?;
    window
        .until("the notice is gone", async || {
            Ok(window.text("#notice").await?.is_none())
        })
        .await
}
