//! What a calendar should hold: the events that follow from a schedule, before it is known which of them it has already.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::event::{Look, Writer, mix};
use super::options::{Options, Times};
use super::pattern::{self, Field, Part};
use super::sittings::{Sitting, date_at, sittings, zone_at};
use super::text::text;
use super::when::{Present, Scope, When};
use crate::input_error::InputError;
use crate::plan::Plan;
use crate::roadmap::Phase;
use crate::schedule::{Schedule, past_sessions};
use crate::view::week_of;
use crate::words;

/// Colours of the phases in turn, as RFC 7986 has them: by their names in CSS. These are still the
/// calendar's own, so that people's events are rewritten only once: see `colour`.
const COLOURS: [&str; 8] = [
    "royalblue",
    "seagreen",
    "darkorange",
    "mediumvioletred",
    "teal",
    "goldenrod",
    "slateblue",
    "firebrick",
];

/// Everything that a calendar should hold, by these options.
#[derive(Debug)]
pub struct Agenda<'a> {
    /// The plan it is of.
    pub plan: &'a Plan,
    /// What its events are about.
    pub subjects: Vec<Subject>,
    /// The events: sessions in order of time, then weeks, phases and outcomes.
    pub events: Vec<Wanted>,
    pub(in crate::calendar) options: Options,
    scope: Scope,
    /// From the first start to the last end, in seconds since 1970.
    extent: (i64, i64),
    zone: Tz,
}

/// What sort of thing an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[cfg_attr(feature = "types", ts(rename = "EventMatter"))]
#[serde(rename_all = "lowercase")]
pub enum Matter {
    /// The sessions of an item.
    Session,
    /// A week of the plan.
    Week,
    /// A phase.
    Phase,
    /// The outcome of a phase.
    Outcome,
}

/// Names what an event is about, for as long as the plan lives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What sort of thing it is.
    pub about: Matter,
    /// The id of the item or phase; the number of the week.
    pub id: String,
}

/// One thing that events are about, and what they all say of it.
#[derive(Debug)]
pub struct Subject {
    /// Its name.
    pub key: Key,
    /// What it is called.
    pub title: String,
    /// The index of its phase, if it belongs to one.
    pub phase: Option<usize>,
    pub(in crate::calendar) look: Look,
    /// Stands for all that its events say, but for their numbers and times.
    digest: u64,
}

/// An event that a calendar should hold.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// Index of its subject.
    pub subject: usize,
    /// The number of the session among those of its item, from 1; 0 where there is but one event.
    pub ordinal: u32,
    /// When it is.
    pub when: When,
    /// The zone on whose clock its times are written; none for UTC.
    pub zone: Option<Tz>,
}

impl<'a> Agenda<'a> {
    /// What a calendar should hold of a schedule.
    ///
    /// # Errors
    /// Options that cannot be used.
    pub fn new(plan: &'a Plan, schedule: &Schedule, options: &Options) -> Result<Self, InputError> {
        options.check()?;
        let roadmap = plan.roadmap();
        let mut agenda = Self {
            plan,
            subjects: Vec::with_capacity(roadmap.items.len()),
            events: Vec::new(),
            options: options.clone(),
            scope: Scope::new(plan, options),
            extent: (i64::MAX, i64::MIN),
            zone: plan.zone(),
        };
        let writer = Writer::new(plan.id(), options);
        let sittings = sittings(plan, schedule);
        if options.sessions {
            agenda.add_sessions(schedule, &sittings, &writer)?;
        }
        if options.weeks {
            agenda.add_weeks(&sittings, &writer);
        }
        if options.phases || options.milestones {
            agenda.add_phases(&sittings, &writer);
        }
        Ok(agenda)
    }

    /// The present, as it is where the learner is.
    pub fn present(&self, now: DateTime<Utc>) -> Present {
        Present::new(now, self.zone)
    }

    /// Whether an event at that time is a matter of this export.
    pub fn is_about(&self, when: When) -> bool {
        self.scope.contains(when)
    }

