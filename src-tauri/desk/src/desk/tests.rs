#![allow(clippy::unwrap_used)]
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use waymark_core::plan::Change;
use waymark_core::plan::change::SetZone;
use waymark_core::progress::Timer;

use super::*;

/// The time of the test's clock, in seconds since 1970.
static NOW: AtomicI64 = AtomicI64::new(0);

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(NOW.load(Ordering::Relaxed), 0).unwrap()
}

fn set(time: &str) {
    let time: DateTime<Utc> = time.parse().unwrap();
    NOW.store(time.timestamp(), Ordering::Relaxed);
}

/// The computer sleeps over midnight with a timer, wakes with the clock ahead, and the clock is set
/// back later: the work is logged on the evening when it began, for as long as the learner says.
#[test]
fn a_timer_sleeps_over_midnight() {
    set("2027-01-04T22:30:00Z");
    let home = tempfile::tempdir().unwrap();
    let folder = DataFolder::new(home.path().join("data"));
    let open = || Desk::open_by(&folder, Instant::now(), Clock::given(now)).unwrap();
    let desk = open();
    let berlin = Change::Zone(SetZone {
        value: "Europe/Berlin".to_owned(),
    });
    desk.keep(|document, now| document.changed(&[berlin], now))
        .unwrap();
    desk.keep(|document, now| {
        let timer = Timer::start(&document.plan, "python", now)?;
        Ok(document.timing(Some(timer)))
    })
    .unwrap();

    // Awake again at 7:10 in the morning, and once more after a restart.
    set("2027-01-05T06:10:00Z");
    let timer = |desk: &Desk| view(&desk.refreshed(), desk.now()).timer.unwrap();
    assert!(timer(&desk).absurd);
    let desk = open();
    assert!(timer(&desk).absurd);
    let document = desk.document();
    let seconds = document.timer.as_ref().unwrap().seconds(desk.now());
    assert_eq!(TimeDelta::seconds(seconds), TimeDelta::minutes(460));

    // A clock that is set back leaves the timer where it was, and no time is lost below zero.
    set("2027-01-04T22:00:00Z");
    assert_eq!(document.timer.as_ref().unwrap().seconds(desk.now()), 0);

    set("2027-01-05T06:12:00Z");
    desk.keep(|document, now| {
        let timer = document.timer.as_ref().unwrap();
        let entry = timer.entry(&document.plan, Some("40"), now);
        Ok(document.changed(&[entry], now)?.timing(None))
    })
    .unwrap();
    let plan = open().plan();
    let [entry] = plan.log() else {
        panic!("one entry: {:?}", plan.log());
    };
    assert_eq!(entry.minutes, 40);
    assert_eq!(
        entry.start,
        "2027-01-04T22:30:00Z".parse::<DateTime<Utc>>().unwrap()
    );
    assert_eq!(plan.local(entry.start).to_string(), "2027-01-04 23:30:00");
}
