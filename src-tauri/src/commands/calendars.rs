//! The learner's calendars: their list, exports to them, and syncing with those on a server.

use std::path::Path;

use crate::open_desk::OpenDesk;
use serde::{Deserialize, Serialize};
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_opener::OpenerExt;
use waymark_caldav::Password;
use waymark_core::calendar::export::ExportOptions;
use waymark_core::calendar::ledger::ExportKind;
use waymark_core::calendar::sync::DeletedAnswer;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::view::{View, view};
use waymark_desk::calendars::files::Exported;
use waymark_desk::calendars::google::TypedClient;
use waymark_desk::calendars::server::{self, Login, Question, ServerCalendar, SyncChoice};
use waymark_desk::calendars::{self, Calendar, ExportPreview, Way, live};
use waymark_desk::desk::Desk;
use waymark_desk::desks::Desks;

use super::files::{Dialog, ask, pick};

const CALENDAR_FILE: Dialog = ("Export to calendar", "iCalendar file", "ics");
const READ_CALENDAR: &str = "Read the calendar's own file";
const LIVE_FILE: Dialog = ("Keep a calendar file", "iCalendar file", "ics");

/// A calendar and its state.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CalendarView {
    /// The calendar.
    pub calendar: Calendar,
    /// Why the latest change couldn't be written to it; `None` if it was.
    pub problem: Option<String>,
    /// Sessions the learner deleted in it and hasn't decided about.
    pub questions: Vec<Question>,
}

/// A calendar that was added.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Added {
    /// The id of the calendar.
    pub id: String,
    /// All calendars, with the new one.
    pub calendars: Vec<CalendarView>,
    /// Something the learner should know about it.
    pub notice: Option<String>,
}

/// The calendar on a server that gets the plan.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum ServerChoice {
    /// An existing one.
    Existing {
        /// The calendar.
        calendar: ServerCalendar,
    },
    /// A new one.
    New {
        /// Its name.
        name: String,
    },
}

/// Progress of a running sync.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SyncStep {
    /// The number of events sent so far.
    pub done: usize,
    /// The number of events to send.
    pub of: usize,
}

/// The result of a sync.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Synced {
    /// The changes found and sent, one sentence a line.
    pub lines: Vec<String>,
    /// Sessions the learner deleted there and hasn't decided about.
    pub questions: Vec<Question>,
    /// Why it stopped, if it did. Everything up to there is done.
    pub problem: Option<InputError>,
    /// The plan, with the sessions that were moved there.
    pub view: View,
}

/// All calendars.
///
/// # Errors
/// If the list or a ledger can't be read.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn calendars(desk: OpenDesk) -> Result<Vec<CalendarView>, InputError> {
    all(&desk)
}

pub(super) fn all(desk: &Desk) -> Result<Vec<CalendarView>, InputError> {
    let (plan, stale, now) = (desk.plan(), desk.stale(), desk.now());
    let view = |calendar: Calendar| {
        let questions = match calendar.way {
            // A calendar's unreadable record is reported when that calendar is used.
            Way::Server { .. } => server::open_questions(&desk.storage, &plan, &calendar, now),
            Way::Files | Way::Live { .. } => Ok(Vec::new()),
        };
        CalendarView {
            problem: stale.get(&calendar.id).cloned(),
            questions: questions.unwrap_or_default(),
            calendar,
        }
    };
    let calendars = calendars::all(&desk.storage, now)?;
    Ok(calendars.into_iter().map(view).collect())
}

/// Adds a calendar that the learner imports files into.
///
/// # Errors
/// If the name can't be used, or the list can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn add_calendar(desk: OpenDesk, name: String) -> Result<Added, InputError> {
    added(&desk, &name, Way::Files, None)
}

/// Asks for a path, and keeps a calendar file there up to date from now on. `None` if the learner
/// cancels.
///
/// # Errors
/// If the name can't be used, or the file can't be written.
#[tauri::command]
pub async fn add_live_file<R: Runtime>(
    app: AppHandle<R>,
    desk: OpenDesk,
    name: String,
) -> Result<Option<Added>, InputError> {
    calendars::check_name(&desk.storage, &name, desk.now())?;
    let Some(path) = ask(&app, LIVE_FILE)? else {
        return Ok(None);
    };
    keep_live_file(&desk, &name, &path).map(Some)
}

/// Keeps a calendar file up to date from now on.
///
/// # Errors
/// As [`add_live_file`].
pub fn keep_live_file(desk: &Desk, name: &str, path: &Path) -> Result<Added, InputError> {
    let path = path.display().to_string();
    let added = added(desk, name, Way::Live { path }, None)?;
    let calendar = calendars::find(&desk.storage, &added.id, desk.now())?;
    if let Err(problem) = live::write(&desk.storage, &desk.plan(), &calendar, desk.now()) {
        calendars::remove(&desk.storage, &added.id, desk.now())?;
        return Err(problem);
    }
    Ok(added)
}

