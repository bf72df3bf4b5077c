//! Every system call of a plan's removal and of a switch to another plan, killed and failed.

use std::fs;

use waymark_core::document::Document;
use waymark_desk::data_folder::{DataFolder, IDENTIFIER, PlanFolder};
use waymark_desk::storage::PLAN;

use crate::programs::{Home, now, program};
use crate::strace::Traced;
use crate::sweep::{State, Subject, sweep};

/// A home with two plans, of which the second is open. Returns the id of the first.
fn two_plans() -> (Home, String) {
    let home = Home::new();
    let first = data(&home).open_plan().unwrap().unwrap().id;
    home.run(&["plans", "new", "--template", "guitar", "--name", "Guitar"]);
    (home, first)
}

fn data(home: &Home) -> DataFolder {
    DataFolder::new(home.path().join(IDENTIFIER))
}

/// Whether a plan's document can be read, with nothing damaged.
fn is_whole(plan: &PlanFolder) -> bool {
    let copies = plan.storage.read_named::<Document>(PLAN).unwrap();
    copies.damaged.is_empty() && copies.document.is_some()
}

/// The plans in the list, if one of them is open and all are whole.
fn listed(home: &Home) -> Option<Vec<PlanFolder>> {
    let plans = data(home).plans().unwrap();
    let is_one_open = plans.iter().filter(|plan| plan.is_open).count() == 1;
    (is_one_open && plans.iter().all(is_whole)).then_some(plans)
}

#[test]
fn a_plan_is_listed_or_removed_after_every_fault_of_its_removal() {
    let (home, first) = two_plans();
    let subject = Subject {
        traced: Traced {
            program: &program(),
            arguments: &["plans", "remove", &first],
        },
        everywhere: false,
        from: ".plans.json.lock",
        home: &home,
        state: &|home| {
            let Some(plans) = listed(home) else {
                return State::Lost;
            };
            let removed = data(home).removed().unwrap();
            let is_back = |plan: &PlanFolder| plan.id == first && is_whole(plan);
            match (plans.iter().any(is_back), &removed[..]) {
                (true, []) => State::Before,
                (false, [plan]) if plan.id == first => {
                    let back = data(home).bring_back(&first, now()).unwrap();
                    let kept = fs::read_dir(home.path().join(IDENTIFIER).join("removed"));
                    assert_eq!(kept.unwrap().count(), 0);
                    if is_back(&back) {
                        State::After
                    } else {
                        State::Lost
                    }
                }
                _ => State::Lost,
            }
        },
    };
    let count = sweep("remove a plan", &subject);
    assert!(count.points > 50, "{count:?}");
}

#[test]
fn one_plan_is_open_after_every_fault_of_a_switch() {
    let (home, first) = two_plans();
    let subject = Subject {
        traced: Traced {
            program: &program(),
            arguments: &["plans", "open", &first],
        },
        everywhere: false,
        from: ".plans.json.lock",
        home: &home,
        state: &|home| {
            let open = |plans: Vec<PlanFolder>| plans.into_iter().find(|plan| plan.is_open);
            match listed(home).and_then(open) {
                Some(plan) if plan.id == first => State::After,
                Some(_) => State::Before,
                None => State::Lost,
            }
        },
    };
    let count = sweep("open another plan", &subject);
    assert!(count.points > 50, "{count:?}");
}
