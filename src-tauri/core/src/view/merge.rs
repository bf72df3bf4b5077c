//! An edited text of the roadmap as the page shows it, before it is merged.

use serde::Serialize;

use crate::plan::Plan;
use crate::plan::change::{MergedLine, RoadmapMerge};
use crate::words;

/// The differences that a text makes to the roadmap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct MergeView {
    /// Such as "2 renamed, 1 moved, 1 removed", or how many lines can't be used.
    pub summary: String,
    /// Each difference, in the order of the text; removed parts come last.
    pub lines: Vec<MergedLine>,
    /// Sentences about lines that can't be used. With any of them nothing is merged.
    pub problems: Vec<String>,
}

/// A text compared with a plan's roadmap. The plan stays as it is.
pub fn merge_view(plan: &Plan, text: &str) -> MergeView {
    match RoadmapMerge::of(plan, text) {
        Ok(merge) => MergeView {
            summary: words::sentence(&merge.in_short()),
            lines: merge.lines,
            problems: Vec::new(),
        },
        Err(problems) => MergeView {
            summary: format!("{} can’t be used", words::count(problems.len(), "line")),
            lines: Vec::new(),
            problems: problems.iter().map(ToString::to_string).collect(),
        },
    }
}
