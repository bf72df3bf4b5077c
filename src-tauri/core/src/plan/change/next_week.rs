//! "Not this week": the sessions of a week move on.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::availability::{Exception, ExceptionKind};
use crate::input_error::InputError;
use crate::plan::entries::{MOST_EXCEPTIONS, at_most, reject};
use crate::plan::{Plan, typed};
use crate::words;

const FIELD: &str = "day of the week";

/// Takes the rest of a week off: its sessions move on, and the others with them, in their order.
/// Pinned sessions stay.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct NotThisWeek {
    /// Any day of the week, such as `2027-01-06`; empty for the week that it is now.
    pub day: String,
}

/// The days of a week that are still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WeekLeft {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl NotThisWeek {
    /// The days of the week from `now` on.
    ///
    /// # Errors
    /// If the day can't be read, or its week is over.
    pub(crate) fn days(&self, plan: &Plan, now: DateTime<Utc>) -> Result<WeekLeft, InputError> {
        let today = plan.local(now).date();
        let day = match self.day.trim() {
            "" => today.max(plan.start()),
            typed => typed::read_date(FIELD, typed)?,
        };
        let first = plan.availability().week_of(day);
        let last = first.checked_add_days(Days::new(6)).unwrap_or(first);
        if last < today {
            let expected = format!("enter a day from {today} on");
            return Err(reject(FIELD, &self.day, &expected).because("is in a week that is over"));
        }
        Ok(WeekLeft {
            first: first.max(today),
            last,
        })
    }
}

impl Edit for NotThisWeek {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let WeekLeft { first, last } = self.days(&draft.plan, draft.now)?;
        let is_in = |date: NaiveDate| (first..=last).contains(&date);
        draft
            .plan
            .pins
            .retain(|pin| !pin.moved || !is_in(pin.start.date()));
        let exceptions = &mut draft.plan.availability.exceptions;
        // Time off leaves extra windows, which the learner doesn't want this week either.
        let around = |exception: &Exception| {
            let before = first.pred_opt().map(|last| Exception {
                last: last.min(exception.last),
                ..exception.clone()
            });
            let after = last.succ_opt().map(|first| Exception {
                first: first.max(exception.first),
                ..exception.clone()
            });
            let parts = before.into_iter().chain(after);
            parts.filter(|part| part.first <= part.last).collect()
        };
        let parts = |exception: &Exception| match exception.kind {
            ExceptionKind::Extra { .. } => around(exception),
            _ => vec![exception.clone()],
        };
        *exceptions = exceptions.iter().flat_map(parts).collect();
        exceptions.push(Exception {
            first,
            last,
            kind: ExceptionKind::TimeOff,
        });
        at_most("exceptions", exceptions.len(), MOST_EXCEPTIONS)
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let exceptions = plans.after.availability.exceptions.last();
        let first = exceptions.map_or_else(String::new, |off| words::plain_date(off.first));
        format!("Week of {first} moved on")
    }

    fn effect(&self) -> Effect<'_> {
        Effect::MoveWeek(self)
    }
}
