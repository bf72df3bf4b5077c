//! TLS with good and bad certificates: a server with a bad one does not get the password.

use std::net::TcpListener;
use std::sync::Arc;

use chrono::{Days, Utc};

use crate::certificates::Authority;
use crate::discovery::{follows_the_plan, replaced};
use crate::proxy::{Asked, Fault};
use crate::servers::{Kind, USER};
use crate::{Learner, Result};

/// The file with the authority that the learner's system trusts.
const TRUSTED: &str = "trusted.pem";

#[test]
fn a_calendar_over_tls() -> Result {
    let authority = Authority::new("Trusted")?;
    let tls = authority.issue(&["127.0.0.1"])?;
    let learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
    authority.write(&learner.path(TRUSTED))?;
    learner.syncs(&["--create"])?;
    learner.holds_the_plan()?;
    learner.plans(20)?;
    learner.syncs(&[])?;
    learner.holds_the_plan()
}

/// Fails at once: no questions, no retries.
#[test]
fn a_certificate_that_is_not_good() -> Result {
    let authority = Authority::new("Trusted")?;
    let here = ["127.0.0.1"];
    let today = Utc::now().date_naive();
    let (yesterday, next_week) = (today - Days::new(1), today + Days::new(7));
    for (tls, sentence) in [
        (
            Authority::new("Somebody")?.issue(&here)?,
            "this computer doesn't trust",
        ),
        // With the same name: only the signature differs.
        (
            Authority::new("Trusted")?.issue(&here)?,
            "this computer doesn't trust",
        ),
        (authority.issue(&["cloud.example.org"])?, "another name"),
        (authority.issue_until(&here, yesterday)?, "has expired"),
        (authority.issue_until(&here, next_week)?, "isn't valid yet"),
    ] {
        let learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
        authority.write(&learner.path(TRUSTED))?;
        let (code, said) = learner.fails(&["--create"])?;
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(sentence), "{said}");
        assert!(said.trim_end().ends_with("Nothing was sent."), "{said}");
        assert_eq!(learner.proxy.connections(), 1);
        assert!(learner.proxy.asked().is_empty());
    }
    Ok(())
}

/// A computer that trusts no authority, and a server without TLS at the expected port.
#[test]
fn no_certificate_at_all() -> Result {
    let mut learner = Learner::new(Kind::Radicale)?;
    learner.address = format!("https://{}", learner.server.address);
    let (code, said) = learner.fails(&["--create"])?;
    assert_eq!(code, Some(1));
    assert!(said.contains("the package ca-certificates"), "{said}");
    Authority::new("Trusted")?.write(&learner.path(TRUSTED))?;
    let (code, said) = learner.fails(&["--create"])?;
    assert_eq!(code, Some(1));
    assert!(said.contains("doesn't answer with HTTPS"), "{said}");
    Ok(())
}

/// A server behind a TLS proxy that it does not know about.
#[test]
fn places_named_without_tls() -> Result {
    let authority = Authority::new("Trusted")?;
    let tls = authority.issue(&["127.0.0.1"])?;
    let learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
    authority.write(&learner.path(TRUSTED))?;
    let whole = format!("<href>http://{}/", learner.proxy.address);
    learner.proxy.rule(replaced("<href>/", &whole));
    follows_the_plan(&learner)?;
    let location = format!("Location: http://{}/\r\n", learner.proxy.address);
    learner.proxy.rule(move |asked| match asked.path.as_str() {
        "/" if asked.method == "PROPFIND" => Fault::Answer("404 Not Found", String::new()),
        "/.well-known/caldav" => Fault::Answer("301 Moved Permanently", location.clone()),
        _ => Fault::None,
    });
    let (_, said) = learner.fails(&["--calendar", "Other"])?;
    assert!(said.contains("has no calendars (CalDAV)"), "{said}");
    Ok(())
}

/// As with iCloud: the calendars are on a neighbour of the server, which the server itself names.
/// Both are reached through a proxy.
#[test]
fn calendars_on_a_neighbour() -> Result {
    let authority = Authority::new("Trusted")?;
    let tls = authority.issue(&["*.example.test", "other.test"])?;
    let mut learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
    authority.write(&learner.path(TRUSTED))?;
    learner.address = "caldav.example.test".to_owned();
    learner
        .proxy
        .rule(homes_at("https://p12-caldav.example.test:443/ana/"));
    follows_the_plan(&learner)?;
    let hosts = |method: &str| -> Vec<String> {
        let asked = learner.proxy.asked().into_iter();
        asked
            .filter(|it| it.method == method)
            .map(|it| it.host)
            .collect()
    };
    assert!(
        hosts("PUT")
            .iter()
            .all(|host| host == "p12-caldav.example.test:443")
    );
    assert!(hosts("PROPFIND").contains(&"caldav.example.test:443".to_owned()));

    for elsewhere in [
        "https://p12-caldav.other.test/ana/",
        "http://p12-caldav.example.test/ana/",
    ] {
        learner.proxy.rule(homes_at(elsewhere));
        let before = learner.proxy.connections();
        let (code, said) = learner.fails(&["--calendar", "Other"])?;
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains("The server redirects to "), "{said}");
        let asked = learner.proxy.asked();
        assert!(
            asked
                .iter()
                .all(|it| it.host.ends_with(".example.test:443"))
        );
        assert_eq!(learner.proxy.connections(), before + 2);
    }
    Ok(())
}

/// Neither a redirect nor a place in an answer leads from a server elsewhere to this computer.
#[test]
fn a_server_that_leads_to_this_computer() -> Result {
    let authority = Authority::new("Trusted")?;
    let tls = authority.issue(&["*.example.test", "127.0.0.1", "localhost"])?;
    let mut learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
    authority.write(&learner.path(TRUSTED))?;
    learner.address = "caldav.example.test".to_owned();
    let here = TcpListener::bind("127.0.0.1:0")?;
    here.set_nonblocking(true)?;
    let port = here.local_addr()?.port();
    for host in [
        "http://127.0.0.1",
        "https://127.0.0.1",
        "http://localhost",
        "https://[::1]",
    ] {
        let place = format!("{host}:{port}/ana/");
        let location = format!("Location: {place}\r\n");
        for is_redirect in [true, false] {
            match is_redirect {
                true => {
                    let location = location.clone();
                    let answer =
                        move |_: &Asked| Fault::Answer("307 Temporary Redirect", location.clone());
                    learner.proxy.rule(answer);
                }
                false => learner.proxy.rule(homes_at(&place)),
            }
            let (code, said) = learner.fails(&["--create"])?;
            assert_eq!(code, Some(1), "{said}");
            assert!(said.contains("The server redirects to "), "{said}");
            assert!(said.contains(&port.to_string()), "{said}");
        }
    }
    assert!(here.accept().is_err(), "this computer was asked");
    let asked = learner.proxy.asked();
    assert!(asked.iter().all(|it| it.host == "caldav.example.test:443"));
    Ok(())
}

fn homes_at(address: &str) -> impl FnMut(&Asked) -> Fault + Send + use<> {
    let home = Arc::new(format!("<C:calendar-home-set><href>{address}</href>"));
    move |_| {
        let home = Arc::clone(&home);
        Fault::Edit(Box::new(move |head, body| {
            let body = body.replace("<C:calendar-home-set><href>/ana/</href>", &home);
            (head.to_owned(), body)
        }))
    }
}
