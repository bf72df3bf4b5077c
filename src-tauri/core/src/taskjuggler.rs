//! Writes a plan as a TaskJuggler project (.tjp), to compare the schedule with another scheduler's.
//!
//! One resource, the learner, does all tasks in the plan's working hours. Phases contain items, and
//! priorities fall in roadmap order. The head of the file lists rules without a counterpart in
//! TaskJuggler; docs/scheduling.md explains how the schedules differ because of them.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};

use crate::availability::{self, Availability, Busy, Exception, ExceptionKind};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::{Career, Plan};
use crate::roadmap::{Item, Phase, Requirement};
use crate::schedule::{Schedule, precedence};
use crate::words;

/// TaskJuggler's resolutions in minutes. Its default is the first, to which it rounds silently.
const RESOLUTIONS: [u32; 6] = [60, 30, 20, 15, 10, 5];
const LAST_YEAR: i32 = 2035;
/// The task of the dates before which items don't begin. No id of a roadmap is in capitals.
const NOT_BEFORE: &str = "NotBefore";
/// Days between the end of the schedule and the end of the project, because TaskJuggler may need
/// longer for the same work.
const MARGIN_DAYS: u64 = 28;

/// The project file. Reading it, `tj3` writes `waymark.csv` with start and end of each phase and
/// item.
///
/// The schedule only determines the end of the project, which TaskJuggler requires.
///
/// # Errors
/// If the schedule ends after TaskJuggler's last year.
pub fn project(plan: &Plan, schedule: &Schedule) -> Result<String, InputError> {
    let resolution = resolution(plan, schedule);
    let project = Project {
        plan,
        minutes: resolution.unwrap_or(5),
        is_exact: resolution.is_some(),
        required: required(plan),
        priorities: priorities(plan),
    };
    let end = project.end(schedule)?;
    Ok(project.text(end))
}

struct Project<'a> {
    plan: &'a Plan,
    /// The timing resolution.
    minutes: u32,
    /// Whether all minutes of the plan are multiples of it.
    is_exact: bool,
    /// Items that are prerequisites.
    required: BTreeSet<usize>,
    /// For each item, from 1000 down to 1.
    priorities: Vec<usize>,
}

