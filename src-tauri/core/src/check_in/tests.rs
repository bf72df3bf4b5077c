use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::plan::change::{LogWork, SetException};
use crate::plan::{Change, ExceptionEntry};
use crate::progress::{SessionState, Timer, progress};
use crate::samples::{embedded, plans};
use crate::schedule::current;
use crate::view::view;

fn document() -> Document {
    Document::new(embedded())
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn told(document: &Document, now: &str) -> Option<(Occasion, usize)> {
    check_in(document, at(now)).map(|told| (told.occasion, told.missed))
}

/// It said "Since 4 January 2027 nothing was planned, and none of it was done."
#[test]
fn before_anything_was_planned_there_is_nothing_to_say_of_it() {
    let plan = embedded();
    let early = plan.start_instant() - TimeDelta::days(20);
    let told = so_far(&plan, early).sentences;
    assert!(told.iter().all(|it| !it.contains("Since")), "{told:?}");
    assert_eq!(told.len(), 1);
}

#[test]
fn it_is_told_once_and_only_of_what_is_new() {
    let document = document();
    // Before the plan, and while its first session is on, there is nothing to tell.
    assert_eq!(told(&document, "2027-01-03T12:00:00Z"), None);
    assert_eq!(told(&document, "2027-01-04T19:00:00Z"), None);
    let monday = "2027-01-04T19:30:00Z"; // when the first session ends
    assert_eq!(told(&document, monday), Some((Occasion::Missed, 1)));
    let seen = document.seen_at(at(monday));
    assert_eq!(told(&seen, monday), None);
    assert_eq!(told(&seen, "2027-01-05T12:00:00Z"), None);
    // The next missed session is reported alone.
    assert_eq!(
        told(&seen, "2027-01-05T20:00:00Z"),
        Some((Occasion::Missed, 1))
    );
    assert_eq!(
        told(&document, "2027-01-05T20:00:00Z"),
        Some((Occasion::Missed, 2))
    );
}

/// Somebody who studies longer than planned hasn't missed the session.
#[test]
fn a_session_whose_timer_still_runs_is_not_missed() {
    let document = document();
    let first = current(&document.plan).sessions[0];
    let item = &document.plan.roadmap().items[first.item()].id;
    let timer = Timer::start(&document.plan, item, at("2027-01-04T18:05:00Z")).unwrap();
    let timed = Document {
        timer: Some(timer.clone()),
        ..document.clone()
    };
    let later = "2027-01-04T19:45:00Z";
    assert_eq!(told(&document, later), Some((Occasion::Missed, 1)));
    assert_eq!(told(&timed, later), None);
    let shown = view(&timed, at(later));
    assert_eq!(shown.agenda.today[0].state, SessionState::Due);
    assert_eq!(shown.agenda.waiting_minutes, 0);
    assert_eq!(
        shown.summary.sessions,
        view(&timed, at("2027-01-04T19:00:00Z")).summary.sessions
    );
    // Nobody works for a day and a night on end, and a paused timer measures nothing.
    assert_eq!(
        told(&timed, "2027-01-05T12:00:00Z"),
        Some((Occasion::Missed, 1))
    );
    let paused = Document {
        timer: Some(timer.toggled(at("2027-01-04T18:30:00Z"))),
        ..document
    };
    assert_eq!(told(&paused, later), Some((Occasion::Missed, 1)));
}

#[test]
fn a_new_week_is_told_once_where_all_was_done_and_not_at_all_where_nothing_was_planned() {
    let mut document = document();
    let sessions = progress(&document.plan, at("2027-01-04T00:00:00Z")).sessions;
    let week = sessions
        .iter()
        .filter(|s| s.end().instant() < at("2027-01-10T00:00:00Z"));
    for session in week {
        let entry = Change::Log(LogWork {
            item: document.plan.roadmap().items[session.item].id.clone(),
            start: session.start.local().format("%Y-%m-%dT%H:%M").to_string(),
            minutes: session.minutes.to_string(),
            note: String::new(),
            entry: None,
            again: false,
        });
        document = document.changed(&[entry], session.end().instant()).unwrap();
    }
    assert_eq!(told(&document, "2027-01-10T12:00:00Z"), None);
    let monday = "2027-01-11T08:00:00Z";
    let told_then = check_in(&document, at(monday)).unwrap();
    assert_eq!(
        (told_then.occasion, told_then.missed),
        (Occasion::NewWeek, 0)
    );
    assert_eq!(
        (told_then.planned_minutes, told_then.done_minutes),
        (600, 600)
    );
    let seen = document.seen_at(at(monday));
    assert_eq!(told(&seen, "2027-01-11T16:00:00Z"), None);

    let holiday = Change::Exception(SetException {
        exception: ExceptionEntry::TimeOff {
            first: "2027-01-11".into(),
            last: "2027-01-24".into(),
        },
        added: true,
    });
    let away = seen.changed(&[holiday], at(monday)).unwrap();
    assert_eq!(told(&away, "2027-01-25T08:00:00Z"), None);
}

#[test]
fn weeks_without_study_are_a_return_and_a_look_in_between_is_none() {
    let document = document();
    let occasion = |document: &Document, now| told(document, now).map(|(occasion, _)| occasion);
    let (before, after) = ("2027-01-18T17:00:00Z", "2027-01-18T19:00:00Z"); // fourteen days
    assert_eq!(occasion(&document, before), Some(Occasion::Missed));
    assert_eq!(occasion(&document, after), Some(Occasion::Return));
    let seen = document.seen_at(at(before));
    assert_eq!(
        occasion(&seen, "2027-01-25T20:00:00Z"),
        Some(Occasion::Missed)
    );
    let back = check_in(&document, at("2027-02-08T20:00:00Z")).unwrap();
    assert_eq!(back.occasion, Occasion::Return);
    assert_eq!(
        back.title,
        "Welcome back. Next: Basic cloud concepts, Tuesday 9 February 2027 at 19:00"
    );
    // Neither the heading nor the first sentence counts what is missing.
    let missed = check_in(&document, at(before)).unwrap();
    assert_eq!(
        missed.title,
        "Next: Linux & shell scripting, Monday 18 January 2027 at 19:00"
    );
    assert_eq!(
        missed.sentences[0],
        "A break is allowed. 20 h were planned since 4 January 2027."
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    /// Nothing that was seen is reported again, and a later report covers only what came since.
    #[test]
    fn nothing_is_told_twice(plan in plans(), looks in prop::collection::vec(1i64..20_000, 1..5)) {
        let mut now = plan.start_instant();
        let mut document = Document::new(plan);
        let mut told_missed = 0;
        for minutes in looks {
            now += TimeDelta::minutes(minutes);
            if let Some(told) = check_in(&document, now) {
                prop_assert!(told.since >= document.seen.unwrap_or(told.since));
                told_missed += told.missed;
            }
            document = document.seen_at(now);
            prop_assert_eq!(check_in(&document, now), None);
        }
        prop_assert_eq!(told_missed, progress(&document.plan, now).missed().count());
    }
}
