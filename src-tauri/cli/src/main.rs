//! `waymark`: the planner in a terminal, on the same core as the window.

// Everything printed passes `without_controls`, or is a file that has none.
#![warn(clippy::print_stderr, clippy::print_stdout)]

mod busy;
mod catch_up;
mod csv;
mod events;
mod export;
mod forecast;
mod history;
mod json;
mod log;
mod options;
mod outline;
mod output;
mod password;
mod plan_file;
mod plans;
mod roadmap;
mod sessions;
mod share;
mod status;
mod sync;
mod table;

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Args, Parser, Subcommand};
use waymark_core::calendar::files::calendar;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::outlook::Outlook;
use waymark_core::picture::{self, PictureKind, PictureSize};
use waymark_core::plan::Plan;
use waymark_core::progress::progress;
use waymark_desk::clock::Clock;
use waymark_desk::storage::{self, Audience};

use options::{PlanOptions, SavePlan};
use output::{Kind, Outputs, Target};

/// Plan a study roadmap in your real calendar: see when each part happens and when you finish.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Print the plan as a table, and write it as a calendar, picture or data
    #[command(after_help = "\
Examples:
  waymark plan
      Plans the MLOps roadmap at 10 hours a week from Monday, in this computer's time zone
  waymark plan --hours 6 --days tue,thu,sat --start 2027-01-04 --zone Europe/Berlin
      Plans six hours a week on three days
  waymark plan --hours 12 --ics study.ics --svg study.svg
      Also writes the sessions for Google, Apple or Outlook Calendar, and a Gantt chart
  waymark plan --plan plan.json --svg burn-up.svg --picture burn-up
      Writes a picture of the work done so far and to come

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used")]
    Plan(Box<PlanArgs>),

    /// Update a calendar that has an earlier version of the plan, or export to another scheduler
    #[command(after_help = export::EXAMPLES)]
    Export(Box<export::ExportArgs>),

    /// Sync a calendar on a server (CalDAV) with the plan, in both directions
    #[command(after_help = sync::EXAMPLES)]
    Sync(Box<sync::SyncArgs>),

    /// Log completed work
    #[command(after_help = "\
Examples:
  waymark log add python 90
      Logs 1 h 30 min of Python that ended just now, in the desktop app's plan
  waymark log plan.json add python 60 --start 2027-01-04T19:00 --note 'up to chapter 3'
  waymark log plan.json done python
  waymark log plan.json

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used")]
    Log(log::LogArgs),

    /// Show what's done, what was missed, and how the plan is doing
    #[command(after_help = "\
Exit codes: 0 done, 2 something you entered can't be used")]
    Status(status::StatusArgs),

    /// Skip a week, change a session's topic, or leave a session out
    #[command(after_help = sessions::EXAMPLES)]
    Sessions(sessions::SessionsArgs),

    /// Compare the options for catching up, and apply one
    #[command(after_help = "\
Examples:
  waymark catch-up plan.json
  waymark catch-up plan.json --free 2027-01-30T14:00/17:00 --free 2027-01-31T09:00/12:00
  waymark catch-up plan.json --apply more-hours

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used")]
    CatchUp(catch_up::CatchUpArgs),

    /// Forecast the finish date from your log so far
    #[command(after_help = "\
Exit codes: 0 done, 2 something you entered can't be used")]
    Forecast(forecast::ForecastArgs),

    /// Import busy times from calendar files
    #[command(after_help = busy::EXAMPLES)]
    Busy(Box<busy::BusyArgs>),

    /// List, make, copy, archive and remove the desktop app's plans, and choose the open one
    #[command(after_help = "\
Examples:
  waymark plans
  waymark plans new --template guitar
      Makes a second plan, around the sessions of the first
  waymark plans open 'MLOps Engineer (2026)'
  waymark plans export whole-plan.json
      Writes the open plan with its log and undo history to one file
  waymark plans import whole-plan.json

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used")]
    Plans(plans::PlansArgs),

    /// List what happened to damaged or missing files of the desktop app's plan
    #[command(after_help = "\
Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used")]
    Notices(plan_file::NoticesArgs),

    /// List earlier plans of the desktop app's open plan
    #[command(after_help = "\
