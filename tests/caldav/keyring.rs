//! A password in a real keyring: GNOME's, on its own bus, with nobody to answer its questions.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use crate::servers::{Kind, PASSWORD};
use crate::{Learner, Result};

/// Starts an unlocked keyring, prints its address once it is ready, and stops it when its input
/// ends.
const START: &str = "\
    printf login | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null &
    gdbus wait --session --timeout 30 org.freedesktop.secrets && echo \"$DBUS_SESSION_BUS_ADDRESS\" && cat
    kill $!";
const HAS_NONE: &str = "the keyring has no password of ana for 127.0.0.1";

pub struct Keyring {
    session: Child,
    /// Its address.
    pub bus: String,
}

impl Keyring {
    /// A keyring that stores its content in the learner's folder.
    pub fn open(learner: &Learner) -> Result<Self> {
        let run = learner.path("run");
        fs::create_dir_all(&run)?;
        let mut session = Command::new("dbus-run-session")
            .args(["--", "sh", "-c", START])
            .env("HOME", learner.folder.path())
            .env("XDG_DATA_HOME", learner.path("data"))
            .env("XDG_RUNTIME_DIR", run)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(fs::File::create(learner.path("keyring.log"))?)
            .spawn()
            .map_err(|error| {
                format!("dbus-run-session ({error}): run through `cargo xtask test`")
            })?;
        let mut bus = String::new();
        let said = session.stdout.as_mut().ok_or("it says nothing")?;
        BufReader::new(said).read_line(&mut bus)?;
        let bus = bus.trim().to_owned();
        if bus.is_empty() {
            let log = fs::read_to_string(learner.path("keyring.log"))?;
            return Err(format!("no keyring: {log}").into());
        }
        Ok(Self { session, bus })
    }

    fn lock(&self) -> Result {
        let service = "/org/freedesktop/secrets";
        let locked = Command::new("gdbus")
            .args(["call", "--session", "--dest", "org.freedesktop.secrets"])
            .args(["--object-path", service, "--method"])
            .arg("org.freedesktop.Secret.Service.Lock")
            .arg(format!("['{service}/aliases/default']"))
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .output()?;
        assert!(locked.status.success(), "{locked:?}");
        Ok(())
    }

    /// Syncs, with a typed password if there is one.
    fn sync(&self, learner: &Learner, arguments: &[&str], typed: &str) -> Result<Output> {
        let mut command = learner.command(arguments)?;
        command
            .env_remove("WAYMARK_PASSWORD")
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .write_stdin(format!("{typed}\n"));
        if !typed.is_empty() {
            command.arg("--password-stdin");
        }
        Ok(command.output()?)
    }
}

impl Drop for Keyring {
    fn drop(&mut self) {
        // The end of its input stops the keyring and its bus.
        drop(self.session.stdin.take());
        let _ = self.session.wait();
    }
}

fn is_done(output: &Output) {
    assert!(output.status.success(), "{output:?}");
}

fn is_refused(output: &Output, sentence: &str) {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(sentence), "{said}");
}

#[test]
fn a_password_is_kept_until_it_is_to_be_forgotten() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    let keyring = Keyring::open(&learner)?;
    let syncs = |arguments: &[&str], typed: &str| keyring.sync(&learner, arguments, typed);

    is_refused(&syncs(&[], "")?, HAS_NONE);
    is_done(&syncs(&["--create", "--keep-password"], PASSWORD)?);
    is_done(&syncs(&[], "")?);
    learner.holds_the_plan()?;

    // A password that the server rejects is not saved, and the saved one stays.
    is_refused(
        &syncs(&["--keep-password"], "hunter2")?,
        "rejected this user name or password",
    );
    is_done(&syncs(&[], "")?);

    // Another one replaces it.
    learner.server.has_password("another one")?;
    is_refused(&syncs(&[], "")?, "rejected this user name or password");
    is_done(&syncs(&["--keep-password"], "another one")?);
    is_done(&syncs(&[], "")?);

    keyring.lock()?;
    is_refused(&syncs(&[], "")?, "it's locked");
    Ok(())
}

#[test]
fn a_password_is_forgotten() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    let keyring = Keyring::open(&learner)?;
    let syncs = |arguments: &[&str], typed: &str| keyring.sync(&learner, arguments, typed);
    is_done(&syncs(&["--create", "--keep-password"], PASSWORD)?);
    for _ in 0..2 {
        let output = syncs(&["--forget-password"], "")?;
        is_done(&output);
        let said = String::from_utf8(output.stdout)?;
        assert_eq!(
            said,
            "Removed the password of ana for 127.0.0.1 from the keyring.\n"
        );
    }
    is_refused(&syncs(&[], "")?, HAS_NONE);
    Ok(())
}
