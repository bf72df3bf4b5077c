use crate::plan::change::{IncludeItem, SetDays, SetHours};
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

/// What an earlier Waymark stored, with its version in the name, still opens, and all of it is there.
#[test]
fn documents_of_earlier_versions_open() {
    let first = include_str!("../../../../tests/documents/version-1.json");
    let first = Document::from_json(first).unwrap();
    assert_eq!(first.generation, 7);
    assert_eq!(first.plan, plan().apply(&hours("7.25")).unwrap());
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
    assert_eq!(second.plan, plan());
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

/// The text of a document in which something was changed by a hand that also mended the checksum.
fn resealed(document: &Document, change: impl FnOnce(&mut Value)) -> String {
    let mut file: Value = serde_json::from_str(&document.to_json().unwrap()).unwrap();
    change(&mut file["document"]);
    let body = file["document"].to_string();
    let hash = crate::envelope::hash(&body);
    format!("{{\"sha256\":\"{hash}\",\"document\":{body}}}")
}

#[test]
fn a_document_of_a_newer_waymark_is_not_taken_for_a_damaged_one() {
    let newer = resealed(&Document::new(plan()), |file| file["version"] = json!(4));
    assert_eq!(
        Document::from_json(&newer).unwrap_err().code,
        ErrorCode::PlanNewer
    );
}

/// Such a step is refused when it is to be taken, and the plan stays as it is; what is no step at all, when the document is opened.
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
    /// Whatever is planned can be stored, and is the same plan when it is read again.
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
