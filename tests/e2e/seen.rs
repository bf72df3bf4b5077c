//! The visible content of the window.

use serde_json::json;
use thirtyfour::Key;

use crate::expected::Expected;
use crate::window::{Result, Window};

/// The fold button of the first phase.
pub const FOLD: &str = "[data-phase] button[aria-expanded]";

/// The finish date, as year-month-day.
pub async fn finish(window: &Window) -> Result<Option<String>> {
    window
        .get("document.querySelector('#finish-date')?.dataset.date ?? null")
        .await
}

/// Waits until finish date and sentence are those of the expected schedule.
pub async fn shows(window: &Window, expected: &Expected) -> Result {
    let waited = window
        .until(&expected.to_string(), async || {
            let sentence = window.text("#sentence").await?.unwrap_or_default();
            Ok(finish(window).await?.as_ref() == Some(&expected.finish)
                && sentence.contains(&format!(" {} sessions", expected.sessions.len())))
        })
        .await;
    match waited {
        Ok(()) => Ok(()),
        Err(error) => {
            let sentence = window.text("#sentence").await?;
            Err(format!("{error}; shown: {sentence:?}").into())
        }
    }
}

/// Waits until a field shows the value.
pub async fn has_value(window: &Window, css: &str, value: &str) -> Result {
    let shown = format!("document.querySelector({})?.value", json!(css));
    window
        .until(&format!("{css} shows {value}"), async || {
            window.is(&format!("{shown} === {}", json!(value))).await
        })
        .await
}

/// Whether what lies at the middle of an element's left part is the element, not something above
/// it.
pub async fn is_in_view(window: &Window, css: &str) -> Result<bool> {
    window
        .is(&format!(
            "(() => {{
               const element = document.querySelector({});
               const {{ left, top, width, height }} = element.getBoundingClientRect();
               const x = left + Math.min(width, 200) / 2;
               return element.contains(document.elementFromPoint(x, top + height / 2));
             }})()",
            json!(css)
        ))
        .await
}

/// Waits until the element can be seen after scrolling to it.
pub async fn scrolls_to(window: &Window, css: &str) -> Result {
    window
        .until(&format!("{css} can be scrolled into view"), async || {
            // Scrolled again each time, since what is loaded in the meantime can move it. The page
            // learns of a scroll with the next frame; nobody clicks before that.
            let element = window.find(css).await?;
            if element.scroll_into_view().await.is_err() {
                return Ok(false);
            }
            window.painted().await?;
            is_in_view(window, css).await
        })
        .await
}

/// Scrolls the chart to its beginning.
pub async fn scrolls_to_the_first_row(window: &Window) -> Result {
    finds_row(window, "[aria-rowindex='1']").await
}

/// Scrolls the chart to a row, as a learner does: from its beginning, half a screen at a time,
/// since only the rows in sight are in the page.
pub async fn finds_row(window: &Window, css: &str) -> Result {
    const CHART: &str = "document.querySelector('#gantt .scroller')";
    window.find("#gantt .scroller").await?;
    let row = json!(format!("#gantt {css}"));
    let begins = format!("{CHART}.scrollTop = 0");
    window.page.execute(&begins, vec![]).await?;
    window.painted().await?;
    while !window.is(&format!("document.querySelector({row})")).await? {
        let before: f64 = window.get(&format!("{CHART}.scrollTop")).await?;
        let goes_on = format!("{CHART}.scrollTop += {CHART}.clientHeight / 2");
        window.page.execute(&goes_on, vec![]).await?;
        window.painted().await?;
        let after: f64 = window.get(&format!("{CHART}.scrollTop")).await?;
        if after == before {
            return Err(format!("the chart has no row {css}").into());
        }
    }
    scrolls_to(window, &format!("#gantt {css}")).await
}

/// The number of rows of the chart, whether in sight or not.
pub async fn row_count(window: &Window) -> Result<usize> {
    window
        .get("Number(document.querySelector('#gantt [role=treegrid]').ariaRowCount)")
        .await
}

pub async fn is_folded(window: &Window) -> Result<bool> {
    window
        .is(&format!(
            "document.querySelector('{FOLD}').getAttribute('aria-expanded') === 'false'"
        ))
        .await
}

pub async fn is_dark(window: &Window) -> Result<bool> {
    window
        .is("document.documentElement.dataset.theme === 'dark'")
        .await
}

/// Opens Setup.
pub async fn opens_setup(window: &Window) -> Result {
    window.find("#open-setup").await?.click().await?;
    window.find("#setup").await?;
    Ok(())
}

/// Closes Setup, which in a small window covers its button.
pub async fn closes_setup(window: &Window) -> Result {
    let close = window.find("#setup button").await?;
    close.send_keys(Key::Escape + "").await?;
    window
        .until("Setup is closed", async || {
            window.is("!document.querySelector('#setup')").await
        })
        .await
}

/// Chooses the dark theme in Setup.
pub async fn darkens(window: &Window) -> Result {
    opens_setup(window).await?;
    window.find("#theme-dark").await?.click().await?;
    window
        .until("the page is dark", async || is_dark(window).await)
        .await?;
    closes_setup(window).await
}

/// Asserts that axe-core finds nothing wrong.
pub async fn is_accessible(window: &Window, state: &str) -> Result {
    let problems = window.accessibility_problems().await?;
    assert!(
        problems.is_empty(),
        "axe-core finds fault with the page ({state}): {}",
        serde_json::to_string_pretty(&problems)?
    );
    Ok(())
}
