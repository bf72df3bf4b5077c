//! The learner's plan: the data that is stored, and the changes that can be made to it.

mod beside;
mod busy;
pub mod change;
mod clocks;
mod entries;

mod file;
mod follow;
mod record;
mod shared;
pub mod text;
mod time;
mod typed;
mod work;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc, Weekday,
};

use crate::availability::{self, Availability, Moment, Used, Week, Window};
use crate::input_error::InputError;
use crate::roadmap::{Item, Roadmap};
use crate::zone::Zone;

pub use beside::{OtherPlan, OtherSessions};
pub use busy::{BusyCalendar, BusySource, KnownAs, Resemblance, UidSet};
pub use change::{Change, Keep};
pub use entries::{BusyEntry, ExceptionEntry, KnownEntry, MoveEntry, PinEntry, WindowEntry};
pub use file::PlanFile;
use record::Record;
pub use record::{Baseline, LogEntry, Planned, ScheduleBasis};
use shared::Shared;
pub use typed::{HOURS_PER_WEEK, STARTS, read_date, read_instant, read_start};
pub(crate) use work::read_session_start;

/// A roadmap, the time for it and the learner's decisions. Schedules are computed from it and never
/// stored.
///
/// A plan is always valid: [`Plan::apply`] and [`Plan::from_json`] reject values that cannot be
/// planned with.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    id: String,
    created: DateTime<Utc>,
    /// `None` for the title of the roadmap.
    name: Option<String>,
    /// Shared between a plan and its previews, because few changes to a plan change the roadmap.
    roadmap: Arc<Roadmap>,
    start: NaiveDate,
    availability: Availability,
    busy: Shared<busy::BusyTime>,
    others: Shared<beside::OtherPlans>,
    session: SessionLength,
    included: BTreeSet<String>,
    in_parallel: usize,
    career: Career,
    priorities: BTreeMap<String, i32>,
    not_before: BTreeMap<String, NaiveDate>,
    prior_knowledge: BTreeMap<String, PriorKnowledge>,
    pins: Vec<Pin>,
    freeze_days: u32,
    target: Option<NaiveDate>,
    phase_targets: BTreeMap<String, NaiveDate>,
    steps_count: bool,
    record: Shared<Record>,
}

/// The default study days: Monday to Saturday.
fn usual_days() -> Vec<Weekday> {
    let is_usual = |day: &Weekday| *day != Weekday::Sun;
    availability::week().into_iter().filter(is_usual).collect()
}

/// Limits on the length of a session, in minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLength {
    /// The shortest session, unless the whole item is shorter.
    pub min: u32,
    /// The longest session.
    pub max: u32,
    /// The break between two sessions of one window.
    pub pause: u32,
}

/// When the career track is studied: the phases to which the roadmap gives no weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Career {
    /// After the core.
    After,
    /// Alongside the core, with a share of each week.
    Alongside {
        /// Percent, from 1 to 99.
        percent: u32,
    },
}

/// How much of an item the learner knows already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PriorKnowledge {
    /// The whole item.
    Whole,
    /// Minutes of it.
    Minutes(u32),
}

/// A session that the learner put somewhere. It stays there, whatever else moves, unless it was
/// only moved by hand and the learner reschedules with more than the least disruption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The item's id.
    pub item: String,
    /// Start on the learner's clock.
    pub start: NaiveDateTime,
    /// Length in minutes.
    pub minutes: u32,
    /// Whether the session was moved by hand, rather than pinned.
    pub moved: bool,
}

impl Plan {
    /// A plan at the roadmap's nominal hours, from Monday to Saturday, in sessions of 30 minutes to
    /// 2 hours.
    ///
    /// `id` names the plan in the events it exports and must never be given to another plan;
    /// `created` dates those events, so that an unchanged one is the same in each export.
    ///
    /// # Errors
    /// If the start date is out of range, or the roadmap's hours are more than the days hold.
    pub fn new(
        id: impl Into<String>,
        roadmap: Roadmap,
        start: NaiveDate,
        zone: Zone,
        created: DateTime<Utc>,
    ) -> Result<Self, InputError> {
        let minutes = typed::week_minutes(roadmap.file.nominal_hours_per_week)?;
        let week = Week::spread(minutes, &usual_days())?;
        Self::in_week(id.into(), Arc::new(roadmap), start, zone, week, created)
    }

