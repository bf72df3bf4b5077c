//! A folder on the web (WebDAV) with states (ETags) and a login.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// User and password, as Basic authentication has them.
const LOGIN: &str = "Basic YW5hOnA6w6Qgc3Mtd29yZA==";

/// A folder on the web: the state and the text of each file, by its path.
#[derive(Clone, Default)]
pub struct Folder(Arc<Mutex<HashMap<String, (u64, String)>>>);

impl Folder {
    /// Serves it on a free port until the test ends.
    pub fn serve(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let folder = self.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(stream) = stream else { return };
                folder.answer(stream);
            }
        });
        address
    }

    fn answer(&self, stream: TcpStream) {
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).unwrap_or(0) < 3 {
                break;
            }
            lines.push(line.trim().to_owned());
        }
        let header = |name: &str| {
            let mut found = lines.iter().filter_map(|line| line.split_once(": "));
            let found = found.find(|(known, _)| known.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.to_owned())
        };
        let length = header("content-length").and_then(|length| length.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body).unwrap();
        let mut first = lines.first().map_or("", String::as_str).split(' ');
        let (method, path) = (first.next().unwrap_or(""), first.next().unwrap_or(""));
        let mut files = self.0.lock().unwrap();
        let held = files.get(path).cloned();
        let tag = |(tag, _): &(u64, String)| format!("\"{tag}\"");
        let state = held.as_ref().map(tag);
        let answer = if header("authorization").as_deref() != Some(LOGIN) {
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n".to_owned()
        } else if method == "GET" {
            match held {
                None => "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n".to_owned(),
                Some(held) => format!(
                    "HTTP/1.1 200 OK\r\nETag: {}\r\nContent-Length: {}\r\n\r\n{}",
                    tag(&held),
                    held.1.len(),
                    held.1
                ),
            }
        } else if header("if-match") != state || header("if-none-match").is_some() && held.is_some()
        {
            "HTTP/1.1 412 Precondition Failed\r\nContent-Length: 0\r\n\r\n".to_owned()
        } else {
            let next = held.map_or(1, |(tag, _)| tag + 1);
            let text = String::from_utf8(body).unwrap();
            files.insert(path.to_owned(), (next, text));
            format!("HTTP/1.1 201 Created\r\nETag: \"{next}\"\r\nContent-Length: 0\r\n\r\n")
        };
        drop(files);
        let _ = (&stream).write_all(answer.as_bytes());
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<String> {
        self.0
            .lock()
            .unwrap()
            .get(path)
            .map(|(_, text)| text.clone())
    }

    /// The state of a file: the number of times it was written.
    pub fn state(&self, path: &str) -> Option<u64> {
        self.0.lock().unwrap().get(path).map(|(state, _)| *state)
    }

    /// Puts a file there, as another program does.
    pub fn holds(&self, path: &str, text: &str) {
        let file = (7, text.to_owned());
        self.0.lock().unwrap().insert(path.to_owned(), file);
    }
}
