//! The program, and what it works on.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use chrono::{DateTime, Utc};
use tempfile::TempDir;
use waymark_core::calendar::ledger::Ledger;
use waymark_core::document::Document;
use waymark_core::plan::Plan;
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;
use waymark_desk::data_folder::{DataFolder, IDENTIFIER};
use waymark_desk::plan_store::PlanStore;
use waymark_desk::storage::{PLAN, Storage};

/// The program under test.
pub fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin("waymark")
}

/// The arguments that log work in the plan of the desktop app.
pub const LOG: [&str; 4] = ["log", "add", "python", "90"];

pub fn now() -> DateTime<Utc> {
    "2027-01-05T20:00:00Z".parse().unwrap()
}

pub fn plan() -> Plan {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    let zone = Zone::bundled("Europe/Berlin").unwrap();
    Plan::new("p", Roadmap::embedded().unwrap(), start, zone, created).unwrap()
}

/// A learner's folder with a plan of the desktop app, in which an hour is logged.
pub struct Home {
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let home = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let data = DataFolder::new(home.path().join(IDENTIFIER));
        let prepared = data.prepare(now()).unwrap();
        let storage = prepared.plan.storage;
        storage.save_named(PLAN, &Document::new(plan())).unwrap();
        home.run(&["log", "add", "python", "60", "--start", "2027-01-04T19:00"]);
        home
    }

    /// The same files in a folder of their own.
    pub fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(self.path(), folder.path());
        Self { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn storage(&self) -> Storage {
        let data = DataFolder::new(self.path().join(IDENTIFIER));
        data.open_plan().unwrap().unwrap().storage
    }

    /// The minutes logged in the desktop app's plan. Fails if a copy of it is damaged.
    pub fn logged(&self) -> Vec<u32> {
        let copies = self.storage().read_named::<Document>(PLAN).unwrap();
        assert!(copies.damaged.is_empty(), "damaged: {:?}", copies.damaged);
        minutes(&copies.document.expect("a plan"))
    }

    /// The minutes logged in a plan file.
    pub fn logged_in(&self, name: &str) -> Vec<u32> {
        let store = PlanStore::of_file(self.path().join(name));
        minutes(&store.document().unwrap())
    }

    /// The number of exports that a ledger records.
    pub fn exports(&self, ledger: &str) -> u64 {
        let text = fs::read_to_string(self.path().join(ledger)).unwrap();
        Ledger::from_json(&text).unwrap().exports()
    }

    /// A program in this home.
    pub fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.path())
            .env("XDG_DATA_HOME", self.path())
            .env("HOME", self.path())
            .env("WAYMARK_NOW", "2027-01-05T20:00:00Z");
        command
    }

    /// Runs the program, which must succeed.
    pub fn run(&self, arguments: &[&str]) {
        let output = self.command(&program()).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }
}

pub fn minutes(document: &Document) -> Vec<u32> {
    let entries = document.plan.log().iter();
    entries.map(|entry| entry.minutes).collect()
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
