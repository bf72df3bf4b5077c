//! A plan, its schedule and its answers as text that a person can check line by line.

use std::fmt::Write;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use waymark_core::availability::{Cap, ExceptionKind, Moment, Window};
use waymark_core::difference;
use waymark_core::needed::{Needed, Target, needed};
use waymark_core::plan::{Career, HOURS_PER_WEEK, Plan};
use waymark_core::schedule::{ConflictKind, Reason, Schedule, Session, Unplaced, Why};
use waymark_core::slack::{Verdict, slack};
use waymark_core::words::{self, clock};

/// Number of lines to show at each end of a long list.
const FIRST: usize = 12;
const LAST: usize = 3;

/// The plan's differences from the defaults.
pub fn plan(text: &mut String, plan: &Plan, now: DateTime<Utc>) {
    let availability = plan.availability();
    let file = plan.to_file();
    let mut say = |name: &str, what: &str| {
        let _ = writeln!(text, "{name:<10} {what}");
    };
    let (start, zone) = (dated(plan.start()), plan.zone().name());
    say("starts", &format!("{start}, {zone}"));
    if now != plan.start_instant() {
        let zone = availability.zone_on(now.date_naive());
        let local = now.with_timezone(&zone);
        say("now", &local.format("%a %-d %b %Y %H:%M %:z").to_string());
    }
    for (from, zone) in &availability.moves {
        say("moves", &format!("{} to {}", dated(*from), zone.name()));
    }
    let usual = windows(plan.windows());
    let hours = effort(plan.windows().iter().map(Window::minutes).sum::<u32>());
    say("windows", &format!("{usual} ({hours} a week)"));
    for exception in &availability.exceptions {
        let what = match &exception.kind {
            ExceptionKind::TimeOff => "time off".to_owned(),
            ExceptionKind::OtherWeek(week) => format!("instead {}", windows(week)),
            ExceptionKind::Extra { start, end } => {
                format!("extra {}–{}", clock(*start), clock(*end))
            }
        };
        let dates = match exception.first == exception.last {
            true => dated(exception.first),
            false => format!("{} – {}", dated(exception.first), dated(exception.last)),
        };
        say("except", &format!("{dates}: {what}"));
    }
    for busy in &availability.busy {
        let local = |at: DateTime<Utc>| at.with_timezone(&availability.zone_on(at.date_naive()));
        let (from, to) = (local(busy.start), local(busy.end));
        let to = to.format("%a %-d %b %H:%M");
        say(
            "busy",
            &format!("{} – {to}", from.format("%a %-d %b %H:%M")),
        );
    }
    let mut rules = vec![format!("{}–{} min", plan.session().min, plan.session().max)];
    let mut rule = |is_set: bool, what: String| rules.extend(is_set.then_some(what));
    rule(
        plan.session().pause > 0,
        format!("a break of {} min", plan.session().pause),
    );
    rule(true, format!("{} in parallel", plan.in_parallel()));
    let buffer = availability.buffer_minutes;
    rule(buffer > 0, format!("a buffer of {buffer} min"));
    let cap = |cap: Option<u32>| effort(cap.unwrap_or(0));
    let (day_cap, week_cap) = (availability.day_cap, availability.week_cap);
    rule(day_cap.is_some(), format!("{} a day", cap(day_cap)));
    rule(week_cap.is_some(), format!("{} a week", cap(week_cap)));
    let review = availability.review_percent;
    rule(review > 0, format!("{review}% review"));
    let reserve = availability.reserve_percent;
    rule(reserve > 0, format!("{reserve}% in reserve"));
    let week_start = availability.week_start;
    rule(
        week_start != Weekday::Mon,
        format!("weeks begin on {week_start}"),
    );
    if let Career::Alongside { percent } = plan.career() {
        rule(true, format!("{percent}% for the career track"));
    }
    let freeze = plan.freeze_days();
    rule(freeze > 0, format!("{freeze} days frozen"));
    say("sessions", &rules.join(", "));
    for (item, priority) in &file.priorities {
        say("priority", &format!("{item} {priority}"));
    }
    for (item, date) in &file.not_before {
        say("not before", &format!("{} {item}", dated(*date)));
    }
    for (item, known) in &file.known {
        let known = serde_json::to_value(known).unwrap();
        let known = match known["minutes"].as_u64() {
            Some(minutes) => words::effort(minutes),
            None => "the whole".into(),
        };
        say("known", &format!("{known} of {item}"));
    }
    for item in &file.included {
        say("added", item);
    }
    for pin in plan.pins() {
        let start = pin.start.format("%a %-d %b %H:%M");
        let what = if pin.moved { "moved" } else { "pin" };
        say(what, &format!("{start} {} min {}", pin.minutes, pin.item));
    }
    for (phase, by) in &file.phase_targets {
        say("target", &format!("{phase} by {}", dated(*by)));
    }
    if let Some(by) = plan.target() {
        say("target", &format!("all by {}", dated(by)));
    }
}

