//! `waymark`: the planner from a terminal, on the same core as the window.

mod json;
mod table;

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atomic_write_file::AtomicWriteFile;
use chrono::Utc;
use clap::{Args, Parser, Subcommand};
use waymark_core::calendar::export;
use waymark_core::picture;
use waymark_core::plan::{self, Change, Plan};
use waymark_core::problem::Problem;
use waymark_core::roadmap::Roadmap;
use waymark_core::schedule::{Schedule, schedule};

/// Lays a study roadmap on your real calendar: says when each part happens and when you are done.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the plan as a table, and write it as calendar, picture or data
    #[command(after_help = "\
Examples:
  waymark plan
      The MLOps roadmap at 10 hours a week from next Monday, in this computer's time zone
  waymark plan --hours 6 --days tue,thu,sat --start 2027-01-04 --zone Europe/Berlin
      Six hours a week on three days
  waymark plan --hours 12 --ics study.ics --svg study.svg
      Also writes the sessions for Google, Apple or Outlook Calendar, and a Gantt picture

Exit codes: 0 done, 1 a file could not be written, 2 something given cannot be used")]
    Plan(PlanArgs),
}

#[derive(Args)]
struct PlanArgs {
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

    /// Write every session to an iCalendar file
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,

    /// Write a Gantt chart as an SVG picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,

    /// Write plan and sessions as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

/// Why the program ends without having done what was asked.
enum Failure {
    /// Something given cannot be used.
    Input(String),
    /// A file could not be written.
    Output(String),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Input(problem.message)
    }
}

fn main() -> ExitCode {
    let Command::Plan(args) = Cli::parse().command;
    let (sentence, code) = match run(&args) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Input(sentence)) => (sentence, 2),
        Err(Failure::Output(sentence)) => (sentence, 1),
    };
    eprintln!("waymark: {sentence}");
    ExitCode::from(code)
}

fn run(args: &PlanArgs) -> Result<(), Failure> {
    let now = Utc::now();
    let plan = read_plan(args)?;
    // Nothing can be logged from the terminal yet, so the plan is laid from its own start.
    let schedule = schedule(&plan, plan.start_instant());

    print(&table::text(&plan, &schedule))?;
    let files: [(&Option<PathBuf>, &str, &dyn Fn(&Plan, &Schedule) -> String); 3] = [
        (&args.ics, "calendar", &export::calendar),
        (&args.svg, "picture", &|plan, schedule| {
            picture::svg(plan, schedule, now)
        }),
        (&args.json, "data", &json::text),
    ];
    for (path, what, text) in files {
        if let Some(path) = path {
            write(path, &text(&plan, &schedule))?;
            print(&format!("Wrote the {what} to {}\n", path.display()))?;
        }
    }
    Ok(())
}

fn read_plan(args: &PlanArgs) -> Result<Plan, Failure> {
    let roadmap = match &args.roadmap {
        None => Roadmap::embedded()?,
        Some(path) => Roadmap::from_json(&read(path)?)?,
    };
    let start = match &args.start {
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
        min: args.session_min.clone(),
        max: args.session_max.clone(),
    }];
    let zone = args.zone.clone().map(|value| Change::Zone { value });
    let hours = args.hours.clone().map(|value| Change::Hours { value });
    let days = args.days.as_deref().map(read_days).transpose()?;
    changes.extend(zone.into_iter().chain(hours));
    changes.extend(days.map(|days| Change::Days { days }));
    changes.extend(args.include.iter().map(|item| Change::Include {
        item: item.clone(),
        included: true,
    }));
    Ok(plan.apply_all(&changes)?)
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

/// The file appears whole or not at all: never half of a calendar.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failure =
        |error: &dyn Display| Failure::Output(format!("cannot write {}: {error}", path.display()));
    let mut file = AtomicWriteFile::open(path).map_err(|error| failure(&error))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.commit())
        .map_err(|error| failure(&error))
}

/// Prints; a reader that has read enough (`waymark plan | head`) is no failure.
fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Output(format!("cannot print: {error}")))
        }
        _ => Ok(()),
    }
}
