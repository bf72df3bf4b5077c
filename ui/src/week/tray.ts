// The work to drag into the week: work that waits or has no room, and the next sessions of later
// weeks.

import type { Chart } from "../bridge";
import type { ItemLine } from "../gantt/rows";
import { isChecklist, isLeftOut } from "../planner/items";
import { DAY_MINUTES, dayOf } from "../words/dates";
import type { Carried } from "../carry/carry";

export interface TrayEntry {
  line: ItemLine;
  /** Minutes of a session of it. */
  minutes: number;
  /** Minutes in all without a session. */
  waiting: number;
  /** The session that would move here, at its present place; null for work without one. */
  origin: Carried | null;
}

export interface Tray {
  waiting: TrayEntry[];
  unplaced: TrayEntry[];
  later: TrayEntry[];
}

/** At most this many sessions of later weeks. */
const LATER = 6;

/** `longest` is the longest session, in minutes. */
export function trayOf(chart: Chart, longest: number, first: number): Tray {
  const lines = chart.phases.flatMap((phase) =>
    phase.items
      .filter((item) => !isChecklist(item) && !isLeftOut(item) && !item.finished)
      .map((item): ItemLine => ({ kind: "item", id: item.id, phase, item })),
  );
  const entry = (line: ItemLine, minutes: number): TrayEntry[] =>
    minutes > 0
      ? [{ line, minutes: Math.min(minutes, longest), waiting: minutes, origin: null }]
      : [];
  const waiting = lines.flatMap((line) => entry(line, line.item.waitingMinutes));
  const unplaced = lines.flatMap((line) => entry(line, line.item.unplacedMinutes));
  const after = (first + 7 - dayOf(chart.origin)) * DAY_MINUTES;
  const later = lines
    .flatMap((line): TrayEntry[] => {
      const at = line.item.states.findIndex(
        (state, index) => state === "planned" && (line.item.sessions[index * 2] ?? 0) >= after,
      );
      if (at < 0) return [];
      const start = line.item.sessions[at * 2] ?? 0;
      const minutes = line.item.sessions[at * 2 + 1] ?? 0;
      const from = start % DAY_MINUTES;
      const day = dayOf(chart.origin) + Math.floor(start / DAY_MINUTES);
      const { id, title } = line.item;
      const origin: Carried = { kind: "move", item: id, title, day, from, to: from + minutes };
      return [{ line, minutes, waiting: 0, origin }];
    })
    .sort((a, b) => startIn(a) - startIn(b))
    .slice(0, LATER);
  return { waiting, unplaced, later };
}

function startIn({ origin }: TrayEntry): number {
  return origin ? origin.day * DAY_MINUTES + origin.from : 0;
}
