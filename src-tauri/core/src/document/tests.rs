use crate::plan::PlanFile;
use crate::plan::change::{IncludeItem, SetDays, SetFrozenDays, SetHours, SetZone};
use chrono::Weekday;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::packed::Packed;
use super::*;
use crate::roadmap::Roadmap;
use crate::samples::embedded as plan;

fn hours(value: &str) -> Change {
    Change::Hours(SetHours {
        value: value.into(),
    })
}

#[test]
fn a_document_reads_back_the_same() {
    let plan = plan().apply(&hours("7.25")).and_then(|plan| {
        plan.apply(&Change::Include(IncludeItem {
            item: "aws-ml-specialty".into(),
            included: true,
        }))
    });
    let document = Document {
        generation: 7,
        ..Document::new(plan.unwrap())
    };
    let text = document.to_json().unwrap();
    assert_eq!(Document::from_json(&text).unwrap(), document);
}

/// A program that saves compares generations, so that it overwrites no document it hasn't read.
#[test]
fn every_step_is_a_generation_of_its_own() {
    let now = "2027-01-04T12:00:00Z".parse().unwrap();
    let first = Document {
        generation: 7,
        ..Document::new(plan())
    };
    let changed = first.changed(&[hours("6")], now).unwrap();
    let undone = changed.undone().unwrap().unwrap();
    let redone = undone.redone().unwrap().unwrap();
    let steps = [&changed, &undone, &redone, &redone.seen_at(now)];
    assert_eq!(steps.map(|step| step.generation), [8, 9, 10, 11]);
}

/// Documents stored by earlier Waymark versions (named in the file names) still open, with all
/// their data. Their items, which are unchanged, now say when they are done.
#[test]
fn documents_of_earlier_versions_open() {
    let first = include_str!("../../../../tests/documents/version-1.json");
    let first = Document::from_json(first).unwrap();
    assert_eq!(first.generation, 7);
    let hours_set = plan().apply(&hours("7.25")).unwrap();
    assert_eq!(first.plan.to_file(), hours_set.to_file());
    assert_eq!((first.undo, first.timer), (vec![], None));

    // The steps of version 2 were patches.
    let second = include_str!("../../../../tests/documents/version-2.json");
    let mut second = Document::from_json(second).unwrap();
    let learned = second.plan.log()[0].clone();
    assert_eq!((second.generation, learned.minutes), (9, 90));
    assert_eq!(second.timer.as_ref().unwrap().item, "git");
    assert_eq!(second.seen, Some("2027-02-01T12:00:00Z".parse().unwrap()));
    let stored = second.clone();
    let mut names = Vec::new();
    while let Some(step) = second.undo.last() {
        names.push(step.name.clone());
        second = second.undone().unwrap().unwrap();
    }
    assert_eq!(second.plan.to_file(), plan().to_file());
    let expected = [
        "Hours 7.25 → 12",
        "168 sessions moved, 34 added, 4 gone",
        "1 h 30 min of Python logged",
        "Hours 10 → 7.25",
    ];
    assert_eq!(names, expected);
    for _ in names {
        second = second.redone().unwrap().unwrap();
    }
    assert_eq!((second.plan, second.redo), (stored.plan, stored.redo));

    // Version 3 packed its steps, and had no clock rules.
    let third = include_str!("../../../../tests/documents/version-3.json");
    let mut third = Document::from_json(third).unwrap();
    assert_eq!(third.generation, 11);
    assert_eq!(third.seen, Some("2027-02-01T14:00:00Z".parse().unwrap()));
    let redone = third.redone().unwrap().unwrap();
    assert_eq!(redone.plan.hours_per_week(), 12.0);
    let mut names = Vec::new();
    while let Some(step) = third.undo.last() {
        names.push(step.name.clone());
        third = third.undone().unwrap().unwrap();
    }
    assert_eq!(third.plan.to_file(), plan().to_file());
    insta::assert_debug_snapshot!(names);
}

/// A roadmap may be meant for more hours than the learner's days have.
#[test]
fn a_plan_on_one_day_reads_back_the_same() {
    let mut file = Roadmap::embedded().unwrap().file;
    file.nominal_hours_per_week = 20.0;
    let roadmap = Roadmap::from_file(file).unwrap();
    let start = "2027-01-04".parse().unwrap();
    let plan = Plan::new(
        "p",
        roadmap,
        start,
        crate::zone::Zone::utc(),
        DateTime::UNIX_EPOCH,
    )
    .unwrap();
    let monday = Change::Days(SetDays {
        days: vec![Weekday::Mon],
    });
    let plan = plan.apply_all(&[hours("3"), monday]).unwrap();
    let document = Document::new(plan);
    assert_eq!(
        Document::from_json(&document.to_json().unwrap()),
        Ok(document)
    );
}

