//! A live file that is put to a WebDAV address, with states (ETags) and a login.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

use crate::at_home;
use crate::servers::{PASSWORD, USER};

/// User and password, as Basic authentication has them.
const LOGIN: &str = "Basic YW5hOnA6w6Qgc3Mtd29yZA==";

/// A folder on the web: the state and the text of each file, by its path.
#[derive(Clone, Default)]
struct Folder(Arc<Mutex<HashMap<String, (u64, String)>>>);

impl Folder {
    fn serve(&self) -> SocketAddr {
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

    fn text(&self, path: &str) -> Option<String> {
        self.0
            .lock()
            .unwrap()
            .get(path)
            .map(|(_, text)| text.clone())
    }
}

#[test]
fn a_live_file_is_put_where_others_subscribe() {
    at_home(|home| {
        let folder = Folder::default();
        let address = folder.serve();
        drop(home.open());
        let live = json!({"path": home.folder().join("live.ics"), "options": {}});
        fs::write(home.file("live-calendar.json"), live.to_string()).unwrap();
        let desk = home.open();
        let put = |path: &str, password: &str, public: &str| {
            let upload = json!({
                "address": format!("http://{address}{path}"), "user": USER, "public": public,
            });
            let arguments = json!({
                "id": "live-calendar", "upload": upload, "password": password,
                "keepPassword": false,
            });
            desk.call("put_live_file", arguments)
        };
        let refused = put("/public/study.ics", "wrong", "").unwrap_err();
        assert_eq!(refused["code"], "server-password");
        for (path, public, code) in [
            ("/public/", "", "server-address"),
            ("/public/study.ics", "my cloud", "server-address"),
        ] {
            assert_eq!(put(path, PASSWORD, public).unwrap_err()["code"], code);
        }
        // A file of another program is left alone.
        let theirs = (7, "notes".to_owned());
        folder
            .0
            .lock()
            .unwrap()
            .insert("/notes.ics".to_owned(), theirs);
        assert_eq!(
            put("/notes.ics", PASSWORD, "").unwrap_err()["code"],
            "occupied"
        );
        assert_eq!(folder.text("/notes.ics").as_deref(), Some("notes"));

        let link = "https://cloud.example.org/s/study.ics";
        let added = put("/public/study.ics", PASSWORD, link).unwrap();
        let calendar = &added["calendars"][1]["calendar"];
        assert_eq!(calendar["upload"]["public"], link);
        assert_eq!(calendar["autoSync"], true);
        let here = || fs::read_to_string(home.folder().join("live.ics")).unwrap();
        assert_eq!(folder.text("/public/study.ics"), Some(here()));

        desk.hours("apply", "20").unwrap();
        let sync = || desk.sync(&json!("live-calendar"), &json!({}), json!({}));
        assert_eq!(sync().unwrap()["problem"], Value::Null);
        assert_eq!(folder.text("/public/study.ics"), Some(here()));
        // Without a change it isn't sent again.
        let state = || folder.0.lock().unwrap()["/public/study.ics"].0;
        let before = state();
        sync().unwrap();
        assert_eq!(state(), before);

        let kept = desk
            .call("keep_live_file_here", json!({"id": "live-calendar"}))
            .unwrap();
        assert_eq!(kept[1]["calendar"]["upload"], Value::Null);
        for path in home.files() {
            let bytes = fs::read(path).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains("ss-word"));
        }
    });
}
