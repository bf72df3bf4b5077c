//! Any bytes as a calendar file: no panic, no work beyond the bounds, and a report that holds together.
//!
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run busy fuzz/corpus/busy tests/busy/files -- -dict=fuzz/ics.dict -runs=1000000`
#![no_main]

use chrono::DateTime;
use chrono_tz::Europe::Berlin;
use libfuzzer_sys::fuzz_target;
use waymark_core::calendar::busy::{self, Limits};

fuzz_target!(|bytes: &[u8]| {
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    // The years 2026 and 2027.
    let (from, until) = (instant(1_767_225_600), instant(1_830_297_600));
    let limits = Limits {
        steps: 20_000,
        ..Limits::default()
    };
    let Ok(report) = busy::read(bytes, from..until, Berlin, &limits) else {
        return;
    };
    for found in &report.occurrences {
        assert!(found.start <= found.end && found.start < until && found.end >= from);
        assert!(found.entry < report.entries.len());
    }
    let busy = report.busy();
    assert!(busy.windows(2).all(|pair| pair[0].end < pair[1].start));
    assert!(report.lines().iter().all(|line| !line.contains(char::is_control)));
});
