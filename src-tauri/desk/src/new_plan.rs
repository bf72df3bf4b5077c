//! New plans in the data folder: from a template, an outline or a file, and copies of others.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;
use waymark_core::document::Document;
use waymark_core::input_error::InputError;
use waymark_core::outline::{LARGEST_BYTES, text_of};
use waymark_core::plan::change::{SetOtherPlans, SetPlanName, SetWeekStart, UseOutline};
use waymark_core::plan::{self, Change, Plan, PlanFile};
use waymark_core::roadmap::Roadmap;
use waymark_core::templates::{self, NewPlan};

use crate::data_folder::DataFolder;
use crate::plan_store::{PlanStore, new_plan_id};
use crate::storage::{self, read_at_most};
use crate::{beside, exchange, locale, zone};

/// The roadmap that a new plan follows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum PlanSource {
    /// A roadmap that comes with Waymark.
    Template {
        /// Its id, such as "guitar".
        template: String,
    },
    /// An outline.
    Outline {
        /// The text with everything that was decided about it.
        outline: UseOutline,
    },
}

/// Adds a plan in a folder of its own, makes it the open one, and returns the folder's name. An
/// empty `name` is the title of its roadmap.
///
/// Beside other plans it begins with the learner's time as the open plan has it, around the
/// sessions of all that aren't archived.
///
/// # Errors
/// If the source or the name can't be used, or the plan can't be saved.
pub fn add(
    folder: &DataFolder,
    source: &PlanSource,
    name: &str,
    now: DateTime<Utc>,
) -> Result<String, InputError> {
    let new = new(now);
    let plan = match source {
        PlanSource::Template { template } => templates::plan_from_template(template, new)?,
        PlanSource::Outline { outline } => templates::plan_from_outline(outline, new)?,
    };
    add_new(folder, plan, name, now)
}

/// As [`add`], from a file: a whole plan, a roadmap as JSON, or any outline. A plan whose id is
/// taken gets one of its own.
///
/// # Errors
/// If the file can't be read or used, or the plan can't be saved. `PlanEdited` for a plan that was
/// edited outside Waymark, unless `accepts_edits`.
pub fn add_file(
    folder: &DataFolder,
    path: &Path,
    name: &str,
    accepts_edits: bool,
    now: DateTime<Utc>,
) -> Result<String, InputError> {
    let bytes = read_at_most(path, LARGEST_BYTES).map_err(|error| storage::unread(path, &error))?;
    let text = String::from_utf8_lossy(&bytes);
    match kind_of(&text) {
        FileContent::Plan => {
            let document = exchange::read(path, accepts_edits)?;
            let is_taken = folder.plans()?.into_iter().any(|plan| {
                let stored = PlanStore::of_the_app(plan.storage).document();
                stored.is_ok_and(|stored| stored.plan.id() == document.plan.id())
            });
            let document = if is_taken {
                Document::new(with_id(&document.plan, new_plan_id(), now)?)
            } else {
                document
            };
            let id = folder.add(&document, now)?;
            if !name.is_empty() {
                rename(folder, &id, name, now)?;
            }
            Ok(id)
        }
        FileContent::Roadmap => {
            let roadmap = Roadmap::from_json(text.trim_start_matches('\u{feff}'))?;
            add_new(
                folder,
                templates::plan_from_roadmap(roadmap, new(now))?,
                name,
                now,
            )
        }
        FileContent::Outline => {
            let outline = UseOutline {
                text: text_of(&bytes)?,
                known: true,
                ..UseOutline::default()
            };
            add(folder, &PlanSource::Outline { outline }, name, now)
        }
    }
}

/// Adds a copy of a plan, with an id of its own: its calendars and its events are its own. It has
/// the log, and nothing to undo. Makes it the open one, and returns its folder's name.
///
/// # Errors
/// If there is no such plan, it can't be read, or the copy can't be saved.
pub fn duplicate(folder: &DataFolder, id: &str, now: DateTime<Utc>) -> Result<String, InputError> {
    let plan = folder.plan(id)?;
    let document = PlanStore::of_the_app(plan.storage).document()?;
    let copy = with_id(&document.plan, new_plan_id(), now)?;
    let titles: Vec<String> = beside::others(folder, "")
        .iter()
        .map(|other| other.plan.title().to_owned())
        .collect();
    let value = free_title(document.plan.title(), &titles);
    let copy = copy.apply(&Change::PlanName(SetPlanName { value }))?;
    folder.add(&Document::new(copy), now)
}

