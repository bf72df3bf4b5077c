//! From the bytes of a file to a report of when somebody is busy.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};

use super::own::OwnSessions;
use super::report::{BusyReport, EventOutcome, EventReport, Occurrence};
use super::series::{self, Aside, FoundTime};
use crate::calendar::ical::budget::Budget;
use crate::calendar::ical::event::{self, BusyKind, Event};
use crate::calendar::ical::limits::Limits;
use crate::calendar::ical::lines::{self, BlockKind, TextBlock};
use crate::calendar::ical::parse;
use crate::calendar::ical::zones::{Definition, ZoneNames};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::{Plan, UidSet};
use crate::zone::Zone;

const DAYS_OF_A_CENTURY: i64 = 36_525;
/// Steps to read an event or a zone, and a rule.
const STEPS_OF_A_PART: usize = 8;
const STEPS_OF_A_RULE: usize = 4;

/// Reads the busy times in a time range. `zone` is used for times that name no zone.
///
/// # Errors
/// If the file is not a calendar, or exceeds the limits. Problems with single events are in the
/// report.
pub fn read(
    bytes: &[u8],
    range: Range<DateTime<Utc>>,
    zone: Zone,
    limits: &Limits,
) -> Result<BusyReport, InputError> {
    read_except(bytes, range, zone, limits, &OwnSessions::default())
}

/// As [`read`], for a plan: its own sessions take no time, and its zone is the default.
///
/// # Errors
/// As [`read`].
pub fn read_for(
    plan: &Plan,
    bytes: &[u8],
    range: Range<DateTime<Utc>>,
    limits: &Limits,
) -> Result<BusyReport, InputError> {
    read_except(bytes, range, plan.zone(), limits, &OwnSessions::of(plan))
}

fn read_except(
    bytes: &[u8],
    range: Range<DateTime<Utc>>,
    zone: Zone,
    limits: &Limits,
    own: &OwnSessions,
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
    let mut report = file.report(&range, zone, own, &mut budget);
    report.is_cut_short = frame.is_cut_short;
    report.name = frame.name.as_deref().map(unescaped);
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
                    summary: component.map(event::title).unwrap_or_default(),
                    note: block.note.clone(),
                    outcome,
                });
            }
        }
    }

    /// The cost of reading it, in steps.
    fn cost(&self) -> u64 {
        let rules = self
            .events
            .iter()
            .map(|(_, event)| event.rules.len() + event.rules_out.len());
        let parts = self.entries.len() + self.defined.len();
        let steps = parts * STEPS_OF_A_PART + rules.sum::<usize>() * STEPS_OF_A_RULE;
        u64::try_from(steps).unwrap_or(u64::MAX)
    }

    fn report(
        mut self,
        range: &Range<DateTime<Utc>>,
        zone: Zone,
        own: &OwnSessions,
        budget: &mut Budget,
    ) -> BusyReport {
        // The budget may be used up; events without a rule are read even then.
        let _ = budget.spend(self.cost());
        // Clock changes are looked for so far around the range that a day more or less, the change
        // before it, and the start of what lasts into it are in it.
        let days = |days| TimeDelta::try_days(days).unwrap_or_default();
        let reach = self.events.iter().map(|(_, event)| event.reach()).max();
        let around = days(800) + reach.unwrap_or_default().min(days(DAYS_OF_A_CENTURY));
        let from = range.start.naive_utc().checked_sub_signed(around);
        let until = range.end.naive_utc().checked_add_signed(around);
        let near = (from.unwrap_or_default(), until.unwrap_or_default());
        let zones = self.names.resolve(zone, &self.defined, near, budget);
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
        for time in &found {
            if let Some(entry) = self.entries.get_mut(time.event)
                && entry.outcome == EventOutcome::Elsewhere
            {
                entry.outcome = EventOutcome::Taken;
            }
        }
        for (entry, time) in singles(&self.events, &found) {
            if let Some(entry) = self.entries.get_mut(entry)
                && entry.outcome == EventOutcome::Taken
                && own.has_session(time.start, time.end, &entry.summary)
            {
                entry.outcome = EventOutcome::Own;
            }
        }
        for (entry, event) in &self.events {
            if let Some(entry) = self.entries.get_mut(*entry)
                && matches!(entry.outcome, EventOutcome::Taken | EventOutcome::Elsewhere)
                && own.has_uid(event.uid.as_deref())
            {
                entry.outcome = EventOutcome::Own;
            }
        }
        let instant = |seconds| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
        let occurrence = |found: FoundTime| Occurrence {
            entry: found.event,
            start: instant(found.start),
            end: instant(found.end),
        };
        let uids = self
            .events
            .iter()
            .filter_map(|(_, event)| event.uid.as_deref());
        let uids = UidSet::of(uids.filter(|uid| !own.has_uid(Some(uid))));
        BusyReport {
            name: None,
            uids,
            range: range.clone(),
            zone,
            entries: self.entries,
            occurrences: found.into_iter().map(occurrence).collect(),
            unknown_zones: zones.unknown,
            is_cut_short: false,
        }
    }
}

/// A text without its escape sequences (RFC 5545, 3.3.11).
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => match characters.next() {
                Some('n' | 'N') => plain.push(' '),
                Some(escaped) => plain.push(escaped),
                None => plain.push(c),
            },
            _ => plain.push(c),
        }
    }
    plain
}

/// The times of the events that do not recur, with their places among the entries.
fn singles<'a>(
    events: &'a [(usize, Event)],
    found: &'a [FoundTime],
) -> impl Iterator<Item = (usize, &'a FoundTime)> {
    let recurrent: HashSet<usize> = events
        .iter()
        .filter(|(_, event)| event.is_recurrent())
        .map(|(entry, _)| *entry)
        .collect();
    found
        .iter()
        .map(|time| (time.event, time))
        .filter(move |(entry, _)| !recurrent.contains(entry))
}

fn set(entries: &mut [EventReport], index: usize, outcome: EventOutcome) {
    if let Some(entry) = entries.get_mut(index) {
        entry.outcome = outcome;
    }
}

/// The events of each UID, in the order in which the file has the first of them; one without a UID
/// is a series of its own.
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
