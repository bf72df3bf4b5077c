//! Malicious files: each is rejected or reported by name, with a bounded amount of work.
//!
//! A test that does not end has found a missing bound.

use std::ops::Range;

use chrono::{DateTime, Utc};
use waymark_core::calendar::busy::{self, BusyReport, EventOutcome, Limits};
use waymark_core::input_error::InputError;

use crate::any_file::berlin;

fn years() -> Range<DateTime<Utc>> {
    let day = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    day("2026-01-01T00:00:00Z")..day("2028-01-01T00:00:00Z")
}

fn read(file: &[u8]) -> Result<BusyReport, InputError> {
    busy::read(file, years(), berlin(), &Limits::default())
}

fn calendar(inside: &str) -> String {
    format!("BEGIN:VCALENDAR\r\n{inside}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n")
}

/// The report on a calendar with these events: the reasons of those that were not understood.
fn reasons(inside: &str) -> Vec<String> {
    let report = read(calendar(inside).as_bytes()).unwrap();
    let reason = |entry: busy::EventReport| match entry.outcome {
        EventOutcome::NotUnderstood(why) => Some(why),
        _ => None,
    };
    report.entries.into_iter().filter_map(reason).collect()
}

fn taken(report: &BusyReport) -> usize {
    report.count(|outcome| *outcome == EventOutcome::Taken)
}

const WHOLE: &str = "UID:whole\r\nDTSTART:20260105T090000Z\r\nDTEND:20260105T100000Z";

#[test]
fn a_hundred_thousand_components_inside_each_other() {
    for name in [
        "VEVENT",
        "VCALENDAR",
        "X-BOX",
        "VALARM",
        "VTIMEZONE",
        "STANDARD",
    ] {
        let nested = format!("BEGIN:{name}\r\n").repeat(100_000);
        let closed = format!("END:{name}\r\n").repeat(100_000);
        let _ = read((nested.clone() + &event(WHOLE)).as_bytes());
        let file = calendar(&(event(WHOLE) + &nested + &closed));
        assert_eq!(taken(&read(file.as_bytes()).unwrap()), 1, "{name}");
    }
}

#[test]
fn two_hundred_thousand_parameters() {
    let parameters = ";X=Y".repeat(200_000);
    let of_start = event(&format!("DTSTART{parameters}:20260105T090000Z"));
    let in_short_lines = event(&format!("DTSTART{}:20260105T090000Z", ";X=Y".repeat(65)));
    let elsewhere = event(&format!("{WHOLE}\r\nX-ODD{parameters}:1"));
    let file = of_start + &in_short_lines + &elsewhere;
    insta::assert_snapshot!(reasons(&file).join("\n"), @r"
    its DTSTART in line 3 has more than 65536 bytes
    its DTSTART in line 6 has more than 64 parameters
    ");
    assert_eq!(taken(&read(calendar(&file).as_bytes()).unwrap()), 1);
}

#[test]
fn rules_that_name_no_date_or_too_many() {
    let hostile = [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,2;BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21",
        "FREQ=DAILY;COUNT=99999999999999",
        "FREQ=DAILY;INTERVAL=65537",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTHDAY=300",
        "FREQ=YEARLY;BYWEEKNO=54",
        "FREQ=MONTHLY;BYDAY=99MO",
        "FREQ=WEEKLY;BYMONTHDAY=13",
        "FREQ=YEARLY;BYSETPOS=1",
        "FREQ=DAILY;UNTIL=20261399T000000Z",
    ];
    let events: String = hostile
        .iter()
        .map(|rule| event(&format!("DTSTART:20000101T000000Z\r\nRRULE:{rule}")))
        .collect();
    insta::assert_snapshot!(reasons(&events).join("\n"));
}

/// Each of them searches for as long as it may. The first ones use up the budget of the rest.
#[test]
fn thousands_of_rules_without_a_date() {
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=HOURLY;INTERVAL=2;BYHOUR=1",
        "FREQ=DAILY;COUNT=1000000;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,1,2,3,4,5,6,7,8,9;BYYEARDAY=366",
        "FREQ=MONTHLY;BYDAY=5MO,5TU,5WE;BYMONTHDAY=1",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6",
    ] {
        let lines = format!("DTSTART:20230101T000000Z\r\nRRULE:{rule}");
        let file = calendar(&event(&lines).repeat(10_000));
        let limits = Limits {
            steps: 100_000,
            ..Limits::default()
        };
        let report = busy::read(file.as_bytes(), years(), berlin(), &limits).unwrap();
        let is_short_of_work = |outcome: &EventOutcome| match outcome {
            EventOutcome::NotUnderstood(why) => why.contains("more work"),
            other => *other == EventOutcome::Elsewhere,
        };
        let told =
            report.count(|outcome| is_short_of_work(outcome) || *outcome == EventOutcome::Taken);
        assert_eq!(told, 10_000, "{rule}");
    }
}

