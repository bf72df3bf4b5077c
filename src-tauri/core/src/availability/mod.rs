//! When the learner can study: weekly windows and exceptions in wall-clock time, and the free slots
//! that follow from them.
//!
//! A [`Window`] is wall-clock time ("Tuesdays from 19:00 to 20:30"); a [`Slot`] is the real time
//! that it means on one day in one zone. An [`Availability`] turns windows into slots, week by
//! week: it removes time off and busy time, handles clock changes and travel, and applies caps.

mod slots;
mod week;
mod zone;

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta,
    Utc, Weekday,
};
use serde::{Deserialize, Serialize};

pub use slots::Slots;
pub use week::{Week, Window, week};
pub(crate) use zone::moment;

use crate::zone::Zone;

/// No slot starts on or after this date, ten years after the last day on which a plan can start. It
/// bounds the search for free time in a plan that has none.
pub const HORIZON: NaiveDate = match NaiveDate::from_ymd_opt(2100, 1, 1) {
    Some(date) => date,
    None => NaiveDate::MIN,
};

/// All rules about the learner's time, in wall-clock time except for [`Busy`].
#[derive(Debug, Clone, PartialEq)]
pub struct Availability {
    /// The zone of the windows.
    pub zone: Zone,
    /// Journeys: other zones, each from a date on, in order of date.
    pub moves: Vec<(NaiveDate, Zone)>,
    /// The usual week.
    pub week: Week,
    /// Dates that differ from the usual week.
    pub exceptions: Vec<Exception>,
    /// Busy times, in order of time.
    pub busy: Vec<Busy>,
    /// Minutes kept free before and after each busy time.
    pub buffer_minutes: u32,
    /// Most minutes of study on one date.
    pub day_cap: Option<u32>,
    /// Most minutes of study in one week.
    pub week_cap: Option<u32>,
    /// Percent of each week that is for review. The first week has none.
    pub review_percent: u32,
    /// Percent of each week that is kept free of planned work, for what was missed.
    pub reserve_percent: u32,
    /// The first day of the week, for the week cap, the review and the reserve.
    pub week_start: Weekday,
}

/// A difference from the usual week, from one date to another, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The first date.
    pub first: NaiveDate,
    /// The last date.
    pub last: NaiveDate,
    /// The difference.
    pub kind: ExceptionKind,
}

/// The difference on the dates of an [`Exception`]. Time off overrides other hours; extra windows
/// are always added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExceptionKind {
    /// The windows of the usual week are off.
    TimeOff,
    /// The windows of a lighter or heavier week.
    OtherWeek(Vec<Window>),
    /// One more window on each date, in minutes from midnight.
    Extra {
        /// Its start.
        start: u32,
        /// Its end, at most 24 hours.
        end: u32,
    },
}

/// Real time that is taken by something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Busy {
    /// When it starts.
    pub start: DateTime<Utc>,
    /// Its end.
    pub end: DateTime<Utc>,
}

impl Busy {
    /// In order of time, with overlapping or adjacent times merged.
    pub fn union(mut busy: Vec<Self>) -> Vec<Self> {
        busy.sort_unstable();
        busy.dedup_by(|later, earlier| {
            let overlaps = later.start <= earlier.end;
            if overlaps {
                earlier.end = earlier.end.max(later.end);
            }
            overlaps
        });
        busy
    }
}

/// An instant and the offset of the learner's clock then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// Seconds since 1970 in UTC.
    pub(crate) seconds: i64,
    /// Seconds that the learner's clock is ahead of UTC.
    pub(crate) offset: i32,
}

/// Free time on one date, without a clock change inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// When it starts.
    pub start: Moment,
    /// How long it is.
    pub minutes: u32,
    /// Its purpose.
    pub purpose: Purpose,
    /// The cap that removed the time just before it, if one did.
    pub after_cap: Option<Cap>,
}

/// Minutes studied earlier in the day and the week in which a run of slots starts. They count
/// towards caps and review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Used {
    /// Minutes of the day.
    pub day: u32,
    /// Minutes of the week, the day included.
    pub week: u32,
}

/// A pinned session. It counts towards the caps of its day and its week, whether it is in a window
/// or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PinnedTime {
    pub start: Moment,
    pub minutes: u32,
}

impl PinnedTime {
    /// When it ends, in seconds since 1970.
    fn end(self) -> i64 {
        self.start.plus(self.minutes).seconds
    }
}

/// The purpose of free time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// New work.
    Study,
    /// Review of earlier work.
    Review,
    /// Work that was missed. No work is planned there.
    Reserve,
}

