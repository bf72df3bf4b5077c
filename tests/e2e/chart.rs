//! Bars dragged in the chart, and several rows changed at once: by mouse, and again by keys.

use std::collections::BTreeMap;

use serde_json::json;
use thirtyfour::prelude::*;

use crate::seen;
use crate::window::{Result, Window};

/// The first item of the roadmap.
const PYTHON: &str = "#gantt [data-item='python']";
/// The bars of the rows in sight, in words.
pub const BARS: &str =
    "Object.fromEntries([...document.querySelectorAll('#gantt [data-line]')].map(
    (row) => [row.dataset.line, row.querySelector('.time').ariaLabel]))";

pub type Bars = BTreeMap<String, String>;

pub async fn drags_a_bar(window: &Window) -> Result {
    let before: Bars = window.get(BARS).await?;
    let (x, y) = on_the_bar(window).await?;
    let held = window.page.action_chain().move_to(x, y).click_and_hold();
    held.move_by_offset(20, 0)
        .move_by_offset(40, 0)
        .perform()
        .await?;
    has_hint(window, "Python not before").await?;
    has_hint(window, "Finish").await?;
    seen::is_accessible(window, "chart, dragging a bar").await?;
    window.picture("73-chart-drag").await?;
    window.page.action_chain().release().perform().await?;
    undo_names(window, "Python not before").await?;
    assert!(
        window.is("!document.querySelector('#details')").await?,
        "a drag opens no details"
    );

    // One drop is one step.
    window.find("#undo").await?.click().await?;
    is_as(window, &before).await
}

pub async fn drags_it_down_its_order(window: &Window) -> Result {
    let before: Bars = window.get(BARS).await?;
    let (x, y) = on_the_bar(window).await?;
    let held = || window.page.action_chain().move_to(x, y).click_and_hold();
    held().move_by_offset(0, 28).perform().await?;
    has_hint(window, "Python after").await?;
    window.press(&[], Key::Escape.value()).await?;
    window.page.action_chain().release().perform().await?;
    is_as(window, &before).await?;

    held().move_by_offset(0, 28).perform().await?;
    has_hint(window, "Python after").await?;
    window.page.action_chain().release().perform().await?;
    undo_names(window, "Python").await?;
    window.find("#undo").await?.click().await?;
    is_as(window, &before).await
}

pub async fn carries_a_bar_by_keys(window: &Window) -> Result {
    let before: Bars = window.get(BARS).await?;
    window.focus(PYTHON).await?;
    let (alt, shift) = (Key::Alt.value(), Key::Shift.value());
    let right = Key::Right.value().to_string();
    let keys = window.page.action_chain().key_down(alt).key_down(shift);
    keys.send_keys(right).key_up(shift).perform().await?;
    has_hint(window, "Release Alt").await?;
    window.page.action_chain().key_up(alt).perform().await?;
    undo_names(window, "Python not before").await?;

    // The details show the date, and remove it.
    window.press(&[shift], Key::F10.value()).await?;
    window
        .until("the details have the date", async || {
            window
                .is("document.querySelector('#not-before')?.value === '2027-01-11'")
                .await
        })
        .await?;
    window.picture("74-not-before").await?;
    window.find("#not-before-remove").await?.click().await?;
    undo_names(window, "Python at any time").await?;
    window.find("#undo").await?.click().await?;
    undo_names(window, "Python not before").await?;
    window.find("#undo").await?.click().await?;
    is_as(window, &before).await?;
    window.press(&[], Key::Escape.value()).await
}

pub async fn changes_several_at_once(window: &Window) -> Result {
    let before: Bars = window.get(BARS).await?;
    window.focus(PYTHON).await?;
    let shift = Key::Shift.value();
    window.press(&[shift], Key::Down.value()).await?;
    window.press(&[shift], Key::Down.value()).await?;
    window
        .until("three items are selected", async || {
            let text = window.text("#selection").await?.unwrap_or_default();
            Ok(text.contains("3 items selected"))
        })
        .await?;
    seen::is_accessible(window, "chart, several selected").await?;
    window.picture("79-chart-selected").await?;
    window.fill("#selection-date", "2027-02-01").await?;
    undo_names(window, "3 items not before a date").await?;
    window.find("#undo").await?.click().await?;
    is_as(window, &before).await
}

/// A place on the first item's bar.
pub async fn on_the_bar(window: &Window) -> Result<(i64, i64)> {
    let place = |side: &str| {
        format!(
            "Math.round(document.querySelector({}).getBoundingClientRect().{side})",
            json!(format!("{PYTHON} .time"))
        )
    };
    let left: i64 = window.get(&place("left")).await?;
    let top: i64 = window.get(&place("top")).await?;
    // Some days of December come first.
    Ok((left + 26, top + 14))
}

async fn has_hint(window: &Window, words: &str) -> Result {
    window
        .until(&format!("the hint says {words}"), async || {
            let hint = window.text("#chart-drag").await?.unwrap_or_default();
            Ok(hint.contains(words))
        })
        .await
}

async fn undo_names(window: &Window, words: &str) -> Result {
    let is_named = format!(
        "document.querySelector('#undo').title.includes({})",
        json!(words)
    );
    window
        .until(&format!("undo names {words}"), async || {
            window.is(&is_named).await
        })
        .await
}

async fn is_as(window: &Window, before: &Bars) -> Result {
    window
        .until("the chart is as before", async || {
            Ok(are_same(&window.get(BARS).await?, before))
        })
        .await
}

/// Whether the rows that were in sight both times have the same bars. Any other row came into sight
/// or left it in between.
pub fn are_same(now: &Bars, before: &Bars) -> bool {
    let mut both = now.iter().filter(|(row, _)| before.contains_key(*row));
    both.clone().count() > 5 && both.all(|(row, bar)| before[row] == *bar)
}
