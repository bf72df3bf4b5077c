//! Calendars on a server: finding, reading and writing them (CalDAV, RFC 4791).
//!
//! `waymark_core::calendar::sync` decides what to send and interprets the answers; this crate sends
//! and fetches. `libdav` writes requests and parses answers. This crate decides which hosts may get
//! a password, how often to retry, and when the server has confirmed a step.

mod address;
#[cfg(test)]
mod answers;
mod calendar;
mod discovery;
mod dns;
mod failure;
mod feed;
mod google;
mod http_client;
mod lanes;
mod listing;
mod local;
mod login;
mod loopback;
mod password;
mod places;
mod properties;
mod provider;
mod resources;
mod send;
mod server;
mod state;
mod stopped;
mod sync;
mod tls_error;
mod upload;

pub use address::Address;
pub use calendar::Calendar;
pub use discovery::{FoundCalendar, calendars, create};
pub use failure::Failure;
pub use feed::FeedAddress;
pub use google::{GoogleClient, SignIn, sign_in};
pub use local::{Local, Trial};
pub use password::Password;
pub use provider::{PROVIDERS, Provider};
pub use server::{RetryPolicy, Server};
pub use stopped::Stopped;
pub use sync::{Reach, SyncRequest, synchronize};
pub use tls_error::TlsError;
pub use upload::upload;
