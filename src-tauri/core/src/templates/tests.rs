use super::*;
use crate::plan::Career;
use crate::plan::change::SetHours;
use crate::schedule::current;
use crate::view::findings;

fn new() -> NewPlan {
    NewPlan {
        id: "new".to_owned(),
        start: "2027-01-04".parse().unwrap(),
        zone: Zone::bundled("Europe/Berlin").unwrap(),
        created: "2027-01-01T10:00:00Z".parse().unwrap(),
    }
}

#[test]
fn each_template_is_scheduled_without_findings_at_5_hours_a_week() {
    let all = templates().unwrap();
    assert_eq!(all.len(), 4);
    for template in all {
        let plan = plan_from_template(template.id, new()).unwrap();
        let hours = SetHours { value: "5".into() };
        let plan = plan.apply(&Change::Hours(hours)).unwrap();
        let schedule = current(&plan);
        assert_eq!(findings(&plan, &schedule), [], "{}", template.id);
        assert!(schedule.finish().is_some(), "{}", template.id);
        // Each item says what to do and when it is done.
        for phase in &plan.roadmap().file.phases {
            for item in &phase.items {
                assert!(!item.summary.is_empty(), "{}", item.id);
                assert!(!item.done_when.is_empty(), "{}", item.id);
            }
        }
        assert!(!template.summary.is_empty());
        assert_eq!(plan.title(), template.title);
    }
}

#[test]
fn the_shapes_are_those_that_the_list_names() {
    let plan = |id: &str| plan_from_template(id, new()).unwrap();
    let weeks = |plan: &Plan| -> u32 {
        let phases = plan.roadmap().file.phases.iter();
        phases.filter_map(|phase| phase.weeks).sum()
    };
    let hours = |plan: &Plan| {
        let items = plan.roadmap().items.iter();
        items.map(|item| item.effort_minutes).sum::<u32>() / 60
    };
    let (analysis, photography, guitar) =
        (plan("data-analysis"), plan("photography"), plan("guitar"));
    assert_eq!((weeks(&analysis), hours(&analysis)), (12, 60));
    assert_eq!((weeks(&photography), hours(&photography)), (0, 40));
    assert_eq!(
        (weeks(&guitar), guitar.career()),
        (10, Career::Alongside { percent: 30 })
    );
    // The songs begin in the first week, beside the lessons.
    let schedule = current(&guitar);
    let first_of = |phase: usize| {
        let phase = schedule.phases[phase].unwrap();
        (phase.start.local().date() - guitar.start()).num_days()
    };
    assert!(
        first_of(0) < 7 && first_of(3) < 7,
        "{} {}",
        first_of(0),
        first_of(3)
    );

    let error = plan_from_template("cooking", new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Template: “cooking” isn't in the list. Enter one of mlops, data-analysis, photography, guitar."
    );
}
