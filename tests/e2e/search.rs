//! The palette and the sheet of keys.

use thirtyfour::prelude::*;

use crate::seen;
use crate::window::{Result, Window};

pub async fn finds_an_item(window: &Window) -> Result {
    asks(window, "docker").await?;
    seen::is_accessible(window, "palette").await?;
    window.picture("72-palette").await?;
    window.press(&[], Key::Enter.value()).await?;
    window
        .until(
            "the roadmap shows the item with the focus on it",
            async || {
                window
                    .is("document.activeElement.matches('#roadmap [data-row]') \
                     && document.activeElement.textContent.includes('Docker')")
                    .await
            },
        )
        .await
}

pub async fn takes_a_date_off(window: &Window) -> Result {
    asks(window, "holiday 9-10 jan 2027").await?;
    window.press(&[], Key::Enter.value()).await?;
    window
        .until("the week shows the days off", async || {
            window
                .is("document.querySelectorAll('#week .off').length === 2")
                .await
        })
        .await?;
    window.picture("73-days-off").await?;
    window.find("#undo").await?.click().await?;
    window
        .until("undo brings the days back", async || {
            window.is("!document.querySelector('#week .off')").await
        })
        .await
}

pub async fn shows_all_keys(window: &Window) -> Result {
    window.press(&[], '?').await?;
    window.find("#keys[open]").await?;
    seen::is_accessible(window, "keys").await?;
    window.picture("74-keys").await?;
    window.press(&[], Key::Escape.value()).await?;
    window
        .until("Escape closes the sheet", async || {
            window.is("!document.querySelector('#keys')").await
        })
        .await
}

/// Opens the palette by its keys, and types.
async fn asks(window: &Window, text: &str) -> Result {
    let keys = window.page.action_chain().key_down(Key::Control.value());
    keys.send_keys("k")
        .key_up(Key::Control.value())
        .perform()
        .await?;
    let field = window.find("#palette[open] input").await?;
    field.send_keys(text).await?;
    window.find("#palette [role=option]").await?;
    Ok(())
}
