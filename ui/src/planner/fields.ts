// Which field of the window a change belongs to, and which changes stand in for each other.

import type { Change } from "../bridge";

/** Each of these counts by itself: a second one does not take the place of the first. */
const ONE_BY_ONE: ReadonlySet<Change["kind"]> = new Set<Change["kind"]>([
  "exception",
  "travel",
  "pin",
  "unpin",
  "log",
  "unlog",
  "baseline",
  "dropBaseline",
  "busy",
  "dropBusy",
  "all",
]);

/** Such as "hours", or "known python": what is refused stands in its field until it is put right. */
export function fieldOf(change: Change): string {
  if ("item" in change) return `${change.kind} ${change.item}`;
  if ("phase" in change) return `${change.kind} ${change.phase}`;
  return change.kind;
}

/** Whether of two decisions that wait only the later one counts. */
export function standsIn(later: Change, earlier: Change): boolean {
  return !ONE_BY_ONE.has(later.kind) && fieldOf(later) === fieldOf(earlier);
}
