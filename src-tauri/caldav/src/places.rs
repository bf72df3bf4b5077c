//! Google's addresses, and those that take their place in a test.

use std::time::Duration;

use http::Uri;

use crate::loopback::is_loopback;

/// The host of Google's calendars.
pub(crate) const CALENDARS: &str = "https://apidata.googleusercontent.com/caldav/v2/";
const AUTHORIZE: &str = "https://accounts.google.com/o/oauth2/v2/auth";
const TOKEN: &str = "https://oauth2.googleapis.com/token";

/// Three addresses on this computer that take Google's place in a test: of the calendars, of the
/// page to sign in on, and of the tokens, separated by blanks. A number of seconds to wait for the
/// browser may follow.
const INSTEAD: &str = "WAYMARK_GOOGLE";

/// Google's addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Places {
    pub calendars: String,
    pub authorize: String,
    pub token: String,
    /// How long a test's browser may take.
    pub patience: Option<Duration>,
}

impl Places {
    /// Google's own, or a test's on this computer.
    pub fn now() -> Self {
        let instead = std::env::var(INSTEAD).ok();
        instead
            .and_then(|instead| Self::on_this_computer(&instead))
            .unwrap_or_else(|| Self {
                calendars: CALENDARS.to_owned(),
                authorize: AUTHORIZE.to_owned(),
                token: TOKEN.to_owned(),
                patience: None,
            })
    }

    /// Nothing of a sign-in may be sent anywhere else.
    fn on_this_computer(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split(' ').collect();
        let (places, rest) = words.split_at_checked(3)?;
        let is_near = |place: &&str| {
            let uri = place.parse::<Uri>().ok();
            uri.is_some_and(|uri| uri.host().is_some_and(is_loopback))
        };
        let patience = rest.first().and_then(|seconds| seconds.parse().ok());
        match *places {
            [calendars, authorize, token] if places.iter().all(is_near) => Some(Self {
                calendars: calendars.to_owned(),
                authorize: authorize.to_owned(),
                token: token.to_owned(),
                patience: patience.map(Duration::from_secs),
            }),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computer_takes_googles_place() {
        let near = "http://127.0.0.1:1/dav/ http://localhost:2/authorize http://[::1]:3/token";
        assert!(Places::on_this_computer(near).is_some());
        for text in [
            "",
            "http://127.0.0.1:1/",
            "http://127.0.0.1:1/ http://127.0.0.1:2/ https://evil.example.org/token",
            "http://127.0.0.1.evil.org/ http://127.0.0.1/ http://127.0.0.1/",
            "https://evil.org/ https://evil.org/ https://evil.org/",
        ] {
            assert_eq!(Places::on_this_computer(text), None, "{text}");
        }
    }
}
