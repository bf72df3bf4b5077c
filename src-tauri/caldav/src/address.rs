//! The address of a server, and the hosts that its password may be sent to.

use std::net::IpAddr;

use http::Uri;
use http::uri::{PathAndQuery, Scheme};
use libdav::encoding::strict_percent_encoded;
use waymark_core::input_error::{ErrorCode, InputError};

use crate::loopback::is_loopback;
use crate::places::{CALENDARS, Places};
use crate::provider::{Provider, is_google, meant};

/// The address of a server, from the learner's input.
#[derive(Debug, Clone)]
pub struct Address {
    uri: Uri,
    /// The mail address that led to it, if one did.
    mail: Option<String>,
    /// Whether it is Google's, which has a sign-in of its own.
    is_google: bool,
}

impl Address {
    /// Reads an address such as `https://cloud.example.org` or `caldav.icloud.com`, a provider's
    /// name such as `iCloud`, or a mail address, which stands for its provider or the server of its
    /// domain.
    ///
    /// # Errors
    /// If it is no address, contains a password, is unencrypted, or belongs to a provider without
    /// access for other programs.
    pub fn read(typed: &str) -> Result<Self, InputError> {
        let plain = typed.trim();
        let refuse = |shown: &str, why| {
            Err(InputError::new(
                ErrorCode::ServerAddress,
                "address",
                shown,
                why,
            ))
        };
        let (name, mail) = match plain.split_once('@') {
            None => (plain, None),
            Some((user, domain)) if !user.is_empty() && !plain.contains([':', '/', ' ']) => {
                (domain, Some(plain.to_owned()))
            }
            // Not shown, because it may contain a password.
            Some(_) => {
                let why = "enter it without user and password; enter the user separately";
                return refuse("…@…", why);
            }
        };
        if is_google(name) {
            return Ok(Self::google(mail));
        }
        if let Some(provider) = meant(name)? {
            return Ok(Self::of(provider, mail));
        }
        let whole = if name.contains("://") {
            name.to_owned()
        } else {
            format!("https://{name}")
        };
        let Ok(uri) = whole.parse::<Uri>() else {
            return refuse(plain, "enter one such as https://cloud.example.org");
        };
        // It may still be a provider's, with a scheme in front. A name without dots is a computer
        // nearby.
        let host = uri.host().filter(|host| host.contains('.'));
        if host.is_some_and(is_google) {
            return Ok(Self::google(mail));
        }
        let provider = host.map(meant).transpose()?.flatten();
        if let Some(provider) = provider
            && uri.path() == "/"
            && uri.port().is_none()
        {
            return Ok(Self::of(provider, mail));
        }
        let is_google = false;
        let address = Self {
            uri,
            mail,
            is_google,
        };
        match (address.uri.scheme_str(), address.uri.host()) {
            (Some("https"), Some(_)) => Ok(address),
            (Some("http"), Some(host)) if is_loopback(host) => Ok(address),
            (Some("http"), Some(_)) => {
                let why = "without https, others on the network could read the password; enter an address with https";
                refuse(plain, why)
            }
            _ => refuse(plain, "enter one such as https://cloud.example.org"),
        }
    }

    fn of(provider: Provider, mail: Option<String>) -> Self {
        Self {
            uri: Uri::from_static(provider.address),
            mail,
            is_google: false,
        }
    }

    fn google(mail: Option<String>) -> Self {
        let uri = Places::now().calendars.parse();
        Self {
            uri: uri.unwrap_or_else(|_| Uri::from_static(CALENDARS)),
            mail,
            is_google: true,
        }
    }

    /// Whether it is Google's, which takes a sign-in in the browser instead of a password.
    pub fn is_google(&self) -> bool {
        self.is_google
    }

    /// The mail address, if one was given: providers use it as the user name.
    pub fn user(&self) -> Option<&str> {
        self.mail.as_deref()
    }

    /// The domain of the mail address, if that is all that is known: its records may name a server.
    pub(crate) fn mail_domain(&self) -> Option<&str> {
        let (_, domain) = self.mail.as_ref()?.split_once('@')?;
        let is_unknown = domain.eq_ignore_ascii_case(self.host());
        is_unknown.then_some(domain)
    }

