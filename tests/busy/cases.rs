//! Small files that were read wrong once, each for a kind, with the right value.

use chrono::{DateTime, SecondsFormat, Utc};
use waymark_core::calendar::busy::{EventOutcome, Limits, import, read};
use waymark_core::plan::{Change, Plan};
use waymark_core::schedule::current;

use crate::any_file::berlin;

macro_rules! case {
    ($name:literal) => {
        include_bytes!(concat!("cases/", $name)).as_slice()
    };
}

/// The starts of the occurrences up to 2030 that take time, for somebody in Berlin.
fn starts(file: &[u8]) -> Vec<String> {
    let day = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let years = day("2026-12-31T23:00:00Z")..day("2029-12-31T23:00:00Z");
    let report = read(file, years, berlin(), &Limits::default()).unwrap();
    let taken = report
        .occurrences
        .iter()
        .filter(|found| report.is_taken(found));
    taken
        .map(|found| found.start.to_rfc3339_opts(SecondsFormat::Secs, true))
        .collect()
}

/// RFC 5546, 2.1.5: SEQUENCE decides between versions, then DTSTAMP, whatever their order.
#[test]
fn the_newer_version_of_an_event_or_instance_counts() {
    let instances = ["2027-01-05T09:00:00Z", "2027-01-12T14:00:00Z"];
    assert_eq!(starts(case!("63-override-two-versions.ics")), instances);
    assert_eq!(starts(case!("63b-override-newer-first.ics")), instances);
    assert_eq!(
        starts(case!("63c-override-last-modified-only.ics")),
        instances
    );
    assert_eq!(
        starts(case!("63d-override-higher-sequence-last.ics")),
        instances
    );
    let later = case!("17-same-uid-and-sequence-later-stamp-wins.ics");
    assert_eq!(starts(later), ["2027-01-12T11:00:00Z"]);
}

/// RFC 5545, 3.3.10: without BYDAY, a week by its number has the weekday of DTSTART.
#[test]
fn a_week_by_its_number_has_the_weekday_of_the_start() {
    let days = ["2027-01-04", "2028-01-03", "2029-01-01", "2029-12-31"];
    let midnights = days.map(|day| {
        let day: chrono::NaiveDate = day.parse().unwrap();
        format!("{}T23:00:00Z", day.pred_opt().unwrap())
    });
    assert_eq!(starts(case!("27-week-one-of-the-year.ics")), midnights);
}

/// At 00, 02, 03 and 04 o'clock: an hour that the clock skips isn't counted.
#[test]
fn a_skipped_hour_is_not_counted() {
    assert_eq!(
        starts(case!("02-hourly-over-spring.ics")),
        ["00", "01", "02", "03"].map(|hour| format!("2027-03-28T{hour}:00:00Z"))
    );
}

#[test]
fn zones_have_their_names_of_every_kind_and_their_rules_of_today() {
    let eastern = case!("22-numbered-windows-zone-no-vtimezone.ics");
    assert_eq!(starts(eastern), ["2027-07-01T13:00:00Z"]);
    assert_eq!(
        starts(case!("78-gmt-offset-names.ics")),
        [
            "2027-07-05T18:00:00Z",
            "2027-07-06T18:00:00Z",
            "2027-07-07T13:30:00Z"
        ]
    );
    // British Columbia is at −07:00 for good since 2026.
    assert_eq!(
        starts(case!("36-vancouver-2027.ics")),
        ["2027-01-16T03:00:00Z"]
    );
}

#[test]
fn an_export_that_the_plan_reads_back_moves_nothing() {
    let text = std::str::from_utf8(case!("110-one-item.json")).unwrap();
    let plan = Plan::from_json(text).unwrap();
    let now = "2026-12-01T12:00:00Z".parse().unwrap();
    let file = case!("193b-one-session.ics");
    let read = import(&plan, "own.ics", file, &Limits::default(), now).unwrap();
    assert_eq!(
        read.report.count(|outcome| *outcome == EventOutcome::Own),
        1
    );
    let after = plan.apply(&Change::Busy(read.change)).unwrap();
    let finish = current(&after).finish().unwrap();
    assert_eq!(finish.to_string(), "2027-01-05 20:00:00");
    assert_eq!(Some(finish), current(&plan).finish());
}
