// The rows of the chart, in the order they are shown.

import type { Chart, ItemRow, PhaseRow } from "../bridge";

export const ROW_HEIGHT = 28;

/** The height of a row of the time axis. */
export const TIER_HEIGHT = 24;

export interface PhaseLine {
  kind: "phase";
  id: string;
  phase: PhaseRow;
  folded: boolean;
}

export interface ItemLine {
  kind: "item";
  id: string;
  phase: PhaseRow;
  item: ItemRow;
}

export type Line = PhaseLine | ItemLine;

/** A row and its place among all rows, from 0. */
export interface PlacedLine {
  line: Line;
  place: number;
}

/** The ids of all phases but the one under way: the first with work left. */
export function otherPhases({ phases }: Chart): string[] {
  const current =
    phases.find(({ items }) => items.some((item) => item.included && item.leftMinutes > 0)) ??
    phases[0];
  return phases.filter((phase) => phase !== current).map(({ id }) => id);
}

/** The rows, or with `words` those whose title has all of them, with their phases unfolded. */
export function linesOf(chart: Chart, folded: ReadonlySet<string>, words = ""): Line[] {
  const asked = words.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (title: string) => {
    const text = title.toLowerCase();
    return asked.every((word) => text.includes(word));
  };
  const isFiltered = asked.length > 0;
  return chart.phases.flatMap((phase): Line[] => {
    const isFolded = !isFiltered && folded.has(phase.id);
    const head: Line = { kind: "phase", id: phase.id, phase, folded: isFolded };
    const items = has(phase.title)
      ? phase.items
      : phase.items.filter(({ title }) => has(title));
    if (isFiltered && items.length === 0 && !has(phase.title)) return [];
    if (isFolded) return [head];
    return [head, ...items.map((item): Line => ({ kind: "item", id: item.id, phase, item }))];
  });
}

/**
 * The rows from `first` on, `count` of them, and those with the ids `kept`, wherever they are: the
 * one with the focus can't go away when it is scrolled out of sight.
 */
export function rowsToDraw(
  lines: readonly Line[],
  { first, count }: { first: number; count: number },
  kept: readonly string[],
): PlacedLine[] {
  const last = first + count;
  const ids = new Set(kept);
  const places = lines.flatMap(({ id }, place) =>
    (place >= first && place < last) || ids.has(id) ? [place] : [],
  );
  return places.flatMap((place) => {
    const line = lines[place];
    return line ? [{ line, place }] : [];
  });
}
