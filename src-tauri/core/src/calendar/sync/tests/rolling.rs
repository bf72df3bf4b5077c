//! A calendar that holds the next weeks only, week after week.

use std::collections::BTreeSet;

use chrono::{Days, NaiveTime, TimeDelta};

use super::*;
use crate::calendar::ledger::{ExportKind, Ledger};

#[derive(Debug, Clone)]
enum Deed {
    /// Days pass.
    Days(i64),
    /// The plan's weekly hours change.
    Hours(u32),
    /// Missed sessions are scheduled again.
    Replan,
    /// The learner chooses other weeks, or the whole plan.
    Weeks(Option<u16>),
    /// A person writes into an event.
    Note(prop::sample::Index),
    /// A person moves an event by some minutes.
    Move(prop::sample::Index, i64),
    /// A person deletes an event, and wants it back when asked.
    Delete(prop::sample::Index),
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    use prop::sample::Index;
    let deed = prop_oneof![
        4 => (1..9_i64).prop_map(Deed::Days),
        2 => (2..12_u32).prop_map(Deed::Hours),
        2 => Just(Deed::Replan),
        2 => prop::option::weighted(0.8, 1..5_u16).prop_map(Deed::Weeks),
        2 => any::<Index>().prop_map(Deed::Note),
        2 => (any::<Index>(), -9_000..9_000_i64).prop_map(|(which, by)| Deed::Move(which, by)),
        1 => any::<Index>().prop_map(Deed::Delete),
    ];
    prop::collection::vec(deed, 1..14)
}

fn uid_in(text: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix("UID:"));
    line.unwrap().to_owned()
}

impl Client {
    /// The UIDs that the server has, with the start of each event.
    fn starts(&self) -> BTreeMap<String, i64> {
        let texts = self.server.resources.values();
        let start = |(_, text): &(u64, String)| match held::read(text, &self.plan) {
            Reading::Ours(held) => (held.uid, held.when.start),
            _ => panic!("not read: {text}"),
        };
        texts.map(start).collect()
    }

    /// The end of the weeks that the calendar holds, and some days after it.
    fn end(&self, days_after: u64) -> i64 {
        let Some(weeks) = self.options.weeks_ahead else {
            return i64::MAX;
        };
        let today = self.now.with_timezone(&self.plan.zone()).date_naive();
        let end = today + Days::new(u64::from(weeks) * 7 + days_after);
        self.plan.instant(end.and_time(NaiveTime::MIN)).timestamp()
    }

