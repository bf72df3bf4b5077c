//! `waymark status`: what's done, what was missed, and how the plan is doing.

use clap::Args;
use serde_json::{Value, json};
use waymark_core::check_in::so_far;
use waymark_core::plan::Plan;
use waymark_core::progress::baseline::{Against, Comparison, compare};
use waymark_core::progress::{Progress, SessionState, measure, progress};
use waymark_core::schedule::Span;
use waymark_core::status::{Lever, Status, status};
use waymark_core::view::{self, Figure};
use waymark_core::words;

use crate::json;
use crate::plan_file::{Opened, PlanFileOptions};
use crate::{Failure, json as data, print, table};

#[derive(Args)]
pub struct StatusArgs {
    #[command(flatten)]
    file: PlanFileOptions,
}

/// The number of upcoming sessions to show.
const NEXT: usize = 3;

pub fn run(args: &StatusArgs) -> Result<(), Failure> {
    let opened = args.file.open()?;
    let progress = progress(opened.plan(), opened.now);
    let against = opened.plan().baselines().last();
    let against = against.map(|baseline| compare(opened.plan(), &progress, baseline));
    let against = against.as_ref();
    print(&if args.file.json {
        let told = as_data(&opened, &progress, against);
        json::pretty(&told)
    } else {
        as_text(&opened, &progress, against)
    })
}

fn as_text(opened: &Opened, progress: &Progress, against: Option<&Comparison>) -> String {
    let plan = opened.plan();
    let effort = words::effort;
    let (done, left) = (plan.done_minutes(), plan.left_minutes());
    let stands = view::progress_view(plan, progress, opened.now);
    let status = status(plan, opened.now);
    let mut lines = vec![
        plan.title().to_owned(),
        format!("{} done, {} left.", effort(done), effort(left)),
        format!("{}. {}", status.title, status.reason),
    ];
    lines.extend(status.note.clone());
    let told = so_far(plan, opened.now);
    if matches!(status.status, Status::Paused { .. }) {
        // After a pause nothing counts what was missed.
        let finish = told.fresh_finish.map(words::long_date);
        let finish = finish.map(|it| format!("Starting again today, you'd finish on {it}."));
        lines.extend(finish);
        let start = "To start again from today, run `waymark catch-up --apply start-again`.";
        lines.push(start.to_owned());
    } else {
        lines.push(stands.sentence.clone());
        // The reason of the status may be one of them.
        let others = told.sentences.into_iter();
        lines.extend(others.filter(|it| *it != status.reason));
    }
    if matches!(status.lever, Lever::PlanIn | Lever::SeeOptions) {
        lines.push("To see your options, run `waymark catch-up`.".to_owned());
    }
    let habits = stands.habits.iter().filter(|habit| habit.is_known());
    lines.extend(habits.map(|Figure { name, value, text }| format!("{name}: {value}. {text}")));
    let mut text = lines.join("\n");
    text += &format!("\n\n{}\n", phases(plan, progress, against));
    let next = progress
        .sessions
        .iter()
        .filter(|s| matches!(s.state, SessionState::Planned | SessionState::Due));
    for session in next.take(NEXT) {
        let start = session.start.local().format("%a %-d %b %H:%M");
        let title = &plan.roadmap().items[session.item].title;
        text += &format!("\n{start}  {title}, {}", effort(session.open().into()));
    }
    text + "\n"
}

/// One row a phase: work done and left, its end against the baseline, and work without a session
/// until the next re-plan.
fn phases(plan: &Plan, progress: &Progress, against: Option<&Comparison>) -> String {
    let columns = [
        "",
        "Phase",
        "Done",
        "Left",
        "Baseline",
        "Ends",
        "Days",
        "Unscheduled",
    ];
    let mut table = table::new(&columns, &[0, 2, 3, 6, 7]);
    let (left, logged) = (plan.left(), plan.logged());
    for (index, phase) in plan.roadmap().phases.iter().enumerate() {
        let items = phase.items.clone();
        let waits = progress.waiting_minutes_of(&items);
        let left: u64 = left[items.clone()].iter().map(|m| u64::from(*m)).sum();
        let items = plan.roadmap().items[items].iter();
        let done = items.filter_map(|item| logged.get(&item.id));
        let done: u64 = done.map(|m| u64::from(*m)).sum();
        let end = |span: Option<Span>| {
            span.map_or_else(|| "–".to_owned(), |s| words::short_date(s.end.day_of_end()))
        };
        let row = against.and_then(|against| against.phases.get(index));
        let days = row.and_then(Against::days_late);
        table.add_row([
            (index + 1).to_string(),
            phase.title.clone(),
            words::effort(done),
            words::effort(left),
            end(row.and_then(|row| row.was)),
            end(progress.phases[index]),
            days.map_or_else(String::new, |days| format!("{days:+}")),
            match waits {
                0 => String::new(),
                waits => words::effort(waits),
            },
        ]);
    }
    table::rendered(&table)
}

fn as_data(opened: &Opened, progress: &Progress, against: Option<&Comparison>) -> Value {
    let plan = opened.plan();
    let measures = measure(plan, progress, opened.now);
    let minutes = |minutes: f64| (minutes * 100.0).round() / 100.0;
    let time = measures.earned_schedule;
    let end = |span: Option<Span>| span.map(|span| span.end.day_of_end());
    let phases = plan
        .roadmap()
        .phases
        .iter()
        .enumerate()
        .map(|(index, phase)| {
            let row = against.and_then(|against| against.phases.get(index));
            json!({
                "id": phase.id,
                "baseline_end": end(row.and_then(|row| row.was)),
                "end": end(progress.phases[index]),
                "days_late": row.and_then(Against::days_late),
                "waiting_minutes": progress.waiting_minutes_of(&phase.items),
            })
        });
    let count = |state: SessionState| {
        progress
            .sessions
            .iter()
            .filter(|s| s.state == state)
            .count()
    };
    let weeks = measures.weeks.iter().map(|week| {
        json!({"start": week.start, "planned_minutes": week.planned, "done_minutes": week.done})
    });
    let told = so_far(plan, opened.now);
    json!({
        "now": data::instant(opened.now),
        "measures": {
            "baseline": measures.baseline,
            "budget_minutes": measures.budget,
            "planned_value_minutes": measures.planned_value,
            "earned_value_minutes": measures.earned_value,
            "actual_cost_minutes": measures.actual_cost,
            "spi": measures.spi,
            "cpi": measures.cpi,
            "actual_time_minutes": minutes(time.actual_time),
            "earned_schedule_minutes": minutes(time.earned),
            "schedule_variance_minutes": minutes(time.variance()),
            "spi_t": time.index(),
            "ieac_t_minutes": time.at_completion().map(minutes),
            "behind_minutes": measures.behind_minutes,
            "behind_days": measures.behind_days,
            "attendance": measures.attendance,
            "accuracy": measures.accuracy,
            "streak_weeks": measures.streak,
        },
        "weeks": weeks.collect::<Vec<_>>(),
        "sessions": {
            "done": count(SessionState::Done), "part": count(SessionState::Part), "missed": count(SessionState::Missed),
            "due": count(SessionState::Due), "planned": count(SessionState::Planned), "freed": count(SessionState::Freed),
        },
        "waiting_minutes": progress.waiting_minutes(),
        "status": status(plan, opened.now),
        "finish": told.fresh_finish,
        "planned_finish": progress.finish(),
        "planned_minutes": told.planned_minutes,
        "done_minutes": told.done_minutes,
        "fresh_finish": told.fresh_finish,
        "goal": told.goal,
        "phases": phases.collect::<Vec<_>>(),
    })
}
