//! Computes the free slots of an availability, one week at a time.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, Utc};

use super::zone::{DAY_SECONDS, Offsets};
use super::{
    Availability, Cap, ExceptionKind, HORIZON, Moment, PinnedTime, Purpose, Slot, Used, Window,
    week,
};

/// Minutes of a week.
const WEEK_MINUTES: u32 = 7 * 24 * 60;

/// The reserve is kept in half hours, so that windows in half hours stay so.
const RESERVE_STEP: u32 = 30;

/// The iterator that [`Availability::slots`] returns.
#[derive(Debug, Clone)]
pub struct Slots<'a> {
    availability: &'a Availability,
    usual: Usual,
    /// The days between the first and the last exception.
    unusual: RangeInclusive<i64>,
    /// The next day, counted from 1970, and its weekday, counted from Monday.
    day: i64,
    weekday: usize,
    /// The day of [`HORIZON`].
    horizon: i64,
    /// No slot starts before this, in seconds since 1970. It moves along with the slots, so that
    /// they never overlap.
    from: i64,
    offsets: Offsets,
    /// Number of journeys that are behind.
    moved: usize,
    /// Number of busy times that are behind.
    busy: usize,
    /// The slots of the current week, and how many of them have been returned.
    week: Vec<Slot>,
    given: usize,
    /// The day after the plan's first week, which has no review.
    first_week_end: i64,
    /// The day on which the slots start, and the minutes used of it and of its week.
    first_day: i64,
    used: Used,
    /// Minutes of the week in which the slots start that are before them, for its reserve.
    before: u32,
    /// Minutes of the next reserve that missed work may take.
    missed: u32,
    /// The cap that cut the slot before the next one.
    after_cap: Option<Cap>,
    /// The pinned sessions, in chronological order and without overlaps. Empty without caps.
    pinned: Vec<PinnedTime>,
    /// Pinned minutes by the day on which the session starts.
    pinned_on: BTreeMap<i64, u32>,
}

/// The windows of the usual week by weekday, in minutes from midnight, with adjacent ones joined.
#[derive(Debug, Clone)]
struct Usual {
    windows: Vec<(u32, u32)>,
    /// Index of each weekday's first window, Monday first, and the end of Sunday's.
    first: [usize; 8],
}

impl Usual {
    fn new(own: &[Window]) -> Self {
        let (mut windows, mut first) = (Vec::<(u32, u32)>::with_capacity(own.len()), [0; 8]);
        for (index, day) in week().into_iter().enumerate() {
            let before = windows.len();
            for window in own.iter().filter(|window| window.day == day) {
                match windows[before..].last_mut() {
                    // A session may continue from one window into the next.
                    Some((_, end)) if *end == window.start => *end = window.end,
                    _ => windows.push((window.start, window.end)),
                }
            }
            first[index + 1] = windows.len();
        }
        Self { windows, first }
    }

    /// The windows of a weekday, counted from Monday.
    fn on(&self, weekday: usize) -> &[(u32, u32)] {
        &self.windows[self.first[weekday]..self.first[weekday + 1]]
    }
}

impl<'a> Slots<'a> {
    pub(super) fn new(
        availability: &'a Availability,
        from: DateTime<Utc>,
        used: Used,
        first_week: Option<NaiveDate>,
    ) -> Self {
        let first_date = availability.moment_at(from).local().date();
        // Starts some days earlier: if a zone skipped a whole day, or the learner came from far
        // away, an earlier date may still be on.
        let date = first_date.checked_sub_days(Days::new(3));
        let date = date.unwrap_or(HORIZON).min(HORIZON);
        let exceptions = &availability.exceptions;
        let first = exceptions.iter().map(|exception| exception.first).min();
        let last = exceptions.iter().map(|exception| exception.last).max();
        Self {
            availability,
            usual: Usual::new(availability.week.windows()),
            unusual: day_of(first.unwrap_or(HORIZON))..=day_of(last.unwrap_or(NaiveDate::MIN)),
            day: day_of(date),
            weekday: date.weekday().num_days_from_monday() as usize,
            horizon: day_of(HORIZON),
            // Sessions begin on whole minutes.
            from: (from.timestamp() + i64::from(from.timestamp_subsec_nanos() > 0) + 59)
                .div_euclid(60)
                * 60,
            offsets: Offsets::from(availability.zone_on(date), day_of(date) * DAY_SECONDS),
            moved: availability
                .moves
                .iter()
                .filter(|(from, _)| *from <= date)
                .count(),
            busy: 0,
            week: Vec::new(),
            given: 0,
            first_week_end: first_week.map_or(i64::MIN, |first| day_of(first) + 7),
            first_day: day_of(first_date),
            used,
            before: 0,
            missed: 0,
            after_cap: None,
            pinned: Vec::new(),
            pinned_on: BTreeMap::new(),
        }
    }

