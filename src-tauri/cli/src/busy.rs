//! `waymark busy`: imports the busy times of calendar files into a plan, with a report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use clap::{ArgGroup, Args};
use serde_json::{Value, json};
use waymark_caldav::{FeedAddress, FoundCalendar, RetryPolicy, calendars};
use waymark_core::calendar::busy::{self, BusyReport, EventOutcome, EventReport, Import, Limits};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::change::RemoveBusy;
use waymark_core::plan::{BusySource, Change, KnownAs, Plan};
use waymark_core::schedule::current;
use waymark_core::view;
use waymark_core::words;
use waymark_desk::busy_files::{self, ArchiveLimits, CalendarFile, OpenedFile};
use waymark_desk::web_busy;

use crate::json;
use crate::options::{PlanOptions, SavePlan};
use crate::password::LoginOptions;
use crate::{Failure, print};

pub const EXAMPLES: &str = "\
Examples:
  waymark busy work.ics --plan plan.json --out plan.json
      Imports the busy times of work.ics into the plan and replaces those of an earlier version of that calendar
  waymark busy work.ics family.ics google.zip --plan plan.json
      Reports what these would add, and changes nothing
  waymark busy 'work (1).ics' --instead-of work.ics --plan plan.json --out plan.json
      Replaces work.ics with a newer download of it
  waymark busy webcal://calendar.example.org/private/basic.ics --plan plan.json --out plan.json
      Reads a published calendar, and replaces what was read from it before
  waymark busy --server https://cloud.example.org --user ana --calendar Work --plan plan.json --out plan.json
      Reads a calendar on a server (CalDAV), and replaces what was read from it before
  waymark busy --list --plan plan.json
      Lists the calendars in the plan, each with its report
  waymark busy --remove work.ics --plan plan.json --out plan.json
      Removes the busy times of work.ics from the plan

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used";

#[derive(Args)]
#[command(group = ArgGroup::new("source").multiple(true))]
pub struct BusyArgs {
    /// Calendar files (.ics) from any calendar program, a .zip of several, as Google exports them,
    /// or addresses of published calendars (https:// or webcal://); only an address's host is shown
    #[arg(value_name = "FILE", required_unless_present_any = ["remove", "list", "server"], group = "source")]
    files: Vec<PathBuf>,

    /// Read a calendar on this server (CalDAV): its address, your mail address there, or a provider
    /// such as iCloud or Fastmail
    #[arg(long, value_name = "ADDRESS", requires = "calendar", group = "source")]
    server: Option<String>,

    /// The calendar on the server, by its name or the last part of its address
    #[arg(long, value_name = "NAME", requires = "server")]
    calendar: Option<String>,

    #[command(flatten)]
    login: LoginOptions,

    #[command(flatten)]
    options: PlanOptions,

    /// List the calendars in the plan, each with its report
    #[arg(long)]
    list: bool,

    /// Remove the busy times of a calendar, by its name in the plan; can be repeated
    #[arg(long, value_name = "NAME")]
    remove: Vec<String>,

    /// Replace this calendar of the plan with the newer download; can be repeated
    #[arg(long, value_name = "NAME", requires = "source")]
    instead_of: Vec<String>,

    /// Keep calendars beside those in the plan that may be older versions of them
    #[arg(long, requires = "source")]
    beside: bool,

    /// First day to read, e.g. 2027-01-04; needs --until
    #[arg(long, value_name = "DATE", requires = "until", conflicts_with = "out")]
    from: Option<NaiveDate>,

    /// Last day to read [default: a year after the last session]
    #[arg(long, value_name = "DATE", requires = "from", conflicts_with = "out")]
    until: Option<NaiveDate>,

    /// Write the plan with its busy times to this plan file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Save over any plan; the former one is kept beside it
    #[arg(long, requires = "out")]
    replace: bool,

    /// Print the report as JSON
    #[arg(long)]
    json: bool,
}

/// A calendar that was read into the plan.
struct ReadCalendar {
    /// Its name in the plan.
    name: String,
    report: BusyReport,
    /// The calendar that it replaced.
    instead: Option<String>,
}

