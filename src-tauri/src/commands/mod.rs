//! The commands that the page may call. Each parses, calls the core, and returns a view or a
//! problem.

pub mod auto_sync;
pub mod calendars;
pub mod earlier;
pub mod files;
pub mod links;
pub mod outlines;
pub mod plans;
pub mod start;
pub mod web_busy;

use crate::open_desk::OpenDesk;
use serde::Serialize;
use tauri::{AppHandle, Runtime};
use waymark_core::catch_up::RecoveryOption;
use waymark_core::check_in::CheckIn;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::{Change, ExceptionEntry, read_date};
use waymark_core::progress::Timer;
use waymark_core::view::{self, BusySpan, EntryView, ForecastView, RoadmapFacts, View, view};
use waymark_desk::locale;
use waymark_desk::notices::Notice;
use waymark_desk::storage;

use crate::settings::{self, Settings};

/// The first data of the page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Opened {
    /// The plan.
    pub view: View,
    /// The saved settings of the window.
    pub settings: Settings,
    /// The locale for dates, such as "en-US"; `None` to ask the page's engine.
    pub locale: Option<String>,
    /// Messages for the learner, for example about a damaged file.
    pub notices: Vec<Notice>,
    /// The names of all time zones.
    pub zones: Vec<&'static str>,
}

/// The locale if none is set. Its dates are those of the docs: 5 February 2028, 19:00.
const PLAIN: &str = "en-GB";

fn locale() -> Option<String> {
    let set = locale::of_this_computer();
    set.or_else(|| cfg!(target_os = "linux").then(|| PLAIN.to_owned()))
}

/// Everything the page needs at the start.
#[tauri::command]
pub fn open<R: Runtime>(app: AppHandle<R>, desk: OpenDesk) -> Opened {
    Opened {
        view: view(&desk.document(), desk.now()),
        settings: settings::read(&app),
        locale: locale(),
        notices: desk.notices(),
        zones: desk.plan().zone().database().names().collect(),
    }
}

/// The messages that the learner hasn't dismissed, for example about a damaged file.
#[tauri::command(async)] // it reads a folder
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn notices(desk: OpenDesk) -> Vec<Notice> {
    desk.notices()
}

/// Dismisses a message, and returns the others.
///
/// # Errors
/// If that can't be saved.
#[tauri::command(async)] // it writes a file
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn dismiss_notice(desk: OpenDesk, id: String) -> Result<Vec<Notice>, InputError> {
    desk.dismiss(&id)
}

/// The plan after a change. Saves nothing.
///
/// # Errors
/// If the change is rejected.
#[tauri::command(async)] // a large plan takes its time
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn preview(desk: OpenDesk, change: Change) -> Result<View, InputError> {
    let now = desk.now();
    let plan = desk.trial(&[change])?;
    Ok(view::preview(&desk.document(), &plan, now))
}

/// Makes a change, and saves it.
///
/// # Errors
/// If the change is rejected, or the plan can't be saved; it is then as before.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn apply(desk: OpenDesk, change: Change) -> Result<View, InputError> {
    desk.apply(&[change])
}

/// The plan as it is now: sessions pass while the window is open, and another program may have
/// changed the plan.
///
/// # Errors
/// If a person edited the plan's file, so that the learner is to be asked.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn look(desk: OpenDesk) -> Result<View, InputError> {
    Ok(view(&*desk.look()?, desk.now()))
}

/// Uses the plan as it was edited outside Waymark, or keeps the one that the window shows.
///
/// # Errors
/// If the edited plan can't be read, or the plan can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn settle_edits(desk: OpenDesk, accepts: bool) -> Result<View, InputError> {
    desk.settle_edits(accepts)
}

