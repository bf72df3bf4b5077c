//! Calendars that are kept in step automatically, and files that are put to the web.

use tauri::{AppHandle, Manager, Runtime};
use waymark_caldav::Password;
use waymark_core::input_error::InputError;
use waymark_desk::calendars::Upload;
use waymark_desk::calendars::server::Login;
use waymark_desk::desks::Desks;

use super::calendars::{Added, CalendarView, all, aside};
use crate::open_desk::OpenDesk;

/// Switches automatic sync of a calendar on a server on or off.
///
/// # Errors
/// If the calendar was removed, or the list can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn set_auto_sync(
    desk: OpenDesk,
    id: String,
    is_on: bool,
) -> Result<Vec<CalendarView>, InputError> {
    desk.set_auto_sync(&id, is_on)?;
    all(&desk)
}

/// Puts a live file to a place on the web (WebDAV), now and after each change.
///
/// # Errors
/// If an address can't be used, no password is known (`password-needed`), or the file can't be put
/// there. Nothing is changed then.
#[tauri::command]
pub async fn put_live_file<R: Runtime>(
    app: AppHandle<R>,
    id: String,
    upload: Upload,
    password: Option<String>,
    keep_password: bool,
) -> Result<Added, InputError> {
    aside(move || {
        let desk = app.state::<Desks>().desk();
        let login = Login {
            address: upload.address.clone(),
            user: upload.user.clone(),
        };
        desk.put_live_file(&id, upload, password.map(Password::new))?;
        let kept = keep_password.then(|| desk.servers.keep(&login));
        let notice = kept
            .and_then(Result::err)
            .map(|problem| problem.to_string());
        Ok(Added {
            id,
            calendars: all(&desk)?,
            notice,
        })
    })
    .await
}

/// Puts a live file to its place on the web no more. It stays there as it is.
///
/// # Errors
/// If the calendar was removed, or the list can't be saved.
#[tauri::command(async)] // it waits for the disk
#[allow(clippy::needless_pass_by_value)] // Tauri's signature
pub fn keep_live_file_here(desk: OpenDesk, id: String) -> Result<Vec<CalendarView>, InputError> {
    desk.keep_live_file_here(&id)?;
    all(&desk)
}
