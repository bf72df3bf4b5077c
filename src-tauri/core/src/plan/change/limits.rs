//! Limits on sessions, days and weeks, and how the work is spread over them.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::plan::entries::{reject, within};
use crate::plan::{Career, Plan, SessionLength, time, typed};
use crate::words;

/// Sets the shortest and the longest session.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetSessionLength {
    /// Minutes, as typed.
    pub min: String,
    /// Minutes, as typed.
    pub max: String,
}

impl Edit for SetSessionLength {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let session = &mut draft.plan.session;
        *session = typed::read_session(&self.min, &self.max, session.pause)?;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let session = plans.after.session;
        format!("Sessions of {} to {} min", session.min, session.max)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the most minutes on one day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetDayCap {
    /// Minutes, as typed; empty for no cap.
    pub value: String,
}

impl Edit for SetDayCap {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.availability.day_cap =
            maybe_whole("most minutes a day", &self.value, time::DAY_CAP)?;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        cap("a day", plans.after.availability.day_cap)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the most minutes in one week.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetWeekCap {
    /// Minutes, as typed; empty for no cap.
    pub value: String,
}

impl Edit for SetWeekCap {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.availability.week_cap =
            maybe_whole("most minutes a week", &self.value, time::WEEK_CAP)?;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        cap("a week", plans.after.availability.week_cap)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the break between two sessions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetBreak {
    /// Minutes, as typed.
    pub value: String,
}

impl Edit for SetBreak {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.session.pause = whole("minutes of break", &self.value, time::BREAK)?;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Break of {} min", plans.after.session.pause)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the time kept free around busy time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetBuffer {
    /// Minutes, as typed.
    pub value: String,
}

impl Edit for SetBuffer {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let minutes = whole("minutes around busy time", &self.value, time::BUFFER)?;
        draft.plan.availability.buffer_minutes = minutes;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let minutes = plans.after.availability.buffer_minutes;
        format!("{minutes} min free around busy time")
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the part of each week that is for review.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetReview {
    /// Percent, as typed.
    pub value: String,
}

impl Edit for SetReview {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let percent = whole("percent for review", &self.value, time::REVIEW)?;
        draft.plan.availability.review_percent = percent;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("{}% for review", plans.after.availability.review_percent)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the part of each week that is kept free for missed work.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetReserve {
    /// Percent, as typed.
    pub value: String,
}

impl Edit for SetReserve {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let percent = whole("percent kept in reserve", &self.value, time::RESERVE)?;
        draft.plan.availability.reserve_percent = percent;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        match plans.after.availability.reserve_percent {
            0 => "No reserve".to_owned(),
            percent => format!("{percent}% in reserve"),
        }
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets how many items of a phase are studied side by side.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetParallel {
    /// As typed.
    pub value: String,
}

impl Edit for SetParallel {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let count = whole("items side by side", &self.value, time::IN_PARALLEL)?;
        draft.plan.in_parallel = count as usize;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!(
            "{} side by side",
            words::count(plans.after.in_parallel, "item")
        )
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the days from now in which a re-plan moves nothing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetFrozenDays {
    /// As typed.
    pub value: String,
}

impl Edit for SetFrozenDays {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.freeze_days = whole("frozen days", &self.value, time::FREEZE)?;
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let days = plans.after.freeze_days as usize;
        format!("{} frozen", words::count(days, "day"))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets when the career track is studied.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetCareer {
    /// Percent of each week, as typed; empty for after the core.
    pub value: String,
}

impl Edit for SetCareer {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let percent = maybe_whole("percent for the career track", &self.value, time::CAREER)?;
        draft.plan.career = match percent {
            None => Career::After,
            Some(percent) => Career::Alongside { percent },
        };
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        match plans.after.career {
            Career::After => "Career track after the core".to_owned(),
            Career::Alongside { percent } => format!("Career track with {percent}% of each week"),
        }
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Plan {
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
}

fn cap(of: &str, minutes: Option<u32>) -> String {
    match minutes {
        Some(minutes) => format!("At most {} {of}", words::effort(minutes.into())),
        None => format!("No limit {of}"),
    }
}

/// A whole number as it was typed.
fn whole(field: &str, text: &str, range: RangeInclusive<u32>) -> Result<u32, InputError> {
    match text.trim().parse() {
        Ok(value) => within(field, value, range),
        Err(_) => {
            let (least, most) = range.into_inner();
            let expected = format!("enter a whole number from {least} to {most}");
            Err(reject(field, text, &expected))
        }
    }
}

/// A whole number as it was typed. `None` if the text is empty.
fn maybe_whole(
    field: &str,
    text: &str,
    range: RangeInclusive<u32>,
) -> Result<Option<u32>, InputError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    whole(field, text, range).map(Some)
}
