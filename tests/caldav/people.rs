//! A person's edits in the calendar come back to the plan.

use crate::servers::Kind;
use crate::{Learner, Result, text};

on_each_server! {
    a_session_moved_there_is_moved_here,
    a_session_deleted_there_is_asked_about,
    other_events_and_other_words_are_left_alone,
    an_event_is_found_where_it_was_put,
    an_emptied_calendar_is_not_taken_for_an_answer,
    a_move_that_cannot_be_taken_over_is_told,
    what_a_person_added_stays,
}

/// The UID of the nth event after the first.
fn nth(learner: &Learner, place: usize) -> Result<String> {
    let mut events: Vec<_> = learner.held()?.into_iter().collect();
    events.sort_by(|(_, one), (_, other)| one.cmp(other));
    let (uid, _) = events.into_iter().nth(place).ok_or("too few events")?;
    Ok(uid)
}

/// On another zone's clock, as a travelling calendar program writes it.
fn a_session_moved_there_is_moved_here(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    let uid = nth(&learner, 5)?;
    learner.in_calendar(&["move", &uid, "75", "America/New_York"])?;
    let moved = learner.held()?.remove(&uid).ok_or("it is gone")?;

    let dry = learner.syncs(&["--dry-run"])?;
    assert!(
        dry.contains("Moved there: ") && dry.contains("; moved here too"),
        "{dry}"
    );
    assert!(
        learner.plan()?["moved_sessions"].is_null(),
        "a dry run changed the plan"
    );

    let said = learner.syncs(&["--pull-only"])?;
    assert!(said.contains("; moved here too"), "{said}");
    assert!(
        learner.proxy.passed("PUT").is_empty(),
        "pulling sent something"
    );
    let pins = learner.plan()?["moved_sessions"].clone();
    assert_eq!(pins.as_array().map(Vec::len), Some(1), "{pins}");

    learner.syncs(&[])?;
    learner.holds_the_plan()?;
    let is_there = learner.held()?.into_values().any(|event| event == moved);
    assert!(is_there, "{moved:?} is not where it was moved to");

    // Once more: the pin itself is moved, not duplicated.
    let (uid, _) = learner
        .held()?
        .into_iter()
        .find(|(_, event)| *event == moved)
        .ok_or("gone")?;
    learner.in_calendar(&["move", &uid, "30", "Asia/Kolkata"])?;
    learner.syncs(&[])?;
    learner.holds_the_plan()?;
    let pins = learner.plan()?["moved_sessions"].clone();
    assert_eq!(pins.as_array().map(Vec::len), Some(1), "{pins}");
    assert_eq!(learner.syncs(&[])?.lines().count(), 1);
    Ok(())
}

fn a_session_deleted_there_is_asked_about(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    let uid = nth(&learner, 7)?;
    let deleted = learner.held()?.remove(&uid).ok_or("no such event")?;
    learner.in_calendar(&["delete", &uid])?;

    // Each sync asks; nothing is sent again, and nothing is lost.
    for _ in 0..2 {
        let said = learner.syncs(&[])?;
        assert!(said.contains("Deleted there: "), "{said}");
        assert!(!learner.held()?.values().any(|event| *event == deleted));
        assert!(learner.wanted()?.contains(&deleted));
    }
    let mut held: Vec<_> = learner
        .held()?
        .into_values()
        .chain([deleted.clone()])
        .collect();
    held.sort();
    assert_eq!(held, learner.wanted()?);

    let said = learner.syncs(&["--deleted", "leave"])?;
    assert!(!said.contains("Deleted there"), "{said}");
    assert!(!learner.syncs(&[])?.contains("Deleted there"));
    assert!(!learner.held()?.values().any(|event| *event == deleted));

    let other = nth(&learner, 2)?;
    let former = learner.held()?.remove(&other).ok_or("no such event")?;
    learner.in_calendar(&["delete", &other])?;
    learner.syncs(&["--deleted", "restore"])?;
    let held = learner.held()?;
    assert!(held.values().any(|event| *event == former));
    assert!(!held.contains_key(&other), "a UID was used again");
    Ok(())
}

