//! The calendar server of a mail domain, by the domain's DNS records (RFC 6764).

use std::io;
use std::net::SocketAddr;
use std::str::FromStr;
use std::time::Duration;

use domain::base::{Name, RelativeName, Rtype, ToRelativeName};
use domain::rdata::Txt;
use domain::resolv::StubResolver;
use domain::resolv::stub::Answer;
use domain::resolv::stub::conf::{ResolvConf, ServerConf, Transport};
use http::Uri;

/// `off`, or the address of a server on this computer to ask instead of the system's: for tests.
const INSTEAD: &str = "WAYMARK_DNS";
const OFF: &str = "off";
/// How long to wait for an answer. Without one, the domain itself is asked.
const PATIENCE: Duration = Duration::from_secs(3);
/// The service: CalDAV over TLS. Nothing is sent without TLS.
const SERVICE: &[u8] = b"\x08_caldavs\x04_tcp";
const PORT: u16 = 443;

/// The content of a domain's records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Service {
    /// Its calendars are here.
    At(Uri),
    /// It has none.
    None,
    /// They say nothing, or can't be read.
    Unknown,
}

/// Asks for the calendar server of a domain.
pub(crate) fn service(domain: &str) -> Service {
    let Some(conf) = configured() else {
        return Service::Unknown;
    };
    let Ok(name) = Name::<Vec<u8>>::from_str(domain) else {
        return Service::Unknown;
    };
    let domain = domain.to_owned();
    let asked = StubResolver::run_with_conf(conf, move |resolver| async move {
        records(&resolver, &name, &domain).await
    });
    asked.unwrap_or(Service::Unknown)
}

/// The servers to ask. `None` if none is to be asked.
fn configured() -> Option<ResolvConf> {
    let mut conf = match std::env::var(INSTEAD) {
        Err(_) => ResolvConf::default(),
        Ok(instead) if instead == OFF => return None,
        Ok(instead) => {
            let server: SocketAddr = instead.parse().ok()?;
            let mut conf = ResolvConf::new();
            conf.servers
                .push(ServerConf::new(server, Transport::UdpTcp));
            server.ip().is_loopback().then_some(conf)?
        }
    };
    conf.options.timeout = PATIENCE;
    conf.options.attempts = 1;
    conf.finalize();
    Some(conf)
}

async fn records(
    resolver: &StubResolver,
    name: &Name<Vec<u8>>,
    domain: &str,
) -> io::Result<Service> {
    let malformed = || io::Error::from(io::ErrorKind::InvalidData);
    let service = RelativeName::from_slice(SERVICE).map_err(|_| malformed())?;
    let found = resolver.lookup_srv(service, name, PORT).await;
    let Some(found) = found.map_err(|_| malformed())? else {
        return Ok(Service::None);
    };
    // In the order that the records want.
    let Some(server) = found.into_srvs().next() else {
        return Ok(Service::Unknown);
    };
    let host = server.target().to_string();
    let (host, port) = (host.trim_end_matches('.').to_owned(), server.port());
    let service = service.chain(name).map_err(|_| malformed())?;
    let path = match resolver.query((service, Rtype::TXT)).await {
        Ok(answer) => path(&answer),
        Err(_) => None,
    };
    // Without an SRV record, the resolver names the domain itself.
    if path.is_none() && port == PORT && host.eq_ignore_ascii_case(domain) {
        return Ok(Service::Unknown);
    }
    let path = path.unwrap_or_else(|| "/".to_owned());
    let place = format!("https://{host}:{port}{path}").parse();
    Ok(place.map_or(Service::Unknown, Service::At))
}

/// The path that the records of a service name.
fn path(answer: &Answer) -> Option<String> {
    let mut texts = answer.answer().ok()?.limit_to_in::<Txt<_>>().flatten();
    texts.find_map(|record| {
        let text = String::from_utf8(record.data().text::<Vec<u8>>()).ok()?;
        let path = text.strip_prefix("path=")?;
        path.starts_with('/').then(|| path.to_owned())
    })
}
