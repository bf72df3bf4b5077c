//! This computer's time zone.

use chrono_tz::Tz;

/// The zone this computer is set to; UTC if the system doesn't say or names an unknown one.
pub fn of_this_computer() -> Tz {
    let name = iana_time_zone::get_timezone().ok();
    name.and_then(|name| name.parse().ok()).unwrap_or(Tz::UTC)
}
