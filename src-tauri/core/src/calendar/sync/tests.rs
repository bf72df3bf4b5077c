//! A server in memory, a person who changes events on it, and a sync that may be interrupted
//! anywhere.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use proptest::prelude::*;

use super::held::{self, Reading};
use super::*;
use crate::calendar::event::{EventKey, When};
use crate::calendar::export::{CalendarContents, ExportOptions};
use crate::input_error::ErrorCode;
use crate::plan::change::Replan;
use crate::plan::change::SetHours;
use crate::plan::{Change, Keep, Plan};
use crate::schedule::{Session, current};

mod rolling;

fn now() -> DateTime<Utc> {
    "2027-02-03T12:00:00Z".parse().unwrap()
}

/// A plan that began a month ago.
fn plan() -> Plan {
    let items = |phase: &str| -> Vec<_> {
        let item = |number| {
            let id = format!("{phase}-{number}");
            serde_json::json!({"id": id, "title": id, "kind": "topic", "effort_hours": 9})
        };
        (1..=3).map(item).collect()
    };
    let phase = |id: &str| {
        let outcome = serde_json::json!({"id": format!("{id}-done"), "title": "Done"});
        serde_json::json!({"id": id, "title": id, "outcome": outcome, "items": items(id)})
    };
    let plan = serde_json::json!({
        "id": "plan", "start": "2027-01-04", "zone": "Europe/Berlin", "week_minutes": 360,
        "roadmap": {
            "id": "french", "title": "French", "nominal_hours_per_week": 6,
            "phases": [phase("reading"), phase("writing")],
        },
    });
    Plan::from_json(&plan.to_string()).unwrap()
}

#[derive(Default)]
struct Server {
    /// Tag and text of each resource, by its path.
    resources: BTreeMap<String, (u64, String)>,
    tags: u64,
    /// The changes in order, which the server names from a token on: a number of them.
    changes: Vec<(String, Option<String>)>,
}

/// The local state, and the state before unrecorded steps.
struct Client {
    plan: Plan,
    collection: Collection,
    server: Server,
    /// Whether syncs ask for what changed, rather than for everything.
    asks_for_changes: bool,
    options: ExportOptions,
    now: DateTime<Utc>,
}

#[derive(Debug, Clone)]
enum Act {
    /// The plan's weekly hours change.
    Hours(u32),
    /// A sync of at most this many steps. Those after the second number are not recorded.
    Sync(usize, usize),
    /// A person moves an event by some minutes.
    Move(prop::sample::Index, i64),
    /// A person deletes an event.
    Delete(prop::sample::Index),
    /// A program moves it to another resource.
    Rename(prop::sample::Index),
    /// The ledger is lost.
    Forget,
    /// Syncs ask for what changed from now on, or for everything.
    Ask(bool),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    use prop::sample::Index;
    let act = prop_oneof![
        3 => (3..30_u32).prop_map(Act::Hours),
        4 => (0..80_usize, 0..80_usize).prop_map(|(steps, recorded)| Act::Sync(steps, recorded)),
        1 => (any::<Index>(), -5_000..5_000_i64).prop_map(|(which, by)| Act::Move(which, by)),
        1 => any::<Index>().prop_map(Act::Delete),
        1 => any::<Index>().prop_map(Act::Rename),
        1 => Just(Act::Forget),
        1 => any::<bool>().prop_map(Act::Ask),
    ];
    prop::collection::vec(act, 1..10)
}

impl Server {
    fn put(&mut self, href: &str, text: String) -> Place {
        self.tags += 1;
        self.resources.insert(href.to_owned(), (self.tags, text));
        let etag = self.tags.to_string();
        self.changes.push((href.to_owned(), Some(etag.clone())));
        let href = href.to_owned();
        Place { href, etag }
    }

    fn remove(&mut self, href: &str) -> Option<(u64, String)> {
        self.changes.push((href.to_owned(), None));
        self.resources.remove(href)
    }

    fn token(&self) -> SyncMark {
        SyncMark::Token(self.changes.len().to_string())
    }

