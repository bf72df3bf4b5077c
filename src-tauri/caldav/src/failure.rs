//! Why a server did not do what it was asked.

use std::fmt;

use http::StatusCode;
use libdav::dav::PutResourceParseError;
use libdav::requests::ParseResponseError;
use waymark_core::problem::Problem;

use crate::distrust::Distrust;
use waymark_core::words;

/// Why a server did not do what it was asked. Shown, it is a sentence for a person, with no password in it.
#[derive(Debug)]
pub enum Failure {
    /// Something given cannot be used.
    Given(Problem),
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
        why: Distrust,
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
    Restless,
    /// The learner stopped it.
    Cancelled,
}

impl Failure {
    /// What an answer means that is no success.
    pub(crate) fn of(status: StatusCode, body: &[u8]) -> Self {
        // RFC 4791, 5.3.2.1 and RFC 4331: some servers say it only there.
        let says = |name: &str| {
            let text = String::from_utf8_lossy(body);
            text.contains(name)
        };
        match status.as_u16() {
            401 => Self::Password,
            507 => Self::Full,
            _ if says("quota-not-exceeded") || says("sufficient-disk-space") => Self::Full,
            409 | 412 => Self::Conflict,
            _ if says("no-uid-conflict") => Self::Conflict,
            403 => Self::Forbidden,
            404 | 410 => Self::Missing,
            413 => Self::TooLarge,
            _ => Self::Answer(status),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(problem) => problem.fmt(f),
            Self::Password => f.write_str(
                "The server does not accept this user with this password. (iCloud and Fastmail want a password made for one app.)",
            ),
            Self::Forbidden => f.write_str("The server does not let this user do that."),
            Self::Missing => f.write_str("The calendar is not on the server any more."),
            Self::Conflict => f.write_str("The server has something else there already."),
            Self::Full => f.write_str("The server has no room left for this user."),
            Self::TooLarge => f.write_str("The server takes nothing that large."),
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
            Self::Restless => f.write_str(
                "The calendar goes on changing, or has events of the plan in another calendar of yours. Everything else was sent.",
            ),
            Self::Cancelled => f.write_str("It was stopped."),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Given(problem)
    }
}

impl From<Failure> for Problem {
    /// With a code for each kind of failure, and the sentence as it is.
    fn from(failure: Failure) -> Self {
        let message = failure.to_string();
        let code = match failure {
            Failure::Given(problem) => return problem,
            Failure::Password => "server-password",
            Failure::Forbidden => "server-forbids",
            Failure::Missing => "server-calendar-gone",
            Failure::Conflict => "server-conflict",
            Failure::Full => "server-full",
            Failure::TooLarge => "server-too-large",
            Failure::Unreachable { .. } => "server-unreachable",
            Failure::Elsewhere { .. } => "server-elsewhere",
            Failure::Answer(_) | Failure::Unreadable(_) => "server-answer",
            Failure::NoCalendars { .. } => "server-no-calendars",
            Failure::Unrecorded(_) => "not-saved",
            Failure::Emptied { .. } => "calendar-emptied",
            Failure::Restless => "calendar-restless",
            Failure::Cancelled => "stopped",
        };
        Self {
            message,
            ..Self::new(code, "calendar", "", "")
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
            other => Self::Unreadable(other.to_string()),
        }
    }
}
