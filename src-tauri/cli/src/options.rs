//! The options that describe a plan, the same for every command.

use std::path::{Path, PathBuf};

use clap::Args;
use waymark_core::plan::{self, Change, Plan};
use waymark_core::problem::Problem;
use waymark_core::roadmap::Roadmap;

use crate::Failure;

#[derive(Args)]
pub struct PlanOptions {
    /// A roadmap file (JSON) [default: the MLOps engineer roadmap]
    #[arg(long, value_name = "FILE")]
    roadmap: Option<PathBuf>,

    /// Hours of study a week, from 0.5 to 60 [default: what the roadmap assumes]
    #[arg(long, value_name = "HOURS", allow_hyphen_values = true)]
    hours: Option<String>,

    /// First day of the plan, such as 2027-01-04 [default: next Monday]
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    start: Option<String>,

    /// IANA time zone, such as Europe/Berlin [default: this computer's]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    zone: Option<String>,

    /// Days to study on, such as mon,wed,sat [default: Monday to Saturday]
    #[arg(
        long,
        value_name = "DAYS",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    days: Option<Vec<String>>,

    /// Shortest session in minutes
    #[arg(
        long,
        value_name = "MINUTES",
        default_value = "30",
        allow_hyphen_values = true
    )]
    session_min: String,

    /// Longest session in minutes
    #[arg(
        long,
        value_name = "MINUTES",
        default_value = "120",
        allow_hyphen_values = true
    )]
    session_max: String,

    /// Take an optional item into the plan, by its id; may be given more than once
    #[arg(long, value_name = "ITEM")]
    include: Vec<String>,
}

impl PlanOptions {
    /// The plan that these options describe.
    pub fn plan(&self) -> Result<Plan, Failure> {
        let roadmap = match &self.roadmap {
            None => Roadmap::embedded()?,
            Some(path) => Roadmap::from_json(&read(path)?)?,
        };
        let start = match &self.start {
            None => plan::next_monday(chrono::Local::now().date_naive()),
            Some(typed) => plan::read_start(typed)?,
        };
        let zone = iana_time_zone::get_timezone()
            .ok()
            .and_then(|name| name.parse().ok())
            .unwrap_or(chrono_tz::UTC);
        // Named after its roadmap, and dated by its start: the same flags give the same events.
        let id = roadmap.file.id.clone();
        let created = start.and_time(chrono::NaiveTime::MIN).and_utc();
        let plan = Plan::new(id, roadmap, start, zone, created)?;

        let mut changes = vec![Change::Sessions {
            min: self.session_min.clone(),
            max: self.session_max.clone(),
        }];
        let zone = self.zone.clone().map(|value| Change::Zone { value });
        let hours = self.hours.clone().map(|value| Change::Hours { value });
        let days = self.days.as_deref().map(read_days).transpose()?;
        changes.extend(zone.into_iter().chain(hours));
        changes.extend(days.map(|days| Change::Days { days }));
        changes.extend(self.include.iter().map(|item| Change::Include {
            item: item.clone(),
            included: true,
        }));
        Ok(plan.apply_all(&changes)?)
    }
}

fn read_days(days: &[String]) -> Result<Vec<chrono::Weekday>, Problem> {
    let day = |text: &String| {
        text.trim().parse().map_err(|_| {
            Problem::new(
                "unknown-day",
                "study day",
                text,
                "give days such as mon,wed,sat",
            )
        })
    };
    days.iter().map(day).collect()
}

fn read(path: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(path)
        .map_err(|error| Failure::Input(format!("cannot read {}: {error}", path.display())))
}
