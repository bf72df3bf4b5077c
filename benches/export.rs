//! The cost of writing the plan for calendars, compared with three libraries that write the same
//! events.
//!
//! `cargo bench -p waymark-core --bench export`; docs/performance.md explains the columns. All take
//! turns within one run, so a busy computer slows down all of them equally: read the ratios.
//! `WAYMARK_PYTHON` adds a Python that has icalendar.

#![allow(clippy::disallowed_methods)] // a stopwatch needs a clock

#[allow(dead_code)] // the other benchmarks use the rest of it
mod input;

use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::Instant;

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar as CalcardCalendar, ICalendarComponent, ICalendarComponentType, ICalendarDuration,
    ICalendarEntry, ICalendarProperty, ICalendarValue,
};
use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};
use icalendar::{Component, EventLike};
use ics::properties::{
    Categories, Color, Description, DtEnd, DtStart, LastModified, Sequence, Status, Summary,
    Transp, Trigger,
};
use waymark_core::calendar::export::{CalendarContents, ExportOptions};
use waymark_core::calendar::files::files;
use waymark_core::calendar::ledger::{ExportKind, Ledger};
use waymark_core::input_error::InputError;
use waymark_core::plan::Plan;
use waymark_core::schedule::{Schedule, schedule};
use waymark_core::words;

use input::{NOW, synthetic};

const ROUNDS: usize = 7;
const ITEMS: [usize; 3] = [200, 2_000, 20_000];
const PYTHON_EVENTS: usize = 5_000;

/// The promises that the bench checks.
const MOST_OF_ICS: f64 = 1.5;
const LEAST_OF_PYTHON: f64 = 100.0;
const MOST_SPREAD: f64 = 1.5;
/// Milliseconds to match 100,000 sessions to a ledger.
const MOST_OF_MATCHING: f64 = 50.0;

/// An event's values, in the libraries' types.
struct Values {
    uid: String,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    title: String,
    notes: String,
    phase: String,
    colour: &'static str,
}

/// The same as text, escaped and formatted in advance, so the bare crate `ics` only has to write
/// it.
struct Texts {
    start: String,
    end: String,
    title: String,
    notes: String,
    phase: String,
}

fn main() -> Result<ExitCode, InputError> {
    println!(
        "   events        ours  only files      ics  icalendar  calcard   (µs an event)  ours/ics  icalendar/ours  calcard/ours"
    );
    let mut kept = true;
    let mut costs = Vec::new();
    let mut matched = Vec::new();
    let mut last = None;
    for items in ITEMS {
        let plan = synthetic(items)?;
        let scheduled = schedule(&plan, NOW);
        let values = values(&plan, &scheduled);
        let texts: Vec<Texts> = values.iter().map(Texts::new).collect();
        check(&plan, &scheduled, &values, &texts)?;

        let mut rounds: [Vec<f64>; 5] = Default::default();
        for _ in 0..ROUNDS {
            let contents = contents(&plan, &scheduled)?;
            let export = Ledger::new(plan.id()).export(&contents, ExportKind::Full, NOW)?;
            let times = [
                time(|| ours(&plan, &scheduled)),
                time(|| files(&contents, &export)),
                time(|| bare(&values, &texts)),
                time(|| by_icalendar(&values)),
                time(|| by_calcard(&values)),
            ];
            rounds
                .iter_mut()
                .zip(times)
                .for_each(|(round, time)| round.push(time));
        }
        let events = values.len() as f64;
        let cost = |round: usize| median(rounds[round].iter().copied()) * 1e6 / events;
        let ratio =
            |a: usize, b: usize| median(rounds[a].iter().zip(&rounds[b]).map(|(a, b)| a / b));
        println!(
            "{:>9} {:>11.3} {:>11.3} {:>8.3} {:>10.3} {:>8.3} {:>25.2} {:>15.2} {:>13.2}",
            values.len(),
            cost(0),
            cost(1),
            cost(2),
            cost(3),
            cost(4),
            ratio(0, 2),
            ratio(3, 0),
            ratio(4, 0)
        );
        kept &= ratio(0, 2) < MOST_OF_ICS && ratio(3, 0) > 1.0 && ratio(4, 0) > 1.0;
        costs.push(cost(0));
        matched.push(matching(&plan, &scheduled)?);
        last = Some((plan, scheduled));
    }
    let spread = costs.iter().fold(0.0, |a: f64, b| a.max(*b))
        / costs.iter().fold(f64::MAX, |a, b| a.min(*b));
    println!("\nbetween the sizes: {spread:.2}x an event");
    kept &= spread < MOST_SPREAD;

    println!("\n100,000 sessions matched to a ledger, at each size:");
    for Matched { moved, some_gone } in &matched {
        println!("all moved {moved:.1} ms, a third of them gone {some_gone:.1} ms");
        kept &= moved.max(*some_gone) < MOST_OF_MATCHING;
    }

    if let Some(cost) = python() {
        let ratio = cost / costs.last().copied().unwrap_or(f64::NAN);
        println!("Python's icalendar: {cost:.0} µs an event, {ratio:.0}x ours");
        kept &= ratio > LEAST_OF_PYTHON;
    }
    if let Some((plan, scheduled)) = last {
        changes(&plan, &scheduled)?;
    }
    println!(
        "\nwithin {MOST_OF_ICS}x of the bare crate, ahead of the others, linear: {}",
        if kept { "kept" } else { "BROKEN" }
    );
    Ok(ExitCode::from(u8::from(!kept)))
}

