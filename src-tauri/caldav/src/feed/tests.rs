#![allow(clippy::unwrap_used)]
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use super::*;

const SECRET: &str = "private-5f2c9a";

/// A server on this computer that answers each request with the same text, and ends with the test.
fn serving(answer: impl Fn(SocketAddr) -> Vec<u8> + Send + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut asked = [0; 4096];
            let _ = stream.read(&mut asked);
            let _ = stream.write_all(&answer(address));
        }
    });
    address
}

fn answer(head: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        .into_bytes()
}

fn fetched(address: SocketAddr, scheme: &str) -> Result<Vec<u8>, InputError> {
    let typed = format!("{scheme}://{address}/{SECRET}/basic.ics");
    let retry = RetryPolicy {
        timeout: Duration::from_secs(10),
        attempts: 1,
        pause: Duration::ZERO,
    };
    FeedAddress::read(&typed)?.fetch(1 << 20, retry)
}

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";

#[test]
fn a_published_calendar_is_read() {
    let plain = serving(|_| answer("200 OK\r\nContent-Type: text/calendar", CALENDAR));
    for scheme in ["http", "webcal", "WEBCAL"] {
        assert_eq!(fetched(plain, scheme).unwrap(), CALENDAR.as_bytes());
    }
    // Some servers call everything a web page.
    let odd = serving(|_| answer("200 OK\r\nContent-Type: text/html", CALENDAR));
    assert!(fetched(odd, "http").is_ok());
}

/// Each as a sentence, and the address is in none of them.
#[test]
fn what_is_no_calendar_is_told_without_the_address() {
    let page = "<!doctype html><title>Sign in</title>";
    let large = "x".repeat(2 << 20);
    let answers: Vec<(&str, SocketAddr)> = vec![
        (
            "there's a web page",
            serving(move |_| answer("200 OK", page)),
        ),
        ("it's gone", serving(|_| answer("404 Not Found", ""))),
        ("it's private", serving(|_| answer("403 Forbidden", ""))),
        (
            "it fails",
            serving(|_| answer("500 Internal Server Error", "")),
        ),
        (
            "it's busy",
            serving(|_| answer("503 Service Unavailable", "")),
        ),
        ("it's huge", serving(move |_| answer("200 OK", &large))),
        (
            "it goes elsewhere",
            serving(|_| {
                let to = format!("302 Found\r\nLocation: https://eve.example/{SECRET}");
                answer(&to, "")
            }),
        ),
        (
            "it goes to another port here",
            serving(|_| answer("301 Moved\r\nLocation: http://localhost:1/", "")),
        ),
        (
            "it goes in a circle",
            serving(|address| {
                let to = format!("302 Found\r\nLocation: http://{address}/{SECRET}");
                answer(&to, "")
            }),
        ),
        ("nobody is there", SocketAddr::from(([127, 0, 0, 1], 1))),
    ];
    let told: Vec<String> = answers
        .into_iter()
        .map(|(what, address)| {
            let problem = fetched(address, "http").unwrap_err();
            format!("{what}: {}, {problem}", problem.code)
        })
        .collect();
    let told = told.join("\n");
    assert!(!told.contains(SECRET), "{told}");
    insta::assert_snapshot!(told);
}

#[test]
fn addresses_that_cannot_be_used_are_told_without_the_address() {
    let typed = [
        "",
        SECRET,
        "https://",
        "ftp://example.org/private-5f2c9a",
        "http://example.org/private-5f2c9a",
        "https://ana:private-5f2c9a@example.org/",
        "https://exa mple.org/private-5f2c9a",
    ];
    let told: Vec<String> = typed
        .iter()
        .map(|typed| FeedAddress::read(typed).unwrap_err().to_string())
        .collect();
    let told = told.join("\n");
    assert!(!told.contains(SECRET), "{told}");
    insta::assert_snapshot!(told);
    let read = FeedAddress::read("webcal://example.org/private-5f2c9a").unwrap();
    assert_eq!(format!("{read:?}"), "FeedAddress(example.org/…)");
    assert!(FeedAddress::is_one("webcal://example.org") && !FeedAddress::is_one("a.ics"));
}
