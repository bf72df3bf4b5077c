// The field of the window that a change belongs to, and which changes replace each other.

import type { Change } from "../bridge";
import { CHANGE_FIELDS } from "../bridge";

/** Such as "hours", or "known python". An error stands in its field until it is corrected. */
export function fieldOf(change: Change): string {
  const { per } = CHANGE_FIELDS[change.kind];
  if (per === null) return change.kind;
  return `${change.kind} ${(change as unknown as Record<string, string>)[per]}`;
}

/** Whether of two changes that wait only the later one counts. */
export function standsIn(later: Change, earlier: Change): boolean {
  return CHANGE_FIELDS[later.kind].isReplaced && fieldOf(later) === fieldOf(earlier);
}
