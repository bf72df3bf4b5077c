//! The result of reading a calendar file, event by event, and the sentences that report it.

use std::ops::Range;

use chrono::{DateTime, TimeDelta, Utc};

use crate::availability::Busy;
use crate::calendar::ical::budget;
use crate::plan::UidSet;
use crate::words;
use crate::zone::Zone;

/// The most events that are listed one by one in a part of the report. The rest is counted.
const MOST_LISTED: usize = 20;

/// The result for an event of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventOutcome {
    /// It blocks time in the range.
    Taken,
    /// It is a session of the plan itself, which blocks no time.
    Own,
    /// Its calendar shows it as free (TRANSP).
    Free,
    /// It was cancelled.
    Cancelled,
    /// The owner of the calendar declined the invitation.
    Declined,
    /// It is outside the range.
    Elsewhere,
    /// The file has a newer version of it.
    Replaced,
    /// It cannot be used. The reason follows a colon.
    NotUnderstood(String),
}

/// An event of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventReport {
    /// The number of the line it begins in, from 1.
    pub line: u32,
    /// Its title, cut short if it is very long. Empty if it has none.
    pub summary: String,
    /// A repair before it was read: the text after a colon.
    pub note: Option<String>,
    /// The result.
    pub outcome: EventOutcome,
}

impl EventReport {
    /// Whether it was left out because its rule takes too much work.
    pub fn is_over_bound(&self) -> bool {
        matches!(&self.outcome, EventOutcome::NotUnderstood(why) if budget::is_over(why))
    }
}

/// One stretch of time of an event, which may recur.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence {
    /// The index of the event in [`BusyReport::entries`].
    pub entry: usize,
    /// When it starts.
    pub start: DateTime<Utc>,
    /// When it ends.
    pub end: DateTime<Utc>,
}

/// The result of reading a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BusyReport {
    /// The calendar's name (X-WR-CALNAME). `None` if the file gives none.
    pub name: Option<String>,
    /// The UIDs of its events, without those of the plan's own sessions.
    pub uids: UidSet,
    /// The time that was looked at.
    pub range: Range<DateTime<Utc>>,
    /// The learner's own time zone.
    pub zone: Zone,
    /// Every event, in the order of the file.
    pub entries: Vec<EventReport>,
    /// The occurrences in the range in order of time, those of free and cancelled events included.
    pub occurrences: Vec<Occurrence>,
    /// Unknown time zones, for which the learner's own was used.
    pub unknown_zones: Vec<String>,
    /// Whether the file ends before its calendar does, so that events may be missing.
    pub is_cut_short: bool,
}

impl BusyReport {
    /// The time that is blocked, in order, with overlapping times merged.
    pub fn busy(&self) -> Vec<Busy> {
        let busy = self
            .occurrences
            .iter()
            .filter(|found| self.is_taken(found) && found.start < found.end)
            .map(|found| Busy {
                start: found.start,
                end: found.end,
            })
            .collect();
        Busy::union(busy)
    }

    /// The number of events with such an outcome.
    pub fn count(&self, is_it: impl Fn(&EventOutcome) -> bool) -> usize {
        self.entries
            .iter()
            .filter(|entry| is_it(&entry.outcome))
            .count()
    }

    /// The report for people, a sentence a line. Events that could not be read come last, each with
    /// its reason.
    pub fn lines(&self) -> Vec<String> {
        let count = |outcome| self.count(|other| *other == outcome);
        let events = |count| words::count(count, "event");
        let times = self
            .occurrences
            .iter()
            .filter(|found| self.is_taken(found))
            .count();
        let mut lines = vec![format!(
            "Busy: {} with {} from {}.",
            events(count(EventOutcome::Taken)),
            words::count(times, "time"),
            self.dates(),
        )];
        let own = count(EventOutcome::Own);
        if own > 0 {
            lines.push(format!("{} ignored: sessions of this plan.", events(own)));
        }
        let ignored = [
            (count(EventOutcome::Free), "free"),
            (count(EventOutcome::Cancelled), "cancelled"),
            (count(EventOutcome::Declined), "declined"),
        ];
        let all: usize = ignored.iter().map(|(count, _)| count).sum();
        if all > 0 {
            let parts: Vec<String> = ignored
                .iter()
                .filter(|(count, _)| *count > 0)
                .map(|(count, what)| format!("{count} {what}"))
                .collect();
            lines.push(format!("{} ignored: {}.", events(all), parts.join(", ")));
        }
        let elsewhere = count(EventOutcome::Elsewhere);
        if elsewhere > 0 {
            lines.push(format!("{} outside these dates.", events(elsewhere)));
        }
        let replaced = count(EventOutcome::Replaced);
        if replaced > 0 {
            lines.push(format!(
                "{} replaced by a newer version, or listed twice.",
                events(replaced)
            ));
        }
        for name in &self.unknown_zones {
            lines.push(format!(
                "The time zone “{}” is unknown, so its times were read in {}.",
                words::one_line(name),
                self.zone.name()
            ));
        }
        if self.is_cut_short {
            lines.push(
                "The file ends in the middle of its calendar. Events may be missing.".to_owned(),
            );
        }
        lines.extend(self.listed("corrected", |entry| {
            let is_read = !matches!(entry.outcome, EventOutcome::NotUnderstood(_));
            entry.note.as_deref().filter(|_| is_read)
        }));
        lines.extend(
            self.listed("couldn't be read", |entry| match &entry.outcome {
                EventOutcome::NotUnderstood(why) if !entry.is_over_bound() => Some(why),
                _ => None,
            }),
        );
        lines.extend(
            self.listed(
                "left out, because of the bound on rules",
                |entry| match &entry.outcome {
                    EventOutcome::NotUnderstood(why) if entry.is_over_bound() => Some(why),
                    _ => None,
                },
            ),
        );
        lines
    }

    /// The first and the last date of the range, on the learner's clock.
    fn dates(&self) -> String {
        let day = |instant: DateTime<Utc>| {
            words::plain_date(instant.with_timezone(&self.zone).date_naive())
        };
        let last = self.range.end.checked_sub_signed(TimeDelta::seconds(1));
        format!(
            "{} to {}",
            day(self.range.start),
            day(last.unwrap_or(self.range.end))
        )
    }

    /// The events about which there is something to say, under a line that counts them.
    fn listed(&self, what: &str, text: impl Fn(&EventReport) -> Option<&str>) -> Vec<String> {
        let mut lines: Vec<String> = self
            .entries
            .iter()
            .filter_map(|entry| {
                let title = match entry.summary.as_str() {
                    "" => String::new(),
                    title => format!(", “{}”", words::one_line(title)),
                };
                let text = words::one_line(text(entry)?);
                Some(format!("  line {}{title}: {text}", entry.line))
            })
            .collect();
        let count = lines.len();
        if count == 0 {
            return lines;
        }
        lines.truncate(MOST_LISTED);
        if count > MOST_LISTED {
            lines.push(format!("  and {} more", count - MOST_LISTED));
        }
        lines.insert(0, format!("{} {what}:", words::count(count, "event")));
        lines
    }

    /// Whether an occurrence blocks time.
    pub fn is_taken(&self, occurrence: &Occurrence) -> bool {
        self.entries
            .get(occurrence.entry)
            .is_some_and(|entry| entry.outcome == EventOutcome::Taken)
    }
}
