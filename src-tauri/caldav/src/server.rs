//! Requests to one server, with retries, and a password that only trusted hosts get.

use std::io::ErrorKind;
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::response::Parts;
use http::{HeaderMap, HeaderValue, Request, StatusCode, Uri, header};
use libdav::requests::DavRequest;

use crate::address::{Address, encoded, resolve, same_origin};
use crate::failure::Failure;
use crate::google::{Grant, Tokens};
use crate::http_client::agent;
use crate::lanes::Lanes;
use crate::login::{Login, PasswordLogin, Retry, TokenLogin};
use crate::password::Password;
use crate::places::Places;
use crate::tls_error::TlsError;

/// Upper bound for the length of an answer, in bytes.
const LONGEST_ANSWER: u64 = 64 << 20;
const MOST_REDIRECTS: usize = 5;
/// Upper bound for a pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// Timeout and retries of requests.
#[derive(Debug, Clone, Copy)]
pub struct RetryPolicy {
    /// From the first byte sent to the last one received.
    pub timeout: Duration,
    /// Total number of attempts, at least one.
    pub attempts: u32,
    /// The pause after the first failed attempt; each further one is twice as long.
    pub pause: Duration,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(30),
            attempts: 4,
            pause: Duration::from_millis(500),
        }
    }
}

/// A server, and the user whose calendars are on it.
pub struct Server {
    address: Address,
    user: String,
    agent: ureq::Agent,
    login: Box<dyn Login>,
    retry: RetryPolicy,
    lanes: Lanes,
    /// The user's calendar folders, once they were found.
    pub(crate) homes: OnceLock<Vec<Uri>>,
}

impl Server {
    /// Sends nothing yet.
    ///
    /// # Errors
    /// If user or password cannot be sent to any server.
    pub fn new(
        address: Address,
        user: &str,
        password: &Password,
        retry: RetryPolicy,
    ) -> Result<Self, Failure> {
        let login: Box<dyn Login> = if address.is_google() {
            let grant = Grant::read(password)?;
            let tokens = Tokens::new(&grant.client, &Places::now(), retry.timeout)?;
            Box::new(TokenLogin::new(grant, tokens))
        } else {
            Box::new(PasswordLogin::new(user, password)?)
        };
        let agent = agent(retry.timeout, address.host());
        Ok(Self {
            address,
            user: user.to_owned(),
            agent,
            login,
            retry,
            lanes: Lanes::new(),
            homes: OnceLock::new(),
        })
    }

    /// The address as given.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// The path where the user's calendars are looked for first.
    pub(crate) fn entrance(&self) -> String {
        let path = self.address.uri().path();
        match self.address.is_google() {
            true => format!("{path}{}/user", encoded(&self.user)),
            false => path.to_owned(),
        }
    }

    /// Whether the server has only part of the protocol, as Google's has: no new calendars, no
    /// If-None-Match, no links, and no properties of a program's own.
    pub(crate) fn is_partial(&self) -> bool {
        self.address.is_google()
    }

    /// Sends a request about the resource at `base`.
    pub(crate) fn ask<R>(&self, base: &Uri, request: &R) -> Result<R::Response, Failure>
    where
        R: DavRequest,
        R::ParseError: Into<Failure>,
    {
        let prepared = request.prepare_request(base.clone());
        let prepared = prepared.map_err(|error| Failure::Unreadable(error.to_string()))?;
        let (parts, body) = self.send(prepared)?;
        if !parts.status.is_success() {
            return Err(match Failure::of(parts.status, &body) {
                Failure::Busy { .. } => Failure::Busy {
                    seconds: asked_pause(&parts.headers).map(|pause| pause.as_secs()),
                },
                Failure::Password if self.address.is_google() => Failure::SignInAgain,
                failure => failure,
            });
        }
        request.parse_response(&parts, &body).map_err(Into::into)
    }