    /// The slots if these sessions, in chronological order and without overlaps, count towards the
    /// caps: the other time of their day and week is less by their minutes.
    pub(crate) fn beside(mut self, pinned: Vec<PinnedTime>) -> Self {
        for pin in &pinned {
            let minutes = self.pinned_on.entry(day_at(pin.start)).or_default();
            *minutes = minutes.saturating_add(pin.minutes);
        }
        self.pinned = pinned;
        self
    }

    /// The slots if their first week has `before` minutes of free time before them, which count
    /// towards its reserve, and `missed` minutes of the next reserve are for work.
    pub(crate) fn with_reserve(self, before: u32, missed: u32) -> Self {
        Self {
            before,
            missed,
            ..self
        }
    }

    /// Computes the slots of the days up to the end of the week.
    fn next_week(&mut self) {
        self.week.clear();
        self.given = 0;
        let first = self.day;
        let week_start = self.availability.week_start.num_days_from_monday() as usize;
        loop {
            self.add_day();
            self.day += 1;
            self.weekday = (self.weekday + 1) % 7;
            if self.weekday == week_start || self.day >= self.horizon {
                break;
            }
        }
        let is_begun = (first..self.day).contains(&self.first_day);
        let used = if is_begun { self.used } else { Used::default() };
        if self.availability.day_cap.is_some() || self.availability.week_cap.is_some() {
            self.keep_caps(used, first..self.day);
        }
        if self.availability.reserve_percent > 0 && !self.week.is_empty() {
            self.keep_reserve(if is_begun { self.before } else { 0 });
        }
        if self.availability.review_percent > 0 && self.day > self.first_week_end {
            self.set_review_aside(used);
        }
    }

    fn add_day(&mut self) {
        let zones = &self.availability.moves;
        let midnight = self.day * DAY_SECONDS;
        while let Some((from, zone)) = zones
            .get(self.moved)
            .filter(|(from, _)| day_of(*from) <= self.day)
        {
            // To the east, the hours before the learner leaves don't come on the new clock.
            let leaves = self.availability.moment(from.and_time(NaiveTime::MIN));
            self.from = self.from.max(leaves.seconds);
            self.offsets = Offsets::from(*zone, midnight);
            self.moved += 1;
        }
        let windows = self.windows_today();
        let windows = windows.as_deref().unwrap_or(self.usual.on(self.weekday));
        for &(start, end) in windows {
            let at = |minutes: u32| midnight + i64::from(minutes) * 60;
            let (busy, from, week) = (&mut self.busy, &mut self.from, &mut self.week);
            let availability = self.availability;
            self.offsets
                .pieces(at(start), at(end), |start, end, offset| {
                    free(availability, busy, start.max(*from), end, |start, end| {
                        *from = end;
                        week.push(Slot {
                            start: Moment {
                                seconds: start,
                                offset,
                            },
                            minutes: u32::try_from((end - start) / 60).unwrap_or(0),
                            purpose: Purpose::Study,
                            after_cap: None,
                        });
                    });
                });
        }
    }

