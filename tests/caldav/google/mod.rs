//! Calendars that work as Google's do: a proxy in front of the servers here that asks for Bearer
//! and has only part of the protocol, and an OAuth server that nobody here wrote.
//!
//! Google itself can't be reached from here.

/// Radicale names changes for a token; SabreDAV 1.8 has a tag only.
macro_rules! on_both {
    ($($story:ident),* $(,)?) => {
        mod radicale {
            $(
                #[test]
                fn $story() -> $crate::Result {
                    super::$story($crate::servers::Kind::Radicale)
                }
            )*
        }
        #[cfg(target_os = "linux")]
        mod sabredav {
            $(
                #[test]
                fn $story() -> $crate::Result {
                    super::$story($crate::servers::Kind::SabreDav)
                }
            )*
        }
    };
}

mod sign_in;
mod sync;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};

use crate::limits::error;
use crate::oauth::{OAuth, opens};
use crate::proxy::{Asked, Fault, Proxy};
use crate::servers::{Kind, USER};
use crate::{Learner, Result};

const MAIL: &str = "ana@gmail.com";
const SECRET: &str = "GOCSPX-nobody-may-see-this";
/// The user and the password of the servers here, which know no tokens.
const BASIC: &str = "Basic YW5hOnA6w6Qgc3Mtd29yZA==";
const AGAIN: &str = "Google no longer accepts the sign-in. Sign in again";

/// Tokens that are valid now.
type Tokens = Arc<Mutex<BTreeSet<String>>>;

fn valid(tokens: &Tokens) -> std::sync::MutexGuard<'_, BTreeSet<String>> {
    tokens.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A learner whose calendar is at Google, with a sign-in of their own client.
struct AtGoogle {
    learner: Learner,
    oauth: OAuth,
    /// In front of the OAuth server: notes its tokens.
    tokens_from: Proxy,
    tokens: Tokens,
    calendar: &'static str,
    /// Whether the learner signs in. Otherwise, the keyring has the sign-in.
    signs_in: bool,
    /// More variables of Waymark.
    variables: Vec<(&'static str, String)>,
}

/// The access token in an answer.
fn access_token(body: &str) -> Option<String> {
    let answer: serde_json::Value = serde_json::from_str(body).ok()?;
    Some(answer["access_token"].as_str()?.to_owned())
}

impl AtGoogle {
    fn new(kind: Kind) -> Result<Self> {
        let learner = Learner::new(kind)?;
        // At Google, the learner creates it. Here, Waymark does without the proxy's rules.
        learner.syncs(&["--create", "--pull-only"])?;
        fs::remove_file(learner.path("ledger"))?;
        learner.proxy.passed("MKCALENDAR");
        let oauth = OAuth::start()?;
        let it = Self {
            tokens_from: Proxy::start(oauth.address, None)?,
            learner,
            oauth,
            tokens: Tokens::default(),
            calendar: "French",
            signs_in: true,
            variables: Vec::new(),
        };
        fs::write(
            it.learner.path("client.json"),
            format!(
                r#"{{"installed":{{"client_id":"1-a.apps.googleusercontent.com","client_secret":"{SECRET}"}}}}"#
            ),
        )?;
        it.issues();
        it.is_google(|_| Fault::None);
        Ok(it)
    }

    /// The OAuth server's tokens are valid from the moment they are issued.
    fn issues(&self) {
        let tokens = Arc::clone(&self.tokens);
        self.tokens_from.rule(move |_| {
            let tokens = Arc::clone(&tokens);
            Fault::Edit(Box::new(move |head, body| {
                valid(&tokens).extend(access_token(body));
                (head.to_owned(), body.to_owned())
            }))
        });
    }

    /// From now on, the server of tokens says that the sign-in was revoked.
    fn revokes(&self) {
        let body = r#"{"error":"invalid_grant","error_description":"revoked"}"#;
        self.tokens_from
            .rule(move |_| Fault::Say("400 Bad Request", body.to_owned()));
    }