Exit codes: 0 done, 2 something you entered can't be used")]
    History(history::HistoryArgs),

    /// Restore an earlier plan, as a change that can be undone
    #[command(after_help = "\
Examples:
  waymark history
  waymark restore 12

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used")]
    Restore(history::RestoreArgs),

    /// Read any outline as a roadmap, and show the meaning of each line
    #[command(after_help = outline::EXAMPLES)]
    Outline(outline::OutlineArgs),

    /// Print a roadmap as readable text, write it as text to edit, or merge an edited text
    #[command(after_help = roadmap::EXAMPLES)]
    Roadmap(roadmap::RoadmapArgs),
}

#[derive(Args)]
struct PlanArgs {
    #[command(flatten)]
    options: PlanOptions,

    /// Write every session to an iCalendar file; `-` in place of a file prints it
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,

    /// Write an SVG picture: a Gantt chart, or the one named by --picture
    #[arg(long, value_name = "FILE")]
    svg: Option<PathBuf>,

    /// Picture that --svg writes: the plan, or your progress [default: gantt]
    #[arg(long, value_name = "PICTURE", requires = "svg")]
    picture: Option<SvgPicture>,

    /// Write one HTML page to share: chart, weeks and progress, without anything private
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// Private parts that --html shows too: notes, log, calendars, busy
    #[arg(long, value_name = "PARTS", requires = "html", value_delimiter = ',')]
    with: Vec<share::PagePart>,

    /// Write the plan and its sessions as JSON
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Save the plan to a plan file, for `waymark log`, `status`, `catch-up`, `forecast` and
    /// `--plan`
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,

    /// Save over any plan; the former one is kept beside it
    #[arg(long, requires = "save")]
    replace: bool,

    /// Write the start and end of each phase and item as CSV
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,

    /// Overwrite files of another kind
    #[arg(long)]
    force: bool,
}

/// A picture that `--svg` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum SvgPicture {
    // Doc comments here would double the lines of the help.
    Gantt,
    BurnUp,
    StudyDays,
    Hours,
}

impl SvgPicture {
    const WIDTH: u32 = 1000;

    fn text(self, plan: &Plan, now: DateTime<Utc>) -> String {
        let kind = match self {
            Self::Gantt => return picture::svg(plan, now),
            Self::BurnUp => PictureKind::BurnUp,
            Self::StudyDays => PictureKind::StudyDays,
            Self::Hours => PictureKind::Hours,
        };
        let size = PictureSize {
            width: Self::WIDTH,
            baseline: None,
        };
        let drawn = picture::draw(plan, kind, size, now);
        picture::progress_svg(plan.title(), &drawn)
    }
}

/// Builds the text of a file.
type Text<'a> = &'a dyn Fn() -> Result<String, Failure>;

/// Why a command failed.
enum Failure {
    /// Something that was entered can't be used. Exit code 2.
    Input(String),
    /// A file couldn't be written. Exit code 1.
    Output(String),
}

impl Failure {
    fn sentence(self) -> String {
        match self {
            Self::Input(sentence) | Self::Output(sentence) => sentence,
        }
    }
}

impl From<InputError> for Failure {
    fn from(error: InputError) -> Self {
        let is_output = matches!(error.code, ErrorCode::NotSaved | ErrorCode::NotWritten);
        let kind = if is_output { Self::Output } else { Self::Input };
        let advice = match error.code {
            ErrorCode::LoggedTwice | ErrorCode::LogBeyondDay => " To log it anyway, add --again.",
            ErrorCode::PlanEdited => " To use it as it is now, add --accept-edits.",
            ErrorCode::Occupied => {
                " To change that plan, name it with --plan as well. \
                 To save here anyway, add --replace: the former file is kept beside it."
            }
            _ => "",
        };
        kind(format!("{error}{advice}"))
    }
}

