//! Wall-clock time to real time, by the zone's transitions.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

use super::Moment;

/// A look at the offset every so often finds every change: no zone's clock changes there and back again in less than 167 hours
/// (a test looks at all of them).
const STEP_SECONDS: i64 = 166 * 3_600;
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

    /// The changes of a zone, by a look at it every so often, as seconds since 1970 and offsets.
    fn changes(zone: Tz, from: i64, until: i64, step: i64) -> Vec<(i64, i32)> {
        let mut changes = Vec::new();
        let mut at = from;
        while at < until {
            let (before, after) = (offset(zone, at), offset(zone, at + step));
            if before != after {
                changes.push((change(zone, at, at + step), after));
            }
            at += step;
        }
        changes
    }

    /// In every zone, over all the years that a plan can have: what changes and changes back leaves a look in between, wherever the looks fall.
    #[test]
    fn no_clock_changes_there_and_back_between_two_looks() {
        let seconds = |year| {
            let first = chrono::NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            first.and_time(chrono::NaiveTime::MIN).and_utc().timestamp()
        };
        for zone in chrono_tz::TZ_VARIANTS {
            let changes = changes(zone, seconds(1999), seconds(2101), DAY_SECONDS);
            for three in changes.windows(3) {
                let is_back = three[0].1 == three[2].1;
                assert!(
                    !is_back || three[2].0 - three[1].0 > STEP_SECONDS,
                    "{zone} {three:?}"
                );
            }
        }
    }

    /// Ramadan ends a week after the clocks in Gaza changed in October 2040: they change back an hour short of a week later.
    #[test]
    fn summer_time_that_comes_back_for_a_week_is_seen() {
        let (gaza, october) = (chrono_tz::Asia::Gaza, 2_232_576_000);
        let daily = changes(gaza, october, october + 60 * DAY_SECONDS, DAY_SECONDS);
        for hour in 0..7 * 24 {
            let mut offsets = Offsets::from(gaza, october + hour * 3600);
            offsets.look_ahead(october + 60 * DAY_SECONDS);
            let found = offsets
                .stretches
                .iter()
                .skip(1)
                .map(|next| (next.start, next.offset));
            assert_eq!(Vec::from_iter(found), daily, "{hour}");
        }
    }
}
