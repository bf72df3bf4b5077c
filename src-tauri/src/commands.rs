//! The commands that the page may call. Each parses, calls the core, and returns a view or a problem.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Serialize;
use tauri::{AppHandle, Runtime, State};
use tauri_plugin_dialog::DialogExt;
use waymark_core::calendar::busy;
use waymark_core::calendar::export::Options;
use waymark_core::calendar::ledger::Kind;
use waymark_core::catch_up::Choice;
use waymark_core::check_in::CheckIn;
use waymark_core::picture;
use waymark_core::plan::{self, Change, Document, ExceptionEntry, Plan};
use waymark_core::problem::Problem;
use waymark_core::progress::Timer;
use waymark_core::roadmap::Roadmap;
use waymark_core::schedule::standing;
use waymark_core::view::{self, EntryView, ForecastView, View, view};

use crate::calendars::{self, ExportPreview, LiveFile};
use crate::clock::Clock;
use crate::settings::{self, Settings};
use crate::storage::{self, Storage};

/// What lies before the learner: the plan that is open, and where it is kept.
#[derive(Debug)]
pub struct Desk {
    storage: Storage,
    document: Mutex<Document>,
    notices: Vec<String>,
    launched: Instant,
    clock: Clock,
    /// Why the live file could not be written after the latest change.
    stale: Mutex<Option<String>>,
}

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

/// A file that was written for the learner.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// Where it is.
    pub path: String,
    /// How many sessions are in it.
    pub count: usize,
    /// It in a sentence.
    pub message: String,
}

/// Busy time that was read from a calendar file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// The plan with it.
    pub view: View,
    /// The file's name.
    pub source: String,
    /// What was taken, passed over and not understood, line by line.
    pub report: Vec<String>,
}

impl Desk {
    /// Opens the plan that is kept in `folder`, or lays out a new one.
    ///
    /// # Errors
    /// Where the folder cannot be used, or holds a plan of a newer Waymark.
    pub fn open(folder: PathBuf, launched: Instant) -> Result<Self, Box<dyn std::error::Error>> {
        let storage = Storage::new(folder)?;
        let clock = Clock::new()?;
        let found = storage.find(clock.now())?;
        let document = match found.document {
            Some(document) => document,
            None => {
                let document = Document::new(default_plan(clock.now())?);
                storage.save(&document)?;
                document
            }
        };
        Ok(Self {
            storage,
            document: Mutex::new(document),
            notices: found.notices,
            launched,
            clock,
            stale: Mutex::new(None),
        })
    }

    /// With one more notice for the learner.
    #[must_use]
    pub fn noting(mut self, notice: Option<String>) -> Self {
        self.notices.extend(notice);
        self
    }

    fn document(&self) -> MutexGuard<'_, Document> {
        // A document is replaced whole, so that it is sound whatever happened to another command.
        self.document.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn plan(&self) -> Plan {
        self.document().plan.clone()
    }

    fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Puts another document in the place of this one, on disk first, and gives its view.
    fn keep(
        &self,
        change: impl FnOnce(&Document, DateTime<Utc>) -> Result<Document, Problem>,
    ) -> Result<View, Problem> {
        let mut document = self.document();
        let now = self.now();
        let changed = change(&document, now)?;
        if changed != *document {
            self.storage
                .save(&changed)
                .map_err(|error| Problem::new("not-saved", "plan file", "", error.to_string()))?;
            *document = changed;
            // The change is kept, whatever becomes of the file.
            let live = calendars::refresh_live(&self.storage, &document.plan, now);
            *self.stale.lock().unwrap_or_else(PoisonError::into_inner) =
                live.err().map(|problem| problem.message);
        }
        Ok(view(&document, now))
    }
}

