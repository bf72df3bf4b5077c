//! The sign-in itself: its answers, and where its secrets go.

use std::net::TcpListener;

#[cfg(target_os = "linux")]
use super::AGAIN;
use super::{AtGoogle, parameter};
use crate::Result;
#[cfg(target_os = "linux")]
use crate::keyring::Keyring;
use crate::oauth::opens;
use crate::proxy::Fault;
use crate::servers::Kind;

/// The page is asked for with PKCE, a state and the way back on this computer.
#[test]
fn the_sign_in_ends_in_a_sentence() -> Result {
    let it = AtGoogle::new(Kind::Radicale)?;
    let declines = |page: &str| -> Result {
        let back = parameter(page, "redirect_uri").ok_or("no way back")?;
        let back = back.replace("%3A", ":").replace("%2F", "/");
        let state = parameter(page, "state").ok_or("no state")?;
        assert_eq!(parameter(page, "code_challenge_method"), Some("S256"));
        // Someone else on this computer knows the port, but not the state.
        let other = opens(&format!("{back}/?code=stolen&state=guessed"))?;
        assert!(other.starts_with("HTTP/1.1 404"), "{other}");
        let shown = opens(&format!("{back}/?error=access_denied&state={state}"))?;
        assert!(shown.contains("was not given access"), "{shown}");
        Ok(())
    };
    let output = it.run(&[], declines)?;
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr)?;
    assert!(said.contains("was declined in the browser"), "{said}");

    // A code that the server didn't give, or that someone else's verifier belongs to.
    let forges = |page: &str| -> Result {
        let back = parameter(page, "redirect_uri").ok_or("no way back")?;
        let back = back.replace("%3A", ":").replace("%2F", "/");
        let state = parameter(page, "state").ok_or("no state")?;
        opens(page.replace("code_challenge=", "code_challenge=x").as_str())
            .map(drop)
            .or_else(|_| opens(&format!("{back}/?code=forged&state={state}")).map(drop))
    };
    let output = it.run(&[], forges)?;
    assert!(!output.status.success(), "{output:?}");
    assert!(it.learner.proxy.passed("PUT").is_empty());
    Ok(())
}

/// A client that Google doesn't know, a server of tokens that redirects, and one that isn't there.
#[test]
fn secrets_go_to_the_server_of_tokens_only() -> Result {
    let it = AtGoogle::new(Kind::Radicale)?;
    let body = r#"{"error":"invalid_client"}"#;
    it.tokens_from
        .rule(move |_| Fault::Say("401 Unauthorized", body.to_owned()));
    let said = it.fails(&[])?;
    assert!(said.contains("doesn't know this client"), "{said}");

    let other = TcpListener::bind("127.0.0.1:0")?;
    other.set_nonblocking(true)?;
    let location = format!("Location: http://{}/\r\n", other.local_addr()?);
    it.tokens_from
        .rule(move |_| Fault::Answer("307 Temporary Redirect", location.clone()));
    let said = it.fails(&[])?;
    assert!(said.contains("Can't read the server's answer"), "{said}");
    assert!(other.accept().is_err(), "the other server was asked");

    it.tokens_from.rule(|_| Fault::Cut);
    let said = it.fails(&["--timeout", "2"])?;
    assert!(said.contains("doesn't answer"), "{said}");

    // The calendars' server redirects to another one on this computer.
    it.issues();
    let location = format!("Location: http://{}/\r\n", other.local_addr()?);
    it.is_google(move |_| Fault::Answer("307 Temporary Redirect", location.clone()));
    let said = it.fails(&[])?;
    assert!(said.contains("The server redirects to "), "{said}");
    assert!(other.accept().is_err(), "the other server was asked");
    Ok(())
}

/// It takes the place of a password there, until Google ends it or the learner does.
#[cfg(target_os = "linux")]
#[test]
fn the_keyring_keeps_the_sign_in() -> Result {
    let mut it = AtGoogle::new(Kind::Radicale)?;
    let keyring = Keyring::open(&it.learner)?;
    it.variables = vec![("DBUS_SESSION_BUS_ADDRESS", keyring.bus.clone())];
    let without = "the keyring has no sign-in of ana@gmail.com";
    it.signs_in = false;
    let said = it.fails(&[])?;
    assert!(said.contains(without), "{said}");

    it.signs_in = true;
    it.syncs(&["--keep-password"])?;
    it.signs_in = false;
    it.learner.plans(20)?;
    it.syncs(&[])?;
    it.learner.holds_the_plan()?;

    it.revokes();
    let said = it.fails(&[])?;
    assert!(said.contains(AGAIN), "{said}");
    it.issues();
    it.signs_in = true;
    it.syncs(&["--keep-password"])?;
    it.signs_in = false;
    it.syncs(&[])?;

    let said = it.syncs(&["--forget-password"])?;
    assert!(said.starts_with("Removed the sign-in of ana@gmail.com"));
    let said = it.fails(&[])?;
    assert!(said.contains(without), "{said}");
    Ok(())
}
