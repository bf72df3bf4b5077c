// The share of a row that is done.

import type { ItemRow } from "../bridge";
import { effort, hours, shortEffort } from "../words/amounts";

/**
 * "6 of 18 h" or "6 h 10 min of 18 h" once something is done, "✓ 18 h" once everything is,
 * otherwise the effort.
 */
export function progressWords(items: ItemRow[], effortMinutes: number): string {
  const done = items.reduce((sum, item) => sum + item.doneMinutes, 0);
  const left = items.reduce((sum, item) => sum + item.leftMinutes, 0);
  const isFinished = left === 0 && items.some(({ finished }) => finished);
  if (left === 0 && (done > 0 || isFinished)) return `✓ ${shortEffort(done)}`;
  if (done === 0) return shortEffort(effortMinutes);
  const all = done + left;
  const inHours = done % 15 === 0 && all % 15 === 0;
  return `${inHours ? hours(done / 60) : effort(done)} of ${shortEffort(all)}`;
}
