//! Every way a plan changes, and what is refused.

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use serde::{Deserialize, Serialize};

use super::file::{BusyEntry, ExceptionEntry, KnownEntry, MoveEntry, PinEntry, WindowEntry};
use super::record::baseline_name;
use super::typed::{maybe_date, number, read_session, read_start, read_zone, week_minutes};
use super::{Plan, SessionLength};
use crate::availability::{ExceptionKind, Week, Window};
use crate::input_error::{ErrorCode, InputError};
use crate::words;

/// Something the learner changes about a plan, as it was typed or clicked.
///
/// Texts are read here, for the window and the terminal alike, so that both refuse the same in the same words.
/// Each change is undone by applying the plan's former value the same way.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Change {
    /// Hours of study a week, such as `10` or `7.5`.
    Hours {
        /// As typed.
        value: String,
    },
    /// The day the plan starts, such as `2027-01-04`.
    Start {
        /// As typed.
        value: String,
    },
    /// The time zone, by its IANA name, such as `Europe/Berlin`.
    Zone {
        /// As typed.
        value: String,
    },
    /// The days studied on.
    Days {
        /// At least one of them.
        #[cfg_attr(feature = "types", ts(type = "Weekday[]"))]
        days: Vec<Weekday>,
    },
    /// The shortest and the longest session, in minutes.
    Sessions {
        /// As typed.
        min: String,
        /// As typed.
        max: String,
    },
    /// The date by which all of it should be finished; an empty text takes it away.
    Target {
        /// As typed.
        value: String,
    },
    /// Takes an optional item into the plan, or out of it.
    Include {
        /// The item's id.
        item: String,
        /// In or out.
        included: bool,
    },
    /// Weekly windows of the learner's own; none goes back to hours spread over the days.
    Windows {
        /// In any order.
        windows: Vec<WindowEntry>,
    },
    /// Time off, other hours or an extra window on some dates, put in or taken out again.
    Exception {
        /// What is otherwise, and when.
        exception: ExceptionEntry,
        /// In or out.
        added: bool,
    },
    /// Another zone's clock from a date on, put in (in place of another one of that date) or taken out again.
    Travel {
        /// Where to, and when.
        journey: MoveEntry,
        /// In or out.
        added: bool,
    },
    /// The most minutes on one day; an empty text takes the cap away.
    DayCap {
        /// As typed.
        value: String,
    },
    /// The most minutes in one week; an empty text takes the cap away.
    WeekCap {
        /// As typed.
        value: String,
    },
    /// Minutes of break between two sessions.
    Break {
        /// As typed.
        value: String,
    },
    /// Minutes kept free around busy time.
    Buffer {
        /// As typed.
        value: String,
    },
    /// Percent of each week for repeating what was learnt.
    Review {
        /// As typed.
        value: String,
    },
    /// The day that weeks begin on.
    WeekStart {
        /// Any day.
        #[cfg_attr(feature = "types", ts(type = "Weekday"))]
        day: Weekday,
    },
    /// How many items of a phase are worked on side by side.
    Parallel {
        /// As typed.
        value: String,
    },
    /// Days from the present in which a re-plan moves nothing.
    Frozen {
        /// As typed.
        value: String,
    },
    /// The career track's percent of each week beside the core; an empty text puts it after the core.
    Career {
        /// As typed.
        value: String,
    },
    /// "I know this already": the whole item, some minutes of it, or none.
    Known {
        /// The item's id.
        item: String,
        /// How much of it.
        known: Option<KnownEntry>,
    },
    /// What comes first: a higher number before a lower one; 0 is the roadmap's own order.
    Priority {
        /// The item's id.
        item: String,
        /// As typed.
        value: String,
    },
    /// Puts a session somewhere for good.
    Pin {
        /// The item, when and how long.
        pin: PinEntry,
        /// The start of the session of this item that is moved there, if it is one. It leaves its old time, and all others stay where they still fit.
        instead: Option<String>,
    },
    /// Lets a pinned session go where the plan has room for it.
    Unpin {
        /// The item's id.
        item: String,
        /// When it starts, such as `2027-01-09T14:00`.
        start: String,
    },
    /// The date by which a phase should be finished; an empty text takes it away.
    PhaseTarget {
        /// The phase's id.
        phase: String,
        /// As typed.
        value: String,
    },
    /// Work that was really done; with `entry`, in place of an earlier entry.
    Log {
        /// The item's id.
        item: String,
        /// When it was begun, on the learner's clock, such as `2027-01-04T19:00`.
        start: String,
        /// How many minutes it took, as typed.
        minutes: String,
        /// What the learner wrote about it.
        note: String,
        /// The id of the entry that this one replaces.
        entry: Option<u32>,
    },
    /// Takes an entry out of the log.
    Unlog {
        /// Its id.
        entry: u32,
    },
    /// What an item will still take, as the learner sees it now.
    Estimate {
        /// The item's id.
        item: String,
        /// Minutes that are left, as typed.
        minutes: String,
    },
    /// An item is done, whatever was planned for it, or not done after all; or an outcome is reached, or not.
    Done {
        /// The id of the item or the outcome.
        item: String,
        /// Done or not.
        done: bool,
    },
    /// Lays what is left anew from the present on.
    Replan {
        /// What stays where it is.
        keep: Keep,
    },
    /// Sets a baseline: the schedule as it stands, to measure against.
    Baseline {
        /// What it is called; one of the same name is replaced.
        name: String,
    },
    /// Takes a baseline away.
    DropBaseline {
        /// What it is called.
        name: String,
    },
    /// Busy time that was read from a calendar file, in place of what was read from it before.
    Busy {
        /// The file's name, such as `work.ics`.
        source: String,
        /// When something else is on.
        times: Vec<BusyEntry>,
    },
    /// Takes away the busy time that was read from a calendar file.
    DropBusy {
        /// The file's name.
        source: String,
    },
    /// Several changes as one, with one name.
    All {
        /// What they are called together.
        name: String,
        /// None of them another `All`.
        changes: Vec<Change>,
    },
}

