//! The kinds of export, and the number of events in each.

use serde::{Deserialize, Serialize};

/// The contents of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum ExportKind {
    /// All that is, and that is no more.
    #[default]
    Full,
    /// Events that are new, changed or gone since the last export.
    Changes,
    /// Events that are gone, in a form that makes some calendars remove them.
    Removals,
    /// All that is, for an empty calendar: in a new generation, so that nothing the learner's
    /// calendars remember is in its way.
    Fresh,
}

/// How many events an export is about, by what happens to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExportCounts {
    /// The calendar has not had them.
    pub new: usize,
    /// They are at another time.
    pub moved: usize,
    /// They are at the same time and say something else.
    pub reworded: usize,
    /// They are cancelled.
    pub removed: usize,
    /// They are as the calendar has them.
    pub unchanged: usize,
    /// They are no part of the plan any more, but lie in the past: the calendar keeps them.
    pub past: usize,
    /// They come after the weeks that the calendar holds, which will reach them.
    pub later: usize,
}

impl ExportCounts {
    /// A summary such as "3 new, 12 moved, 1 removed, 404 unchanged", with any other counts.
    pub fn sentence(&self) -> String {
        let mut told = format!("{} new, {} moved, ", self.new, self.moved);
        if self.reworded > 0 {
            told += &format!("{} with another text, ", self.reworded);
        }
        told += &format!("{} removed, {} unchanged", self.removed, self.unchanged);
        if self.past > 0 {
            told += &format!(", {} in the past stay", self.past);
        }
        if self.later > 0 {
            told += &format!(", {} come later", self.later);
        }
        told
    }
}
