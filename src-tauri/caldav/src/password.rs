//! The password of a server's user, and the system's keyring that keeps it.

use std::fmt;

use keyring::v1::{Entry, Error};

use crate::address::Address;

const SERVICE: &str = "Waymark calendar";

/// A password. It goes to the server and to the keyring, and into no text.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// What the learner typed.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// What the keyring has for this user of this server; none if it has nothing.
    ///
    /// # Errors
    /// There is no keyring, or it is locked: the reason, as the system names it.
    pub fn kept(address: &Address, user: &str) -> Result<Option<Self>, String> {
        match entry(address, user)?.get_password() {
            Ok(password) => Ok(Some(Self(password))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(reason(&error)),
        }
    }

    /// Has the keyring keep it.
    ///
    /// # Errors
    /// As [`Password::kept`].
    pub fn keep(&self, address: &Address, user: &str) -> Result<(), String> {
        let entry = entry(address, user)?;
        entry.set_password(&self.0).map_err(|error| reason(&error))
    }

    /// Has the keyring forget what it has for this user of this server.
    ///
    /// # Errors
    /// As [`Password::kept`].
    pub fn forget(address: &Address, user: &str) -> Result<(), String> {
        match entry(address, user)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(reason(&error)),
        }
    }
}

fn entry(address: &Address, user: &str) -> Result<Entry, String> {
    if let Err(error) = Entry::store_status() {
        return Err(reason(error));
    }
    let account = format!("{user} at {}", address.host());
    Entry::new(SERVICE, &account).map_err(|error| reason(&error))
}

/// Why the keyring cannot be used.
fn reason(error: &Error) -> String {
    match error {
        Error::NoStorageAccess(why) => format!("it is locked, or not to be reached: {why}"),
        error => error.to_string(),
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}
