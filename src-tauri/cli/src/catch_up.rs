//! `waymark catch-up`: compares the recovery options, and applies one.

use clap::Args;
use serde_json::{Value, json};
use waymark_core::catch_up::{RecoveryOption, options_with};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::ExceptionEntry;
use waymark_core::status::{Lever, StatusReport, status};
use waymark_core::words;

use crate::json;
use crate::plan_file::{Opened, PlanFileOptions};
use crate::{Failure, print, table};

#[derive(Args)]
pub struct CatchUpArgs {
    #[command(flatten)]
    file: PlanFileOptions,

    /// A free time you could study at, e.g. 2027-01-30T14:00/17:00; can be repeated
    #[arg(long, value_name = "WINDOW")]
    free: Vec<String>,

    /// Apply this option to the plan
    #[arg(long, value_name = "ID")]
    apply: Option<String>,
}

pub fn run(args: &CatchUpArgs) -> Result<(), Failure> {
    let windows: Result<Vec<_>, _> = args.free.iter().map(|text| window(text)).collect();
    let windows = windows?;
    let options = |opened: &Opened| options_with(opened.plan(), opened.now, &windows);
    let Some(id) = &args.apply else {
        let opened = args.file.open()?;
        let options = options(&opened);
        return print(&match args.file.json {
            true => as_json(&options),
            false => told(&options, &status(opened.plan(), opened.now)),
        });
    };
    let mut taken = None;
    args.file.change(|opened| {
        let option = find(options(opened), id)?;
        let changes = option.change.clone().into_iter().collect();
        taken = Some(option);
        Ok(changes)
    })?;
    let taken: Vec<RecoveryOption> = taken.into_iter().collect();
    match &taken[..] {
        [option] if !args.file.json => print(&format!("Done: {}\n", option.sentence)),
        _ => print(&as_json(&taken)),
    }
}

fn find(options: Vec<RecoveryOption>, id: &str) -> Result<RecoveryOption, Failure> {
    let ids: Vec<&str> = options.iter().map(|option| option.id).collect();
    let expected = format!("enter one of {}", ids.join(", "));
    let option = options.into_iter().find(|option| option.id == id);
    let option =
        option.ok_or_else(|| InputError::new(ErrorCode::NoSuchWay, "option", id, expected))?;
    if option.outcome.is_none() {
        let why = option.sentence.trim_end_matches('.');
        return Err(InputError::new(ErrorCode::WayOutOfNoUse, "option", id, why).into());
    }
    Ok(option)
}

/// `2027-01-30T14:00/17:00`
fn window(text: &str) -> Result<ExceptionEntry, InputError> {
    let parts = text.split_once('T').and_then(|(date, times)| {
        let (from, to) = times.split_once('/')?;
        Some((date.to_owned(), from.to_owned(), to.to_owned()))
    });
    let (date, from, to) = parts.ok_or_else(|| {
        let expected = "enter date, start and end, such as 2027-01-30T14:00/17:00";
        InputError::new(ErrorCode::FreeWindow, "free window", text, expected)
    })?;
    Ok(ExceptionEntry::ExtraWindow {
        first: date.clone(),
        last: date,
        from,
        to,
    })
}

fn as_json(options: &[RecoveryOption]) -> String {
    let options: Vec<Value> = options.iter().map(as_data).collect();
    json::pretty(&json!({"options": options}))
}

fn told(options: &[RecoveryOption], status: &StatusReport) -> String {
    if options.is_empty() {
        return "Everything is done. There's nothing to catch up on.\n".to_owned();
    }
    if matches!(status.lever, Lever::None | Lever::Begin) {
        let StatusReport { title, reason, .. } = status;
        let lines = [Some(format!("{title}. {reason}")), status.note.clone()];
        let lines: Vec<String> = lines.into_iter().flatten().collect();
        return format!("{}\nThere's nothing to catch up on.\n", lines.join("\n"));
    }
    // Only a forecast from the learner's own record has a place next to the options.
    let has_forecast = |option: &RecoveryOption| {
        let outcome = option.outcome.as_ref();
        outcome.is_some_and(|outcome| outcome.p80.is_some() || outcome.chance.is_some())
    };
    let has_forecast = options.iter().any(has_forecast);
    let forecast: &[&str] = if has_forecast {
        &["P80", "By target"]
    } else {
        &[]
    };
    let extra = ["Extra a week", "Extra in total", "Moved", "In 14 days"];
    let columns = [&["Option", "Finish", "Core done"], forecast, &extra].concat();
    let numbers: Vec<usize> = (columns.len() - extra.len()..columns.len()).collect();
    let mut table = table::new(&columns, &numbers);
    let (works, not): (Vec<&RecoveryOption>, Vec<&RecoveryOption>) =
        options.iter().partition(|option| option.outcome.is_some());
    for option in &works {
        let Some(outcome) = &option.outcome else {
            continue;
        };
        let core = outcome.core_finish.map(words::short_date);
        let mut row = vec![
            option.id.to_owned(),
            words::short_date(outcome.finish),
            core.unwrap_or_default(),
        ];
        if has_forecast {
            row.push(outcome.p80_in_words.clone().unwrap_or_default());
            row.push(outcome.chance_in_words.clone().unwrap_or_default());
        }
        row.extend([
            words::effort(outcome.extra_week_minutes.into()),
            words::effort(outcome.extra_minutes),
            outcome.moved.to_string(),
            outcome.moved_soon.to_string(),
        ]);
        table.add_row(row);
    }
    let sentence = |option: &&RecoveryOption| format!("{}: {}\n", option.id, option.sentence);
    let sentences = |options: &[&RecoveryOption]| options.iter().map(sentence).collect::<String>();
    let mut text = format!("{}\n\n{}", table::rendered(&table), sentences(&works));
    for option in &works {
        if let Some(why) = &option.recommended {
            text += &format!("\nRecommended: {}. {why}\n", option.id);
        }
    }
    if !not.is_empty() {
        text += &format!("\nThese don't help:\n{}", sentences(&not));
    }
    text + "\nTo apply an option, add --apply and its name.\n"
}

fn as_data(option: &RecoveryOption) -> Value {
    let outcome = option.outcome.as_ref().map(|outcome| {
        json!({
            "finish": outcome.finish,
            "core_finish": outcome.core_finish,
            "in_time": outcome.in_time,
            "p80": outcome.p80,
            "chance": outcome.chance,
            "extra_week_minutes": outcome.extra_week_minutes,
            "extra_minutes": outcome.extra_minutes,
            "sessions_moved": outcome.moved,
            "sessions_moved_in_14_days": outcome.moved_soon,
            "sessions_added": outcome.added,
            "dropped": outcome.dropped,
        })
    });
    json!({
        "id": option.id,
        "name": option.name,
        "sentence": option.sentence,
        "recommended": option.recommended,
        "changes": option.changes,
        "outcome": outcome,
    })
}
