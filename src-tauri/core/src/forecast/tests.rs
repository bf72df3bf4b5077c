use chrono::{Days, TimeDelta};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::json;

use super::absence::Absences;
use super::accuracy::Bias;
use super::attendance::Drift;
use super::noise::factors;
use super::rounds::{Course, Walks};
use super::*;
use crate::plan::Change;
use crate::plan::change::IncludeItem;
use crate::plan::change::{SetDone, SetEstimate, SetHours, SetReserve, SetTarget};
use crate::progress::WeekTotal;
use crate::samples::{embedded, entry, plans};
use crate::schedule::Why;

/// Enough to see an order, few enough for a debug build.
const FEW: u32 = 200;

fn few(plan: &Plan, now: DateTime<Utc>) -> Forecast {
    Draws::new(plan, now, FEW).forecast(plan, &schedule(plan, now), now)
}

fn target(value: &str) -> Change {
    Change::Target(SetTarget {
        value: value.into(),
    })
}

/// Draws in which each week is attended like this, and everything takes as long as estimated.
fn always(attended: f32) -> Draws {
    let attendance = Attendance {
        weeks: vec![attended; 6_000 + 64],
        own: 6_000,
        drift: Drift {
            mean: 0.0,
            deviation: 0.0,
        },
        absences: Absences::with(0.0),
    };
    let accuracy = Accuracy {
        items: 0,
        bias: Bias {
            mean: 0.0,
            deviation: 0.0,
        },
        noise: 0.0,
    };
    Draws::from(FEW, attendance, accuracy)
}

#[test]
fn where_all_goes_as_planned_the_forecast_is_the_schedule() {
    for hours in ["5", "10", "20"] {
        let plan = embedded()
            .apply(&Change::Hours(SetHours {
                value: hours.into(),
            }))
            .unwrap();
        let now = plan.start_instant() + TimeDelta::days(10);
        let scheduled = schedule(&plan, now);
        let told = always(1.0).forecast(&plan, &scheduled, now);
        let ends = scheduled
            .phases
            .iter()
            .map(|span| Some(span.as_ref()?.end.day_of_end()));
        let p80 = told.phases.iter().map(|phase| phase.as_ref()?.p80);
        assert_eq!(p80.collect::<Vec<_>>(), ends.collect::<Vec<_>>());
        assert_eq!(
            told.whole.unwrap().p50.unwrap(),
            scheduled.end().unwrap().day_of_end()
        );
    }
}

/// The reserve makes up for missed work. Somebody who does all that is planned, in it or not, keeps
/// the plan's pace.
#[test]
fn the_reserve_is_used_for_what_was_missed_and_no_more() {
    let plan = embedded();
    let now = plan.start_instant();
    let weeks = |done: u64| {
        let week = |index: u64| WeekTotal {
            start: plan.start() + Days::new(7 * index),
            planned: 480,
            done,
            is_over: true,
        };
        (0..24).map(week).collect::<Vec<_>>()
    };
    let reserve = Change::Reserve(SetReserve { value: "20".into() });
    let plan = plan.apply(&reserve).unwrap();
    let study: u32 = plan
        .slots(now)
        .take_while(|slot| slot.start.instant() < now + TimeDelta::days(7))
        .filter(|slot| slot.purpose == crate::availability::Purpose::Study)
        .map(|slot| slot.minutes)
        .sum();
    assert_eq!(study, 480);
    for (done, used) in [(480, 480.0), (360, 360.0)] {
        let attendance = Attendance::of(&plan, &weeks(done), now);
        let road = road::Road::of(&plan, now, &road::stages(&plan, &schedule(&plan, now), now));
        let minutes = road.unwrap().weeks[1].minutes() * attendance.weeks(0)[1];
        assert!((minutes - used).abs() < 0.01, "{minutes}");
    }
    // Before there's a record, missed work is expected to find time in the reserve.
    let without = embedded();
    let ends = |plan: &Plan| few(plan, now).whole.unwrap().p80.unwrap();
    let planned = |plan: &Plan| schedule(plan, now).end().unwrap().day_of_end();
    let later = |plan: &Plan| (ends(plan) - planned(plan)).num_days();
    assert!(later(&plan) < later(&without));
}

