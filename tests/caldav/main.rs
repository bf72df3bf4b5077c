//! `waymark sync` against other projects' CalDAV servers, with a person who edits the calendar too,
//! and a proxy in between that injects failures.
//!
//! The final content of the calendar is read by Python's `icalendar`, and compared with the
//! schedule, event by event. Everything runs on this computer, and no wait is longer than a minute.

/// The same stories on each of the servers.
macro_rules! on_each_server {
    ($($story:ident),* $(,)?) => {
        on_each_server! { @on radicale Radicale: $($story),* }
        on_each_server! { @on xandikos Xandikos: $($story),* }
        // SabreDAV is available as a Debian package only.
        #[cfg(target_os = "linux")]
        on_each_server! { @on sabredav SabreDav: $($story),* }
    };
    (@on $module:ident $kind:ident: $($story:ident),*) => {
        mod $module {
            $(
                #[test]
                fn $story() -> $crate::Result {
                    super::$story($crate::servers::Kind::$kind)
                }
            )*
        }
    };
}

mod additions;
mod busy;
#[cfg(target_os = "linux")]
mod certificates;
mod discovery;
#[cfg(target_os = "linux")]
mod dns;
mod faults;
mod google;
#[cfg(target_os = "linux")]
mod keyring;
mod limits;
mod login;
mod oauth;
mod people;
mod plans;
mod proxy;
#[allow(dead_code, reason = "the stories in the window stop and start one")]
mod servers;
// On other systems, the system itself would have to trust the authority.
#[cfg(target_os = "linux")]
mod tls;
mod traffic;
mod two_plans;
#[cfg(unix)]
mod typed_password;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::Arc;
use std::time::Duration;

use chrono::{Days, Local};
use serde_json::{Value, json};

use proxy::Proxy;
use servers::{Kind, PASSWORD, Server, USER};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

const LONGEST_RUN: Duration = Duration::from_secs(60);

/// Start, end and title of each event, by its UID.
type Events = BTreeMap<String, [String; 3]>;

/// A learner with a plan, a calendar on a server, and a ledger.
struct Learner {
    folder: tempfile::TempDir,
    server: Server,
    proxy: Proxy,
    /// The address as the learner enters it.
    address: String,
    user: &'static str,
    /// The path of the calendar on the server itself.
    calendar: String,
}

impl Learner {
    /// Starts with a plan of ten hours a week, and an empty server.
    fn new(kind: Kind) -> Result<Self> {
        Self::called(USER, kind, None)
    }

