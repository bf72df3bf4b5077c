//! A calendar's record, made again from the calendar's own file after it was lost.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::held::{self, HeldEvent, Reading};
use crate::calendar::event::{Revision, read_uid};
use crate::calendar::ical::limits::Limits;
use crate::calendar::ical::lines::{self, BlockKind};
use crate::calendar::ical::parse;
use crate::calendar::ledger::{Ledger, LedgerEntry};
use crate::input_error::{ErrorCode, InputError};
use crate::plan::Plan;

impl Ledger {
    /// The ledger of a calendar by a file that its program exported: it has the plan's events that
    /// the file has. The next export updates them, and events in no file get UIDs that were never
    /// used.
    ///
    /// # Errors
    /// If the file is no calendar, is too large, or has no event of this plan.
    pub fn of_calendar_file(
        file: &[u8],
        plan: &Plan,
        limits: &Limits,
        now: DateTime<Utc>,
    ) -> Result<Self, InputError> {
        let texts = texts(file, plan, limits)?;
        let mut found: Vec<HeldEvent> = texts
            .iter()
            .filter_map(|text| match held::read(text, plan) {
                Reading::Ours(held) if !held.is_cancelled => Some(held),
                _ => None,
            })
            .collect();
        if found.is_empty() {
            let sentence = "The file has no event of this plan. Export the calendar from the \
                            program that shows it, and choose that file";
            return Err(InputError::sentence(ErrorCode::LedgerLost, sentence));
        }
        // Of two generations of an event, the newer one counts.
        found.sort_by_key(|held| held.id.generation);
        let mut ledger = Self::new(plan.id());
        for held in found {
            ledger.succeed(held.id.generation, now);
            ledger.hold(
                &held.id.key,
                LedgerEntry {
                    ordinal: held.id.ordinal,
                    revision: Revision {
                        generation: held.id.generation,
                        sequence: held.sequence,
                        ..Revision::default()
                    },
                    when: held.when,
                    text: 0,
                    is_personal: false,
                },
            );
        }
        Ok(ledger)
    }
}

/// A text of its own for each event of the plan in a file, as a server has them: with the time
/// zones of the file.
fn texts(file: &[u8], plan: &Plan, limits: &Limits) -> Result<Vec<String>, InputError> {
    let mut zones = String::new();
    let mut events: BTreeMap<String, String> = BTreeMap::new();
    let frame = lines::blocks(file, limits, |block| {
        if block.kind == BlockKind::Zone {
            zones += block.text;
            return;
        }
        let Some(calendar) = parse::component(block.text) else {
            return;
        };
        let component = calendar.components.first();
        let uid = component.and_then(|component| component.uid());
        if let Some(uid) = uid.filter(|uid| read_uid(plan.id(), uid).is_some()) {
            let text = events.entry(uid.to_owned()).or_default();
            if let Some(zone) = block.zone.filter(|_| text.is_empty()) {
                *text += &format!("X-WR-TIMEZONE:{zone}\r\n");
            }
            *text += block.text;
        }
    })?;
    if !frame.is_calendar {
        let sentence = "The file isn't a calendar. Choose one that ends in .ics";
        return Err(InputError::sentence(ErrorCode::NotACalendar, sentence));
    }
    let whole = |event: String| format!("BEGIN:VCALENDAR\r\n{zones}{event}END:VCALENDAR\r\n");
    Ok(events.into_values().map(whole).collect())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::calendar::export::{CalendarContents, ExportOptions, ExportTimes};
    use crate::calendar::files::files;
    use crate::calendar::ledger::ExportKind;
    use crate::samples::embedded;
    use crate::schedule::current;

    fn now() -> DateTime<Utc> {
        "2026-12-01T12:00:00Z".parse().unwrap()
    }

    /// After a lost record nothing is exported as new that the calendar has: its own file says so.
    #[test]
    fn a_lost_ledger_is_made_again_from_the_calendars_own_file() {
        let plan = embedded();
        let schedule = current(&plan);
        for zoned in [false, true] {
            let options = ExportOptions {
                weeks: true,
                times: if zoned {
                    ExportTimes::Zoned
                } else {
                    ExportTimes::Utc
                },
                ..ExportOptions::default()
            };
            let contents = CalendarContents::new(&plan, &schedule, &options).unwrap();
            let first = Ledger::new(plan.id());
            let first = first.export(&contents, ExportKind::Full, now()).unwrap();
            let text: String = files(&contents, &first)
                .into_iter()
                .map(|file| file.text)
                .collect();

            let lost = Ledger::after_loss(plan.id(), now()).unknown();
            let error = lost
                .export(&contents, ExportKind::Changes, now())
                .unwrap_err();
            assert_eq!(error.code, ErrorCode::LedgerLost);
            let stored = Ledger::from_json(&lost.to_json().unwrap()).unwrap();
            assert!(stored.is_lost());
            let fresh = lost.export(&contents, ExportKind::Fresh, now()).unwrap();
            assert!(!fresh.ledger.is_lost());

            let limits = Limits::default();
            let again = Ledger::of_calendar_file(text.as_bytes(), &plan, &limits, now()).unwrap();
            assert_eq!(again.len(), first.ledger.len());
            let next = again.export(&contents, ExportKind::Changes, now()).unwrap();
            let counts = &next.counts;
            assert_eq!((counts.new, counts.moved, counts.removed), (0, 0, 0));
        }
    }

    #[test]
    fn a_file_without_the_plans_events_is_rejected() {
        let plan = embedded();
        let limits = Limits::default();
        let read = |text: &str| {
            Ledger::of_calendar_file(text.as_bytes(), &plan, &limits, now()).unwrap_err()
        };
        let empty = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";
        assert_eq!(read(empty).code, ErrorCode::LedgerLost);
        assert_eq!(read("notes").code, ErrorCode::NotACalendar);
    }
}
