//! Scenarios as data: a plan file in, the schedule in words out, compared with a reviewed snapshot.
//!
//! The name of `<name>.json` and a sentence in it say what it shows; `<name>.snap` is the result.
//! `SCENARIO=<name> cargo test -p waymark-core --test scenarios` runs one of them. Files in
//! `refused/` are invalid plan files; `refused/sentences.snap` has the error of each.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod tell;

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use waymark_core::plan::{Change, Plan};
use waymark_core::schedule::{current, schedule};

const FEWEST: usize = 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    /// The point of the scenario, in one sentence.
    shows: String,
    /// The plan's start if `None`.
    now: Option<DateTime<Utc>>,
    /// A plan file.
    plan: Map<String, Value>,
    /// Changes that follow.
    then: Option<Then>,
}

/// Changes that the learner makes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Then {
    /// The scenario's `now` if `None`.
    now: Option<DateTime<Utc>>,
    changes: Vec<Change>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/scenarios")
}

/// The files with this extension, as sorted names without it.
fn files(folder: &Path, ending: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let paths = paths.filter(|path| path.extension().is_some_and(|found| found == ending));
    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    paths.map(stem).collect()
}

fn run(scenario: &Scenario) -> String {
    let plan = serde_json::to_string(&scenario.plan).unwrap();
    let plan = Plan::from_json(&plan).unwrap_or_else(|problem| panic!("{problem}"));
    let now = scenario.now.unwrap_or(plan.start_instant());
    let scheduled = schedule(&plan, now);
    let mut text = format!("{}\n\n", scenario.shows);
    tell::plan(&mut text, &plan, now);
    tell::schedule(&mut text, &plan, &scheduled, now);
    if let Some(then) = &scenario.then {
        let now = then.now.unwrap_or(now);
        let changed = plan.changed(&then.changes, now);
        let changed = changed.unwrap_or_else(|problem| panic!("{problem}"));
        let after = current(&changed);
        text.push_str("\n\n=== then ===\n\n");
        tell::plan(&mut text, &changed, now);
        tell::schedule(&mut text, &changed, &after, now);
        tell::differences(&mut text, (&plan, &scheduled), (&changed, &after));
    }
    text
}

fn settings(folder: &Path) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn every_scenario_is_as_it_was_reviewed() {
    let only = std::env::var("SCENARIO").ok();
    let is_wanted = |name: &String| only.as_ref().is_none_or(|only| only == name);
    let names: Vec<String> = files(&folder(), "json")
        .into_iter()
        .filter(is_wanted)
        .collect();
    assert!(!names.is_empty(), "there is no scenario {only:?}");
    let fails = |name: &&String| {
        let compare = || {
            let text = fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
            let scenario = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
            let told = run(&scenario);
            settings(&folder()).bind(|| insta::assert_snapshot!(name.as_str(), told));
        };
        catch_unwind(AssertUnwindSafe(compare)).is_err()
    };
    let failed: Vec<&String> = names.iter().filter(fails).collect();
    assert!(failed.is_empty(), "not as reviewed: {failed:?}");
}

#[test]
fn no_scenario_and_no_snapshot_is_forgotten() {
    let (scenarios, snapshots) = (files(&folder(), "json"), files(&folder(), "snap"));
    assert!(scenarios.len() >= FEWEST, "only {}", scenarios.len());
    assert_eq!(scenarios, snapshots);
    let refused = files(&folder().join("refused"), "snap");
    assert_eq!(refused, BTreeSet::from(["sentences".to_owned()]));
}

#[test]
fn what_cannot_be_planned_with_is_refused_in_one_sentence() {
    let folder = folder().join("refused");
    let sentence = |name: String| {
        let text = fs::read_to_string(folder.join(format!("{name}.json"))).unwrap();
        match Plan::from_json(&text) {
            Err(problem) => {
                assert_eq!(problem.to_string().lines().count(), 1, "{name}: {problem}");
                format!("{name} [{}]\n  {problem}\n", problem.code)
            }
            Ok(_) => format!("{name}\n  ACCEPTED\n"),
        }
    };
    let sentences: Vec<String> = files(&folder, "json").into_iter().map(sentence).collect();
    let accepted = sentences.iter().filter(|said| said.contains("ACCEPTED"));
    let accepted: Vec<&String> = accepted.collect();
    assert!(accepted.is_empty(), "{accepted:?}");
    settings(&folder).bind(|| insta::assert_snapshot!("sentences", sentences.join("\n")));
}
