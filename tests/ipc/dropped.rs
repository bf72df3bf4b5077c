//! Files that are dropped on the window.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use waymark_desktop::dropped;

use crate::at_home;

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\n\
    DTSTAMP:20261101T000000Z\r\nDTSTART:20270105T190000Z\r\nDTEND:20270105T210000Z\r\n\
    SUMMARY:Choir\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[test]
fn calendars_plans_and_outlines_are_taken_and_others_rejected() {
    at_home(|home| {
        let desk = home.open();
        let at = |name: &str| home.folder().join(name);
        let drop = |paths: &[PathBuf]| -> Vec<Value> {
            let news = dropped::read(desk.app(), paths);
            news.iter()
                .map(|news| serde_json::to_value(news).unwrap())
                .collect()
        };
        fs::write(at("choir.ICS"), CALENDAR).unwrap();
        fs::write(at("notes.md"), "# Baking\n- Flour\n").unwrap();
        fs::write(
            at("tool.json"),
            "{\"title\": \"Baking\", \"items\": [\"Flour\"]}",
        )
        .unwrap();
        fs::write(at("picture.png"), b"PNG\0").unwrap();
        fs::write(at("binary.txt"), b"\0\x01\x02").unwrap();
        fs::copy(home.file("plan.json"), at("plan-copy.json")).unwrap();
        let names = [
            "choir.ICS",
            "notes.md",
            "tool.json",
            "picture.png",
            "binary.txt",
            "gone.md",
        ];
        let news = drop(&names.map(at));
        let kinds: Vec<&str> = news
            .iter()
            .map(|news| news["kind"].as_str().unwrap())
            .collect();
        let rejected = ["rejected"; 3];
        assert_eq!(
            kinds,
            [&["busy", "outline", "outline"][..], &rejected].concat()
        );
        let busy = &news[0]["imported"]["view"]["plan"]["time"]["busy"];
        assert_eq!(busy.as_array().unwrap().len(), 1, "{busy}");
        assert_eq!(news[1]["text"], "# Baking\n- Flour\n");
        for (news, said) in news[3..]
            .iter()
            .zip(["drop a calendar file", "isn't text", "gone.md"])
        {
            let message = news["problem"]["message"].as_str().unwrap();
            assert!(message.to_lowercase().contains(said), "{message}");
        }
        // One step, which can be undone.
        let undone = desk.call("undo", json!({})).unwrap();
        assert_eq!(undone["plan"]["time"]["busy"], json!([]));

        let news = drop(&[at("plan-copy.json")]);
        assert_eq!(news[0]["kind"], "plan", "{news:?}");
        assert_eq!(news[0]["imported"]["isChange"], true);
    });
}