    fn in_week(
        id: String,
        roadmap: Arc<Roadmap>,
        start: NaiveDate,
        zone: Zone,
        week: Week,
        created: DateTime<Utc>,
    ) -> Result<Self, InputError> {
        Ok(Self {
            id: typed::plan_id(id)?,
            created,
            name: None,
            roadmap,
            start: typed::in_range(start)?,
            availability: Availability::new(zone, week),
            busy: Shared::default(),
            others: Shared::default(),
            session: SessionLength {
                min: 30,
                max: 120,
                pause: 0,
            },
            included: BTreeSet::new(),
            in_parallel: 2,
            career: Career::After,
            priorities: BTreeMap::new(),
            not_before: BTreeMap::new(),
            prior_knowledge: BTreeMap::new(),
            pins: Vec::new(),
            freeze_days: 0,
            target: None,
            phase_targets: BTreeMap::new(),
            steps_count: false,
            record: Shared::default(),
        })
    }

    /// Names the plan in what it exports.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When the plan was made.
    pub fn created(&self) -> DateTime<Utc> {
        self.created
    }

    /// The roadmap that the plan follows.
    pub fn roadmap(&self) -> &Roadmap {
        &self.roadmap
    }

    /// Whether another plan follows the same roadmap.
    pub fn has_roadmap_of(&self, other: &Self) -> bool {
        // Plans that changes made of one another share it.
        Arc::ptr_eq(&self.roadmap, &other.roadmap) || self.roadmap == other.roadmap
    }

    /// The first day of the first week.
    pub fn start(&self) -> NaiveDate {
        self.start
    }

    /// The first instant of the first day where the learner is.
    pub fn start_instant(&self) -> DateTime<Utc> {
        self.instant(self.start.and_time(NaiveTime::MIN))
    }

    /// The first instant at which the learner's clock shows `local`.
    pub fn instant(&self, local: NaiveDateTime) -> DateTime<Utc> {
        self.moment(local).instant()
    }

    /// The time that the learner's clock shows at an instant, wherever the learner is then.
    pub fn local(&self, instant: DateTime<Utc>) -> NaiveDateTime {
        self.moment_at(instant).local()
    }

    pub(crate) fn moment(&self, local: NaiveDateTime) -> Moment {
        self.availability.moment(local)
    }

    /// An instant, with what the learner's clock shows then.
    pub(crate) fn moment_at(&self, instant: DateTime<Utc>) -> Moment {
        self.availability.moment_at(instant)
    }

    /// When the learner can study.
    pub fn availability(&self) -> &Availability {
        &self.availability
    }

    /// The zone of the windows, before any travel.
    pub fn zone(&self) -> Zone {
        self.availability.zone
    }

    /// Hours of study a week.
    pub fn hours_per_week(&self) -> f64 {
        f64::from(self.availability.week.minutes()) / 60.0
    }

    /// The study days, Monday first.
    pub fn days(&self) -> &[Weekday] {
        self.availability.week.days()
    }

    /// The windows of the usual week.
    pub fn windows(&self) -> &[Window] {
        self.availability.week.windows()
    }

    /// Limits on the length of a session.
    pub fn session(&self) -> SessionLength {
        self.session
    }

    /// How many items of a phase are studied side by side.
    pub fn in_parallel(&self) -> usize {
        self.in_parallel
    }

    /// When the career track is studied.
    pub fn career(&self) -> Career {
        self.career
    }

    /// The pinned sessions.
    pub fn pins(&self) -> &[Pin] {
        &self.pins
    }

    /// Days from now in which a re-plan moves nothing.
    pub fn freeze_days(&self) -> u32 {
        self.freeze_days
    }

    /// The date by which everything should be finished, if there is one.
    pub fn target(&self) -> Option<NaiveDate> {
        self.target
    }

    /// The date by which a phase should be finished: its own or the plan's, whichever is earlier.
    pub fn target_of(&self, phase: &str) -> Option<NaiveDate> {
        let own = self.own_target_of(phase);
        own.into_iter().chain(self.target).min()
    }

    /// Whether the minutes of a ticked step lower the work that is left.
    pub fn steps_count(&self) -> bool {
        self.steps_count
    }

