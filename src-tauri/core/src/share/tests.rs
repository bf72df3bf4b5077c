use serde_json::json;

use super::*;

const ALL: ShareOptions = ShareOptions {
    notes: true,
    log: true,
    calendars: true,
    busy: true,
};

/// A plan under way, with a secret in each private part, and markup in each text.
fn plan() -> Plan {
    let roadmap = json!({
        "id": "r", "title": "<script>alert(1)</script> & \"Baking\"", "nominal_hours_per_week": 2,
        "phases": [{"id": "p", "title": "Bread </title><b>", "outcome": {"id": "o", "title": "A ' loaf\u{b}"},
            "items": [
                {"id": "flour", "title": "Flour <img src=x onerror=alert(2)>", "kind": "topic",
                 "effort_hours": 3, "notes": "secret note <i>\nof two lines"},
                {"id": "yeast", "title": "Yeast", "kind": "topic", "effort_hours": 3},
            ]}],
    });
    let plan = json!({
        "id": "baking", "start": "2027-01-04", "zone": "Europe/Berlin", "roadmap": roadmap,
        "windows": [{"day": "Tue", "from": "19:00", "to": "21:00"}],
        "busy": [{"start": "2027-01-20T10:15:00Z", "end": "2027-01-20T11:45:00Z"}],
        "busy_sources": {"secret-calendar.ics": [
            {"start": "2027-01-21T10:20:00Z", "end": "2027-01-21T11:40:00Z"}]},
        "other_plans": {"Secret plan": [
            {"start": "2027-01-22T10:25:00Z", "end": "2027-01-22T11:35:00Z"}]},
        "log": [{"id": 1, "item": "flour", "start": "2027-01-05T18:07:00Z", "minutes": 60,
            "note": "secret entry <u>"}],
    });
    Plan::from_json(&plan.to_string()).unwrap()
}

fn now() -> DateTime<Utc> {
    "2027-01-13T12:00:00Z".parse().unwrap()
}

#[test]
fn the_page_has_chart_weeks_and_progress_and_nothing_private_unless_asked() {
    let page_of = |options| page(&plan(), options, now());
    let secrets = [
        ("notes", "secret note"),
        ("log", "secret entry"),
        ("calendars", "secret-calendar.ics"),
        ("calendars", "Secret plan"),
        ("busy", "2027-01-20 11:15"),
        ("busy", "2027-01-21 11:20"),
        ("busy", "2027-01-22 11:25"),
    ];
    let options = [
        ("", ShareOptions::default()),
        (
            "notes",
            ShareOptions {
                notes: true,
                ..Default::default()
            },
        ),
        (
            "log",
            ShareOptions {
                log: true,
                ..Default::default()
            },
        ),
        (
            "calendars",
            ShareOptions {
                calendars: true,
                ..Default::default()
            },
        ),
        (
            "busy",
            ShareOptions {
                busy: true,
                ..Default::default()
            },
        ),
    ];
    for (asked, options) in options {
        let page = page_of(options);
        for (part, secret) in secrets {
            assert_eq!(page.contains(secret), part == asked, "{asked}: {secret}");
        }
        assert!(page.contains("<svg"), "the chart");
        assert!(
            page.contains("4 Jan 2027 – ") || page.contains("4 January 2027 – "),
            "the weeks"
        );
        assert!(page.contains("<h2>Progress</h2>"));
    }
    assert!(page_of(ALL).contains("19:07"), "{}", page_of(ALL));
    // The times of day of the log aren't in the page without it.
    assert!(!page_of(ShareOptions::default()).contains("19:07"));
}

/// Titles and notes stay text, and the page is one file without script.
#[test]
fn no_text_of_a_plan_becomes_markup() {
    let page = page(&plan(), ALL, now());
    assert!(page.starts_with(PAGE_START));
    let allows = roxmltree::ParsingOptions {
        allow_dtd: true,
        ..Default::default()
    };
    let read = roxmltree::Document::parse_with_options(&page, allows).unwrap();
    let texts: String = read.descendants().filter_map(|node| node.text()).collect();
    assert!(texts.contains("<script>alert(1)</script> & \"Baking\""));
    assert!(!read.descendants().any(|node| node.has_tag_name("script")));
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Baking&quot;"));
    for tag in [
        "<script", "<img", "<i>", "<u>", "<b>", "<link", "<iframe", "\u{b}",
    ] {
        assert!(!page.contains(tag), "{tag}");
    }
    for outside in ["src=", "href=", "url(", "@import"] {
        assert!(
            !page.replace("src=x onerror", "").contains(outside),
            "{outside}"
        );
    }
    insta::assert_snapshot!(page.replace(&crate::picture::svg(&plan(), now()), "(chart)\n"));
}
