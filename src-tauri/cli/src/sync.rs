//! `waymark sync`: syncs a calendar on a server with a plan, in both directions.

use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use waymark_caldav::{
    Address, Calendar, FoundCalendar, GoogleClient, Password, RetryPolicy, Server, SignIn,
    calendars, create, sign_in,
};
use waymark_caldav::{Local, Reach, Stopped};
use waymark_core::calendar::sync::{Collection, DeletedAnswer, DeletedSession, SyncReport};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::{Change, Plan};
use waymark_desk::file_lock::file_lock;
use waymark_desk::plan_store::PlanStore;
use waymark_desk::storage::Audience;
use waymark_desk::sync::Sync;

use crate::events::EventOptions;
use crate::options::{generation, read_if_there};
use crate::password::{self, no_keyring};
use crate::plan_file::{WAIT, of_file};
use crate::{Failure, now, print, replace};

pub const EXAMPLES: &str = "\
Examples:
  waymark sync --plan plan.json --ledger study.ledger --address https://cloud.example.org --user ana --create --keep-password --password-stdin
      The first time: creates a calendar named after the plan, and saves the password in the system's keyring
  waymark sync --plan plan.json --ledger study.ledger --address https://cloud.example.org --user ana --dry-run
      Later: reports what changed in the calendar and what would be sent
  waymark sync --plan plan.json --ledger study.ledger --address iCloud --user ana@example.org --calendar Study
      Uses an existing calendar. iCloud, Fastmail and Yahoo need an app password
  waymark sync --plan plan.json --ledger study.ledger --address ana@fastmail.com
      Known providers need no other address: iCloud, Fastmail, mailbox.org, Posteo, GMX, WEB.DE, Yahoo
  waymark sync --plan plan.json --ledger study.ledger --address google --user ana@gmail.com --calendar Study --sign-in client.json --keep-password
      Google: signs in with your browser. docs/google.md says how to get the file
  waymark sync --address ana@fastmail.com --forget-password
      Removes the password from the keyring

If you move a session in the calendar, the plan pins it to its new time. If you delete one, you're asked what to do.

Exit codes: 0 done, 1 the server or a file failed, 2 something you entered can't be used";

#[derive(Args)]
pub struct SyncArgs {
    /// The plan file (JSON); sessions you moved in the calendar move in it
    #[arg(long, value_name = "FILE", required_unless_present = "forget_password")]
    plan: Option<PathBuf>,

    /// Record of what the calendar got; read first, and updated by the sync
    #[arg(long, value_name = "FILE", required_unless_present = "forget_password")]
    ledger: Option<PathBuf>,

    /// Use the plan even if its file was edited outside Waymark
    #[arg(long)]
    accept_edits: bool,

    /// The server's address, your mail address there, or a provider such as iCloud or Fastmail
    #[arg(long, value_name = "ADDRESS")]
    address: String,

    /// Your user name there [default: the mail address, if --address is one]
    #[arg(long, value_name = "NAME")]
    user: Option<String>,

    /// The calendar, by its name or the last part of its address [default: the last one, or one
    /// named after the plan]
    #[arg(long, value_name = "NAME")]
    calendar: Option<String>,

    /// Create the calendar if it doesn't exist
    #[arg(long)]
    create: bool,

    /// Report what changed there and what would be sent, and change nothing
    #[arg(long)]
    dry_run: bool,

    /// Only take changes from the calendar, and send nothing
    #[arg(long)]
    pull_only: bool,

    /// Treatment of sessions you deleted there
    #[arg(long, value_name = "ANSWER", default_value = "ask")]
    deleted: Deleted,

    /// Take over the events of this plan's id that the calendar has already; asked once otherwise,
    /// if the id may be another plan's too
    #[arg(long)]
    adopt: bool,

    /// Read the password from the first line of standard input [default: from the keyring, or typed
    /// at the terminal]
    #[arg(long)]
    password_stdin: bool,

    /// Sign in to Google in your browser, with the client's file (JSON) from Google's console
    #[arg(long, value_name = "FILE", conflicts_with = "password_stdin")]
    sign_in: Option<PathBuf>,

    /// Only print the address of Google's page, and open no browser
    #[arg(long, requires = "sign_in")]
    no_browser: bool,

    /// Save the password or the sign-in in the system's keyring, once the server accepts it
    #[arg(long)]
    keep_password: bool,

    /// Remove the password or the sign-in from the system's keyring, and do nothing else
    #[arg(long, conflicts_with_all = ["keep_password", "password_stdin"])]
    forget_password: bool,