/// The embedded roadmap at its nominal hours, from next Monday, on this computer's clock.
fn default_plan(now: DateTime<Utc>) -> Result<Plan, Problem> {
    let zone = iana_time_zone::get_timezone()
        .ok()
        .and_then(|name| name.parse().ok())
        .unwrap_or(Tz::UTC);
    let start = plan::next_monday(now.with_timezone(&zone).date_naive());
    let id = uuid::Uuid::new_v4().to_string();
    Plan::new(id, Roadmap::embedded()?, start, zone, now)
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
pub fn preview(desk: State<'_, Desk>, change: Change) -> Result<View, Problem> {
    let now = desk.now();
    let plan = desk.plan().changed(&[change], now)?;
    let previewed = Document {
        plan,
        ..desk.document().clone()
    };
    Ok(view(&previewed, now))
}

/// Makes a change, and keeps it.
///
/// # Errors
/// A change that cannot be planned with, or a disk that does not take it; the former plan then stays.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn apply(desk: State<'_, Desk>, change: Change) -> Result<View, Problem> {
    desk.keep(|document, now| document.changed(&[change], now))
}

/// The plan as it stands by now: sessions pass while the window is open.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn look(desk: State<'_, Desk>) -> View {
    view(&desk.document(), desk.now())
}

/// When all of it will really be finished, after a change if one is given. Stores nothing.
///
/// # Errors
/// A change that cannot be planned with.
#[tauri::command(async)] // it takes longer than a frame
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn forecast(desk: State<'_, Desk>, change: Option<Change>) -> Result<ForecastView, Problem> {
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
pub fn catch_up(desk: State<'_, Desk>, windows: Vec<ExceptionEntry>) -> Vec<Choice> {
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
pub fn seen(desk: State<'_, Desk>) -> Result<View, Problem> {
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
pub fn undo(desk: State<'_, Desk>) -> Result<View, Problem> {
    desk.keep(|document, _| Ok(document.undone()?.unwrap_or_else(|| document.clone())))
}

/// Makes the change again that was taken back last.
///
/// # Errors
/// As [`undo`].
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn redo(desk: State<'_, Desk>) -> Result<View, Problem> {
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
pub fn timer(desk: State<'_, Desk>, action: TimerAction) -> Result<View, Problem> {
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

/// What an export would do to the calendar that the former ones were for. Nothing is written.
///
/// # Errors
/// Options that cannot be used.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn export_preview(
    desk: State<'_, Desk>,
    options: Options,
    kind: Kind,
) -> Result<ExportPreview, Problem> {
    calendars::preview(&desk.storage, &desk.plan(), &options, kind, desk.now())
}

/// Asks where, and writes the calendar there as .ics files: every session, unless something else is asked for.
/// Nothing if the learner thinks better of it.
///
/// # Errors
/// Options that cannot be used, or a file that cannot be written.
#[tauri::command]
pub async fn export_calendar<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    options: Option<Options>,
    kind: Option<Kind>,
) -> Result<Option<Exported>, Problem> {
    let options = options.unwrap_or_default();
    // Before the learner is asked where.
    options.check()?;
    let Some(path) = ask(&app, CALENDAR_FILE)? else {
        return Ok(None);
    };
    let (plan, kind) = (desk.plan(), kind.unwrap_or_default());
    calendars::export(&desk.storage, &plan, &options, (kind, &path), desk.now()).map(Some)
}

/// Asks where, and keeps an .ics file there up to date from now on; without options, stops it. Gives the live file there is then.
///
/// # Errors
/// Options that cannot be used, or a file that cannot be written.
#[tauri::command]
pub async fn keep_live_file<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    options: Option<Options>,
) -> Result<Option<LiveFile>, Problem> {
    if let Some(options) = options {
        options.check()?;
        let Some(path) = ask(&app, ("Keep a live calendar file", "iCalendar file", "ics"))? else {
            return Ok(calendars::live(&desk.storage));
        };
        let path = path.display().to_string();
        let file = LiveFile { path, options };
        calendars::keep_live(&desk.storage, &desk.plan(), Some(&file), desk.now())?;
    } else {
        calendars::keep_live(&desk.storage, &desk.plan(), None, desk.now())?;
    }
    Ok(calendars::live(&desk.storage))
}

/// The live file there is, and why it could not be written after the latest change, if it could not.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn live_file(desk: State<'_, Desk>) -> (Option<LiveFile>, Option<String>) {
    let stale = desk.stale.lock().unwrap_or_else(PoisonError::into_inner);
    (calendars::live(&desk.storage), stale.clone())
}

/// Asks where, and saves the chart there as an SVG picture. Nothing if the learner thinks better of it.
///
/// # Errors
/// A file that cannot be written.
#[tauri::command]
pub async fn save_picture<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
) -> Result<Option<Exported>, Problem> {
    let plan = desk.plan();
    let text = picture::svg(&plan, desk.now());
    let count = standing(&plan).sessions.len();
    save(
        &app,
        ("Save picture", "SVG picture", "svg"),
        count,
        "Picture saved",
        &text,
    )
}

