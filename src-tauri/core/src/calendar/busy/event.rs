//! One event as its lines say it, before any zone or rule is worked out.

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarDuration, ICalendarEntry,
    ICalendarParameterName, ICalendarPeriod, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarStatus, ICalendarTransparency, ICalendarValue,
};
use calcard::{Entry, Parser, common::PartialDateTime};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::Kind;
use super::lines::Block;
use super::rule;
use super::zones::{ZoneId, ZoneNames};

/// Titles are cut to so many characters: they are only shown.
const LONGEST_SUMMARY: usize = 120;

/// A date or a time on some clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub local: NaiveDateTime,
    pub zone: ZoneId,
    pub is_date: bool,
}

/// How long something lasts: first by the clock, then in real time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    pub by_clock: TimeDelta,
    pub real: TimeDelta,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    At(When),
    Lasting(Length),
}

#[derive(Debug)]
pub(super) struct Event {
    pub uid: Option<String>,
    pub sequence: i64,
    pub kind: Kind,
    pub start: When,
    pub end: End,
    pub rules: Vec<ICalendarRecurrenceRule>,
    pub rules_out: Vec<ICalendarRecurrenceRule>,
    pub dates: Vec<(When, Option<End>)>,
    pub dates_out: Vec<When>,
    /// The occurrence that this event stands in for.
    pub replaces: Option<Replaces>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Replaces {
    pub when: When,
    pub and_later: bool,
}

/// The component that a block holds.
pub(super) fn component(text: &str) -> Option<ICalendar> {
    match Parser::new(text).entry() {
        Entry::ICalendar(calendar) => Some(calendar),
        _ => None,
    }
}

/// The title of an event, for people: one line.
pub(super) fn summary(event: &ICalendarComponent) -> String {
    let summary = event.property(&ICalendarProperty::Summary);
    let text = summary.and_then(|entry| entry.values.first()?.as_text());
    let words = text.unwrap_or_default().split_whitespace();
    let line = words.collect::<Vec<_>>().join(" ");
    line.chars().take(LONGEST_SUMMARY).collect()
}

impl Event {
    /// Reads an event.
    ///
    /// # Errors
    /// What of it cannot be understood, in words that go on after "not understood:".
    pub fn read(
        block: &Block,
        event: &ICalendarComponent,
        zones: &mut ZoneNames,
    ) -> Result<Self, String> {
        if let Some(flaw) = &block.flaw {
            return Err(flaw.clone());
        }
        rule::check_numbers(block.text)?;
        let mut read = Parts::default();
        for entry in &event.entries {
            read.take(entry, zones)?;
        }
        // A count below 0 stands for none, and the parser drops the sign.
        if rule::has_no_count(block.text) {
            read.rules.iter_mut().for_each(|rule| rule.count = None);
        }
        let start = read.start.ok_or("it has no DTSTART")?;
        let end = match (read.end, read.duration) {
            (Some(end), _) => End::At(end),
            (None, Some(length)) => End::Lasting(length),
            (None, None) if start.is_date => End::Lasting(Length::days(1)),
            (None, None) => End::Lasting(Length::days(0)),
        };
        Ok(Self {
            uid: read.uid,
            sequence: read.sequence,
            kind: if read.is_cancelled || block.is_taken_back {
                Kind::Cancelled
            } else if read.is_free.or(read.is_free_in_outlook).unwrap_or(false) {
                Kind::Free
            } else {
                Kind::Busy
            },
            start,
            end,
            rules: read.rules,
            rules_out: read.rules_out,
            dates: read.dates,
            dates_out: read.dates_out,
            replaces: read.replaces,
        })
    }
}

#[derive(Default)]
struct Parts {
    uid: Option<String>,
    sequence: i64,
    is_cancelled: bool,
    is_free: Option<bool>,
    is_free_in_outlook: Option<bool>,
    start: Option<When>,
    end: Option<When>,
    duration: Option<Length>,
    rules: Vec<ICalendarRecurrenceRule>,
    rules_out: Vec<ICalendarRecurrenceRule>,
    dates: Vec<(When, Option<End>)>,
    dates_out: Vec<When>,
    replaces: Option<Replaces>,
}

impl Parts {
    fn take(&mut self, entry: &ICalendarEntry, zones: &mut ZoneNames) -> Result<(), String> {
        let first = entry.values.first();
        match &entry.name {
            ICalendarProperty::Uid => {
                let text = first.and_then(ICalendarValue::as_text);
                self.uid = text.map(str::to_owned).filter(|uid| !uid.is_empty());
            }
            ICalendarProperty::Sequence => {
                self.sequence = first.and_then(ICalendarValue::as_integer).unwrap_or(0);
            }
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
                self.is_free_in_outlook = text.map(|text| text.eq_ignore_ascii_case("FREE"));
            }
            ICalendarProperty::Dtstart => self.start = one(entry, "DTSTART", zones)?,
            ICalendarProperty::Dtend => self.end = one(entry, "DTEND", zones)?,
            ICalendarProperty::Duration => self.duration = Some(duration(first)?),
            ICalendarProperty::Rrule => self.rules.extend(rule(first, "RRULE")?),
            ICalendarProperty::Exrule => self.rules_out.extend(rule(first, "EXRULE")?),
            ICalendarProperty::Rdate => {
                for value in entry.values.iter().filter(|value| !is_blank(value)) {
                    self.dates.push(date_or_period(entry, value, zones)?);
                }
            }
            ICalendarProperty::Exdate => {
                for value in entry.values.iter().filter(|value| !is_blank(value)) {
                    self.dates_out.push(when(entry, value, "EXDATE", zones)?);
                }
            }
            ICalendarProperty::RecurrenceId => {
                self.replaces = one(entry, "RECURRENCE-ID", zones)?.map(|when| Replaces {
                    when,
                    and_later: entry.has_parameter(&ICalendarParameterName::Range),
                });
            }
            _ => {}
        }
        Ok(())
    }
}

