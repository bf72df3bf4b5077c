//! Settings and view state, in tauri-plugin-store. They may always be lost without losing a plan.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use chrono::Utc;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Runtime};
use tauri_plugin_store::StoreExt;
use waymark_desk::storage;

const FILE: &str = "settings.json";
const VIEW: &str = "view";

/// How the learner likes the window.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// The ids of the phases that are folded.
    pub folded: BTreeSet<String>,
    /// Pixels per day of the chart; 0 fits the whole plan into the window.
    pub zoom: f64,
    /// Which side panel is open; none while it is closed.
    pub panel: Option<Panel>,
    /// The name of the baseline that the chart shows; none for the one that was set last.
    pub baseline: Option<String>,
    /// The id of the calendar that the export panel shows; none for the first.
    pub calendar: Option<String>,
}

/// What stands beside the chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Panel {
    /// What is at hand, and the focus timer.
    Today,
    /// Where the learner stands, the forecast, the baselines.
    Progress,
    /// The ways out when the plan is late.
    CatchUp,
    /// All that was done.
    Log,
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

/// Moves a settings file that is no JSON object out of the way, and says so. To be called before the
/// store is opened: it takes such a file for an empty one and overwrites it on exit.
///
/// # Errors
/// Where the file is there but cannot be read or renamed.
pub fn set_damaged_aside(folder: &Path) -> io::Result<Option<String>> {
    let path = folder.join(FILE);
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if serde_json::from_slice::<serde_json::Map<_, _>>(&bytes).is_ok() {
        return Ok(None);
    }
    let aside = storage::set_aside(&path, "damaged", Utc::now())?;
    Ok(Some(format!(
        "The settings file was damaged, so the window looks as new. It is kept as {}. Your plan is not touched.",
        aside.display()
    )))
}

/// The settings as they were kept; what cannot be read is as new.
pub fn read<R: Runtime>(app: &AppHandle<R>) -> Settings {
    let store = app.store(FILE).ok();
    store
        .and_then(|store| store.get(VIEW))
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default()
}

/// Saves the settings, on disk too.
///
/// # Errors
/// If they can't be written.
pub fn keep<R: Runtime>(app: &AppHandle<R>, settings: &Settings) -> tauri_plugin_store::Result<()> {
    let store = app.store(FILE)?;
    store.set(VIEW, serde_json::to_value(settings)?);
    // The store's own timer starts anew with each change; a crash meanwhile would lose them all.
    store.save()
}
