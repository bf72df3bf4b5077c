//! Wall-clock time to real time, by the zone's transitions.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::Moment;

/// No zone's clock changes there and back again within a week (a test looks at all of them),
/// so a look at the offset once a week finds every change.
const STEP_SECONDS: i64 = 7 * 86_400;
/// A day; and more than any clock is ahead of UTC or behind it.
pub(super) const DAY_SECONDS: i64 = 86_400;

/// The stretches between a zone's clock changes around the time that is asked for.
///
/// Asking the zone for each slot would cost more than scheduling (docs/performance.md).
#[derive(Debug, Clone)]
pub(super) struct Offsets {
    zone: Tz,
    stretches: Vec<Stretch>,
    /// Seconds since 1970 up to which the offset is known.
    known: i64,
}

/// Real time from `start` on, in seconds since 1970, in which local time is UTC + `offset` seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    start: i64,
    offset: i32,
}

impl Offsets {
    /// Offsets for local times from `local` on, given as seconds since 1970 on the learner's clock.
    pub fn from(zone: Tz, local: i64) -> Self {
        let start = local - 2 * DAY_SECONDS;
        Self {
            zone,
            stretches: vec![Stretch {
                start,
                offset: offset(zone, start),
            }],
            known: start,
        }
    }

    /// The real time that the local time from `start` to `end` means, in pieces between clock changes, each as its start in
    /// UTC, its end in UTC and the offset: local time that does not exist is left out, local time that comes twice
    /// is taken the first time. Calls must come in order of time.
    pub fn pieces(&mut self, start: i64, end: i64, mut piece: impl FnMut(i64, i64, i32)) {
        if self.known < end + 2 * DAY_SECONDS {
            self.look_ahead(end + 2 * DAY_SECONDS);
            let past = |next: &Stretch| next.start + 2 * DAY_SECONDS < start;
            let gone = self
                .stretches
                .iter()
                .skip(1)
                .take_while(|next| past(next))
                .count();
            self.stretches.drain(..gone);
        }
        if let [only] = self.stretches[..] {
            let offset = i64::from(only.offset);
            return piece(start - offset, end - offset, only.offset);
        }
        let mut cursor = start;
        for (index, stretch) in self.stretches.iter().enumerate() {
            let offset = i64::from(stretch.offset);
            let from = cursor.max(stretch.start + offset);
            let next = self.stretches.get(index + 1);
            let until = next.map_or(end, |next| end.min(next.start + offset));
            if from < until {
                piece(from - offset, until - offset, stretch.offset);
                cursor = until;
            }
        }
    }

    fn look_ahead(&mut self, until: i64) {
        while self.known < until {
            let (from, to) = (self.known, self.known + STEP_SECONDS);
            let offset = offset(self.zone, to);
            if self
                .stretches
                .last()
                .is_some_and(|last| last.offset != offset)
            {
                let start = change(self.zone, from, to);
                self.stretches.push(Stretch { start, offset });
            }
            self.known = to;
        }
    }
}

/// The first moment at which the zone's clock shows `local`; where it skips that time, the moment it does so.
pub(crate) fn moment(local: NaiveDateTime, zone: Tz) -> Moment {
    let local_seconds = local.and_utc().timestamp();
    let shown = match zone.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
            offset.fix().local_minus_utc()
        }
        MappedLocalTime::None => offset(zone, local_seconds - DAY_SECONDS),
    };
    let seconds = local_seconds - i64::from(shown);
    Moment {
        seconds,
        offset: offset(zone, seconds),
    }
}

/// Seconds that the zone's clock is ahead of UTC.
fn offset(zone: Tz, at: i64) -> i32 {
    let at = DateTime::from_timestamp(at, 0).unwrap_or_default();
    zone.offset_from_utc_datetime(&at.naive_utc())
        .fix()
        .local_minus_utc()
}

/// The first second with the offset of `to`, by bisection.
fn change(zone: Tz, from: i64, to: i64) -> i64 {
    let after = offset(zone, to);
    let (mut before, mut first) = (from, to);
    while first - before > 1 {
        let middle = before + (first - before) / 2;
        if offset(zone, middle) == after {
            first = middle;
        } else {
            before = middle;
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Day by day and week by week find the same changes, in every zone, over the years a plan can have.
    #[test]
    fn a_look_once_a_week_misses_no_clock_change() {
        let day = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        let seconds = |year| {
            day(year)
                .and_time(chrono::NaiveTime::MIN)
                .and_utc()
                .timestamp()
        };
        for zone in chrono_tz::TZ_VARIANTS {
            let mut weekly = Offsets::from(zone, seconds(2015));
            weekly.look_ahead(seconds(2045));
            let mut daily = vec![weekly.stretches[0]];
            let mut at = weekly.stretches[0].start;
            while at < weekly.known {
                let next = at + DAY_SECONDS;
                if offset(zone, next) != offset(zone, at) {
                    let (start, offset) = (change(zone, at, next), offset(zone, next));
                    daily.push(Stretch { start, offset });
                }
                at = next;
            }
            assert_eq!(weekly.stretches, daily, "{zone}");
        }
    }
}
