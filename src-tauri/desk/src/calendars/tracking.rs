//! The calendars that sync automatically while their plan is open: what is due, and the state to
//! show.

use std::collections::BTreeMap;
use std::sync::Mutex;

use chrono::{DateTime, Utc};
use serde::Serialize;
use waymark_core::calendar::export::ExportOptions;
use waymark_core::calendar::rhythm::{Due, Rhythm, SyncEnd};
use waymark_core::words;
use waymark_core::zone::Zone;

use super::trouble::Trouble;
use super::{Calendar, Way};
use crate::mutex::lock;

/// The syncs and changes of each calendar since the plan was opened, by the calendar's id.
#[derive(Debug, Default)]
pub struct Tracking(Mutex<BTreeMap<String, Tracked>>);

#[derive(Debug, Default)]
struct Tracked {
    rhythm: Rhythm,
    /// The state that a sync would send, as of the last look.
    seen: Option<Seen>,
    is_running: bool,
}

/// The inputs that decide the contents of a calendar.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    /// Raised with each change of the plan.
    generation: u64,
    options: ExportOptions,
}

/// The next step of the automatic sync.
#[derive(Debug)]
pub enum NextSync {
    /// This calendar is to be synced.
    Now(Box<Calendar>),
    /// Nothing before this time.
    At(DateTime<Utc>),
    /// Nothing until something happens.
    Never,
}

/// The state of all calendars that sync automatically.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CalendarsState {
    /// The kind of state.
    pub kind: StateKind,
    /// A few words for the bar.
    pub short: String,
    /// The same as whole sentences.
    pub sentence: String,
}

/// The kind of a [`CalendarsState`], in order of importance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum StateKind {
    /// All are as the plan is.
    InStep,
    /// Something is being sent, or is about to be.
    Sending,
    /// A sync failed, and is tried again.
    Failing,
    /// The learner has to answer.
    Asks,
}

/// A calendar, and how many sessions were deleted in it that the learner hasn't decided about.
#[derive(Debug)]
pub struct Asking {
    /// The calendar.
    pub calendar: Calendar,
    /// The number of open questions.
    pub questions: usize,
}

/// Whether Waymark syncs a calendar without being asked.
pub(super) fn is_auto_synced(calendar: &Calendar) -> bool {
    let is_on_a_server = matches!(calendar.way, Way::Server { .. }) || calendar.upload.is_some();
    calendar.auto_sync && is_on_a_server
}

impl Tracking {
    /// Looks at the calendars and the plan as they are now, and returns the next step.
    pub fn next(&self, calendars: &[Calendar], generation: u64, now: DateTime<Utc>) -> NextSync {
        let mut tracked = lock(&self.0);
        let mut next = NextSync::Never;
        for calendar in calendars.iter().filter(|it| is_auto_synced(it)) {
            let tracked = tracked.entry(calendar.id.clone()).or_default();
            let seen = Some(Seen {
                generation,
                options: calendar.options.clone(),
            });
            if tracked.seen != seen {
                if tracked.seen.is_some() {
                    tracked.rhythm.changed(now);
                }
                tracked.seen = seen;
            }
            match (tracked.rhythm.due(now), &next) {
                (Due::Now, _) => return NextSync::Now(Box::new(calendar.clone())),
                (Due::At(due), NextSync::At(known)) if due >= *known => {}
                (Due::At(due), _) => next = NextSync::At(due),
                (Due::Answered, _) => {}
            }
        }
        next
    }

    /// Notes that a sync of a calendar begins.
    pub fn begun(&self, id: &str) {
        let mut tracked = lock(&self.0);
        let tracked = tracked.entry(id.to_owned()).or_default();
        tracked.rhythm.begun();
        tracked.is_running = true;
    }

    /// Notes how it ended; `None` if it didn't really begin.
    pub fn ended(&self, id: &str, end: Option<SyncEnd>, now: DateTime<Utc>) {
        let mut tracked = lock(&self.0);
        let tracked = tracked.entry(id.to_owned()).or_default();
        match end {
            Some(end) => {
                tracked.is_running = false;
                tracked.rhythm.ended(end, now);
            }
            // The one that is under way may not have all changes.
            None => {
                tracked.rhythm.ended(SyncEnd::Done, now);
                tracked.rhythm.changed(now);
            }
        }
    }

    /// Notes that the learner has answered a question about a calendar.
    pub fn answered(&self, id: &str, now: DateTime<Utc>) {
        if let Some(tracked) = lock(&self.0).get_mut(id) {
            tracked.rhythm.answered(now);
        }
    }

    /// Notes that a calendar no longer syncs automatically.
    pub fn forget(&self, id: &str) {
        lock(&self.0).remove(id);
    }

    /// The state to show, in one place for all; `None` if no calendar syncs automatically.
    pub fn state(
        &self,
        calendars: &[Asking],
        zone: Zone,
        now: DateTime<Utc>,
    ) -> Option<CalendarsState> {
        let tracked = lock(&self.0);
        let own = calendars.iter().filter(|it| is_auto_synced(&it.calendar));
        let mut states: Vec<CalendarsState> = own
            .map(|it| {
                let tracked = tracked.get(&it.calendar.id);
                let is_sending =
                    tracked.is_none_or(|tracked| tracked.is_running || tracked.rhythm.is_waiting());
                of_one(it, is_sending, zone, now)
            })
            .collect();
        // The most important one first, in whole sentences for all.
        states.sort_by_key(|state| std::cmp::Reverse(state.kind));
        let sentences: Vec<&str> = states.iter().map(|it| it.sentence.as_str()).collect();
        let sentence = sentences.join(" ");
        let first = states.into_iter().next()?;
        Some(CalendarsState { sentence, ..first })
    }
}

fn of_one(asking: &Asking, is_sending: bool, zone: Zone, now: DateTime<Utc>) -> CalendarsState {
    let Asking {
        calendar,
        questions,
    } = asking;
    let name = words::one_line(&calendar.name);
    let trouble = calendar.trouble.as_ref();
    if let Some(Trouble { message, .. }) = trouble.filter(|trouble| trouble.asks) {
        return CalendarsState {
            kind: StateKind::Asks,
            short: "Waits for you".to_owned(),
            sentence: format!("“{name}” waits for you: {message}"),
        };
    }
    if *questions > 0 {
        let questions = words::count(*questions, "question");
        return CalendarsState {
            kind: StateKind::Asks,
            short: format!("{questions} for you"),
            sentence: format!("“{name}”: {questions} about sessions you deleted there."),
        };
    }
    if let Some(trouble) = trouble {
        let local = |time: DateTime<Utc>| time.with_timezone(&zone).naive_local();
        let since = local(trouble.since);
        let at = match since.date() == local(now).date() {
            true => since.format("%H:%M").to_string(),
            false => words::short_date(since.date()),
        };
        let what = match trouble.is_away() {
            true => "Can't reach",
            false => "Not in step",
        };
        return CalendarsState {
            kind: StateKind::Failing,
            short: format!("{what} since {at}"),
            sentence: format!(
                "“{name}”: {} Not in step since {}; Waymark will try again automatically.",
                trouble.message,
                words::moment(since),
            ),
        };
    }
    if is_sending {
        return CalendarsState {
            kind: StateKind::Sending,
            short: "Syncing…".to_owned(),
            sentence: format!("“{name}” gets the latest changes."),
        };
    }
    CalendarsState {
        kind: StateKind::InStep,
        short: "In step".to_owned(),
        sentence: format!("“{name}” is in step with the plan."),
    }
}

#[cfg(test)]
mod tests;