/// A limit on the minutes of a day or a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cap {
    /// [`Availability::day_cap`].
    Day,
    /// [`Availability::week_cap`].
    Week,
}

impl Availability {
    /// A usual week in one zone, with no exceptions and no caps.
    pub fn new(zone: Zone, week: Week) -> Self {
        Self {
            zone,
            moves: Vec::new(),
            week,
            exceptions: Vec::new(),
            busy: Vec::new(),
            buffer_minutes: 0,
            day_cap: None,
            week_cap: None,
            review_percent: 0,
            reserve_percent: 0,
            week_start: Weekday::Mon,
        }
    }

    /// The learner's zone on a date.
    pub fn zone_on(&self, date: NaiveDate) -> Zone {
        let moved = self.moves.iter().rev().find(|(from, _)| *from <= date);
        moved.map_or(self.zone, |(_, zone)| *zone)
    }

    /// The moment at which the learner's clock shows `local`; if it skips that time, the moment at
    /// which it does so.
    ///
    /// A journey is a change of the clock: at midnight by the clock of the zone that is left, and
    /// not before midnight by that of the zone travelled to. A journey to the east skips hours.
    pub(crate) fn moment(&self, local: NaiveDateTime) -> Moment {
        let moved = self
            .moves
            .iter()
            .rposition(|(from, _)| *from <= local.date());
        let Some(index) = moved else {
            return zone::moment(local, self.zone);
        };
        let (from, zone) = self.moves[index];
        let shown = zone::moment(local, zone);
        let left = zone::moment(from.and_time(NaiveTime::MIN), self.zone_before(index));
        if left.seconds <= shown.seconds {
            return shown;
        }
        self.moment_at(left.instant())
    }

    /// An instant with the offset of the learner's clock then.
    pub(crate) fn moment_at(&self, instant: DateTime<Utc>) -> Moment {
        let date = |zone: Zone| instant.with_timezone(&zone).date_naive();
        let moves = self.moves.iter().enumerate().rev();
        let zone = moves
            .filter(|(_, (from, zone))| date(*zone) >= *from)
            .find(|(index, (from, _))| date(self.zone_before(*index)) >= *from)
            .map_or(self.zone, |(_, (_, zone))| *zone);
        let local = instant.with_timezone(&zone);
        Moment {
            seconds: instant.timestamp(),
            offset: local.offset().fix().local_minus_utc(),
        }
    }

    /// The zone that the learner leaves with the journey of this index.
    fn zone_before(&self, index: usize) -> Zone {
        match index.checked_sub(1) {
            Some(before) => self.moves[before].1,
            None => self.zone,
        }
    }