    /// The same, on a server that uses TLS if it gets a certificate.
    fn called(
        user: &'static str,
        kind: Kind,
        tls: Option<Arc<rustls::ServerConfig>>,
    ) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let server = Server::start(kind, user, folder.path())?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let proxy = Proxy::start(server.address, tls)?;
        let learner = Self {
            address: format!("{scheme}://{}{}", proxy.address, server.entrance()),
            calendar: format!("{}french/", server.home(user)),
            folder,
            server,
            proxy,
            user,
        };
        learner.plans(10)?;
        Ok(learner)
    }

    /// Starts with a calendar that has the plan.
    fn synced(kind: Kind) -> Result<Self> {
        let learner = Self::new(kind)?;
        learner.syncs(&["--create"])?;
        learner.holds_the_plan()?;
        learner.proxy.passed("PUT");
        Ok(learner)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a plan with the given hours a week. All of it is in the future, whenever this runs.
    fn plans(&self, hours: u32) -> Result {
        let start = Local::now().date_naive() + Days::new(40);
        let items = |phase: &str| -> Vec<Value> {
            let item = |number| {
                json!({
                    "id": format!("{phase}-{number}"),
                    "title": format!("{phase} {number}, “and”; more: ÄÖ 漢字 🚀"),
                    "kind": "topic",
                    "effort_hours": 5,
                })
            };
            (1..=4).map(item).collect()
        };
        let phase = |id: &str| {
            let outcome = json!({"id": format!("{id}-done"), "title": format!("Done with {id}")});
            json!({"id": id, "title": id, "outcome": outcome, "items": items(id)})
        };
        let plan = json!({
            "id": "sync-test",
            "start": start.to_string(),
            "zone": "Europe/Berlin",
            "week_minutes": hours * 60,
            "roadmap": {
                "id": "french",
                "title": "French",
                "nominal_hours_per_week": 6,
                "phases": [phase("reading"), phase("writing")],
            },
        });
        Ok(fs::write(self.path("plan.json"), plan.to_string())?)
    }

    /// The plan, as written by hand or saved by a sync.
    fn plan(&self) -> Result<Value> {
        let file: Value = serde_json::from_slice(&fs::read(self.path("plan.json"))?)?;
        Ok(file.pointer("/document/plan").unwrap_or(&file).clone())
    }

    fn command(&self, arguments: &[&str]) -> Result<assert_cmd::Command> {
        let mut command = assert_cmd::Command::cargo_bin("waymark")?;
        command
            .args(["sync", "--user", self.user])
            .args(["--address", &self.address])
            .arg("--plan")
            .arg(self.path("plan.json"))
            .arg("--ledger")
            .arg(self.path("ledger"))
            .args(arguments)
            .env("WAYMARK_PASSWORD", PASSWORD)
            .env("WAYMARK_DNS", "off")
            .env("SSL_CERT_FILE", self.path("trusted.pem"))
            .env_remove("SSL_CERT_DIR")
            .env_remove("ALL_PROXY")
            .env_remove("all_proxy")
            .env_remove("NO_PROXY")
            .env_remove("no_proxy")
            .env("HTTPS_PROXY", format!("http://{}", self.proxy.address))
            .timeout(LONGEST_RUN);
        Ok(command)
    }

    fn run(&self, arguments: &[&str]) -> Result<Output> {
        Ok(self.command(arguments)?.output()?)
    }

    /// Syncs, and returns the output.
    fn syncs(&self, arguments: &[&str]) -> Result<String> {
        let output = self.run(arguments)?;
        assert!(output.status.success(), "{output:?}");
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Runs a sync that must fail, and returns the exit code and the error.
    fn fails(&self, arguments: &[&str]) -> Result<(Option<i32>, String)> {
        let output = self.run(arguments)?;
        assert!(!output.status.success(), "{output:?}");
        let said = String::from_utf8(output.stderr)?;
        assert!(
            !said.contains(PASSWORD) && !said.contains("ss-word"),
            "{said}"
        );
        Ok((output.status.code(), said))
    }

    /// Edits the calendar as another program.
    fn in_calendar(&self, arguments: &[&str]) -> Result<Vec<u8>> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/caldav/person.py");
        let url = format!("http://{}{}", self.server.address, self.calendar);
        let output = servers::python()?
            .arg(script)
            .args([&url, self.user, PASSWORD])
            .args(arguments)
            .output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into());
        }
        Ok(output.stdout)
    }

    /// The content of the calendar.
    fn held(&self) -> Result<Events> {
        let listed: Vec<Value> = serde_json::from_slice(&self.in_calendar(&["list"])?)?;
        let mut events = Events::new();
        for event in &listed {
            let uid = text(event, "uid")?.to_owned();
            let said = [
                text(event, "start")?,
                text(event, "end")?,
                text(event, "title")?,
            ];
            let twice = events.insert(uid, said.map(str::to_owned));
            assert!(twice.is_none(), "twice there: {event}");
        }
        Ok(events)
    }

    /// The UID of the plan's event with this item and number.
    fn uid(&self, event: &str) -> Result<String> {
        let start = format!("sync-test.{event}.");
        let mut uids = self.held()?.into_keys();
        let uid = uids.find(|uid| uid.starts_with(&start));
        Ok(uid.ok_or_else(|| format!("no event {event}"))?)
    }

    /// The expected content by the plan, as start, end and title.
    fn wanted(&self) -> Result<Vec<[String; 3]>> {
        let json = self.path("schedule.json");
        assert_cmd::Command::cargo_bin("waymark")?
            .arg("plan")
            .arg("--plan")
            .arg(self.path("plan.json"))
            .arg("--json")
            .arg(&json)
            .assert()
            .success();
        let schedule: Value = serde_json::from_slice(&fs::read(json)?)?;
        let plan = self.plan()?;
        let phases = plan["roadmap"]["phases"].as_array().into_iter().flatten();
        let items = phases.flat_map(|phase| phase["items"].as_array().into_iter().flatten());
        let titles: BTreeMap<_, _> = items
            .map(|item| (item["id"].as_str(), item["title"].as_str()))
            .collect();
        let mut wanted = Vec::new();
        for session in schedule["sessions"].as_array().ok_or("no sessions")? {
            let title = titles.get(&session["item"].as_str()).copied().flatten();
            let title = title.ok_or("an item without a title")?;
            let said = [text(session, "start")?, text(session, "end")?, title];
            wanted.push(said.map(str::to_owned));
        }
        wanted.sort();
        Ok(wanted)
    }

    /// Compares event by event: no other, none twice, none missing.
    fn holds_the_plan(&self) -> Result {
        let mut held: Vec<_> = self.held()?.into_values().collect();
        held.sort();
        assert_eq!(held, self.wanted()?);
        Ok(())
    }
}

fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    Ok(value[key]
        .as_str()
        .ok_or_else(|| format!("no text \"{key}\" in {value}"))?)
}

on_each_server! { the_calendar_follows_the_plan, a_lost_ledger_leaves_nothing_behind }

/// First push, re-plan, push; and if nothing changed, nothing is sent.
fn the_calendar_follows_the_plan(kind: Kind) -> Result {
    let learner = Learner::new(kind)?;
    let (code, said) = learner.fails(&[])?;
    assert_eq!(code, Some(2));
    assert!(said.contains("Create it with --create"), "{said}");
    assert!(
        learner
            .syncs(&["--create", "--dry-run"])?
            .contains("Would create")
    );
    assert!(!learner.path("ledger").exists());

    learner.syncs(&["--create"])?;
    learner.holds_the_plan()?;
    let first = learner.proxy.passed("PUT").len();
    assert_eq!(first, learner.wanted()?.len());

    let said = learner.syncs(&[])?;
    assert!(said.starts_with("0 new, 0 moved, 0 removed"), "{said}");
    assert!(learner.proxy.passed("PUT").is_empty());

    for hours in [6, 20, 10] {
        let before = learner.held()?;
        learner.plans(hours)?;
        let dry = learner.syncs(&["--dry-run"])?;
        assert_eq!(learner.held()?, before, "a dry run changed the calendar");
        assert_eq!(learner.syncs(&[])?, dry);
        learner.holds_the_plan()?;
    }
    Ok(())
}

/// Without a record of what was exported: no stale events of the former plan, no duplicates.
fn a_lost_ledger_leaves_nothing_behind(kind: Kind) -> Result {
    let learner = Learner::synced(kind)?;
    fs::remove_file(learner.path("ledger"))?;
    learner.plans(20)?;
    learner.syncs(&[])?;
    learner.holds_the_plan()
}

/// Plans of earlier terminals have the id of their roadmap. If the calendar has events with it that
/// the ledger doesn't know, the learner says once whose they are.
#[test]
fn events_that_may_be_another_plans_are_left_alone() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    let plans = |hours| -> Result {
        learner.plans(hours)?;
        let path = learner.path("plan.json");
        let shared = fs::read_to_string(&path)?.replace("sync-test", "french");
        Ok(fs::write(path, shared)?)
    };
    plans(10)?;
    learner.syncs(&["--create"])?;
    let before = learner.held()?;
    fs::remove_file(learner.path("ledger"))?;
    plans(20)?;
    for arguments in [&[][..], &["--dry-run"]] {
        let (code, said) = learner.fails(arguments)?;
        assert_eq!(code, Some(2));
        assert!(said.contains("id french"), "{said}");
        assert!(said.contains("add --adopt"), "{said}");
        assert_eq!(learner.held()?, before);
        assert!(!learner.path("ledger").exists());
    }
    learner.syncs(&["--adopt"])?;
    learner.holds_the_plan()?;
    plans(10)?;
    learner.syncs(&[])?;
    learner.holds_the_plan()
}

#[test]
fn a_ledger_is_of_one_calendar() -> Result {
    let learner = Learner::synced(Kind::Radicale)?;
    let (code, said) = learner.fails(&["--calendar", "Other", "--create"])?;
    assert_eq!(code, Some(2));
    assert!(said.contains("a ledger of its own"), "{said}");
    learner.holds_the_plan()
}
