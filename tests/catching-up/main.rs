//! Scenarios of falling behind and catching up as data: a plan file, a log and a current time in;
//! the status of each session, the check-in, the measures and the recovery options out, compared
//! with a reviewed snapshot.
//!
//! The name of `<name>.json` and a sentence in it say what it shows. docs/catching-up.md works some
//! of them out by hand. `SCENARIO=<name> cargo test -p waymark-core --test catching-up` runs one of
//! them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod tell;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use waymark_core::document::Document;
use waymark_core::plan::change::LogWork;
use waymark_core::plan::{Change, ExceptionEntry, Plan};

const FEWEST: usize = 15;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    /// The point of the scenario, in one sentence.
    shows: String,
    /// Name of the base plan in `plans/`; the embedded roadmap if `None`.
    base: Option<String>,
    /// Fields of the plan file that replace those of the base.
    #[serde(default)]
    plan: Map<String, Value>,
    /// The events, in order of time.
    #[serde(default)]
    story: Vec<Happening>,
    /// The current time.
    now: DateTime<Utc>,
    /// The time up to which the learner has seen missed sessions.
    seen: Option<DateTime<Utc>>,
    /// Free times that the learner adds.
    #[serde(default)]
    windows: Vec<ExceptionEntry>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Happening {
    /// Finished work, logged at its end: `2027-01-04T19:00 grammar 120`, on the learner's clock.
    Done(String),
    /// Changes that the learner made.
    Changed {
        at: DateTime<Utc>,
        changes: Vec<Change>,
    },
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/catching-up")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files with this extension, as sorted names without it.
fn files(ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.extension().is_some_and(|found| found == ending));
    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    paths.map(stem).collect()
}

/// The document after all events.
fn document(scenario: &Scenario) -> Document {
    let mut fields: Map<String, Value> = match &scenario.base {
        Some(base) => {
            let path = folder().join(format!("plans/{base}.json"));
            serde_json::from_str(&read(&path)).unwrap()
        }
        None => Map::new(),
    };
    fields.extend(scenario.plan.clone());
    let text = serde_json::to_string(&fields).unwrap();
    let plan = Plan::from_json(&text).unwrap_or_else(|problem| panic!("{problem}"));
    let mut document = Document::new(plan);
    for happening in &scenario.story {
        let (changes, at) = match happening {
            Happening::Changed { at, changes } => (changes.clone(), *at),
            Happening::Done(text) => logged(&document.plan, text),
        };
        let changed = document.changed(&changes, at);
        document = changed.unwrap_or_else(|problem| panic!("{problem}"));
    }
    document.seen = scenario.seen;
    document
}

fn logged(plan: &Plan, text: &str) -> (Vec<Change>, DateTime<Utc>) {
    let [start, item, minutes] = text.split(' ').collect::<Vec<_>>()[..] else {
        panic!("“{text}” is not a start, an item and minutes");
    };
    let local = NaiveDateTime::parse_from_str(start, "%Y-%m-%dT%H:%M").unwrap();
    let end = plan.instant(local) + TimeDelta::minutes(minutes.parse().unwrap());
    let change = Change::Log(LogWork {
        item: item.to_owned(),
        start: start.to_owned(),
        minutes: minutes.to_owned(),
        note: String::new(),
        entry: None,
        again: false,
    });
    (vec![change], end)
}

fn run(scenario: &Scenario) -> String {
    let document = document(scenario);
    let mut text = format!("{}\n\n", scenario.shows);
    tell::plan(&mut text, &document.plan, scenario.now);
    tell::sessions(&mut text, &document.plan, scenario.now);
    tell::measures(&mut text, &document.plan, scenario.now);
    tell::check_in(&mut text, &document, scenario.now);
    tell::options(&mut text, &document.plan, scenario.now, &scenario.windows);
    text
}

#[test]
fn every_scenario_is_as_it_was_reviewed() {
    let only = std::env::var("SCENARIO").ok();
    let is_wanted = |name: &String| only.as_ref().is_none_or(|only| only == name);
    let names: Vec<String> = files("json").into_iter().filter(is_wanted).collect();
    assert!(!names.is_empty(), "there is no scenario {only:?}");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let fails = |name: &&String| {
        let compare = || {
            let text = read(&folder().join(format!("{name}.json")));
            let scenario = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
            let told = run(&scenario);
            settings.bind(|| insta::assert_snapshot!(name.as_str(), told));
        };
        catch_unwind(AssertUnwindSafe(compare)).is_err()
    };
    let failed: Vec<&String> = names.iter().filter(fails).collect();
    assert!(failed.is_empty(), "not as reviewed: {failed:?}");
}

#[test]
fn no_scenario_and_no_snapshot_is_forgotten() {
    let (scenarios, snapshots) = (files("json"), files("snap"));
    assert!(scenarios.len() >= FEWEST, "only {}", scenarios.len());
    assert_eq!(scenarios, snapshots);
}
