//! VTIMEZONE components, and wall-clock times that say what instant they mean.

use std::fmt::Write;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Weekday};

use crate::zone::{Transition, Zone};

const YEAR_SECONDS: i64 = 366 * 86_400;

/// Clock changes that follow one rule, a year apart: "on the last Sunday of March, from 02:00 to
/// 03:00".
#[derive(Debug)]
struct ZonePeriod {
    /// The first of the changes.
    change: Transition,
    /// Abbreviation of the time after them.
    abbreviation: String,
    is_daylight: bool,
    /// When it is by the clock before it.
    start: NaiveDateTime,
    /// When the latest one is, by the clock before it.
    last: NaiveDateTime,
    /// The latest one is this often in its month, if all of them are: 1 for the first Sunday.
    number: Option<u32>,
    /// Whether each is on the last such weekday of its month.
    is_last: bool,
}

/// The zone's VTIMEZONE for the instants from `from` to `to`, in seconds since 1970: as rules where
/// there are rules, since Outlook misreads lists of dates. It begins and ends with a year, so that
/// it stays the same while a plan moves about.
pub fn component(zone: Zone, from: i64, to: i64) -> Option<String> {
    // A year before: the clock may have been changed last some months earlier.
    let from = year_start(from)? - YEAR_SECONDS;
    let to = year_start(to)? + 2 * YEAR_SECONDS;
    let offset = zone.offset_at(from);
    let beginning = Transition {
        at: from,
        before: offset,
        after: offset,
    };
    let mut observances = vec![ZonePeriod::new(zone, beginning)?];
    for change in zone
        .transitions_after(from)
        .take_while(|change| change.at < to)
    {
        let next = ZonePeriod::new(zone, change)?;
        let known = observances.iter_mut().skip(1);
        match known.rev().find(|known| known.goes_on_with(&next)) {
            Some(known) => known.extend(&next),
            None => observances.push(next),
        }
    }
    let last_year = DateTime::from_timestamp(to, 0)?.year() - 1;
    let mut text = format!("BEGIN:VTIMEZONE\r\nTZID:{}\r\n", zone.name());
    for observance in &observances {
        observance.write(&mut text, last_year);
    }
    text.push_str("END:VTIMEZONE\r\n");
    Some(text)
}

impl ZonePeriod {
    fn new(zone: Zone, change: Transition) -> Option<Self> {
        let utc = DateTime::from_timestamp(change.at, 0)?.naive_utc();
        let start = utc.checked_add_signed(TimeDelta::seconds(change.before.into()))?;
        Some(Self {
            change,
            abbreviation: zone.abbreviation_at(change.at),
            is_daylight: zone.is_daylight_at(change.at),
            start,
            last: start,
            number: Some((start.day() - 1) / 7 + 1),
            is_last: start.day() + 7 > u32::from(start.num_days_in_month()),
        })
    }

    /// Whether a change of the year after can be of the same rule.
    fn goes_on_with(&self, next: &Self) -> bool {
        let offsets = |change: &Transition| (change.before, change.after);
        let when = |local: NaiveDateTime| (local.month(), local.weekday(), local.time());
        next.start.year() == self.last.year() + 1
            && offsets(&self.change) == offsets(&next.change)
            && self.is_daylight == next.is_daylight
            && self.abbreviation == next.abbreviation
            && when(self.last) == when(next.start)
            && (self.is_last && next.is_last || self.number.is_some() && self.number == next.number)
    }

    fn extend(&mut self, next: &Self) {
        self.last = next.start;
        self.is_last &= next.is_last;
        self.number = self.number.filter(|_| self.number == next.number);
    }

