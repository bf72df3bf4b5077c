//! News that the shell sends to the page without being asked.

use std::sync::Mutex;

use serde::Serialize;
use tauri::ipc::Channel;
use waymark_core::input_error::ShownError;
use waymark_desk::calendars::tracking::CalendarsState;
use waymark_desk::mutex::lock;

use crate::commands::earlier::ImportResult;
use crate::commands::files::Imported;

/// News of the window that the page didn't ask for.
#[derive(Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum WindowNews {
    /// Files are held over the window.
    Over,
    /// They have left it again, or were dropped.
    Left,
    /// The busy times of a calendar file were imported.
    Busy {
        /// The plan and a report.
        imported: Box<Imported>,
    },
    /// A plan was imported.
    Plan {
        /// A report.
        imported: ImportResult,
    },
    /// The text of an outline, to be looked at before it is used.
    Outline {
        /// The text.
        text: String,
    },
    /// A file couldn't be used.
    Rejected {
        /// The reason.
        problem: ShownError,
    },
    /// The calendars that sync automatically: the state to show; none if there are none.
    Calendars {
        /// The state.
        state: Option<CalendarsState>,
        /// Whether a sync moved sessions in the plan.
        #[serde(rename = "hasMoved")]
        has_moved: bool,
    },
    /// An entry of the system's menu was chosen: the id of a command of the page.
    Command {
        /// Such as "setup".
        id: String,
    },
}

/// The page's ear.
#[derive(Default)]
pub struct Ear(pub(crate) Mutex<Option<Channel<WindowNews>>>);

impl Ear {
    /// Tells the page, if it listens.
    pub fn tell(&self, news: WindowNews) {
        if let Some(channel) = &*lock(&self.0) {
            // A page that is gone has nothing to hear.
            let _ = channel.send(news);
        }
    }
}
