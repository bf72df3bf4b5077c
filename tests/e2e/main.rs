//! The built app in its real window, from first start to damaged file, as a learner meets it.
//!
//! One story, told once: each step goes on from the one before. Pictures of the steps are kept
//! in target/e2e. `window.rs` runs the app, `seen.rs` says what it shows, `expected.rs` what it must.

mod window;

mod seen;

mod expected;

mod look;

mod change;

mod export;

mod restart;

mod figures;

use crate::window::{Home, Result, Window};

#[tokio::test(flavor = "multi_thread")]
async fn the_story_in_the_real_window() -> Result {
    let home = Home::new()?;

    let window = Window::open(&home).await?;
    look::opens_on_a_whole_plan(&window).await?;
    change::takes_start_and_zone(&window).await?;
    change::previews_while_the_slider_is_dragged(&window, &home).await?;
    change::keeps_what_the_keys_set(&window, &home).await?;
    change::refuses_bad_input(&window).await?;
    change::adds_and_removes_an_optional_item(&window).await?;
    export::exports_the_calendar(&window, &home).await?;
    export::saves_the_picture(&window, &home).await?;
    look::walks_by_keyboard(&window).await?;
    look::zooms(&window).await?;
    look::fits_a_small_window(&window).await?;
    look::folds_and_darkens(&window, &home).await?;
    window.close().await?;

    let window = Window::open(&home).await?;
    restart::is_as_it_was_left(&window).await?;
    window.close().await?;

    let damaged = restart::damage_the_plan(&home)?;
    let window = Window::open(&home).await?;
    restart::tells_of_the_damage_and_keeps_it(&window, &home, &damaged).await?;
    window.close().await
}
