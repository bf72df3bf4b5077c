//! One event as its lines say it, before any zone or rule is worked out.

use calcard::icalendar::{
    ICalendarComponent, ICalendarEntry, ICalendarParameterName, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarStatus, ICalendarTransparency, ICalendarValue,
};
use chrono::TimeDelta;

use super::lines::TextBlock;
use super::parse;
use super::rule;
use super::times::{self, ClockTime, End, Length};
use super::zones::{ZoneId, ZoneNames, Zones};

/// Upper bound for titles in characters; they are only shown.
const LONGEST_SUMMARY: usize = 120;

/// The effect of an event on its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BusyKind {
    Busy,
    Free,
    Cancelled,
    /// The calendar's owner has declined the invitation.
    Declined,
}

/// Orders versions of an event: the newer one has the higher SEQUENCE, or else was written later
/// (RFC 5546, 2.1.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Version {
    pub sequence: i64,
    /// DTSTAMP, or else LAST-MODIFIED, in seconds since 1970; 0 if it has neither.
    pub stamp: i64,
}

#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Event {
    pub uid: Option<String>,
    pub version: Version,
    pub kind: BusyKind,
    pub start: ClockTime,
    pub end: End,
    pub rules: Vec<ICalendarRecurrenceRule>,
    pub rules_out: Vec<ICalendarRecurrenceRule>,
    pub dates: Vec<(ClockTime, Option<End>)>,
    pub dates_out: Vec<ClockTime>,
    /// The occurrence that this event stands in for.
    pub replaces: Option<Replaces>,
    /// The clock of its calendar, if it recurs in UTC.
    recurs_in: Option<ZoneId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Replaces {
    pub when: ClockTime,
    pub and_later: bool,
}

/// The title of an event for people. Empty if it has none.
pub fn title(event: &ICalendarComponent) -> String {
    let entry = event.property(&ICalendarProperty::Summary);
    let text = entry.and_then(|entry| entry.values.first()?.as_text());
    summary(text.unwrap_or_default())
}

/// A title as one line, cut short if it is very long.
pub fn summary(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST_SUMMARY).collect()
}

impl Event {
    /// Reads an event.
    ///
    /// # Errors
    /// What of it cannot be understood, in words that go on after "not understood:".
    pub fn read(
        block: &TextBlock,
        event: &ICalendarComponent,
        zones: &mut ZoneNames,
    ) -> Result<Self, String> {
        if let Some(flaw) = &block.flaw {
            return Err(flaw.clone());
        }
        rule::check_numbers(block.text)?;
        let mut read = EventLines::default();
        for entry in &event.entries {
            read.take(entry, block, zones)?;
        }
        // A count below 0 stands for none, and the parser drops the sign.
        if rule::has_no_count(block.text) {
            read.rules.iter_mut().for_each(|rule| rule.count = None);
        }
        let start = read.start.ok_or("it has no DTSTART")?;
        if start.is_date {
            let rules = read.rules.iter_mut().chain(&mut read.rules_out);
            rules.for_each(rule::without_times);
        }
        let (start, end) = times::span(start, read.end, read.duration);
        let is_in_utc = start.zone == zones.fixed(0) && !start.is_date;
        let of_calendar = block.zone.filter(|_| is_in_utc && !read.rules.is_empty());
        Ok(Self {
            kind: read.kind(block),
            uid: read.uid,
            version: Version {
                sequence: read.sequence,
                stamp: read.stamp.or(read.modified).unwrap_or_default(),
            },
            start,
            end,
            rules: read.rules,
            rules_out: read.rules_out,
            dates: read.dates,
            dates_out: read.dates_out,
            replaces: read.replaces,
            recurs_in: of_calendar.map(|name| zones.id_if_known(name)),
        })
    }

