//! Several plans, by the commands of the window.

use serde_json::{Value, json};

use crate::{Desk, at_home};

fn titles(shelf: &Value) -> Vec<String> {
    let plans = shelf["plans"].as_array().unwrap().iter();
    let title = |plan: &Value| {
        let mark = match (plan["isOpen"].as_bool(), plan["isArchived"].as_bool()) {
            (Some(true), _) => "open ",
            (_, Some(true)) => "archived ",
            _ => "",
        };
        format!("{mark}{}", plan["title"].as_str().unwrap())
    };
    plans.map(title).collect()
}

fn id_of(shelf: &Value, title: &str) -> String {
    let mut plans = shelf["plans"].as_array().unwrap().iter();
    let plan = plans.find(|plan| plan["title"] == title).unwrap();
    plan["id"].as_str().unwrap().to_owned()
}

impl Desk {
    fn template(&self, template: &str, name: &str) -> Value {
        let source = json!({"kind": "template", "template": template});
        self.call("new_plan", json!({"source": source, "name": name}))
            .unwrap()
    }

    fn title(&self) -> String {
        let opened = self.open();
        opened["view"]["plan"]["title"].as_str().unwrap().to_owned()
    }
}

#[test]
fn the_window_switches_between_plans_and_each_has_its_own_things() {
    at_home(|home| {
        let desk = home.open();
        let made = desk.template("guitar", "Guitar");
        assert_eq!(made["isSwitched"], true);
        let shelf = &made["shelf"];
        assert_eq!(titles(shelf), ["MLOps Engineer (2026)", "open Guitar"]);
        assert_eq!(shelf["templates"].as_array().unwrap().len(), 4);
        let (first, second) = (
            id_of(shelf, "MLOps Engineer (2026)"),
            id_of(shelf, "Guitar"),
        );

        // A change, a timer and a calendar of the second.
        desk.hours("apply", "4").unwrap();
        let start = json!({"action": {"kind": "start", "item": "posture-and-tuning"}});
        desk.call("timer", start).unwrap();
        desk.call("add_calendar", json!({"name": "Evenings"}))
            .unwrap();
        let counts = |desk: &Desk| {
            let view = &desk.open()["view"];
            let count = |list: &Value| list.as_array().unwrap().len();
            let calendars = desk.call("calendars", json!({})).unwrap();
            let earlier = desk.call("earlier_plans", json!({})).unwrap();
            let undo = count(&view["history"]["undo"]);
            (
                undo,
                !view["timer"].is_null(),
                count(&calendars),
                count(&earlier),
            )
        };
        assert_eq!(counts(&desk), (1, true, 2, 1));
        let switched = desk.call("switch_plan", json!({"id": first})).unwrap();
        assert_eq!(switched["isSwitched"], true);
        assert_eq!(counts(&desk), (0, false, 1, 0));
        assert_eq!(desk.open()["view"]["plan"]["hoursPerWeek"], 10.0);
        desk.call("switch_plan", json!({"id": second})).unwrap();
        assert_eq!(counts(&desk), (1, true, 2, 1));

        // The last one opens.
        drop(desk);
        let desk = home.open();
        assert_eq!(desk.title(), "Guitar");
        let error = desk
            .call("switch_plan", json!({"id": "no-such"}))
            .unwrap_err();
        assert_eq!(error["code"], "no-plan");
        assert_eq!(desk.title(), "Guitar");
    });
}

