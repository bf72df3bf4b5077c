//! `waymark`: the planner from a terminal, on the same core as the window.

mod json;
mod options;
mod table;

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atomic_write_file::AtomicWriteFile;
use chrono::Utc;
use clap::{Args, Parser, Subcommand};
use waymark_core::calendar;
use waymark_core::picture;
use waymark_core::problem::Problem;
use waymark_core::progress::track;
use waymark_core::schedule::standing;
use waymark_core::taskjuggler;

use options::PlanOptions;

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

    /// Write the plan as a project for another scheduler
    #[command(after_help = "\
Example:
  waymark export --hours 6 --start 2027-01-04 --tjp study.tjp && tj3 study.tjp
      The same plan as `waymark plan` shows with these options, laid by TaskJuggler into waymark.csv

Exit codes: 0 done, 1 a file could not be written, 2 something given cannot be used")]
    Export(ExportArgs),
}

#[derive(Args)]
struct PlanArgs {
    #[command(flatten)]
    options: PlanOptions,

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

#[derive(Args)]
struct ExportArgs {
    #[command(flatten)]
    options: PlanOptions,

    /// Write a TaskJuggler project
    #[arg(long, value_name = "FILE")]
    tjp: PathBuf,
}

/// Makes the text of a file.
type Text<'a> = &'a dyn Fn() -> String;

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
    let result = match Cli::parse().command {
        Command::Plan(args) => plan(&args),
        Command::Export(args) => export(&args),
    };
    let (sentence, code) = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Input(sentence)) => (sentence, 2),
        Err(Failure::Output(sentence)) => (sentence, 1),
    };
    eprintln!("waymark: {sentence}");
    ExitCode::from(code)
}

fn plan(args: &PlanArgs) -> Result<(), Failure> {
    let now = Utc::now();
    let plan = args.options.plan(now)?;
    let standing = track(&plan, now);

    print(&table::text(&plan, &standing, now))?;
    let calendar = || calendar::export::calendar(&plan, &standing.schedule);
    let picture = || picture::svg(&plan, now);
    let data = || json::text(&plan, &standing);
    let files: [(&Option<PathBuf>, &str, Text); 3] = [
        (&args.ics, "calendar", &calendar),
        (&args.svg, "picture", &picture),
        (&args.json, "data", &data),
    ];
    for (path, what, text) in files {
        if let Some(path) = path {
            write(path, what, &text())?;
        }
    }
    Ok(())
}

fn export(args: &ExportArgs) -> Result<(), Failure> {
    let plan = args.options.plan(Utc::now())?;
    let project = taskjuggler::project(&plan, &standing(&plan))?;
    write(&args.tjp, "TaskJuggler project", &project)
}

/// The file appears whole or not at all: never half of a calendar.
fn write(path: &Path, what: &str, text: &str) -> Result<(), Failure> {
    let failure =
        |error: &dyn Display| Failure::Output(format!("cannot write {}: {error}", path.display()));
    let mut file = AtomicWriteFile::open(path).map_err(|error| failure(&error))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.commit())
        .map_err(|error| failure(&error))?;
    print(&format!("Wrote the {what} to {}\n", path.display()))
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
