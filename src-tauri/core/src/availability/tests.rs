use super::*;
use crate::input_error::ErrorCode;
use crate::samples::zone;
use chrono::Days;
use proptest::prelude::*;

fn minutes(windows: &[Window]) -> Vec<(Weekday, u32, u32)> {
    windows
        .iter()
        .map(|w| (w.day, w.start, w.end - w.start))
        .collect()
}

#[test]
fn ten_hours_are_five_evenings_and_a_saturday_morning() {
    let evening = |day| (day, 19 * 60, 90);
    let days = &week()[..6];
    let mut expected: Vec<_> = days.iter().copied().map(evening).collect();
    expected[5] = (Weekday::Sat, 9 * 60, 150);
    assert_eq!(
        minutes(Week::spread(600, days).unwrap().windows()),
        expected
    );
}

#[test]
fn any_hours_add_up_over_any_days() {
    for week_minutes in (30..=3600).step_by(7) {
        for days in 1..128u32 {
            let days: Vec<Weekday> = week()
                .into_iter()
                .enumerate()
                .filter_map(|(i, day)| (days >> i & 1 == 1).then_some(day))
                .collect();
            match Week::spread(week_minutes, &days) {
                Ok(week) => {
                    let windows = week.windows();
                    let sum: u32 = windows.iter().map(|w| w.end - w.start).sum();
                    assert_eq!(sum, week_minutes);
                    assert!(windows.iter().all(|w| w.end <= 22 * 60 + 30));
                    assert!(windows.iter().all(|w| w.start >= 6 * 60));
                }
                Err(problem) => {
                    assert_eq!(problem.code, ErrorCode::HoursBeyondDays);
                    assert!(f64::from(week_minutes) > 16.5 * 60.0 * days.len() as f64);
                }
            }
        }
    }
    assert_eq!(
        Week::spread(600, &[]).unwrap_err().code,
        ErrorCode::NoStudyDays
    );
}

/// One window on every day of a zone around a clock change; each slot as `local start, UTC start,
/// minutes`.
fn around(name: &str, date: &str, start: u32, end: u32) -> Vec<String> {
    let windows = week().map(|day| Window { day, start, end });
    let date: NaiveDate = date.parse().unwrap();
    let from = date.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(24);
    let availability = Availability::new(zone(name), Week::exact(windows.to_vec()).unwrap());
    availability
        .slots(from)
        .skip_while(|slot| slot.start.local().date() < date)
        .take_while(|slot| slot.start.local().date() <= date + Days::new(1))
        .map(|slot| {
            format!(
                "{} = {} for {}",
                slot.start.local().format("%d %H:%M"),
                slot.start.instant().format("%d %H:%MZ"),
                slot.minutes
            )
        })
        .collect()
}

