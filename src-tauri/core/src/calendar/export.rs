//! Sessions as an iCalendar file (RFC 5545), for Google Calendar, Apple Calendar, Outlook and the rest.
//!
//! Instants are written in UTC: exact, and read alike by every calendar without a VTIMEZONE.
//! A session's UID is made of plan, item and ordinal, so that it is the same in each export,
//! wherever the session has moved to; DTSTAMP is the plan's, so that an unchanged event is the same text.

use chrono::{DateTime, Datelike, Timelike, Utc};
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
const REMINDER: &str = "-PT10M";
const LONGEST_LINE: usize = 75;

/// The schedule as the text of an .ics file: one event per session, with a reminder ten minutes before.
pub fn calendar(plan: &Plan, schedule: &Schedule) -> String {
    let title = text(&plan.roadmap().file.title);
    let mut calendar = ICalendar::new("2.0", PRODID);
    calendar.push(Property::new("CALSCALE", "GREGORIAN"));
    // One calendar reads the one property, the next the other.
    calendar.push(Property::new("NAME", title.clone()));
    calendar.push(Property::new("X-WR-CALNAME", title));
    let stamp = instant(plan.created());
    let items: Vec<ItemText> = (0..plan.roadmap().items.len())
        .map(|item| ItemText::new(plan, schedule, item))
        .collect();
    for session in &schedule.sessions {
        calendar.add_event(event(plan, &stamp, &items[session.item()], session));
    }
    fold(&calendar.to_string())
}

/// What the events of an item have in common, escaped.
struct ItemText<'a> {
    id: &'a str,
    title: String,
    phase: String,
    notes: String,
    sessions: u32,
}

impl<'a> ItemText<'a> {
    fn new(plan: &'a Plan, schedule: &Schedule, index: usize) -> Self {
        let item = &plan.roadmap().items[index];
        let phase = &plan.roadmap().phases[item.phase];
        let mut notes = format!("Phase {}: {}\n", item.phase + 1, phase.title);
        if !item.summary.is_empty() {
            notes = format!("{}\n\n{notes}", item.summary);
        }
        Self {
            id: &item.id,
            title: text(&item.title),
            phase: text(&phase.title),
            notes: text(&notes),
            sessions: schedule.items[index].map_or(0, |span| span.sessions),
        }
    }
}

fn event<'a>(plan: &Plan, stamp: &'a str, item: &'a ItemText, session: &Session) -> Event<'a> {
    let notes = format!(
        "{}Session {} of {}\\, {}",
        item.notes,
        session.ordinal,
        item.sessions,
        words::effort(session.minutes.into()),
    );
    let mut event = Event::new(uid(plan, item.id, session.ordinal), stamp);
    event.push(DtStart::new(instant(session.start.instant())));
    event.push(DtEnd::new(instant(session.end().instant())));
    event.push(Summary::new(item.title.as_str()));
    event.push(Description::new(notes));
    event.push(Categories::new(item.phase.as_str()));
    event.push(Sequence::new("0"));
    event.push(Status::confirmed());
    event.push(Transp::opaque());
    event.add_alarm(Alarm::display(
        Trigger::new(REMINDER),
        Description::new(item.title.as_str()),
    ));
    event
}

/// Plan, item, ordinal and generation: never the time, and never a position in the schedule.
fn uid(plan: &Plan, item: &str, ordinal: u32) -> String {
    format!("{}.{item}.{ordinal}.{GENERATION}@waymark", plan.id())
}

/// "20270104T180000Z", without chrono's formatter: it would cost more than the rest of the event.
fn instant(time: DateTime<Utc>) -> String {
    let (date, clock) = (time.date_naive(), time.time());
    format!(
        "{:04}{:02}{:02}T{:02}{:02}{:02}Z",
        date.year(),
        date.month(),
        date.day(),
        clock.hour(),
        clock.minute(),
        clock.second(),
    )
}

/// A TEXT value: escaped, and without the control characters that make some readers give up the whole file.
fn text(value: &str) -> String {
    let kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\r' | '\t');
    escape_text(value.chars().filter(kept).collect::<String>()).into_owned()
}

/// Folds anew at 75 octets: the `ics` crate leaves the space that begins a continuation line
/// uncounted, so that its lines have up to 76.
fn fold(calendar: &str) -> String {
    let mut folded = String::with_capacity(calendar.len() + calendar.len() / LONGEST_LINE);
    let mut room = LONGEST_LINE;
    for line in calendar.split_terminator("\r\n") {
        let mut rest = match line.strip_prefix(' ') {
            Some(continued) => continued,
            None => {
                if !folded.is_empty() {
                    folded.push_str("\r\n");
                }
                room = LONGEST_LINE;
                line
            }
        };
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            folded.push_str(head);
            folded.push_str("\r\n ");
            rest = tail;
            room = LONGEST_LINE - 1;
        }
        folded.push_str(rest);
        room -= rest.len();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests;
