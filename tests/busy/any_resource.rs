//! Properties of any text that a calendar server returns for one of our events. The tests check
//! them on some texts, the fuzz target on many more.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use waymark_core::calendar::export::{CalendarContents, ExportOptions};
use waymark_core::calendar::sync::{Collection, Fetched, Place, Pull, pins};
use waymark_core::plan::Plan;
use waymark_core::schedule::current;

/// A plan of three sessions, with a trip to another time zone in the middle.
const PLAN: &str = r#"{
    "id": "plan", "start": "2027-01-04", "zone": "Europe/Berlin", "week_minutes": 360,
    "roadmap": {"id": "french", "title": "French", "nominal_hours_per_week": 6, "phases": [
        {"id": "reading", "title": "Reading", "outcome": {"id": "done", "title": "Done"}, "items": [
            {"id": "verbs", "title": "Verbs", "kind": "topic", "effort_hours": 5}
        ]}
    ]}
}"#;

static THE_PLAN: LazyLock<Plan> = LazyLock::new(|| Plan::from_json(PLAN).unwrap());
static GIVEN: LazyLock<(Collection, Vec<Place>)> = LazyLock::new(given);

pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_798_797_600, 0).unwrap_or_default()
}

fn options() -> ExportOptions {
    ExportOptions {
        weeks: true,
        phases: true,
        ..ExportOptions::default()
    }
}

fn contents() -> CalendarContents<'static> {
    CalendarContents::new(&THE_PLAN, &current(&THE_PLAN), &options()).unwrap()
}

/// A calendar to which the whole plan was exported.
fn given() -> (Collection, Vec<Place>) {
    let mut contents = contents();
    let push = Collection::new("plan").push(&mut contents, now()).unwrap();
    let mut collection = push.collection;
    let mut places = Vec::new();
    for step in &push.steps {
        let place = Place {
            href: step.name(),
            etag: "1".to_owned(),
        };
        collection.confirm(step, place.clone());
        places.push(place);
    }
    (collection, places)
}

/// The changes received if the resource of the first event has this text.
pub fn heard(text: &str) -> Pull {
    let (collection, places) = &*GIVEN;
    hear(collection, places, text)
}

fn hear(collection: &Collection, places: &[Place], text: &str) -> Pull {
    let mut places = places.to_vec();
    let fetched = places.first_mut().map(|place| {
        // A changed text is a new state.
        "2".clone_into(&mut place.etag);
        Fetched {
            place: place.clone(),
            text: Some(text.to_owned()),
        }
    });
    collection.pull(&contents(), &places, fetched.as_slice(), now())
}

/// No panic, a collection that can be stored, moves that the plan accepts or rejects, and nothing
/// new the next time.
pub fn holds(text: &str) {
    let (_, places) = &*GIVEN;
    let pull = heard(text);
    for moved in &pull.moved {
        assert!(moved.to.start <= moved.to.end);
    }
    let stored = pull.collection.to_json().unwrap();
    assert_eq!(Collection::from_json(&stored).unwrap(), pull.collection);
    let (change, _) = pins(&THE_PLAN, &pull.moved, now());
    let plan = THE_PLAN.changed(change.as_slice(), now()).unwrap();

    let again = hear(&pull.collection, places, text);
    assert_eq!((again.moved.len(), again.deleted), (0, 0));
    assert_eq!(again.odd, [], "told again");

    let mut contents = CalendarContents::new(&plan, &current(&plan), &options()).unwrap();
    pull.collection.push(&mut contents, now()).unwrap();
}
