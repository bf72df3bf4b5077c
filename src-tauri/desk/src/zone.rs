//! This computer's time zone.

use waymark_core::zone::Zone;

/// The zone this computer is set to; UTC if the system doesn't say or names an unknown one.
pub fn of_this_computer() -> Zone {
    let name = iana_time_zone::get_timezone().ok();
    name.and_then(|name| Zone::bundled(&name))
        .unwrap_or(Zone::utc())
}
