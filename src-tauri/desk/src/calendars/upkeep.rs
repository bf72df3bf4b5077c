//! Settings and state stored with a calendar that syncs automatically: the switch, the trouble, and
//! the web address of a live file.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_core::input_error::InputError;

use super::trouble::Trouble;
use super::{change, the};
use crate::storage::Storage;

/// The place on the web that a live file is put to (WebDAV).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Upload {
    /// The file's address there, as the learner entered it.
    pub address: String,
    /// The learner's user name there.
    pub user: String,
    /// The address at which others can read it. Empty if it is the file's address.
    pub public: String,
}

/// Switches automatic sync of a calendar on or off.
pub(crate) fn set_auto_sync(
    storage: &Storage,
    id: &str,
    is_on: bool,
    now: DateTime<Utc>,
) -> Result<(), InputError> {
    change(storage, now, |calendars| {
        let calendar = the(calendars, id)?;
        calendar.auto_sync = is_on;
        calendar.trouble = None;
        Ok(())
    })
}

/// Has a live file put to a place on the web from now on, or no more.
pub(crate) fn set_upload(
    storage: &Storage,
    id: &str,
    upload: Option<Upload>,
    now: DateTime<Utc>,
) -> Result<(), InputError> {
    change(storage, now, |calendars| {
        let calendar = the(calendars, id)?;
        calendar.auto_sync = upload.is_some();
        calendar.trouble = None;
        calendar.upload = upload;
        Ok(())
    })
}

/// Remembers how the last sync of a calendar ended.
pub(crate) fn note(
    storage: &Storage,
    id: &str,
    problem: Option<&InputError>,
    now: DateTime<Utc>,
) -> Result<(), InputError> {
    change(storage, now, |calendars| {
        let calendar = the(calendars, id)?;
        let former = calendar.trouble.take();
        calendar.trouble = problem.map(|problem| Trouble::of(problem, former.as_ref(), now));
        Ok(())
    })
}
