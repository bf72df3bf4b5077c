//! The real commands over Tauri's own IPC, without a window.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod aside;
mod availability;
mod calendars;
mod clock;
mod dropped;
mod no_display;
#[cfg(target_os = "linux")]
#[path = "../caldav/oauth.rs"]
mod oauth;
mod one_plan;
mod plans;
mod progress;
mod public_file;
mod public_folder;
mod published;
mod roadmap_text;
#[path = "../caldav/servers.rs"]
#[allow(dead_code, reason = "the other servers are for the tests of sync")]
mod servers;
#[cfg(target_os = "linux")]
mod sign_in;
mod web_busy;

use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, InvokeResponse};
use tauri::test::{
    INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets,
};
use tauri::webview::InvokeRequest;
use tauri::{App, AppHandle, Webview, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use waymark_desk::data_folder::{DataFolder, IDENTIFIER};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

struct Desk {
    window: WebviewWindow<MockRuntime>,
    app: App<MockRuntime>,
}

struct Home(tempfile::TempDir);

/// The start of a minute, because a view names the minute; and before the dates of the tests,
/// whenever they run.
const NOW: &str = "2026-12-01T10:00:00Z";

/// Runs a test with its own data folder, no locale, and a clock that starts at [`NOW`]. Environment
/// variables set them, so only one test runs at a time.
fn at_home(test: impl FnOnce(&Home)) {
    let home = Home(tempfile::tempdir().unwrap());
    let variables = [
        ("XDG_DATA_HOME", Some(home.0.path().as_os_str())),
        ("LC_ALL", Some("C.UTF-8".as_ref())),
        ("WAYMARK_NOW", Some(NOW.as_ref())),
    ];
    temp_env::with_vars(variables, || test(&home));
}

impl Home {
    fn folder(&self) -> PathBuf {
        self.0.path().join(IDENTIFIER)
    }

    /// The folder of the open plan.
    fn plan_folder(&self) -> PathBuf {
        let plan = DataFolder::new(self.folder()).open_plan().unwrap();
        plan.unwrap().storage.folder().to_owned()
    }

    /// A file of the open plan.
    fn file(&self, name: &str) -> PathBuf {
        self.plan_folder().join(name)
    }

    /// Every file of the window's and of the plan's.
    fn files(&self) -> Vec<PathBuf> {
        let folders = [self.folder(), self.plan_folder()];
        let entries = folders
            .iter()
            .flat_map(|folder| fs::read_dir(folder).unwrap());
        let paths = entries.map(|entry| entry.unwrap().path());
        paths.filter(|path| path.is_file()).collect()
    }

    fn open(&self) -> Desk {
        let builder = waymark_desktop::configure(mock_builder(), Instant::now());
        let mut context = mock_context(noop_assets());
        context.config_mut().identifier = IDENTIFIER.to_owned();
        let app = builder.build(context).unwrap();
        let window = WebviewWindowBuilder::new(&app, "main", WebviewUrl::default());
        Desk {
            window: window.build().unwrap(),
            app,
        }
    }
}

fn request(command: &str, arguments: Value) -> InvokeRequest {
    InvokeRequest {
        cmd: command.to_owned(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body: arguments.into(),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_owned(),
    }
}

impl Desk {
    fn app(&self) -> &AppHandle<MockRuntime> {
        self.app.handle()
    }

    fn call(&self, command: &str, arguments: Value) -> std::result::Result<Value, Value> {
        let answer = get_ipc_response(&self.window, request(command, arguments));
        answer.map(|body| body.deserialize().unwrap())
    }

    /// Begins a call, as the page does. The receiver gets whether it succeeded.
    fn begin(&self, command: &str, arguments: Value) -> Receiver<bool> {
        let (answer, answers) = channel();
        let reply = move |_, _, response, _, _| {
            // Nobody may be listening any more.
            let _ = answer.send(matches!(response, InvokeResponse::Ok(_)));
        };
        let webview: &Webview<MockRuntime> = self.window.as_ref();
        webview
            .clone()
            .on_message(request(command, arguments), Box::new(reply));
        answers
    }

    fn hours(&self, command: &str, value: &str) -> std::result::Result<Value, Value> {
        self.call(
            command,
            json!({"change": {"kind": "hours", "value": value}}),
        )
    }

    fn open(&self) -> Value {
        self.call("open", json!({})).unwrap()
    }
}

#[test]
fn a_preview_stores_nothing_and_an_applied_change_outlives_a_restart() {
    at_home(|home| {
        let desk = home.open();
        let first = desk.open();
        assert_eq!(first["view"]["plan"]["hoursPerWeek"], 10.0);
        assert_eq!(
            first["view"]["chart"]["phases"].as_array().unwrap().len(),
            11
        );
        assert_eq!(first["notices"], json!([]));
        let stored = fs::read(home.file("plan.json")).unwrap();

        let preview = desk.hours("preview", "20").unwrap();
        assert!(
            preview["summary"]["finish"].as_str() < first["view"]["summary"]["finish"].as_str()
        );
        assert_eq!(fs::read(home.file("plan.json")).unwrap(), stored);
        assert_eq!(desk.open()["view"], first["view"]);

        let applied = desk.hours("apply", "20").unwrap();
        assert_eq!(applied["summary"], preview["summary"]);
        drop(desk);
        assert_eq!(home.open().open()["view"]["summary"], preview["summary"]);
    });
}

#[test]
fn a_rejection_says_why_and_the_plan_stays() {
    at_home(|home| {
        let desk = home.open();
        let before = desk.open();
        for command in ["preview", "apply"] {
            let problem = desk.hours(command, "200").unwrap_err();
            assert_eq!(problem["field"], "hours per week");
            assert_eq!(problem["value"], "200");
            let message = "Hours per week: 200 is too many. Enter a number from 0.5 to 60.";
            assert_eq!(problem["message"], message);
        }
        // Values that the page never sends are rejected too.
        assert!(
            desk.call("apply", json!({"change": {"kind": "astrology"}}))
                .is_err()
        );
        assert!(desk.call("apply", json!({})).is_err());
        assert_eq!(desk.open(), before);
    });
}

#[test]
fn settings_outlive_a_restart_and_are_not_in_the_plan() {
    at_home(|home| {
        let desk = home.open();
        let settings = json!({"theme": "dark", "folded": ["foundations"], "zoom": 4.5});
        desk.call("keep_settings", json!({"settings": settings}))
            .unwrap();
        let kept = desk.open()["settings"].clone();
        assert_eq!(
            (&kept["theme"], &kept["zoom"]),
            (&json!("dark"), &json!(4.5))
        );
        drop(desk);
        assert_eq!(home.open().open()["settings"], kept);
        assert!(
            !fs::read_to_string(home.file("plan.json"))
                .unwrap()
                .contains("dark")
        );
    });
}

/// Earlier versions stored which panel beside the chart was open.
#[test]
fn settings_with_a_panel_of_an_earlier_version_open() {
    at_home(|home| {
        drop(home.open());
        for panel in ["today", "progress", "catchUp", "log"] {
            let settings = json!({"view": {"theme": "dark", "zoom": 4.5, "panel": panel}});
            fs::write(home.folder().join("settings.json"), settings.to_string()).unwrap();
            let opened = home.open().open();
            assert_eq!(opened["settings"]["theme"], "dark", "{panel}");
            assert_eq!(opened["settings"]["zoom"], 4.5, "{panel}");
            assert_eq!(opened["notices"], json!([]), "{panel}");
        }
    });
}

#[test]
fn damaged_files_are_kept_and_told_of() {
    at_home(|home| {
        home.open().hours("apply", "20").unwrap();
        for path in [home.file("plan.json"), home.folder().join("settings.json")] {
            fs::write(path, "{\"half\": ").unwrap();
        }
        let desk = home.open();
        let opened = desk.open();
        // The copy before the last change was whole.
        assert_eq!(opened["view"]["plan"]["hoursPerWeek"], 10.0);
        let notices = opened["notices"].to_string();
        assert!(
            notices.contains("plan.json.damaged-") && notices.contains("settings.json.damaged-"),
            "{notices}"
        );
        let aside = home.files().into_iter().filter(|path| {
            path.to_string_lossy().contains(".damaged-")
                && fs::read_to_string(path).unwrap() == "{\"half\": "
        });
        assert_eq!(aside.count(), 2);
        // And new changes are saved as usual.
        desk.hours("apply", "12").unwrap();
        drop(desk);
        assert_eq!(home.open().open()["view"]["plan"]["hoursPerWeek"], 12.0);
    });
}
