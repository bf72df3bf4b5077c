//! Sessions as an iCalendar file (RFC 5545), for Google Calendar, Apple Calendar, Outlook and the rest.
//!
//! Instants are written in UTC: exact, and read alike by every calendar without a VTIMEZONE.
//! A session's UID is made of plan, item and ordinal, so that it is the same in each export,
//! wherever the session has moved to; DTSTAMP is the plan's, so that an unchanged event is the same text.

use chrono::{DateTime, Utc};
use ics::components::Property;
use ics::properties::{
    Categories, Description, DtEnd, DtStart, Sequence, Status, Summary, Transp, Trigger,
};
use ics::{Alarm, Event, ICalendar, escape_text};

use crate::plan::Plan;
use crate::schedule::{Schedule, Session};
use crate::words;

const PRODID: &str = "-//Waymark//Study planner//EN";
/// A cancelled event's UID is never used again; until there are any, all are of the first generation.
const GENERATION: u32 = 0;
const REMINDER_MINUTES: u32 = 10;
const LONGEST_LINE: usize = 75;

/// The schedule as the text of an .ics file: one event per session, with a reminder ten minutes before.
pub fn calendar(plan: &Plan, schedule: &Schedule) -> String {
    let title = text(&plan.roadmap().file.title);
    let mut calendar = ICalendar::new("2.0", PRODID);
    calendar.push(Property::new("CALSCALE", "GREGORIAN"));
    // One calendar reads the one property, the next the other.
    calendar.push(Property::new("NAME", title.clone()));
    calendar.push(Property::new("X-WR-CALNAME", title));
    for session in &schedule.sessions {
        calendar.add_event(event(plan, schedule, session));
    }
    fold(&calendar.to_string())
}

fn event<'a>(plan: &Plan, schedule: &Schedule, session: &Session) -> Event<'a> {
    let roadmap = plan.roadmap();
    let item = &roadmap.items[session.item()];
    let phase = &roadmap.phases[item.phase];
    let of = schedule.items[session.item()].map_or(0, |span| span.sessions);
    let mut notes = format!(
        "Phase {}: {}\nSession {} of {of}, {}",
        item.phase + 1,
        phase.title,
        session.ordinal,
        words::effort(session.minutes.into()),
    );
    if !item.summary.is_empty() {
        notes = format!("{}\n\n{notes}", item.summary);
    }

    let uid = uid(plan, &item.id, session.ordinal);
    let mut event = Event::new(uid, instant(plan.created()));
    event.push(DtStart::new(instant(session.start.instant())));
    event.push(DtEnd::new(instant(session.end().instant())));
    event.push(Summary::new(text(&item.title)));
    event.push(Description::new(text(&notes)));
    event.push(Categories::new(text(&phase.title)));
    event.push(Sequence::new("0"));
    event.push(Status::confirmed());
    event.push(Transp::opaque());
    event.add_alarm(Alarm::display(
        Trigger::new(format!("-PT{REMINDER_MINUTES}M")),
        Description::new(text(&item.title)),
    ));
    event
}

/// Plan, item, ordinal and generation: never the time, and never a position in the schedule.
fn uid(plan: &Plan, item: &str, ordinal: u32) -> String {
    format!("{}.{item}.{ordinal}.{GENERATION}@waymark", plan.id())
}

fn instant(time: DateTime<Utc>) -> String {
    time.format("%Y%m%dT%H%M%SZ").to_string()
}

/// A TEXT value: escaped, and without the control characters that make some readers give up the whole file.
fn text(value: &str) -> String {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    escape_text(value.chars().filter(kept).collect::<String>()).into_owned()
}

/// Folds anew at 75 octets: the `ics` crate leaves the space that begins a continuation line
/// uncounted, so that its lines have up to 76.
fn fold(calendar: &str) -> String {
    let unfolded = calendar.replace("\r\n ", "");
    let mut folded = String::with_capacity(calendar.len() + calendar.len() / LONGEST_LINE);
    for mut line in unfolded.split_terminator("\r\n") {
        let mut room = LONGEST_LINE;
        while line.len() > room {
            let (head, tail) = line.split_at(line.floor_char_boundary(room));
            folded.push_str(head);
            folded.push_str("\r\n ");
            line = tail;
            room = LONGEST_LINE - 1;
        }
        folded.push_str(line);
        folded.push_str("\r\n");
    }
    folded
}

#[cfg(test)]
mod tests;