/// Events outside the plan are left alone, and a person's notes on an event stay as long as the
/// plan does not change that event.
fn other_events_and_other_words_are_left_alone(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    learner.in_calendar(&["add", "dentist@example.org", "Dentist"])?;
    learner.in_calendar(&["add", "sync-test.reading-1.1.0@example.org", "A look-alike"])?;
    let uid = nth(&learner, 0)?;
    learner.in_calendar(&["retitle", &uid, "With Ben"])?;
    let said = learner.syncs(&[])?;
    assert!(
        said.contains("1 event with another text there; left so"),
        "{said}"
    );
    assert_eq!(text_of(&learner, &uid)?, "With Ben");

    learner.plans(20)?;
    learner.syncs(&[])?;
    let mut held = learner.held()?;
    for (uid, title) in [
        ("dentist@example.org", "Dentist"),
        ("sync-test.reading-1.1.0@example.org", "A look-alike"),
    ] {
        let [start, _, held] = held.remove(uid).ok_or("it was removed")?;
        assert_eq!(
            (start.as_str(), held.as_str()),
            ("2030-01-01T12:00:00Z", title)
        );
    }
    assert_eq!(held.len(), learner.wanted()?.len());
    Ok(())
}

fn text_of(learner: &Learner, uid: &str) -> Result<String> {
    let [_, _, title] = learner.held()?.remove(uid).ok_or("it is gone")?;
    Ok(title)
}

/// A program stores the event in another resource: it is found by its UID.
fn an_event_is_found_where_it_was_put(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    let uid = nth(&learner, 3)?;
    learner.in_calendar(&["rename", &uid])?;
    let said = learner.syncs(&[])?;
    assert!(!said.contains("Deleted there"), "{said}");
    learner.plans(20)?;
    learner.syncs(&[])?;
    learner.holds_the_plan()
}

fn an_emptied_calendar_is_not_taken_for_an_answer(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    learner.in_calendar(&["empty"])?;
    let (code, said) = learner.fails(&[])?;
    assert_eq!(code, Some(2));
    assert!(said.contains("--deleted restore"), "{said}");
    assert!(learner.held()?.is_empty());
    learner.syncs(&["--deleted", "restore"])?;
    learner.holds_the_plan()
}

/// Two sessions of an item cannot be at the same time: the second move is reported, and the plan's
/// time wins.
fn a_move_that_cannot_be_taken_over_is_told(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    let schedule = learner.held()?;
    let mut of_item: Vec<_> = schedule
        .into_iter()
        .filter(|(uid, _)| uid.starts_with("sync-test.writing-2."))
        .collect();
    of_item.sort_by(|(_, one), (_, other)| one.cmp(other));
    let [(one, [start, ..]), (other, [later, ..]), ..] = &of_item[..] else {
        return Err("too few sessions".into());
    };
    let at = |text: &str| text.parse::<chrono::DateTime<chrono::Utc>>();
    let between = (at(later)? - at(start)?).num_minutes();
    learner.in_calendar(&["move", one, &(between + 600).to_string(), "UTC"])?;
    learner.in_calendar(&["move", other, "600", "UTC"])?;
    let said = learner.syncs(&[])?;
    assert!(said.contains("not taken over. "), "{said}");
    assert_eq!(
        learner.plan()?["moved_sessions"].as_array().map(Vec::len),
        Some(1)
    );
    assert_eq!(
        text(&learner.plan()?["moved_sessions"][0], "item")?,
        "writing-2"
    );
    learner.holds_the_plan()
}

/// After each sync that changes an event, every property and reminder that a person added to it is
/// there, and so are their notes around those of Waymark.
fn what_a_person_added_stays(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    let uid = &learner.uid("writing-1.1")?;
    let shown = |learner: &Learner| -> Result<Vec<String>> {
        Ok(serde_json::from_slice(
            &learner.in_calendar(&["show", uid])?,
        )?)
    };
    let plain = shown(&learner)?;
    learner.in_calendar(&["adorn", uid])?;
    let mut former = shown(&learner)?;
    let is_version = |line: &String| {
        line.starts_with("DTSTAMP") || line.starts_with("LAST-MOD") || line.starts_with("DESCR")
    };
    former.retain(|line| !plain.contains(line) && !is_version(line));
    assert!(former.len() >= 9, "{former:?}");

    for (hours, reminder) in [(20, "15"), (10, "15"), (6, "45"), (10, "45")] {
        learner.plans(hours)?;
        learner.syncs(&["--remind", reminder])?;
        learner.holds_the_plan()?;
        let held = shown(&learner)?;
        for line in &former {
            assert!(held.contains(line), "{line} is not in {held:#?}");
        }
        let notes = held.iter().find(|line| line.starts_with("DESCRIPTION"));
        let notes = notes.ok_or("no description")?;
        assert!(
            notes.contains("Ask Ben about this\\; he knows\\n"),
            "{notes}"
        );
        assert!(notes.ends_with("\\nRoom 4\\, 漢字"), "{notes}");
        let own = format!("TRIGGER:-PT{reminder}M");
        assert_eq!(
            held.iter().filter(|line| **line == own).count(),
            1,
            "{held:#?}"
        );
    }
    Ok(())
}