/// Renames a plan, as a change of it that can be undone. An empty name is its roadmap's title.
///
/// # Errors
/// If there is no such plan, the name can't be used, or the plan can't be saved.
pub fn rename(
    folder: &DataFolder,
    id: &str,
    name: &str,
    now: DateTime<Utc>,
) -> Result<(), InputError> {
    // Files of an earlier version are taken over first.
    folder.prepare(now)?;
    let change = Change::PlanName(SetPlanName {
        value: name.to_owned(),
    });
    let store = PlanStore::of_the_app(folder.plan(id)?.storage);
    let changed = store.change(now, |document| {
        document.changed(std::slice::from_ref(&change), now)
    });
    changed.map(drop)
}

fn new(now: DateTime<Utc>) -> NewPlan {
    let zone = zone::of_this_computer();
    NewPlan {
        id: new_plan_id(),
        start: plan::default_start(now.with_timezone(&zone).naive_local()),
        zone,
        created: now,
    }
}

/// The first plan of a learner: with weeks as this computer's region has them.
///
/// # Errors
/// Never for a valid plan.
pub fn of_this_region(plan: Plan) -> Result<Plan, InputError> {
    let day = locale::week_start(locale::of_this_computer().as_deref());
    if day == plan.availability().week_start {
        return Ok(plan);
    }
    plan.apply(&Change::WeekStart(SetWeekStart { day }))
}

fn add_new(
    folder: &DataFolder,
    plan: Plan,
    name: &str,
    now: DateTime<Utc>,
) -> Result<String, InputError> {
    let others = beside::others(folder, "");
    let open = folder.open_plan()?;
    let open = open.and_then(|open| PlanStore::of_the_app(open.storage).document().ok());
    let plan = match open.as_ref().or(others.first()) {
        None => of_this_region(plan)?,
        Some(model) => {
            let windows = others.iter().flat_map(|other| other.plan.windows());
            let taken: Vec<_> = windows.copied().collect();
            plan.with_time_of(&model.plan, &taken)
        }
    };
    let value = name.to_owned();
    let plans = beside::sessions(&others, now);
    let plan = plan.apply_all(&[
        Change::PlanName(SetPlanName { value }),
        Change::OtherPlans(SetOtherPlans { plans }),
    ])?;
    folder.add(&Document::new(plan), now)
}

fn with_id(plan: &Plan, id: String, now: DateTime<Utc>) -> Result<Plan, InputError> {
    let file = PlanFile {
        id,
        created: now,
        ..plan.to_file()
    };
    Ok(Document::from_plan_file(file, plan.zone().database())?.plan)
}

/// "Guitar (copy)", or "Guitar (copy 2)" if a plan has that title already.
fn free_title(title: &str, taken: &[String]) -> String {
    let titled = |more: &str| {
        let room = LONGEST_TITLE - more.chars().count();
        title
            .chars()
            .take(room)
            .chain(more.chars())
            .collect::<String>()
    };
    let numbered = (2..).map(|number| titled(&format!(" (copy {number})")));
    let mut titles = std::iter::once(titled(" (copy)")).chain(numbered);
    let free = titles.find(|title| !taken.contains(title));
    free.unwrap_or_else(|| title.to_owned())
}

/// The most characters of a plan's title.
const LONGEST_TITLE: usize = 200;

/// The content of a file that a plan is made from.
enum FileContent {
    Plan,
    Roadmap,
    Outline,
}

/// Whether a text is that of a whole plan, rather than of a roadmap or an outline.
pub fn is_plan(text: &str) -> bool {
    matches!(kind_of(text), FileContent::Plan)
}

fn kind_of(text: &str) -> FileContent {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with('{') {
        return FileContent::Outline;
    }
    // A sealed plan that was cut short is no JSON any more, and no outline either.
    if text.starts_with("{\"sha256\"") {
        return FileContent::Plan;
    }
    let file: Value = serde_json::from_str(text).unwrap_or_default();
    let has = |fields: &[&str]| fields.iter().all(|field| file.get(field).is_some());
    if has(&["sha256"]) || has(&["start", "zone"]) {
        FileContent::Plan
    } else if has(&["nominal_hours_per_week", "phases"]) {
        FileContent::Roadmap
    } else {
        FileContent::Outline
    }
}

#[cfg(test)]
mod tests;
