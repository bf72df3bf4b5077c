//! Events and how they are told apart: the vocabulary that export, ledger and sync share.
//!
//! A leaf: nothing here knows how events are made, written or remembered.

mod key;
mod revision;
mod uid;
mod when;

pub use key::{EventKey, EventKind};
pub use revision::{Revision, Tombstone};
pub(in crate::calendar) use uid::{EventId, push_uid, read_uid};
pub(in crate::calendar) use when::midnight;
pub use when::{Now, When};
