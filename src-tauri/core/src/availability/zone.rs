//! Wall-clock time to real time, by the zone's transitions.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::Slot;

/// No zone's clock changes there and back again within a week (a test looks at all of them),
/// so a look at the offset once a week finds every change.
const STEP: TimeDelta = TimeDelta::weeks(1);

/// The stretches between a zone's clock changes, found as far ahead as was asked for.
///
/// Asking the zone for each slot would cost more than scheduling (docs/performance.md).
#[derive(Debug)]
pub(super) struct Offsets {
    zone: Tz,
    stretches: Vec<Stretch>,
    /// The offset is known up to here.
    known: NaiveDateTime,
}

/// Real time from `start` on in which local time is UTC + `offset`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    /// In UTC.
    pub start: NaiveDateTime,
    pub offset: TimeDelta,
}

impl Offsets {
    /// Offsets from two days before `from`, so that any local time since `from` is covered.
    pub fn from(zone: Tz, from: DateTime<Utc>) -> Self {
        let start = from.naive_utc() - TimeDelta::days(2);
        let offset = offset(zone, start);
        Self {
            zone,
            stretches: vec![Stretch { start, offset }],
            known: start,
        }
    }

    /// The real time that the local time from `start` to `end` means, in pieces between clock changes:
    /// local time that does not exist is left out, local time that comes twice is taken the first time.
    pub fn pieces(
        &mut self,
        start: NaiveDateTime,
        end: NaiveDateTime,
    ) -> impl Iterator<Item = Slot> {
        self.look_ahead(end + TimeDelta::days(2));
        // Windows come in order of time, and what lies behind is never asked for again.
        while self.stretches.get(1).is_some_and(|next| {
            next.start + next.offset.min(self.stretches[0].offset) + TimeDelta::days(2) < start
        }) {
            self.stretches.remove(0);
        }
        let mut cursor = start;
        let stretches = &self.stretches;
        stretches
            .iter()
            .enumerate()
            .filter_map(move |(index, stretch)| {
                let from = cursor.max(stretch.start + stretch.offset);
                let until = stretches
                    .get(index + 1)
                    .map_or(end, |next| end.min(next.start + stretch.offset));
                if from >= until {
                    return None;
                }
                cursor = until;
                Some(Slot {
                    start: (from - stretch.offset).and_utc(),
                    local_start: from,
                    minutes: u32::try_from((until - from).num_minutes()).ok()?,
                })
            })
    }

    fn look_ahead(&mut self, until: NaiveDateTime) {
        while self.known < until {
            let (from, to) = (self.known, self.known + STEP);
            let last = self
                .stretches
                .last()
                .map_or(TimeDelta::zero(), |s| s.offset);
            let offset = offset(self.zone, to);
            if offset != last {
                let start = change(self.zone, from, to);
                self.stretches.push(Stretch { start, offset });
            }
            self.known = to;
        }
    }
}

/// The first instant at which the zone's clock shows `local`; where it skips that time, the moment it does so.
pub fn instant(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let offset = match zone.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
            TimeDelta::seconds(i64::from(offset.fix().local_minus_utc()))
        }
        MappedLocalTime::None => offset(zone, local - TimeDelta::days(1)),
    };
    (local - offset).and_utc()
}

fn offset(zone: Tz, at: NaiveDateTime) -> TimeDelta {
    let seconds = zone.offset_from_utc_datetime(&at).fix().local_minus_utc();
    TimeDelta::seconds(i64::from(seconds))
}

/// The first second with the offset of `to`, by bisection.
fn change(zone: Tz, from: NaiveDateTime, to: NaiveDateTime) -> NaiveDateTime {
    let after = offset(zone, to);
    let (mut before, mut low) = (0, (to - from).num_seconds());
    while low - before > 1 {
        let middle = before + (low - before) / 2;
        if offset(zone, from + TimeDelta::seconds(middle)) == after {
            low = middle;
        } else {
            before = middle;
        }
    }
    from + TimeDelta::seconds(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Day by day and week by week find the same changes, in every zone, over the years a plan can have.
    #[test]
    fn a_look_once_a_week_misses_no_clock_change() {
        let day = |y| chrono::NaiveDate::from_ymd_opt(y, 1, 1).unwrap();
        let first = day(2015).and_time(chrono::NaiveTime::MIN);
        let last = day(2045).and_time(chrono::NaiveTime::MIN);
        for zone in chrono_tz::TZ_VARIANTS {
            let mut weekly = Offsets::from(zone, first.and_utc());
            weekly.look_ahead(last);
            let mut daily = vec![weekly.stretches[0]];
            let mut at = weekly.stretches[0].start;
            while at < weekly.known {
                let next = at + TimeDelta::days(1);
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