    /// The address as a URI.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The host's name.
    pub fn host(&self) -> &str {
        self.uri.host().unwrap_or_default()
    }

    /// Whether a password for this server may be sent there too. The server itself named the
    /// address over an encrypted connection, so the same host may get it, and a neighbour under the
    /// same registered domain, which is how iCloud hosts calendars.
    pub(crate) fn trusts(&self, uri: &Uri) -> bool {
        let Some(host) = uri.host() else {
            return false;
        };
        if self.is_same(uri) || self.is_google {
            return self.is_same(uri);
        }
        let is_encrypted =
            self.uri.scheme() == Some(&Scheme::HTTPS) && uri.scheme() == Some(&Scheme::HTTPS);
        let domain = registered_domain(self.host());
        is_encrypted && domain.is_some() && domain == registered_domain(host)
    }

    /// Whether the address has the same scheme, host and port.
    pub(crate) fn is_same(&self, uri: &Uri) -> bool {
        same_origin(&self.uri, uri)
    }
}

/// The domain that one owner has registered, with all hosts below it: `example.co.uk` of
/// `dav.example.co.uk`, but `ana.github.io` of itself, since anyone gets a name under `github.io`.
/// Both endings are in the public-suffix list (publicsuffix.org). `None` for an address in numbers,
/// and for a host that is such an ending itself.
fn registered_domain(host: &str) -> Option<String> {
    if host.starts_with('[') || host.parse::<IpAddr>().is_ok() {
        return None;
    }
    // The list is in lower case.
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    psl::domain_str(&host).map(str::to_owned)
}

/// Whether scheme, host and port are the same.
pub(crate) fn same_origin(one: &Uri, other: &Uri) -> bool {
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

/// Resolves `place` against `base`: a path there, or an absolute address. `None` if it is neither.
pub(crate) fn resolve(base: &Uri, place: &str) -> Option<Uri> {
    let (door, path) = match place.split_once("://") {
        // Not a path that contains it later.
        Some((scheme, rest)) if !scheme.contains('/') => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            let path = if path.is_empty() { "/" } else { path };
            (Some((scheme, authority)), path)
        }
        _ => (None, place),
    };
    if !path.starts_with('/') {
        return None;
    }
    let path: PathAndQuery = strict_percent_encoded(path).parse().ok()?;
    let mut parts = base.clone().into_parts();
    parts.path_and_query = Some(path.clone());
    let here = Uri::from_parts(parts).ok()?;
    let Some((scheme, authority)) = door else {
        return Some(here);
    };
    let there = Uri::builder().scheme(scheme).authority(authority);
    let there = there.path_and_query(path).build().ok()?;
    // A server behind a TLS proxy may not know about it.
    let is_here = there.host() == base.host()
        && base.scheme() == Some(&Scheme::HTTPS)
        && there.scheme() == Some(&Scheme::HTTP)
        && (there.port_u16().is_none() || there.port_u16() == base.port_u16());
    Some(if is_here { here } else { there })
}

/// The path of a resource, from its `href`, which `libdav` has percent-decoded as far as possible.
pub(crate) fn path_of(href: &str) -> &str {
    match href.split_once("://") {
        Some((scheme, rest)) if !scheme.contains('/') => rest
            .find('/')
            .map_or("/", |at| rest.get(at..).unwrap_or("/")),
        _ => href,
    }
}

