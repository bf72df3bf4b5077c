//! Changes to an item: included, known, priority, estimate, done.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::entries::{KnownEntry, reject};
use crate::plan::{Plan, PriorKnowledge, record};
use crate::words;

/// Adds an optional item to the plan, or leaves it out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct IncludeItem {
    /// The item's id.
    pub item: String,
    /// Added or left out.
    pub included: bool,
}

impl Edit for IncludeItem {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.include(&self.item, self.included)
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let done = if self.included { "added" } else { "left out" };
        format!("{} {done}", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the prior knowledge of an item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetKnown {
    /// The item's id.
    pub item: String,
    /// How much of it; `None` for nothing.
    pub known: Option<KnownEntry>,
}

impl Edit for SetKnown {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.set_known(&self.item, self.known.as_ref())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let title = plans.title(&self.item);
        match self.known {
            None => format!("{title} not known"),
            Some(KnownEntry::Whole) => format!("{title} already known"),
            Some(KnownEntry::Minutes(minutes)) => {
                format!("{} of {title} already known", words::effort(minutes.into()))
            }
        }
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the priority of an item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetPriority {
    /// The item's id.
    pub item: String,
    /// A whole number, as typed.
    pub value: String,
}

impl Edit for SetPriority {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.known_item(&self.item)?;
        let expected = "enter a whole number, such as 1 for sooner or -1 for later";
        let priorities = &mut draft.plan.priorities;
        match self.value.trim().parse() {
            Ok(0) => priorities.remove(&self.item),
            Ok(priority) => priorities.insert(self.item.clone(), priority),
            Err(_) => return Err(reject("priority", &self.value, expected)),
        };
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Priority of {} {}", plans.title(&self.item), self.value)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Sets the work that is left of an item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetEstimate {
    /// The item's id.
    pub item: String,
    /// Minutes that are left, as typed.
    pub minutes: String,
}

impl Edit for SetEstimate {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.known_item(&self.item)?;
        let left = record::read_minutes("minutes left", &self.minutes, record::ESTIMATE_MINUTES)?;
        let logged = plan.logged().get(&self.item).copied().unwrap_or(0);
        let total = logged.saturating_add(left);
        plan.record.finished.remove(&self.item);
        plan.record.estimates.insert(self.item.clone(), total);
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let minutes = self.minutes.trim().parse().unwrap_or(0);
        format!(
            "{} left of {}",
            words::effort(minutes),
            plans.title(&self.item)
        )
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Marks an item as done or an outcome as reached, or takes that back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetDone {
    /// The id of the item or the outcome.
    pub item: String,
    /// Done or not.
    pub done: bool,
}

impl Edit for SetDone {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.known_item_or_outcome(&self.item)?;
        if self.done {
            plan.record.finished.insert(self.item.clone());
        } else {
            plan.record.finished.remove(&self.item);
        }
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let done = if self.done { "done" } else { "not done" };
        format!("{} {done}", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Plan {
    /// Adds an optional item, or leaves it out.
    ///
    /// # Errors
    /// If the item isn't an optional one of the roadmap.
    pub(in crate::plan) fn include(
        &mut self,
        item: &str,
        included: bool,
    ) -> Result<(), InputError> {
        let is_optional = |item: &usize| self.roadmap.items[*item].optional;
        if self.roadmap.item(item).filter(is_optional).is_none() {
            let expected = "enter the id of one of them";
            let error = InputError::new(ErrorCode::NotOptional, "item", item, expected);
            return Err(error.because("isn't an optional item of the roadmap"));
        }
        if included {
            self.included.insert(item.to_owned());
        } else {
            self.included.remove(item);
        }
        Ok(())
    }

    /// Sets the prior knowledge of an item.
    ///
    /// # Errors
    /// If the item isn't in the roadmap.
    pub(in crate::plan) fn set_known(
        &mut self,
        item: &str,
        known: Option<&KnownEntry>,
    ) -> Result<(), InputError> {
        self.known_item(item)?;
        match known {
            None => self.prior_knowledge.remove(item),
            Some(known) => {
                let known = PriorKnowledge::from(known);
                self.prior_knowledge.insert(item.to_owned(), known)
            }
        };
        Ok(())
    }
}