#[test]
fn a_zone_whose_rules_have_no_end_costs_no_more_than_the_rest() {
    let daylight =
        "BEGIN:DAYLIGHT\r\nDTSTART:19000101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n\
        RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30\r\nEND:DAYLIGHT\r\n"
            .repeat(500);
    let zone = format!("BEGIN:VTIMEZONE\r\nTZID:Mine\r\n{daylight}END:VTIMEZONE\r\n");
    let at = event("DTSTART;TZID=Mine:20260105T090000\r\nDTEND;TZID=Mine:20260105T100000");
    let report = read(calendar(&(zone + &at)).as_bytes()).unwrap();
    assert_eq!(taken(&report), 1);
}

#[test]
fn names_of_zones_that_nobody_knows() {
    let of_many_parts = "/a".repeat(30_000);
    let mut events = String::new();
    for number in 0..100 {
        events += &event(&format!(
            "DTSTART;TZID={of_many_parts}{number}:20260105T090000"
        ));
    }
    for number in 0..20_000 {
        events += &event(&format!("DTSTART;TZID=Nowhere{number}:20260105T090000"));
    }
    let report = read(calendar(&events).as_bytes()).unwrap();
    assert_eq!(
        (taken(&report), report.unknown_zones.len()),
        (20_100, 20_100)
    );
}

/// Each costs work before it produces a date, though none is in the range.
#[test]
fn half_a_million_rules() {
    let rules = "\r\nRRULE:FREQ=YEARLY;COUNT=1".repeat(500_000);
    let said = reasons(&event(&format!("DTSTART:20250105T090000Z{rules}")));
    insta::assert_snapshot!(said.join("\n"), @"the rules of this file take more work than is done for one file");
}

#[test]
fn one_uid_for_fifty_thousand_events_and_overrides() {
    let daily = event("UID:one\r\nDTSTART:20260105T090000Z\r\nDURATION:PT1H");
    let instead =
        "UID:one\r\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260105T090000Z\r\nDTSTART:20260106T090000Z";
    let file = calendar(&(daily.repeat(50_000) + &event(instead).repeat(50_000)));
    let report = read(file.as_bytes()).unwrap();
    assert_eq!(report.entries.len(), 100_000);
    assert_eq!(
        report.count(|outcome| *outcome == EventOutcome::Replaced),
        2 * 49_999
    );
}

#[test]
fn files_beyond_the_limits_are_refused_in_a_sentence() {
    let many = calendar(&"BEGIN:VEVENT\r\nEND:VEVENT\r\n".repeat(200_001));
    let large = vec![b'x'; (20 << 20) + 1];
    let refused = [
        &b""[..],
        b"\0\0\0\0",
        b"<html>\x1b[2J<body>",
        &large,
        many.as_bytes(),
    ];
    let said = refused.map(|file| read(file).unwrap_err().to_string());
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn the_largest_file_that_is_taken() {
    let lines = format!(
        "{WHOLE}\r\nRRULE:FREQ=WEEKLY;COUNT=20\r\nDESCRIPTION:{}",
        "x".repeat(900)
    );
    let one = event(&lines);
    let count = (20 << 20) / one.len() - 1;
    let mut file = String::from("BEGIN:VCALENDAR\r\n");
    for number in 0..count {
        file += &one.replace("UID:whole", &format!("UID:{number:05}"));
    }
    file += "END:VCALENDAR\r\n";
    assert!(file.len() <= 20 << 20 && file.len() > 19 << 20);
    let report = read(file.as_bytes()).unwrap();
    assert_eq!(
        (taken(&report), report.occurrences.len()),
        (count, 20 * count)
    );
    assert_eq!(report.busy().len(), 20);
}

#[test]
fn control_characters_reach_nobody() {
    let file = calendar(&event(
        "SUMMARY:A\0B\x1b[31m\u{7f}C\\nD\r\nDTSTART:2026\u{0}0105T090000Z\r\nDURATION:PT1H",
    ));
    let report = read(file.as_bytes()).unwrap();
    assert_eq!(report.entries[0].summary, "AB[31mC D");
    assert_eq!(taken(&report), 1);
}

#[test]
fn dates_at_the_ends_of_the_calendar() {
    let times = [
        "00000101T000000Z",
        "99991231T235959Z",
        "20260105T235960Z",
        "20260229T000000Z",
    ];
    let lengths = ["PT0S", "P4294967295W", "-P4294967295W", "PT4294967295H"];
    let mut events = String::new();
    for time in times {
        for length in lengths {
            for rule in [
                "",
                "\r\nRRULE:FREQ=YEARLY",
                "\r\nRRULE:FREQ=DAILY;COUNT=1000000",
            ] {
                events += &event(&format!("DTSTART:{time}\r\nDURATION:{length}{rule}"));
            }
        }
    }
    let file = calendar(&events);
    let limits = Limits {
        steps: 10_000,
        ..Limits::default()
    };
    let all_time = DateTime::<Utc>::MIN_UTC..DateTime::<Utc>::MAX_UTC;
    for range in [years(), all_time] {
        let report = busy::read(file.as_bytes(), range, berlin(), &limits).unwrap();
        assert_eq!(report.entries.len(), 4 * 4 * 3);
    }
}
