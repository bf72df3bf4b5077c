//! Pictures of a plan: the Gantt chart as an SVG file, and three of the learner's progress, which
//! the window shows and either program saves.

mod axis;
mod burn_up;
mod file;
mod gantt;
mod hours;
mod legend;
mod scene;
mod sheet;
mod study_days;
mod style;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::plan::Plan;
use crate::view::{burn_up, study_record};

pub use file::progress_svg;
pub use gantt::svg;
pub use scene::{Anchor, MarkShape, Picture, PictureCell, PictureMark, PictureTable};
pub(crate) use sheet::is_allowed;
pub use style::{MarkRole, stylesheet};

/// A picture of the learner's progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PictureKind {
    /// Work done so far and to come, with the baseline and the forecast.
    BurnUp,
    /// Hours of each day.
    StudyDays,
    /// Hours of each week, done and planned.
    Hours,
}

/// How a picture is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureSize<'a> {
    /// In pixels. Narrower than [`NARROWEST`] or wider than [`WIDEST`] becomes that.
    pub width: u32,
    /// The name of the baseline to compare with. `None`, or one that isn't there, is the latest.
    pub baseline: Option<&'a str>,
}

/// The least width of a picture.
pub const NARROWEST: u32 = 280;
/// The greatest width of a picture.
pub const WIDEST: u32 = 2400;

/// Draws a picture of the progress of a plan at `now`.
pub fn draw(plan: &Plan, kind: PictureKind, size: PictureSize, now: DateTime<Utc>) -> Picture {
    let width = f64::from(size.width.clamp(NARROWEST, WIDEST));
    match kind {
        PictureKind::BurnUp => burn_up::draw(&burn_up(plan, size.baseline, now), width),
        PictureKind::StudyDays => study_days::draw(&study_record(plan, now), width),
        PictureKind::Hours => hours::draw(&study_record(plan, now), width),
    }
}

#[cfg(test)]
mod tests;