    /// What a subject is called, and the id of its phase: also where this export is not about it.
    pub(in crate::calendar) fn name(&self, key: &Key) -> (String, Option<String>) {
        let roadmap = self.plan.roadmap();
        let phase = |index: usize| roadmap.phases.get(index).map(|phase| phase.id.clone());
        let by_id = roadmap.phases.iter().find(|phase| phase.id == key.id);
        let (title, phase) = match key.about {
            Matter::Session => {
                let item = roadmap
                    .item(&key.id)
                    .and_then(|index| roadmap.items.get(index));
                (
                    item.map(|item| item.title.clone()),
                    item.and_then(|item| phase(item.phase)),
                )
            }
            Matter::Week => (Some(format!("Week {}", key.id)), None),
            Matter::Phase => (by_id.map(|phase| phase.title.clone()), Some(key.id.clone())),
            Matter::Outcome => (by_id.map(milestone), Some(key.id.clone())),
        };
        (title.unwrap_or_else(|| key.id.clone()), phase)
    }

    /// Stands for all that an event says beside its number and its times.
    pub fn digest(&self, wanted: &Wanted) -> u64 {
        let digest = self
            .subjects
            .get(wanted.subject)
            .map_or(0, |subject| subject.digest);
        wanted.zone.map_or(digest, |zone| mix(digest, zone.name()))
    }

    /// From the first start to the last end, in seconds since 1970.
    pub(in crate::calendar) fn extent(&self) -> (i64, i64) {
        self.extent
    }

    fn add_sessions(
        &mut self,
        schedule: &Schedule,
        sittings: &[Sitting],
        writer: &Writer,
    ) -> Result<(), InputError> {
        let plan = self.plan;
        let roadmap = plan.roadmap();
        let pattern = pattern::parts("title", &self.options.title, usize::MAX, &Field::ALL)?;
        let link = self.options.link.clone().unwrap_or_default();
        let link = pattern::parts("link", &link, usize::MAX, &[Field::Item, Field::Phase])?;
        let past = past_sessions(plan);
        for (index, item) in roadmap.items.iter().enumerate() {
            let Some(phase) = roadmap.phases.get(item.phase) else {
                continue;
            };
            let ahead = schedule.items.get(index).copied().flatten();
            let ahead = ahead.map_or(0, |span| span.sessions);
            let sessions = past.get(index).copied().unwrap_or(0) + ahead;
            let title = pattern.iter().map(|part| match part {
                Part::Text(text) => Part::Text(text.clone()),
                Part::Field(Field::Item) => Part::Text(item.title.clone()),
                Part::Field(Field::Phase) => Part::Text(phase.title.clone()),
                Part::Field(Field::Plan) => Part::Text(roadmap.file.title.clone()),
                Part::Field(Field::Sessions) => Part::Text(sessions.to_string()),
                Part::Field(field) => Part::Field(*field),
            });
            let link = link.iter().map(|part| match part {
                Part::Text(text) => text.as_str(),
                Part::Field(Field::Item) => item.id.as_str(),
                Part::Field(_) => phase.id.as_str(),
            });
            let mut notes = format!("Phase {}: {}\n", item.phase + 1, phase.title);
            if !item.summary.is_empty() {
                notes = format!("{}\n\n{notes}", item.summary);
            }
            let mut look = self.look(item.phase);
            look.title = title
                .map(|part| match part {
                    Part::Text(plain) => Part::Text(text(&plain)),
                    field => field,
                })
                .collect();
            look.notes = text(&notes);
            look.link = link.collect();
            self.add_subject(
                writer,
                Key {
                    about: Matter::Session,
                    id: item.id.clone(),
                },
                &item.title,
                Some(item.phase),
                look,
            );
        }
        self.events.reserve(sittings.len());
        for sitting in sittings {
            let zoned = self.options.times == Times::Zoned;
            self.add_event(Wanted {
                subject: sitting.item,
                ordinal: sitting.ordinal,
                when: When {
                    start: sitting.start,
                    end: sitting.end,
                    all_day: false,
                },
                zone: zoned.then(|| zone_at(plan, sitting.start)),
            });
        }
        Ok(())
    }

    /// A week's event says what is to be done in it.
    fn add_weeks(&mut self, sittings: &[Sitting], writer: &Writer) {
        let plan = self.plan;
        let mut weeks: BTreeMap<u32, BTreeMap<usize, u64>> = BTreeMap::new();
        for sitting in sittings {
            let week = week_of(plan, date_at(plan, sitting.start));
            let items = weeks.entry(week).or_default();
            *items.entry(sitting.item).or_default() += sitting.minutes();
        }
        for (week, items) in weeks {
            let days = Days::new(u64::from(week - 1) * 7);
            let Some(first) = plan.start().checked_add_days(days) else {
                continue;
            };
            let last = first.checked_add_days(Days::new(6)).unwrap_or(first);
            let notes: Vec<String> = items
                .iter()
                .filter_map(|(item, minutes)| {
                    let title = &plan.roadmap().items.get(*item)?.title;
                    Some(format!("{title}: {}", words::effort(*minutes)))
                })
                .collect();
            let title = format!("Week {week}: {}", words::effort(items.values().sum()));
            let look = Look {
                title: vec![Part::Text(text(&title))],
                notes: text(&notes.join("\n")),
                category: text(&plan.roadmap().file.title),
                ..Look::default()
            };
            let key = Key {
                about: Matter::Week,
                id: week.to_string(),
            };
            self.add_days(writer, key, &title, None, look, When::days(first, last));
        }
    }

