//! The date before which an item doesn't begin.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::plan::entries::reject;
use crate::plan::{Plan, typed};
use crate::words;

const FIELD: &str = "not before";

/// Sets the date before which an item doesn't begin, whatever time is free. Pinned sessions and
/// those of the frozen days stay all the same.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetNotBefore {
    /// The item's id.
    pub item: String,
    /// As typed; empty for no such date.
    pub value: String,
}

impl Edit for SetNotBefore {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let date = typed::maybe_date(FIELD, &self.value)?;
        draft.plan.set_not_before(&self.item, date)
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let title = plans.title(&self.item);
        match plans.after.not_before.get(&self.item) {
            Some(date) => format!("{title} not before {}", words::plain_date(*date)),
            None => format!("{title} at any time"),
        }
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Plan {
    /// Sets the date before which an item doesn't begin, or removes it.
    ///
    /// # Errors
    /// If the item isn't in the roadmap, or the date is out of range.
    pub(in crate::plan) fn set_not_before(
        &mut self,
        item: &str,
        date: Option<NaiveDate>,
    ) -> Result<(), InputError> {
        self.known_item(item)?;
        let Some(date) = date else {
            self.not_before.remove(item);
            return Ok(());
        };
        if !typed::STARTS.contains(&date) {
            let (first, last) = (typed::STARTS.start(), typed::STARTS.end());
            let expected = format!("enter a date from {first} to {last}");
            return Err(reject(FIELD, date, &expected).because("is out of range"));
        }
        self.not_before.insert(item.to_owned(), date);
        Ok(())
    }
}
