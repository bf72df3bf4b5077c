// The kinds of items that the window treats differently.

import type { ItemRow } from "../bridge";

/** An item that has effort but takes no part in the plan until it is added. */
export function isLeftOut(item: ItemRow): boolean {
  return item.optional && !item.included;
}

/** An entry to tick off, without hours of its own. */
export function isChecklist(item: ItemRow): boolean {
  return item.effortMinutes === 0;
}

/** An item of which nothing is left to learn. */
export function isKnown(item: ItemRow): boolean {
  return item.effortMinutes > 0 && item.knownMinutes >= item.effortMinutes;
}
