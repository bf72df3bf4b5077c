//! The text of a session's event depends on its own item, phase and length only.

use super::*;
use crate::plan::Keep;
use crate::plan::change::{LogWork, Replan, SetDone, SetEstimate};

/// Progress on a plan.
fn progress() -> impl Strategy<Value = Change> {
    let item = || prop::sample::select(vec!["a", "b", "d"]);
    prop_oneof![
        (item(), 0i64..40, 5u32..200).prop_map(|(item, day, minutes)| {
            let day = chrono::NaiveDate::from_ymd_opt(2027, 1, 4).unwrap() + TimeDelta::days(day);
            Change::Log(LogWork {
                item: item.into(),
                start: format!("{day}T06:00"),
                minutes: minutes.to_string(),
                note: "A note".into(),
                entry: None,
                again: true,
            })
        }),
        (item(), any::<bool>()).prop_map(|(item, done)| Change::Done(SetDone {
            item: item.into(),
            done,
        })),
        (item(), 10u32..900).prop_map(|(item, minutes)| Change::Estimate(SetEstimate {
            item: item.into(),
            minutes: minutes.to_string(),
        })),
        Just(Change::Replan(Replan {
            keep: Keep::Fitting
        })),
    ]
}

/// An event in a file: its UID, length in minutes, lines about version and times, and all others.
struct FileEvent {
    uid: String,
    item: String,
    minutes: i64,
    text: String,
}

fn events(files: &[IcsFile]) -> Vec<FileEvent> {
    let mut found = Vec::new();
    for file in files {
        let text = file.text.replace("\r\n ", "");
        for event in text.split("BEGIN:VEVENT\r\n").skip(1) {
            let (event, _) = event.split_once("END:VEVENT").unwrap();
            let value = |name: &str| {
                let line = event.lines().find_map(|line| line.strip_prefix(name));
                line.unwrap_or_default().to_owned()
            };
            let time = |name: &str| {
                let time = chrono::NaiveDateTime::parse_from_str(&value(name), "%Y%m%dT%H%M%SZ");
                time.unwrap().and_utc().timestamp()
            };
            if value("STATUS:") == "CANCELLED" {
                continue;
            }
            let varies = [
                "UID",
                "DTSTAMP",
                "LAST-MODIFIED",
                "SEQUENCE",
                "DTSTART",
                "DTEND",
            ];
            let own = event.lines().filter(|line| {
                let name = line.split([':', ';']).next().unwrap();
                !varies.contains(&name)
            });
            let uid = value("UID:");
            found.push(FileEvent {
                item: uid.split('.').nth(1).unwrap().to_owned(),
                minutes: (time("DTEND:") - time("DTSTART:")) / 60,
                text: own.collect::<Vec<_>>().join("\n"),
                uid,
            });
        }
    }
    found
}

proptest! {
    /// Through real exports, whatever is changed, logged or ticked: sessions of one item and length
    /// have the same text in every file, and no event is rewritten for its text alone.
    #[test]
    fn neighbours_and_progress_are_not_in_the_text(
        steps in prop::collection::vec(
            (prop_oneof![small_change(), progress()], 0i64..4),
            1..9,
        ),
    ) {
        let mut plan = plan();
        let mut now = at("2027-01-02T12:00:00Z");
        let mut ledger = Ledger::new("p");
        let mut texts: BTreeMap<(String, i64), String> = BTreeMap::new();
        for (change, days) in steps {
            now += TimeDelta::days(days);
            plan = plan.changed(&[change], now).unwrap_or(plan);
            let scheduled = current(&plan);
            let contents = CalendarContents::new(&plan, &scheduled, &ExportOptions::default()).unwrap();
            let export = ledger.export(&contents, ExportKind::Full, now).unwrap();
            for event in events(&files(&contents, &export)) {
                let known = texts
                    .entry((event.item, event.minutes))
                    .or_insert_with(|| event.text.clone());
                prop_assert_eq!(&*known, &event.text, "{}", event.uid);
            }
            // An event at the same time is as long as before.
            prop_assert_eq!(export.counts.reworded, 0);
            ledger = export.ledger;
        }
    }
}