fn contents<'a>(plan: &'a Plan, scheduled: &Schedule) -> Result<CalendarContents<'a>, InputError> {
    CalendarContents::new(plan, scheduled, &ExportOptions::default())
}

/// From the schedule to the files, ledger included.
fn ours(plan: &Plan, scheduled: &Schedule) -> Option<usize> {
    let contents = contents(plan, scheduled).ok()?;
    let export = Ledger::new(plan.id())
        .export(&contents, ExportKind::Full, NOW)
        .ok()?;
    Some(files(&contents, &export).len())
}

/// An export of the changes, to a calendar that has everything except the last days.
fn changes(plan: &Plan, scheduled: &Schedule) -> Result<(), InputError> {
    println!("\n  changes    ledger, ms  files, ms   to and from disk, ms");
    let last = scheduled
        .finish()
        .map_or(NaiveDate::MIN, |finish| finish.date());
    for days in [1, 7, 60, 600, 6_000] {
        let options = ExportOptions {
            to: last.checked_sub_days(Days::new(days)),
            ..ExportOptions::default()
        };
        let before = CalendarContents::new(plan, scheduled, &options)?;
        let ledger = Ledger::new(plan.id())
            .export(&before, ExportKind::Full, NOW)?
            .ledger;
        let contents = contents(plan, scheduled)?;
        let export = ledger.export(&contents, ExportKind::Changes, NOW)?;
        let mut rounds: [Vec<f64>; 3] = Default::default();
        for _ in 0..ROUNDS {
            rounds[0].push(time(|| {
                ledger.export(&contents, ExportKind::Changes, NOW).is_ok()
            }));
            rounds[1].push(time(|| files(&contents, &export)));
            rounds[2].push(time(|| {
                let text = export.ledger.to_json();
                text.and_then(|text| Ledger::from_json(&text)).is_ok()
            }));
        }
        let [ledger, files, disk] = rounds.map(|round| median(round.into_iter()) * 1e3);
        println!(
            "{:>9} {ledger:>13.2} {files:>10.2} {disk:>22.2}",
            export.due.len()
        );
    }
    Ok(())
}

/// Milliseconds to match 100,000 sessions to a ledger.
struct Matched {
    moved: f64,
    some_gone: f64,
}

