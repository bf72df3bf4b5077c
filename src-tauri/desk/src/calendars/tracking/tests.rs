#![allow(clippy::unwrap_used)]
use super::*;
use crate::calendars::trouble::end_of;
use chrono::TimeDelta;
use waymark_core::input_error::{ErrorCode, InputError};

fn at(seconds: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2027-01-04T17:20:00Z".parse().unwrap();
    start + TimeDelta::seconds(seconds)
}

fn calendar(name: &str) -> Calendar {
    let way = Way::Server {
        address: "https://cloud.example.org".to_owned(),
        user: "ana".to_owned(),
        calendar: format!("https://cloud.example.org/{name}/"),
    };
    Calendar {
        auto_sync: true,
        ..Calendar::new(name, name, way)
    }
}

fn due(next: &NextSync) -> String {
    match next {
        NextSync::Now(calendar) => format!("{} now", calendar.name),
        NextSync::At(due) => format!("in {} s", (*due - at(0)).num_seconds()),
        NextSync::Never => "never".to_owned(),
    }
}

#[test]
fn calendars_are_synced_one_at_a_time_after_the_start_a_change_and_a_while() {
    let tracking = Tracking::default();
    let mut calendars = [calendar("Study"), calendar("Work")];
    let next = |calendars: &[Calendar], generation, now| {
        due(&tracking.next(calendars, generation, at(now)))
    };
    let sync = |name: &str, end, now| {
        tracking.begun(name);
        tracking.ended(name, Some(end), at(now));
    };
    calendars[1].auto_sync = false;
    assert_eq!(next(&calendars[1..], 1, 0), "never");
    calendars[1].auto_sync = true;
    assert_eq!(next(&calendars, 1, 0), "Study now");
    sync("Study", SyncEnd::Done, 0);
    assert_eq!(next(&calendars, 1, 0), "Work now");
    sync("Work", SyncEnd::Failed, 0);
    assert_eq!(next(&calendars, 1, 1), "in 30 s");
    sync("Work", SyncEnd::Done, 1);
    assert_eq!(next(&calendars, 1, 1), "in 900 s");
    // A change of the plan, and one of a calendar's contents.
    assert_eq!(next(&calendars, 2, 10), "in 14 s");
    for name in ["Study", "Work"] {
        assert_eq!(next(&calendars, 2, 14), format!("{name} now"));
        sync(name, SyncEnd::Done, 14);
    }
    calendars[1].options.weeks = true;
    assert_eq!(next(&calendars, 2, 20), "in 24 s");
    assert_eq!(next(&calendars, 2, 24), "Work now");
    // A calendar that waits for an answer is left alone until then.
    sync("Work", SyncEnd::Asks, 24);
    assert_eq!(next(&calendars[1..], 3, 9_000), "never");
    tracking.answered("Work", at(9_000));
    assert_eq!(next(&calendars[1..], 3, 9_004), "Work now");
}

/// A server that is away is asked again; a password or a sign-in that it rejects isn't sent again.
#[test]
fn errors_that_only_the_learner_can_mend_wait_for_them() {
    let end = |code| end_of(Some(&InputError::sentence(code, "No")));
    assert_eq!(end_of(None), Some(SyncEnd::Done));
    assert_eq!(end(ErrorCode::UnderWay), None);
    for code in [
        ErrorCode::ServerUnreachable,
        ErrorCode::ServerFull,
        ErrorCode::ServerAnswer,
    ] {
        assert_eq!(end(code), Some(SyncEnd::Failed), "{code}");
    }
    for code in [
        ErrorCode::PasswordNeeded,
        ErrorCode::ServerPassword,
        ErrorCode::SignIn,
        ErrorCode::SignInNeeded,
        ErrorCode::CalendarEmptied,
        ErrorCode::SharedPlanId,
    ] {
        assert_eq!(end(code), Some(SyncEnd::Asks), "{code}");
    }
}

/// One that is under way already, begun by the learner, is tried again and loses no change.
#[test]
fn a_sync_that_was_refused_is_tried_again() {
    let tracking = Tracking::default();
    let calendars = [calendar("Study")];
    assert_eq!(due(&tracking.next(&calendars, 1, at(0))), "Study now");
    tracking.ended("Study", None, at(0));
    assert_eq!(due(&tracking.next(&calendars, 1, at(0))), "in 4 s");
}

#[test]
fn the_state_in_words() {
    let tracking = Tracking::default();
    let zone = Zone::bundled("Europe/Berlin").unwrap();
    let mut story = Vec::new();
    let mut tell = |calendars: &[Asking], now| {
        let state = tracking.state(calendars, zone, at(now));
        story.push(state.map(|state| format!("{}: {}", state.short, state.sentence)));
    };
    let mut one = Asking {
        calendar: calendar("Study"),
        questions: 0,
    };
    tell(&[], 0);
    tell(std::slice::from_ref(&one), 0);
    tracking.begun("Study");
    tracking.ended("Study", Some(SyncEnd::Done), at(0));
    tell(std::slice::from_ref(&one), 1);
    let away = InputError::sentence(
        ErrorCode::ServerUnreachable,
        "cloud.example.org doesn't answer: timeout",
    );
    let full = InputError::sentence(ErrorCode::ServerFull, "The server has no space left");
    let password = InputError::sentence(ErrorCode::PasswordNeeded, "Enter the password");
    one.calendar.trouble = Some(Trouble::of(&away, None, at(0)));
    tell(std::slice::from_ref(&one), 60);
    // Still since then, whatever fails next.
    let former = one.calendar.trouble.take();
    one.calendar.trouble = Some(Trouble::of(&full, former.as_ref(), at(90_000)));
    tell(std::slice::from_ref(&one), 90_000);
    one.questions = 2;
    tell(std::slice::from_ref(&one), 90_000);
    let other = Asking {
        calendar: Calendar {
            trouble: Some(Trouble::of(&password, None, at(0))),
            ..calendar("Work")
        },
        questions: 0,
    };
    one.questions = 0;
    tell(&[one, other], 90_000);
    let told: Vec<&str> = story
        .iter()
        .map(|it| it.as_deref().unwrap_or("-"))
        .collect();
    assert_eq!(
        told,
        [
            "-",
            "Syncing…: “Study” gets the latest changes.",
            "In step: “Study” is in step with the plan.",
            "Can't reach since 18:20: “Study”: cloud.example.org doesn't answer: timeout. Not in \
             step since Mon 4 Jan 2027, 18:20; Waymark will try again automatically.",
            "Not in step since 4 Jan 2027: “Study”: The server has no space left. Not in step \
             since Mon 4 Jan 2027, 18:20; Waymark will try again automatically.",
            "2 questions for you: “Study”: 2 questions about sessions you deleted there.",
            "Waits for you: “Work” waits for you: Enter the password. “Study”: The server has no \
             space left. Not in step since Mon 4 Jan 2027, 18:20; Waymark will try again automatically.",
        ]
    );
}