    fn since(&self, mark: &SyncMark) -> Delta {
        let SyncMark::Token(token) = mark else {
            panic!("{mark:?}");
        };
        let from: usize = token.parse().unwrap();
        Delta {
            etags: self.changes[from..].iter().cloned().collect(),
        }
    }

    fn list(&self) -> Vec<Place> {
        let place = |(href, (tag, _)): (&String, &(u64, String))| Place {
            href: href.clone(),
            etag: tag.to_string(),
        };
        self.resources.iter().map(place).collect()
    }

    fn fetch(&self, hrefs: &[String]) -> Vec<Fetched> {
        let fetched = hrefs.iter().map(|href| {
            let (tag, text) = &self.resources[href];
            Fetched {
                place: Place {
                    href: href.clone(),
                    etag: tag.to_string(),
                },
                text: Some(text.clone()),
            }
        });
        fetched.collect()
    }

    /// As on a real server, the entity tag must match the current state.
    fn take(&mut self, step: &PushStep) -> Place {
        let known = step.place.as_ref().map(|place| place.etag.clone());
        let href = match &step.place {
            Some(place) => place.href.clone(),
            None => step.name(),
        };
        let there = self.resources.get(&href).map(|(tag, _)| tag.to_string());
        assert_eq!(known, there, "{}", step.uid);
        match &step.text {
            Some(text) => {
                let held = self.resources.get(&href);
                let merged = held.map(|(_, held)| step.merged(held).unwrap().text);
                self.put(&href, merged.unwrap_or_else(|| text.clone()))
            }
            None => {
                self.remove(&href);
                Place::default()
            }
        }
    }

    fn nth(&self, which: prop::sample::Index) -> Option<String> {
        let hrefs: Vec<_> = self.resources.keys().cloned().collect();
        (!hrefs.is_empty()).then(|| which.get(&hrefs).clone())
    }

    /// Start, end and subject of each event, as the core reads them.
    fn held(&self, plan: &Plan) -> Vec<(i64, i64, EventKey)> {
        let held = self
            .resources
            .values()
            .map(|(_, text)| match held::read(text, plan) {
                Reading::Ours(held) => (held.when.start, held.when.end, held.id.key),
                _ => panic!("not read: {text}"),
            });
        let mut held: Vec<_> = held.collect();
        held.sort();
        held
    }
}

impl Client {
    fn new() -> Self {
        Self {
            plan: plan(),
            collection: Collection::new("plan"),
            server: Server::default(),
            asks_for_changes: true,
            options: ExportOptions::default(),
            now: now(),
        }
    }

