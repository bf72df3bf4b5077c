//! Busy times of calendars, and of several calendars in one plan.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};

use crate::{refusal, stored_plan, waymark};

/// The plan starts after any day on which the tests run, so it has no past.
const LATER: &str = "2077-01-04";

fn busy_file(times: &[&str]) -> String {
    let event = |(number, time): (usize, &&str)| {
        format!(
            "BEGIN:VEVENT\r\nUID:{number}@choir\r\nSUMMARY:Choir\r\nDTSTART;TZID=Europe/Berlin:{time}\r\nDURATION:PT2H\r\nEND:VEVENT\r\n"
        )
    };
    let events: String = times.iter().enumerate().map(event).collect();
    format!(
        "BEGIN:VCALENDAR\r\n{events}BEGIN:VEVENT\r\nSUMMARY:Odd\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

#[test]
fn busy_times_are_imported_replaced_and_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (plan, work) = (path("plan.json"), path("work.ics"));
    let file = json!({
        "id": "mine", "start": LATER, "zone": "Europe/Berlin",
        "windows": [{"day": "Mon", "from": "19:00", "to": "21:00"}],
        "pins": [{"item": "python", "start": "2077-01-18T19:00", "minutes": 60}],
    });
    fs::write(&plan, file.to_string()).unwrap();
    let run = |arguments: &[&str]| {
        let output = waymark(&[&["busy", "--plan", &plan], arguments].concat());
        assert!(output.status.success(), "{output:?}");
        let printed = String::from_utf8(output.stdout).unwrap();
        printed.replace(folder.path().to_str().unwrap(), "FOLDER")
    };
    let busy = || stored_plan(Path::new(&plan))["busy_sources"]["work.ics"].clone();

    fs::write(&work, busy_file(&["20770104T190000", "20770118T180000"])).unwrap();
    let told = run(&[&work]);
    assert_eq!(
        busy(),
        Value::Null,
        "nothing is written unless it is asked for"
    );
    let taken = run(&[&work, "--out", &plan]);
    assert_eq!(busy().as_array().unwrap().len(), 2);
    fs::write(&work, busy_file(&["20770201T190000"])).unwrap();
    let data: Value = serde_json::from_str(&run(&[&work, "--json", "--out", &plan])).unwrap();
    assert_eq!(busy(), data["files"][0]["busy"]);
    assert_eq!(busy()[0]["start"], "2077-02-01T18:00:00Z");
    let removed = run(&["--remove", "work.ics", "--out", &plan]);
    assert_eq!(busy(), Value::Null);
    insta::assert_snapshot!(
        "busy",
        [told, taken, format!("{data:#}\n"), removed].join("---\n")
    );
}

#[test]
fn a_file_that_is_not_a_calendar_is_rejected_and_the_plan_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("page.ics"), "<html>").unwrap();
    fs::write(path("work.ics"), busy_file(&[])).unwrap();
    let refused = |files: &[&str]| {
        let usual = ["busy", "--start", LATER, "--zone", "Europe/Berlin", "--out"];
        let out = path("plan.json");
        let said = refusal(&waymark(&[&usual[..], &[&out], files].concat()));
        assert!(!Path::new(&out).exists());
        said.replace(folder.path().to_str().unwrap(), "FOLDER")
    };
    let (page, work, none) = (path("page.ics"), path("work.ics"), path("none.ics"));
    let said = [
        refused(&[&work, &page]),
        refused(&[&none]),
        refused(&["--remove", "work.ics"]),
    ];
    let said = said.concat();
    // Each system words a missing file differently.
    let (first, rest) = said.split_once("none.ics: ").unwrap();
    let rest = rest.split_once('\n').unwrap().1;
    insta::assert_snapshot!("busy_refused", format!("{first}none.ics: …\n{rest}"));
}

/// A small plan file in a folder of its own, and the files of a test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        let file = json!({
            "id": "mine", "start": "2027-01-04", "zone": "Europe/Berlin",
            "windows": [{"day": "Fri", "from": "18:00", "to": "20:00"},
                        {"day": "Sat", "from": "09:00", "to": "11:00"}],
        });
        fs::write(folder.path("plan.json"), file.to_string()).unwrap();
        folder
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().unwrap().to_owned()
    }

    fn busy(&self, arguments: &[&str]) -> Output {
        let plan = self.path("plan.json");
        waymark(&[&["busy", "--plan", &plan], arguments].concat())
    }

    fn kept(&self, arguments: &[&str]) -> String {
        let plan = self.path("plan.json");
        let output = self.busy(&[arguments, &["--out", &plan]].concat());
        assert!(output.status.success(), "{output:?}");
        self.told(&output)
    }

    fn told(&self, output: &Output) -> String {
        let printed = String::from_utf8(output.stdout.clone()).unwrap();
        printed.replace(self.0.path().to_str().unwrap(), "FOLDER")
    }

    fn sources(&self) -> Vec<String> {
        let plan = stored_plan(Path::new(&self.path("plan.json")));
        let sources = plan["busy_sources"].as_object();
        sources.map_or(Vec::new(), |sources| sources.keys().cloned().collect())
    }

    fn finish(&self) -> String {
        let output = waymark(&["plan", "--plan", &self.path("plan.json")]);
        let printed = String::from_utf8(output.stdout).unwrap();
        let line = printed.lines().find(|line| line.contains("finish"));
        line.unwrap_or(&printed).to_owned()
    }
}