    /// The windows of the next day in order and without overlap. `None` if the day is as usual.
    fn windows_today(&self) -> Option<Vec<(u32, u32)>> {
        if !self.unusual.contains(&self.day) {
            return None;
        }
        let on = |exception: &&super::Exception| {
            (day_of(exception.first)..=day_of(exception.last)).contains(&self.day)
        };
        let exceptions = self.availability.exceptions.iter();
        let mut windows: Option<Vec<(u32, u32)>> = None;
        let mut is_off = false;
        for exception in exceptions.filter(on) {
            match &exception.kind {
                ExceptionKind::TimeOff => is_off = true,
                ExceptionKind::OtherWeek(week) => {
                    let day = week
                        .iter()
                        .filter(|w| w.day.num_days_from_monday() as usize == self.weekday);
                    windows = Some(day.map(|w| (w.start, w.end)).collect());
                }
                ExceptionKind::Extra { .. } => {}
            }
        }
        if is_off {
            windows = Some(Vec::new());
        }
        for exception in self.availability.exceptions.iter().filter(on) {
            if let ExceptionKind::Extra { start, end } = exception.kind {
                windows
                    .get_or_insert_with(|| self.usual.on(self.weekday).to_vec())
                    .push((start, end));
            }
        }
        let mut windows = windows?;
        windows.sort_unstable();
        windows.dedup_by(|later, earlier| {
            let overlaps = later.0 <= earlier.1;
            if overlaps {
                earlier.1 = earlier.1.max(later.1);
            }
            overlaps
        });
        Some(windows)
    }

    /// Removes time beyond the caps of a day and of the week, which has these days. Pinned time
    /// stays: it is used up before any other.
    fn keep_caps(&mut self, used: Used, days: Range<i64>) {
        let (day_cap, week_cap) = (self.availability.day_cap, self.availability.week_cap);
        let of_week = self.pinned_on.range(days).map(|(_, minutes)| *minutes);
        let mut in_week = of_week.fold(used.week, u32::saturating_add);
        let (mut today, mut in_day) = (i64::MIN, 0_u32);
        for slot in std::mem::take(&mut self.week) {
            if day_at(slot.start) != today {
                today = day_at(slot.start);
                let before = if today == self.first_day { used.day } else { 0 };
                let pinned = self.pinned_on.get(&today).copied().unwrap_or(0);
                in_day = before.saturating_add(pinned);
            }
            let left_of_day = day_cap.map_or(u32::MAX, |cap| cap.saturating_sub(in_day));
            let left_of_week = week_cap.map_or(u32::MAX, |cap| cap.saturating_sub(in_week));
            let most = left_of_day.min(left_of_week);
            let before = self.after_cap.take();
            let used = self.keep_of(
                Slot {
                    after_cap: before,
                    ..slot
                },
                most,
            );
            if used.is_cut {
                let is_by_week = left_of_week <= left_of_day;
                self.after_cap = Some(if is_by_week { Cap::Week } else { Cap::Day });
            }
            in_day = in_day.saturating_add(used.minutes);
            in_week = in_week.saturating_add(used.minutes);
        }
    }

    /// Adds the parts of a slot that stay: its pinned time, and up to `most` other minutes.
    fn keep_of(&mut self, slot: Slot, most: u32) -> OtherMinutes {
        let (start, end) = (slot.start.seconds, slot.end().seconds);
        let first = self.pinned.partition_point(|pin| pin.end() <= start);
        let pins = self.pinned[first..]
            .iter()
            .take_while(|pin| pin.start.seconds < end);
        let pins = pins.map(|pin| (pin.start.seconds.max(start), pin.end().min(end)));
        let (mut left, mut at) = (i64::from(most) * 60, start);
        let mut is_cut = false;
        let mut parts: Vec<(i64, i64)> = Vec::with_capacity(1);
        for (from, until) in pins.chain([(end, end)]) {
            let other = (from - at).min(left);
            is_cut |= other < from - at;
            left -= other;
            for (from, until) in [(at, at + other), (from, until)] {
                match parts.last_mut() {
                    _ if from == until => {}
                    Some(last) if last.1 == from => last.1 = until,
                    _ => parts.push((from, until)),
                }
            }
            at = until;
        }
        for (index, (from, until)) in parts.into_iter().enumerate() {
            self.week.push(Slot {
                start: Moment {
                    seconds: from,
                    ..slot.start
                },
                minutes: u32::try_from((until - from) / 60).unwrap_or(0),
                after_cap: slot.after_cap.filter(|_| index == 0),
                ..slot
            });
        }
        OtherMinutes {
            minutes: most - u32::try_from(left / 60).unwrap_or(most),
            is_cut,
        }
    }