    /// Sends a request, retries if that may help, and follows redirects within the same server.
    fn send(&self, mut request: Request<String>) -> Result<(Parts, Vec<u8>), Failure> {
        let mut was_refused = false;
        for _ in 0..=MOST_REDIRECTS {
            if !self.address.trusts(request.uri()) {
                let address = request.uri().to_string();
                return Err(Failure::Elsewhere { address });
            }
            let Answer {
                parts,
                body,
                authorization,
            } = self.insist(&request)?;
            // The second time, the server rejects the password or the sign-in itself.
            if parts.status == StatusCode::UNAUTHORIZED && !was_refused {
                was_refused = true;
                match self.login.after_refusal(&authorization, &parts.headers)? {
                    Retry::No => {}
                    Retry::Yes => continue,
                    Retry::InOrder => {
                        self.lanes.narrow();
                        continue;
                    }
                }
            }
            let Some(next) = redirect(request.uri(), &parts) else {
                return Ok((parts, body));
            };
            // Not even to a neighbour, which is trusted only after an authenticated answer.
            if !same_origin(request.uri(), &next) {
                let address = next.to_string();
                return Err(Failure::Elsewhere { address });
            }
            *request.uri_mut() = next;
        }
        Err(Failure::Unreadable("it sends us in a circle".to_owned()))
    }

    fn insist(&self, request: &Request<String>) -> Result<Answer, Failure> {
        let mut pause = self.retry.pause;
        let mut attempt = 1;
        loop {
            let is_last = attempt >= self.retry.attempts;
            match self.attempt(request)? {
                Ok(answer) => {
                    let asked = asked_pause(&answer.parts.headers).unwrap_or(pause);
                    // An earlier retry would be useless.
                    if is_last || !may_pass(answer.parts.status) || asked > LONGEST_PAUSE {
                        return Ok(answer);
                    }
                    thread::sleep(asked);
                }
                Err(error) => {
                    if is_last || !may_help(&error) {
                        return Err(Failure::on_the_way(request.uri(), &error));
                    }
                    thread::sleep(pause);
                }
            }
            attempt += 1;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    fn attempt(&self, request: &Request<String>) -> Result<Attempt, Failure> {
        let _lane = self.lanes.enter();
        let mut request = request.clone();
        let authorization = self.login.authorization(&request)?;
        let headers = request.headers_mut();
        headers.insert(header::AUTHORIZATION, authorization.clone());
        let answer = self.agent.run(request).and_then(|answer| {
            let (parts, mut body) = answer.into_parts();
            let body = body.with_config().limit(LONGEST_ANSWER).read_to_vec()?;
            Ok(Answer {
                parts,
                body,
                authorization,
            })
        });
        if is_too_much(&answer) {
            self.lanes.narrow();
        }
        Ok(answer)
    }
}

/// An answer, and the authorization of the request.
struct Answer {
    parts: Parts,
    body: Vec<u8>,
    authorization: HeaderValue,
}

/// An answer, or an error of the connection.
type Attempt = Result<Answer, ureq::Error>;

/// Whether the server may object to several requests at a time.
fn is_too_much(answer: &Attempt) -> bool {
    match answer {
        Ok(answer) => matches!(answer.parts.status.as_u16(), 423 | 429 | 503),
        Err(ureq::Error::Io(error)) => matches!(
            error.kind(),
            ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset
        ),
        Err(ureq::Error::ConnectionFailed) => true,
        Err(_) => false,
    }
}

/// The target of a redirect. `None` if the answer is none.
fn redirect(from: &Uri, parts: &Parts) -> Option<Uri> {
    let is_redirect = matches!(parts.status.as_u16(), 301 | 302 | 307 | 308);
    let location = parts.headers.get(header::LOCATION)?;
    let next = resolve(from, location.to_str().ok()?)?;
    is_redirect.then_some(next)
}

/// Whether the same request may succeed a little later. (Not after 507: the server is full.)
fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 423 | 429 | 500 | 502 | 503 | 504)
}

/// Whether a retry may help. Connections may work the next time; an invalid certificate stays
/// invalid.
fn may_help(error: &ureq::Error) -> bool {
    let may_change = matches!(
        error,
        ureq::Error::Io(_)
            | ureq::Error::Timeout(_)
            | ureq::Error::ConnectionFailed
            | ureq::Error::HostNotFound
            | ureq::Error::Protocol(_)
    );
    may_change && TlsError::of(error).is_none()
}

/// The pause that the server asks for: in seconds, or until a time (RFC 9110, 10.2.3).
fn asked_pause(headers: &HeaderMap) -> Option<Duration> {
    let asked = headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(asked).ok()?;
    // A time in the past asks for no pause.
    let pause = until.signed_duration_since(Utc::now()).to_std();
    Some(pause.unwrap_or_default())
}