/// Matches sessions that all moved by an hour, and of which a third are gone, to the ledger of
/// those before. Linear if the result is the same for plans of every size.
fn matching(plan: &Plan, scheduled: &Schedule) -> Result<Matched, InputError> {
    let mut contents = contents(plan, scheduled)?;
    let ledger = Ledger::new(plan.id())
        .export(&contents, ExportKind::Full, NOW)?
        .ledger;
    let scale = 100_000.0 / contents.events.len() as f64;
    let cost = |contents: &CalendarContents| {
        let round = |_| time(|| ledger.export(contents, ExportKind::Changes, NOW).is_ok());
        median((0..ROUNDS).map(round)) * 1e3 * scale
    };
    for event in &mut contents.events {
        event.when.start += 3_600;
        event.when.end += 3_600;
    }
    let moved = cost(&contents);
    let mut index = 0;
    contents.events.retain(|_| {
        index += 1;
        index % 3 > 0
    });
    let some_gone = cost(&contents);
    Ok(Matched { moved, some_gone })
}

/// All write the same, except for the order of properties and the folding of lines.
fn check(
    plan: &Plan,
    scheduled: &Schedule,
    values: &[Values],
    texts: &[Texts],
) -> Result<(), InputError> {
    let contents = contents(plan, scheduled)?;
    let export = Ledger::new(plan.id()).export(&contents, ExportKind::Full, NOW)?;
    let lines = |text: &str| -> Vec<String> {
        let unfolded = text.replace("\r\n ", "");
        let (_, events) = unfolded.split_once("BEGIN:VEVENT").unwrap_or_default();
        let lines = events.lines().filter(|line| *line != "END:VCALENDAR");
        lines.map(str::to_owned).collect()
    };
    let ours = files(&contents, &export);
    let first = ours
        .first()
        .map(|file| lines(&file.text))
        .unwrap_or_default();
    let theirs = lines(&bare(values, texts));
    assert!(
        !first.is_empty() && theirs.starts_with(&first),
        "the bare crate writes the same"
    );
    assert_eq!(
        ours.iter().map(|file| file.events.total()).sum::<usize>(),
        values.len()
    );
    for text in [by_icalendar(values), by_calcard(values)] {
        assert_eq!(text.matches("BEGIN:VALARM").count(), values.len());
        assert_eq!(text.matches("\nLAST-MODIFIED").count(), values.len());
    }
    Ok(())
}

fn values(plan: &Plan, scheduled: &Schedule) -> Vec<Values> {
    let roadmap = plan.roadmap();
    let value = |session: &waymark_core::schedule::Session| {
        let item = &roadmap.items[session.item()];
        let phase = &roadmap.phases[item.phase];
        Values {
            uid: format!("{}.{}.{}.0@waymark", plan.id(), item.id, session.ordinal),
            start: session.start.instant(),
            end: session.end().instant(),
            title: item.title.clone(),
            notes: format!(
                "Phase {}: {}\n{}",
                item.phase + 1,
                phase.title,
                words::effort(session.minutes.into())
            ),
            phase: phase.title.clone(),
            colour: waymark_core::palette::of_phase(item.phase).css_name,
        }
    };
    scheduled.sessions.iter().map(value).collect()
}

impl Texts {
    fn new(values: &Values) -> Self {
        let instant = |time: DateTime<Utc>| time.format("%Y%m%dT%H%M%SZ").to_string();
        let text = |text: &str| ics::escape_text(text).into_owned();
        Self {
            start: instant(values.start),
            end: instant(values.end),
            title: text(&values.title),
            notes: text(&values.notes),
            phase: text(&values.phase),
        }
    }
}

const STAMP: &str = "19700101T000000Z";

fn bare(values: &[Values], texts: &[Texts]) -> String {
    let mut calendar = ics::ICalendar::new("2.0", "-//Waymark//Study planner//EN");
    for (values, texts) in values.iter().zip(texts) {
        let mut event = ics::Event::new(values.uid.as_str(), STAMP);
        event.push(LastModified::new(STAMP));
        event.push(Sequence::new("0"));
        event.push(DtStart::new(texts.start.as_str()));
        event.push(DtEnd::new(texts.end.as_str()));
        event.push(Summary::new(texts.title.as_str()));
        event.push(Description::new(texts.notes.as_str()));
        event.push(Categories::new(texts.phase.as_str()));
        event.push(Color::new(values.colour));
        event.push(Status::confirmed());
        event.push(Transp::opaque());
        event.add_alarm(ics::Alarm::display(
            Trigger::new("-PT10M"),
            Description::new(texts.title.as_str()),
        ));
        calendar.add_event(event);
    }
    calendar.to_string()
}

