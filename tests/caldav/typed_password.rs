//! A password typed at a terminal.

use crate::servers::{Kind, PASSWORD, python};
use crate::{Learner, Result};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/caldav/typed.py");

/// Without a keyring and without a password from elsewhere, the terminal asks, and shows nothing of
/// what is typed.
#[test]
fn a_password_is_typed_at_the_terminal_unseen() -> Result {
    let learner = Learner::new(Kind::Radicale)?;
    let sync = learner.command(&["--create"])?;
    let mut terminal = python()?;
    terminal
        .arg(SCRIPT)
        .arg(PASSWORD)
        .arg(sync.get_program())
        .args(sync.get_args())
        .envs(
            sync.get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .env_remove("WAYMARK_PASSWORD")
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env("XDG_RUNTIME_DIR", learner.path("no-bus"));
    let output = terminal.output()?;
    let shown = String::from_utf8(output.stdout)?;
    assert!(output.status.success(), "{shown}");
    assert!(
        shown.starts_with("Password of ana for 127.0.0.1: "),
        "{shown}"
    );
    assert!(!shown.contains(PASSWORD), "{shown}");
    learner.holds_the_plan()
}
