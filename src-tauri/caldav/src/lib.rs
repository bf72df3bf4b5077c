//! Waymark's way to a calendar on a server: finds it, reads it and writes it (CalDAV, RFC 4791).
//!
//! What to send and what came back is thought out in `waymark_core::calendar::sync`; here it is sent and fetched. Requests are
//! made and answers read by `libdav`; this crate says to whom a password may go, how often something is tried again, and
//! when the server has confirmed something.

mod address;
mod calendar;
mod discovery;
mod failure;
mod local;
mod login;
mod password;
mod properties;
mod provider;
mod send;
mod server;
mod stopped;
mod sync;
mod tls_error;

pub use address::Address;
pub use calendar::Calendar;
pub use discovery::{FoundCalendar, calendars, create};
pub use failure::Failure;
pub use local::{Local, Trial};
pub use password::Password;
pub use provider::{PROVIDERS, Provider};
pub use server::{RetryPolicy, Server};
pub use stopped::Stopped;
pub use sync::{Reach, SyncRequest, synchronize};
pub use tls_error::TlsError;
