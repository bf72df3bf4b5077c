//! The sign-in itself: the system's browser, and the way back on this computer (RFC 8252, with
//! PKCE, RFC 7636).

use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use oauth2::url::Url;
use oauth2::{CsrfToken, PkceCodeChallenge, RedirectUrl, Scope};
use waymark_core::input_error::{ErrorCode, InputError};

use super::{GoogleClient, Grant, SCOPE, Tokens};
use crate::failure::Failure;
use crate::password::Password;
use crate::places::Places;

/// How long the learner may take in the browser.
const PATIENCE: Duration = Duration::from_secs(300);
/// The pause between two looks for the browser.
const LOOK: Duration = Duration::from_millis(50);
/// How long the browser may take to send its request.
const REQUEST: Duration = Duration::from_secs(2);
const LONGEST_REQUEST: usize = 16 << 10;

/// A sign-in to begin.
pub struct SignIn<'a> {
    /// The learner's own client.
    pub client: GoogleClient,
    /// The learner's mail address at Google, which its page suggests.
    pub user: &'a str,
    /// How long to wait for an answer of Google.
    pub timeout: Duration,
    /// Opens an address in the system's browser, or says why it can't.
    pub open: &'a dyn Fn(&str) -> Result<(), String>,
    /// Whether the learner cancelled.
    pub is_cancelled: &'a dyn Fn() -> bool,
}

/// Has the learner sign in to Google in their browser. The result takes the place of the password.
///
/// # Errors
/// If the browser can't be opened or doesn't come back in time, the learner declines or cancels, or
/// Google refuses.
pub fn sign_in(request: &SignIn) -> Result<Password, Failure> {
    let places = Places::now();
    let tokens = Tokens::new(&request.client, &places, request.timeout)?;
    let unusable = |error: std::io::Error| problem(format!("The sign-in can't begin: {error}"));
    // Google accepts any port here.
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(unusable)?;
    listener.set_nonblocking(true).map_err(unusable)?;
    let port = listener.local_addr().map_err(unusable)?.port();
    let redirect = RedirectUrl::new(format!("http://127.0.0.1:{port}"));
    let redirect = redirect.map_err(|error| Failure::Unreadable(error.to_string()))?;

    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let (page, state) = tokens
        .client()
        .authorize_url(CsrfToken::new_random)
        .set_redirect_uri(std::borrow::Cow::Borrowed(&redirect))
        .add_scope(Scope::new(SCOPE.to_owned()))
        .set_pkce_challenge(challenge)
        // For a token that lasts, also if the learner has signed in before.
        .add_extra_param("access_type", "offline")
        .add_extra_param("prompt", "consent")
        .add_extra_param("login_hint", request.user)
        .url();
    (request.open)(page.as_str())
        .map_err(|why| problem(format!("The browser can't be opened: {why}")))?;
    let patience = places.patience.unwrap_or(PATIENCE);
    let code = wait(&listener, &state, (patience, request.is_cancelled))?;
    let refresh_token = tokens.first(code, verifier, &redirect)?;
    Grant {
        client: request.client.clone(),
        refresh_token,
    }
    .as_password()
}

/// Waits until the browser comes back with a code.
fn wait(
    listener: &TcpListener,
    state: &CsrfToken,
    (patience, is_cancelled): (Duration, &dyn Fn() -> bool),
) -> Result<String, Failure> {
    let begun = Instant::now();
    loop {
        if is_cancelled() {
            return Err(problem("The sign-in was cancelled".to_owned()));
        }
        if begun.elapsed() > patience {
            let sentence = "The browser didn't come back from Google in time. Sign in again";
            return Err(problem(sentence.to_owned()));
        }
        match listener.accept() {
            Ok((mut browser, _)) => match answer(&mut browser, state) {
                Some(Back::Code(code)) => return Ok(code),
                Some(Back::Declined(why)) => {
                    let sentence = match why.as_str() {
                        "access_denied" => "The sign-in was declined in the browser".to_owned(),
                        _ => format!("Google refused the sign-in ({why})"),
                    };
                    return Err(problem(sentence));
                }
                // Something else on this computer knocked, or asked for an icon.
                None => {}
            },
            Err(error) if error.kind() == ErrorKind::WouldBlock => thread::sleep(LOOK),
            Err(_) => thread::sleep(LOOK),
        }
    }
}

/// The result that the browser brings.
#[derive(Debug, PartialEq, Eq)]
enum Back {
    Code(String),
    Declined(String),
}

/// Reads the browser's request and answers it. `None` if it isn't the one of this sign-in.
fn answer(browser: &mut TcpStream, state: &CsrfToken) -> Option<Back> {
    let back = first_line(browser).and_then(|line| read(&line, state));
    let (status, sentence) = match &back {
        Some(Back::Code(_)) => ("200 OK", "You can close this page and go back to Waymark."),
        Some(Back::Declined(_)) => (
            "200 OK",
            "Waymark was not given access. You can close this page.",
        ),
        None => (
            "404 Not Found",
            "This page is for a sign-in of Waymark only.",
        ),
    };
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Waymark</title><p>{sentence}</p></html>"
    );
    let length = page.len();
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\n\
         Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
    );
    // It doesn't matter if the browser no longer listens.
    let _ = browser.write_all((head + &page).as_bytes());
    back
}