    /// Reads the busy periods of somebody (VFREEBUSY) as one event; none if there are none.
    ///
    /// # Errors
    /// As [`Event::read`].
    pub fn read_periods(
        block: &TextBlock,
        component: &ICalendarComponent,
        zones: &mut ZoneNames,
    ) -> Result<Option<Self>, String> {
        if let Some(flaw) = &block.flaw {
            return Err(flaw.clone());
        }
        let mut periods = Vec::new();
        for entry in component.properties(&ICalendarProperty::Freebusy) {
            let kind = entry.parameter(&ICalendarParameterName::Fbtype);
            let kind = kind.and_then(|kind| kind.as_text()).unwrap_or_default();
            // Every other type is busy, also one that nobody knows (RFC 5545, 3.2.9).
            if !kind.eq_ignore_ascii_case("FREE") {
                periods.extend(times::all_with_ends(entry, "FREEBUSY", zones)?);
            }
        }
        let nothing = End::Lasting(Length::days(0));
        let mut periods = periods
            .into_iter()
            .map(|(start, end)| (start, end.unwrap_or(nothing)));
        let Some((start, end)) = periods.next() else {
            return Ok(None);
        };
        Ok(Some(Self {
            uid: None,
            version: Version::default(),
            kind: BusyKind::Busy,
            start,
            end,
            rules: Vec::new(),
            rules_out: Vec::new(),
            dates: periods.map(|(start, end)| (start, Some(end))).collect(),
            dates_out: Vec::new(),
            replaces: None,
            recurs_in: None,
        }))
    }

    /// Whether it is more than one event at one time.
    pub fn is_recurrent(&self) -> bool {
        !(self.rules.is_empty() && self.dates.is_empty() && self.replaces.is_none())
    }

    /// How far its times lie from the occurrences they are of, at most, but for what clocks differ
    /// by.
    pub fn reach(&self) -> TimeDelta {
        let lasts = |start: ClockTime, end: End| match end {
            End::At(end) => end.local.signed_duration_since(start.local),
            End::Lasting(length) => length.whole().unwrap_or_default(),
        };
        let periods = self
            .dates
            .iter()
            .filter_map(|(start, end)| Some(lasts(*start, (*end)?)));
        let moved = self
            .replaces
            .iter()
            .map(|it| self.start.local.signed_duration_since(it.when.local));
        let own = lasts(self.start, self.end).abs();
        let longest = periods.map(|length| length.abs()).fold(own, TimeDelta::max);
        moved.fold(longest, |reach, moved| {
            reach.checked_add(&moved.abs()).unwrap_or(TimeDelta::MAX)
        })
    }

    /// Puts what recurs in UTC on the clock of its calendar, now that it is known what that is.
    ///
    /// By that clock the people meet whose calendar program wrote all its times in UTC, before and
    /// after a clock change.
    pub fn settle(&mut self, zones: &Zones) {
        let Some(zone) = self.recurs_in.filter(|zone| zones.is_known(*zone)) else {
            return;
        };
        if let End::At(end) = &mut self.end
            && end.zone == self.start.zone
        {
            *end = end.shown_in(zone, zones);
        }
        self.start = self.start.shown_in(zone, zones);
    }
}

#[derive(Default)]
struct EventLines {
    uid: Option<String>,
    sequence: i64,
    stamp: Option<i64>,
    modified: Option<i64>,
    is_cancelled: bool,
    /// Of the lines that are about whose calendar it is, whether all say so.
    is_declined: Option<bool>,
    is_free: Option<bool>,
    /// Outlook's status.
    status: Option<String>,
    start: Option<ClockTime>,
    end: Option<ClockTime>,
    duration: Option<Length>,
    rules: Vec<ICalendarRecurrenceRule>,
    rules_out: Vec<ICalendarRecurrenceRule>,
    dates: Vec<(ClockTime, Option<End>)>,
    dates_out: Vec<ClockTime>,
    replaces: Option<Replaces>,
}