impl Project<'_> {
    fn text(&self, end: NaiveDate) -> String {
        let roadmap = self.plan.roadmap();
        let mut text = String::from("# Made by Waymark. Run: tj3 FILE\n");
        for note in self.notes() {
            line(&mut text, 0, &format!("# Not in this file: {note}."));
        }
        let _ = write!(
            text,
            "\nproject waymark {title} {start} - {end} {{\n  \
               timingresolution {minutes} min\n  \
               timezone \"{zone}\"\n  \
               timeformat \"%Y-%m-%dT%H:%M%z\"\n\
             }}\n\n",
            title = quoted(self.plan.title()),
            start = date(self.header_start()),
            minutes = self.minutes,
            zone = self.plan.zone().name(),
        );
        self.learner(&mut text);
        self.not_before(&mut text);
        for phase in &roadmap.phases {
            self.phase(&mut text, phase);
        }
        text + "taskreport \"waymark\" {\n  formats csv\n  columns id, name, start, end\n}\n"
    }

    fn learner(&self, text: &mut String) {
        let availability = self.plan.availability();
        line(text, 0, "resource learner \"Learner\" {");
        for day in availability::week() {
            let windows = self
                .plan
                .windows()
                .iter()
                .filter(|window| window.day == day);
            let times: Vec<String> = windows
                .map(|window| (self.up(window.start), self.down(window.end)))
                .filter(|(start, end)| start < end)
                .map(|(start, end)| format!("{} - {}", clock(start), clock(end)))
                .collect();
            let times = if times.is_empty() {
                "off".to_owned()
            } else {
                times.join(", ")
            };
            line(
                text,
                1,
                &format!("workinghours {} {times}", words::day(day)),
            );
        }
        let caps = [
            ("dailymax", availability.day_cap),
            ("weeklymax", availability.week_cap),
        ];
        let limit = |(name, cap): (&str, Option<u32>)| {
            cap.map(|cap| format!("{name} {}min", self.down(cap)))
        };
        let limits: Vec<String> = caps.into_iter().filter_map(limit).collect();
        if !limits.is_empty() {
            line(text, 1, &format!("limits {{ {} }}", limits.join(" ")));
        }
        for exception in &availability.exceptions {
            if let (ExceptionKind::TimeOff, Some(after)) =
                (&exception.kind, exception.last.succ_opt())
            {
                line(
                    text,
                    1,
                    &format!("leaves annual {} - {after}", exception.first),
                );
            }
        }
        let start = self.plan.start_instant().timestamp();
        if self.header_start() < start {
            let (from, until) = (date(self.header_start()), date(start));
            line(text, 1, &format!("leaves project {from} - {until}"));
        }
        for (start, end) in busy(availability) {
            line(
                text,
                1,
                &format!(
                    "leaves project {} - {}",
                    self.before(start),
                    self.after(end)
                ),
            );
        }
        line(text, 0, "}\n");
    }

    /// A milestone for each item that isn't to begin before a date. A start of the item's own would
    /// fix it there, whatever it depends on.
    fn not_before(&self, text: &mut String) {
        let items = self.plan.roadmap().items.iter();
        let dated = items.filter_map(|item| Some((item, self.begins(item)?)));
        let dated: Vec<(&Item, NaiveDate)> = dated.collect();
        if dated.is_empty() {
            return;
        }
        let title = quoted("Not before a date");
        line(text, 0, &format!("task {NOT_BEFORE} {title} {{"));
        for (item, day) in dated {
            let start = date(self.plan.instant(day.into()).timestamp());
            let (id, title) = (identifier(&item.id), quoted(&item.title));
            line(
                text,
                1,
                &format!("task {id} {title} {{ start {start} milestone }}"),
            );
        }
        line(text, 0, "}\n");
    }

    /// The date before which an item with work doesn't begin, if that is after the plan's start.
    fn begins(&self, item: &Item) -> Option<NaiveDate> {
        let day = self.plan.not_before(item)?;
        let has_work = self.plan.effort_minutes(item) > 0;
        (has_work && day > self.plan.start()).then_some(day)
    }

    fn phase(&self, text: &mut String, phase: &Phase) {
        let roadmap = self.plan.roadmap();
        let items: Vec<usize> = phase
            .items
            .clone()
            .filter(|&item| self.is_there(item))
            .collect();
        line(
            text,
            0,
            &format!("task {} {} {{", identifier(&phase.id), quoted(&phase.title)),
        );
        self.depends(text, 1, &phase.requires, None);
        if items.is_empty() {
            line(text, 1, "milestone");
        }
        for item in items {
            let entry = &roadmap.items[item];
            line(
                text,
                1,
                &format!("task {} {} {{", identifier(&entry.id), quoted(&entry.title)),
            );
            self.depends(text, 2, &entry.requires, self.begins(entry).map(|_| entry));
            match self.plan.effort_minutes(entry) {
                0 => line(text, 2, "milestone"),
                minutes => {
                    line(text, 2, &format!("effort {}min", self.nearest(minutes)));
                    line(text, 2, "allocate learner");
                    line(text, 2, &format!("priority {}", self.priorities[item]));
                }
            }
            line(text, 1, "}");
        }
        line(text, 0, "}\n");
    }

    fn depends(
        &self,
        text: &mut String,
        depth: usize,
        requires: &[Requirement],
        dated: Option<&Item>,
    ) {
        let roadmap = self.plan.roadmap();
        let name = |requirement: &Requirement| match *requirement {
            Requirement::Phase(phase) => identifier(&roadmap.phases[phase].id),
            Requirement::Item(item) => {
                let item = &roadmap.items[item];
                format!(
                    "{}.{}",
                    identifier(&roadmap.phases[item.phase].id),
                    identifier(&item.id)
                )
            }
        };
        let dated = dated.map(|item| format!("{NOT_BEFORE}.{}", identifier(&item.id)));
        let names: BTreeSet<String> = requires.iter().map(name).chain(dated).collect();
        if !names.is_empty() {
            let names: Vec<String> = names.into_iter().collect();
            line(text, depth, &format!("depends {}", names.join(", ")));
        }
    }

    /// An optional item that was not added is left out, unless it is a prerequisite. Then it is a
    /// milestone, so that its own prerequisites still count.
    fn is_there(&self, item: usize) -> bool {
        self.plan.includes(&self.plan.roadmap().items[item]) || self.required.contains(&item)
    }

    /// TaskJuggler reads the project's start before its resolution, and wants a whole hour of UTC
    /// there, which midnight in Kolkata is not.
    fn header_start(&self) -> i64 {
        self.plan.start_instant().timestamp().div_euclid(3600) * 3600
    }

    fn end(&self, schedule: &Schedule) -> Result<NaiveDate, InputError> {
        let end = schedule
            .finish()
            .map_or(self.plan.start(), |finish| finish.date());
        let items = self.plan.roadmap().items.iter();
        let end = items
            .filter_map(|item| self.begins(item))
            .fold(end, NaiveDate::max);
        // Windows cut to the resolution hold less.
        let length = (end - self.plan.start()).num_days().unsigned_abs();
        let lost = if self.is_exact { 0 } else { length / 2 };
        // Work that our rules cannot place has a place in TaskJuggler.
        let unplaced: u64 = schedule
            .unplaced
            .iter()
            .map(|unplaced| u64::from(unplaced.minutes))
            .sum();
        let weeks = unplaced.div_ceil(u64::from(self.plan.availability().week.minutes().max(1)));
        let last_day = NaiveDate::from_ymd_opt(LAST_YEAR, 12, 31).unwrap_or(NaiveDate::MAX);
        if end.year() > LAST_YEAR {
            return Err(InputError::new(
                ErrorCode::TaskjugglerYears,
                "end of the plan",
                end.to_string(),
                format!("TaskJuggler's last year is {LAST_YEAR}"),
            )
            .because("is too late"));
        }
        let later = end.checked_add_days(Days::new(MARGIN_DAYS + lost + 7 * weeks));
        Ok(later.map_or(last_day, |later| later.min(last_day)))
    }

    /// Parts of the plan without a counterpart in TaskJuggler.
    fn notes(&self) -> Vec<&'static str> {
        let (plan, availability) = (self.plan, self.plan.availability());
        let is_time_off = |exception: &Exception| exception.kind == ExceptionKind::TimeOff;
        let notes = [
            (true, "session lengths, and items of a phase side by side"),
            (
                !self.is_exact,
                "single minutes: times are cut and efforts rounded to 5 minutes",
            ),
            (
                !availability.exceptions.iter().all(is_time_off),
                "other weeks and extra windows",
            ),
            (!availability.moves.is_empty(), "travel to other time zones"),
            (availability.review_percent > 0, "time for repeating"),
            (availability.reserve_percent > 0, "time in reserve"),
            (plan.session().pause > 0, "breaks between sessions"),
            (!plan.pins().is_empty(), "pinned sessions"),
            (
                plan.career() != Career::After,
                "the career track's share of each week",
            ),
        ];
        let notes = notes.into_iter().filter(|(is_so, _)| *is_so);
        notes.map(|(_, note)| note).collect()
    }

    fn down(&self, minutes: u32) -> u32 {
        minutes / self.minutes * self.minutes
    }

    fn up(&self, minutes: u32) -> u32 {
        minutes.next_multiple_of(self.minutes)
    }

    fn nearest(&self, minutes: u32) -> u32 {
        self.down(minutes + self.minutes / 2).max(self.minutes)
    }

    fn before(&self, time: DateTime<Utc>) -> String {
        let step = i64::from(self.minutes) * 60;
        date(time.timestamp().div_euclid(step) * step)
    }

    fn after(&self, time: DateTime<Utc>) -> String {
        let step = i64::from(self.minutes) * 60;
        date((time.timestamp() + step - 1).div_euclid(step) * step)
    }
}

