//! The plan in other calendars.

pub mod export;
