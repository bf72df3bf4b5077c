//! Why a server did not do what it was asked.

use std::fmt;

use http::{StatusCode, Uri};
use libdav::dav::PutResourceParseError;
use libdav::requests::ParseResponseError;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::words;

use crate::tls_error::TlsError;

/// Why a server did not do what it was asked. Shown, it is a sentence for a person, with no password in it.
#[derive(Debug)]
pub enum Failure {
    /// Something given cannot be used.
    Given(InputError),
    /// User or password was refused.
    Password,
    /// The user may not do that.
    Forbidden,
    /// It is not there.
    Missing,
    /// It is another than was thought: changed meanwhile, or there already.
    Conflict,
    /// The server has no room left.
    Full,
    /// It is too much for the server.
    TooLarge,
    /// It lies before or after the time that the server keeps events of.
    OutOfTime,
    /// The calendar is one for something else, such as tasks.
    NoEvents,
    /// The server finds something wrong with the event.
    Unaccepted,
    /// The server asks to be left alone for now.
    Busy {
        /// For so many seconds, where it says that.
        seconds: Option<u64>,
    },
    /// No answer came, though it was asked several times.
    Unreachable {
        /// The server.
        host: String,
        /// What happened.
        why: String,
    },
    /// It is not known to be the server that it says it is, and was told nothing.
    Untrusted {
        /// The server.
        host: String,
        /// What is wrong with its certificate.
        why: TlsError,
    },
    /// It refers to another server, which was not given the password.
    Elsewhere {
        /// The address that it names.
        address: String,
    },
    /// It answered with something that means nothing here.
    Answer(StatusCode),
    /// What it answered cannot be read.
    Unreadable(String),
    /// Nothing there is a calendar server.
    NoCalendars {
        /// The server.
        host: String,
    },
    /// What the server has done could not be noted here.
    Unrecorded(String),
    /// The calendar has nothing of the plan any more that lies ahead.
    Emptied {
        /// How many events that are.
        events: usize,
    },
    /// Something was changed there in every round.
    TooManyConflicts,
    /// The learner stopped it.
    Cancelled,
}

impl Failure {
    /// What an answer means that is no success.
    pub(crate) fn of(status: StatusCode, body: &[u8]) -> Self {
        // The preconditions of RFC 4791 (5.3.2.1), RFC 4331 and RFC 3744: some servers say it only there.
        let text = String::from_utf8_lossy(body);
        let says = |names: &[&str]| names.iter().any(|name| text.contains(name));
        match status.as_u16() {
            401 => Self::Password,
            507 => Self::Full,
            _ if says(&["quota-not-exceeded", "sufficient-disk-space"]) => Self::Full,
            _ if says(&["max-resource-size"]) => Self::TooLarge,
            _ if says(&["min-date-time", "max-date-time"]) => Self::OutOfTime,
            _ if says(&["supported-calendar-component"]) => Self::NoEvents,
            _ if says(&["valid-calendar-", "supported-calendar-data"]) => Self::Unaccepted,
            409 | 412 => Self::Conflict,
            _ if says(&["no-uid-conflict", "resource-must-be-null"]) => Self::Conflict,
            403 => Self::Forbidden,
            404 | 410 => Self::Missing,
            413 => Self::TooLarge,
            429 | 503 => Self::Busy { seconds: None },
            _ => Self::Answer(status),
        }
    }

    /// What went wrong on the way there.
    pub(crate) fn on_the_way(to: &Uri, error: &ureq::Error) -> Self {
        let host = to.host().unwrap_or_default().to_owned();
        match TlsError::of(error) {
            Some(why) => Self::Untrusted { host, why },
            None => Self::Unreachable {
                host,
                why: error.to_string(),
            },
        }
    }

    /// The kind of failure, for programs.
    pub(crate) fn code(&self) -> ErrorCode {
        match self {
            Self::Given(error) => error.code,
            Self::Password => ErrorCode::ServerPassword,
            Self::Forbidden => ErrorCode::ServerForbids,
            Self::Missing => ErrorCode::ServerCalendarGone,
            Self::Conflict => ErrorCode::ServerConflict,
            Self::Full => ErrorCode::ServerFull,
            Self::TooLarge => ErrorCode::ServerTooLarge,
            Self::OutOfTime => ErrorCode::ServerOutOfTime,
            Self::NoEvents => ErrorCode::ServerNoEvents,
            Self::Unaccepted => ErrorCode::ServerUnaccepted,
            Self::Busy { .. } => ErrorCode::ServerBusy,
            Self::Untrusted { .. } => ErrorCode::ServerUntrusted,
            Self::Unreachable { .. } => ErrorCode::ServerUnreachable,
            Self::Elsewhere { .. } => ErrorCode::ServerElsewhere,
            Self::Answer(_) | Self::Unreadable(_) => ErrorCode::ServerAnswer,
            Self::NoCalendars { .. } => ErrorCode::ServerNoCalendars,
            Self::Unrecorded(_) => ErrorCode::NotSaved,
            Self::Emptied { .. } => ErrorCode::CalendarEmptied,
            Self::TooManyConflicts => ErrorCode::CalendarRestless,
            Self::Cancelled => ErrorCode::Stopped,
        }
    }

