// After a drop, selection, details and the stop of the Tab key stay on their sessions.

import type { Chart } from "../bridge";
import type { Moves } from "../carry/moves";
import { keyAfter, numberAfter, numberAt } from "../carry/moves";
import type { Place } from "../frame/place.svelte";
import { keyOf } from "../planner/sessions";
import type { Selection } from "./selection.svelte";

/** Gives the key of the dropped session, of several the first; null if it's none of an item. */
export function follow(
  moves: Moves,
  before: Chart,
  after: Chart,
  place: Place,
  selection: Selection,
): string | null {
  const { selected } = place;
  if (selected && typeof selected.part === "number") {
    const { line, part: at } = selected;
    const part = numberAfter(moves, line, at, before, after);
    if (part !== null) place.select({ line, part }, false);
  }
  selection.set(selection.keys.map((key) => keyAfter(moves, key, before, after)));
  const [there] = moves.to;
  const at = there ? numberAt(there, after) : null;
  if (!there || at === null) return null;
  place.block = keyOf(there.item, at);
  if (selection.keys.length <= 1) selection.set([place.block]);
  return place.block;
}