fn main() -> ExitCode {
    let command = match Cli::try_parse() {
        Ok(Cli { command }) => command,
        Err(error) => return misused(&error),
    };
    let result = match command {
        Command::Plan(args) => plan(&args),
        Command::Export(args) => export::run(&args),
        Command::Log(args) => log::run(&args),
        Command::Status(args) => status::run(&args),
        Command::Sessions(args) => sessions::run(&args),
        Command::CatchUp(args) => catch_up::run(&args),
        Command::Forecast(args) => forecast::run(&args),
        Command::Busy(args) => busy::run(&args),
        Command::Plans(args) => plans::run(&args),
        Command::Notices(args) => plan_file::list_notices(&args),
        Command::History(args) => history::list(&args),
        Command::Restore(args) => history::restore(&args),
        Command::Outline(args) => outline::run(&args),
        Command::Roadmap(args) => roadmap::run(&args),
        Command::Sync(args) => sync::run(&args),
    };
    let (sentence, code) = match result {
        Ok(()) => return ExitCode::SUCCESS,
        Err(Failure::Input(sentence)) => (sentence, 2),
        Err(Failure::Output(sentence)) => (sentence, 1),
    };
    warn(&format!("waymark: {sentence}\n"));
    ExitCode::from(code)
}

/// Prints help, or what is wrong with the arguments. The parser quotes them as they are.
fn misused(error: &clap::Error) -> ExitCode {
    let is_plain = |argument: OsString| !argument.to_string_lossy().contains(char::is_control);
    if std::env::args_os().all(is_plain) {
        error.exit()
    }
    warn(&error.render().to_string());
    ExitCode::from(2)
}

fn plan(args: &PlanArgs) -> Result<(), Failure> {
    let now = now()?;
    let plan = args.options.plan(now)?;
    let progress = progress(&plan, now);

    let outlook = Outlook::new(&plan, now);

    let calendar = || Ok(calendar(&plan, &progress.schedule)?);
    let which = args.picture.unwrap_or(SvgPicture::Gantt);
    let picture = || Ok(which.text(&plan, now));
    let page = || Ok(share::text(&plan, &args.with, now));
    let data = || Ok(json::text(&plan, &progress, &outlook));
    let dates = || {
        let text = csv::text(&plan, &progress);
        text.map_err(|error| Failure::Output(error.to_string()))
    };
    let asked: [(&Option<PathBuf>, Kind, Text); 5] = [
        (&args.ics, Kind::Calendar, &calendar),
        (&args.svg, Kind::Picture, &picture),
        (&args.html, Kind::Page, &page),
        (&args.json, Kind::Data, &data),
        (&args.csv, Kind::Dates, &dates),
    ];
    let files: Vec<(Target, Text)> = asked
        .iter()
        .filter_map(|(path, kind, text)| {
            let path = path.as_deref()?;
            Some((Target { path, kind: *kind }, *text))
        })
        .collect();
    let targets: Vec<Target> = files.iter().map(|(target, _)| *target).collect();
    let outputs = Outputs::checked(&targets, args.force)?;
    let mut saved = String::new();
    if let Some(path) = &args.save {
        let save = SavePlan {
            path,
            name: "Options of waymark plan",
            replaces: args.replace,
        };
        saved = args.options.save(&plan, &save, now)?;
    }
    outputs.show(&table::text(&plan, &progress, &outlook))?;
    outputs.tell(&saved)?;
    for (target, text) in files {
        outputs.write(&target, &text()?)?;
    }
    Ok(())
}

/// The current time.
fn now() -> Result<DateTime<Utc>, Failure> {
    Ok(Clock::new()?.now())
}

/// Replaces a file in one step.
fn replace(path: &Path, text: &str, audience: Audience) -> Result<(), Failure> {
    storage::write(path, text.as_bytes(), audience).map_err(|error| unwritten(path, &error))
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Output(storage::unwritten(path, error).to_string())
}

/// Replaces control characters except line ends: a title or a note must not command the terminal.
fn without_controls(text: &str) -> String {
    let plain = |c: char| {
        if c.is_control() && c != '\n' {
            '\u{fffd}'
        } else {
            c
        }
    };
    text.chars().map(plain).collect()
}

/// Prints on standard error.
#[allow(clippy::print_stderr)] // nothing else does
fn warn(text: &str) {
    eprint!("{}", without_controls(text));
}

/// Prints. A closed pipe (`waymark plan | head`) is not a failure.
fn print(text: &str) -> Result<(), Failure> {
    match std::io::stdout().write_all(without_controls(text).as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Output(format!("couldn't print: {error}")))
        }
        _ => Ok(()),
    }
}
