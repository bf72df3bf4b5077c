//! The password of a server's user, and the system's keyring that stores it.

use std::fmt;

use keyring::v1::{Entry, Error};

use crate::address::Address;

const SERVICE: &str = "Waymark calendar";

/// A password. It is sent to the server and the keyring, and appears in no text.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// The password as typed.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(typed.into())
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// The keyring's password for this user of this server. `None` if it has none.
    ///
    /// # Errors
    /// If there is no keyring, or it is locked: the system's reason.
    pub fn kept(address: &Address, user: &str) -> Result<Option<Self>, String> {
        match entry(address, user)?.get_password() {
            Ok(password) => Ok(Some(Self(password))),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(reason(&error)),
        }
    }

    /// Stores it in the keyring.
    ///
    /// # Errors
    /// As [`Password::kept`].
    pub fn keep(&self, address: &Address, user: &str) -> Result<(), String> {
        let entry = entry(address, user)?;
        entry.set_password(&self.0).map_err(|error| reason(&error))
    }

    /// Removes the keyring's password for this user of this server.
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

/// The reason why the keyring cannot be used.
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
