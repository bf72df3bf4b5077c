//! Calendars on a server (CalDAV): finding them, and syncing with them.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use waymark_caldav::{Address, Found, Local, Password, Patience, Reach, Server};
use waymark_core::calendar::export::{Agenda, Matter};
use waymark_core::calendar::sync::{self, Answer, Collection};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::Plan;
use waymark_core::schedule::current;
use waymark_core::words;

use super::{Calendar, Way, ledgers};
use crate::mutex::lock;
use crate::storage::Storage;
use crate::sync::Sync;

/// A server, and who the learner is there.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Login {
    /// The server's address.
    pub address: String,
    /// The learner's name there.
    pub user: String,
}

/// A calendar that a server has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct ServerCalendar {
    /// Its address.
    pub address: String,
    /// What it is called there, or the last part of its address.
    pub name: String,
}

/// A session that the learner deleted in their calendar, and has to decide about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct Question {
    /// What sort of thing it is about.
    about: Matter,
    /// The id of that.
    id: String,
    /// When it would be, in seconds since 1970.
    start: i64,
    /// What was deleted, and when it would be.
    message: String,
}

/// What came of a sync.
#[derive(Debug)]
pub struct Outcome {
    /// What was met and sent, a sentence a line.
    pub lines: Vec<String>,
    /// What the learner has to decide about.
    pub questions: Vec<Question>,
    /// Why it did not go through.
    pub problem: Option<InputError>,
}

/// What is known of servers as long as the program runs: passwords, and which syncs are under way.
#[derive(Debug, Default)]
pub struct Servers {
    passwords: Mutex<HashMap<(String, String), Password>>,
    under_way: Mutex<BTreeMap<String, Arc<AtomicBool>>>,
}

/// A sync under way: ends when it is dropped.
#[derive(Debug)]
pub struct Running<'a> {
    servers: &'a Servers,
    id: String,
    is_stopped: Arc<AtomicBool>,
}

impl Servers {
    /// Marks that a calendar is being synced.
    ///
    /// # Errors
    /// It is already.
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

    /// Has the sync of a calendar end after the step it is at, if there is one.
    pub fn stop(&self, id: &str) {
        if let Some(is_stopped) = lock(&self.under_way).get(id) {
            is_stopped.store(true, Ordering::Relaxed);
        }
    }

    /// The server, by the password given, or the one given before, or the one that the keyring has.
    ///
    /// # Errors
    /// An address or user that cannot be used; `password-needed` where no password is known.
    pub fn server(&self, login: &Login, typed: Option<&str>) -> Result<Server, InputError> {
        let address = Address::read(&login.address)?;
        let (password, is_known) = match typed.filter(|typed| !typed.is_empty()) {
            Some(typed) => (Password::new(typed), true),
            None => (self.known(&address, login)?, false),
        };
        let server = Server::new(address, &login.user, &password, Patience::default())?;
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
            let user = words::one_line(&login.user);
            let sentence = format!("Enter the password of “{user}” at {}.", address.host());
            InputError::sentence(ErrorCode::PasswordNeeded, sentence)
        })
    }

    /// Has the system's keyring keep the password that was given last.
    ///
    /// # Errors
    /// There is none to be used, as the system names it.
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

    /// Forgets the password, and has the keyring forget it.
    pub fn forget(&self, login: &Login) {
        lock(&self.passwords).remove(&key(login));
        if let Ok(address) = Address::read(&login.address) {
            // Where there is no keyring, there is nothing to forget.
            let _ = Password::forget(&address, &login.user);
        }
    }
}

impl Running<'_> {
    /// Whether the learner wants it to end.
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
    /// The one of a calendar; none of one that is on no server.
    pub fn of(calendar: &Calendar) -> Option<Self> {
        match &calendar.way {
            Way::Server { address, user, .. } => Some(Self {
                address: address.clone(),
                user: user.clone(),
            }),
            Way::Files | Way::Live { .. } => None,
        }
    }
}

