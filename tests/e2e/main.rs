//! The built app in its real window, as a learner meets it.
//!
//! Each test is a short story about one subject, in a home of its own, with a plan that was stored
//! before it begins and the app's clock at a fixed time. No story depends on another:
//! `cargo test -p waymark-desktop --test e2e NAME` runs one alone. Pictures of the steps are kept
//! in target/e2e. `window.rs` runs the app, `seen.rs` reads what it shows, `expected.rs` computes
//! what it must show.

mod window;

mod seen;

mod expected;

mod look;

mod change;

mod dialog;

mod dropped;

mod availability;

mod progress;

mod export;

mod auto_sync;

mod calendars;

mod server;

#[path = "../caldav/servers.rs"]
#[allow(dead_code, reason = "the other servers are for the tests of sync")]
mod servers;

#[path = "../ipc/published.rs"]
#[allow(clippy::unwrap_used, reason = "a test's own server")]
mod published;

mod web_busy;

mod restart;

mod week;

mod chart;

mod record;

mod first_minute;

mod search;

mod refused;

mod plan_files;

mod roadmap;

mod screen;

mod several_plans;

mod closed;

mod offline;

mod full_disk;

#[path = "../faults/calls_out.rs"]
mod calls_out;

mod figures;

use std::time::Instant;

use crate::expected::{hours_a_week, plan};
use crate::progress::BEFORE;
use crate::servers::{Kind, Server, USER};
use crate::window::{Home, Result, Window};

