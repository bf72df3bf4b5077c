#![allow(clippy::unwrap_used)]
use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::json;
use waymark_core::document::Document;
use waymark_core::plan::change::SetHours;
use waymark_core::plan::{Change, Plan, PlanFile};
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;

use super::*;
use crate::plan_store::PlanStore;
use crate::storage::Storage;

fn plan() -> Plan {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    let zone = Zone::bundled("Europe/Berlin").unwrap();
    Plan::new("p", Roadmap::embedded().unwrap(), start, zone, created).unwrap()
}

fn open(folder: &Path, now: DateTime<Utc>) -> PlanStore {
    let store = PlanStore::of_the_app(Storage::new(folder.to_owned()));
    store.open_or(now, || Ok(plan())).unwrap();
    store
}

fn hours(value: u64) -> Change {
    Change::Hours(SetHours {
        value: value.to_string(),
    })
}

/// Numbers by a seed (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

/// The plain model: plans in memory.
struct Model {
    plan: Plan,
    undo: Vec<Plan>,
    redo: Vec<Plan>,
    /// Every plan before a change, by its generation.
    earlier: BTreeMap<u64, (DateTime<Utc>, Plan)>,
}

impl Model {
    fn change(&mut self, to: Plan) {
        if to != self.plan {
            self.undo.push(std::mem::replace(&mut self.plan, to));
            self.redo.clear();
        }
    }
}

/// Any series of changes, undos, restores and restarts gives the same plan as the plain model, and
/// the ring has the model's earlier plans as the rule keeps them.
fn run(seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let mut numbers = Numbers(seed);
    let mut now: DateTime<Utc> = "2026-12-01T12:00:00Z".parse().unwrap();
    let mut store = open(folder.path(), now);
    let ring = store.ring().unwrap();
    let mut model = Model {
        plan: plan(),
        undo: Vec::new(),
        redo: Vec::new(),
        earlier: BTreeMap::new(),
    };
    let mut kept: Vec<Kept> = Vec::new();
    for _ in 0..60 {
        now += TimeDelta::minutes(i64::try_from(numbers.below(900)).unwrap());
        let before = store.document().unwrap();
        let was = model.plan.clone();
        let change = |change: &dyn Fn(&Document) -> Result<Document, InputError>| {
            store.change(now, |document| change(document)).unwrap();
        };
        match numbers.below(9) {
            0..=4 => {
                let to = hours(5 + numbers.below(4));
                change(&|document| document.changed(std::slice::from_ref(&to), now));
                model.change(was.changed(&[to], now).unwrap());
            }
            5 => {
                change(&|document| Ok(document.undone()?.unwrap_or(document.clone())));
                if let Some(plan) = model.undo.pop() {
                    model.redo.push(std::mem::replace(&mut model.plan, plan));
                }
            }
            6 => {
                change(&|document| Ok(document.redone()?.unwrap_or(document.clone())));
                if let Some(plan) = model.redo.pop() {
                    model.undo.push(std::mem::replace(&mut model.plan, plan));
                }
            }
            7 if !kept.is_empty() => {
                let place = usize::try_from(numbers.below(kept.len() as u64)).unwrap();
                let earlier = ring.plan(kept[place].generation).unwrap();
                let (until, plan) = &model.earlier[&earlier.generation];
                assert_eq!(
                    (earlier.until, &earlier.plan),
                    (*until, plan),
                    "seed {seed}"
                );
                change(&|document| document.replaced("Restore".to_owned(), earlier.plan.clone()));
                model.change(plan.clone());
            }
            _ => store = open(folder.path(), now),
        }
        if model.plan != was {
            let generation = before.generation;
            model.earlier.insert(generation, (now, was));
            kept.push(Kept {
                generation,
                until: now,
                bytes: 0,
            });
            let goes = thinned(&kept, now, MOST_BYTES);
            kept.retain(|kept| !goes.contains(&kept.generation));
        }
        assert_eq!(store.document().unwrap().plan, model.plan, "seed {seed}");
        let mut found: Vec<u64> = ring.kept().unwrap().iter().map(|k| k.generation).collect();
        found.reverse();
        let expected: Vec<u64> = kept.iter().map(|kept| kept.generation).collect();
        assert_eq!(found, expected, "seed {seed}");
    }
    assert!(kept.len() >= 10, "seed {seed}: {}", kept.len());
}

#[test]
fn any_series_of_changes_undos_restores_and_restarts_equals_a_plain_model() {
    for seed in [1, 42, 2027] {
        run(seed);
    }
}