/// Encodes such a path for a request. Sequences that are still encoded could not be decoded; any
/// other percent sign is literal.
pub(crate) fn encoded(path: &str) -> String {
    const KEPT: [&str; 5] = ["2F", "3F", "23", "5B", "5D"];
    let mut parts = path.split('%');
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_kept = KEPT.iter().any(|code| part.starts_with(code));
        whole.push_str(if is_kept { "%" } else { "%25" });
        whole.push_str(part);
    }
    strict_percent_encoded(&whole).into_owned()
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
        assert!(!secret.to_string().contains("secret"), "{secret}");
    }

    #[test]
    fn places_are_seen_from_where_they_were_named() {
        let base: Uri = "https://a.example.org:8443/dav/".parse().unwrap();
        for (place, means) in [
            (
                "/ana maria@b/%C3%A9/50%25/",
                "https://a.example.org:8443/ana%20maria@b/%C3%A9/50%25/",
            ),
            ("https://b.example.org/x", "https://b.example.org/x"),
            ("https://[::1]:99/x y", "https://[::1]:99/x%20y"),
            ("https://b.example.org", "https://b.example.org/"),
            (
                "http://a.example.org:8443/x",
                "https://a.example.org:8443/x",
            ),
            ("http://a.example.org/x", "https://a.example.org:8443/x"),
            ("http://a.example.org:81/x", "http://a.example.org:81/x"),
            ("http://b.example.org/x", "http://b.example.org/x"),
            ("/a/http://b/", "https://a.example.org:8443/a/http://b/"),
        ] {
            let meant = resolve(&base, place).map(|uri| uri.to_string());
            assert_eq!(meant.as_deref(), Some(means), "{place}");
        }
        for place in ["x", "", "mailto:ana@example.org", "https://", "https:// /"] {
            assert_eq!(resolve(&base, place), None, "{place}");
        }
    }

    #[test]
    fn paths_are_sent_as_they_were_named() {
        for path in [
            "/a%20b/50%25/%3F%23/%2Fx/@.ics",
            "/%C3%A9/%5B1%5D",
            "/%25%25/100%25a",
        ] {
            let known = libdav::encoding::normalise_percent_encoded(path).unwrap();
            assert_eq!(encoded(path_of(&known)), path, "{known}");
            let whole = format!("https://a.example.org:8443{known}");
            assert_eq!(encoded(path_of(&whole)), path, "{known}");
        }
    }

    /// Input, and the address it leads to.
    #[test]
    fn what_people_type() {
        let typed = [
            "iCloud",
            "fastmail",
            "ana@fastmail.com",
            "Ana.Maria@Posteo.net",
            "https://www.fastmail.com",
            "www.icloud.com",
            "mailbox.org",
            "ana@example.org",
            "cloud.example.org/remote.php/dav",
            "https://nextcloud",
            "nextcloud",
            "google",
            "ana@gmail.com",
            "https://apidata.googleusercontent.com/caldav/v2/",
            "notgoogle.example.org",
            "ana@outlook.com",
            "https://outlook.office365.com/",
            "ana:secret@fastmail.com",
            "ana@fastmail.com/x",
            "@fastmail.com",
            "ana@",
        ];
        let lines = typed.map(|typed| match Address::read(typed) {
            Ok(address) => {
                let user = address.user().unwrap_or("-");
                format!("{typed}\n  {} {user}\n", address.uri())
            }
            Err(problem) => format!("{typed}\n  {problem}\n"),
        });
        insta::assert_snapshot!(lines.concat());
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

    /// Neighbours share the domain that somebody registered, not only an ending that is for
    /// everyone.
    #[test]
    fn a_domain_ends_where_the_public_suffix_list_says() {
        let neighbours = |one: &str, other: &str| {
            let address = Address::read(one).unwrap();
            address.trusts(&format!("https://{other}/dav/").parse().unwrap())
        };
        for (one, other) in [
            ("example.co.uk", "dav.example.co.uk"),
            ("caldav.example.com.au", "P12-CalDAV.Example.COM.au"),
            ("dav.example.org", "example.org"),
            ("https://dav.example.org.", "p1.example.org"),
            ("cloud.ana.github.io", "dav.ana.github.io"),
            ("xn--bcher-kva.example.org", "dav.example.org"),
            ("cloud.home.arpa.test", "dav.arpa.test"),
            // An exception in the list: everybody registers below *.ck, but not here.
            ("www.ck", "dav.www.ck"),
        ] {
            assert!(neighbours(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("example.co.uk", "evil.co.uk"),
            ("dav.example.co.uk", "dav.evil.co.uk"),
            ("example.com.au", "evil.com.au"),
            ("ana.github.io", "eve.github.io"),
            ("github.io", "eve.github.io"),
            ("ana.synology.me", "eve.synology.me"),
            ("ana.duckdns.org", "eve.duckdns.org"),
            ("a.example.ck", "b.example.ck"),
            ("https://nextcloud", "evil.nextcloud"),
            ("https://com", "example.com"),
            ("example.org", "example.org.evil.net"),
        ] {
            assert!(!neighbours(one, other), "{one} {other}");
        }
    }
}
