use chrono::TimeDelta;
use waymark_core::{plan::*, progress::track, roadmap::Roadmap};
fn main() {
    let created = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = "2027-01-04".parse().unwrap();
    let plan = Plan::new(
        "p",
        Roadmap::embedded().unwrap(),
        start,
        chrono_tz::Europe::Berlin,
        created,
    )
    .unwrap();
    let mut d = Document::new(plan);
    let mut now = d.plan.start_instant();
    let t = std::time::Instant::now();
    let mut n = 0;
    for k in 0..300 {
        now += TimeDelta::hours(20);
        let s = track(&d.plan, now);
        if let Some(last) = s.sessions.iter().rfind(|x| x.end().instant() <= now) {
            if k % 3 != 0 {
                let c = Change::Log {
                    item: d.plan.roadmap().items[last.item].id.clone(),
                    start: last.start.local().format("%Y-%m-%dT%H:%M").to_string(),
                    minutes: last.minutes.to_string(),
                    note: "".into(),
                    entry: None,
                };
                d = d.changed(&[c], now).unwrap();
                n += 1;
            }
        }
        if k % 7 == 0 {
            d = d
                .changed(
                    &[Change::Replan {
                        keep: Keeping::Fitting,
                    }],
                    now,
                )
                .unwrap();
            n += 1;
        }
    }
    println!("{n} changes {:?} each", t.elapsed() / n);
    let t = std::time::Instant::now();
    let text = d.to_json().unwrap();
    println!(
        "{} kB written in {:?}; past {} log {} steps {}",
        text.len() / 1000,
        t.elapsed(),
        d.plan.past().len(),
        d.plan.log().len(),
        d.undo.len()
    );
    let t = std::time::Instant::now();
    Document::from_json(&text).unwrap();
    println!("read in {:?}", t.elapsed());
    let t = std::time::Instant::now();
    let v = waymark_core::view::view(&d, now);
    println!(
        "view {:?} {}",
        t.elapsed(),
        serde_json::to_string(&v).unwrap().len()
    );
}