fn added(desk: &Desk, name: &str, way: Way, notice: Option<String>) -> Result<Added, InputError> {
    let options = way.offered();
    let added = calendars::add(&desk.storage, name, (way, options), desk.now())?;
    Ok(Added {
        id: added.id,
        calendars: all(desk)?,
        notice,
    })
}

/// The learner's calendars on a server. The password is remembered until the program ends.
///
/// # Errors
/// If the server can't be reached, rejects the password, or has no calendars; `password-needed` if
/// no password is known.
#[tauri::command]
pub async fn server_calendars<R: Runtime>(
    app: AppHandle<R>,
    login: Login,
    password: Option<String>,
) -> Result<Vec<ServerCalendar>, InputError> {
    aside(move || {
        let desk = app.state::<Desks>().desk();
        let server = desk.servers.server(&login, password.map(Password::new))?;
        server::calendars(&server)
    })
    .await
}

/// Opens Google's page in the learner's browser, and waits until they have signed in there. Without
/// a client, the one of the last sign-in is used.
///
/// # Errors
/// If no client is known, the learner cancels or declines, the browser doesn't come back, or Google
/// refuses.
#[tauri::command]
pub async fn sign_in<R: Runtime>(
    app: AppHandle<R>,
    login: Login,
    client: Option<TypedClient>,
) -> Result<(), InputError> {
    aside(move || {
        let desk = app.state::<Desks>().desk();
        let open = |page: &str| {
            let opened = app.opener().open_url(page, None::<&str>);
            opened.map_err(|error| error.to_string())
        };
        desk.servers.sign_in(&login, client, &open)
    })
    .await
}

/// Ends the sign-in that is under way.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn cancel_sign_in(desk: OpenDesk) {
    desk.servers.cancel_sign_in();
}

/// Adds a calendar on a server, and creates it there if it is new. The first sync fills it.
///
/// # Errors
/// As [`server_calendars`], or if the calendar is added already or the server doesn't create it.
#[tauri::command]
pub async fn add_server_calendar<R: Runtime>(
    app: AppHandle<R>,
    login: Login,
    password: Option<String>,
    choice: ServerChoice,
    keep_password: bool,
) -> Result<Added, InputError> {
    aside(move || {
        let desk = app.state::<Desks>().desk();
        let (storage, now) = (&desk.storage, desk.now());
        let server = desk.servers.server(&login, password.map(Password::new))?;
        let chosen = match choice {
            ServerChoice::Existing { calendar } => calendar,
            ServerChoice::New { name } => {
                calendars::check_name(storage, &name, now)?;
                server::create(&server, name.trim())?
            }
        };
        let kept = keep_password.then(|| desk.servers.keep(&login));
        let way = Way::Server {
            address: login.address.trim().to_owned(),
            user: login.user,
            calendar: chosen.address,
        };
        let name = calendars::free_name(storage, &chosen.name, now)?;
        let notice = kept
            .and_then(Result::err)
            .map(|problem| problem.to_string());
        added(&desk, &name, way, notice)
    })
    .await
}

/// Renames a calendar here.
///
/// # Errors
/// If the name can't be used, or the list can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn rename_calendar(
    desk: OpenDesk,
    id: String,
    name: String,
) -> Result<Vec<CalendarView>, InputError> {
    calendars::rename(&desk.storage, &id, &name, desk.now())?;
    all(&desk)
}

/// Removes a calendar from the list, with its record, and with its password if no other calendar
/// needs it. Its events stay where they are.
///
/// # Errors
/// If it is being synced, or the list can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn remove_calendar(desk: OpenDesk, id: String) -> Result<Vec<CalendarView>, InputError> {
    let (storage, now) = (&desk.storage, desk.now());
    let calendar = calendars::find(storage, &id, now)?;
    let running = desk.servers.begin(&calendar)?;
    calendars::remove(storage, &id, now)?;
    drop(running);
    desk.look_again();
    if let Some(login) = Login::of(&calendar) {
        let left = calendars::all(storage, now)?;
        let is_needed = left
            .iter()
            .any(|other| Login::of(other).as_ref() == Some(&login));
        if !is_needed && !desk.reads_busy_by(&login) {
            desk.servers.forget(&login);
        }
    }
    all(&desk)
}

/// Saves a calendar's options; a live file is rewritten.
///
/// # Errors
/// If the options can't be used, or can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn keep_calendar_options(
    desk: OpenDesk,
    id: String,
    options: ExportOptions,
) -> Result<(), InputError> {
    let calendar = with(&desk, &id, options)?;
    live::write(&desk.storage, &desk.plan(), &calendar, desk.now())?;
    desk.brought_up_to_date(&id);
    desk.look_again();
    Ok(())
}

/// A preview of an export, by the local record. Writes, sends and saves nothing.
///
/// # Errors
/// If the options can't be used.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn export_preview(
    desk: OpenDesk,
    id: String,
    options: ExportOptions,
    kind: ExportKind,
) -> Result<ExportPreview, InputError> {
    let now = desk.now();
    let kept = calendars::find(&desk.storage, &id, now)?;
    let calendar = Calendar { options, ..kept };
    calendars::preview(&desk.storage, &desk.plan(), &calendar, kind, now)
}

