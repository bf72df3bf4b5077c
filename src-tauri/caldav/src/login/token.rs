//! Tokens: sent as Bearer (RFC 6750), and replaced when the server no longer accepts one.

use std::sync::{Mutex, PoisonError};

use http::{HeaderMap, HeaderValue, Request};
use zeroize::Zeroizing;

use super::{Login, Retry};
use crate::failure::Failure;
use crate::google::{Grant, Tokens};

/// A sign-in, and the token that it has now.
pub(crate) struct TokenLogin {
    grant: Grant,
    tokens: Tokens,
    bearer: Mutex<Option<HeaderValue>>,
}

impl TokenLogin {
    pub fn new(grant: Grant, tokens: Tokens) -> Self {
        Self {
            grant,
            tokens,
            bearer: Mutex::new(None),
        }
    }

    fn next(&self) -> Result<HeaderValue, Failure> {
        let token = Zeroizing::new(self.tokens.next(&self.grant)?);
        let bearer = Zeroizing::new(format!("Bearer {}", &*token));
        let mut bearer = HeaderValue::try_from(&*bearer).map_err(|_| Failure::SignInAgain)?;
        bearer.set_sensitive(true);
        Ok(bearer)
    }
}

impl Login for TokenLogin {
    fn authorization(&self, _: &Request<String>) -> Result<HeaderValue, Failure> {
        // Requests at the same time wait for one token.
        let mut bearer = self.bearer.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*bearer {
            return Ok(known.clone());
        }
        Ok(bearer.insert(self.next()?).clone())
    }

    fn after_refusal(&self, sent: &HeaderValue, _: &HeaderMap) -> Result<Retry, Failure> {
        let mut bearer = self.bearer.lock().unwrap_or_else(PoisonError::into_inner);
        // Another request may have replaced it in the meantime.
        if bearer.as_ref() == Some(sent) {
            *bearer = None;
            *bearer = Some(self.next()?);
        }
        Ok(Retry::Yes)
    }
}
