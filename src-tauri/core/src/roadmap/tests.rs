use super::check::share;
use super::{ItemKind, Link, Roadmap, RoadmapFile, Step, Track};
use serde_json::{Value, json};

fn embedded() -> Value {
    serde_json::from_str(super::EMBEDDED).unwrap()
}

fn refusal(change: impl FnOnce(&mut Value)) -> String {
    let mut file = embedded();
    change(&mut file);
    let said = Roadmap::from_json(&file.to_string())
        .unwrap_err()
        .to_string();
    // The column depends on the order in which the test writes the fields.
    said.split(" at line ")
        .next()
        .unwrap_or_default()
        .to_owned()
}

/// The source, counted by hand: nothing of it may be lost.
#[test]
fn every_list_of_the_source_is_there() {
    let roadmap = Roadmap::embedded().unwrap();
    let mut counted: Vec<(usize, String, usize)> = Vec::new();
    for item in &roadmap.items {
        match counted.last_mut() {
            Some((phase, group, count)) if *phase == item.phase + 1 && *group == item.group => {
                *count += 1;
            }
            _ => counted.push((item.phase + 1, item.group.clone(), 1)),
        }
    }
    let expected = [
        (1, "Core Knowledge", 4),
        (1, "Learn", 3),
        (2, "Learn", 3),
        (2, "Tools", 3),
        (3, "Learn", 3),
        (3, "Tools", 2),
        (4, "Learn", 3),
        (4, "Tools", 3),
        (5, "Key Concepts", 4),
        (5, "Tools", 3),
        (6, "Platforms", 3),
        (6, "Learn", 3),
        (7, "Focus", 4),
        (7, "Tools", 2),
        (8, "Build", 4),
        (8, "Example Stack", 4),
        (9, "Certifications", 3),
        (10, "Must Have", 3),
        (10, "Key Skills", 4),
        (11, "Focus", 3),
        (11, "Sample Questions", 3),
    ];
    assert_eq!(
        counted,
        expected.map(|(phase, group, count)| (phase, group.to_owned(), count))
    );
    let reference = &roadmap.file.reference;
    assert_eq!(
        (
            roadmap.phases.len(),
            reference.trends.len(),
            reference.strategy.len(),
            reference.outcomes.len()
        ),
        (11, 5, 3, 3)
    );
}

#[test]
fn efforts_are_the_weeks_times_the_nominal_hours_and_the_stated_career_hours() {
    let roadmap = Roadmap::embedded().unwrap();
    let hours: Vec<u64> = roadmap
        .phases
        .iter()
        .map(|phase| roadmap.effort_minutes(phase) / 60)
        .collect();
    assert_eq!(hours, [60, 60, 60, 60, 80, 80, 40, 80, 120, 24, 20]);
    let whole = |minutes: u32| minutes.is_multiple_of(30);
    assert!(roadmap.items.iter().all(|item| whole(item.effort_minutes)));
    assert!(
        roadmap
            .items
            .iter()
            .all(|item| item.optional == (item.kind == ItemKind::Certification))
    );
    let core = roadmap
        .phases
        .iter()
        .filter(|phase| phase.track == Track::Core);
    assert_eq!(core.count(), 7);
}

#[test]
fn the_embedded_roadmap_keeps_its_schema() {
    let schema = include_str!("../../../roadmaps/roadmap.schema.json");
    let validator = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(&embedded())
        .map(|fault| format!("{} at {}", fault, fault.instance_path()))
        .collect();
    assert_eq!(faults, [""; 0]);
}

#[test]
fn every_item_says_when_it_is_done() {
    let roadmap = Roadmap::embedded().unwrap();
    for (index, item) in roadmap.items.iter().enumerate() {
        let entry = roadmap.entry(index).unwrap();
        assert_eq!(entry.id, item.id);
        assert!(entry.done_when.ends_with('.'), "{}", item.id);
    }
}

