//! The addresses of published calendars: in memory, and in the system's keyring.

use std::collections::HashMap;
use std::sync::Mutex;

use waymark_caldav::FeedAddress;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::words;

use crate::mutex::lock;

/// The addresses of published calendars that are known while the program runs, by the calendar's
/// id.
#[derive(Debug, Default)]
pub struct Feeds(Mutex<HashMap<String, FeedAddress>>);

impl Feeds {
    /// The address given now or before, or the one in the keyring.
    ///
    /// # Errors
    /// `password-needed` if none is known.
    pub fn address(&self, id: &str, name: &str) -> Result<FeedAddress, InputError> {
        if let Some(known) = lock(&self.0).get(id) {
            return Ok(known.clone());
        }
        let kept = FeedAddress::kept(id).ok().flatten();
        kept.ok_or_else(|| {
            let name = words::one_line(name);
            let sentence = format!(
                "The system's keyring has no address of “{name}”. Remove the calendar and add it again."
            );
            InputError::sentence(ErrorCode::PasswordNeeded, sentence)
        })
    }

    /// Remembers an address, in the keyring too if there is one. Returns why it isn't kept there.
    pub fn keep(&self, id: &str, address: FeedAddress) -> Option<String> {
        let kept = address.keep(id);
        lock(&self.0).insert(id.to_owned(), address);
        let why = kept.err()?;
        Some(format!(
            "The system's keyring cannot keep the address ({why}): after the next start Waymark \
             can't read this calendar again."
        ))
    }

    /// Forgets an address, in the keyring too.
    pub fn forget(&self, id: &str) {
        lock(&self.0).remove(id);
        // Without a keyring there's nothing to remove.
        let _ = FeedAddress::forget(id);
    }
}
