//! Settings and view state, in tauri-plugin-store. Losing them never loses a plan.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use chrono::Utc;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Runtime};
use tauri_plugin_store::StoreExt;
use waymark_desk::storage;

const FILE: &str = "settings.json";
const VIEW: &str = "view";

/// The learner's settings for the window.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Light, dark, or the system's choice.
    pub theme: Theme,
    /// The order of day, month and year.
    pub dates: DateOrder,
    /// The clock of 12 or 24 hours.
    pub clock: ClockHours,
    /// The view that was shown last.
    pub view: ViewName,
    /// The ids of the phases that are folded; `None` until the window has saved any.
    pub folded: Option<BTreeSet<String>>,
    /// The findings that the learner has dismissed, in their words, the latest last.
    pub hidden: Vec<String>,
    /// Pixels per day of the chart; 0 fits the whole plan into the window.
    pub zoom: f64,
    /// The width of the chart's names, in pixels; `None` for one that fits the window.
    pub names_width: Option<f64>,
    /// The name of the baseline in the chart; `None` for the latest.
    pub baseline: Option<String>,
    /// The id of the calendar in the dialog of calendars; `None` for the first.
    pub calendar: Option<String>,
}

/// The views of the window.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ViewName {
    /// The next session, and the others of the day.
    #[default]
    Today,
    /// A week, hour by hour.
    Week,
    /// The Gantt chart.
    Plan,
    /// The work done, and the forecast.
    Progress,
    /// The phases and items.
    Roadmap,
}

/// The window's colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

/// The order in which the window writes dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum DateOrder {
    /// As this computer's locale has it.
    #[default]
    System,
    /// 5 Feb 2028.
    DayFirst,
    /// Feb 5, 2028.
    MonthFirst,
    /// 2028-02-05.
    YearFirst,
}

/// The clock by which the window writes times.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ClockHours {
    /// As this computer's locale has it.
    #[default]
    System,
    /// 19:00.
    Hours24,
    /// 7:00 pm.
    Hours12,
}

/// Renames a settings file that isn't a JSON object; its new name tells of it until the learner
/// dismisses the notice. Call this before the store is opened: it takes such a file for an empty
/// one and overwrites it on exit.
///
/// # Errors
/// If the file exists but can't be read or renamed.
pub fn set_damaged_aside(folder: &Path) -> io::Result<()> {
    let path = folder.join(FILE);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    if serde_json::from_slice::<serde_json::Map<_, _>>(&bytes).is_ok() {
        return Ok(());
    }
    storage::set_aside(&path, storage::DAMAGED, Utc::now())?;
    Ok(())
}

/// The saved settings, or the default ones if they can't be read.
pub fn read<R: Runtime>(app: &AppHandle<R>) -> Settings {
    read_part(app, VIEW)
}

/// A saved part of the file, or the default one if it can't be read.
pub fn read_part<R: Runtime, Part: DeserializeOwned + Default>(
    app: &AppHandle<R>,
    key: &str,
) -> Part {
    let store = app.store(FILE).ok();
    store
        .and_then(|store| store.get(key))
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default()
}

/// Saves the settings, on disk too.
///
/// # Errors
/// If they can't be written.
pub fn keep<R: Runtime>(app: &AppHandle<R>, settings: &Settings) -> tauri_plugin_store::Result<()> {
    keep_part(app, VIEW, settings)
}

/// Saves a part of the file, on disk too.
///
/// # Errors
/// If it can't be written.
pub fn keep_part<R: Runtime>(
    app: &AppHandle<R>,
    key: &str,
    part: &impl Serialize,
) -> tauri_plugin_store::Result<()> {
    let store = app.store(FILE)?;
    store.set(key, serde_json::to_value(part)?);
    // The store's own timer restarts with each change; a crash in the meantime would lose them all.
    store.save()
}
