//! The clocks that a file names, and what they mean in real time.
//!
//! A name is looked up among the IANA zones and the names that Windows and Outlook use; then among
//! the file's own VTIMEZONEs; and where nobody knows it, the learner's own clock is read, and the
//! report says so.

use std::collections::HashMap;

use calcard::common::timezone::Tz as Known;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarEntry, ICalendarProperty, ICalendarRecurrenceRule,
    ICalendarValue,
};
use chrono::{DateTime, NaiveDateTime, TimeDelta};

use super::budget::Budget;
use super::rule::{self, RuleSpan};
use super::{parse, zone_names};
use crate::availability;
use crate::zone::{Zone, ZoneDatabase};

const DAY_SECONDS: i64 = 86_400;

/// A clock among [`ZoneNames`] and [`Zones`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ZoneId(usize);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum ZoneName {
    /// No zone is named: the learner's own.
    Floating,
    /// Seconds ahead of UTC.
    Fixed(i32),
    Named(String),
}

/// The names that events use, each once.
#[derive(Debug)]
pub struct ZoneNames {
    /// With whether times are on that clock, so that it has to be known.
    names: Vec<(ZoneName, bool)>,
    ids: HashMap<ZoneName, ZoneId>,
}

impl ZoneId {
    pub const FLOATING: Self = Self(0);
}

impl Default for ZoneNames {
    fn default() -> Self {
        Self {
            names: vec![(ZoneName::Floating, true)],
            ids: HashMap::from([(ZoneName::Floating, ZoneId::FLOATING)]),
        }
    }
}

impl ZoneNames {
    /// The clock of that name; a blank one is none.
    pub fn id(&mut self, name: &str) -> ZoneId {
        let id = self.id_if_known(name);
        if let Some((_, is_needed)) = self.names.get_mut(id.0) {
            *is_needed = true;
        }
        id
    }

    /// The clock of that name, which may turn out not to be known without anything being read in
    /// another way.
    pub fn id_if_known(&mut self, name: &str) -> ZoneId {
        match name.trim() {
            "" => ZoneId::FLOATING,
            name => self.add(ZoneName::Named(name.to_owned())),
        }
    }

    pub fn fixed(&mut self, seconds: i32) -> ZoneId {
        self.add(ZoneName::Fixed(seconds))
    }

    fn add(&mut self, name: ZoneName) -> ZoneId {
        let next = ZoneId(self.names.len());
        *self.ids.entry(name).or_insert_with_key(|name| {
            self.names.push((name.clone(), false));
            next
        })
    }

    /// Finds what each name means, for times around those from `from` to `until`.
    pub fn resolve(
        self,
        own: Zone,
        defined: &HashMap<String, Definition>,
        (from, until): (NaiveDateTime, NaiveDateTime),
        budget: &mut Budget,
    ) -> Zones {
        let mut unknown = Vec::new();
        let database = own.database();
        let clocks = self.names.into_iter().map(|(name, is_needed)| match name {
            ZoneName::Floating => Some(Clock::Known(own)),
            ZoneName::Fixed(seconds) => Some(Clock::Fixed(seconds)),
            ZoneName::Named(name) => {
                let definition = defined.get(&name);
                let exact = database.zone(&name).filter(|zone| zone.name() == name);
                let known: Option<Known> = name.parse().ok();
                let (guessed, known) = known.map_or((None, None), |known| {
                    if is_guess(&name, known) {
                        (Some(known).filter(|_| is_of_whole_hours(&name)), None)
                    } else {
                        (None, Some(known))
                    }
                });
                let known = known.or_else(|| definition?.alias);
                let clock = |known| Clock::of(known, database);
                let mut table = || definition?.changes(from, until, budget);
                let clock = exact
                    .map(Clock::Known)
                    .or_else(|| known.and_then(clock))
                    .or_else(|| table().map(Clock::Defined))
                    .or_else(|| guessed.and_then(clock))
                    .or_else(|| database.zone(&name).map(Clock::Known))
                    .or_else(|| at_the_end(&name, database).map(Clock::Known))
                    .or_else(|| zone_names::offset(&name).map(Clock::Fixed))
                    .or_else(|| clock(zone_names::usual(&name)?.parse().ok()?));
                if clock.is_none() && is_needed {
                    unknown.push(name);
                }
                clock
            }
        });
        Zones {
            clocks: clocks.collect(),
            own: Clock::Known(own),
            unknown,
        }
    }
}

