//! From the first start to a running timer: at most three presses, and no field.

use crate::seen;
use crate::window::{Home, Result, Window};

pub async fn starts_by_mouse(window: &Window) -> Result {
    window.find("#start-now").await?;
    seen::is_accessible(window, "first minute").await?;
    window.picture("82-first-minute").await?;
    window.find("#start-now").await?.click().await?;
    runs(window).await
}

pub async fn starts_by_keys(window: &Window) -> Result {
    for key in ["1", "s"] {
        let keys = window.page.action_chain();
        keys.send_keys(key).perform().await?;
        window.painted().await?;
    }
    runs(window).await
}

async fn runs(window: &Window) -> Result {
    window
        .until("the timer runs", async || {
            window
                .is("document.querySelector('#timer-chip') && document.querySelector('#timer.running, #timer-chip')")
                .await
        })
        .await?;
    window.picture("83-first-timer").await
}

/// Goes to the week, with which the next start begins.
pub async fn leaves_for_the_week(window: &Window, home: &Home) -> Result {
    window.page.action_chain().send_keys("2").perform().await?;
    is_in_the_week(window).await?;
    window
        .until("the view is saved", async || {
            let mut files = home.files()?.into_iter();
            Ok(files.any(|(path, bytes)| {
                let text = String::from_utf8_lossy(&bytes);
                path.ends_with("settings.json") && text.contains("\"view\": \"week\"")
            }))
        })
        .await
}

pub async fn is_in_the_week(window: &Window) -> Result {
    window
        .until("the week is shown", async || {
            window
                .is("document.querySelector('#week') && document.querySelector('#view-week').ariaCurrent === 'page'")
                .await
        })
        .await
}

/// Discards the timer, so that the other way can be tried.
pub async fn discards_it(window: &Window) -> Result {
    let discard = "[...document.querySelectorAll('#timer button')].find((each) => each.textContent.includes('Discard'))";
    window
        .until("the timer can be discarded", async || {
            window.is(discard).await
        })
        .await?;
    window
        .page
        .execute(&format!("{discard}.click()"), vec![])
        .await?;
    window
        .until("the timer is gone", async || {
            window.is("!document.querySelector('#timer-chip')").await
        })
        .await
}
