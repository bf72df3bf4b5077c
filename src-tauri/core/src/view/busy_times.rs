//! The busy times of some days, for a calendar to draw.

use chrono::{Days, NaiveDate, NaiveTime};
use serde::Serialize;

use crate::availability::Busy;
use crate::plan::Plan;

const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// A time that is taken, on the learner's clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct BusySpan {
    /// The calendar file that it was read from, or the title of another plan; `None` for time that
    /// the learner keeps free.
    pub source: Option<String>,
    /// Whether it is a session of another plan.
    pub is_plan: bool,
    /// Such as "2027-02-01T19:00".
    pub start: String,
    /// Such as "2027-02-01T20:30".
    pub end: String,
}

/// The busy times that touch the days from `first` on, by calendar file and in order of time; those
/// of other plans last.
pub fn busy_times(plan: &Plan, first: NaiveDate, days: u32) -> Vec<BusySpan> {
    let midnight = |date: NaiveDate| plan.instant(date.and_time(NaiveTime::MIN));
    let from = midnight(first);
    let until = midnight(
        first
            .checked_add_days(Days::new(days.into()))
            .unwrap_or(first),
    );
    let touches = move |busy: &&Busy| busy.start < until && busy.end > from;
    let local = |instant| plan.local(instant).format(LOCAL).to_string();
    let of_files = plan
        .busy_by_source()
        .map(|(source, times)| (source, false, times));
    let of_plans = plan
        .other_plans()
        .map(|other| (Some(other.title), true, other.sessions));
    of_files
        .chain(of_plans)
        .flat_map(|(source, is_plan, times)| {
            let touching = times.iter().filter(touches);
            touching.map(move |busy| BusySpan {
                source: source.map(str::to_owned),
                is_plan,
                start: local(busy.start),
                end: local(busy.end),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_that_touch_a_day_are_on_the_learners_clock() {
        let file = serde_json::json!({
            "id": "p", "start": "2027-01-04", "zone": "Europe/Berlin",
            "busy": [{"start": "2027-01-05T10:00:00Z", "end": "2027-01-05T11:00:00Z"}],
            "busy_sources": {"work.ics": [
                {"start": "2027-01-04T10:00:00Z", "end": "2027-01-04T11:00:00Z"},
                {"start": "2027-01-05T22:30:00Z", "end": "2027-01-06T01:00:00Z"},
                {"start": "2027-01-09T10:00:00Z", "end": "2027-01-09T11:00:00Z"},
            ]},
            "other_plans": {"Guitar": [
                {"start": "2027-01-06T18:00:00Z", "end": "2027-01-06T19:00:00Z"},
            ]},
        });
        let plan = Plan::from_json(&file.to_string()).unwrap();
        let on = |date: &str, days| busy_times(&plan, date.parse().unwrap(), days);
        let span = |source: Option<&str>, start: &str, end: &str| BusySpan {
            source: source.map(str::to_owned),
            is_plan: source == Some("Guitar"),
            start: start.to_owned(),
            end: end.to_owned(),
        };
        assert_eq!(
            on("2027-01-05", 2),
            [
                span(None, "2027-01-05T11:00", "2027-01-05T12:00"),
                span(Some("work.ics"), "2027-01-05T23:30", "2027-01-06T02:00"),
                span(Some("Guitar"), "2027-01-06T19:00", "2027-01-06T20:00"),
            ]
        );
        assert_eq!(on("2027-01-07", 1), []);
    }
}
