//! Calendars that sync automatically: after each change, on start, and on a timer.
//!
//! [`Desk::next_sync`] says what is due; the program that shows the plan has one thread that asks
//! and obeys. All syncs of the window, also those that the learner asks for, go through
//! [`Desk::sync_calendar`], so that both know of each other.

use std::fs;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use waymark_caldav::{FeedAddress, Local, Password, Server};
use waymark_core::calendar::sync::Collection;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::{Change, Plan};

use crate::calendars::server::{self, Login, Outcome, Running, SyncChoice};
use crate::calendars::tracking::{Asking, CalendarsState, NextSync};
use crate::calendars::{self, Calendar, Upload, Way, live, trouble};
use crate::desk::Desk;
use crate::mutex::lock;
use crate::storage;

/// The longest pause between two looks. A computer that slept has not counted it.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

impl Desk {
    /// The calendar that is due to sync, or when the next one is.
    pub fn next_sync(&self) -> NextSync {
        let now = self.now();
        // Without the list there is nothing to sync; the window tells why when it is opened.
        let calendars = calendars::all(&self.storage, now).unwrap_or_default();
        let generation = self.document().generation;
        self.tracking.next(&calendars, generation, now)
    }

    /// Has the automatic sync thread look at the calendars again.
    pub fn look_again(&self) {
        self.alarm.ring();
    }

    /// Waits until the next sync may be due, or something has happened.
    pub fn wait_for(&self, next: &NextSync) {
        let at_most = match next {
            NextSync::Now(_) => Duration::ZERO,
            NextSync::At(due) => (*due - self.now()).to_std().unwrap_or_default(),
            NextSync::Never => LONGEST_WAIT,
        };
        self.alarm.wait(at_most.min(LONGEST_WAIT));
    }

    /// Syncs a calendar with this plan. A failure is saved with a calendar that syncs
    /// automatically. `steps` receives how many events of how many are sent.
    ///
    /// # Errors
    /// If the calendar is being synced already or isn't on a server, or no password is known
    /// (`password-needed`). Any other failure is part of the result.
    pub fn sync_calendar(
        &self,
        calendar: &Calendar,
        typed: Option<Password>,
        choice: SyncChoice,
        steps: &mut dyn FnMut(usize, usize),
    ) -> Result<Outcome, InputError> {
        let running = self.servers.begin(calendar)?;
        if choice.is_trial {
            return self.run(calendar, &running, (typed, choice), steps);
        }
        self.tracking.begun(&calendar.id);
        // The busy times that the plan has to avoid, before it is sent.
        self.refresh_web_busy();
        let result = self.run(calendar, &running, (typed, choice), steps);
        let problem = match &result {
            Ok(outcome) => outcome.problem.as_ref(),
            Err(problem) => Some(problem),
        };
        let now = self.now();
        if calendar.auto_sync {
            // The sync itself is recorded; only the bar would say what was before.
            let _ = calendars::note(&self.storage, &calendar.id, problem, now);
        }
        self.tracking
            .ended(&calendar.id, trouble::end_of(problem), now);
        self.alarm.ring();
        result
    }

    fn run(
        &self,
        calendar: &Calendar,
        running: &Running,
        (typed, choice): (Option<Password>, SyncChoice),
        steps: &mut dyn FnMut(usize, usize),
    ) -> Result<Outcome, InputError> {
        let login = Login::of(calendar).ok_or_else(|| {
            InputError::new(ErrorCode::NoServer, "calendar", &calendar.name, "")
                .because("isn't on a server")
        })?;
        let server = self.servers.server(&login, typed)?;
        if let Way::Live { path } = &calendar.way {
            return self.upload(calendar, Path::new(path), &server);
        }
        let mut here = OnDesk {
            desk: self,
            calendar,
            running,
            steps,
        };
        let there = (&server, calendar);
        server::sync(&self.storage, there, choice, &mut here, self.now())
    }

    /// Writes a live file, and puts it to its place on the web.
    fn upload(
        &self,
        calendar: &Calendar,
        path: &Path,
        server: &Server,
    ) -> Result<Outcome, InputError> {
        live::write(&self.storage, &self.plan(), calendar, self.now())?;
        self.brought_up_to_date(&calendar.id);
        let text = fs::read_to_string(path).map_err(|error| storage::unread(path, &error))?;
        let host = server.address().host();
        let put = waymark_caldav::upload(server, &text).map_err(InputError::from);
        Ok(Outcome {
            lines: match &put {
                Ok(()) => vec![format!("The file at {host} is up to date.")],
                Err(_) => Vec::new(),
            },
            questions: Vec::new(),
            problem: put.err(),
        })
    }