#[test]
fn links_lead_to_pages_and_people_only() {
    for address in [
        "https://a.example",
        "HTTPS://a.example/x?y#z",
        "mailto:me@a.example",
    ] {
        assert!(Link::can_open(address), "{address}");
    }
    for address in [
        "",
        "https://",
        "mailto:",
        "http://a.example",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "//a.example",
        " https://a.example",
        "https://a.example/\u{7}",
        "https://a.example/\nb",
    ] {
        assert!(!Link::can_open(address), "{address:?}");
    }
}

#[test]
fn a_stored_roadmap_reads_back_the_same() {
    let mut file: RoadmapFile = Roadmap::embedded().unwrap().file;
    let item = &mut file.phases[0].items[0];
    item.links = vec![Link {
        title: String::new(),
        address: "https://python.example".into(),
    }];
    item.notes = "Read *slowly*.\nTwice.".into();
    item.steps = vec![
        Step {
            title: "Install it".into(),
            minutes: Some(30),
        },
        Step {
            title: "Read on".into(),
            minutes: None,
        },
    ];
    let roadmap = Roadmap::from_json(&serde_json::to_string(&file).unwrap()).unwrap();
    let text = serde_json::to_string(&roadmap.file).unwrap();
    assert_eq!(Roadmap::from_json(&text).unwrap(), roadmap);
}

#[test]
fn refusals_name_phase_item_and_field() {
    let item = |file: &mut Value, field: &str, value: Value| {
        file["phases"][0]["items"][1][field] = value;
    };
    let said = [
        refusal(|f| item(f, "weight", json!(-3))),
        refusal(|f| item(f, "weight", json!("heavy"))),
        refusal(|f| f["phases"][7]["items"][0]["effort_hours"] = json!(-20)),
        refusal(|f| item(f, "id", json!("python"))),
        refusal(|f| item(f, "id", json!("No Spaces"))),
        refusal(|f| item(f, "kind", json!("wish"))),
        refusal(|f| item(f, "title", json!("  "))),
        refusal(|f| item(f, "colour", json!("red"))),
        refusal(|f| item(f, "requires", json!(["astrology"]))),
        refusal(|f| f["phases"][2]["requires"] = json!(["monitoring"])),
        refusal(|f| item(f, "requires", json!(["foundations"]))),
        refusal(|f| f["phases"][1]["weeks"] = json!(0)),
        refusal(|f| f["phases"][1]["items"][0] = json!({"id": "x", "title": "X", "kind": "topic"})),
        refusal(|f| item(f, "links", json!([{"address": "javascript:alert(1)"}]))),
        refusal(|f| {
            item(
                f,
                "links",
                json!([{"address": "https://a.example"}, {"address": "file:///etc/passwd"}]),
            )
        }),
        refusal(|f| item(f, "links", json!([{"address": "https://"}]))),
        refusal(|f| item(f, "links", json!([{"address": "https://a.example/ b"}]))),
        refusal(|f| {
            item(
                f,
                "links",
                json!(vec![json!({"address": "https://a.example"}); 101]),
            )
        }),
        refusal(|f| item(f, "done_when", json!("x".repeat(501)))),
        refusal(|f| item(f, "notes", json!("x".repeat(20_001)))),
        refusal(|f| item(f, "steps", json!([{"title": "Read"}, {"title": " "}]))),
        refusal(|f| item(f, "steps", json!([{"title": "Read", "minutes": 0}]))),
        refusal(|f| f["nominal_hours_per_week"] = json!(0)),
        refusal(|f| f["phases"] = json!([])),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn what_is_not_json_is_refused_with_the_place() {
    let said = ["", "{", "null", "[1, 2]", "{\"id\": 1e999}", "{} {}"]
        .map(|text| Roadmap::from_json(text).unwrap_err().to_string());
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn shares_add_up_and_follow_the_weights() {
    assert_eq!(share(3600, &[4.0, 2.0, 1.0, 1.0]), [1800, 900, 450, 450]);
    assert_eq!(share(100, &[1.0, 1.0, 1.0]), [30, 30, 40]);
    assert_eq!(share(0, &[1.0]), [0]);
}