/// Asks for a path, and writes the plan there as .ics files for a calendar. `None` if the learner
/// cancels.
///
/// # Errors
/// If the options can't be used, or a file can't be written.
#[tauri::command]
pub async fn export_calendar<R: Runtime>(
    app: AppHandle<R>,
    desk: OpenDesk,
    id: String,
    options: ExportOptions,
    kind: ExportKind,
) -> Result<Option<Exported>, InputError> {
    // Before the learner is asked where.
    let calendar = with(&desk, &id, options)?;
    let Some(path) = ask(&app, CALENDAR_FILE)? else {
        return Ok(None);
    };
    let (plan, now) = (desk.plan(), desk.now());
    calendars::files::export(&desk.storage, &plan, &calendar, (kind, &path), now).map(Some)
}

/// Asks for a file that the calendar's own program exported, and makes the lost record of the
/// calendar again from it. `None` if the learner cancels.
///
/// # Errors
/// If the file can't be read or has no event of the plan.
#[tauri::command]
pub async fn read_calendar_file<R: Runtime>(
    app: AppHandle<R>,
    desk: OpenDesk,
    id: String,
) -> Result<Option<String>, InputError> {
    let (plan, now) = (desk.plan(), desk.now());
    let calendar = calendars::find(&desk.storage, &id, now)?;
    let Some(path) = pick(&app, READ_CALENDAR, &["ics", "ical", "icalendar"])? else {
        return Ok(None);
    };
    calendars::files::read_back(&desk.storage, &plan, &calendar, &path, now).map(Some)
}

/// Syncs a calendar on a server with the plan: pins sessions that were moved there, asks about
/// sessions that were deleted there, and sends changes made here. With `trial`, only finds out what
/// that would do. `steps` receives the progress.
///
/// # Errors
/// If the calendar is being synced already, or no password is known (`password-needed`). Any other
/// failure is part of the result.
#[tauri::command]
#[allow(clippy::too_many_arguments)] // each is named by the page
pub async fn sync_calendar<R: Runtime>(
    app: AppHandle<R>,
    id: String,
    options: ExportOptions,
    password: Option<String>,
    deleted: Option<DeletedAnswer>,
    adopt: bool,
    trial: bool,
    steps: Channel<SyncStep>,
) -> Result<Synced, InputError> {
    aside(move || {
        let desk = app.state::<Desks>().desk();
        let calendar = with(&desk, &id, options)?;
        let choice = SyncChoice {
            is_trial: trial,
            deleted,
            adopts: adopt,
        };
        // It does not matter if the page no longer listens.
        let tell = &mut |done, of| drop(steps.send(SyncStep { done, of }));
        let typed = password.map(Password::new);
        let outcome = desk.sync_calendar(&calendar, typed, choice, tell)?;
        Ok(Synced {
            lines: outcome.lines,
            questions: outcome.questions,
            problem: outcome.problem,
            view: view(&desk.document(), desk.now()),
        })
    })
    .await
}

/// Saves the last password of a calendar's server in the system's keyring.
///
/// # Errors
/// If there is no usable keyring.
#[tauri::command]
pub async fn keep_password<R: Runtime>(app: AppHandle<R>, id: String) -> Result<(), InputError> {
    aside(move || {
        let desk = app.state::<Desks>().desk();
        let calendar = calendars::find(&desk.storage, &id, desk.now())?;
        Login::of(&calendar).map_or(Ok(()), |login| desk.servers.keep(&login))
    })
    .await
}

/// Stops the sync of a calendar after the current event. The next one continues from there.
#[tauri::command]
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn stop_sync(desk: OpenDesk, id: String) {
    desk.servers.stop(&id);
}

/// Decides about a session that was deleted in a calendar, and returns what is left to decide. The
/// next sync acts on it.
///
/// # Errors
/// If the calendar is being synced, or the decision can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn answer_deleted(
    desk: OpenDesk,
    id: String,
    question: Question,
    answer: DeletedAnswer,
) -> Result<Vec<Question>, InputError> {
    let now = desk.now();
    let calendar = calendars::find(&desk.storage, &id, now)?;
    let running = desk.servers.begin(&calendar)?;
    let answered = (&calendar, &question, answer);
    let left = server::answer(&desk.storage, &desk.plan(), answered, now)?;
    drop(running);
    if left.is_empty() {
        desk.answered(&id);
    }
    Ok(left)
}

/// Saves these options, and returns the calendar.
fn with(desk: &Desk, id: &str, options: ExportOptions) -> Result<Calendar, InputError> {
    calendars::keep_options(&desk.storage, id, options, desk.now())
}

/// Runs a task that waits for a server on its own thread.
pub(super) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, InputError> + Send + 'static,
) -> Result<T, InputError> {
    let done = tauri::async_runtime::spawn_blocking(work).await;
    done.unwrap_or_else(|error| {
        let why = error.to_string();
        Err(InputError::new(ErrorCode::NotDone, "calendar", "", why))
    })
}
