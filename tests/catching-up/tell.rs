//! A plan under way as text that a person can check line by line.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use waymark_core::catch_up::{RecoveryOption, options_with};
use waymark_core::document::Document;
use waymark_core::plan::{ExceptionEntry, Plan};
use waymark_core::progress::{baseline, measure, progress};
use waymark_core::words;

/// Number of lines to show at each end of a long list.
const FIRST: usize = 32;
const LAST: usize = 3;

fn section<T>(text: &mut String, title: &str, things: &[T], tell: impl Fn(&T) -> String) {
    let _ = writeln!(text, "\n--- {title} ---");
    let is_long = things.len() > FIRST + LAST;
    for (index, thing) in things.iter().enumerate() {
        if !is_long || index < FIRST || index >= things.len() - LAST {
            let _ = writeln!(text, "{}", tell(thing));
        } else if index == FIRST {
            let _ = writeln!(text, "... {} more ...", things.len() - FIRST - LAST);
        }
    }
}

/// The plan, its baseline and its goal.
pub fn plan(text: &mut String, plan: &Plan, now: DateTime<Utc>) {
    let progress = progress(plan, now);
    let zone = plan.availability().zone_on(now.date_naive());
    let local = now.with_timezone(&zone).format("%a %-d %b %Y %H:%M");
    let _ = writeln!(text, "now        {local} {}", zone.name());
    if let Some(target) = plan.target() {
        let _ = writeln!(text, "target     {}", words::long_date(target));
    }
    for known in plan.baselines() {
        let against = baseline::compare(plan, &progress, known).whole;
        let end = against.was.unwrap().end.day_of_end();
        let late = against
            .days_late()
            .map_or("-".to_owned(), |late| late.to_string());
        let _ = writeln!(
            text,
            "baseline   {} ends {}; as it stands {late} days later",
            known.name,
            words::long_date(end)
        );
    }
    let minutes = |minutes: u64| words::effort(minutes);
    let done: u64 = plan.logged().values().map(|m| u64::from(*m)).sum();
    let left: u64 = plan.left().iter().map(|m| u64::from(*m)).sum();
    let waiting = progress.waiting_minutes();
    let _ = writeln!(
        text,
        "work       {} logged, {} left, {} of it waiting",
        minutes(done),
        minutes(left),
        minutes(waiting)
    );
}

/// The learner's progress.
pub fn measures(text: &mut String, plan: &Plan, now: DateTime<Utc>) {
    let measures = measure(plan, &progress(plan, now), now);
    let ratio = |ratio: Option<f64>| ratio.map_or("–".to_owned(), |ratio| format!("{ratio:.3}"));
    let time = measures.earned_schedule;
    let hours = |minutes: f64| format!("{:.2} h", minutes / 60.0);
    let effort = words::effort;
    let rows = [
        format!(
            "PV {}, EV {}, AC {}, of {}",
            effort(measures.planned_value),
            effort(measures.earned_value),
            effort(measures.actual_cost),
            effort(measures.budget)
        ),
        format!("SPI {}, CPI {}", ratio(measures.spi), ratio(measures.cpi)),
        format!(
            "AT {}, ES {}, SV(t) {}, SPI(t) {}, IEAC(t) {} of {}",
            hours(time.actual_time),
            hours(time.earned),
            hours(time.variance()),
            ratio(time.index()),
            time.at_completion().map_or("–".to_owned(), hours),
            hours(time.planned_duration)
        ),
        format!(
            "behind by {} min, {:.1} study days",
            measures.behind_minutes,
            measures.behind_days + 0.0 // no “-0.0”
        ),
        format!(
            "attendance {}, accuracy {}, streak {}",
            ratio(measures.attendance),
            ratio(measures.accuracy),
            measures.streak
        ),
    ];
    section(text, "measures", &rows, String::clone);
}

/// The status of each session.
pub fn sessions(text: &mut String, plan: &Plan, now: DateTime<Utc>) {
    let progress = progress(plan, now);
    let title = words::count(progress.sessions.len(), "session");
    section(text, &title, &progress.sessions, |session| {
        let start = session.start.local().format("%a %-d %b %H:%M");
        let item = &plan.roadmap().items[session.item].id;
        let state = format!("{:?}", session.state).to_lowercase();
        let (done, minutes) = (session.done, session.minutes);
        format!("{start:<16} {item:<27} {done:>3} of {minutes:>3} {state}")
    });
}

/// The message to a learner who comes back.
pub fn check_in(text: &mut String, document: &Document, now: DateTime<Utc>) {
    let _ = writeln!(text, "\n--- check-in ---");
    match waymark_core::check_in::check_in(document, now) {
        None => {
            let _ = writeln!(text, "nothing to tell");
        }
        Some(told) => {
            let late = if told.is_late { "late" } else { "not late" };
            let _ = writeln!(text, "{:?}, {late}: {}", told.occasion, told.title);
            for sentence in told.sentences {
                let _ = writeln!(text, "  {sentence}");
            }
        }
    }
}

/// Each recovery option, with all its figures.
pub fn options(text: &mut String, plan: &Plan, now: DateTime<Utc>, windows: &[ExceptionEntry]) {
    let options = options_with(plan, now, windows);
    section(text, "options", &options, |option: &RecoveryOption| {
        let mut told = format!("{} “{}”: {}", option.id, option.name, option.sentence);
        if let Some(outcome) = &option.outcome {
            let _ = write!(
                told,
                "\n  {}, {}; {} a week and {} in all more; {} moved ({} in 14 days), {} added",
                words::short_date(outcome.finish),
                if outcome.in_time { "in time" } else { "late" },
                words::effort(outcome.extra_week_minutes.into()),
                words::effort(outcome.extra_minutes),
                outcome.moved,
                outcome.moved_soon,
                outcome.added,
            );
            if let Some(p80) = outcome.p80 {
                let _ = write!(told, "; P80 {}", words::short_date(p80));
            }
            if let Some(chance) = outcome.chance {
                let _ = write!(told, ", {:.0}% by the target", chance * 100.0);
            }
            if !outcome.dropped.is_empty() {
                let _ = write!(told, "; without {}", outcome.dropped.join(", "));
            }
        }
        if let Some(why) = &option.recommended {
            let _ = write!(told, "\n  Recommended: {why}");
        }
        told
    });
}
