//! The learner's plans as a list: each with its title and status, and those that were removed.

use chrono::{DateTime, Utc};
use serde::Serialize;
use waymark_core::input_error::InputError;
use waymark_core::status::status_line;
use waymark_core::templates::{self, TemplateView};
use waymark_core::words;

use crate::data_folder::{DataFolder, PlanFolder, RemovedPlan};
use crate::plan_store::PlanStore;
use crate::zone;

/// The learner's plans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Shelf {
    /// The plans, oldest first.
    pub plans: Vec<PlanEntry>,
    /// The removed plans, the latest first.
    pub removed: Vec<RemovedEntry>,
    /// The roadmaps that a new plan can begin with.
    pub templates: Vec<TemplateView>,
}

/// A plan in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PlanEntry {
    /// The name of its folder.
    pub id: String,
    /// Its title; its id if it can't be read.
    pub title: String,
    /// The title of its roadmap; empty if it can't be read.
    pub roadmap: String,
    /// Its first day; empty if it can't be read.
    pub start: String,
    /// Its status and finish date, such as "On track, finish 5 February 2028". Or why it can't be
    /// read.
    pub status: String,
    /// Whether it is the open one.
    pub is_open: bool,
    /// Whether it is archived.
    pub is_archived: bool,
    /// Whether it can be read.
    pub is_readable: bool,
}

/// A removed plan in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RemovedEntry {
    /// The name to bring it back by.
    pub name: String,
    /// The id that it had.
    pub id: String,
    /// Its title; its id if it can't be read.
    pub title: String,
    /// When it was removed, such as "Sun 29 Nov 2026, 14:05".
    pub time: String,
}

impl Shelf {
    /// The plans of a data folder. Changes nothing.
    ///
    /// # Errors
    /// If the list can't be read.
    pub fn of(folder: &DataFolder, now: DateTime<Utc>) -> Result<Self, InputError> {
        let plans = folder.plans()?.into_iter();
        Ok(Self {
            plans: plans.map(|plan| PlanEntry::of(plan, now)).collect(),
            removed: folder.removed()?.iter().map(RemovedEntry::of).collect(),
            templates: templates::templates()?,
        })
    }
}

impl PlanEntry {
    fn of(plan: PlanFolder, now: DateTime<Utc>) -> Self {
        let stored = PlanStore::of_the_app(plan.storage).document();
        let entry = Self {
            id: plan.id.clone(),
            title: plan.id,
            roadmap: String::new(),
            start: String::new(),
            status: String::new(),
            is_open: plan.is_open,
            is_archived: plan.is_archived,
            is_readable: stored.is_ok(),
        };
        match stored {
            Err(error) => Self {
                status: error.to_string(),
                ..entry
            },
            Ok(document) => Self {
                title: document.plan.title().to_owned(),
                roadmap: document.plan.roadmap().file.title.clone(),
                start: document.plan.start().to_string(),
                status: status_line(&document.plan, now),
                ..entry
            },
        }
    }
}

impl RemovedEntry {
    /// A removed plan.
    pub fn of(plan: &RemovedPlan) -> Self {
        let stored = PlanStore::of_the_app(plan.storage.clone()).document();
        let title = stored.map(|document| document.plan.title().to_owned());
        let time = plan.time.with_timezone(&zone::of_this_computer());
        Self {
            name: plan.name.clone(),
            id: plan.id.clone(),
            title: title.unwrap_or_else(|_| plan.id.clone()),
            time: words::moment(time.naive_local()),
        }
    }
}
