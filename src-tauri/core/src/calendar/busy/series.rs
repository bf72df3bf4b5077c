//! Turns the events that share a UID into the times they take.
//!
//! An event and its overrides of single occurrences (RECURRENCE-ID) are one series. An occurrence
//! is identified by its original start, as an instant, or as a date for all-day events.

use std::collections::{BTreeMap, HashSet};
use std::ops::RangeInclusive;

use calcard::icalendar::ICalendarRecurrenceRule;
use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};

use crate::calendar::ical::budget::Budget;
use crate::calendar::ical::event::Event;
use crate::calendar::ical::parse;
use crate::calendar::ical::rule::{self, RuleSpan};
use crate::calendar::ical::times::{ClockTime, End, Length};
use crate::calendar::ical::zones::{Clock, ZoneId, Zones};

/// A stretch of time, in seconds since 1970, and the event it is an occurrence of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FoundTime {
    pub start: i64,
    pub end: i64,
    pub event: usize,
}

/// The result of a series, apart from its occurrences.
#[derive(Debug, Default)]
pub(super) struct Aside {
    /// Events that cannot be worked out, with the reason.
    pub failed: Vec<(usize, String)>,
    /// Earlier versions of events, and copies.
    pub replaced: Vec<usize>,
}

/// The range in which series are expanded.
pub(super) struct Range<'a> {
    pub zones: &'a Zones,
    /// Seconds since 1970, the first included, the last not.
    pub from: i64,
    pub until: i64,
}

/// An occurrence to be, under the instant at which the series has it.
#[derive(Debug, Clone, Copy)]
struct Start {
    local: NaiveDateTime,
    zone: ZoneId,
    length: Length,
    event: usize,
}

/// Occurrences that are not there: by their instants, and by their dates.
#[derive(Debug, Default)]
struct Out {
    at: HashSet<i64>,
    on: HashSet<NaiveDate>,
    /// The instants at which starts were looked for.
    known: Option<RangeInclusive<i64>>,
}

impl Out {
    fn has(&self, at: i64, on: NaiveDate) -> bool {
        self.at.contains(&at) || self.on.contains(&on)
    }
}

/// An event that replaces an occurrence.
struct Override<'a> {
    index: usize,
    event: &'a Event,
    /// The occurrence's instant and its date.
    at: i64,
    on: NaiveDate,
    by_date: bool,
    and_later: bool,
    length: Length,
}

/// Works out one series: all events of a UID, with their places in the file.
pub(super) fn expand(
    series: &[(usize, &Event)],
    range: &Range,
    budget: &mut Budget,
    found: &mut Vec<FoundTime>,
    aside: &mut Aside,
) {
    let mut whole = Vec::with_capacity(series.len());
    for (index, event) in series {
        match range.length(event, event.start, event.end) {
            Ok(length) => whole.push((*index, *event, length)),
            Err(why) => aside.failed.push((*index, why)),
        }
    }
    let newest = whole
        .iter()
        .filter(|(_, event, _)| event.replaces.is_none());
    let newest = newest.map(|(_, event, _)| event.version).max();
    let (mut masters, mut overrides) = (Vec::new(), Vec::new());
    let mut copies = HashSet::new();
    for (index, event, length) in whole {
        if event.replaces.is_some() {
            overrides.push((index, event, length));
        } else if Some(event.version) == newest && copies.insert(event) {
            masters.push((index, event, length));
        } else {
            aside.replaced.push(index);
        }
    }
    let clock = masters.first().map(|(_, event, _)| event.start);
    let mut overrides = range.overrides(overrides, clock, aside);
    let reach = range.reach(&overrides, newest.map(|newest| newest.sequence));

    let mut out = Out::default();
    let mut starts: BTreeMap<(i64, usize), Start> = BTreeMap::new();
    for (index, event, length) in masters {
        match range.starts(index, event, (length, reach), &mut out, budget) {
            Ok(own) => starts.extend(own.into_iter().map(|(at, start)| ((at, index), start))),
            Err(why) => aside.failed.push((index, why)),
        }
    }
    overrides.retain(|by| {
        // A newer version of the series that does not have the occurrence any more.
        let is_gone = newest.map(|newest| newest.sequence) > Some(by.event.version.sequence)
            && out
                .known
                .as_ref()
                .is_some_and(|known| known.contains(&by.at))
            && starts
                .range((by.at, 0)..=(by.at, usize::MAX))
                .next()
                .is_none();
        if is_gone {
            aside.replaced.push(by.index);
        }
        !is_gone && (by.and_later || !out.has(by.at, by.on))
    });
    let mut replaced = Out::default();
    for by in &overrides {
        if by.by_date {
            replaced.on.insert(by.on);
        } else {
            replaced.at.insert(by.at);
        }
    }
    starts.retain(|(at, _), start| !replaced.has(*at, start.local.date()));
    let later: Vec<&Override> = overrides.iter().filter(|by| by.and_later).collect();
    for ((at, _), start) in &mut starts {
        let begun = later.partition_point(|by| by.at <= *at);
        if let Some(by) = begun.checked_sub(1).and_then(|last| later.get(last)) {
            range.move_with(by, *at, start);
        }
    }
    // A left-out occurrence stays so, even if it applies to later ones too.
    let there = overrides.iter().filter(|by| !out.has(by.at, by.on));
    let replacing = there.map(|by| Start {
        local: by.event.start.local,
        zone: by.event.start.zone,
        length: by.length,
        event: by.index,
    });
    for start in starts.into_values().chain(replacing) {
        found.extend(range.found(&start));
    }
}