pub fn run(args: &BusyArgs) -> Result<(), Failure> {
    let now = crate::now()?;
    let mut plan = args.options.plan(now)?;
    for source in &args.remove {
        let source = source.clone();
        plan = plan.changed(&[Change::DropBusy(RemoveBusy { source })], now)?;
    }
    let (mut files, mut left_out) = (Vec::new(), Vec::new());
    for path in &args.files {
        let mut opened = opened(path)?;
        let is_archive = opened.calendars.len() > 1 || !opened.left_out.is_empty();
        left_out.append(&mut opened.left_out);
        files.extend(opened.calendars.into_iter().map(|file| (file, is_archive)));
    }
    if let (Some(server), Some(name)) = (&args.server, &args.calendar) {
        files.push((args.on_server(server, name)?, false));
    }
    let is_only = files.len() == 1;
    let mut replaced = BTreeSet::new();
    let mut read = Vec::new();
    for (file, is_archive) in files {
        let import = match args.import(&plan, &file, now) {
            Err(error) if is_archive => {
                left_out.push(busy_files::left_out(&file.name, &error));
                continue;
            }
            import => args.decided(import?, is_only, &mut replaced)?,
        };
        let instead = import.change.instead.clone();
        let change = import.change;
        plan = plan.changed(&[Change::Busy(change.clone())], now)?;
        read.push(ReadCalendar {
            name: change.name_in(&plan).to_owned(),
            report: import.report,
            instead,
        });
    }
    if read.is_empty() && args.has_source() {
        return Err(busy_files::none_in("", &left_out).into());
    }
    if let Some(name) = args
        .instead_of
        .iter()
        .find(|name| !replaced.contains(*name))
    {
        let expected = "name one with --list, and the file that replaces it";
        let error = InputError::new(
            ErrorCode::UnknownSource,
            "calendar to replace",
            name,
            expected,
        );
        let fault =
            "isn't a calendar of this plan that one of these files may be a newer version of";
        return Err(error.because(fault).into());
    }
    let findings = findings(&plan);
    let mut saved = String::new();
    if let Some(path) = &args.out {
        let save = SavePlan {
            path,
            name: "Busy times",
            replaces: args.replace,
        };
        saved = args.options.save(&plan, &save, now)?;
    }
    if args.json {
        let mut whole = json!({
            "files": read.iter().map(data).collect::<Vec<_>>(),
            "left_out": left_out,
            "findings": findings,
        });
        if args.list {
            let listed = plan.busy_sources().map(listed_data);
            whole["calendars"] = listed.collect();
        }
        print(&json::pretty(&whole))?;
    } else {
        print(&text(&args.remove, &read, &left_out, &findings))?;
        if args.list {
            print(&listed(&plan))?;
        }
    }
    let is_change = args.has_source() || !args.remove.is_empty();
    match &args.out {
        _ if args.json => Ok(()),
        Some(_) => print(&saved),
        None if !is_change => Ok(()),
        None => print("Nothing was saved. To save the plan with its busy times, add --out FILE.\n"),
    }
}

/// A calendar file, an archive of several, or the calendar at an address.
fn opened(path: &Path) -> Result<OpenedFile, InputError> {
    let text = path.to_string_lossy();
    if !FeedAddress::is_one(&text) {
        return busy_files::read(path);
    }
    let address = FeedAddress::read(&text)?;
    let limits = ArchiveLimits::default();
    let most = Limits::default().bytes;
    let bytes = address.fetch(most, RetryPolicy::default())?;
    busy_files::open(&address.host(), bytes, &limits)
}

impl BusyArgs {
    /// Whether there is a calendar to read.
    fn has_source(&self) -> bool {
        !self.files.is_empty() || self.server.is_some()
    }

    /// A calendar on a server, by its name.
    fn on_server(&self, server: &str, name: &str) -> Result<CalendarFile, Failure> {
        let server = self.login.server(server)?;
        let all = calendars(&server)?;
        let mut fitting = all.iter().filter(|calendar| calendar.is_called(name));
        match (fitting.next(), fitting.next()) {
            (Some(found), None) => Ok(CalendarFile {
                name: found.shown().to_owned(),
                bytes: web_busy::read_collection(&server, &found.address)?,
            }),
            (Some(one), Some(other)) => {
                let expected = format!(
                    "enter the last part of the address of the one you mean: {} or {}",
                    one.address, other.address
                );
                Err(InputError::new(ErrorCode::CalendarUnclear, "calendar", name, expected).into())
            }
            (None, _) => {
                let known: Vec<&str> = all.iter().map(FoundCalendar::shown).collect();
                let expected = match &known[..] {
                    [] => "the user has no calendars there".to_owned(),
                    known => format!("enter one of these: {}", known.join(", ")),
                };
                let error = InputError::new(ErrorCode::NoSuchCalendar, "calendar", name, expected);
                Err(error.because("isn't on the server").into())
            }
        }
    }

    fn import(
        &self,
        plan: &Plan,
        file: &CalendarFile,
        now: DateTime<Utc>,
    ) -> Result<Import, InputError> {
        let limits = Limits::default();
        let (Some(from), Some(until)) = (self.from, self.until) else {
            return busy::import(plan, &file.name, &file.bytes, &limits, now);
        };
        let midnight = |date: NaiveDate| plan.instant(date.and_time(NaiveTime::MIN));
        let end = until.succ_opt().unwrap_or(until);
        if until < from {
            let expected = format!("enter {from} or later");
            let last = until.to_string();
            let error = InputError::new(ErrorCode::NotARange, "last day", last, expected);
            return Err(error.because("is before the first day"));
        }
        let range = midnight(from)..midnight(end);
        let report = busy::read_for(plan, &file.bytes, range, &limits)?;
        Ok(Import::new(plan, &file.name, report))
    }

