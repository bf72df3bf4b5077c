//! When the learner is busy, from an iCalendar file (RFC 5545) of any calendar program.
//!
//! A file is read in four steps: its bytes become the lines that matter ([`lines`]), these become events ([`event`]) on
//! the clocks that they name ([`zones`]), the events of one UID become occurrences ([`series`]) by their rules ([`rule`]), and only
//! those in the planning range are worked out. Every event is told of in the [`Report`]: taken, passed over, or not understood
//! and why. What is bounded is the work, by counts ([`Limits`]): the same file always gives the same report.

mod event;
mod import;
mod lines;
mod report;
mod rule;
mod series;
mod zones;

use std::collections::HashMap;
use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::problem::Problem;
use event::Event;
use lines::{Block, BlockKind};
use rule::Work;
use series::{Aside, Found};
use zones::{Definition, ZoneNames};

pub use import::import;
pub use report::{Entry, Occurrence, Outcome, Report};

/// How much of a file is read. What is beyond is refused by name, never dropped in silence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Bytes of a line that says when an event is; longer descriptions and attachments are passed over.
    pub line_bytes: usize,
    /// Parameters of such a line.
    pub parameters: usize,
    /// Components inside each other.
    pub depth: usize,
    /// Events of the file.
    pub events: usize,
    /// Periods that all rules together may go through, and dates that they may name: about 0.2 microseconds each.
    pub steps: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 20 << 20,
            line_bytes: 64 << 10,
            parameters: 64,
            depth: 16,
            events: 200_000,
            steps: 5_000_000,
        }
    }
}

/// What an event does to the time it is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Busy,
    Free,
    Cancelled,
}

/// Reads when somebody is busy from `range.start` to `range.end`, on the clock of `zone` where the file names no other.
///
/// # Errors
/// A file that is no calendar, or that is beyond the limits. What is wrong with single events stands in the report.
pub fn read(
    bytes: &[u8],
    range: Range<DateTime<Utc>>,
    zone: Tz,
    limits: &Limits,
) -> Result<Report, Problem> {
    let mut file = File::default();
    let frame = lines::blocks(bytes, limits, |block| file.take(&block))?;
    if !frame.is_calendar {
        let start = String::from_utf8_lossy(bytes.get(..40).unwrap_or(bytes)).into_owned();
        return Err(Problem::new(
            "not-a-calendar",
            "calendar file that begins with",
            start,
            "give an iCalendar file (.ics)",
        ));
    }
    let mut work = Work::new(limits.steps);
    let mut report = file.report(&range, zone, &mut work);
    report.is_cut_short = frame.is_cut_short;
    Ok(report)
}

/// All that stands in a file.
#[derive(Default)]
struct File {
    entries: Vec<Entry>,
    /// The events that are understood, with their places among the entries.
    events: Vec<(usize, Event)>,
    names: ZoneNames,
    defined: HashMap<String, Definition>,
}

impl File {
    fn take(&mut self, block: &Block) {
        let calendar = event::component(block.text);
        match block.kind {
            BlockKind::Zone => {
                if let Some(zone) = calendar.as_ref().and_then(Definition::read) {
                    self.defined.entry(zone.name.clone()).or_insert(zone);
                }
            }
            BlockKind::Event => {
                let component = calendar
                    .as_ref()
                    .and_then(|calendar| calendar.components.first());
                let read = match component {
                    Some(component) => Event::read(block, component, &mut self.names),
                    None => Err("its lines are none of a calendar".to_owned()),
                };
                let outcome = match &read {
                    Ok(event) => match event.kind {
                        Kind::Busy => Outcome::Elsewhere,
                        Kind::Free => Outcome::Free,
                        Kind::Cancelled => Outcome::Cancelled,
                    },
                    Err(why) => Outcome::NotUnderstood(why.clone()),
                };
                if let Ok(event) = read {
                    self.events.push((self.entries.len(), event));
                }
                self.entries.push(Entry {
                    line: block.line,
                    summary: component.map(event::summary).unwrap_or_default(),
                    outcome,
                });
            }
        }
    }

    fn report(mut self, range: &Range<DateTime<Utc>>, own: Tz, work: &mut Work) -> Report {
        // Clock changes are looked for so far around the range that a day more or less, and the change before it, are in it.
        let around = TimeDelta::try_days(800).unwrap_or_default();
        let from = range.start.naive_utc().checked_sub_signed(around);
        let until = range.end.naive_utc().checked_add_signed(around);
        let near = (from.unwrap_or_default(), until.unwrap_or_default());
        let zones = self.names.resolve(own, &self.defined, near, work);

        let place = series::Range {
            zones: &zones,
            from: range.start.timestamp(),
            until: range.end.timestamp(),
        };
        let (mut found, mut aside) = (Vec::new(), Aside::default());
        for series in by_uid(&self.events) {
            series::expand(&series, &place, work, &mut found, &mut aside);
        }
        found.sort_unstable();
        for (entry, why) in aside.failed {
            set(&mut self.entries, entry, Outcome::NotUnderstood(why));
        }
        for entry in aside.replaced {
            set(&mut self.entries, entry, Outcome::Replaced);
        }
        for Found { event, .. } in &found {
            if let Some(entry) = self.entries.get_mut(*event)
                && entry.outcome == Outcome::Elsewhere
            {
                entry.outcome = Outcome::Taken;
            }
        }
        let instant = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let occurrence = |found: Found| Occurrence {
            entry: found.event,
            start: instant(found.start),
            end: instant(found.end),
        };
        Report {
            range: range.clone(),
            zone: own,
            entries: self.entries,
            occurrences: found.into_iter().map(occurrence).collect(),
            unknown_zones: zones.unknown,
            is_cut_short: false,
        }
    }
}

fn set(entries: &mut [Entry], index: usize, outcome: Outcome) {
    if let Some(entry) = entries.get_mut(index) {
        entry.outcome = outcome;
    }
}

/// The events of each UID, in the order in which the file has the first of them; one without a UID is a series of its own.
fn by_uid(events: &[(usize, Event)]) -> Vec<Vec<(usize, &Event)>> {
    let mut series: Vec<Vec<(usize, &Event)>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (index, event) in events {
        let next = series.len();
        let place = match event.uid.as_deref() {
            Some(uid) => *places.entry(uid).or_insert(next),
            None => next,
        };
        match series.get_mut(place) {
            Some(series) => series.push((*index, event)),
            None => series.push(vec![(*index, event)]),
        }
    }
    series
}