fn is_blank(value: &ICalendarValue) -> bool {
    value.as_text().is_some_and(|text| text.trim().is_empty())
}

fn one(entry: &ICalendarEntry, name: &str, zones: &mut ZoneNames) -> Result<Option<When>, String> {
    let value = entry.values.first().filter(|value| !is_blank(value));
    value
        .map(|value| when(entry, value, name, zones))
        .transpose()
}

fn when(
    entry: &ICalendarEntry,
    value: &ICalendarValue,
    name: &str,
    zones: &mut ZoneNames,
) -> Result<When, String> {
    match value {
        ICalendarValue::PartialDateTime(time) => moment(time, entry.tz_id(), name, zones),
        other => Err(format!(
            "its {name} “{}” is no date",
            other.as_text().unwrap_or_default().trim()
        )),
    }
}

fn date_or_period(
    entry: &ICalendarEntry,
    value: &ICalendarValue,
    zones: &mut ZoneNames,
) -> Result<(When, Option<End>), String> {
    let name = "RDATE";
    // Periods have times; some are written with dates all the same.
    if let Some((first, last)) = value.as_text().and_then(|text| text.split_once('/')) {
        let mut date = |text: &str| {
            let mut date = PartialDateTime::default();
            date.parse_timestamp(&mut text.trim().as_bytes().iter().peekable(), false);
            moment(&date, entry.tz_id(), name, zones)
        };
        return Ok((date(first)?, Some(End::At(date(last)?))));
    }
    let ICalendarValue::Period(period) = value else {
        return Ok((when(entry, value, name, zones)?, None));
    };
    let (start, end) = match period {
        ICalendarPeriod::Range { start, end } => {
            let end = moment(end, entry.tz_id(), name, zones)?;
            (start, End::At(end))
        }
        ICalendarPeriod::Duration { start, duration } => {
            (start, End::Lasting(Length::of(duration)))
        }
    };
    Ok((moment(start, entry.tz_id(), name, zones)?, Some(end)))
}

