//! The plan in other calendars, and other calendars in the plan.

pub mod busy;
pub mod export;
