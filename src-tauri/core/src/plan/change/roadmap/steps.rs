//! The checklist of an item.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{BeforeAfter, Draft, Edit, Effect, PageField};
use crate::input_error::InputError;
use crate::plan::entries::reject;
use crate::plan::{record, typed};
use crate::roadmap::Step;

/// Sets the checklist of an item. A step that keeps its title or its place keeps its tick.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct SetSteps {
    /// The item's id.
    pub item: String,
    /// One step a line, with minutes if it has some: `Install it (30 min)`.
    pub value: String,
}

impl Edit for SetSteps {
    fn field() -> PageField {
        PageField::PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.known_item(&self.item)?;
        let week = plan.availability.week.minutes();
        let mut steps: Vec<Step> = Vec::new();
        let mut titles = BTreeSet::new();
        for (number, line) in (1..).zip(self.value.lines()) {
            let Some(step) = step(line, week) else {
                continue;
            };
            if !titles.insert(step.title.clone()) {
                let field = format!("step in line {number}");
                let error = reject(&field, &step.title, "give each step its own title");
                return Err(error.because("is there twice"));
            }
            steps.push(step);
        }
        let index = plan.roadmap.item(&self.item).unwrap_or_default();
        let former = plan.roadmap.entry(index).map(|entry| entry.steps.clone());
        let former = former.unwrap_or_default();
        let ticked = plan.record.ticked.remove(&self.item).unwrap_or_default();
        let kept = ticks_kept(&former, &steps, &ticked);
        plan.edit_item(&self.item, |entry| {
            entry.steps = steps;
            Ok(())
        })?;
        if !kept.is_empty() {
            plan.record.ticked.insert(self.item.clone(), kept);
        }
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        format!("Steps of {}", plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}

/// The ticked ones of other steps. Of as many steps as before, one with a new title is the former
/// one of its place.
pub(super) fn ticks_kept(
    former: &[Step],
    steps: &[Step],
    ticked: &BTreeSet<String>,
) -> BTreeSet<String> {
    let is_among = |steps: &[Step], title: &str| steps.iter().any(|step| step.title == title);
    let is_renamed = former.len() == steps.len();
    let was_ticked = |(place, step): &(usize, &Step)| {
        let is_new = !is_among(former, &step.title);
        let renamed = former.get(*place).filter(|_| is_renamed && is_new);
        let renamed = renamed.filter(|known| !is_among(steps, &known.title));
        ticked.contains(&renamed.unwrap_or(step).title)
    };
    let kept = steps.iter().enumerate().filter(was_ticked);
    kept.map(|(_, step)| step.title.clone()).collect()
}

/// A line as a step; `None` for a blank one.
fn step(line: &str, week_minutes: u32) -> Option<Step> {
    let mut line = line.trim();
    for mark in ["- ", "* ", "[ ] ", "[x] "] {
        line = line.strip_prefix(mark).unwrap_or(line).trim_start();
    }
    let minutes = line.strip_suffix(')').and_then(|rest| {
        let (title, minutes) = rest.rsplit_once('(')?;
        let minutes = typed::effort("", minutes, week_minutes).ok()?;
        Some((title.trim_end(), minutes))
            .filter(|(title, minutes)| !title.is_empty() && *minutes > 0)
    });
    let (title, minutes) = match minutes {
        Some((title, minutes)) => (title, Some(minutes)),
        None => (line, None),
    };
    let title = title.to_owned();
    (!title.is_empty()).then_some(Step { title, minutes })
}

/// Ticks a step of an item's checklist, or takes the tick back.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TickStep {
    /// The item's id.
    pub item: String,
    /// The step's title.
    pub step: String,
    /// Ticked or not.
    pub ticked: bool,
    /// Whether its minutes lower the work that is left, or raise it again.
    pub counts: bool,
}

impl Edit for TickStep {
    fn field() -> PageField {
        PageField::LIST_PER_ITEM
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        let plan = &mut draft.plan;
        plan.known_item(&self.item)?;
        let minutes = plan.known_step(&self.item, &self.step)?;
        if plan.is_ticked(&self.item, &self.step) == self.ticked {
            return Ok(());
        }
        let ticked = plan.record.ticked.entry(self.item.clone()).or_default();
        if self.ticked {
            ticked.insert(self.step.clone());
        } else {
            ticked.remove(&self.step);
            if ticked.is_empty() {
                plan.record.ticked.remove(&self.item);
            }
        }
        let minutes = minutes.filter(|_| self.counts && !plan.is_finished(&self.item));
        if let (Some(minutes), Some(index)) = (minutes, plan.roadmap.item(&self.item)) {
            let left = plan.left().get(index).copied().unwrap_or_default();
            let left = if self.ticked {
                left.saturating_sub(minutes)
            } else {
                left.saturating_add(minutes)
            };
            let logged = plan.logged().get(&self.item).copied().unwrap_or(0);
            let total = logged
                .saturating_add(left)
                .min(*record::ESTIMATE_MINUTES.end());
            plan.record.estimates.insert(self.item.clone(), total);
        }
        Ok(())
    }

    fn name(&self, plans: &BeforeAfter) -> String {
        let ticked = if self.ticked { "ticked" } else { "not ticked" };
        format!("“{}” of {} {ticked}", self.step, plans.title(&self.item))
    }

    fn effect(&self) -> Effect<'_> {
        if self.counts {
            Effect::Reschedule
        } else {
            Effect::None
        }
    }
}

/// Says whether the minutes of a ticked step lower the work that is left.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct CountSteps {
    /// Whether they do.
    pub counted: bool,
}

impl Edit for CountSteps {
    fn field() -> PageField {
        PageField::ONE
    }

    fn apply<'a>(&'a self, draft: &mut Draft<'a>) -> Result<(), InputError> {
        draft.plan.steps_count = self.counted;
        Ok(())
    }

    fn name(&self, _: &BeforeAfter) -> String {
        let count = if self.counted {
            "count"
        } else {
            "don’t count"
        };
        format!("Minutes of ticked steps {count}")
    }

    fn effect(&self) -> Effect<'_> {
        Effect::None
    }
}
