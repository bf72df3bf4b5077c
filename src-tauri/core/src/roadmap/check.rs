//! Checks a roadmap file and computes the effort of its items.

use std::collections::HashMap;

use super::file::{ItemEntry, Link, PhaseEntry, RoadmapFile};
use super::network::{Network, Point};
use super::{Item, Phase, Requirement, Roadmap, Track};
use crate::input_error::{ErrorCode, InputError};

/// Efforts are multiples of half an hour if possible, because shorter work is not worth a session.
const QUANTUM_MINUTES: u32 = 30;
const MOST_HOURS_PER_WEEK: f64 = 80.0;
const MOST_WEEKS: u32 = 520;
const MOST_EFFORT_HOURS: f64 = 10_000.0;
pub(crate) const LONGEST_TITLE: usize = 200;
const LONGEST_SENTENCE: usize = 500;
pub(crate) const LONGEST_NOTES: usize = 20_000;
const LONGEST_ADDRESS: usize = 2000;
pub(crate) const MOST_LINKS: usize = 100;
const MOST_STEPS: usize = 200;
const MOST_STEP_MINUTES: u32 = 600_000;

pub(super) fn resolve(file: RoadmapFile) -> Result<Roadmap, InputError> {
    let nominal = file.nominal_hours_per_week;
    if !(nominal > 0.0 && nominal <= MOST_HOURS_PER_WEEK) {
        return Err(reject(
            "nominal_hours_per_week",
            nominal,
            "enter a number above 0 and up to 80",
        ));
    }
    title(|| "roadmap title".into(), &file.title)?;
    if file.phases.is_empty() {
        return Err(reject("phases", "", "add at least one phase"));
    }

    let names = names(&file)?;
    let mut items = Vec::new();
    let mut phases = Vec::new();
    for (index, entry) in file.phases.iter().enumerate() {
        let first = items.len();
        let efforts = efforts(entry, nominal)?;
        for (item, effort_minutes) in entry.items.iter().zip(efforts) {
            let place = || place(entry, item);
            title(|| format!("{}, title", place()), &item.title)?;
            texts(place, item)?;
            items.push(Item {
                id: item.id.clone(),
                title: item.title.clone(),
                kind: item.kind,
                group: item.group.clone(),
                summary: item.summary.clone(),
                phase: index,
                effort_minutes,
                requires: requirements(&item.requires, &names, place)?,
                optional: item.optional,
            });
        }
        let place = || format!("phase {}", entry.id);
        title(|| format!("{}, title", place()), &entry.title)?;
        title(
            || format!("{}, outcome title", place()),
            &entry.outcome.title,
        )?;
        phases.push(Phase {
            id: entry.id.clone(),
            title: entry.title.clone(),
            track: if entry.weeks.is_some() {
                Track::Core
            } else {
                Track::Career
            },
            items: first..items.len(),
            requires: requirements(&entry.requires, &names, place)?,
            outcome: entry.outcome.title.clone(),
            outcome_id: entry.outcome.id.clone(),
        });
    }
    let network = Network::new(&phases, &items);
    let mut by_id: Vec<usize> = (0..items.len()).collect();
    by_id.sort_unstable_by_key(|&index| &items[index].id);
    let kinds = items.iter().map(|item| item.kind).collect();
    let roadmap = Roadmap {
        phases,
        items,
        by_id,
        kinds,
        network,
        file,
    };
    reject_cycle(&roadmap)?;
    Ok(roadmap)
}

fn reject(field: impl Into<String>, value: impl ToString, expected: &str) -> InputError {
    InputError::new(ErrorCode::RoadmapField, field, value.to_string(), expected)
}

fn place(phase: &PhaseEntry, item: &ItemEntry) -> String {
    format!("phase {}, item {}", phase.id, item.id)
}

// Places are written out only for an error: for a large roadmap that would be most of the work.

fn title(place: impl Fn() -> String, text: &str) -> Result<(), InputError> {
    let is_short = text.len() <= LONGEST_TITLE || text.chars().count() <= LONGEST_TITLE;
    if is_short && !text.trim().is_empty() {
        return Ok(());
    }
    Err(reject(place(), text, "enter 1 to 200 characters"))
}

