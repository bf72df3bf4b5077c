// The items that a session can be for instead of its own.

import type { Chart } from "../bridge";

export interface Topic {
  value: string;
  text: string;
}

/** More would make a long list of items whose time is months away. */
const MOST = 8;

/** Items with sessions to come, other than this one; those whose turn is next come first. */
export function otherTopics(chart: Chart, item: string): Topic[] {
  return chart.phases
    .flatMap(({ items }) => items)
    .filter(({ id }) => id !== item)
    .map(({ id, title, states, sessions }) => ({
      value: id,
      text: title,
      next: sessions[states.indexOf("planned") * 2] ?? null,
    }))
    .filter(({ next }) => next !== null)
    .sort((a, b) => (a.next ?? 0) - (b.next ?? 0))
    .slice(0, MOST)
    .map(({ value, text }) => ({ value, text }));
}
