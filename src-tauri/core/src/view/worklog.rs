//! The log as a learner reads it.

use serde::Serialize;

use crate::plan::Plan;

/// Work that was really done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EntryView {
    /// The id, for editing or removing the entry.
    pub id: u32,
    /// The item's id.
    pub item: String,
    /// The item's title.
    pub title: String,
    /// The start on the learner's clock, such as "2027-02-01T19:00".
    pub start: String,
    /// Its length in minutes.
    pub minutes: u32,
    /// The learner's note.
    pub note: String,
}

/// All entries of the log, the latest first.
pub fn worklog(plan: &Plan) -> Vec<EntryView> {
    let entries = plan.log().iter().rev().map(|entry| EntryView {
        id: entry.id,
        item: entry.item.clone(),
        title: plan.title_of(&entry.item).to_owned(),
        start: plan
            .moment_at(entry.start)
            .local()
            .format("%Y-%m-%dT%H:%M")
            .to_string(),
        minutes: entry.minutes,
        note: entry.note.clone(),
    });
    entries.collect()
}