/// The coarsest resolution that loses nothing: all minutes of the plan, and its clock's distance
/// from UTC, are multiples of it.
fn resolution(plan: &Plan, schedule: &Schedule) -> Option<u32> {
    let availability = plan.availability();
    let efforts = plan
        .roadmap()
        .items
        .iter()
        .map(|item| plan.effort_minutes(item));
    let windows = plan
        .windows()
        .iter()
        .flat_map(|window| [window.start, window.end]);
    let caps = [availability.day_cap, availability.week_cap]
        .into_iter()
        .flatten();
    let offset = |offset: i32| offset.unsigned_abs() / 60;
    let offsets = schedule
        .sessions
        .iter()
        .map(|session| offset(session.start.offset));
    let start = offset(plan.moment(plan.start().into()).offset);
    let busy = busy(availability).flat_map(|(start, end)| [start.minute(), end.minute()]);
    let step = efforts
        .chain(windows)
        .chain(caps)
        .chain(offsets)
        .chain(busy)
        .fold(start, common_divisor);
    RESOLUTIONS
        .into_iter()
        .find(|resolution| step.is_multiple_of(*resolution))
}

/// Busy times with the buffer around them.
fn busy(availability: &Availability) -> impl Iterator<Item = (DateTime<Utc>, DateTime<Utc>)> {
    let buffer = TimeDelta::minutes(availability.buffer_minutes.into());
    let with_buffer = move |busy: &Busy| (busy.start - buffer, busy.end + buffer);
    availability.busy.iter().map(with_buffer)
}