#[test]
fn an_assumption_fills_in_until_there_is_a_record() {
    let plan = embedded();
    let told = few(&plan, plan.start_instant());
    assert!(told.basis.is_assumed());
    assert_eq!(
        (told.basis.own_attendance, told.basis.own_accuracy),
        (0.0, 0.0)
    );
    // Buehler, Griffin and Ross (1994): 55.5 days, where 33.9 were predicted. In less than a year
    // there is less drift, and there are fewer absences.
    let in_a_year = told.basis.accuracy / told.basis.attendance;
    let in_weeks = told.basis.accuracy / attendance::mean_level();
    let theses = 55.5 / 33.9;
    assert!(
        in_weeks < theses && theses < in_a_year,
        "{in_weeks} {in_a_year}"
    );
    let weeks = |from: NaiveDate, to: NaiveDate| to.signed_duration_since(from).num_weeks();
    let planned = schedule(&plan, plan.start_instant())
        .end()
        .unwrap()
        .day_of_end();
    let (planned, p50) = (
        weeks(plan.start(), planned),
        weeks(plan.start(), told.whole.unwrap().p50.unwrap()),
    );
    assert!(
        (150..=175).contains(&(p50 * 100 / planned)),
        "{p50} of {planned}"
    );
}

#[test]
fn twelve_weeks_count_more_than_the_assumption_and_the_record_decides() {
    let plan = embedded();
    let now = plan.start_instant() + TimeDelta::weeks(12);
    let sessions = schedule(&plan, plan.start_instant()).sessions;
    let attended = |each: usize| {
        let behind = sessions
            .iter()
            .filter(|session| session.end().instant() <= now);
        let done = behind.step_by(each);
        let log = done.map(|session| {
            entry(
                &plan,
                session.item(),
                session.start.instant(),
                session.minutes,
            )
        });
        few(&plan.changed(&log.collect::<Vec<_>>(), now).unwrap(), now)
    };
    let (all, half) = (attended(1), attended(2));
    assert_eq!((all.basis.weeks, all.basis.own_attendance), (12, 0.6));
    // The drift of a year, 10% and 5% times the weight of the record, is half of it on average, and
    // a record of twelve weeks leaves most of the assumed absences.
    let absences = 3.0 / 52.0 * 26.0 / (26.0 + 12.0);
    let later = (1.0 - (0.1 + 0.05 * 0.6) / 2.0) * (1.0 - absences);
    for (basis, done) in [(all.basis, 1.0), (half.basis, 0.5)] {
        let expected = (0.6 * done + 0.4 * attendance::mean_level()) * later;
        assert!((basis.attendance - expected).abs() < 0.01, "{basis:?}");
    }
    // All on estimate, so that work is no longer expected to take a quarter more.
    assert!(
        all.basis.items > 10 && all.basis.accuracy < 1.13,
        "{:?}",
        all.basis
    );
    assert!(all.whole.unwrap().p95 < half.whole.unwrap().p50);
}

#[test]
fn nothing_left_and_no_time_at_all_have_no_date() {
    let plan = embedded().apply(&target("2028-06-01")).unwrap();
    let now = plan.start_instant();
    let all = plan.roadmap().items.iter().map(|item| {
        Change::Done(SetDone {
            item: item.id.clone(),
            done: true,
        })
    });
    let done = plan.apply_all(&all.collect::<Vec<_>>()).unwrap();
    let told = few(&done, now);
    assert_eq!((told.whole, told.chance), (None, Some(1.0)));
    assert!(told.phases.iter().all(Option::is_none));

    let roadmap = json!({"id": "r", "title": "R", "nominal_hours_per_week": 10, "phases": [{
        "id": "a", "title": "A", "weeks": null, "outcome": {"id": "x", "title": "X"},
        "items": [{"id": "i", "title": "I", "kind": "topic", "effort_hours": 3}],
    }]});
    let file = json!({"id": "p", "start": "2027-01-04", "zone": "Europe/Berlin", "roadmap": roadmap, "week_minutes": 120,
        "target": "2027-06-01",
        "exceptions": [{"kind": "time-off", "first": "2027-01-01", "last": "2100-01-01"}]});
    let never = Plan::from_json(&file.to_string()).unwrap();
    let told = few(&never, never.start_instant());
    assert_eq!((told.whole, told.chance), (None, Some(0.0)));
}

#[test]
fn who_never_comes_is_done_when_the_calendar_ends() {
    let plan = embedded();
    let now = plan.start_instant();
    let told = always(0.0).forecast(&plan, &schedule(&plan, now), now);
    assert_eq!(told.whole.unwrap().p80, None);
}