#[test]
fn clock_changes_lose_the_gap_and_count_the_overlap_once() {
    let night = |name, date| around(name, date, 60, 240);
    let text = [
        (
            "Berlin, 02:00 becomes 03:00",
            night("Europe/Berlin", "2026-03-29"),
        ),
        (
            "Berlin, 03:00 becomes 02:00",
            night("Europe/Berlin", "2026-10-25"),
        ),
        (
            "New York, 02:00 becomes 01:00",
            night("America/New_York", "2026-11-01"),
        ),
        (
            "Lord Howe, half an hour forward",
            night("Australia/Lord_Howe", "2026-10-04"),
        ),
        ("Kolkata never changes", night("Asia/Kolkata", "2026-03-29")),
        (
            "Cairo has no midnight",
            around("Africa/Cairo", "2026-04-24", 0, 120),
        ),
        (
            "Apia has no 30 December",
            around("Pacific/Apia", "2011-12-30", 600, 660),
        ),
    ]
    .map(|(name, slots)| format!("{name}\n  {}", slots.join("\n  ")));
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn a_slot_that_has_begun_is_cut_to_the_next_whole_minute() {
    let windows = [Window {
        day: Weekday::Mon,
        start: 600,
        end: 660,
    }];
    let from = "2027-01-04T09:20:30Z".parse().unwrap();
    let availability = Availability::new(
        zone("Europe/Berlin"),
        Week::exact(windows.to_vec()).unwrap(),
    );
    let first = availability.slots(from).next().unwrap();
    assert_eq!(
        (first.start.instant().to_string().as_str(), first.minutes),
        ("2027-01-04 09:21:00 UTC", 39)
    );
}

proptest! {
    /// Windows of one's own, shortened: each within itself, together the hours asked for.
    #[test]
    fn own_windows_are_shortened_to_the_minutes_asked_for(lengths in prop::collection::vec(1u32..1440, 1..7), part in 0u32..=100) {
        let window = |(day, length): (usize, &u32)| Window { day: week()[day], start: 0, end: *length };
        let own: Vec<Window> = lengths.iter().enumerate().map(window).collect();
        let all: u32 = lengths.iter().sum();
        let shorter = Week::exact(own.clone()).unwrap().with_minutes(all * part / 100).unwrap();
        prop_assert_eq!(shorter.windows().iter().map(Window::minutes).sum::<u32>(), all * part / 100);
        prop_assert!(shorter.windows().iter().all(|w| own.iter().any(|o| o.day == w.day && w.end <= o.end)));
        prop_assert!(shorter.with_minutes(all).unwrap().windows() == own);
        prop_assert!(shorter.with_minutes(all + 1).is_err());
    }
}

/// A journey changes the clock at the midnight that the learner leaves at: to the east, hours are
/// skipped.
#[test]
fn a_journey_is_a_change_of_the_clock() {
    let date: NaiveDate = "2026-03-04".parse().unwrap();
    let at = |text: &str| -> DateTime<Utc> { text.parse().unwrap() };
    let east = Availability {
        moves: vec![(date, zone("Asia/Tokyo"))],
        ..Availability::new(
            zone("Europe/Berlin"),
            Week::spread(600, &week()[..6]).unwrap(),
        )
    };
    let shown = |availability: &Availability, instant: &str| {
        availability.moment_at(at(instant)).local().to_string()
    };
    // Midnight in Berlin is 8 o'clock in Tokyo.
    assert_eq!(shown(&east, "2026-03-03T22:59:00Z"), "2026-03-03 23:59:00");
    assert_eq!(shown(&east, "2026-03-03T23:00:00Z"), "2026-03-04 08:00:00");
    let read = |availability: &Availability, local: &str| {
        availability.moment(local.parse().unwrap()).instant()
    };
    assert_eq!(
        read(&east, "2026-03-03T19:00:00"),
        at("2026-03-03T18:00:00Z")
    );
    assert_eq!(
        read(&east, "2026-03-04T03:00:00"),
        at("2026-03-03T23:00:00Z")
    );
    assert_eq!(
        read(&east, "2026-03-04T09:00:00"),
        at("2026-03-04T00:00:00Z")
    );
    // To the west the day lasts longer.
    let west = Availability {
        zone: zone("Asia/Tokyo"),
        moves: vec![(date, zone("Europe/Berlin"))],
        ..east
    };
    assert_eq!(shown(&west, "2026-03-03T14:59:00Z"), "2026-03-03 23:59:00");
    assert_eq!(shown(&west, "2026-03-03T23:00:00Z"), "2026-03-04 00:00:00");
    assert_eq!(
        read(&west, "2026-03-04T00:00:00"),
        at("2026-03-03T23:00:00Z")
    );
}
/// On the way to the east some hours don't come, and nor do the windows in them. A session that
/// stays then counts towards the caps of the day that it is on.
#[test]
fn slots_are_on_the_clock_of_their_time() {
    let date: NaiveDate = "2027-07-29".parse().unwrap();
    let window = |day, start, end| Window { day, start, end };
    let week = [
        window(Weekday::Wed, 1_000, 1_440),
        window(Weekday::Thu, 0, 600),
        window(Weekday::Fri, 0, 75),
    ];
    let stays = Availability::new(zone("Europe/Berlin"), Week::exact(week.to_vec()).unwrap());
    let goes = |to: &str| Availability {
        moves: vec![(date, zone(to))],
        ..stays.clone()
    };
    let slots = |availability: &Availability| -> Vec<(String, u32)> {
        let from = "2027-07-26T00:00:00Z".parse().unwrap();
        let slots = availability.slots(from).take(4);
        slots
            .inspect(|slot| assert_eq!(availability.moment_at(slot.start.instant()), slot.start))
            .map(|slot| (slot.start.local().to_string(), slot.minutes))
            .collect()
    };
    let wednesday = ("2027-07-28 16:40:00".to_owned(), 440);
    let friday = ("2027-07-30 00:00:00".to_owned(), 75);
    // Midnight in Berlin is half past eight on Lord Howe Island.
    let late = ("2027-07-29 08:30:00".to_owned(), 90);
    assert_eq!(
        slots(&goes("Australia/Lord_Howe"))[..3],
        [wednesday.clone(), late, friday.clone()]
    );
    // To the west the day lasts longer.
    let whole = ("2027-07-29 00:00:00".to_owned(), 600);
    assert_eq!(
        slots(&goes("America/New_York"))[..3],
        [wednesday, whole, friday]
    );
}
