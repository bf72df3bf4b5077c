// The sessions of items. A session is known by its item and its start. Its number in the item is
// only its place in the order, and changes with that.

import type { Chart } from "../bridge";

/** The number of the session that begins at a time, in minutes of the chart; null for none. */
export function numberOf(chart: Chart, item: string, start: number): number | null {
  const sessions = sessionsOf(chart, item);
  const at = sessions.findIndex((each, index) => index % 2 === 0 && each === start);
  return at < 0 ? null : at / 2;
}

/** The start of the session with a number, in minutes of the chart; null if there is none. */
export function startAt(chart: Chart, item: string, at: number): number | null {
  return sessionsOf(chart, item)[at * 2] ?? null;
}

function sessionsOf({ phases }: Chart, item: string): number[] {
  for (const { items } of phases) {
    const row = items.find(({ id }) => id === item);
    if (row) return row.sessions;
  }
  return [];
}

/** The key of a session in a selection, and of its block in the week. */
export function keyOf(item: string, at: number): string {
  return `${item} ${at}`;
}

/** The item and the number of a session, by its key. */
export function partsOf(key: string): { item: string; at: number } {
  const end = key.lastIndexOf(" ");
  return { item: key.slice(0, end), at: Number(key.slice(end + 1)) };
}
