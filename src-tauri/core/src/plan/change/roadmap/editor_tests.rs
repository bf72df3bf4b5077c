//! The editor's changes, each with its undo and its stored form.

use serde_json::json;

use super::tests::{change, changed, plan, rejected};
use crate::document::Document;
use crate::plan::Plan;
use crate::schedule::current;

/// The roadmap in short: each phase with its weeks and items, their minutes and prerequisites.
fn short(plan: &Plan) -> String {
    let file = &plan.roadmap().file;
    let mut lines = Vec::new();
    for (phase, entry) in plan.roadmap().phases.iter().zip(&file.phases) {
        let weeks = entry.weeks.map(|weeks| format!(" {weeks}w"));
        lines.push(format!(
            "{}{} after {:?}",
            phase.title,
            weeks.unwrap_or_default(),
            entry.requires
        ));
        for (index, item) in phase.items.clone().zip(&entry.items) {
            let minutes = plan.roadmap().items[index].effort_minutes;
            lines.push(format!(
                "  {} {minutes} after {:?}",
                item.title, item.requires
            ));
        }
    }
    lines.join("\n")
}

fn minutes(plan: &Plan, id: &str) -> u32 {
    plan.roadmap().items[plan.roadmap().item(id).unwrap()].effort_minutes
}

/// Each change as the editor sends it, one after the other.
#[test]
fn items_and_phases_are_edited_with_one_undo_step_each() {
    let changes = [
        json!({"kind": "addItem", "phase": "first", "before": "write", "title": "Listen: a talk", "effort": "1.5 h"}),
        json!({"kind": "renameItem", "item": "listen-a-talk", "title": "Hear a talk"}),
        json!({"kind": "effort", "item": "write", "value": "2 weeks"}),
        json!({"kind": "itemKind", "item": "write", "value": "project"}),
        json!({"kind": "moveItem", "item": "read", "phase": "second", "before": "teach"}),
        json!({"kind": "prerequisite", "item": "teach", "needs": "speak", "added": true}),
        json!({"kind": "split", "item": "speak", "title": "Speak up", "effort": "90m"}),
        json!({"kind": "removeItem", "item": "speak", "confirmed": false}),
        json!({"kind": "merge", "item": "teach", "with": "read"}),
        json!({"kind": "addPhase", "before": "second", "title": "Between"}),
        json!({"kind": "renamePhase", "phase": "between", "title": "In between"}),
        json!({"kind": "outcome", "phase": "between", "title": "Rested"}),
        json!({"kind": "phaseWeeks", "phase": "second", "value": "4 weeks"}),
        json!({"kind": "movePhase", "phase": "second", "before": "first"}),
        json!({"kind": "phaseWeeks", "phase": "second", "value": ""}),
        json!({"kind": "removePhase", "phase": "first", "confirmed": false}),
        json!({"kind": "optional", "item": "teach", "optional": true}),
    ];
    let mut plan = plan();
    let mut told = vec![short(&plan)];
    for value in &changes {
        let next = changed(&plan, value);
        told.push(format!("\n{}", plan.name_of(&[change(value)], &next)));
        told.push(short(&next));
        plan = next;
    }
    insta::assert_snapshot!(told.join("\n"));
}

