//! A week planned by drag and by keys.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::seen;
use crate::window::{Result, Window};

/// The first session of the week in the grid.
const SESSION: &str = "#week [data-block]";

/// Names of the sessions in the grid, with their times.
const NAMES: &str =
    "[...document.querySelectorAll('#week [data-block]')].map((each) => each.ariaLabel)";

pub async fn drags_a_session(window: &Window) -> Result {
    window.find("#view-week").await?.click().await?;
    let session = window.find(SESSION).await?;
    let before: Vec<String> = window.get(NAMES).await?;

    let held = window.page.action_chain();
    let held = held.move_to_element_center(&session).click_and_hold();
    held.move_by_offset(0, -20)
        .move_by_offset(0, -60)
        .perform()
        .await?;
    has_hint(window, "Finish").await?;
    seen::is_accessible(window, "week, dragging").await?;
    window.picture("70-week-drag").await?;
    window.page.action_chain().release().perform().await?;
    has_moved(window, &before).await?;
    assert!(
        window.is("!document.querySelector('#details')").await?,
        "a drag opens no details"
    );

    // One drop is one step.
    window.find("#undo").await?.click().await?;
    is_as(window, &before).await
}

pub async fn carries_a_session_by_keys(window: &Window) -> Result {
    let before: Vec<String> = window.get(NAMES).await?;
    window
        .page
        .execute(
            &format!("document.querySelector({}).focus()", json!(SESSION)),
            vec![],
        )
        .await?;
    let (alt, right) = (Key::Alt.value(), Key::Right.value().to_string());
    let keys = window.page.action_chain().key_down(alt).send_keys(right);
    keys.perform().await?;
    has_hint(window, "Release Alt").await?;
    window.picture("71-week-keys").await?;
    window.page.action_chain().key_up(alt).perform().await?;
    has_moved(window, &before).await?;
    window
        .until("the moved session has the focus", async || {
            window
                .is("document.activeElement.matches('#week [data-block]')")
                .await
        })
        .await?;
    window.find("#undo").await?.click().await?;
    is_as(window, &before).await?;

    seen::darkens(window).await?;
    window.picture("72-week-dark").await
}

/// Selects two sessions and moves both on by a week, as one step.
pub async fn moves_several_by_a_week(window: &Window) -> Result {
    let before: Vec<String> = window.get(NAMES).await?;
    let sessions = window.page.find_all(By::Css(SESSION)).await?;
    sessions[0].click().await?;
    window.find("#details").await?;
    seen::is_accessible(window, "week, details").await?;
    window.picture("75-week-details").await?;
    let control = Key::Control.value();
    let keys = window.page.action_chain().key_down(control);
    let keys = keys.click_element(&sessions[1]).key_up(control);
    keys.perform().await?;
    window
        .until("two sessions are selected", async || {
            window
                .is("document.querySelectorAll('#week [aria-selected=true]').length === 2")
                .await
        })
        .await?;
    let alt = Key::Alt.value();
    let keys = window.page.action_chain().key_down(alt);
    let keys = keys
        .send_keys(Key::PageDown.value().to_string())
        .key_up(alt);
    keys.perform().await?;
    window
        .until("undo names both", async || {
            window
                .is("document.querySelector('#undo').title.includes('2 sessions moved')")
                .await
        })
        .await?;
    window.find("#undo").await?.click().await?;
    window
        .find("#week button[title='Previous week']")
        .await?
        .click()
        .await?;
    is_as(window, &before).await
}

/// Sets a session aside by Del: its work is in the tray, where it waits.
pub async fn sets_a_session_aside(window: &Window) -> Result {
    window.find(SESSION).await?;
    let before: Vec<String> = window.get(NAMES).await?;
    window.focus(SESSION).await?;
    window.press(&[], Key::Delete.value()).await?;
    window
        .until("undo names what was set aside", async || {
            window
                .is("document.querySelector('#undo').title.includes('set aside')")
                .await
        })
        .await?;
    assert_ne!(window.get::<Vec<String>>(NAMES).await?, before);
    let waits = "document.querySelector('#tray .total')?.textContent";
    assert_eq!(window.get::<String>(waits).await?, "1 h 30 min");
    window.picture("84-set-aside").await?;
    window.find("#undo").await?.click().await?;
    is_as(window, &before).await
}