/// Whether of a name such as `(GMT+01:00) Home` only the offset is known. Its clocks may change all
/// the same, as the file says.
fn is_guess(name: &str, known: Known) -> bool {
    name.starts_with('(') && matches!(known, Known::Tz(zone) if zone.name().starts_with("Etc/GMT"))
}

/// Whether the offset in such a name has no minutes, which nobody reads.
fn is_of_whole_hours(name: &str) -> bool {
    let minutes = name
        .split_once(')')
        .and_then(|(offset, _)| offset.split_once(':'));
    minutes.is_none_or(|(_, minutes)| minutes.trim() == "00")
}

/// An IANA zone at the end of a name that is made unique by what stands before it:
/// `/example.org/v2/Europe/Berlin`.
fn at_the_end(name: &str, database: &'static ZoneDatabase) -> Option<Zone> {
    // No zone has more than three parts.
    let mut slashes = name.strip_prefix('/')?.rmatch_indices('/').take(3);
    slashes.find_map(|(slash, _)| database.zone(name.get(slash + 2..)?))
}

/// The clocks of a file.
#[derive(Debug)]
pub struct Zones {
    clocks: Vec<Option<Clock>>,
    own: Clock,
    /// Names that nobody knows.
    pub unknown: Vec<String>,
}

impl Zones {
    /// That clock, or else the learner's own.
    pub fn at(&self, id: ZoneId) -> &Clock {
        let clock = self.clocks.get(id.0).and_then(Option::as_ref);
        clock.unwrap_or(&self.own)
    }

    /// Whether somebody knows that clock.
    pub fn is_known(&self, id: ZoneId) -> bool {
        self.clocks.get(id.0).is_some_and(Option::is_some)
    }
}

#[derive(Debug)]
pub enum Clock {
    Known(Zone),
    /// Seconds ahead of UTC.
    Fixed(i32),
    /// As the file defines it: its clock changes in order of time, never none.
    Defined(Vec<OffsetChange>),
}

/// A clock change: from `at` on, in seconds since 1970, the clock is `after` seconds ahead of UTC,
/// until then `before`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct OffsetChange {
    at: i64,
    before: i64,
    after: i64,
}

impl Clock {
    /// Of a zone that the library knows only its name is used: its rules may be older than ours.
    fn of(known: Known, database: &'static ZoneDatabase) -> Option<Self> {
        match known {
            Known::Tz(zone) => database.zone(zone.name()).map(Self::Known),
            Known::Fixed(offset) => Some(Self::Fixed(offset.local_minus_utc())),
            Known::Floating => None,
        }
    }

    /// Whether the clock ever shows that time: it skips some when it is set forward.
    pub fn shows(&self, local: NaiveDateTime) -> bool {
        self.local(self.instant(local)) == local
    }

    /// When the clock shows `local`, in seconds since 1970: the first time where it does so twice;
    /// where it skips that time, as if it had not been changed yet.
    pub fn instant(&self, local: NaiveDateTime) -> i64 {
        let shown = local.and_utc().timestamp();
        match self {
            Self::Known(zone) => availability::moment(local, *zone).seconds,
            Self::Fixed(offset) => shown - i64::from(*offset),
            Self::Defined(changes) => {
                let next = changes.partition_point(|change| change.at <= shown + DAY_SECONDS);
                let near = changes
                    .get(next.saturating_sub(3)..next)
                    .unwrap_or_default();
                let not_yet = near.iter().find(|change| shown - change.before < change.at);
                let offset = match (not_yet, near.last().or(changes.first())) {
                    (Some(change), _) => change.before,
                    (None, Some(last)) if last.at <= shown - last.before => last.after_gap(shown),
                    (None, Some(first)) => first.before,
                    (None, None) => 0,
                };
                shown - offset
            }
        }
    }

    /// The time on the clock.
    pub fn local(&self, instant: i64) -> NaiveDateTime {
        let utc = DateTime::from_timestamp(instant, 0).unwrap_or_default();
        let offset = match self {
            Self::Known(zone) => i64::from(zone.offset_at(instant)),
            Self::Fixed(offset) => i64::from(*offset),
            Self::Defined(changes) => {
                match changes
                    .partition_point(|change| change.at <= instant)
                    .checked_sub(1)
                {
                    Some(last) => changes.get(last).map_or(0, |change| change.after),
                    None => changes.first().map_or(0, |change| change.before),
                }
            }
        };
        let offset = TimeDelta::try_seconds(offset).unwrap_or_default();
        utc.naive_utc()
            .checked_add_signed(offset)
            .unwrap_or_default()
    }
}

