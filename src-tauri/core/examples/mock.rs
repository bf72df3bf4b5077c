use chrono::{DateTime, Utc};
use serde_json::json;
use waymark_core::{catch_up, check_in::check_in, forecast::forecast, plan::*, roadmap::Roadmap, view, progress::Timer};
fn main() {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let plan = Plan::new("p", Roadmap::embedded().unwrap(), "2027-01-04".parse().unwrap(), chrono_tz::Europe::Berlin, created).unwrap();
    let mut doc = Document::new(plan);
    let log = |start: &str, item: &str, minutes: &str| Change::Log { item: item.into(), start: start.into(), minutes: minutes.into(), note: "chapter 1".into(), entry: None };
    for (now, change) in [
        ("2027-01-04T20:00:00Z", log("2027-01-04T19:00", "python", "90")),
        ("2027-01-05T20:00:00Z", log("2027-01-05T19:00", "data-structures-algorithms", "60")),
        ("2027-01-06T20:00:00Z", log("2027-01-06T19:00", "python", "90")),
    ] { doc = doc.changed(&[change], now.parse().unwrap()).unwrap(); }
    let now: DateTime<Utc> = "2027-01-19T18:20:00Z".parse().unwrap();
    doc = doc.timing(Some(Timer::start(&doc.plan, "python", "2027-01-19T18:02:00Z".parse().unwrap()).unwrap()));
    let choices = catch_up::options(&doc.plan, now);
    let previews: Vec<_> = choices.iter().filter(|c| c.outcome.is_some()).map(|c| {
        let plan = doc.plan.changed(&[c.change()], now).unwrap();
        json!({"name": c.name, "view": view::view(&Document { plan, ..doc.clone() }, now)})
    }).collect();
    println!("{}", json!({
        "open": {"view": view::view(&doc, now), "settings": {"theme": "light", "folded": [], "zoom": 0, "panel": null, "baseline": null}, "notices": [], "zones": ["Europe/Berlin"]},
        "check_in": check_in(&doc, now), "catch_up": choices, "worklog": view::worklog(&doc.plan),
        "forecast": view::forecast_view(&doc.plan, &forecast(&doc.plan, now)), "previews": previews,
    }));
}
