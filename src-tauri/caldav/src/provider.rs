//! Addresses of well-known providers, which publish them in DNS only (RFC 6764), or not at all.

use waymark_core::input_error::{ErrorCode, InputError};

/// A provider of calendar servers, and the names that learners may use for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Provider {
    /// Its name, as shown.
    pub name: &'static str,
    /// The address of its calendar server.
    pub address: &'static str,
    /// Domains of its users' mail addresses, the first one that of its own site.
    domains: &'static [&'static str],
}

const fn provider(
    name: &'static str,
    address: &'static str,
    domains: &'static [&'static str],
) -> Provider {
    Provider {
        name,
        address,
        domains,
    }
}

/// The known providers. Each address is in the presets of several other calendar programs.
pub const PROVIDERS: [Provider; 8] = [
    provider(
        "iCloud",
        "https://caldav.icloud.com",
        &["icloud.com", "me.com", "mac.com"],
    ),
    provider(
        "Fastmail",
        "https://caldav.fastmail.com",
        &["fastmail.com", "fastmail.fm"],
    ),
    provider("mailbox.org", "https://dav.mailbox.org", &["mailbox.org"]),
    provider(
        "Posteo",
        "https://posteo.de:8443",
        &["posteo.de", "posteo.net"],
    ),
    provider(
        "GMX",
        "https://caldav.gmx.net",
        &["gmx.net", "gmx.de", "gmx.at", "gmx.ch"],
    ),
    // Outside the German-speaking countries, it is another server.
    provider("GMX.com", "https://caldav.gmx.com", &["gmx.com"]),
    provider("WEB.DE", "https://caldav.web.de", &["web.de"]),
    provider("Yahoo", "https://caldav.calendar.yahoo.com", &["yahoo.com"]),
];

/// Names and domains of Google, whose calendars need its own sign-in.
const GOOGLE: &[&str] = &[
    "google",
    "google calendar",
    "google.com",
    "gmail",
    "gmail.com",
    "googlemail.com",
    "googleusercontent.com",
];

/// Names and domains of a provider without calendars for other programs, and what to do instead.
const CLOSED: (&[&str], &str) = (
    &[
        "outlook",
        "outlook.com",
        "hotmail",
        "hotmail.com",
        "live.com",
        "msn.com",
        "exchange",
        "office365",
        "office365.com",
        "office.com",
        "microsoft",
    ],
    "Microsoft's calendars don't support CalDAV; export a file and import it there",
);

/// Programs that people run on their own servers.
const PROGRAMS: [&str; 6] = [
    "nextcloud",
    "owncloud",
    "radicale",
    "baikal",
    "baïkal",
    "synology",
];

/// The provider meant by a name, the domain of a mail address, or the host of a site. `None` if it
/// is unknown.
///
/// # Errors
/// If the provider accepts no programs, or the name is a program that runs on many servers: what to
/// do instead.
pub(crate) fn meant(name: &str) -> Result<Option<Provider>, InputError> {
    let lower = name.to_lowercase();
    let site = without_www(&lower);
    let refuse = |why| {
        Err(InputError::new(
            ErrorCode::ServerAddress,
            "address",
            name,
            why,
        ))
    };
    let (closed, why) = CLOSED;
    if is_of(site, closed) {
        return refuse(why);
    }
    if PROGRAMS.contains(&site) {
        return refuse("give the address of your own, such as https://cloud.example.org");
    }
    let known = PROVIDERS.into_iter();
    Ok(known
        .into_iter()
        .find(|provider| provider.name.to_lowercase() == site || provider.domains.contains(&site)))
}

/// Whether a name, the domain of a mail address, or the host of a site is Google's.
pub(crate) fn is_google(name: &str) -> bool {
    is_of(without_www(&name.to_lowercase()), GOOGLE)
}

fn without_www(name: &str) -> &str {
    name.strip_prefix("www.").unwrap_or(name)
}

/// Whether this is one of the names, or a host in one of the domains.
fn is_of(site: &str, names: &[&str]) -> bool {
    let is_its = |name: &&str| {
        let before = site.strip_suffix(name);
        before.is_some_and(|it| it.is_empty() || name.contains('.') && it.ends_with('.'))
    };
    names.iter().any(is_its)
}
