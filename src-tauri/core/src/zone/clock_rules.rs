//! The clock rules of a plan's zones in its years, stored so that they can be compared with a later
//! release.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::{Zone, timestamp};

/// How long rules are kept, from the start of the plan: longer than most plans last.
const KEPT_SECONDS: i64 = 6 * 366 * 86_400;

/// The release that Waymark had before it kept clock rules with its plans.
const FIRST_RELEASE: &str = "2025b";

/// The rules of [`FIRST_RELEASE`] that later releases changed, as POSIX has them. (The Ramadan of
/// Morocco is not among them: the clock was an hour back for some weeks of each year.)
const FIRST_RULES: [(&str, &[&str]); 6] = [
    (
        "PST8PDT,M3.2.0,M11.1.0",
        &["America/Vancouver", "Canada/Pacific"],
    ),
    (
        "MST7MDT,M3.2.0,M11.1.0",
        &[
            "America/Edmonton",
            "America/Inuvik",
            "America/Yellowknife",
            "Canada/Mountain",
        ],
    ),
    (
        "CST6CDT,M3.2.0,M11.1.0",
        &["America/Winnipeg", "America/Rainy_River", "Canada/Central"],
    ),
    ("CST5CDT,M3.2.0/0,M11.1.0/1", &["America/Havana", "Cuba"]),
    ("<+01>-1", &["Africa/Casablanca", "Africa/El_Aaiun"]),
    (
        "EET-2EEST,M3.5.0,M10.5.0/3",
        &["Europe/Chisinau", "Europe/Tiraspol"],
    ),
];

/// The clock rules of some zones in some years, from one release of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRules {
    /// The IANA name of the release, such as `2026f`.
    pub release: String,
    /// By the zone's name.
    pub zones: BTreeMap<String, ZoneOffsets>,
}

/// Each offset of a zone in seconds ahead of UTC, with the first second since 1970 at which it
/// holds, in order of time. Stored as one text, such as
/// `2027-01-03T00:00:00Z +3600, 2027-03-28T01:00:00Z +7200`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ZoneOffsets(Vec<(i64, i32)>);

impl ClockRules {
    /// The rules of some zones of one database, for six years from `from`, in seconds since 1970.
    pub fn of(zones: &[Zone], from: i64) -> Self {
        let release = zones.first().map_or("", |zone| zone.database().release());
        let kept = zones.iter().map(|zone| {
            let offsets = offsets(&zone.0.rules, from);
            (zone.name().to_owned(), offsets)
        });
        Self {
            release: release.to_owned(),
            zones: kept.collect(),
        }
    }

    /// The rules that a version of Waymark had which kept none yet.
    pub fn first(zones: &[Zone], from: i64) -> Self {
        let mut rules = Self::of(zones, from);
        FIRST_RELEASE.clone_into(&mut rules.release);
        for (posix, names) in FIRST_RULES {
            let changed = names.iter().filter(|name| rules.zones.contains_key(**name));
            let changed: Vec<&&str> = changed.collect();
            if let (false, Ok(former)) = (changed.is_empty(), TimeZone::posix(posix)) {
                for name in changed {
                    let former = offsets(&former, from);
                    rules.zones.insert((*name).to_owned(), former);
                }
            }
        }
        rules
    }

    /// Seconds that the zone's clock was ahead of UTC at an instant, in seconds since 1970; `None`
    /// if the zone is not among these.
    pub fn offset_at(&self, zone: Zone, seconds: i64) -> Option<i32> {
        let ZoneOffsets(offsets) = self.zones.get(zone.name())?;
        let begun = offsets.partition_point(|(from, _)| *from <= seconds);
        let (_, offset) = offsets.get(begun.saturating_sub(1))?;
        Some(*offset)
    }

    /// The first instant at which the zone's clock showed `local`, in seconds since 1970; where it
    /// skipped that time, the instant at which it did so. `None` if the zone or the year is not
    /// among these.
    pub fn instant(&self, zone: Zone, local: NaiveDateTime) -> Option<i64> {
        let ZoneOffsets(offsets) = self.zones.get(zone.name())?;
        let shown = local.and_utc().timestamp();
        let end = offsets.first()?.0.saturating_add(KEPT_SECONDS);
        if shown >= end {
            return None;
        }
        let (mut before, mut next) = (offsets.first()?.1, offsets.iter().peekable());
        while let Some((from, offset)) = next.next() {
            let instant = shown - i64::from(*offset);
            if next.peek().is_none_or(|(until, _)| instant < *until) {
                let is_skipped = instant < *from;
                let offset = if is_skipped { before } else { *offset };
                return Some(shown - i64::from(offset));
            }
            before = *offset;
        }
        None
    }
}

fn offsets(rules: &TimeZone, from: i64) -> ZoneOffsets {
    let first = rules.to_offset(timestamp(from)).seconds();
    let later = rules.following(timestamp(from));
    let later = later
        .map(|next| (next.timestamp().as_second(), next.offset().seconds()))
        .take_while(|(at, _)| *at < from.saturating_add(KEPT_SECONDS));
    let mut offsets: Vec<(i64, i32)> = std::iter::once((from, first)).chain(later).collect();
    offsets.dedup_by_key(|(_, offset)| *offset);
    ZoneOffsets(offsets)
}

impl From<ZoneOffsets> for String {
    fn from(ZoneOffsets(offsets): ZoneOffsets) -> Self {
        let entry = |(at, offset): &(i64, i32)| {
            let at = DateTime::from_timestamp(*at, 0).unwrap_or_default();
            format!("{} {offset:+}", at.format("%Y-%m-%dT%H:%M:%SZ"))
        };
        offsets.iter().map(entry).collect::<Vec<_>>().join(", ")
    }
}

impl TryFrom<String> for ZoneOffsets {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let entry = |entry: &str| {
            let (at, offset) = entry.split_once(' ')?;
            let at: DateTime<Utc> = at.parse().ok()?;
            Some((at.timestamp(), offset.parse().ok()?))
        };
        let entries: Option<Vec<(i64, i32)>> = text.split(", ").map(entry).collect();
        entries
            .filter(|entries| entries.is_sorted_by(|a, b| a.0 < b.0))
            .map(Self)
            .ok_or_else(|| format!("“{text}” isn't a list of offsets"))
    }
}
