//! A calendar that is published at a private address of this computer.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};
use std::thread;

/// The part of the address that nobody else may see.
pub const SECRET: &str = "private-5f2c9a";

/// A server that answers each request with the present text.
#[derive(Clone)]
pub struct Published {
    address: SocketAddr,
    answer: Arc<Mutex<String>>,
}

impl Published {
    /// A new one on a free port, which ends with the test.
    pub fn new(answer: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let published = Self {
            address: listener.local_addr().unwrap(),
            answer: Arc::new(Mutex::new(answer)),
        };
        let serving = published.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let mut asked = [0; 4096];
                let _ = stream.read(&mut asked);
                let _ = stream.write_all(serving.answer.lock().unwrap().as_bytes());
            }
        });
        published
    }

    /// Answers this from now on.
    pub fn answers(&self, answer: String) {
        *self.answer.lock().unwrap() = answer;
    }

    /// Its address, as the learner enters it.
    pub fn typed(&self) -> String {
        format!("webcal://{}/{SECRET}/basic.ics", self.address)
    }
}

/// An answer over HTTP.
pub fn answer(head: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
}

/// A calendar that is busy on each of these days.
pub fn calendar(days: &[&str]) -> String {
    let event = |day: &&str| {
        format!(
            "BEGIN:VEVENT\r\nUID:{day}@choir\r\nSUMMARY:Choir\r\nDTSTAMP:20261201T120000Z\r\n\
             DTSTART:{day}T000000Z\r\nDTEND:{day}T235900Z\r\nEND:VEVENT\r\n"
        )
    };
    let events: String = days.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:choir\r\n{events}END:VCALENDAR\r\n")
}