    /// Seconds to wait for an answer before trying again
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=600))]
    timeout: u64,

    #[command(flatten)]
    events: EventOptions,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Deleted {
    /// List them; they stay in the plan and out of the calendar for now
    Ask,
    /// Send them again
    Restore,
    /// Leave them out of the calendar until they move; they stay in the plan
    Leave,
}

impl From<waymark_caldav::Failure> for Failure {
    fn from(failure: waymark_caldav::Failure) -> Self {
        use waymark_caldav::Failure as Server;
        match failure {
            Server::Given(_) | Server::Password | Server::SignInAgain => {
                Self::Input(failure.to_string())
            }
            failure => Self::Output(failure.to_string()),
        }
    }
}

pub fn run(args: &SyncArgs) -> Result<(), Failure> {
    let now = now()?;
    let address = Address::read(&args.address)?;
    let user = password::user(args.user.as_deref(), &address)?;
    if args.forget_password {
        Password::forget(&address, user).map_err(|why| Failure::Input(no_keyring(&why)))?;
        let host = address.host();
        let kept = match address.is_google() {
            true => "sign-in",
            false => "password",
        };
        return print(&format!(
            "Removed the {kept} of {user} for {host} from the keyring.\n"
        ));
    }
    let (Some(plan_path), Some(ledger_path)) = (&args.plan, &args.ledger) else {
        return Err(Failure::Input("add --plan and --ledger".to_owned()));
    };
    // No other program syncs by this ledger in the meantime.
    let lock = file_lock(ledger_path, WAIT)?;
    let store = of_file(plan_path).accepting_edits(args.accept_edits);
    let plan = store.document()?.plan.clone();
    let options = args.events.chosen()?;
    let mut collection = match read_if_there(ledger_path)? {
        Some(text) => Collection::from_json(&text)?,
        None => Collection::new(plan.id()).starting_at(generation(ledger_path, now)),
    };
    let password = args.password(&address, user)?;
    let patience = RetryPolicy {
        timeout: Duration::from_secs(args.timeout),
        ..RetryPolicy::default()
    };
    let server = Server::new(address.clone(), user, &password, patience)?;
    let Some(found) = args.choose(&server, &collection, &plan)? else {
        return Ok(());
    };
    if args.keep_password {
        // A calendar of the last time is not looked for, so nobody has heard the password yet.
        if args.is_of_last_time(&collection) {
            calendars(&server)?;
        }
        let kept = password.keep(&address, user);
        kept.map_err(|why| Failure::Input(no_keyring(&why)))?;
    }
    collection.settle_at(&found)?;
    let calendar = Calendar::new(&server, &found)?;
    let deleted = match args.deleted {
        Deleted::Ask => None,
        Deleted::Restore => Some(DeletedAnswer::Restore),
        Deleted::Leave => Some(DeletedAnswer::Leave),
    };
    let reach = match args.pull_only {
        true => Reach::Hear,
        false => Reach::Send,
    };
    let mut sync = Sync {
        calendar: &calendar,
        options: &options,
        reach,
        deleted,
        adopts: args.adopt,
        is_dry_run: args.dry_run,
    };
    let mut here = Here {
        plan,
        store,
        ledger_path,
    };
    let mut synced = sync.run(collection.clone(), &mut here, now);
    if let Err(stopped) = &synced.end
        && is_unsure(stopped)
        && !args.password_stdin
        && confirms(stopped)?
    {
        sync.adopts = true;
        synced = sync.run(collection, &mut here, now);
    }
    drop(lock);
    print(&told(&synced.plan, &synced.report))?;
    synced.end.map_err(|stopped| match stopped.failure {
        waymark_caldav::Failure::Emptied { .. } => Failure::Input(format!(
            "{stopped} To send them again, add --deleted restore; to leave it empty, --deleted leave."
        )),
        _ if is_unsure(&stopped) => Failure::Input(format!(
            "{stopped} If they're this plan's, add --adopt; if not, choose another calendar with --calendar."
        )),
        _ if stopped.of > 0 => Failure::Output(stopped.to_string()),
        failure => failure.into(),
    })
}

/// Whether the calendar has events that may be another plan's.
fn is_unsure(stopped: &Stopped) -> bool {
    use waymark_caldav::Failure as Server;
    matches!(&stopped.failure, Server::Given(problem) if problem.code == ErrorCode::SharedPlanId)
}

/// Asks at the terminal, if somebody is there.
fn confirms(stopped: &Stopped) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    crate::warn(&format!("{stopped} Are they this plan's? [y/N] "));
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::Input(format!("couldn't read the answer: {error}")))?;
    Ok(matches!(line.trim(), "y" | "Y" | "yes"))
}

