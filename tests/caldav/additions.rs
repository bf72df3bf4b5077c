//! Everything that a person or another program added to an event stays.

use std::collections::BTreeMap;

use crate::servers::Kind;
use crate::{Learner, Result};

on_each_server! {
    additions_of_every_kind_stay,
    a_description_that_was_half_deleted_is_told,
}

/// Lines and reminders by the UIDs of their events.
type Parts = BTreeMap<String, Vec<String>>;

fn parts(learner: &Learner, arguments: &[&str]) -> Result<Parts> {
    Ok(serde_json::from_slice(&learner.in_calendar(arguments)?)?)
}

/// Whether Waymark writes this line of a session's event as a whole.
fn is_waymarks(part: &str) -> bool {
    let own = [
        "COLOR",
        "DESCRIPTION",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SEQUENCE",
        "SUMMARY",
        "X-WAYMARK-WROTE",
    ];
    let name = part.split([':', ';']).next();
    name.is_some_and(|name| own.contains(&name))
}

/// The law: after any sync that doesn't remove the event, every property, parameter and reminder
/// that another program wrote into it is there, exactly as the server holds it.
fn additions_of_every_kind_stay(kind: Kind) -> Result {
    let seed = std::env::var("PROPTEST_RNG_SEED").unwrap_or_else(|_| "2027".to_owned());
    let seed: u64 = seed.parse()?;
    let learner = Learner::synced(kind)?;
    let (mut added, mut checked) = (Parts::new(), 0);
    for (round, hours) in (0_u64..).zip([20, 6, 15]) {
        let seed = seed.wrapping_mul(100).wrapping_add(round).to_string();
        for (uid, parts) in parts(&learner, &["scatter", &seed, "6"])? {
            let theirs = parts.into_iter().filter(|part| !is_waymarks(part));
            added.entry(uid).or_default().extend(theirs);
        }
        learner.plans(hours)?;
        let reminder = (10 + round).to_string();
        learner.syncs(&["--remind", &reminder])?;
        learner.holds_the_plan()?;
        let held = parts(&learner, &["parts"])?;
        added.retain(|uid, _| held.contains_key(uid));
        for (uid, parts) in &added {
            let mut rest = held.get(uid).ok_or("it is gone")?.clone();
            for part in parts {
                let at = rest.iter().position(|held| held == part);
                let at = at.ok_or_else(|| {
                    format!("seed {seed}: {part:?} is not in {uid} after {hours} h: {rest:#?}")
                })?;
                rest.swap_remove(at);
                checked += 1;
            }
        }
    }
    assert!(
        checked > 100,
        "only {checked} additions were there to check"
    );
    Ok(())
}

/// The person's own words stay, and Waymark's part is back when the plan changes the event. Each
/// time there is a sentence, and the same holds if a program dropped the marks, or cut them off.
fn a_description_that_was_half_deleted_is_told(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    let events = ["writing-1.1", "writing-2.1", "writing-3.1"];
    let uids = events.map(|event| learner.uid(event));
    let mut of = Vec::new();
    for uid in uids {
        of.push(uid?);
    }
    let line = |uid: &str, name: &str| -> Result<String> {
        let held = parts(&learner, &["parts"])?;
        let mut lines = held.get(uid).ok_or("it is gone")?.iter();
        let line = lines.find(|line| line.split([':', ';']).next() == Some(name));
        Ok(line.ok_or_else(|| format!("no {name}"))?.clone())
    };
    let whole = line(&of[0], "DESCRIPTION")?;
    let (_, length) = whole.split_once("\\n").ok_or("one line only")?;
    for uid in &of {
        // The first line goes, and the person's comes.
        learner.in_calendar(&[
            "edit",
            uid,
            "DESCRIPTION:Phase 2: writing\\n",
            "DESCRIPTION:Ask Ben\\n",
        ])?;
    }
    let marks = [
        line(&of[1], "X-WAYMARK-WROTE")?,
        line(&of[2], "X-WAYMARK-WROTE")?,
    ];
    learner.in_calendar(&["edit", &of[1], &marks[0], "X-OTHER:1"])?;
    let half: String = marks[1].chars().take(marks[1].len() / 2).collect();
    learner.in_calendar(&["edit", &of[2], &marks[1], &half])?;

    let said = learner.syncs(&[])?;
    assert!(
        said.contains("3 events with another text there; left so"),
        "{said}"
    );
    let as_edited = format!("DESCRIPTION:Ask Ben\\n{length}");
    for uid in &of {
        assert_eq!(line(uid, "DESCRIPTION")?, as_edited);
    }
    learner.plans(20)?;
    let said = learner.syncs(&[])?;
    learner.holds_the_plan()?;
    let told = "without some of Waymark's text there; it's back, and all other text stayed";
    assert!(said.contains(told), "{said}");
    for uid in &of {
        let notes = line(uid, "DESCRIPTION")?;
        assert!(notes.contains("Ask Ben\\n"), "{notes}");
        assert_eq!(notes.matches("Phase 2: writing").count(), 1, "{notes}");
    }
    Ok(())
}
