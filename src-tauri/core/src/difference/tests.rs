use super::*;
use crate::plan::{Change, Plan};
use crate::schedule::schedule;

#[test]
fn what_moved_from_where_to_where_and_why() {
    let plan =
        Plan::from_json(r#"{"id": "p", "start": "2027-01-04", "zone": "Europe/Berlin"}"#).unwrap();
    let lay = |plan: &Plan| schedule(plan, plan.start_instant());
    let before = lay(&plan);
    let later = plan
        .apply(&Change::Start {
            value: "2027-01-11".into(),
        })
        .unwrap();
    let moved = differences(&before, &lay(&later));
    assert_eq!(moved.len(), before.sessions.len());
    let week = |place: (Moment, u32)| place.0.seconds + 7 * 86_400;
    let in_winter = |place: &(Moment, u32)| place.0.offset == 3600;
    let by_a_week = moved
        .iter()
        .filter(|d| d.from.is_some_and(|from| in_winter(&from)));
    for difference in by_a_week.take(50) {
        assert_eq!(
            difference.to.map(|to| to.0.seconds),
            difference.from.map(week)
        );
    }

    // A certificate more: its sessions are new, and only the career track behind it moves.
    let include = Change::Include {
        item: "aws-ml-specialty".into(),
        included: true,
    };
    let added = differences(&before, &lay(&plan.apply(&include).unwrap()));
    let certificate = plan.roadmap().item("aws-ml-specialty").unwrap();
    let new: u32 = added
        .iter()
        .filter(|d| d.item == certificate)
        .map(|d| d.to.unwrap().1)
        .sum();
    assert_eq!(new, 40 * 60);
    assert!(
        added
            .iter()
            .all(|d| plan.roadmap().items[d.item].phase >= 8)
    );
    let back = differences(&lay(&plan.apply(&include).unwrap()), &before);
    assert!(
        back.iter()
            .zip(&added)
            .all(|(back, there)| (back.from, back.to) == (there.to, there.from))
    );
}