/// A year with work logged on most days, in which only the changes are made that are ever kept for
/// longer: the last of each day, and the latest twenty. All plans that the rule keeps fit into the
/// room, so none goes because of its size.
#[test]
fn a_year_of_use_fits_into_five_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    let ring = Ring::of(folder.path());
    let first: DateTime<Utc> = "2027-01-04T18:00:00Z".parse().unwrap();
    let usual = plan().to_file();
    let mut log = Vec::new();
    let (mut kept, mut most) = (Vec::new(), 0);
    for day in 0..365_i64 {
        let now = first + TimeDelta::days(day);
        if day % 6 != 5 {
            log.push(
                json!({"id": day + 1, "item": "python", "start": now, "minutes": 60 + day % 50,
                "note": format!("Chapter {day}, exercises {} to {}", day * 7 % 31, day * 5 % 83)}),
            );
        }
        let mut file = serde_json::to_value(&usual).unwrap();
        file["log"] = log.clone().into();
        let file: PlanFile = serde_json::from_value(file).unwrap();
        let plan = Plan::from_file(file).unwrap();
        let parts = if day < 361 { 1 } else { 5 };
        for part in 0..parts {
            let until = now + TimeDelta::hours(part);
            let earlier = EarlierPlan {
                generation: u64::try_from(day * 5 + part).unwrap(),
                until,
                change: "Log 1 h of Python".to_owned(),
                plan: plan.clone(),
            };
            ring.add(&earlier).unwrap();
            kept.push(Kept {
                generation: earlier.generation,
                until,
                bytes: 0,
            });
            let goes = thinned(&kept, until, u64::MAX);
            kept.retain(|kept| !goes.contains(&kept.generation));
        }
        let files = fs::read_dir(&ring.folder).unwrap();
        let bytes: u64 = files
            .map(|file| file.unwrap().metadata().unwrap().len())
            .sum();
        assert!(bytes < MOST_BYTES, "day {day}: {bytes}");
        most = most.max(bytes);
    }
    let found: Vec<u64> = ring.kept().unwrap().iter().map(|k| k.generation).collect();
    let expected: Vec<u64> = kept.iter().rev().map(|kept| kept.generation).collect();
    assert_eq!(found, expected);
    eprintln!(
        "a year: {} earlier plans, at most {most} bytes",
        found.len()
    );
}

#[test]
fn damaged_and_foreign_files_are_skipped_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    let now = "2026-12-01T12:00:00Z".parse().unwrap();
    let store = open(folder.path(), now);
    for value in [5, 6, 7] {
        store
            .change(now, |document| document.changed(&[hours(value)], now))
            .unwrap();
    }
    let ring = store.ring().unwrap();
    let notes = ring.folder.join("notes.txt");
    fs::write(&notes, "mine").unwrap();
    let kept = ring.kept().unwrap();
    assert_eq!(kept.len(), 3);
    let newest = ring.path(&kept[0]);
    let text = fs::read(&newest).unwrap();
    fs::write(&newest, &text[..text.len() / 2]).unwrap();
    assert_eq!(ring.plans().unwrap().len(), 2);
    assert!(ring.plan(kept[0].generation).is_err());
    assert!(notes.exists());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&ring.folder), 0o700);
        assert_eq!(mode(&newest), 0o600);
    }
}

/// If all copies of the plan are gone, the latest earlier plan that can be read is opened.
#[test]
fn a_missing_plan_is_restored_from_the_ring_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let now = "2026-12-01T12:00:00Z".parse().unwrap();
    let store = open(folder.path(), now);
    store
        .change(now, |document| document.changed(&[hours(5)], now))
        .unwrap();
    store
        .change(now, |document| document.changed(&[hours(6)], now))
        .unwrap();
    for name in ["plan.json", "plan.earlier.json"] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    let store = PlanStore::of_the_app(Storage::new(folder.path().to_owned()));
    let opened = store.open_or(now, || Ok(plan())).unwrap();
    assert_eq!(opened.document.plan.hours_per_week(), 5.0);
    assert_eq!(
        crate::notices::all(&Storage::new(folder.path().to_owned()))
            .into_iter()
            .map(|notice| notice.text)
            .collect::<Vec<_>>(),
        [
            "No whole copy of the plan was left. It was restored as it was on \
          Tue 1 Dec 2026, 13:00, before “Hours 5 h → 6 h”."
        ]
    );
}

/// A plan that is missing or damaged is opened from its copy, put in its place, and told until the
/// learner has dismissed it: also by a program that was killed before it could tell.
#[test]
fn a_recovery_is_told_until_dismissed() {
    for what in ["missing", "damaged"] {
        let folder = tempfile::tempdir().unwrap();
        let now = "2026-12-01T12:00:00Z".parse().unwrap();
        let store = open(folder.path(), now);
        for value in [5, 6] {
            store
                .change(now, |document| document.changed(&[hours(value)], now))
                .unwrap();
        }
        let path = folder.path().join("plan.json");
        if what == "missing" {
            fs::remove_file(&path).unwrap();
        } else {
            fs::write(&path, "{").unwrap();
        }
        let storage = Storage::new(folder.path().to_owned());
        let seen = PlanStore::of_the_app(storage.clone()).damage().unwrap();
        assert!(seen.unwrap().contains(what));
        // This one is killed before it tells anything.
        drop(open(folder.path(), now));
        let store = open(folder.path(), now);
        assert_eq!(store.document().unwrap().plan.hours_per_week(), 5.0);
        assert!(path.exists());
        assert_eq!(store.damage().unwrap(), None);
        let told = crate::notices::all(&storage);
        assert_eq!(
            told.len(),
            if what == "missing" { 1 } else { 2 },
            "{told:?}"
        );
        assert!(
            told.iter().all(|notice| notice.text.contains(what)),
            "{told:?}"
        );
        for notice in &told {
            crate::notices::dismiss(&storage, &notice.id).unwrap();
        }
        drop(open(folder.path(), now));
        assert_eq!(crate::notices::all(&storage), []);
    }
}
