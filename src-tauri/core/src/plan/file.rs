//! The plan as a file a person can read and write: everything but id, start and zone may be left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::record::{self, Record};
use super::{
    Baseline, Career, Entry, Laid, Plan, Planned, SessionLength, USUAL_DAYS, time, typed, work,
};
use crate::availability::{Availability, Busy, Week};
use crate::problem::Problem;
use crate::reading;
use crate::roadmap::{Roadmap, RoadmapFile};

pub(super) const MOST_EXCEPTIONS: usize = 2_000;
const MOST_BUSY: usize = 200_000;
pub(super) const MOST_PINS: usize = 20_000;

/// A plan as its file has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a plan (an object)")]
#[allow(missing_docs)] // Plan and Availability say what each field means
pub struct PlanFile {
    pub id: String,
    #[serde(default)]
    pub created: DateTime<Utc>,
    pub start: String,
    pub zone: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<MoveEntry>,
    #[serde(default)]
    pub week_minutes: Option<u32>,
    #[serde(default)]
    pub days: Option<Vec<Weekday>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<WindowEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<ExceptionEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub busy: Vec<BusyEntry>,
    #[serde(default)]
    pub buffer_minutes: u32,
    #[serde(default)]
    pub day_cap_minutes: Option<u32>,
    #[serde(default)]
    pub week_cap_minutes: Option<u32>,
    #[serde(default)]
    pub review_percent: u32,
    #[serde(default)]
    pub week_start: Option<Weekday>,
    #[serde(default)]
    pub session_min_minutes: Option<u32>,
    #[serde(default)]
    pub session_max_minutes: Option<u32>,
    #[serde(default)]
    pub break_minutes: u32,
    #[serde(default)]
    pub in_parallel: Option<u32>,
    #[serde(default)]
    pub career_percent: Option<u32>,
    #[serde(default)]
    pub included: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub priorities: BTreeMap<String, i32>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub known: BTreeMap<String, KnownEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<PinEntry>,
    #[serde(default)]
    pub freeze_days: u32,
    #[serde(default)]
    pub target: Option<NaiveDate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub phase_targets: BTreeMap<String, NaiveDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<Entry>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub estimates: BTreeMap<String, u32>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub finished: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub laid: Option<Laid>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Planned>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub baselines: Vec<Baseline>,
    /// The embedded roadmap if there is none.
    #[serde(default)]
    pub roadmap: Option<RoadmapFile>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MoveEntry {
    pub from: String,
    pub zone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct WindowEntry {
    #[cfg_attr(feature = "types", ts(type = "Weekday"))]
    pub day: Weekday,
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum ExceptionEntry {
    TimeOff {
        first: String,
        last: String,
    },
    OtherHours {
        first: String,
        last: String,
        week_minutes: u32,
    },
    ExtraWindow {
        first: String,
        last: String,
        from: String,
        to: String,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct BusyEntry {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum KnownEntry {
    Whole,
    Minutes(u32),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PinEntry {
    pub item: String,
    pub start: String,
    pub minutes: u32,
}

impl Plan {
    /// Reads a plan file.
    ///
    /// # Errors
    /// The first thing wrong with it, by field and value.
    pub fn from_json(text: &str) -> Result<Self, Problem> {
        Self::from_file(reading::json(
            text,
            "plan file",
            ("plan-not-json", "plan-field"),
        )?)
    }

    /// Checks a plan file.
    ///
    /// # Errors
    /// As [`Plan::from_json`].
    pub fn from_file(mut file: PlanFile) -> Result<Self, Problem> {
        let roadmap = match file.roadmap.take() {
            Some(roadmap) => Roadmap::from_file(roadmap)?,
            None => Roadmap::embedded()?,
        };
        Self::of_roadmap(Arc::new(roadmap), file)
    }

    /// Checks a plan file for the roadmap of this plan; one that stands in the file is passed over.
    pub(super) fn with_file(&self, file: PlanFile) -> Result<Self, Problem> {
        Self::of_roadmap(Arc::clone(&self.roadmap), file)
    }

    fn of_roadmap(roadmap: Arc<Roadmap>, file: PlanFile) -> Result<Self, Problem> {
        let zone = typed::read_zone(&file.zone)?;
        let start = typed::read_start(&file.start)?;
        let minutes = match file.week_minutes {
            Some(minutes) => typed::week_minutes(f64::from(minutes) / 60.0)?,
            None => typed::week_minutes(roadmap.file.nominal_hours_per_week)?,
        };
        let week = if file.windows.is_empty() {
            Week::spread(minutes, file.days.as_deref().unwrap_or(&USUAL_DAYS))?
        } else {
            time::own_week(&file.windows, file.week_minutes)?
        };
        let mut plan = Self::in_week(file.id, roadmap, start, zone, week.clone(), file.created)?;

        at_most("exceptions", file.exceptions.len(), MOST_EXCEPTIONS)?;
        let exception = |entry| time::read_exception(entry, &week);
        let exceptions: Result<Vec<_>, _> = file.exceptions.iter().map(exception).collect();
        at_most("busy", file.busy.len(), MOST_BUSY)?;
        let moves: Result<Vec<_>, _> = file.moves.iter().map(time::read_journey).collect();
        let mut moves = moves?;
        moves.sort_by_key(|(from, _)| *from);
        plan.availability = Availability {
            zone,
            moves,
            exceptions: exceptions?,
            busy: merge(file.busy)?,
            buffer_minutes: within("buffer_minutes", file.buffer_minutes, time::BUFFER)?,
            day_cap: maybe_within("day_cap_minutes", file.day_cap_minutes, time::DAY_CAP)?,
            week_cap: maybe_within("week_cap_minutes", file.week_cap_minutes, time::WEEK_CAP)?,
            review_percent: within("review_percent", file.review_percent, time::REVIEW)?,
            week_start: file.week_start.unwrap_or(Weekday::Mon),
            week,
        };

        let usual = plan.session;
        let min = file.session_min_minutes.unwrap_or(usual.min);
        let max = file.session_max_minutes.unwrap_or(usual.max.max(min));
        plan.session = SessionLength {
            min: within("session_min_minutes", min, 1..=1440)?,
            max: within("session_max_minutes", max, min..=1440)?,
            pause: within("break_minutes", file.break_minutes, time::BREAK)?,
        };
        let in_parallel = maybe_within("in_parallel", file.in_parallel, time::IN_PARALLEL)?;
        plan.in_parallel = in_parallel.map_or(plan.in_parallel, |count| count as usize);
        plan.career = match maybe_within("career_percent", file.career_percent, time::CAREER)? {
            None => Career::After,
            Some(percent) => Career::Alongside { percent },
        };
        plan.freeze_days = within("freeze_days", file.freeze_days, time::FREEZE)?;
        plan.target = file.target;

        for item in &file.included {
            plan.include(item, true)?;
        }
        for item in file.priorities.keys() {
            plan.known_item(item)?;
        }
        plan.priorities = file.priorities;
        for (item, known) in &file.known {
            plan.set_known(item, Some(known))?;
        }
        at_most("pins", file.pins.len(), MOST_PINS)?;
        for pin in &file.pins {
            let pin = plan.read_pin(pin)?;
            plan.pins.push(pin);
        }
        for phase in file.phase_targets.keys() {
            plan.known_phase("phase_targets", phase)?;
        }
        plan.phase_targets = file.phase_targets;
        plan.record = Record {
            log: file.log,
            estimates: file.estimates,
            finished: file.finished,
            laid: file.laid,
            past: file.past,
            baselines: file.baselines,
        };
        plan.check_record()?;
        plan.record.sort();
        Ok(plan)
    }

    /// The file that reads back as this plan.
    pub fn to_file(&self) -> PlanFile {
        PlanFile {
            roadmap: Some(self.roadmap.file.clone()),
            ..self.to_file_without_roadmap()
        }
    }

    pub(super) fn to_file_without_roadmap(&self) -> PlanFile {
        let availability = &self.availability;
        PlanFile {
            id: self.id.clone(),
            created: self.created,
            start: self.start.to_string(),
            zone: availability.zone.name().to_owned(),
            moves: self.journeys().collect(),
            week_minutes: Some(availability.week.minutes()),
            days: Some(availability.week.days().to_vec()),
            windows: self.own_windows().collect(),
            exceptions: self.exceptions().collect(),
            busy: availability
                .busy
                .iter()
                .map(|busy| BusyEntry {
                    start: busy.start,
                    end: busy.end,
                })
                .collect(),
            buffer_minutes: availability.buffer_minutes,
            day_cap_minutes: availability.day_cap,
            week_cap_minutes: availability.week_cap,
            review_percent: availability.review_percent,
            week_start: Some(availability.week_start),
            session_min_minutes: Some(self.session.min),
            session_max_minutes: Some(self.session.max),
            break_minutes: self.session.pause,
            in_parallel: u32::try_from(self.in_parallel).ok(),
            career_percent: match self.career {
                Career::After => None,
                Career::Alongside { percent } => Some(percent),
            },
            included: self.included.clone(),
            priorities: self.priorities.clone(),
            known: self
                .credits
                .iter()
                .map(|(item, credit)| (item.clone(), work::write_known(*credit)))
                .collect(),
            pins: self.pin_entries().collect(),
            freeze_days: self.freeze_days,
            target: self.target,
            phase_targets: self.phase_targets.clone(),
            log: self.record.log.clone(),
            estimates: self.record.estimates.clone(),
            finished: self.record.finished.clone(),
            laid: self.record.laid.clone(),
            past: self.record.past.clone(),
            baselines: self.record.baselines.clone(),
            roadmap: None,
        }
    }

    /// Every item of the record is one of the roadmap, and every number is one that can be planned with.
    fn check_record(&self) -> Result<(), Problem> {
        let Record {
            log,
            estimates,
            finished,
            laid,
            past,
            baselines,
        } = &self.record;
        at_most("log", log.len(), record::MOST_ENTRIES)?;
        let mut ids = BTreeSet::new();
        for entry in log {
            let field = format!("log, entry {}", entry.id);
            if !ids.insert(entry.id) {
                return Err(refuse(&field, entry.id, "two entries have this id"));
            }
            self.check_session(&field, &entry.item, entry.start, entry.minutes)?;
        }
        for item in estimates.keys() {
            self.known_item(item)?;
        }
        for id in finished {
            self.known_item_or_outcome(id)?;
        }
        let kept = laid.iter().map(|laid| ("laid, kept", &laid.kept));
        let set = baselines
            .iter()
            .map(|baseline| ("baselines, sessions", &baseline.sessions));
        for (field, sessions) in kept.chain(set).chain([("past", past)]) {
            at_most(field, sessions.len(), record::MOST_SESSIONS)?;
            for session in sessions {
                self.check_session(field, &session.item, session.start, session.minutes)?;
            }
        }
        if let Some(laid) = laid {
            typed::in_range(laid.from.date_naive())?;
            for item in laid.done.keys() {
                self.known_item(item)?;
            }
        }
        let mut names = BTreeSet::new();
        for baseline in baselines {
            record::baseline_name(&baseline.name)?;
            if !names.insert(&baseline.name) {
                return Err(refuse("baselines", &baseline.name, "two have this name"));
            }
        }
        Ok(())
    }

    fn check_session(
        &self,
        field: &str,
        item: &str,
        start: DateTime<Utc>,
        minutes: u32,
    ) -> Result<(), Problem> {
        self.known_item(item)?;
        typed::in_range(start.date_naive())?;
        within(&format!("{field}, minutes"), minutes, record::ENTRY_MINUTES).map(drop)
    }
}

pub(super) fn refuse(field: &str, value: impl ToString, expected: &str) -> Problem {
    Problem::new("plan-field", field, value.to_string(), expected)
}

pub(super) fn within(field: &str, value: u32, range: RangeInclusive<u32>) -> Result<u32, Problem> {
    if range.contains(&value) {
        return Ok(value);
    }
    let expected = format!(
        "give a whole number from {} to {}",
        range.start(),
        range.end()
    );
    Err(refuse(field, value, &expected))
}

pub(super) fn maybe_within(
    field: &str,
    value: Option<u32>,
    range: RangeInclusive<u32>,
) -> Result<Option<u32>, Problem> {
    value.map(|value| within(field, value, range)).transpose()
}

pub(super) fn at_most(field: &str, count: usize, most: usize) -> Result<(), Problem> {
    if count > most {
        return Err(refuse(field, count, &format!("a plan has at most {most}")));
    }
    Ok(())
}

/// In order of time, with what overlaps made one.
fn merge(entries: Vec<BusyEntry>) -> Result<Vec<Busy>, Problem> {
    let mut busy: Vec<Busy> = Vec::with_capacity(entries.len());
    for BusyEntry { start, end } in entries {
        if end < start {
            let value = format!("{start} to {end}");
            return Err(refuse("busy", value, "it ends before it starts"));
        }
        busy.push(Busy { start, end });
    }
    busy.sort_unstable();
    busy.dedup_by(|later, earlier| {
        let overlaps = later.start <= earlier.end;
        if overlaps {
            earlier.end = earlier.end.max(later.end);
        }
        overlaps
    });
    Ok(busy)
}