/// Asks for a calendar file and takes its busy time into the plan, in place of what was read from a file of this name before.
/// Nothing if the learner thinks better of it.
///
/// # Errors
/// A file that cannot be read or is no calendar, or a disk that does not take the plan; the former plan then stays.
#[tauri::command]
pub async fn import_busy<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
) -> Result<Option<Imported>, Problem> {
    let dialog = app.dialog().file().set_title("Import busy times");
    let dialog = dialog.add_filter("iCalendar file", &["ics", "ical", "ifb", "icalendar"]);
    let Some(chosen) = dialog.blocking_pick_file() else {
        return Ok(None);
    };
    let unread = |why: &dyn std::fmt::Display| {
        Problem::new("not-read", "file", chosen.to_string(), why.to_string())
    };
    let path = chosen.clone().into_path().map_err(|error| unread(&error))?;
    let source = path.file_name().unwrap_or_default().to_string_lossy();
    let limits = busy::Limits::default();
    let bytes = storage::read_at_most(&path, limits.bytes).map_err(|error| unread(&error))?;
    let mut report = Vec::new();
    let view = desk.keep(|document, now| {
        let (change, read) = busy::import(&document.plan, &source, &bytes, &limits, now)?;
        report = read.lines();
        document.changed(&[change], now)
    })?;
    Ok(Some(Imported {
        view,
        source: source.into_owned(),
        report,
    }))
}

/// The save dialog's title, the kind of file, and its ending.
type Dialog = (&'static str, &'static str, &'static str);

const CALENDAR_FILE: Dialog = ("Export to calendar", "iCalendar file", "ics");

fn save<R: Runtime>(
    app: &AppHandle<R>,
    dialog: Dialog,
    count: usize,
    told: &str,
    text: &str,
) -> Result<Option<Exported>, Problem> {
    let Some(path) = ask(app, dialog)? else {
        return Ok(None);
    };
    let shown = path.display().to_string();
    storage::write(&path, text.as_bytes()).map_err(|error| refuse(&shown, &error.to_string()))?;
    Ok(Some(Exported {
        message: format!("{told} to {shown}."),
        path: shown,
        count,
    }))
}

/// Asks where a file is to be written; none if the learner thinks better of it.
fn ask<R: Runtime>(
    app: &AppHandle<R>,
    (title, kind, ending): Dialog,
) -> Result<Option<PathBuf>, Problem> {
    let dialog = app.dialog().file();
    let dialog = dialog
        .set_title(title)
        .add_filter(kind, &[ending])
        .set_file_name(format!("waymark.{ending}"));
    let Some(chosen) = dialog.blocking_save_file() else {
        return Ok(None);
    };
    let mut path = chosen
        .into_path()
        .map_err(|error| refuse(title, &error.to_string()))?;
    if path.extension().is_none() {
        path.set_extension(ending);
    }
    Ok(Some(path))
}

fn refuse(value: &str, why: &str) -> Problem {
    Problem::new("not-written", "file", value, why)
}

/// Keeps how the learner likes the window.
///
/// # Errors
/// Where it cannot be written.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn keep_settings<R: Runtime>(
    app: AppHandle<R>,
    desk: State<'_, Desk>,
    settings: Settings,
) -> Result<(), Problem> {
    settings::keep(&app, &settings, &desk.plan())
        .map_err(|error| Problem::new("not-saved", "settings file", "", error.to_string()))
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
