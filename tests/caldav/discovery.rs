//! From an address, however little of one, to the calendar; and whatever users, calendars and places are called.

use std::sync::Arc;

use crate::certificates::Authority;
use crate::proxy::{Asked, Fault};
use crate::servers::{Kind, USER};
use crate::{Learner, Result};

on_each_server! { a_user_and_a_calendar_of_any_name }

/// Puts the server into a folder, as a web server in front of it does: it answers there and at the well-known place only.
fn mount(learner: &Learner, folder: &'static str, header: &'static str) {
    learner.proxy.rule(move |asked| {
        if asked.path.starts_with("/.well-known/") {
            return Fault::At(asked.path.clone(), header);
        }
        match asked.path.strip_prefix(folder) {
            Some(path) if path.starts_with('/') => Fault::At(path.to_owned(), header),
            _ => Fault::Answer("404 Not Found", String::new()),
        }
    });
}

/// The answers of the server, with another text in place of a text.
fn replaced(from: &str, to: &str) -> impl FnMut(&Asked) -> Fault + Send + use<> {
    let (from, to) = (from.to_owned(), to.to_owned());
    move |_| {
        let (from, to) = (from.clone(), to.clone());
        Fault::Edit(Box::new(move |head, body| {
            (head.replace(&from, &to), body.replace(&from, &to))
        }))
    }
}

fn follows_the_plan(learner: &Learner) -> Result {
    learner.syncs(&["--create"])?;
    learner.holds_the_plan()?;
    learner.plans(20)?;
    learner.syncs(&[])?;
    learner.holds_the_plan()?;
    assert!(learner.syncs(&[])?.starts_with("0 new, 0 moved, 0 removed"));
    Ok(())
}

/// Nothing is at the server's own address; the well-known place leads to the folder.
#[test]
fn the_well_known_place() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    mount(
        &learner,
        "/remote.php/dav",
        "X-Script-Name: /remote.php/dav\r\n",
    );
    follows_the_plan(&learner)?;
    assert!(
        learner
            .proxy
            .asked()
            .iter()
            .any(|asked| asked.path == "/.well-known/caldav")
    );
    Ok(())
}

#[test]
fn an_address_within_the_server() -> Result {
    for end in ["/dav", "/dav/", "/dav/ana/"] {
        let mut learner = Learner::new(Kind::Radicale)?;
        mount(&learner, "/dav", "X-Script-Name: /dav\r\n");
        learner.address += end;
        follows_the_plan(&learner)?;
    }
    Ok(())
}

#[test]
fn places_named_with_the_server() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    let whole = format!("<href>http://{}/", learner.proxy.address);
    learner.proxy.rule(replaced("<href>/", &whole));
    follows_the_plan(&learner)
}

/// A server behind one that does the TLS, and that was not told of it.
#[test]
fn places_named_without_tls() -> Result {
    let authority = Authority::new("Trusted")?;
    let tls = authority.vouches_for(&["127.0.0.1"])?;
    let learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
    authority.write(&learner.path("trusted.pem"))?;
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
    assert!(
        said.contains("does not say where it keeps calendars"),
        "{said}"
    );
    Ok(())
}

#[test]
fn places_percent_encoded_more_than_they_must_be() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    learner.proxy.rule(replaced(
        ".0@waymark.ics</href>",
        "%2E0%40waymark%2eics</href>",
    ));
    follows_the_plan(&learner)
}

/// And resources of others beside ours that have to be looked at.
fn a_user_and_a_calendar_of_any_name(kind: Kind) -> Result {
    let user = "ana maria@example.org";
    let mut learner = Learner::called(user, kind, None)?;
    let name = "Français: été & “漢字” <b> 🚀";
    learner.calendar = learner.server.home("ana%20maria@example.org");
    learner.calendar += "fran-ais-t-b/";
    let said = learner.syncs(&["--create", "--calendar", name])?;
    assert!(
        said.starts_with(&format!("Made the calendar “{name}”.")),
        "{said}"
    );
    learner.holds_the_plan()?;
    let others = ["a b", "50%", "a#b", "ü"];
    for resource in others {
        let uid = format!("{resource}@example.org");
        learner.in_calendar(&["add", &uid, "Another's"])?;
    }
    std::fs::remove_file(learner.path("ledger"))?;
    learner.plans(20)?;
    learner.syncs(&["--calendar", name])?;
    assert_eq!(
        learner.held()?.len(),
        learner.wanted()?.len() + others.len()
    );
    assert!(learner.syncs(&[])?.starts_with("0 new, 0 moved, 0 removed"));
    Ok(())
}

/// As iCloud has it: the calendars are on a neighbour of the server, which the server itself names. Both are had through a proxy.
#[test]
fn calendars_on_a_neighbour() -> Result {
    let authority = Authority::new("Trusted")?;
    let tls = authority.vouches_for(&["*.example.test", "other.test"])?;
    let mut learner = Learner::called(USER, Kind::Radicale, Some(tls))?;
    authority.write(&learner.path("trusted.pem"))?;
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
        assert!(said.contains("The server refers to "), "{said}");
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