    /// The free slots from `from` on, in order of time, up to [`HORIZON`].
    ///
    /// A window that a clock change cuts loses the time that does not exist; time that comes twice
    /// is counted once, the first time. A slot that has begun is cut at `from`, to the minute.
    pub fn slots(&self, from: DateTime<Utc>) -> Slots<'_> {
        self.slots_after(from, Used::default(), None)
    }

    /// The free slots from the middle of a day and a week, of which `used` is studied already. The
    /// plan's first week, which begins on `first_week`, has no review.
    pub fn slots_after(
        &self,
        from: DateTime<Utc>,
        used: Used,
        first_week: Option<NaiveDate>,
    ) -> Slots<'_> {
        Slots::new(self, from, used, first_week)
    }

    /// Minutes of the usual windows that busy times usually take, for each weekday on which they
    /// do, Monday first: in at least half of the four weeks from `from` on.
    pub fn taken_by_busy(&self, from: DateTime<Utc>) -> Vec<(Weekday, u32)> {
        const WEEKS: usize = 4;
        let until = from + TimeDelta::weeks(WEEKS as i64);
        let margin = TimeDelta::minutes(self.buffer_minutes.into());
        let first = self.busy.partition_point(|busy| busy.end + margin <= from);
        let busy = self.busy[first..]
            .iter()
            .take_while(|busy| busy.start - margin < until)
            .copied()
            .collect();
        let with = Self {
            busy,
            ..Self::new(self.zone, self.week.clone())
        };
        let with = Self {
            moves: self.moves.clone(),
            buffer_minutes: self.buffer_minutes,
            ..with
        };
        let without = Self {
            busy: Vec::new(),
            ..with.clone()
        };
        let minutes = |availability: &Self| {
            let mut minutes = [[0_u32; WEEKS]; 7];
            for slot in availability.slots(from) {
                let week = (slot.start.instant() - from).num_days() / 7;
                let Some(week) = usize::try_from(week).ok().filter(|week| *week < WEEKS) else {
                    break;
                };
                let day = slot.start.local().weekday().num_days_from_monday() as usize;
                minutes[day][week] += slot.minutes;
            }
            minutes
        };
        let (free, all) = (minutes(&with), minutes(&without));
        week()
            .into_iter()
            .zip(free.iter().zip(all))
            .filter_map(|(day, (free, all))| {
                let mut taken: Vec<u32> = all
                    .iter()
                    .zip(free)
                    .map(|(all, free)| all.saturating_sub(*free))
                    .collect();
                taken.sort_unstable_by(|a, b| b.cmp(a));
                let usual = taken[WEEKS / 2 - 1];
                (usual > 0).then_some((day, usual))
            })
            .collect()
    }

    /// The first day of the week that a date lies in.
    pub fn week_of(&self, date: NaiveDate) -> NaiveDate {
        let since = date.weekday().days_since(self.week_start);
        date.checked_sub_days(Days::new(since.into()))
            .unwrap_or(date)
    }

    /// The longest run of windows without a gap in a usual week, in minutes.
    pub fn usual_window(&self) -> u32 {
        self.capped(longest_run(self.week.windows(), false))
    }

    /// An upper bound for the longest run of windows without a gap on any date, in minutes. (An
    /// extra window may join others of its date, so all of them count as one.)
    pub fn longest_window(&self) -> u32 {
        let extra = |exception: &Exception| match exception.kind {
            ExceptionKind::Extra { start, end } => end - start,
            _ => 0,
        };
        let extra: u32 = self
            .exceptions
            .iter()
            .map(extra)
            .fold(0, u32::saturating_add);
        let other = self
            .exceptions
            .iter()
            .filter_map(|exception| match &exception.kind {
                ExceptionKind::OtherWeek(windows) => Some(&windows[..]),
                _ => None,
            });
        let weeks = std::iter::once(self.week.windows()).chain(other);
        let longest = weeks
            .map(|windows| longest_run(windows, extra > 0))
            .max()
            .unwrap_or(0);
        self.capped(longest.saturating_add(extra).min(24 * 60))
    }

    fn capped(&self, minutes: u32) -> u32 {
        let caps = [self.day_cap, self.week_cap];
        caps.into_iter().flatten().fold(minutes, u32::min)
    }
}

/// The longest run of adjacent windows of one day; of all its windows if `all`.
fn longest_run(windows: &[Window], all: bool) -> u32 {
    let meet = |a: &Window, b: &Window| a.day == b.day && (all || a.end == b.start);
    let runs = windows.chunk_by(meet);
    runs.map(|run| run.iter().map(Window::minutes).sum())
        .max()
        .unwrap_or(0)
}

impl Moment {
    /// The instant.
    pub fn instant(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.seconds, 0).unwrap_or_default()
    }

    /// The time on the learner's clock.
    pub fn local(self) -> NaiveDateTime {
        self.instant().naive_utc() + TimeDelta::seconds(self.offset.into())
    }

    /// The instant with the learner's offset from UTC.
    pub fn zoned(self) -> DateTime<FixedOffset> {
        match FixedOffset::east_opt(self.offset) {
            Some(offset) => self.instant().with_timezone(&offset),
            None => self.instant().fixed_offset(),
        }
    }

    /// The date on the learner's clock, as the number of days since 1970.
    pub(crate) fn day(self) -> i64 {
        (self.seconds + i64::from(self.offset)).div_euclid(86_400)
    }

    /// The number of a date, counted as [`Moment::day`] does.
    pub(crate) fn day_of(date: NaiveDate) -> i64 {
        date.and_time(NaiveTime::MIN).and_utc().timestamp() / 86_400
    }

    /// The day that an end belongs to. An end at midnight belongs to the day before.
    pub fn day_of_end(self) -> NaiveDate {
        let local = self.local();
        match local.date().pred_opt() {
            Some(before) if local.time() == NaiveTime::MIN => before,
            _ => local.date(),
        }
    }

    /// A later moment, if the clock doesn't change in between.
    #[must_use]
    pub fn plus(self, minutes: u32) -> Self {
        let seconds = self.seconds + i64::from(minutes) * 60;
        Self { seconds, ..self }
    }
}

impl Slot {
    /// When it ends.
    pub fn end(&self) -> Moment {
        self.start.plus(self.minutes)
    }
}

#[cfg(test)]
mod tests;