/// Small plans, as files, whose phases aren't in a line: two tracks of two phases each.
fn crossing() -> Vec<serde_json::Value> {
    let item = |id: &str, size: (&str, f64)| json!({"id": id, "title": id, "kind": "topic", size.0: size.1});
    let weighed = |id, weight| item(id, ("weight", weight));
    let stated = |id, hours| item(id, ("effort_hours", hours));
    let phase = |id: &str, weeks: Option<u32>, requires: &[&str], items: Vec<serde_json::Value>| {
        json!({"id": id, "title": id, "weeks": weeks, "requires": requires, "items": items,
            "outcome": {"id": format!("{id}-done"), "title": "Done"}})
    };
    let a = vec![weighed("a1", 8.0), weighed("a2", 13.0), weighed("a3", 3.0)];
    let b = vec![weighed("b1", 18.0), weighed("b2", 6.0)];
    let c = vec![stated("c1", 12.0), stated("c2", 5.0), stated("c3", 5.0)];
    let d = vec![stated("d1", 4.0), stated("d2", 16.0)];
    let roadmap = json!({"id": "r", "title": "R", "nominal_hours_per_week": 6, "phases": [
        phase("a", Some(4), &[], a), phase("b", Some(4), &["a"], b),
        phase("c", None, &[], c), phase("d", None, &["a", "c"], d),
    ]});
    let file = |more: serde_json::Value| {
        let windows =
            ["Mon", "Wed", "Sat"].map(|day| json!({"day": day, "from": "18:00", "to": "20:00"}));
        let mut file = json!({"id": "p", "start": "2027-01-04", "zone": "Europe/Berlin", "roadmap": roadmap, "windows": windows});
        let more = more.as_object().unwrap().clone();
        file.as_object_mut().unwrap().extend(more);
        file
    };
    let off = json!([{"kind": "time-off", "first": "2027-02-01", "last": "2027-02-21"}]);
    vec![
        file(json!({})),
        file(json!({"career_percent": 40})),
        file(
            json!({"career_percent": 20, "priorities": {"d2": 1}, "in_parallel": 3, "exceptions": off}),
        ),
        file(json!({"career_percent": 60, "session_max_minutes": 60})),
        // Nothing can be done in the meantime; other work can be.
        file(json!({"not_before": {"d1": "2027-06-01"}})),
        file(json!({"not_before": {"b2": "2027-03-15", "d2": "2028-02-01"}})),
    ]
}

/// One round again, slowly: the real scheduler puts all the work, with its real length, into the
/// time that is really used. Windows are twice as long here, and each half that is not attended is
/// busy.
fn really(
    mut file: serde_json::Value,
    draws: &Draws,
    walks: &Walks,
    number: u32,
) -> Vec<Option<NaiveDate>> {
    let plan = Plan::from_json(&file.to_string()).unwrap();
    let start = plan.start_instant();
    let mut course = Course::default();
    walks.begin(number, &mut course);
    let (mut week, mut block, mut owed) = (0, course.next(&draws.attendance), 0.0);
    let mut busy = Vec::new();
    for slot in plan
        .slots(start)
        .take_while(|slot| slot.start.instant() < start + TimeDelta::weeks(150))
    {
        while week < (slot.start.instant() - start).num_weeks() as usize {
            week += 1;
            if week % BLOCK == 0 {
                block = course.next(&draws.attendance);
            }
        }
        owed += draws.attendance.weeks(block.start)[week % BLOCK] * block.level;
        for half in [slot.start, slot.end()] {
            if owed < 0.5 {
                busy.push(
                    json!({"start": half.instant(), "end": half.plus(slot.minutes).instant()}),
                );
            } else {
                owed -= 1.0;
            }
        }
    }
    file["busy"] = busy.into();
    for window in file["windows"].as_array_mut().unwrap() {
        window["to"] = "22:00".into();
    }
    let items = plan.roadmap().items.iter().zip(0..);
    let really = items.map(|(item, index)| {
        let mut factors = factors(index, &draws.tables.noise);
        let own = (0..=number).map(|_| factors()).last().unwrap();
        let minutes = f64::from(plan.effort_minutes(item)) * f64::from(own * walks.common(number));
        Change::Estimate(SetEstimate {
            item: item.id.clone(),
            minutes: format!("{minutes:.0}"),
        })
    });
    let plan = Plan::from_json(&file.to_string()).unwrap();
    let plan = plan.apply_all(&really.collect::<Vec<_>>()).unwrap();
    let ends = schedule(&plan, start).phases.into_iter();
    ends.map(|span| Some(span?.end.day_of_end())).collect()
}

