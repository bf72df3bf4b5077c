//! The language and region that this computer writes dates for.

use chrono::Weekday;

/// The variables that name a locale for dates, the strongest first.
#[cfg(target_os = "linux")]
const VARIABLES: [&str; 3] = ["LC_ALL", "LC_TIME", "LANG"];

/// The locale for dates as a language tag, such as "en-US"; `None` if none is set, or the "C"
/// locale, which is of no region.
pub fn of_this_computer() -> Option<String> {
    #[cfg(target_os = "linux")]
    return VARIABLES
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| tag(&value));
    // The window's engine knows it there.
    #[cfg(not(target_os = "linux"))]
    None
}

/// "de-CH" of "de_CH.UTF-8@euro".
#[cfg(any(target_os = "linux", test))]
fn tag(value: &str) -> Option<String> {
    let name = value.split(['.', '@']).next().unwrap_or_default();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_of_no_region = ["", "C", "POSIX"].contains(&name);
    (!is_of_no_region && name.chars().all(is_plain)).then(|| name.replace('_', "-"))
}

/// The regions whose weeks start on Sunday, and on Saturday. All others start on Monday. From the
/// week data of Unicode's CLDR 47.
const SUNDAY: &str = "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN IS JM JP KE KH KR \
    LA MH MM MO MT MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW";
const SATURDAY: &str = "AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY";

/// The first day of the week in a locale's region. Monday if there is no region.
pub fn week_start(tag: Option<&str>) -> Weekday {
    let region = tag.and_then(|tag| tag.split('-').skip(1).find(|part| part.len() == 2));
    let is_in = |list: &str| list.split_whitespace().any(|each| Some(each) == region);
    if is_in(SUNDAY) {
        Weekday::Sun
    } else if is_in(SATURDAY) {
        Weekday::Sat
    } else {
        Weekday::Mon
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_becomes_a_language_tag() {
        let cases = [
            ("en_US.UTF-8", Some("en-US")),
            ("de_CH@euro", Some("de-CH")),
            ("sr_Cyrl_RS", Some("sr-Cyrl-RS")),
            ("eo", Some("eo")),
            ("C.UTF-8", None),
            ("C", None),
            ("POSIX", None),
            ("en US", None),
            ("", None),
        ];
        for (value, expected) in cases {
            assert_eq!(tag(value).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn weeks_start_as_in_the_region() {
        assert_eq!(week_start(Some("en-US")), Weekday::Sun);
        assert_eq!(week_start(Some("en-GB")), Weekday::Mon);
        assert_eq!(week_start(Some("ar-Arab-EG")), Weekday::Sat);
        assert_eq!(week_start(Some("en")), Weekday::Mon);
        assert_eq!(week_start(None), Weekday::Mon);
    }
}
