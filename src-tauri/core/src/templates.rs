//! New plans: from a roadmap that comes with Waymark, from an outline, or from a roadmap file.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use crate::input_error::{ErrorCode, InputError};
use crate::plan::change::{SetCareer, UseOutline};
use crate::plan::{Change, Plan};
use crate::roadmap::Roadmap;
use crate::zone::Zone;

/// A roadmap that comes with Waymark.
struct Template {
    /// A stable name.
    id: &'static str,
    /// In a few words, such as "12 weeks".
    shape: &'static str,
    /// `None` for the embedded roadmap.
    text: Option<&'static str>,
    /// The career track's percent of each week beside the core; `None` if it follows the core.
    career_percent: Option<u32>,
}

const TEMPLATES: [Template; 4] = [
    Template {
        id: "mlops",
        shape: "44 weeks and a career track, 10 h a week",
        text: None,
        career_percent: None,
    },
    Template {
        id: "data-analysis",
        shape: "12 weeks, 5 h a week",
        text: Some(include_str!("../../roadmaps/templates/data-analysis.json")),
        career_percent: None,
    },
    Template {
        id: "photography",
        shape: "40 hours, without weeks",
        text: Some(include_str!("../../roadmaps/templates/photography.json")),
        career_percent: None,
    },
    Template {
        id: "guitar",
        shape: "10 weeks, and songs beside them",
        text: Some(include_str!("../../roadmaps/templates/guitar.json")),
        career_percent: Some(30),
    },
];

/// A template, as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TemplateView {
    /// A stable name, such as "guitar".
    pub id: &'static str,
    /// The roadmap's title.
    pub title: String,
    /// Its length, such as "12 weeks, 5 h a week".
    pub shape: &'static str,
    /// Its summary, in a sentence or two.
    pub summary: String,
}

/// The place and time at which a new plan begins.
#[derive(Debug, Clone)]
pub struct NewPlan {
    /// Its id, which no other plan has.
    pub id: String,
    /// The first day.
    pub start: NaiveDate,
    /// The learner's zone.
    pub zone: Zone,
    /// When it is made.
    pub created: DateTime<Utc>,
}

impl Template {
    fn roadmap(&self) -> Result<Roadmap, InputError> {
        self.text.map_or_else(Roadmap::embedded, Roadmap::from_json)
    }
}

/// The templates, in the order of a list.
///
/// # Errors
/// Never in a build that passed its tests, which read them.
pub fn templates() -> Result<Vec<TemplateView>, InputError> {
    let view = |template: &Template| {
        let file = template.roadmap()?.file;
        Ok(TemplateView {
            id: template.id,
            title: file.title,
            shape: template.shape,
            summary: file.summary,
        })
    };
    TEMPLATES.iter().map(view).collect()
}

/// A new plan from a template.
///
/// # Errors
/// If there is no such template, or the start date is out of range.
pub fn plan_from_template(template: &str, new: NewPlan) -> Result<Plan, InputError> {
    let found = TEMPLATES.iter().find(|each| each.id == template.trim());
    let Some(found) = found else {
        let ids: Vec<&str> = TEMPLATES.iter().map(|each| each.id).collect();
        let expected = format!("enter one of {}", ids.join(", "));
        let error = InputError::new(ErrorCode::NoSuchTemplate, "template", template, expected);
        return Err(error.because("isn't in the list"));
    };
    let plan = Plan::new(new.id, found.roadmap()?, new.start, new.zone, new.created)?;
    match found.career_percent {
        None => Ok(plan),
        Some(percent) => {
            let value = percent.to_string();
            plan.apply(&Change::Career(SetCareer { value }))
        }
    }
}

/// A new plan for a roadmap.
///
/// # Errors
/// If the start date is out of range.
pub fn plan_from_roadmap(roadmap: Roadmap, new: NewPlan) -> Result<Plan, InputError> {
    Plan::new(new.id, roadmap, new.start, new.zone, new.created)
}

/// A new plan for an outline, with its ticked items as prior knowledge if it says so.
///
/// # Errors
/// If the outline can't be used as a roadmap, or the start date is out of range.
pub fn plan_from_outline(outline: &UseOutline, new: NewPlan) -> Result<Plan, InputError> {
    let read = outline.outline()?.roadmap_with(outline.topic_hours()?);
    // Without items, the change below says what is missing.
    let roadmap = read.or_else(|_| Roadmap::embedded())?;
    plan_from_roadmap(roadmap, new)?.apply(&Change::UseOutline(outline.clone()))
}

#[cfg(test)]
mod tests;