fn case(name: &str) -> String {
    format!(
        "{}/../../tests/terminal/cases/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// Case 79 of the files that failed once.
#[test]
fn two_calendars_of_one_file_name_are_kept_and_removed_one_by_one() {
    let folder = Folder::new();
    let finish = folder.finish();
    let (work, family) = (
        case("79-same-name/work/basic.ics"),
        case("79-same-name/family/basic.ics"),
    );
    let first = folder.kept(&[&work]);
    let second = folder.kept(&[&family]);
    assert_eq!(folder.sources(), ["basic.ics", "basic.ics (2)"]);
    assert_ne!(folder.finish(), finish);
    let list = folder.told(&folder.busy(&["--list"]));
    insta::assert_snapshot!("busy_two_of_one_name", [first, second, list].join("---\n"));

    // Both at once, as often as one likes.
    let both = folder.kept(&[&work, &family]);
    assert_eq!(folder.sources(), ["basic.ics", "basic.ics (2)"], "{both}");
    let data = folder.busy(&["--list", "--json"]);
    let data: Value = serde_json::from_slice(&data.stdout).unwrap();
    assert_eq!(data["calendars"][1]["source"], "basic.ics (2)");
    assert_eq!(data["calendars"][1]["times"], 3);

    folder.kept(&["--remove", "basic.ics"]);
    assert_eq!(folder.sources(), ["basic.ics (2)"]);
    folder.kept(&["--remove", "basic.ics (2)"]);
    assert_eq!(folder.finish(), finish, "the hours are given back exactly");
}

#[test]
fn a_newer_download_under_another_name_is_refused_until_a_flag_decides() {
    let folder = Folder::new();
    let work = fs::read_to_string(case("79-same-name/work/basic.ics")).unwrap();
    fs::write(folder.path("work.ics"), &work).unwrap();
    let newer = work.replace("20270108", "20270115");
    let name = folder.path("work (1).ics");
    fs::write(&name, newer).unwrap();

    folder.kept(&[&folder.path("work.ics")]);
    let plan = fs::read(folder.path("plan.json")).unwrap();
    let out = folder.path("plan.json");
    let asked = refusal(&folder.busy(&[&name, "--out", &out]));
    let unknown = refusal(&folder.busy(&[&name, "--instead-of", "other.ics", "--out", &out]));
    let not_it = refusal(&folder.busy(&[
        &case("79-same-name/family/basic.ics"),
        &case("79-same-name/work/basic.ics"),
        "--beside",
        "--instead-of",
        "other.ics",
    ]));
    assert_eq!(fs::read(folder.path("plan.json")).unwrap(), plan);

    let beside = folder.kept(&[&name, "--beside"]);
    assert_eq!(folder.sources(), ["work (1).ics", "work.ics"]);
    folder.kept(&["--remove", "work (1).ics"]);
    let instead = folder.kept(&[&name, "--instead-of", "work.ics"]);
    assert_eq!(folder.sources(), ["work (1).ics"]);
    let told = [asked, unknown, not_it, beside, instead];
    insta::assert_snapshot!("busy_newer_download", told.join("---\n"));
}

/// Cases 50 and 50b: what Google's export gives, here with the ending of a calendar.
#[test]
fn archives_of_calendars_are_opened() {
    let told = ["50-zip-as-google-exports.ics", "50b-zip-deflated.ics"].map(|name| {
        let folder = Folder::new();
        let told = folder.kept(&[&case(name)]);
        assert_eq!(folder.sources(), ["ana@example.org.ics"]);
        told
    });
    insta::assert_snapshot!("busy_archives", told.join("---\n"));

    let folder = Folder::new();
    let zip = fs::read(case("50-zip-as-google-exports.ics")).unwrap();
    fs::write(folder.path("half.zip"), &zip[..zip.len() / 2]).unwrap();
    let said = refusal(&folder.busy(&[&folder.path("half.zip")]));
    assert!(said.contains("is damaged"), "{said}");
}

/// A published calendar by its address, of which only the host is printed or stored.
#[test]
fn an_address_stands_in_place_of_a_file() {
    use std::io::{Read, Write};
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("plan.json");
    let file = json!({"id": "mine", "start": LATER, "zone": "Europe/Berlin"});
    fs::write(&plan, file.to_string()).unwrap();
    let plan = plan.to_str().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let body = busy_file(&["20770104T190000"]);
        for stream in listener.incoming().map_while(Result::ok) {
            let (mut stream, mut asked) = (stream, [0; 4096]);
            let _ = stream.read(&mut asked);
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            let _ = stream.write_all((head + &body).as_bytes());
        }
    });
    let address = format!("webcal://127.0.0.1:{port}/private-5f2c9a/basic.ics");
    for _ in 0..2 {
        let read = waymark(&["busy", &address, "--plan", plan, "--out", plan]);
        let said = String::from_utf8(read.stdout.clone()).unwrap();
        assert!(
            read.status.success() && said.starts_with("127.0.0.1\n"),
            "{read:?}"
        );
        assert!(!said.contains("private-5f2c9a"), "{said}");
    }
    let stored = stored_plan(Path::new(plan));
    assert_eq!(stored["busy_sources"].as_object().unwrap().len(), 1);
    assert!(!stored.to_string().contains("private-5f2c9a"));

    let plain = "http://example.org/private-5f2c9a/basic.ics";
    let said = refusal(&waymark(&["busy", plain, "--plan", plan]));
    assert!(
        said.contains("without https") && !said.contains("private-5f2c9a"),
        "{said}"
    );
}
