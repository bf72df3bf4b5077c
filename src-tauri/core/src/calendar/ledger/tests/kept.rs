//! The numbers that a ledger keeps, and their bounds in its file.

use super::*;
use crate::calendar::event::{EventKey, Tombstone};
use crate::calendar::ledger::record::LedgerEntry;
use crate::calendar::ledger::stored::{FARTHEST_SECONDS, MOST_CHANGES};

fn key() -> EventKey {
    EventKey {
        kind: EventKind::Session,
        id: "python".into(),
    }
}

fn entry(number: u32, seconds: i64) -> LedgerEntry {
    LedgerEntry {
        ordinal: number,
        revision: Revision {
            generation: number,
            sequence: number,
            modified: seconds,
        },
        when: When {
            start: seconds,
            end: seconds,
            all_day: false,
        },
        text: 7,
        is_personal: true,
    }
}

fn with(entry: LedgerEntry) -> Ledger {
    let mut ledger = Ledger::new("p");
    ledger.given.insert(key(), vec![entry]);
    ledger
}

#[test]
fn numbers_and_times_up_to_the_bounds_are_read_back() {
    for number in [0, MOST_CHANGES] {
        for seconds in [-FARTHEST_SECONDS, FARTHEST_SECONDS] {
            let mut ledger = with(entry(number, seconds));
            ledger.generation = number;
            assert_eq!(
                Ledger::from_json(&ledger.to_json().unwrap()).unwrap(),
                ledger
            );
        }
    }
    let beyond = MOST_CHANGES + 1;
    let numbers = [
        |entry: &mut LedgerEntry, number| entry.ordinal = number,
        |entry: &mut LedgerEntry, number| entry.revision.generation = number,
        |entry: &mut LedgerEntry, number| entry.revision.sequence = number,
    ];
    for set in numbers {
        let mut changed = entry(1, 1);
        set(&mut changed, beyond);
        assert!(Ledger::from_json(&with(changed).to_json().unwrap()).is_err());
    }
    for seconds in [-FARTHEST_SECONDS - 1, FARTHEST_SECONDS + 1] {
        assert!(Ledger::from_json(&with(entry(1, seconds)).to_json().unwrap()).is_err());
    }
    let ledger = Ledger::new("p").starting_at(beyond);
    assert!(Ledger::from_json(&ledger.to_json().unwrap()).is_err());
}

/// The day's number is far higher than the generations of the ledger that was lost.
#[test]
fn after_a_loss_new_events_have_uids_that_were_never_used() {
    let now: DateTime<Utc> = "2026-11-29T23:59:59Z".parse().unwrap();
    let mut ledger = Ledger::after_loss("p", now);
    assert_eq!(ledger.generation, 20_786);
    ledger.succeed(3, now);
    assert_eq!(ledger.generation, 20_786);
    ledger.succeed(30_000, now);
    assert_eq!(ledger.generation, 30_001);
    ledger.succeed(5, now);
    assert_eq!(ledger.generation, 30_001, "it never falls");
}

#[test]
fn a_ledger_is_empty_until_it_has_an_event_or_a_cancelled_one() {
    let empty = Ledger::new("p");
    assert!(empty.is_empty());
    assert_eq!((empty.len(), empty.exports()), (0, 0));
    let given = with(entry(1, 1));
    assert!(!given.is_empty());
    let mut cancelled = empty.clone();
    let LedgerEntry {
        ordinal,
        revision,
        when,
        ..
    } = entry(1, 1);
    cancelled.tombstones.push(Tombstone {
        key: key(),
        ordinal,
        revision,
        when,
        title: "Python".into(),
        phase: None,
    });
    assert!(!cancelled.is_empty());
    let third = empty.clone().following(&given.following(&empty));
    assert_eq!(third.exports(), 2);
}

#[test]
fn counts_are_told_in_words() {
    let counts = ExportCounts {
        new: 3,
        moved: 12,
        removed: 1,
        unchanged: 404,
        ..ExportCounts::default()
    };
    assert_eq!(
        counts.sentence(),
        "3 new, 12 moved, 1 removed, 404 unchanged"
    );
    let more = ExportCounts {
        reworded: 1,
        past: 2,
        ..counts
    };
    assert_eq!(
        more.sentence(),
        "3 new, 12 moved, 1 with another text, 1 removed, 404 unchanged, 2 in the past stay"
    );
}

#[test]
fn a_confirmed_event_is_found_until_it_is_cancelled() {
    let (first, second) = (entry(1, 60), entry(2, 120));
    let mut ledger = Ledger::new("p");
    ledger.hold(&key(), second);
    ledger.hold(&key(), first);
    assert_eq!(ledger.entry(&key(), 1), Some(&first));
    assert_eq!(ledger.entry(&key(), 2), Some(&second));
    assert_eq!(ledger.entry(&key(), 3), None);

    let cancelled = Tombstone {
        key: key(),
        ordinal: first.ordinal,
        revision: first.revision,
        when: first.when,
        title: "Python".into(),
        phase: None,
    };
    assert!(!ledger.is_cancelled(&key(), 1, 1));
    ledger.tombstone(cancelled);
    assert!(ledger.is_cancelled(&key(), 1, 1));
    assert!(
        !ledger.is_cancelled(&key(), 1, 2),
        "an event of a later generation is another event"
    );
    assert_eq!(ledger.entry(&key(), 1), None);
    assert_eq!(ledger.entry(&key(), 2), Some(&second));
}
