//! `waymark forecast`: the finish date to expect.

use clap::Args;
use serde_json::{Value, json};
use waymark_core::forecast::{Forecast, Quantiles, forecast};
use waymark_core::view::forecast_view;
use waymark_core::words;

use crate::json;
use crate::plan_file::{Opened, PlanFileOptions};
use crate::{Failure, print, table};

#[derive(Args)]
pub struct ForecastArgs {
    #[command(flatten)]
    file: PlanFileOptions,
}

pub fn run(args: &ForecastArgs) -> Result<(), Failure> {
    let opened = args.file.open()?;
    let told = forecast(opened.plan(), opened.now);
    print(&if args.file.json {
        json::pretty(&as_data(&opened, &told))
    } else {
        as_text(&opened, &told)
    })
}

fn as_text(opened: &Opened, told: &Forecast) -> String {
    let plan = opened.plan();
    let columns = ["", "Phase", "P50", "P80", "P95"];
    let mut table = table::new(&columns, &[0]);
    let phases = plan
        .roadmap()
        .phases
        .iter()
        .map(|phase| phase.title.as_str());
    let rows = phases.zip(&told.phases).enumerate();
    let rows = rows.map(|(index, (title, when))| ((index + 1).to_string(), title, when));
    for (number, title, when) in rows.chain([(String::new(), "Whole plan", &told.whole)]) {
        let date = |pick: fn(&Quantiles) -> Option<chrono::NaiveDate>| match when.as_ref().map(pick)
        {
            None => "–".to_owned(),
            Some(None) => "after 2099".to_owned(),
            Some(Some(date)) => words::short_date(date),
        };
        let (p50, p80, p95) = (date(|q| q.p50), date(|q| q.p80), date(|q| q.p95));
        table.add_row([number, title.to_owned(), p50, p80, p95]);
    }
    let view = forecast_view(plan, told, opened.now);
    let mut lines = vec![view.headline];
    let target_hours = view.target_hours;
    lines.extend(target_hours.map(|hours| format!("For the target date: {}.", hours.sentence)));
    lines.extend([String::new(), table::rendered(&table), String::new()]);
    lines.extend([view.sentence, view.basis]);
    lines.join("\n") + "\n"
}

fn as_data(opened: &Opened, told: &Forecast) -> Value {
    let plan = opened.plan();
    let view = forecast_view(plan, told, opened.now);
    let dates = |when: &Option<Quantiles>| {
        when.map(|when| json!({"p50": when.p50, "p80": when.p80, "p95": when.p95}))
    };
    let phases = plan.roadmap().phases.iter().zip(&told.phases);
    let phases = phases.map(|(phase, when)| json!({"id": phase.id, "finish": dates(when)}));
    let basis = &told.basis;
    json!({
        "phases": phases.collect::<Vec<_>>(),
        "whole": dates(&told.whole),
        "chance": told.chance,
        "headline": view.headline,
        "ladder": view.ladder,
        "target_hours": view.target_hours.map(|hours| json!({
            "never_miss_minutes": hours.never_miss_minutes,
            "sure_minutes": hours.sure_minutes,
        })),
        "basis": {
            "weeks": basis.weeks,
            "weeks_to_own": basis.weeks_to_own(),
            "items": basis.items,
            "own_attendance": basis.own_attendance,
            "own_accuracy": basis.own_accuracy,
            "attendance": basis.attendance,
            "accuracy": basis.accuracy,
        },
    })
}
