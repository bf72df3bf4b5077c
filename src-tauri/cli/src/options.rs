//! The options that describe a plan, the same for every command.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Args;
use waymark_core::document::Document;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::change::{
    IncludeItem, SetDays, SetHours, SetNotBefore, SetReserve, SetSessionLength, SetStart,
    SetTarget, SetZone,
};
use waymark_core::plan::{self, Change, Plan, PlanFile};
use waymark_core::roadmap::Roadmap;
use waymark_desk::calendars::own_generation;
use waymark_desk::plan_store::{PlanStore, new_plan_id};
use waymark_desk::{storage, zone};

use crate::Failure;
use crate::output::is_stdout;
use crate::plan_file::of_file;

#[derive(Args)]
pub struct PlanOptions {
    /// A plan file (JSON) to start from; the options below change it
    #[arg(long, value_name = "FILE", conflicts_with = "roadmap")]
    plan: Option<PathBuf>,

    /// Use the plan file even if it was edited outside Waymark
    #[arg(long, requires = "plan")]
    accept_edits: bool,

    /// A roadmap file (JSON) [default: the MLOps engineer roadmap]
    #[arg(long, value_name = "FILE")]
    roadmap: Option<PathBuf>,

    /// Hours of study per week, from 0.5 to 60 [default: the roadmap's own]
    #[arg(long, value_name = "HOURS", allow_hyphen_values = true)]
    hours: Option<String>,

    /// First day of the plan, e.g. 2027-01-04 [default: this or next Monday]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    start: Option<String>,

    /// IANA time zone, e.g. Europe/Berlin [default: this computer's]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    zone: Option<String>,

    /// Days to study on, e.g. mon,wed,sat [default: Monday to Saturday]
    #[arg(
        long,
        value_name = "DAYS",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    days: Option<Vec<String>>,

    /// Shortest session in minutes [default: 30]
    #[arg(long, value_name = "MINUTES", allow_hyphen_values = true)]
    session_min: Option<String>,

    /// Longest session in minutes [default: 120]
    #[arg(long, value_name = "MINUTES", allow_hyphen_values = true)]
    session_max: Option<String>,

    /// Percent of each week to keep free for missed work, from 0 to 50 [default: 0]
    #[arg(long, value_name = "PERCENT", allow_hyphen_values = true)]
    reserve: Option<String>,

    /// Target date; the plan then shows the time to spare, or the hours per week it needs
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    target: Option<String>,

    /// Include an optional item, by its id; can be repeated
    #[arg(long, value_name = "ITEM")]
    include: Vec<String>,

    /// Don't begin an item before a date, e.g. python=2027-03-12, or at any time with python=; can
    /// be repeated
    #[arg(long, value_name = "ITEM=DATE")]
    not_before: Vec<String>,
}

/// How a plan is saved to a file.
pub struct SavePlan<'a> {
    pub path: &'a Path,
    /// The name of the change, if it is a change of the plan that is there.
    pub name: &'a str,
    /// Whether another file there is moved aside.
    pub replaces: bool,
}

impl PlanOptions {
    fn store(&self, path: &Path) -> PlanStore {
        of_file(path).accepting_edits(self.accept_edits)
    }

    /// Saves a plan that began with these options: as a change, if they name the same plan file.
    /// Returns what to tell.
    pub fn save(&self, plan: &Plan, to: &SavePlan, now: DateTime<Utc>) -> Result<String, Failure> {
        let path = to.path;
        if is_stdout(path) {
            return Err(Failure::Input("save the plan to a file, not -".to_owned()));
        }
        let saved = format!("Wrote the plan to {}\n", path.display());
        if let Some(source) = self.plan.as_deref().filter(|source| is_same(source, path)) {
            let read = self.plan(now)?;
            self.store(source).change(now, |document| {
                // Between reading and saving, another program may have changed it.
                if self.changed_by_options(&document.plan, now)? != read {
                    let sentence = "another program changed this plan in the meantime. Try again";
                    return Err(InputError::sentence(ErrorCode::InUse, sentence).into());
                }
                Ok::<_, Failure>(document.replaced(to.name.to_owned(), plan.clone())?)
            })?;
            return Ok(saved);
        }
        // A plan file keeps its id. A new plan gets one of its own, so that its events are told
        // from those of other plans.
        let plan = match &self.plan {
            Some(_) => plan.clone(),
            None => Plan::from_file(PlanFile {
                id: new_plan_id(),
                ..plan.to_file()
            })?,
        };
        let kept = of_file(path).create(Document::new(plan), to.replaces, now)?;
        let kept = kept.map(|kept| format!("The former file is now {}\n", kept.display()));
        Ok(kept.unwrap_or_default() + &saved)
    }