    fn coming(&self, events: Vec<(i64, i64, EventKey)>) -> Vec<(i64, i64, EventKey)> {
        let now = self.now.timestamp();
        let coming = events.into_iter().filter(|(start, ..)| *start > now);
        coming.collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Over all changes while the weeks roll on, the calendar has each session of its weeks once,
    /// nothing that the plan has not, and all history. An event that a person has to do with is
    /// removed only if a calendar with the whole plan would lose it too.
    #[test]
    fn a_rolling_calendar_has_no_duplicate_and_no_ghost_and_takes_nothing_of_a_person(
        weeks in 1..5_u16,
        deeds in deeds(),
    ) {
        let mut side = Client::new();
        side.options.weeks_ahead = Some(weeks);
        side.sync(usize::MAX, usize::MAX, None);
        let mut personal = BTreeSet::new();
        for deed in deeds {
            match deed {
                Deed::Days(days) => side.now += TimeDelta::days(days),
                Deed::Hours(hours) => {
                    let change = Change::Hours(SetHours { value: hours.to_string() });
                    side.plan = side.plan.changed(&[change], side.now).unwrap();
                }
                Deed::Replan => {
                    let change = Change::Replan(Replan { keep: Keep::Frozen });
                    side.plan = side.plan.changed(&[change], side.now).unwrap();
                }
                Deed::Weeks(weeks) => side.options.weeks_ahead = weeks,
                Deed::Note(which) => if let Some(href) = side.server.nth(which) {
                    let (_, text) = side.server.resources[&href].clone();
                    personal.insert(uid_in(&text));
                    let text = text.replace("END:VEVENT", "LOCATION:Desk\r\nEND:VEVENT");
                    side.server.put(&href, text);
                },
                Deed::Move(which, minutes) => if let Some(href) = side.server.nth(which) {
                    side.move_by(&href, minutes);
                    personal.insert(uid_in(&side.server.resources[&href].1));
                },
                Deed::Delete(which) => if let Some(href) = side.server.nth(which) {
                    let (_, text) = side.server.remove(&href).unwrap();
                    personal.remove(&uid_in(&text));
                },
            }
            let before = side.starts();
            side.hear(Some(DeletedAnswer::Restore));
            let rolling = side.options.weeks_ahead.take();
            let of_the_plan: BTreeSet<_> = side.push().steps.into_iter()
                .filter(|step| step.text.is_none())
                .map(|step| step.uid)
                .collect();
            side.options.weeks_ahead = rolling;
            let push = side.push();
            side.send(&push, usize::MAX, usize::MAX);

            let after = side.starts();
            for uid in before.keys().filter(|uid| !after.contains_key(*uid)) {
                prop_assert!(before[uid] > side.now.timestamp(), "history: {}", uid);
                let is_kept = personal.contains(uid) && !of_the_plan.contains(uid);
                prop_assert!(!is_kept, "a person's: {}", uid);
            }
            let held = side.coming(side.server.held(&side.plan));
            let mut once = held.clone();
            once.dedup();
            prop_assert_eq!(&held, &once);
            let wanted = side.coming(side.wanted());
            for event in &held {
                prop_assert!(wanted.contains(event), "a ghost: {:?}", event);
            }
            for event in wanted.iter().filter(|(start, ..)| *start < side.end(0)) {
                prop_assert!(held.contains(event), "missing: {:?}", event);
            }
            for (uid, start) in &after {
                let is_far = *start >= side.end(2) && *start > side.now.timestamp();
                prop_assert!(!is_far || personal.contains(uid), "too far: {}", uid);
            }
            prop_assert!(side.push().steps.is_empty());
        }
    }
}

/// A stored record of a version that did not say what a person did: nothing of it is removed.
#[test]
fn a_record_of_an_earlier_version_keeps_all_its_events() {
    let mut side = Client::new();
    side.sync(usize::MAX, usize::MAX, None);
    let there = side.server.resources.len();
    let text = side.collection.to_json().unwrap();
    assert!(text.contains("\"hears\":true"));
    side.collection.ledger = side.collection.ledger.all_personal();
    side.options.weeks_ahead = Some(1);
    assert!(side.push().steps.is_empty());
    assert_eq!(side.server.resources.len(), there);
}

/// Nobody hears what is done in a calendar that files are imported into: its far events follow the
/// plan. New ones are not added.
#[test]
fn far_events_of_files_stay_and_follow_the_plan() {
    let plan = plan();
    let schedule = current(&plan);
    let contents = |weeks_ahead| {
        let options = ExportOptions {
            weeks_ahead,
            ..ExportOptions::default()
        };
        CalendarContents::new(&plan, &schedule, &options).unwrap()
    };
    let ledger = Ledger::new(plan.id()).unheard();
    let whole = ledger
        .export(&contents(None), ExportKind::Full, now())
        .unwrap();
    let two = contents(Some(2));
    let later = whole.ledger.export(&two, ExportKind::Changes, now());
    let later = later.unwrap();
    assert_eq!((later.counts.removed, later.counts.later), (0, 0));
    let rolling = Ledger::new(plan.id()).export(&two, ExportKind::Full, now());
    let counts = rolling.unwrap().counts;
    assert_eq!(counts.new + counts.later, whole.counts.new);
    assert!(counts.later > 5 && counts.sentence().ends_with("come later"));
}
