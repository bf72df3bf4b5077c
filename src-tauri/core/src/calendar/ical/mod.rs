//! iCalendar text (RFC 5545) that another program wrote: a file that a learner gives, or what a
//! server holds.
//!
//! Its bytes become the relevant lines ([`lines`]), and these become events ([`event`]) with their
//! times ([`times`]) on the clocks that they name ([`zones`]), which may recur ([`rule`]). Counts
//! bound the work ([`Limits`]), so the same text always gives the same answer.

pub mod budget;
pub mod event;
pub mod limits;
pub mod lines;
mod mend;
pub mod parse;
pub mod rule;
pub mod times;
mod zone_names;
pub mod zones;