    fn contents(&self) -> CalendarContents<'_> {
        CalendarContents::new(&self.plan, &current(&self.plan), &self.options).unwrap()
    }

    /// The number of moves and of deletions received.
    fn sync(
        &mut self,
        steps: usize,
        recorded: usize,
        answer: Option<DeletedAnswer>,
    ) -> (usize, usize) {
        let heard = self.hear(answer);
        let push = self.push();
        self.send(&push, steps, recorded);
        heard
    }

    fn hear(&mut self, answer: Option<DeletedAnswer>) -> (usize, usize) {
        let token = self.server.token();
        let listed = self.listed();
        let fetched = self.server.fetch(&self.collection.to_fetch(&listed, false));
        let pull = self
            .collection
            .pull(&self.contents(), &listed, &fetched, self.now);
        let heard = (pull.moved.len(), pull.deleted);
        if let (Some(change), _) = pins(&self.plan, &pull.moved, self.now) {
            self.plan = self.plan.changed(&[change], self.now).unwrap();
        }
        self.collection = pull.collection;
        self.knows(token);
        let questions = self.collection.questions(&self.contents());
        for question in questions {
            if let Some(answer) = answer {
                self.collection.answer(&question, answer);
            }
        }
        heard
    }

    fn push(&self) -> Push {
        self.collection
            .push(&mut self.contents(), self.now)
            .unwrap()
    }

    fn send(&mut self, push: &Push, steps: usize, recorded: usize) {
        // Stored and read again, as after an interruption.
        self.collection = Collection::from_json(&push.collection.to_json().unwrap()).unwrap();
        for (index, step) in push.steps.iter().take(steps).enumerate() {
            let place = self.server.take(step);
            if index < recorded {
                self.collection.confirm(step, place);
            }
        }
        if let Some(known) = self.collection.known().cloned() {
            let token = self.server.token();
            let after = self.collection.after(&self.server.since(&known.mark));
            if after.is_some_and(|places| self.collection.is_up_to_date(&places)) {
                self.knows(token);
            }
        }
    }

    /// The changes since the last sync, if the server can name them; otherwise everything.
    fn listed(&self) -> Vec<Place> {
        let known = self.collection.known().filter(|_| self.asks_for_changes);
        let named = known.and_then(|known| self.collection.after(&self.server.since(&known.mark)));
        named.unwrap_or_else(|| self.server.list())
    }

    fn knows(&mut self, mark: SyncMark) {
        let listed = now();
        self.collection
            .knows_until(Some(KnownState { mark, listed }));
    }

    fn move_by(&mut self, href: &str, minutes: i64) {
        let (_, text) = self.server.resources[href].clone();
        let shift = |line: &str| {
            let (name, value) = line.split_once(':')?;
            let is_time = matches!(name, "DTSTART" | "DTEND");
            let format = "%Y%m%dT%H%M%SZ";
            let at = chrono::NaiveDateTime::parse_from_str(value, format).ok()?;
            let moved = at + chrono::TimeDelta::minutes(minutes);
            is_time.then(|| format!("{name}:{}", moved.format(format)))
        };
        let lines = text
            .split("\r\n")
            .map(|line| shift(line).unwrap_or_else(|| line.to_owned()));
        let text = lines.collect::<Vec<_>>().join("\r\n");
        self.server.put(href, text);
    }

    fn wanted(&self) -> Vec<(i64, i64, EventKey)> {
        let contents = self.contents();
        let wanted = contents.events.iter().map(|wanted| {
            let key = contents.subjects[wanted.subject].key.clone();
            (wanted.when.start, wanted.when.end, key)
        });
        let mut wanted: Vec<_> = wanted.collect();
        wanted.sort();
        wanted
    }

    /// Future events, without the one in progress.
    fn ahead(events: Vec<(i64, i64, EventKey)>) -> Vec<(i64, i64, EventKey)> {
        let now = now().timestamp();
        events
            .into_iter()
            .filter(|(start, ..)| *start > now)
            .collect()
    }
}

