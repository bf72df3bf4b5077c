use proptest::prelude::*;

use super::*;
use crate::document::Document;
use crate::plan::ExceptionEntry;
use crate::plan::change::{SetDone, SetException, SetReserve, SetSessionLength, SetTarget};
use crate::samples::{embedded, entry};
use crate::view::view;

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn with(plan: &Plan, change: Change, now: &str) -> Plan {
    plan.changed(&[change], at(now)).unwrap()
}

fn target(date: &str) -> Change {
    Change::Target(SetTarget { value: date.into() })
}

/// The plan with every session done that is over by then.
fn attended(mut plan: Plan, until: &str) -> Plan {
    let now = at(until);
    let sessions = crate::progress::progress(&plan, now).sessions;
    let missed = sessions.iter().filter(|s| s.state == SessionState::Missed);
    let done: Vec<Change> = missed
        .map(|s| entry(&plan, s.item, s.start.instant(), s.minutes))
        .collect();
    plan = plan.changed(&done, now).unwrap();
    plan
}

/// Each status, with the reason and the lever, of one plan on its way.
#[test]
fn each_status_has_its_reason_and_its_lever() {
    let plan = embedded();
    let off = |first: &str, last: &str| {
        Change::Exception(SetException {
            exception: ExceptionEntry::TimeOff {
                first: first.into(),
                last: last.into(),
            },
            added: true,
        })
    };
    let sessions = Change::Sessions(SetSessionLength {
        min: "180".into(),
        max: "240".into(),
    });
    let on_time = attended(plan.clone(), "2027-03-01T00:00:00Z");
    let late = with(&on_time, target("2027-12-01"), "2027-03-01T00:00:00Z");
    let tight = with(&on_time, target("2028-02-04"), "2027-03-01T00:00:00Z");
    let met = with(&on_time, target("2028-06-01"), "2027-03-01T00:00:00Z");
    let holiday = with(
        &on_time,
        off("2027-03-01", "2027-03-31"),
        "2027-03-01T00:00:00Z",
    );
    let too_long = with(&on_time, sessions.clone(), "2027-03-01T00:00:00Z");
    let done = plan.roadmap().items.iter().map(|item| {
        Change::Done(SetDone {
            item: item.id.clone(),
            done: true,
        })
    });
    let done = on_time
        .changed(&done.collect::<Vec<_>>(), at("2027-03-01T00:00:00Z"))
        .unwrap();
    let before = "2026-12-24T12:00:00Z";
    let hopeless = with(&plan, target("2027-12-01"), before);
    let past = with(&plan, target("2026-12-31"), before);
    let unfit = with(&plan, sessions.clone(), before);
    let cases = [
        ("before the start", &plan, before),
        ("before the start, a target too soon", &hopeless, before),
        ("before the start, a target before it", &past, before),
        (
            "before the start, sessions longer than any window",
            &unfit,
            before,
        ),
        ("in the first session", &plan, "2027-01-04T18:30:00Z"),
        ("the first session missed", &plan, "2027-01-04T21:00:00Z"),
        ("never begun, three weeks on", &plan, "2027-01-25T12:00:00Z"),
        ("all attended", &on_time, "2027-03-01T00:00:00Z"),
        ("two evenings missed", &on_time, "2027-03-03T00:00:00Z"),
        (
            "two evenings missed, target ahead",
            &met,
            "2027-03-03T00:00:00Z",
        ),
        ("13 days away", &on_time, "2027-03-12T12:00:00Z"),
        ("three weeks away", &on_time, "2027-03-22T12:00:00Z"),
        ("on holiday", &holiday, "2027-03-22T12:00:00Z"),
        ("a target too soon", &late, "2027-03-01T00:00:00Z"),
        ("a target just met", &tight, "2027-03-01T00:00:00Z"),
        ("a target met", &met, "2027-03-01T00:00:00Z"),
        (
            "sessions longer than any window",
            &too_long,
            "2027-03-01T00:00:00Z",
        ),
        ("all done", &done, "2027-03-01T00:00:00Z"),
    ];
    let told = cases.map(|(name, plan, now)| {
        let told = status(plan, at(now));
        let note = told
            .note
            .map_or_else(String::new, |note| format!(" ({note})"));
        format!(
            "{name}\n  {}: {}{note} [{}]",
            told.title, told.reason, told.lever_label
        )
    });
    insta::assert_snapshot!(told.join("\n"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, max_shrink_iters: 200, ..ProptestConfig::default() })]

    /// No two parts of a view contradict each other.
    #[test]
    fn a_view_says_one_thing((plan, now) in crate::outlook::histories()) {
        let view = view(&Document::new(plan.clone()), now);
        let told = view.status.status;
        let others = ["pin", "frozen", "begins-late", crate::view::LONG_WINDOW];
        let unplaced = view.findings.iter().any(|finding| !others.iter().any(|other| finding.code.starts_with(other)));
        prop_assert_eq!(unplaced, view.summary.sentence.contains("don't fit"));
        prop_assert_eq!(unplaced, view.summary.finish.is_none() && !view.summary.sentence.contains("Nothing to do"));
        let is_met = view.answers.as_ref().map(|answers| answers.is_met);
        match told {
            Status::Finished => prop_assert!(plan.is_done()),
            Status::NotBegun => prop_assert!(plan.log().is_empty()),
            Status::Paused { since } => prop_assert!(plan.log().iter().all(|entry| plan.local(entry.start).date() <= since)),
            Status::DoesNotFit { .. } => prop_assert!(unplaced),
            Status::Late { days } => prop_assert!(days > 0 && is_met != Some(true) && !unplaced),
            Status::Tight { .. } => prop_assert_eq!(is_met, Some(true)),
            Status::Behind { minutes } => {
                prop_assert!(plan.target().is_none() && view.answers.is_none());
                let reserve = Outlook::new(&plan, now).reserve_minutes();
                prop_assert_eq!(minutes + reserve, view.agenda.waiting_minutes);
            }
            Status::OnTrack => prop_assert!(is_met != Some(false) && !unplaced),
        }
        // The check-in tells of the same finish.
        let told = crate::check_in::so_far(&plan, now);
        prop_assert_eq!(told.fresh_finish, view.summary.finish);
        prop_assert_eq!(told.waiting_minutes, view.agenda.waiting_minutes);
        // Work that was done is one figure.
        prop_assert_eq!(told.done_minutes, plan.done_minutes());
        let done = crate::words::effort(plan.done_minutes());
        let in_all = view.progress.habits.iter().find(|habit| habit.name == "In all");
        prop_assert_eq!(&in_all.unwrap().value, &done);
        let sentence = &view.progress.sentence;
        prop_assert!(!sentence.contains("you've done") || sentence.ends_with(&format!("you've done {done}.")), "{}", sentence);
    }
}

