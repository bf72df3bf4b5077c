#![allow(clippy::unwrap_used)]
use std::fs;
use std::path::PathBuf;

use super::files::Exported;
use super::*;
use waymark_core::plan::Change;
use waymark_core::plan::change::SetHours;
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;

struct Home {
    folder: tempfile::TempDir,
    storage: Storage,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let storage = Storage::new(folder.path().join("data"));
        fs::create_dir(storage.folder()).unwrap();
        Self { folder, storage }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn first(&self) -> Calendar {
        all(&self.storage, now()).unwrap().remove(0)
    }

    fn export(&self, plan: &Plan, kind: ExportKind, name: &str) -> Result<Exported, InputError> {
        let to = (kind, &*self.path(name));
        files::export(&self.storage, plan, &self.first(), to, now())
    }

    fn counts(&self, plan: &Plan) -> ExportCounts {
        let preview = preview(
            &self.storage,
            plan,
            &self.first(),
            ExportKind::Changes,
            now(),
        );
        preview.unwrap().counts
    }

    fn add(&self, name: &str, way: Way) -> Result<Calendar, InputError> {
        add(&self.storage, name, (way, ExportOptions::default()), now())
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
    let zone = Zone::bundled("Europe/Berlin").unwrap();
    let plan = Plan::new("p", Roadmap::embedded().unwrap(), start, zone, now()).unwrap();
    plan.apply(&Change::Hours(SetHours {
        value: hours.into(),
    }))
    .unwrap()
}

#[test]
fn only_written_exports_are_recorded() {
    let home = Home::new();
    let first = home.counts(&plan("10"));
    assert!(first.new > 100 && first.new == home.counts(&plan("10")).new);

    let refused = home.export(&plan("10"), ExportKind::Full, "no/such/folder/a.ics");
    assert_eq!(refused.unwrap_err().code, ErrorCode::NotWritten);
    assert_eq!(home.counts(&plan("10")), first);

    let written = home.export(&plan("10"), ExportKind::Full, "a.ics").unwrap();
    assert_eq!(written.count, first.new);
    assert_eq!(home.counts(&plan("10")).unchanged, first.new);
    let changes = home.counts(&plan("5"));
    assert!(changes.moved > 0);
    let written = home
        .export(&plan("5"), ExportKind::Changes, "b.ics")
        .unwrap();
    assert_eq!(written.count, changes.new + changes.moved + changes.removed);
    let idle = home
        .export(&plan("5"), ExportKind::Changes, "c.ics")
        .unwrap();
    assert_eq!((idle.count, home.path("c.ics").exists()), (0, false));
}

#[test]
fn several_files_are_written_beside_each_other() {
    let home = Home::new();
    let options = ExportOptions {
        file_per_phase: true,
        ..ExportOptions::default()
    };
    keep_options(&home.storage, "calendar", options, now()).unwrap();
    let written = home.export(&plan("10"), ExportKind::Full, "study.ics");
    assert!(
        written
            .unwrap()
            .message
            .contains(" to 10 files beginning with ")
    );
    assert!(home.path("study-foundations.ics").exists());
}

/// If the record of a calendar is lost, nothing is exported until it's known what the calendar has:
/// nothing, or what its own file says. No UID is reused.
#[test]
fn after_a_lost_ledger_the_calendar_is_new_or_read_back() {
    let home = Home::new();
    home.export(&plan("10"), ExportKind::Full, "a.ics").unwrap();
    let ledger = home.storage.path("calendar.ledger.json");
    fs::write(&ledger, "{\"half\": ").unwrap();
    for _ in 0..2 {
        for kind in [ExportKind::Full, ExportKind::Changes] {
            let error = home.export(&plan("10"), kind, "b.ics").unwrap_err();
            assert_eq!(error.code, ErrorCode::LedgerLost);
        }
    }
    assert!(!home.path("b.ics").exists());
    let told = crate::notices::all(&home.storage);
    assert!(told[0].text.contains("record of a calendar"), "{told:?}");

    // Read back from the calendar's own file: it has everything.
    let first = home.first();
    let wrong = files::read_back(&home.storage, &plan("10"), &first, &ledger, now());
    assert_eq!(wrong.unwrap_err().code, ErrorCode::NotACalendar);
    let path = home.path("a.ics");
    let said = files::read_back(&home.storage, &plan("10"), &first, &path, now()).unwrap();
    assert!(said.starts_with("The calendar has "), "{said}");
    let counts = home.counts(&plan("10"));
    assert_eq!((counts.new, counts.removed), (0, 0));

    // Lost again, and another calendar in its place.
    for name in ["calendar.ledger.json", "calendar.ledger.earlier.json"] {
        fs::write(home.storage.path(name), "{").unwrap();
    }
    home.export(&plan("10"), ExportKind::Fresh, "b.ics")
        .unwrap();
    let before = home.uids("a.ics");
    assert!(home.uids("b.ics").iter().all(|uid| !before.contains(uid)));
    assert!(home.counts(&plan("10")).unchanged > 100);
}

/// A missing record says as little about the calendar as a damaged one.
#[test]
fn a_missing_ledger_is_told_and_asked_about() {
    let home = Home::new();
    for hours in ["10", "5"] {
        home.export(&plan(hours), ExportKind::Full, "a.ics")
            .unwrap();
    }
    let newest = home.storage.path("calendar.ledger.json");
    fs::remove_file(&newest).unwrap();
    let told = || crate::notices::all(&home.storage);
    for _ in 0..2 {
        assert!(home.counts(&plan("10")).unchanged > 100, "the earlier copy");
        assert!(newest.exists());
        assert_eq!(told().len(), 1, "{:?}", told());
    }
    let text = &told()[0].text;
    assert!(text.contains("record of a calendar") && text.contains("was found missing"));

    for name in ["calendar.ledger.json", "calendar.ledger.earlier.json"] {
        fs::remove_file(home.storage.path(name)).unwrap();
    }
    for _ in 0..2 {
        let error = home.export(&plan("10"), ExportKind::Full, "b.ics");
        assert_eq!(error.unwrap_err().code, ErrorCode::LedgerLost);
    }
    assert_eq!(told().len(), 2, "{:?}", told());
    assert!(told()[1].text.contains("“My calendar” is missing"));
}

#[test]
fn a_missing_list_is_told_and_the_copy_before_it_stands_in() {
    let home = Home::new();
    for name in ["Phone", "Watch"] {
        home.add(name, Way::Files).unwrap();
    }
    fs::remove_file(home.storage.path("calendars.json")).unwrap();
    for _ in 0..2 {
        assert_eq!(all(&home.storage, now()).unwrap().len(), 2);
        let told = crate::notices::all(&home.storage);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].text.contains("list of calendars"), "{told:?}");
    }
    // Damage is told once, also after the damaged file was set aside.
    fs::write(home.storage.path("calendars.json"), "{").unwrap();
    for _ in 0..2 {
        all(&home.storage, now()).unwrap();
        assert_eq!(crate::notices::all(&home.storage).len(), 2);
    }
}

