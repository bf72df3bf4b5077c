use super::*;
use crate::plan::change::{IncludeItem, Replan, SetStart, SetTarget};
use crate::plan::{Change, Keep, Plan};
use crate::schedule::schedule;

#[test]
fn what_moved_from_where_to_where_and_why() {
    let plan =
        Plan::from_json(r#"{"id": "p", "start": "2027-01-04", "zone": "Europe/Berlin"}"#).unwrap();
    let lay = |plan: &Plan| schedule(plan, plan.start_instant());
    let before = lay(&plan);
    let later = plan
        .apply(&Change::Start(SetStart {
            value: "2027-01-11".into(),
        }))
        .unwrap();
    let moved = differences(&before, &lay(&later));
    // The first Monday's session moved to the first Monday after all others of its item.
    let python = plan.roadmap().item("python").unwrap();
    let gone: Vec<i64> = moved
        .iter()
        .filter(|d| d.item == python)
        .map(|d| d.from.unwrap().0.seconds)
        .collect();
    let first_week = before
        .sessions
        .iter()
        .filter(|s| s.item() == python)
        .map(|s| s.start.seconds);
    let first_week: Vec<i64> = first_week
        .take_while(|start| *start < later.start_instant().timestamp())
        .collect();
    assert_eq!(gone[..first_week.len()], first_week);
    assert!(moved.iter().all(|d| d.from != d.to));

    // One more certificate: its sessions are new, and only the career track after it moves.
    let include = Change::Include(IncludeItem {
        item: "aws-ml-specialty".into(),
        included: true,
    });
    let added = differences(&before, &lay(&plan.apply(&include).unwrap()));
    let certificate = plan.roadmap().item("aws-ml-specialty").unwrap();
    let new: u32 = added
        .iter()
        .filter(|d| d.item == certificate)
        .map(|d| d.to.unwrap().1)
        .sum();
    assert_eq!(new, 40 * 60);
    assert!(
        added
            .iter()
            .all(|d| plan.roadmap().items[d.item].phase >= 8)
    );
    let back = differences(&lay(&plan.apply(&include).unwrap()), &before);
    assert!(
        back.iter()
            .zip(&added)
            .all(|(back, there)| (back.from, back.to) == (there.to, there.from))
    );
}

/// Undo reports the changes of a re-plan.
#[test]
fn a_replan_is_named_by_what_it_moved() {
    let plan =
        Plan::from_json(r#"{"id": "p", "start": "2027-01-04", "zone": "Europe/Berlin"}"#).unwrap();
    let now = plan.start_instant() + chrono::TimeDelta::days(9);
    let replan = |keep| Change::Replan(Replan { keep });
    let named = |plan: &Plan, change: Change| {
        let changes = [change];
        let after = plan.changed(&changes, now).unwrap();
        (plan.name_of(&changes, &after), after)
    };
    let (name, after) = named(&plan, replan(Keep::Frozen));
    let Moves { moved, added, gone } = moves(&plan, &after);
    assert_eq!(
        name,
        format!("{moved} sessions moved, {added} added, {gone} gone")
    );
    let to_come = current(&plan).sessions;
    let to_come = to_come.iter().filter(|s| s.start.instant() >= now).count();
    assert_eq!(
        to_come + added - gone,
        current(&after).sessions.len(),
        "{name}"
    );
    assert!(added > gone, "what was missed has new sessions");
    // A second re-plan at once changes nothing.
    let (name, again) = named(&after, replan(Keep::Fitting));
    assert_eq!(name, "Rescheduled, nothing moved");
    assert_eq!(moves(&after, &again), Moves::default());
    // A change that only names or logs moves nothing.
    let target = Change::Target(SetTarget {
        value: "2028-06-01".into(),
    });
    assert_eq!(moves(&after, &named(&after, target).1), Moves::default());
}
