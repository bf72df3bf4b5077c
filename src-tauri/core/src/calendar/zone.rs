//! VTIMEZONE components, and wall-clock times that say what instant they mean.

use calcard::icalendar::ICalendar;
use chrono::{DateTime, Datelike, NaiveDateTime, TimeZone};
use chrono_tz::Tz;

const SHELL: &str = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
const BEGIN: &str = "BEGIN:VTIMEZONE";
const END: &str = "END:VTIMEZONE\r\n";
const YEAR_SECONDS: i64 = 366 * 86_400;

/// The zone's VTIMEZONE for the instants from `from` to `to`, in seconds since 1970: as rules where there are rules, since
/// Outlook misreads lists of dates. It begins with a year and ends with one, so that it stays the same while a plan moves about.
pub fn component(zone: Tz, from: i64, to: i64) -> Option<String> {
    let mut calendar = ICalendar::parse(SHELL).ok()?;
    // A year before: the clock may have been changed last some months earlier.
    let from = year_start(from)? - YEAR_SECONDS;
    let to = year_start(to)? + 2 * YEAR_SECONDS;
    calendar.add_timezone(zone.name(), from, to)?;
    let text = calendar.to_string();
    let begin = text.find(BEGIN)?;
    let end = text.rfind(END)? + END.len();
    text.get(begin..end).map(str::to_owned)
}

fn year_start(seconds: i64) -> Option<i64> {
    let date = DateTime::from_timestamp(seconds, 0)?.date_naive();
    let start = date.with_ordinal(1)?.and_time(chrono::NaiveTime::MIN);
    Some(start.and_utc().timestamp())
}

/// What the zone's clock shows at an instant, unless it shows the same twice: RFC 5545 (3.3.5) has such a time mean
/// the first one, but ical.js takes it for the second.
pub fn wall_clock(zone: Tz, seconds: i64) -> Option<NaiveDateTime> {
    let instant = DateTime::from_timestamp(seconds, 0)?;
    let local = instant.with_timezone(&zone).naive_local();
    let offset = zone.offset_from_local_datetime(&local);
    offset.single().map(|_| local)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        text.parse::<DateTime<chrono::Utc>>().unwrap().timestamp()
    }

    #[test]
    fn berlin_and_lord_howe_in_full() {
        let component =
            |zone| component(zone, at("2027-03-01T00:00:00Z"), at("2028-02-01T00:00:00Z")).unwrap();
        let text =
            component(chrono_tz::Europe::Berlin) + &component(chrono_tz::Australia::Lord_Howe);
        insta::assert_snapshot!(text.replace('\r', ""));
    }

    /// Every zone has one, whatever the years.
    #[test]
    fn every_zone_has_a_component() {
        for zone in chrono_tz::TZ_VARIANTS {
            for year in [2000, 2027, 2089] {
                let day = at(&format!("{year}-06-01T00:00:00Z"));
                let text = component(zone, day, day).unwrap();
                assert!(
                    text.contains(&format!("TZID:{}\r\n", zone.name())),
                    "{text}"
                );
            }
        }
    }

    /// The hour that comes twice in Berlin on 31 October 2027: from 00:00Z, and again to 02:00Z.
    #[test]
    fn an_hour_that_comes_twice_is_not_shown() {
        let berlin = |text| wall_clock(chrono_tz::Europe::Berlin, at(text));
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
