//! What was made of a calendar file, event by event, and how that is told.

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};

use crate::availability::Busy;
use crate::words;
use crate::zone::Zone;

/// So many events that were not understood are told of by name; the rest is counted.
const MOST_TOLD: usize = 20;

/// What became of an event of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventOutcome {
    /// It takes time in the range.
    Taken,
    /// It takes no time, as its calendar shows it as free (TRANSP).
    Free,
    /// It was cancelled.
    Cancelled,
    /// The one whose calendar it is, as far as the file says that, has declined the invitation.
    Declined,
    /// It is not in the range.
    Elsewhere,
    /// The file has a newer version of it.
    Replaced,
    /// It cannot be used, with the reason: words that go on after "not understood:".
    NotUnderstood(String),
}

/// An event of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventReport {
    /// The line that it begins in, counted from 1.
    pub line: u32,
    /// Its title, cut short if it is very long; empty if it has none.
    pub summary: String,
    /// What became of it.
    pub outcome: EventOutcome,
}

/// One stretch of time of an event that may recur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The event, as an index of [`BusyReport::entries`].
    pub entry: usize,
    /// When it starts.
    pub start: DateTime<Utc>,
    /// When it ends.
    pub end: DateTime<Utc>,
}

/// What was read from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusyReport {
    /// The time that was looked at.
    pub range: Range<DateTime<Utc>>,
    /// The learner's own clock.
    pub zone: Zone,
    /// Every event, in the order of the file.
    pub entries: Vec<EventReport>,
    /// What takes place in the range, free and cancelled events among it, in order of time.
    pub occurrences: Vec<Occurrence>,
    /// Zones that nobody knows: their times were read on the learner's own clock.
    pub unknown_zones: Vec<String>,
    /// Whether the file ends before its calendar does: there may have been more events.
    pub is_cut_short: bool,
}

impl BusyReport {
    /// The time that is taken, in order, with what overlaps made one.
    pub fn busy(&self) -> Vec<Busy> {
        let busy = self.occurrences.iter().filter(|found| self.is_taken(found));
        let busy = busy.filter(|occurrence| occurrence.start < occurrence.end);
        let busy = busy.map(|occurrence| Busy {
            start: occurrence.start,
            end: occurrence.end,
        });
        Busy::union(busy.collect())
    }

    /// How many events have this outcome.
    pub fn count(&self, is_it: impl Fn(&EventOutcome) -> bool) -> usize {
        let outcomes = self.entries.iter().map(|entry| &entry.outcome);
        outcomes.filter(|outcome| is_it(outcome)).count()
    }

    /// The report for people, a line each; what could not be understood comes last, event by event.
    pub fn lines(&self) -> Vec<String> {
        let zone = self.zone;
        let day =
            |instant: DateTime<Utc>| words::plain_date(instant.with_timezone(&zone).date_naive());
        let last = self.range.end.checked_sub_signed(TimeDelta::seconds(1));
        let dates = format!(
            "{} to {}",
            day(self.range.start),
            day(last.unwrap_or(self.range.end))
        );
        let events = |count| words::count(count, "event");
        let taken = self.count(|outcome| *outcome == EventOutcome::Taken);
        let times = self.occurrences.iter().filter(|found| self.is_taken(found));
        let mut lines = vec![format!(
            "{} taken, with {} from {dates}.",
            events(taken),
            words::count(times.count(), "time")
        )];
        let free = self.count(|outcome| *outcome == EventOutcome::Free);
        let cancelled = self.count(|outcome| *outcome == EventOutcome::Cancelled);
        let declined = self.count(|outcome| *outcome == EventOutcome::Declined);
        if free + cancelled + declined > 0 {
            let passed = events(free + cancelled + declined);
            let declined = match declined {
                0 => String::new(),
                declined => format!(", {declined} declined"),
            };
            lines.push(format!(
                "{passed} passed over: {free} free, {cancelled} cancelled{declined}."
            ));
        }
        let elsewhere = self.count(|outcome| *outcome == EventOutcome::Elsewhere);
        if elsewhere > 0 {
            lines.push(format!("{} not on these dates.", events(elsewhere)));
        }
        let replaced = self.count(|outcome| *outcome == EventOutcome::Replaced);
        if replaced > 0 {
            lines.push(format!(
                "{} replaced by a newer version, or there twice.",
                events(replaced)
            ));
        }
        for name in &self.unknown_zones {
            lines.push(format!(
                "Nobody knows the time zone “{}”: its times were read in {}.",
                words::one_line(name),
                zone.name()
            ));
        }
        if self.is_cut_short {
            lines.push("The file ends before its calendar does: it may be cut short.".to_owned());
        }
        lines.extend(self.not_understood_lines());
        lines
    }

    fn not_understood_lines(&self) -> Vec<String> {
        let reason = |entry: &EventReport| match &entry.outcome {
            EventOutcome::NotUnderstood(why) => {
                let title = match entry.summary.as_str() {
                    "" => String::new(),
                    title => format!(", “{}”", words::one_line(title)),
                };
                Some(format!(
                    "  line {}{title}: {}",
                    entry.line,
                    words::one_line(why)
                ))
            }
            _ => None,
        };
        let mut reasons: Vec<String> = self.entries.iter().filter_map(reason).collect();
        let count = reasons.len();
        if count == 0 {
            return reasons;
        }
        reasons.truncate(MOST_TOLD);
        if count > MOST_TOLD {
            reasons.push(format!("  and {} more", count - MOST_TOLD));
        }
        reasons.insert(
            0,
            format!("{} not understood:", words::count(count, "event")),
        );
        reasons
    }

    /// Whether an occurrence takes time from the plan.
    pub fn is_taken(&self, occurrence: &Occurrence) -> bool {
        let entry = self.entries.get(occurrence.entry);
        entry.is_some_and(|entry| entry.outcome == EventOutcome::Taken)
    }
}
