//! Turns a schedule into the events of a calendar.

use std::collections::{BTreeMap, HashSet};

use chrono::Days;

use super::contents::{CalendarContents, PlannedEvent, Subject, milestone};
use super::options::{ExportOptions, ExportTimes};
use super::pattern::{self, PatternField, PatternPart};
use super::scope::Scope;
use super::sessions::{SessionSpan, date_at, session_spans, zone_at};
use super::text::text;
use super::writer::{EventText, Writer};
use crate::calendar::event::{EventKey, EventKind, When};
use crate::input_error::InputError;
use crate::palette;
use crate::plan::Plan;
use crate::progress::phase_efforts;
use crate::roadmap::{Item, ItemEntry, Link, Phase};
use crate::schedule::Schedule;
use crate::view::week_of;
use crate::words;

impl<'a> CalendarContents<'a> {
    /// The contents of a calendar for a schedule.
    ///
    /// # Errors
    /// If an option is invalid.
    pub fn new(
        plan: &'a Plan,
        schedule: &Schedule,
        options: &ExportOptions,
    ) -> Result<Self, InputError> {
        options.check()?;
        let mut builder = Builder {
            writer: Writer::new(plan.id(), options),
            contents: Self {
                plan,
                subjects: Vec::with_capacity(plan.roadmap().items.len()),
                events: Vec::new(),
                options: options.clone(),
                scope: Scope::new(plan, options),
                extent: (i64::MAX, i64::MIN),
            },
        };
        let sessions = session_spans(plan, schedule);
        if options.sessions {
            builder.add_sessions(&sessions)?;
        }
        if options.weeks {
            builder.add_weeks(&sessions);
        }
        if options.phases || options.milestones {
            builder.add_phases(&sessions, &phase_efforts(plan, schedule));
        }
        Ok(builder.contents)
    }
}

/// The colour of a phase, by its CSS name as RFC 7986 wants it.
pub(in crate::calendar) fn colour(phase: usize) -> &'static str {
    palette::of_phase(phase).css_name
}

struct Builder<'a> {
    writer: Writer<'a>,
    contents: CalendarContents<'a>,
}

/// A subject to be added.
struct NewSubject {
    key: EventKey,
    title: String,
    phase: Option<usize>,
    text: EventText,
}

/// First start and last end of a phase's sessions, and its minutes of work.
#[derive(Clone, Copy)]
struct PhaseSpan {
    start: i64,
    end: i64,
    minutes: u64,
}

