//! The study time, as the window shows it for editing.

use serde::Serialize;

use super::WindowView;
use crate::plan::{Career, ExceptionEntry, MoveEntry, PinEntry, Plan};
use crate::words;

/// Everything that sets the study time beyond hours, days and zone.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TimeView {
    /// The learner's own windows; empty if hours are spread over days.
    pub own_windows: Vec<WindowView>,
    /// Exceptions on some dates.
    pub exceptions: Vec<ExceptionEntry>,
    /// Trips to other time zones, in order of date.
    pub journeys: Vec<MoveEntry>,
    /// The calendar files that busy time was read from.
    pub busy: Vec<BusyView>,
    /// Whether the sessions of the learner's other plans are busy time.
    pub counts_other_plans: bool,
    /// The other plans whose sessions are busy time.
    pub other_plans: Vec<OtherPlanView>,
    /// The sessions that the learner pinned.
    pub pins: Vec<PinView>,
    /// The sessions that the learner moved by hand.
    pub moved: Vec<PinView>,
    /// The most minutes on one day.
    pub day_cap_minutes: Option<u32>,
    /// The most minutes in one week.
    pub week_cap_minutes: Option<u32>,
    /// Minutes of break between two sessions.
    pub break_minutes: u32,
    /// Minutes kept free around busy time.
    pub buffer_minutes: u32,
    /// Percent of each week for repeating what was learnt.
    pub review_percent: u32,
    /// Percent of each week that is kept free for missed work.
    pub reserve_percent: u32,
    /// The day that weeks begin on.
    #[cfg_attr(feature = "types", ts(type = "Weekday"))]
    pub week_start: &'static str,
    /// How many items of a phase are worked on side by side.
    pub in_parallel: usize,
    /// The career track's percent of each week; `None` if it follows the core.
    pub career_percent: Option<u32>,
    /// Days from now in which a re-plan moves nothing.
    pub freeze_days: u32,
}

/// A calendar that busy time was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BusyView {
    /// Its name in the plan, as a rule that of its file.
    pub source: String,
    /// The calendar's own name. `None` if the file gives none.
    pub name: Option<String>,
    /// The number of busy times.
    pub times: usize,
    /// The result of reading it, a sentence a line. Empty if an earlier Waymark read it.
    pub report: Vec<String>,
}

/// Another plan whose sessions are busy time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OtherPlanView {
    /// Its title.
    pub title: String,
    /// The number of its busy times: sessions without a break between them are one.
    pub times: usize,
}

/// A pinned session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PinView {
    /// The pin itself.
    pub pin: PinEntry,
    /// The title of its item.
    pub title: String,
}

pub(super) fn time_view(plan: &Plan) -> TimeView {
    let availability = plan.availability();
    let title = |pin: &PinEntry| {
        let roadmap = plan.roadmap();
        let item = roadmap.item(&pin.item).map(|item| &roadmap.items[item]);
        item.map(|item| item.title.clone()).unwrap_or_default()
    };
    let of_pin = |pin: PinEntry| PinView {
        title: title(&pin),
        pin,
    };
    TimeView {
        own_windows: availability.week.own().iter().map(WindowView::of).collect(),
        exceptions: plan.exceptions().collect(),
        journeys: plan.journeys().collect(),
        busy: plan
            .busy_sources()
            .map(|source| BusyView {
                source: source.name.to_owned(),
                name: source.calendar.and_then(|calendar| calendar.name.clone()),
                times: source.times,
                report: source
                    .calendar
                    .map(|calendar| calendar.report.clone())
                    .unwrap_or_default(),
            })
            .collect(),
        counts_other_plans: plan.counts_other_plans(),
        other_plans: plan
            .other_plans()
            .map(|other| OtherPlanView {
                title: other.title.to_owned(),
                times: other.sessions.len(),
            })
            .collect(),
        pins: plan.pin_entries().map(of_pin).collect(),
        moved: plan.move_entries().map(of_pin).collect(),
        day_cap_minutes: availability.day_cap,
        week_cap_minutes: availability.week_cap,
        break_minutes: plan.session().pause,
        buffer_minutes: availability.buffer_minutes,
        review_percent: availability.review_percent,
        reserve_percent: availability.reserve_percent,
        week_start: words::day(availability.week_start),
        in_parallel: plan.in_parallel(),
        career_percent: match plan.career() {
            Career::After => None,
            Career::Alongside { percent } => Some(percent),
        },
        freeze_days: plan.freeze_days(),
    }
}
