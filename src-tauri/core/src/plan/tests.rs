use chrono::TimeDelta;

use super::*;
use crate::plan::change::{IncludeItem, SetDays, SetHours, SetSessionLength, SetStart, SetZone};
use crate::samples::{embedded as plan, entry};

fn hours(value: &str) -> Change {
    Change::Hours(SetHours {
        value: value.into(),
    })
}

#[test]
fn a_plan_begins_next_monday_or_today_on_a_monday_morning() {
    let start = |now: &str| default_start(now.parse().unwrap()).to_string();
    assert_eq!(start("2027-01-04T07:00:00"), "2027-01-04");
    assert_eq!(start("2027-01-04T12:00:00"), "2027-01-11");
    assert_eq!(start("2027-01-05T07:00:00"), "2027-01-11");
    assert_eq!(start("2027-01-10T23:59:00"), "2027-01-11");
}

/// Else the weeks before the first work would all count as missed.
#[test]
fn with_work_logged_the_start_moves_to_no_earlier_time() {
    let begun = plan().start_instant();
    let work = entry(&plan(), 0, begun + TimeDelta::days(8), 60);
    let logged = plan().changed(&[work], begun + TimeDelta::days(9)).unwrap();
    let start = |plan: &Plan, value: &str| {
        plan.apply(&Change::Start(SetStart {
            value: value.into(),
        }))
    };
    assert!(start(&plan(), "2020-01-06").is_ok());
    assert!(start(&logged, "2027-01-11").is_ok());
    insta::assert_snapshot!(
        start(&logged, "2020-01-06").unwrap_err(),
        @"Start date: 2020-01-06 is before all the work that you logged. Enter 2027-01-04 or a later date."
    );
}

#[test]
fn refusals_name_field_and_value() {
    let start = |value: &str| {
        Change::Start(SetStart {
            value: value.into(),
        })
    };
    let zone = |value: &str| {
        Change::Zone(SetZone {
            value: value.into(),
        })
    };
    let sessions = |min: &str, max: &str| {
        Change::Sessions(SetSessionLength {
            min: min.into(),
            max: max.into(),
        })
    };
    let include = |item: &str| {
        Change::Include(IncludeItem {
            item: item.into(),
            included: true,
        })
    };
    let mut said: Vec<String> = [
        hours("0"),
        hours("-3"),
        hours("NaN"),
        hours("inf"),
        hours("200"),
        hours("ten"),
        hours(""),
        start("2027-02-31"),
        start("9999-01-01"),
        start("1066-10-14"),
        start("+12027-01-01"),
        start("tomorrow"),
        start("04/01/2027"),
        zone("Mars/Olympus"),
        zone(""),
        sessions("0", "60"),
        sessions("90", "60"),
        sessions("30", "1e9"),
        Change::Days(SetDays { days: vec![] }),
        include("python"),
        include("astrology"),
    ]
    .iter()
    .map(|change| plan().apply(change).unwrap_err().to_string())
    .collect();
    let sundays = plan()
        .apply(&Change::Days(SetDays {
            days: vec![Weekday::Sun],
        }))
        .unwrap();
    said.push(sundays.apply(&hours("20")).unwrap_err().to_string());
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_people_type_is_understood() {
    let typed = |change| plan().apply(&change).unwrap();
    assert!((typed(hours(" 7,5 ")).hours_per_week() - 7.5).abs() < f64::EPSILON);
    for (text, minutes) in [
        ("7 h 20 min", 440),
        ("7h20", 440),
        ("5:20", 320),
        ("45 min", 45),
        ("3 h", 180),
    ] {
        let week = typed(hours(text)).availability().week.minutes();
        assert_eq!(week, minutes, "{text}");
    }
    for text in ["7 h 20 h", "h", "min", "1:2:3", "7 hours"] {
        assert!(plan().apply(&hours(text)).is_err(), "{text}");
    }
    let zone = typed(Change::Zone(SetZone {
        value: "america/new_york".into(),
    }))
    .zone();
    assert_eq!(zone.name(), "America/New_York");
    let start = typed(Change::Start(SetStart {
        value: "2028-2-29".into(),
    }))
    .start();
    assert_eq!(start.to_string(), "2028-02-29");
}

/// A plan's id stands unescaped in every event it exports.
#[test]
fn a_plan_id_is_one_plain_word() {
    for id in [
        "",
        "two words",
        "line\r\nSUMMARY:x",
        "a;b",
        &"x".repeat(101),
    ] {
        let file = serde_json::json!({"id": id, "start": "2027-01-04", "zone": "UTC"});
        assert_eq!(
            Plan::from_json(&file.to_string()).unwrap_err().field(),
            "plan id"
        );
    }
}
