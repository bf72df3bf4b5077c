//! The sign-in to Google, which takes the place of a password.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;
use waymark_caldav::{Address, GoogleClient, RetryPolicy, SignIn, sign_in};
use waymark_core::input_error::{ErrorCode, InputError};

use super::server::{Login, Servers, key};
use crate::mutex::lock;

/// The learner's own client, as typed.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct TypedClient {
    /// The client id.
    pub id: String,
    /// The client secret.
    pub secret: String,
}

impl Servers {
    /// Has the learner sign in to Google in their browser, which `open` opens. The sign-in is
    /// remembered until the program ends, and can be kept in the keyring like a password. Without a
    /// client, the one of the last sign-in is used.
    ///
    /// # Errors
    /// If the address isn't Google's, no client is known, the learner cancels or declines, the
    /// browser doesn't come back, or Google refuses.
    pub fn sign_in(
        &self,
        login: &Login,
        client: Option<TypedClient>,
        open: &dyn Fn(&str) -> Result<(), String>,
    ) -> Result<(), InputError> {
        let address = Address::read(&login.address)?;
        if !address.is_google() {
            let expected = "enter google";
            return Err(InputError::new(
                ErrorCode::ServerAddress,
                "address",
                &login.address,
                expected,
            ));
        }
        if login.user.trim().is_empty() {
            let expected = "enter your mail address at Google";
            return Err(InputError::new(
                ErrorCode::ServerUser,
                "user",
                &login.user,
                expected,
            ));
        }
        let client = match client {
            Some(client) => GoogleClient::new(&client.id, &client.secret)?,
            None => self.client_of(&address, login)?,
        };
        let is_cancelled = Arc::new(AtomicBool::new(false));
        // A sign-in that was left in the browser makes way for the new one.
        let former = std::mem::replace(&mut *lock(&self.signing_in), Arc::clone(&is_cancelled));
        former.store(true, Ordering::Relaxed);
        let grant = sign_in(&SignIn {
            client,
            user: &login.user,
            timeout: RetryPolicy::default().timeout,
            open,
            is_cancelled: &|| is_cancelled.load(Ordering::Relaxed),
        })?;
        lock(&self.passwords).insert(key(login), grant);
        Ok(())
    }

    /// Ends the sign-in that is under way, if there is one.
    pub fn cancel_sign_in(&self) {
        lock(&self.signing_in).store(true, Ordering::Relaxed);
    }

    /// The client of the last sign-in, now or in the keyring.
    fn client_of(&self, address: &Address, login: &Login) -> Result<GoogleClient, InputError> {
        let now = lock(&self.passwords).get(&key(login)).cloned();
        let client = now.and_then(|now| GoogleClient::of(&now));
        let client = client.or_else(|| GoogleClient::kept(address, &login.user));
        client.ok_or_else(|| {
            let sentence = "Enter the client id and secret from Google's console";
            InputError::sentence(ErrorCode::SignInNeeded, sentence)
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use waymark_caldav::Password;

    #[test]
    fn a_password_typed_for_google_is_not_used() {
        let servers = Servers::default();
        let login = Login {
            address: "google".to_owned(),
            user: "ana@gmail.com".to_owned(),
        };
        let typed = Some(Password::new("hunter2"));
        let refused = servers.server(&login, typed).err().unwrap();
        assert_eq!(refused.code, ErrorCode::SignInNeeded);
        assert!(refused.to_string().starts_with("Sign in to Google as "));
        assert!(lock(&servers.passwords).is_empty());
    }

    #[test]
    fn a_sign_in_that_cannot_begin_is_told_in_a_sentence() {
        let servers = Servers::default();
        let client = |id: &str| {
            Some(TypedClient {
                id: id.to_owned(),
                secret: "secret".to_owned(),
            })
        };
        let refused = |address: &str, user: &str, client: Option<TypedClient>| {
            let login = Login {
                address: address.to_owned(),
                user: user.to_owned(),
            };
            let open = |_: &str| Err("there is none".to_owned());
            servers.sign_in(&login, client, &open).unwrap_err()
        };
        let told = refused("iCloud", "ana@gmail.com", client("id"));
        assert_eq!(told.code, ErrorCode::ServerAddress);
        let told = refused("google", " ", client("id"));
        assert_eq!(told.code, ErrorCode::ServerUser);
        let told = refused("google", "ana@gmail.com", client(""));
        assert_eq!(told.field(), "client id");
        let told = refused("google", "ana@gmail.com", None).to_string();
        assert!(told.contains("client id and secret"), "{told}");
        let told = refused("google", "ana@gmail.com", client("id")).to_string();
        assert!(told.contains("can't be opened: there is none"), "{told}");
    }
}
