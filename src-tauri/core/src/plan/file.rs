//! The plan as a file that people can read and write. Only id, start and zone are required.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::beside::OtherSessions;
use super::busy::{BusyCalendar, BusyEntries};
use super::entries::{
    BusyEntry, ExceptionEntry, KnownEntry, MOST_ENTRIES, MOST_EXCEPTIONS, MOST_PINS, MoveEntry,
    PinEntry, WindowEntry, at_most, reject, within,
};
use super::record::{self, Record};
use super::{
    Baseline, Career, LogEntry, Pin, Plan, Planned, ScheduleBasis, SessionLength, time, typed,
    usual_days,
};
use crate::availability::{Availability, Week};
use crate::input_error::{ErrorCode, InputError};
use crate::reading::{self, FileKind};
use crate::roadmap::{Roadmap, RoadmapFile};
use crate::zone::{ClockRules, ZoneDatabase};

const KIND: FileKind = FileKind {
    name: "plan file",
    not_json: ErrorCode::PlanNotJson,
    bad_field: ErrorCode::PlanField,
};

/// The fields of a plan file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a plan (an object)")]
#[allow(missing_docs)] // Plan and Availability say what each field means
pub struct PlanFile {
    pub id: String,
    #[serde(default, deserialize_with = "reading::one")]
    pub created: DateTime<Utc>,
    /// `None` for the title of the roadmap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub start: String,
    pub zone: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<MoveEntry>,
    #[serde(default)]
    pub week_minutes: Option<u32>,
    #[serde(default, deserialize_with = "reading::maybe_all")]
    pub days: Option<Vec<Weekday>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub windows: Vec<WindowEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exceptions: Vec<ExceptionEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub busy: Vec<BusyEntry>,
    /// Imported busy times, by the name of the calendar file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub busy_sources: BTreeMap<String, Vec<BusyEntry>>,
    /// The identity of these calendars, and the report on each. Earlier versions had none.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub busy_calendars: BTreeMap<String, BusyCalendar>,
    /// Sessions of the learner's other plans, by their titles.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other_plans: OtherSessions,
    /// Whether the sessions of other plans are no busy time.
    #[serde(default, skip_serializing_if = "is_false")]
    pub ignores_other_plans: bool,
    #[serde(default)]
    pub buffer_minutes: u32,
    #[serde(default)]
    pub day_cap_minutes: Option<u32>,
    #[serde(default)]
    pub week_cap_minutes: Option<u32>,
    #[serde(default)]
    pub review_percent: u32,
    #[serde(default, skip_serializing_if = "record::is_zero")]
    pub reserve_percent: u32,
    #[serde(default, deserialize_with = "reading::maybe")]
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
    /// The dates before which items don't begin.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "reading::by_id"
    )]
    pub not_before: BTreeMap<String, NaiveDate>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub known: BTreeMap<String, KnownEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<PinEntry>,
    /// Sessions that were moved by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moved_sessions: Vec<PinEntry>,
    #[serde(default)]
    pub freeze_days: u32,
    #[serde(default, deserialize_with = "reading::maybe")]
    pub target: Option<NaiveDate>,
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "reading::by_id"
    )]
    pub phase_targets: BTreeMap<String, NaiveDate>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<LogEntry>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub estimates: BTreeMap<String, u32>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub finished: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock_rules: Option<ClockRules>,
    #[serde(default, rename = "laid", skip_serializing_if = "Option::is_none")]
    pub basis: Option<ScheduleBasis>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Planned>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub baselines: Vec<Baseline>,
    /// Titles of the ticked steps, by item.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub ticked_steps: BTreeMap<String, BTreeSet<String>>,
    /// Whether the minutes of a ticked step lower the work that is left.
    #[serde(default, skip_serializing_if = "is_false")]
    pub steps_count: bool,
    /// Titles of items that were removed from the roadmap, by id: the record can name them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub removed_items: BTreeMap<String, String>,
    /// `None` for the embedded roadmap.
    #[serde(default)]
    pub roadmap: Option<RoadmapFile>,
}

