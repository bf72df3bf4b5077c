//! Busy time from calendar files.

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Change, Draft, Edit, Effect, PageField};
use crate::availability::Busy;
use crate::input_error::InputError;
use crate::plan::Plan;
use crate::plan::busy::{BusyCalendar, BusySource};
use crate::plan::entries::BusyEntry;

/// Sets the busy time of a calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetBusy {
    /// The file's name, such as `work.ics`.
    pub source: String,
    /// Times that are taken.
    pub times: Vec<BusyEntry>,
    /// The calendar in the file. Without it, the busy time replaces what the plan has under
    /// `source`.
    #[serde(default)]
    pub calendar: Option<BusyCalendar>,
    /// The calendar of the plan that this one replaces. `None` to keep it beside the others.
    #[serde(default)]
    pub instead: Option<String>,
}

impl SetBusy {
    /// The calendar's name in a plan to which this change was made.
    pub fn name_in<'a>(&'a self, after: &'a Plan) -> &'a str {
        let is_it = |source: &BusySource| {
            let is_instead = self.instead.as_deref() == Some(source.name);
            is_instead || self.calendar.is_some() && source.calendar == self.calendar.as_ref()
        };
        let set = after.busy_sources().find(is_it);
        set.map_or(self.source.as_str(), |set| set.name)
    }
}

impl Edit for SetBusy {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        match &self.calendar {
            None => draft.plan.set_busy(&self.source, &self.times),
            Some(calendar) => {
                draft
                    .plan
                    .set_busy_calendar(calendar, self.instead.as_deref(), &self.times)
            }
        }
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let source = self.name_in(plans.after);
        let instead = self.instead.as_deref().filter(|name| *name != source);
        let instead = instead.map_or(String::new(), |name| format!(" instead of {name}"));
        format!("Busy time of {source} imported{instead}")
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

/// Removes the busy time of a calendar file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct RemoveBusy {
    /// The calendar's name in the plan.
    pub source: String,
}

impl Edit for RemoveBusy {
    fn field() -> PageField {
        PageField::LIST
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.drop_busy(&self.source)
    }

    fn name(&self, _: &BeforeAfter) -> String {
        format!("Busy time of {} removed", self.source)
    }

    fn effect(&self) -> Effect<'_> {
        Effect::Reschedule
    }
}

impl Change {
    /// The change that sets the busy time under a name.
    pub fn busy(source: &str, busy: Vec<Busy>) -> Self {
        Self::Busy(SetBusy {
            source: source.to_owned(),
            times: busy.into_iter().map(BusyEntry::from).collect(),
            calendar: None,
            instead: None,
        })
    }
}
