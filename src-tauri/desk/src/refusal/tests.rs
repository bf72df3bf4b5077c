use std::time::Instant;

use tempfile::TempDir;

use waymark_core::plan::Change;
use waymark_core::plan::change::SetHours;

use super::*;
use crate::desk::Desk;

fn now() -> DateTime<Utc> {
    "2027-01-04T10:00:00Z".parse().unwrap()
}

/// A folder whose plan was saved twice, so that it has an earlier copy.
struct Home {
    _folder: TempDir,
    data: DataFolder,
    plan: PathBuf,
}

fn home() -> Home {
    let folder = tempfile::tempdir().unwrap();
    let data = DataFolder::new(folder.path().join("data"));
    let desk = Desk::open(&data, Instant::now()).unwrap();
    desk.keep(|document, now| Ok(document.seen_at(now)))
        .unwrap();
    let plan = desk.storage.document_path(PLAN);
    Home {
        _folder: folder,
        data,
        plan,
    }
}

fn refused(home: &Home) -> Refusal {
    let error = Desk::open(&home.data, Instant::now()).unwrap_err();
    let refusal = Refusal::new(&home.data, &error);
    assert_eq!(refusal.file, home.plan.display().to_string());
    let asked = Refusal::of_a_start(&home.data).unwrap();
    assert_eq!(
        (&asked.file, &asked.copies),
        (&refusal.file, &refusal.copies)
    );
    refusal
}

#[test]
fn a_plan_that_opens_is_not_refused() {
    let home = home();
    assert_eq!(Refusal::of_a_start(&home.data), None);
    let empty = tempfile::tempdir().unwrap();
    let none_yet = DataFolder::new(empty.path().to_owned());
    assert_eq!(Refusal::of_a_start(&none_yet), None);
}

#[test]
fn a_folder_in_place_of_the_plan() {
    let home = home();
    fs::remove_file(&home.plan).unwrap();
    fs::create_dir(&home.plan).unwrap();
    fs::write(home.plan.join("inside"), "mine").unwrap();

    let refusal = refused(&home);
    assert!(refusal.message.contains("it's a folder"), "{refusal}");
    assert!(
        refusal.advice.starts_with("Move or rename the folder"),
        "{refusal}"
    );
    assert_eq!(refusal.copies.len(), 1);
    let copy = &refusal.copies[0];
    assert_eq!(copy.name, "plan.earlier.json");
    assert!(
        refusal.to_string().contains("plan.earlier.json, written "),
        "{refusal}"
    );

    let notices = open_copy(&home.data, &copy.name, now()).unwrap();
    let aside = home
        .plan
        .with_file_name("plan.json.set-aside-20270104T100000000Z");
    assert_eq!(fs::read_to_string(aside.join("inside")).unwrap(), "mine");
    assert!(notices[0].contains("is kept as"), "{notices:?}");
    let desk = Desk::open(&home.data, Instant::now()).unwrap();
    assert_eq!(
        desk.document().seen,
        None,
        "the plan before its last change"
    );
    assert_eq!(Refusal::of_a_start(&home.data), None);
}

/// The earlier plans of the ring can be opened too.
#[test]
fn earlier_plans_are_among_the_copies() {
    let home = home();
    let desk = Desk::open(&home.data, Instant::now()).unwrap();
    let hours = |value: &str| {
        let value = value.to_owned();
        let change = Change::Hours(SetHours { value });
        desk.keep(|document, now| document.changed(&[change], now))
            .unwrap();
    };
    hours("7");
    hours("8");
    hours("9");
    for name in ["plan.json", "plan.earlier.json"] {
        let path = home.plan.with_file_name(name);
        fs::write(&path, newer(&fs::read_to_string(&path).unwrap())).unwrap();
    }
    let refusal = refused(&home);
    let changes: Vec<_> = refusal.copies.iter().map(|copy| &*copy.before).collect();
    let expected = ["Hours 8 h → 9 h", "Hours 7 h → 8 h", "Hours 10 h → 7 h"];
    assert_eq!(changes, expected, "{refusal}");
    open_copy(&home.data, &refusal.copies[1].name, now()).unwrap();
    let desk = Desk::open(&home.data, Instant::now()).unwrap();
    assert_eq!(desk.plan().hours_per_week(), 7.0);
}

#[test]
fn a_plan_of_a_newer_version() {
    let home = home();
    let newer = newer(&fs::read_to_string(&home.plan).unwrap());
    fs::write(&home.plan, &newer).unwrap();

    let refusal = refused(&home);
    assert!(refusal.message.contains("newer Waymark"), "{refusal}");
    assert!(
        refusal.advice.starts_with("Install the newest version"),
        "{refusal}"
    );
    assert_eq!(fs::read_to_string(&home.plan).unwrap(), newer, "left alone");

    open_copy(&home.data, &refusal.copies[0].name, now()).unwrap();
    Desk::open(&home.data, Instant::now()).unwrap();
    let aside = home
        .plan
        .with_file_name("plan.json.set-aside-20270104T100000000Z");
    assert_eq!(fs::read_to_string(aside).unwrap(), newer);
}

