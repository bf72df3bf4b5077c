//! Busy times from calendars on the web. Each waits for a server, apart from the window's thread.

use serde::Serialize;
use tauri::{AppHandle, Manager, Runtime};
use waymark_caldav::Password;
use waymark_core::input_error::InputError;
use waymark_core::view::{View, view};
use waymark_desk::calendars::server::{Login, ServerCalendar};
use waymark_desk::desk::Desk;
use waymark_desk::desks::Desks;
use waymark_desk::web_busy::{self, WebCalendar, WebRead};

use super::calendars::aside;
use crate::open_desk::OpenDesk;

/// The calendars on the web after a change.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct WebBusy {
    /// The plan with their busy times.
    pub view: View,
    /// All of them.
    pub calendars: Vec<WebCalendar>,
    /// The events imported, skipped and not understood, one sentence a line.
    pub report: Vec<String>,
    /// Something the learner should know.
    pub notice: Option<String>,
}

/// The calendars on the web whose busy times the plan has.
///
/// # Errors
/// If the list can't be read.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn web_calendars(desk: OpenDesk) -> Result<Vec<WebCalendar>, InputError> {
    web_busy::all(&desk.storage, desk.now())
}

/// The learner's calendars on a server, also those that they can only read. The password is
/// remembered until the program ends.
///
/// # Errors
/// As [`add_web_server`].
#[tauri::command]
pub async fn readable_calendars<R: Runtime>(
    app: AppHandle<R>,
    login: Login,
    password: Option<String>,
) -> Result<Vec<ServerCalendar>, InputError> {
    aside(move || {
        let desk = app.state::<Desks>().desk();
        desk.readable_calendars(&login, password.map(Password::new))
    })
    .await
}

/// Adds a calendar that is published at an address.
///
/// # Errors
/// If the name or the address can't be used, or the calendar can't be read.
#[tauri::command]
pub async fn add_web_address<R: Runtime>(
    app: AppHandle<R>,
    name: String,
    address: String,
) -> Result<WebBusy, InputError> {
    with(&app, move |desk| {
        desk.add_web_address(&name, &address).map(Some)
    })
    .await
}

/// Adds a calendar on a server.
///
/// # Errors
/// As [`add_web_address`]; `password-needed` if no password is known.
#[tauri::command]
pub async fn add_web_server<R: Runtime>(
    app: AppHandle<R>,
    name: String,
    login: Login,
    password: Option<String>,
    calendar: ServerCalendar,
) -> Result<WebBusy, InputError> {
    with(&app, move |desk| {
        let typed = password.map(Password::new);
        let added = desk.add_web_server(&name, (login, typed), calendar);
        added.map(Some)
    })
    .await
}

/// Reads a calendar on the web again.
///
/// # Errors
/// If it can't be read. The busy times read before stay.
#[tauri::command]
pub async fn refresh_web<R: Runtime>(app: AppHandle<R>, id: String) -> Result<WebBusy, InputError> {
    with(&app, move |desk| desk.refresh_web(&id).map(Some)).await
}

/// Removes a calendar on the web, with its address and its busy times.
///
/// # Errors
/// If it was removed already, or that can't be saved.
#[tauri::command]
pub async fn remove_web<R: Runtime>(app: AppHandle<R>, id: String) -> Result<WebBusy, InputError> {
    with(&app, move |desk| desk.remove_web(&id).map(|()| None)).await
}

async fn with<R: Runtime>(
    app: &AppHandle<R>,
    work: impl FnOnce(&Desk) -> Result<Option<WebRead>, InputError> + Send + 'static,
) -> Result<WebBusy, InputError> {
    let app = app.clone();
    aside(move || {
        let desk = app.state::<Desks>().desk();
        let read = work(&desk)?;
        let calendars = web_busy::all(&desk.storage, desk.now())?;
        let (report, notice) = read
            .map(|read| (read.report, read.notice))
            .unwrap_or_default();
        Ok(WebBusy {
            view: view(&desk.document(), desk.now()),
            calendars,
            report,
            notice,
        })
    })
    .await
}
