//! Earlier plans, each with what has changed since.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::difference::moves;
use crate::document::EarlierPlan;
use crate::plan::Plan;
use crate::progress::progress;
use crate::words;

/// An earlier plan and what has changed since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EarlierView {
    /// Its number, to restore it by.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub number: u64,
    /// Until when it was the plan, on the learner's clock and in words.
    pub until: String,
    /// The name of the change that ended it.
    pub change: String,
    /// The title of its roadmap.
    pub roadmap: String,
    /// Minutes of work in its log.
    #[cfg_attr(feature = "types", ts(type = "number"))]
    pub logged_minutes: u64,
    /// Its finish date at that time; `None` if some work didn't fit.
    pub finish: Option<NaiveDate>,
    /// The differences of the present plan, such as "3 sessions moved" and "2 h more logged".
    pub since: Vec<String>,
}

/// The earlier plans with what has changed from each to `plan`, in the order given.
pub fn earlier_views(earlier: &[EarlierPlan], plan: &Plan, now: DateTime<Utc>) -> Vec<EarlierView> {
    let finish = progress(plan, now).finish();
    let view = |earlier: &EarlierPlan| {
        let was = &earlier.plan;
        let finish_then = progress(was, earlier.until).finish();
        let mut since = Vec::new();
        if was.has_roadmap_of(plan) {
            since.extend(moves(was, plan).in_words());
        } else {
            since.push("another roadmap".to_owned());
        }
        since.extend(later(finish_then, finish));
        since.extend(more_logged(was.done_minutes(), plan.done_minutes()));
        EarlierView {
            number: earlier.generation,
            until: earlier.time(),
            change: earlier.change.clone(),
            roadmap: was.roadmap().file.title.clone(),
            logged_minutes: was.done_minutes(),
            finish: finish_then,
            since,
        }
    };
    earlier.iter().map(view).collect()
}

fn later(then: Option<NaiveDate>, now: Option<NaiveDate>) -> Option<String> {
    let days = match (then, now) {
        (Some(then), Some(now)) => (now - then).num_days(),
        (Some(_), None) => return Some("no longer fits your time".to_owned()),
        (None, Some(_)) => return Some("fits your time now".to_owned()),
        (None, None) => return None,
    };
    let side = match days {
        0 => return None,
        1.. => "later",
        _ => "earlier",
    };
    Some(format!("finish {} {side}", words::days_or_weeks(days)))
}

fn more_logged(then: u64, now: u64) -> Option<String> {
    match now.abs_diff(then) {
        0 => None,
        minutes if now > then => Some(format!("{} more logged", words::effort(minutes))),
        minutes => Some(format!("{} less logged", words::effort(minutes))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::document::Document;
    use crate::plan::Change;
    use crate::plan::change::SetHours;
    use crate::progress::Timer;
    use crate::roadmap::Roadmap;
    use crate::zone::Zone;

    #[test]
    fn an_earlier_plan_says_what_changed_since() {
        let now: DateTime<Utc> = "2027-01-11T12:00:00Z".parse().unwrap();
        let zone = Zone::bundled("Europe/Berlin").unwrap();
        let start = "2027-01-04".parse().unwrap();
        let created = "2026-12-01T12:00:00Z".parse().unwrap();
        let plan = Plan::new("p", Roadmap::embedded().unwrap(), start, zone, created).unwrap();
        let before = Document::new(plan);
        let hours = Change::Hours(SetHours { value: "5".into() });
        let after = before.changed(&[hours], now).unwrap();
        let earlier = EarlierPlan::before(&before, &after, now).unwrap();
        let timer = Timer::start(
            &after.plan,
            "python",
            "2027-01-11T10:00:00Z".parse().unwrap(),
        );
        let log = timer.unwrap().entry(&after.plan, Some("90"), now);
        let after = after.changed(&[log], now).unwrap();

        let views = earlier_views(&[earlier], &after.plan, now);
        let view = &views[0];
        assert_eq!(view.until, "Mon 11 Jan 2027, 13:00");
        assert_eq!(view.change, "Hours 10 h → 5 h");
        // The same finish as everywhere else.
        let then = progress(&before.plan, now).finish();
        assert_eq!((view.finish, view.logged_minutes), (then, 0));
        let [moved, finish, logged] = &view.since[..] else {
            panic!("{:?}", view.since);
        };
        assert!(moved.contains(" sessions moved"), "{moved}");
        let days = progress(&after.plan, now).finish().unwrap() - then.unwrap();
        assert_eq!(
            *finish,
            format!("finish {} later", words::days_or_weeks(days.num_days()))
        );
        assert_eq!(logged, "1 h 30 min more logged");
        assert_eq!(earlier_views(&[], &after.plan, now), []);
    }
}
