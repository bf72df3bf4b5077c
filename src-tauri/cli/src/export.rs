//! `waymark export`: files for calendars that may hold an earlier version of the plan, and projects
//! for another scheduler.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::{ArgGroup, Args, ValueEnum};
use waymark_caldav::upload;
use waymark_core::calendar::busy::Limits;
use waymark_core::calendar::export::{CalendarContents, ExportOptions};
use waymark_core::calendar::files::{EventCounts, file_stem, files, live_file};
use waymark_core::calendar::ledger::{Export, ExportKind, Ledger};
use waymark_core::input_error::ErrorCode;
use waymark_core::plan::Plan;
use waymark_core::schedule::{Schedule, current};
use waymark_core::taskjuggler;
use waymark_desk::file_lock::file_lock;
use waymark_desk::storage::{self, Audience};

use crate::events::EventOptions;
use crate::options::{PlanOptions, generation, read_if_there, unread};
use crate::output::{Kind, Outputs, Target, is_stdout};
use crate::password::LoginOptions;
use crate::plan_file::WAIT;
use crate::{Failure, now, print, replace};

pub const EXAMPLES: &str = "\
Examples:
  waymark export --hours 6 --start 2027-01-04 --ics study.ics --ledger study.ledger
      Writes every session for a calendar, and records what the calendar got
  waymark export --hours 5 --start 2027-01-04 --ics study.ics --ledger study.ledger --kind changes --dry-run
      After a change to the plan, counts the new, moved and removed sessions; without --dry-run, writes them
  waymark export --dir calendars --per-phase --what sessions,milestones --remind 10,60
      Writes one file per phase, so that each can have a calendar and a colour of its own
  waymark export --plan plan.json --live study.ics --ledger study.ledger --upload https://cloud.example.org/remote.php/dav/files/ana/study.ics --user ana
      Keeps a file up to date at a WebDAV address too, for programs that subscribe to it
  waymark export --hours 6 --start 2027-01-04 --tjp study.tjp && tj3 study.tjp
      Has TaskJuggler schedule the same plan into waymark.csv

Exit codes: 0 done, 1 a file couldn't be written or uploaded, 2 something you entered can't be used";

#[derive(Args)]
#[command(group = ArgGroup::new("output").required(true).multiple(true))]
pub struct ExportArgs {
    #[command(flatten)]
    options: PlanOptions,

    /// Write an iCalendar file; the rest goes to FILE-2 and so on, if it has over 1,000 events or
    /// 900 kB
    #[arg(long, value_name = "FILE", group = "output")]
    ics: Option<PathBuf>,

    /// Write iCalendar files named after the plan to this folder
    #[arg(long, value_name = "FOLDER", group = "output", conflicts_with = "ics")]
    dir: Option<PathBuf>,

    /// Write one iCalendar file for programs that subscribe to it: current events only
    #[arg(
        long,
        value_name = "FILE",
        group = "output",
        requires = "ledger",
        conflicts_with_all = ["ics", "dir", "kind", "per_phase"]
    )]
    live: Option<PathBuf>,

    /// Upload the live file to this WebDAV address too; a file there that Waymark didn't write is
    /// left alone
    #[arg(long, value_name = "ADDRESS", requires = "live")]
    upload: Option<String>,

    #[command(flatten)]
    login: LoginOptions,

    /// Write a TaskJuggler project
    #[arg(long, value_name = "FILE", group = "output")]
    tjp: Option<PathBuf>,

    /// Record of what the calendar got; read first, and updated after the export
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,

    /// The calendar's own file, exported by its program: from it a damaged ledger is made again
    #[arg(long, value_name = "FILE", requires = "ledger")]
    calendar_file: Option<PathBuf>,

    /// Kind of export: the events to write [default: full]
    #[arg(long, value_name = "KIND", requires = "ledger")]
    kind: Option<KindName>,

    /// Report what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    events: EventOptions,

    /// Write one file per phase
    #[arg(long)]
    per_phase: bool,

    /// Overwrite files of another kind
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum KindName {
    /// All events, and cancellations of those that are gone
    Full,
    /// Events that are new, changed or gone since the last export
    Changes,
    /// Cancellations only; some calendars remove events by them
    Removals,
    /// All events as new, for an empty calendar that replaces the old one
    Fresh,
}