/// Two sessions of an item swapped places in the calendar, and a third was moved three hours later:
/// no other session moves, and nothing takes the freed time.
#[test]
fn sessions_that_were_moved_move_alone() {
    let replan = Change::Replan(Replan { keep: Keep::Frozen });
    let plan = plan().changed(&[replan], now()).unwrap();
    let scheduled = current(&plan).sessions;
    let when = |start: i64, minutes: u32| When {
        start,
        end: start + i64::from(minutes) * 60,
        all_day: false,
    };
    let of_item = scheduled
        .iter()
        .filter(|session| session.item == scheduled[0].item);
    let [a, b, c] = of_item.take(3).collect::<Vec<_>>()[..] else {
        panic!("too few sessions");
    };
    let item = &plan.roadmap().items[a.item()];
    let places = [
        (a, b.start.seconds),
        (b, a.start.seconds),
        (c, c.start.seconds + 3 * 3600),
    ];
    let moved = places.map(|(session, to)| Moved {
        item: item.id.clone(),
        title: item.title.clone(),
        from: when(session.start.seconds, session.minutes),
        to: when(to, session.minutes),
    });
    let (Some(change), refused) = pins(&plan, &moved, now()) else {
        panic!("nothing was moved");
    };
    assert_eq!(refused, []);
    let after = plan.changed(&[change], now()).unwrap();
    let place = |session: &Session| (session.start.seconds, session.minutes, session.item);
    let mut expected: Vec<_> = scheduled
        .iter()
        .filter(|session| ![a, b, c].contains(session))
        .map(place)
        .collect();
    expected.extend(places.map(|(session, to)| (to, session.minutes, session.item)));
    expected.sort_unstable();
    let after: Vec<_> = current(&after).sessions.iter().map(place).collect();
    assert_eq!(after, expected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// For every edit on the server, every change of the plan and every interruption: after one
    /// complete sync, the future of the calendar equals the future of the plan, event by event, and
    /// the next sync has nothing to do.
    #[test]
    fn in_the_end_the_calendar_is_the_plan(acts in acts()) {
        let mut side = Client::new();
        for act in acts {
            match act {
                Act::Hours(hours) => {
                    let change = Change::Hours(SetHours { value: hours.to_string() });
                    side.plan = side.plan.changed(&[change], now()).unwrap();
                }
                Act::Sync(steps, recorded) => {
                    side.sync(steps, recorded, None);
                }
                Act::Move(which, minutes) => {
                    if let Some(href) = side.server.nth(which) {
                        side.move_by(&href, minutes);
                    }
                }
                Act::Delete(which) => {
                    if let Some(href) = side.server.nth(which) {
                        side.server.remove(&href);
                    }
                }
                Act::Rename(which) => {
                    if let Some(href) = side.server.nth(which) {
                        let (_, text) = side.server.remove(&href).unwrap();
                        side.server.put(&format!("{href}-elsewhere"), text);
                    }
                }
                Act::Forget => side.collection = Collection::new("plan"),
                Act::Ask(asks) => side.asks_for_changes = asks,
            }
        }
        side.sync(usize::MAX, usize::MAX, Some(DeletedAnswer::Restore));
        prop_assert_eq!(
            Client::ahead(side.server.held(&side.plan)),
            Client::ahead(side.wanted())
        );
        let heard = side.sync(0, 0, None);
        prop_assert_eq!(heard, (0, 0));
        let push = side.push();
        prop_assert!(push.steps.is_empty(), "{:?}", push.steps);
    }

    /// If nobody else changes anything, an interruption does not look like a person's edit.
    #[test]
    fn what_we_sent_is_not_taken_for_what_a_person_did(
        rounds in prop::collection::vec((3..30_u32, 0..80_usize, 0..80_usize), 1..6),
    ) {
        let mut side = Client::new();
        for (hours, steps, recorded) in rounds {
            let change = Change::Hours(SetHours { value: hours.to_string() });
            side.plan = side.plan.changed(&[change], now()).unwrap();
            let heard = side.sync(steps, recorded, None);
            prop_assert_eq!(heard, (0, 0));
        }
        let heard = side.sync(usize::MAX, usize::MAX, None);
        prop_assert_eq!(heard, (0, 0));
        prop_assert_eq!(side.server.held(&side.plan), side.wanted());
    }
}

/// A program has put another event into the resource: the plan's event counts as deleted.
#[test]
fn an_event_that_was_replaced_by_another_one_is_deleted() {
    let mut side = Client::new();
    side.sync(usize::MAX, usize::MAX, None);
    let (href, (_, text)) = side.server.resources.last_key_value().unwrap();
    let (href, text) = (href.clone(), text.replace("UID:plan.", "UID:theirs."));
    side.server.put(&href, text.clone());
    assert_eq!(side.sync(usize::MAX, usize::MAX, None), (0, 1));
    assert_eq!(
        side.sync(usize::MAX, usize::MAX, Some(DeletedAnswer::Restore)),
        (0, 0)
    );
    assert_eq!(side.server.resources[&href].1, text);
    side.server.remove(&href);
    assert_eq!(side.server.held(&side.plan), side.wanted());
}

#[test]
fn damage_to_a_stored_collection_is_noticed() {
    let mut side = Client::new();
    side.sync(9, 4, None);
    let text = side.collection.to_json().unwrap();
    assert_eq!(Collection::from_json(&text).unwrap(), side.collection);
    let damaged = text
        .replacen("Berlin", "Bern", 1)
        .replacen("plan.", "plam.", 1);
    assert_eq!(
        Collection::from_json(&damaged).unwrap_err().code,
        ErrorCode::LedgerDamaged
    );
    // A ledger of files is something else: it has no data about a server.
    let ledger = side.collection.ledger().to_json().unwrap();
    assert_eq!(
        Collection::from_json(&ledger).unwrap_err().code,
        ErrorCode::LedgerDamaged
    );
}