/// Checks an item's links, notes and steps, and the sentence that says when it is done.
fn texts(place: impl Fn() -> String, item: &ItemEntry) -> Result<(), InputError> {
    let at_most = |field: &str, text: &str, most: usize| {
        if text.len() <= most || text.chars().count() <= most {
            return Ok(());
        }
        let start: String = text.chars().take(40).collect();
        let expected = format!("enter at most {most} characters");
        Err(reject(
            format!("{}, {field}", place()),
            format!("{start}…"),
            &expected,
        ))
    };
    at_most("done_when", &item.done_when, LONGEST_SENTENCE)?;
    at_most("notes", &item.notes, LONGEST_NOTES)?;
    for (field, count, most) in [
        ("links", item.links.len(), MOST_LINKS),
        ("steps", item.steps.len(), MOST_STEPS),
    ] {
        if count > most {
            let expected = format!("list at most {most}");
            return Err(reject(format!("{}, {field}", place()), count, &expected));
        }
    }
    for (number, link) in (1..).zip(&item.links) {
        at_most(
            &format!("title of link {number}"),
            &link.title,
            LONGEST_TITLE,
        )?;
        at_most(
            &format!("address of link {number}"),
            &link.address,
            LONGEST_ADDRESS,
        )?;
        if !Link::can_open(&link.address) {
            let field = format!("{}, address of link {number}", place());
            return Err(reject(
                field,
                &link.address,
                "enter an address that begins with https:// or mailto:",
            ));
        }
    }
    for (number, step) in (1..).zip(&item.steps) {
        title(
            || format!("{}, title of step {number}", place()),
            &step.title,
        )?;
        if step
            .minutes
            .is_some_and(|minutes| !(1..=MOST_STEP_MINUTES).contains(&minutes))
        {
            let field = format!("{}, minutes of step {number}", place());
            let minutes = step.minutes.unwrap_or_default();
            return Err(reject(field, minutes, "enter 1 to 600000 minutes"));
        }
    }
    Ok(())
}

/// The requirement that each id stands for. `None` for outcomes and reference entries, which are
/// not prerequisites.
type Names<'a> = HashMap<&'a str, Option<Requirement>>;

/// The ids of a file, unique over phases, items, outcomes and reference together.
fn names(file: &RoadmapFile) -> Result<Names<'_>, InputError> {
    let count = |phase: &PhaseEntry| phase.items.len() + 2;
    let mut names = Names::with_capacity(file.phases.iter().map(count).sum());
    well_formed(&|| "roadmap".into(), &file.id)?;
    let mut next_item = 0;
    for (index, phase) in file.phases.iter().enumerate() {
        let place_of = || format!("phase {}", phase.id);
        take(
            &mut names,
            &place_of,
            &phase.id,
            Some(Requirement::Phase(index)),
        )?;
        let outcome = || format!("{}, outcome", place_of());
        take(&mut names, &outcome, &phase.outcome.id, None)?;
        for item in &phase.items {
            let stands_for = Some(Requirement::Item(next_item));
            take(&mut names, &|| place(phase, item), &item.id, stands_for)?;
            next_item += 1;
        }
    }
    let reference = &file.reference;
    for entry in [&reference.trends, &reference.strategy, &reference.outcomes]
        .into_iter()
        .flatten()
    {
        let place = || format!("reference {}", entry.id);
        take(&mut names, &place, &entry.id, None)?;
    }
    Ok(names)
}

fn take<'a>(
    names: &mut Names<'a>,
    place: &dyn Fn() -> String,
    id: &'a str,
    stands_for: Option<Requirement>,
) -> Result<(), InputError> {
    well_formed(place, id)?;
    match names.insert(id, stands_for) {
        None => Ok(()),
        Some(_) => Err(InputError::new(
            ErrorCode::RoadmapDuplicateId,
            format!("{}, id", place()),
            id,
            "give each entry its own id",
        )
        .because("is used twice")),
    }
}

/// Whether a text can be an id.
pub(crate) fn is_id(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=64).contains(&text.len()) && text.chars().all(is_plain)
}

fn well_formed(place: &dyn Fn() -> String, id: &str) -> Result<(), InputError> {
    if is_id(id) {
        return Ok(());
    }
    let place = format!("{}, id", place());
    Err(reject(place, id, "use 1 to 64 of a–z, 0–9 and -"))
}

fn requirements(
    ids: &[String],
    names: &Names,
    place: impl Fn() -> String,
) -> Result<Vec<Requirement>, InputError> {
    ids.iter()
        .map(|id| match names.get(id.as_str()) {
            Some(Some(requirement)) => Ok(*requirement),
            _ => Err(InputError::new(
                ErrorCode::RoadmapUnknownPrerequisite,
                format!("{}, requires", place()),
                id,
                "enter the id of a phase or an item",
            )
            .because("isn't in the roadmap")),
        })
        .collect()
}

