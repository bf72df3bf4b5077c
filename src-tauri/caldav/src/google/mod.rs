//! Google's sign-in (OAuth 2.0 for installed apps, RFC 8252), and how its calendars differ.
//!
//! The learner signs in with their own client id and secret, in their own browser. The result is a
//! [`Grant`], which takes the place of a password in the keyring.

mod sign_in;
mod tokens;

use serde::{Deserialize, Serialize};
use waymark_core::input_error::{ErrorCode, InputError};

use crate::address::Address;
use crate::failure::Failure;
use crate::password::Password;

pub use sign_in::{SignIn, sign_in};
pub(crate) use tokens::Tokens;

/// The right to read and change calendars.
const SCOPE: &str = "https://www.googleapis.com/auth/calendar";

/// The learner's own client for Google's sign-in: its id and secret.
#[derive(Clone, Serialize, Deserialize)]
pub struct GoogleClient {
    /// Ends in `.apps.googleusercontent.com`.
    #[serde(rename = "client_id")]
    id: String,
    #[serde(rename = "client_secret")]
    secret: String,
}

impl GoogleClient {
    /// A client as the learner typed it.
    ///
    /// # Errors
    /// If id or secret can't be one.
    pub fn new(id: &str, secret: &str) -> Result<Self, InputError> {
        let (id, secret) = (id.trim(), secret.trim());
        let refuse = |field: &str, value: &str, expected: &str| {
            Err(InputError::new(ErrorCode::SignIn, field, value, expected))
        };
        let is_word = |text: &str| {
            let mut letters = text.chars();
            !text.is_empty() && text.len() < 300 && letters.all(|letter| letter.is_ascii_graphic())
        };
        if !is_word(id) {
            let expected = "copy it from Google's console; it ends in .apps.googleusercontent.com";
            return refuse("client id", id, expected);
        }
        if !is_word(secret) {
            // Not shown.
            let expected = "copy it from Google's console, where it is beside the client id";
            return refuse("client secret", "…", expected);
        }
        Ok(Self {
            id: id.to_owned(),
            secret: secret.to_owned(),
        })
    }

    /// The client of the sign-in that the keyring keeps for this user.
    pub fn kept(address: &Address, user: &str) -> Option<Self> {
        let kept = Password::kept(address, user).ok().flatten()?;
        Self::of(&kept)
    }

    /// The client of a sign-in.
    pub fn of(sign_in: &Password) -> Option<Self> {
        Grant::read(sign_in).ok().map(|grant| grant.client)
    }

    /// The client in a file that Google's console offers for download.
    ///
    /// # Errors
    /// If it is another file.
    pub fn read(json: &str) -> Result<Self, InputError> {
        #[derive(Deserialize)]
        struct File {
            installed: GoogleClient,
        }
        match serde_json::from_str::<File>(json) {
            Ok(File { installed }) => Self::new(&installed.id, &installed.secret),
            Err(_) => {
                let sentence = "The file isn't the one of a client of the type “Desktop app”. In Google's console, open the client and select Download JSON";
                Err(InputError::sentence(ErrorCode::SignIn, sentence))
            }
        }
    }
}

/// The result of a sign-in: from then on, it takes the place of a password.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub client: GoogleClient,
    pub refresh_token: String,
}

impl Grant {
    /// In the form that the keyring stores.
    pub fn as_password(&self) -> Result<Password, Failure> {
        let text = serde_json::to_string(self);
        let text = text.map_err(|error| Failure::Unreadable(error.to_string()))?;
        Ok(Password::new(text))
    }

    /// # Errors
    /// If it is none: a password of the learner's Google account, for example.
    pub fn read(password: &Password) -> Result<Self, Failure> {
        serde_json::from_str(password.text()).map_err(|_| Failure::SignInAgain)
    }
}

/// A program's own copies of secrets aren't shown.
impl std::fmt::Debug for GoogleClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GoogleClient({}, …)", self.id)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_client_is_read_from_googles_file() {
        let file = r#"{"installed":{"client_id":"1-a.apps.googleusercontent.com","project_id":"p",
            "auth_uri":"https://evil.example.org/","client_secret":"GOCSPX-1"}}"#;
        let client = GoogleClient::read(file).unwrap();
        assert_eq!(client.id, "1-a.apps.googleusercontent.com");
        assert!(!format!("{client:?}").contains("GOCSPX"));
        for file in ["", "{}", r#"{"web":{"client_id":"a","client_secret":"b"}}"#] {
            assert_eq!(
                GoogleClient::read(file).unwrap_err().code,
                ErrorCode::SignIn
            );
        }
        for (id, secret) in [("", "s"), ("a b", "s"), ("a", ""), ("a", "s\n!\u{7}")] {
            let refused = GoogleClient::new(id, secret).unwrap_err();
            assert!(!refused.to_string().contains("s\n!"), "{refused}");
        }
    }

    #[test]
    fn a_grant_takes_the_place_of_a_password() {
        let client = GoogleClient::new("id", "secret").unwrap();
        let refresh_token = "1//token".to_owned();
        let grant = Grant {
            client,
            refresh_token,
        };
        let read = Grant::read(&grant.as_password().unwrap()).unwrap();
        assert_eq!(read.refresh_token, "1//token");
        assert_eq!(read.client.secret, "secret");
        // The learner's own password is sent to nobody.
        assert!(matches!(
            Grant::read(&Password::new("hunter2")),
            Err(Failure::SignInAgain)
        ));
    }
}
