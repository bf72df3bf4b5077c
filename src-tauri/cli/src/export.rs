//! `waymark export`: files for calendars that may hold an earlier version of the plan, and for another scheduler.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{ArgGroup, Args, ValueEnum};
use waymark_core::calendar::export::{Agenda, Options, Times, file_stem, files, live_file};
use waymark_core::calendar::ledger::{Export, Kind, Ledger};
use waymark_core::plan::{Plan, read_date};
use waymark_core::problem::Problem;
use waymark_core::schedule::{Schedule, standing};
use waymark_core::taskjuggler;
use waymark_core::words;

use crate::options::PlanOptions;
use crate::{Failure, now, print, write, write_all};

pub const EXAMPLES: &str = "\
Examples:
  waymark export --hours 6 --start 2027-01-04 --ics study.ics --ledger study.ledger
      Every session for a calendar, and a note of what it was given
  waymark export --hours 5 --start 2027-01-04 --ics study.ics --ledger study.ledger --kind changes --dry-run
      After a change of the plan: how many sessions are new, moved or removed; without --dry-run, a file with these
  waymark export --dir calendars --per-phase --what sessions,milestones --remind 10,60
      A file for each phase, to be given calendars, and colours, of their own
  waymark export --hours 6 --start 2027-01-04 --tjp study.tjp && tj3 study.tjp
      The same plan as `waymark plan` shows with these options, laid by TaskJuggler into waymark.csv

Exit codes: 0 done, 1 a file could not be written, 2 something given cannot be used";

#[derive(Args)]
#[command(group = ArgGroup::new("output").required(true).multiple(true))]
pub struct ExportArgs {
    #[command(flatten)]
    options: PlanOptions,

    /// Write an iCalendar file; more, as FILE-2 and so on, if one would hold over 1,000 events or 900 kB
    #[arg(long, value_name = "FILE", group = "output")]
    ics: Option<PathBuf>,

    /// Write the iCalendar files into this folder, named after the plan
    #[arg(long, value_name = "FOLDER", group = "output", conflicts_with = "ics")]
    dir: Option<PathBuf>,

    /// Write one iCalendar file for programs that follow it: all that is, nothing that was
    #[arg(
        long,
        value_name = "FILE",
        group = "output",
        requires = "ledger",
        conflicts_with_all = ["ics", "dir", "kind", "per_phase"]
    )]
    live: Option<PathBuf>,

    /// Write a TaskJuggler project
    #[arg(long, value_name = "FILE", group = "output")]
    tjp: Option<PathBuf>,

    /// What the calendar was given: read, and renewed once the files are written; made if it is not there
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,

    /// What to write [default: full]
    #[arg(long, value_name = "KIND", requires = "ledger")]
    kind: Option<KindName>,

    /// Say what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,

    /// Kinds of events
    #[arg(
        long,
        value_name = "WHAT",
        value_delimiter = ',',
        default_value = "sessions"
    )]
    what: Vec<What>,

    /// First date to export, such as 2027-01-04
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    from: Option<String>,

    /// Last date to export
    #[arg(long, value_name = "DATE", allow_hyphen_values = true)]
    to: Option<String>,

    /// A file for each phase
    #[arg(long)]
    per_phase: bool,

    /// Minutes before a session to be reminded at, such as 10 or 10,60; `none` for no reminder [default: 10]
    #[arg(long, value_name = "MINUTES", allow_hyphen_values = true)]
    remind: Option<String>,

    /// What a session's event is called, with {item}, {phase}, {plan}, {session}, {sessions} and {length} [default: {item}]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    /// Leave out what events are about
    #[arg(long)]
    no_notes: bool,

    /// An address in each session's event, with {item} and {phase} for their ids
    #[arg(long, value_name = "ADDRESS")]
    link: Option<String>,

    /// Write times on the plan's clock, with the zone's rules, and not in UTC
    #[arg(long)]
    zoned: bool,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum What {
    /// Each session
    Sessions,
    /// Each week, all day, with what is to be done in it
    Weeks,
    /// Each phase, from its first to its last day
    Phases,
    /// The day of each phase's outcome
    Milestones,
}

#[derive(Clone, Copy, ValueEnum)]
enum KindName {
    /// All that is, and that is no more
    Full,
    /// What is new, has changed or is gone since the last export
    Changes,
    /// What is no more, in a form that makes some calendars remove it
    Removals,
    /// All that is, for an empty calendar that takes the place of the former one
    Fresh,
}

pub fn run(args: &ExportArgs) -> Result<(), Failure> {
    let now = now()?;
    let plan = args.options.plan(now)?;
    let schedule = standing(&plan);
    if args.ics.is_some() || args.dir.is_some() || args.live.is_some() {
        calendars(args, &plan, &schedule, now)?;
    }
    match &args.tjp {
        Some(path) if !args.dry_run => {
            let project = taskjuggler::project(&plan, &schedule)?;
            write(path, "TaskJuggler project", &project)
        }
        _ => Ok(()),
    }
}