/// Brings work of a later week into this one, by Enter and by drag.
pub async fn fills_from_the_tray(window: &Window) -> Result {
    let before: Vec<String> = window.get(NAMES).await?;
    // Time for it: a drag on empty adds study time.
    let column = window.page.find_all(By::Css("#week .column")).await?;
    let sunday = column.last().ok_or("no Sunday")?;
    let held = window.page.action_chain();
    let held = held.move_to_element_center(sunday).click_and_hold();
    held.move_by_offset(0, 60).release().perform().await?;
    window
        .until("the time is added", async || {
            window.is("!document.querySelector('#undo').disabled").await
        })
        .await?;
    let later = "#tray [data-tray]";
    let title: String = window
        .get("document.querySelector('#tray [data-tray] .title').textContent")
        .await?;
    window.focus(later).await?;
    window.press(&[], Key::Enter.value()).await?;
    window
        .until("the work is in the week", async || {
            let names = window.get::<Vec<String>>(NAMES).await?;
            let count =
                |names: &[String]| names.iter().filter(|name| name.contains(&title)).count();
            Ok(count(&names) >= count(&before))
        })
        .await?;
    window.picture("84-tray").await?;
    while window
        .is("!document.querySelector('#undo').disabled")
        .await?
    {
        window.find("#undo").await?.click().await?;
        window.painted().await?;
    }
    is_as(window, &before).await
}

/// Moves the whole week on, by its button.
pub async fn moves_the_week_on(window: &Window) -> Result {
    let before: Vec<String> = window.get(NAMES).await?;
    window.find("#skip-week").await?.click().await?;
    window
        .until("the week is empty", async || {
            Ok(window.get::<Vec<String>>(NAMES).await?.is_empty())
        })
        .await?;
    window.picture("85-week-on").await?;
    window.find("#undo").await?.click().await?;
    is_as(window, &before).await
}

/// Drags a missed session to the time it really happened, which logs the work there.
pub async fn logs_the_past_by_drag(window: &Window) -> Result {
    window.find("#view-week").await?.click().await?;
    let missed = "#week .block.missed";
    window.find(missed).await?;
    let session = window.find(missed).await?;
    let held = window.page.action_chain();
    let held = held.move_to_element_center(&session).click_and_hold();
    held.move_by_offset(0, -20)
        .move_by_offset(0, -40)
        .release()
        .perform()
        .await?;
    window
        .until("the work is logged", async || {
            window
                .is("document.querySelector('#undo').title.toLowerCase().includes('log')")
                .await
        })
        .await?;
    window.picture("86-past-logged").await?;
    // And by keys: D logs the next missed one.
    let count = "document.querySelectorAll('#week .block.missed').length";
    let before: usize = window.get(count).await?;
    window.focus(missed).await?;
    window.press(&[], 'd').await?;
    window
        .until("one fewer is missed", async || {
            Ok(window.get::<usize>(count).await? < before)
        })
        .await
}

async fn has_hint(window: &Window, words: &str) -> Result {
    window
        .until(&format!("the hint says {words}"), async || {
            let hint = window.text("#carry-hint").await?.unwrap_or_default();
            Ok(hint.contains(words))
        })
        .await
}

async fn has_moved(window: &Window, before: &[String]) -> Result {
    window
        .until("the session has moved", async || {
            let is_saved = window.is("!document.querySelector('#carry-hint')").await?;
            Ok(is_saved && window.get::<Vec<String>>(NAMES).await? != before)
        })
        .await
}

async fn is_as(window: &Window, before: &[String]) -> Result {
    window
        .until("undo puts the session back", async || {
            Ok(window.get::<Vec<String>>(NAMES).await? == before)
        })
        .await
}
