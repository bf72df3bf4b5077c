//! The reason for a session's time, in words: for window and terminal alike.

use std::collections::HashMap;

use serde::Serialize;

use crate::availability::Cap;
use crate::plan::Plan;
use crate::schedule::Why;
use crate::words;

/// The reason for a session's time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ReasonView {
    /// A stable name for the kind of reason, such as `pinned`.
    pub code: &'static str,
    /// The reason, phrased to follow "because".
    pub text: String,
}

/// The reason of a session of this plan.
pub fn reason(plan: &Plan, why: Why) -> ReasonView {
    let limit = |minutes: Option<u32>| words::effort(minutes.unwrap_or(0).into());
    let (code, text) = match why {
        Why::Next => ("next", "the first free time".to_owned()),
        Why::After(item) => {
            let item = plan.roadmap().items.get(item as usize);
            let title = item.map_or("", |item| item.title.as_str());
            (
                "after",
                format!("the first free time after “{title}”, which it needs"),
            )
        }
        Why::Turn => (
            "turn",
            "its turn among the items you study in parallel".to_owned(),
        ),
        Why::AfterCap(Cap::Day) => (
            "day-cap",
            format!(
                "the free time before it exceeds your limit of {} a day",
                limit(plan.availability().day_cap)
            ),
        ),
        Why::AfterCap(Cap::Week) => (
            "week-cap",
            format!(
                "the free time before it exceeds your limit of {} a week",
                limit(plan.availability().week_cap)
            ),
        ),
        Why::Pinned => ("pinned", "you pinned it here".to_owned()),
        Why::Kept => ("kept", "it was here before and still fits".to_owned()),
    };
    ReasonView { code, text }
}

/// The reasons of a chart, each once: sessions name them by number.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    numbers: HashMap<Why, u32>,
    pub list: Vec<ReasonView>,
}

impl Reasons {
    pub fn number(&mut self, plan: &Plan, why: Why) -> u32 {
        *self.numbers.entry(why).or_insert_with(|| {
            self.list.push(reason(plan, why));
            u32::try_from(self.list.len() - 1).unwrap_or(u32::MAX)
        })
    }
}
