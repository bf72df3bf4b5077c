#![allow(clippy::unwrap_used)]
use super::*;
use waymark_core::plan::Change;
use waymark_core::roadmap::Roadmap;

struct Home {
    folder: tempfile::TempDir,
    storage: Storage,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::new(folder.path().join("data")).unwrap();
        Self { folder, storage }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn export(&self, plan: &Plan, kind: Kind, name: &str) -> Result<Exported, Problem> {
        let options = Options::default();
        export(
            &self.storage,
            plan,
            &options,
            (kind, &self.path(name)),
            now(),
        )
    }

    fn counts(&self, plan: &Plan) -> Counts {
        let options = Options::default();
        let preview = preview(&self.storage, plan, &options, Kind::Changes, now());
        preview.unwrap().counts
    }

    fn uids(&self, name: &str) -> Vec<String> {
        let text = fs::read_to_string(self.path(name)).unwrap();
        let lines = text.lines().filter(|line| line.starts_with("UID:"));
        lines.map(str::to_owned).collect()
    }
}

fn now() -> DateTime<Utc> {
    "2026-12-01T12:00:00Z".parse().unwrap()
}

fn plan(hours: &str) -> Plan {
    let start = "2027-01-04".parse().unwrap();
    let zone = chrono_tz::Europe::Berlin;
    let plan = Plan::new("p", Roadmap::embedded().unwrap(), start, zone, now()).unwrap();
    plan.apply(&Change::Hours {
        value: hours.into(),
    })
    .unwrap()
}

#[test]
fn what_is_written_is_remembered_and_what_is_not_is_not() {
    let home = Home::new();
    let first = home.counts(&plan("10"));
    assert!(first.new > 100 && first.new == home.counts(&plan("10")).new);

    let refused = home.export(&plan("10"), Kind::Full, "no/such/folder/a.ics");
    assert_eq!(refused.unwrap_err().code, "not-written");
    assert_eq!(home.counts(&plan("10")), first);

    let written = home.export(&plan("10"), Kind::Full, "a.ics").unwrap();
    assert_eq!(written.count, first.new);
    assert_eq!(home.counts(&plan("10")).unchanged, first.new);
    let changes = home.counts(&plan("5"));
    assert!(changes.moved > 0);
    let written = home.export(&plan("5"), Kind::Changes, "b.ics").unwrap();
    assert_eq!(written.count, changes.new + changes.moved + changes.removed);
    let idle = home.export(&plan("5"), Kind::Changes, "c.ics").unwrap();
    assert_eq!((idle.count, home.path("c.ics").exists()), (0, false));
}

#[test]
fn more_files_than_one_lie_beside_each_other() {
    let home = Home::new();
    let options = Options {
        file_per_phase: true,
        ..Options::default()
    };
    let path = home.path("study.ics");
    let written = export(
        &home.storage,
        &plan("10"),
        &options,
        (Kind::Full, &path),
        now(),
    );
    assert!(
        written
            .unwrap()
            .message
            .contains(" to 10 files beginning with ")
    );
    assert!(home.path("study-foundations.ics").exists());
}

/// Where it is not known any more what a calendar was given, no UID may come again.
#[test]
fn a_lost_ledger_begins_a_calendar_anew() {
    let home = Home::new();
    home.export(&plan("10"), Kind::Full, "a.ics").unwrap();
    let ledger = home.storage.path("calendar.ledger.json");
    fs::write(&ledger, "{\"half\": ").unwrap();
    let counts = home.counts(&plan("10"));
    assert!(counts.new > 100 && counts.unchanged == 0);
    home.export(&plan("10"), Kind::Full, "b.ics").unwrap();
    let before = home.uids("a.ics");
    assert!(home.uids("b.ics").iter().all(|uid| !before.contains(uid)));
    let aside = fs::read_dir(home.path("data")).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().contains(".damaged-")
    });
    assert_eq!(aside.count(), 1);
}

#[test]
fn a_live_file_follows_the_plan_until_it_is_stopped() {
    let home = Home::new();
    let file = LiveFile {
        path: home.path("live.ics").display().to_string(),
        options: Options::default(),
    };
    keep_live(&home.storage, &plan("10"), Some(&file), now()).unwrap();
    assert_eq!(live(&home.storage), Some(file.clone()));
    let text = || fs::read_to_string(&file.path).unwrap();
    let first = text();
    refresh_live(&home.storage, &plan("10"), now()).unwrap();
    assert_eq!(text(), first);
    refresh_live(&home.storage, &plan("20"), now()).unwrap();
    let second = text();
    assert!(second.contains("SEQUENCE:1") && !second.contains("CANCELLED"));
    // What another calendar was given is another matter.
    assert_eq!(home.counts(&plan("20")).unchanged, 0);

    keep_live(&home.storage, &plan("20"), None, now()).unwrap();
    refresh_live(&home.storage, &plan("10"), now()).unwrap();
    assert_eq!((text(), live(&home.storage)), (second, None));
}