/// The learner's calendars on a server, but for those that can only be looked at.
///
/// # Errors
/// The server cannot be reached, refuses the password, or is none of calendars.
pub fn calendars(server: &Server) -> Result<Vec<ServerCalendar>, InputError> {
    let found = waymark_caldav::calendars(server)?;
    let found = found.into_iter().filter(|it| !it.is_read_only);
    Ok(found.map(ServerCalendar::from).collect())
}

/// Makes a calendar on a server.
///
/// # Errors
/// As [`calendars`], or where the server does not make it.
pub fn create(server: &Server, name: &str) -> Result<ServerCalendar, InputError> {
    Ok(waymark_caldav::create(server, name)?.into())
}

impl From<Found> for ServerCalendar {
    fn from(found: Found) -> Self {
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

/// Syncs a calendar with the plan of `local`, which also says what becomes of it here. Where `is_trial`, says what that would do, and
/// changes nothing.
///
/// # Errors
/// A ledger that cannot be read, or a calendar that is on no server.
pub fn sync(
    storage: &Storage,
    (server, calendar): (&Server, &Calendar),
    (is_trial, deleted): (bool, Option<Answer>),
    local: &mut impl Local,
    now: DateTime<Utc>,
) -> Result<Outcome, InputError> {
    let plan = local.plan();
    let collection = ledgers::collection(storage, calendar, &plan, now)?;
    let address = collection.calendar().unwrap_or_default();
    let there = waymark_caldav::Calendar::new(server, address)?;
    let sync = Sync {
        calendar: &there,
        options: &calendar.options,
        reach: Reach::Send,
        deleted,
        is_dry_run: is_trial,
    };
    let synced = sync.run(collection, local, now);
    Ok(Outcome {
        lines: synced.report.lines(&synced.plan),
        questions: questions(&synced.report.questions, &synced.plan),
        problem: synced.end.err().map(InputError::from),
    })
}

/// Keeps what a calendar was given, as the server confirmed it.
///
/// # Errors
/// A disk that does not take it.
pub fn record(
    storage: &Storage,
    calendar: &Calendar,
    collection: &Collection,
) -> Result<(), InputError> {
    ledgers::save(storage, calendar, collection)
}

/// What the learner has not decided yet about sessions that they deleted in a calendar.
///
/// # Errors
/// A ledger that cannot be read, or options that cannot be used.
pub fn open_questions(
    storage: &Storage,
    plan: &Plan,
    calendar: &Calendar,
    now: DateTime<Utc>,
) -> Result<Vec<Question>, InputError> {
    let collection = ledgers::collection(storage, calendar, plan, now)?;
    Ok(questions(&asked(&collection, plan, calendar)?, plan))
}

/// Decides about a session that was deleted in a calendar. Nothing is sent before the next sync.
///
/// # Errors
/// As [`open_questions`], or a disk that does not take it.
pub fn answer(
    storage: &Storage,
    plan: &Plan,
    (calendar, question, answer): (&Calendar, &Question, Answer),
    now: DateTime<Utc>,
) -> Result<Vec<Question>, InputError> {
    let mut collection = ledgers::collection(storage, calendar, plan, now)?;
    let mut open = asked(&collection, plan, calendar)?;
    // One that is not there any more was moved by the plan, or answered.
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
) -> Result<Vec<sync::Question>, InputError> {
    let schedule = current(plan);
    let agenda = Agenda::new(plan, &schedule, &calendar.options)?;
    Ok(collection.questions(&agenda))
}

fn questions(asked: &[sync::Question], plan: &Plan) -> Vec<Question> {
    let question = |asked: &sync::Question| Question {
        about: asked.key.about,
        id: asked.key.id.clone(),
        start: asked.when.start,
        message: asked.sentence(plan),
    };
    asked.iter().map(question).collect()
}

impl Question {
    fn is(&self, asked: &sync::Question) -> bool {
        (self.about, self.start) == (asked.key.about, asked.when.start) && self.id == asked.key.id
    }
}

fn key(login: &Login) -> (String, String) {
    (login.address.clone(), login.user.clone())
}
