//! Wall-clock time to real time, by the zone's transitions.

use chrono::{MappedLocalTime, NaiveDateTime, Offset, TimeZone};

use super::Moment;
use crate::zone::Zone;

/// A day; also more than any clock is ahead of UTC or behind it.
pub(super) const DAY_SECONDS: i64 = 86_400;

/// The stretches between a zone's clock changes around the time that is asked for.
///
/// Asking the zone for each slot would cost more than scheduling (docs/performance.md).
#[derive(Debug, Clone)]
pub(super) struct Offsets {
    zone: Zone,
    stretches: Vec<Stretch>,
    /// The first stretch after those. `None` if the clock never changes again.
    next: Option<Stretch>,
}

/// Real time from `start` on, in seconds since 1970, in which local time is UTC + `offset` seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    start: i64,
    offset: i32,
}

impl Offsets {
    /// Offsets for local times from `local` on, given as seconds since 1970 on the learner's clock.
    pub fn from(zone: Zone, local: i64) -> Self {
        let start = local - 2 * DAY_SECONDS;
        Self {
            zone,
            stretches: vec![Stretch {
                start,
                offset: zone.offset_at(start),
            }],
            next: next_stretch(zone, start),
        }
    }

    /// The real time that the local time from `start` to `end` means, in pieces between clock
    /// changes, each as its start in UTC, its end in UTC and the offset. Local time that does not
    /// exist is left out; local time that comes twice is taken the first time. Calls must come in
    /// order of time.
    pub fn pieces(&mut self, start: i64, end: i64, mut piece: impl FnMut(i64, i64, i32)) {
        self.look_ahead(end + 2 * DAY_SECONDS);
        if self.stretches.len() > 1 {
            let past = |next: &Stretch| next.start + 2 * DAY_SECONDS < start;
            let later = self.stretches.iter().skip(1);
            let gone = later.take_while(|next| past(next)).count();
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
        while let Some(next) = self.next.filter(|next| next.start <= until) {
            self.stretches.push(next);
            self.next = next_stretch(self.zone, next.start);
        }
    }
}

/// The first stretch that begins after `seconds`. A change of the name alone begins none.
fn next_stretch(zone: Zone, seconds: i64) -> Option<Stretch> {
    let mut changes = zone.transitions_after(seconds);
    let change = changes.find(|change| change.before != change.after)?;
    Some(Stretch {
        start: change.at,
        offset: change.after,
    })
}

/// The first moment at which the zone's clock shows `local`; where it skips that time, the moment
/// it does so.
pub(crate) fn moment(local: NaiveDateTime, zone: Zone) -> Moment {
    let local_seconds = local.and_utc().timestamp();
    let shown = match zone.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(offset) | MappedLocalTime::Ambiguous(offset, _) => {
            offset.fix().local_minus_utc()
        }
        MappedLocalTime::None => zone.offset_at(local_seconds - DAY_SECONDS),
    };
    let seconds = local_seconds - i64::from(shown);
    Moment {
        seconds,
        offset: zone.offset_at(seconds),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::ZoneDatabase;

    /// In every zone, a walk through the years sees each change once, with the offset that the zone
    /// has then: also in Gaza, where summer time comes back for an hour short of a week.
    #[test]
    fn the_stretches_of_every_zone_are_those_of_its_rules() {
        const FROM: i64 = 1_767_225_600; // 2026
        const DAYS: i64 = 3;
        for name in ZoneDatabase::bundled().names() {
            let zone = Zone::bundled(name).unwrap();
            let mut offsets = Offsets::from(zone, FROM);
            for run in 0..20 * 366 / DAYS {
                let start = FROM + run * DAYS * DAY_SECONDS;
                let mut cursor = None;
                offsets.pieces(start, start + DAYS * DAY_SECONDS, |from, to, offset| {
                    assert_eq!(offset, zone.offset_at(from), "{name} {from}");
                    assert_eq!(offset, zone.offset_at(to - 1), "{name} {to}");
                    assert!(cursor.is_none_or(|cursor| cursor <= from), "{name} {from}");
                    cursor = Some(to);
                });
            }
        }
    }
}
