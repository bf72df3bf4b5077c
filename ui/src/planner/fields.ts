// Which field of the window a change belongs to, and which changes replace each other.

import type { Change } from "../bridge";

/** Each of these counts on its own: a second one doesn't replace the first. */
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

/** Such as "hours" or "known python". A rejected value stays in its field until it is corrected. */
export function fieldOf(change: Change): string {
  if ("item" in change) return `${change.kind} ${change.item}`;
  if ("phase" in change) return `${change.kind} ${change.phase}`;
  return change.kind;
}

/** Whether only the later of two waiting changes counts. */
export function standsIn(later: Change, earlier: Change): boolean {
  return !ONE_BY_ONE.has(later.kind) && fieldOf(later) === fieldOf(earlier);
}