/// The copy that is chosen is the plan, whatever the generations of the others.
#[test]
fn both_copies_of_a_newer_version_are_set_aside() {
    let home = home();
    let text = fs::read_to_string(&home.plan).unwrap();
    let kept = home.plan.with_file_name("plan.kept.json");
    fs::write(&kept, &text).unwrap();
    let earlier = home.plan.with_file_name("plan.earlier.json");
    for path in [&home.plan, &earlier] {
        fs::write(path, newer(&text)).unwrap();
    }
    let refusal = refused(&home);
    assert_eq!(refusal.copies[0].name, "plan.kept.json");
    let notices = open_copy(&home.data, "plan.kept.json", now()).unwrap();
    assert_eq!(notices.len(), 3, "{notices:?}");
    Desk::open(&home.data, Instant::now()).unwrap();
}

#[test]
fn only_copies_in_the_list_can_be_opened() {
    let home = home();
    let error = open_copy(&home.data, "../../elsewhere.json", now()).unwrap_err();
    assert!(
        error.to_string().contains("isn't in the plan's folder"),
        "{error}"
    );
}

#[test]
fn a_list_of_plans_that_cannot_be_read() {
    let home = home();
    let list = home.data.path().join("plans.json");
    fs::remove_file(&list).unwrap();
    fs::create_dir(&list).unwrap();
    let error = Desk::open(&home.data, Instant::now()).unwrap_err();
    let refusal = Refusal::new(&home.data, &error);
    assert_eq!(refusal.file, list.display().to_string());
    assert!(
        refusal.advice.starts_with("Move or rename the folder"),
        "{refusal}"
    );
    assert!(refusal.copies.is_empty());
}

/// Sound JSON with a wrong checksum isn't damage: the window asks.
#[test]
fn a_plan_edited_by_hand() {
    for accepts in [true, false] {
        let home = home();
        let text = fs::read_to_string(&home.plan).unwrap();
        let edited = text.replacen("\"week_minutes\":600", "\"week_minutes\":420", 1);
        assert_ne!(edited, text);
        fs::write(&home.plan, &edited).unwrap();
        let refusal = refused(&home);
        assert!(refusal.is_edited, "{refusal}");
        assert!(
            refusal.message.contains("edited outside Waymark"),
            "{refusal}"
        );
        assert_eq!(
            fs::read_to_string(&home.plan).unwrap(),
            edited,
            "left alone"
        );
        if accepts {
            accept_edits(&home.data, now()).unwrap();
        } else {
            open_copy(&home.data, &refusal.copies[0].name, now()).unwrap();
        }
        let desk = Desk::open(&home.data, Instant::now()).unwrap();
        assert_eq!(desk.notices(), []);
        let hours = if accepts { 7.0 } else { 10.0 };
        assert_eq!(desk.plan().hours_per_week(), hours);
        let why = if accepts { "edited" } else { "set-aside" };
        let aside = format!("plan.json.{why}-20270104T100000000Z");
        let kept = fs::read_to_string(home.plan.with_file_name(aside)).unwrap();
        assert_eq!(kept, edited);
    }
}

/// The same while the window is open: nothing is overwritten until the learner has decided.
#[test]
fn a_plan_edited_by_hand_while_the_window_is_open() {
    for accepts in [true, false] {
        let home = home();
        let desk = Desk::open(&home.data, Instant::now()).unwrap();
        let text = fs::read_to_string(&home.plan).unwrap();
        let edited = text.replacen("\"week_minutes\":600", "\"week_minutes\":420", 1);
        fs::write(&home.plan, &edited).unwrap();
        let error = desk.look().unwrap_err();
        assert!(storage::is_edited(&error), "{error}");
        let change = desk.keep(|document, now| Ok(document.seen_at(now)));
        assert!(storage::is_edited(&change.unwrap_err()));
        assert_eq!(fs::read_to_string(&home.plan).unwrap(), edited);
        desk.settle_edits(accepts).unwrap();
        let hours = if accepts { 7.0 } else { 10.0 };
        assert_eq!(desk.look().unwrap().plan.hours_per_week(), hours);
        desk.keep(|document, now| Ok(document.seen_at(now)))
            .unwrap();
        if accepts {
            desk.keep(|document, _| Ok(document.undone()?.unwrap()))
                .unwrap();
            assert_eq!(desk.plan().hours_per_week(), 10.0);
        }
        assert_eq!(Refusal::of_a_start(&home.data), None);
    }
}

/// The same document in a version that doesn't exist yet.
fn newer(text: &str) -> String {
    let mut file: serde_json::Value = serde_json::from_str(text).unwrap();
    let document = &mut file["document"];
    document["version"] = 9999.into();
    let envelope = storage::Envelope {
        what: "plan",
        format: "",
        version: 0,
        damaged: ErrorCode::PlanDamaged,
        newer: ErrorCode::PlanNewer,
    };
    envelope.close(document).unwrap()
}