fn common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

fn required(plan: &Plan) -> BTreeSet<usize> {
    let roadmap = plan.roadmap();
    let of_items = roadmap.items.iter().flat_map(|item| &item.requires);
    let of_phases = roadmap.phases.iter().flat_map(|phase| &phase.requires);
    let items = of_items
        .chain(of_phases)
        .flat_map(|requirement| match *requirement {
            Requirement::Item(item) => item..item + 1,
            Requirement::Phase(phase) => roadmap.phases[phase].items.clone(),
        });
    items.collect()
}

/// The learner's priorities first, passed on to prerequisites as our own scheduler does, then
/// roadmap order. TaskJuggler has 1000 priorities. With more items than that, neighbours share one,
/// and TaskJuggler takes the more critical item first.
fn priorities(plan: &Plan) -> Vec<usize> {
    let items = &plan.roadmap().items;
    let mut order: Vec<usize> = (0..items.len()).collect();
    let first = precedence::priorities(plan, &plan.left());
    order.sort_by_key(|&index| Reverse(first[index]));
    let mut priorities = vec![0; items.len()];
    for (rank, index) in order.into_iter().enumerate() {
        priorities[index] = 1000 - rank * 1000 / items.len().max(1000);
    }
    priorities
}

/// An id has a–z, 0–9 and `-`; TaskJuggler's have `_` and begin with a letter.
fn identifier(id: &str) -> String {
    let plain = id.replace('-', "_");
    if plain.starts_with(|c: char| c.is_ascii_lowercase()) {
        plain
    } else {
        format!("T{plain}")
    }
}

/// A text in quotes, in which nothing ends the text, names a macro or names a variable of the
/// environment.
fn quoted(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let plain = plain.replace('\\', "/").replace('"', "\\\"");
    format!("\"{}\"", plain.replace("${", "$ {").replace("$(", "$ ("))
}

fn clock(minutes: u32) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn date(seconds: i64) -> String {
    let time = DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    time.format("%Y-%m-%d-%H:%M-+0000").to_string()
}

fn line(text: &mut String, depth: usize, words: &str) {
    text.extend(std::iter::repeat_n("  ", depth));
    text.push_str(words);
    text.push('\n');
}

#[cfg(test)]
mod tests;