    /// From now on, the proxy is Google's, with `more` of a test's own for requests with a token.
    fn is_google(&self, mut more: impl FnMut(&Asked) -> Fault + Send + 'static) {
        let tokens = Arc::clone(&self.tokens);
        let principal = match self.learner.server.entrance() {
            "" => format!("/{USER}/"),
            entrance => format!("{entrance}principals/{USER}/"),
        };
        self.learner.proxy.rule(move |asked| {
            let sent = asked.authorization.as_deref().unwrap_or_default();
            let token = sent.strip_prefix("Bearer ");
            if !token.is_some_and(|token| valid(&tokens).contains(token)) {
                let header = "WWW-Authenticate: Bearer realm=\"caldav\"\r\n";
                return Fault::Answer("401 Unauthorized", header.to_owned());
            }
            match more(asked) {
                Fault::None => {}
                fault => return fault,
            }
            if let Some(refused) = refused(asked) {
                return refused;
            }
            let path = match asked.path.as_str() {
                "/caldav/v2/ana@gmail.com/user" => principal.clone(),
                path => path.to_owned(),
            };
            Fault::With(path, format!("Authorization: {BASIC}\r\n"))
        });
    }

    fn command(&self, arguments: &[&str]) -> Result<Command> {
        let learner = &self.learner;
        let base = format!("http://{}/caldav/v2/", learner.proxy.address);
        let page = format!("http://{}/authorize", self.oauth.address);
        let token = format!("http://{}/token", self.tokens_from.address);
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("waymark"));
        command
            .args(["sync", "--address", "google", "--user", MAIL])
            .args(["--calendar", self.calendar])
            .arg("--plan")
            .arg(learner.path("plan.json"))
            .arg("--ledger")
            .arg(learner.path("ledger"))
            .args(arguments)
            .env("WAYMARK_GOOGLE", format!("{base} {page} {token}"))
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        if self.signs_in {
            let file = learner.path("client.json");
            command.args(["--no-browser", "--sign-in"]).arg(file);
        }
        Ok(command)
    }

    /// Runs a sync, and signs in for the learner in `browser`.
    fn run(&self, arguments: &[&str], browser: impl FnOnce(&str) -> Result) -> Result<Output> {
        let mut process = self.command(arguments)?.spawn()?;
        let mut errors = BufReader::new(process.stderr.take().ok_or("it says nothing")?);
        let (mut said, mut line) = (String::new(), String::new());
        while errors.read_line(&mut line)? > 0 {
            if line.starts_with("http://") {
                browser(line.trim())?;
                break;
            }
            said += &line;
            line.clear();
        }
        errors.read_to_string(&mut said)?;
        let mut output = process.wait_with_output()?;
        output.stderr = said.into_bytes();
        for text in [&output.stdout, &output.stderr] {
            let text = String::from_utf8_lossy(text);
            assert!(!text.contains(SECRET), "{text}");
            for token in valid(&self.tokens).iter() {
                assert!(!text.contains(token), "{text}");
            }
        }
        Ok(output)
    }

    fn syncs(&self, arguments: &[&str]) -> Result<String> {
        let output = self.run(arguments, allows)?;
        assert!(output.status.success(), "{output:?}");
        Ok(String::from_utf8(output.stdout)?)
    }

    fn fails(&self, arguments: &[&str]) -> Result<String> {
        let output = self.run(arguments, allows)?;
        assert!(!output.status.success(), "{output:?}");
        Ok(String::from_utf8(output.stderr)?)
    }
}

/// The part of the protocol that Google leaves out.
fn refused(asked: &Asked) -> Option<Fault> {
    let answer = |status| Some(Fault::Answer(status, String::new()));
    if matches!(asked.method.as_str(), "MKCALENDAR" | "MOVE" | "MKCOL") {
        return answer("405 Method Not Allowed");
    }
    if asked.head.to_ascii_lowercase().contains("\nif-none-match:") {
        return answer("400 Bad Request");
    }
    let mut lines = asked.body.lines();
    if asked.method == "PUT" && lines.any(|line| line.starts_with("URL") || line.starts_with("X-"))
    {
        return Some(error("403 Forbidden", "C:valid-calendar-data"));
    }
    None
}

/// The learner signs in.
fn allows(page: &str) -> Result {
    let shown = opens(page)?;
    assert!(shown.contains("You can close this page"), "{shown}");
    Ok(())
}

/// The value of a parameter of an address, still encoded.
fn parameter<'a>(address: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = address.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}
