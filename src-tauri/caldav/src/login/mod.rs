//! Authentication: with a password, or with tokens after a sign-in in the browser.

mod password;
mod token;

use http::{HeaderMap, HeaderValue, Request};

use crate::failure::Failure;

pub(crate) use password::PasswordLogin;
pub(crate) use token::TokenLogin;

/// How a user proves to a server who they are.
pub(crate) trait Login: Send + Sync {
    /// The Authorization header of this request.
    ///
    /// # Errors
    /// If there is none, for example because no token is available.
    fn authorization(&self, request: &Request<String>) -> Result<HeaderValue, Failure>;

    /// Prepares for another attempt, after the server refused a request with `sent` and answered
    /// with `headers`.
    ///
    /// # Errors
    /// If there is no other way to prove it.
    fn after_refusal(&self, sent: &HeaderValue, headers: &HeaderMap) -> Result<Retry, Failure>;
}

/// Whether another attempt may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Retry {
    No,
    Yes,
    /// Yes, with one request at a time from now on.
    InOrder,
}
