//! Calendars on a server (CalDAV): finding them, and syncing with them.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_caldav::{Address, FoundCalendar, Local, Password, Reach, RetryPolicy, Server};
use waymark_core::calendar::event::EventKind;
use waymark_core::calendar::export::CalendarContents;
use waymark_core::calendar::sync::{self, Collection, DeletedAnswer};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::Plan;
use waymark_core::schedule::current;
use waymark_core::words;

use super::{Calendar, Way, ledgers};
use crate::mutex::lock;
use crate::storage::Storage;
use crate::sync::Sync;

/// A server, and the learner's user name there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Login {
    /// The server's address.
    pub address: String,
    /// The learner's user name there.
    pub user: String,
}

/// A calendar on a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ServerCalendar {
    /// The address, as the server writes it.
    pub address: String,
    /// Its name there, or the last part of its address.
    pub name: String,
}

/// A session that the learner deleted in their calendar, to decide about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Question {
    /// The kind of event.
    about: EventKind,
    /// The id of the session, week, phase or outcome.
    id: String,
    /// Its start, in seconds since 1970.
    start: i64,
    /// A sentence with its title and time.
    message: String,
}

/// The result of a sync.
#[derive(Debug)]
pub struct Outcome {
    /// The changes found and sent, one sentence a line.
    pub lines: Vec<String>,
    /// The questions that the learner must decide.
    pub questions: Vec<Question>,
    /// Why it stopped, if it did.
    pub problem: Option<InputError>,
}

/// The state of servers while the program runs: passwords, and running syncs.
#[derive(Debug, Default)]
pub struct Servers {
    pub(super) passwords: Mutex<HashMap<(String, String), Password>>,
    under_way: Mutex<BTreeMap<String, Arc<AtomicBool>>>,
    /// The sign-in under way; it ends when this is set.
    pub(super) signing_in: Mutex<Arc<AtomicBool>>,
}

/// A running sync. It ends when this is dropped.
#[derive(Debug)]
pub struct Running<'a> {
    servers: &'a Servers,
    id: String,
    is_stopped: Arc<AtomicBool>,
}

impl Servers {
    /// Marks a calendar as being synced.
    ///
    /// # Errors
    /// If it already is.
    pub fn begin(&self, calendar: &Calendar) -> Result<Running<'_>, InputError> {
        let mut under_way = lock(&self.under_way);
        if under_way.contains_key(&calendar.id) {
            let (name, expected) = (&calendar.name, "wait until that is done");
            let error = InputError::new(ErrorCode::UnderWay, "calendar", name, expected);
            return Err(error.because("is already syncing"));
        }
        let is_stopped = Arc::new(AtomicBool::new(false));
        under_way.insert(calendar.id.clone(), Arc::clone(&is_stopped));
        Ok(Running {
            servers: self,
            id: calendar.id.clone(),
            is_stopped,
        })
    }

    /// Stops the sync of a calendar, if there is one, after its current step.
    pub fn stop(&self, id: &str) {
        if let Some(is_stopped) = lock(&self.under_way).get(id) {
            is_stopped.store(true, Ordering::Relaxed);
        }
    }

    /// The server, with the password given, the one given before, or the one in the keyring.
    ///
    /// # Errors
    /// If the address or user can't be used; `password-needed` if no password is known, or
    /// `sign-in-needed` if it is Google's.
    pub fn server(&self, login: &Login, typed: Option<Password>) -> Result<Server, InputError> {
        let address = Address::read(&login.address)?;
        // Google takes a sign-in only: a password typed for it is sent to nobody.
        let typed = typed.filter(|typed| !typed.is_empty() && !address.is_google());
        let (password, is_known) = match typed {
            Some(typed) => (typed, true),
            None => (self.known(&address, login)?, false),
        };
        let server = Server::new(address, &login.user, &password, RetryPolicy::default())?;
        if is_known {
            lock(&self.passwords).insert(key(login), password);
        }
        Ok(server)
    }

    fn known(&self, address: &Address, login: &Login) -> Result<Password, InputError> {
        if let Some(password) = lock(&self.passwords).get(&key(login)) {
            return Ok(password.clone());
        }
        let kept = Password::kept(address, &login.user).ok().flatten();
        kept.ok_or_else(|| {
            if address.is_google() {
                let sentence = format!("Sign in to Google as “{}”.", words::one_line(&login.user));
                return InputError::sentence(ErrorCode::SignInNeeded, sentence);
            }
            let user = words::one_line(&login.user);
            let sentence = format!("Enter the password of “{user}” at {}.", address.host());
            InputError::sentence(ErrorCode::PasswordNeeded, sentence)
        })
    }

    /// Stores the last password in the system's keyring.
    ///
    /// # Errors
    /// If there is no usable keyring: the system's reason.
    pub fn keep(&self, login: &Login) -> Result<(), InputError> {
        let address = Address::read(&login.address)?;
        let Some(password) = lock(&self.passwords).get(&key(login)).cloned() else {
            return Ok(());
        };
        password.keep(&address, &login.user).map_err(|why| {
            let sentence = format!(
                "The system's keyring cannot keep the password ({why}): Waymark asks for it each time it was started."
            );
            InputError::sentence(ErrorCode::NoKeyring, sentence)
        })
    }

    /// Forgets the password, and removes it from the keyring.
    pub fn forget(&self, login: &Login) {
        lock(&self.passwords).remove(&key(login));
        if let Ok(address) = Address::read(&login.address) {
            // Without a keyring there's nothing to remove.
            let _ = Password::forget(&address, &login.user);
        }
    }
}

impl Running<'_> {
    /// Whether the learner stopped it.
    pub fn is_stopped(&self) -> bool {
        self.is_stopped.load(Ordering::Relaxed)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        lock(&self.servers.under_way).remove(&self.id);
    }
}

