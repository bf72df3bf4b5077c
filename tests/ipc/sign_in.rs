//! The sign-in to Google, by the commands of the window.

use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt;
use std::sync::mpsc::Receiver;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::oauth::{OAuth, opens};
use crate::{Desk, Home, at_home};

/// Upper bound of a wait.
const PATIENCE: Duration = Duration::from_secs(30);
const SECRET: &str = "GOCSPX-nobody-may-see-this";
/// An address of this computer where nobody listens.
const NOBODY: &str = "http://127.0.0.1:9/";

/// A computer whose browser notes the address that it is asked to open.
struct Computer {
    folder: tempfile::TempDir,
}

impl Computer {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let browser = folder.path().join("xdg-open");
        let shown = folder.path().join("shown");
        let script = format!("#!/bin/sh\necho \"$1\" >> {}\n", shown.display());
        fs::write(&browser, script).unwrap();
        fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    /// Runs a test with these addresses in place of Google's.
    fn at_google(&self, google: &str, test: impl FnOnce(&Home)) {
        // Other tests may look for programs at the same time.
        let others = std::env::var("PATH").unwrap_or_default();
        let path = format!("{}:{others}", self.folder.path().display());
        let variables = [("WAYMARK_GOOGLE", Some(google)), ("PATH", Some(&path))];
        at_home(|home| temp_env::with_vars(variables, || test(home)));
    }

    /// The last page that the browser was asked to open, once it is page number `count`.
    fn page(&self, count: usize) -> String {
        let begun = Instant::now();
        loop {
            let shown = fs::read_to_string(self.folder.path().join("shown")).unwrap_or_default();
            if shown.ends_with('\n') && shown.lines().count() == count {
                return shown.lines().last().unwrap().to_owned();
            }
            assert!(begun.elapsed() < PATIENCE, "the browser was not opened");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

fn login() -> Value {
    json!({"address": "google", "user": "ana@gmail.com"})
}

fn arguments() -> Value {
    json!({"login": login(), "client": {"id": "1-a.apps.googleusercontent.com", "secret": SECRET}})
}

fn ends(answer: &Receiver<bool>) -> bool {
    answer.recv_timeout(PATIENCE).unwrap()
}

fn nobody(patience: u64) -> String {
    format!("{NOBODY} {NOBODY} {NOBODY} {patience}")
}

#[test]
fn a_sign_in_that_cannot_begin_says_why() {
    let computer = Computer::new();
    computer.at_google(&nobody(20), |home| {
        let desk = home.open();
        let refused = |login: Value, client: Value| {
            let arguments = json!({"login": login, "client": client});
            let refused = desk.call("sign_in", arguments).unwrap_err();
            assert!(!refused.to_string().contains(SECRET), "{refused}");
            refused
        };
        let client = |id: &str| json!({"id": id, "secret": SECRET});
        let at = |address: &str, user: &str| json!({"address": address, "user": user});
        for (login, client, code) in [
            (at("iCloud", "ana"), client("id"), "server-address"),
            (at("https://[", "ana"), client("id"), "server-address"),
            (at("", "ana"), client("id"), "server-address"),
            (at("google", " "), client("id"), "server-user"),
            (login(), client(""), "sign-in"),
            (login(), client("two words"), "sign-in"),
            (login(), client(&"a".repeat(1 << 20)), "sign-in"),
            (login(), json!({"id": "id", "secret": "\u{7}"}), "sign-in"),
            (login(), Value::Null, "sign-in-needed"),
        ] {
            assert_eq!(refused(login, client)["code"], code);
        }
        // Values that the page never sends.
        for (login, client) in [
            (Value::Null, client("id")),
            (json!("google"), client("id")),
            (json!({"address": "google"}), client("id")),
            (login(), json!("id")),
            (login(), json!({"id": 1, "secret": SECRET})),
        ] {
            refused(login, client);
        }
        assert_eq!(desk.call("cancel_sign_in", json!({})).unwrap(), Value::Null);
        assert!(!computer.folder.path().join("shown").exists());
    });
}

#[test]
fn a_sign_in_ends_when_it_is_cancelled_or_another_one_begins() {
    let computer = Computer::new();
    computer.at_google(&nobody(20), |home| {
        let desk = home.open();
        let first = desk.begin("sign_in", arguments());
        computer.page(1);
        let second = desk.begin("sign_in", arguments());
        computer.page(2);
        assert!(!ends(&first));
        desk.call("cancel_sign_in", json!({})).unwrap();
        assert!(!ends(&second));
        // The client of a sign-in that wasn't finished isn't kept.
        let unknown = json!({"login": login(), "client": null});
        let refused = desk.call("sign_in", unknown).unwrap_err();
        assert_eq!(refused["code"], "sign-in-needed");
    });
}

#[test]
fn a_browser_that_never_comes_back_is_given_up() {
    let computer = Computer::new();
    computer.at_google(&nobody(1), |home| {
        let desk = home.open();
        let refused = desk.call("sign_in", arguments()).unwrap_err();
        assert_eq!(refused["code"], "sign-in");
        assert_eq!(
            refused["message"],
            "The browser didn't come back from Google in time. Sign in again."
        );
    });
}

/// A calendar server that accepts no token, and notes what it was sent.
fn refuses_all() -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, hears) = std::sync::mpsc::channel();
    // The thread ends with the test's process.
    thread::spawn(move || {
        for mut client in listener.incoming().flatten() {
            let mut piece = [0; 16 << 10];
            let count = client.read(&mut piece).unwrap_or_default();
            let _ = heard.send(String::from_utf8_lossy(&piece[..count]).into_owned());
            let answer =
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            let _ = client.write_all(answer.as_bytes());
        }
    });
    (address, hears)
}

/// The sign-in is used for the calendars; when they no longer accept it, the window asks for
/// another one, and takes the client from the last.
#[test]
fn a_sign_in_is_used_until_it_is_refused() {
    let oauth = OAuth::start().unwrap();
    let (calendars, hears) = refuses_all();
    let google = format!(
        "http://{calendars}/caldav/v2/ http://{0}/authorize http://{0}/token 20",
        oauth.address
    );
    let computer = Computer::new();
    computer.at_google(&google, |home| {
        let desk = home.open();
        let list = |desk: &Desk| {
            let asked = desk.call(
                "server_calendars",
                json!({"login": login(), "password": null}),
            );
            asked.unwrap_err()["code"].clone()
        };
        assert_eq!(list(&desk), "sign-in-needed");
        for count in 1..=2 {
            let client = if count == 1 {
                arguments()["client"].clone()
            } else {
                Value::Null
            };
            let signs_in = desk.begin("sign_in", json!({"login": login(), "client": client}));
            let shown = opens(&computer.page(count)).unwrap();
            assert!(shown.contains("You can close this page"), "{shown}");
            assert!(ends(&signs_in));
            assert_eq!(list(&desk), "sign-in-needed");
            for _ in 0..2 {
                let head = hears.recv_timeout(PATIENCE).unwrap().to_lowercase();
                assert!(head.contains("\nauthorization: bearer "), "{head}");
            }
        }
        drop(desk);
        for path in home.files() {
            let bytes = fs::read(path).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains(SECRET));
        }
    });
}
