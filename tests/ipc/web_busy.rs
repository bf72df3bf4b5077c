//! Busy times from calendars on the web: one that is published at an address, and one on Radicale.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::published::{Published, SECRET, answer, calendar};
use crate::servers::{Kind, PASSWORD, Server, USER};
use crate::{Desk, at_home};

/// User and password of the server, as Basic authentication has them.
const LOGIN: &str = "YW5hOnA6w6Qgc3Mtd29yZA==";

impl Desk {
    fn busy(&self) -> Vec<(String, u64)> {
        let view = self.call("look", json!({})).unwrap();
        let busy = view["plan"]["time"]["busy"].as_array().unwrap();
        busy.iter()
            .map(|it| {
                let name = it["source"].as_str().unwrap().to_owned();
                (name, it["times"].as_u64().unwrap())
            })
            .collect()
    }

    fn undo_names(&self) -> Value {
        self.call("look", json!({})).unwrap()["history"]["undo"].clone()
    }
}

/// The busy times stay whatever the host answers next, and the address is in no file.
#[test]
fn a_published_calendar_is_read_again_and_its_address_is_nowhere() {
    at_home(|home| {
        let published = Published::new(answer("200 OK", &calendar(&["20270105", "20270107"])));
        let desk = home.open();
        let add = |name: &str, address: String| {
            desk.call("add_web_address", json!({"name": name, "address": address}))
        };
        let plain = add("Choir", format!("http://example.org/{SECRET}")).unwrap_err();
        assert_eq!(plain["code"], "server-address");
        assert!(!plain.to_string().contains(SECRET), "{plain}");
        let added = add("Choir", published.typed()).unwrap();
        assert!(!added.to_string().contains(SECRET), "{added}");
        let id = added["calendars"][0]["id"].clone();
        assert_eq!(added["calendars"][0]["place"]["host"], "127.0.0.1");
        assert_eq!(desk.busy(), [("Choir".to_owned(), 2)]);
        assert_eq!(
            add("Choir", published.typed()).unwrap_err()["field"],
            "name"
        );

        // Without news, nothing changes, and there is nothing more to undo.
        let refresh = || desk.call("refresh_web", json!({"id": id}));
        let undo = desk.undo_names();
        refresh().unwrap();
        assert_eq!(desk.undo_names(), undo);

        for head in [
            "404 Not Found",
            "302 Found\r\nLocation: http://localhost:1/",
            "200 OK\r\nContent-Type: text/html",
        ] {
            published.answers(answer(head, "<html></html>"));
            let problem = refresh().unwrap_err();
            assert!(!problem.to_string().contains(SECRET), "{problem}");
            let kept = desk.call("web_calendars", json!({})).unwrap();
            assert_eq!(kept[0]["trouble"]["message"], problem["message"]);
            assert_eq!(desk.busy(), [("Choir".to_owned(), 2)]);
        }
        published.answers(answer("200 OK", &calendar(&["20270105"])));
        let read = refresh().unwrap();
        assert_eq!(read["calendars"][0]["trouble"], Value::Null);
        assert_eq!(desk.busy(), [("Choir".to_owned(), 1)]);

        for path in home.files() {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            assert!(!text.contains(SECRET), "the address is in {path:?}");
        }
        let removed = desk.call("remove_web", json!({"id": id})).unwrap();
        assert_eq!(removed["calendars"], json!([]));
        assert_eq!(desk.busy(), []);
    });
}

/// Puts an event into a calendar, as another program does.
fn put(there: &str, name: &str, text: &str) {
    let (host, path) = there
        .strip_prefix("http://")
        .unwrap()
        .split_once('/')
        .unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    let length = text.len();
    let request = format!(
        "PUT /{path}{name} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Basic {LOGIN}\r\n\
         Content-Type: text/calendar\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{text}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains(" 201 Created"), "{answer}");
}

/// It is read again with each sync of a calendar that gets the plan.
#[test]
fn a_calendar_on_a_server_is_read_with_each_sync() {
    at_home(|home| {
        let folder = tempfile::tempdir().unwrap();
        let radicale = Server::start(Kind::Radicale, USER, folder.path()).unwrap();
        let desk = home.open();
        let login = json!({"address": format!("http://{}", radicale.address), "user": USER});
        let create = |name: &str| {
            let choice = json!({"kind": "new", "name": name});
            let add = json!({
                "login": login, "password": PASSWORD, "keepPassword": false, "choice": choice,
            });
            desk.call("add_server_calendar", add).unwrap()
        };
        let study = create("Study")["id"].clone();
        let work = create("Work");
        let there = work["calendars"][2]["calendar"]["way"]["calendar"].as_str();
        let there = there.unwrap().to_owned();
        desk.call("remove_calendar", json!({"id": work["id"]}))
            .unwrap();
        put(&there, "one.ics", &calendar(&["20270105"]));

        let login_only = json!({"login": login, "password": PASSWORD});
        let found = desk.call("readable_calendars", login_only).unwrap();
        let chosen = found.as_array().unwrap().iter();
        let chosen = chosen.clone().find(|it| it["name"] == "Work").unwrap();
        let add = json!({"name": "Work", "login": login, "password": null, "calendar": chosen});
        desk.call("add_web_server", add).unwrap();
        assert_eq!(desk.busy(), [("Work".to_owned(), 1)]);

        put(&there, "two.ics", &calendar(&["20270107"]));
        let options = json!({"to": "2027-01-10"});
        let synced = desk.sync(&study, &options, json!({})).unwrap();
        assert_eq!(synced["problem"], Value::Null);
        assert_eq!(desk.busy(), [("Work".to_owned(), 2)]);
    });
}
