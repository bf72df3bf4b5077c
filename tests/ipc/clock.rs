//! The computer's time zone changes while the window runs, as on a journey.

use serde_json::{Value, json};

use crate::at_home;

/// The parts of a view that a zone could move.
fn shown(view: &Value) -> [Value; 2] {
    [view["plan"].clone(), view["chart"]["phases"].clone()]
}

#[test]
fn another_zone_of_the_computer_moves_nothing() {
    at_home(|home| {
        let variables = [
            ("TZ", Some("Europe/Berlin")),
            ("WAYMARK_NOW", Some("2027-01-05T10:00:00Z")),
        ];
        let (before, desk) = temp_env::with_vars(variables, || {
            let desk = home.open();
            (shown(&desk.open()["view"]), desk)
        });
        assert_eq!(before[0]["zone"], "Europe/Berlin");
        temp_env::with_var("TZ", Some("Asia/Tokyo"), || {
            assert_eq!(shown(&desk.call("look", json!({})).unwrap()), before);
            let log = json!({"change": {
                "kind": "log", "item": "python", "start": "2027-01-04T19:00", "minutes": "30",
                "note": "", "entry": null,
            }});
            // In the plan's zone, whatever the computer's is.
            desk.call("apply", log).unwrap();
            let log = desk.call("worklog", json!({})).unwrap();
            assert_eq!(log[0]["start"], "2027-01-04T19:00", "{log}");
        });
        drop(desk);
        let variables = [
            ("TZ", Some("Asia/Tokyo")),
            ("WAYMARK_NOW", Some("2027-01-05T10:00:00Z")),
        ];
        temp_env::with_vars(variables, || {
            let view = home.open().open()["view"].clone();
            assert_eq!(view["plan"]["zone"], "Europe/Berlin");
        });
    });
}
