//! A mail address, and a DNS server on this computer that names the calendar server of its domain.

use std::net::{SocketAddr, UdpSocket};
use std::str::FromStr;
use std::thread;

use domain::base::iana::Rcode;
use domain::base::{Message, MessageBuilder, Name, Rtype};
use domain::rdata::{Srv, Txt};

use crate::certificates::Authority;
use crate::proxy::Fault;
use crate::servers::{Kind, PASSWORD, USER};
use crate::{Learner, Result};

/// The content of a domain's records.
#[derive(Clone, Copy)]
struct Records {
    /// Host and port of the server.
    server: Option<(&'static str, u16)>,
    path: Option<&'static str>,
}

/// Starts a DNS server with these records for each domain. It ends with the test's process.
fn dns(records: Records) -> Result<SocketAddr> {
    let socket = UdpSocket::bind("127.0.0.1:0")?;
    let address = socket.local_addr()?;
    thread::spawn(move || {
        let mut asked = [0; 1500];
        while let Ok((length, client)) = socket.recv_from(&mut asked) {
            if let Some(answer) = answer(&asked[..length], records) {
                let _ = socket.send_to(&answer, client);
            }
        }
    });
    Ok(address)
}

fn answer(asked: &[u8], records: Records) -> Option<Vec<u8>> {
    let asked = Message::from_octets(asked).ok()?;
    let question = asked.first_question()?;
    let name = question.qname();
    let builder = MessageBuilder::new_vec();
    let mut answer = builder.start_answer(&asked, Rcode::NOERROR).ok()?;
    let is_service = name.to_string().starts_with("_caldavs._tcp.");
    match question.qtype() {
        Rtype::SRV if is_service => {
            if let Some((host, port)) = records.server {
                let host = Name::<Vec<u8>>::from_str(host).ok()?;
                answer.push((name, 60, Srv::new(0, 1, port, host))).ok()?;
            }
        }
        Rtype::TXT if is_service => {
            if let Some(path) = records.path {
                let text = Txt::<Vec<u8>>::build_from_slice(path.as_bytes()).ok()?;
                answer.push((name, 60, text)).ok()?;
            }
        }
        _ => {}
    }
    Some(answer.finish())
}

/// A learner who enters a mail address of example.test.
fn learner() -> Result<Learner> {
    let authority = Authority::new("Trusted")?;
    let tls = authority.issue(&["example.test", "*.example.test", "other.test"])?;
    let mut learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
    authority.write(&learner.path("trusted.pem"))?;
    learner.address = "ana@example.test".to_owned();
    Ok(learner)
}

/// The hosts that were asked.
fn hosts(learner: &Learner) -> Vec<String> {
    let mut hosts: Vec<String> = learner
        .proxy
        .asked()
        .into_iter()
        .map(|it| it.host)
        .collect();
    hosts.dedup();
    hosts
}

#[test]
fn the_records_of_a_domain_lead_to_its_server() -> Result {
    let learner = learner()?;
    let records = Records {
        server: Some(("dav.example.test.", 8443)),
        path: Some("path=/dav/"),
    };
    let header = "X-Script-Name: /dav\r\n";
    learner
        .proxy
        .rule(move |asked| match asked.path.strip_prefix("/dav") {
            Some(path) => Fault::At(path.to_owned(), header),
            None => Fault::Answer("404 Not Found", String::new()),
        });
    let output = learner
        .command(&["--create"])?
        .env("WAYMARK_DNS", dns(records)?.to_string())
        .output()?;
    assert!(output.status.success(), "{output:?}");
    assert_eq!(hosts(&learner), ["dav.example.test:8443"]);
    learner.holds_the_plan()
}

/// Nothing is sent to a server of another domain, and a server that says that it has none is
/// believed.
#[test]
fn records_that_lead_elsewhere() -> Result {
    let learner = learner()?;
    for (server, sentence) in [
        (
            ("dav.other.test.", 443),
            "example.test names https://dav.other.test:443/ as its calendar server. If you trust it",
        ),
        (
            ("localhost.", 443),
            "example.test names https://localhost:443/",
        ),
        ((".", 0), "example.test has no calendars (CalDAV)"),
    ] {
        let records = Records {
            server: Some(server),
            path: None,
        };
        let output = learner
            .command(&["--create"])?
            .env("WAYMARK_DNS", dns(records)?.to_string())
            .output()?;
        let said = String::from_utf8(output.stderr)?;
        assert!(said.contains(sentence), "{said}");
        assert!(!said.contains(PASSWORD), "{said}");
        assert!(hosts(&learner).is_empty());
    }
    Ok(())
}

/// The domain itself is asked, as without DNS.
#[test]
fn without_records() -> Result {
    let learner = learner()?;
    let records = Records {
        server: None,
        path: None,
    };
    let nobody = UdpSocket::bind("127.0.0.1:0")?;
    for server in [
        dns(records)?.to_string(),
        nobody.local_addr()?.to_string(),
        "off".to_owned(),
        // Only a server on this computer takes the system's place.
        "192.0.2.1:53".to_owned(),
    ] {
        let output = learner
            .command(&["--create", "--dry-run"])?
            .env("WAYMARK_DNS", server)
            .output()?;
        assert!(output.status.success(), "{output:?}");
        assert_eq!(hosts(&learner), ["example.test:443"]);
    }
    Ok(())
}
