// The kinds of items that the window treats differently.

import type { ItemRow } from "../bridge";

/** An optional item that isn't in the plan. */
export function isLeftOut(item: ItemRow): boolean {
  return item.optional && !item.included;
}

/** An entry to tick off, without study hours. */
export function isChecklist(item: ItemRow): boolean {
  return item.effortMinutes === 0;
}

/** An item that is known completely. */
export function isKnown(item: ItemRow): boolean {
  return item.effortMinutes > 0 && item.knownMinutes >= item.effortMinutes;
}