#[test]
fn plans_are_renamed_copied_archived_removed_and_brought_back() {
    at_home(|home| {
        let desk = home.open();
        let shelf = desk.template("guitar", "")["shelf"].clone();
        let guitar = id_of(&shelf, "Guitar: lessons and songs side by side");
        let renamed = json!({"id": guitar, "name": "Six strings"});
        let renamed = desk.call("rename_plan", renamed).unwrap();
        assert_eq!(renamed["isSwitched"], false);
        assert_eq!(desk.title(), "Six strings");
        desk.call("undo", json!({})).unwrap();
        assert_eq!(desk.title(), "Guitar: lessons and songs side by side");
        desk.call("redo", json!({})).unwrap();

        let copied = desk.call("duplicate_plan", json!({"id": guitar})).unwrap();
        assert_eq!(copied["isSwitched"], true);
        assert_eq!(desk.title(), "Six strings (copy)");
        let copy = id_of(&copied["shelf"], "Six strings (copy)");

        let removed = desk.call("remove_plan", json!({"id": copy})).unwrap();
        assert_eq!(
            removed["isSwitched"], true,
            "the open one gave its place to another"
        );
        let name = removed["removed"].as_str().unwrap();
        assert_eq!(
            removed["shelf"]["removed"][0]["title"],
            "Six strings (copy)"
        );
        let back = desk.call("bring_back_plan", json!({"name": name})).unwrap();
        assert_eq!(back["isSwitched"], false);
        assert_eq!(titles(&back["shelf"]).len(), 3);
        desk.call("switch_plan", json!({"id": copy})).unwrap();
        assert_eq!(desk.title(), "Six strings (copy)");

        let archived = json!({"id": guitar, "archived": true});
        let archived = desk.call("archive_plan", archived).unwrap();
        assert_eq!(
            titles(&archived["shelf"]),
            [
                "MLOps Engineer (2026)",
                "archived Six strings",
                "open Six strings (copy)"
            ]
        );
        let error = desk.call("rename_plan", json!({"id": guitar, "name": "a\nb"}));
        assert_eq!(error.unwrap_err()["field"], "name of the plan");
    });
}

#[test]
fn an_outline_becomes_a_plan_and_the_open_one_stays() {
    at_home(|home| {
        let desk = home.open();
        let before = std::fs::read(home.file("plan.json")).unwrap();
        let path = home.file("plan.json");
        let outline = json!({"text": "# Baking\n\n## Bread\n- Flour\n- [x] Yeast", "corrected": [],
            "hours": "90m", "known": true});
        let source = json!({"kind": "outline", "outline": outline});
        desk.call("new_plan", json!({"source": source, "name": ""}))
            .unwrap();
        assert_eq!(desk.title(), "Baking");
        assert_eq!(std::fs::read(path).unwrap(), before);

        let empty = json!({"kind": "outline", "outline": {"text": "", "corrected": [],
            "hours": "", "known": false}});
        let error = desk
            .call("new_plan", json!({"source": empty, "name": ""}))
            .unwrap_err();
        assert_eq!(error["code"], "outline-empty");
        assert_eq!(desk.title(), "Baking");
    });
}

/// A preview shows what the change gives: both take in the sessions of the other plan.
#[test]
fn the_other_plans_sessions_are_busy_time_and_can_be_left_out() {
    at_home(|home| {
        let desk = home.open();
        let shelf = desk.template("guitar", "Guitar")["shelf"].clone();
        let first = id_of(&shelf, "MLOps Engineer (2026)");
        desk.call("switch_plan", json!({"id": first})).unwrap();
        let others = |view: &Value| view["plan"]["time"]["otherPlans"].clone();
        assert_eq!(others(&desk.open()["view"]), json!([]));
        let preview = desk.hours("preview", "9").unwrap();
        let applied = desk.hours("apply", "9").unwrap();
        assert_eq!(preview["chart"], applied["chart"]);
        assert_eq!(others(&applied)[0]["title"], "Guitar");
        assert_eq!(others(&preview), others(&applied));

        let day = desk.open()["view"]["plan"]["start"].clone();
        let spans = desk
            .call("busy_times", json!({"first": day, "days": 28}))
            .unwrap();
        let spans = spans.as_array().unwrap();
        assert!(!spans.is_empty());
        assert!(
            spans
                .iter()
                .all(|span| span["source"] == "Guitar" && span["isPlan"] == true)
        );

        let off = json!({"change": {"kind": "countOthers", "counts": false}});
        let view = desk.call("apply", off).unwrap();
        assert_eq!(others(&view), json!([]));
        assert_eq!(view["plan"]["time"]["countsOtherPlans"], false);
        assert_eq!(view["history"]["undo"][0], "Other plans aren't busy time");
    });
}
