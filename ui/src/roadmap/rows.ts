// The rows of the Roadmap view's list.

import type { ItemRow, PhaseRow } from "../bridge";
import { isChecklist, isKnown, isLeftOut } from "../planner/items";
import { effort } from "../words/amounts";

export type Row =
  { kind: "phase"; phase: PhaseRow } | { kind: "item"; phase: PhaseRow; item: ItemRow };

export const idOf = (row: Row) => (row.kind === "phase" ? row.phase.id : row.item.id);

/** Whether an item is the first one below its heading in the phase. */
export function startsGroup(phase: PhaseRow, item: ItemRow): boolean {
  const before = phase.items[phase.items.indexOf(item) - 1];
  return item.group !== "" && item.group !== before?.group;
}

/** The state of an item in a word or two, or its effort. */
export function amountOf(item: ItemRow): string {
  if (isChecklist(item)) return "–";
  if (isLeftOut(item)) return `optional · ${effort(item.effortMinutes)}`;
  if (isKnown(item)) return "known";
  if (item.finished) return `✓ ${effort(item.doneMinutes)}`;
  const all = effort(item.effortMinutes - item.knownMinutes);
  return item.doneMinutes > 0 ? `${effort(item.doneMinutes)} of ${all}` : all;
}
