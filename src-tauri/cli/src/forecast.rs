//! `waymark forecast`: the finish date to expect.

use clap::Args;
use serde_json::{Value, json};
use waymark_core::forecast::{Forecast, Quantiles, forecast};
use waymark_core::plan::Plan;
use waymark_core::view::forecast_view;
use waymark_core::words;

use crate::json;
use crate::plan_file::PlanFileOptions;
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
        json::pretty(&as_data(opened.plan(), &told))
    } else {
        as_text(opened.plan(), &told)
    })
}

fn as_text(plan: &Plan, told: &Forecast) -> String {
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
        let date = |pick: fn(&Quantiles) -> chrono::NaiveDate| {
            let date = when.as_ref().map(pick).map(words::short_date);
            date.unwrap_or_else(|| "–".to_owned())
        };
        let (p50, p80, p95) = (date(|q| q.p50), date(|q| q.p80), date(|q| q.p95));
        table.add_row([number, title.to_owned(), p50, p80, p95]);
    }
    let said = forecast_view(plan, told);
    let (table, sentence, basis) = (table::rendered(&table), said.sentence, said.basis);
    format!("{table}\n\n{sentence}\n{basis}\n")
}

fn as_data(plan: &Plan, told: &Forecast) -> Value {
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
        "basis": {
            "weeks": basis.weeks,
            "items": basis.items,
            "own_attendance": basis.own_attendance,
            "own_accuracy": basis.own_accuracy,
            "attendance": basis.attendance,
            "accuracy": basis.accuracy,
        },
    })
}
