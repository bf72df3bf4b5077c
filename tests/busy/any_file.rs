//! Properties of any bytes read as a calendar file. The tests check them on some files, the fuzz
//! target on many more.

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use waymark_core::calendar::busy::{self, BusyReport, EventOutcome, Limits};
use waymark_core::zone::Zone;

/// Number of days to look at in two halves and as a whole.
pub type Days = (i64, i64);

/// The learner's own zone, unless a test is about another one.
pub fn berlin() -> Zone {
    Zone::bundled("Europe/Berlin").expect("the zones come with Waymark")
}

/// No panic, no work beyond the bounds, a consistent report, and occurrences that do not depend on
/// the start of the range.
pub fn holds(bytes: &[u8], from: DateTime<Utc>, days: Days, zone: Zone) {
    let middle = from + TimeDelta::days(days.0);
    let (Some(whole), Some(first), Some(second)) = (
        read(bytes, from, days.0 + days.1, zone),
        read(bytes, from, days.0, zone),
        read(bytes, middle, days.1, zone),
    ) else {
        return;
    };
    for found in &whole.occurrences {
        assert!(found.start <= found.end);
        assert!(found.start < whole.range.end && found.end >= from);
        assert!(found.entry < whole.entries.len());
    }
    let busy = whole.busy();
    assert!(busy.windows(2).all(|pair| pair[0].end < pair[1].start));
    let lines = whole.lines();
    assert!(lines.iter().all(|line| !line.contains(char::is_control)));

    if ![&whole, &first, &second].into_iter().any(is_short_of_work) {
        let range = &whole.range;
        let mut both = times(&first, range);
        both.extend(times(&second, range));
        assert_eq!(in_order(both), in_order(times(&whole, range)));
    }
}

fn read(bytes: &[u8], from: DateTime<Utc>, days: i64, zone: Zone) -> Option<BusyReport> {
    let until = from + TimeDelta::days(days);
    let limits = Limits {
        steps: 5_000,
        ..Limits::default()
    };
    busy::read(bytes, from..until, zone, &limits).ok()
}

/// An expansion that hits its bound depends on the start of the range.
fn is_short_of_work(report: &BusyReport) -> bool {
    report.count(
        |outcome| matches!(outcome, EventOutcome::NotUnderstood(why) if why.contains("more work")),
    ) > 0
}

type Time = (DateTime<Utc>, DateTime<Utc>, usize);

/// The range with reliable occurrences: a century around, within which the clock changes of a zone
/// defined in the file are known.
fn times(report: &BusyReport, range: &Range<DateTime<Utc>>) -> Vec<Time> {
    let century = TimeDelta::days(36_525);
    let known = |time: DateTime<Utc>| time.clamp(range.start - century, range.end + century);
    let times = report.occurrences.iter();
    times
        .map(|found| (known(found.start), known(found.end), found.entry))
        .collect()
}

fn in_order(mut times: Vec<Time>) -> Vec<Time> {
    times.sort_unstable();
    times.dedup();
    times
}