impl Builder<'_> {
    fn add_sessions(&mut self, sessions: &[SessionSpan]) -> Result<(), InputError> {
        let plan = self.contents.plan;
        let options = &self.contents.options;
        let title = pattern::title(&options.title, usize::MAX)?;
        let link = pattern::parts(
            "link",
            options.link.as_deref().unwrap_or_default(),
            usize::MAX,
            &[PatternField::Item, PatternField::Phase],
        )?;
        let is_zoned = options.times == ExportTimes::Zoned;
        for (index, item) in plan.roadmap().items.iter().enumerate() {
            let Some(phase) = plan.roadmap().phases.get(item.phase) else {
                continue;
            };
            let filled = |part: &PatternPart| match part {
                PatternPart::Text(plain) => PatternPart::Text(text(plain)),
                PatternPart::Field(PatternField::Item) => PatternPart::Text(text(&item.title)),
                PatternPart::Field(PatternField::Phase) => PatternPart::Text(text(&phase.title)),
                PatternPart::Field(PatternField::Plan) => PatternPart::Text(text(plan.title())),
                PatternPart::Field(field) => PatternPart::Field(*field),
            };
            let address = |part: &PatternPart| match part {
                PatternPart::Text(text) => text.clone(),
                PatternPart::Field(PatternField::Item) => item.id.clone(),
                PatternPart::Field(_) => phase.id.clone(),
            };
            self.add_subject(NewSubject {
                key: EventKey {
                    kind: EventKind::Session,
                    id: item.id.as_str().into(),
                },
                title: item.title.clone(),
                phase: Some(item.phase),
                text: EventText {
                    title: title.iter().map(filled).collect(),
                    notes: text(&notes(item, plan.roadmap().entry(index), phase)),
                    link: link.iter().map(address).collect(),
                    ..self.text_of(item.phase)
                },
            });
        }
        let pins: HashSet<(usize, i64)> = plan
            .pins()
            .iter()
            .filter_map(|pin| {
                let item = plan.roadmap().item(&pin.item)?;
                Some((item, plan.instant(pin.start).timestamp()))
            })
            .collect();
        self.contents.events.reserve(sessions.len());
        for session in sessions {
            self.add_event(PlannedEvent {
                subject: session.item,
                when: When {
                    start: session.start,
                    end: session.end,
                    all_day: false,
                },
                zone: is_zoned.then(|| zone_at(plan, session.start)),
                is_pinned: pins.contains(&(session.item, session.start)),
            });
        }
        Ok(())
    }

    /// An all-day event for each week, which lists the items of the week.
    fn add_weeks(&mut self, sessions: &[SessionSpan]) {
        let plan = self.contents.plan;
        let mut weeks: BTreeMap<u32, BTreeMap<usize, u64>> = BTreeMap::new();
        for session in sessions {
            let week = week_of(plan, date_at(plan, session.start));
            let items = weeks.entry(week).or_default();
            *items.entry(session.item).or_default() += session.minutes();
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
            let subject = NewSubject {
                key: EventKey {
                    kind: EventKind::Week,
                    id: week.to_string().into(),
                },
                phase: None,
                text: EventText {
                    title: vec![PatternPart::Text(text(&title))],
                    notes: text(&notes.join("\n")),
                    category: category(&plan.roadmap().file.title),
                    ..EventText::default()
                },
                title,
            };
            self.add_days(subject, When::days(first, last));
        }
    }

    /// A phase takes the work on its items, not the length of its sessions: what was missed and
    /// planned in again has two.
    fn add_phases(&mut self, sessions: &[SessionSpan], efforts: &[u64]) {
        let roadmap = self.contents.plan.roadmap();
        let mut spans: Vec<Option<PhaseSpan>> = vec![None; roadmap.phases.len()];
        for session in sessions {
            let Some(phase) = roadmap.items.get(session.item).map(|item| item.phase) else {
                continue;
            };
            if let (Some(span), Some(&minutes)) = (spans.get_mut(phase), efforts.get(phase)) {
                let span = span.get_or_insert(PhaseSpan {
                    start: session.start,
                    end: session.end,
                    minutes,
                });
                span.start = span.start.min(session.start);
                span.end = span.end.max(session.end);
            }
        }
        for (index, (span, phase)) in spans.into_iter().zip(&roadmap.phases).enumerate() {
            if let Some(span) = span {
                self.add_phase(index, phase, span);
            }
        }
    }

    fn add_phase(&mut self, index: usize, phase: &Phase, span: PhaseSpan) {
        let ExportOptions {
            phases, milestones, ..
        } = self.contents.options;
        // An event that ends at midnight belongs to the day before.
        let [first, last] = [span.start, span.end - 1].map(|at| date_at(self.contents.plan, at));
        let mut add = |kind, title: String, notes: String, when| {
            let subject = NewSubject {
                key: EventKey {
                    kind,
                    id: phase.id.as_str().into(),
                },
                phase: Some(index),
                text: EventText {
                    title: vec![PatternPart::Text(text(&title))],
                    notes: text(&notes),
                    ..self.text_of(index)
                },
                title,
            };
            self.add_days(subject, when);
        };
        if phases {
            let effort = words::effort(span.minutes);
            let notes = format!("{effort} of study. At the end: {}", phase.outcome);
            let days = When::days(first, last);
            add(EventKind::Phase, phase.title.clone(), notes, days);
        }
        if milestones {
            let notes = format!("Phase {}: {}", index + 1, phase.title);
            let day = When::days(last, last);
            add(EventKind::Outcome, milestone(phase), notes, day);
        }
    }

    /// The text that all events of a phase share.
    fn text_of(&self, phase: usize) -> EventText {
        let title = self
            .contents
            .plan
            .roadmap()
            .phases
            .get(phase)
            .map(|phase| phase.title.as_str());
        EventText {
            category: title.map(category).unwrap_or_default(),
            colour: colour(phase),
            ..EventText::default()
        }
    }

    /// Adds a subject with a single all-day event.
    fn add_days(&mut self, subject: NewSubject, when: When) {
        let index = self.contents.subjects.len();
        self.add_subject(subject);
        self.add_event(PlannedEvent {
            subject: index,
            when,
            zone: None,
            is_pinned: false,
        });
    }

    fn add_subject(&mut self, subject: NewSubject) {
        let NewSubject {
            key,
            title,
            phase,
            mut text,
        } = subject;
        if !self.contents.options.notes {
            text.notes.clear();
        }
        let digest = self.writer.digest(&text);
        self.contents.subjects.push(Subject {
            key,
            title,
            phase,
            text,
            digest,
        });
    }

    fn add_event(&mut self, event: PlannedEvent) {
        let contents = &mut self.contents;
        if contents.scope.contains(event.when) {
            let (first, last) = contents.extent;
            contents.extent = (first.min(event.when.start), last.max(event.when.end));
            contents.events.push(event);
        }
    }
}

/// A category, without commas: Evolution and KDE split categories at them, even if escaped.
fn category(title: &str) -> String {
    text(&title.replace(',', ""))
}

/// The text of an item's sessions. The learner's own notes and steps aren't in it, so that studying
/// changes no event.
fn notes(item: &Item, entry: Option<&ItemEntry>, phase: &Phase) -> String {
    let mut parts = Vec::new();
    if !item.summary.is_empty() {
        parts.push(item.summary.clone());
    }
    if let Some(entry) = entry {
        if !entry.done_when.is_empty() {
            parts.push(format!("Done when: {}", entry.done_when));
        }
        let links: Vec<String> = entry.links.iter().map(Link::line).collect();
        if !links.is_empty() {
            parts.push(links.join("\n"));
        }
    }
    parts.push(format!("Phase {}: {}\n", item.phase + 1, phase.title));
    parts.join("\n\n")
}