#[test]
fn an_edit_that_cannot_be_is_rejected_in_words() {
    let circle = changed(
        &plan(),
        &json!({"kind": "prerequisite", "item": "write", "needs": "READ", "added": true}),
    );
    let said = [
        json!({"kind": "addItem", "phase": "first", "before": null, "title": " ", "effort": "2h"}),
        json!({"kind": "addItem", "phase": "first", "before": null, "title": "X", "effort": "soon"}),
        json!({"kind": "addItem", "phase": "first", "before": "speak", "title": "X", "effort": "2"}),
        json!({"kind": "effort", "item": "read", "value": "-3h"}),
        json!({"kind": "effort", "item": "read", "value": "99999h"}),
        json!({"kind": "effort", "item": "read", "value": "NaN"}),
        json!({"kind": "moveItem", "item": "read", "phase": "third", "before": null}),
        json!({"kind": "split", "item": "read", "title": "X", "effort": "5h"}),
        json!({"kind": "merge", "item": "read", "with": "read"}),
        json!({"kind": "prerequisite", "item": "read", "needs": "write", "added": true}),
        json!({"kind": "prerequisite", "item": "read", "needs": "SECOND", "added": true}),
        json!({"kind": "prerequisite", "item": "read", "needs": "astrology", "added": true}),
        json!({"kind": "prerequisite", "item": "write", "needs": "read", "added": true}),
        json!({"kind": "prerequisite", "item": "read", "needs": "speak", "added": false}),
        json!({"kind": "phaseWeeks", "phase": "first", "value": "1.5"}),
        json!({"kind": "addPhase", "before": "third", "title": "X"}),
    ]
    .map(|value| rejected(&circle, &value));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn efforts_are_typed_in_hours_minutes_or_weeks() {
    // Three hours a week.
    for (typed, expected) in [
        ("12h", 720),
        ("12", 720),
        ("90m", 90),
        ("90 min", 90),
        ("1.5 h", 90),
        ("1,5h", 90),
        ("1 h 30 min", 90),
        ("1h30m", 90),
        ("1:30", 90),
        ("2 weeks", 360),
        ("1 week", 180),
        ("0", 0),
    ] {
        let plan = plan();
        let edited = plan.apply(&change(
            &json!({"kind": "effort", "item": "read", "value": typed}),
        ));
        assert_eq!(minutes(&edited.unwrap(), "read"), expected, "{typed}");
    }
}

/// Of a phase with weeks, the other items keep their effort.
#[test]
fn an_edited_effort_leaves_that_of_other_items() {
    let plan = crate::samples::embedded();
    let before = minutes(&plan, "git");
    let longer = changed(
        &plan,
        &json!({"kind": "effort", "item": "python", "value": "40h"}),
    );
    assert_eq!(
        (minutes(&longer, "python"), minutes(&longer, "git")),
        (2400, before)
    );
    assert!(current(&longer).finish() > current(&plan).finish());
    let less = changed(
        &plan,
        &json!({"kind": "removeItem", "item": "python", "confirmed": false}),
    );
    assert_eq!(minutes(&less, "git"), before);
}

/// A removed item with a log is asked about, and its log stays.
#[test]
fn the_log_of_a_removed_item_stays() {
    let plan = plan();
    let log = json!({"kind": "log", "item": "read", "start": "2027-01-05T19:00", "minutes": "45", "note": "", "entry": null});
    let later = "2027-01-06T08:00:00Z".parse().unwrap();
    let logged = Document::new(plan).changed(&[change(&log)], later).unwrap();
    let remove =
        |confirmed: bool| json!({"kind": "removeItem", "item": "read", "confirmed": confirmed});
    let error = logged
        .plan
        .changed(&[change(&remove(false))], later)
        .unwrap_err();
    insta::assert_snapshot!(error.to_string(), @"Item: “READ” has 45 min in the log. The log stays if you remove it.");
    let removed = logged.changed(&[change(&remove(true))], later).unwrap();
    assert_eq!(removed.plan.log(), logged.plan.log());
    assert_eq!(removed.plan.title_of("read"), "READ");
    assert_eq!(
        Plan::from_file(removed.plan.to_file()).unwrap(),
        removed.plan
    );
    // The session that was under way and the first plan name it too.
    let replan = json!({"kind": "replan", "keep": "fitting"});
    let replanned = removed.changed(&[change(&replan)], later).unwrap();
    assert_eq!(
        Plan::from_file(replanned.plan.to_file()).unwrap(),
        replanned.plan
    );
    assert_eq!(removed.undone().unwrap().unwrap().plan, logged.plan);
    // A new item never gets its id.
    let add = json!({"kind": "addItem", "phase": "first", "before": null, "title": "Read", "effort": "1h"});
    let added = removed.changed(&[change(&add)], later).unwrap();
    assert!(added.plan.roadmap().item("read").is_none());
    assert!(added.plan.roadmap().item("read-2").is_some());
}

/// Work that was done of either item counts for the merged one.
#[test]
fn merged_items_share_log_and_effort() {
    let log = |item: &str, start: &str| json!({"kind": "log", "item": item, "start": start, "minutes": "60", "note": "", "entry": null});
    let later = "2027-01-10T08:00:00Z".parse().unwrap();
    let changes: Vec<_> = [
        log("read", "2027-01-05T19:00"),
        log("write", "2027-01-09T09:00"),
    ]
    .iter()
    .map(change)
    .collect();
    let before = Document::new(plan()).changed(&changes, later).unwrap();
    let merge = change(&json!({"kind": "merge", "item": "read", "with": "write"}));
    let after = before.changed(&[merge], later).unwrap();
    assert_eq!(after.plan.logged()["read"], 120);
    assert_eq!(after.plan.left()[0], 300 + 120 - 120);
    assert_eq!(Plan::from_file(after.plan.to_file()).unwrap(), after.plan);
    let sessions = |plan: &Plan| plan.past().len();
    assert!(sessions(&after.plan) > 0 && after.plan.past().iter().all(|s| s.item == "read"));
    assert_eq!(after.undone().unwrap().unwrap().plan, before.plan);
}

/// Any edits, one after the other: none panics, each is stored and undone, and effort is only
/// changed where it was asked for.
#[test]
fn any_edits_keep_the_plan_whole() {
    let mut seed = 7_u64;
    let mut random = move |most: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(seed >> 33).unwrap() % most
    };
    let mut plan = crate::samples::embedded();
    for _ in 0..120 {
        let items: Vec<String> = plan.roadmap().items.iter().map(|i| i.id.clone()).collect();
        let phases: Vec<String> = plan.roadmap().phases.iter().map(|p| p.id.clone()).collect();
        let item = &items[random(items.len())];
        let other = &items[random(items.len())];
        let phase = &phases[random(phases.len())];
        let value = match random(9) {
            0 => {
                json!({"kind": "addItem", "phase": phase, "before": null, "title": "New", "effort": "3h"})
            }
            1 => json!({"kind": "removeItem", "item": item, "confirmed": false}),
            2 => json!({"kind": "moveItem", "item": item, "phase": phase, "before": null}),
            3 => json!({"kind": "split", "item": item, "title": "Half", "effort": "30m"}),
            4 => json!({"kind": "merge", "item": item, "with": other}),
            5 => json!({"kind": "prerequisite", "item": item, "needs": other, "added": true}),
            6 => {
                json!({"kind": "movePhase", "phase": phase, "before": phases[random(phases.len())]})
            }
            7 => json!({"kind": "phaseWeeks", "phase": phase, "value": "3"}),
            _ => json!({"kind": "effort", "item": item, "value": "7h"}),
        };
        let document = Document::new(plan.clone());
        let Ok(made) = document.changed(&[change(&value)], plan.created()) else {
            continue;
        };
        let Some(undone) = made.undone().unwrap() else {
            assert_eq!(made.plan, plan, "{value}");
            continue;
        };
        assert_eq!(undone.plan, plan, "{value}");
        assert_eq!(
            Plan::from_file(made.plan.to_file()).unwrap(),
            made.plan,
            "{value}"
        );
        let all =
            |plan: &Plan| -> u32 { plan.roadmap().items.iter().map(|i| i.effort_minutes).sum() };
        if ["moveItem", "split", "merge", "prerequisite", "movePhase"]
            .iter()
            .any(|kind| value["kind"] == **kind)
        {
            assert_eq!(all(&made.plan), all(&plan), "{value}");
        }
        plan = made.plan;
    }
}