#[test]
fn a_live_file_follows_the_plan_until_it_is_removed() {
    let home = Home::new();
    let path = home.path("live.ics");
    let live = Way::Live {
        path: path.display().to_string(),
    };
    let id = home.add("On the desk", live.clone()).unwrap().id;
    assert_eq!(
        home.add("Again", live).unwrap_err().code,
        ErrorCode::CalendarTwice
    );
    let text = || fs::read_to_string(&path).unwrap();
    let refresh = |hours| live::refresh(&home.storage, &plan(hours), now());
    assert!(refresh("10").is_empty());
    let first = text();
    refresh("10");
    assert_eq!(text(), first);
    refresh("20");
    let second = text();
    assert!(second.contains("SEQUENCE:1") && !second.contains("CANCELLED"));
    // Another calendar's record is independent.
    assert_eq!(home.counts(&plan("20")).unchanged, 0);

    remove(&home.storage, &id, now()).unwrap();
    refresh("10");
    assert_eq!(text(), second);
}

#[test]
fn each_calendar_has_its_own_options_and_record() {
    let home = Home::new();
    let phone = home.add("  Phone ", Way::Files).unwrap();
    assert_eq!(phone.name, "Phone");
    home.export(&plan("10"), ExportKind::Full, "a.ics").unwrap();
    let changes = preview(
        &home.storage,
        &plan("10"),
        &phone,
        ExportKind::Changes,
        now(),
    );
    assert!(changes.unwrap().counts.new > 100);
    assert_eq!(home.counts(&plan("10")).new, 0);

    let weekly = ExportOptions {
        weeks: true,
        sessions: false,
        ..ExportOptions::default()
    };
    keep_options(&home.storage, &phone.id, weekly.clone(), now()).unwrap();
    let kept = find(&home.storage, &phone.id, now()).unwrap();
    assert_eq!(
        (kept.options, home.first().options),
        (weekly, ExportOptions::default())
    );

    let code = ErrorCode::CalendarName;
    for name in ["Phone", " "] {
        assert_eq!(home.add(name, Way::Files).unwrap_err().code, code);
        let renamed = rename(&home.storage, "calendar", name, now());
        assert_eq!(renamed.unwrap_err().code, code);
    }
    rename(&home.storage, &phone.id, "Phone", now()).unwrap();
    let gone = rename(&home.storage, "no-such", "Watch", now()).unwrap_err();
    assert_eq!(gone.code, ErrorCode::NoSuchCalendar);
}

/// The state of an earlier version: one ledger for files, one live file.
#[test]
fn calendars_of_an_earlier_version_are_migrated() {
    let home = Home::new();
    let path = home.path("live.ics").display().to_string();
    let earlier = serde_json::json!({"path": path, "options": {"reminders": [5]}});
    fs::write(home.storage.path("live-calendar.json"), earlier.to_string()).unwrap();
    let all = all(&home.storage, now()).unwrap();
    let live = all
        .iter()
        .find(|it| it.way == Way::Live { path: path.clone() });
    assert_eq!(live.unwrap().options.reminders, [5]);
    // Once the list is saved, it decides.
    remove(&home.storage, &live.unwrap().id, now()).unwrap();
    assert_eq!(super::all(&home.storage, now()).unwrap(), [home.first()]);
}

#[test]
fn a_damaged_list_is_kept_aside_and_the_copy_before_it_stands_in() {
    let home = Home::new();
    for name in ["Phone", "Watch"] {
        home.add(name, Way::Files).unwrap();
    }
    fs::write(home.storage.path("calendars.json"), "{").unwrap();
    let names: Vec<_> = all(&home.storage, now()).unwrap();
    let names: Vec<_> = names.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["My calendar", "Phone"]);
}

/// A person may import both into the same program.
#[test]
fn two_calendars_of_a_plan_have_no_uid_in_common() {
    let home = Home::new();
    home.export(&plan("10"), ExportKind::Full, "a.ics").unwrap();
    let phone = home.add("Phone", Way::Files).unwrap();
    let to = (ExportKind::Full, &*home.path("b.ics"));
    files::export(&home.storage, &plan("10"), &phone, to, now()).unwrap();
    let first = home.uids("a.ics");
    assert!(first[0].ends_with(".1.0@waymark"), "{}", first[0]);
    assert!(home.uids("b.ics").iter().all(|uid| !first.contains(uid)));
}