impl Login {
    /// A calendar's login; `None` if it isn't on a server.
    pub fn of(calendar: &Calendar) -> Option<Self> {
        match &calendar.way {
            Way::Server { address, user, .. } => Some(Self {
                address: address.clone(),
                user: user.clone(),
            }),
            Way::Files | Way::Live { .. } => calendar.upload.as_ref().map(|upload| Self {
                address: upload.address.clone(),
                user: upload.user.clone(),
            }),
        }
    }
}

/// The learner's calendars on a server, without read-only ones.
///
/// # Errors
/// If the server can't be reached, rejects the password, or has no calendars.
pub fn calendars(server: &Server) -> Result<Vec<ServerCalendar>, InputError> {
    let found = waymark_caldav::calendars(server)?;
    let found = found.into_iter().filter(|it| !it.is_read_only);
    Ok(found.map(ServerCalendar::from).collect())
}

/// Creates a calendar on a server.
///
/// # Errors
/// As [`calendars`], or if the server doesn't create it.
pub fn create(server: &Server, name: &str) -> Result<ServerCalendar, InputError> {
    Ok(waymark_caldav::create(server, name)?.into())
}

impl From<FoundCalendar> for ServerCalendar {
    fn from(found: FoundCalendar) -> Self {
        let name = match found.name.as_str() {
            "" => found.address.trim_end_matches('/').rsplit('/').next(),
            name => Some(name),
        };
        Self {
            name: name.unwrap_or_default().to_owned(),
            address: found.address,
        }
    }
}

/// The learner's decisions about a sync before it starts.
#[derive(Debug, Clone, Copy, Default)]
pub struct SyncChoice {
    /// Whether to find out what it would do, and change nothing.
    pub is_trial: bool,
    /// The answer about sessions that were deleted there; `None` to ask.
    pub deleted: Option<DeletedAnswer>,
    /// Whether events in the calendar with the plan's id are this plan's for certain.
    pub adopts: bool,
}

/// Syncs a calendar with the plan of `local`.
///
/// # Errors
/// If the ledger can't be read, or the calendar isn't on a server.
pub fn sync(
    storage: &Storage,
    (server, calendar): (&Server, &Calendar),
    choice: SyncChoice,
    local: &mut impl Local,
    now: DateTime<Utc>,
) -> Result<Outcome, InputError> {
    let plan = local.plan();
    // No other program syncs this calendar in the meantime.
    let _lock = ledgers::lock(storage, calendar)?;
    let collection = ledgers::collection(storage, calendar, &plan, now)?;
    let address = collection.calendar().unwrap_or_default();
    let there = waymark_caldav::Calendar::new(server, address)?;
    let sync = Sync {
        calendar: &there,
        options: &calendar.options,
        reach: Reach::Send,
        deleted: choice.deleted,
        adopts: choice.adopts,
        is_dry_run: choice.is_trial,
    };
    let synced = sync.run(collection, local, now);
    Ok(Outcome {
        lines: synced.report.lines(&synced.plan),
        questions: questions(&synced.report.questions, &synced.plan),
        problem: synced.end.err().map(InputError::from),
    })
}

/// Saves the record of a calendar, as confirmed by the server.
///
/// # Errors
/// If it can't be saved.
pub fn record(
    storage: &Storage,
    calendar: &Calendar,
    collection: &Collection,
) -> Result<(), InputError> {
    ledgers::save(storage, calendar, collection)
}

/// The sessions deleted in a calendar that the learner hasn't decided about.
///
/// # Errors
/// If the ledger can't be read, or the options can't be used.
pub fn open_questions(
    storage: &Storage,
    plan: &Plan,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Result<Vec<Question>, InputError> {
    let collection = ledgers::collection(storage, calendar, plan, now)?;
    Ok(questions(&asked(&collection, plan, calendar)?, plan))
}

/// Decides about a session that was deleted in a calendar. The next sync acts on it.
///
/// # Errors
/// As [`open_questions`], or if the decision can't be saved.
pub fn answer(
    storage: &Storage,
    plan: &Plan,
    (calendar, question, answer): (&Calendar, &Question, DeletedAnswer),
    now: DateTime<Utc>,
) -> Result<Vec<Question>, InputError> {
    let _lock = ledgers::lock(storage, calendar)?;
    let mut collection = ledgers::collection(storage, calendar, plan, now)?;
    let mut open = asked(&collection, plan, calendar)?;
    // If it's gone, the plan moved it, or it was answered.
    if let Some(at) = open.iter().position(|asked| question.is(asked)) {
        collection.answer(&open.remove(at), answer);
        ledgers::save(storage, calendar, &collection)?;
    }
    Ok(questions(&open, plan))
}

fn asked(
    collection: &Collection,
    plan: &Plan,
    calendar: &Calendar,
) -> Result<Vec<sync::DeletedSession>, InputError> {
    let schedule = current(plan);
    let agenda = CalendarContents::new(plan, &schedule, &calendar.options)?;
    Ok(collection.questions(&agenda))
}

fn questions(asked: &[sync::DeletedSession], plan: &Plan) -> Vec<Question> {
    let question = |asked: &sync::DeletedSession| Question {
        about: asked.key.kind,
        id: asked.key.id.to_string(),
        start: asked.when.start,
        message: asked.sentence(plan),
    };
    asked.iter().map(question).collect()
}

impl Question {
    fn is(&self, asked: &sync::DeletedSession) -> bool {
        (self.about, self.start) == (asked.key.kind, asked.when.start) && *self.id == *asked.key.id
    }
}

pub(super) fn key(login: &Login) -> (String, String) {
    (login.address.clone(), login.user.clone())
}