/// The schedule, with its findings.
pub fn schedule(text: &mut String, plan: &Plan, scheduled: &Schedule, now: DateTime<Utc>) {
    phases(text, plan, scheduled);
    by_week(text, plan, scheduled);

    let title = words::count(scheduled.sessions.len(), "session");
    section(text, &title, &scheduled.sessions, |session| {
        tell_session(plan, session)
    });
    if !scheduled.reviews.is_empty() {
        let title = words::count(scheduled.reviews.len(), "review");
        section(text, &title, &scheduled.reviews, |review| {
            stretch(plan, review.start, review.minutes)
        });
    }
    if !scheduled.unplaced.is_empty() {
        section(text, "not scheduled", &scheduled.unplaced, |work| {
            tell_unplaced(plan, work)
        });
    }
    if !scheduled.conflicts.is_empty() {
        section(text, "conflicts", &scheduled.conflicts, |conflict| {
            let what = match conflict.kind {
                ConflictKind::OutsideAvailability => "it lies where there is no free time",
                ConflictKind::BeforePrerequisite => "a prerequisite is not finished by then",
                ConflictKind::Overlap => "it overlaps the pin before it, and is left out",
                ConflictKind::NoWorkLeft => "no work is left for it, and it is left out",
                ConflictKind::Shortened => {
                    "it is longer than the work left, and is shortened to it"
                }
                ConflictKind::PinnedBeforeDate => "its item is not to begin until later",
                ConflictKind::FrozenBeforeDate => {
                    "it is frozen, and its item is not to begin until later"
                }
                ConflictKind::FrozenOutside => "it is frozen where there is no free time any more",
                ConflictKind::FrozenEarly => {
                    "it is frozen, and a prerequisite is not finished by then any more"
                }
            };
            let at = at(conflict.start);
            format!("{at} {}: {what}", id(plan, conflict.item))
        });
    }
    tell_slack(text, plan, scheduled, now);
    tell_needed(text, plan, now);
}

/// The changes made by a re-plan.
pub fn differences(
    text: &mut String,
    (plan_before, before): (&Plan, &Schedule),
    (plan, after): (&Plan, &Schedule),
) {
    let differences = difference::differences(before, after);
    let title = words::count(differences.len(), "difference");
    section(text, &title, &differences, |difference| {
        let place = |plan: &Plan, place: (Moment, u32)| stretch(plan, place.0, place.1);
        let from = difference.from.map(|from| place(plan_before, from));
        let to = difference.to.map(|to| place(plan, to));
        let (from, to) = (from.unwrap_or("new".into()), to.unwrap_or("gone".into()));
        let why = difference.why.map(|why| tell_why(plan, why));
        let name = id(plan, difference.item);
        let why = why.map_or(String::new(), |why| format!("  {why}"));
        format!("{name}: {from} → {to}{why}")
    });
}

fn phases(text: &mut String, plan: &Plan, scheduled: &Schedule) {
    let _ = writeln!(text, "\nphases");
    for (phase, span) in plan.roadmap().phases.iter().zip(&scheduled.phases) {
        let Some(span) = span else {
            let _ = writeln!(text, "  {:<24} no session", phase.id);
            continue;
        };
        let (start, end) = (span.start.local(), span.end.local());
        let week = |date: NaiveDate| (date - plan.start()).num_days().div_euclid(7) + 1;
        let weeks = match (week(start.date()), week(end.date())) {
            (first, last) if first == last => format!("week {first}"),
            (first, last) => format!("weeks {first}–{last}"),
        };
        let _ = writeln!(
            text,
            "  {:<24} {weeks}, {} – {}, {} in {}",
            phase.id,
            at(span.start),
            at(span.end),
            words::effort(span.minutes),
            words::count(span.sessions as usize, "session"),
        );
    }
}

