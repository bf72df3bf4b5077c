//! A live file that is put to a WebDAV address, with states (ETags) and a login.

use std::fs;

use serde_json::{Value, json};

use crate::at_home;
use crate::public_folder::Folder;
use crate::servers::{PASSWORD, USER};

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
        folder.holds("/notes.ics", "notes");
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
        let state = || folder.state("/public/study.ics");
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
