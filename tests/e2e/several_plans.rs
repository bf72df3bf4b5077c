//! Several plans: one from a template, switched to and fro, archived, removed and brought back.

use thirtyfour::Key;

use crate::seen;
use crate::window::{Home, Result, Window};

const FIRST: &str = "MLOps Engineer (2026)";

async fn is_open(window: &Window, title: &str) -> Result {
    window
        .until(&format!("{title} is open"), async || {
            let shown = window.text("#plan-switch .name").await?;
            Ok(shown.as_deref() == Some(title))
        })
        .await
}

async fn opens_menu(window: &Window) -> Result {
    window.find("#plan-switch").await?.click().await?;
    window
        .until("the menu lists the plans", async || {
            window
                .is("document.activeElement?.matches('#plan-menu [data-plan]') ?? false")
                .await
        })
        .await
}

async fn presses(window: &Window, key: Key) -> Result {
    let focused = window.find(":focus").await?;
    Ok(focused.send_keys(key + "").await?)
}

/// A second plan from a template, by the menu at the first one's name.
pub async fn makes_a_second(window: &Window) -> Result {
    opens_menu(window).await?;
    seen::is_accessible(window, "with the menu of plans").await?;
    window.painted().await?;
    assert!(
        seen::is_in_view(window, "#new-plan").await?,
        "the menu is seen"
    );
    window.picture("95-plan-menu").await?;
    window.find("#new-plan").await?.click().await?;
    let guitar = "#new-plan-dialog [value=guitar]";
    window.painted().await?;
    window.find(guitar).await?.click().await?;
    window
        .until("the template is chosen", async || {
            window
                .is(&format!("document.querySelector('{guitar}').checked"))
                .await
        })
        .await?;
    window.type_over("#new-plan-name", "Guitar").await?;
    seen::is_accessible(window, "with the dialog of a new plan").await?;
    window.picture("96-new-plan").await?;
    window.find("#make-plan").await?.click().await?;
    is_open(window, "Guitar").await?;
    let first = window.text("[data-phase]").await?.unwrap_or_default();
    assert!(first.contains("First chords"), "{first}");
    // The focus is where the plan was chosen.
    window
        .until("the focus is on the plan's name", async || {
            window
                .is("document.activeElement?.id === 'plan-switch'")
                .await
        })
        .await
}

/// To the first plan and back by keys, and each has its own hours.
pub async fn switches_by_keys(window: &Window) -> Result {
    window.fill("#hours-field", "4").await?;
    window
        .until("the change is saved", async || {
            window.is("!document.querySelector('#undo').disabled").await
        })
        .await?;
    for (title, hours) in [(FIRST, "10"), ("Guitar", "4")] {
        opens_menu(window).await?;
        let key = if title == FIRST { Key::Up } else { Key::Down };
        presses(window, key).await?;
        presses(window, Key::Enter).await?;
        is_open(window, title).await?;
        seen::has_value(window, "#hours-field", hours).await?;
    }
    window.picture("97-second-plan").await
}

/// The last one opens, also after a restart.
pub async fn is_open_again(window: &Window) -> Result {
    is_open(window, "Guitar").await
}

async fn manages(window: &Window) -> Result {
    opens_menu(window).await?;
    window.find("#manage-plans").await?.click().await?;
    window.find("#plans-dialog li").await?;
    Ok(())
}

/// The open plan is archived: another takes its place. Out of the archive, it opens again.
pub async fn archives_it(window: &Window) -> Result {
    manages(window).await?;
    seen::is_accessible(window, "with the list of plans").await?;
    window.painted().await?;
    assert!(
        seen::is_in_view(window, "#plans-dialog li .rename-plan").await?,
        "the list is seen"
    );
    window.picture("98-plans").await?;
    window
        .find("#plans-dialog li.open .archive-plan")
        .await?
        .click()
        .await?;
    is_open(window, FIRST).await?;
    manages(window).await?;
    let archived = "#plans-dialog ul[aria-labelledby=plans-Archived] ";
    let listed = window.text(&format!("{archived}.title")).await?;
    assert_eq!(listed.as_deref(), Some("Guitar"));
    window
        .find(&format!("{archived}.open-plan"))
        .await?
        .click()
        .await?;
    is_open(window, "Guitar").await
}

/// The open plan is removed, and one press brings it back, open and whole.
pub async fn removes_it_and_undoes_that(window: &Window, home: &Home) -> Result {
    let plans = || Ok::<_, Box<dyn std::error::Error>>(home.data_folder().plans()?.len());
    assert_eq!(plans()?, 2);
    manages(window).await?;
    window
        .find("#plans-dialog li.open .remove-plan")
        .await?
        .click()
        .await?;
    is_open(window, FIRST).await?;
    let said = window.text("#notice").await?.unwrap_or_default();
    assert_eq!(said, "Removed “Guitar”.");
    assert_eq!(plans()?, 1);
    window.find("#notice-undo").await?.click().await?;
    is_open(window, "Guitar").await?;
    seen::has_value(window, "#hours-field", "4").await?;
    assert_eq!(plans()?, 2);
    Ok(())
}