/// Minutes of work by calendar week, with equal weeks on one line.
fn by_week(text: &mut String, plan: &Plan, scheduled: &Schedule) {
    let week_start = plan.availability().week_start;
    let first_of =
        |date: NaiveDate| date - Days::new(u64::from(date.weekday().days_since(week_start)));
    let mut weeks: Vec<(NaiveDate, u32)> = Vec::new();
    for session in &scheduled.sessions {
        let week = first_of(session.start.local().date());
        while let Some((last, _)) = weeks.last().filter(|(last, _)| *last < week) {
            weeks.push((*last + Days::new(7), 0));
        }
        if weeks.is_empty() {
            weeks.push((week, 0));
        }
        weeks.last_mut().unwrap().1 += session.minutes;
    }
    let mut told = Vec::new();
    for alike in weeks.chunk_by(|a, b| a.1 == b.1) {
        let from = words::short_date(alike[0].0);
        let each = effort(alike[0].1);
        told.push(match alike.len() {
            1 => format!("from {from}: {each}"),
            count => format!("from {from}: {each} each for {count} weeks"),
        });
    }
    if !told.is_empty() {
        section(text, "work by week", &told, Clone::clone);
    }
}

fn tell_session(plan: &Plan, session: &Session) -> String {
    let name = format!("{} #{}", id(plan, session.item()), session.ordinal);
    let stretch = stretch(plan, session.start, session.minutes);
    format!("{stretch}  {name:<24}  {}", tell_why(plan, session.why))
}

fn tell_why(plan: &Plan, why: Why) -> String {
    match why {
        Why::Next => "the first free time".into(),
        Why::After(item) => format!("after {}", id(plan, item as usize)),
        Why::Turn => "its turn".into(),
        Why::AfterCap(Cap::Day) => "after the cap of the day".into(),
        Why::AfterCap(Cap::Week) => "after the cap of the week".into(),
        Why::NotBefore(_) => "its date".into(),
        Why::Pinned => "pinned".into(),
        Why::Kept => "kept".into(),
    }
}

fn tell_unplaced(plan: &Plan, work: &Unplaced) -> String {
    let why = match work.reason {
        Reason::NoTime => "there is no free time at all".into(),
        Reason::SessionRule { longest_window } => {
            let (min, max) = (plan.session().min, plan.session().max);
            format!(
                "sessions of {min} to {max} min do not make it up in windows of at most {longest_window} min"
            )
        }
        Reason::Behind(item) => format!("it waits for {}", id(plan, item)),
        Reason::Horizon => "the calendar ends first".into(),
    };
    let name = id(plan, work.item);
    format!("{} of {name}: {why}", effort(work.minutes))
}

fn tell_slack(text: &mut String, plan: &Plan, scheduled: &Schedule, now: DateTime<Utc>) {
    let Some(slack) = slack(plan, scheduled, now) else {
        return;
    };
    let name = |phase: usize| &plan.roadmap().phases[phase].id;
    let verdict = match slack.verdict {
        Verdict::Met => "met".into(),
        Verdict::TooFewHours {
            item,
            missing_minutes,
            by,
        } => {
            let (by, item) = (day(by), id(plan, item));
            let missing = signed(missing_minutes);
            format!("too few hours: {missing} missing by {by}, up to {item}")
        }
        Verdict::SessionRule { phase, by } => {
            let (phase, by) = (name(phase), day(by));
            format!(
                "the session rule: {phase} is not finished by {by}, and would be in sessions of any length"
            )
        }
        Verdict::NotBefore { phase, by } => {
            let (phase, by) = (name(phase), day(by));
            format!(
                "dates of its items: {phase} is not finished by {by}, and would be without them"
            )
        }
        Verdict::Order { phase, by } => {
            let (phase, by) = (name(phase), day(by));
            format!(
                "the order: {phase} is not finished by {by}, though the hours and the sessions are enough"
            )
        }
    };
    let whole = slack.whole;
    let critical: Vec<&str> = slack.critical.iter().map(|item| id(plan, *item)).collect();
    let _ = writeln!(text, "\nslack");
    let (minutes, by) = (signed(whole.minutes), day(whole.by));
    let _ = writeln!(
        text,
        "  cushion {minutes}, by {by}, up to {}",
        id(plan, whole.item)
    );
    let _ = writeln!(text, "  verdict {verdict}");
    let shown = &critical[..critical.len().min(FIRST)];
    let more = match critical.len() - shown.len() {
        0 => String::new(),
        more => format!(" … {more} more …"),
    };
    let _ = writeln!(text, "  critical {}{more}", shown.join(", "));
    let items = slack.items.iter().enumerate();
    let others = items.filter_map(|(item, slack)| Some((item, (*slack)?)));
    for (item, minutes) in others.filter(|(item, _)| !slack.critical.contains(item)) {
        let _ = writeln!(text, "  {} may slip {}", id(plan, item), signed(minutes));
    }
}