/// What a re-plan leaves where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// What lies within the plan's frozen days.
    Frozen,
    /// Every session that still fits: the least disruption.
    Fitting,
}

impl Change {
    /// Whether it can move sessions. Logging does not: what is planned stays planned until the learner plans anew.
    pub(crate) fn moves_sessions(&self) -> bool {
        match self {
            Self::Log { .. }
            | Self::Unlog { .. }
            | Self::Target { .. }
            | Self::PhaseTarget { .. }
            | Self::Baseline { .. }
            | Self::DropBaseline { .. } => false,
            Self::All { changes, .. } => changes.iter().any(Self::moves_sessions),
            _ => true,
        }
    }

    /// What it says about which sessions stay where they are.
    pub(crate) fn keeping(&self) -> Option<Keep> {
        match self {
            Self::Replan { keep } => Some(*keep),
            Self::Pin {
                instead: Some(_), ..
            } => Some(Keep::Fitting),
            Self::All { changes, .. } => changes.iter().rev().find_map(Self::keeping),
            _ => None,
        }
    }

    /// Names of the baselines that it sets.
    pub(crate) fn baselines_set(&self) -> Vec<&str> {
        match self {
            Self::Baseline { name } => vec![name],
            Self::All { changes, .. } => changes.iter().flat_map(Self::baselines_set).collect(),
            _ => Vec::new(),
        }
    }

    /// The sessions that it moves, by item and start as typed.
    pub(crate) fn moved(&self) -> Vec<(&str, &str)> {
        match self {
            Self::Pin {
                pin,
                instead: Some(start),
            } => vec![(&pin.item, start)],
            Self::All { changes, .. } => changes.iter().flat_map(Self::moved).collect(),
            _ => Vec::new(),
        }
    }
}

/// Parts of a week that were chosen, to be judged together.
#[derive(Default)]
struct ChosenWeek<'a> {
    minutes: Option<u32>,
    days: Option<&'a [Weekday]>,
    windows: Option<&'a [WindowEntry]>,
}

impl ChosenWeek<'_> {
    /// The week that was chosen, where something was; the rest as usual.
    fn week(&self, usual: &Week) -> Result<Week, InputError> {
        let minutes = self.minutes.unwrap_or(usual.minutes());
        match (self.windows, self.days) {
            (Some([]), days) => Week::spread(minutes, days.unwrap_or(usual.days())),
            (Some(windows), _) => super::time::own_week(windows, self.minutes),
            (None, Some(days)) => Week::spread(minutes, days),
            (None, None) => usual.with_minutes(minutes),
        }
    }
}

impl Plan {
    /// The plan with one thing changed; this one stays as it is.
    ///
    /// # Errors
    /// A value that cannot be planned with, by field and value.
    pub fn apply(&self, change: &Change) -> Result<Self, InputError> {
        self.apply_all(std::slice::from_ref(change))
    }

    /// The plan with several things changed at once: what only fits together, such as
    /// more hours on more days, is judged together. For a plan that has not begun; else [`Plan::changed`].
    ///
    /// # Errors
    /// As [`Plan::apply`]; no change is made then.
    pub fn apply_all(&self, changes: &[Change]) -> Result<Self, InputError> {
        self.apply_at(changes, self.start_instant())
    }

    /// The values of the plan changed; its sessions are not rescheduled, and no baseline is set.
    pub(crate) fn apply_at(
        &self,
        changes: &[Change],
        now: DateTime<Utc>,
    ) -> Result<Self, InputError> {
        let mut plan = self.clone();
        let mut week = ChosenWeek::default();
        for change in changes {
            plan.set(change, &mut week, now)?;
        }
        let week = week.week(&plan.availability.week)?;
        plan.set_week(week)?;
        Ok(plan)
    }