/// Missed work that this week's reserve has room for is nothing to be behind with.
#[test]
fn a_reserve_has_room_for_what_was_missed() {
    let told = |percent: &str| {
        let reserve = Change::Reserve(SetReserve {
            value: percent.to_owned(),
        });
        let plan = embedded().apply(&reserve).unwrap();
        let report = status(&plan, "2027-01-05T12:00:00Z".parse().unwrap());
        (report.title, report.lever, report.note)
    };
    let note = "1 h 30 min of work is waiting. This week's reserve has room for it: \
                Saturday 09:30–11:30.";
    assert_eq!(
        told("20"),
        ("On track".to_owned(), Lever::None, Some(note.to_owned()))
    );
    assert_eq!(told("10").0, "Behind by 30 min");
    assert_eq!(told("0").0, "Behind by 1 h 30 min");
}

/// While the first timer was on, the status once told of a first session a week later.
#[test]
fn a_timer_that_is_on_is_the_first_session() {
    let document = Document::new(embedded());
    let now = at("2027-01-02T12:00:00Z");
    let timer = crate::progress::Timer::start(&document.plan, "python", now).unwrap();
    let reason = |document: &Document| view(document, now).status.reason;
    assert_eq!(
        reason(&document),
        "Your first session is on Monday 4 January 2027 at 19:00: Python."
    );
    let timed = document.timing(Some(timer));
    assert_eq!(reason(&timed), "Your first session is under way: Python.");
}
