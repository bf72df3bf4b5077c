//! Busy times from calendars on the web: at an address that they are published at, or on a server.
//! They are read again on demand and with each sync. If that fails, the busy times read before
//! stay.

mod list;

use waymark_caldav::{FeedAddress, Password, RetryPolicy, Server};
use waymark_core::calendar::busy::{Limits, import};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::change::RemoveBusy;
use waymark_core::plan::{Change, Plan};

use crate::calendars::server::{Login, ServerCalendar};
use crate::calendars::trouble::Trouble;
use crate::desk::Desk;

pub use list::{WebCalendar, WebPlace, all, find};

/// The result of reading a calendar on the web.
#[derive(Debug)]
pub struct WebRead {
    /// The calendar.
    pub calendar: WebCalendar,
    /// The events imported, skipped and not understood, one sentence a line.
    pub report: Vec<String>,
    /// Something the learner should know about it.
    pub notice: Option<String>,
}

impl Desk {
    /// Whether busy times are read with this login.
    pub fn reads_busy_by(&self, login: &Login) -> bool {
        let all = all(&self.storage, self.now()).unwrap_or_default();
        all.iter().any(|calendar| match &calendar.place {
            WebPlace::Server { address, user, .. } => {
                (address, user) == (&login.address, &login.user)
            }
            WebPlace::Address { .. } => false,
        })
    }

    /// Adds a calendar that is published at an address, and reads its busy times into the plan.
    ///
    /// # Errors
    /// If the name or the address can't be used, or the calendar can't be read. Nothing is added
    /// then.
    pub fn add_web_address(&self, name: &str, typed: &str) -> Result<WebRead, InputError> {
        let name = list::free_name(&self.storage, name, self.now())?;
        let address = FeedAddress::read(typed)?;
        let answer = feed(&address)?;
        let place = WebPlace::Address {
            host: address.host(),
        };
        let mut read = self.add_web(name, place, &answer)?;
        read.notice = self.feeds.keep(&read.calendar.id, address);
        Ok(read)
    }

    /// The learner's calendars on a server, also those that they can only read.
    ///
    /// # Errors
    /// If the server can't be reached, rejects the password, or has no calendars; `password-needed`
    /// if no password is known.
    pub fn readable_calendars(
        &self,
        login: &Login,
        typed: Option<Password>,
    ) -> Result<Vec<ServerCalendar>, InputError> {
        let server = self.servers.server(login, typed)?;
        let found = waymark_caldav::calendars(&server)?;
        Ok(found.into_iter().map(ServerCalendar::from).collect())
    }

    /// Adds a calendar on a server, and reads its busy times into the plan.
    ///
    /// # Errors
    /// As [`Desk::add_web_address`]; `password-needed` if no password is known.
    pub fn add_web_server(
        &self,
        name: &str,
        (login, typed): (Login, Option<Password>),
        chosen: ServerCalendar,
    ) -> Result<WebRead, InputError> {
        let name = list::free_name(&self.storage, name, self.now())?;
        let answer = self.collection(&login, typed, &chosen.address)?;
        let place = WebPlace::Server {
            address: login.address,
            user: login.user,
            calendar: chosen.address,
        };
        self.add_web(name, place, &answer)
    }

    fn add_web(&self, name: String, place: WebPlace, answer: &[u8]) -> Result<WebRead, InputError> {
        let calendar = WebCalendar {
            id: format!("busy-{}", uuid::Uuid::new_v4()),
            source: name.clone(),
            name,
            place,
            read: self.now(),
            trouble: None,
        };
        let read = self.take_over(calendar, None, answer)?;
        let added = read.calendar.clone();
        list::change(&self.storage, self.now(), |all| all.push(added))?;
        Ok(read)
    }

