//! An event of the plan as a server holds it, after whatever a person did to it in their calendar.

use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarEntry, ICalendarProperty, ICalendarStatus,
    ICalendarValue,
};

use crate::availability;
use crate::calendar::export::{Key, Matter, When, read_uid};
use crate::plan::Plan;

/// No event of a plan is as far from 1970 as this: the ledger takes none beyond it.
const FARTHEST_SECONDS: u64 = 10_000_000_000;
const DAY_SECONDS: i64 = 86_400;

/// What stands in a text that a server gave.
pub(super) enum Reading {
    Ours(Held),
    /// An event of ours that is no longer what we can plan with, and why.
    Odd {
        uid: String,
        why: &'static str,
    },
    /// Nothing of this plan.
    Foreign,
}

pub(super) struct Held {
    pub uid: String,
    pub key: Key,
    pub ordinal: u32,
    pub generation: u32,
    pub sequence: u32,
    pub when: When,
    pub is_cancelled: bool,
}

/// Reads one resource of a server's collection.
pub(super) fn read(text: &str, plan: &Plan) -> Reading {
    let Ok(calendar) = ICalendar::parse(text) else {
        return Reading::Foreign;
    };
    let name = |event: &ICalendarComponent| {
        let uid = event.uid()?;
        Some((uid.to_owned(), read_uid(plan.id(), uid)?))
    };
    let mut events = calendar
        .components
        .iter()
        .filter_map(|event| Some((event, name(event)?)));
    let Some((event, (uid, (key, ordinal, generation)))) = events.next() else {
        return Reading::Foreign;
    };
    if event.is_recurrent_or_override() || events.next().is_some() {
        let why = "it repeats";
        return Reading::Odd { uid, why };
    }
    let is_cancelled = event.status() == Some(&ICalendarStatus::Cancelled);
    let when = match when(event, plan) {
        Ok(when) if when.all_day == (key.about != Matter::Session) => when,
        Ok(_) => {
            let why = "whole days are given for times, or times for whole days";
            return Reading::Odd { uid, why };
        }
        Err(why) => return Reading::Odd { uid, why },
    };
    let sequence = event.property(&ICalendarProperty::Sequence);
    let sequence = sequence.and_then(|entry| entry.values.first()?.as_integer());
    Reading::Ours(Held {
        uid,
        key,
        ordinal,
        generation,
        // A number that could not be raised any more is none that we count on from.
        sequence: sequence
            .and_then(|sequence| u32::try_from(sequence).ok())
            .filter(|sequence| *sequence < 1_000_000)
            .unwrap_or(0),
        when,
        is_cancelled,
    })
}

fn when(event: &ICalendarComponent, plan: &Plan) -> Result<When, &'static str> {
    let at = |property| event.property(property).map(|entry| moment(entry, plan));
    let (start, all_day) = at(&ICalendarProperty::Dtstart).unwrap_or(Err("it has no start"))?;
    let duration = event.property(&ICalendarProperty::Duration);
    let duration = duration.and_then(|entry| match entry.values.first()? {
        ICalendarValue::Duration(duration) => Some(duration.as_seconds()),
        _ => None,
    });
    let end = match (at(&ICalendarProperty::Dtend), duration) {
        (Some(end), _) => end?.0,
        (None, Some(seconds)) => start.saturating_add(seconds),
        (None, None) if all_day => start.saturating_add(DAY_SECONDS),
        (None, None) => start,
    };
    let is_near = |seconds: i64| seconds.unsigned_abs() < FARTHEST_SECONDS;
    if !is_near(start) || !is_near(end) || end < start {
        return Err("it is at a time that no plan has");
    }
    Ok(When {
        start,
        end,
        all_day,
    })
}

/// Seconds as [`When`] has them, and whether it is a date.
fn moment(entry: &ICalendarEntry, plan: &Plan) -> Result<(i64, bool), &'static str> {
    let value = entry.values.first();
    let time = value.and_then(ICalendarValue::as_partial_date_time);
    let time = time.ok_or("it has a time that is none")?;
    let read = time
        .to_date_time()
        .ok_or("it has a time that no calendar has")?;
    let shown = read.date_time.and_utc().timestamp();
    if time.hour.is_none() {
        return Ok((shown, true));
    }
    if let Some(offset) = read.offset {
        return Ok((shown - i64::from(offset.local_minus_utc()), false));
    }
    let on_clock = |zone| availability::moment(read.date_time, zone).seconds;
    let seconds = match entry.tz_id().map(str::parse) {
        // Floating: on the learner's own clock.
        None => plan.moment(read.date_time).seconds,
        Some(Ok(Tz::Tz(zone))) => on_clock(zone),
        Some(Ok(Tz::Fixed(offset))) => shown - i64::from(offset.local_minus_utc()),
        Some(_) => return Err("it is in a time zone that nobody knows"),
    };
    Ok((seconds, false))
}