#[tokio::test(flavor = "multi_thread")]
async fn a_first_start() -> Result {
    let home = Home::new()?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "opens on a whole plan",
        look::opens_on_a_whole_plan(&window),
    )
    .await?;
    tell(
        "takes start and zone",
        change::takes_start_and_zone(&window),
    )
    .await?;
    tell(
        "stays on its own page",
        closed::stays_on_its_own_page(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn slider_and_finish() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "previews a drag",
        change::previews_while_the_slider_is_dragged(&window, &home),
    )
    .await?;
    tell(
        "saves what keys set",
        change::keeps_what_the_keys_set(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_and_undo() -> Result {
    let home = Home::with_plan(&plan(&[hours_a_week("20")])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("rejects bad input", change::refuses_bad_input(&window)).await?;
    tell(
        "adds an item",
        change::adds_and_removes_an_optional_item(&window),
    )
    .await?;
    tell(
        "undoes and redoes it",
        change::undoes_and_redoes_the_removal(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn files_for_elsewhere() -> Result {
    let home = Home::with_plan(&plan(&[hours_a_week("20")])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "exports the calendar",
        export::exports_the_calendar(&window, &home),
    )
    .await?;
    tell(
        "saves the picture",
        export::saves_the_picture(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chart_by_keyboard_and_in_a_small_window() -> Result {
    let home = Home::with_plan(&plan(&[hours_a_week("20")])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("moves by keyboard", look::walks_by_keyboard(&window)).await?;
    tell("zooms", look::zooms(&window)).await?;
    tell("fits a small window", look::fits_a_small_window(&window)).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_by_drag_and_keys() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("drags a session", week::drags_a_session(&window)).await?;
    tell(
        "carries a session by keys",
        week::carries_a_session_by_keys(&window),
    )
    .await?;
    tell(
        "moves several by a week",
        week::moves_several_by_a_week(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn bars_by_drag_and_keys() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("drags a bar", chart::drags_a_bar(&window)).await?;
    tell(
        "drags it down its order",
        chart::drags_it_down_its_order(&window),
    )
    .await?;
    tell(
        "carries a bar by keys",
        chart::carries_a_bar_by_keys(&window),
    )
    .await?;
    tell(
        "changes several at once",
        chart::changes_several_at_once(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_filled_and_moved_on() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    window.find("#view-week").await?.click().await?;
    tell("sets a session aside", week::sets_a_session_aside(&window)).await?;
    tell("fills from the tray", week::fills_from_the_tray(&window)).await?;
    tell("moves the week on", week::moves_the_week_on(&window)).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_by_drag() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, "2027-01-06T12:00:00Z").await?;
    tell("logs the past", week::logs_the_past_by_drag(&window)).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_minute() -> Result {
    let home = Home::unused()?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("starts by mouse", first_minute::starts_by_mouse(&window)).await?;
    tell("discards it", first_minute::discards_it(&window)).await?;
    tell("starts by keys", first_minute::starts_by_keys(&window)).await?;
    tell(
        "leaves the view",
        first_minute::leaves_for_the_week(&window, &home),
    )
    .await?;
    window.close().await?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "opens where it was left",
        first_minute::is_in_the_week(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_record_in_pictures() -> Result {
    let home = Home::with_plan(&record::studied()?)?;
    let window = Window::open_at(&home, record::THREE_WEEKS_LATER).await?;
    tell(
        "shows the record",
        record::shows_the_record_in_pictures(&window),
    )
    .await?;
    tell(
        "reads hours",
        record::reads_hours_by_pointer_and_keys(&window),
    )
    .await?;
    tell("filters the log", record::filters_the_log(&window)).await?;
    tell(
        "saves a picture",
        record::saves_a_picture_of_it(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn search_and_keys() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("finds an item", search::finds_an_item(&window)).await?;
    tell("takes a date off", search::takes_a_date_off(&window)).await?;
    tell("shows all keys", search::shows_all_keys(&window)).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_and_a_damaged_plan() -> Result {
    let home = Home::with_plan(&plan(&[hours_a_week("20")])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "adds an item",
        change::adds_and_removes_an_optional_item(&window),
    )
    .await?;
    tell("folds and darkens", look::folds_and_darkens(&window, &home)).await?;
    window.close().await?;

    let window = Window::open_at(&home, BEFORE).await?;
    tell("is as it was left", restart::is_as_it_was_left(&window)).await?;
    window.close().await?;

    let damaged = restart::damage_the_plan(&home)?;
    let window = Window::open_at(&home, BEFORE).await?;
    let damage = restart::tells_of_the_damage_and_keeps_it(&window, &home, &damaged);
    tell("keeps a damaged plan", damage).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn several_plans_of_one_learner() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("makes a second", several_plans::makes_a_second(&window)).await?;
    tell("switches", several_plans::switches_by_keys(&window)).await?;
    window.close().await?;

    let window = Window::open_at(&home, BEFORE).await?;
    tell("is open again", several_plans::is_open_again(&window)).await?;
    tell("archives it", several_plans::archives_it(&window)).await?;
    tell(
        "removes it and undoes that",
        several_plans::removes_it_and_undoes_that(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_start() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    refused::has_an_earlier_copy(&home)?;
    refused::has_a_file_manager(&home)?;
    let text = refused::makes_it_newer(&home)?;
    let window = Window::open_refused(&home, BEFORE).await?;
    tell(
        "says that the plan is newer",
        refused::says_why(
            &window,
            &home,
            "A newer Waymark wrote it",
            "Install the newest",
        ),
    )
    .await?;
    tell("tries again", refused::tries_again(&window)).await?;
    tell("quits", refused::quits(window, &home)).await?;
    assert_eq!(
        std::fs::read_to_string(home.plan_file())?,
        text,
        "the newer plan"
    );

    refused::puts_a_folder_in_its_place(&home)?;
    let window = Window::open_refused(&home, BEFORE).await?;
    tell(
        "says that a folder is in its place",
        refused::says_why(&window, &home, "it's a folder", "Move or rename the folder"),
    )
    .await?;
    tell(
        "shows the folder",
        refused::shows_the_folder(&window, &home),
    )
    .await?;
    tell(
        "opens the earlier copy",
        refused::opens_the_earlier_copy(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roadmap_of_ones_own() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    // The program that opens addresses, too.
    refused::has_a_file_manager(&home)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "edits an effort by keys",
        roadmap::edits_an_effort_by_keys(&window),
    )
    .await?;
    tell(
        "pastes an outline and undoes it",
        roadmap::pastes_an_outline_and_undoes_it(&window, &home),
    )
    .await?;
    tell(
        "edits the roadmap as text",
        roadmap::edits_it_as_text_and_undoes_it(&window, &home),
    )
    .await?;
    tell("copies it as text", roadmap::copies_it_as_text(&window)).await?;
    tell("follows a link", roadmap::follows_a_link(&window, &home)).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_earlier_plan_restored() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "previews an earlier plan",
        plan_files::previews_an_earlier_plan(&window, &home),
    )
    .await?;
    tell(
        "restores it and undoes that",
        plan_files::restores_it_and_undoes_that(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_told_until_dismissed() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    refused::has_an_earlier_copy(&home)?;
    plan_files::lose_the_plan(&home)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "tells of the recovery",
        plan_files::tells_of_the_recovery(&window),
    )
    .await?;
    window.close().await?;

    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "dismisses the notice",
        plan_files::dismisses_the_notice(&window),
    )
    .await?;
    window.close().await?;

    let window = Window::open_at(&home, BEFORE).await?;
    tell("tells nothing", plan_files::tells_nothing(&window)).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holiday_and_busy_times() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("opens your time", availability::opens_your_time(&window)).await?;
    tell(
        "takes time off",
        availability::previews_time_off_and_keeps_it(&window, &home),
    )
    .await?;
    tell(
        "takes busy times",
        availability::takes_busy_times_from_a_calendar(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn files_dropped_on_the_window() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "takes a calendar",
        dropped::takes_a_calendar(&window, &home),
    )
    .await?;
    tell(
        "takes an outline",
        dropped::takes_an_outline(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn windows_limits_and_travel() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("opens your time", availability::opens_your_time(&window)).await?;
    tell(
        "takes windows",
        availability::keeps_windows_of_ones_own(&window),
    )
    .await?;
    tell(
        "limits and travel",
        availability::keeps_limits_and_travel(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_target_date() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "answers a target",
        availability::answers_a_target_date(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_is_moved() -> Result {
    let home = Home::with_plan(&plan(&[availability::easy_target()?])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "pins a session",
        availability::pins_moves_and_unpins_a_session(&window, &home),
    )
    .await?;
    tell("opens by mouse", availability::opens_by_mouse(&window)).await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_and_a_small_dark_window() -> Result {
    let home = Home::with_plan(&plan(&[availability::easy_target()?])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "knows and orders",
        availability::knows_some_already_and_orders_the_rest(&window),
    )
    .await?;
    tell(
        "dates a phase",
        availability::gives_a_phase_its_own_date(&window),
    )
    .await?;
    tell(
        "leaves slider and labels alone",
        availability::leaves_slider_and_labels_alone(&window),
    )
    .await?;
    tell(
        "fits a small dark window",
        availability::fits_a_small_dark_window(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn progress_and_catching_up() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;

    let window = Window::open_at(&home, BEFORE).await?;
    tell("begins a plan", progress::begins_a_plan(&window)).await?;
    window.close().await?;

    let window = Window::open_at(&home, progress::FIRST_EVENING).await?;
    tell("starts the timer", progress::starts_the_timer(&window)).await?;
    window.close().await?;

    let window = Window::open_at(&home, progress::LATER_THAT_EVENING).await?;
    tell("the timer went on", progress::the_timer_went_on(&window)).await?;
    window.close().await?;

    let window = Window::open_at(&home, progress::NEXT_DAY).await?;
    tell(
        "asks how long it was",
        progress::asks_how_long_it_really_was(&window),
    )
    .await?;
    tell(
        "types and corrects time",
        progress::types_corrects_and_removes_time(&window),
    )
    .await?;
    tell(
        "ticks and estimates",
        progress::ticks_an_outcome_and_updates_an_estimate(&window),
    )
    .await?;
    window.close().await?;

    let window = Window::open_at(&home, progress::TWO_WEEKS_LATER).await?;
    tell("catches up", progress::catches_up(&window, &home)).await?;
    tell(
        "says where one stands",
        progress::says_where_one_stands(&window),
    )
    .await?;
    tell(
        "fits a small dark window",
        progress::fits_a_small_dark_window(&window, &home),
    )
    .await?;
    window.close().await?;

    let window = Window::open_at(&home, progress::THAT_AFTERNOON).await?;
    tell(
        "does not tell twice",
        progress::does_not_tell_twice(&window),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn calendars() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "chooses what a calendar holds",
        calendars::chooses_what_a_calendar_holds(&window, &home),
    )
    .await?;
    window.close().await?;

    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "are as they were left",
        calendars::are_as_they_were_left(&window),
    )
    .await?;
    tell(
        "keeps a live file",
        calendars::keeps_a_live_file(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_server() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let folder = tempfile::tempdir()?;
    let radicale = Server::start(Kind::Radicale, USER, folder.path())?;
    refused::has_a_file_manager(&home)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("connects", server::connects(&window, &home, &radicale)).await?;
    tell("fills it", server::fills_it(&window, &home)).await?;
    tell(
        "hears what was moved",
        server::hears_what_was_moved(&window, &home),
    )
    .await?;
    tell(
        "asks what was deleted",
        server::asks_about_what_was_deleted(&window, &home),
    )
    .await?;
    tell(
        "leaves an emptied one alone",
        server::does_not_take_an_emptied_calendar_for_an_answer(&window, &home),
    )
    .await?;
    tell(
        "fits a small dark window",
        server::fits_a_small_dark_window(&window),
    )
    .await?;
    window.close().await?;

    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "asks for the password again",
        server::asks_for_the_password_again(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_calendar_that_syncs_automatically() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let folder = tempfile::tempdir()?;
    let radicale = Server::start(Kind::Radicale, USER, folder.path())?;
    refused::has_a_file_manager(&home)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell("connects", server::connects(&window, &home, &radicale)).await?;
    tell("is switched on", auto_sync::is_switched_on(&window, &home)).await?;
    tell(
        "keeps a question",
        auto_sync::keeps_a_question(&window, &home),
    )
    .await?;
    window.close().await?;

    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "asks again after a restart",
        auto_sync::asks_again_after_a_restart(&window, &home),
    )
    .await?;
    let waits = auto_sync::waits_for_a_server(&window, &home, radicale);
    let server = tell("waits for a server", waits).await?;
    window.close().await?;
    drop(server);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn busy_times_from_the_web() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    let window = Window::open_at(&home, BEFORE).await?;
    tell(
        "reads a published calendar",
        web_busy::reads_a_published_calendar(&window, &home),
    )
    .await?;
    window.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_without_a_network() -> Result {
    let home = Home::with_plan(&plan(&[hours_a_week("20")])?)?;
    let watched = offline::Watched::new(&home)?;
    let window = Window::open_by(&home, BEFORE, &watched.program).await?;
    tell(
        "adds an item",
        change::adds_and_removes_an_optional_item(&window),
    )
    .await?;
    tell(
        "undoes and redoes it",
        change::undoes_and_redoes_the_removal(&window),
    )
    .await?;
    tell(
        "exports the calendar",
        export::exports_the_calendar(&window, &home),
    )
    .await?;
    tell(
        "saves the picture",
        export::saves_the_picture(&window, &home),
    )
    .await?;
    tell("zooms", look::zooms(&window)).await?;
    window.close().await?;
    watched.has_called_nobody()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk() -> Result {
    let home = Home::with_plan(&plan(&[])?)?;
    refused::has_an_earlier_copy(&home)?;
    let program = full_disk::program(&home)?;
    let window = Window::open_by(&home, BEFORE, &program).await?;
    tell("says so in words", full_disk::says_so(&window, &home)).await?;
    window.close().await
}

/// Runs a step, prints how long it took, and names it in its error.
async fn tell<T>(name: &str, step: impl Future<Output = Result<T>>) -> Result<T> {
    let begun = Instant::now();
    let told = step.await.map_err(|error| format!("{name}: {error}"))?;
    println!("{name}: {:.1} s", begun.elapsed().as_secs_f64());
    Ok(told)
}
