//! The reason for a session's time, in words: for window and terminal alike.

use std::collections::HashMap;

use serde::Serialize;

use crate::availability::Cap;
use crate::plan::Plan;
use crate::progress::Tracked;
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
        Why::NotBefore(item) => {
            let item = plan.roadmap().items.get(item as usize);
            let date = item.and_then(|item| plan.not_before(item));
            let date = date.map_or_else(String::new, words::plain_date);
            (
                "not-before",
                format!("the first free time from {date} on, the date you set"),
            )
        }
        Why::Pinned => ("pinned", "you pinned it here".to_owned()),
        Why::Kept => ("kept", "it was here before and still fits".to_owned()),
    };
    ReasonView { code, text }
}

/// The reason of a session. `None` if it is past.
pub fn session_reason(plan: &Plan, session: &Tracked) -> Option<ReasonView> {
    let why = session.why?;
    Some(if is_moved(plan, session) {
        ReasonView {
            code: "moved",
            text: "you moved it here".to_owned(),
        }
    } else {
        reason(plan, why)
    })
}

/// Whether a session was moved by hand, and not pinned.
fn is_moved(plan: &Plan, session: &Tracked) -> bool {
    let item = plan.roadmap().items.get(session.item);
    session.why == Some(Why::Pinned)
        && item.is_some_and(|item| plan.is_moved(&item.id, session.start.local()))
}

/// The reasons of a chart, each once: sessions name them by number.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    numbers: HashMap<(Why, bool), u32>,
    pub list: Vec<ReasonView>,
}

impl Reasons {
    pub fn number(&mut self, plan: &Plan, session: &Tracked) -> Option<u32> {
        let key = (session.why?, is_moved(plan, session));
        if let Some(number) = self.numbers.get(&key) {
            return Some(*number);
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(session_reason(plan, session)?);
        self.numbers.insert(key, number);
        Some(number)
    }
}
