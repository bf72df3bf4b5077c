//! Calendars that are published at an address: read, and never written.
//!
//! Such an address often is the only key to a private calendar. So no text, error or `Debug` shows
//! more of it than its host, and nobody but that host gets it.

use std::fmt;
use std::io::ErrorKind;
use std::thread;

use http::response::Parts;
use http::{Request, StatusCode, Uri, header};
use keyring::v1::{Entry, Error};
use waymark_core::input_error::{ErrorCode, InputError};
use zeroize::Zeroizing;

use crate::address::{resolve, same_origin};
use crate::failure::Failure;
use crate::http_client::agent;
use crate::loopback::is_loopback;
use crate::password::reason;
use crate::server::RetryPolicy;

const SERVICE: &str = "Waymark busy calendar";
const MOST_REDIRECTS: usize = 5;

/// The address of a published calendar. It is wiped from memory when it is dropped, but for the
/// copies of a request under way.
#[derive(Clone)]
pub struct FeedAddress(Zeroizing<String>);

impl FeedAddress {
    /// Whether a text looks like such an address, rather than like a file's name.
    pub fn is_one(text: &str) -> bool {
        let scheme = text.trim().split_once("://").map(|(scheme, _)| scheme);
        scheme.is_some_and(|scheme| {
            ["https", "http", "webcal", "webcals"]
                .iter()
                .any(|known| scheme.eq_ignore_ascii_case(known))
        })
    }

    /// Reads an address such as `https://example.org/calendar.ics`, or the same with `webcal`.
    ///
    /// # Errors
    /// If it is no address, contains a password, or is unencrypted. The error doesn't show it.
    pub fn read(typed: &str) -> Result<Self, InputError> {
        let refuse = |why: &str| {
            let field = "address of the calendar";
            Err(InputError::new(ErrorCode::ServerAddress, field, "", why))
        };
        let example = "enter one such as https://example.org/calendar.ics";
        let Some((scheme, rest)) = typed.trim().split_once("://") else {
            return refuse(example);
        };
        let is_here = |whole: &str| {
            let uri = whole.parse::<Uri>().ok();
            uri.is_some_and(|uri| uri.host().is_some_and(is_loopback))
        };
        let scheme = scheme.to_ascii_lowercase();
        // Programs ask by https for webcal, which says nothing about encryption.
        let whole = match scheme.as_str() {
            "webcal" if is_here(&format!("http://{rest}")) => format!("http://{rest}"),
            "webcal" | "webcals" => format!("https://{rest}"),
            _ => format!("{scheme}://{rest}"),
        };
        let whole = Zeroizing::new(whole);
        let Ok(uri) = whole.parse::<Uri>() else {
            return refuse(example);
        };
        let authority = uri.authority().map(|it| it.as_str()).unwrap_or_default();
        if authority.contains('@') {
            return refuse("enter it without user and password");
        }
        match (uri.scheme_str(), uri.host()) {
            (Some("https"), Some(host)) if !host.is_empty() => Ok(Self(whole)),
            (Some("http"), Some(host)) if is_loopback(host) => Ok(Self(whole)),
            (Some("http"), Some(_)) => refuse(
                "without https, others on the network could read the calendar; enter an address with https",
            ),
            _ => refuse(example),
        }
    }

    fn uri(&self) -> Result<Uri, InputError> {
        let parsed = self.0.parse();
        parsed.map_err(|_| sentence(ErrorCode::ServerAddress, "the address can't be used"))
    }

    /// The host's name, which may be shown.
    pub fn host(&self) -> String {
        let uri = self.0.parse::<Uri>().unwrap_or_default();
        uri.host().unwrap_or_default().to_owned()
    }

    /// The text of the calendar.
    ///
    /// # Errors
    /// If the host can't be reached, redirects elsewhere, has no calendar there, or one of more
    /// than `most` bytes: a sentence without the address.
    pub fn fetch(&self, most: usize, retry: RetryPolicy) -> Result<Vec<u8>, InputError> {
        let mut uri = self.uri()?;
        let host = self.host();
        let agent = agent(retry.timeout, &host);
        for _ in 0..=MOST_REDIRECTS {
            let (parts, body) = attempts(&agent, &uri, most, retry)?;
            if !parts.status.is_redirection() {
                return calendar(&host, &parts, body);
            }
            let location = parts.headers.get(header::LOCATION);
            let location = location.and_then(|it| it.to_str().ok());
            let Some(next) = location.and_then(|place| resolve(&uri, place)) else {
                return Err(answered(&host, parts.status));
            };
            if !same_origin(&uri, &next) {
                return Err(elsewhere(&host, next.host().unwrap_or_default()));
            }
            uri = next;
        }
        let circle = format!("{host} redirects in a circle");
        Err(sentence(ErrorCode::ServerAnswer, &circle))
    }

