//! Another project's calendar program, khal, imports the plan, and imports it again after each
//! re-plan.
//!
//! khal identifies events by their UIDs, overwrites known ones, and shows a cancelled event crossed
//! out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{Result, of_python, sessions, text};

/// Each event that khal shows, as UID, start, end and title.
type Shown = BTreeMap<String, [String; 3]>;

struct Learner {
    folder: tempfile::TempDir,
    plan: [&'static str; 4],
}

impl Learner {
    fn new() -> Result<Self> {
        let learner = Self {
            folder: tempfile::tempdir()?,
            plan: ["--start", "2027-01-04", "--zone", "Australia/Lord_Howe"],
        };
        fs::create_dir(learner.path("calendar"))?;
        let time = "%Y-%m-%dT%H:%M";
        let config = format!(
            "[calendars]\n[[study]]\npath = {}\n[default]\ndefault_calendar = study\n\
             [sqlite]\npath = {}\n[locale]\nlocal_timezone = UTC\ndefault_timezone = UTC\n\
             timeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n\
             datetimeformat = {time}\nlongdatetimeformat = {time}\n",
            learner.path("calendar").display(),
            learner.path("khal.db").display(),
        );
        fs::write(learner.path("config"), config)?;
        Ok(learner)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Exports the plan with these hours and imports the file into khal. Returns the export's
    /// message.
    fn export(&self, hours: &str, kind: &str) -> Result<String> {
        let ics = self.path("export.ics");
        let _ = fs::remove_file(&ics);
        let output = assert_cmd::Command::cargo_bin("waymark")?
            .env("WAYMARK_NOW", "2026-12-01T12:00:00Z")
            .arg("export")
            .args(self.plan)
            .args(["--hours", hours, "--kind", kind, "--ics"])
            .arg(&ics)
            .arg("--ledger")
            .arg(self.path("ledger"))
            .output()?;
        assert!(output.status.success(), "{output:?}");
        if ics.exists() {
            self.import(&ics)?;
        }
        let said = String::from_utf8(output.stdout)?;
        Ok(said.lines().next().unwrap_or_default().to_owned())
    }

    fn khal(&self, arguments: &[&str]) -> Result<String> {
        let mut khal = of_python("khal")?;
        khal.env("HOME", self.folder.path())
            .env("LC_ALL", "C.UTF-8");
        let output = khal
            .arg("-c")
            .arg(self.path("config"))
            .args(arguments)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    fn import(&self, ics: &Path) -> Result {
        let ics = ics.to_str().ok_or("the path is not UTF-8")?;
        self.khal(&["import", "--batch", "-a", "study", ics])?;
        Ok(())
    }

    /// The calendar's events, without those that are crossed out.
    fn shown(&self) -> Result<Shown> {
        let format = "{status}\t{uid}\t{start-long}\t{end-long}\t{title}";
        let listed = self.khal(&[
            "list",
            "--once",
            "--day-format",
            "",
            "--format",
            format,
            "2027-01-01",
            "2000d",
        ])?;
        let mut shown = Shown::new();
        for line in listed.lines() {
            let [status, uid, start, end, title] = line.split('\t').collect::<Vec<_>>()[..] else {
                return Err(format!("not five columns: {line}").into());
            };
            if status.trim() != "CANCELLED" {
                let event = [start, end, title].map(str::to_owned);
                let twice = shown.insert(uid.to_owned(), event);
                assert!(twice.is_none(), "{uid} is there twice");
            }
        }
        Ok(shown)
    }

    /// The expected events, from the schedule with these hours.
    fn planned(&self, hours: &str) -> Result<Vec<[String; 3]>> {
        let json = self.path("plan.json");
        assert_cmd::Command::cargo_bin("waymark")?
            .env("WAYMARK_NOW", "2026-12-01T12:00:00Z")
            .arg("plan")
            .args(self.plan)
            .args(["--hours", hours, "--json"])
            .arg(&json)
            .assert()
            .success();
        let schedule: Value = serde_json::from_slice(&fs::read(json)?)?;
        let roadmap: Value =
            serde_json::from_str(include_str!("../../src-tauri/roadmaps/mlops-2026.json"))?;
        let phases = roadmap["phases"].as_array().into_iter().flatten();
        let items = phases.flat_map(|phase| phase["items"].as_array().into_iter().flatten());
        let titles: BTreeMap<_, _> = items
            .map(|item| (item["id"].as_str(), item["title"].as_str()))
            .collect();
        let minute = |session: &Value, key| -> Result<String> {
            Ok(text(session, key)?.get(..16).ok_or("no time")?.to_owned())
        };
        let mut planned = Vec::new();
        for session in sessions(&schedule)? {
            let title = titles.get(&session["item"].as_str()).copied().flatten();
            planned.push([
                minute(session, "start")?,
                minute(session, "end")?,
                title.ok_or("an item without a title")?.to_owned(),
            ]);
        }
        planned.sort();
        Ok(planned)
    }

    fn is_up_to_date(&self, hours: &str, when: &str) -> Result {
        let mut shown: Vec<_> = self.shown()?.into_values().collect();
        shown.sort();
        assert_eq!(shown, self.planned(hours)?, "{when}");
        Ok(())
    }
}

/// No duplicates, no stale events: after a slower plan, a faster one, and the first one again.
#[test]
fn khal_follows_the_plan_through_re_plans() -> Result {
    let learner = Learner::new()?;
    let mut said = Vec::new();
    for (hours, kind) in [
        ("20", "full"),
        ("12", "changes"),
        ("30", "full"),
        ("20", "removals"),
        ("20", "changes"),
    ] {
        said.push(format!(
            "{hours} h, {kind}: {}",
            learner.export(hours, kind)?
        ));
        // A file of removals adds nothing.
        if kind != "removals" {
            learner.is_up_to_date(hours, &said.join("\n"))?;
        }
    }
    insta::assert_snapshot!(said.join("\n"));
    Ok(())
}

/// The learner empties the calendar and starts again: it then holds the fresh export only.
#[test]
fn a_fresh_export_fills_an_empty_calendar() -> Result {
    let learner = Learner::new()?;
    learner.export("20", "full")?;
    let before = learner.shown()?;
    for entry in fs::read_dir(learner.path("calendar"))? {
        fs::remove_file(entry?.path())?;
    }
    learner.export("20", "fresh")?;
    learner.is_up_to_date("20", "again")?;
    let after = learner.shown()?;
    assert!(after.keys().all(|uid| !before.contains_key(uid)));
    Ok(())
}