/// The minutes of each item of a phase: stated, or a share by weight of the rest of the phase's
/// weeks.
fn efforts(phase: &PhaseEntry, nominal: f64) -> Result<Vec<u32>, InputError> {
    let place_of = |item, field| format!("{}, {field}", place(phase, item));
    let mut stated: Vec<Option<u32>> = Vec::new();
    for item in &phase.items {
        stated.push(match (item.effort_hours, item.weight) {
            (Some(hours), None) if (0.0..=MOST_EFFORT_HOURS).contains(&hours) => {
                Some(minutes(hours))
            }
            (Some(hours), None) => {
                return Err(reject(
                    place_of(item, "effort_hours"),
                    hours,
                    "enter hours from 0 to 10000",
                ));
            }
            (None, Some(weight)) if weight > 0.0 && weight <= 1000.0 => None,
            (None, Some(weight)) => {
                return Err(reject(
                    place_of(item, "weight"),
                    weight,
                    "enter a number above 0 and up to 1000",
                ));
            }
            _ => {
                return Err(reject(
                    place_of(item, "weight"),
                    "",
                    "enter either a weight or effort_hours",
                ));
            }
        });
    }

    let place = format!("phase {}", phase.id);
    let spoken_for = stated
        .iter()
        .flatten()
        .fold(0u32, |sum, minutes| sum.saturating_add(*minutes));
    let shared = match phase.weeks {
        None => {
            if let Some(item) = phase.items.iter().find(|item| item.weight.is_some()) {
                return Err(reject(
                    place_of(item, "effort_hours"),
                    "",
                    "a phase without weeks needs effort_hours in each item",
                ));
            }
            0
        }
        // Hours of all items are more exact than weeks.
        Some(1..=MOST_WEEKS) if phase.items.iter().all(|item| item.weight.is_none()) => 0,
        Some(weeks @ 1..=MOST_WEEKS) => {
            let whole = minutes(f64::from(weeks) * nominal);
            whole.checked_sub(spoken_for).ok_or_else(|| {
                reject(
                    format!("{place}, weeks"),
                    weeks,
                    "its items state more hours than these weeks have; enter more weeks or fewer hours",
                )
            })?
        }
        Some(weeks) => {
            return Err(reject(
                format!("{place}, weeks"),
                weeks,
                "enter 1 to 520 weeks, or leave the field out",
            ));
        }
    };
    let weights: Vec<f64> = phase.items.iter().filter_map(|item| item.weight).collect();
    let mut shares = share(shared, &weights).into_iter();
    Ok(stated
        .into_iter()
        .map(|minutes| minutes.unwrap_or_else(|| shares.next().unwrap_or(0)))
        .collect())
}

/// Hours as whole minutes; the callers have bounded them.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub(crate) fn minutes(hours: f64) -> u32 {
    (hours * 60.0).round() as u32
}

/// Splits `total` minutes by weight in half hours that add up exactly (Hamilton's largest-remainder
/// method).
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss
)]
pub(crate) fn share(total: u32, weights: &[f64]) -> Vec<u32> {
    let quanta = total / QUANTUM_MINUTES;
    let all: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights
        .iter()
        .map(|weight| f64::from(quanta) * weight / all)
        .collect();
    let mut shares: Vec<u32> = exact.iter().map(|part| part.floor() as u32).collect();
    let mut by_remainder: Vec<usize> = (0..shares.len()).collect();
    by_remainder.sort_by(|&a, &b| exact[b].fract().total_cmp(&exact[a].fract()));
    let missing = quanta.saturating_sub(shares.iter().sum());
    for &index in by_remainder.iter().cycle().take(missing as usize) {
        shares[index] += 1;
    }
    for part in &mut shares {
        *part *= QUANTUM_MINUTES;
    }
    if let Some(last) = shares.last_mut() {
        *last += total % QUANTUM_MINUTES;
    }
    shares
}

/// Rejects circular prerequisites, naming the circle.
fn reject_cycle(roadmap: &Roadmap) -> Result<(), InputError> {
    let Some(circle) = roadmap.network.circle() else {
        return Ok(());
    };
    let name = |point: &usize| match Point::of(roadmap, *point) {
        Point::Item(item) => roadmap.items[item].id.as_str(),
        Point::Start(phase) | Point::End(phase) => roadmap.phases[phase].id.as_str(),
    };
    let mut names: Vec<&str> = circle.iter().map(name).collect();
    names.dedup();
    if names.first() != names.last() || names.len() == 1 {
        names.push(names[0]);
    }
    Err(InputError::new(
        ErrorCode::RoadmapCycle,
        format!("requires of {}", names[0]),
        names.join(" → "),
        "remove one of these prerequisites",
    )
    .because("is a circle"))
}