/// The text of a document edited by hand, with the checksum updated to match.
fn resealed(document: &Document, change: impl FnOnce(&mut Value)) -> String {
    let mut file: Value = serde_json::from_str(&document.to_json().unwrap()).unwrap();
    change(&mut file["document"]);
    let body = file["document"].to_string();
    let hash = crate::envelope::hash(&body);
    format!("{{\"sha256\":\"{hash}\",\"document\":{body}}}")
}

#[test]
fn a_document_of_a_newer_waymark_is_not_taken_for_a_damaged_one() {
    let newer = resealed(&Document::new(plan()), |file| {
        file["version"] = json!(VERSION + 1)
    });
    assert_eq!(
        Document::from_json(&newer).unwrap_err().code,
        ErrorCode::PlanNewer
    );
}

/// Such a step is rejected when it is applied, and the plan stays as it is. Text that is not a step
/// at all is rejected when the document is opened.
#[test]
fn a_step_that_is_none_of_this_plan_is_refused() {
    let now = plan().start_instant();
    let document = Document::new(plan()).changed(&[hours("7")], now).unwrap();
    let other = Packed::new(&json!([{"op": "remove", "path": "/nothing"}])).unwrap();
    let stored = serde_json::to_value(other).unwrap();
    for packed in [json!("not base 64!"), json!("Zm9vYmFy"), stored] {
        let text = resealed(&document, |file| file["undo"][0]["packed"] = packed);
        let refused = Document::from_json(&text).unwrap().undone().unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotUndone);
    }
    for step in [
        json!({"name": "x"}),
        json!({"name": "x", "patch": [], "packed": ""}),
    ] {
        let text = resealed(&document, |file| file["undo"][0] = step);
        assert_eq!(
            Document::from_json(&text).unwrap_err().code,
            ErrorCode::PlanDamaged
        );
    }
}

proptest! {
    /// Any plan can be stored, and reads back the same.
    #[test]
    fn any_plan_reads_back_the_same(plan in crate::samples::plans()) {
        let document = Document::new(plan);
        let read = Document::from_json(&document.to_json().unwrap());
        prop_assert_eq!(read, Ok(document));
    }

    /// No single flipped bit and no cut goes unnoticed.
    #[test]
    fn damage_is_noticed(place in any::<prop::sample::Index>(), bit in 0..8u8, cut in any::<bool>()) {
        let plan = plan();
        let now = plan.start_instant();
        let document = Document::new(plan).changed(&[hours("7")], now).unwrap();
        let mut bytes = document.to_json().unwrap().into_bytes();
        let place = place.index(bytes.len());
        if cut { bytes.truncate(place) } else { bytes[place] ^= 1 << bit }
        let read = String::from_utf8(bytes).ok().and_then(|text| Document::from_json(&text).ok());
        prop_assert!(read.is_none() || read == Some(document));
    }
}

/// A plan as it was stored by the rules of release 2025b: version 3 had no clock rules.
fn stored_before_the_law_changed(plan: &Plan) -> String {
    resealed(&Document::new(plan.clone()), |file| {
        file["version"] = json!(3);
        let plan = file["plan"].as_object_mut().unwrap();
        plan.remove("clock_rules").unwrap();
    })
}

fn vancouver() -> Plan {
    plan()
        .apply(&Change::Zone(SetZone {
            value: "America/Vancouver".into(),
        }))
        .unwrap()
}

#[test]
fn sessions_that_a_new_law_moves_in_utc_are_reported_until_the_plan_is_saved() {
    let now = "2026-12-01T12:00:00Z".parse().unwrap();
    let opened = Document::from_json(&stored_before_the_law_changed(&vancouver())).unwrap();
    let changes = opened.clock_changes(now);
    // By the old law summer time began on 14 March 2027, ended on 7 November, and in 2028 it began
    // on 12 March.
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let winters = [
        day("2026-11-01")..day("2027-03-14"),
        day("2027-11-07")..day("2028-03-12"),
    ];
    let schedule = crate::schedule::current(&opened.plan);
    let dates = schedule
        .sessions
        .iter()
        .map(|session| session.start.local().date());
    let dates: Vec<_> = dates
        .filter(|date| winters.iter().any(|winter| winter.contains(date)))
        .collect();
    assert!(dates.len() > 100);
    let expected = ClockChange {
        place: "Vancouver".to_owned(),
        release: "2026f".to_owned(),
        sessions: dates.len(),
        later: -3600,
    };
    assert_eq!(changes, [expected]);
    insta::assert_snapshot!(
        changes[0].to_string(),
        @"Vancouver changed its clock rules: 165 sessions start an hour earlier in UTC. Their local times stay the same. Export or sync again to update your calendars, and import your busy times again."
    );
    // Sessions that have begun are not reported.
    let spring = "2027-03-20T12:00:00Z".parse().unwrap();
    let later = dates
        .iter()
        .filter(|date| **date > day("2027-03-20"))
        .count();
    assert_eq!(opened.clock_changes(spring)[0].sessions, later);

    let first = crate::schedule::current(&opened.plan).sessions[0].start;
    assert_eq!(dates[0], first.local().date());
    let rest = opened.clock_changes(first.instant());
    assert_eq!(rest[0].sessions, dates.len() - 1);

    let again = Document::from_json(&opened.seen_at(now).to_json().unwrap()).unwrap();
    assert_eq!(
        (again.former_clocks.as_ref(), again.clock_changes(now)),
        (None, vec![])
    );
    let berlin = Document::from_json(&stored_before_the_law_changed(&plan())).unwrap();
    assert_eq!(berlin.former_clocks, None);
}

