//! Laws for any file: real lines, combined at random, with random damage.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use waymark_core::zone::Zone;

use crate::any_file::berlin;
use crate::{any_file, any_resource, files_in};

/// Lines of calendars, intact and broken.
const LINES: [&str; 58] = [
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VCALENDAR",
    "END:VCALENDAR",
    "BEGIN:VTIMEZONE",
    "END:VTIMEZONE",
    "BEGIN:STANDARD",
    "END:STANDARD",
    "BEGIN:VALARM",
    "END:VALARM",
    "UID:a",
    "UID:b",
    "UID:plan.verbs.1.0@waymark",
    "UID:plan.1.week.0@waymark",
    "SEQUENCE:2",
    "TZID:Mine",
    "TZOFFSETFROM:+0200",
    "TZOFFSETTO:+0100",
    "TZOFFSETTO:-9959",
    "DTSTART:20260105T090000Z",
    "DTSTART;TZID=Mine:20260301T090000",
    "DTSTART;TZID=America/New_York:20260308T023000",
    "DTSTART;VALUE=DATE:20260228",
    "DTSTART:00010101T000000",
    "DTSTART:99991231T235959Z",
    "DTEND:20260105T100000Z",
    "DTEND;VALUE=DATE:20260303",
    "DTEND;VALUE=DATE:20251120",
    "DURATION:PT90M",
    "DURATION:PT60000H",
    "DURATION:-P4294967295W",
    "RRULE:FREQ=DAILY",
    "RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU;WKST=SU",
    "RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=50",
    "RRULE:FREQ=MONTHLY;BYMONTHDAY=31",
    "RRULE:FREQ=YEARLY;BYWEEKNO=53,1;BYDAY=MO",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "RRULE:FREQ=HOURLY;INTERVAL=7;UNTIL=20260401",
    "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE;BYSETPOS=2,-1",
    "EXRULE:FREQ=DAILY;INTERVAL=2",
    "RDATE:20260401T090000Z,20260402T090000Z",
    "RDATE;VALUE=PERIOD:20260401T090000Z/PT3H",
    "RDATE;VALUE=PERIOD:20260211T090000Z/P60D",
    "EXDATE:20260106T090000Z",
    "EXDATE;VALUE=DATE:20260301",
    "RECURRENCE-ID:20260107T090000Z",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20260120T090000Z",
    "STATUS:CANCELLED",
    "TRANSP:TRANSPARENT",
    "BEGIN:VFREEBUSY",
    "END:VFREEBUSY",
    "FREEBUSY:20260302T090000Z/PT3H,20260303T090000Z/20260310T100000Z",
    "FREEBUSY;FBTYPE=FREE:20260302T090000Z/PT3H",
    "X-WR-TIMEZONE:America/New_York",
    "X-WR-CALNAME:a@example.org",
    "ATTENDEE;PARTSTAT=DECLINED:mailto:a@example.org",
    "X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE",
    "DTSTART:20260301T090000",
];

/// Some events made of such lines, most of them intact.
fn calendars() -> impl Strategy<Value = Vec<u8>> {
    let event = (
        prop::collection::vec(select(&LINES[10..]), 2..9),
        any::<bool>(),
    );
    let events = prop::collection::vec(event, 1..8);
    let stray = prop::collection::vec((any::<Index>(), select(&LINES[..])), 0..4);
    let damage = prop::collection::vec((any::<Index>(), any::<u8>()), 0..4);
    (events, stray, damage, prop::option::of(any::<Index>())).prop_map(
        |(events, stray, damage, cut)| {
            let mut lines = vec!["BEGIN:VCALENDAR"];
            for (inside, is_plain) in events {
                lines.push("BEGIN:VEVENT");
                if is_plain {
                    lines.extend(["UID:a", "DTSTART:20260105T090000Z"]);
                }
                lines.extend(inside);
                lines.push("END:VEVENT");
            }
            lines.push("END:VCALENDAR");
            for (place, line) in stray {
                lines.insert(place.index(lines.len()), line);
            }
            let mut bytes = lines.join("\r\n").into_bytes();
            for (place, byte) in damage {
                let place = place.index(bytes.len());
                bytes[place] = byte;
            }
            if let Some(cut) = cut {
                bytes.truncate(cut.index(bytes.len()));
            }
            bytes
        },
    )
}

/// Found by the fuzzer or in its manner; the names say what they contain.
#[test]
fn what_was_found_once() {
    let from: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
    for (name, bytes) in files_in("found") {
        eprintln!("{name}");
        for day in (1..360).step_by(7) {
            any_file::holds(&bytes, from, (day, 365 - day), berlin());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn real_lines_put_together_at_random(
        bytes in calendars(),
        day in 0i64..500,
        days in (1i64..40, 1i64..40),
        zone in select(vec!["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    ) {
        let from: DateTime<Utc> = "2025-11-01T00:00:00Z".parse().unwrap();
        any_file::holds(&bytes, from + TimeDelta::days(day), days, Zone::bundled(zone).unwrap());
    }

    #[test]
    fn no_bytes_stop_the_program(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let from: DateTime<Utc> = "2026-01-01T00:00:00Z".parse().unwrap();
        any_file::holds(&bytes, from, (200, 200), berlin());
        let inside = [b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", &bytes[..], b"\nEND:VEVENT\n"].concat();
        any_file::holds(&inside, from, (200, 200), berlin());
        any_resource::holds(&String::from_utf8_lossy(&inside));
    }

    #[test]
    fn a_server_gives_real_lines_put_together_at_random(bytes in calendars()) {
        any_resource::holds(&String::from_utf8_lossy(&bytes));
    }
}
