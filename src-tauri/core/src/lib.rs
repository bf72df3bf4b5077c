//! All of Waymark's thinking, with no I/O, no clock and no window.
//!
//! The modules follow the flow of data: [`schedule`] places the items of a [`roadmap`] in the free
//! [`availability`] of a [`plan`]. The result is projected for the window ([`view`]), drawn as a
//! [`picture`] or written for a [`calendar`].
//!
//! ```
//! use chrono::{TimeZone, Utc};
//! use waymark_core::plan::{Change, Plan, change::SetHours};
//! use waymark_core::{roadmap::Roadmap, schedule::schedule, zone::Zone};
//!
//! # fn main() -> Result<(), waymark_core::input_error::InputError> {
//! let created = Utc.timestamp_opt(1_798_000_000, 0).single().unwrap_or_default();
//! let start = "2027-01-04".parse().unwrap_or_default();
//! let zone = Zone::bundled("Europe/Berlin").unwrap_or(Zone::utc());
//! let plan = Plan::new("my-plan", Roadmap::embedded()?, start, zone, created)?;
//! let faster = plan.apply(&Change::Hours(SetHours { value: "20".into() }))?;
//!
//! let (slow, fast) = (schedule(&plan, created), schedule(&faster, created));
//! assert!(fast.finish() < slow.finish());
//! # Ok(())
//! # }
//! ```

pub mod input_error;

mod reading;

pub mod envelope;

pub mod roadmap;

pub mod outline;

pub mod zone;

pub mod availability;

pub mod plan;

pub mod schedule;

pub mod progress;

pub mod forecast;

pub mod slack;

pub mod needed;

pub mod difference;

pub mod document;

pub mod templates;

pub mod retention;

pub mod outlook;

pub mod status;

pub mod ladder;

pub mod catch_up;

pub mod check_in;

pub mod words;

pub mod palette;

pub mod view;

pub mod picture;

pub mod share;

pub mod calendar;

pub mod taskjuggler;

#[cfg(test)]
mod samples;