    /// The keyring's address of a calendar. `None` if it has none.
    ///
    /// # Errors
    /// If there is no keyring, or it is locked: the system's reason.
    pub fn kept(id: &str) -> Result<Option<Self>, String> {
        match entry(id)?.get_password() {
            Ok(address) => Ok(Some(Self(Zeroizing::new(address)))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(reason(&error)),
        }
    }

    /// Stores it in the keyring.
    ///
    /// # Errors
    /// As [`FeedAddress::kept`].
    pub fn keep(&self, id: &str) -> Result<(), String> {
        let kept = entry(id)?.set_password(&self.0);
        kept.map_err(|error| reason(&error))
    }

    /// Removes a calendar's address from the keyring.
    ///
    /// # Errors
    /// As [`FeedAddress::kept`].
    pub fn forget(id: &str) -> Result<(), String> {
        match entry(id)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(reason(&error)),
        }
    }
}

impl fmt::Debug for FeedAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FeedAddress({}/…)", self.host())
    }
}

fn entry(id: &str) -> Result<Entry, String> {
    if let Err(error) = Entry::store_status() {
        return Err(reason(error));
    }
    Entry::new(SERVICE, id).map_err(|error| reason(&error))
}

/// Asks again after a failed connection, with growing pauses.
fn attempts(
    agent: &ureq::Agent,
    uri: &Uri,
    most: usize,
    retry: RetryPolicy,
) -> Result<(Parts, Vec<u8>), InputError> {
    let mut pause = retry.pause;
    let mut attempt = 1;
    loop {
        let request = Request::get(uri)
            .header(header::ACCEPT, "text/calendar, */*;q=0.1")
            .body(());
        let request = request.map_err(|_| {
            let why = "the address can't be used";
            sentence(ErrorCode::ServerAddress, why)
        })?;
        let limit = u64::try_from(most).unwrap_or(u64::MAX);
        let answer = agent.run(request).and_then(|answer| {
            let (parts, mut body) = answer.into_parts();
            let body = body.with_config().limit(limit).read_to_vec()?;
            Ok((parts, body))
        });
        let error = match answer {
            Ok(answer) => return Ok(answer),
            Err(ureq::Error::BodyExceedsLimit(_)) => {
                let host = uri.host().unwrap_or_default();
                let large = format!("the calendar at {host} is larger than {} MB", most >> 20);
                return Err(sentence(ErrorCode::CalendarTooLarge, &large));
            }
            Err(error) => error,
        };
        let may_pass = match &error {
            ureq::Error::Io(error) => error.kind() != ErrorKind::InvalidData,
            ureq::Error::Timeout(_) | ureq::Error::ConnectionFailed => true,
            _ => false,
        };
        if attempt >= retry.attempts || !may_pass {
            return Err(Failure::on_the_way(uri, &error).into());
        }
        thread::sleep(pause);
        attempt += 1;
        pause *= 2;
    }
}

/// The body of a successful answer, unless it is a page for people.
fn calendar(host: &str, parts: &Parts, body: Vec<u8>) -> Result<Vec<u8>, InputError> {
    match parts.status.as_u16() {
        200..=299 => {}
        401 | 403 => {
            let why = format!(
                "{host} doesn't give this calendar to everybody. Copy its secret or public address from the calendar's settings"
            );
            return Err(sentence(ErrorCode::ServerForbids, &why));
        }
        404 | 410 => {
            let why = format!(
                "{host} has no calendar at this address. Copy it again from the calendar's settings"
            );
            return Err(sentence(ErrorCode::ServerCalendarGone, &why));
        }
        429 | 503 => return Err(Failure::Busy { seconds: None }.into()),
        _ => return Err(answered(host, parts.status)),
    }
    let kind = parts.headers.get(header::CONTENT_TYPE);
    let is_page = kind
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.trim().to_ascii_lowercase().starts_with("text/html"));
    let start = body.trim_ascii_start();
    let is_page = is_page && !start.starts_with(b"BEGIN:VCALENDAR") || start.starts_with(b"<");
    if is_page {
        let why = format!(
            "{host} answers with a web page in place of a calendar. Copy the address that calendar programs use; it often ends in .ics"
        );
        return Err(sentence(ErrorCode::NotACalendar, &why));
    }
    Ok(body)
}

fn elsewhere(host: &str, other: &str) -> InputError {
    let why = match is_loopback(other) {
        true => format!("{host} redirects to this computer. Nothing was read"),
        false => format!(
            "{host} redirects to {other}. If you trust that, enter the calendar's address there"
        ),
    };
    sentence(ErrorCode::ServerElsewhere, &why)
}

fn answered(host: &str, status: StatusCode) -> InputError {
    sentence(
        ErrorCode::ServerAnswer,
        &format!("{host} answered “{status}”"),
    )
}

fn sentence(code: ErrorCode, text: &str) -> InputError {
    InputError::sentence(code, text)
}

#[cfg(test)]
mod tests;
