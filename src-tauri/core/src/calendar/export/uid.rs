//! The names of events: for as long as an event lives, and never those of another.

use super::agenda::{Key, Matter};
use super::text::push_number;

const END: &str = "@waymark";
const WEEK: &str = "week";
const PHASE: &str = "phase";
const OUTCOME: &str = "outcome";

/// Plan, subject and generation: never the time, and never a position in the schedule.
pub(in crate::calendar) fn push_uid(
    out: &mut String,
    plan: &str,
    key: &Key,
    ordinal: u32,
    generation: u32,
) {
    out.push_str(plan);
    out.push('.');
    out.push_str(&key.id);
    out.push('.');
    match key.about {
        Matter::Session => push_number(out, ordinal),
        Matter::Week => out.push_str(WEEK),
        Matter::Phase => out.push_str(PHASE),
        Matter::Outcome => out.push_str(OUTCOME),
    }
    out.push('.');
    push_number(out, generation);
    out.push_str(END);
}

/// Subject, number and generation, if it is the UID of an event of this plan.
pub(in crate::calendar) fn read_uid(plan: &str, uid: &str) -> Option<(Key, u32, u32)> {
    let own = uid.strip_prefix(plan)?.strip_prefix('.')?;
    let parts: Vec<&str> = own.strip_suffix(END)?.split('.').collect();
    // No id has a dot but that of the plan.
    let [id, which, generation] = parts[..] else {
        return None;
    };
    let (about, ordinal) = match which {
        WEEK => (Matter::Week, 0),
        PHASE => (Matter::Phase, 0),
        OUTCOME => (Matter::Outcome, 0),
        ordinal => (Matter::Session, number(ordinal)?),
    };
    let id = id.to_owned();
    Some((Key { about, id }, ordinal, number(generation)?))
}

/// As [`push_number`] writes it: `+1` and `01` are in the name of nothing of ours.
fn number(digits: &str) -> Option<u32> {
    let number: u32 = digits.parse().ok()?;
    (number.to_string() == digits).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// A UID says again what it was made of, and says nothing to another plan.
        #[test]
        fn names_are_read_back(
            plan in "[a-z0-9.-]{1,12}",
            id in "[a-z0-9-]{1,12}",
            about in prop::sample::select(vec![Matter::Session, Matter::Week, Matter::Phase, Matter::Outcome]),
            ordinal: u32,
            generation: u32,
        ) {
            let key = Key { about, id };
            let ordinal = if about == Matter::Session { ordinal } else { 0 };
            let mut uid = String::new();
            push_uid(&mut uid, &plan, &key, ordinal, generation);
            prop_assert_eq!(read_uid(&plan, &uid), Some((key, ordinal, generation)));
            prop_assert_eq!(read_uid(&format!("{plan}x"), &uid), None);
            prop_assert_eq!(read_uid(&format!("x{plan}"), &uid), None);
        }
    }

    #[test]
    fn what_others_named_is_not_ours() {
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