/// A date or time that the calendar has, on the clock that it names.
pub(super) fn moment(
    time: &PartialDateTime,
    zone: Option<&str>,
    name: &str,
    zones: &mut ZoneNames,
) -> Result<When, String> {
    let local = local(time).ok_or_else(|| {
        let part = |part: Option<u8>| part.map_or_else(String::new, |part| format!("{part:02}"));
        let date = time
            .year
            .map_or_else(String::new, |year| format!("{year:04}"));
        format!(
            "its {name} {date}{}{} {}{}{} is no date that a calendar has",
            part(time.month),
            part(time.day),
            part(time.hour),
            part(time.minute),
            part(time.second)
        )
    })?;
    let is_date = time.hour.is_none();
    let zone = if let Some(hours) = time.tz_hour {
        let seconds = i32::from(hours) * 3600 + i32::from(time.tz_minute.unwrap_or(0)) * 60;
        zones.fixed(if time.tz_minus { -seconds } else { seconds })
    } else {
        zone.map_or(ZoneId::FLOATING, |name| zones.id(name))
    };
    Ok(When {
        local,
        zone,
        is_date,
    })
}

/// What the clock shows; a leap second is taken for the one before.
pub(super) fn local(time: &PartialDateTime) -> Option<NaiveDateTime> {
    let date = NaiveDate::from_ymd_opt(time.year?.into(), time.month?.into(), time.day?.into())?;
    let part = |part: Option<u8>| u32::from(part.unwrap_or(0));
    let second = part(time.second);
    let second = if second == 60 { 59 } else { second };
    let time = NaiveTime::from_hms_opt(part(time.hour), part(time.minute), second)?;
    Some(date.and_time(time))
}

fn duration(value: Option<&ICalendarValue>) -> Result<Length, String> {
    match value {
        Some(ICalendarValue::Duration(duration)) => Ok(Length::of(duration)),
        other => {
            let text = other.and_then(ICalendarValue::as_text).unwrap_or_default();
            Err(format!("its DURATION “{text}” is no length of time"))
        }
    }
}

fn rule(
    value: Option<&ICalendarValue>,
    name: &str,
) -> Result<Option<ICalendarRecurrenceRule>, String> {
    match value.filter(|value| !is_blank(value)) {
        None => Ok(None),
        Some(ICalendarValue::RecurrenceRule(rule)) => Ok(Some((**rule).clone())),
        Some(other) => {
            let text = other.as_text().unwrap_or_default();
            Err(format!("its {name} “{text}” is no rule"))
        }
    }
}

impl Length {
    pub fn days(days: i64) -> Self {
        Self {
            by_clock: TimeDelta::try_days(days).unwrap_or_default(),
            real: TimeDelta::zero(),
        }
    }

    /// Days and weeks go by the clock, hours, minutes and seconds are real time (RFC 5545, 3.3.6).
    fn of(duration: &ICalendarDuration) -> Self {
        let sign = if duration.neg { -1 } else { 1 };
        let days = i64::from(duration.weeks) * 7 + i64::from(duration.days);
        let seconds = i64::from(duration.hours) * 3600
            + i64::from(duration.minutes) * 60
            + i64::from(duration.seconds);
        Self {
            by_clock: TimeDelta::try_days(sign * days).unwrap_or_default(),
            real: TimeDelta::try_seconds(sign * seconds).unwrap_or_default(),
        }
    }
}

/// The first component of a parsed block, and those inside it.
pub(super) fn parts(
    calendar: &ICalendar,
) -> (Option<&ICalendarComponent>, Vec<&ICalendarComponent>) {
    let observances = calendar.components.iter().filter(|component| {
        matches!(
            component.component_type,
            ICalendarComponentType::Standard | ICalendarComponentType::Daylight
        )
    });
    (calendar.components.first(), observances.collect())
}
