//! Events and how they are identified: the types that export, ledger and sync share.
//!
//! This module depends on none of them: it does not create, write or store events.

mod key;
mod revision;
mod uid;
mod when;

pub use key::{EventKey, EventKind};
pub use revision::{Revision, Tombstone};
pub(in crate::calendar) use uid::{EventId, push_uid, read_uid};
pub(in crate::calendar) use when::midnight;
pub use when::{Now, When};