impl OffsetChange {
    /// The offset for a time that the clock shows after this change, or that it skips there.
    fn after_gap(&self, shown: i64) -> i64 {
        if shown - self.after < self.at {
            self.before
        } else {
            self.after
        }
    }
}

/// A VTIMEZONE.
#[derive(Debug)]
pub struct Definition {
    pub name: String,
    /// The known zone that it says it is.
    alias: Option<Known>,
    observances: Vec<Observance>,
}

/// When clocks are set from one offset to another, in seconds ahead of UTC.
#[derive(Debug)]
struct Observance {
    start: NaiveDateTime,
    before: i64,
    after: i64,
    rules: Vec<ICalendarRecurrenceRule>,
    dates: Vec<NaiveDateTime>,
}

impl Definition {
    pub fn read(calendar: &ICalendar) -> Option<Self> {
        let (zone, observances) = parse::parts(calendar);
        let zone = zone?;
        let name = zone.property(&ICalendarProperty::Tzid)?;
        Some(Self {
            name: name.values.first()?.as_text()?.trim().to_owned(),
            alias: zone
                .timezone()
                .map(|(name, known)| (known, is_guess(name, known)))
                .and_then(|(known, is_guess)| (!is_guess).then_some(known)),
            observances: observances
                .into_iter()
                .filter_map(Observance::read)
                .collect(),
        })
    }

    fn changes(
        &self,
        from: NaiveDateTime,
        until: NaiveDateTime,
        budget: &mut Budget,
    ) -> Option<Vec<OffsetChange>> {
        let mut changes = Vec::new();
        for observance in &self.observances {
            observance.add_to(&mut changes, (from, until), budget);
        }
        changes.sort_unstable();
        changes.dedup();
        Some(changes).filter(|changes| !changes.is_empty())
    }
}

impl Observance {
    fn read(component: &ICalendarComponent) -> Option<Self> {
        let first = |property| component.property(property)?.values.first();
        let offset = |property| match first(property)? {
            ICalendarValue::PartialDateTime(offset) => {
                let seconds = i64::from(offset.tz_hour?) * 3600
                    + i64::from(offset.tz_minute.unwrap_or(0)) * 60;
                let seconds = if offset.tz_minus { -seconds } else { seconds };
                Some(seconds).filter(|seconds| seconds.abs() < DAY_SECONDS)
            }
            _ => None,
        };
        let time = |value: &ICalendarValue| match value {
            ICalendarValue::PartialDateTime(time) => parse::local(time),
            _ => None,
        };
        let values = |property| {
            let entries = component.properties(property);
            entries.flat_map(|entry: &ICalendarEntry| entry.values.iter())
        };
        let rule = |value: &ICalendarValue| match value {
            ICalendarValue::RecurrenceRule(rule) => Some((**rule).clone()),
            _ => None,
        };
        Some(Self {
            start: time(first(&ICalendarProperty::Dtstart)?)?,
            before: offset(&ICalendarProperty::Tzoffsetfrom)?,
            after: offset(&ICalendarProperty::Tzoffsetto)?,
            rules: values(&ICalendarProperty::Rrule).filter_map(rule).collect(),
            dates: values(&ICalendarProperty::Rdate).filter_map(time).collect(),
        })
    }

    fn add_to(
        &self,
        changes: &mut Vec<OffsetChange>,
        (from, until): (NaiveDateTime, NaiveDateTime),
        budget: &mut Budget,
    ) {
        let utc = |local: NaiveDateTime| local.and_utc().timestamp() - self.before;
        let mut add = |local| {
            changes.push(OffsetChange {
                at: utc(local),
                before: self.before,
                after: self.after,
            });
        };
        add(self.start);
        self.dates.iter().copied().for_each(&mut add);
        for rule in &self.rules {
            let last = rule.until.as_ref().and_then(parse::local).map(|until| {
                let ahead = TimeDelta::try_seconds(self.before).unwrap_or_default();
                until.checked_add_signed(ahead).unwrap_or(until)
            });
            let span = RuleSpan {
                start: self.start,
                last,
                window: from..=until,
                shows: &|_| true,
            };
            // A rule that cannot be worked out leaves the zone with the changes that can.
            if let Ok(dates) = rule::dates(rule, &span, budget) {
                dates.into_iter().for_each(&mut add);
            }
        }
    }
}