    /// The plan that these options describe.
    pub fn plan(&self, now: DateTime<Utc>) -> Result<Plan, Failure> {
        let plan = match &self.plan {
            Some(path) => self.store(path).document()?.plan.clone(),
            None => self.new_plan(now)?,
        };
        self.changed_by_options(&plan, now)
    }

    fn changed_by_options(&self, plan: &Plan, now: DateTime<Utc>) -> Result<Plan, Failure> {
        let mut changes = Vec::new();
        let typed =
            |value: &Option<String>, change: fn(String) -> Change| value.clone().map(change);
        changes.extend(typed(&self.start, |value| {
            Change::Start(SetStart { value })
        }));
        changes.extend(typed(&self.zone, |value| Change::Zone(SetZone { value })));
        changes.extend(typed(&self.hours, |value| {
            Change::Hours(SetHours { value })
        }));
        changes.extend(typed(&self.reserve, |value| {
            Change::Reserve(SetReserve { value })
        }));
        changes.extend(typed(&self.target, |value| {
            Change::Target(SetTarget { value })
        }));
        if self.session_min.is_some() || self.session_max.is_some() {
            let now = plan.session();
            let or = |typed: &Option<String>, now: u32| typed.clone().unwrap_or(now.to_string());
            changes.push(Change::Sessions(SetSessionLength {
                min: or(&self.session_min, now.min),
                max: or(&self.session_max, now.max),
            }));
        }
        let days = self.days.as_deref().map(read_days).transpose()?;
        changes.extend(days.map(|days| Change::Days(SetDays { days })));
        changes.extend(self.include.iter().map(|item| {
            Change::Include(IncludeItem {
                item: item.clone(),
                included: true,
            })
        }));
        let dates: Result<Vec<Change>, InputError> = self
            .not_before
            .iter()
            .map(|text| read_not_before(text))
            .collect();
        changes.extend(dates?);
        // Options are part of a new plan; to one that is under way they are changes made now.
        let is_under_way = plan.basis().is_some() || !plan.log().is_empty();
        Ok(if is_under_way {
            plan.changed(&changes, now)?
        } else {
            plan.apply_all(&changes)?
        })
    }

    fn new_plan(&self, now: DateTime<Utc>) -> Result<Plan, Failure> {
        let roadmap = match &self.roadmap {
            None => Roadmap::embedded()?,
            Some(path) => Roadmap::from_json(&read(path)?)?,
        };
        // The first day is a Monday where the learner is. A zone that isn't known is rejected
        // below.
        let typed = self.zone.as_deref();
        let zone = typed
            .and_then(|name| zone::database().zone(name.trim()))
            .unwrap_or_else(zone::of_this_computer);
        let start = match &self.start {
            None => plan::default_start(now.with_timezone(&zone).naive_local()),
            Some(typed) => plan::read_start(typed)?,
        };
        // Named after its roadmap, and dated by its start: the same flags give the same events.
        let id = roadmap.file.id.clone();
        let created = start.and_time(chrono::NaiveTime::MIN).and_utc();
        Ok(Plan::new(id, roadmap, start, zone, created)?)
    }
}

fn read_days(days: &[String]) -> Result<Vec<chrono::Weekday>, InputError> {
    let day = |text: &String| {
        text.trim().parse().map_err(|_| {
            InputError::new(
                ErrorCode::UnknownDay,
                "study day",
                text,
                "enter days such as mon,wed,sat",
            )
        })
    };
    days.iter().map(day).collect()
}

/// The date before which an item doesn't begin, such as `python=2027-03-12`.
fn read_not_before(text: &str) -> Result<Change, InputError> {
    let Some((item, date)) = text.split_once('=') else {
        let expected = "enter an item and a date, such as python=2027-03-12";
        let field = "not before";
        return Err(InputError::new(ErrorCode::NotADate, field, text, expected));
    };
    Ok(Change::NotBefore(SetNotBefore {
        item: item.trim().to_owned(),
        value: date.to_owned(),
    }))
}

/// Whether two paths lead to the same file.
fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real(one) == real(other)
}

/// The text of a file.
pub fn read(path: &Path) -> Result<String, Failure> {
    storage::read(path).map_err(|error| unread(path, &error))
}

/// The text of a file, or `None` if it doesn't exist yet.
pub fn read_if_there(path: &Path) -> Result<Option<String>, Failure> {
    match storage::read(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unread(path, &error)),
    }
}

/// The generation of the calendar that a new ledger stands for. Each ledger is a calendar of its
/// own, also if another one with this path was deleted.
pub fn generation(ledger: &Path, now: DateTime<Utc>) -> u32 {
    let path = std::path::absolute(ledger).unwrap_or_else(|_| ledger.to_owned());
    own_generation(&format!("{} {}", path.display(), now.to_rfc3339()))
}

/// The failure to read a file.
pub fn unread(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Input(storage::unread(path, error).to_string())
}
