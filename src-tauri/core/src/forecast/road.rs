//! The road ahead: the plan's free time from now on, week by week, and the work in its order.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use super::BLOCK;
use crate::availability::{HORIZON, Purpose, Used};
use crate::plan::{Plan, SessionLength};
use crate::schedule::{Schedule, Why};

/// Weeks that are counted one by one, ten years; later ones are taken to be like their average.
const MOST_WEEKS: usize = 520;

/// At least this many, two years.
const FEWEST_WEEKS: usize = 104;

/// The road has room for this many times the estimated work of the plan: few rounds go beyond it.
const WAYS: u64 = 4;

/// Free time from now on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Road {
    /// The date that days are counted from.
    pub first: NaiveDate,
    /// Week after week, in whole blocks; the last ones may have no free time.
    pub weeks: Vec<RoadWeek>,
    /// Days of the first week before the first date.
    into: u32,
    /// The length of the road in days.
    length: u32,
    /// The number of the last day of the calendar.
    pub end: u32,
}

/// The free time that a road is to have.
#[derive(Debug, Clone, Copy)]
struct Room {
    minutes: u64,
    /// The number of the day from which they count.
    after: u32,
}

/// A week, from the day on which the learner's weeks begin.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct RoadWeek {
    /// Its free minutes up to the end of each day.
    until: [f32; 7],
}

impl RoadWeek {
    /// Its free minutes.
    #[inline]
    pub fn minutes(&self) -> f32 {
        self.until[6]
    }

    /// The free minutes of its first days.
    pub fn minutes_of(&self, days: usize) -> f32 {
        days.checked_sub(1).map_or(0.0, |last| self.until[last])
    }

    /// The day of the week, from 0 to 6, by whose end this many of its free minutes have passed.
    #[inline]
    pub fn day_of(&self, minutes: f32) -> u32 {
        // Counting has no branch to mispredict, as a search would.
        let before = self.until.iter().map(|until| u32::from(*until < minutes));
        before.sum::<u32>().min(6)
    }
}

/// The work between the end of one phase and the end of the next, in the order of the schedule.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stage {
    /// The phase whose end it leads to. `None` if it leads to no phase's end.
    pub phase: Option<usize>,
    /// By item.
    pub work: Vec<ItemWork>,
    /// The number of the day of the last pinned session of its phase and of those that end before,
    /// since each ends after them; 0 if none is pinned.
    pub not_before: u32,
    /// The number of the day before which it can't begin; 0 if it can begin at any time.
    pub not_from: u32,
    /// The stages that it ends with, by their places. Empty if it only ends with its own work.
    pub ends_with: Vec<usize>,
}

/// The minutes of an item that are scheduled within a stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ItemWork {
    /// Index in the roadmap.
    pub item: u32,
    pub minutes: f32,
}

/// The phases in the order in which a schedule ends them, each with the work between the end of the
/// one before and its own.
pub(super) fn stages(plan: &Plan, schedule: &Schedule, now: DateTime<Utc>) -> Vec<Stage> {
    let first = first_day(plan, now);
    let roadmap = plan.roadmap();
    let mut last: Vec<Option<usize>> = vec![None; roadmap.phases.len()];
    let mut pinned = vec![0; roadmap.phases.len()];
    for (index, session) in schedule.sessions.iter().enumerate() {
        let phase = roadmap.items[session.item()].phase;
        last[phase] = Some(index);
        if session.why == Why::Pinned {
            pinned[phase] = days_between(first, session.end().day_of_end());
        }
    }
    // Phases whose work is scheduled, by the last session of each.
    let mut phases: Vec<usize> = (0..last.len())
        .filter(|phase| last[*phase].is_some())
        .collect();
    phases.sort_unstable_by_key(|phase| last[*phase]);
    let mut minutes = vec![0u32; roadmap.items.len()];
    let (mut from, mut not_before) = (0, 0);
    let stages = phases.into_iter().map(|phase| {
        let end = last[phase].map_or(from, |session| session + 1);
        let mut touched: Vec<usize> = Vec::new();
        for session in schedule.sessions.get(from..end).unwrap_or_default() {
            let item = session.item();
            if minutes[item] == 0 {
                touched.push(item);
            }
            minutes[item] = minutes[item].saturating_add(session.minutes);
        }
        from = end;
        touched.sort_unstable();
        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
        // an index and the minutes of an item
        let work = touched.into_iter().map(|item| ItemWork {
            item: item as u32,
            minutes: std::mem::take(&mut minutes[item]) as f32,
        });
        not_before = pinned[phase].max(not_before);
        Stage {
            phase: Some(phase),
            work: work.collect(),
            not_before,
            not_from: 0,
            ends_with: Vec::new(),
        }
    });
    stages.collect()
}