    fn set<'a>(
        &mut self,
        change: &'a Change,
        week: &mut ChosenWeek<'a>,
        now: DateTime<Utc>,
    ) -> Result<(), InputError> {
        match change {
            Change::Hours { value } => week.minutes = Some(week_minutes(number(value)?)?),
            Change::Days { days } => week.days = Some(days),
            Change::Windows { windows } => week.windows = Some(windows),
            Change::Start { value } => self.start = read_start(value)?,
            Change::Zone { value } => {
                self.availability.zone = read_zone(value, self.zone().database())?
            }
            Change::Sessions { min, max } => {
                self.session = read_session(min, max, self.session.pause)?;
            }
            Change::Target { value } => self.target = maybe_date("target date", value)?,
            Change::Include { item, included } => self.include(item, *included)?,
            Change::Exception { exception, added } => self.set_exception(exception, *added)?,
            Change::Travel { journey, added } => self.set_journey(journey, *added)?,
            Change::DayCap { value } => self.set_day_cap(value)?,
            Change::WeekCap { value } => self.set_week_cap(value)?,
            Change::Break { value } => self.set_break(value)?,
            Change::Buffer { value } => self.set_buffer(value)?,
            Change::Review { value } => self.set_review(value)?,
            Change::WeekStart { day } => self.availability.week_start = *day,
            Change::Parallel { value } => self.set_in_parallel(value)?,
            Change::Frozen { value } => self.set_freeze_days(value)?,
            Change::Career { value } => self.set_career(value)?,
            Change::Known { item, known } => self.set_known(item, known.as_ref())?,
            Change::Priority { item, value } => self.set_priority(item, value)?,
            Change::Pin { pin, instead } => self.pin(pin, instead.as_deref())?,
            Change::Unpin { item, start } => self.unpin(item, start)?,
            Change::PhaseTarget { phase, value } => self.set_phase_target(phase, value)?,
            Change::Log {
                item,
                start,
                minutes,
                note,
                entry,
            } => self.set_entry(item, (start, minutes, note), *entry, now)?,
            Change::Unlog { entry } => self.remove_entry(*entry)?,
            Change::Estimate { item, minutes } => self.estimate(item, minutes)?,
            Change::Done { item, done } => self.set_finished(item, *done)?,
            Change::Replan { .. } => {}
            Change::Baseline { name } => drop(baseline_name(name)?),
            Change::DropBaseline { name } => self.drop_baseline(name)?,
            Change::Busy { source, times } => self.set_busy(source, times)?,
            Change::DropBusy { source } => self.drop_busy(source)?,
            Change::All { changes, .. } => {
                for change in changes {
                    if matches!(change, Change::All { .. }) {
                        return Err(InputError::new(
                            ErrorCode::ChangeInChange,
                            "changes",
                            "all",
                            "list them one after the other",
                        )
                        .because("can't be nested"));
                    }
                    self.set(change, week, now)?;
                }
            }
        }
        Ok(())
    }

    /// The plan at other hours a week: its windows spread anew, or shortened.
    ///
    /// # Errors
    /// Where its days or windows do not have so many.
    pub(crate) fn with_week_minutes(&self, minutes: u32) -> Result<Self, InputError> {
        let mut plan = self.clone();
        plan.set_week(self.availability.week.with_minutes(minutes)?)?;
        Ok(plan)
    }

    /// The plan without the session rule.
    pub(crate) fn with_sessions_of_any_length(&self) -> Self {
        let session = SessionLength {
            min: 1,
            max: 24 * 60,
            pause: 0,
        };
        Self {
            session,
            ..self.clone()
        }
    }

    fn set_week(&mut self, week: Week) -> Result<(), InputError> {
        for exception in &mut self.availability.exceptions {
            // A lighter or heavier week has its own hours, on the days and windows of the usual one.
            if let ExceptionKind::OtherWeek(windows) = &mut exception.kind {
                let minutes = windows.iter().map(Window::minutes).sum();
                let other = week.with_minutes(minutes);
                let other = other.map_err(|_| beyond(exception.first, minutes, &week))?;
                *windows = other.windows().to_vec();
            }
        }
        self.availability.week = week;
        Ok(())
    }

    pub(super) fn include(&mut self, item: &str, included: bool) -> Result<(), InputError> {
        let optional = |item: &usize| self.roadmap.items[*item].optional;
        if self.roadmap.item(item).filter(optional).is_none() {
            return Err(InputError::new(
                ErrorCode::NotOptional,
                "item",
                item,
                "enter the id of one of them",
            )
            .because("isn't an optional item of the roadmap"));
        }
        if included {
            self.included.insert(item.to_owned());
        } else {
            self.included.remove(item);
        }
        Ok(())
    }
}

/// A week that has more hours than the usual days or windows hold.
fn beyond(first: NaiveDate, minutes: u32, week: &Week) -> InputError {
    InputError::new(
        ErrorCode::OtherWeekBeyond,
        "hours per week",
        words::effort(week.minutes().into()),
        format!(
            "the weeks from {} have {}, more than its days and windows hold; remove that exception first",
            words::plain_date(first),
            words::effort(minutes.into()),
        ),
    )
    .because("is too few")
}

#[cfg(test)]
mod tests;