    /// Reads a calendar on the web again.
    ///
    /// # Errors
    /// If it can't be read. The busy times read before stay, and the reason is saved.
    pub fn refresh_web(&self, id: &str) -> Result<WebRead, InputError> {
        let calendar = find(&self.storage, id, self.now())?;
        let answer = match &calendar.place {
            WebPlace::Address { .. } => self
                .feeds
                .address(&calendar.id, &calendar.name)
                .and_then(|address| feed(&address)),
            WebPlace::Server {
                address,
                user,
                calendar,
            } => {
                let login = Login {
                    address: address.clone(),
                    user: user.clone(),
                };
                self.collection(&login, None, calendar)
            }
        };
        let former = Some(calendar.source.as_str());
        let read = answer.and_then(|answer| self.take_over(calendar.clone(), former, &answer));
        let now = self.now();
        let kept = match &read {
            Ok(read) => WebCalendar {
                read: now,
                trouble: None,
                ..read.calendar.clone()
            },
            Err(problem) => WebCalendar {
                trouble: Some(Trouble::of(problem, calendar.trouble.as_ref(), now)),
                ..calendar
            },
        };
        list::change(&self.storage, now, |all| {
            if let Some(known) = all.iter_mut().find(|it| it.id == kept.id) {
                *known = kept;
            }
        })?;
        read
    }

    /// Reads all calendars on the web again, before a sync. A failure is saved with the calendar.
    pub fn refresh_web_busy(&self) {
        for calendar in all(&self.storage, self.now()).unwrap_or_default() {
            let _ = self.refresh_web(&calendar.id);
        }
    }

    /// Removes a calendar on the web, with its address and its busy times.
    ///
    /// # Errors
    /// If it was removed already, or that can't be saved.
    pub fn remove_web(&self, id: &str) -> Result<(), InputError> {
        let removed = find(&self.storage, id, self.now())?;
        list::change(&self.storage, self.now(), |all| {
            all.retain(|calendar| calendar.id != id);
        })?;
        self.feeds.forget(id);
        if has_source(&self.plan(), &removed.source) {
            let source = removed.source;
            self.apply(&[Change::DropBusy(RemoveBusy { source })])?;
        }
        Ok(())
    }

    /// Takes the busy times of an answer into the plan, unless it has them already. `former` is the
    /// name that this calendar's times have there.
    fn take_over(
        &self,
        calendar: WebCalendar,
        former: Option<&str>,
        answer: &[u8],
    ) -> Result<WebRead, InputError> {
        let (plan, now) = (self.plan(), self.now());
        let limits = Limits::default();
        let mut read = import(&plan, &calendar.name, answer, &limits, now)?;
        let former = former.filter(|former| has_source(&plan, former));
        if let Some(former) = former {
            read.change.instead = Some(former.to_owned());
        }
        let (report, busy) = (read.report.lines(), read.report.busy());
        let is_known = plan
            .busy_by_source()
            .any(|(name, known)| name.is_some() && name == former && known == busy);
        let source = if is_known {
            calendar.source.clone()
        } else {
            self.apply(&[Change::Busy(read.change.clone())])?;
            read.change.name_in(&self.plan()).to_owned()
        };
        Ok(WebRead {
            calendar: WebCalendar { source, ..calendar },
            report,
            notice: None,
        })
    }

    /// All events of a calendar on a server.
    fn collection(
        &self,
        login: &Login,
        typed: Option<Password>,
        calendar: &str,
    ) -> Result<Vec<u8>, InputError> {
        let server = self.servers.server(login, typed)?;
        read_collection(&server, calendar)
    }
}

/// All events of a calendar on a server, as the text of one calendar.
///
/// # Errors
/// If the server can't be reached, rejects the password, or has too much there.
pub fn read_collection(server: &Server, calendar: &str) -> Result<Vec<u8>, InputError> {
    let there = waymark_caldav::Calendar::new(server, calendar)?;
    let listed = there.list()?;
    let hrefs: Vec<String> = listed.into_iter().map(|place| place.href).collect();
    let most = Limits::default().bytes;
    let mut bytes = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".to_vec();
    for fetched in there.fetch(&hrefs)? {
        let text = fetched.text.unwrap_or_default();
        if bytes.len() + text.len() > most {
            let large = format!("the calendar is larger than {} MB", most >> 20);
            return Err(InputError::sentence(ErrorCode::CalendarTooLarge, large));
        }
        bytes.extend_from_slice(text.trim_end().as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    Ok(bytes)
}

fn feed(address: &FeedAddress) -> Result<Vec<u8>, InputError> {
    address.fetch(Limits::default().bytes, RetryPolicy::default())
}

fn has_source(plan: &Plan, name: &str) -> bool {
    plan.busy_sources().any(|source| source.name == name)
}
