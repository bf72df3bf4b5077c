//! The password of a server's user, and the system's keyring that stores it.

use std::fmt;
use std::io::{self, BufRead, ErrorKind, Read};

use keyring::v1::{Entry, Error};
use zeroize::Zeroizing;

use crate::address::Address;

const SERVICE: &str = "Waymark calendar";

/// The longest password that is read from a terminal or a pipe, in bytes.
const LONGEST: usize = 4096;

/// A password. It is sent to the server and the keyring, appears in no text, and is wiped from
/// memory when it is dropped.
///
/// Copies that libraries make are beyond reach: the header of a request that is under way, the
/// buffers of TLS, of the keyring and of the window's messages.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// The password as typed.
    pub fn new(typed: impl Into<String>) -> Self {
        Self(Zeroizing::new(typed.into()))
    }

    /// The first line of a text.
    ///
    /// # Errors
    /// If it can't be read, or is longer than any password.
    pub fn read(from: &mut impl BufRead) -> io::Result<Self> {
        // With room for all of it: a text that grows leaves copies behind.
        let mut line = Zeroizing::new(String::with_capacity(LONGEST));
        from.take(LONGEST as u64).read_line(&mut line)?;
        if line.len() == LONGEST {
            let why = format!("it is longer than {} bytes", LONGEST - 1);
            return Err(io::Error::new(ErrorKind::InvalidData, why));
        }
        Ok(Self::new(line.trim_end_matches(['\n', '\r'])))
    }

    /// Whether it has no characters.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
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
            Ok(password) => Ok(Some(Self::new(password))),
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

/// The reason why the keyring cannot be used. The library's own texts are for programmers.
pub(crate) fn reason(error: &Error) -> String {
    let why = match error {
        Error::NoStorageAccess(_) => "it's locked",
        Error::NoDefaultStore | Error::NotSupportedByStore(_) => "this system has none",
        Error::TooLong(_, most) => return format!("it takes at most {most} characters"),
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => {
            "its entry can't be read"
        }
        Error::Ambiguous(_) => "it has several passwords of this user",
        Error::Invalid(..) => "it takes no such user or address",
        _ => "it isn't running, or doesn't answer",
    };
    why.to_owned()
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod reason_tests {
    use super::*;

    #[test]
    fn no_text_of_a_library_is_shown() {
        let raw = || "zbus error: I/O error: No such file or directory (os error 2)".into();
        let told = [
            Error::PlatformFailure(raw()),
            Error::NoStorageAccess(raw()),
            Error::BadDataFormat(Vec::new(), raw()),
            Error::NotSupportedByStore("dbus".to_owned()),
        ]
        .map(|error| reason(&error));
        assert!(told.iter().all(|text| !text.contains("bus")), "{told:?}");
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::fs::File;
    use std::os::unix::fs::FileExt;

    use super::*;

    /// Long, so that what the allocator writes into freed memory leaves most of it as it was.
    const TYPED: &str = "correct horse battery staple, which nobody else has for a password here";

    /// Reads this process's memory through the system, also where it was freed.
    struct Memory {
        file: File,
        bytes: Vec<u8>,
    }

    impl Memory {
        fn new() -> Self {
            let file = File::open("/proc/self/mem").unwrap();
            let bytes = vec![0; TYPED.len()];
            Self { file, bytes }
        }

        /// Whether part of the password is at this place.
        fn has_part(&mut self, address: usize) -> bool {
            let at = u64::try_from(address).unwrap();
            self.file.read_exact_at(&mut self.bytes, at).unwrap();
            let parts = TYPED.as_bytes().windows(8);
            let mut places = parts.zip(self.bytes.windows(8));
            places.any(|(part, found)| part == found)
        }
    }

    #[test]
    fn a_dropped_password_is_wiped() {
        let mut memory = Memory::new();
        let password = Password::new(TYPED);
        let address = password.text().as_ptr().addr();
        assert!(memory.has_part(address), "the test sees it");
        drop(password);
        assert!(!memory.has_part(address));

        // A string of another kind stays.
        let plain = TYPED.to_owned();
        let address = plain.as_ptr().addr();
        drop(plain);
        assert!(memory.has_part(address), "the test sees what is freed");
    }

    #[test]
    fn the_first_line_is_the_password() {
        let read = |text: &str| Password::read(&mut text.as_bytes());
        for text in ["ä b", "ä b\n", "ä b\r\nmore\n"] {
            assert_eq!(read(text).unwrap().text(), "ä b", "{text:?}");
        }
        assert!(read("").unwrap().is_empty());
        assert!(read(&"x".repeat(LONGEST - 1)).is_ok());
        assert!(read(&"x".repeat(LONGEST)).is_err());
    }
}
