//! A password: sent as Basic (RFC 7617), or as Digest (RFC 7616) if the server asks for it.

use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use digest_auth::{AuthContext, HttpMethod, WwwAuthenticateHeader};
use http::{HeaderMap, HeaderValue, Request, header};
use waymark_core::input_error::{ErrorCode, InputError};
use zeroize::Zeroizing;

use super::{Login, Retry};
use crate::failure::Failure;
use crate::password::Password;

const DIGEST: &str = "digest ";

/// A user, a password, and the challenge of a server that wants Digest: from then on, nothing else
/// is sent.
pub(crate) struct PasswordLogin {
    user: String,
    password: Password,
    basic: HeaderValue,
    challenge: Mutex<Option<WwwAuthenticateHeader>>,
}

impl PasswordLogin {
    /// # Errors
    /// If user or password cannot be sent to any server.
    pub fn new(user: &str, password: &Password) -> Result<Self, Failure> {
        // RFC 7617: the first colon ends the user name.
        if user.is_empty() || user.contains(':') || user.chars().any(char::is_control) {
            let expected = "enter a name without colons";
            return Err(InputError::new(ErrorCode::ServerUser, "user", user, expected).into());
        }
        let plain = Zeroizing::new(format!("{user}:{}", password.text()));
        let encoded = Zeroizing::new(BASE64_STANDARD.encode(&*plain));
        let basic = Zeroizing::new(format!("Basic {}", &*encoded));
        let mut basic = HeaderValue::try_from(&*basic).map_err(|_| Failure::Password)?;
        basic.set_sensitive(true);
        Ok(Self {
            user: user.to_owned(),
            password: password.clone(),
            basic,
            challenge: Mutex::new(None),
        })
    }
}

impl Login for PasswordLogin {
    fn authorization(&self, request: &Request<String>) -> Result<HeaderValue, Failure> {
        let mut challenge = self
            .challenge
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(challenge) = challenge.as_mut() else {
            return Ok(self.basic.clone());
        };
        let path = request.uri().path_and_query();
        let context = AuthContext::new_with_method(
            &self.user,
            self.password.text(),
            path.map_or("/", |path| path.as_str()),
            Some(request.body().as_bytes()),
            HttpMethod(request.method().as_str().into()),
        );
        let answer = challenge.respond(&context);
        let answer = answer.map_err(|error| Failure::Unreadable(error.to_string()))?;
        let mut answer = HeaderValue::try_from(answer.to_string())
            .map_err(|error| Failure::Unreadable(error.to_string()))?;
        answer.set_sensitive(true);
        Ok(answer)
    }

    /// Stores the challenge of the server, if there is a usable one.
    fn after_refusal(&self, _: &HeaderValue, headers: &HeaderMap) -> Result<Retry, Failure> {
        // The parser relies on ASCII, which a header's text is.
        let offers = headers
            .get_all(header::WWW_AUTHENTICATE)
            .iter()
            .filter_map(|offer| offer.to_str().ok());
        let challenge = offers.filter_map(|offer| {
            // Other challenges may precede it on the line.
            let at = offer.to_ascii_lowercase().find(DIGEST)?;
            let parameters = offer.get(at + DIGEST.len()..)?;
            WwwAuthenticateHeader::parse(parameters).ok()
        });
        // A server lists its preferred one first.
        let Some(challenge) = challenge.into_iter().next() else {
            return Ok(Retry::No);
        };
        let mut known = self
            .challenge
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *known = Some(challenge);
        // Each answer has a number, and a server may expect them in order.
        Ok(Retry::InOrder)
    }
}