impl EventLines {
    fn take(
        &mut self,
        entry: &ICalendarEntry,
        block: &TextBlock,
        zones: &mut ZoneNames,
    ) -> Result<(), String> {
        let first = entry.values.first();
        match &entry.name {
            ICalendarProperty::Uid => {
                let text = first.and_then(ICalendarValue::as_text);
                self.uid = text.map(str::to_owned).filter(|uid| !uid.is_empty());
            }
            ICalendarProperty::Sequence => {
                self.sequence = first.and_then(ICalendarValue::as_integer).unwrap_or(0);
            }
            ICalendarProperty::Dtstamp => self.stamp = first.and_then(stamp),
            ICalendarProperty::LastModified => self.modified = first.and_then(stamp),
            ICalendarProperty::Status => {
                let cancelled = ICalendarValue::Status(ICalendarStatus::Cancelled);
                self.is_cancelled = first == Some(&cancelled);
            }
            ICalendarProperty::Transp => {
                let free = ICalendarValue::Transparency(ICalendarTransparency::Transparent);
                self.is_free = Some(first == Some(&free));
            }
            ICalendarProperty::Other(name)
                if name.eq_ignore_ascii_case("X-MICROSOFT-CDO-BUSYSTATUS") =>
            {
                let text = first.and_then(ICalendarValue::as_text);
                self.status = text.map(|text| text.trim().to_ascii_uppercase());
            }
            ICalendarProperty::Attendee => self.add_attendee(entry, block.owner),
            ICalendarProperty::Dtstart => self.start = one(entry, "DTSTART", block, zones)?,
            ICalendarProperty::Dtend => self.end = one(entry, "DTEND", block, zones)?,
            ICalendarProperty::Duration => self.duration = Some(times::duration(entry)?),
            ICalendarProperty::Rrule => self.rules.extend(parse::rule(first, "RRULE")?),
            ICalendarProperty::Exrule => self.rules_out.extend(parse::rule(first, "EXRULE")?),
            ICalendarProperty::Rdate => {
                let dates = times::all_with_ends(entry, "RDATE", zones)?;
                self.dates.extend(dates);
            }
            ICalendarProperty::Exdate => {
                self.dates_out.extend(times::all(entry, "EXDATE", zones)?);
            }
            ICalendarProperty::RecurrenceId => {
                let when = times::one(entry, "RECURRENCE-ID", zones)?;
                self.replaces = when.map(|when| Replaces {
                    when,
                    and_later: entry.has_parameter(&ICalendarParameterName::Range),
                });
            }
            _ => {}
        }
        Ok(())
    }

    /// The answer of an invited person, if that is the calendar's owner.
    fn add_attendee(&mut self, attendee: &ICalendarEntry, owner: Option<&str>) {
        let address = attendee.calendar_address().unwrap_or_default().trim();
        if !owner.is_some_and(|owner| owner.eq_ignore_ascii_case(address)) {
            return;
        }
        let said = attendee.parameter(&ICalendarParameterName::Partstat);
        let said = said.and_then(|said| said.as_text());
        let no = said.is_some_and(|said| said.eq_ignore_ascii_case("DECLINED"));
        self.is_declined = Some(no && self.is_declined.unwrap_or(true));
    }

    fn kind(&self, block: &TextBlock) -> BusyKind {
        // Working elsewhere is free time to Outlook, and TRANSP has no word for it.
        let is_free = match self.status.as_deref() {
            Some("WORKINGELSEWHERE") => Some(true),
            Some(status) => self.is_free.or(Some(status == "FREE")),
            None => self.is_free,
        };
        if self.is_cancelled || block.is_taken_back {
            BusyKind::Cancelled
        } else if self.is_declined == Some(true) {
            BusyKind::Declined
        } else if is_free == Some(true) {
            BusyKind::Free
        } else {
            BusyKind::Busy
        }
    }
}

/// The instant of a DTSTAMP, which is in UTC; `None` if it is something else, which says nothing.
fn stamp(value: &ICalendarValue) -> Option<i64> {
    match value {
        ICalendarValue::PartialDateTime(time) => Some(parse::local(time)?.and_utc().timestamp()),
        _ => None,
    }
}

/// A time that is on the clock of its calendar where it names none itself. A whole day is on
/// everybody's own.
fn one(
    entry: &ICalendarEntry,
    name: &str,
    block: &TextBlock,
    zones: &mut ZoneNames,
) -> Result<Option<ClockTime>, String> {
    let when = times::one(entry, name, zones)?;
    Ok(when.map(|when| match block.zone {
        Some(zone) if when.zone == ZoneId::FLOATING && !when.is_date => when.or_in(zones.id(zone)),
        _ => when,
    }))
}
