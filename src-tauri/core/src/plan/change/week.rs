//! The usual week: hours, days and windows, which only fit together and are judged together.

use chrono::{NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::availability::{ExceptionKind, Week, Window};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::entries::WindowEntry;
use crate::plan::{Plan, time, typed};
use crate::words;

/// Sets the hours of study a week.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetHours {
    /// Such as `10`, `7.5` or `7 h 30 min`, as typed.
    pub value: String,
}

impl Edit for SetHours {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let hours = typed::hours(&self.value)?;
        draft.week.minutes = Some(typed::week_minutes(hours)?);
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let hours = |plan: &Plan| words::effort(plan.availability.week.minutes().into());
        format!("Hours {} → {}", hours(plans.before), hours(plans.after))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the study days.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetDays {
    /// At least one of them.
    #[cfg_attr(feature = "types", ts(type = "Weekday[]"))]
    pub days: Vec<Weekday>,
}

impl Edit for SetDays {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.week.days = Some(&self.days);
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let days: Vec<String> = plans.after.days().iter().map(ToString::to_string).collect();
        format!("Study days {}", days.join(", "))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets weekly windows of the learner's own.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetWindows {
    /// In any order; empty for hours spread over the days.
    pub windows: Vec<WindowEntry>,
}

impl Edit for SetWindows {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.week.windows = Some(&self.windows);
        Ok(())
    }

    fn name(&self, _: &BeforeAfter) -> String {
        let name = match self.windows[..] {
            [] => "Hours spread over the days",
            _ => "Your own windows",
        };
        name.to_owned()
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the first day of the week.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetWeekStart {
    /// Any day.
    #[cfg_attr(feature = "types", ts(type = "Weekday"))]
    pub day: Weekday,
}

impl Edit for SetWeekStart {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.availability.week_start = self.day;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Weeks start on {}", plans.after.availability.week_start)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Parts of a week that were chosen, to be judged together.
#[derive(Default)]
pub(super) struct ChosenWeek<'a> {
    minutes: Option<u32>,
    days: Option<&'a [Weekday]>,
    windows: Option<&'a [WindowEntry]>,
}

impl ChosenWeek<'_> {
    /// The week that was chosen; parts that were not stay as in the usual one.
    fn week(&self, usual: &Week) -> Result<Week, InputError> {
        let minutes = self.minutes.unwrap_or(usual.minutes());
        match (self.windows, self.days) {
            (Some([]), days) => Week::spread(minutes, days.unwrap_or(usual.days())),
            (Some(windows), _) => time::own_week(windows, self.minutes),
            (None, Some(days)) => Week::spread(minutes, days),
            (None, None) => usual.with_minutes(minutes),
        }
    }
}

impl Draft<'_> {
    /// The plan with all changes in it.
    pub(super) fn finish(self) -> Result<Plan, InputError> {
        let mut plan = self.plan;
        let week = self.week.week(&plan.availability.week)?;
        plan.set_week(week)?;
        Ok(plan)
    }
}

impl Plan {
    /// The plan with other hours a week: its windows are spread from scratch, or shortened.
    ///
    /// # Errors
    /// If its days or windows have fewer minutes.
    pub(crate) fn with_week_minutes(&self, minutes: u32) -> Result<Self, InputError> {
        let mut plan = self.clone();
        plan.set_week(self.availability.week.with_minutes(minutes)?)?;
        Ok(plan)
    }

    /// The plan without study time on some days of the week; the other windows stay as they are.
    ///
    /// # Errors
    /// If no window is left.
    pub(crate) fn without_days(&self, days: &[Weekday]) -> Result<Self, InputError> {
        let is_kept = |window: &Window| !days.contains(&window.day);
        let mut plan = self.clone();
        for exception in &mut plan.availability.exceptions {
            if let ExceptionKind::OtherWeek(windows) = &mut exception.kind {
                windows.retain(is_kept);
            }
        }
        let windows = self.windows().iter().copied().filter(is_kept);
        plan.availability.week = Week::exact(windows.collect())?;
        Ok(plan)
    }

    fn set_week(&mut self, week: Week) -> Result<(), InputError> {
        for exception in &mut self.availability.exceptions {
            // A lighter or heavier week has its own hours, on the days and windows of the usual
            // one.
            if let ExceptionKind::OtherWeek(windows) = &mut exception.kind {
                let minutes = windows.iter().map(Window::minutes).sum();
                let other = week
                    .with_minutes(minutes)
                    .map_err(|_| other_week_beyond(exception.first, minutes, &week))?;
                *windows = other.windows().to_vec();
            }
        }
        self.availability.week = week;
        Ok(())
    }
}

/// The error for a week that has more hours than the usual days or windows hold.
fn other_week_beyond(first: NaiveDate, minutes: u32, week: &Week) -> InputError {
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
