//! The plan as a file a person can read and write: everything but id, start and zone may be left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::record::{self, Record};
use super::{
    Baseline, Career, Credit, Entry, Laid, Pin, Plan, Planned, SessionLength, USUAL_DAYS, change,
};
use crate::availability::{Availability, Busy, Exception, ExceptionKind, Week, Window};
use crate::problem::Problem;
use crate::reading;
use crate::roadmap::{Roadmap, RoadmapFile};

const MOST_EXCEPTIONS: usize = 2_000;
const MOST_BUSY: usize = 200_000;
const PIN_START: &str = "%Y-%m-%dT%H:%M";
const MOST_PINS: usize = 20_000;

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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct MoveEntry {
    pub from: NaiveDate,
    pub zone: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct WindowEntry {
    pub day: Weekday,
    pub from: String,
    pub to: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs)]
pub enum ExceptionEntry {
    TimeOff {
        first: NaiveDate,
        last: NaiveDate,
    },
    OtherHours {
        first: NaiveDate,
        last: NaiveDate,
        week_minutes: u32,
    },
    ExtraWindow {
        first: NaiveDate,
        last: NaiveDate,
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum KnownEntry {
    Whole,
    Minutes(u32),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
        let zone = change::read_zone(&file.zone)?;
        let start = change::read_start(&file.start)?;
        let minutes = match file.week_minutes {
            Some(minutes) => change::week_minutes(f64::from(minutes) / 60.0)?,
            None => change::week_minutes(roadmap.file.nominal_hours_per_week)?,
        };
        let week = if file.windows.is_empty() {
            Week::spread(minutes, file.days.as_deref().unwrap_or(&USUAL_DAYS))?
        } else {
            let window = |entry: WindowEntry| {
                let (start, end) = (clock(&entry.from)?, clock(&entry.to)?);
                Ok(Window {
                    day: entry.day,
                    start,
                    end,
                })
            };
            let windows: Result<Vec<Window>, Problem> =
                file.windows.into_iter().map(window).collect();
            let whole = Week::exact(windows?)?;
            let minutes = file.week_minutes.unwrap_or(whole.minutes());
            whole.with_minutes(change::week_minutes(f64::from(minutes) / 60.0)?)?
        };
        let mut plan = Self::in_week(file.id, roadmap, start, zone, week.clone(), file.created)?;

        at_most("exceptions", file.exceptions.len(), MOST_EXCEPTIONS)?;
        let exception = |entry| read_exception(entry, &week);
        let exceptions: Result<Vec<_>, _> = file.exceptions.into_iter().map(exception).collect();
        at_most("busy", file.busy.len(), MOST_BUSY)?;
        let mut moves = Vec::new();
        for entry in file.moves {
            moves.push((entry.from, change::read_zone(&entry.zone)?));
        }
        moves.sort_by_key(|(from, _)| *from);
        plan.availability = Availability {
            zone,
            moves,
            exceptions: exceptions?,
            busy: merge(file.busy)?,
            buffer_minutes: within("buffer_minutes", file.buffer_minutes, 0..=1440)?,
            day_cap: maybe_within("day_cap_minutes", file.day_cap_minutes, 1..=1440)?,
            week_cap: maybe_within("week_cap_minutes", file.week_cap_minutes, 1..=10_080)?,
            review_percent: within("review_percent", file.review_percent, 0..=50)?,
            week_start: file.week_start.unwrap_or(Weekday::Mon),
            week,
        };

        let usual = plan.session;
        let min = file.session_min_minutes.unwrap_or(usual.min);
        let max = file.session_max_minutes.unwrap_or(usual.max.max(min));
        plan.session = SessionLength {
            min: within("session_min_minutes", min, 1..=1440)?,
            max: within("session_max_minutes", max, min..=1440)?,
            pause: within("break_minutes", file.break_minutes, 0..=1440)?,
        };
        let in_parallel = maybe_within("in_parallel", file.in_parallel, 1..=100)?;
        plan.in_parallel = in_parallel.map_or(plan.in_parallel, |count| count as usize);
        plan.career = match maybe_within("career_percent", file.career_percent, 1..=99)? {
            None => Career::After,
            Some(percent) => Career::Alongside { percent },
        };
        plan.freeze_days = within("freeze_days", file.freeze_days, 0..=3_660)?;
        plan.target = file.target;

        for item in &file.included {
            plan.include(item, true)?;
        }
        for item in file.priorities.keys().chain(file.known.keys()) {
            plan.known_item(item)?;
        }
        plan.priorities = file.priorities;
        let credit = |entry| match entry {
            KnownEntry::Whole => Credit::Whole,
            KnownEntry::Minutes(minutes) => Credit::Minutes(minutes),
        };
        plan.credits = file
            .known
            .into_iter()
            .map(|(item, known)| (item, credit(known)))
            .collect();
        at_most("pins", file.pins.len(), MOST_PINS)?;
        for PinEntry {
            item,
            start,
            minutes,
        } in file.pins
        {
            plan.known_item(&item)?;
            let start = read_start("pins, start", &start)?;
            let minutes = within("pins, minutes", minutes, 1..=1440)?;
            plan.pins.push(Pin {
                item,
                start,
                minutes,
            });
        }
        for phase in file.phase_targets.keys() {
            if plan.roadmap.phases.iter().all(|known| known.id != *phase) {
                return Err(refuse(
                    "phase_targets",
                    phase,
                    "no phase of the roadmap has this id",
                ));
            }
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
        let window = |window: &Window| WindowEntry {
            day: window.day,
            from: clock_text(window.start),
            to: clock_text(window.end),
        };
        PlanFile {
            id: self.id.clone(),
            created: self.created,
            start: self.start.to_string(),
            zone: availability.zone.name().to_owned(),
            moves: availability
                .moves
                .iter()
                .map(|(from, zone)| MoveEntry {
                    from: *from,
                    zone: zone.name().to_owned(),
                })
                .collect(),
            week_minutes: Some(availability.week.minutes()),
            days: Some(availability.week.days().to_vec()),
            windows: availability.week.own().iter().map(window).collect(),
            exceptions: availability
                .exceptions
                .iter()
                .map(write_exception)
                .collect(),
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
                .map(|(item, credit)| match credit {
                    Credit::Whole => (item.clone(), KnownEntry::Whole),
                    Credit::Minutes(minutes) => (item.clone(), KnownEntry::Minutes(*minutes)),
                })
                .collect(),
            pins: self
                .pins
                .iter()
                .map(|pin| PinEntry {
                    item: pin.item.clone(),
                    start: pin.start.format(PIN_START).to_string(),
                    minutes: pin.minutes,
                })
                .collect(),
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
            change::in_range(laid.from.date_naive())?;
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
        change::in_range(start.date_naive())?;
        within(&format!("{field}, minutes"), minutes, record::ENTRY_MINUTES).map(drop)
    }

    pub(crate) fn known_item(&self, item: &str) -> Result<(), Problem> {
        match self.roadmap.item(item) {
            Some(_) => Ok(()),
            None => Err(refuse("item", item, "no item of the roadmap has this id")),
        }
    }
}

fn refuse(field: &str, value: impl ToString, expected: &str) -> Problem {
    Problem::new("plan-field", field, value.to_string(), expected)
}

fn within(field: &str, value: u32, range: RangeInclusive<u32>) -> Result<u32, Problem> {
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

fn maybe_within(
    field: &str,
    value: Option<u32>,
    range: RangeInclusive<u32>,
) -> Result<Option<u32>, Problem> {
    value.map(|value| within(field, value, range)).transpose()
}

fn at_most(field: &str, count: usize, most: usize) -> Result<(), Problem> {
    if count > most {
        return Err(refuse(field, count, &format!("a plan has at most {most}")));
    }
    Ok(())
}

/// When something starts on the learner's clock, such as `2027-01-09T14:00`.
pub(super) fn read_start(field: &str, text: &str) -> Result<NaiveDateTime, Problem> {
    match NaiveDateTime::parse_from_str(text, PIN_START) {
        Ok(start) => change::in_range(start.date()).map(|_| start),
        Err(_) => {
            let expected = "write it as date and time, such as 2027-01-09T14:00";
            Err(refuse(field, text, expected))
        }
    }
}

/// "19:00" as minutes from midnight; "24:00" is the end of the day.
fn clock(text: &str) -> Result<u32, Problem> {
    if text == "24:00" {
        return Ok(24 * 60);
    }
    match NaiveTime::parse_from_str(text, "%H:%M") {
        Ok(time) => Ok(time.hour() * 60 + time.minute()),
        Err(_) => Err(refuse(
            "time",
            text,
            "write it as hours and minutes, such as 19:00",
        )),
    }
}

fn clock_text(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn read_exception(entry: ExceptionEntry, week: &Week) -> Result<Exception, Problem> {
    let (first, last, kind) = match entry {
        ExceptionEntry::TimeOff { first, last } => (first, last, ExceptionKind::TimeOff),
        ExceptionEntry::OtherHours {
            first,
            last,
            week_minutes,
        } => {
            let week = week.with_minutes(within("week_minutes", week_minutes, 0..=3_600)?)?;
            (
                first,
                last,
                ExceptionKind::OtherWeek(week.windows().to_vec()),
            )
        }
        ExceptionEntry::ExtraWindow {
            first,
            last,
            from,
            to,
        } => {
            let (start, end) = (clock(&from)?, clock(&to)?);
            if start >= end {
                return Err(refuse(
                    "extra window",
                    format!("{from}–{to}"),
                    "it ends before it starts",
                ));
            }
            (first, last, ExceptionKind::Extra { start, end })
        }
    };
    if last < first {
        return Err(refuse(
            "exception",
            format!("{first} to {last}"),
            "it ends before it starts",
        ));
    }
    Ok(Exception { first, last, kind })
}

fn write_exception(exception: &Exception) -> ExceptionEntry {
    let (first, last) = (exception.first, exception.last);
    match &exception.kind {
        ExceptionKind::TimeOff => ExceptionEntry::TimeOff { first, last },
        ExceptionKind::OtherWeek(windows) => ExceptionEntry::OtherHours {
            first,
            last,
            week_minutes: windows.iter().map(Window::minutes).sum(),
        },
        ExceptionKind::Extra { start, end } => ExceptionEntry::ExtraWindow {
            first,
            last,
            from: clock_text(*start),
            to: clock_text(*end),
        },
    }
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
