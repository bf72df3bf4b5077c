//! An event of the plan as stored on a server, including any changes a person made in their
//! calendar.

use std::collections::HashMap;

use chrono::TimeDelta;

use crate::calendar::event::{EventId, EventKind, When, read_uid};
use crate::calendar::ical::budget::Budget;
use crate::calendar::ical::event::{BusyKind, Event};
use crate::calendar::ical::limits::Limits;
use crate::calendar::ical::lines::{self, BlockKind};
use crate::calendar::ical::parse;
use crate::calendar::ical::times::{ClockTime, End};
use crate::calendar::ical::zones::{Definition, ZoneId, ZoneNames, Zones};
use crate::plan::Plan;

/// Upper bound for distances from 1970. The ledger rejects anything further away.
const FARTHEST_SECONDS: u64 = 10_000_000_000;
/// Days around an event in which to look for clock changes.
const DAYS_AROUND: i64 = 800;

/// The content of a text from the server.
pub(super) enum Reading {
    Ours(HeldEvent),
    /// An event of the plan that can no longer be planned with, and the reason.
    Odd {
        uid: String,
        why: String,
    },
    /// Not an event of this plan.
    Foreign,
}

pub(super) struct HeldEvent {
    pub uid: String,
    pub id: EventId,
    pub sequence: u32,
    pub when: When,
    pub is_cancelled: bool,
}

/// Reads one resource of a server's collection.
pub(super) fn read(text: &str, plan: &Plan) -> Reading {
    let limits = Limits::default();
    let mut names = ZoneNames::default();
    let mut defined = HashMap::new();
    let mut events = Vec::new();
    let read = lines::blocks(text.as_bytes(), &limits, |block| {
        let Some(calendar) = parse::component(block.text) else {
            return;
        };
        if block.kind == BlockKind::Zone {
            let zone = Definition::read(&calendar);
            defined.extend(zone.map(|zone| (zone.name.clone(), zone)));
        } else if let Some(component) = calendar.components.first()
            && let Some(uid) = component.uid()
            && let Some(id) = read_uid(plan.id(), uid)
        {
            let event = Event::read(&block, component, &mut names);
            events.push((uid.to_owned(), id, event));
        }
    });
    let mut events = events.into_iter();
    let (Ok(_), Some((uid, id, event))) = (read, events.next()) else {
        return Reading::Foreign;
    };
    let event = match event {
        Ok(event) if event.is_recurrent() || events.next().is_some() => {
            Err("it repeats".to_owned())
        }
        event => event,
    };
    let held = event.and_then(|event| {
        let around = TimeDelta::try_days(DAYS_AROUND).unwrap_or_default();
        let from = event.start.local.checked_sub_signed(around);
        let until = event.start.local.checked_add_signed(around);
        let near = from.zip(until).ok_or(OUT_OF_RANGE)?;
        let zones = names.resolve(plan.zone(), &defined, near, &mut Budget::new(limits.steps));
        let when = when(&event, &zones, plan)?;
        if when.all_day == (id.key.kind != EventKind::Session) {
            Ok((when, event))
        } else {
            Err("whole days are given for times, or times for whole days".to_owned())
        }
    });
    match held {
        Err(why) => Reading::Odd { uid, why },
        Ok((when, event)) => Reading::Ours(HeldEvent {
            uid,
            id,
            // A number too high to be raised further counts as 0.
            sequence: u32::try_from(event.version.sequence)
                .ok()
                .filter(|sequence| *sequence < 1_000_000)
                .unwrap_or(0),
            when,
            is_cancelled: event.kind == BusyKind::Cancelled,
        }),
    }
}

const OUT_OF_RANGE: &str = "it is at a time that no plan has";

fn when(event: &Event, zones: &Zones, plan: &Plan) -> Result<When, String> {
    let all_day = event.start.is_date;
    let start = seconds(event.start, zones, plan)?;
    let end = match event.end {
        End::At(end) if end.is_date == all_day => seconds(end, zones, plan)?,
        End::At(_) => {
            return Err("it starts at a time and ends with a day, or the other way".to_owned());
        }
        End::Lasting(length) => {
            let local = event.start.local.checked_add_signed(length.by_clock);
            let local = local.ok_or(OUT_OF_RANGE)?;
            let end = seconds(
                ClockTime {
                    local,
                    ..event.start
                },
                zones,
                plan,
            )?;
            end.saturating_add(length.real.num_seconds())
        }
    };
    let is_near = |seconds: i64| seconds.unsigned_abs() < FARTHEST_SECONDS;
    if !is_near(start) || !is_near(end) || end < start {
        return Err(OUT_OF_RANGE.to_owned());
    }
    Ok(When {
        start,
        end,
        all_day,
    })
}

/// Seconds in the form that [`When`] uses.
fn seconds(when: ClockTime, zones: &Zones, plan: &Plan) -> Result<i64, String> {
    if when.is_date {
        Ok(when.local.and_utc().timestamp())
    } else if when.zone == ZoneId::FLOATING {
        // On the learner's own clock, wherever they are then.
        Ok(plan.moment(when.local).seconds)
    } else if zones.is_known(when.zone) {
        Ok(zones.at(when.zone).instant(when.local))
    } else {
        Err("it is in a time zone that nobody knows".to_owned())
    }
}
