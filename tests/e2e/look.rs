//! How the window looks: the whole plan, zoom, a small window, folds, the dark theme.

use thirtyfour::prelude::*;

use crate::expected;
use crate::seen::{self, FOLD};
use crate::window::{Home, Result, Window};

pub async fn opens_on_a_whole_plan(window: &Window) -> Result {
    let finish = seen::finish(window).await?.ok_or("no finish date")?;
    finish.parse::<chrono::NaiveDate>()?;
    window.picture("01-opened").await?;

    let mut places = Vec::new();
    for (phase, _) in expected::phases()? {
        let row = format!("[data-phase='{phase}']");
        seen::finds_row(window, &row).await?;
        let place: usize = window
            .get(&format!(
                "Number(document.querySelector(\"{row}\").ariaRowIndex)"
            ))
            .await?;
        places.push(place);
    }
    assert!(places.is_sorted(), "the chart's phases: {places:?}");
    window.picture("02-last-phase").await?;
    seen::scrolls_to_the_first_row(window).await
}

pub async fn zooms(window: &Window) -> Result {
    // Zooming in goes to the middle of the plan, where its fifth phase is.
    let (middle, _) = &expected::phases()?[4];
    seen::finds_row(window, &format!("[data-phase='{middle}']")).await?;
    let whole = sheet_width(window).await?;
    let button = window.find("#zoom-in").await?;
    for _ in 0..6 {
        button.click().await?;
    }
    window
        .until("the chart is wider than twice the window", async || {
            Ok(sheet_width(window).await? > 2 * whole)
        })
        .await?;
    window.picture("11-zoomed-in").await?;

    window.find("#zoom-fit").await?.click().await?;
    window
        .until("the whole plan is in sight again", async || {
            Ok(sheet_width(window).await? == whole)
        })
        .await
}

/// How wide the widest thing in the chart is, in whole pixels.
async fn sheet_width(window: &Window) -> Result<u64> {
    window
        .get("Math.max(...[...document.querySelectorAll('#gantt *')].map((part) => part.scrollWidth))")
        .await
}

pub async fn fits_a_small_window(window: &Window) -> Result {
    let usual = window.page.get_window_rect().await?;
    window.page.set_window_rect(0, 0, 720, 480).await?;
    window
        .until("the window is small", async || {
            window.is("innerWidth === 720 && innerHeight === 480").await
        })
        .await?;
    window.picture("12-small").await?;
    assert!(
        window
            .is("document.documentElement.scrollWidth <= innerWidth")
            .await?,
        "the page is wider than a small window"
    );
    for part in [
        "#finish-date",
        "#hours-slider",
        "#open-setup",
        "#export-calendar",
    ] {
        assert!(
            seen::is_in_view(window, part).await?,
            "{part} cannot be seen in a small window"
        );
    }
    for (id, _) in expected::phases()? {
        seen::finds_row(window, &format!("[data-phase='{id}']")).await?;
    }
    seen::is_accessible(window, "small window").await?;

    let (width, height) = (usual.width, usual.height);
    window
        .page
        .set_window_rect(0, 0, width.try_into()?, height.try_into()?)
        .await?;
    window
        .until("the window has its size again", async || {
            window
                .is(&format!(
                    "innerWidth === {width} && innerHeight === {height}"
                ))
                .await
        })
        .await
}

pub async fn walks_by_keyboard(window: &Window) -> Result {
    let rows: Vec<String> = window
        .get("[...document.querySelectorAll('#gantt [role=row]')].map((row) => row.dataset.line)")
        .await?;
    // From a row that was clicked: keys then show where they go, though the pointer did not.
    window
        .find("#gantt [role=rowheader]")
        .await?
        .click()
        .await?;
    is_focused(window, &rows[0]).await?;
    press(window, Key::Down).await?;
    is_focused(window, &rows[1]).await?;

    press(window, Key::End).await?;
    let last = format!("[aria-rowindex='{}']", seen::row_count(window).await?);
    window
        .until("the last row has the focus and is in sight", async || {
            Ok(window
                .is(&format!("document.activeElement.matches(\"{last}\")"))
                .await?
                && seen::is_in_view(window, &last).await?)
        })
        .await?;

    press(window, Key::Right).await?;
    window
        .until("a tooltip tells of the row's first session", async || {
            window
                .is("document.querySelector('#tip[role=tooltip]')")
                .await
        })
        .await?;
    seen::is_accessible(window, "tooltip").await?;
    window.picture("10-tooltip").await?;
    press(window, Key::Escape).await?;
    window
        .until("Escape hides the tooltip", async || {
            window.is("!document.querySelector('#tip')").await
        })
        .await
}

/// Presses a key wherever the focus is.
async fn press(window: &Window, key: Key) -> Result {
    Ok(window
        .page
        .action_chain()
        .send_keys(key.value().to_string())
        .perform()
        .await?)
}

async fn is_focused(window: &Window, line: &str) -> Result {
    window
        .until(&format!("the focus is on {line}"), async || {
            window
                .is(&format!("document.activeElement.dataset.line === '{line}'"))
                .await
        })
        .await
}

pub async fn folds_and_darkens(window: &Window, home: &Home) -> Result {
    seen::scrolls_to_the_first_row(window).await?;
    let rows_before = seen::row_count(window).await?;
    window.find(FOLD).await?.send_keys(Key::Enter + "").await?;
    window
        .until("the phase is folded", async || {
            seen::is_folded(window).await
        })
        .await?;
    assert!(
        seen::row_count(window).await? < rows_before,
        "folding hides the phase's items"
    );

    seen::darkens(window).await?;
    seen::is_accessible(window, "dark").await?;
    window.picture("13-dark").await?;

    window
        .until("the settings are stored", async || {
            Ok(home.files()?.iter().any(|(path, bytes)| {
                path.ends_with("settings.json")
                    && String::from_utf8_lossy(bytes).contains("\"dark\"")
            }))
        })
        .await
}