/// By how many days the rounds are later than the real scheduler: the average and the range of the
/// middle nine tenths. If a phase ends within minutes of a long absence, the two can put its end on
/// either side of it, which says nothing about the other rounds.
#[derive(Debug)]
struct DateError {
    mean: f64,
    most: (i64, i64),
}

impl DateError {
    fn of(mut days: Vec<i64>) -> Self {
        days.sort_unstable();
        let cut = days.len() / 20;
        let days = &days[cut..days.len() - cut];
        let mean = days.iter().sum::<i64>() as f64 / days.len() as f64;
        let most = (days[0], days[days.len() - 1]);
        Self { mean, most }
    }

    fn is_within(&self, mean: f64, days: i64) -> bool {
        self.mean.abs() <= mean && self.most.0 >= -days && self.most.1 <= days
    }
}

/// The short way assumes that phases end in the order of the schedule, however much longer some of
/// their work takes. This holds for one track. For two that share each week it holds on average
/// only; for the whole plan it always holds.
#[test]
fn the_short_way_agrees_with_the_real_scheduler_within_days() {
    for (place, file) in crossing().into_iter().enumerate() {
        let plan = Plan::from_json(&file.to_string()).unwrap();
        let now = plan.start_instant();
        let draws = Draws::new(&plan, now, FEW);
        let stages = held::stages(&plan, &schedule(&plan, now), now);
        let road = road::Road::of(&plan, now, &stages).unwrap();
        let walks = Walks::of(&draws, &plan, &stages, &road, FEW);
        let mut phases: Vec<Vec<i64>> = vec![Vec::new(); stages.len()];
        let mut whole = Vec::new();
        let mut course = Course::default();
        for number in 0..40 {
            let really = really(file.clone(), &draws, &walks, number);
            let mut last = road.first;
            walks.walk(number, &mut course, |stage, day| {
                last = road.date(day).unwrap();
                let Some(phase) = stages[stage].phase else {
                    return;
                };
                phases[stage].push((last - really[phase].unwrap()).num_days());
            });
            whole.push((last - really.into_iter().flatten().max().unwrap()).num_days());
        }
        let whole = DateError::of(whole);
        println!("{place}: {whole:?}");
        assert!(whole.is_within(3.0, 7), "{place}: {whole:?}");
        for (stage, days) in stages.iter().zip(phases) {
            let Some(phase) = stage.phase else {
                continue;
            };
            let id = &plan.roadmap().phases[phase].id;
            let error = DateError::of(days);
            println!("  {id}: {error:?}");
            let is_near = if place == 0 {
                error.is_within(2.0, 7)
            } else {
                error.is_within(10.0, 60)
            };
            assert!(is_near, "{place} {id}: {error:?}");
        }
    }
}