    /// The import with the learner's decision about a calendar that may be in the plan already. A
    /// file that is the only one replaces the calendar that was named, whatever is in it.
    fn decided(
        &self,
        import: Import,
        is_only: bool,
        replaced: &mut BTreeSet<String>,
    ) -> Result<Import, InputError> {
        if let (true, [name]) = (is_only, self.instead_of.as_slice()) {
            replaced.insert(name.clone());
            return Ok(import.instead_of(name));
        }
        let source = match &import.known_as {
            KnownAs::New => return Ok(import),
            KnownAs::Source(source) => {
                replaced.insert(source.clone());
                return Ok(import);
            }
            KnownAs::Perhaps { source, .. } => source.clone(),
        };
        if self.instead_of.contains(&source) {
            replaced.insert(source.clone());
            return Ok(import.instead_of(&source));
        }
        match import.question() {
            Some(question) if !self.beside => {
                let sentence = format!(
                    "{question} Add --instead-of \"{source}\" to replace it, or --beside to keep both."
                );
                Err(InputError::sentence(ErrorCode::SameCalendar, sentence))
            }
            _ => Ok(import),
        }
    }
}

/// The findings about sessions that no longer fit because of the busy times.
fn findings(plan: &Plan) -> Vec<view::Finding> {
    view::findings(plan, &current(plan))
}

fn text(
    removed: &[String],
    read: &[ReadCalendar],
    left_out: &[String],
    findings: &[view::Finding],
) -> String {
    let mut text = String::new();
    for name in removed {
        text += &format!("Removed the busy times of {name}.\n");
    }
    for calendar in read {
        let instead = calendar.instead.as_ref();
        let instead = instead.filter(|name| **name != calendar.name);
        let instead = instead.map_or(String::new(), |name| format!(", in place of {name}"));
        text += &format!("{}{instead}\n", calendar.name);
        for line in calendar.report.lines() {
            text += &format!("  {line}\n");
        }
    }
    for sentence in left_out {
        text += &format!("{sentence}\n");
    }
    for finding in findings {
        text += &format!("{}\n", finding.message);
    }
    text
}

/// The calendars of the plan, each with its report.
fn listed(plan: &Plan) -> String {
    let mut text = String::new();
    for source in plan.busy_sources() {
        let name = source.calendar.and_then(|calendar| calendar.name.as_ref());
        let name = name.map_or(String::new(), |name| format!(", “{name}”"));
        let times = words::count(source.times, "busy time");
        text += &format!("{}{name}: {times}\n", source.name);
        for line in source.calendar.iter().flat_map(|calendar| &calendar.report) {
            text += &format!("  {line}\n");
        }
    }
    if text.is_empty() {
        text += "The plan has no busy times from calendars.\n";
    }
    text
}

fn listed_data(source: BusySource) -> Value {
    json!({
        "source": source.name,
        "calendar": source.calendar.and_then(|calendar| calendar.name.as_ref()),
        "times": source.times,
        "report": source.calendar.map(|calendar| &calendar.report),
    })
}

/// Instants are in UTC.
fn data(calendar: &ReadCalendar) -> Value {
    let report = &calendar.report;
    let count = |outcome: EventOutcome| report.count(|other| *other == outcome);
    let not_understood = |entry: &EventReport| match &entry.outcome {
        EventOutcome::NotUnderstood(why) => {
            Some(json!({"line": entry.line, "summary": entry.summary, "reason": why}))
        }
        _ => None,
    };
    let corrected = |entry: &EventReport| {
        let note = entry.note.as_ref()?;
        Some(json!({"line": entry.line, "summary": entry.summary, "note": note}))
    };
    let entries = report.entries.iter();
    let occurrences = report.occurrences.iter().map(|found| {
        json!({
            "start": instant(found.start),
            "end": instant(found.end),
            "summary": report.entries.get(found.entry).map(|entry| &entry.summary),
            "taken": report.is_taken(found),
        })
    });
    let busy = report.busy();
    let busy = busy
        .iter()
        .map(|busy| json!({"start": instant(busy.start), "end": instant(busy.end)}));
    json!({
        "source": calendar.name,
        "calendar": report.name,
        "instead_of": calendar.instead,
        "from": instant(report.range.start),
        "until": instant(report.range.end),
        "taken": count(EventOutcome::Taken),
        "own": count(EventOutcome::Own),
        "free": count(EventOutcome::Free),
        "cancelled": count(EventOutcome::Cancelled),
        "declined": count(EventOutcome::Declined),
        "elsewhere": count(EventOutcome::Elsewhere),
        "replaced": count(EventOutcome::Replaced),
        "not_understood": entries.filter_map(not_understood).collect::<Vec<_>>(),
        "rules_over_bound": report.entries.iter().filter(|entry| entry.is_over_bound()).count(),
        "corrected": report.entries.iter().filter_map(corrected).collect::<Vec<_>>(),
        "unknown_zones": report.unknown_zones,
        "cut_short": report.is_cut_short,
        "occurrences": occurrences.collect::<Vec<_>>(),
        "busy": busy.collect::<Vec<_>>(),
    })
}

fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
