//! The UID of an event: unique for as long as the event lives, and never used for another one.

use super::key::{EventKey, EventKind};
use crate::calendar::digits::push_number;

const END: &str = "@waymark";
/// Room is left above for the numbers to come.
const MOST: u32 = 1_000_000_000;
const WEEK: &str = "week";
const PHASE: &str = "phase";
const OUTCOME: &str = "outcome";

/// The parts of a UID that distinguish an event from the plan's others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::calendar) struct EventId {
    pub key: EventKey,
    pub ordinal: u32,
    pub generation: u32,
}

/// Writes the UID: plan, subject, number and generation. It contains neither the event's time nor
/// its place in the schedule, both of which change while the event stays the same.
pub(in crate::calendar) fn push_uid(
    out: &mut String,
    plan: &str,
    key: &EventKey,
    ordinal: u32,
    generation: u32,
) {
    out.push_str(plan);
    out.push('.');
    out.push_str(&key.id);
    out.push('.');
    match key.kind {
        EventKind::Session => push_number(out, ordinal),
        EventKind::Week => out.push_str(WEEK),
        EventKind::Phase => out.push_str(PHASE),
        EventKind::Outcome => out.push_str(OUTCOME),
    }
    out.push('.');
    push_number(out, generation);
    out.push_str(END);
}

/// Reads a UID; `None` if it does not belong to an event of this plan.
pub(in crate::calendar) fn read_uid(plan: &str, uid: &str) -> Option<EventId> {
    let own = uid.strip_prefix(plan)?.strip_prefix('.')?;
    let parts: Vec<&str> = own.strip_suffix(END)?.split('.').collect();
    // No id contains a dot, except that of the plan.
    let [id, which, generation] = parts[..] else {
        return None;
    };
    let (kind, ordinal) = match which {
        WEEK => (EventKind::Week, 0),
        PHASE => (EventKind::Phase, 0),
        OUTCOME => (EventKind::Outcome, 0),
        ordinal => (EventKind::Session, number(ordinal)?),
    };
    Some(EventId {
        key: EventKey {
            kind,
            id: id.into(),
        },
        ordinal,
        generation: number(generation)?,
    })
}

/// Reads a number in the form [`push_number`] writes, and no other spelling such as `+1` or `01`.
fn number(digits: &str) -> Option<u32> {
    let number: u32 = digits.parse().ok()?;
    (number.to_string() == digits && number <= MOST).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_uid_is_read_back_by_its_own_plan_only(
            plan in "[a-z0-9.-]{1,12}",
            id in "[a-z0-9-]{1,12}",
            kind in prop::sample::select(vec![
                EventKind::Session,
                EventKind::Week,
                EventKind::Phase,
                EventKind::Outcome,
            ]),
            ordinal in 0..=MOST,
            generation in 0..=MOST,
        ) {
            let ordinal = if kind == EventKind::Session { ordinal } else { 0 };
            let event = EventId { key: EventKey { kind, id: id.into() }, ordinal, generation };
            let mut uid = String::new();
            push_uid(&mut uid, &plan, &event.key, ordinal, generation);
            prop_assert_eq!(read_uid(&plan, &uid), Some(event));
            prop_assert_eq!(read_uid(&format!("{plan}x"), &uid), None);
            prop_assert_eq!(read_uid(&format!("x{plan}"), &uid), None);
        }
    }

    #[test]
    fn uids_of_other_programs_are_not_ours() {
        for uid in [
            "",
            "plan",
            "plan.@waymark",
            "plan.a.1.0",
            "plan.a.b.1.0@waymark",
            "plan.a.01.0@waymark",
            "plan.a.1.+0@waymark",
            "plan.a.1@waymark",
            "plan.a.4294967296.0@waymark",
        ] {
            assert_eq!(read_uid("plan", uid), None, "{uid}");
        }
    }
}
