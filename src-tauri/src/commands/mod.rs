//! The commands that the page may call. Each parses, calls the core, and returns a view or a problem.

pub mod calendars;
pub mod files;

use chrono_tz::Tz;
use serde::Serialize;
use tauri::{AppHandle, Runtime, State};
use waymark_core::catch_up::RecoveryOption;
use waymark_core::check_in::CheckIn;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::{Change, ExceptionEntry};
use waymark_core::progress::Timer;
use waymark_core::view::{self, EntryView, ForecastView, View, view};
use waymark_desk::desk::Desk;

use crate::settings::{self, Settings};

/// What the page is told first.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// The plan as it was left.
    pub view: View,
    /// The window as it was left.
    pub settings: Settings,
    /// What the learner should know, such as a file that was damaged.
    pub notices: Vec<String>,
    /// Every time zone's name.
    pub zones: Vec<&'static str>,
}

/// Everything there is to draw at the start.
#[tauri::command]
pub fn open<R: Runtime>(app: AppHandle<R>, desk: State<'_, Desk>) -> Opened {
    Opened {
        view: view(&desk.document(), desk.now()),
        settings: settings::read(&app),
        notices: desk.notices.clone(),
        zones: chrono_tz::TZ_VARIANTS.into_iter().map(Tz::name).collect(),
    }
}

/// What a change would give. Stores nothing.
///
/// # Errors
/// A change that cannot be planned with.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn preview(desk: State<'_, Desk>, change: Change) -> Result<View, InputError> {
    let now = desk.now();
    let document = desk.document();
    let plan = document.plan.changed(&[change], now)?;
    Ok(view::preview(&document, &plan, now))
}

/// Makes a change, and keeps it.
///
/// # Errors
/// A change that cannot be planned with, or a disk that does not take it; the former plan then stays.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn apply(desk: State<'_, Desk>, change: Change) -> Result<View, InputError> {
    desk.keep(|document, now| document.changed(&[change], now))
}

/// The plan as it is now: sessions pass while the window is open, and another program may have
/// changed the plan.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn look(desk: State<'_, Desk>) -> View {
    view(&desk.refreshed(), desk.now())
}

/// When all of it will really be finished, after a change if one is given. Stores nothing.
///
/// # Errors
/// A change that cannot be planned with.
#[tauri::command(async)] // it takes longer than a frame
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn forecast(desk: State<'_, Desk>, change: Option<Change>) -> Result<ForecastView, InputError> {
    let now = desk.now();
    let mut plan = desk.plan();
    if let Some(change) = change {
        plan = plan.changed(&[change], now)?;
    }
    let forecast = waymark_core::forecast::forecast(&plan, now);
    Ok(view::forecast_view(&plan, &forecast))
}

/// The ways out of a plan that is late, side by side; `windows` are times on which the learner could study besides. Stores nothing.
#[tauri::command(async)] // it takes longer than a frame
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn catch_up(desk: State<'_, Desk>, windows: Vec<ExceptionEntry>) -> Vec<RecoveryOption> {
    let plan = desk.plan();
    waymark_core::catch_up::options_with(&plan, desk.now(), &windows)
}

/// What there is to tell after a missed session or with a new week, if the learner has not seen it.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn check_in(desk: State<'_, Desk>) -> Option<CheckIn> {
    waymark_core::check_in::check_in(&desk.document(), desk.now())
}

/// The learner has seen what was missed up to now: it is not told again.
///
/// # Errors
/// A disk that does not take it.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn seen(desk: State<'_, Desk>) -> Result<View, InputError> {
    desk.keep(|document, now| Ok(document.seen_at(now)))
}

/// All that was logged, the latest first.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn worklog(desk: State<'_, Desk>) -> Vec<EntryView> {
    view::worklog(&desk.plan())
}

/// Takes the latest change back.
///
/// # Errors
/// A disk that does not take it; the plan then stays as it is.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn undo(desk: State<'_, Desk>) -> Result<View, InputError> {
    desk.keep(|document, _| Ok(document.undone()?.unwrap_or_else(|| document.clone())))
}

/// Makes the change again that was taken back last.
///
/// # Errors
/// As [`undo`].
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn redo(desk: State<'_, Desk>) -> Result<View, InputError> {
    desk.keep(|document, _| Ok(document.redone()?.unwrap_or_else(|| document.clone())))
}

/// What is done with the focus timer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum TimerAction {
    /// Starts one; it takes the place of one that is there, of which nothing is logged.
    Start {
        /// The item's id.
        item: String,
    },
    /// Pauses it, or lets it run again.
    Toggle,
    /// Stops it and logs the work.
    Stop {
        /// What the learner says it was, in minutes; none for what was measured.
        minutes: Option<String>,
    },
    /// Forgets it.
    Discard,
}

/// Starts, pauses or stops the focus timer, which is kept with the plan: it survives a restart.
///
/// # Errors
/// An item that there is not, minutes that cannot be logged, or a disk that does not take it.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn timer(desk: State<'_, Desk>, action: TimerAction) -> Result<View, InputError> {
    desk.keep(|document, now| {
        let running = document.timer.as_ref();
        Ok(match (&action, running) {
            (TimerAction::Start { item }, _) => {
                document.timing(Some(Timer::start(&document.plan, item, now)?))
            }
            (TimerAction::Toggle, Some(timer)) => document.timing(Some(timer.toggled(now))),
            (TimerAction::Stop { minutes }, Some(timer)) => {
                let entry = timer.entry(&document.plan, minutes.as_deref(), now);
                document.changed(&[entry], now)?.timing(None)
            }
            (TimerAction::Discard, Some(_)) => document.timing(None),
            (_, None) => document.clone(),
        })
    })
}

/// Keeps how the learner likes the window.
///
/// # Errors
/// Where it cannot be written.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn keep_settings<R: Runtime>(app: AppHandle<R>, settings: Settings) -> Result<(), InputError> {
    settings::keep(&app, &settings).map_err(|error| {
        InputError::new(ErrorCode::NotSaved, "settings file", "", error.to_string())
    })
}

/// The page has painted its first chart. With `WAYMARK_TRACE` set, says how long that took.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn drawn(desk: State<'_, Desk>) {
    if std::env::var_os("WAYMARK_TRACE").is_some() {
        let milliseconds = desk.launched.elapsed().as_millis();
        eprintln!("waymark: chart drawn {milliseconds} ms after launch");
    }
}
