//! The floor: the smallest program that puts the same minutes into the same slots and turns them
//! into instants.
//!
//! Items in roadmap order, the windows of the usual week one after the other, sessions up to the
//! maximum: no prerequisites, no turns, no rule for remainders, no exceptions, no reasons.

use chrono::{DateTime, Datelike, NaiveTime, Offset, TimeZone};
use waymark_core::availability::Window;
use waymark_core::plan::Plan;
use waymark_core::zone::Zone;

const DAY: i64 = 86_400;
const WEEK: i64 = 7 * DAY;

/// The floor's input, prepared in advance.
pub struct Input {
    /// Minutes of each item.
    items: Vec<u32>,
    /// Start and end of each window, in seconds from Monday's midnight.
    windows: Vec<(i64, i64)>,
    /// The plan's first midnight and the Monday before it, in seconds since 1970 on the learner's
    /// clock.
    start: i64,
    monday: i64,
    longest: u32,
    zone: Zone,
}

/// A session of the floor.
#[allow(dead_code)] // it schedules items, as the scheduler does; no caller reads which
pub struct Session {
    pub item: u32,
    pub minutes: u32,
    /// Seconds since 1970 in UTC.
    pub start: i64,
}

impl Session {
    /// Seconds since 1970 in UTC.
    pub fn end(&self) -> i64 {
        self.start + i64::from(self.minutes) * 60
    }
}

/// A clock change of the zone: seconds since 1970 in UTC, and how many seconds it is ahead of UTC
/// from then on.
pub struct Changes(Vec<(i64, i64)>);

impl Input {
    pub fn new(plan: &Plan) -> Self {
        let window = |window: &Window| {
            let midnight = i64::from(window.day.num_days_from_monday()) * DAY;
            (
                midnight + i64::from(window.start) * 60,
                midnight + i64::from(window.end) * 60,
            )
        };
        let start = plan.start().and_time(NaiveTime::MIN).and_utc().timestamp();
        let items = plan.roadmap().items.iter();
        Self {
            items: items.map(|item| plan.effort_minutes(item)).collect(),
            windows: plan.windows().iter().map(window).collect(),
            start,
            monday: start - i64::from(plan.start().weekday().num_days_from_monday()) * DAY,
            longest: plan.session().max,
            zone: plan.zone(),
        }
    }

    /// The zone's clock changes in the weeks that the work takes, found by weekly samples and
    /// bisection.
    pub fn changes(&self) -> Changes {
        let minutes: i64 = self.items.iter().map(|&minutes| i64::from(minutes)).sum();
        let weekly: i64 = self
            .windows
            .iter()
            .map(|(start, end)| (end - start) / 60)
            .sum();
        let end = self.monday + (minutes / weekly + 3) * WEEK;
        let mut at = self.monday - WEEK;
        let mut before = self.offset(at);
        let mut changes = vec![(at, before)];
        while at < end {
            let after = self.offset(at + WEEK);
            if before != after {
                let (mut low, mut high) = (at, at + WEEK);
                while high - low > 1 {
                    let middle = i64::midpoint(low, high);
                    if self.offset(middle) == after {
                        high = middle;
                    } else {
                        low = middle;
                    }
                }
                changes.push((high, after));
            }
            (at, before) = (at + WEEK, after);
        }
        changes.push((i64::MAX / 2, 0));
        Changes(changes)
    }

    fn offset(&self, at: i64) -> i64 {
        let at = DateTime::from_timestamp(at, 0)
            .unwrap_or_default()
            .naive_utc();
        self.zone
            .offset_from_utc_datetime(&at)
            .fix()
            .local_minus_utc()
            .into()
    }

    /// The sessions, in order of time. No window may contain a clock change.
    pub fn lay(&self, changes: &Changes) -> Vec<Session> {
        let mut sessions = Vec::new();
        let mut items = self
            .items
            .iter()
            .zip(0..)
            .filter(|(minutes, _)| **minutes > 0);
        let Some((&(mut left), mut item)) = items.next() else {
            return sessions;
        };
        let mut changes = changes.0.windows(2).peekable();
        let mut monday = self.monday;
        loop {
            for (start, end) in &self.windows {
                let (start, end) = (monday + start, monday + end);
                if start < self.start {
                    continue;
                }
                while changes
                    .next_if(|pair| pair[1].0 + pair[0].1 <= start)
                    .is_some()
                {}
                let offset = changes.peek().map_or(0, |pair| pair[0].1);
                let (mut at, end) = (start - offset, end - offset);
                while at < end {
                    let free = u32::try_from((end - at) / 60).unwrap_or(0);
                    let minutes = left.min(free).min(self.longest);
                    sessions.push(Session {
                        item,
                        minutes,
                        start: at,
                    });
                    at += i64::from(minutes) * 60;
                    left -= minutes;
                    if left == 0 {
                        match items.next() {
                            Some((&next, index)) => (left, item) = (next, index),
                            None => return sessions,
                        }
                    }
                }
            }
            monday += WEEK;
        }
    }
}