/// The first line of a request, within limits.
fn first_line(browser: &mut TcpStream) -> Option<String> {
    browser.set_nonblocking(false).ok()?;
    browser.set_read_timeout(Some(REQUEST)).ok()?;
    browser.set_write_timeout(Some(REQUEST)).ok()?;
    let (begun, mut head) = (Instant::now(), Vec::new());
    let mut piece = [0; 1024];
    // All of the head is read: a browser whose request isn't may not show the answer.
    while !head.ends_with(b"\r\n\r\n") {
        let count = browser.read(&mut piece).ok()?;
        head.extend_from_slice(piece.get(..count)?);
        if count == 0 || head.len() > LONGEST_REQUEST || begun.elapsed() > REQUEST {
            return None;
        }
    }
    let head = String::from_utf8(head).ok()?;
    head.lines().next().map(str::to_owned)
}

/// Reads `GET /?state=…&code=… HTTP/1.1`. Anyone on this computer can send that; only Google's page
/// knows the state.
fn read(line: &str, state: &CsrfToken) -> Option<Back> {
    let mut words = line.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    if method != "GET" || !target.starts_with('/') {
        return None;
    }
    let target = Url::parse(&format!("http://127.0.0.1{target}")).ok()?;
    let value = |name: &str| {
        let mut pairs = target.query_pairs();
        pairs
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    if target.path() != "/" || value("state")? != *state.secret() {
        return None;
    }
    match value("error") {
        // It comes from outside, and is shown.
        Some(why) => {
            let is_word = |letter: &char| letter.is_ascii_alphanumeric() || *letter == '_';
            Some(Back::Declined(
                why.chars().filter(is_word).take(40).collect(),
            ))
        }
        None => value("code")
            .filter(|code| !code.is_empty())
            .map(Back::Code),
    }
}

fn problem(sentence: String) -> Failure {
    Failure::Given(InputError::sentence(ErrorCode::SignIn, sentence))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_page_that_knows_the_state_is_heard() {
        let state = CsrfToken::new("s/1+ä".to_owned());
        let back = |line: &str| read(line, &state);
        let code = Some(Back::Code("4/c".to_owned()));
        assert_eq!(
            back("GET /?state=s%2F1%2B%C3%A4&code=4%2Fc&scope=x HTTP/1.1"),
            code
        );
        let declined = Some(Back::Declined("access_denied".to_owned()));
        assert_eq!(
            back("GET /?error=access_denied&state=s%2F1%2B%C3%A4 HTTP/1.1"),
            declined
        );
        for line in [
            "",
            "GET",
            "GET / HTTP/1.1",
            "GET /favicon.ico HTTP/1.1",
            "GET /?code=evil HTTP/1.1",
            "GET /?state=other&code=evil HTTP/1.1",
            "GET /?state=s%2F1%2B%C3%A4 HTTP/1.1",
            "GET /?state=s%2F1%2B%C3%A4&code= HTTP/1.1",
            "GET /x?state=s%2F1%2B%C3%A4&code=4 HTTP/1.1",
            "POST /?state=s%2F1%2B%C3%A4&code=4 HTTP/1.1",
            "GET http://evil/?state=s%2F1%2B%C3%A4&code=4 HTTP/1.1",
        ] {
            assert_eq!(back(line), None, "{line}");
        }
        let long = format!(
            "GET /?state=s%2F1%2B%C3%A4&error=<b>{} HTTP/1.1",
            "x".repeat(99)
        );
        let Some(Back::Declined(why)) = back(&long) else {
            panic!("{long}");
        };
        assert!(why.len() == 40 && why.starts_with("bxx"), "{why}");
    }

    fn request<'a>(
        open: &'a dyn Fn(&str) -> Result<(), String>,
        is_cancelled: &'a dyn Fn() -> bool,
    ) -> SignIn<'a> {
        SignIn {
            client: GoogleClient::new("id", "secret").unwrap(),
            user: "ana@gmail.com",
            timeout: Duration::from_secs(1),
            open,
            is_cancelled,
        }
    }

    fn said(request: &SignIn) -> String {
        sign_in(request).unwrap_err().to_string()
    }

    #[test]
    fn a_sign_in_ends_without_the_browser() {
        let opens = |_: &str| Ok(());
        let fails = |_: &str| Err("there is none".to_owned());
        let yes = || true;
        assert!(said(&request(&fails, &yes)).contains("can't be opened: there is none"));
        assert!(said(&request(&opens, &yes)).contains("was cancelled"));

        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        listener.set_nonblocking(true).unwrap();
        let late = wait(
            &listener,
            &CsrfToken::new_random(),
            (Duration::ZERO, &|| false),
        );
        let sentence = late.unwrap_err().to_string();
        assert!(
            sentence.contains("didn't come back from Google in time"),
            "{sentence}"
        );
    }

    #[test]
    fn the_page_is_googles_and_the_way_back_is_here() {
        let seen = std::cell::RefCell::new(String::new());
        let open = |page: &str| {
            page.clone_into(&mut seen.borrow_mut());
            Ok(())
        };
        let _ = said(&request(&open, &|| true));
        let page = Url::parse(&seen.borrow()).unwrap();
        let value = |name: &str| {
            let found = page.query_pairs().find(|(key, _)| key == name);
            found.unwrap().1.into_owned()
        };
        assert_eq!(page.host_str(), Some("accounts.google.com"));
        assert_eq!(page.scheme(), "https");
        assert!(value("redirect_uri").starts_with("http://127.0.0.1:"));
        assert_eq!(value("code_challenge_method"), "S256");
        assert_eq!(value("access_type"), "offline");
        assert_eq!(value("scope"), SCOPE);
        assert!(value("state").len() >= 20 && value("code_challenge").len() == 43);
        assert!(!page.as_str().contains("secret"));
    }
}
