//! With which priority each item is worked on.

use crate::plan::Plan;
use crate::roadmap::{Item, Point};

/// For each item its own priority, or the highest of those that wait for it: what matters most can only be
/// begun once its prerequisites are finished. An item of which no minutes are `left` has none to pass on.
pub(crate) fn priorities(plan: &Plan, left: &[u32]) -> Vec<i32> {
    let roadmap = plan.roadmap();
    let own = |item: &Item| plan.priority(item);
    let mut priorities: Vec<i32> = roadmap.items.iter().map(own).collect();
    if priorities.iter().all(|&priority| priority == 0) {
        return priorities;
    }
    let mut highest = vec![i32::MIN; roadmap.network.waiting.len()];
    for point in roadmap.network.order().into_iter().rev() {
        let own = match Point::of(roadmap, point) {
            Point::Item(item) if left[item] > 0 => priorities[item],
            _ => i32::MIN,
        };
        let waiting = roadmap.network.after(point).iter();
        highest[point] = waiting.map(|&next| highest[next]).fold(own, i32::max);
    }
    highest.truncate(priorities.len());
    for (priority, highest) in priorities.iter_mut().zip(highest) {
        *priority = highest.max(*priority);
    }
    priorities
}