pub fn run(args: &ExportArgs) -> Result<(), Failure> {
    let now = now()?;
    let plan = args.options.plan(now)?;
    let schedule = current(&plan);
    if args.ics.is_some() || args.dir.is_some() || args.live.is_some() {
        calendars(args, &plan, &schedule, now)?;
    }
    match &args.tjp {
        Some(path) if !args.dry_run => {
            let project = taskjuggler::project(&plan, &schedule)?;
            let target = Target {
                path,
                kind: Kind::TaskJuggler,
            };
            let outputs = Outputs::checked(&[target], args.force)?;
            outputs.write(&target, &project)
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
    let options = ExportOptions {
        file_per_phase: args.per_phase,
        ..args.events.chosen()?
    };
    let agenda = CalendarContents::new(plan, schedule, &options)?;
    let kind = match args.kind {
        None | Some(KindName::Full) => ExportKind::Full,
        Some(KindName::Changes) => ExportKind::Changes,
        Some(KindName::Removals) => ExportKind::Removals,
        Some(KindName::Fresh) => ExportKind::Fresh,
    };
    // No other program exports by this ledger in the meantime.
    let lock = args.ledger.as_deref().filter(|_| !args.dry_run);
    let _lock = lock.map(|path| file_lock(path, WAIT)).transpose()?;
    let export = match &args.ledger {
        Some(path) => args
            .known(args.read_ledger(path, plan, now)?)
            .export(&agenda, kind, now)?,
        None => {
            // Dated by the plan itself: the same plan is the same file, but for the weeks ahead.
            let dated = options.weeks_ahead.map_or(plan.created(), |_| now);
            Ledger::new(plan.id()).export(&agenda, kind, dated)?
        }
    };
    let files = args.files(&agenda, &export);
    if args.dry_run {
        print(&format!("{}\n", export.counts.sentence()))?;
        let would = |(path, _, events): &(PathBuf, String, EventCounts)| {
            let events = events.in_words();
            format!("Would write {events} to {}\n", path.display())
        };
        print(&files.iter().map(would).collect::<String>())?;
        return match &args.upload {
            Some(_) => print("Would upload it too.\n"),
            None => Ok(()),
        };
    }
    // A password is asked for before anything is written.
    let server = args.upload.as_deref().map(|it| args.login.server(it));
    let server = server.transpose()?;
    let texts: Vec<_> = files
        .iter()
        .map(|(path, text, _)| (path.clone(), text.as_str()))
        .collect();
    if files.len() > 1 && args.ics.as_deref().is_some_and(is_stdout) {
        let why = "this export is several files, which can't be printed: use --dir";
        return Err(Failure::Input(why.to_owned()));
    }
    let target = |path| Target {
        path,
        kind: Kind::Calendar,
    };
    let mut targets: Vec<Target> = files.iter().map(|(path, ..)| target(path)).collect();
    targets.extend(args.tjp.as_deref().map(|path| Target {
        path,
        kind: Kind::TaskJuggler,
    }));
    let outputs = Outputs::checked(&targets, args.force)?;
    outputs.tell(&format!("{}\n", export.counts.sentence()))?;
    if let Some(folder) = &args.dir {
        fs::create_dir_all(folder).map_err(|error| crate::unwritten(folder, &error))?;
    }
    outputs.put(&texts)?;
    for (path, _, events) in files.iter().filter(|(path, ..)| !is_stdout(path)) {
        let events = events.in_words();
        outputs.tell(&format!("Wrote {events} to {}\n", path.display()))?;
    }
    if files.is_empty() {
        print("There's nothing to write.\n")?;
    }
    // Only now: the calendar didn't get what wasn't written.
    if let Some(path) = &args.ledger {
        let text = export.ledger.to_json()?;
        if read_if_there(path)?.is_some_and(|former| Ledger::from_json(&former).is_err()) {
            let aside = storage::set_aside(path, "damaged", now);
            let aside = aside.map_err(|error| crate::unwritten(path, &error))?;
            outputs.tell(&format!("The damaged ledger is now {}\n", aside.display()))?;
        }
        replace(path, &text, Audience::Owner)?;
    }
    if let (Some(server), [(_, text)]) = (&server, &texts[..]) {
        upload(server, text)?;
        let host = server.address().host();
        outputs.tell(&format!("The file at {host} is up to date.\n"))?;
    }
    Ok(())
}

impl ExportArgs {
    /// A live file is replaced as a whole. Of a calendar that imports files, nobody hears what a
    /// person did there.
    fn known(&self, ledger: Ledger) -> Ledger {
        match self.live {
            Some(_) => ledger,
            None => ledger.unheard(),
        }
    }

    /// The record of what the calendar got. If it is damaged, the calendar's own file tells, or it
    /// is to be a new, empty one.
    fn read_ledger(&self, path: &Path, plan: &Plan, now: DateTime<Utc>) -> Result<Ledger, Failure> {
        let Some(text) = read_if_there(path)? else {
            return Ok(Ledger::new(plan.id()).starting_at(generation(path, now)));
        };
        let error = match Ledger::from_json(&text) {
            Err(error) if error.code == ErrorCode::LedgerDamaged => error,
            read => return Ok(read?),
        };
        if let Some(file) = &self.calendar_file {
            let limits = Limits::default();
            let bytes = storage::read_at_most(file, limits.bytes);
            let bytes = bytes.map_err(|error| unread(file, &error))?;
            return Ok(Ledger::of_calendar_file(&bytes, plan, &limits, now)?);
        }
        if matches!(self.kind, Some(KindName::Fresh)) {
            return Ok(Ledger::after_loss(plan.id(), now).starting_at(generation(path, now)));
        }
        Err(Failure::Input(format!(
            "{error} Nobody knows what the calendar has: for a new, empty one add --kind fresh; to \
             keep this one, export it from its program and add --calendar-file FILE.ics"
        )))
    }

    /// Path, text and number of events of each file.
    fn files(
        &self,
        agenda: &CalendarContents,
        export: &Export,
    ) -> Vec<(PathBuf, String, EventCounts)> {
        if let Some(path) = &self.live {
            let file = live_file(agenda, export);
            return vec![(path.clone(), file.text, file.events)];
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
                file_stem(agenda.plan.title()),
            ),
        };
        let path = |name: String, is_only: bool| match &self.ics {
            // Any file extension is accepted.
            Some(path) if is_only || is_stdout(path) => path.clone(),
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