impl Road {
    /// The free time from `now` on; `None` if there is none, or no work.
    pub fn of(plan: &Plan, now: DateTime<Utc>, stages: &[Stage]) -> Option<Self> {
        if stages.is_empty() {
            return None;
        }
        // Of the whole plan rather than of the work that is left: the road has the same length
        // whatever was done, or work done could change the pace of rounds that go beyond it.
        let items = plan.roadmap().items.iter();
        let work: u64 = items
            .map(|item| u64::from(plan.expected_minutes(item)))
            .sum();
        let items = plan.roadmap().items.iter();
        let dates = items.filter_map(|item| plan.not_before(item));
        let room = Room {
            minutes: work.saturating_mul(WAYS),
            after: dates
                .max()
                .map_or(0, |date| days_between(first_day(plan, now), date)),
        };
        let by_rule = Self::by(plan, now, room, |minutes| usable(minutes, plan.session()));
        // If every window is shorter than a session, only items that are shorter still fit.
        by_rule.or_else(|| Self::by(plan, now, room, |minutes| minutes))
    }

    fn by(
        plan: &Plan,
        now: DateTime<Utc>,
        room: Room,
        usable: impl Fn(u32) -> u32,
    ) -> Option<Self> {
        let first = first_day(plan, now);
        let into = first.weekday().days_since(plan.availability().week_start);
        let mut weeks: Vec<[u32; 7]> = Vec::new();
        let (mut all, mut in_room) = (0u64, 0u64);
        // Logged work takes nothing from the caps of the first week here: a round may find it worth
        // less than that time, and work done would make the rest later.
        let slots = plan.slots_after(now.max(plan.start_instant()), Used::default());
        for slot in slots.filter(|slot| slot.purpose != Purpose::Review) {
            let number = days_between(first, slot.start.local().date());
            let day = number + into;
            let (week, day) = ((day / 7) as usize, (day % 7) as usize);
            let is_enough = in_room > room.minutes && week >= FEWEST_WEEKS;
            if is_enough || week >= MOST_WEEKS {
                break;
            }
            if week >= weeks.len() {
                weeks.resize(week + 1, [0; 7]);
            }
            let usable = usable(slot.minutes);
            weeks[week][day] += usable;
            all += u64::from(usable);
            if number >= room.after {
                in_room += u64::from(usable);
            }
        }
        let length = (u32::try_from(weeks.len()).unwrap_or(0) * 7).saturating_sub(into);
        weeks.resize(weeks.len().next_multiple_of(BLOCK), [0; 7]);
        #[allow(clippy::cast_precision_loss)] // minutes of a week
        let up_to = |week: [u32; 7]| {
            let mut minutes = 0;
            RoadWeek {
                until: week.map(|day| {
                    minutes += day;
                    minutes as f32
                }),
            }
        };
        (all > 0).then(|| Self {
            first,
            weeks: weeks.into_iter().map(up_to).collect(),
            into,
            length,
            end: days_between(first, HORIZON),
        })
    }

    /// The date of a day by its number; `None` if the calendar ends before it.
    pub fn date(&self, day: u32) -> Option<NaiveDate> {
        self.first
            .checked_add_days(Days::new(day.into()))
            .filter(|date| *date < HORIZON)
    }

    /// The number of a date; `None` if it is before the first.
    pub fn day(&self, date: NaiveDate) -> Option<u32> {
        u32::try_from(date.signed_duration_since(self.first).num_days()).ok()
    }

    /// The number of a day of a week.
    #[inline]
    pub fn number(&self, week: usize, day: u32) -> u32 {
        #[allow(clippy::cast_possible_truncation)] // some hundreds
        let days = week as u32 * 7 + day;
        days.saturating_sub(self.into)
    }

    /// The day on which `minutes` more are done after the end of the road, at the pace at which
    /// `had` were done on it.
    pub fn beyond(&self, minutes: f32, had: f32) -> u32 {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss
        )] // saturates
        let more = (self.length as f32 * minutes / had).ceil() as u32;
        self.length.saturating_add(more)
    }
}

/// The date that days are counted from.
pub(super) fn first_day(plan: &Plan, now: DateTime<Utc>) -> NaiveDate {
    plan.moment_at(now.max(plan.start_instant())).local().date()
}

pub(super) fn days_between(first: NaiveDate, date: NaiveDate) -> u32 {
    u32::try_from(date.signed_duration_since(first).num_days()).unwrap_or(0)
}

/// The minutes of a slot that sessions can fill, without the breaks between them.
fn usable(minutes: u32, session: SessionLength) -> u32 {
    if minutes < session.min {
        return 0;
    }
    let sessions = (minutes + session.pause).div_ceil(session.max + session.pause);
    minutes.saturating_sub(sessions.saturating_sub(1) * session.pause)
}