    fn add_phases(&mut self, sittings: &[Sitting], writer: &Writer) {
        let roadmap = self.plan.roadmap();
        let mut spans: Vec<Option<Sitting>> = vec![None; roadmap.phases.len()];
        let mut minutes = vec![0; roadmap.phases.len()];
        for sitting in sittings {
            let Some(item) = roadmap.items.get(sitting.item) else {
                continue;
            };
            if let (Some(span), Some(minutes)) =
                (spans.get_mut(item.phase), minutes.get_mut(item.phase))
            {
                let span = span.get_or_insert(*sitting);
                span.start = span.start.min(sitting.start);
                span.end = span.end.max(sitting.end);
                *minutes += sitting.minutes();
            }
        }
        for (index, (span, minutes)) in spans.into_iter().zip(minutes).enumerate() {
            if let Some(span) = span {
                // What ends at midnight belongs to the day before.
                let days = [span.start, span.end - 1].map(|at| date_at(self.plan, at));
                self.add_phase(index, days, minutes, writer);
            }
        }
    }

    fn add_phase(
        &mut self,
        index: usize,
        [first, last]: [NaiveDate; 2],
        minutes: u64,
        writer: &Writer,
    ) {
        let Some(phase) = self.plan.roadmap().phases.get(index) else {
            return;
        };
        let days = [
            (
                self.options.phases,
                Matter::Phase,
                phase.title.clone(),
                format!(
                    "{} of study. At the end: {}",
                    words::effort(minutes),
                    phase.outcome
                ),
                When::days(first, last),
            ),
            (
                self.options.milestones,
                Matter::Outcome,
                milestone(phase),
                format!("Phase {}: {}", index + 1, phase.title),
                When::days(last, last),
            ),
        ];
        for (is_chosen, about, title, notes, when) in days {
            if is_chosen {
                let look = Look {
                    title: vec![Part::Text(text(&title))],
                    notes: text(&notes),
                    ..self.look(index)
                };
                let id = phase.id.clone();
                self.add_days(writer, Key { about, id }, &title, Some(index), look, when);
            }
        }
    }

    fn look(&self, phase: usize) -> Look {
        let title = self
            .plan
            .roadmap()
            .phases
            .get(phase)
            .map(|phase| text(&phase.title));
        Look {
            category: title.unwrap_or_default(),
            colour: colour(phase),
            ..Look::default()
        }
    }

    fn add_days(
        &mut self,
        writer: &Writer,
        key: Key,
        title: &str,
        phase: Option<usize>,
        look: Look,
        when: When,
    ) {
        let subject = self.subjects.len();
        self.add_subject(writer, key, title, phase, look);
        self.add_event(Wanted {
            subject,
            ordinal: 0,
            when,
            zone: None,
        });
    }

    fn add_subject(
        &mut self,
        writer: &Writer,
        key: Key,
        title: &str,
        phase: Option<usize>,
        mut look: Look,
    ) {
        if !self.options.notes {
            look.notes.clear();
        }
        let digest = writer.digest(&look);
        self.subjects.push(Subject {
            key,
            title: title.to_owned(),
            phase,
            look,
            digest,
        });
    }

    fn add_event(&mut self, wanted: Wanted) {
        if self.scope.contains(wanted.when) {
            let (first, last) = self.extent;
            self.extent = (first.min(wanted.when.start), last.max(wanted.when.end));
            self.events.push(wanted);
        }
    }
}

fn milestone(phase: &Phase) -> String {
    format!("Milestone: {}", phase.outcome)
}

/// The colour of a phase, as RFC 7986 has it. `crate::palette::of_phase(phase).css_name` here gives
/// events the colours of the window (docs/decisions/0008-palette.md).
pub(in crate::calendar) fn colour(phase: usize) -> &'static str {
    COLOURS.get(phase % COLOURS.len()).copied().unwrap_or("")
}