    /// Marks the last part of the week's time as reserve, in half hours. Missed work may take its
    /// first minutes.
    fn keep_reserve(&mut self, before: u32) {
        let to_come: u32 = self.week.iter().map(|slot| slot.minutes).sum();
        let percent = self.availability.reserve_percent.min(100);
        let reserve = (to_come + before.min(WEEK_MINUTES)) * percent / 100;
        let reserve = ((reserve + RESERVE_STEP / 2) / RESERVE_STEP * RESERVE_STEP).min(to_come);
        let for_work = self.missed.min(reserve);
        if reserve > 0 {
            self.missed = 0;
        }
        self.set_aside(reserve - for_work, Purpose::Reserve);
    }

    /// Marks the last part of the week's time before its reserve as review.
    fn set_review_aside(&mut self, used: Used) {
        let to_come: u32 = self.week.iter().map(|slot| slot.minutes).sum();
        // A week has no more minutes than this, whatever was logged in it.
        let all = (to_come + used.week.min(WEEK_MINUTES)).min(WEEK_MINUTES);
        let review = all * self.availability.review_percent.min(100) / 100;
        self.set_aside(review, Purpose::Review);
    }

    /// Gives the last minutes of the week that are for study another purpose.
    fn set_aside(&mut self, mut minutes: u32, purpose: Purpose) {
        let mut index = self.week.len();
        while minutes > 0 && index > 0 {
            index -= 1;
            let slot = self.week[index];
            if slot.purpose != Purpose::Study {
                continue;
            }
            if slot.minutes <= minutes {
                self.week[index].purpose = purpose;
                minutes -= slot.minutes;
            } else {
                self.week[index].minutes -= minutes;
                let start = self.week[index].end();
                let part = Slot {
                    start,
                    minutes,
                    purpose,
                    ..slot
                };
                self.week.insert(index + 1, part);
                minutes = 0;
            }
        }
    }
}

impl Iterator for Slots<'_> {
    type Item = Slot;

    fn next(&mut self) -> Option<Slot> {
        loop {
            if let Some(slot) = self.week.get(self.given) {
                self.given += 1;
                return Some(*slot);
            }
            if self.day >= self.horizon {
                return None;
            }
            self.next_week();
        }
    }
}

/// The minutes of a slot that are kept beside its pinned time, and whether a cap removed others.
struct OtherMinutes {
    minutes: u32,
    is_cut: bool,
}

/// Days from 1970 to the date that the learner's clock shows.
fn day_at(moment: Moment) -> i64 {
    (moment.seconds + i64::from(moment.offset)).div_euclid(DAY_SECONDS)
}

/// Days from 1970 to a date.
fn day_of(date: NaiveDate) -> i64 {
    (date - DateTime::UNIX_EPOCH.date_naive()).num_days()
}

/// Calls `piece` for each stretch of free whole minutes between `start` and `end`, outside busy
/// times and their buffers.
fn free(
    availability: &Availability,
    passed: &mut usize,
    start: i64,
    end: i64,
    mut piece: impl FnMut(i64, i64),
) {
    let buffer = i64::from(availability.buffer_minutes) * 60;
    let mut cursor = start;
    for busy in &availability.busy[*passed..] {
        let (from, until) = (
            busy.start.timestamp() - buffer,
            busy.end.timestamp() + buffer,
        );
        if from >= end {
            break;
        }
        if cursor < from {
            let whole = (from - cursor) / 60 * 60;
            if whole > 0 {
                piece(cursor, cursor + whole);
            }
        }
        if until > cursor {
            cursor += (until - cursor + 59) / 60 * 60;
        }
        if until <= start {
            *passed += 1;
        }
    }
    if end - cursor >= 60 {
        piece(cursor, end);
    }
}