/// The finish date to expect, after a change if one is given. Saves nothing.
///
/// # Errors
/// If the change is rejected.
#[tauri::command(async)] // it takes longer than a frame
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn forecast(desk: OpenDesk, change: Option<Change>) -> Result<ForecastView, InputError> {
    let now = desk.now();
    let plan = match change {
        Some(change) => desk.trial(&[change])?,
        None => desk.plan(),
    };
    let forecast = waymark_core::forecast::forecast(&plan, now);
    Ok(view::forecast_view(&plan, &forecast, now))
}

/// The options for catching up; `windows` are additional times the learner could study at. Saves
/// nothing.
#[tauri::command(async)] // it takes longer than a frame
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn catch_up(desk: OpenDesk, windows: Vec<ExceptionEntry>) -> Vec<RecoveryOption> {
    let plan = desk.plan();
    waymark_core::catch_up::options_with(&plan, desk.now(), &windows)
}

/// A summary after a missed session or at the start of a week; `None` if the learner has seen it.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn check_in(desk: OpenDesk) -> Option<CheckIn> {
    waymark_core::check_in::check_in(&desk.document(), desk.now())
}

/// Notes that the learner has seen what was missed up to now.
///
/// # Errors
/// If the plan can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn seen(desk: OpenDesk) -> Result<View, InputError> {
    desk.keep(|document, now| Ok(document.seen_at(now)))
}

/// The log, latest entry first.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn worklog(desk: OpenDesk) -> Vec<EntryView> {
    view::worklog(&desk.plan())
}

/// The busy times that touch the days from `first` on.
///
/// # Errors
/// If `first` isn't a date.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn busy_times(desk: OpenDesk, first: String, days: u32) -> Result<Vec<BusySpan>, InputError> {
    let first = read_date("first day", &first)?;
    Ok(view::busy_times(&desk.plan(), first, days))
}

/// The prerequisites in the plan's roadmap, and its texts to read.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn roadmap_facts(desk: OpenDesk) -> RoadmapFacts {
    view::roadmap_facts(&desk.plan())
}

/// Undoes the latest change.
///
/// # Errors
/// If the plan can't be saved; it is then as before.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn undo(desk: OpenDesk) -> Result<View, InputError> {
    desk.keep_shown(|document| Ok(document.undone()?.unwrap_or_else(|| document.clone())))
}

/// Redoes the change that was undone last.
///
/// # Errors
/// As [`undo`].
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn redo(desk: OpenDesk) -> Result<View, InputError> {
    desk.keep_shown(|document| Ok(document.redone()?.unwrap_or_else(|| document.clone())))
}

/// An action of the focus timer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum TimerAction {
    /// Starts a timer; one that is there is discarded.
    Start {
        /// The item's id.
        item: String,
    },
    /// Pauses or resumes it.
    Toggle,
    /// Stops it and logs the work.
    Stop {
        /// Minutes entered by the learner; `None` for the measured ones.
        minutes: Option<String>,
    },
    /// Discards it.
    Discard,
}

/// Starts, pauses or stops the focus timer. It is saved with the plan and survives a restart.
///
/// # Errors
/// If there's no such item, the minutes can't be logged, or the plan can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn timer(desk: OpenDesk, action: TimerAction) -> Result<View, InputError> {
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

/// Saves the settings of the window.
///
/// # Errors
/// If they can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn keep_settings<R: Runtime>(app: AppHandle<R>, settings: Settings) -> Result<(), InputError> {
    settings::keep(&app, &settings).map_err(|error| {
        let fault = match error {
            tauri_plugin_store::Error::Io(error) => storage::write_fault(&error),
            other => other.to_string(),
        };
        InputError::new(ErrorCode::NotSaved, "settings file", "", fault)
    })
}

/// Called when the page has painted its first chart. With `WAYMARK_TRACE` set, prints how long that
/// took.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn drawn(desk: OpenDesk) {
    if std::env::var_os("WAYMARK_TRACE").is_some() {
        let milliseconds = desk.launched.elapsed().as_millis();
        eprintln!("waymark: chart drawn {milliseconds} ms after launch");
    }
}