impl Range<'_> {
    fn zone(&self, id: ZoneId) -> &Clock {
        self.zones.at(id)
    }

    fn instant(&self, when: ClockTime) -> i64 {
        self.zone(when.zone).instant(when.local)
    }

    /// How long an occurrence is that starts and ends so.
    fn length(&self, event: &Event, start: ClockTime, end: End) -> Result<Length, String> {
        let nothing = TimeDelta::zero();
        let length = match end {
            End::Lasting(length) => length,
            End::At(end) => {
                // An end without a zone is by the clock of the start.
                let by_clock = end.zone == start.zone || end.zone == ZoneId::FLOATING;
                if by_clock {
                    Length {
                        by_clock: end.local.signed_duration_since(start.local),
                        real: nothing,
                    }
                } else {
                    let seconds = self.instant(end) - self.instant(start);
                    Length {
                        by_clock: nothing,
                        real: TimeDelta::try_seconds(seconds).unwrap_or_default(),
                    }
                }
            }
        };
        match length.whole() {
            None => Err("it is too long".to_owned()),
            // Many calendars write a day as one that ends on the day it starts.
            Some(whole) if whole == nothing && event.start.is_date => Ok(Length::days(1)),
            Some(_) => Ok(length),
        }
    }

    /// The overrides of a series, the newest of each occurrence, in order of the occurrences.
    fn overrides<'a>(
        &self,
        events: Vec<(usize, &'a Event, Length)>,
        clock: Option<ClockTime>,
        aside: &mut Aside,
    ) -> Vec<Override<'a>> {
        let read = |(index, event, length): (usize, &'a Event, Length)| {
            let replaces = event.replaces?;
            let clock = clock.unwrap_or(event.start);
            let when = replaces.when.or_in_zone_of(clock);
            Some(Override {
                index,
                event,
                at: self.instant(when),
                on: when.local.date(),
                by_date: replaces.when.is_date || clock.is_date,
                and_later: replaces.and_later,
                length,
            })
        };
        let mut overrides: Vec<Override> = events.into_iter().filter_map(read).collect();
        overrides.sort_by_key(|by| (by.at, std::cmp::Reverse(by.event.version), by.index));
        overrides.dedup_by(|later, earlier| {
            let is_older = later.at == earlier.at && later.and_later == earlier.and_later;
            if is_older {
                aside.replaced.push(later.index);
            }
            is_older
        });
        overrides
    }

    /// The starts of one event's relevant occurrences, without those that it leaves out.
    fn starts(
        &self,
        index: usize,
        event: &Event,
        (length, reach): (Length, TimeDelta),
        out: &mut Out,
        budget: &mut Budget,
    ) -> Result<BTreeMap<i64, Start>, String> {
        let zone = self.zone(event.start.zone);
        let window = self.window(zone, length, reach);
        let mut starts = BTreeMap::new();
        let mut add = |local: NaiveDateTime, id: ZoneId, length| {
            let start = Start {
                local,
                zone: id,
                length,
                event: index,
            };
            starts.entry(self.zone(id).instant(local)).or_insert(start);
        };
        if window.contains(&event.start.local) && !self.has_ended(event, zone) {
            add(event.start.local, event.start.zone, length);
        }
        for (when, end) in &event.dates {
            let when = when.or_in_zone_of(event.start);
            // One that has its own end may be longer than the others.
            let own = end.map(|end| self.length(event, when, end)).transpose()?;
            if own.is_some() || window.contains(&when.local) {
                add(when.local, when.zone, own.unwrap_or(length));
            }
        }
        let mut named = |rules: &[_]| -> Result<Vec<NaiveDateTime>, String> {
            let mut dates = Vec::new();
            for rule in rules {
                let span = RuleSpan {
                    start: event.start.local,
                    last: self.last(rule, event.start, zone)?,
                    window: window.clone(),
                    shows: &|local| zone.shows(local),
                };
                dates.extend(rule::dates(rule, &span, budget)?);
            }
            Ok(dates)
        };
        for local in named(&event.rules)? {
            add(local, event.start.zone, length);
        }
        for local in named(&event.rules_out)? {
            starts.remove(&zone.instant(local));
        }

        let mut own = Out::default();
        for when in &event.dates_out {
            if when.is_date || event.start.is_date {
                own.on.insert(when.local.date());
            } else {
                own.at.insert(self.instant(when.or_in_zone_of(event.start)));
            }
        }
        out.known = Some(zone.instant(*window.start())..=zone.instant(*window.end()));
        starts.retain(|at, start| !own.has(*at, start.local.date()));
        out.at.extend(own.at);
        out.on.extend(own.on);
        Ok(starts)
    }

    /// Upper bound for how far overrides move occurrences, and how long those then are.
    ///
    /// If an override is older than the series, its occurrence may be gone, so it has to be
    /// searched for too.
    fn reach(&self, overrides: &[Override], newest: Option<i64>) -> TimeDelta {
        let matters = |by: &&Override| by.and_later || newest > Some(by.event.version.sequence);
        let later = overrides.iter().filter(matters).map(|by| {
            let lasts = by.length.whole().unwrap_or_default().abs();
            let reach = self.moved(by).abs().checked_add(&lasts);
            reach.unwrap_or(TimeDelta::MAX)
        });
        later.max().unwrap_or_default()
    }

    /// The times by a clock at which a start can matter: with room for its length, for what moves
    /// it, and for any zone.
    fn window(
        &self,
        zone: &Clock,
        length: Length,
        reach: TimeDelta,
    ) -> RangeInclusive<NaiveDateTime> {
        let day = TimeDelta::try_days(2).unwrap_or_default();
        let lasts = length.by_clock.abs().checked_add(&length.real.abs());
        let around = reach.checked_add(&day);
        let back = around.and_then(|all| all.checked_add(&lasts?));
        // An event that ends before it starts is before its start.
        let is_backward = length.whole() < Some(TimeDelta::zero());
        let ahead = if is_backward { back } else { around };
        let from = back.and_then(|back| zone.local(self.from).checked_sub_signed(back));
        let until = ahead.and_then(|ahead| zone.local(self.until).checked_add_signed(ahead));
        from.unwrap_or(NaiveDateTime::MIN)..=until.unwrap_or(NaiveDateTime::MAX)
    }

    /// Whether all its rules end before it starts: what calendars make of a series whose first
    /// occurrence, and all later ones, were deleted.
    fn has_ended(&self, event: &Event, zone: &Clock) -> bool {
        let ended = |rule| {
            let last = self.last(rule, event.start, zone).ok().flatten();
            last.is_some_and(|last| last < event.start.local)
        };
        !event.rules.is_empty() && event.rules.iter().all(ended)
    }

    /// The last time that a rule may name, by the clock of its start. Without a time of day, all of
    /// that day.
    fn last(
        &self,
        rule: &ICalendarRecurrenceRule,
        start: ClockTime,
        zone: &Clock,
    ) -> Result<Option<NaiveDateTime>, String> {
        let Some(until) = &rule.until else {
            return Ok(None);
        };
        let local = parse::local(until).ok_or("its UNTIL is no date that a calendar has")?;
        let is_last_minute = (local.hour(), local.minute()) == (23, 59);
        Ok(Some(
            // The last minute of a day stands for that day of whole days, on whatever clock it is.
            if until.hour.is_none() || start.is_date && is_last_minute {
                local.date().and_hms_opt(23, 59, 59).unwrap_or(local)
            } else if until.tz_hour.is_some() {
                zone.local(local.and_utc().timestamp())
            } else {
                local
            },
        ))
    }

    /// By how much an override moves the occurrence it replaces, on its own clock.
    fn moved(&self, by: &Override) -> TimeDelta {
        let local = self.zone(by.event.start.zone).local(by.at);
        by.event.start.local.signed_duration_since(local)
    }

    /// An occurrence that goes on as the one that was replaced "and later ones".
    fn move_with(&self, by: &Override, at: i64, start: &mut Start) {
        let moved = self
            .zone(by.event.start.zone)
            .local(at)
            .checked_add_signed(self.moved(by));
        *start = Start {
            local: moved.unwrap_or(start.local),
            zone: by.event.start.zone,
            length: by.length,
            event: by.index,
        };
    }

    /// The occurrence itself, if any of it lies in the range.
    fn found(&self, start: &Start) -> Option<FoundTime> {
        let zone = self.zone(start.zone);
        let begin = zone.instant(start.local);
        let by_clock = start.local.checked_add_signed(start.length.by_clock)?;
        let end = zone
            .instant(by_clock)
            .checked_add(start.length.real.num_seconds())?;
        // An event that ends before it starts counts from its end to its start, so no time is lost.
        let (begin, end) = (begin.min(end), begin.max(end));
        let is_inside = begin < self.until && (end > self.from || begin >= self.from);
        is_inside.then_some(FoundTime {
            start: begin,
            end,
            event: start.event,
        })
    }
}