impl PlanFile {
    /// Reads a plan file. [`Plan::from_file_in`] checks its values.
    ///
    /// # Errors
    /// If the text is not the JSON of a plan file.
    pub fn from_json(text: &str) -> Result<Self, InputError> {
        reading::json(text, &KIND)
    }
}

impl Plan {
    /// Reads a plan file, with the zones that come with Waymark.
    ///
    /// # Errors
    /// As [`Plan::from_file_in`].
    pub fn from_json(text: &str) -> Result<Self, InputError> {
        Self::from_file(PlanFile::from_json(text)?)
    }

    /// Checks a plan file, with the zones that come with Waymark.
    ///
    /// # Errors
    /// As [`Plan::from_file_in`].
    pub fn from_file(file: PlanFile) -> Result<Self, InputError> {
        Self::from_file_in(file, ZoneDatabase::bundled())
    }

    /// Checks a plan file, with the zones of `zones`.
    ///
    /// # Errors
    /// The first thing wrong with it, by field and value.
    pub fn from_file_in(
        mut file: PlanFile,
        zones: &'static ZoneDatabase,
    ) -> Result<Self, InputError> {
        let roadmap = match file.roadmap.take() {
            Some(mut roadmap) => {
                roadmap.complete();
                Roadmap::from_file(roadmap)?
            }
            None => Roadmap::embedded()?,
        };
        Self::of_roadmap(Arc::new(roadmap), file, zones)
    }

    /// Checks a plan file against the roadmap of this plan. A roadmap in the file is ignored.
    pub(crate) fn with_file(&self, file: PlanFile) -> Result<Self, InputError> {
        Self::of_roadmap(Arc::clone(&self.roadmap), file, self.zone().database())
    }

    fn of_roadmap(
        roadmap: Arc<Roadmap>,
        file: PlanFile,
        zones: &'static ZoneDatabase,
    ) -> Result<Self, InputError> {
        let zone = typed::read_zone(&file.zone, zones)?;
        let start = typed::read_start(&file.start)?;
        let minutes = match file.week_minutes {
            Some(minutes) => typed::week_minutes(f64::from(minutes) / 60.0)?,
            None => typed::week_minutes(roadmap.file.nominal_hours_per_week)?,
        };
        let week = if file.windows.is_empty() {
            Week::spread(minutes, &file.days.unwrap_or_else(usual_days))?
        } else {
            time::own_week(&file.windows, file.week_minutes).map_err(in_file)?
        };
        let mut plan = Self::in_week(file.id, roadmap, start, zone, week.clone(), file.created)?;
        plan.set_name(file.name.as_deref().unwrap_or_default())
            .map_err(in_file)?;

        at_most("exceptions", file.exceptions.len(), MOST_EXCEPTIONS).map_err(in_file)?;
        let exception =
            |(number, entry)| time::read_exception(entry, &week).map_err(at("exception", number));
        let exceptions: Result<Vec<_>, _> = (1..).zip(&file.exceptions).map(exception).collect();
        let journey =
            |(number, entry)| time::read_journey(entry, zones).map_err(at("move", number));
        let moves: Result<Vec<_>, _> = (1..).zip(&file.moves).map(journey).collect();
        let mut moves = moves?;
        moves.sort_by_key(|(from, _)| *from);
        plan.availability = Availability {
            zone,
            moves,
            exceptions: exceptions?,
            busy: Vec::new(),
            buffer_minutes: checked("buffer_minutes", file.buffer_minutes, time::BUFFER)?,
            day_cap: maybe_checked("day_cap_minutes", file.day_cap_minutes, time::DAY_CAP)?,
            week_cap: maybe_checked("week_cap_minutes", file.week_cap_minutes, time::WEEK_CAP)?,
            review_percent: checked("review_percent", file.review_percent, time::REVIEW)?,
            reserve_percent: checked("reserve_percent", file.reserve_percent, time::RESERVE)?,
            week_start: file.week_start.unwrap_or(Weekday::Mon),
            week,
        };
        plan.read_busy(BusyEntries {
            own: file.busy,
            sources: file.busy_sources,
            calendars: file.busy_calendars,
        })
        .map_err(in_file)?;
        plan.count_other_plans(!file.ignores_other_plans);
        plan.set_other_plans(&file.other_plans).map_err(in_file)?;

        let usual = plan.session;
        let min = file.session_min_minutes.unwrap_or(usual.min);
        let max = file.session_max_minutes.unwrap_or(usual.max.max(min));
        plan.session = SessionLength {
            min: checked("session_min_minutes", min, 1..=1440)?,
            max: checked("session_max_minutes", max, min..=1440)?,
            pause: checked("break_minutes", file.break_minutes, time::BREAK)?,
        };
        let in_parallel = maybe_checked("in_parallel", file.in_parallel, time::IN_PARALLEL)?;
        plan.in_parallel = in_parallel.map_or(plan.in_parallel, |count| count as usize);
        plan.career = match maybe_checked("career_percent", file.career_percent, time::CAREER)? {
            None => Career::After,
            Some(percent) => Career::Alongside { percent },
        };
        plan.freeze_days = checked("freeze_days", file.freeze_days, time::FREEZE)?;
        plan.target = file.target;

        for item in &file.included {
            plan.include(item, true).map_err(at("included", ""))?;
        }
        for item in file.priorities.keys() {
            plan.known_item(item).map_err(at("priorities", ""))?;
        }
        plan.priorities = file.priorities;
        for (item, date) in file.not_before {
            let set = plan.set_not_before(&item, Some(date));
            set.map_err(at("not_before", ""))?;
        }
        for (item, known) in &file.known {
            let known = plan.set_known(item, Some(known));
            known.map_err(at("known", ""))?;
        }
        let pins = file.pins.len() + file.moved_sessions.len();
        at_most("pins", pins, MOST_PINS).map_err(in_file)?;
        for (number, pin) in (1..).zip(&file.pins) {
            let pin = plan.read_pin(pin).map_err(at("pin", number))?;
            plan.pins.push(pin);
        }
        for (number, moved) in (1..).zip(&file.moved_sessions) {
            let pin = plan.read_pin(moved).map_err(at("moved session", number))?;
            plan.pins.push(Pin { moved: true, ..pin });
        }
        for phase in file.phase_targets.keys() {
            let known = plan.known_phase("phase", phase);
            known.map_err(at("phase_targets", ""))?;
        }
        plan.phase_targets = file.phase_targets;
        *plan.record = Record {
            log: file.log,
            estimates: file.estimates,
            finished: file.finished,
            basis: file.basis,
            past: file.past,
            baselines: file.baselines,
            ticked: file.ticked_steps,
            removed: file.removed_items,
        };
        plan.steps_count = file.steps_count;
        plan.check_record().map_err(in_file)?;
        plan.record.sort();
        Ok(plan)
    }