    /// Whether an item is part of the plan. Optional items are once they have been added.
    pub fn includes(&self, item: &Item) -> bool {
        !item.optional || self.included.contains(&item.id)
    }

    /// The date by which a phase should be finished, if it has one of its own.
    pub fn own_target_of(&self, phase: &str) -> Option<NaiveDate> {
        self.phase_targets.get(phase).copied()
    }

    /// Prior knowledge of an item, if there is any.
    pub fn prior_knowledge(&self, item: &Item) -> Option<PriorKnowledge> {
        self.prior_knowledge.get(&item.id).copied()
    }

    /// Minutes of work that an item takes before any of it is done: the roadmap's effort minus
    /// prior knowledge. 0 if the item is left out.
    pub fn effort_minutes(&self, item: &Item) -> u32 {
        if !self.includes(item) {
            return 0;
        }
        self.first_estimate(item)
    }

    /// The roadmap's effort of an item less prior knowledge, in minutes, whether the item is in the
    /// plan or not.
    pub(crate) fn first_estimate(&self, item: &Item) -> u32 {
        match self.prior_knowledge.get(&item.id) {
            None => item.effort_minutes,
            Some(PriorKnowledge::Whole) => 0,
            Some(PriorKnowledge::Minutes(known)) => item.effort_minutes.saturating_sub(*known),
        }
    }

    /// The priority of an item, 0 by default. Items with a higher one come first.
    pub fn priority(&self, item: &Item) -> i32 {
        self.priorities.get(&item.id).copied().unwrap_or(0)
    }

    /// Whether any item has a priority of its own.
    pub(crate) fn has_priorities(&self) -> bool {
        !self.priorities.is_empty()
    }

    /// The date before which an item doesn't begin, if the learner set one.
    pub fn not_before(&self, item: &Item) -> Option<NaiveDate> {
        self.not_before.get(&item.id).copied()
    }

    /// Whether any item has such a date.
    pub(crate) fn has_not_before(&self) -> bool {
        !self.not_before.is_empty()
    }

    /// This plan without such dates.
    pub(crate) fn without_not_before(&self) -> Self {
        Self {
            not_before: BTreeMap::new(),
            ..self.clone()
        }
    }

    /// The free slots of the plan from its start, or from `now` if that is later. Work logged
    /// earlier that day and week counts towards their caps and the review.
    pub fn slots(&self, now: DateTime<Utc>) -> availability::Slots<'_> {
        let from = now.max(self.start_instant());
        self.slots_after(from, self.used_before(from))
    }

    pub(crate) fn slots_after(&self, from: DateTime<Utc>, used: Used) -> availability::Slots<'_> {
        let availability = &self.availability;
        // Only the review needs to know the first week that has slots.
        let first = match availability.review_percent {
            0 => None,
            _ => availability.slots(self.start_instant()).next(),
        };
        let first_week = first.map(|first| availability.week_of(first.start.local().date()));
        let slots = availability.slots_after(from, used, first_week);
        match availability.reserve_percent {
            0 => slots,
            _ => slots.with_reserve(self.week_minutes_before(from), 0),
        }
    }

    /// Minutes of free time before an instant in its week, from the plan's start on.
    pub(crate) fn week_minutes_before(&self, from: DateTime<Utc>) -> u32 {
        let week = self.availability.week_of(self.local(from).date());
        let first = self.instant(week.and_time(NaiveTime::MIN));
        let slots = self.availability.slots(first.max(self.start_instant()));
        let slots = slots.take_while(|slot| slot.start.instant() < from);
        let minutes = slots.map(|slot| {
            let passed = (from - slot.start.instant()).num_minutes();
            slot.minutes.min(u32::try_from(passed).unwrap_or(0))
        });
        minutes.sum()
    }
}

/// The default start of a plan: the next Monday, or today on a Monday morning, since its study time
/// is still to come.
pub fn default_start(now: NaiveDateTime) -> NaiveDate {
    let (today, is_morning) = (now.date(), now.hour() < 12);
    let since_monday = u64::from(today.weekday().num_days_from_monday());
    if since_monday == 0 && is_morning {
        return today;
    }
    let ahead = Days::new(7 - since_monday);
    today.checked_add_days(ahead).unwrap_or(today)
}

#[cfg(test)]
mod tests;