fn calendars(
    args: &ExportArgs,
    plan: &Plan,
    schedule: &Schedule,
    now: DateTime<Utc>,
) -> Result<(), Failure> {
    let agenda = Agenda::new(plan, schedule, &args.chosen()?)?;
    let kind = match args.kind {
        None | Some(KindName::Full) => Kind::Full,
        Some(KindName::Changes) => Kind::Changes,
        Some(KindName::Removals) => Kind::Removals,
        Some(KindName::Fresh) => Kind::Fresh,
    };
    let export = match &args.ledger {
        Some(path) => read_ledger(path, plan)?.export(&agenda, kind, now)?,
        // Dated by the plan itself: the same plan is the same file.
        None => Ledger::new(plan.id()).export(&agenda, kind, plan.created())?,
    };
    let files = args.files(&agenda, &export);
    print(&format!("{}\n", export.counts.sentence()))?;
    if args.dry_run {
        let would = |(path, _, events): &(PathBuf, String, usize)| {
            let events = words::count(*events, "event");
            format!("Would write {events} to {}\n", path.display())
        };
        return print(&files.iter().map(would).collect::<String>());
    }
    let texts: Vec<_> = files
        .iter()
        .map(|(path, text, _)| (path.clone(), text.as_str()))
        .collect();
    if let Some(folder) = &args.dir {
        fs::create_dir_all(folder).map_err(|error| crate::unwritten(folder, &error))?;
    }
    write_all(&texts)?;
    for (path, _, events) in &files {
        let events = words::count(*events, "event");
        print(&format!("Wrote {events} to {}\n", path.display()))?;
    }
    if files.is_empty() {
        print("There is nothing to write.\n")?;
    }
    match &args.ledger {
        // Only now: what was not written was not given.
        Some(path) => write_all(&[(path.clone(), export.ledger.to_json()?.as_str())]),
        None => Ok(()),
    }
}

impl ExportArgs {
    fn chosen(&self) -> Result<Options, Problem> {
        let has = |what| self.what.contains(&what);
        let usual = Options::default();
        let date = |field, typed: &Option<String>| {
            typed
                .as_deref()
                .map(|typed| read_date(field, typed))
                .transpose()
        };
        Ok(Options {
            sessions: has(What::Sessions),
            weeks: has(What::Weeks),
            phases: has(What::Phases),
            milestones: has(What::Milestones),
            from: date("first date", &self.from)?,
            to: date("last date", &self.to)?,
            file_per_phase: self.per_phase,
            reminders: match &self.remind {
                None => usual.reminders,
                Some(typed) => read_reminders(typed)?,
            },
            title: self.title.clone().unwrap_or(usual.title),
            notes: !self.no_notes,
            link: self.link.clone(),
            times: if self.zoned { Times::Zoned } else { Times::Utc },
        })
    }

    /// Path, text and number of events of each file.
    fn files(&self, agenda: &Agenda, export: &Export) -> Vec<(PathBuf, String, usize)> {
        if let Some(path) = &self.live {
            let events = export.due.len();
            return vec![(path.clone(), live_file(agenda, export), events)];
        }
        let (folder, stem) = match (&self.ics, &self.dir) {
            (Some(path), _) => (
                path.parent().unwrap_or(Path::new("")).to_owned(),
                path.file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
            ),
            (None, folder) => (
                folder.clone().unwrap_or_default(),
                file_stem(&agenda.plan.roadmap().file.title),
            ),
        };
        let path = |name: String, is_only: bool| match &self.ics {
            // Whatever its ending is.
            Some(path) if is_only => path.clone(),
            _ => folder.join(name),
        };
        files(agenda, export)
            .into_iter()
            .map(|file| {
                let path = path(file.name(&stem), file.part.is_empty());
                (path, file.text, file.events)
            })
            .collect()
    }
}

fn read_ledger(path: &Path, plan: &Plan) -> Result<Ledger, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Ledger::from_json(&text)?),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Ledger::new(plan.id())),
        Err(error) => Err(Failure::Input(format!(
            "cannot read {}: {error}",
            path.display()
        ))),
    }
}

fn read_reminders(typed: &str) -> Result<Vec<u32>, Problem> {
    if typed.trim() == "none" {
        return Ok(Vec::new());
    }
    let minutes = |part: &str| {
        part.trim().parse().map_err(|_| {
            let expected = "give minutes such as 10 or 10,60, or none";
            Problem::new("export-option", "reminder", part, expected)
        })
    };
    typed.split(',').map(minutes).collect()
}