    /// The plan file of this plan.
    pub fn to_file(&self) -> PlanFile {
        PlanFile {
            roadmap: Some(self.roadmap.file.clone()),
            clock_rules: Some(self.clock_rules()),
            ..self.to_file_without_roadmap()
        }
    }

    pub(crate) fn to_file_without_roadmap(&self) -> PlanFile {
        let availability = &self.availability;
        let busy = self.busy_entries();
        PlanFile {
            id: self.id.clone(),
            created: self.created,
            name: self.name.clone(),
            start: self.start.to_string(),
            zone: availability.zone.name().to_owned(),
            moves: self.journeys().collect(),
            week_minutes: Some(availability.week.minutes()),
            days: Some(availability.week.days().to_vec()),
            windows: self.own_windows().collect(),
            exceptions: self.exceptions().collect(),
            busy: busy.own,
            busy_sources: busy.sources,
            busy_calendars: busy.calendars,
            other_plans: self.other_sessions(),
            ignores_other_plans: !self.counts_other_plans(),
            buffer_minutes: availability.buffer_minutes,
            day_cap_minutes: availability.day_cap,
            week_cap_minutes: availability.week_cap,
            review_percent: availability.review_percent,
            reserve_percent: availability.reserve_percent,
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
            not_before: self.not_before.clone(),
            known: self
                .prior_knowledge
                .iter()
                .map(|(item, known)| (item.clone(), known.into()))
                .collect(),
            pins: self.pin_entries().collect(),
            moved_sessions: self.move_entries().collect(),
            freeze_days: self.freeze_days,
            target: self.target,
            phase_targets: self.phase_targets.clone(),
            log: self.record.log.clone(),
            estimates: self.record.estimates.clone(),
            finished: self.record.finished.clone(),
            ticked_steps: self.record.ticked.clone(),
            steps_count: self.steps_count,
            removed_items: self.record.removed.clone(),
            clock_rules: None,
            basis: self.record.basis.clone(),
            past: self.record.past.clone(),
            baselines: self.record.baselines.clone(),
            roadmap: None,
        }
    }

