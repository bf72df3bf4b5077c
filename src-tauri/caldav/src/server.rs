//! One server, asked with retry and with care for whom the password goes to.

use std::thread;
use std::time::Duration;

use chrono::{DateTime, Utc};
use http::response::Parts;
use http::{HeaderMap, Request, StatusCode, Uri, header};
use libdav::requests::DavRequest;
use ureq::tls::{RootCerts, TlsConfig};

use crate::address::{Address, resolve, same_origin};
use crate::failure::Failure;
use crate::login::Login;
use crate::password::Password;
use crate::tls_error::TlsError;

/// No answer to what is asked here is as long as this.
const LONGEST_ANSWER: u64 = 64 << 20;
const MOST_REDIRECTS: usize = 5;
/// A server may ask for more retry than we have.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How long an answer is waited for, and how often something is tried again.
#[derive(Debug, Clone, Copy)]
pub struct RetryPolicy {
    /// From the first byte sent to the last one received.
    pub timeout: Duration,
    /// How often something is asked in all, at least once.
    pub attempts: u32,
    /// The pause after the first failed attempt; each one after it is twice as long.
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
    agent: ureq::Agent,
    login: Login,
    retry: RetryPolicy,
}

impl Server {
    /// Nothing is sent yet.
    ///
    /// # Errors
    /// A user or password that no server could be told.
    pub fn new(
        address: Address,
        user: &str,
        password: &Password,
        retry: RetryPolicy,
    ) -> Result<Self, Failure> {
        let login = Login::new(user, password)?;
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier);
        let mut config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(retry.timeout))
            .user_agent(concat!("Waymark/", env!("CARGO_PKG_VERSION")))
            .tls_config(tls.build());
        if address.is_loopback() {
            config = config.proxy(None);
        }
        Ok(Self {
            address,
            agent: config.build().into(),
            login,
            retry,
        })
    }

    /// The address that it was given by.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Asks something about what is at `base`.
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
                failure => failure,
            });
        }
        request.parse_response(&parts, &body).map_err(Into::into)
    }

    /// Sends a request, again where that may help, and after it where the same server says that it has moved.
    fn send(&self, mut request: Request<String>) -> Result<(Parts, Vec<u8>), Failure> {
        let mut was_challenged = false;
        for _ in 0..=MOST_REDIRECTS {
            if !self.address.trusts(request.uri()) {
                let address = request.uri().to_string();
                return Err(Failure::Elsewhere { address });
            }
            let (parts, body) = self.insist(&request)?;
            // A second time, it is the password that is refused.
            let is_refused = parts.status == StatusCode::UNAUTHORIZED && !was_challenged;
            if is_refused && self.login.is_challenged(&parts.headers) {
                was_challenged = true;
                continue;
            }
            let Some(next) = redirect(request.uri(), &parts) else {
                return Ok((parts, body));
            };
            // Not even to a neighbour: only an answer to this user is trusted so far.
            if !same_origin(request.uri(), &next) {
                let address = next.to_string();
                return Err(Failure::Elsewhere { address });
            }
            *request.uri_mut() = next;
        }
        Err(Failure::Unreadable("it sends us in a circle".to_owned()))
    }

    fn insist(&self, request: &Request<String>) -> Result<(Parts, Vec<u8>), Failure> {
        let mut pause = self.retry.pause;
        let mut attempt = 1;
        loop {
            let is_last = attempt >= self.retry.attempts;
            match self.attempt(request)? {
                Ok((parts, body)) => {
                    let asked = asked_pause(&parts.headers).unwrap_or(pause);
                    // To ask again before that would be rude, and of no use.
                    if is_last || !may_pass(parts.status) || asked > LONGEST_PAUSE {
                        return Ok((parts, body));
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
        let mut request = request.clone();
        let authorization = self.login.authorization(&request)?;
        let headers = request.headers_mut();
        headers.insert(header::AUTHORIZATION, authorization);
        let answer = self.agent.run(request).and_then(|answer| {
            let (parts, mut body) = answer.into_parts();
            let body = body.with_config().limit(LONGEST_ANSWER).read_to_vec()?;
            Ok((parts, body))
        });
        Ok(answer)
    }
}

/// What came of it: an answer, or what went wrong on the way.
type Attempt = Result<(Parts, Vec<u8>), ureq::Error>;

/// Where the answer sends us, if it does.
fn redirect(from: &Uri, parts: &Parts) -> Option<Uri> {
    let is_redirect = matches!(parts.status.as_u16(), 301 | 302 | 307 | 308);
    let location = parts.headers.get(header::LOCATION)?;
    let next = resolve(from, location.to_str().ok()?)?;
    is_redirect.then_some(next)
}

/// Whether the server may well do the same a little later. (507 is none of them: it is full.)
fn may_pass(status: StatusCode) -> bool {
    matches!(status.as_u16(), 423 | 429 | 500 | 502 | 503 | 504)
}

/// What goes wrong on the way may go right the next time; a certificate that is not valid stays so.
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

/// How long the server asks to be left alone: in seconds, or until a time (RFC 9110, 10.2.3).
fn asked_pause(headers: &HeaderMap) -> Option<Duration> {
    let asked = headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    if let Ok(seconds) = asked.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = DateTime::parse_from_rfc2822(asked).ok()?;
    // A time that is over already asks for nothing more.
    let pause = until.signed_duration_since(Utc::now()).to_std();
    Some(pause.unwrap_or_default())
}