/// Frozen sessions are stored as instants: the learner agreed to what the clock shows.
#[test]
fn sessions_that_stay_keep_their_local_times_under_a_new_law() {
    let now = "2027-01-06T12:00:00Z".parse().unwrap();
    let frozen = Change::Frozen(SetFrozenDays { value: "14".into() });
    let frozen = vancouver().changed(&[frozen, hours("12")], now).unwrap();
    let kept = |plan: &Plan| -> Vec<String> {
        let kept = &plan.basis().unwrap().kept;
        let local = kept.iter().map(|session| plan.local(session.start));
        local.map(|local| local.to_string()).collect()
    };
    assert!(!kept(&frozen).is_empty());
    // By the rules of 2025b they were an hour later in UTC.
    let mut file = frozen.to_file();
    for session in &mut file.basis.as_mut().unwrap().kept {
        session.start += chrono::TimeDelta::hours(1);
    }
    let stored = Plan::from_file(file).unwrap();
    let opened = Document::from_json(&stored_before_the_law_changed(&stored)).unwrap();
    assert_eq!(kept(&opened.plan), kept(&frozen));
}

/// A change may replace the roadmap too: its undo brings the former one back, also after a restart.
#[test]
fn another_roadmap_is_undone_and_redone() {
    let before = Document::new(plan());
    let mut file = before.plan.to_file();
    let mut roadmap = file.roadmap.take().unwrap();
    roadmap.title = "Mine".to_owned();
    roadmap.phases.truncate(2);
    file.roadmap = Some(roadmap);
    let other = Plan::from_file(file).unwrap();
    let after = before.replaced("Mine".to_owned(), other.clone()).unwrap();
    let stored = Document::from_json(&after.to_json().unwrap()).unwrap();
    assert_eq!(stored.plan, other);
    let undone = stored.undone().unwrap().unwrap();
    assert_eq!(undone.plan, before.plan);
    let redone = undone.redone().unwrap().unwrap();
    assert_eq!(redone.plan, other);

    let stranger = PlanFile {
        id: "stranger".to_owned(),
        ..before.plan.to_file()
    };
    let stranger = Plan::from_file(stranger).unwrap();
    let error = before.replaced("x".to_owned(), stranger).unwrap_err();
    assert_eq!(error.code, ErrorCode::NotUndone);
}

/// Each change leaves the plan that it replaced, under its own name.
#[test]
fn a_change_leaves_an_earlier_plan() {
    let now = "2027-01-05T12:00:00Z".parse().unwrap();
    let before = Document::new(plan());
    let after = before.changed(&[hours("8")], now).unwrap();
    let earlier = EarlierPlan::before(&before, &after, now).unwrap();
    assert_eq!((&earlier.plan, earlier.until), (&before.plan, now));
    assert_eq!(earlier.generation, before.generation);
    assert_eq!(earlier.change, "Hours 10 h → 8 h");
    let text = earlier.to_json().unwrap();
    let zones = ZoneDatabase::bundled();
    assert_eq!(EarlierPlan::from_json_in(&text, zones).unwrap(), earlier);

    let undone = after.undone().unwrap().unwrap();
    let earlier = EarlierPlan::before(&after, &undone, now).unwrap();
    assert_eq!(earlier.change, "Undo: Hours 10 h → 8 h");
    let redone = undone.redone().unwrap().unwrap();
    let earlier = EarlierPlan::before(&undone, &redone, now).unwrap();
    assert_eq!(earlier.change, "Hours 10 h → 8 h");
    assert_eq!(EarlierPlan::before(&after, &after, now), None);
}

/// A text that somebody edited is told from one that was damaged: it can be read without its
/// checksum.
#[test]
fn an_edited_document_is_told_from_a_damaged_one() {
    let text = Document::new(plan()).to_json().unwrap();
    let code = |text: &str| Document::from_json(text).unwrap_err().code;
    let edited = text.replace("Europe/Berlin", "Europe/Vienna");
    assert_ne!(edited, text);
    assert_eq!(code(&edited), ErrorCode::PlanEdited);
    assert_eq!(code(&text[..text.len() / 2]), ErrorCode::PlanDamaged);
}
