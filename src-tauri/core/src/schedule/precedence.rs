//! The priority of each item, with that of the items that wait for it.

use crate::plan::Plan;
use crate::roadmap::{Item, Point};

/// For each item the highest of its own priority and those of the items that wait for it, since an
/// urgent item can only begin once its prerequisites are finished. An item without minutes `left`
/// passes none on.
pub(crate) fn priorities(plan: &Plan, left: &[u32]) -> Vec<i32> {
    let roadmap = plan.roadmap();
    if !plan.has_priorities() {
        return vec![0; roadmap.items.len()];
    }
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
