//! From the bytes of a file to a report of when somebody is busy.

use std::collections::HashMap;
use std::ops::Range;

use crate::zone::Zone;
use chrono::{DateTime, TimeDelta, Utc};

use super::report::{BusyReport, EventOutcome, EventReport, Occurrence};
use super::series::{self, Aside, FoundTime};
use crate::calendar::ical::budget::Budget;
use crate::calendar::ical::event::{self, BusyKind, Event};
use crate::calendar::ical::limits::Limits;
use crate::calendar::ical::lines::{self, BlockKind, TextBlock};
use crate::calendar::ical::parse;
use crate::calendar::ical::zones::{Definition, ZoneNames};
use crate::input_error::{ErrorCode, InputError};

const DAYS_OF_A_CENTURY: i64 = 36_525;
/// What it takes to read an event or a zone, and a rule.
const STEPS_OF_A_PART: usize = 8;
const STEPS_OF_A_RULE: usize = 4;

/// Reads when somebody is busy from `range.start` to `range.end`, on the clock of `zone` where the file names no other.
///
/// # Errors
/// A file that is no calendar, or that is beyond the limits. What is wrong with single events stands in the report.
pub fn read(
    bytes: &[u8],
    range: Range<DateTime<Utc>>,
    zone: Zone,
    limits: &Limits,
) -> Result<BusyReport, InputError> {
    let mut file = ParsedFile::default();
    let frame = lines::blocks(bytes, limits, |block| file.take(&block))?;
    if !frame.is_calendar {
        let start = String::from_utf8_lossy(bytes.get(..40).unwrap_or(bytes)).into_owned();
        return Err(InputError::new(
            ErrorCode::NotACalendar,
            "start of the calendar file",
            start,
            "choose an iCalendar file (.ics)",
        )
        .because("isn't iCalendar"));
    }
    let mut budget = Budget::new(limits.steps);
    let mut report = file.report(&range, zone, &mut budget);
    report.is_cut_short = frame.is_cut_short;
    Ok(report)
}

/// All that stands in a file.
#[derive(Default)]
struct ParsedFile {
    entries: Vec<EventReport>,
    /// The events that are understood, with their places among the entries.
    events: Vec<(usize, Event)>,
    names: ZoneNames,
    defined: HashMap<String, Definition>,
}

impl ParsedFile {
    fn take(&mut self, block: &TextBlock) {
        let calendar = parse::component(block.text);
        match block.kind {
            BlockKind::Zone => {
                if let Some(zone) = calendar.as_ref().and_then(Definition::read) {
                    self.defined.entry(zone.name.clone()).or_insert(zone);
                }
            }
            BlockKind::Event | BlockKind::Periods => {
                let component = calendar
                    .as_ref()
                    .and_then(|calendar| calendar.components.first());
                let read = match component {
                    None => Err("its lines are none of a calendar".to_owned()),
                    Some(component) if block.kind == BlockKind::Periods => {
                        Event::read_periods(block, component, &mut self.names)
                    }
                    Some(component) => Event::read(block, component, &mut self.names).map(Some),
                };
                let outcome = match &read {
                    Ok(Some(event)) => match event.kind {
                        BusyKind::Busy => EventOutcome::Elsewhere,
                        BusyKind::Free => EventOutcome::Free,
                        BusyKind::Cancelled => EventOutcome::Cancelled,
                        BusyKind::Declined => EventOutcome::Declined,
                    },
                    Ok(None) => EventOutcome::Free,
                    Err(why) => EventOutcome::NotUnderstood(why.clone()),
                };
                if let Ok(Some(event)) = read {
                    self.events.push((self.entries.len(), event));
                }
                self.entries.push(EventReport {
                    line: block.line,
                    summary: component.map(event::summary).unwrap_or_default(),
                    outcome,
                });
            }
        }
    }

    /// What reading it has cost, in steps.
    fn cost(&self) -> u64 {
        let rules = self.events.iter();
        let rules = rules.map(|(_, event)| event.rules.len() + event.rules_out.len());
        let parts = self.entries.len() + self.defined.len();
        let steps = parts * STEPS_OF_A_PART + rules.sum::<usize>() * STEPS_OF_A_RULE;
        u64::try_from(steps).unwrap_or(u64::MAX)
    }

    fn report(
        mut self,
        range: &Range<DateTime<Utc>>,
        own: Zone,
        budget: &mut Budget,
    ) -> BusyReport {
        // What is left may be nothing: then what needs no rule is read all the same.
        let _ = budget.spend(self.cost());
        // Clock changes are looked for so far around the range that a day more or less, the change before it, and the start of
        // what lasts into it are in it.
        let days = |days| TimeDelta::try_days(days).unwrap_or_default();
        let reach = self.events.iter().map(|(_, event)| event.reach()).max();
        let around = days(800) + reach.unwrap_or_default().min(days(DAYS_OF_A_CENTURY));
        let from = range.start.naive_utc().checked_sub_signed(around);
        let until = range.end.naive_utc().checked_add_signed(around);
        let near = (from.unwrap_or_default(), until.unwrap_or_default());
        let zones = self.names.resolve(own, &self.defined, near, budget);
        for (_, event) in &mut self.events {
            event.settle(&zones);
        }

        let place = series::Range {
            zones: &zones,
            from: range.start.timestamp(),
            until: range.end.timestamp(),
        };
        let (mut found, mut aside) = (Vec::new(), Aside::default());
        for series in by_uid(&self.events) {
            series::expand(&series, &place, budget, &mut found, &mut aside);
        }
        found.sort_unstable();
        for (entry, why) in aside.failed {
            set(&mut self.entries, entry, EventOutcome::NotUnderstood(why));
        }
        for entry in aside.replaced {
            set(&mut self.entries, entry, EventOutcome::Replaced);
        }
        for FoundTime { event, .. } in &found {
            if let Some(entry) = self.entries.get_mut(*event)
                && entry.outcome == EventOutcome::Elsewhere
            {
                entry.outcome = EventOutcome::Taken;
            }
        }
        let instant = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let occurrence = |found: FoundTime| Occurrence {
            entry: found.event,
            start: instant(found.start),
            end: instant(found.end),
        };
        BusyReport {
            range: range.clone(),
            zone: own,
            entries: self.entries,
            occurrences: found.into_iter().map(occurrence).collect(),
            unknown_zones: zones.unknown,
            is_cut_short: false,
        }
    }
}

fn set(entries: &mut [EventReport], index: usize, outcome: EventOutcome) {
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