fn told(plan: &Plan, report: &SyncReport) -> String {
    let ask = |question: &DeletedSession| {
        let question = question.sentence(plan);
        format!(
            "{question}. To send it again, add --deleted restore; to leave it out, --deleted leave."
        )
    };
    let lines = report.questions.iter().map(ask);
    let lines = lines.chain(report.lines(plan));
    lines.map(|line| line + "\n").collect()
}

impl SyncArgs {
    fn password(&self, address: &Address, user: &str) -> Result<Password, Failure> {
        if let Some(file) = &self.sign_in {
            return self.sign_in(file, address, user);
        }
        password::find(address, user, self.password_stdin)
    }

    /// Has the learner sign in to Google, in place of a password.
    fn sign_in(&self, file: &Path, address: &Address, user: &str) -> Result<Password, Failure> {
        if !address.is_google() {
            let why = "--sign-in is for Google's calendars; add --address google";
            return Err(Failure::Input(why.to_owned()));
        }
        let text = read_if_there(file)?.ok_or_else(|| {
            let file = file.display();
            Failure::Input(format!("there's no file {file}"))
        })?;
        let open = |page: &str| {
            crate::warn(&format!(
                "Sign in to Google in your browser. If it doesn't open, open this address:\n{page}\n"
            ));
            if !self.no_browser {
                // The learner has the address.
                let _ = open::that_detached(page);
            }
            Ok(())
        };
        let signed_in = sign_in(&SignIn {
            client: GoogleClient::read(&text)?,
            user,
            timeout: Duration::from_secs(self.timeout),
            open: &open,
            is_cancelled: &|| false,
        });
        Ok(signed_in?)
    }

    /// Whether the calendar is the one of the last sync, by its record.
    fn is_of_last_time(&self, collection: &Collection) -> bool {
        self.calendar.is_none() && collection.calendar().is_some()
    }

    /// The calendar's address, or `None` if a dry run would have to create it first.
    fn choose(
        &self,
        server: &Server,
        collection: &Collection,
        plan: &Plan,
    ) -> Result<Option<String>, Failure> {
        if let Some(known) = collection.calendar().filter(|_| self.calendar.is_none()) {
            return Ok(Some(known.to_owned()));
        }
        let name = self.calendar.as_deref().unwrap_or(plan.title());
        let all = calendars(server)?;
        let mut fitting = all.iter().filter(|calendar| calendar.is_called(name));
        match (fitting.next(), fitting.next()) {
            (Some(found), None) if found.is_read_only => {
                let code = ErrorCode::CalendarReadOnly;
                let error = InputError::new(code, "calendar", name, "choose another");
                Err(error.because("is read-only").into())
            }
            (Some(found), None) => Ok(Some(found.address.clone())),
            (Some(one), Some(other)) => {
                let (one, other) = (&one.address, &other.address);
                let expected = format!(
                    "enter the last part of the address of the one you mean: {one} or {other}"
                );
                Err(InputError::new(ErrorCode::CalendarUnclear, "calendar", name, expected).into())
            }
            (None, _) if self.create && self.dry_run => {
                print(&format!(
                    "Would create the calendar “{name}” and fill it.\n"
                ))?;
                Ok(None)
            }
            (None, _) if self.create => {
                let made = create(server, name)?;
                print(&format!("Created the calendar “{name}”.\n"))?;
                Ok(Some(made.address))
            }
            (None, _) => {
                let known = all.iter().filter(|calendar| !calendar.is_read_only);
                let known: Vec<&str> = known.map(FoundCalendar::shown).collect();
                let expected = match &known[..] {
                    [] => "create it with --create".to_owned(),
                    known => format!(
                        "create it with --create, or choose one with --calendar: {}",
                        known.join(", ")
                    ),
                };
                let error = InputError::new(ErrorCode::NoSuchCalendar, "calendar", name, expected);
                Err(error.because("isn't on the server").into())
            }
        }
    }
}

/// This end of a sync: the plan, and what the calendar was given.
struct Here<'a> {
    plan: Plan,
    store: PlanStore,
    ledger_path: &'a Path,
}

impl Local for Here<'_> {
    fn plan(&self) -> Plan {
        // Another program may have changed it in the meantime.
        let stored = self.store.document();
        stored.map_or_else(|_| self.plan.clone(), |stored| stored.plan.clone())
    }

    fn change(&mut self, change: Change, now: DateTime<Utc>) -> Result<(), String> {
        let changed = self
            .store
            .change(now, |document| document.changed(&[change], now));
        let changed = changed.map_err(|problem| problem.to_string())?;
        self.plan = changed.after.plan.clone();
        Ok(())
    }

    fn record(&mut self, collection: &Collection) -> Result<(), String> {
        let text = collection
            .to_json()
            .map_err(|problem| problem.to_string())?;
        replace(self.ledger_path, &text, Audience::Owner).map_err(Failure::sentence)
    }
}
