//! Waymark's way to a calendar on a server: finds it, reads it and writes it (CalDAV, RFC 4791).
//!
//! What to send and what came back is thought out in `waymark_core::calendar::sync`; here it is sent and fetched. Requests are
//! made and answers read by `libdav`; this crate says to whom a password may go, how often something is tried again, and
//! when the server has confirmed something.

mod address;
mod calendar;
mod discovery;
mod distrust;
mod failure;
mod login;
mod password;
mod properties;
mod provider;
mod send;
mod server;
mod sync;

pub use address::Address;
pub use calendar::Calendar;
pub use discovery::{Found, calendars, create};
pub use distrust::Distrust;
pub use failure::Failure;
pub use password::Password;
pub use provider::{PROVIDERS, Provider};
pub use server::{Patience, Server};
pub use sync::{Local, Reach, Stopped, Trial, synchronize};
