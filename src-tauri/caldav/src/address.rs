//! Where a server is, and to whom its password may go.

use std::net::IpAddr;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};
use waymark_core::problem::Problem;

/// The address of a server, as the learner gave it.
#[derive(Debug, Clone)]
pub struct Address(Uri);

impl Address {
    /// Reads an address such as `https://cloud.example.org` or `caldav.icloud.com`.
    ///
    /// # Errors
    /// One that is no address, has a password in it, or leads over the network unencrypted.
    pub fn read(typed: &str) -> Result<Self, Problem> {
        let plain = typed.trim();
        let refuse = |shown: &str, why| Err(Problem::new("server-address", "address", shown, why));
        if plain.contains('@') {
            // Not shown: there may be a password in it.
            let why = "give it without user and password, and the user apart";
            return refuse("…@…", why);
        }
        let whole = if plain.contains("://") {
            plain.to_owned()
        } else {
            format!("https://{plain}")
        };
        let Ok(uri) = whole.parse::<Uri>() else {
            return refuse(plain, "give one such as https://cloud.example.org");
        };
        let address = Self(uri);
        match (address.0.scheme_str(), address.0.host()) {
            (Some("https"), Some(_)) => Ok(address),
            (Some("http"), Some(host)) if is_loopback(host) => Ok(address),
            (Some("http"), Some(_)) => {
                let why = "the password would cross the network for all to read: give an address with https";
                refuse(plain, why)
            }
            _ => refuse(plain, "give one such as https://cloud.example.org"),
        }
    }

    /// The address itself.
    pub fn uri(&self) -> &Uri {
        &self.0
    }

    /// The host's name.
    pub fn host(&self) -> &str {
        self.0.host().unwrap_or_default()
    }

    /// Whether a password for this server may go there too, because the server itself named the place over an encrypted
    /// connection: to the same host, or to a neighbour under the same domain, as iCloud has its calendars.
    pub(crate) fn trusts(&self, uri: &Uri) -> bool {
        let Some(host) = uri.host() else {
            return false;
        };
        if self.is_same(uri) {
            return true;
        }
        let is_encrypted = self.0.scheme() == Some(&Scheme::HTTPS)
            && uri.scheme() == Some(&Scheme::HTTPS)
            && host.parse::<IpAddr>().is_err();
        let domain = self.host().split_once('.').map(|(_, domain)| domain);
        is_encrypted
            && domain
                .filter(|domain| domain.contains('.') && self.host().parse::<IpAddr>().is_err())
                .is_some_and(|domain| {
                    let before = host.to_ascii_lowercase();
                    let before = before
                        .strip_suffix(&domain.to_ascii_lowercase())
                        .map(str::to_owned);
                    before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
                })
    }

    /// Whether it is the same door: scheme, host and port.
    pub(crate) fn is_same(&self, uri: &Uri) -> bool {
        same_door(&self.0, uri)
    }

    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback(self.host())
    }
}

/// Scheme, host and port are the same.
pub(crate) fn same_door(one: &Uri, other: &Uri) -> bool {
    let door = |uri: &Uri| {
        let host = uri.host().map(str::to_ascii_lowercase);
        let usual = if uri.scheme() == Some(&Scheme::HTTP) {
            80
        } else {
            443
        };
        (uri.scheme().cloned(), host, uri.port_u16().unwrap_or(usual))
    };
    door(one) == door(other)
}

/// What `place` means, seen from `base`: a path there, or an address of its own. Nothing that is no address.
pub(crate) fn resolve(base: &Uri, place: &Uri) -> Option<Uri> {
    let mut parts = base.clone().into_parts();
    if let Some(authority) = place.authority() {
        parts.scheme = place.scheme().cloned().or(parts.scheme);
        parts.authority = Some(Authority::clone(authority));
    }
    let path = place.path_and_query().map_or("/", PathAndQuery::as_str);
    parts.path_and_query = Some(
        libdav::encoding::strict_percent_encoded(path)
            .parse()
            .ok()?,
    );
    Uri::from_parts(parts).ok()
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || bare
            .parse::<IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_this_computer_only() {
        for typed in [
            "cloud.example.org",
            "https://a.b/dav",
            "http://127.0.0.1:5232",
            "http://[::1]/",
            "http://localhost",
        ] {
            assert!(Address::read(typed).is_ok(), "{typed}");
        }
        for typed in [
            "http://example.org",
            "http://127.0.0.1.example.org",
            "ftp://a.b",
            "",
            "a b",
            "http://192.168.1.4",
        ] {
            assert!(Address::read(typed).is_err(), "{typed}");
        }
        let secret = Address::read("https://ana:secret@example.org").unwrap_err();
        assert!(!secret.message.contains("secret"), "{secret}");
    }

    #[test]
    fn passwords_go_to_the_server_and_its_neighbours_only() {
        let trusts = |typed: &str, place: &str| {
            Address::read(typed)
                .unwrap()
                .trusts(&place.parse().unwrap())
        };
        assert!(trusts(
            "caldav.icloud.com",
            "https://p12-caldav.icloud.com:443/1/calendars/"
        ));
        assert!(trusts(
            "https://a.example.org",
            "https://a.example.org:443/"
        ));
        assert!(trusts(
            "http://127.0.0.1:5232",
            "http://127.0.0.1:5232/ana/"
        ));
        for (typed, place) in [
            ("caldav.icloud.com", "https://icloud.com.evil.org/"),
            ("caldav.icloud.com", "https://evilicloud.com/"),
            ("caldav.icloud.com", "http://p12-caldav.icloud.com/"),
            ("example.org", "https://other.org/"),
            ("https://10.0.0.1", "https://11.0.0.1/"),
            ("http://127.0.0.1:5232", "http://127.0.0.1:80/"),
            ("http://127.0.0.1:5232", "https://example.org/"),
        ] {
            assert!(!trusts(typed, place), "{typed} {place}");
        }
    }
}