fn tell_needed(text: &mut String, plan: &Plan, now: DateTime<Utc>) {
    let phases = plan.roadmap().phases.iter().enumerate();
    let own = plan.to_file().phase_targets;
    let own = phases.filter_map(|(phase, entry)| Some((Some(phase), *own.get(&entry.id)?)));
    let whole = plan.target().map(|by| (None, by));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 60
    let most = *HOURS_PER_WEEK.end() as u32 * 60;
    let goals: Vec<(Option<usize>, NaiveDate)> = own.chain(whole).collect();
    if goals.is_empty() {
        return;
    }
    let name = |phase: usize| plan.roadmap().phases[phase].id.as_str();
    section(text, "needed", &goals, |&(phase, by)| {
        let what = phase.map_or("all", name);
        let answer = match needed(plan, now, Target { phase, by }, most) {
            Needed::Minutes {
                week_minutes,
                binding,
            } => {
                let (hours, binding) = (effort(week_minutes), name(binding));
                format!("{hours} a week; {binding} ends last")
            }
            Needed::NotEven {
                most_minutes,
                earliest,
            } => {
                let most = effort(most_minutes);
                let earliest = match earliest {
                    Some(date) => format!("with these it is finished on {}", dated(date)),
                    None => "with these it is never finished".into(),
                };
                format!("not even {most} a week are enough; {earliest}")
            }
        };
        format!("{what} by {}: {answer}", dated(by))
    });
}

fn section<T>(text: &mut String, title: &str, list: &[T], tell: impl Fn(&T) -> String) {
    let _ = writeln!(text, "\n{title}");
    let is_long = list.len() > FIRST + LAST + 1;
    for (index, entry) in list.iter().enumerate() {
        if is_long && index == FIRST {
            let _ = writeln!(text, "  … {} more …", list.len() - FIRST - LAST);
        }
        if !is_long || index < FIRST || index >= list.len() - LAST {
            let _ = writeln!(text, "  {}", tell(entry));
        }
    }
}

fn id(plan: &Plan, item: usize) -> &str {
    &plan.roadmap().items[item].id
}

/// "Mon 4 Jan 19:00–20:30 +01:00 90 min". The end is on the learner's clock, midnight as 24:00.
fn stretch(plan: &Plan, start: Moment, minutes: u32) -> String {
    let from = start.local();
    let zone = plan.availability().zone_on(from.date());
    // The clock's time as the last minute ends, before any clock change at that instant.
    let last = start.instant() + TimeDelta::minutes(i64::from(minutes) - 1);
    let last = last.with_timezone(&zone).time();
    let end = clock(last.hour() * 60 + last.minute() + 1);
    let from = from.format("%a %e %b %H:%M");
    format!("{from}–{end} {} {minutes:>3} min", offset(start))
}

/// "Mon 4 Jan 2027 19:00".
fn at(moment: Moment) -> String {
    moment.local().format("%a %-d %b %Y %H:%M").to_string()
}

/// "+05:30".
fn offset(moment: Moment) -> String {
    let ahead: TimeDelta = moment.local() - moment.instant().naive_utc();
    let minutes = ahead.num_minutes();
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{}", clock(u32::try_from(minutes.abs()).unwrap()))
}

fn windows(windows: &[Window]) -> String {
    match windows {
        [] => "nothing".into(),
        _ => {
            let windows: Vec<String> = windows.iter().map(ToString::to_string).collect();
            windows.join(", ")
        }
    }
}

/// "Mon 4 Jan".
fn day(date: NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

/// "Mon 4 Jan 2027".
fn dated(date: NaiveDate) -> String {
    date.format("%a %-d %b %Y").to_string()
}

fn effort(minutes: u32) -> String {
    words::effort(minutes.into())
}

/// "−1 h 30 min".
fn signed(minutes: i64) -> String {
    let sign = if minutes < 0 { "−" } else { "" };
    format!("{sign}{}", words::effort(minutes.unsigned_abs()))
}
