//! This computer's time zone.

use waymark_core::zone::Zone;

/// The zone of this program: that of the variable `TZ` if it names one, or else the computer's; UTC
/// if neither is known.
pub fn of_this_computer() -> Zone {
    let set = std::env::var("TZ").ok();
    let of_system = || Zone::bundled(&iana_time_zone::get_timezone().ok()?);
    set.and_then(|text| of_variable(&text))
        .or_else(of_system)
        .unwrap_or(Zone::utc())
}

/// The zone that a value of `TZ` names, such as `Asia/Kolkata`, `:Asia/Kolkata` or the path of a
/// zone file. `None` for a rule such as `CET-1CEST`, which names no place.
fn of_variable(text: &str) -> Option<Zone> {
    let name = text.strip_prefix(':').unwrap_or(text);
    let name = name.rsplit_once("zoneinfo/").map_or(name, |(_, name)| name);
    match name {
        "" => Some(Zone::utc()),
        name => Zone::bundled(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variable_names_a_zone_in_three_forms() {
        let named = |text: &str| of_variable(text).map(|zone| zone.name().to_owned());
        let berlin = Some("Europe/Berlin".to_owned());
        assert_eq!(named("Europe/Berlin"), berlin);
        assert_eq!(named(":Europe/Berlin"), berlin);
        assert_eq!(named("/usr/share/zoneinfo/Europe/Berlin"), berlin);
        assert_eq!(of_variable(""), Some(Zone::utc()));
        assert_eq!((named("CET-1CEST"), named("Mars/Olympus")), (None, None));
    }
}
