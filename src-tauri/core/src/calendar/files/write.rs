//! Files of each sort: to import, to follow, and one event for a server.

use std::collections::BTreeMap;
use std::fmt::Write;

use ics::components::Property;
use ics::properties::RefreshInterval;

use super::builder::FileBuilder;
use super::file::IcsFile;
use crate::calendar::event::Tombstone;
use crate::calendar::export::{CalendarContents, ExportOptions, Folded, Writer};
use crate::calendar::ledger::{Export, ExportKind, Ledger, PendingWrite};
use crate::input_error::InputError;
use crate::plan::Plan;
use crate::roadmap::Phase;
use crate::schedule::Schedule;

/// How often programs should look at a live file again. A hint, which many ignore.
const REFRESH: &str = "PT1H";

/// The contents of a phase's files, or of those of the whole plan.
#[derive(Default)]
struct Group<'a> {
    due: Vec<&'a PendingWrite>,
    tombstones: Vec<&'a Tombstone>,
}

/// The files of an export, each of at most 1,000 events and 900 kB. Empty if there is nothing to
/// write.
pub fn files(contents: &CalendarContents, export: &Export) -> Vec<IcsFile> {
    let mut groups: BTreeMap<Option<usize>, Group> = BTreeMap::new();
    let is_split = contents.options.file_per_phase;
    for due in &export.due {
        let phase = contents
            .events
            .get(due.event)
            .and_then(|planned| contents.subjects.get(planned.subject))
            .and_then(|subject| subject.phase)
            .filter(|_| is_split);
        groups.entry(phase).or_default().due.push(due);
    }
    for tombstone in &export.tombstones {
        let is_its = |phase: &Phase| Some(phase.id.as_str()) == tombstone.phase.as_deref();
        let mut phases = contents.plan.roadmap().phases.iter();
        let phase = phases.position(is_its).filter(|_| is_split);
        groups.entry(phase).or_default().tombstones.push(tombstone);
    }
    let mut writer = Writer::new(contents.plan.id(), &contents.options);
    let mut files = Vec::new();
    for (phase, group) in groups {
        let mut builder = FileBuilder::new(contents, phase, export.kind);
        builder.reserve(group.due.len() + group.tombstones.len());
        for due in group.due {
            builder.add(&mut writer, due);
            files.extend(builder.break_if_full());
        }
        for tombstone in group.tombstones {
            builder.add_tombstone(&mut writer, tombstone);
            files.extend(builder.break_if_full());
        }
        files.extend(builder.finish());
    }
    files
}

/// The current events as one text, for programs that follow the file and take each version for the
/// whole calendar. Cancelled events are left out.
pub fn live_file(contents: &CalendarContents, export: &Export) -> IcsFile {
    let refresh: Property = RefreshInterval::new(REFRESH).into();
    let mut hints = String::new();
    for property in [refresh, Property::new("X-PUBLISHED-TTL", REFRESH)] {
        let _ = write!(Folded::new(&mut hints), "{property}");
    }
    let mut builder = current(contents, export);
    builder.add_to_head(&hints);
    IcsFile {
        part: String::new(),
        events: builder.events,
        text: builder.take(),
    }
}

/// The schedule as one .ics file for a calendar that has none of it: an event for each session,
/// with a reminder ten minutes before.
///
/// # Errors
/// Never with the default options.
pub fn calendar(plan: &Plan, schedule: &Schedule) -> Result<String, InputError> {
    let contents = CalendarContents::new(plan, schedule, &ExportOptions::default())?;
    // Dated by the plan, so that the same plan gives the same file.
    let ledger = Ledger::new(plan.id());
    let export = ledger.export(&contents, ExportKind::Full, plan.created())?;
    Ok(current(&contents, &export).take())
}

/// One event as a text of its own, as a CalDAV server stores it (RFC 4791, 4.1).
pub(in crate::calendar) fn resource(
    contents: &CalendarContents,
    writer: &mut Writer,
    due: &PendingWrite,
) -> String {
    let mut builder = FileBuilder::bare(contents);
    builder.add(writer, due);
    builder.take()
}

/// A file with all current events, however many.
fn current<'a>(contents: &'a CalendarContents, export: &Export) -> FileBuilder<'a> {
    let mut builder = FileBuilder::new(contents, None, ExportKind::Full);
    builder.reserve(export.due.len());
    let mut writer = Writer::new(contents.plan.id(), &contents.options);
    for due in &export.due {
        builder.add(&mut writer, due);
    }
    builder
}