    /// `last_year` is the last that the component is about: a rule that holds in it has no end.
    fn write(&self, text: &mut String, last_year: i32) {
        let change = &self.change;
        let kind = if self.is_daylight {
            "DAYLIGHT"
        } else {
            "STANDARD"
        };
        let _ = write!(
            text,
            "BEGIN:{kind}\r\nDTSTART:{}\r\nTZOFFSETFROM:{}\r\nTZOFFSETTO:{}\r\n",
            self.start.format("%Y%m%dT%H%M%S"),
            offset(change.before),
            offset(change.after),
        );
        // Zones without a name of their own have numbers for it.
        if self.abbreviation.starts_with(char::is_alphabetic) {
            let _ = write!(text, "TZNAME:{}\r\n", self.abbreviation);
        }
        if self.last > self.start {
            let number = match self.number {
                Some(number) if !self.is_last => i64::from(number),
                _ => -1,
            };
            let _ = write!(
                text,
                "RRULE:FREQ=YEARLY;BYDAY={number}{};BYMONTH={}",
                weekday(self.start.weekday()),
                self.start.month()
            );
            if self.last.year() < last_year {
                let until = self.last - TimeDelta::seconds(change.before.into());
                let _ = write!(text, ";UNTIL={}", until.format("%Y%m%dT%H%M%SZ"));
            }
            text.push_str("\r\n");
        }
        let _ = write!(text, "END:{kind}\r\n");
    }
}

/// Seconds ahead of UTC, such as `+0530`.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.unsigned_abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match seconds {
        0 => format!("{sign}{hours:02}{minutes:02}"),
        _ => format!("{sign}{hours:02}{minutes:02}{seconds:02}"),
    }
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}

fn year_start(seconds: i64) -> Option<i64> {
    let year = DateTime::from_timestamp(seconds, 0)?.year();
    let start = NaiveDate::from_ymd_opt(year, 1, 1)?.and_time(chrono::NaiveTime::MIN);
    Some(start.and_utc().timestamp())
}

/// The time that the zone's clock shows at an instant. `None` if it shows the same time twice: RFC
/// 5545 (3.3.5) has such a time mean the first one, but ical.js takes it for the second.
pub fn wall_clock(zone: Zone, seconds: i64) -> Option<NaiveDateTime> {
    let instant = DateTime::from_timestamp(seconds, 0)?;
    let local = instant.with_timezone(&zone).naive_local();
    let offset = zone.offset_from_local_datetime(&local);
    offset.single().map(|_| local)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::zone::ZoneDatabase;

    fn zone(name: &str) -> Zone {
        Zone::bundled(name).unwrap()
    }

    fn at(text: &str) -> i64 {
        text.parse::<DateTime<chrono::Utc>>().unwrap().timestamp()
    }

    #[test]
    fn berlin_and_lord_howe_in_full() {
        let (from, to) = (at("2027-03-01T00:00:00Z"), at("2028-02-01T00:00:00Z"));
        let component = |name| component(zone(name), from, to).unwrap();
        let text = component("Europe/Berlin") + &component("Australia/Lord_Howe");
        insta::assert_snapshot!(text.replace('\r', ""));
    }

    /// Every zone has one, whatever the years.
    #[test]
    fn every_zone_has_a_component() {
        for name in ZoneDatabase::bundled().names() {
            for year in [2000, 2027, 2089] {
                let day = at(&format!("{year}-06-01T00:00:00Z"));
                let text = component(zone(name), day, day).unwrap();
                assert!(text.contains(&format!("TZID:{name}\r\n")), "{text}");
            }
        }
    }

    /// The hour that comes twice in Berlin on 31 October 2027: from 00:00Z, and again to 02:00Z.
    #[test]
    fn an_hour_that_comes_twice_is_not_shown() {
        let berlin = |text| wall_clock(zone("Europe/Berlin"), at(text));
        let before = berlin("2027-10-30T23:59:00Z").unwrap();
        assert_eq!(before.to_string(), "2027-10-31 01:59:00");
        for twice in [
            "2027-10-31T00:00:00Z",
            "2027-10-31T00:30:00Z",
            "2027-10-31T01:59:00Z",
        ] {
            assert_eq!(berlin(twice), None, "{twice}");
        }
        let after = berlin("2027-10-31T02:00:00Z").unwrap();
        assert_eq!(after.to_string(), "2027-10-31 03:00:00");
    }
}
