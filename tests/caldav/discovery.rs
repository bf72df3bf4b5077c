//! From any part of an address to the calendar, with unusual names of users, calendars and paths.

use crate::proxy::{Asked, Fault};
use crate::servers::Kind;
use crate::{Learner, Result};

on_each_server! { a_user_and_a_calendar_of_any_name }

/// Puts the server into a folder, as a web server in front of it does: it answers there and at the
/// well-known address only.
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

/// The answers of the server, with one text replaced.
pub fn replaced(from: &str, to: &str) -> impl FnMut(&Asked) -> Fault + Send + use<> {
    let (from, to) = (from.to_owned(), to.to_owned());
    move |_| {
        let (from, to) = (from.clone(), to.clone());
        Fault::Edit(Box::new(move |head, body| {
            (head.replace(&from, &to), body.replace(&from, &to))
        }))
    }
}

pub fn follows_the_plan(learner: &Learner) -> Result {
    learner.syncs(&["--create"])?;
    learner.holds_the_plan()?;
    learner.plans(20)?;
    learner.syncs(&[])?;
    learner.holds_the_plan()?;
    assert!(learner.syncs(&[])?.starts_with("0 new, 0 moved, 0 removed"));
    Ok(())
}

/// Nothing is at the server's root; the well-known address leads to the folder.
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

#[test]
fn places_percent_encoded_more_than_they_must_be() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    learner
        .proxy
        .rule(replaced("@waymark.ics</href>", "%40waymark%2eics</href>"));
    follows_the_plan(&learner)
}

/// And other resources in the calendar that have to be fetched.
fn a_user_and_a_calendar_of_any_name(kind: Kind) -> Result {
    let user = "ana maria@example.org";
    let mut learner = Learner::called(user, kind, None)?;
    let name = "Français: été & “漢字” <b> 🚀";
    learner.calendar = learner.server.home("ana%20maria@example.org");
    learner.calendar += "fran-ais-t-b/";
    let said = learner.syncs(&["--create", "--calendar", name])?;
    assert!(
        said.starts_with(&format!("Created the calendar “{name}”.")),
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