    /// It is about the one event: others may well be taken.
    pub(crate) fn is_of_the_event(&self) -> bool {
        matches!(self, Self::TooLarge | Self::OutOfTime | Self::Unaccepted)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(problem) => problem.fmt(f),
            Self::Password => f.write_str(
                "The server does not accept this user with this password. (iCloud, Fastmail and Yahoo want a password made for one app.)",
            ),
            Self::Forbidden => f.write_str(
                "The server does not let this user do that: it may be a calendar that one can only look at.",
            ),
            Self::Missing => f.write_str("The calendar is not on the server any more."),
            Self::Conflict => f.write_str("The server has something else there already."),
            Self::Full => f.write_str("The server has no room left for this user."),
            Self::TooLarge => f.write_str("The server takes no events that large: shorter notes help."),
            Self::OutOfTime => f.write_str(
                "The server keeps no events that long ago or that far ahead, and did not take those of the plan.",
            ),
            Self::NoEvents => f.write_str(
                "That calendar takes no events (it may be one for tasks): choose another.",
            ),
            Self::Unaccepted => f.write_str("The server finds something wrong with an event of the plan, and did not take it."),
            Self::Busy { seconds } => {
                f.write_str("The server is busy, or being looked after: try again ")?;
                match seconds {
                    None => f.write_str("later."),
                    Some(0..=90) => f.write_str("in a minute."),
                    Some(seconds @ 91..=5400) => write!(f, "in {} minutes.", seconds.div_ceil(60)),
                    Some(seconds) => write!(f, "in {}.", words::count(usize::try_from(seconds.div_ceil(3600)).unwrap_or(usize::MAX), "hour")),
                }
            }
            Self::Unreachable { host, why } => {
                write!(f, "{host} does not answer: {why}.")
            }
            Self::Untrusted { host, why } => write!(f, "{host} {why} It was told nothing."),
            Self::Elsewhere { address } => write!(
                f,
                "The server refers to {address}. Give that as the address if you trust it with your password."
            ),
            Self::Answer(status) => write!(f, "The server answered “{status}”."),
            Self::Unreadable(why) => write!(f, "The server's answer cannot be read: {why}."),
            Self::NoCalendars { host } => write!(
                f,
                "{host} does not say where it keeps calendars (CalDAV): check the address."
            ),
            Self::Unrecorded(why) => f.write_str(why),
            Self::Emptied { events } => {
                let events = words::count(*events, "event");
                write!(f, "The calendar has none of the {events} any more that lie ahead.")
            }
            Self::TooManyConflicts => f.write_str(
                "The calendar goes on changing, or has events of the plan in another calendar of yours. Everything else was sent.",
            ),
            Self::Cancelled => f.write_str("It was stopped."),
        }
    }
}

impl std::error::Error for Failure {}

impl From<InputError> for Failure {
    fn from(problem: InputError) -> Self {
        Self::Given(problem)
    }
}

impl From<Failure> for InputError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Given(error) => error,
            other => Self::sentence(other.code(), other.to_string()),
        }
    }
}

impl From<ParseResponseError> for Failure {
    fn from(error: ParseResponseError) -> Self {
        match error {
            ParseResponseError::BadStatusCode(status) => Self::of(status, &[]),
            other => Self::Unreadable(other.to_string()),
        }
    }
}

impl From<PutResourceParseError> for Failure {
    fn from(error: PutResourceParseError) -> Self {
        match error {
            PutResourceParseError::BadStatusCode(status) => Self::of(status, &[]),
            PutResourceParseError::PreconditionFailed(_) => Self::NoEvents,
            other => Self::Unreadable(other.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the learner reads, whatever a server has for a reason.
    #[test]
    fn refusals_in_words() {
        let answers = [
            (401, ""),
            (403, ""),
            (403, "<D:error><D:need-privileges/></D:error>"),
            (403, "<D:error><D:quota-not-exceeded/></D:error>"),
            (403, "<D:error><C:max-resource-size/></D:error>"),
            (403, "<D:error><C:min-date-time/></D:error>"),
            (409, "<D:error><C:max-date-time/></D:error>"),
            (403, "<D:error><C:supported-calendar-component/></D:error>"),
            (403, "<D:error><C:valid-calendar-data/></D:error>"),
            (415, "<D:error><C:supported-calendar-data/></D:error>"),
            (403, "<D:error><C:no-uid-conflict/></D:error>"),
            (403, "<D:error><D:resource-must-be-null/></D:error>"),
            (404, ""),
            (409, ""),
            (410, ""),
            (412, ""),
            (413, ""),
            (418, ""),
            (429, ""),
            (500, ""),
            (503, ""),
            (507, ""),
        ];
        let lines = answers.map(|(status, body)| {
            let code = StatusCode::from_u16(status).unwrap();
            format!(
                "{status} {body}\n  {}\n",
                Failure::of(code, body.as_bytes())
            )
        });
        let waits = [5, 91, 600, 5401, 90_000].map(|seconds| {
            let busy = Failure::Busy {
                seconds: Some(seconds),
            };
            format!("503 for {seconds} s\n  {busy}\n")
        });
        insta::assert_snapshot!([lines.concat(), waits.concat()].concat());
    }
}
