// Sessions after a drop: past another session of its item, a session has another number.

import type { Chart } from "../bridge";
import { keyOf, numberOf, partsOf, startAt } from "../planner/sessions";
import { DAY_MINUTES, dayOf } from "../words/dates";
import type { Carried } from "./carry";

/** Sessions that were dropped, and the place of each before and after. */
export interface Moves {
  origins: readonly Carried[];
  to: readonly Carried[];
}

/** The number of the session at a place; null if there is none. */
export function numberAt(place: Carried, chart: Chart): number | null {
  return numberOf(chart, place.item, minutesIn(chart, place));
}

/** The number after a drop of the session that had the number `at`; null if it is gone. */
export function numberAfter(
  { origins, to }: Moves,
  item: string,
  at: number,
  before: Chart,
  after: Chart,
): number | null {
  const start = startAt(before, item, at);
  if (start === null) return null;
  const moved = origins.findIndex(
    (origin) => origin.item === item && minutesIn(before, origin) === start,
  );
  const there = to[moved];
  if (there) return numberAt(there, after);
  const days = dayOf(before.origin) - dayOf(after.origin);
  return numberOf(after, item, start + days * DAY_MINUTES);
}

/** The key after a drop of the session that had `key`. One that is gone keeps it. */
export function keyAfter(moves: Moves, key: string, before: Chart, after: Chart): string {
  const { item, at } = partsOf(key);
  return keyOf(item, numberAfter(moves, item, at, before, after) ?? at);
}

function minutesIn(chart: Chart, { day, from }: Carried): number {
  return (day - dayOf(chart.origin)) * DAY_MINUTES + from;
}
