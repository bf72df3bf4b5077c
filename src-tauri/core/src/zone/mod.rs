//! Time zones: the rules of their clocks, from a release of the IANA database.
//!
//! The rules come from data, not from code: a [`ZoneDatabase`] is the one that is bundled with
//! Waymark, or one that the host read from the system. A [`Zone`] is a zone of such a database.
//! Dates and times are chrono's: a `Zone` is a [`chrono::TimeZone`].

mod clock_rules;
mod database;

use std::fmt;

use chrono::{FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset};
use jiff::Timestamp;
use jiff::tz::{self, AmbiguousOffset, Dst};

pub use clock_rules::ClockRules;
pub use database::ZoneDatabase;

/// A zone of a [`ZoneDatabase`]. Copies cost nothing.
#[derive(Clone, Copy)]
pub struct Zone(&'static ZoneRules);

/// The rules of one zone.
struct ZoneRules {
    name: &'static str,
    database: &'static ZoneDatabase,
    rules: tz::TimeZone,
}

/// An instant at which a zone's clock changes, or only what its time is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// Seconds since 1970 in UTC: the first second of the new offset.
    pub at: i64,
    /// Seconds ahead of UTC before it.
    pub before: i32,
    /// Seconds ahead of UTC from it on.
    pub after: i32,
}

/// The offset of a zone at some instant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ZoneOffset {
    zone: Zone,
    fixed: FixedOffset,
}

impl Zone {
    /// The zone of this name in the bundled database; `None` if there is none.
    pub fn bundled(name: &str) -> Option<Self> {
        ZoneDatabase::bundled().zone(name)
    }

    /// UTC, of the bundled database.
    pub fn utc() -> Self {
        ZoneDatabase::bundled().utc()
    }

    /// Its name in the database, such as `Europe/Berlin`.
    pub fn name(self) -> &'static str {
        self.0.name
    }

    /// The place it is named after, such as "New York" for `America/New_York`.
    pub fn place(self) -> String {
        let (_, place) = self.name().rsplit_once('/').unwrap_or(("", self.name()));
        place.replace('_', " ")
    }

    /// The database whose rules it follows, in which other zones of the same plan are looked up.
    pub fn database(self) -> &'static ZoneDatabase {
        self.0.database
    }

    /// Seconds that the zone's clock is ahead of UTC at an instant, in seconds since 1970.
    pub fn offset_at(self, seconds: i64) -> i32 {
        self.0.rules.to_offset(timestamp(seconds)).seconds()
    }

    /// The changes of the zone's clock after an instant, in seconds since 1970, in order of time;
    /// where summer time has no end, neither have they.
    pub fn transitions_after(self, seconds: i64) -> impl Iterator<Item = Transition> {
        let after = timestamp(seconds);
        let mut before = self.offset_at(seconds);
        self.0.rules.following(after).map(move |next| {
            let after = next.offset().seconds();
            Transition {
                at: next.timestamp().as_second(),
                before: std::mem::replace(&mut before, after),
                after,
            }
        })
    }

    /// The abbreviation of its time at an instant, such as `CEST`. A number such as `+11` if it has
    /// no letters.
    pub fn abbreviation_at(self, seconds: i64) -> String {
        let info = self.0.rules.to_offset_info(timestamp(seconds));
        info.abbreviation().to_owned()
    }

    /// Whether it has summer time at an instant.
    pub fn is_daylight_at(self, seconds: i64) -> bool {
        self.0.rules.to_offset_info(timestamp(seconds)).dst() == Dst::Yes
    }

    fn offset(self, seconds: i32) -> ZoneOffset {
        ZoneOffset {
            zone: self,
            fixed: FixedOffset::east_opt(seconds).unwrap_or(UTC),
        }
    }
}

const UTC: FixedOffset = match FixedOffset::east_opt(0) {
    Some(utc) => utc,
    None => panic!(),
};

/// An instant within the years that jiff knows (to 9999), which are more than any plan has.
fn timestamp(seconds: i64) -> Timestamp {
    let known = Timestamp::MIN.as_second()..=Timestamp::MAX.as_second();
    let seconds = seconds.clamp(*known.start(), *known.end());
    Timestamp::from_second(seconds).unwrap_or_default()
}

/// The rules are those of their name in their release.
impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
            || self.name() == other.name()
                && self.database().release() == other.database().release()
    }
}

impl Eq for Zone {}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl chrono::TimeZone for Zone {
    type Offset = ZoneOffset;

    fn from_offset(offset: &ZoneOffset) -> Self {
        offset.zone
    }

    fn offset_from_local_date(&self, local: &NaiveDate) -> MappedLocalTime<ZoneOffset> {
        self.offset_from_local_datetime(&local.and_time(NaiveTime::MIN))
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<ZoneOffset> {
        // Local time is read as if it were UTC: only its date and time of day count.
        let local = timestamp(local.and_utc().timestamp());
        let local = tz::Offset::UTC.to_datetime(local);
        match self.0.rules.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => {
                MappedLocalTime::Single(self.offset(offset.seconds()))
            }
            AmbiguousOffset::Gap { .. } => MappedLocalTime::None,
            AmbiguousOffset::Fold { before, after } => MappedLocalTime::Ambiguous(
                self.offset(before.seconds()),
                self.offset(after.seconds()),
            ),
        }
    }

    fn offset_from_utc_date(&self, utc: &NaiveDate) -> ZoneOffset {
        self.offset_from_utc_datetime(&utc.and_time(NaiveTime::MIN))
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> ZoneOffset {
        self.offset(self.offset_at(utc.and_utc().timestamp()))
    }
}

impl Offset for ZoneOffset {
    fn fix(&self) -> FixedOffset {
        self.fixed
    }
}

impl fmt::Debug for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.fixed, f)
    }
}

impl fmt::Display for ZoneOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.fixed, f)
    }
}

#[cfg(test)]
mod tests;
