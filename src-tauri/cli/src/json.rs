//! The plan as JSON, for other programs.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use waymark_core::outlook::Outlook;
use waymark_core::plan::Plan;
use waymark_core::progress::{Progress, Tracked};
use waymark_core::schedule::Span;
use waymark_core::view;

/// A value on several lines. Of control characters, JSON escapes those below a space; here the
/// others are escaped too, so that none reaches a terminal.
pub fn pretty(value: &Value) -> String {
    let text = format!("{value:#}\n");
    let is_raw = |c: char| c.is_control() && c != '\n';
    if !text.contains(is_raw) {
        return text;
    }
    let escaped = |c: char| match c {
        c if is_raw(c) => format!("\\u{:04x}", u32::from(c)),
        c => c.to_string(),
    };
    text.chars().map(escaped).collect()
}

/// Instants are in UTC, `local_` times in the learner's zone, efforts in minutes.
pub fn text(plan: &Plan, progress: &Progress, outlook: &Outlook) -> String {
    let roadmap = plan.roadmap();
    let summary = view::summary(outlook);
    let span = |span: &Option<Span>| {
        json!({
            "local_start": span.map(|span| local(span.start.local())),
            "local_end": span.map(|span| local(span.end.local())),
            "effort_minutes": span.map_or(0, |span| span.minutes),
            "sessions": span.map_or(0, |span| span.sessions),
        })
    };
    let with = |mut object: Value, more: Value| {
        if let (Value::Object(object), Value::Object(more)) = (&mut object, more) {
            object.extend(more);
        }
        object
    };
    let phases = roadmap.phases.iter().zip(&progress.phases);
    let phases = phases.map(|(phase, when)| {
        with(
            json!({"id": phase.id, "title": phase.title, "outcome": phase.outcome}),
            span(when),
        )
    });
    let session = |session: &Tracked| {
        let item = &roadmap.items[session.item];
        json!({
            "item": item.id,
            "phase": roadmap.phases[item.phase].id,
            "ordinal": session.ordinal,
            "start": instant(session.start.instant()),
            "end": instant(session.end().instant()),
            "local_start": local(session.start.local()),
            "minutes": session.minutes,
            "done_minutes": session.done,
            "state": session.state,
            "why": view::session_reason(plan, session).map(|reason| reason.text),
        })
    };
    let items = roadmap.items.iter();
    let dates = items.filter_map(|item| Some((item.id.as_str(), plan.not_before(item)?)));
    let whole = json!({
        "plan": {
            "roadmap": roadmap.file.id,
            "title": roadmap.file.title,
            "hours_per_week": plan.hours_per_week(),
            "start": plan.start(),
            "zone": plan.zone().name(),
            "not_before": dates.collect::<BTreeMap<_, _>>(),
        },
        "summary": {
            "finish": summary.finish,
            "planned_finish": summary.planned_finish,
            "core_finish": summary.core_finish,
            "weeks": summary.weeks,
            "effort_minutes": summary.effort_minutes,
            "sessions": summary.sessions,
        },
        "unplaced": progress.schedule.unplaced.iter().map(|work| json!({
            "item": roadmap.items[work.item].id,
            "minutes": work.minutes,
        })).collect::<Vec<_>>(),
        "findings": view::findings(plan, outlook.schedule()),
        "phases": phases.collect::<Vec<_>>(),
        "sessions": progress.sessions.iter().map(session).collect::<Vec<_>>(),
    });
    pretty(&whole)
}

pub fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

pub fn local(time: NaiveDateTime) -> String {
    time.format("%Y-%m-%dT%H:%M").to_string()
}