fn log(plan: &Plan, now: DateTime<Utc>, work: &[(Index, i64, u32)]) -> Plan {
    let mut plan = plan.clone();
    for (item, before, minutes) in work {
        let item = item.index(plan.roadmap().items.len());
        let start = now - TimeDelta::minutes(*before);
        if plan.left()[item] > 0 {
            plan = plan
                .changed(&[entry(&plan, item, start, *minutes)], now)
                .unwrap();
        }
    }
    plan
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, max_shrink_iters: 300, ..ProptestConfig::default() })]

    /// Doing work that was left makes nothing later and no chance smaller.
    #[test]
    fn work_done_never_makes_the_forecast_later(
        plan in plans(),
        days in 0i64..200,
        work in prop::collection::vec((any::<Index>(), 0i64..100_000, 1u32..300), 0..12),
        more in (any::<Index>(), 0i64..100_000, any::<Index>()),
    ) {
        let now = plan.start_instant() + TimeDelta::days(days);
        let plan = log(&plan, now, &work);
        let (item, before, part) = more;
        let left = plan.left();
        let open: Vec<usize> = (0..left.len()).filter(|item| left[*item] > 0).collect();
        prop_assume!(!open.is_empty());
        let item = open[item.index(open.len())];
        let minutes = 1 + part.index(left[item].min(1_440) as usize) as u32;
        let change = entry(&plan, item, now - TimeDelta::minutes(before), minutes);
        let after = plan.changed(&[change], now).unwrap();
        let (was, is) = (few(&plan, now), few(&after, now));
        // The remaining work may have a length that no sessions of the given lengths add up to.
        // Then it has no date.
        if let (Some(dates), Some(earlier)) = (was.whole, is.whole) {
            let ordered = |earlier: Option<NaiveDate>, later: Option<NaiveDate>| {
                earlier.unwrap_or(NaiveDate::MAX) <= later.unwrap_or(NaiveDate::MAX)
            };
            let both = ordered(earlier.p50, dates.p50) && ordered(earlier.p80, dates.p80);
            prop_assert!(both && ordered(earlier.p95, dates.p95), "{dates:?} {earlier:?}");
            prop_assert!(was.chance <= is.chance, "{:?} {:?}", was.chance, is.chance);
        }
    }

    #[test]
    fn quantiles_are_in_order_and_the_same_each_time_whatever_the_order_of_the_log(
        plan in plans(),
        days in 0i64..200,
        work in prop::collection::vec((any::<Index>(), 0i64..100_000, 1u32..300), 0..12),
    ) {
        let now = plan.start_instant() + TimeDelta::days(days);
        let one = log(&plan, now, &work);
        let told = few(&one, now);
        for dates in told.phases.iter().chain([&told.whole]).flatten() {
            let [p50, p80, p95] =
                [dates.p50, dates.p80, dates.p95].map(|date| date.unwrap_or(NaiveDate::MAX));
            prop_assert!(p50 <= p80 && p80 <= p95);
        }
        // Nothing is finished before its last pinned session.
        let scheduled = schedule(&one, now);
        let pinned = scheduled.sessions.iter().filter(|session| session.why == Why::Pinned);
        let last = pinned.map(|session| session.start.local().date()).max();
        if let (Some(whole), Some(last)) = (told.whole, last) {
            prop_assert!(whole.p50.unwrap_or(NaiveDate::MAX) >= last, "{whole:?} {last}");
        }
        prop_assert_eq!(&few(&one, now), &told);
        // The same entries, logged in the opposite order.
        let mut other = plan.clone();
        for entry in one.log().iter().rev() {
            let item = plan.roadmap().item(&entry.item).unwrap();
            other = other.changed(&[self::entry(&plan, item, entry.start, entry.minutes)], now).unwrap();
        }
        prop_assert_eq!(few(&other, now), told);
    }
}

/// Five fresh homes with the same clock and inputs once had five dates.
#[test]
fn the_forecast_does_not_depend_on_the_id_of_the_plan() {
    let file = |id: &str| {
        let mut file = serde_json::to_value(embedded().to_file()).unwrap();
        file["id"] = id.into();
        Plan::from_json(&file.to_string()).unwrap()
    };
    let (one, other) = (file("one"), file("another"));
    let now = one.start_instant();
    assert_ne!(one.id(), other.id());
    assert_eq!(few(&one, now), few(&other, now));
}

/// An item that was dropped has still shown how good its estimate was.
#[test]
fn what_a_dropped_item_showed_about_estimates_stays() {
    let include = |included| {
        Change::Include(IncludeItem {
            item: "aws-ml-specialty".into(),
            included,
        })
    };
    let plan = embedded().apply(&include(true)).unwrap();
    let item = plan.roadmap().item("aws-ml-specialty").unwrap();
    let now = plan.start_instant() + TimeDelta::weeks(4);
    let begun = [
        entry(&plan, item, plan.start_instant(), 600),
        Change::Estimate(SetEstimate {
            item: "aws-ml-specialty".into(),
            minutes: "4000".into(),
        }),
    ];
    let plan = plan.changed(&begun, now).unwrap();
    let dropped = plan.changed(&[include(false)], now).unwrap();
    let basis = |plan: &Plan| Draws::new(plan, now, FEW).basis();
    assert_eq!(basis(&plan).items, 1);
    assert_eq!(
        basis(&plan).accuracy.to_bits(),
        basis(&dropped).accuracy.to_bits()
    );
}

#[test]
fn the_hours_to_be_sure_are_the_fewest_with_which_the_chance_is_80_percent() {
    let plan = embedded().apply(&target("2028-12-01")).unwrap();
    let now = plan.start_instant();
    let draws = Draws::new(&plan, now, 2_000);
    let by = plan.target().unwrap();
    let sure = draws.week_minutes_to_be_sure(&plan, now, by).unwrap();
    let chance = |minutes: u32| {
        let plan = plan.with_week_minutes(minutes).unwrap();
        let forecast = draws.forecast(&plan, &schedule(&plan, now), now);
        forecast.chance.unwrap()
    };
    assert!(chance(sure) >= SURE, "{sure}");
    assert!(chance(sure - 15) < SURE, "{sure}");
    let near = NaiveDate::from_ymd_opt(2027, 2, 1).unwrap();
    assert_eq!(draws.week_minutes_to_be_sure(&plan, now, near), None);
}