    /// Puts a live file to a place on the web, and has that done after each change from now on.
    ///
    /// # Errors
    /// If an address can't be used, no password is known (`password-needed`), or the file can't be
    /// put there. Nothing is changed then.
    pub fn put_live_file(
        &self,
        id: &str,
        upload: Upload,
        typed: Option<Password>,
    ) -> Result<(), InputError> {
        check_public(&upload.public)?;
        let calendar = calendars::find(&self.storage, id, self.now())?;
        let calendar = Calendar {
            upload: Some(upload.clone()),
            ..calendar
        };
        let running = self.servers.begin(&calendar)?;
        let quiet = &mut |_, _| ();
        let put = self.run(&calendar, &running, (typed, SyncChoice::default()), quiet)?;
        drop(running);
        if let Some(problem) = put.problem {
            return Err(problem);
        }
        calendars::set_upload(&self.storage, id, Some(upload), self.now())?;
        self.alarm.ring();
        Ok(())
    }

    /// Leaves the file on the web as it is, and puts it there no more.
    ///
    /// # Errors
    /// If the calendar was removed, or the list can't be saved.
    pub fn keep_live_file_here(&self, id: &str) -> Result<(), InputError> {
        calendars::set_upload(&self.storage, id, None, self.now())?;
        self.tracking.forget(id);
        self.alarm.ring();
        Ok(())
    }

    /// Syncs a calendar that is due. How it ended is in [`Desk::calendars_state`].
    pub fn auto_sync(&self, calendar: &Calendar) {
        let quiet = &mut |_, _| ();
        let synced = self.sync_calendar(calendar, None, SyncChoice::default(), quiet);
        if let Err(problem) = synced
            && problem.code == ErrorCode::UnderWay
        {
            self.tracking.ended(&calendar.id, None, self.now());
        }
    }

    /// Switches automatic sync of a calendar on or off.
    ///
    /// # Errors
    /// If the calendar was removed, or the list can't be saved.
    pub fn set_auto_sync(&self, id: &str, is_on: bool) -> Result<(), InputError> {
        calendars::set_auto_sync(&self.storage, id, is_on, self.now())?;
        self.tracking.forget(id);
        self.alarm.ring();
        Ok(())
    }

    /// Notes that the learner answered a question about a calendar.
    pub fn answered(&self, id: &str) {
        self.tracking.answered(id, self.now());
        self.alarm.ring();
    }

    /// The state of the calendars that sync automatically; `None` if there are none.
    pub fn calendars_state(&self) -> Option<CalendarsState> {
        let (plan, now) = (self.plan(), self.now());
        let calendars = calendars::all(&self.storage, now).unwrap_or_default();
        let asking = |calendar: Calendar| {
            let open = server::open_questions(&self.storage, &plan, &calendar, now);
            Asking {
                questions: open.map_or(0, |open| open.len()),
                calendar,
            }
        };
        let own = calendars.into_iter().filter(|it| it.auto_sync);
        let own: Vec<Asking> = own.map(asking).collect();
        self.tracking.state(&own, plan.zone(), now)
    }

    /// Once a day, rewrites the live files that hold the next weeks only.
    pub fn roll_live_files(&self) {
        let (plan, now) = (self.plan(), self.now());
        let today = now.with_timezone(&plan.zone()).date_naive();
        if lock(&self.rolled).replace(today) == Some(today) {
            return;
        }
        let rolls = |calendar: &Calendar| {
            let is_live = matches!(calendar.way, Way::Live { .. });
            is_live && calendar.options.weeks_ahead.is_some()
        };
        let calendars = calendars::all(&self.storage, now).unwrap_or_default();
        if calendars.iter().any(rolls) {
            let mut stale = lock(&self.stale);
            *stale = live::refresh(&self.storage, &plan, now);
        }
    }
}

/// Rejects an address to be pasted elsewhere that nobody could use. Nothing is asked from it here.
fn check_public(typed: &str) -> Result<(), InputError> {
    const LONGEST: usize = 2000;
    let is_fit = typed.len() <= LONGEST && !typed.contains(|c: char| c.is_control() || c == ' ');
    if typed.is_empty() || is_fit && FeedAddress::is_one(typed) {
        return Ok(());
    }
    let expected =
        "enter the whole address, such as https://cloud.example.org/s/study.ics, or leave it empty";
    let field = "public address";
    Err(InputError::new(
        ErrorCode::ServerAddress,
        field,
        "",
        expected,
    ))
}

/// The local side of a sync.
struct OnDesk<'a> {
    desk: &'a Desk,
    calendar: &'a Calendar,
    running: &'a Running<'a>,
    steps: &'a mut dyn FnMut(usize, usize),
}

impl Local for OnDesk<'_> {
    fn plan(&self) -> Plan {
        self.desk.plan()
    }

    fn change(&mut self, change: Change, _: DateTime<Utc>) -> Result<(), String> {
        let kept = self.desk.apply(&[change]);
        kept.map(|_| ()).map_err(|problem| problem.to_string())
    }

    fn record(&mut self, collection: &Collection) -> Result<(), String> {
        let kept = server::record(&self.desk.storage, self.calendar, collection);
        kept.map_err(|problem| problem.to_string())
    }

    fn may_go_on(&mut self, done: usize, of: usize) -> bool {
        (self.steps)(done, of);
        !self.running.is_stopped()
    }
}
