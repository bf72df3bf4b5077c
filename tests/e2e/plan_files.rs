//! Earlier plans and recovered files, as the window shows them.

use crate::expected;
use crate::seen;
use crate::window::{Home, Result, Window};

/// A part of the notice about a plan that was missing.
const MISSING: &str = "was missing";

pub async fn previews_an_earlier_plan(window: &Window, home: &Home) -> Result {
    window.fill("#hours-field", "20").await?;
    seen::shows(window, &expected::with_hours("20")?).await?;
    let kept = std::fs::read(home.plan_file())?;
    window.find("#plan-switch").await?.click().await?;
    window.find("#open-files").await?.click().await?;
    window
        .find("#earlier-plans .preview")
        .await?
        .click()
        .await?;
    seen::shows(window, &expected::with_hours("10")?).await?;
    let said = window.text("#earlier-plans li").await?.unwrap_or_default();
    assert!(said.contains("Before “Hours 10 h → 20 h”"), "{said}");
    assert!(said.contains("Since then: "), "{said}");
    assert_eq!(
        std::fs::read(home.plan_file())?,
        kept,
        "a preview was stored"
    );
    seen::is_accessible(window, "with the plan's files").await?;
    window.picture("80-earlier-plan").await
}

pub async fn restores_it_and_undoes_that(window: &Window) -> Result {
    window
        .find("#earlier-plans .restore")
        .await?
        .click()
        .await?;
    seen::has_value(window, "#hours-field", "10").await?;
    seen::shows(window, &expected::with_hours("10")?).await?;
    // The plan before the restore is in the list now.
    window
        .until("the list has two plans", async || {
            let count: usize = window
                .get("document.querySelectorAll('#earlier-plans li').length")
                .await?;
            Ok(count == 2)
        })
        .await?;
    window.find("#undo").await?.click().await?;
    seen::has_value(window, "#hours-field", "20").await?;
    seen::shows(window, &expected::with_hours("20")?).await
}

/// Removes the plan, so that its earlier copy stands in.
pub fn lose_the_plan(home: &Home) -> Result {
    Ok(std::fs::remove_file(home.plan_file())?)
}

pub async fn tells_of_the_recovery(window: &Window) -> Result {
    window
        .until("a notice tells of the missing plan", async || {
            is_told(window).await
        })
        .await?;
    window.picture("81-recovered").await
}

pub async fn dismisses_the_notice(window: &Window) -> Result {
    tells_of_the_recovery(window).await?;
    window.find("#notices button").await?.click().await?;
    window
        .until("the notice is gone", async || Ok(!is_told(window).await?))
        .await
}

pub async fn tells_nothing(window: &Window) -> Result {
    assert!(!is_told(window).await?, "a dismissed notice was told again");
    Ok(())
}

async fn is_told(window: &Window) -> Result<bool> {
    let said = window.text("#notices").await?.unwrap_or_default();
    Ok(said.contains(MISSING))
}