fn by_icalendar(values: &[Values]) -> String {
    let mut calendar = icalendar::Calendar::new();
    for values in values {
        let mut event = icalendar::Event::new();
        event
            .uid(&values.uid)
            .timestamp(NOW)
            .last_modified(NOW)
            .sequence(0)
            .starts(values.start)
            .ends(values.end)
            .summary(&values.title)
            .description(&values.notes)
            .add_multi_property("CATEGORIES", &values.phase)
            .add_property("COLOR", values.colour)
            .status(icalendar::EventStatus::Confirmed)
            .add_property("TRANSP", "OPAQUE")
            .alarm(icalendar::Alarm::display(
                &values.title,
                -TimeDelta::minutes(10),
            ));
        calendar.push(event.done());
    }
    calendar.to_string()
}

fn by_calcard(values: &[Values]) -> String {
    use ICalendarProperty as Name;
    let text = |name, text: &str| {
        ICalendarEntry::new(name).with_value(ICalendarValue::Text(text.to_owned()))
    };
    let time = |name, time: DateTime<Utc>| {
        let time = PartialDateTime {
            year: u16::try_from(time.year()).ok(),
            month: u8::try_from(time.month()).ok(),
            day: u8::try_from(time.day()).ok(),
            hour: u8::try_from(time.hour()).ok(),
            minute: u8::try_from(time.minute()).ok(),
            second: u8::try_from(time.second()).ok(),
            tz_hour: Some(0),
            tz_minute: Some(0),
            tz_minus: false,
        };
        ICalendarEntry::new(name).with_value(ICalendarValue::PartialDateTime(Box::new(time)))
    };
    let mut root = ICalendarComponent::new(ICalendarComponentType::VCalendar);
    root.entries.push(text(Name::Version, "2.0"));
    root.entries
        .push(text(Name::Prodid, "-//Waymark//Study planner//EN"));
    let mut calendar = CalcardCalendar {
        components: vec![root],
    };
    for values in values {
        let at = calendar.components.len() as u32;
        let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
        event.entries.extend([
            text(Name::Uid, &values.uid),
            time(Name::Dtstamp, NOW),
            time(Name::LastModified, NOW),
            ICalendarEntry::new(Name::Sequence).with_value(ICalendarValue::Integer(0)),
            time(Name::Dtstart, values.start),
            time(Name::Dtend, values.end),
            text(Name::Summary, &values.title),
            text(Name::Description, &values.notes),
            text(Name::Categories, &values.phase),
            text(Name::Color, values.colour),
            text(Name::Status, "CONFIRMED"),
            text(Name::Transp, "OPAQUE"),
        ]);
        event.component_ids.push(at + 1);
        let mut alarm = ICalendarComponent::new(ICalendarComponentType::VAlarm);
        let before = ICalendarDuration {
            neg: true,
            minutes: 10,
            ..ICalendarDuration::default()
        };
        alarm.entries.extend([
            text(Name::Action, "DISPLAY"),
            ICalendarEntry::new(Name::Trigger).with_value(ICalendarValue::Duration(before)),
            text(Name::Description, &values.title),
        ]);
        calendar.components[0].component_ids.push(at);
        calendar.components.extend([event, alarm]);
    }
    calendar.to_string()
}

/// µs an event.
fn python() -> Option<f64> {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../benches/export.py");
    let mut python = Command::new(std::env::var_os("WAYMARK_PYTHON")?);
    let output = python
        .arg(script)
        .arg(PYTHON_EVENTS.to_string())
        .output()
        .ok()?;
    let seconds: f64 = String::from_utf8(output.stdout).ok()?.trim().parse().ok()?;
    Some(seconds * 1e6 / PYTHON_EVENTS as f64)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// The seconds it took, including the time to drop the result.
fn time<T>(run: impl Fn() -> T) -> f64 {
    let begun = Instant::now();
    drop(black_box(run()));
    begun.elapsed().as_secs_f64()
}
