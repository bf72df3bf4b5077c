//! Failures of a server's requests.

use std::fmt;

use http::{StatusCode, Uri};
use libdav::dav::PutResourceParseError;
use libdav::requests::ParseResponseError;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::words;

use crate::tls_error::TlsError;

/// The reason why a request to a server failed. Its `Display` is a sentence for the learner,
/// without any password.
#[derive(Debug)]
pub enum Failure {
    /// The input cannot be used.
    Given(InputError),
    /// User or password was rejected.
    Password,
    /// Google no longer accepts the sign-in, or there was none.
    SignInAgain,
    /// The user lacks the right.
    Forbidden,
    /// It does not exist.
    Missing,
    /// It is in another state than expected: changed in between, or there already.
    Conflict,
    /// The server has no space left.
    Full,
    /// It is too large for the server.
    TooLarge,
    /// It is outside the period for which the server accepts events.
    OutOfTime,
    /// The calendar is for something else, such as tasks.
    NoEvents,
    /// The server rejects the event as invalid.
    Unaccepted,
    /// Its text on the server is no calendar with this event, so nothing can be written into it.
    Illegible,
    /// The server asks for a pause.
    Busy {
        /// Length of the pause in seconds, if the server names it.
        seconds: Option<u64>,
    },
    /// No answer after several attempts.
    Unreachable {
        /// The host that was asked.
        host: String,
        /// The reason, as the end of a sentence.
        why: String,
    },
    /// The server's identity could not be verified, so nothing was sent.
    Untrusted {
        /// The host that was asked.
        host: String,
        /// The fault of its certificate.
        why: TlsError,
    },
    /// It redirects to another server, which did not get the password.
    Elsewhere {
        /// The target of the redirect.
        address: String,
    },
    /// It answered with an unexpected status.
    Answer(StatusCode),
    /// Its answer could not be parsed.
    Unreadable(String),
    /// The address has no calendar server.
    NoCalendars {
        /// The host that was asked.
        host: String,
    },
    /// The server's changes could not be recorded.
    Unrecorded(String),
    /// The calendar has none of the plan's future events any more.
    Emptied {
        /// Number of these events.
        events: usize,
    },
    /// Something was changed on the server in every round.
    TooManyConflicts,
    /// The learner stopped it.
    Cancelled,
}

impl Failure {
    /// The failure that an unsuccessful answer stands for.
    pub(crate) fn of(status: StatusCode, body: &[u8]) -> Self {
        // The preconditions of RFC 4791 (5.3.2.1), RFC 4331 and RFC 3744: some servers give the
        // reason only there.
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

    /// The failure for an error of the connection.
    pub(crate) fn on_the_way(to: &Uri, error: &ureq::Error) -> Self {
        Self::of_connection(to.host().unwrap_or_default(), error)
    }

    /// The same, for a connection to this host.
    pub(crate) fn of_connection(host: &str, error: &ureq::Error) -> Self {
        let host = host.to_owned();
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
            Self::SignInAgain => ErrorCode::SignInNeeded,
            Self::Forbidden => ErrorCode::ServerForbids,
            Self::Missing => ErrorCode::ServerCalendarGone,
            Self::Conflict => ErrorCode::ServerConflict,
            Self::Full => ErrorCode::ServerFull,
            Self::TooLarge => ErrorCode::ServerTooLarge,
            Self::OutOfTime => ErrorCode::ServerOutOfTime,
            Self::NoEvents => ErrorCode::ServerNoEvents,
            Self::Unaccepted => ErrorCode::ServerUnaccepted,
            Self::Illegible => ErrorCode::ServerAnswer,
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

    /// Whether the failure concerns this one event, so that others may succeed.
    pub(crate) fn is_of_the_event(&self) -> bool {
        matches!(
            self,
            Self::TooLarge | Self::OutOfTime | Self::Unaccepted | Self::Illegible
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Given(problem) => problem.fmt(f),
            Self::Password => f.write_str(
                "The server rejected this user name or password. (iCloud, Fastmail and Yahoo require an app password.)",
            ),
            Self::SignInAgain => f.write_str(
                "Google no longer accepts the sign-in. Sign in again. (While your client is in testing, Google ends each sign-in after seven days.)",
            ),
            Self::Forbidden => f.write_str(
                "The server doesn't allow this user to do that. The calendar may be read-only.",
            ),
            Self::Missing => f.write_str("The calendar is no longer on the server."),
            Self::Conflict => f.write_str("The server already has something else there."),
            Self::Full => f.write_str("The server has no space left for this user."),
            Self::TooLarge => f.write_str("An event is too large for the server. Shorter notes help."),
            Self::OutOfTime => f.write_str(
                "The plan has events that are too far in the past or future for the server.",
            ),
            Self::NoEvents => f.write_str(
                "This calendar doesn't accept events; it may be one for tasks. Choose another.",
            ),
            Self::Unaccepted => f.write_str("The server rejected an event of the plan as invalid."),
            Self::Illegible => f.write_str(
                "An event of the plan can't be read on the server any more. It was left as it is there; delete it there to get it again.",
            ),
            Self::Busy { seconds } => {
                f.write_str("The server is busy or under maintenance. Try again ")?;
                match seconds {
                    None => f.write_str("later."),
                    Some(0..=90) => f.write_str("in a minute."),
                    Some(seconds @ 91..=5400) => write!(f, "in {} minutes.", seconds.div_ceil(60)),
                    Some(seconds) => write!(f, "in {}.", words::count(usize::try_from(seconds.div_ceil(3600)).unwrap_or(usize::MAX), "hour")),
                }
            }
            Self::Unreachable { host, why } => {
                write!(f, "{host} doesn't answer: {why}.")
            }
            Self::Untrusted { host, why } => write!(f, "{host} {why} Nothing was sent."),
            Self::Elsewhere { address } => write!(
                f,
                "The server redirects to {address}. If you trust it with your password, enter that as the address."
            ),
            Self::Answer(status) => write!(f, "The server answered “{status}”."),
            Self::Unreadable(why) => write!(f, "Can't read the server's answer: {why}."),
            Self::NoCalendars { host } => write!(
                f,
                "{host} has no calendars (CalDAV) at this address. Check the address."
            ),
            Self::Unrecorded(why) => f.write_str(why),
            Self::Emptied { events } => {
                let events = words::count(*events, "event");
                write!(f, "The calendar no longer has any of the plan's {events} to come.")
            }
            Self::TooManyConflicts => f.write_str(
                "The calendar keeps changing, or another calendar of yours has events of the plan. Everything else was sent.",
            ),
            Self::Cancelled => f.write_str("The sync was stopped."),
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

    /// The learner's message for each failure.
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
