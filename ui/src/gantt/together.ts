// Changes of several items at once, each one step to undo.

import type { Change, ItemRow, PhaseRow } from "../bridge";
import { isChecklist } from "../planner/items";
import { count } from "../words/amounts";

/** One change for all of them, named after their number; null if none changes. */
function together(changes: Change[], deed: string): Change | null {
  const [first] = changes;
  if (!first || changes.length === 1) return first ?? null;
  return { kind: "all", name: `${count(changes.length, "item")} ${deed}`, changes };
}

/** The date before which they don't begin; an empty text for none. */
export function allNotBefore(items: readonly ItemRow[], value: string): Change {
  const changed = items.filter(
    (item) => !isChecklist(item) && (item.notBefore ?? "") !== value,
  );
  const deed = value === "" ? "at any time" : "not before a date";
  return {
    kind: "all",
    name: `${count(changed.length, "item")} ${deed}`,
    changes: changed.map(({ id }) => ({ kind: "notBefore", item: id, value })),
  };
}

export function allKnown(items: readonly ItemRow[], isKnown: boolean): Change | null {
  const changed = items.filter(
    (item) =>
      !isChecklist(item) &&
      (isKnown ? item.knownMinutes < item.effortMinutes : item.knownMinutes > 0),
  );
  return together(
    changed.map(({ id }) => ({ kind: "known", item: id, known: isKnown ? "whole" : null })),
    isKnown ? "already known" : "not known",
  );
}

export function allOptional(items: readonly ItemRow[], optional: boolean): Change | null {
  const changed = items.filter((item) => item.optional !== optional);
  return together(
    changed.map(({ id }) => ({ kind: "optional", item: id, optional })),
    optional ? "optional" : "not optional",
  );
}

/** Adds the optional ones of them to the plan, or leaves them out. */
export function allIncluded(items: readonly ItemRow[], included: boolean): Change | null {
  const changed = items.filter((item) => item.optional && item.included !== included);
  return together(
    changed.map(({ id }) => ({ kind: "include", item: id, included })),
    included ? "added" : "left out",
  );
}

/** Moves them to the end of a phase, in their order. */
export function allMoved(items: readonly ItemRow[], phase: PhaseRow): Change | null {
  const changed = items.filter(({ id }) => !phase.items.some((each) => each.id === id));
  return together(
    changed.map(({ id }) => ({ kind: "moveItem", item: id, phase: phase.id, before: null })),
    `moved to ${phase.title}`,
  );
}