    /// Checks that every item of the record is in the roadmap, and every number is in range.
    fn check_record(&self) -> Result<(), InputError> {
        let Record {
            log,
            estimates,
            finished,
            basis,
            past,
            baselines,
            ticked,
            removed,
        } = &*self.record;
        at_most("log", log.len(), MOST_ENTRIES)?;
        at_most("removed_items", removed.len(), MOST_ENTRIES)?;
        for (item, steps) in ticked {
            self.known_item(item)
                .map_err(|error| error.within("ticked_steps"))?;
            for step in steps {
                self.known_step(item, step)
                    .map_err(|error| error.within("ticked_steps"))?;
            }
        }
        let mut ids = BTreeSet::new();
        for entry in log {
            let place = || format!("log, entry {}", entry.id);
            if !ids.insert(entry.id) {
                return Err(reject("id", entry.id, "give each entry its own id")
                    .because("is used twice")
                    .within(place()));
            }
            self.check_session(&entry.item, entry.start, entry.minutes)
                .map_err(|problem| problem.within(place()))?;
        }
        let within = |place: &'static str| move |problem: InputError| problem.within(place);
        for item in estimates.keys() {
            self.known_item(item).map_err(within("estimates"))?;
        }
        for id in finished {
            self.known_item_or_outcome(id).map_err(within("finished"))?;
        }
        let kept = basis.iter().map(|basis| ("laid, kept", &basis.kept));
        let set = baselines
            .iter()
            .map(|baseline| ("baselines, sessions", &baseline.sessions));
        for (field, sessions) in kept.chain(set).chain([("past", past)]) {
            at_most(field, sessions.len(), record::MOST_SESSIONS)?;
            for (number, session) in (1..).zip(sessions) {
                self.check_session(&session.item, session.start, session.minutes)
                    .map_err(|problem| problem.within(format!("{field}, session {number}")))?;
            }
        }
        if let Some(basis) = basis {
            typed::instant_in_range(basis.from).map_err(within("laid, from"))?;
            let done = basis.done.keys();
            for item in done.filter(|item| !removed.contains_key(*item)) {
                self.known_item(item).map_err(within("laid, done"))?;
            }
        }
        let mut names = BTreeSet::new();
        for baseline in baselines {
            record::baseline_name(&baseline.name)?;
            if !names.insert(&baseline.name) {
                return Err(
                    reject("baselines", &baseline.name, "give each its own name")
                        .because("is used twice"),
                );
            }
        }
        Ok(())
    }

    fn check_session(
        &self,
        item: &str,
        start: DateTime<Utc>,
        minutes: u32,
    ) -> Result<(), InputError> {
        if !self.record.removed.contains_key(item) {
            self.known_item(item)?;
        }
        typed::instant_in_range(start)?;
        within("minutes", minutes, record::ENTRY_MINUTES).map(drop)
    }
}

/// Names the file as the place of an error.
fn in_file(problem: InputError) -> InputError {
    problem.within("plan file")
}

/// Names an entry of the file as the place of an error, numbered from 1.
fn at(what: &str, number: impl ToString) -> impl FnOnce(InputError) -> InputError {
    let place = format!("plan file, {what} {}", number.to_string());
    move |problem| problem.within(place.trim_end())
}

fn checked(field: &str, value: u32, range: RangeInclusive<u32>) -> Result<u32, InputError> {
    within(field, value, range).map_err(in_file)
}

fn maybe_checked(
    field: &str,
    value: Option<u32>,
    range: RangeInclusive<u32>,
) -> Result<Option<u32>, InputError> {
    value.map(|value| checked(field, value, range)).transpose()
}

#[allow(clippy::trivially_copy_pass_by_ref)] // serde's signature
fn is_false(value: &bool) -> bool {
    !value
}
